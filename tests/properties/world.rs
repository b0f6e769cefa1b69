//! What the properties are tried on: every place that has rules, with the codes, limits, days and currencies that its own rules and
//! tariff name, so that baskets meet them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use dutiable::Engine;
use dutiable::calendar::{CalendarDate, ValidityPeriod};
use dutiable::destination::Rules;
use dutiable::money::Money;
use dutiable::nomenclature::CommodityCode;
use dutiable::pack::Pack;
use dutiable::place::PlaceCode;
use dutiable::tariff::{Measure, MeasureSet, MeasureType, Tariff, Term};
use serde_json::Value;

use crate::support::{BuiltPack, packs};

/// The days on which most places have both a tariff and rules.
pub(crate) const FIRST: &str = "2026-07-24";
pub(crate) const DAYS: i32 = 98;

/// Lines that are taken of a tariff.
const LINES: usize = 400;

/// An item that a measure other than the ordinary duty is for.
#[derive(Clone, Debug)]
pub(crate) struct Met {
    pub(crate) code: String,
    pub(crate) origin: String,
    pub(crate) additional: String,
    pub(crate) certificate: String,
}

/// An amount at which something changes: with the first unit above it, or at it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Limit {
    pub(crate) at: Money,
    pub(crate) is_beyond: bool,
}

/// A territory, and what its rules and tariff name.
#[derive(Debug)]
pub(crate) struct Territory {
    pub(crate) rules: Rules,
    /// The rules as JSON.
    pub(crate) written: Value,
    /// Declarable lines, or subheadings where no tariff is at hand.
    pub(crate) codes: Vec<String>,
    /// Lines with a specific duty.
    pub(crate) specific: Vec<String>,
    /// Codes and origins that preferences, suspensions and remedies are for.
    pub(crate) met: Vec<Met>,
    /// Amounts at which something changes.
    pub(crate) limits: Vec<Limit>,
    /// First days of what rules and tariff say, and the days after their last.
    pub(crate) edges: BTreeSet<CalendarDate>,
    /// Currencies that rules and tariff name.
    pub(crate) currencies: BTreeSet<String>,
    pub(crate) seller_registrations: Vec<String>,
    pub(crate) buyer_registrations: Vec<String>,
}

/// Everything, opened once for all tests.
pub(crate) struct World {
    pub(crate) engine: Engine,
    /// By the name that rules call them.
    pub(crate) tariffs: BTreeMap<String, Tariff>,
    pub(crate) territories: Vec<Territory>,
    /// Every destination with its territory, territories of one place as often as those of many.
    pub(crate) places: Vec<(String, usize)>,
}

pub(crate) fn day(text: &str) -> CalendarDate {
    CalendarDate::parse(text).unwrap()
}

pub(crate) fn world() -> &'static World {
    static WORLD: OnceLock<World> = OnceLock::new();
    WORLD.get_or_init(|| World::open().unwrap_or_else(|error| panic!("{error}")))
}

impl World {
    fn open() -> Result<Self, String> {
        let packs = packs()?;
        let engine = crate::support::engine()?;
        let tariffs = tariffs(&packs)?;
        let subheadings = subheadings(&tariffs["eu"]);
        let mut territories = Vec::new();
        for rules in engine.rules() {
            let tariff = tariffs.get(&rules.tariff);
            territories.push(Territory::of(rules, tariff, &subheadings)?);
        }
        let most = territories.iter().map(|own| own.rules.place.len()).max();
        let mut places = Vec::new();
        for (position, territory) in territories.iter().enumerate() {
            let codes: BTreeSet<&str> = territory
                .rules
                .place
                .iter()
                .map(|place| place.code.as_str())
                .collect();
            let times = most.unwrap_or(1) / codes.len();
            for code in codes {
                places.extend(vec![(code.to_owned(), position); times]);
            }
        }
        Ok(Self {
            engine,
            tariffs,
            territories,
            places,
        })
    }

