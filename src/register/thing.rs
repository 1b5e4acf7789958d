use chrono::{DateTime, Utc};
use std::fmt;

use super::{Controlled, Entry, Event};
use crate::{
    AppealId, ConditionId, EntryId,
    law::{Appeal, Bound, Judgment, Measure, RestrictionId, Ruling, Span},
};

/// Something that one entry introduces and others may rest on.
///
/// ```
/// use delisted::{InstrumentId, law::Measure, register::Thing};
///
/// let thing = Thing::Measure(Measure::from(InstrumentId::new("order")?));
/// assert_eq!(thing.to_string(), "instrument `order`");
/// # Ok::<(), delisted::id::IdError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Thing {
    /// An instrument, a clause, relief, an ending, or forbearance.
    Measure(Measure),
    /// An appeal.
    Appeal(AppealId),
    /// A condition, introduced by the span that names it.
    Condition(ConditionId),
    /// An entry: one that refuses relief and is appealed, or one that is corrected or retracted.
    Entry(EntryId),
}

impl fmt::Display for Thing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Measure(measure) => write!(f, "{} `{measure}`", measure.noun()),
            Self::Appeal(appeal) => write!(f, "appeal `{appeal}`"),
            Self::Condition(condition) => write!(f, "condition `{condition}`"),
            Self::Entry(entry) => write!(f, "entry `{entry}`"),
        }
    }
}

impl Thing {
    /// The identifier alone, as files write it.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Measure(it) => it.to_string(),
            Self::Appeal(it) => it.to_string(),
            Self::Condition(it) => it.to_string(),
            Self::Entry(it) => it.to_string(),
        }
    }
}

impl<M: Into<Measure>> From<M> for Thing {
    fn from(measure: M) -> Self {
        Self::Measure(measure.into())
    }
}

impl From<&Ruling> for Thing {
    fn from(ruling: &Ruling) -> Self {
        match ruling {
            Ruling::Measure(measure) => Self::Measure(measure.clone()),
            Ruling::Refusal(entry) => Self::Entry(entry.clone()),
        }
    }
}

/// What an entry introduces: itself first.
pub(super) fn introduced(entry: &Entry) -> Vec<Thing> {
    let event = entry.event();
    let mut things = vec![Thing::Entry(entry.id().clone())];
    things.extend(event.introduces().map(Thing::Measure));
    if let Some((instrument, clauses)) = event.clauses() {
        for clause in clauses {
            things.push(RestrictionId::new(instrument.clone(), clause.clause.clone()).into());
        }
    }
    let conditions = event.spans().into_iter().flat_map(Span::conditions);
    things.extend(conditions.cloned().map(Thing::Condition));
    match event {
        Event::StartMoved { from: Bound::Upon(condition), .. }
        | Event::EndMoved { until: Some(Bound::Upon(condition)), .. } => {
            things.push(Thing::Condition(condition.clone()));
        }
        Event::AppealNoticed(it) => things.push(Thing::Appeal(it.appeal.clone())),
        _ => {}
    }
    things
}

/// What an entry acts upon: the things on which it bears.
pub(super) fn acted_upon(entry: &Entry) -> Vec<Thing> {
    let of = |measures: &std::collections::BTreeSet<Measure>| -> Vec<Thing> {
        measures.iter().cloned().map(Thing::Measure).collect()
    };
    match entry.event() {
        Event::ReliefGranted(it) => of(&it.against),
        Event::MeasureEnded(it) => of(&it.ends),
        Event::EnforcementForborne(it) => of(&it.of),
        Event::StartMoved { measure, .. } | Event::EndMoved { measure, .. } => {
            vec![Thing::Measure(measure.clone())]
        }
        Event::ConditionMet { condition, .. } => vec![Thing::Condition(condition.clone())],
        Event::AppealNoticed(Appeal { of, .. }) => of.iter().map(Thing::from).collect(),
        Event::AppealDecided(Judgment { appeal, dispositions, .. }) => {
            let rulings = dispositions.iter().map(|ruled| Thing::from(&ruled.ruling));
            std::iter::once(Thing::Appeal(appeal.clone())).chain(rulings).collect()
        }
        Event::MandateIssued { appeal } => vec![Thing::Appeal(appeal.clone())],
        Event::AppealAnnounced { of: measures }
        | Event::MotionFiled { against: measures, .. }
        | Event::ReliefRefused { against: measures, .. }
        | Event::ProceedingNoted { about: measures, .. } => of(measures),
        _ => vec![],
    }
}

/// What an entry rests on without acting upon it: the instrument above it, the appeal that its relief awaits.
pub(super) fn rested_on(entry: &Entry) -> Vec<Thing> {
    let mut found: Vec<Thing> = match entry.event() {
        Event::InstrumentIssued(it) => it.under.clone().map(Thing::from).into_iter().collect(),
        Event::RestrictionAdded { instrument, .. } => vec![instrument.clone().into()],
        Event::ReliefGranted(it) => it.pending.clone().map(Thing::Appeal).into_iter().collect(),
        _ => vec![],
    };
    found.extend(entry.with().cloned().map(Thing::Entry));
    found
}

/// A place that one entry at a time can fill: of two that say different things, neither can be believed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Slot {
    Start(Measure, DateTime<Utc>),
    End(Measure, DateTime<Utc>),
    Control(Controlled, DateTime<Utc>),
    Publisher(crate::AppId, Option<crate::Store>, DateTime<Utc>),
    Name(crate::AppId, DateTime<Utc>),
    Category(crate::AppId, crate::CategoryId, DateTime<Utc>),
    Decision(AppealId),
    Mandate(AppealId),
}

pub(super) fn slot(entry: &Entry) -> Option<Slot> {
    let at = entry.effective();
    Some(match entry.event() {
        Event::StartMoved { measure, .. } => Slot::Start(measure.clone(), at),
        Event::EndMoved { measure, .. } => Slot::End(measure.clone(), at),
        Event::ControlTransferred { of, .. } => Slot::Control(of.clone(), at),
        Event::PublisherChanged { app, store, .. } => Slot::Publisher(app.clone(), store.clone(), at),
        Event::AppRenamed { app, .. } => Slot::Name(app.clone(), at),
        Event::CategoryJoined { app, category } | Event::CategoryLeft { app, category } => {
            Slot::Category(app.clone(), category.clone(), at)
        }
        Event::AppealDecided(it) => Slot::Decision(it.appeal.clone()),
        Event::MandateIssued { appeal } => Slot::Mandate(appeal.clone()),
        _ => return None,
    })
}

/// Whether two entries state the same kind of fact of the same thing, so that the later of them replaces the earlier.
pub(crate) fn replaces(one: &Entry, other: &Entry) -> bool {
    let place = |entry: &Entry| {
        let at = DateTime::<Utc>::MIN_UTC;
        slot(entry).and_then(|slot| match slot {
            Slot::Start(measure, _) => Some(Slot::Start(measure, at)),
            Slot::End(measure, _) => Some(Slot::End(measure, at)),
            Slot::Control(of, _) => Some(Slot::Control(of, at)),
            // A change in one store and one in all stores replace each other there.
            Slot::Publisher(app, ..) => Some(Slot::Publisher(app, None, at)),
            Slot::Category(app, category, _) => Some(Slot::Category(app, category, at)),
            // A name is no part of an answer; what an appeal came to is said once.
            _ => None,
        })
    };
    place(one).is_some_and(|own| place(other).as_ref() == Some(&own))
}
