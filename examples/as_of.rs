//! Answers one question on any register file.
//!
//! ```text
//! cargo run --release --example as_of -- cases/wechat-2020/register.toml --app wechat --store app-store \
//!     --territory US --act download --at 2020-09-22T00:00:00Z [--known-at 2020-09-20T00:00:00Z] [--party ID] [--json]
//! ```

#[path = "output/mod.rs"]
mod output;

use std::{collections::BTreeSet, error::Error, process::ExitCode};

use delisted::{
    Act, AppId, AsOf, PartyId, Register, Store, Subject, Territory, error::Suggestion, io, law::Parties,
    register::Event, time::civil,
};

const USAGE: &str = "usage: as_of FILE --app ID --store ID --territory CODE --act ACT --at TIME \
                     [--known-at TIME] [--party ID] [--json]";

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
            eprintln!("as_of: {error}");
            ExitCode::from(2)
        }
    }
}

/// What the command line asks.
struct Question {
    file: String,
    subject: Subject,
    as_of: AsOf,
    json: bool,
}

impl Question {
    fn from_arguments(arguments: impl Iterator<Item = String>) -> Result<Self, Box<dyn Error>> {
        let (mut file, mut json) = (None, false);
        let mut given: Vec<(String, String)> = Vec::new();
        let mut arguments = arguments.peekable();
        let names = ["--app", "--store", "--territory", "--act", "--at", "--known-at", "--party"];
        while let Some(argument) = arguments.next() {
            if argument == "--json" {
                json = true;
            } else if names.contains(&argument.as_str()) {
                let value = arguments.next().ok_or_else(|| format!("`{argument}` needs a value; {USAGE}"))?;
                if given.iter().any(|(name, _)| *name == argument) {
                    return Err(format!("`{argument}` is given twice; {USAGE}").into());
                }
                given.push((argument, value));
            } else if argument.starts_with("--") {
                let near = Suggestion::among(&argument, names.into_iter().chain(["--json"]));
                return Err(format!("`{argument}` is no option{near}; {USAGE}").into());
            } else if file.replace(argument).is_some() {
                return Err(format!("more than one file; {USAGE}").into());
            }
        }
        let option =
            |name: &str| given.iter().find(|(given, _)| given == name).map(|(_, value)| value.as_str());
        let needed = |name: &str| option(name).ok_or_else(|| format!("`{name}` is missing; {USAGE}"));
        let mut subject = Subject::new(
            needed("--app")?.parse::<AppId>()?,
            needed("--store")?.parse::<Store>()?,
            needed("--territory")?.parse::<Territory>()?,
            needed("--act")?.parse::<Act>()?,
        );
        if let Some(party) = option("--party") {
            subject = subject.for_party(party.parse::<PartyId>()?);
        }
        let mut as_of = AsOf::from(civil::parse(needed("--at")?)?.as_start());
        if let Some(known) = option("--known-at") {
            as_of = as_of.known_at(civil::parse(known)?.as_record());
        }
        let file = file.ok_or_else(|| format!("no file; {USAGE}"))?;
        Ok(Self { file, subject, as_of, json })
    }

    fn answer(&self) -> Result<String, Box<dyn Error>> {
        let loaded = io::read_path(&self.file)?;
        for warning in &loaded.warnings {
            eprintln!("warning: {warning}");
        }
        self.is_known(&loaded.register)?;
        if self.json {
            return Ok(serde_json::to_string(&loaded.register.determine(&self.subject, self.as_of))?);
        }
        let explanation = loaded.register.explain(&self.subject, self.as_of);
        Ok(explanation.to_string().trim_end().to_owned())
    }

    /// An unknown app or store would be unrestricted, which is true of the register and useless to who misspelt it.
    fn is_known(&self, register: &Register) -> Result<(), Box<dyn Error>> {
        let directory = register.directory();
        let (app, store) = (self.subject.app(), self.subject.store());
        if directory.app(app).is_none() {
            let near = Suggestion::among(app.as_str(), directory.apps().map(|app| app.app.as_str()));
            return Err(format!("{} has no app `{app}`{near}", self.file).into());
        }
        if !directory.knows_store(store) {
            let near = Suggestion::among(store.as_str(), directory.known_stores().map(Store::as_str));
            return Err(format!("{} has no store `{store}`{near}", self.file).into());
        }
        if let Some(party) = self.subject.party() {
            let named = protected(register);
            if !named.contains(party) {
                let near = Suggestion::among(party.as_str(), named.into_iter().map(PartyId::as_str));
                return Err(format!("no relief in {} protects a party `{party}`{near}", self.file).into());
            }
        }
        Ok(())
    }
}

/// The persons and groups whom some relief protects by name.
fn protected(register: &Register) -> BTreeSet<&PartyId> {
    let protects = register.entries().iter().filter_map(|entry| match entry.event() {
        Event::ReliefGranted(relief) => Some(&relief.protects),
        _ => None,
    });
    protects
        .filter_map(|parties| match parties {
            Parties::Only { persons, .. } => Some(persons),
            Parties::Everyone => None,
        })
        .flatten()
        .collect()
}
