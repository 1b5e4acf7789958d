//! What an entry is aimed at, corrects or retracts still stands, and nothing that stands is left without what it
//! rests on.

use std::collections::BTreeSet;

use crate::{
    EntryId,
    error::Suggestion,
    register::{
        AppendError, Entry, Event, Facts,
        thing::{Thing, introduced},
    },
};

/// A target is in the log, was known when the entry was recorded, and still stands.
pub(super) fn recorded_before(
    facts: &Facts,
    entry: &Entry,
    thing: &Thing,
    own: &BTreeSet<Thing>,
    corrected: Option<usize>,
) -> Result<(), AppendError> {
    let id = || entry.id().clone();
    // A span may name its condition in the very entry that introduces it; nothing else may bear on itself.
    if own.contains(thing) && !matches!(thing, Thing::Condition(_)) {
        return Err(AppendError::Itself { entry: id(), thing: thing.clone() });
    }
    let known = |other: &Entry| other.recorded().as_record() <= entry.recorded().as_record();
    let introductions: Vec<(usize, &Entry)> = facts
        .introductions(thing)
        .filter_map(|position| facts.entry(position).map(|first| (position, first)))
        .collect();
    if introductions.is_empty() {
        return Err(AppendError::Unknown {
            entry: id(),
            thing: thing.clone(),
            suggestion: near(facts, thing),
        });
    }
    // Of several that name one condition, one at least must have been known by then and stand.
    if introductions
        .iter()
        .any(|(position, first)| known(first) && last_version(facts, *position, thing).is_ok())
    {
        return Ok(());
    }
    let later = introductions
        .iter()
        .filter(|(position, first)| !known(first) && last_version(facts, *position, thing).is_ok())
        .map(|(_, first)| first.recorded())
        .min_by_key(|recorded| recorded.as_record());
    if let Some(later) = later {
        return Err(AppendError::NotRecordedYet {
            entry: id(),
            recorded: entry.recorded().clone(),
            thing: thing.clone(),
            later: later.clone(),
        });
    }
    let taker = introductions
        .iter()
        .filter(|(position, _)| Some(*position) != corrected)
        .filter_map(|(position, _)| facts.superseding(*position))
        .next_back();
    match taker {
        Some(by) => Err(AppendError::TakenBack { entry: id(), thing: thing.clone(), by: by.id().clone() }),
        None => Ok(()),
    }
}

/// The version in which what an entry introduced is still there, or else the entry that took it back: a retraction, or
/// a correction that dropped it.
fn last_version<'a>(facts: &'a Facts, position: usize, thing: &Thing) -> Result<usize, &'a Entry> {
    let mut at = position;
    while let Some(later) = facts.superseding(at) {
        // An entry as such stays on record when it is corrected, so that an appeal of a refusal outlives a correction.
        let kept = matches!(thing, Thing::Entry(_)) || introduced(later).contains(thing);
        at = facts.position(later.id()).filter(|_| later.corrects().is_some() && kept).ok_or(later)?;
    }
    Ok(at)
}

/// The nearest identifier of the same kind.
fn near(facts: &Facts, thing: &Thing) -> Suggestion {
    let same_kind = |other: &&Thing| match (other, thing) {
        (Thing::Measure(other), Thing::Measure(it)) => other.noun() == it.noun(),
        _ => std::mem::discriminant(*other) == std::mem::discriminant(thing),
    };
    let known: BTreeSet<String> = facts.things().filter(same_kind).map(Thing::name).collect();
    Suggestion::among(&thing.name(), known.iter().map(String::as_str))
}

/// The entry that this one corrects, which must still stand and be about the same thing.
pub(super) fn correction(facts: &Facts, entry: &Entry) -> Result<Option<usize>, AppendError> {
    let Some(target) = entry.corrects() else { return Ok(None) };
    let thing = Thing::Entry(target.clone());
    recorded_before(facts, entry, &thing, &BTreeSet::new(), None)?;
    let (position, earlier) = standing(facts, entry, target)?;
    let same_event = entry.event().as_str() == earlier.event().as_str();
    if !same_event || subject(entry) != subject(earlier) {
        return Err(AppendError::OtherSubject {
            entry: entry.id().clone(),
            event: entry.event().as_str(),
            target: target.clone(),
            was: earlier.event().as_str(),
        });
    }
    let kept: BTreeSet<Thing> = introduced(entry).into_iter().collect();
    not_needed(facts, entry, position, &kept)?;
    Ok(Some(position))
}

