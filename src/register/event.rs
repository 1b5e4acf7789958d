use std::{collections::BTreeSet, fmt};

use super::Holdings;
use crate::{
    AppId, AppealId, CategoryId, ConditionId, EntryId, InstrumentId, OrganizationId, Store,
    law::{
        Appeal, Bound, Ending, Forbearance, Instrument, Judgment, Measure, Relief, ReliefKind, Restriction,
        Scope, Span,
    },
    market::ListingId,
};

/// What an entry says.
///
/// Events are facts in the past tense. Four of them change nothing in force, however loudly they are
/// reported: an appeal announced, a motion filed, relief refused, a proceeding noted.
///
/// ```
/// use delisted::{InstrumentId, register::Event, law::Measure};
///
/// let announced = Event::AppealAnnounced { of: [Measure::from(InstrumentId::new("order")?)].into() };
/// assert_eq!(announced.to_string(), "appeal-announced");
/// # Ok::<(), delisted::id::IdError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Event {
    /// A statute, an order, a decree or a non-binding act was issued.
    InstrumentIssued(Instrument),
    /// A clause was added to an instrument.
    RestrictionAdded {
        /// The instrument.
        instrument: InstrumentId,
        /// The clause.
        restriction: Restriction,
    },
    /// An injunction or a stay was granted.
    ReliefGranted(Relief),
    /// Measures were ended.
    MeasureEnded(Ending),
    /// The start of a measure was postponed or brought forward.
    StartMoved {
        /// The measure: an instrument, a clause, relief or forbearance.
        measure: Measure,
        /// Its new start.
        from: Bound,
    },
    /// The end of a measure was extended, brought forward or taken away.
    EndMoved {
        /// The measure: an instrument, a clause, relief or forbearance.
        measure: Measure,
        /// Its new end, or nothing where it is to last until something ends it.
        until: Option<Bound>,
    },
    /// A condition was met.
    ConditionMet {
        /// The condition.
        condition: ConditionId,
        /// For what it was met.
        scope: Scope,
    },
    /// Non-enforcement was declared.
    EnforcementForborne(Forbearance),
    /// An appeal was noticed.
    AppealNoticed(Appeal),
    /// An appeal was decided; the judgment bites with its mandate.
    AppealDecided(Judgment),
    /// The mandate of a decided appeal was issued.
    MandateIssued {
        /// The appeal.
        appeal: AppealId,
    },
    /// Somebody said that they would appeal. Changes nothing in force.
    AppealAnnounced {
        /// What they would appeal.
        of: BTreeSet<Measure>,
    },
    /// Somebody asked for relief. Changes nothing in force.
    MotionFiled {
        /// The relief asked for.
        seeks: ReliefKind,
        /// What it would suspend.
        against: BTreeSet<Measure>,
    },
    /// Relief was refused. Changes nothing in force.
    ReliefRefused {
        /// The relief refused.
        kind: ReliefKind,
        /// What it would have suspended.
        against: BTreeSet<Measure>,
    },
    /// Anything else that a reader of the case should know. Changes nothing in force.
    ProceedingNoted {
        /// What it concerns.
        about: BTreeSet<Measure>,
        /// What happened.
        what: String,
    },
    /// An app or an organisation passed to another owner, to several in parts, or to none.
    ControlTransferred {
        /// What passed.
        of: Controlled,
        /// Who owns it from then on; nobody else does but those whom it leaves unnamed.
        to: Holdings,
    },
    /// An app got another publisher, in one store or in all.
    PublisherChanged {
        /// The app.
        app: AppId,
        /// The store, or nothing for every store.
        store: Option<Store>,
        /// The publisher from then on.
        to: OrganizationId,
    },
    /// An app got another name.
    AppRenamed {
        /// The app.
        app: AppId,
        /// The name from then on.
        name: String,
    },
    /// An app came back as another app.
    AppSucceeded {
        /// The app that went.
        app: AppId,
        /// The app that came.
        by: AppId,
    },
    /// An app came to belong to a class.
    CategoryJoined {
        /// The app.
        app: AppId,
        /// The class.
        category: CategoryId,
    },
    /// An app ceased to belong to a class.
    CategoryLeft {
        /// The app.
        app: AppId,
        /// The class.
        category: CategoryId,
    },
    /// A store gave an app an id of its own: a number, a package name.
    ListingAssigned {
        /// The app.
        app: AppId,
        /// The store.
        store: Store,
        /// The store's id for the app, from then on.
        listing: ListingId,
    },
    /// A store's id no longer stands for an app, and may be given anew. That the app is gone from view does not retire it.
    ListingRetired {
        /// The store.
        store: Store,
        /// The store's id.
        listing: ListingId,
    },
    /// An earlier entry was a mistake. It changes what is known from now on, never what was known before.
    EntryRetracted {
        /// The entry.
        entry: EntryId,
    },
}

