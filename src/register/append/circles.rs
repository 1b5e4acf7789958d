//! Nothing bears on itself, at any remove.

use std::collections::BTreeMap;

use crate::{
    law::Measure,
    register::{
        AppendError, Entry, Facts, Thing,
        thing::{acted_upon, rested_on},
    },
};

/// No correction closes a circle of targets.
pub(super) fn circle_of_targets(facts: &Facts, entry: &Entry) -> Result<(), AppendError> {
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
    Ok(())
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
