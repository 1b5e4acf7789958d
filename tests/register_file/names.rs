//! Words that are not declared, targets that are nowhere, names that are taken.

use super::support::{INJUNCTION, ORDER, entry, line_of, order_with, refused, refused_at, register, with};

#[test]
fn a_word_that_is_not_declared_is_refused_with_the_nearest_one() {
    for (old, new, message) in [
        (
            "by = \"commerce\"",
            "by = \"comerce\" # here",
            "authority `comerce`, which is not declared; did you mean `commerce`?",
        ),
        (
            "acts = [\"download\"] }",
            "acts = [\"*\"], except = { apps = [\"wecmo\"] } } # here",
            "app `wecmo`, which is not declared; did you mean `wecom`?",
        ),
        (
            "acts = [\"download\"] }",
            "acts = [\"*\"], successors-of = [\"wechta\"] } # here",
            "app `wechta`, which is not declared; did you mean `wechat`?",
        ),
        (
            "acts = [\"download\"] }",
            "acts = [\"*\"], owned-by = [\"tencnet\"] } # here",
            "organization `tencnet`, which is not declared; did you mean `tencent`?",
        ),
        (
            "acts = [\"download\"] }",
            "acts = [\"*\"], published-by = [\"appel\"] } # here",
            "organization `appel`, which is not declared; did you mean `apple`?",
        ),
        (
            "acts = [\"download\"] }",
            "acts = [\"*\"], categories = [\"mesenger\"] } # here",
            "category `mesenger`, which is not declared; did you mean `messenger`?",
        ),
        (
            "acts = [\"download\"] }",
            "acts = [\"*\"], stores = [\"app-sotre\"] } # here",
            "store `app-sotre`, which is not declared; did you mean `app-store`?",
        ),
        (
            "acts = [\"download\"] }",
            "acts = [\"*\"], stores = [\"fdroid\"] } # here",
            "store `fdroid`, which is not declared",
        ),
        (
            "title =",
            "concerns = { apps = [\"signal\"] } # here\ntitle =",
            "app `signal`, which is not declared",
        ),
    ] {
        refused(&order_with(old, new), &format!("entry `order-issued` names {message}"));
    }
    for (fields, message) in [
        (
            "protects = { organizations = [\"tencnet\"] } # here\n",
            "organization `tencnet`, which is not declared; did you mean `tencent`?",
        ),
        (
            "protects = { stores = [\"appgalery\"] } # here\n",
            "store `appgalery`, which is not declared; did you mean `appgallery`?",
        ),
    ] {
        let message = format!("entry `injunction-granted` names {message}");
        refused(&register([ORDER, INJUNCTION, fields]), &message);
    }
}

#[test]
fn a_change_on_the_market_names_declared_words() {
    for (event, fields, message) in [
        (
            "control-transferred",
            "app = \"wechta\" # here\nto = \"tencent\"",
            "app `wechta`, which is not declared; did you mean `wechat`?",
        ),
        (
            "control-transferred",
            "organization = \"aple\" # here\nto = \"tencent\"",
            "organization `aple`, which is not declared; did you mean `apple`?",
        ),
        (
            "control-transferred",
            "app = \"wechat\"\nto = \"tencnet\" # here",
            "organization `tencnet`, which is not declared; did you mean `tencent`?",
        ),
        (
            "publisher-changed",
            "app = \"wechat\"\nto = \"nuverse\" # here",
            "organization `nuverse`, which is not declared",
        ),
        (
            "publisher-changed",
            "app = \"wechat\"\nto = \"apple\"\nstore = \"google-paly\" # here",
            "store `google-paly`, which is not declared; did you mean `google-play`?",
        ),
        (
            "app-renamed",
            "app = \"wecaht\" # here\nname = \"X\"",
            "app `wecaht`, which is not declared; did you mean `wechat`?",
        ),
        (
            "app-succeeded",
            "app = \"wechat\"\nsuccessor = \"wecmo\" # here",
            "app `wecmo`, which is not declared; did you mean `wecom`?",
        ),
        (
            "category-joined",
            "app = \"wechat\"\ncategory = \"messengr\" # here",
            "category `messengr`, which is not declared; did you mean `messenger`?",
        ),
        (
            "category-left",
            "app = \"wechat\"\ncategory = \"vpn\" # here",
            "category `vpn`, which is not declared",
        ),
    ] {
        refused(&register([entry("x", event, fields)]), &format!("entry `x` names {message}"));
    }
}

