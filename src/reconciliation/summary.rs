use std::{collections::BTreeMap, fmt};

use chrono::TimeDelta;

use super::{Finding, FindingKind, Lag, Response, lag::Lags};
use crate::{Act, Store, market::Subject};

/// The least, the middle and the greatest of several bounds.
///
/// Of an even number of lower bounds the middle one is the lower of the two in the middle, of upper bounds the higher:
/// so the two middles enclose the middle of the lags themselves, whatever those are.
///
/// ```
/// let hours = |spread: &delisted::reconciliation::Spread| Some(spread.median()?.num_hours());
/// # let _ = hours;
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Spread {
    min: Option<TimeDelta>,
    median: Option<TimeDelta>,
    max: Option<TimeDelta>,
}

impl Spread {
    fn of(mut bounds: Vec<Option<TimeDelta>>, lower: bool) -> Option<Self> {
        // A bound that nobody knows is below all others as a lower one, and above them as an upper one.
        bounds.sort_unstable_by_key(|bound| (bound.is_none() != lower, *bound));
        let middle = if lower { bounds.len().checked_sub(1)? / 2 } else { bounds.len() / 2 };
        Some(Self { min: *bounds.first()?, median: *bounds.get(middle)?, max: *bounds.last()? })
    }

    /// The least, or nothing where nobody knows.
    ///
    /// ```
    /// let hours = |spread: &delisted::reconciliation::Spread| Some(spread.min()?.num_hours());
    /// # let _ = hours;
    /// ```
    #[must_use]
    pub fn min(self) -> Option<TimeDelta> {
        self.min
    }

    /// The middle one, or nothing where nobody knows.
    ///
    /// ```
    /// let hours = |spread: &delisted::reconciliation::Spread| Some(spread.median()?.num_hours());
    /// # let _ = hours;
    /// ```
    #[must_use]
    pub fn median(self) -> Option<TimeDelta> {
        self.median
    }

    /// The greatest, or nothing where nobody knows.
    ///
    /// ```
    /// let hours = |spread: &delisted::reconciliation::Spread| Some(spread.max()?.num_hours());
    /// # let _ = hours;
    /// ```
    #[must_use]
    pub fn max(self) -> Option<TimeDelta> {
        self.max
    }
}

/// How long after the law a store moved, over all its cases of one kind.
///
/// A lag is an interval, and intervals have no mean: what is told is the spread of their lower bounds and that of
/// their upper ones.
///
/// ```
/// let middle = |lags: &delisted::reconciliation::StoreLags| {
///     Some((lags.lower()?.median()?.num_hours(), lags.upper()?.median()?.num_hours()))
/// };
/// # let _ = middle;
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct StoreLags {
    cases: usize,
    lower: Option<Spread>,
    upper: Option<Spread>,
    still_offered: usize,
    still_gone: usize,
    gone_at_first: usize,
}

impl StoreLags {
    fn of(lags: &[Lag], response: Response) -> Self {
        let own = || lags.iter().filter(|lag| lag.response() == response);
        Self {
            cases: own().count(),
            lower: Spread::of(own().map(Lag::earliest).collect(), true),
            upper: Spread::of(own().map(Lag::latest).collect(), false),
            ..Self::default()
        }
    }

    /// How often the law moved and the store was seen to follow.
    ///
    /// ```
    /// assert_eq!(delisted::reconciliation::StoreLags::default().cases(), 0);
    /// ```
    #[must_use]
    pub fn cases(self) -> usize {
        self.cases
    }

    /// The spread of the shortest that each lag can have been; nothing without a case.
    ///
    /// ```
    /// assert_eq!(delisted::reconciliation::StoreLags::default().lower(), None);
    /// ```
    #[must_use]
    pub fn lower(self) -> Option<Spread> {
        self.lower
    }

    /// The spread of the longest that each lag can have been; nothing without a case.
    ///
    /// ```
    /// assert_eq!(delisted::reconciliation::StoreLags::default().upper(), None);
    /// ```
    #[must_use]
    pub fn upper(self) -> Option<Spread> {
        self.upper
    }

    /// How often a prohibition took effect and the app was seen on offer in it, and never gone because of it: they have no
    /// lag and are in no spread.
    ///
    /// ```
    /// assert_eq!(delisted::reconciliation::StoreLags::default().still_offered(), 0);
    /// ```
    #[must_use]
    pub fn still_offered(self) -> usize {
        self.still_offered
    }

    /// How often a prohibition ended or was suspended and the app was seen to be gone still: they have no lag either.
    ///
    /// ```
    /// assert_eq!(delisted::reconciliation::StoreLags::default().still_gone(), 0);
    /// ```
    #[must_use]
    pub fn still_gone(self) -> usize {
        self.still_gone
    }

