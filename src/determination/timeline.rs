use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::Determination;
use crate::{
    Register,
    law::{Bound, Measure, Span},
    market::Subject,
    register::{Entry, Event, Thing, View},
    time::{AsOf, Known, Timeline},
};

impl Register {
    /// The whole life of a subject, as periods of one answer, from what was known at `known`.
    ///
    /// It equals [`determine`](Self::determine) at every instant.
    ///
    /// ```
    /// use delisted::{Act, Register, Store, Subject, time::Known};
    ///
    /// let register = Register::default();
    /// let subject = Subject::new("wechat".parse()?, Store::APP_STORE, "US".parse()?, Act::Download);
    /// assert_eq!(register.timeline(&subject, Known::Best).len(), 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn timeline(&self, subject: &Subject, known: impl Into<Known>) -> Timeline<Determination> {
        let known = known.into();
        let ask = |at: DateTime<Utc>| self.determine(subject, AsOf::from(at).known_at(known));
        let turns = turns(View::new(self, known), subject);
        Timeline::from_changes(ask(DateTime::<Utc>::MIN_UTC), turns.into_iter().map(|at| (at, ask(at))))
    }
}

/// Every instant at which the answer for a subject may turn.
fn turns(view: View<'_>, subject: &Subject) -> BTreeSet<DateTime<Utc>> {
    relevant(view, subject).into_iter().flat_map(times_of).collect()
}

/// Every entry on which the answer for a subject may rest, at whatever instant.
pub(crate) fn relevant<'a>(view: View<'a>, subject: &Subject) -> Vec<&'a Entry> {
    let mut found = Vec::new();
    let mut seen: BTreeSet<Thing> = BTreeSet::new();
    let mut open: Vec<Thing> =
        view.candidates(subject.app()).into_iter().cloned().map(Thing::Measure).collect();
    while let Some(thing) = open.pop() {
        if !seen.insert(thing.clone()) {
            continue;
        }
        if let Some(entry) = view.introduction(&thing) {
            found.push(entry);
            open.extend(further(entry, &thing));
        }
        for entry in view.bearing(&thing) {
            found.push(entry);
            open.extend(entry.event().introduces().map(Thing::Measure));
            open.extend(further(entry, &thing));
            match entry.event() {
                Event::AppealNoticed(it) => open.push(Thing::Appeal(it.appeal.clone())),
                Event::ReliefRefused { .. } => {
                    open.extend(view.bearing_on_entry(entry).into_iter().filter_map(|appeal| {
                        match appeal.event() {
                            Event::AppealNoticed(it) => Some(Thing::Appeal(it.appeal.clone())),
                            _ => None,
                        }
                    }));
                    found.extend(view.bearing_on_entry(entry));
                }
                _ => {}
            }
        }
    }
    found.extend(view.market_changes(subject.app()));
    view.in_order(found)
}

/// The instants that an entry states.
pub(crate) fn times_of(entry: &Entry) -> Vec<DateTime<Utc>> {
    entry.times().into_iter().flat_map(|(_, time)| [time.earliest(), time.latest()]).collect()
}

/// What else an entry leads to: what a measure hangs on, the conditions and the appeal of its span.
fn further(entry: &Entry, thing: &Thing) -> Vec<Thing> {
    let mut found: Vec<Thing> =
        entry.event().spans().into_iter().flat_map(Span::conditions).cloned().map(Thing::Condition).collect();
    if let Thing::Measure(Measure::Restriction(id)) = thing {
        found.push(Thing::Measure(id.instrument().clone().into()));
    }
    match entry.event() {
        Event::InstrumentIssued(it) => {
            found.extend(it.under.clone().map(|under| Thing::Measure(under.into())));
        }
        Event::ReliefGranted(it) => found.extend(it.pending.clone().map(Thing::Appeal)),
        Event::AppealDecided(it) => found.push(Thing::Appeal(it.appeal.clone())),
        Event::StartMoved { from: Bound::Upon(condition), .. }
        | Event::EndMoved { until: Some(Bound::Upon(condition)), .. } => {
            found.push(Thing::Condition(condition.clone()));
        }
        _ => {}
    }
    found
}
