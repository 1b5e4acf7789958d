//! The law on one subject over time, as far as it tells whether the subject should be offered.

use std::{collections::BTreeMap, sync::Arc};

use chrono::{DateTime, Utc};

use super::OpenQuestion;
use crate::{
    AppId, EntryId, Register,
    determination::{Determination, Ground, GroundStatus, Requirement, Role, is_over},
    law::Measure,
    market::{Act, Storefront, Subject},
    observation::PresenceChange,
    time::Known,
};

/// What the law wants of a subject over a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stance {
    /// Nothing.
    Free,
    /// That it be not offered.
    Prohibited { unenforced: bool },
    /// That it be offered.
    Compelled,
    /// Nobody can say.
    Open(OpenQuestion),
}

impl Stance {
    fn of(answer: &Determination) -> Self {
        let requirement = answer.requirement();
        let uncertain = answer
            .uncertainty()
            .is_some_and(|it| it.alternatives().iter().any(|other| other.requirement() != requirement));
        if uncertain {
            return Self::Open(OpenQuestion::UncertainLaw);
        }
        if answer.is_in_part() && requirement != Requirement::Unrestricted {
            return Self::Open(OpenQuestion::InPart);
        }
        match requirement {
            Requirement::Unrestricted => Self::Free,
            Requirement::Prohibited => Self::Prohibited { unenforced: answer.is_unenforced() },
            Requirement::Compelled => Self::Compelled,
            Requirement::Conflicting => Self::Open(OpenQuestion::ConflictingLaw),
        }
    }

    pub(super) fn is_prohibited(self) -> bool {
        matches!(self, Self::Prohibited { .. })
    }
}

/// A prohibition that is known and whose start is still to come.
#[derive(Debug, Clone)]
pub(super) struct Pending {
    entry: EntryId,
    measure: Option<Measure>,
    /// Between which two instants it came to be known.
    known: (DateTime<Utc>, DateTime<Utc>),
    /// Whether it came into force later, or is still to do so as far as is known.
    comes: bool,
}

impl Pending {
    pub(super) fn is_of(&self, ground: &Ground) -> bool {
        self.entry == *ground.entry() && self.measure.as_ref() == ground.measure()
    }

    /// Whether a removal was surely an answer to what was still to come: it was known before it, and it came.
    pub(super) fn surely_preceded(&self, removal: PresenceChange) -> bool {
        self.comes && self.known.1 <= removal.after()
    }

    /// Whether it can have been known when the app was removed, if anybody saw when that was.
    pub(super) fn may_have_preceded(&self, removal: Option<PresenceChange>) -> bool {
        removal.is_none_or(|removal| self.known.0 < removal.by())
    }
}

fn is_pending(ground: &Ground) -> bool {
    let to_come = matches!(
        ground.status(),
        GroundStatus::Pending | GroundStatus::Postponed | GroundStatus::AwaitingCondition
    );
    to_come && ground.role() == Role::Prohibits
}

/// Notes beside each period that requires nothing which prohibitions were still to come.
fn announce(register: &Register, articles: &mut [Article]) {
    let mut noted: Vec<Vec<Pending>> = Vec::with_capacity(articles.len());
    for (place, article) in articles.iter().enumerate() {
        let grounds = article.answer.grounds().iter().filter(|ground| is_pending(ground));
        let pending = grounds.filter_map(|ground| {
            let entry = register.entry(ground.entry())?;
            let (recorded, entered) = (entry.recorded(), entry.entered());
            Some(Pending {
                entry: ground.entry().clone(),
                measure: ground.measure().cloned(),
                known: (
                    recorded.earliest().max(entered.earliest()),
                    recorded.as_record().max(entered.as_start()),
                ),
                comes: comes(articles.get(place..).unwrap_or_default(), ground),
            })
        });
        noted.push(if article.stance == Stance::Free { pending.collect() } else { Vec::new() });
    }
    for (article, pending) in articles.iter_mut().zip(noted) {
        article.pending = pending;
    }
}

/// Whether what is still to come in the first of these periods comes into force in one of them, or is to come in the last.
fn comes(articles: &[Article], pending: &Ground) -> bool {
    let mut still_to_come = true;
    for article in articles {
        let own = |it: &&Ground| it.measure() == pending.measure() && it.role() == Role::Prohibits;
        match article.answer.grounds().iter().find(own) {
            Some(ground) if ground.status() == GroundStatus::InForce => return true,
            Some(ground) if is_over(ground.status()) => return false,
            other => still_to_come = other.is_some_and(is_pending),
        }
    }
    still_to_come
}

/// A period of one answer.
#[derive(Debug, Clone)]
pub(super) struct Article {
    pub(super) start: DateTime<Utc>,
    pub(super) end: Option<DateTime<Utc>>,
    pub(super) stance: Stance,
    pub(super) answer: Determination,
    /// The prohibitions whose start is still to come, where nothing else is required.
    pub(super) pending: Vec<Pending>,
}

