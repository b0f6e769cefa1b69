//! The fields of a request's objects, each checked where it stands.
//!
//! What is wrong first is noted, and reading goes on with nothing in its place; whoever asked for the whole request sees the error once, at
//! the end. So no field has a way out of its own: that costs the page 1 KB of brotli less.

use super::limits::{MAX_ID, MAX_SUPPLEMENTARY, MAX_TEXT};
use crate::error::{Error, ErrorCode, Field};
use crate::json::Json;
use core::cell::Cell;

/// An object of the request, and which item it belongs to. What is no object has no fields.
#[derive(Clone, Copy)]
pub(super) struct Object<'a> {
    pub(super) value: &'a Json<'a>,
    pub(super) item: Option<u32>,
    /// The field that whatever is wrong in here is said of; the object's own fields where there is none.
    pub(super) said_of: Option<&'static str>,
    /// The first that was wrong in the request.
    pub(super) refused: &'a Cell<Option<Error>>,
}

impl<'a> Object<'a> {
    /// Notes what is wrong, if it is the first.
    pub(super) fn refuse(&self, code: ErrorCode, name: &'static str) {
        let field = Field {
            name: self.said_of.unwrap_or(name),
            item: self.item,
        };
        let first = self.refused.get().unwrap_or(Error::at(code, field));
        self.refused.set(Some(first));
    }

    /// The object in a field; an empty one where there is none.
    pub(super) fn nested(&self, name: &str) -> Self {
        let value = self.value.field(name).unwrap_or(&Json::Null);
        Self { value, ..*self }
    }

    /// A text that is kept as it is.
    pub(super) fn text(&self, name: &'static str, limit: usize) -> Option<&'a str> {
        match self.value.field(name)?.text() {
            Some(text) if text.len() <= limit => return Some(text),
            Some(_) => self.refuse(ErrorCode::InputTooLong, name),
            None => self.refuse(ErrorCode::InputType, name),
        }
        None
    }

    /// A name of the caller's: an id, a registration, a code of a list.
    pub(super) fn name(&self, name: &'static str) -> Option<String> {
        self.text(name, MAX_ID).map(str::to_owned)
    }

    /// A text that says something.
    pub(super) fn optional<T>(
        &self,
        name: &'static str,
        read: fn(&str) -> Result<T, Error>,
    ) -> Option<T> {
        let read = read(self.text(name, MAX_TEXT)?);
        read.map_err(|error| self.refuse(error.code, name)).ok()
    }

    /// Nothing only where something is refused.
    pub(super) fn required<T>(
        &self,
        name: &'static str,
        read: fn(&str) -> Result<T, Error>,
    ) -> Option<T> {
        let value = self.optional(name, read);
        if value.is_none() {
            self.refuse(ErrorCode::InputMissing, name);
        }
        value
    }

    pub(super) fn flag(&self, name: &'static str) -> bool {
        match self.value.field(name) {
            None => false,
            Some(Json::Truth(truth)) => *truth,
            Some(_) => {
                self.refuse(ErrorCode::InputType, name);
                false
            }
        }
    }

    /// The elements of a list, at most so many.
    pub(super) fn list(&self, name: &'static str) -> &'a [Json<'a>] {
        match self.value.field(name) {
            None => return &[],
            Some(Json::Array(elements)) if elements.len() <= MAX_SUPPLEMENTARY => return elements,
            Some(Json::Array(_)) => self.refuse(ErrorCode::InputTooLong, name),
            Some(_) => self.refuse(ErrorCode::InputType, name),
        }
        &[]
    }

    /// The objects of a list; what is wrong in one is said of the list.
    pub(super) fn entries(&self, name: &'static str) -> impl Iterator<Item = Self> {
        self.list(name).iter().map(move |value| {
            if value.is_null() {
                self.refuse(ErrorCode::InputType, name);
            }
            let said_of = Some(name);
            Self {
                value,
                said_of,
                ..*self
            }
        })
    }

    /// A list of names.
    pub(super) fn names(&self, name: &'static str) -> Vec<String> {
        let mut names = Vec::new();
        for element in self.list(name) {
            match element.text() {
                Some(text) if text.len() <= MAX_ID => names.push(text.to_owned()),
                Some(_) => self.refuse(ErrorCode::InputTooLong, name),
                None => self.refuse(ErrorCode::InputType, name),
            }
        }
        names
    }
}
