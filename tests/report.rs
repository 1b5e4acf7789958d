//! The report of a reconciliation: its head, what is odd about observations, where they contradict each other, its JSON,
//! and that an output whose reader has gone is the end and no failure.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "tests stop at the first surprise"
)]

#[allow(dead_code, reason = "the examples use what is not tested here")]
#[path = "../examples/output/mod.rs"]
mod output;

use std::{
    io::{Error, ErrorKind, Write},
    num::NonZeroUsize,
    time::Duration,
};

use delisted::{
    Register, io,
    observation::{ChangeRule, Observations},
    reconciliation::{FindingKind, OddityKind, Report, oddities},
    time::{Known, instant},
};
use serde_json::{Value, json};

const REGISTER: &str = r#"
format = "delisted-register"
version = 1

[[store]]
id = "appgallery"
name = "AppGallery"

[[authority]]
id = "agency"
name = "the Agency"
kind = "agency"
jurisdiction = "IN"

[[app]]
id = "alpha"
name = "Alpha"

[[app]]
id = "beta"
name = "Beta"

[[entry]]
id = "issued"
event = "instrument-issued"
by = "agency"
entered = "2025-01-01T00:00:00Z"
effective = "2025-01-08T12:00:00Z"
recorded = "2025-01-01T00:00:00Z"
citation = "Order 1"
sources = ["https://example.org"]
instrument = "order"
kind = "agency-order"
title = "the Order"

[[entry.clause]]
id = "stores"
directive = "prohibit"
scope = { apps = ["alpha"], territories = ["IN"], acts = ["download"] }
"#;

fn register() -> Register {
    io::read_toml("register.toml", REGISTER).unwrap().register
}

fn read(rows: &str) -> Observations {
    let text = format!("app,store,territory,at,seen,by,causes,source,note\n{rows}");
    io::read_observations_csv("looks.csv", text.as_bytes()).unwrap()
}

fn both_ways(rows: &str) -> Vec<String> {
    let (register, observations) = (register(), read(rows));
    let report = Report::new(&register, &observations, ChangeRule::reported(), Known::Best);
    report.seen_both_ways().iter().map(ToString::to_string).collect()
}

#[test]
fn a_word_that_the_register_does_not_know_is_told_once_with_its_count() {
    let observations = read(
        "alfa,app-store,IN,2025-01-09T10:00:00Z,removed,,ordr@agency,a,\n\
         alfa,app-store,US,2025-01-10T10:00:00Z,removed,,ordr@press;order@press,a,\n\
         gamma,google-play,US,2025-01-10T10:00:00Z,available,,,a,\n\
         alpha,appstore,IN,2025-01-09T10:00:00Z,available,,,a,\n\
         alpha,apple,IN,2025-01-10T10:00:00Z,removed,,,a,\n\
         alpha,play-store,IN,2025-01-10T10:00:00Z,removed,,,a,\n\
         alpha,app-gallery,IN,2025-01-10T10:00:00Z,removed,,,a,\n\
         alpha,appgallery,IN,2025-01-10T10:00:00Z,removed,,,a,\n\
         alpha,rustore,IN,2025-01-10T10:00:00Z,removed,,,a,\n",
    );
    let odd = oddities(&register(), &observations);
    let told: Vec<String> = odd.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "app `alfa` is not in the register; did you mean `alpha`? (2 sightings)",
            "app `gamma` is not in the register (1 sighting)",
            "store `app-gallery` is not in the register; did you mean `appgallery`? (1 sighting)",
            "store `apple` is not in the register; did you mean `app-store`? (1 sighting)",
            "store `appstore` is not in the register; did you mean `app-store`? (1 sighting)",
            "store `play-store` is not in the register; did you mean `google-play`? (1 sighting)",
            "instrument `ordr` is not in the register; did you mean `order`? (2 sightings)",
        ]
    );
    assert_eq!(odd[0].kind(), OddityKind::UnknownApp);
    assert_eq!(odd[0].suggestion().word(), Some("alpha"));
}

