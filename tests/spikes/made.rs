//! Made-up series of every kind of reading, and laws held over many of them.

use std::{cell::RefCell, collections::BTreeMap};

use delisted::downloads::{Count, Day, Reading, SeriesView, Window};
use proptest::{
    prelude::*,
    test_runner::{Config, FileFailurePersistence, RngSeed, TestCaseError, TestRunner},
};

/// A Thursday.
pub(crate) fn start() -> Day {
    "2019-08-01".parse().unwrap()
}

pub(crate) fn later(day: Day, days: i64) -> Day {
    day.checked_add(i32::try_from(days).unwrap()).unwrap()
}

/// A series that owns its columns.
#[derive(Debug, Clone)]
pub(crate) struct Made {
    pub(crate) first: Day,
    pub(crate) counts: Vec<f64>,
    pub(crate) gaps: Vec<(Day, Reading)>,
}

impl Made {
    pub(crate) fn of(first: Day, readings: &[Reading]) -> Self {
        let mut made = Self { first, counts: vec![f64::NAN; readings.len()], gaps: Vec::new() };
        for (at, reading) in readings.iter().enumerate() {
            match *reading {
                Reading::Counted(count) => made.counts[at] = count.value(),
                Reading::Missing => {}
                other => made.gaps.push((later(first, i64::try_from(at).unwrap()), other)),
            }
        }
        made
    }

    pub(crate) fn view(&self) -> SeriesView<'_> {
        SeriesView::of_f64(self.first, &self.counts).unwrap().with_readings(&self.gaps).unwrap()
    }

    /// A window of so many days that ends so many days before the end, as far as the series reaches.
    pub(crate) fn window(&self, days: usize, from_end: usize) -> Window {
        let last = (self.counts.len() - 1).saturating_sub(from_end);
        let first = last.saturating_sub(days.saturating_sub(1));
        let [first, last] = [first, last].map(|at| later(self.first, i64::try_from(at).unwrap()));
        Window::of_days(first, last).unwrap()
    }
}

/// Readings of an app of any size, from none a day to the most that are held: mostly counts, with gaps of every kind.
pub(crate) fn wild(most: usize) -> impl Strategy<Value = Vec<Reading>> {
    let level = prop_oneof![Just(0.0), 0.1..30.0_f64, 30.0..1e5, 1e5..5e14];
    (level, prop::collection::vec((any::<u8>(), 0.5..1.5_f64), 1..=most)).prop_map(|(level, days)| {
        let count = |value: f64| Count::try_from(value.floor().min(9_007_199_254_740_992.0)).unwrap();
        let reading = |(at, (kind, noise)): (usize, (u8, f64))| {
            let usual = level * noise * [1.1, 1.25, 1.1, 0.9, 0.85, 0.85, 0.95][at % 7];
            match kind {
                0..12 => Reading::Missing,
                12..16 => Reading::Structural,
                16..20 => Reading::Censored { below: 20 },
                20..22 => Reading::Censored { below: 9_007_199_254_740_992 },
                22..26 => Reading::Partial(count(usual * 0.5)),
                26..30 => Reading::Counted(count(usual * 20.0 + 7.0)),
                30 => Reading::Counted(count(9_007_199_254_740_992.0)),
                31..36 => Reading::Counted(Count::ZERO),
                36..40 => Reading::Counted(Count::try_from(noise * level / 3.0).unwrap()),
                _ => Reading::Counted(count(usual)),
            }
        };
        days.into_iter().enumerate().map(reading).collect()
    })
}

/// Readings of an app with a week and little noise, nearly every day counted: such as every baseline can be had for.
pub(crate) fn tame(days: std::ops::RangeInclusive<usize>) -> impl Strategy<Value = Vec<Reading>> {
    (1_000.0..50_000.0_f64, prop::collection::vec((any::<u8>(), 0.93..1.07_f64), days)).prop_map(
        |(level, days)| {
            let reading = |(at, (kind, noise)): (usize, (u8, f64))| {
                let usual = level * noise * [1.1, 1.25, 1.1, 0.9, 0.85, 0.85, 0.95][at % 7];
                let factor = if kind >= 253 { 8.0 } else { 1.0 };
                if kind == 0 {
                    Reading::Missing
                } else {
                    Reading::Counted(Count::try_from((usual * factor).round()).unwrap())
                }
            };
            days.into_iter().enumerate().map(reading).collect()
        },
    )
}

/// How often something happened under which a law says something.
#[derive(Default)]
pub(crate) struct Sometimes(RefCell<BTreeMap<&'static str, u32>>);

impl Sometimes {
    pub(crate) fn see(&self, what: &'static str, happened: bool) {
        *self.0.borrow_mut().entry(what).or_default() += u32::from(happened);
    }
}

/// Holds a law over so many cases, and demands that each thing it counts happened in one case in twenty at least.
#[track_caller]
pub(crate) fn law<S: Strategy>(
    cases: u32,
    strategy: S,
    holds: impl Fn(S::Value, &Sometimes) -> Result<(), TestCaseError>,
) {
    let sometimes = Sometimes::default();
    let mut runner = TestRunner::new(Config {
        cases,
        rng_seed: RngSeed::Fixed(20_210_617),
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct("tests/spikes_laws.regressions"))),
        ..Config::default()
    });
    if let Err(broken) = runner.run(&strategy, |value| holds(value, &sometimes)) {
        panic!("{broken}");
    }
    let sometimes = sometimes.0.into_inner();
    println!("{cases} cases: {sometimes:?}");
    assert!(!sometimes.is_empty(), "the law counts nothing");
    for (what, times) in sometimes {
        assert!(times >= cases / 20, "{what}: only {times} times in {cases} cases");
    }
}
