//! What holds of findings whatever was seen: under the rules as users get them, and on cases made for one law each.
#![cfg(feature = "file")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "tests stop at the first surprise, and their numbers are small"
)]

use std::{cell::RefCell, fmt::Write as _};

use chrono::{DateTime, TimeDelta, Utc};
use delisted::{
    Act, Register, Store, Subject,
    determination::Requirement,
    io,
    observation::{ChangeRule, Observations, Stretch},
    reconciliation::{FindingKind, OpenQuestion, Reconciliation, reconcile},
    time::{Known, instant},
};
use proptest::{
    prelude::*,
    test_runner::{FileFailurePersistence, RngSeed, TestRunner},
};

use FindingKind::{RemovedBeforeEffect, WithheldWhileUnrestricted};

const HEAD: &str = r#"
format = "delisted-register"
version = 1
[[app]]
id = "chat"
name = "Chat"
[[app]]
id = "talk"
name = "Talk"
[[authority]]
id = "agency"
name = "the Agency"
kind = "agency"
jurisdiction = "US"
"#;

/// One entry; it is recorded when it is entered.
fn entry(id: &str, event: &str, entered: &str, fields: &str) -> String {
    format!(
        "[[entry]]\nid = \"{id}\"\nevent = \"{event}\"\nby = \"agency\"\nentered = \"{entered}\"\nrecorded = \"{entered}\"\n\
         citation = \"{id} of the case\"\nsources = [\"https://example.org\"]\n{fields}\n"
    )
}

/// An order of some day of January 2025 that takes effect on another.
fn ban(entered: &str, from: &str, apps: &str, territories: &str) -> String {
    entry(
        "issued",
        "instrument-issued",
        entered,
        &format!(
            "instrument = \"order\"\nkind = \"agency-order\"\ntitle = \"Order\"\n[[entry.clause]]\nid = \"1\"\n\
             directive = \"prohibit\"\nfrom = \"{from}\"\n\
             scope = {{ apps = [{apps}], territories = [{territories}], acts = [\"download\"] }}"
        ),
    )
}

fn over(entered: &str) -> String {
    entry("over", "measure-ended", entered, "ending = \"end\"\nmanner = \"rescinded\"\nends = [\"order\"]\n")
}

fn register(entries: &str) -> Register {
    io::read_toml("made.toml", &format!("{HEAD}{entries}")).unwrap().register
}

fn day(day: u32) -> String {
    format!("2025-01-{day:02}T00:00:00Z")
}

fn standard() -> String {
    ban(&day(6), &day(10), "\"chat\"", "\"US\"")
}

/// Rows of app, store, territory, time and what was seen.
fn looks(rows: &[String]) -> Observations {
    let mut text = String::from("app,store,territory,at,seen,source\n");
    for row in rows {
        writeln!(text, "{row},page").unwrap();
    }
    io::read_observations_csv("made.csv", text.as_bytes()).unwrap()
}

fn chat(rows: &[&str]) -> Observations {
    looks(&rows.iter().map(|row| format!("chat,app-store,US,{row}")).collect::<Vec<_>>())
}

fn told(reconciliation: &Reconciliation<'_>) -> Vec<String> {
    let findings = reconciliation.findings().iter();
    findings.map(|it| it.to_string().replace("2025-01-", "").replace("T00:00:00Z", "")).collect()
}

fn reported(register: &Register, observations: &Observations) -> Vec<String> {
    told(&reconcile(register, observations, ChangeRule::reported(), Known::Best))
}

#[test]
fn a_span_longer_than_a_rule_presumes_is_neither_compliance_nor_a_breach() {
    let register = register(&standard());
    for seen in ["available", "removed"] {
        let observations =
            chat(&[&format!("2024-06-01T00:00:00Z,{seen}"), &format!("2025-12-31T00:00:00Z,{seen}")]);
        let [reported, apple, play] =
            [ChangeRule::reported(), ChangeRule::apple_censorship(), ChangeRule::play_monitor()];
        for rule in [reported, apple, play] {
            let reconciliation = reconcile(&register, &observations, rule, Known::Best);
            let between = instant("2025-06-01T00:00:00Z").unwrap();
            let found = reconciliation.findings().iter().find(|it| it.stretch().contains(between)).unwrap();
            assert!(matches!(
                found.kind(),
                FindingKind::Unobserved | FindingKind::Undetermined(OpenQuestion::Unsettled)
            ));
        }
        // Who wants to presume more has to say so.
        let all = reconcile(&register, &observations, reported.presuming_without_limit(), Known::Best);
        assert!(all.findings().iter().all(|it| it.stretch().is_instant()
            || it.kind() != FindingKind::Unobserved
            || it.stretch().from() >= instant("2025-12-31T00:00:00Z").unwrap()));
    }
}

