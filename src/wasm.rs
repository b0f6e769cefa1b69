//! The boundary to JavaScript: convert, call, convert. The only file that knows JavaScript.
//!
//! A quote's request and answer cross as JSON text; the navigator's small ones as objects, of which only the named fields are read.
//! Errors are thrown as `{ code, field }`.

use crate::basket::Basket;
use crate::engine::DEFAULT_HITS;
use crate::error::{Error, ErrorCode, Field};
use crate::json;
use crate::place::PlaceCode;
use js_sys::{Object, Reflect};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

/// The allocator: 2 KB of brotli less than the standard library's.
#[global_allocator]
static MEMORY: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

/// The engine, as JavaScript holds it.
#[wasm_bindgen]
#[derive(Debug, Default)]
pub struct Engine {
    inner: crate::Engine,
}

#[wasm_bindgen]
impl Engine {
    /// An engine without packs.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Verifies a pack against the SHA-256 of its manifest and takes it.
    ///
    /// # Errors
    /// `pack.corrupt`, `pack.format`, `pack.mismatch`.
    #[wasm_bindgen(js_name = openPack)]
    pub fn open_pack(
        &mut self,
        bytes: Vec<u8>,
        sha256: Option<String>,
    ) -> Result<JsValue, JsValue> {
        let open = self
            .inner
            .open_pack(bytes, sha256.as_deref())
            .map_err(thrown)?;
        let opened = Opened {
            id: &open.about.id,
            kind: open.kind,
            sha256: &open.sha256,
        };
        given(&opened)
    }

    /// Quotes a request of the contract. Both are JSON text, which a browser writes and reads faster than it hands over objects.
    ///
    /// # Errors
    /// What is wrong with the request.
    pub fn quote(&self, request: &str) -> Result<String, JsValue> {
        let request = json::parse(request).map_err(thrown)?;
        let basket = Basket::read(&&request).map_err(thrown)?;
        let quote = self.inner.quote(&basket).map_err(thrown)?;
        // Every part of a quote has a JSON form; `tests/json.rs` writes them all.
        json::to_text(&quote).ok_or_else(|| thrown(ErrorCode::Overflow.into()))
    }

    /// Searches: `{ text, limit, destination }`.
    ///
    /// # Errors
    /// What is wrong with the request.
    pub fn search(&self, request: &JsValue) -> Result<JsValue, JsValue> {
        let request = Js(request.clone());
        let text = text_field(&request, "text")?.ok_or_else(|| thrown(missing("text")))?;
        let limit = request
            .field("limit")
            .map(|limit| limit.count().ok_or_else(|| thrown(mistyped("limit"))));
        let limit = limit.transpose()?.unwrap_or(DEFAULT_HITS);
        given(
            &self
                .inner
                .search(&text, limit, destination(&request)?)
                .map_err(thrown)?,
        )
    }

    /// Browses: `{ code, destination }`.
    ///
    /// # Errors
    /// What is wrong with the request.
    pub fn browse(&self, request: &JsValue) -> Result<JsValue, JsValue> {
        let request = Js(request.clone());
        let code = text_field(&request, "code")?;
        given(
            &self
                .inner
                .browse(code.as_deref(), destination(&request)?)
                .map_err(thrown)?,
        )
    }
}

#[wasm_bindgen]
impl Engine {
    /// Every code that an error can carry, for the package's table of sentences to be checked against.
    #[wasm_bindgen(js_name = errorCodes)]
    #[must_use]
    pub fn error_codes() -> Vec<String> {
        ErrorCode::ALL
            .iter()
            .map(|code| code.as_str().to_owned())
            .collect()
    }
}

/// What [`Engine::open_pack`] answers.
#[derive(Serialize)]
struct Opened<'a> {
    id: &'a str,
    kind: crate::pack::PackKind,
    sha256: &'a str,
}

fn missing(name: &'static str) -> Error {
    Error::at(ErrorCode::InputMissing, Field::of_request(name))
}

fn mistyped(name: &'static str) -> Error {
    Error::at(ErrorCode::InputType, Field::of_request(name))
}

fn text_field(request: &Js, name: &'static str) -> Result<Option<String>, JsValue> {
    request
        .field(name)
        .map(|value| value.text().ok_or_else(|| thrown(mistyped(name))))
        .transpose()
}

fn destination(request: &Js) -> Result<Option<PlaceCode>, JsValue> {
    let field = Field::of_request("destination");
    let place = |text: String| PlaceCode::parse(&text).map_err(|error| thrown(error.or_at(field)));
    text_field(request, "destination")?.map(place).transpose()
}

/// A result as a plain object: maps as objects, nothing as `null`.
fn given<T: Serialize>(result: &T) -> Result<JsValue, JsValue> {
    let serializer = Serializer::new()
        .serialize_maps_as_objects(true)
        .serialize_missing_as_null(true);
    result.serialize(&serializer).map_err(JsValue::from)
}

/// An error as `{ code, field }`.
fn thrown(error: Error) -> JsValue {
    let object = Object::new();
    let field = error
        .field
        .map_or(JsValue::NULL, |field| JsValue::from_str(&field.to_string()));
    // Setting a field of a new plain object cannot fail.
    let _ = Reflect::set(
        &object,
        &JsValue::from_str("code"),
        &JsValue::from_str(error.code.as_str()),
    );
    let _ = Reflect::set(&object, &JsValue::from_str("field"), &field);
    object.into()
}

/// A JavaScript value. A getter that throws counts as no field.
struct Js(JsValue);

impl Js {
    fn field(&self, name: &str) -> Option<Self> {
        if !self.0.is_object() {
            return None;
        }
        let value = Reflect::get(&self.0, &JsValue::from_str(name)).ok()?;
        (!value.is_null() && !value.is_undefined()).then_some(Self(value))
    }

    fn text(&self) -> Option<String> {
        self.0.as_string()
    }

    /// A whole number that is no larger than a list can be.
    fn count(&self) -> Option<usize> {
        let number = self.0.as_f64()?;
        (0_u16..=u16::MAX)
            .find(|count| f64::from(*count) == number)
            .map(usize::from)
    }
}
