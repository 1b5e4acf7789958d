//! Series on which a careless method divides by zero, takes a gap for a zero, or learns from the spike itself.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::float_cmp,
    reason = "tests stop at the first surprise"
)]

#[path = "spikes/numbers.rs"]
mod numbers;

use delisted::{
    Store,
    downloads::{
        Baseline, Count, Day, DownloadSeries, MeasuredSpike, Metric, Note, PValue, Panel, Reading,
        ReportingZone, Scan, SeriesBuilder, SeriesKey, SeriesView, Spike, Verdict, Vintage, Watch, Window,
    },
};
use numbers::{sound, sound_rise, sound_verdict, worded};

/// A Thursday, eleven whole weeks before the decree of 17 June 2021.
const FIRST: &str = "2021-04-01";
const DECREE: &str = "2021-06-17";
const DECREE_AT: usize = 77;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn window(text: &str) -> Window {
    text.parse().unwrap()
}

fn after(offset: usize) -> Day {
    day(FIRST).checked_add(i32::try_from(offset).unwrap()).unwrap()
}

/// Downloads of an app of some size: a week, and a little noise that is the same each time.
fn quiet(days: u32) -> Vec<f64> {
    (0..days).map(|day| f64::from(1_000 + 60 * (day % 7) + day * 7_919 % 53)).collect()
}

fn view(counts: &[f64]) -> SeriesView<'_> {
    SeriesView::of_f64(day(FIRST), counts).unwrap()
}

#[track_caller]
fn spike(counts: &[f64], baseline: Baseline) -> MeasuredSpike {
    let spike = view(counts).spike(window(DECREE), baseline).unwrap();
    sound(&spike).unwrap();
    spike
}

fn level_of(counts: &[f64]) -> f64 {
    spike(counts, Baseline::WeekdayLevel).expected()
}

#[track_caller]
fn near(ours: f64, other: f64, share: f64) {
    assert!((ours / other - 1.0).abs() <= share, "{ours} is not within {share} of {other}");
}

fn builder(zone: ReportingZone) -> SeriesBuilder {
    let key = SeriesKey::new("wechat".parse().unwrap(), Store::APP_STORE, "US".parse().unwrap());
    DownloadSeries::builder(key, Metric::FirstDownloads, zone)
}

#[test]
fn all_zeros_expect_zero_and_nothing_stands_out() {
    let counts = [0.0; DECREE_AT + 1];
    for baseline in
        [Baseline::WeekEarlier, Baseline::WeekdayMedian, Baseline::WeekdayMean, Baseline::WeekdayLevel]
    {
        let zero = spike(&counts, baseline);
        assert_eq!((zero.observed(), zero.expected(), zero.excess()), (0.0, 0.0, 0.0), "{baseline}");
        assert_eq!((zero.multiple(), zero.increase()), (None, None), "{baseline}");
        assert!(zero.notes().contains(&Note::TinyBaseline), "{baseline}");
        assert!(zero.p().is_none_or(|p| p.value() == 1.0), "{baseline}");
    }
    let verdicts: Vec<Verdict> = view(&counts).verdicts().collect();
    let expecting = verdicts.iter().filter(|verdict| verdict.expected() == Some(0.0)).count();
    assert_eq!(expecting, DECREE_AT + 1 - 21, "three weeks come before the first verdict");
    assert!(verdicts.iter().filter_map(Verdict::p).all(|p| p.value() == 1.0));
    assert!(verdicts.iter().all(|verdict| verdict.multiple().is_none()));
    assert!(Panel::of_series([view(&counts)]).scan(Scan::default()).spikes().is_empty());
    let rise = view(&counts).rise(window(DECREE)).unwrap();
    assert_eq!((rise.onset(), rise.missing_after()), (None, None));
}

#[test]
fn one_observation_is_measured_against_nothing() {
    let series = SeriesView::of_u32(day(DECREE), &[54_000]).unwrap();
    for baseline in Baseline::ALL {
        let refused = series.spike(window(DECREE), baseline).unwrap_err().to_string();
        assert!(refused.contains(DECREE), "{baseline}: {refused}");
    }
    let verdict = series.verdicts().next().unwrap();
    assert_eq!((verdict.observed(), verdict.expected(), verdict.p()), (Some(54_000.0), None, None));
    assert_eq!(Panel::of_series([series]).scan(Scan::default()).tests(), 0);
    assert_eq!(series.compare(window(DECREE), 0).to_string(), format!("nothing to compare {DECREE} with"));
    assert_eq!(series.rise(window(DECREE)).unwrap().onset(), None);
    assert_eq!(series.breaks(0).unwrap(), []);
    assert_eq!(
        series.breaks(1).unwrap_err().to_string(),
        "`1` breaks need more than `1` days with a number, and there are 1"
    );
}

