//! What a request says, and what it leaves out: units, claims, facts that are withheld.

use dutiable::decimal::Decimal;
use dutiable::nomenclature::CommodityCode;
use dutiable::tariff::{MeasureType, Term};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::baskets::{any_request, one_item};
use crate::reading::{cases, ends, lines, quoted, regimes, totals};
use crate::world::{day, world};

fn says(quote: &Value, code: &str) -> bool {
    quote["notices"]
        .as_array()
        .unwrap()
        .iter()
        .any(|notice| notice["code"] == code)
}

/// The request without a fact; `None` where it does not state it.
fn without(request: &Value, fact: &str) -> Option<Value> {
    let mut request = request.clone();
    let item = &mut request["items"][0];
    match fact {
        "code" => {
            let short = item["code"].as_str()?.get(..6)?.to_owned();
            if item["code"] == json!(short) {
                return None;
            }
            item["code"] = json!(short);
        }
        "origin" | "netWeightKg" | "supplementary" | "additionalCode" => {
            if item[fact].is_null() {
                return None;
            }
            item[fact] = Value::Null;
        }
        _ => {
            if request[fact].is_null() {
                return None;
            }
            request[fact] = Value::Null;
        }
    }
    Some(request)
}

proptest! {
    #![proptest_config(cases(2))]

    /// 27: without a fact an answer is unknown and asks for it, or a range that holds the full answer, or the full answer. A heading, a use or
    /// another rate that has to be claimed is no fact that is withheld: the quote charges what is due without the claim, and says that it
    /// could be made. Freight counts where the buyer bears the carriage, else it is in the price.
    #[test]
    fn p27_without_a_fact(request in any_request(), fact in prop::sample::select(vec!["code", "code", "origin", "netWeightKg", "supplementary", "additionalCode", "region", "shipFrom", "freight"])) {
        let mut request = request;
        if fact == "freight" {
            request["incoterm"] = json!("FOB");
        }
        let Some(without) = without(&request, fact) else { return Err(TestCaseError::reject("not stated")) };
        let full = quoted(&request)?;
        prop_assume!(full["status"] == "complete");
        let less = quoted(&without)?;
        let claim = ["tax.lower-rate-possible", "tax.higher-rate-possible", "relief.for-use", "additional-duty.claim-possible", "quota.open"].iter().any(|code| says(&less, code));
        match less["status"].as_str().unwrap() {
            "partial" => {
                prop_assert!(less["totals"]["landedCost"].is_null());
                let unknown = less["unknown"].as_array().unwrap();
                prop_assert!(unknown.iter().any(|need| need["field"].as_str().unwrap().ends_with(fact)), "{}: {:?}", fact, unknown);
            }
            "range" => for total in ["duties", "taxes", "fees", "landedCost"] {
                let ([low, _, high], [exact, ..]) = (ends(&less, total).unwrap(), ends(&full, total).unwrap());
                prop_assert!(claim || (low <= exact && exact <= high), "{}: {} in {}..{}", total, exact, low, high);
            },
            _ => prop_assert!(claim || totals(&less) == totals(&full), "{}: {} {}", fact, less, full),
        }
    }

    /// 27: what is known without a weight holds with it.
    #[test]
    fn p27_any_weight_fits_what_is_known_without(request in any_request(), grams in 1_i64..50_000) {
        let weighing = |weight: Value| {
            let mut request = request.clone();
            for item in request["items"].as_array_mut().unwrap() {
                item["netWeightKg"] = weight.clone();
            }
            quoted(&request)
        };
        let (without, with) = (weighing(Value::Null)?, weighing(json!(Decimal::new(grams, 3).to_string()))?);
        if without["status"] != "partial" {
            prop_assert_eq!(&without["totals"], &with["totals"]);
            prop_assert_eq!(&without["range"], &with["range"]);
        }
    }

    /// 25: a claim that is granted never raises the duty: not at the lowest, in the middle, nor at the highest, as long as the regime is
    /// the same. What tops an ordinary duty up is rounded apart from it, so that the sum of two can be off by a unit.
    #[test]
    fn p25_a_claim_never_raises_the_duty(request in any_request()) {
        let claiming = |claim: bool| {
            let mut request = request.clone();
            for item in request["items"].as_array_mut().unwrap() {
                item["claimPreference"] = json!(claim);
            }
            quoted(&request)
        };
        let (without, with) = (claiming(false)?, claiming(true)?);
        prop_assume!(regimes(&without) == regimes(&with));
        let unit = crate::baskets::unit_of(with["currency"].as_str().unwrap());
        let roundings = [&without, &with].map(|quote| crate::reading::of_kind(quote, "duty").count()).iter().sum::<usize>();
        let off = if roundings > 2 { unit * Decimal::new(5, 1) * Decimal::from(roundings) } else { Decimal::ZERO };
        if let (Some(without), Some(with)) = (ends(&without, "duties"), ends(&with, "duties")) {
            prop_assert!(with[0] <= without[0] + off && with[2] <= without[2] + off, "{:?} with a claim, {:?} without", with, without);
        }
    }
}

