use std::fmt;

use super::{Restriction, Scope, Span};
use crate::InstrumentId;

/// What kind of document an instrument is.
///
/// ```
/// use delisted::law::InstrumentKind;
///
/// assert!(InstrumentKind::AgencyOrder.binds());
/// assert!(!InstrumentKind::Request.binds());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum InstrumentKind {
    /// An act of a legislature.
    Statute,
    /// An order of a head of state or government, or a cabinet.
    ExecutiveOrder,
    /// An order of a ministry, a regulator, a police force.
    AgencyOrder,
    /// An order or judgment of a court that restricts or compels.
    CourtOrder,
    /// A decree.
    Decree,
    /// A request, which binds nobody.
    Request,
    /// A recommendation, which binds nobody.
    Recommendation,
    /// Pressure without a document, which binds nobody.
    InformalPressure,
    /// A notice that warns or asks to show cause: it commands nothing yet, and binds nobody.
    Notice,
    /// A rule or decision of a store or a host itself: no act of state, and it binds nobody in law.
    StoreDecision,
}

impl InstrumentKind {
    /// Whether instruments of this kind bind. Those that do not are recorded, and never change what the
    /// law requires.
    ///
    /// ```
    /// assert!(!delisted::law::InstrumentKind::InformalPressure.binds());
    /// ```
    #[must_use]
    pub const fn binds(self) -> bool {
        !matches!(
            self,
            Self::Request
                | Self::Recommendation
                | Self::InformalPressure
                | Self::Notice
                | Self::StoreDecision
        )
    }
}

impl fmt::Display for InstrumentKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Statute => "statute",
            Self::ExecutiveOrder => "executive order",
            Self::AgencyOrder => "agency order",
            Self::CourtOrder => "court order",
            Self::Decree => "decree",
            Self::Request => "request",
            Self::Recommendation => "recommendation",
            Self::InformalPressure => "informal pressure",
            Self::Notice => "notice",
            Self::StoreDecision => "store's decision",
        })
    }
}

/// A document with legal force, or one that claims none: its clauses, and what it was issued under.
///
/// An instrument issued under another falls with it. One without clauses commands nothing by itself: it
/// may empower others.
///
/// ```
/// use delisted::law::{Directive, Instrument, InstrumentKind, Restriction, Scope};
///
/// let clause = Restriction::new("1".parse()?, Directive::Prohibit, Scope::app("wechat".parse()?));
/// let order = Instrument::new("identification".parse()?, InstrumentKind::AgencyOrder, "Identification")
///     .issued_under("eo-13943".parse()?)
///     .with_clause(clause);
/// assert_eq!(order.clauses.len(), 1);
/// # Ok::<(), delisted::id::IdError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instrument {
    /// The instrument's identifier.
    pub instrument: InstrumentId,
    /// What kind of document it is.
    pub kind: InstrumentKind,
    /// What it is called.
    pub title: String,
    /// The instrument that it hangs on.
    pub under: Option<InstrumentId>,
    /// What it is about, where it commands nothing by itself: shown with answers, never binding.
    pub concerns: Option<Scope>,
    /// How long it lasts as a whole.
    pub span: Span,
    /// Its clauses.
    pub clauses: Vec<Restriction>,
}

impl Instrument {
    /// An instrument without clauses that hangs on no other.
    ///
    /// ```
    /// use delisted::law::{Instrument, InstrumentKind};
    ///
    /// let order = Instrument::new("eo-13943".parse()?, InstrumentKind::ExecutiveOrder, "Executive Order 13943");
    /// assert!(order.clauses.is_empty());
    /// # Ok::<(), delisted::id::IdError>(())
    /// ```
    pub fn new(instrument: InstrumentId, kind: InstrumentKind, title: impl Into<String>) -> Self {
        let (span, clauses) = (Span::default(), vec![]);
        Self { instrument, kind, title: title.into(), under: None, concerns: None, span, clauses }
    }

    /// The same, hanging on another instrument.
    ///
    /// ```
    /// use delisted::law::{Instrument, InstrumentKind};
    ///
    /// let order = Instrument::new("list".parse()?, InstrumentKind::AgencyOrder, "List").issued_under("act".parse()?);
    /// assert!(order.under.is_some());
    /// # Ok::<(), delisted::id::IdError>(())
    /// ```
    #[must_use]
    pub fn issued_under(self, under: InstrumentId) -> Self {
        Self { under: Some(under), ..self }
    }

    /// The same, known to be about a scope although no clause of it commands anything there.
    ///
    /// ```
    /// use delisted::law::{Instrument, InstrumentKind, Scope};
    ///
    /// let order = Instrument::new("eo-13943".parse()?, InstrumentKind::ExecutiveOrder, "Executive Order 13943")
    ///     .concerning(Scope::app("wechat".parse()?));
    /// assert!(order.concerns.is_some());
    /// # Ok::<(), delisted::id::IdError>(())
    /// ```
    #[must_use]
    pub fn concerning(self, scope: Scope) -> Self {
        Self { concerns: Some(scope), ..self }
    }

    /// The same, lasting as a whole as its text states.
    ///
    /// ```
    /// use delisted::{ConditionId, law::{Instrument, InstrumentKind, Span}};
    ///
    /// let act = Instrument::new("act".parse()?, InstrumentKind::Statute, "Act")
    ///     .during(Span::until_end(ConditionId::new("sunset")?));
    /// assert!(act.span.until().is_some());
    /// # Ok::<(), delisted::id::IdError>(())
    /// ```
    #[must_use]
    pub fn during(self, span: Span) -> Self {
        Self { span, ..self }
    }

    /// The same with one more clause.
    ///
    /// ```
    /// use delisted::law::{Directive, Instrument, InstrumentKind, Restriction, Scope};
    ///
    /// let order = Instrument::new("order".parse()?, InstrumentKind::Decree, "Decree")
    ///     .with_clause(Restriction::new("1".parse()?, Directive::Prohibit, Scope::everything()));
    /// assert_eq!(order.clauses.len(), 1);
    /// # Ok::<(), delisted::id::IdError>(())
    /// ```
    #[must_use]
    pub fn with_clause(mut self, clause: Restriction) -> Self {
        self.clauses.push(clause);
        self
    }
}