#[test]
fn a_contradiction_is_one_line_with_both_sources_even_where_only_the_day_is_known() {
    assert_eq!(
        both_ways(
            "alpha,app-store,US,2025-01-05[UTC],available,,,a,\n\
             alpha,app-store,US,2025-01-05[UTC],removed,,,b,\n\
             alpha,app-store,US,2025-01-07[UTC],available,,,a,\n"
        ),
        [
            "download of alpha in app-store, US was seen both ways at 2025-01-05[UTC]: on offer by a, gone by b"
        ]
    );
    // On another day, or a day and an hour within it, it may have changed in between.
    assert!(
        both_ways(
            "alpha,app-store,US,2025-01-05[UTC],available,,,a,\n\
             alpha,app-store,US,2025-01-05T12:00:00Z,removed,,,b,\n\
             alpha,app-store,US,2025-01-06[UTC],removed,,,b,\n"
        )
        .is_empty()
    );
}

#[test]
fn contradictions_that_follow_upon_each_other_are_told_as_one_until_sources_agree() {
    let both = |hour: u32| {
        format!(
            "alpha,app-store,US,2025-01-05T{hour:02}:00:00Z,available,,,a,\n\
             alpha,app-store,US,2025-01-05T{hour:02}:00:00Z,removed,,,b,\n"
        )
    };
    let alone = "alpha,app-store,US,2025-01-05T03:30:00Z,available,,,a,\n";
    let agreed = "alpha,app-store,US,2025-01-05T05:00:00Z,removed,,,a,\n\
                  alpha,app-store,US,2025-01-05T05:00:00Z,removed,,,b,\n";
    let told = both_ways(&format!("{}{}{alone}{}{agreed}{}", both(1), both(3), both(4), both(7)));
    assert_eq!(
        told,
        [
            "download of alpha in app-store, US was seen both ways at 3 times from 2025-01-05T01:00:00Z to \
             2025-01-05T04:00:00Z: on offer by a, gone by b",
            "download of alpha in app-store, US was seen both ways at 2025-01-05T07:00:00Z: on offer by a, gone by b",
        ]
    );
    let many: String = ["b", "c", "d", "e", "f"]
        .map(|source| format!("alpha,app-store,US,2025-01-05T01:00:00Z,removed,,,{source},\n"))
        .concat();
    let told = both_ways(&format!("{many}{}", both(1)));
    assert!(told[0].ends_with(": on offer by a, gone by b, c, d and 2 more"), "{told:?}");
}

#[test]
fn the_head_tells_the_rule_and_as_of_when_the_law_was_known() {
    let (register, observations) = (register(), Observations::default());
    let head = |rule: ChangeRule, known: Known| Report::new(&register, &observations, rule, known).head();
    assert_eq!(
        head(ChangeRule::reported().presuming_without_limit(), Known::Best),
        "rule `reported`: 1 look makes a change; a state is presumed between looks that agree, however far apart; \
         `unknown` ends what is presumed\nthe law as best known"
    );
    assert_eq!(
        head(
            ChangeRule::apple_censorship().presuming_at_most(Duration::from_secs(3 * 86_400)),
            Known::At(instant("2025-01-12T00:00:00Z").unwrap())
        ),
        "rule `applecensorship`: 6 looks that agree, over at least 24 hours, make a change; a removal only if the app \
         is on offer elsewhere 48 hours or more after the first look; nothing is presumed between looks more than 3 \
         days apart\nthe law as known at 2025-01-12T00:00:00Z"
    );
    let own = ChangeRule::new(NonZeroUsize::new(2).unwrap(), Duration::from_secs(5_400))
        .only_while_offered_elsewhere(Duration::ZERO)
        .presuming_at_most(Duration::from_secs(3_600));
    assert_eq!(
        head(own, Known::Best),
        "rule: 2 looks that agree, over at least 90 minutes, make a change; a removal only if the app is on offer \
         elsewhere; nothing is presumed between looks more than 1 hour apart\nthe law as best known"
    );
}

