//! How much a request may hold. Each limit is tested at it and one past it.

/// Items in a basket.
pub const MAX_ITEMS: usize = 10_000;
/// Bytes of a description and of any other text.
pub const MAX_TEXT: usize = 2_000;
/// Bytes of an id.
pub const MAX_ID: usize = 128;
/// Supplementary quantities, certificates, registrations, exchange rates: entries of any short list.
pub const MAX_SUPPLEMENTARY: usize = 32;
