//! Nothing bears on itself, and nobody controls itself, at any remove.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    OrganizationId,
    law::Measure,
    market::Directory,
    register::{
        AppendError, Controlled, Entry, Event, Facts, Thing, View,
        thing::{acted_upon, rested_on},
    },
    time::Known,
};

/// No correction closes a circle of targets, and no transfer one of control.
pub(super) fn circles(directory: &Directory, facts: &Facts, entry: &Entry) -> Result<(), AppendError> {
    if entry.corrects().is_some()
        && let Some(own) = entry.event().introduces()
    {
        // Only what has legal effect can bear on itself; announcements and appeals carry nothing further.
        let mut reached_from: BTreeMap<Measure, Measure> = BTreeMap::new();
        let mut open: Vec<Measure> = targets(entry);
        for target in &open {
            reached_from.insert(target.clone(), own.clone());
        }
        while let Some(next) = open.pop() {
            if next == own {
                return Err(AppendError::Cycle {
                    entry: entry.id().clone(),
                    path: circle(&own, &reached_from),
                });
            }
            for further in facts
                .introductions(&next.clone().into())
                .filter_map(|position| facts.entry(position))
                .flat_map(targets)
            {
                if !reached_from.contains_key(&further) {
                    reached_from.insert(further.clone(), next.clone());
                    open.push(further);
                }
            }
        }
    }
    control_circle(directory, facts, entry)
}

/// The measures on which the effect of an entry's measure depends or bears.
fn targets(entry: &Entry) -> Vec<Measure> {
    acted_upon(entry)
        .into_iter()
        .chain(rested_on(entry))
        .filter_map(|thing| match thing {
            Thing::Measure(measure) => Some(measure),
            _ => None,
        })
        .collect()
}

fn circle(own: &Measure, reached_from: &BTreeMap<Measure, Measure>) -> String {
    let mut path = vec![format!("`{own}`")];
    let mut at = own;
    while let Some(before) = reached_from.get(at) {
        path.push(format!("`{before}`"));
        at = before;
        if at == own {
            break;
        }
    }
    path.reverse();
    path.join(" on ")
}

/// At every instant from the transfer on at which control changes, nobody controls itself.
fn control_circle(directory: &Directory, facts: &Facts, entry: &Entry) -> Result<(), AppendError> {
    let Event::ControlTransferred { of: Controlled::Organization(of), to: Some(to) } = entry.event() else {
        return Ok(());
    };
    let refuse = |path: &[&OrganizationId]| {
        let path: Vec<String> = path.iter().map(|id| format!("`{id}`")).collect();
        Err(AppendError::ControlCycle { entry: entry.id().clone(), path: path.join(" controls ") })
    };
    if of == to {
        return refuse(&[to, of]);
    }
    let view = View::of(directory, facts, Known::Best);
    let this = Controlled::Organization(of.clone());
    let start = entry.effective();
    let next = facts
        .control_changes(&this)
        .filter(|position| facts.superseding(*position).is_none())
        .filter_map(|position| facts.entry(position))
        .filter(|other| Some(other.id()) != entry.corrects())
        .map(Entry::effective)
        .filter(|at| *at > start)
        .min();
    let mut instants = BTreeSet::from([start]);
    let mut known: BTreeSet<&OrganizationId> = BTreeSet::from([to]);
    let mut open = vec![to];
    while let Some(organization) = open.pop() {
        for position in facts.control_changes(&Controlled::Organization(organization.clone())) {
            let Some(change) = facts.entry(position) else { continue };
            if change.effective() > start && next.is_none_or(|next| change.effective() < next) {
                instants.insert(change.effective());
            }
            if let Event::ControlTransferred { to: Some(above), .. } = change.event()
                && known.insert(above)
            {
                open.push(above);
            }
        }
    }
    for at in instants {
        let above = view.controllers(&Controlled::Organization(to.clone()), at);
        if let Some(place) = above.iter().position(|organization| *organization == of) {
            let mut path: Vec<&OrganizationId> = vec![to];
            path.extend(above.iter().take(place.saturating_add(1)));
            path.reverse();
            path.insert(0, to);
            return refuse(&path);
        }
    }
    Ok(())
}
