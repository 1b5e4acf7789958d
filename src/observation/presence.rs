use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::{
    Attribution, ChangeRule, Observations, RemovedBy, Seen, Sighting, Stretch,
    elsewhere::Elsewhere,
    runs::{Doubt, Piece, Runs, runs},
};
use crate::{market::Subject, time::Dated};

/// How an app stood over a stretch of time, as far as its sightings tell.
///
/// ```
/// use delisted::observation::State;
///
/// assert_eq!(State::Offered.is_offered(), Some(true));
/// assert_eq!(State::Unobserved.is_offered(), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
pub enum State {
    /// It was offered.
    Offered,
    /// It was gone, or never there.
    Withheld,
    /// It was seen to stand one way before and the other way after: it changed in between.
    Changing,
    /// Looks contradict each other, are too few for the rule, or were at an hour that nobody noted.
    Unsettled,
    /// Nobody looked, or longer ago than anything may be presumed.
    Unobserved,
}

impl State {
    /// Whether it was there to be had, where that is known.
    ///
    /// ```
    /// assert_eq!(delisted::observation::State::Withheld.is_offered(), Some(false));
    /// ```
    #[must_use]
    pub const fn is_offered(self) -> Option<bool> {
        match self {
            Self::Offered => Some(true),
            Self::Withheld => Some(false),
            Self::Changing | Self::Unsettled | Self::Unobserved => None,
        }
    }
}

/// A stretch of time over which an app stood one way, or over which nobody knows.
///
/// ```
/// use delisted::{Store, observation::{ChangeRule, Observations, Seen, Sighting, State}, time::{Dated, instant}};
///
/// let noon = Dated::from(instant("2020-06-30T12:00:00Z")?);
/// let look = Sighting::build("tiktok".parse()?, Store::GOOGLE_PLAY, "IN".parse()?, noon, Seen::Removed);
/// let observations = Observations::new([look.source("https://example.org/monitor").finish()?]);
/// let presence = observations.presences(ChangeRule::reported()).next().ok_or("one subject")?;
/// let spell = &presence.spells()[0];
/// assert_eq!(spell.state(), State::Withheld);
/// assert!(spell.stretch().is_instant());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spell<'a> {
    stretch: Stretch,
    state: State,
    run: Option<usize>,
    /// Which run follows upon it, where it is a change.
    opens: Option<usize>,
    sightings: Vec<&'a Sighting>,
}

