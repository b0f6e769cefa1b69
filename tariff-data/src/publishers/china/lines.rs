//! The statistical codes as lines. The file has no nodes above them, so nothing stands below anything.

use anyhow::{Result, bail};

use super::row::Row;
use crate::publishers::flat;
use crate::tables::Line;

/// All lines in the tariff's order.
pub fn lines(rows: &[Row]) -> Result<Vec<Line>> {
    rows.iter()
        .map(|row| {
            Ok(Line {
                code: row.own_level().into(),
                declarable: true,
                supplementary: unit(&row.unit)?.into(),
                title: flat::title(&row.designation),
                ..Line::default()
            })
        })
        .collect()
}

/// The unit to declare beside the mass, in our words.
fn unit(text: &str) -> Result<&'static str> {
    Ok(match text {
        "千克" => "",
        "个" | "件" | "只" | "条" | "台" | "辆" | "架" | "艘" | "座" | "张" | "块" | "根"
        | "片" | "支" | "把" | "幅" | "株" | "盘" => "item",
        "百个" => "hundred",
        "套" | "副" => "set",
        "双" => "pair",
        "米" => "m",
        "平方米" => "m2",
        "升" => "l",
        "千升" => "kl",
        "克" => "g",
        "克拉" => "carat",
        "千瓦时" => "kwh",
        other => bail!("unknown unit {other}"),
    })
}

#[cfg(test)]
mod tests {
    use super::super::row::fixture;
    use super::*;

    #[test]
    fn a_code_is_a_line_at_its_own_level() -> Result<()> {
        let mut watch = fixture("9101110000", "", "", "");
        watch.unit = "只".into();
        let shown: Vec<_> = lines(&[watch, fixture("0101210010", "", "", "")])?
            .into_iter()
            .map(|line| (line.code, line.supplementary))
            .collect();
        let expected = [("91011100", "item"), ("0101210010", "")];
        assert_eq!(
            shown,
            expected.map(|(code, unit)| (code.to_owned(), unit.to_owned()))
        );
        assert!(unit("斤").is_err());
        Ok(())
    }
}
