#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::as_conversions,
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    reason = "tests stop at the first surprise"
)]

use std::{collections::BTreeMap, env, fs, path::Path};

use chrono::{Datelike, Days, NaiveDate, Weekday};
use proptest::prelude::*;

use super::{
    CAUTIOUS_DROP, DROP, NoOnset, Onset,
    breaks::breaks,
    onset,
    weekday::{WeekdayEffects, logs},
};

const QUIET: [f64; 7] = [100.0, 104.0, 97.0, 101.0, 106.0, 80.0, 77.0];

/// `days` days of a weekly pattern from a Monday on, with a ripple of five days so that no two weeks are the
/// same.
fn quiet(days: usize) -> Vec<f64> {
    let ripple = [1.0, 1.04, 0.97, 1.02, 0.96];
    (0..days).map(|day| (QUIET[day % 7] * ripple[day % 5]).round()).collect()
}

/// `counts` with the days from `from` on multiplied by `factors`.
fn raised(mut counts: Vec<f64>, from: usize, factors: &[f64]) -> Vec<f64> {
    for (count, factor) in counts.iter_mut().skip(from).zip(factors) {
        *count = (*count * factor).round();
    }
    counts
}

fn found(counts: &[f64], window: std::ops::Range<usize>) -> Onset {
    onset(counts, Weekday::Mon, window, DROP).unwrap()
}

#[test]
fn a_spike_that_rises_and_falls_has_the_onset_of_its_rise() {
    let counts = raised(quiet(120), 70, &[8.0, 12.0, 6.0, 3.0, 2.0]);
    let expected = Onset { day: 70, low: 70, high: 70, is_weekday_adjusted: true };
    assert_eq!(found(&counts, 70..72), expected);
    assert_eq!(found(&counts, 66..72), expected, "a window that opens before the rise");
    assert_eq!(found(&counts, 71..72), expected, "a window that opens after it");
    assert_eq!(found(&counts[..71], 70..71), expected, "a series that ends on its first day");
}

#[test]
fn a_level_shift_has_the_onset_of_its_shift() {
    let counts = raised(quiet(120), 70, &[1.8; 50]);
    let expected = Onset { day: 70, low: 70, high: 70, is_weekday_adjusted: true };
    assert_eq!(found(&counts, 70..72), expected);
    assert_eq!(found(&counts, 80..84), expected, "seen from ten days later");
}

#[test]
fn of_two_spikes_each_window_has_its_own() {
    let counts = raised(raised(quiet(120), 60, &[9.0, 7.0, 3.0]), 72, &[4.0, 5.0, 2.0]);
    assert_eq!(found(&counts, 60..61).day, 60);
    assert_eq!(found(&counts, 72..74).day, 72);
}

#[test]
fn a_surge_of_its_own_the_week_before_is_not_the_onset_nor_is_a_second_step() {
    let surge = raised(quiet(120), 63, &[2.4, 2.2, 1.8, 1.6, 1.5, 1.5, 1.4]);
    let counts = raised(surge, 70, &[10.0, 11.0, 12.0, 11.0, 30.0, 33.0, 31.0, 15.0]);
    assert_eq!(found(&counts, 70..71).day, 70);
    assert_eq!(found(&counts, 74..76).day, 70, "the window lies on the second step");
}

#[test]
fn a_rise_within_a_gap_may_have_begun_on_any_of_its_days() {
    let mut counts = raised(quiet(120), 70, &[9.0; 10]);
    counts[68..72].fill(f64::NAN);
    let expected = Onset { day: 72, low: 68, high: 72, is_weekday_adjusted: true };
    assert_eq!(found(&counts, 72..75), expected);
}

#[test]
fn a_rise_hardly_above_the_noise_has_a_range_of_days() {
    let counts = raised(quiet(120), 70, &[1.05; 50]);
    let Onset { day, low, high, .. } = found(&counts, 70..80);
    assert!(low <= 70 && 70 <= high && low <= day && day <= high, "{low} {day} {high}");
    assert!(high - low > 3, "{low}..{high} is too sure of itself");
}

#[test]
fn a_wider_drop_never_narrows_the_range_and_no_drop_leaves_the_best_day() {
    let counts = raised(quiet(120), 70, &[1.05; 50]);
    let ranges =
        [0.0, 0.5, DROP, CAUTIOUS_DROP, 20.0].map(|drop| onset(&counts, Weekday::Mon, 70..80, drop).unwrap());
    assert_eq!((ranges[0].low, ranges[0].high), (ranges[0].day, ranges[0].day));
    assert!(ranges.windows(2).all(|pair| pair[1].low <= pair[0].low && pair[0].high <= pair[1].high));
    assert_eq!(ranges[4].low, 56, "fourteen days before the window are the reach");
}

