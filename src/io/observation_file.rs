//! The file of observations: CSV for tables, JSON Lines for streams.

mod column;
mod csv;
mod error;
mod json_lines;
mod parse;

use std::{
    fs::File,
    io::{BufReader, ErrorKind, Read},
    path::Path,
};

pub use self::csv::{read_observations_csv, write_observations_csv};
pub use error::{ObservationProblem, ObservationReadError, ObservationWriteError};
pub use json_lines::{read_observations_json_lines, write_observations_json_lines};

use self::{csv::table, json_lines::lines, parse::Parser};
use crate::{Register, observation::Observations};

/// Reads a file of observations, `.csv` or `.jsonl`.
///
/// `-` is what comes in at the program's standard input. That, and a device such as `/dev/stdin`, is taken for JSON
/// Lines if it starts with `{`, and for CSV if not.
///
/// ```no_run
/// let observations = delisted::io::read_observations("observations.csv")?;
/// println!("{} sightings", observations.sightings().len());
/// # Ok::<(), delisted::io::ObservationReadError>(())
/// ```
///
/// # Errors
///
/// - the file is not there or cannot be read, or its name ends in neither `.csv` nor `.jsonl`;
/// - whatever [`read_observations_csv`] and [`read_observations_json_lines`] refuse.
pub fn read_observations(path: impl AsRef<Path>) -> Result<Observations, ObservationReadError> {
    read(path.as_ref(), Parser::new(None))
}

/// Reads a file of observations of what a register speaks of: every cause must be an instrument of that register.
///
/// A word for an app or a store that the register does not know is no error, and
/// [`oddities`](crate::reconciliation::oddities) tells of it.
///
/// ```no_run
/// let loaded = delisted::io::read_path("register.toml")?;
/// let observations = delisted::io::read_observations_against(&loaded.register, "observations.csv")?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// - a cause names an instrument that the register does not hold;
/// - whatever [`read_observations`] refuses.
pub fn read_observations_against(
    register: &Register,
    path: impl AsRef<Path>,
) -> Result<Observations, ObservationReadError> {
    read(path.as_ref(), Parser::new(Some(register)))
}

fn read(path: &Path, parser: Parser) -> Result<Observations, ObservationReadError> {
    let name = path.display().to_string();
    let failed = |problem| ObservationReadError::whole(&name, problem);
    let unreadable = |error: std::io::Error| match error.kind() {
        ErrorKind::NotFound => failed(ObservationProblem::NoFile),
        _ => failed(ObservationProblem::Unreadable { message: error.to_string() }),
    };
    if name == "-" {
        return either("standard input", std::io::stdin().lock(), parser);
    }
    let open = || File::open(path).map(BufReader::new).map_err(unreadable);
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
    match ending.as_deref() {
        Some("csv") => table(&name, open()?, parser),
        Some("jsonl") => lines(&name, open()?, parser),
        _ if path.starts_with("/dev") => either(&name, open()?, parser),
        _ => Err(failed(ObservationProblem::UnknownForm)),
    }
}

/// Reads what has no name to tell its form.
fn either(name: &str, mut input: impl Read, parser: Parser) -> Result<Observations, ObservationReadError> {
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes).map_err(|error| {
        ObservationReadError::whole(name, ObservationProblem::Unreadable { message: error.to_string() })
    })?;
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes).trim_ascii_start();
    if start.starts_with(b"{") {
        lines(name, bytes.as_slice(), parser)
    } else {
        table(name, bytes.as_slice(), parser)
    }
}
