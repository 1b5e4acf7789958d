#![doc = include_str!("../docs/store-status.md")]

mod course;

use std::fmt;

use crate::{
    determination::{Determination, Requirement},
    law::{Measure, Ruling},
};

pub use course::{Appealed, ImpossibleStep, StatusCourse, StatusEvent};

/// Where an app stands in a store, in one of four words.
///
/// It says what the law asks of the store, not what the store shows: whether an app was seen there is an
/// observation. `Listed` means that no order in effect stands in the way.
///
/// ```
/// use delisted::status::{Meanwhile, StoreStatus, UnderReview};
///
/// let status = StoreStatus::Appealed { of: UnderReview::Relief, meanwhile: Meanwhile::Injunction };
/// assert_eq!(status.as_str(), "appealed");
/// assert_eq!(status.to_string(), "appealed (the relief is under appeal; meanwhile the injunction holds)");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StoreStatus {
    /// No order in effect stands in the way.
    Listed,
    /// An order in effect requires that the act not happen.
    OrderedRemoved,
    /// An order is recorded, and an injunction, a stay or a permission suspends it.
    Injunction,
    /// An appeal is open on which the answer turns. It changes nothing in force.
    Appealed {
        /// What is under appeal.
        of: UnderReview,
        /// What binds until the appeal is decided.
        meanwhile: Meanwhile,
    },
}

/// What kind of ruling is under appeal.
///
/// ```
/// assert_eq!(delisted::status::UnderReview::Order.to_string(), "order");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UnderReview {
    /// The order, or a clause of it.
    Order,
    /// An injunction or a stay.
    Relief,
    /// A ruling that ended something.
    Ending,
    /// A refusal of relief.
    Refusal,
}

/// What binds while an appeal is open.
///
/// ```
/// use delisted::status::{Meanwhile, StoreStatus};
///
/// assert_eq!(StoreStatus::from(Meanwhile::Injunction), StoreStatus::Injunction);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Meanwhile {
    /// Nothing stands in the way.
    Listed,
    /// The order binds.
    OrderedRemoved,
    /// The order is suspended.
    Injunction,
}

impl StoreStatus {
    /// The word in serialised answers.
    ///
    /// ```
    /// assert_eq!(delisted::StoreStatus::OrderedRemoved.as_str(), "ordered_removed");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Listed => "listed",
            Self::OrderedRemoved => "ordered_removed",
            Self::Injunction => "injunction",
            Self::Appealed { .. } => "appealed",
        }
    }
}

impl From<Meanwhile> for StoreStatus {
    fn from(meanwhile: Meanwhile) -> Self {
        match meanwhile {
            Meanwhile::Listed => Self::Listed,
            Meanwhile::OrderedRemoved => Self::OrderedRemoved,
            Meanwhile::Injunction => Self::Injunction,
        }
    }
}

impl fmt::Display for UnderReview {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Order => "order",
            Self::Relief => "relief",
            Self::Ending => "ending",
            Self::Refusal => "refusal of relief",
        })
    }
}

impl fmt::Display for StoreStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Listed => f.write_str("listed"),
            Self::OrderedRemoved => f.write_str("ordered removed"),
            Self::Injunction => f.write_str("injunction"),
            Self::Appealed { of, meanwhile } => {
                let holds = match meanwhile {
                    Meanwhile::Listed => "nothing stands in the way",
                    Meanwhile::OrderedRemoved => "the order binds",
                    Meanwhile::Injunction => "the injunction holds",
                };
                write!(f, "appealed (the {of} is under appeal; meanwhile {holds})")
            }
        }
    }
}

impl From<&Ruling> for UnderReview {
    fn from(ruling: &Ruling) -> Self {
        match ruling {
            Ruling::Measure(Measure::Instrument(_) | Measure::Restriction(_)) => Self::Order,
            Ruling::Measure(Measure::Relief(_)) => Self::Relief,
            Ruling::Measure(Measure::Ending(_) | Measure::Forbearance(_)) => Self::Ending,
            Ruling::Refusal(_) => Self::Refusal,
        }
    }
}

impl Determination {
    /// The answer in one of four words.
    ///
    /// Prohibited or conflicting is `OrderedRemoved`; otherwise `Injunction` where relief suspends a
    /// prohibition; otherwise `Listed`. Where an appeal is open on which the answer turns it is `Appealed`, with
    /// the word that would hold without it.
    ///
    /// ```
    /// use delisted::{Act, Register, Store, StoreStatus, Subject, time::instant};
    ///
    /// let subject = Subject::new("wechat".parse()?, Store::APP_STORE, "US".parse()?, Act::Download);
    /// let answer = Register::default().determine(&subject, instant("2020-09-22T00:00:00Z")?);
    /// assert_eq!(answer.headline(), StoreStatus::Listed);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn headline(&self) -> StoreStatus {
        let meanwhile = match self.requirement() {
            Requirement::Prohibited | Requirement::Conflicting => Meanwhile::OrderedRemoved,
            Requirement::Unrestricted | Requirement::Compelled if self.is_suspended() => {
                Meanwhile::Injunction
            }
            Requirement::Unrestricted | Requirement::Compelled => Meanwhile::Listed,
        };
        match self.under_appeal() {
            Some(ruling) => StoreStatus::Appealed { of: ruling.into(), meanwhile },
            None => meanwhile.into(),
        }
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for StoreStatus {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// One object: requirement, status, the marks, what else it could be where that is uncertain, and the grounds in
/// their order.
///
/// It stands here and not beside the type since the headline is part of it.
#[cfg(feature = "serde")]
impl serde::Serialize for Determination {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;

        let mut object = serializer.serialize_struct("Determination", 7)?;
        object.serialize_field("requirement", &self.requirement())?;
        object.serialize_field("status", &self.headline())?;
        object.serialize_field("unenforced", &self.is_unenforced())?;
        object.serialize_field("in_part", &self.is_in_part())?;
        object.serialize_field("under_appeal", &self.is_under_appeal())?;
        object.serialize_field("uncertain", &self.uncertainty())?;
        object.serialize_field("grounds", self.grounds())?;
        object.end()
    }
}

/// One object: the bounds, the entries on whose times the answer turns, and the other possible answers, each by its
/// requirement and status.
#[cfg(feature = "serde")]
impl serde::Serialize for crate::determination::Uncertainty {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;

        #[derive(serde::Serialize)]
        struct Alternative {
            requirement: Requirement,
            status: StoreStatus,
            unenforced: bool,
            in_part: bool,
        }
        let alternatives: Vec<Alternative> = self
            .alternatives()
            .iter()
            .map(|it| Alternative {
                requirement: it.requirement(),
                status: it.headline(),
                unenforced: it.is_unenforced(),
                in_part: it.is_in_part(),
            })
            .collect();
        let mut object = serializer.serialize_struct("Uncertainty", 4)?;
        object.serialize_field("earliest", &crate::time::text(self.earliest()))?;
        object.serialize_field("latest", &crate::time::text(self.latest()))?;
        object.serialize_field("because", self.because())?;
        object.serialize_field("alternatives", &alternatives)?;
        object.end()
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for crate::determination::Ground {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;

        let mut object = serializer.serialize_struct("Ground", 3)?;
        object.serialize_field("entry", self.entry())?;
        object.serialize_field("status", &self.status())?;
        object.serialize_field("citation", self.citation())?;
        object.end()
    }
}
