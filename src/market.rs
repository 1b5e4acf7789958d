//! The market: apps, the stores that offer them, the territories where, and the acts that a law may reach.
//!
//! The *market* is what exists whether or not any law speaks of it. An app is the product as the public
//! knows it, not its entry in one store; a territory is where a store offers apps, not where a court sits.
//!
//! Essential types:
//!
//! - [`Store`], [`Territory`] and the two together, a [`Storefront`];
//! - [`ListingId`]: what a store calls an app;
//! - [`Percent`]: a part of an ownership;
//! - [`Basis`]: whether a source states a fact, or a reader inferred it;
//! - [`Act`]: what is done with an app, such as a download or an update;
//! - [`Subject`]: an app in a store and a territory, and an act: what a question is about;
//! - [`Directory`]: the names of all that a register may speak of.
//!
//! ```
//! use delisted::market::{Act, Store, Subject};
//!
//! let subject = Subject::new("wechat".parse()?, Store::APP_STORE, "US".parse()?, Act::Download);
//! assert_eq!(subject.to_string(), "download of wechat in app-store, US");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod act;
mod basis;
mod directory;
mod iso3166;
mod listing;
mod percent;
mod store;
mod subject;
mod territory;

pub use act::{Act, UnknownAct};
pub use basis::{Basis, UnknownBasis};
pub use directory::{
    AppDeclared, AuthorityDeclared, AuthorityKind, CategoryDeclared, Declaration, Directory, DirectoryError,
    OrganizationDeclared, StoreDeclared,
};
pub use listing::{ListingId, ListingIdError};
pub(crate) use percent::in_digits;
pub use percent::{Percent, PercentError};
pub use store::{Store, Storefront};
pub use subject::Subject;
pub use territory::{Coverage, Territory, TerritoryError};
