//! From the texts of one row to a sighting, whichever form the file has.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use super::{column::Column, error::ObservationProblem};
use crate::{
    AppId, InstrumentId, Register, Store, Territory,
    error::Suggestion,
    observation::{Attribution, RemovedBy, Sighting, SightingError},
    reconciliation::instruments,
    time::{Dated, civil},
};

/// How many different words are kept before the store of words is emptied; it only saves memory and time.
const KEPT: usize = 1 << 16;

/// Words already read, so that a million rows about one app hold its name once. Only looked up, never walked.
struct Words<T>(HashMap<Box<str>, T>);

impl<T: Clone> Words<T> {
    fn new() -> Self {
        Self(HashMap::new())
    }

    fn read<E>(&mut self, text: &str, parse: impl FnOnce(&str) -> Result<T, E>) -> Result<T, E> {
        if let Some(known) = self.0.get(text) {
            return Ok(known.clone());
        }
        let value = parse(text)?;
        if self.0.len() >= KEPT {
            self.0.clear();
        }
        self.0.insert(text.into(), value.clone());
        Ok(value)
    }
}

/// The texts of one row, a place for each column; what is left out or blank is nothing.
pub(super) type Row<'t> = [Option<&'t str>; Column::ALL.len()];

/// A problem and the column that it lies in.
pub(super) type Misfit = (Option<Column>, ObservationProblem);

pub(super) struct Parser {
    apps: Words<AppId>,
    stores: Words<Store>,
    territories: Words<Territory>,
    times: Words<Dated>,
    sources: Words<Arc<str>>,
    /// The instruments that a cause may name, where the register is known.
    instruments: Option<BTreeSet<InstrumentId>>,
}

impl Parser {
    pub(super) fn new(register: Option<&Register>) -> Self {
        Self {
            instruments: register.map(|register| instruments(register).cloned().collect()),
            apps: Words::new(),
            stores: Words::new(),
            territories: Words::new(),
            times: Words::new(),
            sources: Words::new(),
        }
    }

    /// The sighting of a row, with the texts of its causes.
    pub(super) fn sighting<'t>(
        &mut self,
        row: &Row<'t>,
        causes: impl Iterator<Item = &'t str>,
    ) -> Result<Sighting, Misfit> {
        let cell = |column: Column| row.get(column.index()).copied().flatten();
        let needed = |column: Column| {
            cell(column).ok_or((Some(column), ObservationProblem::Blank { expected: column.expected() }))
        };
        let word = |column: Column| bounded(column, needed(column)?);
        let app = self.apps.read(word(Column::App)?, str::parse).map_err(at(Column::App))?;
        let store = self.stores.read(word(Column::Store)?, str::parse);
        let store = store.map_err(ObservationProblem::Store).map_err(at(Column::Store))?;
        let territory =
            self.territories.read(word(Column::Territory)?, str::parse).map_err(at(Column::Territory))?;
        let time = self.times.read(word(Column::At)?, civil::parse).map_err(at(Column::At))?;
        let seen = word(Column::Seen)?.parse().map_err(at(Column::Seen))?;
        let mut sighting = Sighting::build(app, store, territory, time, seen);
        if let Some(act) = cell(Column::Act) {
            sighting = sighting.act(bounded(Column::Act, act)?.parse().map_err(at(Column::Act))?);
        }
        if let Some(by) = cell(Column::By) {
            sighting = sighting.by(bounded(Column::By, by)?.parse::<RemovedBy>().map_err(at(Column::By))?);
        }
        for cause in causes {
            // A claimant may be of any length, so a cause is too long only where it is wrong anyhow.
            let parsed = cause.parse::<Attribution>();
            let cause = match parsed {
                Ok(cause) => cause,
                Err(error) => {
                    bounded(Column::Causes, cause)?;
                    return Err(at(Column::Causes)(error));
                }
            };
            if let Some(held) = &self.instruments
                && !held.contains(cause.instrument())
            {
                let instrument = cause.instrument().clone();
                let suggestion =
                    Suggestion::among(instrument.as_str(), held.iter().map(InstrumentId::as_str));
                return Err((
                    Some(Column::Causes),
                    ObservationProblem::UnknownInstrument { instrument, suggestion },
                ));
            }
            sighting = sighting.cause(cause);
        }
        if let Some(basis) = cell(Column::Basis) {
            sighting = sighting.basis(bounded(Column::Basis, basis)?.parse().map_err(at(Column::Basis))?);
        }
        let Ok(source) = self
            .sources
            .read(needed(Column::Source)?, |text| Ok::<_, std::convert::Infallible>(Arc::from(text)));
        sighting = sighting.source(source);
        if let Some(note) = cell(Column::Note) {
            sighting = sighting.note(note);
        }
        sighting.finish().map_err(misfit)
    }
}

/// How many characters a word, a time or a cause has at the most: the longest times have fewer than 100.
const LONGEST: usize = 160;

/// How many characters of a longer one an error shows.
const SHOWN: usize = 60;

/// The start of a text that is too long to be shown.
pub(super) fn shown(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}...", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// A cell that is no longer than anything that belongs in it.
fn bounded(column: Column, text: &str) -> Result<&str, Misfit> {
    if text.len() <= LONGEST || text.chars().nth(LONGEST).is_none() {
        return Ok(text);
    }
    let (start, length, expected) = (shown(text), text.chars().count(), column.expected());
    Err((Some(column), ObservationProblem::TooLong { start, length, expected }))
}

/// Places an error in its column.
fn at<E: Into<ObservationProblem>>(column: Column) -> impl FnOnce(E) -> Misfit {
    move |error| (Some(column), error.into())
}

/// Places what does not fit together in the column that should give way.
fn misfit(error: SightingError) -> Misfit {
    let column = match &error {
        SightingError::NoSource => Column::Source,
        SightingError::CausedWhileThere { cause, .. } => {
            if let Err(too_long) = bounded(Column::Causes, &cause.to_string()) {
                return too_long;
            }
            Column::Causes
        }
        SightingError::RemovedWhileThere { .. } | SightingError::WithdrawnByAnother { .. } => Column::By,
    };
    (Some(column), error.into())
}
