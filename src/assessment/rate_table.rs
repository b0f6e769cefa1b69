//! Duties that the rules state in place of the tariff, or where the tariff at hand lacks the line.

use super::Context;
use super::charge::{Need, Unsettled};
use super::duty_part::DutyPart;
use super::evaluation::Goods;
use crate::destination::DutyTreatment;
use crate::destination::{RateTable, Regime, TableRate};
use crate::nomenclature::CommodityCode;
use crate::tariff::{MeasureType, RateText};

/// The duties that an item can have by the regime's rate table: several where its code is too short to tell; none where the regime names
/// no table, or the table leaves the item to the tariff.
pub(super) fn by_table<'a>(
    context: &Context<'a>,
    regime: &Regime,
    goods: Goods<'_>,
) -> Result<Vec<DutyPart<'a>>, Unsettled> {
    let DutyTreatment::Rates(id) = &regime.duty else {
        return Ok(Vec::new());
    };
    let tables = context.rules.rate_table.iter();
    let mut tables = tables.filter(|table| table.id == *id && table.valid.contains(context.day()));
    let Some(table) = tables.next() else {
        return Ok(Vec::new());
    };
    let mut parts = Vec::new();
    for rate in rates_for(table, goods.item.code) {
        let said_by = (context.law(&table.id), table.law.confidence);
        let part = DutyPart::of_rule(context, goods, &table.measure, &rate.duty.0, said_by)?;
        parts.push(part);
    }
    Ok(parts)
}

/// The rate of the longest listed code that covers the goods' own, with those of the listed codes that it covers in turn.
fn rates_for(table: &RateTable, code: CommodityCode) -> Vec<&TableRate> {
    let mut nearest: Option<(u8, &TableRate)> = None;
    let mut below = Vec::new();
    for rate in &table.rate {
        if rate.codes.is_empty() && nearest.is_none() {
            nearest = Some((0, rate));
        }
        for listed in &rate.codes {
            let Ok(listed) = CommodityCode::parse(listed) else {
                continue;
            };
            if listed.covers(code) {
                let length = listed.length();
                if nearest.is_none_or(|(longest, _)| length > longest) {
                    nearest = Some((length, rate));
                }
            } else if code.covers(listed) {
                below.push(rate);
            }
        }
    }
    below.extend(nearest.map(|(_, rate)| rate));
    below
}

/// The duties that goods can have whose line the tariff at hand lacks; `None` where the rules state nothing of such goods.
pub(super) fn unlisted<'a>(
    context: &Context<'a>,
    goods: Goods<'_>,
) -> Result<Option<Vec<DutyPart<'a>>>, Unsettled> {
    let mut stated = context.rules.unlisted.iter();
    let Some(stated) = stated.find(|stated| stated.valid.contains(context.day())) else {
        return Ok(None);
    };
    if stated.duty.is_empty() {
        return Err(Need::of_item(goods.position, "dutyRate", "rate").into());
    }
    let mut parts = Vec::new();
    for RateText(duty) in &stated.duty {
        let said_by = (context.law(UNLISTED), stated.law.confidence);
        let measure = MeasureType::ThirdCountryDuty.as_str();
        parts.push(DutyPart::of_rule(context, goods, measure, duty, said_by)?);
    }
    Ok(Some(parts))
}

/// The id that lines name the source of such duties by.
pub(crate) const UNLISTED: &str = "unlisted";
