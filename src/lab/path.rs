//! Where a value stands in a territory's rules.

use super::Refusal;
use core::fmt;
use serde_json::Value;

/// A value's place: the list, the rule's name in it, and the way into the rule, as in
/// `regime.eu-low-value-flat.when.intrinsic-value.at-most` or `tax.import-vat.by-code.0.rate.percent`.
///
/// Rules are named by their `id`, a preference by its `area`, a place and a notice by their `code` (in quotes where it has a point), a
/// rounding by its point and scope (`rounding.duty-consignment.unit`), a refund by its position from 0, for the first that holds is taken.
/// The customs value and the duty of unlisted goods have no name: `customs-value.basis`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RulePath {
    /// The list of the rules: `regime`, `tax`.
    pub list: String,
    /// The rule's name; empty for rules that have none.
    pub name: String,
    /// The way into the rule: keys, and positions in lists.
    pub within: Vec<String>,
}

impl RulePath {
    /// Reads a path.
    ///
    /// # Errors
    /// For what is not made of words with a point between, or in quotes; for a list whose rules cannot be patched.
    ///
    /// ```
    /// use dutiable::lab::RulePath;
    /// let path = RulePath::parse(r#"notice."it.parcel-contribution".severity"#)?;
    /// assert_eq!((path.list.as_str(), path.name.as_str()), ("notice", "it.parcel-contribution"));
    /// assert!(RulePath::parse("territory").is_err());
    /// # Ok::<(), dutiable::lab::Refusal>(())
    /// ```
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let wrong = || Refusal::new(format!("`{text}` is no path to a rule"));
        let mut segments = segments(text).ok_or_else(wrong)?.into_iter();
        let list = segments.next().ok_or_else(wrong)?;
        let naming = Naming::of(&list).ok_or_else(wrong)?;
        let name = if naming == Naming::None {
            String::new()
        } else {
            segments.next().ok_or_else(wrong)?
        };
        Ok(Self {
            list,
            name,
            within: segments.collect(),
        })
    }

    /// Whether both name one rule.
    #[must_use]
    pub fn is_of_rule(&self, other: &Self) -> bool {
        self.list == other.list && self.name == other.name
    }

    /// The rule, without the way into it.
    #[must_use]
    pub fn rule(&self) -> String {
        rule_name(&self.list, &self.name)
    }
}

/// A rule's list and name, as paths begin.
pub(super) fn rule_name(list: &str, name: &str) -> String {
    match name {
        "" => list.to_owned(),
        _ if name.contains('.') => format!("{list}.\"{name}\""),
        _ => format!("{list}.{name}"),
    }
}

impl fmt::Display for RulePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.rule())?;
        for segment in &self.within {
            write!(f, ".{segment}")?;
        }
        Ok(())
    }
}

/// Words with a point between; one in quotes may have points itself.
fn segments(text: &str) -> Option<Vec<String>> {
    let mut segments = Vec::new();
    let mut rest = text;
    loop {
        let (segment, after) = match rest.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"')?,
            None => rest.split_at(rest.find('.').unwrap_or(rest.len())),
        };
        if segment.is_empty() {
            return None;
        }
        segments.push(segment.to_owned());
        if after.is_empty() {
            return Some(segments);
        }
        rest = after.strip_prefix('.')?;
    }
}

/// What names the rules of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Naming {
    /// A key of theirs.
    Key(&'static str),
    /// Where and for what they round.
    PointAndScope,
    /// Their position.
    Position,
    /// Nothing: of all of them one holds at a time.
    None,
}

impl Naming {
    /// Of a list; `None` for what is no list of rules.
    pub(super) fn of(list: &str) -> Option<Self> {
        Some(match list {
            "regime" | "tax" | "fee" | "waiver" | "rate-table" => Self::Key("id"),
            "preference" => Self::Key("area"),
            "place" | "notice" => Self::Key("code"),
            "rounding" => Self::PointAndScope,
            "refund" => Self::Position,
            "customs-value" | "unlisted" => Self::None,
            _ => return None,
        })
    }

    /// The name of a rule at a position.
    pub(super) fn name(self, rule: &Value, position: usize) -> String {
        let text = |key: &str| rule.get(key).and_then(Value::as_str).unwrap_or_default();
        match self {
            Self::Key(key) => text(key).to_owned(),
            Self::PointAndScope => format!("{}-{}", text("at"), text("scope")),
            Self::Position => position.to_string(),
            Self::None => String::new(),
        }
    }
}
