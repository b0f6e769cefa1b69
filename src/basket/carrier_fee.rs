//! Reading the carriers' fees of a request.

use super::object::Object;
use super::words::{amount, carrier_fee_base, quantity};
use super::{CarrierFee, CarrierFeeBase};
use crate::error::{Error, ErrorCode};
use crate::money::{CurrencyCode, Percentage};

const NAME: &str = "carrierFees";

/// Reads the carriers' fees; whatever is wrong with one is said of `carrierFees`.
pub(super) fn read_carrier_fees(
    object: &Object<'_>,
    currency: CurrencyCode,
) -> Result<Vec<CarrierFee>, Error> {
    let mut fees = Vec::new();
    for value in object.list(NAME)? {
        if value.is_null() {
            return Err(object.error(ErrorCode::InputType, NAME));
        }
        let entry = Object { value, ..*object };
        fees.push(read(&entry, currency).map_err(|error| object.error(error.code, NAME))?);
    }
    Ok(fees)
}

fn read(entry: &Object<'_>, currency: CurrencyCode) -> Result<CarrierFee, Error> {
    let id = entry.name("id")?;
    Ok(CarrierFee {
        id: id.ok_or(entry.error(ErrorCode::InputMissing, NAME))?,
        fixed: entry.optional("fixed", amount)?.unwrap_or_default(),
        rate: entry.optional("rate", quantity)?.map(Percentage),
        of: entry
            .optional("of", carrier_fee_base)?
            .unwrap_or(CarrierFeeBase::Advanced),
        min: entry.optional("min", amount)?,
        max: entry.optional("max", amount)?,
        currency: entry
            .optional("currency", CurrencyCode::parse)?
            .unwrap_or(currency),
    })
}
