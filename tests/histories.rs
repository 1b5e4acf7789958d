//! Every case of the catalogue, row by row, held against what its sources say.
#![cfg(feature = "cases")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests stop at the first surprise")]

use std::{fmt::Write as _, fs, path::Path};

use delisted::cases::{self, Case, Outcome};

/// The histories with which the catalogue began.
const FIRST: [&str; 24] = [
    "brazil-rumble-2025",
    "brazil-telegram-2022",
    "brazil-telegram-2023",
    "china-cac-2024",
    "china-games-licence-2020",
    "china-hkmap-2019",
    "france-newcaledonia-tiktok-2024",
    "hongkong-reversedfront-2025",
    "iceblock-2025",
    "india-59-apps-2020",
    "india-fiu-crypto-2024",
    "india-tiktok-2019",
    "indonesia-temu-2024",
    "korea-fiu-crypto-2025",
    "kyrgyzstan-tiktok",
    "nepal-tiktok",
    "parler-2021",
    "russia-linkedin-2017",
    "russia-navalny-2021",
    "russia-vpn-2024",
    "tiktok-2020",
    "tiktok-montana",
    "tiktok-pafaca",
    "wechat-2020",
];

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("cases")
}

/// What is wrong with a case's rows, in words; nothing where each is as it says.
fn complaints(case: &Case) -> String {
    let mut text = String::new();
    for verdict in case.verdicts() {
        let (row, subject) = (verdict.row(), verdict.subject());
        let place = format!("{} row of line {}: {subject}, {}", case.slug(), row.line, row.at);
        match verdict.outcome() {
            Outcome::Agrees | Outcome::DisagreesAsWritten => {}
            Outcome::Stale => writeln!(
                text,
                "{place}: the answer is what the row says; take the recorded disagreement away, or split the row"
            )
            .unwrap(),
            Outcome::Differs => {
                writeln!(text, "{place}:").unwrap();
                for difference in verdict.differences() {
                    writeln!(text, "    {difference}").unwrap();
                }
                if let Some(on) = row.disagreement.as_ref().and_then(|recorded| recorded.on.as_ref()) {
                    writeln!(text, "    the recorded disagreement is on {on:?}").unwrap();
                }
                writeln!(text, "    {} [{}]", row.says, row.sources.join(", ")).unwrap();
                writeln!(text, "{}", case.register().explain(subject, verdict.as_of())).unwrap();
            }
        }
    }
    text
}

#[test]
fn every_answer_is_what_the_sources_say_or_the_file_says_why_not() {
    let mut text = String::new();
    for case in cases::all().unwrap() {
        text.push_str(&complaints(&case));
    }
    assert!(text.is_empty(), "\n{text}");
}

#[test]
fn every_folder_is_found_and_read_the_same_from_disk() {
    let mut folders: Vec<String> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.file_type().unwrap().is_dir())
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    folders.sort();
    assert_eq!(cases::slugs().collect::<Vec<_>>(), folders);
    for (slug, case) in folders.iter().zip(cases::all().unwrap()) {
        assert_eq!(case.slug(), slug);
        let read = Case::read_folder(folder().join(slug)).unwrap();
        assert_eq!(read.slug(), slug);
        assert_eq!(read.rows(), case.rows());
        assert_eq!(read.register(), case.register());
    }
}

#[test]
fn what_a_reader_inferred_of_a_store_counts_and_is_told() {
    for (slug, app, store, territory) in [
        ("brazil-telegram-2022", "telegram", "google-play", "BR"),
        ("china-games-licence-2020", "nba-2k20", "app-store", "CN"),
        ("korea-fiu-crypto-2025", "kucoin", "app-store", "KR"),
        ("russia-linkedin-2017", "linkedin", "app-store", "RU"),
        ("russia-vpn-2024", "red-shield-vpn", "app-store", "US"),
    ] {
        let case = cases::by_slug(slug).unwrap();
        let of_store = |verdict: &delisted::cases::Verdict<'_>| {
            let subject = verdict.subject();
            let place = (subject.app().as_str(), subject.store().as_str(), subject.territory().as_str());
            place == (app, store, territory) && verdict.is_listed_inferred()
        };
        let verdicts = case.verdicts();
        let inferred = verdicts.iter().find(|verdict| of_store(verdict)).unwrap_or_else(|| panic!("{slug}"));
        assert_eq!(inferred.listed().to_string(), "true", "{slug}");
        assert_eq!(inferred.outcome(), Outcome::Agrees, "{slug}");
    }
}

#[test]
fn the_first_histories_are_all_there() {
    let lacking: Vec<&str> =
        FIRST.into_iter().filter(|slug| !cases::slugs().any(|found| found == *slug)).collect();
    assert!(lacking.is_empty(), "the catalogue lacks {lacking:?}");
}

#[test]
fn every_entry_and_every_row_names_where_it_was_read() {
    for case in cases::all().unwrap() {
        assert!(!case.rows().is_empty(), "{}", case.slug());
        for row in case.rows() {
            assert!(is_page(row.sources.first()), "{} line {}: {:?}", case.slug(), row.line, row.sources);
            let recorded = row.disagreement.as_ref();
            assert!(recorded.is_none_or(|it| is_page(Some(&it.source))), "{} line {}", case.slug(), row.line);
        }
        for entry in case.register().entries() {
            assert!(is_page(entry.sources().first()), "{} {}", case.slug(), entry.id());
        }
    }
}

fn is_page(source: Option<&String>) -> bool {
    source.is_some_and(|source| source.starts_with("https://") || source.starts_with("http://"))
}

#[test]
fn no_case_has_anything_odd_in_it() {
    for case in cases::all().unwrap() {
        let warnings: Vec<String> = case.warnings().iter().map(ToString::to_string).collect();
        assert!(warnings.is_empty(), "{warnings:#?}");
    }
}

#[test]
fn a_case_is_found_by_what_it_speaks_of() {
    let slugs = |found: &[Case]| found.iter().map(|case| case.slug().to_owned()).collect::<Vec<_>>();
    let by_territory = |code: &str| slugs(&cases::by_territory(&code.parse().unwrap()).unwrap());
    let all = cases::all().unwrap();
    for case in &all {
        let sighted = case.observations().sightings().iter().map(|sighting| sighting.subject().territory());
        for place in case.rows().iter().map(|row| &row.territory).chain(sighted) {
            assert!(case.speaks_of(place) && case.speaks_of(&place.country()), "{} {place}", case.slug());
        }
    }
    for code in ["US", "US-MT", "US-TX", "IN", "AQ"] {
        let speaking: Vec<Case> =
            all.iter().filter(|case| case.speaks_of(&code.parse().unwrap())).cloned().collect();
        assert_eq!(by_territory(code), slugs(&speaking), "{code}");
    }
    assert!(
        by_territory("US").contains(&"tiktok-montana".to_owned()),
        "Montana is a part of the United States"
    );
    assert!(
        by_territory("US-TX").contains(&"wechat-2020".to_owned()),
        "what holds in the country holds in Texas"
    );
    assert!(!by_territory("US").contains(&"nepal-tiktok".to_owned()));
    assert_eq!(by_territory("AQ"), Vec::<String>::new(), "nobody ordered anything in Antarctica");
    let by_app = |app: &str| slugs(&cases::by_app(&app.parse().unwrap()).unwrap());
    assert!(by_app("wecom").contains(&"wechat-2020".to_owned()));
    assert!(by_app("tiktok").len() > by_app("lemon8").len());
    assert_eq!(by_app("no-such-app"), Vec::<String>::new());
}
