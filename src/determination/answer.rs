use std::fmt;

use super::{Extent, Uncertainty};
use crate::{
    EntryId,
    law::{Citation, Manner, Measure, ReliefKind, Ruling},
};

/// What the law requires.
///
/// ```
/// use delisted::determination::Requirement;
///
/// assert_eq!(Requirement::Conflicting.to_string(), "conflicting");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
pub enum Requirement {
    /// Nothing in force speaks of it.
    Unrestricted,
    /// It must not happen.
    Prohibited,
    /// It must be offered.
    Compelled,
    /// It must not happen and must be offered: two live commands collide. Of a territory as a whole this is also
    /// said where one part prohibits what another compels; asking for the parts tells which.
    Conflicting,
}

impl Requirement {
    pub(super) fn of(prohibited: bool, compelled: bool) -> Self {
        match (prohibited, compelled) {
            (false, false) => Self::Unrestricted,
            (true, false) => Self::Prohibited,
            (false, true) => Self::Compelled,
            (true, true) => Self::Conflicting,
        }
    }
}

impl fmt::Display for Requirement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unrestricted => "unrestricted",
            Self::Prohibited => "prohibited",
            Self::Compelled => "compelled",
            Self::Conflicting => "conflicting",
        })
    }
}

/// How a ground stood at the instant asked about.
///
/// ```
/// use delisted::determination::GroundStatus;
///
/// assert_eq!(GroundStatus::InForce.as_str(), "in_force");
/// assert_eq!(GroundStatus::InForce.to_string(), "in force");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum GroundStatus {
    /// It applies.
    InForce,
    /// An injunction or a restraining order suspends it.
    Enjoined,
    /// A stay suspends it.
    Stayed,
    /// A temporary permission alone suspends it.
    Permitted,
    /// Its start is still to come, or its mandate.
    Pending,
    /// Its start was moved and is still to come.
    Postponed,
    /// It starts upon a condition that is not met.
    AwaitingCondition,
    /// Its time has run out.
    Expired,
    /// Its issuer took it back.
    Rescinded,
    /// A court set it aside.
    Vacated,
    /// A higher court decided the other way.
    Reversed,
    /// The court that granted it ended it.
    Dissolved,
    /// Another measure took its place.
    Superseded,
    /// Events left it without an object.
    Mooted,
    /// What it hangs on has ended.
    Fallen,
    /// It asks or recommends, and binds nobody.
    NotBinding,
    /// It reached the app once, and no longer does.
    LeftScope,
    /// An appeal that is not closed.
    Open,
    /// An appeal that is closed.
    Closed,
}

impl GroundStatus {
    /// All of them, in their order.
    ///
    /// ```
    /// use delisted::determination::GroundStatus;
    ///
    /// assert!(GroundStatus::ALL.contains(&GroundStatus::Enjoined));
    /// ```
    pub const ALL: [Self; 19] = [
        Self::InForce,
        Self::Enjoined,
        Self::Stayed,
        Self::Permitted,
        Self::Pending,
        Self::Postponed,
        Self::AwaitingCondition,
        Self::Expired,
        Self::Rescinded,
        Self::Vacated,
        Self::Reversed,
        Self::Dissolved,
        Self::Superseded,
        Self::Mooted,
        Self::Fallen,
        Self::NotBinding,
        Self::LeftScope,
        Self::Open,
        Self::Closed,
    ];

    /// The word in serialised answers.
    ///
    /// ```
    /// assert_eq!(delisted::determination::GroundStatus::AwaitingCondition.as_str(), "awaiting_condition");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::InForce => "in_force",
            Self::Enjoined => "enjoined",
            Self::Stayed => "stayed",
            Self::Permitted => "permitted",
            Self::Pending => "pending",
            Self::Postponed => "postponed",
            Self::AwaitingCondition => "awaiting_condition",
            Self::Expired => "expired",
            Self::Rescinded => "rescinded",
            Self::Vacated => "vacated",
            Self::Reversed => "reversed",
            Self::Dissolved => "dissolved",
            Self::Superseded => "superseded",
            Self::Mooted => "mooted",
            Self::Fallen => "fallen",
            Self::NotBinding => "not_binding",
            Self::LeftScope => "left_scope",
            Self::Open => "open",
            Self::Closed => "closed",
        }
    }

    /// Whether relief suspends it, of whatever kind.
    ///
    /// ```
    /// use delisted::determination::GroundStatus;
    ///
    /// assert!(GroundStatus::Permitted.is_suspended());
    /// assert!(!GroundStatus::Pending.is_suspended());
    /// ```
    #[must_use]
    pub const fn is_suspended(self) -> bool {
        matches!(self, Self::Enjoined | Self::Stayed | Self::Permitted)
    }
}

