//! What became of the law: each kind of finding on a case of its own, and all of them beside a slow model.
#![cfg(feature = "file")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "tests stop at the first surprise, and their numbers are small"
)]

use std::{cell::RefCell, collections::BTreeMap, fmt::Write as _, num::NonZeroUsize, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};
use delisted::{
    Register,
    determination::{Determination, Ground, GroundStatus, Requirement, Role},
    io,
    observation::{ChangeRule, Observations, State},
    reconciliation::{FindingKind, OpenQuestion, Reconciliation, Response, reconcile},
    time::{Known, instant},
};
use proptest::{
    prelude::*,
    test_runner::{FileFailurePersistence, RngSeed, TestRunner},
};

/// A register about one app, `chat`, with the entries that a test gives it.
fn register(entries: &str) -> Register {
    let head = r#"
format = "delisted-register"
version = 1
[[app]]
id = "chat"
name = "Chat"
[[authority]]
id = "agency"
name = "the Agency"
kind = "agency"
jurisdiction = "US"
[[authority]]
id = "court"
name = "the Court"
kind = "court"
jurisdiction = "US"
"#;
    io::read_toml("made.toml", &format!("{head}{entries}")).unwrap().register
}

/// One entry; the days are of January 2025.
fn entry(id: &str, event: &str, by: &str, day: &str, fields: &str) -> String {
    format!(
        "[[entry]]\nid = \"{id}\"\nevent = \"{event}\"\nby = \"{by}\"\nentered = \"{day}\"\nrecorded = \"{day}\"\n\
         citation = \"{id} of the case\"\nsources = [\"https://example.org\"]\n{fields}\n"
    )
}

fn order(day: &str, directive: &str, from: &str, places: &str) -> String {
    let clause = format!(
        "instrument = \"order\"\nkind = \"agency-order\"\ntitle = \"Order\"\n[[entry.clause]]\nid = \"1\"\n\
         directive = \"{directive}\"\nfrom = \"{from}\"\nscope = {{ apps = [\"chat\"], territories = [{places}], acts = [\"download\"] }}"
    );
    entry("order-issued", "instrument-issued", "agency", day, &clause)
}

fn day(day: u32) -> String {
    format!("2025-01-{day:02}T00:00:00Z")
}

fn at(text: &str) -> DateTime<Utc> {
    instant(text).unwrap()
}

/// Looks as rows without app, store, territory and source: `at,seen,by,causes`.
fn looks(rows: &[&str]) -> Observations {
    let mut text = String::from("app,store,territory,at,seen,by,causes,source\n");
    for row in rows {
        writeln!(text, "chat,app-store,US,{row},page").unwrap();
    }
    io::read_observations_csv("made.csv", text.as_bytes()).unwrap()
}

fn told(reconciliation: &Reconciliation<'_>) -> Vec<(String, String)> {
    let findings = reconciliation.findings().iter();
    findings
        .map(|it| {
            let unenforced = if it.is_unenforced() { ", unenforced" } else { "" };
            let why = it.kind().open_question().map(|why| format!(": {}", why.as_str())).unwrap_or_default();
            let text = it.stretch().to_string().replace("2025-01-", "").replace("T00:00:00Z", "");
            (text, format!("{}{why}{unenforced}", it.kind().as_str()))
        })
        .collect()
}

fn of(register: &Register, observations: &Observations) -> Vec<(String, String)> {
    told(&reconcile(register, observations, ChangeRule::reported(), Known::Best))
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(one, other)| ((*one).to_owned(), (*other).to_owned())).collect()
}

fn ban() -> String {
    order(&day(10), "prohibit", &day(19), "\"US\"")
}

