use std::io::{Read, Write};

use csv::{ReaderBuilder, StringRecord, WriterBuilder};

use super::{
    column::Column,
    error::{ObservationProblem, ObservationReadError, ObservationWriteError},
    parse::{Misfit, Parser, Row, shown},
};
use crate::{
    error::Suggestion,
    market::Basis,
    observation::{Observations, Sighting},
};

/// Reads a table of observations: comma-separated, in UTF-8, with a header that names the columns in any order.
///
/// The columns are told in the [room of observations](crate::observation).
///
/// ```
/// let text = "\
/// app,store,territory,at,seen,by,source
/// tiktok,google-play,IN,2020-06-29[Asia/Kolkata],available,,https://example.org/monitor
/// tiktok,google-play,IN,2020-06-30[Asia/Kolkata],removed,store,https://example.org/report
/// ";
/// let observations = delisted::io::read_observations_csv("india.csv", text.as_bytes())?;
/// assert_eq!(observations.sightings().len(), 2);
/// # Ok::<(), delisted::io::ObservationReadError>(())
/// ```
///
/// # Errors
///
/// - the input cannot be read, or is not UTF-8;
/// - the header is missing, names an unknown column, one of them twice, or not all that are needed;
/// - a row has more or fewer cells than there are columns, or a quotation mark is not closed;
/// - a cell that is needed is blank, or holds what does not belong there;
/// - the cells of a row do not fit together.
pub fn read_observations_csv(file: &str, input: impl Read) -> Result<Observations, ObservationReadError> {
    table(file, input, Parser::new(None))
}

pub(super) fn table(
    file: &str,
    mut input: impl Read,
    mut parser: Parser,
) -> Result<Observations, ObservationReadError> {
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes).map_err(|error| {
        ObservationReadError::whole(file, ObservationProblem::Unreadable { message: error.to_string() })
    })?;
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    let mut place = Place::new(bytes);
    let mut table = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
    let mut record = StringRecord::new();
    let mut sightings = Vec::new();
    let mut columns: Option<Vec<Column>> = None;
    loop {
        let start = usize::try_from(table.position().byte()).unwrap_or(usize::MAX);
        let more = table.read_record(&mut record);
        let line = place.first_line(start);
        let nth = |cell: usize| columns.as_ref().and_then(|columns| columns.get(cell)).copied();
        let failed = |cell: Option<usize>, problem| {
            ObservationReadError::new(file, line, problem).within("column", cell.and_then(nth))
        };
        match more {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                return Err(match error.kind() {
                    csv::ErrorKind::Utf8 { err, .. } => {
                        failed(Some(err.field()), ObservationProblem::NotUtf8)
                    }
                    _ => failed(None, ObservationProblem::Unreadable { message: error.to_string() }),
                });
            }
        }
        let end = usize::try_from(table.position().byte()).unwrap_or(usize::MAX);
        quotes(bytes.get(start..end).unwrap_or_default())
            .map_err(|(cell, problem)| failed(Some(cell), problem))?;
        match &columns {
            None => columns = Some(header(&record).map_err(|problem| failed(None, problem))?),
            Some(columns) => {
                let sighting = row(&mut parser, columns, &record)
                    .map_err(|(column, problem)| failed(None, problem).within("column", column))?;
                sightings.push(sighting);
            }
        }
    }
    match columns {
        Some(_) => Ok(Observations::new(sightings)),
        None => Err(ObservationReadError::new(file, 1, ObservationProblem::NoHeader)),
    }
}

/// Holds the quotation marks of a row against the rules, which the table's own reader bends: they surround a cell or
/// stand twice within one that they surround. Tells the cell in which one does not.
fn quotes(row: &[u8]) -> Result<(), (usize, ObservationProblem)> {
    #[derive(Clone, Copy, PartialEq)]
    enum At {
        Start,
        Bare,
        Quoted,
        /// Behind a mark within a quoted cell: it closes the cell, or another one makes it a part of the text.
        Mark,
    }
    if !row.contains(&b'"') {
        return Ok(());
    }
    let (mut at, mut cell) = (At::Start, 0_usize);
    for byte in row {
        at = match (at, byte) {
            (At::Quoted, b'"') => At::Mark,
            (At::Start | At::Mark, b'"') | (At::Quoted, _) => At::Quoted,
            (At::Bare, b'"') => return Err((cell, ObservationProblem::OpenQuote)),
            (_, b',') => {
                cell = cell.saturating_add(1);
                At::Start
            }
            // The end of the row, or of a blank line before it.
            (state @ (At::Start | At::Mark), b'\r' | b'\n') => state,
            (At::Mark, _) => return Err((cell, ObservationProblem::BehindQuote)),
            (At::Start | At::Bare, _) => At::Bare,
        };
    }
    if at == At::Quoted { Err((cell, ObservationProblem::OpenQuote)) } else { Ok(()) }
}

