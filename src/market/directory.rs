use std::{collections::BTreeMap, fmt, str::FromStr};

use thiserror::Error;

use super::{Store, Territory};
use crate::{AppId, AuthorityId, CategoryId, OrganizationId, error::Suggestion, id::IdError};

/// A thing that a register may speak of, with its name.
///
/// A declaration is vocabulary, not news: it says that a word stands for something, and has no date. What
/// changes with time, such as who owns an app, is an entry of the register; a declaration may say how it
/// stood before the first entry that changes it, and then needs a source.
///
/// ```
/// use delisted::market::{AppDeclared, Declaration};
///
/// let app = AppDeclared::new("wechat".parse()?, "WeChat");
/// assert_eq!(Declaration::App(app).to_string(), "app `wechat`");
/// # Ok::<(), delisted::id::IdError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Declaration {
    /// An app.
    App(AppDeclared),
    /// An organisation.
    Organization(OrganizationDeclared),
    /// A body that issues instruments or grants relief.
    Authority(AuthorityDeclared),
    /// A class of apps.
    Category(CategoryDeclared),
    /// A store besides the well-known ones.
    Store(StoreDeclared),
}

/// An app, and how it stood before the first entry that changes it.
///
/// ```
/// use delisted::market::AppDeclared;
///
/// let app = AppDeclared::new("wechat".parse()?, "WeChat")
///     .owned_by("tencent".parse()?)
///     .in_category("messenger".parse()?)
///     .with_source("https://example.org/wechat");
/// assert_eq!(app.owner.as_ref().map(|owner| owner.as_str()), Some("tencent"));
/// # Ok::<(), delisted::id::IdError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppDeclared {
    /// The app's identifier.
    pub app: AppId,
    /// Its name to the public.
    pub name: String,
    /// The organisation that owned it at the beginning.
    pub owner: Option<OrganizationId>,
    /// The organisation whose account published it, in every store, at the beginning.
    pub publisher: Option<OrganizationId>,
    /// The classes to which it belonged at the beginning.
    pub categories: Vec<CategoryId>,
    /// Where owner, publisher and classes are stated.
    pub sources: Vec<String>,
}

impl AppDeclared {
    /// An app of which only the name is stated.
    ///
    /// ```
    /// let app = delisted::market::AppDeclared::new("wecom".parse()?, "WeCom");
    /// assert_eq!(app.owner, None);
    /// # Ok::<(), delisted::id::IdError>(())
    /// ```
    pub fn new(app: AppId, name: impl Into<String>) -> Self {
        Self { app, name: name.into(), owner: None, publisher: None, categories: vec![], sources: vec![] }
    }

    /// States the owner at the beginning.
    ///
    /// ```
    /// let app = delisted::market::AppDeclared::new("wecom".parse()?, "WeCom").owned_by("tencent".parse()?);
    /// assert!(app.owner.is_some());
    /// # Ok::<(), delisted::id::IdError>(())
    /// ```
    #[must_use]
    pub fn owned_by(self, owner: OrganizationId) -> Self {
        Self { owner: Some(owner), ..self }
    }

    /// States the publisher at the beginning.
    ///
    /// ```
    /// let app = delisted::market::AppDeclared::new("snap".parse()?, "Marvel Snap")
    ///     .published_by("nuverse".parse()?);
    /// assert!(app.publisher.is_some());
    /// # Ok::<(), delisted::id::IdError>(())
    /// ```
    #[must_use]
    pub fn published_by(self, publisher: OrganizationId) -> Self {
        Self { publisher: Some(publisher), ..self }
    }

    /// States a class to which it belonged at the beginning.
    ///
    /// ```
    /// let app = delisted::market::AppDeclared::new("le-vpn".parse()?, "Le VPN").in_category("vpn".parse()?);
    /// assert_eq!(app.categories.len(), 1);
    /// # Ok::<(), delisted::id::IdError>(())
    /// ```
    #[must_use]
    pub fn in_category(mut self, category: CategoryId) -> Self {
        self.categories.push(category);
        self
    }

    /// States where owner, publisher and classes are stated.
    ///
    /// ```
    /// let app = delisted::market::AppDeclared::new("wecom".parse()?, "WeCom")
    ///     .with_source("https://example.org/wecom");
    /// assert_eq!(app.sources.len(), 1);
    /// # Ok::<(), delisted::id::IdError>(())
    /// ```
    #[must_use]
    pub fn with_source(mut self, source: impl Into<String>) -> Self {
        self.sources.push(source.into());
        self
    }
}

