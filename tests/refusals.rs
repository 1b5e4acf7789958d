//! Each refusal of the register, word for word; and after each the register is as it was.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::arithmetic_side_effects,
    reason = "tests stop at the first surprise"
)]

mod support;

use std::collections::BTreeSet;

use delisted::{
    Register, Store,
    law::{
        AppSelector, Appeal, Citation, Disposition, Judgment, Manner, Measure, Parties, Ruled, Ruling, Scope,
        Span,
    },
    market::{AppDeclared, AuthorityDeclared, AuthorityKind, CategoryDeclared, Declaration, StoreDeclared},
    register::{Controlled, Entry, EntryBuilder, Event},
};
use support::*;

/// Asserts that an entry is refused with a text, and that nothing changed.
#[track_caller]
fn refused(docket: &Docket, entry: EntryBuilder, text: &str) {
    let mut after = docket.clone();
    let error = after.try_with(entry).unwrap_err();
    assert_eq!(error.to_string(), text);
    assert_eq!(after.register, docket.register);
    assert_eq!(after.register.entries().len(), docket.register.entries().len());
}

#[track_caller]
fn incomplete(entry: EntryBuilder, text: &str) {
    assert_eq!(entry.finish().unwrap_err().to_string(), text);
}

fn retracted(entry: &str) -> Event {
    Event::EntryRetracted { entry: entry.parse().unwrap() }
}

fn issued(word: &str) -> Event {
    Event::InstrumentIssued(order(word, [prohibit("1", chat_in_us())]))
}

fn measures(measures: impl IntoIterator<Item = Measure>) -> BTreeSet<Measure> {
    measures.into_iter().collect()
}

#[test]
fn an_identifier_is_given_once() {
    let docket = Docket::with_order().grant(12, injunction("pi", [instrument("order")]));
    refused(
        &docket,
        Docket::entry(13, "order-issued", issued("other")),
        "entry `order-issued` is recorded already; give the new one an identifier of its own",
    );
    refused(
        &docket,
        Docket::entry(13, "again", issued("order")),
        "entry `again` introduces instrument `order`, but `order` is taken since entry `order-issued`; choose another, or \
         correct that entry",
    );
    refused(
        &docket,
        Docket::entry(13, "again", Event::ReliefGranted(stay("order", [relief("pi")]))),
        "entry `again` introduces relief `order`, but `order` is taken since entry `order-issued`; choose another, or \
         correct that entry",
    );
    let same_clause = Event::RestrictionAdded {
        instrument: "order".parse().unwrap(),
        restriction: prohibit("1", chat_in_us()),
    };
    refused(
        &docket,
        Docket::entry(13, "again", same_clause),
        "entry `again` introduces restriction `order/1`, but `order/1` is taken since entry `order-issued`; choose another, \
         or correct that entry",
    );
    let twice = order("second", [prohibit("1", chat_in_us()), compel("1", chat_in_us())]);
    refused(
        &docket,
        Docket::entry(13, "twice", Event::InstrumentIssued(twice)),
        "entry `twice` has two clauses `1`; number them",
    );
}

#[test]
fn every_word_is_declared_first() {
    let docket = Docket::with_order();
    let clause_on = |scope: Scope| Event::InstrumentIssued(order("new", [prohibit("1", scope)]));
    for (event, text) in [
        (clause_on(Scope::app(app("chatt"))), "app `chatt`, which is not declared; did you mean `chat`?"),
        (
            clause_on(Scope::apps([AppSelector::Owner(organization("makre"))])),
            "organization `makre`, which is not declared; did you mean `maker`?",
        ),
        (
            clause_on(Scope::apps([AppSelector::Category("vpm".parse().unwrap())])),
            "category `vpm`, which is not declared; did you mean `vpn`?",
        ),
        (
            clause_on(chat_in_us().stores([Store::new("app-stor").unwrap()])),
            "store `app-stor`, which is not declared; did you mean `app-store`?",
        ),
        (
            Event::AppRenamed { app: app("signal"), name: "Signal".to_owned() },
            "app `signal`, which is not declared",
        ),
    ] {
        refused(&docket, Docket::entry(3, "new", event), &format!("entry `new` names {text}"));
    }
    refused(
        &docket,
        Docket::entry(3, "new", issued("new")).by("cuort".parse().unwrap()),
        "entry `new` names authority `cuort`, which is not declared; did you mean `court`?",
    );
    let nobody = Entry::build("new".parse().unwrap(), issued("new"))
        .entered(dated(3))
        .recorded(dated(3))
        .citation("citation")
        .source("source");
    refused(&docket, nobody, "entry `new` (instrument-issued) does not say by whom; name the authority");
}

