//! Lays what was seen beside what the law required, stretch by stretch.

use std::{borrow::Cow, sync::Arc};

use chrono::{DateTime, Utc};

use super::{
    Finding, FindingKind, Lag, OpenQuestion,
    lag::lags,
    law::{Article, Law, Laws, Stance},
    silent,
    summary::{StoreSummary, Tally},
};
use crate::{
    Register,
    market::Subject,
    observation::{ChangeRule, Observations, Presence, PresenceChange, Sighting, Spell, State, Stretch},
    time::Known,
};

/// Everything that became of the law in the stores that were looked at.
///
/// ```
/// use delisted::{Register, observation::{ChangeRule, Observations}, reconciliation::reconcile, time::Known};
///
/// let (register, observations) = (Register::default(), Observations::default());
/// let reconciliation = reconcile(&register, &observations, ChangeRule::reported(), Known::Best);
/// assert!(reconciliation.findings().is_empty());
/// ```
#[derive(Debug, Clone)]
pub struct Reconciliation<'a> {
    findings: Vec<Finding<'a>>,
    stores: Vec<StoreSummary>,
}

impl<'a> Reconciliation<'a> {
    /// The findings, by app, store, territory, act and time.
    ///
    /// For each subject they cover the time from its first sighting to its last without a gap; and of the time before
    /// and after, what the law spoke of and nobody saw. A subject that the law bound and at which nobody looked is told
    /// as unobserved, where somebody looked at another app in its storefront, or for the app elsewhere and at the store.
    ///
    /// ```
    /// # use delisted::{Register, observation::{ChangeRule, Observations}, reconciliation::reconcile, time::Known};
    /// let (register, observations) = (Register::default(), Observations::default());
    /// let reconciliation = reconcile(&register, &observations, ChangeRule::reported(), Known::Best);
    /// assert_eq!(reconciliation.findings().len(), 0);
    /// ```
    #[must_use]
    pub fn findings(&self) -> &[Finding<'a>] {
        &self.findings
    }

    /// How long after the law each store moved, and how many findings of each kind there are, by store and act.
    ///
    /// ```
    /// # use delisted::{Register, observation::{ChangeRule, Observations}, reconciliation::reconcile, time::Known};
    /// let (register, observations) = (Register::default(), Observations::default());
    /// let reconciliation = reconcile(&register, &observations, ChangeRule::reported(), Known::Best);
    /// assert_eq!(reconciliation.stores().len(), 0);
    /// ```
    #[must_use]
    pub fn stores(&self) -> &[StoreSummary] {
        &self.stores
    }
}

/// Lays what stores were seen to do, by a rule for changes, beside what the law required, as far as it was known.
///
/// An unobserved span never becomes compliance, and neither does one in which a change lies: what is not known to be
/// consistent is not called so.
///
/// ```
/// use delisted::{Register, Store, observation::*, reconciliation::{FindingKind, reconcile}, time::{Dated, Known}};
///
/// let day = Dated::utc_day("2019-10-09".parse()?)?;
/// let look = Sighting::build("hkmap".parse()?, Store::APP_STORE, "HK".parse()?, day, Seen::Removed);
/// let observations = Observations::new([look.source("https://example.org/report").finish()?]);
/// let register = Register::default();
/// let reconciliation = reconcile(&register, &observations, ChangeRule::reported(), Known::Best);
/// // A report that gives a day and no hour: somewhen on that day it was gone, and nothing more is known.
/// assert!(matches!(reconciliation.findings()[0].kind(), FindingKind::Undetermined(_)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn reconcile<'a>(
    register: &Register,
    observations: &'a Observations,
    rule: ChangeRule,
    known: impl Into<Known>,
) -> Reconciliation<'a> {
    let mut laws = Laws::new(register, known.into());
    let mut findings = Vec::new();
    let mut tally = Tally::default();
    let mut unseen = silent::unseen(register, observations).into_iter().peekable();
    for presence in observations.presences(rule) {
        while let Some(subject) = unseen.next_if(|subject| subject < presence.subject()) {
            untold(&subject, &mut laws, &mut findings, &mut tally);
        }
        let law = laws.on(presence.subject());
        let first = findings.len();
        let subject = Cow::Borrowed(presence.subject());
        Account { subject, law: &law, changes: presence.changes(), findings: &mut findings }.all(&presence);
        let own = findings.get_mut(first..).unwrap_or_default();
        if !law.bans.is_empty() {
            let moved = lags(&law, &presence);
            moved.found.iter().for_each(|lag| place(*lag, own));
            tally.lags(presence.subject(), moved);
        }
        tally.findings(presence.subject(), own);
    }
    for subject in unseen {
        untold(&subject, &mut laws, &mut findings, &mut tally);
    }
    Reconciliation { findings, stores: tally.summaries() }
}