/// Which line a byte stands on; asked with growing places.
struct Place<'t> {
    text: &'t [u8],
    counted: usize,
    line: u64,
}

impl<'t> Place<'t> {
    fn new(text: &'t [u8]) -> Self {
        Self { text, counted: 0, line: 1 }
    }

    fn line(&mut self, byte: usize) -> u64 {
        let passed = self.text.get(self.counted..byte).unwrap_or_default();
        #[expect(clippy::naive_bytecount, reason = "the bytes of a row are few")]
        let breaks = passed.iter().filter(|byte| **byte == b'\n').count();
        self.line = self.line.saturating_add(u64::try_from(breaks).unwrap_or(u64::MAX));
        self.counted = self.counted.max(byte.min(self.text.len()));
        self.line
    }

    /// The first line of a row, behind the blank lines that the table skips before it.
    fn first_line(&mut self, start: usize) -> u64 {
        let rest = self.text.get(start..).unwrap_or_default();
        let blank = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        self.line(start.saturating_add(blank))
    }
}

fn header(cells: &StringRecord) -> Result<Vec<Column>, ObservationProblem> {
    let mut columns = Vec::with_capacity(cells.len());
    for cell in cells {
        let Some(column) = Column::named(cell) else {
            let suggestion = Suggestion::among(&shown(cell), Column::ALL.map(Column::name));
            return Err(ObservationProblem::UnknownColumn { column: shown(cell), suggestion });
        };
        if columns.contains(&column) {
            return Err(ObservationProblem::RepeatedColumn { column: column.name() });
        }
        columns.push(column);
    }
    match Column::ALL.into_iter().find(|column| column.is_required() && !columns.contains(column)) {
        Some(column) => Err(ObservationProblem::MissingColumn { column: column.name() }),
        None => Ok(columns),
    }
}

fn row(parser: &mut Parser, columns: &[Column], cells: &StringRecord) -> Result<Sighting, Misfit> {
    let (found, expected) = (cells.len(), columns.len());
    if let Some(missing) = columns.get(found) {
        let missing = missing.name();
        return Err((None, ObservationProblem::TooFewCells { found, expected, missing }));
    }
    if found > expected {
        return Err((None, ObservationProblem::TooManyCells { found, expected }));
    }
    let mut row: Row<'_> = [None; Column::ALL.len()];
    for (column, cell) in columns.iter().zip(cells) {
        if let Some(place) = row.get_mut(column.index()) {
            *place = Some(cell).filter(|cell| !cell.is_empty());
        }
    }
    let causes = row.get(Column::Causes.index()).copied().flatten();
    parser.sighting(&row, causes.into_iter().flat_map(|causes| causes.split(';')))
}

/// Writes observations as a table that reads back as equal ones.
///
/// ```
/// use delisted::{Store, io, observation::{Observations, Seen, Sighting}, time::Dated};
///
/// let day = Dated::utc_day("2020-06-30".parse()?)?;
/// let sighting = Sighting::build("tiktok".parse()?, Store::GOOGLE_PLAY, "IN".parse()?, day, Seen::Removed)
///     .source("https://example.org/report")
///     .finish()?;
/// let observations = Observations::new([sighting]);
/// let mut table = Vec::new();
/// io::write_observations_csv(&observations, &mut table)?;
/// assert_eq!(io::read_observations_csv("again.csv", table.as_slice())?, observations);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// - the output refuses;
/// - a sighting lies outside the years 0 to 9999.
pub fn write_observations_csv(
    observations: &Observations,
    output: impl Write,
) -> Result<(), ObservationWriteError> {
    let mut table = WriterBuilder::new().from_writer(output);
    table.write_record(Column::ALL.map(Column::name))?;
    for sighting in observations.sightings() {
        let subject = sighting.subject();
        let at = stated(sighting)?;
        let causes: Vec<String> = sighting.causes().iter().map(ToString::to_string).collect();
        table.write_record([
            subject.app().as_str(),
            subject.store().as_str(),
            subject.territory().as_str(),
            subject.act().as_str(),
            &at,
            sighting.seen().as_str(),
            sighting.by().map_or("", |by| by.as_str()),
            &causes.join(";"),
            noted(sighting).map_or("", Basis::as_str),
            sighting.source(),
            sighting.note().unwrap_or_default(),
        ])?;
    }
    table.flush()?;
    Ok(())
}

/// The basis of a sighting where a file names it: `stated` is left out.
pub(super) fn noted(sighting: &Sighting) -> Option<Basis> {
    Some(sighting.basis()).filter(|basis| *basis != Basis::default())
}

/// The time of a sighting as a file states it.
pub(super) fn stated(sighting: &Sighting) -> Result<String, ObservationWriteError> {
    let at = sighting.at();
    if at.is_writable() {
        Ok(at.to_string())
    } else {
        Err(ObservationWriteError::Time { at: at.to_string() })
    }
}
