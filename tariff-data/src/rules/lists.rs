//! What the rules of a territory hold of one kind, each with the name of the rule it stands in.

use dutiable::calendar::ValidityPeriod;
use dutiable::destination::{Condition, Law, Rules};
use dutiable::place::PlaceCode;

pub(super) fn laws(rules: &Rules) -> Vec<(String, &Law)> {
    let values = rules
        .customs_value
        .iter()
        .map(|rule| ("customs value".into(), &rule.law));
    let regimes = rules
        .regime
        .iter()
        .map(|rule| (format!("regime {}", rule.id), &rule.law));
    let taxes = rules
        .tax
        .iter()
        .map(|rule| (format!("tax {}", rule.id), &rule.law));
    let fees = rules
        .fee
        .iter()
        .map(|rule| (format!("fee {}", rule.id), &rule.law));
    let roundings = rules
        .rounding
        .iter()
        .map(|rule| (format!("rounding {:?}", rule.at), &rule.law));
    let notices = rules
        .notice
        .iter()
        .map(|rule| (format!("notice {}", rule.code), &rule.law));
    let waivers = rules
        .waiver
        .iter()
        .map(|rule| (format!("waiver {}", rule.id), &rule.law));
    let tables = rules
        .rate_table
        .iter()
        .map(|rule| (format!("rate table {}", rule.id), &rule.law));
    let unlisted = rules
        .unlisted
        .iter()
        .map(|rule| ("unlisted".into(), &rule.law));
    let preferences = rules
        .preference
        .iter()
        .map(|rule| (format!("preference {}", rule.area), &rule.law));
    let refunds = rules
        .refund
        .iter()
        .map(|rule| (format!("refund of {}", rule.of.join(", ")), &rule.law));
    values
        .chain(waivers)
        .chain(tables)
        .chain(unlisted)
        .chain(preferences)
        .chain(refunds)
        .chain(regimes)
        .chain(taxes)
        .chain(fees)
        .chain(roundings)
        .chain(notices)
        .collect()
}

pub(super) fn periods(rules: &Rules) -> Vec<(String, ValidityPeriod)> {
    let places = rules
        .place
        .iter()
        .map(|rule| (format!("place {}", rule.code), rule.valid));
    let values = rules
        .customs_value
        .iter()
        .map(|rule| ("customs value".into(), rule.valid));
    let regimes = rules
        .regime
        .iter()
        .map(|rule| (format!("regime {}", rule.id), rule.valid));
    let taxes = rules
        .tax
        .iter()
        .map(|rule| (format!("tax {}", rule.id), rule.valid));
    let fees = rules
        .fee
        .iter()
        .map(|rule| (format!("fee {}", rule.id), rule.valid));
    let roundings = rules
        .rounding
        .iter()
        .map(|rule| (format!("rounding {:?}", rule.at), rule.valid));
    let notices = rules
        .notice
        .iter()
        .map(|rule| (format!("notice {}", rule.code), rule.valid));
    let waivers = rules
        .waiver
        .iter()
        .map(|rule| (format!("waiver {}", rule.id), rule.valid));
    let tables = rules
        .rate_table
        .iter()
        .map(|rule| (format!("rate table {}", rule.id), rule.valid));
    let unlisted = rules
        .unlisted
        .iter()
        .map(|rule| ("unlisted".into(), rule.valid));
    let preferences = rules
        .preference
        .iter()
        .map(|rule| (format!("preference {}", rule.area), rule.valid));
    let refunds = rules
        .refund
        .iter()
        .map(|rule| (format!("refund of {}", rule.of.join(", ")), rule.valid));
    places
        .chain(waivers)
        .chain(tables)
        .chain(unlisted)
        .chain(preferences)
        .chain(refunds)
        .chain(values)
        .chain(regimes)
        .chain(taxes)
        .chain(fees)
        .chain(roundings)
        .chain(notices)
        .collect()
}

fn conditions(rules: &Rules) -> impl Iterator<Item = (String, &Condition)> {
    let regimes = rules
        .regime
        .iter()
        .map(|rule| (format!("regime {}", rule.id), &rule.when));
    let fees = rules
        .fee
        .iter()
        .map(|rule| (format!("fee {}", rule.id), &rule.when));
    let notices = rules
        .notice
        .iter()
        .map(|rule| (format!("notice {}", rule.code), &rule.when));
    let taxes = rules
        .tax
        .iter()
        .map(|rule| (format!("tax {}", rule.id), &rule.when));
    regimes.chain(taxes).chain(fees).chain(notices)
}

pub(super) fn code_lists(rules: &Rules) -> Vec<(String, &[String])> {
    let mut lists: Vec<(String, &[String])> = Vec::new();
    for (what, when) in conditions(rules) {
        lists.push((what.clone(), &when.without_codes));
        lists.push((what.clone(), &when.item_codes));
        lists.push((what.clone(), &when.not_item_codes));
        lists.push((what, &when.with_codes));
    }
    for tax in &rules.tax {
        for by_code in &tax.by_code {
            lists.push((format!("tax {}", tax.id), &by_code.codes));
        }
    }
    for table in &rules.rate_table {
        for rate in &table.rate {
            lists.push((format!("rate table {}", table.id), &rate.codes));
        }
    }
    for regime in &rules.regime {
        lists.push((format!("regime {}", regime.id), &regime.relief_excludes));
    }
    lists
}

pub(super) fn place_lists(rules: &Rules) -> Vec<(String, &[PlaceCode])> {
    let taxes = rules
        .tax
        .iter()
        .map(|rule| (format!("tax {}", rule.id), rule.places.as_slice()));
    let fees = rules
        .fee
        .iter()
        .map(|rule| (format!("fee {}", rule.id), rule.places.as_slice()));
    let notices = rules
        .notice
        .iter()
        .map(|rule| (format!("notice {}", rule.code), rule.places.as_slice()));
    let waivers = rules
        .waiver
        .iter()
        .map(|rule| (format!("waiver {}", rule.id), rule.places.as_slice()));
    let refunds = rules
        .refund
        .iter()
        .map(|rule| ("refund".into(), rule.places.as_slice()));
    taxes
        .chain(fees)
        .chain(notices)
        .chain(waivers)
        .chain(refunds)
        .collect()
}
