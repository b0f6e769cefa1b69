use super::*;
use proptest::prelude::*;
use rust_decimal::RoundingStrategy;

/// Numbers that `rust_decimal` reckons with exactly: what it says of them is the oracle.
fn any_decimal() -> impl Strategy<Value = Decimal> {
    (-1_000_000_000_000_i64..1_000_000_000_000, 0_u32..7)
        .prop_map(|(mantissa, scale)| Decimal::new(mantissa, scale))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(5_000))]

    #[test]
    fn sums_and_products_are_those_of_the_library(a in any_decimal(), b in any_decimal()) {
        prop_assert_eq!(add(a, b).ok(), a.checked_add(b));
        prop_assert_eq!(subtract(a, b).ok(), a.checked_sub(b));
        prop_assert_eq!(multiply(a, b).ok(), a.checked_mul(b));
        prop_assert_eq!(add(a, b).map(|sum| sum.scale()), Ok(a.scale().max(b.scale())));
    }

    #[test]
    fn quotients_are_those_of_the_library(a in any_decimal(), b in any_decimal(), decimals in 0_u32..8) {
        let theirs = a.checked_div(b).map(|quotient| quotient.round_dp(decimals));
        prop_assert_eq!(divide(a, b, decimals).ok(), theirs);
    }

    #[test]
    fn significant_digits_are_those_of_the_library(a in 1_i64..10_000_000, b in 1_i64..10_000_000, digits in 1_u32..9) {
        let (a, b) = (Decimal::new(a, 3), Decimal::new(b, 5));
        let theirs = a.checked_div(b).and_then(|quotient| quotient.round_sf(digits));
        prop_assert_eq!(divide_to_digits(a, b, digits).ok(), theirs);
    }

    #[test]
    fn roundings_are_those_of_the_library(value in any_decimal(), decimals in 0_u32..5) {
        for (mode, strategy) in [
            (RoundingMode::HalfUp, RoundingStrategy::MidpointAwayFromZero),
            (RoundingMode::HalfEven, RoundingStrategy::MidpointNearestEven),
            (RoundingMode::Down, RoundingStrategy::ToZero),
            (RoundingMode::Up, RoundingStrategy::AwayFromZero),
        ] {
            let rounding = Rounding { unit: Decimal::new(1, decimals), mode };
            prop_assert_eq!(rounding.apply(value), Ok(value.round_dp_with_strategy(decimals, strategy)));
        }
    }

    #[test]
    fn what_is_written_is_parsed(value in any_decimal()) {
        prop_assert_eq!(parse(&value.to_string(), 6), Ok(value));
    }
}

#[test]
fn what_does_not_fit_is_refused() {
    let most = Decimal::MAX;
    let overflow = Err(Error::from(ErrorCode::Overflow));
    assert_eq!(add(most, Decimal::ONE), overflow);
    assert_eq!(multiply(most, Decimal::TEN), overflow);
    assert_eq!(multiply(most, Decimal::new(1, 1)), Ok(most / Decimal::TEN));
    assert_eq!(divide(Decimal::ONE, Decimal::ZERO, 2), overflow);
    assert_eq!(divide(most, Decimal::new(1, 2), 2), overflow);
    assert_eq!(Rounding::to_decimals(2).apply(most), overflow);
}

#[test]
fn a_unit_need_not_be_a_power_of_ten() {
    let rappen = Rounding {
        unit: Decimal::new(5, 2),
        mode: RoundingMode::HalfUp,
    };
    assert_eq!(
        rappen.apply(Decimal::new(1_023, 3)),
        Ok(Decimal::new(100, 2))
    );
    assert_eq!(
        rappen.apply(Decimal::new(1_025, 3)),
        Ok(Decimal::new(105, 2))
    );
}
