//! The rule itself, for one cell: an app in a store, in a place that no scope divides further, and an act.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
};

use chrono::{DateTime, Utc};

use super::GroundStatus;
use crate::{
    AppealId, ConditionId, Territory,
    law::{
        AppSelector, Bound, Directive, Disposition, Judgment, MandateTerm, Manner, Measure, Parties, Relief,
        Ruling, Scope, Span,
    },
    market::{Coverage, Subject},
    register::{Controlled, Entry, Event, Thing, View},
};

/// How a measure stands for a cell at an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// It does not exist yet, or is not on record.
    Absent,
    /// It does not reach the cell.
    Outside,
    /// It exists and reaches the cell.
    Stands(GroundStatus),
}

impl Standing {
    pub(super) fn in_force(self) -> bool {
        self == Self::Stands(GroundStatus::InForce)
    }
}

/// The rule applied to one cell at one instant, with the standing of each measure worked out once.
pub(super) struct Rule<'a> {
    view: View<'a>,
    subject: &'a Subject,
    place: Territory,
    at: DateTime<Utc>,
    worked_out: RefCell<BTreeMap<Measure, Standing>>,
}

impl<'a> Rule<'a> {
    pub(super) fn new(view: View<'a>, subject: &'a Subject, place: Territory, at: DateTime<Utc>) -> Self {
        Self { view, subject, place, at, worked_out: RefCell::default() }
    }

    /// How a measure stands: worked out without recursion, so that no depth of relief on relief is too deep.
    pub(super) fn standing(&self, measure: &Measure) -> Standing {
        let mut open = vec![measure.clone()];
        let mut expanded = BTreeSet::new();
        while let Some(next) = open.last().cloned() {
            if self.worked_out.borrow().contains_key(&next) {
                open.pop();
                continue;
            }
            let missing: Vec<Measure> = {
                let worked_out = self.worked_out.borrow();
                self.depends_on(&next).into_iter().filter(|it| !worked_out.contains_key(it)).collect()
            };
            // The register refuses circles; were there one, the second visit would end it.
            if missing.is_empty() || !expanded.insert(next.clone()) {
                let standing = self.work_out(&next);
                self.worked_out.borrow_mut().insert(next, standing);
                open.pop();
            } else {
                open.extend(missing);
            }
        }
        self.worked_out(measure)
    }

    /// How a measure would stand if it reached the cell; nothing where it does not exist yet.
    pub(super) fn status_if_reached(&self, measure: &Measure) -> Option<GroundStatus> {
        self.standing(measure);
        let entry = self.view.introduction(&measure.clone().into())?;
        let own = self.text_of(measure, entry)?;
        (own.exists_from(&self.view, entry) <= self.at).then(|| self.status(measure, entry, &own))
    }

    /// A command in force: the directive of a clause that is operative and binds.
    pub(super) fn commands(&self, measure: &Measure) -> Option<Directive> {
        let Measure::Restriction(id) = measure else { return None };
        let (_, clause) = self.view.restriction(id)?;
        (self.binds(measure) && self.standing(measure).in_force()).then_some(clause.directive)
    }

    /// Whether the instrument that a measure is, or is a clause of, binds.
    pub(super) fn binds(&self, measure: &Measure) -> bool {
        let instrument = match measure {
            Measure::Instrument(id) => id,
            Measure::Restriction(id) => id.instrument(),
            _ => return true,
        };
        self.view.instrument(instrument).is_none_or(|(_, instrument)| instrument.kind.binds())
    }

    /// Whether a declaration in force says that a clause will not be enforced.
    pub(super) fn forborne(&self, measure: &Measure) -> bool {
        let instrument = carrier_of_clause(measure);
        std::iter::once(measure).chain(&instrument).any(|measure| {
            self.bearing(measure).into_iter().any(|entry| match entry.event() {
                Event::EnforcementForborne(it) => self.standing(&it.forbearance.clone().into()).in_force(),
                _ => false,
            })
        })
    }

