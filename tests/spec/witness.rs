//! What the answers of a race turned on, so that a race in which nothing hard happened fails.

use std::fmt;

use delisted::{
    EntryId, Register, StoreStatus, Subject,
    determination::{GroundStatus, Requirement},
    law::{Measure, Ruling},
    register::Event,
    time::AsOf,
};

use super::spec::{Answer, Cell, Model};

/// How many answers turned on what; decided by the written rule, by taking the entry away and asking again.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Tally {
    registers: u32,
    entries: usize,
    longest: usize,
    refused: usize,
    answers: u32,
    restricted: u32,
    in_part: u32,
    under_appeal: u32,
    stay_of_relief: u32,
    overlapping_shields: u32,
    lapse: u32,
    mandate: u32,
    transfer: u32,
    parts: u32,
    forbearance: u32,
}

impl Tally {
    /// A register by itself.
    pub(crate) fn of(entries: usize, refused: usize) -> Self {
        Self { registers: 1, entries, longest: entries, refused, ..Self::default() }
    }

    /// Both together.
    pub(crate) fn and(self, other: Self) -> Self {
        Self {
            registers: self.registers + other.registers,
            entries: self.entries + other.entries,
            longest: self.longest.max(other.longest),
            refused: self.refused + other.refused,
            answers: self.answers + other.answers,
            restricted: self.restricted + other.restricted,
            in_part: self.in_part + other.in_part,
            under_appeal: self.under_appeal + other.under_appeal,
            stay_of_relief: self.stay_of_relief + other.stay_of_relief,
            overlapping_shields: self.overlapping_shields + other.overlapping_shields,
            lapse: self.lapse + other.lapse,
            mandate: self.mandate + other.mandate,
            transfer: self.transfer + other.transfer,
            parts: self.parts + other.parts,
            forbearance: self.forbearance + other.forbearance,
        }
    }

    /// Counts one answer.
    pub(crate) fn witness(&mut self, register: &Register, subject: &Subject, as_of: AsOf) {
        let model = |without: Option<&EntryId>| {
            let entries = register.entries().iter().filter(|entry| Some(entry.id()) != without);
            Model::new(entries.collect(), register.directory(), as_of.known())
        };
        let whole = model(None);
        let answer = whole.answer(subject, as_of.effective());
        self.answers += 1;
        self.restricted += u32::from(answer.requirement != Requirement::Unrestricted);
        self.in_part += u32::from(answer.in_part);
        self.under_appeal += u32::from(answer.under_appeal.is_some());
        self.forbearance += u32::from(answer.unenforced);
        let cell = Cell { subject, place: subject.territory().clone(), at: as_of.effective() };
        self.overlapping_shields += u32::from(shields_overlap(&whole, &cell));
        self.lapse += u32::from(relief_lapsed(&whole, &cell));
        let (mut stay, mut mandate, mut transfer, mut parts) = (false, false, false, false);
        for entry in register.entries().iter().filter(|entry| entry.effective() <= as_of.effective()) {
            let without = || model(Some(entry.id())).answer(subject, as_of.effective());
            match entry.event() {
                Event::ReliefGranted(it) if it.against.iter().any(|of| matches!(of, Measure::Relief(_))) => {
                    stay = stay || without().requirement != answer.requirement;
                }
                Event::MandateIssued { .. } => mandate = mandate || said(&without()) != said(&answer),
                Event::ControlTransferred { to, .. } => {
                    let turned = said(&without()) != said(&answer);
                    transfer = transfer || turned;
                    parts = parts || turned && !to.is_none() && to.sole_owner().is_none();
                }
                _ => {}
            }
        }
        self.stay_of_relief += u32::from(stay);
        self.mandate += u32::from(mandate);
        self.transfer += u32::from(transfer);
        self.parts += u32::from(parts);
    }

    /// Fails unless enough answers turned on each, and enough entries were accepted.
    pub(crate) fn demand(&self, cases: u32, full: u32) {
        let enough = (1_000 * cases / full).min(1_000);
        for (what, count) in self.decided() {
            assert!(count >= enough, "only {count} answers turned on {what}, of {enough} demanded");
        }
        let (count, enough) = (self.parts, enough / 4);
        assert!(
            count >= enough,
            "only {count} answers turned on an ownership in parts, of {enough} demanded"
        );
        let offered = self.entries + self.refused;
        assert!(self.entries * 10 > offered * 6, "only {} of {offered} entries were accepted", self.entries);
        assert!(self.longest >= 40 || cases < 1_000, "no register was long");
    }

    fn decided(&self) -> [(&'static str, u32); 6] {
        [
            ("a stay of relief", self.stay_of_relief),
            ("overlapping shields", self.overlapping_shields),
            ("a lapse", self.lapse),
            ("a mandate", self.mandate),
            ("a change of ownership", self.transfer),
            ("forbearance", self.forbearance),
        ]
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "registers {}, answers {}", self.registers, self.answers)?;
        writeln!(f, "entries accepted {}, refused {}, longest {}", self.entries, self.refused, self.longest)?;
        writeln!(f, "not unrestricted {}, in part {}", self.restricted, self.in_part)?;
        writeln!(f, "under appeal {}", self.under_appeal)?;
        writeln!(f, "turned on an ownership in parts: {}", self.parts)?;
        self.decided().into_iter().try_for_each(|(what, count)| writeln!(f, "turned on {what}: {count}"))
    }
}

/// Two grants of relief or more are operative against one clause.
fn shields_overlap(model: &Model<'_>, cell: &Cell<'_>) -> bool {
    model.clauses().into_iter().any(|(id, _)| {
        let status = model.status(&id.clone().into(), cell);
        matches!(status, Some(GroundStatus::Enjoined | GroundStatus::Stayed | GroundStatus::Permitted))
            && relief_for(model, &id).iter().filter(|relief| model.operative(relief, cell)).count() > 1
    })
}

/// Relief ran out by itself, and the clause that it suspended is in force.
fn relief_lapsed(model: &Model<'_>, cell: &Cell<'_>) -> bool {
    model.clauses().into_iter().any(|(id, _)| {
        model.operative(&id.clone().into(), cell)
            && relief_for(model, &id)
                .iter()
                .any(|relief| model.status(relief, cell) == Some(GroundStatus::Expired))
    })
}

/// The relief aimed at a clause or at its instrument.
fn relief_for(model: &Model<'_>, id: &delisted::law::RestrictionId) -> Vec<Measure> {
    let mut relief = model.relief(&id.clone().into());
    relief.extend(model.relief(&id.instrument().clone().into()));
    relief.sort_unstable();
    relief.dedup();
    relief
}

/// The answer without its grounds.
fn said(answer: &Answer) -> (Requirement, bool, bool, Option<&Ruling>, StoreStatus) {
    let appeal = answer.under_appeal.as_ref();
    (answer.requirement, answer.in_part, answer.unenforced, appeal, answer.headline)
}
