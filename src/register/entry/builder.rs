use super::{Entry, EntryError};
use crate::{
    AuthorityId, EntryId,
    law::{Bound, Citation},
    register::Event,
    time::Dated,
};

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
    pub(super) id: EntryId,
    pub(super) by: Option<AuthorityId>,
    pub(super) entered: Option<Dated>,
    pub(super) effective: Option<Dated>,
    pub(super) recorded: Option<Dated>,
    pub(super) citation: Option<String>,
    pub(super) sources: Vec<String>,
    pub(super) corrects: Option<EntryId>,
    pub(super) note: Option<String>,
    pub(super) event: Event,
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
        Self { citation: Some(citation.as_ref().to_owned()), ..self }
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
    /// - it has no date of entry or of record, no citation, or no source, or a blank one;
    /// - a time lies outside the years 0 to 9999, so that no file could state it;
    /// - it was recorded before it was entered;
    /// - a span of its event ends before the entry takes effect;
    /// - it corrects itself.
    pub fn finish(self) -> Result<Entry, EntryError> {
        let entry = self.id;
        let Some(entered) = self.entered else { return Err(EntryError::NoEntered { entry }) };
        let Some(recorded) = self.recorded else { return Err(EntryError::NoRecorded { entry }) };
        let citation = self.citation.unwrap_or_default();
        let Ok(citation) = Citation::new(citation) else { return Err(EntryError::NoCitation { entry }) };
        if self.sources.is_empty() || self.sources.iter().any(|source| source.trim().is_empty()) {
            return Err(EntryError::NoSource { entry });
        }
        // A day that ends where the day of entry begins is before it; an instant that is the same is not.
        if recorded.as_start() < entered.as_start() && recorded.as_record() <= entered.as_start() {
            return Err(EntryError::RecordedBeforeEntered { entry, entered, recorded });
        }
        if self.corrects.as_ref() == Some(&entry) {
            return Err(EntryError::CorrectsItself { entry });
        }
        let stated = self.effective.iter().chain([&entered, &recorded]).chain(times(&self.event));
        if let Some(time) = stated.into_iter().find(|time| !time.is_writable()) {
            return Err(EntryError::Unwritable { entry, time: time.to_string() });
        }
        let start = self.effective.as_ref().unwrap_or(&entered);
        for span in self.event.spans() {
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
            note: self.note.filter(|note| !note.trim().is_empty()),
            event: self.event,
        })
    }
}

/// The times that an event states.
fn times(event: &Event) -> Vec<&Dated> {
    let moved = match event {
        Event::StartMoved { from, .. } => Some(from),
        Event::EndMoved { until, .. } => until.as_ref(),
        _ => None,
    };
    let bounds = event.spans().into_iter().flat_map(|span| span.from().into_iter().chain(span.until()));
    bounds
        .chain(moved)
        .filter_map(|bound| match bound {
            Bound::At(dated) => Some(dated),
            Bound::Upon(_) => None,
        })
        .collect()
}
