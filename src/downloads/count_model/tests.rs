#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "tests stop at the first surprise"
)]

use super::*;
use crate::downloads::distribution::negative_binomial_upper;

/// A year of one step: there is no season, and the baseline is the counts before, all alike.
fn plain(years: usize) -> CountModel {
    CountModel {
        year: 1,
        years,
        least_years: years,
        half_window: 0,
        trend: Trend::Never,
        damping: None,
        sides: Sides::Upper,
        alpha: 0.01,
        ..CountModel::farrington()
    }
}

fn near(a: f64, b: f64) {
    assert!((a - b).abs() <= 1e-8 * b.abs().max(1.0), "{a} is not {b}");
}

#[test]
fn without_season_or_trend_the_forecast_is_the_mean_in_closed_form() {
    let series = [4.0, 9.0, 2.0, 13.0, 30.0];
    let forecast = plain(4).forecast(&series, 4).unwrap();
    // Mean 7; squares 9, 4, 25 and 36 over 7 and 3 degrees of freedom; the logarithm's variance 1 / 28 times
    // that.
    let dispersion: f64 = 74.0 / 21.0;
    near(forecast.expected, 7.0);
    near(forecast.dispersion, dispersion);
    near(forecast.error_of_log, (dispersion / 28.0).sqrt());
    let deviation =
        2.0 / 3.0 * 7.0_f64.powf(-1.0 / 3.0) * (dispersion * 7.0 + dispersion * 49.0 / 28.0).sqrt();
    near(forecast.bound, (7.0_f64.powf(2.0 / 3.0) + 2.326_347_874_040_841 * deviation).powf(1.5));
    assert!(forecast.alarm && !forecast.scarce && forecast.trend.is_none() && forecast.baseline == 4);
    assert!(forecast.p.unwrap() < 0.01);
}

#[test]
fn the_two_standard_errors_differ_by_the_weights_they_use() {
    let series = [4.0, 9.0, 2.0, 13.0, 30.0];
    let theirs = CountModel { standard_error: StandardError::Surveillance, ..plain(4) };
    // Squares over the mean's square, not over the mean: a seventh.
    near(theirs.forecast(&series, 4).unwrap().error_of_log, (74.0_f64 / 21.0 / 7.0 / 28.0).sqrt());
}

#[test]
fn a_constant_series_is_expected_to_go_on_and_varies_as_poisson_counts_do() {
    let series = [100.0; 9];
    let model = CountModel { threshold: Threshold::NegativeBinomial, damping: Some(2.58), ..plain(8) };
    let forecast = model.forecast(&series, 8).unwrap();
    near(forecast.expected, 100.0);
    near(forecast.dispersion, 1.0);
    // Of a Poisson count with mean 100: P(X > 124) = 0.0084 and P(X > 123) = 0.0106; the tables of Pearson
    // and Hartley.
    near(forecast.bound, 124.0);
    assert!(!forecast.alarm);
}

#[test]
fn all_zeros_expect_nothing() {
    let series = [0.0; 900];
    for model in [plain(8), CountModel::daily(), CountModel::noufaily(), CountModel::farrington()] {
        assert_eq!(model.forecast(&series, 899), Err(NoForecast::NothingCounted));
    }
}

#[test]
fn a_growth_that_has_been_seen_is_kept_and_one_beyond_all_counts_is_not() {
    let model = CountModel { trend: Trend::Kept { years: 3, p: 0.05 }, ..plain(8) };
    let falling: Vec<f64> = (0..9).map(|t| 1_000.0 * 0.8_f64.powi(t)).collect();
    let forecast = model.forecast(&falling, 8).unwrap();
    near(forecast.trend.unwrap(), 0.8_f64.ln());
    near(forecast.expected, 1_000.0 * 0.8_f64.powi(8));
    let rising: Vec<f64> = (0..9).map(|t| 1_000.0 * 1.25_f64.powi(t)).collect();
    let forecast = model.forecast(&rising, 8).unwrap();
    assert_eq!(forecast.trend, None);
    near(forecast.expected, rising[..8].iter().sum::<f64>() / 8.0);
    let young = CountModel { trend: Trend::Kept { years: 9, p: 0.05 }, ..plain(8) };
    assert_eq!(young.forecast(&falling, 8).unwrap().trend, None);
}

#[test]
fn a_trend_that_chance_explains_is_dropped_unless_no_test_is_asked_for() {
    let series = [12.0, 8.0, 11.0, 9.0, 12.0, 8.0, 11.0, 9.0, 10.0];
    let tested = CountModel { trend: Trend::Kept { years: 3, p: 0.05 }, ..plain(8) };
    assert_eq!(tested.forecast(&series, 8).unwrap().trend, None);
    let kept = CountModel { trend: Trend::Kept { years: 3, p: 1.0 }, ..plain(8) };
    assert!(kept.forecast(&series, 8).unwrap().trend.is_some());
}

#[test]
fn an_old_surge_is_weighed_down() {
    let mut series = [10.0, 12.0, 9.0, 11.0, 8.0, 10.0].repeat(10);
    series[4] = 400.0;
    let naive = plain(59).forecast(&series, 59).unwrap();
    let damped = CountModel { damping: Some(2.58), ..plain(59) }.forecast(&series, 59).unwrap();
    assert!(damped.bound < naive.bound && damped.expected < naive.expected);
}

