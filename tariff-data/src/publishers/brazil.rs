//! Brazil: the import duty and the tax on industrial products by NCM code, on the official nomenclature.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use dutiable::confidence::Confidence;
use serde::Deserialize;

use super::Job;
use super::area_lists::List;
use super::duty_text::per_cent;
use super::flat::{self, About};
use super::gather::gathered;
use super::rates::{Cell, Rates, for_all};
use crate::files;
use crate::provenance::{Provenance, Publication};
use crate::tables::{Line, Tax};

const RATES: Publication = Publication {
    id: "br/ii-ipi",
    title: "NCM: imposto de importação (II) and imposto sobre produtos industrializados (IPI)",
    publisher: "derived from the Tarifa Externa Comum and the TIPI by the package odoo-addon-l10n-br-fiscal 19.0.2.10.0.1",
    licence: "facts",
    edition: "2025-05",
    as_of: "2025-05-13",
    url: "https://www.gov.br/mdic/pt-br/assuntos/camex",
    remarks: "The package mixes codes of several editions: 515 rows are for codes that the nomenclature of 2025-05-13 no longer has \
              and are left out (`ii-not-applied`); 87 of the nomenclature's codes have no row, so their duty is unknown, not that \
              of a code they came from. What Camex has changed since 2025-05, the exceptions \
              lists, ex-tarifários, quotas and trade remedies are not in it, nor the regime for parcels. IPI is in taxes.csv and \
              nothing reads it yet; `NT` there is not taxed, which is not the same as a rate of nought. PIS, COFINS, AFRMM and ICMS \
              are not at hand. Preferences are not at hand: for the parties listed in areas.csv one is unknown, not refused.",
};

const NOMENCLATURE: Publication = Publication {
    id: "br/ncm",
    title: "Nomenclatura Comum do Mercosul",
    publisher: "Siscomex, as carried by leogregianin/siscomex-ncm (cacd1cda)",
    licence: "MIT",
    edition: "Resolução Camex 641/2024",
    as_of: "2025-05-13",
    url: "https://portalunico.siscomex.gov.br/classif/",
    remarks: "The official list of all levels in Portuguese. Supplementary units are not in it.",
};

const AREAS: [List; 1] = [List {
    area: "other-agreements",
    title: "Mercosur and parties to Brazil's agreements, whose rates are not at hand: a preference is unknown",
    source: "from memory: Mercosur, the Latin American Integration Association, Israel, Egypt, India, the Southern African Customs Union, Guyana, Suriname, and the European Union, EFTA and Singapore, of which it is to be verified whether they are in force",
    confidence: Confidence::MemoryUnverified,
    members: "AR AT BE BG BO BW CH CL CO CU CY CZ DE DK EC EE EG ES FI FR GR GY HR HU IE IL IN IS IT LI LS LT LU LV MT MX NA NL NO PA PE PL PT PY RO SE SG SI SK SR SZ UY VE ZA",
}];

const COLUMN: &str = "ii";

#[derive(Deserialize)]
struct Row {
    ncm: String,
    ii_percent: String,
    ipi_percent: String,
}

#[derive(Deserialize)]
struct Nomenclature {
    #[serde(rename = "Nomenclaturas")]
    nodes: Vec<Node>,
}

#[derive(Deserialize)]
struct Node {
    #[serde(rename = "Codigo")]
    code: String,
    #[serde(rename = "Descricao")]
    title: String,
}

/// Writes the tables from the publishers' files.
pub fn normalise(job: &Job) -> Result<()> {
    let rates_path = job.files.named("ii_ipi")?;
    let nomenclature_path = job.files.named("ncm_official")?;
    let source = job.main_source(&RATES, &[rates_path])?;
    let nomenclature: Nomenclature = serde_json::from_str(&files::text(nomenclature_path)?)
        .with_context(|| format!("reading {}", nomenclature_path.display()))?;
    let lines = lines(&nomenclature.nodes)?;
    let rows: Vec<Row> = flat::rows(rates_path, 8, |row: &Row| row.ncm.clone())?;
    let rows = flat::once(rows.into_iter().map(|row| (row.ncm.clone(), row)))?;
    let rates = rates(&rows, &lines)?;
    let folder = job.tables.place("br");
    flat::write(
        job,
        &About {
            id: "br",
            publisher: "Camex, Receita Federal",
            digits: 8,
            currency: "BRL",
            covers_from: "2025-05-13",
            covers_to: None,
            language: "pt",
            split: "by-area",
            areas: &AREAS,
        },
        &[source, Provenance::of(&NOMENCLATURE, &[nomenclature_path])?],
        lines.clone(),
        rates.into_tables(),
    )?;
    folder.write(taxes(&rows, &lines)?)
}

/// The nodes below the chapters. Codes of five and seven digits group; a line stands below every node that its code begins with.
fn lines(nodes: &[Node]) -> Result<Vec<Line>> {
    let mut lines = Vec::new();
    let mut above: Vec<String> = Vec::new();
    for node in nodes {
        let code = node.code.replace('.', "");
        while above.last().is_some_and(|last| !code.starts_with(last)) {
            above.pop();
        }
        if code.len() > 2 {
            lines.push(Line {
                code: if [5, 7].contains(&code.len()) {
                    String::new()
                } else {
                    code.clone()
                },
                depth: u8::try_from(above.len())?,
                declarable: code.len() == 8,
                supplementary: String::new(),
                title: flat::title(&without_tags(&node.title)),
            });
            above.push(code);
        }
    }
    Ok(lines)
}

