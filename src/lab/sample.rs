//! Baskets to be quoted twice.

use crate::basket::Basket;
use crate::engine::hexadecimal;
use crate::error::Error;
use serde_json::Value;
use sha2::{Digest, Sha256};

/// A sample of baskets, one a line: a request of the contract, or `{"id", "request"}`.
#[derive(Clone, Debug)]
pub struct Sample {
    /// The baskets, in the sample's order.
    pub baskets: Vec<SampledBasket>,
    /// SHA-256 of the sample's text, in hexadecimal.
    pub sha256: String,
}

/// A line of a sample.
#[derive(Clone, Debug)]
pub struct SampledBasket {
    /// The caller's id, or the number of the line.
    pub id: String,
    /// The basket, or what is wrong with the line: it is counted, never dropped.
    pub basket: Result<Basket, Error>,
}

impl Sample {
    /// Reads a sample. Empty lines are none of it.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let lines = text.lines().zip(1_usize..);
        let lines = lines.filter(|(line, _)| !line.trim().is_empty());
        Self {
            baskets: lines.map(|(line, number)| read(line, number)).collect(),
            sha256: hexadecimal(&Sha256::digest(text)),
        }
    }
}

fn read(line: &str, number: usize) -> SampledBasket {
    let envelope: Value = serde_json::from_str(line).unwrap_or_default();
    let id = match envelope.get("id") {
        Some(Value::String(id)) => id.clone(),
        Some(Value::Number(id)) => id.to_string(),
        _ => number.to_string(),
    };
    let basket = match envelope.get("request") {
        Some(request) => Basket::parse(&request.to_string()),
        None => Basket::parse(line),
    };
    SampledBasket { id, basket }
}
