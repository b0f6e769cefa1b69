//! How a CSV file is written: by its first line.

use std::io::{self, Cursor, Read};

use csv::Terminator;

/// The mark of UTF-8 at the beginning of a file.
pub(super) const BOM: &[u8] = b"\xEF\xBB\xBF";
/// As far as the first line is looked for.
const LOOKED_AT: u64 = 64 * 1024;

/// How a file is written, and shall be written again.
pub(super) struct Dialect {
    pub(super) delimiter: u8,
    pub(super) terminator: Terminator,
    /// Whether it begins with [`BOM`].
    pub(super) has_mark: bool,
}

impl Dialect {
    /// Looks at the first line; what was read is put back, without the mark.
    ///
    /// # Errors
    /// Those of reading.
    pub(super) fn of<R: Read>(mut input: R) -> io::Result<(Self, impl Read)> {
        let mut head = Vec::new();
        input.by_ref().take(LOOKED_AT).read_to_end(&mut head)?;
        let has_mark = head.starts_with(BOM);
        let text = head.strip_prefix(BOM).unwrap_or(&head).to_vec();
        let dialect = Self {
            has_mark,
            ..Self::of_head(&text)
        };
        Ok((dialect, Cursor::new(text).chain(input)))
    }

    /// The delimiter is what stands most often outside quotes in the first line, of several the first of these four.
    fn of_head(head: &[u8]) -> Self {
        let mut counts = [(b',', 0_u32), (b';', 0), (b'\t', 0), (b'|', 0)];
        let mut is_quoted = false;
        let mut ended = None;
        let mut bytes = head
            .iter()
            .copied()
            .skip_while(|byte| matches!(byte, b'\r' | b'\n'));
        for byte in bytes.by_ref() {
            match byte {
                b'"' => is_quoted = !is_quoted,
                b'\r' | b'\n' if !is_quoted => {
                    ended = Some(byte);
                    break;
                }
                _ if is_quoted => {}
                other => {
                    for (delimiter, count) in &mut counts {
                        *count = count.saturating_add(u32::from(*delimiter == other));
                    }
                }
            }
        }
        let is_crlf = ended == Some(b'\r') && bytes.next() == Some(b'\n');
        // Of equals `max_by_key` takes the last.
        let most = counts.iter().rev().max_by_key(|(_, count)| *count);
        Self {
            delimiter: most.map_or(b',', |(delimiter, _)| *delimiter),
            terminator: if is_crlf {
                Terminator::CRLF
            } else {
                Terminator::Any(b'\n')
            },
            has_mark: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(head: &str) -> (char, bool) {
        let dialect = Dialect::of_head(head.as_bytes());
        let is_crlf = matches!(dialect.terminator, Terminator::CRLF);
        (char::from(dialect.delimiter), is_crlf)
    }

    #[test]
    fn the_first_line_tells() {
        assert_eq!(of("id,description\r\n1;2;3;4"), (',', true));
        assert_eq!(of("\n\nid;description\n1,2,3"), (';', false));
        assert_eq!(of("id\tdescription\r1\t2"), ('\t', false));
        assert_eq!(of("\"a,b,c\"|\"d\r\ne\"|f\r\n"), ('|', true));
        assert_eq!(of("description"), (',', false));
        assert_eq!(of("a;b,c"), (',', false));
        assert_eq!(of(""), (',', false));
    }
}
