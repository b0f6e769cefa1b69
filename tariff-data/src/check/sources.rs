//! Every tariff names provenance files that exist.

use std::path::Path;

use anyhow::Result;

use super::Report;
use crate::provenance::Provenance;
use crate::tables::Tariff;

/// Checks the sources that the manifest names.
pub fn check(tariff: &Tariff, sources: &Path, report: &mut Report) -> Result<()> {
    report.expect(!tariff.manifest.sources.is_empty(), || {
        "no source is named".into()
    });
    for id in &tariff.manifest.sources {
        let found = Provenance::read(sources, id)?;
        report.expect(found.is_some_and(|found| found.id == *id), || {
            format!("source {id} has no provenance file")
        });
    }
    Ok(())
}
