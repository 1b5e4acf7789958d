//! Spikes in a file of downloads.
//!
//! `cargo run --release --example spikes -- FILE.csv` lists the spikes of the whole file that survive a
//! false-discovery rate. With `--window 2021-06-17..2021-06-18` (both days included) it measures that window in every
//! series, against every baseline side by side. Without a file it makes a panel up with a seeded generator, and tells
//! the two surges that the library was written for.
//!
//! The file has one row a day: `date,app,store,territory,downloads`. An empty cell is missing, `<20` is fewer than 20,
//! `off` is a day on which the app was off the store, `17+` is a day that was not over.
//!
//! Options: `--window FIRST..LAST`, `--baseline NAME`, `--fdr 0.05`, `--lead 2` (days before a window that stay out of
//! its baseline), `--json` (one object a line). In a search, `p` is that of the whole spike, `p_best_day` that of its best
//! day, and `p_adjusted` that of the best day adjusted for all days searched: quote the last.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "an example may stop at the first surprise"
)]

mod file;
#[path = "../generator/mod.rs"]
mod generator;
#[path = "../output/mod.rs"]
mod output;
mod print;

use std::{error::Error, io::Write, process::ExitCode};

use delisted::downloads::{
    Baseline, FalseDiscovery, MeasuredSpike, PValue, Panel, Scan, SeriesView, Spike, Window,
};
use file::{Column, Columns};
use generator::{Condition, Recipe};
use print::Row;

struct Options {
    file: Option<String>,
    window: Option<Window>,
    baseline: Option<Baseline>,
    rate: f64,
    lead: u8,
    json: bool,
}

fn main() -> ExitCode {
    match output::print(run) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let options = options(std::env::args().skip(1))?;
    let columns = match &options.file {
        Some(path) => file::read(path)?,
        None => made_up()?,
    };
    if options.file.is_none() && !options.json {
        writeln!(out, "WeChat, two days: {}", Spike::of_totals(54_000, 1_900)?)?;
        writeln!(out, "WeCom, two days: {}", Spike::of_totals(58_000, 300)?)?;
        writeln!(out, "\nNo file was given; what follows is made up: twelve apps, seeded.\n")?;
    }
    let mut named = Vec::new();
    for column in &columns {
        match column {
            Ok(column) => named.push((&column.name, view(column)?)),
            Err((name, reason)) => print::reason(out, name, None, None, reason, options.json)?,
        }
    }
    match options.window {
        Some(window) => Ok(measure(out, &named, window, &options)?),
        None => scan(out, &named, &options),
    }
}

fn view(column: &Column) -> Result<SeriesView<'_>, Box<dyn Error>> {
    Ok(SeriesView::of_f64(column.first, &column.counts)?.with_readings(&column.readings)?)
}

