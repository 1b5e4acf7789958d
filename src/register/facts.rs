use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};

use super::{
    Controlled, Entry, Event,
    thing::{Slot, Thing, acted_upon, introduced, rested_on, slot},
};
use crate::{
    AppId, EntryId, Store, Territory,
    law::{AppSelector, Measure, RestrictionId, Scope},
    market::ListingId,
};

/// The log with the indices that answers need. Every entry in it has been checked.
#[derive(Debug, Clone, Default)]
pub(crate) struct Facts {
    entries: Vec<Entry>,
    positions: BTreeMap<EntryId, usize>,
    /// Which later entry corrected or retracted an entry.
    superseded: BTreeMap<usize, usize>,
    introductions: BTreeMap<Thing, Vec<usize>>,
    bearing: BTreeMap<Thing, Vec<usize>>,
    resting: BTreeMap<Thing, Vec<usize>>,
    slots: BTreeMap<Slot, Vec<usize>>,
    /// Clauses, and instruments that concern something, by the apps that they name; the others apart.
    naming: BTreeMap<AppId, BTreeSet<Measure>>,
    at_large: BTreeSet<Measure>,
    /// The parts of each country that some scope mentions.
    parts: BTreeMap<Territory, BTreeSet<Territory>>,
    control: BTreeMap<Controlled, Vec<usize>>,
    listings: BTreeMap<AppId, Vec<usize>>,
    origins: BTreeMap<AppId, Vec<usize>>,
    /// The entries about each id of each store, and the ids that each app was ever given.
    ids: BTreeMap<(Store, ListingId), Vec<usize>>,
    ids_given: BTreeMap<AppId, BTreeSet<(Store, ListingId)>>,
    /// The bounds of every uncertain time, so that a question outside them all costs nothing more.
    uncertain: BTreeSet<(DateTime<Utc>, DateTime<Utc>)>,
    /// Whether some fact that a later one of its kind replaces has an uncertain time, so that their order may be.
    uncertain_order: bool,
}

impl Facts {
    pub(crate) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    pub(crate) fn entry(&self, position: usize) -> Option<&Entry> {
        self.entries.get(position)
    }

    pub(crate) fn position(&self, id: &EntryId) -> Option<usize> {
        self.positions.get(id).copied()
    }

    /// The entry that corrected or retracted the one at `position`.
    pub(crate) fn superseding(&self, position: usize) -> Option<&Entry> {
        self.superseded.get(&position).and_then(|later| self.entries.get(*later))
    }

    /// The entries that introduced a thing: one, and those that correct it.
    pub(crate) fn introductions(&self, thing: &Thing) -> impl Iterator<Item = usize> {
        listed(&self.introductions, thing)
    }

    /// The entries that act upon a thing.
    pub(crate) fn bearing(&self, thing: &Thing) -> impl Iterator<Item = usize> {
        listed(&self.bearing, thing)
    }

    /// The entries that rest on a thing without acting upon it.
    pub(super) fn resting(&self, thing: &Thing) -> impl Iterator<Item = usize> {
        listed(&self.resting, thing)
    }

    pub(super) fn in_slot(&self, slot: &Slot) -> impl Iterator<Item = usize> {
        listed(&self.slots, slot)
    }

    pub(crate) fn control_changes(&self, of: &Controlled) -> impl Iterator<Item = usize> {
        listed(&self.control, of)
    }

    /// The entries about an app's publishers, names and classes.
    pub(crate) fn listing_changes(&self, app: &AppId) -> impl Iterator<Item = usize> {
        listed(&self.listings, app)
    }

    /// The entries that say which app an app succeeded.
    pub(crate) fn origins(&self, app: &AppId) -> impl Iterator<Item = usize> {
        listed(&self.origins, app)
    }

    /// The entries about a store's id.
    pub(super) fn of_listing(&self, store: &Store, listing: &ListingId) -> impl Iterator<Item = usize> {
        let entries = self.ids.get(&(store.clone(), listing.clone()));
        entries.into_iter().flatten().copied()
    }

    /// The ids that an app was ever given, by whatever entry.
    pub(super) fn listings_of(&self, app: &AppId) -> impl Iterator<Item = (&Store, &ListingId)> {
        self.ids_given.get(app).into_iter().flatten().map(|(store, listing)| (store, listing))
    }

    /// Whether every text names the apps that it reaches.
    pub(crate) fn reaches_no_stranger(&self) -> bool {
        self.at_large.is_empty()
    }

    /// Every clause, and every instrument that concerns something, which may reach an app.
    pub(crate) fn candidates(&self, app: &AppId) -> BTreeSet<&Measure> {
        self.naming.get(app).into_iter().flatten().chain(&self.at_large).collect()
    }

    /// Every clause and every concerning instrument of the register.
    pub(crate) fn all_candidates(&self) -> BTreeSet<&Measure> {
        self.naming.values().flatten().chain(&self.at_large).collect()
    }

    /// The parts of a country that the register tells apart.
    pub(crate) fn parts(&self, country: &Territory) -> impl Iterator<Item = &Territory> {
        self.parts.get(country).into_iter().flatten()
    }

