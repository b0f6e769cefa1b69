//! What a patch could break: references and what is stated twice. The rules' own check asks the same of every file.
//!
//! That one regime at a time holds is asked of every basket of the sample by the engine itself, which refuses where none or two do.

use crate::calendar::ValidityPeriod;
use crate::destination::{DutyTreatment, FeeCharge, Rules, TaxBase};
use crate::place::PlaceCode;
use std::collections::BTreeSet;

/// All that does not hold together in rules: names of what is not there, and what is stated twice for one day.
#[must_use]
pub fn faults(rules: &Rules) -> Vec<String> {
    let mut faults = Vec::new();
    let mut expect = |holds: bool, what: String| {
        if !holds {
            faults.push(what);
        }
    };
    regimes(rules, &mut expect);
    charges(rules, &mut expect);
    for (position, rule) in rules.rounding.iter().enumerate() {
        let what = format!("rounding {:?}", rule.at);
        expect(
            rule.rounding().is_some(),
            format!("{what}: `{}` is no unit", rule.unit),
        );
        let earlier = rules.rounding.iter().take(position);
        let twice = earlier
            .filter(|other| other.at == rule.at && other.scope == rule.scope)
            .any(|other| other.valid.overlaps(rule.valid));
        expect(!twice, format!("{what}: stated twice for one day"));
    }
    once(rules, &mut expect);
    faults
}

fn regimes(rules: &Rules, expect: &mut impl FnMut(bool, String)) {
    let known = |id: &String| rules.regime.iter().any(|regime| regime.id == *id);
    for regime in &rules.regime {
        let what = format!("regime {}", regime.id);
        for other in &regime.replaces {
            let is_other = known(other) && *other != regime.id;
            expect(
                is_other,
                format!("{what}: replaces `{other}`, which is no other regime"),
            );
        }
        if let DutyTreatment::Rates(id) = &regime.duty {
            let stated = rules.rate_table.iter().any(|table| table.id == *id);
            expect(stated, format!("{what}: `{id}` is no rate table"));
        }
        expect(
            !regime.collection.is_empty(),
            format!("{what}: nobody collects"),
        );
        expect(
            (1..=4).contains(&regime.release_category),
            format!("{what}: release categories are 1 to 4"),
        );
    }
    let of_fees = rules.fee.iter().map(|fee| (&fee.id, &fee.regimes));
    let of_taxes = rules.tax.iter().map(|tax| (&tax.id, &tax.regimes));
    let of_waivers = rules.waiver.iter().map(|rule| (&rule.id, &rule.regimes));
    for (id, named) in of_fees.chain(of_taxes).chain(of_waivers) {
        for regime in named {
            expect(known(regime), format!("{id}: `{regime}` is no regime"));
        }
    }
    for regime in rules.refund.iter().flat_map(|rule| &rule.regimes) {
        expect(known(regime), format!("refund: `{regime}` is no regime"));
    }
}

fn charges(rules: &Rules, expect: &mut impl FnMut(bool, String)) {
    for (position, tax) in rules.tax.iter().enumerate() {
        for part in &tax.base {
            let what = format!("tax {}: its base", tax.id);
            match part {
                TaxBase::Tax(id) => {
                    let earlier = rules.tax.iter().take(position).any(|other| other.id == *id);
                    expect(earlier, format!("{what} `{id}` is no tax before it"));
                }
                TaxBase::Fee(id) => {
                    let stated = rules.fee.iter().any(|fee| fee.id == *id);
                    expect(stated, format!("{what} `{id}` is no fee"));
                }
                _ => {}
            }
        }
        expect(
            !tax.base.is_empty(),
            format!("tax {}: it has no base", tax.id),
        );
    }
    for fee in &rules.fee {
        if let FeeCharge::AdValorem {
            min: Some(min),
            max: Some(max),
            ..
        }
        | FeeCharge::SparingClaims {
            min: Some(min),
            max: Some(max),
            ..
        } = &fee.charge
        {
            let crossed = min.currency == max.currency && max.amount < min.amount;
            expect(
                !crossed,
                format!("fee {}: its cap is below its floor", fee.id),
            );
        }
    }
}

/// One rule of a name a day and place.
fn once(rules: &Rules, expect: &mut impl FnMut(bool, String)) {
    struct Stated<'a> {
        what: String,
        valid: ValidityPeriod,
        places: &'a [PlaceCode],
        regions: &'a [String],
    }
    let everywhere = |what, valid| Stated {
        what,
        valid,
        places: &[],
        regions: &[],
    };
    let mut stated: Vec<Stated<'_>> = Vec::new();
    stated.extend(
        rules
            .regime
            .iter()
            .map(|rule| everywhere(format!("regime {}", rule.id), rule.valid)),
    );
    stated.extend(rules.tax.iter().map(|rule| Stated {
        what: format!("tax {}", rule.id),
        valid: rule.valid,
        places: &rule.places,
        regions: &rule.regions,
    }));
    stated.extend(rules.fee.iter().map(|rule| Stated {
        what: format!("fee {}", rule.id),
        valid: rule.valid,
        places: &rule.places,
        regions: &[],
    }));
    stated.extend(
        rules
            .customs_value
            .iter()
            .map(|rule| everywhere("customs value".to_owned(), rule.valid)),
    );
    stated.extend(
        rules
            .rate_table
            .iter()
            .map(|rule| everywhere(format!("rate table {}", rule.id), rule.valid)),
    );
    let mut twice = BTreeSet::new();
    for (position, rule) in stated.iter().enumerate() {
        let clash = stated.iter().take(position).any(|other| {
            other.what == rule.what
                && other.valid.overlaps(rule.valid)
                && meet(other.places, rule.places)
                && meet(other.regions, rule.regions)
        });
        if clash {
            twice.insert(&rule.what);
        }
    }
    for what in twice {
        expect(false, format!("{what}: stated twice for one day"));
    }
}

fn meet<T: PartialEq>(one: &[T], other: &[T]) -> bool {
    one.is_empty() || other.is_empty() || one.iter().any(|each| other.contains(each))
}
