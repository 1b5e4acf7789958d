//! What is written as iCalendar is valid, reads back with equal fields, and comes from the register alone.
#![cfg(feature = "ics")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "tests stop at the first surprise"
)]

mod support;

use std::collections::BTreeSet;

use delisted::{
    Register,
    calendar::{Calendar, Certainty, When},
    io::to_ics,
    law::Span,
    market::{AppDeclared, Declaration},
    register::Event,
    time::{Dated, Known, Period},
};
use icalendar::{CalendarComponent, CalendarDateTime, Component, DatePerhapsTime, parser};
use proptest::prelude::*;
use support::{Docket, chat_in_us, clause, dated, day, from, injunction, order, prohibit};

fn calendar(register: &Register) -> Calendar {
    register.calendar(Period::new(day(0), day(40)).unwrap(), Known::Best)
}

fn read(file: &str) -> icalendar::Calendar {
    parser::read_calendar(&parser::unfold(file)).unwrap().into()
}

/// A component of the file, event or to-do, as one kind of thing.
fn components(file: &icalendar::Calendar) -> Vec<&dyn Fields> {
    let mut found: Vec<&dyn Fields> = Vec::new();
    for component in &file.components {
        match component {
            CalendarComponent::Event(event) => found.push(event),
            CalendarComponent::Todo(todo) => found.push(todo),
            _ => {}
        }
    }
    found
}

trait Fields {
    fn text(&self, name: &str) -> Option<String>;
    fn many(&self, name: &str) -> Vec<String>;
    fn from(&self) -> Option<DatePerhapsTime>;
    fn to(&self) -> Option<DatePerhapsTime>;
}

impl<T: Component> Fields for T {
    fn text(&self, name: &str) -> Option<String> {
        self.property_value(name).map(str::to_owned)
    }

    fn many(&self, name: &str) -> Vec<String> {
        let found = self.multi_properties().get(name).into_iter().flatten();
        found.chain(self.properties().get(name)).map(|it| it.value().to_owned()).collect()
    }

    fn from(&self) -> Option<DatePerhapsTime> {
        self.get_start()
    }

    fn to(&self) -> Option<DatePerhapsTime> {
        self.get_end()
    }
}

fn utc(at: chrono::DateTime<chrono::Utc>) -> DatePerhapsTime {
    DatePerhapsTime::DateTime(CalendarDateTime::Utc(at))
}

/// Lines end in CRLF, none is wider than 75 octets, and none is empty.
fn is_well_formed(file: &str) {
    assert!(file.ends_with("\r\n"));
    assert!(!file.replace("\r\n", "").contains(['\r', '\n']));
    for line in file.trim_end().split("\r\n") {
        assert!((1..=75).contains(&line.len()), "{} octets: {line}", line.len());
    }
    assert!(file.lines().next() == Some("BEGIN:VCALENDAR") && file.lines().last() == Some("END:VCALENDAR"));
}

/// Every field of every item, read back.
fn reads_back(calendar: &Calendar) {
    let file = to_ics(calendar);
    is_well_formed(&file);
    let read = read(&file);
    let components = components(&read);
    assert_eq!(components.len(), calendar.items().len());
    let mut identities = BTreeSet::new();
    for (item, component) in calendar.items().iter().zip(components) {
        assert!(identities.insert(component.text("UID").unwrap()));
        assert_eq!(component.text("SUMMARY").unwrap(), item.summary());
        let description = component.text("DESCRIPTION").unwrap();
        assert!(description.starts_with(&item.sentence), "{description}\n{}", item.sentence);
        for cause in &item.causes {
            assert!(description.contains(cause.citation.as_str()));
            assert!(cause.sources.iter().all(|source| description.contains(source)));
        }
        assert_eq!(component.text("X-DELISTED-APP").unwrap(), item.app.as_str());
        assert_eq!(component.text("X-DELISTED-DIRECTION").unwrap(), item.direction.as_str());
        assert_eq!(component.text("X-DELISTED-CERTAINTY").unwrap(), item.certainty.as_str());
        let categories: BTreeSet<String> = component.many("CATEGORIES").into_iter().collect();
        assert_eq!(
            categories,
            BTreeSet::from([item.direction.as_str().to_owned(), item.certainty.as_str().to_owned()])
        );
        assert_eq!(component.many("X-DELISTED-REACH").len(), item.reaches.len());
        let stamp = item.causes.iter().map(|cause| cause.recorded).max().unwrap();
        assert_eq!(component.text("DTSTAMP").unwrap(), stamp.format("%Y%m%dT%H%M%SZ").to_string());
        match item.when {
            When::At(at) => assert_eq!((component.from(), component.to()), (Some(utc(at)), None)),
            When::Between { earliest, latest } => {
                assert_eq!((component.from(), component.to()), (Some(utc(earliest)), Some(utc(latest))));
            }
            When::UponCondition => assert_eq!((component.from(), component.to()), (None, None)),
        }
        let status = component.text("STATUS").unwrap();
        let expected = match (item.when, item.certainty) {
            (When::UponCondition, _) => "NEEDS-ACTION",
            (_, Certainty::Sure) => "CONFIRMED",
            _ => "TENTATIVE",
        };
        assert_eq!(status, expected);
    }
}

