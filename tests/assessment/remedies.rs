//! Duties on top: which programme, in which order, on what.

use super::stage::{
    amounts, codes, item, notice, place_with, quoted, range, request, tariff_with, unknown, with,
    workings,
};
use dutiable::tariff::Programme;
use serde_json::{Value, json};

const LINE: &str = "61091010";

fn programme(id: &str, order: u8) -> Programme {
    Programme {
        id: id.into(),
        order,
        source: format!("zz/{id}"),
        displaced_by: Vec::new(),
        freed_by: Vec::new(),
        notice: String::new(),
    }
}

/// A row of a programme, with these keys beside.
fn row(programme: u16, duty: &str, keys: Value) -> Value {
    let mut row =
        json!({ "code": LINE, "type": "additional-duty", "programme": programme, "duty": duty });
    for (key, value) in keys.as_object().unwrap() {
        row[key] = value.clone();
    }
    row
}

fn ordinary(duty: &str) -> Value {
    json!({ "code": LINE, "duty": duty })
}

fn quote(rows: &[Value], programmes: &[Programme], item: Value) -> Value {
    let tariff = tariff_with(&[LINE], json!(rows), programmes);
    quoted(&place_with(tariff, ""), &request(&[item]))
}

fn goods() -> Value {
    item(LINE, "100.00")
}

/// The programme, heading and amount of each duty of a programme.
fn charged(quote: &Value) -> Vec<(&str, &str, &str)> {
    let lines = quote["lines"].as_array().unwrap().iter();
    lines
        .filter_map(|line| {
            let text = |key: &str| line[key].as_str();
            Some((text("programme")?, text("heading")?, text("amount")?))
        })
        .collect()
}

#[test]
fn programmes_stand_side_by_side_in_the_laws_order() {
    let programmes = [programme("b", 2), programme("c", 2), programme("a", 1)];
    let rows = [
        ordinary("5 %"),
        row(1, "30 %", json!({ "additional": "9903.03" })),
        row(0, "20 %", json!({ "additional": "9903.02" })),
        row(2, "10 %", json!({ "additional": "9903.01" })),
    ];
    let quote = quote(&rows, &programmes, goods());
    assert_eq!(amounts(&quote, "duty"), ["5.00", "10.00", "20.00", "30.00"]);
    let found = [
        ("a", "9903.01", "10.00"),
        ("b", "9903.02", "20.00"),
        ("c", "9903.03", "30.00"),
    ];
    assert_eq!(charged(&quote), found);
    assert_eq!(codes(&quote), ["quote.not-binding"]);
    assert_eq!(quote["lines"][1]["source"], "zz/a");
    assert_eq!(quote["lines"][0]["source"], "zz/tariff");
}

#[test]
fn a_programme_gives_way_to_one_that_is_charged_on_the_whole() {
    let mut second = programme("second", 2);
    second.displaced_by = vec!["first".into()];
    let programmes = [programme("first", 1), second, programme("third", 3)];
    let rows = |first: &str| {
        [
            ordinary("5 %"),
            row(0, first, json!({})),
            row(1, "10 %", json!({})),
            row(2, "1 %", json!({})),
        ]
    };
    let quote_of = |first: &str| quote(&rows(first), &programmes, goods());
    assert_eq!(
        amounts(&quote_of("20 %"), "duty"),
        ["5.00", "20.00", "1.00"]
    );
    // One that is free is not charged, and takes no place.
    assert_eq!(amounts(&quote_of("0 %"), "duty"), ["5.00", "10.00", "1.00"]);
}

