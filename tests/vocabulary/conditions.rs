//! For whom a rule is: each word of `when`, met and not met.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::reading::*;
use super::stated::*;

/// A condition; an answer that does not meet it and one that does; where the request has it.
type Word = (&'static str, [&'static str; 2], &'static str);

const WORDS: [Word; 18] = [
    (
        "buyer = \"business\"",
        ["\"consumer\"", "\"business\""],
        "/buyer/kind",
    ),
    ("gift = true", ["false", "true"], "/gift"),
    (
        "transport = [\"post\", \"express\"]",
        ["null", "\"express\""],
        "/transport",
    ),
    (
        "registered = \"IOSS\"",
        ["[]", "[\"X\", \"IOSS\"]"],
        "/seller/registrations",
    ),
    (
        "not-registered = \"IOSS\"",
        ["[\"IOSS\"]", "[\"X\"]"],
        "/seller/registrations",
    ),
    (
        "buyer-registered = \"VAT\"",
        ["[]", "[\"VAT\"]"],
        "/buyer/registrations",
    ),
    (
        "not-buyer-registered = \"VAT\"",
        ["[\"VAT\"]", "[]"],
        "/buyer/registrations",
    ),
    (
        "trusted-trader = true",
        ["false", "true"],
        "/seller/trustedTrader",
    ),
    (
        "claims-preference = true",
        ["false", "true"],
        "/items/0/claimPreference",
    ),
    (
        "with-codes = [\"2203\", \"24\"]",
        ["\"610910\"", "\"240220\""],
        "/items/0/code",
    ),
    (
        "without-codes = [\"2203\", \"24\"]",
        ["\"240220\"", "\"610910\""],
        "/items/0/code",
    ),
    (
        "item-codes = [\"61\"]",
        ["\"640399\"", "\"610910\""],
        "/items/0/code",
    ),
    (
        "not-item-codes = [\"61\"]",
        ["\"610910\"", "\"640399\""],
        "/items/0/code",
    ),
    (
        "origins = [\"VN\"]",
        ["\"CN\"", "\"VN\""],
        "/items/0/origin",
    ),
    (
        "not-origins = [\"CN\"]",
        ["\"CN\"", "\"VN\""],
        "/items/0/origin",
    ),
    (
        "ship-from = [\"US\", \"MX\"]",
        ["\"CN\"", "\"MX\""],
        "/shipFrom",
    ),
    (
        "not-ship-from = [\"US\"]",
        ["\"US\"", "\"CN\""],
        "/shipFrom",
    ),
    ("regions = [\"S\"]", ["\"N\"", "\"S\""], "/region"),
];

/// Two of the words that ask different fields.
fn any_two() -> impl Strategy<Value = (usize, usize)> {
    let all = (0..WORDS.len()).flat_map(|one| (0..WORDS.len()).map(move |other| (one, other)));
    let apart = all.filter(|(one, other)| WORDS[*one].2 != WORDS[*other].2);
    prop::sample::select(apart.collect::<Vec<_>>())
}

