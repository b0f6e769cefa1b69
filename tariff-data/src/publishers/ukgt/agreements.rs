//! The United Kingdom's agreements: who belongs to them, and how the table of 2022 calls them.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};
use dutiable::confidence::Confidence;
use serde::Deserialize;

use crate::files;
use crate::tables::{Area, AreaTitle};

/// A scheme of HMRC's rules-of-origin service.
#[derive(Debug, Clone, Deserialize)]
pub struct Scheme {
    scheme_code: String,
    validity_start_date: String,
    validity_end_date: Option<String>,
    title: String,
    countries: Vec<String>,
}

#[derive(Deserialize)]
struct SchemeFile {
    schemes: Vec<Scheme>,
}

/// The areas of the preferences: one for each agreement of the table, and one for each scheme it has no rates of.
#[derive(Debug)]
pub struct Agreements {
    schemes: BTreeMap<String, Scheme>,
}

/// A name in the table of 2022, our area, HMRC's scheme, and the member where the scheme has several.
type Named = (
    &'static str,
    &'static str,
    &'static str,
    Option<&'static str>,
);

const NAMES: [Named; 44] = [
    ("Albania", "albania", "albania", None),
    ("Andean - Colombia", "andean-colombia", "andean", Some("CO")),
    ("Andean - Ecuador", "andean-ecuador", "andean", Some("EC")),
    ("Andean - Peru", "andean-peru", "andean", Some("PE")),
    ("Botswana - SACUM", "sacum-botswana", "sacum", Some("BW")),
    ("CARIFORUM - EPA", "cariforum", "cariforum", None),
    ("Cameroon - EPA", "cameroon", "cameroon", None),
    ("Canada", "canada", "canada", None),
    (
        "Central America",
        "central-america",
        "central-america",
        None,
    ),
    ("Chile", "chile", "chile", None),
    ("Cote d'Ivoire - EPA", "cote-d-ivoire", "cotedivoire", None),
    ("ESA - EPA", "esa", "esa", None),
    ("EU", "eu", "eu", None),
    ("Egypt", "egypt", "egypt", None),
    ("Eswatini - SACUM", "sacum-eswatini", "sacum", Some("SZ")),
    ("Faroe Islands", "faroe-islands", "faroe-islands", None),
    ("Georgia", "georgia", "georgia", None),
    ("Ghana - EPA", "ghana", "ghana", None),
    ("Iceland", "iceland", "iceland-norway", Some("IS")),
    ("Israel", "israel", "israel", None),
    ("Japan", "japan", "japan", None),
    ("Jordan", "jordan", "jordan", None),
    ("Kenya - EPA", "kenya", "kenya", None),
    ("Kosovo", "kosovo", "kosovo", None),
    ("Lebanon", "lebanon", "lebanon", None),
    ("Lesotho - SACUM", "sacum-lesotho", "sacum", Some("LS")),
    ("Mexico", "mexico", "mexico", None),
    ("Moldova", "moldova", "moldova", None),
    ("Morocco", "morocco", "morocco", None),
    (
        "Mozambique - SACUM",
        "sacum-mozambique",
        "sacum",
        Some("MZ"),
    ),
    ("Namibia - SACUM", "sacum-namibia", "sacum", Some("NA")),
    (
        "North Macedonia",
        "north-macedonia",
        "north-macedonia",
        None,
    ),
    ("Norway", "norway", "iceland-norway", Some("NO")),
    ("Pacific States - EPA", "pacific", "pacific", None),
    (
        "Palestinian Authority",
        "palestinian-authority",
        "palestinian-authority",
        None,
    ),
    ("Republic of Korea", "south-korea", "south-korea", None),
    ("Serbia", "serbia", "serbia", None),
    ("Singapore", "singapore", "singapore", None),
    (
        "South Africa - SACUM",
        "sacum-south-africa",
        "sacum",
        Some("ZA"),
    ),
    (
        "Switzerland",
        "switzerland-liechtenstein",
        "switzerland-liechtenstein",
        None,
    ),
    ("Tunisia", "tunisia", "tunisia", None),
    ("Turkey", "turkey", "turkey", None),
    ("Ukraine", "ukraine", "ukraine", None),
    ("Viet Nam", "vietnam", "vietnam", None),
];

/// The area of an agreement as the table of 2022 names it.
pub fn area(name: &str) -> Result<&'static str> {
    NAMES
        .iter()
        .find(|(known, ..)| *known == name)
        .map(|(_, area, ..)| *area)
        .with_context(|| format!("unknown agreement \"{name}\""))
}