#[test]
fn a_target_is_recorded_first_stands_and_is_another() {
    let docket = Docket::with_order();
    refused(
        &docket,
        Docket::entry(12, "pi-granted", Event::ReliefGranted(injunction("pi", [instrument("ordre")]))),
        "entry `pi-granted` is aimed at instrument `ordre`, which is not recorded; did you mean `order`?",
    );
    refused(
        &docket,
        Docket::entry(
            12,
            "met",
            Event::ConditionMet { condition: "sale".parse().unwrap(), scope: Scope::everything() },
        ),
        "entry `met` is aimed at condition `sale`, which is not recorded",
    );
    refused(
        &docket,
        Docket::entry(-1, "early", Event::ReliefGranted(injunction("pi", [instrument("order")]))),
        "entry `early`, recorded at `2024-12-31T00:00:00Z`, is aimed at instrument `order`, which was recorded only at \
         `2025-01-01T00:00:00Z`; record the target first",
    );
    refused(
        &docket,
        Docket::entry(12, "self", Event::ReliefGranted(stay("loop", [relief("loop")]))),
        "entry `self` is aimed at relief `loop`, which it introduces itself",
    );
    refused(
        &docket,
        Docket::entry(12, "self", retracted("self")),
        "entry `self` is aimed at entry `self`, which it introduces itself",
    );
    let gone = docket.and(20, "mistake", retracted("order-issued"));
    refused(
        &gone,
        Docket::entry(21, "pi-granted", Event::ReliefGranted(injunction("pi", [instrument("order")]))),
        "entry `pi-granted` is aimed at instrument `order`, which entry `mistake` took back",
    );
}

#[test]
fn an_entry_is_aimed_at_something_and_reaches_something() {
    let docket = Docket::with_order();
    let nothing: [Measure; 0] = [];
    refused(
        &docket,
        Docket::entry(12, "pi-granted", Event::ReliefGranted(injunction("pi", nothing.clone()))),
        "entry `pi-granted` (relief-granted) is aimed at nothing; name its target",
    );
    refused(
        &docket,
        Docket::entry(12, "announced", Event::AppealAnnounced { of: measures(nothing) }),
        "entry `announced` (appeal-announced) is aimed at nothing; name its target",
    );
    refused(
        &docket,
        Docket::entry(
            12,
            "new",
            Event::InstrumentIssued(order("new", [prohibit("1", chat_in_us().acts([]))])),
        ),
        "entry `new` has a scope that reaches no acts; name some, or leave them out to reach all",
    );
    let docket = docket.and(13, "rescinded", ended("rescission", Manner::Rescinded, [instrument("order")]));
    refused(
        &docket,
        Docket::entry(14, "moved", Event::EndMoved { measure: ending("rescission"), until: None }),
        "entry `moved` moves the start or end of ending `rescission`, which has no span; only its own reversal undoes an \
         ending",
    );
    refused(
        &docket,
        Docket::entry(14, "reborn", Event::AppSucceeded { app: app("chat"), by: app("chat") }),
        "entry `reborn` makes app `chat` the successor of itself",
    );
}

#[test]
fn two_entries_do_not_contradict_each_other() {
    let to = |word: &str| Event::ControlTransferred {
        of: Controlled::App(app("chat")),
        to: organization(word).into(),
    };
    let moved = |n: i64| Event::StartMoved { measure: clause("order/1"), from: dated(n).into() };
    let docket = Docket::with_order().and(5, "sold", to("buyer")).and(6, "postponed", moved(20));
    refused(
        &docket,
        Docket::entry(5, "also-sold", to("holding")),
        "entry `also-sold` has app `chat` owned by `holding`, and entry `sold` by `buyer`, both as of \
         `2025-01-06T00:00:00Z`; say in one entry what `shares` each has, or correct one of them",
    );
    refused(
        &docket,
        Docket::entry(6, "also-postponed", moved(30)),
        "entry `also-postponed` contradicts entry `postponed`: both speak of the start of `order/1` as of \
         `2025-01-07T00:00:00Z`; correct one of them",
    );
    // The same fact from a second source is no contradiction, and a correction is one on purpose.
    let agreed = docket.and(5, "sold-too", to("buyer"));
    let corrected = Docket::entry(5, "sold-corrected", to("holding")).recorded(dated(9));
    refused(
        &agreed,
        corrected.clone().corrects("sold".parse().unwrap()),
        "entry `sold-corrected` has app `chat` owned by `holding`, and entry `sold-too` by `buyer`, both as of \
         `2025-01-06T00:00:00Z`; say in one entry what `shares` each has, or correct one of them",
    );
}

