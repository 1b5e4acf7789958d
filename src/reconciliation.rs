//! Reconciliation: what stores were seen to do, laid beside what the law required of them.
//!
//! To *reconcile* is to put two accounts side by side and name where they agree, where they differ and where one is
//! silent. It is not an accusation: an app may be gone for a hundred reasons, and a store may offer what a court has
//! allowed. What nobody saw is said to be unobserved, never to be in order.
//!
//! Essential types:
//!
//! - [`reconcile`]: a register, observations and a rule become a [`Reconciliation`];
//! - [`Finding`]: one subject, one stretch of time, what became of the law, and on what that rests;
//! - [`Lag`]: how long after the law a store moved, as an interval;
//! - [`StoreSummary`]: the same over all that a store did;
//! - [`Report`]: all of that with the rule, and with what is odd about the observations: each [`Oddity`], and where
//!   something was [seen both ways](SeenBothWays).
//!
//! ```
//! use delisted::{Register, Store, observation::*, reconciliation::{FindingKind, reconcile}, time::{Dated, Known, instant}};
//!
//! let look = |when: &str| -> Result<_, Box<dyn std::error::Error>> {
//!     let at = Dated::from(instant(when)?);
//!     let look = Sighting::build("hkmap".parse()?, Store::APP_STORE, "HK".parse()?, at, Seen::Removed);
//!     Ok(look.by(RemovedBy::Store).source("https://example.org/report").finish()?)
//! };
//! let observations = Observations::new([look("2019-10-10T02:00:00Z")?, look("2019-10-12T02:00:00Z")?]);
//! let register = Register::default();
//! let reconciliation = reconcile(&register, &observations, ChangeRule::reported(), Known::Best);
//! // No law of the register speaks of it, and yet it was gone.
//! assert_eq!(reconciliation.findings()[0].kind(), FindingKind::WithheldWhileUnrestricted);
//! assert_eq!(
//!     reconciliation.findings()[0].to_string(),
//!     "download of hkmap in app-store, HK, 2019-10-10T02:00:00Z to 2019-10-12T02:00:00Z: withheld while unrestricted; by store",
//! );
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod both_ways;
mod engine;
mod finding;
mod lag;
mod law;
mod oddity;
mod report;
#[cfg(feature = "serde")]
mod serialize;
mod silent;
mod summary;
mod wording;

pub use both_ways::SeenBothWays;
pub use engine::{Reconciliation, reconcile};
pub use finding::{Finding, FindingKind, OpenQuestion};
pub use lag::{Lag, Response};
#[cfg(feature = "file")]
pub(crate) use oddity::instruments;
pub use oddity::{Oddity, OddityKind, oddities};
pub use report::Report;
pub use summary::{Spread, StoreLags, StoreSummary};
