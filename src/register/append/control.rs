//! Nobody controls itself, at any remove, at any instant, as known at any time.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};

use crate::{
    OrganizationId,
    market::{Percent, in_digits},
    register::{
        AppendError, Controlled, Entry, Event, Facts, Holdings,
        ownership::{Stakes, held},
        taken_back_by,
    },
};

/// A transfer of control, with the span of time in which it was on record.
struct Transfer<'a> {
    of: &'a OrganizationId,
    to: &'a Holdings,
    entry: &'a Entry,
    taken_back: Option<DateTime<Utc>>,
}

/// Refuses a transfer, a correction or a retraction after which somebody would control itself.
///
/// Transfers are few, and their circles fewer: only where the transfers ever recorded hold a circle at all is each
/// instant looked at, and each time at which the record changed.
pub(super) fn circle_of_control(facts: &Facts, entry: &Entry) -> Result<(), AppendError> {
    let earlier = taken_back_by(facts, entry);
    let touched: BTreeSet<&OrganizationId> =
        [Some(entry), earlier].into_iter().flatten().filter_map(organization_of).collect();
    touched.into_iter().try_for_each(|start| circle_through(facts, entry, earlier, start))
}

fn circle_through(
    facts: &Facts,
    entry: &Entry,
    earlier: Option<&Entry>,
    start: &OrganizationId,
) -> Result<(), AppendError> {
    let mut transfers: Vec<Transfer<'_>> = connected(facts, entry, start);
    if !transfers.iter().flat_map(|it| it.to.organizations()).any(|to| reaches(&transfers, to, start)) {
        return Ok(());
    }
    let recorded = entry.recorded().as_record();
    for transfer in &mut transfers {
        if Some(transfer.entry.id()) == earlier.map(Entry::id) {
            transfer.taken_back = Some(recorded);
        }
    }
    let times = |of: fn(&Transfer<'_>) -> Option<DateTime<Utc>>| -> BTreeSet<DateTime<Utc>> {
        transfers.iter().filter_map(of).collect()
    };
    let mut knowledge = times(|it| Some(it.entry.recorded().as_record()));
    knowledge.extend(times(|it| it.taken_back));
    for known in knowledge.range(recorded..) {
        for at in times(|it| Some(it.entry.effective())) {
            if let Some(path) = circle(&transfers, start, *known, at) {
                return Err(AppendError::ControlCycle { entry: entry.id().clone(), path });
            }
        }
    }
    Ok(())
}

fn organization_of(entry: &Entry) -> Option<&OrganizationId> {
    match entry.event() {
        Event::ControlTransferred { of: Controlled::Organization(of), .. } => Some(of),
        _ => None,
    }
}

/// Every transfer ever recorded of an organisation, and of those to which it leads, and the new one.
fn connected<'a>(facts: &'a Facts, entry: &'a Entry, start: &'a OrganizationId) -> Vec<Transfer<'a>> {
    let mut found: Vec<Transfer<'a>> = Vec::new();
    let mut seen = BTreeSet::from([start]);
    let mut open = vec![start];
    while let Some(organization) = open.pop() {
        let own = organization_of(entry).filter(|of| *of == organization).map(|_| (entry, None));
        let controlled = Controlled::Organization(organization.clone());
        let recorded = facts
            .control_changes(&controlled)
            .filter_map(|position| Some((facts.entry(position)?, facts.superseding(position))));
        for (entry, later) in recorded.chain(own) {
            let Event::ControlTransferred { of: Controlled::Organization(of), to } = entry.event() else {
                continue;
            };
            let taken_back = later.map(|later| later.recorded().as_record());
            found.push(Transfer { of, to, entry, taken_back });
            open.extend(to.organizations().filter(|to| seen.insert(to)));
        }
    }
    found
}

/// Whether one organisation ever led to another.
fn reaches(transfers: &[Transfer<'_>], from: &OrganizationId, to: &OrganizationId) -> bool {
    let mut seen = BTreeSet::from([from]);
    let mut open = vec![from];
    while let Some(organization) = open.pop() {
        if organization == to {
            return true;
        }
        let next = transfers.iter().filter(|it| it.of == organization).flat_map(|it| it.to.organizations());
        open.extend(next.filter(|next| seen.insert(next)));
    }
    false
}

/// The circle in which somebody stands at an instant, from what was known at a time, in words.
fn circle(
    transfers: &[Transfer<'_>],
    start: &OrganizationId,
    known: DateTime<Utc>,
    at: DateTime<Utc>,
) -> Option<String> {
    let mut last: BTreeMap<&OrganizationId, &Transfer<'_>> = BTreeMap::new();
    for transfer in transfers {
        let seen = transfer.entry.recorded().as_record() <= known
            && transfer.taken_back.is_none_or(|taken_back| known < taken_back)
            && transfer.entry.effective() <= at;
        let order = |it: &Transfer<'_>| (it.entry.effective(), it.entry.id().clone());
        if seen && last.get(transfer.of).is_none_or(|other| order(other) < order(transfer)) {
            last.insert(transfer.of, transfer);
        }
    }
    let stakes = Stakes(last.into_iter().map(|(of, it)| (of, it.to.iter().collect())).collect());
    let others = stakes.0.keys().copied().filter(|it| *it != start);
    std::iter::once(start).chain(others).find_map(|head| own_circle(&stakes, head))
}

/// How an organisation controls itself, if it does: by a chain of which each has more than half of the next, or else
/// through all whom it controls together.
fn own_circle(stakes: &Stakes<'_>, head: &OrganizationId) -> Option<String> {
    let group = stakes.group(head);
    let own = held(stakes.0.get(head)?, &group);
    if own <= Percent::HALF {
        return None;
    }
    let quoted = |id: &&OrganizationId| format!("`{id}`");
    let mut path = vec![head];
    while let Some(shares) = path.last().and_then(|of| stakes.0.get(of)) {
        let Some((next, _)) = shares.iter().find(|(_, part)| part.hundredths() > Percent::HALF) else {
            break;
        };
        if *next == head {
            let names: Vec<String> = std::iter::once(next).chain(path.iter().rev()).map(quoted).collect();
            return Some(names.join(" controls "));
        }
        if path.contains(next) {
            break;
        }
        path.push(next);
    }
    let others: Vec<String> = group.iter().skip(1).map(quoted).collect();
    Some(format!("{}, through {}, holds {} % of itself", quoted(&head), others.join(" and "), in_digits(own)))
}
