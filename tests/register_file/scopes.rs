//! What a scope may say, and the fields of which exactly one must be there.

use super::support::{
    INJUNCTION, ORDER, entry, line_of, order_with, read, refused, refused_at, register, with,
};

const SCOPE: &str = "{ apps = [\"wechat\"], territories = [\"US\"], acts = [\"download\"] }";

/// The order, its scope spoilt.
#[track_caller]
fn refused_scope(scope: &str, message: &str) {
    refused(&order_with(SCOPE, &format!("{scope} # here")), message);
}

#[test]
fn a_clause_says_which_apps_territories_and_acts_it_reaches() {
    for (scope, field) in [
        ("{ territories = [\"US\"], acts = [\"*\"] }", "apps"),
        ("{ apps = [\"*\"], acts = [\"*\"] }", "territories"),
        ("{ apps = [\"*\"], territories = [\"US\"] }", "acts"),
        ("{}", "apps"),
    ] {
        refused_scope(scope, &format!("the scope of a clause lacks the field `{field}`; add it"));
    }
    for apps in [
        "successors-of = [\"wechat\"]",
        "owned-by = [\"tencent\"]",
        "published-by = [\"tencent\"]",
        "categories = [\"messenger\"]",
    ] {
        read(&order_with(SCOPE, &format!("{{ {apps}, territories = [\"US\"], acts = [\"*\"] }}")));
    }
}

#[test]
fn an_added_clause_says_so_too() {
    let clause = "by = \"commerce\"\ninstrument = \"order\"\nclause = { id = \"2\", directive = \"prohibit\", scope = { apps = [\"wechat\"], acts = [\"*\"] } } # here";
    refused(
        &register([ORDER, &entry("x", "restriction-added", clause)]),
        "the scope of a clause lacks the field `territories`; add it",
    );
}

#[test]
fn a_star_stands_alone() {
    let star = |field: &str| {
        format!("`{field}` has `*` beside other members; write `[\"*\"]` for all, or the members only")
    };
    refused_scope("{ apps = [\"*\", \"wechat\"], territories = [\"US\"], acts = [\"*\"] }", &star("apps"));
    refused_scope("{ apps = [\"*\"], territories = [\"US\", \"*\"], acts = [\"*\"] }", &star("territories"));
    refused_scope("{ apps = [\"*\"], territories = [\"US\"], acts = [\"*\", \"*\"] }", &star("acts"));
    refused_scope(
        "{ apps = [\"*\"], stores = [\"*\", \"app-store\"], territories = [\"US\"], acts = [\"*\"] }",
        &star("stores"),
    );
    let text = order_with(
        SCOPE,
        "{ apps = [\n    \"wechat\",\n    \"*\", # here\n], territories = [\"US\"], acts = [\"*\"] }",
    );
    refused_at(&text, line_of(&text, "    \"*\", # here"), &star("apps"));
}

#[test]
fn all_apps_and_some_apps_do_not_add_up() {
    refused_scope(
        "{ apps = [\"*\"], owned-by = [\"tencent\"], territories = [\"US\"], acts = [\"*\"] }",
        "`apps` has `*` beside other members; write `[\"*\"]` for all, or the members only",
    );
    refused_scope(
        "{ apps = [\"wechat\"], categories = [\"*\"], territories = [\"US\"], acts = [\"*\"] }",
        "`*` is not an identifier: `*` at character 1 is not one of a-z, 0-9, `-`, `_`, `.`",
    );
}

#[test]
fn a_list_that_must_say_something_is_not_empty() {
    let empty =
        |field: &str| format!("`{field}` is an empty list; name something, or write `[\"*\"]` for all");
    refused_scope("{ apps = [], territories = [\"US\"], acts = [\"*\"] }", &empty("apps"));
    refused_scope("{ owned-by = [], territories = [\"US\"], acts = [\"*\"] }", &empty("owned-by"));
    refused_scope("{ apps = [\"*\"], territories = [], acts = [\"*\"] }", &empty("territories"));
    refused_scope("{ apps = [\"*\"], territories = [\"US\"], acts = [] }", &empty("acts"));
    refused(&register([ORDER, INJUNCTION, "scope = { stores = [] } # here\n"]), &empty("stores"));
}

