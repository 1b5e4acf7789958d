//! The engine raced against the rule written down, on registers grown to be hard.
//!
//! `DELISTED_CASES` sets how many registers are grown, `DELISTED_SEED` another seed. A register on which the two
//! disagree is shrunk, printed, and kept in `tests/race.regressions`.
#![allow(
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
#[path = "spec/laws.rs"]
mod laws;
#[path = "spec/scenes.rs"]
mod scenes;
mod spec;
#[path = "spec/witness.rs"]
mod witness;

use std::cell::RefCell;

use delisted::{Register, register::Entry};
use genome::{Gene, Probe};
use proptest::{
    prelude::any,
    prop_oneof,
    test_runner::{Config, FileFailurePersistence, RngSeed, TestCaseError, TestError, TestRunner},
};
use witness::Tally;

/// How many threads share the cases; each has a seed of its own.
const LANES: u32 = 4;

/// How many registers a full run grows, and how many a run without optimisation.
const FULL: u32 = 20_000;
const BRIEF: u32 = 1_600;

fn number(variable: &str) -> Option<u32> {
    std::env::var(variable).ok().map(|text| text.parse().expect("the variable holds a number"))
}

#[test]
fn the_engine_gives_the_answers_of_the_written_rule_and_keeps_its_laws() {
    let cases = number("DELISTED_CASES").unwrap_or(if cfg!(debug_assertions) { BRIEF } else { FULL });
    let seed = number("DELISTED_SEED").unwrap_or(20_200_918);
    let tally = std::thread::scope(|scope| {
        let lanes: Vec<_> = (0..LANES)
            .map(|lane| scope.spawn(move || race(cases.div_ceil(LANES), u64::from(seed) + u64::from(lane))))
            .collect();
        lanes.into_iter().map(|lane| lane.join().expect("the lane agrees")).fold(Tally::default(), Tally::and)
    });
    println!("{tally}");
    tally.demand(cases, FULL);
}

fn race(cases: u32, seed: u64) -> Tally {
    let mut runner = TestRunner::new(Config {
        cases,
        rng_seed: RngSeed::Fixed(seed),
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct("tests/race.regressions"))),
        max_shrink_iters: 20_000,
        ..Config::default()
    });
    let genes = |sizes| proptest::collection::vec(any::<Gene>(), sizes);
    // Each may be as short as one gene, so that shrinking can leave out all that does not matter.
    let genes = prop_oneof![3 => genes(1..=10), 3 => genes(1..=25), 2 => genes(1..=60)];
    let probes = proptest::collection::vec(any::<Probe>(), 4);
    let tally = RefCell::new(Tally::default());
    let outcome = runner.run(&(any::<u8>(), genes, probes, any::<u64>()), |(scene, genes, probes, order)| {
        let genes = scenes::laid_over(scene, &genes);
        let answered = judged(&genes, &probes, order).map_err(TestCaseError::fail)?;
        tally.replace_with(|tally| std::mem::take(tally).and(answered));
        Ok(())
    });
    match outcome {
        Ok(()) => tally.into_inner(),
        Err(TestError::Fail(why, (scene, genes, ..))) => {
            let genes = scenes::laid_over(scene, &genes);
            let register = genome::grow(&genes).register;
            panic!("{why}\nthe register:\n{}\nits genes: {genes:?}", listed(&register))
        }
        Err(TestError::Abort(why)) => panic!("{why}"),
    }
}

/// Every law on one register, and what its answers turned on.
fn judged(genes: &[Gene], probes: &[Probe], order: u64) -> Result<Tally, String> {
    let grown = genome::grow(genes);
    let register = &grown.register;
    let reordered = laws::reordered(register, order)?;
    let mut tally = Tally::of(register.entries().len(), grown.refused.len());
    let questions: Vec<_> = probes.iter().copied().map(genome::question).collect();
    if let Some((subject, as_of)) = questions.first() {
        let instants = questions.iter().map(|(_, as_of)| as_of.effective());
        laws::lies_on_its_timeline(register, (subject, *as_of), instants)?;
    }
    for (subject, as_of) in questions {
        laws::equals_the_written_rule(register, &subject, as_of)?;
        laws::no_order_matters(register, &reordered, &subject, as_of)?;
        laws::later_knowledge_changes_nothing(register, &subject, as_of)?;
        laws::its_grounds_suffice(register, &subject, as_of.effective())?;
        tally.witness(register, &subject, as_of);
    }
    Ok(tally)
}

/// The entries of a register, a line each.
fn listed(register: &Register) -> String {
    let line = |entry: &Entry| {
        let (entered, effective, recorded) = (entry.entered(), entry.effective(), entry.recorded());
        let corrects = entry.corrects().map(|id| format!(", corrects {id}")).unwrap_or_default();
        let times = format!("entered {entered}, effective {effective}, recorded {recorded}{corrects}");
        format!("{}: {times}: {:?}", entry.id(), entry.event())
    };
    register.entries().iter().map(line).collect::<Vec<_>>().join("\n")
}
