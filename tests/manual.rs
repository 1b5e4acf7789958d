//! Every register that the manual shows loads.
#![cfg(feature = "file")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests stop at the first surprise")]

use delisted::{
    Act, AsOf, Register, Store, Subject,
    determination::Requirement::{Prohibited, Unrestricted},
    io,
    observation::ChangeRule,
    reconciliation::reconcile,
    time::{Known, instant},
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
    assert_eq!(shown().len(), 6);
}

#[test]
fn the_examples_of_the_manual_mean_what_their_comments_say() {
    let shown = shown();
    let ask =
        |which: usize, act, at: &str| shown[which].determine(&chat(act), instant(at).unwrap()).requirement();
    let law = 3;
    assert_eq!(ask(law, Act::Download, "2025-02-13T12:00:00Z"), Unrestricted);
    assert_eq!(ask(law, Act::Download, "2025-02-14T12:00:00Z"), Prohibited);
    assert_eq!(ask(law, Act::Hosting, "2025-02-14T12:00:00Z"), Unrestricted);
    assert_eq!(ask(law, Act::Hosting, "2025-03-02T12:00:00Z"), Prohibited);
    assert_eq!(ask(law, Act::Hosting, "2025-06-01T12:00:00Z"), Unrestricted);
    assert_eq!(ask(law, Act::Download, "2025-06-30T12:00:00Z"), Prohibited);
    assert_eq!(ask(law, Act::Download, "2025-07-01T12:00:00Z"), Unrestricted);
    let proceedings = 4;
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
    let register = &shown()[5];
    let at = instant("2025-01-12T00:00:00Z").unwrap();
    let status =
        |as_of: AsOf| register.determine(&chat(Act::Download), as_of).grounds()[0].status().to_string();
    assert_eq!(status(AsOf::from(at).known_at(at)), "in force");
    assert_eq!(status(AsOf::from(at)), "not binding");
}

#[test]
fn the_disputed_order_of_the_manual_is_uncertain_for_a_day() {
    let register = &shown()[2];
    let clips =
        Subject::new("clips".parse().unwrap(), Store::APP_STORE, "IN".parse().unwrap(), Act::Download);
    let ask = |at: &str| register.determine(&clips, instant(at).unwrap());
    let between = ask("2019-04-03T12:00:00Z");
    assert_eq!(between.requirement(), Unrestricted);
    assert_eq!(between.uncertainty().unwrap().alternatives()[0].requirement(), Prohibited);
    assert_eq!(between.uncertainty().unwrap().because()[0].as_str(), "interim-order");
    for (at, requirement) in [("2019-04-02T18:29:59Z", Unrestricted), ("2019-04-03T18:30:00Z", Prohibited)] {
        assert_eq!((ask(at).requirement(), ask(at).uncertainty()), (requirement, None), "{at}");
    }
}

#[test]
fn the_observations_of_the_manual_are_read_and_reconciled() {
    let manual = include_str!("../docs/observations.md");
    let table = manual.split("```csv\n").nth(1).unwrap().split("```").next().unwrap();
    let observations = io::read_observations_csv("docs/observations.md", table.as_bytes()).unwrap();
    assert_eq!(observations.sightings().len(), 3);
    let reconciliation = reconcile(&shown()[3], &observations, ChangeRule::reported(), Known::Best);
    let lag = reconciliation.findings().iter().find_map(|finding| finding.lag()).unwrap();
    // The clause was put off to 14 February in New York; the report gives that day, and no hour.
    assert_eq!(lag.to_string(), "removal between 44.0 h before and 24.0 h after the prohibition took effect");
}
