//! What sightings and a rule make of the time between the sightings, beside slow models that follow the words.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    reason = "tests stop at the first surprise, and their numbers are small"
)]

use std::{cell::RefCell, collections::BTreeMap, num::NonZeroUsize, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};
use delisted::{
    Act, Store, Subject, market,
    observation::{Basis, ChangeRule, Observations, Seen, Sighting, State},
    time::{Dated, instant},
};
use proptest::{
    prelude::*,
    test_runner::{FileFailurePersistence, RngSeed, TestRunner},
};

/// A look between two hours after midnight of a certain day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Look {
    lo: i64,
    hi: i64,
    seen: Seen,
}

fn hour(hours: i64) -> DateTime<Utc> {
    instant("2025-01-01T00:00:00Z").unwrap() + TimeDelta::hours(hours)
}

fn subject(territory: &str) -> Subject {
    Subject::new("chat".parse().unwrap(), Store::APP_STORE, territory.parse().unwrap(), Act::Download)
}

fn sighting(territory: &str, look: Look) -> Sighting {
    let at = if look.lo == look.hi {
        Dated::from(hour(look.lo))
    } else {
        Dated::between(hour(look.lo), hour(look.hi)).unwrap()
    };
    Sighting::build("chat".parse().unwrap(), Store::APP_STORE, territory.parse().unwrap(), at, look.seen)
        .source("monitor")
        .finish()
        .unwrap()
}

fn point(at: i64, seen: Seen) -> Look {
    Look { lo: at, hi: at, seen }
}

fn observed(looks: &[Look]) -> Observations {
    Observations::new(looks.iter().map(|look| sighting("US", *look)))
}

/// The spells as text: `offered 1..3`.
fn told(observations: &Observations, rule: ChangeRule) -> Vec<String> {
    let since = |at: DateTime<Utc>| (at - hour(0)).num_hours();
    let Some(presence) = observations.presences(rule).find(|it| *it.subject() == subject("US")) else {
        return vec![];
    };
    let spells = presence.spells().iter();
    spells
        .map(|it| format!("{:?} {}..{}", it.state(), since(it.stretch().from()), since(it.stretch().to())))
        .collect()
}

fn changes(observations: &Observations, rule: ChangeRule) -> Vec<(bool, i64, i64)> {
    let since = |at: DateTime<Utc>| (at - hour(0)).num_hours();
    let presence = observations.presences(rule).find(|it| *it.subject() == subject("US")).unwrap();
    presence.changes().iter().map(|it| (it.to_offered(), since(it.after()), since(it.by()))).collect()
}

use Seen::{Available, NotOffered, Removed, Unknown, Withdrawn};

#[test]
fn a_removal_lies_between_the_last_look_that_found_it_and_the_first_that_did_not() {
    let observations =
        observed(&[point(0, Available), point(5, Available), point(9, Removed), point(12, Withdrawn)]);
    assert_eq!(
        told(&observations, ChangeRule::reported()),
        ["Offered 0..5", "Changing 5..9", "Withheld 9..12"]
    );
    assert_eq!(changes(&observations, ChangeRule::reported()), [(false, 5, 9)]);
}

#[test]
fn looks_at_unknown_hours_put_a_removal_between_their_outer_bounds() {
    let looks = [
        point(-50, Available),
        Look { lo: 0, hi: 24, seen: Available },
        Look { lo: 24, hi: 48, seen: Removed },
        point(90, Removed),
    ];
    let observations = observed(&looks);
    assert_eq!(changes(&observations, ChangeRule::reported()), [(false, 0, 48)]);
    assert_eq!(
        told(&observations, ChangeRule::reported()),
        ["Offered -50..0", "Changing 0..48", "Withheld 48..90"]
    );
}

#[test]
fn on_the_day_of_its_removal_an_app_was_offered_before() {
    // A whole day on which it was seen on offer, and a quarter of an hour of that day in which it was taken down.
    let looks = [
        point(0, Available),
        Look { lo: 10, hi: 34, seen: Available },
        Look { lo: 30, hi: 31, seen: Removed },
        point(40, Removed),
    ];
    assert_eq!(changes(&observed(&looks), ChangeRule::reported()), [(false, 10, 31)]);
}

