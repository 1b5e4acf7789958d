//! The scan of a panel: every day of every series tested, and the spikes that survive being looked for.
//!
//! A *scan* asks of each day whether its count could be chance, given only the days before it, by
//! [`Baseline::WeekdayLevel`](super::Baseline::WeekdayLevel). Looking at many days finds many that chance made, so a
//! day is kept only where its p-value survives the false-discovery rate over all days of all series that were
//! tested. Kept days that follow one another are one spike.
//!
//! It does not say why demand rose. Most spikes of a panel have nothing to do with the law.
//!
//! Essential types: [`Scan`], [`Findings`], [`Found`].
//!
//! ```
//! use delisted::downloads::{Panel, Scan};
//!
//! let mut counts: Vec<u32> = (0..140_u32).map(|day| 400 + 20 * (day % 7) + day * 7_919 % 53).collect();
//! counts[120] = 6_000;
//! counts[121] = 5_000;
//! let panel = Panel::of_rows("2021-02-17".parse()?, 140, &counts)?;
//! let findings = panel.scan(Scan::default());
//! let spikes: Vec<_> = findings.spikes().iter().map(|found| found.spike().window().to_string()).collect();
//! assert_eq!(spikes, ["2021-06-17..2021-06-18"]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use thiserror::Error;

use super::{
    Baseline, FalseDiscovery, MeasuredSpike, PValue, Panel, Reading, Rise, SeriesView, Window,
    follow::Follow, measure::baseline_count, prediction::Prediction, view::Counts,
};

/// Squared normal units above the expected from which on a day is looked at more closely: 2.
const CLOSER_LOOK: f64 = 4.0;

/// How a panel is scanned.
///
/// ```
/// use delisted::downloads::{FalseDiscovery, Scan};
///
/// let scan = Scan::new(0.01)?.controlling(FalseDiscovery::BenjaminiYekutieli);
/// assert_eq!(scan.rate(), 0.01);
/// # Ok::<(), delisted::downloads::ScanError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scan {
    rate: f64,
    control: FalseDiscovery,
}

/// Why a panel cannot be scanned so.
///
/// ```
/// use delisted::downloads::Scan;
///
/// assert_eq!(
///     Scan::new(5.0).unwrap_err().to_string(),
///     "a false-discovery rate of `5` is not above 0 and below 1",
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum ScanError {
    /// The rate is not between 0 and 1.
    #[error("a false-discovery rate of `{rate}` is not above 0 and below 1")]
    Rate {
        /// The rate as given.
        rate: f64,
    },
}

impl Default for Scan {
    /// Of the days kept, at most one in twenty by chance, on average.
    fn default() -> Self {
        Self { rate: 0.05, control: FalseDiscovery::BenjaminiHochberg }
    }
}

impl Scan {
    /// A scan in which on average at most the share `rate` of the days kept are chance.
    ///
    /// ```
    /// assert!(delisted::downloads::Scan::new(0.05).is_ok());
    /// ```
    ///
    /// # Errors
    ///
    /// - the rate is not above 0 and below 1.
    pub fn new(rate: f64) -> Result<Self, ScanError> {
        if rate > 0.0 && rate < 1.0 {
            Ok(Self { rate, ..Self::default() })
        } else {
            Err(ScanError::Rate { rate })
        }
    }

    /// The same scan under another control: Benjamini and Yekutieli's where one event moves many series at once.
    ///
    /// ```
    /// use delisted::downloads::{FalseDiscovery, Scan};
    ///
    /// assert_ne!(Scan::default(), Scan::default().controlling(FalseDiscovery::BenjaminiYekutieli));
    /// ```
    #[must_use]
    pub fn controlling(self, control: FalseDiscovery) -> Self {
        Self { control, ..self }
    }

    /// The share of the days kept that may be chance: above 0 and below 1.
    ///
    /// ```
    /// assert_eq!(delisted::downloads::Scan::default().rate(), 0.05);
    /// ```
    #[must_use]
    pub fn rate(&self) -> f64 {
        self.rate
    }
}

/// What a scan found.
///
/// ```
/// use delisted::downloads::{Panel, Scan};
///
/// let findings = Panel::of_series([]).scan(Scan::default());
/// assert_eq!((findings.tests(), findings.spikes().len()), (0, 0));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Findings {
    tests: u64,
    spikes: Vec<Found>,
}

impl Findings {
    /// How many days of all series were tested: those with a count and enough before it.
    ///
    /// ```
    /// use delisted::downloads::{Panel, Scan};
    ///
    /// let counts = [9_u32; 22];
    /// let panel = Panel::of_rows("2021-06-01".parse()?, 22, &counts)?;
    /// assert_eq!(panel.scan(Scan::default()).tests(), 1, "three weeks come before the first test");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn tests(&self) -> u64 {
        self.tests
    }

    /// The spikes, by row and then by day.
    ///
    /// ```
    /// use delisted::downloads::{Panel, Scan};
    ///
    /// assert!(Panel::of_series([]).scan(Scan::default()).spikes().is_empty());
    /// ```
    #[must_use]
    pub fn spikes(&self) -> &[Found] {
        &self.spikes
    }
}

