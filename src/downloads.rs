//! Downloads: how far a count rose above what was to be expected, in words that cannot be confused.
//!
//! A *spike* is a count beside what was expected in its place. It is not a rate and not a rank. Three numbers
//! tell its size, and newspapers mix them up: the *multiple* (28 times as many), the *increase* (27 times more),
//! and the increase in per cent (2,742 %). Each has a type or a name of its own here, and none prints as
//! another.
//!
//! Essential types: [`Spike`], [`Multiple`], [`Increase`].
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

mod spike;
mod wording;

pub use spike::{Increase, Multiple, Spike, SpikeError};
