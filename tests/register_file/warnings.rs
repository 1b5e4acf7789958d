//! What is possible but odd is told with file and line, and changes no answer.

use super::support::{ORDER, entry, line_of, read, register, with};

#[track_caller]
fn warned(entries: &[&str], message: &str) {
    let text = register(entries);
    let loaded = read(&text);
    let told: Vec<String> = loaded.warnings.iter().map(ToString::to_string).collect();
    assert_eq!(told, [format!("case.toml:{}: entry `x`{message}", line_of(&text, "id = \"x\""))]);
    assert_eq!(loaded.register.entries().len(), entries.len());
}

fn relief(by: &str, kind: &str, against: &str) -> String {
    entry(
        "x",
        "relief-granted",
        &format!("by = \"{by}\"\nrelief = \"r\"\nkind = \"{kind}\"\nagainst = [\"{against}\"]"),
    )
}

#[test]
fn a_court_of_a_state_acts_against_a_federal_order() {
    warned(
        &[ORDER, &relief("montana", "preliminary-injunction", "order")],
        ": `montana`, of a part of the country, acts against `order` of `commerce`, of the whole country",
    );
}

#[test]
fn a_court_acts_against_the_order_of_another_country() {
    let foreign = ": `delhi` acts against `order` of `commerce`, which belongs to another country";
    warned(&[ORDER, &relief("delhi", "preliminary-injunction", "order")], foreign);
    let ended = "by = \"delhi\"\nending = \"e\"\nmanner = \"vacated\"\nends = [\"order\"]";
    warned(&[ORDER, &entry("x", "measure-ended", ended)], foreign);
}

#[test]
fn an_injunction_comes_from_a_body_that_is_no_court() {
    warned(
        &[ORDER, &relief("commerce", "permanent-injunction", "order")],
        " is an injunction by `commerce`, which is not a court",
    );
}

#[test]
fn a_stay_pending_appeal_names_no_appeal() {
    warned(
        &[ORDER, &relief("nd-cal", "stay-pending-appeal", "order")],
        " grants a stay pending appeal but names no appeal, so nothing ends it by itself",
    );
}

#[test]
fn a_restraining_order_has_no_end() {
    warned(
        &[ORDER, &relief("nd-cal", "temporary-restraining-order", "order")],
        " grants a temporary restraining order without an end, so it does not lapse by itself",
    );
}

#[test]
fn what_binds_nobody_is_suspended_or_built_upon() {
    let request = with(ORDER, "\"agency-order\"", "\"request\"");
    warned(&[&request, &relief("nd-cal", "stay", "order/1")], " is aimed at `order/1`, which binds nobody");
    let under =
        "by = \"commerce\"\ninstrument = \"decree\"\nkind = \"decree\"\ntitle = \"D\"\nunder = \"order\"";
    warned(
        &[&request, &entry("x", "instrument-issued", under)],
        " is issued under `order`, which binds nobody",
    );
}

#[test]
fn warnings_come_in_the_order_of_the_file() {
    let first = relief("delhi", "temporary-restraining-order", "order");
    let second = with(&relief("nd-cal", "stay-pending-appeal", "order"), "id = \"x\"", "id = \"y\"")
        .replace("\"r\"", "\"s\"");
    let loaded = read(&register([ORDER, &first, &second]));
    let lines: Vec<usize> = loaded.warnings.iter().map(|warning| warning.line).collect();
    assert_eq!(lines.len(), 3);
    assert!(lines.is_sorted());
    assert!(loaded.warnings.iter().all(|warning| warning.file == "case.toml"));
}