    /// The first ruling under an open appeal on which the standing of a measure turns.
    pub(super) fn contested(&self, measure: &Measure) -> BTreeSet<Ruling> {
        let mut found = BTreeSet::new();
        let mut seen = BTreeSet::from([measure.clone()]);
        let mut open = vec![measure.clone()];
        while let Some(next) = open.pop() {
            let Standing::Stands(status) = self.standing(&next) else { continue };
            let endings = self.endings_of(&next);
            let over: Vec<Measure> =
                endings.iter().filter(|it| self.standing(it).in_force()).cloned().collect();
            let mut further = Vec::new();
            if !over.is_empty() {
                further = over;
            } else if is_over(status) {
                // An expiry is nobody's ruling; what fell, or ended with its carrier, turns on the carrier.
                if status != GroundStatus::Expired {
                    further.extend(self.carrier(&next));
                }
            } else {
                found.extend(self.open_reviews(&next));
                further.extend(self.carrier(&next));
                further.extend(self.relief_against(&next));
                further.extend(endings);
                further.extend(self.judgments_on(&next));
            }
            open.extend(further.into_iter().filter(|it| seen.insert(it.clone())));
        }
        found
    }

    /// The appeals of a measure, and of refusals of relief against it, that are open.
    fn open_reviews(&self, measure: &Measure) -> BTreeSet<Ruling> {
        let mut found = BTreeSet::new();
        for entry in self.bearing(measure).into_iter().filter(|entry| self.view.effective(entry) <= self.at) {
            match entry.event() {
                Event::AppealNoticed(it) if self.is_open(&it.appeal) && self.covers(&it.scope) => {
                    found.insert(Ruling::Measure(measure.clone()));
                }
                Event::ReliefRefused { .. } => {
                    let names = self.view.identities(entry);
                    for appeal in self.view.bearing_on_entry(entry) {
                        if let Event::AppealNoticed(it) = appeal.event()
                            && self.view.effective(appeal) <= self.at
                            && self.is_open(&it.appeal)
                            && self.covers(&it.scope)
                        {
                            let of = it.of.iter().filter(|ruling| match ruling {
                                Ruling::Refusal(refusal) => names.contains(&refusal),
                                Ruling::Measure(_) => false,
                            });
                            found.extend(of.cloned());
                        }
                    }
                }
                _ => {}
            }
        }
        found
    }

    pub(super) fn is_open(&self, appeal: &AppealId) -> bool {
        self.closing(appeal).is_none_or(|closing| self.at < closing)
    }

    /// When an appeal closes: when its judgment bites.
    fn closing(&self, appeal: &AppealId) -> Option<DateTime<Utc>> {
        let bearing = self.view.bearing(&Thing::Appeal(appeal.clone()));
        bearing.iter().find_map(|entry| match entry.event() {
            Event::AppealDecided(judgment) => self.bite(entry, judgment),
            _ => None,
        })
    }

    /// When a judgment bites: at once, or with its mandate, where there is one on record.
    fn bite(&self, entry: &Entry, judgment: &Judgment) -> Option<DateTime<Utc>> {
        match judgment.mandate {
            MandateTerm::Immediate => Some(self.view.effective(entry)),
            MandateTerm::Awaited => self
                .view
                .bearing(&Thing::Appeal(judgment.appeal.clone()))
                .into_iter()
                .find(|entry| matches!(entry.event(), Event::MandateIssued { .. }))
                .map(|mandate| self.view.effective(mandate).max(self.view.effective(entry))),
        }
    }

    /// The relief aimed at a measure.
    pub(super) fn relief_against(&self, measure: &Measure) -> Vec<Measure> {
        self.bearing(measure)
            .into_iter()
            .filter_map(|entry| match entry.event() {
                Event::ReliefGranted(it) => Some(it.relief.clone().into()),
                _ => None,
            })
            .collect()
    }

    /// The endings of a measure that reach the cell.
    pub(super) fn endings_of(&self, measure: &Measure) -> Vec<Measure> {
        self.bearing(measure)
            .into_iter()
            .filter_map(|entry| self.ending_through(entry, measure).map(|(ending, _)| ending))
            .collect()
    }

