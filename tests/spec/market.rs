//! Whom and what a text reaches: places, scopes, parties, and the facts of the market at an instant.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use delisted::{
    AppId, OrganizationId, Store, Territory,
    law::{AppSelector, Parties, Scope},
    market::{Coverage, Percent},
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
    /// at any remove or has a stake in it, or by its class.
    fn selects(&self, selector: &AppSelector, cell: &Cell<'_>) -> bool {
        let (app, at) = (cell.subject.app(), cell.at);
        match selector {
            AppSelector::App(named) => named == app,
            AppSelector::AppAndSuccessors(named) => self.successors(named, at).contains(app),
            AppSelector::Publisher(named) => {
                self.publisher(app, cell.subject.store(), at).as_ref() == Some(named)
            }
            AppSelector::Owner(named) => self.controls(named, &Controlled::App(app.clone()), at, &[]),
            AppSelector::Holder { organization, at_least } => {
                self.has_stake(organization, *at_least, Controlled::App(app.clone()), at)
            }
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

    /// Whoever controls it.
    fn controllers(&self, of: &Controlled, at: DateTime<Utc>) -> BTreeSet<OrganizationId> {
        let every = self.directory.organizations().map(|declared| declared.organization.clone());
        every.filter(|organization| self.controls(organization, of, at, &[])).collect()
    }

    /// An organisation controls what it holds more than half of. Nothing controls by way of what it would have to control
    /// already: `on_the_way` is what is being asked for.
    fn controls(
        &self,
        organization: &OrganizationId,
        of: &Controlled,
        at: DateTime<Utc>,
        on_the_way: &[Controlled],
    ) -> bool {
        !on_the_way.contains(of) && self.held(organization, of, at, on_the_way) > 5_000
    }

    /// It holds its own part and the parts of all whom it controls, in hundredths of a per cent.
    fn held(
        &self,
        organization: &OrganizationId,
        of: &Controlled,
        at: DateTime<Utc>,
        on_the_way: &[Controlled],
    ) -> u32 {
        let way = [on_the_way, std::slice::from_ref(of)].concat();
        let own = |holder: &OrganizationId| {
            holder == organization
                || self.controls(organization, &Controlled::Organization(holder.clone()), at, &way)
        };
        self.parts(of, at).into_iter().filter(|(holder, _)| own(holder)).map(|(_, part)| part).sum()
    }

    /// It has a stake if it holds the part of the app, or of an organisation that controls the app.
    fn has_stake(
        &self,
        organization: &OrganizationId,
        part: Percent,
        of: Controlled,
        at: DateTime<Utc>,
    ) -> bool {
        let controllers = self.controllers(&of, at).into_iter().map(Controlled::Organization);
        controllers.chain([of]).any(|of| self.held(organization, &of, at, &[]) >= part.hundredths())
    }

    /// The parts of a thing: by the last transfer by then, else, for an app, all of it its declared owner's.
    fn parts(&self, of: &Controlled, at: DateTime<Utc>) -> Vec<(OrganizationId, u32)> {
        let mut last = None;
        for entry in self.visible.iter().filter(|entry| entry.effective() <= at) {
            if let Event::ControlTransferred { of: what, to } = entry.event()
                && what == of
                && last.as_ref().is_none_or(|(when, _)| *when <= entry.effective())
            {
                last = Some((entry.effective(), to));
            }
        }
        if let Some((_, to)) = last {
            return to.iter().map(|(holder, part)| (holder.clone(), part.hundredths())).collect();
        }
        let Controlled::App(app) = of else { return vec![] };
        let owner = self.directory.app(app).and_then(|declared| declared.owner.clone());
        owner.into_iter().map(|owner| (owner, 10_000)).collect()
    }

    /// Relief for some protects the cell if its store is named, or its party, or an organisation that controls the
    /// app at any remove, or publishes it in that store, or controls at any remove whoever does.
    pub(super) fn protects(&self, parties: &Parties, cell: &Cell<'_>) -> bool {
        let Parties::Only { organizations, stores, persons } = parties else { return true };
        let (app, store) = (cell.subject.app(), cell.subject.store());
        let mut linked = self.controllers(&Controlled::App(app.clone()), cell.at);
        if let Some(publisher) = self.publisher(app, store, cell.at) {
            linked.insert(publisher.clone());
            linked.extend(self.controllers(&Controlled::Organization(publisher), cell.at));
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
        Event::AppealNoticed(it) => vec![&it.scope],
        Event::AppealDecided(it) => it.dispositions.iter().map(|ruled| &ruled.scope).collect(),
        _ => vec![],
    }
}
