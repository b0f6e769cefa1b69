//! Terms of delivery, and the price that a total comes from.

use dutiable::assessment::{Context, value_basket};
use dutiable::basket::Basket;
use dutiable::decimal::Decimal;
use dutiable::destination::CustomsValueBasis;
use dutiable::exchange::Exchange;
use dutiable::money::Percentage;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::baskets::{any_request, at_home, one_item, unit_of};
use crate::reading::{cases, decimal, lines, quoted, regimes};
use crate::world::world;

/// The lines as far as terms have no say in them.
fn charged(quote: &Value) -> Vec<Value> {
    let own = lines(quote)
        .iter()
        .filter(|line| line["payee"] != "carrier");
    own.map(|line| {
        json!(
            [
                "kind", "measure", "item", "basis", "rate", "amount", "low", "high", "formula",
                "source"
            ]
            .map(|key| line[key].clone())
        )
    })
    .collect()
}

proptest! {
    #![proptest_config(cases(2))]

    /// 13: delivered duty paid, the buyer pays at the checkout what was due there and at delivery, line by line the same charges; nothing is due
    /// at delivery, and nobody advances anything, so that only a fee for advancing can fall away.
    #[test]
    fn p13_terms_move_the_moment_and_not_the_price(request in any_request()) {
        let mut request = request;
        request["carrierFees"] = json!([{ "id": "advance", "rate": "2.5", "min": "3", "of": "advanced" }, { "id": "handling", "fixed": "4", "of": "goods" }]);
        let (mut unpaid, mut paid) = (request.clone(), request);
        unpaid["incoterm"] = json!("DAP");
        paid["incoterm"] = json!("DDP");
        let (unpaid, paid) = (quoted(&unpaid)?, quoted(&paid)?);
        prop_assert_eq!(charged(&unpaid), charged(&paid));
        let fee = |quote: &Value, id: &str| lines(quote).iter().find(|line| line["measure"] == id).map_or(Decimal::ZERO, |line| decimal(&line["amount"]));
        prop_assert_eq!(fee(&unpaid, "handling"), fee(&paid, "handling"));
        prop_assert_eq!(fee(&paid, "advance"), Decimal::ZERO);
        if paid["status"] != "partial" {
            let total = |quote: &Value, key: &str| decimal(&quote["totals"][key]);
            prop_assert_eq!(total(&paid, "landedCost") + fee(&unpaid, "advance"), total(&unpaid, "landedCost"));
            prop_assert_eq!(total(&paid, "dueAtDelivery"), Decimal::ZERO);
            let moved = total(&unpaid, "dueAtCheckout") + total(&unpaid, "dueAtDelivery") - fee(&unpaid, "advance");
            prop_assert_eq!(total(&paid, "dueAtCheckout"), moved);
        }
    }

    /// 15: with freight and insurance the customs value is no lower than without, and without them again it is what it was; each item's share
    /// is its own, and the shares are the whole. Every place, on its own basis and on the other.
    #[test]
    fn p15_with_freight_and_without_again(request in any_request()) {
        let basket = Basket::parse(&request.to_string()).map_err(|error| TestCaseError::reject(error.to_string()))?;
        let engine = &world().engine;
        let rules = engine.rules_for(&basket).map_err(|error| TestCaseError::reject(error.to_string()))?;
        let valued = |basis: CustomsValueBasis| {
            let mut rules = rules.clone();
            for rule in &mut rules.customs_value {
                rule.basis = basis;
            }
            let place = rules.place(basket.destination).unwrap();
            let exchange = Exchange { own: &basket.exchange_rates, reference: None, pegs: &[], day: basket.date };
            value_basket(&Context { rules: &rules, place, tariff: None, exchange, basket: &basket })
        };
        let (Ok(without), Ok(with)) = (valued(CustomsValueBasis::Fob), valued(CustomsValueBasis::Cif)) else {
            return Err(TestCaseError::reject("no value"));
        };
        let sum = |values: &mut dyn Iterator<Item = Decimal>| values.sum::<Decimal>();
        for (fob, cif) in without.items.iter().zip(&with.items) {
            prop_assert_eq!(fob.customs_value, fob.goods);
            prop_assert!(cif.customs_value >= fob.customs_value);
            prop_assert_eq!(cif.customs_value - cif.freight - cif.insurance, fob.customs_value);
        }
        prop_assert_eq!(sum(&mut with.items.iter().map(|item| item.freight)), with.freight.unwrap_or_default());
        prop_assert_eq!(sum(&mut with.items.iter().map(|item| item.insurance)), with.insurance);
        if let Some(value) = with.customs_value {
            prop_assert_eq!(value, without.customs_value.unwrap() + with.freight.unwrap_or_default() + with.insurance);
        }
    }
}

