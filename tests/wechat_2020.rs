//! The founding case, question by question. Sources stand in the register, at each entry.
#![cfg(feature = "file")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests stop at the first surprise")]

use delisted::{
    Act, AsOf, Register, Store, StoreStatus, Subject,
    determination::{GroundStatus, Requirement},
    downloads::Spike,
    io,
    status::{Meanwhile, UnderReview},
    time::{Known, civil},
};

const ACTS: [Act; 7] = [
    Act::Download,
    Act::Update,
    Act::Payment,
    Act::Hosting,
    Act::ContentDelivery,
    Act::Transit,
    Act::CodeReuse,
];

fn register() -> Register {
    let text = include_str!("../cases/wechat-2020/register.toml");
    let loaded = io::read_toml("cases/wechat-2020/register.toml", text).unwrap();
    assert_eq!(loaded.warnings, []);
    loaded.register
}

fn wechat(store: Store, act: Act) -> Subject {
    Subject::new("wechat".parse().unwrap(), store, "US".parse().unwrap(), act)
}

fn at(text: &str) -> chrono::DateTime<chrono::Utc> {
    civil::parse(text).unwrap().as_start()
}

#[test]
fn wechat_was_never_prohibited_in_either_store_for_any_act() {
    let register = register();
    for store in Store::WELL_KNOWN {
        for act in Act::ALL {
            let line = register.timeline(&wechat(store.clone(), act), Known::Best);
            assert!(line.iter().all(|(_, answer)| answer.requirement() == Requirement::Unrestricted));
        }
    }
}

#[test]
fn each_turning_day_has_its_status_and_its_ground() {
    let appealed = StoreStatus::Appealed { of: UnderReview::Relief, meanwhile: Meanwhile::Injunction };
    let table = [
        ("2020-08-06T18:00:00[America/New_York]", StoreStatus::Listed, None),
        ("2020-09-18T18:00:00[America/New_York]", StoreStatus::Listed, Some(GroundStatus::Pending)),
        ("2020-09-19T13:00:00[America/Los_Angeles]", StoreStatus::Listed, Some(GroundStatus::Pending)),
        ("2020-09-20T00:00:00[America/Los_Angeles]", StoreStatus::Injunction, Some(GroundStatus::Enjoined)),
        ("2020-09-20T23:59:00[America/New_York]", StoreStatus::Injunction, Some(GroundStatus::Enjoined)),
        ("2020-09-21T00:00:00[America/New_York]", StoreStatus::Injunction, Some(GroundStatus::Enjoined)),
        ("2020-09-21T18:00:00[America/New_York]", StoreStatus::Injunction, Some(GroundStatus::Enjoined)),
        ("2020-10-02T18:00:00[America/Los_Angeles]", appealed, Some(GroundStatus::Enjoined)),
        ("2020-10-26T18:00:00[America/Los_Angeles]", appealed, Some(GroundStatus::Enjoined)),
        ("2021-06-09T18:00:00[America/New_York]", StoreStatus::Listed, Some(GroundStatus::Fallen)),
        ("2021-06-16T18:00:00[America/New_York]", StoreStatus::Listed, Some(GroundStatus::Rescinded)),
    ];
    let register = register();
    for (day, status, ground) in table {
        for store in Store::WELL_KNOWN {
            for act in ACTS {
                let answer = register.determine(&wechat(store.clone(), act), at(day));
                assert_eq!(answer.headline(), status, "{day} {act}");
                let command = answer.grounds().iter().find(|it| it.role().commands());
                assert_eq!(command.map(delisted::determination::Ground::status), ground, "{day} {act}");
            }
        }
    }
}

#[test]
fn what_was_known_on_the_morning_after_differs_from_what_is_known_now() {
    let register = register();
    let download = wechat(Store::APP_STORE, Act::Download);
    let morning = at("2020-09-20T09:00:00[America/New_York]");
    let then = register.determine(&download, AsOf::from(morning).known_at(morning));
    assert_eq!(then.headline(), StoreStatus::Listed);
    assert_eq!(register.determine(&download, morning).headline(), StoreStatus::Injunction);
    // The rescission of 16 June 2021 was posted on the 21st and reaches back.
    let day = at("2021-06-17T12:00:00[America/New_York]");
    let status = |as_of: AsOf| register.determine(&download, as_of).grounds()[0].status();
    assert_eq!(status(AsOf::from(day).known_at(day)), GroundStatus::Fallen);
    assert_eq!(status(AsOf::from(day)), GroundStatus::Rescinded);
}

#[test]
fn the_sibling_app_was_out_of_scope() {
    let wecom =
        Subject::new("wecom".parse().unwrap(), Store::APP_STORE, "US".parse().unwrap(), Act::Download);
    let answer = register().determine(&wecom, at("2020-09-22T00:00:00Z"));
    assert_eq!((answer.requirement(), answer.grounds()), (Requirement::Unrestricted, &[][..]));
}

#[test]
fn one_answer_as_json_is_one_object_of_seven_fields() {
    let answer = register().determine(&wechat(Store::APP_STORE, Act::Download), at("2020-10-22T00:00:00Z"));
    assert_eq!(
        serde_json::to_string_pretty(&answer).unwrap(),
        include_str!("golden/wechat-2020-10-22.json").trim_end()
    );
}

#[test]
fn one_explanation_reads_as_a_tree() {
    let register = register();
    let explained = register.explain(&wechat(Store::APP_STORE, Act::Download), at("2020-10-22T00:00:00Z"));
    assert_eq!(explained.to_string(), include_str!("golden/wechat-2020-10-22.txt"));
}

#[test]
fn the_surge_is_worded_so_that_nobody_can_mistake_a_multiple_for_an_increase() {
    let wechat = Spike::of_totals(54_000, 1_900).unwrap();
    assert_eq!(
        wechat.to_string(),
        "54,000 against 1,900 is 28.4 times as many, an increase of 27.4 times or 2,742 %"
    );
    let wecom = Spike::of_totals(58_000, 300).unwrap();
    assert_eq!(
        wecom.to_string(),
        "58,000 against 300 is 193.3 times as many, an increase of 192.3 times or 19,233 %"
    );
    assert!((wecom.multiple().value() - wecom.increase().value() - 1.0).abs() < 1e-12);
}
