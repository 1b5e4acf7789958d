//! Who holds how much of what, and so who controls it.
//!
//! An organisation *holds* of a thing its own part, and the parts of all whom it controls. It *controls* what it holds more
//! than half of. The two go together without a circle: what an organisation controls is the least set that these words
//! allow, so that minority holdings may well run in rings.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};

use super::{Controlled, Entry, Event, Holdings, Register, View};
use crate::{AsOf, OrganizationId, market::Percent};

/// The parts of one thing.
pub(super) type Shares<'a> = Vec<(&'a OrganizationId, Percent)>;

/// The parts of each organisation that has known holders.
#[derive(Default)]
pub(super) struct Stakes<'a>(pub(super) BTreeMap<&'a OrganizationId, Shares<'a>>);

impl Stakes<'_> {
    /// An organisation and all whom it controls, in an order in which each is controlled by those before it.
    pub(super) fn group<'b>(&'b self, head: &'b OrganizationId) -> Vec<&'b OrganizationId> {
        let mut group = vec![head];
        loop {
            let outside = self.0.iter().filter(|(it, _)| !group.contains(*it));
            let more: Vec<&OrganizationId> = outside
                .filter(|(_, shares)| held(shares, &group) > Percent::HALF)
                .map(|(it, _)| *it)
                .collect();
            if more.is_empty() {
                return group;
            }
            group.extend(more);
        }
    }
}

/// How much of a thing a group holds, in hundredths of a per cent.
pub(super) fn held(shares: &[(&OrganizationId, Percent)], group: &[&OrganizationId]) -> u32 {
    let parts = shares.iter().filter(|(holder, _)| group.contains(holder));
    parts.fold(0, |sum, (_, part)| sum.saturating_add(part.hundredths()))
}

/// Of what an organisation holds a part, where a text speaks of a thing.
pub(crate) enum Stake<'a> {
    /// Of the thing.
    Itself,
    /// Of an organisation that controls the thing.
    Through(&'a OrganizationId),
}

/// A thing with its parts, and the parts of every holder of a part of it, at any remove.
struct Tree<'a> {
    shares: Shares<'a>,
    above: Stakes<'a>,
}

impl<'a> Tree<'a> {
    /// Who controls the thing, each after those whom it controls.
    fn controllers(&self) -> Vec<&'a OrganizationId> {
        let groups = self.above.0.keys().map(|head| (self.above.group(head), *head));
        let mut found: Vec<(usize, &OrganizationId)> = groups
            .filter(|(group, _)| held(&self.shares, group) > Percent::HALF)
            .map(|(group, head)| (group.len(), head))
            .collect();
        found.sort_unstable();
        found.into_iter().map(|(_, head)| head).collect()
    }
}

impl<'a> View<'a> {
    /// The parts of a thing, by the last transfer that had taken effect, or else by the declaration.
    fn shares(&self, of: &Controlled, at: DateTime<Utc>) -> Shares<'a> {
        match (self.transfer(of, at).map(Entry::event), of) {
            (Some(Event::ControlTransferred { to, .. }), _) => to.iter().collect(),
            (_, Controlled::App(app)) => {
                let declared = self.directory().app(app).and_then(|app| app.owner.as_ref());
                declared.map(|owner| (owner, Percent::WHOLE)).into_iter().collect()
            }
            (_, Controlled::Organization(_)) => Vec::new(),
        }
    }

    fn tree(&self, of: &Controlled, at: DateTime<Utc>) -> Tree<'a> {
        let shares = self.shares(of, at);
        let mut above = Stakes::default();
        let mut open: Vec<&OrganizationId> = shares.iter().map(|(holder, _)| *holder).collect();
        while let Some(holder) = open.pop() {
            if !above.0.contains_key(holder) {
                let own = self.shares(&Controlled::Organization(holder.clone()), at);
                open.extend(own.iter().map(|(holder, _)| *holder));
                above.0.insert(holder, own);
            }
        }
        Tree { shares, above }
    }

    /// Everyone who controlled a thing, at any remove, nearest first.
    pub(crate) fn controllers(&self, of: &Controlled, at: DateTime<Utc>) -> Vec<&'a OrganizationId> {
        self.tree(of, at).controllers()
    }

    /// Of what an organisation held at least a part: of the thing itself, or else of the nearest that controlled it.
    pub(crate) fn stake(
        &self,
        holder: &OrganizationId,
        at_least: Percent,
        of: &Controlled,
        at: DateTime<Utc>,
    ) -> Option<Stake<'a>> {
        let tree = self.tree(of, at);
        let group = tree.above.group(holder);
        if held(&tree.shares, &group) >= at_least.hundredths() {
            return Some(Stake::Itself);
        }
        let enough = |it: &&OrganizationId| {
            tree.above.0.get(*it).is_some_and(|shares| held(shares, &group) >= at_least.hundredths())
        };
        tree.controllers().into_iter().find(enough).map(Stake::Through)
    }

    /// The transfers by which an organisation came to hold a thing, itself or through those whom it controlled.
    pub(crate) fn transfers_to(
        &self,
        holder: &OrganizationId,
        of: &Controlled,
        at: DateTime<Utc>,
    ) -> Vec<&'a Entry> {
        let tree = self.tree(of, at);
        let group = tree.above.group(holder);
        let mut found: Vec<&Entry> = self.transfer(of, at).into_iter().collect();
        let mut seen = BTreeSet::from([holder]);
        let mut open: Vec<&OrganizationId> = tree.shares.iter().map(|(it, _)| *it).collect();
        while let Some(next) = open.pop() {
            if group.contains(&next) && seen.insert(next) {
                found.extend(self.transfer(&Controlled::Organization(next.clone()), at));
                open.extend(tree.above.0.get(next).into_iter().flatten().map(|(it, _)| *it));
            }
        }
        found
    }
}

impl Register {
    /// Who held an app or an organisation, and how much of it each.
    ///
    /// ```
    /// use delisted::{Register, register::Controlled, time::instant};
    ///
    /// let of = Controlled::App("chat".parse()?);
    /// assert!(Register::default().holdings(&of, instant("2020-01-01T00:00:00Z")?).is_none());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn holdings(&self, of: &Controlled, as_of: impl Into<AsOf>) -> Holdings {
        let as_of = as_of.into();
        let shares = View::new(self, as_of.known()).shares(of, as_of.effective());
        let shares = shares.into_iter().map(|(holder, percent)| (holder.clone(), percent));
        // What was recorded had been checked; only what nobody holds is no ownership in parts.
        Holdings::shares(shares).unwrap_or_default()
    }
}
