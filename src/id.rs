//! Identifiers: short words that a curator chooses and a register resolves.
//!
//! An *identifier* names one thing of one kind: an app, an organisation, an instrument. It is not a
//! title and not a store's own number. Each kind has a type of its own, so that an app can never
//! stand where an instrument is meant:
//!
//! ```compile_fail
//! use delisted::{AppId, InstrumentId};
//!
//! fn rescind(_: &InstrumentId) {}
//! rescind(&AppId::new("wechat").unwrap());
//! ```
//!
//! All kinds have one shape: 1 to 64 characters out of `a`-`z`, `0`-`9`, `-`, `_` and `.`, the first a
//! letter or a digit. They order alphabetically, copy cheaply, and are plain strings in files.
//!
//! ```
//! use delisted::AppId;
//!
//! let app = AppId::new("wechat")?;
//! assert_eq!(app.as_str(), "wechat");
//! assert_eq!(app.to_string(), "wechat");
//! # Ok::<(), delisted::id::IdError>(())
//! ```

use std::{fmt, str::FromStr, sync::Arc};

use thiserror::Error;

/// Why a text is not an identifier.
///
/// ```
/// use delisted::AppId;
///
/// let error = AppId::new("We Chat").unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "`We Chat` is not an identifier: `W` at character 1 is not one of a-z, 0-9, `-`, `_`, `.`",
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum IdError {
    /// The text has no characters.
    #[error("an identifier is empty; it needs 1 to 64 characters")]
    Empty,
    /// The text is longer than 64 characters.
    #[error("`{text}` is not an identifier: it has {length} characters, at most 64 are allowed")]
    TooLong {
        /// The text as given.
        text: String,
        /// How many characters it has.
        length: usize,
    },
    /// A character is not allowed in an identifier.
    #[error(
        "`{text}` is not an identifier: `{character}` at character {position} is not one of a-z, 0-9, `-`, `_`, `.`"
    )]
    Character {
        /// The text as given.
        text: String,
        /// The character that is not allowed.
        character: char,
        /// Where it stands, counted from 1.
        position: usize,
    },
    /// The first character is a mark, not a letter or a digit.
    #[error("`{text}` is not an identifier: it starts with `{character}`, not with a letter or a digit")]
    Start {
        /// The text as given.
        text: String,
        /// Its first character.
        character: char,
    },
}

/// The longest identifier, in characters.
const LONGEST: usize = 64;

/// Checks the shape that all identifiers share.
///
/// # Errors
///
/// - the text is empty, or has more than 64 characters;
/// - a character is not one of `a`-`z`, `0`-`9`, `-`, `_`, `.`;
/// - the first character is not a letter or a digit.
pub(crate) fn checked(text: &str) -> Result<(), IdError> {
    let Some(first) = text.chars().next() else {
        return Err(IdError::Empty);
    };
    let length = text.chars().count();
    if length > LONGEST {
        return Err(IdError::TooLong { text: text.to_owned(), length });
    }
    for (index, character) in text.chars().enumerate() {
        if !matches!(character, 'a'..='z' | '0'..='9' | '-' | '_' | '.') {
            let position = index.saturating_add(1);
            return Err(IdError::Character { text: text.to_owned(), character, position });
        }
    }
    if !first.is_ascii_alphanumeric() {
        return Err(IdError::Start { text: text.to_owned(), character: first });
    }
    Ok(())
}

/// Gives a string newtype its checked constructor, its text, and serialisation through both.
macro_rules! identifier {
    ($(#[doc = $doc:literal])+ $name:ident, $example:literal) => {
        $(#[doc = $doc])+
        ///
        /// ```
        #[doc = concat!("use delisted::", stringify!($name), ";")]
        ///
        #[doc = concat!("let id: ", stringify!($name), " = \"", $example, "\".parse()?;")]
        #[doc = concat!("assert_eq!(id, ", stringify!($name), "::new(\"", $example, "\")?);")]
        #[doc = concat!("assert!(", stringify!($name), "::new(\"No Spaces\").is_err());")]
        /// # Ok::<(), delisted::id::IdError>(())
        /// ```
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// Checks a text and makes it an identifier of this kind.
            ///
            /// ```
            #[doc = concat!("assert!(delisted::", stringify!($name), "::new(\"", $example, "\").is_ok());")]
            /// ```
            ///
            /// # Errors
            ///
            /// - the text is empty, or has more than 64 characters;
            /// - a character is not one of `a`-`z`, `0`-`9`, `-`, `_`, `.`;
            /// - the first character is not a letter or a digit.
            pub fn new(text: impl AsRef<str>) -> Result<Self, IdError> {
                checked(text.as_ref())?;
                Ok(Self(Arc::from(text.as_ref())))
            }

            /// The identifier's text.
            ///
            /// ```
            #[doc = concat!("let id = delisted::", stringify!($name), "::new(\"", $example, "\")?;")]
            #[doc = concat!("assert_eq!(id.as_str(), \"", $example, "\");")]
            /// # Ok::<(), delisted::id::IdError>(())
            /// ```
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        string_like!($name, IdError);
    };
}

/// Display, debug, parsing and serialisation for a type whose whole meaning is its text.
macro_rules! string_like {
    ($name:ident, $error:ty) => {
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({:?})", stringify!($name), self.as_str())
            }
        }

        impl FromStr for $name {
            type Err = $error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::new(text)
            }
        }

        #[cfg(feature = "serde")]
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        #[cfg(feature = "serde")]
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str> as serde::Deserialize>::deserialize(deserializer)?;
                Self::new(text.as_ref()).map_err(serde::de::Error::custom)
            }
        }
    };
}
pub(crate) use string_like;

identifier!(
    /// An app as the public knows it, whatever its name, publisher or number in one store.
    AppId,
    "wechat"
);
identifier!(
    /// An organisation that publishes apps or controls others: a company, a fund, a state body.
    OrganizationId,
    "tencent"
);
identifier!(
    /// A class of apps that a text may name instead of apps: `vpn`, `unlicensed-game`.
    CategoryId,
    "vpn"
);
identifier!(
    /// A body that issues instruments or grants relief: a legislature, an agency, a court.
    AuthorityId,
    "nd-cal"
);
identifier!(
    /// A person or group for whom a court may grant relief without granting it to all.
    PartyId,
    "wechat-users-alliance"
);
identifier!(
    /// One entry of the register.
    EntryId,
    "2020-09-19-injunction"
);
identifier!(
    /// A statute, an order, a decree, or a non-binding act.
    InstrumentId,
    "identification"
);
identifier!(
    /// One clause within its instrument; together they are a [`RestrictionId`](crate::law::RestrictionId).
    ClauseId,
    "1"
);
identifier!(
    /// A remedy granted by a court or an authority: an injunction, a stay.
    ReliefId,
    "preliminary-injunction"
);
identifier!(
    /// A ruling or act that ends something: a rescission, a vacatur, an appellate judgment.
    EndingId,
    "rescission"
);
identifier!(
    /// A declaration that something in force will not be enforced.
    ForbearanceId,
    "eo-14166"
);
identifier!(
    /// Review sought of a ruling in a higher court.
    AppealId,
    "ca9-20-16908"
);
identifier!(
    /// A condition upon which a period starts or ends.
    ConditionId,
    "qualified-divestiture"
);
identifier!(
    /// One published claim about a number of downloads.
    ClaimId,
    "wechat-weekend-reuters"
);
