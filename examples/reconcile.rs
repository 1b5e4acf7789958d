//! Lays what stores were seen to do beside what the law required.
//!
//! ```text
//! cargo run --release --example reconcile -- REGISTER OBSERVATIONS.csv \
//!     [--rule reported|applecensorship|play-monitor] [--presume-at-most 6h|3d|none] \
//!     [--known-at 2020-09-20T00:00:00Z] [--all] [--only KIND] [--json]
//! ```
//!
//! `OBSERVATIONS` may be `-`, for what comes in at standard input. Findings that are consistent with the law and
//! tell no lag are counted and not shown, unless `--all` or `--only consistent` asks for them; `--json` has them all.

#[path = "output/mod.rs"]
mod output;

use std::{
    error::Error,
    io::{self as std_io, Write},
    process::ExitCode,
    time::Duration,
};

use delisted::{
    Register,
    error::Suggestion,
    io,
    observation::ChangeRule,
    reconciliation::{FindingKind, Oddity, OpenQuestion, Report},
    time::{Known, civil},
};

const USAGE: &str = "usage: reconcile REGISTER OBSERVATIONS.csv [--rule reported|applecensorship|play-monitor] \
                     [--presume-at-most 6h|3d|none] [--known-at TIME] [--all] [--only KIND] [--json]";

/// The options, for a guess at what was meant.
const OPTIONS: [&str; 6] = ["--rule", "--presume-at-most", "--known-at", "--all", "--only", "--json"];

/// What `--only` may ask for.
const KINDS: [FindingKind; 8] = [
    FindingKind::Consistent,
    FindingKind::OfferedWhileProhibited,
    FindingKind::RestoredWhileUnenforced,
    FindingKind::WithheldWhileUnrestricted,
    FindingKind::WithheldWhileCompelled,
    FindingKind::RemovedBeforeEffect,
    FindingKind::Undetermined(OpenQuestion::Changing),
    FindingKind::Unobserved,
];

/// How many unknown words without a guess at what was meant are named before the rest is counted.
const NAMED: usize = 10;

fn main() -> ExitCode {
    let help = std::env::args().skip(1).any(|argument| argument == "--help" || argument == "-h");
    let done = if help {
        output::print(|out| Ok(writeln!(out, "{USAGE}")?))
    } else {
        Task::from_arguments(std::env::args().skip(1)).and_then(|task| task.run())
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("reconcile: {error}");
            ExitCode::from(2)
        }
    }
}

/// What the command line asks.
struct Task {
    register: String,
    observations: String,
    rule: ChangeRule,
    known: Known,
    all: bool,
    only: Option<FindingKind>,
    json: bool,
}

