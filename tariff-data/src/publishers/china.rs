//! The Customs Tariff of China: most-favoured-nation, temporary and general rates, and the columns of the agreements.

mod agreements;
mod areas;
mod lines;
mod quotas;
mod rate;
mod row;
mod taxes;
mod third_country;

use std::collections::BTreeSet;

use anyhow::Result;

use self::row::Row;
use super::Job;
use super::flat::{self, About};
use super::rates::Rates;
use crate::provenance::Publication;

const PUBLICATION: Publication = Publication {
    id: "cn/tariff",
    title: "中华人民共和国进出口税则 (Customs Tariff of the People's Republic of China), statistical codes for import",
    publisher: "Customs Tariff Commission of the State Council; as gathered in Hdycz0921/hscode-data (4bcbbec8)",
    licence: "government text",
    edition: "tariff of 2026, as gathered on 2026-08-02",
    as_of: "2026-08-02",
    url: "http://gss.mof.gov.cn/",
    remarks: "Which column applies: the most-favoured-nation rate to goods of members of the World Trade Organization, of countries with a \
              bilateral clause and of China itself, the temporary rate in its place where there is one, the general rate to all others \
              and to goods of unknown origin, to which no temporary rate applies (a restatement of the law: \
              https://woyaojiankangwang.com/Medicalequipment/xipcqnfstw.html); tables/cn/README.md says how the tables hold that. Which \
              non-members have a clause is not in the file: areas.csv says how sure each list is, and for places on neither list the \
              duty is unknown. The columns of RCEP, of the special rates for least developed countries and of the zero duties for \
              African countries are not in the file, nor are trade remedies, nor duties in retaliation: for goods of the United States \
              a measure without expression says that there are some (10 % on all of them kept on 2025-11-10, when 24 % were suspended for a year: \
              https://koreajoongangdaily.joins.com/news/2025-11-05/world/world/China-confirms-suspension-of-24-tariff-on-US-goods-retains-10-levy/2437232). Specific rates that the file \
              lost (general rates of nought below the most-favoured-nation rate), sliding and stepped duties are unknown. The \
              Taiwan column lacks goods whose concession was withdrawn in 2024 (propylene, p-xylene, polyvinyl chloride), so it seems \
              current; that of Honduras has one line only, so a preference not found there is unknown. Designations are those of the \
              statistical codes: there are no nodes above them. Rates hold for the calendar year; changes within it after 2026-08-02 are \
              not known. Export duties and rebates, supervision and inspection are left out. Import VAT and consumption tax are in \
              taxes.csv and nothing reads it yet.",
};

/// The column of China's ordinary rates for all who are given them.
const MFN: &str = "mfn";
/// The column of what displaces them for a time.
const TEMPORARY: &str = "temporary";
/// The column for everyone else.
const GENERAL: &str = "general";

/// Writes the tables from the publisher's file.
pub fn normalise(job: &Job) -> Result<()> {
    let path = job.files.only()?;
    let source = job.main_source(&PUBLICATION, &[path])?;
    let rows: Vec<Row> = flat::rows(path, 10, |row: &Row| row.code.clone())?;
    let within_quotas = quotas::within(&rows);
    let mut rates = Rates::default();
    for row in &rows {
        third_country::enter(&mut rates, row, within_quotas.contains(row.code.as_str()))?;
        agreements::enter(&mut rates, row)?;
    }
    third_country::enter_unknown(&mut rates, &rows)?;
    let codes: BTreeSet<&str> = rows.iter().map(Row::own_level).collect();
    let taxes = taxes::taxes(&mut rates, &rows, &codes)?;
    let tables = rates.into_gathered_tables(&codes);
    job.tables.add(vec![super::mexico::kilowatt_hour()])?;
    flat::write(
        job,
        &About {
            id: "cn",
            publisher: "Customs Tariff Commission of the State Council",
            digits: 10,
            currency: "CNY",
            covers_from: "2026-01-01",
            covers_to: Some("2026-12-31"),
            language: "zh",
            split: "by-area",
            areas: &areas::lists(),
        },
        &[source],
        lines::lines(&rows)?,
        tables,
    )?;
    job.tables.place("cn").write(taxes)
}
