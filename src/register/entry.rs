use chrono::{DateTime, Utc};
use thiserror::Error;

use super::Event;
use crate::{
    AuthorityId, EntryId,
    law::{Bound, Citation, Span},
    time::{Dated, Known},
};

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
    recorded: Dated,
    citation: Citation,
    sources: Vec<String>,
    corrects: Option<EntryId>,
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
    /// The entry corrects itself.
    #[error("entry `{entry}` corrects itself; name the earlier entry")]
    CorrectsItself {
        /// The entry.
        entry: EntryId,
    },
}

/// An entry in the making; [`finish`](Self::finish) checks it.
///
/// ```
/// use delisted::register::{Entry, Event};
///
/// let builder = Entry::build("mandate".parse()?, Event::MandateIssued { appeal: "ca9".parse()? });
/// assert!(builder.finish().is_err());
/// # Ok::<(), delisted::id::IdError>(())
/// ```
#[derive(Debug, Clone)]
#[must_use = "an entry is made by `finish`"]
pub struct EntryBuilder {
    id: EntryId,
    by: Option<AuthorityId>,
    entered: Option<Dated>,
    effective: Option<Dated>,
    recorded: Option<Dated>,
    citation: Option<Citation>,
    sources: Vec<String>,
    corrects: Option<EntryId>,
    note: Option<String>,
    event: Event,
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
            corrects: None,
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

    /// When it takes effect, as it is stated: where nothing else is, when it was entered.
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
        self.effective.as_ref().unwrap_or(&self.entered)
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

    /// Whether it had been learned.
    pub(crate) fn seen_by(&self, known: Known) -> bool {
        known.sees(self.recorded.as_record())
    }
}

