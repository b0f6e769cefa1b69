//! Duties that the rules state in place of the tariff, or where the tariff at hand lacks the line.

use super::Context;
use super::charge::{Need, Unsettled};
use super::duty_part::DutyPart;
use super::evaluation::Goods;
use super::listed::{Listed, listed};
use crate::destination::DutyTreatment;
use crate::destination::{RateTable, Regime, TableRate};
use crate::nomenclature::CommodityCode;
use crate::tariff::{MeasureType, RateText};

/// The rate table that a regime charges by, on the day.
pub(super) fn table_of<'a>(context: &Context<'a>, regime: &Regime) -> Option<&'a RateTable> {
    let DutyTreatment::Rates(id) = &regime.duty else {
        return None;
    };
    let mut tables = context.rules.rate_table.iter();
    tables.find(|table| table.id == *id && table.valid.contains(context.day()))
}

/// Whether a rate table has a rate for all goods under a code.
pub(super) fn lists(table: Option<&RateTable>, code: CommodityCode) -> bool {
    table.is_some_and(|table| listed_in(table, code).nearest.is_some())
}

fn listed_in(table: &RateTable, code: CommodityCode) -> Listed {
    listed(&mut table.rate.iter().map(|rate| &*rate.codes), code)
}

/// The duty of a rate table on a national line; `None` where the table leaves the line to the tariff.
pub(super) fn on_table_line<'a>(
    context: &Context<'a>,
    table: Option<&'a RateTable>,
    goods: Goods<'_>,
    line: CommodityCode,
) -> Result<Option<DutyPart<'a>>, Unsettled> {
    let Some(table) = table else { return Ok(None) };
    let nearest = listed_in(table, line).nearest;
    let rate = nearest.and_then(|(_, position)| table.rate.get(position));
    rate.map(|rate| part(context, table, goods, rate))
        .transpose()
}

/// The duties that goods can have by a rate table alone: several where the code is too short to tell, none where some of the goods follow
/// the tariff.
pub(super) fn by_table<'a>(
    context: &Context<'a>,
    table: Option<&'a RateTable>,
    goods: Goods<'_>,
) -> Result<Vec<DutyPart<'a>>, Unsettled> {
    if lists(table, goods.item.code) {
        listed_duties(context, table, goods)
    } else {
        Ok(Vec::new())
    }
}

/// The duties of the codes that a rate table lists below the goods' own, and last that of the longest one over it.
pub(super) fn listed_duties<'a>(
    context: &Context<'a>,
    table: Option<&'a RateTable>,
    goods: Goods<'_>,
) -> Result<Vec<DutyPart<'a>>, Unsettled> {
    let mut parts = Vec::new();
    if let Some(table) = table {
        for rate in rates_for(table, goods.item.code) {
            parts.push(part(context, table, goods, rate)?);
        }
    }
    Ok(parts)
}

fn part<'a>(
    context: &Context<'a>,
    table: &'a RateTable,
    goods: Goods<'_>,
    rate: &'a TableRate,
) -> Result<DutyPart<'a>, Unsettled> {
    let said_by = (context.law(&table.id), table.law.confidence);
    DutyPart::of_rule(context, goods, &table.measure, &rate.duty.0, said_by)
}

fn rates_for(table: &RateTable, code: CommodityCode) -> Vec<&TableRate> {
    let found = listed_in(table, code);
    let mut rates = Vec::with_capacity(found.below.len());
    for (_, position) in found.below.into_iter().chain(found.nearest) {
        rates.extend(table.rate.get(position));
    }
    rates
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
        let need = Need::of_item(goods.position, "dutyRate", "rate");
        return Err(need.because(LINE_NOT_AT_HAND).into());
    }
    let mut parts = Vec::new();
    for RateText(duty) in &stated.duty {
        let said_by = (context.law(UNLISTED), stated.law.confidence);
        let measure = MeasureType::ThirdCountryDuty.as_str();
        parts.push(DutyPart::of_rule(context, goods, measure, duty, said_by)?);
    }
    Ok(Some(parts))
}

/// Of goods whose line the tariff at hand lacks: a notice, and why a duty is not known.
pub(super) const LINE_NOT_AT_HAND: &str = "duty.line-not-at-hand";

/// The id that lines name the source of such duties by.
pub(crate) const UNLISTED: &str = "unlisted";
