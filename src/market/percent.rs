use std::{fmt, str::FromStr};

use thiserror::Error;

/// A part of a whole, above 0 % and up to 100 %, to a hundredth of a per cent.
///
/// It is held exactly, so that shares add up and compare as they are written.
///
/// ```
/// use delisted::market::Percent;
///
/// let part: Percent = "19.9".parse()?;
/// assert_eq!(part.hundredths(), 1_990);
/// assert_eq!(part.to_string(), "19.9");
/// assert!(part < "20".parse()?);
/// # Ok::<(), delisted::market::PercentError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Percent(u32);

/// Why a text is no percentage of a whole.
///
/// ```
/// use delisted::market::Percent;
///
/// let error = "120".parse::<Percent>().unwrap_err();
/// assert_eq!(error.to_string(), "`120` is not a part of a whole: it must be above 0 and at most 100 per cent");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum PercentError {
    /// The text is not a plain decimal number.
    #[error("`{text}` is not a percentage; write a number such as 19.9")]
    NotANumber {
        /// The text as given.
        text: String,
    },
    /// The number has more than two decimals.
    #[error("`{text}` is too fine for a percentage: it has {decimals} decimals, at most 2 are kept")]
    TooFine {
        /// The text as given.
        text: String,
        /// How many decimals it has.
        decimals: usize,
    },
    /// The number is 0, negative, or above 100.
    #[error("`{text}` is not a part of a whole: it must be above 0 and at most 100 per cent")]
    OutOfBounds {
        /// The text as given.
        text: String,
    },
}

impl Percent {
    /// All of it.
    ///
    /// ```
    /// assert_eq!(delisted::market::Percent::WHOLE.to_string(), "100");
    /// ```
    pub const WHOLE: Self = Self(10_000);

    /// The half, which is not enough to control.
    pub(crate) const HALF: u32 = 5_000;

    /// How many hundredths of a per cent it is.
    ///
    /// ```
    /// assert_eq!(delisted::market::Percent::WHOLE.hundredths(), 10_000);
    /// ```
    #[must_use]
    pub const fn hundredths(self) -> u32 {
        self.0
    }
}

/// Hundredths of a per cent as a decimal number without trailing zeros.
pub(crate) fn in_digits(hundredths: u32) -> String {
    let (whole, rest) = (hundredths / 100, hundredths % 100);
    match (rest, rest % 10) {
        (0, _) => whole.to_string(),
        (_, 0) => format!("{whole}.{}", rest / 10),
        _ => format!("{whole}.{rest:02}"),
    }
}

impl FromStr for Percent {
    type Err = PercentError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let not_a_number = || PercentError::NotANumber { text: text.to_owned() };
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        let (sign, size) = text.strip_prefix('-').map_or((1, text), |size| (0, size));
        let (whole, fraction) = size.split_once('.').unwrap_or((size, "0"));
        if !digits(whole) || !digits(fraction) {
            return Err(not_a_number());
        }
        let fraction = fraction.trim_end_matches('0');
        let decimals = fraction.len();
        if decimals > 2 {
            return Err(PercentError::TooFine { text: text.to_owned(), decimals });
        }
        // A number too long for the type is above 100 as well.
        let hundredths = format!("{whole}{fraction:0<2}").parse::<u32>().unwrap_or(u32::MAX);
        match hundredths.saturating_mul(sign) {
            hundredths @ 1..=10_000 => Ok(Self(hundredths)),
            _ => Err(PercentError::OutOfBounds { text: text.to_owned() }),
        }
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&in_digits(self.0))
    }
}
