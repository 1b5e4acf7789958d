//! The calendar, one law a test: what turns is listed once for its cause, and what is only announced is no deadline.
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
    Act, Register, Store, Subject,
    calendar::{Calendar, Certainty, Direction, Happening, Item, When},
    determination::{GroundStatus, Requirement},
    law::{Forbearance, Manner, Parties, Relief, Scope, Selection, Span},
    register::{Controlled, Event},
    time::{Dated, Known, Period},
};
use support::{
    Docket, app, between, chat_in_us, clause, compel, dated, day, ended, from, injunction, order,
    organization, prohibit, relief,
};

fn calendar(docket: &Docket, start: i64, end: i64) -> Calendar {
    docket.register.calendar(Period::new(day(start), day(end)).unwrap(), Known::Best)
}

/// Certainty, day and direction of every item.
fn told(calendar: &Calendar) -> Vec<(Certainty, i64, Direction)> {
    let day_of = |item: &Item| item.when.latest().map_or(-1, |at| (at - day(0)).num_days());
    calendar.items().iter().map(|item| (item.certainty, day_of(item), item.direction)).collect()
}

fn causes(item: &Item) -> Vec<(&str, Happening)> {
    item.causes.iter().map(|cause| (cause.entry.as_str(), cause.happening)).collect()
}

#[test]
fn an_order_for_every_act_and_store_is_one_item() {
    let docket = Docket::with_order();
    let calendar = calendar(&docket, 0, 20);
    let [item] = calendar.items() else { panic!("{calendar}") };
    assert_eq!((item.when, item.direction), (When::At(day(10)), Direction::MustComeDown));
    let [reach] = item.reaches.as_slice() else { panic!("{item:?}") };
    assert_eq!((reach.stores.len(), reach.territories.len(), reach.acts.len()), (2, 1, Act::ALL.len()));
    assert_eq!(causes(item), [("order-issued", Happening::TakesEffect)]);
    assert_eq!(item.subjects().len(), 2 * Act::ALL.len());
}

#[test]
fn a_turn_at_the_first_instant_is_within_the_period_and_one_at_the_end_is_not() {
    let docket = Docket::with_order();
    assert_eq!(calendar(&docket, 10, 11).items().len(), 1);
    assert_eq!(calendar(&docket, 9, 10).items().len(), 0);
    assert_eq!(calendar(&docket, 11, 12).items().len(), 0);
}

#[test]
fn what_an_injunction_suspends_may_go_up_because_of_the_injunction() {
    let docket = Docket::with_order().grant(15, injunction("shield", [clause("order/1")]));
    let calendar = calendar(&docket, 11, 20);
    let [item] = calendar.items() else { panic!("{calendar}") };
    assert_eq!((item.when, item.direction), (When::At(day(15)), Direction::MayGoUp));
    assert_eq!(causes(item), [("shield-granted", Happening::TakesEffect)]);
    assert!(!item.is_deadline());
}

#[test]
fn an_order_comes_back_when_the_injunction_is_reversed() {
    let docket = Docket::with_order().grant(12, injunction("shield", [clause("order/1")])).and(
        15,
        "undone",
        ended("reversal", Manner::Reversed, [relief("shield")]),
    );
    let calendar = calendar(&docket, 13, 20);
    let [item] = calendar.items() else { panic!("{calendar}") };
    assert_eq!((item.when, item.direction), (When::At(day(15)), Direction::MustComeDown));
    assert_eq!(causes(item), [("undone", Happening::TakesEffect), ("shield-granted", Happening::Ends)]);
}

#[test]
fn an_injunction_that_lapses_by_itself_is_the_cause_of_its_lapse() {
    let docket =
        Docket::with_order().grant(12, injunction("shield", [clause("order/1")]).during(between(12, 16)));
    let calendar = calendar(&docket, 13, 20);
    assert_eq!(told(&calendar), [(Certainty::Sure, 16, Direction::MustComeDown)]);
    assert_eq!(causes(&calendar.items()[0]), [("shield-granted", Happening::Ends)]);
}

