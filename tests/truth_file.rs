//! The truth file: what it means, and what it refuses, with file and line.
#![cfg(feature = "cases")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests stop at the first surprise"
)]

use delisted::{
    Act, Store,
    cases::{Case, CaseError, CaseTexts, FirstGround, Listed, Mark, Outcome, Required, Tally, Verdict},
    determination::{GroundStatus, Requirement},
    time::instant,
};

/// The fenced blocks of a language in the chapter for contributors.
fn blocks(language: &str) -> Vec<&'static str> {
    let page = include_str!("../cases/README.md");
    let opened = page.split("```").skip(1).step_by(2);
    opened.filter_map(|block| block.strip_prefix(language)?.strip_prefix('\n')).collect()
}

/// The register and the truth file.
fn shown() -> Vec<&'static str> {
    blocks("toml")
}

fn seen() -> &'static str {
    blocks("csv")[0]
}

fn read(truth: &str) -> Result<Case, CaseError> {
    Case::read(&CaseTexts { slug: "chat", register: shown()[0], observations: Some(seen()), truth })
}

/// The file with some text replaced, which must stand in it.
fn spoilt(from: &str, to: &str) -> String {
    let truth = shown()[1];
    assert!(truth.contains(from), "`{from}` is not in the example");
    truth.replacen(from, to, 1)
}

fn refusal(truth: &str) -> String {
    read(truth).unwrap_err().to_string()
}

#[test]
fn the_example_for_contributors_is_a_whole_case() {
    assert_eq!((shown().len(), blocks("csv").len()), (2, 1));
    let case = read(shown()[1]).unwrap();
    assert_eq!((case.slug(), case.title()), ("chat", "Chat: an order of one day"));
    let verdicts = case.verdicts();
    let outcomes: Vec<Outcome> = verdicts.iter().map(Verdict::outcome).collect();
    let (agrees, written) = (Outcome::Agrees, Outcome::DisagreesAsWritten);
    assert_eq!(outcomes, [agrees, agrees, agrees, written, written]);
    assert_eq!(
        Tally::of(&verdicts).to_string(),
        "3 rows, 5 answers: 3 agree, 2 disagree as written (in 1 row), 0 differ"
    );
    let listed: Vec<Listed> = verdicts.iter().map(Verdict::listed).collect();
    assert_eq!(listed, [Listed::No, Listed::Yes, Listed::No, Listed::Unknown, Listed::Unknown]);
}

#[test]
fn a_row_holds_what_the_file_says_and_nothing_else() {
    let case = read(shown()[1]).unwrap();
    let [first, seen, second] = case.rows() else { panic!("three rows") };
    assert_eq!(first.stores, [Store::APP_STORE, Store::GOOGLE_PLAY]);
    assert_eq!(first.acts, [Act::Download]);
    assert_eq!(first.requirement, Some(Required::Is(Requirement::Prohibited)));
    assert_eq!(first.ground, Some(FirstGround::Stands(GroundStatus::InForce)));
    assert_eq!(first.marks, Some([].into()));
    assert_eq!((first.status, first.listed), (None, None));
    assert_eq!((second.ground, &second.marks), (None, &None));
    assert_eq!(second.sources, ["https://example.org/second-day"]);
    assert_eq!((seen.requirement, seen.listed), (None, Some(Listed::No)));
    assert_eq!((first.line, seen.line, second.line), (6, 18, 28));
}

#[test]
fn a_day_is_asked_at_its_last_second_and_an_instant_at_itself() {
    let asked = |at: &str| {
        let truth = spoilt("at = \"2025-03-10[America/New_York]\"", &format!("at = \"{at}\""));
        read(&truth).unwrap().rows()[0].as_of().effective()
    };
    assert_eq!(asked("2025-03-10[America/New_York]"), instant("2025-03-10T23:59:59-04:00").unwrap());
    assert_eq!(asked("2025-03-10T09:00:00[America/New_York]"), instant("2025-03-10T13:00:00Z").unwrap());
    assert_eq!(asked("2025-03-10T13:00:00Z"), instant("2025-03-10T13:00:00Z").unwrap());
}

