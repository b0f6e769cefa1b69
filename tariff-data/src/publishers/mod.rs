//! One reader a publisher: a function from the publisher's files to our tables.

mod abf;
mod area_lists;
mod brazil;
mod china;
mod duty_text;
mod ecb;
mod ecowas;
mod eec;
mod flat;
mod flat_book;
mod gather;
mod hmrc_terms;
mod hs2022;
mod hs_editions;
mod hs_titles;
mod india;
mod israel;
mod japan_customs;
mod mexico;
mod peru;
mod rates;
mod sars;
mod taric;
mod taric_nomenclature;
mod ukgt;
mod usitc;

pub use taric::duty as taric_duty;

use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::ValueEnum;

use crate::files::Files;
use crate::provenance::{Provenance, Publication};
use crate::tables::TableFolder;

/// What `normalise` can read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum What {
    /// The Harmonized Tariff Schedule of the United States
    Us,
    /// Lists of codes that the United States' additional duties reach
    UsAdditional,
    /// TARIC
    Eu,
    /// The UK Global Tariff
    Gb,
    /// The Customs Tariff of Japan
    Jp,
    /// The Customs Tariff of China
    Cn,
    /// Mexico's law of import and export duties
    Mx,
    /// The Customs Tariff of Peru
    Pe,
    /// Brazil's import duty on the common nomenclature of Mercosur
    Br,
    /// India's average duties by subheading
    In,
    /// The tariff of the Southern African Customs Union
    Sacu,
    /// The Common Customs Tariff of the Eurasian Economic Union
    Eaeu,
    /// The Common External Tariff of West Africa, with Nigeria's columns
    Ecowas,
    /// Australia's Customs Tariff, in part
    Au,
    /// Israel's customs book, in part
    Il,
    /// The tree of the Harmonized System with governments' designations
    Hs,
    /// What became of the subheadings of HS 2012 and HS 2017
    HsEditions,
    /// The titles of the Harmonized System in German, French and Spanish: a workbook each
    HsTitles,
    /// The euro foreign exchange reference rates
    Ecb,
    /// HMRC's trade terms
    Terms,
}

/// A run of `normalise`: what it was given and where it writes.
#[derive(Debug)]
pub struct Job {
    /// The publisher's files.
    pub files: Files,
    /// `tariff-data/tables`.
    pub tables: TableFolder,
    /// `tariff-data/sources`.
    pub sources: PathBuf,
    /// The main file's edition, if the caller says.
    pub edition: Option<String>,
    /// The main file's date, if the caller says.
    pub as_of: Option<String>,
}

impl Job {
    /// The provenance of the main files, with the edition and date of the command line.
    pub fn main_source(&self, publication: &Publication, paths: &[&Path]) -> Result<Provenance> {
        Provenance::of(publication, paths)?.dated(self.edition.as_deref(), self.as_of.as_deref())
    }
}

/// Reads the files and replaces the tables they make.
pub fn normalise(what: What, job: &Job) -> Result<()> {
    match what {
        What::Us => usitc::normalise(job),
        What::UsAdditional => usitc::additional::normalise(job),
        What::Eu => taric::normalise(job),
        What::Gb => ukgt::normalise(job),
        What::Jp => japan_customs::normalise(job),
        What::Cn => china::normalise(job),
        What::Mx => mexico::normalise(job),
        What::Pe => peru::normalise(job),
        What::Br => brazil::normalise(job),
        What::In => india::normalise(job),
        What::Sacu => sars::normalise(job),
        What::Eaeu => eec::normalise(job),
        What::Ecowas => ecowas::normalise(job),
        What::Au => abf::normalise(job),
        What::Il => israel::normalise(job),
        What::Hs => hs2022::normalise(job),
        What::HsEditions => hs_editions::normalise(job),
        What::HsTitles => hs_titles::normalise(job),
        What::Ecb => ecb::normalise(job),
        What::Terms => hmrc_terms::normalise(job),
    }
}
