use crate::time::Dated;

/// What another source says of the same event, where sources disagree.
///
/// A dispute is not a correction: nobody knows which of the two is right. One about the time makes the entry's effect
/// uncertain between the two times, and every answer that turns on it says so.
///
/// ```
/// use delisted::{register::{Dispute, Entry, Event}, time::{Dated, instant}};
///
/// let (third, fourth) = (instant("2019-04-03T00:00:00Z")?, instant("2019-04-04T00:00:00Z")?);
/// let entry = Entry::build("mandate".parse()?, Event::MandateIssued { appeal: "ca9".parse()? })
///     .entered(third)
///     .recorded(fourth)
///     .citation("mandate of April 2019")
///     .source("https://example.org/one")
///     .dispute(Dispute::new("it came on 4 April", "https://example.org/other").effective(fourth))
///     .finish()?;
/// assert_eq!(entry.takes_effect(), &Dated::between(third, fourth)?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dispute {
    /// What the other source says.
    pub says: String,
    /// The other source.
    pub source: String,
    /// When the event took effect, by the other source, where it is about that.
    pub effective: Option<Dated>,
}

impl Dispute {
    /// What another source says.
    ///
    /// ```
    /// let dispute = delisted::register::Dispute::new("a legal demand was made", "https://example.org/other");
    /// assert_eq!(dispute.effective, None);
    /// ```
    pub fn new(says: impl Into<String>, source: impl Into<String>) -> Self {
        Self { says: says.into(), source: source.into(), effective: None }
    }

    /// The same with another time of effect.
    ///
    /// ```
    /// use delisted::{register::Dispute, time::instant};
    ///
    /// let other = Dispute::new("a day later", "https://example.org/other").effective(instant("2019-04-04T00:00:00Z")?);
    /// assert!(other.effective.is_some());
    /// # Ok::<(), delisted::time::TimeError>(())
    /// ```
    #[must_use]
    pub fn effective(self, effective: impl Into<Dated>) -> Self {
        Self { effective: Some(effective.into()), ..self }
    }
}
