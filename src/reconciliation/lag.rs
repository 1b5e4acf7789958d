use std::fmt;

use chrono::{DateTime, TimeDelta, Utc};

use super::law::{Ban, Law};
use crate::{
    observation::{Presence, PresenceChange, Spell, State},
    time::Dated,
};

/// What a store did after the law moved.
///
/// ```
/// assert_eq!(delisted::reconciliation::Response::Removal.to_string(), "removal");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
pub enum Response {
    /// It took the app down, after a prohibition took effect.
    Removal,
    /// It put the app back, after a prohibition ended or was suspended.
    Restoration,
}

/// How long after the law a store moved: an interval, since a change lies between two looks.
///
/// A negative lag is a store that moved before the law did.
///
/// ```
/// let at_most = |lag: &delisted::reconciliation::Lag| Some(lag.latest()?.num_minutes());
/// # let _ = at_most;
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lag {
    response: Response,
    law: (Option<DateTime<Utc>>, Option<DateTime<Utc>>),
    change: PresenceChange,
    earliest: Option<TimeDelta>,
    latest: Option<TimeDelta>,
}

impl Lag {
    fn new(response: Response, law: (DateTime<Utc>, DateTime<Utc>), change: PresenceChange) -> Self {
        let bound = |store: DateTime<Utc>, law: DateTime<Utc>| {
            let open = Dated::is_no_bound(store) || Dated::is_no_bound(law);
            (!open).then(|| store.signed_duration_since(law))
        };
        let (earliest, latest) = (bound(change.after(), law.1), bound(change.by(), law.0));
        let known = |at: DateTime<Utc>| (!Dated::is_no_bound(at)).then_some(at);
        Self { response, law: (known(law.0), known(law.1)), change, earliest, latest }
    }

    /// What the store did.
    ///
    /// ```
    /// use delisted::reconciliation::{Lag, Response};
    ///
    /// let is_removal = |lag: &Lag| lag.response() == Response::Removal;
    /// # let _ = is_removal;
    /// ```
    #[must_use]
    pub fn response(&self) -> Response {
        self.response
    }

    /// When the law moved: at the earliest, and at the latest; mostly one and the same, and nothing where nobody knows.
    ///
    /// ```
    /// let is_certain = |lag: &delisted::reconciliation::Lag| lag.law().0 == lag.law().1;
    /// # let _ = is_certain;
    /// ```
    #[must_use]
    pub fn law(&self) -> (Option<DateTime<Utc>>, Option<DateTime<Utc>>) {
        self.law
    }

    /// The change in the store.
    ///
    /// ```
    /// let seen_by = |lag: &delisted::reconciliation::Lag| lag.change().by();
    /// # let _ = seen_by;
    /// ```
    #[must_use]
    pub fn change(&self) -> PresenceChange {
        self.change
    }

    /// The shortest that it can have been, or nothing where nobody knows.
    ///
    /// ```
    /// let at_least = |lag: &delisted::reconciliation::Lag| Some(lag.earliest()?.num_minutes());
    /// # let _ = at_least;
    /// ```
    #[must_use]
    pub fn earliest(&self) -> Option<TimeDelta> {
        self.earliest
    }

    /// The longest that it can have been, or nothing where nobody knows.
    ///
    /// ```
    /// let at_most = |lag: &delisted::reconciliation::Lag| Some(lag.latest()?.num_minutes());
    /// # let _ = at_most;
    /// ```
    #[must_use]
    pub fn latest(&self) -> Option<TimeDelta> {
        self.latest
    }
}

impl fmt::Display for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Removal => "removal",
            Self::Restoration => "restoration",
        })
    }
}

impl fmt::Display for Lag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&super::wording::lag(self))
    }
}

/// The lags on one subject, and how often the law moved and no store was seen to follow.
#[derive(Debug, Default)]
pub(super) struct Lags {
    pub(super) found: Vec<Lag>,
    pub(super) still_offered: usize,
    pub(super) gone_at_first: usize,
    pub(super) still_gone: usize,
}