#[test]
fn no_baseline_is_a_reason_and_no_number() {
    let counts = quiet(14);
    let series = SeriesView::of_f64(day("2021-06-04"), &counts).unwrap();
    let refused = |baseline| series.spike(window(DECREE), baseline).unwrap_err().to_string();
    assert_eq!(
        refused(Baseline::WeekdayLevel),
        "no baseline for 2021-06-17: `13` counts before it are too few or too far apart for weekday-level, which needs 21"
    );
    assert_eq!(
        refused(Baseline::WeekdayMedian),
        "no baseline for 2021-06-17: `1` counts before it are too few or too far apart for weekday-median, which needs 2"
    );
    let early = series.spike(window("2021-06-05"), Baseline::WeekEarlier).unwrap_err();
    assert_eq!(early.to_string(), "no baseline for 2021-06-05: `2021-05-29` has no count");
}

#[test]
fn a_baseline_of_zero_has_no_multiple_but_a_lower_end() {
    let mut counts = vec![0.0; DECREE_AT];
    counts.push(500.0);
    for baseline in [Baseline::WeekdayMedian, Baseline::WeekdayMean, Baseline::WeekdayLevel] {
        let over_nothing = spike(&counts, baseline);
        assert_eq!((over_nothing.expected(), over_nothing.excess()), (0.0, 500.0), "{baseline}");
        assert_eq!((over_nothing.multiple(), over_nothing.increase()), (None, None), "{baseline}");
        assert_eq!((over_nothing.multiple_high(), over_nothing.excess_high()), (None, None), "{baseline}");
        assert!(over_nothing.multiple_low().is_some_and(|low| low.value() > 1.0), "{over_nothing}");
        assert!(over_nothing.p().is_some_and(|p| p.value() < 0.001), "{over_nothing}");
        assert!(over_nothing.to_string().contains("over which nothing is a multiple (it is at least"));
    }
    let week = spike(&counts, Baseline::WeekEarlier);
    assert_eq!((week.multiple(), week.multiple_low(), week.p()), (None, None, None));
    let verdict = view(&counts).verdicts().last().unwrap();
    sound_verdict(&verdict).unwrap();
    assert_eq!((verdict.expected(), verdict.multiple()), (Some(0.0), None));
    worded(&view(&counts).compare(window(DECREE), 0).to_string()).unwrap();
    sound_rise(&view(&counts).rise(window(DECREE)).unwrap()).unwrap();
}

#[test]
fn counts_of_a_million_millions_are_exact() {
    let usual = 1_000_000_000_001_i64;
    let mut counts = vec![usual; DECREE_AT];
    counts.extend([28 * usual, 28 * usual]);
    let series = SeriesView::of_i64(day(FIRST), &counts).unwrap();
    for baseline in
        [Baseline::WeekEarlier, Baseline::WeekdayMedian, Baseline::WeekdayMean, Baseline::WeekdayLevel]
    {
        let large = series.spike(window("2021-06-17..2021-06-18"), baseline).unwrap();
        sound(&large).unwrap();
        assert_eq!(large.observed(), 56_000_000_000_056.0, "{baseline}");
        assert_eq!(large.expected(), 2_000_000_000_002.0, "{baseline}");
        assert_eq!(large.multiple().unwrap().value(), 28.0, "{baseline}");
        assert_eq!(large.excess(), 54_000_000_000_054.0, "{baseline}");
        assert!(large.to_string().starts_with("56,000,000,000,056 against 2,000,000,000,002 expected"));
    }
    let mut watch = Watch::new();
    let verdict =
        counts[..=DECREE_AT].iter().map(|count| watch.push(Count::try_from(*count).unwrap())).last();
    assert_eq!(verdict.unwrap().expected(), Some(1_000_000_000_001.0));
    assert_eq!(Spike::of_totals(u64::MAX, 1).unwrap().excess(), i128::from(u64::MAX) - 1);
}

