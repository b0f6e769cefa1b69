//! Requests into answers, as JSON values. What is wrong with a request is an answer too: `{"error": {"code", "field"}}`.

use anyhow::{Context, Result};
use dutiable::basket::Basket;
use dutiable::engine::{Checking, language_of};
use dutiable::landed_cost::Returned;
use dutiable::navigator::Ranking;
use dutiable::navigator::guide::{GuideAnswer, Subject};
use dutiable::place::PlaceCode;
use dutiable::{Engine, Error, ErrorCode, Field};
use serde_json::{Value, json};

use crate::packs::PackFolder;

/// Where and in which language the navigator is asked.
#[derive(Debug, Clone, Default, clap::Args)]
pub(crate) struct Where {
    /// Down to this place's own lines
    #[arg(long)]
    destination: Option<String>,
    /// The language of the words and designations: en, de, fr, es, pt, ja
    #[arg(long)]
    language: Option<String>,
}

impl Where {
    /// As it was given.
    pub(crate) fn destination(&self) -> Option<&str> {
        self.destination.as_deref()
    }

    /// The language that is meant.
    pub(crate) fn language(&self) -> Option<String> {
        self.language.as_deref().map(language_of)
    }

    fn place(&self) -> Result<Option<PlaceCode>, Error> {
        place(self.destination.as_deref())
    }
}

/// An engine with the packs it has needed so far.
pub(crate) struct Answer {
    engine: Engine,
    packs: PackFolder,
}

impl Answer {
    /// An engine over a folder of packs.
    pub(crate) fn new(packs: PackFolder) -> Self {
        Self {
            engine: Engine::new(),
            packs,
        }
    }

    /// Quotes a request of the contract.
    ///
    /// # Errors
    /// A pack that cannot be opened; what is wrong with the request is an answer.
    pub(crate) fn quote(&mut self, request: &str) -> Result<Value> {
        let basket = match Basket::parse(request) {
            Ok(basket) => basket,
            Err(error) => return Ok(refusal(error)),
        };
        self.open_for(&basket)?;
        answered(self.engine.quote(&basket))
    }

    /// Quotes a line: a request, or `{"id", "request"}`, whose answer is `{"id", "request", "quote"}`.
    ///
    /// # Errors
    /// As [`Answer::quote`].
    pub(crate) fn quote_line(&mut self, line: &str) -> Result<Value> {
        let envelope: Value = serde_json::from_str(line).unwrap_or_default();
        let Some(request) = envelope.get("request") else {
            return self.quote(line);
        };
        let quote = self.quote(&request.to_string())?;
        Ok(json!({ "id": envelope.get("id"), "request": request, "quote": quote }))
    }

    /// Says what comes back where goods of a request are returned.
    ///
    /// # Errors
    /// As [`Answer::quote`].
    pub(crate) fn refund(&mut self, request: &str) -> Result<Value> {
        let read = Basket::parse(request)
            .and_then(|basket| Ok((Returned::parse(request, &basket)?, basket)));
        let (returned, basket) = match read {
            Ok(read) => read,
            Err(error) => return Ok(refusal(error)),
        };
        self.open_for(&basket)?;
        answered(self.engine.refund(&basket, &returned))
    }

    fn open_for(&mut self, basket: &Basket) -> Result<()> {
        let origins: Vec<&str> = basket
            .items
            .iter()
            .filter_map(|item| item.origin.as_ref())
            .map(|origin| origin.as_str())
            .collect();
        self.packs
            .for_quote(&mut self.engine, basket.destination.as_str(), &origins)
    }

    /// Searches, down to a destination's own lines where one is given.
    ///
    /// # Errors
    /// A pack that cannot be opened.
    pub(crate) fn search(&mut self, text: &str, limit: usize, at: &Where) -> Result<Value> {
        let place = match at.place() {
            Ok(place) => place,
            Err(error) => return Ok(refusal(error)),
        };
        self.open_at(at)?;
        let language = at.language();
        answered(self.engine.search_in(
            language.as_deref(),
            Ranking::Classifier,
            text,
            limit,
            place,
        ))
    }

