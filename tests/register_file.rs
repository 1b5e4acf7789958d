//! What a register file may say, and what each kind of bad file is told: the whole text, with its line.
#![cfg(feature = "file")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::arithmetic_side_effects,
    reason = "tests stop at the first surprise"
)]

#[path = "register_file/corrections.rs"]
mod corrections;
#[path = "register_file/declarations.rs"]
mod declarations;
#[path = "register_file/json_lines.rs"]
mod json_lines;
#[path = "register_file/names.rs"]
mod names;
#[path = "register_file/order.rs"]
mod order;
#[path = "register_file/scopes.rs"]
mod scopes;
#[path = "register_file/shape.rs"]
mod shape;
#[path = "register_file/support.rs"]
mod support;
#[path = "register_file/times.rs"]
mod times;
#[path = "register_file/warnings.rs"]
mod warnings;
