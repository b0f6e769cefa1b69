//! Names for the facts that many measures share.

use std::collections::BTreeMap;

use super::Series;

/// Gives each distinct set of shared facts one readable name.
///
/// The first set under a stem is called by it (`pref-AU`), the next ones `pref-AU-2`, `pref-AU-3`, in the order in
/// which they are met; a reader that goes through its file in order gets the same names every time.
#[derive(Debug, Default)]
pub struct SeriesBook {
    names: BTreeMap<Series, String>,
    stems: BTreeMap<String, u32>,
}

impl SeriesBook {
    /// The name of these shared facts (whose own `series` field is ignored), made from `stem` if they are new.
    pub fn name(&mut self, stem: &str, mut facts: Series) -> String {
        facts.series.clear();
        if let Some(name) = self.names.get(&facts) {
            return name.clone();
        }
        let count = self.stems.entry(stem.to_owned()).or_default();
        *count = count.saturating_add(1);
        let name = if *count == 1 {
            stem.to_owned()
        } else {
            format!("{stem}-{count}")
        };
        self.names.insert(facts, name.clone());
        name
    }

    /// The table of all series named so far.
    pub fn into_rows(self) -> Vec<Series> {
        self.names
            .into_iter()
            .map(|(facts, series)| Series { series, ..facts })
            .collect()
    }
}
