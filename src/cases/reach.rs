//! Which territories a case speaks of.

use super::Case;
use crate::{
    Territory,
    law::{Restriction, Selection},
    market::Coverage,
    register::{Entry, Event},
};

impl Case {
    /// Whether a clause, a sighting or a row speaks of a territory, of a part of it, or of the country that it is a
    /// part of.
    ///
    /// ```
    /// let wechat = delisted::cases::by_slug("wechat-2020")?;
    /// assert!(wechat.speaks_of(&"US-MT".parse()?));
    /// assert!(!wechat.speaks_of(&"IN".parse()?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn speaks_of(&self, territory: &Territory) -> bool {
        self.register().entries().iter().any(|entry| a_clause_reaches(entry, territory))
            || self.observations().sightings().iter().any(|it| overlap(it.subject().territory(), territory))
            || self.rows().iter().any(|row| overlap(&row.territory, territory))
    }
}

fn a_clause_reaches(entry: &Entry, territory: &Territory) -> bool {
    let clauses: &[Restriction] = match entry.event() {
        Event::InstrumentIssued(instrument) => &instrument.clauses,
        Event::RestrictionAdded { restriction, .. } => std::slice::from_ref(restriction),
        _ => &[],
    };
    clauses.iter().any(|clause| reaches(&clause.scope.territories, territory))
}

/// Whether a selection reaches a territory at least in part: one that it names overlaps, and no exception takes the
/// whole away.
fn reaches(selected: &Selection<Territory>, territory: &Territory) -> bool {
    selected.named().is_none_or(|mut named| named.any(|it| overlap(it, territory)))
        && !selected.exceptions().any(|it| it.coverage_of(territory) == Coverage::Whole)
}

fn overlap(one: &Territory, other: &Territory) -> bool {
    one.coverage_of(other) != Coverage::None
}
