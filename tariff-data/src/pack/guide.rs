//! The pack of facets, and the navigator with it as a page would have them.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use dutiable::engine::{self, sections};
use dutiable::navigator::Navigator;
use dutiable::navigator::guide::Guide;
use dutiable::pack::{Pack, PackKind, PackWriter};

use super::{Built, navigator};
use crate::tables::TableFolder;
use crate::{classifier, facets};

/// Packs the facets of the nomenclature. What they rest on are its designations, so the sources are theirs.
///
/// # Errors
/// A row of `facets/` that names what is not there.
pub(super) fn build(folder: &Path) -> Result<Built> {
    let facets = facets::build(folder).context("packing the facets")?;
    let about = navigator::about_facets(&folder.join("sources"))?;
    let writer = PackWriter::new(PackKind::Guide, &about)?
        .value(sections::FACETS, &facets.vocabulary)?
        .value(sections::PROFILES, &facets.profiles)?
        .value(sections::NOTES, &facets.notes)?;
    Built::verify(writer.seal()?)
}

/// Opens what a search and its questions need, from the tables.
///
/// # Errors
/// As [`super::build`].
pub(crate) fn navigator_and_guide(folder: &Path) -> Result<(Navigator, Guide)> {
    let written = navigator::write(&TableFolder::new(folder.join("tables")))?;
    let mut navigator = Navigator::open(&written.tree, written.index())?;
    navigator.set_titles(&written.titles)?;
    let learned = Pack::open(fs::read(classifier::path(folder))?)?;
    navigator.set_classifier(engine::classifier_sections(&learned)?)?;
    let facets = build(folder)?.pack;
    let guide = Guide::open(
        facets.section(sections::FACETS)?,
        facets.section(sections::PROFILES)?,
        facets.section(sections::NOTES)?,
    )?;
    Ok((navigator, guide))
}
