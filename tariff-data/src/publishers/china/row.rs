//! The rows of the gathered tariff.

use serde::Deserialize;

use crate::publishers::flat;

/// One statistical code of ten digits.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Row {
    /// The ten digits.
    pub code: String,
    /// The designation.
    pub designation: String,
    /// The first legal unit.
    pub unit: String,
    /// The most-favoured-nation rate.
    pub mfn: String,
    /// The temporary rate.
    pub temporary: String,
    /// The general rate.
    pub general: String,
    /// `智利=0;巴基斯坦=1.5`: the rate of each agreement that has one.
    pub agreements: String,
    /// The consumption tax.
    pub consumption_tax: String,
    /// The value added tax on import.
    pub vat: String,
}

impl Row {
    /// The code at its own level.
    pub fn own_level(&self) -> &str {
        flat::own_level(&self.code)
    }
}

/// A row for tests.
#[cfg(test)]
pub fn fixture(code: &str, mfn: &str, temporary: &str, general: &str) -> Row {
    Row {
        code: code.into(),
        designation: "货".into(),
        unit: "千克".into(),
        mfn: mfn.into(),
        temporary: temporary.into(),
        general: general.into(),
        ..Row::default()
    }
}
