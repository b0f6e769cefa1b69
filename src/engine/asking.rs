//! What a search and a browse ask, as JSON.

use super::DEFAULT_HITS;
use crate::decimal;
use crate::error::{Error, ErrorCode, Field};
use crate::json::{self, Json};
use crate::place::PlaceCode;

/// A request for a search: `{ text, limit, destination, language }`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Searching {
    /// What is looked for.
    pub text: String,
    /// How many hits at most.
    pub limit: usize,
    /// Whose own lines are wanted.
    pub destination: Option<PlaceCode>,
    /// The language of the words and of the designations, as [`language_of`] reads it; `None` for English.
    pub language: Option<String>,
}

impl Searching {
    /// Reads the request.
    ///
    /// # Errors
    /// [`ErrorCode::InputMalformed`] for what is no JSON; else the field that is wrong.
    ///
    /// ```
    /// use dutiable::engine::Searching;
    /// let asked = Searching::parse(r#"{ "text": "earbuds", "destination": "GB" }"#)?;
    /// assert_eq!((asked.text.as_str(), asked.limit, asked.language), ("earbuds", 10, None));
    /// let asked = Searching::parse(r#"{ "text": "Ohrhörer", "language": "de-AT" }"#)?;
    /// assert_eq!(asked.language.as_deref(), Some("de"));
    /// assert_eq!(Searching::parse(r#"{ "limit": 3 }"#).unwrap_err().to_string(), "input.missing at text");
    /// # Ok::<(), dutiable::Error>(())
    /// ```
    pub fn parse(request: &str) -> Result<Self, Error> {
        let request = json::parse(request)?;
        let missing = Error::at(ErrorCode::InputMissing, Field::of_request("text"));
        let text = text(&request, "text")?.ok_or(missing)?;
        Ok(Self {
            limit: limit(&request)?,
            destination: destination(&request)?,
            language: language(&request)?,
            text,
        })
    }
}

/// A request for a look at a place of the nomenclature: `{ code, destination, language }`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Browsing {
    /// The place; `None` for the top.
    pub code: Option<String>,
    /// Whose own lines are wanted.
    pub destination: Option<PlaceCode>,
    /// The language of the words and of the designations, as [`language_of`] reads it; `None` for English.
    pub language: Option<String>,
}

impl Browsing {
    /// Reads the request.
    ///
    /// # Errors
    /// As [`Searching::parse`].
    pub fn parse(request: &str) -> Result<Self, Error> {
        let request = json::parse(request)?;
        Ok(Self {
            code: text(&request, "code")?,
            destination: destination(&request)?,
            language: language(&request)?,
        })
    }
}

fn text(request: &Json<'_>, name: &'static str) -> Result<Option<String>, Error> {
    match request.field(name) {
        None => Ok(None),
        Some(Json::Text(text)) => Ok(Some(text.clone().into_owned())),
        Some(_) => Err(Error::at(ErrorCode::InputType, Field::of_request(name))),
    }
}

/// A whole number; the navigator says which are too many.
fn limit(request: &Json<'_>) -> Result<usize, Error> {
    let field = Field::of_request("limit");
    match request.field("limit") {
        None => Ok(DEFAULT_HITS),
        Some(Json::Number(number)) => {
            let number = decimal::parse(number, 0).ok();
            let number = number.and_then(|number| usize::try_from(number.mantissa()).ok());
            number.ok_or_else(|| Error::at(ErrorCode::InputType, field))
        }
        Some(_) => Err(Error::at(ErrorCode::InputType, field)),
    }
}

fn destination(request: &Json<'_>) -> Result<Option<PlaceCode>, Error> {
    let field = Field::of_request("destination");
    let text = text(request, "destination")?;
    let place = text.map(|text| PlaceCode::parse(&text)).transpose();
    place.map_err(|error| error.or_at(field))
}

fn language(request: &Json<'_>) -> Result<Option<String>, Error> {
    let tag = text(request, "language")?;
    Ok(tag.map(|tag| language_of(&tag)))
}

/// The language of a tag such as a page's `lang` attribute has, without its country: `de` of `de-AT`.
#[must_use]
pub fn language_of(tag: &str) -> String {
    let language = tag.split(['-', '_']).next().unwrap_or_default();
    language.to_ascii_lowercase()
}
