use std::{collections::BTreeSet, fmt};

use crate::{
    market::Subject,
    observation::{Observations, Sighting},
};

/// How many sources a line names of each side.
const NAMED: usize = 3;

/// Sightings of one subject that say at the same time that it was on offer and that it was not.
///
/// The time may be an instant or, where the sources tell no hour, one and the same day. Times that follow upon each
/// other, with no time between them at which several sightings agree, are told as one.
///
/// ```
/// use delisted::{Register, Store, observation::*, reconciliation::Report, time::{Dated, Known}};
///
/// let day = Dated::utc_day("2020-06-30".parse()?)?;
/// let look = |seen, source: &str| -> Result<_, Box<dyn std::error::Error>> {
///     let look = Sighting::build("tiktok".parse()?, Store::GOOGLE_PLAY, "IN".parse()?, day.clone(), seen);
///     Ok(look.source(source).finish()?)
/// };
/// let observations = Observations::new([look(Seen::Available, "monitor")?, look(Seen::Removed, "paper")?]);
/// let register = Register::default();
/// let report = Report::new(&register, &observations, ChangeRule::reported(), Known::Best);
/// assert_eq!(
///     report.seen_both_ways()[0].to_string(),
///     "download of tiktok in google-play, IN was seen both ways at 2020-06-30[UTC]: on offer by monitor, gone by paper",
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenBothWays<'a> {
    subject: &'a Subject,
    first: &'a Sighting,
    last: &'a Sighting,
    times: usize,
    offered_by: BTreeSet<&'a str>,
    gone_by: BTreeSet<&'a str>,
}

impl<'a> SeenBothWays<'a> {
    /// All of them, by subject and time.
    pub(super) fn all(observations: &'a Observations) -> Vec<Self> {
        let mut found = Vec::new();
        for (subject, looks) in observations.subjects() {
            let mut open: Option<Self> = None;
            for group in looks.chunk_by(|one, next| bounds(one) == bounds(next)) {
                let told = |offered: bool| -> BTreeSet<&'a str> {
                    let told = group.iter().filter(|look| look.seen().is_offered() == Some(offered));
                    told.map(Sighting::source).collect()
                };
                let (offered_by, gone_by) = (told(true), told(false));
                let [first, ..] = group else { continue };
                if offered_by.is_empty() || gone_by.is_empty() {
                    // One look alone neither goes on with the contradiction nor settles it.
                    if group.len() > 1 {
                        found.extend(open.take());
                    }
                    continue;
                }
                match &mut open {
                    Some(it) => {
                        it.last = first;
                        it.times = it.times.saturating_add(1);
                        it.offered_by.extend(offered_by);
                        it.gone_by.extend(gone_by);
                    }
                    None => open = Some(Self { subject, first, last: first, times: 1, offered_by, gone_by }),
                }
            }
            found.extend(open);
        }
        found
    }

    /// What was seen both ways.
    ///
    /// ```
    /// let app = |it: &delisted::reconciliation::SeenBothWays<'_>| it.subject().app().clone();
    /// # let _ = app;
    /// ```
    #[must_use]
    pub fn subject(&self) -> &'a Subject {
        self.subject
    }

    /// A sighting of the first time, and one of the last; one and the same where there is one time.
    ///
    /// ```
    /// let since = |it: &delisted::reconciliation::SeenBothWays<'_>| it.span().0.earliest();
    /// # let _ = since;
    /// ```
    #[must_use]
    pub fn span(&self) -> (&'a Sighting, &'a Sighting) {
        (self.first, self.last)
    }

    /// At how many times.
    ///
    /// ```
    /// let once = |it: &delisted::reconciliation::SeenBothWays<'_>| it.times() == 1;
    /// # let _ = once;
    /// ```
    #[must_use]
    pub fn times(&self) -> usize {
        self.times
    }

    /// The sources that say it was on offer, in alphabetical order.
    ///
    /// ```
    /// let first = |it: &delisted::reconciliation::SeenBothWays<'_>| it.offered_by().next().map(str::to_owned);
    /// # let _ = first;
    /// ```
    pub fn offered_by(&self) -> impl Iterator<Item = &'a str> {
        self.offered_by.iter().copied()
    }

    /// The sources that say it was gone, in alphabetical order.
    ///
    /// ```
    /// let first = |it: &delisted::reconciliation::SeenBothWays<'_>| it.gone_by().next().map(str::to_owned);
    /// # let _ = first;
    /// ```
    pub fn gone_by(&self) -> impl Iterator<Item = &'a str> {
        self.gone_by.iter().copied()
    }
}

fn bounds(look: &Sighting) -> (chrono::DateTime<chrono::Utc>, chrono::DateTime<chrono::Utc>) {
    (look.earliest(), look.latest())
}

impl fmt::Display for SeenBothWays<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} was seen both ways ", self.subject)?;
        match self.times {
            1 => write!(f, "at {}", self.first.at())?,
            times => write!(f, "at {times} times from {} to {}", self.first.at(), self.last.at())?,
        }
        write!(f, ": on offer by {}, gone by {}", sources(&self.offered_by), sources(&self.gone_by))
    }
}

fn sources(all: &BTreeSet<&str>) -> String {
    let named: Vec<&str> = all.iter().take(NAMED).copied().collect();
    match all.len().saturating_sub(NAMED) {
        0 => named.join(" and "),
        more => format!("{} and {more} more", named.join(", ")),
    }
}