#[test]
fn relief_that_names_whom_it_protects_protects_somebody() {
    let text = register([ORDER, INJUNCTION, "protects = {}\n"]);
    refused_at(
        &text,
        line_of(&text, "id = \"injunction-granted\""),
        "entry `injunction-granted` has a scope that reaches no parties; name some, or leave them out to reach all",
    );
}

#[test]
fn an_exception_names_members_not_all() {
    refused_scope(
        "{ apps = [\"*\"], territories = [\"US\"], acts = [\"*\"], except = { acts = [\"*\"] } }",
        "`*` is not an act",
    );
    refused_scope(
        "{ apps = [\"*\"], territories = [\"US\"], acts = [\"*\"], except = { apps = [\"*\"] } }",
        "`*` is not an identifier: `*` at character 1 is not one of a-z, 0-9, `-`, `_`, `.`",
    );
}

#[test]
fn a_territory_is_in_the_standard() {
    let placed = |code: &str| format!("{{ apps = [\"*\"], territories = [\"{code}\"], acts = [\"*\"] }}");
    let unknown = |code: &str, near: &str| {
        format!(
            "`{code}` is not an ISO 3166-1 code; write two or three capital letters, such as `US`, or a part, such \
             as `US-MT`{near}"
        )
    };
    for (code, near) in [
        ("UK", "; did you mean `GB`?"),
        ("us", "; did you mean `US`?"),
        ("EU", ""),
        ("U.S.", ""),
        ("us-mt", "; did you mean `US-MT`?"),
        ("USA-MT", ""),
        ("", ""),
    ] {
        refused_scope(&placed(code), &unknown(code, near));
    }
    for code in ["US-MONTANA", "US-mt", "US-"] {
        let message = format!(
            "`{code}` is not an ISO 3166-2 code; after `US-` come one to three capital letters or digits"
        );
        refused_scope(&placed(code), &message);
    }
    refused_scope(
        "{ apps = [\"*\"], territories = [\"US\"], acts = [\"*\"], except = { territories = [\"UK\"] } }",
        &unknown("UK", "; did you mean `GB`?"),
    );
}

#[test]
fn a_transfer_names_one_thing_controlled_and_one_outcome() {
    let transfer = |fields: &str| {
        let text = register([entry("x", "control-transferred", fields)]);
        (line_of(&text, "id = \"x\""), text)
    };
    for fields in ["to = \"tencent\"", "app = \"wechat\"\norganization = \"apple\"\nto = \"tencent\""] {
        let (line, text) = transfer(fields);
        refused_at(&text, line, "an entry `control-transferred` needs exactly one of `app`, `organization`");
    }
    for fields in [
        "app = \"wechat\"",
        "app = \"wechat\"\nreleased = false",
        "app = \"wechat\"\nto = \"tencent\"\nreleased = true",
        "app = \"wechat\"\nto = \"tencent\"\nshares = [{ organization = \"apple\", percent = 15 }]",
    ] {
        let (line, text) = transfer(fields);
        refused_at(
            &text,
            line,
            "an entry `control-transferred` needs exactly one of `to`, `shares`, `released`",
        );
    }
    read(&transfer("app = \"wechat\"\nto = \"tencent\"\nreleased = false").1);
    read(&transfer("app = \"wechat\"\nreleased = true").1);
}