#[test]
fn a_negative_count_is_refused_by_series_day_and_value() {
    let refused = builder(ReportingZone::utc()).count(day("2020-09-19"), -412).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "wechat, app-store, US on 2020-09-19: `-412` is below 0: a refund is not a download, so clip it to 0 by rule \
         or leave it out"
    );
    let refused = SeriesView::of_f64(day("2020-09-18"), &[3.0, -0.5]).unwrap_err().to_string();
    assert!(refused.starts_with("2020-09-19: `-0.5` is below 0"), "{refused}");
}

#[test]
fn a_gap_over_the_baseline_is_left_out_and_said() {
    let whole = quiet(78);
    let mut gap = whole.clone();
    gap[66..71].fill(f64::NAN);
    let refused = view(&gap).spike(window(DECREE), Baseline::WeekEarlier).unwrap_err();
    assert_eq!(refused.to_string(), "no baseline for 2021-06-17: `2021-06-10` has no count");
    let median = spike(&gap, Baseline::WeekdayMedian);
    assert_eq!(median.notes(), [Note::Few { weeks: 3 }]);
    near(median.expected(), spike(&whole, Baseline::WeekdayMedian).expected(), 0.03);
    let level = spike(&gap, Baseline::WeekdayLevel);
    assert_eq!(level.notes(), [Note::Gap { days: 5 }]);
    near(level.expected(), level_of(&whole), 0.03);

    let mut nothing = whole;
    nothing[14..77].fill(f64::NAN);
    for baseline in Baseline::ALL {
        let refused = view(&nothing).spike(window(DECREE), baseline).unwrap_err().to_string();
        assert!(refused.contains(DECREE), "{baseline}: {refused}");
    }
}

#[test]
fn an_old_spike_does_not_move_the_expectation() {
    let quiet = quiet(78);
    let (level, median) = (level_of(&quiet), spike(&quiet, Baseline::WeekdayMedian).expected());
    for at in 0..DECREE_AT - 1 {
        for factor in [6.0, 20.0] {
            let mut old = quiet.clone();
            old[at] *= factor;
            old[at + 1] *= factor;
            let with = spike(&old, Baseline::WeekdayLevel);
            assert!((with.expected() / level - 1.0).abs() <= 0.03, "{at}, {factor}: {with}, not {level}");
            near(spike(&old, Baseline::WeekdayMedian).expected(), median, 0.03);
            let left_out = with.notes().iter().any(|note| matches!(note, Note::LeftOut { .. }));
            assert_eq!(left_out, at + 1 >= DECREE_AT - 56, "{at}: {with}");
        }
    }
}

#[test]
fn a_level_shift_is_a_spike_until_it_is_the_new_level() {
    let usual = quiet(140);
    for factor in [0.2, 0.5, 2.0, 3.0, 10.0, 100.0] {
        let mut counts = usual.clone();
        counts[70..].iter_mut().for_each(|count| *count = (*count * factor).round());
        let verdicts: Vec<Verdict> = view(&counts).verdicts().collect();
        for (at, verdict) in verdicts.iter().enumerate().skip(70) {
            let p = verdict.p().map(PValue::value);
            match at {
                70..76 if factor > 1.0 => assert!(p.is_some_and(|p| p < 0.001), "{factor}, {at}: {p:?}"),
                70..76 => assert!(p.is_some_and(|p| p > 0.999), "{factor}, {at}: {p:?}"),
                76..84 => {}
                _ => {
                    assert!(p.is_some_and(|p| (0.001..0.999).contains(&p)), "{factor}, {at}: {p:?}");
                    near(verdict.expected().unwrap(), factor * usual[at], 0.06);
                }
            }
        }
        assert_eq!(view(&counts).breaks(1).unwrap(), [after(70)]);
    }
}

#[test]
fn a_holiday_in_the_baseline_is_left_out_whether_low_or_high() {
    let quiet = quiet(78);
    for at in 40..DECREE_AT - 8 {
        let mut holiday = quiet.clone();
        holiday[at] *= 0.3;
        holiday[at + 8] *= 2.0;
        let level = spike(&holiday, Baseline::WeekdayLevel);
        near(level.expected(), level_of(&quiet), 0.03);
        assert!(level.notes().contains(&Note::LeftOut { days: 2 }), "{at}: {level}");
        let median = spike(&holiday, Baseline::WeekdayMedian).expected();
        near(median, spike(&quiet, Baseline::WeekdayMedian).expected(), 0.03);
    }
}

