//! Small numbers in few bytes: seven bits a byte, the lowest first, the top bit set on all but the last.
//!
//! Lists of ascending numbers are written as their steps. Reading checks every byte: a number that runs over the end or over 32
//! bits is `None`, which every caller turns into `pack.corrupt`.

/// Reads numbers one after the other.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(crate) const fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// The next byte.
    #[inline]
    pub(crate) fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }

    /// The next number.
    #[inline]
    pub(crate) fn number(&mut self) -> Option<u32> {
        let first = self.byte()?;
        if first < 0x80 {
            return Some(u32::from(first));
        }
        self.longer(u32::from(first & 0x7F))
    }

    fn longer(&mut self, low: u32) -> Option<u32> {
        let mut number = low;
        for shift in [7_u32, 14, 21, 28] {
            let byte = self.byte()?;
            let bits = u32::from(byte & 0x7F);
            if shift == 28 && bits > 0x0F {
                return None;
            }
            number |= bits << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    /// The next number as a length or a position.
    pub(crate) fn size(&mut self) -> Option<usize> {
        usize::try_from(self.number()?).ok()
    }

    /// The next bytes, as many as asked.
    pub(crate) fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(count)?;
        self.rest = rest;
        Some(taken)
    }

    /// How many bytes are left.
    pub(crate) const fn left(&self) -> usize {
        self.rest.len()
    }

    /// Whether every byte has been read.
    pub(crate) const fn is_at_end(&self) -> bool {
        self.rest.is_empty()
    }
}

/// Appends a number.
#[cfg(any(feature = "write", test))]
pub(crate) fn write(bytes: &mut Vec<u8>, number: u32) {
    let mut rest = number;
    while rest >= 0x80 {
        bytes.push((rest & 0x7F).to_le_bytes().first().copied().unwrap_or(0) | 0x80);
        rest >>= 7;
    }
    bytes.push(rest.to_le_bytes().first().copied().unwrap_or(0));
}

/// A signed step as an unsigned number: 0, −1, 1, −2, 2 … become 0, 1, 2, 3, 4 …
#[cfg(any(feature = "write", test))]
pub(crate) const fn zigzag(step: i32) -> u32 {
    (step.wrapping_shl(1) ^ (step >> 31)).cast_unsigned()
}

/// The signed step again.
pub(crate) const fn unzigzag(number: u32) -> i32 {
    (number >> 1).cast_signed() ^ (number & 1).cast_signed().wrapping_neg()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_was_written_is_read(numbers: Vec<u32>) {
            let mut bytes = Vec::new();
            for number in &numbers {
                write(&mut bytes, *number);
            }
            let mut reader = Reader::new(&bytes);
            for number in &numbers {
                prop_assert_eq!(reader.number(), Some(*number));
            }
            prop_assert!(reader.is_at_end());
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes: Vec<u8>) {
            let mut reader = Reader::new(&bytes);
            while reader.number().is_some() {}
        }

        #[test]
        fn signs_survive(step: i32) {
            prop_assert_eq!(unzigzag(zigzag(step)), step);
        }
    }

    #[test]
    fn a_number_of_more_than_32_bits_is_refused() {
        assert_eq!(
            Reader::new(&[0xFF, 0xFF, 0xFF, 0xFF, 0x0F]).number(),
            Some(u32::MAX)
        );
        assert_eq!(Reader::new(&[0xFF, 0xFF, 0xFF, 0xFF, 0x1F]).number(), None);
        assert_eq!(
            Reader::new(&[0x80, 0x80, 0x80, 0x80, 0x80, 0x00]).number(),
            None
        );
        assert_eq!(Reader::new(&[0x80]).number(), None);
    }
}
