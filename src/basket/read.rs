//! Reading a request: each field checked where it stands, the first that is wrong refused by name.

use super::limits::{MAX_ID, MAX_ITEMS, MAX_SUPPLEMENTARY, MAX_TEXT};
use super::value::Value;
use super::{Basket, Incoterm, Item};
use crate::calendar::CalendarDate;
use crate::decimal::{self, Decimal, MAX_AMOUNT_DECIMALS, MAX_RATE_DIGITS};
use crate::destination::{BuyerKind, Transport};
use crate::error::{Error, ErrorCode, Field};
use crate::money::{CurrencyCode, Percentage};
use crate::nomenclature::CommodityCode;
use crate::place::PlaceCode;

/// The first year that a request may be dated in.
const FIRST_YEAR: i16 = 1990;
/// Decimals that a quantity, a weight or a rate may have.
const MAX_QUANTITY_DECIMALS: usize = 6;

impl Basket {
    /// Reads a request of the JSON contract.
    ///
    /// # Errors
    /// The first field that is wrong, with what is wrong about it.
    ///
    /// ```
    /// # #[cfg(feature = "cli")] {
    /// use dutiable::basket::Basket;
    /// let request = serde_json::json!({
    ///     "date": "2026-11-23", "destination": "GB", "currency": "USD",
    ///     "items": [{ "code": "610910", "origin": "CN", "quantity": "5", "unitPrice": "-12.00" }]
    /// });
    /// assert_eq!(Basket::read(&&request).unwrap_err().to_string(), "amount.negative at items[0].unitPrice");
    /// # }
    /// ```
    pub fn read<V: Value>(request: &V) -> Result<Self, Error> {
        let object = Object {
            value: request,
            item: None,
        };
        let buyer = request.field("buyer");
        let seller = request.field("seller");
        Ok(Self {
            date: object.required("date", date)?,
            destination: object.required("destination", PlaceCode::parse)?,
            region: object.text("region", MAX_ID)?,
            ship_from: object.optional("shipFrom", PlaceCode::parse)?,
            currency: object.required("currency", CurrencyCode::parse)?,
            items: read_items(request)?,
            freight: object.optional("freight", amount)?,
            insurance: object.optional("insurance", amount)?.unwrap_or_default(),
            discount: object.optional("discount", amount)?.unwrap_or_default(),
            incoterm: object
                .optional("incoterm", incoterm)?
                .unwrap_or(Incoterm::WithCarriage),
            transport: object.optional("transport", transport)?,
            buyer: nested(buyer.as_ref(), |buyer| buyer.optional("kind", buyer_kind))?
                .unwrap_or_default(),
            registrations: nested(seller.as_ref(), |seller| {
                seller.texts("registrations").map(Some)
            })?
            .unwrap_or_default(),
            trusted_trader: nested(seller.as_ref(), |seller| {
                seller.flag("trustedTrader").map(Some)
            })?
            .unwrap_or_default(),
            collection: object
                .text("collection", MAX_ID)?
                .filter(|model| model != "auto"),
            gift: object.flag("gift")?,
            exchange_rates: read_exchange_rates(request)?,
        })
    }
}

