use thiserror::Error;

use super::column::Column;
use crate::{
    InstrumentId,
    error::Suggestion,
    id::IdError,
    market::{TerritoryError, UnknownAct, UnknownBasis},
    observation::{AttributionError, SightingError, UnknownRemover, UnknownSeen},
    time::TimeError,
};

/// Why a file of observations could not be read, with the place.
///
/// ```
/// let text = "app,store,territory,at,seen,source\nwechat,app-store,US,2020-09-20,available,https://example.org\n";
/// let error = delisted::io::read_observations_csv("looks.csv", text.as_bytes()).unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "looks.csv:2: column `at`: `2020-09-20` has no zone; write `2020-09-20[UTC]` or name the place, \
///      `2020-09-20[America/New_York]`",
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{file}:{} {}{problem}", numbered(*line), place(*column))]
pub struct ObservationReadError {
    file: String,
    line: Option<u64>,
    column: Option<(&'static str, &'static str)>,
    problem: ObservationProblem,
}

/// The line behind the file's name, where the fault lies in one.
fn numbered(line: Option<u64>) -> String {
    line.map(|line| format!("{line}:")).unwrap_or_default()
}

/// The words for the column, or the field, that is at fault.
fn place(column: Option<(&str, &str)>) -> String {
    column.map(|(kind, name)| format!("{kind} `{name}`: ")).unwrap_or_default()
}

impl ObservationReadError {
    pub(super) fn new(file: &str, line: u64, problem: ObservationProblem) -> Self {
        Self { file: file.to_owned(), line: Some(line), column: None, problem }
    }

    /// Of the whole file, which has no line to name.
    pub(super) fn whole(file: &str, problem: ObservationProblem) -> Self {
        Self { file: file.to_owned(), line: None, column: None, problem }
    }

    /// The same with the column, or the field, that is at fault.
    pub(super) fn within(self, kind: &'static str, column: Option<Column>) -> Self {
        Self { column: column.map(|column| (kind, column.name())), ..self }
    }

    /// The file, as it was named.
    ///
    /// ```
    /// let error = delisted::io::read_observations_csv("looks.csv", "".as_bytes()).unwrap_err();
    /// assert_eq!(error.file(), "looks.csv");
    /// ```
    #[must_use]
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The line, counted from 1; of a row that spans several lines, the first. A file that is not there has none.
    ///
    /// ```
    /// let error = delisted::io::read_observations_csv("looks.csv", "".as_bytes()).unwrap_err();
    /// assert_eq!(error.line(), Some(1));
    /// assert_eq!(delisted::io::read_observations("no-such-file.csv").unwrap_err().line(), None);
    /// ```
    #[must_use]
    pub fn line(&self) -> Option<u64> {
        self.line
    }

    /// The name of the column, or the field, where one is at fault.
    ///
    /// ```
    /// let text = "app,store,territory,at,seen,source\nWeChat,app-store,US,2020-09-20[UTC],available,page\n";
    /// let error = delisted::io::read_observations_csv("looks.csv", text.as_bytes()).unwrap_err();
    /// assert_eq!(error.column(), Some("app"));
    /// ```
    #[must_use]
    pub fn column(&self) -> Option<&str> {
        self.column.map(|(_, name)| name)
    }

    /// What went wrong.
    ///
    /// ```
    /// use delisted::io::ObservationProblem;
    ///
    /// let error = delisted::io::read_observations_csv("looks.csv", "".as_bytes()).unwrap_err();
    /// assert_eq!(error.problem(), &ObservationProblem::NoHeader);
    /// ```
    #[must_use]
    pub fn problem(&self) -> &ObservationProblem {
        &self.problem
    }
}

