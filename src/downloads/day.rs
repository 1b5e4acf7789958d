//! A day: a date of the zone that a store reports in, not an instant and not a day of UTC.

use std::{fmt, str::FromStr};

use chrono::{Datelike, NaiveDate, Weekday};
use thiserror::Error;

/// A calendar day of the zone that a store reports in.
///
/// It is not an instant: the store's Friday may begin on Thursday elsewhere. It runs from 0000-01-01 to 9999-12-31
/// of the Gregorian calendar, which is carried back before its introduction as ISO 8601 does.
///
/// As text it is `2021-06-17`. A date followed by a bare midnight, ` 00:00:00` or `T00:00:00`, is read as the day too,
/// since warehouses write a store's day so; any other time of day and any zone is refused.
///
/// ```
/// use chrono::Weekday;
/// use delisted::downloads::Day;
///
/// let day: Day = "2020-09-18".parse()?;
/// assert_eq!(day.weekday(), Weekday::Fri);
/// assert_eq!(day.checked_add(2), Some(Day::from_ymd(2020, 9, 20)?));
/// assert_eq!("2020-09-18 00:00:00".parse(), Ok(day));
/// # Ok::<(), delisted::downloads::DayError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "String", into = "String"))]
pub struct Day(i32);

/// Why something is not a day.
///
/// ```
/// use delisted::downloads::Day;
///
/// assert_eq!(
///     "2021-02-30".parse::<Day>().unwrap_err().to_string(),
///     "`2021-02-30` is not a day: write a date of the calendar such as `2021-06-17`",
/// );
/// assert_eq!(
///     "2021-06-17T04:00:00Z".parse::<Day>().unwrap_err().to_string(),
///     "`2021-06-17T04:00:00Z` is not a day: a day is a calendar day of the reporting zone, not an instant; \
///      write the date alone",
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum DayError {
    /// The text or the numbers name no date of the calendar.
    #[error("`{text}` is not a day: write a date of the calendar such as `2021-06-17`")]
    NotADate {
        /// The text as given.
        text: String,
    },
    /// The date has a time of day or a zone behind it.
    #[error(
        "`{text}` is not a day: a day is a calendar day of the reporting zone, not an instant; write the date alone"
    )]
    AnInstant {
        /// The text as given.
        text: String,
    },
    /// The date lies outside the years 0 to 9999.
    #[error("`{text}` is not a day: its year must lie between 0 and 9999")]
    Year {
        /// The date as given.
        text: String,
    },
}

impl Day {
    /// The day of a year (0 to 9999), a month (1 to 12) and a day of the month (1 to 31).
    ///
    /// ```
    /// use delisted::downloads::Day;
    ///
    /// assert_eq!(Day::from_ymd(2021, 6, 17)?.to_string(), "2021-06-17");
    /// assert!(Day::from_ymd(2021, 2, 29).is_err());
    /// # Ok::<(), delisted::downloads::DayError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// - the year lies outside 0 to 9999;
    /// - the calendar has no such date.
    pub fn from_ymd(year: i32, month: u32, day: u32) -> Result<Self, DayError> {
        let text = || format!("{year:04}-{month:02}-{day:02}");
        if !(0..=9999).contains(&year) {
            return Err(DayError::Year { text: text() });
        }
        NaiveDate::from_ymd_opt(year, month, day)
            .map(|date| Self(date.to_epoch_days()))
            .ok_or_else(|| DayError::NotADate { text: text() })
    }

    /// The day of the week.
    ///
    /// ```
    /// use chrono::Weekday;
    /// use delisted::downloads::Day;
    ///
    /// assert_eq!(Day::from_ymd(2021, 6, 17)?.weekday(), Weekday::Thu);
    /// # Ok::<(), delisted::downloads::DayError>(())
    /// ```
    #[must_use]
    pub fn weekday(self) -> Weekday {
        NaiveDate::from(self).weekday()
    }

