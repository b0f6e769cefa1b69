//! Duties in place of the tariff, by code: simplified tariffs, personal-import rates, free ports.

use super::law::Law;
use crate::calendar::ValidityPeriod;
use crate::stored::stored;
use crate::tariff::RateText;
use serde::{Deserialize, Serialize};

/// Duties by code, in place of the tariff.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RateTable {
    /// Its id, by which a regime names it.
    pub id: String,
    /// What its duty is called on a line: `simplified-duty`.
    pub measure: String,
    /// When it holds.
    #[serde(default)]
    pub valid: ValidityPeriod,
    /// The rates. Of several that list an item, the longest code decides; goods that none lists follow the tariff.
    pub rate: Vec<TableRate>,
    /// Its source.
    pub law: Law,
}

stored!(struct RateTable { id, measure, valid, rate, law });

/// One duty of a rate table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct TableRate {
    /// The codes it is for, 2 to 10 digits; empty for all goods that no other rate lists.
    #[serde(default)]
    pub codes: Vec<String>,
    /// The duty, in the grammar of the tables.
    pub duty: RateText,
}

stored!(struct TableRate { codes, duty });

/// The duty of goods whose line the tariff at hand lacks: any of these, or unknown where there is none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct UnlistedDuty {
    /// When it holds.
    #[serde(default)]
    pub valid: ValidityPeriod,
    /// What it can be, from the lowest to the highest.
    pub duty: Vec<RateText>,
    /// Its source.
    pub law: Law,
}

stored!(struct UnlistedDuty { valid, duty, law });
