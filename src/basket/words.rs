//! What the texts of a request say.

use super::{CarrierFeeBase, Incoterm};
use crate::calendar::CalendarDate;
use crate::decimal::{self, Decimal, MAX_AMOUNT_DECIMALS, MAX_RATE_DIGITS};
use crate::destination::{BuyerKind, Transport};
use crate::error::{Error, ErrorCode};
use crate::nomenclature::CommodityCode;

/// The first year that a request may be dated in.
const FIRST_YEAR: i16 = 1990;
/// Decimals that a quantity, a weight or a rate may have.
const MAX_QUANTITY_DECIMALS: usize = 6;
/// Decimals that an exchange rate may have.
const MAX_EXCHANGE_DECIMALS: usize = 10;

/// Facts reach back further; a quote for a day before 1990 is a slip of the pen.
pub(super) fn date(text: &str) -> Result<CalendarDate, Error> {
    let date = CalendarDate::parse(text)?;
    if date.year() < FIRST_YEAR {
        Err(ErrorCode::DateImpossible.into())
    } else {
        Ok(date)
    }
}

pub(super) fn amount(text: &str) -> Result<Decimal, Error> {
    not_negative(decimal::parse(text, MAX_AMOUNT_DECIMALS)?)
}

pub(super) fn quantity(text: &str) -> Result<Decimal, Error> {
    let quantity = not_negative(decimal::parse(text, MAX_QUANTITY_DECIMALS)?)?;
    short_enough(quantity)
}

pub(super) fn exchange_rate(text: &str) -> Result<Decimal, Error> {
    let rate = decimal::parse(text, MAX_EXCHANGE_DECIMALS)?;
    if rate <= Decimal::ZERO {
        return Err(ErrorCode::AmountOutOfRange.into());
    }
    short_enough(rate)
}

fn short_enough(value: Decimal) -> Result<Decimal, Error> {
    if decimal::digits(value) > MAX_RATE_DIGITS {
        Err(ErrorCode::AmountOutOfRange.into())
    } else {
        Ok(value)
    }
}

fn not_negative(value: Decimal) -> Result<Decimal, Error> {
    if value.is_sign_negative() && !value.is_zero() {
        Err(ErrorCode::AmountNegative.into())
    } else {
        Ok(value)
    }
}

pub(super) fn commodity_code(text: &str) -> Result<CommodityCode, Error> {
    let code = CommodityCode::parse(text)?;
    if code.length() < 6 {
        Err(ErrorCode::CodeMalformed.into())
    } else {
        Ok(code)
    }
}

pub(super) fn incoterm(text: &str) -> Result<Incoterm, Error> {
    match text {
        "EXW" | "FCA" | "FAS" | "FOB" => Ok(Incoterm::WithoutCarriage),
        "CFR" | "CPT" | "CIF" | "CIP" | "DAP" | "DPU" => Ok(Incoterm::WithCarriage),
        "DDP" => Ok(Incoterm::DutyPaid),
        _ => Err(ErrorCode::InputChoice.into()),
    }
}

pub(super) fn transport(text: &str) -> Result<Transport, Error> {
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

pub(super) fn buyer_kind(text: &str) -> Result<BuyerKind, Error> {
    match text {
        "consumer" => Ok(BuyerKind::Consumer),
        "business" => Ok(BuyerKind::Business),
        _ => Err(ErrorCode::InputChoice.into()),
    }
}

pub(super) fn carrier_fee_base(text: &str) -> Result<CarrierFeeBase, Error> {
    match text {
        "advanced" => Ok(CarrierFeeBase::Advanced),
        "goods" => Ok(CarrierFeeBase::Goods),
        _ => Err(ErrorCode::InputChoice.into()),
    }
}
