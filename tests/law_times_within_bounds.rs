//! Times known only within bounds, one law a test.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "tests stop at the first surprise"
)]

mod support;

use delisted::{
    EntryId,
    determination::{
        Determination, GroundStatus,
        Requirement::{Prohibited, Unrestricted},
        Uncertainty,
    },
    law::{AppSelector, Bound, Scope},
    register::{Basis, Controlled, Dispute, Entry, EntryError, Event},
    time::{Dated, Known},
};
use support::*;

fn within(first: i64, last: i64) -> Dated {
    Dated::between(day(first), day(last)).unwrap()
}

/// The order of day 0, bearing on downloads from day 10, enjoined at some time from day 20 to day 30.
fn enjoined_some_day() -> Docket {
    let granted =
        Docket::entry(20, "enjoined", Event::ReliefGranted(injunction("pi", [instrument("order")])));
    Docket::with_order().with(granted.entered(within(20, 30)).recorded(dated(30)))
}

fn because(uncertainty: &Uncertainty) -> Vec<&str> {
    uncertainty.because().iter().map(EntryId::as_str).collect()
}

#[test]
fn an_answer_is_uncertain_between_the_bounds_and_certain_outside() {
    let docket = enjoined_some_day();
    docket.requires(&[(19, Prohibited), (20, Prohibited), (29, Prohibited), (30, Unrestricted)]);
    for n in [0, 10, 19, 30, 40] {
        assert_eq!(docket.answer(&download(), n).uncertainty(), None, "on day {n}");
    }
    for n in [20, 25, 29] {
        let answer = docket.answer(&download(), n);
        let uncertainty = answer.uncertainty().unwrap();
        assert_eq!((uncertainty.earliest(), uncertainty.latest()), (day(20), day(30)));
        assert_eq!(because(uncertainty), ["enjoined"]);
        let others: Vec<_> = uncertainty.alternatives().iter().map(Determination::requirement).collect();
        assert_eq!(others, [Unrestricted]);
        assert_eq!(uncertainty.alternatives()[0].grounds()[0].status(), GroundStatus::Enjoined);
    }
}

#[test]
fn a_time_that_the_answer_does_not_turn_on_leaves_it_certain() {
    let again = injunction("again", [instrument("order")]);
    let granted = Docket::entry(22, "again-enjoined", Event::ReliefGranted(again)).entered(within(22, 26));
    let docket = Docket::with_order().grant(15, injunction("pi", [instrument("order")]));
    let docket = docket.with(granted.recorded(dated(26)));
    assert_eq!(docket.answer(&download(), 24).uncertainty(), None);
}

#[test]
fn an_order_known_only_from_the_removal_may_have_held_on_any_day_before() {
    let issued = Event::InstrumentIssued(order("order", [prohibit("1", chat_in_us())]));
    let entry = Docket::entry(10, "issued", issued).entered(Dated::at_the_latest(day(10)));
    let docket = Docket::new().with(entry.recorded(dated(10)));
    docket.requires(&[(9, Unrestricted), (10, Prohibited)]);
    let before = docket.answer(&download(), -400);
    assert_eq!(before.uncertainty().unwrap().alternatives()[0].requirement(), Prohibited);
    assert_eq!(docket.answer(&download(), 10).uncertainty(), None);
    let told = docket.register.explain(&download(), day(5)).to_string();
    assert!(
        told.contains(
            "uncertain up to 2025-01-11T00:00:00Z, since nobody knows just when `issued` took effect: it may also be \
             prohibited; status: ordered removed"
        ),
        "{told}"
    );
}

#[test]
fn an_end_of_which_only_the_earliest_day_is_known_is_never_said_to_have_come() {
    let ends = ended("dismissal", delisted::law::Manner::Mooted, [instrument("order")]);
    let entry = Docket::entry(40, "dismissed", ends).entered(Dated::at_the_earliest(day(40)));
    let docket = Docket::with_order().with(entry.recorded(Dated::at_the_earliest(day(40))));
    docket.requires(&[(39, Prohibited), (4_000, Prohibited)]);
    // It is not known by any day either, so what is known then leaves no doubt.
    assert_eq!(docket.answer(&download(), 39).uncertainty(), None);
    let best = docket.answer(&download(), 4_000);
    assert_eq!(best.uncertainty().unwrap().alternatives()[0].requirement(), Unrestricted);
    let as_of = delisted::AsOf::from(day(4_000)).known_at(Known::At(day(4_000)));
    assert_eq!(docket.register.determine(&download(), as_of).uncertainty(), None);
}

