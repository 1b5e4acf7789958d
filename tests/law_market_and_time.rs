//! The rule, one law a test: scope by owner, publisher, class and succession; conditions; the two time axes.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "tests stop at the first surprise"
)]

mod support;

use delisted::{
    Act, AsOf, Register, Store, Subject,
    determination::{
        GroundStatus,
        Requirement::{Prohibited, Unrestricted},
        Role,
    },
    law::{AppSelector, Bound, Manner, Scope, Span},
    register::{AppendError, Controlled, Event},
    time::{Known, Period},
};
use support::*;

fn ordered(selector: AppSelector) -> Docket {
    let scope = Scope::apps([selector]).territories(["US".parse().unwrap()]);
    Docket::new().and(0, "issued", Event::InstrumentIssued(order("order", [prohibit("1", scope)])))
}

fn app_to(word: &str, to: Option<&str>) -> Event {
    Event::ControlTransferred { of: Controlled::App(app(word)), to: to.map(organization).into() }
}

fn organization_to(word: &str, to: Option<&str>) -> Event {
    Event::ControlTransferred {
        of: Controlled::Organization(organization(word)),
        to: to.map(organization).into(),
    }
}

#[test]
fn scope_by_owner_is_resolved_at_the_instant_asked() {
    let docket = ordered(AppSelector::Owner(organization("maker")))
        .and(5, "founded", app_to("chat", Some("maker")))
        .and(20, "sold", app_to("chat", Some("buyer")));
    docket.requires(&[(4, Unrestricted), (5, Prohibited), (19, Prohibited), (20, Unrestricted)]);
    assert_eq!(docket.status(&download(), 20, "issued"), GroundStatus::LeftScope);
    let sold = docket.answer(&download(), 20);
    assert!(sold.grounds().iter().any(|it| it.entry().as_str() == "sold" && it.role() == Role::Reaches));
}

#[test]
fn an_owner_reaches_everything_it_controls_at_any_remove() {
    let docket = ordered(AppSelector::Owner(organization("holding")))
        .and(1, "founded", app_to("chat", Some("maker")))
        .and(5, "bought", organization_to("maker", Some("holding")))
        .and(20, "divested", organization_to("maker", None));
    docket.requires(&[(4, Unrestricted), (5, Prohibited), (19, Prohibited), (20, Unrestricted)]);
}

#[test]
fn no_retraction_and_no_earlier_knowledge_closes_a_circle_of_control() {
    let docket = Docket::new()
        .and(1, "a", organization_to("maker", Some("holding")))
        .and(2, "b", organization_to("maker", Some("buyer")))
        .and(3, "c", organization_to("holding", Some("maker")));
    let retraction = Docket::entry(4, "d", Event::EntryRetracted { entry: "b".parse().unwrap() });
    let refused = docket.clone().try_with(retraction);
    assert!(matches!(refused, Err(AppendError::ControlCycle { .. })), "{refused:?}");
    let early = Docket::new()
        .with(Docket::entry(9, "a", organization_to("holding", Some("maker"))).effective(dated(11)))
        .with(Docket::entry(11, "b", organization_to("maker", Some("buyer"))).effective(dated(10)));
    let refused = early.clone().try_with(Docket::entry(1, "c", organization_to("maker", Some("holding"))));
    assert!(matches!(refused, Err(AppendError::ControlCycle { .. })), "{refused:?}");
}

#[test]
fn a_sibling_of_a_sold_app_stays_in_scope() {
    let docket = ordered(AppSelector::Owner(organization("maker")))
        .and(1, "chat-founded", app_to("chat", Some("maker")))
        .and(1, "clip-founded", app_to("clip", Some("maker")))
        .and(20, "sold", app_to("chat", Some("buyer")));
    docket.requires(&[(20, Unrestricted)]);
    docket.requires_of(&subject("clip", Act::Download), &[(20, Prohibited)]);
}

#[test]
fn scope_by_publisher_is_that_of_the_store_asked_about() {
    let change = |store: Option<Store>, to: &str| Event::PublisherChanged {
        app: app("chat"),
        store,
        to: organization(to),
    };
    let docket = ordered(AppSelector::Publisher(organization("maker")))
        .and(2, "published", change(None, "maker"))
        .and(9, "play-moved", change(Some(Store::GOOGLE_PLAY), "buyer"))
        .and(20, "all-moved", change(None, "holding"));
    let play = Subject::new(app("chat"), Store::GOOGLE_PLAY, "US".parse().unwrap(), Act::Download);
    docket.requires(&[
        (1, Unrestricted),
        (2, Prohibited),
        (9, Prohibited),
        (19, Prohibited),
        (20, Unrestricted),
    ]);
    docket.requires_of(&play, &[(8, Prohibited), (9, Unrestricted), (20, Unrestricted)]);
}

