use thiserror::Error;

use crate::{
    ClaimId,
    downloads::{
        DayError, MetricError, WindowError,
        claim::{ChangeError, FigureError, NoFigures},
    },
    id::IdError,
    io::ReadProblem,
    market::TerritoryError,
};

/// Where a file of claims went wrong, and how to mend it.
///
/// ```
/// let error = delisted::io::read_claims_toml("claims.toml", "").unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "claims.toml:1: this is not a file of claims; it must open with `format = \"delisted-claims\"` and `version = 1`",
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{file}:{line}: {problem}")]
pub struct ClaimsReadError {
    file: String,
    line: usize,
    problem: ClaimsProblem,
}

impl ClaimsReadError {
    pub(super) fn new(file: &str, line: usize, problem: ClaimsProblem) -> Self {
        Self { file: file.to_owned(), line, problem }
    }

    /// The file's name, as it was given to the reader.
    ///
    /// ```
    /// let error = delisted::io::read_claims_toml("claims.toml", "").unwrap_err();
    /// assert_eq!(error.file(), "claims.toml");
    /// ```
    #[must_use]
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The line, from 1.
    ///
    /// ```
    /// let text = "format = \"delisted-claims\"\nversion = 2\n";
    /// assert_eq!(delisted::io::read_claims_toml("claims.toml", text).unwrap_err().line(), 2);
    /// ```
    #[must_use]
    pub fn line(&self) -> usize {
        self.line
    }

    /// What is wrong there.
    ///
    /// ```
    /// use delisted::io::ClaimsProblem;
    ///
    /// let error = delisted::io::read_claims_toml("claims.toml", "").unwrap_err();
    /// assert_eq!(error.problem(), &ClaimsProblem::NotAFileOfClaims);
    /// ```
    #[must_use]
    pub fn problem(&self) -> &ClaimsProblem {
        &self.problem
    }
}

/// What is wrong at a place in a file of claims.
///
/// ```
/// use delisted::io::ClaimsProblem;
///
/// assert_eq!(
///     ClaimsProblem::AboutWhat.to_string(),
///     "a claim is about one app (`app`), several added up (`apps`) or a class of apps (`class`); give one of the three",
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ClaimsProblem {
    /// The file does not open as a file of claims does.
    #[error(
        "this is not a file of claims; it must open with `format = \"delisted-claims\"` and `version = 1`"
    )]
    NotAFileOfClaims,
    /// The syntax, a field or a value does not fit.
    #[error(transparent)]
    Read(#[from] ReadProblem),
    /// A text says nothing.
    #[error("`{field}` is blank; fill it in, or leave it out where it was not said")]
    Blank {
        /// The field.
        field: &'static str,
    },
    /// A list that must name something is empty.
    #[error("`{field}` is an empty list; name one at least")]
    EmptyList {
        /// The field.
        field: &'static str,
    },
    /// A list names something twice.
    #[error("`{field}` names `{word}` twice")]
    Twice {
        /// The field.
        field: &'static str,
        /// What it names twice.
        word: String,
    },
    /// It is not said, or said twice, what was downloaded.
    #[error(
        "a claim is about one app (`app`), several added up (`apps`) or a class of apps (`class`); give one of the three"
    )]
    AboutWhat,
    /// One app is not added up with itself.
    #[error("`apps` adds up two or more; write one as `app`")]
    OneTogether,
    /// Downloads are counted, or something else is.
    #[error("`metric` is of downloads and `other` of something else; give one of the two")]
    TwoMetrics,
    /// Two claims have one id.
    #[error("`{id}` is the id of a claim above; give each its own")]
    TwoOfOneId {
        /// The id.
        id: ClaimId,
    },
    /// Nothing is claimed.
    #[error(transparent)]
    NoFigures(#[from] NoFigures),
    /// A count cannot be read.
    #[error(transparent)]
    Figure(#[from] FigureError),
    /// Words of change cannot be read.
    #[error(transparent)]
    Change(#[from] ChangeError),
    /// A metric is not known.
    #[error(transparent)]
    Metric(#[from] MetricError),
    /// An identifier is malformed.
    #[error(transparent)]
    Id(#[from] IdError),
    /// A territory is not known.
    #[error(transparent)]
    Territory(#[from] TerritoryError),
    /// A window cannot be read.
    #[error(transparent)]
    Window(#[from] WindowError),
    /// A day cannot be read.
    #[error(transparent)]
    Day(#[from] DayError),
}