#[test]
fn a_short_baseline_is_used_without_weekdays_and_a_shorter_one_refused() {
    let counts = raised(quiet(40), 20, &[9.0; 4]);
    let expected = Onset { day: 20, low: 20, high: 20, is_weekday_adjusted: false };
    assert_eq!(found(&counts, 20..22), expected);
    let error = onset(&counts[14..], Weekday::Mon, 6..8, DROP).unwrap_err();
    assert_eq!(error, NoOnset::ShortBaseline { present: 6 });
    assert_eq!(
        error.to_string(),
        "`6` days with a count in the 56 days before the window are too few: an onset needs 7"
    );
}

#[test]
fn zeros_constants_and_falls_have_no_onset() {
    let error = onset(&[0.0; 90], Weekday::Mon, 60..62, DROP).unwrap_err();
    assert_eq!(error, NoOnset::NoRise);
    assert_eq!(error.to_string(), "nothing rises towards the window's highest day");
    assert_eq!(onset(&[813.0; 90], Weekday::Mon, 60..62, DROP), Err(NoOnset::NoRise));
    let weekly = (0..90).map(|day| QUIET[day % 7]).collect::<Vec<_>>();
    assert_eq!(
        onset(&weekly, Weekday::Mon, 60..62, DROP),
        Err(NoOnset::NoRise),
        "a pattern and nothing else"
    );
    let fallen = raised(weekly, 55, &[0.2; 40]);
    assert_eq!(onset(&fallen, Weekday::Mon, 60..62, DROP), Err(NoOnset::NoRise));
}

#[test]
fn a_rise_from_nothing_is_an_onset() {
    let mut counts = vec![0.0; 90];
    counts[61..65].fill(7.0);
    assert_eq!(found(&counts, 60..65).day, 61);
}

#[test]
fn windows_without_a_count_and_drops_that_are_none_are_refused() {
    let mut counts = quiet(90);
    counts[60..62].fill(f64::NAN);
    let error = onset(&counts, Weekday::Mon, 60..62, DROP).unwrap_err();
    assert_eq!(error, NoOnset::NoCountInWindow);
    assert_eq!(error.to_string(), "no day of the window has a count");
    for window in [90..92, 200..300, 62..62, usize::MAX..usize::MAX] {
        assert_eq!(onset(&counts, Weekday::Mon, window, DROP), Err(NoOnset::NoCountInWindow));
    }
    let error = onset(&counts, Weekday::Mon, 62..63, -1.0).unwrap_err();
    assert_eq!(error.to_string(), "`-1` is not a fall of a log-likelihood: it must be 0 or more");
    assert!(onset(&counts, Weekday::Mon, 62..63, f64::NAN).is_err());
}

