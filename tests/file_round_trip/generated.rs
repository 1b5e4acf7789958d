//! Random registers: entries out of a small world, of which the register keeps those that it takes.

use delisted::{
    Act, AppId, AppealId, EntryId, OrganizationId, Register, Store, Territory,
    law::{
        AppSelector, Appeal, Bound, Directive, Disposition, Ending, Forbearance, Instrument, InstrumentKind,
        Judgment, Manner, Measure, Parties, Relief, ReliefKind, Restriction, Ruled, Ruling, Scope, Selection,
        Span,
    },
    market::{
        AppDeclared, AuthorityDeclared, AuthorityKind, CategoryDeclared, Declaration, OrganizationDeclared,
        StoreDeclared,
    },
    register::{Basis, Controlled, Dispute, Entry, Event, Holdings},
    time::{Dated, civil},
};
use proptest::prelude::*;

/// What one entry is made from.
#[derive(Debug, Clone)]
pub(crate) struct Seed(Vec<u16>);

impl Arbitrary for Seed {
    type Parameters = ();
    type Strategy = BoxedStrategy<Self>;

    fn arbitrary_with((): ()) -> Self::Strategy {
        proptest::collection::vec(any::<u16>(), 64).prop_map(Self).boxed()
    }
}

/// Choices, one after the other, out of a seed.
struct Choices(std::vec::IntoIter<u16>);

impl Choices {
    fn number(&mut self) -> usize {
        self.0.next().map_or(0, usize::from)
    }

    /// True once in `n` times.
    fn once_in(&mut self, n: usize) -> bool {
        self.number().is_multiple_of(n)
    }

    fn one<T: Clone>(&mut self, of: &[T]) -> T {
        of.get(self.number() % of.len()).unwrap().clone()
    }

    fn some<T>(&mut self, most: usize, mut of: impl FnMut(&mut Self) -> T) -> Vec<T> {
        (0..=self.number() % most).map(|_| of(self)).collect()
    }

    fn maybe<T>(&mut self, of: impl FnOnce(&mut Self) -> T) -> Option<T> {
        self.once_in(2).then(|| of(self))
    }
}

const APPS: [&str; 3] = ["chat", "desk", "clip"];
const ORGANIZATIONS: [&str; 3] = ["maker", "holding", "buyer"];
const CATEGORIES: [&str; 2] = ["vpn", "messenger"];
/// A number, a package name with capitals, and marks that both syntaxes have to escape.
const LISTINGS: [&str; 3] = ["414478124", "com.Example_1.chat", "a\"b\\c=#1"];
const STORES: [&str; 3] = ["app-store", "google-play", "shop"];
const TERRITORIES: [&str; 4] = ["US", "US-MT", "IN", "XK"];
const TITLES: [&str; 4] = ["Order", "«Décret» № 1", "a \"quoted\" title \\ of one line", "\u{1f4f1} \\u0041"];
/// Notes may have several lines; they are told to nobody.
const NOTES: [&str; 2] = ["a \"note\"\nof two lines", "\u{1f4f1}\t\\u0041"];
/// Days of which one had 23 hours and one 25, a time in the hour that was repeated, and plain instants.
const TIMES: [&str; 11] = [
    "2020-03-08[America/New_York]",
    "2020-11-01[America/New_York]",
    "2020-11-01T01:30:00-05:00[America/New_York]",
    "2020-09-20T23:59:00[America/New_York]",
    "2020-09-20T23:59:00.25Z",
    "2020-06-16[UTC]",
    "2020-06-16T12:00:00Z",
    "2018-11-04[America/Sao_Paulo]",
    "2020-06-01..2020-06-30[Asia/Kolkata]",
    "..2020-06-16[Asia/Shanghai]",
    "2020-06-16..[America/New_York]",
];
const RELIEF_KINDS: [ReliefKind; 7] = [
    ReliefKind::TemporaryRestrainingOrder,
    ReliefKind::PreliminaryInjunction,
    ReliefKind::PermanentInjunction,
    ReliefKind::AdministrativeStay,
    ReliefKind::StayPendingAppeal,
    ReliefKind::Stay,
    ReliefKind::TemporaryPermission,
];
const INSTRUMENT_KINDS: [InstrumentKind; 10] = [
    InstrumentKind::Statute,
    InstrumentKind::ExecutiveOrder,
    InstrumentKind::AgencyOrder,
    InstrumentKind::CourtOrder,
    InstrumentKind::Decree,
    InstrumentKind::Request,
    InstrumentKind::Recommendation,
    InstrumentKind::InformalPressure,
    InstrumentKind::Notice,
    InstrumentKind::StoreDecision,
];
const MANNERS: [Manner; 6] = [
    Manner::Rescinded,
    Manner::Vacated,
    Manner::Reversed,
    Manner::Dissolved,
    Manner::Superseded,
    Manner::Mooted,
];
const DISPOSITIONS: [Disposition; 5] = [
    Disposition::Affirmed,
    Disposition::Reversed,
    Disposition::Vacated,
    Disposition::Remanded,
    Disposition::Dismissed,
];

