//! Where a table comes from: one file in `sources/` for each publisher's file or set of files.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use toml::value::Datetime;

/// What `sources/<id>.toml` says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Provenance {
    /// `us/hts`: the folder of the place, then a name.
    pub id: String,
    /// The publication's own title.
    pub title: String,
    /// Who published it.
    pub publisher: String,
    /// On what terms its facts may be carried.
    pub licence: String,
    /// The publisher's name for this edition.
    pub edition: String,
    /// The day it speaks for.
    pub as_of: Datetime,
    /// Where the publisher offers it.
    pub url: String,
    /// The very files that were read.
    pub files: Vec<SourceFile>,
    /// What is known to be missing or doubtful.
    pub remarks: String,
}

/// A file as it was read (packed, if it came packed).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceFile {
    /// The file's name without its folder.
    pub name: String,
    /// Its length.
    pub bytes: u64,
    /// SHA-256 in lower-case hexadecimal.
    pub sha256: String,
}

/// The parts of a [`Provenance`] that a reader knows before it sees the file.
#[derive(Debug, Clone, Copy)]
pub struct Publication {
    /// See [`Provenance::id`].
    pub id: &'static str,
    /// See [`Provenance::title`].
    pub title: &'static str,
    /// See [`Provenance::publisher`].
    pub publisher: &'static str,
    /// See [`Provenance::licence`].
    pub licence: &'static str,
    /// The edition the reader was written against; `--edition` says otherwise.
    pub edition: &'static str,
    /// The day that edition speaks for; `--as-of` says otherwise.
    pub as_of: &'static str,
    /// See [`Provenance::url`].
    pub url: &'static str,
    /// See [`Provenance::remarks`].
    pub remarks: &'static str,
}

impl Provenance {
    /// The provenance of `paths`, measured from the files themselves.
    pub fn of(publication: &Publication, paths: &[&Path]) -> Result<Self> {
        Ok(Self {
            id: publication.id.into(),
            title: publication.title.into(),
            publisher: publication.publisher.into(),
            licence: publication.licence.into(),
            edition: publication.edition.into(),
            as_of: date(publication.as_of)?,
            url: publication.url.into(),
            files: paths
                .iter()
                .map(|path| SourceFile::measure(path))
                .collect::<Result<_>>()?,
            remarks: publication.remarks.into(),
        })
    }

    /// Another edition than the one the reader was written against.
    pub fn dated(mut self, edition: Option<&str>, as_of: Option<&str>) -> Result<Self> {
        if let Some(edition) = edition {
            self.edition = edition.into();
        }
        if let Some(as_of) = as_of {
            self.as_of = date(as_of)?;
        }
        Ok(self)
    }

    /// Reads `sources/<id>.toml`, if there is one.
    pub fn read(sources: &Path, id: &str) -> Result<Option<Self>> {
        let path = path_of(sources, id);
        if !path.exists() {
            return Ok(None);
        }
        let text = std::fs::read_to_string(&path)
            .with_context(|| format!("reading {}", path.display()))?;
        toml::from_str(&text)
            .map(Some)
            .with_context(|| format!("reading {}", path.display()))
    }

    /// Writes `sources/<id>.toml`.
    ///
    /// Refuses to put a different file under a date that was recorded for another: the caller must
    /// say which edition it is.
    pub fn write(&self, sources: &Path) -> Result<()> {
        if let Some(recorded) = Self::read(sources, &self.id)? {
            let same_date = recorded.as_of == self.as_of && recorded.edition == self.edition;
            if same_date && recorded.files != self.files {
                bail!(
                    "these are not the files recorded for {} of {}: say --edition and --as-of",
                    self.id,
                    self.as_of
                );
            }
        }
        let path = path_of(sources, &self.id);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(&path, self.text()).with_context(|| format!("writing {}", path.display()))
    }

    /// The file's text, in one fixed order.
    fn text(&self) -> String {
        let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
        let files: Vec<String> = self.files.iter().map(SourceFile::text).collect();
        format!(
            "id = {}\ntitle = {}\npublisher = {}\nlicence = {}\nedition = {}\nas-of = {}\nurl = {}\n\
             files = [\n{}]\nremarks = {}\n",
            quoted(&self.id),
            quoted(&self.title),
            quoted(&self.publisher),
            quoted(&self.licence),
            quoted(&self.edition),
            self.as_of,
            quoted(&self.url),
            files.concat(),
            quoted(&self.remarks),
        )
    }
}

impl SourceFile {
    fn measure(path: &Path) -> Result<Self> {
        let bytes = std::fs::read(path).with_context(|| format!("reading {}", path.display()))?;
        Ok(Self {
            name: path
                .file_name()
                .map(|name| name.to_string_lossy().into_owned())
                .with_context(|| format!("{} has no file name", path.display()))?,
            bytes: u64::try_from(bytes.len())?,
            sha256: Sha256::digest(&bytes)
                .iter()
                .map(|byte| format!("{byte:02x}"))
                .collect(),
        })
    }

    fn text(&self) -> String {
        let name = toml::Value::String(self.name.clone());
        format!(
            "  {{ name = {name}, bytes = {}, sha256 = \"{}\" }},\n",
            self.bytes, self.sha256
        )
    }
}

fn date(text: &str) -> Result<Datetime> {
    text.parse()
        .with_context(|| format!("\"{text}\" is not an ISO date"))
}

fn path_of(sources: &Path, id: &str) -> PathBuf {
    sources.join(format!("{id}.toml"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() -> Result<()> {
        let provenance = Provenance {
            id: "zz/tariff".into(),
            title: "A \"quoted\" title".into(),
            publisher: "P".into(),
            licence: "L".into(),
            edition: "E".into(),
            as_of: date("2026-06-08")?,
            url: "https://example.org/".into(),
            files: vec![SourceFile {
                name: "a.json".into(),
                bytes: 3,
                sha256: "00".into(),
            }],
            remarks: "none".into(),
        };
        assert_eq!(
            toml::from_str::<Provenance>(&provenance.text())?,
            provenance
        );
        Ok(())
    }
}