#[test]
fn what_the_law_binds_and_nobody_looked_at_is_told_as_unobserved_in_its_place() {
    let register = register(&ban(&day(6), &day(10), "\"chat\", \"talk\"", "\"US\", \"IN\""));
    let observations = looks(&[
        "chat,app-store,US,2025-01-11T00:00:00Z,removed".to_owned(),
        "other,app-store,FR,2025-01-11T00:00:00Z,available".to_owned(),
    ]);
    assert_eq!(
        reported(&register, &observations),
        [
            // The app was looked at elsewhere.
            "download of chat in app-store, IN, 10 onwards: unobserved",
            "download of chat in app-store, US, 10 to 11: unobserved",
            "download of chat in app-store, US, 11: consistent with the law",
            "download of chat in app-store, US, 11 onwards: unobserved",
            "download of other in app-store, FR, 11: consistent with the law",
            // Another app was looked at in its storefront; nobody looked at anything in India, nor for it anywhere.
            "download of talk in app-store, US, 10 onwards: unobserved",
        ]
    );
    // Of what was not known yet there is nothing to tell.
    let early = reconcile(&register, &observations, ChangeRule::reported(), instant(&day(2)).unwrap());
    assert!(early.findings().iter().all(
        |it| it.kind() == FindingKind::Consistent || it.kind() == FindingKind::WithheldWhileUnrestricted
    ));
}

#[test]
fn a_clause_for_every_territory_binds_wherever_somebody_looked() {
    let register = register(&ban(&day(6), &day(10), "\"talk\"", "\"*\""));
    let observations = looks(&[
        "chat,app-store,US,2025-01-11T00:00:00Z,available".to_owned(),
        "chat,google-play,FR,2025-01-11T00:00:00Z,available".to_owned(),
    ]);
    let told = reported(&register, &observations);
    assert!(
        told.contains(&"download of talk in app-store, US, 10 onwards: unobserved".to_owned()),
        "{told:?}"
    );
    assert!(
        told.contains(&"download of talk in google-play, FR, 10 onwards: unobserved".to_owned()),
        "{told:?}"
    );
    assert_eq!(told.len(), 4);
}

#[test]
fn only_a_removal_that_can_have_answered_an_order_is_one_before_its_effect() {
    let before = |register: &Register, first: &str, then: &str| {
        let observations = chat(&[
            &format!("{first},available"),
            &format!("{then},removed"),
            "2025-01-09T00:00:00Z,removed",
        ]);
        let reconciliation = reconcile(register, &observations, ChangeRule::reported(), Known::Best);
        let gone =
            reconciliation.findings().iter().find(|it| it.stretch().contains(instant(&day(9)).unwrap()));
        let gone = gone.unwrap();
        (gone.kind(), gone.may_explain().count())
    };
    let plain = register(&standard());
    assert_eq!(before(&plain, &day(6), &day(7)), (RemovedBeforeEffect, 0));
    assert_eq!(before(&plain, &day(3), &day(4)), (WithheldWhileUnrestricted, 0), "nobody knew of it");
    assert_eq!(before(&plain, &day(5), &day(7)), (WithheldWhileUnrestricted, 1), "perhaps somebody did");
    // Rescinded before it took effect: it may explain, and was preceded by nothing.
    let rescinded = register(&format!("{}{}", standard(), over("2025-01-09T12:00:00Z")));
    assert_eq!(before(&rescinded, &day(6), &day(7)), (WithheldWhileUnrestricted, 1));
    // From what was known before that, it was still to come.
    let observations = chat(&[&format!("{},available", day(6)), &format!("{},removed", day(7))]);
    let known = reconcile(&rescinded, &observations, ChangeRule::reported(), instant(&day(8)).unwrap());
    assert!(known.findings().iter().any(|it| it.kind() == RemovedBeforeEffect));
    // Entered, and made known later: who removed it before cannot have answered it.
    let secret =
        standard().replace(&format!("recorded = \"{}\"", day(6)), &format!("recorded = \"{}\"", day(8)));
    assert_eq!(before(&register(&secret), &day(6), &day(7)), (WithheldWhileUnrestricted, 0));
    // Gone when it was first looked at: nobody knows since when.
    let observations = chat(&[&format!("{},removed", day(7)), &format!("{},removed", day(9))]);
    let first = reconcile(&plain, &observations, ChangeRule::reported(), Known::Best);
    assert_eq!(first.findings()[0].kind(), WithheldWhileUnrestricted);
    assert_eq!(first.findings()[0].may_explain().count(), 1);
}

