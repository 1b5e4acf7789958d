//! Because of what an answer turns: what changed, between before and after, in the tree beneath the commands that turn.

use std::collections::{BTreeMap, BTreeSet, btree_map::Entry};

use chrono::{DateTime, Utc};

use super::{Direction, Happening};
use crate::{
    EntryId,
    determination::{GroundStatus, Node, Role, is_over, times_of},
    law::Measure,
};

/// A node of the tree, and what became of it.
pub(super) struct Moved<'a> {
    pub(super) node: Node<'a>,
    pub(super) happening: Happening,
}

/// What tells a node of one tree from the others.
type Key = (EntryId, Option<Measure>);

/// The trees of one subject on the two sides of an instant.
pub(super) struct Sides<'t, 'a> {
    pub(super) at: DateTime<Utc>,
    pub(super) before: &'t [Node<'a>],
    pub(super) after: &'t [Node<'a>],
}

impl<'a> Sides<'_, 'a> {
    /// What makes the turn, where the answer turns in that direction.
    pub(super) fn causes(&self, direction: Direction) -> Vec<Moved<'a>> {
        let commands = match direction {
            Direction::MustComeDown | Direction::MayGoUp => self.turned(|role| role == Role::Prohibits),
            Direction::MustBeOffered | Direction::MayBeWithdrawn => self.turned(|role| role == Role::Compels),
            Direction::EnforcementPauses | Direction::EnforcementResumes => {
                // A new command that nobody forbears from enforces what was not enforced before.
                let forbearance = self.turned(|role| role == Role::Forbears);
                if forbearance.is_empty() { self.turned(Role::commands) } else { forbearance }
            }
        };
        let mut found: BTreeMap<Key, Moved<'a>> = BTreeMap::new();
        for key in &commands {
            for moved in self.beneath(key) {
                found.entry(key_of(&moved.node)).or_insert(moved);
            }
        }
        found.into_values().collect()
    }

    /// The nodes of a role that come into force or go out of it in any place.
    fn turned(&self, wanted: impl Fn(Role) -> bool) -> BTreeSet<Key> {
        let (before, after) = (in_force(self.before, &wanted), in_force(self.after, &wanted));
        let keys: BTreeSet<&Key> = before.keys().chain(after.keys()).collect();
        keys.into_iter().filter(|key| before.get(key) != after.get(key)).cloned().collect()
    }

    /// What moved beneath one node, and the node itself where it moved by its own terms or nothing else did.
    fn beneath(&self, root: &Key) -> Vec<Moved<'a>> {
        let (before, after) = (subtree(self.before, root), subtree(self.after, root));
        let keys: BTreeSet<&Key> = before.keys().chain(after.keys()).filter(|key| *key != root).collect();
        let mut found = Vec::new();
        for key in keys {
            let (then, now) = (before.get(key).copied(), after.get(key).copied());
            let Some(node) = now.or(then) else { continue };
            // Of an instrument its clause says how it stands.
            let carries_own = node.role == Role::Carries && key.0 == root.0;
            if carries_own || matches!(node.role, Role::Notes | Role::Reviews | Role::Concerns) {
                continue;
            }
            let moved = match (then, now) {
                (Some(then), Some(now)) => then.status != now.status || places(then) != places(now),
                _ => times_of(node.entry).contains(&self.at),
            };
            if moved {
                found.push(moved_node(then, now, node));
            }
        }
        let (then, now) = (before.get(root).copied(), after.get(root).copied());
        if let Some(node) = now.or(then)
            && (found.is_empty() || self.by_own_terms(then, now, node))
        {
            found.push(moved_node(then, now, node));
        }
        found
    }

    /// Whether a node's own text makes it move then: its start, its end, or its issue.
    fn by_own_terms(&self, then: Option<&Node<'a>>, now: Option<&Node<'a>>, node: &Node<'a>) -> bool {
        let waiting = |status| {
            matches!(
                status,
                GroundStatus::Pending | GroundStatus::Postponed | GroundStatus::AwaitingCondition
            )
        };
        match (then.map(|node| node.status), now.map(|node| node.status)) {
            (Some(then), Some(GroundStatus::InForce)) => waiting(then),
            (Some(_), Some(now)) => now == GroundStatus::Expired,
            _ => times_of(node.entry).contains(&self.at),
        }
    }
}

/// Where each node of a role is in force that is so anywhere.
fn in_force(nodes: &[Node<'_>], wanted: impl Fn(Role) -> bool) -> BTreeMap<Key, BTreeSet<usize>> {
    let of_role = nodes.iter().filter(|node| wanted(node.role)).map(|node| (key_of(node), places(node)));
    of_role.filter(|(_, places)| !places.is_empty()).collect()
}

/// The places in which a node is in force.
fn places(node: &Node<'_>) -> BTreeSet<usize> {
    let standings = node.standings.iter().enumerate();
    let in_force = standings.filter(|(_, standing)| **standing == Some(GroundStatus::InForce));
    in_force.map(|(place, _)| place).collect()
}

/// What became of a node; where it stands as before on the whole, what became of it in the first place that differs.
fn moved_node<'a>(then: Option<&Node<'a>>, now: Option<&Node<'a>>, node: &Node<'a>) -> Moved<'a> {
    let mut node = node.clone();
    let mut sides = (then.map(|node| node.status), now.map(|node| node.status));
    if let (Some(then), Some(now)) = (then, now)
        && then.status == now.status
        && let Some(place) = places(then).symmetric_difference(&places(now)).next()
    {
        let there = |node: &Node<'_>| node.standings.get(*place).copied().flatten();
        sides = (there(then), there(now));
        (node.status, node.in_part) = (sides.1.unwrap_or(GroundStatus::LeftScope), true);
    }
    Moved { node, happening: happening(sides.0, sides.1) }
}

fn happening(then: Option<GroundStatus>, now: Option<GroundStatus>) -> Happening {
    match now {
        None | Some(GroundStatus::LeftScope) => Happening::Leaves,
        Some(GroundStatus::InForce) if then.is_some_and(GroundStatus::is_suspended) => Happening::Revives,
        Some(now) if now.is_suspended() => Happening::IsSuspended,
        Some(now) if is_over(now) => Happening::Ends,
        Some(GroundStatus::Pending | GroundStatus::Postponed | GroundStatus::AwaitingCondition) => {
            Happening::IsPutOff
        }
        Some(_) => Happening::TakesEffect,
    }
}

fn key_of(node: &Node<'_>) -> Key {
    (node.entry.id().clone(), node.measure.clone())
}

/// A node and everything beneath it. What bears on a thing stands in the tree once, where the thing first does.
pub(super) fn subtree<'t, 'a>(nodes: &'t [Node<'a>], root: &Key) -> BTreeMap<Key, &'t Node<'a>> {
    let mut found = BTreeMap::new();
    let mut open = vec![root.clone()];
    while let Some(key) = open.pop() {
        let Some(place) = nodes.iter().position(|node| key_of(node) == key) else { continue };
        let mut rest = nodes.iter().skip(place);
        let Some(top) = rest.next() else { continue };
        found.insert(key, top);
        for node in rest.take_while(|node| node.depth > top.depth) {
            if let Entry::Vacant(place) = found.entry(key_of(node)) {
                open.push(place.key().clone());
                place.insert(node);
            }
        }
    }
    found
}
