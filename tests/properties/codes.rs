//! Which line of a tariff a code's duty comes from.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::OnceLock;

use dutiable::decimal::Decimal;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::baskets::{one_item, unit_of};
use crate::reading::{cases, lines, quoted};
use crate::stated::{item, place_with_tariff, quoted as asked, request as ask};
use crate::support::root;
use crate::world::{day, world};

/// The ordinary duties of a tariff's tables by code, the days they hold, and whether a code has any that is not plain.
#[derive(Default)]
struct Table {
    duties: BTreeMap<String, Vec<(String, String, String)>>,
    other: BTreeSet<String>,
}

impl Table {
    /// The tables as people review them, not as they are packed.
    fn read(tariff: &str) -> Self {
        let folder = root().join("tariff-data/tables").join(tariff);
        let rows = |file: &str| -> Vec<BTreeMap<String, String>> {
            let text = fs::read_to_string(folder.join(file)).unwrap();
            csv::Reader::from_reader(text.as_bytes())
                .deserialize()
                .map(Result::unwrap)
                .collect()
        };
        let series: BTreeMap<String, BTreeMap<String, String>> = rows("series.csv")
            .into_iter()
            .map(|row| (row["series"].clone(), row))
            .collect();
        let mut table = Self::default();
        for row in rows("measures.csv") {
            let own = &series[&row["series"]];
            let kind = own["type"].as_str();
            if !["third-country-duty", "suspension", "column-2-duty"].contains(&kind) {
                continue;
            }
            let plain = kind == "third-country-duty"
                && own["areas"] == "all"
                && own["flags"].is_empty()
                && ["additional", "certificate", "condition"]
                    .iter()
                    .all(|key| row[*key].is_empty())
                && !row["expression"].is_empty();
            if plain {
                let duty = (
                    row["expression"].clone(),
                    own["from"].clone(),
                    own["to"].clone(),
                );
                table
                    .duties
                    .entry(row["code"].clone())
                    .or_default()
                    .push(duty);
            } else if kind != "column-2-duty" {
                table.other.insert(row["code"].clone());
            }
        }
        table
    }

    /// The duty of the nearest code at or above a line that has one, where it is one plain duty and nothing else is stated on the way.
    fn nearest(&self, line: &str, date: &str) -> Option<&str> {
        let above = (2..=line.len())
            .rev()
            .map(|length| &line[..length])
            .chain(["00"]);
        // A narrower area comes before a nearer code, and a suspension before either.
        if above.clone().any(|code| self.other.contains(code)) {
            return None;
        }
        for code in above {
            let held = self.duties.get(code).into_iter().flatten();
            let mut held = held.filter(|(_, from, to)| {
                (from.is_empty() || from.as_str() <= date) && (to.is_empty() || date <= to.as_str())
            });
            match (held.next(), held.next()) {
                (Some((duty, ..)), None) => return Some(duty),
                (Some(_), Some(_)) => return None,
                (None, _) => {}
            }
        }
        None
    }
}

fn tables() -> &'static BTreeMap<String, Table> {
    static TABLES: OnceLock<BTreeMap<String, Table>> = OnceLock::new();
    TABLES.get_or_init(|| {
        world()
            .tariffs
            .keys()
            .map(|tariff| (tariff.clone(), Table::read(tariff)))
            .collect()
    })
}

/// Codes of one chapter: sets of subheadings and lines, with a duty on some of the codes on the way.
fn tree() -> impl Strategy<Value = (Vec<String>, BTreeMap<String, u32>)> {
    let lines = prop::collection::btree_set((0_u32..3, 0_u32..3, 0_u32..3), 1..12);
    let duties =
        prop::collection::btree_map((0_usize..5, 0_u32..3, 0_u32..3, 0_u32..3), 0_u32..40, 0..12);
    (lines, duties).prop_map(|(lines, duties)| {
        let code = |(heading, subheading, line): (u32, u32, u32)| {
            format!("610{heading}1{subheading}0{line}00")
        };
        let on = |(depth, heading, subheading, line): (usize, u32, u32, u32)| {
            code((heading, subheading, line))[..[2, 4, 6, 8, 10][depth]].to_owned()
        };
        (
            lines.into_iter().map(code).collect(),
            duties
                .into_iter()
                .map(|(at, rate)| (on(at), rate))
                .collect(),
        )
    })
}

