//! The rule, one law a test: clauses, relief and what revives them.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "tests stop at the first surprise"
)]

mod support;

use delisted::{
    Act, Store, StoreStatus, Subject,
    determination::{
        GroundStatus,
        Requirement::{Compelled, Conflicting, Prohibited, Unrestricted},
    },
    law::{Ending, InstrumentKind, Manner, Measure, Parties, Relief, ReliefKind, Scope},
    register::Event,
    status::Meanwhile,
};
use support::*;

#[test]
fn nothing_is_prohibited_without_an_operative_entry() {
    Docket::new().requires(&[(0, Unrestricted), (1_000, Unrestricted)]);
    Docket::with_order().requires_of(&subject("desk", Act::Download), &[(20, Unrestricted)]);
    Docket::with_order().requires_of(&in_territory("IN"), &[(20, Unrestricted)]);
}

#[test]
fn each_clause_bites_on_its_own_day() {
    let downloads = prohibit("1", chat_in_us().acts([Act::Download])).during(from(10));
    let hosting = prohibit("2", chat_in_us().acts([Act::Hosting])).during(from(50));
    let docket =
        Docket::new().and(0, "issued", Event::InstrumentIssued(order("order", [downloads, hosting])));
    docket.requires(&[(9, Unrestricted), (10, Prohibited)]);
    docket.requires_of(
        &subject("chat", Act::Hosting),
        &[(10, Unrestricted), (49, Unrestricted), (50, Prohibited)],
    );
    docket.requires_of(&subject("chat", Act::Update), &[(60, Unrestricted)]);
    assert_eq!(docket.status(&subject("chat", Act::Hosting), 10, "issued"), GroundStatus::Pending);
}

#[test]
fn an_order_does_not_exist_before_it_was_issued() {
    let docket = Docket::with_order();
    assert!(docket.answer(&download(), -1).grounds().is_empty());
    assert_eq!(docket.status(&download(), 0, "order-issued"), GroundStatus::Pending);
}

#[test]
fn an_instrument_falls_with_the_one_it_was_issued_under() {
    let act = order("act", []);
    let list = order("list", [prohibit("1", chat_in_us())]).issued_under("act".parse().unwrap());
    let docket = Docket::new()
        .and(0, "act-issued", Event::InstrumentIssued(act))
        .and(1, "list-issued", Event::InstrumentIssued(list))
        .and(20, "act-rescinded", ended("rescission", Manner::Rescinded, [instrument("act")]));
    docket.requires(&[(1, Prohibited), (19, Prohibited), (20, Unrestricted)]);
    assert_eq!(docket.status(&download(), 20, "list-issued"), GroundStatus::Fallen);
}

#[test]
fn what_hangs_on_an_enjoined_instrument_is_enjoined_with_it() {
    let list = order("list", [prohibit("1", chat_in_us())]).issued_under("act".parse().unwrap());
    let docket = Docket::new()
        .and(0, "act-issued", Event::InstrumentIssued(order("act", [])))
        .and(1, "list-issued", Event::InstrumentIssued(list))
        .grant(5, injunction("pi", [instrument("act")]).during(until(9)));
    docket.requires(&[(4, Prohibited), (5, Unrestricted), (9, Prohibited)]);
    assert_eq!(docket.status(&download(), 5, "list-issued"), GroundStatus::Enjoined);
}

#[test]
fn an_injunction_before_the_day_of_effect_enjoins_what_is_still_pending() {
    let docket = Docket::with_order().grant(5, injunction("pi", [instrument("order")]));
    docket.requires(&[(5, Unrestricted), (10, Unrestricted), (99, Unrestricted)]);
    assert_eq!(docket.status(&download(), 5, "order-issued"), GroundStatus::Enjoined);
    assert_eq!(docket.answer(&download(), 4).headline(), StoreStatus::Listed);
    assert_eq!(docket.answer(&download(), 5).headline(), StoreStatus::Injunction);
}