#[test]
fn the_json_of_a_report_has_all_that_was_read_and_whether_ends_are_held() {
    let observations = read(
        "alpha,app-store,IN,2025-01-08T13:00:00Z,available,,,a,\n\
         alpha,app-store,IN,2025-01-08T15:00:00Z,removed,store,order@press,b,by noon\n\
         alpha,app-store,IN,2025-01-08T17:00:00Z,removed,,,a,\n\
         alpha,app-store,IN,2025-01-08T17:00:00Z,available,,,c,\n\
         alfa,app-store,IN,2025-01-08T17:00:00Z,available,,,c,\n",
    );
    let register = register();
    let known = Known::At(instant("2025-02-01T00:00:00Z").unwrap());
    let report = Report::new(&register, &observations, ChangeRule::play_monitor(), known);
    let told = serde_json::to_value(&report).unwrap();
    assert_eq!(told["rule"]["name"], "play-monitor");
    assert_eq!(told["rule"]["agreeing"], 3);
    assert_eq!(told["known_at"], "2025-02-01T00:00:00Z");
    assert_eq!(
        told["warnings"],
        json!([{
            "kind": "unknown-app", "word": "alfa", "did_you_mean": "alpha", "sightings": 1,
            "message": "app `alfa` is not in the register; did you mean `alpha`? (1 sighting)",
        }])
    );
    assert_eq!(
        told["contradictions"],
        json!([{
            "app": "alpha", "store": "app-store", "territory": "IN", "act": "download", "times": 1,
            "from": "2025-01-08T17:00:00Z", "to": "2025-01-08T17:00:00Z", "offered_by": ["c"], "gone_by": ["a"],
        }])
    );
    assert!(told["stores"].is_array());

    let report = Report::new(&register, &observations, ChangeRule::reported(), Known::Best);
    let told = serde_json::to_value(&report).unwrap();
    assert_eq!(told["known_at"], Value::Null);
    let findings = told["findings"].as_array().unwrap();
    let moved = findings.iter().find(|finding| !finding["lag"].is_null()).unwrap();
    assert_eq!(moved["lag"]["change_after"], "2025-01-08T13:00:00Z");
    assert_eq!(moved["lag"]["change_by"], "2025-01-08T15:00:00Z");
    assert_eq!(
        moved["sightings"][0],
        json!({
            "at": "2025-01-08T15:00:00Z", "seen": "removed", "by": "store", "causes": ["order@press"], "basis": "stated",
            "source": "b", "note": "by noon",
        })
    );
    assert_eq!(moved["period"]["holds_from"], true);
    let changing = findings.iter().find(|finding| finding["why"] == "changing").unwrap();
    assert_eq!(
        changing["period"],
        json!({
            "from": "2025-01-08T13:00:00Z", "holds_from": false, "to": "2025-01-08T15:00:00Z", "holds_to": false,
        })
    );
    let unseen = findings.iter().rfind(|finding| finding["app"] == "alpha").unwrap();
    assert_eq!((&unseen["period"]["to"], &unseen["period"]["holds_to"]), (&Value::Null, &json!(false)));
}

#[test]
fn a_report_of_one_kind_has_the_findings_of_that_kind_and_no_other() {
    let observations = read(
        "alpha,app-store,IN,2025-01-08T13:00:00Z,available,,,a,\n\
         alpha,app-store,IN,2025-01-08T15:00:00Z,available,,,b,\n\
         beta,app-store,IN,2025-01-08T15:00:00Z,available,,,b,\n",
    );
    let register = register();
    let report = Report::new(&register, &observations, ChangeRule::reported(), Known::Best);
    let all = report.findings().count();
    assert_eq!(all, report.reconciliation().findings().len());
    let only = report.only(FindingKind::OfferedWhileProhibited);
    assert_eq!(only.findings().count(), 1);
    assert!(all > 1 && only.findings().all(|it| it.kind() == FindingKind::OfferedWhileProhibited));
    let told = serde_json::to_value(&only).unwrap();
    assert_eq!(told["findings"].as_array().unwrap().len(), 1);
}

/// An output that takes so many bytes and then fails.
struct Takes(usize, ErrorKind);

impl Write for Takes {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if self.0 == 0 {
            return Err(Error::from(self.1));
        }
        let taken = bytes.len().min(self.0);
        self.0 -= taken;
        Ok(taken)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_reader_who_stops_reading_ends_the_printing_and_is_no_failure() {
    let long = "a line\n".repeat(10_000);
    let print = |takes, kind| {
        output::print_to(Takes(takes, kind), |out| {
            out.write_all(long.as_bytes())?;
            serde_json::to_writer(&mut *out, &long).map_err(Error::from)?;
            Ok(())
        })
    };
    for takes in [0, 7, 50_000, 75_000] {
        assert!(print(takes, ErrorKind::BrokenPipe).is_ok(), "{takes}");
        assert_eq!(print(takes, ErrorKind::StorageFull).unwrap_err().to_string(), "no storage space");
    }
    assert!(print(1_000_000, ErrorKind::StorageFull).is_ok());
}
