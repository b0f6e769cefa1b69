//! The agreements that the gathered tariff has rates of.

use anyhow::{Context, Result, bail};
use dutiable::confidence::Confidence;
use dutiable::tariff::MeasureType;

use super::rate::Rate;
use super::row::Row;
use crate::publishers::area_lists::List;
use crate::publishers::duty_text::per_cent;
use crate::publishers::rates::{Cell, Rates, Reason};
use crate::tables::Series;

/// An agreement: how the file calls it, and whose goods it is for.
pub struct Agreement {
    /// The file's name.
    pub name: &'static str,
    /// The column, the area and its members.
    pub list: List,
}

const fn agreement(
    name: &'static str,
    area: &'static str,
    title: &'static str,
    members: &'static str,
) -> Agreement {
    Agreement {
        name,
        list: List {
            area,
            title,
            source: "the column's own name; members from memory where it names no single place",
            confidence: Confidence::VerifiedSecondary,
            members,
        },
    }
}

/// All columns of the file.
pub const AGREEMENTS: [Agreement; 23] = [
    agreement(
        "亚太",
        "apta",
        "Asia-Pacific Trade Agreement",
        "BD IN KR LA LK MN",
    ),
    agreement(
        "东盟",
        "asean",
        "China-ASEAN Free Trade Area",
        "BN ID KH LA MM MY PH SG TH VN",
    ),
    agreement("智利", "cl", "Free trade agreement with Chile", "CL"),
    agreement("巴基斯坦", "pk", "Free trade agreement with Pakistan", "PK"),
    agreement(
        "新西兰",
        "nz",
        "Free trade agreement with New Zealand",
        "NZ",
    ),
    agreement("新加坡", "sg", "Free trade agreement with Singapore", "SG"),
    agreement("秘鲁", "pe", "Free trade agreement with Peru", "PE"),
    agreement(
        "哥斯达黎加",
        "cr",
        "Free trade agreement with Costa Rica",
        "CR",
    ),
    agreement("瑞士", "ch", "Free trade agreement with Switzerland", "CH"),
    agreement("冰岛", "is", "Free trade agreement with Iceland", "IS"),
    agreement(
        "澳大利亚",
        "au",
        "Free trade agreement with Australia",
        "AU",
    ),
    agreement("韩国", "kr", "Free trade agreement with Korea", "KR"),
    agreement("格鲁吉亚", "ge", "Free trade agreement with Georgia", "GE"),
    agreement(
        "毛里求斯",
        "mu",
        "Free trade agreement with Mauritius",
        "MU",
    ),
    agreement("柬埔寨", "kh", "Free trade agreement with Cambodia", "KH"),
    agreement(
        "尼加拉瓜",
        "ni",
        "Free trade agreement with Nicaragua",
        "NI",
    ),
    agreement("厄瓜多尔", "ec", "Free trade agreement with Ecuador", "EC"),
    agreement("塞尔维亚", "rs", "Free trade agreement with Serbia", "RS"),
    agreement(
        "洪都拉斯",
        "hn",
        "Early harvest arrangement with Honduras",
        "HN",
    ),
    agreement(
        "马尔代夫",
        "mv",
        "Free trade agreement with the Maldives",
        "MV",
    ),
    agreement(
        "香港",
        "hk",
        "Closer Economic Partnership Arrangement with Hong Kong",
        "HK",
    ),
    agreement(
        "澳门",
        "mo",
        "Closer Economic Partnership Arrangement with Macao",
        "MO",
    ),
    agreement(
        "台湾",
        "tw",
        "Economic Cooperation Framework Agreement across the Strait",
        "TW",
    ),
];

/// Enters the agreements' rates of a row.
pub fn enter(rates: &mut Rates, row: &Row) -> Result<()> {
    let mfn = Rate::read(&row.mfn).ok();
    for cell in row.agreements.split(';').filter(|cell| !cell.is_empty()) {
        let Some((name, text)) = cell.split_once('=') else {
            bail!("line {}: \"{cell}\" is no rate of an agreement", row.code);
        };
        let list = AGREEMENTS
            .iter()
            .find(|agreement| agreement.name == name)
            .map(|agreement| &agreement.list)
            .with_context(|| format!("line {}: unknown agreement {name}", row.code))?;
        let (within_quota, said) = read(text, mfn.as_ref());
        let facts = Series {
            measure_type: if within_quota {
                MeasureType::PreferentialQuota
            } else {
                MeasureType::Preference
            },
            areas: vec![list.area.into()],
            legal: list.title.into(),
            confidence: Confidence::VerifiedSecondary,
            ..Series::default()
        };
        let suffix = if within_quota { "-quota" } else { "" };
        let cell = Cell {
            code: row.own_level(),
            column: list.area,
            text,
        };
        rates.enter(cell, suffix, facts, said)?;
    }
    Ok(())
}

/// Whether the rate is for goods within a quota, and the rate.
///
/// A number alone is per cent; beside a rate for a quantity it may be an amount, and is not said unless it is nought.
fn read(text: &str, mfn: Option<&Rate>) -> (bool, Result<String, Reason>) {
    let text: String = text.split_whitespace().collect();
    let (within_quota, text) = match text.strip_prefix("关税配额税率：") {
        Some(rate) => (true, rate),
        None => (false, text.as_str()),
    };
    let said = match per_cent(text) {
        Some(rate) if rate != "0 %" && mfn.is_none_or(Rate::is_by_quantity) => {
            Err("unit-not-stated")
        }
        Some(rate) => Ok(rate),
        None => Rate::read(text).map(|rate| rate.expression()),
    };
    (within_quota, said)
}

#[cfg(test)]
mod tests {
    use super::super::row::fixture;
    use super::*;

    #[test]
    fn every_shape_of_cell_is_read() {
        let mfn = Rate::read("10%").ok();
        let by_area = Rate::read("2元/平方米").ok();
        let read = |text: &str, mfn: &Option<Rate>| read(text, mfn.as_ref());
        let said = |text: &str| Ok(text.to_owned());
        assert_eq!(read("8.5", &mfn), (false, said("8.5 %")));
        assert_eq!(read("关税 配额 税 率： 15", &mfn), (true, said("15 %")));
        assert_eq!(read("0.3元/ 千克", &by_area), (false, said("0.3 CNY/kg")));
        assert_eq!(read("0", &by_area), (false, said("0 %")));
        assert_eq!(read("8", &by_area), (false, Err("unit-not-stated")));
        assert_eq!(read("5", &None), (false, Err("unit-not-stated")));
        let step = "计税价 格≤ 3000美元/台： 9%；计税价格>3000美元/台： 2%+900 元/台";
        assert_eq!(read(step, &mfn), (false, Err("price-step")));
    }

    #[test]
    fn every_agreement_of_a_row_is_a_preference() -> Result<()> {
        let mut rates = Rates::default();
        let mut row = fixture("0101210000", "10%", "", "30%");
        row.agreements = "智利=0;亚太=8.5;澳大利亚=关税配 额税率：0".into();
        enter(&mut rates, &row)?;
        let tables = rates.into_tables();
        let said: Vec<_> = tables
            .measures
            .iter()
            .map(|m| format!("{} {} {}", m.code, m.series, m.expression))
            .collect();
        let expected = [
            "01012100 apta 8.5 %",
            "01012100 au-quota 0 %",
            "01012100 cl 0 %",
        ];
        assert_eq!(said, expected);
        row.agreements = "月亮=0".into();
        assert!(enter(&mut Rates::default(), &row).is_err());
        Ok(())
    }
}
