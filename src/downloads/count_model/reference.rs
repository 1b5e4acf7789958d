//! The comparison with R's surveillance 1.20.3, whose results lie outside the crate: they are read from the
//! directory that `DELISTED_REFERENCE` names, and the tests say so and pass where it is unset.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::float_cmp,
    reason = "tests stop at the first surprise"
)]

use std::{collections::BTreeMap, env, fs, path::PathBuf};

use serde_json::Value;

use super::*;
use crate::downloads::ears::Ears;

/// One row of a reference table.
struct Row {
    series: String,
    config: String,
    step: usize,
    observed: f64,
    expected: Option<f64>,
    bound: Option<f64>,
    alarm: bool,
    p: Option<f64>,
    dispersion: Option<f64>,
    trended: Option<bool>,
    slope: Option<f64>,
}

fn directory() -> Option<PathBuf> {
    let directory = env::var_os("DELISTED_REFERENCE").map(PathBuf::from);
    if directory.is_none() {
        println!("skipped: DELISTED_REFERENCE does not name the directory of the reference results");
    }
    directory
}

fn rows(text: &str) -> Vec<Row> {
    let number = |cell: &str| cell.parse::<f64>().ok();
    text.lines()
        .skip(1)
        .map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            Row {
                series: cells[0].to_owned(),
                config: cells[1].to_owned(),
                step: cells[2].parse::<usize>().unwrap() - 1,
                observed: number(cells[3]).unwrap_or(f64::NAN),
                expected: number(cells[4]),
                bound: number(cells[5]),
                alarm: cells[6] == "1",
                p: number(cells[7]),
                dispersion: number(cells[8]),
                trended: number(cells[9]).map(|flag| flag == 1.0),
                slope: number(cells[10]),
            }
        })
        .collect()
}

fn weekly_series(directory: &std::path::Path) -> BTreeMap<String, Vec<f64>> {
    let text = fs::read_to_string(directory.join("surveillance/weekly_inputs.json")).unwrap();
    let all: BTreeMap<String, Vec<Option<f64>>> = serde_json::from_str(&text).unwrap();
    all.into_iter()
        .map(|(name, counts)| (name, counts.into_iter().map(|c| c.unwrap_or(f64::NAN)).collect()))
        .collect()
}

fn daily_series(directory: &std::path::Path, name: &str) -> Vec<f64> {
    let (app, store) = name.split_once('/').unwrap();
    let text = fs::read_to_string(directory.join(format!("series/{app}.csv"))).unwrap();
    let cells = text.lines().map(|line| line.split(',').collect::<Vec<_>>());
    cells.filter(|cells| cells[3] == store).map(|cells| cells[4].parse().unwrap_or(f64::NAN)).collect()
}

/// The settings that a control of the package amounts to.
fn settings(control: &Value, daily: bool) -> CountModel {
    let number = |name: &str| control[name].as_f64().unwrap();
    let whole = |name: &str| control[name].as_u64().unwrap() as usize;
    let classic = control["function"] == "old";
    let power = Threshold::Transformed(Power::TwoThirds);
    assert_eq!(control["powertrans"], "2/3");
    assert_eq!(control["reweight"], true);
    assert_eq!(control["limit54"], serde_json::json!([5, 4]));
    CountModel {
        year: if daily { 7 } else { 52 },
        years: whole("b"),
        least_years: whole("b"),
        half_window: whole("w"),
        alpha: number("alpha"),
        blocks: control["noPeriods"].as_u64().unwrap_or(1) as usize,
        left_out: control["pastWeeksNotIncluded"].as_u64().unwrap_or(0) as usize,
        trend: Trend::Kept { years: 3, p: control["pThresholdTrend"].as_f64().unwrap_or(0.05) },
        damping: Some(control["weightsThreshold"].as_f64().unwrap_or(1.0)),
        sides: if classic { Sides::Both } else { Sides::Upper },
        standard_error: if classic { StandardError::Textbook } else { StandardError::Surveillance },
        iteration: Iteration::AsInR,
        threshold: match control["thresholdMethod"].as_str() {
            None | Some("delta") => power,
            Some("nbPlugin") => Threshold::NegativeBinomial,
            Some("muan") => Threshold::RaisedNegativeBinomial,
            Some(other) => panic!("{other}"),
        },
        ..CountModel::farrington()
    }
}

/// Ours against a number printed to eight digits: the relative difference, and what of it rounding cannot
/// explain.
fn differences(ours: f64, printed: f64) -> (f64, f64) {
    if printed == 0.0 {
        return (ours.abs(), ours.abs());
    }
    let half_a_digit = 0.5 * 10.0_f64.powf(printed.abs().log10().floor() - 7.0);
    let apart = (ours - printed).abs();
    (apart / printed.abs(), (apart - half_a_digit).max(0.0) / printed.abs())
}

/// The worst of each quantity, in its order: expected, bound, p, dispersion, slope.
#[derive(Default)]
struct Worst {
    rows: usize,
    relative: [f64; 5],
    beyond_rounding: [f64; 5],
    /// p, absolute.
    p_apart: f64,
}

