//! Small counts and many tests: where a careless method is most sure of itself.
#![allow(
    clippy::unwrap_used,
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::indexing_slicing,
    reason = "tests stop at the first surprise"
)]

use std::collections::BTreeSet;

use delisted::downloads::{Baseline, Day, FalseDiscovery, Found, PValue, Panel, Scan, SeriesView};

fn first() -> Day {
    "2021-03-01".parse().unwrap()
}

/// Whole numbers that look like noise and are the same everywhere.
fn made_up(seed: u32, most: u32) -> u32 {
    let mixed = seed.wrapping_mul(2_654_435_761).rotate_left(13).wrapping_mul(2_246_822_519);
    (mixed >> 8) % most
}

#[test]
fn one_download_after_a_sparse_baseline_is_no_sensation_by_any_baseline() {
    let mut counts: Vec<u32> = (0..100).map(|day| u32::from(made_up(day, 11) == 0)).collect();
    counts[99] = 1;
    let series = SeriesView::of_u32(first(), &counts).unwrap();
    let mut tested = 0;
    for baseline in Baseline::ALL {
        let Ok(spike) = series.spike(series.last().to_string().parse().unwrap(), baseline) else { continue };
        if let Some(p) = spike.p() {
            assert!(p.value() > 0.001, "{baseline}: {spike}");
            tested += 1;
        }
        if let Some(low) = spike.multiple_low() {
            assert!(low.value() < 10.0, "{baseline}: {spike}");
        }
    }
    assert!(tested >= 3);
}

#[test]
fn intervals_of_small_counts_lie_near_the_exact_ones_of_a_poisson_mean() {
    let mut counts = vec![6_u32; 120];
    // Against 6 a day: the exact limits of the mean over 6, and how far ours may lie from them.
    let table = [(0_u32, 0.0, 0.61), (1, 0.004, 0.93), (3, 0.10, 1.46), (10, 0.80, 3.07), (30, 3.37, 7.14)];
    for (observed, low, high) in table {
        counts[119] = observed;
        let series = SeriesView::of_u32(first(), &counts).unwrap();
        let spike = series.spike(series.last().to_string().parse().unwrap(), Baseline::WeekdayLevel).unwrap();
        let ours = [spike.multiple_low().unwrap().value(), spike.multiple_high().unwrap().value()];
        assert!((ours[0] - low).abs() < 0.25 * low + 0.1, "{observed}: {ours:?} for {low}, {high}");
        assert!((ours[1] - high).abs() < 0.25 * high + 0.2, "{observed}: {ours:?} for {low}, {high}");
    }
}

#[test]
fn a_scan_keeps_the_days_that_the_whole_family_would_keep() {
    let (rows, days) = (100_u32, 72_u32);
    let mut counts: Vec<u32> =
        (0..rows * days).map(|at| 400 + made_up(at, 90) + made_up(at ^ 0xABCD, 90)).collect();
    for row in 0..rows {
        // From hardly to clearly: the middle of them stands or falls with the others.
        counts[(row * days + 60) as usize] = 600 + 4 * row;
    }
    let panel = Panel::of_rows(first(), days as usize, &counts).unwrap();
    let mut tests = Vec::new();
    for row in 0..rows as usize {
        let series = panel.series(row).unwrap();
        for (offset, verdict) in series.verdicts().enumerate() {
            tests.extend(verdict.p().map(|p| ((row, offset), p)));
        }
    }
    let raw: Vec<PValue> = tests.iter().map(|(_, p)| *p).collect();
    let adjusted = FalseDiscovery::BenjaminiHochberg.adjusted(&raw);
    let kept = tests.iter().zip(&adjusted).filter(|(_, adjusted)| adjusted.value() <= 0.05);
    let expected: BTreeSet<usize> = kept.map(|(((row, _), _), _)| *row).collect();

    let findings = panel.scan(Scan::default());
    let found: BTreeSet<usize> = findings.spikes().iter().map(Found::row).collect();
    assert_eq!(usize::try_from(findings.tests()).unwrap(), tests.len());
    assert_eq!(found, expected);
    assert!((20..100).contains(&found.len()), "{} of 100 rows", found.len());
}
