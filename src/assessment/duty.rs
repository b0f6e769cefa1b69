//! Duties on one item.

use super::Context;
use super::applicable::{Applicable, PreferenceRefusal, applicable};
use super::charge::{Need, Notice, Unsettled, add_needs};
use super::duty_part::{DutyPart, NO_RATE};
use super::evaluation::Goods;
use super::rate_table::{ByTable, LINE_NOT_AT_HAND, by_table, table_of, unlisted};
use super::saving;
use super::stack::{End, Stack};
use super::tax::is_excluded;
use super::valuation::{ItemValue, sum};
use crate::basket::Item;
use crate::decimal::Decimal;
use crate::destination::{DutyTreatment, RateTable, Regime, RoundingPoint, Severity};
use crate::error::{Error, ErrorCode, Field};
use crate::nomenclature::CommodityCode;
use crate::tariff::{Measure, NationalLine, RateText, Tariff};

/// National lines that one short code may be spread over before it is too short to be quoted.
const MAX_LINES: usize = 1_000;
/// Of a claim under a programme whose rates are not at hand: a notice, and why a duty is not known.
const RATE_NOT_AT_HAND: &str = "preference.rate-not-at-hand";

/// The duties of an item if it lies on one national line, and if open alternatives fall one way.
#[derive(Clone, Debug)]
pub struct DutyChoice<'a> {
    /// The line.
    pub line: CommodityCode,
    /// The duties.
    pub parts: Vec<DutyPart<'a>>,
    /// Their sum, rounded as the lines are.
    pub total: Decimal,
}

/// What is known of an item's duties.
#[derive(Clone, Debug)]
pub struct ItemDuty<'a> {
    /// The goods they are on.
    pub goods: Goods<'a>,
    /// From the lowest to the highest; one where the duty is certain, none where it is unknown.
    pub choices: Vec<DutyChoice<'a>>,
    /// What is missing, for the duty or for its certainty.
    pub needs: Vec<Need>,
    /// What must be said.
    pub notices: Vec<Notice<'a>>,
}

impl ItemDuty<'_> {
    /// Whether low and high differ.
    #[must_use]
    pub fn is_range(&self) -> bool {
        matches!((self.choices.first(), self.choices.last()), (Some(low), Some(high)) if low.total != high.total)
    }
}

/// The duties of an item by its regime's rate table or the tariff, or at the caller's own rate.
///
/// # Errors
/// [`ErrorCode::CodeUnknown`] at the item's code, [`ErrorCode::DateOutsideCoverage`] where the tariff does not cover the day, exchange and overflow errors.
pub fn assess_duty<'a>(
    context: &Context<'a>,
    position: usize,
    item: &'a Item,
    value: ItemValue,
    regime: &'a Regime,
) -> Result<ItemDuty<'a>, Error> {
    let rounding = context.item_rounding(RoundingPoint::DutyBase);
    let goods = Goods {
        position,
        item,
        duty_base: rounding.apply(value.customs_value)?,
        ordinary: Decimal::ZERO,
    };
    let mut duty = ItemDuty {
        goods,
        choices: Vec::new(),
        needs: Vec::new(),
        notices: Vec::new(),
    };
    let table = table_of(context, regime);
    let most = most(context, goods, regime)?;
    let mut by_table = by_table(context, table, goods, item.code);
    // A caller's rate stands for the tariff's; what the regime charges in its place stays, be it for a part of the code's goods.
    if let Some(rate) = item.duty_rate
        && !by_table.is_whole
    {
        let part = DutyPart::of_caller(context, goods, rate)?;
        if let Ok(duties) = &mut by_table.duties {
            duties.push(part);
        }
        by_rules(&mut duty, by_table.duties, most, ("code", "national-line"))?;
        return Ok(duty);
    }
    let Some(tariff) = context.tariff else {
        if by_table.is_whole {
            by_rules(&mut duty, by_table.duties, most, ("code", "national-line"))?;
            return Ok(duty);
        }
        if !context.rules.tariff.is_empty() {
            // There is a tariff, and it does not speak of the day.
            let field = Field::of_request("date");
            return Err(Error::at(ErrorCode::DateOutsideCoverage, field));
        }
        let need = Need::of_item(position, "dutyRate", "rate");
        duty.needs.push(need.because("duty.tariff-not-at-hand"));
        return Ok(duty);
    };
    let code = item.code.prefix(tariff.dictionary().digits);
    let lines: Vec<NationalLine<'_>> = tariff.lines_under(code).take(MAX_LINES).collect();
    if lines.is_empty() {
        if !by_table.is_whole {
            add_unlisted(context, &mut by_table, goods)?;
        }
        by_rules(&mut duty, by_table.duties, most, ("dutyRate", "rate"))?;
        // Where nothing is known of the duty either, the need gives it as the reason.
        if !duty.choices.is_empty() {
            let notice = Notice::new(LINE_NOT_AT_HAND, Severity::Warning);
            duty.notices.push(notice.with("item", &position));
        }
        return Ok(duty);
    }
    by_line(context, &mut duty, (tariff, table), (&lines, most))?;
    Ok(duty)
}

