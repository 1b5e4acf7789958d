//! Where JSON Lines differs: one object a line, and the line is the place of every error.

use delisted::io::{read_json_lines, read_toml};

const OPENING: &str = "{\"format\": \"delisted-register\", \"version\": 1}";
const APP: &str = r#"{"app": {"id": "wechat", "name": "WeChat"}}"#;
const AUTHORITY: &str =
    r#"{"authority": {"id": "commerce", "name": "Commerce", "kind": "agency", "jurisdiction": "US"}}"#;
const ORDER: &str = r#"{"entry": {"id": "issued", "event": "instrument-issued", "by": "commerce", "entered": "2020-09-18[UTC]", "recorded": "2020-09-18[UTC]", "citation": "C", "sources": ["s"], "instrument": "order", "kind": "agency-order", "title": "Order"}}"#;
const MOTION: &str = r#"{"entry": {"id": "moved", "event": "motion-filed", "entered": "2020-09-19[UTC]", "recorded": "2020-09-19[UTC]", "citation": "C", "sources": ["s"], "seeks": "stay", "against": ["order"]}}"#;

#[track_caller]
fn refused(lines: &[&str], line: usize, message: &str) {
    let error = read_json_lines("case.jsonl", lines.join("\n").as_bytes()).unwrap_err();
    assert_eq!(error.to_string(), format!("case.jsonl:{line}: {message}"));
}

#[track_caller]
fn read(text: &str) -> delisted::Register {
    read_json_lines("case.jsonl", text.as_bytes()).unwrap().register
}