#[test]
fn a_row_can_ask_what_was_known() {
    let early = "at = \"2025-03-12[UTC]\"\nknown-at = \"2025-03-10[UTC]\"";
    let truth = spoilt("at = \"2025-03-10[America/New_York]\"", early);
    let case = read(&truth).unwrap();
    assert_eq!(case.verdicts()[0].outcome(), Outcome::Agrees, "the injunction was not known yet");
    let case = read(&truth.replace("known-at = \"2025-03-10[UTC]\"\n", "")).unwrap();
    assert_eq!(case.verdicts()[0].outcome(), Outcome::Differs, "the injunction is known now");
}

#[test]
fn what_differs_is_said_field_by_field() {
    let truth =
        spoilt("requirement = \"prohibited\"", "requirement = \"compelled\"\nstatus = \"injunction\"")
            .replace("ground = \"in_force\"", "ground = \"none\"")
            .replacen("marks = []", "marks = [\"under-appeal\", \"in-part\"]", 1);
    let case = read(&truth).unwrap();
    let said: Vec<String> = case.verdicts()[0].differences().iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        [
            "requirement: `compelled` expected, `prohibited` said",
            "ground: `none` expected, `in_force` said",
            "marks: `in-part, under-appeal` expected, `none` said",
            "status: `injunction` expected, `ordered_removed` said",
        ]
    );
    assert_eq!(case.verdicts()[0].outcome(), Outcome::Differs);
    assert_eq!(case.rows()[0].marks, Some([Mark::InPart, Mark::UnderAppeal].into()));
}

#[test]
fn a_field_left_out_is_not_compared() {
    let truth = spoilt("requirement = \"prohibited\"\nground = \"in_force\"\nmarks = []", "marks = []");
    assert_eq!(read(&truth).unwrap().verdicts()[0].outcome(), Outcome::Agrees);
}

#[test]
fn a_recorded_disagreement_is_stale_where_the_answer_agrees() {
    let (first, second) = shown()[1].rsplit_once("requirement = \"prohibited\"").unwrap();
    let truth = format!("{first}requirement = \"unrestricted\"{second}");
    let case = read(&truth).unwrap();
    assert_eq!(case.verdicts()[3].outcome(), Outcome::Stale);
    assert_eq!(
        Tally::of(&case.verdicts()).to_string(),
        "3 rows, 5 answers: 3 agree, 0 disagree as written, 0 differ, 2 agree though a disagreement is recorded",
    );
}

#[test]
fn a_recorded_disagreement_excuses_the_fields_that_it_names_and_no_others() {
    let second = |from: &str, to: &str| {
        let (before, after) = shown()[1].rsplit_once(from).unwrap();
        let case = read(&format!("{before}{to}{after}")).unwrap();
        case.verdicts()[3].outcome()
    };
    let requirement = "requirement = \"prohibited\"";
    assert_eq!(second(requirement, requirement), Outcome::DisagreesAsWritten);
    let more = format!("{requirement}\nground = \"pending\"");
    assert_eq!(second(requirement, &more), Outcome::Differs, "the ground differs too");
    assert_eq!(second("on = [\"requirement\"]", "on = [\"ground\"]"), Outcome::Differs, "another field");
    assert_eq!(second("on = [\"requirement\"]", ""), Outcome::DisagreesAsWritten, "any field");
}

#[test]
fn listed_takes_three_words() {
    for (word, listed) in [("true", Listed::Yes), ("false", Listed::No), ("\"unknown\"", Listed::Unknown)] {
        let truth = spoilt("marks = []", &format!("listed = {word}"));
        assert_eq!(read(&truth).unwrap().rows()[0].listed, Some(listed));
    }
}

#[test]
fn what_the_stores_were_seen_to_do_is_held_against_the_row() {
    for (word, outcome) in
        [("true", Outcome::Differs), ("false", Outcome::Agrees), ("\"unknown\"", Outcome::Differs)]
    {
        let case = read(&spoilt("listed = false", &format!("listed = {word}"))).unwrap();
        let verdict = &case.verdicts()[2];
        assert_eq!(verdict.outcome(), outcome, "{word}");
        assert_eq!(verdict.seen().sightings()[0].source(), "https://example.org/first-day");
    }
}