/// A spike that a scan found.
///
/// ```
/// use delisted::downloads::{Panel, Scan};
///
/// let mut counts = [50_u32; 100];
/// counts[90] = 900;
/// let panel = Panel::of_rows("2021-01-01".parse()?, 100, &counts)?;
/// let findings = panel.scan(Scan::default());
/// let [found] = findings.spikes() else { panic!("one spike") };
/// assert_eq!((found.row(), found.rise().peak()), (0, "2021-04-01".parse()?));
/// assert_eq!(found.rise().back(), Some("2021-04-02".parse()?));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    row: usize,
    spike: MeasuredSpike,
    best: PValue,
    adjusted: PValue,
    rise: Rise,
}

impl Found {
    /// The row of the panel, counted from 0.
    ///
    /// ```
    /// use delisted::downloads::{Panel, Scan};
    ///
    /// let mut counts = [50_u32; 2 * 100];
    /// counts[100 + 90] = 900;
    /// let panel = Panel::of_rows("2021-01-01".parse()?, 100, &counts)?;
    /// let findings = panel.scan(Scan::default());
    /// assert_eq!(findings.spikes().iter().map(|found| found.row()).collect::<Vec<_>>(), [1]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn row(&self) -> usize {
        self.row
    }

    /// The days kept, measured together against what was expected before the first of them.
    ///
    /// ```
    /// use delisted::downloads::{Panel, Scan};
    ///
    /// let mut counts = [50_u32; 2 * 100];
    /// counts[100 + 90] = 900;
    /// let panel = Panel::of_rows("2021-01-01".parse()?, 100, &counts)?;
    /// let findings = panel.scan(Scan::default());
    /// assert_eq!(findings.spikes().first().map(|found| found.spike().observed()), Some(900.0));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn spike(&self) -> &MeasuredSpike {
        &self.spike
    }

    /// The least p-value among its days, not adjusted for the search.
    ///
    /// ```
    /// use delisted::downloads::{Panel, Scan};
    ///
    /// let mut counts = [50_u32; 2 * 100];
    /// counts[100 + 90] = 900;
    /// let panel = Panel::of_rows("2021-01-01".parse()?, 100, &counts)?;
    /// let findings = panel.scan(Scan::default());
    /// assert!(findings.spikes().iter().all(|found| found.best_day().is_below_limit()));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn best_day(&self) -> PValue {
        self.best
    }

    /// The least p-value among its days, adjusted for all days of all series that were tested.
    ///
    /// ```
    /// use delisted::downloads::{Panel, Scan};
    ///
    /// let mut counts = [50_u32; 2 * 100];
    /// counts[100 + 90] = 900;
    /// let panel = Panel::of_rows("2021-01-01".parse()?, 100, &counts)?;
    /// let findings = panel.scan(Scan::default());
    /// assert!(findings.spikes().iter().all(|found| found.adjusted() >= found.best_day()));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn adjusted(&self) -> PValue {
        self.adjusted
    }

    /// When it began, peaked and ended.
    ///
    /// ```
    /// use delisted::downloads::{Panel, Scan};
    ///
    /// let mut counts = [50_u32; 2 * 100];
    /// counts[100 + 90] = 900;
    /// let panel = Panel::of_rows("2021-01-01".parse()?, 100, &counts)?;
    /// let findings = panel.scan(Scan::default());
    /// let peak = findings.spikes().first().map(|found| found.rise().peak());
    /// assert_eq!(peak, Some("2021-04-01".parse()?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn rise(&self) -> &Rise {
        &self.rise
    }
}

/// A day that deserves a closer look.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    row: usize,
    offset: usize,
    score: f64,
    observed: f64,
    prediction: Prediction,
}

/// A day kept, with its p-value and the adjusted one.
#[derive(Debug, Clone, Copy)]
struct Kept {
    row: usize,
    offset: usize,
    raw: PValue,
    adjusted: PValue,
}

