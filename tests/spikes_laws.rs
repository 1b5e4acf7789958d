//! What holds of every series of downloads, whatever its numbers: laws of the measured spikes.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::float_cmp,
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "tests stop at the first surprise"
)]

#[path = "../examples/generator/mod.rs"]
mod generator;
#[path = "spikes/made.rs"]
mod made;
#[path = "spikes/numbers.rs"]
mod numbers;

use delisted::downloads::{
    Baseline, Count, Found, MeasuredSpike, Multiple, NoSpike, Note, PValue, Panel, Reading, Scan, SeriesView,
    Verdict, Watch, Window,
};
use generator::{Condition, Recipe};
use made::{Made, later, law, start, tame, wild};
use numbers::{sound, sound_rise, sound_verdict, worded};
use proptest::{prelude::*, test_runner::TestCaseError};

type Measured = Result<MeasuredSpike, NoSpike>;

/// The numbers of an answer to the last bit, and its notes, its days counted from `origin`; why there is none.
fn bits(measured: &Measured, made: &Made) -> String {
    let since = |day: delisted::downloads::Day| day.days_since(made.first);
    match measured {
        Ok(spike) => {
            let numbers = [
                Some(spike.observed()),
                Some(spike.expected()),
                spike.multiple_low().map(Multiple::value),
                spike.multiple_high().map(Multiple::value),
                spike.p().map(PValue::value),
            ];
            let numbers = numbers.map(|number| number.map(f64::to_bits));
            let notes: Vec<String> = spike
                .notes()
                .iter()
                .map(|note| match note {
                    Note::Partial { day } => format!("partial {}", since(*day)),
                    other => other.to_string(),
                })
                .collect();
            format!("{} {numbers:?} {notes:?}", since(spike.window().first()))
        }
        Err(NoSpike::Missing { day }) => format!("missing {}", since(*day)),
        Err(NoSpike::Censored { day, below }) => format!("censored {} {below}", since(*day)),
        Err(NoSpike::Structural { day }) => format!("structural {}", since(*day)),
        Err(NoSpike::NeedsDay { day, needed }) => format!("{} needs {}", since(*day), since(*needed)),
        Err(NoSpike::TooShort { counts, least, .. }) => format!("short {counts} {least}"),
        Err(NoSpike::OneDay { days, .. }) => format!("one day, not {days}"),
        Err(NoSpike::Unfitted { reason, .. }) => format!("unfitted {reason}"),
        Err(other) => format!("{other}"),
    }
}

fn every_baseline(series: SeriesView<'_>, window: Window, lead: u8) -> Vec<Measured> {
    Baseline::ALL.map(|baseline| series.spike_after(window, baseline, lead)).into()
}

fn fails(why: String) -> TestCaseError {
    TestCaseError::fail(why)
}

#[test]
fn whole_weeks_later_everything_is_the_same_but_the_dates() {
    let weeks = prop_oneof![-500..0_i64, 1..2_000_i64];
    law(
        300,
        (wild(120), 1..16_usize, 0..10_usize, 0..4_u8, weeks),
        |(readings, days, end, lead, weeks), seen| {
            let here = Made::of(start(), &readings);
            let there = Made::of(later(start(), 7 * weeks), &readings);
            let spikes =
                [&here, &there].map(|made| every_baseline(made.view(), made.window(days, end), lead));
            for (one, other) in spikes[0].iter().zip(&spikes[1]) {
                prop_assert_eq!(bits(one, &here), bits(other, &there));
            }
            prop_assert!(here.view().verdicts().eq(there.view().verdicts()));
            let breaks = [&here, &there].map(|made| {
                let breaks = made.view().breaks(2);
                breaks.map(|days| days.into_iter().map(|day| day.days_since(made.first)).collect::<Vec<_>>())
            });
            prop_assert_eq!(&breaks[0], &breaks[1]);
            let rises = [&here, &there].map(|made| {
                let rise = made.view().rise(made.window(days, end)).unwrap();
                let days = [rise.onset(), Some(rise.peak()), rise.back()];
                (days.map(|day| day.map(|day| day.days_since(made.first))), rise.missing_after())
            });
            prop_assert_eq!(&rises[0], &rises[1]);
            seen.see("a spike", spikes[0].iter().any(Result::is_ok));
            seen.see("a spike at its level", spikes[0][3].is_ok());
            seen.see("a reason", spikes[0].iter().any(Result::is_err));
            seen.see("an onset", rises[0].0[0].is_some());
            Ok(())
        },
    );
}

