//! The register file, version 1: TOML for people, JSON Lines for large logs.

mod decode;
mod error;
mod from_wire;
mod node;
mod number;
mod order;
mod read;
mod to_wire;
mod wire;

pub(crate) use decode::{decode, one_of};
pub use error::{ReadError, ReadProblem};
pub(crate) use node::{Node, Value};
pub use read::{Loaded, PlacedWarning, read_json_lines, read_path, read_toml};
pub use to_wire::{WriteError, write_json_lines};
pub(crate) use wire::{Placed, Text};

/// The word with which every register file opens.
const FORMAT: &str = "delisted-register";

/// The version of the format that this library writes, and the only one it reads.
const VERSION: i64 = 1;

/// The JSON Schema of the register file, as `schema/register.schema.json` holds it.
///
/// ```
/// let schema = delisted::io::schema();
/// assert_eq!(schema.get("title").and_then(|title| title.as_str()), Some("delisted register, version 1"));
/// ```
#[cfg(feature = "schema")]
#[must_use]
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(wire::FileWire).to_value()
}
