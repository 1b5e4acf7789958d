use super::Determination;

/// In how much of a territory a command holds, whichever clauses make it hold there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Extent {
    Nowhere,
    Part,
    Whole,
}

impl Extent {
    /// From whether it holds, place by place.
    pub(super) fn over(places: &[bool]) -> Self {
        match (places.contains(&true), places.contains(&false)) {
            (false, _) => Self::Nowhere,
            (true, true) => Self::Part,
            (true, false) => Self::Whole,
        }
    }
}

impl Determination {
    /// In how much of the territory it is prohibited, by whichever clauses.
    pub(crate) fn prohibited(&self) -> Extent {
        self.prohibited
    }

    /// In how much of the territory it is compelled, by whichever clauses.
    pub(crate) fn compelled(&self) -> Extent {
        self.compelled
    }
}