    pub(crate) fn territory_of(&self, place: &str) -> &Territory {
        let (_, position) = self.places.iter().find(|(code, _)| code == place).unwrap();
        &self.territories[*position]
    }

    pub(crate) fn tariff_of(&self, place: &str) -> Option<&Tariff> {
        self.tariffs.get(&self.territory_of(place).rules.tariff)
    }
}

fn tariffs(packs: &[BuiltPack]) -> Result<BTreeMap<String, Tariff>, String> {
    let open =
        |built: &BuiltPack| Pack::open(built.bytes.clone()).map_err(|error| error.to_string());
    let mut tariffs = BTreeMap::new();
    for built in packs.iter().filter(|pack| pack.kind == "tariff") {
        let tariff = Tariff::open(open(built)?).map_err(|error| error.to_string())?;
        tariffs.insert(tariff.pack().about().tariff.clone(), tariff);
    }
    for built in packs.iter().filter(|pack| pack.kind == "measures") {
        let pack = open(built)?;
        let tariff = tariffs
            .get_mut(&pack.about().tariff)
            .ok_or("measures of no tariff")?;
        let measures = MeasureSet::open(pack).map_err(|error| error.to_string())?;
        tariff.extend(measures).map_err(|error| error.to_string())?;
    }
    Ok(tariffs)
}

fn lines(tariff: &Tariff) -> Vec<CommodityCode> {
    let mut lines = Vec::new();
    for chapter in 1..=97 {
        let chapter = CommodityCode::parse(&format!("{chapter:02}")).unwrap();
        lines.extend(tariff.lines_under(chapter).map(|line| line.code));
    }
    lines
}

/// Some of many, evenly.
fn some<T: Clone>(all: &[T], count: usize) -> Vec<T> {
    all.iter()
        .step_by((all.len() / count).max(1))
        .cloned()
        .collect()
}

fn subheadings(tariff: &Tariff) -> Vec<String> {
    let all: BTreeSet<String> = lines(tariff)
        .iter()
        .filter(|line| line.length() >= 6)
        .map(|line| line.prefix(6).to_string())
        .collect();
    some(&all.into_iter().collect::<Vec<_>>(), LINES)
}

impl Territory {
    fn of(rules: &Rules, tariff: Option<&Tariff>, subheadings: &[String]) -> Result<Self, String> {
        let written = serde_json::to_value(rules).map_err(|error| error.to_string())?;
        let mut own = Self {
            rules: rules.clone(),
            codes: subheadings.to_vec(),
            specific: Vec::new(),
            met: Vec::new(),
            limits: Vec::new(),
            edges: BTreeSet::new(),
            currencies: BTreeSet::new(),
            seller_registrations: Vec::new(),
            buyer_registrations: Vec::new(),
            written: Value::Null,
        };
        own.read(&written, "");
        own.written = written;
        if let Some(tariff) = tariff {
            own.read_tariff(tariff);
        }
        own.limits
            .sort_by_key(|limit| (limit.at.amount, limit.is_beyond));
        own.limits.dedup();
        for names in [&mut own.seller_registrations, &mut own.buyer_registrations] {
            names.sort();
            names.dedup();
        }
        Ok(own)
    }

    /// What the rules name, wherever it stands.
    fn read(&mut self, value: &Value, key: &str) {
        match value {
            Value::Object(fields) => fields
                .iter()
                .filter(|(key, _)| *key != "law")
                .for_each(|(key, field)| self.read(field, key)),
            Value::Array(items) => items.iter().for_each(|item| self.read(item, key)),
            Value::String(text) => match key {
                "from" => self.edges.extend(CalendarDate::parse(text)),
                "to" => self.edges.extend(
                    CalendarDate::parse(text)
                        .ok()
                        .and_then(|day| day.plus_days(1)),
                ),
                "registered" | "not-registered" | "needs-registration" => {
                    self.seller_registrations.push(text.clone())
                }
                "buyer-registered" | "not-buyer-registered" => {
                    self.buyer_registrations.push(text.clone())
                }
                _ => {
                    if let Ok(money) = Money::parse(text) {
                        self.currencies.insert(money.currency.to_string());
                        if [
                            "above",
                            "at-least",
                            "at-most",
                            "below",
                            "up-to",
                            "allowance",
                        ]
                        .contains(&key)
                        {
                            self.limits.push(Limit {
                                at: money,
                                is_beyond: !["at-least", "below"].contains(&key),
                            });
                        }
                    }
                }
            },
            _ => {}
        }
    }