impl Worst {
    fn note(&mut self, which: usize, ours: f64, printed: Option<f64>) {
        if let Some(printed) = printed {
            let (relative, beyond) = differences(ours, printed);
            self.relative[which] = self.relative[which].max(relative);
            self.beyond_rounding[which] = self.beyond_rounding[which].max(beyond);
        }
    }
}

fn compare(table: &str, controls: &Value, series_of: impl Fn(&str) -> Vec<f64>, daily: bool) -> usize {
    let mut worst: BTreeMap<(String, String), Worst> = BTreeMap::new();
    let mut series: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    for row in rows(table).iter().filter(|row| !row.config.starts_with("ears")) {
        let counts = series.entry(row.series.clone()).or_insert_with(|| series_of(&row.series));
        assert!(counts[row.step] == row.observed || counts[row.step].is_nan() && row.observed.is_nan());
        let model = settings(&controls[format!("{}/{}", row.series, row.config)], daily);
        let place = format!("{} {} {}", row.series, row.config, row.step + 1);
        let forecast = model.forecast(counts, row.step).expect(&place);
        let noted = worst.entry((row.series.clone(), row.config.clone())).or_default();
        noted.rows += 1;
        // The package reports no bound, or a bound of 0, where too little was counted lately.
        let scarce = row.bound.is_none_or(|bound| bound == 0.0);
        assert_eq!(forecast.scarce, scarce, "{place}");
        assert_eq!(forecast.alarm, row.alarm, "{place}");
        if let Some(trended) = row.trended {
            assert_eq!(forecast.trend.is_some(), trended, "{place}");
        }
        noted.note(0, forecast.expected, row.expected);
        noted.note(1, forecast.bound, row.bound.filter(|_| !scarce));
        noted.note(2, forecast.p.unwrap(), row.p);
        noted.note(3, forecast.dispersion, row.dispersion);
        noted.note(4, forecast.trend.unwrap_or(f64::NAN), row.slope.filter(|_| forecast.trend.is_some()));
        if let (Some(p), Some(printed)) = (forecast.p, row.p) {
            noted.p_apart = noted.p_apart.max((p - printed).abs());
        }
    }
    for ((series, config), noted) in &worst {
        let [expected, bound, p, dispersion, slope] = noted.relative;
        println!(
            "{series} {config}: {} rows; relative: expected {expected:.1e}, bound {bound:.1e}, p {p:.1e} \
             (absolute {:.1e}), dispersion {dispersion:.1e}, slope {slope:.1e}; beyond the eighth digit: {:?}",
            noted.rows,
            noted.p_apart,
            noted.beyond_rounding.map(|beyond| format!("{beyond:.0e}")),
        );
        assert!(noted.beyond_rounding[0] <= 1e-8, "{series} {config}: expected value");
        assert!(bound <= 1e-4 && noted.p_apart <= 1e-4, "{series} {config}: bound or p");
        assert!(noted.beyond_rounding[3] <= 1e-8 && noted.beyond_rounding[4] <= 1e-8, "{series} {config}");
    }
    worst.values().map(|noted| noted.rows).sum()
}

fn controls(directory: &std::path::Path) -> Value {
    serde_json::from_str(&fs::read_to_string(directory.join("surveillance/controls.json")).unwrap()).unwrap()
}

#[test]
fn weekly_forecasts_are_those_of_the_reference() {
    let Some(directory) = directory() else { return };
    let table = fs::read_to_string(directory.join("surveillance/weekly_reference.csv")).unwrap();
    let series = weekly_series(&directory);
    let compared = compare(&table, &controls(&directory), |name| series[name].clone(), false);
    assert!(compared > 3_000, "{compared}");
}

#[test]
fn daily_forecasts_are_those_of_the_reference() {
    let Some(directory) = directory() else { return };
    let table = fs::read_to_string(directory.join("surveillance/daily_reference.csv")).unwrap();
    let compared = compare(&table, &controls(&directory), |name| daily_series(&directory, name), true);
    assert!(compared > 2_000, "{compared}");
}

#[test]
fn ears_c1_and_c2_are_those_of_the_reference() {
    let Some(directory) = directory() else { return };
    let table = fs::read_to_string(directory.join("surveillance/weekly_reference.csv")).unwrap();
    let series = weekly_series(&directory);
    let mut worst: BTreeMap<String, (usize, f64)> = BTreeMap::new();
    for row in rows(&table) {
        let chart = match row.config.as_str() {
            "ears_C1" => Ears::c1(),
            "ears_C2" => Ears::c2(),
            _ => continue,
        };
        let ears = Ears { least_days: 7, least_deviation: 0.0, ..chart };
        let reading = ears.read(&series[&row.series], row.step).unwrap();
        assert_eq!(reading.alarm, row.alarm, "{} {} {}", row.series, row.config, row.step + 1);
        let (relative, _) = differences(reading.bound.unwrap(), row.bound.unwrap());
        let noted = worst.entry(format!("{} {}", row.series, row.config)).or_default();
        *noted = (noted.0 + 1, noted.1.max(relative));
    }
    assert_eq!(worst.len(), 6);
    for (name, (rows, relative)) in worst {
        println!("{name}: {rows} rows; relative: bound {relative:.1e}");
        assert!(relative <= 1e-6, "{name}");
    }
}