#[test]
fn an_act_of_an_authority_says_whose_it_is() {
    for (event, fields) in [
        ("instrument-issued", "instrument = \"i\"\nkind = \"decree\"\ntitle = \"I\""),
        (
            "restriction-added",
            "instrument = \"order\"\nclause = { id = \"2\", directive = \"compel\", scope = { apps = [\"*\"], territories = [\"*\"], acts = [\"*\"] } }",
        ),
        ("relief-granted", "relief = \"r\"\nkind = \"stay\"\nagainst = [\"order\"]"),
        ("measure-ended", "ending = \"e\"\nmanner = \"vacated\"\nends = [\"order\"]"),
        ("enforcement-forborne", "forbearance = \"f\"\nof = [\"order\"]"),
        ("relief-refused", "kind = \"stay\"\nagainst = [\"order\"]"),
        ("mandate-issued", "appeal = \"a\""),
        (
            "appeal-decided",
            "judgment = \"j\"\nappeal = \"a\"\ndisposition = [{ ruling = \"order\", disposition = \"affirmed\" }]",
        ),
    ] {
        let text = register([ORDER, &entry("x", event, fields)]);
        let message = format!("entry `x` ({event}) does not say by whom; name the authority");
        refused_at(&text, line_of(&text, "id = \"x\""), &message);
    }
}

#[test]
fn a_target_that_is_nowhere_is_refused_with_the_nearest_one() {
    let aimed =
        |target: &str| register([ORDER, &with(INJUNCTION, "[\"order\"]", &format!("[\"{target}\"] # here"))]);
    let nowhere = "names no instrument, clause, relief, ending or forbearance of this file";
    refused(&aimed("ordre"), &format!("`ordre` {nowhere}; did you mean `order`?"));
    refused(&aimed("order/2"), &format!("`order/2` {nowhere}; did you mean `order/1`?"));
    refused(&aimed("The Order"), &format!("`The Order` {nowhere}"));
    refused(&aimed("order-issued"), &format!("`order-issued` {nowhere}"));
    refused(&aimed("commerce"), &format!("`commerce` {nowhere}"));
}

#[test]
fn an_appeal_is_no_measure() {
    let noticed = entry("noticed", "appeal-noticed", "appeal = \"ca9\"\nof = [\"injunction\"]");
    let moved = entry("moved", "motion-filed", "seeks = \"stay\"\nagainst = [\"ca9\"] # here");
    refused(
        &register([ORDER, INJUNCTION, &noticed, &moved]),
        "`ca9` names no instrument, clause, relief, ending or forbearance of this file",
    );
}

#[test]
fn what_an_entry_rests_on_is_recorded() {
    refused(
        &order_with("title =", "under = \"act\" # here\ntitle ="),
        "entry `order-issued` is aimed at instrument `act`, which is not recorded",
    );
    let added = "by = \"commerce\"\ninstrument = \"odrer\" # here\nclause = { id = \"2\", directive = \"prohibit\", scope = { apps = [\"*\"], territories = [\"*\"], acts = [\"*\"] } }";
    refused(
        &register([ORDER, &entry("x", "restriction-added", added)]),
        "entry `x` is aimed at instrument `odrer`, which is not recorded; did you mean `order`?",
    );
    refused(
        &register([ORDER, INJUNCTION, "pending = \"ca9\" # here\n"]),
        "entry `injunction-granted` is aimed at appeal `ca9`, which is not recorded",
    );
    let conditional = with(ORDER, "directive =", "until = \"upon sale\"\ndirective =");
    refused(
        &register([&conditional, &entry("x", "condition-met", "condition = \"sael\" # here")]),
        "entry `x` is aimed at condition `sael`, which is not recorded; did you mean `sale`?",
    );
    let decided = "by = \"nd-cal\"\njudgment = \"j\"\nappeal = \"ca8\" # here\ndisposition = [{ ruling = \"order\", disposition = \"affirmed\" }]";
    let noticed = entry("noticed", "appeal-noticed", "appeal = \"ca9\"\nof = [\"order\"]");
    refused(
        &register([ORDER, &noticed, &entry("x", "appeal-decided", decided)]),
        "entry `x` is aimed at appeal `ca8`, which is not recorded; did you mean `ca9`?",
    );
}