fn nested<V: Value, T>(
    value: Option<&V>,
    read: impl FnOnce(Object<'_, V>) -> Result<Option<T>, Error>,
) -> Result<Option<T>, Error> {
    value.map_or(Ok(None), |value| read(Object { value, item: None }))
}

fn read_items<V: Value>(request: &V) -> Result<Vec<Item>, Error> {
    let field = Field::of_request("items");
    let items = request
        .field("items")
        .ok_or(Error::at(ErrorCode::InputMissing, field))?;
    let count = items
        .length()
        .ok_or(Error::at(ErrorCode::InputType, field))?;
    if count == 0 {
        return Err(Error::at(ErrorCode::BasketEmpty, field));
    }
    if count > MAX_ITEMS {
        return Err(Error::at(ErrorCode::BasketTooLarge, field));
    }
    let mut read = Vec::with_capacity(count);
    for position in 0..count {
        let item = u32::try_from(position).unwrap_or(u32::MAX);
        let value = items.element(position).filter(|value| !value.is_null());
        let value = value.ok_or(Error::at(ErrorCode::InputMissing, Field::of_item(item, "")))?;
        read.push(read_item(&Object {
            value: &value,
            item: Some(item),
        })?);
    }
    refuse_duplicate_ids(&read)?;
    Ok(read)
}

fn refuse_duplicate_ids(items: &[Item]) -> Result<(), Error> {
    let mut ids: Vec<(&str, usize)> = items
        .iter()
        .enumerate()
        .map(|(position, item)| (item.id.as_str(), position))
        .collect();
    ids.sort_unstable();
    let pairs = ids.iter().zip(ids.iter().skip(1));
    match pairs
        .into_iter()
        .find(|((first, _), (second, _))| first == second)
    {
        Some((_, (_, position))) => {
            let item = u32::try_from(*position).unwrap_or(u32::MAX);
            Err(Error::at(
                ErrorCode::ItemDuplicate,
                Field::of_item(item, "id"),
            ))
        }
        None => Ok(()),
    }
}

fn read_item<V: Value>(object: &Object<'_, V>) -> Result<Item, Error> {
    let position = object.item.unwrap_or_default();
    // The description is for people and for the navigator; here only its length is a concern.
    object.text("description", MAX_TEXT)?;
    Ok(Item {
        id: object
            .text("id", MAX_ID)?
            .unwrap_or_else(|| position.to_string()),
        code: object.required("code", commodity_code)?,
        origin: object.optional("origin", PlaceCode::parse)?,
        quantity: object.required("quantity", quantity)?,
        unit_price: object.required("unitPrice", amount)?,
        net_weight_kg: object.optional("netWeightKg", quantity)?,
        supplementary: read_supplementary(object)?,
        claim_preference: object.flag("claimPreference")?,
        duty_rate: object.optional("dutyRate", |text| quantity(text).map(Percentage))?,
        additional_code: object.text("additionalCode", MAX_ID)?,
        certificates: object.texts("certificates")?,
    })
}

fn read_supplementary<V: Value>(object: &Object<'_, V>) -> Result<Vec<(String, Decimal)>, Error> {
    let Some(list) = object.value.field("supplementary") else {
        return Ok(Vec::new());
    };
    let count = list
        .length()
        .ok_or(object.error(ErrorCode::InputType, "supplementary"))?;
    if count > MAX_SUPPLEMENTARY {
        return Err(object.error(ErrorCode::InputTooLong, "supplementary"));
    }
    let mut quantities = Vec::with_capacity(count);
    for position in 0..count {
        let entry = list
            .element(position)
            .ok_or(object.error(ErrorCode::InputType, "supplementary"))?;
        let entry = Object {
            value: &entry,
            item: object.item,
        };
        let unit = entry
            .text("unit", MAX_ID)?
            .ok_or(object.error(ErrorCode::InputMissing, "supplementary"))?;
        quantities.push((
            unit,
            entry
                .required("quantity", quantity)
                .map_err(|error| object.error(error.code, "supplementary"))?,
        ));
    }
    Ok(quantities)
}

fn read_exchange_rates<V: Value>(
    request: &V,
) -> Result<Vec<(CurrencyCode, CurrencyCode, Decimal)>, Error> {
    let field = Field::of_request("exchangeRates");
    let Some(rates) = request.field("exchangeRates") else {
        return Ok(Vec::new());
    };
    let entries = rates
        .entries(MAX_SUPPLEMENTARY.saturating_add(1))
        .ok_or(Error::at(ErrorCode::InputType, field))?;
    if entries.len() > MAX_SUPPLEMENTARY {
        return Err(Error::at(ErrorCode::InputTooLong, field));
    }
    let read = |(pair, rate): (String, V)| {
        let (from, to) = pair.split_once('/').ok_or(ErrorCode::CurrencyMalformed)?;
        let rate = rate.text().ok_or(ErrorCode::InputType)?;
        let rate = decimal::parse(&rate, 10)?;
        if rate <= Decimal::ZERO || significant_digits(rate) > MAX_RATE_DIGITS {
            return Err(ErrorCode::AmountOutOfRange.into());
        }
        Ok((CurrencyCode::parse(from)?, CurrencyCode::parse(to)?, rate))
    };
    entries
        .into_iter()
        .map(|entry| read(entry).map_err(|error: Error| error.or_at(field)))
        .collect()
}

/// An object of the request, and which item it belongs to.
struct Object<'a, V> {
    value: &'a V,
    item: Option<u32>,
}

