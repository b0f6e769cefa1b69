//! From the designations of the nomenclature to the values of each subheading.
//!
//! A designation is read for what it says and denies; what it does not speak of it has from those above it. `Other` is what its
//! neighbours are not, as far as they say one thing and nothing else: beside `Of cotton` and `Of man-made fibres` it is of any material
//! but these. Rows written by hand stand in place of what is read.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use dutiable::navigator::guide::{OTHER, Reading, Values, Vocabulary};

use super::tables::FacetTables;
use super::vocabulary::values;

/// A chapter, heading, group or subheading.
pub(super) struct Node {
    pub(super) code: String,
    pub(super) title: String,
}

/// The values of each node, by facet; the nodes stand in the order of the tree.
///
/// # Errors
/// A row of `subheadings.csv` or `facets.csv` that names what is not there.
pub(super) fn derive(
    tables: &FacetTables,
    vocabulary: &Vocabulary,
    nodes: &[Node],
) -> Result<Vec<Vec<Values>>> {
    let by_hand = by_hand(tables, vocabulary, nodes)?;
    let otherwise = otherwise(tables, vocabulary)?;
    let read: Vec<Reading> = nodes
        .iter()
        .map(|node| vocabulary.read_designation(&node.code, &node.title))
        .collect();
    let parents = parents(nodes);
    let mut known: Vec<Vec<Values>> = Vec::with_capacity(nodes.len());
    for (at, (node, reading)) in nodes.iter().zip(&read).enumerate() {
        let parent = parents.get(at).copied().flatten();
        let above = parent.and_then(|parent| known.get(parent));
        let mut own = above
            .cloned()
            .unwrap_or_else(|| vec![0; vocabulary.facets.len()]);
        vocabulary.narrow(&mut own, reading);
        if node.title.starts_with("Other") || node.title.starts_with("Of other") {
            let siblings = siblings(at, &parents).filter_map(|sibling| read.get(sibling));
            residual(tables, vocabulary, &mut own, reading, siblings);
        }
        for (facet, value) in own.iter_mut().enumerate() {
            // A row holds for all that lies under its code, but where a longer code has one of its own.
            let codes = (2..=node.code.len())
                .rev()
                .filter_map(|end| node.code.get(..end));
            let mut rows = codes.filter_map(|code| by_hand.get(&(code, facet)));
            *value = rows.next().copied().unwrap_or(*value);
        }
        known.push(own);
    }
    for (node, own) in nodes.iter().zip(&mut known) {
        for ((value, otherwise), facet) in own.iter_mut().zip(&otherwise).zip(&vocabulary.facets) {
            if !facet.is_of(&node.code) {
                *value = 0;
            } else if *value == 0 {
                *value = *otherwise;
            }
        }
    }
    Ok(known)
}

fn by_hand<'a>(
    tables: &'a FacetTables,
    vocabulary: &Vocabulary,
    nodes: &[Node],
) -> Result<BTreeMap<(&'a str, usize), Values>> {
    let mut rows = BTreeMap::new();
    for row in &tables.subheadings {
        let context = || format!("subheadings.csv: {} {}", row.code, row.facet);
        nodes
            .iter()
            .find(|node| node.code == row.code)
            .with_context(context)?;
        let position = vocabulary.position(&row.facet).with_context(context)?;
        let facet = vocabulary.facets.get(position).with_context(context)?;
        let values = values(facet, &row.values).with_context(context)?;
        rows.insert((row.code.as_str(), position), values);
    }
    Ok(rows)
}

fn otherwise(tables: &FacetTables, vocabulary: &Vocabulary) -> Result<Vec<Values>> {
    let rows = tables.facets.iter().zip(&vocabulary.facets);
    rows.map(|(row, facet)| values(facet, &row.otherwise))
        .collect()
}

/// By node, the one that it lies under, directly.
fn parents(nodes: &[Node]) -> Vec<Option<usize>> {
    let mut open: Vec<usize> = Vec::new();
    let mut parents = Vec::with_capacity(nodes.len());
    for (at, node) in nodes.iter().enumerate() {
        let holds = |above: &usize| {
            let above = nodes.get(*above);
            above.is_some_and(|above| node.code.starts_with(&above.code))
        };
        while open.last().is_some_and(|above| !holds(above)) {
            open.pop();
        }
        parents.push(open.last().copied());
        open.push(at);
    }
    parents
}

fn siblings(at: usize, parents: &[Option<usize>]) -> impl Iterator<Item = usize> {
    let parent = parents.get(at).copied().flatten();
    let of_parent = parents.iter().enumerate();
    of_parent
        .filter(move |(other, above)| **above == parent && parent.is_some() && *other != at)
        .map(|(other, _)| other)
}

/// Takes from what is left over what its neighbours are. A neighbour that says two things, or words that say nothing of a facet, may
/// differ by either, and takes nothing.
fn residual<'a>(
    tables: &FacetTables,
    vocabulary: &Vocabulary,
    own: &mut [Values],
    reading: &Reading,
    siblings: impl Iterator<Item = &'a Reading>,
) {
    let mut taken = vec![0; own.len()];
    for sibling in siblings.filter(|sibling| sibling.is_pure) {
        let said: Vec<usize> = (0..own.len())
            .filter(|facet| sibling.has.get(*facet).is_some_and(|has| *has != 0))
            .collect();
        if let [facet] = said.as_slice()
            && let (Some(taken), Some(has)) = (taken.get_mut(*facet), sibling.has.get(*facet))
        {
            *taken |= has;
        }
    }
    for (at, taken) in taken.into_iter().enumerate() {
        let (Some(row), Some(facet)) = (tables.facets.get(at), vocabulary.facets.get(at)) else {
            continue;
        };
        let (Some(value), Some(has)) = (own.get_mut(at), reading.has.get(at)) else {
            continue;
        };
        if taken == 0 || row.residual.is_empty() {
            continue;
        }
        let base = if *value == 0 { facet.all() } else { *value };
        let left = base & !taken;
        // `Other furniture of wood` beside `Wooden furniture for offices` is of wood still.
        if *has != 0 && left == 0 {
            continue;
        }
        let closed = row.residual == "closed" && left & !OTHER != 0;
        *value = if closed { left & !OTHER } else { left | OTHER };
    }
}

