use std::sync::Arc;

use chrono::{DateTime, Utc};
use thiserror::Error;

use super::{Attribution, RemovedBy, Seen};
use crate::{
    Act, AppId, Store, Territory,
    market::{Basis, Subject},
    time::Dated,
};

/// One record of how an app was seen to stand in a store and a territory.
///
/// Its time is some instant within what it states: a plain day as the time of a sighting means that the look was
/// somewhen on that day. It is a record, not a change: a report that an app was removed on a day is a sighting of it
/// as removed, somewhen on that day.
///
/// ```
/// use delisted::{Store, observation::{RemovedBy, Seen, Sighting}, time::Dated};
///
/// let day = Dated::utc_day("2020-06-30".parse()?)?;
/// let sighting = Sighting::build("tiktok".parse()?, Store::GOOGLE_PLAY, "IN".parse()?, day, Seen::Removed)
///     .by(RemovedBy::Store)
///     .cause("order@google".parse()?)
///     .source("https://example.org/report")
///     .finish()?;
/// assert_eq!(sighting.subject().to_string(), "download of tiktok in google-play, IN");
/// assert!(sighting.earliest() < sighting.latest());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sighting {
    subject: Subject,
    at: Dated,
    seen: Seen,
    by: Option<RemovedBy>,
    causes: Vec<Attribution>,
    basis: Basis,
    source: Arc<str>,
    note: Option<Arc<str>>,
}

/// Why a sighting cannot be so.
///
/// ```
/// use delisted::{Store, observation::{RemovedBy, Seen, Sighting}, time::Dated};
///
/// let day = Dated::utc_day("2020-06-30".parse()?)?;
/// let error = Sighting::build("tiktok".parse()?, Store::GOOGLE_PLAY, "IN".parse()?, day, Seen::Available)
///     .by(RemovedBy::Store)
///     .source("https://example.org/report")
///     .finish()
///     .unwrap_err();
/// assert_eq!(error.to_string(), "`by` is `store`, but it was seen as `available`; say who removed it only where it is gone");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum SightingError {
    /// No source is named, or a blank one.
    #[error("a sighting has no source; name the page or the data on which it rests")]
    NoSource,
    /// Who removed it is said of something that is not gone.
    #[error("`by` is `{by}`, but it was seen as `{seen}`; say who removed it only where it is gone")]
    RemovedWhileThere {
        /// Who is said to have removed it.
        by: RemovedBy,
        /// How it was seen.
        seen: Seen,
    },
    /// A cause is given for something that is not gone.
    #[error("`causes` has `{cause}`, but it was seen as `{seen}`; say why only where it is gone")]
    CausedWhileThere {
        /// The first cause.
        cause: Attribution,
        /// How it was seen.
        seen: Seen,
    },
    /// What its publisher withdrew is said to be taken down by another.
    #[error(
        "`by` is `{by}`, but `withdrawn` means that its publisher took it away; write `removed`, or leave `by` out"
    )]
    WithdrawnByAnother {
        /// Who is said to have removed it.
        by: RemovedBy,
    },
}

/// A sighting on its way: what is not said stays unsaid.
///
/// ```
/// use delisted::{Store, observation::{Seen, Sighting}, time::Dated};
///
/// let day = Dated::utc_day("2020-06-30".parse()?)?;
/// let builder = Sighting::build("tiktok".parse()?, Store::GOOGLE_PLAY, "IN".parse()?, day, Seen::Available);
/// assert!(builder.finish().is_err(), "it has no source");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
#[must_use = "a sighting is not there until it is finished"]
pub struct SightingBuilder {
    sighting: Sighting,
}

