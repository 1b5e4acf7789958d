use std::{collections::BTreeSet, fmt};

use crate::{Act, AppId, CategoryId, OrganizationId, Store, Territory, market::Percent};

/// Some members of a kind: all, or only some, and in either case with exceptions.
///
/// ```
/// use delisted::{Act, law::Selection};
///
/// let acts = Selection::only([Act::Download, Act::Update]).but([Act::Update]);
/// assert!(acts.has(&Act::Download));
/// assert!(!acts.has(&Act::Update));
/// assert!(Selection::all().has(&Act::Update));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Selection<T: Ord> {
    only: Option<BTreeSet<T>>,
    except: BTreeSet<T>,
}

impl<T: Ord> Selection<T> {
    /// All members.
    ///
    /// ```
    /// assert!(delisted::law::Selection::all().has(&delisted::Act::Use));
    /// ```
    #[must_use]
    pub fn all() -> Self {
        Self { only: None, except: BTreeSet::new() }
    }

    /// Only the members named.
    ///
    /// ```
    /// use delisted::{Act, law::Selection};
    ///
    /// assert!(!Selection::only([Act::Download]).has(&Act::Use));
    /// ```
    pub fn only(members: impl IntoIterator<Item = T>) -> Self {
        Self { only: Some(members.into_iter().collect()), except: BTreeSet::new() }
    }

    /// The same without the members named.
    ///
    /// ```
    /// use delisted::{Act, law::Selection};
    ///
    /// assert!(!Selection::all().but([Act::Use]).has(&Act::Use));
    /// ```
    #[must_use]
    pub fn but(mut self, members: impl IntoIterator<Item = T>) -> Self {
        self.except.extend(members);
        self
    }

    /// Whether a member is selected by name.
    ///
    /// ```
    /// use delisted::{Act, law::Selection};
    ///
    /// assert!(Selection::only([Act::Use]).has(&Act::Use));
    /// ```
    #[must_use]
    pub fn has(&self, member: &T) -> bool {
        self.matches(|named| named == member)
    }

    /// Whether what `named` accepts is selected: some selected name is accepted, and no excepted one.
    ///
    /// ```
    /// use delisted::{Territory, law::Selection, market::Coverage};
    ///
    /// let (us, montana): (Territory, Territory) = ("US".parse()?, "US-MT".parse()?);
    /// let places = Selection::only([us]);
    /// assert!(places.matches(|named| named.coverage_of(&montana) == Coverage::Whole));
    /// # Ok::<(), delisted::market::TerritoryError>(())
    /// ```
    pub fn matches(&self, named: impl Fn(&T) -> bool) -> bool {
        self.only.as_ref().is_none_or(|only| only.iter().any(&named)) && !self.except.iter().any(named)
    }

    /// Whether all members are selected, without exception.
    ///
    /// ```
    /// assert!(delisted::law::Selection::<delisted::Act>::all().is_all());
    /// ```
    #[must_use]
    pub fn is_all(&self) -> bool {
        self.only.is_none() && self.except.is_empty()
    }

    /// Whether it names members and excepts each of them by name, so that it can select nothing.
    ///
    /// ```
    /// assert!(delisted::law::Selection::<delisted::Act>::only([]).is_empty());
    /// ```
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.only.as_ref().is_some_and(|only| only.is_subset(&self.except))
    }

    /// The members named as selected, in order; nothing where all are selected.
    ///
    /// ```
    /// use delisted::{Act, law::Selection};
    ///
    /// assert_eq!(Selection::only([Act::Use]).named().map(Iterator::count), Some(1));
    /// ```
    pub fn named(&self) -> Option<impl Iterator<Item = &T>> {
        self.only.as_ref().map(BTreeSet::iter)
    }

    /// The members named as exceptions, in order.
    ///
    /// ```
    /// use delisted::{Act, law::Selection};
    ///
    /// assert_eq!(Selection::all().but([Act::Use]).exceptions().next(), Some(&Act::Use));
    /// ```
    pub fn exceptions(&self) -> impl Iterator<Item = &T> {
        self.except.iter()
    }

    /// Every member named, selected or excepted, in order.
    pub(crate) fn mentioned(&self) -> impl Iterator<Item = &T> {
        self.only.iter().flatten().chain(&self.except)
    }
}

impl<T: Ord> Default for Selection<T> {
    fn default() -> Self {
        Self::all()
    }
}

