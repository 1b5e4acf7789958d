//! A file as a tree of values that know their lines, whichever syntax it was written in.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::error::ReadProblem;

/// A value and the line on which it stands.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Node {
    pub(crate) line: usize,
    pub(crate) value: Value,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    Text(String),
    Whole(i64),
    Real(f64),
    Truth(bool),
    Nothing,
    List(Vec<Node>),
    Table(Vec<Field>),
}

/// A key with its line, and its value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Field {
    pub(crate) key: String,
    pub(crate) line: usize,
    pub(crate) value: Node,
}

impl Node {
    /// Reads TOML. A problem is given with its line.
    pub(crate) fn from_toml(text: &str) -> Result<Self, (usize, ReadProblem)> {
        let lines = Lines::of(text);
        let table = DeTable::parse(text).map_err(|error| {
            let line = error.span().map_or(1, |span| lines.line(span.start));
            (line, ReadProblem::Syntax { message: error.message().to_owned() })
        })?;
        Ok(Self { line: 1, value: from_table(table.into_inner(), &lines) })
    }

    /// Reads one line of JSON Lines.
    pub(crate) fn from_json(text: &str, line: usize) -> Result<Self, ReadProblem> {
        let value: JsonValue = serde_json::from_str(text)
            .map_err(|error| ReadProblem::Syntax { message: json_message(&error) })?;
        Ok(Self::placed(value.0, line))
    }

    fn placed(value: Value, line: usize) -> Self {
        let value = match value {
            Value::List(items) => {
                Value::List(items.into_iter().map(|item| Self::placed(item.value, line)).collect())
            }
            Value::Table(fields) => Value::Table(
                fields
                    .into_iter()
                    .map(|field| Field { line, value: Self::placed(field.value.value, line), ..field })
                    .collect(),
            ),
            other => other,
        };
        Self { line, value }
    }

    /// Checks the two fields with which a file of a format opens. Where there is no problem to tell, it is a file of
    /// another kind.
    pub(crate) fn opens(&self, format: &str, version: i64) -> Result<(), (usize, Option<ReadProblem>)> {
        let own = self.field("format").and_then(Node::text);
        let Some(stated) = self.field("version").filter(|_| own == Some(format)) else {
            return Err((self.line, None));
        };
        let problem = match &stated.value {
            Value::Whole(found) if *found == version => return Ok(()),
            Value::Whole(found) => ReadProblem::Version { found: found.to_string() },
            _ => ReadProblem::WrongType {
                found: "a version that is not a number".to_owned(),
                expected: format!("`version = {version}`"),
            },
        };
        Err((stated.line, Some(problem)))
    }

    /// The same without the two fields with which a file opens.
    pub(crate) fn without_opening(mut self) -> Self {
        if let Value::Table(fields) = &mut self.value {
            fields.retain(|field| field.key != "format" && field.key != "version");
        }
        self
    }

    pub(crate) fn fields(&self) -> Option<&[Field]> {
        match &self.value {
            Value::Table(fields) => Some(fields),
            _ => None,
        }
    }

    pub(crate) fn field(&self, key: &str) -> Option<&Node> {
        self.fields()?.iter().find(|field| field.key == key).map(|field| &field.value)
    }

    pub(crate) fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The line of the first text in it that says just this.
    pub(crate) fn line_of(&self, text: &str) -> Option<usize> {
        match &self.value {
            Value::Text(own) => (own == text).then_some(self.line),
            Value::List(items) => items.iter().find_map(|item| item.line_of(text)),
            Value::Table(fields) => fields.iter().find_map(|field| field.value.line_of(text)),
            _ => None,
        }
    }
}

/// What the parser says, without its own count of lines, which would be 1 on every line.
fn json_message(error: &serde_json::Error) -> String {
    let text = error.to_string();
    match text.strip_suffix(&format!(" at line {} column {}", error.line(), error.column())) {
        Some(message) => format!("{message} at byte {}", error.column()),
        None => text,
    }
}

/// Where each line of a text starts.
struct Lines(Vec<usize>);

impl Lines {
    fn of(text: &str) -> Self {
        Self(text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(place, _)| place).collect())
    }

    /// The number, from 1, of the line that holds a place.
    fn line(&self, place: usize) -> usize {
        self.0.partition_point(|end| *end < place).saturating_add(1)
    }
}

fn from_table(table: DeTable<'_>, lines: &Lines) -> Value {
    let mut fields: Vec<(usize, Field)> = table
        .into_iter()
        .map(|(key, value)| {
            let start = key.span().start;
            let line = lines.line(start);
            (start, Field { key: key.into_inner().into_owned(), line, value: from_value(value, line, lines) })
        })
        .collect();
    // In the order of the file, so that the first mistake is the first reported.
    fields.sort_by_key(|(start, _)| *start);
    Value::Table(fields.into_iter().map(|(_, field)| field).collect())
}

fn from_value(value: Spanned<DeValue<'_>>, key_line: usize, lines: &Lines) -> Node {
    let line = lines.line(value.span().start).max(key_line);
    let value = match value.into_inner() {
        DeValue::String(text) => Value::Text(text.into_owned()),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
            .map_or_else(|_| Value::Text(number.as_str().to_owned()), Value::Whole),
        DeValue::Float(number) => {
            number.as_str().parse().map_or_else(|_| Value::Text(number.as_str().to_owned()), Value::Real)
        }
        DeValue::Boolean(truth) => Value::Truth(truth),
        // Times are read as texts, so that a quoted and an unquoted instant are one.
        DeValue::Datetime(time) => Value::Text(time.to_string()),
        DeValue::Array(items) => {
            Value::List(items.into_iter().map(|item| from_value(item, line, lines)).collect())
        }
        DeValue::Table(table) => from_table(table, lines),
    };
    Node { line, value }
}

/// A JSON value in which no key stands twice.
struct JsonValue(Value);

impl<'de> Deserialize<'de> for JsonValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(JsonVisitor).map(Self)
    }
}

struct JsonVisitor;

impl<'de> Visitor<'de> for JsonVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(text.to_owned()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Whole(number))
    }

    fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<Value, E> {
        i64::try_from(number).map(Value::Whole).map_err(|_| E::custom(format!("`{number}` is too large")))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(Value::Real(number))
    }

    fn visit_bool<E>(self, truth: bool) -> Result<Value, E> {
        Ok(Value::Truth(truth))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Nothing)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(JsonValue(value)) = access.next_element()? {
            items.push(Node { line: 0, value });
        }
        Ok(Value::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut fields: Vec<Field> = Vec::new();
        while let Some(key) = access.next_key::<String>()? {
            let JsonValue(value) = access.next_value()?;
            if fields.iter().any(|field| field.key == key) {
                return Err(serde::de::Error::custom(format!("key `{key}` stands twice")));
            }
            fields.push(Field { key, line: 0, value: Node { line: 0, value } });
        }
        Ok(Value::Table(fields))
    }
}
