//! Files of published claims: read whole or refused with file, line and reason; and the project's own file.
#![cfg(feature = "file")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests stop at the first surprise"
)]

use std::collections::BTreeSet;

use delisted::{
    Store,
    downloads::{
        Metric,
        claim::{
            About, Against, Change, Claim, Conclusion, Figure, Group, Measured, Per, Place, compare, verdict,
        },
    },
    io::{read_claims, read_claims_toml},
};

const OWN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/claims/published-figures.toml");

const OPENING: &str = "format = \"delisted-claims\"\nversion = 1\n";

const CLAIM: &str = "[[claim]]\nid = \"one\"\napp = \"chat\"\ncount = \"54,000\"\nsays = \"54,000 installs\"\nsources = [\"page\"]\n";

fn refused(text: &str) -> String {
    read_claims_toml("claims.toml", text).unwrap_err().to_string()
}

/// What is said of the one claim with some lines more.
fn with(lines: &str) -> String {
    refused(&format!("{OPENING}{CLAIM}{lines}\n"))
}

#[test]
fn every_field_is_read() {
    let text = r#"
format = "delisted-claims"
version = 1

[[claim]]
id = "all"
apps = ["zili", "roposo"]
territory = "world"
stores = ["google-play", "app-store"]
window = "2020-09-18..2020-09-19"
against = "2020-09-11..2020-09-12"
metric = "first-downloads"
per = "day"
count = "54,000"
change = "28 times"
baseline = "1,900"
vendor = "Counters"
via = "Pages"
said = "2020-09-20"
says = " what it says "
sources = ["one", "two"]

[[claim]]
id = "little"
class = "vpn"
other = "sign-ups"
against = "its usual rate"
change = "tripled"
says = "sign-ups tripled"
sources = ["one"]
"#;
    let claims = read_claims_toml("claims.toml", text).unwrap();
    let [all, little] = claims.as_slice() else { panic!("two claims") };
    assert_eq!(all.about.to_string(), "roposo and zili together");
    assert_eq!(all.place, Some(Place::World));
    assert_eq!(all.stores, BTreeSet::from([Store::APP_STORE, Store::GOOGLE_PLAY]));
    assert_eq!(all.window, Some("2020-09-18..2020-09-19".parse().unwrap()));
    assert_eq!(all.against, Some(Against::Days("2020-09-11..2020-09-12".parse().unwrap())));
    assert_eq!((&all.measured, all.per), (&Measured::Exactly(Metric::FirstDownloads), Per::Day));
    assert_eq!((all.vendor.as_deref(), all.via.as_deref()), (Some("Counters"), Some("Pages")));
    assert_eq!(all.said, Some("2020-09-20".parse().unwrap()));
    assert_eq!((all.says.as_str(), all.sources.len()), ("what it says", 2));
    assert_eq!(all.figures.count().map(Figure::text), Some("54,000"));
    assert_eq!(all.figures.change().map(Change::text), Some("28 times"));
    assert_eq!(all.figures.baseline().map(Figure::text), Some("1,900"));
    assert_eq!(little.about, About::Class("vpn".parse().unwrap()));
    assert_eq!(little.measured, Measured::Other("sign-ups".to_owned()));
    assert_eq!(little.against, Some(Against::Words("its usual rate".to_owned())));
    assert!(
        little.stores.is_empty()
            && little.place.is_none()
            && little.window.is_none()
            && little.vendor.is_none()
    );
    assert_eq!(read_claims_toml("claims.toml", &format!("\u{feff}{OPENING}")).unwrap(), []);
}