#[test]
fn a_programme_on_a_part_leaves_the_rest_to_the_next() {
    let mut second = programme("second", 2);
    second.displaced_by = vec!["first".into()];
    let programmes = [programme("first", 1), second];
    let rows = [
        ordinary("5 %"),
        row(0, "20 % of steel", json!({})),
        row(1, "15 % - ORD", json!({})),
    ];
    let open = quote(&rows, &programmes, goods());
    assert_eq!(unknown(&open), ["items[0].supplementary: value:steel"]);
    let steel = |value: &str| json!([{ "unit": "value:steel", "quantity": value }]);
    let part = quote(
        &rows,
        &programmes,
        with(goods(), "supplementary", steel("40.00")),
    );
    let found = [
        "100.00 × 5 % = 5.00",
        "40.00 × 20 % = 8.00",
        "60.00 × 15 % − 3 = 6.00",
    ];
    assert_eq!(workings(&part, "duty"), found);
    // All of it leaves nothing, and more than the goods are worth leaves no less.
    for all in ["100.00", "120.00"] {
        let whole = quote(
            &rows,
            &programmes,
            with(goods(), "supplementary", steel(all)),
        );
        assert_eq!(charged(&whole).len(), 1, "{all}");
    }
}

#[test]
fn the_longest_code_wins_and_then_the_narrowest_area() {
    let programmes = [programme("p", 1)];
    let rows = [
        ordinary("0 %"),
        row(0, "10 %", json!({})),
        row(0, "20 %", json!({ "areas": ["club:CN,VN,TH"] })),
        row(0, "30 %", json!({ "areas": ["CN"] })),
        row(0, "40 %", json!({ "areas": ["pair:VN,TH"] })),
        row(0, "50 %", json!({ "code": "6109", "areas": ["CN"] })),
    ];
    for (origin, duty) in [("CN", "30.00"), ("VN", "40.00"), ("IN", "10.00")] {
        let quote = quote(&rows, &programmes, with(goods(), "origin", json!(origin)));
        assert_eq!(charged(&quote), [("p", "", duty)], "{origin}");
    }
}

#[test]
fn a_row_for_some_of_the_goods_leaves_what_the_rest_pay_possible() {
    let programmes = [programme("p", 1)];
    let some = row(
        0,
        "30 %",
        json!({ "condition": "goods of steel", "additional": "9903.02" }),
    );
    let rest = row(
        0,
        "10 %",
        json!({ "code": "6109", "additional": "9903.01" }),
    );
    let open = quote(
        &[ordinary("5 %"), some.clone(), rest.clone()],
        &programmes,
        goods(),
    );
    assert_eq!(range(&open), ("15.00".into(), "35.00".into()));
    assert_eq!(unknown(&open), ["items[0].additionalCode: circumstance"]);
    // Where nothing is said of the rest, they are free.
    let alone = quote(&[ordinary("5 %"), some.clone()], &programmes, goods());
    assert_eq!(range(&alone), ("5.00".into(), "35.00".into()));
    // Low is without it and high with it, also where the ordinary duty is open too.
    let ordinary_too = [
        json!({ "code": LINE, "duty": "5 %", "additional": "A001" }),
        json!({ "code": LINE, "duty": "20 %", "additional": "A002" }),
        some.clone(),
    ];
    let both = quote(&ordinary_too, &programmes, goods());
    assert_eq!(range(&both), ("5.00".into(), "50.00".into()));
    // A heading that is named settles it.
    for (heading, duty) in [("9903.02", "30.00"), ("9903.01", "10.00")] {
        let named = with(goods(), "additionalCode", json!(heading));
        let quote = quote(
            &[ordinary("5 %"), some.clone(), rest.clone()],
            &programmes,
            named,
        );
        assert_eq!(charged(&quote), [("p", heading, duty)]);
    }
}

#[test]
fn of_equal_sums_the_first_is_kept() {
    let programmes = [programme("p", 1)];
    let of = |heading: &str, keys: Value| {
        let keys = with(keys, "additional", json!(heading));
        row(0, "10 %", keys)
    };
    let steel = || json!({ "condition": "goods of steel" });
    let rest = of("9903.03", json!({}));
    let settled = quote(
        &[ordinary("5 %"), of("9903.01", steel()), rest],
        &programmes,
        goods(),
    );
    assert_eq!(charged(&settled), [("p", "9903.01", "10.00")]);
    let rows = [
        ordinary("5 %"),
        of("9903.01", steel()),
        of("9903.02", steel()),
    ];
    let open = quote(&rows, &programmes, goods());
    assert_eq!(range(&open), ("5.00".into(), "15.00".into()));
    assert_eq!(charged(&open), [("p", "9903.01", "10.00")]);
}

