//! What must come down and what may go up within a period, as a table, as JSON and as iCalendar.
//!
//! ```text
//! cargo run --release --example calendar -- cases/wechat-2020/register.toml \
//!     --from 2020-09-18T00:00:00Z --to 2020-10-01T00:00:00Z \
//!     [--known-at 2020-09-18T22:00:00Z] [--ics FILE] [--json]
//! ```

#[path = "output/mod.rs"]
mod output;

use std::{error::Error, fs, process::ExitCode};

use delisted::{
    error::Suggestion,
    io,
    time::{Known, Period, civil},
};

const USAGE: &str =
    "usage: calendar REGISTER --from TIME [--to TIME] [--known-at TIME] [--ics FILE] [--json]";

fn main() -> ExitCode {
    let help = std::env::args().skip(1).any(|argument| argument == "--help" || argument == "-h");
    let text = if help {
        Ok(USAGE.to_owned())
    } else {
        Question::from_arguments(std::env::args().skip(1)).and_then(|question| question.answer())
    };
    match text.and_then(|text| output::print(|out| Ok(writeln!(out, "{text}")?))) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("calendar: {error}");
            ExitCode::from(2)
        }
    }
}

/// What the command line asks.
struct Question {
    register: String,
    period: Period,
    known: Known,
    ics: Option<String>,
    json: bool,
}

impl Question {
    fn from_arguments(arguments: impl Iterator<Item = String>) -> Result<Self, Box<dyn Error>> {
        let (mut register, mut json) = (None, false);
        let mut given: Vec<(String, String)> = Vec::new();
        let mut arguments = arguments.peekable();
        let names = ["--from", "--to", "--known-at", "--ics"];
        while let Some(argument) = arguments.next() {
            if argument == "--json" {
                json = true;
            } else if names.contains(&argument.as_str()) {
                let value = arguments.next_if(|value| !value.starts_with("--"));
                let value = value.ok_or_else(|| format!("`{argument}` needs a value; {USAGE}"))?;
                if given.iter().any(|(name, _)| *name == argument) {
                    return Err(format!("`{argument}` is given twice; {USAGE}").into());
                }
                given.push((argument, value));
            } else if argument.starts_with("--") {
                let near = Suggestion::among(&argument, names.into_iter().chain(["--json"]));
                return Err(format!("`{argument}` is no option{near}; {USAGE}").into());
            } else if register.replace(argument).is_some() {
                return Err(format!("more than one register; {USAGE}").into());
            }
        }
        let option =
            |name: &str| given.iter().find(|(given, _)| given == name).map(|(_, value)| value.as_str());
        let from = option("--from").ok_or_else(|| format!("`--from` is missing; {USAGE}"))?;
        let from = civil::parse(from)?.as_start();
        let period = match option("--to") {
            Some(to) => Period::new(from, civil::parse(to)?.as_end())?,
            None => Period::since(from),
        };
        let known = match option("--known-at") {
            Some(known) => Known::At(civil::parse(known)?.as_record()),
            None => Known::Best,
        };
        let register = register.ok_or_else(|| format!("no register; {USAGE}"))?;
        Ok(Self { register, period, known, ics: option("--ics").map(str::to_owned), json })
    }

    fn answer(&self) -> Result<String, Box<dyn Error>> {
        let loaded = io::read_path(&self.register)?;
        for warning in &loaded.warnings {
            eprintln!("warning: {warning}");
        }
        let calendar = loaded.register.calendar(self.period, self.known);
        if let Some(path) = &self.ics {
            fs::write(path, io::to_ics(&calendar)).map_err(|error| format!("`{path}`: {error}"))?;
        }
        if self.json {
            return Ok(serde_json::to_string(&calendar)?);
        }
        Ok(calendar.to_string().trim_end().to_owned())
    }
}
