//! The rule, one law a test: appeals, mandates, refusals, and non-enforcement.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "tests stop at the first surprise"
)]

mod support;

use std::collections::BTreeSet;

use delisted::{
    Act, StoreStatus,
    determination::{
        GroundStatus,
        Requirement::{Prohibited, Unrestricted},
        Role,
    },
    law::{
        Appeal, Disposition, Forbearance, Judgment, Manner, Measure, Relief, ReliefKind, Ruled, Ruling, Scope,
    },
    register::Event,
    status::{Meanwhile, UnderReview},
};
use support::*;

/// An order in effect from day 10 and an injunction against it from day 12, under appeal since day 14.
fn appealed() -> Docket {
    Docket::with_order().grant(12, injunction("pi", [instrument("order")])).and(
        14,
        "noticed",
        Event::AppealNoticed(Appeal::new("appeal".parse().unwrap(), [relief("pi")])),
    )
}

fn judged(n: i64, disposition: Disposition) -> (i64, &'static str, Event) {
    let judgment = Judgment::new("judgment".parse().unwrap(), "appeal".parse().unwrap()).ruling(Ruled {
        ruling: Ruling::Measure(relief("pi")),
        disposition,
        scope: Scope::everything(),
    });
    (n, "decided", Event::AppealDecided(judgment))
}

fn mandate() -> Event {
    Event::MandateIssued { appeal: "appeal".parse().unwrap() }
}

#[test]
fn a_notice_of_appeal_changes_nothing_in_force() {
    let docket = appealed();
    docket.requires(&[(13, Unrestricted), (14, Unrestricted)]);
    assert!(!docket.answer(&download(), 13).is_under_appeal());
    assert!(docket.answer(&download(), 14).is_under_appeal());
    assert_eq!(docket.answer(&download(), 14).under_appeal(), Some(&Ruling::Measure(relief("pi"))));
}

#[test]
fn an_announcement_a_motion_and_a_refusal_change_nothing_in_force() {
    let against: BTreeSet<Measure> = [relief("pi")].into();
    let before = Docket::with_order().grant(12, injunction("pi", [instrument("order")]));
    let after = before
        .clone()
        .and(13, "announced", Event::AppealAnnounced { of: against.clone() })
        .and(
            14,
            "moved",
            Event::MotionFiled { seeks: ReliefKind::StayPendingAppeal, against: against.clone() },
        )
        .and(
            15,
            "refused",
            Event::ReliefRefused { kind: ReliefKind::StayPendingAppeal, against: against.clone() },
        )
        .and(16, "noted", Event::ProceedingNoted { about: against, what: "argument heard".to_owned() });
    for n in 0..20 {
        assert_eq!(before.answer(&download(), n), after.answer(&download(), n), "day {n}");
    }
    let explanation = after.register.explain(&download(), day(20));
    let notes: Vec<_> = explanation
        .steps()
        .iter()
        .filter(|step| step.role == Role::Notes)
        .map(|step| step.entry.as_str())
        .collect();
    assert_eq!(notes, ["announced", "moved", "refused", "noted"]);
}

#[test]
fn a_judgment_bites_with_its_mandate_and_not_with_the_opinion() {
    let (n, id, event) = judged(20, Disposition::Reversed);
    let docket = appealed().and(n, id, event).and(30, "mandate", mandate());
    docket.requires(&[(19, Unrestricted), (20, Unrestricted), (29, Unrestricted), (30, Prohibited)]);
    assert!(docket.answer(&download(), 29).is_under_appeal());
    assert!(!docket.answer(&download(), 30).is_under_appeal());
    assert_eq!(docket.status(&download(), 20, "decided"), GroundStatus::Pending);
    assert_eq!(docket.status(&download(), 30, "pi-granted"), GroundStatus::Reversed);
}

#[test]
fn a_judgment_without_a_mandate_never_bites() {
    let (n, id, event) = judged(20, Disposition::Vacated);
    appealed().and(n, id, event).requires(&[(20, Unrestricted), (9_999, Unrestricted)]);
}

#[test]
fn affirmed_remanded_and_dismissed_leave_the_ruling_and_close_the_appeal() {
    for disposition in [Disposition::Affirmed, Disposition::Remanded, Disposition::Dismissed] {
        let (n, id, event) = judged(20, disposition);
        let docket = appealed().and(n, id, event).and(30, "mandate", mandate());
        docket.requires(&[(20, Unrestricted), (30, Unrestricted)]);
        assert!(docket.answer(&download(), 29).is_under_appeal(), "{disposition}");
        assert!(!docket.answer(&download(), 30).is_under_appeal(), "{disposition}");
    }
}