fn permission(word: &str, against: Measure) -> Relief {
    Relief::new(word.parse().unwrap(), ReliefKind::TemporaryPermission, [against])
}

#[test]
fn a_trial_permission_that_ends_revives_the_order() {
    let trial = permission("trial", instrument("order")).during(between(12, 20));
    let docket = Docket::with_order().grant(11, trial);
    docket.requires(&[(11, Prohibited), (12, Unrestricted), (19, Unrestricted), (20, Prohibited)]);
    assert_eq!(docket.status(&download(), 12, "order-issued"), GroundStatus::Permitted);
    assert_eq!(docket.answer(&download(), 12).headline(), StoreStatus::Injunction);
    assert_eq!(docket.status(&download(), 20, "trial-granted"), GroundStatus::Expired);
    let told = docket.register.explain(&download(), day(12)).to_string();
    assert!(told.contains("permitted") && told.contains("temporary permission `trial`"), "{told}");
}

#[test]
fn what_hangs_on_a_permitted_instrument_is_permitted_with_it() {
    let list = order("list", [prohibit("1", chat_in_us())]).issued_under("act".parse().unwrap());
    let docket = Docket::new()
        .and(0, "act-issued", Event::InstrumentIssued(order("act", [])))
        .and(1, "list-issued", Event::InstrumentIssued(list))
        .grant(5, permission("trial", instrument("act")));
    docket.requires(&[(4, Prohibited), (5, Unrestricted)]);
    assert_eq!(docket.status(&download(), 5, "list-issued"), GroundStatus::Permitted);
}

#[test]
fn a_clause_is_permitted_only_where_no_injunction_and_no_stay_suspends_it() {
    let docket = Docket::with_order()
        .grant(11, permission("trial", instrument("order")))
        .grant(12, stay("stay", [instrument("order")]).during(until(20)))
        .grant(13, injunction("pi", [instrument("order")]).during(until(15)));
    let stood = |n| docket.status(&download(), n, "order-issued");
    assert_eq!(
        [stood(11), stood(12), stood(13), stood(15), stood(20)],
        [
            GroundStatus::Permitted,
            GroundStatus::Stayed,
            GroundStatus::Enjoined,
            GroundStatus::Stayed,
            GroundStatus::Permitted
        ]
    );
    docket.requires(&[(11, Unrestricted), (20, Unrestricted)]);
}

#[test]
fn neither_a_notice_nor_a_decision_of_a_store_binds_anybody() {
    for kind in [InstrumentKind::Notice, InstrumentKind::StoreDecision] {
        let mut act = order("act", [prohibit("1", chat_in_us())]);
        act.kind = kind;
        let docket = Docket::new().and(0, "issued", Event::InstrumentIssued(act));
        docket.requires(&[(0, Unrestricted), (99, Unrestricted)]);
        assert_eq!(docket.status(&download(), 5, "issued"), GroundStatus::NotBinding);
    }
}

#[test]
fn an_order_to_divest_ends_ownership_and_leaves_downloads_alone() {
    let divest = prohibit("1", chat_in_us().acts([Act::Ownership])).during(from(10));
    let docket = Docket::new().and(0, "issued", Event::InstrumentIssued(order("order", [divest])));
    docket.requires_of(&subject("chat", Act::Ownership), &[(9, Unrestricted), (10, Prohibited)]);
    docket.requires(&[(10, Unrestricted)]);
}

#[test]
fn relief_may_reach_one_act_only() {
    let partial = injunction("pi", [instrument("order")]).within(Scope::everything().acts([Act::Download]));
    let docket = Docket::with_order().grant(12, partial);
    docket.requires(&[(12, Unrestricted)]);
    docket.requires_of(&subject("chat", Act::Update), &[(12, Prohibited)]);
}

