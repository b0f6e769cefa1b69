//! Reading a request: each field checked where it stands, the first that is wrong refused by name.

use super::carrier_fee::read_carrier_fees;
use super::item::read_items;
use super::limits::MAX_SUPPLEMENTARY;
use super::object::Object;
use super::words::{amount, buyer_kind, date, exchange_rate, incoterm, transport};
use super::{Basket, Incoterm};
use crate::decimal::Decimal;
use crate::error::{Error, ErrorCode};
use crate::json::{self, Json};
use crate::money::CurrencyCode;
use crate::place::PlaceCode;
use core::cell::Cell;

impl Basket {
    /// Reads a request of the JSON contract. Fields that the contract does not name are left alone.
    ///
    /// # Errors
    /// [`ErrorCode::InputMalformed`] for what is no JSON; else the first field that is wrong, with what is wrong about it.
    ///
    /// ```
    /// use dutiable::basket::Basket;
    /// let request = r#"{
    ///     "date": "2026-11-23", "destination": "GB", "currency": "USD",
    ///     "items": [{ "code": "610910", "origin": "CN", "quantity": "5", "unitPrice": "-12.00" }]
    /// }"#;
    /// assert_eq!(Basket::parse(request).unwrap_err().to_string(), "amount.negative at items[0].unitPrice");
    /// ```
    pub fn parse(request: &str) -> Result<Self, Error> {
        let request = json::parse(request)?;
        let refused = Cell::new(None);
        let object = Object {
            value: &request,
            item: None,
            said_of: None,
            refused: &refused,
        };
        let buyer = object.nested("buyer");
        let seller = object.nested("seller");
        let incoterm = object.optional("incoterm", incoterm);
        let collection = object.name("collection");
        let date = object.required("date", date);
        let destination = object.required("destination", PlaceCode::parse);
        let currency = object.required("currency", CurrencyCode::parse);
        let (Some(date), Some(destination), Some(currency)) = (date, destination, currency) else {
            // Whatever is required is there, or refused.
            return Err(refused.get().unwrap_or(ErrorCode::InputMissing.into()));
        };
        let basket = Self {
            date,
            destination,
            region: object.name("region"),
            ship_from: object.optional("shipFrom", PlaceCode::parse),
            currency,
            items: read_items(&object),
            freight: object.optional("freight", amount),
            insurance: object.optional("insurance", amount).unwrap_or_default(),
            discount: object.optional("discount", amount).unwrap_or_default(),
            incoterm: incoterm.unwrap_or(Incoterm::WithCarriage),
            transport: object.optional("transport", transport),
            buyer: buyer.optional("kind", buyer_kind).unwrap_or_default(),
            buyer_registrations: buyer.names("registrations"),
            same_day_value: object.optional("sameDayValue", amount).unwrap_or_default(),
            carrier_fees: read_carrier_fees(&object, currency),
            registrations: seller.names("registrations"),
            trusted_trader: seller.flag("trustedTrader"),
            collection: collection.filter(|model| model != "auto"),
            gift: object.flag("gift"),
            exchange_rates: read_exchange_rates(&object),
        };
        refused.get().map_or(Ok(basket), Err)
    }
}

/// Rates as `"USD/GBP": "0.76"`.
fn read_exchange_rates(request: &Object<'_>) -> Vec<(CurrencyCode, CurrencyCode, Decimal)> {
    const NAME: &str = "exchangeRates";
    let mut rates = Vec::new();
    match request.value.field(NAME) {
        None => {}
        Some(Json::Object(entries)) if entries.len() <= MAX_SUPPLEMENTARY => {
            for (pair, rate) in entries {
                match read_exchange_rate(pair, rate) {
                    Ok(rate) => rates.push(rate),
                    Err(error) => request.refuse(error.code, NAME),
                }
            }
        }
        Some(Json::Object(_)) => request.refuse(ErrorCode::InputTooLong, NAME),
        Some(_) => request.refuse(ErrorCode::InputType, NAME),
    }
    rates
}

fn read_exchange_rate(
    pair: &str,
    rate: &Json<'_>,
) -> Result<(CurrencyCode, CurrencyCode, Decimal), Error> {
    let (from, to) = pair.split_once('/').ok_or(ErrorCode::CurrencyMalformed)?;
    let rate = exchange_rate(rate.text().ok_or(ErrorCode::InputType)?)?;
    Ok((CurrencyCode::parse(from)?, CurrencyCode::parse(to)?, rate))
}