/// What a duty is called that takes the tariff's place because it is lower.
const STANDARD_RATE: &str = "standard-rate";

/// The most that the regime lets the goods' duties come to.
fn most<'a>(
    context: &Context<'a>,
    goods: Goods<'_>,
    regime: &'a Regime,
) -> Result<Option<DutyPart<'a>>, Error> {
    let DutyTreatment::TariffAtMost(RateText(rate)) = &regime.duty else {
        return Ok(None);
    };
    if is_excluded(regime, goods.item) {
        return Ok(None);
    }
    let said_by = (context.law(&regime.id), regime.law.confidence);
    let part = DutyPart::of_rule(context, goods, STANDARD_RATE, rate, said_by);
    settled(part)
}

/// Puts the most that is charged in the place of duties that come to more.
fn hold_down<'a>(duty: &mut ItemDuty<'a>, most: Option<DutyPart<'a>>) {
    for (choice, most) in duty.choices.iter_mut().zip(most.iter().cycle()) {
        if choice.total > most.amount {
            choice.total = most.amount;
            choice.parts = vec![*most];
        }
    }
}

/// Takes the duties that the rules state in place of the tariff: each is a way in which the duty can fall.
fn by_rules<'a>(
    duty: &mut ItemDuty<'a>,
    settled: Result<Vec<DutyPart<'a>>, Unsettled>,
    most: Option<DutyPart<'a>>,
    (field, needs): (&'static str, &str),
) -> Result<(), Error> {
    let code = duty.goods.item.code;
    match settled {
        Ok(parts) => {
            for part in parts {
                duty.choices.push(choice(code, vec![part])?);
            }
            hold_down(duty, most);
            duty.choices
                .sort_unstable_by_key(|choice| (choice.total, choice.line));
            if duty.is_range() {
                let need = Need::of_item(duty.goods.position, field, needs);
                duty.needs.push(need);
            }
        }
        Err(Unsettled::Refused(error)) => return Err(error),
        Err(Unsettled::Needs(needs)) => add_needs(&mut duty.needs, needs),
    }
    Ok(())
}

/// Adds what the rules state for goods whose line the tariff at hand lacks; the code is refused where they state nothing.
fn add_unlisted<'a>(
    context: &Context<'a>,
    by_table: &mut ByTable<'a>,
    goods: Goods<'_>,
) -> Result<(), Error> {
    match (unlisted(context, goods), &mut by_table.duties) {
        (Ok(None), _) => return Err(unknown_code(goods.position)),
        (Ok(Some(parts)), Ok(duties)) => duties.extend(parts),
        (Err(unsettled), _) => by_table.duties = Err(unsettled),
        (Ok(Some(_)), Err(_)) => {}
    }
    Ok(())
}

/// Refuses an item's code.
pub(crate) fn unknown_code(position: usize) -> Error {
    let item = u32::try_from(position).unwrap_or(u32::MAX);
    Error::at(ErrorCode::CodeUnknown, Field::of_item(item, "code"))
}

/// Reckons the duties on each line that the goods can lie on: by the rate table where it lists the line, else by the tariff.
fn by_line<'a>(
    context: &Context<'a>,
    duty: &mut ItemDuty<'a>,
    (tariff, table): (&'a Tariff, Option<&'a RateTable>),
    (lines, most): (&[NationalLine<'_>], Option<DutyPart<'a>>),
) -> Result<(), Error> {
    let mut is_settled = true;
    for line in lines {
        let by_table = by_table(context, table, duty.goods, line.code);
        match by_table.duties {
            Ok(duties) => {
                for part in duties {
                    duty.choices.push(choice(line.code, vec![part])?);
                }
            }
            Err(Unsettled::Refused(error)) => return Err(error),
            Err(Unsettled::Needs(needs)) => {
                is_settled = false;
                add_needs(&mut duty.needs, needs);
                continue;
            }
        }
        if by_table.is_whole {
            continue;
        }
        let Some(origin) = duty.goods.item.origin else {
            let need = Need::of_item(duty.goods.position, "origin", "place");
            (duty.choices, duty.needs) = (Vec::new(), vec![need]);
            return Ok(());
        };
        let found = applicable(tariff, line.code, duty.goods.item, origin, context.day());
        if lines.len() > 1 && found.ordinary.is_empty() && found.quota_open {
            // A line of its own for what a quota admits: the goods have another line without one.
            continue;
        }
        match on_line(context, duty.goods, tariff, line.code, &found) {
            Ok((low, high)) => {
                add_programme_notices(duty, &found, [&low, &high]);
                if low.total != high.total {
                    duty.choices.push(high);
                }
                duty.choices.push(low);
            }
            Err(Unsettled::Refused(error)) => return Err(error),
            Err(Unsettled::Needs(needs)) => {
                is_settled = false;
                add_needs(&mut duty.needs, needs);
            }
        }
        add_notices(duty, &found);
        let is_certain = lines.len() == 1 && most.is_none();
        add_saving(context, duty, tariff, &found, is_certain)?;
    }
    hold_down(duty, most);
    settle(duty, is_settled, lines.len());
    Ok(())
}