#[test]
fn a_suspended_start_is_expected_and_no_deadline() {
    let docket = Docket::with_order().grant(5, injunction("shield", [clause("order/1")]));
    let calendar = calendar(&docket, 0, 20);
    assert_eq!(told(&calendar), [(Certainty::Expected, 10, Direction::MustComeDown)]);
    assert_eq!(
        causes(&calendar.items()[0]),
        [("order-issued", Happening::IsAnnounced), ("shield-granted", Happening::HoldsBack)]
    );
    assert_eq!((calendar.deadlines().count(), calendar.expected().count()), (0, 1));
}

#[test]
fn a_start_that_was_put_off_is_due_on_its_new_day_and_not_expected_on_the_old_one() {
    let moved = Event::StartMoved { measure: clause("order/1"), from: dated(14).into() };
    let docket = Docket::with_order().and(8, "put-off", moved);
    let calendar = calendar(&docket, 0, 20);
    assert_eq!(told(&calendar), [(Certainty::Sure, 14, Direction::MustComeDown)]);
}

/// Clause 1 prohibits in all the country but for Montana, clause 2 in Montana.
fn prohibited_place_by_place() -> Docket {
    let montana = || "US-MT".parse().unwrap();
    let mut elsewhere = chat_in_us();
    elsewhere.territories = Selection::only(["US".parse().unwrap()]).but([montana()]);
    let clauses = [prohibit("1", elsewhere), prohibit("2", chat_in_us().territories([montana()]))];
    Docket::new().and(0, "order-issued", Event::InstrumentIssued(order("order", clauses)))
}

#[test]
fn a_prohibition_put_together_from_parts_does_not_narrow_where_one_part_is_compelled_too() {
    let offer = compel("1", chat_in_us().territories(["US-MT".parse().unwrap()]));
    let docket =
        prohibited_place_by_place().and(5, "offer-issued", Event::InstrumentIssued(order("offer", [offer])));
    let calendar = calendar(&docket, 1, 20);
    let [item] = calendar.items() else { panic!("{calendar}") };
    assert_eq!((item.when, item.direction), (When::At(day(5)), Direction::MustBeOffered));
    assert_eq!(causes(item), [("offer-issued", Happening::TakesEffect)]);
}

#[test]
fn a_prohibition_put_together_from_parts_narrows_because_of_what_suspends_one_of_them() {
    let docket = prohibited_place_by_place().grant(5, injunction("shield", [clause("order/2")]));
    let calendar = calendar(&docket, 1, 20);
    let [item] = calendar.items() else { panic!("{calendar}") };
    assert_eq!((item.when, item.direction), (When::At(day(5)), Direction::MayGoUp));
    assert_eq!(causes(item), [("shield-granted", Happening::TakesEffect)]);
    assert!(item.reaches.iter().any(|reach| reach.in_part), "{item:?}");
}

/// Relief against clause 1 within one state.
fn within(word: &str, state: &str) -> Relief {
    let mut relief = injunction(word, [clause("order/1")]);
    relief.scope = Scope::everything().territories([state.parse().unwrap()]);
    relief
}

#[test]
fn what_was_in_force_in_a_part_and_is_so_in_a_smaller_one_has_its_cause() {
    let clauses =
        [prohibit("1", chat_in_us()), prohibit("2", chat_in_us().territories(["US-CA".parse().unwrap()]))];
    let docket = Docket::new()
        .and(0, "order-issued", Event::InstrumentIssued(order("order", clauses)))
        .grant(2, within("west", "US-CA"))
        .grant(5, within("north", "US-MT"));
    let narrowed = calendar(&docket, 3, 20);
    let [item] = narrowed.items() else { panic!("{narrowed}") };
    assert_eq!((item.when, item.direction), (When::At(day(5)), Direction::MayGoUp));
    assert_eq!(causes(item), [("north-granted", Happening::TakesEffect)]);
    assert!(calendar(&docket, 1, 3).items().is_empty());
}

