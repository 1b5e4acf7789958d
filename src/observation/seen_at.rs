use super::{
    Observations, Sighting,
    observations::{disagree, point},
};
use crate::{
    market::{self, Subject, Territory},
    time::Dated,
};

/// On what an answer about a time rests.
///
/// It is not [`market::Basis`], which is of one sighting: whether its source states it.
///
/// ```
/// use delisted::{Act, Store, Subject, observation::{Basis, Observations}, time::Dated};
///
/// let subject = Subject::new("tiktok".parse()?, Store::APP_STORE, "US".parse()?, Act::Download);
/// let day = Dated::utc_day("2020-06-30".parse()?)?;
/// assert_eq!(Observations::default().seen_at(&subject, &day).basis(), Basis::Nothing);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
pub enum Basis {
    /// It was seen at that time; of several sightings on a day the last ones count.
    Seen,
    /// It was seen before and after, and alike.
    Between,
    /// It was seen at that time, both as there and as gone, and no order can be told.
    Disputed,
    /// It was seen before and after, and not alike: it changed in between, nobody saw when.
    Changed,
    /// The look at that time, or one beside it, could not tell.
    Untold,
    /// It was seen before only, or after only.
    OneSided,
    /// It was never seen.
    Nothing,
}

/// How an app was seen to stand at a time.
///
/// ```
/// use delisted::{Act, Store, Subject, observation::{Observations, Seen, Sighting}, time::Dated};
///
/// let day = Dated::utc_day("2020-06-30".parse()?)?;
/// let sighting = Sighting::build("tiktok".parse()?, Store::GOOGLE_PLAY, "IN".parse()?, day.clone(), Seen::Removed)
///     .source("https://example.org/report")
///     .finish()?;
/// let observations = Observations::new([sighting]);
/// let subject = Subject::new("tiktok".parse()?, Store::GOOGLE_PLAY, "IN".parse()?, Act::Download);
/// let seen = observations.seen_at(&subject, &day);
/// assert_eq!(seen.offered(), Some(false));
/// assert_eq!(seen.sightings()[0].source(), "https://example.org/report");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenAt<'a> {
    offered: Option<bool>,
    basis: Basis,
    is_inferred: bool,
    place: Territory,
    sightings: Vec<&'a Sighting>,
}

impl<'a> SeenAt<'a> {
    /// Whether it was offered, or nothing where that is not known.
    ///
    /// ```
    /// # use delisted::{Act, Store, Subject, observation::Observations, time::Dated};
    /// let subject = Subject::new("tiktok".parse()?, Store::APP_STORE, "US".parse()?, Act::Download);
    /// let day = Dated::utc_day("2020-06-30".parse()?)?;
    /// assert_eq!(Observations::default().seen_at(&subject, &day).offered(), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn offered(&self) -> Option<bool> {
        self.offered
    }

    /// On what that rests.
    ///
    /// ```
    /// # use delisted::{Act, Store, Subject, observation::{Basis, Observations}, time::Dated};
    /// let subject = Subject::new("tiktok".parse()?, Store::APP_STORE, "US".parse()?, Act::Download);
    /// let day = Dated::utc_day("2020-06-30".parse()?)?;
    /// assert_eq!(Observations::default().seen_at(&subject, &day).basis(), Basis::Nothing);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn basis(&self) -> Basis {
        self.basis
    }

    /// The territory whose sightings answered: the one asked about, or the country of a part that nobody looked at.
    ///
    /// ```
    /// # use delisted::{Act, Store, Subject, observation::Observations, time::Dated};
    /// let montana = Subject::new("tiktok".parse()?, Store::APP_STORE, "US-MT".parse()?, Act::Download);
    /// let day = Dated::utc_day("2024-01-01".parse()?)?;
    /// assert_eq!(Observations::default().seen_at(&montana, &day).place().as_str(), "US");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn place(&self) -> &Territory {
        &self.place
    }

    /// The sightings that decided, in order of time.
    ///
    /// ```
    /// # use delisted::{Act, Store, Subject, observation::Observations, time::Dated};
    /// let subject = Subject::new("tiktok".parse()?, Store::APP_STORE, "US".parse()?, Act::Download);
    /// let day = Dated::utc_day("2020-06-30".parse()?)?;
    /// assert!(Observations::default().seen_at(&subject, &day).sightings().is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn sightings(&self) -> &[&'a Sighting] {
        &self.sightings
    }

    /// Whether what it says rests on inferred sightings only: no source states one of those that decided. What was seen
    /// before and after is inferred where those on one side are, since it needs both. What is not known rests on nothing.
    ///
    /// ```
    /// use delisted::{Act, Store, Subject, market::Basis, observation::{Observations, Seen, Sighting}, time::Dated};
    ///
    /// let day = Dated::utc_day("2016-12-31".parse()?)?;
    /// let look = Sighting::build("linkedin".parse()?, Store::APP_STORE, "RU".parse()?, day.clone(), Seen::Available)
    ///     .source("https://example.org/report");
    /// let inferred = look.clone().basis(Basis::Inferred).finish()?;
    /// let subject = Subject::new("linkedin".parse()?, Store::APP_STORE, "RU".parse()?, Act::Download);
    /// let observations = Observations::new([inferred.clone()]);
    /// assert!(observations.seen_at(&subject, &day).is_inferred());
    /// let observations = Observations::new([inferred, look.finish()?]);
    /// assert!(!observations.seen_at(&subject, &day).is_inferred());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn is_inferred(&self) -> bool {
        self.is_inferred
    }
}

