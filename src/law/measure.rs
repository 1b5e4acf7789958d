use std::fmt;

use super::RestrictionId;
use crate::{EndingId, ForbearanceId, InstrumentId, ReliefId};

/// Anything with legal effect at which something else can be aimed.
///
/// Relief suspends a measure, an ending ends one, an appeal asks for review of one. An appeal is not
/// itself a measure: it changes nothing in force, so nothing can be aimed at it.
///
/// ```
/// use delisted::{InstrumentId, ReliefId, law::Measure};
///
/// let order = Measure::from(InstrumentId::new("identification")?);
/// let injunction = Measure::from(ReliefId::new("injunction")?);
/// assert_eq!(order.to_string(), "identification");
/// assert_ne!(order, injunction);
/// # Ok::<(), delisted::id::IdError>(())
/// ```
///
/// ```compile_fail
/// use delisted::{AppealId, law::Measure};
///
/// let aimed_at = Measure::from(AppealId::new("ca9-20-16908").unwrap());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// A statute, an order, a decree, or a non-binding act as a whole.
    Instrument(InstrumentId),
    /// One clause of an instrument.
    Restriction(RestrictionId),
    /// An injunction or a stay.
    Relief(ReliefId),
    /// A rescission, a vacatur, an appellate judgment.
    Ending(EndingId),
    /// A declaration not to enforce.
    Forbearance(ForbearanceId),
}

impl Measure {
    /// What kind of thing it is, in a word.
    ///
    /// ```
    /// use delisted::{ReliefId, law::Measure};
    ///
    /// assert_eq!(Measure::from(ReliefId::new("stay")?).noun(), "relief");
    /// # Ok::<(), delisted::id::IdError>(())
    /// ```
    #[must_use]
    pub const fn noun(&self) -> &'static str {
        match self {
            Self::Instrument(_) => "instrument",
            Self::Restriction(_) => "restriction",
            Self::Relief(_) => "relief",
            Self::Ending(_) => "ending",
            Self::Forbearance(_) => "forbearance",
        }
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Instrument(id) => id.fmt(f),
            Self::Restriction(id) => id.fmt(f),
            Self::Relief(id) => id.fmt(f),
            Self::Ending(id) => id.fmt(f),
            Self::Forbearance(id) => id.fmt(f),
        }
    }
}

impl From<InstrumentId> for Measure {
    fn from(id: InstrumentId) -> Self {
        Self::Instrument(id)
    }
}

impl From<RestrictionId> for Measure {
    fn from(id: RestrictionId) -> Self {
        Self::Restriction(id)
    }
}

impl From<ReliefId> for Measure {
    fn from(id: ReliefId) -> Self {
        Self::Relief(id)
    }
}

impl From<EndingId> for Measure {
    fn from(id: EndingId) -> Self {
        Self::Ending(id)
    }
}

impl From<ForbearanceId> for Measure {
    fn from(id: ForbearanceId) -> Self {
        Self::Forbearance(id)
    }
}