/// How much a total can move where the price moves by a minor unit and no limit is crossed.
fn step(quote: &Value, unit: Decimal) -> Decimal {
    let place = world()
        .territories
        .iter()
        .find(|own| {
            own.rules
                .regime
                .iter()
                .any(|regime| quote["regime"]["id"] == regime.id)
        })
        .unwrap();
    let rate = |line: &Value| {
        let rate = Percentage::parse(line["rate"].as_str().unwrap_or_default())
            .map_or(Decimal::ONE, |rate| rate.0 / Decimal::ONE_HUNDRED);
        if line["formula"].as_str().unwrap_or_default().contains('÷') {
            rate / (Decimal::ONE - rate)
        } else {
            rate
        }
    };
    // Taxes are charged on duties and on other taxes.
    let steepest = lines(quote).iter().fold(Decimal::ONE, |product, line| {
        product * (Decimal::ONE + rate(line))
    });
    let roundings: Decimal = place
        .rules
        .rounding
        .iter()
        .filter_map(|rule| rule.rounding())
        .map(|rounding| rounding.unit)
        .sum();
    let lines = Decimal::from(lines(quote).len() + 2);
    (unit + roundings) * steepest * lines
}

proptest! {
    #![proptest_config(cases(8))]

    /// 14: the price of which a wished total comes: of two prices a minor unit apart one costs no more than the total and one costs more. Either
    /// they are so near that nothing lies between but roundings and the rates on one unit, or a limit lies between, and no price exists.
    #[test]
    fn p14_a_price_for_a_total_or_a_limit(request in one_item(), total in 2_i64..2_000_000) {
        let mut request = at_home(request);
        for part in ["freight", "insurance", "discount"] {
            request[part] = json!("0");
        }
        request["incoterm"] = json!("DDP");
        request["items"][0]["quantity"] = json!("1");
        let place = request["destination"].as_str().unwrap();
        let unit = unit_of(&crate::baskets::home(world().territory_of(place), place));
        let wished = unit * Decimal::from(total);
        let at = |units: i64| {
            let mut request = request.clone();
            request["items"][0]["unitPrice"] = json!((unit * Decimal::from(units)).to_string());
            quoted(&request)
        };
        let cost = |quote: &Value| quote["totals"]["landedCost"].as_str().map(|_| decimal(&quote["totals"]["landedCost"]));
        let (mut low, mut high) = (0, total + 1);
        let free = at(0)?;
        prop_assume!(cost(&free).is_some_and(|cost| cost <= wished));
        let (mut under, mut over) = (free, at(high)?);
        prop_assert!(cost(&over).is_none_or(|cost| cost > wished), "a price is a part of its total");
        while high - low > 1 {
            let middle = (low + high) / 2;
            let quote = at(middle)?;
            let Some(cost) = cost(&quote) else { return Err(TestCaseError::reject("unknown")) };
            if cost <= wished {
                (low, under) = (middle, quote);
            } else {
                (high, over) = (middle, quote);
            }
        }
        let (Some(less), Some(more)) = (cost(&under), cost(&over)) else {
            return Err(TestCaseError::reject("unknown"));
        };
        let measures = |quote: &Value| lines(quote).iter().map(|line| format!("{} {}", line["kind"], line["measure"])).collect::<Vec<_>>();
        let limit_between = regimes(&under) != regimes(&over) || measures(&under) != measures(&over);
        prop_assert!(limit_between || more - less <= step(&under, unit), "{} costs {} and {} costs {}: {}", low, less, high, more, over);
    }
}