/// A register of the entries made from these seeds, without those that it refuses.
pub(crate) fn register(seeds: Vec<Seed>) -> Register {
    let mut register = declared();
    for (number, seed) in seeds.into_iter().enumerate() {
        let mut choices = Choices(seed.0.into_iter());
        if let Some(entry) = entry(&register, number, &mut choices) {
            // What is refused is left out: the round trip is about registers, which hold what was taken.
            drop(register.append(entry));
        }
    }
    register
}

fn declared() -> Register {
    let mut register = Register::default();
    let mut declare = |declaration| register.declare(declaration).unwrap();
    for word in ORGANIZATIONS {
        let name = format!("{word} & Co. \"Ltd\"");
        declare(Declaration::Organization(OrganizationDeclared { organization: organization(word), name }));
    }
    for word in CATEGORIES {
        let category = word.parse().unwrap();
        declare(Declaration::Category(CategoryDeclared { category, name: word.to_owned() }));
    }
    declare(Declaration::Store(StoreDeclared {
        store: Store::new("shop").unwrap(),
        name: "Shop".to_owned(),
    }));
    for (word, kind, jurisdiction) in [
        ("congress", AuthorityKind::Legislature, "US"),
        ("president", AuthorityKind::Executive, "US"),
        ("agency", AuthorityKind::Agency, "IN"),
        ("court", AuthorityKind::Court, "US-MT"),
        ("shop-inc", AuthorityKind::Company, "US"),
    ] {
        declare(Declaration::Authority(AuthorityDeclared {
            authority: word.parse().unwrap(),
            name: word.to_owned(),
            kind,
            jurisdiction: jurisdiction.parse().unwrap(),
        }));
    }
    let chat = AppDeclared::new(app("chat"), "Chat — «чат»")
        .owned_by(organization("maker"))
        .published_by(organization("holding"))
        .in_category("messenger".parse().unwrap())
        .with_source("https://example.org/chat");
    declare(Declaration::App(chat));
    declare(Declaration::App(AppDeclared::new(app("desk"), "Desk")));
    declare(Declaration::App(AppDeclared::new(app("clip"), "Clip")));
    register
}

fn app(word: &str) -> AppId {
    word.parse().unwrap()
}

fn organization(word: &str) -> OrganizationId {
    word.parse().unwrap()
}

/// An entry; its number makes its names its own.
fn entry(register: &Register, number: usize, choices: &mut Choices) -> Option<Entry> {
    let corrected = choices.once_in(8).then(|| choices.number()).and_then(|at| {
        let entries = register.entries();
        entries.get(at % entries.len().max(1)).cloned()
    });
    let event = match &corrected {
        Some(earlier) => corrected_event(earlier.event(), choices),
        None => event(register, number, choices),
    };
    let time = |text: &str| civil::parse(text).unwrap();
    let entered = time(choices.one(&TIMES));
    // Recorded in a fixed order, so that most targets were recorded before what is aimed at them.
    let recorded = civil::parse(&format!("2021-01-01T00:{number:02}:00Z")).unwrap();
    let mut builder = Entry::build(format!("entry-{number}").parse().unwrap(), event)
        .by(choices.one(&["congress", "president", "agency", "court", "shop-inc"]).parse().unwrap())
        .entered(entered)
        .recorded(recorded)
        .citation(choices.one(&TITLES))
        .source(format!("https://example.org/{number}?a=b&c=\"d\""));
    if choices.once_in(2) {
        builder = builder.source("second source");
    }
    if choices.once_in(3) {
        builder = builder.effective(time(choices.one(&TIMES)));
    }
    if choices.once_in(3) {
        builder = builder.note(choices.one(&NOTES));
    }
    if choices.once_in(4) {
        let said = Dispute::new(choices.one(&TITLES).trim(), "https://example.org/other");
        let timed = choices.once_in(2).then(|| time(choices.one(&TIMES)));
        builder = builder.dispute(match timed {
            Some(timed) => said.effective(timed),
            None => said,
        });
    }
    if choices.once_in(4) {
        builder = builder.basis(Basis::Inferred);
    }
    if let Some(earlier) = corrected {
        builder = builder.corrects(earlier.id().clone());
    }
    builder.finish().ok()
}