/// An organisation and its name.
///
/// ```
/// use delisted::market::OrganizationDeclared;
///
/// let tencent = OrganizationDeclared { organization: "tencent".parse()?, name: "Tencent Holdings Ltd.".into() };
/// assert_eq!(tencent.name, "Tencent Holdings Ltd.");
/// # Ok::<(), delisted::id::IdError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrganizationDeclared {
    /// The organisation's identifier.
    pub organization: OrganizationId,
    /// Its name.
    pub name: String,
}

/// What kind of body an authority is.
///
/// ```
/// use delisted::market::AuthorityKind;
///
/// assert_eq!("court".parse::<AuthorityKind>()?, AuthorityKind::Court);
/// # Ok::<(), delisted::market::DirectoryError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum AuthorityKind {
    /// A body that makes statutes.
    Legislature,
    /// A head of state or government, or a cabinet.
    Executive,
    /// A ministry, a regulator, a police force.
    Agency,
    /// A court.
    Court,
    /// A store, a host, an app's owner: a body whose decisions are its own and not the state's.
    Company,
}

impl AuthorityKind {
    const WORDS: [(&'static str, Self); 5] = [
        ("legislature", Self::Legislature),
        ("executive", Self::Executive),
        ("agency", Self::Agency),
        ("court", Self::Court),
        ("company", Self::Company),
    ];
}

impl FromStr for AuthorityKind {
    type Err = DirectoryError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::WORDS.iter().find(|(word, _)| *word == text).map(|(_, kind)| *kind).ok_or_else(|| {
            DirectoryError::UnknownAuthorityKind {
                text: text.to_owned(),
                suggestion: Suggestion::among(text, Self::WORDS.map(|(word, _)| word)),
            }
        })
    }
}

/// A body that issues instruments or grants relief.
///
/// ```
/// use delisted::market::{AuthorityDeclared, AuthorityKind};
///
/// let court = AuthorityDeclared {
///     authority: "nd-cal".parse()?,
///     name: "US District Court, Northern District of California".into(),
///     kind: AuthorityKind::Court,
///     jurisdiction: "US".parse()?,
/// };
/// assert_eq!(court.jurisdiction.as_str(), "US");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuthorityDeclared {
    /// The authority's identifier.
    pub authority: AuthorityId,
    /// Its name.
    pub name: String,
    /// What kind of body it is.
    pub kind: AuthorityKind,
    /// The sovereign that it belongs to: a country (`US` for a federal court), or a part of one (`US-MT`
    /// for a state's). How far its acts reach is for each act's scope to say.
    pub jurisdiction: Territory,
}

/// A class of apps that a text may name.
///
/// ```
/// use delisted::market::CategoryDeclared;
///
/// let vpn = CategoryDeclared { category: "vpn".parse()?, name: "Virtual private networks".into() };
/// assert_eq!(vpn.category.as_str(), "vpn");
/// # Ok::<(), delisted::id::IdError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CategoryDeclared {
    /// The class's identifier.
    pub category: CategoryId,
    /// What puts an app in it.
    pub name: String,
}

/// A store besides the well-known ones.
///
/// ```
/// use delisted::{Store, market::StoreDeclared};
///
/// let store = StoreDeclared { store: Store::new("appgallery")?, name: "Huawei AppGallery".into() };
/// assert_eq!(store.store.as_str(), "appgallery");
/// # Ok::<(), delisted::id::IdError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreDeclared {
    /// The store's word.
    pub store: Store,
    /// Its name.
    pub name: String,
}

impl fmt::Display for Declaration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::App(it) => write!(f, "app `{}`", it.app),
            Self::Organization(it) => write!(f, "organization `{}`", it.organization),
            Self::Authority(it) => write!(f, "authority `{}`", it.authority),
            Self::Category(it) => write!(f, "category `{}`", it.category),
            Self::Store(it) => write!(f, "store `{}`", it.store),
        }
    }
}