impl EntryBuilder {
    /// States who acted.
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
    /// assert!(mandate.by().is_some());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn by(self, authority: AuthorityId) -> Self {
        Self { by: Some(authority), ..self }
    }

    /// States the date that the issuer gave it.
    ///
    /// ```
    /// use delisted::{register::{Entry, Event}, time::instant};
    ///
    /// # let day = instant("2021-08-01T00:00:00Z")?;
    /// let mandate = Entry::build("mandate".parse()?, Event::MandateIssued { appeal: "ca9".parse()? })
    ///     .entered(instant("2021-08-01T00:00:00Z")?)
    ///     .recorded(day)
    ///     .citation("9th Cir. 20-16908, mandate")
    ///     .source("https://example.org/mandate")
    ///     .finish()?;
    /// assert_eq!(mandate.entered().to_string(), "2021-08-01T00:00:00Z");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn entered(self, entered: impl Into<Dated>) -> Self {
        Self { entered: Some(entered.into()), ..self }
    }

    /// States when it takes effect, where that is not when it was entered.
    ///
    /// ```
    /// use delisted::{register::{Entry, Event}, time::instant};
    ///
    /// # let day = instant("2021-08-01T00:00:00Z")?;
    /// let mandate = Entry::build("mandate".parse()?, Event::MandateIssued { appeal: "ca9".parse()? })
    ///     .effective(instant("2021-08-08T00:00:00Z")?)
    ///     .entered(day)
    ///     .recorded(day)
    ///     .citation("9th Cir. 20-16908, mandate")
    ///     .source("https://example.org/mandate")
    ///     .finish()?;
    /// assert_eq!(mandate.effective().to_string(), "2021-08-08 00:00:00 UTC");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn effective(self, effective: impl Into<Dated>) -> Self {
        Self { effective: Some(effective.into()), ..self }
    }

    /// States when it was learned.
    ///
    /// ```
    /// use delisted::{register::{Entry, Event}, time::instant};
    ///
    /// # let day = instant("2021-08-01T00:00:00Z")?;
    /// let mandate = Entry::build("mandate".parse()?, Event::MandateIssued { appeal: "ca9".parse()? })
    ///     .entered(day)
    ///     .recorded(instant("2021-08-02T00:00:00Z")?)
    ///     .citation("9th Cir. 20-16908, mandate")
    ///     .source("https://example.org/mandate")
    ///     .finish()?;
    /// assert!(mandate.recorded().as_record() > day);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn recorded(self, recorded: impl Into<Dated>) -> Self {
        Self { recorded: Some(recorded.into()), ..self }
    }

    /// States where the official text is to be found.
    ///
    /// ```
    /// use delisted::{register::{Entry, EntryError, Event}, time::instant};
    ///
    /// # let day = instant("2021-08-01T00:00:00Z")?;
    /// let builder = Entry::build("mandate".parse()?, Event::MandateIssued { appeal: "ca9".parse()? })
    ///     .entered(day)
    ///     .recorded(day)
    ///     .source("https://example.org/mandate");
    /// assert!(matches!(builder.clone().citation(" ").finish(), Err(EntryError::NoCitation { .. })));
    /// assert_eq!(builder.citation("9th Cir. 20-16908").finish()?.citation().as_str(), "9th Cir. 20-16908");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn citation(self, citation: impl AsRef<str>) -> Self {
        Self { citation: Citation::new(citation).ok(), ..self }
    }

    /// Adds a page or document on which it was read.
    ///
    /// ```
    /// use delisted::{register::{Entry, Event}, time::instant};
    ///
    /// # let day = instant("2021-08-01T00:00:00Z")?;
    /// let mandate = Entry::build("mandate".parse()?, Event::MandateIssued { appeal: "ca9".parse()? })
    ///     .source("https://example.org/docket")
    ///     .entered(day)
    ///     .recorded(day)
    ///     .citation("9th Cir. 20-16908, mandate")
    ///     .source("https://example.org/mandate")
    ///     .finish()?;
    /// assert_eq!(mandate.sources().len(), 2);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn source(mut self, source: impl Into<String>) -> Self {
        self.sources.push(source.into());
        self
    }

    /// States which earlier entry it replaces.
    ///
    /// ```
    /// use delisted::{register::{Entry, Event}, time::instant};
    ///
    /// # let day = instant("2021-08-01T00:00:00Z")?;
    /// let mandate = Entry::build("mandate".parse()?, Event::MandateIssued { appeal: "ca9".parse()? })
    ///     .corrects("mandate-misread".parse()?)
    ///     .entered(day)
    ///     .recorded(day)
    ///     .citation("9th Cir. 20-16908, mandate")
    ///     .source("https://example.org/mandate")
    ///     .finish()?;
    /// assert!(mandate.corrects().is_some());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn corrects(self, entry: EntryId) -> Self {
        Self { corrects: Some(entry), ..self }
    }

    /// Adds a remark for readers, which no answer depends on.
    ///
    /// ```
    /// use delisted::{register::{Entry, Event}, time::instant};
    ///
    /// # let day = instant("2021-08-01T00:00:00Z")?;
    /// let mandate = Entry::build("mandate".parse()?, Event::MandateIssued { appeal: "ca9".parse()? })
    ///     .note("issued under seal")
    ///     .entered(day)
    ///     .recorded(day)
    ///     .citation("9th Cir. 20-16908, mandate")
    ///     .source("https://example.org/mandate")
    ///     .finish()?;
    /// assert_eq!(mandate.note(), Some("issued under seal"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn note(self, note: impl Into<String>) -> Self {
        Self { note: Some(note.into()), ..self }
    }

    /// Checks the entry by itself and makes it.
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
    ///
    /// # Errors
    ///
    /// - it has no date of entry or of record, no citation, or no source;
    /// - it was recorded before it was entered;
    /// - a span of its event ends before the entry takes effect;
    /// - it corrects itself.
    pub fn finish(self) -> Result<Entry, EntryError> {
        let entry = self.id;
        let Some(entered) = self.entered else { return Err(EntryError::NoEntered { entry }) };
        let Some(recorded) = self.recorded else { return Err(EntryError::NoRecorded { entry }) };
        let Some(citation) = self.citation else { return Err(EntryError::NoCitation { entry }) };
        if self.sources.iter().all(|source| source.trim().is_empty()) {
            return Err(EntryError::NoSource { entry });
        }
        if recorded.as_record() < entered.as_start() {
            return Err(EntryError::RecordedBeforeEntered { entry, entered, recorded });
        }
        if self.corrects.as_ref() == Some(&entry) {
            return Err(EntryError::CorrectsItself { entry });
        }
        let start = self.effective.as_ref().unwrap_or(&entered);
        for span in spans(&self.event) {
            if let (None, Some(Bound::At(end))) = (span.from(), span.until())
                && end.as_end() <= start.as_start()
            {
                return Err(EntryError::EndBeforeStart { entry, start: start.clone(), end: end.clone() });
            }
        }
        Ok(Entry {
            id: entry,
            by: self.by,
            entered,
            effective: self.effective,
            recorded,
            citation,
            sources: self.sources,
            corrects: self.corrects,
            note: self.note,
            event: self.event,
        })
    }
}

/// The spans that an event states.
fn spans(event: &Event) -> Vec<&Span> {
    let own = match event {
        Event::InstrumentIssued(it) => Some(&it.span),
        Event::ReliefGranted(it) => Some(&it.span),
        Event::EnforcementForborne(it) => Some(&it.span),
        _ => None,
    };
    let clauses = event.clauses().map(|(_, clauses)| clauses).unwrap_or_default();
    own.into_iter().chain(clauses.iter().map(|clause| &clause.span)).collect()
}
