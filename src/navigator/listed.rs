//! Several goods in one text: `a boys' T-shirt and a pair of shorts`.

/// Words that begin the name of goods of their own. `the` goes on about the same: `and the eligibility for preferential treatment`.
const ARTICLES: &[&str] = &["a", "an"];
/// More goods are not told apart: each costs as much as a search. No other number was tried.
const MOST: usize = 4;

/// The goods that a text lists, each with an article after `and` or a comma; none where it lists no more than one. Titles of shops have no
/// articles, and `salt and pepper mill` is one thing.
pub(super) fn goods(text: &str) -> Vec<&str> {
    let mut goods = Vec::new();
    let (mut start, mut before) = (0, (0, ""));
    let mut at = 0_usize;
    for piece in text.split_inclusive(char::is_whitespace) {
        let word = piece.trim();
        let is_new = is_article(word) && follows(before.1);
        if is_new && goods.len() < MOST {
            let end = if is_and(before.1) { before.0 } else { at };
            goods.extend(named(text, start, end));
            start = at;
        }
        if !word.is_empty() {
            before = (at, word);
        }
        at = at.saturating_add(piece.len());
    }
    if !goods.is_empty() && goods.len() < MOST {
        goods.extend(named(text, start, text.len()));
    }
    goods
}

fn named(text: &str, start: usize, end: usize) -> Option<&str> {
    let part = text.get(start..end)?.trim();
    (!part.is_empty()).then_some(part)
}

fn follows(before: &str) -> bool {
    is_and(before) || before.ends_with([',', ';'])
}

fn is_and(word: &str) -> bool {
    word.eq_ignore_ascii_case("and")
}

fn is_article(word: &str) -> bool {
    ARTICLES.iter().any(|one| one.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn goods_with_articles_of_their_own_are_several() {
        let listed = "a boys' T-shirt and a pair of shorts";
        assert_eq!(goods(listed), ["a boys' T-shirt", "a pair of shorts"]);
        let listed = "The classification of an LED, a housing; A cover, and AN end cap";
        let parts = [
            "The classification of an LED,",
            "a housing;",
            "A cover,",
            "AN end cap",
        ];
        assert_eq!(goods(listed), parts);
    }

    #[test]
    fn one_thing_is_no_list() {
        for text in [
            "",
            "salt and pepper mill",
            "a mug with a lid",
            "a cup and saucer",
            "mug, white, and the lid",
            "and a",
        ] {
            assert_eq!(goods(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn more_than_a_few_are_not_told_apart() {
        assert_eq!(goods("a b, a c, a d, a e, a f").len(), MOST);
    }

    proptest! {
        #[test]
        fn goods_are_parts_of_any_text(text in "([aA] |and |, |; |an |[é\u{3000}x]){0,30}") {
            for part in goods(&text) {
                prop_assert!(!part.is_empty() && text.contains(part));
            }
        }
    }
}
