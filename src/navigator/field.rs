//! Where a word stands: in which of a node's texts, and how in that text.

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
    /// It is a part of a compound that stands there, and makes the text no longer.
    Part,
}

impl Stand {
    #[cfg(feature = "write")]
    pub(crate) const fn bits(self) -> u32 {
        match self {
            Self::Head => 0,
            Self::Beside => 1,
            Self::Excluded => 2,
            Self::Part => 3,
        }
    }

    pub(crate) const fn from_bits(bits: u32) -> Self {
        match bits & 3 {
            0 => Self::Head,
            1 => Self::Beside,
            2 => Self::Excluded,
            _ => Self::Part,
        }
    }
}
