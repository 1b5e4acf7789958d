//! Holds the answers of the library against what the sources of each case say.
//!
//! ```text
//! cargo run --release --example histories -- [SLUG] [--json]
//! ```
//!
//! Without a slug it goes through the whole catalogue; a folder of one's own is named by its path, with a slash in it.
//! It ends with status 1 where an answer differs and no reason is recorded, or a recorded reason is out of date.

#[path = "output/mod.rs"]
mod output;

use std::{error::Error, fmt::Write as _, process::ExitCode};

use delisted::{
    cases::{self, Case, CaseError, Listed, Mark, Outcome, Tally, Verdict},
    error::Suggestion,
    market::{Basis, Subject},
};
use serde_json::{Value, json};

const USAGE: &str = "usage: histories [SLUG | FOLDER/] [--json]";

fn main() -> ExitCode {
    if std::env::args().skip(1).any(|argument| argument == "--help" || argument == "-h") {
        return match output::print(|out| Ok(writeln!(out, "{USAGE}")?)) {
            Ok(()) => ExitCode::SUCCESS,
            Err(_) => ExitCode::from(2),
        };
    }
    match run(std::env::args().skip(1)) {
        Ok(tally) if tally.differ == 0 && tally.stale == 0 => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("histories: {error}");
            ExitCode::from(2)
        }
    }
}

fn run(arguments: impl Iterator<Item = String>) -> Result<Tally, Box<dyn Error>> {
    let (mut slug, mut as_json) = (None, false);
    for argument in arguments {
        if argument == "--json" {
            as_json = true;
        } else if argument.starts_with('-') {
            let near = Suggestion::among(&argument, ["--json", "--help"]);
            return Err(format!("`{argument}` is no option{near}; {USAGE}").into());
        } else if slug.replace(argument).is_some() {
            return Err(format!("more than one case; {USAGE}").into());
        }
    }
    let cases = match slug {
        None => cases::all()?,
        Some(folder) if folder.contains(['/', '\\']) => vec![Case::read_folder(folder)?],
        Some(slug) => match cases::by_slug(&slug) {
            Err(error @ CaseError::UnknownSlug { .. }) => {
                let known: Vec<&str> = cases::slugs().collect();
                return Err(format!("{error}; it has {}", known.join(", ")).into());
            }
            case => vec![case?],
        },
    };
    let verdicts: Vec<Vec<Verdict<'_>>> = cases.iter().map(Case::verdicts).collect();
    let tally = Tally::of(verdicts.iter().flatten());
    let text = if as_json {
        let cases: Vec<Value> =
            cases.iter().zip(&verdicts).map(|(case, verdicts)| case_json(case, verdicts)).collect();
        json!({ "cases": cases, "counts": counts(tally) }).to_string()
    } else {
        let mut text = String::new();
        for (case, verdicts) in cases.iter().zip(&verdicts) {
            table(&mut text, case, verdicts)?;
        }
        let of = cases.len();
        let noun = if of == 1 { "case" } else { "cases" };
        write!(text, "{of} {noun}, {tally}")?;
        text
    };
    output::print(|out| Ok(writeln!(out, "{text}")?))?;
    Ok(tally)
}

/// One case: its title, a line for every answer, and why where it is not what the row says.
fn table(text: &mut String, case: &Case, verdicts: &[Verdict<'_>]) -> std::fmt::Result {
    writeln!(text, "{}: {}", case.slug(), case.title())?;
    for line in wrapped(case.summary(), 110) {
        writeln!(text, "  {line}")?;
    }
    let head = [
        "when",
        "app",
        "store",
        "where",
        "act",
        "requirement",
        "status",
        "marks",
        "seen listed",
        "act seen",
        "verdict",
    ];
    let groups = folded(verdicts);
    let mut lines: Vec<[String; 11]> = vec![head.map(str::to_owned)];
    lines.extend(groups.iter().map(|group| line(group)));
    let mut widths = [0; 11];
    for line in &lines {
        for (width, cell) in widths.iter_mut().zip(line) {
            *width = (*width).max(cell.chars().count());
        }
    }
    for (index, line) in lines.iter().enumerate() {
        let cells: Vec<String> =
            line.iter().zip(widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
        writeln!(text, "  {}", cells.join("  ").trim_end())?;
        let group = index.checked_sub(1).and_then(|index| groups.get(index));
        if let Some(verdict) = group.and_then(|group| group.first()) {
            reasons(text, verdict)?;
        }
    }
    writeln!(text, "  {}\n", Tally::of(verdicts))
}

/// A text in lines of at most so many characters, but for longer words.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count().saturating_add(word.chars().count()) < width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// The verdicts of a row together where they are all the same, else those of a store, and one by one where not even
/// they are.
fn folded<'v, 'c>(verdicts: &'v [Verdict<'c>]) -> Vec<&'v [Verdict<'c>]> {
    let of_rows = verdicts.chunk_by(|one, next| one.row().line == next.row().line);
    let mut groups = Vec::new();
    for row in of_rows {
        if alike(row) {
            groups.push(row);
            continue;
        }
        for store in row.chunk_by(|one, next| one.subject().store() == next.subject().store()) {
            if alike(store) {
                groups.push(store);
            } else {
                groups.extend(store.chunks(1));
            }
        }
    }
    groups
}

