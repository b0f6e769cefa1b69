//! The read side of the index: words, the texts they stand in, and how much each is worth.

use super::field::{Field, Stand};
use super::language::Language;
use super::value::rarity;
use super::vocabulary::Vocabulary;
use super::weights::Weights;
use crate::error::{Error, ErrorCode};
use crate::stored;
use crate::varint::Reader;
use core::ops::Range;

/// A text: the node it belongs to, what it is of it, how many words it has.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Text {
    pub(crate) node: u16,
    pub(crate) field: Field,
    pub(crate) length: u8,
}

/// The sections of an index, as the pack holds them.
///
/// `words` has the words in their order, each by what it does not share with the one before; `postings` has for each rank how many texts the word
/// stands in, then for each rank these texts by their steps, each with how the word stands in it. `texts` says for each node of the
/// tree how many trade terms it has and whether it has national lines. `weights` are the figures of the ranking. Where an entry
/// begins, what its word is worth and how long a text is follow from these; all is read once, and so checked, on opening.
#[derive(Clone, Copy, Debug)]
pub struct IndexSections<'a> {
    /// The words in their order.
    pub words: &'a [u8],
    /// Entries of the words.
    pub postings: &'a [u8],
    /// The texts of each node.
    pub texts: &'a [u8],
    /// [`Weights`] in the postcard format.
    pub weights: &'a [u8],
    /// [`Language`] in the postcard format; `None` for English.
    pub language: Option<&'a [u8]>,
}

/// An opened index.
#[derive(Clone)]
pub(crate) struct Index {
    pub(crate) words: Vocabulary,
    postings: Vec<Posting>,
    entries: Vec<Entry>,
    pub(crate) texts: Vec<Text>,
    /// Trade terms of each node.
    pub(crate) terms: Vec<u8>,
    pub(crate) weights: Weights,
    pub(crate) language: Option<Language>,
    length_shares: Vec<u32>,
}

impl core::fmt::Debug for Index {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Index")
            .field("words", &self.words.len())
            .field("texts", &self.texts.len())
            .finish()
    }
}

impl Index {
    /// Reads the sections of a tree of so many nodes.
    pub(crate) fn open(sections: IndexSections<'_>, nodes: usize) -> Result<Self, Error> {
        let corrupt = || Error::new(ErrorCode::PackCorrupt);
        let (mut texts, terms) = read_texts(sections.texts, nodes).ok_or_else(corrupt)?;
        let weights: Weights = stored::read(sections.weights).ok_or_else(corrupt)?;
        let language = match sections.language {
            None => None,
            Some(section) => Some(stored::read(section).ok_or_else(corrupt)?),
        };
        let words = Vocabulary::open(sections.words).ok_or_else(corrupt)?;
        let (entries, postings) =
            read_entries(sections.postings, words.len(), &mut texts, nodes).ok_or_else(corrupt)?;
        Ok(Self {
            words,
            postings,
            entries,
            texts,
            terms,
            length_shares: weights.length_shares(),
            weights,
            language,
        })
    }

    /// How much a text of so many words counts, in 64ths.
    pub(crate) fn length_share(&self, length: u8) -> u32 {
        let share = self.length_shares.get(usize::from(length));
        share.or(self.length_shares.last()).copied().unwrap_or(0)
    }

    /// The texts of some nodes, by their positions.
    pub(crate) fn texts_of(&self, nodes: &Range<usize>) -> Range<usize> {
        let first = |node: usize| {
            self.texts
                .partition_point(|text| usize::from(text.node) < node)
        };
        first(nodes.start)..first(nodes.end)
    }

    /// What a word is worth and the texts it stands in, by its rank.
    pub(crate) fn entry(&self, rank: usize) -> (u8, &[Posting]) {
        let entry = self.entries.get(rank).copied().unwrap_or_default();
        let postings = self.postings.get(entry.start..entry.end);
        (entry.value, postings.unwrap_or_default())
    }
}

/// A text that a word stands in, and how it does.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Posting {
    pub(crate) text: u16,
    pub(crate) stand: Stand,
}

/// Where the postings of a word are, and how rare it is.
#[derive(Clone, Copy, Debug, Default)]
struct Entry {
    start: usize,
    end: usize,
    value: u8,
}

/// Reads every entry, and counts the words of each text.
fn read_entries(
    section: &[u8],
    words: usize,
    texts: &mut [Text],
    nodes: usize,
) -> Option<(Vec<Entry>, Vec<Posting>)> {
    let nodes = u32::try_from(nodes).ok()?;
    let mut steps = Reader::new(section);
    for _ in 0..words {
        steps.number()?;
    }
    let mut counts = Reader::new(section);
    let mut entries = Vec::with_capacity(words);
    let mut postings = Vec::with_capacity(steps.left());
    for _ in 0..words {
        let start = postings.len();
        let (mut position, mut bearers, mut last) = (0_u32, 0_u32, None);
        for _ in 0..counts.number()? {
            let bits = steps.number()?;
            position = position.checked_add(bits >> 2)?;
            let text = texts.get_mut(usize::try_from(position).ok()?)?;
            let stand = Stand::from_bits(bits);
            let is_counted = stand != Stand::Part;
            text.length = text.length.saturating_add(u8::from(is_counted));
            bearers = bearers.saturating_add(u32::from(last != Some(text.node)));
            last = Some(text.node);
            postings.push(Posting {
                text: u16::try_from(position).ok()?,
                stand,
            });
        }
        entries.push(Entry {
            start,
            end: postings.len(),
            value: rarity(nodes, bearers),
        });
    }
    steps.is_at_end().then_some((entries, postings))
}

fn read_texts(section: &[u8], nodes: usize) -> Option<(Vec<Text>, Vec<u8>)> {
    let mut reader = Reader::new(section);
    let mut texts = Vec::new();
    let mut terms = Vec::with_capacity(nodes);
    for node in 0..u16::try_from(nodes).ok()? {
        let shape = reader.number()?;
        let count = usize::try_from(shape >> 1)
            .ok()
            .filter(|count| *count <= section.len())?;
        let text = |field| Text {
            node,
            field,
            length: 0,
        };
        texts.push(text(Field::Title));
        texts.extend(core::iter::repeat_n(text(Field::Term), count));
        texts.extend((shape & 1 == 1).then_some(text(Field::Line)));
        terms.push(u8::try_from(count).unwrap_or(u8::MAX));
    }
    reader.is_at_end().then_some((texts, terms))
}
