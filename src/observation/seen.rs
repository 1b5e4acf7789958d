use std::{fmt, str::FromStr, sync::Arc};

use thiserror::Error;

use crate::{InstrumentId, error::Suggestion, id::IdError};

/// How an app was seen to stand in a store.
///
/// It says what was seen, not why: only [`Withdrawn`](Self::Withdrawn) and [`Suspended`](Self::Suspended) are said
/// where a source tells so much.
///
/// ```
/// use delisted::observation::Seen;
///
/// assert_eq!("not-offered".parse(), Ok(Seen::NotOffered));
/// assert_eq!(Seen::Withdrawn.is_offered(), Some(false));
/// assert_eq!(Seen::Unknown.is_offered(), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Seen {
    /// It is offered.
    Available,
    /// It is gone.
    Removed,
    /// It is gone, and its publisher took it away.
    Withdrawn,
    /// It is gone for a time, as the store says.
    Suspended,
    /// It was never offered, or was rejected before it ever was.
    NotOffered,
    /// Nobody looked, or the look could not tell.
    Unknown,
}

impl Seen {
    /// All of them, in the order in which answers list them.
    ///
    /// ```
    /// assert_eq!(delisted::observation::Seen::ALL.len(), 6);
    /// ```
    pub const ALL: [Self; 6] =
        [Self::Available, Self::Removed, Self::Withdrawn, Self::Suspended, Self::NotOffered, Self::Unknown];

    /// The word in files.
    ///
    /// ```
    /// assert_eq!(delisted::observation::Seen::NotOffered.as_str(), "not-offered");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Available => "available",
            Self::Removed => "removed",
            Self::Withdrawn => "withdrawn",
            Self::Suspended => "suspended",
            Self::NotOffered => "not-offered",
            Self::Unknown => "unknown",
        }
    }

    /// Whether it was there to be had, or nothing where the look could not tell.
    ///
    /// ```
    /// assert_eq!(delisted::observation::Seen::Available.is_offered(), Some(true));
    /// ```
    #[must_use]
    pub const fn is_offered(self) -> Option<bool> {
        match self {
            Self::Available => Some(true),
            Self::Removed | Self::Withdrawn | Self::Suspended | Self::NotOffered => Some(false),
            Self::Unknown => None,
        }
    }
}

/// Who took an app down, or kept it out.
///
/// ```
/// use delisted::observation::RemovedBy;
///
/// assert_eq!("account-termination".parse(), Ok(RemovedBy::AccountTermination));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RemovedBy {
    /// The store.
    Store,
    /// The app's publisher.
    Publisher,
    /// It fell with its publisher's account, which the store closed.
    AccountTermination,
}

impl RemovedBy {
    /// All of them, in the order in which answers list them.
    ///
    /// ```
    /// assert_eq!(delisted::observation::RemovedBy::ALL.len(), 3);
    /// ```
    pub const ALL: [Self; 3] = [Self::Store, Self::Publisher, Self::AccountTermination];

    /// The word in files.
    ///
    /// ```
    /// assert_eq!(delisted::observation::RemovedBy::Publisher.as_str(), "publisher");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Store => "store",
            Self::Publisher => "publisher",
            Self::AccountTermination => "account-termination",
        }
    }
}

/// The word says nothing about how an app stood.
///
/// ```
/// let error = "remvoed".parse::<delisted::observation::Seen>().unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "`remvoed` is not a way in which an app is seen; did you mean `removed`?",
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("`{text}` is not a way in which an app is seen{suggestion}")]
pub struct UnknownSeen {
    text: String,
    suggestion: Suggestion,
}

/// The word names nobody who takes apps down.
///
/// ```
/// let error = "stores".parse::<delisted::observation::RemovedBy>().unwrap_err();
/// assert_eq!(error.to_string(), "`stores` is nobody who takes apps down; did you mean `store`?");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("`{text}` is nobody who takes apps down{suggestion}")]
pub struct UnknownRemover {
    text: String,
    suggestion: Suggestion,
}

impl FromStr for Seen {
    type Err = UnknownSeen;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|seen| seen.as_str() == text).ok_or_else(|| UnknownSeen {
            text: text.to_owned(),
            suggestion: Suggestion::among(text, Self::ALL.map(Self::as_str)),
        })
    }
}

