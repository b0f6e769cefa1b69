//! Mexico's law of import and export duties (LIGIE): one rate a line, a few of them by the sugar content.

use anyhow::{Result, bail};
use dutiable::confidence::Confidence;
use serde::Deserialize;

use super::Job;
use super::area_lists::List;
use super::duty_text::{number, per_cent};
use super::flat::{self, About};
use super::rates::{Cell, Rates, Reason, for_all};
use crate::provenance::Publication;
use crate::tables::{Line, Series, Unit};

const PUBLICATION: Publication = Publication {
    id: "mx/ligie",
    title: "Ley de los Impuestos Generales de Importación y de Exportación",
    publisher: "Secretaría de Economía (SNICE), as parsed in jfloresbmxt/aranceles (9bbdfea5)",
    licence: "Mexican government's public data; the parsed file is under the MIT licence",
    edition: "edition of 2025-07-28 with the reform in force from 2026-01-01",
    as_of: "2026-01-01",
    url: "https://www.snice.gob.mx/",
    remarks: "Rates that the reform of December 2025 touches were taken from the opinion that was approved, not from the decree: 1,453 \
              lines, 1,072 of them with another rate than before; their series says so and has the lower confidence. Goods whose \
              import is prohibited have no rate. Export duties, sectoral programmes (PROSEC), the eighth rule, duties at the border \
              regions, quotas, and the global rate for parcels are not in these tables. Preferences are not at hand (the reform is for \
              origins without an agreement): for the parties listed in areas.csv one is unknown, not refused. Eighteen subheadings \
              of HS 2022 have no line in the parsed file (3101.00, 3606.10, 3606.90, 3824.60, 3827.68, 4418.30, 4602.12 and so on). \
              The amounts of a mixed duty are in United States dollars for each kilogram of sugar.",
};

const AREAS: [List; 1] = [List {
    area: "other-agreements",
    title: "Parties to Mexico's agreements, whose rates are not at hand: a preference is unknown",
    source: "from memory: T-MEC, CPTPP, European Union, EFTA, Japan, Israel, Chile, Colombia, Peru, Uruguay, Panama, Central America, Bolivia, United Kingdom, and the Latin American Integration Association's partial agreements",
    confidence: Confidence::MemoryUnverified,
    members: "AR AT AU BE BG BN BO BR CA CH CL CO CR CU CY CZ DE DK EC EE ES FI FR GB GR GT HN HR HU IE IL IS IT JP LI LT LU LV MT MY NI NL NO NZ PA PE PL PT PY RO SE SG SI SK SV US UY VE VN",
}];

const COLUMN: &str = "mfn";

#[derive(Deserialize)]
struct Row {
    code: String,
    designation: String,
    unit: String,
    mfn: String,
    reform_2026_01_01: String,
    heading: String,
    subheading: String,
}

/// Writes the tables from the publisher's file.
pub fn normalise(job: &Job) -> Result<()> {
    let path = job.files.only()?;
    let source = job.main_source(&PUBLICATION, &[path])?;
    let rows: Vec<Row> = flat::rows(path, 8, |row: &Row| row.code.clone())?;
    let mut rates = Rates::default();
    for row in &rows {
        enter(&mut rates, row)?;
    }
    job.tables.add(vec![kilowatt_hour()])?;
    flat::write(
        job,
        &About {
            id: "mx",
            publisher: "Secretaría de Economía",
            digits: 8,
            currency: "MXN",
            covers_from: "2026-01-01",
            covers_to: None,
            language: "es",
            split: "by-area",
            areas: &AREAS,
        },
        &[source],
        lines(&rows)?,
        rates.into_tables(),
    )
}

/// The unit of electricity, which the shared table may not have yet.
pub fn kilowatt_hour() -> Unit {
    Unit {
        unit: "kwh".into(),
        base: "mwh".into(),
        factor: "0.001".into(),
        title: "kilowatt hour".into(),
    }
}

fn enter(rates: &mut Rates, row: &Row) -> Result<()> {
    let cell = Cell {
        code: &row.code,
        column: COLUMN,
        text: &row.mfn,
    };
    let suffix = if row.is_reformed() { "-reform" } else { "" };
    rates.enter(cell, suffix, facts(row), expression(&row.mfn))
}

impl Row {
    fn is_reformed(&self) -> bool {
        !self.reform_2026_01_01.is_empty()
    }
}

fn facts(row: &Row) -> Series {
    if row.is_reformed() {
        for_all(
            "LIGIE, reform in force from 2026-01-01, by the opinion approved in December 2025",
            Confidence::VerifiedSecondary,
        )
    } else {
        for_all("LIGIE", Confidence::Official)
    }
}

/// The expression of a rate: a number is per cent, `Ex.` is free, `AE (…)` an amount, `AMX (…)` a percentage and an amount.
fn expression(text: &str) -> Result<String, Reason> {
    let text = text.trim();
    if text.trim_end_matches('.').eq_ignore_ascii_case("ex") {
        return Ok("0 %".into());
    }
    if text == "Prohibida" {
        return Err("prohibited");
    }
    per_cent(text)
        .or_else(|| specific(text))
        .or_else(|| mixed(text))
        .ok_or("unknown-shape")
}

/// `AE (0.36 Dls EUA por Kg)`
fn specific(text: &str) -> Option<String> {
    let inner = text.strip_prefix("AE (")?.strip_suffix(')')?;
    let (amount, unit) = inner.split_once(" Dls EUA por ")?;
    let unit = match unit {
        "Kg" => "kg",
        "Pza" => "item",
        _ => return None,
    };
    Some(format!("{} USD/{unit}", number(amount)?))
}

