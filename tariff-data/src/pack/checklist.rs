//! What a check of a code knows beside the nomenclature: the codes of earlier editions, and the words that say little.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, Result, ensure};
use dutiable::navigator::{GeneralWord, GeneralWords, Lack};
use dutiable::nomenclature::{CommodityCode, Earlier, Editions, Relation};

use crate::tables::{HsNode, Successor, TableFolder, VagueWord};

/// The section of the codes that the nomenclature has no longer, each of the last edition that had it.
///
/// A code that it still has stays out, though goods have come and gone under it: what is asked is whether it is one.
///
/// # Errors
/// A row that is none.
pub(super) fn editions(tables: &TableFolder) -> Result<Vec<u8>> {
    let hs = tables.place("hs");
    let nodes: Vec<HsNode> = hs.read()?;
    let there: BTreeSet<&str> = nodes.iter().map(|node| node.code.as_str()).collect();
    let rows: Vec<Successor> = hs.read()?;
    let mut last: BTreeMap<&str, Earlier> = BTreeMap::new();
    for row in rows.iter().filter(|row| !there.contains(row.code.as_str())) {
        let earlier = earlier(row).with_context(|| format!("successors.csv: {}", row.code))?;
        let known = last.get(row.code.as_str());
        if known.is_none_or(|known| known.edition < earlier.edition) {
            last.insert(&row.code, earlier);
        }
    }
    let all: Vec<Earlier> = last.into_values().collect();
    Ok(Editions::write(&all)?)
}

fn earlier(row: &Successor) -> Result<Earlier> {
    let codes = row.successors.iter().map(|code| CommodityCode::parse(code));
    Ok(Earlier {
        code: CommodityCode::parse(&row.code)?,
        edition: row.edition.parse()?,
        relation: Relation::parse(&row.relation).context("an unknown relation")?,
        successors: codes.collect::<Result<_, _>>()?,
    })
}

/// The words that do not say what goods are, as the index writes words.
///
/// # Errors
/// What is not one word, or leaves nothing open; two that the index writes alike.
pub(super) fn general_words(lexicon: &Path) -> Result<Vec<GeneralWord>> {
    let rows: Vec<VagueWord> = TableFolder::new(lexicon).read()?;
    let (mut words, mut wrong) = (Vec::new(), Vec::new());
    for row in &rows {
        match general_word(row) {
            Ok(word) => words.push(word),
            Err(error) => wrong.push(format!("{}: {error}", row.word)),
        }
    }
    ensure!(wrong.is_empty(), "vague.csv: {}", wrong.join("; "));
    words.sort_by(|one, other| one.word.cmp(&other.word));
    let ordered = GeneralWords::of(words.clone());
    ordered.context("vague.csv: two words are one in the index")?;
    Ok(words)
}

fn general_word(row: &VagueWord) -> Result<GeneralWord> {
    let spelt = |word: &String| {
        GeneralWords::spelt(word).with_context(|| format!("\"{word}\" is not one word"))
    };
    ensure!(!row.lacks.is_empty(), "it leaves nothing open");
    ensure!(!row.why.is_empty(), "it does not say why");
    Ok(GeneralWord {
        word: spelt(&row.word)?,
        says: row.says,
        lacks: lacks(&row.lacks)?,
        gives: lacks(&row.gives)?,
        unless: row.unless.iter().map(spelt).collect::<Result<_>>()?,
    })
}

fn lacks(words: &[String]) -> Result<Vec<Lack>> {
    let read = |word: &String| serde_json::from_value(serde_json::Value::from(word.as_str()));
    let lacks = words.iter().map(read);
    lacks.collect::<Result<_, _>>().context("no such lack")
}

#[cfg(test)]
mod tests {
    use super::*;
    use dutiable::navigator::Says;

    fn row(word: &str, lacks: &[&str]) -> VagueWord {
        VagueWord {
            word: word.into(),
            says: Says::Set,
            lacks: lacks.iter().map(|lack| (*lack).into()).collect(),
            unless: vec!["bones".into()],
            why: "because".into(),
            ..VagueWord::default()
        }
    }

    #[test]
    fn words_are_written_as_the_index_writes_them() -> Result<()> {
        let word = general_word(&row("Kits", &["contents", "what-of"]))?;
        assert_eq!(
            (word.word.as_str(), word.unless.as_slice()),
            ("kit", &["bone".to_owned()][..])
        );
        assert_eq!(word.lacks, [Lack::Contents, Lack::WhatOf]);
        Ok(())
    }

    #[test]
    fn what_no_description_could_meet_or_be_told_is_refused() {
        for wrong in [
            row("gift set", &["kind"]),
            row("gift", &[]),
            row("gift", &["price"]),
            row("the", &["kind"]),
        ] {
            assert!(general_word(&wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn an_earlier_code_is_kept_as_its_last_edition_had_it() -> Result<()> {
        let read = earlier(&Successor {
            edition: "2017".into(),
            code: "080290".into(),
            successors: vec!["080291".into(), "080292".into()],
            relation: "split".into(),
        })?;
        assert_eq!(
            (read.edition, read.relation, read.successors.len()),
            (2017, Relation::Split, 2)
        );
        let unknown = Successor {
            relation: "n:1".into(),
            ..Successor::default()
        };
        assert!(earlier(&unknown).is_err());
        Ok(())
    }
}
