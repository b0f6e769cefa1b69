//! Times of the year: two spellings, one condition.

/// `01 JUL - 31 JAN` and `01-07 to 31-01` as `07-01..01-31`.
pub fn condition(text: &str) -> Option<String> {
    let (from, to) = text.split_once(" - ").or_else(|| text.split_once(" to "))?;
    Some(format!("{}..{}", day(from.trim())?, day(to.trim())?))
}

/// `14.00% (01 JUL - 31 JAN), 0.00% (01 FEB - 30 JUN)` as texts and conditions; one without condition if it names none.
pub fn parts(text: &str) -> Option<Vec<(String, String)>> {
    if !text.contains('(') {
        return Some(vec![(text.to_owned(), String::new())]);
    }
    text.split("),")
        .map(|part| {
            let (duty, season) = part.trim().trim_end_matches(')').split_once('(')?;
            Some((duty.trim().to_owned(), condition(season)?))
        })
        .collect()
}

fn day(text: &str) -> Option<String> {
    const MONTHS: [&str; 12] = [
        "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
    ];
    let (day, month) = text.split_once([' ', '-'])?;
    let day: u8 = day.parse().ok()?;
    let month = match MONTHS.iter().position(|name| *name == month) {
        Some(position) => position.checked_add(1)?,
        None => month.parse().ok()?,
    };
    (1..=31).contains(&day).then_some(())?;
    (1..=12).contains(&month).then_some(())?;
    Some(format!("{month:02}-{day:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_spellings_are_read() {
        assert_eq!(condition("01-12 to 29-02").as_deref(), Some("12-01..02-29"));
        assert_eq!(
            condition("16 JUL - 15 JUN").as_deref(),
            Some("07-16..06-15")
        );
        assert_eq!(condition("-"), None);
        assert_eq!(condition("01-13 to 31-01"), None);
    }

    #[test]
    fn a_text_may_have_several_seasons() {
        assert_eq!(
            parts("14.00% (01 JUL - 31 JAN), 0.00% (01 FEB - 30 JUN)"),
            Some(vec![
                ("14.00%".into(), "07-01..01-31".into()),
                ("0.00%".into(), "02-01..06-30".into())
            ])
        );
        assert_eq!(parts("8.0%"), Some(vec![("8.0%".into(), String::new())]));
        assert_eq!(parts("19.53% (end-use)"), None);
    }
}
