use std::fmt;

use chrono::{DateTime, Utc};

use super::{Entry, Event, View};
use crate::{
    AuthorityId, EntryId,
    law::{Bound, InstrumentKind, Measure, Relief, ReliefKind, Span},
    market::{AuthorityDeclared, AuthorityKind},
};

/// What is possible but odd, so that a reader should look twice. A warning changes no answer.
///
/// ```
/// use delisted::register::Warning;
///
/// let warning = Warning::StayWithoutAppeal { entry: "stay-granted".parse()? };
/// assert_eq!(
///     warning.to_string(),
///     "entry `stay-granted` grants a stay pending appeal but names no appeal, so nothing ends it by itself",
/// );
/// # Ok::<(), delisted::id::IdError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Warning {
    /// A body of a part of a country acts against one of the whole country.
    LowerSovereign {
        /// The entry.
        entry: EntryId,
        /// Who acted.
        by: AuthorityId,
        /// Against whose measure.
        against: AuthorityId,
        /// The measure.
        target: Measure,
    },
    /// A body of one country acts against one of another.
    ForeignSovereign {
        /// The entry.
        entry: EntryId,
        /// Who acted.
        by: AuthorityId,
        /// Against whose measure.
        against: AuthorityId,
        /// The measure.
        target: Measure,
    },
    /// An injunction is granted by a body that is not a court.
    NotACourt {
        /// The entry.
        entry: EntryId,
        /// Who acted.
        by: AuthorityId,
    },
    /// A stay pending appeal names no appeal.
    StayWithoutAppeal {
        /// The entry.
        entry: EntryId,
    },
    /// A temporary restraining order names no end.
    RestrainingOrderWithoutEnd {
        /// The entry.
        entry: EntryId,
    },
    /// Relief is aimed at something that binds nobody; an injunction that forbids officials to go on asking is not odd.
    AgainstNonBinding {
        /// The entry.
        entry: EntryId,
        /// The measure.
        target: Measure,
    },
    /// A clause starts before its instrument takes effect, and so applies only from then.
    ClauseBeforeInstrument {
        /// The entry.
        entry: EntryId,
        /// The clause.
        clause: String,
    },
    /// A move leaves a measure with an end that is not after its start, so that it never applies.
    EmptySpan {
        /// The entry.
        entry: EntryId,
        /// The measure.
        target: Measure,
    },
    /// A binding instrument is issued under one that binds nobody.
    UnderNonBinding {
        /// The entry.
        entry: EntryId,
        /// The instrument above it.
        under: Measure,
    },
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::LowerSovereign { entry, by, against, target } => write!(
                f,
                "entry `{entry}`: `{by}`, of a part of the country, acts against `{target}` of `{against}`, of the whole country"
            ),
            Self::ForeignSovereign { entry, by, against, target } => write!(
                f,
                "entry `{entry}`: `{by}` acts against `{target}` of `{against}`, which belongs to another country"
            ),
            Self::NotACourt { entry, by } => {
                write!(f, "entry `{entry}` is an injunction by `{by}`, which is not a court")
            }
            Self::StayWithoutAppeal { entry } => write!(
                f,
                "entry `{entry}` grants a stay pending appeal but names no appeal, so nothing ends it by itself"
            ),
            Self::RestrainingOrderWithoutEnd { entry } => write!(
                f,
                "entry `{entry}` grants a temporary restraining order without an end, so it does not lapse by itself"
            ),
            Self::AgainstNonBinding { entry, target } => {
                write!(f, "entry `{entry}` is aimed at `{target}`, which binds nobody")
            }
            Self::ClauseBeforeInstrument { entry, clause } => write!(
                f,
                "entry `{entry}`: clause `{clause}` starts before its instrument takes effect, and applies only from then; \
                 give the entry an earlier `effective` if it reaches back"
            ),
            Self::EmptySpan { entry, target } => {
                write!(f, "entry `{entry}` leaves `{target}` with an end that is not after its start")
            }
            Self::UnderNonBinding { entry, under } => {
                write!(f, "entry `{entry}` is issued under `{under}`, which binds nobody")
            }
        }
    }
}

