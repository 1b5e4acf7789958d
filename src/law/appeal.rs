use std::{collections::BTreeSet, fmt};

use super::{Manner, Measure, Scope};
use crate::{AppealId, EndingId, EntryId};

/// What an appeal asks to have reviewed.
///
/// ```
/// use delisted::{ReliefId, law::Ruling};
///
/// let ruling = Ruling::from(ReliefId::new("injunction")?);
/// assert_eq!(ruling.to_string(), "injunction");
/// # Ok::<(), delisted::id::IdError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ruling {
    /// An order, relief, or an ending.
    Measure(Measure),
    /// A refusal of relief, by the entry that records it.
    Refusal(EntryId),
}

impl<M: Into<Measure>> From<M> for Ruling {
    fn from(measure: M) -> Self {
        Self::Measure(measure.into())
    }
}

impl fmt::Display for Ruling {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Measure(measure) => measure.fmt(f),
            Self::Refusal(entry) => entry.fmt(f),
        }
    }
}

/// Review sought of rulings in a higher court.
///
/// An appeal changes nothing in force. It marks answers that rest on what is under review, and a stay
/// pending it ends with it.
///
/// ```
/// use delisted::{ReliefId, law::Appeal};
///
/// let appeal = Appeal::new("ca9-20-16908".parse()?, [ReliefId::new("injunction")?]);
/// assert_eq!(appeal.of.len(), 1);
/// # Ok::<(), delisted::id::IdError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appeal {
    /// The appeal's identifier.
    pub appeal: AppealId,
    /// The rulings under review.
    pub of: BTreeSet<Ruling>,
    /// How far it goes: where one of many that an order reaches appeals, for that one only.
    pub scope: Scope,
}

impl Appeal {
    /// An appeal of the rulings named.
    ///
    /// ```
    /// use delisted::{InstrumentId, law::Appeal};
    ///
    /// let appeal = Appeal::new("sc".parse()?, [InstrumentId::new("decree")?]);
    /// assert_eq!(appeal.appeal.as_str(), "sc");
    /// # Ok::<(), delisted::id::IdError>(())
    /// ```
    pub fn new<R: Into<Ruling>>(appeal: AppealId, of: impl IntoIterator<Item = R>) -> Self {
        Self { appeal, of: of.into_iter().map(Into::into).collect(), scope: Scope::everything() }
    }

    /// The same within a scope only: what lies outside is not under review.
    ///
    /// ```
    /// use delisted::{InstrumentId, law::{Appeal, Scope}};
    ///
    /// let appeal = Appeal::new("sc".parse()?, [InstrumentId::new("decree")?]).within(Scope::app("le-vpn".parse()?));
    /// assert!(!appeal.scope.apps.is_all());
    /// # Ok::<(), delisted::id::IdError>(())
    /// ```
    #[must_use]
    pub fn within(self, scope: Scope) -> Self {
        Self { scope, ..self }
    }
}

/// What a higher court did with one ruling, or with a part of it.
///
/// ```
/// use delisted::law::{Disposition, Manner};
///
/// assert_eq!(Disposition::Reversed.ends(), Some(Manner::Reversed));
/// assert_eq!(Disposition::Remanded.ends(), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Disposition {
    /// The ruling stands.
    Affirmed,
    /// The ruling falls: the other way would have been right.
    Reversed,
    /// The ruling is set aside.
    Vacated,
    /// The case goes back; the ruling stands meanwhile unless it is vacated too.
    Remanded,
    /// The appeal is not decided.
    Dismissed,
}

impl Disposition {
    /// How the ruling ends by it, if it does.
    ///
    /// ```
    /// assert_eq!(delisted::law::Disposition::Affirmed.ends(), None);
    /// ```
    #[must_use]
    pub const fn ends(self) -> Option<Manner> {
        match self {
            Self::Reversed => Some(Manner::Reversed),
            Self::Vacated => Some(Manner::Vacated),
            Self::Affirmed | Self::Remanded | Self::Dismissed => None,
        }
    }
}

impl fmt::Display for Disposition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Affirmed => "affirmed",
            Self::Reversed => "reversed",
            Self::Vacated => "vacated",
            Self::Remanded => "remanded",
            Self::Dismissed => "dismissed",
        })
    }
}

/// When a judgment bites.
///
/// ```
/// assert_eq!(delisted::law::MandateTerm::default(), delisted::law::MandateTerm::Awaited);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum MandateTerm {
    /// With its mandate, which a later entry records; until then nothing changes.
    #[default]
    Awaited,
    /// At once.
    Immediate,
}

