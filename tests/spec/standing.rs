//! How a measure stands for a cell: whether it exists, has started, has ended, and what suspends it.

use chrono::{DateTime, Utc};
use delisted::{
    AppealId, ConditionId,
    determination::GroundStatus,
    law::{Bound, Judgment, MandateTerm, Manner, Measure, Parties, ReliefKind, Ruling, Scope, Span},
    register::{Entry, Event},
};

use super::{Cell, Model};

/// What the entry that introduces a measure says of it.
pub(super) struct Text<'a> {
    pub(super) entry: &'a Entry,
    /// The instrument of a clause, or the one that an instrument was issued under.
    pub(super) carrier: Option<Measure>,
    span: Option<&'a Span>,
    scope: Option<&'a Scope>,
    protects: Option<&'a Parties>,
    pending: Option<&'a AppealId>,
}

impl<'a> Model<'a> {
    /// Operative is what stands in force.
    pub(crate) fn operative(&self, measure: &Measure, cell: &Cell<'_>) -> bool {
        self.status(measure, cell) == Some(GroundStatus::InForce)
    }

    /// A measure that exists and reaches the cell has the first of these that applies: the manner of an ending in
    /// force; expired; the fall of its carrier; the relief that suspends it; the carrier's status while that is not in
    /// force; what it waits for; in force.
    pub(crate) fn status(&self, measure: &Measure, cell: &Cell<'_>) -> Option<GroundStatus> {
        let text = self.text(measure)?;
        if cell.at < exists_from(&text) || !self.reaches(&text, cell) {
            return None;
        }
        if let Some(manner) = self.ended(measure, cell) {
            return Some(manner.into());
        }
        if self.end(measure, &text, cell).is_some_and(|end| end <= cell.at) {
            return Some(GroundStatus::Expired);
        }
        let carrier =
            text.carrier.as_ref().map(|carrier| self.status(carrier, cell).unwrap_or(GroundStatus::Pending));
        if let Some(carrier) = carrier.filter(|carrier| is_over(*carrier)) {
            let clause = matches!(measure, Measure::Restriction(_));
            return Some(if clause { carrier } else { GroundStatus::Fallen });
        }
        if let Some(suspension) = self.suspended(measure, cell) {
            return Some(suspension);
        }
        if let Some(carrier) = carrier.filter(|carrier| *carrier != GroundStatus::InForce) {
            return Some(carrier);
        }
        Some(self.waits(measure, &text, cell).unwrap_or(GroundStatus::InForce))
    }

    /// Instruments and endings have no scope of their own; the others reach what their scope covers and their
    /// parties protect.
    fn reaches(&self, text: &Text<'_>, cell: &Cell<'_>) -> bool {
        text.scope.is_none_or(|scope| self.covers(scope, cell))
            && text.protects.is_none_or(|parties| self.protects(parties, cell))
    }

    /// Of several endings in force, the first by effect, then date, then entry gives the manner.
    fn ended(&self, measure: &Measure, cell: &Cell<'_>) -> Option<Manner> {
        self.endings(measure, cell)
            .into_iter()
            .filter(|(_, ending, _)| self.operative(ending, cell))
            .min_by_key(|(entry, ..)| (entry.effective(), entry.entered().as_start(), entry.id()))
            .map(|(.., manner)| manner)
    }

    /// An ending is aimed at a measure for the cell if it names it and its scope covers the cell; a judgment by the
    /// first disposition of that very ruling that ends it and whose scope covers the cell.
    pub(super) fn endings(&self, measure: &Measure, cell: &Cell<'_>) -> Vec<(&'a Entry, Measure, Manner)> {
        let mut found = Vec::new();
        for entry in &self.visible {
            match entry.event() {
                Event::MeasureEnded(it) if it.ends.contains(measure) && self.covers(&it.scope, cell) => {
                    found.push((*entry, it.ending.clone().into(), it.manner));
                }
                Event::AppealDecided(it) => {
                    let manner = it
                        .dispositions
                        .iter()
                        .filter(|ruled| ruled.ruling == Ruling::Measure(measure.clone()))
                        .filter(|ruled| self.covers(&ruled.scope, cell))
                        .find_map(|ruled| ruled.disposition.ends());
                    if let Some(manner) = manner {
                        found.push((*entry, it.judgment.clone().into(), manner));
                    }
                }
                _ => {}
            }
        }
        found
    }

