use std::{collections::BTreeSet, fmt};

use super::{Measure, Scope, Span};
use crate::{AppealId, OrganizationId, PartyId, ReliefId, Store};

/// What kind of remedy relief is.
///
/// ```
/// use delisted::law::ReliefKind;
///
/// assert!(ReliefKind::PreliminaryInjunction.enjoins());
/// assert!(!ReliefKind::StayPendingAppeal.enjoins());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum ReliefKind {
    /// A short order to hold things as they are; it lapses by itself.
    TemporaryRestrainingOrder,
    /// An injunction until final judgment.
    PreliminaryInjunction,
    /// An injunction by final judgment.
    PermanentInjunction,
    /// A brief stay while a court considers a motion.
    AdministrativeStay,
    /// A stay for as long as an appeal is pending.
    StayPendingAppeal,
    /// Any other stay or suspension.
    Stay,
    /// An authority's leave to do for a while what its order forbids: a trial, a licence, a grace.
    TemporaryPermission,
}

impl ReliefKind {
    /// Whether it binds persons, as injunctions do, rather than suspending a ruling, as stays and permissions do.
    ///
    /// ```
    /// assert!(delisted::law::ReliefKind::TemporaryRestrainingOrder.enjoins());
    /// ```
    #[must_use]
    pub const fn enjoins(self) -> bool {
        matches!(
            self,
            Self::TemporaryRestrainingOrder | Self::PreliminaryInjunction | Self::PermanentInjunction
        )
    }
}

impl fmt::Display for ReliefKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TemporaryRestrainingOrder => "temporary restraining order",
            Self::PreliminaryInjunction => "preliminary injunction",
            Self::PermanentInjunction => "permanent injunction",
            Self::AdministrativeStay => "administrative stay",
            Self::StayPendingAppeal => "stay pending appeal",
            Self::Stay => "stay",
            Self::TemporaryPermission => "temporary permission",
        })
    }
}

/// Whom relief protects.
///
/// ```
/// use delisted::law::Parties;
///
/// let users = Parties::only().person("wechat-users-alliance".parse()?);
/// assert_ne!(users, Parties::Everyone);
/// # Ok::<(), delisted::id::IdError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Parties {
    /// Everyone.
    #[default]
    Everyone,
    /// Those named only.
    Only {
        /// Organisations, for the apps that they own or publish, themselves or through those they control.
        organizations: BTreeSet<OrganizationId>,
        /// Stores, for what they offer.
        stores: BTreeSet<Store>,
        /// Persons and groups, for whom a question must then ask.
        persons: BTreeSet<PartyId>,
    },
}

impl Parties {
    /// Nobody yet; name those protected with the methods below.
    ///
    /// ```
    /// use delisted::{Store, law::Parties};
    ///
    /// assert_ne!(Parties::only().store(Store::APP_STORE), Parties::only());
    /// ```
    #[must_use]
    pub fn only() -> Self {
        Self::Only { organizations: BTreeSet::new(), stores: BTreeSet::new(), persons: BTreeSet::new() }
    }

    /// Protects an organisation too. Everyone stays everyone.
    ///
    /// ```
    /// use delisted::law::Parties;
    ///
    /// assert_ne!(Parties::only().organization("tiktok-inc".parse()?), Parties::only());
    /// # Ok::<(), delisted::id::IdError>(())
    /// ```
    #[must_use]
    pub fn organization(mut self, organization: OrganizationId) -> Self {
        if let Self::Only { organizations, .. } = &mut self {
            organizations.insert(organization);
        }
        self
    }

    /// Protects a store too. Everyone stays everyone.
    ///
    /// ```
    /// use delisted::{Store, law::Parties};
    ///
    /// assert_ne!(Parties::only().store(Store::APP_STORE), Parties::only());
    /// ```
    #[must_use]
    pub fn store(mut self, store: Store) -> Self {
        if let Self::Only { stores, .. } = &mut self {
            stores.insert(store);
        }
        self
    }

    /// Protects a person or group too. Everyone stays everyone.
    ///
    /// ```
    /// use delisted::law::Parties;
    ///
    /// assert_ne!(Parties::only().person("creators".parse()?), Parties::only());
    /// # Ok::<(), delisted::id::IdError>(())
    /// ```
    #[must_use]
    pub fn person(mut self, person: PartyId) -> Self {
        if let Self::Only { persons, .. } = &mut self {
            persons.insert(person);
        }
        self
    }
}