#[test]
fn an_immediate_judgment_bites_at_once() {
    let judgment = Judgment::new("judgment".parse().unwrap(), "appeal".parse().unwrap())
        .ruling(Ruled::new(delisted::ReliefId::new("pi").unwrap(), Disposition::Vacated))
        .at_once();
    let docket = appealed().and(20, "decided", Event::AppealDecided(judgment));
    docket.requires(&[(19, Unrestricted), (20, Prohibited)]);
}

#[test]
fn a_judgment_disposes_of_each_part_by_itself() {
    let part = |act, disposition| Ruled {
        ruling: Ruling::Measure(relief("pi")),
        disposition,
        scope: Scope::everything().acts([act]),
    };
    let judgment = Judgment::new("judgment".parse().unwrap(), "appeal".parse().unwrap())
        .ruling(part(Act::Download, Disposition::Affirmed))
        .ruling(part(Act::Hosting, Disposition::Reversed))
        .at_once();
    let docket = appealed().and(20, "decided", Event::AppealDecided(judgment));
    docket.requires(&[(20, Unrestricted)]);
    docket.requires_of(&subject("chat", Act::Hosting), &[(19, Unrestricted), (20, Prohibited)]);
}

#[test]
fn a_judgment_may_reverse_one_clause_of_an_order_under_review() {
    let clauses =
        [prohibit("1", chat_in_us().acts([Act::Download])), prohibit("2", chat_in_us().acts([Act::Hosting]))];
    let judgment = Judgment::new("judgment".parse().unwrap(), "appeal".parse().unwrap())
        .ruling(Ruled {
            ruling: Ruling::Measure(clause("decree/1")),
            disposition: Disposition::Reversed,
            scope: Scope::everything(),
        })
        .at_once();
    let docket = Docket::new()
        .and(0, "issued", Event::InstrumentIssued(order("decree", clauses)))
        .and(
            5,
            "noticed",
            Event::AppealNoticed(Appeal::new("appeal".parse().unwrap(), [instrument("decree")])),
        )
        .and(9, "decided", Event::AppealDecided(judgment));
    docket.requires(&[(8, Prohibited), (9, Unrestricted)]);
    docket.requires_of(&subject("chat", Act::Hosting), &[(9, Prohibited)]);
}

#[test]
fn a_judgment_is_a_ruling_that_can_be_stayed_and_reversed_further_up() {
    let (n, id, event) = judged(20, Disposition::Reversed);
    let higher = Judgment::new("higher-judgment".parse().unwrap(), "certiorari".parse().unwrap())
        .ruling(Ruled::new(delisted::EndingId::new("judgment").unwrap(), Disposition::Reversed))
        .at_once();
    let docket = appealed()
        .and(n, id, event)
        .and(22, "mandate", mandate())
        .grant(25, stay("stay", [ending("judgment")]).during(until(30)))
        .and(
            32,
            "certiorari",
            Event::AppealNoticed(Appeal::new("certiorari".parse().unwrap(), [ending("judgment")])),
        )
        .and(40, "higher", Event::AppealDecided(higher));
    docket.requires(&[
        (21, Unrestricted),
        (22, Prohibited),
        (25, Unrestricted),
        (30, Prohibited),
        (40, Unrestricted),
    ]);
    assert_eq!(
        docket.answer(&download(), 32).headline(),
        StoreStatus::Appealed { of: UnderReview::Ending, meanwhile: Meanwhile::OrderedRemoved }
    );
}

#[test]
fn a_stay_pending_appeal_ends_with_that_appeal() {
    let pending = Relief::new("stay".parse().unwrap(), ReliefKind::StayPendingAppeal, [relief("pi")])
        .pending("appeal".parse().unwrap());
    let (n, id, event) = judged(20, Disposition::Affirmed);
    let docket = appealed().grant(16, pending).and(n, id, event).and(30, "mandate", mandate());
    docket.requires(&[(15, Unrestricted), (16, Prohibited), (29, Prohibited), (30, Unrestricted)]);
    assert_eq!(docket.status(&download(), 30, "stay-granted"), GroundStatus::Expired);
}

