//! Times known only within bounds: every answer that turns on one says so, and says everything that it may be.
//!
//! The model is the plainest there is: fill the holes, in every combination, and ask each register so made. One hole is
//! filled hour by hour, so that what the answer says it may be is held to be exactly what it may be; several are filled
//! with their earliest, their latest and an instant between, and nothing that comes of that may be missing.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    dead_code,
    reason = "tests stop at the first surprise, and each test file uses its own part of the grower"
)]

#[path = "spec/acts.rs"]
mod acts;
#[path = "spec/genome.rs"]
mod genome;
#[path = "spec/scenes.rs"]
mod scenes;

use std::{cell::RefCell, collections::BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use delisted::{
    AsOf, Register, Subject,
    determination::{Determination, Requirement, Uncertainty},
    law::{Bound, Instrument, Restriction, Ruling, Span},
    register::{Entry, Event},
    time::Dated,
};
use genome::{Gene, Probe};
use proptest::{
    prelude::any,
    test_runner::{Config, FileFailurePersistence, RngSeed, TestCaseError, TestRunner},
};

/// Where a time lies within its bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Filled {
    Open,
    Earliest,
    Latest,
    /// So many hours from the middle.
    Hours(i64),
}

/// A hole: which entry, and which of its times.
type Hole = (usize, usize);

fn blurred(at: DateTime<Utc>, filled: Filled) -> Dated {
    let half = TimeDelta::hours(36);
    match filled {
        Filled::Open => Dated::between(at - half, at + half).unwrap(),
        Filled::Earliest => Dated::from(at - half),
        Filled::Hours(hours) => Dated::from(at + TimeDelta::hours(hours)),
        Filled::Latest => Dated::from(at + half),
    }
}

fn bound(bound: Option<&Bound>, fill: &mut dyn FnMut(DateTime<Utc>) -> Option<Dated>) -> Option<Bound> {
    match bound {
        Some(Bound::At(time)) => Some(Bound::At(fill(time.as_start()).unwrap_or_else(|| time.clone()))),
        other => other.cloned(),
    }
}

/// The entry with some of its times replaced; nothing where it would then contradict itself.
fn with_times(entry: &Entry, fill: &mut dyn FnMut(DateTime<Utc>) -> Option<Dated>) -> Option<Entry> {
    let effective = fill(entry.effective());
    let mut spanned = |span: &Span| -> Option<Span> {
        let (from, until) = (bound(span.from(), fill), bound(span.until(), fill));
        Span::new(from, until).ok()
    };
    let event = match entry.event() {
        Event::InstrumentIssued(it) => {
            let mut made = Instrument { span: spanned(&it.span)?, ..it.clone() };
            made.clauses = it
                .clauses
                .iter()
                .map(|clause| Some(Restriction { span: spanned(&clause.span)?, ..clause.clone() }))
                .collect::<Option<_>>()?;
            Event::InstrumentIssued(made)
        }
        Event::ReliefGranted(it) => {
            let mut made = it.clone();
            made.span = spanned(&it.span)?;
            Event::ReliefGranted(made)
        }
        Event::EnforcementForborne(it) => {
            let mut made = it.clone();
            made.span = spanned(&it.span)?;
            Event::EnforcementForborne(made)
        }
        Event::StartMoved { measure, from } => {
            Event::StartMoved { measure: measure.clone(), from: bound(Some(from), fill)? }
        }
        Event::EndMoved { measure, until } => {
            Event::EndMoved { measure: measure.clone(), until: bound(until.as_ref(), fill) }
        }
        other => other.clone(),
    };
    let mut made = Entry::build(entry.id().clone(), event)
        .entered(entry.entered().clone())
        .recorded(entry.recorded().clone())
        .citation(entry.citation().as_str())
        .source("https://example.org");
    if let Some(by) = entry.by() {
        made = made.by(by.clone());
    }
    if let Some(corrects) = entry.corrects() {
        made = made.corrects(corrects.clone());
    }
    let stated =
        effective.or_else(|| (entry.takes_effect() != entry.entered()).then(|| entry.takes_effect().clone()));
    if let Some(effective) = stated {
        made = made.effective(effective);
    }
    made.finish().ok()
}

/// The register with its holes filled in one way; nothing where that contradicts itself.
fn filled(register: &Register, holes: &[(Hole, Filled)]) -> Option<Register> {
    let mut made = genome::vocabulary();
    for (number, entry) in register.entries().iter().enumerate() {
        let mut place = 0;
        let mut fill = |at| {
            let this = (number, place);
            place += 1;
            holes.iter().find(|(hole, _)| *hole == this).map(|(_, how)| blurred(at, *how))
        };
        made.append(with_times(entry, &mut fill)?).ok()?;
    }
    Some(made)
}

type Answer = (Requirement, bool, bool, bool, Option<Ruling>);

fn key(it: &Determination) -> Answer {
    let appeal = it.under_appeal().cloned();
    (it.requirement(), it.is_suspended(), it.is_unenforced(), it.is_in_part(), appeal)
}

#[derive(Default, Debug)]
struct Tally {
    compared: u32,
    uncertain: u32,
    other_requirement: u32,
    several: u32,
    exact: u32,
}

