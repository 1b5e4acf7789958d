//! Who an app is: through names, publishers, owners and store ids, and whose it is in parts.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::arithmetic_side_effects,
    reason = "tests stop at the first surprise"
)]

mod support;

use delisted::{
    AppId, AsOf, Store,
    determination::{
        GroundStatus,
        Requirement::{Prohibited, Unrestricted},
        Role,
    },
    law::{AppSelector, Parties, Scope},
    market::{Declaration, ListingId, StoreDeclared},
    register::{Controlled, EntryBuilder, Event, Holdings},
};
use support::*;

const PACKAGE: &str = "com.Example.chat";

fn listing(text: &str) -> ListingId {
    text.parse().unwrap()
}

fn assigned(word: &str, text: &str) -> Event {
    Event::ListingAssigned { app: app(word), store: Store::GOOGLE_PLAY, listing: listing(text) }
}

fn retired(text: &str) -> Event {
    Event::ListingRetired { store: Store::GOOGLE_PLAY, listing: listing(text) }
}

fn retracted(entry: &str) -> Event {
    Event::EntryRetracted { entry: entry.parse().unwrap() }
}

/// The app for which the package stood on day `n`.
fn holder(docket: &Docket, as_of: impl Into<AsOf>) -> Option<&AppId> {
    docket.register.app_of(&Store::GOOGLE_PLAY, &listing(PACKAGE), as_of)
}

#[track_caller]
fn refused(docket: &Docket, entry: EntryBuilder, text: &str) {
    let mut after = docket.clone();
    let error = after.try_with(entry).unwrap_err();
    assert_eq!(error.to_string(), text);
    assert_eq!(after.register, docket.register);
}

#[test]
fn an_app_stays_the_same_app_through_names_publishers_owners_and_store_ids() {
    let owned = |to: &str| Event::ControlTransferred {
        of: Controlled::App(app("chat")),
        to: organization(to).into(),
    };
    let published =
        |to: &str| Event::PublisherChanged { app: app("chat"), store: None, to: organization(to) };
    let docket = Docket::with_order()
        .and(1, "listed", assigned("chat", PACKAGE))
        .and(11, "renamed", Event::AppRenamed { app: app("chat"), name: "Talk".to_owned() })
        .and(12, "published", published("maker"))
        .and(13, "owned", owned("maker"))
        .and(14, "sold", owned("buyer"))
        .and(15, "retired", retired(PACKAGE))
        .and(16, "listed-anew", assigned("chat", "com.example.talk"));
    docket.requires(&[
        (9, Unrestricted),
        (10, Prohibited),
        (11, Prohibited),
        (14, Prohibited),
        (99, Prohibited),
    ]);
    let play = Store::GOOGLE_PLAY;
    let held = |n| docket.register.listings(&app("chat"), day(n));
    assert_eq!(held(0), []);
    assert_eq!(held(14), [(&play, &listing(PACKAGE))]);
    assert_eq!(held(15), []);
    assert_eq!(held(16), [(&play, &listing("com.example.talk"))]);
    let of = docket.register.app_of(&play, &listing("com.example.talk"), day(16));
    assert_eq!(of, Some(&app("chat")));
}

#[test]
fn a_retired_id_may_be_given_to_another_app() {
    let docket = Docket::new()
        .and(1, "listed", assigned("chat", PACKAGE))
        .and(5, "retired", retired(PACKAGE))
        .and(9, "given-anew", assigned("desk", PACKAGE));
    let held = |n| holder(&docket, day(n)).map(AppId::as_str);
    assert_eq!(
        [held(0), held(1), held(4), held(5), held(8), held(9)],
        [None, Some("chat"), Some("chat"), None, None, Some("desk")]
    );
    // An id may change hands at one instant.
    let swapped = Docket::new()
        .and(1, "listed", assigned("chat", PACKAGE))
        .and(5, "retired", retired(PACKAGE))
        .and(5, "given-anew", assigned("desk", PACKAGE));
    assert_eq!(holder(&swapped, day(5)), Some(&app("desk")));
}

