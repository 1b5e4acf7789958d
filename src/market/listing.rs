use std::{fmt, str::FromStr, sync::Arc};

use thiserror::Error;

use crate::id::string_like;

/// What a store calls an app: the App Store's number, Google Play's package name.
///
/// It is the store's own word and not an [identifier](crate::id), so it keeps its capitals. An app keeps its identifier
/// when it gets another one, and a store may give one that was retired to another app.
///
/// ```
/// use delisted::market::ListingId;
///
/// let number = ListingId::new("414478124")?;
/// let package: ListingId = "com.tencent.mm".parse()?;
/// assert_ne!(number, package);
/// # Ok::<(), delisted::market::ListingIdError>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ListingId(Arc<str>);

/// Why a text is no store's word for an app.
///
/// ```
/// let error = delisted::market::ListingId::new("com.tencent mm").unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "`com.tencent mm` is not a store's id: ` ` at character 12 is not a letter, a digit or a mark of ASCII",
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ListingIdError {
    /// The text has no characters.
    #[error("a store's id is empty; it needs 1 to 255 characters")]
    Empty,
    /// The text is longer than 255 characters.
    #[error("`{text}` is not a store's id: it has {length} characters, at most 255 are allowed")]
    TooLong {
        /// The text as given.
        text: String,
        /// How many characters it has.
        length: usize,
    },
    /// A character is a space, a control character, or not of ASCII.
    #[error(
        "`{text}` is not a store's id: `{character}` at character {position} is not a letter, a digit or a mark of ASCII",
        character = .character.escape_debug(),
        text = .text.escape_debug()
    )]
    Character {
        /// The text as given.
        text: String,
        /// The character that is not allowed.
        character: char,
        /// Where it stands, counted from 1.
        position: usize,
    },
}

impl ListingId {
    /// The longest, in characters.
    const LONGEST: usize = 255;

    /// Checks a text and makes it a store's word for an app.
    ///
    /// ```
    /// use delisted::market::ListingId;
    ///
    /// assert!(ListingId::new("com.Slack").is_ok());
    /// assert!(ListingId::new("").is_err());
    /// ```
    ///
    /// # Errors
    ///
    /// - the text is empty, or has more than 255 characters;
    /// - a character is a space, a control character, or not of ASCII.
    pub fn new(text: impl AsRef<str>) -> Result<Self, ListingIdError> {
        let text = text.as_ref();
        if text.is_empty() {
            return Err(ListingIdError::Empty);
        }
        let length = text.chars().count();
        if length > Self::LONGEST {
            return Err(ListingIdError::TooLong { text: text.to_owned(), length });
        }
        if let Some((index, character)) = text.chars().enumerate().find(|(_, it)| !it.is_ascii_graphic()) {
            let position = index.saturating_add(1);
            return Err(ListingIdError::Character { text: text.to_owned(), character, position });
        }
        Ok(Self(Arc::from(text)))
    }

    /// The text, as the store writes it.
    ///
    /// ```
    /// assert_eq!(delisted::market::ListingId::new("com.Slack")?.as_str(), "com.Slack");
    /// # Ok::<(), delisted::market::ListingIdError>(())
    /// ```
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

string_like!(ListingId, ListingIdError);