#[test]
fn an_app_on_offer_after_the_order_bit_is_offered_while_prohibited_and_the_removal_has_a_lag() {
    let (register, seen) = (
        register(&ban()),
        looks(&[
            "2025-01-14T00:00:00Z,available,,",
            "2025-01-20T00:00:00Z,available,,",
            "2025-01-22T00:00:00Z,removed,store,order@apple",
        ]),
    );
    assert_eq!(
        of(&register, &seen),
        pairs(&[
            ("14 to 19", "consistent"),
            ("19 to 20", "offered-while-prohibited"),
            ("20 to 22", "undetermined: changing"),
            ("22", "consistent"),
            ("22 onwards", "unobserved"),
        ])
    );
    let reconciliation = reconcile(&register, &seen, ChangeRule::reported(), Known::Best);
    let finding = &reconciliation.findings()[3];
    let lag = finding.lag().unwrap();
    assert_eq!(lag.response(), Response::Removal);
    assert_eq!((lag.earliest(), lag.latest()), (Some(TimeDelta::days(1)), Some(TimeDelta::days(3))));
    assert_eq!(
        finding.to_string(),
        "download of chat in app-store, US, 2025-01-22T00:00:00Z: consistent with the law; by store; because of `order` \
         as apple says; removal between 24.0 h and 72.0 h after the prohibition took effect"
    );
    assert_eq!(finding.grounds().next().unwrap().entry().as_str(), "order-issued");
    assert_eq!(
        reconciliation.findings()[1].to_string(),
        "download of chat in app-store, US, 2025-01-19T00:00:00Z to 2025-01-20T00:00:00Z: offered while prohibited \
         under `order/1` [order-issued of the case]"
    );
    let summary = &reconciliation.stores()[0];
    assert_eq!(summary.store().as_str(), "app-store");
    assert_eq!(
        summary.to_string(),
        "2 consistent with the law, 1 offered while prohibited, 1 undetermined, 1 unobserved"
    );
    assert_eq!(summary.removals().to_string(), "1 case: 24.0 to 72.0 h");
}

#[test]
fn a_removal_before_the_law_bit_has_a_negative_lag() {
    let seen = looks(&[
        "2025-01-18T10:00:00Z,available,,",
        "2025-01-18T20:00:00Z,removed,,",
        "2025-01-20T00:00:00Z,removed,,",
    ]);
    let register = register(&ban());
    assert_eq!(
        of(&register, &seen),
        pairs(&[
            ("18T10:00:00Z", "consistent"),
            ("18T10:00:00Z to 18T20:00:00Z", "undetermined: changing"),
            ("18T20:00:00Z to 19", "removed-before-effect"),
            ("19 to 20", "consistent"),
            ("20 onwards", "unobserved"),
        ])
    );
    let reconciliation = reconcile(&register, &seen, ChangeRule::reported(), Known::Best);
    let lag = reconciliation.findings()[2].lag().unwrap();
    assert_eq!((lag.earliest(), lag.latest()), (Some(TimeDelta::hours(-14)), Some(TimeDelta::hours(-4))));
    assert_eq!(lag.to_string(), "removal between 14.0 h and 4.0 h before the prohibition took effect");
}

#[test]
fn an_app_that_was_gone_before_anybody_knew_of_the_order_has_no_lag() {
    let register = register(&ban());
    let seen = looks(&[
        "2025-01-02T00:00:00Z,available,,",
        "2025-01-03T00:00:00Z,withdrawn,publisher,",
        "2025-01-09T00:00:00Z,removed,,",
        "2025-01-15T00:00:00Z,removed,,",
        "2025-01-20T00:00:00Z,removed,,",
    ]);
    assert_eq!(
        of(&register, &seen),
        pairs(&[
            ("02", "consistent"),
            ("02 to 03", "undetermined: changing"),
            ("03 to 19", "withheld-while-unrestricted"),
            ("19 to 20", "consistent"),
            ("20 onwards", "unobserved"),
        ])
    );
    let reconciliation = reconcile(&register, &seen, ChangeRule::reported(), Known::Best);
    assert!(reconciliation.findings().iter().all(|finding| finding.lag().is_none()));
    // Nobody can have acted on an order that was not there.
    assert!(reconciliation.findings().iter().all(|finding| finding.may_explain().count() == 0));
    let removals = reconciliation.stores()[0].removals();
    assert_eq!((removals.cases(), removals.still_offered(), removals.gone_at_first()), (0, 0, 0));
}