#[test]
fn relief_may_reach_one_clause_only() {
    let clauses =
        [prohibit("1", chat_in_us().acts([Act::Download])), prohibit("2", chat_in_us().acts([Act::Hosting]))];
    let docket = Docket::new()
        .and(0, "issued", Event::InstrumentIssued(order("order", clauses)))
        .grant(5, injunction("pi", [clause("order/1")]));
    docket.requires(&[(5, Unrestricted)]);
    docket.requires_of(&subject("chat", Act::Hosting), &[(5, Prohibited)]);
}

#[test]
fn relief_may_reach_one_store_only() {
    let partial =
        injunction("pi", [instrument("order")]).within(Scope::everything().stores([Store::GOOGLE_PLAY]));
    let docket = Docket::with_order().grant(12, partial);
    let play = Subject::new(app("chat"), Store::GOOGLE_PLAY, "US".parse().unwrap(), Act::Download);
    docket.requires(&[(12, Prohibited)]);
    docket.requires_of(&play, &[(12, Unrestricted)]);
}

#[test]
fn relief_in_a_part_of_the_territory_leaves_the_rest_prohibited() {
    let partial = injunction("pi", [instrument("order")])
        .within(Scope::everything().territories(["US-MT".parse().unwrap()]));
    let docket = Docket::with_order().grant(12, partial);
    docket.requires_of(&in_territory("US-MT"), &[(11, Prohibited), (12, Unrestricted)]);
    docket.requires_of(&in_territory("US-CA"), &[(12, Prohibited)]);
    docket.requires(&[(12, Prohibited)]);
    assert!(docket.answer(&download(), 12).is_in_part());
    assert!(!docket.answer(&download(), 11).is_in_part());
    assert!(!docket.answer(&in_territory("US-MT"), 12).is_in_part());
}

#[test]
fn an_order_for_a_part_prohibits_in_part_of_the_country() {
    let montana = prohibit("1", Scope::app(app("chat")).territories(["US-MT".parse().unwrap()]));
    let docket = Docket::new().and(0, "issued", Event::InstrumentIssued(order("order", [montana])));
    docket.requires_of(&in_territory("US-MT"), &[(0, Prohibited)]);
    docket.requires_of(&in_territory("US-CA"), &[(0, Unrestricted)]);
    docket.requires(&[(0, Prohibited)]);
    assert!(docket.answer(&download(), 0).is_in_part());
    assert!(docket.answer(&download(), 0).grounds()[0].in_part());
}

#[test]
fn an_order_for_a_country_without_one_part_holds_in_part() {
    let mut scope = chat_in_us();
    scope.territories = scope.territories.but(["US-MT".parse().unwrap()]);
    let docket =
        Docket::new().and(0, "issued", Event::InstrumentIssued(order("order", [prohibit("1", scope)])));
    docket.requires_of(&in_territory("US-MT"), &[(0, Unrestricted)]);
    docket.requires(&[(0, Prohibited)]);
    assert!(docket.answer(&download(), 0).is_in_part());
}

#[test]
fn commands_that_collide_only_between_parts_conflict_for_the_country_in_part() {
    let part = |code: &str| Scope::app(app("chat")).territories([code.parse().unwrap()]);
    let docket = Docket::new()
        .and(0, "banned", Event::InstrumentIssued(order("ban", [prohibit("1", part("US-MT"))])))
        .and(0, "carried", Event::InstrumentIssued(order("carry", [compel("1", part("US-CA"))])));
    docket.requires(&[(0, Conflicting)]);
    assert!(docket.answer(&download(), 0).is_in_part());
    docket.requires_of(&in_territory("US-MT"), &[(0, Prohibited)]);
    docket.requires_of(&in_territory("US-CA"), &[(0, Compelled)]);
}

