//! The edges: files in, files out. Nothing in the library depends on this room.
//!
//! *Reading* here means all or nothing: a file becomes a whole register, or an error that names the file, the
//! line and the mend. It is not importing from strangers' formats: a register file is written by people who
//! read the sources.
//!
//! Essential items:
//!
//! - [`read_path`], [`read_toml`], [`read_json_lines`]: a register file becomes a [`Loaded`] register;
//! - [`write_json_lines`]: a register becomes a file;
//! - [`ReadError`]: where a file went wrong, and how to mend it.
//!
//! The format itself is described in the project's `docs/register-file.md`.
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

mod register_file;

#[cfg(feature = "schema")]
pub use register_file::schema;
pub use register_file::{
    Loaded, PlacedWarning, ReadError, ReadProblem, WriteError, read_json_lines, read_path, read_toml,
    write_json_lines,
};