#[test]
fn sources_that_disagree_leave_the_time_between_them() {
    let issued = Event::InstrumentIssued(order("order", [prohibit("1", chat_in_us())]));
    let other =
        Dispute::new("it was made on the fourth day", "https://example.org/other").effective(dated(4));
    let docket = Docket::new().with(Docket::entry(3, "issued", issued).dispute(other));
    docket.requires(&[(2, Unrestricted), (3, Unrestricted), (4, Prohibited)]);
    let answer = docket.answer(&download(), 3);
    assert_eq!(because(answer.uncertainty().unwrap()), ["issued"]);
    assert_eq!(docket.answer(&download(), 4).uncertainty(), None);
    let told = docket.register.explain(&download(), day(4)).to_string();
    assert!(told.contains("(disputed: another source says: it was made on the fourth day)"), "{told}");
}

#[test]
fn a_dispute_that_is_not_about_the_time_is_told_and_changes_no_answer() {
    let issued = Event::InstrumentIssued(order("order", [prohibit("1", chat_in_us())]));
    let other = Dispute::new("it named no app", "https://example.org/other");
    let entry = Docket::entry(3, "issued", issued).dispute(other).basis(Basis::Inferred);
    let docket = Docket::new().with(entry);
    docket.requires(&[(2, Unrestricted), (3, Prohibited)]);
    assert_eq!(docket.answer(&download(), 3).uncertainty(), None);
    let told = docket.register.explain(&download(), day(4)).to_string();
    assert!(
        told.contains("(inferred, not stated) (disputed: another source says: it named no app)"),
        "{told}"
    );
}

#[test]
fn a_dispute_without_words_or_without_a_source_is_refused() {
    let issued = Event::InstrumentIssued(order("order", [prohibit("1", chat_in_us())]));
    for dispute in [Dispute::new(" ", "https://example.org/other"), Dispute::new("not so", "")] {
        let error = Docket::entry(3, "issued", issued.clone()).dispute(dispute).finish().unwrap_err();
        assert!(matches!(error, EntryError::EmptyDispute { .. }));
        assert_eq!(
            error.to_string(),
            "entry `issued` has a dispute that does not say what another source says, or which source"
        );
    }
}

#[test]
fn two_moves_of_which_nobody_knows_the_later_leave_the_start_uncertain_for_good() {
    let moved = |to: i64| Event::StartMoved { measure: instrument("order"), from: Bound::At(dated(to)) };
    let entry = |id: &str, to, time: Dated| Docket::entry(6, id, moved(to)).entered(time).recorded(dated(8));
    let docket = Docket::with_order().with(entry("to-thirty", 30, within(3, 6))).with(entry(
        "to-fifty",
        50,
        within(4, 7),
    ));
    // By their latest days the move to day 50 came last; the other order is possible too.
    docket.requires(&[(40, Unrestricted), (50, Prohibited)]);
    let answer = docket.answer(&download(), 40);
    let uncertainty = answer.uncertainty().unwrap();
    assert_eq!(uncertainty.alternatives()[0].requirement(), Prohibited);
    assert_eq!(because(uncertainty), ["to-fifty", "to-thirty"]);
    assert_eq!(docket.answer(&download(), 50).uncertainty(), None);
    let apart = Docket::with_order().with(entry("to-thirty", 30, within(1, 3))).with(entry(
        "to-fifty",
        50,
        within(4, 7),
    ));
    assert_eq!(apart.answer(&download(), 40).uncertainty(), None);
}

#[test]
fn two_entries_with_the_same_bounds_are_two_uncertain_things() {
    let first = Docket::entry(30, "first", Event::ReliefGranted(injunction("one", [instrument("order")])));
    let second = Docket::entry(30, "second", Event::ReliefGranted(stay("two", [relief("one")])));
    let docket = Docket::with_order()
        .with(first.entered(within(20, 30)).recorded(dated(30)))
        .with(second.entered(within(20, 30)).recorded(dated(30)));
    docket.requires(&[(25, Prohibited), (30, Prohibited)]);
    let answer = docket.answer(&download(), 25);
    let uncertainty = answer.uncertainty().unwrap();
    assert_eq!(because(uncertainty), ["first", "second"]);
    assert_eq!(uncertainty.alternatives()[0].requirement(), Unrestricted);
}

