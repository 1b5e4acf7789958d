//! What is wrong with a target that is not recorded so far: it comes later, stands in a circle, or is nowhere.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    error::ReadProblem,
    node::{Node, Value},
};
use crate::{
    error::Suggestion,
    register::{AppendError, Thing},
};

/// What a name stands for; one word may name an entry and a measure, an authority and an appeal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Sort {
    Measure,
    Appeal,
    Condition,
    Entry,
}

type Name = (Sort, String);

/// Says more of a problem with a target, where there is more to say.
///
/// `entry` is the entry with the problem, `later` are the entries below it, `recorded` the names above it.
pub(super) fn told_apart(
    problem: ReadProblem,
    entry: &Node,
    later: &[Node],
    recorded: &[String],
) -> ReadProblem {
    let name = match &problem {
        ReadProblem::UnknownTarget { target, .. } => (Sort::Measure, target.clone()),
        ReadProblem::Append(AppendError::Unknown { thing, .. }) => {
            let sort = match thing {
                Thing::Measure(_) => Sort::Measure,
                Thing::Appeal(_) => Sort::Appeal,
                Thing::Condition(_) => Sort::Condition,
                Thing::Entry(_) => Sort::Entry,
            };
            (sort, thing.name())
        }
        _ => return problem,
    };
    let nodes: Vec<&Node> = std::iter::once(entry).chain(later).collect();
    let mut introducer: BTreeMap<Name, usize> = BTreeMap::new();
    for (index, node) in nodes.iter().enumerate() {
        for name in introduced(node) {
            introducer.entry(name).or_insert(index);
        }
    }
    let target = name.1.clone();
    match introducer.get(&name) {
        Some(0) => ReadProblem::Itself { target },
        Some(index) => match circle(&nodes, &introducer, *index) {
            Some(path) => ReadProblem::Cycle { target, path },
            None => {
                ReadProblem::NotRecordedYet { target, later: nodes.get(*index).map_or(0, |node| node.line) }
            }
        },
        None if matches!(problem, ReadProblem::UnknownTarget { .. }) => {
            let later = introducer.keys().filter(|(sort, _)| *sort == Sort::Measure).map(|(_, name)| name);
            let known: BTreeSet<&str> = later.chain(recorded).map(String::as_str).collect();
            let suggestion = Suggestion::among(&target, known);
            ReadProblem::UnknownTarget { target, suggestion }
        }
        None => problem,
    }
}

/// The way from the first node through `start` back to the first, if there is one.
fn circle(nodes: &[&Node], introducer: &BTreeMap<Name, usize>, start: usize) -> Option<String> {
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
fn introduced(node: &Node) -> BTreeSet<Name> {
    let event = node.field("event").and_then(Node::text).unwrap_or_default();
    let text = |node: &Node, field: &str| node.field(field).and_then(Node::text).map(str::to_owned);
    let own = match event {
        "instrument-issued" => Some((Sort::Measure, "instrument")),
        "relief-granted" => Some((Sort::Measure, "relief")),
        "measure-ended" => Some((Sort::Measure, "ending")),
        "appeal-decided" => Some((Sort::Measure, "judgment")),
        "enforcement-forborne" => Some((Sort::Measure, "forbearance")),
        "appeal-noticed" => Some((Sort::Appeal, "appeal")),
        _ => None,
    };
    let mut names = BTreeSet::new();
    names.extend(text(node, "id").map(|id| (Sort::Entry, id)));
    names.extend(own.and_then(|(sort, field)| Some((sort, text(node, field)?))));
    let instrument = text(node, "instrument");
    let clauses = parts(node, "clause");
    for clause in &clauses {
        if let (Some(instrument), Some(clause)) = (&instrument, text(clause, "id")) {
            names.insert((Sort::Measure, format!("{instrument}/{clause}")));
        }
    }
    for bounded in clauses.into_iter().chain([node]) {
        for bound in ["from", "until"].into_iter().filter_map(|field| text(bounded, field)) {
            names.extend(bound.strip_prefix("upon ").map(|it| (Sort::Condition, it.to_owned())));
        }
    }
    names
}

/// The names that an entry is aimed at or rests on.
fn referred(node: &Node) -> BTreeSet<Name> {
    let fields = [
        (Sort::Measure, ["against", "ends", "of", "about", "measure", "under", "instrument"].as_slice()),
        (Sort::Appeal, &["appeal", "pending"]),
        (Sort::Condition, &["condition"]),
        (Sort::Entry, &["of-refusals", "corrects", "entry"]),
    ];
    let within = [(Sort::Measure, ["ruling"].as_slice()), (Sort::Entry, &["refusal"])];
    let mut found = BTreeSet::new();
    let mut add = |node: &Node, fields: &[(Sort, &[&str])]| {
        for (sort, field) in
            fields.iter().flat_map(|(sort, names)| names.iter().map(move |name| (sort, name)))
        {
            let named = parts(node, field).into_iter().filter_map(Node::text);
            found.extend(named.map(|name| (*sort, name.to_owned())));
        }
    };
    add(node, &fields);
    for disposition in parts(node, "disposition") {
        add(disposition, &within);
    }
    let own = introduced(node);
    found.retain(|name| !own.contains(name));
    found
}

/// The members of a list, or the one value that stands there.
fn parts<'n>(node: &'n Node, field: &str) -> Vec<&'n Node> {
    match node.field(field) {
        Some(Node { value: Value::List(items), .. }) => items.iter().collect(),
        Some(other) => vec![other],
        None => vec![],
    }
}