impl<V: Value> Object<'_, V> {
    fn error(&self, code: ErrorCode, name: &'static str) -> Error {
        Error::at(
            code,
            Field {
                name,
                item: self.item,
            },
        )
    }

    fn text(&self, name: &'static str, limit: usize) -> Result<Option<String>, Error> {
        let Some(value) = self.value.field(name) else {
            return Ok(None);
        };
        let text = value.text().ok_or(self.error(ErrorCode::InputType, name))?;
        if text.len() > limit {
            return Err(self.error(ErrorCode::InputTooLong, name));
        }
        Ok(Some(text))
    }

    fn optional<T>(
        &self,
        name: &'static str,
        read: impl FnOnce(&str) -> Result<T, Error>,
    ) -> Result<Option<T>, Error> {
        let Some(text) = self.text(name, MAX_TEXT)? else {
            return Ok(None);
        };
        read(&text)
            .map(Some)
            .map_err(|error| self.error(error.code, name))
    }

    fn required<T>(
        &self,
        name: &'static str,
        read: impl FnOnce(&str) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.optional(name, read)?
            .ok_or(self.error(ErrorCode::InputMissing, name))
    }

    fn flag(&self, name: &'static str) -> Result<bool, Error> {
        let Some(value) = self.value.field(name) else {
            return Ok(false);
        };
        value.truth().ok_or(self.error(ErrorCode::InputType, name))
    }

    fn texts(&self, name: &'static str) -> Result<Vec<String>, Error> {
        let Some(list) = self.value.field(name) else {
            return Ok(Vec::new());
        };
        let count = list
            .length()
            .ok_or(self.error(ErrorCode::InputType, name))?;
        if count > MAX_SUPPLEMENTARY {
            return Err(self.error(ErrorCode::InputTooLong, name));
        }
        let text = |position| match list.element(position).and_then(|value| value.text()) {
            Some(text) if text.len() <= MAX_ID => Ok(text),
            Some(_) => Err(self.error(ErrorCode::InputTooLong, name)),
            None => Err(self.error(ErrorCode::InputType, name)),
        };
        (0..count).map(text).collect()
    }
}

/// Facts reach back further; a quote for a day before 1990 is a slip of the pen.
fn date(text: &str) -> Result<CalendarDate, Error> {
    let date = CalendarDate::parse(text)?;
    if date.year() < FIRST_YEAR {
        Err(ErrorCode::DateImpossible.into())
    } else {
        Ok(date)
    }
}

fn amount(text: &str) -> Result<Decimal, Error> {
    not_negative(decimal::parse(text, MAX_AMOUNT_DECIMALS)?)
}

fn quantity(text: &str) -> Result<Decimal, Error> {
    let quantity = not_negative(decimal::parse(text, MAX_QUANTITY_DECIMALS)?)?;
    if significant_digits(quantity) > MAX_RATE_DIGITS {
        return Err(ErrorCode::AmountOutOfRange.into());
    }
    Ok(quantity)
}

fn significant_digits(value: Decimal) -> usize {
    value
        .mantissa()
        .unsigned_abs()
        .checked_ilog10()
        .map_or(1, |digits| {
            usize::try_from(digits)
                .unwrap_or(usize::MAX)
                .saturating_add(1)
        })
}

fn not_negative(value: Decimal) -> Result<Decimal, Error> {
    if value.is_sign_negative() && !value.is_zero() {
        Err(ErrorCode::AmountNegative.into())
    } else {
        Ok(value)
    }
}

fn commodity_code(text: &str) -> Result<CommodityCode, Error> {
    let code = CommodityCode::parse(text)?;
    if code.length() < 6 {
        Err(ErrorCode::CodeMalformed.into())
    } else {
        Ok(code)
    }
}

fn incoterm(text: &str) -> Result<Incoterm, Error> {
    match text {
        "EXW" | "FCA" | "FAS" | "FOB" => Ok(Incoterm::WithoutCarriage),
        "CFR" | "CPT" | "CIF" | "CIP" | "DAP" | "DPU" => Ok(Incoterm::WithCarriage),
        "DDP" => Ok(Incoterm::DutyPaid),
        _ => Err(ErrorCode::InputChoice.into()),
    }
}

fn transport(text: &str) -> Result<Transport, Error> {
    match text {
        "post" => Ok(Transport::Post),
        "express" => Ok(Transport::Express),
        "air" => Ok(Transport::Air),
        "sea" => Ok(Transport::Sea),
        "road" => Ok(Transport::Road),
        "rail" => Ok(Transport::Rail),
        _ => Err(ErrorCode::InputChoice.into()),
    }
}

fn buyer_kind(text: &str) -> Result<BuyerKind, Error> {
    match text {
        "consumer" => Ok(BuyerKind::Consumer),
        "business" => Ok(BuyerKind::Business),
        _ => Err(ErrorCode::InputChoice.into()),
    }
}
