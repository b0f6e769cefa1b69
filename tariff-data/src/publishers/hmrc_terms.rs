//! HMRC's A to Z of trade terms: what traders call goods, and where HMRC classifies them.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use super::Job;
use crate::classifier::is_held_out;
use crate::files;
use crate::provenance::{Provenance, Publication};
use crate::tables::Term;

const COMMODITIES: Publication = Publication {
    id: "hs/hmrc-terms",
    title: "Search references: A to Z trade terms to commodity codes",
    publisher: "HM Revenue & Customs",
    licence: "MIT (Crown copyright)",
    edition: "2026-07",
    as_of: "2026-07-01",
    url: "https://github.com/trade-tariff/trade-tariff-lambdas-fpo-search",
    remarks: "United Kingdom codes without trailing 00 pairs. The day is the month's first: the file names a month only.",
};

const ALL_LEVELS: Publication = Publication {
    id: "hs/hmrc-terms-2022",
    title: "Search references at every level",
    publisher: "HM Revenue & Customs",
    licence: "MIT (Crown copyright)",
    edition: "2022-2023",
    as_of: "2022-12-31",
    url: "https://github.com/trade-tariff/ott-prototype",
    remarks: "United Kingdom codes without trailing 00 pairs; some of 2022 and 2023 no longer exist. A term at a grouping \
              row has the code of the row. The day stands for the end of 2022.",
};

/// Writes `tables/hs/terms.csv`, and one term in ten to `held_out_terms.csv`.
///
/// The file of real parcel descriptions and that of intercept messages are evaluation data and are never read here.
pub fn normalise(job: &Job) -> Result<()> {
    let all_levels = job.files.named("all_levels")?;
    let commodities = job.files.named("search_references.json")?;
    let mut terms = commodity_terms(&files::text(commodities)?)
        .with_context(|| format!("reading {}", commodities.display()))?;
    terms.extend(
        level_terms(&files::text(all_levels)?)
            .with_context(|| format!("reading {}", all_levels.display()))?,
    );
    job.main_source(&COMMODITIES, &[commodities])?
        .write(&job.sources)?;
    Provenance::of(&ALL_LEVELS, &[all_levels])?.write(&job.sources)?;
    let (held_out, terms): (Vec<Term>, Vec<Term>) = once_each(terms)
        .into_iter()
        .partition(|row| is_held_out(&row.term));
    let hs = job.tables.place("hs");
    hs.write(terms)?;
    hs.write_to(Term::HELD_OUT, held_out)
}

#[derive(Debug, Deserialize)]
struct Levels {
    data: Vec<Reference>,
}

#[derive(Debug, Deserialize)]
struct Reference {
    title: String,
    goods_nomenclature_item_id: String,
}

fn commodity_terms(text: &str) -> Result<Vec<Term>> {
    let pairs: BTreeMap<String, String> = serde_json::from_str(text)?;
    pairs
        .iter()
        .map(|(title, code)| term(title, code, COMMODITIES.id))
        .collect()
}

fn level_terms(text: &str) -> Result<Vec<Term>> {
    let levels: Levels = serde_json::from_str(text)?;
    levels
        .data
        .iter()
        .map(|reference| {
            // A subheading's id carries the suffix of its row: `2934990000-80`.
            let id = &reference.goods_nomenclature_item_id;
            let code = id.split_once('-').map_or(id.as_str(), |(code, _)| code);
            term(&reference.title, code, ALL_LEVELS.id)
        })
        .collect()
}

fn term(title: &str, code: &str, source: &str) -> Result<Term> {
    if code.len() != 10 || !code.bytes().all(|byte| byte.is_ascii_digit()) {
        bail!("\"{title}\": \"{code}\" is no commodity code");
    }
    let title = title.replace('’', "'");
    Ok(Term {
        term: title.split_whitespace().collect::<Vec<_>>().join(" "),
        code: significant(code).to_owned(),
        source: source.to_owned(),
    })
}

/// The code without trailing pairs of noughts, but never less than a chapter.
fn significant(code: &str) -> &str {
    let mut short = code;
    while let Some(shorter) = short.strip_suffix("00").filter(|left| left.len() >= 2) {
        short = shorter;
    }
    short
}

/// One row for a term and code, of two sources the one read first. Chapter 99 is no chapter of the Harmonized System.
fn once_each(terms: Vec<Term>) -> Vec<Term> {
    let mut seen = BTreeSet::new();
    terms
        .into_iter()
        .filter(|row| !row.code.starts_with("99"))
        .filter(|row| seen.insert((row.term.to_lowercase(), row.code.clone())))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_cut_to_their_level() {
        assert_eq!(significant("0100000000"), "01");
        assert_eq!(significant("6109100000"), "610910");
        assert_eq!(significant("2208904100"), "22089041");
        assert_eq!(significant("1010000000"), "1010");
    }

    #[test]
    fn both_files_make_one_list() -> Result<()> {
        let mut terms = commodity_terms(r#"{"ships’ derricks":"8426190000","DNA":"2934990000"}"#)?;
        terms.extend(level_terms(
            r#"{"data":[{"title":"dna","goods_nomenclature_item_id":"2934990000-80"},
                        {"title":"livestock","goods_nomenclature_item_id":"0100000000"}]}"#,
        )?);
        let shown: Vec<String> = once_each(terms)
            .iter()
            .map(|row| format!("{} {}", row.term, row.code))
            .collect();
        assert_eq!(
            shown,
            ["DNA 293499", "ships' derricks 842619", "livestock 01"]
        );
        Ok(())
    }
}
