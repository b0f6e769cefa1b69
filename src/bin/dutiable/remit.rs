//! `dutiable remit`: a period's quotes added up, as CSV, and refused where they do not come to the same cent.

use std::io::{self, Write};

use anyhow::{Context, Result};
use clap::Args;
use dutiable::place::PlaceCode;
use dutiable::remittance::{Remittance, Unstated, period};

/// What quotes do not say themselves, and what is written of them.
#[derive(Args)]
pub(crate) struct RemitArguments {
    /// The period of quotes without their request: `2026-11`
    #[arg(long)]
    period: Option<String>,
    /// The destination of quotes without their request
    #[arg(long)]
    place: Option<String>,
    /// Only what this party collects: `vendor`, `marketplace`, `carrier`, …
    #[arg(long)]
    collected_by: Option<String>,
    /// Leave out transactions that are refused, a range or open, and say so, in place of refusing all
    #[arg(long)]
    leave_out_open: bool,
}

/// Reads the quotes on standard input and prints the period file.
///
/// # Errors
/// As [`Remittance::of`].
pub(crate) fn run(asked: &RemitArguments) -> Result<bool> {
    let unstated = Unstated {
        period: asked
            .period
            .as_deref()
            .map(period)
            .transpose()
            .context("--period")?,
        place: asked
            .place
            .as_deref()
            .map(PlaceCode::parse)
            .transpose()
            .context("--place")?,
        leave_out_open: asked.leave_out_open,
    };
    let lines = crate::standard_input()?;
    let remittance = Remittance::of(lines.lines(), &unstated)?;
    let file = remittance.csv(asked.collected_by.as_deref())?;
    write!(io::stdout(), "{file}")?;
    let left_out = remittance.left_out.len();
    if left_out > 0 {
        let said = "transactions are in the file; left out:";
        writeln!(
            io::stderr(),
            "{} {said} {left_out}",
            remittance.transactions
        )?;
        for why in &remittance.left_out {
            writeln!(io::stderr(), "  {why}")?;
        }
    }
    Ok(true)
}
