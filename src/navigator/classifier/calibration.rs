//! How often the classifier is right, by what it says of itself: measured on texts that it did not learn from.
//!
//! A likelihood of the ranking is what its figures make of the words; it is right less often where a text says little, has words that nobody
//! knows, or leads the index elsewhere. So each kind of text has a row of shares of its own: of the codes that were given so much, so
//! many were the right one.

/// The likelihoods that a row has a share for, in millionths; between two of them the share is in proportion.
pub(super) const KNOTS: [u32; 14] = [
    0, 20_000, 50_000, 100_000, 200_000, 300_000, 400_000, 500_000, 600_000, 700_000, 800_000,
    900_000, 970_000, 1_000_000,
];
/// Kinds of texts.
pub(super) const KINDS: usize = 18;
/// A share of one, as the section writes it.
pub(super) const ONE: u8 = 250;
const MILLIONTHS_OF_A_SHARE: u32 = 4000;

/// Whether the index of words leads to the same code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Agreement {
    /// Its best is the same.
    Subheading,
    /// Its best lies in the same heading.
    Heading,
    /// It has none, or another.
    Nothing,
}

/// What is known of a text before any of its codes is tried: 0 to 17.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kind(usize);

impl Kind {
    /// Its number.
    #[cfg(feature = "write")]
    #[must_use]
    pub const fn number(self) -> usize {
        self.0
    }

    pub(crate) const fn of(agreement: Agreement, known: usize, unknown: usize) -> Self {
        let agreement: usize = match agreement {
            Agreement::Subheading => 0,
            Agreement::Heading => 6,
            Agreement::Nothing => 12,
        };
        let length = match known {
            0..=2 => 0,
            3..=5 => 2,
            _ => 4,
        };
        let strange = if unknown > 0 { 1 } else { 0 };
        Self(agreement.saturating_add(length).saturating_add(strange))
    }
}

/// The shares, a row for each kind.
#[derive(Clone, Debug)]
pub(super) struct Calibration {
    shares: Vec<u8>,
}

impl Calibration {
    /// Reads the section: a byte for each kind and knot, in 250ths, in no row falling.
    pub(super) fn open(section: &[u8]) -> Option<Self> {
        let is_whole = section.len() == KINDS.checked_mul(KNOTS.len())?;
        let rows = section.chunks_exact(KNOTS.len());
        let mut rows = rows.filter(|row| !row.is_sorted() || row.last() > Some(&ONE));
        (is_whole && rows.next().is_none()).then(|| Self {
            shares: section.to_vec(),
        })
    }

    /// The share of codes that were right, in millionths, among those of such texts with such a likelihood.
    pub(super) fn share(&self, kind: Kind, likelihood: u32) -> u32 {
        let start = kind.0.saturating_mul(KNOTS.len());
        let row = self.shares.get(start..).unwrap_or_default();
        let mut points = KNOTS.iter().zip(row);
        let (mut low, mut high) = ((0, 0), (0, 0));
        while let Some((knot, share)) = points.next().filter(|_| high.0 <= likelihood) {
            low = high;
            high = (
                *knot,
                u32::from(*share).saturating_mul(MILLIONTHS_OF_A_SHARE),
            );
        }
        let part = u64::from(likelihood.saturating_sub(low.0));
        let rise = u64::from(high.1.saturating_sub(low.1)).saturating_mul(part);
        let span = u64::from(high.0.saturating_sub(low.0));
        let risen = rise
            .checked_div(span)
            .and_then(|risen| u32::try_from(risen).ok());
        low.1.saturating_add(risen.unwrap_or(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A section whose first row is this, and all others nothing.
    fn section(row: [u8; 14]) -> Vec<u8> {
        let others = vec![0; row.len().saturating_mul(KINDS.saturating_sub(1))];
        [row.to_vec(), others].concat()
    }

    #[test]
    fn each_kind_has_a_row_of_its_own() {
        let agreements = [
            Agreement::Subheading,
            Agreement::Heading,
            Agreement::Nothing,
        ];
        let mut kinds = Vec::new();
        for agreement in agreements {
            for known in [1, 3, 6] {
                kinds.extend([0, 1].map(|unknown| Kind::of(agreement, known, unknown).0));
            }
        }
        assert!(kinds.into_iter().eq(0..KINDS));
    }

    #[test]
    fn a_share_lies_between_those_of_its_knots() {
        let row = [0, 5, 10, 20, 40, 60, 80, 100, 120, 140, 160, 180, 200, 250];
        let opened = Calibration::open(&section(row));
        let share = |kind, likelihood| {
            let calibration = opened.as_ref();
            calibration.map(|calibration| calibration.share(Kind(kind), likelihood))
        };
        assert_eq!(share(0, 0), Some(0));
        assert_eq!(share(0, 20_000), Some(20_000));
        assert_eq!(share(0, 250_000), Some(200_000));
        assert_eq!(share(0, 1_000_000), Some(1_000_000));
        assert_eq!(share(1, 1_000_000), Some(0));
    }

    #[test]
    fn a_row_that_falls_or_is_more_than_one_is_refused() {
        let opens = |row| Calibration::open(&section(row)).is_some();
        assert!(opens([1; 14]));
        assert!(!opens([1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]));
        assert!(!opens([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 251]));
    }
}
