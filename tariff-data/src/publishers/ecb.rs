//! The euro foreign exchange reference rates of the European Central Bank: one column a currency, one row a day.

use std::path::Path;

use anyhow::{Context, Result, bail};

use super::Job;
use crate::files;
use crate::provenance::Publication;
use crate::tables::FxRate;

const ECB: Publication = Publication {
    id: "fx/ecb",
    title: "Euro foreign exchange reference rates",
    publisher: "European Central Bank",
    licence: "free reuse with the source named",
    edition: "2026-01-02 to 2026-10-30",
    as_of: "2026-10-30",
    url: "https://www.ecb.europa.eu/stats/policy_and_exchange_rates/euro_reference_exchange_rates/",
    remarks: "Units of the currency for one euro, with the decimals published. Working days only. Currencies without a \
              rate in the period (N/A) are left out.",
};

/// What the file writes where there is no rate.
const NO_RATE: &str = "N/A";

/// Writes `tables/fx/ecb.csv`.
pub fn normalise(job: &Job) -> Result<()> {
    let path = job.files.only()?;
    let rates = read(path)?;
    job.main_source(&ECB, &[path])?.write(&job.sources)?;
    job.tables.place("fx").write(rates)
}

fn read(path: &Path) -> Result<Vec<FxRate>> {
    rates(&files::text(path)?).with_context(|| format!("reading {}", path.display()))
}

fn rates(text: &str) -> Result<Vec<FxRate>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let currencies = reader.headers()?.clone();
    if currencies.get(0) != Some("Date") {
        bail!("the first column must be Date");
    }
    let mut rates = Vec::new();
    for (row, record) in reader.into_records().enumerate() {
        let record = record?;
        let date = record.get(0).unwrap_or_default();
        let cells = currencies.iter().zip(&record).skip(1);
        for (currency, rate) in cells.filter(|(_, rate)| !rate.is_empty() && *rate != NO_RATE) {
            dutiable::decimal::parse(rate, 8).ok().with_context(|| {
                format!(
                    "line {}: \"{rate}\" for {currency} is no rate",
                    row.saturating_add(2)
                )
            })?;
            rates.push(FxRate {
                date: date.into(),
                currency: currency.into(),
                rate: rate.into(),
            });
        }
    }
    Ok(rates)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_stay_and_absences_go() -> Result<()> {
        let rates = rates("Date,USD,BGN,ISK,\n2026-10-30,1.1172,N/A,136.00,\n")?;
        let shown: Vec<String> = rates
            .iter()
            .map(|row| format!("{} {} {}", row.date, row.currency, row.rate))
            .collect();
        assert_eq!(shown, ["2026-10-30 USD 1.1172", "2026-10-30 ISK 136.00"]);
        Ok(())
    }

    #[test]
    fn a_rate_that_is_none_is_an_error() {
        assert!(rates("Date,USD,\n2026-10-30,1e3,\n").is_err());
    }
}