/// The same event, with another scope where it has one.
fn corrected_event(earlier: &Event, choices: &mut Choices) -> Event {
    let mut event = earlier.clone();
    match &mut event {
        Event::ReliefGranted(it) => it.scope = scope(choices),
        Event::MeasureEnded(it) => it.scope = scope(choices),
        Event::EnforcementForborne(it) => it.scope = scope(choices),
        Event::InstrumentIssued(it) => it.concerns = Some(scope(choices)),
        Event::AppRenamed { name, .. } => choices.one(&TITLES).clone_into(name),
        _ => {}
    }
    event
}

fn event(register: &Register, number: usize, choices: &mut Choices) -> Event {
    match choices.number() % 6 {
        0 => Event::InstrumentIssued(instrument(register, number, choices)),
        1 => Event::ReliefGranted(relief(register, number, choices)),
        2 | 3 => on_measures(register, number, choices),
        4 => proceeding(register, number, choices),
        _ => on_the_market(register, choices),
    }
}

fn on_measures(register: &Register, number: usize, choices: &mut Choices) -> Event {
    match choices.number() % 8 {
        0 => {
            let ending = format!("ending-{number}").parse().unwrap();
            let ended = Ending::new(ending, choices.one(&MANNERS), measures(register, choices));
            Event::MeasureEnded(if choices.once_in(2) { ended.within(scope(choices)) } else { ended })
        }
        1 => Event::StartMoved { measure: measure(register, choices), from: bound(choices) },
        2 => {
            let until = choices.maybe(bound);
            Event::EndMoved { measure: measure(register, choices), until }
        }
        3 => Event::ConditionMet { condition: condition(choices), scope: scope(choices) },
        4 => {
            let forbearance = format!("forbearance-{number}").parse().unwrap();
            let of = Forbearance::new(forbearance, measures(register, choices)).within(scope(choices));
            Event::EnforcementForborne(of.during(span(choices)))
        }
        5 => Event::RestrictionAdded {
            instrument: issued(register, choices),
            restriction: clause(&format!("added-{number}"), choices),
        },
        6 => Event::ReliefRefused { kind: choices.one(&RELIEF_KINDS), against: measures(register, choices) },
        _ => Event::EntryRetracted { entry: recorded(register, choices, |_| true) },
    }
}

fn proceeding(register: &Register, number: usize, choices: &mut Choices) -> Event {
    match choices.number() % 7 {
        0 | 1 => {
            let refused = |event: &Event| matches!(event, Event::ReliefRefused { .. });
            let mut of: Vec<Ruling> = measures(register, choices).into_iter().map(Ruling::Measure).collect();
            if choices.once_in(2) {
                of.push(Ruling::Refusal(recorded(register, choices, refused)));
            }
            let appeal = Appeal::new(format!("appeal-{number}").parse().unwrap(), of);
            Event::AppealNoticed(if choices.once_in(2) { appeal.within(scope(choices)) } else { appeal })
        }
        2 | 3 => Event::AppealDecided(judgment(register, number, choices)),
        4 => Event::MandateIssued { appeal: appealed(register, choices).0 },
        5 => match choices.number() % 3 {
            0 => Event::AppealAnnounced { of: measures(register, choices) },
            1 => {
                Event::MotionFiled { seeks: choices.one(&RELIEF_KINDS), against: measures(register, choices) }
            }
            _ => Event::ProceedingNoted {
                about: measures(register, choices),
                what: choices.one(&TITLES).to_owned(),
            },
        },
        _ => Event::ReliefRefused { kind: choices.one(&RELIEF_KINDS), against: measures(register, choices) },
    }
}

