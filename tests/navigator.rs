#![expect(clippy::print_stdout, reason = "a test says what it counted")]
//! What the navigator answers from the packs as built: the examples of `tests/navigator/examples.csv`, and codes typed in.

mod support;

use dutiable::Engine;
use dutiable::navigator::{Reason, SearchResult};
use dutiable::place::PlaceCode;

/// How many examples had their code among the first ten, and as the first, when last measured. A change that loses one is to be seen.
const AMONG_TEN: usize = 91;
const FIRST: usize = 59;

/// An engine that searches, down to the lines of the United States and of Great Britain.
fn navigator() -> Result<Engine, String> {
    let mut engine = Engine::new();
    for pack in support::packs()? {
        if ["hs2022", "hs2022.index", "hs2022.en", "us.en", "gb.en"].contains(&pack.id.as_str()) {
            let opened = engine.open_pack(pack.bytes, Some(&pack.sha256));
            opened.map_err(|error| format!("{}: {error}", pack.id))?;
        }
    }
    Ok(engine)
}

/// The query and the code of each example.
fn examples() -> Result<Vec<(String, String)>, String> {
    let path = support::root().join("tests/navigator/examples.csv");
    let mut table = csv::Reader::from_path(path).map_err(|error| error.to_string())?;
    let rows = table.deserialize::<(String, String, String)>();
    rows.map(|row| row.map(|(query, code, _)| (query, code)))
        .collect::<Result<_, _>>()
        .map_err(|error| error.to_string())
}

#[test]
fn examples_are_found_as_often_as_before() -> Result<(), String> {
    let engine = navigator()?;
    let examples = examples()?;
    let (mut among_ten, mut first) = (0, 0);
    let mut missed = Vec::new();
    for (query, code) in &examples {
        let found = engine.search(query, 10, None);
        let found = found.map_err(|error| format!("{query}: {error}"))?;
        let place = found.hits.iter().position(|hit| hit.code == *code);
        among_ten += usize::from(place.is_some());
        first += usize::from(place == Some(0));
        if place.is_none() {
            let instead = found.hits.first().map_or("nothing", |hit| &hit.code);
            missed.push(format!("  {query}: {code} is missed, {instead} is first"));
        }
    }
    let missed = missed.join("\n");
    let count = examples.len();
    println!(
        "of {count} examples {among_ten} among the first ten, {first} first; missed:\n{missed}"
    );
    assert!(count >= 60, "only {count} examples were found");
    assert!(
        among_ten >= AMONG_TEN && first >= FIRST,
        "{among_ten} of {AMONG_TEN} among the first ten, {first} of {FIRST} first; missed:\n{missed}"
    );
    Ok(())
}

fn codes<'f>(found: &'f SearchResult<'_>) -> Vec<&'f str> {
    found.hits.iter().map(|hit| hit.code.as_str()).collect()
}

/// Ten hits among the lines of a place.
fn in_place<'a>(
    engine: &'a Engine,
    text: &'a str,
    place: &str,
) -> Result<SearchResult<'a>, String> {
    let place = PlaceCode::parse(place).map_err(|error| error.to_string())?;
    let found = engine.search(text, 10, Some(place));
    found.map_err(|error| format!("{text}: {error}"))
}

#[test]
fn a_code_finds_its_own_line_and_those_under_it() -> Result<(), String> {
    let engine = navigator()?;
    let search = |text, place| in_place(&engine, text, place);
    for (text, place) in [
        ("6109100012", "US"),
        ("6109.10.00 12", "US"),
        (" 6109100012 ", "US"),
    ] {
        assert_eq!(codes(&search(text, place)?), ["6109100012"], "{text}");
    }
    // The rate line is no line to declare, but it is what was asked for; what it gathers follows.
    let rate = search("61091000", "US")?;
    assert_eq!(codes(&rate).first(), Some(&"61091000"));
    assert!(rate.hits.len() == 10 && codes(&rate).iter().all(|code| code.starts_with("61091000")));
    for text in ["610910", "6109", "61"] {
        let found = search(text, "US")?;
        assert_eq!(found.hits.len(), 10, "{text}");
        let under = |code: &&str| code.starts_with(text) && code.len() > 6;
        assert!(
            codes(&found).iter().all(under),
            "{text}: {:?}",
            codes(&found)
        );
    }
    // The schedule has eight digits here; zeros after them make no other line.
    assert_eq!(codes(&search("6109100000", "GB")?), ["61091000"]);
    Ok(())
}

#[test]
fn a_code_that_is_not_there_finds_nothing_and_says_why() -> Result<(), String> {
    let engine = navigator()?;
    let united_states = PlaceCode::parse("US").map_err(|error| error.to_string())?;
    for text in ["6109100099", "6109999999", "610999", "7799", "9999999999"] {
        let found = engine.search(text, 10, Some(united_states));
        let found = found.map_err(|error| format!("{text}: {error}"))?;
        assert_eq!(codes(&found), [""; 0], "{text}");
        assert_eq!(
            found.needs.map(|needs| needs.reason),
            Some(Reason::NoMatch),
            "{text}"
        );
    }
    let subheading = engine
        .search("6109109999", 10, None)
        .map_err(|error| error.to_string())?;
    assert_eq!(codes(&subheading), ["610910"]);
    Ok(())
}
