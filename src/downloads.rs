//! Downloads: how far a count rose above what was to be expected, in words that cannot be confused.
//!
//! A *spike* is a count beside what was expected in its place. It is not a rate, not a rank and not a cause. Three
//! numbers tell its size, and newspapers mix them up: the *multiple* (28 times as many), the *increase* (27 times
//! more), and the increase in per cent (2,742 %). Each has a type or a name of its own here, and none prints as
//! another.
//!
//! Essential types:
//!
//! - of two totals: [`Spike`], with its [`Multiple`] and its [`Increase`];
//! - of counts a day: [`DownloadSeries`], or a [`SeriesView`] of arrays that someone else holds; a [`Window`] of days
//!   and a [`Baseline`] make a [`MeasuredSpike`], which has an interval and a p-value where they can be had;
//! - of many days: [`Watch`] takes a series day by day, [`Panel`] holds many series, and [`Scan`] says how one is
//!   searched;
//! - of what others published: [`claim`] works out what figures such as '54,000, 28 times' leave open, and which of them
//!   can be true together.
//!
//! Two totals say how large, and not how sure:
//!
//! ```
//! use delisted::downloads::Spike;
//!
//! let spike = Spike::of_totals(54_000, 1_900)?;
//! assert_eq!(
//!     spike.to_string(),
//!     "54,000 against 1,900 is 28.4 times as many, an increase of 27.4 times or 2,742 %",
//! );
//! # Ok::<(), delisted::downloads::SpikeError>(())
//! ```
//!
//! A series says both:
//!
//! ```
//! use delisted::downloads::{Baseline, SeriesView};
//!
//! let mut counts: Vec<u32> = (0..91_u32).map(|day| 900 + 20 * (day % 7) + day * 7_919 % 97).collect();
//! (counts[89], counts[90]) = (27_000, 27_000);
//! let series = SeriesView::of_u32("2020-06-21".parse()?, &counts)?;
//! let spike = series.spike("2020-09-18..2020-09-19".parse()?, Baseline::default())?;
//! assert_eq!(
//!     spike.to_string(),
//!     "54,000 against 2,107 expected is 25.6 times as many (between 25.0 and 26.3), an increase of 24.6 times \
//!      or 2,463 %, 51,893 more; the chance of that by accident is under one in a million; the baseline is the \
//!      same weekdays of the last eight weeks at the level of the last days",
//! );
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
#![doc = include_str!("../docs/spikes.md")]

mod baseline;
pub mod claim;
mod comparison;
mod count;
pub mod count_model;
mod day;
#[cfg_attr(
    not(test),
    allow(
        dead_code,
        unused_imports,
        reason = "the tails are one family, tested as a whole; the calculators call some of them"
    )
)]
mod distribution;
pub mod ears;
mod false_discovery;
mod follow;
mod measure;
mod measured;
mod moving;
mod note;
mod onset;
mod p_value;
mod panel;
mod pool;
mod prediction;
mod provenance;
mod reading;
mod rise;
mod scan;
mod series;
#[cfg(feature = "serde")]
mod snapshot;
mod spike;
mod view;
mod watch;
mod window;
mod wording;

pub use baseline::{Baseline, BaselineError};
pub use comparison::Comparison;
pub use count::{Count, CountError, Refunds};
pub use day::{Day, DayError};
pub use false_discovery::FalseDiscovery;
pub use measure::NoSpike;
pub use measured::MeasuredSpike;
pub use moving::{Moving, MovingError, Multiples};
pub use note::Note;
pub use onset::breaks::NoBreaks;
pub use p_value::{PValue, PValueError};
pub use panel::{Panel, PanelError};
pub use provenance::{Metric, MetricError, ReportingZone, Vintage};
pub use reading::Reading;
pub use rise::Rise;
pub use scan::{Findings, Found, Scan, ScanError};
pub use series::{DownloadSeries, SeriesBuilder, SeriesError, SeriesKey};
pub use spike::{Increase, Multiple, Spike, SpikeError};
pub use view::{SeriesView, ViewError};
pub use watch::{Verdict, Watch};
pub use window::{Window, WindowError};
