//! From the chapters of a story to what a rule makes of them: runs of one state, cut where nothing may be presumed.

use chrono::{DateTime, Utc};

use super::{
    ChangeRule, Sighting,
    elsewhere::Elsewhere,
    observations::{disagree, point},
    story::{Chapter, Look, chapters},
};

/// Looks that agree, with nothing in between that forbids to presume the state from the first to the last.
#[derive(Debug, Clone)]
pub(super) struct Piece<'a> {
    pub(super) offered: bool,
    /// Which run of one state it belongs to; another number is a change.
    pub(super) run: usize,
    /// The instant by which the first look had been.
    pub(super) from: DateTime<Utc>,
    /// The instant before which the last look had not been.
    pub(super) to: DateTime<Utc>,
    pub(super) looks: Vec<&'a Sighting>,
}

/// What stands against presuming anything at its time.
#[derive(Debug, Clone, Copy)]
pub(super) struct Breaker<'a> {
    pub(super) lo: DateTime<Utc>,
    pub(super) hi: DateTime<Utc>,
    pub(super) doubt: Doubt,
    pub(super) sighting: &'a Sighting,
}

/// Why nothing may be presumed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Doubt {
    /// A sighting says that nothing is known.
    Unknown,
    /// Looks that are too few, or too close together, to make a change.
    Unconfirmed,
    /// Looks of one instant that say the opposite.
    Contradiction,
}

/// A change from one run to the next.
#[derive(Debug, Clone, Copy)]
pub(super) struct Turn {
    pub(super) run: usize,
    pub(super) to_offered: bool,
    pub(super) after: DateTime<Utc>,
    pub(super) by: DateTime<Utc>,
}

/// All that a rule makes of the looks at one subject.
#[derive(Debug, Clone, Default)]
pub(super) struct Runs<'a> {
    /// In order of time.
    pub(super) pieces: Vec<Piece<'a>>,
    pub(super) turns: Vec<Turn>,
    /// In order of their earliest instant.
    breakers: Vec<Breaker<'a>>,
    reach: Reach,
}

impl<'a> Runs<'a> {
    /// What stands against presuming anything between two instants, or before the one, or after the other.
    pub(super) fn breakers(
        &self,
        after: Option<DateTime<Utc>>,
        before: Option<DateTime<Utc>>,
    ) -> impl Iterator<Item = &Breaker<'a>> {
        let start = after.map_or(0, |after| self.reach.0.partition_point(|(_, reach)| *reach <= after));
        let end =
            before.map_or(self.breakers.len(), |before| self.breakers.partition_point(|it| it.lo < before));
        let some = self.breakers.get(start..end).unwrap_or_default();
        some.iter().filter(move |it| after.is_none_or(|after| it.hi > after))
    }
}

pub(super) fn runs<'a>(
    sightings: &'a [Sighting],
    rule: ChangeRule,
    elsewhere: &mut Elsewhere<'a>,
) -> Runs<'a> {
    let mut breakers = Vec::new();
    let looks = looks(sightings, rule, &mut breakers);
    let Some(chapters) = chapters(&looks) else {
        breakers.extend(looks.iter().map(|look| doubted(look, Doubt::Contradiction)));
        breakers.sort_by_key(|it| (it.lo, it.hi));
        let reach = Reach::of(&breakers);
        return Runs { breakers, reach, ..Runs::default() };
    };
    let (settled, turns) = settled(chapters, rule, elsewhere, &mut breakers);
    breakers.sort_by_key(|it| (it.lo, it.hi));
    let reach = Reach::of(&breakers);
    let pieces = pieces(&settled, rule, &reach);
    Runs { pieces, turns, breakers, reach }
}

/// The looks that could tell, without those of one instant that say the opposite.
fn looks<'a>(sightings: &'a [Sighting], rule: ChangeRule, breakers: &mut Vec<Breaker<'a>>) -> Vec<Look<'a>> {
    let mut looks = Vec::with_capacity(sightings.len());
    // Sightings of one instant stand together, since they are in order of their two bounds.
    for group in sightings.chunk_by(|one, next| one.at() == next.at()) {
        let opposite = disagree(group.iter()) && group.first().is_some_and(|it| point(it).is_some());
        for sighting in group {
            match Look::of(sighting) {
                Some(look) if opposite => breakers.push(doubted(&look, Doubt::Contradiction)),
                Some(look) => looks.push(look),
                None if rule.heeds_unknown() => breakers.push(Breaker {
                    lo: sighting.earliest(),
                    hi: sighting.latest(),
                    doubt: Doubt::Unknown,
                    sighting,
                }),
                None => {}
            }
        }
    }
    looks
}

