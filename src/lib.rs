#![cfg_attr(feature = "file", doc = include_str!("../README.md"))]
#![cfg_attr(
    not(feature = "file"),
    doc = "What the law requires of an app in an app store, at any instant, and why; and how far downloads surged around it."
)]

pub mod calendar;
#[cfg(feature = "cases")]
pub mod cases;
pub mod determination;
pub mod downloads;
pub mod error;
pub mod explanation;
pub mod id;
#[cfg(feature = "file")]
pub mod io;
pub mod law;
pub mod market;
pub mod observation;
pub mod reconciliation;
pub mod register;
pub mod status;
pub mod time;

pub use explanation::Explanation;
pub use id::{
    AppId, AppealId, AuthorityId, CategoryId, ClaimId, ClauseId, ConditionId, EndingId, EntryId,
    ForbearanceId, InstrumentId, OrganizationId, PartyId, ReliefId,
};
pub use market::{Act, Store, Subject, Territory};
pub use register::Register;
pub use status::StoreStatus;
pub use time::AsOf;