/// What went wrong in a file of observations.
///
/// ```
/// use delisted::io::ObservationProblem;
///
/// let text = "app,store,territory,at,saw,source\n";
/// let error = delisted::io::read_observations_csv("looks.csv", text.as_bytes()).unwrap_err();
/// assert!(matches!(error.problem(), ObservationProblem::UnknownColumn { .. }));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ObservationProblem {
    /// There is no file of that name.
    #[error("there is no such file")]
    NoFile,
    /// The file could not be opened or read.
    #[error("the file cannot be read: {message}")]
    Unreadable {
        /// What the system said.
        message: String,
    },
    /// The ending of the file's name is not one of the two.
    #[error(
        "the file's name ends in neither `.csv` nor `.jsonl`, so its form is not known; rename it, or read it from `-`"
    )]
    UnknownForm,
    /// The bytes are not UTF-8.
    #[error("the text is not UTF-8; save the file as UTF-8")]
    NotUtf8,
    /// There is no first line that names the columns.
    #[error(
        "the file is empty; its first line names the columns, app, store, territory, at, seen and source at least"
    )]
    NoHeader,
    /// The header names a column that there is not.
    #[error("unknown column `{column}`{suggestion}")]
    UnknownColumn {
        /// The column as given.
        column: String,
        /// What was probably meant.
        suggestion: Suggestion,
    },
    /// The header leaves out a column that is needed.
    #[error("column `{column}` is missing; app, store, territory, at, seen and source are needed")]
    MissingColumn {
        /// The column.
        column: &'static str,
    },
    /// The header names a column twice.
    #[error("column `{column}` stands twice")]
    RepeatedColumn {
        /// The column.
        column: &'static str,
    },
    /// A row has fewer cells than there are columns.
    #[error(
        "the row has {found} cells, but the header names {expected} columns; the first without a cell is `{missing}`"
    )]
    TooFewCells {
        /// The cells of the row.
        found: usize,
        /// The columns of the header.
        expected: usize,
        /// The first column without a cell.
        missing: &'static str,
    },
    /// A row has more cells than there are columns.
    #[error(
        "the row has {found} cells, but the header names {expected} columns; a cell with a comma in it stands in \
         quotation marks"
    )]
    TooManyCells {
        /// The cells of the row.
        found: usize,
        /// The columns of the header.
        expected: usize,
    },
    /// A quotation mark stands alone: it opens a cell and nothing closes it, or stands in a cell without them.
    #[error(
        "a quotation mark has no partner; a cell in quotation marks ends with one, and has its own written twice"
    )]
    OpenQuote,
    /// Something stands behind the quotation mark that closes a cell.
    #[error(
        "text stands behind the quotation mark that closes the cell; a quotation mark within a cell is written twice"
    )]
    BehindQuote,
    /// A text that cannot be read is longer than any that could be.
    #[error("`{start}` and so on, {length} characters in all, cannot be read, where {expected} is expected")]
    TooLong {
        /// How it starts.
        start: String,
        /// How many characters it has.
        length: usize,
        /// What belongs there.
        expected: &'static str,
    },
    /// A cell that is needed is blank.
    #[error("the cell is blank, where {expected} is expected")]
    Blank {
        /// What belongs there.
        expected: &'static str,
    },
    /// A line is not well-formed JSON.
    #[error("not well-formed: {message}")]
    Syntax {
        /// What the parser said.
        message: String,
    },
    /// A line of JSON holds something other than an object.
    #[error("the line is no object, such as `{{\"app\": \"wechat\", ...}}`")]
    NoObject,
    /// An object has a field that there is not.
    #[error("unknown field `{field}`{suggestion}")]
    UnknownField {
        /// The field as given.
        field: String,
        /// What was probably meant.
        suggestion: Suggestion,
    },
    /// An object leaves out a field that is needed.
    #[error("field `{field}` is missing; app, store, territory, at, seen and source are needed")]
    MissingField {
        /// The field.
        field: &'static str,
    },
    /// A value of JSON is of the wrong kind.
    #[error("the value is not a text, where {expected} is expected")]
    NoText {
        /// What belongs there.
        expected: &'static str,
    },
    /// `causes` is something other than a list of texts.
    #[error("the value is not a list of texts, such as `[\"order@apple\"]`")]
    NoList,
    /// An identifier is malformed.
    #[error(transparent)]
    Id(#[from] IdError),
    /// The word for a store is malformed.
    #[error("{0}; a store is a word such as `app-store` or `google-play`")]
    Store(#[source] IdError),
    /// A territory is not known.
    #[error(transparent)]
    Territory(#[from] TerritoryError),
    /// An act is not known.
    #[error("{0} ({expected} is expected)", expected = Column::Act.expected())]
    Act(#[from] UnknownAct),
    /// A time cannot be read.
    #[error(transparent)]
    Time(#[from] TimeError),
    /// How it was seen is not known.
    #[error("{0} ({expected} is expected)", expected = Column::Seen.expected())]
    Seen(#[from] UnknownSeen),
    /// Who removed it is not known.
    #[error("{0} ({expected} is expected)", expected = Column::By.expected())]
    By(#[from] UnknownRemover),
    /// Whether the source states it is not told by the word.
    #[error("{0} ({expected} is expected)", expected = Column::Basis.expected())]
    Basis(#[from] UnknownBasis),
    /// A cause is malformed.
    #[error(transparent)]
    Cause(#[from] AttributionError),
    /// A cause is an instrument that the register does not hold.
    #[error("the register has no instrument `{instrument}`{suggestion}")]
    UnknownInstrument {
        /// The instrument.
        instrument: InstrumentId,
        /// What was probably meant.
        suggestion: Suggestion,
    },
    /// The cells do not fit together.
    #[error(transparent)]
    Sighting(#[from] SightingError),
}

/// Why observations could not be written.
///
/// ```
/// use delisted::io::ObservationWriteError;
///
/// let error = ObservationWriteError::from(std::io::Error::other("the disk is full"));
/// assert_eq!(error.to_string(), "the observations cannot be written: the disk is full");
/// ```
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ObservationWriteError {
    /// The output refused.
    #[error("the observations cannot be written: {0}")]
    Io(#[from] std::io::Error),
    /// The table could not be put together.
    #[error("the observations cannot be put into CSV: {0}")]
    Csv(#[from] csv::Error),
    /// An object could not be put together.
    #[error("the observations cannot be put into JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// A sighting lies outside the years that a file can state.
    #[error("the time `{at}` lies outside the years 0 to 9999, which a file cannot state")]
    Time {
        /// The time.
        at: String,
    },
}
