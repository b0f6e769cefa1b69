//! The pack of facets, and the navigator with it as a page would have them.

use std::path::Path;

use anyhow::{Context, Result};
use dutiable::engine::sections;
use dutiable::navigator::guide::Guide;
use dutiable::navigator::{IndexSections, Navigator};
use dutiable::pack::{Pack, PackKind, PackWriter};

use super::{Built, navigator};
use crate::facets;
use crate::tables::TableFolder;

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
    let tables = TableFolder::new(folder.join("tables"));
    let packs = navigator::build(
        &tables,
        &folder.join("lexicon"),
        &folder.join("sources"),
        &crate::classifier::path(folder),
    )?;
    let of = |kind: PackKind| -> Result<&Pack> {
        let built = packs.iter().find(|built| built.kind() == kind);
        Ok(&built.context("a pack of the navigator is missing")?.pack)
    };
    let index = of(PackKind::Index)?;
    let index = IndexSections {
        words: index.section(sections::WORDS)?,
        postings: index.section(sections::POSTINGS)?,
        texts: index.section(sections::TEXTS)?,
        weights: index.section(sections::WEIGHTS)?,
        language: None,
    };
    let tree = of(PackKind::Nomenclature)?.section(sections::TREE)?;
    let mut navigator = Navigator::open(tree, index)?;
    navigator.set_titles(of(PackKind::Text)?.section(sections::TITLES)?)?;
    let facets = build(folder)?.pack;
    let guide = Guide::open(
        facets.section(sections::FACETS)?,
        facets.section(sections::PROFILES)?,
        facets.section(sections::NOTES)?,
    )?;
    Ok((navigator, guide))
}
