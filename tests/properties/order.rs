//! What does not matter: the order of the items, and how their pieces are put together.

use dutiable::assessment::apportion;
use dutiable::decimal::{Decimal, Rounding, RoundingMode};
use dutiable::destination::{DutyTreatment, FeeCharge, FeeUnit, RoundingPoint, Scope, TaxBase};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::baskets::{any_request, at_home, goods, one_item, unit_of};
use crate::reading::{cases, decimal, is_short_percentage, lines, quoted, sum_of, totals};
use crate::world::{Territory, day, world};

/// Whether some two weights have the same left over when an amount is shared, in minor units, so that their order decides.
fn ties(amount: Decimal, weights: &[Decimal], unit: Decimal) -> bool {
    let units = |amount: Decimal| (amount / unit).trunc().mantissa();
    let total: i128 = weights.iter().map(|weight| units(*weight)).sum();
    let mut left: Vec<i128> = weights
        .iter()
        .map(|weight| {
            if total == 0 {
                0
            } else {
                units(amount) * units(*weight) % total
            }
        })
        .collect();
    left.sort_unstable();
    !amount.is_zero()
        && left
            .windows(2)
            .any(|pair| pair[0] == pair[1] && pair[0] != 0 || total == 0)
}

/// What a quote charges, in no order. A flat duty stands on the first item of its code, whichever that is.
fn charges(quote: &Value) -> Vec<String> {
    let mut charges: Vec<String> = lines(quote)
        .iter()
        .map(|line| {
            let item = if line["measure"] == "flat-duty" {
                &Value::Null
            } else {
                &line["item"]
            };
            format!(
                "{} {} {} {item} {}",
                line["kind"], line["measure"], line["programme"], line["amount"]
            )
        })
        .collect();
    charges.sort();
    charges
}

/// What each item but the unknown one bears by itself.
fn duties(quote: &Value) -> Vec<&Value> {
    let by_itself = |line: &&Value| {
        let flat = ["flat-duty", "flat-rate"]
            .iter()
            .any(|own| line["measure"] == *own);
        line["kind"] == "duty" && !line["item"].is_null() && line["item"] != "x" && !flat
    };
    lines(quote).iter().filter(by_itself).collect()
}

/// Whether amounts are added up over the consignment before they are rounded at a point.
fn rounds_once(territory: &Territory, at: RoundingPoint) -> bool {
    let mut rules = territory.rules.rounding.iter();
    rules.any(|rule| rule.at == at && rule.scope == Scope::Consignment)
}

fn flat_digits(territory: &Territory) -> Option<usize> {
    territory
        .rules
        .regime
        .iter()
        .find_map(|regime| match regime.duty {
            DutyTreatment::FlatPerTariffItem { digits, .. } => Some(usize::from(digits)),
            _ => None,
        })
}

/// The worst that one rounding at a point can be off.
fn off(
    territory: &Territory,
    at: RoundingPoint,
    scope: Scope,
    date: &str,
    otherwise: Decimal,
) -> Decimal {
    let mut rules = territory.rules.rounding.iter();
    let stated =
        rules.find(|rule| rule.at == at && rule.scope == scope && rule.valid.contains(day(date)));
    match stated.and_then(|rule| rule.rounding()) {
        Some(rounding) if matches!(rounding.mode, RoundingMode::Up | RoundingMode::Down) => {
            rounding.unit
        }
        Some(rounding) => rounding.unit * Decimal::new(5, 1),
        None => otherwise,
    }
}