#[test]
fn two_looks_of_one_day_alone_do_not_tell_whether_it_came_or_went() {
    let looks = [Look { lo: 0, hi: 24, seen: Available }, Look { lo: 0, hi: 24, seen: Removed }];
    assert_eq!(told(&observed(&looks), ChangeRule::reported()), ["Unsettled 0..24"]);
}

#[test]
fn a_look_at_an_hour_that_nobody_noted_settles_no_instant() {
    let day = Look { lo: 0, hi: 24, seen: Removed };
    assert_eq!(told(&observed(&[day]), ChangeRule::reported()), ["Unsettled 0..24"]);
}

#[test]
fn a_single_failed_look_is_not_a_removal_and_not_an_offer_either() {
    let looks = [
        point(-9, Available),
        point(0, Available),
        point(4, Available),
        point(8, Removed),
        point(12, Available),
        point(20, Available),
    ];
    let rule = ChangeRule::play_monitor();
    assert_eq!(told(&observed(&looks), rule), ["Offered -9..4", "Unsettled 4..12", "Offered 12..20"]);
    assert_eq!(changes(&observed(&looks), rule), []);
    assert_eq!(told(&observed(&looks[1..3]), rule), ["Unsettled 0..4"], "two looks make no state at all");
}

#[test]
fn the_play_monitor_wants_three_tests_over_more_than_six_hours() {
    let before = [point(-20, Available), point(-10, Available), point(0, Available)];
    let tail = |hours: &[i64]| {
        let mut looks = before.to_vec();
        looks.extend(hours.iter().map(|at| point(*at, Removed)));
        changes(&observed(&looks), ChangeRule::play_monitor())
    };
    assert_eq!(tail(&[2, 5, 8]), [], "six hours are not more than six hours");
    assert_eq!(tail(&[2, 9]), [], "two tests are not three");
    assert_eq!(tail(&[2, 5, 9]), [(false, 0, 2)]);
}

#[test]
fn applecensorship_wants_five_confirmations_over_a_day_and_the_app_elsewhere_from_two_days_after() {
    let rule = ChangeRule::apple_censorship();
    let mut looks: Vec<Sighting> = (0..6).map(|day| sighting("US", point(day * 24, Available))).collect();
    looks.extend((6..12).map(|day| sighting("US", point(day * 24, Removed))));
    let with = |more: Vec<Sighting>| {
        let all = Observations::new(looks.iter().cloned().chain(more));
        changes(&all, rule)
    };
    let removal = [(false, 5 * 24, 6 * 24)];
    assert_eq!(with(vec![]), [], "it may be gone everywhere");
    assert_eq!(with(vec![sighting("IN", point(7 * 24, Available))]), [], "a day after is too soon");
    assert_eq!(with(vec![sighting("IN", point(8 * 24, Available))]), removal);
    assert_eq!(
        with(vec![sighting("IN", point(12 * 24, Available))]),
        [],
        "after the last look that found it gone"
    );
    assert_eq!(with(vec![sighting("IN", point(9 * 24, Removed))]), []);
    // Five looks that agree are four confirmations.
    let short: Vec<Sighting> =
        looks.iter().take(11).cloned().chain([sighting("IN", point(9 * 24, Available))]).collect();
    assert_eq!(changes(&Observations::new(short), rule), []);
    // Six looks within less than a day.
    let quick = (0..6).map(|hours| sighting("US", point(6 * 24 + hours * 4, Removed)));
    let all = looks.iter().take(6).cloned().chain(quick).chain([sighting("IN", point(8 * 24, Available))]);
    assert_eq!(changes(&Observations::new(all), rule), []);
}

