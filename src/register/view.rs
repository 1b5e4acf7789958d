use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};

use super::{Controlled, Entry, Event, Facts, Register, Thing};
use crate::{
    AppId, CategoryId, EntryId, InstrumentId, OrganizationId, Store,
    law::{Instrument, Measure, Restriction, RestrictionId, Span},
    market::Directory,
    time::{Dated, Known},
};

/// One uncertain time: of which entry, whether something ends then, and its bounds. Of two entries with the same bounds
/// each has its own, unless one took effect together with the other.
pub(crate) type Unknown<'a> = (&'a EntryId, bool, &'a Dated);

/// At which instant an uncertain time is taken, and whether after all else of that instant.
pub(crate) type Taken = (DateTime<Utc>, bool);

/// How uncertain times are taken; those that are not named at their latest.
pub(crate) type Reading<'a> = BTreeMap<Unknown<'a>, Taken>;

/// The register as it was known at one time: entries not yet recorded, and entries corrected or retracted
/// by then, are not in it.
#[derive(Clone, Copy)]
pub(crate) struct View<'a> {
    directory: &'a Directory,
    facts: &'a Facts,
    known: Known,
    reading: Option<&'a Reading<'a>>,
}

impl<'a> View<'a> {
    pub(crate) fn new(register: &'a Register, known: Known) -> Self {
        Self { directory: register.directory(), facts: register.facts(), known, reading: None }
    }

    /// The same with uncertain times taken as a reading says.
    pub(crate) fn reading(self, reading: &'a Reading<'a>) -> Self {
        Self { reading: Some(reading), ..self }
    }

    /// When something starts at a time that an entry states.
    pub(crate) fn start(&self, entry: &Entry, dated: &Dated) -> DateTime<Utc> {
        self.read(entry, false, dated).map_or_else(|| dated.as_start(), |(at, _)| at)
    }

    /// When something ends at a time that an entry states.
    pub(crate) fn end(&self, entry: &Entry, dated: &Dated) -> DateTime<Utc> {
        self.read(entry, true, dated).map_or_else(|| dated.as_end(), |(at, _)| at)
    }

    /// When an entry takes effect.
    pub(crate) fn effective(&self, entry: &Entry) -> DateTime<Utc> {
        self.start(entry, entry.takes_effect())
    }

    /// Whether an entry takes effect after all else of its instant.
    fn is_last(&self, entry: &Entry) -> bool {
        self.read(entry, false, entry.takes_effect()).is_some_and(|(_, last)| last)
    }

    fn read(&self, entry: &Entry, is_end: bool, dated: &Dated) -> Option<Taken> {
        let reading = self.reading.filter(|_| dated.is_uncertain())?;
        reading.get(&(self.clock(entry), is_end, dated)).copied()
    }

