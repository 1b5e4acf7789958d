//! Cells put together into boxes: which stores, territories and acts share a turn.

use std::collections::{BTreeMap, BTreeSet};

use super::Reach;
use crate::{Act, Store, Territory, determination::Requirement};

/// What an answer says from a turn on, beside its grounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Mark {
    pub(super) requirement: Requirement,
    pub(super) in_part: bool,
    pub(super) unenforced: bool,
}

/// One store, one territory and one act, with what holds there.
pub(super) type Cell = (Mark, Store, Territory, Act);

/// The cells as boxes that hold each cell once and nothing else, in a fixed order.
pub(super) fn boxes(cells: &BTreeSet<Cell>) -> Vec<Reach> {
    let mut acts_of: BTreeMap<(Mark, &Store, &Territory), BTreeSet<Act>> = BTreeMap::new();
    for (mark, store, territory, act) in cells {
        acts_of.entry((*mark, store, territory)).or_default().insert(*act);
    }
    let mut territories_of: BTreeMap<(Mark, &Store, BTreeSet<Act>), BTreeSet<Territory>> = BTreeMap::new();
    for ((mark, store, territory), acts) in acts_of {
        territories_of.entry((mark, store, acts)).or_default().insert(territory.clone());
    }
    let mut stores_of: BTreeMap<(Mark, BTreeSet<Territory>, BTreeSet<Act>), BTreeSet<Store>> =
        BTreeMap::new();
    for ((mark, store, acts), territories) in territories_of {
        stores_of.entry((mark, territories, acts)).or_default().insert(store.clone());
    }
    stores_of
        .into_iter()
        .map(|((mark, territories, acts), stores)| Reach {
            requirement: mark.requirement,
            in_part: mark.in_part,
            unenforced: mark.unenforced,
            stores,
            territories,
            acts,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests stop at the first surprise")]

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn boxes_hold_each_cell_once_and_nothing_else(
            chosen in prop::collection::btree_set((0_usize..3, 0_usize..2, 0_usize..3, 0_usize..4), 0..40),
        ) {
            let marks = [Requirement::Unrestricted, Requirement::Prohibited, Requirement::Compelled];
            let territories = ["US", "US-MT", "IN"];
            let cells: BTreeSet<Cell> = chosen
                .into_iter()
                .map(|(mark, store, territory, act)| {
                    let mark = Mark { requirement: marks[mark], in_part: false, unenforced: false };
                    let store = Store::WELL_KNOWN[store].clone();
                    (mark, store, territories[territory].parse().unwrap(), Act::ALL[act])
                })
                .collect();
            let mut back = Vec::new();
            for reach in boxes(&cells) {
                for store in &reach.stores {
                    for territory in &reach.territories {
                        for act in &reach.acts {
                            let mark = Mark {
                                requirement: reach.requirement,
                                in_part: reach.in_part,
                                unenforced: reach.unenforced,
                            };
                            back.push((mark, store.clone(), territory.clone(), *act));
                        }
                    }
                }
            }
            back.sort();
            prop_assert_eq!(back, cells.into_iter().collect::<Vec<_>>());
        }
    }
}
