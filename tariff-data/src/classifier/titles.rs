//! Retail titles, made up from what is learned: goods named twice, among words that say nothing of them.

use std::collections::BTreeMap;

use learner::{Random, Target};

use super::texts::{NoiseWords, Source, Text, Texts, is_retail};

/// The longest text, in words: as many as the navigator asks.
const LONGEST: usize = 40;

/// Makes texts that differ each time.
pub(crate) struct Titles<'a> {
    texts: &'a Texts,
    /// The words of each subheading's terms.
    terms: BTreeMap<usize, Vec<&'a [u32]>>,
}

impl<'a> Titles<'a> {
    pub(crate) fn new(texts: &'a Texts) -> Self {
        let mut terms: BTreeMap<usize, Vec<&[u32]>> = BTreeMap::new();
        for text in &texts.texts {
            if let (Source::TradeTerm | Source::ShopTerm, Target::Leaf(leaf)) =
                (text.source, text.target)
            {
                terms.entry(leaf).or_default().push(&text.words);
            }
        }
        Self { texts, terms }
    }

    /// A text as somebody might have written it.
    pub(crate) fn vary(&self, text: &Text, random: &mut Random) -> Vec<u32> {
        let mut words = text.words.clone();
        if is_retail(text.source) && random.happens(0.5) {
            self.name_again(text, &mut words, random);
            self.praise(text, &mut words, random);
        }
        forget(&mut words, random);
        words.truncate(LONGEST);
        words
    }

    /// Names the goods by another of their terms, before or after.
    fn name_again(&self, text: &Text, words: &mut Vec<u32>, random: &mut Random) {
        let Target::Leaf(leaf) = text.target else {
            return;
        };
        let Some(again) = self
            .terms
            .get(&leaf)
            .filter(|_| random.happens(0.3))
            .and_then(|terms| random.pick(terms))
        else {
            return;
        };
        let at = if random.happens(0.5) { 0 } else { words.len() };
        words.splice(at..at, again.iter().copied());
    }

    /// Puts in what sellers put in.
    fn praise(&self, text: &Text, words: &mut Vec<u32>, random: &mut Random) {
        let mut times = 1;
        while times < 10 && random.happens(0.7) {
            times += 1;
        }
        for _ in 0..times {
            let stray = [random.below(self.texts.vocabulary.len()) as u32];
            let said: &[u32] = if random.happens(0.85) {
                let noise = random.pick(&self.texts.noise);
                noise
                    .filter(|noise| !decides(noise, text.target))
                    .map_or(&[], |noise| &noise.words)
            } else {
                &stray
            };
            let at = match random.below(3) {
                0 => 0,
                1 => words.len(),
                _ => random.below(words.len() + 1),
            };
            words.splice(at..at, said.iter().copied());
        }
    }
}

/// Whether words that mostly say nothing do say something here.
fn decides(noise: &NoiseWords, target: Target) -> bool {
    matches!(target, Target::Leaf(leaf) if noise.except.iter().any(|leaves| leaves.contains(&leaf)))
}

/// Leaves some words out, but never all.
fn forget(words: &mut Vec<u32>, random: &mut Random) {
    let probability = if words.len() < 6 { 0.15 } else { 0.22 };
    let kept: Vec<u32> = words
        .iter()
        .copied()
        .filter(|_| !random.happens(probability))
        .collect();
    if !kept.is_empty() {
        *words = kept;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn something_is_always_left_to_learn() {
        let mut random = Random::new(3);
        for _ in 0..1000 {
            let mut words = vec![1, 2];
            forget(&mut words, &mut random);
            assert!(!words.is_empty());
        }
    }

    #[test]
    fn noise_that_decides_in_a_chapter_is_none_there() {
        let noise = NoiseWords {
            words: vec![0],
            except: std::iter::once(5..9).collect(),
        };
        assert!(decides(&noise, Target::Leaf(5)));
        assert!(!decides(&noise, Target::Leaf(9)));
        assert!(!decides(&noise, Target::Branch(5)));
    }
}
