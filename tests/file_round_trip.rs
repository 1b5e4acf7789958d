//! What is written reads back as it was, and nothing that is read makes the reader panic.
#![cfg(feature = "file")]
#![allow(clippy::unwrap_used, clippy::arithmetic_side_effects, reason = "tests stop at the first surprise")]

#[path = "file_round_trip/generated.rs"]
mod generated;

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use delisted::{
    Act, AsOf, Register, Store, Subject,
    io::{read_json_lines, read_path, read_toml, write_json_lines},
    time::Known,
};
use generated::{Seed, register};
use proptest::{
    prelude::*,
    strategy::ValueTree,
    test_runner::{RngSeed, TestRunner},
};

const WECHAT: &str = include_str!("../cases/wechat-2020/register.toml");

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        rng_seed: RngSeed::Fixed(1_600_646_340),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

fn wechat() -> Register {
    read_toml("cases/wechat-2020/register.toml", WECHAT).unwrap().register
}

fn written(register: &Register) -> Vec<u8> {
    let mut file = Vec::new();
    write_json_lines(register, &mut file).unwrap();
    file
}

/// Writes, reads, and writes again.
#[track_caller]
fn through_a_file(register: &Register) -> Register {
    let file = written(register);
    let copy = read_json_lines("copy.jsonl", file.as_slice()).unwrap().register;
    assert_eq!(copy.entries(), register.entries());
    assert_eq!(copy.directory(), register.directory());
    assert_eq!(written(&copy), file, "the copy is written as the register was");
    copy
}

/// Every instant at which something is entered, takes effect, is recorded, starts or ends, and a second beside each.
fn turning_instants(register: &Register, subject: &Subject) -> Vec<DateTime<Utc>> {
    let mut turns: Vec<DateTime<Utc>> = register
        .entries()
        .iter()
        .flat_map(|entry| {
            let (entered, recorded) = (entry.entered(), entry.recorded());
            [entered.as_start(), entered.as_end(), recorded.as_record(), entry.effective()]
        })
        .chain(register.timeline(subject, Known::Best).changes().map(|(at, ..)| at))
        .collect();
    turns.sort_unstable();
    turns.dedup();
    turns.into_iter().flat_map(|at| [at - TimeDelta::seconds(1), at]).collect()
}

#[test]
fn the_wechat_register_reads_back_and_answers_alike_at_every_turn() {
    let register = wechat();
    let copy = through_a_file(&register);
    let mut asked = 0;
    for store in Store::WELL_KNOWN {
        for act in Act::ALL {
            let subject = Subject::new("wechat".parse().unwrap(), store.clone(), "US".parse().unwrap(), act);
            assert_eq!(copy.timeline(&subject, Known::Best), register.timeline(&subject, Known::Best));
            for at in turning_instants(&register, &subject) {
                let then = AsOf::from(at).known_at(at);
                assert_eq!(copy.determine(&subject, at), register.determine(&subject, at));
                assert_eq!(copy.determine(&subject, then), register.determine(&subject, then));
                assert_eq!(
                    copy.explain(&subject, then).to_string(),
                    register.explain(&subject, then).to_string(),
                );
                asked += 1;
            }
        }
    }
    assert!(asked > 500, "only {asked} instants were asked");
}

#[test]
fn a_register_in_each_form_on_disk_is_read_by_its_ending() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
    let lines = folder.join("wechat-2020.jsonl");
    std::fs::write(&lines, written(&wechat())).unwrap();
    assert_eq!(read_path(&lines).unwrap().register, wechat());
    let toml = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("cases/wechat-2020/register.toml");
    assert_eq!(read_path(toml).unwrap().register, wechat());
    assert_eq!(
        read_path("registers/wechat-2020.yaml").unwrap_err().to_string(),
        "registers/wechat-2020.yaml:1: the file's name ends in neither `.toml` nor `.jsonl`, so its form is not \
         known; rename it",
    );
    let missing = read_path("registers/nowhere.toml").unwrap_err().to_string();
    assert!(missing.starts_with("registers/nowhere.toml:1: the file cannot be read: "), "{missing}");
}

