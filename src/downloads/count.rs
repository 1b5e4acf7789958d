//! A count: a number of downloads, never below zero, and the rule for refunds that would take it there.

use std::fmt;

use thiserror::Error;

use super::{spike::real, wording::grouped};

/// A number of downloads: 0 or more, at most 2^53, finite; whole numbers are exact throughout.
///
/// A count that a store reports is whole; a vendor's estimate may be a fraction.
///
/// ```
/// use delisted::downloads::Count;
///
/// assert_eq!(Count::try_from(1_000_000_000_000_i64)?.to_string(), "1,000,000,000,000");
/// assert_eq!(Count::try_from(54_000.5)?.value(), 54_000.5);
/// assert!(Count::try_from(-3_i64).is_err());
/// # Ok::<(), delisted::downloads::CountError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Count(f64);

/// Why something is not a count of downloads.
///
/// ```
/// use delisted::downloads::Count;
///
/// assert_eq!(
///     Count::try_from(-3_i64).unwrap_err().to_string(),
///     "`-3` is below 0: a refund is not a download, so clip it to 0 by rule or leave it out",
/// );
/// assert_eq!(
///     Count::try_from(f64::INFINITY).unwrap_err().to_string(),
///     "`inf` is not a count: it must be finite",
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum CountError {
    /// The number is below zero.
    #[error("`{value}` is below 0: a refund is not a download, so clip it to 0 by rule or leave it out")]
    Negative {
        /// The number as given.
        value: String,
    },
    /// The number is infinite, or is none.
    #[error("`{value}` is not a count: it must be finite")]
    NotFinite {
        /// The number as given.
        value: String,
    },
    /// The number is so large that whole numbers are no longer exact.
    #[error("`{value}` is not a count: the most that is held exactly is 9,007,199,254,740,992")]
    TooLarge {
        /// The number as given.
        value: String,
    },
    /// The text is no number.
    #[error(
        "`{text}` is not a count: write a number in digits, such as `54000`, `<20` for fewer than 20, or nothing \
         where none is known"
    )]
    NotANumber {
        /// The text as given.
        text: String,
    },
    /// The bound below which a count is said to lie leaves none, or none that is exact.
    #[error("`<{below}` bounds no count: the bound must lie between 1 and 9,007,199,254,740,992")]
    Bound {
        /// The bound as given.
        below: u64,
    },
}

/// What becomes of a number below zero, which refunds may make of a day's downloads.
///
/// ```
/// use delisted::downloads::{Count, Refunds};
///
/// assert!(Refunds::Refuse.count(-3_i64).is_err());
/// assert_eq!(Refunds::ClipToZero.count(-3_i64)?, Count::ZERO);
/// # Ok::<(), delisted::downloads::CountError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Refunds {
    /// It is an error.
    #[default]
    Refuse,
    /// It counts as zero.
    ClipToZero,
}

/// The most that is held exactly, 2^53.
pub(super) const MOST: f64 = 9_007_199_254_740_992.0;

/// The same as a whole number.
pub(super) const MOST_WHOLE: u64 = 9_007_199_254_740_992;

impl Count {
    /// No downloads.
    ///
    /// ```
    /// assert_eq!(delisted::downloads::Count::ZERO.value(), 0.0);
    /// ```
    pub const ZERO: Self = Self(0.0);

    /// The number: 0 or more, at most 2^53.
    ///
    /// ```
    /// use delisted::downloads::Count;
    ///
    /// assert_eq!(Count::from(54_000_u32).value(), 54_000.0);
    /// ```
    #[must_use]
    pub fn value(self) -> f64 {
        self.0
    }

    /// A number that is known to be a count already.
    pub(super) fn trusted(value: f64) -> Self {
        Self(value + 0.0)
    }
}

impl Refunds {
    /// The count of a number that may lie below zero.
    ///
    /// ```
    /// use delisted::downloads::Refunds;
    ///
    /// assert_eq!(Refunds::Refuse.count(7.5)?.value(), 7.5);
    /// # Ok::<(), delisted::downloads::CountError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// - the number is not finite, or is above 2^53;
    /// - it is below zero, and the rule is to refuse that.
    pub fn count<N>(self, number: N) -> Result<Count, CountError>
    where
        Count: TryFrom<N, Error = CountError>,
    {
        match (Count::try_from(number), self) {
            (Err(CountError::Negative { .. }), Self::ClipToZero) => Ok(Count::ZERO),
            (count, _) => count,
        }
    }
}

impl CountError {
    /// Refuses a bound that no count can lie below, or that is not exact.
    pub(super) fn checked_bound(below: u64) -> Result<u64, Self> {
        if (1..=MOST_WHOLE).contains(&below) { Ok(below) } else { Err(Self::Bound { below }) }
    }
}

impl From<u32> for Count {
    fn from(count: u32) -> Self {
        Self(f64::from(count))
    }
}