#[test]
fn beyond_the_longest_gap_nothing_is_presumed() {
    let looks = [point(0, Available), point(10, Available), point(40, Available)];
    let rule = ChangeRule::reported().presuming_at_most(Duration::from_secs(10 * 3_600));
    assert_eq!(told(&observed(&looks), rule), ["Offered 0..10", "Unobserved 10..40", "Offered 40..40"]);
    assert_eq!(told(&observed(&looks), ChangeRule::reported()), ["Offered 0..40"]);
}

#[test]
fn every_rule_presumes_a_state_for_so_long_and_no_longer_unless_it_is_told_to() {
    for (rule, hours) in [
        (ChangeRule::reported(), 7 * 24),
        (ChangeRule::apple_censorship(), 24),
        (ChangeRule::play_monitor(), 24),
        (ChangeRule::new(NonZeroUsize::MIN, Duration::ZERO), 24),
    ] {
        assert_eq!(rule.longest_gap(), Some(Duration::from_secs(hours * 3_600)));
        let hours = i64::try_from(hours).unwrap();
        // Nine looks, so that each of the rules has its state, and two that are too far away.
        let mut looks: Vec<Look> = (-8..1).map(|at| point(at * 6, Available)).collect();
        looks.extend([point(hours, Available), point(2 * hours + 1, Available)]);
        let far = format!("Unobserved {hours}..{}", 2 * hours + 1);
        let last = format!("Offered {}..{}", 2 * hours + 1, 2 * hours + 1);
        assert_eq!(told(&observed(&looks), rule), [format!("Offered -48..{hours}"), far, last]);
        let unlimited = format!("Offered -48..{}", 2 * hours + 1);
        assert_eq!(told(&observed(&looks), rule.presuming_without_limit()), [unlimited]);
    }
}

#[test]
fn a_failed_look_never_makes_known_what_was_not_in_any_rule() {
    let told = prop::collection::vec((0..400_i64, any::<bool>()), 0..30);
    let failed = prop::collection::vec(0..400_i64, 1..30);
    let met = RefCell::new([0; 3]);
    runner(400)
        .run(&(told, failed), |(told, failed)| {
            let mut looks: Vec<Look> =
                told.iter().map(|(at, there)| point(*at, if *there { Available } else { Removed })).collect();
            let without = observed(&looks);
            looks.extend(failed.iter().map(|at| point(*at, Unknown)));
            let with = observed(&looks);
            let rules = [ChangeRule::reported(), ChangeRule::apple_censorship(), ChangeRule::play_monitor()];
            for (place, rule) in rules.into_iter().enumerate() {
                let before = without.presences(rule).next();
                let after = with.presences(rule).next().unwrap();
                for at in (-2..402).map(hour) {
                    let (was, is) = (before.as_ref().and_then(|it| it.at(at).is_offered()), after.at(at));
                    prop_assert!(is.is_offered().is_none() || is.is_offered() == was, "{:?} at {}", is, at);
                    met.borrow_mut()[place] += usize::from(is.is_offered().is_some());
                }
            }
            Ok(())
        })
        .unwrap();
    assert!(met.into_inner().iter().all(|known| *known > 1_000));
}

#[test]
fn a_bound_that_nobody_knows_is_no_year() {
    let start = Dated::at_the_latest(hour(0));
    let end = Dated::at_the_earliest(hour(9));
    let look = |at: Dated, seen| {
        Sighting::build("chat".parse().unwrap(), Store::APP_STORE, "US".parse().unwrap(), at, seen)
            .source("monitor")
            .finish()
            .unwrap()
    };
    for (one, other) in [(Available, Removed), (Available, Available), (Unknown, Removed)] {
        let seen = Observations::new([look(start.clone(), one), look(end.clone(), other)]);
        for presence in seen.presences(ChangeRule::reported()) {
            for spell in presence.spells() {
                let stretch = spell.stretch();
                assert!(!stretch.to_string().contains("0000-") && !stretch.to_string().contains("9999-"));
                assert!(stretch.from() == DateTime::<Utc>::MIN_UTC || stretch.from() >= hour(0), "{stretch}");
                assert!(stretch.to() == DateTime::<Utc>::MAX_UTC || stretch.to() <= hour(9), "{stretch}");
            }
            for change in presence.changes() {
                assert_eq!(
                    (change.after(), change.by()),
                    (DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC)
                );
            }
        }
    }
}