#[test]
fn every_event_every_bound_and_every_selector_is_generated_and_taken() {
    // Guards the property below: a generator whose entries were all refused would prove nothing.
    let mut words = BTreeSet::new();
    let (mut entries, mut text) = (0, String::new());
    let mut runner = TestRunner::new(config(1));
    let seeds = proptest::collection::vec(any::<Seed>(), 40);
    for _ in 0..100 {
        let register = register(seeds.new_tree(&mut runner).unwrap().current());
        entries += register.entries().len();
        words.extend(register.entries().iter().map(|entry| entry.event().as_str()));
        text.push_str(&String::from_utf8(written(&register)).unwrap());
    }
    assert_eq!(words.len(), 24, "{words:?}");
    assert!(entries > 1_000, "only {entries} entries were taken");
    for part in [
        "\"upon ",
        "\"open\"",
        "[UTC]",
        "[America/New_York]",
        "\"corrects\"",
        "\"note\"",
        "\"effective\"",
        "\"successors-of\"",
        "\"owned-by\"",
        "\"published-by\"",
        "\"categories\"",
        "\"stores\"",
        "\"except\"",
        "\"organizations\"",
        "\"persons\"",
        "\"of-refusals\"",
        "\"refusal\"",
        "\"released\":true",
        "\"shares\"",
        "\"percent\":19.9}",
        "\"held-by\"",
        "\"at-least\":20}",
        "\"immediate\"",
        "\"pending\"",
        "\"under\"",
        "\"concerns\"",
    ] {
        assert!(text.contains(part), "{part} was never written");
    }
}

proptest! {
    #![proptest_config(config(200))]

    #[test]
    fn what_is_written_reads_back_as_it_was(seeds in proptest::collection::vec(any::<Seed>(), 0..40)) {
        let register = register(seeds);
        prop_assert_eq!(through_a_file(&register), register);
    }
}

proptest! {
    #![proptest_config(config(300))]

    #[test]
    fn any_text_is_read_or_refused(text in any::<String>()) {
        both(text.as_bytes());
        both(format!("format = \"delisted-register\"\nversion = 1\n{text}").as_bytes());
        both(format!("{{\"format\": \"delisted-register\", \"version\": 1}}\n{text}").as_bytes());
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        both(&bytes);
    }

    #[test]
    fn any_text_of_the_formats_own_words_is_read_or_refused(words in proptest::collection::vec(0_usize..WORDS.len(), 0..60)) {
        let text: Vec<&str> = words.into_iter().filter_map(|word| WORDS.get(word).copied()).collect();
        both(format!("format = \"delisted-register\"\nversion = 1\n{}", text.concat()).as_bytes());
        both(format!("{{\"format\": \"delisted-register\", \"version\": 1}}\n{}", text.concat()).as_bytes());
    }
}

proptest! {
    #![proptest_config(config(150))]

    #[test]
    fn a_spoilt_copy_is_read_or_refused(changes in proptest::collection::vec((0_u8..5, any::<u32>(), any::<u32>()), 1..6)) {
        both(&spoilt(WECHAT.as_bytes().to_vec(), &changes));
        let lines = LINES.with(Clone::clone);
        both(&spoilt(lines, &changes));
    }
}

thread_local! {
    /// The WeChat register in JSON Lines.
    static LINES: Vec<u8> = written(&wechat());
}

/// Parts of both syntaxes, and words of the format.
const WORDS: [&str; 36] = [
    "\n",
    "\n\n",
    " = ",
    "[[entry]]\n",
    "[[app]]\n",
    "[entry]\n",
    "[[entry.clause]]\n",
    "id",
    "event",
    "scope",
    "apps",
    "except",
    "\"wechat\"",
    "\"entry-retracted\"",
    "\"instrument-issued\"",
    "entered",
    "recorded",
    "citation",
    "sources",
    "\"2020-09-18[UTC]\"",
    "2020-09-18",
    "[",
    "]",
    "{",
    "}",
    ",",
    ":",
    "\"entry\"",
    "\"app\"",
    "\"*\"",
    "true",
    "null",
    "1e9",
    "-1",
    "\"upon x\"",
    "\u{feff}",
];

/// Reads bytes as both forms; a panic fails the test, whatever else the outcome.
fn both(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let Err(error) = read_toml("case.toml", &text) {
        assert!(error.line() > 0, "{error}");
        assert!(error.line() <= text.split('\n').count(), "{error}");
    }
    if let Err(error) = read_json_lines("case.jsonl", bytes) {
        assert!(error.line() > 0, "{error}");
    }
}

/// Bytes with some deleted, swapped, cut off or copied.
fn spoilt(mut bytes: Vec<u8>, changes: &[(u8, u32, u32)]) -> Vec<u8> {
    for (kind, one, other) in changes {
        let Ok(length) = u32::try_from(bytes.len()) else { break };
        if length == 0 {
            break;
        }
        let place = |number: &u32| usize::try_from(number % length).unwrap();
        let (one, other) = (place(one), place(other));
        match kind {
            0 => drop(bytes.remove(one)),
            1 => bytes.swap(one, other),
            2 => bytes.truncate(one),
            3 => {
                let lines: Vec<&[u8]> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
                let (copied, before) = (lines.get(one % lines.len()), other % lines.len());
                let copied = copied.map(|line| line.to_vec()).unwrap_or_default();
                let start = lines.iter().take(before).map(|line| line.len()).sum::<usize>();
                bytes.splice(start..start, copied);
            }
            _ => {
                let (start, end) = (one.min(other), one.max(other).min(one.min(other) + 40));
                bytes.drain(start..end);
            }
        }
    }
    bytes
}
