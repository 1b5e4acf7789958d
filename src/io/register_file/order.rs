//! What is wrong with a target that is not recorded so far: it comes later, stands in a circle, or is nowhere.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    error::ReadProblem,
    node::{Field, Node, Value},
};
use crate::{error::Suggestion, register::AppendError};

/// The fields by which an entry introduces what others can be aimed at.
const INTRODUCING: [&str; 7] = ["id", "instrument", "relief", "ending", "judgment", "forbearance", "appeal"];

/// Says more of a problem with a target, where there is more to say.
///
/// `entry` is the entry with the problem, `later` are the entries below it, `recorded` the names above it.
pub(super) fn told_apart(
    problem: ReadProblem,
    entry: &Node,
    later: &[Node],
    recorded: &[String],
) -> ReadProblem {
    let target = match &problem {
        ReadProblem::UnknownTarget { target, .. } => target.clone(),
        ReadProblem::Append(AppendError::Unknown { thing, .. }) => match thing {
            crate::register::Thing::Measure(it) => it.to_string(),
            crate::register::Thing::Appeal(it) => it.to_string(),
            crate::register::Thing::Condition(it) => it.to_string(),
            crate::register::Thing::Entry(it) => it.to_string(),
        },
        _ => return problem,
    };
    let nodes: Vec<&Node> = std::iter::once(entry).chain(later).collect();
    let mut introducer: BTreeMap<String, usize> = BTreeMap::new();
    for (index, node) in nodes.iter().enumerate() {
        for name in introduced(node) {
            introducer.entry(name).or_insert(index);
        }
    }
    match introducer.get(&target) {
        Some(0) => ReadProblem::Cycle { target, path: "the entry is aimed at itself".to_owned() },
        Some(index) => match circle(&nodes, &introducer, *index) {
            Some(path) => ReadProblem::Cycle { target, path },
            None => {
                ReadProblem::NotRecordedYet { target, later: nodes.get(*index).map_or(0, |node| node.line) }
            }
        },
        None if matches!(problem, ReadProblem::UnknownTarget { .. }) => {
            let known: BTreeSet<&str> =
                introducer.keys().map(String::as_str).chain(recorded.iter().map(String::as_str)).collect();
            let suggestion = Suggestion::among(&target, known);
            ReadProblem::UnknownTarget { target, suggestion }
        }
        None => problem,
    }
}

/// The way from the first node through `start` back to the first, if there is one.
fn circle(nodes: &[&Node], introducer: &BTreeMap<String, usize>, start: usize) -> Option<String> {
    let mut reached_from: BTreeMap<usize, usize> = BTreeMap::from([(start, 0)]);
    let mut open = vec![start];
    while let Some(index) = open.pop() {
        let node = nodes.get(index)?;
        for next in referred(node).iter().filter_map(|name| introducer.get(name)) {
            if *next == 0 {
                return Some(path(nodes, &reached_from, index));
            }
            if !reached_from.contains_key(next) && *next != index {
                reached_from.insert(*next, index);
                open.push(*next);
            }
        }
    }
    None
}

fn path(nodes: &[&Node], reached_from: &BTreeMap<usize, usize>, last: usize) -> String {
    let mut way = vec![0, last];
    let mut at = last;
    while let Some(before) = reached_from.get(&at) {
        way.push(*before);
        at = *before;
        if at == 0 {
            break;
        }
    }
    way.reverse();
    let names: Vec<String> = way
        .into_iter()
        .filter_map(|index| nodes.get(index))
        .map(|node| {
            let id = node.field("id").and_then(Node::text).unwrap_or_default();
            format!("`{id}` (line {})", node.line)
        })
        .collect();
    names.join(" on ")
}

/// The names that an entry introduces.
fn introduced(node: &Node) -> BTreeSet<String> {
    let event = node.field("event").and_then(Node::text).unwrap_or_default();
    let introduces = |key: &str| match key {
        "instrument" => event == "instrument-issued",
        "appeal" => event == "appeal-noticed",
        other => INTRODUCING.contains(&other),
    };
    let fields = node.fields().unwrap_or_default();
    let mut names: BTreeSet<String> = fields
        .iter()
        .filter(|field| introduces(&field.key))
        .filter_map(|field| field.value.text().map(str::to_owned))
        .collect();
    let instrument = node.field("instrument").and_then(Node::text);
    for field in fields.iter().filter(|field| field.key == "clause") {
        let clauses = match &field.value.value {
            Value::List(items) => items.iter().collect(),
            _ => vec![&field.value],
        };
        for id in clauses.into_iter().filter_map(|clause| clause.field("id").and_then(Node::text)) {
            names.extend(instrument.map(|instrument| format!("{instrument}/{id}")));
        }
    }
    names
}

/// The names that an entry may be aimed at: every text in it but those that it introduces.
fn referred(node: &Node) -> BTreeSet<String> {
    let own = introduced(node);
    let mut found = BTreeSet::new();
    let mut open = vec![node];
    while let Some(next) = open.pop() {
        match &next.value {
            Value::Text(text) => {
                found.insert(text.clone());
            }
            Value::List(items) => open.extend(items),
            Value::Table(fields) => open.extend(fields.iter().map(|Field { value, .. }| value)),
            _ => {}
        }
    }
    found.retain(|name| !own.contains(name));
    found
}
