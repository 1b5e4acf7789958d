//! Registers grown from small integers, so that shrinking the integers shrinks the register.
//!
//! A *gene* is one entry to be. What it asks for and what is not there yet, such as a stay of relief before any relief,
//! falls back to something simpler, so that most genes make an entry that the register accepts.

use std::collections::BTreeMap;

use chrono::{DateTime, Days, NaiveDate, Utc};
use delisted::{
    Act, AppId, AppealId, EntryId, ForbearanceId, InstrumentId, OrganizationId, Register, Store, Subject,
    Territory,
    law::{Measure, Ruling},
    market::{
        AppDeclared, AuthorityDeclared, AuthorityKind, CategoryDeclared, Declaration, OrganizationDeclared,
    },
    register::{AppendError, Entry, Event},
    time::{AsOf, Dated, Known},
};

/// One entry to be.
pub(crate) type Gene = [u8; 11];

/// One question to be.
pub(crate) type Probe = [u8; 8];

/// How many instants the grid has.
pub(crate) const SLOTS: u8 = 12;

/// An appeal and what became of it.
pub(super) struct Review {
    pub(super) appeal: AppealId,
    pub(super) of: Vec<Ruling>,
    pub(super) decided: bool,
    pub(super) awaits_mandate: bool,
}

/// A register in the making, with what a further entry could be aimed at.
pub(crate) struct Grower {
    pub(crate) register: Register,
    pub(crate) refused: Vec<AppendError>,
    pub(super) orders: Vec<InstrumentId>,
    pub(super) clauses: Vec<Measure>,
    pub(super) relief: Vec<(Measure, Vec<Measure>)>,
    pub(super) endings: Vec<Measure>,
    pub(super) forbearance: Vec<ForbearanceId>,
    pub(super) reviews: Vec<Review>,
    pub(super) refusals: Vec<EntryId>,
    /// When each thing was first learned, by its text.
    learned: BTreeMap<String, DateTime<Utc>>,
    slot: u8,
    count: usize,
}

/// Noon of a day on the grid.
pub(crate) fn noon(slot: u8) -> DateTime<Utc> {
    day(slot).and_hms_opt(12, 0, 0).unwrap().and_utc()
}

fn day(slot: u8) -> NaiveDate {
    NaiveDate::from_ymd_opt(2020, 9, 1).unwrap().checked_add_days(Days::new(slot.into())).unwrap()
}

/// A noon, or for an odd number a whole day.
pub(super) fn dated(slot: u8, whole_day: bool) -> Dated {
    if whole_day { Dated::utc_day(day(slot)).unwrap() } else { noon(slot).into() }
}

/// Grows a register out of genes.
pub(crate) fn grow(genes: &[Gene]) -> Grower {
    let mut grower = Grower {
        register: vocabulary(),
        refused: vec![],
        orders: vec![],
        clauses: vec![],
        relief: vec![],
        endings: vec![],
        forbearance: vec![],
        reviews: vec![],
        refusals: vec![],
        learned: BTreeMap::new(),
        slot: 0,
        count: 0,
    };
    for gene in genes {
        grower.add(gene);
    }
    grower
}

/// A register without entries, and the few words that all grown registers use.
pub(crate) fn vocabulary() -> Register {
    let mut register = Register::default();
    for organization in ["low", "mid", "high"] {
        let organization = OrganizationDeclared {
            organization: organization.parse().unwrap(),
            name: organization.to_owned(),
        };
        register.declare(Declaration::Organization(organization)).unwrap();
    }
    let category = CategoryDeclared { category: "vpn".parse().unwrap(), name: "VPN".to_owned() };
    register.declare(Declaration::Category(category)).unwrap();
    let authority = AuthorityDeclared {
        authority: "court".parse().unwrap(),
        name: "Court".to_owned(),
        kind: AuthorityKind::Court,
        jurisdiction: "US".parse().unwrap(),
    };
    register.declare(Declaration::Authority(authority)).unwrap();
    let source = "https://example.org";
    let first = AppDeclared::new("one".parse().unwrap(), "One")
        .owned_by(organization(0))
        .published_by(organization(0))
        .with_source(source);
    let second = AppDeclared::new("two".parse().unwrap(), "Two")
        .owned_by(organization(1))
        .published_by(organization(2))
        .in_category("vpn".parse().unwrap())
        .with_source(source);
    let third = AppDeclared::new("three".parse().unwrap(), "Three");
    for app in [first, second, third] {
        register.declare(Declaration::App(app)).unwrap();
    }
    register
}

/// One of the three apps, most often the first.
pub(super) fn app(number: u8) -> AppId {
    let name = match number % 8 {
        0..=4 => "one",
        5 | 6 => "two",
        _ => "three",
    };
    name.parse().unwrap()
}

/// One of the three organisations.
pub(super) fn organization(number: u8) -> OrganizationId {
    let name = match number % 3 {
        0 => "low",
        1 => "mid",
        _ => "high",
    };
    name.parse().unwrap()
}

pub(super) fn store(number: u8) -> Store {
    if number.is_multiple_of(2) { Store::APP_STORE } else { Store::GOOGLE_PLAY }
}