#[test]
fn nothing_bears_on_itself_and_nobody_controls_itself() {
    let docket = Docket::with_order()
        .grant(12, injunction("a", [instrument("order")]))
        .grant(13, stay("b", [relief("a")]))
        .grant(14, stay("c", [relief("b")]));
    refused(
        &docket,
        Docket::entry(15, "turned", Event::ReliefGranted(injunction("a", [relief("c")])))
            .corrects("a-granted".parse().unwrap()),
        "entry `turned` makes a circle: `a` on `c` on `b` on `a`; a measure cannot bear on itself",
    );
    let to = |of: &str, to: &str| Event::ControlTransferred {
        of: Controlled::Organization(organization(of)),
        to: organization(to).into(),
    };
    let docket =
        Docket::new().and(1, "first", to("maker", "holding")).and(2, "second", to("holding", "buyer"));
    refused(
        &docket,
        Docket::entry(3, "third", to("buyer", "maker")),
        "entry `third` makes a circle of control: `buyer` controls `holding` controls `maker` controls `buyer`; nobody \
         controls itself",
    );
    refused(
        &docket,
        Docket::entry(3, "own", to("maker", "maker")),
        "entry `own` makes a circle of control: `maker` controls `maker`; nobody controls itself",
    );
}

#[test]
fn an_appeal_is_decided_once_within_its_bounds_and_before_its_mandate() {
    let appeal = |word: &str, of: Measure| Event::AppealNoticed(Appeal::new(word.parse().unwrap(), [of]));
    let judged = |word: &str, of: Measure| {
        Event::AppealDecided(Judgment::new(word.parse().unwrap(), "appeal".parse().unwrap()).ruling(Ruled {
            ruling: Ruling::Measure(of),
            disposition: Disposition::Affirmed,
            scope: Scope::everything(),
        }))
    };
    let mandate = || Event::MandateIssued { appeal: "appeal".parse().unwrap() };
    let noticed = Docket::with_order().grant(12, injunction("pi", [instrument("order")])).and(
        14,
        "noticed",
        appeal("appeal", relief("pi")),
    );
    refused(
        &noticed,
        Docket::entry(20, "mandate", mandate()),
        "entry `mandate` issues the mandate of appeal `appeal`, which is not decided; record the judgment first",
    );
    refused(
        &noticed,
        Docket::entry(20, "decided", judged("judgment", instrument("order"))),
        "entry `decided` disposes of `order`, which is not under review in appeal `appeal`",
    );
    refused(
        &noticed,
        Docket::entry(20, "again", appeal("appeal", relief("pi"))),
        "entry `again` introduces appeal `appeal`, but `appeal` is taken since entry `noticed`; choose another, or correct \
         that entry",
    );
    let decided = noticed.and(20, "decided", judged("judgment", relief("pi")));
    refused(
        &decided,
        Docket::entry(21, "again", judged("second", relief("pi"))),
        "entry `again` decides appeal `appeal`, which entry `decided` decided; record a further appeal instead",
    );
    let done = decided.and(22, "mandate", mandate());
    refused(
        &done,
        Docket::entry(23, "again", mandate()),
        "entry `again` issues the mandate of appeal `appeal`, which entry `mandate` made final already",
    );
    let of_refusal = Appeal::new("other".parse().unwrap(), [Ruling::Refusal("pi-granted".parse().unwrap())]);
    refused(
        &done,
        Docket::entry(24, "odd", Event::AppealNoticed(of_refusal)),
        "entry `odd` appeals entry `pi-granted` as a refusal, but that entry is `relief-granted`",
    );
}

