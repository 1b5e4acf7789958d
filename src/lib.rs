#![doc = include_str!("../README.md")]

pub mod determination;
pub mod downloads;
pub mod error;
pub mod explanation;
pub mod id;
#[cfg(feature = "file")]
pub mod io;
pub mod law;
pub mod market;
pub mod register;
pub mod status;
pub mod time;

pub use id::{
    AppId, AppealId, AuthorityId, CategoryId, ClauseId, ConditionId, EndingId, EntryId, ForbearanceId,
    InstrumentId, OrganizationId, PartyId, ReliefId,
};
pub use market::{Act, Store, Subject, Territory};
pub use register::Register;
pub use status::StoreStatus;
pub use time::AsOf;