#[test]
fn relief_for_named_persons_leaves_everybody_else_bound() {
    let narrow = injunction("pi", [instrument("order")])
        .protecting(Parties::only().person("creators".parse().unwrap()));
    let docket = Docket::with_order().grant(12, narrow);
    docket.requires(&[(12, Prohibited)]);
    docket.requires_of(&download().for_party("creators".parse().unwrap()), &[(12, Unrestricted)]);
    docket.requires_of(&download().for_party("others".parse().unwrap()), &[(12, Prohibited)]);
    let told = docket.register.explain(&download(), day(12)).to_string();
    assert!(told.contains("protecting creators only; does not reach this"), "{told}");
}

#[test]
fn relief_for_an_organization_protects_the_apps_it_controls_while_it_does() {
    use delisted::register::Controlled;
    let narrow = injunction("pi", [instrument("order")])
        .protecting(Parties::only().organization(organization("holding")));
    let transfer = |of, to: &str| Event::ControlTransferred { of, to: organization(to).into() };
    let docket = Docket::with_order()
        .and(0, "founded", transfer(Controlled::App(app("chat")), "maker"))
        .and(0, "bought", transfer(Controlled::Organization(organization("maker")), "holding"))
        .grant(12, narrow)
        .and(20, "sold", transfer(Controlled::App(app("chat")), "buyer"));
    docket.requires(&[(11, Prohibited), (12, Unrestricted), (19, Unrestricted), (20, Prohibited)]);
}

#[test]
fn relief_for_a_store_protects_that_store() {
    let narrow = injunction("pi", [instrument("order")]).protecting(Parties::only().store(Store::APP_STORE));
    let docket = Docket::with_order().grant(12, narrow);
    let play = Subject::new(app("chat"), Store::GOOGLE_PLAY, "US".parse().unwrap(), Act::Download);
    docket.requires(&[(12, Unrestricted)]);
    docket.requires_of(&play, &[(12, Prohibited)]);
}

#[test]
fn a_stay_of_an_injunction_revives_the_order() {
    let docket = Docket::with_order()
        .grant(12, injunction("pi", [instrument("order")]))
        .grant(20, stay("stay", [relief("pi")]).during(until(30)));
    docket.requires(&[(11, Prohibited), (12, Unrestricted), (20, Prohibited), (30, Unrestricted)]);
    assert_eq!(docket.status(&download(), 20, "pi-granted"), GroundStatus::Stayed);
}

#[test]
fn relief_on_relief_holds_to_any_depth() {
    let mut docket = Docket::with_order().grant(11, injunction("r1", [instrument("order")]));
    for depth in 2..=2_000 {
        let (own, target) = (format!("r{depth}"), format!("r{}", depth - 1));
        docket = docket.grant(11, stay(&own, [relief(&target)]));
    }
    docket.requires(&[(11, Prohibited)]);
    let deeper = docket.grant(12, stay("last", [relief("r2000")]));
    deeper.requires(&[(11, Prohibited), (12, Unrestricted)]);
    assert!(deeper.register.explain(&download(), day(12)).to_string().lines().count() > 2_000);
}

#[test]
fn lifting_one_of_two_overlapping_shields_revives_nothing() {
    let docket = Docket::with_order()
        .grant(11, injunction("pi-1", [instrument("order")]))
        .grant(12, injunction("pi-2", [clause("order/1")]))
        .and(20, "first-dissolved", ended("e-1", Manner::Dissolved, [relief("pi-1")]))
        .and(30, "second-dissolved", ended("e-2", Manner::Dissolved, [relief("pi-2")]));
    docket.requires(&[
        (10, Prohibited),
        (11, Unrestricted),
        (20, Unrestricted),
        (29, Unrestricted),
        (30, Prohibited),
    ]);
    assert_eq!(docket.status(&download(), 20, "pi-1-granted"), GroundStatus::Dissolved);
}

#[test]
fn a_temporary_restraining_order_lapses_by_itself() {
    let tro =
        Relief::new("tro".parse().unwrap(), ReliefKind::TemporaryRestrainingOrder, [instrument("order")])
            .during(until(26));
    let docket = Docket::with_order().grant(12, tro);
    docket.requires(&[(12, Unrestricted), (25, Unrestricted), (26, Prohibited)]);
    assert_eq!(docket.status(&download(), 26, "tro-granted"), GroundStatus::Expired);
}