#[test]
fn a_class_is_joined_and_left_and_may_have_exceptions() {
    let mut scope =
        Scope::apps([AppSelector::Category("vpn".parse().unwrap())]).territories(["US".parse().unwrap()]);
    scope.apps = scope.apps.but([AppSelector::App(app("desk"))]);
    let joined = |word: &str| Event::CategoryJoined { app: app(word), category: "vpn".parse().unwrap() };
    let docket = Docket::new()
        .and(0, "issued", Event::InstrumentIssued(order("order", [prohibit("1", scope)])))
        .and(3, "chat-joined", joined("chat"))
        .and(3, "desk-joined", joined("desk"))
        .and(9, "chat-left", Event::CategoryLeft { app: app("chat"), category: "vpn".parse().unwrap() });
    docket.requires(&[(2, Unrestricted), (3, Prohibited), (9, Unrestricted)]);
    docket.requires_of(&subject("desk", Act::Download), &[(3, Unrestricted)]);
}

#[test]
fn a_successor_is_reached_only_where_the_text_says_so() {
    let succeeded = || Event::AppSucceeded { app: app("chat"), by: app("clip") };
    let clip = subject("clip", Act::Download);
    ordered(AppSelector::App(app("chat")))
        .and(5, "reborn", succeeded())
        .requires_of(&clip, &[(5, Unrestricted)]);
    ordered(AppSelector::AppAndSuccessors(app("chat")))
        .and(5, "reborn", succeeded())
        .and(8, "again", Event::AppSucceeded { app: app("clip"), by: app("desk") })
        .requires_of(&clip, &[(4, Unrestricted), (5, Prohibited)]);
}

#[test]
fn a_renamed_app_is_the_same_app() {
    let docket = Docket::with_order().and(
        15,
        "renamed",
        Event::AppRenamed { app: app("chat"), name: "Chatter".to_owned() },
    );
    docket.requires(&[(14, Prohibited), (15, Prohibited)]);
    assert!(docket.register.explain(&download(), day(14)).to_string().starts_with("download of chat in"));
    assert!(docket.register.explain(&download(), day(15)).to_string().starts_with("download of Chatter in"));
}

#[test]
fn a_period_may_wait_for_its_condition() {
    let clause =
        prohibit("1", chat_in_us()).during(Span::from_start(Bound::Upon("list-published".parse().unwrap())));
    let docket = Docket::new().and(0, "issued", Event::InstrumentIssued(order("order", [clause])));
    docket.requires(&[(0, Unrestricted), (999, Unrestricted)]);
    assert_eq!(docket.status(&download(), 5, "issued"), GroundStatus::AwaitingCondition);
    let met = docket.and(
        7,
        "published",
        Event::ConditionMet { condition: "list-published".parse().unwrap(), scope: Scope::everything() },
    );
    met.requires(&[(6, Unrestricted), (7, Prohibited)]);
}

#[test]
fn a_period_may_end_upon_a_condition_met_for_one_app_only() {
    let both = Scope::apps([AppSelector::App(app("chat")), AppSelector::App(app("clip"))])
        .territories(["US".parse().unwrap()]);
    let clause = prohibit("1", both).during(Span::until_end(Bound::Upon("divested".parse().unwrap())));
    let docket = Docket::new().and(0, "issued", Event::InstrumentIssued(order("order", [clause]))).and(
        7,
        "chat-divested",
        Event::ConditionMet { condition: "divested".parse().unwrap(), scope: Scope::app(app("chat")) },
    );
    docket.requires(&[(6, Prohibited), (7, Unrestricted)]);
    docket.requires_of(&subject("clip", Act::Download), &[(7, Prohibited)]);
}

#[test]
fn a_retroactive_order_changes_the_law_backwards_and_not_what_was_known() {
    let entry = Docket::entry(
        20,
        "reaching-back",
        Event::InstrumentIssued(order("order", [prohibit("1", chat_in_us())])),
    )
    .effective(dated(5));
    let docket = Docket::new().with(entry);
    docket.requires(&[(4, Unrestricted), (5, Prohibited)]);
    let then = docket.register.determine(&download(), AsOf::from(day(5)).known_at(day(19)));
    assert_eq!(then.requirement(), Unrestricted);
}