#[test]
fn counts_times_a_number_expect_and_exceed_times_that_number() {
    law(200, (tame(78..=110), 1..5_usize, 2..2_000_u32), |(readings, days, factor), seen| {
        let made = Made::of(start(), &readings);
        let times = f64::from(factor);
        let scaled = Made { counts: made.counts.iter().map(|count| count * times).collect(), ..made.clone() };
        let window = made.window(days, 0);
        let of = |made: &Made, baseline| made.view().spike(window, baseline);
        for baseline in [Baseline::WeekEarlier, Baseline::WeekdayMedian, Baseline::WeekdayMean] {
            match (of(&made, baseline), of(&scaled, baseline)) {
                (Ok(one), Ok(many)) => {
                    let tolerance = 1e-9 * many.observed().max(many.expected());
                    prop_assert!((many.expected() - times * one.expected()).abs() <= tolerance);
                    prop_assert!((many.excess() - times * one.excess()).abs() <= tolerance);
                    let multiples = [&one, &many].map(|spike| spike.multiple().unwrap().value());
                    prop_assert!((multiples[0] / multiples[1] - 1.0).abs() <= 1e-9);
                    seen.see("an excess of a tenth", one.excess() > 0.1 * one.expected());
                }
                (one, many) => prop_assert_eq!(one, many),
            }
        }
        // Here the level is drawn towards one by how noisy the counts are, which counting makes a little less of.
        if let (Ok(one), Ok(many)) = (of(&made, Baseline::WeekdayLevel), of(&scaled, Baseline::WeekdayLevel))
        {
            let apart = many.expected() / (times * one.expected()) - 1.0;
            prop_assert!(apart.abs() <= 0.01, "{} apart", apart);
            seen.see("a level", true);
        }
        Ok(())
    });
}

#[test]
fn the_order_of_a_panels_rows_is_the_order_of_its_answers_and_nothing_else() {
    let rows = prop::collection::vec(wild(90), 2..7);
    let rows = rows.prop_flat_map(|rows| {
        let order: Vec<usize> = (0..rows.len()).collect();
        (Just(rows), Just(order).prop_shuffle())
    });
    law(120, (rows, 0..8_usize), |((rows, order), end), seen| {
        let made: Vec<Made> = rows.iter().map(|readings| Made::of(start(), readings)).collect();
        let panel = Panel::of_series(made.iter().map(Made::view));
        let shuffled = Panel::of_series(order.iter().map(|row| made[*row].view()));
        let window = made[0].window(1, end);
        for baseline in Baseline::ALL {
            let (one, other) = (panel.spikes(window, baseline, 0), shuffled.spikes(window, baseline, 0));
            prop_assert_eq!(
                order.iter().map(|row| &one[*row]).collect::<Vec<_>>(),
                other.iter().collect::<Vec<_>>()
            );
        }
        let (one, other) = (panel.scan(Scan::default()), shuffled.scan(Scan::default()));
        prop_assert_eq!(one.tests(), other.tests());
        let told = |found: &Found, row: usize| {
            (
                row,
                found.spike().window().first(),
                format!("{:?} {:?}", found.spike(), found.rise()),
                found.best_day(),
                found.adjusted(),
            )
        };
        let mut back: Vec<_> = other.spikes().iter().map(|found| told(found, order[found.row()])).collect();
        back.sort_by_key(|(row, first, ..)| (*row, *first));
        prop_assert_eq!(one.spikes().iter().map(|found| told(found, found.row())).collect::<Vec<_>>(), back);
        seen.see("rows that changed places", order.iter().enumerate().any(|(at, row)| at != *row));
        seen.see("a spike found", !one.spikes().is_empty());
        Ok(())
    });
}

