//! Duties and fees against the value and the weight: what they follow, and what they ignore.

use dutiable::decimal::Decimal;
use dutiable::destination::FeeCharge;
use dutiable::tariff::{DutyExpression, Term};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::baskets::{any_request, at_home, one_item, unit_of};
use crate::reading::{
    cases, decimal, ends, is_short_percentage, lines, percentage, quoted, regimes,
};
use crate::stated::{LAW, item, place, quoted as asked, regime, request as ask};
use crate::world::{Territory, world};

fn territory(request: &Value) -> &'static Territory {
    world().territory_of(request["destination"].as_str().unwrap())
}

/// The request for goods of a line of their own: which of a short code's lines is the middle one is a matter of value and weight.
fn of_one_line(mut request: Value, pick: usize) -> Value {
    let codes = &territory(&request).codes;
    if codes.iter().all(|code| code.len() > 6) {
        request["items"][0]["code"] = json!(codes[pick % codes.len()]);
    }
    request
}

fn with_price(request: &Value, units: i64) -> Value {
    let place = request["destination"].as_str().unwrap();
    let unit = unit_of(&crate::baskets::home(world().territory_of(place), place));
    let mut request = request.clone();
    request["items"][0]["unitPrice"] = json!((unit * Decimal::from(units)).to_string());
    request["items"][0]["quantity"] = json!("1");
    for part in ["freight", "insurance", "discount"] {
        request[part] = json!("0");
    }
    request
}

fn terms(line: &Value) -> Vec<Term> {
    let expression = DutyExpression::parse(line["rate"].as_str().unwrap_or_default());
    expression
        .map(|expression| expression.terms().cloned().collect())
        .unwrap_or_default()
}

/// Duties by measure: the amount of each, and the rate.
fn duties(quote: &Value) -> Vec<(&Value, &Value)> {
    lines(quote)
        .iter()
        .filter(|line| line["kind"] == "duty" && line["low"].is_null())
        .map(|line| (line, &line["amount"]))
        .collect()
}