    /// Searches the text of a line `{"id", "text"}`; the answer carries the id.
    ///
    /// # Errors
    /// A line that is no JSON, or a pack that cannot be opened.
    pub(crate) fn search_line(&mut self, line: &str, limit: usize, at: &Where) -> Result<Value> {
        let asked: Value = serde_json::from_str(line).context("a line is not JSON")?;
        let Some(text) = asked.get("text").and_then(Value::as_str) else {
            return Ok(refusal(Error::at(
                ErrorCode::InputMissing,
                Field::of_request("text"),
            )));
        };
        Ok(with_id(self.search(text, limit, at)?, Some(&asked)))
    }

    /// Says what to ask next after the answers so far.
    ///
    /// # Errors
    /// A pack that cannot be opened.
    pub(crate) fn guide(
        &mut self,
        subject: &Subject,
        answers: &[GuideAnswer],
        destination: Option<&str>,
    ) -> Result<Value> {
        let place = match place(destination) {
            Ok(place) => place,
            Err(error) => return Ok(refusal(error)),
        };
        self.packs
            .for_navigating(&mut self.engine, None, destination)?;
        answered(self.engine.guide(subject, answers, place))
    }

    /// Checks the code of a request `{"code", "destination", "description"}`, by the classifier as everything here.
    ///
    /// # Errors
    /// A pack that cannot be opened.
    pub(crate) fn check(&mut self, request: &str) -> Result<Value> {
        let mut asked = match Checking::parse(request) {
            Ok(asked) => asked,
            Err(error) => return Ok(refusal(error)),
        };
        asked.ranking = Ranking::Classifier;
        let destination = asked.destination.as_ref().map(PlaceCode::as_str);
        self.packs
            .for_navigating(&mut self.engine, None, destination)?;
        answered(self.engine.check(&asked))
    }

    /// Checks the code of a line, whose `id` the answer carries.
    ///
    /// # Errors
    /// As [`Answer::check`].
    pub(crate) fn check_line(&mut self, line: &str) -> Result<Value> {
        let asked: Option<Value> = serde_json::from_str(line).ok();
        Ok(with_id(self.check(line)?, asked.as_ref()))
    }

    /// Looks at a place of the nomenclature.
    ///
    /// # Errors
    /// A pack that cannot be opened.
    pub(crate) fn browse(&mut self, code: Option<&str>, at: &Where) -> Result<Value> {
        let place = match at.place() {
            Ok(place) => place,
            Err(error) => return Ok(refusal(error)),
        };
        self.open_at(at)?;
        let language = at.language();
        answered(self.engine.browse_in(language.as_deref(), code, place))
    }

    /// Opens what the navigator needs to answer there.
    fn open_at(&mut self, at: &Where) -> Result<()> {
        let (language, destination) = (at.language(), at.destination.as_deref());
        self.packs
            .for_navigating(&mut self.engine, language.as_deref(), destination)
    }
}

/// An answer with the `id` of the line it answers, where that has one.
pub(crate) fn with_id(mut answer: Value, line: Option<&Value>) -> Value {
    let id = line.and_then(|line| line.get("id"));
    if let (Some(answer), Some(id)) = (answer.as_object_mut(), id) {
        answer.insert("id".to_owned(), id.clone());
    }
    answer
}

fn place(destination: Option<&str>) -> Result<Option<PlaceCode>, Error> {
    let field = Field::of_request("destination");
    destination
        .map(PlaceCode::parse)
        .transpose()
        .map_err(|error| error.or_at(field))
}

fn answered<T: serde::Serialize>(result: Result<T, Error>) -> Result<Value> {
    match result {
        Ok(answer) => Ok(serde_json::to_value(answer)?),
        Err(error) => Ok(refusal(error)),
    }
}

/// An error as the contract writes it.
fn refusal(error: Error) -> Value {
    json!({ "error": { "code": error.code.as_str(), "field": error.field.map(|field| field.to_string()) } })
}
