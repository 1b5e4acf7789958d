use thiserror::Error;

use crate::{
    error::Suggestion,
    id::IdError,
    law::{BlankCitation, RestrictionIdError, SpanError},
    market::{DirectoryError, ListingIdError, PercentError, TerritoryError, UnknownAct},
    register::{AppendError, EntryError, HoldingsError},
    time::TimeError,
};

/// Where a register file went wrong, and how to mend it. Nothing of the file was kept.
///
/// ```
/// let error = delisted::io::read_toml("case.toml", "format = \"delisted-register\"\nversion = 2\n").unwrap_err();
/// assert_eq!(error.file(), "case.toml");
/// assert_eq!(error.line(), 2);
/// assert_eq!(
///     error.to_string(),
///     "case.toml:2: the file has version `2`; this library reads version 1",
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{file}:{line}: {problem}")]
pub struct ReadError {
    file: String,
    line: usize,
    problem: ReadProblem,
}

impl ReadError {
    pub(super) fn new(file: &str, line: usize, problem: ReadProblem) -> Self {
        Self { file: file.to_owned(), line, problem }
    }

    /// The file's name, as it was given to the reader.
    ///
    /// ```
    /// let error = delisted::io::read_toml("case.toml", "").unwrap_err();
    /// assert_eq!(error.file(), "case.toml");
    /// ```
    #[must_use]
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The line, from 1.
    ///
    /// ```
    /// let error = delisted::io::read_toml("case.toml", "format = \"delisted-register\"\n= 1\n").unwrap_err();
    /// assert_eq!(error.line(), 2);
    /// ```
    #[must_use]
    pub fn line(&self) -> usize {
        self.line
    }

    /// What is wrong there.
    ///
    /// ```
    /// use delisted::io::ReadProblem;
    ///
    /// let error = delisted::io::read_toml("case.toml", "").unwrap_err();
    /// assert_eq!(error.problem(), &ReadProblem::NotARegister);
    /// ```
    #[must_use]
    pub fn problem(&self) -> &ReadProblem {
        &self.problem
    }
}

/// What is wrong at a place in a register file.
///
/// ```
/// use delisted::io::ReadProblem;
///
/// assert_eq!(
///     ReadProblem::NotARegister.to_string(),
///     "this is not a register file; it must open with `format = \"delisted-register\"` and `version = 1`",
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ReadProblem {
    /// The file could not be opened or read.
    #[error("the file cannot be read: {message}")]
    Unreadable {
        /// What the system says.
        message: String,
    },
    /// The file's name has no ending that says which of the two forms it has.
    #[error("the file's name ends in neither `.toml` nor `.jsonl`, so its form is not known; rename it")]
    UnknownForm,
    /// The text is not well-formed TOML or JSON.
    #[error("not well-formed: {message}")]
    Syntax {
        /// What the parser says.
        message: String,
    },
    /// The file does not open as a register file does.
    #[error(
        "this is not a register file; it must open with `format = \"delisted-register\"` and `version = 1`"
    )]
    NotARegister,
    /// The file has a version that this library does not read.
    #[error("the file has version `{found}`; this library reads version 1")]
    Version {
        /// The version as written.
        found: String,
    },
    /// A field is not one of the format's.
    #[error("unknown field `{field}` in {place}{suggestion}")]
    UnknownField {
        /// The field as written.
        field: String,
        /// What it stands in.
        place: String,
        /// The fields that could stand there.
        known: Vec<String>,
        /// The nearest of them.
        suggestion: Suggestion,
    },
    /// A field is missing.
    #[error("{place} lacks the field `{field}`; add it")]
    MissingField {
        /// The field.
        field: String,
        /// What it is missing from.
        place: String,
    },
    /// A value is of another kind than its field takes.
    #[error("found {found}, where {expected} is expected")]
    WrongType {
        /// What was found.
        found: String,
        /// What was expected.
        expected: String,
    },
    /// A word is not one of those that its field takes.
    #[error("`{word}` is none of: {known}{suggestion}")]
    UnknownWord {
        /// The word as written.
        word: String,
        /// The words that the field takes.
        known: String,
        /// The nearest of them.
        suggestion: Suggestion,
    },
    /// A value does not fit for a reason that the text says.
    #[error("{message}")]
    Unfit {
        /// The reason.
        message: String,
    },
    /// Of several fields exactly one must be there.
    #[error("{place} needs exactly one of {fields}")]
    ExactlyOne {
        /// What they stand in.
        place: String,
        /// The fields.
        fields: &'static str,
    },
    /// A list that must say something is empty.
    #[error("`{field}` is an empty list; name something, or write `[\"*\"]` for all")]
    EmptyList {
        /// The field.
        field: &'static str,
    },
    /// A star stands beside other members.
    #[error("`{field}` has `*` beside other members; write `[\"*\"]` for all, or the members only")]
    StarAmongOthers {
        /// The field.
        field: &'static str,
    },
    /// A target is introduced only further down.
    #[error("`{target}` is recorded only on line {later}; move that entry above this one")]
    NotRecordedYet {
        /// The target as written.
        target: String,
        /// The line of the entry that introduces it.
        later: usize,
    },
    /// Targets bear on each other in a circle.
    #[error("`{target}` makes a circle: {path}; one of them must come first without the other")]
    Cycle {
        /// The target as written.
        target: String,
        /// The circle, from entry to entry with their lines.
        path: String,
    },
    /// A target is introduced by the entry itself.
    #[error("`{target}` is introduced by this very entry; nothing can be aimed at itself")]
    Itself {
        /// The target as written.
        target: String,
    },
    /// A target is introduced nowhere in the file.
    #[error("`{target}` names no instrument, clause, relief, ending or forbearance of this file{suggestion}")]
    UnknownTarget {
        /// The target as written.
        target: String,
        /// The nearest identifier.
        suggestion: Suggestion,
    },
    /// A time is not a time, has no zone, was skipped or repeated.
    #[error(transparent)]
    Time(#[from] TimeError),
    /// An identifier is malformed.
    #[error(transparent)]
    Id(#[from] IdError),
    /// A store's id is malformed.
    #[error(transparent)]
    ListingId(#[from] ListingIdError),
    /// A percentage is none.
    #[error(transparent)]
    Percent(#[from] PercentError),
    /// Shares are no ownership.
    #[error(transparent)]
    Holdings(#[from] HoldingsError),
    /// A clause's identifier is malformed.
    #[error(transparent)]
    RestrictionId(#[from] RestrictionIdError),
    /// A territory is not in ISO 3166.
    #[error(transparent)]
    Territory(#[from] TerritoryError),
    /// A word names no act.
    #[error(transparent)]
    Act(#[from] UnknownAct),
    /// A span ends before it starts.
    #[error(transparent)]
    Span(#[from] SpanError),
    /// A citation is blank.
    #[error(transparent)]
    Citation(#[from] BlankCitation),
    /// A declaration was refused.
    #[error(transparent)]
    Declaration(#[from] DirectoryError),
    /// An entry is not complete.
    #[error(transparent)]
    Entry(#[from] EntryError),
    /// An entry was refused.
    #[error(transparent)]
    Append(#[from] AppendError),
}
