//! The navigator's packs: the tree, the index of words, the designations, and each tariff's own lines.

use anyhow::{Context, Result};
use dutiable::calendar::{CalendarDate, ValidityPeriod};
use dutiable::engine::sections;
use dutiable::navigator::{NavigatorWriter, Written, WrittenClassifier};
use dutiable::nomenclature::{CommodityCode, Lines, Row, Titles};
use dutiable::pack::{About, Pack, PackKind, PackWriter};

use super::{Built, checklist, shop_words, sources};
use crate::tables::{HsGroup, HsNode, Line, Section, ShopTerm, TableFolder, Tariff, Term};
use std::fs;
use std::path::Path;

/// The edition of the harmonised nomenclature.
const EDITION: u16 = 2022;
/// The provenance of the tree, what came before it, the designations and the trade terms.
const SOURCES: [&str; 8] = [
    "eu/taric-nomenclature",
    "hs/correlation-2012",
    "hs/correlation-2017",
    "hs/hmrc-terms",
    "hs/hmrc-terms-2022",
    "hs/titles",
    "hs/tree",
    "us/hts",
];
/// The further provenance of what the classifier learned: the tariffs of `classifier::texts`. The lexicon is the project's own.
const LEARNED_SOURCES: [&str; 5] = [
    "au/schedule-3",
    "eaeu/ett",
    "ecowas/cet",
    "gb/ukgt",
    "sacu/schedule-1-part-1",
];
/// The tariffs whose lines lend the index their further words, and to how many digits: below eight, TARIC names single substances and
/// single producers' goods, a quarter more words for little that a shopper types.
const FURTHER_WORDS: [(&str, u8); 2] = [("eu", 8), ("us", 10)];
/// Chapters of single chemical compounds: half of all further words, none of them a shopper's.
pub(crate) const COMPOUNDS: [&str; 2] = ["28", "29"];

/// Packs the nomenclature, the index, the English designations, and what was learned.
///
/// # Errors
/// A row that is no node, section or term.
pub(crate) fn build(
    tables: &TableFolder,
    lexicon: &Path,
    provenance: &Path,
    learned: &Path,
) -> Result<Vec<Built>> {
    let written = write(tables)?;
    let ids: Vec<String> = SOURCES.iter().map(|id| (*id).to_owned()).collect();
    let sources = sources::read(provenance, &ids)?;
    let as_of = sources
        .iter()
        .filter_map(|source| source.as_of)
        .max()
        .context("the nomenclature has no date")?;
    let about = |id: &str, language: Option<&str>| About {
        sources: sources.clone(),
        ..about(id, language, as_of)
    };
    let learned_ids: Vec<String> = SOURCES
        .iter()
        .chain(&LEARNED_SOURCES)
        .map(|id| (*id).to_owned())
        .collect();
    let learned_about = About {
        sources: sources::read(provenance, &learned_ids)?,
        ..about("hs2022.classifier", None)
    };
    let tree = PackWriter::new(PackKind::Nomenclature, &about("hs2022", None))?
        .section(sections::TREE, written.tree)
        .section(sections::EDITIONS, checklist::editions(tables)?);
    let index = PackWriter::new(PackKind::Index, &about("hs2022.index", None))?
        .section(sections::WORDS, written.words)
        .section(sections::POSTINGS, written.postings)
        .section(sections::TEXTS, written.texts)
        .section(sections::WEIGHTS, written.weights)
        .value(sections::GENERAL_WORDS, &checklist::general_words(lexicon)?)?;
    let titles = PackWriter::new(PackKind::Text, &about("hs2022.en", Some("en")))?
        .section(sections::TITLES, written.titles);
    let classifier = classifier(learned, &learned_about)?;
    [tree, index, titles, classifier]
        .into_iter()
        .map(|writer| Built::verify(writer.seal()?))
        .collect()
}

/// What the pack of facets says of itself.
///
/// # Errors
/// As [`build`].
pub(super) fn about_facets(provenance: &Path) -> Result<About> {
    let ids = ["hs/titles", "hs/tree"].map(str::to_owned);
    let sources = sources::read(provenance, &ids)?;
    let as_of = sources.iter().filter_map(|source| source.as_of).max();
    Ok(About {
        sources,
        ..about(
            "hs2022.facets",
            None,
            as_of.context("the facets have no date")?,
        )
    })
}

/// What a pack of the nomenclature says of itself, but for its sources.
pub(super) fn about(id: &str, language: Option<&str>, as_of: CalendarDate) -> About {
    About {
        id: id.to_owned(),
        tariff: String::new(),
        destinations: None,
        origins: None,
        language: language.map(str::to_owned),
        edition: EDITION,
        as_of,
        covers: ValidityPeriod::default(),
        sources: Vec::new(),
    }
}

/// What was learned, as it is kept between learning and packing: a pack that names no sources yet.
///
/// # Errors
/// Sections that are larger than a pack may be.
pub(crate) fn learned(learned: &WrittenClassifier) -> Result<Vec<u8>> {
    let as_of = CalendarDate::parse("2022-01-01")?;
    let writer = PackWriter::new(PackKind::Classifier, &about("learned", None, as_of))?
        .section(sections::KNOWN_WORDS, learned.words.clone())
        .section(sections::MEMORY, learned.memory.clone())
        .section(sections::VECTORS, learned.vectors.clone())
        .section(sections::CLASSES, learned.classes.clone())
        .section(sections::CALIBRATION, learned.calibration.clone());
    Ok(writer.seal()?)
}