fn on_the_market(register: &Register, choices: &mut Choices) -> Event {
    let app = app(choices.one(&APPS));
    let category = choices.one(&CATEGORIES).parse().unwrap();
    let to = organization(choices.one(&ORGANIZATIONS));
    match choices.number() % 10 {
        0 => Event::ControlTransferred { of: Controlled::App(app), to: holdings(choices) },
        1 => {
            let of = Controlled::Organization(organization(choices.one(&ORGANIZATIONS)));
            Event::ControlTransferred { of, to: holdings(choices) }
        }
        2 => Event::PublisherChanged { app, store: choices.maybe(store), to },
        3 => Event::AppRenamed { app, name: choices.one(&TITLES).to_owned() },
        4 => Event::AppSucceeded { app, by: self::app(choices.one(&APPS)) },
        5 => Event::CategoryJoined { app, category },
        6 => Event::CategoryLeft { app, category },
        7 => {
            let (store, listing) = (store(choices), choices.one(&LISTINGS).parse().unwrap());
            // The well-known stores refuse what has not the shape of their ids.
            let store = if store.gives(&listing) { store } else { Store::new("shop").unwrap() };
            Event::ListingAssigned { app, store, listing }
        }
        8 => {
            let given = register.entries().iter().rev().find_map(|entry| match entry.event() {
                Event::ListingAssigned { store, listing, .. } => Some((store.clone(), listing.clone())),
                _ => None,
            });
            let (store, listing) =
                given.unwrap_or_else(|| (Store::APP_STORE, choices.one(&LISTINGS).parse().unwrap()));
            Event::ListingRetired { store, listing }
        }
        _ => Event::EntryRetracted { entry: recorded(register, choices, |_| true) },
    }
}

fn holdings(choices: &mut Choices) -> Holdings {
    match choices.number() % 4 {
        0 => Holdings::none(),
        1 => Holdings::sole(organization(choices.one(&ORGANIZATIONS))),
        _ => {
            let part = |word: &str, percent: &str| (organization(word), percent.parse().unwrap());
            let parts = [part("maker", "19.9"), part("holding", "50.01"), part("buyer", "0.05")];
            Holdings::shares(parts.into_iter().take(choices.number() % 3 + 1)).unwrap()
        }
    }
}

fn instrument(register: &Register, number: usize, choices: &mut Choices) -> Instrument {
    let name = format!("instrument-{number}").parse().unwrap();
    let mut instrument =
        Instrument::new(name, choices.one(&INSTRUMENT_KINDS), choices.one(&TITLES)).during(span(choices));
    instrument.under = choices.maybe(|choices| issued(register, choices));
    instrument.concerns = choices.maybe(scope);
    instrument.clauses =
        (0..choices.number() % 3).map(|clause| self::clause(&format!("{clause}"), choices)).collect();
    instrument
}

fn clause(number: &str, choices: &mut Choices) -> Restriction {
    let directive = choices.one(&[Directive::Prohibit, Directive::Compel]);
    Restriction::new(number.parse().unwrap(), directive, scope(choices)).during(span(choices))
}

fn relief(register: &Register, number: usize, choices: &mut Choices) -> Relief {
    let name = format!("relief-{number}").parse().unwrap();
    let kind = choices.one(&RELIEF_KINDS);
    let mut relief = Relief::new(name, kind, measures(register, choices)).during(span(choices));
    if choices.once_in(2) {
        relief = relief.within(scope(choices));
    }
    if choices.once_in(3) {
        let mut parties = Parties::only().person("alliance".parse().unwrap());
        if choices.once_in(2) {
            parties = parties.organization(organization(choices.one(&ORGANIZATIONS))).store(store(choices));
        }
        relief = relief.protecting(parties);
    }
    if choices.once_in(3) {
        relief = relief.pending(appealed(register, choices).0);
    }
    relief
}

fn judgment(register: &Register, number: usize, choices: &mut Choices) -> Judgment {
    let (appeal, rulings) = appealed(register, choices);
    let mut judgment = Judgment::new(format!("judgment-{number}").parse().unwrap(), appeal);
    for ruling in rulings {
        let ruled = Ruled::new(ruling, choices.one(&DISPOSITIONS));
        judgment = judgment.ruling(if choices.once_in(2) { ruled.within(scope(choices)) } else { ruled });
    }
    if choices.once_in(2) { judgment.at_once() } else { judgment }
}

/// A scope with each kind of selector and of exception.
fn scope(choices: &mut Choices) -> Scope {
    let chosen = |choices: &mut Choices, most| choices.some(most, selector);
    let apps = match choices.maybe(|choices| chosen(choices, 3)) {
        Some(selectors) => Selection::only(selectors),
        None => Selection::all(),
    };
    let mut scope = Scope { apps, ..Scope::everything() };
    if choices.once_in(3) {
        scope = scope.stores(choices.some(2, store));
    }
    if choices.once_in(2) {
        scope = scope.territories(choices.some(2, territory));
    }
    if choices.once_in(2) {
        scope = scope.acts(choices.some(4, |choices| choices.one(&Act::ALL)));
    }
    if choices.once_in(3) {
        let except = chosen(choices, 2);
        scope.apps = scope.apps.but(except);
        scope.stores = scope.stores.but(choices.some(1, store));
        scope.acts = scope.acts.but(choices.some(2, |choices| choices.one(&Act::ALL)));
    }
    if choices.once_in(4) {
        scope.territories = scope.territories.but(choices.some(1, territory));
    }
    scope
}

