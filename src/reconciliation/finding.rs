use std::{borrow::Cow, collections::BTreeSet, fmt, sync::Arc};

use super::{Lag, law::Law};
use crate::{
    determination::{Determination, Ground, GroundStatus, Role},
    market::Subject,
    observation::{Attribution, PresenceChange, RemovedBy, Sighting, Stretch},
};

/// What became of the law in a store over a stretch of time.
///
/// ```
/// use delisted::reconciliation::{FindingKind, OpenQuestion};
///
/// assert_eq!(FindingKind::OfferedWhileProhibited.as_str(), "offered-while-prohibited");
/// assert_eq!(FindingKind::Undetermined(OpenQuestion::Changing).as_str(), "undetermined");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FindingKind {
    /// Offered where nothing forbade it, or gone where something did.
    Consistent,
    /// Offered although it was prohibited.
    OfferedWhileProhibited,
    /// Put back although it was prohibited, while the prohibition was declared not to be enforced.
    RestoredWhileUnenforced,
    /// Gone although nothing required that.
    WithheldWhileUnrestricted,
    /// Gone although it had to be offered.
    WithheldWhileCompelled,
    /// Taken down while a prohibition was known and still to come, of one that did come or is still to, as far as is known.
    RemovedBeforeEffect,
    /// Nobody can say, for a reason that is named.
    Undetermined(OpenQuestion),
    /// Nobody looked.
    Unobserved,
}

/// Why nobody can say what became of the law.
///
/// ```
/// assert_eq!(delisted::reconciliation::OpenQuestion::UncertainLaw.as_str(), "uncertain-law");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OpenQuestion {
    /// It changed in between two looks.
    Changing,
    /// Its looks contradict each other, are too few for the rule, or were at an hour that nobody noted.
    Unsettled,
    /// What the law required then turns on a time that is known only within bounds.
    UncertainLaw,
    /// The law required it in a part of the territory only, and the store shows one window for all of it.
    InPart,
    /// The law forbade it and required it at once.
    ConflictingLaw,
}

impl FindingKind {
    /// The word in serialised findings.
    ///
    /// ```
    /// assert_eq!(delisted::reconciliation::FindingKind::Unobserved.as_str(), "unobserved");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Consistent => "consistent",
            Self::OfferedWhileProhibited => "offered-while-prohibited",
            Self::RestoredWhileUnenforced => "restored-while-unenforced",
            Self::WithheldWhileUnrestricted => "withheld-while-unrestricted",
            Self::WithheldWhileCompelled => "withheld-while-compelled",
            Self::RemovedBeforeEffect => "removed-before-effect",
            Self::Undetermined(_) => "undetermined",
            Self::Unobserved => "unobserved",
        }
    }

    /// Why it is undetermined, where it is.
    ///
    /// ```
    /// use delisted::reconciliation::{FindingKind, OpenQuestion};
    ///
    /// let kind = FindingKind::Undetermined(OpenQuestion::InPart);
    /// assert_eq!(kind.open_question(), Some(OpenQuestion::InPart));
    /// assert_eq!(FindingKind::Consistent.open_question(), None);
    /// ```
    #[must_use]
    pub const fn open_question(self) -> Option<OpenQuestion> {
        match self {
            Self::Undetermined(question) => Some(question),
            _ => None,
        }
    }
}

impl OpenQuestion {
    /// The word in serialised findings.
    ///
    /// ```
    /// assert_eq!(delisted::reconciliation::OpenQuestion::Changing.as_str(), "changing");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Changing => "changing",
            Self::Unsettled => "unsettled",
            Self::UncertainLaw => "uncertain-law",
            Self::InPart => "in-part",
            Self::ConflictingLaw => "conflicting-law",
        }
    }
}

