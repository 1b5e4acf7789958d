use std::{collections::BTreeSet, fmt};

use super::{Measure, Scope};
use crate::EndingId;

/// How something ended.
///
/// ```
/// use delisted::law::Manner;
///
/// assert_eq!(Manner::Rescinded.to_string(), "rescinded");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum Manner {
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
}

impl fmt::Display for Manner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Rescinded => "rescinded",
            Self::Vacated => "vacated",
            Self::Reversed => "reversed",
            Self::Dissolved => "dissolved",
            Self::Superseded => "superseded",
            Self::Mooted => "mooted",
        })
    }
}

/// A ruling or act that ends measures, for good unless it is itself undone.
///
/// An ending is not relief: relief suspends for a while. But an ending is a ruling too, so it can be stayed
/// or reversed, and what it ended is then back.
///
/// ```
/// use delisted::{InstrumentId, law::{Ending, Manner}};
///
/// let ending = Ending::new("rescission".parse()?, Manner::Rescinded, [InstrumentId::new("identification")?]);
/// assert_eq!(ending.ends.len(), 1);
/// # Ok::<(), delisted::id::IdError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ending {
    /// The ending's identifier.
    pub ending: EndingId,
    /// How it ends its measures.
    pub manner: Manner,
    /// What it ends.
    pub ends: BTreeSet<Measure>,
    /// How far it ends it: within this scope only.
    pub scope: Scope,
}

impl Ending {
    /// An ending of the measures named, in full.
    ///
    /// ```
    /// use delisted::{ReliefId, law::{Ending, Manner}};
    ///
    /// let ending = Ending::new("dissolution".parse()?, Manner::Dissolved, [ReliefId::new("pi")?]);
    /// assert!(ending.scope.acts.is_all());
    /// # Ok::<(), delisted::id::IdError>(())
    /// ```
    pub fn new<M: Into<Measure>>(
        ending: EndingId,
        manner: Manner,
        ends: impl IntoIterator<Item = M>,
    ) -> Self {
        let ends = ends.into_iter().map(Into::into).collect();
        Self { ending, manner, ends, scope: Scope::everything() }
    }

    /// The same within a scope only: what lies outside goes on.
    ///
    /// ```
    /// use delisted::{Act, InstrumentId, law::{Ending, Manner, Scope}};
    ///
    /// let narrowed = Ending::new("narrowing".parse()?, Manner::Vacated, [InstrumentId::new("order")?])
    ///     .within(Scope::everything().acts([Act::Hosting]));
    /// assert!(!narrowed.scope.acts.is_all());
    /// # Ok::<(), delisted::id::IdError>(())
    /// ```
    #[must_use]
    pub fn within(self, scope: Scope) -> Self {
        Self { scope, ..self }
    }
}
