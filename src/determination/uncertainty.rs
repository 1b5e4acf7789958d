use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};

use super::{Assessment, Determination, Requirement, timeline::relevant};
use crate::{
    EntryId, Register,
    law::Ruling,
    market::Subject,
    register::{Entry, Reading, Taken, Unknown, View, replaces},
    time::AsOf,
};

/// What else an answer could be, since it turns on a time that is known only within bounds.
///
/// It is not doubt about the law: each of the possible answers follows by the rule, and the sources do not say which
/// one held at the instant asked about. Before the earliest and from the latest of the bounds on there is one answer.
///
/// ```
/// use delisted::{Act, Register, Store, Subject, determination::Requirement, law::*, market::*, register::*};
/// use delisted::time::{Dated, instant};
///
/// let mut register = Register::default();
/// # let (authority, kind, jurisdiction) = ("cac".parse()?, AuthorityKind::Agency, "CN".parse()?);
/// # register.declare(Declaration::Authority(AuthorityDeclared { authority, name: "CAC".into(), kind, jurisdiction }))?;
/// # let clause = Restriction::new("1".parse()?, Directive::Prohibit, Scope::everything());
/// let order = Instrument::new("order".parse()?, InstrumentKind::AgencyOrder, "Order").with_clause(clause);
/// let (first, last) = (instant("2024-04-01T00:00:00Z")?, instant("2024-04-19T00:00:00Z")?);
/// let entry = Entry::build("issued".parse()?, Event::InstrumentIssued(order)).by("cac".parse()?);
/// let entry = entry.entered(Dated::between(first, last)?).recorded(last);
/// register.append(entry.citation("not published").source("https://example.org").finish()?)?;
///
/// let subject = Subject::new("whatsapp".parse()?, Store::APP_STORE, "CN".parse()?, Act::Download);
/// let answer = register.determine(&subject, instant("2024-04-10T00:00:00Z")?);
/// let uncertainty = answer.uncertainty().ok_or("it turns on the day of the order")?;
/// assert_eq!((uncertainty.earliest(), uncertainty.latest()), (first, last));
/// assert_eq!(answer.requirement(), Requirement::Unrestricted);
/// assert_eq!(uncertainty.alternatives()[0].requirement(), Requirement::Prohibited);
/// assert_eq!(register.determine(&subject, last).uncertainty(), None);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Uncertainty {
    earliest: DateTime<Utc>,
    latest: DateTime<Utc>,
    because: Vec<EntryId>,
    alternatives: Vec<Determination>,
}

impl Uncertainty {
    /// The first instant at which what the answer turns on can have happened.
    ///
    /// ```
    /// # fn show(answer: &delisted::determination::Determination) {
    /// if let Some(it) = answer.uncertainty() {
    ///     println!("uncertain between {} and {}", it.earliest(), it.latest());
    /// }
    /// # }
    /// ```
    #[must_use]
    pub fn earliest(&self) -> DateTime<Utc> {
        self.earliest
    }

    /// The instant by which it had surely happened.
    ///
    /// ```
    /// # fn show(answer: &delisted::determination::Determination) {
    /// if let Some(it) = answer.uncertainty() {
    ///     println!("uncertain between {} and {}", it.earliest(), it.latest());
    /// }
    /// # }
    /// ```
    #[must_use]
    pub fn latest(&self) -> DateTime<Utc> {
        self.latest
    }

    /// The entries on whose times the answer turns, in alphabetical order.
    ///
    /// ```
    /// # fn show(answer: &delisted::determination::Determination) {
    /// for entry in answer.uncertainty().into_iter().flat_map(|it| it.because()) {
    ///     println!("nobody knows exactly when `{entry}` took effect");
    /// }
    /// # }
    /// ```
    #[must_use]
    pub fn because(&self) -> &[EntryId] {
        &self.because
    }

    /// The other answers that are possible, by requirement; each with its grounds, none uncertain itself.
    ///
    /// ```
    /// # fn show(answer: &delisted::determination::Determination) {
    /// for other in answer.uncertainty().into_iter().flat_map(|it| it.alternatives()) {
    ///     println!("it could also be {}", other.requirement());
    /// }
    /// # }
    /// ```
    #[must_use]
    pub fn alternatives(&self) -> &[Determination] {
        &self.alternatives
    }
}

/// The most combinations of uncertain times that are all tried.
const MOST_COMBINED: usize = 256;

/// What a user acts upon; grounds may differ without any doubt about it.
type Answer = (Requirement, bool, bool, bool, Option<Ruling>);

/// How each uncertain time is tried, besides at its latest.
type Open<'a> = BTreeMap<Unknown<'a>, BTreeSet<Taken>>;

fn key(it: &Determination) -> Answer {
    (it.requirement, it.suspended, it.unenforced, it.in_part, it.under_appeal.clone())
}