#[test]
fn rows_are_answered_in_the_order_in_which_they_came() {
    let days = 70;
    let counts: Vec<u32> = (0..500_u32).flat_map(|row| vec![row + 1; days]).collect();
    let panel = Panel::of_rows(start(), days, &counts).unwrap();
    let window = Window::of_day(later(start(), 69));
    for baseline in [Baseline::WeekEarlier, Baseline::WeekdayMedian, Baseline::WeekdayLevel] {
        let expected: Vec<f64> = panel
            .spikes(window, baseline, 0)
            .iter()
            .map(|spike| spike.as_ref().unwrap().expected())
            .collect();
        assert_eq!(expected, (1..=500).map(f64::from).collect::<Vec<_>>());
    }
    let mut surging = counts;
    for row in (0..500).step_by(7) {
        surging[row * days + 60] = 90_000;
        surging[row * days + 40] = 90_000;
    }
    let panel = Panel::of_rows(start(), days, &surging).unwrap();
    let found: Vec<_> = panel
        .scan(Scan::default())
        .spikes()
        .iter()
        .map(|found| (found.row(), found.spike().window().first()))
        .collect();
    let placed: Vec<_> =
        (0..500).step_by(7).flat_map(|row| [(row, later(start(), 40)), (row, later(start(), 60))]).collect();
    assert_eq!(found, placed);
}

#[test]
fn missing_days_before_the_first_and_after_the_last_change_nothing() {
    let around = (0..40_usize, 0..40_usize);
    law(
        300,
        (wild(120), 1..10_usize, 0..10_usize, around),
        |(readings, days, end, (before, after)), seen| {
            let made = Made::of(start(), &readings);
            let mut more = vec![Reading::Missing; before];
            more.extend(&readings);
            more.extend(vec![Reading::Missing; after]);
            let padded = Made::of(later(start(), -i64::try_from(before).unwrap()), &more);
            let window = made.window(days, end);
            let answers = [&made, &padded].map(|padded| every_baseline(padded.view(), window, 0));
            for (one, other) in answers[0].iter().zip(&answers[1]) {
                prop_assert_eq!(bits(one, &made), bits(other, &made));
            }
            let verdicts: Vec<Verdict> = padded.view().verdicts().skip(before).take(readings.len()).collect();
            prop_assert_eq!(made.view().verdicts().collect::<Vec<_>>(), verdicts);
            prop_assert_eq!(made.view().breaks(1), padded.view().breaks(1));
            prop_assert_eq!(made.view().rise(window), padded.view().rise(window));
            let tests = [&made, &padded].map(|made| Panel::of_series([made.view()]).scan(Scan::default()));
            prop_assert_eq!(&tests[0], &tests[1]);
            seen.see("days on both sides", before > 0 && after > 0);
            seen.see("a spike at its level", answers[0][3].is_ok());
            Ok(())
        },
    );
}

#[test]
fn missing_days_before_the_first_are_no_history_of_the_count_model() {
    law(60, (tame(375..=410), 1..40_usize), |(readings, before), seen| {
        let made = Made::of(start(), &readings);
        let mut more = vec![Reading::Missing; before];
        more.extend(&readings);
        let padded = Made::of(later(start(), -i64::try_from(before).unwrap()), &more);
        let window = made.window(1, 0);
        let answers = [&made, &padded].map(|made| made.view().spike(window, Baseline::CountModel));
        prop_assert_eq!(bits(&answers[0], &made), bits(&answers[1], &made));
        seen.see("a spike", answers[0].is_ok());
        seen.see("a reason", answers[0].is_err());
        Ok(())
    });
}

#[test]
fn missing_days_before_the_first_are_no_week_of_ears() {
    let counts = [9.0, 8.0, 7.0, 9.0, 8.0, 40.0];
    let padded: Vec<f64> = [f64::NAN; 20].into_iter().chain(counts).collect();
    for baseline in [Baseline::EarsC1, Baseline::EarsC2] {
        let short = SeriesView::of_f64(start(), &counts).unwrap();
        let long = SeriesView::of_f64(later(start(), -20), &padded).unwrap();
        let window = Window::of_day(later(start(), 5));
        let refused = short.spike(window, baseline).unwrap_err();
        assert_eq!(long.spike(window, baseline), Err(refused));
    }
}