proptest! {
    #![proptest_config(cases(4))]

    /// A range holds its median, and every known part of a range lies between its limits.
    #[test]
    fn a_range_holds_its_median(request in any_request()) {
        let quote = quoted(&request)?;
        if let Some([low, median, high]) = ends(&quote, "landedCost") {
            prop_assert!(low <= median && median <= high, "{} {} {}", low, median, high);
        }
        for line in lines(&quote).iter().filter(|line| !line["low"].is_null()) {
            let [low, amount, high] = ["low", "amount", "high"].map(|key| crate::reading::decimal(&line[key]));
            prop_assert!(low <= amount && amount <= high, "{}", line);
        }
    }

    /// 26: the same quantity in any unit bears the same duty: a hectolitre or a hundred litres, a dozen or twelve pieces, the net weight or
    /// kilograms beside it. Of the units of each tariff, on lines whose duty counts them.
    #[test]
    fn p26_the_same_in_any_unit(request in one_item(), pick in any::<usize>(), count in 1_i64..500) {
        let own = world().territory_of(request["destination"].as_str().unwrap());
        let tariff = world().tariff_of(request["destination"].as_str().unwrap());
        let (Some(tariff), false) = (tariff, own.specific.is_empty()) else {
            return Err(TestCaseError::reject("no specific duties"));
        };
        let code = &own.specific[pick % own.specific.len()];
        let measures = tariff.measures_on(CommodityCode::parse(code).unwrap(), day("2026-09-15"));
        let ordinary = measures.iter().filter(|measure| measure.measure_type() == MeasureType::ThirdCountryDuty).filter_map(|measure| measure.expression);
        let counted = ordinary.flat_map(|expression| expression.terms()).find_map(|term| match term {
            Term::Specific { unit, .. } => tariff.unit(unit),
            _ => None,
        });
        let Some(counted) = counted else { return Err(TestCaseError::reject("no unit")) };
        // Units of the same base in which the quantity is written with no more than six decimals.
        let same = tariff.dictionary().units.iter().filter(|unit| unit.base == counted.base && unit.factor.scale() <= 6 && unit.factor < Decimal::from(100_000));
        let same: Vec<_> = same.collect();
        let mut request = request;
        request["items"][0]["code"] = json!(code);
        request["items"][0]["dutyRate"] = Value::Null;
        let quotes: Vec<Result<Value, TestCaseError>> = same.iter().filter_map(|unit| {
            let mut request = request.clone();
            // The same quantity: the counts of all units make one product.
            let mut quantity = Decimal::from(count);
            for other in same.iter().filter(|other| other.unit != unit.unit) {
                quantity *= other.factor;
            }
            (quantity.normalize().scale() <= 6 && quantity < Decimal::from(100_000)).then(|| {
                request["items"][0]["supplementary"] = json!([{ "unit": unit.unit, "quantity": quantity.normalize().to_string() }]);
                quoted(&request)
            })
        }).collect();
        let quotes: Vec<Value> = quotes.into_iter().collect::<Result<_, _>>()?;
        prop_assume!(quotes.len() > 1);
        for quote in &quotes {
            prop_assert_eq!(&quote["totals"], &quotes[0]["totals"]);
            prop_assert_eq!(&quote["lines"], &quotes[0]["lines"]);
        }
    }
}