#[test]
fn a_name_stands_for_one_thing() {
    let text =
        register([ORDER, &with(INJUNCTION, "id = \"injunction-granted\"", "id = \"order-issued\" # here")]);
    refused(&text, "entry `order-issued` is recorded already; give the new one an identifier of its own");
    refused(
        &register([ORDER, &with(INJUNCTION, "relief = \"injunction\"", "relief = \"order\" # here")]),
        "entry `injunction-granted` introduces relief `order`, but `order` is taken since entry `order-issued`; \
         choose another, or correct that entry",
    );
    let again = with(
        &with(ORDER, "id = \"order-issued\"", "id = \"again\""),
        "instrument = \"order\"",
        "instrument = \"order\" # here",
    );
    refused(
        &register([ORDER, &again]),
        "entry `again` introduces instrument `order`, but `order` is taken since entry `order-issued`; choose \
         another, or correct that entry",
    );
    let noticed = |id: &str, mark: &str| {
        entry(id, "appeal-noticed", &format!("appeal = \"ca9\"{mark}\nof = [\"order\"]"))
    };
    refused(
        &register([ORDER, &noticed("one", ""), &noticed("two", " # here")]),
        "entry `two` introduces appeal `ca9`, but `ca9` is taken since entry `one`; choose another, or correct that \
         entry",
    );
}

#[test]
fn a_clause_has_a_number_of_its_own() {
    let twice = "\n[[entry.clause]]\nid = \"1\"\ndirective = \"prohibit\"\nscope = { apps = [\"*\"], territories = [\"US\"], acts = [\"use\"] }\n";
    let text = register([ORDER, twice]);
    refused_at(
        &text,
        line_of(&text, "id = \"order-issued\""),
        "entry `order-issued` has two clauses `1`; number them",
    );
    let added = "by = \"commerce\"\ninstrument = \"order\"\nclause = { id = \"1\", directive = \"prohibit\", scope = { apps = [\"*\"], territories = [\"*\"], acts = [\"*\"] } }";
    let text = register([ORDER, &entry("x", "restriction-added", added)]);
    refused_at(
        &text,
        line_of(&text, "id = \"x\""),
        "entry `x` introduces restriction `order/1`, but `order/1` is taken since entry `order-issued`; choose \
         another, or correct that entry",
    );
}

#[test]
fn an_ending_has_no_span_to_move() {
    let ended = entry(
        "ended",
        "measure-ended",
        "by = \"commerce\"\nending = \"e\"\nmanner = \"rescinded\"\nends = [\"order\"]",
    );
    refused(
        &register([ORDER, &ended, &entry("x", "end-moved", "measure = \"e\" # here\nuntil = \"open\"")]),
        "entry `x` moves the start or end of ending `e`, which has no span; only its own reversal undoes an ending",
    );
}

#[test]
fn two_entries_do_not_say_different_things_of_one_moment() {
    let sold =
        |id: &str, to: &str| entry(id, "control-transferred", &format!("app = \"wechat\"\nto = \"{to}\""));
    let text = register([sold("one", "tencent"), sold("two", "apple")]);
    refused_at(
        &text,
        line_of(&text, "id = \"two\""),
        "entry `two` has app `wechat` owned by `apple`, and entry `one` by `tencent`, both as of `2020-10-01[UTC]`; say in \
         one entry what `shares` each has, or correct one of them",
    );
}

#[test]
fn nobody_controls_or_succeeds_itself() {
    let controlled = |id: &str, of: &str, to: &str| {
        entry(id, "control-transferred", &format!("organization = \"{of}\"\nto = \"{to}\""))
    };
    let text = register([controlled("one", "apple", "tencent"), controlled("two", "tencent", "apple")]);
    refused_at(
        &text,
        line_of(&text, "id = \"two\""),
        "entry `two` makes a circle of control: `tencent` controls `apple` controls `tencent`; nobody controls itself",
    );
    let text = register([entry("x", "app-succeeded", "app = \"wechat\"\nsuccessor = \"wechat\"")]);
    refused_at(&text, line_of(&text, "id = \"x\""), "entry `x` makes app `wechat` the successor of itself");
}