#[test]
fn a_corrected_record_changes_what_is_known_and_not_what_was_known_before() {
    let wrong = order("order", [prohibit("1", chat_in_us()).during(from(10))]);
    let right = order("order", [prohibit("1", chat_in_us()).during(from(12))]);
    let docket = Docket::new().and(0, "issued", Event::InstrumentIssued(wrong)).with(
        Docket::entry(0, "issued-corrected", Event::InstrumentIssued(right))
            .recorded(dated(30))
            .corrects("issued".parse().unwrap()),
    );
    docket.requires(&[(10, Unrestricted), (11, Unrestricted), (12, Prohibited)]);
    let as_believed = |known: i64| {
        docket.register.determine(&download(), AsOf::from(day(11)).known_at(day(known))).requirement()
    };
    assert_eq!(as_believed(29), Prohibited);
    assert_eq!(as_believed(30), Unrestricted);
}

#[test]
fn what_was_learned_between_a_record_and_its_correction_may_come_in_after_both() {
    let right = || order("order", [prohibit("1", chat_in_us()).during(from(10))]);
    let docket = Docket::new()
        .and(0, "issued", Event::InstrumentIssued(order("order", [prohibit("1", chat_in_us())])))
        .with(
            Docket::entry(0, "issued-corrected", Event::InstrumentIssued(right()))
                .recorded(dated(30))
                .corrects("issued".parse().unwrap()),
        )
        .grant(12, injunction("pi", [clause("order/1")]));
    docket.requires(&[(5, Unrestricted), (11, Prohibited), (12, Unrestricted)]);
}

#[test]
fn a_retraction_takes_back_an_entry_and_leaves_its_past() {
    let docket = Docket::with_order().and(
        30,
        "retracted",
        Event::EntryRetracted { entry: "order-issued".parse().unwrap() },
    );
    docket.requires(&[(15, Unrestricted)]);
    let then = docket.register.determine(&download(), AsOf::from(day(15)).known_at(day(29)));
    assert_eq!(then.requirement(), Prohibited);
}

#[test]
fn what_others_rest_on_cannot_be_taken_back_first() {
    let mut docket = Docket::with_order().grant(12, injunction("pi", [instrument("order")]));
    let retraction =
        Docket::entry(30, "retracted", Event::EntryRetracted { entry: "order-issued".parse().unwrap() });
    let refused = docket.try_with(retraction.clone());
    assert!(
        matches!(refused, Err(AppendError::StillNeeded { ref other, .. }) if other.as_str() == "pi-granted"),
        "{refused:?}"
    );
    docket = docket.and(30, "pi-retracted", Event::EntryRetracted { entry: "pi-granted".parse().unwrap() });
    docket.with(retraction).requires(&[(15, Unrestricted)]);
}

#[test]
fn later_knowledge_never_changes_an_earlier_answer() {
    let early = Docket::with_order();
    let late = early.clone().grant(12, injunction("pi", [instrument("order")]));
    for n in 0..30 {
        let as_of = AsOf::from(day(n)).known_at(day(11));
        assert_eq!(early.register.determine(&download(), as_of), late.register.determine(&download(), as_of));
    }
}

#[test]
fn a_timeline_equals_the_answer_at_every_instant() {
    let docket = Docket::with_order()
        .grant(12, injunction("pi", [instrument("order")]).during(until(18)))
        .and(25, "rescinded", ended("rescission", Manner::Rescinded, [instrument("order")]));
    let line = docket.register.timeline(&download(), Known::Best);
    for n in -3..40 {
        assert_eq!(line.at(day(n)), &docket.answer(&download(), n), "day {n}");
    }
    let requirements: Vec<_> =
        line.map(delisted::determination::Determination::requirement).iter().map(|(_, it)| *it).collect();
    assert_eq!(requirements, [Unrestricted, Prohibited, Unrestricted, Prohibited, Unrestricted]);
}

#[test]
fn changes_between_two_instants_are_listed_by_time_and_subject() {
    let downloads = chat_in_us().acts([Act::Download, Act::Update]).stores([Store::APP_STORE]);
    let docket = Docket::new()
        .and(
            0,
            "issued",
            Event::InstrumentIssued(order("order", [prohibit("1", downloads).during(from(10))])),
        )
        .grant(12, injunction("pi", [instrument("order")]).within(Scope::everything().acts([Act::Update])));
    let period = Period::new(day(10), day(13)).unwrap();
    let changes: Vec<_> = docket
        .register
        .changes(docket.register.subjects(), period, Known::Best)
        .into_iter()
        .filter(delisted::determination::Change::alters_answer)
        .map(|it| (it.at, it.subject.act(), it.after.requirement()))
        .collect();
    assert_eq!(
        changes,
        [
            (day(10), Act::Download, Prohibited),
            (day(10), Act::Update, Prohibited),
            (day(12), Act::Update, Unrestricted)
        ]
    );
}

