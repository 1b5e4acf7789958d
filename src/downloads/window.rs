//! A window: days in a row that are counted together, named by its first and its last.

use std::{fmt, num::NonZeroU32, str::FromStr};

use chrono::Weekday;
use thiserror::Error;

use super::{Day, DayError};

/// One or more days in a row, over which counts are added up.
///
/// Its text names its first and its last day, and both are in it: a window is counted in days.
///
/// ```
/// use delisted::downloads::Window;
///
/// let window: Window = "2021-06-17..2021-06-18".parse()?;
/// assert_eq!(window.len().get(), 2);
/// assert_eq!(window.last().to_string(), "2021-06-18");
/// assert_eq!(window.end().to_string(), "2021-06-19");
/// # Ok::<(), delisted::downloads::WindowError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "String", into = "String"))]
pub struct Window {
    first: Day,
    days: NonZeroU32,
}

/// Why two days make no window.
///
/// ```
/// use delisted::downloads::Window;
///
/// assert_eq!(
///     "2021-06-18..2021-06-17".parse::<Window>().unwrap_err().to_string(),
///     "the window `2021-06-18..2021-06-17` ends before it begins",
/// );
/// assert_eq!(
///     "2020-06-17..2021-06-17".parse::<Window>().map(|window| window.len().get()),
///     Ok(366),
/// );
/// assert_eq!(
///     "2020-06-16..2021-06-17".parse::<Window>().unwrap_err().to_string(),
///     "the window `2020-06-16..2021-06-17` has `367` days: at most 366 are allowed",
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum WindowError {
    /// The last day lies before the first.
    #[error("the window `{first}..{last}` ends before it begins")]
    Backwards {
        /// The first day.
        first: Day,
        /// The last day.
        last: Day,
    },
    /// The window has more than 366 days.
    #[error("the window `{first}..{last}` has `{days}` days: at most {} are allowed", Window::LONGEST)]
    TooLong {
        /// The first day.
        first: Day,
        /// The last day.
        last: Day,
        /// How many days it has.
        days: i32,
    },
    /// One of its days is not a day.
    #[error("the window `{text}`: {source}")]
    Day {
        /// The text as given.
        text: String,
        /// What is wrong with the day.
        source: DayError,
    },
}

impl Window {
    /// The most days that a window has.
    ///
    /// ```
    /// assert_eq!(delisted::downloads::Window::LONGEST, 366);
    /// ```
    pub const LONGEST: i32 = 366;

    /// The window of one day.
    ///
    /// ```
    /// use delisted::downloads::{Day, Window};
    ///
    /// let window = Window::of_day(Day::from_ymd(2021, 6, 17)?);
    /// assert_eq!(window.to_string(), "2021-06-17");
    /// # Ok::<(), delisted::downloads::DayError>(())
    /// ```
    #[must_use]
    pub fn of_day(day: Day) -> Self {
        Self { first: day, days: NonZeroU32::MIN }
    }

    /// The window from a first to a last day, both in it.
    ///
    /// ```
    /// use delisted::downloads::{Day, Window};
    ///
    /// let (friday, saturday) = (Day::from_ymd(2020, 9, 18)?, Day::from_ymd(2020, 9, 19)?);
    /// assert_eq!(Window::of_days(friday, saturday)?.to_string(), "2020-09-18..2020-09-19");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// - the last day lies before the first;
    /// - there are more than 366 days.
    pub fn of_days(first: Day, last: Day) -> Result<Self, WindowError> {
        let days = last.days_since(first).saturating_add(1);
        if days > Self::LONGEST {
            return Err(WindowError::TooLong { first, last, days });
        }
        u32::try_from(days)
            .ok()
            .and_then(NonZeroU32::new)
            .map(|days| Self { first, days })
            .ok_or(WindowError::Backwards { first, last })
    }

