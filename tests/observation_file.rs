//! The file of observations: what it refuses, in which words, and that what is written reads back.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "tests stop at the first surprise"
)]

use chrono::{DateTime, TimeDelta, Utc};
use delisted::{
    Act, Store,
    io::{
        read_observations, read_observations_against, read_observations_csv, read_observations_json_lines,
        write_observations_csv, write_observations_json_lines,
    },
    market::Basis,
    observation::{Observations, RemovedBy, Seen, Sighting},
    time::{Dated, instant},
};
use proptest::prelude::*;

const HEADER: &str = "app,store,territory,act,at,seen,by,causes,source,note\n";
const GOOD: &str = "wechat,app-store,US,,2020-09-20T12:00:00Z,available,,,page,\n";

fn refused(text: &str) -> String {
    read_observations_csv("looks.csv", text.as_bytes()).expect_err("the table is refused").to_string()
}

/// What is said of one row below a good one.
fn row(row: &str) -> String {
    refused(&format!("{HEADER}{GOOD}{row}\n"))
}

fn line(line: &str) -> String {
    read_observations_json_lines("looks.jsonl", line.as_bytes()).expect_err("the line is refused").to_string()
}

#[test]
fn a_header_that_does_not_name_the_columns_is_refused() {
    assert_eq!(
        refused(""),
        "looks.csv:1: the file is empty; its first line names the columns, app, store, territory, at, seen and source \
         at least"
    );
    assert_eq!(refused("\u{feff}"), refused(""));
    assert_eq!(
        refused("app,store,teritory,at,seen,source\n"),
        "looks.csv:1: unknown column `teritory`; did you mean `territory`?"
    );
    assert_eq!(
        refused("app,store,territory,seen,source\n"),
        "looks.csv:1: column `at` is missing; app, store, territory, at, seen and source are needed"
    );
    assert_eq!(refused("app,store,territory,at,seen,source,at\n"), "looks.csv:1: column `at` stands twice");
    assert_eq!(
        refused("app, store,territory,at,seen,source\n"),
        "looks.csv:1: unknown column ` store`; did you mean `store`?"
    );
}

#[test]
fn a_cell_is_refused_with_its_line_and_its_column() {
    for (given, said) in [
        (
            "We Chat,app-store,US,,2020-09-20T12:00:00Z,available,,,page,",
            "looks.csv:3: column `app`: `We Chat` is not an identifier: `W` at character 1 is not one of a-z, 0-9, `-`, \
             `_`, `.`",
        ),
        (
            ",app-store,US,,2020-09-20T12:00:00Z,available,,,page,",
            "looks.csv:3: column `app`: the cell is blank, where the identifier of an app is expected",
        ),
        (
            "wechat,App Store,US,,2020-09-20T12:00:00Z,available,,,page,",
            "looks.csv:3: column `store`: `App Store` is not an identifier: `A` at character 1 is not one of a-z, 0-9, \
             `-`, `_`, `.`; a store is a word such as `app-store` or `google-play`",
        ),
        (
            "wechat,app-store,UK,,2020-09-20T12:00:00Z,available,,,page,",
            "looks.csv:3: column `territory`: `UK` is not an ISO 3166-1 code; write two or three capital letters, such \
             as `US`, or a part, such as `US-MT`; did you mean `GB`?",
        ),
        (
            "wechat,app-store,US,donwload,2020-09-20T12:00:00Z,available,,,page,",
            "looks.csv:3: column `act`: `donwload` is not an act; did you mean `download`? (one of download, \
             redownload, update, payment, hosting, content-delivery, transit, code-reuse, access, use, possession, \
             promotion, ownership is expected)",
        ),
        (
            "wechat,app-store,US,,2020-09-20T12:00:00,available,,,page,",
            "looks.csv:3: column `at`: `2020-09-20T12:00:00` has no zone; write `2020-09-20T12:00:00[UTC]` or name the \
             place, `2020-09-20T12:00:00[America/New_York]`",
        ),
        (
            "wechat,app-store,US,,,available,,,page,",
            "looks.csv:3: column `at`: the cell is blank, where a time, such as \
             `2020-09-20T23:59:00[America/New_York]`, is expected",
        ),
        (
            "wechat,app-store,US,,2020-09-20T12:00:00Z,gone,,,page,",
            "looks.csv:3: column `seen`: `gone` is not a way in which an app is seen (one of available, removed, \
             withdrawn, suspended, not-offered, unknown is expected)",
        ),
        (
            "wechat,app-store,US,,2020-09-20T12:00:00Z,removed,shop,,page,",
            "looks.csv:3: column `by`: `shop` is nobody who takes apps down (one of store, publisher, \
             account-termination is expected)",
        ),
        (
            "wechat,app-store,US,,2020-09-20T12:00:00Z,removed,,order,page,",
            "looks.csv:3: column `causes`: `order` is not a cause; write the instrument and who says so, \
             `order@CLAIMANT`",
        ),
        (
            "wechat,app-store,US,,2020-09-20T12:00:00Z,removed,,order@apple;,page,",
            "looks.csv:3: column `causes`: `` is not a cause; write the instrument and who says so, `@CLAIMANT`",
        ),
        (
            "wechat,app-store,US,,2020-09-20T12:00:00Z,removed,,order@ apple,page,",
            "looks.csv:3: column `causes`: ` apple` is not a claimant; it is a word without `;`, `@` and line breaks, \
             and without blanks around it",
        ),
        (
            "wechat,app-store,US,,2020-09-20T12:00:00Z,removed,,,,",
            "looks.csv:3: column `source`: the cell is blank, where the page or the data on which the sighting rests is \
             expected",
        ),
        (
            "wechat,app-store,US,,2020-09-20T12:00:00Z,removed,,,  ,",
            "looks.csv:3: column `source`: a sighting has no source; name the page or the data on which it rests",
        ),
    ] {
        assert_eq!(row(given), said, "{given}");
    }
}