#[test]
fn missing_counts_neither_count_as_zero_nor_stop_the_forecast() {
    let series = [4.0, f64::NAN, 9.0, 2.0, f64::NAN, 13.0, f64::NAN];
    let forecast = plain(6).forecast(&series, 6).unwrap();
    near(forecast.expected, 7.0);
    assert!(forecast.p.is_none() && !forecast.alarm && forecast.baseline == 4);
}

#[test]
fn few_counts_lately_raise_no_alarm() {
    let series = [0.0, 1.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 4.0];
    let forecast = plain(8).forecast(&series, 8).unwrap();
    assert!(forecast.scarce && !forecast.alarm && 4.0 > forecast.bound);
}

#[test]
fn reasons_say_what_is_wanting() {
    let of = |model: CountModel, series: &[f64], step| model.forecast(series, step).unwrap_err().to_string();
    assert_eq!(of(plain(3), &[1.0], 1), "the day asked about is not among the 1 of the series");
    assert_eq!(
        of(CountModel::daily(), &[1.0; 100], 99),
        "`99` days lie before the one asked about: the season needs 391"
    );
    assert_eq!(
        of(plain(3), &[f64::NAN, 5.0, f64::NAN, 5.0], 3),
        "`1` counts for 1 coefficients: more counts than coefficients are needed"
    );
    let refund = "`-2` is no count: refunds must be set against downloads by an explicit rule";
    assert_eq!(of(plain(3), &[3.0, -2.0, 3.0, 5.0], 3), refund);
    assert_eq!(of(plain(3), &[3.0, 2.0, 3.0, -2.0], 3), refund);
    assert_eq!(
        of(plain(3), &[0.0; 4], 3),
        "nothing was counted in the same season before, so that nothing can be expected"
    );
    assert_eq!(NoForecast::Singular.to_string(), "the counts do not tell the season from the trend");
    assert_eq!(
        NoForecast::NotConverged { steps: 50 }.to_string(),
        "the regression did not converge in `50` steps"
    );
    assert_eq!(NoForecast::OutOfRange.to_string(), "the expected value is outside the range of numbers");
}

#[test]
fn counts_at_the_edge_of_numbers_give_a_reason_or_finite_answers() {
    for high in [1e15, 1e150, f64::MAX] {
        let series = [1.0, high, 3.0, high, 1.0, high];
        if let Ok(forecast) = plain(5).forecast(&series, 5) {
            assert!(forecast.bound.is_finite() && forecast.expected.is_finite(), "{high}");
        }
    }
}

/// The mean of a day: weekdays from 60 to 180 and a winter a fifth above the summer.
fn level(day: u32) -> f64 {
    let season = 1.0 + 0.1 * (f64::from(day) * std::f64::consts::TAU / 365.0).cos();
    (60.0 + 20.0 * f64::from(day % 7)) * season
}

#[test]
fn the_daily_default_finds_weekdays_season_and_trend() {
    let series: Vec<f64> = (0..1_000).map(|day| level(day) * (-0.001 * f64::from(day)).exp()).collect();
    for day in [500, 650, 803, 901, 999] {
        let forecast = CountModel::daily().forecast(&series, day).unwrap();
        let off = forecast.expected / series[day] - 1.0;
        // Within a block of 53 days the season moves by up to 5 %, which blocks cannot follow.
        assert!(off.abs() < 0.06, "{day}: {off}");
        assert!((forecast.trend.unwrap() + 0.001).abs() < 0.000_3, "{day}: {:?}", forecast.trend);
        assert!(!forecast.alarm, "{day}");
    }
}

#[test]
fn the_daily_default_alarms_at_a_surge_and_about_as_often_as_it_says() {
    let model = CountModel { alpha: 0.05, ..CountModel::daily() };
    let (mut alarms, mut surges, mut asked) = (0, 0, 0);
    for seed in 0..SERIES {
        let mut series = drawn(seed, 800);
        for day in (500..800).step_by(60) {
            asked += 1;
            alarms += usize::from(model.forecast(&series, day).unwrap().alarm);
            let before = std::mem::replace(&mut series[day], 0.0);
            series[day] = before * 3.0;
            surges += usize::from(CountModel::daily().forecast(&series, day).unwrap().alarm);
            series[day] = before;
        }
    }
    assert!((1..=asked / 8).contains(&alarms), "{alarms} of {asked}");
    assert!(surges * 10 >= asked * 9, "{surges} of {asked}");
}

/// Series drawn for the frequency of alarms.
const SERIES: u64 = 10;

/// Negative binomial counts of variance 3 times the mean, with weekdays from 60 to 180.
fn drawn(seed: u64, days: u32) -> Vec<f64> {
    let tables: Vec<Vec<f64>> = (0..7_u32)
        .map(|weekday| {
            let mean = 60.0 + 20.0 * f64::from(weekday);
            (1..500_u32).map(|x| negative_binomial_upper(f64::from(x), mean, 2.0 / mean)).collect()
        })
        .collect();
    // Not by the generator's own step, which would make each series the last one moved along.
    let mut state = seed.wrapping_mul(0xD134_2543_DE82_EF95);
    (0..days)
        .zip(tables.iter().cycle())
        .map(|(_, table)| {
            // Steele, Lea and Flood 2014: SplitMix64.
            state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
            let mixed = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            let uniform = f64::from(u32::try_from((mixed ^ (mixed >> 31)) >> 32).unwrap()) / 4_294_967_296.0;
            f64::from(u32::try_from(table.partition_point(|upper| *upper > uniform)).unwrap())
        })
        .collect()
}
