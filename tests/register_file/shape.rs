//! Syntax, the opening, unknown and missing fields, wrong types, unknown words.

use super::support::{
    INJUNCTION, OPENING, ORDER, entry, line_of, order_with, read, refused, refused_at, register, with,
};

const NOT_A_REGISTER: &str =
    "this is not a register file; it must open with `format = \"delisted-register\"` and `version = 1`";

#[test]
fn a_text_that_is_not_toml_is_refused_with_its_line() {
    refused_at(
        "format = \"delisted-register\"\nversion = 1\ntitle = \n",
        3,
        "not well-formed: string values must be quoted, expected literal string",
    );
    refused_at(
        &format!("{OPENING}[[app\nid = 1\n"),
        3,
        "not well-formed: unclosed array table, expected `]]`",
    );
    refused_at(
        &format!("{OPENING}[[app]]\nname = \"WeChat\n"),
        4,
        "not well-formed: invalid basic string, expected `\"`",
    );
}

#[test]
fn a_key_that_stands_twice_is_refused() {
    refused(
        &with(OPENING, "version = 1", "version = 1\nversion = 1 # here"),
        "not well-formed: duplicate key",
    );
    refused(
        &order_with("title = \"Order\"", "title = \"Order\"\ntitle = \"Order 2\" # here"),
        "not well-formed: duplicate key",
    );
    refused(
        &format!("{OPENING}[app]\nid = \"wechat\"\n[app] # here\nid = \"wecom\"\n"),
        "not well-formed: duplicate key",
    );
}

#[test]
fn a_text_that_does_not_open_as_a_register_is_refused() {
    for text in [
        "",
        "\n# nothing\n",
        "version = 1\n",
        "format = \"delisted-register\"\n",
        "format = 1\nversion = 1\n",
        "format = \"docket\"\nversion = 1\n",
    ] {
        refused_at(text, 1, NOT_A_REGISTER);
    }
}

#[test]
fn a_register_of_another_version_is_refused() {
    let opened = |version: &str| with(OPENING, "version = 1", &format!("version = {version} # here"));
    refused(&opened("2"), "the file has version `2`; this library reads version 1");
    refused(&opened("-1"), "the file has version `-1`; this library reads version 1");
    for version in ["1.0", "[1]", "true", "\"1\""] {
        refused(&opened(version), "found a version that is not a number, where `version = 1` is expected");
    }
}

#[test]
fn a_title_is_a_text() {
    read(&format!("{OPENING}title = \"WeChat\"\n"));
    refused(
        &format!("{OPENING}title = 7 # here\n"),
        "found a title that is not text, where a text is expected",
    );
}

#[test]
fn a_byte_order_mark_and_lines_of_windows_are_read() {
    read(&format!("\u{feff}{OPENING}"));
    let windows = register([ORDER]).replace('\n', "\r\n");
    assert_eq!(read(&windows).register, read(&register([ORDER])).register);
    let spoilt = windows.replace("agency-order", "agnecy-order");
    let line = line_of(&spoilt, "kind = \"agnecy-order\"");
    refused_at(
        &spoilt,
        line,
        "`agnecy-order` is none of: statute, executive-order, agency-order, court-order, decree, request, \
         recommendation, informal-pressure, notice, store-decision; did you mean `agency-order`?",
    );
}

#[test]
fn a_field_that_a_register_does_not_have_is_refused() {
    let stray = |text: &str| format!("{OPENING}{text}");
    refused(&stray("titel = \"x\" # here\n"), "unknown field `titel` in a register; did you mean `title`?");
    refused(&stray("[[entries]] # here\n"), "unknown field `entries` in a register; did you mean `entry`?");
    refused(&stray("colour = \"x\" # here\n"), "unknown field `colour` in a register");
}

#[test]
fn a_field_that_a_declaration_does_not_have_is_refused() {
    for (kind, field, message) in [
        ("app", "nmae", "unknown field `nmae` in an app; did you mean `name`?"),
        ("app", "category", "unknown field `category` in an app; did you mean `categories`?"),
        ("organization", "nam", "unknown field `nam` in an organization; did you mean `name`?"),
        ("category", "owner", "unknown field `owner` in a category"),
        ("store", "idd", "unknown field `idd` in a store; did you mean `id`?"),
        (
            "authority",
            "juristiction",
            "unknown field `juristiction` in an authority; did you mean `jurisdiction`?",
        ),
    ] {
        refused(&format!("{OPENING}[[{kind}]]\n{field} = \"x\" # here\n"), message);
    }
}

