//! The navigator in further languages: of each an index and its designations. They share the tree of the English one.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, Result, ensure};
use dutiable::engine::sections;
use dutiable::navigator::{Language, Marks, NavigatorWriter, Written};
use dutiable::pack::{About, PackKind, PackWriter};
use serde::Deserialize;

use super::{Built, national_titles, navigator, sources};
use crate::tables::{
    HsGroup, HsNode, HsTitle, LANGUAGES, Line, Section, SectionTitle, ShopWord, TableFolder,
};

/// `lexicon/de.toml`: how a language is read.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Grammar {
    reading: Language,
    marks: Marks,
}

/// Where the titles of a language come from.
enum Titles {
    /// `tables/hs/titles.de.csv` and its like, whole.
    Nomenclature,
    /// The lines of a tariff. With `further_words` those of the lines join the index too.
    Tariff {
        place: &'static str,
        source: &'static str,
        further_words: bool,
    },
}

/// Languages whose titles are taken from a tariff: Portuguese from Brazil's, Japanese from Japan's.
const FROM_TARIFFS: [(&str, Titles); 2] = [
    (
        "pt",
        Titles::Tariff {
            place: "br",
            source: "br/ncm",
            further_words: true,
        },
    ),
    (
        "ja",
        Titles::Tariff {
            place: "jp",
            source: "jp/schedule",
            // Two letters after each other are many words: with them the index would be a quarter over its budget.
            further_words: false,
        },
    ),
];

/// Packs the index and the designations of each language.
///
/// # Errors
/// A row that is no node or word, a language that cannot be read; by name.
pub(crate) fn build(tables: &TableFolder, provenance: &Path, lexicon: &Path) -> Result<Vec<Built>> {
    let whole = LANGUAGES.map(|language| (language, Titles::Nomenclature));
    let mut packs = Vec::new();
    for (language, titles) in whole.into_iter().chain(FROM_TARIFFS) {
        let written =
            writer(tables, lexicon, language, &titles).and_then(|writer| Ok(writer.write()?));
        let built = written.and_then(|written| seal(provenance, language, &titles, written));
        packs.extend(built.with_context(|| format!("packing the navigator in {language}"))?);
    }
    Ok(packs)
}

fn seal(
    provenance: &Path,
    language: &str,
    titles: &Titles,
    written: Written,
) -> Result<[Built; 2]> {
    let source = match titles {
        Titles::Nomenclature => format!("hs/titles-{language}"),
        Titles::Tariff { source, .. } => (*source).to_owned(),
    };
    let sources = sources::read(provenance, &["hs/tree".to_owned(), source])?;
    let as_of = sources.iter().filter_map(|source| source.as_of).max();
    let as_of = as_of.context("the nomenclature has no date")?;
    let about = |id: String| About {
        sources: sources.clone(),
        ..navigator::about(&id, Some(language), as_of)
    };
    let index = PackWriter::new(PackKind::Index, &about(format!("hs2022.index.{language}")))?
        .section(sections::WORDS, written.words)
        .section(sections::POSTINGS, written.postings)
        .section(sections::TEXTS, written.texts)
        .section(sections::WEIGHTS, written.weights)
        .section(sections::LANGUAGE, written.language.unwrap_or_default());
    let titles = PackWriter::new(PackKind::Text, &about(format!("hs2022.{language}")))?
        .section(sections::TITLES, written.titles);
    Ok([
        Built::verify(index.seal()?)?,
        Built::verify(titles.seal()?)?,
    ])
}

fn writer(
    tables: &TableFolder,
    lexicon: &Path,
    language: &str,
    titles: &Titles,
) -> Result<NavigatorWriter> {
    let grammar = grammar(lexicon, language)?;
    let mut writer = NavigatorWriter::default();
    writer.language = Some(grammar.reading);
    writer.marks = grammar.marks;
    let hs = tables.place("hs");
    let of_sections = hs.read::<SectionTitle>()?.into_iter();
    let of_sections: BTreeMap<String, String> = of_sections
        .filter(|row| row.language == language)
        .map(|row| (row.section, row.title))
        .collect();
    for row in hs.read::<Section>()? {
        let chapter = |text: &str| text.parse::<u8>().context("sections.csv");
        let title = of_sections.get(&row.section).unwrap_or(&row.title);
        writer.section(
            chapter(&row.first_chapter)?,
            chapter(&row.last_chapter)?,
            title,
        );
    }
    match titles {
        Titles::Nomenclature => {
            for row in hs.read_from::<HsTitle>(&HsTitle::file(language))? {
                writer.node(&row.code, &row.title).context(row.code)?;
            }
        }
        Titles::Tariff {
            place,
            further_words,
            ..
        } => {
            let lines = tables.place(place).read::<Line>()?;
            add_nodes(&mut writer, &hs, &lines)?;
            if *further_words {
                navigator::add_further_words(&mut writer, &lines, u8::MAX)?;
            }
        }
    }
    let words = TableFolder::new(lexicon).read_from::<ShopWord>(&ShopWord::file(language))?;
    let nodes = hs.read::<HsNode>()?.into_iter().map(|node| node.code);
    let nodes: BTreeSet<String> = nodes.collect();
    for row in words {
        ensure!(
            nodes.contains(&row.code),
            "{}: {} is no code",
            row.term,
            row.code
        );
        writer.term(&row.code, &row.term).context(row.term)?;
    }
    Ok(writer)
}

/// Adds the nodes with the titles that a tariff has for them, in English where it has none.
fn add_nodes(writer: &mut NavigatorWriter, hs: &TableFolder, lines: &[Line]) -> Result<()> {
    let (nodes, groups) = (hs.read::<HsNode>()?, hs.read::<HsGroup>()?);
    let titles = national_titles::titles(lines, &nodes, &groups);
    let nodes = nodes.iter().map(|node| (&node.code, &node.title));
    let groups = groups.iter().map(|group| (&group.code, &group.title));
    for (code, english) in nodes.chain(groups) {
        writer.node(code, titles.get(code).unwrap_or(english))?;
    }
    Ok(())
}

/// Reads how a language is read. What the engine looks up by its place is sorted here, so that a person may group it.
fn grammar(lexicon: &Path, language: &str) -> Result<Grammar> {
    let path = lexicon.join(format!("{language}.toml"));
    let text =
        std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
    let mut grammar: Grammar =
        toml::from_str(&text).with_context(|| format!("reading {}", path.display()))?;
    let reading = &mut grammar.reading;
    reading.function_words.sort();
    reading.irregular.sort();
    reading.also.sort();
    reading.undivided.sort();
    let words = reading.function_words.iter().chain(&reading.undivided);
    let pairs = reading
        .irregular
        .iter()
        .chain(&reading.endings)
        .chain(&reading.also);
    let strange = words
        .chain(pairs.flat_map(|(one, other)| [one, other]))
        .find(|word| !word.chars().all(is_folded));
    ensure!(
        strange.is_none(),
        "{}: {strange:?} is not folded, so no word is ever equal to it",
        path.display()
    );
    Ok(grammar)
}

/// A small letter without an accent, or one of a script that has neither.
const fn is_folded(letter: char) -> bool {
    letter.is_ascii_lowercase() || letter > '\u{2FFF}'
}
