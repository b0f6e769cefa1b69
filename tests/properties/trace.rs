//! What a reader can redo from the lines alone.

use dutiable::decimal::{Decimal, Rounding};
use dutiable::destination::{RoundingPoint, RoundingRule, Scope, Tax};
use proptest::prelude::*;
use serde_json::Value;

use crate::baskets::{any_request, rate_to, unit_of};
use crate::reading::{cases, decimal, lines, quoted};
use crate::world::{Territory, day, world};

/// A quote with what its lines rest on.
struct Read<'a> {
    request: &'a Value,
    quote: &'a Value,
    territory: &'static Territory,
    home: &'a str,
}

impl<'a> Read<'a> {
    fn of(request: &'a Value, quote: &'a Value) -> Self {
        let territory = world().territory_of(request["destination"].as_str().unwrap());
        Self {
            request,
            quote,
            territory,
            home: quote["currency"].as_str().unwrap(),
        }
    }

    fn rounding(&self, at: RoundingPoint, scope: Scope) -> Option<Rounding> {
        let today = day(self.request["date"].as_str().unwrap());
        let mut rules = self.territory.rules.rounding.iter();
        let rule =
            rules.find(|rule| rule.at == at && rule.scope == scope && rule.valid.contains(today));
        rule.and_then(RoundingRule::rounding)
    }

    /// As the law rounds an item's amount.
    fn rounded(&self, at: RoundingPoint, exact: Decimal) -> Decimal {
        let minor = Rounding::to_decimals(unit_of(self.home).scale());
        self.rounding(at, Scope::Item)
            .unwrap_or(minor)
            .apply(exact)
            .unwrap()
    }

    fn tax(&self, line: &Value) -> &Tax {
        let (request, today) = (self.request, day(self.request["date"].as_str().unwrap()));
        let mut taxes = self.territory.rules.tax.iter();
        let here = |tax: &&Tax| {
            tax.id == line["measure"].as_str().unwrap()
                && tax.valid.contains(today)
                && (tax.places.is_empty()
                    || tax
                        .places
                        .iter()
                        .any(|place| request["destination"] == place.as_str()))
                && (tax.regions.is_empty()
                    || tax
                        .regions
                        .iter()
                        .any(|region| request["region"] == **region))
        };
        taxes.find(here).unwrap()
    }

    /// The share of taxes that an item's regime charges.
    fn tax_share(&self, item: &Value) -> Decimal {
        let own = item
            .as_str()
            .map(|item| &self.quote["itemRegimes"][item])
            .filter(|own| !own.is_null());
        let id = &own.unwrap_or(&self.quote["regime"])["id"];
        let regime = self
            .territory
            .rules
            .regime
            .iter()
            .find(|regime| *id == regime.id);
        regime
            .and_then(|regime| regime.tax_share)
            .map_or(Decimal::ONE, |share| share.0 / Decimal::ONE_HUNDRED)
    }

    /// A factor of a formula: `12 %`, `22/78`, `(1 − 17 %)`, `17.6 EUR/100 kg`, `3 EUR`, `1.2 kg`, `45.60`.
    fn factor(&self, text: &str) -> Decimal {
        let number = |text: &str| {
            Decimal::from_str_exact(text).unwrap_or_else(|_| panic!("`{text}` in a formula"))
        };
        if let Some(inner) = text.strip_prefix('(') {
            let (one, less) = inner.trim_end_matches(')').split_once(" − ").unwrap();
            return self.factor(one) - self.factor(less);
        }
        let Some((first, rest)) = text.split_once(' ') else {
            return match text.split_once('/') {
                Some((of, over)) => number(of) / number(over),
                None => number(text),
            };
        };
        let first = number(first);
        if rest == "%" {
            return first / Decimal::ONE_HUNDRED;
        }
        let (currency, per) = rest.split_once('/').unwrap_or((rest, ""));
        if currency.len() != 3 || !currency.bytes().all(|byte| byte.is_ascii_uppercase()) {
            return first;
        }
        let (times, unit) = per
            .split_once(' ')
            .map_or((Decimal::ONE, per), |(times, unit)| (number(times), unit));
        let tariff = world().tariff_of(self.request["destination"].as_str().unwrap());
        let unit = tariff
            .and_then(|tariff| tariff.unit(unit))
            .map_or(Decimal::ONE, |unit| unit.factor);
        first * rate_to(self.request, currency, self.home) / (times * unit)
    }

    fn product(&self, text: &str) -> Decimal {
        // What was rounded before it was multiplied: `1234 → 1000 × 5 %`.
        let text = text.rsplit_once(" → ").map_or(text, |(_, rounded)| rounded);
        let mut product = Decimal::ONE;
        for factor in text.split(" × ") {
            let mut quotient = factor.split(" ÷ ");
            product *= self.factor(quotient.next().unwrap());
            product = quotient.fold(product, |product, divisor| product / self.factor(divisor));
        }
        product
    }