#[test]
fn a_field_that_an_entry_does_not_have_is_refused() {
    for (old, new, message) in [
        (
            "recorded =",
            "recored = \"x\" # here\nrecorded =",
            "`recored` in an entry `instrument-issued`; did you mean `recorded`?",
        ),
        (
            "title =",
            "notes = \"x\" # here\ntitle =",
            "`notes` in an entry `instrument-issued`; did you mean `note`?",
        ),
        (
            "title =",
            "titel = \"x\" # here\ntitle =",
            "`titel` in an entry `instrument-issued`; did you mean `title`?",
        ),
        (
            "title =",
            "until_ = \"x\" # here\ntitle =",
            "`until_` in an entry `instrument-issued`; did you mean `until`?",
        ),
    ] {
        refused(&order_with(old, new), &format!("unknown field {message}"));
    }
}

#[test]
fn a_field_of_another_event_is_refused() {
    for (event, fields, message) in [
        (
            "relief-granted",
            "aganst = [] # here",
            "`aganst` in an entry `relief-granted`; did you mean `against`?",
        ),
        ("relief-granted", "ends = [] # here", "`ends` in an entry `relief-granted`"),
        ("measure-ended", "against = [] # here", "`against` in an entry `measure-ended`"),
        ("start-moved", "until = \"x\" # here", "`until` in an entry `start-moved`"),
        (
            "condition-met",
            "condtion = \"x\" # here",
            "`condtion` in an entry `condition-met`; did you mean `condition`?",
        ),
        (
            "enforcement-forborne",
            "forbearence = \"x\" # here",
            "`forbearence` in an entry `enforcement-forborne`; did you mean `forbearance`?",
        ),
        (
            "appeal-noticed",
            "of_refusals = [] # here",
            "`of_refusals` in an entry `appeal-noticed`; did you mean `of-refusals`?",
        ),
        (
            "appeal-decided",
            "jugdment = \"x\" # here",
            "`jugdment` in an entry `appeal-decided`; did you mean `judgment`?",
        ),
        (
            "mandate-issued",
            "apeal = \"x\" # here",
            "`apeal` in an entry `mandate-issued`; did you mean `appeal`?",
        ),
        (
            "motion-filed",
            "seek = \"stay\" # here",
            "`seek` in an entry `motion-filed`; did you mean `seeks`?",
        ),
        (
            "control-transferred",
            "organisation = \"x\" # here",
            "`organisation` in an entry `control-transferred`; did you mean `organization`?",
        ),
        ("publisher-changed", "from = \"x\" # here", "`from` in an entry `publisher-changed`"),
        (
            "app-succeeded",
            "sucessor = \"x\" # here",
            "`sucessor` in an entry `app-succeeded`; did you mean `successor`?",
        ),
        (
            "entry-retracted",
            "enrty = \"x\" # here",
            "`enrty` in an entry `entry-retracted`; did you mean `entry`?",
        ),
    ] {
        refused(&register([entry("x", event, fields)]), &format!("unknown field {message}"));
    }
}

#[test]
fn a_field_is_told_by_the_thing_that_it_stands_in() {
    let in_clause = |new: &str| order_with("directive =", &format!("{new} # here\ndirective ="));
    refused(
        &in_clause("directve = \"x\""),
        "unknown field `directve` in a clause; did you mean `directive`?",
    );
    refused(&in_clause("title = \"x\""), "unknown field `title` in a clause");
    refused(&in_clause("note = \"x\""), "unknown field `note` in a clause");
    let in_scope =
        |new: &str| order_with("acts = [\"download\"] }", &format!("acts = [\"download\"], {new} }} # here"));
    refused(&in_scope("territory = []"), "unknown field `territory` in a scope; did you mean `territories`?");
    refused(&in_scope("owned_by = []"), "unknown field `owned_by` in a scope; did you mean `owned-by`?");
    refused(
        &in_scope("except = { act = [] }"),
        "unknown field `act` in the exceptions of a scope; did you mean `acts`?",
    );
    refused(
        &register([ORDER, INJUNCTION, "protects = { person = [] } # here\n"]),
        "unknown field `person` in `protects`; did you mean `persons`?",
    );
    let disposition = "[[entry.disposition]]\nscop = {} # here";
    refused(
        &register([entry("x", "appeal-decided", disposition)]),
        "unknown field `scop` in a disposition; did you mean `scope`?",
    );
}

