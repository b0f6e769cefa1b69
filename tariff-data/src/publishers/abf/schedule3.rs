//! Schedule 3: the lines, the general rate, and the rates of single countries.

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use dutiable::confidence::Confidence;
use dutiable::tariff::MeasureType;
use serde::Deserialize;

use super::{cell, dated, rate};
use crate::publishers::flat_book::{self, Cell, FlatBook};
use crate::tables::{Line, Series};

/// A row of the parsed file.
#[derive(Debug, Deserialize)]
pub struct Row {
    code: String,
    description: String,
    unit: String,
    duty: String,
}

/// Countries whose goods are free where the classification sets no rate for them.
const OTHERWISE_FREE: [&str; 4] = ["nz", "pg", "forum", "ldc"];
/// Abbreviations whose countries are not at hand.
const UNKNOWN_COUNTRIES: [&str; 2] = ["dc", "dcs"];
const LEGAL: &str = "Customs Tariff Act 1995, Schedule 3";

/// Enters the schedule.
pub fn enter(book: &mut FlatBook, rows: Vec<Row>) -> Result<()> {
    let mut open: Vec<String> = Vec::new();
    let mut seen = BTreeSet::new();
    let mut chapters = BTreeSet::new();
    for row in &rows {
        // A mark behind the code points to a note of the pages.
        let code = flat_book::code(row.code.trim_end_matches(['*', '#', ' ']))?;
        if code.len() == 8 && !seen.insert(code.clone()) {
            // A statistical split of the line above.
            continue;
        }
        open.retain(|above| code.starts_with(above));
        enter_row(book, row, &code, open.len()).with_context(|| row.code.clone())?;
        if code.len() < 8 {
            open.push(code);
        } else {
            chapters.extend(code.get(..2).map(str::to_owned));
        }
    }
    for area in OTHERWISE_FREE {
        for chapter in &chapters {
            let legal = "Customs Tariff Act 1995 s 16(1): otherwise Free";
            let mut facts = preference(area, legal);
            facts.confidence = if area == "ldc" {
                Confidence::MemoryUnverified
            } else {
                Confidence::VerifiedPrimary
            };
            book.measure(chapter, &format!("free-{area}"), facts, "0 %".into());
        }
    }
    Ok(())
}

fn enter_row(book: &mut FlatBook, row: &Row, code: &str, depth: usize) -> Result<()> {
    let own = row.description.trim_start_matches(['-', '\u{2011}', ' ']);
    let own = if own.is_empty() { &row.unit } else { own };
    let title = flat_book::tidy(own);
    let declarable = code.len() == 8;
    book.line(Line {
        // A group of seven digits has no code of its own level.
        code: if code.len() == 7 {
            String::new()
        } else {
            code.into()
        },
        depth: u8::try_from(depth)?,
        declarable,
        supplementary: if declarable {
            unit(&row.unit).into()
        } else {
            String::new()
        },
        title: if title.is_empty() {
            "(no designation at hand)".into()
        } else {
            title.trim_start_matches('\u{2011}').to_owned()
        },
    });
    if !declarable {
        return Ok(());
    }
    let text = flat_book::tidy(&row.duty);
    let at = |column| Cell {
        column,
        code,
        text: &text,
    };
    let Some(current) = dated::current(&text) else {
        return book.enter(
            at("general"),
            "general",
            general(),
            Err("a day that cannot be read"),
        );
    };
    for (areas, rate) in cell::rates(current) {
        if areas.is_empty() {
            enter_rate(book, at("general"), rate, general())?;
        }
        for area in areas {
            let part = Cell {
                text: rate,
                ..at(area)
            };
            if UNKNOWN_COUNTRIES.contains(&area) {
                book.set_aside(part, "the countries of the abbreviation are not at hand");
            } else {
                enter_rate(book, part, rate, preference(area, LEGAL))?;
            }
        }
    }
    Ok(())
}

/// Enters a rate, and where it is one of excise, that it is unknown after the next rise.
pub fn enter_rate(book: &mut FlatBook, cell: Cell<'_>, rate: &str, facts: Series) -> Result<()> {
    let said = rate::expression(rate).ok_or("unknown-shape");
    let Some(until) = rate::holds_until(cell.code, rate).filter(|_| said.is_ok()) else {
        return book.enter(cell, cell.column, facts, said);
    };
    let after = Series {
        from: rate::day_after(until).into(),
        ..facts.clone()
    };
    let before = Series {
        to: until.into(),
        ..facts
    };
    book.enter(cell, &format!("{}-indexed", cell.column), before, said)?;
    let stem = format!("{}-after-rise", cell.column);
    if cell.column == "general" {
        book.enter(
            cell,
            &stem,
            after,
            Err("the rate after the next rise is not at hand"),
        )
    } else {
        // The reason stands once, with the general rate of the line.
        book.measure(cell.code, &stem, after, String::new());
        Ok(())
    }
}

/// The facts of the general rate.
pub fn general() -> Series {
    Series {
        measure_type: MeasureType::ThirdCountryDuty,
        areas: vec!["all".into()],
        legal: LEGAL.into(),
        ..Series::default()
    }
}

/// The facts of a preference for one area, which is its own programme.
pub fn preference(area: &str, legal: &str) -> Series {
    Series {
        measure_type: MeasureType::Preference,
        areas: vec![area.into()],
        legal: legal.into(),
        ..Series::default()
    }
}

/// The unit of the declaration; nothing where the pages want none or two.
fn unit(text: &str) -> &'static str {
    match flat_book::tidy(text).as_str() {
        "kg" => "kg",
        "No" => "item",
        "t" => "t",
        "L" => "l",
        "sm" => "m2",
        "cu" => "m3",
        "L al" | "L al and L" => "l-alcohol",
        "m" => "m",
        "Pr" => "pair",
        "g" => "g",
        "kg TSS" => "kg-tss",
        "TH" => "thousand",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(code: &str, description: &str, duty: &str) -> Row {
        Row {
            code: code.into(),
            description: description.into(),
            unit: "No".into(),
            duty: duty.into(),
        }
    }

    #[test]
    fn splits_and_groups_are_no_lines() -> Result<()> {
        let mut book = FlatBook::default();
        enter(
            &mut book,
            vec![
                row("1211.60", "- Bark", ""),
                row("1211.60.1", "--- Chilled", ""),
                row("1211.60.11", "---- Whole", "5% DCS4%"),
                row("2707.10.00*", "- Benzol", "$0.5/L NZ $0.5/L"),
                row("6304.93.00", "-- Not knitted", "5%"),
                row("6304.93.00", "Cushion covers", ""),
            ],
        )?;
        let lines: Vec<&str> = book.declarable().collect();
        assert_eq!(lines, ["12116011", "27071000", "63049300"]);
        Ok(())
    }
}
