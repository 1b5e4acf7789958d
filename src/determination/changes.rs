use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::Determination;
use crate::{
    Act, AppId, Register, Store, Territory,
    law::{AppSelector, Measure, Scope},
    market::{Storefront, Subject},
    register::View,
    time::{Known, Period},
};

/// A turn of the answer for one subject.
///
/// ```
/// use delisted::{Register, time::{Known, Period, instant}};
///
/// let register = Register::default();
/// let tonight = Period::new(instant("2020-09-20T04:00:00Z")?, instant("2020-09-21T04:00:00Z")?)?;
/// for change in register.changes(register.subjects(), tonight, Known::Best) {
///     println!("{}: {} becomes {}", change.at, change.subject, change.after.requirement());
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// When the answer turns.
    pub at: DateTime<Utc>,
    /// For what.
    pub subject: Subject,
    /// The answer until then.
    pub before: Determination,
    /// The answer from then on.
    pub after: Determination,
}

impl Change {
    /// Whether the requirement, the headline or a mark turns, and not the grounds only.
    ///
    /// ```
    /// use delisted::determination::Change;
    ///
    /// fn news(changes: &[Change]) -> impl Iterator<Item = &Change> {
    ///     changes.iter().filter(|change| change.alters_answer())
    /// }
    /// assert_eq!(news(&[]).count(), 0);
    /// ```
    #[must_use]
    pub fn alters_answer(&self) -> bool {
        let answer = |it: &Determination| {
            (
                it.requirement(),
                it.is_suspended(),
                it.is_unenforced(),
                it.is_in_part(),
                it.under_appeal().cloned(),
            )
        };
        answer(&self.before) != answer(&self.after)
    }
}

impl Register {
    /// The turns of the answers for the subjects given, within a period, by time and then by subject.
    ///
    /// A turn at the period's first instant is within it, one at its end is not.
    ///
    /// ```
    /// use delisted::{Register, time::{Known, Period, instant}};
    ///
    /// let register = Register::default();
    /// let period = Period::since(instant("2020-09-20T04:00:00Z")?);
    /// assert!(register.changes(register.subjects(), period, Known::Best).is_empty());
    /// # Ok::<(), delisted::time::TimeError>(())
    /// ```
    pub fn changes(
        &self,
        subjects: impl IntoIterator<Item = Subject>,
        period: Period,
        known: impl Into<Known>,
    ) -> Vec<Change> {
        let known = known.into();
        let mut found = Vec::new();
        for subject in subjects {
            for (at, before, after) in self.timeline(&subject, known).changes() {
                if period.contains(at) {
                    let (before, after) = (before.clone(), after.clone());
                    found.push(Change { at, subject: subject.clone(), before, after });
                }
            }
        }
        found.sort_by(|one, other| (one.at, &one.subject).cmp(&(other.at, &other.subject)));
        found
    }

    /// Every subject of which the register says anything: each declared app that some clause may reach, in each
    /// store it knows, in each territory that some clause names, with each act that some clause names.
    ///
    /// A clause for all territories adds none, and one for all acts adds every act.
    ///
    /// ```
    /// assert!(delisted::Register::default().subjects().is_empty());
    /// ```
    #[must_use]
    pub fn subjects(&self) -> BTreeSet<Subject> {
        let view = View::new(self, Known::Best);
        let mut found = BTreeSet::new();
        for measure in self.facts().all_candidates() {
            let Measure::Restriction(id) = measure else { continue };
            let Some((_, clause)) = view.restriction(id) else { continue };
            for app in self.reachable(&clause.scope) {
                for store in self.directory().known_stores().filter(|store| clause.scope.stores.has(store)) {
                    spread(&clause.scope, app, store, &mut found);
                }
            }
        }
        found
    }

    /// The subjects that some clause may reach in these storefronts.
    pub(crate) fn subjects_in(&self, storefronts: &BTreeSet<&Storefront>) -> BTreeSet<Subject> {
        let view = View::new(self, Known::Best);
        let mut found = BTreeSet::new();
        for measure in self.facts().all_candidates() {
            let Measure::Restriction(id) = measure else { continue };
            let Some((_, clause)) = view.restriction(id) else { continue };
            let scope = &clause.scope;
            let within = |place: &Territory| {
                scope.territories.named().is_none_or(|mut named| {
                    named.any(|territory| territory == place || *territory == place.country())
                })
            };
            let places: Vec<_> = storefronts
                .iter()
                .filter(|it| scope.stores.has(it.store()) && within(it.territory()))
                .collect();
            for app in self.reachable(scope) {
                for place in &places {
                    for act in Act::ALL.into_iter().filter(|act| scope.acts.has(act)) {
                        let (store, territory) = (place.store().clone(), place.territory().clone());
                        found.insert(Subject::new(app.clone(), store, territory, act));
                    }
                }
            }
        }
        found
    }

    /// The declared apps that a scope names, or all of them where it names owners, publishers or classes.
    fn reachable(&self, scope: &Scope) -> Vec<&AppId> {
        let apps = self.directory().apps().map(|declared| &declared.app);
        let by_name = |app: &&AppId| {
            scope.apps.named().is_none_or(|mut named| {
                named.any(|selector| match selector {
                    AppSelector::App(named) => named == *app,
                    _ => true,
                })
            })
        };
        apps.filter(by_name).collect()
    }
}

/// Adds the subjects of one app in one store.
fn spread(scope: &Scope, app: &AppId, store: &Store, found: &mut BTreeSet<Subject>) {
    let named: BTreeSet<Territory> = scope.territories.named().into_iter().flatten().cloned().collect();
    let countries = named.iter().map(Territory::country);
    for territory in named.iter().cloned().chain(countries).collect::<BTreeSet<_>>() {
        for act in Act::ALL.into_iter().filter(|act| scope.acts.has(act)) {
            found.insert(Subject::new(app.clone(), store.clone(), territory.clone(), act));
        }
    }
}