#[test]
fn a_restraining_order_can_be_extended_and_then_made_permanent() {
    let tro =
        Relief::new("tro".parse().unwrap(), ReliefKind::TemporaryRestrainingOrder, [instrument("order")])
            .during(until(26));
    let moved =
        |n: Option<i64>| Event::EndMoved { measure: relief("tro"), until: n.map(|n| dated(n).into()) };
    let docket = Docket::with_order().grant(12, tro).and(20, "extended", moved(Some(40))).and(
        45,
        "revived",
        moved(None),
    );
    docket.requires(&[
        (26, Unrestricted),
        (39, Unrestricted),
        (40, Prohibited),
        (44, Prohibited),
        (45, Unrestricted),
        (999, Unrestricted),
    ]);
}

#[test]
fn a_start_can_be_postponed_before_it_comes_and_after_it_came() {
    let moved = |n: i64| Event::StartMoved { measure: clause("order/1"), from: dated(n).into() };
    let docket = Docket::with_order().and(9, "postponed", moved(17)).and(20, "again", moved(25));
    docket.requires(&[
        (10, Unrestricted),
        (16, Unrestricted),
        (17, Prohibited),
        (19, Prohibited),
        (20, Unrestricted),
        (25, Prohibited),
    ]);
    assert_eq!(docket.status(&download(), 9, "order-issued"), GroundStatus::Postponed);
    assert_eq!(docket.status(&download(), 8, "order-issued"), GroundStatus::Pending);
}

#[test]
fn an_ending_ends_for_good_unless_it_is_undone() {
    let vacatur = Ending::new("vacatur".parse().unwrap(), Manner::Vacated, [instrument("order")]);
    let docket = Docket::with_order()
        .and(12, "vacated", Event::MeasureEnded(vacatur))
        .grant(20, stay("stay", [ending("vacatur")]).during(until(30)))
        .and(40, "undone", ended("reversal", Manner::Reversed, [ending("vacatur")]));
    docket.requires(&[
        (11, Prohibited),
        (12, Unrestricted),
        (20, Prohibited),
        (30, Unrestricted),
        (40, Prohibited),
    ]);
    assert_eq!(docket.status(&download(), 12, "order-issued"), GroundStatus::Vacated);
    assert_eq!(docket.status(&download(), 40, "vacated"), GroundStatus::Reversed);
}

#[test]
fn an_ending_within_a_scope_leaves_the_rest() {
    let partial = Ending::new("narrowed".parse().unwrap(), Manner::Rescinded, [instrument("order")])
        .within(Scope::everything().acts([Act::Update]));
    let docket = Docket::with_order().and(12, "narrowed", Event::MeasureEnded(partial));
    docket.requires(&[(12, Prohibited)]);
    docket.requires_of(&subject("chat", Act::Update), &[(11, Prohibited), (12, Unrestricted)]);
}

#[test]
fn an_instrument_runs_out_by_its_own_terms() {
    let sunset = order("order", [prohibit("1", chat_in_us())]).during(until(30));
    let docket = Docket::new().and(0, "issued", Event::InstrumentIssued(sunset));
    docket.requires(&[(29, Prohibited), (30, Unrestricted)]);
    assert_eq!(docket.status(&download(), 30, "issued"), GroundStatus::Expired);
}

#[test]
fn a_clause_added_later_applies_from_then() {
    let added = Event::RestrictionAdded {
        instrument: "order".parse().unwrap(),
        restriction: prohibit("2", Scope::app(app("desk")).territories(["US".parse().unwrap()])),
    };
    let docket = Docket::with_order().and(15, "desk-added", added);
    docket.requires_of(&subject("desk", Act::Download), &[(14, Unrestricted), (15, Prohibited)]);
}