#[test]
fn a_censored_day_of_the_baseline_counts_as_the_most_it_may_be() {
    let counts: Vec<f64> = (0..78_u32).map(|day| f64::from(22 + day * 7_919 % 7)).collect();
    let censored =
        [(after(70), Reading::Censored { below: 20 }), (after(75), Reading::Censored { below: 20 })];
    let with = view(&counts).with_readings(&censored).unwrap();
    let level = with.spike(window(DECREE), Baseline::WeekdayLevel).unwrap();
    sound(&level).unwrap();
    assert!(level.notes().contains(&Note::Censored { days: 2 }), "{level}");
    let mut at_bound = counts.clone();
    (at_bound[70], at_bound[75]) = (19.0, 19.0);
    assert_eq!(level.expected(), level_of(&at_bound));
    assert!(
        with.spike(window(DECREE), Baseline::WeekEarlier).is_err(),
        "a bound is no count to compare with"
    );
}

#[test]
fn a_censored_day_of_the_window_has_no_multiple() {
    let counts = quiet(79);
    let censored = [(day(DECREE), Reading::Censored { below: 20 })];
    let series = view(&counts).with_readings(&censored).unwrap();
    for baseline in Baseline::ALL {
        assert_eq!(
            series.spike(window("2021-06-17..2021-06-18"), baseline).unwrap_err().to_string(),
            "`2021-06-17` of the window is known only to lie below `20`"
        );
    }
    let verdict = series.verdicts().nth(DECREE_AT).unwrap();
    assert_eq!((verdict.observed(), verdict.expected(), verdict.p()), (None, None, None));
}

#[test]
fn a_partial_last_day_is_measured_with_a_note_and_is_no_baseline() {
    let counts = quiet(85);
    let partial = [(day(DECREE), Reading::Partial(Count::from(812_u32)))];
    let missing = [(day(DECREE), Reading::Missing)];
    let series = view(&counts).with_readings(&partial).unwrap();
    let so_far = series.spike(window(DECREE), Baseline::WeekdayLevel).unwrap();
    assert_eq!(so_far.observed(), 812.0);
    assert_eq!(so_far.notes()[0], Note::Partial { day: day(DECREE) });
    assert!(so_far.to_string().ends_with("2021-06-17 was not over: the true count is higher"), "{so_far}");

    let later = |readings| {
        let series = view(&counts).with_readings(readings).unwrap();
        series.spike(window("2021-06-18"), Baseline::WeekdayLevel).unwrap()
    };
    assert_eq!(later(&partial), later(&missing));
    let week_later = series.spike(window("2021-06-24"), Baseline::WeekEarlier).unwrap_err();
    assert_eq!(week_later.to_string(), "no baseline for 2021-06-24: `2021-06-17` has no count");
}

#[test]
fn a_zero_of_an_app_off_the_store_is_no_zero() {
    let mut counts = quiet(78);
    counts[60..67].fill(0.0);
    let off: Vec<(Day, Reading)> = (60..67).map(|at| (after(at), Reading::Structural)).collect();
    let missing: Vec<(Day, Reading)> = (60..67).map(|at| (after(at), Reading::Missing)).collect();
    let level = |readings| {
        view(&counts).with_readings(readings).unwrap().spike(window(DECREE), Baseline::WeekdayLevel).unwrap()
    };
    assert_eq!(level(&off), level(&missing));
    near(level(&off).expected(), level_of(&quiet(78)), 0.03);
    let series = view(&counts).with_readings(&off).unwrap();
    assert_eq!(
        series.spike(Window::of_day(after(66)), Baseline::WeekdayLevel).unwrap_err().to_string(),
        "`2021-06-06` of the window is zero since the app was off the store"
    );
}

#[test]
fn a_series_that_starts_after_the_event_says_so() {
    let counts = quiet(78);
    let series = SeriesView::of_f64(day("2021-06-19"), &counts).unwrap();
    let text = "the window `2021-06-17..2021-06-18` lies outside the series, which runs from 2021-06-19 to 2021-09-04";
    let event = window("2021-06-17..2021-06-18");
    for baseline in Baseline::ALL {
        assert_eq!(series.spike(event, baseline).unwrap_err().to_string(), text);
    }
    assert_eq!(series.rise(event).unwrap_err().to_string(), text);
}

