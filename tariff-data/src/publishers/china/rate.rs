//! A rate as the gathered tariff writes it.

use rust_decimal::Decimal;

use crate::publishers::duty_text::number;
use crate::publishers::rates::Reason;

/// A rate whose shape is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rate {
    /// `8%`
    AdValorem(Decimal),
    /// `1.5元/千克`
    Specific(Decimal, &'static str),
    /// A percentage up to a price, and above it the amount that the percentage comes to at that price.
    Capped(Decimal, Decimal, &'static str),
}

impl Rate {
    /// Reads a rate.
    pub fn read(text: &str) -> Result<Self, Reason> {
        let text: String = text.split_whitespace().collect();
        if text.is_empty() {
            return Err("no-rate-in-source");
        }
        if let Some(rate) = text.strip_suffix('%').and_then(decimal) {
            return Ok(Self::AdValorem(rate));
        }
        if let Some((amount, unit)) = specific(&text) {
            return Ok(Self::Specific(amount, unit));
        }
        if text.contains('：') || text.contains('，') {
            return capped(&text).ok_or("price-step");
        }
        Err("unknown-shape")
    }

    /// The duty expression. No amount for a quantity is `0 %`, as every free rate.
    pub fn expression(&self) -> String {
        match self {
            Self::Specific(amount, _) if amount.is_zero() => "0 %".into(),
            Self::AdValorem(rate) => format!("{} %", rate.normalize()),
            Self::Specific(amount, unit) => format!("{} CNY/{unit}", amount.normalize()),
            Self::Capped(rate, cap, unit) => {
                format!("{} % MAX {} CNY/{unit}", rate.normalize(), cap.normalize())
            }
        }
    }

    /// Whether the rate is lower than another for some goods and higher for none; nothing where that depends on the goods.
    pub fn is_lower_than(&self, other: &Self) -> Option<bool> {
        match (self, other) {
            (Self::AdValorem(rate), Self::AdValorem(other)) => Some(rate < other),
            (Self::Specific(amount, unit), Self::Specific(other, other_unit))
                if unit == other_unit =>
            {
                Some(amount < other)
            }
            (Self::Capped(rate, ..), Self::AdValorem(other)) if rate <= other => Some(true),
            _ => None,
        }
    }

    /// Whether the rate is for a quantity, so that a number beside it may be one for a quantity too.
    pub const fn is_by_quantity(&self) -> bool {
        !matches!(self, Self::AdValorem(_))
    }
}

fn decimal(text: &str) -> Option<Decimal> {
    number(text)?.parse().ok()
}

/// `1.5元/千克`
pub fn specific(text: &str) -> Option<(Decimal, &'static str)> {
    let (amount, unit) = text.split_once("元/")?;
    let unit = match unit {
        "千克" => "kg",
        "升" => "l",
        "平方米" => "m2",
        _ => return None,
    };
    Some((decimal(amount)?, unit))
}

/// `完税价不高于9元/千克：10%，完税价高于9元/千克：0%+0.9元/千克。`, which is `10 % MAX 0.9 CNY/kg` because a tenth of 9 is 0.9.
fn capped(text: &str) -> Option<Rate> {
    let inner = text.strip_suffix('。')?.strip_prefix("完税价不高于")?;
    let (below, above) = inner.split_once("，完税价高于")?;
    let (price, rate) = below.split_once('：')?;
    let (same_price, amount) = above.split_once('：')?;
    if same_price != price {
        return None;
    }
    let (price, unit) = specific(price)?;
    let rate = decimal(rate.strip_suffix('%')?)?;
    let (cap, cap_unit) = specific(amount.strip_prefix("0%+")?)?;
    let at_price = price.checked_mul(rate)?.checked_div(Decimal::ONE_HUNDRED)?;
    let meets = cap == at_price && cap_unit == unit && !cap.is_zero();
    meets.then_some(Rate::Capped(rate, cap, unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Result<String, Reason> {
        Rate::read(text).map(|rate| rate.expression())
    }

    #[test]
    fn every_shape_of_rate_is_said() {
        for (text, expression) in [
            ("6.5%", "6.5 %"),
            ("0%", "0 %"),
            ("0元/升", "0 %"),
            ("0.50元/千克", "0.5 CNY/kg"),
            ("3.4元/平 方米", "3.4 CNY/m2"),
            (
                "完税价不高于8元/千克：10%，完税价高于8元/千克：0%+0.8元/千克。",
                "10 % MAX 0.8 CNY/kg",
            ),
        ] {
            assert_eq!(said(text).as_deref(), Ok(expression), "{text}");
        }
    }

    #[test]
    fn a_step_that_is_no_cap_is_not_said() {
        for text in [
            // Above the price the amount is not what the percentage comes to at it.
            "完税价不高于8元/千克：10%，完税价高于8元/千克：0%+0.9元/千克。",
            "完税价不高于8元/千克：10%，完税价高于8元/千克：3%+0.8元/千克。",
            // A price of nought steps nowhere.
            "完税价不高于0元/平方米：0%，完税价高于0元/平方米：10%+0元/平方米。",
            "计税价格≤2000美元/台：12%；计税价格>2000美元/台：1.2%+1700元/台",
        ] {
            assert_eq!(said(text), Err("price-step"), "{text}");
        }
        assert_eq!(said(""), Err("no-rate-in-source"));
        assert_eq!(said("5元/斤"), Err("unknown-shape"));
    }

    #[test]
    fn lower_is_told_only_where_it_is_sure() {
        let lower = |one: &str, other: &str| {
            Some(
                Rate::read(one)
                    .ok()?
                    .is_lower_than(&Rate::read(other).ok()?),
            )
        };
        assert_eq!(lower("3%", "5%"), Some(Some(true)));
        assert_eq!(lower("5%", "5%"), Some(Some(false)));
        assert_eq!(lower("1元/升", "2元/升"), Some(Some(true)));
        assert_eq!(lower("1元/升", "2元/千克"), Some(None));
        let capped = "完税价不高于8元/千克：10%，完税价高于8元/千克：0%+0.8元/千克。";
        assert_eq!(lower(capped, "10%"), Some(Some(true)));
        assert_eq!(lower(capped, "5%"), Some(None));
    }
}
