//! How fast panels are answered, beside what the same memory traffic costs without the work.
//!
//! Run it with `cargo bench --bench spikes`, and with `--features parallel` for one and two threads; `-- --series 20000`
//! makes it quicker. The panel is made up by a seeded generator: 730 days a series, a tenth of the series with days
//! missing, a spike every 500 days, or as far `--apart` as is said: each spike found is measured and dated, which takes
//! as long as thousands of days without one. All lines are measured in turn, round after round, so that a busy machine slows
//! them alike; each line gives the median of the rounds in nanoseconds per observation, the best round, and the
//! median of its ratios to the limit of the same round.
//!
//! Two limits: *read* sums the block of counts; *widen* copies it into a given buffer of `f64`, by plain stores. What
//! writes a number a day is held against *widen*, what reads only against *read*. It fails nothing: a time depends on
//! the machine. The bar is stated at the end.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a benchmark may stop at the first surprise, and rounds its own made-up counts"
)]

use std::{hint::black_box, thread, time::Instant};

use delisted::downloads::{Moving, Multiples, Panel, Scan};
use rand_chacha::{
    ChaCha8Rng,
    rand_core::{RngCore, SeedableRng},
};
use rand_distr::{Distribution, StandardNormal};

/// How many series there are, unless the command line says otherwise.
const SERIES: usize = 100_000;
const DAYS: usize = 730;
/// How many days apart the spikes of a series lie on average.
const APART: usize = 500;
/// How often everything is measured.
const ROUNDS: usize = 5;
/// What the default method may take on one core, in nanoseconds per observation.
const BAR: f64 = 60.0;

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Line {
    Read,
    Widen,
    WeekEarlier,
    EightWeeks,
    Scan,
    Verdicts,
}

const LINES: [Line; 6] =
    [Line::Read, Line::Widen, Line::WeekEarlier, Line::EightWeeks, Line::Scan, Line::Verdicts];

impl Line {
    fn name(self) -> &'static str {
        match self {
            Self::Read => "limit: read the counts",
            Self::Widen => "limit: widen to f64, plain stores",
            Self::WeekEarlier => "a week earlier, every day, into",
            Self::EightWeeks => "2 days / 8-week median, into",
            Self::Scan => "default method, Panel::scan",
            Self::Verdicts => "default method, verdicts without p",
        }
    }

    fn limit(self) -> Self {
        match self {
            Self::WeekEarlier | Self::EightWeeks | Self::Widen => Self::Widen,
            Self::Read | Self::Scan | Self::Verdicts => Self::Read,
        }
    }
}

/// The buffers that are given.
struct Buffers {
    widened: Vec<f64>,
    multiples: Multiples,
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let number = |name: &str| arguments.iter().skip_while(|argument| *argument != name).nth(1)?.parse().ok();
    let series = number("--series").unwrap_or(SERIES);
    let apart = number("--apart").unwrap_or(APART).max(1);
    let counts = made_up(series, apart);
    let panel =
        Panel::of_rows("2020-01-01".parse().expect("a day"), DAYS, &counts).expect("whole rows of 730 days");
    println!(
        "{series} series of {DAYS} days, a spike every {apart} days; ns per observation, median (best) of {ROUNDS} rounds\n"
    );
    let threads: &[usize] = if cfg!(feature = "parallel") { &[1, 2] } else { &[1] };
    let scans: Vec<f64> = threads
        .iter()
        .map(|threads| {
            let rounds = with_threads(*threads, || rounds(&counts, &panel, *threads));
            print(&rounds, *threads)
        })
        .collect();
    let met = if scans[0] <= BAR { "met" } else { "not met" };
    println!("bar: the default method within {BAR} ns per observation on one core: {:.1}, {met}", scans[0]);
}

/// The times of each line in each round, in nanoseconds per observation. One round before the first is not counted: in
/// it the buffers get their memory.
fn rounds(counts: &[u32], panel: &Panel<'_>, threads: usize) -> Vec<[f64; LINES.len()]> {
    let mut buffers = Buffers { widened: vec![0.0; counts.len()], multiples: Multiples::new() };
    let mut round = || {
        LINES.map(|line| {
            let begin = Instant::now();
            run(line, counts, panel, threads, &mut buffers);
            begin.elapsed().as_secs_f64() * 1e9 / counts.len() as f64
        })
    };
    round();
    (0..ROUNDS).map(|_| round()).collect()
}

