use std::{cmp::Ordering, collections::BTreeSet, fmt};

use chrono::{DateTime, Datelike, Utc};

use crate::{
    Act, AppId, EntryId, Store, Territory,
    determination::{GroundStatus, Requirement},
    law::{Citation, Measure},
    market::Subject,
    time::{Dated, Period, text},
};

/// What becomes due or free at a turn.
///
/// Four are turns of the requirement, and two of the mark that says whether it is enforced.
///
/// ```
/// use delisted::calendar::Direction;
///
/// assert_eq!(Direction::MustComeDown.as_str(), "must_come_down");
/// assert_eq!(Direction::MustComeDown.to_string(), "must come down");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Direction {
    /// From then on the act is prohibited, or prohibited in more of the territory than before.
    MustComeDown,
    /// From then on the act is no longer prohibited, or in less of the territory than before.
    MayGoUp,
    /// From then on the act is compelled, or compelled in more of the territory than before.
    MustBeOffered,
    /// From then on the act is no longer compelled, or in less of the territory than before.
    MayBeWithdrawn,
    /// What is required before and after is declared not to be enforced from then on. It is in force all the same.
    EnforcementPauses,
    /// What is required before and after is no longer declared not to be enforced.
    EnforcementResumes,
}

impl Direction {
    /// Every direction, in order.
    pub const ALL: [Self; 6] = [
        Self::MustComeDown,
        Self::MayGoUp,
        Self::MustBeOffered,
        Self::MayBeWithdrawn,
        Self::EnforcementPauses,
        Self::EnforcementResumes,
    ];

    /// The word in serialised answers.
    ///
    /// ```
    /// assert_eq!(delisted::calendar::Direction::MayGoUp.as_str(), "may_go_up");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::MustComeDown => "must_come_down",
            Self::MayGoUp => "may_go_up",
            Self::MustBeOffered => "must_be_offered",
            Self::MayBeWithdrawn => "may_be_withdrawn",
            Self::EnforcementPauses => "enforcement_pauses",
            Self::EnforcementResumes => "enforcement_resumes",
        }
    }

    /// Whether something must have been done by then, as against what merely may be.
    ///
    /// ```
    /// use delisted::calendar::Direction;
    ///
    /// assert!(Direction::MustBeOffered.obliges());
    /// assert!(!Direction::MayGoUp.obliges());
    /// ```
    #[must_use]
    pub const fn obliges(self) -> bool {
        matches!(self, Self::MustComeDown | Self::MustBeOffered)
    }

    /// Whether the requirement turns, as against the mark that says whether it is enforced.
    ///
    /// ```
    /// use delisted::calendar::Direction;
    ///
    /// assert!(Direction::MayGoUp.is_of_requirement());
    /// assert!(!Direction::EnforcementPauses.is_of_requirement());
    /// ```
    #[must_use]
    pub const fn is_of_requirement(self) -> bool {
        !matches!(self, Self::EnforcementPauses | Self::EnforcementResumes)
    }
}

impl fmt::Display for Direction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.as_str().replace('_', " "))
    }
}

/// When something turns.
///
/// ```
/// use delisted::{calendar::When, time::instant};
///
/// let at = When::At(instant("2020-09-21T03:59:00Z")?);
/// assert_eq!(at.to_string(), "at 2020-09-21T03:59:00Z");
/// assert_eq!(When::UponCondition.latest(), None);
/// # Ok::<(), delisted::time::TimeError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum When {
    /// At this instant.
    At(DateTime<Utc>),
    /// At some time between the two; by the second surely.
    Between {
        /// The first instant at which it may have turned.
        earliest: DateTime<Utc>,
        /// The instant by which it surely has.
        latest: DateTime<Utc>,
    },
    /// When a condition is met, and it is not known that it will be.
    UponCondition,
}

impl When {
    /// The first instant at which it may turn, where one is known.
    ///
    /// ```
    /// use delisted::{calendar::When, time::instant};
    ///
    /// let at = instant("2020-09-21T03:59:00Z")?;
    /// assert_eq!(When::At(at).earliest(), Some(at));
    /// # Ok::<(), delisted::time::TimeError>(())
    /// ```
    #[must_use]
    pub fn earliest(self) -> Option<DateTime<Utc>> {
        match self {
            Self::At(at) => Some(at),
            Self::Between { earliest, .. } => Some(earliest),
            Self::UponCondition => None,
        }
    }