#[test]
fn a_missing_field_is_told_by_the_thing_that_lacks_it() {
    let head = format!("{OPENING}[[app]]\n");
    refused_at(&format!("{head}name = \"X\"\n"), 3, "an app lacks the field `id`; add it");
    refused_at(&format!("{head}id = \"x\"\n"), 3, "an app lacks the field `name`; add it");
    let authority = format!("{OPENING}[[authority]]\nid = \"x\"\nname = \"X\"\n");
    refused_at(&authority, 3, "an authority lacks the field `kind`; add it");
    refused_at(
        &format!("{authority}kind = \"court\"\n"),
        3,
        "an authority lacks the field `jurisdiction`; add it",
    );
    let order = register([ORDER]);
    for (field, place) in [
        ("id = \"order-issued\"\n", "an entry"),
        ("event = \"instrument-issued\"\n", "an entry"),
        ("entered = \"2020-09-18[America/New_York]\"\n", "an entry"),
        ("recorded = \"2020-09-18[America/New_York]\"\n", "an entry"),
        ("citation = \"Order 1\"\n", "an entry"),
        ("sources = [\"https://example.org/order\"]\n", "an entry"),
        ("instrument = \"order\"\n", "an entry `instrument-issued`"),
        ("kind = \"agency-order\"\n", "an entry `instrument-issued`"),
        ("title = \"Order\"\n", "an entry `instrument-issued`"),
    ] {
        let word = field.split(' ').next().unwrap();
        let line = line_of(&order, "[[entry]]");
        refused_at(&with(&order, field, ""), line, &format!("{place} lacks the field `{word}`; add it"));
    }
    for (field, word) in [
        ("id = \"1\"\n", "id"),
        ("directive = \"prohibit\"\n", "directive"),
        ("scope = { apps = [\"wechat\"], territories = [\"US\"], acts = [\"download\"] }\n", "scope"),
    ] {
        let text = with(&order, field, "");
        refused_at(
            &text,
            line_of(&text, "[[entry.clause]]"),
            &format!("a clause lacks the field `{word}`; add it"),
        );
    }
}

#[test]
fn an_event_lacks_its_own_fields_by_name() {
    let lacking = |event: &str, fields: &str, field: &str| {
        let text = register([entry("x", event, fields)]);
        let message = format!("an entry `{event}` lacks the field `{field}`; add it");
        refused_at(&text, line_of(&text, "[[entry]]"), &message);
    };
    lacking("relief-granted", "relief = \"r\"\nkind = \"stay\"", "against");
    lacking("measure-ended", "ending = \"e\"\nends = []", "manner");
    lacking("start-moved", "measure = \"order\"", "from");
    lacking("end-moved", "measure = \"order\"", "until");
    lacking("condition-met", "", "condition");
    lacking("enforcement-forborne", "forbearance = \"f\"", "of");
    lacking("appeal-noticed", "of = []", "appeal");
    lacking("appeal-decided", "judgment = \"j\"\nappeal = \"a\"", "disposition");
    lacking("motion-filed", "against = []", "seeks");
    lacking("proceeding-noted", "about = []", "what");
    lacking("publisher-changed", "app = \"wechat\"", "to");
    lacking("app-succeeded", "app = \"wechat\"", "successor");
    lacking("entry-retracted", "", "entry");
}

#[test]
fn an_entry_without_a_source_or_a_citation_is_refused() {
    let sources = |list: &str| order_with("[\"https://example.org/order\"]", &format!("{list} # here"));
    for list in ["[]", "[\"\"]", "[\" \"]", "[\"https://example.org\", \" \"]"] {
        refused(
            &sources(list),
            "entry `order-issued` has no source; add the page or document on which it was read",
        );
    }
    refused(
        &order_with("\"Order 1\"", "\" \" # here"),
        "a citation is blank; name the official text, or say that none was published",
    );
}

#[test]
fn a_value_of_another_kind_is_told_in_words_of_the_file() {
    let list = "sources = [\"https://example.org/order\"]";
    for (old, new, message) in [
        ("citation = \"Order 1\"", "citation = 7 # here", "found the number `7`, where a text is expected"),
        ("title = \"Order\"", "title = 1.5 # here", "found the number `1.5`, where a text is expected"),
        ("title = \"Order\"", "title = true # here", "found `true`, where a text is expected"),
        ("title = \"Order\"", "title = [] # here", "found a list, where a text is expected"),
        ("kind = \"agency-order\"", "kind = 1 # here", "found the number `1`, where a word is expected"),
        ("kind = \"agency-order\"", "kind = {} # here", "found a table, where a word is expected"),
        (list, "sources = \"x\" # here", "found the text `x`, where a list is expected"),
        ("title =", "concerns = [] # here\ntitle =", "found a list, where a table is expected"),
        ("title =", "concerns = \"all\" # here\ntitle =", "found the text `all`, where a table is expected"),
        ("[[entry.clause]]", "[entry.clause] # here", "found a table, where a list is expected"),
    ] {
        refused(&order_with(old, new), message);
    }
    refused(
        &register([ORDER, &with(INJUNCTION, "[\"order\"]", "\"order\" # here")]),
        "found the text `order`, where a list is expected",
    );
    refused(
        &register([ORDER, INJUNCTION, "protects = [] # here\n"]),
        "found a list, where a table is expected",
    );
    refused(
        &register([entry("x", "control-transferred", "app = \"wechat\"\nreleased = 1 # here")]),
        "found the number `1`, where `true` or `false` is expected",
    );
    refused(
        &order_with("event = \"instrument-issued\"", "event = 7 # here"),
        "found something else, where the word of an event is expected",
    );
}

