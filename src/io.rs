//! The edges: files in, files out. Only the catalogue of cases is built upon this room.
//!
//! *Reading* here means all or nothing: a file becomes a whole register, or an error that names the file, the
//! line and the mend. It is not importing from strangers' formats: a register file is written by people who
//! read the sources.
//!
//! Essential items:
//!
//! - [`read_path`], [`read_toml`], [`read_json_lines`]: a register file becomes a [`Loaded`] register;
//! - [`write_json_lines`]: a register becomes a file;
//! - [`read_observations`], [`write_observations_csv`]: the same for what stores were seen to do;
//! - [`read_claims`]: what was published about downloads;
//! - [`ReadError`]: where a file went wrong, and how to mend it.
//!
//! The formats are described in the project's `docs/register-file.md`, `docs/observations.md` and `docs/claims.md`.
//!
//! ```
//! let text = r#"
//! format = "delisted-register"
//! version = 1
//!
//! [[app]]
//! id = "wechat"
//! name = "WeChat"
//! "#;
//! let loaded = delisted::io::read_toml("wechat.toml", text)?;
//! assert!(loaded.register.directory().app(&"wechat".parse()?).is_some());
//!
//! let error = delisted::io::read_toml("wechat.toml", &text.replace("name", "nmae")).unwrap_err();
//! assert_eq!(error.to_string(), "wechat.toml:7: unknown field `nmae` in an app; did you mean `name`?");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#[cfg(feature = "ics")]
mod calendar_file;
mod claims_file;
mod observation_file;
mod register_file;

#[cfg(feature = "ics")]
pub use calendar_file::to_ics;
pub use claims_file::{ClaimsProblem, ClaimsReadError, read_claims, read_claims_toml};
pub use observation_file::{
    ObservationProblem, ObservationReadError, ObservationWriteError, read_observations,
    read_observations_against, read_observations_csv, read_observations_json_lines, write_observations_csv,
    write_observations_json_lines,
};
#[cfg(feature = "schema")]
pub use register_file::schema;
pub use register_file::{
    Loaded, PlacedWarning, ReadError, ReadProblem, WriteError, read_json_lines, read_path, read_toml,
    write_json_lines,
};
// The tree of a file with its lines, for the other room that reads TOML.
#[cfg(feature = "cases")]
pub(crate) use register_file::{Node, Placed, Text, decode, one_of};
