//! The fields of a request's objects, each checked where it stands.

use super::limits::{MAX_ID, MAX_SUPPLEMENTARY, MAX_TEXT};
use crate::error::{Error, ErrorCode, Field};
use crate::json::Json;

/// An object of the request, and which item it belongs to. What is no object has no fields.
#[derive(Clone, Copy)]
pub(super) struct Object<'a> {
    pub(super) value: &'a Json<'a>,
    pub(super) item: Option<u32>,
}

impl<'a> Object<'a> {
    pub(super) const fn error(&self, code: ErrorCode, name: &'static str) -> Error {
        let field = Field {
            name,
            item: self.item,
        };
        Error::at(code, field)
    }

    /// The object in a field; an empty one where there is none.
    pub(super) fn nested(&self, name: &str) -> Self {
        let value = self.value.field(name).unwrap_or(&Json::Null);
        Self { value, ..*self }
    }

    /// A text that is kept as it is.
    pub(super) fn text(&self, name: &'static str, limit: usize) -> Result<Option<&'a str>, Error> {
        let Some(value) = self.value.field(name) else {
            return Ok(None);
        };
        let text = value.text().ok_or(self.error(ErrorCode::InputType, name))?;
        if text.len() > limit {
            return Err(self.error(ErrorCode::InputTooLong, name));
        }
        Ok(Some(text))
    }

    /// A name of the caller's: an id, a registration, a code of a list.
    pub(super) fn name(&self, name: &'static str) -> Result<Option<String>, Error> {
        let text = self.text(name, MAX_ID)?;
        Ok(text.map(str::to_owned))
    }

    /// A text that says something.
    pub(super) fn optional<T>(
        &self,
        name: &'static str,
        read: fn(&str) -> Result<T, Error>,
    ) -> Result<Option<T>, Error> {
        let Some(text) = self.text(name, MAX_TEXT)? else {
            return Ok(None);
        };
        match read(text) {
            Ok(value) => Ok(Some(value)),
            Err(error) => Err(self.error(error.code, name)),
        }
    }

    pub(super) fn required<T>(
        &self,
        name: &'static str,
        read: fn(&str) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.optional(name, read)?
            .ok_or(self.error(ErrorCode::InputMissing, name))
    }

    pub(super) fn flag(&self, name: &'static str) -> Result<bool, Error> {
        match self.value.field(name) {
            None => Ok(false),
            Some(Json::Truth(truth)) => Ok(*truth),
            Some(_) => Err(self.error(ErrorCode::InputType, name)),
        }
    }

    /// The elements of a list, at most so many.
    pub(super) fn list(&self, name: &'static str) -> Result<&'a [Json<'a>], Error> {
        let Some(value) = self.value.field(name) else {
            return Ok(&[]);
        };
        let Json::Array(elements) = value else {
            return Err(self.error(ErrorCode::InputType, name));
        };
        if elements.len() > MAX_SUPPLEMENTARY {
            return Err(self.error(ErrorCode::InputTooLong, name));
        }
        Ok(elements)
    }

    /// A list of names.
    pub(super) fn names(&self, name: &'static str) -> Result<Vec<String>, Error> {
        let mut names = Vec::new();
        for element in self.list(name)? {
            match element.text() {
                Some(text) if text.len() <= MAX_ID => names.push(text.to_owned()),
                Some(_) => return Err(self.error(ErrorCode::InputTooLong, name)),
                None => return Err(self.error(ErrorCode::InputType, name)),
            }
        }
        Ok(names)
    }
}