/// Tells of a subject at which nobody looked, if the law binds it.
fn untold(subject: &Subject, laws: &mut Laws<'_>, findings: &mut Vec<Finding<'_>>, tally: &mut Tally) {
    let law = laws.on(subject);
    if !law.binds() {
        return;
    }
    let first = findings.len();
    let always = Stretch::open(DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC);
    let told = Cow::Owned(subject.clone());
    Account { subject: told, law: &law, changes: &[], findings: &mut *findings }.unseen(always);
    tally.findings(subject, findings.get(first..).unwrap_or_default());
}

/// Tells a lag with the first finding of the state that the store moved to, or with the change where nobody saw the
/// store in that state at a known instant.
fn place(lag: Lag, findings: &mut [Finding<'_>]) {
    let change = lag.change();
    let moved =
        findings.iter().position(|it| it.run == Some(change.run()) && it.stretch.from() == change.by());
    let changing = || findings.iter().position(|it| it.opens == Some(change.run()));
    // A change between looks that overlap may have no time of its own left.
    let within = || {
        findings.iter().position(|it| {
            it.kind == FindingKind::Undetermined(OpenQuestion::Changing)
                && change.after() < it.stretch.to()
                && it.stretch.from() < change.by()
        })
    };
    if let Some(finding) = moved.or_else(changing).or_else(within).and_then(|place| findings.get_mut(place)) {
        finding.lag = Some(lag);
    }
}

/// The findings on one subject.
struct Account<'f, 'a> {
    subject: Cow<'a, Subject>,
    law: &'f Arc<Law>,
    changes: &'f [PresenceChange],
    findings: &'f mut Vec<Finding<'a>>,
}

impl<'a> Account<'_, 'a> {
    fn all(&mut self, presence: &Presence<'a>) {
        let spells = presence.spells();
        let (first, last) = (spells.first(), spells.last());
        let seen_from = first.map_or(DateTime::<Utc>::MAX_UTC, |spell| spell.stretch().from());
        self.unseen(Stretch::open(DateTime::<Utc>::MIN_UTC, seen_from));
        let mut reached = 0;
        for spell in spells {
            reached = self.spell(spell, reached);
        }
        if let Some(last) = last {
            self.unseen(Stretch::open(last.stretch().to(), DateTime::<Utc>::MAX_UTC));
        }
    }

    /// What nobody saw before the first look and after the last, as far as the law spoke of it.
    fn unseen(&mut self, stretch: Stretch) {
        let nobody: Arc<[_]> = Arc::from([]);
        let mut told: Option<usize> = None;
        for (place, article) in self.law.articles.iter().enumerate() {
            let part = stretch.within(article.start, article.end);
            let Some(part) = part.filter(|_| article.stance != Stance::Free) else {
                told = None;
                continue;
            };
            let joined = told == place.checked_sub(1) && told.is_some();
            let kind = FindingKind::Unobserved;
            let found = Found { stretch: part, kind, run: None, opens: None, removal: None };
            self.tell(found, article, place, &nobody, joined);
            told = Some(place);
        }
    }

    /// One spell beside every period of the law that it runs through, from the one that was reached before.
    fn spell(&mut self, spell: &Spell<'a>, reached: usize) -> usize {
        let sightings: Arc<[_]> = Arc::from(spell.sightings());
        let opening = self.changes.iter().find(|change| spell.run() == Some(change.run())).copied();
        let restored = self.was_restored_unenforced(opening);
        let removal = opening.filter(|change| !change.to_offered());
        let mut still_restored = restored;
        let (mut reached, mut joined) = (reached, false);
        for (place, article) in self.law.articles.iter().enumerate().skip(reached) {
            if article.start > spell.stretch().to() {
                break;
            }
            let Some(stretch) = spell.stretch().within(article.start, article.end) else { continue };
            reached = place;
            still_restored &= article.stance == Stance::Prohibited { unenforced: true };
            let heralded = removal.is_some_and(|removal| {
                article.pending.iter().any(|pending| pending.surely_preceded(removal))
            });
            let kind = kind(spell.state(), article.stance, still_restored, heralded);
            let found = Found { stretch, kind, run: spell.run(), opens: spell.opens(), removal };
            self.tell(found, article, place, &sightings, joined);
            joined = true;
        }
        reached
    }

    /// Whether the spell opened with a restoration that was surely during a prohibition, and one declared not to be
    /// enforced by the time it was seen.
    fn was_restored_unenforced(&self, opening: Option<PresenceChange>) -> bool {
        opening.filter(|change| change.to_offered()).is_some_and(|change| {
            let stance = |at| self.law.at(at).map(|article| article.stance);
            stance(change.after()).is_some_and(Stance::is_prohibited)
                && stance(change.by()) == Some(Stance::Prohibited { unenforced: true })
        })
    }

    /// Adds a finding, or goes on with the last one where that says the same.
    fn tell(
        &mut self,
        found: Found,
        article: &Article,
        place: usize,
        sightings: &Arc<[&'a Sighting]>,
        joined: bool,
    ) {
        let unenforced = article.answer.is_unenforced();
        if joined
            && let Some(last) = self.findings.last_mut()
            && last.kind == found.kind
            && last.unenforced == unenforced
        {
            last.stretch = last.stretch.through(found.stretch);
            last.articles.1 = place;
            return;
        }
        self.findings.push(Finding {
            subject: self.subject.clone(),
            stretch: found.stretch,
            kind: found.kind,
            unenforced,
            run: found.run,
            opens: found.opens,
            removal: found.removal,
            sightings: Arc::clone(sightings),
            law: Arc::clone(self.law),
            articles: (place, place),
            lag: None,
        });
    }
}

/// What a finding says, before it is written down.
#[derive(Clone, Copy)]
struct Found {
    stretch: Stretch,
    kind: FindingKind,
    run: Option<usize>,
    opens: Option<usize>,
    removal: Option<PresenceChange>,
}

/// The table of findings.
fn kind(state: State, stance: Stance, restored: bool, heralded: bool) -> FindingKind {
    let offered = match state {
        State::Unobserved => return FindingKind::Unobserved,
        State::Changing => return FindingKind::Undetermined(OpenQuestion::Changing),
        State::Unsettled => return FindingKind::Undetermined(OpenQuestion::Unsettled),
        State::Offered => true,
        State::Withheld => false,
    };
    match (stance, offered) {
        (Stance::Open(question), _) => FindingKind::Undetermined(question),
        (Stance::Free | Stance::Compelled, true) | (Stance::Prohibited { .. }, false) => {
            FindingKind::Consistent
        }
        (Stance::Prohibited { .. }, true) if restored => FindingKind::RestoredWhileUnenforced,
        (Stance::Prohibited { .. }, true) => FindingKind::OfferedWhileProhibited,
        (Stance::Free, false) if heralded => FindingKind::RemovedBeforeEffect,
        (Stance::Free, false) => FindingKind::WithheldWhileUnrestricted,
        (Stance::Compelled, false) => FindingKind::WithheldWhileCompelled,
    }
}