/// Why a declaration was refused.
///
/// ```
/// use delisted::market::{AppDeclared, Declaration, Directory};
///
/// let mut directory = Directory::default();
/// let app = AppDeclared::new("wechat".parse()?, "WeChat").owned_by("tencent".parse()?);
/// let error = directory.declare(Declaration::App(app)).unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "app `wechat` states an owner, a publisher or a category without a source; add where it is stated",
/// );
/// # Ok::<(), delisted::id::IdError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum DirectoryError {
    /// The word is declared already.
    #[error("{what} is declared already; an identifier stands for one thing")]
    Duplicate {
        /// What was declared.
        what: String,
    },
    /// The name is blank.
    #[error("{what} has no name")]
    NoName {
        /// What was declared.
        what: String,
    },
    /// A fact is stated without a source.
    #[error("{what} states an owner, a publisher or a category without a source; add where it is stated")]
    NoSource {
        /// What was declared.
        what: String,
    },
    /// Another word that the declaration uses is not declared.
    #[error("{what} names {kind} `{id}`, which is not declared before it{suggestion}")]
    Unknown {
        /// What was declared.
        what: String,
        /// The kind of thing that it names.
        kind: &'static str,
        /// The word.
        id: String,
        /// The nearest declared word.
        suggestion: Suggestion,
    },
    /// The word names no kind of authority.
    #[error(
        "`{text}` is not a kind of authority: legislature, executive, agency, court or company{suggestion}"
    )]
    UnknownAuthorityKind {
        /// The word as given.
        text: String,
        /// The nearest kind.
        suggestion: Suggestion,
    },
    /// The identifier itself is malformed.
    #[error(transparent)]
    Id(#[from] IdError),
}

/// The names of all that a register may speak of.
///
/// ```
/// use delisted::market::{AppDeclared, Declaration, Directory};
///
/// let mut directory = Directory::default();
/// directory.declare(Declaration::App(AppDeclared::new("wechat".parse()?, "WeChat")))?;
/// assert_eq!(directory.app(&"wechat".parse()?).map(|app| app.name.as_str()), Some("WeChat"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Directory {
    apps: BTreeMap<AppId, AppDeclared>,
    organizations: BTreeMap<OrganizationId, OrganizationDeclared>,
    authorities: BTreeMap<AuthorityId, AuthorityDeclared>,
    categories: BTreeMap<CategoryId, CategoryDeclared>,
    stores: BTreeMap<Store, StoreDeclared>,
}

impl Directory {
    /// Adds a word.
    ///
    /// ```
    /// use delisted::{Store, market::{Declaration, Directory, StoreDeclared}};
    ///
    /// let mut directory = Directory::default();
    /// let store = StoreDeclared { store: Store::new("appgallery")?, name: "Huawei AppGallery".into() };
    /// directory.declare(Declaration::Store(store))?;
    /// assert!(directory.knows_store(&Store::new("appgallery")?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// - the word is declared already, or is a well-known store;
    /// - the name is blank;
    /// - an app names an owner, a publisher or a category that is not declared, or names one without a source.
    pub fn declare(&mut self, declaration: Declaration) -> Result<(), DirectoryError> {
        self.check(&declaration)?;
        match declaration {
            Declaration::App(it) => drop(self.apps.insert(it.app.clone(), it)),
            Declaration::Organization(it) => drop(self.organizations.insert(it.organization.clone(), it)),
            Declaration::Authority(it) => drop(self.authorities.insert(it.authority.clone(), it)),
            Declaration::Category(it) => drop(self.categories.insert(it.category.clone(), it)),
            Declaration::Store(it) => drop(self.stores.insert(it.store.clone(), it)),
        }
        Ok(())
    }

    /// An app, where it is declared.
    ///
    /// ```
    /// let directory = delisted::market::Directory::default();
    /// assert!(directory.app(&"wechat".parse()?).is_none());
    /// # Ok::<(), delisted::id::IdError>(())
    /// ```
    #[must_use]
    pub fn app(&self, app: &AppId) -> Option<&AppDeclared> {
        self.apps.get(app)
    }

    /// An organisation, where it is declared.
    ///
    /// ```
    /// let directory = delisted::market::Directory::default();
    /// assert!(directory.organization(&"tencent".parse()?).is_none());
    /// # Ok::<(), delisted::id::IdError>(())
    /// ```
    #[must_use]
    pub fn organization(&self, organization: &OrganizationId) -> Option<&OrganizationDeclared> {
        self.organizations.get(organization)
    }

    /// An authority, where it is declared.
    ///
    /// ```
    /// let directory = delisted::market::Directory::default();
    /// assert!(directory.authority(&"nd-cal".parse()?).is_none());
    /// # Ok::<(), delisted::id::IdError>(())
    /// ```
    #[must_use]
    pub fn authority(&self, authority: &AuthorityId) -> Option<&AuthorityDeclared> {
        self.authorities.get(authority)
    }

    /// A class of apps, where it is declared.
    ///
    /// ```
    /// let directory = delisted::market::Directory::default();
    /// assert!(directory.category(&"vpn".parse()?).is_none());
    /// # Ok::<(), delisted::id::IdError>(())
    /// ```
    #[must_use]
    pub fn category(&self, category: &CategoryId) -> Option<&CategoryDeclared> {
        self.categories.get(category)
    }