/// Orders the choices, and says what would narrow them. One line whose duty is unknown makes low and high unknown too.
fn settle(duty: &mut ItemDuty<'_>, is_settled: bool, lines: usize) {
    duty.choices
        .sort_unstable_by_key(|choice| (choice.total, choice.line));
    if !is_settled {
        duty.choices.clear();
    }
    let position = duty.goods.position;
    let is_range = duty.is_range();
    // No choice is left either where all lines are for what quotas admit: a tariff's ordinary rates can end before its quotas do.
    let is_open = is_range || !duty.needs.is_empty() || duty.choices.is_empty();
    if lines > 1 && is_open {
        let need = Need::of_item(position, "code", "national-line");
        duty.needs.push(need);
    } else if is_range {
        let need = Need::of_item(position, "additionalCode", "circumstance");
        duty.needs.push(need);
    }
    let line_at = |at: usize| duty.choices.get(at).map(|choice| choice.line);
    let last = duty.choices.len().saturating_sub(1);
    let (low, median, high) = (line_at(0), line_at(duty.choices.len() >> 1), line_at(last));
    if let (true, Some(low), Some(median), Some(high)) = (is_range, low, median, high) {
        duty.notices.push(
            Notice::new("duty.range", Severity::Warning)
                .with("item", &position)
                .with("lines", &lines)
                .with("lowLine", &low)
                .with("medianLine", &median)
                .with("highLine", &high),
        );
    }
}

/// Says that a preference could be claimed, once, and on one line what it would save.
fn add_saving<'a>(
    context: &Context<'a>,
    duty: &mut ItemDuty<'a>,
    tariff: &'a Tariff,
    found: &Applicable<'a>,
    is_certain: bool,
) -> Result<(), Error> {
    let said = |notice: &Notice<'_>| notice.code == saving::PREFERENCE_AVAILABLE;
    if found.claimable.is_empty() || duty.notices.iter().any(said) {
        return Ok(());
    }
    let goods = duty.goods;
    let ordinary = settled(ends(context, goods, tariff, &found.ordinary))?;
    let claimed = settled(preferential(context, goods, tariff, &found.claimable))?.flatten();
    let duties = match (ordinary, claimed) {
        (Some((ordinary, same)), Some((preferential, other)))
            if is_certain && ordinary.exact == same.exact && preferential.exact == other.exact =>
        {
            Some((ordinary, preferential))
        }
        _ => None,
    };
    let notice = saving::notice(context, goods.position, &found.claimable, duties)?;
    duty.notices.extend(notice);
    Ok(())
}

/// What is settled; nothing where a fact is missing.
fn settled<T>(result: Result<T, Unsettled>) -> Result<Option<T>, Error> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(Unsettled::Needs(_)) => Ok(None),
        Err(Unsettled::Refused(error)) => Err(error),
    }
}

fn add_notices(duty: &mut ItemDuty<'_>, found: &Applicable<'_>) {
    let refused = |reason| found.refused == Some(reason);
    let not_on_line = refused(PreferenceRefusal::NotOnLine);
    let not_at_hand = refused(PreferenceRefusal::RateNotAtHand);
    let said = [
        (not_on_line, "preference.refused", Severity::Warning),
        (not_at_hand, RATE_NOT_AT_HAND, Severity::Warning),
        (found.quota_open, "quota.open", Severity::Info),
        (found.relief_for_use, "relief.for-use", Severity::Info),
    ];
    for (holds, code, severity) in said {
        if holds && !duty.notices.iter().any(|notice| notice.code == code) {
            let notice = Notice::new(code, severity);
            duty.notices.push(notice.with("item", &duty.goods.position));
        }
    }
}