#[cfg(test)]
mod tests {
    use super::super::vocabulary::vocabulary;
    use super::*;
    use crate::tables::{FacetRow, SubheadingRow, WordRow};

    fn tables(by_hand: &[(&str, &str)]) -> FacetTables {
        let facet = |facet: &str, residual: &str, otherwise: &str, values: &str| FacetRow {
            facet: facet.into(),
            ease: 64,
            anywhere: String::new(),
            tells: String::new(),
            residual: residual.into(),
            otherwise: otherwise.into(),
            within: String::new(),
            values: values.into(),
        };
        let words = [
            ("cotton", "material", "cotton"),
            ("wool", "material", "wool"),
            ("textile", "material", "cotton"),
            ("textile", "material", "wool"),
            ("covering ankle", "ankle", "covered"),
            ("^part", "part", "part"),
        ];
        FacetTables {
            facets: vec![
                facet("material", "y", "", "cotton;wool"),
                facet("ankle", "closed", "", "covered;free"),
                facet("part", "", "complete", "complete;part"),
            ],
            words: words
                .map(|(word, facet, value)| WordRow {
                    word: word.into(),
                    facet: facet.into(),
                    value: value.into(),
                })
                .into(),
            subheadings: by_hand
                .iter()
                .map(|(code, values)| SubheadingRow {
                    code: (*code).into(),
                    facet: "material".into(),
                    values: (*values).into(),
                })
                .collect(),
            notes: Vec::new(),
        }
    }

    /// The names of the values of a code's facet.
    fn of(
        titles: &[(&str, &str)],
        by_hand: &[(&str, &str)],
        code: &str,
        facet: usize,
    ) -> Result<Vec<String>> {
        let tables = tables(by_hand);
        let vocabulary = vocabulary(&tables.facets, &tables.words)?;
        let node = |(code, title): &(&str, &str)| Node {
            code: (*code).into(),
            title: (*title).into(),
        };
        let nodes: Vec<Node> = titles.iter().map(node).collect();
        let derived = derive(&tables, &vocabulary, &nodes)?;
        let at = nodes
            .iter()
            .position(|node| node.code == code)
            .context("no such code")?;
        let values = derived
            .get(at)
            .and_then(|values| values.get(facet))
            .context("no such facet")?;
        let facet = vocabulary.facets.get(facet).context("no such facet")?;
        Ok(facet.names(*values).map(str::to_owned).collect())
    }

    const SHIRTS: [(&str, &str); 6] = [
        ("61", "Apparel"),
        ("6105", "Shirts"),
        ("610510", "Of cotton"),
        ("610520", "Of cotton, covering the ankle"),
        ("610590", "Other"),
        ("610591", "Parts"),
    ];

    #[test]
    fn other_is_what_its_neighbours_are_not_where_they_say_one_thing() -> Result<()> {
        assert_eq!(of(&SHIRTS, &[], "610510", 0)?, ["cotton"]);
        assert_eq!(of(&SHIRTS, &[], "610590", 0)?, ["other", "wool"]);
        // The neighbour that covers the ankle differs by its cotton too.
        assert!(of(&SHIRTS, &[], "610590", 1)?.is_empty());
        let shoes = [
            ("64", "Footwear"),
            ("6403", "Shoes"),
            ("640391", "Covering the ankle"),
            ("640399", "Other"),
        ];
        assert_eq!(of(&shoes, &[], "640399", 1)?, ["free"]);
        let textile = [
            ("62", "Apparel"),
            ("6205", "Shirts"),
            ("620520", "Of cotton"),
            ("620590", "Of other textile materials"),
        ];
        assert_eq!(of(&textile, &[], "620590", 0)?, ["other", "wool"]);
        Ok(())
    }

    #[test]
    fn what_nothing_says_comes_from_above_or_is_what_goods_otherwise_are() -> Result<()> {
        let gloves = [
            ("61", "Apparel"),
            ("6116", "Gloves, of wool"),
            ("611610", "Coated"),
            ("611690", "Parts"),
        ];
        assert_eq!(of(&gloves, &[], "611610", 0)?, ["wool"]);
        assert_eq!(of(&gloves, &[], "611610", 2)?, ["complete"]);
        assert_eq!(of(&gloves, &[], "611690", 2)?, ["part"]);
        Ok(())
    }

    #[test]
    fn a_row_by_hand_holds_below_its_code_but_for_a_longer_one() -> Result<()> {
        let by_hand = [("61", "wool"), ("610510", "")];
        assert_eq!(of(&SHIRTS, &by_hand, "610520", 0)?, ["wool"]);
        assert!(of(&SHIRTS, &by_hand, "610510", 0)?.is_empty());
        assert!(of(&SHIRTS, &[("9999", "wool")], "610510", 0).is_err());
        assert!(of(&SHIRTS, &[("61", "stone")], "610510", 0).is_err());
        Ok(())
    }
}
