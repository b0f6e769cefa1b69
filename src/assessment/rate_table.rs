//! Duties that the rules state in place of the tariff, or where the tariff at hand lacks the line.

use super::Context;
use super::charge::{Need, Unsettled};
use super::duty_part::DutyPart;
use super::evaluation::Goods;
use super::listed::listed;
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

/// The duties that goods have by a rate table.
pub(super) struct ByTable<'a> {
    /// Those of the listed codes below the goods' own, and last that of the longest one over it.
    pub(super) duties: Result<Vec<DutyPart<'a>>, Unsettled>,
    /// Whether the table has a rate for all goods under the code: none of them follows the tariff, or a caller's rate.
    pub(super) is_whole: bool,
}

/// Looks goods up in a rate table.
pub(super) fn by_table<'a>(
    context: &Context<'a>,
    table: Option<&'a RateTable>,
    goods: Goods<'_>,
    code: CommodityCode,
) -> ByTable<'a> {
    let mut found = ByTable {
        duties: Ok(Vec::new()),
        is_whole: false,
    };
    let Some(table) = table else { return found };
    let mut listed = listed(&mut table.rate.iter().map(|rate| &*rate.codes), code);
    found.is_whole = listed.nearest.is_some();
    listed.below.extend(listed.nearest);
    for (_, position) in listed.below {
        let (Some(rate), Ok(duties)) = (table.rate.get(position), &mut found.duties) else {
            break;
        };
        match part(context, table, goods, rate) {
            Ok(part) => duties.push(part),
            Err(unsettled) => found.duties = Err(unsettled),
        }
    }
    found
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
