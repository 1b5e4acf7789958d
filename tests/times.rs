//! Whole days, civil times, periods and timelines.
#![cfg(feature = "zones")]
#![allow(
    clippy::unwrap_used,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "tests stop at the first surprise"
)]

use chrono::{DateTime, TimeDelta, Utc};
use delisted::time::{AsOf, Dated, Known, Period, TimeError, Timeline, civil, instant};
use proptest::prelude::*;

fn at(text: &str) -> DateTime<Utc> {
    instant(text).unwrap()
}

#[track_caller]
fn refused(text: &str, message: &str) {
    assert_eq!(civil::parse(text).unwrap_err().to_string(), message);
}

#[test]
fn a_date_without_a_time_is_its_whole_day() {
    let day = civil::parse("2021-06-16[America/New_York]").unwrap();
    assert!(day.is_day());
    assert_eq!(day.as_start(), at("2021-06-16T04:00:00Z"));
    assert_eq!(day.as_end(), at("2021-06-17T04:00:00Z"));
    assert_eq!(day.as_record(), at("2021-06-17T04:00:00Z"));
    assert_eq!(day, civil::parse(&day.to_string()).unwrap());
}

#[test]
fn a_day_on_which_clocks_change_has_23_or_25_hours() {
    let hours = |text: &str| {
        let day = civil::parse(text).unwrap();
        (day.as_end() - day.as_start()).num_hours()
    };
    assert_eq!(hours("2020-03-08[America/New_York]"), 23);
    assert_eq!(hours("2020-11-01[America/New_York]"), 25);
    assert_eq!(hours("2020-09-20[America/New_York]"), 24);
}

#[test]
fn a_day_whose_midnight_was_skipped_starts_at_its_first_instant() {
    // In São Paulo clocks went from 00:00 to 01:00 on 4 November 2018.
    let day = civil::parse("2018-11-04[America/Sao_Paulo]").unwrap();
    assert_eq!(day.as_start(), at("2018-11-04T03:00:00Z"));
    assert_eq!(day.as_end(), at("2018-11-05T02:00:00Z"));
    refused(
        "2018-11-04T00:30:00[America/Sao_Paulo]",
        "`2018-11-04T00:30:00[America/Sao_Paulo]` did not occur: clocks in America/Sao_Paulo went from \
         2018-11-03T23:59:59-03:00[America/Sao_Paulo] to 2018-11-04T01:00:00-02:00[America/Sao_Paulo]; write one of \
         the two, or the instant in UTC",
    );
}

#[test]
fn a_day_that_a_country_left_out_did_not_occur() {
    // Samoa went from 29 to 31 December 2011.
    assert!(matches!(civil::parse("2011-12-30[Pacific/Apia]"), Err(TimeError::Skipped { .. })));
    assert!(matches!(civil::parse("2011-12-30T12:00:00[Pacific/Apia]"), Err(TimeError::Skipped { .. })));
    assert!(civil::parse("2011-12-31[Pacific/Apia]").is_ok());
}

#[test]
fn a_repeated_time_needs_its_offset_and_takes_either() {
    refused(
        "2020-11-01T01:30:00[America/New_York]",
        "`2020-11-01T01:30:00[America/New_York]` occurred twice in America/New_York; write \
         `2020-11-01T01:30:00-04:00[America/New_York]` or `2020-11-01T01:30:00-05:00[America/New_York]`",
    );
    let instant_of = |text: &str| civil::parse(text).unwrap().as_start();
    assert_eq!(instant_of("2020-11-01T01:30:00-04:00[America/New_York]"), at("2020-11-01T05:30:00Z"));
    assert_eq!(instant_of("2020-11-01T01:30:00-05:00[America/New_York]"), at("2020-11-01T06:30:00Z"));
}

#[test]
fn the_edges_of_a_gap_and_of_a_fold_are_ordinary_times() {
    for (text, utc) in [
        ("2020-03-08T01:59:59[America/New_York]", "2020-03-08T06:59:59Z"),
        ("2020-03-08T03:00:00[America/New_York]", "2020-03-08T07:00:00Z"),
        ("2020-11-01T00:59:59[America/New_York]", "2020-11-01T04:59:59Z"),
        ("2020-11-01T02:00:00[America/New_York]", "2020-11-01T07:00:00Z"),
    ] {
        assert_eq!(civil::parse(text).unwrap().as_start(), at(utc), "{text}");
    }
}

