//! What a search, a browse, a check and a guide ask, as JSON.

use super::DEFAULT_HITS;
use crate::decimal;
use crate::error::{Error, ErrorCode, Field};
use crate::json::{self, Json};
use crate::navigator::Ranking;
use crate::navigator::guide::{GuideAnswer, Subject};
use crate::place::PlaceCode;

/// A request for a search: `{ text, limit, destination, language, classifier }`.
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
    /// By what it ranks: by the classifier too where `classifier` is true and one is open.
    pub ranking: Ranking,
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
            ranking: ranking(&request)?,
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

/// A request for guidance: `{ text, codes, answers, destination, classifier }`, a text or codes or both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guiding {
    /// What is asked about.
    pub subject: Subject,
    /// The answers so far, each `{ facet, value }`.
    pub answers: Vec<GuideAnswer>,
    /// Whose own lines are wanted.
    pub destination: Option<PlaceCode>,
}

impl Guiding {
    /// Reads the request.
    ///
    /// # Errors
    /// As [`Searching::parse`]; [`ErrorCode::InputMissing`] where there is neither a text nor codes.
    ///
    /// ```
    /// use dutiable::engine::Guiding;
    /// let asked = Guiding::parse(r#"{ "text": "t-shirt", "answers": [{ "facet": "material", "value": "cotton" }] }"#)?;
    /// assert_eq!(asked.answers[0].value, "cotton");
    /// assert!(Guiding::parse(r#"{ "codes": ["6109"] }"#).is_ok());
    /// assert_eq!(Guiding::parse("{}").unwrap_err().to_string(), "input.missing at text");
    /// # Ok::<(), dutiable::Error>(())
    /// ```
    pub fn parse(request: &str) -> Result<Self, Error> {
        let request = json::parse(request)?;
        let missing = Error::at(ErrorCode::InputMissing, Field::of_request("text"));
        let codes = list(&request, "codes", |code| code.text().map(str::to_owned))?;
        let answers = list(&request, "answers", |answer| {
            Some(GuideAnswer {
                facet: answer.field("facet")?.text()?.to_owned(),
                value: answer.field("value")?.text()?.to_owned(),
            })
        })?;
        let text = text(&request, "text")?;
        if text.is_none() && codes.is_none() {
            return Err(missing);
        }
        Ok(Self {
            subject: Subject {
                text,
                codes: codes.unwrap_or_default(),
                ranking: ranking(&request)?,
            },
            answers: answers.unwrap_or_default(),
            destination: destination(&request)?,
        })
    }
}

/// A request for a check: `{ code, destination, description, classifier }`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checking {
    /// The code that a seller has, whatever it looks like.
    pub code: String,
    /// Where the goods go.
    pub destination: Option<PlaceCode>,
    /// What the seller calls them.
    pub description: Option<String>,
    /// By what code and description are held together: by the classifier where `classifier` is true and one is open.
    pub ranking: Ranking,
}

impl Checking {
    /// Reads the request.
    ///
    /// # Errors
    /// As [`Searching::parse`].
    ///
    /// ```
    /// use dutiable::engine::Checking;
    /// let asked = Checking::parse(r#"{ "code": "6109.10", "destination": "GB" }"#)?;
    /// assert_eq!((asked.code.as_str(), asked.description), ("6109.10", None));
    /// assert_eq!(Checking::parse(r#"{ "code": 610910 }"#).unwrap_err().to_string(), "input.type at code");
    /// # Ok::<(), dutiable::Error>(())
    /// ```
    pub fn parse(request: &str) -> Result<Self, Error> {
        let request = json::parse(request)?;
        let missing = Error::at(ErrorCode::InputMissing, Field::of_request("code"));
        Ok(Self {
            code: text(&request, "code")?.ok_or(missing)?,
            destination: destination(&request)?,
            description: text(&request, "description")?,
            ranking: ranking(&request)?,
        })
    }
}

fn ranking(request: &Json<'_>) -> Result<Ranking, Error> {
    match request.field("classifier") {
        None | Some(Json::Truth(false)) => Ok(Ranking::Index),
        Some(Json::Truth(true)) => Ok(Ranking::Classifier),
        Some(_) => Err(Error::at(
            ErrorCode::InputType,
            Field::of_request("classifier"),
        )),
    }
}

/// A list of what `read` reads.
fn list<T>(
    request: &Json<'_>,
    name: &'static str,
    read: impl Fn(&Json<'_>) -> Option<T>,
) -> Result<Option<Vec<T>>, Error> {
    let wrong = Error::at(ErrorCode::InputType, Field::of_request(name));
    match request.field(name) {
        None => Ok(None),
        Some(Json::Array(entries)) => {
            let mut found = Vec::with_capacity(entries.len());
            for entry in entries {
                found.push(read(entry).ok_or(wrong)?);
            }
            Ok(Some(found))
        }
        Some(_) => Err(wrong),
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