#[test]
fn a_sale_by_which_relief_comes_to_reach_a_part_suspends_the_clause_there() {
    let clauses =
        [prohibit("1", chat_in_us()), prohibit("2", chat_in_us().territories(["US-CA".parse().unwrap()]))];
    let sold =
        Event::ControlTransferred { of: Controlled::App(app("chat")), to: organization("buyer").into() };
    let docket = Docket::new()
        .and(0, "order-issued", Event::InstrumentIssued(order("order", clauses)))
        .grant(2, within("west", "US-CA"))
        .grant(2, within("north", "US-MT").protecting(Parties::only().organization(organization("buyer"))))
        .and(5, "sold", sold);
    let narrowed = calendar(&docket, 3, 20);
    let [item] = narrowed.items() else { panic!("{narrowed}") };
    assert_eq!((item.when, item.direction), (When::At(day(5)), Direction::MayGoUp));
    let [cause] = item.causes.as_slice() else { panic!("{item:?}") };
    assert_eq!((cause.entry.as_str(), cause.happening), ("order-issued", Happening::IsSuspended));
    assert_eq!(
        (cause.status, cause.text.as_str()),
        (GroundStatus::Enjoined, "clause 1 of order is enjoined")
    );
}

#[test]
fn what_waits_for_a_condition_has_no_day_until_the_condition_is_met() {
    let condition: delisted::ConditionId = "sold".parse().unwrap();
    let waits = prohibit("1", chat_in_us()).during(Span::from_start(condition.clone()));
    let docket = Docket::new().and(0, "order-issued", Event::InstrumentIssued(order("order", [waits])));
    let waiting = calendar(&docket, 0, 20);
    assert_eq!(waiting.items().iter().map(|item| item.when).collect::<Vec<_>>(), [When::UponCondition]);
    assert_eq!(waiting.deadlines().count(), 0);

    let met = Event::ConditionMet { condition, scope: Scope::everything() };
    let docket = docket.and(12, "sold", met);
    let calendar = calendar(&docket, 0, 20);
    assert_eq!(told(&calendar), [(Certainty::Sure, 12, Direction::MustComeDown)]);
    assert_eq!(
        causes(&calendar.items()[0]).into_iter().map(|(entry, _)| entry).collect::<BTreeSet<_>>(),
        BTreeSet::from(["order-issued", "sold"])
    );
}

#[test]
fn enforcement_is_told_apart_from_the_requirement() {
    let paused = Forbearance::new("pause".parse().unwrap(), [clause("order/1")]).during(between(12, 15));
    let docket = Docket::with_order().and(11, "paused", Event::EnforcementForborne(paused));
    let calendar = calendar(&docket, 11, 20);
    assert_eq!(
        told(&calendar),
        [
            (Certainty::Sure, 12, Direction::EnforcementPauses),
            (Certainty::Sure, 15, Direction::EnforcementResumes),
        ]
    );
    for item in calendar.items() {
        assert_eq!(causes(item).len(), 1);
        assert_eq!(item.causes[0].entry.as_str(), "paused");
        assert_eq!(item.reaches[0].requirement, Requirement::Prohibited);
        assert!(!item.is_deadline());
    }
    assert!(calendar.items()[0].reaches[0].unenforced && !calendar.items()[1].reaches[0].unenforced);
}

#[test]
fn a_compulsion_is_a_deadline_too_and_a_collision_is_said() {
    let must = compel("1", chat_in_us()).during(from(12));
    let docket =
        Docket::with_order().and(11, "decree-issued", Event::InstrumentIssued(order("decree", [must])));
    let calendar = calendar(&docket, 11, 20);
    assert_eq!(told(&calendar), [(Certainty::Sure, 12, Direction::MustBeOffered)]);
    let item = calendar.deadlines().next().unwrap();
    assert_eq!(item.reaches[0].requirement, Requirement::Conflicting);
    assert!(item.sentence.contains("conflicting: prohibited and compelled"), "{}", item.sentence);
    // The order that stood before is no cause of it.
    assert_eq!(causes(item), [("decree-issued", Happening::TakesEffect)]);
}