/// What is odd about an entry that is about to be appended.
pub(super) fn of(view: &View<'_>, entry: &Entry) -> Vec<Warning> {
    let id = || entry.id().clone();
    let mut found = Vec::new();
    if let Event::InstrumentIssued(it) = entry.event() {
        let early = it.clauses.iter().filter(|clause| match clause.span.from() {
            Some(Bound::At(start)) => start.as_start() < entry.effective(),
            _ => false,
        });
        found.extend(early.map(|clause| Warning::ClauseBeforeInstrument {
            entry: id(),
            clause: clause.clause.to_string(),
        }));
    }
    match entry.event() {
        Event::InstrumentIssued(it) => {
            if let Some(under) = &it.under
                && it.kind.binds()
                && kind_of(view, &under.clone().into()).is_some_and(|kind| !kind.binds())
            {
                found.push(Warning::UnderNonBinding { entry: id(), under: under.clone().into() });
            }
        }
        Event::ReliefGranted(it) => of_relief(view, entry, it, &mut found),
        Event::StartMoved { measure, from: Bound::At(from) }
            if stated(view, measure).1.is_some_and(|end| end <= from.as_start()) =>
        {
            found.push(Warning::EmptySpan { entry: id(), target: measure.clone() });
        }
        Event::EndMoved { measure, until: Some(Bound::At(until)) }
            if stated(view, measure).0.is_some_and(|start| until.as_end() <= start) =>
        {
            found.push(Warning::EmptySpan { entry: id(), target: measure.clone() });
        }
        Event::MeasureEnded(it) => {
            found.extend(it.ends.iter().filter_map(|target| sovereigns(view, entry, target)));
        }
        _ => {}
    }
    found
}

fn of_relief(view: &View<'_>, entry: &Entry, relief: &Relief, found: &mut Vec<Warning>) {
    let id = || entry.id().clone();
    if relief.kind == ReliefKind::StayPendingAppeal && relief.pending.is_none() {
        found.push(Warning::StayWithoutAppeal { entry: id() });
    }
    if relief.kind == ReliefKind::TemporaryRestrainingOrder && relief.span.until().is_none() {
        found.push(Warning::RestrainingOrderWithoutEnd { entry: id() });
    }
    if let Some(by) = authority(view, entry)
        && relief.kind.enjoins()
        && by.kind != AuthorityKind::Court
    {
        found.push(Warning::NotACourt { entry: id(), by: by.authority.clone() });
    }
    for target in &relief.against {
        found.extend(sovereigns(view, entry, target));
        // Officials who ask or press can be told to stop; there is nothing else in it to suspend.
        let told_to_stop = |kind| {
            relief.kind.enjoins()
                && matches!(kind, InstrumentKind::Request | InstrumentKind::InformalPressure)
        };
        if kind_of(view, target).is_some_and(|kind| !kind.binds() && !told_to_stop(kind)) {
            found.push(Warning::AgainstNonBinding { entry: id(), target: target.clone() });
        }
    }
}

fn sovereigns(view: &View<'_>, entry: &Entry, target: &Measure) -> Option<Warning> {
    let by = authority(view, entry)?;
    let against = authority(view, view.introduction(&target.clone().into())?)?;
    let (own, other) = (&by.jurisdiction, &against.jurisdiction);
    let (id, target) = (entry.id().clone(), target.clone());
    let (by, against) = (by.authority.clone(), against.authority.clone());
    if own.country() != other.country() {
        return Some(Warning::ForeignSovereign { entry: id, by, against, target });
    }
    (own.is_part() && !other.is_part()).then_some(Warning::LowerSovereign { entry: id, by, against, target })
}

/// The start and the end that a measure has by its text and by the last moves on record.
fn stated(view: &View<'_>, measure: &Measure) -> (Option<DateTime<Utc>>, Option<DateTime<Utc>>) {
    let Some(entry) = view.introduction(&measure.clone().into()) else { return (None, None) };
    let span = view.span(measure);
    let mut start = match span.and_then(Span::from) {
        None => Some(entry.effective()),
        Some(Bound::At(start)) => Some(start.as_start()),
        Some(Bound::Upon(_)) => None,
    };
    let mut end = match span.and_then(Span::until) {
        Some(Bound::At(end)) => Some(end.as_end()),
        _ => None,
    };
    for entry in view.bearing(&measure.clone().into()) {
        match entry.event() {
            Event::StartMoved { from: Bound::At(from), .. } => start = Some(from.as_start()),
            Event::StartMoved { from: Bound::Upon(_), .. } => start = None,
            Event::EndMoved { until: Some(Bound::At(until)), .. } => end = Some(until.as_end()),
            Event::EndMoved { .. } => end = None,
            _ => {}
        }
    }
    (start, end)
}

fn authority<'a>(view: &View<'a>, entry: &Entry) -> Option<&'a AuthorityDeclared> {
    view.directory().authority(entry.by()?)
}

/// The kind of the instrument that a measure is, or is a clause of.
fn kind_of(view: &View<'_>, measure: &Measure) -> Option<InstrumentKind> {
    let instrument = match measure {
        Measure::Instrument(id) => id,
        Measure::Restriction(id) => id.instrument(),
        _ => return None,
    };
    view.instrument(instrument).map(|(_, instrument)| instrument.kind)
}