#[test]
fn one_id_in_two_stores_is_two_ids() {
    let gallery = Store::new("appgallery").unwrap();
    let mut docket = Docket::new();
    let declared = StoreDeclared { store: gallery.clone(), name: "Huawei AppGallery".to_owned() };
    docket.register.declare(Declaration::Store(declared)).unwrap();
    let other =
        Event::ListingAssigned { app: app("desk"), store: gallery.clone(), listing: listing(PACKAGE) };
    let docket = docket.and(1, "on-play", assigned("chat", PACKAGE)).and(1, "in-gallery", other);
    assert_eq!(holder(&docket, day(1)), Some(&app("chat")));
    assert_eq!(docket.register.app_of(&gallery, &listing(PACKAGE), day(1)), Some(&app("desk")));
}

#[test]
fn an_id_has_the_shape_of_those_that_its_store_gives() {
    let docket = Docket::new();
    for (store, text, shape) in [
        (Store::APP_STORE, "id835599320", "numbers"),
        (Store::APP_STORE, "0835599320", "numbers"),
        (Store::GOOGLE_PLAY, "tiktok", "names of packages, such as `com.tencent.mm`"),
    ] {
        let given = Event::ListingAssigned { app: app("chat"), store: store.clone(), listing: listing(text) };
        refused(
            &docket,
            Docket::entry(1, "listed", given),
            &format!("entry `listed`: `{text}` is no id of `{store}`, which gives {shape}"),
        );
    }
}

#[test]
fn an_app_may_have_several_ids_in_one_store() {
    let docket =
        Docket::new().and(1, "one", assigned("chat", "com.a")).and(2, "two", assigned("chat", "com.b"));
    assert_eq!(docket.register.listings(&app("chat"), day(2)).len(), 2);
}

#[test]
fn an_id_given_to_two_apps_at_once_is_refused_with_both_named() {
    let docket = Docket::new().and(5, "listed", assigned("chat", PACKAGE));
    refused(
        &docket,
        Docket::entry(9, "also", assigned("desk", PACKAGE)),
        "entry `also` leaves the id `com.Example.chat` in `google-play` with two apps at once: `chat` by entry `listed`, and \
         `desk` by entry `also`; retire it in between",
    );
    // Whichever comes in last, and whichever came first.
    refused(
        &docket,
        Docket::entry(1, "earlier", assigned("desk", PACKAGE)).recorded(dated(9)),
        "entry `earlier` leaves the id `com.Example.chat` in `google-play` with two apps at once: `desk` by entry `earlier`, \
         and `chat` by entry `listed`; retire it in between",
    );
    // The same from a second source is no second app.
    docket.and(5, "listed-too", assigned("chat", PACKAGE)).and(7, "seen", assigned("chat", PACKAGE));
}

#[test]
fn no_correction_and_no_later_knowledge_leaves_an_id_with_two_apps() {
    let docket = Docket::new()
        .and(1, "listed", assigned("chat", PACKAGE))
        .and(5, "retired", retired(PACKAGE))
        .and(9, "given-anew", assigned("desk", PACKAGE));
    let text = |entry: &str| {
        format!(
            "entry `{entry}` leaves the id `com.Example.chat` in `google-play` with two apps at once: `chat` by entry \
             `listed`, and `desk` by entry `given-anew`; retire it in between"
        )
    };
    refused(&docket, Docket::entry(10, "never-retired", retracted("retired")), &text("never-retired"));
    let later = Docket::entry(12, "retired-later", retired(PACKAGE)).corrects("retired".parse().unwrap());
    refused(&docket, later.recorded(dated(12)), &text("retired-later"));
    // The retirement must have been known by the time the new holder was.
    let unknown = Docket::new()
        .and(1, "listed", assigned("chat", PACKAGE))
        .with(Docket::entry(5, "retired", retired(PACKAGE)).recorded(dated(20)));
    refused(&unknown, Docket::entry(9, "given-anew", assigned("desk", PACKAGE)), &text("given-anew"));
    let known = unknown.with(Docket::entry(9, "given-anew", assigned("desk", PACKAGE)).recorded(dated(20)));
    assert_eq!(holder(&known, AsOf::from(day(30)).known_at(day(19))), Some(&app("chat")));
    assert_eq!(holder(&known, day(30)), Some(&app("desk")));
}