impl TryFrom<u64> for Count {
    type Error = CountError;

    fn try_from(count: u64) -> Result<Self, Self::Error> {
        if count > MOST_WHOLE {
            return Err(CountError::TooLarge { value: count.to_string() });
        }
        Ok(Self(real(count)))
    }
}

impl TryFrom<i64> for Count {
    type Error = CountError;

    fn try_from(count: i64) -> Result<Self, Self::Error> {
        u64::try_from(count)
            .map_err(|_| CountError::Negative { value: count.to_string() })
            .and_then(Self::try_from)
    }
}

impl TryFrom<f64> for Count {
    type Error = CountError;

    fn try_from(value: f64) -> Result<Self, Self::Error> {
        if !value.is_finite() {
            Err(CountError::NotFinite { value: value.to_string() })
        } else if value < 0.0 {
            Err(CountError::Negative { value: brief(value) })
        } else if value > MOST {
            Err(CountError::TooLarge { value: brief(value) })
        } else {
            // Adding zero makes a zero of minus zero.
            Ok(Self(value + 0.0))
        }
    }
}

// A count is never NaN, so that equality holds of each with itself.
impl Eq for Count {}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&grouped(&self.0.to_string()))
    }
}

/// A number in full where that is short, and in powers of ten where it is not.
fn brief(value: f64) -> String {
    if value.abs() < 1e18 { value.to_string() } else { format!("{value:e}") }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::float_cmp, reason = "tests stop at the first surprise")]

    use super::{Count, CountError, MOST, MOST_WHOLE, Refunds};

    #[test]
    fn a_negative_number_is_refused_unless_clipped_by_rule() {
        for error in [Count::try_from(-3_i64).unwrap_err(), Count::try_from(-3.0).unwrap_err()] {
            assert_eq!(
                error.to_string(),
                "`-3` is below 0: a refund is not a download, so clip it to 0 by rule or leave \
                 it out"
            );
        }
        assert_eq!(Refunds::default(), Refunds::Refuse);
        assert!(Refunds::Refuse.count(-0.5).is_err());
        assert_eq!(Refunds::ClipToZero.count(-0.5), Ok(Count::ZERO));
        assert_eq!(Refunds::ClipToZero.count(i64::MIN), Ok(Count::ZERO));
        assert_eq!(Refunds::ClipToZero.count(12_i64), Ok(Count::from(12_u32)));
        let endless = Refunds::ClipToZero.count(f64::NEG_INFINITY);
        assert_eq!(endless, Err(CountError::NotFinite { value: "-inf".to_owned() }));
    }

    #[test]
    fn whole_numbers_are_exact_up_to_two_to_the_53() {
        let trillion = Count::try_from(1_000_000_000_000_i64).unwrap();
        let one_more = Count::try_from(1_000_000_000_001_u64).unwrap();
        assert_eq!(one_more.value() - trillion.value(), 1.0);
        assert_eq!(Count::try_from(MOST_WHOLE).unwrap().value(), MOST);
        assert_eq!(
            Count::try_from(MOST_WHOLE - 1).unwrap().to_string(),
            "9,007,199,254,740,991",
            "the last digit is kept"
        );
        let error = Count::try_from(MOST_WHOLE + 1).unwrap_err();
        assert_eq!(
            error.to_string(),
            "`9007199254740993` is not a count: the most that is held exactly is 9,007,199,254,740,992"
        );
        let error = Count::try_from(1e300).unwrap_err();
        assert_eq!(
            error.to_string(),
            "`1e300` is not a count: the most that is held exactly is 9,007,199,254,740,992"
        );
        assert!(Count::try_from(i64::MAX).is_err());
    }

    #[test]
    fn what_is_not_finite_is_no_count() {
        assert_eq!(
            Count::try_from(f64::NAN).unwrap_err().to_string(),
            "`NaN` is not a count: it must be finite"
        );
        assert!(Count::try_from(f64::NEG_INFINITY).is_err());
    }

    #[test]
    fn minus_zero_is_zero() {
        assert!(Count::try_from(-0.0).unwrap().value().is_sign_positive());
        assert_eq!(Count::try_from(-0.0).unwrap().to_string(), "0");
    }

    #[test]
    fn a_bound_leaves_room_for_a_count() {
        assert_eq!(CountError::checked_bound(1), Ok(1));
        assert_eq!(CountError::checked_bound(MOST_WHOLE), Ok(MOST_WHOLE));
        let error = CountError::checked_bound(0).unwrap_err();
        assert_eq!(
            error.to_string(),
            "`<0` bounds no count: the bound must lie between 1 and 9,007,199,254,740,992"
        );
        assert!(CountError::checked_bound(MOST_WHOLE + 1).is_err());
    }

    #[test]
    fn estimates_keep_their_fractions() {
        assert_eq!(Count::try_from(1_234.5).unwrap().to_string(), "1,234.5");
    }
}
