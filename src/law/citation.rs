use std::{fmt, str::FromStr, sync::Arc};

use thiserror::Error;

use crate::id::string_like;

/// Where the official text of an act is to be found: a reporter, a gazette, a docket entry.
///
/// A citation is what a reader can look up; it is not the page on which the fact was read, which is a
/// *source*. The library keeps it as it is written.
///
/// ```
/// use delisted::law::Citation;
///
/// let citation = Citation::new("Executive Order 13943 of 6 Aug 2020, 85 FR 48641")?;
/// assert_eq!(citation.as_str(), "Executive Order 13943 of 6 Aug 2020, 85 FR 48641");
/// assert!(Citation::new("  ").is_err());
/// # Ok::<(), delisted::law::BlankCitation>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Citation(Arc<str>);

/// A citation has no text.
///
/// ```
/// use delisted::law::Citation;
///
/// assert_eq!(
///     Citation::new("").unwrap_err().to_string(),
///     "a citation is blank; name the official text, or say that none was published",
/// );
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a citation is blank; name the official text, or say that none was published")]
pub struct BlankCitation;

impl Citation {
    /// A citation by its text.
    ///
    /// ```
    /// assert!(delisted::law::Citation::new("85 FR 48641").is_ok());
    /// ```
    ///
    /// # Errors
    ///
    /// - the text is blank.
    pub fn new(text: impl AsRef<str>) -> Result<Self, BlankCitation> {
        let text = text.as_ref().trim();
        if text.is_empty() { Err(BlankCitation) } else { Ok(Self(Arc::from(text))) }
    }

    /// The citation's text.
    ///
    /// ```
    /// assert_eq!(delisted::law::Citation::new(" 85 FR 48641 ")?.as_str(), "85 FR 48641");
    /// # Ok::<(), delisted::law::BlankCitation>(())
    /// ```
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

string_like!(Citation, BlankCitation);
