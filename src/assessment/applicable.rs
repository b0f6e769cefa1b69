//! Which measures apply to an item on one national line.

use super::alternatives::{by_area, heading, in_season, is_partial, nearest, sift};
use super::remedy::{Remedy, by_programme};
use crate::basket::Item;
use crate::calendar::CalendarDate;
use crate::nomenclature::CommodityCode;
use crate::place::PlaceCode;
use crate::tariff::{Measure, MeasureType, Tariff};

/// The measures that apply to an item on a line. Where several stand in one list they are alternatives: they differ by an additional
/// code, an import price or a part of the line's goods that the request does not settle.
#[derive(Clone, Debug, Default)]
pub struct Applicable<'a> {
    /// The ordinary duty: column 2, third-country, or a suspension in its place.
    pub ordinary: Vec<Measure<'a>>,
    /// The preferences that are claimed and can be granted, by programme.
    pub preference: Vec<Vec<Measure<'a>>>,
    /// Whether the preference is for a part of the line's goods only, so that the ordinary duty stays possible.
    pub preference_is_partial: bool,
    /// Why a claimed preference is not granted.
    pub refused: Option<PreferenceRefusal>,
    /// The preferences that could be claimed and are not, by programme.
    pub claimable: Vec<Vec<Measure<'a>>>,
    /// A quota with a lower duty is open to the goods, subject to its balance.
    pub quota_open: bool,
    /// A lower duty is open for a prescribed use or with a certificate.
    pub relief_for_use: bool,
    /// Duties on top: by type, and by programme in the order of the stack.
    pub remedies: Vec<Remedy<'a>>,
}

/// Why a claimed preference is not granted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PreferenceRefusal {
    /// The tariff has none for the origin on this line.
    NotOnLine,
    /// An agreement with the origin exists, and its rate is not at hand: the duty is unknown.
    RateNotAtHand,
}

/// Finds the measures. `origin` decides; where the goods are sent from does not.
///
/// # Source
/// Regulation (EU) 952/2013, articles 56 and 57, for the order of measures; the same order serves every tariff that is carried: a
/// preference or suspension takes the place of the ordinary duty, remedies come on top of either.
#[must_use]
pub fn applicable<'a>(
    tariff: &'a Tariff,
    line: CommodityCode,
    item: &Item,
    origin: PlaceCode,
    day: CalendarDate,
) -> Applicable<'a> {
    let found = Found::on(tariff, line, origin, day);
    let mut preferences = Vec::new();
    for kind in [MeasureType::Preference, MeasureType::CustomsUnionDuty] {
        preferences.append(&mut by_area(&found.open(kind, item), item));
    }
    let mut remedies = Vec::new();
    for kind in [
        MeasureType::AntiDumpingDuty,
        MeasureType::CountervailingDuty,
        MeasureType::AdditionalDuty,
    ] {
        let mut measures = found.of(kind);
        sift(&mut measures, &mut |measure| measure.programme.is_none());
        let nearest = nearest(&measures, item);
        if !nearest.is_empty() {
            remedies.push(Remedy::of_type(nearest));
        }
    }
    let ordinary = found.ordinary(item);
    let granted = Granted::of(tariff, &ordinary, &preferences, (item, origin, day));
    let freed = |areas: &[String]| areas.iter().any(|area| granted.is_under(area));
    let mut programmes = by_programme(&found.of(MeasureType::AdditionalDuty), item, day);
    programmes.retain(|remedy| {
        remedy
            .programme
            .is_none_or(|programme| !freed(&programme.freed_by))
    });
    remedies.append(&mut programmes);
    let missing = item.claim_preference && preferences.is_empty() && !granted.is_free();
    let preference_is_partial = preferences.iter().flatten().all(is_partial);
    let (preference, claimable) = if item.claim_preference {
        (preferences, Vec::new())
    } else {
        (Vec::new(), preferences)
    };
    Applicable {
        ordinary,
        remedies,
        refused: missing.then(|| refusal(tariff, origin, day)),
        claimable,
        preference_is_partial,
        preference,
        quota_open: found.has_quota(),
        relief_for_use: found.has_relief_for_use(),
    }
}

/// The preference areas under which a claim is granted. Goods that are free of duty anyway are entered under an agreement with their
/// origin all the same, for what else it frees them from; the tariff has no rate of the agreement on such a line.
struct Granted<'a> {
    areas: Vec<&'a str>,
    free: bool,
}