#[test]
fn an_offset_that_the_zone_did_not_have_is_refused() {
    // The printed text of September 2020 said 'eastern standard time' while daylight time was in force.
    refused(
        "2020-09-20T23:59:00-05:00[America/New_York]",
        "`2020-09-20T23:59:00-05:00[America/New_York]` gives the offset `-05:00`, but America/New_York was at `-04:00` then",
    );
}

#[test]
fn a_time_within_bounds_reaches_from_the_first_second_of_one_to_the_last_of_the_other() {
    for (text, earliest, latest) in [
        ("2021-01-20..2021-02-28[America/Los_Angeles]", "2021-01-20T08:00:00Z", "2021-03-01T07:59:59Z"),
        ("2020-09-19..2020-09-19[America/Los_Angeles]", "2020-09-19T07:00:00Z", "2020-09-20T06:59:59Z"),
        (
            "2025-01-18T22:15:00..2025-01-18T22:45:00[America/New_York]",
            "2025-01-19T03:15:00Z",
            "2025-01-19T03:45:00Z",
        ),
        ("2025-01-18T22:15:00..2025-01-18[America/New_York]", "2025-01-19T03:15:00Z", "2025-01-19T04:59:59Z"),
        (
            "2020-11-01T01:30:00-04:00..2020-11-01T01:30:00-05:00[America/New_York]",
            "2020-11-01T05:30:00Z",
            "2020-11-01T06:30:00Z",
        ),
        ("2020-09-21T03:59:00Z..2020-09-21T04:59:00+00:00", "2020-09-21T03:59:00Z", "2020-09-21T04:59:00Z"),
        ("..2024-04-19[Asia/Shanghai]", "0000-01-01T00:00:00Z", "2024-04-19T15:59:59Z"),
        ("2021-06-16..[America/New_York]", "2021-06-16T04:00:00Z", "9999-12-31T00:00:00Z"),
    ] {
        let time = civil::parse(text).unwrap();
        assert!(time.is_uncertain() && !time.is_day(), "{text}");
        assert_eq!((time.earliest(), time.latest()), (at(earliest), at(latest)), "{text}");
        let counted = [time.as_start(), time.as_end(), time.as_record()];
        assert_eq!(counted, [time.latest(); 3], "{text} counts from its latest");
        assert_eq!(time.to_string(), text);
        assert_eq!(civil::parse(text).unwrap(), time);
    }
}

#[test]
fn bounds_that_leave_no_room_or_are_no_times_are_refused() {
    refused(
        "2021-02-28..2021-01-20[UTC]",
        "the latest `2021-01-20[UTC]` is not after the earliest `2021-02-28[UTC]`; where the time is known, state it alone",
    );
    refused(
        "2021-02-28T10:00:00..2021-02-28T10:00:00[UTC]",
        "the latest `2021-02-28T10:00:00[UTC]` is not after the earliest `2021-02-28T10:00:00[UTC]`; where the time is \
         known, state it alone",
    );
    for text in [
        "..",
        "..[UTC]",
        "2020-09-19..2020-09-20",
        "2020-09-19...2020-09-20[UTC]",
        "2020-09-19..soon[UTC]",
        "a..b..c[UTC]",
    ] {
        assert!(civil::parse(text).is_err(), "{text}");
    }
}

#[test]
fn what_is_no_time_is_refused_with_the_forms_that_are() {
    let forms = "is not a time; write an instant `2020-09-21T03:59:00Z`, a civil time with its zone \
                 `2020-09-20T23:59:00[America/New_York]`, a whole day `2020-09-20[America/New_York]`, or two of \
         them with `..` between";
    for text in [
        "",
        "soon",
        "2020-9-1[UTC]",
        "2020-02-30[UTC]",
        "20 Sept 2020",
        "2020-09-20T25:00:00[UTC]",
        "[UTC]",
        "]",
        "2020-09-20T23:59[UTC]",
    ] {
        refused(text, &format!("`{text}` {forms}"));
    }
    refused(
        "2020-09-20",
        "`2020-09-20` has no zone; write `2020-09-20[UTC]` or name the place, `2020-09-20[America/New_York]`",
    );
    refused(
        "2020-09-20[America/NewYork]",
        "`America/NewYork` is not an IANA zone; did you mean `America/New_York`?",
    );
    assert!(instant("2016-12-31T23:59:60Z").is_err(), "a leap second is not rounded");
    assert!(instant("0000-01-01T00:00:00+23:59").is_err(), "a year that cannot be written");
}

