//! The Customs Tariff of Peru of 2022: one ad valorem rate a line.

use anyhow::Result;
use dutiable::confidence::Confidence;
use serde::Deserialize;

use super::Job;
use super::area_lists::List;
use super::duty_text::per_cent;
use super::flat::{self, About};
use super::rates::{Cell, Rates, for_all};
use crate::provenance::Publication;
use crate::tables::Line;

const PUBLICATION: Publication = Publication {
    id: "pe/arancel",
    title: "Arancel de Aduanas 2022",
    publisher: "Ministerio de Economía y Finanzas / SUNAT, as parsed in fbr-alesio/partidaarancelaria (e4f65bf3)",
    licence: "official gazette",
    edition: "Arancel de Aduanas 2022, published 2021-12-31",
    as_of: "2022-01-01",
    url: "https://www.sunat.gob.pe/orientacionaduanera/aranceles/",
    remarks: "Changes since 2022-01-01 are not known. Subheading 2204.30 is missing from the parsed file, a few designations are cut at \
              the end of a printed line, and that of 1503.00.00.00 is lost: it is written here as the heading has it in the Spanish \
              version of the Harmonized System. Only the codes of ten digits and their own designations are at hand, so no line stands \
              below another. The specific duties of the price band (rice, maize, sugar, milk), the selective consumption tax, \
              general sales tax and perceptions are not in it. Preferences are not at hand: for the parties listed in areas.csv one \
              is unknown, not refused. The source does not name the decree.",
};

const AREAS: [List; 1] = [List {
    area: "other-agreements",
    title: "Parties to Peru's agreements, whose rates are not at hand: a preference is unknown",
    source: "from memory: Andean Community, Mercosur, Chile, Mexico, Cuba, Venezuela, United States, Canada, Singapore, China, EFTA, Korea, European Union, Thailand, Panama, Costa Rica, Honduras, Japan, Australia, United Kingdom, CPTPP, and Guatemala, Hong Kong and Indonesia, of which it is to be verified whether they are in force",
    confidence: Confidence::MemoryUnverified,
    members: "AR AT AU BE BG BN BO BR CA CH CL CN CO CR CU CY CZ DE DK EC EE ES FI FR GB GR GT HK HN HR HU ID IE IS IT JP KR LI LT LU LV MT MX MY NL NO NZ PA PL PT PY RO SE SG SI SK TH US UY VE VN",
}];

const COLUMN: &str = "ad-valorem";
/// The designation that the parsed file has lost.
const LOST: (&str, &str) = (
    "15030000",
    "Estearina solar, aceite de manteca de cerdo, oleoestearina, oleomargarina y aceite de sebo, sin emulsionar, mezclar ni preparar de otro modo",
);

#[derive(Deserialize)]
struct Row {
    code: String,
    description: String,
    ad_valorem: String,
}

impl Row {
    fn digits(&self) -> String {
        self.code.replace('.', "")
    }
}

/// Writes the tables from the publisher's file.
pub fn normalise(job: &Job) -> Result<()> {
    let path = job.files.only()?;
    let source = job.main_source(&PUBLICATION, &[path])?;
    let rows: Vec<Row> = flat::rows(path, 10, Row::digits)?;
    let mut rates = Rates::default();
    for row in &rows {
        enter(&mut rates, row)?;
    }
    flat::write(
        job,
        &About {
            id: "pe",
            publisher: "Ministerio de Economía y Finanzas / SUNAT",
            digits: 10,
            currency: "PEN",
            covers_from: "2022-01-01",
            covers_to: None,
            language: "es",
            split: "by-area",
            areas: &AREAS,
        },
        &[source],
        rows.iter().map(line).collect(),
        rates.into_tables(),
    )
}

fn enter(rates: &mut Rates, row: &Row) -> Result<()> {
    let digits = row.digits();
    let cell = Cell {
        code: flat::own_level(&digits),
        column: COLUMN,
        text: &row.ad_valorem,
    };
    let facts = for_all("Arancel de Aduanas 2022", Confidence::Official);
    rates.enter(
        cell,
        "",
        facts,
        per_cent(&row.ad_valorem).ok_or("unknown-shape"),
    )
}

fn line(row: &Row) -> Line {
    let digits = row.digits();
    let code = flat::own_level(&digits);
    let title = flat::title(&row.description);
    Line {
        code: code.into(),
        declarable: true,
        title: if title.is_empty() && code == LOST.0 {
            LOST.1.into()
        } else {
            title
        },
        ..Line::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_a_line_and_its_duty() -> Result<()> {
        let rows = [
            ("0101.21.00.00", "-   - Caballos", "0"),
            ("8703.10.10.10", "Vehículos", "6"),
            ("1503.00.00.00", "", "n.d."),
        ];
        let mut rates = Rates::default();
        let mut lines = Vec::new();
        for (code, description, ad_valorem) in rows {
            let row = Row {
                code: code.into(),
                description: description.into(),
                ad_valorem: ad_valorem.into(),
            };
            enter(&mut rates, &row)?;
            lines.push(line(&row));
        }
        let codes: Vec<_> = lines.iter().map(|line| line.code.as_str()).collect();
        assert_eq!(codes, ["01012100", "8703101010", "15030000"]);
        assert_eq!(
            lines.first().map(|line| line.title.as_str()),
            Some("Caballos")
        );
        assert!(lines.iter().all(|line| !line.title.is_empty()));
        let tables = rates.into_tables();
        let said: Vec<_> = tables
            .measures
            .iter()
            .map(|m| (m.code.as_str(), m.expression.as_str()))
            .collect();
        let expected = [("01012100", "0 %"), ("15030000", ""), ("8703101010", "6 %")];
        assert_eq!(said, expected);
        assert_eq!(tables.unparsed.len(), 1);
        Ok(())
    }
}