#[test]
fn an_app_put_back_under_a_prohibition_that_nobody_enforces_is_no_offer_in_order() {
    let forbearance = entry(
        "forborne",
        "enforcement-forborne",
        "agency",
        &day(24),
        "forbearance = \"letter\"\nof = [\"order\"]\n",
    );
    let register = register(&format!("{}{forbearance}", ban()));
    let seen = looks(&[
        "2025-01-20T00:00:00Z,removed,,",
        "2025-01-26T00:00:00Z,removed,,",
        "2025-01-28T00:00:00Z,available,,",
        "2025-01-30T00:00:00Z,available,,",
    ]);
    assert_eq!(
        of(&register, &seen),
        pairs(&[
            ("19 to 20", "unobserved"),
            ("20 to 24", "consistent"),
            ("24 to 26", "consistent, unenforced"),
            ("26 to 28", "undetermined: changing, unenforced"),
            ("28 to 30", "restored-while-unenforced, unenforced"),
            ("30 onwards", "unobserved, unenforced"),
        ])
    );
    // Never taken down, it is merely offered while prohibited.
    let stayed = looks(&["2025-01-20T00:00:00Z,available,,", "2025-01-26T00:00:00Z,available,,"]);
    let kinds: Vec<_> = of(&register, &stayed).into_iter().map(|(_, kind)| kind).collect();
    assert_eq!(kinds[1..3], ["offered-while-prohibited", "offered-while-prohibited, unenforced"]);
}

#[test]
fn what_is_gone_with_no_law_is_told_with_the_request_that_may_explain_it_and_with_who_claims_what() {
    let request = entry(
        "asked",
        "instrument-issued",
        "agency",
        &day(2),
        "instrument = \"request\"\nkind = \"request\"\ntitle = \"Request\"\n[[entry.clause]]\nid = \"1\"\ndirective = \"prohibit\"\n\
         scope = { apps = [\"chat\"], territories = [\"US\"], acts = [\"download\"] }",
    );
    let register = register(&request);
    let seen =
        looks(&["2025-01-03T00:00:00Z,removed,store,request@the press", "2025-01-05T00:00:00Z,removed,,"]);
    let reconciliation = reconcile(&register, &seen, ChangeRule::reported(), Known::Best);
    let finding = &reconciliation.findings()[0];
    assert_eq!(finding.kind(), FindingKind::WithheldWhileUnrestricted);
    assert_eq!(
        finding.may_explain().map(|it| it.citation().as_str()).collect::<Vec<_>>(),
        ["asked of the case"]
    );
    assert_eq!(
        finding.to_string(),
        "download of chat in app-store, US, 2025-01-03T00:00:00Z to 2025-01-05T00:00:00Z: withheld while unrestricted; \
         by store; may be explained by `request/1` [asked of the case]; because of `request` as the press says"
    );
}

#[test]
fn an_app_that_must_be_offered_and_is_gone_is_withheld_while_compelled() {
    let register = register(&order(&day(2), "compel", &day(2), "\"US\""));
    let seen = looks(&["2025-01-01T00:00:00Z,removed,,", "2025-01-05T00:00:00Z,removed,,"]);
    assert_eq!(
        of(&register, &seen),
        pairs(&[
            ("01 to 02", "withheld-while-unrestricted"),
            ("02 to 05", "withheld-while-compelled"),
            ("05 onwards", "unobserved"),
        ])
    );
}

