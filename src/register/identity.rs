//! Which app a store's word stood for, and which words an app had: an app stays itself through all of them.

use chrono::{DateTime, Utc};

use super::{Entry, Event, Register, View};
use crate::{AppId, AsOf, Store, market::ListingId};

impl<'a> View<'a> {
    /// The app for which a store's word stood, by the last entry about it that had taken effect. One that gives it
    /// outweighs one that retires it at the same instant.
    fn holder(&self, store: &Store, listing: &ListingId, at: DateTime<Utc>) -> Option<&'a AppId> {
        let entries = self.facts().of_listing(store, listing).filter_map(|position| self.seen(position));
        let last = entries
            .filter(|entry| self.effective(entry) <= at)
            .max_by_key(|entry| (self.effective(entry), holder_given(entry).is_some(), entry.id()))?;
        holder_given(last)
    }
}

/// The app to which an entry gives a store's word.
pub(super) fn holder_given(entry: &Entry) -> Option<&AppId> {
    match entry.event() {
        Event::ListingAssigned { app, .. } => Some(app),
        _ => None,
    }
}

impl Register {
    /// The app for which a store's own id stood.
    ///
    /// ```
    /// use delisted::{Register, Store, market::{AppDeclared, Declaration}};
    /// use delisted::{register::{Entry, Event}, time::instant};
    ///
    /// let mut register = Register::default();
    /// register.declare(Declaration::App(AppDeclared::new("chat".parse()?, "Chat")))?;
    /// let (store, listing) = (Store::GOOGLE_PLAY, "org.example.Chat".parse()?);
    /// let given = Event::ListingAssigned { app: "chat".parse()?, store: store.clone(), listing };
    /// let day = instant("2020-01-01T00:00:00Z")?;
    /// let entry = Entry::build("chat-on-play".parse()?, given).entered(day).recorded(day);
    /// register.append(entry.citation("none").source("https://example.org").finish()?)?;
    /// assert_eq!(register.app_of(&store, &"org.example.Chat".parse()?, day), Some(&"chat".parse()?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn app_of(&self, store: &Store, listing: &ListingId, as_of: impl Into<AsOf>) -> Option<&AppId> {
        let as_of = as_of.into();
        View::new(self, as_of.known()).holder(store, listing, as_of.effective())
    }

    /// The ids that stood for an app, each with its store, in order. An app may have several in one store.
    ///
    /// ```
    /// use delisted::{Register, time::instant};
    ///
    /// let day = instant("2020-01-01T00:00:00Z")?;
    /// assert!(Register::default().listings(&"chat".parse()?, day).is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn listings(&self, app: &AppId, as_of: impl Into<AsOf>) -> Vec<(&Store, &ListingId)> {
        let as_of = as_of.into();
        let view = View::new(self, as_of.known());
        let held = |(store, listing): &(&Store, &ListingId)| {
            view.holder(store, listing, as_of.effective()) == Some(app)
        };
        self.facts().listings_of(app).filter(held).collect()
    }
}
