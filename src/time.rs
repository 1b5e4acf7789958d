//! Time: instants, whole days, periods, and the two coordinates of a question.
//!
//! *Time* here is what documents state and questions ask about. It is never the machine's clock: the
//! library has none, so an answer depends on its inputs alone and can be repeated in ten years.
//!
//! Essential types:
//!
//! - `chrono::DateTime<Utc>`: an instant. All reckoning is in UTC; [`instant`] parses one.
//! - [`Dated`]: a point or a whole day as a document states it, with its text kept.
//! - [`Period`]: from an instant up to, and not including, another.
//! - [`AsOf`]: the instant asked about, and how much was known.
//! - [`Timeline`]: one value at every instant.
#![cfg_attr(
    feature = "zones",
    doc = "- [`civil`]: civil times in their IANA zone, with daylight-saving gaps and folds as typed outcomes."
)]
//!
//! ```
//! use delisted::time::{AsOf, Known, instant};
//!
//! let noon = instant("2020-09-21T16:00:00Z")?;
//! let now_known: AsOf = noon.into();
//! let then_known = AsOf::from(noon).known_at(noon);
//! assert_eq!(now_known.known(), Known::Best);
//! assert_eq!(then_known.known(), Known::At(noon));
//! # Ok::<(), delisted::time::TimeError>(())
//! ```

mod as_of;
#[cfg(feature = "zones")]
pub mod civil;
mod dated;
mod period;
mod timeline;

pub use as_of::{AsOf, Known};
pub use dated::{Dated, TimeError, instant};
pub(crate) use period::text;
pub use period::{Period, PeriodError};
pub use timeline::Timeline;
