use std::{
    fmt,
    fs::File,
    io::{BufRead, BufReader, Read},
    path::Path,
};

use serde::de::DeserializeOwned;

use super::{
    FORMAT, VERSION,
    decode::decode,
    error::{ReadError, ReadProblem},
    from_wire::{self, Placing, Targets},
    node::{Field, Node, Value},
    order,
    wire::{EntryWire, EnvelopeWire, EventWire},
};
use crate::{
    Register,
    error::Suggestion,
    market::Declaration,
    register::{AppendError, EntryError, Warning},
};

/// A register that was read whole, and what is odd about it.
///
/// ```
/// let loaded = delisted::io::read_toml("empty.toml", "format = \"delisted-register\"\nversion = 1\n")?;
/// assert!(loaded.register.entries().is_empty());
/// assert!(loaded.warnings.is_empty());
/// # Ok::<(), delisted::io::ReadError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Loaded {
    /// The register.
    pub register: Register,
    /// What is odd, in the order of the file.
    pub warnings: Vec<PlacedWarning>,
}

/// A warning, and the line of the entry that it is about.
///
/// ```
/// use delisted::{io::PlacedWarning, register::Warning};
///
/// let warning = PlacedWarning {
///     file: "case.toml".into(),
///     line: 12,
///     warning: Warning::StayWithoutAppeal { entry: "stay".parse()? },
/// };
/// assert!(warning.to_string().starts_with("case.toml:12: entry `stay` grants a stay pending appeal"));
/// # Ok::<(), delisted::id::IdError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacedWarning {
    /// The file's name, as it was given to the reader.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What is odd there.
    pub warning: Warning,
}

impl fmt::Display for PlacedWarning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.warning)
    }
}

/// Reads a register file by its ending: `.toml`, or `.jsonl` for JSON Lines.
///
/// ```no_run
/// let loaded = delisted::io::read_path("cases/wechat-2020/register.toml")?;
/// println!("{} entries", loaded.register.entries().len());
/// # Ok::<(), delisted::io::ReadError>(())
/// ```
///
/// # Errors
///
/// - the file cannot be read, or its name has another ending;
/// - as [`read_toml`] and [`read_json_lines`].
pub fn read_path(path: impl AsRef<Path>) -> Result<Loaded, ReadError> {
    let path = path.as_ref();
    let name = path.display().to_string();
    let unreadable = |error: std::io::Error| {
        ReadError::new(&name, 1, ReadProblem::Unreadable { message: error.to_string() })
    };
    match path.extension().and_then(|ending| ending.to_str()) {
        Some("toml") => {
            let mut text = String::new();
            File::open(path).map_err(unreadable)?.read_to_string(&mut text).map_err(unreadable)?;
            read_toml(&name, &text)
        }
        Some("jsonl") => read_json_lines(&name, BufReader::new(File::open(path).map_err(unreadable)?)),
        _ => Err(ReadError::new(&name, 1, ReadProblem::UnknownForm)),
    }
}

/// Reads a register in TOML. `file` is its name in errors.
///
/// ```
/// let loaded = delisted::io::read_toml("empty.toml", "format = \"delisted-register\"\nversion = 1\n")?;
/// assert!(loaded.register.entries().is_empty());
/// # Ok::<(), delisted::io::ReadError>(())
/// ```
///
/// # Errors
///
/// - the text is not well-formed TOML, not a register file, or of another version;
/// - a field is unknown or missing, or a value does not fit;
/// - a declaration or an entry is refused, as by [`Register::declare`] and [`Register::append`];
/// - a target is recorded further down, nowhere, or in a circle.
///
/// Each names the line. Nothing is returned but the whole register.
pub fn read_toml(file: &str, text: &str) -> Result<Loaded, ReadError> {
    let failed = |(line, problem): (usize, ReadProblem)| ReadError::new(file, line, problem);
    let root = Node::from_toml(text.trim_start_matches('\u{feff}')).map_err(failed)?;
    opening(&root).map_err(failed)?;
    let mut reading = Reading::new(file);
    titled(&root, &Kind::ALL.map(Kind::key)).map_err(failed)?;
    for kind in Kind::ALL {
        let items = match root.field(kind.key()).map(|node| (node.line, &node.value)) {
            None => continue,
            Some((_, Value::List(items))) => items,
            Some((line, _)) => {
                let expected = format!("`[[{}]]`, once for each,", kind.key());
                return Err(failed((line, wrong("a single one", &expected))));
            }
        };
        for (index, item) in items.iter().enumerate() {
            let later = items.get(index.saturating_add(1)..).unwrap_or_default();
            reading.take(kind, item, || Ok(later.to_vec()))?;
        }
    }
    Ok(reading.loaded)
}

