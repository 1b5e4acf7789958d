use std::fmt;

use chrono::{DateTime, SecondsFormat, Utc};
use thiserror::Error;

/// A span of time from its start up to, and not including, its end.
///
/// The end may be open. Two periods that meet share no instant, so that a value which changes at noon
/// has its new value at noon.
///
/// ```
/// use delisted::time::{Period, instant};
///
/// let (start, end) = (instant("2020-09-18T00:00:00Z")?, instant("2020-09-20T00:00:00Z")?);
/// let period = Period::new(start, end)?;
/// assert!(period.contains(start));
/// assert!(!period.contains(end));
/// assert_eq!(period.to_string(), "2020-09-18T00:00:00Z up to 2020-09-20T00:00:00Z");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    start: DateTime<Utc>,
    end: Option<DateTime<Utc>>,
}

/// Why two instants do not bound a period.
///
/// ```
/// use delisted::time::{Period, instant};
///
/// let (start, end) = (instant("2020-09-18T00:00:00Z")?, instant("2020-09-20T00:00:00Z")?);
/// assert_eq!(
///     Period::new(end, start).unwrap_err().to_string(),
///     "a period ends at `2020-09-18T00:00:00Z`, not after its start at `2020-09-20T00:00:00Z`",
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum PeriodError {
    /// The end is not after the start, so that the period would hold no instant.
    #[error("a period ends at `{}`, not after its start at `{}`", text(*end), text(*start))]
    Empty {
        /// The start as given.
        start: DateTime<Utc>,
        /// The end as given.
        end: DateTime<Utc>,
    },
}

impl Period {
    /// The period from `start` up to `end`.
    ///
    /// ```
    /// use delisted::time::{Period, instant};
    ///
    /// let (start, end) = (instant("2020-09-18T00:00:00Z")?, instant("2020-09-20T00:00:00Z")?);
    /// assert_eq!(Period::new(start, end)?.end(), Some(end));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// - `end` is not after `start`.
    pub fn new(start: DateTime<Utc>, end: DateTime<Utc>) -> Result<Self, PeriodError> {
        if end <= start {
            return Err(PeriodError::Empty { start, end });
        }
        Ok(Self { start, end: Some(end) })
    }

    /// The period that begins at `start` and does not end.
    ///
    /// ```
    /// use delisted::time::{Period, instant};
    ///
    /// let period = Period::since(instant("2021-06-16T00:00:00Z")?);
    /// assert!(period.contains(instant("2999-01-01T00:00:00Z")?));
    /// # Ok::<(), delisted::time::TimeError>(())
    /// ```
    #[must_use]
    pub fn since(start: DateTime<Utc>) -> Self {
        Self { start, end: None }
    }

    /// The first instant of the period.
    ///
    /// ```
    /// use delisted::time::{Period, instant};
    ///
    /// let start = instant("2021-06-16T00:00:00Z")?;
    /// assert_eq!(Period::since(start).start(), start);
    /// # Ok::<(), delisted::time::TimeError>(())
    /// ```
    #[must_use]
    pub fn start(self) -> DateTime<Utc> {
        self.start
    }

    /// The first instant after the period, or nothing where it does not end.
    ///
    /// ```
    /// use delisted::time::{Period, instant};
    ///
    /// assert_eq!(Period::since(instant("2021-06-16T00:00:00Z")?).end(), None);
    /// # Ok::<(), delisted::time::TimeError>(())
    /// ```
    #[must_use]
    pub fn end(self) -> Option<DateTime<Utc>> {
        self.end
    }

    /// Whether `instant` lies within the period.
    ///
    /// ```
    /// use delisted::time::{Period, instant};
    ///
    /// let start = instant("2021-06-16T00:00:00Z")?;
    /// assert!(Period::since(start).contains(start));
    /// # Ok::<(), delisted::time::TimeError>(())
    /// ```
    #[must_use]
    pub fn contains(self, instant: DateTime<Utc>) -> bool {
        self.start <= instant && self.end.is_none_or(|end| instant < end)
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.end {
            Some(end) => write!(f, "{} up to {}", text(self.start), text(end)),
            None => write!(f, "{} onwards", text(self.start)),
        }
    }
}

/// An instant as the library writes it everywhere: UTC, with fractions of a second only where there are some.
pub(crate) fn text(instant: DateTime<Utc>) -> String {
    instant.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}
