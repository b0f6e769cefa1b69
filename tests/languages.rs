#![expect(clippy::print_stdout, reason = "a test says what it counted")]
//! What the navigator answers in other languages, from the packs as built: the examples of `tests/navigator/examples.*.csv`, and what
//! every language has in common.

mod support;

use dutiable::Engine;
use dutiable::navigator::{Ranking, SearchResult};
use dutiable::place::PlaceCode;

/// Of each language how many examples had their code among the first ten, and as the first, when last measured. A change that loses one
/// is to be seen.
const FOUND: [(&str, usize, usize); 5] = [
    ("de", 154, 147),
    ("fr", 145, 134),
    ("es", 147, 139),
    ("pt", 50, 49),
    ("ja", 50, 50),
];

/// An engine with the navigator in every language, and the lines of a place whose designations are Spanish.
fn navigator() -> Result<Engine, String> {
    let mut engine = Engine::new();
    for pack in support::packs()? {
        if pack.id.starts_with("hs2022") || pack.id == "mx.es" {
            let opened = engine.open_pack(pack.bytes, Some(&pack.sha256));
            opened.map_err(|error| format!("{}: {error}", pack.id))?;
        }
    }
    Ok(engine)
}

fn search<'a>(
    engine: &'a Engine,
    language: &str,
    text: &'a str,
) -> Result<SearchResult<'a>, String> {
    let found = engine.search_in(Some(language), Ranking::Index, text, 10, None);
    found.map_err(|error| format!("{text}: {error}"))
}

/// The query and the code of each example.
fn examples(language: &str) -> Result<Vec<(String, String)>, String> {
    let rows: Vec<(String, String, String)> =
        support::table(&format!("tests/navigator/examples.{language}.csv"))?;
    Ok(rows
        .into_iter()
        .map(|(query, code, _)| (query, code))
        .collect())
}

#[test]
fn examples_are_found_as_often_as_before() -> Result<(), String> {
    let engine = navigator()?;
    let mut lost = Vec::new();
    for (language, expected_ten, expected_first) in FOUND {
        let examples = examples(language)?;
        let (mut among_ten, mut among_five, mut first) = (0, 0, 0);
        let mut missed = Vec::new();
        for (query, code) in &examples {
            let found = search(&engine, language, query)?;
            let place = found.hits.iter().position(|hit| hit.code == *code);
            among_ten += usize::from(place.is_some());
            among_five += usize::from(place.is_some_and(|place| place < 5));
            first += usize::from(place == Some(0));
            if place.is_none() {
                let instead = found.hits.first().map_or("nothing", |hit| &hit.code);
                missed.push(format!("  {query}: {code} is missed, {instead} is first"));
            }
        }
        let (count, missed) = (examples.len(), missed.join("\n"));
        println!(
            "{language}: of {count} examples {first} first, {among_five} among five, {among_ten} among ten; missed:\n{missed}"
        );
        assert!(count >= 40, "{language} has only {count} examples");
        if among_ten < expected_ten || first < expected_first {
            lost.push(language);
        }
    }
    assert!(lost.is_empty(), "fewer than before in {lost:?}");
    Ok(())
}

/// The first hit's code, and the words that answered it.
fn first(engine: &Engine, language: &str, text: &str) -> Result<(String, Vec<String>), String> {
    let found = search(engine, language, text)?;
    let hit = found.hits.into_iter().next().ok_or("nothing was found")?;
    let words = hit.matched.into_iter().map(|word| word.into_owned());
    Ok((hit.code, words.collect()))
}

#[test]
fn a_compound_that_no_text_has_is_found_by_its_parts() -> Result<(), String> {
    let engine = navigator()?;
    for (whole, apart) in [
        ("Kaschmirschal", "Kaschmir Schal"),
        ("Edelstahlkochtopf", "Edelstahl Kochtopf"),
        ("Damenlederhandschuhe", "Damen Lederhandschuhe"),
        ("Seidenblusen", "Seide Blusen"),
    ] {
        let (whole, apart) = (first(&engine, "de", whole)?, first(&engine, "de", apart)?);
        assert_eq!(whole.0, apart.0);
        assert_eq!(whole.1.len(), apart.1.len(), "{whole:?} {apart:?}");
    }
    Ok(())
}

