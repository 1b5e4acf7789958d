//! Explanation: a determination as a tree in words, each line with its citation.
//!
//! An *explanation* is the same answer as the [`Determination`], told so that a reader can follow and check it:
//! what commands, what suspends or ended it, on what it hangs, and what was recorded and changes nothing. It
//! is not an argument, and it adds nothing to the answer.
//!
//! Essential types: [`Explanation`], which prints as an indented tree, and its lines, [`Step`].
//!
//! ```
//! use delisted::{Act, Register, Store, Subject, time::instant};
//!
//! let subject = Subject::new("wechat".parse()?, Store::APP_STORE, "US".parse()?, Act::Download);
//! let explanation = Register::default().explain(&subject, instant("2020-09-22T00:00:00Z")?);
//! assert_eq!(
//!     explanation.to_string(),
//!     "download of wechat in app-store, US, as of 2020-09-22T00:00:00Z: unrestricted; status: listed\n\
//!      \x20 nothing recorded speaks of it\n",
//! );
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod wording;

pub(crate) use wording::{of as words, said as bare_words};

use std::fmt;

use crate::{
    EntryId, Register,
    determination::{Assessment, Determination, GroundStatus, Role, marked},
    law::Citation,
    market::Subject,
    time::{AsOf, Known, text},
};

/// A determination in words, as a tree.
///
/// ```
/// use delisted::{Act, Register, Store, Subject, time::instant};
///
/// let register = Register::default();
/// let subject = Subject::new("wechat".parse()?, Store::APP_STORE, "US".parse()?, Act::Download);
/// let day = instant("2020-09-22T00:00:00Z")?;
/// assert_eq!(register.explain(&subject, day).determination(), &register.determine(&subject, day));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Explanation {
    subject: Subject,
    as_of: AsOf,
    app_name: String,
    determination: Determination,
    steps: Vec<Step>,
}

/// One line of an explanation.
///
/// ```
/// use delisted::{Act, Register, Store, Subject, time::instant};
///
/// let register = Register::default();
/// let subject = Subject::new("wechat".parse()?, Store::APP_STORE, "US".parse()?, Act::Download);
/// for step in register.explain(&subject, instant("2020-09-22T00:00:00Z")?).steps() {
///     println!("{}{} [{}]", "  ".repeat(step.depth), step.text, step.citation);
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Step {
    /// How deep in the tree it stands: 0 for what commands, more for what bears on it.
    pub depth: usize,
    /// What it says.
    pub text: String,
    /// The entry of the register.
    pub entry: EntryId,
    /// What it does to the answer.
    pub role: Role,
    /// How it stood.
    pub status: GroundStatus,
    /// Where its official text is to be found.
    pub citation: Citation,
}

impl Explanation {
    /// The answer that is explained.
    ///
    /// ```
    /// use delisted::{Act, Register, Store, Subject, determination::Requirement, time::instant};
    ///
    /// let subject = Subject::new("wechat".parse()?, Store::APP_STORE, "US".parse()?, Act::Download);
    /// let explanation = Register::default().explain(&subject, instant("2020-09-22T00:00:00Z")?);
    /// assert_eq!(explanation.determination().requirement(), Requirement::Unrestricted);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn determination(&self) -> &Determination {
        &self.determination
    }

    /// The lines of the tree, each after what it bears on.
    ///
    /// ```
    /// use delisted::{Act, Register, Store, Subject, time::instant};
    ///
    /// let subject = Subject::new("wechat".parse()?, Store::APP_STORE, "US".parse()?, Act::Download);
    /// assert!(Register::default().explain(&subject, instant("2020-09-22T00:00:00Z")?).steps().is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// The marks on the answer, in words.
    fn marks(&self) -> String {
        let marks = [
            (self.determination.is_in_part(), "in a part of the territory only"),
            (self.determination.is_unenforced(), "declared not to be enforced"),
            (self.determination.is_under_appeal(), "under appeal"),
        ];
        let said = marks.into_iter().filter(|(holds, _)| *holds);
        said.flat_map(|(_, words)| [", ", words]).collect()
    }
}

/// How many levels of the tree are set off from each other.
const DEEPEST: usize = 40;

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { subject, as_of, determination, .. } = self;
        write!(f, "{} of {} in {}", subject.act(), self.app_name, subject.storefront())?;
        if let Some(party) = subject.party() {
            write!(f, ", for {party}")?;
        }
        write!(f, ", as of {}", text(as_of.effective()))?;
        if let Known::At(known) = as_of.known() {
            write!(f, ", from what was known at {}", text(known))?;
        }
        let (requirement, status) = (determination.requirement(), determination.headline());
        writeln!(f, ": {requirement}{}; status: {status}", self.marks())?;
        if let Some(uncertainty) = determination.uncertainty() {
            writeln!(f, "  {}", wording::uncertain(uncertainty))?;
        }
        if self.steps.is_empty() {
            writeln!(f, "  nothing recorded speaks of it")?;
        }
        let mut cited = None;
        for step in &self.steps {
            // Past any depth that a reader can follow, the tree grows in lines only.
            for _ in 0..=step.depth.min(DEEPEST) {
                f.write_str("  ")?;
            }
            f.write_str(&step.text)?;
            // A clause and its instrument share a citation; once is enough for a reader.
            if cited != Some(&step.citation) {
                write!(f, " [{}]", step.citation)?;
            }
            writeln!(f)?;
            cited = Some(&step.citation);
        }
        Ok(())
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Explanation {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;

        let known = match self.as_of.known() {
            Known::Best => None,
            Known::At(known) => Some(text(known)),
        };
        let mut object = serializer.serialize_struct("Explanation", 5)?;
        object.serialize_field("subject", &self.subject.to_string())?;
        object.serialize_field("at", &text(self.as_of.effective()))?;
        object.serialize_field("known_at", &known)?;
        object.serialize_field("determination", &self.determination)?;
        object.serialize_field("steps", &self.steps)?;
        object.end()
    }
}

impl Register {
    /// The answer for a subject at an instant, as a tree in words.
    ///
    /// ```
    /// use delisted::{Act, Register, Store, Subject, time::instant};
    ///
    /// let subject = Subject::new("wechat".parse()?, Store::APP_STORE, "US".parse()?, Act::Download);
    /// println!("{}", Register::default().explain(&subject, instant("2020-09-22T00:00:00Z")?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn explain(&self, subject: &Subject, as_of: impl Into<AsOf>) -> Explanation {
        let as_of = as_of.into();
        let assessment = Assessment::new(self, subject, as_of);
        let nodes = assessment.nodes();
        let determination = marked(assessment.determination(&nodes), self, subject, as_of);
        let view = assessment.view();
        let steps = nodes
            .into_iter()
            .map(|node| Step {
                depth: node.depth,
                text: wording::of(view, &node),
                entry: node.entry.id().clone(),
                role: node.role,
                status: node.status,
                citation: node.entry.citation().clone(),
            })
            .collect();
        let app_name = match view.app_name(subject.app(), as_of.effective()) {
            "" => subject.app().to_string(),
            name => name.to_owned(),
        };
        Explanation { subject: subject.clone(), as_of, app_name, determination, steps }
    }
}
