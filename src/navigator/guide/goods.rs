//! "Which of these is it?": where no facet tells candidates apart, their own designations do.

use super::candidate::{Candidate, Candidates};
use super::question::{Asking, MOST_ANSWERS, Meaning, Offer, Topic, asking};
use crate::gather::gather;
use crate::nomenclature::CommodityCode;

/// Words that state a bracket, beside a figure.
const BRACKETS: [&str; 5] = ["exceeding", "more than", "less than", "not more", "or more"];

/// Candidates that are one answer.
struct Group {
    code: CommodityCode,
    weight: u64,
}

impl Candidates<'_> {
    /// The question which of some goods it is: headings where there are several, else what lies next below in the tree, else lines.
    ///
    /// `puzzled` is the level at which nobody knew: what is longer may say more.
    pub(super) fn which(&self, left: &[Candidate], puzzled: u8) -> Option<Asking> {
        let level = self.level(left, puzzled)?;
        let of = gather(&mut left.iter().map(|candidate| self.at(candidate, level)));
        let mut groups: Vec<Group> = Vec::new();
        for (candidate, code) in left.iter().zip(&of) {
            match groups.iter_mut().find(|group| group.code == *code) {
                Some(group) => group.weight = group.weight.saturating_add(candidate.weight),
                None => groups.push(Group {
                    code: *code,
                    weight: candidate.weight,
                }),
            }
        }
        // What is designated as `Other` is what none of the rest is.
        groups.retain(|group| !self.is_rest(group.code));
        groups.sort_by(|a, b| b.weight.cmp(&a.weight).then(a.code.cmp(&b.code)));
        groups.truncate(MOST_ANSWERS);
        let is_size = |group: &Group| self.title(group.code).is_some_and(states_bracket);
        let sizes = !groups.is_empty() && groups.iter().all(is_size);
        // The likeliest stands first, but brackets are read from the least to the most.
        if sizes {
            groups.sort_by_key(|group| group.code);
        }
        let mut offers = gather(&mut groups.iter().map(|group| Offer {
            meaning: Meaning::Code(group.code),
            keeps: gather(&mut of.iter().map(|code| *code == group.code)),
        }));
        let is_shown = |code: &CommodityCode| groups.iter().any(|group| group.code == *code);
        let rest = gather(&mut of.iter().map(|code| !is_shown(code)));
        if rest.contains(&true) {
            offers.push(Offer {
                meaning: Meaning::None,
                keeps: rest,
            });
        }
        let topic = if sizes { Topic::Size } else { Topic::Goods };
        asking(topic, left, &vec![true; left.len()], offers)
    }

    /// How many digits tell what is left apart: 4 for headings, else those of the nearest codes that differ.
    pub(super) fn level(&self, left: &[Candidate], puzzled: u8) -> Option<u8> {
        let lengths = [4, 5, 6, 8, 10];
        let differ = |length: &u8| {
            let mut codes = left.iter().map(|candidate| self.at(candidate, *length));
            let first = codes.next();
            codes.any(|code| Some(code) != first)
        };
        let mut longer = lengths.into_iter().filter(|length| *length > puzzled);
        longer.find(differ)
    }

    /// The code that stands for a candidate at a level. Not every heading has groups, nor every subheading lines of eight digits: the
    /// next longer code that there is stands in.
    fn at(&self, candidate: &Candidate, length: u8) -> CommodityCode {
        let code = candidate.code;
        let is_there = |length: &u8| {
            let code = code.prefix(*length);
            match length {
                4 => true,
                5 | 6 => self.navigator.tree.find(code).is_some(),
                _ => self
                    .national
                    .is_some_and(|national| national.lines().find(code).is_some()),
            }
        };
        let mut lengths = [4, 5, 6, 8].into_iter();
        let found = lengths.find(|other| *other >= length && is_there(other));
        found.map_or(code, |length| code.prefix(length))
    }

    fn is_rest(&self, code: CommodityCode) -> bool {
        let title = self.title(code).unwrap_or_default();
        title
            .trim_end_matches(':')
            .trim()
            .eq_ignore_ascii_case("other")
    }

    /// The designation of a code.
    pub(super) fn title(&self, code: CommodityCode) -> Option<&str> {
        if code.length() <= 6 {
            let node = self.navigator.tree.find(code)?;
            return self.navigator.title(node);
        }
        let national = self.national?;
        national.title(national.lines().find(code)?)
    }
}

/// The longest designation that is told whole, in bytes.
const LONG: usize = 100;

/// A designation without what it encloses, excepts or lists at length: `Footwear with outer soles and uppers of rubber or plastics`.
pub(super) fn short(title: &str) -> &str {
    let ends = [
        "; ",
        " (",
        ", other than",
        ", excluding",
        ", not elsewhere",
        ", whether or not",
    ];
    let found = ends
        .iter()
        .filter_map(|end| title.find(end))
        .filter(|end| *end > 0)
        .min();
    let whole = found.and_then(|end| title.get(..end)).unwrap_or(title);
    if whole.len() <= LONG {
        return whole;
    }
    let commas = whole.match_indices(", ").map(|(at, _)| at);
    let last = commas.take_while(|at| *at <= LONG).last();
    last.and_then(|end| whole.get(..end)).unwrap_or(whole)
}

/// Words that a designation begins with that says what goods are like and leaves it to those above it what they are.
const QUALITIES: [&str; 16] = [
    "By",
    "Containing",
    "Covering",
    "Cut",
    "Designed",
    "Electrically",
    "For",
    "Having",
    "In",
    "Knitted",
    "Not",
    "Of",
    "On",
    "Other",
    "Put",
    "With",
];

pub(super) fn names_goods(title: &str) -> bool {
    let first = title.split([' ', ',']).next().unwrap_or_default();
    !QUALITIES.contains(&first)
}

fn states_bracket(title: &str) -> bool {
    let lower = title.to_ascii_lowercase();
    let figure = lower.contains(|letter: char| letter.is_ascii_digit());
    figure && BRACKETS.iter().any(|bracket| lower.contains(bracket))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_designation_is_cut_where_it_lists_encloses_or_excepts() {
        for (title, told) in [
            ("Of cotton", "Of cotton"),
            (
                "T-shirts, singlets and other vests, knitted or crocheted",
                "T-shirts, singlets and other vests, knitted or crocheted",
            ),
            (
                "Seats (other than those of heading 9402), whether or not convertible into beds, and parts thereof",
                "Seats",
            ),
            (
                "Men's or boys' suits, ensembles, jackets, blazers, trousers, bib and brace overalls, breeches and shorts",
                "Men's or boys' suits, ensembles, jackets, blazers, trousers, bib and brace overalls",
            ),
            ("(Parts)", "(Parts)"),
        ] {
            assert_eq!(short(title), told);
        }
    }

    #[test]
    fn a_bracket_is_a_figure_with_its_word() {
        assert!(states_bracket(
            "Of a cylinder capacity not exceeding 1 000 cm³"
        ));
        assert!(!states_bracket("Of heading 9403"));
        assert!(!states_bracket("More than one"));
    }
}
