//! Geographical areas: the publisher's lists of members, put right where they are known to be wrong.
//!
//! The publisher's file lists every place that was *ever* a member, without dates: the GSP of 1990 is in the GSP of
//! today. `area_notes.csv`, kept by hand with its sources, says who belongs now; what it does not mention is carried as
//! published.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::files;
use crate::tables::{Area, AreaNote, AreaTitle};

/// Everyone.
const ERGA_OMNES: &str = "1011";

/// The members of the Union, for the areas whose member is the Union itself (its goods coming back).
const MEMBER_STATES: [&str; 27] = [
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT",
    "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
];

/// States that are no more, and the publisher's codes for places that are none.
const NO_PLACES: [&str; 14] = [
    "AN", "CS", "YU", "XI", "XM", "QP", "QQ", "QR", "QS", "QU", "QV", "QW", "QX", "QY",
];

/// The area as our tables name it: `all`, a group's code, or the ISO code of a place.
pub(super) fn name(code: &str) -> &str {
    match code {
        ERGA_OMNES => "all",
        // The publisher's code for Serbia.
        "XS" => "RS",
        code => code,
    }
}

/// The members of each group, as published.
pub(super) fn read(path: &Path) -> Result<BTreeMap<String, Vec<String>>> {
    serde_json::from_str(&files::text(path)?).with_context(|| format!("reading {}", path.display()))
}

/// The area tables for the areas that measures use.
pub(super) fn tables(
    used: &BTreeSet<String>,
    published: &BTreeMap<String, Vec<String>>,
    notes: &[AreaNote],
) -> Result<(Vec<Area>, Vec<AreaTitle>)> {
    let mut areas = Vec::new();
    for area in used {
        let note = notes.iter().find(|note| note.area == *area);
        let listed = published.get(area).map(Vec::as_slice).unwrap_or_default();
        let from = note.map(|note| note.from.clone()).unwrap_or_default();
        areas.extend(members(listed, note)?.into_iter().map(|member| Area {
            area: area.clone(),
            member,
            from: from.clone(),
            to: String::new(),
        }));
    }
    let titles = notes
        .iter()
        .filter(|note| used.contains(&note.area))
        .map(|note| AreaTitle {
            area: note.area.clone(),
            title: note.title.clone(),
            source: note.source.clone(),
            confidence: note.confidence,
        });
    Ok((areas, titles.collect()))
}

/// Who belongs to an area today.
fn members(listed: &[String], note: Option<&AreaNote>) -> Result<BTreeSet<String>> {
    let listed = listed.iter().map(|code| name(code).to_owned());
    let said = note.map(|note| note.members.clone()).unwrap_or_default();
    let members: BTreeSet<String> = match note.map_or("", |note| note.says.as_str()) {
        "" => listed.collect(),
        "only" | "adds" => said.into_iter().collect(),
        "without" => listed.filter(|member| !said.contains(member)).collect(),
        other => bail!("area_notes.csv: {other} is none of only, adds, without"),
    };
    Ok(members
        .into_iter()
        .flat_map(expand)
        .filter(|member| !NO_PLACES.contains(&member.as_str()))
        .collect())
}

fn expand(member: String) -> Vec<String> {
    if member == "EU" {
        MEMBER_STATES.map(str::to_owned).to_vec()
    } else {
        vec![member]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(listed: &[&str], says: &str, said: &[&str]) -> Result<Vec<String>> {
        let owned = |codes: &[&str]| codes.iter().map(|code| (*code).to_owned()).collect();
        let listed: Vec<String> = owned(listed);
        let note = AreaNote {
            says: says.into(),
            members: owned(said),
            ..AreaNote::default()
        };
        Ok(members(&listed, Some(&note))?.into_iter().collect())
    }

    #[test]
    fn published_members_lose_the_states_that_are_no_more() -> Result<()> {
        assert_eq!(of(&["AL", "YU", "XS"], "", &[])?, ["AL", "RS"]);
        Ok(())
    }

    #[test]
    fn a_note_puts_members_right() -> Result<()> {
        assert_eq!(of(&["AR", "IN", "SG"], "only", &["IN"])?, ["IN"]);
        assert_eq!(of(&["GB", "IS"], "without", &["GB"])?, ["IS"]);
        assert_eq!(of(&[], "adds", &["AR", "BR"])?, ["AR", "BR"]);
        assert!(of(&[], "perhaps", &[]).is_err());
        Ok(())
    }

    #[test]
    fn the_union_is_its_members() -> Result<()> {
        assert_eq!(of(&["EU"], "", &[])?.len(), 27);
        Ok(())
    }
}
