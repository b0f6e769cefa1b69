//! The engine: packs are opened into it, and it answers.

mod asking;
mod checking;
mod navigating;
mod quoting;
#[cfg(feature = "cli")]
mod refunding;

use crate::destination::Rules;
use crate::error::{Error, ErrorCode};
use crate::exchange::{Peg, ReferenceRates};
use crate::pack::{About, Pack, PackKind};
use crate::tariff::{MeasureSet, Tariff};
pub use asking::{Browsing, Checking, Guiding, Searching, language_of};
use core::fmt::Write as _;
use navigating::Navigation;
pub use navigating::{DEFAULT_HITS, classifier_sections};
use sha2::{Digest, Sha256};

/// Section numbers of the packs that the engine itself opens; a tariff's are in [`crate::tariff::sections`].
pub mod sections {
    use crate::pack::SectionId;
    /// [`crate::destination::Rules`].
    pub const RULES: SectionId = SectionId(10);
    /// [`crate::exchange::ReferenceRates`].
    pub const RATES: SectionId = SectionId(11);
    /// Of [`crate::exchange::Peg`]: a pack of rates may have none.
    pub const PEGS: SectionId = SectionId(12);
    /// The tree of the nomenclature.
    pub const TREE: SectionId = SectionId(40);
    /// See [`crate::navigator::IndexSections`].
    pub const WORDS: SectionId = SectionId(41);
    /// See [`crate::navigator::IndexSections`].
    pub const POSTINGS: SectionId = SectionId(42);
    /// See [`crate::navigator::IndexSections`].
    pub const TEXTS: SectionId = SectionId(43);
    /// See [`crate::navigator::IndexSections`].
    pub const WEIGHTS: SectionId = SectionId(44);
    /// Designations: of the nomenclature, or of the lines beside them.
    pub const TITLES: SectionId = SectionId(45);
    /// A tariff's lines in its own order.
    pub const LINES: SectionId = SectionId(46);
    /// [`crate::navigator::Language`]: an index in English has none.
    pub const LANGUAGE: SectionId = SectionId(47);
    /// See [`crate::navigator::ClassifierSections`].
    pub const KNOWN_WORDS: SectionId = SectionId(50);
    /// See [`crate::navigator::ClassifierSections`].
    pub const MEMORY: SectionId = SectionId(51);
    /// See [`crate::navigator::ClassifierSections`].
    pub const VECTORS: SectionId = SectionId(52);
    /// See [`crate::navigator::ClassifierSections`].
    pub const CLASSES: SectionId = SectionId(53);
    /// Of a classifier: how often it is right.
    pub const CALIBRATION: SectionId = SectionId(57);
    /// See [`crate::nomenclature::Editions`].
    pub const EDITIONS: SectionId = SectionId(54);
    /// Of [`crate::navigator::GeneralWord`].
    pub const GENERAL_WORDS: SectionId = SectionId(55);
    /// There where lines are missing that the destination has.
    pub const IN_PART: SectionId = SectionId(56);
    /// [`crate::navigator::guide::Vocabulary`].
    pub const FACETS: SectionId = SectionId(60);
    /// [`crate::navigator::guide::Profiles`].
    pub const PROFILES: SectionId = SectionId(61);
    /// Of [`crate::navigator::guide::Note`].
    pub const NOTES: SectionId = SectionId(62);
}

/// Whether this build quotes.
const QUOTES: bool = cfg!(feature = "quotes");
/// Whether this build searches and browses.
const NAVIGATOR: bool = cfg!(feature = "navigator");

/// A pack that is open, by name and hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenPack {
    /// What the pack says of itself.
    pub about: About,
    /// What it holds.
    pub kind: PackKind,
    /// SHA-256 of the file, in hexadecimal.
    pub sha256: String,
}

/// The engine. It holds what was opened into it and nothing else: no clock, no network, no settings.
#[derive(Debug, Default)]
pub struct Engine {
    packs: Vec<OpenPack>,
    rules: Vec<Rules>,
    tariffs: Vec<(String, Tariff)>,
    /// Measures whose tariff is not open yet.
    waiting: Vec<(String, MeasureSet)>,
    rates: Vec<ReferenceRates>,
    pegs: Vec<Peg>,
    navigation: Navigation,
}