/// Reads a register in JSON Lines: the opening, then one object a line with one key, such as `{"entry": {...}}`.
/// `file` is its name in errors; blank lines are passed over.
///
/// ```
/// let text = "{\"format\": \"delisted-register\", \"version\": 1}\n{\"app\": {\"id\": \"wechat\", \"name\": \"WeChat\"}}\n";
/// let loaded = delisted::io::read_json_lines("case.jsonl", text.as_bytes())?;
/// assert_eq!(loaded.register.directory().apps().count(), 1);
/// # Ok::<(), delisted::io::ReadError>(())
/// ```
///
/// # Errors
///
/// - as [`read_toml`], for each line.
pub fn read_json_lines(file: &str, input: impl BufRead) -> Result<Loaded, ReadError> {
    let mut lines = input.lines().enumerate().map(|(index, line)| {
        let number = index.saturating_add(1);
        let problem = |message| ReadError::new(file, number, ReadProblem::Unreadable { message });
        line.map(|text| (number, text)).map_err(|error| problem(error.to_string()))
    });
    let node = |number: usize, text: &str| {
        Node::from_json(text, number).map_err(|problem| ReadError::new(file, number, problem))
    };
    let mut opened = false;
    let mut reading = Reading::new(file);
    while let Some((number, text)) = lines.next().transpose()? {
        let text = text.trim_start_matches('\u{feff}').trim();
        if text.is_empty() {
            continue;
        }
        let line = node(number, text)?;
        if !opened {
            let failed = |(at, problem)| ReadError::new(file, at, problem);
            opening(&line).map_err(failed)?;
            titled(&line, &[]).map_err(failed)?;
            opened = true;
            continue;
        }
        let (kind, item) = one_item(&line).map_err(|problem| ReadError::new(file, number, problem))?;
        reading.take(kind, item, || {
            let mut later = Vec::new();
            for line in lines.by_ref() {
                let (number, text) = line?;
                // What is not well-formed further down is not this entry's problem.
                if let Ok(line) = node(number, text.trim())
                    && let Ok((Kind::Entry, item)) = one_item(&line)
                {
                    later.push(item.clone());
                }
            }
            Ok(later)
        })?;
    }
    if opened { Ok(reading.loaded) } else { Err(ReadError::new(file, 1, ReadProblem::NotARegister)) }
}

/// What a register file holds, in the order in which it is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Organization,
    Category,
    Store,
    Authority,
    App,
    Entry,
}

impl Kind {
    const ALL: [Self; 6] =
        [Self::Organization, Self::Category, Self::Store, Self::Authority, Self::App, Self::Entry];

    const fn key(self) -> &'static str {
        match self {
            Self::Organization => "organization",
            Self::Category => "category",
            Self::Store => "store",
            Self::Authority => "authority",
            Self::App => "app",
            Self::Entry => "entry",
        }
    }

    /// How errors name it.
    const fn noun(self) -> &'static str {
        match self {
            Self::Organization => "an organization",
            Self::Category => "a category",
            Self::Store => "a store",
            Self::Authority => "an authority",
            Self::App => "an app",
            Self::Entry => "an entry",
        }
    }
}