/// `AMX (20%+0.36 Dls por Kg de azúcar)`
fn mixed(text: &str) -> Option<String> {
    let inner = text.strip_prefix("AMX (")?.strip_suffix(')')?;
    let (rate, amount) = inner.split_once("%+")?;
    let amount = amount.strip_suffix(" Dls por Kg de azúcar")?;
    Some(format!(
        "{} % + {} USD/kg-sugars",
        number(rate)?,
        number(amount)?
    ))
}

/// The lines below their subheadings, and these below the groups that the file names.
fn lines(rows: &[Row]) -> Result<Vec<Line>> {
    let mut lines = Vec::new();
    let (mut open_group, mut open_subheading) = ("", "");
    for row in rows {
        let subheading = row.code.get(..6).unwrap_or_default();
        let group = row.heading.as_str();
        if subheading != open_subheading {
            let same_heading = subheading.get(..4) == open_subheading.get(..4);
            let is_open = same_heading && group == open_group;
            if !group.is_empty() && !is_open {
                lines.push(node("", 0, group));
            }
            lines.push(node(
                subheading,
                u8::from(!group.is_empty()),
                &row.subheading,
            ));
            (open_group, open_subheading) = (group, subheading);
        }
        lines.push(Line {
            declarable: true,
            supplementary: unit(&row.unit)?.into(),
            ..node(
                &row.code,
                u8::from(!group.is_empty()).saturating_add(1),
                &row.designation,
            )
        });
    }
    Ok(lines)
}

fn node(code: &str, depth: u8, title: &str) -> Line {
    Line {
        code: code.into(),
        depth,
        title: flat::title(title),
        ..Line::default()
    }
}

/// The unit to declare beside the mass, in our words.
fn unit(text: &str) -> Result<&'static str> {
    Ok(match text {
        "Kg" | "Prohibida" => "",
        "Barr" => "bbl",
        "CARAT" => "carat",
        "Cbza" => "head",
        "G" => "g",
        "KWH" => "kwh",
        "L" => "l",
        "M" => "m",
        "M2" | "M²" => "m2",
        "M³" => "m3",
        "Mll" => "thousand",
        "Par" => "pair",
        "Pza" => "item",
        other => bail!("unknown unit {other}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(code: &str, mfn: &str, reform: &str, heading: &str) -> Row {
        Row {
            code: code.into(),
            designation: format!("line {code}."),
            unit: "Pza".into(),
            mfn: mfn.into(),
            reform_2026_01_01: reform.into(),
            heading: heading.into(),
            subheading: format!("sub {}", code.get(..6).unwrap_or_default()),
        }
    }

    #[test]
    fn every_shape_of_rate_is_said() {
        for (text, said) in [
            ("Ex.", Ok("0 %")),
            ("EX", Ok("0 %")),
            ("35", Ok("35 %")),
            ("AE (0.50 Dls EUA por Kg)", Ok("0.5 USD/kg")),
            ("AE (3 Dls EUA por Pza)", Ok("3 USD/item")),
            (
                "AMX (12%+0.40 Dls por Kg de azúcar)",
                Ok("12 % + 0.4 USD/kg-sugars"),
            ),
            ("Prohibida", Err("prohibited")),
            ("AE (3 Dls EUA por L)", Err("unknown-shape")),
            ("", Err("unknown-shape")),
        ] {
            assert_eq!(expression(text), said.map(str::to_owned), "{text}");
        }
    }

    #[test]
    fn what_the_reform_touches_is_less_sure() -> Result<()> {
        let mut rates = Rates::default();
        enter(&mut rates, &row("61091003", "35", "35", ""))?;
        enter(&mut rates, &row("01012101", "10", "", ""))?;
        let tables = rates.into_tables();
        let sure: Vec<_> = tables
            .series
            .iter()
            .map(|row| (row.series.as_str(), row.confidence))
            .collect();
        assert!(sure.contains(&("mfn", Confidence::Official)));
        assert!(sure.contains(&("mfn-reform", Confidence::VerifiedSecondary)));
        assert_eq!(tables.counts.get("mfn-cells"), Some(&2));
        Ok(())
    }

    #[test]
    fn lines_stand_below_their_groups() -> Result<()> {
        let rows = [
            row("01012101", "", "", "Caballos:"),
            row("01012902", "", "", "Caballos:"),
            row("01012903", "", "", "Caballos:"),
            row("01013001", "", "", ""),
            row("02012001", "", "", "Los demás:"),
            row("03011001", "", "", "Los demás:"),
        ];
        let shown: Vec<String> = lines(&rows)?
            .iter()
            .map(|line| format!("{} {} {}", line.depth, line.code, line.title))
            .collect();
        assert_eq!(
            shown,
            [
                "0  Caballos:",
                "1 010121 sub 010121",
                "2 01012101 line 01012101.",
                "1 010129 sub 010129",
                "2 01012902 line 01012902.",
                "2 01012903 line 01012903.",
                "0 010130 sub 010130",
                "1 01013001 line 01013001.",
                "0  Los demás:",
                "1 020120 sub 020120",
                "2 02012001 line 02012001.",
                "0  Los demás:",
                "1 030110 sub 030110",
                "2 03011001 line 03011001.",
            ]
        );
        Ok(())
    }
}
