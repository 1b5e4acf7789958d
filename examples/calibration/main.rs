//! How well the default method is calibrated: false positives, coverage and power, cell by cell.
//!
//! Run it with `cargo run --release --example calibration`, or with `-- --json` for one object a line; `--series 1000`
//! makes it quicker and coarser, and `--pooled` draws each series' dispersion towards that of its cell, as a panel of
//! apps of one size would. It takes a few minutes. Each cell has 10,000 series of eight weeks and a day, made by the seeded generator beside this
//! file; the last day is tested. Where nothing happens on it, every p-value at or below .05, .01 or .001 is a false
//! positive, and the 95 % interval of the multiple should hold 1 in 95 % of the series. Where it surges, the share of
//! p-values at or below .001 is the power.
//!
//! Beside each figure stands that of the best prototype, and the program says at the end which bars are met.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::float_cmp,
    clippy::indexing_slicing,
    reason = "an example may stop at the first surprise, and cells are found by the constants that made them"
)]

#[path = "../generator/mod.rs"]
mod generator;
#[path = "../output/mod.rs"]
mod output;
mod prototype;

use std::{
    error::Error,
    io::{Result as Written, Write},
    thread,
};

use delisted::downloads::{Baseline, Panel, SeriesView, Window};
use generator::{Condition, Recipe};
use prototype::{POWERS, RATES};

/// How many series a cell has, unless the command line says otherwise: as many as the prototype was given.
const SERIES: u32 = 10_000;
const DAYS: usize = 57;
const MEANS: [f64; 5] = [0.3, 3.0, 30.0, 1_000.0, 30_000.0];
const KS: [f64; 3] = [3.0, 20.0, 200.0];
const SURGES: [f64; 5] = [1.5, 2.0, 3.0, 5.0, 10.0];
const LEVELS: [f64; 3] = [0.05, 0.01, 0.001];