    /// The left side of a formula: products that are added and taken off; of a limit, the limit.
    fn sum(&self, text: &str) -> Decimal {
        let (mut sum, mut sign, mut rest) = (Decimal::ZERO, Decimal::ONE, text);
        loop {
            let outside =
                |at: &usize| rest[..*at].matches('(').count() == rest[..*at].matches(')').count();
            let marks = rest
                .match_indices(" + ")
                .chain(rest.match_indices(" − "))
                .map(|(at, mark)| (at, mark.len()));
            let next = marks.filter(|(at, _)| outside(at)).min();
            let (term, more) = next.map_or((rest, ""), |(at, _)| (&rest[..at], &rest[at..]));
            let value = [" < ", " > "]
                .iter()
                .find_map(|mark| term.split_once(mark))
                .map_or_else(|| self.product(term), |(_, limit)| self.factor(limit));
            sum += sign * value;
            let Some((_, length)) = next else {
                return sum.max(Decimal::ZERO);
            };
            sign = if more.starts_with(" + ") {
                Decimal::ONE
            } else {
                Decimal::NEGATIVE_ONE
            };
            rest = &more[length..];
        }
    }
}

fn number(text: &str) -> Decimal {
    Decimal::from_str_exact(text.trim()).unwrap_or_else(|_| panic!("`{text}` in a formula"))
}

proptest! {
    #![proptest_config(cases(1))]

    /// 12: a tax reckoned from the displayed base at the displayed rate is the displayed tax, as the law rounds it. Where it rounds each item's
    /// and then their sum, the sum of several items may lie lower by as many units as there are items; a sum at several rates shows none. What
    /// only an end of a range charges is nothing in the middle, and has no working.
    #[test]
    fn p12_a_tax_can_be_reckoned_from_its_line(request in any_request()) {
        let quote = quoted(&request)?;
        let read = Read::of(&request, &quote);
        let items = request["items"].as_array().unwrap().len();
        for line in lines(&quote).iter().filter(|line| line["kind"] == "tax") {
            let rate = line["rate"].as_str().unwrap();
            prop_assert!(!rate.is_empty() || items > 1, "a rate of its own: {}", line);
            if rate.is_empty() {
                continue;
            }
            if line["formula"] == "" {
                prop_assert!(quote["range"].is_object() && decimal(&line["amount"]).is_zero() && !line["high"].is_null(), "{}", line);
                continue;
            }
            let rate = read.factor(rate);
            let whole = if read.tax(line).gross_up { rate / (Decimal::ONE - rate) } else { rate };
            let exact = decimal(&line["basis"]) * whole * read.tax_share(&line["item"]);
            let amount = decimal(&line["amount"]);
            let together = read.rounding(RoundingPoint::Tax, Scope::Consignment);
            let by_item = read.rounding(RoundingPoint::Tax, Scope::Item);
            let Some(together) = together else {
                prop_assert_eq!(read.rounded(RoundingPoint::Tax, exact), amount, "{}", line);
                continue;
            };
            let highest = by_item.map_or(exact, |by_item| if items == 1 { by_item.apply(exact).unwrap() } else { exact });
            let lowest = by_item.filter(|_| items > 1).map_or(highest, |by_item| (exact - by_item.unit * Decimal::from(items)).max(Decimal::ZERO));
            let (lowest, highest) = (together.apply(lowest).unwrap(), together.apply(highest).unwrap());
            prop_assert!(lowest <= amount && amount <= highest, "{} ≤ {} ≤ {}: {}", lowest, amount, highest, line);
        }
    }

    /// 28: a reader with a pocket calculator who redoes the printed formula gets the printed amount: of a duty, a tax and a fee, with the
    /// request's exchange rates and the law's rounding.
    #[test]
    fn p28_a_formula_gives_its_amount(request in any_request()) {
        let quote = quoted(&request)?;
        let read = Read::of(&request, &quote);
        let mut redone = 0;
        for line in lines(&quote).iter().filter(|line| line["kind"] != "relief" && !line["formula"].as_str().unwrap().is_empty()) {
            let (formula, amount) = (line["formula"].as_str().unwrap(), decimal(&line["amount"]));
            let point = match line["kind"].as_str().unwrap() {
                _ if ["flat-duty", "flat-rate"].iter().any(|own| line["measure"] == *own) || line["payee"] == "carrier" => None,
                "duty" => Some(RoundingPoint::Duty),
                "tax" => Some(RoundingPoint::Tax),
                _ => Some(RoundingPoint::Fee),
            };
            let together = point.and_then(|point| read.rounding(point, Scope::Consignment)).filter(|_| point != Some(RoundingPoint::Fee));
            redone += 1;
            let Some(together) = together else {
                let (left, right) = formula.rsplit_once(" = ").unwrap();
                let minor = Rounding::to_decimals(unit_of(read.home).scale());
                let exact = read.sum(left);
                let rounded = point.map_or_else(|| minor.apply(exact).unwrap(), |point| read.rounded(point, exact));
                prop_assert_eq!(rounded, amount, "{}", line);
                prop_assert_eq!(number(right), amount, "{}", line);
                continue;
            };
            // Added up before the law rounds: `… = 1234.5 → 1200`, or `…; together 3456.7 → 3400, less 1200`.
            let (before, after) = formula.rsplit_once(" → ").unwrap();
            let (result, less) = after.split_once(", less ").map_or((after, Decimal::ZERO), |(result, less)| (result, number(less)));
            let exact = number(before.rsplit(['=', ' ']).next().unwrap());
            prop_assert_eq!(together.apply(exact).unwrap(), number(result), "{}", line);
            prop_assert_eq!(number(result) - less, amount, "{}", line);
        }
        prop_assume!(redone > 0);
    }
}