/// Times over which a prohibition was in force: from between two instants until between two others, if ever.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ban {
    pub(super) effect: (DateTime<Utc>, DateTime<Utc>),
    pub(super) end: Option<(DateTime<Utc>, DateTime<Utc>)>,
}

/// The law on one subject, or on all that the register cannot tell from it.
#[derive(Debug, Clone)]
pub(super) struct Law {
    pub(super) articles: Vec<Article>,
    pub(super) bans: Vec<Ban>,
}

impl Law {
    fn on(register: &Register, subject: &Subject, known: Known) -> Self {
        let mut articles: Vec<Article> = register
            .timeline(subject, known)
            .iter()
            .map(|(period, answer)| Article {
                start: period.start(),
                end: period.end(),
                stance: Stance::of(answer),
                answer: answer.clone(),
                pending: Vec::new(),
            })
            .collect();
        announce(register, &mut articles);
        let bans = bans(&articles);
        Self { articles, bans }
    }

    /// Whether it binds: whether somewhen it may have forbidden or required that the subject be offered.
    pub(super) fn binds(&self) -> bool {
        let open = |question| matches!(question, OpenQuestion::UncertainLaw | OpenQuestion::ConflictingLaw);
        self.articles.iter().any(|article| match article.stance {
            Stance::Free => false,
            Stance::Prohibited { .. } | Stance::Compelled => true,
            Stance::Open(question) => open(question),
        })
    }

    /// The period that an instant falls into.
    pub(super) fn at(&self, instant: DateTime<Utc>) -> Option<&Article> {
        let past = self.articles.partition_point(|article| article.start <= instant);
        past.checked_sub(1).and_then(|place| self.articles.get(place))
    }
}

fn bans(articles: &[Article]) -> Vec<Ban> {
    let blocks = articles.chunk_by(|one, next| kind(one) == kind(next)).collect::<Vec<_>>();
    let uncertain = |place: Option<usize>| {
        let block = place.and_then(|place| blocks.get(place))?;
        let first = block.first()?;
        (first.stance == Stance::Open(OpenQuestion::UncertainLaw)).then_some(first.start)
    };
    let mut bans = Vec::new();
    for (place, block) in blocks.iter().enumerate() {
        let (Some(first), Some(last)) = (block.first(), block.last()) else { continue };
        if !first.stance.is_prohibited() {
            continue;
        }
        let earliest = uncertain(place.checked_sub(1)).unwrap_or(first.start);
        let next = place.saturating_add(1);
        let end = last.end.map(|end| {
            let doubtful = uncertain(Some(next)).and_then(|_| blocks.get(next)?.last()?.end);
            (end, doubtful.unwrap_or(end))
        });
        bans.push(Ban { effect: (earliest, first.start), end });
    }
    bans
}

/// What tells the blocks of the law apart that lags are counted from.
fn kind(article: &Article) -> u8 {
    match article.stance {
        Stance::Free | Stance::Compelled => 0,
        Stance::Prohibited { .. } => 1,
        Stance::Open(OpenQuestion::UncertainLaw) => 2,
        Stance::Open(_) => 3,
    }
}

/// The law on one subject after another; what the register cannot tell apart is worked out once.
pub(super) struct Laws<'r> {
    register: &'r Register,
    known: Known,
    /// The answer for whatever no entry can reach; nothing where some entry reaches apps at large.
    silent: Option<Arc<Law>>,
    /// By storefront and act, for apps that the register does not know: it cannot tell one of them from another.
    strangers: BTreeMap<Storefront, Vec<(Act, Arc<Law>)>>,
    /// The app asked about last, and whether the register knows it.
    last: Option<(AppId, bool)>,
}

impl<'r> Laws<'r> {
    pub(super) fn new(register: &'r Register, known: Known) -> Self {
        Self { register, known, silent: None, strangers: BTreeMap::new(), last: None }
    }

    pub(super) fn on(&mut self, subject: &Subject) -> Arc<Law> {
        if self.knows(subject.app()) {
            return Arc::new(Law::on(self.register, subject, self.known));
        }
        if let Some(law) = &self.silent {
            return Arc::clone(law);
        }
        let laws = self.strangers.entry(subject.storefront().clone()).or_default();
        if let Some((_, law)) = laws.iter().find(|(act, _)| *act == subject.act()) {
            return Arc::clone(law);
        }
        let law = Arc::new(Law::on(self.register, subject, self.known));
        if self.register.reaches_no_stranger() {
            self.silent = Some(Arc::clone(&law));
        } else {
            laws.push((subject.act(), Arc::clone(&law)));
        }
        law
    }

    fn knows(&mut self, app: &AppId) -> bool {
        match &self.last {
            Some((last, known)) if last == app => *known,
            _ => {
                let known = self.register.directory().app(app).is_some();
                self.last = Some((app.clone(), known));
                known
            }
        }
    }
}
