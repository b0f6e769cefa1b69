//! Facets: what guided classification asks of goods, from the tables of `facets/` and the designations of the nomenclature.

mod derive;
mod show;
mod simulate;
mod tables;
mod vocabulary;

use std::path::Path;

use anyhow::{Context, Result};
use dutiable::navigator::guide::{Note, Profiles, Values, Vocabulary};

use crate::tables::{HsGroup, HsNode, NoteRow, TableFolder};
use derive::Node;
pub(crate) use show::show;
pub(crate) use simulate::{Settings, simulate};
use tables::{FacetTables, parts};

/// What the pack of facets holds.
pub(crate) struct Facets {
    pub(crate) vocabulary: Vocabulary,
    pub(crate) profiles: Profiles,
    pub(crate) notes: Vec<Note>,
}

/// The nodes of the tree, with the values of each.
struct Derived {
    nodes: Vec<Node>,
    vocabulary: Vocabulary,
    values: Vec<Vec<Values>>,
    tables: FacetTables,
}

impl Derived {
    fn read(folder: &Path) -> Result<Self> {
        let tables = FacetTables::read(&folder.join("facets"))?;
        let vocabulary = vocabulary::vocabulary(&tables.facets, &tables.words)?;
        let hs = TableFolder::new(folder.join("tables")).place("hs");
        let mut nodes: Vec<Node> = Vec::new();
        for HsNode { code, title } in hs.read()? {
            nodes.push(Node { code, title });
        }
        for HsGroup { code, title } in hs.read()? {
            nodes.push(Node { code, title });
        }
        nodes.sort_by(|one, other| one.code.cmp(&other.code));
        let values = derive::derive(&tables, &vocabulary, &nodes)?;
        Ok(Self {
            nodes,
            vocabulary,
            values,
            tables,
        })
    }
}

/// Reads the tables and derives the values of every subheading.
///
/// # Errors
/// A row that names what is not there.
pub(crate) fn build(folder: &Path) -> Result<Facets> {
    let derived = Derived::read(folder)?;
    let notes = derived.tables.notes.iter().map(note).collect();
    Ok(Facets {
        profiles: profiles(&derived)?,
        vocabulary: derived.vocabulary,
        notes,
    })
}

/// Each different profile once, in the order of the tree; above the subheadings nothing is asked, so nothing is kept.
fn profiles(derived: &Derived) -> Result<Profiles> {
    let mut profiles = Profiles {
        profiles: vec![Vec::new()],
        of: Vec::with_capacity(derived.nodes.len()),
    };
    for (node, values) in derived.nodes.iter().zip(&derived.values) {
        let known = (0_u8..).zip(values.iter().copied());
        let known = known.filter(|(_, values)| *values != 0 && node.code.len() == 6);
        let profile: Vec<(u8, Values)> = known.collect();
        let found = profiles.profiles.iter().position(|other| *other == profile);
        let at = found.unwrap_or_else(|| {
            profiles.profiles.push(profile);
            profiles.profiles.len().saturating_sub(1)
        });
        profiles
            .of
            .push(u16::try_from(at).context("too many profiles")?);
    }
    Ok(profiles)
}

fn note(row: &NoteRow) -> Note {
    let codes = |cell: &str| parts(cell).map(str::to_owned).collect();
    Note {
        note: row.note.clone(),
        when: row.when,
        keeps_out_of: codes(&row.keeps_out_of),
        belongs_to: codes(&row.belongs_to),
        words: row.words.clone(),
    }
}
