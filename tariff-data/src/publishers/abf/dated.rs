//! Rates that change on given days, in one text: `5% From1July2018 3.75% From1July2019 Free`.

/// The day for which the tables speak.
const TODAY: (u16, u8, u8) = (2026, 4, 1);

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// The part of a text that is in force; nothing where a day in it cannot be read.
pub fn current(text: &str) -> Option<&str> {
    let mut parts = text.split("From");
    let mut found = ((0, 0, 0), parts.next().unwrap_or_default().trim());
    for part in parts {
        let (day, rate) = self::part(part)?;
        if found.0 < day && day <= TODAY {
            found = (day, rate);
        }
    }
    Some(found.1)
}

/// `1July2018 3.75%`, with or without spaces and a colon.
fn part(text: &str) -> Option<((u16, u8, u8), &str)> {
    let text = text.trim_start();
    let (day, text) = text.split_at(text.find(|c: char| !c.is_ascii_digit())?);
    let text = text.trim_start();
    let (month, text) = text.split_at(text.find(|c: char| !c.is_ascii_alphabetic())?);
    // One month is misspelt after its third letter.
    let month = MONTHS.iter().position(|name| month.starts_with(name))?;
    let (year, rate) = text.trim_start().split_at_checked(4)?;
    let day = (
        year.parse().ok()?,
        u8::try_from(month.checked_add(1)?).ok()?,
        day.parse().ok()?,
    );
    Some((day, rate.trim_start_matches([':', ' ']).trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rate_in_force_is_taken() {
        for (text, said) in [
            ("5% DCS4%", "5% DCS4%"),
            ("5% From1July2018 3.75% From1July2019 Free", "Free"),
            ("From1January20173.75% From 1 July 20172.5%", "2.5%"),
            ("6% From 1 July 2019 2% CA Free", "2% CA Free"),
            ("From 11 Feburary 2020: 3.7%", "3.7%"),
            ("From 30 December 2018 :4%", "4%"),
            ("5% From 1 July 2031 Free", "5%"),
        ] {
            assert_eq!(current(text), Some(said), "{text}");
        }
        assert_eq!(current("5% From Easter Free"), None);
    }
}
