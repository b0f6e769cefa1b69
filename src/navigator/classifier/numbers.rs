//! The numbers of a vector, and their product.
//!
//! A title asks for one product with each subheading. The page's module multiplies eight numbers at once (`simd128`, which `.ci/wasm` turns on);
//! both ways sum whole numbers, so they agree to the last bit. The instructions are in Chrome 91, Firefox 89 and Safari 16.4, the last of them since
//! March 2023 (<https://web-platform-dx.github.io/web-features-explorer/features/wasm-simd>, read 2026-11-28).

pub(super) use form::Numbers;

#[cfg(target_feature = "simd128")]
mod form {
    use super::super::vectors::WIDTH;
    use core::arch::wasm32::{
        i16x8, i32x4_add, i32x4_dot_i16x8, i32x4_extract_lane, i32x4_splat, v128,
    };

    /// The numbers, eight in each.
    #[derive(Clone, Debug)]
    pub(in super::super) struct Numbers([v128; WIDTH >> 3]);

    impl From<[i16; WIDTH]> for Numbers {
        fn from(numbers: [i16; WIDTH]) -> Self {
            let mut eights = [i32x4_splat(0); WIDTH >> 3];
            for (eight, numbers) in eights.iter_mut().zip(numbers.as_chunks::<8>().0) {
                let [a, b, c, d, e, f, g, h] = *numbers;
                *eight = i16x8(a, b, c, d, e, f, g, h);
            }
            Self(eights)
        }
    }

    impl Numbers {
        /// The sum of the products.
        pub(in super::super) fn dot(&self, other: &Self) -> i32 {
            let pairs = self.0.iter().zip(&other.0);
            let sums = pairs.fold(i32x4_splat(0), |sums, (one, other)| {
                i32x4_add(sums, i32x4_dot_i16x8(*one, *other))
            });
            i32x4_extract_lane::<0>(sums)
                .wrapping_add(i32x4_extract_lane::<1>(sums))
                .wrapping_add(i32x4_extract_lane::<2>(sums))
                .wrapping_add(i32x4_extract_lane::<3>(sums))
        }
    }
}

#[cfg(not(target_feature = "simd128"))]
mod form {
    use super::super::vectors::WIDTH;

    /// The numbers.
    #[derive(Clone, Debug)]
    pub(in super::super) struct Numbers([i16; WIDTH]);

    impl From<[i16; WIDTH]> for Numbers {
        fn from(numbers: [i16; WIDTH]) -> Self {
            Self(numbers)
        }
    }

    impl Numbers {
        /// The sum of the products.
        pub(in super::super) fn dot(&self, other: &Self) -> i32 {
            let pairs = self.0.iter().zip(&other.0);
            pairs.fold(0_i32, |sum, (one, other)| {
                sum.wrapping_add(i32::from(*one).wrapping_mul(i32::from(*other)))
            })
        }
    }
}
