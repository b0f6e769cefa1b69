//! The read side of the index: words, the texts they stand in, and how much each is worth.

use super::value::rarity;
use super::vocabulary::Vocabulary;
use super::weights::Weights;
use crate::error::{Error, ErrorCode};
use crate::stored;
use crate::varint::Reader;
use core::ops::Range;

/// Which text of a node a word stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Field {
    /// Its designation.
    Title,
    /// A trade term that a publisher gives its code.
    Term,
    /// The designation of a national line below it.
    Line,
}

/// How a word stands in its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Stand {
    /// It names the goods: `bags` of `bags of leather`, `lighters` of `lighters, cigarette`.
    Head,
    /// It stands beside that word.
    Beside,
    /// It says what the goods are not: `other than knitted`.
    Excluded,
}

impl Stand {
    #[cfg(feature = "write")]
    pub(crate) const fn bits(self) -> u32 {
        match self {
            Self::Head => 0,
            Self::Beside => 1,
            Self::Excluded => 2,
        }
    }

    const fn from_bits(bits: u32) -> Option<Self> {
        match bits & 3 {
            0 => Some(Self::Head),
            1 => Some(Self::Beside),
            2 => Some(Self::Excluded),
            _ => None,
        }
    }
}

/// A text: the node it belongs to, what it is of it, how many words it has.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Text {
    pub(crate) node: u16,
    pub(crate) field: Field,
    pub(crate) length: u8,
}

/// The four sections of an index, as the pack holds them.
///
/// `words` has the words in their order, each by what it does not share with the one before; `postings` has for each rank how many texts the word
/// stands in, then for each rank these texts by their steps, each with how the word stands in it. `texts` says for each node of the
/// tree how many trade terms it has and whether it has national lines. `weights` are the figures of the ranking. Where an entry
/// begins, what its word is worth and how long a text is follow from these; they are reckoned once on opening, which reads every entry
/// and so checks it.
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
}

/// An opened index.
#[derive(Clone)]
pub(crate) struct Index {
    pub(crate) words: Vocabulary,
    postings: Vec<u8>,
    entries: Vec<EntryPlace>,
    pub(crate) texts: Vec<Text>,
    /// Trade terms of each node.
    pub(crate) terms: Vec<u8>,
    pub(crate) weights: Weights,
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
        let words = Vocabulary::open(sections.words).ok_or_else(corrupt)?;
        let entries =
            read_entries(sections.postings, words.len(), &mut texts, nodes).ok_or_else(corrupt)?;
        let postings = sections.postings.to_vec();
        Ok(Self {
            words,
            postings,
            entries,
            texts,
            terms,
            length_shares: weights.length_shares(),
            weights,
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

    /// The entry of a word, by its rank.
    pub(crate) fn entry(&self, rank: usize) -> Result<Entry<'_>, Error> {
        let place = self.entries.get(rank);
        let bytes = place.and_then(|place| self.postings.get(usize::try_from(place.start).ok()?..));
        match (place, bytes) {
            (Some(place), Some(bytes)) => Ok(Entry {
                value: place.value,
                left: place.count,
                text: 0,
                reader: Reader::new(bytes),
            }),
            _ => Err(ErrorCode::PackCorrupt.into()),
        }
    }
}

/// Where an entry begins, how many texts it has, what its word is worth.
#[derive(Clone, Copy, Debug)]
struct EntryPlace {
    start: u32,
    count: u16,
    value: u8,
}

/// Reads every entry once, and counts the words of each text.
fn read_entries(
    section: &[u8],
    words: usize,
    texts: &mut [Text],
    nodes: usize,
) -> Option<Vec<EntryPlace>> {
    let nodes = u32::try_from(nodes).ok()?;
    let mut reader = Reader::new(section);
    let mut entries = Vec::with_capacity(words.min(section.len()));
    for _ in 0..words {
        let count = u16::try_from(reader.number()?).ok()?;
        entries.push(EntryPlace {
            start: 0,
            count,
            value: 0,
        });
    }
    for place in &mut entries {
        place.start = u32::try_from(section.len().checked_sub(reader.left())?).ok()?;
        let mut entry = Entry {
            value: 0,
            left: place.count,
            text: 0,
            reader,
        };
        let (mut bearers, mut last) = (0_u32, None);
        while entry.left > 0 {
            entry.left = entry.left.checked_sub(1)?;
            let text = texts.get_mut(entry.step()?.0)?;
            text.length = text.length.saturating_add(1);
            bearers = bearers.checked_add(u32::from(last != Some(text.node)))?;
            last = Some(text.node);
        }
        place.value = rarity(nodes, bearers);
        reader = entry.reader;
    }
    reader.is_at_end().then_some(entries)
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

/// The texts that a word stands in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry<'a> {
    /// How rare the word is.
    pub(crate) value: u8,
    left: u16,
    text: u32,
    reader: Reader<'a>,
}

impl Entry<'_> {
    /// The next text and how the word stands in it; `None` at the end.
    #[inline]
    pub(crate) fn next(&mut self) -> Result<Option<(usize, Stand)>, Error> {
        if self.left == 0 {
            return Ok(None);
        }
        self.left = self.left.saturating_sub(1);
        let read = self.step().ok_or(ErrorCode::PackCorrupt)?;
        Ok(Some(read))
    }

    #[inline]
    fn step(&mut self) -> Option<(usize, Stand)> {
        let bits = self.reader.number()?;
        self.text = self.text.checked_add(bits >> 2)?;
        Some((usize::try_from(self.text).ok()?, Stand::from_bits(bits)?))
    }
}