#[test]
fn two_live_commands_that_collide_are_said_to_conflict() {
    let docket = Docket::with_order().and(
        12,
        "carry-issued",
        Event::InstrumentIssued(order("carry", [compel("1", chat_in_us())]).during(until(30))),
    );
    docket.requires(&[(11, Prohibited), (12, Conflicting), (30, Prohibited)]);
    assert_eq!(docket.answer(&download(), 12).headline(), StoreStatus::OrderedRemoved);
    let both: Vec<_> = docket
        .answer(&download(), 12)
        .grounds()
        .iter()
        .filter(|it| it.role().commands())
        .map(|it| it.entry().to_string())
        .collect();
    assert_eq!(both, ["order-issued", "carry-issued"]);
}

#[test]
fn a_command_to_offer_compels_and_can_be_stayed() {
    let docket = Docket::new()
        .and(0, "carry-issued", Event::InstrumentIssued(order("carry", [compel("1", chat_in_us())])))
        .grant(5, stay("stay", [instrument("carry")]));
    docket.requires(&[(0, Compelled), (5, Unrestricted)]);
    assert_eq!(docket.answer(&download(), 0).headline(), StoreStatus::Listed);
    assert_eq!(docket.answer(&download(), 5).headline(), StoreStatus::Listed);
}

#[test]
fn a_non_binding_act_is_recorded_and_never_binds() {
    let mut request = order("request", [prohibit("1", chat_in_us())]);
    request.kind = InstrumentKind::Request;
    let docket = Docket::new().and(0, "asked", Event::InstrumentIssued(request));
    docket.requires(&[(0, Unrestricted), (99, Unrestricted)]);
    assert_eq!(docket.status(&download(), 0, "asked"), GroundStatus::NotBinding);
    let told = docket.register.explain(&download(), day(0)).to_string();
    assert!(
        told.contains("clause 1 of request asks, without binding anybody, that it not happen, from"),
        "{told}"
    );
    assert_eq!(docket.answer(&download(), 0).headline(), StoreStatus::Listed);
}

#[test]
fn a_refusal_of_one_act_and_relief_for_another_stay_apart() {
    let against: std::collections::BTreeSet<Measure> = [clause("order/1")].into();
    let docket = Docket::with_order().and(
        12,
        "refused",
        Event::ReliefRefused { kind: ReliefKind::PreliminaryInjunction, against },
    );
    docket.requires(&[(12, Prohibited)]);
    assert!(!docket.answer(&download(), 12).is_under_appeal());
}

#[test]
fn a_headline_remembers_what_binds_meanwhile() {
    use delisted::law::Appeal;
    let docket = Docket::with_order()
        .grant(12, injunction("pi", [instrument("order")]))
        .and(14, "noticed", Event::AppealNoticed(Appeal::new("appeal".parse().unwrap(), [relief("pi")])))
        .grant(16, stay("stay", [relief("pi")]));
    let meanwhile = |n| match docket.answer(&download(), n).headline() {
        StoreStatus::Appealed { meanwhile, .. } => meanwhile,
        other => panic!("{other:?}"),
    };
    assert_eq!(meanwhile(14), Meanwhile::Injunction);
    assert_eq!(meanwhile(16), Meanwhile::OrderedRemoved);
}

#[test]
fn an_enjoined_order_for_a_part_leaves_the_country_enjoined_in_part() {
    let montana = prohibit("1", Scope::app(app("chat")).territories(["US-MT".parse().unwrap()]));
    let docket = Docket::new()
        .and(0, "issued", Event::InstrumentIssued(order("order", [montana])))
        .grant(5, injunction("pi", [instrument("order")]));
    let answer = docket.answer(&download(), 5);
    assert_eq!((answer.requirement(), answer.headline()), (Unrestricted, StoreStatus::Injunction));
    assert!(answer.is_in_part());
    assert!(!docket.answer(&in_territory("US-MT"), 5).is_in_part());
}