proptest! {
    #![proptest_config(cases())]

    /// `intrinsic-value`, `customs-value`, `item-value`: each limit says by its name whether it belongs to the band, and each value is its own:
    /// the goods, the goods with freight, one piece.
    #[test]
    fn each_limit_says_whether_it_belongs(which in 0_usize..3, side in 0_usize..4, limit in 2_i64..50_000, off in -1_i64..=1, freight in 0_i64..5_000, pieces in 1_i64..5) {
        let (word, name) = (["intrinsic-value", "customs-value", "item-value"][which], ["above", "at-least", "at-most", "below"][side]);
        let freight = if which == 1 { freight.min(limit + off - 1) } else { freight };
        let pieces = if which == 2 { pieces } else { 1 };
        let price = if which == 1 { limit + off - freight } else { limit + off };
        let low = regime("low", &format!("when = {{ {word} = {{ {name} = \"{} EUR\" }} }}\nduty = \"relieved\"\ntax = \"charged\"", money(limit)));
        let asked = with(request(&[item(price, pieces)]), "freight", json!(money(freight)));
        let quote = quoted(&place(&low), &asked);
        let meets = [off > 0, off >= 0, off <= 0, off < 0][side];
        prop_assert_eq!(&quote["regime"]["id"], if meets { "low" } else { "ordinary" });
        prop_assert_eq!(sum(&quote, "duty"), if meets { 0 } else { share(price * pieces + freight, 10) });
    }

    /// `buyer`, `gift`, `transport`, `registered`, `not-registered`, `buyer-registered`, `not-buyer-registered`, `trusted-trader`, `claims-preference`,
    /// `with-codes`, `without-codes`, `item-codes`, `not-item-codes`, `origins`, `not-origins`, `ship-from`, `not-ship-from`, `regions`: each is met by
    /// the one answer and not by the other, and `when` by all of its words together only.
    #[test]
    fn each_word_is_met_or_not((first, second) in any_two(), met in any::<(bool, bool)>(), value in 100_i64..50_000) {
        let (one, other) = (WORDS[first], WORDS[second]);
        let low = regime("low", &format!("when = {{ {}, {} }}\nduty = \"relieved\"\ntax = \"charged\"", one.0, other.0));
        let mut asked = request(&[item(value, 1)]);
        asked["shipFrom"] = json!("CN");
        asked["region"] = json!("N");
        asked["buyer"] = json!({});
        asked["seller"] = json!({});
        for ((_, answers, pointer), met) in [(one, met.0), (other, met.1)] {
            let answer: Value = serde_json::from_str(answers[usize::from(met)]).unwrap();
            let (parent, key) = pointer.rsplit_once('/').unwrap();
            asked.pointer_mut(parent).unwrap()[key] = answer;
        }
        let quote = quoted(&place(&low), &asked);
        prop_assert_eq!(&quote["regime"]["id"], if met == (true, true) { "low" } else { "ordinary" }, "{} {}", low, asked);
    }

    /// `item-value`: one piece decides for its own item, at the limit and one cent past it; the items beside are not asked.
    #[test]
    fn item_value_is_asked_of_one_piece(off in -1_i64..=1, other in 1_i64..50_000, pieces in 1_i64..9) {
        let low = regime("low", "when = { item-value = { at-most = \"30 EUR\" } }\nduty = \"relieved\"\ntax = \"charged\"");
        let engine = place(&low);
        let quote = quoted(&engine, &request(&[item(3_000 + off, pieces), item(other, 1)]));
        let first = if off <= 0 { 0 } else { share((3_000 + off) * pieces, 10) };
        let second = if other <= 3_000 { 0 } else { share(other, 10) };
        prop_assert_eq!(sum(&quote, "duty"), first + second);
    }

    /// `origins`, `item-codes`: open without an origin, and decided by it.
    #[test]
    fn origins_decide_item_by_item(value in 1_i64..50_000, from_listed in any::<bool>()) {
        let low = regime("low", "when = { origins = [\"VN\"], item-codes = [\"61\"] }\nduty = \"relieved\"\ntax = \"charged\"");
        let engine = place(&low);
        let mut one = item(value, 1);
        one["origin"] = json!(if from_listed { "VN" } else { "CN" });
        let quote = quoted(&engine, &request(&[one.clone()]));
        prop_assert_eq!(sum(&quote, "duty"), if from_listed { 0 } else { share(value, 10) });
        one["origin"] = Value::Null;
        let quote = quoted(&engine, &request(&[one.clone()]));
        prop_assert_eq!(&quote["status"], "partial");
        prop_assert!(needs(&quote, "items[0].origin"));
        one["code"] = json!("950300");
        one["origin"] = json!("VN");
        prop_assert_eq!(sum(&quoted(&engine, &request(&[one])), "duty"), share(value, 10));
    }

    /// `ship-from`: open without it, and apart from the origin.
    #[test]
    fn ship_from_is_not_the_origin(value in 1_i64..50_000) {
        let low = regime("low", "when = { ship-from = [\"US\"] }\nduty = \"relieved\"\ntax = \"charged\"");
        let engine = place(&low);
        let asked = request(&[item(value, 1)]);
        prop_assert!(needs(&quoted(&engine, &asked), "shipFrom"));
        prop_assert_eq!(sum(&quoted(&engine, &with(asked.clone(), "shipFrom", json!("CN"))), "duty"), share(value, 10));
        prop_assert_eq!(sum(&quoted(&engine, &with(asked, "shipFrom", json!("US"))), "duty"), 0);
    }

    /// `trusted-trader`, `transport`, `gift`: what they change is what the rules say, and nothing else.
    #[test]
    fn a_condition_changes_only_what_it_is_on(value in 1_i64..50_000, trusted in any::<bool>(), gift in any::<bool>()) {
        let notice = format!("[[notice]]\ncode = \"zz.trusted\"\nseverity = \"info\"\nwhen = {{ trusted-trader = true }}\nlaw = {LAW}\n");
        let engine = place(&notice);
        let mut asked = request(&[item(value, 1)]);
        asked["seller"] = json!({ "trustedTrader": trusted });
        asked["gift"] = json!(gift);
        let quote = quoted(&engine, &asked);
        let said = quote["notices"].as_array().unwrap().iter().any(|notice| notice["code"] == "zz.trusted");
        prop_assert_eq!(said, trusted);
        prop_assert_eq!(sum(&quote, "duty"), share(value, 10));
    }
}
