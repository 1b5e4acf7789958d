use std::fmt;

use chrono::{DateTime, Utc};

use crate::time::{Dated, text};

/// A stretch of time over which one thing is said, a single instant at the least.
///
/// What is seen is seen at instants, so a stretch may hold one instant alone, which a
/// [`Period`](crate::time::Period) cannot; it holds its ends or not, as what is said of it does: known from one look to
/// another it holds both, and what lies between two looks holds neither. Where nobody knows a bound, it starts at the
/// beginning of all time, or ends at its end.
///
/// ```
/// use delisted::{observation::Stretch, time::instant};
///
/// let (noon, night) = (instant("2020-09-20T12:00:00Z")?, instant("2020-09-21T00:00:00Z")?);
/// let seen = Stretch::closed(noon, night);
/// assert!(seen.contains(noon) && seen.contains(night));
/// assert!(Stretch::closed(noon, noon).is_instant());
/// # Ok::<(), delisted::time::TimeError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stretch {
    from: DateTime<Utc>,
    holds_from: bool,
    to: DateTime<Utc>,
    holds_to: bool,
}

impl Stretch {
    /// From one instant through another, both of them held.
    ///
    /// ```
    /// use delisted::{observation::Stretch, time::instant};
    ///
    /// let noon = instant("2020-09-20T12:00:00Z")?;
    /// assert_eq!(Stretch::closed(noon, noon).to_string(), "2020-09-20T12:00:00Z");
    /// # Ok::<(), delisted::time::TimeError>(())
    /// ```
    #[must_use]
    pub fn closed(from: DateTime<Utc>, to: DateTime<Utc>) -> Self {
        Self::of((from, true), (to, true))
    }

    /// Between two instants, neither of them held.
    ///
    /// ```
    /// use delisted::{observation::Stretch, time::instant};
    ///
    /// let (noon, night) = (instant("2020-09-20T12:00:00Z")?, instant("2020-09-21T00:00:00Z")?);
    /// assert!(!Stretch::open(noon, night).contains(noon));
    /// # Ok::<(), delisted::time::TimeError>(())
    /// ```
    #[must_use]
    pub fn open(from: DateTime<Utc>, to: DateTime<Utc>) -> Self {
        Self::of((from, false), (to, false))
    }

    /// Its first instant, or the one after which it starts; the beginning of all time where it is open.
    ///
    /// ```
    /// use delisted::{observation::Stretch, time::instant};
    ///
    /// let noon = instant("2020-09-20T12:00:00Z")?;
    /// assert_eq!(Stretch::closed(noon, noon).from(), noon);
    /// # Ok::<(), delisted::time::TimeError>(())
    /// ```
    #[must_use]
    pub fn from(self) -> DateTime<Utc> {
        self.from
    }

    /// Its last instant, or the one before which it ends; the end of all time where it is open.
    ///
    /// ```
    /// use delisted::{observation::Stretch, time::instant};
    ///
    /// let noon = instant("2020-09-20T12:00:00Z")?;
    /// assert_eq!(Stretch::closed(noon, noon).to(), noon);
    /// # Ok::<(), delisted::time::TimeError>(())
    /// ```
    #[must_use]
    pub fn to(self) -> DateTime<Utc> {
        self.to
    }

    /// Whether it is one instant alone.
    ///
    /// ```
    /// use delisted::{observation::Stretch, time::instant};
    ///
    /// let noon = instant("2020-09-20T12:00:00Z")?;
    /// assert!(Stretch::closed(noon, noon).is_instant());
    /// # Ok::<(), delisted::time::TimeError>(())
    /// ```
    #[must_use]
    pub fn is_instant(self) -> bool {
        self.from == self.to
    }

    /// Whether it holds an instant.
    ///
    /// ```
    /// use delisted::{observation::Stretch, time::instant};
    ///
    /// let (noon, night) = (instant("2020-09-20T12:00:00Z")?, instant("2020-09-21T00:00:00Z")?);
    /// assert!(!Stretch::closed(noon, noon).contains(night));
    /// # Ok::<(), delisted::time::TimeError>(())
    /// ```
    #[must_use]
    pub fn contains(self, at: DateTime<Utc>) -> bool {
        let begun = self.from < at || (self.holds_from && self.from == at);
        let not_over = at < self.to || (self.holds_to && self.to == at);
        begun && not_over
    }

    /// A bound that stands for no bound at all opens the stretch on that side.
    fn of((from, holds_from): (DateTime<Utc>, bool), (to, holds_to): (DateTime<Utc>, bool)) -> Self {
        let (from, holds_from) =
            if Dated::is_before_all(from) { (DateTime::<Utc>::MIN_UTC, false) } else { (from, holds_from) };
        let (to, holds_to) =
            if Dated::is_after_all(to) { (DateTime::<Utc>::MAX_UTC, false) } else { (to, holds_to) };
        Self { from, holds_from, to, holds_to }
    }

    /// The stretch from one instant to another, if it holds any instant at all.
    pub(crate) fn between(
        from: DateTime<Utc>,
        holds_from: bool,
        to: DateTime<Utc>,
        holds_to: bool,
    ) -> Option<Self> {
        let some = from < to || (from == to && holds_from && holds_to);
        let stretch = Self::of((from, holds_from), (to, holds_to));
        // What ends before anything can be written, or starts after it, is no time at all.
        let real = !Dated::is_before_all(stretch.to) && !Dated::is_after_all(stretch.from);
        (some && real).then_some(stretch)
    }

    /// What it has in common with the instants from `start` up to, and not including, `end`.
    pub(crate) fn within(self, start: DateTime<Utc>, end: Option<DateTime<Utc>>) -> Option<Self> {
        let (from, holds_from) = if start > self.from { (start, true) } else { (self.from, self.holds_from) };
        let (to, holds_to) = match end {
            Some(end) if end <= self.to => (end, false),
            _ => (self.to, self.holds_to),
        };
        Self::between(from, holds_from, to, holds_to)
    }

    /// The two as one, where the second follows upon the first.
    pub(crate) fn through(self, next: Self) -> Self {
        Self { to: next.to, holds_to: next.holds_to, ..self }
    }
}

impl fmt::Display for Stretch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let open_start = self.from == DateTime::<Utc>::MIN_UTC;
        let open_end = self.to == DateTime::<Utc>::MAX_UTC;
        match (open_start, open_end) {
            _ if self.is_instant() => write!(f, "{}", text(self.from)),
            (true, true) => write!(f, "always"),
            (true, false) => write!(f, "up to {}", text(self.to)),
            (false, true) => write!(f, "{} onwards", text(self.from)),
            (false, false) => write!(f, "{} to {}", text(self.from), text(self.to)),
        }
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Stretch {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;

        let bound = |at: DateTime<Utc>, open: DateTime<Utc>| (at != open).then(|| text(at));
        let mut object = serializer.serialize_struct("Stretch", 2)?;
        object.serialize_field("from", &bound(self.from, DateTime::<Utc>::MIN_UTC))?;
        object.serialize_field("to", &bound(self.to, DateTime::<Utc>::MAX_UTC))?;
        object.end()
    }
}
