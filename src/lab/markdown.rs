//! A report for people.

use super::report::{Group, Pair, Report, Share};
use core::fmt::{self, Write as _};

impl Report {
    /// The report as Markdown. What it rests on stands at its end, by hash.
    ///
    /// # Errors
    /// None that writing to a text can give.
    pub fn markdown(&self) -> Result<String, fmt::Error> {
        let mut text = String::new();
        writeln!(text, "# {}\n", self.title)?;
        self.write_counts(&mut text)?;
        self.write_warnings(&mut text)?;
        self.write_sums(&mut text)?;
        self.write_collection(&mut text)?;
        write_groups(&mut text, "By origin", "origin", &self.by_origin)?;
        write_groups(&mut text, "By chapter", "chapter", &self.by_chapter)?;
        write_groups(&mut text, "By value of the goods", "value", &self.by_value)?;
        self.write_citations(&mut text)?;
        self.write_grounds(&mut text)?;
        Ok(text)
    }

    fn write_counts(&self, text: &mut String) -> fmt::Result {
        let counts = &self.counts;
        let from = self.from.map(|from| from.to_string());
        writeln!(
            text,
            "Rules of `{}`; the reform holds from {}. A is the rules as they are, B the rules with the reform. Buyers are taken to buy the \
             same under both.\n",
            self.territory,
            from.as_deref().unwrap_or("no day at all")
        )?;
        let rows = [
            ("baskets of the sample", counts.baskets),
            ("unreadable", counts.unreadable.values().sum()),
            ("to places of other territories", counts.outside),
            ("dated before the reform", counts.before),
            ("answers unchanged, byte for byte", counts.unchanged),
            ("answers changed", counts.changed),
            ("refused under A", counts.refused_base.values().sum()),
            ("refused under B", counts.refused_reform.values().sum()),
            ("open under A (a charge is unknown)", counts.open_base),
            ("open under B", counts.open_reform),
            ("compared in the sums below", counts.compared),
            ("of these, ranges, at the median", counts.ranges),
        ];
        writeln!(text, "| baskets | |\n|---|--:|")?;
        for (name, number) in rows {
            writeln!(text, "| {name} | {number} |")?;
        }
        let errors = counts.refused_base.iter().map(|error| ("A", error));
        let errors = errors.chain(counts.refused_reform.iter().map(|error| ("B", error)));
        for (side, (code, number)) in errors {
            writeln!(text, "| `{code}` under {side} | {number} |")?;
        }
        writeln!(text)
    }

    fn write_warnings(&self, text: &mut String) -> fmt::Result {
        for (code, number) in &self.warnings {
            let sentence = match *code {
                "lab.no-effect" => {
                    "The reform changes no answer of this sample. Is it the reform you mean?"
                }
                "lab.leak" => {
                    "Answers differ before the reform's first day: an error of the lab's."
                }
                "lab.uncited" => "Answers differ and cite no rule that the reform touches.",
                "lab.unreadable" => "Lines of the sample are no requests; they are in no sum.",
                "lab.not-compared" => {
                    "Baskets are refused or open under a side; they are in no sum."
                }
                "lab.ranges-at-median" => "Baskets are ranges; the sums hold their medians.",
                "lab.cost-assumed" => {
                    "Consignments, under A and B together, whose cost of collection is the caller's assumption, and no fact."
                }
                "lab.cost-unknown" => {
                    "Consignments, under A and B together, for whose collection model no cost is assumed: it is unknown."
                }
                other => other,
            };
            writeln!(text, "- **{number}** {sentence} (`{code}`)")?;
        }
        writeln!(text)
    }

    fn write_sums(&self, text: &mut String) -> fmt::Result {
        writeln!(
            text,
            "## Sums\n\n| | currency | A | B | B − A |\n|---|---|--:|--:|--:|"
        )?;
        for (what, sums) in [
            ("revenue, ", &self.revenue),
            ("charges borne by the ", &self.charges),
            ("landed cost, ", &self.landed_cost),
        ] {
            for sum in sums {
                writeln!(
                    text,
                    "| {what}{} | {} | {} |",
                    sum.of,
                    sum.currency,
                    cells(&sum.sums)
                )?;
            }
        }
        writeln!(text, "\n| parcels charged | A | B |\n|---|--:|--:|")?;
        let charged = &self.parcels_charged;
        type Cell = fn(&Share) -> String;
        let rows: [(&str, Cell); 5] = [
            ("any charge of an authority", |share| share.any.to_string()),
            ("a duty", |share| share.duty.to_string()),
            ("a tax", |share| share.tax.to_string()),
            ("of", |share| share.of.to_string()),
            ("share", |share| share.share.to_string()),
        ];
        for (name, cell) in rows {
            writeln!(
                text,
                "| {name} | {} | {} |",
                cell(&charged.base),
                cell(&charged.reform)
            )?;
        }
        writeln!(text)
    }

    fn write_collection(&self, text: &mut String) -> fmt::Result {
        writeln!(
            text,
            "## Declarations\n\n| category | declaration | A | B |\n|--:|---|--:|--:|"
        )?;
        for row in &self.declarations {
            writeln!(
                text,
                "| {} | {} | {} | {} |",
                row.release_category, row.declaration, row.base, row.reform
            )?;
        }
        writeln!(
            text,
            "\n| collection | A | B | each, assumed | cost under A | B | B − A |\n|---|--:|--:|--:|--:|--:|--:|"
        )?;
        for row in &self.collection {
            let each = row
                .each
                .map_or("not assumed".to_owned(), |each| each.to_string());
            let cost = row.cost.as_ref().map(cells);
            writeln!(
                text,
                "| {} | {} | {} | {each} | {} |",
                row.model,
                row.base,
                row.reform,
                cost.as_deref().unwrap_or("unknown | unknown | unknown")
            )?;
        }
        writeln!(text)
    }

    fn write_citations(&self, text: &mut String) -> fmt::Result {
        writeln!(
            text,
            "## Which patched rules the changed answers cite\n\n| rule | answers |\n|---|--:|"
        )?;
        for (rule, number) in &self.cited {
            writeln!(text, "| `{rule}` | {number} |")?;
        }
        writeln!(text)
    }

    fn write_grounds(&self, text: &mut String) -> fmt::Result {
        writeln!(text, "## What it rests on\n\n| | SHA-256 |\n|---|---|")?;
        writeln!(text, "| engine {} | |", self.engine)?;
        writeln!(text, "| rule set A | {} |", self.base.sha256)?;
        for patch in &self.patches {
            writeln!(text, "| patch: {} | {} |", patch.title, patch.sha256)?;
        }
        writeln!(text, "| rule set B | {} |", self.reform.sha256)?;
        writeln!(text, "| sample | {} |", self.sample.sha256)?;
        for pack in &self.packs {
            writeln!(text, "| pack {} | {} |", pack.id, pack.sha256)?;
        }
        Ok(())
    }
}

fn write_groups(text: &mut String, title: &str, key: &str, groups: &[Group]) -> fmt::Result {
    writeln!(
        text,
        "## {title}\n\n| {key} | currency | baskets | changed | revenue under A | B | B − A |\n|---|---|--:|--:|--:|--:|--:|"
    )?;
    for group in groups {
        writeln!(
            text,
            "| {} | {} | {} | {} | {} |",
            group.key,
            group.currency,
            group.baskets,
            group.changed,
            cells(&group.revenue)
        )?;
    }
    writeln!(text)
}

fn cells(pair: &Pair) -> String {
    format!("{} | {} | {}", pair.base, pair.reform, pair.difference)
}