    /// The instant by which it has surely turned, where one is known.
    ///
    /// ```
    /// use delisted::{calendar::When, time::instant};
    ///
    /// let at = instant("2020-09-21T03:59:00Z")?;
    /// assert_eq!(When::At(at).latest(), Some(at));
    /// # Ok::<(), delisted::time::TimeError>(())
    /// ```
    #[must_use]
    pub fn latest(self) -> Option<DateTime<Utc>> {
        match self {
            Self::At(at) => Some(at),
            Self::Between { latest, .. } => Some(latest),
            Self::UponCondition => None,
        }
    }

    /// A span, or the instant where its bounds are one.
    pub(super) fn span(earliest: DateTime<Utc>, latest: DateTime<Utc>) -> Self {
        if earliest < latest { Self::Between { earliest, latest } } else { Self::At(latest) }
    }

    /// When something happened that is dated so.
    pub(super) fn of(dated: &Dated) -> Self {
        if dated.is_uncertain() {
            Self::span(dated.earliest(), dated.latest())
        } else {
            Self::At(dated.as_start())
        }
    }

    /// Whether any of it lies within a period. What waits for a condition is within every period.
    pub(super) fn is_within(self, period: Period) -> bool {
        match self {
            Self::At(at) => period.contains(at),
            Self::Between { earliest, latest } => {
                latest >= period.start() && period.end().is_none_or(|end| earliest < end)
            }
            Self::UponCondition => true,
        }
    }

    /// The first bound, unless nobody knows any.
    pub(crate) fn lower(self) -> Option<DateTime<Utc>> {
        self.earliest().filter(|earliest| earliest.year() > 0)
    }

    /// The second bound, unless nobody knows any.
    pub(crate) fn upper(self) -> Option<DateTime<Utc>> {
        self.latest().filter(|latest| latest.year() < 9999)
    }

    /// By time; what waits for a condition comes last.
    fn key(self) -> (bool, Option<DateTime<Utc>>, Option<DateTime<Utc>>) {
        (self.earliest().is_none(), self.earliest(), self.latest())
    }
}

impl PartialOrd for When {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for When {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key().cmp(&other.key())
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::At(at) => write!(f, "at {}", text(*at)),
            Self::Between { earliest, latest } => match (self.lower(), self.upper()) {
                (None, _) => write!(f, "at some time up to {}", text(*latest)),
                (_, None) => write!(f, "at some time from {} on", text(*earliest)),
                _ => write!(f, "at some time between {} and {}", text(*earliest), text(*latest)),
            },
            Self::UponCondition => f.write_str("upon a condition"),
        }
    }
}

/// How sure an item is.
///
/// ```
/// assert_eq!(delisted::calendar::Certainty::Sure.as_str(), "sure");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Certainty {
    /// It turns, at the instant or by the end of the span.
    Sure,
    /// It may have turned within the span, and may not: the span ended otherwise before it was sure.
    Possible,
    /// It is announced and does not take place: suspended when its time comes, or waiting for a condition.
    Expected,
}

impl Certainty {
    /// The word in serialised answers.
    ///
    /// ```
    /// assert_eq!(delisted::calendar::Certainty::Expected.as_str(), "expected");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sure => "sure",
            Self::Possible => "possible",
            Self::Expected => "expected",
        }
    }
}

/// The stores, territories and acts that share a turn: every one of the acts in every one of the territories of
/// every one of the stores.
///
/// ```
/// use delisted::{Register, time::{Known, Period, instant}};
///
/// let period = Period::since(instant("2020-09-18T00:00:00Z")?);
/// for item in Register::default().calendar(period, Known::Best).items() {
///     for reach in &item.reaches {
///         println!("{} stores, {} acts", reach.stores.len(), reach.acts.len());
///     }
/// }
/// # Ok::<(), delisted::time::TimeError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Reach {
    /// What the law requires from the turn on.
    pub requirement: Requirement,
    /// Whether it requires that in a part of each territory only.
    pub in_part: bool,
    /// Whether what is required is declared not to be enforced.
    pub unenforced: bool,
    /// The stores.
    pub stores: BTreeSet<Store>,
    /// The territories.
    pub territories: BTreeSet<Territory>,
    /// The acts.
    pub acts: BTreeSet<Act>,
}

/// What became of the thing that causes a turn.
///
/// ```
/// assert_eq!(delisted::calendar::Happening::TakesEffect.as_str(), "takes_effect");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Happening {
    /// It comes into force, or happens.
    TakesEffect,
    /// What suspended it does so no longer, and it is in force again.
    Revives,
    /// An injunction or a stay suspends it.
    IsSuspended,
    /// It is put off, or waits.
    IsPutOff,
    /// It is over: expired, rescinded, vacated, reversed and so on.
    Ends,
    /// It bears on the matter no longer.
    Leaves,
    /// It is announced, and is not in force when its time comes.
    IsAnnounced,
    /// It holds back what is announced.
    HoldsBack,
    /// Nobody knows just when it took effect.
    IsOfUnknownTime,
}