/// What became of the law on one subject over one stretch of time, and on what that rests.
///
/// ```
/// use delisted::{Register, observation::{ChangeRule, Observations}, reconciliation::reconcile, time::Known};
///
/// let (register, observations) = (Register::default(), Observations::default());
/// for finding in reconcile(&register, &observations, ChangeRule::reported(), Known::Best).findings() {
///     println!("{finding}");
/// }
/// ```
#[derive(Debug, Clone)]
pub struct Finding<'a> {
    pub(super) subject: Cow<'a, Subject>,
    pub(super) stretch: Stretch,
    pub(super) kind: FindingKind,
    pub(super) unenforced: bool,
    /// Which run of one state it belongs to, where the state is known.
    pub(super) run: Option<usize>,
    /// Which run follows upon it, where it is a change.
    pub(super) opens: Option<usize>,
    /// The removal from which it is gone, where somebody saw one.
    pub(super) removal: Option<PresenceChange>,
    pub(super) sightings: Arc<[&'a Sighting]>,
    pub(super) law: Arc<Law>,
    /// Which periods of the law it runs through: the first and the last.
    pub(super) articles: (usize, usize),
    pub(super) lag: Option<Lag>,
}

impl<'a> Finding<'a> {
    /// What was looked at, or should have been.
    ///
    /// ```
    /// let app = |finding: &delisted::reconciliation::Finding<'_>| finding.subject().app().clone();
    /// # let _ = app;
    /// ```
    #[must_use]
    pub fn subject(&self) -> &Subject {
        &self.subject
    }

    /// The time.
    ///
    /// ```
    /// let since = |finding: &delisted::reconciliation::Finding<'_>| finding.stretch().from();
    /// # let _ = since;
    /// ```
    #[must_use]
    pub fn stretch(&self) -> Stretch {
        self.stretch
    }

    /// What became of the law.
    ///
    /// ```
    /// use delisted::reconciliation::{Finding, FindingKind};
    ///
    /// let unobserved = |finding: &Finding<'_>| finding.kind() == FindingKind::Unobserved;
    /// # let _ = unobserved;
    /// ```
    #[must_use]
    pub fn kind(&self) -> FindingKind {
        self.kind
    }

    /// Whether what the law required was declared not to be enforced.
    ///
    /// ```
    /// let tolerated = |finding: &delisted::reconciliation::Finding<'_>| finding.is_unenforced();
    /// # let _ = tolerated;
    /// ```
    #[must_use]
    pub fn is_unenforced(&self) -> bool {
        self.unenforced
    }

    /// The sightings on which it rests, or that leave it open, in order of time.
    ///
    /// ```
    /// let sources = |finding: &delisted::reconciliation::Finding<'_>| {
    ///     finding.sightings().iter().map(|sighting| sighting.source().to_owned()).collect::<Vec<_>>()
    /// };
    /// # let _ = sources;
    /// ```
    #[must_use]
    pub fn sightings(&self) -> &[&'a Sighting] {
        &self.sightings
    }

    /// What the law required over that time, in order.
    ///
    /// ```
    /// let requirements = |finding: &delisted::reconciliation::Finding<'_>| {
    ///     finding.determinations().map(|answer| answer.requirement()).collect::<Vec<_>>()
    /// };
    /// # let _ = requirements;
    /// ```
    pub fn determinations(&self) -> impl Iterator<Item = &Determination> {
        let (first, last) = self.articles;
        self.law.articles.get(first..=last).unwrap_or_default().iter().map(|article| &article.answer)
    }

    /// The entries of the register on which what the law required rests, each as it first stood, in the order of the
    /// answers.
    ///
    /// ```
    /// let cited = |finding: &delisted::reconciliation::Finding<'_>| {
    ///     finding.grounds().map(|ground| ground.citation().to_string()).collect::<Vec<_>>()
    /// };
    /// # let _ = cited;
    /// ```
    pub fn grounds(&self) -> impl Iterator<Item = &Ground> {
        let mut told = BTreeSet::new();
        self.determinations()
            .flat_map(Determination::grounds)
            .filter(move |ground| told.insert((ground.entry(), ground.measure())))
    }