proptest! {
    #![proptest_config(cases(2))]

    /// 6: duty never falls as the value rises, as long as the same regime holds: at the lowest, in the middle and at the highest. A cliff
    /// between regimes may go either way.
    #[test]
    fn p06_duty_never_falls_as_the_value_rises(request in one_item(), low in 1_i64..200_000, more in prop_oneof![0_i64..3, 0_i64..500_000]) {
        let request = at_home(request);
        let (less, more) = (quoted(&with_price(&request, low))?, quoted(&with_price(&request, low + more))?);
        prop_assume!(regimes(&less) == regimes(&more));
        let (Some(less), Some(more)) = (ends(&less, "duties"), ends(&more, "duties")) else {
            return Err(TestCaseError::reject("unknown"));
        };
        prop_assert!(less.iter().zip(more).all(|(less, more)| *less <= more), "{:?} {:?}", less, more);
    }

    /// 8: a plain percentage of so many times the value is so many times the duty, where nothing is rounded: the values are so large that no
    /// rate of up to four decimals has more. An allowance is no part of the value that is charged.
    #[test]
    fn p08_duties_by_value_scale(request in one_item(), value in 1_i64..9, times in 2_i64..9) {
        let request = at_home(request);
        let value = value * 100_000_000;
        let (one, many) = (quoted(&with_price(&request, value))?, quoted(&with_price(&request, value * times))?);
        let regime = territory(&request).rules.regime.iter().find(|own| one["regime"]["id"] == own.id);
        prop_assume!(regimes(&one) == regimes(&many) && regime.is_none_or(|regime| regime.allowance.is_none()));
        let plain = duties(&one).into_iter().filter(|(line, _)| is_short_percentage(line)).count();
        prop_assume!(plain > 0);
        for (line, amount) in duties(&one) {
            let other = lines(&many).iter().find(|other| ["kind", "measure", "programme", "rate"].iter().all(|key| other[*key] == line[*key]));
            let Some(other) = other.filter(|_| is_short_percentage(line)) else { continue };
            prop_assert_eq!(decimal(amount) * Decimal::from(times), decimal(&other["amount"]), "{} {}", line, other);
        }
    }

    /// 9: a specific duty ignores the value.
    #[test]
    fn p09_specific_duties_ignore_the_value(request in one_item(), pick in any::<usize>(), low in 100_i64..500_000, more in 0_i64..500_000) {
        let mut request = at_home(request);
        let specific = &territory(&request).specific;
        prop_assume!(!specific.is_empty());
        request["items"][0]["code"] = json!(specific[pick % specific.len()]);
        request["items"][0]["netWeightKg"] = json!("1.25");
        request["items"][0]["dutyRate"] = Value::Null;
        let (less, more) = (quoted(&with_price(&request, low))?, quoted(&with_price(&request, low + more))?);
        prop_assume!(regimes(&less) == regimes(&more));
        let is_specific = |line: &Value| !terms(line).is_empty() && terms(line).iter().all(|term| matches!(term, Term::Specific { .. }));
        for (line, amount) in duties(&less).into_iter().filter(|(line, _)| is_specific(line)) {
            let mut others = duties(&more).into_iter();
            let other = others.find(|(other, _)| ["measure", "rate", "programme"].iter().all(|key| other[*key] == line[*key]));
            prop_assert_eq!(other.map(|(_, amount)| amount), Some(amount), "{}", line);
        }
    }

    /// 9: a duty by value ignores the weight.
    #[test]
    fn p09_duties_by_value_ignore_the_weight(request in one_item(), pick in any::<usize>(), grams in 1_i64..100_000, other in 1_i64..100_000) {
        let request = of_one_line(request, pick);
        let weighing = |grams: i64| {
            let mut request = request.clone();
            request["items"][0]["netWeightKg"] = json!(Decimal::new(grams, 3).to_string());
            request
        };
        let (light, heavy) = (quoted(&weighing(grams))?, quoted(&weighing(other))?);
        let by_value = |line: &Value| percentage(line).is_some();
        let charged = |quote: &Value| duties(quote).into_iter().filter(|(line, _)| by_value(line)).map(|(line, amount)| format!("{} {} {amount}", line["measure"], line["rate"])).collect::<Vec<_>>();
        prop_assert_eq!(charged(&light), charged(&heavy));
    }

    /// 10: a fee between limits stays between them and is its rate of the basis within; each of every place's, and a carrier's.
    #[test]
    fn p10_fees_stay_between_their_limits(request in any_request(), fee in (0_i64..500, 0_i64..400, 0_i64..800, 0_i64..300), on_goods in any::<bool>()) {
        let mut request = request;
        let place = request["destination"].as_str().unwrap().to_owned();
        let (rate, min, more, fixed) = fee;
        let cents = |amount: i64| Decimal::new(amount, 2).to_string();
        request["carrierFees"] = json!([{ "id": "carrier", "rate": cents(rate), "min": cents(min), "max": cents(min + more), "fixed": cents(fixed),
            "currency": crate::baskets::home(territory(&request), &place), "of": if on_goods { "goods" } else { "advanced" } }]);
        let quote = quoted(&request)?;
        let home = quote["currency"].as_str().unwrap();
        let unit = unit_of(home);
        let half_up = |exact: Decimal| exact.round_dp_with_strategy(unit.scale(), rust_decimal::RoundingStrategy::MidpointAwayFromZero);
        for line in lines(&quote).iter().filter(|line| line["kind"] == "fee") {
            let basis = decimal(&line["basis"]);
            if line["measure"] == "carrier" {
                // Without a working it is none in the middle, where nothing is advanced: the basis is that of the dearer end.
                let amount = if line["formula"] == "" { &line["high"] } else { &line["amount"] };
                let exact = (basis * Decimal::new(rate, 4)).clamp(Decimal::new(min, 2), Decimal::new(min + more, 2)) + Decimal::new(fixed, 2);
                prop_assert_eq!(decimal(amount), half_up(exact), "{}", line);
                continue;
            }
            let mut fees = territory(&request).rules.fee.iter();
            let stated = fees.find(|fee| line["measure"] == fee.id && fee.valid.contains(crate::world::day(request["date"].as_str().unwrap())));
            if let Some(FeeCharge::AdValorem { rate, min, max, .. }) = stated.map(|fee| &fee.charge) {
                let limit = |limit: dutiable::money::Money| limit.amount * crate::baskets::rate_to(&request, limit.currency.as_str(), home);
                let mut exact = basis * rate.0 / Decimal::ONE_HUNDRED;
                exact = min.map_or(exact, |min| exact.max(limit(min)));
                exact = max.map_or(exact, |max| exact.min(limit(max)));
                prop_assert_eq!(decimal(&line["amount"]), half_up(exact), "{}", line);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(1).cases / 4, ..cases(1) })]

    /// 9: `MIN` and `MAX` hold a duty between its arms: floors first, then caps.
    #[test]
    fn p09_floors_and_caps_are_arms(cents in 1_i64..1_000_000, grams in 1_i64..100_000, numbers in (0_i64..50, 0_i64..900, 0_i64..900, 0_i64..80)) {
        let (percent, floor, cap, most) = numbers;
        let arms = [format!("{percent} %"), format!("{} EUR/kg", Decimal::new(floor, 2)), format!("{} EUR/100 kg", cap * 100), format!("{most} %")];
        let [base, low, high, last] = &arms;
        let all = [base.clone(), low.clone(), high.clone(), last.clone(), format!("{base} MIN {low}"), format!("{base} MAX {high}"), format!("{base} MIN {low} MAX {high} MAX {last}")];
        let rates: Vec<String> = all.iter().zip(1..).map(|(duty, chapter)| format!("{{ codes = [\"0{chapter}\"], duty = \"{duty}\" }}")).collect();
        let table = format!("[[rate-table]]\nid = \"arms\"\nmeasure = \"arms\"\nlaw = {LAW}\nrate = [{}]\n", rates.join(", "));
        let engine = place(&(regime("arms", "duty = { rates = \"arms\" }\ntax = \"charged\"") + &table));
        let items: Vec<Value> = (1..8).map(|chapter| {
            let mut item = item(cents, 1);
            item["id"] = json!(chapter.to_string());
            item["code"] = json!(format!("0{chapter}0000"));
            item["netWeightKg"] = json!(Decimal::new(grams, 3).to_string());
            item["dutyRate"] = Value::Null;
            item
        }).collect();
        let quote = asked(&engine, &ask(&items));
        let amount = |at: usize| decimal(&lines(&quote).iter().filter(|line| line["kind"] == "duty").nth(at).unwrap()["amount"]);
        let [base, low, high, last] = [0, 1, 2, 3].map(amount);
        prop_assert_eq!(amount(4), base.max(low));
        prop_assert_eq!(amount(5), base.min(high));
        prop_assert_eq!(amount(6), base.max(low).min(high).min(last));
    }
}