#[test]
fn cells_that_do_not_fit_together_are_refused() {
    assert_eq!(
        row("wechat,app-store,US,,2020-09-20T12:00:00Z,available,store,,page,"),
        "looks.csv:3: column `by`: `by` is `store`, but it was seen as `available`; say who removed it only where it is \
         gone"
    );
    assert_eq!(
        row("wechat,app-store,US,,2020-09-20T12:00:00Z,unknown,,order@apple,page,"),
        "looks.csv:3: column `causes`: `causes` has `order@apple`, but it was seen as `unknown`; say why only where it \
         is gone"
    );
    assert_eq!(
        row("wechat,app-store,US,,2020-09-20T12:00:00Z,withdrawn,store,,page,"),
        "looks.csv:3: column `by`: `by` is `store`, but `withdrawn` means that its publisher took it away; write \
         `removed`, or leave `by` out"
    );
}

#[test]
fn a_row_of_the_wrong_length_and_an_open_quotation_mark_are_refused() {
    assert_eq!(
        row("wechat,app-store,US"),
        "looks.csv:3: the row has 3 cells, but the header names 10 columns; the first without a cell is `act`"
    );
    assert_eq!(
        row("wechat,app-store,US,,2020-09-20T12:00:00Z,available,,,page,a note, with a comma"),
        "looks.csv:3: the row has 11 cells, but the header names 10 columns; a cell with a comma in it stands in \
         quotation marks"
    );
    assert_eq!(
        row("wechat,app-store,US,,2020-09-20T12:00:00Z,available,,,page,\"a note"),
        "looks.csv:3: column `note`: a quotation mark has no partner; a cell in quotation marks ends with one, and has \
         its own written twice"
    );
    let inch = format!("{HEADER}wechat,app-store,US,,2020-09-20T12:00:00Z,available,,,page,5\" wide\n{GOOD}");
    assert!(refused(&inch).starts_with("looks.csv:2: column `note`: a quotation mark has no partner; "));
    // Two of them are no pair, where they do not surround the cell.
    let size = inch.replace("5\" wide", "5\" by 3\"");
    assert!(refused(&size).starts_with("looks.csv:2: column `note`: a quotation mark has no partner; "));
}

