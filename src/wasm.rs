//! The boundary to JavaScript: convert, call, convert. The only file that knows JavaScript.
//!
//! Requests and answers cross as JSON text, which a browser writes and reads faster than it hands over objects field by field.
//! Errors are thrown as `{ code, field }`. The page has two modules of this crate, each with one of the features `quotes` and
//! `navigator`, so that a checkout does not download what searches, nor a search field what quotes.

#[cfg(feature = "quotes")]
use crate::basket::Basket;
#[cfg(feature = "navigator")]
use crate::engine::{Browsing, Checking, Guiding, Searching};
use crate::error::{Error, ErrorCode};
use crate::json;
use core::mem::ManuallyDrop;
use js_sys::{Object, Reflect};
use serde::Serialize;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

/// The allocator: 1.6 KB of brotli less than the standard library's.
#[global_allocator]
static MEMORY: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

/// The engine, as JavaScript holds it.
#[wasm_bindgen]
#[derive(Debug, Default)]
pub struct Engine {
    /// Freed with the module's memory, which the loader drops as a whole: taking it apart piece by piece would only be more code.
    inner: ManuallyDrop<crate::Engine>,
}

#[wasm_bindgen]
impl Engine {
    /// An engine without packs.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Verifies a pack against the SHA-256 of its manifest and takes it; gives the pack's id.
    ///
    /// # Errors
    /// `pack.corrupt`, `pack.format`, `pack.mismatch`.
    #[wasm_bindgen(js_name = openPack)]
    pub fn open_pack(&mut self, bytes: Vec<u8>, sha256: Option<String>) -> Result<String, JsValue> {
        let open = self.inner.open_pack(bytes, sha256.as_deref());
        open.map(|open| open.about.id.clone()).map_err(thrown)
    }
}

// Blocks of their own, because `wasm_bindgen` would export a method whose feature is off.
#[cfg(feature = "quotes")]
#[wasm_bindgen]
impl Engine {
    /// Quotes a request of the contract.
    ///
    /// # Errors
    /// What is wrong with the request.
    pub fn quote(&self, request: &str) -> Result<String, JsValue> {
        let basket = Basket::parse(request).map_err(thrown)?;
        written(self.inner.quote(&basket))
    }
}

#[cfg(feature = "navigator")]
#[wasm_bindgen]
impl Engine {
    /// Searches: `{ text, limit, destination, language, classifier }`.
    ///
    /// # Errors
    /// What is wrong with the request.
    pub fn search(&self, request: &str) -> Result<String, JsValue> {
        let asked = Searching::parse(request).map_err(thrown)?;
        let language = asked.language.as_deref();
        written(self.inner.search_in(
            language,
            asked.ranking,
            &asked.text,
            asked.limit,
            asked.destination,
        ))
    }

    /// Browses: `{ code, destination, language }`.
    ///
    /// # Errors
    /// What is wrong with the request.
    pub fn browse(&self, request: &str) -> Result<String, JsValue> {
        let asked = Browsing::parse(request).map_err(thrown)?;
        let language = asked.language.as_deref();
        written(
            self.inner
                .browse_in(language, asked.code.as_deref(), asked.destination),
        )
    }

    /// Asks the next question: `{ text, codes, answers, destination }`, a text or codes or both.
    ///
    /// # Errors
    /// What is wrong with the request.
    pub fn guide(&self, request: &str) -> Result<String, JsValue> {
        let asked = Guiding::parse(request).map_err(thrown)?;
        written(
            self.inner
                .guide(&asked.subject, &asked.answers, asked.destination),
        )
    }

    /// Checks a code: `{ code, destination, description }`.
    ///
    /// # Errors
    /// What is wrong with the request.
    #[wasm_bindgen(js_name = checkCode)]
    pub fn check_code(&self, request: &str) -> Result<String, JsValue> {
        let asked = Checking::parse(request).map_err(thrown)?;
        written(self.inner.check(&asked))
    }
}

/// An answer as JSON text. Every part of one has a JSON form; `tests/json.rs` writes them all.
fn written<T: Serialize>(answer: Result<T, Error>) -> Result<String, JsValue> {
    let text = answer.and_then(|answer| json::to_text(&answer).ok_or(ErrorCode::Overflow.into()));
    text.map_err(thrown)
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