#[test]
fn a_period_is_closed_at_its_start_and_open_at_its_end() {
    let period = Period::new(at("2020-01-01T00:00:00Z"), at("2020-01-02T00:00:00Z")).unwrap();
    assert!(period.contains(period.start()));
    assert!(!period.contains(period.end().unwrap()));
    assert!(Period::new(period.start(), period.start()).is_err());
}

#[test]
fn knowledge_is_best_unless_a_time_is_named() {
    let noon = at("2020-01-01T12:00:00Z");
    assert_eq!(AsOf::from(noon).known(), Known::Best);
    assert_eq!(AsOf::from(noon).known_at(noon).known(), Known::At(noon));
    assert_eq!(Dated::from(noon).as_start(), Dated::from(noon).as_record());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, rng_seed: proptest::test_runner::RngSeed::Fixed(1_600_646_340), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_timeline_gives_at_every_instant_the_last_change_before_it(
        changes in proptest::collection::vec((0_i64..20, 0_u8..3), 0..12),
    ) {
        let day = |n: i64| at("2020-01-01T00:00:00Z") + TimeDelta::days(n);
        let line = Timeline::from_changes(9, changes.iter().map(|(n, value)| (day(*n), *value)));
        for n in -1..21 {
            let expected = changes.iter().enumerate().filter(|(_, (start, _))| *start <= n).max_by_key(|(place, (start, _))| (*start, *place)).map_or(9, |(_, (_, value))| *value);
            prop_assert_eq!(*line.at(day(n)), expected);
        }
        let periods: Vec<_> = line.iter().collect();
        prop_assert_eq!(periods.len(), line.len());
        for pair in periods.windows(2) {
            prop_assert_eq!(pair[0].0.end(), Some(pair[1].0.start()));
            prop_assert_ne!(pair[0].1, pair[1].1);
        }
        prop_assert_eq!(periods[periods.len() - 1].0.end(), None);
    }

    #[test]
    fn every_text_is_a_time_or_an_error_and_what_is_a_time_reads_back(text in "[0-9T:Z+\\-\\[\\].A-Za-z/_]{0,40}") {
        if let Ok(dated) = civil::parse(&text) {
            prop_assert_eq!(civil::parse(&dated.to_string()).unwrap(), dated);
        }
    }

    #[test]
    fn a_time_within_bounds_reads_back_as_it_was(first in 0_i64..2_000_000_000, length in 1_i64..90_000_000) {
        let (first, last) = (DateTime::from_timestamp(first, 0).unwrap(), DateTime::from_timestamp(first + length, 0).unwrap());
        for time in [Dated::between(first, last).unwrap(), Dated::at_the_latest(last), Dated::at_the_earliest(first)] {
            prop_assert_eq!(civil::parse(&time.to_string()).unwrap(), time);
        }
    }

    #[test]
    fn a_civil_time_that_occurred_once_reads_back_by_its_instant(seconds in 0_i64..2_000_000_000, zone in prop_oneof!["America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "America/Sao_Paulo"]) {
        let utc = DateTime::from_timestamp(seconds, 0).unwrap();
        let there = utc.with_timezone(&zone.parse::<chrono_tz::Tz>().unwrap());
        let text = format!("{}[{zone}]", there.format("%Y-%m-%dT%H:%M:%S%:z"));
        prop_assert_eq!(civil::parse(&text).unwrap().as_start(), utc);
        match civil::parse(&format!("{}[{zone}]", there.format("%Y-%m-%dT%H:%M:%S"))) {
            Ok(dated) => prop_assert_eq!(dated.as_start(), utc),
            Err(error) => prop_assert!(matches!(error, TimeError::Repeated { .. }), "{}", error),
        }
    }
}
