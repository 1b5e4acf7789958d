use thiserror::Error;

use crate::{
    error::Suggestion,
    io::{ObservationReadError, ReadError, ReadProblem},
    time::Dated,
};

/// Why a case was not read.
///
/// ```
/// use delisted::cases::Case;
///
/// let error = Case::read_folder("cases/nowhere").unwrap_err();
/// assert!(error.to_string().starts_with("cases/nowhere/register.toml: the file cannot be read: "));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum CaseError {
    /// No case of the catalogue has the name.
    #[error("`{slug}` is not a case of the catalogue{suggestion}")]
    UnknownSlug {
        /// The name as given.
        slug: String,
        /// The nearest name.
        suggestion: Suggestion,
    },
    /// A file could not be opened or read.
    #[error("{file}: the file cannot be read: {message}")]
    Unreadable {
        /// The file.
        file: String,
        /// What the system says.
        message: String,
    },
    /// The register was refused.
    #[error(transparent)]
    Register(#[from] ReadError),
    /// The observations were refused.
    #[error(transparent)]
    Observations(#[from] ObservationReadError),
    /// A sighting names something that the register does not know.
    #[error(
        "{file}: the sighting of {at} names the {kind} `{id}`, which the register of the case has not{suggestion}"
    )]
    Unregistered {
        /// The file of observations.
        file: String,
        /// The sighting's time.
        at: Dated,
        /// The kind of thing.
        kind: &'static str,
        /// The word as written.
        id: String,
        /// The nearest word of the register.
        suggestion: Suggestion,
    },
    /// The truth file was refused.
    #[error(transparent)]
    Truth(#[from] TruthError),
}

/// Where a truth file went wrong, and how to mend it.
///
/// ```
/// use delisted::cases::{Case, CaseError, CaseTexts, TruthProblem};
///
/// let register = "format = \"delisted-register\"\nversion = 1\n";
/// let texts = CaseTexts { slug: "chat", register, observations: None, truth: "title = \"Chat\"\n" };
/// let Err(CaseError::Truth(error)) = Case::read(&texts) else { panic!() };
/// assert_eq!((error.file(), error.line()), ("chat/truth.toml", 1));
/// assert_eq!(error.problem(), &TruthProblem::NotATruthFile);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{file}:{line}: {problem}")]
pub struct TruthError {
    file: String,
    line: usize,
    problem: TruthProblem,
}

impl TruthError {
    pub(super) fn new(file: &str, line: usize, problem: TruthProblem) -> Self {
        Self { file: file.to_owned(), line, problem }
    }

    /// The file's name, as it was given to the reader.
    ///
    /// ```
    /// use delisted::cases::{Case, CaseError, CaseTexts};
    ///
    /// let register = "format = \"delisted-register\"\nversion = 1\n";
    /// let texts = CaseTexts { slug: "chat", register, observations: None, truth: "" };
    /// let Err(CaseError::Truth(error)) = Case::read(&texts) else { panic!() };
    /// assert_eq!(error.file(), "chat/truth.toml");
    /// ```
    #[must_use]
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The line, from 1.
    ///
    /// ```
    /// use delisted::cases::{Case, CaseError, CaseTexts};
    ///
    /// let register = "format = \"delisted-register\"\nversion = 1\n";
    /// let truth = "format = \"delisted-truth\"\n= 1\n";
    /// let texts = CaseTexts { slug: "chat", register, observations: None, truth };
    /// let Err(CaseError::Truth(error)) = Case::read(&texts) else { panic!() };
    /// assert_eq!(error.line(), 2);
    /// ```
    #[must_use]
    pub fn line(&self) -> usize {
        self.line
    }

    /// What is wrong there.
    ///
    /// ```
    /// use delisted::cases::{Case, CaseError, CaseTexts, TruthProblem};
    ///
    /// let register = "format = \"delisted-register\"\nversion = 1\n";
    /// let truth = "format = \"delisted-truth\"\nversion = 2\n";
    /// let texts = CaseTexts { slug: "chat", register, observations: None, truth };
    /// let Err(CaseError::Truth(error)) = Case::read(&texts) else { panic!() };
    /// assert_eq!(error.problem(), &TruthProblem::Version { found: "2".into() });
    /// ```
    #[must_use]
    pub fn problem(&self) -> &TruthProblem {
        &self.problem
    }
}

/// What is wrong at a place in a truth file.
///
/// ```
/// use delisted::cases::TruthProblem;
///
/// assert_eq!(
///     TruthProblem::NotATruthFile.to_string(),
///     "this is not a truth file; it must open with `format = \"delisted-truth\"` and `version = 1`",
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum TruthProblem {
    /// The file does not open as a truth file does.
    #[error("this is not a truth file; it must open with `format = \"delisted-truth\"` and `version = 1`")]
    NotATruthFile,
    /// The file has a version that this library does not read.
    #[error("the file has version `{found}`; this library reads version 1")]
    Version {
        /// The version as written.
        found: String,
    },
    /// The syntax, a field or a value does not fit.
    #[error(transparent)]
    Read(#[from] ReadProblem),
    /// The file has no rows.
    #[error("the file has no `[[row]]`; a case is held against one at least")]
    NoRows,
    /// A row asks at a time that is known only within bounds.
    #[error("`{text}` is no moment at which a row can ask; write an instant or a day")]
    NoMoment {
        /// The time as written.
        text: String,
    },
    /// A text says nothing.
    #[error("`{field}` is blank; fill it in")]
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
    /// A row has nothing with which an answer could be compared.
    #[error(
        "the row says nothing that an answer could be held against; give it `requirement`, `ground`, `marks`, \
         `status`, `listed` or `offered`"
    )]
    NothingSaid,
    /// The register knows no such thing.
    #[error("the register of the case has no {kind} `{id}`{suggestion}")]
    Undeclared {
        /// The kind of thing.
        kind: &'static str,
        /// The word as written.
        id: String,
        /// The nearest declared word.
        suggestion: Suggestion,
    },
}