    /// Whose uncertain times an entry's are: its own, or those of the entry together with which it took effect, in the
    /// version then known.
    pub(crate) fn clock<'e>(&self, entry: &'e Entry) -> &'e EntryId
    where
        'a: 'e,
    {
        let Some(mut with) = entry.with() else { return entry.id() };
        while let Some(later) =
            self.facts.position(with).and_then(|position| self.facts.superseding(position))
        {
            if later.corrects() != Some(with) || !later.seen_by(self.known) {
                break;
            }
            with = later.id();
        }
        with
    }

    pub(super) fn of(directory: &'a Directory, facts: &'a Facts, known: Known) -> Self {
        Self { directory, facts, known, reading: None }
    }

    pub(crate) fn facts(&self) -> &'a Facts {
        self.facts
    }

    pub(crate) fn directory(&self) -> &'a Directory {
        self.directory
    }

    pub(super) fn seen(&self, position: usize) -> Option<&'a Entry> {
        let entry = self.facts.entry(position).filter(|entry| entry.seen_by(self.known))?;
        let gone = self.facts.superseding(position).is_some_and(|later| later.seen_by(self.known));
        (!gone).then_some(entry)
    }

    /// The entry that introduces a thing, in the version then known.
    pub(crate) fn introduction(&self, thing: &Thing) -> Option<&'a Entry> {
        self.facts.introductions(thing).find_map(|position| self.seen(position))
    }

    /// The entries that act upon a thing, in a fixed order.
    pub(crate) fn bearing(&self, thing: &Thing) -> Vec<&'a Entry> {
        self.in_order(self.facts.bearing(thing).filter_map(|position| self.seen(position)))
    }

    /// The identifiers under which an entry may be named: its own, and those of the entries that it corrects.
    pub(crate) fn identities(&self, entry: &'a Entry) -> Vec<&'a EntryId> {
        let mut found = Vec::new();
        let mut next = Some(entry);
        while let Some(version) = next {
            found.push(version.id());
            next = version.corrects().and_then(|id| self.facts.entry(self.facts.position(id)?));
        }
        found
    }

    /// The entries that act upon an entry as such, under whichever of its identifiers.
    pub(crate) fn bearing_on_entry(&self, entry: &'a Entry) -> Vec<&'a Entry> {
        let names = self.identities(entry).into_iter();
        self.in_order(names.flat_map(|id| self.bearing(&Thing::Entry(id.clone()))))
    }

    pub(crate) fn instrument(&self, id: &InstrumentId) -> Option<(&'a Entry, &'a Instrument)> {
        let entry = self.introduction(&id.clone().into())?;
        match entry.event() {
            Event::InstrumentIssued(instrument) => Some((entry, instrument)),
            _ => None,
        }
    }

    pub(crate) fn restriction(&self, id: &RestrictionId) -> Option<(&'a Entry, &'a Restriction)> {
        let entry = self.introduction(&id.clone().into())?;
        let (_, clauses) = entry.event().clauses()?;
        Some((entry, clauses.iter().find(|clause| clause.clause == *id.clause())?))
    }

    /// The span that a measure's own text states.
    pub(crate) fn span(&self, measure: &Measure) -> Option<&'a Span> {
        match measure {
            Measure::Restriction(id) => self.restriction(id).map(|(_, clause)| &clause.span),
            other => self.introduction(&other.clone().into())?.event().span(),
        }
    }

    /// The clauses and concerning instruments that may reach an app.
    pub(crate) fn candidates(&self, app: &AppId) -> BTreeSet<&'a Measure> {
        self.facts.candidates(app)
    }

    /// The last transfer of control that had taken effect.
    pub(crate) fn transfer(&self, of: &Controlled, at: DateTime<Utc>) -> Option<&'a Entry> {
        self.latest(self.facts.control_changes(of).filter_map(|position| self.seen(position)), at)
    }

    /// Who published an app in a store.
    pub(crate) fn publisher(
        &self,
        app: &AppId,
        store: &Store,
        at: DateTime<Utc>,
    ) -> Option<&'a OrganizationId> {
        let standing = self.directory.app(app).and_then(|app| app.publisher.as_ref());
        self.publication(app, store, at).map_or(standing, |entry| match entry.event() {
            Event::PublisherChanged { to, .. } => Some(to),
            _ => None,
        })
    }

    /// The last change of publisher for a store. One for that store outweighs one for all at the same instant.
    pub(crate) fn publication(&self, app: &AppId, store: &Store, at: DateTime<Utc>) -> Option<&'a Entry> {
        self.listing_changes(app)
            .filter(|entry| self.effective(entry) <= at)
            .filter_map(|entry| match entry.event() {
                Event::PublisherChanged { store: place, .. }
                    if place.as_ref().is_none_or(|place| place == store) =>
                {
                    Some((place.is_some(), entry))
                }
                _ => None,
            })
            .max_by_key(|(own, entry)| (self.effective(entry), self.is_last(entry), *own, entry.id()))
            .map(|(_, entry)| entry)
    }

    pub(crate) fn belongs(&self, app: &AppId, category: &CategoryId, at: DateTime<Utc>) -> bool {
        let standing = self.directory.app(app).is_some_and(|app| app.categories.contains(category));
        self.membership(app, category, at)
            .map_or(standing, |entry| matches!(entry.event(), Event::CategoryJoined { .. }))
    }

    /// The last entry by which an app joined or left a class.
    pub(crate) fn membership(
        &self,
        app: &AppId,
        category: &CategoryId,
        at: DateTime<Utc>,
    ) -> Option<&'a Entry> {
        let changes = self.listing_changes(app).filter(|entry| match entry.event() {
            Event::CategoryJoined { category: of, .. } | Event::CategoryLeft { category: of, .. } => {
                of == category
            }
            _ => false,
        });
        self.latest(changes, at)
    }

    /// The app and every app that it succeeded by then, at any remove.
    pub(crate) fn lineage(&self, app: &AppId, at: DateTime<Utc>) -> BTreeSet<AppId> {
        let mut found = BTreeSet::from([app.clone()]);
        let mut open = vec![app.clone()];
        while let Some(app) = open.pop() {
            for entry in self.facts.origins(&app).filter_map(|position| self.seen(position)) {
                if let Event::AppSucceeded { app: earlier, .. } = entry.event()
                    && self.effective(entry) <= at
                    && found.insert(earlier.clone())
                {
                    open.push(earlier.clone());
                }
            }
        }
        found
    }

    /// The name of an app at an instant, or its identifier where it has none.
    pub(crate) fn app_name(&self, app: &AppId, at: DateTime<Utc>) -> &'a str {
        let renamings =
            self.listing_changes(app).filter(|entry| matches!(entry.event(), Event::AppRenamed { .. }));
        let renamed = self.latest(renamings, at).and_then(|entry| match entry.event() {
            Event::AppRenamed { name, .. } => Some(name.as_str()),
            _ => None,
        });
        renamed.or_else(|| self.directory.app(app).map(|app| app.name.as_str())).unwrap_or_default()
    }

    /// The entries that say who owned and published an app, what class it was of, and what it succeeded.
    pub(crate) fn market_changes(&self, app: &AppId) -> Vec<&'a Entry> {
        let mut found: Vec<&Entry> = Vec::new();
        let mut apps = BTreeSet::from([app.clone()]);
        let mut open = vec![Controlled::App(app.clone())];
        let mut seen = BTreeSet::from([Controlled::App(app.clone())]);
        while let Some(next) = open.pop() {
            let mut owners: Vec<OrganizationId> = Vec::new();
            for entry in self.facts.control_changes(&next).filter_map(|position| self.seen(position)) {
                if let Event::ControlTransferred { to, .. } = entry.event() {
                    owners.extend(to.organizations().cloned());
                }
                found.push(entry);
            }
            if let Controlled::App(app) = &next {
                for entry in self.listing_changes(app) {
                    if let Event::PublisherChanged { to, .. } = entry.event() {
                        owners.push(to.clone());
                    }
                    found.push(entry);
                }
                for entry in self.facts.origins(app).filter_map(|position| self.seen(position)) {
                    found.push(entry);
                    if let Event::AppSucceeded { app: earlier, .. } = entry.event()
                        && apps.insert(earlier.clone())
                    {
                        open.push(Controlled::App(earlier.clone()));
                    }
                }
                let standing = self.directory.app(app);
                owners
                    .extend(standing.iter().flat_map(|app| app.owner.iter().chain(&app.publisher)).cloned());
            }
            for owner in owners.into_iter().map(Controlled::Organization) {
                if seen.insert(owner.clone()) {
                    open.push(owner);
                }
            }
        }
        self.in_order(found)
    }

    fn listing_changes(&self, app: &AppId) -> impl Iterator<Item = &'a Entry> {
        self.facts.listing_changes(app).filter_map(|position| self.seen(position))
    }

    /// The last of the entries that had taken effect; of several at one instant, the last by identifier.
    fn latest(&self, entries: impl Iterator<Item = &'a Entry>, at: DateTime<Utc>) -> Option<&'a Entry> {
        entries
            .filter(|entry| self.effective(entry) <= at)
            .max_by_key(|entry| (self.effective(entry), self.is_last(entry), entry.id()))
    }

    /// Entries in the order in which answers list them: by effect, then by entry, then by identifier.
    pub(crate) fn in_order(&self, entries: impl IntoIterator<Item = &'a Entry>) -> Vec<&'a Entry> {
        let mut sorted: Vec<&Entry> = entries.into_iter().collect();
        sorted.sort_by_key(|entry| {
            let (effective, entered) = (self.effective(entry), self.start(entry, entry.entered()));
            (effective, self.is_last(entry), entered, entry.id())
        });
        sorted.dedup_by_key(|entry| entry.id());
        sorted
    }
}