#[test]
fn one_day_with_two_causes_is_two_items() {
    let update = prohibit("1", chat_in_us().acts([Act::Update])).during(from(10));
    let download = prohibit("1", chat_in_us().acts([Act::Download])).during(from(10));
    let docket = Docket::new().and(0, "first", Event::InstrumentIssued(order("one", [update]))).and(
        0,
        "second",
        Event::InstrumentIssued(order("two", [download])),
    );
    let calendar = calendar(&docket, 0, 20);
    let acts: Vec<Vec<Act>> =
        calendar.items().iter().map(|item| item.reaches[0].acts.iter().copied().collect()).collect();
    assert_eq!(acts, [[Act::Update], [Act::Download]]);
}

#[test]
fn clauses_of_one_entry_with_different_acts_are_one_item_with_what_each_reaches() {
    let us = |act| chat_in_us().acts([act]);
    let apple = us(Act::Download).stores([Store::APP_STORE]);
    let clauses = [prohibit("1", apple).during(from(10)), prohibit("2", us(Act::Hosting)).during(from(10))];
    let docket = Docket::new().and(0, "issued", Event::InstrumentIssued(order("order", clauses)));
    let calendar = calendar(&docket, 0, 20);
    let [item] = calendar.items() else { panic!("{calendar}") };
    let in_us = |store: &Store, act| Subject::new(app("chat"), store.clone(), "US".parse().unwrap(), act);
    assert_eq!(
        item.subjects(),
        BTreeSet::from([
            in_us(&Store::APP_STORE, Act::Download),
            in_us(&Store::APP_STORE, Act::Hosting),
            in_us(&Store::GOOGLE_PLAY, Act::Hosting),
        ])
    );
    assert_eq!(
        item.sentence,
        "chat must come down at 2025-01-11T00:00:00Z: download and hosting in app-store, US; hosting in google-play, \
         US. Cause: clauses 1 and 2 of order take effect."
    );
}

#[test]
fn a_ban_that_grows_from_a_state_to_the_country_is_a_deadline_for_the_country() {
    let montana = Scope::app(app("chat")).territories(["US-MT".parse().unwrap()]).acts([Act::Download]);
    let country = chat_in_us().acts([Act::Download]);
    let docket = Docket::new()
        .and(
            0,
            "state",
            Event::InstrumentIssued(order("state-act", [prohibit("1", montana).during(from(5))])),
        )
        .and(0, "country", Event::InstrumentIssued(order("act", [prohibit("1", country).during(from(10))])));
    let calendar = calendar(&docket, 0, 20);
    let [state, whole] = calendar.items() else { panic!("{calendar}") };
    assert_eq!(causes(state), [("state", Happening::TakesEffect)]);
    let parts: Vec<(bool, String)> = state
        .reaches
        .iter()
        .map(|reach| (reach.in_part, reach.territories.iter().map(ToString::to_string).collect()))
        .collect();
    assert_eq!(parts, [(false, "US-MT".to_owned()), (true, "US".to_owned())]);
    assert_eq!(
        (whole.direction, causes(whole)),
        (Direction::MustComeDown, vec![("country", Happening::TakesEffect)])
    );
    assert!(whole.subjects().iter().all(|subject| subject.territory().as_str() == "US"));
}

#[test]
fn nothing_that_changes_nothing_is_on_the_calendar() {
    let docket = Docket::with_order().and(
        12,
        "moved-for",
        Event::MotionFiled {
            seeks: delisted::law::ReliefKind::Stay,
            against: [clause("order/1")].into_iter().collect(),
        },
    );
    assert_eq!(calendar(&docket, 11, 20).items().len(), 0);
    assert_eq!(
        calendar(&docket, 11, 20).to_string().lines().nth(1).unwrap().trim(),
        "nothing turns, and nothing is expected"
    );
}

/// An order in force from some time between days 10 and 14.
fn vaguely() -> Docket {
    let span = Span::from_start(Dated::between(day(10), day(14)).unwrap());
    let clause = prohibit("1", chat_in_us()).during(span);
    Docket::new().and(0, "order-issued", Event::InstrumentIssued(order("order", [clause])))
}