/// What an entry is about, in words that a correction must share.
fn subject(entry: &Entry) -> Option<String> {
    let introduced =
        introduced(entry).into_iter().find(|it| matches!(it, Thing::Measure(_) | Thing::Appeal(_)));
    introduced.map(|thing| thing.to_string()).or_else(|| match entry.event() {
        Event::ControlTransferred { of, .. } => Some(of.to_string()),
        Event::PublisherChanged { app, .. }
        | Event::AppRenamed { app, .. }
        | Event::AppSucceeded { app, .. } => Some(app.to_string()),
        Event::CategoryJoined { app, category } | Event::CategoryLeft { app, category } => {
            Some(format!("{app} in {category}"))
        }
        // Which of its words a store gave an app may be what was wrong.
        Event::ListingAssigned { app, store, .. } => Some(format!("{app} in {store}")),
        Event::ListingRetired { store, listing } => Some(format!("{listing} in {store}")),
        Event::StartMoved { measure, .. } | Event::EndMoved { measure, .. } => Some(measure.to_string()),
        Event::ConditionMet { condition, .. } => Some(condition.to_string()),
        Event::MandateIssued { appeal } => Some(appeal.to_string()),
        _ => None,
    })
}

/// Whether what was introduced under a name had all been taken back when an entry was recorded, so that the name is
/// free for it.
pub(super) fn is_free_again(facts: &Facts, entry: &Entry, thing: &Thing) -> bool {
    facts.introductions(thing).all(|position| {
        last_version(facts, position, thing)
            .is_err_and(|taker| taker.recorded().as_record() <= entry.recorded().as_record())
    })
}

/// A retraction takes back an entry that stands and on which nothing rests.
pub(super) fn retraction(facts: &Facts, entry: &Entry) -> Result<(), AppendError> {
    let Event::EntryRetracted { entry: target } = entry.event() else { return Ok(()) };
    let thing = Thing::Entry(target.clone());
    if target == entry.id() {
        return Err(AppendError::Itself { entry: entry.id().clone(), thing });
    }
    recorded_before(facts, entry, &thing, &BTreeSet::new(), None)?;
    let (position, _) = standing(facts, entry, target)?;
    not_needed(facts, entry, position, &BTreeSet::new())
}

/// The entry to be taken back, where it was not taken back before and is not a retraction.
fn standing<'a>(
    facts: &'a Facts,
    entry: &Entry,
    target: &EntryId,
) -> Result<(usize, &'a Entry), AppendError> {
    let unknown = || AppendError::Unknown {
        entry: entry.id().clone(),
        thing: Thing::Entry(target.clone()),
        suggestion: Suggestion::default(),
    };
    let position = facts.position(target).ok_or_else(unknown)?;
    let earlier = facts.entry(position).ok_or_else(unknown)?;
    if let Some(by) = facts.superseding(position) {
        return Err(AppendError::AlreadyTakenBack {
            entry: entry.id().clone(),
            target: target.clone(),
            by: by.id().clone(),
        });
    }
    if matches!(earlier.event(), Event::EntryRetracted { .. }) {
        return Err(AppendError::RetractsRetraction { entry: entry.id().clone(), target: target.clone() });
    }
    Ok((position, earlier))
}

/// Nothing that stands rests on what the entry takes back and does not introduce anew.
fn not_needed(
    facts: &Facts,
    entry: &Entry,
    position: usize,
    kept: &BTreeSet<Thing>,
) -> Result<(), AppendError> {
    let Some(earlier) = facts.entry(position) else { return Ok(()) };
    for thing in introduced(earlier) {
        // That the entry as such is appealed or corrected survives a correction of it.
        if kept.contains(&thing) || matches!(&thing, Thing::Entry(_)) && entry.corrects().is_some() {
            continue;
        }
        let recorded = |entry: &Entry| entry.recorded().as_record();
        // Another entry may name the condition too; it must have been known as soon as it is needed.
        let named_by = facts
            .introductions(&thing)
            .filter(|other| last_version(facts, *other, &thing).is_ok_and(|last| last != position))
            .filter_map(|other| facts.entry(other))
            .map(recorded)
            .min();
        let needing = facts.bearing(&thing).chain(facts.resting(&thing)).find(|other| {
            let gone = facts.superseding(*other).is_some_and(|later| recorded(later) <= recorded(entry));
            let needed = facts.entry(*other).map(recorded).max(Some(recorded(entry)));
            let named = named_by.is_some_and(|named| Some(named) <= needed);
            *other != position && !gone && !named
        });
        if let Some(other) = needing.and_then(|other| facts.entry(other)) {
            return Err(AppendError::StillNeeded {
                entry: entry.id().clone(),
                thing,
                other: other.id().clone(),
            });
        }
    }
    Ok(())
}