/// What the series of a cell gave.
#[derive(Debug, Clone, Copy)]
struct Cell {
    mean: f64,
    k: f64,
    condition: Condition,
    surge: f64,
    tested: u32,
    below: [f64; 3],
    covered: f64,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let json = arguments.iter().any(|argument| argument == "--json");
    let series = arguments
        .iter()
        .skip_while(|argument| *argument != "--series")
        .nth(1)
        .and_then(|series| series.parse().ok())
        .unwrap_or(SERIES);
    let pooled = arguments.iter().any(|argument| argument == "--pooled");
    let mut work = Vec::new();
    for mean in MEANS {
        for k in KS {
            work.extend(Condition::ALL.map(|condition| (mean, k, condition, 1.0)));
            work.extend(SURGES.map(|surge| (mean, k, Condition::Clean, surge)));
        }
    }
    let half = work.len().div_ceil(2);
    let cells: Vec<Cell> = thread::scope(|scope| {
        let threads: Vec<_> = work
            .chunks(half)
            .map(|share| {
                scope.spawn(move || share.iter().map(|cell| run(*cell, series, pooled)).collect::<Vec<_>>())
            })
            .collect();
        let joined = threads.into_iter().map(thread::ScopedJoinHandle::join);
        joined.flat_map(|cells| cells.unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect()
    });
    output::print(|out| {
        if json {
            cells.iter().try_for_each(|cell| print_json(out, cell))?;
        } else {
            print_table(out, &cells, series)?;
        }
        for bar in &bars(&cells, series) {
            if json {
                writeln!(out, r#"{{"bar":"{}","met":{},"worst":"{}"}}"#, bar.text, bar.met, bar.worst)?;
            } else {
                writeln!(out, "{:7}  {}: {}", if bar.met { "met" } else { "NOT MET" }, bar.text, bar.worst)?;
            }
        }
        Ok(())
    })
}

/// Tests the last day of every series of a cell.
fn run((mean, k, condition, surge): (f64, f64, Condition, f64), count: u32, pooled: bool) -> Cell {
    let recipe = Recipe { mean, k, condition, days: DAYS, surge };
    let mut cell = Cell { mean, k, condition, surge, tested: 0, below: [0.0; 3], covered: 0.0 };
    let Ok(first) = "2020-07-25".parse() else { return cell };
    let made: Vec<Vec<f64>> = (0..count).map(|seed| recipe.series(u64::from(seed))).collect();
    let series: Vec<_> = made.iter().filter_map(|counts| SeriesView::of_f64(first, counts).ok()).collect();
    let Some(last) = series.first().map(SeriesView::last) else { return cell };
    let panel = Panel::of_series(series);
    let panel = if pooled { panel.pooled() } else { panel };
    for spike in panel.spikes(Window::of_day(last), Baseline::default(), 0).into_iter().flatten() {
        let Some(p) = spike.p() else { continue };
        cell.tested += 1;
        for (below, level) in cell.below.iter_mut().zip(LEVELS) {
            *below += f64::from(u8::from(p.value() <= level));
        }
        let low = spike.multiple_low().is_none_or(|low| low.value() <= 1.0);
        let high = spike.multiple_high().is_none_or(|high| high.value() >= 1.0);
        cell.covered += f64::from(u8::from(low && high));
    }
    let tested = f64::from(cell.tested.max(1));
    cell.below = cell.below.map(|below| below / tested);
    cell.covered /= tested;
    cell
}

fn rates_of(cell: &Cell) -> Option<(f64, f64)> {
    let here = |row: &&(f64, f64, &str, f64, f64)| {
        row.0 == cell.mean && row.1 == cell.k && row.2 == cell.condition.name() && cell.surge == 1.0
    };
    RATES.iter().find(here).map(|row| (row.3, row.4))
}

fn power_of(cell: &Cell) -> Option<f64> {
    let at = SURGES.iter().position(|surge| *surge == cell.surge)?;
    POWERS.iter().find(|row| row.0 == cell.mean && row.1 == cell.k).map(|row| row.2[at])
}

fn print_table(out: &mut dyn Write, cells: &[Cell], series: u32) -> Written<()> {
    writeln!(
        out,
        "{series} series of {DAYS} days a cell; the last day is tested. In brackets: the best prototype.\n"
    )?;
    writeln!(
        out,
        "{:>6} {:>4} {:8} {:>7} {:>7} {:>16} {:>16}",
        "mean", "k", "nothing", ".05", ".01", ".001", "coverage"
    )?;
    for cell in cells {
        if let Some((rate, coverage)) = rates_of(cell) {
            let [five, one, tenth] = cell.below;
            writeln!(
                out,
                "{:>6} {:>4} {:8} {five:>7.4} {one:>7.4} {tenth:>7.4} ({rate:.4}) {:>7.4} ({coverage:.4})",
                cell.mean,
                cell.k,
                cell.condition.name(),
                cell.covered
            )?;
        }
    }
    writeln!(out, "\nPower at .001, by the factor of the surge")?;
    writeln!(
        out,
        "{:>6} {:>4} {}",
        "mean",
        "k",
        SURGES.map(|surge| format!("{:>17}", format!("x{surge}"))).join("")
    )?;
    for mean in MEANS {
        for k in KS {
            let row = cells.iter().filter(|cell| cell.mean == mean && cell.k == k && cell.surge > 1.0);
            let powers =
                row.filter_map(|cell| power_of(cell).map(|old| format!("{:>8.4} ({old:.4})", cell.below[2])));
            writeln!(out, "{mean:>6} {k:>4} {}", powers.collect::<String>())?;
        }
    }
    writeln!(out)
}

fn print_json(out: &mut dyn Write, cell: &Cell) -> Written<()> {
    let [five, one, tenth] = cell.below;
    writeln!(
        out,
        r#"{{"mean":{},"k":{},"condition":"{}","surge":{},"series":{},"p_05":{five},"p_01":{one},"p_001":{tenth},"coverage":{}}}"#,
        cell.mean,
        cell.k,
        cell.condition.name(),
        cell.surge,
        cell.tested,
        cell.covered
    )
}

/// A bar, whether it is met, and by what.
struct Bar {
    text: String,
    met: bool,
    worst: String,
}

fn bars(cells: &[Cell], series: u32) -> Vec<Bar> {
    let place = |cell: &Cell| format!("mean {}, k {}, {}", cell.mean, cell.k, cell.condition.name());
    let quiet: Vec<&Cell> = cells.iter().filter(|cell| cell.surge == 1.0).collect();
    let rate = |conditions: &[Condition], most: f64| {
        let worst = quiet
            .iter()
            .filter(|cell| conditions.contains(&cell.condition))
            .max_by(|a, b| a.below[2].total_cmp(&b.below[2]));
        Bar {
            text: format!(
                "false positives at nominal .001 at most {most} in every cell ({})",
                conditions.iter().map(|condition| condition.name()).collect::<Vec<_>>().join(", ")
            ),
            met: worst.is_some_and(|cell| cell.below[2] <= most),
            worst: worst
                .map_or_else(String::new, |cell| format!("at most {:.4} ({})", cell.below[2], place(cell))),
        }
    };
    let covered: Vec<&&Cell> = quiet.iter().filter(|cell| cell.mean >= 30.0).collect();
    let least = covered.iter().min_by(|a, b| a.covered.total_cmp(&b.covered));
    let most = covered.iter().max_by(|a, b| a.covered.total_cmp(&b.covered));
    let mut bars = vec![
        rate(&[Condition::Clean], 0.002),
        rate(&[Condition::Trend, Condition::Drift, Condition::OldSpike, Condition::Missing], 0.003),
    ];
    if let (Some(least), Some(most)) = (least, most) {
        bars.push(Bar {
            text: "coverage of the 95 % interval between .94 and .96 in every cell with mean 30 or more"
                .to_owned(),
            met: least.covered >= 0.94 && most.covered <= 0.96,
            worst: format!(
                "from {:.4} ({}) to {:.4} ({})",
                least.covered,
                place(least),
                most.covered,
                place(most)
            ),
        });
    }
    bars.extend(power_bars(cells, series));
    bars
}

/// Power against the prototype in every cell, and in those where the prototype keeps to its level.
fn power_bars(cells: &[Cell], series: u32) -> [Bar; 2] {
    // Two standard errors of the difference of two simulated shares.
    let noise = |old: f64| 2.0 * (old * (1.0 - old) * (1.0 / f64::from(series) + 1.0 / 10_000.0)).sqrt();
    let against = |only_level: bool| {
        let compared: Vec<(&Cell, f64)> = cells
            .iter()
            .filter(|cell| {
                let clean =
                    RATES.iter().find(|row| row.0 == cell.mean && row.1 == cell.k && row.2 == "clean");
                !only_level || clean.is_some_and(|row| row.3 <= 0.002)
            })
            .filter(|cell| cell.surge > 1.0)
            .filter_map(|cell| power_of(cell).map(|old| (cell, old)))
            .collect();
        let lower: Vec<String> = compared
            .iter()
            .filter(|(cell, old)| cell.below[2] < old - noise(*old))
            .map(|(cell, old)| {
                format!("mean {} k {} x{}: {:.4} ({old:.4})", cell.mean, cell.k, cell.surge, cell.below[2])
            })
            .collect();
        (
            lower.is_empty(),
            format!("lower in {} of {} cells. {}", lower.len(), compared.len(), lower.join("; ")),
        )
    };
    let (all, worst_of_all) = against(false);
    let (level, worst_of_level) = against(true);
    [
        Bar {
            text: "power no lower than the best prototype's in every cell, noise of the simulation aside"
                .to_owned(),
            met: all,
            worst: worst_of_all,
        },
        Bar {
            text: "the same where the prototype's own false positives are within .002".to_owned(),
            met: level,
            worst: worst_of_level,
        },
    ]
}