/// A designation without the tags of its italics and indices.
fn without_tags(text: &str) -> String {
    ["<i>", "</i>", "<sub>", "</sub>", "<sup>", "</sup>"]
        .iter()
        .fold(text.to_owned(), |text, tag| text.replace(tag, ""))
}

fn declarable(lines: &[Line]) -> BTreeSet<&str> {
    lines
        .iter()
        .filter(|line| line.declarable)
        .map(|line| line.code.as_str())
        .collect()
}

fn rates(rows: &BTreeMap<String, Row>, lines: &[Line]) -> Result<Rates> {
    let mut rates = Rates::default();
    let codes = declarable(lines);
    let facts = || {
        for_all(
            "Tarifa Externa Comum, as applied by Brazil",
            Confidence::VerifiedSecondary,
        )
    };
    for (code, row) in rows {
        if !codes.contains(code.as_str()) {
            rates.not_applied(COLUMN);
            continue;
        }
        let cell = Cell {
            code,
            column: COLUMN,
            text: &row.ii_percent,
        };
        let said = per_cent(&row.ii_percent).ok_or(unsaid(&row.ii_percent));
        rates.enter(cell, "", facts(), said)?;
    }
    for code in codes.iter().filter(|code| !rows.contains_key(**code)) {
        let cell = Cell {
            code,
            column: "nomenclature",
            text: "",
        };
        rates.enter(cell, "", facts(), Err("no-row-in-source"))?;
    }
    Ok(rates)
}

fn unsaid(text: &str) -> &'static str {
    if text.is_empty() {
        "no-rate-in-source"
    } else {
        "unknown-shape"
    }
}

/// IPI by code; `NT` is not taxed.
fn taxes(rows: &BTreeMap<String, Row>, lines: &[Line]) -> Result<Vec<Tax>> {
    let codes = declarable(lines);
    let mut rates = BTreeMap::new();
    for (code, row) in rows {
        if codes.contains(code.as_str()) {
            let rate = ipi(&row.ipi_percent)
                .with_context(|| format!("{code}: IPI \"{}\"", row.ipi_percent))?;
            rates.insert(code.as_str(), rate);
        }
    }
    let said = rates
        .iter()
        .map(|(code, rate)| (*code, rate.as_str()))
        .collect();
    Ok(gathered(&said, &codes)
        .into_iter()
        .map(|(code, rate)| Tax {
            code: code.into(),
            tax: "ipi".into(),
            rate: rate.into(),
        })
        .collect())
}

fn ipi(text: &str) -> Option<String> {
    if text == "nt" {
        Some("NT".into())
    } else {
        per_cent(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nodes() -> Vec<Node> {
        [
            ("01", "Animais vivos."),
            ("01.01", "Cavalos."),
            ("0101.2", "- Cavalos:"),
            ("0101.21.00", "-- Reprodutores <i>puros</i>"),
            ("0101.30.00", "- Asininos"),
            ("01.02", "Bovinos."),
            ("0102.29.1", "Para reprodução"),
            ("0102.29.11", "Prenhes"),
        ]
        .map(|(code, title)| Node {
            code: code.into(),
            title: title.into(),
        })
        .into()
    }

    fn rows(rows: &[(&str, &str, &str)]) -> BTreeMap<String, Row> {
        rows.iter()
            .map(|(ncm, ii, ipi)| {
                let row = Row {
                    ncm: (*ncm).into(),
                    ii_percent: (*ii).into(),
                    ipi_percent: (*ipi).into(),
                };
                ((*ncm).to_owned(), row)
            })
            .collect()
    }

    #[test]
    fn the_tree_is_rebuilt_from_the_codes() -> Result<()> {
        let shown: Vec<String> = lines(&nodes())?
            .iter()
            .map(|line| format!("{} {} {}", line.depth, line.code, line.title))
            .collect();
        assert_eq!(
            shown,
            [
                "0 0101 Cavalos.",
                "1  Cavalos:",
                "2 01012100 Reprodutores puros",
                "1 01013000 Asininos",
                "0 0102 Bovinos.",
                "1  Para reprodução",
                "2 01022911 Prenhes",
            ]
        );
        Ok(())
    }

    #[test]
    fn an_ended_code_does_not_apply_and_a_code_without_a_row_is_unknown() -> Result<()> {
        let lines = lines(&nodes())?;
        let rows = rows(&[
            ("01012100", "3.6", "nt"),
            ("01013000", "", "0"),
            ("01019999", "4", "0"),
        ]);
        let tables = rates(&rows, &lines)?.into_tables();
        let said: Vec<_> = tables
            .measures
            .iter()
            .map(|m| (m.code.as_str(), m.expression.as_str()))
            .collect();
        assert_eq!(
            said,
            [("01012100", "3.6 %"), ("01013000", ""), ("01022911", "")]
        );
        let reasons: Vec<_> = tables
            .unparsed
            .iter()
            .map(|row| row.reason.as_str())
            .collect();
        assert_eq!(reasons, ["no-rate-in-source", "no-row-in-source"]);
        assert_eq!(tables.counts.get("ii-cells"), Some(&3));
        assert_eq!(tables.counts.get("ii-not-applied"), Some(&1));
        Ok(())
    }

    #[test]
    fn not_taxed_is_not_nought() -> Result<()> {
        let lines = lines(&nodes())?;
        let rows = rows(&[("01012100", "0", "nt"), ("01013000", "0", "0")]);
        let said: Vec<_> = taxes(&rows, &lines)?
            .into_iter()
            .map(|tax| (tax.code, tax.rate))
            .collect();
        let expected = [("010121", "NT"), ("010130", "0 %")];
        assert_eq!(
            said,
            expected.map(|(code, rate)| (code.to_owned(), rate.to_owned()))
        );
        Ok(())
    }
}