    /// Operative relief aimed at a measure enjoins it if any of it is an injunction, else stays it if any of it is a
    /// stay, and else permits it.
    fn suspended(&self, measure: &Measure, cell: &Cell<'_>) -> Option<GroundStatus> {
        let mut suspension = None;
        for entry in &self.visible {
            if let Event::ReliefGranted(it) = entry.event()
                && it.against.contains(measure)
                && self.operative(&it.relief.clone().into(), cell)
            {
                if it.kind.enjoins() {
                    return Some(GroundStatus::Enjoined);
                }
                if it.kind != ReliefKind::TemporaryPermission {
                    suspension = Some(GroundStatus::Stayed);
                }
                suspension = suspension.or(Some(GroundStatus::Permitted));
            }
        }
        suspension
    }

    /// A measure starts as the last move by then says (until then postponed), else as its span says, else when its
    /// entry takes effect (until then pending); upon a condition at the later of its entry's effect and the day when
    /// the condition was first met (until then awaiting it). An ending starts when it takes effect, a judgment when
    /// it bites.
    fn waits(&self, measure: &Measure, text: &Text<'_>, cell: &Cell<'_>) -> Option<GroundStatus> {
        let effective = text.entry.effective();
        if let Event::AppealDecided(judgment) = text.entry.event() {
            let bites = self.bites(text.entry, judgment);
            return bites.is_none_or(|bites| cell.at < bites).then_some(GroundStatus::Pending);
        }
        let moved = self.last(cell, |event| match event {
            Event::StartMoved { measure: of, from } if of == measure => Some(from),
            _ => None,
        });
        let (bound, waiting) = match moved {
            Some(from) => (Some(from), GroundStatus::Postponed),
            None => (text.span.and_then(Span::from), GroundStatus::Pending),
        };
        match bound {
            None => (cell.at < effective).then_some(waiting),
            Some(Bound::At(start)) => (cell.at < start.as_start()).then_some(waiting),
            Some(Bound::Upon(condition)) => {
                let start = self.first_met(condition, cell).map(|met| met.max(effective));
                start.is_none_or(|start| cell.at < start).then_some(GroundStatus::AwaitingCondition)
            }
        }
    }

    /// A measure ends as the last move by then says, else as its span says; relief pending an appeal also when that
    /// closes.
    fn end(&self, measure: &Measure, text: &Text<'_>, cell: &Cell<'_>) -> Option<DateTime<Utc>> {
        let moved = self.last(cell, |event| match event {
            Event::EndMoved { measure: of, until } if of == measure => Some(until.as_ref()),
            _ => None,
        });
        let end = match moved.unwrap_or_else(|| text.span.and_then(Span::until)) {
            None => None,
            Some(Bound::At(end)) => Some(end.as_end()),
            Some(Bound::Upon(condition)) => self.first_met(condition, cell),
        };
        end.into_iter().chain(text.pending.and_then(|appeal| self.closes(appeal))).min()
    }

    /// A condition is met for the cell when the first entry takes effect that says so with a scope that covers it.
    fn first_met(&self, condition: &ConditionId, cell: &Cell<'_>) -> Option<DateTime<Utc>> {
        self.visible
            .iter()
            .filter(|entry| match entry.event() {
                Event::ConditionMet { condition: met, scope } => met == condition && self.covers(scope, cell),
                _ => false,
            })
            .map(|entry| entry.effective())
            .min()
    }

