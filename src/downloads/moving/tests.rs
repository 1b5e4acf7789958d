#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::float_cmp,
    reason = "tests stop at the first surprise, and both sides divide the same two numbers"
)]

use proptest::prelude::*;

use super::{
    super::{Count, Day, Multiple, Panel, Reading, SeriesView},
    Moving, MovingError, Multiples,
};

fn first() -> Day {
    "2020-08-01".parse().unwrap()
}

/// The definition, day by day and without shortcuts.
fn naive(counts: &[Option<f64>], day: usize, window: usize, weeks: usize, median: bool) -> Option<f64> {
    let sum = |day: Option<usize>| -> Option<f64> {
        let days = (day? + 1).checked_sub(window)?..=day?;
        days.map(|day| counts[day]).sum::<Option<f64>>().filter(|sum| *sum > 0.0)
    };
    let now = sum(Some(day))?;
    let mut past = (1..=weeks).map(|week| sum(day.checked_sub(7 * week))).collect::<Option<Vec<f64>>>()?;
    past.sort_by(f64::total_cmp);
    let middle = if median { f64::midpoint(past[weeks / 2 - 1], past[weeks / 2]) } else { past[0] };
    Some(now / middle)
}

fn every_moving() -> Vec<(Moving, bool)> {
    (1..=7)
        .flat_map(|days| {
            [
                (Moving::week_earlier(days).unwrap(), false),
                (Moving::weekday_median(days, 4).unwrap(), true),
                (Moving::weekday_median(days, 8).unwrap(), true),
            ]
        })
        .collect()
}