#[test]
fn after_relief_the_way_back_has_a_lag_too_and_a_store_that_stands_still_is_counted() {
    let relief = entry(
        "granted",
        "relief-granted",
        "court",
        &day(21),
        "relief = \"injunction\"\nkind = \"preliminary-injunction\"\nagainst = [\"order\"]\n",
    );
    let register = register(&format!("{}{relief}", ban()));
    let back = looks(&[
        "2025-01-18T00:00:00Z,available,,",
        "2025-01-20T00:00:00Z,removed,,",
        "2025-01-22T00:00:00Z,removed,,",
        "2025-01-22T12:00:00Z,available,,",
    ]);
    let reconciliation = reconcile(&register, &back, ChangeRule::reported(), Known::Best);
    let restored = reconciliation
        .findings()
        .iter()
        .find_map(|it| it.lag().filter(|it| it.response() == Response::Restoration));
    let lag = restored.unwrap();
    assert_eq!((lag.earliest(), lag.latest()), (Some(TimeDelta::days(1)), Some(TimeDelta::hours(36))));
    let summary = &reconciliation.stores()[0];
    assert_eq!((summary.removals().cases(), summary.restorations().cases()), (1, 1));
    let gone = looks(&[
        "2025-01-18T00:00:00Z,available,,",
        "2025-01-20T00:00:00Z,removed,,",
        "2025-01-22T00:00:00Z,removed,,",
    ]);
    let reconciliation = reconcile(&register, &gone, ChangeRule::reported(), Known::Best);
    let restorations = reconciliation.stores()[0].restorations();
    assert_eq!((restorations.cases(), restorations.still_gone()), (0, 1));
    assert_eq!(restorations.to_string(), "no case; 1 still gone");
    let never = looks(&["2025-01-18T00:00:00Z,available,,", "2025-01-20T00:00:00Z,available,,"]);
    let reconciliation = reconcile(&register, &never, ChangeRule::reported(), Known::Best);
    assert_eq!(reconciliation.stores()[0].removals().to_string(), "no case; 1 still offered");
    let before = looks(&["2025-01-18T00:00:00Z,removed,,", "2025-01-20T00:00:00Z,removed,,"]);
    let reconciliation = reconcile(&register, &before, ChangeRule::reported(), Known::Best);
    assert_eq!(reconciliation.stores()[0].removals().to_string(), "no case; 1 gone when first looked at");
}

#[test]
fn a_law_that_is_not_the_same_everywhere_or_not_known_exactly_or_against_itself_leaves_it_open() {
    let seen = looks(&["2025-01-19T00:00:00Z,available,,", "2025-01-20T00:00:00Z,available,,"]);
    let why = |entries: &str| {
        let register = register(entries);
        let reconciliation = reconcile(&register, &seen, ChangeRule::reported(), Known::Best);
        reconciliation.findings().iter().find_map(|it| it.kind().open_question())
    };
    assert_eq!(why(&order(&day(10), "prohibit", &day(19), "\"US-MT\"")), Some(OpenQuestion::InPart));
    let uncertain = order(&day(10), "prohibit", "2025-01-19T00:00:00..2025-01-21T00:00:00[UTC]", "\"US\"");
    assert_eq!(why(&uncertain), Some(OpenQuestion::UncertainLaw));
    let other = order(&day(10), "compel", &day(19), "\"US\"")
        .replace("order", "decree")
        .replace("agency-decree", "agency-order");
    assert_eq!(why(&format!("{}{other}", ban())), Some(OpenQuestion::ConflictingLaw));
}

#[test]
fn an_uncertain_effect_widens_the_lag() {
    let register =
        register(&order(&day(10), "prohibit", "2025-01-18T00:00:00..2025-01-20T00:00:00[UTC]", "\"US\""));
    let seen = looks(&["2025-01-21T00:00:00Z,available,,", "2025-01-22T00:00:00Z,removed,,"]);
    let reconciliation = reconcile(&register, &seen, ChangeRule::reported(), Known::Best);
    let lag = reconciliation.findings().iter().find_map(|it| it.lag()).unwrap();
    assert_eq!(lag.law(), (Some(at("2025-01-18T00:00:00Z")), Some(at("2025-01-20T00:00:00Z"))));
    assert_eq!((lag.earliest(), lag.latest()), (Some(TimeDelta::days(1)), Some(TimeDelta::days(4))));
}

#[test]
fn an_effect_of_which_only_the_latest_day_is_known_leaves_the_lag_open_above() {
    let register = register(&order("..2025-01-20[UTC]", "prohibit", "..2025-01-20[UTC]", "\"US\""));
    let seen = looks(&["2025-01-21T12:00:00Z,available,,", "2025-01-22T00:00:00Z,removed,,"]);
    let reconciliation = reconcile(&register, &seen, ChangeRule::reported(), Known::Best);
    let lag = reconciliation.findings().iter().find_map(|it| it.lag()).unwrap();
    assert_eq!((lag.earliest(), lag.latest()), (Some(TimeDelta::seconds(43_201)), None));
    assert_eq!(lag.to_string(), "removal no sooner than 12.0 h after the prohibition took effect");
}