impl Sighting {
    /// Starts a sighting of an app's downloads in a store and a territory.
    ///
    /// ```
    /// use delisted::{Act, Store, observation::{Seen, Sighting}, time::Dated};
    ///
    /// let day = Dated::utc_day("2020-06-30".parse()?)?;
    /// let sighting = Sighting::build("tiktok".parse()?, Store::GOOGLE_PLAY, "IN".parse()?, day, Seen::Available)
    ///     .source("https://example.org/monitor")
    ///     .finish()?;
    /// assert_eq!(sighting.subject().act(), Act::Download);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn build(app: AppId, store: Store, territory: Territory, at: Dated, seen: Seen) -> SightingBuilder {
        let subject = Subject::new(app, store, territory, Act::Download);
        let (by, causes, basis, note) = (None, Vec::new(), Basis::default(), None);
        let source = Arc::from("");
        SightingBuilder { sighting: Self { subject, at, seen, by, causes, basis, source, note } }
    }

    /// The act with the app, in the store and the territory, that was looked at.
    ///
    /// ```
    /// # use delisted::{Store, observation::{Seen, Sighting}, time::Dated};
    /// # let day = Dated::utc_day("2020-06-30".parse()?)?;
    /// let sighting = Sighting::build("tiktok".parse()?, Store::GOOGLE_PLAY, "IN".parse()?, day, Seen::Available)
    ///     .source("https://example.org/monitor")
    ///     .finish()?;
    /// assert_eq!(sighting.subject().app().as_str(), "tiktok");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn subject(&self) -> &Subject {
        &self.subject
    }

    /// The time of the look: some instant within it.
    ///
    /// ```
    /// # use delisted::{Store, observation::{Seen, Sighting}, time::Dated};
    /// # let day = Dated::utc_day("2020-06-30".parse()?)?;
    /// let sighting = Sighting::build("tiktok".parse()?, Store::GOOGLE_PLAY, "IN".parse()?, day, Seen::Available)
    ///     .source("https://example.org/monitor")
    ///     .finish()?;
    /// assert_eq!(sighting.at().to_string(), "2020-06-30[UTC]");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn at(&self) -> &Dated {
        &self.at
    }

    /// The earliest instant at which the look may have been.
    ///
    /// ```
    /// # use delisted::{Store, observation::{Seen, Sighting}, time::{Dated, instant}};
    /// # let day = Dated::utc_day("2020-06-30".parse()?)?;
    /// let sighting = Sighting::build("tiktok".parse()?, Store::GOOGLE_PLAY, "IN".parse()?, day, Seen::Available)
    ///     .source("https://example.org/monitor")
    ///     .finish()?;
    /// assert_eq!(sighting.earliest(), instant("2020-06-30T00:00:00Z")?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn earliest(&self) -> DateTime<Utc> {
        self.at.earliest()
    }

    /// The latest instant at which the look may have been; for a day, the midnight that ends it.
    ///
    /// ```
    /// # use delisted::{Store, observation::{Seen, Sighting}, time::{Dated, instant}};
    /// # let day = Dated::utc_day("2020-06-30".parse()?)?;
    /// let sighting = Sighting::build("tiktok".parse()?, Store::GOOGLE_PLAY, "IN".parse()?, day, Seen::Available)
    ///     .source("https://example.org/monitor")
    ///     .finish()?;
    /// assert_eq!(sighting.latest(), instant("2020-07-01T00:00:00Z")?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn latest(&self) -> DateTime<Utc> {
        self.at.latest()
    }

    /// How it stood.
    ///
    /// ```
    /// # use delisted::{Store, observation::{Seen, Sighting}, time::Dated};
    /// # let day = Dated::utc_day("2020-06-30".parse()?)?;
    /// let sighting = Sighting::build("tiktok".parse()?, Store::GOOGLE_PLAY, "IN".parse()?, day, Seen::Suspended)
    ///     .source("https://example.org/monitor")
    ///     .finish()?;
    /// assert_eq!(sighting.seen(), Seen::Suspended);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn seen(&self) -> Seen {
        self.seen
    }

    /// Who removed it, where the source says so: a page that is not found says it of nobody.
    ///
    /// ```
    /// # use delisted::{Store, observation::{Seen, Sighting}, time::Dated};
    /// # let day = Dated::utc_day("2020-06-30".parse()?)?;
    /// let sighting = Sighting::build("tiktok".parse()?, Store::GOOGLE_PLAY, "IN".parse()?, day, Seen::Removed)
    ///     .source("https://example.org/monitor")
    ///     .finish()?;
    /// assert_eq!(sighting.by(), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn by(&self) -> Option<RemovedBy> {
        self.by
    }

    /// Which instruments are said to be why it is gone, and by whom.
    ///
    /// ```
    /// # use delisted::{Store, observation::{Seen, Sighting}, time::Dated};
    /// # let day = Dated::utc_day("2020-06-30".parse()?)?;
    /// let sighting = Sighting::build("tiktok".parse()?, Store::GOOGLE_PLAY, "IN".parse()?, day, Seen::Removed)
    ///     .cause("order@google".parse()?)
    ///     .source("https://example.org/monitor")
    ///     .finish()?;
    /// assert_eq!(sighting.causes()[0].claimed_by(), "google");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn causes(&self) -> &[Attribution] {
        &self.causes
    }

    /// Whether its source states that it stood so, or a reader inferred it from what the source states.
    ///
    /// ```
    /// use delisted::{Store, market::Basis, observation::{Seen, Sighting}, time::Dated};
    ///
    /// let day = Dated::utc_day("2016-12-31".parse()?)?;
    /// let sighting = Sighting::build("linkedin".parse()?, Store::APP_STORE, "RU".parse()?, day, Seen::Available)
    ///     .source("https://example.org/report")
    ///     .finish()?;
    /// assert_eq!(sighting.basis(), Basis::Stated);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn basis(&self) -> Basis {
        self.basis
    }

    /// The page or the data on which it rests.
    ///
    /// ```
    /// # use delisted::{Store, observation::{Seen, Sighting}, time::Dated};
    /// # let day = Dated::utc_day("2020-06-30".parse()?)?;
    /// let sighting = Sighting::build("tiktok".parse()?, Store::GOOGLE_PLAY, "IN".parse()?, day, Seen::Removed)
    ///     .source("https://example.org/monitor")
    ///     .finish()?;
    /// assert_eq!(sighting.source(), "https://example.org/monitor");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// A remark for readers, which no answer depends on.
    ///
    /// ```
    /// # use delisted::{Store, observation::{Seen, Sighting}, time::Dated};
    /// # let day = Dated::utc_day("2020-06-30".parse()?)?;
    /// let sighting = Sighting::build("tiktok".parse()?, Store::GOOGLE_PLAY, "IN".parse()?, day, Seen::Removed)
    ///     .source("https://example.org/monitor")
    ///     .note("by evening")
    ///     .finish()?;
    /// assert_eq!(sighting.note(), Some("by evening"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn note(&self) -> Option<&str> {
        self.note.as_deref()
    }
}