#[test]
fn lines_are_counted_over_blank_lines_and_cells_of_several_lines() {
    let several = "wechat,app-store,US,,2020-09-20T12:00:00Z,available,,,page,\"a note\r\nof two lines\"\r\n";
    let bad = "wechat,app-store,US,,2020-09-20T12:00:00Z,gone,,,page,\r\n";
    let said = refused(&format!("\u{feff}{HEADER}\n\n{several}\r\n{bad}"));
    assert!(
        said.starts_with("looks.csv:7: column `seen`: `gone` is not a way in which an app is seen ("),
        "{said}"
    );
}

#[test]
fn bytes_that_are_no_text_are_refused_with_their_line() {
    let mut bytes = format!("{HEADER}{GOOD}").into_bytes();
    bytes.extend(b"wechat,app-store,US,,2020-09-20T12:00:00Z,available,,,caf\xe9,\n");
    let error = read_observations_csv("looks.csv", bytes.as_slice()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "looks.csv:3: column `source`: the text is not UTF-8; save the file as UTF-8"
    );
    let error = read_observations_csv("looks.csv", &b"app,st\xf6re\n"[..]).unwrap_err();
    assert_eq!(error.to_string(), "looks.csv:1: the text is not UTF-8; save the file as UTF-8");
    let error = read_observations_json_lines("looks.jsonl", &b"{\"app\": \"caf\xe9\"}\n"[..]).unwrap_err();
    assert_eq!(error.to_string(), "looks.jsonl:1: the text is not UTF-8; save the file as UTF-8");
}

#[test]
fn a_byte_order_mark_and_any_order_of_columns_are_read() {
    let text = "\u{feff}source,seen,at,territory,store,app\r\npage,available,2020-09-20T12:00:00Z,US,app-store,wechat\r\n";
    let observations = read_observations_csv("looks.csv", text.as_bytes()).unwrap();
    let same = read_observations_csv("looks.csv", format!("{HEADER}{GOOD}").as_bytes()).unwrap();
    assert_eq!(observations, same);
    assert_eq!(same.sightings()[0].subject().act(), Act::Download);
}

#[test]
fn a_line_of_json_is_refused_with_its_field() {
    let whole = r#"{"app": "wechat", "store": "app-store", "territory": "US", "at": "2020-09-20T12:00:00Z", "seen": "removed", "source": "page"}"#;
    assert!(read_observations_json_lines("looks.jsonl", whole.as_bytes()).is_ok());
    let with = |from: &str, to: &str| line(&whole.replace(from, to));
    for (said, expected) in [
        (line("[]"), "looks.jsonl:1: the line is no object, such as `{\"app\": \"wechat\", ...}`"),
        (line("\n{"), "looks.jsonl:2: not well-formed: EOF while parsing an object at byte 1"),
        (with("\"app\"", "\"apps\""), "looks.jsonl:1: unknown field `apps`; did you mean `app`?"),
        (
            with("\"app\": \"wechat\", ", ""),
            "looks.jsonl:1: field `app` is missing; app, store, territory, at, seen and source are needed",
        ),
        (
            with("\"app\"", "\"store\": \"app-store\", \"app\""),
            "looks.jsonl:1: not well-formed: key `store` stands twice at byte 60",
        ),
        (
            with("\"wechat\"", "7"),
            "looks.jsonl:1: field `app`: the value is not a text, where the identifier of an app is expected",
        ),
        (
            with("\"wechat\"", "\"\""),
            "looks.jsonl:1: field `app`: the cell is blank, where the identifier of an app is expected",
        ),
        (
            with("\"app\"", "\"causes\": \"order@apple\", \"app\""),
            "looks.jsonl:1: field `causes`: the value is not a list of texts, such as `[\"order@apple\"]`",
        ),
        (
            with("removed", "remved"),
            "looks.jsonl:1: field `seen`: `remved` is not a way in which an app is seen; did you mean `removed`? (one of \
             available, removed, withdrawn, suspended, not-offered, unknown is expected)",
        ),
    ] {
        assert_eq!(said, expected);
    }
}