impl From<ReliefKind> for GroundStatus {
    /// How a measure stands that such relief suspends.
    fn from(kind: ReliefKind) -> Self {
        match kind {
            kind if kind.enjoins() => Self::Enjoined,
            ReliefKind::TemporaryPermission => Self::Permitted,
            _ => Self::Stayed,
        }
    }
}

impl From<Manner> for GroundStatus {
    fn from(manner: Manner) -> Self {
        match manner {
            Manner::Rescinded => Self::Rescinded,
            Manner::Vacated => Self::Vacated,
            Manner::Reversed => Self::Reversed,
            Manner::Dissolved => Self::Dissolved,
            Manner::Superseded => Self::Superseded,
            Manner::Mooted => Self::Mooted,
        }
    }
}

impl fmt::Display for GroundStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.as_str().replace('_', " "))
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for GroundStatus {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// What a ground does to the answer.
///
/// ```
/// use delisted::determination::Role;
///
/// assert!(Role::Prohibits.commands());
/// assert!(!Role::Suspends.commands());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Role {
    /// A clause that prohibits the act.
    Prohibits,
    /// A clause that compels the act.
    Compels,
    /// A clause of a non-binding act, which asks that the act not happen.
    AsksAgainst,
    /// A clause of a non-binding act, which asks that the act be offered.
    AsksFor,
    /// An instrument about the app that commands nothing by itself.
    Concerns,
    /// The instrument of a clause, or the one that an instrument hangs on.
    Carries,
    /// Relief.
    Suspends,
    /// An ending.
    Ends,
    /// A start or end that was moved.
    Moves,
    /// A condition that was met.
    Meets,
    /// A declaration not to enforce.
    Forbears,
    /// An appeal.
    Reviews,
    /// A mandate, or a judgment that ends nothing.
    Decides,
    /// A fact of the market by which a text reaches the app, or no longer does.
    Reaches,
    /// Something that changes nothing in force.
    Notes,
}

impl Role {
    /// Whether it is a clause of a binding instrument.
    ///
    /// ```
    /// assert!(delisted::determination::Role::Compels.commands());
    /// ```
    #[must_use]
    pub const fn commands(self) -> bool {
        matches!(self, Self::Prohibits | Self::Compels)
    }

    /// Whether it is a clause, binding or not: it commands or asks.
    ///
    /// ```
    /// assert!(delisted::determination::Role::AsksAgainst.is_clause());
    /// ```
    #[must_use]
    pub const fn is_clause(self) -> bool {
        matches!(self, Self::Prohibits | Self::Compels | Self::AsksAgainst | Self::AsksFor)
    }
}

/// One entry on which an answer rests, and how it stood.
///
/// ```
/// use delisted::{Act, Register, Store, Subject, time::instant};
///
/// let register = Register::default();
/// let subject = Subject::new("wechat".parse()?, Store::APP_STORE, "US".parse()?, Act::Download);
/// let answer = register.determine(&subject, instant("2020-09-22T00:00:00Z")?);
/// for ground in answer.grounds() {
///     println!("{} ({}): {}", ground.entry(), ground.status(), ground.citation());
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ground {
    pub(super) entry: EntryId,
    pub(super) measure: Option<Measure>,
    pub(super) role: Role,
    pub(super) status: GroundStatus,
    pub(super) in_part: bool,
    pub(super) citation: Citation,
}

