//! The laws that hold of every register and question.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use delisted::{
    EntryId, Register, Subject,
    determination::{Determination, Ground, GroundStatus, Requirement},
    law::Ruling,
    register::{Entry, Event},
    time::{AsOf, Known},
};

use super::{
    acts::{introduces, targets},
    genome::vocabulary,
    spec::Model,
};

/// The engine answers as the written rule does.
pub(crate) fn equals_the_written_rule(
    register: &Register,
    subject: &Subject,
    as_of: AsOf,
) -> Result<(), String> {
    let model = Model::new(register.entries().iter().collect(), register.directory(), as_of.known());
    match model.answer(subject, as_of.effective()).disagreement(&register.determine(subject, as_of)) {
        None => Ok(()),
        Some(disagreement) => Err(format!("{subject}, {as_of:?}: {disagreement}")),
    }
}

/// The timeline holds at every instant what is answered there.
pub(crate) fn lies_on_its_timeline(
    register: &Register,
    (subject, first): (&Subject, AsOf),
    instants: impl IntoIterator<Item = DateTime<Utc>>,
) -> Result<(), String> {
    let line = register.timeline(subject, first.known());
    instants.into_iter().try_for_each(|at| {
        let as_of = AsOf::from(at).known_at(first.known());
        let point = register.determine(subject, as_of);
        same("the timeline", line.at(at), "the point answer", &point, subject, as_of)
    })
}

/// Independent entries may come in any order.
pub(crate) fn no_order_matters(
    register: &Register,
    reordered: &Register,
    subject: &Subject,
    as_of: AsOf,
) -> Result<(), String> {
    let (one, other) = (register.determine(subject, as_of), reordered.determine(subject, as_of));
    same("this order", &one, "another order", &other, subject, as_of)
}

/// What is learned later never changes what was known before: a register of what had been recorded by then gives the
/// same answers.
pub(crate) fn later_knowledge_changes_nothing(
    register: &Register,
    subject: &Subject,
    as_of: AsOf,
) -> Result<(), String> {
    let Known::At(known) = as_of.known() else { return Ok(()) };
    let mut earlier = vocabulary();
    for entry in register.entries().iter().filter(|entry| known_by(entry, known)) {
        earlier
            .append(entry.clone())
            .map_err(|error| format!("what was known at {known} does not stand by itself: {error}"))?;
    }
    let (one, other) = (register.determine(subject, as_of), earlier.determine(subject, as_of));
    same("the whole register", &one, "what was known", &other, subject, as_of)
}

fn known_by(entry: &Entry, instant: DateTime<Utc>) -> bool {
    entry.recorded().as_record() <= instant
}

/// The grounds suffice: a register of the cited entries, of what they are aimed at, and of the facts of the market gives
/// the same requirement and marks.
pub(crate) fn its_grounds_suffice(
    register: &Register,
    subject: &Subject,
    at: DateTime<Utc>,
) -> Result<(), String> {
    let taken_back =
        |entry: &Entry| entry.corrects().is_some() || matches!(entry.event(), Event::EntryRetracted { .. });
    if register.entries().iter().any(taken_back) {
        return Ok(());
    }
    let whole = register.determine(subject, at);
    let needed = needed(register, &whole);
    let mut fewer = vocabulary();
    for entry in register.entries() {
        if of_the_market(entry.event()) || needed.contains(entry.id()) {
            fewer.append(entry.clone()).map_err(|error| {
                format!("the grounds of {subject} at {at} do not stand without the rest: {error}\n{whole:#?}")
            })?;
        }
    }
    let rest = fewer.determine(subject, at);
    if marks(&whole) == marks(&rest) {
        return Ok(());
    }
    Err(format!("the grounds of {subject} at {at} do not suffice: {whole:#?}\nwithout the rest: {rest:#?}"))
}

/// The entries that an answer cites, and those by which what they are aimed at was recorded.
fn needed<'a>(register: &'a Register, answer: &'a Determination) -> BTreeSet<&'a EntryId> {
    let mut needed: BTreeSet<&EntryId> = answer.grounds().iter().map(Ground::entry).collect();
    loop {
        let before = needed.len();
        let cited = register.entries().iter().filter(|entry| needed.contains(entry.id()));
        let targets: BTreeSet<String> = cited.flat_map(|entry| targets(entry.event())).collect();
        let aimed_at = |entry: &&Entry| introduces(entry).iter().any(|text| targets.contains(text));
        needed.extend(register.entries().iter().filter(aimed_at).map(Entry::id));
        if needed.len() == before {
            return needed;
        }
    }
}

fn of_the_market(event: &Event) -> bool {
    matches!(
        event,
        Event::ControlTransferred { .. }
            | Event::PublisherChanged { .. }
            | Event::AppRenamed { .. }
            | Event::AppSucceeded { .. }
            | Event::CategoryJoined { .. }
            | Event::CategoryLeft { .. }
            | Event::ListingAssigned { .. }
            | Event::ListingRetired { .. }
    )
}

fn marks(answer: &Determination) -> (Requirement, bool, bool, Option<Ruling>) {
    let appeal = answer.under_appeal().cloned();
    (answer.requirement(), answer.is_in_part(), answer.is_unenforced(), appeal)
}

fn same(
    name: &str,
    one: &Determination,
    other_name: &str,
    other: &Determination,
    subject: &Subject,
    as_of: AsOf,
) -> Result<(), String> {
    if one == other {
        return Ok(());
    }
    let statuses = |answer: &Determination| -> BTreeMap<EntryId, GroundStatus> {
        answer.grounds().iter().map(|ground| (ground.entry().clone(), ground.status())).collect()
    };
    Err(format!(
        "{subject}, {as_of:?}: {name} says {one:#?}\n{other_name} says {other:#?}\n{:?}\n{:?}",
        statuses(one),
        statuses(other)
    ))
}

/// The same entries in another order: those between two corrections or retractions shuffled, each put off until what
/// it is aimed at is there.
pub(crate) fn reordered(register: &Register, seed: u64) -> Result<Register, String> {
    let mut whole = vocabulary();
    let mut stretch: Vec<&Entry> = Vec::new();
    for entry in register.entries() {
        if entry.corrects().is_some() || matches!(entry.event(), Event::EntryRetracted { .. }) {
            append_shuffled(&mut whole, std::mem::take(&mut stretch), seed)?;
            whole.append(entry.clone()).map_err(|error| format!("in another order: {error}"))?;
        } else {
            stretch.push(entry);
        }
    }
    append_shuffled(&mut whole, stretch, seed)?;
    Ok(whole)
}

fn append_shuffled(whole: &mut Register, mut entries: Vec<&Entry>, seed: u64) -> Result<(), String> {
    let mut state = seed | 1;
    entries.sort_by_cached_key(|_| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state >> 32
    });
    while !entries.is_empty() {
        let before = entries.len();
        let mut last = None;
        entries.retain(|entry| match whole.append((*entry).clone()) {
            Ok(_) => false,
            Err(error) => {
                last = Some(error);
                true
            }
        });
        if let Some(error) = last.filter(|_| entries.len() == before) {
            return Err(format!("in another order: {error}"));
        }
    }
    Ok(())
}
