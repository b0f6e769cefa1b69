//! For which consignments a rule holds: each word of a condition, met, not met and open.

use super::stage::{
    BORDER, INSTEAD, LAW, codes, item, place, quoted, rated, request, try_quoted, unknown, with,
};
use dutiable::Engine;
use serde_json::{Value, json};

/// A place that says `zz.said` where the condition holds, and treats the basket so too.
fn saying(when: &str) -> Engine {
    place(&format!(
        "[[notice]]\ncode = \"zz.said\"\nseverity = \"info\"\nwhen = {{ {when} }}\n{LAW}\n"
    ))
}

fn says(when: &str, asked: &Value) -> bool {
    codes(&quoted(&saying(when), asked)).contains(&"zz.said")
}

fn plain() -> Value {
    request(&[rated("100.00")])
}

#[test]
fn each_word_is_met_or_not() {
    let registered = with(plain(), "seller", json!({ "registrations": ["IOSS"] }));
    let trusted = with(plain(), "seller", json!({ "trustedTrader": true }));
    let buyer = json!({ "kind": "business", "registrations": ["VAT"] });
    let business = with(plain(), "buyer", buyer);
    let gift = with(plain(), "gift", json!(true));
    let by_post = with(plain(), "transport", json!("post"));
    let by_sea = with(plain(), "transport", json!("sea"));
    let claiming = request(&[
        rated("1.00"),
        with(rated("1.00"), "claimPreference", json!(true)),
    ]);
    let cases = [
        ("registered = \"IOSS\"", &registered, &plain()),
        ("not-registered = \"IOSS\"", &plain(), &registered),
        ("trusted-trader = true", &trusted, &plain()),
        ("trusted-trader = false", &plain(), &trusted),
        ("buyer = \"business\"", &business, &plain()),
        ("buyer = \"consumer\"", &plain(), &business),
        ("buyer-registered = \"VAT\"", &business, &plain()),
        ("not-buyer-registered = \"VAT\"", &plain(), &business),
        ("gift = true", &gift, &plain()),
        ("gift = false", &plain(), &gift),
        ("transport = [\"post\", \"air\"]", &by_post, &by_sea),
        ("transport = [\"post\", \"air\"]", &by_post, &plain()),
        ("claims-preference = true", &claiming, &plain()),
        ("claims-preference = false", &plain(), &claiming),
    ];
    for (when, met, not) in cases {
        assert!(says(when, met), "{when}");
        assert!(!says(when, not), "{when}");
    }
}

#[test]
fn codes_are_asked_of_some_item_of_no_item_or_of_the_item_itself() {
    let of = |codes: &[&str]| {
        let items: Vec<Value> = codes
            .iter()
            .map(|code| with(item(code, "1.00"), "dutyRate", json!("0")))
            .collect();
        request(&items)
    };
    let cases: [(&str, &[&str], bool); 12] = [
        ("with-codes = [\"22\"]", &["610910", "220410"], true),
        ("with-codes = [\"22\"]", &["610910"], false),
        ("with-codes = [\"22041011\"]", &["220410"], true),
        ("with-codes = [\"22\", \"61\"]", &["610910"], true),
        ("without-codes = [\"22\"]", &["610910"], true),
        ("without-codes = [\"22\"]", &["610910", "220410"], false),
        ("without-codes = [\"22041011\"]", &["220410"], false),
        ("item-codes = [\"22\"]", &["610910", "220410"], true),
        ("item-codes = [\"22\"]", &["610910"], false),
        ("not-item-codes = [\"22\"]", &["610910", "220410"], true),
        ("not-item-codes = [\"22\"]", &["220410"], false),
        (
            "item-codes = [\"22\"], not-item-codes = [\"2204\"]",
            &["220410"],
            false,
        ),
    ];
    for (when, codes, holds) in cases {
        assert_eq!(says(when, &of(codes)), holds, "{when} {codes:?}");
    }
}

#[test]
fn limits_are_kept_at_the_limit_and_a_cent_beside_it() {
    let cases = [
        ("at-most", [true, true, false]),
        ("below", [true, false, false]),
        ("at-least", [false, true, true]),
        ("above", [false, false, true]),
    ];
    for (limit, holds) in cases {
        for (value, holds) in ["99.99", "100.00", "100.01"].iter().zip(holds) {
            let goods = request(&[rated(value)]);
            for on in ["intrinsic-value", "customs-value", "item-value"] {
                let when = format!("{on} = {{ {limit} = \"100 EUR\" }}");
                assert_eq!(says(&when, &goods), holds, "{when} {value}");
            }
            // Freight belongs to the customs value alone.
            let freighted = with(request(&[rated("50.00")]), "freight", json!("50.00"));
            let when = format!(
                "intrinsic-value = {{ {limit} = \"50 EUR\" }}, customs-value = {{ {limit} = \"100 EUR\" }}"
            );
            let at = limit.starts_with("at");
            assert_eq!(says(&when, &freighted), at, "{when}");
        }
    }
    // Between two limits, and in another currency.
    let band = "intrinsic-value = { above = \"10 USD\", at-most = \"20 USD\" }";
    for (value, holds) in [
        ("5.00", false),
        ("5.01", true),
        ("10.00", true),
        ("10.01", false),
    ] {
        let asked = with(
            request(&[rated(value)]),
            "exchangeRates",
            json!({ "USD/EUR": "0.5" }),
        );
        assert_eq!(says(band, &asked), holds, "{value}");
    }
}

