use std::{
    cmp::Ordering,
    fmt,
    hash::{Hash, Hasher},
    sync::Arc,
};

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, Utc};
use thiserror::Error;

use super::period::text;

/// A point in time or a whole day, as a document states it.
///
/// Documents often give a day and no hour. A *day* here is the whole day, from midnight to the next
/// midnight in its zone, and it counts, in this library, in one documented way:
///
/// - as the start of something, from the day's first instant ([`as_start`](Self::as_start));
/// - as the end of something, through the day's last ([`as_end`](Self::as_end));
/// - as the day on which something was recorded, from its end, since by then it was surely known
///   ([`as_record`](Self::as_record)).
///
/// A `Dated` is not an uncertain time: where the hour decides, state it. Two are equal that say the same time in
/// whatever spelling.
///
/// ```
/// use delisted::time::{Dated, instant};
///
/// let point = Dated::from(instant("2020-09-21T03:59:00Z")?);
/// assert_eq!(point.as_start(), point.as_end());
///
/// let day = Dated::utc_day("2021-06-16".parse()?)?;
/// assert_eq!(day.as_start(), instant("2021-06-16T00:00:00Z")?);
/// assert_eq!(day.as_end(), instant("2021-06-17T00:00:00Z")?);
/// assert_eq!(day.to_string(), "2021-06-16[UTC]");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Dated {
    first: DateTime<Utc>,
    next: DateTime<Utc>,
    written: Option<Arc<str>>,
}

/// Why a text is not a time.
///
/// ```
/// let error = delisted::time::instant("2020-09-31T00:00:00Z").unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "`2020-09-31T00:00:00Z` is not an instant; write it as `2020-09-20T23:59:00Z` or with an offset, \
///      `2020-09-20T23:59:00-04:00`",
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum TimeError {
    /// The text is not an instant with its offset from UTC.
    #[error(
        "`{text}` is not an instant; write it as `2020-09-20T23:59:00Z` or with an offset, \
         `2020-09-20T23:59:00-04:00`"
    )]
    NotAnInstant {
        /// The text as given.
        text: String,
    },
    /// The day is the last one that can be written, so that its end cannot.
    #[error("`{day}` has no following day that can be written")]
    NoNextDay {
        /// The day as given.
        day: NaiveDate,
    },
    /// The text is in none of the forms that a file may use.
    #[error(
        "`{text}` is not a time; write an instant `2020-09-21T03:59:00Z`, a civil time with its zone \
         `2020-09-20T23:59:00[America/New_York]`, or a whole day `2020-09-20[America/New_York]`"
    )]
    NotATime {
        /// The text as given.
        text: String,
    },
    /// The time or the day has no zone, and so is not one instant.
    #[error("`{text}` has no zone; write `{text}[UTC]` or name the place, `{text}[America/New_York]`")]
    NoZone {
        /// The text as given.
        text: String,
    },
    /// The zone is not in the IANA list.
    #[error("`{zone}` is not an IANA zone{suggestion}")]
    UnknownZone {
        /// The zone as given.
        zone: String,
        /// The nearest zone's name.
        suggestion: crate::error::Suggestion,
    },
    /// The civil time was skipped when clocks went forward.
    #[error(
        "`{text}` did not occur: clocks in {zone} went from {before} to {after}; write one of the two, or the \
         instant in UTC"
    )]
    Skipped {
        /// The text as given.
        text: String,
        /// The zone.
        zone: String,
        /// The last civil instant before the gap, with its offset.
        before: String,
        /// The first civil instant after the gap, with its offset.
        after: String,
    },
    /// The civil time occurred twice when clocks went back.
    #[error("`{text}` occurred twice in {zone}; write `{earlier}` or `{later}`")]
    Repeated {
        /// The text as given.
        text: String,
        /// The zone.
        zone: String,
        /// The earlier of the two, as a file would state it.
        earlier: String,
        /// The later of the two, as a file would state it.
        later: String,
    },
    /// The offset written beside the zone is not one that the zone had then.
    #[error("`{text}` gives the offset `{offset}`, but {zone} was at `{actual}` then")]
    OffsetMismatch {
        /// The text as given.
        text: String,
        /// The offset as given.
        offset: String,
        /// The zone.
        zone: String,
        /// The offset, or the two offsets, that the zone had.
        actual: String,
    },
}