/// A docket with a sure turn, a span, a possible turn, an expected one, and one that waits for a condition.
fn of_every_kind() -> Docket {
    let vague = prohibit("1", chat_in_us().acts([delisted::Act::Access]))
        .during(Span::from_start(Dated::between(day(20), day(24)).unwrap()));
    let overtaken = prohibit("2", chat_in_us().acts([delisted::Act::Transit]))
        .during(Span::from_start(Dated::between(day(26), day(30)).unwrap()));
    let waits = prohibit("3", chat_in_us().acts([delisted::Act::Use]))
        .during(Span::from_start("sold".parse::<delisted::ConditionId>().unwrap()));
    let held = prohibit("4", chat_in_us().acts([delisted::Act::Hosting])).during(from(33));
    Docket::new()
        .and(0, "issued", Event::InstrumentIssued(order("order", [vague, overtaken, waits, held])))
        .and(
            1,
            "sure",
            Event::InstrumentIssued(order(
                "other",
                [prohibit("1", chat_in_us().acts([delisted::Act::Payment])).during(from(10))],
            )),
        )
        .grant(28, injunction("shield", [clause("order/2"), clause("order/4")]))
}

#[test]
fn what_is_written_reads_back_with_equal_fields() {
    let calendar = calendar(&of_every_kind().register);
    let kinds: BTreeSet<Certainty> = calendar.items().iter().map(|item| item.certainty).collect();
    assert_eq!(kinds, BTreeSet::from([Certainty::Sure, Certainty::Possible, Certainty::Expected]));
    assert!(calendar.items().iter().any(|item| item.when == When::UponCondition));
    reads_back(&calendar);
}

#[test]
fn the_same_register_gives_the_same_file_and_a_later_entry_leaves_the_other_identities() {
    let docket = of_every_kind();
    let file = to_ics(&calendar(&docket.register));
    assert_eq!(file, to_ics(&calendar(&docket.clone().register)));
    let identities = |file: &str| -> BTreeSet<String> {
        components(&read(file)).iter().map(|component| component.text("UID").unwrap()).collect()
    };
    let more = docket.and(
        2,
        "third",
        Event::InstrumentIssued(order(
            "third",
            [prohibit("1", chat_in_us().acts([delisted::Act::Promotion])).during(from(15))],
        )),
    );
    let later = identities(&to_ics(&calendar(&more.register)));
    assert!(identities(&file).is_subset(&later));
    assert_eq!(later.len(), identities(&file).len() + 1);
}

#[test]
fn an_empty_calendar_is_a_file_that_reads_back_empty() {
    let file = to_ics(&calendar(&Register::default()));
    is_well_formed(&file);
    assert!(file.contains("BEGIN:VTIMEZONE\r\n"));
    assert_eq!(components(&read(&file)).len(), 0);
}

#[test]
fn a_start_of_which_only_one_bound_is_known_has_no_made_up_other() {
    // A clause does not start before its instrument was issued, so that one bound is known all the same.
    for (start, told, from, to) in [
        (
            Dated::at_the_latest(day(20)),
            "at some time between 2025-01-01T00:00:00Z and 2025-01-21T00:00:00Z",
            Some(day(0)),
            Some(day(20)),
        ),
        (Dated::at_the_earliest(day(20)), "at some time from 2025-01-21T00:00:00Z on", Some(day(20)), None),
    ] {
        let clause = prohibit("1", chat_in_us()).during(Span::from_start(start));
        let docket = Docket::new().and(0, "issued", Event::InstrumentIssued(order("order", [clause])));
        let calendar = calendar(&docket.register);
        let file = read(&to_ics(&calendar));
        let components = components(&file);
        assert_eq!(components.len(), 1, "{calendar}");
        assert_eq!((components[0].from(), components[0].to()), (from.map(utc), to.map(utc)));
        assert!(components[0].text("DESCRIPTION").unwrap().contains(told), "{calendar}");
    }
}

#[test]
fn a_fraction_of_a_second_widens_the_event_and_stands_in_full_beside_it() {
    let half = chrono::TimeDelta::milliseconds(500);
    let start = Dated::between(day(20) + half, day(21) + half).unwrap();
    let clause = prohibit("1", chat_in_us()).during(Span::from_start(start));
    let docket = Docket::new().and(0, "issued", Event::InstrumentIssued(order("order", [clause])));
    let file = read(&to_ics(&calendar(&docket.register)));
    let components = components(&file);
    assert_eq!(
        (components[0].from(), components[0].to()),
        (Some(utc(day(20))), Some(utc(day(21) + half + half)))
    );
    assert_eq!(components[0].text("X-DELISTED-EARLIEST").unwrap(), "2025-01-21T00:00:00.500Z");
    assert_eq!(components[0].text("X-DELISTED-LATEST").unwrap(), "2025-01-22T00:00:00.500Z");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, rng_seed: proptest::test_runner::RngSeed::Fixed(5545), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn commas_semicolons_backslashes_breaks_and_all_scripts_survive(
        name in r"[a-z][a-z,;:\\ üß漢字🦀é\u{301}-]{0,120}[a-z]",
        title in r"[A-Z][A-Z,;\\ nN漢字ÄÖ🦀-]{0,200}[A-Z]",
        citation in r"[a-z][0-9,;:\\ §漢字-]{0,200}[a-z]",
    ) {
        let mut docket = Docket::new();
        let declared = docket.register.declare(Declaration::App(AppDeclared::new("odd".parse().unwrap(), name)));
        prop_assume!(declared.is_ok());
        let scope = delisted::law::Scope::app("odd".parse().unwrap()).territories(["US".parse().unwrap()]);
        let mut order = order("order", [prohibit("1", scope).during(from(10))]);
        order.title = title;
        let entry = Docket::entry(0, "issued", Event::InstrumentIssued(order)).recorded(dated(3)).citation(citation);
        let entry = entry.finish();
        prop_assume!(entry.is_ok());
        prop_assume!(docket.register.append(entry.unwrap()).is_ok());
        let calendar = calendar(&docket.register);
        prop_assert_eq!(calendar.items().len(), 1);
        reads_back(&calendar);
    }
}
