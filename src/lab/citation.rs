//! Which rules a quote rests on.

use super::path::rule_name;
use crate::assessment::{ChargeKind, UNLISTED};
use crate::basket::Basket;
use crate::destination::Rules;
use crate::landed_cost::Quote;
use std::collections::BTreeSet;

/// The notice of what crossing a limit on the same day would cost.
const SAME_DAY: &str = "threshold.same-day";

/// The names of the rules that a quote cites: its regimes and notices, the laws of its lines, and what every quote of the day rests on
/// without a line of its own (the place, the customs value, the roundings, what comes back).
pub(super) fn cited(rules: &Rules, basket: &Basket, quote: &Quote<'_>) -> BTreeSet<String> {
    let mut cited = BTreeSet::new();
    let mut cite = |list: &str, name: &str| {
        cited.insert(rule_name(list, name));
    };
    for regime in quote.regime.iter() {
        cite("regime", regime.id);
    }
    for (_, regime) in &quote.item_regimes {
        cite("regime", regime.id);
    }
    for notice in &quote.notices {
        cite("notice", notice.code);
        if notice.code == SAME_DAY {
            // It says what the consignment would cost under another regime, with what is charged there.
            let regimes = rules.regime.iter().map(|rule| ("regime", &rule.id));
            let taxes = rules.tax.iter().map(|rule| ("tax", &rule.id));
            let fees = rules.fee.iter().map(|rule| ("fee", &rule.id));
            let waivers = rules.waiver.iter().map(|rule| ("waiver", &rule.id));
            let tables = rules.rate_table.iter().map(|rule| ("rate-table", &rule.id));
            let all = regimes.chain(taxes).chain(fees);
            for (list, id) in all.chain(waivers).chain(tables) {
                cite(list, id);
            }
        }
    }
    for line in &quote.lines {
        let source = line.source.to_string();
        let law = source.strip_prefix(&rules.territory);
        let Some(id) = law.and_then(|law| law.strip_prefix('/')) else {
            continue;
        };
        match line.kind {
            ChargeKind::Tax => cite("tax", id),
            ChargeKind::Fee => cite("fee", id),
            ChargeKind::Duty if id == UNLISTED => cite("unlisted", ""),
            ChargeKind::Duty if rules.rate_table.iter().any(|table| table.id == id) => {
                cite("rate-table", id);
            }
            ChargeKind::Relief if rules.waiver.iter().any(|waiver| waiver.id == id) => {
                cite("waiver", id);
                // What is waived was reckoned by a rule of its own.
                cite("tax", line.measure);
                cite("fee", line.measure);
                for table in &rules.rate_table {
                    if table.measure == line.measure {
                        cite("rate-table", &table.id);
                    }
                }
            }
            ChargeKind::Duty | ChargeKind::Relief => cite("regime", id),
        }
    }
    cite("place", basket.destination.as_str());
    cite("customs-value", "");
    for rule in &rules.rounding {
        if let (Ok(at), Ok(scope)) = (word(&rule.at), word(&rule.scope)) {
            cite("rounding", &format!("{at}-{scope}"));
        }
    }
    for (position, rule) in rules.refund.iter().enumerate() {
        let about = quote.lines.iter().any(|line| {
            let kind = match line.kind {
                ChargeKind::Duty => "duties",
                ChargeKind::Tax => "taxes",
                ChargeKind::Fee => "fees",
                ChargeKind::Relief => return false,
            };
            rule.of.iter().any(|of| of == kind || of == line.measure)
        });
        if about {
            cite("refund", &position.to_string());
        }
    }
    cited
}

/// A word of the vocabulary, as it is written.
pub(super) fn word<T: serde::Serialize>(value: &T) -> Result<String, serde_json::Error> {
    serde_json::from_value(serde_json::to_value(value)?)
}