#[test]
fn a_sighting_is_stated_unless_it_says_that_it_is_inferred() {
    let table = |basis: &str| {
        let text = format!(
            "app,store,territory,at,seen,basis,source\nwechat,app-store,US,2020-09-20T12:00:00Z,available,{basis},page\n"
        );
        read_observations_csv("looks.csv", text.as_bytes())
    };
    for (word, basis) in [("", Basis::Stated), ("stated", Basis::Stated), ("inferred", Basis::Inferred)] {
        assert_eq!(table(word).unwrap().sightings()[0].basis(), basis, "{word}");
    }
    let without = read_observations_csv("looks.csv", format!("{HEADER}{GOOD}").as_bytes()).unwrap();
    assert_eq!(table("stated").unwrap(), without);
    assert_ne!(table("inferred").unwrap(), without);
    assert_eq!(
        table("infered").unwrap_err().to_string(),
        "looks.csv:2: column `basis`: `infered` is not a basis; did you mean `inferred`? (one of stated, inferred is \
         expected)"
    );
    let long = table(&"9".repeat(1_000_000)).unwrap_err().to_string();
    assert!(long.starts_with("looks.csv:2: column `basis`: `999") && long.len() < 400, "{long:.200}");
    let guess = table("guess").unwrap_err().to_string();
    assert!(Basis::ALL.iter().all(|word| guess.contains(word.as_str())), "{guess}");
    let object = |basis: &str| {
        format!(
            r#"{{"app": "wechat", "store": "app-store", "territory": "US", "at": "2020-09-20T12:00:00Z", "seen": "available", "basis": {basis}, "source": "page"}}"#
        )
    };
    let read = read_observations_json_lines("looks.jsonl", object("\"inferred\"").as_bytes()).unwrap();
    assert_eq!(read, table("inferred").unwrap());
    assert_eq!(
        line(&object("\"infered\"")),
        "looks.jsonl:1: field `basis`: `infered` is not a basis; did you mean `inferred`? (one of stated, inferred is \
         expected)"
    );
    assert_eq!(
        line(&object("true")),
        "looks.jsonl:1: field `basis`: the value is not a text, where one of stated, inferred is expected"
    );
    assert_eq!(
        line(&object("\"\"")),
        "looks.jsonl:1: field `basis`: the cell is blank, where one of stated, inferred is expected"
    );
}

#[test]
fn a_file_that_is_not_there_or_has_another_ending_is_refused() {
    let error = read_observations("no-such-file.csv").unwrap_err();
    assert_eq!((error.to_string().as_str(), error.line()), ("no-such-file.csv: there is no such file", None));
    assert_eq!(
        read_observations("looks.tsv").unwrap_err().to_string(),
        "looks.tsv: the file's name ends in neither `.csv` nor `.jsonl`, so its form is not known; rename it, or read \
         it from `-`"
    );
}

#[test]
fn text_behind_the_mark_that_closes_a_cell_is_refused() {
    for (given, column) in [
        ("\"wechat\"x,app-store,US,,2020-09-20T12:00:00Z,available,,,page,", "app"),
        ("wechat,\"app-store\" ,US,,2020-09-20T12:00:00Z,available,,,page,", "store"),
        ("wechat,app-store,US,,2020-09-20T12:00:00Z,available,,,page,\"a \"\"note\"\"\".", "note"),
    ] {
        assert_eq!(
            row(given),
            format!(
                "looks.csv:3: column `{column}`: text stands behind the quotation mark that closes the cell; a \
                 quotation mark within a cell is written twice"
            )
        );
    }
    let quoted = "\"wechat\",\"app-store\",\"US\",\"\",2020-09-20T12:00:00Z,available,,,\"a, page\",\"5\"\" wide\"\r\n";
    let observations =
        read_observations_csv("looks.csv", format!("{HEADER}\r\n{quoted}").as_bytes()).unwrap();
    assert_eq!(observations.sightings()[0].source(), "a, page");
    assert_eq!(observations.sightings()[0].note(), Some("5\" wide"));
}