#[test]
fn the_middle_lags_of_a_store_enclose_the_middle_lag() {
    let register = register(&ban());
    let mut text = String::from("app,store,territory,at,seen,source\n");
    // Four parts of one country stand for four cases of one store.
    for (place, hours) in [("US-CA", 1), ("US-NY", 2), ("US-TX", 30), ("US-WA", 100)] {
        let (before, after) =
            (at(&day(19)) + TimeDelta::hours(hours), at(&day(19)) + TimeDelta::hours(hours * 2));
        writeln!(text, "chat,app-store,{place},{},available,page", before.to_rfc3339()).unwrap();
        writeln!(text, "chat,app-store,{place},{},removed,page", after.to_rfc3339()).unwrap();
    }
    let seen = io::read_observations_csv("made.csv", text.as_bytes()).unwrap();
    let reconciliation = reconcile(&register, &seen, ChangeRule::reported(), Known::Best);
    let removals = reconciliation.stores()[0].removals();
    let hours = |it: delisted::reconciliation::Spread| {
        [it.min(), it.median(), it.max()].map(|it| it.unwrap().num_hours())
    };
    assert_eq!(removals.cases(), 4);
    assert_eq!(hours(removals.lower().unwrap()), [1, 2, 100]);
    assert_eq!(hours(removals.upper().unwrap()), [2, 60, 200]);
    assert_eq!(
        removals.to_string(),
        "4 cases: least 1.0 to 2.0 h, median 2.0 to 60.0 h, greatest 100.0 to 200.0 h"
    );
}

#[test]
fn what_was_not_known_yet_requires_nothing() {
    let register = register(&ban());
    let seen = looks(&["2025-01-20T00:00:00Z,available,,"]);
    let early = reconcile(&register, &seen, ChangeRule::reported(), at("2025-01-09T00:00:00Z"));
    assert_eq!(told(&early), pairs(&[("20", "consistent")]));
    let later = reconcile(&register, &seen, ChangeRule::reported(), at("2025-01-12T00:00:00Z"));
    assert_eq!(told(&later)[1], ("20".to_owned(), "offered-while-prohibited".to_owned()));
}

#[test]
fn an_app_that_the_register_does_not_know_is_judged_by_the_law_at_large() {
    let everything = entry(
        "order-issued",
        "instrument-issued",
        "agency",
        &day(2),
        "instrument = \"order\"\nkind = \"agency-order\"\ntitle = \"Order\"\n[[entry.clause]]\nid = \"1\"\ndirective = \"prohibit\"\n\
         scope = { apps = [\"*\"], territories = [\"US\"], acts = [\"download\"], except = { apps = [\"chat\"] } }",
    );
    let register = register(&everything);
    let text = "app,store,territory,at,seen,source\n\
                stranger,app-store,US,2025-01-03T00:00:00Z,available,page\n\
                other,app-store,US,2025-01-03T00:00:00Z,removed,page\n\
                other,app-store,IN,2025-01-03T00:00:00Z,available,page\n\
                chat,app-store,US,2025-01-03T00:00:00Z,available,page\n";
    let seen = io::read_observations_csv("made.csv", text.as_bytes()).unwrap();
    let reconciliation = reconcile(&register, &seen, ChangeRule::reported(), Known::Best);
    let looked: Vec<(&str, &str, FindingKind)> = reconciliation
        .findings()
        .iter()
        .filter(|it| it.kind() != FindingKind::Unobserved)
        .map(|it| (it.subject().app().as_str(), it.subject().territory().as_str(), it.kind()))
        .collect();
    assert_eq!(
        looked,
        [
            ("chat", "US", FindingKind::Consistent),
            ("other", "IN", FindingKind::Consistent),
            ("other", "US", FindingKind::Consistent),
            ("stranger", "US", FindingKind::OfferedWhileProhibited),
        ]
    );
}

