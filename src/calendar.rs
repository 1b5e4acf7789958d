//! The calendar: what must come down and what may go up between two instants, when, where, and because of what.
//!
//! A *calendar* here is a list of turns of the answers, gathered so that one cause gives one item: an order that takes
//! effect for seven acts in two stores is one item, not fourteen. It is not a docket: hearings, motions and appeals turn
//! nothing and are not on it. A start that is announced and suspended, or waits for a condition, is listed as
//! *expected*, and is no deadline.
//!
//! Essential items:
//!
//! - [`Register::calendar`]: the calendar of a period, from what was known at a time;
//! - [`Calendar`], which prints as a table, and its [`Item`]s;
//! - [`Direction`]: what becomes due or free;
//! - [`When`]: an instant, or a span within which nobody knows the instant;
//! - [`Cause`]: the entries that make the turn, with their citations.
//!
//! ```
//! use delisted::{Register, law::*, market::*, register::*, time::{Known, Period, instant}};
//!
//! let (mut register, day) = (Register::default(), instant("2020-06-29T00:00:00Z")?);
//! register.declare(Declaration::App(AppDeclared::new("tiktok".parse()?, "TikTok")))?;
//! # let (authority, kind, jurisdiction) = ("it".parse()?, AuthorityKind::Agency, "IN".parse()?);
//! # register.declare(Declaration::Authority(AuthorityDeclared { authority, name: "IT".into(), kind, jurisdiction }))?;
//! let scope = Scope::app("tiktok".parse()?).territories(["IN".parse()?]).acts([delisted::Act::Download]);
//! let clause = Restriction::new("1".parse()?, Directive::Prohibit, scope);
//! let decree = Instrument::new("decree".parse()?, InstrumentKind::Decree, "the Decree").with_clause(clause);
//! let entry = Entry::build("issued".parse()?, Event::InstrumentIssued(decree)).by("it".parse()?).entered(day);
//! register.append(entry.recorded(day).citation("Decree 1").source("https://example.org").finish()?)?;
//!
//! let calendar = register.calendar(Period::since(day), Known::Best);
//! let due: Vec<&str> = calendar.deadlines().map(|item| item.sentence.as_str()).collect();
//! assert_eq!(
//!     due,
//!     ["TikTok must come down at 2020-06-29T00:00:00Z: download in app-store and google-play, IN. \
//!       Cause: clause 1 of the Decree takes effect."],
//! );
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod alike;
mod causes;
mod expected;
mod gather;
mod item;
#[cfg(feature = "serde")]
mod json;
mod moment;
mod reach;
mod walk;
mod wording;

use std::fmt;

pub use item::{Cause, Certainty, Direction, Happening, Item, Reach, When};

use crate::{
    Register,
    time::{Known, Period},
};

/// The items of a period, from what was known at a time.
///
/// ```
/// use delisted::{Register, time::{Known, Period, instant}};
///
/// let period = Period::since(instant("2020-09-18T00:00:00Z")?);
/// println!("{}", Register::default().calendar(period, Known::Best));
/// # Ok::<(), delisted::time::TimeError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Calendar {
    period: Period,
    known: Known,
    items: Vec<Item>,
}

impl Calendar {
    /// The period asked about.
    ///
    /// ```
    /// use delisted::{Register, time::{Known, Period, instant}};
    ///
    /// let period = Period::since(instant("2020-09-18T00:00:00Z")?);
    /// assert_eq!(Register::default().calendar(period, Known::Best).period(), period);
    /// # Ok::<(), delisted::time::TimeError>(())
    /// ```
    #[must_use]
    pub fn period(&self) -> Period {
        self.period
    }

    /// How much of the record it rests on.
    ///
    /// ```
    /// use delisted::{Register, time::{Known, Period, instant}};
    ///
    /// let friday = instant("2020-09-18T22:00:00Z")?;
    /// let calendar = Register::default().calendar(Period::since(friday), friday);
    /// assert_eq!(calendar.known(), Known::At(friday));
    /// # Ok::<(), delisted::time::TimeError>(())
    /// ```
    #[must_use]
    pub fn known(&self) -> Known {
        self.known
    }

    /// Every item: by time, then by app, direction and causing entries; last what waits for a condition.
    ///
    /// ```
    /// use delisted::{Register, time::{Known, Period, instant}};
    ///
    /// let period = Period::since(instant("2020-09-18T00:00:00Z")?);
    /// assert!(Register::default().calendar(period, Known::Best).items().is_empty());
    /// # Ok::<(), delisted::time::TimeError>(())
    /// ```
    #[must_use]
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// The items by which something must be done.
    ///
    /// ```
    /// use delisted::{Register, time::{Known, Period, instant}};
    ///
    /// let period = Period::since(instant("2020-09-18T00:00:00Z")?);
    /// assert_eq!(Register::default().calendar(period, Known::Best).deadlines().count(), 0);
    /// # Ok::<(), delisted::time::TimeError>(())
    /// ```
    pub fn deadlines(&self) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(|item| item.is_deadline())
    }

    /// What may have turned within a span and may not: it hangs on times that nobody knows.
    ///
    /// ```
    /// use delisted::{Register, time::{Known, Period, instant}};
    ///
    /// let period = Period::since(instant("2020-09-18T00:00:00Z")?);
    /// assert_eq!(Register::default().calendar(period, Known::Best).possible().count(), 0);
    /// # Ok::<(), delisted::time::TimeError>(())
    /// ```
    pub fn possible(&self) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(|item| item.certainty == Certainty::Possible)
    }

    /// The items that are announced only: suspended when their time comes, or waiting for a condition.
    ///
    /// ```
    /// use delisted::{Register, time::{Known, Period, instant}};
    ///
    /// let period = Period::since(instant("2020-09-18T00:00:00Z")?);
    /// assert_eq!(Register::default().calendar(period, Known::Best).expected().count(), 0);
    /// # Ok::<(), delisted::time::TimeError>(())
    /// ```
    pub fn expected(&self) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(|item| item.certainty == Certainty::Expected)
    }
}

/// A table: a line for each item and what shares it, the causes with their citations indented below.
impl fmt::Display for Calendar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&wording::table(self))
    }
}

impl Register {
    /// What turns within a period, from what was known at `known`, gathered so that one cause gives one item.
    ///
    /// A turn at the period's first instant is within it, one at its end is not. Of a turn whose instant nobody knows the
    /// span counts: it is listed where any of it lies within the period. The subjects are those of
    /// [`subjects`](Self::subjects).
    ///
    /// ```
    /// use delisted::{Register, time::{Known, Period, instant}};
    ///
    /// let (from, to) = (instant("2020-09-18T00:00:00Z")?, instant("2020-10-01T00:00:00Z")?);
    /// let calendar = Register::default().calendar(Period::new(from, to)?, Known::Best);
    /// assert!(calendar.items().is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn calendar(&self, period: Period, known: impl Into<Known>) -> Calendar {
        let known = known.into();
        Calendar { period, known, items: gather::items(self, period, known) }
    }
}
