use std::io::{BufRead, Write};

use serde::Serialize;

use super::{
    column::Column,
    csv::{noted, stated},
    error::{ObservationProblem, ObservationReadError, ObservationWriteError},
    parse::{Misfit, Parser, Row, shown},
};
use crate::{
    error::Suggestion,
    io::register_file::{Node, ReadProblem, Value},
    market::Basis,
    observation::{Observations, RemovedBy, Seen, Sighting},
};

/// Reads observations as JSON Lines: one object a line, with the names of the columns as its fields.
///
/// `causes` is a list of texts; every other field is a text. What is not known is left out.
///
/// ```
/// let text = r#"{"app": "tiktok", "store": "google-play", "territory": "IN", "at": "2020-06-30T12:00:00Z", "seen": "removed", "causes": ["order@google"], "source": "https://example.org/report"}"#;
/// let observations = delisted::io::read_observations_json_lines("india.jsonl", text.as_bytes())?;
/// assert_eq!(observations.sightings()[0].causes()[0].claimed_by(), "google");
/// # Ok::<(), delisted::io::ObservationReadError>(())
/// ```
///
/// # Errors
///
/// - the input cannot be read, or is not UTF-8;
/// - a line is not well-formed JSON, or is no object;
/// - an object has an unknown field, one of them twice, or not all that are needed;
/// - a value is not of the kind that belongs there, is blank, or holds what does not belong there;
/// - the fields of an object do not fit together.
pub fn read_observations_json_lines(
    file: &str,
    input: impl BufRead,
) -> Result<Observations, ObservationReadError> {
    lines(file, input, Parser::new(None))
}

pub(super) fn lines(
    file: &str,
    mut input: impl BufRead,
    mut parser: Parser,
) -> Result<Observations, ObservationReadError> {
    let mut sightings = Vec::new();
    let mut bytes = Vec::new();
    let mut line = 0_u64;
    loop {
        line = line.saturating_add(1);
        let failed = |problem| ObservationReadError::new(file, line, problem);
        bytes.clear();
        let read = input.read_until(b'\n', &mut bytes);
        match read {
            Ok(0) => return Ok(Observations::new(sightings)),
            Ok(_) => {}
            Err(error) => return Err(failed(ObservationProblem::Unreadable { message: error.to_string() })),
        }
        let text = std::str::from_utf8(&bytes).map_err(|_| failed(ObservationProblem::NotUtf8))?;
        let text = if line == 1 { text.strip_prefix('\u{feff}').unwrap_or(text) } else { text }.trim();
        if text.is_empty() {
            continue;
        }
        let object = Node::from_json(text, 0).map_err(|problem| {
            let message = match problem {
                ReadProblem::Syntax { message } => message,
                other => other.to_string(),
            };
            // It may tell a key of any length.
            let message = if message.len() > 200 { shown(&message) } else { message };
            failed(ObservationProblem::Syntax { message })
        })?;
        let sighting =
            one(&mut parser, &object).map_err(|(column, problem)| failed(problem).within("field", column))?;
        sightings.push(sighting);
    }
}

fn one(parser: &mut Parser, object: &Node) -> Result<Sighting, Misfit> {
    let fields = object.fields().ok_or((None, ObservationProblem::NoObject))?;
    let mut row: Row<'_> = [None; Column::ALL.len()];
    let mut causes: Vec<&str> = Vec::new();
    let mut found = Vec::with_capacity(fields.len());
    for field in fields {
        let Some(column) = Column::named(&field.key) else {
            let suggestion = Suggestion::among(&shown(&field.key), Column::ALL.map(Column::name));
            return Err((None, ObservationProblem::UnknownField { field: shown(&field.key), suggestion }));
        };
        found.push(column);
        if column == Column::Causes {
            causes = listed(&field.value).ok_or((Some(column), ObservationProblem::NoList))?;
            continue;
        }
        let expected = column.expected();
        let text = field.value.text().ok_or((Some(column), ObservationProblem::NoText { expected }))?;
        if text.is_empty() {
            return Err((Some(column), ObservationProblem::Blank { expected }));
        }
        if let Some(place) = row.get_mut(column.index()) {
            *place = Some(text);
        }
    }
    if let Some(column) = Column::ALL.into_iter().find(|it| it.is_required() && !found.contains(it)) {
        return Err((None, ObservationProblem::MissingField { field: column.name() }));
    }
    parser.sighting(&row, causes.into_iter())
}

fn listed(node: &Node) -> Option<Vec<&str>> {
    match &node.value {
        Value::List(items) => items.iter().map(Node::text).collect(),
        _ => None,
    }
}

/// Writes observations as JSON Lines that read back as equal ones.
///
/// ```
/// use delisted::{io, observation::Observations};
///
/// let mut lines = Vec::new();
/// io::write_observations_json_lines(&Observations::default(), &mut lines)?;
/// assert!(lines.is_empty());
/// # Ok::<(), delisted::io::ObservationWriteError>(())
/// ```
///
/// # Errors
///
/// - the output refuses;
/// - a sighting lies outside the years 0 to 9999.
pub fn write_observations_json_lines(
    observations: &Observations,
    mut output: impl Write,
) -> Result<(), ObservationWriteError> {
    #[derive(Serialize)]
    struct Line<'a> {
        app: &'a str,
        store: &'a str,
        territory: &'a str,
        act: &'a str,
        at: &'a str,
        seen: Seen,
        #[serde(skip_serializing_if = "Option::is_none")]
        by: Option<RemovedBy>,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        causes: Vec<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        basis: Option<Basis>,
        source: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        note: Option<&'a str>,
    }

    for sighting in observations.sightings() {
        let subject = sighting.subject();
        let line = Line {
            app: subject.app().as_str(),
            store: subject.store().as_str(),
            territory: subject.territory().as_str(),
            act: subject.act().as_str(),
            at: &stated(sighting)?,
            seen: sighting.seen(),
            by: sighting.by(),
            causes: sighting.causes().iter().map(ToString::to_string).collect(),
            basis: noted(sighting),
            source: sighting.source(),
            note: sighting.note(),
        };
        serde_json::to_writer(&mut output, &line)?;
        output.write_all(b"\n")?;
    }
    output.flush()?;
    Ok(())
}
