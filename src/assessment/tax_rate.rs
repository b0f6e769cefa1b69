//! The rate of a tax for goods under a code, and what it comes to.

use super::listed::listed;
use crate::confidence::Confidence;
use crate::decimal::{self, Decimal};
use crate::destination::{Applies, Tax, TaxRate};
use crate::error::{Error, ErrorCode};
use crate::nomenclature::CommodityCode;

/// Decimals that a fraction of a base keeps before it is rounded.
const FRACTION_DECIMALS: u32 = 12;

/// The rate of a tax for an item.
#[derive(Clone, Debug)]
pub(super) struct TaxRateOf {
    pub(super) rate: TaxRate,
    pub(super) confidence: Confidence,
    /// Another rate that the item has if it is of the right kind, and whether it is the lower one.
    pub(super) other: Option<(String, bool)>,
    /// Whether a longer code would say more.
    pub(super) is_short: bool,
    /// Whether no listed code says anything of the goods.
    pub(super) is_unlisted: bool,
}

/// The rate of the longest listed code over the goods' own; the tax's own where none lists them, or where it holds for some of them only.
///
/// A short code may mean goods that a longer one lists, and others: the quote names the other rate, unless one of all these is not known.
pub(super) fn rate_of(tax: &Tax, code: CommodityCode) -> TaxRateOf {
    let found = listed(&mut tax.by_code.iter().map(|rate| &*rate.codes), code);
    let at = |position: usize| tax.by_code.get(position);
    let below = found.longest_below().and_then(at);
    let nearest = found.nearest.and_then(|(_, position)| at(position));
    let certain = nearest.filter(|nearest| nearest.applies == Applies::Always);
    let (mut rate, confidence) = certain.map_or((tax.rate, tax.law.confidence), |certain| {
        (certain.rate, certain.confidence)
    });
    let possible = below.or(nearest).map(|possible| possible.rate);
    let mut all = found.below.iter().filter_map(|(_, position)| at(*position));
    if all.any(|below| below.rate == TaxRate::Unknown)
        || below.is_some() && tax.rate == TaxRate::Unknown
    {
        rate = TaxRate::Unknown;
    }
    let other = possible.filter(|other| *other != rate);
    TaxRateOf {
        rate,
        confidence,
        other: other.map(|other| (stated(other), is_lower(other, rate))),
        is_short: below.is_some(),
        is_unlisted: possible.is_none(),
    }
}

/// The rates that exist beside a tax's own and that no code is listed with, side by side; nothing where there are none.
pub(super) fn reduced(tax: &Tax) -> String {
    let mut rates = String::new();
    for rate in &tax.reduced {
        if !rates.is_empty() {
            rates.push_str(", ");
        }
        rates.push_str(&rate.to_string());
    }
    rates
}

fn is_lower(one: TaxRate, other: TaxRate) -> bool {
    match (one, other) {
        (TaxRate::Percent(one), TaxRate::Percent(other)) => one < other,
        _ => false,
    }
}

fn stated(rate: TaxRate) -> String {
    match rate {
        TaxRate::Percent(rate) => rate.to_string(),
        TaxRate::Fraction { of, over } => format!("{of}/{over}"),
        TaxRate::Unknown => String::new(),
    }
}

/// A rate on a base: the exact amount, how it came about, and the rate as the law writes it. A tax that belongs to its own base is
/// reckoned on the base divided by one less the rate.
///
/// # Errors
/// On overflow, and for a rate of all of the base or more that belongs to its own base.
pub(super) fn rated(
    basis: Decimal,
    rate: TaxRate,
    gross_up: bool,
) -> Result<(Decimal, String, String), Error> {
    let shown = stated(rate);
    let (of, over) = match rate {
        TaxRate::Percent(percent) if !gross_up => {
            return Ok((percent.of(basis)?, format!("{basis} × {shown}"), shown));
        }
        TaxRate::Percent(percent) => (percent.0, Decimal::ONE_HUNDRED),
        TaxRate::Fraction { of, over } => (Decimal::from(of), Decimal::from(over)),
        // Asked before: what is not known is a need, and no rate.
        TaxRate::Unknown => return Err(ErrorCode::Overflow.into()),
    };
    let whole = decimal::multiply(basis, of)?;
    if gross_up {
        let rest = decimal::subtract(over, of)?;
        let exact = decimal::divide(whole, rest, FRACTION_DECIMALS)?;
        return Ok((exact, format!("{basis} ÷ (1 − {shown}) × {shown}"), shown));
    }
    let exact = decimal::divide(whole, over, FRACTION_DECIMALS)?;
    Ok((exact, format!("{basis} × {shown}"), shown))
}