#[test]
fn more_uncertain_times_than_can_be_combined_never_make_an_answer_certain() {
    let mut docket = Docket::with_order();
    for n in 0..12 {
        let granted = injunction(&format!("pi-{n}"), [instrument("order")]);
        let entry = Docket::entry(30, &format!("enjoined-{n}"), Event::ReliefGranted(granted));
        docket = docket.with(entry.entered(within(20, 30)).recorded(dated(30)));
    }
    let answer = docket.answer(&download(), 25);
    assert_eq!(answer.uncertainty().unwrap().alternatives()[0].requirement(), Unrestricted);
    assert_eq!(answer.uncertainty().unwrap().because().len(), 12);
    assert_eq!(docket.answer(&download(), 30).uncertainty(), None);
}

#[test]
fn an_entry_may_be_recorded_on_the_last_day_on_which_it_can_have_been_made() {
    let issued = Event::InstrumentIssued(order("order", [prohibit("1", chat_in_us())]));
    let entry = |recorded| -> Result<Entry, EntryError> {
        Docket::entry(0, "issued", issued.clone()).entered(within(3, 9)).recorded(dated(recorded)).finish()
    };
    assert!(entry(9).is_ok() && entry(4).is_ok());
    assert!(matches!(entry(2), Err(EntryError::RecordedBeforeEntered { .. })));
}

#[test]
fn what_took_effect_together_is_one_unknown_and_not_two() {
    let permanent = Event::InstrumentIssued(order("permanent", [prohibit("1", chat_in_us())]));
    let superseded = ended("supersession", delisted::law::Manner::Superseded, [instrument("order")]);
    let some_day =
        |id: &str, event: Event| Docket::entry(20, id, event).entered(within(20, 30)).recorded(dated(30));
    let apart = Docket::with_order()
        .with(some_day("made-permanent", permanent.clone()))
        .with(some_day("gave-way", superseded.clone()));
    let alternatives: Vec<_> = apart
        .answer(&download(), 25)
        .uncertainty()
        .unwrap()
        .alternatives()
        .iter()
        .map(Determination::requirement)
        .collect();
    assert_eq!(alternatives, [Unrestricted], "either may have come first");
    let together = Docket::with_order()
        .with(some_day("made-permanent", permanent))
        .with(some_day("gave-way", superseded.clone()).with("made-permanent".parse().unwrap()));
    together.requires(&[(19, Prohibited), (25, Prohibited), (30, Prohibited)]);
    assert_eq!(together.answer(&download(), 25).uncertainty(), None);
}

#[test]
fn entries_that_took_effect_together_state_one_time_and_name_the_first() {
    let superseded = ended("supersession", delisted::law::Manner::Superseded, [instrument("order")]);
    let mut docket = Docket::with_order();
    let with = |id: &str, other: &str, n: i64| {
        let event =
            Event::ProceedingNoted { about: [instrument("order")].into(), what: "a notice".to_owned() };
        Docket::entry(n, id, event).with(other.parse().unwrap())
    };
    let text = |docket: &mut Docket, entry| docket.try_with(entry).unwrap_err().to_string();
    assert_eq!(
        text(&mut docket, with("notice", "order-issued", 5)),
        "entry `notice` takes effect at `2025-01-06T00:00:00Z`, but together with entry `order-issued`, which does at \
         `2025-01-01T00:00:00Z`"
    );
    assert_eq!(
        text(&mut docket, with("notice", "order-isued", 5)),
        "entry `notice` is aimed at entry `order-isued`, which is not recorded; did you mean `order-issued`?"
    );
    docket.try_with(Docket::entry(9, "gave-way", superseded)).unwrap();
    docket.try_with(with("notice", "gave-way", 9)).unwrap();
    assert_eq!(
        text(&mut docket, with("second", "notice", 9)),
        "entry `second` took effect with `notice`, which took effect with `gave-way`; name `gave-way`"
    );
    let itself = with("third", "third", 9).finish().unwrap_err().to_string();
    assert_eq!(itself, "entry `third` took effect together with itself; name the other entry");
}

/// An order on the apps of `buyer`, and `chat`, which goes to `buyer` on some day from 10 to 20.
fn sold_some_day() -> Docket {
    let scope = Scope::apps([AppSelector::Owner(organization("buyer"))]).territories(["US".parse().unwrap()]);
    let sold = Docket::entry(
        20,
        "sold",
        Event::ControlTransferred {
            of: Controlled::App(app("chat")),
            to: Some(organization("buyer")).into(),
        },
    );
    Docket::new()
        .and(0, "issued", Event::InstrumentIssued(order("order", [prohibit("1", scope)])))
        .with(sold.entered(within(10, 20)).recorded(dated(20)))
}

