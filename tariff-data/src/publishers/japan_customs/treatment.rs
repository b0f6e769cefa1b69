//! An agreement's cell that names several cases: quotas, single parties, parts of the line's goods.

use super::cell::{self, Cell};

/// One case of a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Treatment {
    /// For whom.
    pub parties: Parties,
    /// Within a tariff quota, or under a certificate of preferential import.
    pub quota: Option<Quota>,
    /// The part of the line's goods it is for, in the publisher's words.
    pub goods: Option<String>,
    /// The rate.
    pub cell: Cell,
}

/// The parties of an agreement that a case is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Parties {
    /// All.
    All,
    /// Those named.
    Only(Vec<&'static str>),
    /// Those not named in the cell's other cases.
    Others,
}

/// The quota a case names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Quota {
    /// Its name, where the cell gives one (`TWQ-JP4`, `WTO`).
    Named(String),
    /// The United Kingdom's certificate of preferential import.
    ImportCertificate,
}

/// The cases of a cell; a cell without names is one case, for all.
pub fn read(raw: &str) -> Vec<Treatment> {
    let cases = cases(raw);
    if cases.is_empty() {
        return vec![case("", raw, false)];
    }
    let some_quota = cases.iter().any(|(label, _)| quota(label).is_some());
    cases
        .iter()
        .map(|(label, rate)| case(label, rate, some_quota))
        .collect()
}

/// The named cases: lines of a name and a rate. The WTO column has plain spaces between them and blank lines.
fn cases(raw: &str) -> Vec<(&str, &str)> {
    let separator = if raw.contains('\u{3000}') {
        '\u{3000}'
    } else if raw.contains("\n\n") {
        ' '
    } else {
        return Vec::new();
    };
    raw.lines()
        .filter_map(|line| line.rsplit_once(separator))
        .map(|(label, rate)| (label.trim(), rate))
        .collect()
}

fn case(label: &str, rate: &str, some_quota: bool) -> Treatment {
    let (parties, rest) = parties(label);
    Treatment {
        parties,
        quota: quota(&rest),
        goods: goods(&rest, some_quota),
        cell: cell::read(rate),
    }
}

/// Takes `（…に対する待遇）` out of a name.
fn parties(label: &str) -> (Parties, String) {
    const TREATMENT: &str = "に対する待遇）";
    let mut rest = label.to_owned();
    let mut named = Vec::new();
    let mut others = false;
    while let Some(end) = rest.find(TREATMENT) {
        let Some(start) = rest.get(..end).and_then(|before| before.rfind('（')) else {
            break;
        };
        let names = rest.get(start..end).unwrap_or_default().to_owned();
        others |= names.contains("他の締約国");
        named.extend(PARTIES.into_iter().filter(|(name, _)| names.contains(name)));
        rest.replace_range(start..end.saturating_add(TREATMENT.len()), "");
    }
    let codes: Vec<&'static str> = named.into_iter().map(|(_, code)| code).collect();
    let parties = match (codes.is_empty(), others) {
        (true, true) => Parties::Others,
        (true, false) => Parties::All,
        (false, _) => Parties::Only(codes),
    };
    (parties, rest)
}

/// The parties that cells name.
const PARTIES: [(&str, &str); 6] = [
    ("オーストラリア", "AU"),
    ("カナダ", "CA"),
    ("チリ", "CL"),
    ("マレーシア", "MY"),
    ("ニュージーランド", "NZ"),
    ("ベトナム", "VN"),
];

fn quota(label: &str) -> Option<Quota> {
    if label.contains("特恵輸入対象") {
        return Some(Quota::ImportCertificate);
    }
    if label.contains("数量以内") {
        return Some(Quota::Named(order(label)));
    }
    label.ends_with("関税割当て").then(|| {
        Quota::Named(if label.starts_with("世界貿易機関") {
            "WTO".into()
        } else {
            String::new()
        })
    })
}

/// `TWQ-JP13`, if the name has such a word.
fn order(label: &str) -> String {
    label
        .split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'))
        .find(|word| word.contains("Q-JP"))
        .unwrap_or_default()
        .to_owned()
}

