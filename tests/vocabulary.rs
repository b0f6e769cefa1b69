//! A property for each word of the rules' vocabulary, on a place that the test states itself: so that a word is tried on all values,
//! whatever the real places happen to say.

#![expect(
    clippy::indexing_slicing,
    reason = "a JSON value answers null for a key it lacks"
)]
#![expect(
    clippy::unwrap_used,
    reason = "a property that cannot be asked has failed"
)]
#![expect(
    clippy::arithmetic_side_effects,
    reason = "the test reckons beside the engine, on small numbers"
)]
#![expect(clippy::panic, reason = "a basket that is refused has failed the test")]

use dutiable::Engine;
use dutiable::basket::Basket;
use dutiable::calendar::ValidityPeriod;
use dutiable::decimal::Decimal;
use dutiable::destination::Rules;
use dutiable::engine::sections::RULES;
use dutiable::pack::{About, PackKind, PackWriter};
use proptest::prelude::*;
use rust_decimal::RoundingStrategy;
use serde_json::{Value, json};

const LAW: &str = r#"{ title = "A law of the test", url = "https://example.org/", confidence = "official", checked-on = "2026-11-27" }"#;
const BORDER: &str = r#"[{ model = "border", duty = { by = "carrier", at = "delivery" }, tax = { by = "carrier", at = "delivery" }, fee = { by = "carrier", at = "delivery" } }]"#;

/// A place `ZZ` with euro, an ordinary regime, and what the test adds.
fn place(more: &str) -> Engine {
    let text = format!(
        r#"
territory = "zz"
title = "A place of the test"
[[place]]
code = "ZZ"
currency = "EUR"
regions = ["N", "S"]
[[customs-value]]
basis = "CIF"
law = {LAW}
[[regime]]
id = "ordinary"
duty = "tariff"
tax = "charged"
release-category = 4
declaration = "Declaration"
collection = {BORDER}
law = {LAW}
{more}"#
    );
    let rules: Rules = toml::from_str(&text).unwrap_or_else(|error| panic!("{error}"));
    let about = About {
        id: "zz.rules".into(),
        tariff: "zz".into(),
        destinations: None,
        origins: None,
        language: None,
        edition: 0,
        as_of: "2026-11-27".parse_day(),
        covers: ValidityPeriod::default(),
        sources: Vec::new(),
    };
    let writer = PackWriter::new(PackKind::Rules, &about).unwrap();
    let bytes = writer.value(RULES, &rules).unwrap().seal().unwrap();
    let mut engine = Engine::new();
    engine.open_pack(bytes, None).unwrap();
    engine
}

trait ParseDay {
    fn parse_day(&self) -> dutiable::calendar::CalendarDate;
}

impl ParseDay for str {
    fn parse_day(&self) -> dutiable::calendar::CalendarDate {
        dutiable::calendar::CalendarDate::parse(self).unwrap()
    }
}

/// Another regime, with these keys, in the ordinary one's place.
fn regime(id: &str, keys: &str) -> String {
    format!(
        "[[regime]]\nid = \"{id}\"\nreplaces = [\"ordinary\"]\nrelease-category = 3\ndeclaration = \"Short\"\ncollection = {BORDER}\n{keys}\n[regime.law]\n{}\n",
        law_lines()
    )
}

/// A tax of 20 % on value and duty, with these keys beside.
fn tax(id: &str, keys: &str) -> String {
    format!("[[tax]]\nid = \"{id}\"\nlaw = {LAW}\n{keys}\n")
}

fn law_lines() -> String {
    LAW.trim_matches(['{', '}', ' ']).replace("\", ", "\"\n")
}

fn item(cents: i64, quantity: i64) -> Value {
    json!({ "code": "610910", "origin": "CN", "quantity": quantity.to_string(), "unitPrice": money(cents), "dutyRate": "10" })
}

fn request(items: &[Value]) -> Value {
    json!({ "date": "2026-11-27", "destination": "ZZ", "currency": "EUR", "items": items })
}

fn with(mut request: Value, key: &str, value: Value) -> Value {
    request[key] = value;
    request
}

fn money(cents: i64) -> String {
    Decimal::new(cents, 2).to_string()
}

