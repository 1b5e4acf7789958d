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
    ] {
        let (line, text) = transfer(fields);
        refused_at(&text, line, "an entry `control-transferred` needs exactly one of `to`, `released`");
    }
    read(&transfer("app = \"wechat\"\nto = \"tencent\"\nreleased = false").1);
    read(&transfer("app = \"wechat\"\nreleased = true").1);
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
