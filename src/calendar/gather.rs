//! The turns of every subject, gathered by what causes them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};

use super::{
    Cause, Certainty, Direction, Happening, Item, When,
    alike::groups,
    causes::Moved,
    expected,
    moment::Moment,
    reach::{Cell, Mark, boxes},
    walk, wording,
};
use crate::{
    AppId, EntryId, Register,
    determination::{GroundStatus, Node, relevant, times_of},
    law::Measure,
    market::Subject,
    register::{Entry, View},
    time::{AsOf, Known, Period},
};

/// What makes two turns one item.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    when: When,
    app: AppId,
    direction: Direction,
    certainty: Certainty,
    entries: BTreeSet<EntryId>,
}

/// One entry among the causes of an item, with its measures put together.
struct Share<'a> {
    node: Node<'a>,
    measures: BTreeSet<Measure>,
}

#[derive(Default)]
struct Draft<'a> {
    cells: BTreeSet<Cell>,
    causes: BTreeMap<(Happening, EntryId, GroundStatus), Share<'a>>,
}

/// The items so far.
pub(super) struct Gathered<'a> {
    period: Period,
    drafts: BTreeMap<Key, Draft<'a>>,
}

impl<'a> Gathered<'a> {
    /// Adds what turns for subjects that are alike, where any of it lies within the period.
    pub(super) fn add(
        &mut self,
        (when, direction, certainty): (When, Direction, Certainty),
        alike: &[&Subject],
        mark: Mark,
        causes: Vec<Moved<'a>>,
    ) {
        let Some(first) = alike.first().filter(|_| when.is_within(self.period)) else { return };
        let entries = causes.iter().map(|moved| moved.node.entry.id().clone()).collect();
        let key = Key { when, app: first.app().clone(), direction, certainty, entries };
        let draft = self.drafts.entry(key).or_default();
        let cell = |it: &&Subject| (mark, it.store().clone(), it.territory().clone(), it.act());
        draft.cells.extend(alike.iter().map(cell));
        for Moved { node, happening } in causes {
            let key = (happening, node.entry.id().clone(), node.status);
            let share = draft
                .causes
                .entry(key)
                .or_insert_with(|| Share { node: node.clone(), measures: BTreeSet::new() });
            share.measures.extend(node.measure);
        }
    }
}

fn item<'a>(view: View<'a>, last: DateTime<Utc>, key: Key, draft: Draft<'a>) -> Item {
    let Key { when, app, direction, certainty, .. } = key;
    let causes = draft
        .causes
        .into_iter()
        .map(|((happening, entry, status), share)| {
            let source = share.node.entry;
            Cause {
                entry,
                happening,
                status,
                text: wording::cause(view, &share.node, &share.measures, happening),
                measures: share.measures,
                citation: source.citation().clone(),
                sources: source.sources().to_vec(),
                recorded: source.recorded().as_record(),
            }
        })
        .collect();
    let app_name = match view.app_name(&app, when.latest().unwrap_or(last)) {
        "" => app.to_string(),
        name => name.to_owned(),
    };
    let reaches = boxes(&draft.cells);
    let mut item =
        Item { when, app, app_name, direction, certainty, reaches, causes, sentence: String::new() };
    item.sentence = wording::sentence(&item);
    item
}

/// Every item of a period.
pub(super) fn items(register: &Register, period: Period, known: Known) -> Vec<Item> {
    let view = View::new(register, known);
    let subjects = register.subjects();
    let mut of_app: BTreeMap<&AppId, Vec<&Subject>> = BTreeMap::new();
    for subject in &subjects {
        of_app.entry(subject.app()).or_default().push(subject);
    }
    let mut gathered = Gathered { period, drafts: BTreeMap::new() };
    let mut last = period.start();
    for (app, subjects) in of_app {
        // Which entries matter depends on the app alone.
        let Some(any) = subjects.first() else { continue };
        let entries = relevant(view, any);
        let instants = instants(&entries, period);
        let announced = expected::announced(view, app, period);
        last = last.max(instants.last().copied().unwrap_or(last));
        // Where nothing is stated for the period, one answer holds throughout.
        if instants.len() == 1 && announced.is_empty() {
            continue;
        }
        for alike in groups(&subjects, &entries) {
            let Some(subject) = alike.first() else { continue };
            let moments: Vec<Moment<'_>> = instants
                .iter()
                .map(|at| Moment::new(register, subject, AsOf::from(*at).known_at(known)))
                .collect();
            walk::turns(&mut gathered, register, &alike, &moments);
            for moment in &moments {
                expected::due(&mut gathered, view, &alike, &announced, moment);
            }
            if let Some(moment) = moments.iter().rfind(|moment| is_before_end(moment.at, period)) {
                expected::waiting(&mut gathered, view, &alike, &announced, moment);
            }
        }
    }
    gathered.drafts.into_iter().map(|(key, draft)| item(view, last, key, draft)).collect()
}

/// The instants to ask at: the last before the period at which the answers may turn, and those within. The period
/// reaches as far as the bounds do of any time that may lie within it.
fn instants(entries: &[&Entry], period: Period) -> Vec<DateTime<Utc>> {
    let times: BTreeSet<DateTime<Utc>> = entries.iter().flat_map(|entry| times_of(entry)).collect();
    let open: Vec<(DateTime<Utc>, DateTime<Utc>)> = entries
        .iter()
        .flat_map(|entry| entry.times())
        .map(|(_, time)| time)
        .filter(|time| time.is_uncertain())
        .map(|time| (time.earliest(), time.latest()))
        .collect();
    let (mut from, mut to) = (period.start(), period.end().unwrap_or(DateTime::<Utc>::MAX_UTC));
    loop {
        let touching = open.iter().filter(|(earliest, latest)| *earliest <= to && *latest >= from);
        let wider = touching
            .fold((from, to), |(from, to), (earliest, latest)| (from.min(*earliest), to.max(*latest)));
        if wider == (from, to) {
            break;
        }
        (from, to) = wider;
    }
    let before = times.range(..from).next_back().copied().unwrap_or(DateTime::<Utc>::MIN_UTC);
    std::iter::once(before).chain(times.range(from..=to).copied()).collect()
}

fn is_before_end(at: DateTime<Utc>, period: Period) -> bool {
    period.end().is_none_or(|end| at < end)
}