proptest! {
    #![proptest_config(cases(2))]

    /// 4: neither the totals nor the set of charges depend on the order of the items. Where a unit left over falls to the earlier of equals,
    /// or a flat duty to the first item of its code, order decides by rule: those baskets are left out.
    #[test]
    fn p04_the_order_of_items_does_not_matter(request in any_request(), turn in any::<usize>()) {
        let request = at_home(request);
        prop_assume!(request["items"].as_array().unwrap().len() > 1);
        let mut turned = request.clone();
        let items = turned["items"].as_array_mut().unwrap();
        let count = items.len();
        items.rotate_left(1 + turn % (count - 1));
        let (a, b) = (quoted(&request)?, quoted(&turned)?);

        let unit = unit_of(a["currency"].as_str().unwrap());
        let goods: Vec<Decimal> = goods(&request).iter().map(|goods| (goods / unit).round_dp_with_strategy(0, rust_decimal::RoundingStrategy::MidpointAwayFromZero) * unit).collect();
        let number = |key: &str| if request[key].is_null() { Decimal::ZERO } else { decimal(&request[key]) };
        prop_assume!(number("discount").is_zero());
        let minor = Rounding::to_decimals(unit.scale());
        let shares = [number("freight"), number("insurance")].map(|amount| apportion(amount, &goods, minor).unwrap());
        let values: Vec<Decimal> = goods.iter().zip(shares[0].iter().zip(&shares[1])).map(|(own, (freight, insurance))| own + freight + insurance).collect();
        for shared in [number("freight"), number("insurance")] {
            prop_assume!(!ties(shared, &goods, unit));
        }
        let whole = lines(&a).iter().filter(|line| line["item"].is_null());
        for line in whole {
            prop_assume!(!ties(decimal(&line["amount"]), &goods, unit) && !ties(decimal(&line["amount"]), &values, unit));
        }
        if let Some(digits) = flat_digits(world().territory_of(request["destination"].as_str().unwrap())) {
            let mut codes: Vec<&str> = request["items"].as_array().unwrap().iter().map(|item| &item["code"].as_str().unwrap()[..digits]).collect();
            codes.sort_unstable();
            prop_assume!(codes.windows(2).all(|pair| pair[0] != pair[1]));
        }
        prop_assert_eq!(&a["status"], &b["status"]);
        prop_assert_eq!(&a["totals"], &b["totals"]);
        prop_assert_eq!(&a["range"], &b["range"]);
        // Duties that are added up and then rounded take what is left one after the other: only their sum is the same.
        let added_up = |line: &String| line.starts_with("\"duty\"") && rounds_once(world().territory_of(request["destination"].as_str().unwrap()), RoundingPoint::Duty);
        let of = |quote: &Value| charges(quote).into_iter().filter(|line| !added_up(line)).collect::<Vec<_>>();
        prop_assert_eq!(of(&a), of(&b));
    }

    /// 5: five lines of one piece cost what one line of five does, where nothing is rounded; else they differ by what the roundings of so
    /// many lines can, and no more. What is charged by the line of the basket is charged more often. A fee in a tax's base is shared among the
    /// lines in whole minor units, so that such a tax is never exact.
    #[test]
    fn p05_pieces_may_be_put_together(request in one_item(), pieces in 2_i64..6, whole in any::<bool>(), value in 1_i64..9) {
        let mut request = at_home(request);
        for part in ["freight", "insurance", "discount"] {
            request[part] = json!("0");
        }
        let place = request["destination"].as_str().unwrap().to_owned();
        let territory = world().territory_of(&place);
        let unit = unit_of(&crate::baskets::home(territory, &place));
        if whole {
            // So many that every rate of up to four decimals, on a base of a rate, is exact.
            request["items"][0]["unitPrice"] = json!((unit * Decimal::from(value * 100_000_000)).to_string());
        } else {
            let price = decimal(&request["items"][0]["unitPrice"]);
            request["items"][0]["unitPrice"] = json!(((price / unit).trunc().max(Decimal::ONE) * unit).to_string());
        }
        request["items"][0]["quantity"] = json!(pieces.to_string());
        let mut split = request.clone();
        let one = (0..pieces).map(|position| {
            let mut one = request["items"][0].clone();
            one["id"] = json!(position.to_string());
            one["quantity"] = json!("1");
            one
        });
        split["items"] = one.collect();
        let (together, apart) = (quoted(&request)?, quoted(&split)?);
        prop_assert_eq!(&together["regime"]["id"], &apart["regime"]["id"]);

        let date = request["date"].as_str().unwrap();
        let half = unit * Decimal::new(5, 1);
        let many = Decimal::from(pieces + 1);
        let point = |at, otherwise| off(territory, at, Scope::Item, date, otherwise) * many + off(territory, at, Scope::Consignment, date, Decimal::ZERO);
        let regime = territory.rules.regime.iter().find(|regime| together["regime"]["id"] == regime.id);
        let shares = regime.is_some_and(|regime| regime.allowance.is_some());
        let plain = |line: &Value| {
            let formula = line["formula"].as_str().unwrap();
            let taxes = territory.rules.tax.iter().filter(|tax| line["kind"] == "tax" && line["measure"] == tax.id);
            let on_fee = taxes.flat_map(|tax| &tax.base).any(|part| matches!(part, TaxBase::Fee(_)));
            line["kind"] == "fee" || line["kind"] == "relief" || !on_fee && (is_short_percentage(line) && !formula.contains('÷') && !formula.contains('→'))
        };
        let exact = whole && !shares && lines(&together).iter().chain(lines(&apart)).all(plain);
        if together["status"] != apart["status"] {
            // Ends that are rounded to the same amount are no range.
            prop_assert!(!exact && together["status"] != "partial" && apart["status"] != "partial", "{} {}", together, apart);
        }
        let (mut duty, mut tax) = (Decimal::ZERO, Decimal::ZERO);
        if !exact {
            let measures = |kind| Decimal::from(lines(&together).iter().filter(|line| line["kind"] == kind).count());
            duty = measures("duty") * (point(RoundingPoint::Duty, half) + point(RoundingPoint::DutyBase, Decimal::ZERO)) + measures("relief") * half * many;
            let base = [RoundingPoint::DutyInTaxBase, RoundingPoint::TaxBase, RoundingPoint::TaxInTaxBase].map(|at| point(at, Decimal::ZERO));
            tax = measures("tax") * (duty + base.iter().sum::<Decimal>() + point(RoundingPoint::Tax, half) + half * many);
        }
        let by_line: Vec<&str> = territory.rules.fee.iter().filter(|fee| matches!(fee.charge, FeeCharge::Fixed { per: FeeUnit::Line, .. })).map(|fee| fee.id.as_str()).collect();
        for (kind, at_most) in [("duty", duty), ("tax", tax), ("fee", Decimal::ZERO)] {
            let sum = |quote: &Value| -> Decimal {
                let once = lines(quote).iter().filter(|line| line["kind"] == kind && !by_line.contains(&line["measure"].as_str().unwrap()));
                once.map(|line| decimal(&line["amount"])).sum()
            };
            let difference = (sum(&together) - sum(&apart)).abs();
            prop_assert!(difference <= at_most, "{} differ by {} > {}: {} {}", kind, difference, at_most, sum_of(&together, kind), sum_of(&apart, kind));
        }
        prop_assert_eq!(&totals(&together)["goods"], &totals(&apart)["goods"]);
    }

    /// A bad item does not void the basket: the others' duties are as they are without it, where duties are rounded item by item. Those that
    /// are waived without it, or at their lowest, are nothing or open with it: its own may bring them above the limit.
    #[test]
    fn an_unknown_item_leaves_the_others_priced(request in any_request()) {
        let mut more = request.clone();
        let unknown = json!({ "id": "x", "code": "610910", "quantity": "1", "unitPrice": "0" });
        more["items"].as_array_mut().unwrap().push(unknown);
        let (one, other) = (quoted(&request)?, quoted(&more)?);
        let own = world().territory_of(request["destination"].as_str().unwrap());
        prop_assume!(one["regime"] == other["regime"] && other["itemRegimes"].is_null() && !rounds_once(own, RoundingPoint::Duty));
        let waivers: Vec<String> = own.rules.waiver.iter().map(|waiver| format!("{}/{}", own.rules.territory, waiver.id)).collect();
        let waived: Vec<&Value> = lines(&one).iter().filter(|line| line["kind"] == "relief" && waivers.iter().any(|id| line["source"] == *id) && !own.rules.tax.iter().any(|tax| line["measure"] == tax.id)).map(|line| &line["item"]).collect();
        let (kept, fallen): (Vec<&Value>, Vec<&Value>) = duties(&other).into_iter().partition(|line| !waived.contains(&&line["item"]));
        let amounts = |lines: &[&Value]| lines.iter().map(|line| (line["item"].clone(), line["amount"].clone())).collect::<Vec<_>>();
        let kept = amounts(&kept);
        let may_be_waived = |line: &Value| !waivers.is_empty() && decimal(if line["low"].is_null() { &line["amount"] } else { &line["low"] }).is_zero();
        let (opened, stay): (Vec<&Value>, Vec<&Value>) = duties(&one).into_iter().partition(|line| may_be_waived(line));
        let opened = amounts(&opened);
        prop_assert_eq!(amounts(&stay), kept.iter().filter(|line| !opened.contains(line)).cloned().collect::<Vec<_>>());
        prop_assert!(fallen.iter().all(|line| decimal(&line["amount"]).is_zero()), "{}", other);
    }
}
