//! How two claims stand to each other in one thing: their days, their stores, their place.

use std::collections::BTreeSet;

use super::{Claim, Place};
use crate::{Store, downloads::Window};

/// How what one claim speaks of lies to what another does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Relation {
    Same,
    /// What the first speaks of is a part of what the second does.
    FirstWithin,
    SecondWithin,
    Differs,
    /// One of them does not say.
    Unknown,
}

impl Relation {
    pub(super) fn equal<T: PartialEq>(first: Option<&T>, second: Option<&T>) -> Self {
        match (first, second) {
            (Some(first), Some(second)) if first == second => Self::Same,
            (Some(_), Some(_)) => Self::Differs,
            _ => Self::Unknown,
        }
    }

    fn within(same: bool, first_in: bool, second_in: bool) -> Self {
        match (same, first_in, second_in) {
            (true, ..) => Self::Same,
            (_, true, _) => Self::FirstWithin,
            (.., true) => Self::SecondWithin,
            _ => Self::Differs,
        }
    }

    /// How two claims stand in several things at once; `supposing` takes the unknown for the same.
    pub(super) fn joined(relations: &[Self], supposing: bool) -> Self {
        relations.iter().fold(Self::Same, |joined, next| {
            let next = if supposing && *next == Self::Unknown { Self::Same } else { *next };
            match (joined, next) {
                (Self::Same, other) | (other, Self::Same) => other,
                (Self::Differs, _) | (_, Self::Differs) => Self::Differs,
                (Self::Unknown, _) | (_, Self::Unknown) => Self::Unknown,
                (one, other) if one == other => one,
                _ => Self::Differs,
            }
        })
    }
}

pub(super) fn of_stores(first: &BTreeSet<Store>, second: &BTreeSet<Store>) -> Relation {
    if first.is_empty() || second.is_empty() {
        return Relation::Unknown;
    }
    Relation::within(first == second, first.is_subset(second), second.is_subset(first))
}

pub(super) fn of_places(first: Option<&Place>, second: Option<&Place>) -> Relation {
    let (Some(first), Some(second)) = (first, second) else { return Relation::Unknown };
    Relation::within(first == second, second.covers(first), first.covers(second))
}

pub(super) fn of_windows(first: Option<Window>, second: Option<Window>) -> Relation {
    let (Some(first), Some(second)) = (first, second) else { return Relation::Unknown };
    let covers = |whole: Window, part: Window| whole.contains(part.first()) && whole.contains(part.last());
    Relation::within(first == second, covers(second, first), covers(first, second))
}

pub(super) fn of_against(first: &Claim, second: &Claim) -> Relation {
    match (first.days_against(), second.days_against()) {
        (Some(first), Some(second)) => of_windows(Some(first), Some(second)),
        // The same words about the same days mean the same days, whichever they are.
        (None, None)
            if first.against.is_some()
                && first.against == second.against
                && first.window.is_some()
                && first.window == second.window =>
        {
            Relation::Same
        }
        _ => Relation::Unknown,
    }
}