    /// The judgments that dispose of a measure for the cell, whatever they did with it.
    pub(super) fn judgments_on(&self, measure: &Measure) -> Vec<Measure> {
        let disposes = |entry: &&Entry| match entry.event() {
            Event::AppealDecided(it) => it.dispositions.iter().any(|ruled| {
                matches!(&ruled.ruling, Ruling::Measure(ruling) if ruling == measure)
                    && self.covers(&ruled.scope)
            }),
            _ => false,
        };
        self.bearing(measure)
            .into_iter()
            .filter(disposes)
            .filter_map(|entry| entry.event().introduces())
            .collect()
    }

    /// The ending by which an entry ends a measure for the cell, and how.
    fn ending_through(&self, entry: &Entry, measure: &Measure) -> Option<(Measure, Manner)> {
        match entry.event() {
            Event::MeasureEnded(it) => (it.ends.contains(measure) && self.covers(&it.scope))
                .then(|| (it.ending.clone().into(), it.manner)),
            Event::AppealDecided(it) => it.dispositions.iter().find_map(|ruled| {
                let this = matches!(&ruled.ruling, Ruling::Measure(ruling) if ruling == measure);
                let manner =
                    Disposition::ends(ruled.disposition).filter(|_| this && self.covers(&ruled.scope))?;
                Some((it.judgment.clone().into(), manner))
            }),
            _ => None,
        }
    }

    /// The instrument of a clause, or the one that an instrument hangs on.
    pub(super) fn carrier(&self, measure: &Measure) -> Option<Measure> {
        match measure {
            Measure::Restriction(_) => carrier_of_clause(measure),
            Measure::Instrument(id) => {
                self.view.instrument(id).and_then(|(_, it)| it.under.clone()).map(Measure::from)
            }
            _ => None,
        }
    }

    /// Everything that must be worked out before a measure can be.
    fn depends_on(&self, measure: &Measure) -> Vec<Measure> {
        let mut all = self.relief_against(measure);
        all.extend(self.endings_of(measure));
        all.extend(self.carrier(measure));
        all
    }

    fn worked_out(&self, measure: &Measure) -> Standing {
        self.worked_out.borrow().get(measure).copied().unwrap_or(Standing::Absent)
    }

    /// The rule, sentence by sentence, once everything that it depends on is worked out.
    fn work_out(&self, measure: &Measure) -> Standing {
        let Some(entry) = self.view.introduction(&measure.clone().into()) else { return Standing::Absent };
        let Some(own) = self.text_of(measure, entry) else { return Standing::Absent };
        if self.at < own.exists_from(&self.view, entry) {
            return Standing::Absent;
        }
        if !self.reaches(&own) {
            return Standing::Outside;
        }
        Standing::Stands(self.status(measure, entry, &own))
    }

    fn status(&self, measure: &Measure, entry: &Entry, own: &Text<'a>) -> GroundStatus {
        let ended = self.bearing(measure).into_iter().find_map(|entry| {
            let (ending, manner) = self.ending_through(entry, measure)?;
            self.worked_out(&ending).in_force().then_some(manner)
        });
        if let Some(manner) = ended {
            return manner.into();
        }
        if self.end(measure, entry, own).is_some_and(|end| end <= self.at) {
            return GroundStatus::Expired;
        }
        let carrier = self.carrier(measure).map(|carrier| self.worked_out(&carrier));
        let is_clause = matches!(measure, Measure::Restriction(_));
        match carrier {
            // A clause ends as its instrument does; an instrument merely falls with the one above it.
            Some(Standing::Stands(status)) if is_over(status) => {
                return if is_clause { status } else { GroundStatus::Fallen };
            }
            _ => {}
        }
        // The first of enjoined, stayed and permitted that some relief in force makes it.
        let suspended = self
            .bearing(measure)
            .into_iter()
            .filter_map(|entry| match entry.event() {
                Event::ReliefGranted(relief) => Some(relief),
                _ => None,
            })
            .filter(|relief| self.worked_out(&relief.relief.clone().into()).in_force())
            .map(|relief| GroundStatus::from(relief.kind))
            .min();
        if let Some(status) = suspended {
            return status;
        }
        match carrier {
            Some(Standing::Stands(GroundStatus::InForce)) | None => {}
            Some(Standing::Stands(status)) => return status,
            Some(Standing::Absent | Standing::Outside) => return GroundStatus::Pending,
        }
        self.before_start(measure, entry, own).unwrap_or(GroundStatus::InForce)
    }

