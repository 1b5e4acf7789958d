//! What is possible but odd is taken with a warning, word for word.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::arithmetic_side_effects,
    reason = "tests stop at the first surprise"
)]

mod support;

use delisted::{
    Store,
    law::{InstrumentKind, Parties, Relief, ReliefKind},
    register::{EntryBuilder, Event},
};
use support::*;

fn issued(word: &str) -> Event {
    Event::InstrumentIssued(order(word, [prohibit("1", chat_in_us())]))
}

#[test]
fn what_is_odd_is_taken_with_a_warning_that_changes_no_answer() {
    let warned = |docket: &Docket, entry: EntryBuilder, text: &str| {
        let mut after = docket.clone();
        let warnings: Vec<String> = after.try_with(entry).unwrap().iter().map(ToString::to_string).collect();
        assert_eq!(warnings, [text]);
    };
    let docket =
        Docket::new().with(Docket::entry(0, "order-issued", issued("order")).by("agency".parse().unwrap()));
    let granted = |relief: Relief| Docket::entry(5, "granted", Event::ReliefGranted(relief));
    let pi = || injunction("pi", [instrument("order")]);
    warned(
        &docket,
        granted(pi()).by("state-court".parse().unwrap()),
        "entry `granted`: `state-court`, of a part of the country, acts against `order` of `agency`, of the whole country",
    );
    warned(
        &docket,
        granted(pi()).by("foreign-court".parse().unwrap()),
        "entry `granted`: `foreign-court` acts against `order` of `agency`, which belongs to another country",
    );
    warned(
        &docket,
        granted(pi()).by("president".parse().unwrap()),
        "entry `granted` is an injunction by `president`, which is not a court",
    );
    let kind = |kind| Relief::new("r".parse().unwrap(), kind, [instrument("order")]);
    warned(
        &docket,
        granted(kind(ReliefKind::StayPendingAppeal)),
        "entry `granted` grants a stay pending appeal but names no appeal, so nothing ends it by itself",
    );
    warned(
        &docket,
        granted(kind(ReliefKind::TemporaryRestrainingOrder)),
        "entry `granted` grants a temporary restraining order without an end, so it does not lapse by itself",
    );
    let mut request = order("request", []);
    request.kind = InstrumentKind::Request;
    let docket = docket
        .with(Docket::entry(1, "asked", Event::InstrumentIssued(request)).by("agency".parse().unwrap()));
    warned(
        &docket,
        granted(stay("r", [instrument("request")])),
        "entry `granted` is aimed at `request`, which binds nobody",
    );
    // Officials can be enjoined from asking: that is no slip of the pen.
    let told_to_stop =
        Relief::new("r".parse().unwrap(), ReliefKind::PreliminaryInjunction, [instrument("request")]);
    assert_eq!(docket.clone().try_with(granted(told_to_stop)).unwrap(), []);
    let under = order("list", []).issued_under("request".parse().unwrap());
    warned(
        &docket,
        Docket::entry(5, "listed", Event::InstrumentIssued(under)),
        "entry `listed` is issued under `request`, which binds nobody",
    );
    let narrow = pi().protecting(Parties::only().store(Store::APP_STORE));
    assert_eq!(docket.clone().try_with(granted(narrow)).unwrap(), []);
}

#[test]
fn a_move_that_leaves_nothing_and_a_clause_that_comes_too_early_are_odd() {
    let warned = |docket: &Docket, entry: EntryBuilder, text: &str| {
        let warnings: Vec<String> =
            docket.clone().try_with(entry).unwrap().iter().map(ToString::to_string).collect();
        assert_eq!(warnings, [text]);
    };
    let docket = Docket::with_order();
    let end_moved = Event::EndMoved { measure: clause("order/1"), until: Some(dated(5).into()) };
    warned(
        &docket,
        Docket::entry(3, "moved", end_moved),
        "entry `moved` leaves `order/1` with an end that is not after its start",
    );
    let early = order("new", [prohibit("1", chat_in_us()).during(from(2))]);
    warned(
        &docket,
        Docket::entry(3, "issued", Event::InstrumentIssued(early)),
        "entry `issued`: clause `1` starts before its instrument takes effect, and applies only from then; give the entry an \
         earlier `effective` if it reaches back",
    );
}
