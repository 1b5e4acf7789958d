//! Baselines: what would have been expected, had nothing happened.
//!
//! A *baseline* is a way of saying what was to be expected, and it always says which way it was. It is not a fact
//! about the app: two baselines give two multiples of the same count, and both may be right. Newspapers compare
//! with the week before; that is a baseline too, with no test that could stand on it.
//!
//! Essential types: [`Baseline`].
//!
//! ```
//! use delisted::downloads::Baseline;
//!
//! assert_eq!(Baseline::default().name(), "weekday-level");
//! assert_eq!("week-earlier".parse::<Baseline>()?, Baseline::WeekEarlier);
//! # Ok::<(), delisted::downloads::BaselineError>(())
//! ```

use std::{fmt, str::FromStr};

use thiserror::Error;

use crate::error::Suggestion;

/// A way of saying what was to be expected of a window.
///
/// ```
/// use delisted::downloads::Baseline;
///
/// let names: Vec<&str> = Baseline::ALL.iter().map(|baseline| baseline.name()).collect();
/// assert_eq!(
///     names,
///     ["week-earlier", "weekday-median", "weekday-mean", "weekday-level", "count-model", "ears-c1", "ears-c2"],
/// );
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
#[non_exhaustive]
pub enum Baseline {
    /// The same days a week earlier: what newspapers print. It has no interval and no p-value, since one week
    /// says nothing of its own noise.
    WeekEarlier,
    /// The median of the same weekday over the four weeks before, summed over the window's days.
    WeekdayMedian,
    /// The mean of the same weekday over the four weeks before, summed over the window's days.
    WeekdayMean,
    /// The default: the mean of the same weekday over the last eight weeks, earlier spikes left out, times the level
    /// at which the last days stood to their own weekdays. It follows trends, and is what the tests and the scan of
    /// a panel stand on.
    #[default]
    WeekdayLevel,
    /// The negative binomial regression of Noufaily and others (2013), for series of a year or more.
    CountModel,
    /// EARS C1: mean and deviation of the seven days before; for apps too new for anything better.
    EarsC1,
    /// EARS C2: as C1, with a gap of two days between the seven days and the day.
    EarsC2,
}

/// Why a text names no baseline.
///
/// ```
/// use delisted::downloads::Baseline;
///
/// assert_eq!(
///     "week-before".parse::<Baseline>().unwrap_err().to_string(),
///     "unknown baseline `week-before`: the baselines are week-earlier, weekday-median, weekday-mean, \
///      weekday-level, count-model, ears-c1 and ears-c2",
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum BaselineError {
    /// The text is not the name of a baseline.
    #[error(
        "unknown baseline `{text}`: the baselines are week-earlier, weekday-median, weekday-mean, weekday-level, \
         count-model, ears-c1 and ears-c2{suggestion}"
    )]
    Unknown {
        /// The text as it was given.
        text: String,
        /// The nearest name, if one is near.
        suggestion: Suggestion,
    },
}

impl Baseline {
    /// Every baseline, in the order in which they are shown side by side.
    ///
    /// ```
    /// use delisted::downloads::Baseline;
    ///
    /// assert_eq!(Baseline::ALL.first(), Some(&Baseline::WeekEarlier));
    /// ```
    pub const ALL: [Self; 7] = [
        Self::WeekEarlier,
        Self::WeekdayMedian,
        Self::WeekdayMean,
        Self::WeekdayLevel,
        Self::CountModel,
        Self::EarsC1,
        Self::EarsC2,
    ];

    /// The name by which files and commands know it.
    ///
    /// ```
    /// use delisted::downloads::Baseline;
    ///
    /// assert_eq!(Baseline::WeekdayMedian.name(), "weekday-median");
    /// ```
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::WeekEarlier => "week-earlier",
            Self::WeekdayMedian => "weekday-median",
            Self::WeekdayMean => "weekday-mean",
            Self::WeekdayLevel => "weekday-level",
            Self::CountModel => "count-model",
            Self::EarsC1 => "ears-c1",
            Self::EarsC2 => "ears-c2",
        }
    }

    /// What it compares with, in words that close a sentence.
    ///
    /// ```
    /// use delisted::downloads::Baseline;
    ///
    /// assert_eq!(Baseline::WeekEarlier.words(), "the same days a week earlier");
    /// ```
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::WeekEarlier => "the same days a week earlier",
            Self::WeekdayMedian => "the median of the same weekdays in the four weeks before",
            Self::WeekdayMean => "the mean of the same weekdays in the four weeks before",
            Self::WeekdayLevel => "the same weekdays of the last eight weeks at the level of the last days",
            Self::CountModel => "the count model of the past year",
            Self::EarsC1 => "the mean of the seven days before",
            Self::EarsC2 => "the mean of seven days, two days before",
        }
    }
}

impl fmt::Display for Baseline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Baseline {
    type Err = BaselineError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|baseline| baseline.name() == text).ok_or_else(|| BaselineError::Unknown {
            text: text.to_owned(),
            suggestion: Suggestion::among(text, Self::ALL.map(Self::name)),
        })
    }
}
