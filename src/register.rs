//! The register: an append-only log of sourced entries, validated together.
//!
//! A *register* is everything recorded about orders, relief, appeals, and who owns which app, across all
//! courts and agencies. It is not a docket, which belongs to one case, and it is never edited: a mistake is
//! corrected by a later entry, so that what was believed on an earlier day can still be asked.
//!
//! Essential types:
//!
//! - [`Entry`]: one event with its three times (entered, effective, recorded), citation and sources;
//! - [`Event`]: what the entry says;
//! - [`Register`]: the log, with [`append`](Register::append) and [`extend`](Register::extend);
//! - [`Warning`]: what is possible but odd.
//!
//! ```
//! use delisted::{
//!     Register,
//!     law::{Directive, Instrument, InstrumentKind, Restriction, Scope},
//!     market::{AppDeclared, AuthorityDeclared, AuthorityKind, Declaration},
//!     register::{Entry, Event},
//!     time::instant,
//! };
//!
//! let mut register = Register::default();
//! register.declare(Declaration::App(AppDeclared::new("wechat".parse()?, "WeChat")))?;
//! register.declare(Declaration::Authority(AuthorityDeclared {
//!     authority: "commerce".parse()?,
//!     name: "US Secretary of Commerce".into(),
//!     kind: AuthorityKind::Agency,
//!     jurisdiction: "US".parse()?,
//! }))?;
//! let clause = Restriction::new("1".parse()?, Directive::Prohibit, Scope::app("wechat".parse()?));
//! let order = Instrument::new("order".parse()?, InstrumentKind::AgencyOrder, "Order").with_clause(clause);
//! let day = instant("2020-09-18T12:45:00Z")?;
//! let entry = Entry::build("order-issued".parse()?, Event::InstrumentIssued(order))
//!     .by("commerce".parse()?)
//!     .entered(day)
//!     .recorded(day)
//!     .citation("Identification of 18 Sept 2020")
//!     .source("https://example.org/order")
//!     .finish()?;
//! let warnings = register.append(entry)?;
//! assert!(warnings.is_empty());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod append;
mod entry;
mod error;
mod event;
mod facts;
mod holdings;
mod identity;
mod ownership;
mod thing;
mod view;
mod warning;

use crate::{
    EntryId,
    market::{Declaration, Directory, DirectoryError},
};

pub use crate::market::Basis;
pub use entry::{Dispute, Entry, EntryBuilder, EntryError};
pub use error::{AppendError, ExtendError};
pub use event::{Controlled, Event};
pub use holdings::{Holdings, HoldingsError};
pub use thing::Thing;
pub use warning::Warning;

pub(crate) use facts::Facts;
pub(crate) use ownership::Stake;
pub(crate) use thing::replaces;
pub(crate) use view::{Reading, Taken, Unknown, View};

/// The entry that an entry corrects or retracts.
fn taken_back_by<'a>(facts: &'a Facts, entry: &Entry) -> Option<&'a Entry> {
    let target = entry.corrects().or(match entry.event() {
        Event::EntryRetracted { entry } => Some(entry),
        _ => None,
    });
    facts.entry(facts.position(target?)?)
}

/// The append-only log of everything recorded, with the directory of what it may speak of.
///
/// The order of independent entries changes no answer.
///
/// ```
/// use delisted::Register;
///
/// let register = Register::default();
/// assert_eq!(register.entries().len(), 0);
/// ```
#[derive(Debug, Clone, Default)]
pub struct Register {
    directory: Directory,
    facts: Facts,
}

impl Register {
    /// Adds a word to the register's directory.
    ///
    /// ```
    /// use delisted::{Register, market::{AppDeclared, Declaration}};
    ///
    /// let mut register = Register::default();
    /// register.declare(Declaration::App(AppDeclared::new("wechat".parse()?, "WeChat")))?;
    /// assert!(register.directory().app(&"wechat".parse()?).is_some());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// - as [`Directory::declare`]; the register is then as it was.
    pub fn declare(&mut self, declaration: Declaration) -> Result<(), DirectoryError> {
        self.directory.declare(declaration)
    }