    /// The day so many days later, or earlier where `days` is negative; none outside the years 0 to 9999.
    ///
    /// ```
    /// use delisted::downloads::Day;
    ///
    /// assert_eq!(Day::from_ymd(2021, 3, 1)?.checked_add(-1), Some(Day::from_ymd(2021, 2, 28)?));
    /// assert_eq!(Day::from_ymd(9999, 12, 31)?.checked_add(1), None);
    /// # Ok::<(), delisted::downloads::DayError>(())
    /// ```
    #[must_use]
    pub fn checked_add(self, days: i32) -> Option<Self> {
        self.0.checked_add(days).map(Self).filter(|day| (FIRST..=LAST).contains(&day.0))
    }

    /// How many days it lies after another; negative where it lies before.
    ///
    /// ```
    /// use delisted::downloads::Day;
    ///
    /// assert_eq!(Day::from_ymd(2021, 3, 1)?.days_since(Day::from_ymd(2021, 2, 1)?), 28);
    /// # Ok::<(), delisted::downloads::DayError>(())
    /// ```
    #[must_use]
    pub fn days_since(self, other: Self) -> i32 {
        self.0.saturating_sub(other.0)
    }

    /// The day so many days later, or the calendar's last where that comes first.
    pub(super) fn after(self, days: usize) -> Self {
        i32::try_from(days).ok().and_then(|days| self.checked_add(days)).unwrap_or(Self(LAST))
    }
}

/// 0000-01-01 in days since 1970-01-01.
const FIRST: i32 = -719_528;

/// 9999-12-31 in days since 1970-01-01.
const LAST: i32 = 2_932_896;

impl FromStr for Day {
    type Err = DayError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let not_a_date = || DayError::NotADate { text: text.to_owned() };
        let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2, rest @ ..] = text.as_bytes() else {
            return Err(not_a_date());
        };
        let (Some(year), Some(month), Some(day)) =
            (number(&[*y1, *y2, *y3, *y4]), number(&[*m1, *m2]), number(&[*d1, *d2]))
        else {
            return Err(not_a_date());
        };
        let day = i32::try_from(year)
            .ok()
            .and_then(|year| Self::from_ymd(year, month, day).ok())
            .ok_or_else(not_a_date)?;
        match rest {
            [] | b" 00:00:00" | b"T00:00:00" => Ok(day),
            // What may open a time of day or a zone: `T04:00`, ` 04:00`, `Z`, `+02:00`, `-05:00`, `[UTC]`.
            [b'T' | b't' | b' ' | b'Z' | b'z' | b'+' | b'-' | b'[', ..] if !rest.trim_ascii().is_empty() => {
                Err(DayError::AnInstant { text: text.to_owned() })
            }
            _ => Err(not_a_date()),
        }
    }
}

/// The number that some ASCII digits write, and nothing else does.
fn number(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0_u32, |number, digit| {
        number.checked_mul(10)?.checked_add(char::from(*digit).to_digit(10)?)
    })
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&NaiveDate::from(*self).to_string())
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Day({self})")
    }
}

impl TryFrom<NaiveDate> for Day {
    type Error = DayError;

    fn try_from(date: NaiveDate) -> Result<Self, Self::Error> {
        Self::from_ymd(date.year(), date.month(), date.day())
    }
}

impl From<Day> for NaiveDate {
    fn from(day: Day) -> Self {
        // Every day lies well within chrono's calendar, so that the other branch is never taken.
        Self::from_epoch_days(day.0).unwrap_or_default()
    }
}