fn quoted(engine: &Engine, request: &Value) -> Value {
    let basket = Basket::parse(&request.to_string()).unwrap_or_else(|error| panic!("{error}"));
    let quote = engine
        .quote(&basket)
        .unwrap_or_else(|error| panic!("{error}: {request}"));
    serde_json::to_value(quote).unwrap()
}

fn cents(value: &Value) -> i64 {
    let amount =
        Decimal::from_str_exact(value.as_str().unwrap_or_else(|| panic!("{value}"))).unwrap();
    i64::try_from(
        (amount * Decimal::ONE_HUNDRED).mantissa()
            / 10_i128.pow((amount * Decimal::ONE_HUNDRED).scale()),
    )
    .unwrap()
}

/// A half goes up.
fn rounded(exact: Decimal) -> i64 {
    let cents = (exact * Decimal::ONE_HUNDRED)
        .round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
    i64::try_from(cents.mantissa()).unwrap()
}

/// So many hundredths of per cent of an amount in cents.
fn share(cents: i64, percent: i64) -> i64 {
    rounded(Decimal::new(cents, 2) * Decimal::new(percent, 2))
}

fn lines<'a>(quote: &'a Value, kind: &'a str) -> impl Iterator<Item = &'a Value> {
    let lines = quote["lines"].as_array().unwrap();
    lines.iter().filter(move |line| line["kind"] == kind)
}

fn sum(quote: &Value, kind: &str) -> i64 {
    lines(quote, kind).map(|line| cents(&line["amount"])).sum()
}