    pub(crate) fn measure_named(&self, text: &str) -> Option<Measure> {
        let known = |measure: Measure| {
            self.introductions.contains_key(&Thing::Measure(measure.clone())).then_some(measure)
        };
        if text.contains('/') {
            return known(Measure::Restriction(text.parse().ok()?));
        }
        [
            text.parse().ok().map(Measure::Instrument),
            text.parse().ok().map(Measure::Relief),
            text.parse().ok().map(Measure::Ending),
            text.parse().ok().map(Measure::Forbearance),
        ]
        .into_iter()
        .flatten()
        .find_map(known)
    }

    #[cfg(feature = "file")]
    pub(super) fn measure_names(&self) -> Vec<String> {
        self.introductions
            .keys()
            .filter_map(|thing| match thing {
                Thing::Measure(measure) => Some(measure.to_string()),
                _ => None,
            })
            .collect()
    }

    /// The things that have been introduced, for guesses at what was meant.
    pub(super) fn things(&self) -> impl Iterator<Item = &Thing> {
        self.introductions.keys()
    }

    /// Whether some entry states an uncertain time that may have come by `at` and may not, or may have come before
    /// another or after it.
    pub(crate) fn is_uncertain_at(&self, at: DateTime<Utc>) -> bool {
        self.uncertain_order
            || self.uncertain.range(..=(at, DateTime::<Utc>::MAX_UTC)).any(|(_, latest)| at < *latest)
    }

    /// Adds a checked entry.
    pub(super) fn insert(&mut self, entry: Entry) {
        let position = self.entries.len();
        let superseded = entry.corrects().cloned().or_else(|| match entry.event() {
            Event::EntryRetracted { entry } => Some(entry.clone()),
            _ => None,
        });
        if let Some(earlier) = superseded.and_then(|id| self.position(&id)) {
            self.superseded.insert(earlier, position);
        }
        for thing in introduced(&entry) {
            self.introductions.entry(thing).or_default().push(position);
        }
        for thing in acted_upon(&entry) {
            self.bearing.entry(thing).or_default().push(position);
        }
        for thing in rested_on(&entry) {
            self.resting.entry(thing).or_default().push(position);
        }
        if let Some(slot) = slot(&entry) {
            self.slots.entry(slot).or_default().push(position);
        }
        self.insert_candidates(entry.event());
        self.insert_market(entry.event(), position);
        for territory in entry.event().scopes().into_iter().flat_map(|scope| scope.territories.mentioned()) {
            if territory.is_part() {
                self.parts.entry(territory.country()).or_default().insert(territory.clone());
            }
        }
        let uncertain = entry.times().into_iter().map(|(_, time)| time).filter(|time| time.is_uncertain());
        self.uncertain_order |= entry.takes_effect().is_uncertain() && slot(&entry).is_some();
        self.uncertain.extend(uncertain.map(|time| (time.earliest(), time.latest())));
        self.positions.insert(entry.id().clone(), position);
        self.entries.push(entry);
    }

    fn insert_candidates(&mut self, event: &Event) {
        if let Event::InstrumentIssued(it) = event
            && let Some(scope) = &it.concerns
        {
            self.insert_candidate(it.instrument.clone().into(), scope);
        }
        if let Some((instrument, clauses)) = event.clauses() {
            for clause in clauses {
                let id = RestrictionId::new(instrument.clone(), clause.clause.clone());
                self.insert_candidate(id.into(), &clause.scope);
            }
        }
    }

    fn insert_candidate(&mut self, measure: Measure, scope: &Scope) {
        let Some(named) = scope.apps.named() else {
            self.at_large.insert(measure);
            return;
        };
        for selector in named {
            match selector {
                AppSelector::App(app) => {
                    self.naming.entry(app.clone()).or_default().insert(measure.clone());
                }
                _ => drop(self.at_large.insert(measure.clone())),
            }
        }
    }

    fn insert_market(&mut self, event: &Event, position: usize) {
        match event {
            Event::ControlTransferred { of, .. } => {
                self.control.entry(of.clone()).or_default().push(position);
            }
            Event::PublisherChanged { app, .. }
            | Event::AppRenamed { app, .. }
            | Event::CategoryJoined { app, .. }
            | Event::CategoryLeft { app, .. } => {
                self.listings.entry(app.clone()).or_default().push(position);
            }
            Event::ListingAssigned { app, store, listing } => {
                let id = (store.clone(), listing.clone());
                self.ids.entry(id.clone()).or_default().push(position);
                self.ids_given.entry(app.clone()).or_default().insert(id);
            }
            Event::ListingRetired { store, listing } => {
                self.ids.entry((store.clone(), listing.clone())).or_default().push(position);
            }
            Event::AppSucceeded { by, .. } => self.origins.entry(by.clone()).or_default().push(position),
            _ => {}
        }
    }
}

fn listed<K: Ord>(index: &BTreeMap<K, Vec<usize>>, key: &K) -> impl Iterator<Item = usize> {
    index.get(key).into_iter().flatten().copied()
}