/// The part of the line's goods that a name speaks of, if it does.
fn goods(label: &str, some_quota: bool) -> Option<String> {
    if quota(label).is_some() {
        // `砂糖を加えたものであって、関税割当数量以内のもの`
        return label
            .split_once("であって、")
            .map(|(goods, _)| goods)
            .filter(|goods| *goods != "その他のもの" && !goods.starts_with("世界貿易機関"))
            .map(str::to_owned);
    }
    let beyond_quota = label == "関税割当数量以外のもの" || (label == "その他のもの" && some_quota);
    (!label.is_empty() && !beyond_quota).then(|| label.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rate(expression: &str) -> Cell {
        Cell::Rate {
            expression: expression.into(),
            end_use: false,
        }
    }

    fn all(quota: Option<Quota>, goods: Option<&str>, cell: Cell) -> Treatment {
        Treatment {
            parties: Parties::All,
            quota,
            goods: goods.map(str::to_owned),
            cell,
        }
    }

    #[test]
    fn a_plain_cell_is_one_case() {
        assert_eq!(read("3.6%"), [all(None, None, rate("3.6 %"))]);
        assert_eq!(read("(5.4%)"), [all(None, None, Cell::NotApplied)]);
    }

    #[test]
    fn within_and_beyond_a_quota() {
        let cell = "関税割当数量以内のもの\u{3000}無税\n関税割当数量以外のもの\u{3000}85.7%又は60.90円/kgのうちいずれか高い税率";
        assert_eq!(
            read(cell),
            [
                all(Some(Quota::Named(String::new())), None, rate("0 %")),
                all(None, None, rate("85.7 % MIN 60.9 JPY/kg")),
            ]
        );
    }

    #[test]
    fn quotas_have_names() {
        let cell = "世界貿易機関設立協定の日本国の譲許表における関税割当て\u{3000}16%\nその他のもので、協定附属書2-D付録AのTWQ-JP2に定める関税割当数量以内のもの\u{3000}無税";
        assert_eq!(
            read(cell),
            [
                all(Some(Quota::Named("WTO".into())), None, rate("16 %")),
                all(Some(Quota::Named("TWQ-JP2".into())), None, rate("0 %")),
            ]
        );
        let certificate = "特恵輸入対象のもの\u{3000}17.6%";
        assert_eq!(
            read(certificate),
            [all(Some(Quota::ImportCertificate), None, rate("17.6 %"))]
        );
    }

    #[test]
    fn parties_differ() {
        let cell = "（カナダ及びニュージーランドに対する待遇）\u{3000}3%\n（チリに対する待遇）\u{3000}2%\n（他の締約国に対する待遇）\u{3000}無税";
        let parties: Vec<Parties> = read(cell).into_iter().map(|t| t.parties).collect();
        assert_eq!(
            parties,
            [
                Parties::Only(vec!["CA", "NZ"]),
                Parties::Only(vec!["CL"]),
                Parties::Others
            ]
        );
    }

    #[test]
    fn what_follows_a_partys_quota_is_beyond_it() {
        let cell =
            "関税割当数量以内のもの（カナダに対する待遇）\u{3000}無税\nその他のもの\u{3000}5円/kg";
        let read = read(cell);
        assert_eq!(
            read.first().map(|t| (t.parties.clone(), t.quota.clone())),
            Some((Parties::Only(vec!["CA"]), Some(Quota::Named(String::new()))))
        );
        assert_eq!(read.get(1), Some(&all(None, None, rate("5 JPY/kg"))));
    }

    #[test]
    fn parts_of_the_goods_are_named() {
        let wto = "保護用の金属製トーキャップを有するもの 8%\n\nその他のもの 6.7%";
        let agreement = "砂糖を加えたものであって、関税割当数量以内のもの\u{3000}24%\nその他のものであって、関税割当数量以内のもの\u{3000}16%";
        assert_eq!(
            read(wto),
            [
                all(
                    None,
                    Some("保護用の金属製トーキャップを有するもの"),
                    rate("8 %")
                ),
                all(None, Some("その他のもの"), rate("6.7 %")),
            ]
        );
        let quota = Some(Quota::Named(String::new()));
        assert_eq!(
            read(agreement),
            [
                all(quota.clone(), Some("砂糖を加えたもの"), rate("24 %")),
                all(quota, None, rate("16 %")),
            ]
        );
    }

    #[test]
    fn a_footnote_belongs_to_its_case() {
        let cell = "さんま\u{3000}4.3% ◆2\nその他のもの\u{3000}無税";
        let cells: Vec<Cell> = read(cell).into_iter().map(|t| t.cell).collect();
        assert_eq!(cells, [Cell::Unparsed("footnote-not-at-hand"), rate("0 %")]);
    }
}
