use std::collections::BTreeSet;

use super::{Measure, Scope, Span};
use crate::ForbearanceId;

/// A declaration that something in force will not be enforced.
///
/// Forbearance is a mark on an answer. It is not relief: what is in force stays in force, and may be enforced
/// after all once the declaration ends. It may reach back before the day on which it was made.
///
/// ```
/// use delisted::{InstrumentId, law::Forbearance};
///
/// let order = Forbearance::new("eo-14166".parse()?, [InstrumentId::new("pafaca")?]);
/// assert_eq!(order.of.len(), 1);
/// # Ok::<(), delisted::id::IdError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forbearance {
    /// The forbearance's identifier.
    pub forbearance: ForbearanceId,
    /// What will not be enforced.
    pub of: BTreeSet<Measure>,
    /// How far: within this scope only.
    pub scope: Scope,
    /// For how long.
    pub span: Span,
}

impl Forbearance {
    /// A declaration about the measures named, in full and without an end.
    ///
    /// ```
    /// use delisted::{InstrumentId, law::Forbearance};
    ///
    /// let letter = Forbearance::new("letter".parse()?, [InstrumentId::new("pafaca")?]);
    /// assert_eq!(letter.span.until(), None);
    /// # Ok::<(), delisted::id::IdError>(())
    /// ```
    pub fn new<M: Into<Measure>>(forbearance: ForbearanceId, of: impl IntoIterator<Item = M>) -> Self {
        Self {
            forbearance,
            of: of.into_iter().map(Into::into).collect(),
            scope: Scope::everything(),
            span: Span::default(),
        }
    }

    /// The same within a scope only.
    ///
    /// ```
    /// use delisted::{InstrumentId, Store, law::{Forbearance, Scope}};
    ///
    /// let letter = Forbearance::new("letter".parse()?, [InstrumentId::new("pafaca")?])
    ///     .within(Scope::everything().stores([Store::APP_STORE]));
    /// assert!(!letter.scope.stores.is_all());
    /// # Ok::<(), delisted::id::IdError>(())
    /// ```
    #[must_use]
    pub fn within(self, scope: Scope) -> Self {
        Self { scope, ..self }
    }

    /// The same during the span that its text states.
    ///
    /// ```
    /// use delisted::{InstrumentId, law::{Forbearance, Span}, time::{Dated, instant}};
    ///
    /// let order = Forbearance::new("eo".parse()?, [InstrumentId::new("act")?])
    ///     .during(Span::until_end(Dated::from(instant("2025-04-05T00:00:00Z")?)));
    /// assert!(order.span.until().is_some());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn during(self, span: Span) -> Self {
        Self { span, ..self }
    }
}
