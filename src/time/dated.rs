use std::{
    cmp::Ordering,
    fmt,
    hash::{Hash, Hasher},
    sync::Arc,
};

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, Utc};
use thiserror::Error;

use super::period::text;

/// A point in time, a whole day, or a time known only within bounds, as a document states it.
///
/// Documents often give a day and no hour. A *day* here is the whole day, from midnight to the next
/// midnight in its zone, and it counts, in this library, in one documented way:
///
/// - as the start of something, from the day's first instant ([`as_start`](Self::as_start));
/// - as the end of something, through the day's last ([`as_end`](Self::as_end));
/// - as the day on which something was recorded, from its end, since by then it was surely known
///   ([`as_record`](Self::as_record)).
///
/// That is how laws count days. Where instead nobody knows when within a day or a month something happened, say
/// so: an *uncertain* time ([`between`](Self::between)) is one instant, nobody knows which, from its
/// [`earliest`](Self::earliest) to its [`latest`](Self::latest). As a start, as an end and as a record it counts from
/// its latest, since by then it had surely come; an answer that the first two could change says so
/// ([`Uncertainty`](crate::determination::Uncertainty)). Nothing is ever filled in. Of when something was learned no
/// answer says so: what was known at a time is what had surely been learned by then.
///
/// Two are equal that say the same time in whatever spelling.
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
    uncertain: bool,
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
    /// An uncertain time has no room between its bounds.
    #[error(
        "the latest `{latest}` is not after the earliest `{earliest}`; where the time is known, state it alone"
    )]
    NotBetween {
        /// The earliest instant as given.
        earliest: String,
        /// The latest instant as given.
        latest: String,
    },
    /// The text is in none of the forms that a file may use.
    #[error(
        "`{text}` is not a time; write an instant `2020-09-21T03:59:00Z`, a civil time with its zone \
         `2020-09-20T23:59:00[America/New_York]`, a whole day `2020-09-20[America/New_York]`, or two of \
         them with `..` between"
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
            uncertain: false,
            written: Some(Arc::from(format!("{date}[UTC]"))),
        })
    }

    /// A time known only within bounds: one instant, nobody knows which, from `earliest` to `latest`.
    ///
    /// ```
    /// use delisted::time::{Dated, instant};
    ///
    /// let granted = Dated::between(instant("2020-09-19T20:30:00Z")?, instant("2020-09-20T07:00:00Z")?)?;
    /// assert!(granted.is_uncertain());
    /// assert_eq!(granted.as_start(), granted.latest());
    /// assert_eq!(granted.to_string(), "2020-09-19T20:30:00Z..2020-09-20T07:00:00Z");
    /// # Ok::<(), delisted::time::TimeError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// - `latest` is not after `earliest`.
    pub fn between(earliest: DateTime<Utc>, latest: DateTime<Utc>) -> Result<Self, TimeError> {
        if latest <= earliest {
            return Err(TimeError::NotBetween { earliest: text(earliest), latest: text(latest) });
        }
        Ok(Self { first: earliest, next: latest, uncertain: true, written: None })
    }

    /// A time of which only the latest possible instant is known.
    ///
    /// ```
    /// use delisted::time::{Dated, instant};
    ///
    /// let order = Dated::at_the_latest(instant("2024-04-19T00:00:00Z")?);
    /// assert_eq!(order.to_string(), "..2024-04-19T00:00:00Z");
    /// # Ok::<(), delisted::time::TimeError>(())
    /// ```
    #[must_use]
    pub fn at_the_latest(latest: DateTime<Utc>) -> Self {
        Self { first: earliest_writable().min(latest), next: latest, uncertain: true, written: None }
    }

    /// A time of which only the earliest possible instant is known; it may never have come.
    ///
    /// ```
    /// use delisted::time::{Dated, instant};
    ///
    /// let dismissal = Dated::at_the_earliest(instant("2021-06-16T00:00:00Z")?);
    /// assert_eq!(dismissal.to_string(), "2021-06-16T00:00:00Z..");
    /// # Ok::<(), delisted::time::TimeError>(())
    /// ```
    #[must_use]
    pub fn at_the_earliest(earliest: DateTime<Utc>) -> Self {
        Self { first: earliest, next: latest_writable().max(earliest), uncertain: true, written: None }
    }

    /// A point or a day that was resolved in its zone, with the text that stated it.
    #[cfg(feature = "zones")]
    pub(crate) fn resolved(first: DateTime<Utc>, next: DateTime<Utc>, written: &str) -> Self {
        Self { first, next, uncertain: false, written: Some(Arc::from(written)) }
    }

    /// The same time with the text that stated it.
    #[cfg(feature = "zones")]
    pub(crate) fn spelled(self, written: &str) -> Self {
        Self { written: Some(Arc::from(written)), ..self }
    }

    /// The time that is meant where sources give `self` and `other`: nobody knows which.
    pub(crate) fn or(&self, other: &Self) -> Self {
        let (first, next) = (self.possible_start(), other.possible_start());
        let (earliest, latest) = (first.0.min(next.0), first.1.max(next.1));
        if earliest == latest {
            self.clone()
        } else {
            Self { first: earliest, next: latest, uncertain: true, written: None }
        }
    }

    fn possible_start(&self) -> (DateTime<Utc>, DateTime<Utc>) {
        if self.uncertain { (self.first, self.next) } else { (self.first, self.first) }
    }

    /// When something starts that starts then: the instant itself, the day's first, or the latest that is possible.
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
        if self.uncertain { self.next } else { self.first }
    }

    /// The first instant after something that ends then: the instant itself, the day's end, or the latest that is
    /// possible.
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

    /// From when something is known that was recorded then: the instant itself, the day's end, or the latest that is
    /// possible.
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

    /// The first instant at which it can have been: of a day its first, of an uncertain time its earliest.
    ///
    /// ```
    /// use delisted::time::{Dated, instant};
    ///
    /// let day = Dated::utc_day("2020-10-05".parse()?)?;
    /// assert_eq!(day.earliest(), day.as_start());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn earliest(&self) -> DateTime<Utc> {
        self.first
    }

    /// The instant by which it had surely been: of a day its end, of an uncertain time its latest.
    ///
    /// ```
    /// use delisted::time::{Dated, instant};
    ///
    /// let day = Dated::utc_day("2020-10-05".parse()?)?;
    /// assert_eq!(day.latest(), day.as_end());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn latest(&self) -> DateTime<Utc> {
        self.next
    }

    /// Whether only bounds are known.
    ///
    /// ```
    /// use delisted::time::{Dated, instant};
    ///
    /// assert!(!Dated::utc_day("2020-10-05".parse()?)?.is_uncertain());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn is_uncertain(&self) -> bool {
        self.uncertain
    }

    /// Whether an instant is the bound of a time that has none on that side.
    pub(crate) fn is_no_bound(at: DateTime<Utc>) -> bool {
        Self::is_before_all(at) || Self::is_after_all(at)
    }

    /// Whether an instant stands for an earliest bound that nobody knows.
    pub(crate) fn is_before_all(at: DateTime<Utc>) -> bool {
        at <= earliest_writable()
    }

    /// Whether an instant stands for a latest bound that nobody knows.
    pub(crate) fn is_after_all(at: DateTime<Utc>) -> bool {
        latest_writable() <= at
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
        !self.uncertain && self.first != self.next
    }
}