#[test]
fn findings_serialise_with_their_grounds_their_sightings_and_their_lags() {
    let register = register(&ban());
    let seen = looks(&["2025-01-20T00:00:00Z,available,,", "2025-01-22T00:00:00Z,removed,store,order@apple"]);
    let reconciliation = reconcile(&register, &seen, ChangeRule::reported(), Known::Best);
    let json = serde_json::to_value(&reconciliation).unwrap();
    let gone = &json["findings"][3];
    assert_eq!(gone["finding"], "consistent");
    assert_eq!(
        gone["period"],
        serde_json::json!({
            "from": "2025-01-22T00:00:00Z", "holds_from": true, "to": "2025-01-22T00:00:00Z", "holds_to": true
        })
    );
    assert_eq!(gone["grounds"][0]["citation"], "order-issued of the case");
    assert_eq!(gone["causes"], serde_json::json!(["order@apple"]));
    assert_eq!(gone["lag"]["earliest_seconds"], 86_400);
    assert_eq!(gone["sightings"][0]["source"], "page");
    assert_eq!(json["findings"][4]["period"]["to"], serde_json::Value::Null);
    assert_eq!(json["stores"][0]["removals"]["cases"], 1);
    assert_eq!(
        json["stores"][0]["findings"],
        serde_json::json!({"consistent": 1, "offered-while-prohibited": 1, "undetermined": 1, "unobserved": 2})
    );
}

/// Registers of many kinds, for the model.
fn registers() -> Vec<Register> {
    let forbearance = |day: &str| {
        entry(
            "forborne",
            "enforcement-forborne",
            "agency",
            day,
            "forbearance = \"letter\"\nof = [\"order\"]\n",
        )
    };
    let relief = |kind: &str, until: &str| {
        entry(
            "granted",
            "relief-granted",
            "court",
            &day(14),
            &format!("relief = \"relief\"\nkind = \"{kind}\"\nagainst = [\"order\"]\nuntil = \"{until}\"\n"),
        )
    };
    let over = entry(
        "over",
        "measure-ended",
        "agency",
        &day(22),
        "ending = \"end\"\nmanner = \"rescinded\"\nends = [\"order\"]\n",
    );
    let ban = || order(&day(3), "prohibit", &day(10), "\"US\"");
    let withdrawn = over.replace(&day(22), &day(8));
    vec![
        register(&format!("{}{withdrawn}", ban())),
        Register::default(),
        register(&ban()),
        register(&format!("{}{}", ban(), forbearance(&day(16)))),
        register(&format!("{}{}{over}", ban(), forbearance(&day(10)))),
        register(&format!("{}{}{over}", ban(), relief("preliminary-injunction", &day(18)))),
        register(&order(&day(3), "compel", &day(10), "\"US\"")),
        register(&order(&day(3), "prohibit", &day(10), "\"US-MT\"")),
        register(&order(&day(3), "prohibit", "2025-01-10T00:00:00..2025-01-15T00:00:00[UTC]", "\"US\"")),
    ]
}

/// Whether some prohibition is in force.
fn bites(answer: &Determination) -> bool {
    let in_force = |it: &Ground| it.role() == Role::Prohibits && it.status() == GroundStatus::InForce;
    answer.grounds().iter().any(in_force)
}

/// The table of findings, written down once more from the words.
fn table(state: State, answer: &Determination, restored: bool, heralded: bool) -> FindingKind {
    let pending = |it: &Ground| it.role() == Role::Prohibits && it.status() == GroundStatus::Pending;
    let announced = heralded && answer.grounds().iter().any(pending);
    match (state, answer.requirement()) {
        (State::Unobserved, _) => FindingKind::Unobserved,
        (State::Changing, _) => FindingKind::Undetermined(OpenQuestion::Changing),
        (State::Unsettled, _) => FindingKind::Undetermined(OpenQuestion::Unsettled),
        _ if answer.uncertainty().is_some() => FindingKind::Undetermined(OpenQuestion::UncertainLaw),
        (_, Requirement::Prohibited) if answer.is_in_part() => {
            FindingKind::Undetermined(OpenQuestion::InPart)
        }
        (State::Offered, Requirement::Prohibited) if restored => FindingKind::RestoredWhileUnenforced,
        (State::Offered, Requirement::Prohibited) => FindingKind::OfferedWhileProhibited,
        (State::Withheld, Requirement::Unrestricted) if announced => FindingKind::RemovedBeforeEffect,
        (State::Withheld, Requirement::Unrestricted) => FindingKind::WithheldWhileUnrestricted,
        (State::Withheld, Requirement::Compelled) => FindingKind::WithheldWhileCompelled,
        _ => FindingKind::Consistent,
    }
}

