//! Targets stand above what is aimed at them, and were recorded no later.

use super::support::{INJUNCTION, ORDER, entry, line_of, read, refused, refused_at, register, with};

/// Relief, or something that looks like it, aimed at one thing.
fn relief(id: &str, relief: &str, against: &str) -> String {
    entry(
        id,
        "relief-granted",
        &format!("by = \"nd-cal\"\nrelief = \"{relief}\"\nkind = \"stay\"\nagainst = [\"{against}\"]"),
    )
}

/// The line above the one that starts so: the head of its entry.
#[track_caller]
fn head_of(text: &str, id: &str) -> usize {
    line_of(text, &format!("id = \"{id}\"")) - 1
}

#[track_caller]
fn refused_as_later(text: &str, target: &str, id: &str) {
    let message =
        format!("`{target}` is recorded only on line {}; move that entry above this one", head_of(text, id));
    refused(text, &message);
}

#[test]
fn a_target_that_is_recorded_further_down_is_told_with_its_line() {
    let injunction = with(INJUNCTION, "[\"order\"]", "[\"order\"] # here");
    refused_as_later(&register([&injunction, ORDER]), "order", "order-issued");
    let clause = with(INJUNCTION, "[\"order\"]", "[\"order/1\"] # here");
    refused_as_later(&register([&clause, ORDER]), "order/1", "order-issued");
    let act = entry(
        "act-passed",
        "instrument-issued",
        "by = \"commerce\"\ninstrument = \"act\"\nkind = \"statute\"\ntitle = \"Act\"",
    );
    refused_as_later(
        &register([&with(ORDER, "title =", "under = \"act\" # here\ntitle ="), &act]),
        "act",
        "act-passed",
    );
}

#[test]
fn an_appeal_a_condition_and_an_entry_are_told_so_too() {
    let noticed =
        entry("noticed", "appeal-noticed", "by = \"nd-cal\"\nappeal = \"ca9\"\nof = [\"injunction\"]");
    let stay = relief("stayed", "stay", "injunction") + "pending = \"ca9\" # here\n";
    refused_as_later(&register([ORDER, INJUNCTION, &stay, &noticed]), "ca9", "noticed");
    let met = entry("met", "condition-met", "condition = \"sale\" # here");
    let conditional = with(ORDER, "directive =", "until = \"upon sale\"\ndirective =");
    refused_as_later(&register([&met, &conditional]), "sale", "order-issued");
    let retraction = entry("oops", "entry-retracted", "entry = \"order-issued\" # here");
    refused_as_later(&register([&retraction, ORDER]), "order-issued", "order-issued");
    let refusals = entry("noticed", "appeal-noticed", "appeal = \"ca9\"\nof-refusals = [\"refused\"] # here");
    let refusal =
        entry("refused", "relief-refused", "by = \"nd-cal\"\nkind = \"stay\"\nagainst = [\"order\"]");
    refused_as_later(&register([ORDER, &refusals, &refusal]), "refused", "refused");
}

#[test]
fn a_word_that_names_two_things_makes_no_circle() {
    // `nd-cal` is an authority and an appeal, `order` an entry and an instrument.
    let noticed = entry("noticed", "appeal-noticed", "appeal = \"nd-cal\"\nof = [\"injunction\"] # here");
    refused_as_later(&register([&noticed, ORDER, INJUNCTION]), "injunction", "injunction-granted");
    let motion = entry("order", "motion-filed", "seeks = \"stay\"\nagainst = [\"order\"] # here");
    refused_as_later(&register([&motion, ORDER]), "order", "order-issued");
    refused(
        &register([&motion]),
        "`order` names no instrument, clause, relief, ending or forbearance of this file",
    );
}

#[test]
fn two_entries_that_are_aimed_at_each_other_are_told_as_a_circle() {
    let one = with(&relief("a", "one", "two"), "[\"two\"]", "[\"two\"] # here");
    let text = register([&one, &relief("b", "two", "one")]);
    let (a, b) = (head_of(&text, "a"), head_of(&text, "b"));
    refused(
        &text,
        &format!(
            "`two` makes a circle: `a` (line {a}) on `b` (line {b}) on `a` (line {a}); one of them must come first without the other"
        ),
    );
}

#[test]
fn three_entries_that_are_aimed_at_each_other_are_told_as_a_circle() {
    let one = with(&relief("a", "one", "two"), "[\"two\"]", "[\"two\"] # here");
    let text = register([&one, &relief("b", "two", "three"), &relief("c", "three", "one")]);
    let (a, b, c) = (head_of(&text, "a"), head_of(&text, "b"), head_of(&text, "c"));
    refused(
        &text,
        &format!(
            "`two` makes a circle: `a` (line {a}) on `b` (line {b}) on `c` (line {c}) on `a` (line {a}); one of them \
             must come first without the other"
        ),
    );
}

#[test]
fn a_circle_that_does_not_come_back_to_the_first_entry_is_left_to_its_own_entries() {
    let one = with(&relief("a", "one", "two"), "[\"two\"]", "[\"two\"] # here");
    let text = register([&one, &relief("b", "two", "three"), &relief("c", "three", "two")]);
    refused_as_later(&text, "two", "b");
}

#[test]
fn an_entry_that_is_aimed_at_what_it_introduces_is_told_so() {
    let message = "is introduced by this very entry; nothing can be aimed at itself";
    let itself = with(&relief("a", "one", "one"), "[\"one\"]", "[\"one\"] # here");
    refused(&register([&itself]), &format!("`one` {message}"));
    let text = register([ORDER, &entry("x", "entry-retracted", "entry = \"x\"")]);
    refused_at(
        &text,
        line_of(&text, "id = \"x\""),
        "entry `x` is aimed at entry `x`, which it introduces itself",
    );
}

#[test]
fn a_target_that_was_recorded_later_is_refused_though_it_stands_above() {
    let order = ORDER.replace("2020-09-18", "2020-12-18");
    let injunction = with(INJUNCTION, "[\"order\"]", "[\"order\"] # here");
    refused(
        &register([&order, &injunction]),
        "entry `injunction-granted`, recorded at `2020-09-20[America/Los_Angeles]`, is aimed at instrument `order`, \
         which was recorded only at `2020-12-18[America/New_York]`; record the target first",
    );
}

#[test]
fn independent_entries_may_stand_in_any_order() {
    let renamed = entry("renamed", "app-renamed", "app = \"wechat\"\nname = \"Weixin\"");
    let one = read(&register([ORDER, &renamed, INJUNCTION])).register;
    assert_eq!(read(&register([&renamed, ORDER, INJUNCTION])).register, one);
    assert_eq!(read(&register([ORDER, INJUNCTION, &renamed])).register, one);
}