#[test]
fn a_sale_that_may_have_come_just_after_another_is_tried_there_too() {
    let away = Event::ControlTransferred {
        of: Controlled::App(app("chat")),
        to: Some(organization("maker")).into(),
    };
    let docket = sold_some_day().and(13, "kept", away);
    // Sold on the 10th, it would have gone to the maker on the 13th; sold on the 14th, it is the buyer's on the 15th.
    docket.requires(&[(12, Unrestricted), (15, Unrestricted), (20, Prohibited)]);
    for n in [15, 19, 20, 30] {
        let answer = docket.answer(&download(), n);
        let uncertainty =
            answer.uncertainty().unwrap_or_else(|| panic!("day {n} turns on the day of the sale"));
        assert_eq!(because(uncertainty), ["sold"], "on day {n}");
    }
}

#[test]
fn whether_an_app_joined_a_class_before_it_left_is_an_open_question() {
    let scope = Scope::apps([AppSelector::Category("vpn".parse().unwrap())]);
    let (app, category) = (app("chat"), "vpn".parse::<delisted::CategoryId>().unwrap());
    let joined = Event::CategoryJoined { app: app.clone(), category: category.clone() };
    let left = Event::CategoryLeft { app, category };
    let some_day = |id: &str, event, first, last| {
        Docket::entry(last, id, event).entered(within(first, last)).recorded(dated(last))
    };
    let docket = Docket::new()
        .and(0, "issued", Event::InstrumentIssued(order("order", [prohibit("1", scope)])))
        .with(some_day("joined", joined, 5, 12))
        .with(some_day("left", left, 3, 15));
    let answer = docket.answer(&download(), 20);
    assert_eq!(answer.requirement(), Unrestricted);
    assert_eq!(answer.uncertainty().unwrap().alternatives()[0].requirement(), Prohibited);
}

#[test]
fn the_start_and_the_end_of_one_text_are_two_unknowns_though_their_bounds_are_the_same() {
    let clause = prohibit("1", chat_in_us()).during(delisted::law::Span::until_end(within(10, 20)));
    let issued = Docket::entry(20, "issued", Event::InstrumentIssued(order("order", [clause])));
    let docket = Docket::new().with(issued.entered(within(10, 20)).recorded(dated(20)));
    let answer = docket.answer(&download(), 15);
    assert_eq!(answer.requirement(), Unrestricted);
    assert_eq!(answer.uncertainty().unwrap().alternatives()[0].requirement(), Prohibited);
    assert_eq!(docket.answer(&download(), 20).uncertainty(), None);
}

#[test]
fn a_correction_of_the_first_keeps_together_what_took_effect_together() {
    let permanent = |citation: &str, time: Dated| {
        let issued = Event::InstrumentIssued(order("permanent", [prohibit("1", chat_in_us())]));
        Docket::entry(20, "made-permanent", issued).entered(time).recorded(dated(30)).citation(citation)
    };
    let superseded = ended("supersession", delisted::law::Manner::Superseded, [instrument("order")]);
    let gave_way = Docket::entry(20, "gave-way", superseded).entered(within(20, 30)).recorded(dated(30));
    let docket = Docket::with_order()
        .with(permanent("first", within(20, 30)))
        .with(gave_way.with("made-permanent".parse().unwrap()));
    let corrected = |time: Dated| {
        let issued = Event::InstrumentIssued(order("permanent", [prohibit("1", chat_in_us())]));
        Docket::entry(20, "restated", issued)
            .entered(time)
            .recorded(dated(40))
            .corrects("made-permanent".parse().unwrap())
    };
    let kept = docket.clone().with(corrected(within(20, 30)));
    assert_eq!(
        kept.answer(&download(), 25).uncertainty(),
        None,
        "{}",
        kept.register.explain(&download(), day(25))
    );
    let mut docket = docket;
    let refused = docket.try_with(corrected(within(20, 26))).unwrap_err().to_string();
    assert_eq!(
        refused,
        "entry `restated` takes effect at `2025-01-21T00:00:00Z..2025-01-27T00:00:00Z`, but entry `gave-way` took effect \
         together with what it corrects, at `2025-01-21T00:00:00Z..2025-01-31T00:00:00Z`; retract `gave-way` first"
    );
}
