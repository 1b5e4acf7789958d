//! Views: the three columns say the same, gaps override, and what is wrong is named by its day.
#![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use proptest::prelude::*;

use super::{SeriesView, ViewError};
use crate::downloads::{Count, CountError, Day, Reading};

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn refused(view: Result<SeriesView<'_>, ViewError>) -> String {
    view.unwrap_err().to_string()
}

#[test]
fn three_kinds_of_column_say_the_same() {
    let first = day("2021-06-16");
    let views = [
        SeriesView::of_u32(first, &[0, 7, 54_000]).unwrap(),
        SeriesView::of_i64(first, &[0, 7, 54_000]).unwrap(),
        SeriesView::of_f64(first, &[-0.0, 7.0, 54_000.0]).unwrap(),
    ];
    for view in views {
        let readings: Vec<Reading> = view.readings().collect();
        assert_eq!(readings, [0, 7, 54_000].map(Reading::from));
        assert_eq!((view.first(), view.last(), view.len()), (first, day("2021-06-18"), 3));
        assert_eq!(view.reading(day("2021-06-18")), Reading::from(54_000));
        assert_eq!(view.reading(day("2021-06-19")), Reading::Missing);
        assert_eq!(view.reading(day("2021-06-15")), Reading::Missing);
    }
}

#[test]
fn one_number_may_stand_for_a_missing_day() {
    let view = SeriesView::of_u32_or(day("2021-06-16"), &[0, u32::MAX, 7], u32::MAX).unwrap();
    let expected = [Reading::from(0), Reading::Missing, Reading::from(7)];
    assert_eq!(view.readings().collect::<Vec<_>>(), expected);
    assert_eq!(view.reading(day("2021-06-17")), Reading::Missing);
}

#[test]
fn a_trillion_is_exact() {
    let counts = [1_000_000_000_000, 1_000_000_000_001, 9_007_199_254_740_992];
    let view = SeriesView::of_i64(day("2021-06-16"), &counts).unwrap();
    let values: Vec<f64> = view.readings().map(|reading| reading.counted().unwrap().value()).collect();
    assert_eq!(values, [1e12, 1e12 + 1.0, 9_007_199_254_740_992.0]);
}

#[test]
fn a_number_that_is_no_count_is_named_by_its_day() {
    let first = day("2021-06-16");
    assert_eq!(
        refused(SeriesView::of_i64(first, &[1, 2, -3])),
        "2021-06-18: `-3` is below 0: a refund is not a download, so clip it to 0 by rule or leave it out"
    );
    assert_eq!(
        refused(SeriesView::of_i64(first, &[1, 9_007_199_254_740_993])),
        "2021-06-17: `9007199254740993` is not a count: the most that is held exactly is 9,007,199,254,740,992"
    );
    assert_eq!(
        refused(SeriesView::of_f64(first, &[f64::NAN, f64::INFINITY])),
        "2021-06-17: `inf` is not a count: it must be finite"
    );
    assert!(matches!(
        SeriesView::of_f64(first, &[-0.5]),
        Err(ViewError::Count { source: CountError::Negative { .. }, .. })
    ));
    assert!(SeriesView::of_f64(first, &[9_007_199_254_740_993.5]).is_err());
    assert!(SeriesView::of_i64(first, &[i64::MIN]).is_err());
}

#[test]
fn a_span_has_a_day_and_stays_in_the_calendar() {
    assert_eq!(
        refused(SeriesView::of_u32(day("2021-06-16"), &[])),
        "a series needs at least one day, and `0` were given"
    );
    assert!(SeriesView::of_u32(day("9999-12-31"), &[1]).is_ok());
    assert_eq!(
        refused(SeriesView::of_u32(day("9999-12-31"), &[1, 2])),
        "a series of `2` days from 9999-12-31 runs past the year 9999"
    );
}

#[test]
fn a_censored_day_and_a_partial_last_day_are_neither_counts_nor_missing() {
    let partial = Reading::Partial(Count::from(812));
    let censored = Reading::Censored { below: 20 };
    let gaps = [(day("2021-06-16"), censored), (day("2021-06-18"), partial)];
    let view = SeriesView::of_u32(day("2021-06-16"), &[0, 7, 812]).unwrap().with_readings(&gaps).unwrap();
    assert_eq!(view.readings().collect::<Vec<_>>(), [censored, Reading::from(7), partial]);
    assert_eq!(view.reading(day("2021-06-16")), censored);
    assert_eq!(view.reading(day("2021-06-17")), Reading::from(7));
    assert_eq!(view.reading(day("2021-06-18")), partial);
}

#[test]
fn a_reading_that_replaces_no_count_is_refused() {
    let view = SeriesView::of_u32(day("2021-06-16"), &[1, 2, 3]).unwrap();
    let twice = [(day("2021-06-17"), Reading::Missing), (day("2021-06-17"), Reading::Structural)];
    assert_eq!(
        refused(view.with_readings(&twice)),
        "the readings that replace counts must be in the order of their days: `2021-06-17` is not"
    );
    for outside in ["2021-06-15", "2021-06-19"] {
        assert_eq!(
            refused(view.with_readings(&[(day(outside), Reading::Missing)])),
            format!(
                "the reading of `{outside}` replaces no count: the series runs from 2021-06-16 to 2021-06-18"
            )
        );
    }
    assert_eq!(
        refused(view.with_readings(&[(day("2021-06-17"), Reading::Censored { below: 0 })])),
        "2021-06-17: `<0` bounds no count: the bound must lie between 1 and 9,007,199,254,740,992"
    );
}

proptest! {
    #[test]
    fn walking_and_searching_find_the_same(
        cells in proptest::collection::vec((0..6_u8, 0..100_000_u32), 1..200),
    ) {
        let first = day("2019-12-25");
        let kinds = |kind: u8, count: u32| match kind {
            0 => Some(Reading::Missing),
            1 => Some(Reading::Censored { below: 20 }),
            2 => Some(Reading::Structural),
            3 => Some(Reading::Partial(Count::from(count))),
            _ => None,
        };
        let expected: Vec<Reading> =
            cells.iter().map(|(kind, count)| kinds(*kind, *count).unwrap_or(Reading::from(*count))).collect();
        let gaps: Vec<(Day, Reading)> = cells
            .iter()
            .enumerate()
            .filter_map(|(offset, (kind, count))| Some((first.after(offset), kinds(*kind, *count)?)))
            .collect();
        let small: Vec<u32> = cells.iter().map(|(_, count)| *count).collect();
        let large: Vec<i64> = small.iter().map(|count| i64::from(*count)).collect();
        let real: Vec<f64> = small.iter().map(|count| f64::from(*count)).collect();
        for view in [
            SeriesView::of_u32(first, &small).unwrap(),
            SeriesView::of_u32_or(first, &small, u32::MAX).unwrap(),
            SeriesView::of_i64(first, &large).unwrap(),
            SeriesView::of_f64(first, &real).unwrap(),
        ] {
            let view = view.with_readings(&gaps).unwrap();
            prop_assert_eq!(view.readings().len(), cells.len());
            prop_assert_eq!(view.readings().collect::<Vec<_>>(), expected.clone());
            let searched: Vec<Reading> = (0..view.len()).map(|offset| view.reading_at(offset)).collect();
            prop_assert_eq!(&searched, &expected);
        }
    }
}