#[test]
fn a_long_cell_is_not_echoed() {
    let long = "9".repeat(1_000_000);
    let cut = format!("`{}...` and so on, 1000000 characters in all, cannot be read, where", "9".repeat(60));
    let cells =
        ["wechat", "app-store", "US", "download", "2020-09-20T12:00:00Z", "removed", "store", "", "page", ""];
    for (place, name) in [
        (0, "app"),
        (1, "store"),
        (2, "territory"),
        (3, "act"),
        (4, "at"),
        (5, "seen"),
        (6, "by"),
        (7, "causes"),
    ] {
        let mut cells = cells.map(str::to_owned);
        cells[place] = long.clone();
        let said = row(&cells.join(","));
        assert!(said.starts_with(&format!("looks.csv:3: column `{name}`: {cut} ")), "{name}: {said:.200}");
        assert!(said.len() < 400, "{name}");
    }
    let claimed = row(&format!("wechat,app-store,US,,2020-09-20T12:00:00Z,available,,order@{long},page,"));
    assert!(
        claimed.starts_with("looks.csv:3: column `causes`: `order@999") && claimed.len() < 300,
        "{claimed:.200}"
    );
    let said = refused(&format!("{long},store,territory,at,seen,source\n"));
    assert_eq!(said, format!("looks.csv:1: unknown column `{}...`", "9".repeat(60)));
    let said = line(&format!("{{\"{long}\": 1}}"));
    assert_eq!(said, format!("looks.jsonl:1: unknown field `{}...`", "9".repeat(60)));
    let said = line(&format!("{{\"{long}\": 1, \"{long}\": 2}}"));
    assert!(said.starts_with("looks.jsonl:1: not well-formed: ") && said.len() < 200, "{said:.200}");
}

#[test]
fn a_word_that_is_refused_is_told_every_word_that_is_not() {
    let act = row("wechat,app-store,US,sale,2020-09-20T12:00:00Z,available,,,page,");
    assert!(Act::ALL.iter().all(|word| act.contains(word.as_str())), "{act}");
    let seen = row("wechat,app-store,US,,2020-09-20T12:00:00Z,404,,,page,");
    assert!(Seen::ALL.iter().all(|word| seen.contains(word.as_str())), "{seen}");
    let by = row("wechat,app-store,US,,2020-09-20T12:00:00Z,removed,court,,page,");
    assert!(RemovedBy::ALL.iter().all(|word| by.contains(word.as_str())), "{by}");
}

#[test]
fn a_long_claimant_and_a_long_source_are_no_fault() {
    let long = "x".repeat(1_000);
    let text =
        format!("{HEADER}wechat,app-store,US,,2020-09-20T12:00:00Z,removed,,order@{long},{long},{long}\n");
    let observations = read_observations_csv("looks.csv", text.as_bytes()).unwrap();
    assert_eq!(observations.sightings()[0].causes()[0].claimed_by(), long);
}

