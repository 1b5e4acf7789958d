use std::{fmt, str::FromStr};

use thiserror::Error;

use crate::error::Suggestion;

/// Whether the sources of a fact state it.
///
/// It is said of an entry of a register, and of a sighting in a store. It is no measure of trust: a source may state what
/// is wrong, and what a reader inferred may be sure.
///
/// ```
/// use delisted::market::Basis;
///
/// assert_eq!(Basis::default(), Basis::Stated);
/// assert_eq!("inferred".parse::<Basis>()?, Basis::Inferred);
/// # Ok::<(), delisted::market::UnknownBasis>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Basis {
    /// A source states it.
    #[default]
    Stated,
    /// A reader inferred it from what sources state.
    Inferred,
}

impl Basis {
    /// Both.
    ///
    /// ```
    /// use delisted::market::Basis;
    ///
    /// assert_eq!(Basis::ALL.map(Basis::as_str), ["stated", "inferred"]);
    /// ```
    pub const ALL: [Self; 2] = [Self::Stated, Self::Inferred];

    /// The word in files.
    ///
    /// ```
    /// assert_eq!(delisted::market::Basis::Inferred.as_str(), "inferred");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Stated => "stated",
            Self::Inferred => "inferred",
        }
    }
}

/// The word does not tell on what a fact rests.
///
/// ```
/// let error = "infered".parse::<delisted::market::Basis>().unwrap_err();
/// assert_eq!(error.to_string(), "`infered` is not a basis; did you mean `inferred`?");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("`{text}` is not a basis{suggestion}")]
pub struct UnknownBasis {
    text: String,
    suggestion: Suggestion,
}

impl FromStr for Basis {
    type Err = UnknownBasis;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|basis| basis.as_str() == text).ok_or_else(|| UnknownBasis {
            text: text.to_owned(),
            suggestion: Suggestion::among(text, Self::ALL.map(Self::as_str)),
        })
    }
}

impl fmt::Display for Basis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