/// One window in every series, against one baseline or all of them.
fn measure(
    out: &mut dyn Write,
    named: &[(&file::Name, SeriesView<'_>)],
    window: Window,
    options: &Options,
) -> std::io::Result<()> {
    let baselines = options.baseline.map_or_else(|| Baseline::ALL.to_vec(), |baseline| vec![baseline]);
    let panel = Panel::of_series(named.iter().map(|(_, view)| *view));
    let measured: Vec<_> =
        baselines.iter().map(|baseline| (*baseline, panel.spikes(window, *baseline, options.lead))).collect();
    let adjusted: Vec<Vec<Option<PValue>>> = measured
        .iter()
        .map(|(_, spikes)| {
            let raw: Vec<_> =
                spikes.iter().map(|spike| spike.as_ref().ok().and_then(MeasuredSpike::p)).collect();
            FalseDiscovery::BenjaminiHochberg.adjusted_where_present(&raw)
        })
        .collect();
    for (row, (name, view)) in named.iter().enumerate() {
        let rise = view.rise(window).ok();
        if !options.json {
            writeln!(out, "{}\n  {}", name.join(", "), view.compare(window, options.lead))?;
            print::days(out, rise.as_ref())?;
        }
        for ((baseline, spikes), adjusted) in measured.iter().zip(&adjusted) {
            match &spikes[row] {
                Ok(spike) => {
                    let row = Row {
                        name,
                        spike,
                        p: spike.p(),
                        adjusted: adjusted[row],
                        best: None,
                        rise: rise.as_ref(),
                    };
                    if options.json { row.json(out)? } else { row.line(out)? }
                }
                Err(reason) => {
                    print::reason(
                        out,
                        name,
                        Some(window),
                        Some(*baseline),
                        &reason.to_string(),
                        options.json,
                    )?;
                }
            }
        }
        if !options.json {
            writeln!(out)?;
        }
    }
    Ok(())
}

/// The spikes of the whole panel that survive the false-discovery rate.
fn scan(
    out: &mut dyn Write,
    named: &[(&file::Name, SeriesView<'_>)],
    options: &Options,
) -> Result<(), Box<dyn Error>> {
    let panel = Panel::of_series(named.iter().map(|(_, view)| *view));
    let findings = panel.scan(Scan::new(options.rate)?);
    if !options.json {
        writeln!(
            out,
            "{} series, {} days tested, {} spikes at a false-discovery rate of {}\n",
            panel.rows(),
            findings.tests(),
            findings.spikes().len(),
            options.rate
        )?;
    }
    for found in findings.spikes() {
        let (name, view) = named[found.row()];
        let other = options.baseline.map(|baseline| view.spike(found.spike().window(), baseline));
        let spike = match &other {
            None => found.spike(),
            Some(Ok(spike)) => spike,
            Some(Err(reason)) => {
                let window = Some(found.spike().window());
                print::reason(out, name, window, options.baseline, &reason.to_string(), options.json)?;
                continue;
            }
        };
        let row = Row {
            name,
            spike,
            p: spike.p(),
            adjusted: Some(found.adjusted()),
            best: Some(found.best_day()),
            rise: Some(found.rise()),
        };
        if options.json {
            row.json(out)?;
        } else {
            writeln!(out, "{}, {}", name.join(", "), spike.window())?;
            writeln!(out, "  {spike}")?;
            print::days(out, row.rise)?;
            writeln!(
                out,
                "  best day: p {}, over all days tested: {}\n",
                found.best_day(),
                found.adjusted()
            )?;
        }
    }
    Ok(())
}

/// Twelve apps over a year: weekdays, negative binomial noise, a gap, and in two of them a surge of two days.
fn made_up() -> Result<Columns, Box<dyn Error>> {
    let mut columns = Vec::new();
    for app in 0..12_u32 {
        let recipe = Recipe {
            mean: 40.0 * f64::from(app + 1).powi(2),
            k: 15.0,
            condition: if app % 3 == 2 { Condition::Missing } else { Condition::Clean },
            days: 365,
            surge: 1.0,
        };
        let mut counts = recipe.series(u64::from(app) + 1);
        if app % 7 == 4 {
            for count in &mut counts[300..302] {
                *count = (*count * 12.0).round();
            }
        }
        counts[100..104].fill(f64::NAN);
        columns.push(Ok(Column {
            name: [format!("app-{app:02}"), "app-store".to_owned(), "US".to_owned()],
            first: "2020-07-01".parse()?,
            counts,
            readings: Vec::new(),
        }));
    }
    Ok(columns)
}

fn options(arguments: impl Iterator<Item = String>) -> Result<Options, Box<dyn Error>> {
    let mut options = Options { file: None, window: None, baseline: None, rate: 0.05, lead: 2, json: false };
    let mut arguments = arguments;
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or_else(|| format!("`{argument}` needs a value"));
        match argument.as_str() {
            "--window" => options.window = Some(value()?.parse()?),
            "--baseline" => options.baseline = Some(value()?.parse()?),
            "--fdr" => {
                let text = value()?;
                options.rate =
                    text.parse().map_err(|_| format!("`--fdr {text}`: write a number such as 0.05"))?;
            }
            "--lead" => {
                let text = value()?;
                options.lead =
                    text.parse().map_err(|_| format!("`--lead {text}`: write a number of days up to 255"))?;
            }
            "--json" => options.json = true,
            option if option.starts_with("--") => {
                return Err(format!(
                    "unknown option `{option}`: the options are --window, --baseline, --fdr, --lead and --json"
                )
                .into());
            }
            _ if options.file.is_none() => options.file = Some(argument),
            _ => return Err(format!("`{argument}`: one file at a time").into()),
        }
    }
    Ok(options)
}