    /// Why a measure has not started, if it has not.
    fn before_start(&self, measure: &Measure, entry: &Entry, own: &Text<'a>) -> Option<GroundStatus> {
        if let Some(judgment) = own.judgment {
            let bitten = self.bite(entry, judgment).is_some_and(|bite| bite <= self.at);
            return (!bitten).then_some(GroundStatus::Pending);
        }
        let effective = self.view.effective(entry);
        let (stating, bound, waiting) = match self.start_move(measure) {
            Some((moving, bound)) => (moving, Some(bound), GroundStatus::Postponed),
            None => (entry, own.span.and_then(Span::from), GroundStatus::Pending),
        };
        match bound {
            None => (self.at < effective).then_some(waiting),
            Some(Bound::At(start)) => (self.at < self.view.start(stating, start)).then_some(waiting),
            Some(Bound::Upon(condition)) => {
                let met = self.met(condition).is_some_and(|met| met.max(effective) <= self.at);
                (!met).then_some(GroundStatus::AwaitingCondition)
            }
        }
    }

    /// When a measure ends by its own terms: its end as it then stood, or the closing of the appeal that it awaits.
    fn end(&self, measure: &Measure, entry: &Entry, own: &Text<'a>) -> Option<DateTime<Utc>> {
        let (stating, bound) = match self.end_move(measure) {
            Some((moving, bound)) => (moving, bound),
            None => (entry, own.span.and_then(Span::until)),
        };
        let own_end = match bound {
            None => None,
            Some(Bound::At(end)) => Some(self.view.end(stating, end)),
            Some(Bound::Upon(condition)) => self.met(condition),
        };
        let with_appeal =
            own.relief.and_then(|relief| relief.pending.as_ref()).and_then(|it| self.closing(it));
        own_end.into_iter().chain(with_appeal).min()
    }

    /// The last move of a measure's start that had taken effect.
    pub(super) fn start_move(&self, measure: &Measure) -> Option<(&'a Entry, &'a Bound)> {
        self.bearing(measure)
            .into_iter()
            .rev()
            .filter(|entry| self.view.effective(entry) <= self.at)
            .find_map(|entry| match entry.event() {
                Event::StartMoved { from, .. } => Some((entry, from)),
                _ => None,
            })
    }

    /// The last move of a measure's end that had taken effect.
    pub(super) fn end_move(&self, measure: &Measure) -> Option<(&'a Entry, Option<&'a Bound>)> {
        self.bearing(measure)
            .into_iter()
            .rev()
            .filter(|entry| self.view.effective(entry) <= self.at)
            .find_map(|entry| match entry.event() {
                Event::EndMoved { until, .. } => Some((entry, until.as_ref())),
                _ => None,
            })
    }

    /// When a condition was met for the cell.
    fn met(&self, condition: &ConditionId) -> Option<DateTime<Utc>> {
        self.meeting(condition).map(|entry| self.view.effective(entry))
    }