    /// How often a prohibition took effect and the app was gone when it was first looked at, so that nobody knows since
    /// when: they have no lag either.
    ///
    /// ```
    /// assert_eq!(delisted::reconciliation::StoreLags::default().gone_at_first(), 0);
    /// ```
    #[must_use]
    pub fn gone_at_first(self) -> usize {
        self.gone_at_first
    }
}

impl fmt::Display for StoreLags {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&super::wording::store_lags(*self))
    }
}

/// What one store did about one act, over all apps and territories.
///
/// ```
/// use delisted::{Register, observation::{ChangeRule, Observations}, reconciliation::reconcile, time::Known};
///
/// let (register, observations) = (Register::default(), Observations::default());
/// let reconciliation = reconcile(&register, &observations, ChangeRule::reported(), Known::Best);
/// assert!(reconciliation.stores().is_empty());
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreSummary {
    store: Store,
    act: Act,
    removals: StoreLags,
    restorations: StoreLags,
    findings: BTreeMap<FindingKind, usize>,
}

impl StoreSummary {
    /// The store.
    ///
    /// ```
    /// let word = |summary: &delisted::reconciliation::StoreSummary| summary.store().to_string();
    /// # let _ = word;
    /// ```
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// The act.
    ///
    /// ```
    /// let word = |summary: &delisted::reconciliation::StoreSummary| summary.act().to_string();
    /// # let _ = word;
    /// ```
    #[must_use]
    pub fn act(&self) -> Act {
        self.act
    }

    /// From the effect of prohibitions to removals.
    ///
    /// ```
    /// let cases = |summary: &delisted::reconciliation::StoreSummary| summary.removals().cases();
    /// # let _ = cases;
    /// ```
    #[must_use]
    pub fn removals(&self) -> StoreLags {
        self.removals
    }

    /// From the end of prohibitions, or the relief that suspended them, to restorations.
    ///
    /// ```
    /// let cases = |summary: &delisted::reconciliation::StoreSummary| summary.restorations().cases();
    /// # let _ = cases;
    /// ```
    #[must_use]
    pub fn restorations(&self) -> StoreLags {
        self.restorations
    }

    /// How many findings there are of each kind; of those that there are none of, it says nothing.
    ///
    /// ```
    /// use delisted::reconciliation::FindingKind;
    ///
    /// let breaches = |summary: &delisted::reconciliation::StoreSummary| {
    ///     summary.findings().get(&FindingKind::OfferedWhileProhibited).copied().unwrap_or_default()
    /// };
    /// # let _ = breaches;
    /// ```
    #[must_use]
    pub fn findings(&self) -> &BTreeMap<FindingKind, usize> {
        &self.findings
    }
}

/// A count of findings by kind, a line in words.
impl fmt::Display for StoreSummary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&super::wording::counts(&self.findings))
    }
}

/// The lags and the findings of all subjects, by store and act.
#[derive(Debug, Default)]
pub(super) struct Tally(BTreeMap<(Store, Act), (Lags, BTreeMap<FindingKind, usize>)>);

impl Tally {
    pub(super) fn lags(&mut self, subject: &Subject, lags: Lags) {
        let (all, _) = self.of(subject);
        all.found.extend(lags.found);
        all.still_offered = all.still_offered.saturating_add(lags.still_offered);
        all.gone_at_first = all.gone_at_first.saturating_add(lags.gone_at_first);
        all.still_gone = all.still_gone.saturating_add(lags.still_gone);
    }

    pub(super) fn findings(&mut self, subject: &Subject, findings: &[Finding<'_>]) {
        if findings.is_empty() {
            return;
        }
        let (_, counts) = self.of(subject);
        for finding in findings {
            let count = counts.entry(finding.kind()).or_default();
            *count = count.saturating_add(1);
        }
    }

    fn of(&mut self, subject: &Subject) -> &mut (Lags, BTreeMap<FindingKind, usize>) {
        self.0.entry((subject.store().clone(), subject.act())).or_default()
    }

    pub(super) fn summaries(self) -> Vec<StoreSummary> {
        let all = self.0.into_iter();
        all.map(|((store, act), (lags, findings))| {
            let (still_offered, gone_at_first) = (lags.still_offered, lags.gone_at_first);
            let removals = StoreLags::of(&lags.found, Response::Removal);
            let restorations = StoreLags::of(&lags.found, Response::Restoration);
            StoreSummary {
                store,
                act,
                removals: StoreLags { still_offered, gone_at_first, ..removals },
                restorations: StoreLags { still_gone: lags.still_gone, ..restorations },
                findings,
            }
        })
        .collect()
    }
}
