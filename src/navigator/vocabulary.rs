//! The words of the index: one by itself, those that a beginning can become, those near a misspelt one.

use super::typo::Near;
use fst::Automaton;
use fst::raw::{Fst, Node, Output};

/// The words, each with its rank in the alphabet.
#[derive(Clone)]
pub(crate) struct Vocabulary(Fst<Vec<u8>>);

/// A word that was found.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) word: String,
    pub(crate) rank: u64,
    pub(crate) slips: u8,
}

impl Vocabulary {
    /// Takes the bytes of the map.
    pub(crate) fn open(bytes: &[u8]) -> Option<Self> {
        Fst::new(bytes.to_vec()).ok().map(Self)
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// The rank of a word.
    pub(crate) fn rank(&self, word: &str) -> Option<u64> {
        self.0.get(word).map(Output::value)
    }

    /// Words that go on after what was typed, the shortest first and equally long ones by the alphabet.
    pub(crate) fn completions(&self, typed: &str, most: usize) -> Vec<Found> {
        let (mut node, mut output) = (self.0.root(), Output::zero());
        for byte in typed.bytes() {
            let Some(position) = node.find_input(byte) else {
                return Vec::new();
            };
            let transition = node.transition(position);
            (node, output) = (self.0.node(transition.addr), output.cat(transition.out));
        }
        let mut walk = Completing {
            fst: &self.0,
            word: typed.as_bytes().to_vec(),
            best: Best::new(most),
        };
        walk.below(node, output);
        walk.best.found()
    }

    /// Words near the typed one. People rarely slip in the first letter, and a word of another length is further away.
    pub(crate) fn near(
        &self,
        typed: &str,
        slips: usize,
        as_prefix: bool,
        most: usize,
    ) -> Vec<Found> {
        let Some(near) = Near::new(typed, slips, as_prefix) else {
            return Vec::new();
        };
        let mut walk = Correcting {
            fst: &self.0,
            typed,
            near: &near,
            word: Vec::new(),
            best: Best::new(most),
        };
        walk.at(self.0.root(), &near.start(), Output::zero());
        walk.best.found()
    }
}

/// The few best so far: by distance, then as they came.
struct Best {
    most: usize,
    found: Vec<(usize, Found)>,
}

impl Best {
    const fn new(most: usize) -> Self {
        Self {
            most,
            found: Vec::new(),
        }
    }

    /// Whether something at this distance would still be among the best.
    fn admits(&self, distance: usize) -> bool {
        self.found.len() < self.most
            || self
                .found
                .last()
                .is_some_and(|(worst, _)| distance < *worst)
    }

    fn offer(&mut self, distance: usize, word: &[u8], rank: u64, slips: u8) {
        let Ok(word) = core::str::from_utf8(word) else {
            return;
        };
        if self.admits(distance) {
            let place = self.found.partition_point(|(other, _)| *other <= distance);
            let word = word.to_owned();
            self.found.truncate(self.most.saturating_sub(1));
            self.found
                .insert(place, (distance, Found { word, rank, slips }));
        }
    }

    fn found(self) -> Vec<Found> {
        self.found.into_iter().map(|(_, found)| found).collect()
    }
}

struct Completing<'a> {
    fst: &'a Fst<Vec<u8>>,
    word: Vec<u8>,
    best: Best,
}

impl Completing<'_> {
    fn below(&mut self, node: Node<'_>, output: Output) {
        for transition in node.transitions() {
            self.word.push(transition.inp);
            if self.best.admits(self.word.len()) {
                let node = self.fst.node(transition.addr);
                let output = output.cat(transition.out);
                if node.is_final() {
                    let rank = output.cat(node.final_output()).value();
                    self.best.offer(self.word.len(), &self.word, rank, 0);
                }
                self.below(node, output);
            }
            self.word.pop();
        }
    }
}

struct Correcting<'a> {
    fst: &'a Fst<Vec<u8>>,
    typed: &'a str,
    near: &'a Near,
    word: Vec<u8>,
    best: Best,
}

/// What another first letter adds to a word's distance: more than any difference in length.
const OTHER_FIRST: usize = 64;

impl Correcting<'_> {
    fn at(&mut self, node: Node<'_>, state: &<Near as Automaton>::State, output: Output) {
        let slips = self.near.slips(state).filter(|_| node.is_final());
        if let Some(slips) = slips {
            let rank = output.cat(node.final_output()).value();
            let distance = self.word.len().abs_diff(self.typed.len());
            let distance = distance.saturating_add(self.other_first());
            self.best.offer(distance, &self.word, rank, slips);
        }
        for transition in node.transitions() {
            let next = self.near.accept(state, transition.inp);
            if !self.near.can_match(&next) {
                continue;
            }
            self.word.push(transition.inp);
            // A word can only get longer.
            let longer = self.word.len().saturating_sub(self.typed.len());
            if self.best.admits(longer.saturating_add(self.other_first())) {
                self.at(
                    self.fst.node(transition.addr),
                    &next,
                    output.cat(transition.out),
                );
            }
            self.word.pop();
        }
    }

    fn other_first(&self) -> usize {
        if self.word.first() == self.typed.as_bytes().first() {
            0
        } else {
            OTHER_FIRST
        }
    }
}
