use std::{fmt, str::FromStr, sync::Arc};

use thiserror::Error;

use super::iso3166::CODES;
use crate::{error::Suggestion, id::string_like};

/// A country or region where a store offers apps, or a part of one.
///
/// A territory is an ISO 3166-1 code (`US`, or `USA`, which is kept as `US`) or an ISO 3166-2 code
/// (`US-MT`). `XK` is taken for Kosovo, as stores do. It is not a jurisdiction: a court may bind a company
/// far beyond its own territory. Country codes are checked against the standard; of a part only the
/// form is checked and that its country exists.
///
/// ```
/// use delisted::Territory;
///
/// let montana: Territory = "US-MT".parse()?;
/// assert_eq!(montana.country().as_str(), "US");
/// assert!(montana.is_part());
/// assert_eq!("USA".parse::<Territory>()?.as_str(), "US");
/// # Ok::<(), delisted::market::TerritoryError>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Territory(Arc<str>);

/// Why a text is not a territory.
///
/// ```
/// let error = delisted::Territory::new("UK").unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "`UK` is not an ISO 3166-1 code; write two or three capital letters, such as `US`, or a part, \
///      such as `US-MT`; did you mean `GB`?",
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum TerritoryError {
    /// The code is not in ISO 3166-1.
    #[error(
        "`{text}` is not an ISO 3166-1 code; write two or three capital letters, such as `US`, or a part, such as \
         `US-MT`{suggestion}"
    )]
    UnknownCountry {
        /// The text as given.
        text: String,
        /// What was probably meant.
        suggestion: Suggestion,
    },
    /// What follows the country is not one to three capital letters or digits.
    #[error(
        "`{text}` is not an ISO 3166-2 code; after `{country}-` come one to three capital letters or digits"
    )]
    MalformedPart {
        /// The text as given.
        text: String,
        /// Its country.
        country: String,
    },
}

/// How much of one territory another covers.
///
/// ```
/// use delisted::{Territory, market::Coverage};
///
/// let (us, montana): (Territory, Territory) = ("US".parse()?, "US-MT".parse()?);
/// assert_eq!(us.coverage_of(&montana), Coverage::Whole);
/// assert_eq!(montana.coverage_of(&us), Coverage::Part);
/// assert_eq!(montana.coverage_of(&"IN".parse()?), Coverage::None);
/// # Ok::<(), delisted::market::TerritoryError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Coverage {
    /// Nothing of it.
    None,
    /// A part of it.
    Part,
    /// All of it.
    Whole,
}

impl Territory {
    /// A territory by its code.
    ///
    /// ```
    /// assert!(delisted::Territory::new("XK").is_ok());
    /// assert!(delisted::Territory::new("us").is_err());
    /// ```
    ///
    /// # Errors
    ///
    /// - the country is not in ISO 3166-1, in capital letters;
    /// - what follows the country is not a hyphen and one to three capital letters or digits.
    pub fn new(text: impl AsRef<str>) -> Result<Self, TerritoryError> {
        let text = text.as_ref();
        let (country, part) =
            text.split_once('-').map_or((text, None), |(country, part)| (country, Some(part)));
        let known = CODES
            .iter()
            .find(|(two, three)| *two == country || (part.is_none() && *three == country))
            .map(|(two, _)| *two);
        let Some(country) = known else {
            return Err(TerritoryError::UnknownCountry { text: text.to_owned(), suggestion: meant(text) });
        };
        let Some(part) = part else { return Ok(Self(Arc::from(country))) };
        let well_formed =
            matches!(part.len(), 1..=3) && part.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
        if !well_formed {
            return Err(TerritoryError::MalformedPart { text: text.to_owned(), country: country.to_owned() });
        }
        Ok(Self(Arc::from(text)))
    }

    /// The territory's code.
    ///
    /// ```
    /// assert_eq!(delisted::Territory::new("IND")?.as_str(), "IN");
    /// # Ok::<(), delisted::market::TerritoryError>(())
    /// ```
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The country that it is, or is a part of.
    ///
    /// ```
    /// use delisted::Territory;
    ///
    /// assert_eq!(Territory::new("US-MT")?.country(), Territory::new("US")?);
    /// # Ok::<(), delisted::market::TerritoryError>(())
    /// ```
    #[must_use]
    pub fn country(&self) -> Self {
        match self.0.split_once('-') {
            Some((country, _)) => Self(Arc::from(country)),
            None => self.clone(),
        }
    }

    /// Whether it is a part of a country.
    ///
    /// ```
    /// assert!(!delisted::Territory::new("US")?.is_part());
    /// # Ok::<(), delisted::market::TerritoryError>(())
    /// ```
    #[must_use]
    pub fn is_part(&self) -> bool {
        self.0.contains('-')
    }

    /// How much of `other` lies within this territory.
    ///
    /// ```
    /// use delisted::{Territory, market::Coverage};
    ///
    /// let us = Territory::new("US")?;
    /// assert_eq!(us.coverage_of(&us), Coverage::Whole);
    /// # Ok::<(), delisted::market::TerritoryError>(())
    /// ```
    #[must_use]
    pub fn coverage_of(&self, other: &Self) -> Coverage {
        if self == other || (!self.is_part() && other.is_part() && other.country() == *self) {
            Coverage::Whole
        } else if self.is_part() && !other.is_part() && self.country() == *other {
            Coverage::Part
        } else {
            Coverage::None
        }
    }
}

string_like!(Territory, TerritoryError);

/// The code that was probably meant: the same in capitals, a well-known wrong one, or the nearest.
fn meant(text: &str) -> Suggestion {
    let capitals = text.to_uppercase();
    if capitals == "UK" {
        return Suggestion::among("GB", ["GB"]);
    }
    if capitals != text && Territory::new(&capitals).is_ok() {
        return Suggestion::among(&capitals, [capitals.as_str()]);
    }
    Suggestion::default()
}
