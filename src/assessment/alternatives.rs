//! Of measures that compete: the ones that the request leaves open.

use crate::basket::Item;
use crate::calendar::CalendarDate;
use crate::tariff::{Circumstance, Measure};

/// Of measures of one type: those for the narrowest area on the longest code, and of these the ones whose circumstance is met. Where
/// they are for a part of the line's goods only, those that hold for the rest join them.
pub(super) fn nearest<'a>(measures: Vec<Measure<'a>>, item: &Item) -> Vec<Measure<'a>> {
    let is_wide = |measure: &Measure<'a>| {
        measure
            .geographical_areas()
            .any(|area| area.is_everywhere())
    };
    let (wide, narrow): (Vec<_>, Vec<_>) = measures.into_iter().partition(is_wide);
    let mut found = on_longest_code(narrow, item);
    if found.iter().all(is_partial) {
        found.extend(on_longest_code(wide, item));
    }
    found
}

/// Measures of one type for every area apart: a claim can rest on any programme the origin belongs to.
pub(super) fn by_area<'a>(measures: Vec<Measure<'a>>, item: &Item) -> Vec<Measure<'a>> {
    let mut areas: Vec<Vec<&str>> = Vec::new();
    let mut found = Vec::new();
    for measure in &measures {
        let own: Vec<&str> = measure
            .geographical_areas()
            .map(|area| area.code.as_str())
            .collect();
        if !areas.contains(&own) {
            let same = |other: &&Measure<'a>| {
                other
                    .geographical_areas()
                    .map(|area| area.code.as_str())
                    .eq(own.iter().copied())
            };
            found.extend(on_longest_code(
                measures.iter().filter(same).copied().collect(),
                item,
            ));
            areas.push(own);
        }
    }
    found
}

/// The measures come with the longest code first.
fn on_longest_code<'a>(measures: Vec<Measure<'a>>, item: &Item) -> Vec<Measure<'a>> {
    let longest = measures.first().map(|measure| measure.code);
    settled(
        measures
            .into_iter()
            .filter(|measure| Some(measure.code) == longest)
            .collect(),
        item,
    )
}

/// Leaves of alternatives those that the item's additional code and certificates settle. An additional code that is not given leaves
/// all open; a certificate that is not presented closes its row where a row without one stands beside it.
fn settled<'a>(measures: Vec<Measure<'a>>, item: &Item) -> Vec<Measure<'a>> {
    let additional =
        |measure: &Measure<'a>| text(measure, |circumstance| &circumstance.additional_code);
    let given = item.additional_code.as_deref().unwrap_or_default();
    let chosen = if given.is_empty() {
        measures
    } else {
        only(measures, |measure| additional(measure) == given)
    };
    let certificate =
        |measure: &Measure<'a>| text(measure, |circumstance| &circumstance.certificate);
    let presented = |measure: &Measure<'a>| {
        item.certificates
            .iter()
            .any(|held| held == certificate(measure))
    };
    if chosen.iter().any(&presented) {
        return only(chosen, presented);
    }
    only(chosen, |measure| certificate(measure).is_empty())
}

/// The measures that meet the test, or all where none does.
fn only<'a>(measures: Vec<Measure<'a>>, test: impl Fn(&Measure<'a>) -> bool) -> Vec<Measure<'a>> {
    if measures.iter().any(&test) {
        measures.into_iter().filter(test).collect()
    } else {
        measures
    }
}

fn text<'a>(measure: &Measure<'a>, field: impl Fn(&'a Circumstance) -> &'a String) -> &'a str {
    measure
        .circumstance
        .map_or("", |circumstance| field(circumstance).as_str())
}

fn conditions<'a>(measure: &Measure<'a>) -> impl Iterator<Item = &'a str> {
    text(measure, |circumstance| &circumstance.condition)
        .split(';')
        .map(str::trim)
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

fn month_day(text: &str) -> Option<(u8, u8)> {
    let (month, day) = text.split_once('-')?;
    Some((month.parse().ok()?, day.parse().ok()?))
}
