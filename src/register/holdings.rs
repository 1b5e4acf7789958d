use std::{collections::BTreeMap, fmt};

use thiserror::Error;

use crate::{
    OrganizationId,
    market::{Percent, in_digits},
};

/// Who owns an app or an organisation, and how much of it each.
///
/// What the parts leave over is held by others who are not named. Holding a part is not controlling: that takes more than
/// half, counted with what those hold whom one controls.
///
/// ```
/// use delisted::register::Holdings;
///
/// let parts = Holdings::shares([("oracle".parse()?, "15".parse()?), ("bytedance".parse()?, "19.9".parse()?)])?;
/// assert_eq!(parts.iter().count(), 2);
/// assert_eq!(Holdings::sole("buyer".parse()?), Holdings::shares([("buyer".parse()?, "100".parse()?)])?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Holdings(BTreeMap<OrganizationId, Percent>);

/// Why parts are no ownership.
///
/// ```
/// use delisted::register::Holdings;
///
/// let parts = [("one".parse()?, "60".parse()?), ("two".parse()?, "40.5".parse()?)];
/// let error = Holdings::shares(parts).unwrap_err();
/// assert_eq!(error.to_string(), "the shares add up to 100.5 per cent; at most 100 can be held");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum HoldingsError {
    /// No part is named.
    #[error("the shares name nobody; name who holds a part, or say that it was released")]
    Empty,
    /// An organisation is named twice.
    #[error("`{organization}` has two shares; add them up to one")]
    Twice {
        /// The organisation.
        organization: OrganizationId,
    },
    /// The parts are more than the whole.
    #[error("the shares add up to {sum} per cent; at most 100 can be held")]
    TooMuch {
        /// The sum, in per cent.
        sum: String,
    },
}

impl Holdings {
    /// Nobody who is known: it was released.
    ///
    /// ```
    /// assert!(delisted::register::Holdings::none().is_none());
    /// ```
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// All of it in one hand.
    ///
    /// ```
    /// let holdings = delisted::register::Holdings::sole("buyer".parse()?);
    /// assert_eq!(holdings.to_string(), "buyer");
    /// # Ok::<(), delisted::id::IdError>(())
    /// ```
    #[must_use]
    pub fn sole(organization: OrganizationId) -> Self {
        Self(BTreeMap::from([(organization, Percent::WHOLE)]))
    }

    /// In parts.
    ///
    /// ```
    /// use delisted::register::Holdings;
    ///
    /// let parts = Holdings::shares([("one".parse()?, "60".parse()?), ("two".parse()?, "15".parse()?)])?;
    /// assert_eq!(parts.to_string(), "one (60 %), two (15 %)");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// - no part is named;
    /// - an organisation is named twice;
    /// - the parts add up to more than 100 per cent.
    pub fn shares(
        shares: impl IntoIterator<Item = (OrganizationId, Percent)>,
    ) -> Result<Self, HoldingsError> {
        let (mut held, mut sum) = (BTreeMap::new(), 0_u32);
        for (organization, percent) in shares {
            sum = sum.saturating_add(percent.hundredths());
            if held.insert(organization.clone(), percent).is_some() {
                return Err(HoldingsError::Twice { organization });
            }
        }
        if held.is_empty() {
            return Err(HoldingsError::Empty);
        }
        if sum > Percent::WHOLE.hundredths() {
            return Err(HoldingsError::TooMuch { sum: in_digits(sum) });
        }
        Ok(Self(held))
    }

    /// Whether nobody is known to hold any of it.
    ///
    /// ```
    /// assert!(!delisted::register::Holdings::sole("buyer".parse()?).is_none());
    /// # Ok::<(), delisted::id::IdError>(())
    /// ```
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.0.is_empty()
    }

    /// The organisation that holds all of it.
    ///
    /// ```
    /// use delisted::register::Holdings;
    ///
    /// assert_eq!(Holdings::sole("buyer".parse()?).sole_owner(), Some(&"buyer".parse()?));
    /// assert_eq!(Holdings::shares([("buyer".parse()?, "60".parse()?)])?.sole_owner(), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn sole_owner(&self) -> Option<&OrganizationId> {
        self.iter().find_map(|(organization, percent)| (percent == Percent::WHOLE).then_some(organization))
    }

    /// Each holder with its part, in alphabetical order.
    ///
    /// ```
    /// assert_eq!(delisted::register::Holdings::none().iter().count(), 0);
    /// ```
    pub fn iter(&self) -> impl Iterator<Item = (&OrganizationId, Percent)> {
        self.0.iter().map(|(organization, percent)| (organization, *percent))
    }

    /// The holders, in alphabetical order.
    pub(crate) fn organizations(&self) -> impl Iterator<Item = &OrganizationId> {
        self.0.keys()
    }
}

impl From<OrganizationId> for Holdings {
    fn from(organization: OrganizationId) -> Self {
        Self::sole(organization)
    }
}

impl From<Option<OrganizationId>> for Holdings {
    fn from(organization: Option<OrganizationId>) -> Self {
        organization.map_or_else(Self::none, Self::sole)
    }
}

impl fmt::Display for Holdings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.told(ToString::to_string))
    }
}

impl Holdings {
    /// The holders in words, each by the name that it is given.
    pub(crate) fn told(&self, name: impl Fn(&OrganizationId) -> String) -> String {
        if self.is_none() {
            return "nobody".to_owned();
        }
        let told: Vec<String> = self
            .iter()
            .map(|(organization, percent)| match percent {
                Percent::WHOLE => name(organization),
                part => format!("{} ({part} %)", name(organization)),
            })
            .collect();
        told.join(", ")
    }
}