#[test]
fn an_appeal_within_a_scope_marks_only_what_it_covers() {
    let noticed = |scope: Scope| {
        let appeal = Appeal::new("appeal".parse().unwrap(), [instrument("order")]).within(scope);
        Docket::with_order().and(14, "noticed", Event::AppealNoticed(appeal))
    };
    let marks =
        |scope: Scope, subject: &delisted::Subject| noticed(scope).answer(subject, 14).is_under_appeal();
    let update = subject("chat", Act::Update);
    assert!(marks(Scope::everything(), &download()) && marks(Scope::everything(), &update));
    let of_updates = Scope::everything().acts([Act::Update]);
    assert!(marks(of_updates.clone(), &update));
    assert!(!marks(of_updates.clone(), &download()));
    let passed_by = noticed(of_updates).answer(&download(), 14);
    assert!(!passed_by.grounds().iter().any(|ground| ground.role() == Role::Reviews));
    assert_eq!(passed_by.headline(), StoreStatus::OrderedRemoved);
}

#[test]
fn an_appeal_of_a_refusal_marks_the_answer() {
    let against: BTreeSet<Measure> = [instrument("order")].into();
    let docket = Docket::with_order()
        .and(12, "refused", Event::ReliefRefused { kind: ReliefKind::PreliminaryInjunction, against })
        .and(
            14,
            "noticed",
            Event::AppealNoticed(Appeal::new(
                "appeal".parse().unwrap(),
                [Ruling::Refusal("refused".parse().unwrap())],
            )),
        );
    assert!(!docket.answer(&download(), 13).is_under_appeal());
    assert_eq!(
        docket.answer(&download(), 14).headline(),
        StoreStatus::Appealed { of: UnderReview::Refusal, meanwhile: Meanwhile::OrderedRemoved }
    );
    docket.requires(&[(14, Prohibited)]);
}

#[test]
fn an_appeal_of_a_refusal_outlives_a_correction_of_the_refusal() {
    let refused = || Event::ReliefRefused {
        kind: ReliefKind::PreliminaryInjunction,
        against: [instrument("order")].into(),
    };
    let of = [Ruling::Refusal("refused".parse().unwrap())];
    let docket = Docket::with_order()
        .and(12, "refused", refused())
        .and(14, "noticed", Event::AppealNoticed(Appeal::new("appeal".parse().unwrap(), of)))
        .with(
            Docket::entry(12, "corrected", refused())
                .recorded(dated(20))
                .corrects("refused".parse().unwrap()),
        );
    assert!(docket.answer(&download(), 15).is_under_appeal());
    let line = docket.register.timeline(&download(), delisted::time::Known::Best);
    assert!(!line.at(day(13)).is_under_appeal());
    assert!(line.at(day(14)).is_under_appeal());
}

#[test]
fn an_appeal_that_can_change_nothing_any_more_marks_nothing() {
    let docket =
        appealed().and(20, "rescinded", ended("rescission", Manner::Rescinded, [instrument("order")]));
    assert!(docket.answer(&download(), 19).is_under_appeal());
    assert!(!docket.answer(&download(), 20).is_under_appeal());
    assert_eq!(docket.answer(&download(), 20).headline(), StoreStatus::Listed);
}

#[test]
fn the_appeal_of_an_ending_marks_an_answer_that_is_free() {
    let docket = Docket::with_order()
        .and(12, "vacated", ended("vacatur", Manner::Vacated, [instrument("order")]))
        .and(
            14,
            "noticed",
            Event::AppealNoticed(Appeal::new("appeal".parse().unwrap(), [ending("vacatur")])),
        );
    docket.requires(&[(14, Unrestricted)]);
    assert_eq!(
        docket.answer(&download(), 14).headline(),
        StoreStatus::Appealed { of: UnderReview::Ending, meanwhile: Meanwhile::Listed }
    );
}

fn forborne(word: &str, from_day: i64, until_day: i64) -> Event {
    Event::EnforcementForborne(
        Forbearance::new(word.parse().unwrap(), [instrument("order")]).during(between(from_day, until_day)),
    )
}

#[test]
fn in_force_is_not_enforced_and_forbearance_never_changes_the_requirement() {
    let docket = Docket::with_order().and(12, "first", forborne("first", 12, 20));
    docket.requires(&[(11, Prohibited), (12, Prohibited), (20, Prohibited)]);
    let unenforced: Vec<i64> = (0..30).filter(|n| docket.answer(&download(), *n).is_unenforced()).collect();
    assert_eq!(unenforced, (12..20).collect::<Vec<_>>());
    assert_eq!(docket.answer(&download(), 12).headline(), StoreStatus::OrderedRemoved);
}