    /// Whether a store is well known or declared.
    ///
    /// ```
    /// use delisted::{Store, market::Directory};
    ///
    /// assert!(Directory::default().knows_store(&Store::APP_STORE));
    /// ```
    #[must_use]
    pub fn knows_store(&self, store: &Store) -> bool {
        Store::WELL_KNOWN.contains(store) || self.stores.contains_key(store)
    }

    /// The declared apps, in alphabetical order of their identifiers.
    ///
    /// ```
    /// assert_eq!(delisted::market::Directory::default().apps().count(), 0);
    /// ```
    pub fn apps(&self) -> impl Iterator<Item = &AppDeclared> {
        self.apps.values()
    }

    /// The declared organisations, in alphabetical order of their identifiers.
    ///
    /// ```
    /// assert_eq!(delisted::market::Directory::default().organizations().count(), 0);
    /// ```
    pub fn organizations(&self) -> impl Iterator<Item = &OrganizationDeclared> {
        self.organizations.values()
    }

    /// The declared authorities, in alphabetical order of their identifiers.
    ///
    /// ```
    /// assert_eq!(delisted::market::Directory::default().authorities().count(), 0);
    /// ```
    pub fn authorities(&self) -> impl Iterator<Item = &AuthorityDeclared> {
        self.authorities.values()
    }

    /// The declared classes, in alphabetical order of their identifiers.
    ///
    /// ```
    /// assert_eq!(delisted::market::Directory::default().categories().count(), 0);
    /// ```
    pub fn categories(&self) -> impl Iterator<Item = &CategoryDeclared> {
        self.categories.values()
    }

    /// The declared stores besides the well-known ones, in alphabetical order of their words.
    ///
    /// ```
    /// assert_eq!(delisted::market::Directory::default().stores().count(), 0);
    /// ```
    pub fn stores(&self) -> impl Iterator<Item = &StoreDeclared> {
        self.stores.values()
    }

    /// Every store that a register with this directory knows, in alphabetical order.
    ///
    /// ```
    /// use delisted::{Store, market::Directory};
    ///
    /// let directory = Directory::default();
    /// assert_eq!(directory.known_stores().collect::<Vec<_>>(), [&Store::APP_STORE, &Store::GOOGLE_PLAY]);
    /// ```
    pub fn known_stores(&self) -> impl Iterator<Item = &Store> {
        let mut all: Vec<&Store> = WELL_KNOWN.iter().chain(self.stores.keys()).collect();
        all.sort_unstable();
        all.into_iter()
    }

    fn check(&self, declaration: &Declaration) -> Result<(), DirectoryError> {
        let what = || declaration.to_string();
        let (name, taken) = match declaration {
            Declaration::App(it) => (&it.name, self.apps.contains_key(&it.app)),
            Declaration::Organization(it) => (&it.name, self.organizations.contains_key(&it.organization)),
            Declaration::Authority(it) => (&it.name, self.authorities.contains_key(&it.authority)),
            Declaration::Category(it) => (&it.name, self.categories.contains_key(&it.category)),
            Declaration::Store(it) => (&it.name, self.knows_store(&it.store)),
        };
        if taken {
            return Err(DirectoryError::Duplicate { what: what() });
        }
        if name.trim().is_empty() {
            return Err(DirectoryError::NoName { what: what() });
        }
        let Declaration::App(app) = declaration else { return Ok(()) };
        let bare = app.owner.is_none() && app.publisher.is_none() && app.categories.is_empty();
        if !bare && app.sources.iter().all(|source| source.trim().is_empty()) {
            return Err(DirectoryError::NoSource { what: what() });
        }
        for organization in app.owner.iter().chain(&app.publisher) {
            if !self.organizations.contains_key(organization) {
                return Err(DirectoryError::Unknown {
                    what: what(),
                    kind: "organization",
                    id: organization.to_string(),
                    suggestion: Suggestion::among(
                        organization.as_str(),
                        self.organizations.keys().map(OrganizationId::as_str),
                    ),
                });
            }
        }
        for category in &app.categories {
            if !self.categories.contains_key(category) {
                return Err(DirectoryError::Unknown {
                    what: what(),
                    kind: "category",
                    id: category.to_string(),
                    suggestion: Suggestion::among(
                        category.as_str(),
                        self.categories.keys().map(CategoryId::as_str),
                    ),
                });
            }
        }
        Ok(())
    }
}

static WELL_KNOWN: [Store; 2] = Store::WELL_KNOWN;
