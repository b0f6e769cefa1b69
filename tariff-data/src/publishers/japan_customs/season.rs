//! Lines that are one code with two rates, by the time of year.

/// The season in a designation such as `毎年4月1日から同年9月30日までに輸入されるもの`, as a condition.
pub fn condition(designation: &str) -> Option<String> {
    let (_, dates) = designation.split_once("毎年")?;
    let (from, rest) = dates.split_once("から")?;
    let to = rest
        .trim_start_matches("同年")
        .trim_start_matches("翌年")
        .split_once("まで")?
        .0;
    Some(format!("{}..{}", day(from)?, day(to)?))
}

fn day(text: &str) -> Option<String> {
    let (month, day) = text.split_once('月')?;
    let month: u8 = month.parse().ok()?;
    // The end of February, in leap years too.
    let day: u8 = match day {
        "末日" if month == 2 => 29,
        day => day.strip_suffix('日')?.parse().ok()?,
    };
    Some(format!("{month:02}-{day:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seasons_are_conditions() {
        for (designation, condition_text) in [
            (
                "(1)毎年4月1日から同年9月30日までに輸入されるもの",
                "04-01..09-30",
            ),
            (
                "2 毎年12月1日から翌年5月31日までに輸入されるもの",
                "12-01..05-31",
            ),
            (
                "2 毎年11月1日から翌年2月末日までに輸入されるもの",
                "11-01..02-29",
            ),
        ] {
            assert_eq!(condition(designation).as_deref(), Some(condition_text));
        }
        assert_eq!(condition("1 砂糖を加えたもの"), None);
    }
}