#[test]
fn a_start_within_bounds_is_one_deadline_with_both_bounds() {
    let calendar = calendar(&vaguely(), 0, 20);
    let [item] = calendar.items() else { panic!("{calendar}") };
    assert_eq!(item.when, When::Between { earliest: day(10), latest: day(14) });
    assert!(item.is_deadline());
    assert!(item.sentence.contains("at some time between 2025-01-11T00:00:00Z and 2025-01-15T00:00:00Z"));
    assert_eq!(causes(item), [("order-issued", Happening::TakesEffect)]);
}

#[test]
fn a_span_is_listed_where_any_of_it_lies_within_the_period() {
    for (start, end, listed) in [(0, 10, 0), (0, 11, 1), (11, 12, 1), (14, 20, 1), (15, 20, 0)] {
        let calendar = calendar(&vaguely(), start, end);
        assert_eq!(calendar.items().len(), listed, "{start} to {end}: {calendar}");
    }
}

#[test]
fn a_start_that_an_injunction_overtook_within_its_bounds_is_possible_only() {
    let docket = vaguely().grant(12, injunction("shield", [clause("order/1")]));
    let calendar = calendar(&docket, 0, 20);
    let possible: Vec<_> = calendar.possible().map(|item| (item.when, item.direction)).collect();
    assert_eq!(possible, [(When::Between { earliest: day(10), latest: day(12) }, Direction::MustComeDown)]);
    assert_eq!(calendar.deadlines().count(), 0);
    assert_eq!(calendar.expected().count(), 1);
}

/// Every way to fill the one hole of a register turns, if at all, within what the calendar says.
#[test]
fn whatever_the_true_instant_the_turn_lies_within_the_span_that_is_told() {
    type Build = fn(Dated) -> Docket;
    let builds: [Build; 4] = [
        |start| {
            let clause = prohibit("1", chat_in_us()).during(Span::from_start(start));
            Docket::new().and(0, "order-issued", Event::InstrumentIssued(order("order", [clause])))
        },
        |end| {
            let clause = prohibit("1", chat_in_us())
                .during(Span::new(Some(dated(5).into()), Some(end.into())).unwrap());
            Docket::new().and(0, "order-issued", Event::InstrumentIssued(order("order", [clause])))
        },
        |granted| {
            let shield = Event::ReliefGranted(injunction("shield", [clause("order/1")]));
            Docket::with_order()
                .with(Docket::entry(9, "shield-granted", shield).entered(granted).recorded(dated(30)))
        },
        |start| {
            let clause_1 = prohibit("1", chat_in_us()).during(Span::from_start(start));
            Docket::new()
                .and(0, "order-issued", Event::InstrumentIssued(order("order", [clause_1])))
                .grant(12, injunction("shield", [clause("order/1")]).during(between(12, 18)))
        },
    ];
    for (place, build) in builds.into_iter().enumerate() {
        let vague = calendar(&build(Dated::between(day(9), day(14)).unwrap()), 0, 40);
        for true_day in 9..=14 {
            let exact = calendar(&build(dated(true_day)), 0, 40);
            for item in exact.items().iter().filter(|item| item.certainty == Certainty::Sure) {
                let at = item.when.latest().unwrap();
                for subject in item.subjects() {
                    let is_told = vague.items().iter().any(|told| {
                        told.certainty != Certainty::Expected
                            && told.when.earliest().is_some_and(|earliest| earliest <= at)
                            && told.when.latest().is_some_and(|latest| at <= latest)
                            && told.subjects().contains(&subject)
                            && (told.direction == item.direction || told.certainty == Certainty::Possible)
                    });
                    assert!(is_told, "build {place}, day {true_day}, {subject}:\n{exact}\n{vague}");
                }
            }
        }
    }
}

#[test]
fn an_empty_register_turns_nothing() {
    let calendar = Register::default().calendar(Period::since(day(0)), Known::Best);
    assert_eq!(calendar.items(), []);
}

/// What the founding case shows to whoever asks on Friday evening, and to whoever asks today.
#[cfg(feature = "file")]
mod wechat {
    use delisted::time::{civil, instant};

    use super::*;

