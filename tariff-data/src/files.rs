//! The publishers' files a run was given.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use flate2::read::GzDecoder;

/// The files named after `--from`, found again by a fragment of their name.
#[derive(Debug, Clone)]
pub struct Files {
    paths: Vec<PathBuf>,
}

impl Files {
    /// The files as given on the command line.
    pub fn new(paths: Vec<PathBuf>) -> Self {
        Self { paths }
    }

    /// All files given.
    pub fn all(&self) -> impl Iterator<Item = &Path> {
        self.paths.iter().map(PathBuf::as_path)
    }

    /// The only file given.
    pub fn only(&self) -> Result<&Path> {
        match self.paths.as_slice() {
            [path] => Ok(path),
            paths => bail!("expected one file after --from, got {}", paths.len()),
        }
    }

    /// The only file given beside another.
    pub fn other_than(&self, known: &Path) -> Result<&Path> {
        let mut others = self.paths.iter().filter(|path| path.as_path() != known);
        match (others.next(), others.next()) {
            (Some(path), None) => Ok(path),
            _ => bail!("expected one file beside {}", known.display()),
        }
    }

    /// The one file whose name contains `fragment`.
    pub fn named(&self, fragment: &str) -> Result<&Path> {
        self.find(fragment)?
            .with_context(|| format!("no file after --from has \"{fragment}\" in its name"))
    }

    /// As [`Files::named`], for a file that may be left out.
    pub fn find(&self, fragment: &str) -> Result<Option<&Path>> {
        let mut found = self.paths.iter().filter(|path| {
            path.file_name()
                .is_some_and(|name| name.to_string_lossy().contains(fragment))
        });
        let first = found.next();
        if let Some(second) = found.next() {
            bail!(
                "two files have \"{fragment}\" in their names, one of them {}",
                second.display()
            );
        }
        Ok(first.map(PathBuf::as_path))
    }
}

/// The whole file as bytes, unpacked if its name ends in `.gz`.
pub fn bytes(path: &Path) -> Result<Vec<u8>> {
    let file = File::open(path).with_context(|| format!("opening {}", path.display()))?;
    let mut bytes = Vec::new();
    let read = if path.extension().is_some_and(|extension| extension == "gz") {
        GzDecoder::new(file).read_to_end(&mut bytes)
    } else {
        std::io::BufReader::new(file).read_to_end(&mut bytes)
    };
    read.with_context(|| format!("reading {}", path.display()))?;
    Ok(bytes)
}

/// As [`text`], with a mark in place of what is not UTF-8: for texts of which only figures are read.
pub fn text_with_marks(path: &Path) -> Result<String> {
    Ok(String::from_utf8_lossy(&bytes(path)?).into_owned())
}

/// The whole file as text without a byte order mark, unpacked if its name ends in `.gz`.
pub fn text(path: &Path) -> Result<String> {
    let text = String::from_utf8(bytes(path)?)
        .with_context(|| format!("{} is not UTF-8", path.display()))?;
    Ok(text
        .strip_prefix('\u{feff}')
        .map(str::to_owned)
        .unwrap_or(text))
}
