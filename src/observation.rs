//! Observation: how stores were seen to stand, whatever the law said.
//!
//! A *sighting* is one record that somebody saw, or reported, how one app stood in one store and territory at a
//! time: a look by a monitor, a line of a news report. It is not a change and not a cause: between two sightings
//! anything may have happened, and an app that cannot be found was not thereby removed by anybody.
//!
//! Essential types:
//!
//! - [`Sighting`]: the record, with [`Seen`], how it stood, and, where a source says so, [`RemovedBy`] and the
//!   [`Attribution`]s of a cause;
//! - [`Observations`]: sightings in whatever order they came, sorted, with duplicates merged and contradictions kept;
//! - [`ChangeRule`]: how many looks make a change; its presets are rules that others published;
//! - [`Presence`]: how an app stood over time by such a rule, with its [`Spell`]s and [`PresenceChange`]s;
//! - [`SeenAt`]: how an app stood at a time, and on which sightings that rests.
//!
//! ```
//! use delisted::{Act, Store, Subject, observation::{Observations, Seen, Sighting}, time::{Dated, instant}};
//!
//! let at = |text| instant(text).map(Dated::from);
//! let (app, territory): (delisted::AppId, delisted::Territory) = ("tiktok".parse()?, "US".parse()?);
//! let look = |when, seen| Sighting::build(app.clone(), Store::APP_STORE, territory.clone(), when, seen)
//!     .source("https://example.org/monitor")
//!     .finish();
//! let observations = Observations::new([
//!     look(at("2025-01-19T06:00:00Z")?, Seen::Removed)?,
//!     look(at("2025-01-19T03:00:00Z")?, Seen::Available)?,
//!     look(at("2025-01-21T03:00:00Z")?, Seen::Removed)?,
//! ]);
//! let subject = Subject::new(app.clone(), Store::APP_STORE, territory.clone(), Act::Download);
//! assert_eq!(observations.seen_at(&subject, &at("2025-01-20T00:00:00Z")?).offered(), Some(false));
//! assert_eq!(observations.seen_at(&subject, &at("2025-01-19T04:00:00Z")?).offered(), None);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
#![doc = ""]
#![doc = include_str!("../docs/observations.md")]

mod elsewhere;
mod observations;
mod presence;
mod rule;
mod runs;
mod seen;
mod seen_at;
mod sighting;
mod story;
mod stretch;

pub use observations::{Contradiction, Observations};
pub use presence::{Presence, PresenceChange, Spell, State};
pub use rule::{ChangeRule, UnknownRule};
pub use seen::{Attribution, AttributionError, RemovedBy, Seen, UnknownRemover, UnknownSeen};
pub use seen_at::{Basis, SeenAt};
pub use sighting::{Sighting, SightingBuilder, SightingError};
pub use stretch::Stretch;