/// What a judgment did with one ruling under review, or with a part of it.
///
/// ```
/// use delisted::{ReliefId, law::{Disposition, Ruled}};
///
/// let ruled = Ruled::new(ReliefId::new("injunction")?, Disposition::Affirmed);
/// assert_eq!(ruled.disposition, Disposition::Affirmed);
/// # Ok::<(), delisted::id::IdError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ruled {
    /// The ruling, or a clause of the instrument under review.
    pub ruling: Ruling,
    /// What was done with it.
    pub disposition: Disposition,
    /// How far: within this scope only.
    pub scope: Scope,
}

impl Ruled {
    /// A disposition of a whole ruling.
    ///
    /// ```
    /// use delisted::{ReliefId, law::{Disposition, Ruled}};
    ///
    /// assert!(Ruled::new(ReliefId::new("pi")?, Disposition::Vacated).scope.acts.is_all());
    /// # Ok::<(), delisted::id::IdError>(())
    /// ```
    pub fn new(ruling: impl Into<Ruling>, disposition: Disposition) -> Self {
        Self { ruling: ruling.into(), disposition, scope: Scope::everything() }
    }

    /// The same for a part of the ruling.
    ///
    /// ```
    /// use delisted::{Act, ReliefId, law::{Disposition, Ruled, Scope}};
    ///
    /// let part = Ruled::new(ReliefId::new("pi")?, Disposition::Reversed)
    ///     .within(Scope::everything().acts([Act::Hosting]));
    /// assert!(!part.scope.acts.is_all());
    /// # Ok::<(), delisted::id::IdError>(())
    /// ```
    #[must_use]
    pub fn within(self, scope: Scope) -> Self {
        Self { scope, ..self }
    }
}

/// The decision of an appeal: one disposition per ruling, or per part of one.
///
/// A judgment bites with its mandate, not with the opinion. It closes its appeal when it bites. As it may
/// end a ruling, it is a ruling itself, which can be stayed or reversed further up.
///
/// ```
/// use delisted::{ReliefId, law::{Disposition, Judgment, Ruled}};
///
/// let judgment = Judgment::new("ca9-judgment".parse()?, "ca9-20-16908".parse()?)
///     .ruling(Ruled::new(ReliefId::new("injunction")?, Disposition::Reversed));
/// assert_eq!(judgment.dispositions.len(), 1);
/// # Ok::<(), delisted::id::IdError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgment {
    /// The judgment's identifier, as an ending of what it reverses or vacates.
    pub judgment: EndingId,
    /// The appeal that it decides.
    pub appeal: AppealId,
    /// What it did with each ruling.
    pub dispositions: Vec<Ruled>,
    /// When it bites.
    pub mandate: MandateTerm,
}

impl Judgment {
    /// A judgment that bites with its mandate, without dispositions yet.
    ///
    /// ```
    /// use delisted::law::{Judgment, MandateTerm};
    ///
    /// let judgment = Judgment::new("judgment".parse()?, "ca9".parse()?);
    /// assert_eq!(judgment.mandate, MandateTerm::Awaited);
    /// # Ok::<(), delisted::id::IdError>(())
    /// ```
    #[must_use]
    pub fn new(judgment: EndingId, appeal: AppealId) -> Self {
        Self { judgment, appeal, dispositions: vec![], mandate: MandateTerm::Awaited }
    }

    /// The same with one more disposition.
    ///
    /// ```
    /// use delisted::{ReliefId, law::{Disposition, Judgment, Ruled}};
    ///
    /// let judgment = Judgment::new("judgment".parse()?, "ca9".parse()?)
    ///     .ruling(Ruled::new(ReliefId::new("pi")?, Disposition::Affirmed));
    /// assert_eq!(judgment.dispositions.len(), 1);
    /// # Ok::<(), delisted::id::IdError>(())
    /// ```
    #[must_use]
    pub fn ruling(mut self, ruled: Ruled) -> Self {
        self.dispositions.push(ruled);
        self
    }

    /// The same, biting at once.
    ///
    /// ```
    /// use delisted::law::{Judgment, MandateTerm};
    ///
    /// let judgment = Judgment::new("judgment".parse()?, "sc".parse()?).at_once();
    /// assert_eq!(judgment.mandate, MandateTerm::Immediate);
    /// # Ok::<(), delisted::id::IdError>(())
    /// ```
    #[must_use]
    pub fn at_once(self) -> Self {
        Self { mandate: MandateTerm::Immediate, ..self }
    }
}
