//! The preferential columns that the parsed schedule has.

use super::rows::Row;

/// What a preferential column is.
pub struct Agreement {
    /// The column and the area.
    pub name: &'static str,
    /// The law or treaty.
    pub legal: &'static str,
    /// Its cell in a row.
    pub cell: fn(&Row) -> &str,
}

/// The preferential columns.
pub const AGREEMENTS: [Agreement; 7] = [
    Agreement {
        name: "gsp",
        legal: "Temporary Tariff Measures Act art. 8-2(1)",
        cell: |row| &row.gsp,
    },
    Agreement {
        name: "ldc",
        legal: "Temporary Tariff Measures Act art. 8-2(3)",
        cell: |row| &row.ldc,
    },
    Agreement {
        name: "cptpp",
        legal: "CPTPP art. 2.4",
        cell: |row| &row.cptpp,
    },
    Agreement {
        name: "eu",
        legal: "Japan-EU EPA art. 2.8",
        cell: |row| &row.eu,
    },
    Agreement {
        name: "uk",
        legal: "Japan-UK CEPA art. 2.8",
        cell: |row| &row.uk,
    },
    Agreement {
        name: "rcep-cn",
        legal: "RCEP art. 2.4",
        cell: |row| &row.rcep_cn,
    },
    Agreement {
        name: "us",
        legal: "Japan-US Trade Agreement annex I",
        cell: |row| &row.us,
    },
];
