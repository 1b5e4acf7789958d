//! A store's word stands for one app at a time, as known at any time.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use crate::{
    Store,
    market::ListingId,
    register::{AppendError, Entry, Event, Facts, identity::holder_given, taken_back_by},
};

/// An entry about a word, with the time from which it was taken back.
type Recorded<'a> = (&'a Entry, Option<DateTime<Utc>>);

/// Refuses an entry, a correction or a retraction after which a store's word would stand for two apps at once, or would
/// be retired where it stands for none.
pub(super) fn one_app_at_a_time(facts: &Facts, entry: &Entry) -> Result<(), AppendError> {
    if let Some((store, listing)) = listing_of(entry).filter(|(store, listing)| !store.gives(listing)) {
        return Err(AppendError::NoListingOfStore {
            entry: entry.id().clone(),
            store: store.clone(),
            listing: listing.clone(),
            shape: if *store == Store::APP_STORE {
                "numbers"
            } else {
                "names of packages, such as `com.tencent.mm`"
            },
        });
    }
    let earlier = taken_back_by(facts, entry);
    let touched: BTreeSet<(&Store, &ListingId)> =
        [Some(entry), earlier].into_iter().flatten().filter_map(listing_of).collect();
    for (store, listing) in touched {
        let on_record = facts.of_listing(store, listing).filter_map(|position| {
            let recorded = facts.entry(position)?;
            let later = facts.superseding(position).or(Some(entry).filter(|_| Some(recorded) == earlier));
            Some((recorded, later.map(|later| later.recorded().as_record())))
        });
        let own = Some((entry, None)).filter(|_| listing_of(entry) == Some((store, listing)));
        let mut all: Vec<Recorded<'_>> = on_record.chain(own).collect();
        all.sort_by_key(|(it, _)| (it.effective(), holder_given(it).is_some(), it.id()));
        let changes = all.iter().flat_map(|(it, gone)| [Some(it.recorded().as_record()), *gone]).flatten();
        let known: BTreeSet<DateTime<Utc>> = changes.chain([entry.recorded().as_record()]).collect();
        for known in known.range(entry.recorded().as_record()..) {
            let visible = all.iter().filter(|(it, gone)| {
                it.recorded().as_record() <= *known && gone.is_none_or(|gone| *known < gone)
            });
            consistent(visible.map(|(it, _)| *it), entry, store, listing)?;
        }
    }
    Ok(())
}

/// What an entry says of which word.
fn listing_of(entry: &Entry) -> Option<(&Store, &ListingId)> {
    match entry.event() {
        Event::ListingAssigned { store, listing, .. } | Event::ListingRetired { store, listing } => {
            Some((store, listing))
        }
        _ => None,
    }
}

/// Whether entries about one word, in the order of their effect, tell of one app at a time.
fn consistent<'a>(
    entries: impl Iterator<Item = &'a Entry>,
    entry: &Entry,
    store: &Store,
    listing: &ListingId,
) -> Result<(), AppendError> {
    let mut holding: Option<&Entry> = None;
    let mut retired: Option<DateTime<Utc>> = None;
    for next in entries {
        let holder = holding.and_then(holder_given);
        match (holder, holder_given(next)) {
            (None, Some(_)) => holding = Some(next),
            (Some(holder), Some(app)) => {
                if let Some(first) = holding.filter(|_| holder != app) {
                    return Err(AppendError::ListingOfTwo {
                        entry: entry.id().clone(),
                        store: store.clone(),
                        listing: listing.clone(),
                        apps: Box::new((holder.clone(), app.clone())),
                        entries: Box::new((first.id().clone(), next.id().clone())),
                    });
                }
            }
            (Some(_), None) => (holding, retired) = (None, Some(next.effective())),
            // Two sources may tell of one retirement.
            (None, None) if retired == Some(next.effective()) => {}
            (None, None) => {
                return Err(AppendError::ListingOfNone {
                    entry: entry.id().clone(),
                    store: store.clone(),
                    listing: listing.clone(),
                    retirement: next.id().clone(),
                });
            }
        }
    }
    Ok(())
}