fn doubted<'a>(look: &Look<'a>, doubt: Doubt) -> Breaker<'a> {
    Breaker { lo: look.lo, hi: look.hi, doubt, sighting: look.sighting }
}

/// The chapters that count, joined where what lay between them did not; and the changes between them.
fn settled<'a>(
    chapters: Vec<Chapter<'a>>,
    rule: ChangeRule,
    elsewhere: &mut Elsewhere<'a>,
    breakers: &mut Vec<Breaker<'a>>,
) -> (Vec<Chapter<'a>>, Vec<Turn>) {
    let mut settled: Vec<Chapter<'a>> = Vec::new();
    let mut turns = Vec::new();
    for chapter in chapters {
        match settled.last_mut() {
            // Chapters alternate, so one that goes on stands behind one that did not count.
            Some(current) if current.offered == chapter.offered => current.looks.extend(chapter.looks),
            _ if !confirmed(&chapter, rule, elsewhere) => {
                breakers.extend(chapter.looks.iter().map(|look| doubted(look, Doubt::Unconfirmed)));
            }
            last => {
                if let (Some(_), Some(after), Some(by)) = (last, chapter.begins_after, chapter.begun_by) {
                    turns.push(Turn { run: settled.len(), to_offered: chapter.offered, after, by });
                }
                settled.push(chapter);
            }
        }
    }
    (settled, turns)
}

/// Whether the looks of a chapter are enough to make its state.
fn confirmed<'a>(chapter: &Chapter<'a>, rule: ChangeRule, elsewhere: &mut Elsewhere<'a>) -> bool {
    let times = chapter.looks.chunk_by(|one, next| (one.lo, one.hi) == (next.lo, next.hi)).count();
    let bounds = (
        chapter.looks.iter().map(|look| look.hi).min(),
        chapter.looks.iter().map(|look| look.lo).max(),
        chapter.looks.first(),
    );
    let (Some(from), Some(to), Some(look)) = bounds else { return false };
    if !rule.settles(times, to.signed_duration_since(from)) {
        return false;
    }
    match rule.elsewhere_after() {
        Some(after) if !chapter.offered => elsewhere.offers(look.sighting.subject(), from, after, to),
        _ => true,
    }
}

/// Cuts each run where two looks are too far apart, or something stands against presuming anything between them.
fn pieces<'a>(settled: &[Chapter<'a>], rule: ChangeRule, reach: &Reach) -> Vec<Piece<'a>> {
    let mut pieces: Vec<Piece<'a>> = Vec::new();
    for (run, chapter) in settled.iter().enumerate() {
        let mut open: Option<Piece<'a>> = None;
        for look in &chapter.looks {
            let broken = |piece: &Piece<'_>| {
                rule.breaks(look.hi.signed_duration_since(piece.to))
                    || reach.stands_between(piece.to, look.hi)
            };
            match &mut open {
                Some(piece) if !broken(piece) => {
                    piece.from = piece.from.min(look.hi);
                    piece.to = piece.to.max(look.lo);
                    piece.looks.push(look.sighting);
                }
                _ => {
                    let (offered, looks) = (chapter.offered, vec![look.sighting]);
                    pieces.extend(open.replace(Piece { offered, run, from: look.hi, to: look.lo, looks }));
                }
            }
        }
        pieces.extend(open);
    }
    pieces
}

/// What stands against presuming, ready to be asked about a gap.
#[derive(Debug, Clone, Default)]
struct Reach(Vec<(DateTime<Utc>, DateTime<Utc>)>);

impl Reach {
    /// Each earliest instant with the latest one of all up to there.
    fn of(breakers: &[Breaker<'_>]) -> Self {
        let mut furthest = DateTime::<Utc>::MIN_UTC;
        let with_reach = |it: &Breaker<'_>| {
            furthest = furthest.max(it.hi);
            (it.lo, furthest)
        };
        Self(breakers.iter().map(with_reach).collect())
    }

    fn stands_between(&self, after: DateTime<Utc>, before: DateTime<Utc>) -> bool {
        let place = self.0.partition_point(|(lo, _)| *lo < before);
        place.checked_sub(1).and_then(|place| self.0.get(place)).is_some_and(|(_, reach)| *reach > after)
    }
}
