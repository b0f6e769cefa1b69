//! Reading JSON text into a tree.

use super::first_special;
use crate::error::{Error, ErrorCode};
use std::borrow::Cow;

/// How deep a request may be nested.
pub const MAX_DEPTH: u8 = 16;
/// How many bytes a request may have: ten thousand items with their descriptions.
pub const MAX_LENGTH: usize = 32 << 20;

/// A JSON value, as a view of its text. A number stays the text it is: amounts are texts in the contract, and a number in their place is refused as one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Json<'a> {
    /// `null`.
    Null,
    /// `true` or `false`.
    Truth(bool),
    /// A number, as written.
    Number(&'a str),
    /// A text.
    Text(Cow<'a, str>),
    /// An array.
    Array(Vec<Json<'a>>),
    /// An object, in the text's order; of a name that stands twice, the last counts.
    Object(Vec<(Cow<'a, str>, Json<'a>)>),
}

impl Json<'_> {
    /// The field of an object; `None` where there is none, or where it is null.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Self> {
        let Self::Object(fields) = self else {
            return None;
        };
        let named = fields.iter().rev().find(|(other, _)| other == name);
        let value = named.map(|(_, value)| value);
        value.filter(|value| !value.is_null())
    }

    /// Whether it is `null`.
    #[must_use]
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The text, if it is one.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// Reads one JSON value and nothing else.
///
/// # Errors
/// [`ErrorCode::InputMalformed`] for what is no JSON, or is nested or long past the limits.
///
/// ```
/// use dutiable::json::{Json, parse};
/// assert_eq!(parse("[\"\\u00e9\", null]")?, Json::Array(vec![Json::Text("é".into()), Json::Null]));
/// assert!(parse("[1,]").is_err());
/// # Ok::<(), dutiable::Error>(())
/// ```
pub fn parse(text: &str) -> Result<Json<'_>, Error> {
    let mut reader = Reader { rest: text };
    let value = (text.len() <= MAX_LENGTH)
        .then(|| reader.value(0))
        .flatten();
    reader.space();
    value
        .filter(|_| reader.rest.is_empty())
        .ok_or_else(|| ErrorCode::InputMalformed.into())
}

/// What is left to be read.
struct Reader<'a> {
    rest: &'a str,
}

impl<'a> Reader<'a> {
    fn first(&self) -> Option<u8> {
        self.rest.as_bytes().first().copied()
    }

    fn take(&mut self, length: usize) -> Option<&'a str> {
        let (taken, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(taken)
    }

    /// The next sign of the grammar; none where a character stands that is not ASCII.
    fn next(&mut self) -> Option<u8> {
        let first = self.first()?;
        self.take(1)?;
        Some(first)
    }

    fn space(&mut self) {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.first() {
            self.take(1);
        }
    }

    fn word(&mut self, word: &str) -> Option<()> {
        self.rest = self.rest.strip_prefix(word)?;
        Some(())
    }

    fn value(&mut self, depth: u8) -> Option<Json<'a>> {
        if depth > MAX_DEPTH {
            return None;
        }
        self.space();
        match self.first()? {
            b'{' => self.object(depth.saturating_add(1)),
            b'[' => self.array(depth.saturating_add(1)),
            b'"' => self.text().map(Json::Text),
            b't' => self.word("true").map(|()| Json::Truth(true)),
            b'f' => self.word("false").map(|()| Json::Truth(false)),
            b'n' => self.word("null").map(|()| Json::Null),
            _ => self.number(),
        }
    }

    fn number(&mut self) -> Option<Json<'a>> {
        let mut length = 0_usize;
        for byte in self.rest.bytes() {
            if !byte.is_ascii_digit() && !b"+-.eE".contains(&byte) {
                break;
            }
            length = length.saturating_add(1);
        }
        let number = self.take(length)?;
        let digits = number.trim_start_matches('-');
        let starts = digits
            .bytes()
            .next()
            .is_some_and(|byte| byte.is_ascii_digit());
        starts.then_some(Json::Number(number))
    }

    fn array(&mut self, depth: u8) -> Option<Json<'a>> {
        let mut elements = Vec::new();
        let mut is_open = self.opens(b']')?;
        while is_open {
            elements.push(self.value(depth)?);
            is_open = self.goes_on(b']')?;
        }
        Some(Json::Array(elements))
    }

    fn object(&mut self, depth: u8) -> Option<Json<'a>> {
        let mut fields = Vec::new();
        let mut is_open = self.opens(b'}')?;
        while is_open {
            self.space();
            let name = self.text()?;
            self.space();
            self.word(":")?;
            fields.push((name, self.value(depth)?));
            is_open = self.goes_on(b'}')?;
        }
        Some(Json::Object(fields))
    }

    /// Past an opening bracket: whether anything stands before the closing one.
    fn opens(&mut self, end: u8) -> Option<bool> {
        self.next()?;
        self.space();
        if self.first()? == end {
            self.next()?;
            return Some(false);
        }
        Some(true)
    }

    /// Past a part: whether another follows.
    fn goes_on(&mut self, end: u8) -> Option<bool> {
        self.space();
        match self.next()? {
            b',' => Some(true),
            other => (other == end).then_some(false),
        }
    }

    fn text(&mut self) -> Option<Cow<'a, str>> {
        self.word("\"")?;
        let mut text = Cow::Borrowed("");
        loop {
            let run = self.take(first_special(self.rest.as_bytes())?)?;
            if text.is_empty() {
                text = Cow::Borrowed(run);
            } else {
                text.to_mut().push_str(run);
            }
            match self.next()? {
                b'"' => return Some(text),
                b'\\' => text.to_mut().push(self.escape()?),
                _ => return None,
            }
        }
    }

    fn escape(&mut self) -> Option<char> {
        Some(match self.next()? {
            b'n' => '\n',
            b't' => '\t',
            b'r' => '\r',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'u' => return self.escaped_unit(),
            other @ (b'"' | b'\\' | b'/') => char::from(other),
            _ => return None,
        })
    }

    /// A `\u` escape, or two where they are a pair of surrogates.
    fn escaped_unit(&mut self) -> Option<char> {
        let first = self.hexadecimal()?;
        let mut units = vec![first];
        if (0xD800..0xDC00).contains(&first) {
            self.word("\\u")?;
            units.push(self.hexadecimal()?);
        }
        char::decode_utf16(units).next()?.ok()
    }

    fn hexadecimal(&mut self) -> Option<u16> {
        let digits = self.take(4)?;
        let all = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        u16::from_str_radix(digits, 16).ok().filter(|_| all)
    }
}