#[test]
fn a_claim_takes_the_place_of_what_is_charged_without_it() {
    let mut first = programme("p", 1);
    first.notice = "p.note".into();
    let programmes = [first];
    let rows = [
        ordinary("5 %"),
        row(0, "20 %", json!({ "additional": "9903.02" })),
        row(
            0,
            "0 %",
            json!({ "additional": "9903.01", "certificate": "donation" }),
        ),
        row(
            0,
            "2 %",
            json!({ "additional": "9903.03", "certificate": "repair" }),
        ),
        row(
            0,
            "3 %",
            json!({ "additional": "9903.03", "certificate": "alteration" }),
        ),
    ];
    let plain = quote(&rows, &programmes, goods());
    assert_eq!(charged(&plain), [("p", "9903.02", "20.00")]);
    let said = [
        "p.note",
        "additional-duty.claim-possible",
        "quote.not-binding",
    ];
    assert_eq!(codes(&plain), said);
    let possible = &notice(&plain, "additional-duty.claim-possible").unwrap()["params"];
    assert_eq!(possible["headings"], "9903.01 9903.03");
    assert_eq!(possible["programme"], "p");
    // By its heading or by its document; nothing is written of what is free.
    for (field, given) in [
        ("additionalCode", json!("9903.01")),
        ("certificates", json!(["donation"])),
    ] {
        let quote = quote(&rows, &programmes, with(goods(), field, given));
        assert_eq!(charged(&quote), []);
        assert_eq!(codes(&quote), ["quote.not-binding"]);
    }
    let repair = with(goods(), "certificates", json!(["repair"]));
    assert_eq!(
        charged(&quote(&rows, &programmes, repair)),
        [("p", "9903.03", "2.00")]
    );
}

#[test]
fn what_is_only_possible_is_said_and_not_reckoned() {
    let mut first = programme("p", 1);
    first.notice = "p.note".into();
    let mut possible = row(0, "0 %", json!({ "condition": "goods of steel" }));
    possible.as_object_mut().unwrap().remove("duty");
    let quote = quote(&[ordinary("5 %"), possible], &[first], goods());
    assert_eq!(quote["status"], "complete");
    assert_eq!(amounts(&quote, "duty"), ["5.00"]);
    assert_eq!(codes(&quote), ["p.note", "quote.not-binding"]);
}

#[test]
fn a_granted_claim_frees_from_a_programme() {
    let mut first = programme("p", 1);
    first.freed_by = vec!["club".into()];
    let programmes = [first];
    let preference = |areas: &str, duty: &str| json!({ "code": LINE, "type": "preference", "areas": [areas], "duty": duty });
    let claiming = |origin: &str| {
        let goods = with(goods(), "origin", json!(origin));
        with(goods, "claimPreference", json!(true))
    };
    let rows = [
        ordinary("5 %"),
        preference("club:CN,VN", "1 %"),
        preference("other:IN", "2 %"),
        row(0, "20 %", json!({})),
    ];
    let of = |item: Value| quote(&rows, &programmes, item);
    assert_eq!(amounts(&of(claiming("CN")), "duty"), ["1.00"]);
    assert_eq!(amounts(&of(goods()), "duty"), ["5.00", "20.00"]);
    assert_eq!(amounts(&of(claiming("IN")), "duty"), ["2.00", "20.00"]);
    // Goods that are free anyway are entered under the agreement all the same.
    let free = [
        ordinary("0 %"),
        json!({ "code": "02011000", "type": "preference", "areas": ["club:CN,VN"], "duty": "1 %" }),
        row(0, "20 %", json!({})),
    ];
    let of = |item: Value| quote(&free, &programmes, item);
    let granted = of(claiming("CN"));
    assert_eq!(amounts(&granted, "duty"), ["0.00"]);
    assert_eq!(codes(&granted), ["quote.not-binding"]);
    assert_eq!(amounts(&of(goods()), "duty"), ["0.00", "20.00"]);
    assert_eq!(amounts(&of(claiming("IN")), "duty"), ["0.00", "20.00"]);
}
