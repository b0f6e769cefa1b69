//! Countries and territories.

use crate::error::{Error, ErrorCode};
use crate::stored::{Stored, StoredReader};
use core::fmt;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// An ISO 3166-1 alpha-2 code: a destination, a country of origin, a country of dispatch.
///
/// ```
/// use dutiable::place::PlaceCode;
/// assert_eq!(PlaceCode::parse("CN")?.as_str(), "CN");
/// assert!(PlaceCode::parse("cn").is_err());
/// # Ok::<(), dutiable::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct PlaceCode([u8; 2]);

impl PlaceCode {
    /// Reads two capital letters. Whether anything is known of the place is the engine's question.
    ///
    /// # Errors
    /// [`ErrorCode::PlaceMalformed`] for anything else.
    pub fn parse(text: &str) -> Result<Self, Error> {
        match <[u8; 2]>::try_from(text.as_bytes()) {
            Ok(letters) if letters.iter().all(u8::is_ascii_uppercase) => Ok(Self(letters)),
            _ => Err(ErrorCode::PlaceMalformed.into()),
        }
    }

    /// The code as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        core::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Debug for PlaceCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for PlaceCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Stored for PlaceCode {
    fn read(from: &mut StoredReader<'_>) -> Self {
        from.parsed(Self::parse, Self(*b"ZZ"))
    }
}

impl Serialize for PlaceCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for PlaceCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(|_| de::Error::custom("not an ISO 3166-1 alpha-2 code"))
    }
}
