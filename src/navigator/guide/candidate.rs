//! What may be meant, with its weight and its facets.

use super::Guide;
use super::vocabulary::Values;
use crate::navigator::{Hit, National, Navigator};
use crate::nomenclature::CommodityCode;

/// What a candidate weighs where nothing says that one is likelier than another, and what the best hit of a search weighs at most.
const WHOLE: u64 = 64;
/// What the least of the hits weighs at least, for a search can be wrong however sure it is: a sixteenth of the best.
const FLOOR: u64 = WHOLE * WHOLE / 16;
/// What a code weighs that was not found and stands beside one that was.
const NEIGHBOUR: u64 = FLOOR / 4;
/// The likeliest headings of a search's hits, whose other codes are asked about too.
pub const HEADINGS: usize = 3;

/// A code that may be meant.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub(super) code: CommodityCode,
    /// The position of its subheading in the tree.
    pub(super) node: usize,
    /// The position of its row, of a national line.
    pub(super) row: Option<usize>,
    /// Never 0.
    pub(super) weight: u64,
    /// By facet.
    pub(super) values: Vec<Values>,
}

/// Where candidates come from.
pub(super) struct Candidates<'a> {
    pub(super) navigator: &'a Navigator,
    pub(super) national: Option<&'a National>,
    pub(super) guide: &'a Guide,
}

impl Candidates<'_> {
    /// The hits of a search. A weight is a hit's share of the best score; of the index's scores its square, for they lie close together.
    pub(super) fn of_hits(&self, hits: &[Hit<'_>]) -> Vec<Candidate> {
        let best = hits.iter().map(|hit| hit.score).max().unwrap_or(0);
        let mut found = Vec::new();
        for hit in hits {
            let share = u64::from(hit.score).saturating_mul(WHOLE);
            let share = share.checked_div(u64::from(best)).unwrap_or(WHOLE);
            let code = CommodityCode::parse(&hit.code).ok();
            let is_likelihood = hit.confidence.is_some();
            let again = if is_likelihood { WHOLE } else { share };
            let weight = share.saturating_mul(again).max(FLOOR);
            found.extend(code.and_then(|code| self.candidate(code, weight)));
        }
        found
    }

    /// Adds what stands beside the hits in the likeliest headings: a search often finds the heading and not the subheading, which is what
    /// questions are for. Among the lines of a destination, where a heading can have hundreds, nothing is added.
    pub(super) fn add_neighbours(&self, found: &mut Vec<Candidate>) {
        let mut headings: Vec<CommodityCode> = Vec::new();
        for candidate in found.iter().filter(|_| self.national.is_none()) {
            let heading = candidate.code.prefix(4);
            if headings.len() < HEADINGS && !headings.contains(&heading) {
                headings.push(heading);
            }
        }
        for mut beside in self.under(&headings) {
            if found.iter().all(|known| known.code != beside.code) {
                beside.weight = NEIGHBOUR;
                found.push(beside);
            }
        }
    }

    /// Everything under some codes, each once, in the order of the nomenclature.
    pub(super) fn under(&self, codes: &[CommodityCode]) -> Vec<Candidate> {
        let mut found: Vec<Candidate> = Vec::new();
        for code in codes {
            for node in self.navigator.tree.within(*code) {
                let subheading = self.navigator.tree.code(node);
                let Some(subheading) = subheading.filter(|code| code.length() == 6) else {
                    continue;
                };
                match self.national {
                    None => found.extend(self.candidate(subheading, WHOLE)),
                    Some(national) => {
                        for row in national.lines().under(subheading) {
                            let row = national.lines().row(row);
                            let line = row.filter(|row| row.declarable).and_then(|row| row.code);
                            let line = line.filter(|line| code.covers(*line) || line.covers(*code));
                            found.extend(line.and_then(|line| self.candidate(line, WHOLE)));
                        }
                    }
                }
            }
        }
        found.sort_by_key(|candidate| candidate.code);
        found.dedup_by_key(|candidate| candidate.code);
        found
    }

    fn candidate(&self, code: CommodityCode, weight: u64) -> Option<Candidate> {
        let node = self.navigator.tree.find(code.prefix(6))?;
        let mut values = self.guide.values(node);
        let national = self.national.filter(|_| code.length() > 6);
        let row = national.and_then(|national| national.lines().find(code));
        if let Some((national, row)) = national.zip(row) {
            let mut rows = national.ancestors(row);
            rows.push(row);
            for title in rows.into_iter().filter_map(|row| national.title(row)) {
                let reading = self
                    .guide
                    .vocabulary
                    .read_designation(&code.to_string(), title);
                self.guide.vocabulary.narrow(&mut values, &reading);
            }
        }
        Some(Candidate {
            code,
            node,
            row,
            weight,
            values,
        })
    }
}
