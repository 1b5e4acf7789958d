//! Every register of a few acts: an order, and all that a court or an agency can do about it in three steps, or in
//! four where the tests are optimised.
//!
//! The engine gives the answer of the written rule at every instant at which something happens and between any two.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::arithmetic_side_effects,
    reason = "a test that cannot build its register must stop, and its numbers are small"
)]

mod spec;

use chrono::{DateTime, TimeDelta, Utc};
use delisted::{
    Act, AppealId, Register, Store, Subject,
    law::{
        Appeal, Directive, Disposition, Ending, Forbearance, Instrument, InstrumentKind, Judgment, Manner,
        Measure, Relief, ReliefKind, Restriction, Ruled, Scope, Span,
    },
    market::{AppDeclared, AuthorityDeclared, AuthorityKind, Declaration},
    register::{Entry, Event},
    time::{Dated, Known, instant},
};
use spec::Model;

/// What can be done next: a word for failures, and the event.
type Move = (String, Event);

/// What the acts so far have left to act upon.
#[derive(Debug, Clone, Default)]
struct Docket {
    relief: Vec<Measure>,
    endings: Vec<Measure>,
    undecided: Vec<(AppealId, Measure)>,
    awaiting: Vec<AppealId>,
    steps: usize,
}

/// The hours at which the acts happen; the order starts between the first two that follow it.
const HOURS: [i64; 5] = [0, 10, 20, 30, 40];
const START: i64 = 15;
/// How long a restraining order lasts.
const LAPSE: i64 = 7;

fn hour(hour: i64) -> DateTime<Utc> {
    instant("2020-09-18T00:00:00Z").unwrap() + TimeDelta::hours(hour)
}

/// Every hour at which something happens or lapses, and one between each two.
fn questions() -> impl Iterator<Item = DateTime<Utc>> {
    [-1, 0, 5, 10, 12, 15, 16, 17, 18, 20, 23, 27, 28, 30, 33, 37, 38, 40, 43, 47, 50].into_iter().map(hour)
}

fn order() -> Measure {
    Measure::Instrument("order".parse().unwrap())
}

#[test]
fn on_every_register_of_a_few_acts_the_engine_gives_the_answers_of_the_written_rule() {
    let mut register = Register::default();
    register.declare(Declaration::App(AppDeclared::new("app".parse().unwrap(), "App"))).unwrap();
    let court = AuthorityDeclared {
        authority: "court".parse().unwrap(),
        name: "Court".to_owned(),
        kind: AuthorityKind::Court,
        jurisdiction: "US".parse().unwrap(),
    };
    register.declare(Declaration::Authority(court)).unwrap();
    let clause = clause("1", Directive::Prohibit).during(Span::from_start(Dated::from(hour(START))));
    let issued =
        Instrument::new("order".parse().unwrap(), InstrumentKind::AgencyOrder, "Order").with_clause(clause);
    let mut counts = vec![0_u32; if cfg!(debug_assertions) { 4 } else { 5 }];
    let mut path = vec![];
    extend(
        register,
        ("order".to_owned(), Event::InstrumentIssued(issued)),
        Docket::default(),
        &mut path,
        &mut counts,
    );
    println!("registers of one act, of two, and so on: {counts:?}");
    let all = [1, 11, 141, 2_113, 36_833];
    assert_eq!(counts, all.into_iter().take(counts.len()).collect::<Vec<_>>());
}

fn clause(name: &str, directive: Directive) -> Restriction {
    Restriction::new(name.parse().unwrap(), directive, Scope::app("app".parse().unwrap()))
}

/// The register with one more act, asked at every instant, and then with every act that can follow.
fn extend(
    mut register: Register,
    (word, event): Move,
    mut docket: Docket,
    path: &mut Vec<String>,
    counts: &mut [u32],
) {
    let at = hour(HOURS.into_iter().nth(docket.steps).unwrap());
    path.push(word);
    docket.note(&event);
    let entry = Entry::build(format!("entry-{}", docket.steps).parse().unwrap(), event)
        .by("court".parse().unwrap())
        .entered(at)
        .recorded(at)
        .citation("none published")
        .source("https://example.org")
        .finish()
        .unwrap();
    register.append(entry).unwrap_or_else(|error| panic!("{path:?}: {error}"));
    agree(&register, path);
    *counts.get_mut(docket.steps).unwrap() += 1;
    docket.steps += 1;
    if docket.steps < counts.len() {
        for next in docket.moves(hour(HOURS.into_iter().nth(docket.steps).unwrap() + LAPSE)) {
            extend(register.clone(), next, docket.clone(), path, counts);
        }
    }
    path.pop();
}

fn agree(register: &Register, path: &[String]) {
    let subject =
        Subject::new("app".parse().unwrap(), Store::APP_STORE, "US".parse().unwrap(), Act::Download);
    let line = register.timeline(&subject, Known::Best);
    let model = Model::new(register.entries().iter().collect(), register.directory(), Known::Best);
    for at in questions() {
        let engine = register.determine(&subject, at);
        if let Some(disagreement) = model.answer(&subject, at).disagreement(&engine) {
            panic!("{path:?} at {at}: {disagreement}");
        }
        assert_eq!(line.at(at), &engine, "{path:?} at {at}");
    }
}