/// Counts of a hundred days about 2,000 a day, four to twelve times as many from day 70 on, with up to 12 %
/// of noise.
fn spiked() -> impl Strategy<Value = Vec<f64>> {
    let noise = prop::collection::vec(-0.12..0.12_f64, 100);
    (noise, 4.0..12.0_f64, 2..20_usize).prop_map(|(noise, factor, length)| {
        let count = |(day, noise): (usize, f64)| {
            let raise = if (70..70 + length).contains(&day) { factor } else { 1.0 };
            (20.0 * QUIET[day % 7] * raise * noise.exp()).round()
        };
        noise.into_iter().enumerate().map(count).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_clear_rise_is_found_on_its_day_whatever_the_scale(counts in spiked(), scale in 0.5..50.0_f64) {
        let once = found(&counts, 70..72);
        prop_assert_eq!(once.day, 70);
        let scaled = counts.iter().map(|count| scale * count).collect::<Vec<_>>();
        let again = found(&scaled, 70..72);
        prop_assert_eq!(again.day, 70);
        prop_assert!(again.low.abs_diff(once.low) <= 1 && again.high.abs_diff(once.high) <= 1);
    }

    #[test]
    fn a_week_more_in_front_shifts_the_answer_by_a_week(counts in spiked()) {
        let later = [&[1.0; 7][..], &counts].concat();
        let (once, shifted) = (found(&counts, 70..72), found(&later, 77..79));
        prop_assert_eq!((once.day + 7, once.low + 7, once.high + 7), (shifted.day, shifted.low, shifted.high));
    }

    #[test]
    fn any_counts_at_all_have_an_onset_within_reach_or_a_reason(
        counts in prop::collection::vec(prop_oneof![(0..40_u16).prop_map(f64::from), Just(f64::NAN)], 0..120),
        opens in 0..120_usize,
        length in 0..9_usize,
    ) {
        if let Ok(Onset { day, low, high, .. }) = onset(&counts, Weekday::Sun, opens..opens + length, DROP) {
            prop_assert!(low <= day && day <= high && high < opens + length);
            prop_assert!(counts[day].is_finite() && counts[high].is_finite());
            prop_assert!(day + super::REACH >= opens);
        }
    }
}

/// Normal noise of spread one, from a seed: the sum of twelve uniform numbers less six.
fn noise(state: &mut u64) -> f64 {
    let mut uniform = || {
        *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        f64::from((*state >> 33) as u32) / 2_147_483_648.0
    };
    (0..12).map(|_| uniform()).sum::<f64>() - 6.0
}

#[test]
fn the_two_drops_hold_the_true_day_as_often_as_they_say() {
    assert!((CAUTIOUS_DROP + (1.0 - 0.95_f64.sqrt()).ln()).abs() < 1e-6);
    let mut state = 20_210_617;
    let mut held = [0_u32; 2];
    for _ in 0..1_000 {
        let count = |day: usize| {
            let raise = if day < 70 { 1.0 } else { 1.3 };
            30.0 * QUIET[day % 7] * raise * (0.14 * noise(&mut state)).exp()
        };
        let counts = (0..100).map(count).collect::<Vec<_>>();
        for (held, drop) in held.iter_mut().zip([DROP, CAUTIOUS_DROP]) {
            let Onset { low, high, .. } = onset(&counts, Weekday::Mon, 70..72, drop).unwrap();
            *held += u32::from(low <= 70 && 70 <= high);
        }
    }
    assert!((820..=940).contains(&held[0]), "{held:?}");
    assert!((950..=1_000).contains(&held[1]), "{held:?}");
}

/// The days of a reference series with the sum over the stores whose name holds `store`, and its first day.
fn reference_series(folder: &Path, store: &str) -> (NaiveDate, Vec<f64>) {
    let text = fs::read_to_string(folder.join("series/immuni_it.csv")).unwrap();
    let mut sums = BTreeMap::<NaiveDate, f64>::new();
    for cells in text.lines().skip(1).map(|row| row.split(',').collect::<Vec<_>>()) {
        if !cells[3].contains(store) {
            continue;
        }
        let count = cells[4].parse().unwrap_or(f64::NAN);
        *sums.entry(cells[0].parse().unwrap()).or_default() += count;
    }
    let first = *sums.keys().next().unwrap();
    let last = *sums.keys().next_back().unwrap();
    let days = first.iter_days().take_while(|day| *day <= last);
    (first, days.map(|day| sums.get(&day).copied().unwrap_or(f64::NAN)).collect())
}

#[test]
fn the_reference_case_of_dated_decrees_is_reproduced() {
    let Some(folder) = env::var_os("DELISTED_REFERENCE") else {
        println!("skipped: DELISTED_REFERENCE does not name the folder of reference data");
        return;
    };
    let folder = Path::new(&folder);
    let (first, counts) = reference_series(folder, "");
    let text = fs::read_to_string(folder.join("series/changepoint_reference.json")).unwrap();
    let reference: serde_json::Value = serde_json::from_str(&text).unwrap();
    let case = &reference["cases"][0];
    let day = |value: &serde_json::Value| value.as_str().unwrap().parse::<NaiveDate>().unwrap();
    let (from, to) = (day(&case["from"]), day(&case["to"]));
    let offset = |day: NaiveDate| usize::try_from((day - first).num_days()).unwrap();

    let logs = logs(&counts[offset(from)..=offset(to)]);
    let levelled = WeekdayEffects::of(&logs, from.weekday(), 1).unwrap().removed_from(&logs, from.weekday());
    let expected = case["x"].as_array().unwrap();
    assert_eq!(levelled.len(), expected.len());
    for (at, (levelled, expected)) in levelled.iter().zip(expected).enumerate() {
        assert!((levelled - expected.as_f64().unwrap()).abs() <= 1e-6, "day {at}: {levelled} for {expected}");
    }
    for count in 1..=3_usize {
        let expected = &case["exact"][count.to_string()];
        let found = breaks(&levelled, count).unwrap();
        let dates = found.starts.iter().map(|start| from + Days::new(*start as u64)).collect::<Vec<_>>();
        let expected_dates = expected["first_day_of_new_level"].as_array().unwrap();
        assert_eq!(dates, expected_dates.iter().map(day).collect::<Vec<_>>());
        assert!(
            (found.squares - expected["sse"].as_f64().unwrap()).abs() <= 1e-6,
            "{count}: {}",
            found.squares
        );
    }

    let decree = NaiveDate::from_ymd_opt(2021, 6, 17).unwrap();
    let at = offset(decree);
    for store in ["", "app_store", "google_play"] {
        let (_, counts) = reference_series(folder, store);
        for window in [at..at + 2, at + 1..at + 2, at - 1..at + 2, at + 4..at + 6] {
            let onset = onset(&counts, first.weekday(), window.clone(), DROP).unwrap();
            assert_eq!(onset.day, at, "{store} {window:?}");
            assert!(onset.low <= at && at <= onset.high && onset.high - onset.low <= 2, "{store} {onset:?}");
        }
    }
}