#[test]
fn a_case_without_observations_knows_nothing_of_what_was_listed() {
    let texts = CaseTexts { slug: "chat", register: shown()[0], observations: None, truth: shown()[1] };
    let case = Case::read(&texts).unwrap();
    assert!(case.observations().sightings().is_empty());
    let said: Vec<String> = case.verdicts()[2].differences().iter().map(ToString::to_string).collect();
    assert_eq!(said, ["listed: `false` expected, `unknown` said"]);
}

#[test]
fn what_cannot_be_told_is_met_by_an_answer_in_doubt_and_by_no_firm_one() {
    let truth = spoilt("requirement = \"prohibited\"", "requirement = \"unknown\"");
    assert_eq!(read(&truth).unwrap().rows()[0].requirement, Some(Required::Unknown));
    let firm = read(&truth).unwrap().verdicts()[0].clone().differences().to_vec();
    let said: Vec<String> = firm.iter().map(ToString::to_string).collect();
    assert_eq!(said, ["requirement: `unknown` expected, `prohibited` said"]);
    let outcome = |from: &str| {
        let register = shown()[0].replacen("from = \"2025-03-10[America/New_York]\"", from, 1);
        assert_ne!(register, shown()[0]);
        let truth = truth.replacen("ground = \"in_force\"\nmarks = []", "", 1);
        let texts = CaseTexts { slug: "chat", register: &register, observations: None, truth: &truth };
        let case = Case::read(&texts).unwrap();
        case.verdicts()[0].outcome()
    };
    assert_eq!(outcome("from = \"2025-03-10..2025-03-11[America/New_York]\""), Outcome::Agrees);
    assert_eq!(outcome("from = \"2025-03-08..2025-03-09[America/New_York]\""), Outcome::Differs);
}

#[test]
fn an_act_is_judged_by_its_own_sightings_and_not_by_those_of_downloads() {
    let column = seen().replace("territory,at", "territory,act,at").replace("US,2025", "US,,2025");
    let observations = format!(
        "{column}\nchat,app-store,US,payment,2025-03-10T12:00:00[America/New_York],available,,,https://example.org/shop\n"
    );
    let outcomes = |act: &str, offered: &str| {
        let truth = spoilt("listed = false", &format!("offered = {offered}"));
        let (head, tail) = truth.split_once("offered = ").unwrap();
        let (before, after) = head.rsplit_once("acts = [\"download\"]").unwrap();
        let truth = format!("{before}acts = [\"{act}\"]{after}offered = {tail}");
        let texts = CaseTexts {
            slug: "chat",
            register: shown()[0],
            observations: Some(&observations),
            truth: &truth,
        };
        let case = Case::read(&texts).unwrap();
        let verdicts = case.verdicts();
        (verdicts[2].listed(), verdicts[2].offered(), verdicts[2].outcome())
    };
    assert_eq!(outcomes("payment", "true"), (Listed::No, Listed::Yes, Outcome::Agrees));
    assert_eq!(outcomes("payment", "false"), (Listed::No, Listed::Yes, Outcome::Differs));
    assert_eq!(outcomes("download", "false"), (Listed::No, Listed::No, Outcome::Agrees));
    assert_eq!(outcomes("update", "\"unknown\""), (Listed::No, Listed::Unknown, Outcome::Agrees));
}

#[test]
fn a_part_of_a_country_stands_as_its_country_was_seen() {
    let (before, after) = shown()[1].split_once("listed = false").unwrap();
    let (before, rest) = before.rsplit_once("territory = \"US\"").unwrap();
    let case = read(&format!("{before}territory = \"US-MT\"{rest}listed = false{after}")).unwrap();
    assert_eq!(case.verdicts()[2].subject().territory().as_str(), "US-MT");
    assert_eq!(case.verdicts()[2].outcome(), Outcome::Agrees);
    assert!(case.speaks_of(&"US-MT".parse().unwrap()) && !case.speaks_of(&"CA".parse().unwrap()));
}