#[test]
fn a_report_that_nothing_is_known_ends_what_may_be_presumed_and_a_failed_look_does_not() {
    let looks = [point(0, Available), point(10, Unknown), point(40, Available)];
    assert_eq!(
        told(&observed(&looks), ChangeRule::reported()),
        ["Offered 0..0", "Unobserved 0..40", "Offered 40..40"]
    );
    let monitor = ChangeRule::new(NonZeroUsize::MIN, Duration::ZERO);
    assert_eq!(told(&observed(&looks), monitor.presuming_without_limit()), ["Offered 0..40"]);
    assert_eq!(
        told(&observed(&looks), monitor),
        ["Offered 0..0", "Unobserved 0..40", "Offered 40..40"],
        "a failed look is no look, and so prolongs nothing"
    );
}

#[test]
fn looks_that_contradict_each_other_are_kept_told_and_settle_nothing() {
    let looks = [point(0, Available), point(5, Available), point(5, Removed), point(9, Available)];
    let observations = observed(&looks);
    assert_eq!(observations.sightings().len(), 4);
    assert_eq!(observations.contradictions().count(), 1);
    assert_eq!(
        told(&observations, ChangeRule::reported()),
        ["Offered 0..0", "Unsettled 0..9", "Offered 9..9"]
    );
}

#[test]
fn never_offered_and_removed_are_one_state() {
    let looks = [point(0, NotOffered), point(5, Removed)];
    assert_eq!(told(&observed(&looks), ChangeRule::reported()), ["Withheld 0..5"]);
}

#[test]
fn of_a_day_the_last_look_decides_and_a_dispute_is_left_open() {
    let day = Dated::between(hour(0), hour(24)).unwrap();
    let asked = |looks: &[Look]| {
        let observations = observed(looks);
        let seen = observations.seen_at(&subject("US"), &day);
        (seen.offered(), seen.basis())
    };
    assert_eq!(asked(&[point(9, Available), point(22, Removed)]), (Some(false), Basis::Seen));
    assert_eq!(
        asked(&[Look { lo: 0, hi: 24, seen: Available }, point(22, Removed)]),
        (None, Basis::Disputed)
    );
    assert_eq!(asked(&[point(3, Unknown)]), (None, Basis::Untold));
    assert_eq!(asked(&[point(-3, Removed), point(30, Removed)]), (Some(false), Basis::Between));
    assert_eq!(
        asked(&[point(-3, Removed), Look { lo: 20, hi: 30, seen: Available }, point(31, Removed)]),
        (None, Basis::Changed)
    );
    assert_eq!(asked(&[point(-3, Removed), Look { lo: 20, hi: 30, seen: Removed }]), (None, Basis::OneSided));
    assert_eq!(asked(&[]), (None, Basis::Nothing));
}

#[test]
fn what_rests_on_inferred_sightings_only_is_told_and_counts_as_any_other() {
    let inferred = |look: Look| {
        let at = Dated::from(hour(look.lo));
        let builder =
            Sighting::build("chat".parse().unwrap(), Store::APP_STORE, "US".parse().unwrap(), at, look.seen);
        builder.source("monitor").basis(market::Basis::Inferred).finish().unwrap()
    };
    let stated = |look: Look| sighting("US", look);
    let asked = |looks: Vec<Sighting>| {
        let observations = Observations::new(looks);
        let seen = observations.seen_at(&subject("US"), &Dated::between(hour(0), hour(24)).unwrap());
        (seen.offered(), seen.basis(), seen.is_inferred())
    };
    let (early, noon, late) = (point(-3, Available), point(12, Available), point(30, Available));
    assert_eq!(asked(vec![inferred(noon)]), (Some(true), Basis::Seen, true));
    assert_eq!(asked(vec![inferred(noon), stated(noon)]), (Some(true), Basis::Seen, false));
    assert_eq!(
        asked(vec![inferred(noon), stated(point(20, Removed))]),
        (Some(false), Basis::Seen, false),
        "what was inferred of noon decided nothing"
    );
    assert_eq!(asked(vec![stated(noon), inferred(point(20, Removed))]), (Some(false), Basis::Seen, true));
    assert_eq!(asked(vec![inferred(noon), stated(point(12, Removed))]), (None, Basis::Disputed, false));
    assert_eq!(asked(vec![inferred(early), inferred(late)]), (Some(true), Basis::Between, true));
    assert_eq!(
        asked(vec![inferred(early), stated(late)]),
        (Some(true), Basis::Between, true),
        "it needs both"
    );
    assert_eq!(
        asked(vec![inferred(early), stated(early), stated(late)]),
        (Some(true), Basis::Between, false)
    );
    assert_eq!(asked(vec![inferred(early)]), (None, Basis::OneSided, false), "it says nothing");
    assert_eq!(asked(vec![]), (None, Basis::Nothing, false));
}