impl Happening {
    /// The word in serialised answers.
    ///
    /// ```
    /// assert_eq!(delisted::calendar::Happening::HoldsBack.as_str(), "holds_back");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::TakesEffect => "takes_effect",
            Self::Revives => "revives",
            Self::IsSuspended => "is_suspended",
            Self::IsPutOff => "is_put_off",
            Self::Ends => "ends",
            Self::Leaves => "leaves",
            Self::IsAnnounced => "is_announced",
            Self::HoldsBack => "holds_back",
            Self::IsOfUnknownTime => "is_of_unknown_time",
        }
    }
}

/// An entry of the register that makes an item, and what happens to what it introduced.
///
/// ```
/// use delisted::{Register, time::{Known, Period, instant}};
///
/// let period = Period::since(instant("2020-09-18T00:00:00Z")?);
/// for item in Register::default().calendar(period, Known::Best).items() {
///     for cause in &item.causes {
///         println!("{} [{}]", cause.text, cause.citation);
///     }
/// }
/// # Ok::<(), delisted::time::TimeError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Cause {
    /// The entry.
    pub entry: EntryId,
    /// What became of it.
    pub happening: Happening,
    /// How it stands from then on; of what bears on the matter no longer, how it stood.
    pub status: GroundStatus,
    /// The clauses or other measures of the entry that it is about.
    #[cfg_attr(feature = "serde", serde(serialize_with = "super::json::measures"))]
    pub measures: BTreeSet<Measure>,
    /// The same in words.
    pub text: String,
    /// Where the official text is to be found.
    pub citation: Citation,
    /// The pages on which it was read.
    pub sources: Vec<String>,
    /// When it was learned.
    #[cfg_attr(feature = "serde", serde(serialize_with = "super::json::instant"))]
    pub recorded: DateTime<Utc>,
}

/// One item of a calendar: one cause, one direction, one app, one time, and all that shares them.
///
/// ```
/// use delisted::{Register, time::{Known, Period, instant}};
///
/// let period = Period::since(instant("2020-09-18T00:00:00Z")?);
/// for item in Register::default().calendar(period, Known::Best).items() {
///     println!("{}", item.sentence);
/// }
/// # Ok::<(), delisted::time::TimeError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Item {
    /// When.
    pub when: When,
    /// The app.
    pub app: AppId,
    /// The name that the app then had.
    pub app_name: String,
    /// What becomes due or free.
    pub direction: Direction,
    /// How sure it is.
    pub certainty: Certainty,
    /// Where, and for which acts.
    pub reaches: Vec<Reach>,
    /// Because of what, in a fixed order.
    pub causes: Vec<Cause>,
    /// The item in words.
    pub sentence: String,
}

impl Item {
    /// Whether something must be done by then: a turn that surely takes place and obliges.
    ///
    /// What is only expected, or only possible, is no deadline.
    ///
    /// ```
    /// use delisted::calendar::Item;
    ///
    /// fn due(items: &[Item]) -> impl Iterator<Item = &Item> {
    ///     items.iter().filter(|item| item.is_deadline())
    /// }
    /// assert_eq!(due(&[]).count(), 0);
    /// ```
    #[must_use]
    pub fn is_deadline(&self) -> bool {
        self.certainty == Certainty::Sure && self.direction.obliges()
    }

    /// The item in a few words: the app, and what becomes due or free.
    ///
    /// ```
    /// use delisted::{Register, time::{Known, Period, instant}};
    ///
    /// let period = Period::since(instant("2020-09-18T00:00:00Z")?);
    /// for item in Register::default().calendar(period, Known::Best).items() {
    ///     println!("{} {}", item.when, item.summary());
    /// }
    /// # Ok::<(), delisted::time::TimeError>(())
    /// ```
    #[must_use]
    pub fn summary(&self) -> String {
        super::wording::summary(self)
    }

    /// Every subject that shares the item, in order.
    ///
    /// ```
    /// use delisted::calendar::Item;
    ///
    /// fn is_about_someone(item: &Item) -> bool {
    ///     item.subjects().iter().all(|subject| *subject.app() == item.app)
    /// }
    /// # let _ = is_about_someone;
    /// ```
    #[must_use]
    pub fn subjects(&self) -> BTreeSet<Subject> {
        let mut found = BTreeSet::new();
        for reach in &self.reaches {
            for store in &reach.stores {
                for territory in &reach.territories {
                    for act in &reach.acts {
                        found.insert(Subject::new(self.app.clone(), store.clone(), territory.clone(), *act));
                    }
                }
            }
        }
        found
    }
}