#[test]
fn the_ending_of_a_name_may_be_in_capitals() {
    let folder = std::env::temp_dir().join(format!("delisted-observation-file-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let (table, lines) = (folder.join("LOOKS.CSV"), folder.join("Looks.JsonL"));
    std::fs::write(&table, format!("{HEADER}{GOOD}")).unwrap();
    let observations = read_observations(&table).unwrap();
    let mut written = Vec::new();
    write_observations_json_lines(&observations, &mut written).unwrap();
    std::fs::write(&lines, written).unwrap();
    assert_eq!(read_observations(&lines).unwrap(), observations);
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn a_cause_that_the_register_does_not_hold_is_refused_with_its_place() {
    let text = std::fs::read_to_string("cases/wechat-2020/register.toml").unwrap();
    let register = delisted::io::read_toml("register.toml", &text).unwrap().register;
    let folder = std::env::temp_dir().join(format!("delisted-observation-causes-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("looks.csv");
    let with = |cause: &str| {
        let row = format!("wechat,app-store,US,,2020-09-20T12:00:00Z,removed,,{cause},page,\n");
        std::fs::write(&path, format!("{HEADER}{GOOD}{row}")).unwrap();
        read_observations_against(&register, &path)
    };
    assert!(with("identification@the press").is_ok());
    let error = with("identification@the press;identificaton@apple").unwrap_err();
    assert_eq!((error.line(), error.column()), (Some(3), Some("causes")));
    assert_eq!(
        error.problem().to_string(),
        "the register has no instrument `identificaton`; did you mean `identification`?"
    );
    std::fs::remove_dir_all(&folder).unwrap();
}

fn time() -> impl Strategy<Value = Dated> {
    let start: DateTime<Utc> = instant("2020-09-18T00:00:00Z").unwrap();
    (0..400_i64, 1..90_i64, 0..5_u8).prop_map(move |(hours, length, form)| {
        let at = start + TimeDelta::hours(hours);
        match form {
            0 => Dated::from(at),
            1 => Dated::utc_day(at.date_naive()).unwrap(),
            2 => Dated::between(at, at + TimeDelta::minutes(length)).unwrap(),
            3 => Dated::at_the_latest(at),
            _ => Dated::at_the_earliest(at),
        }
    })
}

prop_compose! {
    fn sighting()(
        app in prop::sample::select(vec!["wechat", "tiktok", "a.b_c-1"]),
        store in prop::sample::select(vec!["app-store", "google-play", "appgallery"]),
        territory in prop::sample::select(vec!["US", "US-MT", "IN", "XK"]),
        act in prop::sample::select(Act::ALL.to_vec()),
        at in time(),
        seen in prop::sample::select(Seen::ALL.to_vec()),
        by in prop::sample::select(vec![None, Some(RemovedBy::Store), Some(RemovedBy::Publisher)]),
        causes in prop::collection::vec(prop::sample::select(vec!["order@apple", "order@the press", "decree@x"]), 0..3),
        basis in prop::sample::select(Basis::ALL.to_vec()),
        source in prop::sample::select(vec!["page", "https://example.org/a,b", "a \"quoted\" page\nof two lines", "é;@"]),
        note in prop::sample::select(vec!["", "a note", "with, comma", "\"", "\r\n x"]),
    ) -> Sighting {
        let gone = seen.is_offered() == Some(false);
        let mut builder = Sighting::build(
            app.parse().unwrap(),
            Store::new(store).unwrap(),
            territory.parse().unwrap(),
            at,
            seen,
        )
        .act(act)
        .basis(basis)
        .source(source)
        .note(note);
        if let Some(by) = by.filter(|by| gone && (seen != Seen::Withdrawn || *by == RemovedBy::Publisher)) {
            builder = builder.by(by);
        }
        for cause in causes.into_iter().filter(|_| gone) {
            builder = builder.cause(cause.parse().unwrap());
        }
        builder.finish().unwrap()
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: Some(Box::new(proptest::test_runner::FileFailurePersistence::Direct("tests/observation_file.regressions"))),
        ..ProptestConfig::default()
    })]

    #[test]
    fn what_is_written_reads_back_in_either_form(looks in prop::collection::vec(sighting(), 0..12)) {
        let observations = Observations::new(looks);
        let (mut table, mut lines) = (Vec::new(), Vec::new());
        write_observations_csv(&observations, &mut table).unwrap();
        write_observations_json_lines(&observations, &mut lines).unwrap();
        prop_assert_eq!(&read_observations_csv("again.csv", table.as_slice()).unwrap(), &observations);
        prop_assert_eq!(&read_observations_json_lines("again.jsonl", lines.as_slice()).unwrap(), &observations);
    }

    #[test]
    fn no_bytes_make_a_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), text in "[a-z,\"\n;@-]{0,80}") {
        let _ = read_observations_csv("any.csv", bytes.as_slice());
        let _ = read_observations_json_lines("any.jsonl", bytes.as_slice());
        let _ = read_observations_csv("any.csv", format!("{HEADER}{text}").as_bytes());
    }
}