    /// The first day.
    ///
    /// ```
    /// use delisted::downloads::Window;
    ///
    /// assert_eq!("2021-06-17..2021-06-18".parse::<Window>()?.first().to_string(), "2021-06-17");
    /// # Ok::<(), delisted::downloads::WindowError>(())
    /// ```
    #[must_use]
    pub fn first(self) -> Day {
        self.first
    }

    /// The last day, which is in the window.
    ///
    /// ```
    /// use delisted::downloads::Window;
    ///
    /// assert_eq!("2021-06-17".parse::<Window>()?.last().to_string(), "2021-06-17");
    /// # Ok::<(), delisted::downloads::WindowError>(())
    /// ```
    #[must_use]
    pub fn last(self) -> Day {
        self.first.after(self.length().saturating_sub(1))
    }

    /// The day after the last, which is not in the window.
    ///
    /// Only after 9999-12-31 no day can be written; a window that ends there gives that day itself.
    ///
    /// ```
    /// use delisted::downloads::Window;
    ///
    /// assert_eq!("2021-06-17".parse::<Window>()?.end().to_string(), "2021-06-18");
    /// # Ok::<(), delisted::downloads::WindowError>(())
    /// ```
    #[must_use]
    pub fn end(self) -> Day {
        self.first.after(self.length())
    }

    /// How many days it has: 1 to 366.
    ///
    /// ```
    /// use delisted::downloads::Window;
    ///
    /// assert_eq!("2021-06-17..2021-06-23".parse::<Window>()?.len().get(), 7);
    /// # Ok::<(), delisted::downloads::WindowError>(())
    /// ```
    #[must_use]
    pub fn len(self) -> NonZeroU32 {
        self.days
    }

    /// Whether a day is in it.
    ///
    /// ```
    /// use delisted::downloads::{Day, Window};
    ///
    /// let window: Window = "2021-06-17..2021-06-18".parse()?;
    /// assert!(window.contains(Day::from_ymd(2021, 6, 18)?));
    /// assert!(!window.contains(Day::from_ymd(2021, 6, 19)?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn contains(self, day: Day) -> bool {
        u32::try_from(day.days_since(self.first)).is_ok_and(|after| after < self.days.get())
    }

    /// Its days, in order.
    ///
    /// ```
    /// use delisted::downloads::Window;
    ///
    /// let window: Window = "2021-06-17..2021-06-18".parse()?;
    /// assert_eq!(window.days().map(|day| day.to_string()).collect::<Vec<_>>(), ["2021-06-17", "2021-06-18"]);
    /// # Ok::<(), delisted::downloads::WindowError>(())
    /// ```
    #[must_use]
    pub fn days(self) -> impl ExactSizeIterator<Item = Day> + DoubleEndedIterator + Clone {
        (0..self.length()).map(move |days| self.first.after(days))
    }

    /// Its days of the week in words: `Thursday-Friday`, `Saturday`, or `9 days` where it is longer than a week.
    ///
    /// ```
    /// use delisted::downloads::Window;
    ///
    /// assert_eq!("2021-06-17..2021-06-18".parse::<Window>()?.weekdays(), "Thursday-Friday");
    /// assert_eq!("2021-06-17..2021-06-25".parse::<Window>()?.weekdays(), "9 days");
    /// # Ok::<(), delisted::downloads::WindowError>(())
    /// ```
    #[must_use]
    pub fn weekdays(self) -> String {
        match self.days.get() {
            1 => name(self.first.weekday()).to_owned(),
            2..=7 => format!("{}-{}", name(self.first.weekday()), name(self.last().weekday())),
            days => format!("{days} days"),
        }
    }

    fn length(self) -> usize {
        // A window has at most 366 days, which every platform can count.
        usize::try_from(self.days.get()).unwrap_or(usize::MAX)
    }
}

fn name(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    }
}

impl fmt::Display for Window {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.days == NonZeroU32::MIN {
            write!(f, "{}", self.first)
        } else {
            write!(f, "{}..{}", self.first, self.last())
        }
    }
}

