use std::{
    cmp::Ordering,
    fmt,
    hash::{Hash, Hasher},
};

use thiserror::Error;

/// The probability of a count at least as far out, if nothing but chance were at work: 0 to 1.
///
/// It is not the probability that chance was at work. No model of daily downloads bears a p-value under
/// [`LIMIT`](Self::LIMIT), so none is printed; the number itself is kept for ordering and adjusting.
///
/// ```
/// use delisted::downloads::PValue;
///
/// assert_eq!(PValue::new(0.034_2)?.to_string(), "0.034");
/// assert_eq!(PValue::new(1.6e-95)?.to_string(), "under one in a million");
/// # Ok::<(), delisted::downloads::PValueError>(())
/// ```
#[derive(Debug, Clone, Copy)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "f64", into = "f64"))]
pub struct PValue(f64);

/// Why a number is not a p-value.
///
/// ```
/// use delisted::downloads::PValue;
///
/// assert_eq!(
///     PValue::new(1.5).unwrap_err().to_string(),
///     "`1.5` is not a p-value: it must lie between 0 and 1",
/// );
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Error)]
#[non_exhaustive]
pub enum PValueError {
    /// The number lies outside 0 to 1.
    #[error("`{value}` is not a p-value: it must lie between 0 and 1")]
    OutOfRange {
        /// The number as given.
        value: f64,
    },
    /// The number is not one.
    #[error("a p-value that could not be computed is missing, not a number: leave it out")]
    NotANumber,
}

impl PValue {
    /// The least p-value that is printed: one in a million.
    ///
    /// ```
    /// use delisted::downloads::PValue;
    ///
    /// assert_eq!(PValue::LIMIT.to_string(), "0.0000010");
    /// ```
    pub const LIMIT: Self = Self(1e-6);

    /// The p-value `value`.
    ///
    /// ```
    /// use delisted::downloads::PValue;
    ///
    /// assert_eq!(PValue::new(0.05)?.value(), 0.05);
    /// # Ok::<(), delisted::downloads::PValueError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// - `value` is below 0 or above 1;
    /// - `value` is not a number.
    pub fn new(value: f64) -> Result<Self, PValueError> {
        if value.is_nan() {
            Err(PValueError::NotANumber)
        } else if (0.0..=1.0).contains(&value) {
            // The sum turns a negative zero into the positive, so that equal values are one value.
            Ok(Self(value + 0.0))
        } else {
            Err(PValueError::OutOfRange { value })
        }
    }

    /// The p-value of a product of factors that may come out above one; neither factor is negative or no
    /// number.
    pub(super) fn capped(value: f64) -> Self {
        Self(value.clamp(0.0, 1.0))
    }

    /// The number, 0 to 1, which may lie below what is printed.
    ///
    /// ```
    /// use delisted::downloads::PValue;
    ///
    /// assert_eq!(PValue::new(1e-9)?.value(), 1e-9);
    /// # Ok::<(), delisted::downloads::PValueError>(())
    /// ```
    #[must_use]
    pub fn value(self) -> f64 {
        self.0
    }

    /// Whether it lies below [`LIMIT`](Self::LIMIT), and so prints as words.
    ///
    /// ```
    /// use delisted::downloads::PValue;
    ///
    /// assert!(PValue::new(9.9e-7)?.is_below_limit());
    /// assert!(!PValue::LIMIT.is_below_limit());
    /// # Ok::<(), delisted::downloads::PValueError>(())
    /// ```
    #[must_use]
    pub fn is_below_limit(self) -> bool {
        self < Self::LIMIT
    }
}

impl TryFrom<f64> for PValue {
    type Error = PValueError;

    fn try_from(value: f64) -> Result<Self, Self::Error> {
        Self::new(value)
    }
}

impl From<PValue> for f64 {
    fn from(p_value: PValue) -> Self {
        p_value.0
    }
}

impl fmt::Display for PValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_below_limit() {
            return f.write_str("under one in a million");
        }
        // The exponent is read after rounding to two digits, so that 0.0996 prints as 0.10 and not as 0.100.
        let rounded = format!("{:.1e}", self.0);
        let below_one = rounded.split_once("e-").and_then(|(_, places)| places.parse::<usize>().ok());
        let decimals = below_one.unwrap_or(0).saturating_add(1);
        write!(f, "{:.decimals$}", self.0)
    }
}

impl PartialEq for PValue {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for PValue {}

impl PartialOrd for PValue {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for PValue {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0)
    }
}

impl Hash for PValue {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.to_bits().hash(state);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]

    use proptest::prelude::*;

    use super::{PValue, PValueError};

    #[test]
    fn two_digits_are_printed_down_to_the_limit_and_words_below() {
        let table = [
            (1.0, "1.0"),
            (0.999, "1.0"),
            (0.994, "0.99"),
            (0.5, "0.50"),
            (0.1, "0.10"),
            (0.099_6, "0.10"),
            (0.034_2, "0.034"),
            (0.000_123, "0.00012"),
            (0.000_009_96, "0.000010"),
            (0.000_001_04, "0.0000010"),
            (1e-6, "0.0000010"),
            (9.999e-7, "under one in a million"),
            (1e-300, "under one in a million"),
            (0.0, "under one in a million"),
        ];
        for (value, text) in table {
            assert_eq!(PValue::new(value).unwrap().to_string(), text, "{value}");
        }
    }

    #[test]
    fn what_is_no_probability_is_refused() {
        for value in [-0.1, -f64::MIN_POSITIVE, 1.000_000_1, f64::INFINITY, f64::NEG_INFINITY] {
            assert_eq!(PValue::new(value), Err(PValueError::OutOfRange { value }));
        }
        assert_eq!(
            PValue::new(-0.5).unwrap_err().to_string(),
            "`-0.5` is not a p-value: it must lie between 0 and 1"
        );
        assert_eq!(
            PValue::new(f64::NAN).unwrap_err().to_string(),
            "a p-value that could not be computed is missing, not a number: leave it out"
        );
    }

    #[test]
    fn the_two_zeros_are_one() {
        assert_eq!(PValue::new(-0.0), PValue::new(0.0));
        assert!(PValue::new(-0.0).unwrap().value().is_sign_positive());
    }

    #[cfg(feature = "serde")]
    #[test]
    fn a_stored_p_value_comes_back_through_its_constructor() {
        let p_value = PValue::new(0.034).unwrap();
        let stored = serde_json::to_string(&p_value).unwrap();
        assert_eq!(stored, "0.034");
        assert_eq!(serde_json::from_str::<PValue>(&stored).unwrap(), p_value);
        assert!(serde_json::from_str::<PValue>("1.5").is_err());
    }

    proptest! {
        #[test]
        fn what_is_printed_is_within_half_a_unit_of_its_second_digit(value in 1e-6..=1.0_f64) {
            let printed: f64 = PValue::new(value).unwrap().to_string().parse().unwrap();
            prop_assert!((printed / value - 1.0).abs() <= 0.05 + 1e-12, "{value} printed as {printed}");
            prop_assert!(printed >= 1e-6);
        }
    }
}
