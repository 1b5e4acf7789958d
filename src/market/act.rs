use std::{fmt, str::FromStr};

use thiserror::Error;

use crate::error::Suggestion;

/// What is done with an app, as far as a law may forbid or require it.
///
/// Each act has its own clock: an order may bar downloads on Sunday and hosting in November. An act is
/// not a business model: what is bought inside an app is a payment, whoever is paid.
///
/// ```
/// use delisted::Act;
///
/// let act: Act = "download".parse()?;
/// assert_eq!(act, Act::Download);
/// assert_eq!(act.to_string(), "download");
/// # Ok::<(), delisted::market::UnknownAct>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Act {
    /// Offering the app to people who never had it.
    Download,
    /// Giving it again to people who had it.
    Redownload,
    /// Giving a newer version to people who have it.
    Update,
    /// Payments made inside the app.
    Payment,
    /// Keeping the servers on which it runs.
    Hosting,
    /// Speeding its content up through a content delivery network.
    ContentDelivery,
    /// Carrying its traffic: internet transit and peering.
    Transit,
    /// Using its code in other software.
    CodeReuse,
    /// Reaching its service over a network.
    Access,
    /// Running an installed copy.
    Use,
    /// Having an installed copy.
    Possession,
    /// Showing, advertising or recommending it.
    Promotion,
    /// The owner's keeping the app: what an order to divest ends.
    Ownership,
}

impl Act {
    /// All acts, in the order in which answers list them.
    ///
    /// ```
    /// use delisted::Act;
    ///
    /// assert!(Act::ALL.contains(&Act::Update));
    /// ```
    pub const ALL: [Self; 13] = [
        Self::Download,
        Self::Redownload,
        Self::Update,
        Self::Payment,
        Self::Hosting,
        Self::ContentDelivery,
        Self::Transit,
        Self::CodeReuse,
        Self::Access,
        Self::Use,
        Self::Possession,
        Self::Promotion,
        Self::Ownership,
    ];

    /// The word for the act in files and on command lines.
    ///
    /// ```
    /// use delisted::Act;
    ///
    /// assert_eq!(Act::CodeReuse.as_str(), "code-reuse");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Download => "download",
            Self::Redownload => "redownload",
            Self::Update => "update",
            Self::Payment => "payment",
            Self::Hosting => "hosting",
            Self::ContentDelivery => "content-delivery",
            Self::Transit => "transit",
            Self::CodeReuse => "code-reuse",
            Self::Access => "access",
            Self::Use => "use",
            Self::Possession => "possession",
            Self::Promotion => "promotion",
            Self::Ownership => "ownership",
        }
    }
}

/// The word names no act.
///
/// ```
/// let error = "downlaod".parse::<delisted::Act>().unwrap_err();
/// assert_eq!(error.to_string(), "`downlaod` is not an act; did you mean `download`?");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("`{text}` is not an act{suggestion}")]
pub struct UnknownAct {
    text: String,
    suggestion: Suggestion,
}

impl FromStr for Act {
    type Err = UnknownAct;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|act| act.as_str() == text).ok_or_else(|| UnknownAct {
            text: text.to_owned(),
            suggestion: Suggestion::among(text, Self::ALL.map(Self::as_str)),
        })
    }
}

impl fmt::Display for Act {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Act {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Act {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str> as serde::Deserialize>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}