#[test]
fn an_id_that_stands_for_no_app_is_not_retired() {
    let text = |entry: &str, retirement: &str| {
        format!(
            "entry `{entry}` leaves entry `{retirement}` to retire the id `com.Example.chat` in `google-play`, which stands \
             for no app then; record first to which app it was given"
        )
    };
    let gone = Docket::entry(5, "retired", retired(PACKAGE));
    refused(&Docket::new(), gone.clone(), &text("retired", "retired"));
    let docket = Docket::new().and(1, "listed", assigned("chat", PACKAGE)).with(gone);
    refused(&docket, Docket::entry(6, "again", retired(PACKAGE)), &text("again", "again"));
    refused(&docket, Docket::entry(6, "mistake", retracted("listed")), &text("mistake", "retired"));
    // Two sources may tell of one retirement.
    docket.and(5, "retired-too", retired(PACKAGE));
}

#[test]
fn a_wrong_id_is_corrected_and_what_was_known_before_stays() {
    let docket = Docket::new().and(1, "listed", assigned("chat", PACKAGE)).with(
        Docket::entry(1, "listed-corrected", assigned("chat", "com.example.chat"))
            .recorded(dated(9))
            .corrects("listed".parse().unwrap()),
    );
    assert_eq!(holder(&docket, AsOf::from(day(2)).known_at(day(8))), Some(&app("chat")));
    assert_eq!(holder(&docket, day(2)), None);
    let held = docket.register.listings(&app("chat"), day(2));
    assert_eq!(held, [(&Store::GOOGLE_PLAY, &listing("com.example.chat"))]);
    refused(
        &docket,
        Docket::entry(1, "of-another", assigned("desk", "com.example.chat"))
            .recorded(dated(10))
            .corrects("listed-corrected".parse().unwrap()),
        "entry `of-another` (listing-assigned) corrects entry `listed-corrected` (listing-assigned), but is about something \
         else; retract that entry instead",
    );
}

#[test]
fn a_store_id_is_of_declared_words_and_of_a_shape() {
    let nowhere = Event::ListingRetired { store: Store::new("shop").unwrap(), listing: listing("1") };
    refused(
        &Docket::new(),
        Docket::entry(1, "gone", nowhere),
        "entry `gone` names store `shop`, which is not declared",
    );
    refused(
        &Docket::new(),
        Docket::entry(1, "listed", assigned("chatt", "1")),
        "entry `listed` names app `chatt`, which is not declared; did you mean `chat`?",
    );
    let wrong = |text: &str| ListingId::new(text).unwrap_err().to_string();
    assert_eq!(wrong(""), "a store's id is empty; it needs 1 to 255 characters");
    assert_eq!(
        wrong("a\tb"),
        "`a\\tb` is not a store's id: `\\t` at character 2 is not a letter, a digit or a mark of ASCII"
    );
    assert_eq!(
        wrong("комикс"),
        "`комикс` is not a store's id: `к` at character 1 is not a letter, a digit or a mark of ASCII"
    );
    let long = "x".repeat(256);
    assert_eq!(
        wrong(&long),
        format!("`{long}` is not a store's id: it has 256 characters, at most 255 are allowed")
    );
    assert!(ListingId::new("x".repeat(255)).is_ok());
}

fn parts(of: &[(&str, &str)]) -> Holdings {
    Holdings::shares(of.iter().map(|(who, part)| (organization(who), part.parse().unwrap()))).unwrap()
}

fn of_app(to: impl Into<Holdings>) -> Event {
    Event::ControlTransferred { of: Controlled::App(app("chat")), to: to.into() }
}

fn of_organization(word: &str, to: impl Into<Holdings>) -> Event {
    Event::ControlTransferred { of: Controlled::Organization(organization(word)), to: to.into() }
}

fn held_by(who: &str, at_least: &str) -> AppSelector {
    AppSelector::Holder { organization: organization(who), at_least: at_least.parse().unwrap() }
}

fn owned_by(who: &str) -> AppSelector {
    AppSelector::Owner(organization(who))
}