impl<'a> Granted<'a> {
    fn of(
        tariff: &'a Tariff,
        ordinary: &[Measure<'a>],
        preferences: &[Vec<Measure<'a>>],
        (item, origin, day): (&Item, PlaceCode, CalendarDate),
    ) -> Self {
        let is_free = |measure: &Measure<'_>| {
            measure
                .expression
                .is_some_and(crate::tariff::DutyExpression::is_free)
        };
        let mut granted = Self {
            areas: Vec::new(),
            free: false,
        };
        if !item.claim_preference {
            return granted;
        }
        for measure in preferences.iter().flatten() {
            for area in measure.geographical_areas() {
                if area.contains(origin, day) {
                    granted.areas.push(&area.code);
                }
            }
        }
        if preferences.is_empty() && !ordinary.is_empty() && ordinary.iter().all(is_free) {
            let areas = &tariff.dictionary().areas;
            let own = areas
                .iter()
                .filter(|area| !area.is_everywhere() && area.contains(origin, day));
            granted.areas.extend(own.map(|area| area.code.as_str()));
            granted.free = true;
        }
        granted
    }

    fn is_under(&self, area: &str) -> bool {
        self.areas.contains(&area)
    }

    /// Whether the goods are entered free under an agreement that has no rate on the line.
    const fn is_free(&self) -> bool {
        self.free
    }
}

fn refusal(tariff: &Tariff, origin: PlaceCode, day: CalendarDate) -> PreferenceRefusal {
    if tariff.knows_rates_of(origin, day) {
        PreferenceRefusal::NotOnLine
    } else {
        PreferenceRefusal::RateNotAtHand
    }
}

/// The measures in force on a line for an origin.
struct Found<'a>(Vec<Measure<'a>>);

impl<'a> Found<'a> {
    fn on(tariff: &'a Tariff, line: CommodityCode, origin: PlaceCode, day: CalendarDate) -> Self {
        let mut found = tariff.measures_on(line, day);
        sift(&mut found, &mut |measure| {
            let mut areas = measure.geographical_areas();
            areas.any(|area| area.contains(origin, day)) && in_season(measure, day)
        });
        Self(found)
    }

    fn of(&self, kind: MeasureType) -> Vec<Measure<'a>> {
        let mut found = self.0.clone();
        sift(&mut found, &mut |measure| measure.measure_type() == kind);
        found
    }

    /// Those that wait for no prescribed use, certificate or list.
    fn open(&self, kind: MeasureType, item: &Item) -> Vec<Measure<'a>> {
        let mut found = self.of(kind);
        // Who declares a measure's additional code says that its condition is met.
        let named = |measure: &Measure<'_>| {
            let code = heading(measure);
            !code.is_empty() && item.additional_code.as_deref() == Some(code)
        };
        sift(&mut found, &mut |measure| {
            !is_conditional(measure) || named(measure)
        });
        found
    }

    /// A suspension, or else the duty itself. A line whose only duty is for a prescribed use is the line of the goods so used.
    fn ordinary(&self, item: &Item) -> Vec<Measure<'a>> {
        let mut ordinary = self.open(MeasureType::Suspension, item);
        if ordinary.is_empty() {
            ordinary = self.of(MeasureType::Column2Duty);
        }
        if ordinary.is_empty() {
            ordinary = self.open(MeasureType::ThirdCountryDuty, item);
        }
        if ordinary.is_empty() {
            ordinary = self.of(MeasureType::ThirdCountryDuty);
        }
        nearest(&ordinary, item)
    }

    fn has_quota(&self) -> bool {
        let is_quota = |measure: &Measure<'_>| {
            matches!(
                measure.measure_type(),
                MeasureType::Quota | MeasureType::PreferentialQuota
            )
        };
        self.0.iter().any(is_quota)
    }

    fn has_relief_for_use(&self) -> bool {
        self.0
            .iter()
            .any(|measure| !measure.measure_type().is_remedy() && is_conditional(measure))
    }
}

/// Whether the measure waits for a prescribed use, a certificate or a name on a list.
fn is_conditional(measure: &Measure<'_>) -> bool {
    measure.series.flags.iter().any(|flag| flag.is_condition())
}