#[test]
fn what_is_taken_back_stands_is_no_retraction_and_carries_nothing() {
    let docket = Docket::with_order().grant(12, injunction("pi", [instrument("order")]));
    refused(
        &docket,
        Docket::entry(20, "mistake", retracted("order-issued")),
        "entry `mistake` takes back instrument `order`, on which entry `pi-granted` rests; take that one back first",
    );
    refused(
        &docket,
        Docket::entry(20, "other", issued("second")).corrects("order-issued".parse().unwrap()),
        "entry `other` (instrument-issued) corrects entry `order-issued` (instrument-issued), but is about something else; \
         retract that entry instead",
    );
    let docket = docket.and(20, "mistake", retracted("pi-granted"));
    refused(
        &docket,
        Docket::entry(21, "back", retracted("mistake")),
        "entry `back` takes back entry `mistake`, which is itself a retraction; record anew what it retracted",
    );
    let corrected = Docket::with_order().with(
        Docket::entry(15, "order-corrected", issued("order")).corrects("order-issued".parse().unwrap()),
    );
    refused(
        &corrected,
        Docket::entry(16, "mistake", retracted("order-issued")),
        "entry `mistake` takes back entry `order-issued`, which entry `order-corrected` took back already; take that one \
         back instead",
    );
}

#[test]
fn an_entry_is_complete_before_it_is_offered() {
    let event = || retracted("order-issued");
    let bare = || Entry::build("new".parse().unwrap(), event());
    incomplete(bare(), "entry `new` does not say when it was entered; give the date that its issuer gave it");
    incomplete(
        bare().entered(dated(1)),
        "entry `new` does not say when it was recorded; give the date on which it was learned",
    );
    let dates = || bare().entered(dated(1)).recorded(dated(1));
    incomplete(
        dates().citation(" "),
        "entry `new` has no citation; name the official text, or say that none was published",
    );
    incomplete(
        dates().citation("c").source("  "),
        "entry `new` has no source; add the page or document on which it was read",
    );
    incomplete(
        bare().entered(dated(2)).recorded(dated(1)).citation("c").source("s"),
        "entry `new` was recorded at `2025-01-02T00:00:00Z`, before it was entered at `2025-01-03T00:00:00Z`",
    );
    incomplete(
        dates().citation("c").source("s").corrects("new".parse().unwrap()),
        "entry `new` corrects itself; name the earlier entry",
    );
    let lapsed = Event::ReliefGranted(stay("stay", [instrument("order")]).during(until(1)));
    incomplete(
        Docket::entry(5, "stay-granted", lapsed),
        "entry `stay-granted` starts at `2025-01-06T00:00:00Z` and ends at `2025-01-02T00:00:00Z`, which is not after it; \
         mend one of the two",
    );
    assert_eq!(
        Span::new(Some(dated(5).into()), Some(dated(5).into())).unwrap_err().to_string(),
        "the end `2025-01-06T00:00:00Z` is not after the start `2025-01-06T00:00:00Z`"
    );
    incomplete(
        dates().effective(chrono::DateTime::<chrono::Utc>::MAX_UTC).citation("c").source("s"),
        "entry `new` states the time `+262142-12-31T23:59:59.999999999Z`, outside the years 0 to 9999, which no file can state",
    );
    assert!(Citation::new("").is_err());
}

#[test]
fn a_batch_is_taken_whole_or_not_at_all() {
    let mut docket = Docket::with_order();
    let before = docket.register.clone();
    let batch = [
        Docket::entry(12, "pi-granted", Event::ReliefGranted(injunction("pi", [instrument("order")]))),
        Docket::entry(13, "bad", Event::ReliefGranted(stay("stay", [relief("pj")]))),
    ];
    let error = docket.register.extend(batch.map(|entry| entry.finish().unwrap())).unwrap_err();
    assert_eq!(
        error.to_string(),
        "number 2, entry `bad`: entry `bad` is aimed at relief `pj`, which is not recorded; did you mean `pi`?"
    );
    assert_eq!(error.index, 1);
    assert_eq!(docket.register, before);
}

