//! Fractions without rounding, so that whether two intervals meet never hangs on the last bit of a float.

use std::{cmp::Ordering, num::NonZeroU128};

use crate::downloads::spike::real;

/// A fraction of 0 or more in lowest terms.
///
/// What is multiplied here was written in at most 15 digits with at most six decimals, so that one product or one
/// quotient of two of them fits; nothing is multiplied twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::downloads) struct Ratio {
    over: u128,
    under: NonZeroU128,
}

impl Ratio {
    pub(in crate::downloads) const ZERO: Self = Self { over: 0, under: NonZeroU128::MIN };
    pub(in crate::downloads) const ONE: Self = Self { over: 1, under: NonZeroU128::MIN };

    pub(super) fn new(over: u128, under: NonZeroU128) -> Self {
        let (mut divisor, mut rest) = (under, over);
        while let Some(smaller) = NonZeroU128::new(rest) {
            rest = divisor.get() % smaller;
            divisor = smaller;
        }
        let under = NonZeroU128::new(under.get() / divisor).unwrap_or(NonZeroU128::MIN);
        Self { over: over / divisor, under }
    }

    pub(in crate::downloads) fn hundred() -> Self {
        Self::whole(100)
    }

    pub(super) fn whole(number: u64) -> Self {
        Self { over: number.into(), under: NonZeroU128::MIN }
    }

    /// A number times ten to a power.
    pub(super) fn scaled(number: u64, power: i32) -> Self {
        let tens = NonZeroU128::new(10_u128.saturating_pow(power.unsigned_abs())).unwrap_or(NonZeroU128::MIN);
        if power < 0 {
            Self::new(number.into(), tens)
        } else {
            Self::new(u128::from(number).saturating_mul(tens.get()), NonZeroU128::MIN)
        }
    }

    pub(in crate::downloads) fn is_zero(self) -> bool {
        self.over == 0
    }

    pub(super) fn plus(self, other: Self) -> Self {
        let over = self.over.saturating_mul(other.under.get());
        let over = over.saturating_add(other.over.saturating_mul(self.under.get()));
        Self::new(over, self.under.saturating_mul(other.under))
    }

    /// How much it is above another, or 0 where it is not.
    pub(in crate::downloads) fn above(self, other: Self) -> Self {
        let over = self.over.saturating_mul(other.under.get());
        let over = over.saturating_sub(other.over.saturating_mul(self.under.get()));
        Self::new(over, self.under.saturating_mul(other.under))
    }

    pub(in crate::downloads) fn times(self, other: Self) -> Self {
        Self::new(self.over.saturating_mul(other.over), self.under.saturating_mul(other.under))
    }

    /// One over it; none for 0.
    pub(super) fn inverse(self) -> Option<Self> {
        NonZeroU128::new(self.over).map(|under| Self { over: self.under.get(), under })
    }

    pub(super) fn half(self) -> Self {
        Self::new(self.over, self.under.saturating_mul(NonZeroU128::MIN.saturating_add(1)))
    }

    /// The nearest float.
    pub(super) fn value(self) -> f64 {
        float(self.over) / float(self.under.get())
    }

    /// Its digits with so many decimals, rounded down or up, and whether that changed it.
    pub(in crate::downloads) fn digits(self, decimals: u32, up: bool) -> (String, bool) {
        let tens = 10_u128.saturating_pow(decimals);
        let over = self.over.saturating_mul(tens);
        let (whole, rest) = (over / self.under, over % self.under);
        let whole = whole.saturating_add(u128::from(up && rest > 0));
        let width = usize::try_from(decimals).unwrap_or(0);
        let text = match (whole.checked_div(tens), whole.checked_rem(tens)) {
            (Some(ones), Some(parts)) if width > 0 => format!("{ones}.{parts:0width$}"),
            _ => whole.to_string(),
        };
        (text, rest > 0)
    }
}