impl Docket {
    fn note(&mut self, event: &Event) {
        match event {
            Event::ReliefGranted(it) => self.relief.push(it.relief.clone().into()),
            Event::MeasureEnded(it) => self.endings.push(it.ending.clone().into()),
            Event::AppealNoticed(it) => {
                self.undecided.push((it.appeal.clone(), only_ruling(it)));
            }
            Event::AppealDecided(it) => {
                self.undecided.retain(|(appeal, _)| *appeal != it.appeal);
                self.endings.push(it.judgment.clone().into());
                if it.mandate == delisted::law::MandateTerm::Awaited {
                    self.awaiting.push(it.appeal.clone());
                }
            }
            Event::MandateIssued { appeal } => self.awaiting.retain(|awaiting| awaiting != appeal),
            _ => {}
        }
    }

    /// Everything that can be done next; a restraining order would lapse at `lapse`.
    fn moves(&self, lapse: DateTime<Utc>) -> Vec<Move> {
        let mut moves = vec![
            self.relief("injunction of", ReliefKind::PreliminaryInjunction, &order(), None),
            self.relief(
                "restraining order against",
                ReliefKind::TemporaryRestrainingOrder,
                &order(),
                Some(lapse),
            ),
            self.ending("vacatur of", Manner::Vacated, &order()),
            self.appeal(&order()),
            self.counter_order(),
            self.forbearance(),
            (
                "postponement".to_owned(),
                Event::StartMoved { measure: clause_one(), from: Dated::from(lapse).into() },
            ),
            (
                "expiry".to_owned(),
                Event::EndMoved { measure: order(), until: Some(Dated::from(lapse).into()) },
            ),
            ("refusal".to_owned(), refusal()),
            self.relief("injunction of", ReliefKind::PermanentInjunction, &clause_one(), None),
            self.ending("rescission of", Manner::Rescinded, &clause_one()),
        ];
        for relief in &self.relief {
            moves.push(self.relief("stay of", ReliefKind::Stay, relief, None));
            moves.push(self.ending("dissolution of", Manner::Dissolved, relief));
            moves.push(self.appeal(relief));
        }
        for ending in &self.endings {
            moves.push(self.relief("stay of", ReliefKind::AdministrativeStay, ending, Some(lapse)));
            moves.push(self.ending("vacatur of", Manner::Vacated, ending));
            moves.push(self.appeal(ending));
        }
        for (appeal, of) in &self.undecided {
            let judged = |disposition| {
                Judgment::new(format!("judgment-{}", self.steps).parse().unwrap(), appeal.clone())
                    .ruling(Ruled::new(of.clone(), disposition))
            };
            for disposition in [Disposition::Reversed, Disposition::Affirmed] {
                moves.push((format!("{of} {disposition}"), Event::AppealDecided(judged(disposition))));
                moves.push((
                    format!("{of} {disposition} at once"),
                    Event::AppealDecided(judged(disposition).at_once()),
                ));
            }
            let stay = self.relief("stay pending appeal of", ReliefKind::StayPendingAppeal, of, None);
            if let (word, Event::ReliefGranted(stay)) = stay {
                moves.push((word, Event::ReliefGranted(stay.pending(appeal.clone()))));
            }
        }
        for appeal in &self.awaiting {
            moves.push((format!("mandate in {appeal}"), Event::MandateIssued { appeal: appeal.clone() }));
        }
        moves
    }

    fn relief(&self, word: &str, kind: ReliefKind, of: &Measure, until: Option<DateTime<Utc>>) -> Move {
        let mut relief = Relief::new(format!("relief-{}", self.steps).parse().unwrap(), kind, [of.clone()]);
        if let Some(until) = until {
            relief = relief.during(Span::until_end(Dated::from(until)));
        }
        (format!("{word} {of}"), Event::ReliefGranted(relief))
    }

    fn ending(&self, word: &str, manner: Manner, of: &Measure) -> Move {
        let ending = Ending::new(format!("ending-{}", self.steps).parse().unwrap(), manner, [of.clone()]);
        (format!("{word} {of}"), Event::MeasureEnded(ending))
    }

    fn appeal(&self, of: &Measure) -> Move {
        let appeal = Appeal::new(format!("appeal-{}", self.steps).parse().unwrap(), [of.clone()]);
        (format!("appeal of {of}"), Event::AppealNoticed(appeal))
    }

    fn counter_order(&self) -> Move {
        let name = format!("counter-{}", self.steps);
        let order = Instrument::new(name.parse().unwrap(), InstrumentKind::CourtOrder, "Counter-order")
            .with_clause(clause("1", Directive::Compel));
        ("order to offer".to_owned(), Event::InstrumentIssued(order))
    }

    fn forbearance(&self) -> Move {
        let forbearance = Forbearance::new(format!("forbearance-{}", self.steps).parse().unwrap(), [order()]);
        ("forbearance".to_owned(), Event::EnforcementForborne(forbearance))
    }
}

fn clause_one() -> Measure {
    Measure::Restriction("order/1".parse().unwrap())
}

fn refusal() -> Event {
    Event::ReliefRefused { kind: ReliefKind::Stay, against: [order()].into() }
}

fn only_ruling(appeal: &Appeal) -> Measure {
    match appeal.of.first() {
        Some(delisted::law::Ruling::Measure(measure)) => measure.clone(),
        other => panic!("{other:?} is not a measure"),
    }
}
