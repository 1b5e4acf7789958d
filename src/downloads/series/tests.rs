//! Series: any order gives the same series, what cannot be is refused, and nothing that is no count becomes one.
#![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use proptest::prelude::*;

use super::{DownloadSeries, SeriesBuilder, SeriesError};
use crate::{
    Store,
    downloads::{Count, Day, Metric, Reading, Refunds, ReportingZone, SeriesKey, Vintage},
};

fn builder() -> SeriesBuilder {
    let key = SeriesKey::new("wechat".parse().unwrap(), Store::APP_STORE, "US".parse().unwrap());
    DownloadSeries::builder(key, Metric::FirstDownloads, ReportingZone::utc())
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn vintage(source: &str) -> Vintage {
    Vintage::new(source)
}

#[test]
fn every_kind_of_reading_comes_back_and_gaps_are_missing() {
    let partial = Reading::Partial(Count::from(812));
    let series = builder()
        .reading(day("2020-09-24"), partial)
        .and_then(|builder| builder.reading(day("2020-09-19"), Reading::Censored { below: 20 }))
        .and_then(|builder| builder.reading(day("2020-09-18"), Reading::Missing))
        .and_then(|builder| builder.reading(day("2020-09-22"), Reading::Structural))
        .and_then(|builder| builder.count(day("2020-09-20"), 1_000_000_000_001))
        .and_then(SeriesBuilder::build)
        .unwrap();
    let readings: Vec<Reading> = series.view().readings().collect();
    let trillion = Reading::Counted(Count::try_from(1_000_000_000_001_i64).unwrap());
    assert_eq!(
        readings,
        [
            Reading::Missing,
            Reading::Censored { below: 20 },
            trillion,
            Reading::Missing,
            Reading::Structural,
            Reading::Missing,
            partial,
        ]
    );
    assert_eq!(
        (series.view().first(), series.view().last(), series.view().len()),
        (day("2020-09-18"), day("2020-09-24"), 7)
    );
    assert_eq!(series.view().reading(day("2020-09-20")).to_string(), "1000000000001");
    assert_eq!(series.view().reading(day("2020-09-25")), Reading::Missing);
    assert_eq!(series, series.clone(), "missing days are alike");
}

#[test]
fn a_day_has_one_reading() {
    let twice = |second: i64| {
        builder()
            .count(day("2020-09-18"), 1_900)
            .and_then(|builder| builder.count(day("2020-09-19"), 7))
            .and_then(|builder| builder.count(day("2020-09-18"), second))
            .and_then(SeriesBuilder::build)
    };
    assert_eq!(twice(1_900).unwrap().view().len(), 2, "the same reading twice says nothing new");
    assert_eq!(
        twice(1_905).unwrap_err().to_string(),
        "wechat, app-store, US on 2020-09-18: `1905` contradicts `1900`, which it had already"
    );
    let missing = builder()
        .reading(day("2020-09-18"), Reading::Missing)
        .and_then(|builder| builder.count(day("2020-09-18"), 1_900))
        .and_then(SeriesBuilder::build);
    assert_eq!(
        missing.unwrap_err().to_string(),
        "wechat, app-store, US on 2020-09-18: `1900` contradicts `missing`, which it had already"
    );
}

#[test]
fn a_number_below_zero_is_refused_unless_clipped_by_rule() {
    assert_eq!(
        builder().count(day("2020-09-18"), -3).unwrap_err().to_string(),
        "wechat, app-store, US on 2020-09-18: `-3` is below 0: a refund is not a download, so clip it to 0 by rule or \
         leave it out"
    );
    let clipped =
        builder().refunds(Refunds::ClipToZero).count(day("2020-09-18"), -3).unwrap().build().unwrap();
    assert_eq!(clipped.view().reading(day("2020-09-18")), Reading::from(0));
}

#[test]
fn numbers_that_are_no_counts_are_named() {
    let refused = |number: f64| builder().estimate(day("2020-09-18"), number).unwrap_err().to_string();
    assert_eq!(
        refused(f64::NAN),
        "wechat, app-store, US on 2020-09-18: `NaN` is not a count: it must be finite"
    );
    assert_eq!(
        refused(1e20),
        "wechat, app-store, US on 2020-09-18: `1e20` is not a count: the most that is held exactly is \
         9,007,199,254,740,992"
    );
    assert_eq!(
        builder().count(day("2020-09-18"), 9_007_199_254_740_993).unwrap_err().to_string(),
        "wechat, app-store, US on 2020-09-18: `9007199254740993` is not a count: the most that is held \
         exactly is 9,007,199,254,740,992"
    );
    assert_eq!(
        builder().reading(day("2020-09-18"), Reading::Censored { below: 0 }).unwrap_err().to_string(),
        "wechat, app-store, US on 2020-09-18: `<0` bounds no count: the bound must lie between 1 and \
         9,007,199,254,740,992"
    );
}

#[test]
fn two_editions_never_share_a_series() {
    let (three, four) = (vintage("appfigures 3"), vintage("appfigures 4"));
    let mixed = builder()
        .reading_of(day("2020-09-18"), 1_900, &three)
        .and_then(|builder| builder.reading_of(day("2020-09-19"), 7, &four));
    assert_eq!(
        mixed.unwrap_err().to_string(),
        "wechat, app-store, US on 2020-09-19: a reading of `appfigures 4` in a series of `appfigures 3`: two versions never \
         share a series"
    );
    let late = builder().reading_of(day("2020-09-18"), 1_900, &three).unwrap().vintage(four.clone()).build();
    assert!(matches!(late, Err(SeriesError::Vintage { .. })), "also where it is stated afterwards");
    assert_eq!(
        builder().reading_of(day("2020-09-18"), 1_900, &three).unwrap().build().unwrap_err().to_string(),
        "wechat, app-store, US on 2020-09-18: a reading of `appfigures 3` in a series of `no vintage`: two versions never \
         share a series"
    );
    let again = three.clone().observed_at(crate::time::instant("2020-10-01T00:00:00Z").unwrap());
    let series = builder()
        .vintage(three)
        .reading_of(day("2020-09-18"), 1_900, &again)
        .and_then(SeriesBuilder::build)
        .unwrap();
    assert_eq!(series.vintage().unwrap().observation(), None, "the series keeps what it stated");
}

#[test]
fn a_span_has_one_day_to_a_hundred_years() {
    assert_eq!(
        builder().build().unwrap_err().to_string(),
        "wechat, app-store, US: a series needs at least one day, and `0` were given"
    );
    let span = |days: i32| {
        let first = day("1970-01-01");
        let last = first.checked_add(days - 1).unwrap();
        builder().count(last, 2).and_then(|builder| builder.count(first, 1)).and_then(SeriesBuilder::build)
    };
    assert_eq!(span(36_525).unwrap().view().len(), 36_525);
    assert_eq!(
        span(36_526).unwrap_err().to_string(),
        "wechat, app-store, US: a series from 1970-01-01 to 2070-01-01 has 36526 days: at most 36525 are allowed"
    );
}

#[cfg(feature = "serde")]
#[test]
fn a_key_comes_back_through_the_checks_of_its_parts() {
    let text = r#"{"app":"wechat","store":"app-store","territory":"US"}"#;
    let key: SeriesKey = serde_json::from_str(text).unwrap();
    assert_eq!(&key, builder().count(day("2020-09-18"), 1).unwrap().build().unwrap().key());
    assert_eq!(serde_json::to_string(&key).unwrap(), text);
    assert!(serde_json::from_str::<SeriesKey>(&text.replace("US", "UK")).is_err());
}

proptest! {
    #[test]
    fn order_does_not_matter(
        (given, shuffled) in proptest::collection::btree_map(0..400_i32, 0..5_u8, 1..60)
            .prop_map(|days| days.into_iter().collect::<Vec<_>>())
            .prop_flat_map(|days| (Just(days.clone()), Just(days).prop_shuffle())),
    ) {
        let first = day("2020-01-01");
        let reading = |kind: u8, offset: i32| match kind {
            0 => Reading::Missing,
            1 => Reading::Censored { below: 20 },
            2 => Reading::Structural,
            3 => Reading::Partial(Count::from(offset.unsigned_abs())),
            _ => Reading::from(offset.unsigned_abs()),
        };
        let built = |cells: &[(i32, u8)]| {
            let mut builder = builder();
            for (offset, kind) in cells {
                builder = builder.reading(first.checked_add(*offset).unwrap(), reading(*kind, *offset)).unwrap();
            }
            builder.build().unwrap()
        };
        let series = built(&given);
        prop_assert_eq!(&series, &built(&shuffled));
        for (offset, kind) in &given {
            let day = first.checked_add(*offset).unwrap();
            prop_assert_eq!(series.view().reading(day), reading(*kind, *offset));
        }
        let said = series.view().readings().filter(|reading| *reading != Reading::Missing).count();
        prop_assert_eq!(said, given.iter().filter(|(_, kind)| *kind != 0).count());
    }
}

#[test]
fn every_day_of_the_span_is_told_in_order() {
    let series = builder()
        .count(day("2020-09-20"), 9)
        .and_then(|series| series.count(day("2020-09-18"), 7))
        .and_then(SeriesBuilder::build)
        .unwrap();
    let told: Vec<(Day, Reading)> = series.readings().collect();
    assert_eq!(
        told,
        [
            (day("2020-09-18"), Reading::Counted(Count::from(7))),
            (day("2020-09-19"), Reading::Missing),
            (day("2020-09-20"), Reading::Counted(Count::from(9))),
        ],
    );
    assert!(told.iter().all(|(day, reading)| series.reading(*day) == *reading));
    assert_eq!((series.first(), series.last(), series.len()), (day("2020-09-18"), day("2020-09-20"), 3));
    assert_eq!(series.reading(day("2020-09-21")), Reading::Missing);
}