/// A register in the making; it is dropped with the first problem.
struct Reading<'f> {
    file: &'f str,
    loaded: Loaded,
}

impl<'f> Reading<'f> {
    fn new(file: &'f str) -> Self {
        Self { file, loaded: Loaded { register: Register::default(), warnings: Vec::new() } }
    }

    fn take(
        &mut self,
        kind: Kind,
        item: &Node,
        later: impl FnOnce() -> Result<Vec<Node>, ReadError>,
    ) -> Result<(), ReadError> {
        if kind == Kind::Entry {
            return self.take_entry(item, later);
        }
        let place = |(line, problem)| ReadError::new(self.file, line, problem);
        let declaration = declaration(kind, item).map_err(place)?;
        let line = item.field("id").map_or(item.line, |id| id.line);
        self.loaded.register.declare(declaration).map_err(|error| place((line, error.into())))
    }

    fn take_entry(
        &mut self,
        item: &Node,
        later: impl FnOnce() -> Result<Vec<Node>, ReadError>,
    ) -> Result<(), ReadError> {
        let line = item.field("id").map_or(item.line, |id| id.line);
        let targets = Targets(&self.loaded.register);
        let taken = decode_entry(item).and_then(|wire| targets.entry(wire)).and_then(|entry| {
            self.loaded.register.append(entry).map_err(|error| {
                let mentioned = mentioned(&error).and_then(|text| item.line_of(&text));
                (mentioned.unwrap_or(line), error.into())
            })
        });
        match taken {
            Ok(warnings) => {
                let file = self.file.to_owned();
                self.loaded.warnings.extend(warnings.into_iter().map(|warning| PlacedWarning {
                    file: file.clone(),
                    line,
                    warning,
                }));
                Ok(())
            }
            Err((
                line,
                problem @ (ReadProblem::UnknownTarget { .. }
                | ReadProblem::Append(AppendError::Unknown { .. })),
            )) => {
                let recorded = self.loaded.register.measure_names();
                let problem = order::told_apart(problem, item, &later()?, &recorded);
                Err(ReadError::new(self.file, line, problem))
            }
            Err((line, ReadProblem::Entry(error))) => {
                let line = at_fault(&error, item).unwrap_or(line);
                Err(ReadError::new(self.file, line, error.into()))
            }
            Err((line, problem)) => Err(ReadError::new(self.file, line, problem)),
        }
    }
}

/// The two fields with which a register opens.
fn opening(root: &Node) -> Result<(), (usize, ReadProblem)> {
    root.opens(FORMAT, VERSION)
        .map_err(|(line, problem)| (line, problem.unwrap_or(ReadProblem::NotARegister)))
}

/// Beside the two there may be a title, and in one file `also`; nothing else.
fn titled(root: &Node, also: &[&str]) -> Result<(), (usize, ReadProblem)> {
    let known = || ["format", "version", "title"].into_iter().chain(also.iter().copied());
    let fields = root.fields().unwrap_or_default();
    if let Some(stray) = fields.iter().find(|field| !known().any(|key| key == field.key)) {
        return Err((stray.line, unknown(&stray.key, "a register", known())));
    }
    match root.field("title").filter(|title| title.text().is_none()) {
        Some(title) => Err((title.line, wrong("a title that is not text", "a text"))),
        None => Ok(()),
    }
}

/// The one item of a line, by its key.
fn one_item(line: &Node) -> Result<(Kind, &Node), ReadProblem> {
    let keys = Kind::ALL.map(Kind::key);
    match line.fields() {
        Some([Field { key, value, .. }]) => Kind::ALL
            .into_iter()
            .find(|kind| kind.key() == key)
            .map(|kind| (kind, value))
            .ok_or_else(|| unknown(key, "a line", keys)),
        Some(fields) => {
            let found = format!("an object with {} keys", fields.len());
            Err(wrong(&found, "an object with one key, such as `{\"entry\": {...}}`,"))
        }
        None => Err(wrong("no object", "an object with one key, such as `{\"entry\": {...}}`,")),
    }
}

