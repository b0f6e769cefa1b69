//! Every basket, quoted twice.

use super::citation::cited;
use super::operation::touched;
use super::report::{Change, Counts, Pair, ParcelsCharged, PatchUsed, Report, SetUsed, Share};
use super::tally::Tally;
use super::{Patch, Refusal, RuleSet, Sample, SampledBasket};
use crate::basket::Basket;
use crate::calendar::CalendarDate;
use crate::decimal::Decimal;
use crate::engine::Engine;
use crate::error::Error;
use crate::landed_cost::{Quote, Status};
use crate::money::Money;
use std::collections::{BTreeMap, BTreeSet};

/// What the caller assumes, and how the sample is grouped.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// What a consignment costs the party that declares and remits, by collection model. An assumption of the caller's.
    pub costs: BTreeMap<String, Money>,
    /// The limits of the value bands, ascending, in the destination's currency; each belongs to the band below it.
    pub bands: Vec<Decimal>,
}

/// Runs a sample under the base's rules and under them with the patches, one upon the other.
///
/// # Errors
/// A patch that is refused; sums past what a decimal holds. What is wrong with a basket is counted.
pub fn run(
    engine: &Engine,
    base: &RuleSet,
    patches: &[Patch],
    sample: &Sample,
    settings: &Settings,
) -> Result<Report, Refusal> {
    let mut reform = base.clone();
    let mut used = Vec::new();
    for patch in patches {
        reform = reform.patched(patch)?;
        used.push(PatchUsed {
            title: patch.title.clone(),
            sha256: patch.sha256.clone(),
            gives: reform.id.clone(),
        });
    }
    let mut report = blank(base, &reform, used, sample);
    report.from = patches.iter().filter_map(Patch::first_day).min();
    let mut tally = Tally::default();
    let run = Run {
        engine,
        base,
        reform: &reform,
        touched: patches.iter().flat_map(touched).collect(),
        from: report.from,
        settings,
    };
    for sampled in &sample.baskets {
        run.take(sampled, &mut report, &mut tally)?;
    }
    tally.write(settings, &mut report)?;
    warn(&mut report, settings);
    Ok(report)
}

fn blank(base: &RuleSet, reform: &RuleSet, patches: Vec<PatchUsed>, sample: &Sample) -> Report {
    let set = |id: &str, sha256: &str| SetUsed {
        id: id.to_owned(),
        sha256: sha256.to_owned(),
    };
    let titles: Vec<&str> = patches.iter().map(|patch| patch.title.as_str()).collect();
    let nothing = Share::default();
    Report {
        title: titles.join("; then "),
        engine: env!("CARGO_PKG_VERSION"),
        territory: base.rules.territory.clone(),
        from: None,
        base: set("A", &base.id),
        reform: set("B", &reform.id),
        patches,
        sample: set("sample", &sample.sha256),
        packs: Vec::new(),
        counts: Counts::default(),
        warnings: BTreeMap::new(),
        revenue: Vec::new(),
        charges: Vec::new(),
        landed_cost: Vec::new(),
        declarations: Vec::new(),
        collection: Vec::new(),
        parcels_charged: ParcelsCharged {
            base: nothing,
            reform: nothing,
        },
        by_origin: Vec::new(),
        by_chapter: Vec::new(),
        by_value: Vec::new(),
        cited: BTreeMap::new(),
        changes: Vec::new(),
    }
}

struct Run<'a> {
    engine: &'a Engine,
    base: &'a RuleSet,
    reform: &'a RuleSet,
    touched: BTreeSet<String>,
    from: Option<CalendarDate>,
    settings: &'a Settings,
}