pub(super) fn lags(law: &Law, presence: &Presence<'_>) -> Lags {
    let mut lags = Lags::default();
    for (place, ban) in law.bans.iter().enumerate() {
        match removal(law, ban, presence) {
            Removal::Change(change) if !lags.found.iter().any(|lag| lag.change == change) => {
                lags.found.push(Lag::new(Response::Removal, ban.effect, change));
            }
            Removal::StillOffered => lags.still_offered = lags.still_offered.saturating_add(1),
            Removal::GoneAtFirst => lags.gone_at_first = lags.gone_at_first.saturating_add(1),
            Removal::Change(_) | Removal::Unrelated => {}
        }
        let next = law.bans.get(place.saturating_add(1)).map(|next| next.effect.0);
        if let Some(end) = ban.end {
            match restoration(end, next, presence) {
                Restoration::Change(change) => {
                    lags.found.push(Lag::new(Response::Restoration, end, change));
                }
                Restoration::StillGone => lags.still_gone = lags.still_gone.saturating_add(1),
                Restoration::Unrelated => {}
            }
        }
    }
    lags
}

enum Removal {
    Change(PresenceChange),
    StillOffered,
    GoneAtFirst,
    Unrelated,
}

/// The removal that answers a prohibition: the first whose absence reaches into it, unless it was already gone before
/// anybody could know of the prohibition.
fn removal(law: &Law, ban: &Ban, presence: &Presence<'_>) -> Removal {
    let effect = ban.effect.0;
    let over = ban.end.map(|end| end.0);
    let changes = presence.changes();
    for (place, change) in changes.iter().enumerate().filter(|(_, change)| !change.to_offered()) {
        let gone_until = changes.get(place.saturating_add(1)).map(|restored| restored.by());
        let reaches =
            gone_until.is_none_or(|until| until > effect) && over.is_none_or(|over| change.by() <= over);
        if !reaches {
            // A removal that may have been before the prohibition was over, and may have been after, tells nothing.
            if over.is_some_and(|over| change.after() < over && over < change.by()) {
                return Removal::Unrelated;
            }
            continue;
        }
        let announced = law.at(change.by()).is_some_and(|article| {
            article.pending.iter().any(|pending| pending.may_have_preceded(Some(*change)))
        });
        let answers = change.by() > effect || announced;
        return if answers { Removal::Change(*change) } else { Removal::Unrelated };
    }
    let in_force = |at: DateTime<Utc>| at >= ban.effect.1 && over.is_none_or(|over| at < over);
    let offered = presence.spells().iter().any(|spell| {
        spell.state() == State::Offered
            && (in_force(spell.stretch().from()) || in_force(spell.stretch().to()))
            || spell.state() == State::Offered && spell.stretch().contains(ban.effect.1)
    });
    if offered {
        return Removal::StillOffered;
    }
    let first = presence.spells().iter().find(|spell| spell.run().is_some());
    let gone = first.is_some_and(|spell| {
        spell.state() == State::Withheld
            && changes.iter().all(|change| Some(change.run()) != spell.run())
            && over.is_none_or(|over| spell.stretch().from() < over)
            && changes.first().is_none_or(|back| back.by() > effect)
    });
    if gone { Removal::GoneAtFirst } else { Removal::Unrelated }
}

enum Restoration {
    Change(PresenceChange),
    StillGone,
    Unrelated,
}

/// The restoration that answers the end of a prohibition: the first after it, of an app that was gone when it ended,
/// and before the next prohibition takes effect.
fn restoration(
    end: (DateTime<Utc>, DateTime<Utc>),
    next: Option<DateTime<Utc>>,
    presence: &Presence<'_>,
) -> Restoration {
    // It was gone when the law let go: found so by then, and not found on offer between that look and the law's end.
    let spells = presence.spells();
    let before = spells.iter().rev().find(|it| it.run().is_some() && it.stretch().from() <= end.1);
    let Some(gone) = before.filter(|it| it.state() == State::Withheld).and_then(Spell::run) else {
        return Restoration::Unrelated;
    };
    match presence.changes().iter().find(|change| change.run() > gone) {
        Some(change) if change.by() <= end.0 => Restoration::Unrelated,
        Some(change) if next.is_none_or(|next| change.by() <= next) => Restoration::Change(*change),
        _ => {
            let seen = spells.iter().any(|it| {
                it.run() == Some(gone)
                    && it.stretch().to() > end.1
                    && next.is_none_or(|next| it.stretch().from() < next)
            });
            if seen { Restoration::StillGone } else { Restoration::Unrelated }
        }
    }
}