#[test]
fn the_days_of_the_event_never_enter_the_baseline() {
    let window = (prop_oneof![Just(1_usize), 1..40_usize], 0..8_usize, 0..8_u8);
    law(150, (tame(400..=460), window, 0.0..40.0_f64), |(readings, (days, end, lead), factor), seen| {
        let made = Made::of(start(), &readings);
        let window = made.window(days, end);
        let mut raised = made.clone();
        let opens = usize::try_from(window.first().days_since(made.first)).unwrap();
        for (at, count) in raised.counts.iter_mut().enumerate().skip(opens) {
            *count = (*count * factor + f64::from(u32::try_from(at % 3).unwrap())).round();
        }
        for (one, other) in
            every_baseline(made.view(), window, lead).iter().zip(every_baseline(raised.view(), window, lead))
        {
            match (one, &other) {
                (Ok(one), Ok(other)) => {
                    prop_assert_eq!(
                        one.expected().to_bits(),
                        other.expected().to_bits(),
                        "{}",
                        one.baseline()
                    );
                    seen.see(one.baseline().name(), true);
                }
                (Err(one), Err(other)) => prop_assert_eq!(one, other),
                _ => return Err(fails(format!("{one:?} became {other:?}"))),
            }
        }
        seen.see("another count", factor > 1.5);
        Ok(())
    });
}

#[test]
fn an_interval_contains_its_estimate_and_an_increase_is_a_multiple_less_one() {
    law(400, (wild(150), 1..15_usize, 0..10_usize), |(readings, days, end), seen| {
        let made = Made::of(start(), &readings);
        for spike in every_baseline(made.view(), made.window(days, end), 0).iter().flatten() {
            let Some(multiple) = spike.multiple() else { continue };
            prop_assert_eq!(spike.increase().unwrap().value(), multiple.value() - 1.0);
            prop_assert_eq!(spike.increase(), Some(multiple.increase()));
            // The excess is a difference of numbers that may be large, and right to their last digits.
            let rounding = 1e-12 * spike.observed().max(spike.expected());
            if let Some(low) = spike.multiple_low() {
                prop_assert!(low <= multiple, "{}", spike);
                prop_assert!(spike.excess_low().unwrap() <= spike.excess() + rounding, "{}", spike);
                seen.see("a lower end", true);
                seen.see("a lower end above one", low.value() > 1.0);
            }
            if let Some(high) = spike.multiple_high() {
                prop_assert!(multiple <= high, "{}", spike);
                // It is none only where it would be beyond the range of numbers.
                let most = spike.excess_high().unwrap_or(f64::MAX);
                prop_assert!(spike.excess_high().is_some() || high.value() > 1e250, "{}", spike);
                prop_assert!(most >= spike.excess() - rounding, "{}", spike);
                seen.see("an upper end", true);
            }
        }
        Ok(())
    });
}

#[test]
fn the_stream_says_what_the_batch_says_to_the_last_bit() {
    law(150, wild(150), |readings, seen| {
        let made = Made::of(start(), &readings);
        let mut watch = Watch::new();
        for (at, batch) in made.view().verdicts().enumerate() {
            let streamed = watch.push(readings[at]);
            prop_assert_eq!(streamed, batch);
            let day = later(start(), i64::try_from(at).unwrap());
            match made.view().spike(Window::of_day(day), Baseline::WeekdayLevel) {
                Ok(spike) => {
                    let numbers = [spike.observed(), spike.expected(), spike.p().unwrap().value()];
                    let verdict = [batch.observed(), batch.expected(), batch.p().map(PValue::value)];
                    prop_assert_eq!(
                        numbers.map(|number| Some(number.to_bits())),
                        verdict.map(|number| number.map(f64::to_bits)),
                        "day {}",
                        at
                    );
                    seen.see("a verdict", true);
                    seen.see("a verdict on a partial day", matches!(readings[at], Reading::Partial(_)));
                }
                Err(_) => prop_assert!(batch.observed().is_none() || batch.expected().is_none(), "day {at}"),
            }
        }
        Ok(())
    });
}

