//! The calendar held against the answers themselves, on registers grown to be hard.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::arithmetic_side_effects,
    reason = "a test that cannot build its register must stop, and its numbers are small"
)]

#[path = "spec/acts.rs"]
mod acts;
#[path = "spec/genome.rs"]
mod genome;
#[path = "spec/scenes.rs"]
mod scenes;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use delisted::{
    AsOf, Register, Subject, Territory,
    calendar::{Calendar, Certainty, Direction, When},
    determination::{Determination, Requirement},
    time::{Known, Period},
};
use genome::Gene;
use proptest::{
    prelude::any,
    prop_oneof,
    test_runner::{Config, RngSeed, TestCaseError, TestRunner},
};

/// In how many of the places that the registers tell apart something holds: in none, in some, in all.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Extent {
    Nowhere,
    Part,
    Whole,
}

/// What an answer says that somebody must heed.
struct Heeded {
    prohibited: Extent,
    compelled: Extent,
    unenforced: bool,
}

impl Heeded {
    fn requires(&self) -> bool {
        (self.prohibited, self.compelled) != (Extent::Nowhere, Extent::Nowhere)
    }
}

/// Whether an answer prohibits, and whether it compels.
fn commands(answer: &Determination) -> (bool, bool) {
    match answer.requirement() {
        Requirement::Unrestricted => (false, false),
        Requirement::Prohibited => (true, false),
        Requirement::Compelled => (false, true),
        Requirement::Conflicting => (true, true),
    }
}

/// The answer for a subject, where it holds in a part only taken from the answers for each part: the two states that
/// grown registers name, and one that they do not.
fn heeded(register: &Register, subject: &Subject, answer: &Determination, as_of: AsOf) -> Heeded {
    let places: Vec<(bool, bool)> = if answer.is_in_part() {
        assert_eq!(subject.territory().to_string(), "US", "only one country has parts");
        let parts = ["US-MT", "US-CA", "US-TX"].map(|part| part.parse::<Territory>().unwrap());
        let ask = |part: Territory| {
            let part = Subject::new(subject.app().clone(), subject.store().clone(), part, subject.act());
            let there = register.determine(&part, as_of);
            assert!(!there.is_in_part(), "{part} has no parts");
            commands(&there)
        };
        parts.into_iter().map(ask).collect()
    } else {
        vec![commands(answer)]
    };
    let extent = |holds: fn(&(bool, bool)) -> bool| match places.iter().filter(|it| holds(it)).count() {
        0 => Extent::Nowhere,
        count if count == places.len() => Extent::Whole,
        _ => Extent::Part,
    };
    Heeded { prohibited: extent(|it| it.0), compelled: extent(|it| it.1), unenforced: answer.is_unenforced() }
}

/// In which directions one answer turns into another.
fn turns(before: &Heeded, after: &Heeded) -> BTreeSet<Direction> {
    let enforcement = before.requires() && after.requires();
    [
        (before.prohibited < after.prohibited, Direction::MustComeDown),
        (before.prohibited > after.prohibited, Direction::MayGoUp),
        (before.compelled < after.compelled, Direction::MustBeOffered),
        (before.compelled > after.compelled, Direction::MayBeWithdrawn),
        (enforcement && !before.unenforced && after.unenforced, Direction::EnforcementPauses),
        (enforcement && before.unenforced && !after.unenforced, Direction::EnforcementResumes),
    ]
    .into_iter()
    .filter_map(|(holds, direction)| holds.then_some(direction))
    .collect()
}

type Turn = (DateTime<Utc>, Subject);

/// The directions in which a calendar says that each subject turns at each instant.
fn said(calendar: &Calendar) -> Result<BTreeMap<Turn, BTreeSet<Direction>>, String> {
    let mut found: BTreeMap<Turn, BTreeSet<Direction>> = BTreeMap::new();
    for item in calendar.items().iter().filter(|item| item.certainty == Certainty::Sure) {
        let When::At(at) = item.when else { return Err(format!("no time is uncertain here:\n{calendar}")) };
        for subject in item.subjects() {
            if !found.entry((at, subject.clone())).or_default().insert(item.direction) {
                return Err(format!("{subject} turns twice in one direction at {at}:\n{calendar}"));
            }
        }
    }
    Ok(found)
}

