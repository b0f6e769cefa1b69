//! Exchange: there and back, and each item before the sum.

use dutiable::decimal::Decimal;
use proptest::prelude::*;
use rust_decimal::RoundingStrategy;
use serde_json::json;

use crate::baskets::{any_request, goods, one_item, unit_of};
use crate::reading::{cases, decimal, quoted};

fn to(unit: Decimal, exact: Decimal) -> Decimal {
    exact.round_dp_with_strategy(unit.scale(), RoundingStrategy::MidpointAwayFromZero)
}

proptest! {
    #![proptest_config(cases(1))]

    /// 16: there and back errs by no more than half a unit on either side, and by what the shown rate back is short of the exact one: it keeps
    /// seven digits. Currencies of no, two and three decimals.
    #[test]
    fn p16_there_and_back(request in one_item()) {
        let mut request = request;
        for part in ["freight", "insurance", "discount"] {
            request[part] = json!("0");
        }
        let quote = quoted(&request)?;
        let (asked, home) = (request["currency"].as_str().unwrap(), quote["currency"].as_str().unwrap());
        prop_assume!(asked != home);
        let there = decimal(&quote["exchangeRates"][0]["rate"]);
        prop_assert_eq!(there, crate::baskets::rate_to(&request, asked, home));
        let back = (Decimal::ONE / there).round_sf(7).unwrap();
        let inexact = (there * back - Decimal::ONE).abs();
        prop_assert!(inexact <= Decimal::new(5, 7), "{} and back {}", there, back);
        let (unit, other) = (unit_of(home), unit_of(asked));
        let half = Decimal::new(5, 1);
        let stated = decimal(&quote["totalsInRequestCurrency"]["goods"]);
        let returned = to(other, decimal(&quote["totals"]["goods"]) * back);
        let most = unit * half * back + other * half * Decimal::TWO + stated * inexact;
        prop_assert!((stated - returned).abs() <= most, "{} came back as {}, off by more than {}", stated, returned, most);
        // Each sum of charges is converted once, by its moment; of what is due at one moment alone the sum is plain.
        if quote["status"] != "partial" {
            for total in ["duties", "taxes", "fees"] {
                let exact = decimal(&quote["totals"][total]) * back;
                let shown = decimal(&quote["totalsInRequestCurrency"][total]);
                prop_assert!((shown - exact).abs() <= other * half * Decimal::from(3) + exact * inexact, "{}: {} of {}", total, shown, exact);
            }
        }
    }

    /// 16: a rate of one changes nothing.
    #[test]
    fn p16_rate_one_is_the_identity(request in any_request()) {
        let mut request = request;
        let place = request["destination"].as_str().unwrap();
        let home = crate::baskets::home(crate::world::world().territory_of(place), place);
        prop_assume!(unit_of(&home).scale() == 2);
        let mut plain = request.clone();
        plain["currency"] = json!(home);
        request["currency"] = json!("XTS");
        request["exchangeRates"][format!("XTS/{home}")] = json!("1");
        let (foreign, plain) = (quoted(&request)?, quoted(&plain)?);
        prop_assert_eq!(&foreign["totals"], &plain["totals"]);
        prop_assert_eq!(&foreign["lines"], &plain["lines"]);
        for (key, value) in foreign["totals"].as_object().unwrap() {
            prop_assert_eq!(value, &foreign["totalsInRequestCurrency"][key], "{}", key);
        }
    }

    /// 17: each item is converted and rounded, then they are added up; converting the sum instead differs by no more than half a unit an item.
    #[test]
    fn p17_each_item_is_converted(request in any_request()) {
        let quote = quoted(&request)?;
        let (asked, home) = (request["currency"].as_str().unwrap(), quote["currency"].as_str().unwrap());
        let rate = crate::baskets::rate_to(&request, asked, home);
        let unit = unit_of(home);
        let discount = if request["discount"].is_null() { Decimal::ZERO } else { decimal(&request["discount"]) };
        let own = goods(&request);
        let each: Decimal = own.iter().map(|goods| to(unit, goods * rate)).sum();
        let shown = decimal(&quote["totals"]["goods"]);
        prop_assert_eq!(each - to(unit, discount * rate), shown);
        let at_once = to(unit, (own.iter().sum::<Decimal>() - discount) * rate);
        let most = unit * Decimal::new(5, 1) * Decimal::from(own.len() + 2);
        prop_assert!((at_once - shown).abs() <= most, "{} and {}", at_once, shown);
    }
}
