//! The answers for one subject in the order of time, and when each turn took place, or may have.

use std::collections::BTreeSet;

use super::{
    Certainty, Direction, Happening, When,
    causes::{Moved, Sides},
    gather::Gathered,
    moment::Moment,
};
use crate::{
    EntryId, Register,
    determination::{GroundStatus, Node, Role},
    market::Subject,
};

/// Adds every turn of the answers of subjects that are alike, the first of which is what held before.
pub(super) fn turns<'a>(
    gathered: &mut Gathered<'a>,
    register: &'a Register,
    alike: &[&Subject],
    moments: &[Moment<'a>],
) {
    let mut told: BTreeSet<(usize, Direction)> = BTreeSet::new();
    for (place, (earlier, later)) in moments.iter().zip(moments.iter().skip(1)).enumerate() {
        for direction in earlier.answer.directions(later.answer) {
            // Back to where it can first have turned so.
            let back = moments.iter().enumerate().take(place.saturating_add(1)).rev();
            let open: Vec<(usize, &Moment<'a>)> =
                back.take_while(|(_, moment)| moment.may(direction)).collect();
            told.extend(open.iter().map(|(place, _)| (*place, direction)));
            // A doubt may have several reasons, of which others began earlier: only the moments tell since when it may
            // have turned so.
            let when = open.last().map_or(When::At(later.at), |(_, first)| When::span(first.at, later.at));
            let sides = Sides { at: later.at, before: earlier.nodes(), after: later.nodes() };
            let causes = sides.causes(direction);
            gathered.add((when, direction, Certainty::Sure), alike, later.answer.mark, causes);
        }
    }
    possible(gathered, register, alike, moments, &told);
}

/// Adds what may have been so for a while and was over, or moot, before it was sure.
fn possible<'a>(
    gathered: &mut Gathered<'a>,
    register: &'a Register,
    alike: &[&Subject],
    moments: &[Moment<'a>],
    told: &BTreeSet<(usize, Direction)>,
) {
    for direction in Direction::ALL {
        let mut open: Option<&Moment<'a>> = None;
        let mut because: BTreeSet<&EntryId> = BTreeSet::new();
        for (place, moment) in moments.iter().enumerate() {
            let may = moment.may(direction) && !told.contains(&(place, direction));
            if may {
                open = open.or(Some(moment));
                because.extend(moment.doubt.iter().flat_map(|doubt| &doubt.because));
            }
            let is_last = place.saturating_add(1) == moments.len();
            let end = match &moment.doubt {
                Some(doubt) if may && is_last => doubt.latest,
                _ if may => continue,
                _ => moment.at,
            };
            if let Some(first) = open.take() {
                let causes = unknown(register, first, &std::mem::take(&mut because));
                let when = When::span(first.at, end);
                gathered.add((when, direction, Certainty::Possible), alike, first.answer.mark, causes);
            }
        }
    }
}

/// The entries of which nobody knows just when they took effect.
fn unknown<'a>(register: &'a Register, moment: &Moment<'a>, because: &BTreeSet<&EntryId>) -> Vec<Moved<'a>> {
    let entries = register.entries().iter().filter(|entry| because.contains(entry.id()));
    entries
        .map(|entry| {
            let known = moment.nodes().iter().find(|node| node.entry.id() == entry.id());
            let node = known.cloned().unwrap_or_else(|| Node {
                depth: 0,
                entry,
                measure: entry.event().introduces(),
                role: Role::Notes,
                status: GroundStatus::Pending,
                in_part: false,
                standings: Vec::new(),
            });
            Moved { node, happening: Happening::IsOfUnknownTime }
        })
        .collect()
}
