//! What is held out: one example in ten while the rest is measured, and one trade term in ten for ever, by a hash of the text itself, so that the split is the same for ever and equal texts stand together.

/// Whether a text is held out of training.
pub(crate) fn is_held_out(text: &str) -> bool {
    hash(text).is_multiple_of(10)
}

/// FNV-1a over the text in lower case, its halves laid over each other.
fn hash(text: &str) -> u64 {
    let fnv = text
        .to_lowercase()
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
    fnv ^ (fnv >> 32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_texts_stand_together_and_a_tenth_is_held_out() {
        assert_eq!(is_held_out("Hair Dryer"), is_held_out("hair dryer"));
        let held = (0..10_000)
            .filter(|number| is_held_out(&format!("text {number}")))
            .count();
        assert!((900..1100).contains(&held), "{held}");
    }
}
