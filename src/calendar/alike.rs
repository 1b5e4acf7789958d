//! Subjects that no text tells apart, so that one of them is asked for all.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    Act, Store, Territory,
    law::{Parties, Scope},
    market::Subject,
    register::{Entry, Event},
};

/// What of a subject some text may look at: its territory, which texts name its store and, if any names stores
/// otherwise, the store itself, and which texts name its act.
type Seen<'k> =
    (&'k Territory, Option<&'k (Option<&'k Store>, BTreeSet<usize>)>, Option<&'k BTreeSet<usize>>);

/// The subjects of one app in groups that every entry which matters to the app treats alike.
///
/// A subject's act counts only where a scope names acts, and its store only where a scope, a party or a publisher does.
pub(super) fn groups<'s>(subjects: &[&'s Subject], entries: &[&Entry]) -> Vec<Vec<&'s Subject>> {
    let scopes: Vec<&Scope> = entries.iter().flat_map(|entry| entry.event().scopes()).collect();
    let names_stores = entries.iter().any(|entry| match entry.event() {
        Event::PublisherChanged { store, .. } => store.is_some(),
        Event::ReliefGranted(relief) => {
            matches!(&relief.protects, Parties::Only { stores, .. } if !stores.is_empty())
        }
        _ => false,
    });
    let mut of_store: BTreeMap<&Store, (Option<&Store>, BTreeSet<usize>)> = BTreeMap::new();
    let mut of_act: BTreeMap<Act, BTreeSet<usize>> = BTreeMap::new();
    for subject in subjects {
        let chosen = |has: &dyn Fn(&Scope) -> bool| -> BTreeSet<usize> {
            scopes.iter().enumerate().filter(|(_, scope)| has(scope)).map(|(place, _)| place).collect()
        };
        let store = subject.store();
        let itself = names_stores.then_some(store);
        of_store.entry(store).or_insert_with(|| (itself, chosen(&|scope| scope.stores.has(store))));
        let act = subject.act();
        of_act.entry(act).or_insert_with(|| chosen(&|scope| scope.acts.has(&act)));
    }
    let mut groups: BTreeMap<Seen<'_>, Vec<&'s Subject>> = BTreeMap::new();
    for subject in subjects {
        let key = (subject.territory(), of_store.get(subject.store()), of_act.get(&subject.act()));
        groups.entry(key).or_default().push(subject);
    }
    groups.into_values().collect()
}
