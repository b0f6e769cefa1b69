//! How rare a word is, reckoned in whole numbers so that every machine writes the same index.

/// The value of a word that so many of the nodes bear: inverse document frequency, `log2((nodes + 1) / (bearers + ½))`, in 16ths.
pub(super) fn rarity(nodes: u32, bearers: u32) -> u8 {
    let doubled = |count: u32| u64::from(count).saturating_mul(2).saturating_add(1);
    let value =
        logarithm(doubled(nodes).saturating_add(1)).saturating_sub(logarithm(doubled(bearers)));
    u8::try_from(value).unwrap_or(u8::MAX)
}

/// The binary logarithm of a number, in 16ths, cut: each squaring of the mantissa gives one more bit.
fn logarithm(number: u64) -> u32 {
    let whole = number.max(1).ilog2();
    // The mantissa, in [1, 2), with thirty bits after the point.
    let mut mantissa = if whole > 30 {
        number >> whole.saturating_sub(30)
    } else {
        number << 30_u32.saturating_sub(whole)
    };
    let mut sixteenths = 0_u32;
    for _ in 0..4 {
        mantissa = mantissa.saturating_mul(mantissa) >> 30;
        let bit = u32::from(mantissa >= 2 << 30);
        mantissa >>= bit;
        sixteenths = sixteenths << 1 | bit;
    }
    whole << 4 | sixteenths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rarer_word_is_worth_more() {
        assert_eq!(logarithm(1), 0);
        assert_eq!(logarithm(8), 48);
        // log2(10) is 3.32, and 3.32 × 16 is 53.15.
        assert_eq!(logarithm(10), 53);
        let values: Vec<u8> = [1, 2, 10, 100, 1000, 6940]
            .map(|bearers| rarity(6940, bearers))
            .to_vec();
        assert!(
            values.is_sorted_by(|rarer, commoner| rarer > commoner),
            "{values:?}"
        );
    }
}