fn run(line: Line, counts: &[u32], panel: &Panel<'_>, threads: usize, buffers: &mut Buffers) {
    let share = counts.len().div_ceil(threads);
    match line {
        Line::Read => thread::scope(|scope| {
            for counts in counts.chunks(share) {
                scope.spawn(move || {
                    black_box(counts.iter().fold(0_u32, |sum, count| sum.wrapping_add(*count)))
                });
            }
        }),
        Line::Widen => thread::scope(|scope| {
            for (counts, widened) in counts.chunks(share).zip(buffers.widened.chunks_mut(share)) {
                scope.spawn(move || {
                    for (wide, count) in widened.iter_mut().zip(counts) {
                        *wide = f64::from(*count);
                    }
                    black_box(widened);
                });
            }
        }),
        Line::WeekEarlier => {
            panel.multiples_into(&Moving::week_earlier(1).expect("a day"), &mut buffers.multiples);
        }
        Line::EightWeeks => {
            let moving = Moving::weekday_median(2, 8).expect("two days, eight weeks");
            panel.multiples_into(&moving, &mut buffers.multiples);
        }
        Line::Scan => {
            black_box(panel.scan(Scan::default()).tests());
        }
        Line::Verdicts => {
            let rows = panel.rows().div_ceil(threads);
            thread::scope(|scope| {
                for thread in 0..threads {
                    scope.spawn(move || {
                        let own = (thread * rows)..((thread + 1) * rows).min(panel.rows());
                        let series = own.filter_map(|row| panel.series(row));
                        let expected = series.map(|series| {
                            series.verdicts().filter_map(|verdict| verdict.expected()).sum::<f64>()
                        });
                        black_box(expected.sum::<f64>())
                    });
                }
            });
        }
    }
}

/// Prints a table, and gives the median time of the scan.
fn print(rounds: &[[f64; LINES.len()]], threads: usize) -> f64 {
    println!("{threads} thread{}", if threads == 1 { "" } else { "s" });
    println!("{:<36}{:>9}{:>9}{:>11}", "", "median", "best", "to limit");
    let mut scan = f64::NAN;
    for (at, line) in LINES.into_iter().enumerate() {
        let limit = LINES.iter().position(|other| *other == line.limit()).expect("a limit is a line");
        let times = sorted(rounds.iter().map(|round| round[at]));
        let ratios = sorted(rounds.iter().map(|round| round[at] / round[limit]));
        let (median, ratio) = (times[times.len() / 2], ratios[ratios.len() / 2]);
        println!("{:<36}{median:>9.2}{:>9.2}{ratio:>10.2}x", line.name(), times[0]);
        if line == Line::Scan {
            scan = median;
        }
    }
    println!();
    scan
}

fn sorted(numbers: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut numbers: Vec<f64> = numbers.collect();
    numbers.sort_by(f64::total_cmp);
    numbers
}

#[cfg(feature = "parallel")]
fn with_threads<T: Send>(threads: usize, work: impl FnOnce() -> T + Send) -> T {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads").install(work)
}

#[cfg(not(feature = "parallel"))]
fn with_threads<T>(_: usize, work: impl FnOnce() -> T) -> T {
    work()
}

/// The counts of so many series, the same on every machine.
fn made_up(series: usize, apart: usize) -> Vec<u32> {
    let surges = u32::MAX / u32::try_from(apart).unwrap_or(u32::MAX);
    let mut random = ChaCha8Rng::seed_from_u64(17_062_021);
    let mut counts = Vec::with_capacity(series * DAYS);
    for row in 0..series {
        let mean = 10_f64.powf(0.5 + 3.5 * share(&mut random));
        let noise = 0.05 + 0.3 * share(&mut random);
        let trend = 0.002 * (share(&mut random) - 0.5);
        let (mut level, mut surge) = (mean, 1.0);
        for day in 0..DAYS {
            if random.next_u32() < surges {
                surge = 1.0 + 20.0 * share(&mut random);
            }
            surge = 1.0 + 0.4 * (surge - 1.0);
            level *= 1.0 + trend;
            let normal: f64 = StandardNormal.sample(&mut random);
            let expected = level * (1.0 + 0.1 * (day % 7) as f64) * surge;
            let count = expected + normal * (noise * noise * expected * expected + expected).sqrt();
            let missing = row % 10 == 0 && random.next_u32() < u32::MAX / 20;
            counts.push(if missing { u32::MAX } else { count.round().max(0.0) as u32 });
        }
    }
    counts
}

/// A number from 0 to 1.
fn share(random: &mut ChaCha8Rng) -> f64 {
    f64::from(random.next_u32()) / f64::from(u32::MAX)
}