impl Ground {
    /// The entry of the register.
    ///
    /// ```
    /// use delisted::{Register, law::*, market::*, register::*, time::instant};
    ///
    /// let (mut register, day) = (Register::default(), instant("2020-06-29T00:00:00Z")?);
    /// # let (authority, kind, jurisdiction) = ("it".parse()?, AuthorityKind::Agency, "IN".parse()?);
    /// # register.declare(Declaration::Authority(AuthorityDeclared { authority, name: "IT".into(), kind, jurisdiction }))?;
    /// let clause = Restriction::new("1".parse()?, Directive::Prohibit, Scope::everything());
    /// let decree = Instrument::new("decree".parse()?, InstrumentKind::Decree, "Decree").with_clause(clause);
    /// let entry = Entry::build("issued".parse()?, Event::InstrumentIssued(decree)).by("it".parse()?).entered(day);
    /// register.append(entry.recorded(day).citation("Decree 1").source("https://example.org").finish()?)?;
    /// let subject = Subject::new("tiktok".parse()?, Store::APP_STORE, "IN".parse()?, Act::Download);
    /// let answer = register.determine(&subject, day);
    /// assert_eq!(answer.grounds()[0].entry().as_str(), "issued");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn entry(&self) -> &EntryId {
        &self.entry
    }

    /// The instrument, clause, relief, ending or forbearance that it introduced, where it did.
    ///
    /// ```
    /// use delisted::{Register, law::*, market::*, register::*, time::instant};
    ///
    /// let (mut register, day) = (Register::default(), instant("2020-06-29T00:00:00Z")?);
    /// # let (authority, kind, jurisdiction) = ("it".parse()?, AuthorityKind::Agency, "IN".parse()?);
    /// # register.declare(Declaration::Authority(AuthorityDeclared { authority, name: "IT".into(), kind, jurisdiction }))?;
    /// let clause = Restriction::new("1".parse()?, Directive::Prohibit, Scope::everything());
    /// let decree = Instrument::new("decree".parse()?, InstrumentKind::Decree, "Decree").with_clause(clause);
    /// let entry = Entry::build("issued".parse()?, Event::InstrumentIssued(decree)).by("it".parse()?).entered(day);
    /// register.append(entry.recorded(day).citation("Decree 1").source("https://example.org").finish()?)?;
    /// let subject = Subject::new("tiktok".parse()?, Store::APP_STORE, "IN".parse()?, Act::Download);
    /// let answer = register.determine(&subject, day);
    /// assert_eq!(answer.grounds()[0].measure().map(ToString::to_string), Some("decree/1".into()));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn measure(&self) -> Option<&Measure> {
        self.measure.as_ref()
    }

    /// What it does to the answer.
    ///
    /// ```
    /// use delisted::{Register, determination::Role, law::*, market::*, register::*, time::instant};
    ///
    /// let (mut register, day) = (Register::default(), instant("2020-06-29T00:00:00Z")?);
    /// # let (authority, kind, jurisdiction) = ("it".parse()?, AuthorityKind::Agency, "IN".parse()?);
    /// # register.declare(Declaration::Authority(AuthorityDeclared { authority, name: "IT".into(), kind, jurisdiction }))?;
    /// let clause = Restriction::new("1".parse()?, Directive::Prohibit, Scope::everything());
    /// let decree = Instrument::new("decree".parse()?, InstrumentKind::Decree, "Decree").with_clause(clause);
    /// let entry = Entry::build("issued".parse()?, Event::InstrumentIssued(decree)).by("it".parse()?).entered(day);
    /// register.append(entry.recorded(day).citation("Decree 1").source("https://example.org").finish()?)?;
    /// let subject = Subject::new("tiktok".parse()?, Store::APP_STORE, "IN".parse()?, Act::Download);
    /// let answer = register.determine(&subject, day);
    /// assert_eq!(answer.grounds()[0].role(), Role::Prohibits);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn role(&self) -> Role {
        self.role
    }

    /// How it stood.
    ///
    /// ```
    /// use delisted::{Register, determination::GroundStatus, law::*, market::*, register::*, time::instant};
    ///
    /// let (mut register, day) = (Register::default(), instant("2020-06-29T00:00:00Z")?);
    /// # let (authority, kind, jurisdiction) = ("it".parse()?, AuthorityKind::Agency, "IN".parse()?);
    /// # register.declare(Declaration::Authority(AuthorityDeclared { authority, name: "IT".into(), kind, jurisdiction }))?;
    /// let clause = Restriction::new("1".parse()?, Directive::Prohibit, Scope::everything());
    /// let decree = Instrument::new("decree".parse()?, InstrumentKind::Decree, "Decree").with_clause(clause);
    /// let entry = Entry::build("issued".parse()?, Event::InstrumentIssued(decree)).by("it".parse()?).entered(day);
    /// register.append(entry.recorded(day).citation("Decree 1").source("https://example.org").finish()?)?;
    /// let subject = Subject::new("tiktok".parse()?, Store::APP_STORE, "IN".parse()?, Act::Download);
    /// let answer = register.determine(&subject, day);
    /// assert_eq!(answer.grounds()[0].status(), GroundStatus::InForce);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn status(&self) -> GroundStatus {
        self.status
    }

    /// Whether it stood so in a part of the territory only.
    ///
    /// ```
    /// use delisted::{Register, law::*, market::*, register::*, time::instant};
    ///
    /// let (mut register, day) = (Register::default(), instant("2020-06-29T00:00:00Z")?);
    /// # let (authority, kind, jurisdiction) = ("it".parse()?, AuthorityKind::Agency, "IN".parse()?);
    /// # register.declare(Declaration::Authority(AuthorityDeclared { authority, name: "IT".into(), kind, jurisdiction }))?;
    /// let delhi = Scope::everything().territories(["IN-DL".parse()?]);
    /// let clause = Restriction::new("1".parse()?, Directive::Prohibit, delhi);
    /// let decree = Instrument::new("decree".parse()?, InstrumentKind::Decree, "Decree").with_clause(clause);
    /// let entry = Entry::build("issued".parse()?, Event::InstrumentIssued(decree)).by("it".parse()?).entered(day);
    /// register.append(entry.recorded(day).citation("Decree 1").source("https://example.org").finish()?)?;
    /// let subject = Subject::new("tiktok".parse()?, Store::APP_STORE, "IN".parse()?, Act::Download);
    /// assert!(register.determine(&subject, day).grounds()[0].in_part());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn in_part(&self) -> bool {
        self.in_part
    }

    /// Where its official text is to be found.
    ///
    /// ```
    /// use delisted::{Register, law::*, market::*, register::*, time::instant};
    ///
    /// let (mut register, day) = (Register::default(), instant("2020-06-29T00:00:00Z")?);
    /// # let (authority, kind, jurisdiction) = ("it".parse()?, AuthorityKind::Agency, "IN".parse()?);
    /// # register.declare(Declaration::Authority(AuthorityDeclared { authority, name: "IT".into(), kind, jurisdiction }))?;
    /// let clause = Restriction::new("1".parse()?, Directive::Prohibit, Scope::everything());
    /// let decree = Instrument::new("decree".parse()?, InstrumentKind::Decree, "Decree").with_clause(clause);
    /// let entry = Entry::build("issued".parse()?, Event::InstrumentIssued(decree)).by("it".parse()?).entered(day);
    /// register.append(entry.recorded(day).citation("Decree 1").source("https://example.org").finish()?)?;
    /// let subject = Subject::new("tiktok".parse()?, Store::APP_STORE, "IN".parse()?, Act::Download);
    /// let answer = register.determine(&subject, day);
    /// assert_eq!(answer.grounds()[0].citation().as_str(), "Decree 1");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn citation(&self) -> &Citation {
        &self.citation
    }
}

