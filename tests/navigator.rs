#![expect(clippy::print_stdout, reason = "a test says what it counted")]
//! What the navigator answers from the packs as built: the examples of `tests/navigator/examples.csv`, and codes typed in.

mod support;

use dutiable::Engine;
use dutiable::engine::sections;
use dutiable::navigator::{Place, Ranking, Reason, SearchResult};
use dutiable::pack::{About, Pack, PackKind, PackWriter};
use dutiable::place::PlaceCode;

/// How many examples had their code among the first ten, and as the first, when last measured: with the index alone, and with the
/// classifier. A change that loses one is to be seen.
const INDEX_ALONE: (usize, usize) = (1044, 683);
const CLASSIFIED: (usize, usize) = (1163, 1121);

/// An engine that searches, down to the lines of the United States and of Great Britain.
fn navigator() -> Result<Engine, String> {
    opened(&["gb.en", "hs2022", "hs2022.en", "hs2022.index", "us.en"])
}

/// An engine with these packs, opened in this order.
fn opened(ids: &[&str]) -> Result<Engine, String> {
    let packs = support::packs()?;
    let mut engine = Engine::new();
    for id in ids {
        let pack = packs.iter().find(|pack| pack.id == *id);
        let pack = pack.ok_or_else(|| format!("{id} is not built"))?;
        let opened = engine.open_pack(pack.bytes.clone(), Some(&pack.sha256));
        opened.map_err(|error| format!("{id}: {error}"))?;
    }
    Ok(engine)
}

/// The packs of a navigator that has learned.
const LEARNED: [&str; 4] = ["hs2022", "hs2022.index", "hs2022.classifier", "hs2022.en"];

/// The query and the code of each example.
fn examples() -> Result<Vec<(String, String)>, String> {
    let rows: Vec<(String, String, String)> = support::table("tests/navigator/examples.csv")?;
    Ok(rows
        .into_iter()
        .map(|(query, code, _)| (query, code))
        .collect())
}

/// Counts the examples whose code is among the first ten and first, says which are missed, and compares with what was measured.
fn as_often_as_before(
    engine: &Engine,
    (expected_ten, expected_first): (usize, usize),
) -> Result<(), String> {
    let examples = examples()?;
    let mut places = Vec::new();
    let mut missed = Vec::new();
    for (query, code) in &examples {
        let found = engine.search(query, 10, None);
        let found = found.map_err(|error| format!("{query}: {error}"))?;
        let place = found.hits.iter().position(|hit| hit.code == *code);
        places.extend(place);
        if place.is_none() {
            let instead = found.hits.first().map_or("nothing", |hit| &hit.code);
            missed.push(format!("  {query}: {code} is missed, {instead} is first"));
        }
    }
    let among_ten = places.len();
    let first = places.iter().filter(|place| **place == 0).count();
    let missed = missed.join("\n");
    let count = examples.len();
    println!(
        "of {count} examples {among_ten} among the first ten, {first} first; missed:\n{missed}"
    );
    assert!(count >= 1_100, "only {count} examples were found");
    assert!(
        among_ten >= expected_ten && first >= expected_first,
        "{among_ten} of {expected_ten} among the first ten, {first} of {expected_first} first; missed:\n{missed}"
    );
    Ok(())
}

#[test]
fn examples_are_found_as_often_as_before_with_the_index_alone() -> Result<(), String> {
    as_often_as_before(&navigator()?, INDEX_ALONE)
}

#[test]
fn examples_are_found_as_often_as_before_with_a_classifier() -> Result<(), String> {
    as_often_as_before(&opened(&LEARNED)?, CLASSIFIED)
}

fn codes<'f>(found: &'f SearchResult<'_>) -> Vec<&'f str> {
    found.hits.iter().map(|hit| hit.code.as_str()).collect()
}

