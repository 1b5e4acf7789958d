mod builder;
mod dispute;

use chrono::{DateTime, Utc};
use thiserror::Error;

use super::Event;
use crate::{
    AuthorityId, EntryId,
    law::Citation,
    market::Basis,
    time::{Dated, Known},
};

pub use builder::EntryBuilder;
pub use dispute::Dispute;

/// One event with everything that makes it checkable: three times, a citation, and sources.
///
/// - *entered*: the date that its issuer gave it, for citation; what it introduces exists from then on;
/// - *effective*: when it takes effect; where nothing else is stated, when it was entered;
/// - *recorded*: when it was learned, which decides who could have known.
///
/// ```
/// use delisted::{register::{Entry, Event}, time::instant};
///
/// let entry = Entry::build("mandate".parse()?, Event::MandateIssued { appeal: "ca9".parse()? })
///     .by("ca9".parse()?)
///     .entered(instant("2021-08-01T00:00:00Z")?)
///     .recorded(instant("2021-08-02T00:00:00Z")?)
///     .citation("9th Cir. 20-16908, mandate")
///     .source("https://example.org/mandate")
///     .finish()?;
/// assert_eq!(entry.effective(), instant("2021-08-01T00:00:00Z")?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    id: EntryId,
    by: Option<AuthorityId>,
    entered: Dated,
    effective: Option<Dated>,
    /// When it takes effect, over all that its sources say.
    effect: Dated,
    recorded: Dated,
    citation: Citation,
    sources: Vec<String>,
    disputes: Vec<Dispute>,
    basis: Basis,
    corrects: Option<EntryId>,
    with: Option<EntryId>,
    note: Option<String>,
    event: Event,
}

/// Why an entry is not complete, or contradicts itself.
///
/// ```
/// use delisted::register::{Entry, Event};
///
/// let error = Entry::build("mandate".parse()?, Event::MandateIssued { appeal: "ca9".parse()? }).finish();
/// assert_eq!(
///     error.unwrap_err().to_string(),
///     "entry `mandate` does not say when it was entered; give the date that its issuer gave it",
/// );
/// # Ok::<(), delisted::id::IdError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum EntryError {
    /// The issuer's date is missing.
    #[error("entry `{entry}` does not say when it was entered; give the date that its issuer gave it")]
    NoEntered {
        /// The entry.
        entry: EntryId,
    },
    /// The date on which it was learned is missing.
    #[error("entry `{entry}` does not say when it was recorded; give the date on which it was learned")]
    NoRecorded {
        /// The entry.
        entry: EntryId,
    },
    /// The citation is missing or blank.
    #[error("entry `{entry}` has no citation; name the official text, or say that none was published")]
    NoCitation {
        /// The entry.
        entry: EntryId,
    },
    /// No source is given.
    #[error("entry `{entry}` has no source; add the page or document on which it was read")]
    NoSource {
        /// The entry.
        entry: EntryId,
    },
    /// A time lies outside the years that a file can state.
    #[error("entry `{entry}` states the time `{time}`, outside the years 0 to 9999, which no file can state")]
    Unwritable {
        /// The entry.
        entry: EntryId,
        /// The time.
        time: String,
    },
    /// It was recorded before its issuer's date.
    #[error("entry `{entry}` was recorded at `{recorded}`, before it was entered at `{entered}`")]
    RecordedBeforeEntered {
        /// The entry.
        entry: EntryId,
        /// When it was entered.
        entered: Dated,
        /// When it was recorded.
        recorded: Dated,
    },
    /// A span ends before the entry takes effect, which is when the span starts.
    #[error(
        "entry `{entry}` starts at `{start}` and ends at `{end}`, which is not after it; mend one of the two"
    )]
    EndBeforeStart {
        /// The entry.
        entry: EntryId,
        /// The start.
        start: Dated,
        /// The end.
        end: Dated,
    },
    /// A dispute says nothing, or names no source.
    #[error("entry `{entry}` has a dispute that does not say what another source says, or which source")]
    EmptyDispute {
        /// The entry.
        entry: EntryId,
    },
    /// The entry took effect together with itself.
    #[error("entry `{entry}` took effect together with itself; name the other entry")]
    WithItself {
        /// The entry.
        entry: EntryId,
    },
    /// The entry corrects itself.
    #[error("entry `{entry}` corrects itself; name the earlier entry")]
    CorrectsItself {
        /// The entry.
        entry: EntryId,
    },
}

impl Entry {
    /// Begins an entry.
    ///
    /// ```
    /// use delisted::register::{Entry, Event};
    ///
    /// let _ = Entry::build("oops".parse()?, Event::EntryRetracted { entry: "order".parse()? });
    /// # Ok::<(), delisted::id::IdError>(())
    /// ```
    pub fn build(id: EntryId, event: Event) -> EntryBuilder {
        EntryBuilder {
            id,
            by: None,
            entered: None,
            effective: None,
            recorded: None,
            citation: None,
            sources: vec![],
            disputes: vec![],
            basis: Basis::Stated,
            corrects: None,
            with: None,
            note: None,
            event,
        }
    }