/// An answer with the mark of uncertainty, where it turns on an uncertain time.
pub(crate) fn marked(
    answer: Determination,
    register: &Register,
    subject: &Subject,
    as_of: AsOf,
) -> Determination {
    let at = as_of.effective();
    if !register.facts().is_uncertain_at(at) {
        return answer;
    }
    let view = View::new(register, as_of.known());
    let open = open_at(view, subject, at);
    let uncertainty = weighed(&answer, &open, |reading| {
        let assessment = Assessment::of(view.reading(reading), subject, at);
        assessment.determination(&assessment.nodes())
    });
    Determination { uncertainty, ..answer }
}

/// The uncertain times that may have come by `at` and may not, or of which nobody knows whether they came before another.
fn open_at<'a>(view: View<'a>, subject: &Subject, at: DateTime<Utc>) -> Open<'a> {
    let relevant = relevant(view, subject);
    let mut open: Open<'_> = BTreeMap::new();
    for entry in &relevant {
        for (is_end, time) in entry.times().into_iter().filter(|(_, time)| time.is_uncertain()) {
            if time.earliest() <= at && at < time.latest() {
                open.entry((view.clock(entry), is_end, time)).or_default().insert((time.earliest(), false));
            }
        }
        let effect = entry.takes_effect();
        let turns = turns_among(entry, &relevant);
        if effect.is_uncertain() && effect.earliest() <= at && !turns.is_empty() {
            let tried = open.entry((view.clock(entry), false, effect)).or_default();
            tried.insert((effect.earliest(), false));
            tried.extend(turns);
        }
    }
    open
}

/// The instants just after each other fact that an entry replaces or is replaced by, where it may have come then. A
/// fact that could only come first or only last has none.
fn turns_among(entry: &Entry, relevant: &[&Entry]) -> BTreeSet<Taken> {
    let own = entry.takes_effect();
    let rivals = relevant.iter().filter(|other| other.id() != entry.id() && replaces(entry, other));
    rivals
        .map(|other| other.takes_effect())
        .filter(|its| its.earliest() <= own.latest() && own.earliest() <= its.as_start())
        .flat_map(|its| [its.earliest(), its.as_start()])
        .filter(|at| own.earliest() <= *at && *at <= own.latest())
        .map(|at| (at, true))
        .collect()
}

/// Tries the uncertain times in every combination that is affordable.
fn weighed<'a>(
    answer: &Determination,
    open: &Open<'a>,
    ask: impl Fn(&Reading<'a>) -> Determination,
) -> Option<Uncertainty> {
    let mut tried: Vec<(Reading<'a>, Answer)> = vec![(BTreeMap::new(), key(answer))];
    let mut alternatives: Vec<Determination> = Vec::new();
    for reading in combinations(open) {
        let other = ask(&reading);
        let known = key(&other);
        if tried.iter().all(|(_, seen)| *seen != known) {
            alternatives.push(other);
        }
        tried.push((reading, known));
    }
    if alternatives.is_empty() {
        return None;
    }
    let turns = |time: &Unknown<'a>| {
        let mut others: BTreeMap<Reading<'a>, &Answer> = BTreeMap::new();
        tried.iter().any(|(reading, answer)| {
            let mut rest = reading.clone();
            rest.remove(time);
            others.insert(rest, answer).is_some_and(|before| before != answer)
        })
    };
    let mut decisive: Vec<&Unknown<'a>> = open.keys().filter(|time| turns(time)).collect();
    if decisive.is_empty() {
        decisive = open.keys().collect();
    }
    let because: BTreeSet<&EntryId> = decisive.iter().map(|(entry, ..)| *entry).collect();
    alternatives.sort_by_key(key);
    Some(Uncertainty {
        earliest: decisive.iter().map(|(.., time)| time.earliest()).min()?,
        latest: decisive.iter().map(|(.., time)| time.latest()).max()?,
        because: because.into_iter().cloned().collect(),
        alternatives,
    })
}

/// Every combination but that of all latest instants; where there are too many, each time alone, all but each, and all
/// at their earliest.
fn combinations<'a>(open: &Open<'a>) -> Vec<Reading<'a>> {
    let count =
        open.values().try_fold(1_usize, |count, tried| count.checked_mul(tried.len().saturating_add(1)));
    if count.is_some_and(|count| count <= MOST_COMBINED) {
        let mut all: Vec<Reading<'a>> = vec![BTreeMap::new()];
        for (time, tried) in open {
            let with = all.iter().flat_map(|reading| {
                let at = |at| reading.iter().map(|(time, at)| (*time, *at)).chain([(*time, at)]).collect();
                tried.iter().copied().map(at)
            });
            let with: Vec<Reading<'a>> = with.collect();
            all.extend(with);
        }
        all.retain(|reading| !reading.is_empty());
        return all;
    }
    let earliest: Reading<'a> =
        open.iter().filter_map(|(time, tried)| Some((*time, *tried.first()?))).collect();
    let alone = open.iter().flat_map(|(time, tried)| tried.iter().map(|at| BTreeMap::from([(*time, *at)])));
    let but = open.keys().map(|time| {
        let mut rest = earliest.clone();
        rest.remove(time);
        rest
    });
    alone.chain(but).chain([earliest.clone()]).collect()
}
