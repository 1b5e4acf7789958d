//! The four-state machine and the rule agree on every history that the machine can tell.
//!
//! A *history* is a walk along the machine's possible events. Each event is written as the entry of a register as well,
//! and after each the headline of the register's answer is the machine's status.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::arithmetic_side_effects,
    reason = "a test that cannot build its register must stop, and its numbers are small"
)]

use std::cell::{Cell, RefCell};

use chrono::{DateTime, TimeDelta, Utc};
use delisted::{
    Act, AppealId, InstrumentId, Register, ReliefId, Store, StoreStatus, Subject,
    law::{
        Appeal, Directive, Disposition, Ending, Instrument, InstrumentKind, Judgment, Manner, Measure,
        Relief, ReliefKind, Restriction, RestrictionId, Ruled, Scope, Span,
    },
    market::{AppDeclared, AuthorityDeclared, AuthorityKind, Declaration},
    register::{Entry, Event},
    status::{Appealed, ImpossibleStep, StatusCourse, StatusEvent},
    time::{Dated, instant},
};
use proptest::{
    prelude::any,
    test_runner::{Config, FileFailurePersistence, RngSeed, TestCaseError, TestRunner},
};

/// How many histories are walked.
const HISTORIES: u32 = 5_000;

/// A step of a walk: which of the possible events, and in what form courts bring it about.
type Step = (u8, u8);

#[test]
fn the_headline_of_a_register_with_one_order_is_the_status_of_its_course() {
    let statuses = RefCell::new(std::collections::BTreeMap::new());
    let refused = Cell::new(0_u32);
    let steps = proptest::collection::vec(any::<Step>(), 1..=24);
    runner("tests/four_states.regressions")
        .run(&steps, |steps| {
            let history = walk(&steps);
            let mut course = StatusCourse::new();
            let mut docket = Docket::new();
            for (index, (event, form)) in history.iter().enumerate() {
                refused.set(refused.get() + impossible_steps_say_so(course)?);
                course = course.step(*event).map_err(|error| TestCaseError::fail(error.to_string()))?;
                docket.write(index, *event, *form, &history);
                let headline = docket.headline(day(index));
                if headline != course.status() {
                    let so_far: Vec<_> = history.iter().take(index + 1).collect();
                    let why = format!("after {so_far:?}: {headline}, not {}", course.status());
                    return Err(TestCaseError::fail(why));
                }
                *statuses.borrow_mut().entry(course.status()).or_insert(0_u32) += 1;
            }
            Ok(())
        })
        .unwrap_or_else(|error| panic!("{error}"));
    let statuses = statuses.into_inner();
    println!("{statuses:#?}\nimpossible steps refused: {}", refused.get());
    // The four words, and under appeal both kinds of ruling with each of the three that hold meanwhile.
    assert_eq!(statuses.len(), 3 + 2 * 3);
    assert!(statuses.values().all(|count| *count >= 100), "a status hardly occurred: {statuses:?}");
}

#[test]
fn a_walk_meets_every_event_and_every_course_that_can_be() {
    let mut open = vec![StatusCourse::new()];
    let mut found: Vec<StatusCourse> = Vec::new();
    while let Some(course) = open.pop() {
        if found.contains(&course) {
            continue;
        }
        found.push(course);
        open.extend(course.possible().map(|event| course.step(event).unwrap()));
    }
    for event in StatusEvent::ALL {
        assert!(found.iter().any(|course| course.step(event).is_ok()), "{event} is never possible");
    }
    // Before an order; then awaited or in effect, times no relief, relief or stayed relief, times its appeals.
    assert_eq!(found.len(), 1 + 2 * (2 + 3 + 3));
}

fn runner(regressions: &'static str) -> TestRunner {
    TestRunner::new(Config {
        cases: HISTORIES,
        rng_seed: RngSeed::Fixed(20_200_919),
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct(regressions))),
        ..Config::default()
    })
}

/// The events that the steps choose, each among those that are possible then.
fn walk(steps: &[Step]) -> Vec<(StatusEvent, u8)> {
    let mut course = StatusCourse::new();
    let mut history = Vec::new();
    for (choice, form) in steps {
        let possible: Vec<StatusEvent> = course.possible().collect();
        let event = possible.iter().copied().cycle().nth(usize::from(*choice)).unwrap();
        course = course.step(event).unwrap();
        history.push((event, *form));
    }
    history
}

