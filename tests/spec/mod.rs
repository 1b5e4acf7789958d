//! The rule written down: slow, short, one function per sentence, and nothing taken from the engine.
//!
//! The *model* reads the entries one by one for every question. It keeps no index and remembers nothing, so that
//! each of its functions can be held against the sentence above it. The engine must give the same answers.

mod market;
mod review;
mod standing;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use delisted::{
    StoreStatus, Subject, Territory,
    determination::{Determination, GroundStatus, Requirement},
    law::{Directive, Measure, Restriction, RestrictionId, Ruling},
    market::Directory,
    register::{Entry, Event},
    status::Meanwhile,
    time::Known,
};

/// The entries, those that are visible among them, and the words that they use.
pub(crate) struct Model<'a> {
    all: Vec<&'a Entry>,
    visible: Vec<&'a Entry>,
    directory: &'a Directory,
}

/// One place of a question: a subject in a country's remainder or in one part, at an instant.
pub(crate) struct Cell<'a> {
    pub(crate) subject: &'a Subject,
    pub(crate) place: Territory,
    pub(crate) at: DateTime<Utc>,
}

/// What the model says of one question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) requirement: Requirement,
    pub(crate) in_part: bool,
    pub(crate) unenforced: bool,
    pub(crate) under_appeal: Option<Ruling>,
    pub(crate) headline: StoreStatus,
    /// For each clause of a binding instrument, how it stands in each place.
    pub(crate) clauses: BTreeMap<RestrictionId, Vec<Option<GroundStatus>>>,
}

impl<'a> Model<'a> {
    /// An entry is visible if it is seen, and no entry that corrects or retracts it is itself seen.
    pub(crate) fn new(all: Vec<&'a Entry>, directory: &'a Directory, known: Known) -> Self {
        let seen = |entry: &Entry| known.sees(entry.recorded().as_record());
        let takes_back = |later: &Entry, entry: &Entry| {
            later.corrects() == Some(entry.id())
                || matches!(later.event(), Event::EntryRetracted { entry: gone } if gone == entry.id())
        };
        let visible = all
            .iter()
            .copied()
            .filter(|entry| seen(entry) && !all.iter().any(|later| seen(later) && takes_back(later, entry)))
            .collect();
        Self { all, visible, directory }
    }

    /// The whole answer: requirement, marks, headline, and how each clause stands.
    pub(crate) fn answer(&self, subject: &Subject, at: DateTime<Utc>) -> Answer {
        let cells: Vec<Cell<'_>> =
            self.places(subject.territory()).into_iter().map(|place| Cell { subject, place, at }).collect();
        let requirement = self.requirement(&cells);
        let contested: BTreeSet<Ruling> =
            cells.iter().flat_map(|cell| self.contested_commands(cell)).collect();
        let under_appeal = contested.into_iter().next();
        let clauses = self.clauses();
        let statuses = |id: &RestrictionId| {
            cells.iter().map(|cell| self.status(&Measure::Restriction(id.clone()), cell)).collect()
        };
        Answer {
            requirement,
            in_part: self.in_part(&cells),
            unenforced: self.unenforced(&cells),
            headline: headline(self.meanwhile(requirement, &cells), under_appeal.as_ref()),
            under_appeal,
            clauses: clauses.iter().map(|(id, _)| (id.clone(), statuses(id))).collect(),
        }
    }