/// What the engine charges on a line, in per cent; `None` where it says that the duty is unknown.
fn charged(lines_of: &[String], duties: &BTreeMap<String, u32>, line: &str) -> Option<String> {
    let duties: Vec<(String, String)> = duties
        .iter()
        .map(|(on, rate)| (on.clone(), format!("{rate} %")))
        .collect();
    let duties: Vec<(&str, &str)> = duties
        .iter()
        .map(|(on, duty)| (on.as_str(), duty.as_str()))
        .collect();
    let lines_of: Vec<&str> = lines_of.iter().map(String::as_str).collect();
    let engine = place_with_tariff(&lines_of, &duties, "");
    let mut one = item(10_000, 1);
    one["code"] = json!(line);
    one["dutyRate"] = Value::Null;
    let quote = asked(&engine, &ask(&[one]));
    let mut duties = lines(&quote).iter().filter(|line| line["kind"] == "duty");
    duties
        .next()
        .map(|line| line["rate"].as_str().unwrap().to_owned())
}

proptest! {
    #![proptest_config(cases(1))]

    /// 31: on a line of a real tariff the ordinary duty is that of the nearest code above it in the tables that states one.
    #[test]
    fn p31_the_nearest_code_decides(request in one_item()) {
        let mut request = request;
        let own = world().territory_of(request["destination"].as_str().unwrap());
        prop_assume!(tables().contains_key(&own.rules.tariff));
        let place = request["destination"].as_str().unwrap().to_owned();
        let lines_under = world().tariffs[&own.rules.tariff].dictionary().digits;
        let pick = request["items"][0]["code"].as_str().unwrap().to_owned();
        let line = own.codes.iter().find(|code| code.starts_with(&pick)).cloned();
        let Some(line) = line.filter(|line| line.len() > 6 && line.len() <= usize::from(lines_under)) else { return Err(TestCaseError::reject("no line")) };
        request["buyer"] = json!({ "kind": "business" });
        let item = &mut request["items"][0];
        item["code"] = json!(line);
        item["origin"] = json!("CN");
        item["claimPreference"] = json!(false);
        item["dutyRate"] = Value::Null;
        item["unitPrice"] = json!((unit_of(&crate::baskets::home(own, &place)) * Decimal::from(90_000_000)).to_string());
        let date = request["date"].as_str().unwrap().to_owned();
        let covers = world().tariffs[&own.rules.tariff].pack().about().covers;
        prop_assume!(covers.contains(day(&date)));
        let Some(stated) = tables()[&own.rules.tariff].nearest(&line, &date) else { return Err(TestCaseError::reject("not one plain duty")) };
        let quote = quoted(&request)?;
        let ordinary = lines(&quote).iter().find(|line| line["measure"] == "third-country-duty");
        let Some(ordinary) = ordinary else { return Err(TestCaseError::reject("another regime, or unknown")) };
        prop_assert_eq!(ordinary["rate"].as_str().unwrap(), stated, "{}", line);
    }

    /// 31: on any tariff the nearest code above a line that states a duty decides, and a line or duty that is added beside changes nothing of it.
    #[test]
    fn p31_a_sibling_changes_nothing((lines_of, duties) in tree(), pick in any::<usize>(), sibling in any::<usize>(), rate in 0_u32..40) {
        let line = &lines_of[pick % lines_of.len()];
        let nearest = [10, 8, 6, 4, 2].iter().find_map(|length| duties.get(&line[..*length]));
        let found = charged(&lines_of, &duties, line);
        prop_assert_eq!(&found, &nearest.map(|rate| format!("{rate} %")));
        // A code beside: one digit of the line's own is another, at any depth below the chapter.
        let length = [4, 6, 8, 10][sibling % 4];
        let mut beside = line[..length].to_owned();
        beside.truncate(length - 1);
        beside.push(if line.as_bytes()[length - 1] == b'9' { '8' } else { '9' });
        let (mut more, mut others) = (duties.clone(), lines_of.clone());
        more.insert(beside.clone(), rate);
        others.push(format!("{beside:0<10}"));
        prop_assert_eq!(charged(&others, &more, line), found);
    }
}