/// Parses an instant: a date, a time, and `Z` or an offset from UTC.
///
/// ```
/// use delisted::time::instant;
///
/// assert_eq!(instant("2020-09-20T23:59:00-04:00")?, instant("2020-09-21T03:59:00Z")?);
/// # Ok::<(), delisted::time::TimeError>(())
/// ```
///
/// # Errors
///
/// - the text is not a date and time of the calendar with an offset, or lies outside the years 0 to 9999 in UTC.
pub fn instant(text: &str) -> Result<DateTime<Utc>, TimeError> {
    match DateTime::parse_from_rfc3339(text).map(|time| time.to_utc()) {
        // A leap second cannot be kept apart from the second after it, so it is refused, not rounded.
        Ok(time) if time.timestamp_subsec_nanos() < 1_000_000_000 && is_writable(time) => Ok(time),
        _ => Err(TimeError::NotAnInstant { text: text.to_owned() }),
    }
}

impl Dated {
    /// The whole day `date` in UTC.
    ///
    /// ```
    /// use delisted::time::Dated;
    ///
    /// assert!(Dated::utc_day("2021-06-16".parse()?)?.is_day());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// - `date` is the calendar's last day, whose end cannot be written.
    pub fn utc_day(date: NaiveDate) -> Result<Self, TimeError> {
        let next = date.checked_add_days(Days::new(1)).ok_or(TimeError::NoNextDay { day: date })?;
        Ok(Self {
            first: date.and_time(NaiveTime::MIN).and_utc(),
            next: next.and_time(NaiveTime::MIN).and_utc(),
            written: Some(Arc::from(format!("{date}[UTC]"))),
        })
    }

    /// A point or a day that was resolved in its zone, with the text that stated it.
    #[cfg(feature = "zones")]
    pub(crate) fn resolved(first: DateTime<Utc>, next: DateTime<Utc>, written: &str) -> Self {
        Self { first, next, written: Some(Arc::from(written)) }
    }

    /// When something starts that starts then: the instant itself, or the day's first.
    ///
    /// ```
    /// use delisted::time::{Dated, instant};
    ///
    /// let noon = instant("2020-09-20T12:00:00Z")?;
    /// assert_eq!(Dated::from(noon).as_start(), noon);
    /// # Ok::<(), delisted::time::TimeError>(())
    /// ```
    #[must_use]
    pub fn as_start(&self) -> DateTime<Utc> {
        self.first
    }

    /// The first instant after something that ends then: the instant itself, or the day's end.
    ///
    /// ```
    /// use delisted::time::{Dated, instant};
    ///
    /// let day = Dated::utc_day("2020-10-05".parse()?)?;
    /// assert_eq!(day.as_end(), instant("2020-10-06T00:00:00Z")?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn as_end(&self) -> DateTime<Utc> {
        self.next
    }

    /// From when something is known that was recorded then: the instant itself, or the day's end.
    ///
    /// ```
    /// use delisted::time::{Dated, instant};
    ///
    /// let day = Dated::utc_day("2020-10-05".parse()?)?;
    /// assert_eq!(day.as_record(), instant("2020-10-06T00:00:00Z")?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn as_record(&self) -> DateTime<Utc> {
        self.next
    }

    /// Whether a file can state it: its years have four digits in UTC.
    pub(crate) fn is_writable(&self) -> bool {
        is_writable(self.first) && is_writable(self.next)
    }

    /// Whether it is a whole day.
    ///
    /// ```
    /// use delisted::time::{Dated, instant};
    ///
    /// assert!(!Dated::from(instant("2020-09-20T12:00:00Z")?).is_day());
    /// # Ok::<(), delisted::time::TimeError>(())
    /// ```
    #[must_use]
    pub fn is_day(&self) -> bool {
        self.first != self.next
    }
}

fn is_writable(instant: DateTime<Utc>) -> bool {
    (0..=9999).contains(&instant.year())
}

impl PartialEq for Dated {
    fn eq(&self, other: &Self) -> bool {
        (self.first, self.next) == (other.first, other.next)
    }
}

impl Eq for Dated {}

impl PartialOrd for Dated {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Dated {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.first, self.next).cmp(&(other.first, other.next))
    }
}

impl Hash for Dated {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.first, self.next).hash(state);
    }
}

impl From<DateTime<Utc>> for Dated {
    fn from(instant: DateTime<Utc>) -> Self {
        Self { first: instant, next: instant, written: None }
    }
}

impl fmt::Display for Dated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.written {
            Some(written) => f.write_str(written),
            None => f.write_str(&text(self.first)),
        }
    }
}

impl fmt::Debug for Dated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Dated({self})")
    }
}