/// A docket on which an order against what a selector reaches was issued on day 0.
fn ordered(selector: AppSelector) -> Docket {
    let scope = Scope::apps([selector]).territories(["US".parse().unwrap()]);
    Docket::new().and(0, "issued", Event::InstrumentIssued(order("order", [prohibit("1", scope)])))
}

/// Whether, after transfers on day 1, an order against what a selector reaches binds on day 2.
fn reached(selector: AppSelector, transfers: &[Event]) -> bool {
    let on = |docket: Docket, (number, event): (usize, &Event)| {
        docket.and(1, &format!("transfer-{number}"), event.clone())
    };
    let docket = transfers.iter().enumerate().fold(ordered(selector), on);
    docket.answer(&download(), 2).requirement() == Prohibited
}

#[test]
fn a_half_is_not_control_and_a_hundredth_more_is() {
    let owned = |part: &str| reached(owned_by("maker"), &[of_app(parts(&[("maker", part)]))]);
    assert_eq!([owned("49.99"), owned("50"), owned("50.01"), owned("100")], [false, false, true, true]);
}

#[test]
fn selling_down_below_the_threshold_takes_an_app_out_of_scope() {
    let docket = ordered(held_by("maker", "20"))
        .and(1, "founded", of_app(organization("maker")))
        .and(5, "sold-down", of_app(parts(&[("buyer", "45"), ("holding", "35"), ("maker", "20")])))
        .and(9, "sold-more", of_app(parts(&[("buyer", "45"), ("holding", "35.1"), ("maker", "19.9")])));
    docket.requires(&[
        (0, Unrestricted),
        (1, Prohibited),
        (5, Prohibited),
        (8, Prohibited),
        (9, Unrestricted),
    ]);
    assert_eq!(docket.status(&download(), 9, "issued"), GroundStatus::LeftScope);
    let told = docket.register.explain(&download(), day(9)).to_string();
    assert!(
        told.contains("ownership of app `chat` passed to buyer (45 %), holding (35.1 %), maker (19.9 %)"),
        "{told}"
    );
    let cited = docket.answer(&download(), 5);
    assert!(
        cited.grounds().iter().any(|it| it.entry().as_str() == "sold-down" && it.role() == Role::Reaches)
    );
    let of = Controlled::App(app("chat"));
    assert_eq!(docket.register.holdings(&of, day(1)), Holdings::sole(organization("maker")));
    assert_eq!(docket.register.holdings(&of, day(9)).iter().count(), 3);
    assert_eq!(docket.register.holdings(&of, day(0)), Holdings::none());
}

#[test]
fn a_stake_in_the_company_that_controls_the_app_is_a_stake_in_the_app() {
    let venture =
        |part: &str| [of_app(organization("buyer")), of_organization("buyer", parts(&[("maker", part)]))];
    assert!(reached(held_by("maker", "20"), &venture("20")));
    assert!(!reached(held_by("maker", "20"), &venture("19.99")));
    // A part of one who has a part only is none of the app.
    let minority = [of_app(parts(&[("buyer", "10")])), of_organization("buyer", parts(&[("maker", "20")]))];
    assert!(!reached(held_by("maker", "0.01"), &minority));
    assert!(reached(held_by("buyer", "10"), &minority));
}

#[test]
fn parts_held_by_those_whom_one_controls_count_together() {
    let together = |own: &str, through: &str| {
        [
            of_app(parts(&[("holding", own), ("maker", through)])),
            of_organization("maker", parts(&[("holding", "60")])),
        ]
    };
    assert!(reached(owned_by("holding"), &together("25", "25.01")));
    assert!(!reached(owned_by("holding"), &together("25", "25")));
    assert!(reached(held_by("holding", "50"), &together("25", "25")));
    // What the subsidiary holds does not make the parent's part its own.
    assert!(!reached(held_by("maker", "26"), &together("25", "25.01")));
    // Without control of the subsidiary the parts stay apart.
    let apart = [
        of_app(parts(&[("holding", "25"), ("maker", "25.01")])),
        of_organization("maker", parts(&[("holding", "50")])),
    ];
    assert!(!reached(owned_by("holding"), &apart));
}