/// The regime of a basket in a place where one of its own holds on this condition, or what is missing for it.
fn regime(when: &str, asked: &Value) -> Result<String, Vec<String>> {
    let own = format!(
        "[[regime]]\nid = \"own\"\n{INSTEAD}\nduty = \"tariff\"\ntax = \"charged\"\nwhen = {{ {when} }}\n{BORDER}\n{LAW}\n"
    );
    let quote = quoted(&place(&own), asked);
    let id = quote["regime"]["id"].as_str();
    id.map(str::to_owned).ok_or_else(|| unknown(&quote))
}

#[test]
fn places_are_open_until_they_are_said() {
    let own = || Ok("own".to_owned());
    let ordinary = || Ok("ordinary".to_owned());
    let open = |field: &str| Err(vec![field.to_owned()]);
    let from = |place: &str| with(plain(), "shipFrom", json!(place));
    let to = |region: &str| with(plain(), "region", json!(region));
    let mut nowhere = rated("100.00");
    nowhere.as_object_mut().unwrap().remove("origin");
    let nowhere = request(&[nowhere]);
    let cases = [
        ("ship-from = [\"CN\"]", from("CN"), own()),
        ("ship-from = [\"CN\"]", from("VN"), ordinary()),
        ("ship-from = [\"CN\"]", plain(), open("shipFrom: place")),
        ("not-ship-from = [\"CN\"]", from("CN"), ordinary()),
        ("not-ship-from = [\"CN\"]", from("VN"), own()),
        ("not-ship-from = [\"CN\"]", plain(), open("shipFrom: place")),
        (
            "ship-from = [\"CN\", \"VN\"], not-ship-from = [\"VN\"]",
            from("CN"),
            own(),
        ),
        (
            "ship-from = [\"CN\", \"VN\"], not-ship-from = [\"VN\"]",
            from("VN"),
            ordinary(),
        ),
        ("regions = [\"N\"]", to("N"), own()),
        ("regions = [\"N\"]", to("S"), ordinary()),
        ("regions = [\"N\"]", plain(), open("region: region")),
        ("origins = [\"CN\"]", plain(), own()),
        ("origins = [\"VN\"]", plain(), ordinary()),
        (
            "origins = [\"CN\"]",
            nowhere.clone(),
            open("items[0].origin: place"),
        ),
        ("not-origins = [\"CN\"]", plain(), ordinary()),
        ("not-origins = [\"VN\"]", plain(), own()),
        (
            "not-origins = [\"CN\"]",
            nowhere.clone(),
            open("items[0].origin: place"),
        ),
        // What is not met decides before what is open.
        ("gift = true, ship-from = [\"CN\"]", plain(), ordinary()),
        (
            "ship-from = [\"VN\"], regions = [\"N\"]",
            from("CN"),
            ordinary(),
        ),
        (
            "ship-from = [\"VN\"], regions = [\"N\"]",
            to("S"),
            ordinary(),
        ),
        (
            "ship-from = [\"VN\"], regions = [\"N\"]",
            plain(),
            open("shipFrom: place"),
        ),
        (
            "ship-from = [\"CN\"], regions = [\"N\"]",
            from("CN"),
            open("region: region"),
        ),
        (
            "item-codes = [\"22\"], origins = [\"CN\"]",
            nowhere,
            ordinary(),
        ),
    ];
    for (when, asked, found) in cases {
        assert_eq!(regime(when, &asked), found, "{when} {asked}");
    }
}

#[test]
fn a_limit_of_the_customs_value_is_open_without_the_freight() {
    let asked = |value: &str| with(request(&[rated(value)]), "incoterm", json!("EXW"));
    let when = "customs-value = { at-most = \"100 EUR\" }";
    let missing = Err(vec!["freight: amount".to_owned()]);
    assert_eq!(regime(when, &asked("50.00")), missing);
    let known = with(asked("50.00"), "freight", json!("50.00"));
    assert_eq!(regime(when, &known), Ok("own".to_owned()));
}

#[test]
fn two_regimes_that_hold_are_refused_unless_one_gives_way() {
    let regime = |id: &str, replaces: &str, when: &str| {
        format!(
            "[[regime]]\nid = \"{id}\"\nreplaces = [{replaces}]\nwhen = {{ {when} }}\nrelease-category = 3\ndeclaration = \"Short\"\nduty = \"tariff\"\ntax = \"charged\"\n{BORDER}\n{LAW}\n"
        )
    };
    let beside = place(&regime("other", "", ""));
    assert_eq!(try_quoted(&beside, &plain()), Err("rule.conflict".into()));
    let chain = regime("one", "\"ordinary\"", "") + &regime("two", "\"ordinary\", \"one\"", "");
    let quote = quoted(&place(&chain), &plain());
    assert_eq!(quote["regime"]["id"], "two");
    // An open one that another takes the place of in any case decides nothing.
    let open = regime("two", "\"ordinary\"", "ship-from = [\"CN\"]");
    let quote = quoted(
        &place(&(open.clone() + &regime("one", "\"ordinary\", \"two\"", ""))),
        &plain(),
    );
    assert_eq!(quote["regime"]["id"], "one");
    let quote = quoted(&place(&open), &plain());
    assert_eq!(unknown(&quote), ["shipFrom: place"]);
}
