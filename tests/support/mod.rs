//! What several tests share: the packs as built, and an engine over them.

#![allow(dead_code, reason = "each test takes what it needs")]
#![allow(
    clippy::indexing_slicing,
    reason = "a JSON value answers null for a key it lacks"
)]

use std::fs;
use std::path::{Path, PathBuf};

use dutiable::Engine;
use dutiable::basket::Basket;
use serde_json::Value;

/// A pack as the manifest lists it.
pub(crate) struct BuiltPack {
    pub(crate) id: String,
    pub(crate) kind: String,
    pub(crate) sha256: String,
    pub(crate) bytes: Vec<u8>,
}

/// The checkout.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A table as rows; `path` is from the checkout.
pub(crate) fn table<R: serde::de::DeserializeOwned>(path: &str) -> Result<Vec<R>, String> {
    let mut table =
        csv::Reader::from_path(root().join(path)).map_err(|error| format!("{path}: {error}"))?;
    let rows = table.deserialize();
    rows.collect::<Result<_, _>>()
        .map_err(|error| format!("{path}: {error}"))
}

/// Every pack of `packs/`.
pub(crate) fn packs() -> Result<Vec<BuiltPack>, String> {
    let folder = root().join("packs");
    let manifest: Value = serde_json::from_slice(&read(&folder.join("packs.json"))?)
        .map_err(|error| error.to_string())?;
    let listed = manifest["packs"].as_array().cloned().unwrap_or_default();
    let text = |pack: &Value, key: &str| pack[key].as_str().unwrap_or_default().to_owned();
    let pack = |pack: &Value| {
        let bytes = read(&folder.join(text(pack, "url")))?;
        Ok(BuiltPack {
            id: text(pack, "id"),
            kind: text(pack, "kind"),
            sha256: text(pack, "sha256"),
            bytes,
        })
    };
    listed.iter().map(pack).collect()
}

fn read(path: &Path) -> Result<Vec<u8>, String> {
    fs::read(path).map_err(|error| format!("{}: {error}; `make packs` builds it", path.display()))
}

/// An engine with every pack that quotes rest on.
pub(crate) fn engine() -> Result<Engine, String> {
    let mut engine = Engine::new();
    for pack in packs()? {
        if ["tariff", "measures", "rules", "rates"].contains(&pack.kind.as_str()) {
            engine
                .open_pack(pack.bytes, Some(&pack.sha256))
                .map_err(|error| format!("{}: {error}", pack.id))?;
        }
    }
    Ok(engine)
}

/// The quote of a request as JSON, or its error as `code at field`.
pub(crate) fn quote(engine: &Engine, request: &Value) -> Result<Value, String> {
    let basket = Basket::parse(&request.to_string()).map_err(|error| error.to_string())?;
    let quote = engine.quote(&basket).map_err(|error| error.to_string())?;
    serde_json::to_value(quote).map_err(|error| error.to_string())
}
