//! Real downloads round dated decrees: the figures of other people's software, to the digits that it printed.
//!
//! The files lie outside the project, in the directory that the environment variable `DELISTED_REFERENCE` names.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::float_cmp,
    reason = "tests stop at the first surprise"
)]

use std::{
    collections::BTreeMap,
    env, fs,
    path::{Path, PathBuf},
};

use delisted::downloads::{Baseline, Day, MeasuredSpike, SeriesView, Window};
use serde_json::Value;

/// The directory of the reference files; without one there is nothing to test, and a line says so.
fn reference() -> Option<PathBuf> {
    let directory = env::var_os("DELISTED_REFERENCE").map(PathBuf::from);
    if directory.is_none() {
        println!("skipped: DELISTED_REFERENCE names no directory of reference files");
    }
    directory
}

fn json(directory: &Path, name: &str) -> Value {
    serde_json::from_str(&fs::read_to_string(directory.join("series").join(name)).unwrap()).unwrap()
}

/// One number a day, from a first day on.
struct Column {
    first: Day,
    counts: Vec<i64>,
}

impl Column {
    /// The column of a store, or of all stores added up, from a file of date, app, country, store and downloads.
    fn of(directory: &Path, series: &str, store: &str) -> Self {
        let path = directory.join("series").join(format!("{series}.csv"));
        let text = fs::read_to_string(path).unwrap();
        let mut lines = text.lines();
        assert_eq!(lines.next(), Some("date,app,country,store,downloads"));
        let mut days: BTreeMap<Day, i64> = BTreeMap::new();
        for line in lines {
            let [date, _app, _country, of, downloads] = line.split(',').collect::<Vec<_>>()[..] else {
                panic!("`{line}` has not five cells");
            };
            if store == "all" || store == of {
                *days.entry(date.parse().unwrap()).or_default() += downloads.parse::<i64>().unwrap();
            }
        }
        let (first, last) = (*days.keys().next().unwrap(), *days.keys().next_back().unwrap());
        let span = usize::try_from(last.days_since(first)).unwrap() + 1;
        assert_eq!(days.len(), span, "{series}, {store}: a day is missing");
        Self { first, counts: days.into_values().collect() }
    }

    fn view(&self) -> SeriesView<'_> {
        SeriesView::of_i64(self.first, &self.counts).unwrap()
    }

    /// The days from one to another, as a column of their own.
    fn between(&self, first: Day, last: Day) -> Self {
        let place = |day: Day| usize::try_from(day.days_since(self.first)).unwrap();
        Self { first, counts: self.counts[place(first)..=place(last)].to_vec() }
    }
}

fn day(value: &Value) -> Day {
    value.as_str().unwrap().parse().unwrap()
}

fn days(value: &Value) -> Vec<Day> {
    value.as_array().unwrap().iter().map(day).collect()
}

fn number(event: &Value, field: &str) -> f64 {
    event[field].as_f64().unwrap_or_else(|| panic!("{field} is no number"))
}

/// Ratios were printed with four decimals: half a unit of the last is all that may be between.
#[track_caller]
fn printed_alike(event: &Value, field: &str, ours: f64) {
    let theirs = number(event, field);
    assert!((ours - theirs).abs() <= 0.000_050_1, "{field}: {ours} against {theirs}, {event}");
}

fn multiple(spike: &MeasuredSpike) -> f64 {
    spike.multiple().unwrap().value()
}

#[test]
fn every_decree_has_the_multiples_of_the_reference() {
    let Some(directory) = reference() else { return };
    let events = json(&directory, "events_reference.json");
    let events = events["events"].as_array().unwrap();
    for event in events {
        let column =
            Column::of(&directory, event["series"].as_str().unwrap(), event["store"].as_str().unwrap());
        let window = days(&event["days"]);
        let window = Window::of_days(window[0], *window.last().unwrap()).unwrap();
        let against = |baseline| column.view().spike(window, baseline).unwrap();

        let week = against(Baseline::WeekEarlier);
        assert_eq!(week.observed(), number(event, "observed"));
        assert_eq!(week.expected(), number(event, "week_earlier"));
        assert_eq!(week.excess(), number(event, "excess_week_earlier"));
        printed_alike(event, "ratio_week_earlier", multiple(&week));
        let percent = week.increase().unwrap().percent();
        assert!((percent - number(event, "percent_increase")).abs() <= 0.005_01, "{percent}: {event}");

        let median = against(Baseline::WeekdayMedian);
        assert_eq!(median.expected(), number(event, "median_4_weeks"));
        printed_alike(event, "ratio_median_4", multiple(&median));

        let mean = against(Baseline::WeekdayMean);
        assert_eq!(mean.expected(), number(event, "mean_4_weeks"));
        printed_alike(event, "ratio_mean_4", multiple(&mean));

        let ends = event["ratio_mean_4_ci95_F"].as_array().unwrap();
        println!(
            "{window} {}: multiple of the mean {:.4}, ours {:.4} to {:.4}, theirs {} to {}",
            event["store"],
            multiple(&mean),
            mean.multiple_low().unwrap().value(),
            mean.multiple_high().unwrap().value(),
            ends[0],
            ends[1],
        );
    }
    assert_eq!(events.len(), 6);
}

#[test]
fn breaks_fall_on_the_days_of_the_reference() {
    let Some(directory) = reference() else { return };
    let cases = json(&directory, "changepoint_reference.json");
    let mut compared = 0;
    for case in cases["cases"].as_array().unwrap() {
        let whole = Column::of(&directory, case["series"].as_str().unwrap(), "all");
        let column = whole.between(day(&case["from"]), day(&case["to"]));
        for (count, exact) in case["exact"].as_object().unwrap() {
            let breaks = column.view().breaks(count.parse().unwrap()).unwrap();
            assert_eq!(breaks, days(&exact["first_day_of_new_level"]), "{count} breaks");
            compared += 1;
        }
    }
    assert_eq!(compared, 3, "one, two and three breaks");
}

#[test]
fn the_rise_began_on_the_day_of_the_decree_and_not_with_the_surge_before_it() {
    let Some(directory) = reference() else { return };
    let column = Column::of(&directory, "immuni_it", "all");
    let decree: Day = "2021-06-17".parse().unwrap();
    let window: Window = "2021-06-17..2021-06-18".parse().unwrap();
    let rise = column.view().rise(window).unwrap();
    assert_eq!(rise.onset(), Some(decree));
    let (low, high) = rise.onset_range().unwrap();
    assert!(low <= decree && decree <= high, "{low} to {high}");

    let week = column.view().spike(window, Baseline::WeekEarlier).unwrap();
    assert!(week.to_string().contains("that week had a surge of its own"), "{week}");
}