impl<'a> Spell<'a> {
    /// The time.
    ///
    /// ```
    /// # use delisted::{Store, observation::*, time::{Dated, instant}};
    /// # let noon = Dated::from(instant("2020-06-30T12:00:00Z")?);
    /// # let look = Sighting::build("tiktok".parse()?, Store::GOOGLE_PLAY, "IN".parse()?, noon, Seen::Removed);
    /// let observations = Observations::new([look.source("https://example.org/monitor").finish()?]);
    /// let presence = observations.presences(ChangeRule::reported()).next().ok_or("one subject")?;
    /// assert_eq!(presence.spells()[0].stretch().from(), instant("2020-06-30T12:00:00Z")?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn stretch(&self) -> Stretch {
        self.stretch
    }

    /// How it stood.
    ///
    /// ```
    /// # use delisted::{Store, observation::*, time::{Dated, instant}};
    /// # let noon = Dated::from(instant("2020-06-30T12:00:00Z")?);
    /// # let look = Sighting::build("tiktok".parse()?, Store::GOOGLE_PLAY, "IN".parse()?, noon, Seen::Available);
    /// let observations = Observations::new([look.source("https://example.org/monitor").finish()?]);
    /// let presence = observations.presences(ChangeRule::reported()).next().ok_or("one subject")?;
    /// assert_eq!(presence.spells()[0].state(), State::Offered);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn state(&self) -> State {
        self.state
    }

    /// The sightings on which that rests, or that leave it open.
    ///
    /// ```
    /// # use delisted::{Store, observation::*, time::{Dated, instant}};
    /// # let noon = Dated::from(instant("2020-06-30T12:00:00Z")?);
    /// # let look = Sighting::build("tiktok".parse()?, Store::GOOGLE_PLAY, "IN".parse()?, noon, Seen::Available);
    /// let observations = Observations::new([look.source("https://example.org/monitor").finish()?]);
    /// let presence = observations.presences(ChangeRule::reported()).next().ok_or("one subject")?;
    /// assert_eq!(presence.spells()[0].sightings().len(), 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn sightings(&self) -> &[&'a Sighting] {
        &self.sightings
    }

    /// How it was seen to be gone: the words of its sightings, each once.
    ///
    /// ```
    /// # use delisted::{Store, observation::*, time::{Dated, instant}};
    /// # let noon = Dated::from(instant("2020-06-30T12:00:00Z")?);
    /// # let look = Sighting::build("tiktok".parse()?, Store::GOOGLE_PLAY, "IN".parse()?, noon, Seen::Withdrawn);
    /// let observations = Observations::new([look.source("https://example.org/monitor").finish()?]);
    /// let presence = observations.presences(ChangeRule::reported()).next().ok_or("one subject")?;
    /// assert!(presence.spells()[0].seen_as().contains(&Seen::Withdrawn));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn seen_as(&self) -> BTreeSet<Seen> {
        self.sightings.iter().map(|sighting| sighting.seen()).collect()
    }

    /// Who removed it, as its sightings say; nobody where none says so.
    ///
    /// ```
    /// # use delisted::{Store, observation::*, time::{Dated, instant}};
    /// # let noon = Dated::from(instant("2020-06-30T12:00:00Z")?);
    /// # let look = Sighting::build("tiktok".parse()?, Store::GOOGLE_PLAY, "IN".parse()?, noon, Seen::Removed);
    /// let observations = Observations::new([look.source("https://example.org/monitor").finish()?]);
    /// let presence = observations.presences(ChangeRule::reported()).next().ok_or("one subject")?;
    /// assert!(presence.spells()[0].removed_by().is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn removed_by(&self) -> BTreeSet<RemovedBy> {
        self.sightings.iter().filter_map(|sighting| sighting.by()).collect()
    }

    /// Which instruments are said to be why, and by whom.
    ///
    /// ```
    /// # use delisted::{Store, observation::*, time::{Dated, instant}};
    /// # let noon = Dated::from(instant("2020-06-30T12:00:00Z")?);
    /// # let look = Sighting::build("tiktok".parse()?, Store::GOOGLE_PLAY, "IN".parse()?, noon, Seen::Removed);
    /// let observations = Observations::new([look.source("https://example.org/monitor").finish()?]);
    /// let presence = observations.presences(ChangeRule::reported()).next().ok_or("one subject")?;
    /// assert!(presence.spells()[0].causes().is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn causes(&self) -> BTreeSet<&'a Attribution> {
        self.sightings.iter().flat_map(|sighting| sighting.causes()).collect()
    }

    /// Which run of one state it belongs to, where its state is known.
    pub(crate) fn run(&self) -> Option<usize> {
        self.run
    }

    /// Which run of one state follows upon it, where it is a change.
    pub(crate) fn opens(&self) -> Option<usize> {
        self.opens
    }
}

/// A removal or a restoration, somewhen between two looks.
///
/// ```
/// use delisted::{Store, observation::*, time::{Dated, instant}};
///
/// let look = |when: &str, seen| -> Result<_, Box<dyn std::error::Error>> {
///     let at = Dated::from(instant(when)?);
///     let look = Sighting::build("tiktok".parse()?, Store::GOOGLE_PLAY, "IN".parse()?, at, seen);
///     Ok(look.source("https://example.org/monitor").finish()?)
/// };
/// let observations = Observations::new([
///     look("2020-06-29T12:00:00Z", Seen::Available)?,
///     look("2020-06-30T12:00:00Z", Seen::Removed)?,
/// ]);
/// let presence = observations.presences(ChangeRule::reported()).next().ok_or("one subject")?;
/// let change = presence.changes()[0];
/// assert!(!change.to_offered());
/// assert_eq!(change.after(), instant("2020-06-29T12:00:00Z")?);
/// assert_eq!(change.by(), instant("2020-06-30T12:00:00Z")?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PresenceChange {
    to_offered: bool,
    run: usize,
    after: DateTime<Utc>,
    by: DateTime<Utc>,
}

impl PresenceChange {
    /// Whether it is a restoration, and not a removal.
    ///
    /// ```
    /// let restorations = |presence: &delisted::observation::Presence<'_>| {
    ///     presence.changes().iter().filter(|change| change.to_offered()).count()
    /// };
    /// # let _ = restorations;
    /// ```
    #[must_use]
    pub fn to_offered(self) -> bool {
        self.to_offered
    }

    /// The instant after which it was: the last look that found the old state.
    ///
    /// ```
    /// let last_seen = |presence: &delisted::observation::Presence<'_>| {
    ///     presence.changes().last().map(|change| change.after())
    /// };
    /// # let _ = last_seen;
    /// ```
    #[must_use]
    pub fn after(self) -> DateTime<Utc> {
        self.after
    }

    /// The instant by which it had been: the first look that found the new state.
    ///
    /// ```
    /// let first_seen = |presence: &delisted::observation::Presence<'_>| {
    ///     presence.changes().last().map(|change| change.by())
    /// };
    /// # let _ = first_seen;
    /// ```
    #[must_use]
    pub fn by(self) -> DateTime<Utc> {
        self.by
    }

