//! The truth file, version 1: what the sources of a case say held, in TOML.

use std::{collections::BTreeSet, fmt, str::FromStr};

use serde::{Deserialize, Deserializer, de::Visitor};

use super::{Disagreement, FirstGround, Listed, Mark, Required, Row, TruthError, TruthProblem};
use crate::{
    AppId, Register, Store, StoreStatus,
    determination::{GroundStatus, Requirement},
    error::Suggestion,
    io::{Node, Placed, ReadProblem, Text, decode},
    status::{Meanwhile, UnderReview},
    time::{Dated, civil},
};

/// The word with which every truth file opens.
const FORMAT: &str = "delisted-truth";

/// The only version that this library reads.
const VERSION: i64 = 1;

/// The fields of a row that an answer is held against.
const COMPARED: [&str; 6] = ["requirement", "ground", "marks", "status", "listed", "offered"];

/// What a truth file holds.
pub(super) struct Truth {
    pub(super) title: String,
    pub(super) summary: String,
    pub(super) rows: Vec<Row>,
}

type Placing<T> = Result<T, (usize, TruthProblem)>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TruthWire {
    title: Text,
    summary: Text,
    #[serde(default)]
    row: Vec<Placed<RowWire>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RowWire {
    at: Text,
    known_at: Option<Text>,
    app: Text,
    stores: Placed<Vec<Text>>,
    territory: Text,
    acts: Placed<Vec<Text>>,
    requirement: Option<Text>,
    ground: Option<Text>,
    marks: Option<Placed<Vec<Text>>>,
    status: Option<Text>,
    listed: Option<Listed>,
    offered: Option<Listed>,
    says: Text,
    sources: Placed<Vec<Text>>,
    disagreement: Option<DisagreementWire>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DisagreementWire {
    why: Text,
    source: Text,
    on: Option<Placed<Vec<Text>>>,
}

impl<'de> Deserialize<'de> for Listed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ListedVisitor)
    }
}

struct ListedVisitor;

impl Visitor<'_> for ListedVisitor {
    type Value = Listed;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("`true`, `false` or `\"unknown\"`")
    }

    fn visit_bool<E>(self, listed: bool) -> Result<Listed, E> {
        Ok(if listed { Listed::Yes } else { Listed::No })
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Listed, E> {
        match text {
            "unknown" => Ok(Listed::Unknown),
            _ => Err(E::invalid_type(serde::de::Unexpected::Str(text), &self)),
        }
    }
}

/// Reads a truth file. `file` is its name in errors; what its rows name must be known to the register.
pub(super) fn read(file: &str, text: &str, register: &Register) -> Result<Truth, TruthError> {
    whole(text, register).map_err(|(line, problem)| TruthError::new(file, line, problem))
}

fn whole(text: &str, register: &Register) -> Placing<Truth> {
    let root = Node::from_toml(text.trim_start_matches('\u{feff}')).map_err(placed)?;
    root.opens(FORMAT, VERSION).map_err(misopened)?;
    let root = root.without_opening();
    let wire: TruthWire = decode(&root, "a truth file", &["format", "version"]).map_err(placed)?;
    let (title, summary) = (said("title", &wire.title)?, said("summary", &wire.summary)?);
    if wire.row.is_empty() {
        return Err((1, TruthProblem::NoRows));
    }
    let rows = wire.row.iter().map(|row| a_row(row, register)).collect::<Result<_, _>>()?;
    Ok(Truth { title, summary, rows })
}

fn placed((line, problem): (usize, ReadProblem)) -> (usize, TruthProblem) {
    (line, problem.into())
}

fn misopened((line, problem): (usize, Option<ReadProblem>)) -> (usize, TruthProblem) {
    let problem = match problem {
        None => TruthProblem::NotATruthFile,
        Some(ReadProblem::Version { found }) => TruthProblem::Version { found },
        Some(other) => other.into(),
    };
    (line, problem)
}

fn a_row(placed: &Placed<RowWire>, register: &Register) -> Placing<Row> {
    let (line, wire) = (placed.number(), &placed.value);
    let row = Row {
        line,
        at: moment(&wire.at)?,
        known_at: wire.known_at.as_ref().map(moment).transpose()?,
        app: app(&wire.app, register)?,
        stores: list("stores", &wire.stores, |text| store(text, register))?,
        territory: word(&wire.territory)?,
        acts: list("acts", &wire.acts, word)?,
        requirement: wire.requirement.as_ref().map(requirement).transpose()?,
        ground: wire.ground.as_ref().map(ground).transpose()?,
        marks: wire.marks.as_ref().map(marks).transpose()?,
        status: wire.status.as_ref().map(status).transpose()?,
        listed: wire.listed,
        offered: wire.offered,
        says: said("says", &wire.says)?,
        sources: list("sources", &wire.sources, |text| said("sources", text))?,
        disagreement: wire.disagreement.as_ref().map(disagreement).transpose()?,
    };
    let silent = row.requirement.is_none()
        && row.ground.is_none()
        && row.marks.is_none()
        && row.status.is_none()
        && row.listed.is_none()
        && row.offered.is_none();
    if silent { Err((line, TruthProblem::NothingSaid)) } else { Ok(row) }
}

