//! What a query lacks although codes were found: its words do not say what the goods are, or none of the codes is likely.

use super::check::{GeneralWords, Lack};
use super::result::{Needs, Reason, SearchResult};
use super::search::as_code;

/// Codes that are held against each other.
const HELD: usize = 5;

/// Says what is lacking, in the words of the list: what the query's own words leave open, or what sets the best codes apart and the
/// query does not give.
pub(crate) fn ask<'a>(list: &GeneralWords, text: &str, result: &mut SearchResult<'a>) {
    if result.hits.is_empty() || as_code(text).is_some() {
        return;
    }
    if let Some(lacks) = list.lacks(text) {
        let reason = Reason::TooVague;
        result.needs = Some(Needs { reason, lacks });
    } else if result.needs.is_some() {
        let lacks = apart(list, text, result);
        let reason = Reason::Unsure;
        result.needs = Some(Needs { reason, lacks });
    }
}

/// The facts that the designations of the best codes give, some one and some another or none, and that the query does not give. Where
/// they are of several headings, what the goods are comes first.
fn apart(list: &GeneralWords, text: &str, result: &SearchResult<'_>) -> Vec<Lack> {
    let best = || result.hits.iter().take(HELD);
    let mut lacks = Vec::new();
    let heading = |code: &str| code.get(..4).map(str::to_owned);
    let mut headings = best().map(|hit| heading(&hit.code));
    let first = headings.next();
    if headings.any(|other| Some(other) != first) {
        lacks.push(Lack::Kind);
    }
    for lack in [Lack::Material, Lack::Use] {
        let given = |title: Option<&str>| list.giving(title.unwrap_or_default(), lack);
        let mut all = best().map(|hit| given(hit.title));
        let first = all.next();
        let differ = all.any(|other| Some(other) != first);
        if differ && list.giving(text, lack).is_empty() {
            lacks.push(lack);
        }
    }
    if lacks.is_empty() {
        lacks.push(Lack::Kind);
    }
    lacks
}
