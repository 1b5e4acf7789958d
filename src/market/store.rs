use std::{borrow::Cow, fmt, str::FromStr};

use super::{ListingId, Territory};
use crate::id::{IdError, checked, string_like};

/// A shop for apps.
///
/// The two that most orders name have constants; any other is made from its word, which a register then
/// has to declare, so that a slip of the pen does not open a shop.
///
/// ```
/// use delisted::Store;
///
/// assert_eq!(Store::APP_STORE.as_str(), "app-store");
/// assert_eq!("google-play".parse(), Ok(Store::GOOGLE_PLAY));
/// assert_eq!(Store::new("appgallery")?.as_str(), "appgallery");
/// # Ok::<(), delisted::id::IdError>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Store(Cow<'static, str>);

impl Store {
    /// Apple's App Store.
    ///
    /// ```
    /// assert_eq!(delisted::Store::APP_STORE.to_string(), "app-store");
    /// ```
    pub const APP_STORE: Self = Self(Cow::Borrowed("app-store"));

    /// Google Play.
    ///
    /// ```
    /// assert_eq!(delisted::Store::GOOGLE_PLAY.to_string(), "google-play");
    /// ```
    pub const GOOGLE_PLAY: Self = Self(Cow::Borrowed("google-play"));

    /// The stores that every register knows without declaring them.
    ///
    /// ```
    /// assert!(delisted::Store::WELL_KNOWN.contains(&delisted::Store::APP_STORE));
    /// ```
    pub const WELL_KNOWN: [Self; 2] = [Self::APP_STORE, Self::GOOGLE_PLAY];

    /// A store by its word.
    ///
    /// ```
    /// assert!(delisted::Store::new("App Store").is_err());
    /// ```
    ///
    /// # Errors
    ///
    /// - the word does not have the shape of an [identifier](crate::id).
    pub fn new(text: impl AsRef<str>) -> Result<Self, IdError> {
        let text = text.as_ref();
        if let Some(known) = Self::WELL_KNOWN.into_iter().find(|store| store.as_str() == text) {
            return Ok(known);
        }
        checked(text)?;
        Ok(Self(Cow::Owned(text.to_owned())))
    }

    /// Whether an id has the shape of those that the store gives. A store besides the well-known ones may give any.
    ///
    /// The App Store gives numbers, Google Play the names of packages.
    ///
    /// ```
    /// use delisted::{Store, market::ListingId};
    ///
    /// assert!(Store::APP_STORE.gives(&ListingId::new("835599320")?));
    /// assert!(!Store::APP_STORE.gives(&ListingId::new("id835599320")?));
    /// assert!(Store::GOOGLE_PLAY.gives(&ListingId::new("com.zhiliaoapp.musically")?));
    /// # Ok::<(), delisted::market::ListingIdError>(())
    /// ```
    #[must_use]
    pub fn gives(&self, listing: &ListingId) -> bool {
        let id = listing.as_str();
        if *self == Self::APP_STORE {
            return !id.starts_with('0') && id.chars().all(|it| it.is_ascii_digit());
        }
        let in_package = |it: char| it.is_ascii_alphanumeric() || matches!(it, '.' | '_');
        *self != Self::GOOGLE_PLAY
            || (id.contains('.')
                && id.starts_with(|it: char| it.is_ascii_alphabetic())
                && id.chars().all(in_package))
    }

    /// The store's word.
    ///
    /// ```
    /// assert_eq!(delisted::Store::GOOGLE_PLAY.as_str(), "google-play");
    /// ```
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

string_like!(Store, IdError);

/// A store in one territory: the shop window that a customer sees.
///
/// ```
/// use delisted::{Store, market::Storefront};
///
/// let front = Storefront::new(Store::APP_STORE, "US".parse()?);
/// assert_eq!(front.to_string(), "app-store, US");
/// # Ok::<(), delisted::market::TerritoryError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Storefront {
    store: Store,
    territory: Territory,
}

impl Storefront {
    /// The shop window of `store` in `territory`.
    ///
    /// ```
    /// use delisted::{Store, market::Storefront};
    ///
    /// let front = Storefront::new(Store::GOOGLE_PLAY, "IN".parse()?);
    /// assert_eq!(front.store(), &Store::GOOGLE_PLAY);
    /// # Ok::<(), delisted::market::TerritoryError>(())
    /// ```
    #[must_use]
    pub fn new(store: Store, territory: Territory) -> Self {
        Self { store, territory }
    }

    /// The store.
    ///
    /// ```
    /// use delisted::{Store, market::Storefront};
    ///
    /// assert_eq!(Storefront::new(Store::APP_STORE, "US".parse()?).store(), &Store::APP_STORE);
    /// # Ok::<(), delisted::market::TerritoryError>(())
    /// ```
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// The territory.
    ///
    /// ```
    /// use delisted::{Store, market::Storefront};
    ///
    /// assert_eq!(Storefront::new(Store::APP_STORE, "US".parse()?).territory().as_str(), "US");
    /// # Ok::<(), delisted::market::TerritoryError>(())
    /// ```
    #[must_use]
    pub fn territory(&self) -> &Territory {
        &self.territory
    }
}

impl fmt::Display for Storefront {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}", self.store, self.territory)
    }
}
