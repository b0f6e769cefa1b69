//! Reading the items of a request.

use super::Item;
use super::limits::{MAX_ITEMS, MAX_TEXT};
use super::object::Object;
use super::words::{amount, commodity_code, quantity};
use crate::decimal::Decimal;
use crate::error::{Error, ErrorCode, Field};
use crate::json::Json;
use crate::money::Percentage;
use crate::place::PlaceCode;

/// Reads the items; their number first, so that a basket past the limit costs nothing.
pub(super) fn read_items(request: &Json<'_>) -> Result<Vec<Item>, Error> {
    let refused = |code| Err(Error::at(code, Field::of_request("items")));
    let values = match request.field("items") {
        None => return refused(ErrorCode::InputMissing),
        Some(Json::Array(values)) if values.is_empty() => return refused(ErrorCode::BasketEmpty),
        Some(Json::Array(values)) if values.len() > MAX_ITEMS => {
            return refused(ErrorCode::BasketTooLarge);
        }
        Some(Json::Array(values)) => values,
        Some(_) => return refused(ErrorCode::InputType),
    };
    let mut items = Vec::with_capacity(values.len());
    for value in values {
        let position = u32::try_from(items.len()).unwrap_or(u32::MAX);
        let object = Object {
            value,
            item: Some(position),
        };
        if value.is_null() {
            return Err(object.error(ErrorCode::InputMissing, ""));
        }
        items.push(read_item(&object, position)?);
    }
    refuse_duplicate_ids(&items)?;
    Ok(items)
}

fn read_item(object: &Object<'_>, position: u32) -> Result<Item, Error> {
    // The description is for people and for the navigator; here only its length is a concern.
    object.text("description", MAX_TEXT)?;
    Ok(Item {
        id: object.name("id")?.unwrap_or_else(|| position.to_string()),
        code: object.required("code", commodity_code)?,
        origin: object.optional("origin", PlaceCode::parse)?,
        quantity: object.required("quantity", quantity)?,
        unit_price: object.required("unitPrice", amount)?,
        net_weight_kg: object.optional("netWeightKg", quantity)?,
        supplementary: read_supplementary(object)?,
        claim_preference: object.flag("claimPreference")?,
        duty_rate: object.optional("dutyRate", quantity)?.map(Percentage),
        additional_code: object.name("additionalCode")?,
        certificates: object.names("certificates")?,
    })
}

fn read_supplementary(object: &Object<'_>) -> Result<Vec<(String, Decimal)>, Error> {
    const NAME: &str = "supplementary";
    let mut quantities = Vec::new();
    for value in object.list(NAME)? {
        let entry = Object { value, ..*object };
        if value.is_null() {
            return Err(object.error(ErrorCode::InputType, NAME));
        }
        let unit = entry.name("unit")?;
        let unit = unit.ok_or(object.error(ErrorCode::InputMissing, NAME))?;
        let quantity = entry.required("quantity", quantity);
        quantities.push((
            unit,
            quantity.map_err(|error| object.error(error.code, NAME))?,
        ));
    }
    Ok(quantities)
}

fn refuse_duplicate_ids(items: &[Item]) -> Result<(), Error> {
    let mut ids: Vec<(&str, u32)> = items.iter().map(|item| item.id.as_str()).zip(0..).collect();
    ids.sort_unstable();
    for pair in ids.windows(2) {
        if let [(first, _), (second, position)] = pair
            && first == second
        {
            let field = Field::of_item(*position, "id");
            return Err(Error::at(ErrorCode::ItemDuplicate, field));
        }
    }
    Ok(())
}