fn declaration(kind: Kind, item: &Node) -> Placing<Declaration> {
    fn wire<T: DeserializeOwned>(kind: Kind, item: &Node) -> Placing<T> {
        decode(item, kind.noun(), &[])
    }
    match kind {
        Kind::App => from_wire::app(wire(kind, item)?),
        Kind::Organization => from_wire::organization(wire(kind, item)?),
        Kind::Category => from_wire::category(wire(kind, item)?),
        Kind::Store => from_wire::store(wire(kind, item)?),
        Kind::Authority | Kind::Entry => from_wire::authority(wire(kind, item)?),
    }
}

fn decode_entry(item: &Node) -> Placing<EntryWire> {
    let Some(fields) = item.fields() else {
        return Err((item.line, wrong("something else", "an entry with its fields")));
    };
    let Some(event) = item.field("event") else {
        let problem = ReadProblem::MissingField { field: "event".into(), place: "an entry".into() };
        return Err((item.line, problem));
    };
    let Some(word) = event.text() else {
        return Err((event.line, wrong("something else", "the word of an event")));
    };
    let of_envelope = |field: &&Field| EnvelopeWire::FIELDS.contains(&field.key.as_str());
    let part = |fields: Vec<Field>| Node { line: item.line, value: Value::Table(fields) };
    let own = fields.iter().filter(|field| !of_envelope(field) && field.key != "event").cloned().collect();
    let event = EventWire::decode(word, &part(own)).unwrap_or_else(|| {
        let problem = ReadProblem::UnknownWord {
            word: word.to_owned(),
            known: EventWire::WORDS.join(", "),
            suggestion: Suggestion::among(word, EventWire::WORDS.iter().copied()),
        };
        Err((event.line, problem))
    })?;
    let envelope = decode(&part(fields.iter().filter(of_envelope).cloned().collect()), "an entry", &[])?;
    Ok(EntryWire { envelope, event })
}

/// The line of the field by which an entry contradicts itself.
fn at_fault(error: &EntryError, item: &Node) -> Option<usize> {
    let line = |field| item.field(field).map(|node| node.line);
    match error {
        EntryError::NoSource { .. } => line("sources"),
        EntryError::RecordedBeforeEntered { .. } => line("recorded"),
        EntryError::CorrectsItself { .. } => line("corrects"),
        EntryError::EndBeforeStart { end, .. } => item.line_of(&end.to_string()),
        _ => None,
    }
}

/// The word of a file that a refusal is about.
fn mentioned(error: &AppendError) -> Option<String> {
    Some(match error {
        AppendError::Taken { id, .. } | AppendError::Undeclared { id, .. } => id.clone(),
        AppendError::Unknown { thing: it, .. }
        | AppendError::NotRecordedYet { thing: it, .. }
        | AppendError::TakenBack { thing: it, .. }
        | AppendError::Itself { thing: it, .. }
        | AppendError::NoSpan { thing: it, .. } => it.name(),
        AppendError::NotUnderReview { ruling, .. } => ruling.clone(),
        AppendError::NotARefusal { refusal, .. } => refusal.to_string(),
        AppendError::AlreadyTakenBack { target, .. }
        | AppendError::RetractsRetraction { target, .. }
        | AppendError::OtherSubject { target, .. } => target.to_string(),
        _ => return None,
    })
}

fn unknown<'a>(field: &str, place: &str, known: impl IntoIterator<Item = &'a str>) -> ReadProblem {
    let known: Vec<String> = known.into_iter().map(str::to_owned).collect();
    let suggestion = Suggestion::among(field, known.iter().map(String::as_str));
    ReadProblem::UnknownField { field: field.to_owned(), place: place.to_owned(), known, suggestion }
}

fn wrong(found: &str, expected: &str) -> ReadProblem {
    ReadProblem::WrongType { found: found.to_owned(), expected: expected.to_owned() }
}
