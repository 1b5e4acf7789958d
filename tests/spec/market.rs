//! Whom and what a text reaches: places, scopes, parties, and the facts of the market at an instant.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use delisted::{
    AppId, OrganizationId, Store, Territory,
    law::{AppSelector, Parties, Scope},
    market::Coverage,
    register::{Controlled, Event},
};

use super::{Cell, Model};

impl Model<'_> {
    /// A question about a country is answered for its remainder and for each part of it that is mentioned, named or
    /// excepted, in the scope of any entry of the register, visible or not; a question about a part for that part.
    pub(super) fn places(&self, territory: &Territory) -> BTreeSet<Territory> {
        let mut places = BTreeSet::from([territory.clone()]);
        if !territory.is_part() {
            for scope in self.all.iter().flat_map(|entry| scopes(entry.event())) {
                let named = scope.territories.named().into_iter().flatten();
                let mentioned = named.chain(scope.territories.exceptions());
                places.extend(mentioned.filter(|it| it.is_part() && it.country() == *territory).cloned());
            }
        }
        places
    }

    /// A scope covers a cell if each of its four selections does: the stores and acts by name, the territories by
    /// what covers the whole place, the apps as they are at the instant.
    pub(super) fn covers(&self, scope: &Scope, cell: &Cell<'_>) -> bool {
        scope.stores.has(cell.subject.store())
            && scope.acts.has(&cell.subject.act())
            && scope.territories.matches(|named| named.coverage_of(&cell.place) == Coverage::Whole)
            && scope.apps.matches(|selector| self.selects(selector, cell))
    }

    /// An app is selected by its identifier, as a successor, by its publisher in that store, by whoever controls it
    /// at any remove, or by its class.
    fn selects(&self, selector: &AppSelector, cell: &Cell<'_>) -> bool {
        let (app, at) = (cell.subject.app(), cell.at);
        match selector {
            AppSelector::App(named) => named == app,
            AppSelector::AppAndSuccessors(named) => self.successors(named, at).contains(app),
            AppSelector::Publisher(named) => {
                self.publisher(app, cell.subject.store(), at).as_ref() == Some(named)
            }
            AppSelector::Owner(named) => self.controllers(Controlled::App(app.clone()), at).contains(named),
            AppSelector::Category(named) => {
                let mut last = None;
                for entry in &self.visible {
                    let joined = match entry.event() {
                        Event::CategoryJoined { app: of, category } if of == app && category == named => true,
                        Event::CategoryLeft { app: of, category } if of == app && category == named => false,
                        _ => continue,
                    };
                    if entry.effective() <= at && last.is_none_or(|(when, _)| when <= entry.effective()) {
                        last = Some((entry.effective(), joined));
                    }
                }
                let declared =
                    self.directory.app(app).is_some_and(|declared| declared.categories.contains(named));
                last.map_or(declared, |(_, joined)| joined)
            }
            _ => false,
        }
    }

    /// The app itself, and what succeeded it at any remove by then.
    fn successors(&self, app: &AppId, at: DateTime<Utc>) -> BTreeSet<AppId> {
        let mut found = BTreeSet::from([app.clone()]);
        loop {
            let before = found.len();
            for entry in self.visible.iter().filter(|entry| entry.effective() <= at) {
                if let Event::AppSucceeded { app, by } = entry.event()
                    && found.contains(app)
                {
                    found.insert(by.clone());
                }
            }
            if found.len() == before {
                return found;
            }
        }
    }

    /// The publisher of record: by the last change by then for that store or for all, where at one instant a change
    /// for the one store outweighs one for all; else by the declaration.
    fn publisher(&self, app: &AppId, store: &Store, at: DateTime<Utc>) -> Option<OrganizationId> {
        let mut last = None;
        for entry in self.visible.iter().filter(|entry| entry.effective() <= at) {
            if let Event::PublisherChanged { app: of, store: place, to } = entry.event()
                && of == app
                && place.as_ref().is_none_or(|place| place == store)
            {
                let weight = (entry.effective(), place.is_some());
                if last.as_ref().is_none_or(|(heaviest, _)| *heaviest <= weight) {
                    last = Some((weight, to.clone()));
                }
            }
        }
        let declared = || self.directory.app(app).and_then(|declared| declared.publisher.clone());
        last.map(|(_, to)| to).or_else(declared)
    }

    /// Whoever controls it, at any remove: by the last transfer by then, else, for an app, its declared owner.
    fn controllers(&self, of: Controlled, at: DateTime<Utc>) -> BTreeSet<OrganizationId> {
        let mut found = BTreeSet::new();
        let mut next = of;
        while let Some(above) = self.controller(&next, at) {
            if !found.insert(above.clone()) {
                break;
            }
            next = Controlled::Organization(above);
        }
        found
    }

    fn controller(&self, of: &Controlled, at: DateTime<Utc>) -> Option<OrganizationId> {
        let mut last = None;
        for entry in self.visible.iter().filter(|entry| entry.effective() <= at) {
            if let Event::ControlTransferred { of: what, to } = entry.event()
                && what == of
                && last.as_ref().is_none_or(|(when, _)| *when <= entry.effective())
            {
                last = Some((entry.effective(), to.clone()));
            }
        }
        match (last, of) {
            (Some((_, to)), _) => to,
            (None, Controlled::App(app)) => {
                self.directory.app(app).and_then(|declared| declared.owner.clone())
            }
            (None, Controlled::Organization(_)) => None,
        }
    }

    /// Relief for some protects the cell if its store is named, or its party, or an organisation that controls the
    /// app at any remove, or publishes it in that store, or controls at any remove whoever does.
    pub(super) fn protects(&self, parties: &Parties, cell: &Cell<'_>) -> bool {
        let Parties::Only { organizations, stores, persons } = parties else { return true };
        let (app, store) = (cell.subject.app(), cell.subject.store());
        let mut linked = self.controllers(Controlled::App(app.clone()), cell.at);
        if let Some(publisher) = self.publisher(app, store, cell.at) {
            linked.insert(publisher.clone());
            linked.extend(self.controllers(Controlled::Organization(publisher), cell.at));
        }
        stores.contains(store)
            || cell.subject.party().is_some_and(|party| persons.contains(party))
            || organizations.iter().any(|organization| linked.contains(organization))
    }
}

/// Every scope that an event states.
fn scopes(event: &Event) -> Vec<&Scope> {
    match event {
        Event::InstrumentIssued(it) => {
            it.concerns.iter().chain(it.clauses.iter().map(|clause| &clause.scope)).collect()
        }
        Event::RestrictionAdded { restriction, .. } => vec![&restriction.scope],
        Event::ReliefGranted(it) => vec![&it.scope],
        Event::MeasureEnded(it) => vec![&it.scope],
        Event::ConditionMet { scope, .. } => vec![scope],
        Event::EnforcementForborne(it) => vec![&it.scope],
        Event::AppealDecided(it) => it.dispositions.iter().map(|ruled| &ruled.scope).collect(),
        _ => vec![],
    }
}
