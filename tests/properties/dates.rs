//! Days: what holds between two of them, and what changes at one.

use std::collections::BTreeSet;

use dutiable::calendar::CalendarDate;
use dutiable::nomenclature::CommodityCode;
use dutiable::place::PlaceCode;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::baskets::any_request;
use crate::reading::{cases, lines, pure, quoted, totals};
use crate::support;
use crate::world::{Territory, day, world};

/// Notices that say how old something is.
const OF_AGE: [&str; 5] = [
    "rules.stale",
    "tariff.stale",
    "tariff.later-edition",
    "exchange-rate.stale",
    "exchange-rate.reference",
];

/// The answer but for what it says of age.
fn answer(request: &Value, date: CalendarDate) -> Result<Value, String> {
    let mut request = request.clone();
    request["date"] = json!(date.to_string());
    let mut quote = support::quote(&world().engine, &request)?;
    let notices = quote["notices"].as_array_mut().unwrap();
    notices.retain(|notice| !OF_AGE.contains(&notice["code"].as_str().unwrap()));
    Ok(quote)
}

fn territory(request: &Value) -> &'static Territory {
    world().territory_of(request["destination"].as_str().unwrap())
}

/// Rules that begin or end on a day, by the source that lines name them with; those that every quote rests on without a line as `*`.
fn changing(own: &Territory, on: CalendarDate) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for (list, rules) in own.written.as_object().unwrap() {
        for rule in rules.as_array().into_iter().flatten() {
            let at = |key: &str, later: i32| {
                rule["valid"][key]
                    .as_str()
                    .and_then(|text| day(text).plus_days(later))
            };
            if at("from", 0) == Some(on) || at("to", 1) == Some(on) {
                let id = rule["id"]
                    .as_str()
                    .or(rule["code"].as_str())
                    .unwrap_or_default();
                names.insert(match list.as_str() {
                    "regime" | "tax" | "fee" | "waiver" | "rate-table" => {
                        format!("{}/{id}", own.rules.territory)
                    }
                    "unlisted" => format!("{}/unlisted", own.rules.territory),
                    "notice" => id.to_owned(),
                    _ => "*".to_owned(),
                });
            }
        }
    }
    names
}

/// What a quote names: the sources of its lines, its regimes, its notices.
fn cited(own: &Territory, answer: &Result<Value, String>) -> BTreeSet<String> {
    let Ok(quote) = answer else {
        return BTreeSet::from(["*".to_owned()]);
    };
    let of_regime = |regime: &Value| {
        regime["id"]
            .as_str()
            .map(|id| format!("{}/{id}", own.rules.territory))
    };
    let regimes = quote["itemRegimes"]
        .as_object()
        .into_iter()
        .flatten()
        .map(|(_, regime)| regime)
        .chain([&quote["regime"]]);
    let notices = quote["notices"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|notice| notice["code"].as_str().map(str::to_owned));
    // A waiver's line names the waiver in place of the tax or table that it waives.
    let waived = lines(quote)
        .iter()
        .filter(|line| line["kind"] == "relief")
        .filter_map(|line| line["measure"].as_str());
    let tables = own.rules.rate_table.iter();
    let tables = tables.filter(|table| waived.clone().any(|measure| measure == table.measure));
    let ids = waived
        .clone()
        .chain(tables.map(|table| table.id.as_str()))
        .map(|id| format!("{}/{id}", own.rules.territory));
    let all = own.rules.regime.iter();
    // A tax or fee whose amount is not known names itself in what it needs.
    let unknown = quote["unknown"].as_array().unwrap().iter();
    let unknown = unknown
        .filter_map(|need| need["needs"].as_str())
        .map(|id| format!("{}/{id}", own.rules.territory));
    // A regime that is open can be any.
    let all = all.filter(|_| quote["regime"].is_null());
    lines(quote)
        .iter()
        .filter_map(|line| line["source"].as_str().map(str::to_owned))
        .chain(ids)
        .chain(regimes.filter_map(of_regime))
        .chain(all.map(|regime| format!("{}/{}", own.rules.territory, regime.id)))
        .chain(notices)
        .chain(unknown)
        .collect()
}

/// Whether the tariff says something else of an item's lines from the day on.
fn tariff_changes(request: &Value, on: CalendarDate) -> bool {
    let Some(tariff) = world().tariff_of(request["destination"].as_str().unwrap()) else {
        return false;
    };
    let covers = |date: CalendarDate| tariff.pack().about().covers.contains(date);
    let before = on.plus_days(-1).unwrap();
    if covers(before) != covers(on) {
        return true;
    }
    request["items"].as_array().unwrap().iter().any(|item| {
        let code = CommodityCode::parse(item["code"].as_str().unwrap())
            .unwrap()
            .prefix(tariff.dictionary().digits);
        let origin = item["origin"]
            .as_str()
            .and_then(|origin| PlaceCode::parse(origin).ok());
        tariff.lines_under(code).any(|line| {
            let said = |date: CalendarDate| {
                let season = date.month_day();
                let of_origin = tariff
                    .measures_on(line.code, date)
                    .into_iter()
                    .filter(|measure| {
                        origin.is_none_or(|origin| {
                            measure
                                .geographical_areas()
                                .any(|area| area.contains(origin, date))
                        })
                    });
                of_origin
                    .map(|measure| {
                        let condition = measure.circumstance.map(|own| own.condition.as_str());
                        let in_season = condition.is_some_and(|condition| condition.contains(".."));
                        let said = (measure.code, measure.series, measure.expression);
                        format!("{said:?} {:?}", in_season.then_some(season))
                    })
                    .collect::<Vec<_>>()
            };
            said(before) != said(on)
        })
    })
}