impl SightingBuilder {
    /// Says which act was looked at, where it is not the download.
    ///
    /// ```
    /// use delisted::{Act, Store, observation::{Seen, Sighting}, time::Dated};
    ///
    /// let day = Dated::utc_day("2020-06-30".parse()?)?;
    /// let sighting = Sighting::build("tiktok".parse()?, Store::GOOGLE_PLAY, "IN".parse()?, day, Seen::Available)
    ///     .act(Act::Update)
    ///     .source("https://example.org/monitor")
    ///     .finish()?;
    /// assert_eq!(sighting.subject().act(), Act::Update);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn act(mut self, act: Act) -> Self {
        self.sighting.subject = self.sighting.subject.with_act(act);
        self
    }

    /// Says who removed it.
    ///
    /// ```
    /// use delisted::{Store, observation::{RemovedBy, Seen, Sighting}, time::Dated};
    ///
    /// let day = Dated::utc_day("2020-06-30".parse()?)?;
    /// let sighting = Sighting::build("tiktok".parse()?, Store::GOOGLE_PLAY, "IN".parse()?, day, Seen::Removed)
    ///     .by(RemovedBy::Store)
    ///     .source("https://example.org/report")
    ///     .finish()?;
    /// assert_eq!(sighting.by(), Some(RemovedBy::Store));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn by(mut self, by: RemovedBy) -> Self {
        self.sighting.by = Some(by);
        self
    }

    /// Adds somebody's word on why it is gone.
    ///
    /// ```
    /// use delisted::{Store, observation::{Seen, Sighting}, time::Dated};
    ///
    /// let day = Dated::utc_day("2020-06-30".parse()?)?;
    /// let sighting = Sighting::build("tiktok".parse()?, Store::GOOGLE_PLAY, "IN".parse()?, day, Seen::Removed)
    ///     .cause("order@google".parse()?)
    ///     .cause("order@ministry".parse()?)
    ///     .source("https://example.org/report")
    ///     .finish()?;
    /// assert_eq!(sighting.causes().len(), 2);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn cause(mut self, cause: Attribution) -> Self {
        self.sighting.causes.push(cause);
        self
    }

    /// Says that its source does not state it, and a reader inferred it from what the source states.
    ///
    /// ```
    /// use delisted::{Store, market::Basis, observation::{Seen, Sighting}, time::Dated};
    ///
    /// let day = Dated::utc_day("2016-12-31".parse()?)?;
    /// let sighting = Sighting::build("linkedin".parse()?, Store::APP_STORE, "RU".parse()?, day, Seen::Available)
    ///     .basis(Basis::Inferred)
    ///     .source("https://example.org/report")
    ///     .finish()?;
    /// assert_eq!(sighting.basis(), Basis::Inferred);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn basis(mut self, basis: Basis) -> Self {
        self.sighting.basis = basis;
        self
    }

    /// Names the page or the data on which it rests.
    ///
    /// ```
    /// use delisted::{Store, observation::{Seen, Sighting}, time::Dated};
    ///
    /// let day = Dated::utc_day("2020-06-30".parse()?)?;
    /// let sighting = Sighting::build("tiktok".parse()?, Store::GOOGLE_PLAY, "IN".parse()?, day, Seen::Removed)
    ///     .source("https://example.org/report")
    ///     .finish()?;
    /// assert_eq!(sighting.source(), "https://example.org/report");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn source(mut self, source: impl Into<Arc<str>>) -> Self {
        self.sighting.source = source.into();
        self
    }

    /// Adds a remark for readers; a blank one is none.
    ///
    /// ```
    /// use delisted::{Store, observation::{Seen, Sighting}, time::Dated};
    ///
    /// let day = Dated::utc_day("2020-06-30".parse()?)?;
    /// let sighting = Sighting::build("tiktok".parse()?, Store::GOOGLE_PLAY, "IN".parse()?, day, Seen::Removed)
    ///     .source("https://example.org/report")
    ///     .note(" ")
    ///     .finish()?;
    /// assert_eq!(sighting.note(), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn note(mut self, note: impl Into<Arc<str>>) -> Self {
        self.sighting.note = Some(note.into()).filter(|note: &Arc<str>| !note.trim().is_empty());
        self
    }

    /// The sighting, if it can be so.
    ///
    /// Causes are sorted, and the same word of the same claimant counts once.
    ///
    /// ```
    /// use delisted::{Store, observation::{Seen, Sighting}, time::Dated};
    ///
    /// let day = Dated::utc_day("2020-06-30".parse()?)?;
    /// let builder = Sighting::build("tiktok".parse()?, Store::GOOGLE_PLAY, "IN".parse()?, day, Seen::Removed);
    /// assert!(builder.clone().finish().is_err());
    /// assert!(builder.source("https://example.org/report").finish().is_ok());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// - it has no source;
    /// - it was seen as available, or unknown, and yet says who removed it or why;
    /// - it was withdrawn by its publisher, and yet removed by another.
    pub fn finish(self) -> Result<Sighting, SightingError> {
        let mut sighting = self.sighting;
        let seen = sighting.seen;
        if sighting.source.trim().is_empty() {
            return Err(SightingError::NoSource);
        }
        if seen.is_offered() != Some(false) {
            if let Some(by) = sighting.by {
                return Err(SightingError::RemovedWhileThere { by, seen });
            }
            if let Some(cause) = sighting.causes.first() {
                return Err(SightingError::CausedWhileThere { cause: cause.clone(), seen });
            }
        }
        match sighting.by {
            Some(by) if seen == Seen::Withdrawn && by != RemovedBy::Publisher => {
                return Err(SightingError::WithdrawnByAnother { by });
            }
            _ => {}
        }
        sighting.causes.sort_unstable();
        sighting.causes.dedup();
        Ok(sighting)
    }
}