/// A text that lists goods has the codes of each; one that says them in one breath need not.
#[test]
fn of_several_goods_each_is_found() -> Result<(), String> {
    let engine = opened(&LEARNED)?;
    for (text, [one, other]) in [
        ("a boys' T-shirt and a pair of shorts", ["610910", "620342"]),
        ("a leather wallet, a glass vase", ["420231", "701399"]),
        (
            "a wooden chess board and a ceramic mug",
            ["950490", "691200"],
        ),
    ] {
        let found = engine.search_in(None, Ranking::Classifier, text, 5, None);
        let found = found.map_err(|error| format!("{text}: {error}"))?;
        let codes = codes(&found);
        assert!(
            codes.contains(&one) && codes.contains(&other),
            "{text}: {codes:?}"
        );
    }
    Ok(())
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

/// Retail titles and declarations, written for this test.
const TITLES: [(&str, &str); 8] = [
    (
        "Fashion 925 Sterling Silver Rings for Women Adjustable Wedding Jewelry Gift",
        "711311",
    ),
    (
        "TWS Wireless Bluetooth Earbuds Noise Cancelling Headphones with Charging Case Black",
        "851830",
    ),
    (
        "2024 New Men's Cotton Short Sleeve T-Shirt Casual Crew Neck Summer Knitted Tops",
        "610910",
    ),
    (
        "Stainless Steel Insulated Vacuum Flask Water Bottle 500ml Travel Mug",
        "961700",
    ),
    (
        "Luxury Women Genuine Cowhide Leather Handbag Shoulder Bag",
        "420221",
    ),
    (
        "Kids Building Blocks Plastic Toy Set 100 pcs Birthday Gift",
        "950300",
    ),
    (
        "Professional Electric Hair Dryer 2000W Ionic Salon",
        "851631",
    ),
    ("USB-C phone charger 20W fast charging adapter", "850440"),
];

#[test]
fn with_a_classifier_long_titles_are_understood() -> Result<(), String> {
    let engine = opened(&LEARNED)?;
    for (title, code) in TITLES {
        let found = engine.search(title, 10, None);
        let found = found.map_err(|error| format!("{title}: {error}"))?;
        assert_eq!(codes(&found).first(), Some(&code), "{title}");
        let likelihoods: Vec<u32> = found.hits.iter().map(|hit| hit.score).collect();
        assert!(
            likelihoods.is_sorted_by(|one, other| one >= other),
            "{title}"
        );
        assert!(likelihoods.iter().sum::<u32>() <= 1_000_000, "{title}");
    }
    Ok(())
}

#[test]
fn a_word_that_only_described_goods_have_is_a_reason() -> Result<(), String> {
    let (alone, learned) = (navigator()?, opened(&LEARNED)?);
    let text = "brass sousaphone";
    let told = |engine: &Engine| -> Result<bool, String> {
        let found = engine.search(text, 10, None);
        let found = found.map_err(|error| error.to_string())?;
        let first = found.hits.first().ok_or("no hit")?;
        Ok(first
            .why
            .iter()
            .any(|why| why.word == "sousaphone" && why.place == Place::Learned))
    };
    assert!(!told(&alone)?);
    assert!(told(&learned)?);
    Ok(())
}

#[test]
fn the_order_of_opening_changes_no_answer() -> Result<(), String> {
    let orders = [
        LEARNED,
        ["hs2022.classifier", "hs2022.en", "hs2022.index", "hs2022"],
        ["hs2022", "hs2022.index", "hs2022.en", "hs2022.classifier"],
    ];
    let engines: Vec<Engine> = orders
        .iter()
        .map(|order| opened(order))
        .collect::<Result<_, _>>()?;
    for (title, _) in TITLES {
        let mut answers = engines.iter().map(|engine| engine.search(title, 20, None));
        let first = answers.next();
        assert!(answers.all(|answer| Some(answer) == first), "{title}");
    }
    Ok(())
}

/// A sealed pack of kind classifier whose memory is cut by a byte.
fn spoiled() -> Result<Vec<u8>, String> {
    let packs = support::packs()?;
    let whole = packs
        .into_iter()
        .find(|pack| pack.kind == "classifier")
        .ok_or("no classifier")?;
    let whole = Pack::open(whole.bytes).map_err(|error| error.to_string())?;
    let section = |id| {
        whole
            .section(id)
            .map(<[u8]>::to_vec)
            .map_err(|error| error.to_string())
    };
    let mut memory = section(sections::MEMORY)?;
    memory.pop();
    let about = About {
        id: "spoiled".to_owned(),
        ..whole.about().clone()
    };
    let writer =
        PackWriter::new(PackKind::Classifier, &about).map_err(|error| error.to_string())?;
    let writer = writer
        .section(sections::KNOWN_WORDS, section(sections::KNOWN_WORDS)?)
        .section(sections::MEMORY, memory)
        .section(sections::VECTORS, section(sections::VECTORS)?)
        .section(sections::CLASSES, section(sections::CLASSES)?);
    writer.seal().map_err(|error| error.to_string())
}

#[test]
fn a_classifier_that_is_not_whole_is_refused_and_the_navigator_stays_as_it_was()
-> Result<(), String> {
    let mut engine = navigator()?;
    let text = "wireless earbuds";
    let before = format!("{:?}", engine.search(text, 10, None));
    let refused = engine.open_pack(spoiled()?, None).map(|_| ());
    assert_eq!(
        refused.map_err(|error| error.code.as_str()),
        Err("pack.corrupt")
    );
    assert_eq!(format!("{:?}", engine.search(text, 10, None)), before);
    let ids: Vec<_> = engine
        .packs()
        .iter()
        .map(|open| open.about.id.as_str())
        .collect();
    assert!(!ids.contains(&"spoiled"), "{ids:?}");
    // What waited for other packs still waits: another language opens, and the whole classifier does.
    for pack in support::packs()? {
        if ["hs2022.index.de", "hs2022.de", "hs2022.classifier"].contains(&pack.id.as_str()) {
            let opened = engine.open_pack(pack.bytes, Some(&pack.sha256));
            opened.map_err(|error| format!("{}: {error}", pack.id))?;
        }
    }
    let german = engine.search_in(Some("de"), Ranking::Index, "Lederhandtasche", 1, None);
    let german = german.map_err(|error| error.to_string())?;
    assert_eq!(codes(&german), ["420221"]);
    assert_ne!(format!("{:?}", engine.search(text, 10, None)), before);
    Ok(())
}