proptest! {
    #![proptest_config(cases(2))]

    /// 18: two days between which nothing begins or ends give the same answer, but for how old the facts are by then.
    #[test]
    fn p18_days_of_one_cell_are_the_same(request in any_request(), one in 0_i32..1_000, other in 0_i32..1_000) {
        let own = territory(&request);
        let date = day(request["date"].as_str().unwrap());
        let start = own.edges.range(..=date).next_back().copied().unwrap_or(date).max(day("1990-01-01"));
        let end = own.edges.range(date.plus_days(1).unwrap()..).next().copied().or(date.plus_days(400)).unwrap();
        let within = |per_mille: i32| start.plus_days((end.days_since(start) - 1).max(0) * per_mille / 1_000).unwrap();
        let (first, second) = (within(one), within(other));
        prop_assert_eq!(answer(&request, first), answer(&request, second), "{} {}", first, second);
    }

    /// 19: what changes from one day to the next is named by the answer: a rule that it cites begins or ends there, or the tariff does for
    /// its goods.
    #[test]
    fn p19_a_change_cites_what_begins(request in any_request(), pick in any::<usize>(), after in prop_oneof![3 => Just(0), 1 => 1_i32..40]) {
        let own = territory(&request);
        let edges: Vec<CalendarDate> = own.edges.iter().copied().filter(|edge| edge.year() >= 2015).collect();
        prop_assume!(!edges.is_empty());
        let Some(on) = edges[pick % edges.len()].plus_days(after) else { return Ok(()) };
        let (before, now) = (answer(&request, on.plus_days(-1).unwrap()), answer(&request, on));
        if before != now {
            let changing = changing(own, on);
            let named: BTreeSet<String> = cited(own, &before).union(&cited(own, &now)).cloned().collect();
            let rule = changing.contains("*") || changing.intersection(&named).next().is_some() || named.contains("*") && !changing.is_empty();
            prop_assert!(rule || tariff_changes(&request, on), "{}: {:?} begins or ends, {:?} is cited\n{:?}\n{:?}", on, changing, named, before, now);
        }
    }
}

proptest! {
    #![proptest_config(cases(1))]

    /// 20: a day on which no regime is in force is outside the coverage; on every other day each line rests on a rule that is in force. What is
    /// unknown is nothing's sum.
    #[test]
    fn p20_no_rule_no_answer(request in any_request(), year in 1990_i32..2100, month in 1_u32..13, of_month in 1_u32..29, near in any::<bool>()) {
        let mut request = request;
        if !near {
            request["date"] = json!(format!("{year:04}-{month:02}-{of_month:02}"));
        }
        let own = territory(&request);
        let today = day(request["date"].as_str().unwrap());
        let place = own.rules.place.iter().any(|place| request["destination"] == place.code.as_str() && place.valid.contains(today));
        let covered = place && own.rules.regime.iter().any(|regime| regime.valid.contains(today));
        let quote = match support::quote(&world().engine, &request) {
            Err(error) if !covered => {
                prop_assert_eq!(error, "date.outside-coverage at date");
                return Ok(());
            }
            _ => quoted(&request)?,
        };
        prop_assert!(covered, "{}", quote);
        let tariff = world().tariff_of(request["destination"].as_str().unwrap());
        for line in lines(&quote) {
            let source = line["source"].as_str().unwrap();
            if source == "caller" {
                continue;
            }
            let Some(id) = source.strip_prefix(&format!("{}/", own.rules.territory)).filter(|_| is_of_rule(own, source)) else {
                prop_assert!(tariff.is_some_and(|tariff| tariff.pack().about().covers.contains(today)), "{}", line);
                continue;
            };
            let in_force = ["regime", "tax", "fee", "waiver", "rate-table", "unlisted"].iter().flat_map(|list| own.written[*list].as_array().into_iter().flatten()).any(|rule| {
                let holds = |key: &str, holds: fn(CalendarDate, CalendarDate) -> bool| rule["valid"][key].as_str().is_none_or(|text| holds(day(text), today));
                (rule["id"] == id || id == "unlisted") && holds("from", |from, today| from <= today) && holds("to", |to, today| today <= to)
            });
            prop_assert!(in_force, "{}", line);
        }
        if quote["status"] == "partial" {
            prop_assert!(quote["totals"]["landedCost"].is_null());
            prop_assert!(!totals(&quote)["goods"].is_null());
        }
    }
}

fn is_of_rule(own: &Territory, source: &str) -> bool {
    let id = source.split_once('/').map_or("", |(_, id)| id);
    id == "unlisted"
        || ["regime", "tax", "fee", "waiver", "rate-table"]
            .iter()
            .flat_map(|list| own.written[*list].as_array().into_iter().flatten())
            .any(|rule| rule["id"] == id)
}

proptest! {
    #![proptest_config(pure())]

    /// Every day of the calendar is read back as it is written, and the days count up by one.
    #[test]
    fn dates_are_read_back(year in 1900_u32..2100, month in 1_u32..13, of_month in 1_u32..32) {
        let text = format!("{year:04}-{month:02}-{of_month:02}");
        if let Ok(date) = CalendarDate::parse(&text) {
            prop_assert_eq!(date.to_string(), text);
            let next = [format!("{year:04}-{month:02}-{:02}", of_month + 1), format!("{year:04}-{:02}-01", month + 1), format!("{:04}-01-01", year + 1)];
            if let Some(next) = next.iter().find_map(|next| CalendarDate::parse(next).ok()) {
                prop_assert_eq!(next.days_since(date), 1);
                prop_assert_eq!(date.plus_days(1), Some(next));
                prop_assert_eq!(next.plus_days(-1), Some(date));
            }
            prop_assert_eq!(day("1970-01-01").plus_days(date.days()), Some(date));
        }
    }
}