pub(super) fn territory(text: &str) -> Territory {
    text.parse().unwrap()
}

impl Grower {
    /// The instant of the current entry, moved by a number of days, on the grid or just beyond.
    pub(super) fn slot(&self, later: u8) -> u8 {
        self.slot.saturating_add(later)
    }

    pub(super) fn name(&self, kind: &str) -> String {
        format!("{kind}{}", self.count)
    }

    /// The newest for 0, and older ones for larger numbers.
    pub(super) fn newest<T>(pool: &[T], number: u8) -> Option<&T> {
        let from_end = usize::from(number).checked_rem(pool.len())?;
        pool.iter().rev().nth(from_end)
    }

    fn add(&mut self, gene: &Gene) {
        let [kind, target, other, scope, scope2, effect, delay, span, span2, step, more] = *gene;
        self.slot = self.slot.wrapping_add(step % 3) % SLOTS;
        let dna = super::acts::Dna { kind, target, other, scope, scope2, span, span2, more };
        let corrected = self.corrected(&dna);
        let event = match &corrected {
            Some(entry) => super::acts::restated(self, entry, &dna),
            None => super::acts::event(self, &dna),
        };
        let entry = self.entry(event, corrected.as_ref(), effect, delay);
        let Some(entry) = entry else { return };
        match self.register.append(entry.clone()) {
            Ok(_) => self.learn(&entry),
            Err(error) => self.refused.push(error),
        }
    }

    /// The entry to be corrected, for genes that correct.
    fn corrected(&self, dna: &super::acts::Dna) -> Option<Entry> {
        if dna.kind < 248 {
            return None;
        }
        Self::newest(self.register.entries(), dna.target)
            .filter(|entry| !matches!(entry.event(), Event::EntryRetracted { .. }))
            .cloned()
    }

    /// The event with its three times: entered now, effective mostly so, learned no earlier than what it is aimed at.
    fn entry(&mut self, event: Event, corrects: Option<&Entry>, effect: u8, delay: u8) -> Option<Entry> {
        self.count += 1;
        let entered = dated(self.slot, effect / 8 % 4 == 3);
        let targets =
            super::acts::targets(&event).into_iter().chain(corrects.map(|entry| entry.id().to_string()));
        let learned = targets.filter_map(|target| self.learned.get(&target).copied()).max();
        let wanted = noon(self.slot(if delay.is_multiple_of(2) { 0 } else { delay / 2 % 4 }));
        let recorded = learned.into_iter().chain([wanted, entered.as_record()]).max()?;
        // Identifiers do not follow the order of appending.
        let id: EntryId = format!("x{:02}", self.count * 37 % 97).parse().ok()?;
        let mut entry = Entry::build(id, event)
            .by("court".parse().ok()?)
            .entered(entered)
            .recorded(recorded)
            .citation("none published")
            .source("https://example.org");
        match effect % 8 {
            5 => entry = entry.effective(noon(self.slot.saturating_sub(2))),
            6 => entry = entry.effective(noon(self.slot(2))),
            7 => entry = entry.effective(dated(self.slot.saturating_sub(1), true)),
            _ => {}
        }
        if let Some(corrects) = corrects {
            entry = entry.corrects(corrects.id().clone());
        }
        entry.finish().ok()
    }

    /// Notes what an accepted entry introduced.
    fn learn(&mut self, entry: &Entry) {
        let at = entry.recorded().as_record();
        for text in super::acts::introduces(entry) {
            self.learned.entry(text).and_modify(|first| *first = at.min(*first)).or_insert(at);
        }
        if entry.corrects().is_none() {
            super::acts::pool(self, entry);
        }
    }
}

/// A question, at or just beside an instant of the grid, as best known or as known by another instant of it.
pub(crate) fn question(probe: Probe) -> (Subject, AsOf) {
    let [place, act, which, shop, when, beside, known, more] = probe;
    let territory = territory(match place % 8 {
        0..=3 => "US",
        4 => "US-MT",
        5 => "US-CA",
        6 => "IN",
        _ => "US-TX",
    });
    let act = match act % 4 {
        0 | 1 => Act::Download,
        2 => Act::Update,
        _ => Act::Hosting,
    };
    let mut subject = Subject::new(app(which), store(shop), territory, act);
    if more % 4 == 3 {
        subject = subject.for_party("party".parse().unwrap());
    }
    let known = match known % 4 {
        0 | 1 => Known::Best,
        _ => Known::At(beside_of(instant(known / 4), more / 4)),
    };
    (subject, AsOf::from(beside_of(instant(when), beside)).known_at(known))
}

/// A noon of the grid, or less often a midnight.
fn instant(number: u8) -> DateTime<Utc> {
    let slot = number % (SLOTS + 4);
    if number / (SLOTS + 4) % 4 == 3 { dated(slot, true).as_start() } else { noon(slot) }
}

fn beside_of(at: DateTime<Utc>, number: u8) -> DateTime<Utc> {
    let second = chrono::TimeDelta::seconds(1);
    match number % 4 {
        0 | 1 => at,
        2 => at - second,
        _ => at + second,
    }
}