impl FromStr for RemovedBy {
    type Err = UnknownRemover;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|by| by.as_str() == text).ok_or_else(|| UnknownRemover {
            text: text.to_owned(),
            suggestion: Suggestion::among(text, Self::ALL.map(Self::as_str)),
        })
    }
}

impl fmt::Display for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Display for RemovedBy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Seen {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for RemovedBy {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// Somebody's word that an instrument is why an app is gone.
///
/// It is a claim with its claimant, kept as such: the library neither makes nor checks it.
///
/// ```
/// use delisted::observation::Attribution;
///
/// let cause: Attribution = "decree@roskomnadzor".parse()?;
/// assert_eq!(cause.instrument().as_str(), "decree");
/// assert_eq!(cause.claimed_by(), "roskomnadzor");
/// assert_eq!(cause.to_string(), "decree@roskomnadzor");
/// # Ok::<(), delisted::observation::AttributionError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Attribution {
    instrument: InstrumentId,
    claimed_by: Arc<str>,
}

/// Why a text is not an attribution.
///
/// ```
/// use delisted::observation::Attribution;
///
/// let error = "decree".parse::<Attribution>().unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "`decree` is not a cause; write the instrument and who says so, `decree@CLAIMANT`",
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum AttributionError {
    /// There is no `@`, and so no claimant.
    #[error("`{text}` is not a cause; write the instrument and who says so, `{text}@CLAIMANT`")]
    NoClaimant {
        /// The text as given.
        text: String,
    },
    /// What stands before the `@` is not an identifier.
    #[error("a cause starts with the identifier of an instrument; {0}")]
    Instrument(#[from] IdError),
    /// The claimant is blank, has blanks around it, or holds a mark that files use.
    #[error(
        "`{claimant}` is not a claimant; it is a word without `;`, `@` and line breaks, and without blanks around it"
    )]
    Claimant {
        /// The claimant as given.
        claimant: String,
    },
}

impl Attribution {
    /// The word of `claimed_by` that `instrument` is the cause.
    ///
    /// ```
    /// use delisted::observation::Attribution;
    ///
    /// assert!(Attribution::new("decree".parse()?, "the store").is_ok());
    /// assert!(Attribution::new("decree".parse()?, "a;b").is_err());
    /// # Ok::<(), delisted::id::IdError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// - the claimant is blank, has blanks around it, or holds `;`, `@` or a control character.
    pub fn new(instrument: InstrumentId, claimed_by: impl AsRef<str>) -> Result<Self, AttributionError> {
        let claimant = claimed_by.as_ref();
        let marked = |c: char| matches!(c, ';' | '@') || c.is_control();
        if claimant.is_empty() || claimant.trim() != claimant || claimant.contains(marked) {
            return Err(AttributionError::Claimant { claimant: claimant.to_owned() });
        }
        Ok(Self { instrument, claimed_by: Arc::from(claimant) })
    }

    /// The instrument.
    ///
    /// ```
    /// let cause: delisted::observation::Attribution = "order@apple".parse()?;
    /// assert_eq!(cause.instrument().as_str(), "order");
    /// # Ok::<(), delisted::observation::AttributionError>(())
    /// ```
    #[must_use]
    pub fn instrument(&self) -> &InstrumentId {
        &self.instrument
    }

    /// Who says so.
    ///
    /// ```
    /// let cause: delisted::observation::Attribution = "order@apple".parse()?;
    /// assert_eq!(cause.claimed_by(), "apple");
    /// # Ok::<(), delisted::observation::AttributionError>(())
    /// ```
    #[must_use]
    pub fn claimed_by(&self) -> &str {
        &self.claimed_by
    }
}

impl FromStr for Attribution {
    type Err = AttributionError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let Some((instrument, claimant)) = text.split_once('@') else {
            return Err(AttributionError::NoClaimant { text: text.to_owned() });
        };
        Self::new(instrument.parse()?, claimant)
    }
}

impl fmt::Display for Attribution {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.instrument, self.claimed_by)
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Attribution {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
