//! The rate of a tax for goods under a code, and what it comes to.

use crate::confidence::Confidence;
use crate::decimal::{self, Decimal};
use crate::destination::{Applies, Tax, TaxRate};
use crate::error::Error;
use crate::nomenclature::CommodityCode;

/// Decimals that a fraction of a base keeps before it is rounded.
const FRACTION_DECIMALS: u32 = 12;

/// The rate of a tax for an item.
#[derive(Clone, Debug)]
pub(super) struct TaxRateOf {
    pub(super) rate: TaxRate,
    pub(super) confidence: Confidence,
    /// A lower rate that the item has if it is of the right kind.
    pub(super) lower: Option<String>,
}

/// The rate that the longest listed code gives; the tax's own where none lists the goods, or where it holds for some of them only.
pub(super) fn rate_of(tax: &Tax, code: CommodityCode) -> TaxRateOf {
    let mut found = TaxRateOf {
        rate: tax.rate,
        confidence: tax.law.confidence,
        lower: None,
    };
    let mut longest = 0;
    for by_code in &tax.by_code {
        for listed in &by_code.codes {
            let Ok(listed) = CommodityCode::parse(listed) else {
                continue;
            };
            // A short code may mean the listed goods, and others.
            let may_be = !listed.covers(code) && code.covers(listed);
            if listed.length() <= longest || !(may_be || listed.covers(code)) {
                continue;
            }
            longest = listed.length();
            found = if may_be || by_code.applies == Applies::Sometimes {
                TaxRateOf {
                    rate: tax.rate,
                    confidence: tax.law.confidence,
                    lower: Some(stated(by_code.rate)),
                }
            } else {
                TaxRateOf {
                    rate: by_code.rate,
                    confidence: by_code.confidence,
                    lower: None,
                }
            };
        }
    }
    found
}

fn stated(rate: TaxRate) -> String {
    match rate {
        TaxRate::Percent(rate) => rate.to_string(),
        TaxRate::Fraction { of, over } => format!("{of}/{over}"),
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