#[test]
fn a_part_of_a_country_at_which_nobody_looked_stands_as_its_country_does() {
    let observations = observed(&[point(0, Available)]);
    let seen = observations.seen_at(&subject("US-MT"), &Dated::from(hour(0)));
    assert_eq!((seen.offered(), seen.place().as_str()), (Some(true), "US"));
    let own = Observations::new([sighting("US", point(0, Available)), sighting("US-MT", point(0, Removed))]);
    assert_eq!(own.seen_at(&subject("US-MT"), &Dated::from(hour(0))).offered(), Some(false));
}

/// The model of points: which looks count, and then each instant by itself.
struct Slow {
    /// Those that count, with the number of their run.
    counted: Vec<(i64, bool, usize)>,
    /// Those that leave open how it stood.
    doubted: Vec<i64>,
    unknown: Vec<i64>,
}

impl Slow {
    fn of(looks: &[Look], k: usize, span: i64, heeds_unknown: bool) -> Self {
        let mut by_hour: BTreeMap<i64, Vec<bool>> = BTreeMap::new();
        let mut unknown = Vec::new();
        for look in looks {
            match look.seen.is_offered() {
                Some(offered) => by_hour.entry(look.lo).or_default().push(offered),
                None if heeds_unknown => unknown.push(look.lo),
                None => {}
            }
        }
        let mut slow = Self { counted: vec![], doubted: vec![], unknown };
        let mut runs: Vec<Vec<(i64, bool)>> = Vec::new();
        for (at, said) in by_hour {
            if said.contains(&true) && said.contains(&false) {
                slow.doubted.push(at);
                continue;
            }
            match runs.last_mut().filter(|run| run[0].1 == said[0]) {
                Some(run) => run.push((at, said[0])),
                None => runs.push(vec![(at, said[0])]),
            }
        }
        let (mut current, mut number) = (None, 0);
        for run in runs {
            let offered = run[0].1;
            let enough = run.len() >= k && run[run.len() - 1].0 - run[0].0 >= span;
            if current != Some(offered) {
                if !enough {
                    slow.doubted.extend(run.iter().map(|(at, _)| *at));
                    continue;
                }
                current = Some(offered);
                number += 1;
            }
            slow.counted.extend(run.iter().map(|(at, offered)| (*at, *offered, number)));
        }
        slow
    }

    /// How it stood at half an hour, counted in halves.
    fn at(&self, half: i64, gap: Option<i64>) -> State {
        let before = self.counted.iter().filter(|it| it.0 * 2 <= half).max();
        let after = self.counted.iter().filter(|it| it.0 * 2 >= half).min();
        let doubted = |from: i64, to: i64| self.doubted.iter().any(|at| from < *at && *at < to);
        match (before, after) {
            (Some(one), Some(other)) if one.2 != other.2 => State::Changing,
            (Some(one), Some(other)) if doubted(one.0, other.0) => State::Unsettled,
            (Some(one), Some(other)) => {
                let unknown = self.unknown.iter().any(|at| one.0 < *at && *at < other.0);
                if unknown || gap.is_some_and(|gap| other.0 - one.0 > gap) {
                    State::Unobserved
                } else if one.1 {
                    State::Offered
                } else {
                    State::Withheld
                }
            }
            (None, _) if self.doubted.iter().any(|at| at * 2 <= half) && after.is_some() => State::Unsettled,
            (_, None) if self.doubted.iter().any(|at| at * 2 >= half) && before.is_some() => State::Unsettled,
            (None, None)
                if self.doubted.iter().any(|at| at * 2 <= half)
                    && self.doubted.iter().any(|at| at * 2 >= half) =>
            {
                State::Unsettled
            }
            _ => State::Unobserved,
        }
    }
}