#[test]
fn what_is_wrong_is_told_with_file_and_line() {
    let opens =
        "this is not a file of claims; it must open with `format = \"delisted-claims\"` and `version = 1`";
    assert_eq!(refused(""), format!("claims.toml:1: {opens}"));
    assert_eq!(refused("format = \"delisted-register\"\nversion = 1\n"), format!("claims.toml:1: {opens}"));
    assert_eq!(
        refused("format = \"delisted-claims\"\nversion = 2\n"),
        "claims.toml:2: the file has version `2`; this library reads version 1"
    );
    assert_eq!(
        refused("format = \"delisted-claims\"\nversion = \"1\"\n"),
        "claims.toml:2: found a version that is not a number, where `version = 1` is expected"
    );
    assert_eq!(
        refused(&format!("{OPENING}claims = []\n")),
        "claims.toml:3: unknown field `claims` in a file of claims; did you mean `claim`?"
    );
    for (lines, message) in [
        ("chnage = \"tripled\"", "9: unknown field `chnage` in a claim; did you mean `change`?"),
        ("change = 28", "9: found the number `28`, where a text is expected"),
        (
            "change = \"30 %\"",
            "9: `30 %` says no change: a percentage must say whether it is up, down, or `of` the earlier count",
        ),
        (
            "baseline = \"1,90\"",
            "9: `1,90` is no figure: the comma in `1,90` parts no thousands; write decimals with a point",
        ),
        ("vendor = \" \"", "9: `vendor` is blank; fill it in, or leave it out where it was not said"),
        ("against = \"\"", "9: `against` is blank; fill it in, or leave it out where it was not said"),
        (
            "against = \"2020-09-31\"",
            "9: the window `2020-09-31`: `2020-09-31` is not a day: write a date of the calendar such as `2021-06-17`",
        ),
        ("stores = []", "9: `stores` is an empty list; name one at least"),
        ("stores = [\n    \"app-store\",\n    \"app-store\",\n]", "11: `stores` names `app-store` twice"),
        (
            "stores = [\"Apple\"]",
            "9: `Apple` is not an identifier: `A` at character 1 is not one of a-z, 0-9, `-`, `_`, `.`",
        ),
        (
            "territory = \"UK\"",
            "9: `UK` is not an ISO 3166-1 code; write two or three capital letters, such as `US`, or a part, such as `US-MT`; did \
             you mean `GB`?",
        ),
        (
            "window = \"2020-09-19..2020-09-18\"",
            "9: the window `2020-09-19..2020-09-18` ends before it begins",
        ),
        (
            "said = \"yesterday\"",
            "9: `yesterday` is not a day: write a date of the calendar such as `2021-06-17`",
        ),
        (
            "metric = \"update\"",
            "9: unknown metric `update`: the metrics are first-downloads, redownloads, updates and total; did you mean `updates`?",
        ),
        (
            "metric = \"total\"\nother = \"users\"",
            "10: `metric` is of downloads and `other` of something else; give one of the two",
        ),
        ("per = \"days\"", "9: `days` is none of: window, day, hour; did you mean `day`?"),
        (
            "class = \"vpn\"",
            "3: a claim is about one app (`app`), several added up (`apps`) or a class of apps (`class`); give one of the three",
        ),
        (CLAIM, "10: `one` is the id of a claim above; give each its own"),
    ] {
        assert_eq!(with(lines), format!("claims.toml:{message}"), "{lines}");
    }
    let changed = |from: &str, to: &str| refused(&format!("{OPENING}{}", CLAIM.replace(from, to)));
    assert_eq!(
        changed("count = \"54,000\"\n", ""),
        "claims.toml:3: nothing is claimed; give it a count, a change or a baseline"
    );
    assert_eq!(
        changed("app = \"chat\"", "apps = [\"chat\"]"),
        "claims.toml:5: `apps` adds up two or more; write one as `app`"
    );
    assert_eq!(
        changed("says = \"54,000 installs\"\n", ""),
        "claims.toml:3: a claim lacks the field `says`; add it"
    );
    assert_eq!(changed("[\"page\"]", "[]"), "claims.toml:8: `sources` is an empty list; name one at least");
    let error = read_claims("nowhere.toml").unwrap_err();
    assert!(error.to_string().starts_with("nowhere.toml:1: the file cannot be read: "), "{error}");
}

#[test]
fn the_file_of_the_manual_is_read() {
    let manual = include_str!("../docs/claims.md");
    let text = manual.split("```toml\n").nth(1).unwrap().split("```").next().unwrap();
    let claims = read_claims_toml("docs/claims.md", text).unwrap();
    assert_eq!(claims.len(), 2);
    assert_eq!(claims[0].holds_together(), Some(true));
}

