//! A JSON value, wherever it comes from: a page's text and `serde_json` are read by the same code.

use crate::json::Json;

/// A JSON value. Only the fields that the contract names are ever asked for, so nothing else of an object is touched.
pub trait Value: Sized {
    /// Whether there is nothing: `null`, `undefined`, or no such field.
    fn is_null(&self) -> bool;
    /// The field of an object; `None` where there is none or where it is null.
    fn field(&self, name: &str) -> Option<Self>;
    /// The text, if it is one.
    fn text(&self) -> Option<String>;
    /// The truth value, if it is one.
    fn truth(&self) -> Option<bool>;
    /// The number of elements, if it is an array.
    fn length(&self) -> Option<usize>;
    /// The element of an array.
    fn element(&self, position: usize) -> Option<Self>;
    /// The names and values of an object, if it is one, at most `limit` of them.
    fn entries(&self, limit: usize) -> Option<Vec<(String, Self)>>;
}

impl Value for &Json {
    fn is_null(&self) -> bool {
        matches!(self, Json::Null)
    }

    fn field(&self, name: &str) -> Option<Self> {
        let Json::Object(fields) = self else {
            return None;
        };
        let named = fields.iter().rev().find(|(other, _)| other == name);
        named
            .map(|(_, value)| value)
            .filter(|value| !value.is_null())
    }

    fn text(&self) -> Option<String> {
        if let Json::Text(text) = self {
            Some(text.clone())
        } else {
            None
        }
    }

    fn truth(&self) -> Option<bool> {
        if let Json::Truth(truth) = self {
            Some(*truth)
        } else {
            None
        }
    }

    fn length(&self) -> Option<usize> {
        if let Json::Array(elements) = self {
            Some(elements.len())
        } else {
            None
        }
    }

    fn element(&self, position: usize) -> Option<Self> {
        if let Json::Array(elements) = self {
            elements.get(position)
        } else {
            None
        }
    }

    fn entries(&self, limit: usize) -> Option<Vec<(String, Self)>> {
        let Json::Object(fields) = self else {
            return None;
        };
        Some(
            fields
                .iter()
                .take(limit)
                .map(|(name, value)| (name.clone(), value))
                .collect(),
        )
    }
}

#[cfg(any(feature = "cli", test))]
impl Value for &serde_json::Value {
    fn is_null(&self) -> bool {
        serde_json::Value::is_null(self)
    }

    fn field(&self, name: &str) -> Option<Self> {
        self.get(name).filter(|value| !value.is_null())
    }

    fn text(&self) -> Option<String> {
        self.as_str().map(str::to_owned)
    }

    fn truth(&self) -> Option<bool> {
        self.as_bool()
    }

    fn length(&self) -> Option<usize> {
        self.as_array().map(Vec::len)
    }

    fn element(&self, position: usize) -> Option<Self> {
        self.get(position)
    }

    fn entries(&self, limit: usize) -> Option<Vec<(String, Self)>> {
        Some(
            self.as_object()?
                .iter()
                .take(limit)
                .map(|(name, value)| (name.clone(), value))
                .collect(),
        )
    }
}
