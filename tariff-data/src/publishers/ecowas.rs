//! The Common External Tariff of the Economic Community of West African States, with Nigeria's columns.

use anyhow::{Context, Result};
use dutiable::confidence::Confidence;
use dutiable::tariff::MeasureType;
use serde::Deserialize;

use super::Job;
use super::duty_text::number;
use super::flat_book::{self, AreaList, Cell, Edition, FlatBook, HsTitles};
use crate::provenance::Publication;
use crate::tables::{Line, Series, Tax};

const PUBLICATION: Publication = Publication {
    id: "ecowas/cet",
    title: "ECOWAS Common External Tariff 2022-2026, with Nigerian VAT, import adjustment tax and excise",
    publisher: "Economic Community of West African States, Nigeria Customs Service; parsed by DutyRate/duty-rate (54af2447)",
    licence: "government's public text",
    edition: "2022-2026, file of 2022-03-21",
    as_of: "2022-03-21",
    url: "https://customs.gov.ng/",
    remarks: "253 rows that run over several lines in print are missing from the parsed file, heading 9503 (toys) among them: \
              such codes are absent here and their duty is unknown. A subheading \
              of which lines are visibly missing has a line of its own whose duty is unknown. Designations are cut at the end of their first printed \
              line. Nigeria went over to this edition in April 2022 \
              (https://www.vanguardngr.com/npa-nsc-niwa-others-get-new-board-members/, with a letter of 2022-04-07); the very \
              day is not at hand, so coverage begins in May and ends with the edition in 2026. Nigeria's fiscal policy \
              measures since, the levies (automotive, ETLS, comprehensive import supervision, FOB 4 %), chapters 98 and 99, \
              and the import prohibitions are not here. The columns VAT, import adjustment tax (a duty on top, per cent of \
              the customs value) and excise are in taxes.csv, as of 2022, and enter no quote.",
};

/// Members' goods go free under the liberalisation scheme where the product is approved; the list of products is not at hand.
const AREAS: [AreaList; 1] = [AreaList {
    area: "etls",
    title: "ECOWAS Trade Liberalisation Scheme, whose approved products are not at hand",
    source: "members of the Community from memory; Burkina Faso, Mali and Niger left on 2025-01-29",
    confidence: Confidence::MemoryUnverified,
    members: "BF::2025-01-28 BJ CI CV GH GM GN GW LR ML::2025-01-28 NE::2025-01-28 NG SL SN TG",
}];

const COLUMN: &str = "import-duty";

#[derive(Debug, Deserialize)]
struct Row {
    code: String,
    description: String,
    unit: String,
    import_duty: String,
    vat: String,
    iat: String,
    excise: String,
}

/// Writes the tables from the publisher's file.
pub fn normalise(job: &Job) -> Result<()> {
    let path = job.files.only()?;
    let titles = HsTitles::read(&job.tables)?;
    let mut book = FlatBook::default();
    let mut taxes = Vec::new();
    let mut rows: Vec<Row> = flat_book::rows(path)?;
    // A page stands twice in the parsed file.
    rows.sort_by(|a, b| a.code.cmp(&b.code));
    for same in rows.chunk_by(|a, b| a.code == b.code) {
        let place = || same.first().map(|row| row.code.clone()).unwrap_or_default();
        enter(&mut book, &mut taxes, same, &titles).with_context(place)?;
    }
    let sources = [job.main_source(&PUBLICATION, &[path])?];
    book.leave_open(COLUMN, &facts());
    job.tables.place("ecowas").write(taxes)?;
    book.write(
        job,
        &Edition {
            place: "ecowas",
            title: "Common External Tariff of the Economic Community of West African States",
            publisher: "Economic Community of West African States, Nigeria Customs Service",
            digits: 10,
            currency: "NGN",
            covers: ("2022-05-01", Some("2026-12-31")),
            language: "en",
            areas: &AREAS,
            sources: &sources,
            also: &[],
        },
    )
}

