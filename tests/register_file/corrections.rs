//! Corrections, retractions, and the course of an appeal.

use super::support::{
    INJUNCTION, ORDER, entry, entry_on, line_of, read, refused, refused_at, register, with,
};

fn retraction(id: &str, of: &str) -> String {
    entry(id, "entry-retracted", &format!("entry = \"{of}\" # here"))
}

/// An entry that issues the order anew, without its clause.
fn reissued(id: &str, corrects: &str) -> String {
    entry(
        id,
        "instrument-issued",
        &format!(
            "by = \"commerce\"\ncorrects = \"{corrects}\" # here\ninstrument = \"order\"\nkind = \"request\"\ntitle = \"Order\""
        ),
    )
}

fn unmarked(text: &str) -> String {
    text.replace(" # here", "")
}

#[test]
fn a_retraction_names_an_entry_that_stands() {
    refused(
        &register([ORDER, &retraction("x", "order-isued")]),
        "entry `x` is aimed at entry `order-isued`, which is not recorded; did you mean `order-issued`?",
    );
    let gone = unmarked(&retraction("x", "order-issued"));
    refused(
        &register([ORDER, &gone, &retraction("y", "order-issued")]),
        "entry `y` is aimed at entry `order-issued`, which entry `x` took back",
    );
    refused(
        &register([ORDER, &gone, &retraction("y", "x")]),
        "entry `y` takes back entry `x`, which is itself a retraction; record anew what it retracted",
    );
    let corrected = unmarked(&reissued("x", "order-issued"));
    refused(
        &register([ORDER, &corrected, &retraction("y", "order-issued")]),
        "entry `y` takes back entry `order-issued`, which entry `x` took back already; take that one back instead",
    );
}

#[test]
fn what_others_rest_on_is_not_taken_back() {
    let text = register([ORDER, INJUNCTION, &unmarked(&retraction("x", "order-issued"))]);
    refused_at(
        &text,
        line_of(&text, "id = \"x\""),
        "entry `x` takes back instrument `order`, on which entry `injunction-granted` rests; take that one back first",
    );
    let clause = with(INJUNCTION, "[\"order\"]", "[\"order/1\"]");
    let text = register([ORDER, &clause, &unmarked(&reissued("x", "order-issued"))]);
    refused_at(
        &text,
        line_of(&text, "id = \"x\""),
        "entry `x` takes back restriction `order/1`, on which entry `injunction-granted` rests; take that one back \
         first",
    );
    assert_eq!(
        read(&register([ORDER, INJUNCTION, &reissued("x", "order-issued")])).register.entries().len(),
        3
    );
}

#[test]
fn nothing_is_aimed_at_what_was_taken_back() {
    let gone = entry_on("2020-09-19", "x", "entry-retracted", "entry = \"order-issued\"");
    refused(
        &register([ORDER, &gone, &with(INJUNCTION, "[\"order\"]", "[\"order\"] # here")]),
        "entry `injunction-granted` is aimed at instrument `order`, which entry `x` took back",
    );
}

#[test]
fn a_correction_is_about_the_same_thing_as_what_it_corrects() {
    refused(
        &register([&with(ORDER, "title =", "corrects = \"order-issued\" # here\ntitle =")]),
        "entry `order-issued` corrects itself; name the earlier entry",
    );
    let other = "by = \"commerce\"\ncorrects = \"injunction-granted\" # here\nending = \"e\"\nmanner = \"rescinded\"\nends = [\"order\"]";
    refused(
        &register([ORDER, INJUNCTION, &entry("x", "measure-ended", other)]),
        "entry `x` (measure-ended) corrects entry `injunction-granted` (relief-granted), but is about something \
         else; retract that entry instead",
    );
    let renamed = with(&reissued("x", "order-issued"), "instrument = \"order\"", "instrument = \"decree\"");
    refused(
        &register([ORDER, &renamed]),
        "entry `x` (instrument-issued) corrects entry `order-issued` (instrument-issued), but is about something \
         else; retract that entry instead",
    );
    let first = unmarked(&reissued("x", "order-issued"));
    refused(
        &register([ORDER, &first, &reissued("y", "order-issued")]),
        "entry `y` takes back entry `order-issued`, which entry `x` took back already; take that one back instead",
    );
}

#[test]
fn a_correction_makes_no_circle() {
    let relief = |day: &str, id: &str, relief: &str, against: &str, more: &str| {
        let fields = format!(
            "by = \"nd-cal\"\nrelief = \"{relief}\"\nkind = \"stay\"\nagainst = [\"{against}\"]\n{more}"
        );
        entry_on(day, id, "relief-granted", &fields)
    };
    let text = register([
        ORDER,
        &relief("2020-10-01", "a", "one", "order", ""),
        &relief("2020-10-01", "b", "two", "one", ""),
        &relief("2020-10-02", "a-corrected", "one", "two", "corrects = \"a\""),
    ]);
    refused_at(
        &text,
        line_of(&text, "id = \"a-corrected\""),
        "entry `a-corrected` makes a circle: `one` on `two` on `one`; a measure cannot bear on itself",
    );
}

fn noticed() -> String {
    entry("noticed", "appeal-noticed", "appeal = \"ca9\"\nof = [\"injunction\"]")
}

fn decided(id: &str, ruling: &str, mandate: &str) -> String {
    let fields = format!(
        "by = \"nd-cal\"\njudgment = \"judgment-{id}\"\nappeal = \"ca9\"\nmandate = \"{mandate}\"\n\
         [[entry.disposition]]\nruling = \"{ruling}\" # here\ndisposition = \"reversed\""
    );
    entry(id, "appeal-decided", &fields)
}

fn mandate(id: &str) -> String {
    entry(id, "mandate-issued", "by = \"nd-cal\"\nappeal = \"ca9\"")
}

#[test]
fn a_judgment_disposes_of_what_is_under_review() {
    refused(
        &register([ORDER, INJUNCTION, &noticed(), &decided("x", "order", "awaited")]),
        "entry `x` disposes of `order`, which is not under review in appeal `ca9`",
    );
    refused(
        &register([
            ORDER,
            &entry("x", "appeal-noticed", "appeal = \"ca9\"\nof-refusals = [\"order-issued\"] # here"),
        ]),
        "entry `x` appeals entry `order-issued` as a refusal, but that entry is `instrument-issued`",
    );
}

#[test]
fn an_appeal_is_decided_once_and_has_one_mandate_after_its_judgment() {
    let before = [ORDER, INJUNCTION, &noticed()].concat();
    let judged = unmarked(&decided("one", "injunction", "awaited"));
    for (entries, message) in [
        (
            vec![judged.clone(), unmarked(&decided("x", "injunction", "awaited"))],
            "entry `x` decides appeal `ca9`, which entry `one` decided; record a further appeal instead",
        ),
        (
            vec![mandate("x")],
            "entry `x` issues the mandate of appeal `ca9`, which is not decided; record the judgment first",
        ),
        (
            vec![judged, mandate("two"), mandate("x")],
            "entry `x` issues the mandate of appeal `ca9`, which entry `two` made final already",
        ),
        (
            vec![unmarked(&decided("one", "injunction", "immediate")), mandate("x")],
            "entry `x` issues the mandate of appeal `ca9`, which entry `one` made final already",
        ),
    ] {
        let text = register([before.clone(), entries.concat()]);
        refused_at(&text, line_of(&text, "id = \"x\""), message);
    }
}