/// A remedy that suspends its targets, within its own scope and span.
///
/// The targets are instruments, clauses, endings, or other relief: a stay of an injunction revives the order
/// that was enjoined. Relief is not an ending: what it suspends is still there when it goes.
///
/// ```
/// use delisted::{InstrumentId, ReliefId, law::{Relief, ReliefKind}};
///
/// let injunction = Relief::new(
///     "injunction".parse()?,
///     ReliefKind::PreliminaryInjunction,
///     [InstrumentId::new("identification")?],
/// );
/// let stay = Relief::new("stay".parse()?, ReliefKind::StayPendingAppeal, [ReliefId::new("injunction")?])
///     .pending("ca9-20-16908".parse()?);
/// assert_eq!(injunction.against.len(), 1);
/// assert!(stay.pending.is_some());
/// # Ok::<(), delisted::id::IdError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relief {
    /// The relief's identifier.
    pub relief: ReliefId,
    /// What kind of remedy it is.
    pub kind: ReliefKind,
    /// What it suspends.
    pub against: BTreeSet<Measure>,
    /// How far it suspends it: within this scope only.
    pub scope: Scope,
    /// Whom it protects.
    pub protects: Parties,
    /// How long it lasts.
    pub span: Span,
    /// The appeal with which it ends.
    pub pending: Option<AppealId>,
}

impl Relief {
    /// Relief against the measures named, for everyone and in full.
    ///
    /// ```
    /// use delisted::{InstrumentId, law::{Parties, Relief, ReliefKind}};
    ///
    /// let stay = Relief::new("stay".parse()?, ReliefKind::Stay, [InstrumentId::new("order")?]);
    /// assert_eq!(stay.protects, Parties::Everyone);
    /// # Ok::<(), delisted::id::IdError>(())
    /// ```
    pub fn new<M: Into<Measure>>(
        relief: ReliefId,
        kind: ReliefKind,
        against: impl IntoIterator<Item = M>,
    ) -> Self {
        Self {
            relief,
            kind,
            against: against.into_iter().map(Into::into).collect(),
            scope: Scope::everything(),
            protects: Parties::Everyone,
            span: Span::default(),
            pending: None,
        }
    }

    /// The same within a scope only.
    ///
    /// ```
    /// use delisted::{Act, InstrumentId, law::{Relief, ReliefKind, Scope}};
    ///
    /// let partial = Relief::new("stay".parse()?, ReliefKind::Stay, [InstrumentId::new("order")?])
    ///     .within(Scope::everything().acts([Act::Download]));
    /// assert!(!partial.scope.acts.is_all());
    /// # Ok::<(), delisted::id::IdError>(())
    /// ```
    #[must_use]
    pub fn within(self, scope: Scope) -> Self {
        Self { scope, ..self }
    }

    /// The same for some parties only.
    ///
    /// ```
    /// use delisted::{InstrumentId, law::{Parties, Relief, ReliefKind}};
    ///
    /// let narrow = Relief::new("pi".parse()?, ReliefKind::PreliminaryInjunction, [InstrumentId::new("order")?])
    ///     .protecting(Parties::only().person("creators".parse()?));
    /// assert_ne!(narrow.protects, Parties::Everyone);
    /// # Ok::<(), delisted::id::IdError>(())
    /// ```
    #[must_use]
    pub fn protecting(self, protects: Parties) -> Self {
        Self { protects, ..self }
    }

    /// The same during the span that its text states.
    ///
    /// ```
    /// use delisted::{InstrumentId, law::{Relief, ReliefKind, Span}, time::{Dated, instant}};
    ///
    /// let end = Dated::from(instant("2020-10-03T00:00:00Z")?);
    /// let tro = Relief::new(
    ///     "tro".parse()?,
    ///     ReliefKind::TemporaryRestrainingOrder,
    ///     [InstrumentId::new("order")?],
    /// )
    /// .during(Span::until_end(end));
    /// assert!(tro.span.until().is_some());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn during(self, span: Span) -> Self {
        Self { span, ..self }
    }

    /// The same, ending with an appeal.
    ///
    /// ```
    /// use delisted::{ReliefId, law::{Relief, ReliefKind}};
    ///
    /// let stay = Relief::new("stay".parse()?, ReliefKind::StayPendingAppeal, [ReliefId::new("pi")?])
    ///     .pending("ca9".parse()?);
    /// assert!(stay.pending.is_some());
    /// # Ok::<(), delisted::id::IdError>(())
    /// ```
    #[must_use]
    pub fn pending(self, appeal: AppealId) -> Self {
        Self { pending: Some(appeal), ..self }
    }
}
