use std::fmt;

use super::{Act, Store, Storefront, Territory};
use crate::{AppId, PartyId};

/// What a question is about: an act with an app, in a store, in a territory.
///
/// A subject has no time: that is the other half of a question. By default it asks for anybody; a court
/// may protect named persons only, and then [`for_party`](Self::for_party) asks for one of them.
///
/// ```
/// use delisted::{Act, Store, market::Subject};
///
/// let anybody = Subject::new("wechat".parse()?, Store::APP_STORE, "US".parse()?, Act::Download);
/// let plaintiff = anybody.clone().for_party("plaintiff".parse()?);
/// assert_ne!(anybody, plaintiff);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Subject {
    app: AppId,
    storefront: Storefront,
    act: Act,
    party: Option<PartyId>,
}

impl Subject {
    /// An act with an app, in a store, in a territory, for anybody.
    ///
    /// ```
    /// use delisted::{Act, Store, market::Subject};
    ///
    /// let subject = Subject::new("tiktok".parse()?, Store::GOOGLE_PLAY, "IN".parse()?, Act::Update);
    /// assert_eq!(subject.act(), Act::Update);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn new(app: AppId, store: Store, territory: Territory, act: Act) -> Self {
        Self { app, storefront: Storefront::new(store, territory), act, party: None }
    }

    /// The same for one person or group, whom relief may protect where it does not protect all.
    ///
    /// ```
    /// use delisted::{Act, Store, market::Subject};
    ///
    /// let subject = Subject::new("tiktok".parse()?, Store::APP_STORE, "US".parse()?, Act::Download)
    ///     .for_party("creators".parse()?);
    /// assert_eq!(subject.to_string(), "download of tiktok in app-store, US, for creators");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn for_party(self, party: PartyId) -> Self {
        Self { party: Some(party), ..self }
    }

    /// The same app, store and territory with another act.
    ///
    /// ```
    /// use delisted::{Act, Store, market::Subject};
    ///
    /// let download = Subject::new("tiktok".parse()?, Store::APP_STORE, "US".parse()?, Act::Download);
    /// assert_eq!(download.with_act(Act::Hosting).act(), Act::Hosting);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn with_act(&self, act: Act) -> Self {
        Self { act, ..self.clone() }
    }

    /// The app.
    ///
    /// ```
    /// use delisted::{Act, Store, market::Subject};
    ///
    /// let subject = Subject::new("tiktok".parse()?, Store::APP_STORE, "US".parse()?, Act::Download);
    /// assert_eq!(subject.app().as_str(), "tiktok");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn app(&self) -> &AppId {
        &self.app
    }

    /// The store.
    ///
    /// ```
    /// use delisted::{Act, Store, market::Subject};
    ///
    /// let subject = Subject::new("tiktok".parse()?, Store::APP_STORE, "US".parse()?, Act::Download);
    /// assert_eq!(subject.store(), &Store::APP_STORE);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn store(&self) -> &Store {
        self.storefront.store()
    }

    /// The territory.
    ///
    /// ```
    /// use delisted::{Act, Store, market::Subject};
    ///
    /// let subject = Subject::new("tiktok".parse()?, Store::APP_STORE, "US".parse()?, Act::Download);
    /// assert_eq!(subject.territory().as_str(), "US");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn territory(&self) -> &Territory {
        self.storefront.territory()
    }

    /// The store and the territory together.
    ///
    /// ```
    /// use delisted::{Act, Store, market::Subject};
    ///
    /// let subject = Subject::new("tiktok".parse()?, Store::APP_STORE, "US".parse()?, Act::Download);
    /// assert_eq!(subject.storefront().to_string(), "app-store, US");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn storefront(&self) -> &Storefront {
        &self.storefront
    }

    /// The act.
    ///
    /// ```
    /// use delisted::{Act, Store, market::Subject};
    ///
    /// let subject = Subject::new("tiktok".parse()?, Store::APP_STORE, "US".parse()?, Act::Download);
    /// assert_eq!(subject.act(), Act::Download);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn act(&self) -> Act {
        self.act
    }

    /// The person or group asked for, or nothing where the question is for anybody.
    ///
    /// ```
    /// use delisted::{Act, Store, market::Subject};
    ///
    /// let subject = Subject::new("tiktok".parse()?, Store::APP_STORE, "US".parse()?, Act::Download);
    /// assert_eq!(subject.party(), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn party(&self) -> Option<&PartyId> {
        self.party.as_ref()
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {} in {}", self.act, self.app, self.storefront)?;
        match &self.party {
            Some(party) => write!(f, ", for {party}"),
            None => Ok(()),
        }
    }
}