/// Enters the rows of one code, which must say the same.
fn enter(book: &mut FlatBook, taxes: &mut Vec<Tax>, same: &[Row], titles: &HsTitles) -> Result<()> {
    // Of two prints the longer designation is the less cut.
    let row = same
        .iter()
        .max_by_key(|row| row.description.len())
        .context("no row")?;
    let published = flat_book::code(&row.code)?;
    let code = flat_book::level(&published);
    let own = row.description.trim_start_matches(['-', ' ']);
    let title = if own.trim().is_empty() {
        titles.of(code).unwrap_or_default().to_owned()
    } else {
        flat_book::tidy(own)
    };
    book.line(Line {
        code: code.into(),
        depth: 0,
        declarable: true,
        supplementary: unit(row.unit.trim()).into(),
        title,
    });
    let cell = |column, text| Cell { column, code, text };
    let said = if same
        .iter()
        .all(|other| other.import_duty == row.import_duty)
    {
        percent(&row.import_duty).ok_or("unknown-shape")
    } else {
        Err("two-rates-for-one-code")
    };
    book.enter(cell(COLUMN, &row.import_duty), COLUMN, facts(), said)?;
    for (tax, of) in [
        ("vat", (|row| &row.vat) as fn(&Row) -> &String),
        ("import-adjustment-tax", |row| &row.iat),
        ("excise", |row| &row.excise),
    ] {
        let rate = percent(of(row));
        match rate.filter(|_| same.iter().all(|other| of(other) == of(row))) {
            Some(rate) => taxes.push(Tax {
                code: code.into(),
                tax: tax.into(),
                rate,
            }),
            None => book.note(cell(tax, of(row)), "no one rate"),
        }
    }
    Ok(())
}

fn percent(text: &str) -> Option<String> {
    number(text.trim()).map(|rate| format!("{rate} %"))
}

fn facts() -> Series {
    Series {
        measure_type: MeasureType::ThirdCountryDuty,
        areas: vec!["all".into()],
        legal: "ECOWAS Common External Tariff 2022-2026".into(),
        ..Series::default()
    }
}

/// The unit of the declaration; nothing where the column holds something else.
fn unit(text: &str) -> &'static str {
    match text {
        // A word of the designation has run into one of them.
        "kg" | "Kg" | "perfluorooctanekg" => "kg",
        "u" | "U" => "item",
        "2u" => "pair",
        "1000" => "thousand",
        "pac" => "pack",
        "m" => "m",
        "m2" => "m2",
        "m3" | "m3(*)" => "m3",
        "l" => "l",
        "carat" => "carat",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(import_duty: &str, iat: &str) -> Row {
        Row {
            code: "0709.51.00.00".into(),
            description: "-- Mushrooms   of some kind".into(),
            unit: "Kg".into(),
            import_duty: import_duty.into(),
            vat: "7.5".into(),
            iat: iat.into(),
            excise: "00".into(),
        }
    }

    fn taxes(rows: &[Row]) -> Result<Vec<String>> {
        let mut taxes = Vec::new();
        enter(
            &mut FlatBook::default(),
            &mut taxes,
            rows,
            &HsTitles::default(),
        )?;
        Ok(taxes
            .into_iter()
            .map(|tax| format!("{} {} {}", tax.code, tax.tax, tax.rate))
            .collect())
    }

    #[test]
    fn a_row_gives_three_taxes_and_none_where_prints_differ() -> Result<()> {
        assert_eq!(
            taxes(&[row("20", "15"), row("20", "15")])?,
            [
                "070951 vat 7.5 %",
                "070951 import-adjustment-tax 15 %",
                "070951 excise 0 %"
            ]
        );
        assert_eq!(taxes(&[row("20", "15"), row("20", "10")])?.len(), 2);
        Ok(())
    }

    #[test]
    fn a_rate_is_a_number_or_unknown() {
        assert_eq!(percent(" 17.50 ").as_deref(), Some("17.5 %"));
        for text in ["", "free", "5-10"] {
            assert_eq!(percent(text), None);
        }
        assert_eq!(unit("m3(*)"), "m3");
        assert_eq!(unit("-"), "");
    }
}