#[test]
fn owning_is_holding_more_than_half() {
    let wholes = ["19.99", "50", "50.01", "60", "100"];
    for (own, between) in wholes.iter().flat_map(|own| wholes.map(|between| (*own, between))) {
        let transfers =
            [of_app(parts(&[("maker", own)])), of_organization("maker", parts(&[("holding", between)]))];
        for who in ["maker", "holding", "buyer"] {
            assert_eq!(
                reached(owned_by(who), &transfers),
                reached(held_by(who, "50.01"), &transfers),
                "{who}: {own} % of the app, {between} % of its holder"
            );
        }
    }
}

#[test]
fn minority_holdings_may_run_in_rings_and_control_may_not() {
    let ring = Docket::new()
        .and(1, "first", of_organization("maker", parts(&[("holding", "40")])))
        .and(2, "second", of_organization("holding", parts(&[("maker", "40"), ("buyer", "60")])))
        .and(3, "owned", of_app(organization("maker")));
    refused(
        &ring,
        Docket::entry(4, "more", of_organization("maker", parts(&[("holding", "40"), ("buyer", "10.01")])))
            .corrects("owned".parse().unwrap()),
        "entry `more` (control-transferred) corrects entry `owned` (control-transferred), but is about something else; retract \
         that entry instead",
    );
    // The buyer controls the holding, and with what both hold the maker too; nobody has itself.
    let both = ring.clone().and(
        4,
        "more",
        of_organization("maker", parts(&[("holding", "40"), ("buyer", "10.01")])),
    );
    refused(
        &both,
        Docket::entry(5, "back", of_organization("buyer", parts(&[("maker", "30"), ("holding", "20.01")]))),
        "entry `back` makes a circle of control: `buyer`, through `holding` and `maker`, holds 50.01 % of itself; nobody controls \
         itself",
    );
    both.and(5, "half-back", of_organization("buyer", parts(&[("maker", "30"), ("holding", "20")])));
    refused(
        &ring,
        Docket::entry(4, "closed", of_organization("maker", parts(&[("holding", "60")])))
            .effective(dated(1))
            .recorded(dated(4)),
        "entry `closed` has organization `maker` owned by `holding` (60 %), and entry `first` by `holding` (40 %), both as of \
         `2025-01-02T00:00:00Z`; say in one entry what `shares` each has, or correct one of them",
    );
}

#[test]
fn two_owners_of_one_app_at_once_are_refused_with_both_named() {
    let docket = Docket::new().and(5, "sold", of_app(organization("buyer")));
    refused(
        &docket,
        Docket::entry(5, "also-sold", of_app(organization("holding"))),
        "entry `also-sold` has app `chat` owned by `holding`, and entry `sold` by `buyer`, both as of `2025-01-06T00:00:00Z`; say \
         in one entry what `shares` each has, or correct one of them",
    );
    refused(
        &docket,
        Docket::entry(5, "released", of_app(None)),
        "entry `released` has app `chat` owned by nobody, and entry `sold` by `buyer`, both as of `2025-01-06T00:00:00Z`; say in \
         one entry what `shares` each has, or correct one of them",
    );
    // All of it in parts is all of it; and a correction says what shares both have.
    let whole = docket.and(5, "sold-too", of_app(parts(&[("buyer", "100")])));
    let retracted = whole.and(6, "mistake", Event::EntryRetracted { entry: "sold-too".parse().unwrap() });
    let shared = retracted.with(
        Docket::entry(5, "shared", of_app(parts(&[("buyer", "50"), ("holding", "50")])))
            .recorded(dated(9))
            .corrects("sold".parse().unwrap()),
    );
    assert_eq!(shared.register.holdings(&Controlled::App(app("chat")), day(6)).iter().count(), 2);
}

#[test]
fn relief_for_an_owner_protects_what_it_controls_and_not_what_it_has_a_part_of() {
    let relief = injunction("pi", [instrument("order")])
        .protecting(Parties::only().organization(organization("maker")));
    let docket = Docket::with_order()
        .grant(11, relief)
        .and(12, "majority", of_app(parts(&[("maker", "60"), ("buyer", "40")])))
        .and(20, "minority", of_app(parts(&[("maker", "40"), ("buyer", "60")])));
    docket.requires(&[(11, Prohibited), (12, Unrestricted), (19, Unrestricted), (20, Prohibited)]);
}
