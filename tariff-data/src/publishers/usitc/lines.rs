//! The schedule's rows as lines of a nomenclature.

use anyhow::{Context, Result};

use super::schedule::Entry;
use super::{at_row, code, tidy, units};
use crate::tables::Line;

/// The lines in the schedule's order.
///
/// A grouping row with nothing under it is the title of a subchapter and is left out. Depths are counted anew, because the
/// export skips an indentation here and there.
pub(super) fn lines(entries: &[Entry]) -> Result<Vec<Line>> {
    let kept: Vec<(&Entry, usize)> = with_indents(entries)?;
    let mut open: Vec<usize> = Vec::new();
    let mut lines = Vec::with_capacity(kept.len());
    for (entry, indent) in &kept {
        open.retain(|above| above < indent);
        lines.push(at_row(entry, line(entry, open.len()))?);
        open.push(*indent);
    }
    mark_declarable(&mut lines);
    Ok(lines)
}

fn with_indents(entries: &[Entry]) -> Result<Vec<(&Entry, usize)>> {
    let indents: Vec<usize> = entries
        .iter()
        .map(|entry| {
            at_row(
                entry,
                entry.indent.parse().context("the indent is no number"),
            )
        })
        .collect::<Result<_>>()?;
    let below = |position: usize| {
        indents
            .get(position.saturating_add(1))
            .copied()
            .unwrap_or(0)
    };
    Ok(entries
        .iter()
        .zip(&indents)
        .enumerate()
        .filter(|(position, (entry, indent))| {
            !entry.htsno.is_empty() || below(*position) > **indent
        })
        .map(|(_, (entry, indent))| (entry, *indent))
        .collect())
}

fn line(entry: &Entry, depth: usize) -> Result<Line> {
    Ok(Line {
        code: code(&entry.htsno)?,
        depth: u8::try_from(depth)?,
        declarable: false,
        supplementary: units::supplementary(entry.units.as_deref().unwrap_or_default())?,
        title: tidy(&entry.description)
            .trim_end_matches([':', ' '])
            .to_owned(),
    })
}

/// A line of eight digits or more can be declared unless a longer code begins with its own.
fn mark_declarable(lines: &mut [Line]) {
    let mut next = String::new();
    for line in lines.iter_mut().rev().filter(|line| !line.code.is_empty()) {
        line.declarable = line.code.len() >= 8 && !next.starts_with(&line.code);
        next.clone_from(&line.code);
    }
}