fn runner(cases: u32) -> TestRunner {
    TestRunner::new(ProptestConfig {
        cases,
        rng_seed: RngSeed::Fixed(20_250_119),
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct("tests/presence.regressions"))),
        ..ProptestConfig::default()
    })
}

fn rule(k: usize, span: i64, gap: Option<i64>, heeds_unknown: bool) -> ChangeRule {
    let hours = |hours: i64| Duration::from_secs(hours as u64 * 3_600);
    let rule = ChangeRule::new(NonZeroUsize::new(k).unwrap(), hours(span));
    let rule = gap.map_or(rule.presuming_without_limit(), |gap| rule.presuming_at_most(hours(gap)));
    if heeds_unknown { rule.heeding_unknown() } else { rule }
}

#[test]
fn at_every_instant_the_engine_says_what_the_slow_model_says() {
    let looks = prop::collection::vec(
        (0..24_i64, prop::sample::select(vec![Available, Available, Removed, Removed, NotOffered, Unknown])),
        0..20,
    );
    let parameters = (1..4_usize, 0..5_i64, prop::option::of(1..8_i64), any::<bool>());
    let met: RefCell<BTreeMap<State, usize>> = RefCell::default();
    runner(3_000)
        .run(&(looks, parameters), |(looks, (k, span, gap, heeds))| {
            let looks: Vec<Look> = looks.into_iter().map(|(at, seen)| point(at, seen)).collect();
            let observations = observed(&looks);
            let presence = observations.presences(rule(k, span, gap, heeds)).next();
            let slow = Slow::of(&looks, k, span, heeds);
            for half in -3..52 {
                let at = hour(0) + TimeDelta::minutes(half * 30);
                let state = presence.as_ref().map_or(State::Unobserved, |it| it.at(at));
                prop_assert_eq!(state, slow.at(half, gap), "at half hour {}", half);
                *met.borrow_mut().entry(state).or_default() += 1;
            }
            if let Some(presence) = &presence {
                for pair in presence.spells().windows(2) {
                    prop_assert_eq!(pair[0].stretch().to(), pair[1].stretch().from());
                }
            }
            Ok(())
        })
        .unwrap();
    let met = met.into_inner();
    assert!(met.len() == 5 && met.values().all(|count| *count > 500), "{met:?}");
}

/// How fine the grid of the second model is: quarters of an hour.
const PARTS: i64 = 4;
const HOURS: i64 = 3;

/// Every course of the states over the grid that all looks allow, with the fewest changes.
fn shortest(looks: &[Look]) -> Vec<u32> {
    let cells = HOURS * PARTS + 1;
    let mut best = (u32::MAX, Vec::new());
    for course in 0..1_u32 << cells {
        let state = |cell: i64| course >> cell & 1 == 1;
        let allowed = looks.iter().all(|look| {
            let told = look.seen.is_offered();
            (look.lo * PARTS..=look.hi * PARTS).any(|cell| told.is_none_or(|offered| state(cell) == offered))
        });
        if allowed {
            let changes = (1..cells).filter(|cell| state(*cell) != state(cell - 1)).count() as u32;
            if changes < best.0 {
                best = (changes, Vec::new());
            }
            if changes == best.0 {
                best.1.push(course);
            }
        }
    }
    best.1
}