fn is_writable(instant: DateTime<Utc>) -> bool {
    (0..=9999).contains(&instant.year())
}

/// The first and last instants that a file can state, which stand for 'no bound known'.
fn earliest_writable() -> DateTime<Utc> {
    NaiveDate::from_ymd_opt(0, 1, 1)
        .map_or(DateTime::<Utc>::MIN_UTC, |day| day.and_time(NaiveTime::MIN).and_utc())
}

fn latest_writable() -> DateTime<Utc> {
    NaiveDate::from_ymd_opt(9999, 12, 31)
        .map_or(DateTime::<Utc>::MAX_UTC, |day| day.and_time(NaiveTime::MIN).and_utc())
}

impl Dated {
    fn key(&self) -> (DateTime<Utc>, DateTime<Utc>, bool) {
        (self.first, self.next, self.uncertain)
    }
}

impl PartialEq for Dated {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
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
        self.key().cmp(&other.key())
    }
}

impl Hash for Dated {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key().hash(state);
    }
}

impl From<DateTime<Utc>> for Dated {
    fn from(instant: DateTime<Utc>) -> Self {
        Self { first: instant, next: instant, uncertain: false, written: None }
    }
}

impl fmt::Display for Dated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.written {
            Some(written) => f.write_str(written),
            None if self.uncertain => {
                if self.first > earliest_writable() {
                    f.write_str(&text(self.first))?;
                }
                f.write_str("..")?;
                if self.next < latest_writable() { f.write_str(&text(self.next)) } else { Ok(()) }
            }
            None => f.write_str(&text(self.first)),
        }
    }
}

impl fmt::Debug for Dated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Dated({self})")
    }
}