impl Panel<'_> {
    /// Tests every day of every series, and keeps the spikes that survive the false-discovery rate.
    ///
    /// ```
    /// use delisted::downloads::{Panel, Scan};
    ///
    /// let quiet: Vec<u32> = (0..400_u32).map(|day| 90 + day * 7_919 % 23).collect();
    /// let panel = Panel::of_rows("2020-06-01".parse()?, 200, &quiet)?;
    /// assert!(panel.scan(Scan::default()).spikes().is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn scan(&self, scan: Scan) -> Findings {
        let (tests, mut candidates) = self.candidates(CLOSER_LOOK);
        let mut kept = keep(&mut candidates, tests, scan);
        // A share this large may reach below the closer look, so that every day has to have one.
        if kept.iter().any(|kept| kept.raw.value() > 0.01) {
            candidates = self.candidates(f64::NEG_INFINITY).1;
            kept = keep(&mut candidates, tests, scan);
        }
        kept.sort_by_key(|kept| (kept.row, kept.offset));
        let runs: Vec<&[Kept]> = kept
            .chunk_by(|day, next| day.row == next.row && next.offset == day.offset.saturating_add(1))
            .collect();
        Findings { tests, spikes: self.all_found(&runs) }
    }

    /// The spikes of the runs, in their order, whatever the threads.
    fn all_found(&self, runs: &[&[Kept]]) -> Vec<Found> {
        #[cfg(feature = "parallel")]
        {
            use rayon::prelude::*;
            runs.par_iter().filter_map(|run| self.found(run)).collect()
        }
        #[cfg(not(feature = "parallel"))]
        {
            runs.iter().filter_map(|run| self.found(run)).collect()
        }
    }

    fn candidates(&self, least: f64) -> (u64, Vec<Candidate>) {
        let rows = self.each(|row, series| {
            let mut found = Vec::new();
            let tests = follow_each(&series, |offset, observed, score, prediction| {
                if score >= least {
                    found.push(Candidate { row, offset, score, observed, prediction });
                }
            });
            (tests, found)
        });
        let tests = rows.iter().fold(0_u64, |sum, (tests, _)| sum.saturating_add(*tests));
        (tests, rows.into_iter().flat_map(|(_, found)| found).collect())
    }

    fn found(&self, run: &[Kept]) -> Option<Found> {
        let (first, last) = (run.first()?, run.last()?);
        let series = self.series(first.row)?;
        let window = Window::of_days(series.day(first.offset), series.day(last.offset)).ok()?;
        let spike = series.spike(window, Baseline::WeekdayLevel).ok()?;
        let best = run.iter().map(|kept| kept.raw).min_by(|a, b| a.value().total_cmp(&b.value()))?;
        let adjusted = run.iter().map(|kept| kept.adjusted).min_by(|a, b| a.value().total_cmp(&b.value()))?;
        let rise = series.rise(window).ok()?;
        Some(Found { row: first.row, best, adjusted, rise, spike })
    }
}

/// Runs the default method over a series and hands each day that is tested to `test`; how many there were.
pub(super) fn follow_each(series: &SeriesView<'_>, mut test: impl FnMut(usize, f64, f64, Prediction)) -> u64 {
    let mut follow = Follow::new(series.prior());
    let mut tests = 0_u64;
    let mut take = |offset: usize, count: f64, is_count: bool| {
        let step = follow.step(count);
        if let Some(prediction) = step.prediction.filter(|_| is_count) {
            tests = tests.saturating_add(1);
            test(offset, count, step.score, prediction);
        }
    };
    match series.plain_counts() {
        Some(Counts::U32(counts)) => {
            counts.iter().enumerate().for_each(|(offset, count)| take(offset, f64::from(*count), true));
        }
        Some(Counts::U32Or(counts, missing)) => counts.iter().enumerate().for_each(|(offset, count)| {
            take(offset, if *count == missing { f64::NAN } else { f64::from(*count) }, true);
        }),
        Some(Counts::F64(counts)) => {
            counts.iter().enumerate().for_each(|(offset, count)| take(offset, *count, true));
        }
        Some(Counts::I64(_)) | None => {
            for (offset, reading) in series.readings().enumerate() {
                // A censored day lends its bound to later baselines, but was not counted and is not tested.
                take(offset, baseline_count(reading), !matches!(reading, Reading::Censored { .. }));
            }
        }
    }
    tests
}

/// The candidates that survive, looked at from the highest score down until none further can.
fn keep(candidates: &mut [Candidate], tests: u64, scan: Scan) -> Vec<Kept> {
    candidates.sort_by(|a, b| b.score.total_cmp(&a.score).then((a.row, a.offset).cmp(&(b.row, b.offset))));
    let whole = super::spike::real(tests.max(1));
    let share = scan.rate / whole;
    let mut looked = Vec::new();
    let most = super::spike::size(candidates.len());
    for candidate in candidates.iter() {
        // The quick score's own tail is right within a few per cent down to one in a thousand, and too small below;
        // a tenfold margin keeps every day that could survive.
        let quick = super::distribution::normal_upper(candidate.score.max(0.0).sqrt());
        if quick > 10.0 * share * most && quick > 1e-4 {
            break;
        }
        if let Ok(raw) = PValue::new(candidate.prediction.upper_tail(candidate.observed)) {
            looked.push((candidate, raw));
        }
    }
    let raw: Vec<PValue> = looked.iter().map(|(_, raw)| *raw).collect();
    let adjusted = scan.control.adjusted_smallest(&raw, tests);
    looked
        .iter()
        .zip(adjusted)
        .filter(|(_, adjusted)| adjusted.value() <= scan.rate)
        .map(|((candidate, raw), adjusted)| Kept {
            row: candidate.row,
            offset: candidate.offset,
            raw: *raw,
            adjusted,
        })
        .collect()
}