impl Agreements {
    /// Reads HMRC's schemes.
    pub fn read(path: &Path) -> Result<Self> {
        let file: SchemeFile = serde_json::from_str(&files::text(path)?)
            .with_context(|| format!("reading {}", path.display()))?;
        let schemes = file
            .schemes
            .into_iter()
            .map(|scheme| (scheme.scheme_code.clone(), scheme))
            .collect();
        Ok(Self { schemes })
    }

    /// The tables of areas.
    pub fn tables(&self) -> Result<(Vec<Area>, Vec<AreaTitle>)> {
        let mut areas = Vec::new();
        let mut titles = Vec::new();
        for (name, area, code, member) in NAMES {
            let scheme = self
                .schemes
                .get(code)
                .with_context(|| format!("no scheme {code} for \"{name}\""))?;
            areas.extend(scheme.members(area, member));
            titles.push(scheme.area_title(area, member.map(|_| name), Rates::Reported));
        }
        let rated = |code: &str| NAMES.iter().any(|(_, _, scheme, _)| *scheme == code);
        let lives = |scheme: &Scheme| scheme.validity_end_date.is_none();
        let others = self.schemes.iter();
        for (code, scheme) in others.filter(|(code, scheme)| !rated(code) && lives(scheme)) {
            areas.extend(scheme.members(code, None));
            titles.push(scheme.area_title(code, None, Rates::Missing));
        }
        Ok((areas, titles))
    }
}

/// What is at hand of an agreement's rates.
enum Rates {
    Reported,
    Missing,
}

impl Scheme {
    fn members(&self, area: &str, only: Option<&str>) -> Vec<Area> {
        self.countries
            .iter()
            .filter(|country| only.is_none_or(|only| only == *country))
            .filter_map(|country| iso(&self.scheme_code, country))
            .map(|member| Area {
                area: area.into(),
                member: member.into(),
                from: self.validity_start_date.clone(),
                to: self.validity_end_date.clone().unwrap_or_default(),
            })
            .collect()
    }

    fn area_title(&self, area: &str, part: Option<&str>, rates: Rates) -> AreaTitle {
        let (known, confidence) = match rates {
            _ if area == "eu" => (
                "rates: nought on all originating goods, TCA art. 21",
                Confidence::VerifiedSecondary,
            ),
            Rates::Reported => (
                "rates: as reported in March 2022 and incomplete, a rate not found is unknown",
                Confidence::Reported,
            ),
            Rates::Missing => (
                "rates: not at hand, a preference is unknown",
                Confidence::Official,
            ),
        };
        AreaTitle {
            area: area.into(),
            title: part.map_or_else(
                || self.title.trim().to_owned(),
                |part| format!("{} ({part})", self.title.trim()),
            ),
            source: format!(
                "members: HMRC rules of origin, scheme {}; {known}",
                self.scheme_code
            ),
            confidence,
        }
    }
}

/// The ISO code of a scheme's country; nothing for names of groups.
///
/// Andorra and San Marino stand in the European Union's scheme by way of their customs unions with it (Andorra for
/// chapters 25 to 97 only), on terms that are not at hand.
fn iso<'a>(scheme: &str, country: &'a str) -> Option<&'a str> {
    match country {
        "XS" => Some("RS"),
        "AD" | "SM" if scheme == "eu" => None,
        "EU" => None,
        country if country.len() == 2 => Some(country),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scheme(code: &str, countries: &[&str]) -> Scheme {
        Scheme {
            scheme_code: code.into(),
            validity_start_date: "2021-01-01".into(),
            validity_end_date: None,
            title: "A title ".into(),
            countries: countries.iter().map(|c| (*c).to_owned()).collect(),
        }
    }

    fn members(scheme: &Scheme, only: Option<&str>) -> Vec<String> {
        let rows = scheme.members("area", only);
        rows.into_iter().map(|row| row.member).collect()
    }

    #[test]
    fn members_are_iso_codes() {
        assert_eq!(members(&scheme("serbia", &["XS"]), None), ["RS"]);
        assert_eq!(
            members(&scheme("eu", &["EU", "AT", "SM", "AD"]), None),
            ["AT"]
        );
        let andean = scheme("andean", &["andean", "CO", "PE", "EC"]);
        assert_eq!(members(&andean, Some("PE")), ["PE"]);
    }

    #[test]
    fn a_scheme_without_rates_says_so() {
        let title = scheme("australia", &["AU"]).area_title("australia", None, Rates::Missing);
        assert_eq!(title.title, "A title");
        assert!(
            title
                .source
                .ends_with("not at hand, a preference is unknown")
        );
    }
}
