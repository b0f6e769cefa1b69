//! The rows of the parsed schedule.

use std::path::Path;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use super::season;
use crate::files;

/// One row: a statistical code, or one season of it.
#[derive(Debug, Clone, Deserialize)]
pub struct Row {
    hs6: String,
    stat3: String,
    path: String,
    description: String,
    /// The general rate.
    pub basic: String,
    /// The temporary rate.
    pub temporary: String,
    /// The rate bound in the WTO.
    pub wto: String,
    /// The general preferential rate for developing countries.
    pub gsp: String,
    /// The special one for the least developed.
    pub ldc: String,
    /// The Comprehensive and Progressive Agreement for Trans-Pacific Partnership.
    pub cptpp: String,
    /// The agreement with the European Union.
    pub eu: String,
    /// The agreement with the United Kingdom.
    pub uk: String,
    /// The Regional Comprehensive Economic Partnership, for China.
    pub rcep_cn: String,
    /// The trade agreement with the United States.
    pub us: String,
    unit: String,
}

#[derive(Deserialize)]
struct Units {
    #[serde(rename = "I")]
    first: String,
    #[serde(rename = "II")]
    second: String,
}

impl Row {
    /// All rows, in the schedule's order.
    pub fn read(path: &Path) -> Result<Vec<Self>> {
        let text = files::text(path)?;
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        reader
            .deserialize()
            .enumerate()
            .map(|(at, row)| {
                let row: Self = row.with_context(|| place(path, at))?;
                if row.code().len() != 9 || !row.code().chars().all(|c| c.is_ascii_digit()) {
                    bail!("{}: \"{}\" is no code", place(path, at), row.code());
                }
                Ok(row)
            })
            .collect()
    }

    /// The nine digits.
    pub fn code(&self) -> String {
        format!("{}{}", self.hs6, self.stat3)
    }

    /// The first six.
    pub fn subheading(&self) -> &str {
        &self.hs6
    }

    /// The season in which the row holds, if it is not the whole year.
    pub fn season(&self) -> Option<String> {
        season::condition(&self.description)
    }

    /// The designations from the heading down to the line itself; a season is no line of its own.
    pub fn designations(&self) -> Vec<&str> {
        let own = self.season().is_none().then_some(self.description.as_str());
        self.path
            .split(" > ")
            .filter(|title| !title.is_empty())
            .chain(own)
            .collect()
    }

    /// Whether the line is for what comes within the limits of a tariff quota: such goods have a code of their own.
    pub fn within_quota(&self) -> bool {
        self.designations()
            .iter()
            .any(|title| without_asides(title).ends_with("数量以内のもの"))
    }

    /// The unit to declare beside the mass, in our words.
    pub fn supplementary(&self) -> Result<&'static str> {
        let units: Units = serde_json::from_str(&self.unit)
            .with_context(|| format!("units of {}", self.code()))?;
        let named = if units.first.is_empty() {
            &units.second
        } else {
            &units.first
        };
        // `(I.I.)` and kin say how the mass is taken.
        let word = named.split_whitespace().next().unwrap_or_default();
        Ok(match word {
            "" | "KG" | "MT" => "",
            "NO" => "item",
            "DZ" => "dozen",
            "TH" => "thousand",
            "PR" => "pair",
            "ST" => "set",
            "M" => "m",
            "SM" => "m2",
            "CM" => "m3",
            "L" => "l",
            "KL" => "kl",
            "GR" => "g",
            "CT" => "carat",
            "GT" => "gross-tonnage",
            "DT" => "displacement-tonnage",
            other => bail!("{}: unknown unit {other}", self.code()),
        })
    }
}

/// A designation without what it says in parentheses.
fn without_asides(title: &str) -> String {
    let mut depth = 0_i32;
    title
        .chars()
        .filter(|c| {
            match c {
                '（' => depth = depth.saturating_add(1),
                '）' => depth = depth.saturating_sub(1),
                _ => return depth == 0,
            }
            false
        })
        .collect()
}

fn place(path: &Path, at: usize) -> String {
    format!("{} row {}", path.display(), at.saturating_add(2))
}

/// Rows for tests: `hs6,stat3,path,description,basic,temporary,wto,gsp,ldc,cptpp,eu,uk,rcep_cn,us,unit`.
#[cfg(test)]
pub fn fixture(rows: &[&str]) -> Result<Vec<Row>> {
    let header =
        "hs6,stat3,path,description,basic,temporary,wto,gsp,ldc,cptpp,eu,uk,rcep_cn,us,unit";
    let text = format!("{header}\n{}\n", rows.join("\n"));
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    Ok(reader.deserialize().collect::<Result<_, _>>()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(cells: &str) -> Result<Row> {
        let rows = fixture(&[cells])?;
        rows.into_iter().next().context("no row")
    }

    #[test]
    fn a_quota_is_known_by_its_words_even_around_an_aside() -> Result<()> {
        let units = "\"{\"\"I\"\": \"\"SM\"\", \"\"II\"\": \"\"KG\"\"}\"";
        let within = row(&format!(
            "410150,211,A > 2 その他のもの,− 共通の限度数量（第一種のもの）以内のもの,,12%,,,,,,,,,{units}"
        ))?;
        assert!(within.within_quota());
        assert_eq!(within.supplementary()?, "m2");
        let beyond = row(&format!(
            "410150,219,A > 2 その他のもの,− その他のもの,30%,,,,,,,,,,{units}"
        ))?;
        assert!(!beyond.within_quota());
        Ok(())
    }

    #[test]
    fn a_season_is_no_line() -> Result<()> {
        let units = "\"{\"\"I\"\": \"\"\"\", \"\"II\"\": \"\"KG\"\"}\"";
        let row = row(&format!(
            "080510,000,A > オレンジ,1 毎年6月1日から同年11月30日までに輸入されるもの,20%,,16%,,,,,,,,{units}"
        ))?;
        assert_eq!(row.designations(), ["A", "オレンジ"]);
        assert_eq!(row.season().as_deref(), Some("06-01..11-30"));
        assert_eq!(row.supplementary()?, "");
        Ok(())
    }
}
