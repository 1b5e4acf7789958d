//! Printing, for a reader who may stop reading.

use std::{
    error::Error,
    io::{self, BufWriter, ErrorKind, Write, stdout},
};

/// Writes to standard output. Whoever reads the first lines only, as `head` does, has read enough, and that is the end.
pub(crate) fn print(
    write: impl FnOnce(&mut dyn Write) -> Result<(), Box<dyn Error>>,
) -> Result<(), Box<dyn Error>> {
    print_to(stdout().lock(), write)
}

/// The same to any output.
pub(crate) fn print_to(
    out: impl Write,
    write: impl FnOnce(&mut dyn Write) -> Result<(), Box<dyn Error>>,
) -> Result<(), Box<dyn Error>> {
    let mut out = BufWriter::new(out);
    let written = write(&mut out);
    let written = written.and(out.flush().map_err(Into::into));
    let (_, left) = out.into_parts();
    // What a reader who has gone did not take is not offered again.
    drop(left);
    match written {
        Err(error) if is_broken_pipe(error.as_ref()) => Ok(()),
        other => other,
    }
}

fn is_broken_pipe(error: &(dyn Error + 'static)) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == ErrorKind::BrokenPipe)
}
