//! `dutiable compare`: one basket to several places, on several terms, days, ways of collecting.

use std::io::{self, Write};

use anyhow::{Context, Result, ensure};
use clap::Args;
use dutiable::comparison::{Beside, Row, table};
use serde_json::{Value, json};

use crate::answer::Answer;

/// How many rows are made at most.
const MOST_ROWS: usize = 10_000;

/// What is set beside what.
#[derive(Args)]
pub(crate) struct CompareArguments {
    /// Destinations in place of the request's: `DE,GB,US`
    #[arg(long, value_delimiter = ',')]
    destinations: Vec<String>,
    /// Incoterms in place of the request's: `DAP,DDP`
    #[arg(long, value_delimiter = ',')]
    incoterms: Vec<String>,
    /// Ways of collecting in place of the request's: `vendor,border`
    #[arg(long, value_delimiter = ',')]
    collections: Vec<String>,
    /// Days in place of the request's: `2026-03-01,2026-08-01`
    #[arg(long, value_delimiter = ',')]
    dates: Vec<String>,
    /// A table for people in place of JSON
    #[arg(long)]
    table: bool,
}

/// Quotes every combination and prints a row each; false where all are refused.
///
/// # Errors
/// A request that is no JSON, a pack that cannot be opened.
pub(crate) fn run(answer: &mut Answer, asked: &CompareArguments) -> Result<bool> {
    let request = crate::standard_input()?;
    let request: Value = serde_json::from_str(&request).context("the request is not JSON")?;
    ensure!(request.is_object(), "the request is no object");
    let beside = Beside {
        destinations: asked.destinations.clone(),
        incoterms: asked.incoterms.clone(),
        collections: asked.collections.clone(),
        dates: asked.dates.clone(),
    };
    let requests = beside.requests(&request);
    ensure!(
        requests.len() <= MOST_ROWS,
        "{} combinations are too many",
        requests.len()
    );
    let mut rows = Vec::with_capacity(requests.len());
    for request in &requests {
        let quote = answer.quote(&request.to_string())?;
        rows.push(Row::of(request, &quote)?);
    }
    if asked.table {
        write!(io::stdout(), "{}", table(&rows))?;
    } else {
        crate::print(&json!({ "rows": rows }))?;
    }
    Ok(rows.iter().any(|row| row.error.is_null()))
}