#[test]
fn what_the_engine_knows_holds_in_every_story_with_the_fewest_changes() {
    let bound = || (0..=HOURS, 0..=HOURS).prop_map(|(one, other)| (one.min(other), one.max(other)));
    let looks = prop::collection::vec((bound(), prop::sample::select(vec![Available, Removed])), 1..7);
    let met = RefCell::new((0, 0, 0));
    runner(400)
        .run(&looks, |looks| {
            let mut looks: Vec<Look> =
                looks.into_iter().map(|((lo, hi), seen)| Look { lo, hi, seen }).collect();
            looks.sort_unstable();
            looks.dedup();
            let stories = shortest(&looks);
            let observations = observed(&looks);
            let presence = observations.presences(ChangeRule::reported()).next().unwrap();
            if stories.is_empty() {
                prop_assert!(observations.contradictions().count() > 0);
                return Ok(());
            }
            for cell in 0..=HOURS * PARTS {
                let at = hour(0) + TimeDelta::minutes(cell * 60 / PARTS);
                let Some(known) = presence.at(at).is_offered() else { continue };
                prop_assert!(stories.iter().all(|course| (course >> cell & 1 == 1) == known), "at {}", at);
                met.borrow_mut().0 += 1;
            }
            let ambiguous = stories.iter().any(|course| course & 1 != stories[0] & 1);
            if ambiguous {
                prop_assert!(presence.changes().is_empty());
                met.borrow_mut().2 += 1;
                return Ok(());
            }
            let turns = |course: &u32| {
                (1..=HOURS * PARTS)
                    .filter(|cell| (course >> cell ^ course >> (cell - 1)) & 1 == 1)
                    .collect::<Vec<_>>()
            };
            let number = presence.changes().len();
            prop_assert_eq!(turns(&stories[0]).len(), number);
            for (place, change) in presence.changes().iter().enumerate() {
                let cell = |at: DateTime<Utc>| (at - hour(0)).num_minutes() * PARTS / 60;
                let (after, by) = (cell(change.after()), cell(change.by()));
                let all: Vec<i64> = stories.iter().map(|course| turns(course)[place]).collect();
                let (first, last) = (*all.iter().min().unwrap(), *all.iter().max().unwrap());
                prop_assert!(after < first && last <= by, "{}..{} outside {}..{}", first, last, after, by);
                // The grid cannot hold two changes in one of its cells, so it may miss the bounds by that much.
                let slack = number as i64;
                prop_assert!(first - after <= 1 + slack && by - last <= slack);
                met.borrow_mut().1 += 1;
            }
            Ok(())
        })
        .unwrap();
    let (known, changes, ambiguous) = met.into_inner();
    assert!(known > 500 && changes > 100 && ambiguous > 5, "{known} {changes} {ambiguous}");
}

#[test]
fn the_order_of_the_input_does_not_matter() {
    let looks = prop::collection::vec((0..9_i64, 0..3_i64, prop::sample::select(Seen::ALL.to_vec())), 0..12);
    let shuffled = looks.prop_flat_map(|looks| (Just(looks.clone()), Just(looks).prop_shuffle()));
    runner(300)
        .run(&shuffled, |(one, other)| {
            let make = |looks: Vec<(i64, i64, Seen)>| {
                observed(
                    &looks
                        .into_iter()
                        .map(|(lo, more, seen)| Look { lo, hi: lo + more, seen })
                        .collect::<Vec<_>>(),
                )
            };
            let (one, other) = (make(one), make(other));
            prop_assert_eq!(&one, &other);
            let rule = ChangeRule::reported();
            prop_assert!(one.presences(rule).eq(other.presences(rule)));
            Ok(())
        })
        .unwrap();
}