fn float(number: u128) -> f64 {
    let part = |number: u128| real(u64::try_from(number).unwrap_or(u64::MAX));
    part(number >> 64_u32) * 18_446_744_073_709_551_616.0 + part(number & u128::from(u64::MAX))
}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ratio {
    /// By the digits of their continued fractions, which needs no product that could be too large.
    fn cmp(&self, other: &Self) -> Ordering {
        let (mut left, mut right) = (*self, *other);
        loop {
            let wholes = (left.over / left.under).cmp(&(right.over / right.under));
            let rests =
                (NonZeroU128::new(left.over % left.under), NonZeroU128::new(right.over % right.under));
            match (wholes, rests) {
                (Ordering::Equal, (Some(one), Some(other))) => {
                    // one/left < other/right just where right/other < left/one.
                    (left, right) = (
                        Self { over: right.under.get(), under: other },
                        Self { over: left.under.get(), under: one },
                    );
                }
                (Ordering::Equal, (one, other)) => return one.is_some().cmp(&other.is_some()),
                (unequal, _) => return unequal,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        clippy::arithmetic_side_effects,
        reason = "tests stop at the first surprise"
    )]

    use std::num::NonZeroU128;

    use proptest::prelude::*;

    use super::Ratio;

    fn ratio(over: u64, under: u64) -> Ratio {
        Ratio::new(over.into(), NonZeroU128::new(under.into()).unwrap())
    }

    proptest! {
        #[test]
        fn fractions_order_as_their_cross_products_do(
            (a, b, c, d) in (0_u64.., 1_u64.., 0_u64.., 1_u64..),
        ) {
            let crossed = (u128::from(a) * u128::from(d)).cmp(&(u128::from(c) * u128::from(b)));
            prop_assert_eq!(ratio(a, b).cmp(&ratio(c, d)), crossed);
            prop_assert_eq!(ratio(a, b) == ratio(c, d), crossed.is_eq());
        }

        #[test]
        fn small_fractions_order_too((a, b, c, d) in (0_u64..20, 1_u64..20, 0_u64..20, 1_u64..20)) {
            prop_assert_eq!(ratio(a, b).cmp(&ratio(c, d)), (a * d).cmp(&(c * b)));
        }

        #[test]
        fn digits_bracket_the_fraction((a, b, decimals) in (0_u64..1 << 40, 1_u64..1 << 40, 0_u32..5)) {
            let (down, cut) = ratio(a, b).digits(decimals, false);
            let (up, _) = ratio(a, b).digits(decimals, true);
            let (down, up): (f64, f64) = (down.parse().unwrap(), up.parse().unwrap());
            let step = 0.1_f64.powi(i32::try_from(decimals).unwrap());
            prop_assert!(down <= ratio(a, b).value() * (1.0 + 1e-12));
            prop_assert!(up >= ratio(a, b).value() * (1.0 - 1e-12));
            let apart = if cut { step } else { 0.0 };
            prop_assert!((up - down - apart).abs() < 1e-9 * (1.0 + up), "{} to {}", down, up);
        }
    }

    #[test]
    fn the_arithmetic_is_that_of_fractions() {
        assert_eq!(ratio(1, 2).plus(ratio(1, 3)), ratio(5, 6));
        assert_eq!(ratio(1, 2).above(ratio(1, 3)), ratio(1, 6));
        assert_eq!(ratio(1, 3).above(ratio(1, 2)), Ratio::ZERO);
        assert_eq!(ratio(2, 3).times(ratio(3, 4)), ratio(1, 2));
        assert_eq!(ratio(2, 3).inverse(), Some(ratio(3, 2)));
        assert_eq!(Ratio::ZERO.inverse(), None);
        assert_eq!(Ratio::ONE.half(), ratio(1, 2));
        assert_eq!(Ratio::scaled(19, -1), ratio(19, 10));
        assert_eq!(Ratio::scaled(19, 2), Ratio::whole(1_900));
        assert_eq!(ratio(7, 2).digits(0, false), ("3".to_owned(), true));
        assert_eq!(ratio(7, 2).digits(1, true), ("3.5".to_owned(), false));
        assert_eq!(ratio(1, 16).digits(3, true), ("0.063".to_owned(), true));
    }
}