/// Every way to fill the holes with the fillings given.
fn ways(holes: &[Hole], fillings: &[Filled]) -> Vec<Vec<(Hole, Filled)>> {
    holes.iter().fold(vec![vec![]], |ways, hole| {
        ways.iter()
            .flat_map(|way| fillings.iter().map(|how| way.iter().copied().chain([(*hole, *how)]).collect()))
            .collect()
    })
}

fn compared(
    open: &Register,
    (made, exact): (&[Register], bool),
    latest: &Register,
    (subject, as_of): (&Subject, AsOf),
    tally: &mut Tally,
) -> Result<(), String> {
    let answer = open.determine(subject, as_of);
    let said: BTreeSet<Answer> = std::iter::once(&answer)
        .chain(answer.uncertainty().into_iter().flat_map(Uncertainty::alternatives))
        .map(key)
        .collect();
    let possible: BTreeSet<Answer> =
        made.iter().map(|register| key(&register.determine(subject, as_of))).collect();
    tally.compared += 1;
    if key(&answer) != key(&latest.determine(subject, as_of)) {
        return Err(format!("{subject}, {as_of:?}: the answer is not what had surely happened"));
    }
    let right = if exact { said == possible } else { possible.is_subset(&said) };
    if !right {
        return Err(format!("{subject}, {as_of:?}: said {said:?}, possible {possible:?}"));
    }
    if let Some(uncertainty) = answer.uncertainty() {
        tally.uncertain += 1;
        tally.exact += u32::from(exact);
        tally.several += u32::from(uncertainty.because().len() > 1);
        let requirement = |it: &Determination| it.requirement() != answer.requirement();
        tally.other_requirement += u32::from(uncertainty.alternatives().iter().any(requirement));
        if uncertainty.because().is_empty() || uncertainty.latest() <= uncertainty.earliest() {
            return Err(format!("{subject}, {as_of:?}: {uncertainty:?} says nothing"));
        }
    }
    let line = open.timeline(subject, as_of.known());
    if *line.at(as_of.effective()) != answer {
        return Err(format!("{subject}, {as_of:?}: the timeline says something else"));
    }
    Ok(())
}

#[test]
fn an_uncertain_answer_lists_exactly_what_it_may_be() {
    let cases = if cfg!(debug_assertions) { 150 } else { 1_500 };
    let mut runner = TestRunner::new(Config {
        cases,
        rng_seed: RngSeed::Fixed(20_240_419),
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct(
            "tests/uncertain_times.regressions",
        ))),
        ..Config::default()
    });
    let genes = proptest::collection::vec(any::<Gene>(), 1..=14);
    let holes = proptest::collection::vec((any::<usize>(), 0_usize..3), 1..=4);
    let nearby = proptest::collection::vec((any::<usize>(), -40_i64..=40), 6);
    let probes = proptest::collection::vec(any::<Probe>(), 6);
    let tally = RefCell::new(Tally::default());
    let case = (any::<u8>(), genes, holes, probes, nearby, -35_i64..=35);
    let run = runner.run(&case, |(scene, genes, holes, probes, nearby, between)| {
        let register = genome::grow(&scenes::laid_over(scene, &genes)).register;
        let count = register.entries().len();
        if count == 0 {
            return Ok(());
        }
        let holes: Vec<Hole> = holes
            .into_iter()
            .map(|(which, time)| (which % count, time))
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect();
        let open = filled(&register, &ways(&holes, &[Filled::Open])[0]);
        let latest = filled(&register, &ways(&holes, &[Filled::Latest])[0]);
        let exact = holes.len() == 1;
        let fillings: Vec<Filled> = if exact {
            (-36..=36).map(Filled::Hours).collect()
        } else {
            vec![Filled::Earliest, Filled::Hours(between), Filled::Latest]
        };
        let made: Option<Vec<Register>> =
            ways(&holes, &fillings).into_iter().map(|way| filled(&register, &way)).collect();
        // Where one filling contradicts itself, the bounds are not independent, and there is nothing to compare.
        let (Some(open), Some(latest), Some(made)) = (open, latest, made) else { return Ok(()) };
        for (probe, (which, hours)) in probes.into_iter().zip(nearby) {
            let (subject, as_of) = genome::question(probe);
            // About one of the holes, where the answer may turn.
            let hole = &register.entries()[holes[which % holes.len()].0];
            let at = hole.effective() + TimeDelta::hours(hours);
            let as_of = AsOf::from(at).known_at(as_of.known());
            compared(&open, (&made, exact), &latest, (&subject, as_of), &mut tally.borrow_mut())
                .map_err(TestCaseError::fail)?;
        }
        Ok(())
    });
    run.unwrap();
    let tally = tally.into_inner();
    println!("{tally:?}");
    assert!(tally.compared > cases, "{tally:?}");
    assert!(tally.uncertain * 4 > cases, "{tally:?}");
    assert!(tally.other_requirement * 8 > cases, "{tally:?}");
    assert!(tally.exact * 20 > cases, "{tally:?}");
    assert!(tally.several * 50 > cases, "{tally:?}");
}
