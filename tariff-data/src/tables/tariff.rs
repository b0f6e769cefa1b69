//! One place's tables together.

use anyhow::Result;

use super::{Area, AreaTitle, Line, Manifest, Measure, Series, TableFolder, Unparsed};

/// All tables of a tariff: what a reader makes and what a check reads.
#[derive(Debug, Clone)]
pub struct Tariff {
    /// `tariff.toml`.
    pub manifest: Manifest,
    /// `lines.csv`.
    pub lines: Vec<Line>,
    /// `series.csv`.
    pub series: Vec<Series>,
    /// `measures.csv`.
    pub measures: Vec<Measure>,
    /// `areas.csv`.
    pub areas: Vec<Area>,
    /// `area_titles.csv`.
    pub area_titles: Vec<AreaTitle>,
    /// `unparsed.csv`.
    pub unparsed: Vec<Unparsed>,
}

impl Tariff {
    /// The places that have a tariff, in the order of their names.
    pub fn places(tables: &TableFolder) -> Result<Vec<String>> {
        let mut places = Vec::new();
        for entry in std::fs::read_dir(tables.path())? {
            let entry = entry?;
            if entry.path().join(Manifest::FILE).exists() {
                places.push(entry.file_name().to_string_lossy().into_owned());
            }
        }
        places.sort();
        Ok(places)
    }

    /// Reads a place's folder.
    pub fn read(folder: &TableFolder) -> Result<Self> {
        Ok(Self {
            manifest: Manifest::read(folder)?,
            lines: folder.read()?,
            series: folder.read()?,
            measures: folder.read()?,
            areas: folder.read()?,
            area_titles: folder.read()?,
            unparsed: folder.read()?,
        })
    }

    /// Replaces a place's folder.
    pub fn write(self, folder: &TableFolder) -> Result<()> {
        self.manifest.write(folder)?;
        folder.write(self.lines)?;
        folder.write(self.series)?;
        folder.write(self.measures)?;
        folder.write(self.areas)?;
        folder.write(self.area_titles)?;
        folder.write(self.unparsed)
    }
}
