//! Reading the items of a request.

use super::Item;
use super::limits::{MAX_ITEMS, MAX_TEXT};
use super::object::Object;
use super::words::{amount, commodity_code, quantity};
use crate::decimal::Decimal;
use crate::error::ErrorCode;
use crate::json::Json;
use crate::money::Percentage;
use crate::place::PlaceCode;

/// Reads the items; their number first, so that a basket past the limit costs nothing.
pub(super) fn read_items(request: &Object<'_>) -> Vec<Item> {
    let refused = |code| {
        request.refuse(code, "items");
        Vec::new()
    };
    let values = match request.value.field("items") {
        None => return refused(ErrorCode::InputMissing),
        Some(Json::Array(values)) if values.is_empty() => return refused(ErrorCode::BasketEmpty),
        Some(Json::Array(values)) if values.len() > MAX_ITEMS => {
            return refused(ErrorCode::BasketTooLarge);
        }
        Some(Json::Array(values)) => values,
        Some(_) => return refused(ErrorCode::InputType),
    };
    let mut items = Vec::with_capacity(values.len());
    for (value, position) in values.iter().zip(0..) {
        let item = Some(position);
        let object = Object {
            value,
            item,
            ..*request
        };
        if value.is_null() {
            object.refuse(ErrorCode::InputMissing, "");
        }
        items.extend(read_item(&object, position));
    }
    refuse_duplicate_ids(request, &items);
    items
}

fn read_item(object: &Object<'_>, position: u32) -> Option<Item> {
    // The description is for people and for the navigator; here only its length is a concern.
    object.text("description", MAX_TEXT);
    let id = object.name("id");
    let code = object.required("code", commodity_code);
    let origin = object.optional("origin", PlaceCode::parse);
    let quantities = object.required("quantity", quantity);
    let unit_price = object.required("unitPrice", amount);
    Some(Item {
        id: id.unwrap_or_else(|| position.to_string()),
        code: code?,
        origin,
        quantity: quantities?,
        unit_price: unit_price?,
        net_weight_kg: object.optional("netWeightKg", quantity),
        supplementary: read_supplementary(object),
        claim_preference: object.flag("claimPreference"),
        duty_rate: object.optional("dutyRate", quantity).map(Percentage),
        additional_code: object.name("additionalCode"),
        certificates: object.names("certificates"),
    })
}

fn read_supplementary(object: &Object<'_>) -> Vec<(String, Decimal)> {
    let mut quantities = Vec::new();
    for entry in object.entries("supplementary") {
        let unit = entry.name("unit");
        if unit.is_none() {
            entry.refuse(ErrorCode::InputMissing, "unit");
        }
        quantities.extend(unit.zip(entry.required("quantity", quantity)));
    }
    quantities
}

fn refuse_duplicate_ids(request: &Object<'_>, items: &[Item]) {
    let mut ids: Vec<(&str, u32)> = items.iter().map(|item| item.id.as_str()).zip(0..).collect();
    ids.sort_unstable();
    for pair in ids.windows(2) {
        if let [(first, _), (second, position)] = pair
            && first == second
        {
            let item = Some(*position);
            Object { item, ..*request }.refuse(ErrorCode::ItemDuplicate, "id");
            return;
        }
    }
}