impl Observations {
    /// How a subject was seen to stand at a time, or on a day.
    ///
    /// A sighting at that time decides; for a day, the last one during that day. Without one the neighbours before
    /// and after decide if they agree, and where one of them may have been before or after, it is taken for both.
    /// Otherwise it is not known. An inferred sighting counts as any other, and [`SeenAt::is_inferred`] tells where no
    /// other does. A part of a country at which nobody looked stands as its country does.
    ///
    /// ```
    /// use delisted::{Act, Store, Subject, observation::{Basis, Observations, Seen, Sighting}, time::Dated};
    ///
    /// let day = |text: &str| -> Result<_, Box<dyn std::error::Error>> { Ok(Dated::utc_day(text.parse()?)?) };
    /// let look = |when: &str, seen| -> Result<_, Box<dyn std::error::Error>> {
    ///     let look = Sighting::build("tiktok".parse()?, Store::GOOGLE_PLAY, "IN".parse()?, day(when)?, seen);
    ///     Ok(look.source("https://example.org/monitor").finish()?)
    /// };
    /// let observations = Observations::new([
    ///     look("2020-06-01", Seen::Available)?,
    ///     look("2020-06-28", Seen::Available)?,
    ///     look("2020-07-02", Seen::Removed)?,
    /// ]);
    /// let subject = Subject::new("tiktok".parse()?, Store::GOOGLE_PLAY, "IN".parse()?, Act::Download);
    /// let seen = |when: &str| -> Result<_, Box<dyn std::error::Error>> {
    ///     let seen = observations.seen_at(&subject, &day(when)?);
    ///     Ok((seen.offered(), seen.basis()))
    /// };
    /// assert_eq!(seen("2020-06-28")?, (Some(true), Basis::Seen));
    /// assert_eq!(seen("2020-06-10")?, (Some(true), Basis::Between));
    /// assert_eq!(seen("2020-06-30")?, (None, Basis::Changed));
    /// assert_eq!(seen("2020-08-01")?, (None, Basis::OneSided));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn seen_at(&self, subject: &Subject, at: &Dated) -> SeenAt<'_> {
        let own = self.of(subject);
        if own.is_empty() && subject.territory().is_part() {
            let country = subject.territory().country();
            let whole =
                Subject::new(subject.app().clone(), subject.store().clone(), country.clone(), subject.act());
            return judged(self.of(&whole), at, country);
        }
        judged(own, at, subject.territory().clone())
    }
}

fn judged<'a>(looks: &'a [Sighting], at: &Dated, place: Territory) -> SeenAt<'a> {
    let (first, last) = (at.earliest(), at.latest());
    let (mut within, mut before, mut after, mut either) = (vec![], vec![], vec![], vec![]);
    for look in looks {
        if first <= look.earliest() && look.latest() <= last {
            within.push(look);
        } else if look.latest() <= first {
            before.push(look);
        } else if last <= look.earliest() {
            after.push(look);
        } else {
            either.push(look);
        }
    }
    let answer = |offered: Option<bool>, basis, sightings: Vec<&'a Sighting>| {
        let is_inferred = offered.is_some() && inferred_only(&sightings);
        SeenAt { offered, basis, is_inferred, place, sightings }
    };
    if looks.is_empty() {
        return answer(None, Basis::Nothing, vec![]);
    }
    if !within.is_empty() {
        let told: Vec<&Sighting> =
            within.iter().copied().filter(|look| look.seen().is_offered().is_some()).collect();
        if told.is_empty() {
            return answer(None, Basis::Untold, within);
        }
        let last = last_of(&told);
        let disputed = disagree(last.iter().copied());
        let offered = last.first().and_then(|look| look.seen().is_offered()).filter(|_| !disputed);
        return answer(offered, if disputed { Basis::Disputed } else { Basis::Seen }, last);
    }
    let one_sided = before.is_empty() || after.is_empty();
    let (mut beside, next) = (last_of(&before), first_of(&after));
    let one_side_inferred = inferred_only(&beside) || inferred_only(&next);
    beside.extend(either);
    beside.extend(next);
    if one_sided {
        return answer(None, Basis::OneSided, beside);
    }
    if beside.iter().any(|look| look.seen().is_offered().is_none()) {
        return answer(None, Basis::Untold, beside);
    }
    if disagree(beside.iter().copied()) {
        return answer(None, Basis::Changed, beside);
    }
    let offered = beside.first().and_then(|look| look.seen().is_offered());
    SeenAt { is_inferred: one_side_inferred, ..answer(offered, Basis::Between, beside) }
}

/// Whether no source states any of them.
fn inferred_only(looks: &[&Sighting]) -> bool {
    looks.iter().all(|look| look.basis() == market::Basis::Inferred)
}

/// Whether one look was surely before another; two at the same instant are not.
fn precedes(one: &Sighting, later: &Sighting) -> bool {
    one.latest() <= later.earliest() && (point(one).is_none() || point(one) != point(later))
}

/// The looks that may have been the last.
fn last_of<'a>(looks: &[&'a Sighting]) -> Vec<&'a Sighting> {
    let edge = looks.iter().map(|look| look.earliest()).max();
    let latest: Vec<_> = looks.iter().filter(|look| Some(look.earliest()) == edge).collect();
    looks.iter().copied().filter(|one| !latest.iter().any(|other| precedes(one, other))).collect()
}

/// The looks that may have been the first.
fn first_of<'a>(looks: &[&'a Sighting]) -> Vec<&'a Sighting> {
    let edge = looks.iter().map(|look| look.latest()).min();
    let soonest: Vec<_> = looks.iter().filter(|look| Some(look.latest()) == edge).collect();
    looks.iter().copied().filter(|one| !soonest.iter().any(|other| precedes(other, one))).collect()
}