    /// An appeal closes when its judgment bites.
    pub(super) fn closes(&self, appeal: &AppealId) -> Option<DateTime<Utc>> {
        self.visible.iter().find_map(|entry| match entry.event() {
            Event::AppealDecided(judgment) if judgment.appeal == *appeal => self.bites(entry, judgment),
            _ => None,
        })
    }

    /// A judgment bites at once, or at the later of its own effect and its mandate's.
    fn bites(&self, entry: &Entry, judgment: &Judgment) -> Option<DateTime<Utc>> {
        match judgment.mandate {
            MandateTerm::Immediate => Some(entry.effective()),
            MandateTerm::Awaited => self.visible.iter().find_map(|mandate| match mandate.event() {
                Event::MandateIssued { appeal } if *appeal == judgment.appeal => {
                    Some(mandate.effective().max(entry.effective()))
                }
                _ => None,
            }),
        }
    }

    /// The last of the entries by then that `pick` picks.
    fn last<T>(&self, cell: &Cell<'_>, pick: impl Fn(&'a Event) -> Option<T>) -> Option<T> {
        let mut last = None;
        for entry in self.visible.iter().filter(|entry| entry.effective() <= cell.at) {
            if let Some(picked) = pick(entry.event())
                && last.as_ref().is_none_or(|(when, _)| *when <= entry.effective())
            {
                last = Some((entry.effective(), picked));
            }
        }
        last.map(|(_, picked)| picked)
    }

    /// The text of a measure, where a visible entry introduces it.
    pub(super) fn text(&self, measure: &Measure) -> Option<Text<'a>> {
        self.visible.iter().find_map(|entry| text_in(entry, measure))
    }
}

/// A measure exists from the earliest of its date, its effect, and its stated start where that is a time.
fn exists_from(text: &Text<'_>) -> DateTime<Utc> {
    let first = text.entry.entered().as_start().min(text.entry.effective());
    match text.span.and_then(Span::from) {
        Some(Bound::At(start)) => first.min(start.as_start()),
        _ => first,
    }
}

/// Over is what was ended, ran out, or fell.
pub(super) fn is_over(status: GroundStatus) -> bool {
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

fn text_in<'a>(entry: &'a Entry, measure: &Measure) -> Option<Text<'a>> {
    let bare = Text { entry, carrier: None, span: None, scope: None, protects: None, pending: None };
    match (entry.event(), measure) {
        (Event::InstrumentIssued(it), Measure::Instrument(id)) if it.instrument == *id => {
            Some(Text { carrier: it.under.clone().map(Measure::from), span: Some(&it.span), ..bare })
        }
        (Event::InstrumentIssued(it), Measure::Restriction(id)) if it.instrument == *id.instrument() => {
            let clause = it.clauses.iter().find(|clause| clause.clause == *id.clause())?;
            let carrier = Some(it.instrument.clone().into());
            Some(Text { carrier, span: Some(&clause.span), scope: Some(&clause.scope), ..bare })
        }
        (Event::RestrictionAdded { instrument, restriction }, Measure::Restriction(id))
            if instrument == id.instrument() && restriction.clause == *id.clause() =>
        {
            let carrier = Some(instrument.clone().into());
            Some(Text { carrier, span: Some(&restriction.span), scope: Some(&restriction.scope), ..bare })
        }
        (Event::ReliefGranted(it), Measure::Relief(id)) if it.relief == *id => Some(Text {
            span: Some(&it.span),
            scope: Some(&it.scope),
            protects: Some(&it.protects),
            pending: it.pending.as_ref(),
            ..bare
        }),
        (Event::EnforcementForborne(it), Measure::Forbearance(id)) if it.forbearance == *id => {
            Some(Text { span: Some(&it.span), scope: Some(&it.scope), ..bare })
        }
        (Event::MeasureEnded(it), Measure::Ending(id)) if it.ending == *id => Some(bare),
        (Event::AppealDecided(it), Measure::Ending(id)) if it.judgment == *id => Some(bare),
        _ => None,
    }
}
