//! A reading: what a series holds on a day, of which a count is only one kind.

use std::{fmt, str::FromStr};

use super::{Count, CountError, Refunds};

/// What a series holds on a day: a count, or one of the ways of having none.
///
/// None of the ways is zero. A missing day says nothing; a censored one says that the count lies below a bound; a
/// structural one says that the app was off the store, so that its zero is no lack of demand.
///
/// The text is that of a cell in a file: nothing, or `missing`, for a missing day; `<20` for a censored one; `off`
/// for a structural one; digits for a count, with a point where it is a fraction; and `812+` for a count of a day
/// that was not over. Digits are not grouped, and neither exponents nor `NA` are read, so that no cell is guessed at.
///
/// ```
/// use delisted::downloads::{Count, Reading};
///
/// assert_eq!("".parse(), Ok(Reading::Missing));
/// assert_eq!("<20".parse(), Ok(Reading::Censored { below: 20 }));
/// assert_eq!("54000".parse(), Ok(Reading::Counted(Count::from(54_000_u32))));
/// assert_eq!("812+".parse(), Ok(Reading::Partial(Count::from(812_u32))));
/// assert_eq!(Reading::Structural.to_string(), "off");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "String", into = "String"))]
pub enum Reading {
    /// The day's count.
    Counted(Count),
    /// No count is known: a blank cell, an absent row.
    Missing,
    /// The count is known only to lie below a bound, as where a store keeps small numbers or their rows back.
    Censored {
        /// The bound, which the count does not reach: 1 or more, at most 2^53.
        below: u64,
    },
    /// The app was off the store.
    Structural,
    /// The count so far of a day that was not over.
    Partial(Count),
}

impl Reading {
    /// The count of a whole day, where that is what the reading is.
    ///
    /// ```
    /// use delisted::downloads::{Count, Reading};
    ///
    /// assert_eq!(Reading::from(7_u32).counted(), Some(Count::from(7_u32)));
    /// assert_eq!(Reading::Partial(Count::from(7_u32)).counted(), None);
    /// assert_eq!(Reading::Structural.counted(), None);
    /// ```
    #[must_use]
    pub fn counted(self) -> Option<Count> {
        match self {
            Self::Counted(count) => Some(count),
            Self::Missing | Self::Censored { .. } | Self::Structural | Self::Partial(_) => None,
        }
    }

    /// What was counted, whether the day was over or not.
    pub(super) fn seen(self) -> Option<Count> {
        match self {
            Self::Counted(count) | Self::Partial(count) => Some(count),
            Self::Missing | Self::Censored { .. } | Self::Structural => None,
        }
    }

    /// Refuses a bound that no count can lie below; everything else holds by its type.
    pub(super) fn checked(self) -> Result<Self, CountError> {
        match self {
            Self::Censored { below } => {
                CountError::checked_bound(below).map(|below| Self::Censored { below })
            }
            Self::Counted(_) | Self::Missing | Self::Structural | Self::Partial(_) => Ok(self),
        }
    }
}

impl Refunds {
    /// The reading that a cell of a file states, a number below zero being treated by this rule.
    ///
    /// ```
    /// use delisted::downloads::{Count, Reading, Refunds};
    ///
    /// assert_eq!(Refunds::ClipToZero.reading("-3")?, Reading::Counted(Count::ZERO));
    /// assert!(Refunds::Refuse.reading("-3").is_err());
    /// # Ok::<(), delisted::downloads::CountError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// - the cell has none of the forms that a [`Reading`] is written in;
    /// - the number is above 2^53, or is below zero and the rule is to refuse that;
    /// - no count can lie below the bound.
    pub fn reading(self, cell: &str) -> Result<Reading, CountError> {
        let cell = cell.trim_ascii();
        match cell {
            "" | "missing" => return Ok(Reading::Missing),
            "off" => return Ok(Reading::Structural),
            _ => {}
        }
        if let Some(bound) = cell.strip_prefix('<') {
            let below = whole(bound).ok_or_else(|| CountError::NotANumber { text: cell.to_owned() })?;
            return Reading::Censored { below }.checked();
        }
        let (number, partial) = cell.strip_suffix('+').map_or((cell, false), |number| (number, true));
        let count = match written(number).ok_or_else(|| CountError::NotANumber { text: cell.to_owned() })? {
            Written::Whole(number) => self.count(number),
            Written::Real(number) => self.count(number),
        };
        // The value is named as the cell has it, where it would otherwise be named as it was rounded.
        let count = count.map_err(|error| match error {
            CountError::TooLarge { .. } => CountError::TooLarge { value: cell.to_owned() },
            CountError::Negative { .. } => CountError::Negative { value: cell.to_owned() },
            other => other,
        })?;
        Ok(if partial { Reading::Partial(count) } else { Reading::Counted(count) })
    }
}

/// A number as a cell writes it.
enum Written {
    Whole(i64),
    Real(f64),
}

fn written(text: &str) -> Option<Written> {
    let size = text.strip_prefix('-').unwrap_or(text);
    let (units, decimals) =
        size.split_once('.').map_or((size, None), |(units, decimals)| (units, Some(decimals)));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|digit| digit.is_ascii_digit());
    if !digits(units) || !decimals.is_none_or(digits) {
        return None;
    }
    match text.parse() {
        Ok(number) => Some(Written::Whole(number)),
        // Digits beyond the range of numbers are the largest there is: too large, rather than not finite.
        Err(_) => text.parse().ok().map(|number: f64| Written::Real(number.clamp(f64::MIN, f64::MAX))),
    }
}

