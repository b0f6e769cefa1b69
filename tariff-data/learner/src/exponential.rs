//! The exponential by a polynomial, so that its last bit is the same on every machine.

/// `e` to the power of a number that is not above 88; below −87 it is as good as nothing.
#[must_use]
#[inline]
pub fn exp(x: f32) -> f32 {
    // Half a step is added and taken away again by a number so large that the rest of the sum has no bits: a rounding without a branch.
    const ROUND: f32 = 12_582_912.0;
    let power = x.max(-87.0) * core::f32::consts::LOG2_E;
    let rounded = power + ROUND;
    let rest = (power - (rounded - ROUND)) * core::f32::consts::LN_2;
    let mut sum = 1.0 / 120.0;
    for coefficient in [1.0 / 24.0, 1.0 / 6.0, 0.5, 1.0, 1.0] {
        sum = sum * rest + coefficient;
    }
    // The lowest bits of the rounded number are the whole power of two, which belongs nine bits from the top.
    let whole = rounded.to_bits() << 23;
    sum * f32::from_bits(whole.wrapping_add(127 << 23))
}

/// Scores into probabilities, in place; gives the logarithm-free sum, for whoever wants it.
pub fn softmax(scores: &mut [f32]) -> f32 {
    let most = scores.iter().copied().fold(f32::MIN, f32::max);
    for score in &mut *scores {
        *score = exp(*score - most);
    }
    let sum = sum(scores);
    let factor = 1.0 / sum;
    for score in &mut *scores {
        *score *= factor;
    }
    sum
}

/// Eight sums side by side, then one: the order is fixed, and a machine can do eight at once.
fn sum(numbers: &[f32]) -> f32 {
    let mut lanes = [0.0_f32; 8];
    let chunks = numbers.chunks_exact(8);
    let rest: f32 = chunks.remainder().iter().sum();
    for chunk in chunks {
        for (lane, number) in lanes.iter_mut().zip(chunk) {
            *lane += number;
        }
    }
    lanes.iter().sum::<f32>() + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_polynomial_is_near_the_library() {
        for step in -870..=20 {
            let x = step as f32 / 10.0;
            let expected = f64::from(x).exp();
            let error = (f64::from(exp(x)) - expected).abs() / expected;
            assert!(error < 1e-5, "{x}: {error}");
        }
    }

    #[test]
    fn probabilities_sum_to_one() {
        let mut scores: Vec<f32> = (0..100).map(|score| score as f32 / 7.0).collect();
        softmax(&mut scores);
        assert!((scores.iter().sum::<f32>() - 1.0).abs() < 1e-5);
        assert!(scores.is_sorted());
    }
}