/// What the law requires of a subject at an instant, on what grounds, and with what marks.
///
/// The grounds suffice: a register of these entries, and of what they are aimed at, gives the same answer. They are not always
/// necessary, since two orders may prohibit the same thing. Their order is fixed: the clauses that reach the
/// subject, binding ones first, by the time of their effect, then their entry's date, then its identifier; behind
/// each clause what bears on it; last what concerns the app and commands nothing. Nothing stands there twice.
///
/// ```
/// use delisted::{Act, Register, Store, Subject, time::instant};
///
/// let register = Register::default();
/// let subject = Subject::new("wechat".parse()?, Store::APP_STORE, "US".parse()?, Act::Download);
/// let answer = register.determine(&subject, instant("2020-09-22T00:00:00Z")?);
/// assert!(!answer.is_unenforced() && !answer.is_in_part() && !answer.is_under_appeal());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Determination {
    pub(super) requirement: Requirement,
    pub(super) prohibited: Extent,
    pub(super) compelled: Extent,
    pub(super) unenforced: bool,
    pub(super) in_part: bool,
    pub(super) under_appeal: Option<Ruling>,
    pub(super) suspended: bool,
    pub(super) grounds: Vec<Ground>,
    pub(super) uncertainty: Option<Uncertainty>,
}