#[test]
fn a_lag_stands_with_the_change_where_nobody_saw_the_new_state_at_a_known_instant() {
    let register = register(&standard());
    let observations = chat(&[
        "2025-01-11..2025-01-11[UTC],available",
        "2025-01-12..2025-01-12[UTC],removed",
        "2025-01-14T00:00:00Z,available",
    ]);
    let reconciliation = reconcile(&register, &observations, ChangeRule::reported(), Known::Best);
    let with: Vec<_> = reconciliation.findings().iter().filter(|it| it.lag().is_some()).collect();
    assert_eq!(with.len(), 1);
    assert_eq!(with[0].kind(), FindingKind::Undetermined(OpenQuestion::Changing));
    assert_eq!(with[0].stretch().to_string(), "2025-01-11T23:59:59Z to 2025-01-12T23:59:59Z");
}

#[test]
fn a_bound_that_nobody_knows_is_no_year_in_any_finding() {
    let uncertain = ban("..2025-01-08[UTC]", "..2025-01-10[UTC]", "\"chat\", \"talk\"", "\"US\"");
    for register in [register(&standard()), register(&uncertain)] {
        for (first, then) in [("available", "removed"), ("removed", "available"), ("removed", "removed")] {
            let observations =
                chat(&[&format!("..2025-01-09[UTC],{first}"), &format!("2025-01-12..[UTC],{then}")]);
            let reconciliation = reconcile(&register, &observations, ChangeRule::reported(), Known::Best);
            let mut words = told(&reconciliation).join("\n");
            words.push_str(&serde_json::to_string(&reconciliation).unwrap());
            for summary in reconciliation.stores() {
                write!(words, "{summary} {} {}", summary.removals(), summary.restorations()).unwrap();
            }
            assert!(
                !words.contains("0000-") && !words.contains("9999-") && !words.contains("2621"),
                "{words}"
            );
            assert!(!reconciliation.findings().is_empty());
        }
    }
}

/// How far apart the instants are that a truth is asked about, in hours.
const STEP: i64 = 6;

fn at(step: i64) -> DateTime<Utc> {
    instant(&day(1)).unwrap() + TimeDelta::hours(step * STEP)
}

/// The rules as users get them, each with its limit in steps.
fn rules() -> [(ChangeRule, i64); 3] {
    let rules = [ChangeRule::reported(), ChangeRule::apple_censorship(), ChangeRule::play_monitor()];
    rules.map(|rule| (rule, i64::try_from(rule.longest_gap().unwrap().as_secs()).unwrap() / 3_600 / STEP))
}

fn registers() -> Vec<Register> {
    let forbearance =
        entry("forborne", "enforcement-forborne", &day(14), "forbearance = \"letter\"\nof = [\"order\"]\n");
    vec![
        Register::default(),
        register(&standard()),
        register(&format!("{}{}", standard(), over(&day(20)))),
        register(&format!("{}{}", standard(), over(&day(8)))),
        register(&format!("{}{forbearance}", standard())),
        register(&standard().replace("\"prohibit\"", "\"compel\"")),
    ]
}

fn asked() -> Subject {
    Subject::new("chat".parse().unwrap(), Store::APP_STORE, "US".parse().unwrap(), Act::Download)
}

/// What each register requires at every half step.
fn required(registers: &[Register]) -> Vec<Vec<Requirement>> {
    let asked = asked();
    let half = |half| at(0) + TimeDelta::hours(half * STEP / 2);
    let of = |register: &Register| {
        (0..LENGTH * 2).map(|it| register.determine(&asked, half(it)).requirement()).collect()
    };
    registers.iter().map(of).collect()
}

/// What is said of the one subject, by stretches.
fn own(all: &Reconciliation<'_>) -> Vec<(Stretch, FindingKind)> {
    let (findings, asked) = (all.findings().iter(), asked());
    findings.filter(|it| *it.subject() == asked).map(|it| (it.stretch(), it.kind())).collect()
}