#[test]
fn the_first_line_opens_the_register() {
    let message =
        "this is not a register file; it must open with `format = \"delisted-register\"` and `version = 1`";
    refused(&[], 1, message);
    refused(&["", " "], 1, message);
    refused(&[APP], 1, message);
    refused(&["", "[1]"], 2, message);
    refused(&["{}"], 1, message);
    refused(
        &[r#"{"format": "delisted-register", "version": 2}"#],
        1,
        "the file has version `2`; this library reads version 1",
    );
    refused(
        &[r#"{"format": "delisted-register", "version": "1"}"#],
        1,
        "found a version that is not a number, where `version = 1` is expected",
    );
    refused(
        &[r#"{"format": "delisted-register", "version": 1, "titel": "WeChat"}"#],
        1,
        "unknown field `titel` in a register; did you mean `title`?",
    );
    refused(
        &[r#"{"format": "delisted-register", "version": 1, "title": 7}"#],
        1,
        "found a title that is not text, where a text is expected",
    );
    read(r#"{"format": "delisted-register", "version": 1, "title": "WeChat"}"#);
}

#[test]
fn a_line_that_is_no_json_is_refused_without_a_second_count_of_lines() {
    refused(&[OPENING, "", "{\"app\":"], 3, "not well-formed: EOF while parsing a value at byte 7");
    refused(&[OPENING, "app"], 2, "not well-formed: expected value at byte 1");
    refused(&[OPENING, "{} {}"], 2, "not well-formed: trailing characters at byte 4");
    refused(
        &[OPENING, r#"{"app": {"id": "x", "id": "y"}}"#],
        2,
        "not well-formed: key `id` stands twice at byte 30",
    );
}

#[test]
fn a_line_is_an_object_with_one_key() {
    let expected = "where an object with one key, such as `{\"entry\": {...}}`, is expected";
    for line in ["[1]", "1", "null", "\"app\""] {
        refused(&[OPENING, line], 2, &format!("found no object, {expected}"));
    }
    refused(&[OPENING, "{}"], 2, &format!("found an object with 0 keys, {expected}"));
    refused(
        &[OPENING, r#"{"app": {}, "entry": {}}"#],
        2,
        &format!("found an object with 2 keys, {expected}"),
    );
    refused(&[OPENING, r#"{"entries": {}}"#], 2, "unknown field `entries` in a line; did you mean `entry`?");
    refused(&[OPENING, r#"{"title": "x"}"#], 2, "unknown field `title` in a line");
    refused(&[OPENING, r#"{"app": ["x", "X"]}"#], 2, "found a list, where a table is expected");
    refused(
        &[OPENING, r#"{"entry": null}"#],
        2,
        "found something else, where an entry with its fields is expected",
    );
}

#[test]
fn blank_lines_windows_lines_and_a_byte_order_mark_are_read() {
    let plain = read(&[OPENING, AUTHORITY, APP, ORDER].join("\n"));
    assert_eq!(plain.entries().len(), 1);
    assert_eq!(read(&["", OPENING, "", AUTHORITY, "  ", APP, ORDER, "", ""].join("\n")), plain);
    assert_eq!(read(&[OPENING, AUTHORITY, APP, ORDER, ""].join("\r\n")), plain);
    assert_eq!(read(&format!("\u{feff}{}", [OPENING, AUTHORITY, APP, ORDER].join("\n"))), plain);
}

#[test]
fn the_line_of_an_error_is_the_line_of_its_object() {
    let spoilt = ORDER.replace("\"agency-order\"", "\"agnecy-order\"");
    refused(
        &[OPENING, AUTHORITY, "", APP, "", &spoilt],
        6,
        "`agnecy-order` is none of: statute, executive-order, agency-order, court-order, decree, request, \
         recommendation, informal-pressure, notice, store-decision; did you mean `agency-order`?",
    );
    let missing = ORDER.replace("\"citation\": \"C\", ", "");
    refused(&[OPENING, AUTHORITY, &missing], 3, "an entry lacks the field `citation`; add it");
    let stray = ORDER.replace("\"citation\"", "\"citaton\"");
    refused(
        &[OPENING, AUTHORITY, &stray],
        3,
        "unknown field `citaton` in an entry `instrument-issued`; did you mean `citation`?",
    );
}

#[test]
fn a_target_further_down_is_told_with_its_line() {
    refused(
        &[OPENING, AUTHORITY, MOTION, "", ORDER],
        3,
        "`order` is recorded only on line 5; move that entry above this one",
    );
    refused(
        &[OPENING, AUTHORITY, MOTION, "not json", "{}", APP],
        3,
        "`order` names no instrument, clause, relief, ending or forbearance of this file",
    );
    read(&[OPENING, AUTHORITY, ORDER, MOTION].join("\n"));
}

#[test]
fn words_are_declared_above_what_speaks_of_them() {
    refused(
        &[OPENING, ORDER, AUTHORITY],
        2,
        "entry `issued` names authority `commerce`, which is not declared",
    );
}

#[test]
fn a_line_that_is_not_utf_8_is_refused() {
    let error =
        read_json_lines("case.jsonl", [OPENING.as_bytes(), b"\n\xff\xfe\n"].concat().as_slice()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "case.jsonl:2: the file cannot be read: stream did not contain valid UTF-8"
    );
}

#[test]
fn a_field_that_is_null_is_left_out() {
    let noted =
        ORDER.replace("\"title\": \"Order\"", "\"title\": \"Order\", \"under\": null, \"note\": null");
    assert_eq!(read(&[OPENING, AUTHORITY, &noted].join("\n")), read(&[OPENING, AUTHORITY, ORDER].join("\n")));
    let missing = ORDER.replace("\"Order\"", "null");
    refused(&[OPENING, AUTHORITY, &missing], 3, "found `null`, where a text is expected");
}

#[test]
fn both_forms_read_to_one_register() {
    let toml = "format = \"delisted-register\"\nversion = 1\n\
        app = [{ id = \"wechat\", name = \"WeChat\" }]\n\
        authority = [{ id = \"commerce\", name = \"Commerce\", kind = \"agency\", jurisdiction = \"US\" }]\n\
        entry = [{ id = \"issued\", event = \"instrument-issued\", by = \"commerce\", entered = \"2020-09-18[UTC]\", \
        recorded = \"2020-09-18[UTC]\", citation = \"C\", sources = [\"s\"], instrument = \"order\", \
        kind = \"agency-order\", title = \"Order\" }]\n";
    let read_back = read(&[OPENING, APP, AUTHORITY, ORDER].join("\n"));
    assert_eq!(read_toml("case.toml", toml).unwrap().register, read_back);
}
