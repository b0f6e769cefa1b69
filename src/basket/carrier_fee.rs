//! Reading the carriers' fees of a request.

use super::object::Object;
use super::words::{amount, carrier_fee_base, quantity};
use super::{CarrierFee, CarrierFeeBase};
use crate::error::ErrorCode;
use crate::gather::gather;
use crate::money::{CurrencyCode, Percentage};

/// Reads the carriers' fees; whatever is wrong with one is said of `carrierFees`.
pub(super) fn read_carrier_fees(object: &Object<'_>, currency: CurrencyCode) -> Vec<CarrierFee> {
    let fees = object.entries("carrierFees");
    gather(&mut fees.map(|fee| read(&fee, currency)))
}

fn read(fee: &Object<'_>, currency: CurrencyCode) -> CarrierFee {
    let id = fee.name("id");
    if id.is_none() {
        fee.refuse(ErrorCode::InputMissing, "id");
    }
    let of = fee.optional("of", carrier_fee_base);
    let own = fee.optional("currency", CurrencyCode::parse);
    CarrierFee {
        id: id.unwrap_or_default(),
        fixed: fee.optional("fixed", amount).unwrap_or_default(),
        rate: fee.optional("rate", quantity).map(Percentage),
        of: of.unwrap_or(CarrierFeeBase::Advanced),
        min: fee.optional("min", amount),
        max: fee.optional("max", amount),
        currency: own.unwrap_or(currency),
    }
}