    /// Adds one entry, or says why not and leaves the register as it was.
    ///
    /// What is possible but odd is returned as warnings, which change no answer.
    ///
    /// ```
    /// use delisted::{Register, register::{AppendError, Entry, Event}, time::instant};
    ///
    /// let mut register = Register::default();
    /// let day = instant("2020-09-18T12:45:00Z")?;
    /// let retraction = Entry::build("oops".parse()?, Event::EntryRetracted { entry: "order".parse()? })
    ///     .entered(day)
    ///     .recorded(day)
    ///     .citation("none; a correction of this record")
    ///     .source("https://example.org")
    ///     .finish()?;
    /// assert!(matches!(register.append(retraction), Err(AppendError::Unknown { .. })));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// - the entry's identifier, or that of what it introduces, is taken;
    /// - it names an app, an organisation, an authority, a category or a store that is not declared;
    /// - it is aimed at something that is not recorded yet, was retracted, or is itself;
    /// - it aims at nothing, reaches nothing, or ends before it starts;
    /// - it contradicts another entry about the same thing at the same instant;
    /// - it would make a circle of targets or of owners;
    /// - a store's id would stand for two apps at once, or is retired where it stands for none;
    /// - it decides an appeal twice, or issues a mandate without a judgment;
    /// - it retracts or corrects what others rest on, or what was retracted before.
    pub fn append(&mut self, entry: Entry) -> Result<Vec<Warning>, AppendError> {
        let warnings = append::check(&self.directory, &self.facts, &entry)?;
        self.facts.insert(entry);
        Ok(warnings)
    }

    /// Adds entries one after the other, all of them or none.
    ///
    /// ```
    /// let mut register = delisted::Register::default();
    /// assert!(register.extend([])?.is_empty());
    /// # Ok::<(), delisted::register::ExtendError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// - as [`append`](Self::append), with the place of the entry that was refused; the register is then as
    ///   it was.
    pub fn extend(&mut self, entries: impl IntoIterator<Item = Entry>) -> Result<Vec<Warning>, ExtendError> {
        let mut whole = self.clone();
        let mut warnings = Vec::new();
        for (index, entry) in entries.into_iter().enumerate() {
            let id = entry.id().clone();
            match whole.append(entry) {
                Ok(more) => warnings.extend(more),
                Err(reason) => return Err(ExtendError { index, entry: id, reason: Box::new(reason) }),
            }
        }
        *self = whole;
        Ok(warnings)
    }

    /// The names of all that the register may speak of.
    ///
    /// ```
    /// assert_eq!(delisted::Register::default().directory().apps().count(), 0);
    /// ```
    #[must_use]
    pub fn directory(&self) -> &Directory {
        &self.directory
    }

    /// Every entry ever appended, in the order in which they came.
    ///
    /// ```
    /// assert!(delisted::Register::default().entries().is_empty());
    /// ```
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        self.facts.entries()
    }

    /// The entry of that identifier, retracted or not.
    ///
    /// ```
    /// assert!(delisted::Register::default().entry(&"order-issued".parse()?).is_none());
    /// # Ok::<(), delisted::id::IdError>(())
    /// ```
    #[must_use]
    pub fn entry(&self, id: &EntryId) -> Option<&Entry> {
        self.facts.position(id).and_then(|position| self.facts.entry(position))
    }

    /// What an identifier stands for among instruments, relief, endings and forbearance, clauses included.
    ///
    /// ```
    /// assert!(delisted::Register::default().measure("order/1").is_none());
    /// ```
    #[must_use]
    pub fn measure(&self, text: &str) -> Option<crate::law::Measure> {
        self.facts.measure_named(text)
    }

    /// The names of all that entries can be aimed at, for guesses at what was meant.
    #[cfg(feature = "file")]
    pub(crate) fn measure_names(&self) -> Vec<String> {
        self.facts.measure_names()
    }

    /// Whether no text reaches an app that no declaration names, whatever app that is.
    pub(crate) fn reaches_no_stranger(&self) -> bool {
        self.facts.reaches_no_stranger()
    }

    pub(crate) fn facts(&self) -> &Facts {
        &self.facts
    }
}

/// Two registers are equal that hold the same words and the same entries, in whatever order.
impl PartialEq for Register {
    fn eq(&self, other: &Self) -> bool {
        self.directory == other.directory
            && self.entries().len() == other.entries().len()
            && self.entries().iter().all(|entry| other.entry(entry.id()) == Some(entry))
    }
}