#[test]
fn a_declaration_is_a_table_in_a_list() {
    for (text, message) in [
        ("app = [1] # here", "found the number `1`, where a table is expected"),
        ("app = [[\"wechat\", \"WeChat\"]] # here", "found a list, where a table is expected"),
        ("entry = [1] # here", "found something else, where an entry with its fields is expected"),
        ("entry = [[]] # here", "found something else, where an entry with its fields is expected"),
        ("app = \"x\" # here", "found a single one, where `[[app]]`, once for each, is expected"),
        ("[entry] # here", "found a single one, where `[[entry]]`, once for each, is expected"),
    ] {
        refused(&format!("{OPENING}{text}\n"), message);
    }
}

#[test]
fn a_word_that_its_field_does_not_take_is_refused_with_the_nearest_one() {
    refused(
        &order_with("\"instrument-issued\"", "\"instrument-isued\" # here"),
        "`instrument-isued` is none of: instrument-issued, restriction-added, relief-granted, measure-ended, \
         start-moved, end-moved, condition-met, enforcement-forborne, appeal-noticed, appeal-decided, \
         mandate-issued, appeal-announced, motion-filed, relief-refused, proceeding-noted, control-transferred, \
         publisher-changed, app-renamed, app-succeeded, category-joined, category-left, listing-assigned, \
         listing-retired, entry-retracted; did you mean `instrument-issued`?",
    );
    refused(
        &order_with("\"prohibit\"", "\"prohibt\" # here"),
        "`prohibt` is none of: prohibit, compel; did you mean `prohibit`?",
    );
    refused(&order_with("\"prohibit\"", "\"ban\" # here"), "`ban` is none of: prohibit, compel");
    refused(
        &order_with("[\"download\"] }", "[\"downlaod\"] } # here"),
        "`downlaod` is not an act; did you mean `download`?",
    );
    refused(
        &register([
            ORDER,
            &with(INJUNCTION, "\"preliminary-injunction\"", "\"prelimnary-injunction\" # here"),
        ]),
        "`prelimnary-injunction` is none of: temporary-restraining-order, preliminary-injunction, \
         permanent-injunction, administrative-stay, stay-pending-appeal, stay, temporary-permission; did you mean \
         `preliminary-injunction`?",
    );
    refused(
        &register([
            ORDER,
            &entry("x", "measure-ended", "ending = \"e\"\nends = [\"order\"]\nmanner = \"rescnded\" # here"),
        ]),
        "`rescnded` is none of: rescinded, vacated, reversed, dissolved, superseded, mooted; did you mean `rescinded`?",
    );
    refused(
        &register([entry(
            "x",
            "appeal-decided",
            "judgment = \"j\"\nappeal = \"a\"\ndisposition = []\nmandate = \"imediate\" # here",
        )]),
        "`imediate` is none of: awaited, immediate; did you mean `immediate`?",
    );
    refused(
        &register([entry(
            "x",
            "appeal-decided",
            "judgment = \"j\"\nappeal = \"a\"\n[[entry.disposition]]\nruling = \"order\"\ndisposition = \"revresed\" # here",
        )]),
        "`revresed` is none of: affirmed, reversed, vacated, remanded, dismissed; did you mean `reversed`?",
    );
}

#[test]
fn a_file_loads_whole_or_not_at_all() {
    // The error is the whole answer: nothing of the first hundred good lines can be had beside it.
    let text = register([ORDER, &with(INJUNCTION, "[\"order\"]", "[\"nothing\"] # here")]);
    refused(&text, "`nothing` names no instrument, clause, relief, ending or forbearance of this file");
    let whole = read(&register([ORDER, INJUNCTION]));
    assert_eq!(whole.register.entries().len(), 2);
    assert_eq!(whole.warnings, []);
}
