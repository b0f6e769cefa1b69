//! How far a file is, on standard error.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

use anyhow::Result;

/// So often it is said.
const EVERY: Duration = Duration::from_millis(200);

/// Rows done and rows without an answer.
pub(super) struct Progress {
    rows: u128,
    faulty: u128,
    begun: Instant,
    said: Instant,
    is_watched: bool,
}

impl Progress {
    /// Nothing done yet.
    pub(super) fn new() -> Self {
        let now = Instant::now();
        Self {
            rows: 0,
            faulty: 0,
            begun: now,
            said: now,
            is_watched: io::stderr().is_terminal(),
        }
    }

    /// One more row is done.
    ///
    /// # Errors
    /// Those of writing.
    pub(super) fn row(&mut self, is_faulty: bool) -> Result<()> {
        self.rows = self.rows.saturating_add(1);
        self.faulty = self.faulty.saturating_add(u128::from(is_faulty));
        if self.is_watched && self.said.elapsed() >= EVERY {
            self.said = Instant::now();
            self.say()?;
        }
        Ok(())
    }

    fn say(&self) -> Result<()> {
        let took = self.begun.elapsed().as_millis().max(1);
        let rate = self.rows.saturating_mul(1000).checked_div(took);
        let rate = rate.unwrap_or_default();
        let mut out = io::stderr().lock();
        write!(out, "\r{} rows, {rate} a second", self.rows)?;
        Ok(out.flush()?)
    }

    /// All is done: whether every row has been answered.
    ///
    /// # Errors
    /// Those of writing.
    pub(super) fn end(self, where_named: &str) -> Result<bool> {
        if self.is_watched {
            self.say()?;
            writeln!(io::stderr())?;
        }
        if self.faulty > 0 {
            let (faulty, rows) = (self.faulty, self.rows);
            writeln!(
                io::stderr(),
                "{faulty} of {rows} rows have a fault: {where_named}"
            )?;
        }
        Ok(self.faulty == 0)
    }
}
