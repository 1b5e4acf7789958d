//! A small docket for tests: days instead of dates, short words instead of builders.
#![allow(dead_code, reason = "each test file uses its own part of it")]

use chrono::{DateTime, TimeDelta, Utc};
use delisted::{
    Act, AppId, EndingId, InstrumentId, OrganizationId, Register, ReliefId, Store, Subject,
    determination::{Determination, GroundStatus, Requirement},
    law::{
        Directive, Ending, Instrument, InstrumentKind, Manner, Measure, Relief, ReliefKind, Restriction,
        RestrictionId, Scope, Span,
    },
    market::{
        AppDeclared, AuthorityDeclared, AuthorityKind, CategoryDeclared, Declaration, OrganizationDeclared,
    },
    register::{AppendError, Entry, EntryBuilder, Event, Warning},
    time::{Dated, instant},
};

/// Day `n` of the docket, at midnight in UTC.
pub fn day(n: i64) -> DateTime<Utc> {
    instant("2025-01-01T00:00:00Z").unwrap() + TimeDelta::days(n)
}

pub fn dated(n: i64) -> Dated {
    Dated::from(day(n))
}

pub fn app(word: &str) -> AppId {
    word.parse().unwrap()
}

pub fn organization(word: &str) -> OrganizationId {
    word.parse().unwrap()
}

pub fn instrument(word: &str) -> Measure {
    InstrumentId::new(word).unwrap().into()
}

pub fn clause(word: &str) -> Measure {
    word.parse::<RestrictionId>().unwrap().into()
}

pub fn relief(word: &str) -> Measure {
    ReliefId::new(word).unwrap().into()
}

pub fn ending(word: &str) -> Measure {
    EndingId::new(word).unwrap().into()
}

/// A download of the app `chat` from the App Store in the United States.
pub fn download() -> Subject {
    subject("chat", Act::Download)
}

pub fn subject(word: &str, act: Act) -> Subject {
    Subject::new(app(word), Store::APP_STORE, "US".parse().unwrap(), act)
}

pub fn in_territory(code: &str) -> Subject {
    Subject::new(app("chat"), Store::APP_STORE, code.parse().unwrap(), Act::Download)
}

/// The scope of most test clauses: the app `chat` in the United States, for every act.
pub fn chat_in_us() -> Scope {
    Scope::app(app("chat")).territories(["US".parse().unwrap()])
}

pub fn prohibit(number: &str, scope: Scope) -> Restriction {
    Restriction::new(number.parse().unwrap(), Directive::Prohibit, scope)
}

pub fn compel(number: &str, scope: Scope) -> Restriction {
    Restriction::new(number.parse().unwrap(), Directive::Compel, scope)
}

pub fn order(word: &str, clauses: impl IntoIterator<Item = Restriction>) -> Instrument {
    let mut order = Instrument::new(word.parse().unwrap(), InstrumentKind::AgencyOrder, word);
    order.clauses = clauses.into_iter().collect();
    order
}

pub fn injunction(word: &str, against: impl IntoIterator<Item = Measure>) -> Relief {
    Relief::new(word.parse().unwrap(), ReliefKind::PreliminaryInjunction, against)
}

pub fn stay(word: &str, against: impl IntoIterator<Item = Measure>) -> Relief {
    Relief::new(word.parse().unwrap(), ReliefKind::Stay, against)
}

pub fn ended(word: &str, manner: Manner, ends: impl IntoIterator<Item = Measure>) -> Event {
    Event::MeasureEnded(Ending::new(word.parse().unwrap(), manner, ends))
}

pub fn from(n: i64) -> Span {
    Span::from_start(dated(n))
}

pub fn until(n: i64) -> Span {
    Span::until_end(dated(n))
}

pub fn between(start: i64, end: i64) -> Span {
    Span::new(Some(dated(start).into()), Some(dated(end).into())).unwrap()
}

/// A register with its directory, to which tests add entries by day.
#[derive(Clone)]
pub struct Docket {
    pub register: Register,
}