impl TryFrom<String> for Day {
    type Error = DayError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Day> for String {
    fn from(day: Day) -> Self {
        day.to_string()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]

    use chrono::NaiveDate;
    use proptest::prelude::*;

    use super::{Day, DayError, FIRST, LAST};

    #[test]
    fn the_calendar_ends_where_four_digits_do() {
        assert_eq!(Day::from_ymd(0, 1, 1), Ok(Day(FIRST)));
        assert_eq!(Day::from_ymd(9999, 12, 31), Ok(Day(LAST)));
        assert_eq!(Day(FIRST).to_string(), "0000-01-01");
        assert_eq!(Day(FIRST).checked_add(-1), None);
        assert_eq!(Day(LAST).checked_add(i32::MAX), None);
        assert_eq!(Day(LAST).days_since(Day(FIRST)), 3_652_424);
        let error = Day::from_ymd(12_021, 6, 17).unwrap_err();
        assert_eq!(error.to_string(), "`12021-06-17` is not a day: its year must lie between 0 and 9999");
        assert!(matches!(Day::try_from(NaiveDate::MAX), Err(DayError::Year { .. })));
        assert!(matches!(Day::from_ymd(-1, 12, 31), Err(DayError::Year { .. })));
        let error = Day::from_ymd(2021, 13, 1).unwrap_err();
        assert_eq!(
            error.to_string(),
            "`2021-13-01` is not a day: write a date of the calendar such as `2021-06-17`"
        );
    }

    #[test]
    fn only_a_bare_midnight_may_follow_the_date() {
        let day = Day::from_ymd(2021, 6, 17);
        for text in ["2021-06-17", "2021-06-17 00:00:00", "2021-06-17T00:00:00"] {
            assert_eq!(text.parse(), day, "{text}");
        }
        let instants = [
            "2021-06-17T04:00:00",
            "2021-06-17T00:00:00Z",
            "2021-06-17 00:00:00+00:00",
            "2021-06-17 00:00:00 UTC",
            "2021-06-17 00:00",
            "2021-06-17Z",
            "2021-06-17+02:00",
            "2021-06-17-05:00",
            "2021-06-17[UTC]",
        ];
        for text in instants {
            let error = text.parse::<Day>().unwrap_err();
            assert_eq!(error, DayError::AnInstant { text: text.to_owned() }, "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        let texts = [
            "",
            "2021-6-17",
            "21-06-17",
            "+2021-06-17",
            "-001-06-17",
            "2021/06/17",
            "20210617",
            " 2021-06-17",
            "2021-06-17 ",
            "2021-06-17x",
            "2021-00-01",
            "2021-01-00",
            "2021-02-29T04:00:00Z",
            "2021-06-1\u{0667}",
            "2021-06-\u{0661}\u{0667}",
            "17.06.2021",
        ];
        for text in texts {
            let error = text.parse::<Day>().unwrap_err();
            assert_eq!(error, DayError::NotADate { text: text.to_owned() }, "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_day_reads_back_as_it_was(days in FIRST..=LAST) {
            let day = Day(days);
            prop_assert_eq!(day.to_string().parse(), Ok(day));
            prop_assert_eq!(Day::try_from(NaiveDate::from(day)), Ok(day));
            prop_assert_eq!(day.to_string().len(), 10);
        }

        #[test]
        fn adding_days_is_counted_back(days in FIRST..=LAST, more in -4_000_000..4_000_000_i32) {
            let later = Day(days).checked_add(more);
            prop_assert_eq!(later.is_some(), (FIRST..=LAST).contains(&(days.saturating_add(more))));
            if let Some(later) = later {
                prop_assert_eq!(later.days_since(Day(days)), more);
                prop_assert_eq!(later > Day(days), more > 0);
                let turn = later.weekday().days_since(Day(days).weekday());
                prop_assert_eq!(i64::from(turn), i64::from(more).rem_euclid(7));
            }
        }

        #[test]
        fn no_text_breaks_the_reader(text in "\\PC{0,24}") {
            if let Ok(day) = text.parse::<Day>() {
                prop_assert!(text.starts_with(&day.to_string()));
            }
        }
    }

    #[cfg(feature = "serde")]
    #[test]
    fn a_day_is_its_text_in_a_file() {
        let day: Day = "2021-06-17".parse().unwrap();
        assert_eq!(serde_json::to_string(&day).unwrap(), r#""2021-06-17""#);
        assert_eq!(serde_json::from_str::<Day>(r#""2021-06-17""#).unwrap(), day);
        let error = serde_json::from_str::<Day>(r#""2021-06-31""#).unwrap_err().to_string();
        assert!(error.starts_with("`2021-06-31` is not a day"), "{error}");
    }
}
