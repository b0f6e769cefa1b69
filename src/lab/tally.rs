//! Sums over the baskets that are known under both rule sets.

use super::Refusal;
use super::citation::word;
use super::report::{Cost, Declarations, Group, Pair, ParcelsCharged, Report, Revenue, Share};
use super::run::Settings;
use crate::assessment::ChargeKind;
use crate::basket::Basket;
use crate::decimal::{self, Decimal};
use crate::destination::Payee;
use crate::error::Error;
use crate::landed_cost::Quote;
use crate::money::CurrencyCode;
use std::collections::BTreeMap;

/// Decimals of a share.
const SHARE_DECIMALS: u32 = 4;
/// The key of a basket whose items differ.
const SEVERAL: &str = "several";

/// Counts under A and under B.
type Both = (u64, u64);

/// The sums so far.
#[derive(Debug, Default)]
pub(super) struct Tally {
    revenue: BTreeMap<(CurrencyCode, ChargeKind), Pair>,
    charges: BTreeMap<(CurrencyCode, String), Pair>,
    landed_cost: BTreeMap<CurrencyCode, Pair>,
    declarations: BTreeMap<(u8, String), Both>,
    models: BTreeMap<String, Both>,
    charged: [Share; 2],
    origins: BTreeMap<(CurrencyCode, String), Sums>,
    chapters: BTreeMap<(CurrencyCode, String), Sums>,
    values: BTreeMap<(CurrencyCode, usize), Sums>,
}

#[derive(Debug, Default)]
struct Sums {
    baskets: u64,
    changed: u64,
    revenue: Pair,
}

/// A side of the comparison, and how to put a number on it.
#[derive(Clone, Copy)]
enum Side {
    Base,
    Reform,
}

impl Side {
    const BOTH: [Self; 2] = [Self::Base, Self::Reform];

    fn add(self, pair: &mut Pair, amount: Decimal) -> Result<(), Error> {
        match self {
            Self::Base => pair.add(amount, Decimal::ZERO),
            Self::Reform => pair.add(Decimal::ZERO, amount),
        }
    }

    fn count(self, both: &mut Both) {
        let count = match self {
            Self::Base => &mut both.0,
            Self::Reform => &mut both.1,
        };
        *count = count.saturating_add(1);
    }
}