/// The tables of the manual are what the library says.
#[test]
fn the_tables_of_the_manual_hold() {
    let manual = include_str!("../docs/claims.md");
    let rows = |heading: &str| -> Vec<(Vec<String>, Vec<String>)> {
        let table = manual.split(heading).nth(1).unwrap().split("\n\n").next().unwrap();
        let cells =
            |row: &str| -> Vec<String> { row.split('|').map(|cell| cell.trim().to_owned()).collect() };
        let coded = |cell: &str| cell.split('`').skip(1).step_by(2).map(str::to_owned).collect();
        let rows = table.lines().filter(|line| line.starts_with("| `")).map(cells);
        rows.map(|row| (coded(&row[1]), row[2].split("; ").map(str::to_owned).collect())).collect()
    };
    let figures = rows("| published | stands for | because |");
    assert_eq!(figures.len(), 8);
    for (published, stands_for) in figures {
        let told: Vec<String> = published
            .iter()
            .map(|text| text.parse::<Figure>().unwrap().interval().to_string())
            .map(|text| text.trim_start_matches("exactly ").to_owned())
            .collect();
        let distinct: BTreeSet<_> = told.iter().collect();
        assert_eq!(distinct, stands_for.iter().collect(), "{published:?}");
    }
    let changes = rows("| published | times as many | trap |");
    assert_eq!(changes.len(), 9);
    for (published, multiples) in changes {
        for text in &published {
            let change: Change = text.parse().unwrap();
            let told: Vec<String> =
                change.readings().iter().map(|reading| reading.multiple().to_string()).collect();
            assert_eq!(told.join(", or "), multiples.join("; "), "{text}");
        }
    }
}

fn own() -> Vec<Claim> {
    read_claims(OWN).unwrap()
}

fn named<'c>(claims: &'c [Claim], id: &str) -> &'c Claim {
    claims.iter().find(|claim| claim.id.as_str() == id).unwrap()
}

#[test]
fn every_figure_of_the_project_names_its_page() {
    for claim in own() {
        assert!(claim.sources.iter().all(|source| source.starts_with("http")), "{}", claim.id);
    }
}

#[test]
fn the_published_baselines_are_implied_as_they_were_checked_by_hand() {
    let claims = own();
    for (id, implied) in [
        ("wechat-weekend-reuters", &["1,877 to 1,982"][..]),
        ("wechat-weekend-rewritten", &["1,877 to 1,982", "1,813 to 1,913"]),
        ("wechat-weekend-adweek", &["9,063 to 9,936"]),
        ("wechat-friday-on-friday", &["1,499 to 4,512"]),
        ("wecom-weekend-163", &["297 to 304"]),
        ("wechat-weekend-app-annie", &[]),
    ] {
        let told: Vec<String> = named(&claims, id).implied().map(|baseline| baseline.to_string()).collect();
        assert_eq!(told, implied, "{id}");
    }
    // The last digit of each figure is what the collectors worked with: the point values lie within.
    for (id, point) in [
        ("wechat-weekend-adweek", 9_499),
        ("tiktok-friday", 220_536),
        ("signal-world-business-insider", 174_419),
    ] {
        assert!(named(&claims, id).implied().all(|implied| implied.contains(point)), "{id}");
    }
}

#[test]
fn the_known_contradictions_are_found_and_no_others() {
    let claims = own();
    let broken: Vec<&str> = claims
        .iter()
        .filter(|claim| claim.holds_together() == Some(false))
        .map(|claim| claim.id.as_str())
        .collect();
    assert_eq!(broken, ["vpn-russia-1-march-2022"]);
    let groups = verdict(&claims);
    let comparisons = || groups.iter().flat_map(Group::comparisons);
    assert!(!comparisons().any(|one| matches!(one.conclusion(), Conclusion::Inconsistent { .. })));
    let apps: BTreeSet<String> = comparisons()
        .filter(|one| matches!(one.supposing(), Some(Conclusion::Inconsistent { .. })))
        .map(|one| one.first().about.to_string())
        .collect();
    assert_eq!(apps.into_iter().collect::<Vec<_>>(), ["qq", "signal", "wechat"]);
    // India had more than the world, by two pages that name the same firm.
    let (world, india) =
        (named(&claims, "signal-world-exchange4media"), named(&claims, "signal-india-entrackr"));
    let supposing = compare(world, india).supposing().map(ToString::to_string);
    assert_eq!(
        supposing.as_deref(),
        Some("inconsistent: the count of a part is at least 1.12 times that of the whole")
    );
}