    /// The clauses in force that forbade its offer then, as they stood, by their names.
    ///
    /// ```
    /// let forbidden_by = |finding: &delisted::reconciliation::Finding<'_>| {
    ///     finding.in_force().into_iter().map(|ground| ground.citation().to_string()).collect::<Vec<_>>()
    /// };
    /// # let _ = forbidden_by;
    /// ```
    #[must_use]
    pub fn in_force(&self) -> BTreeSet<&Ground> {
        let forbids = |it: &&Ground| it.role() == Role::Prohibits && it.status() == GroundStatus::InForce;
        self.determinations().flat_map(Determination::grounds).filter(forbids).collect()
    }

    /// Acts that bind nobody, decisions of stores, and prohibitions still to come that can have been known when it was
    /// removed: they may explain that it is gone where nothing required that. Nobody is said to have acted on them; for
    /// that, see [`causes`](Self::causes).
    ///
    /// ```
    /// let hints = |finding: &delisted::reconciliation::Finding<'_>| finding.may_explain().count();
    /// # let _ = hints;
    /// ```
    pub fn may_explain(&self) -> impl Iterator<Item = &Ground> {
        let gone =
            matches!(self.kind, FindingKind::WithheldWhileUnrestricted | FindingKind::WithheldWhileCompelled);
        let (first, last) = self.articles;
        let articles = self.law.articles.get(first..=last).unwrap_or_default();
        let is_hint = move |ground: &Ground| match ground.status() {
            GroundStatus::NotBinding => matches!(ground.role(), Role::AsksAgainst | Role::Concerns),
            _ => articles
                .iter()
                .flat_map(|article| &article.pending)
                .any(|pending| pending.is_of(ground) && pending.may_have_preceded(self.removal)),
        };
        self.grounds().filter(move |ground| gone && is_hint(ground))
    }

    /// Which instruments its sightings say are why it is gone, and on whose word.
    ///
    /// ```
    /// let claimants = |finding: &delisted::reconciliation::Finding<'_>| {
    ///     finding.causes().into_iter().map(|cause| cause.claimed_by().to_owned()).collect::<Vec<_>>()
    /// };
    /// # let _ = claimants;
    /// ```
    #[must_use]
    pub fn causes(&self) -> BTreeSet<&'a Attribution> {
        self.sightings.iter().flat_map(|sighting| sighting.causes()).collect()
    }

    /// Who removed it, as its sightings say; nobody where none says so.
    ///
    /// ```
    /// let by_the_store = |finding: &delisted::reconciliation::Finding<'_>| {
    ///     finding.removed_by().contains(&delisted::observation::RemovedBy::Store)
    /// };
    /// # let _ = by_the_store;
    /// ```
    #[must_use]
    pub fn removed_by(&self) -> BTreeSet<RemovedBy> {
        self.sightings.iter().filter_map(|sighting| sighting.by()).collect()
    }

    /// How long after the law the store moved, where this is what it moved to.
    ///
    /// ```
    /// let hours = |finding: &delisted::reconciliation::Finding<'_>| {
    ///     finding.lag().and_then(|lag| Some((lag.earliest()?.num_hours(), lag.latest()?.num_hours())))
    /// };
    /// # let _ = hours;
    /// ```
    #[must_use]
    pub fn lag(&self) -> Option<&Lag> {
        self.lag.as_ref()
    }

    /// The finding in words, without what it is about, for a line beneath a heading.
    ///
    /// ```
    /// use delisted::reconciliation::Finding;
    ///
    /// fn print(findings: &[Finding<'_>]) {
    ///     for alike in findings.chunk_by(|one, other| one.subject() == other.subject()) {
    ///         alike.iter().take(1).for_each(|finding| println!("{}", finding.subject()));
    ///         alike.iter().for_each(|finding| println!("  {}", finding.account()));
    ///     }
    /// }
    /// print(&[]);
    /// ```
    #[must_use]
    pub fn account(&self) -> String {
        super::wording::account(self)
    }
}

impl fmt::Display for FindingKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(super::wording::kind(*self))
    }
}

impl fmt::Display for OpenQuestion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(super::wording::question(*self))
    }
}

/// One line: what became of the law, when, and why.
impl fmt::Display for Finding<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&super::wording::finding(self))
    }
}