#[test]
fn at_every_instant_the_finding_is_what_the_table_says_of_the_two_accounts() {
    let registers = registers();
    let start = at("2025-01-01T00:00:00Z");
    let asked = delisted::Subject::new(
        "chat".parse().unwrap(),
        delisted::Store::APP_STORE,
        "US".parse().unwrap(),
        delisted::Act::Download,
    );
    // Every answer that the model needs, asked once: every three hours, from a day before the first look.
    let answers: Vec<Vec<Determination>> = registers
        .iter()
        .map(|register| {
            (-8..260).map(|step| register.determine(&asked, start + TimeDelta::hours(step * 3))).collect()
        })
        .collect();
    let words = ["available", "available", "removed", "removed", "unknown"];
    let rows = prop::collection::vec((0..60_i64, prop::sample::select(words.to_vec())), 1..12);
    let met: RefCell<BTreeMap<FindingKind, usize>> = RefCell::default();
    let lags = RefCell::new((0, 0));
    let mut runner = TestRunner::new(ProptestConfig {
        cases: 1_000,
        rng_seed: RngSeed::Fixed(20_250_119),
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct(
            "tests/reconciliation.regressions",
        ))),
        ..ProptestConfig::default()
    });
    runner
        .run(&(0..registers.len(), rows, 1..3_usize), |(which, rows, k)| {
            let register = &registers[which];
            let rows: Vec<String> = rows
                .iter()
                .map(|(half, seen)| {
                    format!("{},{seen},,", (start + TimeDelta::hours(half * 12)).to_rfc3339())
                })
                .collect();
            let seen = looks(&rows.iter().map(String::as_str).collect::<Vec<_>>());
            let rule = ChangeRule::new(NonZeroUsize::new(k).unwrap(), Duration::ZERO)
                .presuming_at_most(Duration::from_secs(6 * 86_400));
            let reconciliation = reconcile(register, &seen, rule, Known::Best);
            let presence = seen.presences(rule).next().unwrap();
            let on = |when: DateTime<Utc>| {
                let step = (when - start).num_hours() / 3 + 8;
                &answers[which][usize::try_from(step).unwrap()]
            };
            for quarter in -8..260 {
                let at = start + TimeDelta::hours(quarter * 3);
                // Of a part of the country, at which nobody looked, the law may be told besides.
                let own = reconciliation.findings().iter().filter(|it| *it.subject() == asked);
                let found: Vec<_> = own.filter(|it| it.stretch().contains(at)).collect();
                prop_assert!(found.len() <= 1, "two findings at {at}");
                let answer = on(at);
                let state = presence.at(at);
                let opened = presence.changes().iter().rev().find(|it| it.by() <= at);
                let restored = opened.is_some_and(|it| {
                    let prohibited = |when| on(when).requirement() == Requirement::Prohibited;
                    // Prohibited and unenforced ever since it was put back.
                    let mut since = it.by();
                    let mut always = true;
                    while since <= at {
                        let then = on(since);
                        always &= then.requirement() == Requirement::Prohibited && then.is_unenforced();
                        since += TimeDelta::hours(3);
                    }
                    it.to_offered() && prohibited(it.after()) && always
                });
                // Taken down when the order was known, and of an order that came into force.
                let known = start + TimeDelta::days(2);
                let heralded = opened.is_some_and(|it| !it.to_offered() && it.after() >= known)
                    && answers[which].iter().any(bites);
                let expected = table(state, answer, restored, heralded);
                let Some(finding) = found.first() else {
                    // Untold is only what nobody saw before or after and no law spoke of.
                    let free =
                        answer.requirement() == Requirement::Unrestricted && answer.uncertainty().is_none();
                    prop_assert!(free && state == State::Unobserved, "nothing is told at {at}");
                    continue;
                };
                prop_assert_eq!(finding.kind(), expected, "at {}", at);
                prop_assert_eq!(finding.is_unenforced(), answer.is_unenforced());
                let entries: Vec<_> = finding.grounds().map(Ground::entry).collect();
                prop_assert!(answer.grounds().iter().all(|ground| entries.contains(&ground.entry())));
                *met.borrow_mut().entry(expected).or_default() += 1;
            }
            for lag in reconciliation.findings().iter().filter_map(|it| it.lag()) {
                prop_assert!(lag.earliest() < lag.latest());
                let change = lag.change();
                prop_assert_eq!(lag.earliest(), Some(change.after() - lag.law().1.unwrap()));
                prop_assert_eq!(lag.latest(), Some(change.by() - lag.law().0.unwrap()));
                match lag.response() {
                    Response::Removal => lags.borrow_mut().0 += 1,
                    Response::Restoration => lags.borrow_mut().1 += 1,
                }
            }
            Ok(())
        })
        .unwrap();
    let met = met.into_inner();
    // Every kind but a conflict, which no register here holds, and each of them often.
    assert!(met.len() == 11 && met.values().all(|count| *count > 50), "{met:?}");
    let (removals, restorations) = lags.into_inner();
    assert!(removals > 50 && restorations > 20, "{removals} {restorations}");
}