fn selector(choices: &mut Choices) -> AppSelector {
    match choices.number() % 6 {
        0 => AppSelector::App(app(choices.one(&APPS))),
        1 => AppSelector::AppAndSuccessors(app(choices.one(&APPS))),
        2 => AppSelector::Publisher(organization(choices.one(&ORGANIZATIONS))),
        3 => AppSelector::Owner(organization(choices.one(&ORGANIZATIONS))),
        4 => AppSelector::Holder {
            organization: organization(choices.one(&ORGANIZATIONS)),
            at_least: choices.one(&["20", "19.9", "0.01", "100"]).parse().unwrap(),
        },
        _ => AppSelector::Category(choices.one(&CATEGORIES).parse().unwrap()),
    }
}

fn store(choices: &mut Choices) -> Store {
    choices.one(&STORES).parse().unwrap()
}

fn territory(choices: &mut Choices) -> Territory {
    choices.one(&TERRITORIES).parse().unwrap()
}

fn span(choices: &mut Choices) -> Span {
    let bounds = (choices.maybe(bound), choices.once_in(3).then(|| bound(choices)));
    Span::new(bounds.0, bounds.1).unwrap_or_default()
}

fn bound(choices: &mut Choices) -> Bound {
    if choices.once_in(3) {
        return Bound::Upon(condition(choices));
    }
    Bound::At(if choices.once_in(3) {
        Dated::utc_day("2022-02-01".parse().unwrap()).unwrap()
    } else if choices.once_in(2) {
        let (first, last) = (civil::parse(choices.one(&TIMES)), civil::parse("2023-01-01T00:00:00Z"));
        Dated::between(first.unwrap().earliest(), last.unwrap().latest()).unwrap()
    } else {
        civil::parse(choices.one(&TIMES)).unwrap()
    })
}

fn condition(choices: &mut Choices) -> delisted::ConditionId {
    choices.one(&["sale", "notice"]).parse().unwrap()
}

/// A name that something of the register has, or one that nothing has.
fn measure(register: &Register, choices: &mut Choices) -> Measure {
    let mut known: Vec<Measure> = Vec::new();
    for number in 0..register.entries().len().max(40) {
        let names = ["instrument", "relief", "ending", "forbearance", "judgment"]
            .map(|kind| format!("{kind}-{number}"));
        known.extend(names.iter().filter_map(|name| register.measure(name)));
        known.extend(register.measure(&format!("instrument-{number}/0")));
    }
    if known.is_empty() { Measure::Instrument("nothing".parse().unwrap()) } else { choices.one(&known) }
}

fn measures(register: &Register, choices: &mut Choices) -> std::collections::BTreeSet<Measure> {
    choices.some(2, |choices| measure(register, choices)).into_iter().collect()
}

/// An instrument of the register.
fn issued(register: &Register, choices: &mut Choices) -> delisted::InstrumentId {
    let known: Vec<_> = register
        .entries()
        .iter()
        .filter_map(|entry| match entry.event() {
            Event::InstrumentIssued(it) => Some(it.instrument.clone()),
            _ => None,
        })
        .collect();
    if known.is_empty() { "nothing".parse().unwrap() } else { choices.one(&known) }
}

/// An appeal of the register with what it is of.
fn appealed(register: &Register, choices: &mut Choices) -> (AppealId, Vec<Ruling>) {
    let known: Vec<_> = register
        .entries()
        .iter()
        .filter_map(|entry| match entry.event() {
            Event::AppealNoticed(it) => Some((it.appeal.clone(), it.of.iter().cloned().collect())),
            _ => None,
        })
        .collect();
    if known.is_empty() { ("nothing".parse().unwrap(), vec![]) } else { choices.one(&known) }
}

/// An entry of the register, of one sort.
fn recorded(register: &Register, choices: &mut Choices, sort: impl Fn(&Event) -> bool) -> EntryId {
    let of_sort = register.entries().iter().filter(|entry| sort(entry.event()));
    let known: Vec<EntryId> = of_sort.map(|entry| entry.id().clone()).collect();
    if known.is_empty() { "nothing".parse().unwrap() } else { choices.one(&known) }
}