    /// The entry's identifier.
    ///
    /// ```
    /// use delisted::{register::{Entry, Event}, time::instant};
    ///
    /// # let day = instant("2021-08-01T00:00:00Z")?;
    /// let mandate = Entry::build("mandate".parse()?, Event::MandateIssued { appeal: "ca9".parse()? })
    ///     .entered(day)
    ///     .recorded(day)
    ///     .citation("9th Cir. 20-16908, mandate")
    ///     .source("https://example.org/mandate")
    ///     .finish()?;
    /// assert_eq!(mandate.id().as_str(), "mandate");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn id(&self) -> &EntryId {
        &self.id
    }

    /// Who acted.
    ///
    /// ```
    /// use delisted::{register::{Entry, Event}, time::instant};
    ///
    /// # let day = instant("2021-08-01T00:00:00Z")?;
    /// let mandate = Entry::build("mandate".parse()?, Event::MandateIssued { appeal: "ca9".parse()? })
    ///     .by("ca9".parse()?)
    ///     .entered(day)
    ///     .recorded(day)
    ///     .citation("9th Cir. 20-16908, mandate")
    ///     .source("https://example.org/mandate")
    ///     .finish()?;
    /// assert_eq!(mandate.by().map(|by| by.as_str()), Some("ca9"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn by(&self) -> Option<&AuthorityId> {
        self.by.as_ref()
    }

    /// The date that its issuer gave it.
    ///
    /// ```
    /// use delisted::{register::{Entry, Event}, time::instant};
    ///
    /// # let day = instant("2021-08-01T00:00:00Z")?;
    /// let mandate = Entry::build("mandate".parse()?, Event::MandateIssued { appeal: "ca9".parse()? })
    ///     .entered(day)
    ///     .recorded(day)
    ///     .citation("9th Cir. 20-16908, mandate")
    ///     .source("https://example.org/mandate")
    ///     .finish()?;
    /// assert_eq!(mandate.entered().as_start(), day);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn entered(&self) -> &Dated {
        &self.entered
    }

    /// The instant at which it takes effect.
    ///
    /// ```
    /// use delisted::{register::{Entry, Event}, time::instant};
    ///
    /// # let day = instant("2021-08-01T00:00:00Z")?;
    /// let mandate = Entry::build("mandate".parse()?, Event::MandateIssued { appeal: "ca9".parse()? })
    ///     .entered(day)
    ///     .recorded(day)
    ///     .citation("9th Cir. 20-16908, mandate")
    ///     .source("https://example.org/mandate")
    ///     .finish()?;
    /// assert_eq!(mandate.effective(), day);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn effective(&self) -> DateTime<Utc> {
        self.takes_effect().as_start()
    }

    /// When it takes effect, as it is stated: where nothing else is, when it was entered. Where its sources disagree
    /// about the time, it is uncertain between what they say.
    ///
    /// ```
    /// use delisted::{register::{Entry, Event}, time::instant};
    ///
    /// # let day = instant("2021-08-01T00:00:00Z")?;
    /// let mandate = Entry::build("mandate".parse()?, Event::MandateIssued { appeal: "ca9".parse()? })
    ///     .entered(day)
    ///     .recorded(day)
    ///     .citation("9th Cir. 20-16908, mandate")
    ///     .source("https://example.org/mandate")
    ///     .finish()?;
    /// assert_eq!(mandate.takes_effect(), mandate.entered());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn takes_effect(&self) -> &Dated {
        &self.effect
    }

    /// When it was learned.
    ///
    /// ```
    /// use delisted::{register::{Entry, Event}, time::instant};
    ///
    /// # let day = instant("2021-08-01T00:00:00Z")?;
    /// let mandate = Entry::build("mandate".parse()?, Event::MandateIssued { appeal: "ca9".parse()? })
    ///     .entered(day)
    ///     .recorded(day)
    ///     .citation("9th Cir. 20-16908, mandate")
    ///     .source("https://example.org/mandate")
    ///     .finish()?;
    /// assert_eq!(mandate.recorded().as_record(), day);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn recorded(&self) -> &Dated {
        &self.recorded
    }

    /// Where the official text is to be found.
    ///
    /// ```
    /// use delisted::{register::{Entry, Event}, time::instant};
    ///
    /// # let day = instant("2021-08-01T00:00:00Z")?;
    /// let mandate = Entry::build("mandate".parse()?, Event::MandateIssued { appeal: "ca9".parse()? })
    ///     .entered(day)
    ///     .recorded(day)
    ///     .citation("9th Cir. 20-16908, mandate")
    ///     .source("https://example.org/mandate")
    ///     .finish()?;
    /// assert_eq!(mandate.citation().as_str(), "9th Cir. 20-16908, mandate");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn citation(&self) -> &Citation {
        &self.citation
    }

    /// The pages or documents on which it was read: one at least.
    ///
    /// ```
    /// use delisted::{register::{Entry, Event}, time::instant};
    ///
    /// # let day = instant("2021-08-01T00:00:00Z")?;
    /// let mandate = Entry::build("mandate".parse()?, Event::MandateIssued { appeal: "ca9".parse()? })
    ///     .entered(day)
    ///     .recorded(day)
    ///     .citation("9th Cir. 20-16908, mandate")
    ///     .source("https://example.org/mandate")
    ///     .finish()?;
    /// assert_eq!(mandate.sources(), ["https://example.org/mandate"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn sources(&self) -> &[String] {
        &self.sources
    }

    /// What other sources say instead.
    ///
    /// ```
    /// use delisted::{register::{Entry, Event}, time::instant};
    ///
    /// # let day = instant("2021-08-01T00:00:00Z")?;
    /// let mandate = Entry::build("mandate".parse()?, Event::MandateIssued { appeal: "ca9".parse()? })
    ///     .entered(day)
    ///     .recorded(day)
    ///     .citation("9th Cir. 20-16908, mandate")
    ///     .source("https://example.org/mandate")
    ///     .finish()?;
    /// assert!(mandate.disputes().is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn disputes(&self) -> &[Dispute] {
        &self.disputes
    }

    /// Whether its sources state it, or a reader inferred it from them.
    ///
    /// ```
    /// use delisted::{register::{Basis, Entry, Event}, time::instant};
    ///
    /// # let day = instant("2021-08-01T00:00:00Z")?;
    /// let mandate = Entry::build("mandate".parse()?, Event::MandateIssued { appeal: "ca9".parse()? })
    ///     .entered(day)
    ///     .recorded(day)
    ///     .citation("9th Cir. 20-16908, mandate")
    ///     .source("https://example.org/mandate")
    ///     .finish()?;
    /// assert_eq!(mandate.basis(), Basis::Stated);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn basis(&self) -> Basis {
        self.basis
    }

    /// The earlier entry that it replaces.
    ///
    /// ```
    /// use delisted::{register::{Entry, Event}, time::instant};
    ///
    /// # let day = instant("2021-08-01T00:00:00Z")?;
    /// let mandate = Entry::build("mandate".parse()?, Event::MandateIssued { appeal: "ca9".parse()? })
    ///     .entered(day)
    ///     .recorded(day)
    ///     .citation("9th Cir. 20-16908, mandate")
    ///     .source("https://example.org/mandate")
    ///     .finish()?;
    /// assert_eq!(mandate.corrects(), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn corrects(&self) -> Option<&EntryId> {
        self.corrects.as_ref()
    }

    /// The earlier entry together with which it took effect, at one and the same instant.
    ///
    /// ```
    /// use delisted::{register::{Entry, Event}, time::instant};
    ///
    /// # let day = instant("2021-08-01T00:00:00Z")?;
    /// let mandate = Entry::build("mandate".parse()?, Event::MandateIssued { appeal: "ca9".parse()? })
    ///     .entered(day)
    ///     .recorded(day)
    ///     .citation("9th Cir. 20-16908, mandate")
    ///     .source("https://example.org/mandate")
    ///     .finish()?;
    /// assert_eq!(mandate.with(), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn with(&self) -> Option<&EntryId> {
        self.with.as_ref()
    }

    /// A remark for readers, which no answer depends on.
    ///
    /// ```
    /// use delisted::{register::{Entry, Event}, time::instant};
    ///
    /// # let day = instant("2021-08-01T00:00:00Z")?;
    /// let mandate = Entry::build("mandate".parse()?, Event::MandateIssued { appeal: "ca9".parse()? })
    ///     .entered(day)
    ///     .recorded(day)
    ///     .citation("9th Cir. 20-16908, mandate")
    ///     .source("https://example.org/mandate")
    ///     .finish()?;
    /// assert_eq!(mandate.note(), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn note(&self) -> Option<&str> {
        self.note.as_deref()
    }

    /// What it says.
    ///
    /// ```
    /// use delisted::{register::{Entry, Event}, time::instant};
    ///
    /// # let day = instant("2021-08-01T00:00:00Z")?;
    /// let mandate = Entry::build("mandate".parse()?, Event::MandateIssued { appeal: "ca9".parse()? })
    ///     .entered(day)
    ///     .recorded(day)
    ///     .citation("9th Cir. 20-16908, mandate")
    ///     .source("https://example.org/mandate")
    ///     .finish()?;
    /// assert_eq!(mandate.event().as_str(), "mandate-issued");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn event(&self) -> &Event {
        &self.event
    }

    /// When it takes effect, where it says so itself.
    #[cfg(feature = "file")]
    pub(crate) fn stated_effective(&self) -> Option<&Dated> {
        self.effective.as_ref()
    }

    /// The times on which an answer may turn, of entry, of effect, and those that its event states; and of each
    /// whether something ends then.
    pub(crate) fn times(&self) -> Vec<(bool, &Dated)> {
        let mut times = vec![(false, &self.entered), (false, &self.effect)];
        times.extend(builder::times(&self.event));
        times
    }

    /// Whether it had been learned.
    pub(crate) fn seen_by(&self, known: Known) -> bool {
        known.sees(self.recorded.as_record())
    }
}
