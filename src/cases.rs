//! The catalogue: real cases, each held against what its own sources say.
//!
//! A *case* here is one history with three files: what official acts say (the register), what stores were seen to
//! do (the observations), and what the sources say held at moments of it (the truth rows). It is not a docket, of which
//! one history may have many, and it is not evidence of anything that its sources do not say. A *truth row* is a
//! claim of a source that the library's answer is compared with; where the two differ and the library stands by its
//! answer, the row says why.
//!
//! Essential items:
//!
//! - [`all`], [`by_slug`], [`by_territory`], [`by_app`]: the cases that are built into the library;
//! - [`Case::read_folder`], [`Case::read`]: a case of one's own;
//! - [`Case::verdicts`]: what the library says of each row, and whether it agrees.
//!
//! ```
//! use delisted::cases::{self, Outcome};
//!
//! let wechat = cases::by_slug("wechat-2020")?;
//! for verdict in wechat.verdicts() {
//!     assert_ne!(verdict.outcome(), Outcome::Differs, "{}: {:?}", verdict.subject(), verdict.differences());
//! }
//! # Ok::<(), cases::CaseError>(())
//! ```

mod case;
mod error;
mod reach;
mod row;
mod truth_file;
mod verdict;

pub use case::{Case, CaseTexts};
pub use error::{CaseError, TruthError, TruthProblem};
pub use row::{Disagreement, FirstGround, Listed, Mark, Required, Row};
pub use verdict::{Difference, Outcome, Tally, Verdict};

use crate::{AppId, Territory, error::Suggestion};

/// The texts of every folder in `cases/`, in the order of their names.
const TEXTS: &[CaseTexts<'static>] = include!(concat!(env!("OUT_DIR"), "/cases.rs"));

/// The names of the cases in alphabetical order.
///
/// ```
/// assert!(delisted::cases::slugs().any(|slug| slug == "wechat-2020"));
/// ```
pub fn slugs() -> impl Iterator<Item = &'static str> {
    TEXTS.iter().map(|texts| texts.slug)
}

/// Every case, in the order of their slugs.
///
/// ```
/// let cases = delisted::cases::all()?;
/// assert!(cases.is_sorted_by_key(|case| case.slug().to_owned()));
/// # Ok::<(), delisted::cases::CaseError>(())
/// ```
///
/// # Errors
///
/// - as [`Case::read`]; the tests of the library see to it that none of its own cases fails.
pub fn all() -> Result<Vec<Case>, CaseError> {
    TEXTS.iter().map(Case::read).collect()
}

/// The case of one name.
///
/// ```
/// use delisted::cases;
///
/// assert_eq!(cases::by_slug("wechat-2020")?.slug(), "wechat-2020");
/// let error = cases::by_slug("wechat-2021").unwrap_err();
/// assert!(error.to_string().starts_with("`wechat-2021` is not a case of the catalogue; did you mean `"));
/// # Ok::<(), cases::CaseError>(())
/// ```
///
/// # Errors
///
/// - no case has the name;
/// - as [`Case::read`].
pub fn by_slug(slug: &str) -> Result<Case, CaseError> {
    let texts = TEXTS.iter().find(|texts| texts.slug == slug).ok_or_else(|| CaseError::UnknownSlug {
        slug: slug.to_owned(),
        suggestion: Suggestion::among(slug, slugs()),
    })?;
    Case::read(texts)
}

/// The cases that speak of a territory: by a clause, a sighting or a truth row, on it, on a part of it, or on the country
/// that it is a part of.
///
/// ```
/// use delisted::cases;
///
/// let montana = cases::by_territory(&"US-MT".parse()?)?;
/// assert!(montana.iter().any(|case| case.slug() == "wechat-2020"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// - as [`all`].
pub fn by_territory(territory: &Territory) -> Result<Vec<Case>, CaseError> {
    Ok(all()?.into_iter().filter(|case| case.speaks_of(territory)).collect())
}

/// The cases whose register knows an app.
///
/// ```
/// use delisted::cases;
///
/// let wecom = cases::by_app(&"wecom".parse()?)?;
/// assert!(wecom.iter().any(|case| case.slug() == "wechat-2020"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// - as [`all`].
pub fn by_app(app: &AppId) -> Result<Vec<Case>, CaseError> {
    Ok(all()?.into_iter().filter(|case| case.register().directory().app(app).is_some()).collect())
}