#[cfg(feature = "serde")]
#[test]
fn a_watch_put_away_in_the_middle_goes_on_as_if_it_had_not_been() {
    law(150, (wild(150), any::<prop::sample::Index>()), |(readings, middle), seen| {
        let middle = middle.index(readings.len());
        let mut whole = Watch::new();
        let mut resumed = Watch::new();
        for (at, reading) in readings.iter().enumerate() {
            if at == middle {
                let stored = serde_json::to_string(&resumed).unwrap();
                resumed = serde_json::from_str(&stored).map_err(|why| fails(format!("day {at}: {why}")))?;
            }
            let (one, other) = (whole.push(*reading), resumed.push(*reading));
            prop_assert_eq!(one, other, "day {}", at);
            seen.see("an expectation after the middle", at > middle && other.expected().is_some());
        }
        prop_assert_eq!(whole.days(), resumed.days());
        Ok(())
    });
}

#[test]
fn p_values_of_quiet_days_fall_evenly() {
    // With a mean of 1,000 the counts are so fine that p is nearly continuous. One day of each series is taken, since
    // days of one series share their baseline.
    let series: u64 = 4_000;
    let recipe = Recipe { mean: 1_000.0, k: 20.0, condition: Condition::Clean, days: 120, surge: 1.0 };
    let mut bins = [0.0_f64; 10];
    for seed in 0..series {
        let counts = recipe.series(seed);
        let view = SeriesView::of_f64(start(), &counts).unwrap();
        let p = view.verdicts().last().unwrap().p().unwrap().value();
        bins[((p * 10.0) as usize).min(9)] += 1.0;
    }
    let expected = f64::from(u32::try_from(series).unwrap()) / 10.0;
    let chi_square: f64 = bins.iter().map(|bin| (bin - expected) * (bin - expected) / expected).sum();
    println!("chi-square {chi_square:.1} of {bins:?}");
    // The 99.9 % point of chi-square with nine degrees of freedom.
    assert!(chi_square <= 27.88, "chi-square {chi_square} of {bins:?}");
}

#[test]
fn no_number_that_is_none_comes_of_any_readings() {
    law(400, (wild(170), 1..40_usize, 0..20_usize, 0..40_u8), |(readings, days, end, lead), seen| {
        let made = Made::of(start(), &readings);
        let (view, window) = (made.view(), made.window(days, end));
        let spikes = every_baseline(view, window, lead);
        for spike in &spikes {
            match spike {
                Ok(spike) => sound(spike).map_err(fails)?,
                Err(reason) => worded(&reason.to_string()).map_err(fails)?,
            }
        }
        for verdict in view.verdicts() {
            sound_verdict(&verdict).map_err(fails)?;
            seen.see("a verdict", verdict.expected().is_some());
        }
        let rise = view.rise(window).map_err(|why| fails(why.to_string()))?;
        sound_rise(&rise).map_err(fails)?;
        worded(&view.compare(window, lead).to_string()).map_err(fails)?;
        let panel = Panel::of_series([view, view]);
        for panel in [panel.pooled(), panel] {
            for found in panel.scan(Scan::new(0.5).unwrap()).spikes() {
                sound(found.spike()).map_err(fails)?;
                sound_rise(found.rise()).map_err(fails)?;
                prop_assert!(found.best_day() <= found.adjusted());
                seen.see("a spike found", true);
            }
        }
        let largest =
            readings.iter().filter_map(|reading| reading.counted()).map(Count::value).fold(0.0, f64::max);
        seen.see("a spike", spikes.iter().any(Result::is_ok));
        seen.see("a reason", spikes.iter().any(Result::is_err));
        seen.see("counts beyond a million millions", largest > 1e12);
        seen.see("an onset", rise.onset().is_some());
        Ok(())
    });
}