impl Docket {
    /// Knows the apps `chat`, `desk` and `clip`, the organisations `maker`, `holding` and `buyer`, the class
    /// `vpn`, and authorities of each kind.
    pub fn new() -> Self {
        let mut register = Register::default();
        let mut declare = |declaration| register.declare(declaration).unwrap();
        for word in ["maker", "holding", "buyer"] {
            declare(Declaration::Organization(OrganizationDeclared {
                organization: organization(word),
                name: word.to_owned(),
            }));
        }
        declare(Declaration::Category(CategoryDeclared {
            category: "vpn".parse().unwrap(),
            name: "virtual private networks".to_owned(),
        }));
        for word in ["chat", "desk", "clip"] {
            declare(Declaration::App(AppDeclared::new(app(word), word)));
        }
        for (word, kind, jurisdiction) in [
            ("agency", AuthorityKind::Agency, "US"),
            ("congress", AuthorityKind::Legislature, "US"),
            ("president", AuthorityKind::Executive, "US"),
            ("court", AuthorityKind::Court, "US"),
            ("other-court", AuthorityKind::Court, "US"),
            ("appeals-court", AuthorityKind::Court, "US"),
            ("state-court", AuthorityKind::Court, "US-MT"),
            ("foreign-court", AuthorityKind::Court, "BR"),
        ] {
            declare(Declaration::Authority(AuthorityDeclared {
                authority: word.parse().unwrap(),
                name: word.to_owned(),
                kind,
                jurisdiction: jurisdiction.parse().unwrap(),
            }));
        }
        Self { register }
    }

    /// A docket on which the agency ordered, on day 0, that `chat` be withheld in the US from day 10.
    pub fn with_order() -> Self {
        let clause = prohibit("1", chat_in_us()).during(from(10));
        Self::new().and(0, "order-issued", Event::InstrumentIssued(order("order", [clause])))
    }

    /// An entry of day `n`, to be completed.
    pub fn entry(n: i64, id: &str, event: Event) -> EntryBuilder {
        Entry::build(id.parse().unwrap(), event)
            .by("court".parse().unwrap())
            .entered(dated(n))
            .recorded(dated(n))
            .citation(format!("citation of {id}"))
            .source("https://example.org/source")
    }

    /// The docket with one more entry, entered, effective and recorded on day `n`.
    #[track_caller]
    pub fn and(self, n: i64, id: &str, event: Event) -> Self {
        self.with(Self::entry(n, id, event))
    }

    /// The docket with one more entry.
    #[track_caller]
    pub fn with(mut self, entry: EntryBuilder) -> Self {
        self.try_with(entry).unwrap();
        self
    }

    pub fn try_with(&mut self, entry: EntryBuilder) -> Result<Vec<Warning>, AppendError> {
        self.register.append(entry.finish().unwrap())
    }

    #[track_caller]
    pub fn grant(self, n: i64, granted: Relief) -> Self {
        let id = format!("{}-granted", granted.relief);
        self.and(n, &id, Event::ReliefGranted(granted))
    }

    pub fn answer(&self, subject: &Subject, n: i64) -> Determination {
        self.register.determine(subject, day(n))
    }

    /// Asserts the requirement for a download of `chat` on each day given.
    #[track_caller]
    pub fn requires(&self, expected: &[(i64, Requirement)]) {
        self.requires_of(&download(), expected);
    }

    #[track_caller]
    pub fn requires_of(&self, subject: &Subject, expected: &[(i64, Requirement)]) {
        for (n, requirement) in expected {
            let answer = self.answer(subject, *n);
            assert_eq!(
                answer.requirement(),
                *requirement,
                "on day {n}, {subject}\n{}",
                self.register.explain(subject, day(*n))
            );
        }
    }

    /// How the ground of that entry stood on day `n`.
    #[track_caller]
    pub fn status(&self, subject: &Subject, n: i64, entry: &str) -> GroundStatus {
        let answer = self.answer(subject, n);
        let ground = answer.grounds().iter().find(|ground| ground.entry().as_str() == entry);
        ground.unwrap_or_else(|| panic!("`{entry}` is no ground on day {n}: {answer:?}")).status()
    }
}