fn alike(verdicts: &[Verdict<'_>]) -> bool {
    let mut answers = verdicts.iter().map(|verdict| (answer(verdict), verdict.differences()));
    let first = answers.next();
    answers.all(|other| first.as_ref() == Some(&other))
}

fn line(group: &[Verdict<'_>]) -> [String; 11] {
    let [first, ..] = group else { return [const { String::new() }; 11] };
    let mut stores: Vec<&str> = group.iter().map(|verdict| verdict.subject().store().as_str()).collect();
    stores.dedup();
    let alike = |verdict: &&Verdict<'_>| verdict.subject().store() == first.subject().store();
    let acts: Vec<&str> =
        group.iter().filter(alike).map(|verdict| verdict.subject().act().as_str()).collect();
    let acts = match acts.as_slice() {
        [one, two, rest @ ..] if rest.len() > 1 => format!("{one}, {two} and {} more", rest.len()),
        few => few.join(", "),
    };
    let [requirement, status, marks, listed, offered, outcome] = answer(first);
    let (app, territory) = (first.subject().app().to_string(), first.subject().territory().to_string());
    [
        when(first),
        app,
        stores.join(", "),
        territory,
        acts,
        requirement,
        status,
        marks,
        listed,
        offered,
        outcome,
    ]
}

/// What the library says, and whether the row does.
fn answer(verdict: &Verdict<'_>) -> [String; 6] {
    let answer = verdict.determination();
    [
        answer.requirement().to_string(),
        answer.headline().as_str().to_owned(),
        marks(verdict).join(", "),
        seen(verdict.listed(), verdict.is_listed_inferred()),
        // Only where the row speaks of it: most sightings are of downloads.
        verdict
            .row()
            .offered
            .map(|_| seen(verdict.offered(), verdict.is_offered_inferred()))
            .unwrap_or_default(),
        verdict.outcome().to_string(),
    ]
}

/// What was seen, and beside it whether nobody stated it.
fn seen(what: Listed, is_inferred: bool) -> String {
    if is_inferred { format!("{what}, inferred") } else { what.to_string() }
}

fn when(verdict: &Verdict<'_>) -> String {
    let row = verdict.row();
    match &row.known_at {
        Some(known) => format!("{}, known at {known}", row.at),
        None => row.at.to_string(),
    }
}

fn marks(verdict: &Verdict<'_>) -> Vec<&'static str> {
    Mark::of(verdict.determination()).into_iter().map(Mark::as_str).collect()
}

/// Where the answer is not what the row says: in what, and the recorded reason or what the answer rests on.
fn reasons(text: &mut String, verdict: &Verdict<'_>) -> std::fmt::Result {
    for difference in verdict.differences() {
        writeln!(text, "      {difference}")?;
    }
    for (field, seen) in [("listed", verdict.seen()), ("offered", verdict.seen_of_act())] {
        let in_question = verdict.differences().iter().any(|difference| difference.field == field);
        for sighting in seen.sightings().iter().filter(|_| in_question) {
            let inferred = if sighting.basis() == Basis::Inferred { ", inferred," } else { "" };
            let (what, at, source) = (sighting.seen(), sighting.at(), sighting.source());
            writeln!(text, "      seen: {what}{inferred} at {at} [{source}]")?;
        }
    }
    let row = verdict.row();
    if let Some(recorded) = &row.disagreement {
        return writeln!(text, "      why: {} [{}]", recorded.why, recorded.source);
    }
    if verdict.outcome() == Outcome::Differs {
        writeln!(text, "      the source says: {} [{}]", row.says, row.sources.join(", "))?;
        for ground in verdict.determination().grounds().iter().take(3) {
            let (entry, status) = (ground.entry(), ground.status());
            writeln!(text, "      the answer rests on: `{entry}`, {status} [{}]", ground.citation())?;
        }
    }
    Ok(())
}

fn case_json(case: &Case, verdicts: &[Verdict<'_>]) -> Value {
    json!({
        "case": case.slug(),
        "title": case.title(),
        "summary": case.summary(),
        "counts": counts(Tally::of(verdicts)),
        "verdicts": verdicts.iter().map(verdict_json).collect::<Vec<_>>(),
    })
}

fn counts(tally: Tally) -> Value {
    json!({
        "rows": tally.rows,
        "rows_disagreeing": tally.rows_disagreeing,
        "answers": tally.answers(),
        "agree": tally.agree,
        "disagree_as_written": tally.disagree_as_written,
        "differ": tally.differ,
        "stale": tally.stale,
    })
}

fn verdict_json(verdict: &Verdict<'_>) -> Value {
    let row = verdict.row();
    let subject: &Subject = verdict.subject();
    let differences = verdict
        .differences()
        .iter()
        .map(|it| json!({ "field": it.field, "expected": it.expected, "said": it.said }));
    json!({
        "line": row.line,
        "at": row.at.to_string(),
        "known_at": row.known_at.as_ref().map(ToString::to_string),
        "app": subject.app(),
        "store": subject.store(),
        "territory": subject.territory(),
        "act": subject.act(),
        "says": row.says,
        "sources": row.sources,
        "answer": verdict.determination(),
        "marks": marks(verdict),
        "listed": verdict.listed().as_str(),
        "listed_inferred": verdict.is_listed_inferred(),
        "offered": verdict.offered().as_str(),
        "offered_inferred": verdict.is_offered_inferred(),
        "outcome": verdict.outcome().as_str(),
        "differences": differences.collect::<Vec<_>>(),
        "why": row.disagreement.as_ref().map(|it| json!({ "why": it.why, "source": it.source })),
    })
}
