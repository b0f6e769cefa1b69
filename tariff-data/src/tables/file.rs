//! Reading and writing one table.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use csv::{ReaderBuilder, Terminator, WriterBuilder};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A row of a table, and the table it belongs to.
pub trait Row: Serialize + DeserializeOwned + Ord {
    /// The table's file name.
    const FILE: &'static str;
    /// The header row.
    const COLUMNS: &'static [&'static str];
    /// Whether rows are sorted; if not, they keep the publisher's order.
    const SORTED: bool;
}

/// A folder of tables: `tables` itself, or one place within it.
#[derive(Debug, Clone)]
pub struct TableFolder {
    path: PathBuf,
}

impl TableFolder {
    /// The folder at `path`, which need not exist yet.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }

    /// The folder of a place (`us`) or subject (`hs`, `fx`).
    pub fn place(&self, name: &str) -> Self {
        Self::new(self.path.join(name))
    }

    /// Where the folder is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether the folder holds this table.
    pub fn has<R: Row>(&self) -> bool {
        self.path.join(R::FILE).exists()
    }

    /// All rows of a table, in the file's order.
    pub fn read<R: Row>(&self) -> Result<Vec<R>> {
        read(&self.path.join(R::FILE))
    }

    /// As [`TableFolder::read`], from a file of another name: a table that there is for each language has the language in it.
    pub fn read_from<R: Row>(&self, file: &str) -> Result<Vec<R>> {
        read(&self.path.join(file))
    }

    /// The rows of every CSV file of the folder, in the order of their names.
    pub fn read_all<R: Row>(&self) -> Result<Vec<R>> {
        let entries = std::fs::read_dir(&self.path);
        let entries = entries.with_context(|| format!("reading {}", self.path.display()))?;
        let mut paths = entries
            .map(|entry| Ok(entry?.path()))
            .collect::<Result<Vec<_>>>()?;
        paths.retain(|path| path.extension().is_some_and(|kind| kind == "csv"));
        paths.sort();
        let mut rows = Vec::new();
        for path in paths {
            rows.append(&mut read(&path)?);
        }
        Ok(rows)
    }

    /// Replaces a table. Rows are sorted here; a row given twice is an error, for it would be two facts or none.
    pub fn write<R: Row>(&self, rows: Vec<R>) -> Result<()> {
        self.write_to(R::FILE, rows)
    }

    /// As [`TableFolder::write`], to a file of another name.
    pub fn write_to<R: Row>(&self, file: &str, mut rows: Vec<R>) -> Result<()> {
        let path = self.path.join(file);
        if R::SORTED {
            rows.sort();
            if let Some(twice) = rows.windows(2).find(|pair| pair.first() == pair.last()) {
                let shown = twice.first().map(line).transpose()?.unwrap_or_default();
                bail!("{}: the same row twice: {shown}", path.display());
            }
        }
        std::fs::create_dir_all(&self.path)?;
        std::fs::write(&path, text(&rows)?).with_context(|| format!("writing {}", path.display()))
    }

    /// Adds rows to a shared table (units, terms), keeping what is there.
    pub fn add<R: Row>(&self, rows: Vec<R>) -> Result<()> {
        let mut all = if self.has::<R>() {
            self.read::<R>()?
        } else {
            Vec::new()
        };
        all.extend(rows);
        all.sort();
        all.dedup();
        self.write(all)
    }
}

fn read<R: Row>(path: &Path) -> Result<Vec<R>> {
    let mut reader = ReaderBuilder::new()
        .from_path(path)
        .with_context(|| format!("opening {}", path.display()))?;
    if reader.headers()?.iter().ne(R::COLUMNS.iter().copied()) {
        bail!(
            "{}: the columns must be {}",
            path.display(),
            R::COLUMNS.join(",")
        );
    }
    reader
        .deserialize()
        .enumerate()
        .map(|(row, read)| {
            read.with_context(|| format!("{} line {}", path.display(), row.saturating_add(2)))
        })
        .collect()
}

/// A table's whole text, header included.
pub fn text<R: Row>(rows: &[R]) -> Result<String> {
    let mut writer = WriterBuilder::new()
        .has_headers(false)
        .terminator(Terminator::Any(b'\n'))
        .from_writer(Vec::new());
    writer.write_record(R::COLUMNS)?;
    for row in rows {
        writer.serialize(row)?;
    }
    Ok(String::from_utf8(
        writer.into_inner().context("writing a table")?,
    )?)
}

fn line<R: Row>(row: &R) -> Result<String> {
    let text = text(std::slice::from_ref(row))?;
    Ok(text.lines().nth(1).unwrap_or_default().to_owned())
}

/// Cells with `;` between their parts.
pub(super) mod list {
    use serde::{Deserialize, Deserializer, Serializer};

    pub(crate) fn serialize<S: Serializer>(parts: &[String], to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&parts.join(";"))
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
        let text = String::deserialize(from)?;
        Ok(text
            .split(';')
            .filter(|part| !part.is_empty())
            .map(str::to_owned)
            .collect())
    }
}

/// Cells that say `y` or nothing.
pub(super) mod yes {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(crate) fn serialize<S: Serializer>(yes: &bool, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(if *yes { "y" } else { "" })
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<bool, D::Error> {
        match String::deserialize(from)?.as_str() {
            "y" => Ok(true),
            "" => Ok(false),
            other => Err(D::Error::custom(format!(
                "expected y or nothing, got {other}"
            ))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::{Line, Series, Unit};
    use dutiable::tariff::MeasureType;

    #[test]
    fn an_empty_table_still_says_its_columns() -> Result<()> {
        assert_eq!(text::<Unit>(&[])?, "unit,base,factor,title\n");
        Ok(())
    }

    #[test]
    fn lists_and_marks_are_cells() -> Result<()> {
        let series = Series {
            series: "pref".into(),
            measure_type: MeasureType::Column2Duty,
            areas: vec!["A".into(), "A+".into()],
            ..Series::default()
        };
        assert_eq!(line(&series)?, "pref,column-2-duty,A;A+,,,,,,official");
        let plain = Line {
            code: "01".into(),
            declarable: true,
            title: "Live, all".into(),
            ..Line::default()
        };
        assert_eq!(line(&plain)?, "01,0,y,,\"Live, all\"");
        Ok(())
    }
}
