//! The special column: rates, each followed by the programmes that have it.

/// A rate text and the programme symbols in brackets after it, sorted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Group {
    /// `Free`, `3.2%`, `See 9908.12.01`.
    pub(super) rate: String,
    /// `A+`, `AU`.
    pub(super) programmes: Vec<String>,
}

/// Splits the column. Text after the last bracket is a group without programmes, so that nothing is dropped.
pub(super) fn groups(column: &str) -> Vec<Group> {
    let mut groups = Vec::new();
    let mut rest = column;
    while let Some((rate, after)) = rest.split_once('(') {
        // Without a closing bracket the list runs to the end.
        let (inside, next) = after.split_once(')').unwrap_or((after, ""));
        groups.push(group(rate, inside));
        rest = next;
    }
    if !rest.trim().is_empty() {
        groups.push(group(rest, ""));
    }
    groups
}

fn group(rate: &str, inside: &str) -> Group {
    let mut programmes: Vec<String> = inside
        .split([',', '('])
        .map(|symbol| symbol.split_whitespace().collect::<String>())
        .filter(|symbol| !symbol.is_empty())
        .collect();
    programmes.sort();
    programmes.dedup();
    Group {
        rate: super::tidy(rate),
        programmes,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(column: &str) -> Vec<(String, String)> {
        groups(column)
            .into_iter()
            .map(|group| (group.rate, group.programmes.join(",")))
            .collect()
    }

    fn pair(rate: &str, programmes: &str) -> (String, String) {
        (rate.into(), programmes.into())
    }

    #[test]
    fn one_rate_for_all() {
        assert_eq!(read("Free (A+,AU,BH, CL)"), [pair("Free", "A+,AU,BH,CL")]);
        assert_eq!(read("Free(A, AU)"), [pair("Free", "A,AU")]);
    }

    #[test]
    fn rates_inside_special() {
        assert_eq!(
            read("Free (A,AU)8.8¢/liter(JO)"),
            [pair("Free", "A,AU"), pair("8.8¢/liter", "JO")]
        );
        assert_eq!(
            read("Free (AU, BH,S,SG) 31¢/kg + 5.4% (E)"),
            [pair("Free", "AU,BH,S,SG"), pair("31¢/kg + 5.4%", "E")]
        );
    }

    #[test]
    fn references_to_other_headings() {
        assert_eq!(
            read("Free (BH,SG) See 9918.04.50, 9918.04.58 (CO) See 9919.04.50 (PA (PA)"),
            [
                pair("Free", "BH,SG"),
                pair("See 9918.04.50, 9918.04.58", "CO"),
                pair("See 9919.04.50", "PA"),
            ]
        );
    }

    #[test]
    fn nothing_is_dropped() {
        assert_eq!(read("Free (AU) 5%"), [pair("Free", "AU"), pair("5%", "")]);
        assert_eq!(read(" "), []);
    }
}