#[test]
fn forbearance_may_overlap_be_extended_and_reach_back() {
    let moved = Event::EndMoved {
        measure: Measure::Forbearance("second".parse().unwrap()),
        until: Some(dated(40).into()),
    };
    let docket = Docket::with_order()
        .and(12, "first", forborne("first", 10, 20))
        .and(18, "second", forborne("second", 18, 25))
        .and(24, "extended", moved);
    let unenforced: Vec<i64> = (0..50).filter(|n| docket.answer(&download(), *n).is_unenforced()).collect();
    assert_eq!(unenforced, (10..40).collect::<Vec<_>>());
}

#[test]
fn one_enforced_command_among_several_leaves_the_answer_enforced() {
    let second = order("second-order", [prohibit("1", chat_in_us())]);
    let docket = Docket::with_order().and(12, "forborne", forborne("letter", 12, 40)).and(
        20,
        "second-issued",
        Event::InstrumentIssued(second),
    );
    assert!(docket.answer(&download(), 19).is_unenforced());
    assert!(!docket.answer(&download(), 20).is_unenforced());
}

#[test]
fn forbearance_for_one_store_marks_that_store_only() {
    use delisted::{Store, Subject};
    let letter = Forbearance::new("letter".parse().unwrap(), [clause("order/1")])
        .within(Scope::everything().stores([Store::GOOGLE_PLAY]));
    let docket = Docket::with_order().and(12, "letter", Event::EnforcementForborne(letter));
    let play = Subject::new(app("chat"), Store::GOOGLE_PLAY, "US".parse().unwrap(), Act::Download);
    assert!(!docket.answer(&download(), 12).is_unenforced());
    assert!(docket.answer(&play, 12).is_unenforced());
}

#[test]
fn a_further_appeal_of_a_judgment_that_affirmed_marks_the_answer() {
    let (n, id, event) = judged(20, Disposition::Affirmed);
    let docket = appealed().and(n, id, event).and(30, "mandate", mandate()).and(
        35,
        "certiorari",
        Event::AppealNoticed(Appeal::new("certiorari".parse().unwrap(), [ending("judgment")])),
    );
    assert!(!docket.answer(&download(), 34).is_under_appeal());
    assert_eq!(
        docket.answer(&download(), 35).headline(),
        StoreStatus::Appealed { of: UnderReview::Ending, meanwhile: Meanwhile::Injunction }
    );
    assert_eq!(docket.status(&download(), 35, "certiorari"), GroundStatus::Open);
}

#[test]
fn forbearance_that_reaches_back_is_cited_where_it_marks() {
    let docket = Docket::with_order().and(30, "letter", forborne("letter", 12, 40));
    let answer = docket.answer(&download(), 15);
    assert!(answer.is_unenforced());
    assert!(answer.grounds().iter().any(|ground| ground.entry().as_str() == "letter"));
}

#[test]
fn a_judgment_is_cited_once() {
    let (n, id, event) = judged(20, Disposition::Reversed);
    let docket = appealed().and(n, id, event).and(30, "mandate", mandate());
    let answer = docket.answer(&download(), 31);
    let cited: Vec<_> = answer.grounds().iter().map(|ground| ground.entry().as_str()).collect();
    let unique: BTreeSet<_> = cited.iter().collect();
    assert_eq!(cited.len(), unique.len(), "{cited:?}");
}

#[test]
fn a_judgment_that_reaches_further_than_its_appeal_is_among_the_grounds() {
    let montana = Scope::everything().territories(["US-MT".parse().unwrap()]);
    let appeal = Appeal::new("appeal".parse().unwrap(), [clause("order/1")]).within(montana);
    let judgment = Judgment::new("judgment".parse().unwrap(), "appeal".parse().unwrap())
        .ruling(Ruled {
            ruling: Ruling::Measure(clause("order/1")),
            disposition: Disposition::Affirmed,
            scope: Scope::everything(),
        })
        .at_once();
    let docket = Docket::with_order()
        .and(11, "noticed", Event::AppealNoticed(appeal))
        .and(12, "decided", Event::AppealDecided(judgment))
        .and(
            13,
            "noticed-above",
            Event::AppealNoticed(Appeal::new("certiorari".parse().unwrap(), [ending("judgment")])),
        );
    let texas = in_territory("US-TX");
    let answer = docket.answer(&texas, 13);
    assert_eq!(answer.under_appeal(), Some(&Ruling::Measure(ending("judgment"))));
    let cited: Vec<&str> = answer.grounds().iter().map(|ground| ground.entry().as_str()).collect();
    assert_eq!(cited, ["order-issued", "decided", "noticed-above"]);
}
