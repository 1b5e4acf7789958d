//! Law: instruments and their clauses, relief against them, appeals, endings, and non-enforcement.
//!
//! *Law* here is what official acts say, taken at their word. It is not whether they are right, and not
//! what stores do about them. The types of this room are facts that somebody read in a document; what
//! follows from them together is worked out by [`determination`](crate::determination).
//!
//! Essential types:
//!
//! - [`Instrument`]: a statute, an order, or a non-binding act; its clauses are [`Restriction`]s;
//! - [`Scope`]: the apps, stores, territories and acts that a text reaches;
//! - [`Relief`]: an injunction or a stay, against an instrument, a clause, or other relief;
//! - [`Appeal`] and [`Judgment`]: review sought, and what came of it;
//! - [`Ending`]: a rescission, a vacatur, a dissolution;
//! - [`Forbearance`]: a declaration not to enforce;
//! - [`Measure`]: any of these, as the aim of another.
//!
//! ```
//! use delisted::{Act, law::{Directive, Restriction, Scope}};
//!
//! let clause = Restriction::new("1".parse()?, Directive::Prohibit, Scope::app("wechat".parse()?).acts([Act::Download]));
//! assert_eq!(clause.directive, Directive::Prohibit);
//! # Ok::<(), delisted::id::IdError>(())
//! ```

mod appeal;
mod citation;
mod ending;
mod forbearance;
mod instrument;
mod measure;
mod relief;
mod restriction;
mod scope;
mod span;

pub use appeal::{Appeal, Disposition, Judgment, MandateTerm, Ruled, Ruling};
pub use citation::{BlankCitation, Citation};
pub use ending::{Ending, Manner};
pub use forbearance::Forbearance;
pub use instrument::{Instrument, InstrumentKind};
pub use measure::Measure;
pub use relief::{Parties, Relief, ReliefKind};
pub use restriction::{Directive, Restriction, RestrictionId, RestrictionIdError};
pub use scope::{AppSelector, Scope, Selection};
pub use span::{Bound, Span, SpanError};
