//! Reading a request: each field checked where it stands, the first that is wrong refused by name.

use super::carrier_fee::read_carrier_fees;
use super::item::read_items;
use super::limits::MAX_SUPPLEMENTARY;
use super::object::Object;
use super::words::{amount, buyer_kind, date, exchange_rate, incoterm, transport};
use super::{Basket, Incoterm};
use crate::decimal::Decimal;
use crate::error::{Error, ErrorCode, Field};
use crate::json::{self, Json};
use crate::money::CurrencyCode;
use crate::place::PlaceCode;

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
        let object = Object {
            value: &request,
            item: None,
        };
        let buyer = object.nested("buyer");
        let seller = object.nested("seller");
        let incoterm = object.optional("incoterm", incoterm)?;
        let collection = object.name("collection")?;
        let date = object.required("date", date)?;
        let destination = object.required("destination", PlaceCode::parse)?;
        let currency = object.required("currency", CurrencyCode::parse)?;
        Ok(Self {
            date,
            destination,
            region: object.name("region")?,
            ship_from: object.optional("shipFrom", PlaceCode::parse)?,
            currency,
            items: read_items(&request)?,
            freight: object.optional("freight", amount)?,
            insurance: object.optional("insurance", amount)?.unwrap_or_default(),
            discount: object.optional("discount", amount)?.unwrap_or_default(),
            incoterm: incoterm.unwrap_or(Incoterm::WithCarriage),
            transport: object.optional("transport", transport)?,
            buyer: buyer.optional("kind", buyer_kind)?.unwrap_or_default(),
            buyer_registrations: buyer.names("registrations")?,
            same_day_value: object.optional("sameDayValue", amount)?.unwrap_or_default(),
            carrier_fees: read_carrier_fees(&object, currency)?,
            registrations: seller.names("registrations")?,
            trusted_trader: seller.flag("trustedTrader")?,
            collection: collection.filter(|model| model != "auto"),
            gift: object.flag("gift")?,
            exchange_rates: read_exchange_rates(&request)?,
        })
    }
}

/// Rates as `"USD/GBP": "0.76"`.
fn read_exchange_rates(
    request: &Json<'_>,
) -> Result<Vec<(CurrencyCode, CurrencyCode, Decimal)>, Error> {
    let field = Field::of_request("exchangeRates");
    let entries = match request.field("exchangeRates") {
        None => return Ok(Vec::new()),
        Some(Json::Object(entries)) => entries,
        Some(_) => return Err(Error::at(ErrorCode::InputType, field)),
    };
    if entries.len() > MAX_SUPPLEMENTARY {
        return Err(Error::at(ErrorCode::InputTooLong, field));
    }
    let mut rates = Vec::with_capacity(entries.len());
    for (pair, rate) in entries {
        rates.push(read_exchange_rate(pair, rate).map_err(|error| error.or_at(field))?);
    }
    Ok(rates)
}

fn read_exchange_rate(
    pair: &str,
    rate: &Json<'_>,
) -> Result<(CurrencyCode, CurrencyCode, Decimal), Error> {
    let (from, to) = pair.split_once('/').ok_or(ErrorCode::CurrencyMalformed)?;
    let rate = exchange_rate(rate.text().ok_or(ErrorCode::InputType)?)?;
    Ok((CurrencyCode::parse(from)?, CurrencyCode::parse(to)?, rate))
}