/// Each event that cannot follow is refused with the status in which it cannot.
fn impossible_steps_say_so(course: StatusCourse) -> Result<u32, TestCaseError> {
    let mut refused = 0;
    for event in StatusEvent::ALL {
        if course.possible().any(|possible| possible == event) {
            continue;
        }
        refused += 1;
        let expected = Err(ImpossibleStep { status: course.status(), event });
        if course.step(event) != expected {
            return Err(TestCaseError::fail(format!("{event} after {course:?}: {:?}", course.step(event))));
        }
    }
    Ok(refused)
}

/// The instant of a step.
fn day(index: usize) -> DateTime<Utc> {
    let days = TimeDelta::days(i64::try_from(index).unwrap());
    instant("2020-09-18T00:00:00Z").unwrap() + days
}

/// The register of a history, and what its next entry is about.
struct Docket {
    register: Register,
    entries: usize,
    order: Option<InstrumentId>,
    relief: Option<(ReliefId, bool)>,
    stay: Option<ReliefId>,
    appeal: Option<(AppealId, Measure)>,
}

impl Docket {
    fn new() -> Self {
        let mut register = Register::default();
        register.declare(Declaration::App(AppDeclared::new("app".parse().unwrap(), "App"))).unwrap();
        let court = AuthorityDeclared {
            authority: "court".parse().unwrap(),
            name: "Court".to_owned(),
            kind: AuthorityKind::Court,
            jurisdiction: "US".parse().unwrap(),
        };
        register.declare(Declaration::Authority(court)).unwrap();
        Self { register, entries: 0, order: None, relief: None, stay: None, appeal: None }
    }

    fn headline(&self, at: DateTime<Utc>) -> StoreStatus {
        let subject =
            Subject::new("app".parse().unwrap(), Store::APP_STORE, "US".parse().unwrap(), Act::Download);
        self.register.determine(&subject, at).headline()
    }

    fn append(&mut self, at: DateTime<Utc>, event: Event) {
        let entry = Entry::build(format!("entry-{}", self.entries).parse().unwrap(), event)
            .by("court".parse().unwrap())
            .entered(at)
            .recorded(at)
            .citation("none published")
            .source("https://example.org")
            .finish()
            .unwrap();
        self.register.append(entry).unwrap();
        self.entries += 1;
    }

    /// Writes an event of the history as entries. What happens by the passing of time was written with what it
    /// happens to: an order with its start, a restraining order with its end.
    fn write(&mut self, index: usize, event: StatusEvent, form: u8, history: &[(StatusEvent, u8)]) {
        let at = day(index);
        let next = |wanted: StatusEvent| next(history, index, wanted);
        match event {
            StatusEvent::OrderIssued => self.issue(index, next(StatusEvent::OrderTookEffect)),
            StatusEvent::OrderTookEffect => {}
            StatusEvent::OrderEnded => {
                let order = self.order.take().unwrap();
                let of = if form.is_multiple_of(2) { order.clone().into() } else { clause_of(&order) };
                let manner = if (form / 2).is_multiple_of(2) { Manner::Rescinded } else { Manner::Vacated };
                self.end(index, manner, of);
                (self.relief, self.stay, self.appeal) = (None, None, None);
            }
            StatusEvent::ReliefGranted => self.grant(index, form, next(StatusEvent::ReliefEnded)),
            StatusEvent::ReliefStayed => {
                let id: ReliefId = format!("stay-{index}").parse().unwrap();
                let (relief, _) = self.relief.clone().unwrap();
                let kind =
                    if form.is_multiple_of(2) { ReliefKind::Stay } else { ReliefKind::AdministrativeStay };
                self.append(at, Event::ReliefGranted(Relief::new(id.clone(), kind, [relief])));
                self.stay = Some(id);
            }
            StatusEvent::StayEnded => {
                let stay = self.stay.take().unwrap();
                self.end(index, Manner::Dissolved, stay.into());
            }
            StatusEvent::ReliefEnded => {
                let (relief, lapses) = self.relief.take().unwrap();
                self.stay = None;
                if !lapses {
                    let manner = if form.is_multiple_of(2) { Manner::Dissolved } else { Manner::Vacated };
                    self.end(index, manner, relief.clone().into());
                }
                // An appeal of relief that is gone has lost its object, and stays undecided.
                self.appeal.take_if(|(_, of)| *of == Measure::Relief(relief));
            }
            StatusEvent::AppealNoticed(of) => self.notice(index, form, of),
            StatusEvent::AppealEnded => self.decide(index, form),
        }
    }

