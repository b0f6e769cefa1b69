//! Goods that come back.

use super::Engine;
use crate::basket::Basket;
use crate::error::Error;
use crate::landed_cost::{Refund, Returned, refund};

impl Engine {
    /// What comes back of a basket's charges when goods are returned.
    ///
    /// # Errors
    /// As [`Engine::quote`].
    pub fn refund(&self, basket: &Basket, returned: &Returned) -> Result<Refund, Error> {
        let rules = self.rules_for(basket)?;
        let quote = self.quote_under(rules, basket)?;
        refund(rules, basket, returned, &quote)
    }
}