    /// The run of one state that it opens.
    pub(crate) fn run(self) -> usize {
        self.run
    }
}

/// How one app stood in one store and territory over time, as its sightings and a rule tell.
///
/// Outside its spells it is unobserved. Of all that may have happened between the looks, what is told is the story
/// with the fewest changes; where two are equally short, it is unsettled.
///
/// ```
/// use delisted::{Store, observation::*, time::{Dated, instant}};
///
/// let look = |when: &str, seen| -> Result<_, Box<dyn std::error::Error>> {
///     let at = Dated::from(instant(when)?);
///     let look = Sighting::build("tiktok".parse()?, Store::GOOGLE_PLAY, "IN".parse()?, at, seen);
///     Ok(look.source("https://example.org/monitor").finish()?)
/// };
/// let observations = Observations::new([
///     look("2020-06-28T12:00:00Z", Seen::Available)?,
///     look("2020-06-29T12:00:00Z", Seen::Available)?,
///     look("2020-06-30T12:00:00Z", Seen::Removed)?,
/// ]);
/// let presence = observations.presences(ChangeRule::reported()).next().ok_or("one subject")?;
/// let states: Vec<State> = presence.spells().iter().map(|spell| spell.state()).collect();
/// assert_eq!(states, [State::Offered, State::Changing, State::Withheld]);
/// assert_eq!(presence.at(instant("2020-06-29T00:00:00Z")?), State::Offered);
/// assert_eq!(presence.at(instant("2020-07-01T00:00:00Z")?), State::Unobserved);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Presence<'a> {
    subject: &'a Subject,
    spells: Vec<Spell<'a>>,
    changes: Vec<PresenceChange>,
}

impl<'a> Presence<'a> {
    /// What was looked at.
    ///
    /// ```
    /// let app = |presence: &delisted::observation::Presence<'_>| presence.subject().app().clone();
    /// # let _ = app;
    /// ```
    #[must_use]
    pub fn subject(&self) -> &'a Subject {
        self.subject
    }

    /// How it stood, in order of time, from its first sighting to its last.
    ///
    /// ```
    /// let gaps = |presence: &delisted::observation::Presence<'_>| {
    ///     presence.spells().iter().filter(|spell| spell.state().is_offered().is_none()).count()
    /// };
    /// # let _ = gaps;
    /// ```
    #[must_use]
    pub fn spells(&self) -> &[Spell<'a>] {
        &self.spells
    }

    /// Its removals and restorations, in order of time.
    ///
    /// ```
    /// let removals = |presence: &delisted::observation::Presence<'_>| {
    ///     presence.changes().iter().filter(|change| !change.to_offered()).count()
    /// };
    /// # let _ = removals;
    /// ```
    #[must_use]
    pub fn changes(&self) -> &[PresenceChange] {
        &self.changes
    }

    /// How it stood at an instant.
    ///
    /// ```
    /// use delisted::{observation::{Presence, State}, time::instant};
    ///
    /// let at_noon = |presence: &Presence<'_>| -> Result<State, delisted::time::TimeError> {
    ///     Ok(presence.at(instant("2020-06-30T12:00:00Z")?))
    /// };
    /// # let _ = at_noon;
    /// ```
    #[must_use]
    pub fn at(&self, instant: DateTime<Utc>) -> State {
        let spell = self.spells.iter().find(|spell| spell.stretch.contains(instant));
        spell.map_or(State::Unobserved, |spell| spell.state)
    }
}

impl Observations {
    /// How everything that was looked at stood over time, in order, by a rule for changes.
    ///
    /// ```
    /// use delisted::observation::{ChangeRule, Observations};
    ///
    /// assert_eq!(Observations::default().presences(ChangeRule::reported()).count(), 0);
    /// ```
    pub fn presences(&self, rule: ChangeRule) -> impl Iterator<Item = Presence<'_>> {
        let mut elsewhere = Elsewhere::new(self);
        self.subjects().map(move |(subject, looks)| told(subject, looks, rule, &mut elsewhere))
    }
}

fn told<'a>(
    subject: &'a Subject,
    looks: &'a [Sighting],
    rule: ChangeRule,
    elsewhere: &mut Elsewhere<'a>,
) -> Presence<'a> {
    let runs = runs(looks, rule, elsewhere);
    let mut assembly = Assembly { spells: Vec::new(), cursor: None, runs: &runs };
    let ends = runs.pieces.iter().map(Some).chain(std::iter::once(None));
    let mut last: Option<&Piece<'a>> = None;
    for piece in ends {
        assembly.gap(last, piece);
        if let Some(piece) = piece {
            assembly.piece(piece);
        }
        last = piece.or(last);
    }
    let spells = assembly.spells;
    let turns = runs.turns.iter();
    let changes = turns
        .map(|it| PresenceChange {
            to_offered: it.to_offered,
            run: it.run,
            after: if Dated::is_before_all(it.after) { DateTime::<Utc>::MIN_UTC } else { it.after },
            by: if Dated::is_after_all(it.by) { DateTime::<Utc>::MAX_UTC } else { it.by },
        })
        .collect();
    Presence { subject, spells, changes }
}

