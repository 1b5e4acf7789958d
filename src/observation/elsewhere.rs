//! Whether an app that is gone in one territory is offered in another of the same store.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use super::{Observations, Seen, Sighting};
use crate::market::Subject;

/// The looks at one app in one store that found it, in order of time; kept until another app is asked about.
#[derive(Debug)]
pub(super) struct Elsewhere<'a> {
    observations: &'a Observations,
    of: Option<&'a Subject>,
    found: Vec<&'a Sighting>,
}

impl<'a> Elsewhere<'a> {
    pub(super) fn new(observations: &'a Observations) -> Self {
        Self { observations, of: None, found: Vec::new() }
    }

    /// Whether another territory of the store was seen to offer the app, from `after` the instant `from` up to `to`.
    pub(super) fn offers(
        &mut self,
        subject: &'a Subject,
        from: DateTime<Utc>,
        after: Duration,
        to: DateTime<Utc>,
    ) -> bool {
        self.turn_to(subject);
        let start = TimeDelta::from_std(after).ok().and_then(|after| from.checked_add_signed(after));
        let Some(start) = start else { return false };
        let place = self.found.partition_point(|look| look.earliest() < start);
        self.found
            .iter()
            .skip(place)
            .take_while(|look| look.earliest() <= to)
            .any(|look| look.latest() <= to && look.subject().territory() != subject.territory())
    }

    fn turn_to(&mut self, subject: &'a Subject) {
        let same = |of: &Subject| {
            of.app() == subject.app() && of.store() == subject.store() && of.act() == subject.act()
        };
        if self.of.is_some_and(same) {
            return;
        }
        self.of = Some(subject);
        let looks = self.observations.of_app(subject.app(), subject.store()).iter();
        self.found = looks
            .filter(|look| look.seen() == Seen::Available && look.subject().act() == subject.act())
            .collect();
        self.found.sort_by_key(|look| look.earliest());
    }
}