#[test]
fn shares_are_parts_of_one_whole_each_of_another() {
    let transfer = |shares: &str| {
        register([entry("x", "control-transferred", &format!("app = \"wechat\"\nshares = [\n{shares}\n]"))])
    };
    let share = |who: &str, percent: &str| format!("{{ organization = \"{who}\", percent = {percent} }}");
    let both = |one: &str, other: &str| format!("{},\n{}", share("tencent", one), share("apple", other));
    let opening = |text: &str| line_of(text, "shares = [");
    for (shares, message) in [
        (both("60", "40.5"), "the shares add up to 100.5 per cent; at most 100 can be held"),
        (both("100", "0.01"), "the shares add up to 100.01 per cent; at most 100 can be held"),
        (String::new(), "the shares name nobody; name who holds a part, or say that it was released"),
        (
            format!("{}, {}", share("apple", "1"), share("apple", "2")),
            "`apple` has two shares; add them up to one",
        ),
    ] {
        let text = transfer(&shares);
        refused_at(&text, opening(&text), message);
    }
    for (percent, message) in [
        ("0", "`0` is not a part of a whole: it must be above 0 and at most 100 per cent"),
        ("-5.5", "`-5.5` is not a part of a whole: it must be above 0 and at most 100 per cent"),
        ("100.01", "`100.01` is not a part of a whole: it must be above 0 and at most 100 per cent"),
        (
            "1e30",
            "`1000000000000000000000000000000` is not a part of a whole: it must be above 0 and at most 100 per cent",
        ),
        ("33.333", "`33.333` is too fine for a percentage: it has 3 decimals, at most 2 are kept"),
        ("nan", "`NaN` is not a percentage; write a number such as 19.9"),
        ("\"a fifth\"", "`a fifth` is not a percentage; write a number such as 19.9"),
        ("\"15,5\"", "`15,5` is not a percentage; write a number such as 19.9"),
        ("true", "found `true`, where a number is expected"),
    ] {
        let text = transfer(&share("apple", percent));
        refused_at(&text, opening(&text) + 1, message);
    }
    let text = transfer("{ organization = \"apple\", part = 15 }");
    refused_at(&text, opening(&text) + 1, "unknown field `part` in a share");
    let text = transfer(&share("appel", "15"));
    refused_at(
        &text,
        opening(&text) + 1,
        "entry `x` names organization `appel`, which is not declared; did you mean `apple`?",
    );
    // A number and its text are one; no digit is lost or found.
    let read_as = |percent: &str| read(&transfer(&share("apple", percent))).register;
    assert_eq!(read_as("19.9"), read_as("\"19.90\""));
    assert_eq!(read_as("20"), read_as("20.0"));
    assert_ne!(read_as("19.9"), read_as("19.91"));
}

#[test]
fn a_threshold_of_holding_names_an_organisation_and_a_part() {
    let held = |held_by: &str| format!("{{ held-by = [{held_by}], territories = [\"US\"], acts = [\"*\"] }}");
    refused_scope(&held(""), "`held-by` is an empty list; name something, or write `[\"*\"]` for all");
    refused_scope(
        &held("{ organization = \"apple\", at-least = 0 }"),
        "`0` is not a part of a whole: it must be above 0 and at most 100 per cent",
    );
    refused_scope(&held("{ organization = \"apple\" }"), "`held-by` lacks the field `at-least`; add it");
    refused_scope(
        &held("{ organization = \"apple\", at-leest = 20 }"),
        "unknown field `at-leest` in `held-by`; did you mean `at-least`?",
    );
}

#[test]
fn a_disposition_names_one_ruling_or_one_refusal() {
    let noticed = entry("noticed", "appeal-noticed", "appeal = \"a\"\nof = [\"injunction\"]");
    for fields in ["", "ruling = \"injunction\"\nrefusal = \"noticed\"\n"] {
        let decided = format!(
            "by = \"nd-cal\"\njudgment = \"j\"\nappeal = \"a\"\n[[entry.disposition]]\n{fields}disposition = \"affirmed\""
        );
        let text = register([ORDER, INJUNCTION, &noticed, &entry("decided", "appeal-decided", &decided)]);
        refused_at(
            &text,
            line_of(&text, "id = \"decided\""),
            "a disposition needs exactly one of `ruling`, `refusal`",
        );
    }
}

#[test]
fn an_entry_is_aimed_at_something() {
    let aimless = |event: &str, fields: &str| {
        let text = register([ORDER, INJUNCTION, &entry("x", event, &format!("by = \"nd-cal\"\n{fields}"))]);
        let message = format!("entry `x` ({event}) is aimed at nothing; name its target");
        refused_at(&text, line_of(&text, "id = \"x\""), &message);
    };
    aimless("relief-granted", "relief = \"r\"\nkind = \"stay\"\nagainst = []");
    aimless("measure-ended", "ending = \"e\"\nmanner = \"vacated\"\nends = []");
    aimless("enforcement-forborne", "forbearance = \"f\"\nof = []");
    aimless("appeal-noticed", "appeal = \"a\"");
    aimless("appeal-announced", "of = []");
    aimless("motion-filed", "seeks = \"stay\"\nagainst = []");
    aimless("relief-refused", "kind = \"stay\"\nagainst = []");
    aimless("proceeding-noted", "about = []\nwhat = \"w\"");
    read(&register([ORDER, &with(INJUNCTION, "[\"order\"]", "[\"order/1\", \"order\"]")]));
}