    fn issue(&mut self, index: usize, start: Option<usize>) {
        // An order that takes effect in no step of the history does so after it.
        let start = day(start.unwrap_or(1_000));
        let id: InstrumentId = format!("order-{index}").parse().unwrap();
        let scope = Scope::app("app".parse().unwrap());
        let clause = Restriction::new("1".parse().unwrap(), Directive::Prohibit, scope)
            .during(Span::from_start(Dated::from(start)));
        let order = Instrument::new(id.clone(), InstrumentKind::AgencyOrder, "Order").with_clause(clause);
        self.append(day(index), Event::InstrumentIssued(order));
        self.order = Some(id);
    }

    fn grant(&mut self, index: usize, form: u8, end: Option<usize>) {
        let id: ReliefId = format!("relief-{index}").parse().unwrap();
        let order = self.order.clone().unwrap();
        let against = if form.is_multiple_of(2) { order.clone().into() } else { clause_of(&order) };
        let lapse = end.filter(|_| form / 2 % 2 == 1).map(day);
        let kind = match (lapse, form / 4 % 2) {
            (Some(_), _) => ReliefKind::TemporaryRestrainingOrder,
            (None, 0) => ReliefKind::PreliminaryInjunction,
            (None, _) => ReliefKind::Stay,
        };
        let mut relief = Relief::new(id.clone(), kind, [against]);
        if let Some(lapse) = lapse {
            relief = relief.during(Span::until_end(Dated::from(lapse)));
        }
        self.append(day(index), Event::ReliefGranted(relief));
        self.relief = Some((id, lapse.is_some()));
    }

    fn notice(&mut self, index: usize, form: u8, of: Appealed) {
        let id: AppealId = format!("appeal-{index}").parse().unwrap();
        let order = self.order.clone().unwrap();
        let of: Measure = match of {
            Appealed::Order if form.is_multiple_of(2) => order.into(),
            Appealed::Order => clause_of(&order),
            Appealed::Relief => self.relief.clone().unwrap().0.into(),
        };
        self.append(day(index), Event::AppealNoticed(Appeal::new(id.clone(), [of.clone()])));
        self.appeal = Some((id, of));
    }

    /// Affirmed or dismissed at once, or affirmed half a day before with the mandate now.
    fn decide(&mut self, index: usize, form: u8) {
        let (appeal, of) = self.appeal.take().unwrap();
        let disposition = match form % 3 {
            0 => Disposition::Affirmed,
            1 => Disposition::Dismissed,
            _ => Disposition::Remanded,
        };
        let judgment = Judgment::new(format!("judgment-{index}").parse().unwrap(), appeal.clone())
            .ruling(Ruled::new(of, disposition));
        if (form / 4).is_multiple_of(2) {
            self.append(day(index), Event::AppealDecided(judgment.at_once()));
            return;
        }
        let opinion = day(index) - TimeDelta::hours(12);
        let before = self.headline(opinion);
        self.append(opinion, Event::AppealDecided(judgment));
        assert_eq!(self.headline(opinion), before, "an opinion without its mandate changed the status");
        self.append(day(index), Event::MandateIssued { appeal });
    }

    fn end(&mut self, index: usize, manner: Manner, of: Measure) {
        let ending = Ending::new(format!("ending-{index}").parse().unwrap(), manner, [of]);
        self.append(day(index), Event::MeasureEnded(ending));
    }
}

fn clause_of(order: &InstrumentId) -> Measure {
    RestrictionId::new(order.clone(), "1".parse().unwrap()).into()
}

/// The step after `index` at which an event happens to the same order, if it does.
fn next(history: &[(StatusEvent, u8)], index: usize, wanted: StatusEvent) -> Option<usize> {
    let later = history.iter().enumerate().skip(index + 1);
    later
        .take_while(|(_, (event, _))| *event != StatusEvent::OrderEnded)
        .find_map(|(step, (event, _))| (*event == wanted).then_some(step))
}