#[test]
fn more_looks_never_turn_what_was_known_into_its_opposite_and_only_narrow_what_was_not() {
    // A truth whose states each last as long as the rule presumes one to last, and true looks at it, of which some
    // were at an hour that nobody noted.
    let spells = prop::collection::vec(4..12_i64, 1..6);
    let looks = || prop::collection::vec((0..40_i64, 0..3_i64, 0..3_i64), 0..14);
    let met = RefCell::new((0, 0, 0));
    runner(1_500)
        .run(&(any::<bool>(), spells, looks(), looks(), 1..4_usize), |(first, spells, few, more, k)| {
            let truth = |at: i64| {
                let mut end = 0;
                let passed = spells.iter().take_while(|length| {
                    end += **length;
                    end <= at
                });
                first == (passed.count() % 2 == 0)
            };
            let look = |(at, before, after): &(i64, i64, i64)| {
                let seen = if truth(*at) { Available } else { Removed };
                Look { lo: at - before, hi: at + after, seen }
            };
            let coarse: Vec<Look> = few.iter().map(look).collect();
            let fine: Vec<Look> = few.iter().chain(&more).map(look).collect();
            let rule = rule(k, 0, Some(4), true);
            let (coarse, fine) = (observed(&coarse), observed(&fine));
            let (Some(one), Some(other)) = (coarse.presences(rule).next(), fine.presences(rule).next())
            else {
                return Ok(());
            };
            for half in -4..90 {
                let at = hour(0) + TimeDelta::minutes(half * 30);
                let (was, is) = (one.at(at), other.at(at));
                if let (Some(was), Some(is)) = (was.is_offered(), is.is_offered()) {
                    prop_assert_eq!(was, is, "at half hour {}", half);
                    met.borrow_mut().0 += 1;
                }
                // What is known is true.
                let truly = truth(half.div_euclid(2)) == truth((half + 1).div_euclid(2));
                if let Some(is) = is.is_offered().filter(|_| truly && half >= 0) {
                    prop_assert_eq!(is, truth(half.div_euclid(2)), "at half hour {}", half);
                }
                let points = few.iter().chain(&more).all(|look| look.1 == 0 && look.2 == 0);
                if k == 1 && points && was.is_offered().is_some() {
                    prop_assert!(is.is_offered().is_some(), "no longer known at half hour {}", half);
                    met.borrow_mut().1 += 1;
                }
            }
            if k == 1 {
                for change in one.changes() {
                    let narrower = other.changes().iter().any(|it| {
                        it.to_offered() == change.to_offered()
                            && change.after() <= it.after()
                            && it.by() <= change.by()
                    });
                    let points = few.iter().chain(&more).all(|look| look.1 == 0 && look.2 == 0);
                    prop_assert!(narrower || !points, "no change within {:?}", change);
                    met.borrow_mut().2 += 1;
                }
            }
            Ok(())
        })
        .unwrap();
    let (both, kept, narrowed) = met.into_inner();
    assert!(both > 2_000 && narrowed > 200, "{both} {kept} {narrowed}");
}

#[test]
fn nothing_is_known_without_a_look_on_either_side_no_further_apart_than_the_rule_presumes() {
    let looks = prop::collection::vec((0..40_i64, 0..3_i64, prop::sample::select(Seen::ALL.to_vec())), 1..14);
    let met = RefCell::new(0);
    runner(500)
        .run(&(looks, 1..8_i64), |(looks, gap)| {
            let looks: Vec<Look> =
                looks.into_iter().map(|(lo, more, seen)| Look { lo, hi: lo + more, seen }).collect();
            let observations = observed(&looks);
            let presence = observations.presences(rule(1, 0, Some(gap), true)).next().unwrap();
            for quarter in -4..180 {
                let at = hour(0) + TimeDelta::minutes(quarter * 15);
                let Some(known) = presence.at(at).is_offered() else { continue };
                let of = |look: &&Look| look.seen.is_offered() == Some(known);
                let before = looks.iter().filter(of).filter(|it| it.lo * 4 <= quarter).map(|it| it.lo).max();
                let after = looks.iter().filter(of).filter(|it| it.hi * 4 >= quarter).map(|it| it.hi).min();
                prop_assert!(before.is_some() && after.is_some());
                prop_assert!(after.unwrap() - before.unwrap() <= gap.max(3));
                *met.borrow_mut() += 1;
            }
            Ok(())
        })
        .unwrap();
    assert!(met.into_inner() > 1_000);
}