    /// Requirement over the places: prohibited anywhere is prohibited, compelled anywhere is compelled, both
    /// conflict, and neither leaves it unrestricted.
    fn requirement(&self, cells: &[Cell<'_>]) -> Requirement {
        let directives: BTreeSet<Directive> =
            cells.iter().flat_map(|cell| self.commands(cell)).map(|(_, directive)| directive).collect();
        match (directives.contains(&Directive::Prohibit), directives.contains(&Directive::Compel)) {
            (false, false) => Requirement::Unrestricted,
            (true, false) => Requirement::Prohibited,
            (false, true) => Requirement::Compelled,
            (true, true) => Requirement::Conflicting,
        }
    }

    /// In part: the requirement differs between places, or what would hold without an appeal does.
    fn in_part(&self, cells: &[Cell<'_>]) -> bool {
        let each: BTreeSet<(Requirement, Meanwhile)> = cells
            .iter()
            .map(|cell| {
                let alone = std::slice::from_ref(cell);
                let requirement = self.requirement(alone);
                (requirement, self.meanwhile(requirement, alone))
            })
            .collect();
        each.len() > 1
    }

    /// Unenforced: there is an operative command, and every operative command in every place is the target, itself
    /// or its instrument, of an operative forbearance.
    fn unenforced(&self, cells: &[Cell<'_>]) -> bool {
        let mut commands = cells
            .iter()
            .flat_map(|cell| self.commands(cell).into_iter().map(move |(id, _)| (id, cell)))
            .peekable();
        commands.peek().is_some() && commands.all(|(id, cell)| self.forborne(&id, cell))
    }

    fn forborne(&self, id: &RestrictionId, cell: &Cell<'_>) -> bool {
        let (clause, instrument) = (id.clone().into(), id.instrument().clone().into());
        self.visible.iter().any(|entry| match entry.event() {
            Event::EnforcementForborne(it) => {
                (it.of.contains(&clause) || it.of.contains(&instrument))
                    && self.operative(&it.forbearance.clone().into(), cell)
            }
            _ => false,
        })
    }

    /// Commands: the clauses of binding instruments that are operative.
    fn commands(&self, cell: &Cell<'_>) -> Vec<(RestrictionId, Directive)> {
        let mut clauses = self.clauses();
        clauses.retain(|(id, _)| self.operative(&id.clone().into(), cell));
        clauses
    }

    /// Every clause of a binding instrument.
    pub(crate) fn clauses(&self) -> Vec<(RestrictionId, Directive)> {
        let mut found = Vec::new();
        for entry in &self.visible {
            let (instrument, clauses): (_, &[Restriction]) = match entry.event() {
                Event::InstrumentIssued(it) => (&it.instrument, &it.clauses),
                Event::RestrictionAdded { instrument, restriction } => {
                    (instrument, std::slice::from_ref(restriction))
                }
                _ => continue,
            };
            let binds = self.visible.iter().any(|entry| match entry.event() {
                Event::InstrumentIssued(it) => it.instrument == *instrument && it.kind.binds(),
                _ => false,
            });
            if binds {
                let id = |clause: &Restriction| RestrictionId::new(instrument.clone(), clause.clause.clone());
                found.extend(clauses.iter().map(|clause| (id(clause), clause.directive)));
            }
        }
        found
    }

    /// Meanwhile: ordered removed if prohibited or conflicting; else injunction if some binding prohibition is
    /// enjoined or stayed in some place; else listed.
    fn meanwhile(&self, requirement: Requirement, cells: &[Cell<'_>]) -> Meanwhile {
        let suspended = |id: RestrictionId| {
            cells.iter().any(|cell| {
                let status = self.status(&id.clone().into(), cell);
                matches!(
                    status,
                    Some(GroundStatus::Enjoined | GroundStatus::Stayed | GroundStatus::Permitted)
                )
            })
        };
        match requirement {
            Requirement::Prohibited | Requirement::Conflicting => Meanwhile::OrderedRemoved,
            _ if self
                .clauses()
                .into_iter()
                .any(|(id, directive)| directive == Directive::Prohibit && suspended(id)) =>
            {
                Meanwhile::Injunction
            }
            _ => Meanwhile::Listed,
        }
    }
}

/// Headline: appealed, with what binds meanwhile, if a ruling is under appeal; else what binds.
fn headline(meanwhile: Meanwhile, under_appeal: Option<&Ruling>) -> StoreStatus {
    match under_appeal {
        Some(ruling) => StoreStatus::Appealed { of: ruling.into(), meanwhile },
        None => meanwhile.into(),
    }
}

impl Answer {
    /// Where the engine says otherwise, in words.
    pub(crate) fn disagreement(&self, engine: &Determination) -> Option<String> {
        let mut theirs = BTreeMap::new();
        for ground in engine.grounds().iter().filter(|ground| ground.role().commands()) {
            if let Some(Measure::Restriction(id)) = ground.measure()
                && ground.status() != GroundStatus::LeftScope
            {
                theirs.insert(id.clone(), (ground.status(), ground.in_part()));
            }
        }
        let agree = self.requirement == engine.requirement()
            && self.in_part == engine.is_in_part()
            && self.unenforced == engine.is_unenforced()
            && self.under_appeal.as_ref() == engine.under_appeal()
            && self.under_appeal.is_some() == engine.is_under_appeal()
            && self.headline == engine.headline()
            && self.shown() == theirs;
        if agree { None } else { Some(format!("the model says {self:#?}\nthe engine says {engine:#?}")) }
    }

    /// Each clause that reaches the subject anywhere, with its strongest status, and whether it stands otherwise
    /// in another place.
    fn shown(&self) -> BTreeMap<RestrictionId, (GroundStatus, bool)> {
        self.clauses
            .iter()
            .filter_map(|(id, places)| {
                let strongest = *places.iter().flatten().min()?;
                let in_part = places.iter().any(|place| *place != Some(strongest));
                Some((id.clone(), (strongest, in_part)))
            })
            .collect()
    }
}
