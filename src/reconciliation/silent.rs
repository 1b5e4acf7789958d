//! What the law speaks of and nobody looked at, beside what somebody did.

use std::collections::BTreeSet;

use crate::{
    Act, AppId, Register, Store,
    market::{Storefront, Subject},
    observation::Observations,
};

/// The subjects that some clause may reach and of which there is no sighting, though somebody looked at another app in
/// the same storefront, or for the same app elsewhere; in the stores and for the acts that somebody looked at at all, and
/// for download. Sightings of one store alone are about that store alone.
pub(super) fn unseen(register: &Register, observations: &Observations) -> BTreeSet<Subject> {
    let mut storefronts: BTreeSet<&Storefront> = BTreeSet::new();
    let mut apps: BTreeSet<&AppId> = BTreeSet::new();
    let mut acts = BTreeSet::from([Act::Download]);
    let mut last = None;
    for (subject, _) in observations.subjects() {
        if !storefronts.contains(subject.storefront()) {
            storefronts.insert(subject.storefront());
        }
        if last != Some(subject.app()) {
            last = Some(subject.app());
            apps.extend(last);
        }
        acts.insert(subject.act());
    }
    let beside = register.subjects_in(&storefronts);
    let stores: BTreeSet<&Store> = storefronts.iter().map(|storefront| storefront.store()).collect();
    let elsewhere = register
        .subjects()
        .into_iter()
        .filter(|subject| apps.contains(subject.app()) && stores.contains(subject.store()));
    let mut unseen: BTreeSet<Subject> = elsewhere.chain(beside).collect();
    unseen.retain(|subject| acts.contains(&subject.act()) && observations.of(subject).is_empty());
    unseen
}