#[test]
fn a_sighting_of_something_that_the_register_does_not_know_is_refused() {
    let refused = |from: &str, to: &str| {
        let observations = seen().replacen(from, to, 1);
        assert_ne!(observations, seen());
        let register = shown()[0];
        let texts =
            CaseTexts { slug: "chat", register, observations: Some(&observations), truth: shown()[1] };
        Case::read(&texts).unwrap_err().to_string()
    };
    assert_eq!(
        refused("chat,app-store", "chatt,app-store"),
        "chat/observations.csv: the sighting of 2025-03-01[America/New_York] names the app `chatt`, which the register \
         of the case has not; did you mean `chat`?",
    );
    assert_eq!(
        refused("chat,app-store", "chat,appstore"),
        "chat/observations.csv: the sighting of 2025-03-01[America/New_York] names the store `appstore`, which the \
         register of the case has not; did you mean `app-store`?",
    );
    assert_eq!(
        refused("order@", "ordre@"),
        "chat/observations.csv: the sighting of 2025-03-10T08:00:00[America/New_York] names the instrument `ordre`, \
         which the register of the case has not; did you mean `order`?",
    );
    assert_eq!(
        refused("available", "avialable"),
        "chat/observations.csv:2: column `seen`: `avialable` is not a way in which an app is seen; did you mean `available`? \
         (one of available, removed, withdrawn, suspended, not-offered, unknown is expected)",
    );
}

#[test]
fn every_status_of_a_ground_has_its_word() {
    for status in GroundStatus::ALL {
        let truth = spoilt("ground = \"in_force\"", &format!("ground = \"{}\"", status.as_str()));
        assert_eq!(read(&truth).unwrap().rows()[0].ground, Some(FirstGround::Stands(status)));
    }
}

/// What the example is refused with once some of its text is replaced.
#[track_caller]
fn refused(table: &[(&str, &str, &str)]) {
    for (from, to, said) in table {
        assert_eq!(refusal(&spoilt(from, to)), *said);
    }
}

#[test]
fn a_wrong_opening_or_a_wrong_word_is_refused_with_its_line() {
    refused(&[
        (
            "format = \"delisted-truth\"",
            "format = \"delisted-register\"",
            "chat/truth.toml:1: this is not a truth file; it must open with `format = \"delisted-truth\"` and \
             `version = 1`",
        ),
        (
            "version = 1",
            "version = 2",
            "chat/truth.toml:2: the file has version `2`; this library reads version 1",
        ),
        (
            "version = 1",
            "version = \"1\"",
            "chat/truth.toml:2: found a version that is not a number, where `version = 1` is expected",
        ),
        (
            "title = \"Chat: an order of one day\"",
            "title = \" \"",
            "chat/truth.toml:3: `title` is blank; fill it in",
        ),
        (
            "title =",
            "titel =",
            "chat/truth.toml:3: unknown field `titel` in a truth file; did you mean `title`?",
        ),
        (
            "requirement =",
            "requirment =",
            "chat/truth.toml:12: unknown field `requirment` in a row; did you mean `requirement`?",
        ),
        (
            "requirement = \"prohibited\"",
            "requirement = \"forbidden\"",
            "chat/truth.toml:12: `forbidden` is none of: unrestricted, prohibited, compelled, conflicting, \
             unknown",
        ),
        (
            "marks = []",
            "marks = [\"enforced\"]",
            "chat/truth.toml:14: `enforced` is none of: unenforced, in-part, under-appeal, uncertain; did you mean \
             `unenforced`?",
        ),
        (
            "marks = []",
            "marks = [\"in-part\", \"in-part\"]",
            "chat/truth.toml:14: `marks` names `in-part` twice",
        ),
        (
            "marks = []",
            "status = \"delisted\"",
            "chat/truth.toml:14: `delisted` is none of: listed, ordered_removed, injunction, appealed; did you mean \
             `listed`?",
        ),
        (
            "marks = []",
            "listed = \"yes\"",
            "chat/truth.toml:14: found the text `yes`, where `true`, `false` or `\"unknown\"` is expected",
        ),
    ]);
    let opening = shown()[1].split("[[row]]").next().unwrap();
    assert_eq!(
        refusal(opening),
        "chat/truth.toml:1: the file has no `[[row]]`; a case is held against one at least",
    );
}