#[test]
fn the_end_of_an_enjoined_order_is_news_though_nothing_was_or_is_prohibited() {
    let docket = Docket::with_order().grant(5, injunction("pi", [instrument("order")])).and(
        20,
        "rescinded",
        ended("rescission", Manner::Rescinded, [instrument("order")]),
    );
    let period = Period::since(day(15));
    let changes = docket.register.changes([download()], period, Known::Best);
    assert_eq!(changes.len(), 1);
    assert!(changes[0].alters_answer());
}

#[test]
fn a_what_if_leaves_the_register_as_it_is() {
    let docket = Docket::with_order();
    let before = docket.register.clone();
    let granted = injunction("pi", [instrument("order")]);
    let entry = Docket::entry(12, "hypothetical", Event::ReliefGranted(granted)).finish().unwrap();
    let what_if = docket.register.what_if([entry]).unwrap();
    let difference = what_if.compare(&download(), day(15));
    assert_eq!(
        (difference.actual.requirement(), difference.hypothetical.requirement()),
        (Prohibited, Unrestricted)
    );
    let (actual, hypothetical) = what_if.compare_timelines(&download(), Known::Best);
    assert_eq!(actual.at(day(15)).requirement(), Prohibited);
    assert_eq!(hypothetical.at(day(15)).requirement(), Unrestricted);
    assert_eq!(docket.register, before);
}

#[test]
fn independent_entries_may_come_in_any_order() {
    let entries = [
        Docket::entry(0, "issued", Event::InstrumentIssued(order("order", [prohibit("1", chat_in_us())]))),
        Docket::entry(
            0,
            "also-issued",
            Event::InstrumentIssued(order("second", [prohibit("1", chat_in_us())])),
        ),
        Docket::entry(3, "founded", app_to("chat", Some("maker"))),
        Docket::entry(5, "carried", Event::InstrumentIssued(order("carry", [compel("1", chat_in_us())]))),
    ];
    let built = |order: &[usize]| -> Register {
        let mut docket = Docket::new();
        for index in order {
            docket = docket.with(entries[*index].clone());
        }
        docket.register
    };
    let reference = built(&[0, 1, 2, 3]);
    for order in [[3, 2, 1, 0], [1, 0, 3, 2], [2, 3, 0, 1]] {
        let other = built(&order);
        assert_eq!(reference, other);
        for n in -1..8 {
            assert_eq!(reference.determine(&download(), day(n)), other.determine(&download(), day(n)));
            assert_eq!(reference.explain(&download(), day(n)), other.explain(&download(), day(n)));
        }
    }
}

#[test]
fn an_unknown_app_is_unrestricted_and_never_a_panic() {
    let docket = Docket::with_order();
    docket.requires_of(&subject("nobody-knows-it", Act::Download), &[(50, Unrestricted)]);
}

#[test]
fn an_order_that_had_ended_before_the_app_left_its_scope_is_not_brought_up_again() {
    let docket = ordered(AppSelector::Owner(organization("maker")))
        .and(5, "founded", app_to("chat", Some("maker")))
        .and(10, "rescinded", ended("end", Manner::Rescinded, [instrument("order")]))
        .and(20, "sold", app_to("chat", Some("buyer")));
    assert_eq!(docket.status(&download(), 19, "issued"), GroundStatus::Rescinded);
    assert!(docket.answer(&download(), 20).grounds().is_empty());
}

#[test]
fn only_the_facts_through_which_a_text_reaches_the_app_are_cited() {
    let change = |store: Option<Store>, to: &str| Event::PublisherChanged {
        app: app("chat"),
        store,
        to: organization(to),
    };
    let docket = ordered(AppSelector::Publisher(organization("maker")))
        .and(2, "away", change(None, "buyer"))
        .and(3, "back", change(None, "maker"))
        .and(4, "play-moved", change(Some(Store::GOOGLE_PLAY), "buyer"));
    let reached: Vec<_> = docket
        .answer(&download(), 9)
        .grounds()
        .iter()
        .filter(|ground| ground.role() == Role::Reaches)
        .map(|ground| ground.entry().to_string())
        .collect();
    assert_eq!(reached, ["back"]);
}