/// What is said of an instant, where anything is said for certain.
fn verdict(own: &[(Stretch, FindingKind)], at: DateTime<Utc>) -> Option<FindingKind> {
    let (_, kind) = own.iter().find(|(stretch, _)| stretch.contains(at))?;
    (kind.open_question().is_none() && *kind != FindingKind::Unobserved).then_some(*kind)
}

/// Whether what is said is so, of an app that stood like this under such a law.
fn is_so(kind: FindingKind, offered: bool, law: Requirement) -> bool {
    match kind {
        FindingKind::Consistent => offered == (law != Requirement::Prohibited),
        FindingKind::OfferedWhileProhibited | FindingKind::RestoredWhileUnenforced => {
            offered && law == Requirement::Prohibited
        }
        FindingKind::WithheldWhileUnrestricted | FindingKind::RemovedBeforeEffect => {
            !offered && law == Requirement::Unrestricted
        }
        FindingKind::WithheldWhileCompelled => !offered && law == Requirement::Compelled,
        FindingKind::Undetermined(_) | FindingKind::Unobserved => false,
    }
}

fn rows(steps: &[i64], truth: impl Fn(i64) -> bool) -> Vec<String> {
    let word = |step: i64| if truth(step) { "available" } else { "removed" };
    steps.iter().map(|step| format!("chat,app-store,US,{},{}", at(*step).to_rfc3339(), word(*step))).collect()
}

fn runner(cases: u32) -> TestRunner {
    TestRunner::new(ProptestConfig {
        cases,
        rng_seed: RngSeed::Fixed(20_250_119),
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct(
            "tests/reconciliation_laws.regressions",
        ))),
        ..ProptestConfig::default()
    })
}

/// How long the truths are, in steps.
const LENGTH: i64 = 140;

/// Whether a look that told something lies on either side, no further apart than the limit.
fn is_near(steps: &[i64], half: i64, limit: i64) -> bool {
    let before = steps.iter().filter(|step| **step * 2 <= half).max();
    let after = steps.iter().filter(|step| **step * 2 >= half).min();
    matches!((before, after), (Some(before), Some(after)) if after - before <= limit)
}

#[test]
fn of_a_truth_no_faster_than_a_rule_presumes_every_verdict_is_true_and_finer_looks_only_narrow_it() {
    let registers = registers();
    let laws = required(&registers);
    let steps = |most: usize| prop::collection::vec(0..LENGTH, 1..most);
    let met = RefCell::new([(0, 0, 0); 3]);
    let spells = prop::collection::vec(0..30_i64, 1..30);
    // Looks in a row, as a monitor has them, and others anywhere.
    let series = (0..LENGTH, 1..4_i64, 0..60_i64);
    runner(500)
        .run(
            &(0..3_usize, 0..registers.len(), any::<bool>(), spells, series, steps(30), steps(80)),
            |(which, law, first, spells, series, few, more)| {
                let (rule, limit) = rules()[which];
                let truth = |step: i64| {
                    let ends = spells.iter().scan(0, |end, more| {
                        *end += limit + more;
                        Some(*end)
                    });
                    first == (ends.take_while(|end| *end <= step).count() % 2 == 0)
                };
                let (from, each, number) = series;
                let mut few = few;
                few.extend((0..number).map(|it| from + it * each).filter(|step| *step < LENGTH));
                let fine: Vec<i64> = few.iter().chain(&more).copied().collect();
                // Elsewhere it is always on offer; some looks fail.
                let other = |steps: &[i64]| -> Vec<String> {
                    let elsewhere = steps
                        .iter()
                        .map(|step| format!("chat,app-store,IN,{},available", at(*step).to_rfc3339()));
                    let failed = steps.iter().map(|step| {
                        format!(
                            "chat,app-store,US,{},unknown",
                            (at(*step) + TimeDelta::hours(1)).to_rfc3339()
                        )
                    });
                    elsewhere.chain(failed.step_by(7)).collect()
                };
                let made = |steps: &[i64]| looks(&[rows(steps, truth), other(steps)].concat());
                let (coarse_looks, fine_looks) = (made(&few), made(&fine));
                let one = reconcile(&registers[law], &coarse_looks, rule, Known::Best);
                let two = reconcile(&registers[law], &fine_looks, rule, Known::Best);
                let (said, finer_said) = (own(&one), own(&two));
                for half in 0..LENGTH * 2 {
                    let instant = at(0) + TimeDelta::hours(half * STEP / 2);
                    let required = laws[law][usize::try_from(half).unwrap()];
                    for (all, steps) in [(&said, &few), (&finer_said, &fine)] {
                        let Some(kind) = verdict(all, instant) else { continue };
                        let offered = truth(half / 2);
                        prop_assert!(is_so(kind, offered, required), "{} at {}", kind.as_str(), instant);
                        prop_assert!(is_near(steps, half, limit), "{} at {}", kind.as_str(), instant);
                        met.borrow_mut()[which].0 += 1;
                    }
                    if let (Some(was), Some(is)) = (verdict(&said, instant), verdict(&finer_said, instant)) {
                        let consistent = |kind| kind == FindingKind::Consistent;
                        prop_assert_eq!(consistent(was), consistent(is), "at {}", instant);
                        met.borrow_mut()[which].1 += 1;
                    }
                }
                for lag in one.findings().iter().filter_map(|it| it.lag()) {
                    let same = two.findings().iter().filter_map(|it| it.lag()).find(|it| {
                        it.response() == lag.response()
                            && it.law() == lag.law()
                            && it.change().after() < lag.change().by()
                            && lag.change().after() < it.change().by()
                    });
                    if let Some(finer) = same {
                        prop_assert!(lag.earliest() <= finer.earliest() && finer.latest() <= lag.latest());
                        met.borrow_mut()[which].2 += 1;
                    }
                }
                Ok(())
            },
        )
        .unwrap();
    let met = met.into_inner();
    assert!(met.iter().all(|(all, both, lags)| *all > 3_000 && *both > 1_000 && *lags > 5), "{met:?}");
}