impl Determination {
    /// What the law requires. Where only a part of the territory is affected, that is said by
    /// [`is_in_part`](Self::is_in_part).
    ///
    /// ```
    /// use delisted::{Act, Register, Store, Subject, determination::Requirement, time::instant};
    ///
    /// let subject = Subject::new("wechat".parse()?, Store::APP_STORE, "US".parse()?, Act::Download);
    /// let answer = Register::default().determine(&subject, instant("2020-09-22T00:00:00Z")?);
    /// assert_eq!(answer.requirement(), Requirement::Unrestricted);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn requirement(&self) -> Requirement {
        self.requirement
    }

    /// What else the answer could be, where it turns on a time that is known only within bounds.
    ///
    /// The answer itself takes every such time at its latest: it says what had surely happened.
    ///
    /// ```
    /// use delisted::{Act, Register, Store, Subject, time::instant};
    ///
    /// let subject = Subject::new("wechat".parse()?, Store::APP_STORE, "US".parse()?, Act::Download);
    /// let answer = Register::default().determine(&subject, instant("2020-09-22T00:00:00Z")?);
    /// assert_eq!(answer.uncertainty(), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn uncertainty(&self) -> Option<&Uncertainty> {
        self.uncertainty.as_ref()
    }

    /// What the answer rests on, in a fixed order.
    ///
    /// ```
    /// use delisted::{Act, Register, Store, Subject, time::instant};
    ///
    /// let subject = Subject::new("wechat".parse()?, Store::APP_STORE, "US".parse()?, Act::Download);
    /// let answer = Register::default().determine(&subject, instant("2020-09-22T00:00:00Z")?);
    /// assert!(answer.grounds().is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn grounds(&self) -> &[Ground] {
        &self.grounds
    }

    /// Whether all that makes the requirement is declared not to be enforced. It is in force all the same.
    ///
    /// ```
    /// use delisted::{Act, Register, Store, Subject, time::instant};
    ///
    /// let subject = Subject::new("wechat".parse()?, Store::APP_STORE, "US".parse()?, Act::Download);
    /// let answer = Register::default().determine(&subject, instant("2020-09-22T00:00:00Z")?);
    /// assert!(!answer.is_unenforced());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn is_unenforced(&self) -> bool {
        self.unenforced
    }

    /// Whether the requirement holds in a part of the territory only.
    ///
    /// ```
    /// use delisted::{Register, law::*, market::*, register::*, time::instant};
    ///
    /// let (mut register, day) = (Register::default(), instant("2020-06-29T00:00:00Z")?);
    /// # let (authority, kind, jurisdiction) = ("it".parse()?, AuthorityKind::Agency, "IN".parse()?);
    /// # register.declare(Declaration::Authority(AuthorityDeclared { authority, name: "IT".into(), kind, jurisdiction }))?;
    /// let delhi = Scope::everything().territories(["IN-DL".parse()?]);
    /// let clause = Restriction::new("1".parse()?, Directive::Prohibit, delhi);
    /// let decree = Instrument::new("decree".parse()?, InstrumentKind::Decree, "Decree").with_clause(clause);
    /// let entry = Entry::build("issued".parse()?, Event::InstrumentIssued(decree)).by("it".parse()?).entered(day);
    /// register.append(entry.recorded(day).citation("Decree 1").source("https://example.org").finish()?)?;
    /// let subject = Subject::new("tiktok".parse()?, Store::APP_STORE, "IN".parse()?, Act::Download);
    /// assert!(register.determine(&subject, day).is_in_part());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn is_in_part(&self) -> bool {
        self.in_part
    }

    /// Whether an appeal is open that could change the answer.
    ///
    /// ```
    /// use delisted::{Act, Register, Store, Subject, time::instant};
    ///
    /// let subject = Subject::new("wechat".parse()?, Store::APP_STORE, "US".parse()?, Act::Download);
    /// let answer = Register::default().determine(&subject, instant("2020-09-22T00:00:00Z")?);
    /// assert!(!answer.is_under_appeal());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn is_under_appeal(&self) -> bool {
        self.under_appeal.is_some()
    }

    /// The ruling under appeal; of several, the first in alphabetical order.
    ///
    /// ```
    /// use delisted::{Act, Register, Store, Subject, time::instant};
    ///
    /// let subject = Subject::new("wechat".parse()?, Store::APP_STORE, "US".parse()?, Act::Download);
    /// let answer = Register::default().determine(&subject, instant("2020-09-22T00:00:00Z")?);
    /// assert_eq!(answer.under_appeal(), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn under_appeal(&self) -> Option<&Ruling> {
        self.under_appeal.as_ref()
    }

    /// Whether relief suspends a prohibition, somewhere in the territory, that would otherwise bind or come to.
    ///
    /// ```
    /// use delisted::{Act, Register, Store, Subject, time::instant};
    ///
    /// let subject = Subject::new("wechat".parse()?, Store::APP_STORE, "US".parse()?, Act::Download);
    /// let answer = Register::default().determine(&subject, instant("2020-09-22T00:00:00Z")?);
    /// assert!(!answer.is_suspended());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn is_suspended(&self) -> bool {
        self.suspended
    }
}
