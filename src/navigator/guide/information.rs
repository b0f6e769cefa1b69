//! How much an answer can be expected to tell, in whole numbers.

/// What one bit of information counts.
pub(super) const BIT: u64 = 256;

/// The logarithm to the base of two, in 256ths; of nought, nought.
pub(super) fn log2(number: u64) -> u64 {
    let Some(whole) = number.checked_ilog2() else {
        return 0;
    };
    // The mantissa in [1, 2), with 31 bits after the point; each squaring gives the next bit of the logarithm.
    let mut mantissa = u128::from(number) << 64 >> whole >> 33;
    let mut log = u64::from(whole);
    for _ in 0..8 {
        mantissa = mantissa.saturating_mul(mantissa) >> 31;
        let bit = mantissa >> 32;
        log = log << 1 | u64::from(bit != 0);
        mantissa >>= bit;
    }
    log
}

/// A candidate's weight, and how many of the answers it allows.
pub(super) struct Allowing {
    pub(super) weight: u64,
    pub(super) answers: u64,
}

/// The information, in 256ths of a bit, that the answer to a question is expected to give of the candidate that is meant: how uncertain
/// the answer is, less how uncertain it stays for one who knows the candidate, which may allow several.
///
/// `shares` are the weights of the answers: a candidate gives each answer that it allows an equal part. What is not of the candidates
/// that the question concerns is in `total` alone.
pub(super) fn expected(shares: &[u64], allowing: &[Allowing], total: u64) -> u64 {
    let known = shares
        .iter()
        .fold(0, |sum: u64, share| sum.saturating_add(*share));
    // The entropy of the shares: log of the sum, less the mean of their logs.
    let mean = |terms: u64| terms.checked_div(known).unwrap_or(0);
    let of_answers = shares.iter().fold(0, |sum: u64, share| {
        sum.saturating_add(share.saturating_mul(log2(*share)))
    });
    let of_candidates = allowing.iter().fold(0, |sum: u64, candidate| {
        sum.saturating_add(candidate.weight.saturating_mul(log2(candidate.answers)))
    });
    let uncertain = log2(known).saturating_sub(mean(of_answers));
    let told = uncertain.saturating_sub(mean(of_candidates));
    told.saturating_mul(known).checked_div(total).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logarithms_are_those_of_the_tables() {
        for (number, log) in [
            (0, 0),
            (1, 0),
            (2, 256),
            (3, 405),
            (10, 850),
            (1000, 2551),
            (u64::MAX, 16383),
        ] {
            assert_eq!(log2(number), log, "{number}");
        }
    }

    #[test]
    fn two_equal_answers_tell_one_bit_and_a_doubtful_candidate_less() {
        let sure = |weight| Allowing { weight, answers: 1 };
        let told = expected(&[64, 64], &[sure(64), sure(64)], 128);
        assert_eq!(told, BIT);
        let both = Allowing {
            weight: 64,
            answers: 2,
        };
        // 79.7 exactly: logarithms are rounded down.
        assert_eq!(expected(&[96, 32], &[sure(64), both], 128), 81);
        assert_eq!(expected(&[64, 64], &[sure(64), sure(64)], 256), BIT / 2);
    }
}