    fn read_tariff(&mut self, tariff: &Tariff) {
        for set in tariff.measure_sets() {
            let dictionary = set.dictionary();
            for term in dictionary
                .expressions
                .iter()
                .flat_map(|expression| expression.terms())
            {
                if let Term::Specific { currency, .. } = term {
                    self.currencies.insert(currency.to_string());
                }
            }
            let members = dictionary
                .areas
                .iter()
                .flat_map(|area| &area.members)
                .map(|(_, valid)| *valid);
            let series = dictionary.series.iter().map(|series| series.valid);
            for valid in series.chain(members).chain([set.pack().about().covers]) {
                self.edges.extend(edges(valid));
            }
            for condition in dictionary
                .circumstances
                .iter()
                .flat_map(|own| own.condition.split(';'))
            {
                self.edges.extend(seasons(condition));
            }
        }
        let all: Vec<CommodityCode> = lines(tariff)
            .into_iter()
            .filter(|line| line.length() >= 6)
            .collect();
        let today = day("2026-09-15");
        for line in some(&all, LINES * 4) {
            for measure in tariff.measures_on(line, today) {
                self.meet(line, &measure, today);
            }
        }
        self.met = some(&self.met, LINES * 4);
        self.specific.dedup();
        let taken = some(&all, LINES).iter().map(ToString::to_string).collect();
        let without = core::mem::replace(&mut self.codes, taken);
        if !self.rules.unlisted.is_empty() {
            self.codes.extend(without);
        }
    }

    fn meet(&mut self, line: CommodityCode, measure: &Measure<'_>, today: CalendarDate) {
        let specific = |term: &Term| matches!(term, Term::Specific { .. });
        if measure.measure_type() == MeasureType::ThirdCountryDuty {
            if measure
                .expression
                .is_some_and(|expression| expression.terms().any(specific))
            {
                self.specific.push(line.to_string());
            }
            return;
        }
        let Some(area) = measure.geographical_areas().next() else {
            return;
        };
        let member = area
            .members
            .iter()
            .filter(|(_, valid)| valid.contains(today))
            .map(|(place, _)| place.to_string());
        let member = member.step_by(3).next().or_else(|| {
            PlaceCode::parse(&area.code)
                .is_ok()
                .then(|| area.code.clone())
        });
        let circumstance = measure.circumstance;
        self.met.push(Met {
            code: line.to_string(),
            origin: member.unwrap_or_else(|| "CN".to_owned()),
            additional: circumstance
                .map(|own| own.additional_code.clone())
                .unwrap_or_default(),
            certificate: circumstance
                .map(|own| own.certificate.clone())
                .unwrap_or_default(),
        });
    }
}

pub(crate) fn edges(valid: ValidityPeriod) -> impl Iterator<Item = CalendarDate> {
    valid
        .from
        .into_iter()
        .chain(valid.to.and_then(|day| day.plus_days(1)))
}

/// A season begins and ends every year: `06-01..09-30`.
fn seasons(condition: &str) -> Vec<CalendarDate> {
    let Some((from, to)) = condition.split_once("..") else {
        return Vec::new();
    };
    let mut days = Vec::new();
    for year in 2024..=2030 {
        days.extend(CalendarDate::parse(&format!("{year}-{from}")));
        days.extend(
            CalendarDate::parse(&format!("{year}-{to}"))
                .ok()
                .and_then(|day| day.plus_days(1)),
        );
    }
    days
}
