//! Reading JSON text into a tree.

use crate::error::{Error, ErrorCode};

/// How deep a request may be nested.
pub const MAX_DEPTH: u8 = 16;
/// How many bytes a request may have: ten thousand items with their descriptions.
pub const MAX_LENGTH: usize = 32 << 20;

/// A JSON value. A number stays the text it is: amounts are texts in the contract, and a number in their place is refused as one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Json {
    /// `null`.
    Null,
    /// `true` or `false`.
    Truth(bool),
    /// A number, as written.
    Number(String),
    /// A text.
    Text(String),
    /// An array.
    Array(Vec<Json>),
    /// An object, in the text's order; of a name that stands twice, the last counts.
    Object(Vec<(String, Json)>),
}

impl Json {
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
pub fn parse(text: &str) -> Result<Json, Error> {
    let mut reader = Reader {
        rest: text.as_bytes(),
    };
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
    rest: &'a [u8],
}

impl Reader<'_> {
    fn space(&mut self) {
        while let [b' ' | b'\t' | b'\n' | b'\r', rest @ ..] = self.rest {
            self.rest = rest;
        }
    }

    fn next(&mut self) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }

    fn word(&mut self, word: &[u8]) -> Option<()> {
        self.rest = self.rest.strip_prefix(word)?;
        Some(())
    }

    fn value(&mut self, depth: u8) -> Option<Json> {
        if depth > MAX_DEPTH {
            return None;
        }
        self.space();
        match self.rest.first()? {
            b'{' => self.object(depth.saturating_add(1)),
            b'[' => self.array(depth.saturating_add(1)),
            b'"' => self.text().map(Json::Text),
            b't' => self.word(b"true").map(|()| Json::Truth(true)),
            b'f' => self.word(b"false").map(|()| Json::Truth(false)),
            b'n' => self.word(b"null").map(|()| Json::Null),
            _ => self.number(),
        }
    }

    fn number(&mut self) -> Option<Json> {
        let is_part = |byte: &u8| byte.is_ascii_digit() || b"+-.eE".contains(byte);
        let length = self.rest.iter().take_while(|byte| is_part(byte)).count();
        let (number, rest) = self.rest.split_at_checked(length)?;
        let starts = number
            .iter()
            .find(|byte| **byte != b'-')
            .is_some_and(u8::is_ascii_digit);
        self.rest = rest;
        let number = core::str::from_utf8(number).ok().filter(|_| starts)?;
        Some(Json::Number(number.to_owned()))
    }

    fn array(&mut self, depth: u8) -> Option<Json> {
        let mut elements = Vec::new();
        self.list(b']', |reader| {
            elements.push(reader.value(depth)?);
            Some(())
        })?;
        Some(Json::Array(elements))
    }

    fn object(&mut self, depth: u8) -> Option<Json> {
        let mut fields = Vec::new();
        self.list(b'}', |reader| {
            let name = reader.text()?;
            reader.space();
            reader.word(b":")?;
            fields.push((name, reader.value(depth)?));
            Some(())
        })?;
        Some(Json::Object(fields))
    }

    /// The parts between an opening bracket and the closing one.
    fn list(&mut self, end: u8, mut part: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.next()?;
        self.space();
        if self.rest.first() == Some(&end) {
            return self.next().map(|_| ());
        }
        loop {
            self.space();
            part(self)?;
            self.space();
            match self.next()? {
                b',' => {}
                other if other == end => return Some(()),
                _ => return None,
            }
        }
    }

    fn text(&mut self) -> Option<String> {
        self.word(b"\"")?;
        let mut text = Vec::new();
        loop {
            let plain = self
                .rest
                .iter()
                .take_while(|byte| !matches!(byte, b'"' | b'\\' | 0..0x20))
                .count();
            let (run, rest) = self.rest.split_at_checked(plain)?;
            text.extend_from_slice(run);
            self.rest = rest;
            match self.next()? {
                b'"' => return String::from_utf8(text).ok(),
                b'\\' => {
                    let mut bytes = [0; 4];
                    text.extend_from_slice(self.escape()?.encode_utf8(&mut bytes).as_bytes());
                }
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
            self.word(b"\\u")?;
            units.push(self.hexadecimal()?);
        }
        char::decode_utf16(units).next()?.ok()
    }

    fn hexadecimal(&mut self) -> Option<u16> {
        let (digits, rest) = self.rest.split_at_checked(4)?;
        self.rest = rest;
        let all = digits.iter().all(u8::is_ascii_hexdigit);
        u16::from_str_radix(core::str::from_utf8(digits).ok().filter(|_| all)?, 16).ok()
    }
}
