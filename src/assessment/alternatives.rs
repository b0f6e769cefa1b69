//! Of measures that compete: the ones that the request leaves open.

use crate::basket::Item;
use crate::calendar::{CalendarDate, month_day};
use crate::tariff::{Circumstance, Measure};

/// Of measures of one type: those for the narrowest area on the longest code, and of these the ones whose circumstance is met. Where
/// they are for a part of the line's goods only, those that hold for the rest join them.
pub(super) fn nearest<'a>(measures: &[Measure<'a>], item: &Item) -> Vec<Measure<'a>> {
    let (mut wide, mut narrow) = (Vec::new(), Vec::new());
    for measure in measures {
        let mut areas = measure.geographical_areas();
        if areas.any(|area| area.is_everywhere()) {
            wide.push(*measure);
        } else {
            narrow.push(*measure);
        }
    }
    keep_settled(&mut narrow, item);
    if narrow.iter().all(is_partial) {
        keep_settled(&mut wide, item);
        narrow.append(&mut wide);
    }
    narrow
}

/// Measures of one type, every area's apart: a claim can rest on any programme the origin belongs to, and what one programme leaves
/// open stays open.
pub(super) fn by_area<'a>(measures: &[Measure<'a>], item: &Item) -> Vec<Vec<Measure<'a>>> {
    let mut found = Vec::new();
    for (position, measure) in measures.iter().enumerate() {
        let earlier = measures.iter().take(position);
        if earlier
            .into_iter()
            .any(|other| for_same_areas(other, measure))
        {
            continue;
        }
        let mut same = measures.to_vec();
        sift(&mut same, &mut |other| for_same_areas(other, measure));
        keep_settled(&mut same, item);
        found.push(same);
    }
    found
}

fn for_same_areas(one: &Measure<'_>, other: &Measure<'_>) -> bool {
    let (ones, others) = (one.geographical_areas(), other.geographical_areas());
    ones.map(|area| &area.code)
        .eq(others.map(|area| &area.code))
}

/// Leaves of alternatives those on the longest code, which comes first, and of these the ones that the item's additional code and
/// certificates settle. An additional code that is not given leaves all open; a certificate that is not presented closes its row
/// where a row without one stands beside it.
fn keep_settled(measures: &mut Vec<Measure<'_>>, item: &Item) {
    let longest = measures.first().map(|measure| measure.code);
    sift(measures, &mut |measure| Some(measure.code) == longest);
    let given = item.additional_code.as_deref().unwrap_or_default();
    if !given.is_empty() {
        keep(measures, &|measure| heading(measure) == given);
    }
    // A document that is presented takes the place of what the tariff charges without it on the same additional code, and of nothing else.
    let presented = |measure: &Measure<'_>| {
        let needed = certificate(measure);
        item.certificates.iter().any(|held| held == needed)
    };
    let plain = |measure: &Measure<'_>| certificate(measure).is_empty();
    let all = measures.clone();
    let beside = |of: &Measure<'_>, test: &dyn Fn(&Measure<'_>) -> bool| {
        let same = |other: &&Measure<'_>| heading(other) == heading(of);
        all.iter().filter(same).any(test)
    };
    keep(measures, &|measure| {
        presented(measure) || (plain(measure) && !beside(measure, &presented))
    });
}

/// The document on whose presentation the measure applies; empty for none.
pub(super) fn certificate<'a>(measure: &Measure<'a>) -> &'a str {
    text(measure, |circumstance| &circumstance.certificate)
}

/// The additional code of the measure, which of a programme's is the heading of the tariff that charges it.
pub(super) fn heading<'a>(measure: &Measure<'a>) -> &'a str {
    text(measure, |circumstance| &circumstance.additional_code)
}

/// Leaves the measures that meet the test, or all where none does.
fn keep(measures: &mut Vec<Measure<'_>>, test: &dyn Fn(&Measure<'_>) -> bool) {
    if measures.iter().any(test) {
        sift(measures, &mut |measure| test(measure));
    }
}

/// Leaves the measures that meet the test: `retain`, compiled once.
pub(super) fn sift(measures: &mut Vec<Measure<'_>>, test: &mut dyn FnMut(&Measure<'_>) -> bool) {
    measures.retain(test);
}

fn text<'a>(measure: &Measure<'a>, field: impl Fn(&'a Circumstance) -> &'a String) -> &'a str {
    measure
        .circumstance
        .map_or("", |circumstance| field(circumstance).as_str())
}

/// The conditions of a measure; the tables part them by `;` alone.
fn conditions<'a>(measure: &Measure<'a>) -> impl Iterator<Item = &'a str> {
    text(measure, |circumstance| &circumstance.condition).split(';')
}

/// Whether the measure is for a part of the line's goods only (`goods …`).
pub(super) fn is_partial(measure: &Measure<'_>) -> bool {
    conditions(measure).any(|condition| condition.starts_with("goods "))
}

/// Whether a measure with a season (`06-01..09-30`, every year, both days included) holds on the day.
pub(super) fn in_season(measure: &Measure<'_>, day: CalendarDate) -> bool {
    let Some((from, to)) = conditions(measure).find_map(season) else {
        return true;
    };
    let today = day.month_day();
    if from <= to {
        from <= today && today <= to
    } else {
        from <= today || today <= to
    }
}

/// First and last day of `06-01..09-30`.
fn season(condition: &str) -> Option<((u8, u8), (u8, u8))> {
    let (from, to) = condition.split_once('.')?;
    Some((month_day(from)?, month_day(to.strip_prefix('.')?)?))
}
