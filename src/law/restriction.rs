use std::{fmt, str::FromStr};

use thiserror::Error;

use super::{Scope, Span};
use crate::{ClauseId, InstrumentId, id::IdError};

/// What a clause commands.
///
/// ```
/// use delisted::law::Directive;
///
/// assert_eq!(Directive::Compel.to_string(), "compel");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Directive {
    /// The act must not happen.
    Prohibit,
    /// The act must be offered.
    Compel,
}

impl fmt::Display for Directive {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Prohibit => "prohibit",
            Self::Compel => "compel",
        })
    }
}

/// One clause of an instrument: what it commands, for what, and when.
///
/// A restriction is a clause, not an order: one order may bar downloads on one day and hosting on another,
/// and relief may reach one clause and not the next.
///
/// ```
/// use delisted::{Act, law::{Directive, Restriction, Scope, Span}, time::{Dated, instant}};
///
/// let bite = Dated::from(instant("2020-09-21T03:59:00Z")?);
/// let clause = Restriction::new(
///     "1".parse()?,
///     Directive::Prohibit,
///     Scope::app("wechat".parse()?).acts([Act::Download, Act::Update]),
/// )
/// .during(Span::from_start(bite));
/// assert!(clause.span.from().is_some());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restriction {
    /// The clause's identifier within its instrument.
    pub clause: ClauseId,
    /// What it commands.
    pub directive: Directive,
    /// What it reaches.
    pub scope: Scope,
    /// When it applies.
    pub span: Span,
}

impl Restriction {
    /// A clause that applies from when its entry takes effect.
    ///
    /// ```
    /// use delisted::law::{Directive, Restriction, Scope};
    ///
    /// let clause = Restriction::new("carry".parse()?, Directive::Compel, Scope::app("max".parse()?));
    /// assert_eq!(clause.span.from(), None);
    /// # Ok::<(), delisted::id::IdError>(())
    /// ```
    #[must_use]
    pub fn new(clause: ClauseId, directive: Directive, scope: Scope) -> Self {
        Self { clause, directive, scope, span: Span::default() }
    }

    /// The same during the span that its text states.
    ///
    /// ```
    /// use delisted::{ConditionId, law::{Directive, Restriction, Scope, Span}};
    ///
    /// let clause = Restriction::new("2a".parse()?, Directive::Prohibit, Scope::app("tiktok".parse()?))
    ///     .during(Span::until_end(ConditionId::new("qualified-divestiture")?));
    /// assert!(clause.span.until().is_some());
    /// # Ok::<(), delisted::id::IdError>(())
    /// ```
    #[must_use]
    pub fn during(self, span: Span) -> Self {
        Self { span, ..self }
    }
}

/// The full identifier of a clause: its instrument and its place there, written `instrument/clause`.
///
/// ```
/// use delisted::law::RestrictionId;
///
/// let id: RestrictionId = "identification/1".parse()?;
/// assert_eq!(id.instrument().as_str(), "identification");
/// assert_eq!(id.clause().as_str(), "1");
/// # Ok::<(), delisted::law::RestrictionIdError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RestrictionId {
    instrument: InstrumentId,
    clause: ClauseId,
}

/// Why a text does not identify a clause.
///
/// ```
/// use delisted::law::RestrictionId;
///
/// let error = "identification".parse::<RestrictionId>().unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "`identification` names no clause; write the instrument, a slash and the clause, such as `order/1`",
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum RestrictionIdError {
    /// There is no slash between instrument and clause.
    #[error("`{text}` names no clause; write the instrument, a slash and the clause, such as `order/1`")]
    NoSlash {
        /// The text as given.
        text: String,
    },
    /// One of the two identifiers is malformed.
    #[error(transparent)]
    Id(#[from] IdError),
}

impl RestrictionId {
    /// The clause `clause` of the instrument `instrument`.
    ///
    /// ```
    /// use delisted::law::RestrictionId;
    ///
    /// let id = RestrictionId::new("identification".parse()?, "1".parse()?);
    /// assert_eq!(id.to_string(), "identification/1");
    /// # Ok::<(), delisted::id::IdError>(())
    /// ```
    #[must_use]
    pub fn new(instrument: InstrumentId, clause: ClauseId) -> Self {
        Self { instrument, clause }
    }

    /// The instrument.
    ///
    /// ```
    /// use delisted::law::RestrictionId;
    ///
    /// assert_eq!("order/1".parse::<RestrictionId>()?.instrument().as_str(), "order");
    /// # Ok::<(), delisted::law::RestrictionIdError>(())
    /// ```
    #[must_use]
    pub fn instrument(&self) -> &InstrumentId {
        &self.instrument
    }

    /// The clause within the instrument.
    ///
    /// ```
    /// use delisted::law::RestrictionId;
    ///
    /// assert_eq!("order/1".parse::<RestrictionId>()?.clause().as_str(), "1");
    /// # Ok::<(), delisted::law::RestrictionIdError>(())
    /// ```
    #[must_use]
    pub fn clause(&self) -> &ClauseId {
        &self.clause
    }
}

impl fmt::Display for RestrictionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.instrument, self.clause)
    }
}

impl FromStr for RestrictionId {
    type Err = RestrictionIdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (instrument, clause) =
            text.split_once('/').ok_or_else(|| RestrictionIdError::NoSlash { text: text.to_owned() })?;
        Ok(Self::new(instrument.parse()?, clause.parse()?))
    }
}