/// Whatever the answers do, the calendar says; and it says nothing else.
fn says_what_the_answers_do(register: &Register, calendar: &Calendar) -> Result<usize, String> {
    let known = calendar.known();
    let mut said = said(calendar)?;
    let turned = said.len();
    for change in register.changes(register.subjects(), calendar.period(), known) {
        let as_of = |at: DateTime<Utc>| AsOf::from(at).known_at(known);
        let just_before = change.at.checked_sub_signed(TimeDelta::nanoseconds(1)).unwrap();
        let before = heeded(register, &change.subject, &change.before, as_of(just_before));
        let after = heeded(register, &change.subject, &change.after, as_of(change.at));
        let answered = turns(&before, &after);
        let told = said.remove(&(change.at, change.subject.clone())).unwrap_or_default();
        if let Some(direction) = answered.difference(&told).next() {
            return Err(format!("{direction}, {} at {}: not on\n{calendar}", change.subject, change.at));
        }
        if let Some(direction) = told.difference(&answered).next() {
            return Err(format!("{direction}, {} at {}: not so\n{calendar}", change.subject, change.at));
        }
    }
    if let Some((at, subject)) = said.keys().next() {
        return Err(format!("{subject} does not turn at {at}:\n{calendar}"));
    }
    Ok(turned)
}

/// Every item has causes that were known, is the only one of its kind, and is worded.
fn names_its_causes(register: &Register, calendar: &Calendar) -> Result<(), String> {
    let known = calendar.known();
    let mut kinds = BTreeSet::new();
    for item in calendar.items() {
        if item.causes.is_empty() || item.reaches.is_empty() || item.sentence.is_empty() {
            return Err(format!("without a cause, a reach or a word: {item:?}"));
        }
        for cause in &item.causes {
            let entry = register.entries().iter().find(|entry| *entry.id() == cause.entry);
            let entry = entry.ok_or_else(|| format!("no entry `{}`", cause.entry))?;
            if !known.sees(entry.recorded().as_record()) {
                return Err(format!("`{}` was not known yet", cause.entry));
            }
        }
        let entries: BTreeSet<_> = item.causes.iter().map(|cause| cause.entry.clone()).collect();
        let kind = (item.when, item.app.clone(), item.direction, item.certainty, entries);
        if !kinds.insert(kind) {
            return Err(format!("two items for one cause:\n{calendar}"));
        }
        if item.certainty == Certainty::Expected
            && let When::At(at) = item.when
        {
            for subject in item.subjects() {
                let answer = register.determine(&subject, AsOf::from(at).known_at(known));
                let it = heeded(register, &subject, &answer, AsOf::from(at).known_at(known));
                let down = item.direction == Direction::MustComeDown;
                if (if down { it.prohibited } else { it.compelled }) == Extent::Whole {
                    return Err(format!("{subject} at {at} is not expected only:\n{calendar}"));
                }
            }
        }
    }
    Ok(())
}

/// A period cut in two has the turns of the whole.
fn adds_up(whole: &Calendar, early: &Calendar, late: &Calendar) -> Result<(), String> {
    let sum: BTreeMap<_, _> = said(early)?.into_iter().chain(said(late)?).collect();
    if said(whole)? == sum { Ok(()) } else { Err(format!("cut at {}, the turns differ", late.period())) }
}

#[test]
fn the_calendar_says_what_the_answers_do_and_nothing_else() {
    let cases =
        std::env::var("DELISTED_CASES").ok().map_or(if cfg!(debug_assertions) { 8 } else { 150 }, |text| {
            text.parse::<u32>().expect("the variable holds a number").div_ceil(40)
        });
    let mut runner = TestRunner::new(Config {
        cases,
        rng_seed: RngSeed::Fixed(20_200_918),
        failure_persistence: None,
        ..Config::default()
    });
    let genes = |sizes| proptest::collection::vec(any::<Gene>(), sizes);
    let genes = prop_oneof![genes(1..=10), genes(1..=25)];
    let turns = std::cell::Cell::new(0);
    let outcome =
        runner.run(&(any::<u8>(), genes, 0..genome::SLOTS, any::<bool>()), |(scene, genes, slot, known)| {
            let register = genome::grow(&scenes::laid_over(scene, &genes)).register;
            let known = if known { Known::At(genome::noon(slot)) } else { Known::Best };
            let (start, cut) = (DateTime::<Utc>::MIN_UTC, genome::noon(slot));
            let of = |period| register.calendar(period, known);
            let check = || -> Result<usize, String> {
                let (whole, late) = (of(Period::since(start)), of(Period::since(cut)));
                let early = of(Period::new(start, cut).unwrap());
                let turned = says_what_the_answers_do(&register, &whole)?;
                names_its_causes(&register, &late)?;
                names_its_causes(&register, &whole)?;
                adds_up(&whole, &early, &late)?;
                Ok(turned)
            };
            turns.set(turns.get() + check().map_err(TestCaseError::fail)?);
            Ok(())
        });
    outcome.unwrap();
    assert!(turns.get() > 40 * usize::try_from(cases).unwrap(), "only {} turns were looked at", turns.get());
}
