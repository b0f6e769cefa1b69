//! What rules name of each other beyond what a reform could break (`dutiable::lab::faults`): regions, rate tables of the right days, charges; and
//! lists that must say each thing once.

use std::collections::BTreeSet;

use dutiable::destination::{DutyTreatment, FeeCharge, Rules, TaxBase};

/// Refuses names of what is not there, and bands and lists that contradict themselves.
pub(super) fn check(rules: &Rules, expect: &mut impl FnMut(bool, String)) {
    regions(rules, expect);
    bands_and_tables(rules, expect);
    bases(rules, expect);
    by_code(rules, expect);
    waivers_and_refunds(rules, expect);
}

fn regions(rules: &Rules, expect: &mut impl FnMut(bool, String)) {
    let regions: BTreeSet<&str> = rules
        .place
        .iter()
        .flat_map(|place| place.regions.iter().map(String::as_str))
        .collect();
    let taxes = rules.tax.iter().flat_map(|tax| {
        let both = tax.regions.iter().chain(&tax.when.regions);
        both.map(move |region| (&tax.id, region))
    });
    let regimes = rules.regime.iter().flat_map(|regime| {
        let named = regime.when.regions.iter();
        named.map(move |region| (&regime.id, region))
    });
    for (id, region) in taxes.chain(regimes) {
        let known = regions.contains(region.as_str());
        expect(known, format!("{id}: no place has a region `{region}`"));
    }
}

fn bands_and_tables(rules: &Rules, expect: &mut impl FnMut(bool, String)) {
    for regime in &rules.regime {
        match &regime.duty {
            DutyTreatment::Rates(table) => {
                let named = rules.rate_table.iter().filter(|other| other.id == *table);
                let known = named
                    .into_iter()
                    .any(|other| other.valid.overlaps(regime.valid));
                let what = format!(
                    "regime {}: `{table}` is no rate table of its days",
                    regime.id
                );
                expect(known, what);
            }
            DutyTreatment::Bands(bands) => {
                let limits: Vec<_> = bands.iter().map(|band| band.up_to).collect();
                let open = limits.iter().position(Option::is_none);
                let last = limits.len().checked_sub(1);
                let what = format!("regime {}: its last band alone is open", regime.id);
                expect(open.is_none() || open == last, what);
                let rising = limits
                    .iter()
                    .zip(limits.iter().skip(1))
                    .all(|pair| match pair {
                        (Some(low), Some(high)) => {
                            low.currency == high.currency && low.amount < high.amount
                        }
                        _ => true,
                    });
                let what = format!("regime {}: its bands do not rise", regime.id);
                expect(rising && !bands.is_empty(), what);
            }
            DutyTreatment::Tariff
            | DutyTreatment::Relieved
            | DutyTreatment::FlatPerTariffItem { .. }
            | DutyTreatment::TariffAtMost(_) => {}
        }
    }
    for table in &rules.rate_table {
        let mut seen = BTreeSet::new();
        for rate in &table.rate {
            let codes: Vec<&str> = rate.codes.iter().map(String::as_str).collect();
            let codes = if codes.is_empty() { vec![""] } else { codes };
            for code in codes {
                let what = format!("rate table {}: `{code}` is listed twice", table.id);
                expect(seen.insert(code), what);
            }
        }
        let used = rules
            .regime
            .iter()
            .any(|regime| matches!(&regime.duty, DutyTreatment::Rates(id) if *id == table.id));
        expect(used, format!("rate table {}: no regime names it", table.id));
    }
}

fn bases(rules: &Rules, expect: &mut impl FnMut(bool, String)) {
    for fee in &rules.fee {
        let FeeCharge::AdValorem { base, .. } = &fee.charge else {
            continue;
        };
        let plain = base.iter().all(|part| {
            matches!(
                part,
                TaxBase::CustomsValue | TaxBase::Goods | TaxBase::Freight | TaxBase::Insurance
            )
        });
        expect(plain, format!("fee {}: its base holds a charge", fee.id));
    }
}

fn by_code(rules: &Rules, expect: &mut impl FnMut(bool, String)) {
    for tax in &rules.tax {
        let mut seen = BTreeSet::new();
        for rate in &tax.by_code {
            let listed = !rate.codes.is_empty();
            expect(listed, format!("tax {}: a rate by code lists none", tax.id));
            for code in &rate.codes {
                let what = format!("tax {}: `{code}` is listed twice", tax.id);
                expect(seen.insert(code.as_str()), what);
            }
        }
    }
}

fn waivers_and_refunds(rules: &Rules, expect: &mut impl FnMut(bool, String)) {
    let mut known: BTreeSet<&str> = BTreeSet::from([
        "duties",
        "taxes",
        "fees",
        "third-country-duty",
        "additional-duty",
        "anti-dumping-duty",
        "column-2-duty",
        "countervailing-duty",
        "preference",
        "flat-duty",
        "flat-rate",
    ]);
    known.extend(rules.tax.iter().map(|rule| rule.id.as_str()));
    known.extend(rules.fee.iter().map(|rule| rule.id.as_str()));
    known.extend(rules.rate_table.iter().map(|rule| rule.measure.as_str()));
    for waiver in &rules.waiver {
        for of in &waiver.of {
            let named = known.contains(of.as_str()) && !["taxes", "fees"].contains(&of.as_str());
            expect(named, format!("waiver {}: `{of}` is no charge", waiver.id));
        }
        expect(
            !waiver.of.is_empty(),
            format!("waiver {}: of nothing", waiver.id),
        );
    }
    for refund in &rules.refund {
        for of in &refund.of {
            let named = known.contains(of.as_str());
            expect(named, format!("refund: `{of}` is no charge"));
        }
    }
}