/// An app or an organisation, as something that an organisation can control.
///
/// ```
/// use delisted::register::Controlled;
///
/// assert_eq!(Controlled::App("tiktok".parse()?).to_string(), "app `tiktok`");
/// # Ok::<(), delisted::id::IdError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Controlled {
    /// An app.
    App(AppId),
    /// An organisation.
    Organization(OrganizationId),
}

impl fmt::Display for Controlled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::App(app) => write!(f, "app `{app}`"),
            Self::Organization(organization) => write!(f, "organization `{organization}`"),
        }
    }
}

impl Event {
    /// The word for the event in files.
    ///
    /// ```
    /// use delisted::register::Event;
    ///
    /// assert_eq!(Event::MandateIssued { appeal: "ca9".parse()? }.as_str(), "mandate-issued");
    /// # Ok::<(), delisted::id::IdError>(())
    /// ```
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::InstrumentIssued(_) => "instrument-issued",
            Self::RestrictionAdded { .. } => "restriction-added",
            Self::ReliefGranted(_) => "relief-granted",
            Self::MeasureEnded(_) => "measure-ended",
            Self::StartMoved { .. } => "start-moved",
            Self::EndMoved { .. } => "end-moved",
            Self::ConditionMet { .. } => "condition-met",
            Self::EnforcementForborne(_) => "enforcement-forborne",
            Self::AppealNoticed(_) => "appeal-noticed",
            Self::AppealDecided(_) => "appeal-decided",
            Self::MandateIssued { .. } => "mandate-issued",
            Self::AppealAnnounced { .. } => "appeal-announced",
            Self::MotionFiled { .. } => "motion-filed",
            Self::ReliefRefused { .. } => "relief-refused",
            Self::ProceedingNoted { .. } => "proceeding-noted",
            Self::ControlTransferred { .. } => "control-transferred",
            Self::PublisherChanged { .. } => "publisher-changed",
            Self::AppRenamed { .. } => "app-renamed",
            Self::AppSucceeded { .. } => "app-succeeded",
            Self::CategoryJoined { .. } => "category-joined",
            Self::CategoryLeft { .. } => "category-left",
            Self::ListingAssigned { .. } => "listing-assigned",
            Self::ListingRetired { .. } => "listing-retired",
            Self::EntryRetracted { .. } => "entry-retracted",
        }
    }

    /// The instrument, relief, ending or forbearance that the event introduces, clauses of instruments aside.
    pub(crate) fn introduces(&self) -> Option<Measure> {
        match self {
            Self::InstrumentIssued(it) => Some(it.instrument.clone().into()),
            Self::ReliefGranted(it) => Some(it.relief.clone().into()),
            Self::MeasureEnded(it) => Some(it.ending.clone().into()),
            Self::AppealDecided(it) => Some(it.judgment.clone().into()),
            Self::EnforcementForborne(it) => Some(it.forbearance.clone().into()),
            _ => None,
        }
    }

    /// The clauses that the event introduces, with their instrument.
    pub(crate) fn clauses(&self) -> Option<(&InstrumentId, &[Restriction])> {
        match self {
            Self::InstrumentIssued(it) => Some((&it.instrument, &it.clauses)),
            Self::RestrictionAdded { instrument, restriction } => {
                Some((instrument, std::slice::from_ref(restriction)))
            }
            _ => None,
        }
    }

    /// The spans that the event states, its own first.
    pub(crate) fn spans(&self) -> Vec<&Span> {
        let clauses = self.clauses().map(|(_, clauses)| clauses).unwrap_or_default();
        self.span().into_iter().chain(clauses.iter().map(|clause| &clause.span)).collect()
    }

    /// The span of the instrument, relief or forbearance that the event introduces.
    pub(crate) fn span(&self) -> Option<&Span> {
        match self {
            Self::InstrumentIssued(it) => Some(&it.span),
            Self::ReliefGranted(it) => Some(&it.span),
            Self::EnforcementForborne(it) => Some(&it.span),
            _ => None,
        }
    }

    /// The scopes that the event states.
    pub(crate) fn scopes(&self) -> Vec<&Scope> {
        let own: Vec<&Scope> = match self {
            Self::InstrumentIssued(it) => it.concerns.iter().collect(),
            Self::ReliefGranted(it) => vec![&it.scope],
            Self::MeasureEnded(it) => vec![&it.scope],
            Self::ConditionMet { scope, .. } => vec![scope],
            Self::EnforcementForborne(it) => vec![&it.scope],
            Self::AppealNoticed(it) => vec![&it.scope],
            Self::AppealDecided(it) => it.dispositions.iter().map(|ruled| &ruled.scope).collect(),
            _ => vec![],
        };
        let clauses = self.clauses().map(|(_, clauses)| clauses).unwrap_or_default();
        own.into_iter().chain(clauses.iter().map(|clause| &clause.scope)).collect()
    }
}

impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
