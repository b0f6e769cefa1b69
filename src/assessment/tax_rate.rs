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
}

/// The rate that the longest listed code gives; the tax's own where none lists the goods, or where it holds for some of them only: a short
/// code may mean the listed goods, and others.
pub(super) fn rate_of(tax: &Tax, code: CommodityCode) -> TaxRateOf {
    let found = listed(&mut tax.by_code.iter().map(|rate| &*rate.codes), code);
    let below = found.longest_below();
    let nearest = found.nearest.map(|(_, position)| position);
    let by_code = below.or(nearest).and_then(|at| tax.by_code.get(at));
    match by_code {
        Some(by_code) if below.is_none() && by_code.applies == Applies::Always => TaxRateOf {
            rate: by_code.rate,
            confidence: by_code.confidence,
            other: None,
            is_short: false,
        },
        by_code => TaxRateOf {
            rate: tax.rate,
            confidence: tax.law.confidence,
            other: by_code.map(|by_code| (stated(by_code.rate), is_lower(by_code.rate, tax.rate))),
            is_short: below.is_some(),
        },
    }
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