#[test]
fn a_question_that_the_register_cannot_answer_is_refused_with_its_line() {
    refused(&[
        (
            "at = \"2025-03-10[America/New_York]\"",
            "at = \"2025-03-10\"",
            "chat/truth.toml:7: `2025-03-10` has no zone; write `2025-03-10[UTC]` or name the place, \
             `2025-03-10[America/New_York]`",
        ),
        (
            "at = \"2025-03-10[America/New_York]\"",
            "at = \"2025-03-09..2025-03-10[America/New_York]\"",
            "chat/truth.toml:7: `2025-03-09..2025-03-10[America/New_York]` is no moment at which a row can ask; write an \
             instant or a day",
        ),
        (
            "app = \"chat\"",
            "app = \"chatt\"",
            "chat/truth.toml:8: the register of the case has no app `chatt`; did you mean `chat`?",
        ),
        (
            "\"google-play\"",
            "\"gogle-play\"",
            "chat/truth.toml:9: the register of the case has no store `gogle-play`; did you mean `google-play`?",
        ),
        ("\"google-play\"", "\"app-store\"", "chat/truth.toml:9: `stores` names `app-store` twice"),
        (
            "territory = \"US\"",
            "territory = \"UK\"",
            "chat/truth.toml:10: `UK` is not an ISO 3166-1 code; write two or three capital letters, such as `US`, \
             or a part, such as `US-MT`; did you mean `GB`?",
        ),
        (
            "acts = [\"download\"]",
            "acts = [\"downlaod\"]",
            "chat/truth.toml:11: `downlaod` is not an act; did you mean `download`?",
        ),
        (
            "acts = [\"download\"]",
            "acts = []",
            "chat/truth.toml:11: `acts` is an empty list; name one at least",
        ),
        (
            "acts = [\"download\"]",
            "acts = \"download\"",
            "chat/truth.toml:11: found the text `download`, where a list is expected",
        ),
    ]);
}

#[test]
fn a_row_that_proves_nothing_is_refused_with_its_line() {
    let pages = "sources = [\"https://example.org/first-day\"]";
    refused(&[
        (pages, "sources = []", "chat/truth.toml:16: `sources` is an empty list; name one at least"),
        (pages, "sources = [\"\"]", "chat/truth.toml:16: `sources` is blank; fill it in"),
        (pages, "", "chat/truth.toml:6: a row lacks the field `sources`; add it"),
        (
            "requirement = \"prohibited\"\nground = \"in_force\"\nmarks = []\n",
            "",
            "chat/truth.toml:6: the row says nothing that an answer could be held against; give it `requirement`, \
             `ground`, `marks`, `status`, `listed` or `offered`",
        ),
        (
            "on = [\"requirement\"]",
            "on = [\"require\"]",
            "chat/truth.toml:41: `require` is none of: requirement, ground, marks, status, listed, offered",
        ),
        ("on = [\"requirement\"]", "on = []", "chat/truth.toml:41: `on` is an empty list; name one at least"),
        ("why = ", "because = ", "chat/truth.toml:39: unknown field `because` in a disagreement"),
        (
            "source = \"https://example.org/injunction\"",
            "",
            "chat/truth.toml:38: a disagreement lacks the field `source`; add it",
        ),
    ]);
}

#[test]
fn a_folder_without_its_files_says_which_is_missing() {
    let folder = std::env::temp_dir().join(format!("delisted-a-case-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let said = |name: &str| {
        let error = Case::read_folder(&folder).unwrap_err().to_string();
        let file = folder.join(name).display().to_string();
        assert!(error.starts_with(&format!("{file}: the file cannot be read: ")), "{error}");
    };
    said("register.toml");
    std::fs::write(folder.join("register.toml"), shown()[0]).unwrap();
    said("truth.toml");
    std::fs::write(folder.join("truth.toml"), shown()[1]).unwrap();
    let case = Case::read_folder(&folder).unwrap();
    assert_eq!(Some(case.slug()), folder.file_name().and_then(|name| name.to_str()));
    std::fs::remove_dir_all(&folder).unwrap();
}