impl Engine {
    /// An engine without packs.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Verifies a pack and takes it. A pack of the same id that was open before stays as it is, and the call changes nothing.
    ///
    /// `expected` is the SHA-256 that a manifest gives; the engine compares it with the file's own before it looks into the file.
    ///
    /// # Errors
    /// [`ErrorCode::PackCorrupt`] for a file that is no whole pack or not the expected one, [`ErrorCode::PackFormat`] for another
    /// format or a pack that this build does not read, [`ErrorCode::PackMismatch`] for measures of another day than their tariff.
    pub fn open_pack(
        &mut self,
        bytes: Vec<u8>,
        expected: Option<&str>,
    ) -> Result<&OpenPack, Error> {
        let sha256 = hexadecimal(&Sha256::digest(&bytes));
        if expected.is_some_and(|expected| expected != sha256) {
            return Err(ErrorCode::PackCorrupt.into());
        }
        let pack = Pack::open(bytes)?;
        let open = OpenPack {
            about: pack.about().clone(),
            kind: pack.kind(),
            sha256,
        };
        // By id, so that no answer depends on which pack arrived first.
        let found = self
            .packs
            .binary_search_by(|other| other.about.id.cmp(&open.about.id));
        let at = match found {
            Ok(at) => at,
            Err(at) => {
                self.take(pack)?;
                self.packs.insert(at, open);
                at
            }
        };
        self.packs
            .get(at)
            .ok_or_else(|| ErrorCode::PackMissing.into())
    }

    /// A pack that this build has no use for is refused; what would read it is then left out of a wasm module.
    fn take(&mut self, pack: Pack) -> Result<(), Error> {
        match pack.kind() {
            PackKind::Rules if QUOTES => self.rules.push(pack.value(sections::RULES)?),
            PackKind::Rates if QUOTES => {
                let rates: ReferenceRates = pack.value(sections::RATES)?;
                if !rates.is_sound() {
                    return Err(ErrorCode::PackCorrupt.into());
                }
                if pack.range(sections::PEGS).is_ok() {
                    self.pegs.append(&mut pack.value(sections::PEGS)?);
                }
                self.rates.push(rates);
            }
            PackKind::Tariff if QUOTES => self.take_tariff(pack)?,
            PackKind::Measures if QUOTES => self.take_measures(pack)?,
            PackKind::Nomenclature
            | PackKind::Index
            | PackKind::Text
            | PackKind::Classifier
            | PackKind::Guide
                if NAVIGATOR =>
            {
                self.navigation.take(pack)?
            }
            _ => return Err(ErrorCode::PackFormat.into()),
        }
        Ok(())
    }

    fn take_tariff(&mut self, pack: Pack) -> Result<(), Error> {
        let id = pack.about().tariff.clone();
        let mut tariff = Tariff::open(pack)?;
        let (own, others) = core::mem::take(&mut self.waiting)
            .into_iter()
            .partition(|(of, _)| *of == id);
        self.waiting = others;
        let own: Vec<(String, MeasureSet)> = own;
        for (_, measures) in own {
            tariff.extend(measures)?;
        }
        self.tariffs.push((id, tariff));
        Ok(())
    }

    fn take_measures(&mut self, pack: Pack) -> Result<(), Error> {
        let id = pack.about().tariff.clone();
        let measures = MeasureSet::open(pack)?;
        match self.tariffs.iter_mut().find(|(of, _)| *of == id) {
            Some((_, tariff)) => tariff.extend(measures)?,
            None => self.waiting.push((id, measures)),
        }
        Ok(())
    }

    /// The packs that are open, by id.
    #[must_use]
    pub fn packs(&self) -> &[OpenPack] {
        &self.packs
    }

    /// The rules that are open, by territory.
    #[must_use]
    pub fn rules(&self) -> &[Rules] {
        &self.rules
    }
}

/// Bytes in hexadecimal.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::with_capacity(64), |mut text, byte| {
            // Writing to a `String` cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
}