    /// The entry by which a condition was first met for the cell.
    pub(super) fn meeting(&self, condition: &ConditionId) -> Option<&'a Entry> {
        self.view.bearing(&Thing::Condition(condition.clone())).into_iter().find(|entry| {
            match entry.event() {
                Event::ConditionMet { scope, .. } => self.covers(scope),
                _ => false,
            }
        })
    }

    fn text_of(&self, measure: &Measure, entry: &'a Entry) -> Option<Text<'a>> {
        let bare = Text::default();
        Some(match (measure, entry.event()) {
            (Measure::Restriction(id), _) => {
                let (_, clause) = self.view.restriction(id)?;
                Text { scope: Some(&clause.scope), span: Some(&clause.span), ..bare }
            }
            (_, Event::InstrumentIssued(it)) => Text { span: Some(&it.span), ..bare },
            (_, Event::ReliefGranted(it)) => {
                Text { scope: Some(&it.scope), span: Some(&it.span), relief: Some(it), ..bare }
            }
            (_, Event::EnforcementForborne(it)) => {
                Text { scope: Some(&it.scope), span: Some(&it.span), ..bare }
            }
            // An ending's scope is looked at where it meets its target: a judgment has one for each ruling.
            (_, Event::AppealDecided(it)) => Text { judgment: Some(it), ..bare },
            _ => bare,
        })
    }

    fn reaches(&self, own: &Text<'a>) -> bool {
        own.scope.is_none_or(|scope| self.covers(scope))
            && own.relief.is_none_or(|relief| self.protects(&relief.protects))
    }

    /// Whether a scope covers the cell, with publisher, owner and class as they stood at the instant.
    pub(super) fn covers(&self, scope: &Scope) -> bool {
        self.covers_but_for_app(scope) && self.selects_app(scope, self.at)
    }

    pub(super) fn covers_but_for_app(&self, scope: &Scope) -> bool {
        scope.stores.has(self.subject.store())
            && scope.acts.has(&self.subject.act())
            && scope.territories.matches(|named| named.coverage_of(&self.place) == Coverage::Whole)
    }

    pub(super) fn selects_app(&self, scope: &Scope, at: DateTime<Utc>) -> bool {
        scope.apps.matches(|selector| self.selects(selector, at))
    }

    pub(super) fn selects(&self, selector: &AppSelector, at: DateTime<Utc>) -> bool {
        let app = self.subject.app();
        match selector {
            AppSelector::App(named) => named == app,
            AppSelector::AppAndSuccessors(named) => self.view.lineage(app, at).contains(named),
            AppSelector::Publisher(named) => {
                self.view.publisher(app, self.subject.store(), at) == Some(named)
            }
            AppSelector::Owner(named) => {
                self.view.controllers(&Controlled::App(app.clone()), at).contains(&named)
            }
            AppSelector::Category(named) => self.view.belongs(app, named, at),
            AppSelector::Holder { organization, at_least } => {
                self.view.stake(organization, *at_least, &Controlled::App(app.clone()), at).is_some()
            }
        }
    }

    fn protects(&self, parties: &Parties) -> bool {
        let Parties::Only { organizations, stores, persons } = parties else { return true };
        if stores.contains(self.subject.store())
            || self.subject.party().is_some_and(|party| persons.contains(party))
        {
            return true;
        }
        let app = Controlled::App(self.subject.app().clone());
        let mut standing_behind = self.view.controllers(&app, self.at);
        if let Some(publisher) = self.view.publisher(self.subject.app(), self.subject.store(), self.at) {
            standing_behind.push(publisher);
            standing_behind
                .extend(self.view.controllers(&Controlled::Organization(publisher.clone()), self.at));
        }
        standing_behind.into_iter().any(|organization| organizations.contains(organization))
    }

    pub(super) fn bearing(&self, measure: &Measure) -> Vec<&'a Entry> {
        self.view.bearing(&measure.clone().into())
    }
}

/// What a measure's own text says about reach and time.
#[derive(Default)]
struct Text<'a> {
    scope: Option<&'a Scope>,
    span: Option<&'a Span>,
    relief: Option<&'a Relief>,
    judgment: Option<&'a Judgment>,
}

impl Text<'_> {
    /// A measure exists from its issuer's date, or from its effect where that reaches further back.
    fn exists_from(&self, view: &View<'_>, entry: &Entry) -> DateTime<Utc> {
        let earliest = view.start(entry, entry.entered()).min(view.effective(entry));
        match self.span.and_then(Span::from) {
            Some(Bound::At(start)) => earliest.min(view.start(entry, start)),
            _ => earliest,
        }
    }
}

fn carrier_of_clause(measure: &Measure) -> Option<Measure> {
    match measure {
        Measure::Restriction(id) => Some(id.instrument().clone().into()),
        _ => None,
    }
}

/// Whether a measure is gone for good, rather than suspended or still to come.
pub(crate) fn is_over(status: GroundStatus) -> bool {
    matches!(
        status,
        GroundStatus::Expired
            | GroundStatus::Rescinded
            | GroundStatus::Vacated
            | GroundStatus::Reversed
            | GroundStatus::Dissolved
            | GroundStatus::Superseded
            | GroundStatus::Mooted
            | GroundStatus::Fallen
    )
}
