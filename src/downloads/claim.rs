//! Claims: what was published about downloads, and whether two of them can both be true.
//!
//! A *claim* here is a published number of downloads, or a published word on how far they rose or fell, with all that was
//! said of it: who counted, where, on which days, against what. It is not a measurement, and it is not checked against
//! one: what is worked out is what its own digits and words leave open, and whether two claims leave anything open together.
//!
//! Essential items:
//!
//! - [`Figure`], [`Change`]: `about 2 million`, `28 times`, as [`Interval`]s of what they may stand for;
//! - [`Claim`], with the baseline that its figures imply;
//! - [`compare`] two, or every two of a set with [`verdict`]: consistent, inconsistent and by how much, or not comparable and
//!   why.
//!
//! ```
//! use delisted::downloads::claim::{About, Against, Claim, Figures, compare};
//!
//! let mut reuters = Claim::new(
//!     "reuters".parse()?,
//!     About::App("wechat".parse()?),
//!     Figures::of_change("28 times".parse()?).with_count("54,000".parse()?),
//! );
//! reuters.vendor = Some("Sensor Tower".to_owned());
//! reuters.place = Some("US".parse()?);
//! reuters.window = Some("2020-09-18..2020-09-19".parse()?);
//! reuters.against = Some(Against::WeekEarlier);
//!
//! let adweek = Claim {
//!     id: "adweek".parse()?,
//!     figures: Figures::of_change("up 1,058 %".parse()?).with_count("110,000".parse()?),
//!     ..reuters.clone()
//! };
//! assert_eq!(
//!     compare(&reuters, &adweek).to_string(),
//!     "reuters and adweek: not comparable: the store is not stated by both; if the store is the same, they are inconsistent: \
//!      the counts are at least 1.92 times apart, the multiples are at least 2.37 times apart and the baselines are at least \
//!      4.57 times apart",
//! );
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
#![doc = include_str!("../../docs/claims.md")]

mod about;
mod change;
mod compare;
mod figure;
mod interval;
mod number;
mod ratio;
mod relation;
mod said;
mod set;

pub use about::{About, Against, Measured, Per, Place};
pub use change::{Change, ChangeError, ChangeProblem, Reading, Sense};
pub use compare::{Aspect, Comparison, Conclusion, Gap, Reason, Shape, Term, Unlike, compare};
pub use figure::{Figure, FigureError, FigureProblem};
pub use interval::Interval;
pub use said::{Claim, Figures, NoFigures};
pub use set::{Group, verdict};

pub(super) use ratio::Ratio;
