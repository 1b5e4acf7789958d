use super::{Basis, Dispute, Entry, EntryError};
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
    pub(super) disputes: Vec<Dispute>,
    pub(super) basis: Basis,
    pub(super) corrects: Option<EntryId>,
    pub(super) with: Option<EntryId>,
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

    /// States the earlier entry together with which this one took effect, so that where nobody knows the time it is one
    /// unknown and not two.
    ///
    /// ```
    /// use delisted::register::{Entry, Event};
    ///
    /// let _ = Entry::build("mandate".parse()?, Event::MandateIssued { appeal: "ca9".parse()? })
    ///     .with("judgment".parse()?);
    /// # Ok::<(), delisted::id::IdError>(())
    /// ```
    pub fn with(self, entry: EntryId) -> Self {
        Self { with: Some(entry), ..self }
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

    /// Adds what another source says instead.
    ///
    /// ```
    /// use delisted::{register::{Dispute, Entry, Event}, time::instant};
    ///
    /// # let day = instant("2021-08-01T00:00:00Z")?;
    /// let mandate = Entry::build("mandate".parse()?, Event::MandateIssued { appeal: "ca9".parse()? })
    ///     .dispute(Dispute::new("no mandate was issued", "https://example.org/other"))
    ///     .entered(day)
    ///     .recorded(day)
    ///     .citation("9th Cir. 20-16908, mandate")
    ///     .source("https://example.org/mandate")
    ///     .finish()?;
    /// assert_eq!(mandate.disputes().len(), 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn dispute(mut self, dispute: Dispute) -> Self {
        self.disputes.push(dispute);
        self
    }

    /// Says whether the sources state the fact, or a reader inferred it.
    ///
    /// ```
    /// use delisted::{register::{Basis, Entry, Event}, time::instant};
    ///
    /// # let day = instant("2021-08-01T00:00:00Z")?;
    /// let mandate = Entry::build("mandate".parse()?, Event::MandateIssued { appeal: "ca9".parse()? })
    ///     .basis(Basis::Inferred)
    ///     .entered(day)
    ///     .recorded(day)
    ///     .citation("9th Cir. 20-16908, mandate")
    ///     .source("https://example.org/mandate")
    ///     .finish()?;
    /// assert_eq!(mandate.basis(), Basis::Inferred);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn basis(self, basis: Basis) -> Self {
        Self { basis, ..self }
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
    /// - a dispute says nothing or has no source;
    /// - it corrects itself, or took effect together with itself.
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
        if recorded.as_start() < entered.earliest() && recorded.as_record() <= entered.earliest() {
            return Err(EntryError::RecordedBeforeEntered { entry, entered, recorded });
        }
        if self.disputes.iter().any(|it| it.says.trim().is_empty() || it.source.trim().is_empty()) {
            return Err(EntryError::EmptyDispute { entry });
        }
        if self.corrects.as_ref() == Some(&entry) {
            return Err(EntryError::CorrectsItself { entry });
        }
        if self.with.as_ref() == Some(&entry) {
            return Err(EntryError::WithItself { entry });
        }
        let disputed = self.disputes.iter().filter_map(|it| it.effective.as_ref());
        let stated = self
            .effective
            .iter()
            .chain([&entered, &recorded])
            .chain(times(&self.event).into_iter().map(|(_, time)| time));
        if let Some(time) = stated.chain(disputed.clone()).find(|time| !time.is_writable()) {
            return Err(EntryError::Unwritable { entry, time: time.to_string() });
        }
        let start = self.effective.as_ref().unwrap_or(&entered);
        let effect = disputed.fold(start.clone(), |effect, other| effect.or(other));
        for span in self.event.spans() {
            if let (None, Some(Bound::At(end))) = (span.from(), span.until())
                && end.as_end() <= start.earliest()
            {
                return Err(EntryError::EndBeforeStart { entry, start: start.clone(), end: end.clone() });
            }
        }
        Ok(Entry {
            id: entry,
            by: self.by,
            entered,
            effective: self.effective,
            effect,
            recorded,
            citation,
            sources: self.sources,
            disputes: self.disputes,
            basis: self.basis,
            corrects: self.corrects,
            with: self.with,
            note: self.note.filter(|note| !note.trim().is_empty()),
            event: self.event,
        })
    }
}

/// The times that an event states, and of each whether something ends then.
pub(super) fn times(event: &Event) -> Vec<(bool, &Dated)> {
    let mut bounds: Vec<(bool, &Bound)> = Vec::new();
    for span in event.spans() {
        bounds.extend(span.from().map(|from| (false, from)));
        bounds.extend(span.until().map(|until| (true, until)));
    }
    match event {
        Event::StartMoved { from, .. } => bounds.push((false, from)),
        Event::EndMoved { until: Some(until), .. } => bounds.push((true, until)),
        _ => {}
    }
    let mut times = Vec::new();
    for (is_end, bound) in bounds {
        if let Bound::At(dated) = bound {
            times.push((is_end, dated));
        }
    }
    times
}
