//! The story of the fewest changes that the looks at one subject allow.
//!
//! Each look was somewhen between two instants. Between looks that agree nothing is taken to have changed, so of all
//! that may have happened the stories with the fewest changes are told. All of them have the same changes in the same
//! order; of each change the earliest and the latest instant over all of them are found by telling the story once
//! forwards, each state as long as it can last, and once backwards.

use chrono::{DateTime, Utc};

use super::Sighting;

/// One look that could tell.
#[derive(Debug, Clone, Copy)]
pub(super) struct Look<'a> {
    pub(super) sighting: &'a Sighting,
    pub(super) lo: DateTime<Utc>,
    pub(super) hi: DateTime<Utc>,
    pub(super) offered: bool,
}

impl<'a> Look<'a> {
    pub(super) fn of(sighting: &'a Sighting) -> Option<Self> {
        let offered = sighting.seen().is_offered()?;
        Some(Self { sighting, lo: sighting.earliest(), hi: sighting.latest(), offered })
    }
}

/// A time over which one state lasts in every story, and the looks that surely fall into it.
#[derive(Debug, Clone)]
pub(super) struct Chapter<'a> {
    pub(super) offered: bool,
    pub(super) looks: Vec<Look<'a>>,
    /// The instant by which it had surely begun; nothing for the first.
    pub(super) begun_by: Option<DateTime<Utc>>,
    /// The instant after which the change into it lies; nothing for the first.
    pub(super) begins_after: Option<DateTime<Utc>>,
}

/// The chapters in order, or nothing where two stories are equally short and say the opposite.
///
/// The looks are in order of their earliest instant, and hold no two opposite ones at one known instant.
pub(super) fn chapters<'a>(looks: &[Look<'a>]) -> Option<Vec<Chapter<'a>>> {
    let Some(first) = looks.first() else { return Some(Vec::new()) };
    if looks.iter().all(|look| look.offered == first.offered) {
        let chapter =
            Chapter { offered: first.offered, looks: looks.to_vec(), begun_by: None, begins_after: None };
        return Some(vec![chapter]);
    }
    let (there, gone) = (Side::of(looks, true), Side::of(looks, false));
    let (from_there, from_gone) = (latest(&gone, &there), latest(&there, &gone));
    let (offered_first, latest) = match from_there.len().cmp(&from_gone.len()) {
        std::cmp::Ordering::Less => (true, from_there),
        std::cmp::Ordering::Greater => (false, from_gone),
        std::cmp::Ordering::Equal => return None,
    };
    let offered_last = offered_first == (latest.len() % 2 == 0);
    let earliest = if offered_last { earliest(&gone, &there) } else { earliest(&there, &gone) };
    let mut chapters =
        vec![Chapter { offered: offered_first, looks: Vec::new(), begun_by: None, begins_after: None }];
    let mut offered = offered_first;
    for (begun_by, begins_after) in latest.iter().zip(&earliest) {
        offered = !offered;
        let (begun_by, begins_after) = (Some(*begun_by), Some(*begins_after));
        chapters.push(Chapter { offered, looks: Vec::new(), begun_by, begins_after });
    }
    for look in looks {
        // The earliest chapter that it can fall into, and the latest.
        let first = latest.partition_point(|change| *change <= look.lo);
        let last = earliest.partition_point(|change| *change < look.hi);
        let fits = |chapter: usize| chapters.get(chapter).is_some_and(|it| it.offered == look.offered);
        let first = if fits(first) { first } else { first.saturating_add(1) };
        let last = if fits(last) { last } else { last.saturating_sub(1) };
        if first == last
            && let Some(chapter) = chapters.get_mut(first)
        {
            chapter.looks.push(*look);
        }
    }
    Some(chapters)
}

/// The looks of one kind, ready to be asked for the next that must be met.
struct Side {
    /// By their earliest instant, each with the soonest latest instant from there on.
    onwards: Vec<(DateTime<Utc>, DateTime<Utc>)>,
    /// By their latest instant, each with the last earliest instant up to there.
    backwards: Vec<(DateTime<Utc>, DateTime<Utc>)>,
}

impl Side {
    fn of(looks: &[Look<'_>], offered: bool) -> Self {
        let own = || looks.iter().filter(|look| look.offered == offered);
        let mut onwards: Vec<_> = own().map(|look| (look.lo, look.hi)).collect();
        let mut soonest = DateTime::<Utc>::MAX_UTC;
        for (_, hi) in onwards.iter_mut().rev() {
            soonest = soonest.min(*hi);
            *hi = soonest;
        }
        let mut backwards: Vec<_> = own().map(|look| (look.hi, look.lo)).collect();
        backwards.sort_unstable();
        let mut last = DateTime::<Utc>::MIN_UTC;
        for (_, lo) in &mut backwards {
            last = last.max(*lo);
            *lo = last;
        }
        Self { onwards, backwards }
    }

    /// The instant by which the first look must be met that cannot have been before `after`.
    fn next(&self, after: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let place = self.onwards.partition_point(|(lo, _)| *lo < after);
        self.onwards.get(place).map(|(_, hi)| *hi)
    }

    /// The instant after which the last look must be met that cannot have been after `before`.
    fn previous(&self, before: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let place = self.backwards.partition_point(|(hi, _)| *hi <= before);
        place.checked_sub(1).and_then(|place| self.backwards.get(place)).map(|(_, lo)| *lo)
    }
}

/// The latest instants of the changes, in a story that starts with the state of `same`.
fn latest(other: &Side, same: &Side) -> Vec<DateTime<Utc>> {
    let (mut turning, mut staying) = (other, same);
    let mut changes = Vec::new();
    let mut at = DateTime::<Utc>::MIN_UTC;
    while let Some(change) = turning.next(at) {
        changes.push(change);
        at = change;
        (turning, staying) = (staying, turning);
    }
    changes
}

/// The earliest instants of the changes, in a story that ends with the state of `same`.
fn earliest(other: &Side, same: &Side) -> Vec<DateTime<Utc>> {
    let (mut turning, mut staying) = (other, same);
    let mut changes = Vec::new();
    let mut at = DateTime::<Utc>::MAX_UTC;
    while let Some(change) = turning.previous(at) {
        changes.push(change);
        at = change;
        (turning, staying) = (staying, turning);
    }
    changes.reverse();
    changes
}
