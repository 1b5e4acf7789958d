use chrono::{DateTime, Utc};

/// How much of the record an answer may use.
///
/// ```
/// use delisted::time::{Known, instant};
///
/// let monday = instant("2020-09-21T12:00:00Z")?;
/// assert!(Known::Best.sees(monday));
/// assert!(Known::At(monday).sees(monday));
/// assert!(!Known::At(monday).sees(instant("2020-09-22T00:00:00Z")?));
/// # Ok::<(), delisted::time::TimeError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Known {
    /// Everything recorded, corrections included.
    #[default]
    Best,
    /// Only what had been recorded by this instant.
    At(DateTime<Utc>),
}

impl Known {
    /// Whether something recorded at `recorded` is part of what is known.
    ///
    /// ```
    /// use delisted::time::{Known, instant};
    ///
    /// assert!(Known::Best.sees(instant("2999-01-01T00:00:00Z")?));
    /// # Ok::<(), delisted::time::TimeError>(())
    /// ```
    #[must_use]
    pub fn sees(self, recorded: DateTime<Utc>) -> bool {
        match self {
            Self::Best => true,
            Self::At(instant) => recorded <= instant,
        }
    }
}

impl From<DateTime<Utc>> for Known {
    fn from(instant: DateTime<Utc>) -> Self {
        Self::At(instant)
    }
}

/// The time of a question: the instant asked about, and how much was known.
///
/// A plain instant becomes 'effective then, as best known'. There is no default instant: without one
/// there is no question.
///
/// ```
/// use delisted::time::{AsOf, instant};
///
/// let tuesday = instant("2020-09-22T00:00:00Z")?;
/// let as_of = AsOf::from(tuesday).known_at(instant("2020-09-23T00:00:00Z")?);
/// assert_eq!(as_of.effective(), tuesday);
/// # Ok::<(), delisted::time::TimeError>(())
/// ```
///
/// A question without an instant does not compile:
///
/// ```compile_fail
/// let as_of = delisted::time::AsOf::default();
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AsOf {
    effective: DateTime<Utc>,
    known: Known,
}

impl AsOf {
    /// The same question, answered from what was known at `known`.
    ///
    /// ```
    /// use delisted::time::{AsOf, Known, instant};
    ///
    /// let monday = instant("2020-09-21T00:00:00Z")?;
    /// assert_eq!(AsOf::from(monday).known_at(monday).known(), Known::At(monday));
    /// assert_eq!(AsOf::from(monday).known_at(Known::Best), AsOf::from(monday));
    /// # Ok::<(), delisted::time::TimeError>(())
    /// ```
    #[must_use]
    pub fn known_at(self, known: impl Into<Known>) -> Self {
        Self { known: known.into(), ..self }
    }

    /// The instant asked about.
    ///
    /// ```
    /// use delisted::time::{AsOf, instant};
    ///
    /// let monday = instant("2020-09-21T00:00:00Z")?;
    /// assert_eq!(AsOf::from(monday).effective(), monday);
    /// # Ok::<(), delisted::time::TimeError>(())
    /// ```
    #[must_use]
    pub fn effective(self) -> DateTime<Utc> {
        self.effective
    }

    /// How much of the record the answer may use.
    ///
    /// ```
    /// use delisted::time::{AsOf, Known, instant};
    ///
    /// let monday = instant("2020-09-21T00:00:00Z")?;
    /// assert_eq!(AsOf::from(monday).known(), Known::Best);
    /// # Ok::<(), delisted::time::TimeError>(())
    /// ```
    #[must_use]
    pub fn known(self) -> Known {
        self.known
    }
}

impl From<DateTime<Utc>> for AsOf {
    fn from(effective: DateTime<Utc>) -> Self {
        Self { effective, known: Known::Best }
    }
}