fn needs(quote: &Value, field: &str) -> bool {
    let unknown = quote["unknown"].as_array().unwrap();
    unknown.iter().any(|need| need["field"] == field)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

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

    /// `bands`: the first band that reaches the value, its rate on all of it, less the deduction, never below nothing; taxes take it.
    #[test]
    fn bands_are_on_the_whole_value(one in 1_i64..30_000, two in 1_i64..30_000) {
        let banded = regime("banded", "duty = { bands = [{ up-to = \"50 EUR\", rate = \"20 %\" }, { rate = \"60 %\", less = \"20 EUR\" }] }\ntax = \"charged\"");
        let vat = tax("vat", "rate = { percent = \"10 %\" }\nbase = [\"customs-value\", \"duty\"]");
        let quote = quoted(&place(&(banded + &vat)), &request(&[item(one, 1), item(two, 1)]));
        let value = one + two;
        let duty = if value <= 5_000 { share(value, 20) } else { (share(value, 60) - 2_000).max(0) };
        prop_assert_eq!(sum(&quote, "duty"), duty);
        // Each item's tax is rounded by itself.
        prop_assert!((sum(&quote, "tax") - share(value + duty, 10)).abs() <= 1);
    }

    /// `rates`: the longest listed code decides; goods that none lists follow the tariff.
    #[test]
    fn the_longest_code_of_a_rate_table_decides(value in 1_i64..50_000) {
        let table = format!("[[rate-table]]\nid = \"simple\"\nmeasure = \"simplified-duty\"\nlaw = {LAW}\nrate = [{{ codes = [\"61\"], duty = \"5 %\" }}, {{ codes = [\"610910\"], duty = \"7 %\" }}, {{ codes = [\"22\"], duty = \"0 %\" }}]\n");
        let engine = place(&(regime("simple", "duty = { rates = \"simple\" }\ntax = \"charged\"") + &table));
        for (code, rate) in [("610910", Some(7)), ("611020", Some(5)), ("220421", Some(0)), ("950300", None)] {
            let mut one = item(value, 1);
            one["code"] = json!(code);
            one["dutyRate"] = Value::Null;
            let quote = quoted(&engine, &request(&[one]));
            match rate {
                Some(rate) => {
                    prop_assert_eq!(sum(&quote, "duty"), share(value, rate));
                    prop_assert_eq!(&lines(&quote, "duty").next().unwrap()["measure"], "simplified-duty");
                }
                None => prop_assert!(needs(&quote, "items[0].dutyRate")),
            }
        }
    }

    /// A caller's `dutyRate` settles what is open where no tariff is at hand; `unlisted` is tried on Australia's, in `tests/worked/au`.
    #[test]
    fn a_rate_of_the_callers_own_beats_what_is_open(value in 1_i64..50_000, rate in 0_i64..30) {
        let mut one = item(value, 1);
        one["dutyRate"] = json!(rate.to_string());
        prop_assert_eq!(sum(&quoted(&place(""), &request(&[one])), "duty"), share(value, rate));
    }

    /// `allowance`: what lies above it is charged, and nothing else; without it the limit is a cliff.
    #[test]
    fn an_allowance_charges_the_excess_only(one in 1_i64..30_000, two in 1_i64..30_000) {
        let free = regime("free", "allowance = \"200 EUR\"\nduty = { bands = [{ rate = \"15 %\" }] }\ntax = \"relieved\"");
        let quote = quoted(&place(&free), &request(&[item(one, 1), item(two, 1)]));
        prop_assert_eq!(sum(&quote, "duty"), share((one + two - 20_000).max(0), 15));
    }

    /// `tax-share`: so much of the tax, of which the base is the same.
    #[test]
    fn a_share_of_a_tax_is_a_share_of_its_amount(value in 1_i64..50_000) {
        let part = regime("part", "duty = \"relieved\"\ntax-share = \"70 %\"\ntax = \"charged\"");
        let vat = tax("vat", "rate = { percent = \"13 %\" }\nbase = [\"customs-value\", \"duty\"]");
        let quote = quoted(&place(&(part + &vat)), &request(&[item(value, 1)]));
        prop_assert_eq!(sum(&quote, "tax"), rounded(Decimal::new(value, 2) * Decimal::new(13, 2) * Decimal::new(7, 1)));
    }

    /// `adds-up-same-day`: the parcels together are held against the limit, and the quote says what crossing it would cost.
    #[test]
    fn parcels_of_one_day_are_added_up(value in 1_i64..20_000, beside in 0_i64..20_000) {
        let low = regime("low", "adds-up-same-day = true\nwhen = { intrinsic-value = { at-most = \"150 EUR\" } }\nduty = \"relieved\"\ntax = \"charged\"");
        let asked = with(request(&[item(value, 1)]), "sameDayValue", json!(money(beside)));
        let quote = quoted(&place(&low), &asked);
        let relieved = value + beside <= 15_000;
        prop_assert_eq!(sum(&quote, "duty"), if relieved { 0 } else { share(value, 10) });
        let notices = quote["notices"].as_array().unwrap();
        let said = notices.iter().find(|notice| notice["code"] == "threshold.same-day");
        let crossing = share(value, 10);
        match said {
            Some(said) => prop_assert_eq!(cents(&said["params"]["cost"]), crossing),
            None => prop_assert!(!relieved || crossing == 0),
        }
    }

    /// `waiver`: not collected up to the limit, all of it past that; the line stays, as a relief.
    #[test]
    fn a_small_tax_is_waived_whole(value in 1_i64..10_000) {
        let vat = tax("vat", "rate = { percent = \"8.1 %\" }\nbase = [\"customs-value\"]");
        let waiver = format!("[[waiver]]\nid = \"small\"\nof = [\"vat\"]\nat-most = \"5 EUR\"\nlaw = {LAW}\n");
        let quote = quoted(&place(&(vat + &waiver)), &request(&[item(value, 1)]));
        let tax = rounded(Decimal::new(value, 2) * Decimal::new(81, 3));
        prop_assert_eq!(sum(&quote, "tax"), if tax <= 500 { 0 } else { tax });
        prop_assert_eq!(lines(&quote, "relief").count(), usize::from(tax > 0 && tax <= 500));
    }

    /// A waiver of duties comes before taxes: what is not collected is no part of their base.
    #[test]
    fn a_waived_duty_is_not_taxed(value in 1_i64..10_000) {
        let vat = tax("vat", "rate = { percent = \"10 %\" }\nbase = [\"customs-value\", \"duty\"]");
        let waiver = format!("[[waiver]]\nid = \"small\"\nof = [\"duties\"]\nat-most = \"5 EUR\"\nlaw = {LAW}\n");
        let quote = quoted(&place(&(vat + &waiver)), &request(&[item(value, 1)]));
        let duty = share(value, 10);
        let duty = if duty <= 500 { 0 } else { duty };
        prop_assert_eq!(sum(&quote, "tax"), share(value + duty, 10));
    }

    /// `regions`: a region's tax is charged there and nowhere else, and is unknown while the region is.
    #[test]
    fn a_regions_tax_needs_the_region(value in 1_i64..50_000) {
        let taxes = tax("north", "rate = { percent = \"13 %\" }\nregions = [\"N\"]\nbase = [\"customs-value\"]");
        let engine = place(&taxes);
        let asked = request(&[item(value, 1)]);
        let open = quoted(&engine, &asked);
        prop_assert_eq!(&open["status"], "partial");
        prop_assert!(needs(&open, "region"));
        prop_assert_eq!(sum(&quoted(&engine, &with(asked.clone(), "region", json!("N"))), "tax"), share(value, 13));
        prop_assert_eq!(sum(&quoted(&engine, &with(asked, "region", json!("S"))), "tax"), 0);
    }

    /// `gross-up`: the tax is its rate of the base with itself.
    #[test]
    fn a_tax_in_its_own_base_is_its_rate_of_the_whole(value in 1_i64..500_000) {
        let engine = place(&tax("icms", "rate = { percent = \"17 %\" }\ngross-up = true\nbase = [\"customs-value\"]"));
        let charged = sum(&quoted(&engine, &request(&[item(value, 1)])), "tax");
        // Rounded once, the tax is within half a cent of the exact one, and its rate of the sum within as much.
        prop_assert!((charged - share(value + charged, 17)).abs() <= 1);
        prop_assert_eq!(charged, rounded(Decimal::new(value * 17, 2) / Decimal::from(83)));
    }

    /// `by-code`: the longest code decides; what holds for some goods only is said and not charged.
    #[test]
    fn a_rate_by_code_is_charged_or_said(value in 1_i64..50_000) {
        let engine = place(&tax("vat", "rate = { percent = \"20 %\" }\nbase = [\"customs-value\"]\nby-code = [{ codes = [\"61\"], rate = { percent = \"5 %\" }, applies = \"always\", confidence = \"official\" }, { codes = [\"6111\"], rate = { percent = \"0 %\" }, applies = \"sometimes\", confidence = \"official\" }]"));
        for (code, rate, said) in [("610910", 5, false), ("611120", 20, true), ("950300", 20, false)] {
            let mut one = item(value, 1);
            one["code"] = json!(code);
            let quote = quoted(&engine, &request(&[one]));
            prop_assert_eq!(sum(&quote, "tax"), share(value, rate));
            let notices = quote["notices"].as_array().unwrap();
            prop_assert_eq!(notices.iter().any(|notice| notice["code"] == "tax.lower-rate-possible"), said);
        }
    }

    /// `rate = "unknown"`: the tax is a need, and so is what rests on it; the others are charged, and a longer code settles it.
    #[test]
    fn an_unknown_tax_is_never_nothing(value in 1_i64..50_000) {
        let excise = tax("excise", "rate = \"unknown\"\nbase = [\"customs-value\"]\nby-code = [{ codes = [\"61\"], rate = { percent = \"5 %\" }, applies = \"always\", confidence = \"official\" }, { codes = [\"61112010\"], rate = { percent = \"9 %\" }, applies = \"always\", confidence = \"official\" }]");
        let vat = tax("vat", "rate = { percent = \"20 %\" }\nbase = [\"customs-value\", { tax = \"excise\" }]");
        let levy = tax("levy", "rate = { percent = \"1 %\" }\nbase = [\"customs-value\"]");
        let engine = place(&(excise + &vat + &levy));
        for (code, rate, field) in [("610910", Some(5), ""), ("950300", None, "items[0].taxRate"), ("611120", None, "items[0].code"), ("61112010", Some(9), "")] {
            let mut one = item(value, 1);
            one["code"] = json!(code);
            let quote = quoted(&engine, &request(&[one]));
            let own = share(value, 1);
            if let Some(rate) = rate {
                let excise = share(value, rate);
                prop_assert_eq!(sum(&quote, "tax"), excise + share(value + excise, 20) + own);
            } else {
                prop_assert_eq!(&quote["status"], "partial");
                prop_assert!(needs(&quote, field));
                prop_assert_eq!(sum(&quote, "tax"), own);
            }
        }
    }

    /// `charge = "unknown"`: a fee that is due and not known makes the quote partial, and the tax on it unknown.
    #[test]
    fn an_unknown_fee_is_never_nothing(value in 1_i64..50_000) {
        let fee = format!("[[fee]]\nid = \"levy\"\nwhen = {{ regions = [\"N\"] }}\ncharge = \"unknown\"\nlaw = {LAW}\n");
        let vat = tax("vat-on-levy", "rate = { percent = \"15 %\" }\nbase = [\"customs-value\", { fee = \"levy\" }]");
        let engine = place(&(fee + &vat));
        let asked = request(&[item(value, 1)]);
        let due = quoted(&engine, &with(asked.clone(), "region", json!("N")));
        prop_assert_eq!(&due["status"], "partial");
        prop_assert!(needs(&due, "fees"));
        prop_assert_eq!(lines(&due, "tax").count(), 0);
        let not = quoted(&engine, &with(asked, "region", json!("S")));
        prop_assert_eq!(&not["status"], "complete");
        prop_assert_eq!(sum(&not, "tax"), share(value, 15));
    }

    /// `sparing-claims`: the fee is on the items that do not claim from one of its places, with its floor; none where all do.
    #[test]
    fn a_fee_spares_claims(one in 1_i64..500_000, two in 1_i64..500_000, claims in any::<(bool, bool)>()) {
        let fee = format!("[[fee]]\nid = \"processing\"\ncharge = {{ sparing-claims = {{ rate = \"0.8 %\", min = \"5 EUR\", origins = [\"VN\"] }} }}\nlaw = {LAW}\n");
        let (mut first, mut second) = (item(one, 1), item(two, 1));
        (first["origin"], first["claimPreference"]) = (json!("VN"), json!(claims.0));
        second["claimPreference"] = json!(claims.1);
        let quote = quoted(&place(&fee), &request(&[first.clone(), second]));
        let value = two + if claims.0 { 0 } else { one };
        prop_assert_eq!(sum(&quote, "fee"), rounded(Decimal::new(value, 2) * Decimal::new(8, 3)).max(500));
        prop_assert_eq!(lines(&quoted(&place(&fee), &request(&[first])), "fee").count(), usize::from(!claims.0));
    }

    /// `tariff-at-most`: the lower of the two, item by item; what `relief-excludes` names bears the tariff.
    #[test]
    fn a_duty_is_held_down_for_each_item(value in 1_i64..50_000, rate in 0_i64..20) {
        let gift = regime("gift", "when = { gift = true }\nduty = { tariff-at-most = \"2.5 %\" }\ntax = \"charged\"\nrelief-excludes = [\"24\"]");
        let (mut one, mut tobacco) = (item(value, 1), item(value, 1));
        one["dutyRate"] = json!(rate.to_string());
        tobacco["code"] = json!("240220");
        let quote = quoted(&place(&gift), &with(request(&[one, tobacco]), "gift", json!(true)));
        let most = rounded(Decimal::new(value, 2) * Decimal::new(25, 3));
        prop_assert_eq!(sum(&quote, "duty"), share(value, rate).min(most) + share(value, 10));
        let held = lines(&quote, "duty").any(|line| line["measure"] == "standard-rate");
        prop_assert_eq!(held, share(value, rate) > most);
    }

    /// `tax-share` beside a tax in another's base: the base holds the whole tax, of which a share is charged.
    #[test]
    fn a_shared_tax_stands_whole_in_a_base(value in 1_i64..50_000) {
        let part = regime("part", "duty = \"relieved\"\ntax-share = \"70 %\"\ntax = \"charged\"");
        let excise = tax("excise", "rate = { percent = \"10 %\" }\nbase = [\"customs-value\"]");
        let vat = tax("vat", "rate = { percent = \"13 %\" }\nbase = [\"customs-value\", { tax = \"excise\" }]");
        let quote = quoted(&place(&(part + &excise + &vat)), &request(&[item(value, 1)]));
        let part = |cents: i64, rate| rounded(Decimal::new(cents, 2) * Decimal::new(rate, 2) * Decimal::new(7, 1));
        prop_assert_eq!(sum(&quote, "tax"), part(value, 10) + part(value + share(value, 10), 13));
    }

    /// `uplift` and `fee` in a base.
    #[test]
    fn an_uplift_and_a_fee_are_taxed(value in 1_i64..50_000) {
        let fee = format!("[[fee]]\nid = \"levy\"\ncharge = {{ fixed = {{ amount = \"2.21 EUR\", per = \"consignment\" }} }}\nlaw = {LAW}\n");
        let vat = tax("vat", "rate = { percent = \"15 %\" }\nbase = [\"customs-value\", { uplift = \"10 %\" }, \"duty\"]");
        let levy = tax("vat-on-levy", "rate = { percent = \"15 %\" }\nbase = [{ fee = \"levy\" }]");
        let quote = quoted(&place(&(vat + &levy + &fee)), &request(&[item(value, 1)]));
        let base = value + share(value, 10) + share(value, 10);
        prop_assert_eq!(sum(&quote, "tax"), share(base, 15) + share(221, 15));
    }

    /// Fees by line and by tariff item, and with a floor and a cap: inside their limits, flat outside.
    #[test]
    fn fees_are_counted_and_kept_within_limits(value in 1_i64..500_000) {
        let fees = format!("[[fee]]\nid = \"by-line\"\ncharge = {{ fixed = {{ amount = \"1 EUR\", per = \"line\" }} }}\nlaw = {LAW}\n[[fee]]\nid = \"service\"\ncharge = {{ ad-valorem = {{ rate = \"0.15 %\", min = \"0.15 EUR\", max = \"5 EUR\", base = [\"goods\"] }} }}\nlaw = {LAW}\n");
        let asked = with(request(&[item(value, 1), item(value, 1)]), "freight", json!("10"));
        let quote = quoted(&place(&fees), &asked);
        let service = rounded(Decimal::new(value * 2, 2) * Decimal::new(15, 4)).clamp(15, 500);
        prop_assert_eq!(sum(&quote, "fee"), 200 + service);
    }

    /// Carriers' fees are the caller's: between their limits, and none where nothing is advanced.
    #[test]
    fn carriers_fees_follow_their_price_list(value in 0_i64..50_000) {
        let fees = json!([{ "id": "advance", "rate": "2.5", "min": "3", "fixed": "8" }]);
        let quote = quoted(&place(""), &with(request(&[item(value, 1)]), "carrierFees", fees));
        let duty = share(value, 10);
        let advance = rounded(Decimal::new(duty, 2) * Decimal::new(25, 3)).max(300) + 800;
        prop_assert_eq!(sum(&quote, "fee"), if duty == 0 { 0 } else { advance });
        prop_assert!(lines(&quote, "fee").all(|line| line["payee"] == "carrier" && line["confidence"] == "caller"));
    }

    /// `at = "return"`, `buyer-registered`: owed with the buyer's return, and part of the cost all the same.
    #[test]
    fn postponed_taxes_are_due_on_return(value in 1_i64..50_000) {
        let way = r#"[{ model = "buyer", duty = { by = "carrier", at = "delivery" }, tax = { by = "tax-authority", at = "return" }, fee = { by = "carrier", at = "delivery" } }]"#;
        let own = format!("[[regime]]\nid = \"postponed\"\nreplaces = [\"ordinary\"]\nwhen = {{ buyer = \"business\", buyer-registered = \"VAT\" }}\nduty = \"tariff\"\ntax = \"charged\"\nrelease-category = 4\ndeclaration = \"D\"\ncollection = {way}\nlaw = {LAW}\n");
        let vat = tax("vat", "rate = { percent = \"20 %\" }\nbase = [\"customs-value\", \"duty\"]");
        let buyer = json!({ "kind": "business", "registrations": ["VAT"] });
        let asked = request(&[item(value, 1)]);
        let engine = place(&(own + &vat));
        let quote = quoted(&engine, &with(asked.clone(), "buyer", buyer));
        let (plain, totals) = (quoted(&engine, &asked), &quote["totals"]);
        let vat = sum(&quote, "tax");
        prop_assert_eq!(if vat == 0 { 0 } else { cents(&totals["dueOnReturn"]) }, vat);
        prop_assert_eq!(&totals["landedCost"], &plain["totals"]["landedCost"]);
        prop_assert_eq!(cents(&totals["dueAtDelivery"]) + vat, cents(&plain["totals"]["dueAtDelivery"]));
    }

    /// `collection`: asked for by its model or by its party; what a regime does not offer is refused.
    #[test]
    fn a_way_of_collection_is_asked_for(value in 1_i64..50_000) {
        let engine = place(&format!("[[regime]]\nid = \"two-ways\"\nreplaces = [\"ordinary\"]\nduty = \"tariff\"\ntax = \"charged\"\nrelease-category = 4\ndeclaration = \"D\"\nlaw = {LAW}\ncollection = [{}, {}]\n",
            r#"{ model = "border", duty = { by = "carrier", at = "delivery" }, tax = { by = "carrier", at = "delivery" }, fee = { by = "carrier", at = "delivery" } }"#,
            r#"{ model = "intermediary", duty = { by = "post", at = "checkout" }, tax = { by = "post", at = "checkout" }, fee = { by = "post", at = "checkout" } }"#));
        let asked = request(&[item(value, 1)]);
        for way in ["intermediary", "post"] {
            let quote = quoted(&engine, &with(asked.clone(), "collection", json!(way)));
            prop_assert_eq!(&quote["regime"]["collection"], "intermediary");
            prop_assert_eq!(cents(&quote["totals"]["dueAtDelivery"]), 0);
        }
        let basket = Basket::parse(&with(asked, "collection", json!("vendor")).to_string()).unwrap();
        prop_assert_eq!(engine.quote(&basket).unwrap_err().to_string(), "input.choice at collection");
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

    /// `refund`: the first rule that holds says how a charge comes back; without one it is unknown.
    #[test]
    fn the_first_refund_rule_speaks(value in 100_i64..50_000) {
        let refund = format!("[[refund]]\nof = [\"duties\"]\nhow = \"drawback\"\nshare = \"99 %\"\nlaw = {LAW}\n[[refund]]\nof = [\"third-country-duty\"]\nhow = \"no\"\nlaw = {LAW}\n");
        let vat = tax("vat", "rate = { percent = \"20 %\" }\nbase = [\"customs-value\"]");
        let quote = quoted(&place(&(vat + &refund)), &request(&[item(value, 1)]));
        prop_assert_eq!(&lines(&quote, "duty").next().unwrap()["refundable"], "drawback");
        prop_assert_eq!(&lines(&quote, "tax").next().unwrap()["refundable"], "unknown");
    }
}

#[test]
fn a_rule_from_memory_is_marked() {
    let doubtful = LAW.replace("official", "memory-unverified");
    let vat = format!(
        "[[tax]]\nid = \"vat\"\nrate = {{ percent = \"20 %\" }}\nbase = [\"customs-value\"]\nlaw = {doubtful}\n"
    );
    let quote = quoted(&place(&vat), &request(&[item(1_000, 1)]));
    let notices = quote["notices"].as_array().unwrap();
    let said = notices
        .iter()
        .find(|notice| notice["code"] == "rule.unverified");
    assert_eq!(
        said.map(|notice| &notice["params"]["rules"]),
        Some(&json!("vat"))
    );
}

#[test]
fn rules_age_by_their_class() {
    let engine = place(&tax(
        "vat",
        "rate = { percent = \"20 %\" }\nbase = [\"customs-value\"]",
    ));
    let levels = |date: &str| -> Vec<String> {
        let quote = quoted(
            &engine,
            &with(request(&[item(1_000, 1)]), "date", json!(date)),
        );
        let notices = quote["notices"].as_array().unwrap().iter();
        notices
            .filter(|notice| notice["code"] == "rules.stale")
            .map(|notice| {
                format!(
                    "{} {}",
                    notice["params"]["class"].as_str().unwrap(),
                    notice["params"]["level"].as_str().unwrap()
                )
            })
            .collect()
    };
    assert!(levels("2026-12-01").is_empty());
    assert_eq!(levels("2026-12-02"), ["regime stale"]);
    assert_eq!(levels("2026-12-07"), ["regime stale"]);
    assert_eq!(levels("2026-12-08"), ["regime overdue"]);
    assert_eq!(levels("2027-02-05"), ["regime overdue"]);
    assert_eq!(
        levels("2027-02-06"),
        ["regime overdue", "taxes-and-fees stale"]
    );
    assert_eq!(
        levels("2027-06-06"),
        ["regime overdue", "taxes-and-fees overdue"]
    );
}
