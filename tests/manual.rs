//! Every register that the manual shows loads.
#![cfg(feature = "file")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests stop at the first surprise")]

use delisted::{
    Act, AsOf, Register, Store, Subject,
    determination::Requirement::{Prohibited, Unrestricted},
    io,
    time::instant,
};

fn shown() -> Vec<Register> {
    let manual = include_str!("../docs/register-file.md");
    let blocks = manual.split("```toml\n").skip(1).map(|rest| rest.split("```").next().unwrap());
    blocks
        .map(|text| {
            let loaded = io::read_toml("docs/register-file.md", text).unwrap();
            assert_eq!(loaded.warnings, [], "{text}");
            loaded.register
        })
        .collect()
}

fn chat(act: Act) -> Subject {
    Subject::new("chat".parse().unwrap(), Store::APP_STORE, "US".parse().unwrap(), act)
}

#[test]
fn each_example_of_the_manual_loads_without_a_warning() {
    assert_eq!(shown().len(), 5);
}

#[test]
fn the_examples_of_the_manual_mean_what_their_comments_say() {
    let shown = shown();
    let ask =
        |which: usize, act, at: &str| shown[which].determine(&chat(act), instant(at).unwrap()).requirement();
    let law = 2;
    assert_eq!(ask(law, Act::Download, "2025-02-13T12:00:00Z"), Unrestricted);
    assert_eq!(ask(law, Act::Download, "2025-02-14T12:00:00Z"), Prohibited);
    assert_eq!(ask(law, Act::Hosting, "2025-02-14T12:00:00Z"), Unrestricted);
    assert_eq!(ask(law, Act::Hosting, "2025-03-02T12:00:00Z"), Prohibited);
    assert_eq!(ask(law, Act::Hosting, "2025-06-01T12:00:00Z"), Unrestricted);
    assert_eq!(ask(law, Act::Download, "2025-06-30T12:00:00Z"), Prohibited);
    assert_eq!(ask(law, Act::Download, "2025-07-01T12:00:00Z"), Unrestricted);
    let proceedings = 3;
    for (at, download, hosting) in [
        ("2025-01-15T00:00:00Z", Prohibited, Prohibited),
        ("2025-01-25T00:00:00Z", Unrestricted, Unrestricted),
        ("2025-02-05T00:00:00Z", Unrestricted, Unrestricted),
        ("2025-02-15T00:00:00Z", Prohibited, Prohibited),
        ("2025-05-15T00:00:00Z", Prohibited, Prohibited),
        ("2025-06-15T00:00:00Z", Unrestricted, Prohibited),
    ] {
        assert_eq!(ask(proceedings, Act::Download, at), download, "{at}");
        assert_eq!(ask(proceedings, Act::Hosting, at), hosting, "{at}");
    }
}

#[test]
fn the_corrected_request_of_the_manual_was_believed_an_order_for_five_days() {
    let register = &shown()[4];
    let at = instant("2025-01-12T00:00:00Z").unwrap();
    let status =
        |as_of: AsOf| register.determine(&chat(Act::Download), as_of).grounds()[0].status().to_string();
    assert_eq!(status(AsOf::from(at).known_at(at)), "in force");
    assert_eq!(status(AsOf::from(at)), "not binding");
}