/// What was learned, as a pack that names its sources.
fn classifier(path: &Path, about: &About) -> Result<PackWriter> {
    let bytes = fs::read(path)
        .with_context(|| format!("reading {}; `cargo tariff train` writes it", path.display()))?;
    let learned = Pack::open(bytes).with_context(|| path.display().to_string())?;
    let mut writer = PackWriter::new(PackKind::Classifier, about)?;
    for id in [
        sections::KNOWN_WORDS,
        sections::MEMORY,
        sections::VECTORS,
        sections::CLASSES,
        sections::CALIBRATION,
    ] {
        writer = writer.section(id, learned.section(id)?.to_vec());
    }
    Ok(writer)
}

/// The sections of the nomenclature and its index.
///
/// # Errors
/// A row that is no node, section or term.
pub(crate) fn write(tables: &TableFolder) -> Result<Written> {
    let hs = tables.place("hs");
    let mut writer = NavigatorWriter::default();
    for row in hs.read::<Section>()? {
        let chapter = |text: &str| {
            text.parse()
                .with_context(|| format!("sections.csv: {}", row.section))
        };
        writer.section(
            chapter(&row.first_chapter)?,
            chapter(&row.last_chapter)?,
            &row.title,
        );
    }
    let mut known = shop_words::Known::default();
    for row in hs.read::<HsNode>()? {
        known.add(&row.code, &row.title);
        writer
            .node(&row.code, &row.title)
            .with_context(|| format!("nodes.csv: {}", row.code))?;
    }
    for row in hs.read::<HsGroup>()? {
        known.add(&row.code, &row.title);
        writer
            .node(&row.code, &row.title)
            .with_context(|| format!("groups.csv: {}", row.code))?;
    }
    for row in hs.read::<Term>()? {
        known.add(&row.code, &row.term);
        writer
            .term(&row.code, &row.term)
            .with_context(|| format!("terms.csv: {}", row.term))?;
    }
    for (place, digits) in FURTHER_WORDS {
        let lines = tables.place(place).read::<Line>()?;
        for line in &lines {
            known.add(&line.code, &line.title);
        }
        add_further_words(&mut writer, &lines, digits)
            .with_context(|| format!("{place}/lines.csv"))?;
    }
    let lexicon = TableFolder::new(tables.path().with_file_name("lexicon"));
    let shop_terms = lexicon.place("terms").read_all::<ShopTerm>()?;
    for brought in shop_words::thinned(&shop_terms, &known) {
        writer
            .term(brought.code, &brought.words)
            .with_context(|| format!("lexicon/terms: {}", brought.words))?;
    }
    Ok(writer.write()?)
}

/// Adds the designations of a tariff's lines, as far as their code has so many digits. A row without a code belongs to the subheading whose rows it stands between.
pub(super) fn add_further_words(
    writer: &mut NavigatorWriter,
    lines: &[Line],
    digits: u8,
) -> Result<()> {
    let subheading = |line: &Line| line.code.get(..6).map(str::to_owned);
    let mut above: Option<String> = None;
    for (position, line) in lines.iter().enumerate() {
        let code = if line.code.is_empty() {
            let mut below = lines.iter().skip(position);
            let next = below.find(|line| !line.code.is_empty());
            next.and_then(subheading)
                .filter(|_| above == next.and_then(subheading))
        } else {
            above = subheading(line);
            let is_wanted = line.code.len() <= usize::from(digits);
            above.clone().filter(|_| is_wanted)
        };
        if let Some(code) =
            code.filter(|code| !COMPOUNDS.iter().any(|chapter| code.starts_with(chapter)))
        {
            writer.line(&code, &line.title)?;
        }
    }
    Ok(())
}

/// Packs a tariff's lines with their designations, in the publisher's order.
///
/// # Errors
/// A line whose code is none.
pub(crate) fn build_lines(tariff: &Tariff, about: &About) -> Result<Built> {
    let language = &tariff.manifest.language;
    let rows = tariff.lines.iter().map(row).collect::<Result<Vec<_>>>()?;
    let about = About {
        id: format!("{}.{language}", about.id),
        language: Some(language.clone()),
        ..about.clone()
    };
    let mut writer = PackWriter::new(PackKind::Text, &about)?
        .section(sections::LINES, Lines::write(&rows)?)
        .section(
            sections::TITLES,
            Titles::write(tariff.lines.iter().map(|line| line.title.as_str()))?,
        );
    if tariff.manifest.in_part {
        // A section of no bytes would be no section.
        writer = writer.section(sections::IN_PART, vec![1]);
    }
    Built::verify(writer.seal()?)
}

fn row(line: &Line) -> Result<Row> {
    let code = match line.code.as_str() {
        "" => None,
        code => Some(CommodityCode::parse(code).with_context(|| format!("lines.csv: {code}"))?),
    };
    Ok(Row {
        code,
        depth: line.depth,
        declarable: line.declarable,
    })
}