#[test]
fn of_any_truth_a_certain_look_is_never_turned_into_its_opposite_and_no_verdict_reaches_beyond_the_limit() {
    let registers = registers();
    let laws = required(&registers);
    let truth = prop::collection::vec(any::<bool>(), usize::try_from(LENGTH).unwrap());
    let stretches = prop::collection::vec(1..12_usize, usize::try_from(LENGTH).unwrap());
    let steps = |most: usize| prop::collection::vec(0..LENGTH, 1..most);
    let met = RefCell::new([(0, 0); 3]);
    runner(500)
        .run(
            &(0..3_usize, 0..registers.len(), truth, stretches, steps(60), steps(120)),
            |(which, law, states, lengths, few, more)| {
                let (rule, limit) = rules()[which];
                let course: Vec<bool> =
                    states.iter().zip(&lengths).flat_map(|(state, length)| vec![*state; *length]).collect();
                let truth = |step: i64| course[usize::try_from(step).unwrap()];
                let fine: Vec<i64> = few.iter().chain(&more).copied().collect();
                let elsewhere = |steps: &[i64]| -> Vec<String> {
                    steps
                        .iter()
                        .map(|step| format!("chat,app-store,IN,{},available", at(*step).to_rfc3339()))
                        .collect()
                };
                let made = |steps: &[i64]| looks(&[rows(steps, truth), elsewhere(steps)].concat());
                let (coarse_looks, fine_looks) = (made(&few), made(&fine));
                let one = reconcile(&registers[law], &coarse_looks, rule, Known::Best);
                let two = reconcile(&registers[law], &fine_looks, rule, Known::Best);
                let (said, finer_said) = (own(&one), own(&two));
                for step in &few {
                    let required = laws[law][usize::try_from(*step * 2).unwrap()];
                    for all in [&said, &finer_said] {
                        let Some(kind) = verdict(all, at(*step)) else { continue };
                        prop_assert!(
                            is_so(kind, truth(*step), required),
                            "{} at {}",
                            kind.as_str(),
                            at(*step)
                        );
                        met.borrow_mut()[which].0 += 1;
                    }
                }
                for half in 0..LENGTH * 2 {
                    let instant = at(0) + TimeDelta::hours(half * STEP / 2);
                    for (all, steps) in [(&said, &few), (&finer_said, &fine)] {
                        if let Some(kind) = verdict(all, instant) {
                            prop_assert!(is_near(steps, half, limit), "{} at {}", kind.as_str(), instant);
                            met.borrow_mut()[which].1 += 1;
                        }
                    }
                }
                Ok(())
            },
        )
        .unwrap();
    let met = met.into_inner();
    assert!(met.iter().all(|(looks, all)| *looks > 500 && *all > 1_000), "{met:?}");
}