/// Says of the programmes that are charged what their data leave open, and which headings could be claimed instead.
fn add_programme_notices<'a>(
    duty: &mut ItemDuty<'a>,
    found: &Applicable<'a>,
    choices: [&DutyChoice<'a>; 2],
) {
    let parts = || choices.into_iter().flat_map(|choice| &choice.parts);
    for remedy in &found.remedies {
        let Some(programme) = remedy.programme else {
            continue;
        };
        let charged = parts().any(|part| part.programme == Some(programme));
        if !charged && !remedy.is_only_possible() {
            continue;
        }
        let mut notices = Vec::new();
        if !programme.notice.is_empty() {
            notices.push(Notice::new(&programme.notice, Severity::Warning));
        }
        if !remedy.claimable.is_empty() {
            let notice = Notice::new("additional-duty.claim-possible", Severity::Info);
            notices.push(notice.with("headings", &remedy.claimable.join(" ")));
        }
        for notice in notices {
            let notice = notice
                .with("item", &duty.goods.position)
                .with("programme", &programme.id);
            if !duty.notices.contains(&notice) {
                duty.notices.push(notice);
            }
        }
    }
}

/// The duties on one line with the least and with the most of what is open: the same where nothing is. Which sum is higher, roundings and a
/// minimum together decide; choices are ordered later.
fn on_line<'a>(
    context: &Context<'a>,
    goods: Goods<'_>,
    tariff: &'a Tariff,
    line: CommodityCode,
    found: &Applicable<'a>,
) -> Result<(DutyChoice<'a>, DutyChoice<'a>), Unsettled> {
    let (first, last) = ordinary_or_preferential(context, goods, tariff, found)?;
    let on_top =
        |ordinary, end| Stack::reckon(context, goods, tariff, (ordinary, end), &found.remedies);
    let (low, high) = (on_top(first, End::Least)?, on_top(last, End::Most)?);
    Ok((choice(line, low)?, choice(line, high)?))
}

/// The lowest and the highest that the ordinary duty, or the preference in its place, can be.
///
/// A valid claim never raises the duty: the lower of the two is taken. A preference for a part of the line's goods leaves the
/// ordinary duty possible.
fn ordinary_or_preferential<'a>(
    context: &Context<'a>,
    goods: Goods<'_>,
    tariff: &'a Tariff,
    found: &Applicable<'a>,
) -> Result<(DutyPart<'a>, DutyPart<'a>), Unsettled> {
    if found.refused == Some(PreferenceRefusal::RateNotAtHand) {
        let need = Need::of_item(goods.position, "dutyRate", "preference-rate");
        return Err(need.because(RATE_NOT_AT_HAND).into());
    }
    let ordinary = ends(context, goods, tariff, &found.ordinary);
    let Some((least, most)) = preferential(context, goods, tariff, &found.preference)? else {
        return ordinary;
    };
    let (first, last) = match ordinary {
        // Nothing is lower than free; above that, an ordinary duty still to be reckoned could be.
        Err(Unsettled::Needs(_)) if most.exact.is_zero() && !found.preference_is_partial => {
            return Ok((least, most));
        }
        ordinary => ordinary?,
    };
    let high = if found.preference_is_partial {
        last
    } else {
        lower(most, last)
    };
    Ok((lower(least, first), high))
}

/// The lowest and the highest that a claim can come to, if every programme's open alternatives fall low, and if they fall high: the
/// claim rests on the programme that is best.
fn preferential<'a>(
    context: &Context<'a>,
    goods: Goods<'_>,
    tariff: &'a Tariff,
    programmes: &[Vec<Measure<'a>>],
) -> Result<Option<(DutyPart<'a>, DutyPart<'a>)>, Unsettled> {
    let mut best: Option<(DutyPart<'a>, DutyPart<'a>)> = None;
    for programme in programmes {
        let (least, most) = ends(context, goods, tariff, programme)?;
        let (low, high) = best.unwrap_or((least, most));
        best = Some((lower(low, least), lower(high, most)));
    }
    Ok(best)
}

/// The lower of two duties; of equal ones the first.
fn lower<'a>(one: DutyPart<'a>, other: DutyPart<'a>) -> DutyPart<'a> {
    if other.exact < one.exact { other } else { one }
}

/// The lowest and the highest of alternatives.
pub(super) fn ends<'a>(
    context: &Context<'a>,
    goods: Goods<'_>,
    tariff: &'a Tariff,
    measures: &[Measure<'a>],
) -> Result<(DutyPart<'a>, DutyPart<'a>), Unsettled> {
    let mut ends: Option<(DutyPart<'a>, DutyPart<'a>)> = None;
    for measure in measures {
        let part = DutyPart::of_measure(context, goods, tariff, measure)?;
        let (low, high) = ends.unwrap_or((part, part));
        ends = Some((
            if part.exact < low.exact { part } else { low },
            if part.exact >= high.exact { part } else { high },
        ));
    }
    let unstated = || Need::of_item(goods.position, "dutyRate", "rate").because(NO_RATE);
    ends.ok_or_else(|| unstated().into())
}

fn choice(line: CommodityCode, parts: Vec<DutyPart<'_>>) -> Result<DutyChoice<'_>, Error> {
    let total = sum(&mut parts.iter().map(|part| part.amount))?;
    Ok(DutyChoice { line, parts, total })
}