impl Run<'_> {
    fn take(
        &self,
        sampled: &SampledBasket,
        report: &mut Report,
        tally: &mut Tally,
    ) -> Result<(), Refusal> {
        let counts = &mut report.counts;
        count(&mut counts.baskets);
        let basket = match &sampled.basket {
            Ok(basket) => basket,
            Err(error) => {
                count_error(&mut counts.unreadable, error);
                return Ok(());
            }
        };
        if let Ok(rules) = self.engine.rules_for(basket)
            && rules.territory != self.base.rules.territory
        {
            count(&mut counts.outside);
            return Ok(());
        }
        let base = self.engine.quote_under(&self.base.rules, basket);
        let reform = self.engine.quote_under(&self.reform.rules, basket);
        for pack in [&base, &reform]
            .into_iter()
            .flatten()
            .flat_map(|quote| &quote.packs)
        {
            let used = SetUsed {
                id: pack.id.to_owned(),
                sha256: pack.sha256.to_owned(),
            };
            if let Err(place) = report.packs.binary_search(&used) {
                report.packs.insert(place, used);
            }
        }
        let changed = text(&base)? != text(&reform)?;
        let before = self.from.is_none_or(|from| basket.date < from);
        counts.before = counts.before.saturating_add(u64::from(before));
        if changed && before {
            count(report.warnings.entry("lab.leak").or_default());
        }
        count(if changed {
            &mut counts.changed
        } else {
            &mut counts.unchanged
        });
        if changed {
            let change = self.change(&sampled.id, basket, &base, &reform)?;
            if change.cites.is_empty() {
                count(report.warnings.entry("lab.uncited").or_default());
            }
            for rule in &change.cites {
                count(report.cited.entry(rule.clone()).or_default());
            }
            report.changes.push(change);
        }
        match (&base, &reform) {
            (Ok(base), Ok(reform)) if !is_open(base) && !is_open(reform) => {
                count(&mut counts.compared);
                let is_range = [base, reform]
                    .iter()
                    .any(|quote| quote.status == Status::Range);
                counts.ranges = counts.ranges.saturating_add(u64::from(is_range));
                tally.add(self.settings, basket, [base, reform], changed)?;
            }
            _ => {
                count_open(&base, &mut counts.refused_base, &mut counts.open_base);
                count_open(&reform, &mut counts.refused_reform, &mut counts.open_reform);
            }
        }
        Ok(())
    }

    fn change(
        &self,
        id: &str,
        basket: &Basket,
        base: &Result<Quote<'_>, Error>,
        reform: &Result<Quote<'_>, Error>,
    ) -> Result<Change, Refusal> {
        let mut cites = BTreeSet::new();
        for (set, quote) in [(self.base, base), (self.reform, reform)] {
            if let Ok(quote) = quote {
                cites.extend(cited(&set.rules, basket, quote));
            }
        }
        let cost = |quote: &Result<Quote<'_>, Error>| quote.as_ref().ok()?.totals.landed_cost;
        let landed_cost = match (cost(base), cost(reform)) {
            (Some(base), Some(reform)) => {
                let mut pair = Pair::default();
                pair.add(base, reform)?;
                Some(pair)
            }
            _ => None,
        };
        let currency = [base, reform].map(|quote| quote.as_ref().ok().map(|quote| quote.currency));
        Ok(Change {
            id: id.to_owned(),
            base: outcome(base),
            reform: outcome(reform),
            currency: currency.into_iter().flatten().next(),
            landed_cost,
            cites: cites.intersection(&self.touched).cloned().collect(),
        })
    }
}

/// What a basket comes to, in a word.
fn outcome(quote: &Result<Quote<'_>, Error>) -> String {
    match quote {
        Ok(quote) => quote
            .regime
            .as_ref()
            .map_or("", |regime| regime.id)
            .to_owned(),
        Err(error) => error.to_string(),
    }
}

/// An answer as it is compared: byte for byte.
fn text(quote: &Result<Quote<'_>, Error>) -> Result<String, Refusal> {
    match quote {
        Ok(quote) => serde_json::to_string(quote).map_err(|error| Refusal::new(error.to_string())),
        Err(error) => Ok(error.to_string()),
    }
}

const fn is_open(quote: &Quote<'_>) -> bool {
    matches!(quote.status, Status::Partial | Status::Prohibited)
}

fn count(number: &mut u64) {
    *number = number.saturating_add(1);
}

fn count_error(errors: &mut BTreeMap<&'static str, u64>, error: &Error) {
    count(errors.entry(error.code.as_str()).or_default());
}

fn count_open(
    quote: &Result<Quote<'_>, Error>,
    refused: &mut BTreeMap<&'static str, u64>,
    open: &mut u64,
) {
    match quote {
        Ok(quote) if is_open(quote) => count(open),
        Ok(_) => {}
        Err(error) => count_error(refused, error),
    }
}

fn warn(report: &mut Report, settings: &Settings) {
    let counts = &report.counts;
    let sum =
        |errors: &BTreeMap<&str, u64>| errors.values().fold(0_u64, |a, b| a.saturating_add(*b));
    let not_compared = counts
        .baskets
        .saturating_sub(counts.compared)
        .saturating_sub(counts.outside)
        .saturating_sub(sum(&counts.unreadable));
    let assumed = report.collection.iter().filter(|cost| cost.each.is_some());
    let assumed = assumed.fold(0_u64, |sum, cost| {
        sum.saturating_add(cost.base).saturating_add(cost.reform)
    });
    let unassumed = report.collection.iter().filter(|cost| cost.each.is_none());
    let unassumed = unassumed.fold(0_u64, |sum, cost| {
        sum.saturating_add(cost.base).saturating_add(cost.reform)
    });
    let mut warnings = vec![
        ("lab.unreadable", sum(&counts.unreadable)),
        ("lab.not-compared", not_compared),
        ("lab.ranges-at-median", counts.ranges),
        ("lab.cost-assumed", assumed),
    ];
    if !settings.costs.is_empty() {
        warnings.push(("lab.cost-unknown", unassumed));
    }
    if counts.changed == 0 {
        warnings.push(("lab.no-effect", counts.baskets.max(1)));
    }
    for (code, number) in warnings {
        if number > 0 {
            report.warnings.insert(code, number);
        }
    }
}
