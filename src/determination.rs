//! Determination: what the law requires of one subject at one instant, and on what grounds.
//!
//! A *determination* is what follows mechanically from the register by one rule. It is not a prediction, not
//! a judgment on anyone's validity, and not legal advice. Asking cannot fail: where nothing is recorded, the
//! answer is [`Requirement::Unrestricted`] without grounds.
//!
//! **The rule.** For a subject at an instant, a measure is *operative* if its scope covers the subject, its
//! span contains the instant, nothing operative has ended it, the instrument that it hangs on (if any) is
//! operative, and no operative relief aimed at it covers the subject. Targets are recorded before what is
//! aimed at them, so the recursion ends and the answer is the only one.
//!
//! Essential items:
//!
//! - [`Register::determine`](crate::Register::determine): the answer at one instant;
//! - [`Determination`]: the [`Requirement`], the [`Ground`]s in a fixed order, and the marks, [`Uncertainty`] among
//!   them;
//! - [`Register::timeline`](crate::Register::timeline): the whole life of a subject;
//! - [`Register::changes`](crate::Register::changes): what turns between two instants;
//! - [`Register::what_if`](crate::Register::what_if): the answers had something else happened.
//!
//! ```
//! use delisted::{Act, Register, Store, Subject, determination::Requirement, time::instant};
//!
//! let register = Register::default();
//! let subject = Subject::new("wechat".parse()?, Store::APP_STORE, "US".parse()?, Act::Download);
//! let answer = register.determine(&subject, instant("2020-09-22T00:00:00Z")?);
//! assert_eq!(answer.requirement(), Requirement::Unrestricted);
//! assert!(answer.grounds().is_empty());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod answer;
mod assessment;
mod changes;
mod extent;
mod operative;
mod timeline;
mod uncertainty;
mod what_if;

pub use answer::{Determination, Ground, GroundStatus, Requirement, Role};
pub use changes::Change;
pub use uncertainty::Uncertainty;
pub use what_if::{Difference, WhatIf};

pub(crate) use assessment::{Assessment, Node};
pub(crate) use extent::Extent;
pub(crate) use operative::is_over;
pub(crate) use timeline::{relevant, times_of};
pub(crate) use uncertainty::marked;