/// Puts spells side by side, none over another.
struct Assembly<'r, 'a> {
    spells: Vec<Spell<'a>>,
    /// Up to where it is told, and whether that instant is told too.
    cursor: Option<(DateTime<Utc>, bool)>,
    runs: &'r Runs<'a>,
}

impl<'a> Assembly<'_, 'a> {
    fn piece(&mut self, piece: &Piece<'a>) {
        if piece.from > piece.to {
            return;
        }
        let state = if piece.offered { State::Offered } else { State::Withheld };
        self.tell((piece.from, true), (piece.to, true), state, (Some(piece.run), None), piece.looks.clone());
    }

    /// What lies between two pieces, or before the first, or after the last.
    fn gap(&mut self, last: Option<&Piece<'a>>, next: Option<&Piece<'a>>) {
        let doubted =
            |after, before| self.runs.breakers(after, before).filter(|it| it.doubt != Doubt::Unknown);
        let (after, before) = (last.map(|it| it.to), next.map(|it| it.from));
        // A lone look at an hour that nobody noted: its piece ends before it starts.
        let loose = |piece: Option<&Piece<'a>>| piece.filter(|it| it.to < it.from).map(|it| (it.to, it.from));
        let first_doubt = doubted(after, before).map(|it| it.lo).chain(loose(next).map(|it| it.0)).min();
        let last_doubt = doubted(after, before).map(|it| it.hi).chain(loose(last).map(|it| it.1)).max();
        let from = after.map(|at| (at, false)).or(first_doubt.map(|at| (at, true)));
        let to = before.map(|at| (at, false)).or(last_doubt.map(|at| (at, true)));
        let (Some(from), Some(to)) = (from, to) else { return };
        let mut looks: Vec<&'a Sighting> = doubted(after, before).map(|it| it.sighting).collect();
        let beside = [last.and_then(|it| it.looks.last()), next.and_then(|it| it.looks.first())];
        let (state, opens) = match (last, next) {
            (Some(last), Some(next)) if last.run != next.run => (State::Changing, Some(next.run)),
            (Some(last), Some(next)) if looks.is_empty() => {
                self.too_far(last, next);
                return;
            }
            _ => (State::Unsettled, None),
        };
        looks.extend(beside.into_iter().flatten());
        looks.sort_unstable();
        looks.dedup();
        self.tell(from, to, state, (None, opens), looks);
    }

    /// What lies between two pieces of one run: nobody looked, but for the hours that nobody noted of the looks at
    /// either end.
    fn too_far(&mut self, last: &Piece<'a>, next: &Piece<'a>) {
        let later = |look: &&&Sighting| look.latest() > last.to;
        let sooner = |look: &&&Sighting| look.earliest() < next.from;
        let after: Vec<&'a Sighting> = last.looks.iter().filter(later).copied().collect();
        let before: Vec<&'a Sighting> = next.looks.iter().filter(sooner).copied().collect();
        let reach = after.iter().map(|look| look.latest()).max().unwrap_or(last.to);
        let start = before.iter().map(|look| look.earliest()).min().unwrap_or(next.from);
        let nothing = (None, None);
        if reach >= start {
            let both = after.into_iter().chain(before).collect();
            self.tell((last.to, false), (next.from, false), State::Unsettled, nothing, both);
            return;
        }
        if reach > last.to {
            self.tell((last.to, false), (reach, true), State::Unsettled, nothing, after);
        }
        let open = start < next.from;
        self.tell((reach, false), (start, false), State::Unobserved, nothing, Vec::new());
        if open {
            self.tell((start, true), (next.from, false), State::Unsettled, nothing, before);
        }
    }

    fn tell(
        &mut self,
        from: (DateTime<Utc>, bool),
        to: (DateTime<Utc>, bool),
        state: State,
        (run, opens): (Option<usize>, Option<usize>),
        sightings: Vec<&'a Sighting>,
    ) {
        // All that is left is the end of a lone look's hour.
        if state.is_offered().is_none() && self.cursor == Some((to.0, false)) {
            return;
        }
        let (from, holds_from) = match self.cursor {
            Some((cursor, told)) if cursor >= from.0 => (cursor, !told),
            _ => from,
        };
        if let Some(stretch) = Stretch::between(from, holds_from, to.0, to.1) {
            self.cursor = Some(to);
            self.spells.push(Spell { stretch, state, run, opens, sightings });
        }
    }
}
