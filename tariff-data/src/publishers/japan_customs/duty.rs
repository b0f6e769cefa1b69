//! The duty on goods of any origin, and on goods of the WTO's members.

use super::cell::{self, Cell};
use super::rate::Reason;
use super::rows::Row;
use super::treatment::{self, Treatment};

/// What one row says of the third-country duty.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct ThirdCountry {
    /// The statutory duty: the temporary rate where there is one, else the general.
    pub statutory: Option<Duty>,
    /// The WTO rate, where it is the lower one; several where it differs within the line.
    pub wto: Vec<Duty>,
    /// Columns that no expression says.
    pub unparsed: Vec<(&'static str, Reason)>,
}

/// A duty and what its column is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duty {
    /// The column.
    pub column: &'static str,
    /// The duty.
    pub expression: String,
    /// Only for the end use that the designation names.
    pub end_use: bool,
    /// The lower of the WTO rate and the statutory one, written by us as a rate and its cap.
    pub lower_of_two: bool,
    /// The part of the line's goods it is for, where the cell tells parts apart.
    pub goods: Option<String>,
}

impl Duty {
    /// A rate that the column states and no expression says.
    pub fn unknown(column: &'static str) -> Self {
        Self {
            column,
            expression: String::new(),
            end_use: false,
            lower_of_two: false,
            goods: None,
        }
    }
}

/// Reads the three columns of a row.
pub fn third_country(row: &Row) -> ThirdCountry {
    let mut said = ThirdCountry::default();
    let (column, text) = if row.temporary.is_empty() {
        ("general", &row.basic)
    } else {
        ("temporary", &row.temporary)
    };
    match cell::read(text) {
        Cell::NotApplied => said.unparsed.push((column, "not-applied-alone")),
        Cell::Unparsed(reason) => said.unparsed.push((column, reason)),
        Cell::Rate {
            expression,
            end_use,
        } => {
            said.statutory = Some(Duty {
                column,
                expression,
                end_use,
                lower_of_two: false,
                goods: None,
            });
        }
    }
    for treatment in treatment::read(&row.wto) {
        wto(row, treatment, &mut said);
    }
    said
}

/// The WTO rate is a ceiling: it applies where it is lower than the statutory rate.
///
/// The publisher compares it with the rate of the same row of the printed schedule, and writes it in parentheses when
/// it is not lower; on a row below that has a temporary rate of its own, the comparison is left to the reader.
fn wto(row: &Row, treatment: Treatment, said: &mut ThirdCountry) {
    let goods = treatment.goods;
    let duty = |expression: String, end_use: bool| Duty {
        column: "wto",
        expression,
        end_use,
        lower_of_two: false,
        goods: goods.clone(),
    };
    let (expression, end_use) = match treatment.cell {
        // A part of the goods for which the statutory rate is the lower one.
        Cell::NotApplied if goods.is_some() => {
            let statutory = said.statutory.as_ref().map(|d| d.expression.clone());
            return said.wto.extend(statutory.map(|rate| duty(rate, false)));
        }
        Cell::NotApplied => return,
        Cell::Unparsed(reason) => return said.unparsed.push(("wto", reason)),
        Cell::Rate {
            expression,
            end_use,
        } => (expression, end_use),
    };
    let Some(statutory) = &said.statutory else {
        return said.unparsed.push(("wto", "statutory-rate-unknown"));
    };
    if row.temporary.is_empty() {
        said.wto.push(duty(expression, end_use));
        return;
    }
    match is_lower(&expression, &statutory.expression) {
        Some(true) => said.wto.push(duty(expression, end_use)),
        Some(false) => {}
        None if is_limited(&expression) || is_limited(&statutory.expression) => {
            said.unparsed.push(("wto", "lower-of-two-not-sayable"));
        }
        None => {
            let both = format!("{expression} MAX {}", statutory.expression);
            said.wto.push(Duty {
                lower_of_two: true,
                ..duty(both, end_use)
            });
        }
    }
}

fn is_limited(expression: &str) -> bool {
    expression.contains(" MIN ") || expression.contains(" MAX ")
}

/// Whether `one` is lower whatever the goods are worth or weigh; nothing where that depends.
fn is_lower(one: &str, other: &str) -> Option<bool> {
    if one == other || other == "0 %" {
        return Some(false);
    }
    if one == "0 %" {
        return Some(true);
    }
    let (one, unit) = one.split_once(' ')?;
    let (other, other_unit) = other.split_once(' ')?;
    let plain = unit == other_unit && !unit.contains(' ');
    let value = |text: &str| text.parse::<rust_decimal::Decimal>().ok();
    plain.then(|| Some(value(one)? < value(other)?))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_compared_only_where_the_goods_cannot_matter() {
        assert_eq!(is_lower("1 %", "3.5 %"), Some(true));
        assert_eq!(is_lower("3.5 %", "3.5 %"), Some(false));
        assert_eq!(is_lower("33 JPY/kg", "39 JPY/kg"), Some(true));
        assert_eq!(is_lower("33 JPY/kg", "0 %"), Some(false));
        assert_eq!(is_lower("0 %", "33 JPY/kg"), Some(true));
        assert_eq!(is_lower("33 JPY/kg", "3 %"), None);
        assert_eq!(is_lower("29.8 % + 396 JPY/kg", "36 % + 130 JPY/kg"), None);
    }
}
