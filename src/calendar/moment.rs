//! One subject at one instant, and in which directions one answer turns into another.

use std::{cell::OnceCell, cmp::Ordering};

use chrono::{DateTime, Utc};

use super::{Direction, reach::Mark};
use crate::{
    EntryId, Register,
    determination::{Assessment, Determination, Extent, Node, Requirement, marked},
    market::Subject,
    time::AsOf,
};

/// What an answer says that somebody must heed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) mark: Mark,
    prohibited: Extent,
    compelled: Extent,
}

impl Answer {
    fn of(determination: &Determination) -> Self {
        let mark = Mark {
            requirement: determination.requirement(),
            in_part: determination.is_in_part(),
            unenforced: determination.is_unenforced(),
        };
        Self { mark, prohibited: determination.prohibited(), compelled: determination.compelled() }
    }

    /// Whether the act is required, wholly, to be what the direction says.
    pub(super) fn has(self, direction: Direction) -> bool {
        match direction {
            Direction::MustComeDown => self.prohibited == Extent::Whole,
            Direction::MustBeOffered => self.compelled == Extent::Whole,
            _ => false,
        }
    }

    /// In which directions this answer turns into a later one.
    pub(super) fn directions(self, later: Self) -> Vec<Direction> {
        let turn = |before: Extent, after: Extent, more, less| match before.cmp(&after) {
            Ordering::Less => Some(more),
            Ordering::Equal => None,
            Ordering::Greater => Some(less),
        };
        let required = |answer: Self| answer.mark.requirement != Requirement::Unrestricted;
        let enforcement = match (self.mark.unenforced, later.mark.unenforced) {
            _ if !required(self) || !required(later) => None,
            (false, true) => Some(Direction::EnforcementPauses),
            (true, false) => Some(Direction::EnforcementResumes),
            _ => None,
        };
        [
            turn(self.prohibited, later.prohibited, Direction::MustComeDown, Direction::MayGoUp),
            turn(self.compelled, later.compelled, Direction::MustBeOffered, Direction::MayBeWithdrawn),
            enforcement,
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

/// The other answers that are possible, since a time is known only within bounds.
pub(super) struct Doubt {
    pub(super) alternatives: Vec<Answer>,
    pub(super) latest: DateTime<Utc>,
    pub(super) because: Vec<EntryId>,
}

/// One subject at one instant, with its tree made only where somebody asks for it.
pub(super) struct Moment<'a> {
    pub(super) at: DateTime<Utc>,
    pub(super) answer: Answer,
    pub(super) doubt: Option<Doubt>,
    assessment: Assessment<'a>,
    nodes: OnceCell<Vec<Node<'a>>>,
}

impl<'a> Moment<'a> {
    pub(super) fn new(register: &'a Register, subject: &'a Subject, as_of: AsOf) -> Self {
        let assessment = Assessment::new(register, subject, as_of);
        let determination = assessment.determination(&[]);
        let answer = Answer::of(&determination);
        let marked = marked(determination, register, subject, as_of);
        let doubt = marked.uncertainty().map(|it| Doubt {
            alternatives: it.alternatives().iter().map(Answer::of).collect(),
            latest: it.latest(),
            because: it.because().to_vec(),
        });
        Self { at: as_of.effective(), answer, doubt, assessment, nodes: OnceCell::new() }
    }

    pub(super) fn nodes(&self) -> &[Node<'a>] {
        self.nodes.get_or_init(|| self.assessment.nodes())
    }

    /// Whether the answer may have turned in that direction already.
    pub(super) fn may(&self, direction: Direction) -> bool {
        let doubt = self.doubt.iter();
        doubt.flat_map(|it| &it.alternatives).any(|it| self.answer.directions(*it).contains(&direction))
    }
}
