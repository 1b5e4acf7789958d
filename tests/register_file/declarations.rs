//! What a register speaks of: each word once, with a name, and facts with a source.

use super::support::{OPENING, read, refused};

#[track_caller]
fn refused_declaration(text: &str, message: &str) {
    refused(&format!("{OPENING}{text}\n"), message);
}

#[test]
fn a_word_is_declared_once() {
    for kind in ["organization", "category", "store", "app"] {
        let text =
            format!("[[{kind}]]\nid = \"x\"\nname = \"X\"\n[[{kind}]]\nid = \"x\" # here\nname = \"Y\"");
        let message = format!("{kind} `x` is declared already; an identifier stands for one thing");
        refused_declaration(&text, &message);
    }
    refused_declaration(
        "[[authority]]\nid = \"x\"\nname = \"X\"\nkind = \"court\"\njurisdiction = \"US\"\n\
         [[authority]]\nid = \"x\" # here\nname = \"Y\"\nkind = \"court\"\njurisdiction = \"US\"",
        "authority `x` is declared already; an identifier stands for one thing",
    );
    refused_declaration(
        "[[store]]\nid = \"app-store\" # here\nname = \"App Store\"",
        "store `app-store` is declared already; an identifier stands for one thing",
    );
}

#[test]
fn a_declaration_has_a_name() {
    refused_declaration("[[app]]\nid = \"x\" # here\nname = \" \"", "app `x` has no name");
}

#[test]
fn what_an_app_was_at_the_beginning_needs_a_source() {
    let message =
        "app `x` states an owner, a publisher or a category without a source; add where it is stated";
    for field in
        ["owner = \"o\"", "publisher = \"o\"", "categories = [\"c\"]", "owner = \"o\"\nsources = [\" \"]"]
    {
        refused_declaration(
            &format!(
                "[[organization]]\nid = \"o\"\nname = \"O\"\n[[category]]\nid = \"c\"\nname = \"C\"\n\
                 [[app]]\nid = \"x\" # here\nname = \"X\"\n{field}"
            ),
            message,
        );
    }
}

#[test]
fn what_an_app_names_is_declared() {
    refused_declaration(
        "[[organization]]\nid = \"tencent\"\nname = \"Tencent\"\n\
         [[app]]\nid = \"x\" # here\nname = \"X\"\nowner = \"tencnet\"\nsources = [\"s\"]",
        "app `x` names organization `tencnet`, which is not declared before it; did you mean `tencent`?",
    );
    refused_declaration(
        "[[category]]\nid = \"vpn\"\nname = \"VPN\"\n\
         [[app]]\nid = \"x\" # here\nname = \"X\"\ncategories = [\"vnp\"]\nsources = [\"s\"]",
        "app `x` names category `vnp`, which is not declared before it; did you mean `vpn`?",
    );
}

#[test]
fn declarations_may_stand_in_any_order_of_their_kinds() {
    let app = "[[app]]\nid = \"x\"\nname = \"X\"\nowner = \"o\"\nsources = [\"s\"]\n";
    read(&format!("{OPENING}{app}[[organization]]\nid = \"o\"\nname = \"O\"\n"));
}

#[test]
fn an_identifier_has_the_shape_of_one() {
    let shaped = |id: &str| format!("[[app]]\nid = \"{id}\" # here\nname = \"X\"");
    refused_declaration(&shaped(""), "an identifier is empty; it needs 1 to 64 characters");
    refused_declaration(
        &shaped("We Chat"),
        "`We Chat` is not an identifier: `W` at character 1 is not one of a-z, 0-9, `-`, `_`, `.`",
    );
    refused_declaration(
        &shaped("café"),
        "`café` is not an identifier: `é` at character 4 is not one of a-z, 0-9, `-`, `_`, `.`",
    );
    refused_declaration(
        &shaped("-x"),
        "`-x` is not an identifier: it starts with `-`, not with a letter or a digit",
    );
    let long = "x".repeat(65);
    refused_declaration(
        &shaped(&long),
        &format!("`{long}` is not an identifier: it has 65 characters, at most 64 are allowed"),
    );
}

#[test]
fn an_authority_has_a_known_kind_and_a_jurisdiction_of_the_standard() {
    let authority = |kind: &str, jurisdiction: &str| {
        format!("[[authority]]\nid = \"x\"\nname = \"X\"\nkind = {kind}\njurisdiction = {jurisdiction}")
    };
    refused_declaration(
        &authority("\"cuort\" # here", "\"US\""),
        "`cuort` is none of: legislature, executive, agency, court, company; did you mean `court`?",
    );
    refused_declaration(
        &authority("\"court\"", "\"UK\" # here"),
        "`UK` is not an ISO 3166-1 code; write two or three capital letters, such as `US`, or a part, such as \
         `US-MT`; did you mean `GB`?",
    );
}
