//! The designations of HS 2022, for lines to which a publisher's file gives none.

use std::collections::BTreeMap;

use anyhow::Result;

use crate::tables::{HsNode, TableFolder};

/// Titles by chapter, heading and subheading.
#[derive(Debug, Default)]
pub struct HsTitles(BTreeMap<String, String>);

impl HsTitles {
    /// Reads `hs/nodes.csv`.
    pub fn read(tables: &TableFolder) -> Result<Self> {
        let nodes: Vec<HsNode> = tables.place("hs").read()?;
        Ok(nodes
            .into_iter()
            .map(|node| (node.code, node.title))
            .collect())
    }

    /// The designation of the subheading of a code.
    pub fn of(&self, code: &str) -> Option<&str> {
        self.0.get(code.get(..6)?).map(String::as_str)
    }
}

impl FromIterator<(String, String)> for HsTitles {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(titles: I) -> Self {
        Self(titles.into_iter().collect())
    }
}