#[test]
fn more_looks_never_turn_a_finding_into_its_opposite_and_only_narrow_its_lag() {
    let registers = registers();
    let spells = prop::collection::vec(7..30_i64, 1..5);
    let halves = || prop::collection::vec(0..60_i64, 1..10);
    let met = RefCell::new((0, 0));
    let mut runner = TestRunner::new(ProptestConfig {
        cases: 1_000,
        rng_seed: RngSeed::Fixed(20_250_119),
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct(
            "tests/reconciliation.regressions",
        ))),
        ..ProptestConfig::default()
    });
    let start = at("2025-01-01T00:00:00Z");
    runner
        .run(
            &(0..registers.len(), spells, halves(), halves(), 1..3_usize),
            |(which, spells, few, more, k)| {
                // On offer and gone by turns, each for as long as the rule presumes or longer.
                let truth = |half: i64| {
                    let ends = spells.iter().scan(0, |end, length| {
                        *end += length;
                        Some(*end)
                    });
                    if ends.filter(|end| *end <= half).count() % 2 == 0 { "available" } else { "removed" }
                };
                let row = |half: &i64| {
                    format!("{},{},,", (start + TimeDelta::hours(half * 12)).to_rfc3339(), truth(*half))
                };
                let made =
                    |halves: Vec<String>| looks(&halves.iter().map(String::as_str).collect::<Vec<_>>());
                let coarse = made(few.iter().map(row).collect());
                let fine = made(few.iter().chain(&more).map(row).collect());
                let rule = ChangeRule::new(NonZeroUsize::new(k).unwrap(), Duration::ZERO)
                    .presuming_at_most(Duration::from_secs(7 * 43_200));
                let one = reconcile(&registers[which], &coarse, rule, Known::Best);
                let other = reconcile(&registers[which], &fine, rule, Known::Best);
                let at = |all: &Reconciliation<'_>, instant: DateTime<Utc>| {
                    let own = |it: &&delisted::reconciliation::Finding<'_>| {
                        it.subject().territory().as_str() == "US" && it.stretch().contains(instant)
                    };
                    let found = all.findings().iter().find(own);
                    found
                        .map(delisted::reconciliation::Finding::kind)
                        .filter(|kind| kind.open_question().is_none() && *kind != FindingKind::Unobserved)
                };
                for quarter in -8..260 {
                    let instant = start + TimeDelta::hours(quarter * 3);
                    if let (Some(was), Some(is)) = (at(&one, instant), at(&other, instant)) {
                        let consistent = |kind| kind == FindingKind::Consistent;
                        prop_assert_eq!(consistent(was), consistent(is), "at {}", instant);
                        met.borrow_mut().0 += 1;
                    }
                }
                for lag in one.findings().iter().filter_map(|it| it.lag()) {
                    let same = other.findings().iter().filter_map(|it| it.lag()).find(|it| {
                        it.response() == lag.response()
                            && it.law() == lag.law()
                            && it.change().by() == lag.change().by()
                    });
                    if let Some(finer) = same {
                        prop_assert!(lag.earliest() <= finer.earliest() && finer.latest() <= lag.latest());
                        met.borrow_mut().1 += 1;
                    }
                }
                Ok(())
            },
        )
        .unwrap();
    let (both, lags) = met.into_inner();
    assert!(both > 2_000 && lags > 20, "{both} {lags}");
}