fn agrees(multiples: &Multiples, row: usize, counts: &[Option<f64>], moving: Moving, median: bool) {
    for day in 0..counts.len() {
        let expected = naive(counts, day, moving.days().into(), moving.weeks().into(), median);
        let date = first().checked_add(i32::try_from(day).unwrap()).unwrap();
        let found = multiples.multiple(row, date).map(Multiple::value);
        assert_eq!(found, expected, "row {row}, {date}, {moving:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_kind_of_series_has_the_multiples_of_the_definition(
        counts in prop::collection::vec(
            prop_oneof![12 => (1_u32..5_000).prop_map(Some), 1 => Just(Some(0)), 1 => Just(None)],
            1..160,
        ),
        scarce in any::<bool>(),
    ) {
        // With gaps one day in seven, eight weeks are rarely whole: half the runs have next to none.
        let counts: Vec<Option<u32>> = counts
            .iter()
            .enumerate()
            .map(|(day, count)| if scarce && day % 97 != 90 { count.filter(|count| *count > 0).or(Some(77)) } else { *count })
            .collect();
        let real: Vec<Option<f64>> = counts.iter().map(|count| count.map(f64::from)).collect();
        let block: Vec<u32> = counts.iter().map(|count| count.unwrap_or(u32::MAX)).collect();
        let nans: Vec<f64> = real.iter().map(|count| count.unwrap_or(f64::NAN)).collect();
        let whole: Vec<u32> = counts.iter().map(|count| count.unwrap_or(0)).collect();
        let long: Vec<i64> = whole.iter().map(|count| i64::from(*count)).collect();
        let gaps: Vec<(Day, Reading)> = (0_i32..)
            .zip(&counts)
            .filter(|(_, count)| count.is_none())
            .map(|(day, _)| (first().checked_add(day).unwrap(), Reading::Missing))
            .collect();
        let panel = Panel::of_series([
            SeriesView::of_u32_or(first(), &block, u32::MAX).unwrap(),
            SeriesView::of_f64(first(), &nans).unwrap(),
            SeriesView::of_u32(first(), &whole).unwrap().with_readings(&gaps).unwrap(),
            SeriesView::of_i64(first(), &long).unwrap().with_readings(&gaps).unwrap(),
        ]);
        let mut multiples = Multiples::new();
        for (moving, median) in every_moving() {
            panel.multiples_into(&moving, &mut multiples);
            for row in 0..panel.rows() {
                agrees(&multiples, row, &real, moving, median);
            }
        }
    }
}

#[test]
fn plain_whole_counts_have_a_zero_that_is_none() {
    let counts: Vec<u32> = (0..120).map(|day| if day == 60 { 0 } else { 30 + day * 7_919 % 41 }).collect();
    let long: Vec<i64> = counts.iter().map(|count| i64::from(*count)).collect();
    let real: Vec<Option<f64>> = counts.iter().map(|count| Some(f64::from(*count))).collect();
    let panel = Panel::of_series([
        SeriesView::of_u32(first(), &counts).unwrap(),
        SeriesView::of_i64(first(), &long).unwrap(),
    ]);
    for (moving, median) in every_moving() {
        let multiples = panel.multiples(&moving);
        agrees(&multiples, 0, &real, moving, median);
        agrees(&multiples, 1, &real, moving, median);
    }
}

#[test]
fn rows_of_a_block_keep_their_order() {
    let (rows, days) = (300_u32, 80_u32);
    let counts: Vec<u32> = (0..rows * days).map(|at| 1 + at * 7_919 % 997).collect();
    let panel = Panel::of_rows(first(), 80, &counts).unwrap();
    for (moving, median) in every_moving() {
        let multiples = panel.multiples(&moving);
        assert_eq!(multiples.rows(), 300);
        for (row, counts) in counts.chunks_exact(80).enumerate() {
            let real: Vec<Option<f64>> = counts.iter().map(|count| Some(f64::from(*count))).collect();
            agrees(&multiples, row, &real, moving, median);
        }
    }
}

#[test]
fn rows_may_begin_and_end_on_different_days_and_a_place_is_filled_again() {
    let (long, short) = ([4_u32; 30], [2_u32, 2, 2, 2, 2, 2, 2, 6]);
    let late = first().checked_add(200).unwrap();
    let panel = Panel::of_series([
        SeriesView::of_u32(first(), &long).unwrap(),
        SeriesView::of_u32(late, &short).unwrap(),
        SeriesView::of_u32(first(), &long).unwrap(),
    ]);
    let moving = Moving::week_earlier(1).unwrap();
    let mut multiples = Multiples::new();
    panel.multiples_into(&Moving::weekday_median(7, 8).unwrap(), &mut multiples);
    assert_eq!(multiples.of_row(0).count(), 0, "thirty days are no eight weeks");
    panel.multiples_into(&moving, &mut multiples);
    let counts: Vec<usize> = (0..4).map(|row| multiples.of_row(row).count()).collect();
    assert_eq!(counts, [23, 1, 23, 0]);
    let last = late.checked_add(7).unwrap();
    assert_eq!(multiples.multiple(1, last).map(Multiple::value), Some(3.0));
    assert_eq!(multiples.multiple(1, last.checked_add(1).unwrap()), None);
    assert_eq!(multiples.multiple(1, first()), None);
    assert_eq!(multiples.multiple(3, last), None);
    Panel::of_series([]).multiples_into(&moving, &mut multiples);
    assert_eq!((multiples.rows(), multiples.multiple(0, last)), (0, None));
}

#[test]
fn readings_that_are_no_counts_are_none() {
    let counts = [5_u32; 15];
    for reading in
        [Reading::Structural, Reading::Partial(Count::from(3_u32)), Reading::Censored { below: 20 }]
    {
        let gaps = [(first().checked_add(7).unwrap(), reading)];
        let panel =
            Panel::of_series([SeriesView::of_u32(first(), &counts).unwrap().with_readings(&gaps).unwrap()]);
        let multiples = panel.multiples(&Moving::week_earlier(1).unwrap());
        assert_eq!(multiples.of_row(0).count(), 6, "{reading:?}: neither that day nor a week later");
    }
}

#[test]
fn a_ratio_beyond_all_numbers_is_none() {
    let counts = [5e-324, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 9e15];
    let panel = Panel::of_series([SeriesView::of_f64(first(), &counts).unwrap()]);
    assert_eq!(panel.multiples(&Moving::week_earlier(1).unwrap()).of_row(0).count(), 0);
}

#[test]
fn windows_and_weeks_out_of_range_are_refused() {
    assert_eq!(Moving::week_earlier(0), Err(MovingError::Days { days: 0 }));
    assert_eq!(Moving::weekday_median(8, 4), Err(MovingError::Days { days: 8 }));
    assert_eq!(Moving::weekday_median(1, 0), Err(MovingError::Weeks { weeks: 0 }));
    assert_eq!(MovingError::Days { days: 0 }.to_string(), "a window of `0` days is not of 1 to 7 days");
}