fn whole(text: &str) -> Option<u64> {
    text.parse().ok().filter(|_| text.bytes().all(|digit| digit.is_ascii_digit()))
}

impl From<Count> for Reading {
    fn from(count: Count) -> Self {
        Self::Counted(count)
    }
}

impl From<u32> for Reading {
    fn from(count: u32) -> Self {
        Self::Counted(Count::from(count))
    }
}

impl FromStr for Reading {
    type Err = CountError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Refunds::Refuse.reading(text)
    }
}

impl fmt::Display for Reading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Counted(count) => write!(f, "{}", count.value()),
            Self::Missing => f.write_str("missing"),
            Self::Censored { below } => write!(f, "<{below}"),
            Self::Structural => f.write_str("off"),
            Self::Partial(count) => write!(f, "{}+", count.value()),
        }
    }
}

impl TryFrom<String> for Reading {
    type Error = CountError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Reading> for String {
    fn from(reading: Reading) -> Self {
        reading.to_string()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]

    use proptest::prelude::*;

    use super::Reading;
    use crate::downloads::{Count, CountError, Refunds};

    #[test]
    fn cells_are_read_as_what_they_say() {
        let table = [
            ("", Reading::Missing),
            ("  ", Reading::Missing),
            ("missing", Reading::Missing),
            ("<20", Reading::Censored { below: 20 }),
            ("<5", Reading::Censored { below: 5 }),
            ("off", Reading::Structural),
            ("0", Reading::from(0)),
            ("007", Reading::from(7)),
            (" 812 ", Reading::from(812)),
            ("812+", Reading::Partial(Count::from(812))),
            ("12.5", Reading::Counted(Count::try_from(12.5).unwrap())),
            ("1000000000000", Reading::Counted(Count::try_from(1_000_000_000_000_u64).unwrap())),
        ];
        for (cell, reading) in table {
            assert_eq!(cell.parse(), Ok(reading), "`{cell}`");
        }
    }

    #[test]
    fn a_cell_that_would_have_to_be_guessed_at_is_refused() {
        let cells = [
            "NA", "null", "-", "+5", "5.", ".5", "1,234", "1 234", "1e6", "inf", "NaN", "<", "<a", "< 20",
            "<+2", "<-2", "<2.5", "+", "--3", "12++", "\u{0661}",
        ];
        for cell in cells {
            let error = cell.parse::<Reading>().unwrap_err();
            assert_eq!(error, CountError::NotANumber { text: cell.to_owned() });
        }
        assert_eq!(
            "1,234".parse::<Reading>().unwrap_err().to_string(),
            "`1,234` is not a count: write a number in digits, such as `54000`, `<20` for fewer than 20, or nothing \
             where none is known"
        );
        assert_eq!("<0".parse::<Reading>(), Err(CountError::Bound { below: 0 }));
    }

    #[test]
    fn a_cell_below_zero_is_refused_unless_clipped_by_rule() {
        for cell in ["-3", "-3.5", "-99999999999999999999", "-3+"] {
            assert_eq!(cell.parse::<Reading>(), Err(CountError::Negative { value: cell.to_owned() }));
            assert!(Refunds::ClipToZero.reading(cell).is_ok(), "{cell}");
        }
        assert_eq!(Refunds::ClipToZero.reading("-3+"), Ok(Reading::Partial(Count::ZERO)));
    }

    #[test]
    fn a_cell_too_large_is_named_as_it_is_written() {
        for cell in ["9007199254740993", "99999999999999999999", "1".repeat(400).as_str()] {
            let error = cell.parse::<Reading>().unwrap_err();
            assert!(error.to_string().starts_with(&format!("`{cell}` is not a count")), "{error}");
        }
        assert_eq!("9007199254740992".parse::<Reading>().unwrap().to_string(), "9007199254740992");
    }

    proptest! {
        #[test]
        fn a_reading_reads_back_as_it_was(kind in 0..5_u8, number in 0..=9_007_199_254_740_992_u64, small in 0.0..1e6_f64) {
            let reading = match kind {
                0 => Reading::Counted(Count::try_from(number).unwrap()),
                1 => Reading::Censored { below: number.max(1) },
                2 => Reading::Structural,
                3 => Reading::Partial(Count::try_from(small).unwrap()),
                _ => Reading::Missing,
            };
            prop_assert_eq!(reading.to_string().parse(), Ok(reading));
        }

        #[test]
        fn no_cell_breaks_the_reader(cell in "\\PC{0,12}") {
            if let Ok(reading) = cell.parse::<Reading>() {
                prop_assert_eq!(reading.to_string().parse(), Ok(reading));
            }
        }
    }

    #[cfg(feature = "serde")]
    #[test]
    fn a_reading_is_its_text_in_a_file() {
        let reading: Reading = serde_json::from_str(r#""<20""#).unwrap();
        assert_eq!(serde_json::to_string(&reading).unwrap(), r#""<20""#);
        assert!(serde_json::from_str::<Reading>(r#""-3""#).is_err());
    }
}