#[cfg(feature = "zones")]
#[test]
fn a_day_on_which_clocks_change_is_noted_with_its_hours() {
    let series = |last: &str, zone: &str| {
        let last = day(last);
        let mut series = builder(ReportingZone::iana(zone).unwrap());
        for (ago, count) in [(7, 1_000), (0, 28_000)] {
            series = series.count(last.checked_add(-ago).unwrap(), count).unwrap();
        }
        series.build().unwrap().spike(Window::of_day(last), Baseline::WeekEarlier, 0).unwrap()
    };
    let short = series("2021-03-14", "America/Los_Angeles");
    assert_eq!(short.notes(), [Note::DaylightSaving { day: day("2021-03-14"), hours: 23.0 }]);
    assert!(short.to_string().ends_with("; 2021-03-14 had 23 hours"), "{short}");
    let long = series("2021-11-07", "America/Los_Angeles");
    assert!(long.to_string().ends_with("; 2021-11-07 had 25 hours"), "{long}");
    assert_eq!(series("2021-03-14", "UTC").notes(), []);
    assert_eq!(series("2021-03-13", "America/Los_Angeles").notes(), []);
}

#[test]
fn twenty_eight_times_is_an_increase_of_2700_per_cent() {
    let mut counts = vec![100.0; DECREE_AT];
    counts.push(2_800.0);
    for baseline in
        [Baseline::WeekEarlier, Baseline::WeekdayMedian, Baseline::WeekdayMean, Baseline::WeekdayLevel]
    {
        let spike = spike(&counts, baseline);
        assert_eq!(spike.multiple().unwrap().value(), 28.0);
        assert_eq!(spike.increase().unwrap().value(), 27.0);
        assert_eq!(spike.increase().unwrap().percent(), 2_700.0);
        let text = spike.to_string();
        assert!(text.contains("28.0 times as many"), "{text}");
        assert!(text.contains("an increase of 27.0 times or 2,700 %"), "{text}");
    }
}

#[test]
fn two_vintages_never_share_a_series() {
    let (first, second) = (Vintage::new("vendor, model 3"), Vintage::new("vendor, model 4"));
    let refused = builder(ReportingZone::utc())
        .vintage(first.clone())
        .reading_of(day("2020-09-18"), 1_900, &first)
        .and_then(|series| series.reading_of(day("2020-09-19"), 54_000, &second))
        .unwrap_err();
    assert_eq!(
        refused.to_string(),
        "wechat, app-store, US on 2020-09-19: a reading of `vendor, model 4` in a series of `vendor, model 3`: two \
         versions never share a series"
    );
}

#[test]
fn a_week_earlier_with_a_surge_of_its_own_is_said() {
    let mut counts = quiet(78);
    let before = counts[70];
    counts[70] *= 4.0;
    counts[77] *= 8.0;
    let surge = spike(&counts, Baseline::WeekEarlier);
    let Some(Note::EarlierSurge { multiple }) = surge.notes().first() else { panic!("{surge}") };
    near(*multiple, 4.0, 0.05);
    assert!(surge.to_string().contains("that week had a surge of its own, 4.0 times its usual"), "{surge}");
    counts[70] = before;
    assert_eq!(spike(&counts, Baseline::WeekEarlier).notes(), []);
}

#[test]
fn no_p_value_is_printed_below_one_in_a_million() {
    let quiet = quiet(77);
    let (mut words, mut digits) = (0, 0);
    for factor in [1.0, 1.1, 1.2, 1.3, 1.5, 2.0, 5.0, 28.0, 1e3, 1e6] {
        let mut counts = quiet.clone();
        counts.push((1_000.0_f64 * factor).round());
        for baseline in [Baseline::WeekdayMedian, Baseline::WeekdayMean, Baseline::WeekdayLevel] {
            let p = spike(&counts, baseline).p().unwrap();
            let text = p.to_string();
            if p.is_below_limit() {
                assert_eq!(text, "under one in a million");
                words += 1;
            } else {
                assert!(text.parse::<f64>().unwrap() >= 1e-6, "{text}");
                digits += 1;
            }
        }
    }
    assert!(words > 5 && digits > 2, "{words} in words, {digits} in digits");
}