impl Tally {
    /// Adds a basket's two quotes.
    pub(super) fn add(
        &mut self,
        settings: &Settings,
        basket: &Basket,
        quotes: [&Quote<'_>; 2],
        changed: bool,
    ) -> Result<(), Error> {
        let mut revenue = Pair::default();
        let mut goods = None;
        for (side, quote) in Side::BOTH.into_iter().zip(quotes) {
            self.add_charges(side, quote, &mut revenue)?;
            self.add_declaration(side, quote);
            goods.get_or_insert((quote.currency, quote.totals.goods));
        }
        for (share, quote) in self.charged.iter_mut().zip(quotes) {
            count_charged(share, quote);
        }
        let Some((currency, goods)) = goods else {
            return Ok(());
        };
        let origin = |item: &crate::basket::Item| {
            item.origin
                .map_or("unstated".to_owned(), |origin| origin.as_str().to_owned())
        };
        let chapter = |item: &crate::basket::Item| item.code.prefix(2).to_string();
        let origin = common(basket.items.iter().map(origin));
        let chapter = common(basket.items.iter().map(chapter));
        let band = settings
            .bands
            .iter()
            .filter(|limit| **limit < goods)
            .count();
        for sums in [
            self.origins.entry((currency, origin)).or_default(),
            self.chapters.entry((currency, chapter)).or_default(),
            self.values.entry((currency, band)).or_default(),
        ] {
            sums.baskets = sums.baskets.saturating_add(1);
            sums.changed = sums.changed.saturating_add(u64::from(changed));
            sums.revenue.add(revenue.base, revenue.reform)?;
        }
        Ok(())
    }

    fn add_charges(
        &mut self,
        side: Side,
        quote: &Quote<'_>,
        revenue: &mut Pair,
    ) -> Result<(), Error> {
        let currency = quote.currency;
        for line in quote
            .lines
            .iter()
            .filter(|line| line.kind != ChargeKind::Relief)
        {
            let payer = (currency, line.payer.to_owned());
            side.add(self.charges.entry(payer).or_default(), line.amount)?;
            if is_authority(line.payee) {
                let kind = (currency, line.kind);
                side.add(self.revenue.entry(kind).or_default(), line.amount)?;
                side.add(revenue, line.amount)?;
            }
        }
        if let Some(cost) = quote.totals.landed_cost {
            side.add(self.landed_cost.entry(currency).or_default(), cost)?;
        }
        Ok(())
    }

    fn add_declaration(&mut self, side: Side, quote: &Quote<'_>) {
        let Some(regime) = &quote.regime else { return };
        let entry = (regime.release_category, regime.declaration.to_owned());
        side.count(self.declarations.entry(entry).or_default());
        let model = word(&regime.collection).unwrap_or_default();
        side.count(self.models.entry(model).or_default());
    }

    /// Writes the sums into the report.
    pub(super) fn write(self, settings: &Settings, report: &mut Report) -> Result<(), Refusal> {
        let kind = |kind: ChargeKind| word(&kind).unwrap_or_default();
        let sums = |currency, of, sums| Revenue { currency, of, sums };
        let revenue = self.revenue.into_iter();
        report.revenue = revenue
            .map(|((currency, of), pair)| sums(currency, kind(of), pair))
            .collect();
        let charges = self.charges.into_iter();
        report.charges = charges
            .map(|((currency, payer), pair)| sums(currency, payer, pair))
            .collect();
        let landed_cost = self.landed_cost.into_iter();
        report.landed_cost = landed_cost
            .map(|(currency, pair)| sums(currency, "total".to_owned(), pair))
            .collect();
        let declarations = self.declarations.into_iter();
        report.declarations = declarations
            .map(
                |((release_category, declaration), (base, reform))| Declarations {
                    release_category,
                    declaration,
                    base,
                    reform,
                },
            )
            .collect();
        for (model, both) in self.models {
            report.collection.push(cost(settings, model, both)?);
        }
        let [mut base, mut reform] = self.charged;
        for share in [&mut base, &mut reform] {
            if share.of > 0 {
                let (any, of) = (Decimal::from(share.any), Decimal::from(share.of));
                share.share = decimal::divide(any, of, SHARE_DECIMALS)?;
            }
        }
        report.parcels_charged = ParcelsCharged { base, reform };
        let group = |((currency, key), sums): ((CurrencyCode, String), Sums)| Group {
            key,
            currency,
            baskets: sums.baskets,
            changed: sums.changed,
            revenue: sums.revenue,
        };
        report.by_origin = self.origins.into_iter().map(group).collect();
        report.by_chapter = self.chapters.into_iter().map(group).collect();
        let values = self.values.into_iter();
        report.by_value = values
            .map(|((currency, band), sums)| group(((currency, band_name(settings, band)), sums)))
            .collect();
        Ok(())
    }
}

fn cost(settings: &Settings, model: String, (base, reform): Both) -> Result<Cost, Error> {
    let each = settings.costs.get(&model).copied();
    let cost = match each {
        Some(each) => {
            let times = |count: u64| decimal::multiply(each.amount, Decimal::from(count));
            let mut pair = Pair::default();
            pair.add(times(base)?, times(reform)?)?;
            Some(pair)
        }
        None => None,
    };
    Ok(Cost {
        model,
        base,
        reform,
        each,
        cost,
    })
}

/// The band whose number is how many limits lie below the value.
fn band_name(settings: &Settings, band: usize) -> String {
    let limit = |position: usize| settings.bands.get(position);
    let below = band.checked_sub(1).and_then(limit);
    match (below, limit(band)) {
        (None, Some(most)) => format!("to {most}"),
        (Some(least), Some(most)) => format!("over {least} to {most}"),
        (Some(least), None) => format!("over {least}"),
        (None, None) => "all".to_owned(),
    }
}

const fn is_authority(payee: Payee) -> bool {
    matches!(payee, Payee::Customs | Payee::TaxAuthority)
}

fn count_charged(share: &mut Share, quote: &Quote<'_>) {
    let charged = |kind: Option<ChargeKind>| {
        quote.lines.iter().any(|line| {
            is_authority(line.payee)
                && line.kind != ChargeKind::Relief
                && kind.is_none_or(|kind| kind == line.kind)
                && !line.amount.is_zero()
        })
    };
    share.of = share.of.saturating_add(1);
    share.any = share.any.saturating_add(u64::from(charged(None)));
    share.duty = share
        .duty
        .saturating_add(u64::from(charged(Some(ChargeKind::Duty))));
    share.tax = share
        .tax
        .saturating_add(u64::from(charged(Some(ChargeKind::Tax))));
}

/// What all have in common.
fn common(mut keys: impl Iterator<Item = String>) -> String {
    let first = keys.next().unwrap_or_default();
    if keys.all(|key| key == first) {
        first
    } else {
        SEVERAL.to_owned()
    }
}