proptest! {
    #![proptest_config(cases(3))]

    /// 7: at a limit of a regime, a minor unit below it and one above, the regime is never one whose stated limit the value does not meet, and
    /// what is charged, at what rates, changes only where some rule has its limit between the two.
    #[test]
    fn p07_a_limit_decides_as_it_is_stated(request in one_item(), pick in any::<usize>()) {
        let request = of_one_line(at_home(request), pick);
        let own = territory(&request);
        let home = request["currency"].as_str().unwrap();
        let unit = unit_of(home);
        prop_assume!(!own.limits.is_empty());
        let exact = |limit: dutiable::money::Money| (limit.amount * crate::baskets::rate_to(&request, limit.currency.as_str(), home)).normalize();
        let limit = exact(own.limits[pick % own.limits.len()].at);
        let at = i64::try_from((limit / unit).trunc().mantissa()).unwrap();
        prop_assume!((2..1_000_000_000_000).contains(&at));
        let mut before: Option<(Decimal, Value)> = None;
        for units in [at - 1, at, at + 1] {
            let (value, quote) = (unit * Decimal::from(units), quoted(&with_price(&request, units))?);
            for regime in own.rules.regime.iter().filter(|regime| quote["regime"]["id"] == regime.id && regime.valid.contains(crate::world::day(request["date"].as_str().unwrap()))) {
                // One piece, no freight: all three values are the price.
                let bands = [&regime.when.intrinsic_value, &regime.when.item_value, &regime.when.customs_value];
                for band in bands.into_iter().flatten() {
                    let meets = band.above.is_none_or(|limit| value > exact(limit)) && band.at_least.is_none_or(|limit| value >= exact(limit))
                        && band.at_most.is_none_or(|limit| value <= exact(limit)) && band.below.is_none_or(|limit| value < exact(limit));
                    prop_assert!(meets, "{} at {} though {:?}", regime.id, value, band);
                }
            }
            let (now, value) = (charged(own, &quote), value);
            if let Some((under, earlier)) = &before {
                let mut limits = own.limits.iter().map(|limit| (exact(limit.at), limit.is_beyond));
                let crosses = limits.any(|(at, is_beyond)| if is_beyond { *under <= at && at < value } else { *under < at && at <= value });
                let same = (charged(own, earlier) == now || now.is_none() || charged(own, earlier).is_none()) && regimes(earlier) == regimes(&quote);
                prop_assert!(same || crosses, "{} {}: {} {}", under, value, earlier, quote);
            }
            before = Some((value, quote));
        }
    }
}

/// What is charged of a complete quote, but for what a waiver can turn into nothing. A range shows what one end has and not the other.
fn charged(own: &Territory, quote: &Value) -> Option<Vec<String>> {
    let waived = |line: &Value| {
        let mut waivers = own.rules.waiver.iter().flat_map(|waiver| &waiver.of);
        waivers.any(|of| line["measure"] == *of || (of == "duties" && line["kind"] != "tax"))
    };
    let kept = lines(quote).iter().filter(|line| !waived(line));
    (quote["status"] == "complete").then(|| {
        kept.map(|line| format!("{} {}", line["kind"], line["measure"]))
            .collect()
    })
}