impl Task {
    fn from_arguments(arguments: impl Iterator<Item = String>) -> Result<Self, Box<dyn Error>> {
        let (mut files, mut json, mut all) = (Vec::new(), false, false);
        let (mut rule, mut limit, mut known, mut only) = (None, None, None, None);
        let mut arguments = arguments;
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().ok_or_else(|| format!("`{argument}` needs a value; {USAGE}"));
            let twice = match argument.as_str() {
                "--json" => std::mem::replace(&mut json, true),
                "--all" => std::mem::replace(&mut all, true),
                "--rule" => rule.replace(value()?.parse::<ChangeRule>()?).is_some(),
                "--presume-at-most" => limit.replace(presumed(&value()?)?).is_some(),
                "--known-at" => known.replace(civil::parse(&value()?)?.as_record()).is_some(),
                "--only" => only.replace(kind(&value()?)?).is_some(),
                other if other.starts_with("--") => {
                    let near = Suggestion::among(other, OPTIONS);
                    return Err(format!("`{other}` is no option{near}; {USAGE}").into());
                }
                _ => {
                    files.push(argument);
                    continue;
                }
            };
            if twice {
                return Err(format!("`{argument}` is given twice; {USAGE}").into());
            }
        }
        let mut files = files.into_iter();
        let (Some(register), Some(observations), None) = (files.next(), files.next(), files.next()) else {
            return Err(format!("two files are needed, a register and observations; {USAGE}").into());
        };
        let rule = rule.unwrap_or_else(ChangeRule::reported);
        let rule = match limit {
            None => rule,
            Some(Some(limit)) => rule.presuming_at_most(limit),
            Some(None) => rule.presuming_without_limit(),
        };
        Ok(Self {
            register,
            observations,
            rule,
            known: known.map_or(Known::Best, Known::At),
            all,
            only,
            json,
        })
    }

    fn run(&self) -> Result<(), Box<dyn Error>> {
        let loaded = io::read_path(&self.register)?;
        for warning in &loaded.warnings {
            eprintln!("warning: {warning}");
        }
        let register: &Register = &loaded.register;
        let observations = io::read_observations_against(register, &self.observations)?;
        let mut report = Report::new(register, &observations, self.rule, self.known);
        if let Some(kind) = self.only {
            report = report.only(kind);
        }
        self.warn(&report);
        output::print(|out| {
            if self.json {
                serde_json::to_writer(&mut *out, &report).map_err(std_io::Error::from)?;
                writeln!(out)?;
            } else {
                self.tell(out, &report)?;
            }
            Ok(())
        })
    }

    /// What is odd about the observations, each word once.
    fn warn(&self, report: &Report<'_>) {
        let warn = |oddity: &Oddity| eprintln!("warning: {}: {oddity}", self.observations);
        let (near, far): (Vec<&Oddity>, Vec<&Oddity>) =
            report.oddities().iter().partition(|oddity| oddity.suggestion().word().is_some());
        near.into_iter().for_each(warn);
        far.iter().copied().take(NAMED).for_each(warn);
        if let Some(more) = far.len().checked_sub(NAMED).filter(|more| *more > 0) {
            eprintln!("warning: {}: {} more words are not in the register", self.observations, grouped(more));
        }
        for contradiction in report.seen_both_ways() {
            eprintln!("warning: {contradiction}");
        }
    }

    /// The rule, the findings, one a line beneath what they are about, and what each store did.
    fn tell(&self, out: &mut dyn Write, report: &Report<'_>) -> std_io::Result<()> {
        writeln!(out, "{}", report.head())?;
        let hides = !self.all && self.only.is_none();
        let (mut hidden, mut told, mut about) = (0_usize, false, None);
        for finding in report.findings() {
            // One that tells how long the store took is what many ask for.
            if hides && finding.kind() == FindingKind::Consistent && finding.lag().is_none() {
                hidden = hidden.saturating_add(1);
                continue;
            }
            if about != Some(finding.subject()) {
                about = Some(finding.subject());
                writeln!(out, "{}{}", if told { "" } else { "\n" }, finding.subject())?;
            }
            told = true;
            writeln!(out, "  {}", finding.account())?;
        }
        if hidden > 0 {
            let (noun, them) = if hidden == 1 { ("finding", "it") } else { ("findings", "them") };
            writeln!(out, "\n{} consistent {noun} not shown; --all shows {them}", grouped(hidden))?;
        } else if let (false, Some(kind)) = (told, self.only) {
            writeln!(out, "\nno finding is `{}`", kind.as_str())?;
        } else if !told {
            writeln!(out, "\nnothing was looked at")?;
        }
        for summary in report.reconciliation().stores() {
            writeln!(out, "\n{} in {}:", summary.act(), summary.store())?;
            writeln!(out, "  from effect to removal: {}", summary.removals())?;
            writeln!(out, "  from end or relief to restoration: {}", summary.restorations())?;
        }
        Ok(())
    }
}

/// How long a state is presumed at most: hours or days, or nothing where there is no limit.
fn presumed(text: &str) -> Result<Option<Duration>, String> {
    let wrong =
        || format!("`{text}` is no length of time; write hours or days, such as `6h` or `3d`, or `none`");
    if text == "none" {
        return Ok(None);
    }
    let (number, hours) = match (text.strip_suffix('h'), text.strip_suffix('d')) {
        (Some(number), _) => (number, 1),
        (_, Some(number)) => (number, 24),
        _ => return Err(wrong()),
    };
    let number = Some(number).filter(|number| number.bytes().all(|byte| byte.is_ascii_digit()));
    let seconds = number
        .and_then(|number| number.parse::<u64>().ok())
        .and_then(|number| number.checked_mul(hours)?.checked_mul(3_600))
        .ok_or_else(wrong)?;
    Ok(Some(Duration::from_secs(seconds)))
}

fn kind(text: &str) -> Result<FindingKind, String> {
    KINDS.into_iter().find(|kind| kind.as_str() == text).ok_or_else(|| {
        let words = KINDS.map(FindingKind::as_str);
        let near = Suggestion::among(text, words);
        format!("`{text}` is no kind of finding{near} (one of {} is expected)", words.join(", "))
    })
}

/// A number with a comma before every third digit from the right.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && digits.len().saturating_sub(place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
