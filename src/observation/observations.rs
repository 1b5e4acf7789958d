use chrono::{DateTime, Utc};

use super::Sighting;
use crate::{AppId, Store, market::Subject};

/// Sightings, sorted by what was looked at and then by time.
///
/// They may come in any order; the same sighting given twice is held once. Sightings that contradict each other are
/// all held: which of them errs, the library cannot know. Gaps are kept as gaps.
///
/// ```
/// use delisted::{Store, observation::{Observations, Seen, Sighting}, time::Dated};
///
/// let day = Dated::utc_day("2020-06-30".parse()?)?;
/// let sighting = Sighting::build("tiktok".parse()?, Store::GOOGLE_PLAY, "IN".parse()?, day, Seen::Available)
///     .source("https://example.org/monitor")
///     .finish()?;
/// let observations = Observations::new([sighting.clone(), sighting]);
/// assert_eq!(observations.sightings().len(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Observations {
    sightings: Vec<Sighting>,
}

/// Sightings of one subject at one instant, some of which say that it was offered, and some that it was not.
///
/// ```
/// use delisted::{Store, observation::{Observations, Seen, Sighting}, time::{Dated, instant}};
///
/// let at = Dated::from(instant("2020-06-30T12:00:00Z")?);
/// let look = |seen| Sighting::build("tiktok".parse().unwrap(), Store::GOOGLE_PLAY, "IN".parse().unwrap(), at.clone(), seen)
///     .source("https://example.org/monitor")
///     .finish();
/// let observations = Observations::new([look(Seen::Available)?, look(Seen::Removed)?]);
/// assert_eq!(observations.contradictions().count(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contradiction<'a> {
    sightings: &'a [Sighting],
}

impl<'a> Contradiction<'a> {
    /// The sightings, two at least.
    ///
    /// ```
    /// # use delisted::{Store, observation::{Observations, Seen, Sighting}, time::{Dated, instant}};
    /// # let at = Dated::from(instant("2020-06-30T12:00:00Z")?);
    /// # let look = |seen| Sighting::build("tiktok".parse().unwrap(), Store::GOOGLE_PLAY, "IN".parse().unwrap(), at.clone(), seen)
    /// #     .source("https://example.org/monitor")
    /// #     .finish();
    /// let observations = Observations::new([look(Seen::Available)?, look(Seen::Removed)?]);
    /// let told: Vec<_> = observations.contradictions().flat_map(|it| it.sightings()).collect();
    /// assert_eq!(told.len(), 2);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn sightings(self) -> &'a [Sighting] {
        self.sightings
    }
}

impl Observations {
    /// Sorts sightings, and merges those that are the same.
    ///
    /// ```
    /// use delisted::observation::Observations;
    ///
    /// assert_eq!(Observations::new([]), Observations::default());
    /// ```
    #[must_use]
    pub fn new(sightings: impl IntoIterator<Item = Sighting>) -> Self {
        let mut sightings: Vec<Sighting> = sightings.into_iter().collect();
        // Files are mostly in order already, which this sort is quick to find.
        sightings.sort();
        sightings.dedup();
        Self { sightings }
    }

    /// All of them, by app, store, territory, act and time.
    ///
    /// ```
    /// assert!(delisted::observation::Observations::default().sightings().is_empty());
    /// ```
    #[must_use]
    pub fn sightings(&self) -> &[Sighting] {
        &self.sightings
    }

    /// All that was looked at, in order, each with its sightings in order of time.
    ///
    /// ```
    /// use delisted::{Store, observation::{Observations, Seen, Sighting}, time::Dated};
    ///
    /// let look = |territory: &str, day: &str| -> Result<_, Box<dyn std::error::Error>> {
    ///     let (day, territory) = (Dated::utc_day(day.parse()?)?, territory.parse()?);
    ///     let look = Sighting::build("tiktok".parse()?, Store::GOOGLE_PLAY, territory, day, Seen::Available);
    ///     Ok(look.source("https://example.org/monitor").finish()?)
    /// };
    /// let looks = [look("US", "2020-07-01")?, look("IN", "2020-07-02")?, look("US", "2020-06-30")?];
    /// let observations = Observations::new(looks);
    /// let counted: Vec<(String, usize)> = observations
    ///     .subjects()
    ///     .map(|(subject, looks)| (subject.territory().to_string(), looks.len()))
    ///     .collect();
    /// assert_eq!(counted, [("IN".into(), 1), ("US".into(), 2)]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn subjects(&self) -> impl Iterator<Item = (&Subject, &[Sighting])> {
        self.sightings
            .chunk_by(|one, next| one.subject() == next.subject())
            .filter_map(|looks| looks.first().map(|first| (first.subject(), looks)))
    }

    /// The sightings of one subject, in order of time.
    ///
    /// ```
    /// use delisted::{Act, Store, Subject, observation::Observations};
    ///
    /// let subject = Subject::new("tiktok".parse()?, Store::APP_STORE, "US".parse()?, Act::Download);
    /// assert!(Observations::default().of(&subject).is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn of(&self, subject: &Subject) -> &[Sighting] {
        let start = self.sightings.partition_point(|sighting| sighting.subject() < subject);
        let rest = self.sightings.get(start..).unwrap_or_default();
        let length = rest.partition_point(|sighting| sighting.subject() <= subject);
        rest.get(..length).unwrap_or_default()
    }

    /// The sightings of one app in one store, in whatever territory and of whatever act.
    pub(super) fn of_app(&self, app: &AppId, store: &Store) -> &[Sighting] {
        let key =
            |sighting: &Sighting| (sighting.subject().app(), sighting.subject().store()).cmp(&(app, store));
        let start = self.sightings.partition_point(|sighting| key(sighting).is_lt());
        let rest = self.sightings.get(start..).unwrap_or_default();
        rest.get(..rest.partition_point(|sighting| key(sighting).is_le())).unwrap_or_default()
    }

    /// Sightings of one subject at the same instant that say opposite things.
    ///
    /// ```
    /// assert_eq!(delisted::observation::Observations::default().contradictions().count(), 0);
    /// ```
    pub fn contradictions(&self) -> impl Iterator<Item = Contradiction<'_>> {
        self.sightings
            .chunk_by(same_instant)
            .filter(|looks| disagree(looks.iter()))
            .map(|sightings| Contradiction { sightings })
    }
}

/// Whether two sightings are of one subject at one and the same known instant.
fn same_instant(one: &Sighting, other: &Sighting) -> bool {
    one.subject() == other.subject() && point(one).is_some() && point(one) == point(other)
}

/// The instant of the look, where it is known.
pub(super) fn point(sighting: &Sighting) -> Option<DateTime<Utc>> {
    (sighting.earliest() == sighting.latest()).then(|| sighting.earliest())
}

/// Whether some say that it was offered, and some that it was not.
pub(super) fn disagree<'a>(looks: impl Iterator<Item = &'a Sighting>) -> bool {
    let (mut there, mut gone) = (false, false);
    for look in looks {
        match look.seen().is_offered() {
            Some(true) => there = true,
            Some(false) => gone = true,
            None => {}
        }
    }
    there && gone
}