/// A way to say which apps a text reaches.
///
/// Publisher, owner and class are looked up at the instant asked about, not when the text was written: an
/// app that was sold has left the scope of an order against its former owner.
///
/// ```
/// use delisted::law::AppSelector;
///
/// let by_owner = AppSelector::Owner("bytedance".parse()?);
/// assert_eq!(by_owner.to_string(), "owned by bytedance");
/// # Ok::<(), delisted::id::IdError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum AppSelector {
    /// The app of this name.
    App(AppId),
    /// The app, and whatever succeeded it, at any remove.
    AppAndSuccessors(AppId),
    /// Apps whose publisher, in the store asked about, is the organisation.
    Publisher(OrganizationId),
    /// Apps that the organisation owns, itself or through organisations that it controls.
    Owner(OrganizationId),
    /// Apps of the class.
    Category(CategoryId),
    /// Apps of which the organisation holds at least a part, or of whose owner it does: its own part, with those of all
    /// whom it controls, of the app or of an organisation that controls the app.
    Holder {
        /// The organisation.
        organization: OrganizationId,
        /// The least part.
        at_least: Percent,
    },
}

impl fmt::Display for AppSelector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::App(app) => write!(f, "{app}"),
            Self::AppAndSuccessors(app) => write!(f, "{app} and its successors"),
            Self::Publisher(organization) => write!(f, "published by {organization}"),
            Self::Owner(organization) => write!(f, "owned by {organization}"),
            Self::Category(category) => write!(f, "of class {category}"),
            Self::Holder { organization, at_least } => {
                write!(f, "held to {at_least} % or more by {organization}")
            }
        }
    }
}

/// What a text reaches: apps, in stores, in territories, and acts with them.
///
/// The default reaches everything, which is right for relief (it then protects all that its target
/// reaches) and rarely right for a clause.
///
/// ```
/// use delisted::{Act, Store, law::Scope};
///
/// let scope = Scope::app("wechat".parse()?)
///     .stores([Store::APP_STORE])
///     .territories(["US".parse()?])
///     .acts([Act::Download, Act::Update]);
/// assert!(scope.acts.has(&Act::Update));
/// assert!(!scope.stores.has(&Store::GOOGLE_PLAY));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Scope {
    /// The apps.
    pub apps: Selection<AppSelector>,
    /// The stores.
    pub stores: Selection<Store>,
    /// The territories.
    pub territories: Selection<Territory>,
    /// The acts.
    pub acts: Selection<Act>,
}

impl Scope {
    /// Everything.
    ///
    /// ```
    /// assert!(delisted::law::Scope::everything().apps.is_all());
    /// ```
    #[must_use]
    pub fn everything() -> Self {
        Self::default()
    }

    /// One app, everywhere, for every act.
    ///
    /// ```
    /// use delisted::law::{AppSelector, Scope};
    ///
    /// assert!(Scope::app("wechat".parse()?).apps.has(&AppSelector::App("wechat".parse()?)));
    /// # Ok::<(), delisted::id::IdError>(())
    /// ```
    #[must_use]
    pub fn app(app: AppId) -> Self {
        Self::apps([AppSelector::App(app)])
    }

    /// The apps that any of the selectors names, everywhere, for every act.
    ///
    /// ```
    /// use delisted::law::{AppSelector, Scope};
    ///
    /// let scope = Scope::apps([AppSelector::Owner("bytedance".parse()?)]);
    /// assert!(!scope.apps.is_all());
    /// # Ok::<(), delisted::id::IdError>(())
    /// ```
    pub fn apps(selectors: impl IntoIterator<Item = AppSelector>) -> Self {
        Self { apps: Selection::only(selectors), ..Self::default() }
    }

    /// The same in these stores only.
    ///
    /// ```
    /// use delisted::{Store, law::Scope};
    ///
    /// assert!(Scope::everything().stores([Store::APP_STORE]).stores.has(&Store::APP_STORE));
    /// ```
    #[must_use]
    pub fn stores(self, stores: impl IntoIterator<Item = Store>) -> Self {
        Self { stores: Selection::only(stores), ..self }
    }

    /// The same in these territories only.
    ///
    /// ```
    /// use delisted::law::Scope;
    ///
    /// assert!(!Scope::everything().territories(["US".parse()?]).territories.is_all());
    /// # Ok::<(), delisted::market::TerritoryError>(())
    /// ```
    #[must_use]
    pub fn territories(self, territories: impl IntoIterator<Item = Territory>) -> Self {
        Self { territories: Selection::only(territories), ..self }
    }

    /// The same for these acts only.
    ///
    /// ```
    /// use delisted::{Act, law::Scope};
    ///
    /// assert!(!Scope::everything().acts([Act::Download]).acts.has(&Act::Update));
    /// ```
    #[must_use]
    pub fn acts(self, acts: impl IntoIterator<Item = Act>) -> Self {
        Self { acts: Selection::only(acts), ..self }
    }

    /// The part of the scope that can select nothing, so that the scope reaches nothing.
    pub(crate) fn empty_part(&self) -> Option<&'static str> {
        [
            ("apps", self.apps.is_empty()),
            ("stores", self.stores.is_empty()),
            ("territories", self.territories.is_empty()),
            ("acts", self.acts.is_empty()),
        ]
        .into_iter()
        .find_map(|(part, empty)| empty.then_some(part))
    }
}