#[test]
fn accents_and_umlauts_may_be_left_out_or_spelt_out() -> Result<(), String> {
    let engine = navigator()?;
    for (language, one, other) in [
        ("de", "Wollmäntel", "Wollmaentel"),
        ("de", "Fußbälle", "Fussbaelle"),
        ("fr", "écouteurs", "ecouteurs"),
        ("fr", "œufs", "oeufs"),
        ("es", "caña de pescar", "cana de pescar"),
    ] {
        let (one, other) = (
            first(&engine, language, one)?,
            first(&engine, language, other)?,
        );
        assert_eq!(one.0, other.0, "{language}");
    }
    Ok(())
}

#[test]
fn hits_have_their_designations_in_the_language() -> Result<(), String> {
    let engine = navigator()?;
    for (language, section, chapter) in [
        (
            "de",
            "Verschiedene Waren",
            "Spielzeug, Spiele, Unterhaltungsartikel und Sportgeräte; Teile davon und Zubehör",
        ),
        (
            "fr",
            "Marchandises et produits divers",
            "Jouets, jeux, articles pour divertissements ou pour sports; leurs parties et accessoires",
        ),
        (
            "es",
            "Mercancías y productos diversos",
            "Juguetes, juegos y artículos para recreo o deporte; sus partes y accesorios",
        ),
    ] {
        let found = search(&engine, language, "950300")?;
        let path = found.hits.first().map(|hit| hit.path.as_slice());
        assert_eq!(
            path.and_then(|path| path.get(..2)),
            Some(&[section, chapter][..])
        );
        let seen = engine.browse_in(Some(language), Some("95"), None);
        let seen = seen.map_err(|error| error.to_string())?;
        assert_eq!(seen.node.and_then(|node| node.title), Some(chapter));
    }
    Ok(())
}

#[test]
fn a_destinations_lines_are_chosen_by_words_of_their_own_language() -> Result<(), String> {
    let engine = navigator()?;
    let mexico = PlaceCode::parse("MX").map_err(|error| error.to_string())?;
    let found = engine.search_in(
        Some("es"),
        Ranking::Index,
        "cepillo de dientes eléctrico",
        10,
        Some(mexico),
    );
    let found = found.map_err(|error| error.to_string())?;
    // Of the five lines of the subheading the one that says so.
    let mut lines = found
        .hits
        .iter()
        .filter(|hit| hit.code.starts_with("850980"));
    let line = lines.next().map(|hit| (hit.code.as_str(), hit.title));
    assert_eq!(line, Some(("85098004", Some("Cepillos para dientes."))));
    assert_eq!(lines.next(), None);
    Ok(())
}

#[test]
fn a_language_without_an_index_is_refused_by_name() -> Result<(), String> {
    let engine = navigator()?;
    let refused = engine
        .search_in(Some("it"), Ranking::Index, "tè", 10, None)
        .map(|_| ());
    let refused = refused.map_err(|error| error.to_string());
    assert_eq!(refused, Err("pack.missing at language".to_owned()));
    Ok(())
}

#[test]
fn packs_may_come_in_any_order() -> Result<(), String> {
    let mut packs = support::packs()?;
    packs.retain(|pack| pack.id.starts_with("hs2022"));
    packs.reverse();
    let mut engine = Engine::new();
    for pack in packs {
        let opened = engine.open_pack(pack.bytes, Some(&pack.sha256));
        opened.map_err(|error| format!("{}: {error}", pack.id))?;
    }
    let (forwards, backwards) = (navigator()?, engine);
    for (language, text) in [
        ("en", "green tea"),
        ("de", "grüner Tee"),
        ("fr", "thé vert"),
        ("es", "té verde"),
    ] {
        let one = search(&forwards, language, text)?;
        assert_eq!(one, search(&backwards, language, text)?);
        assert!(one.hits.iter().all(|hit| hit.title.is_some()), "{language}");
    }
    Ok(())
}