fn said(field: &'static str, text: &Text) -> Placing<String> {
    match text.value.trim() {
        "" => Err((text.number(), TruthProblem::Blank { field })),
        text => Ok(text.to_owned()),
    }
}

fn word<T: FromStr<Err: Into<ReadProblem>>>(text: &Text) -> Placing<T> {
    text.value.parse().map_err(|error: T::Err| (text.number(), error.into().into()))
}

/// A time at which one can ask: there is one answer at an instant or on a day, and several within bounds.
fn moment(text: &Text) -> Placing<Dated> {
    let line = text.number();
    let moment = civil::parse(&text.value).map_err(|error| (line, ReadProblem::from(error).into()))?;
    if moment.is_uncertain() {
        return Err((line, TruthProblem::NoMoment { text: text.value.clone() }));
    }
    Ok(moment)
}

/// A list that names something, and nothing twice.
fn list<T>(
    field: &'static str,
    list: &Placed<Vec<Text>>,
    read: impl Fn(&Text) -> Placing<T>,
) -> Placing<Vec<T>> {
    if list.value.is_empty() {
        return Err((list.number(), TruthProblem::EmptyList { field }));
    }
    unrepeated(field, &list.value)?;
    list.value.iter().map(read).collect()
}

fn unrepeated(field: &'static str, texts: &[Text]) -> Placing<()> {
    let mut seen = BTreeSet::new();
    match texts.iter().find(|text| !seen.insert(text.value.as_str())) {
        Some(twice) => Err((twice.number(), TruthProblem::Twice { field, word: twice.value.clone() })),
        None => Ok(()),
    }
}

fn app(text: &Text, register: &Register) -> Placing<AppId> {
    let app: AppId = word(text)?;
    let directory = register.directory();
    match directory.app(&app) {
        Some(_) => Ok(app),
        None => Err(undeclared("app", text, directory.apps().map(|app| app.app.as_str()))),
    }
}

fn store(text: &Text, register: &Register) -> Placing<Store> {
    let store: Store = word(text)?;
    let directory = register.directory();
    if directory.knows_store(&store) {
        return Ok(store);
    }
    Err(undeclared("store", text, directory.known_stores().map(Store::as_str)))
}

fn undeclared<'k>(
    kind: &'static str,
    text: &Text,
    known: impl IntoIterator<Item = &'k str>,
) -> (usize, TruthProblem) {
    let suggestion = Suggestion::among(&text.value, known);
    (text.number(), TruthProblem::Undeclared { kind, id: text.value.clone(), suggestion })
}

fn one_of<T>(text: &Text, known: impl IntoIterator<Item = (&'static str, T)>) -> Placing<T> {
    crate::io::one_of(text, known).map_err(placed)
}

fn requirement(text: &Text) -> Placing<Required> {
    let all = [
        Required::Is(Requirement::Unrestricted),
        Required::Is(Requirement::Prohibited),
        Required::Is(Requirement::Compelled),
        Required::Is(Requirement::Conflicting),
        Required::Unknown,
    ];
    one_of(text, all.map(|required| (required.as_str(), required)))
}

fn ground(text: &Text) -> Placing<FirstGround> {
    let stands = GroundStatus::ALL.map(FirstGround::Stands);
    one_of(text, stands.into_iter().chain([FirstGround::None]).map(|ground| (ground.as_str(), ground)))
}

fn marks(list: &Placed<Vec<Text>>) -> Placing<BTreeSet<Mark>> {
    unrepeated("marks", &list.value)?;
    let mark = |text: &Text| one_of(text, Mark::ALL.map(|mark| (mark.as_str(), mark)));
    list.value.iter().map(mark).collect()
}

fn status(text: &Text) -> Placing<&'static str> {
    let appealed = StoreStatus::Appealed { of: UnderReview::Order, meanwhile: Meanwhile::Listed };
    let all = [StoreStatus::Listed, StoreStatus::OrderedRemoved, StoreStatus::Injunction, appealed];
    one_of(text, all.map(|status| (status.as_str(), status.as_str())))
}

fn disagreement(wire: &DisagreementWire) -> Placing<Disagreement> {
    let field = |text: &Text| one_of(text, COMPARED.map(|field| (field, field)));
    let on = wire.on.as_ref().map(|fields| list("on", fields, field)).transpose()?;
    Ok(Disagreement {
        why: said("why", &wire.why)?,
        source: said("source", &wire.source)?,
        on: on.map(|fields| fields.into_iter().collect()),
    })
}
