use std::fmt;

use thiserror::Error;

use crate::{ConditionId, time::Dated};

/// Where a span starts or ends: at a time, or when a condition is met.
///
/// ```
/// use delisted::law::Bound;
///
/// let bound = Bound::Upon("qualified-divestiture".parse()?);
/// assert_eq!(bound.to_string(), "upon qualified-divestiture");
/// # Ok::<(), delisted::id::IdError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bound {
    /// At a time that the text states.
    At(Dated),
    /// When an entry of the register says that the condition was met.
    Upon(ConditionId),
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::At(dated) => write!(f, "{dated}"),
            Self::Upon(condition) => write!(f, "upon {condition}"),
        }
    }
}

impl From<Dated> for Bound {
    fn from(dated: Dated) -> Self {
        Self::At(dated)
    }
}

impl From<ConditionId> for Bound {
    fn from(condition: ConditionId) -> Self {
        Self::Upon(condition)
    }
}

/// How long a text says that it lasts.
///
/// A span is what a document states. Without a start it starts when its entry takes effect; without an
/// end it lasts until something ends it. How long it really lasted is another matter: courts and later
/// entries see to that.
///
/// ```
/// use delisted::{law::{Bound, Span}, time::{Dated, instant}};
///
/// let start = Dated::from(instant("2020-09-21T03:59:00Z")?);
/// let span = Span::from_start(start.clone());
/// assert_eq!(span.from(), Some(&Bound::At(start)));
/// assert_eq!(span.until(), None);
/// # Ok::<(), delisted::time::TimeError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    from: Option<Bound>,
    until: Option<Bound>,
}

/// Why two bounds are not a span.
///
/// ```
/// use delisted::{law::Span, time::{Dated, instant}};
///
/// let (start, end) = (Dated::from(instant("2020-09-20T00:00:00Z")?), Dated::from(instant("2020-09-18T00:00:00Z")?));
/// assert_eq!(
///     Span::new(Some(start.into()), Some(end.into())).unwrap_err().to_string(),
///     "the end `2020-09-18T00:00:00Z` is not after the start `2020-09-20T00:00:00Z`",
/// );
/// # Ok::<(), delisted::time::TimeError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum SpanError {
    /// The end is not after the start.
    #[error("the end `{until}` is not after the start `{from}`")]
    EndBeforeStart {
        /// The start as given.
        from: Dated,
        /// The end as given.
        until: Dated,
    },
}

impl Span {
    /// A span with the bounds that a text states.
    ///
    /// ```
    /// use delisted::law::Span;
    ///
    /// assert_eq!(Span::new(None, None)?, Span::default());
    /// # Ok::<(), delisted::law::SpanError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// - both bounds are times, and the end is not after the start.
    pub fn new(from: Option<Bound>, until: Option<Bound>) -> Result<Self, SpanError> {
        if let (Some(Bound::At(from)), Some(Bound::At(until))) = (&from, &until)
            && until.as_end() <= from.earliest()
        {
            return Err(SpanError::EndBeforeStart { from: from.clone(), until: until.clone() });
        }
        Ok(Self { from, until })
    }

    /// A span that starts at `from` and states no end.
    ///
    /// ```
    /// use delisted::{ConditionId, law::{Bound, Span}};
    ///
    /// let upon = ConditionId::new("identification-published")?;
    /// assert_eq!(Span::from_start(upon.clone()).from(), Some(&Bound::Upon(upon)));
    /// # Ok::<(), delisted::id::IdError>(())
    /// ```
    #[must_use]
    pub fn from_start(from: impl Into<Bound>) -> Self {
        Self { from: Some(from.into()), until: None }
    }

    /// A span that states its end only.
    ///
    /// ```
    /// use delisted::{ConditionId, law::Span};
    ///
    /// assert_eq!(Span::until_end(ConditionId::new("qualified-divestiture")?).from(), None);
    /// # Ok::<(), delisted::id::IdError>(())
    /// ```
    #[must_use]
    pub fn until_end(until: impl Into<Bound>) -> Self {
        Self { from: None, until: Some(until.into()) }
    }

    /// The stated start, or nothing where it starts when its entry takes effect.
    ///
    /// ```
    /// assert_eq!(delisted::law::Span::default().from(), None);
    /// ```
    #[must_use]
    pub fn from(&self) -> Option<&Bound> {
        self.from.as_ref()
    }

    /// The stated end, or nothing where it lasts until something ends it.
    ///
    /// ```
    /// assert_eq!(delisted::law::Span::default().until(), None);
    /// ```
    #[must_use]
    pub fn until(&self) -> Option<&Bound> {
        self.until.as_ref()
    }

    /// The conditions that it names.
    ///
    /// ```
    /// use delisted::{ConditionId, law::Span};
    ///
    /// let span = Span::until_end(ConditionId::new("qualified-divestiture")?);
    /// assert_eq!(span.conditions().count(), 1);
    /// # Ok::<(), delisted::id::IdError>(())
    /// ```
    pub fn conditions(&self) -> impl Iterator<Item = &ConditionId> {
        self.from.iter().chain(&self.until).filter_map(|bound| match bound {
            Bound::At(_) => None,
            Bound::Upon(condition) => Some(condition),
        })
    }
}