impl FromStr for Window {
    type Err = WindowError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let day = |day: &str| {
            day.parse::<Day>().map_err(|source| WindowError::Day { text: text.to_owned(), source })
        };
        match text.split_once("..") {
            Some((first, last)) => Self::of_days(day(first)?, day(last)?),
            None => day(text).map(Self::of_day),
        }
    }
}

impl TryFrom<String> for Window {
    type Error = WindowError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Window> for String {
    fn from(window: Window) -> Self {
        window.to_string()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]

    use proptest::prelude::*;

    use super::Window;
    use crate::downloads::Day;

    #[test]
    fn both_named_days_are_in_the_window() {
        let window: Window = "2021-06-17..2021-06-18".parse().unwrap();
        let days: Vec<String> = window.days().map(|day| day.to_string()).collect();
        assert_eq!(days, ["2021-06-17", "2021-06-18"]);
        assert_eq!(window.days().len(), 2);
        assert!(!window.contains("2021-06-16".parse().unwrap()));
        assert!(!window.contains(window.end()));
    }

    #[test]
    fn one_day_named_twice_is_a_window_of_one_day() {
        let window: Window = "2021-06-17..2021-06-17".parse().unwrap();
        assert_eq!(window, Window::of_day("2021-06-17".parse().unwrap()));
        assert_eq!(window.to_string(), "2021-06-17");
    }

    #[test]
    fn weekdays_are_words_up_to_a_week() {
        let table = [
            ("2020-09-19", "Saturday"),
            ("2020-09-18..2020-09-21", "Friday-Monday"),
            ("2020-09-14..2020-09-20", "Monday-Sunday"),
            ("2020-09-14..2020-09-21", "8 days"),
        ];
        for (text, words) in table {
            assert_eq!(text.parse::<Window>().unwrap().weekdays(), words);
        }
    }

    #[test]
    fn a_bad_window_says_what_is_bad() {
        let table = [
            (
                "2021-06-17..2021-06-31",
                "the window `2021-06-17..2021-06-31`: `2021-06-31` is not a day: write a date of the calendar such as \
                 `2021-06-17`",
            ),
            (
                "2021-06-17...2021-06-18",
                "the window `2021-06-17...2021-06-18`: `.2021-06-18` is not a day: write a date of the calendar such \
                 as `2021-06-17`",
            ),
            ("", "the window ``: `` is not a day: write a date of the calendar such as `2021-06-17`"),
            (
                "0000-01-01..9999-12-31",
                "the window `0000-01-01..9999-12-31` has `3652425` days: at most 366 are allowed",
            ),
        ];
        for (text, message) in table {
            assert_eq!(text.parse::<Window>().unwrap_err().to_string(), message);
        }
    }

    #[test]
    fn the_last_day_of_the_calendar_is_a_window() {
        let last = Day::from_ymd(9999, 12, 31).unwrap();
        let window = Window::of_day(last);
        assert_eq!((window.first(), window.last(), window.end()), (last, last, last));
    }

    proptest! {
        #[test]
        fn a_window_reads_back_as_it_was(start in 0..3_000_000_i32, days in 0..366_i32) {
            let first = Day::from_ymd(0, 1, 1).unwrap().checked_add(start).unwrap();
            let last = first.checked_add(days).unwrap();
            let window = Window::of_days(first, last).unwrap();
            prop_assert_eq!(window.to_string().parse(), Ok(window));
            prop_assert_eq!((window.first(), window.last()), (first, last));
            prop_assert_eq!(window.end().days_since(first), days.saturating_add(1));
            prop_assert_eq!(window.days().next_back(), Some(last));
            prop_assert!(window.days().all(|day| window.contains(day)));
        }
    }

    #[cfg(feature = "serde")]
    #[test]
    fn a_window_is_its_text_in_a_file() {
        let window: Window = serde_json::from_str(r#""2021-06-17..2021-06-18""#).unwrap();
        assert_eq!(serde_json::to_string(&window).unwrap(), r#""2021-06-17..2021-06-18""#);
        assert!(serde_json::from_str::<Window>(r#""2021-06-18..2021-06-17""#).is_err());
    }
}