    fn register() -> Register {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/cases/wechat-2020/register.toml");
        delisted::io::read_path(path).unwrap().register
    }

    fn fortnight() -> Period {
        Period::new(instant("2020-09-18T00:00:00Z").unwrap(), instant("2020-10-01T00:00:00Z").unwrap())
            .unwrap()
    }

    #[test]
    fn as_known_on_friday_evening_it_must_come_down_on_sunday() {
        let friday = civil::parse("2020-09-18[America/New_York]").unwrap().as_record();
        let calendar = register().calendar(fortnight(), friday);
        let [item] = calendar.items() else { panic!("{calendar}") };
        // No source gives the hour for WeChat: the day is what is known.
        let sunday = civil::parse("2020-09-20[America/New_York]").unwrap();
        assert_eq!(item.direction, Direction::MustComeDown);
        assert!(
            item.when.earliest().unwrap() >= sunday.as_start()
                && item.when.latest().unwrap() <= sunday.as_end()
        );
        assert!(item.is_deadline());
        assert_eq!(causes(item), [("identification-issued", Happening::TakesEffect)]);
        let [reach] = item.reaches.as_slice() else { panic!("{item:?}") };
        assert_eq!(reach.stores, Store::WELL_KNOWN.into_iter().collect());
        assert!(reach.acts.contains(&Act::Download) && reach.acts.contains(&Act::Update));
        assert!(!reach.acts.contains(&Act::Use));
    }

    #[test]
    fn as_best_known_it_is_expected_only_and_the_injunction_holds_it_back() {
        let calendar = register().calendar(fortnight(), Known::Best);
        assert_eq!(calendar.deadlines().count(), 0);
        let expected: Vec<&Item> = calendar.expected().collect();
        let [item] = expected.as_slice() else { panic!("{calendar}") };
        assert_eq!(item.direction, Direction::MustComeDown);
        assert!(causes(item).contains(&("injunction-granted", Happening::HoldsBack)));
    }
}

#[cfg(feature = "serde")]
#[test]
fn one_item_as_json_is_one_object() {
    let docket = Docket::with_order();
    let json = serde_json::to_value(calendar(&docket, 0, 20)).unwrap();
    assert_eq!(json["from"], "2025-01-01T00:00:00Z");
    let item = &json["items"][0];
    assert_eq!(item["when"]["earliest"], item["when"]["latest"]);
    assert_eq!(item["direction"], "must_come_down");
    assert_eq!(item["certainty"], "sure");
    assert_eq!(item["reaches"][0]["stores"], serde_json::json!(["app-store", "google-play"]));
    assert_eq!(item["causes"][0]["measures"], serde_json::json!(["order/1"]));
    assert_eq!(item["causes"][0]["citation"], "citation of order-issued");
}

#[cfg(feature = "cases")]
#[test]
fn a_span_holds_no_instant_at_which_the_turn_was_surely_still_to_come() {
    for (slug, app, store) in
        [("brazil-telegram-2023", "telegram", "app-store"), ("russia-linkedin-2017", "linkedin", "app-store")]
    {
        let case = delisted::cases::by_slug(slug).unwrap();
        let register = case.register();
        let always = Period::since(delisted::time::instant("2010-01-01T00:00:00Z").unwrap());
        let mut spans = 0;
        for item in register.calendar(always, Known::Best).items() {
            let When::Between { earliest, .. } = item.when else { continue };
            let mine = |subject: &delisted::Subject| {
                subject.app().as_str() == app && subject.store().as_str() == store
            };
            for subject in item.subjects().into_iter().filter(mine) {
                let answer = register.determine(&subject, earliest);
                let uncertainty =
                    answer.uncertainty().unwrap_or_else(|| panic!("{slug}: sure at {earliest}"));
                let turned = uncertainty
                    .alternatives()
                    .iter()
                    .any(|other| other.requirement() != answer.requirement());
                assert!(turned, "{slug}: {subject} cannot have turned at {earliest}: {}", item.sentence);
                spans += 1;
            }
        }
        assert!(spans > 0, "{slug} has no span to look at");
    }
}
