//! What is announced and does not take place: a start whose day comes while it is suspended, or that waits for a condition.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::{
    Certainty, Direction, Happening, When,
    causes::{Moved, subtree},
    gather::Gathered,
    moment::Moment,
};
use crate::{
    AppId, ConditionId,
    determination::{GroundStatus, Node, Role, is_over},
    law::{Bound, Directive, Measure},
    market::Subject,
    register::{Event, View},
    time::Period,
};

/// A clause whose start is stated for some time of the period, or upon a condition.
pub(super) struct Announced<'a> {
    measure: &'a Measure,
    direction: Direction,
    stated: Option<&'a Bound>,
    starts: BTreeSet<DateTime<Utc>>,
    conditional: bool,
}

/// The clauses of an app that may have something to announce within the period.
pub(super) fn announced<'a>(view: View<'a>, app: &AppId, period: Period) -> Vec<Announced<'a>> {
    let mut found = Vec::new();
    for measure in view.candidates(app) {
        let Measure::Restriction(id) = measure else { continue };
        let Some((_, clause)) = view.restriction(id) else { continue };
        let stated = clause.span.from();
        let moves =
            view.bearing(&measure.clone().into()).into_iter().filter_map(|entry| match entry.event() {
                Event::StartMoved { from, .. } => Some(from),
                _ => None,
            });
        let bounds: Vec<&Bound> = stated.into_iter().chain(moves).collect();
        let starts: BTreeSet<DateTime<Utc>> = bounds
            .iter()
            .filter_map(|bound| match bound {
                Bound::At(start) if When::of(start).is_within(period) => Some(start.as_start()),
                _ => None,
            })
            .collect();
        let conditional = bounds.iter().any(|bound| matches!(bound, Bound::Upon(_)));
        if conditional || !starts.is_empty() {
            let direction = match clause.directive {
                Directive::Prohibit => Direction::MustComeDown,
                Directive::Compel => Direction::MustBeOffered,
            };
            found.push(Announced { measure, direction, stated, starts, conditional });
        }
    }
    found
}

/// The start of a clause as it stood at an instant, moves included.
fn start<'a>(view: View<'a>, announced: &Announced<'a>, at: DateTime<Utc>) -> Option<&'a Bound> {
    let bearing = view.bearing(&announced.measure.clone().into());
    let moved =
        bearing.into_iter().rev().filter(|entry| entry.effective() <= at).find_map(|entry| {
            match entry.event() {
                Event::StartMoved { from, .. } => Some(from),
                _ => None,
            }
        });
    moved.or(announced.stated)
}

/// Adds what should start at that moment and does not.
pub(super) fn due<'a>(
    gathered: &mut Gathered<'a>,
    view: View<'a>,
    alike: &[&Subject],
    announced: &[Announced<'a>],
    moment: &Moment<'a>,
) {
    let at = moment.at;
    for it in announced.iter().filter(|it| it.starts.contains(&at)) {
        if let Some(Bound::At(start)) = start(view, it, at)
            && start.as_start() == at
        {
            add(gathered, alike, it, moment, When::of(start));
        }
    }
}

/// Adds what still waits for its condition at the last moment of the period.
pub(super) fn waiting<'a>(
    gathered: &mut Gathered<'a>,
    view: View<'a>,
    alike: &[&Subject],
    announced: &[Announced<'a>],
    moment: &Moment<'a>,
) {
    for it in announced.iter().filter(|it| it.conditional) {
        if let Some(Bound::Upon(condition)) = start(view, it, moment.at)
            && !is_met(moment.nodes(), it, condition)
        {
            add(gathered, alike, it, moment, When::UponCondition);
        }
    }
}

fn is_met(nodes: &[Node<'_>], announced: &Announced<'_>, condition: &ConditionId) -> bool {
    let Some(root) = command(nodes, announced) else { return false };
    let root = (root.entry.id().clone(), root.measure.clone());
    subtree(nodes, &root).values().any(
        |node| matches!(node.entry.event(), Event::ConditionMet { condition: met, .. } if met == condition),
    )
}

/// The clause in the tree of the subject, where it commands and reaches it.
fn command<'t, 'a>(nodes: &'t [Node<'a>], announced: &Announced<'_>) -> Option<&'t Node<'a>> {
    nodes.iter().find(|node| node.role.commands() && node.measure.as_ref() == Some(announced.measure))
}

fn add<'a>(
    gathered: &mut Gathered<'a>,
    alike: &[&Subject],
    announced: &Announced<'a>,
    moment: &Moment<'a>,
    when: When,
) {
    // What another command requires already is nothing to expect.
    if moment.answer.has(announced.direction) {
        return;
    }
    let Some(root) = command(moment.nodes(), announced) else { return };
    if is_over(root.status) || matches!(root.status, GroundStatus::InForce | GroundStatus::LeftScope) {
        return;
    }
    let mut causes = vec![Moved { node: root.clone(), happening: Happening::IsAnnounced }];
    let own = (root.entry.id().clone(), root.measure.clone());
    for node in subtree(moment.nodes(), &own).into_values().filter(|node| node.depth == 1) {
        let holds = match node.role {
            Role::Suspends => node.status == GroundStatus::InForce,
            Role::Carries => node.status != GroundStatus::InForce && node.entry.id() != root.entry.id(),
            _ => false,
        };
        if holds {
            causes.push(Moved { node: node.clone(), happening: Happening::HoldsBack });
        }
    }
    gathered.add((when, announced.direction, Certainty::Expected), alike, moment.answer.mark, causes);
}
