//! The JSON Schema in `schema/` is the one that the library derives from its own structures.
#![cfg(feature = "schema")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests stop at the first surprise")]

use std::{collections::BTreeSet, fs, path::Path};

use serde_json::Value;

fn kept() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("schema/register.schema.json")
}

#[test]
fn the_schema_that_is_kept_is_the_one_that_is_derived() {
    let derived = format!("{}\n", serde_json::to_string_pretty(&delisted::io::schema()).unwrap());
    if std::env::var_os("DELISTED_UPDATE").is_some() {
        fs::create_dir_all(kept().parent().unwrap()).unwrap();
        fs::write(kept(), &derived).unwrap();
    }
    let stored = fs::read_to_string(kept()).unwrap();
    assert!(stored == derived, "the schema is stale; run this test once with DELISTED_UPDATE=1");
}

#[test]
fn every_event_of_the_format_is_in_the_schema_and_in_the_manual() {
    let schema = delisted::io::schema();
    let variants = schema["$defs"]["EntryWire"]["oneOf"].as_array().unwrap();
    let words: BTreeSet<&str> =
        variants.iter().map(|variant| variant["properties"]["event"]["const"].as_str().unwrap()).collect();
    assert_eq!(words.len(), 24);
    let manual = include_str!("../docs/register-file.md");
    for word in words {
        assert!(manual.contains(&format!("`{word}`")), "`{word}` is not in docs/register-file.md");
    }
}

#[test]
fn the_schema_leaves_no_room_for_stray_fields() {
    let schema = delisted::io::schema();
    let closed = |of: &Value| {
        of["additionalProperties"] == Value::Bool(false) || of["unevaluatedProperties"] == Value::Bool(false)
    };
    assert!(closed(&schema));
    for (name, definition) in schema["$defs"].as_object().unwrap() {
        let is_object =
            definition["type"] == "object" || definition.get("oneOf").is_some_and(|_| name == "EntryWire");
        assert!(!is_object || closed(definition), "{name} takes fields that it does not name");
    }
}