#[test]
fn a_declaration_is_named_sourced_and_made_once() {
    let mut register = Register::default();
    let app_declared = |word: &str, name: &str| Declaration::App(AppDeclared::new(app(word), name));
    register.declare(app_declared("chat", "Chat")).unwrap();
    let refusals = [
        (app_declared("chat", "Chat"), "app `chat` is declared already; an identifier stands for one thing"),
        (app_declared("desk", " "), "app `desk` has no name"),
        (
            Declaration::Store(StoreDeclared { store: Store::APP_STORE, name: "App Store".to_owned() }),
            "store `app-store` is declared already; an identifier stands for one thing",
        ),
        (
            Declaration::App(AppDeclared::new(app("desk"), "Desk").owned_by(organization("maker"))),
            "app `desk` states an owner, a publisher or a category without a source; add where it is stated",
        ),
        (
            Declaration::App(
                AppDeclared::new(app("desk"), "Desk").owned_by(organization("maker")).with_source("s"),
            ),
            "app `desk` names organization `maker`, which is not declared before it",
        ),
        (
            Declaration::App(
                AppDeclared::new(app("desk"), "Desk").in_category("vpn".parse().unwrap()).with_source("s"),
            ),
            "app `desk` names category `vpn`, which is not declared before it",
        ),
        (
            Declaration::Category(CategoryDeclared { category: "vpn".parse().unwrap(), name: String::new() }),
            "category `vpn` has no name",
        ),
    ];
    let before = register.clone();
    for (declaration, text) in refusals {
        assert_eq!(register.declare(declaration).unwrap_err().to_string(), text);
        assert_eq!(register, before);
    }
    assert_eq!(
        "tribunal".parse::<AuthorityKind>().unwrap_err().to_string(),
        "`tribunal` is not a kind of authority: legislature, executive, agency, court or company"
    );
    let declared = AuthorityDeclared {
        authority: "court".parse().unwrap(),
        name: "Court".to_owned(),
        kind: AuthorityKind::Court,
        jurisdiction: "US".parse().unwrap(),
    };
    assert!(register.declare(Declaration::Authority(declared)).is_ok());
}

#[test]
fn a_text_that_is_told_says_something_on_one_line() {
    let docket = Docket::with_order();
    let mut untitled = order("new", []);
    untitled.title = " ".to_owned();
    refused(
        &docket,
        Docket::entry(3, "new", Event::InstrumentIssued(untitled)),
        "entry `new` has the title ` `, which is blank or holds a line break or another control character",
    );
    refused(
        &docket,
        Docket::entry(3, "new", Event::AppRenamed { app: app("chat"), name: "Chat\nforged line".to_owned() }),
        "entry `new` has the name `Chat\\nforged line`, which is blank or holds a line break or another control character",
    );
}

#[test]
fn relief_protects_somebody_and_a_scope_leaves_something() {
    let docket = Docket::with_order();
    let nobody = injunction("pi", [instrument("order")]).protecting(Parties::only());
    refused(
        &docket,
        Docket::entry(12, "granted", Event::ReliefGranted(nobody)),
        "entry `granted` has a scope that reaches no parties; name some, or leave them out to reach all",
    );
    let mut scope = chat_in_us().acts([delisted::Act::Download]);
    scope.acts = scope.acts.but([delisted::Act::Download]);
    refused(
        &docket,
        Docket::entry(12, "new", Event::InstrumentIssued(order("new", [prohibit("1", scope)]))),
        "entry `new` has a scope that reaches no acts; name some, or leave them out to reach all",
    );
}

#[test]
fn a_judgment_disposes_of_each_part_once() {
    let pi = || Ruling::Measure(relief("pi"));
    let ruled = |disposition| Ruled { ruling: pi(), disposition, scope: Scope::everything() };
    let judgment = Judgment::new("judgment".parse().unwrap(), "appeal".parse().unwrap())
        .ruling(ruled(Disposition::Affirmed))
        .ruling(ruled(Disposition::Reversed));
    let docket = Docket::with_order().grant(12, injunction("pi", [instrument("order")])).and(
        14,
        "noticed",
        Event::AppealNoticed(Appeal::new("appeal".parse().unwrap(), [pi()])),
    );
    refused(
        &docket,
        Docket::entry(20, "decided", Event::AppealDecided(judgment)),
        "entry `decided` disposes of `pi` twice; limit each disposition to its part",
    );
}

#[test]
fn a_correction_stays_with_its_subject_and_a_retraction_frees_the_name() {
    let to = |word: &str| Event::ControlTransferred {
        of: Controlled::App(app(word)),
        to: organization("buyer").into(),
    };
    let docket = Docket::with_order().and(5, "sold", to("chat"));
    refused(
        &docket,
        Docket::entry(6, "other", to("desk")).corrects("sold".parse().unwrap()),
        "entry `other` (control-transferred) corrects entry `sold` (control-transferred), but is about something else; \
         retract that entry instead",
    );
    let retracted = docket.and(20, "mistake", retracted("order-issued"));
    refused(
        &retracted,
        Docket::entry(19, "anew", issued("order")),
        "entry `anew` introduces instrument `order`, but `order` is taken since entry `order-issued`; choose another, or \
         correct that entry",
    );
    let anew = retracted.and(21, "anew", issued("order"));
    assert_eq!(anew.answer(&download(), 30).requirement(), delisted::determination::Requirement::Prohibited);
}
