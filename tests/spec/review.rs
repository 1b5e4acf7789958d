//! Which rulings are under review such that the answer could turn on it.

use std::collections::BTreeSet;

use delisted::{
    EntryId,
    determination::GroundStatus,
    law::{Measure, Ruling},
    register::{Entry, Event},
};

use super::{Cell, Model, standing::is_over};

impl Model<'_> {
    /// Under appeal: what is contested of the clauses of binding instruments that reach the cell.
    pub(super) fn contested_commands(&self, cell: &Cell<'_>) -> BTreeSet<Ruling> {
        self.clauses().into_iter().flat_map(|(id, _)| self.contested(&id.into(), cell)).collect()
    }

    /// Nothing is contested of what is absent or does not reach. Of what endings in force end, those endings are; of
    /// what ran out, nothing; of what fell or ended with its carrier, the carrier. Otherwise: the measure itself, the
    /// refusals of relief against it, its carrier, the relief aimed at it, the endings aimed at it, and the judgments
    /// that disposed of it in whatever way.
    fn contested(&self, measure: &Measure, cell: &Cell<'_>) -> BTreeSet<Ruling> {
        let (Some(text), Some(status)) = (self.text(measure), self.status(measure, cell)) else {
            return BTreeSet::new();
        };
        let aimed: Vec<Measure> =
            self.endings(measure, cell).into_iter().map(|(_, ending, _)| ending).collect();
        let in_force: Vec<&Measure> = aimed.iter().filter(|ending| self.operative(ending, cell)).collect();
        if !in_force.is_empty() {
            return in_force.into_iter().flat_map(|ending| self.contested(ending, cell)).collect();
        }
        let mut rulings = BTreeSet::new();
        if status == GroundStatus::Expired {
            return rulings;
        }
        if let Some(carrier) = &text.carrier {
            rulings.extend(self.contested(carrier, cell));
        }
        if is_over(status) {
            return rulings;
        }
        rulings.extend(self.appealed(&Ruling::Measure(measure.clone()), cell));
        for refusal in self.refusals(measure, cell) {
            rulings.extend(self.appealed(&Ruling::Refusal(refusal), cell));
        }
        for relief in self.relief(measure) {
            rulings.extend(self.contested(&relief, cell));
        }
        for ruling in aimed.iter().chain(&self.judgments(measure, cell)) {
            rulings.extend(self.contested(ruling, cell));
        }
        rulings
    }

    /// A ruling is appealed while an appeal of it that covers the cell is open: noticed by then, and not closed.
    fn appealed(&self, ruling: &Ruling, cell: &Cell<'_>) -> Option<Ruling> {
        let open = self.visible.iter().any(|entry| match entry.event() {
            Event::AppealNoticed(appeal) => {
                appeal.of.contains(ruling)
                    && self.covers(&appeal.scope, cell)
                    && entry.effective() <= cell.at
                    && self.closes(&appeal.appeal).is_none_or(|closes| cell.at < closes)
            }
            _ => false,
        });
        open.then(|| ruling.clone())
    }

    /// The entries by then that refuse relief against a measure, under the identifiers of all that they corrected too:
    /// an appeal of a refusal outlives a correction of it.
    fn refusals(&self, measure: &Measure, cell: &Cell<'_>) -> Vec<EntryId> {
        let refuses = |entry: &&&Entry| match entry.event() {
            Event::ReliefRefused { against, .. } => against.contains(measure) && entry.effective() <= cell.at,
            _ => false,
        };
        let mut found: Vec<EntryId> = Vec::new();
        for refusal in self.visible.iter().filter(refuses) {
            let mut version = Some(refusal.id().clone());
            while let Some(id) = version {
                version =
                    self.all.iter().find(|entry| *entry.id() == id).and_then(|it| it.corrects().cloned());
                found.push(id);
            }
        }
        found
    }

    /// The judgments that dispose of a measure, in a scope that covers the cell.
    fn judgments(&self, measure: &Measure, cell: &Cell<'_>) -> Vec<Measure> {
        self.visible
            .iter()
            .filter_map(|entry| match entry.event() {
                Event::AppealDecided(it) => it
                    .dispositions
                    .iter()
                    .any(|ruled| {
                        ruled.ruling == Ruling::Measure(measure.clone()) && self.covers(&ruled.scope, cell)
                    })
                    .then(|| it.judgment.clone().into()),
                _ => None,
            })
            .collect()
    }

    /// The relief aimed at a measure.
    pub(crate) fn relief(&self, measure: &Measure) -> Vec<Measure> {
        self.visible
            .iter()
            .filter_map(|entry| match entry.event() {
                Event::ReliefGranted(it) if it.against.contains(measure) => Some(it.relief.clone().into()),
                _ => None,
            })
            .collect()
    }
}
