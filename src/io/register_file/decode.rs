//! Decoding a tree into typed structures, with the line of whatever does not fit.

use std::fmt;

use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess, Unexpected,
    VariantAccess, Visitor,
    value::{BorrowedStrDeserializer, StrDeserializer, U64Deserializer},
};

use super::{
    error::ReadProblem,
    node::{Field, Node, Value},
    wire::{PLACED, Text},
};
use crate::error::Suggestion;

/// What does not fit, and where.
#[derive(Debug)]
pub(super) struct Misfit {
    pub(super) line: Option<usize>,
    pub(super) problem: ReadProblem,
}

impl Misfit {
    fn at(self, line: usize) -> Self {
        Self { line: self.line.or(Some(line)), ..self }
    }

    /// The same in the innermost thing that it is in.
    fn inside(mut self, what: Option<&str>) -> Self {
        if let ReadProblem::UnknownField { place, field, known, suggestion } = &mut self.problem
            && let Some(what) = what.filter(|_| place.is_empty())
        {
            what.clone_into(place);
            *suggestion = Suggestion::among(field, known.iter().map(String::as_str));
        }
        if let ReadProblem::MissingField { place, .. } = &mut self.problem
            && let Some(what) = what.filter(|_| place.is_empty())
        {
            what.clone_into(place);
        }
        self
    }
}

/// The one of several whose word it is.
pub(crate) fn one_of<T>(
    text: &Text,
    known: impl IntoIterator<Item = (&'static str, T)>,
) -> Result<T, (usize, ReadProblem)> {
    let (words, values): (Vec<&str>, Vec<T>) = known.into_iter().unzip();
    let place = words.iter().position(|word| *word == text.value);
    place.and_then(|place| values.into_iter().nth(place)).ok_or_else(|| {
        let problem = ReadProblem::UnknownWord {
            word: text.value.clone(),
            known: words.join(", "),
            suggestion: Suggestion::among(&text.value, words.iter().copied()),
        };
        (text.number(), problem)
    })
}

/// Decodes a tree; `what` names it in errors, `also` lists fields that are read elsewhere.
pub(crate) fn decode<T: DeserializeOwned>(
    node: &Node,
    what: &str,
    also: &[&str],
) -> Result<T, (usize, ReadProblem)> {
    T::deserialize(Decoder { node }).map_err(|misfit| {
        let line = misfit.line.unwrap_or(node.line);
        let problem = match misfit.problem {
            ReadProblem::UnknownField { field, place, known, .. } if place.is_empty() => {
                let all = known.iter().map(String::as_str).chain(also.iter().copied());
                let suggestion = Suggestion::among(&field, all);
                ReadProblem::UnknownField { field, place: what.to_owned(), known, suggestion }
            }
            ReadProblem::MissingField { field, place } if place.is_empty() => {
                ReadProblem::MissingField { field, place: what.to_owned() }
            }
            other => other,
        };
        (line, problem)
    })
}

/// How errors name a thing that stands within another.
fn within(structure: &str) -> Option<&'static str> {
    Some(match structure {
        "ClauseWire" => "a clause",
        "ScopeWire" => "a scope",
        "ExceptWire" => "the exceptions of a scope",
        "PartiesWire" => "`protects`",
        "DispositionWire" => "a disposition",
        "RowWire" => "a row",
        "DisagreementWire" => "a disagreement",
        "HeldByWire" => "`held-by`",
        "ShareWire" => "a share",
        "ClaimWire" => "a claim",
        _ => return None,
    })
}

/// What a value is, in the words of the file.
fn found(unexpected: Unexpected<'_>) -> String {
    match unexpected {
        Unexpected::Str(text) => format!("the text `{text}`"),
        Unexpected::Signed(number) => format!("the number `{number}`"),
        Unexpected::Float(number) => format!("the number `{number}`"),
        Unexpected::Bool(truth) => format!("`{truth}`"),
        Unexpected::Unit => "`null`".to_owned(),
        Unexpected::Seq => "a list".to_owned(),
        Unexpected::Map => "a table".to_owned(),
        other => other.to_string(),
    }
}

/// What a field takes, in the words of the file; the derived decoders name the library's types.
fn wanted(expected: &dyn serde::de::Expected) -> String {
    let expected = expected.to_string();
    match expected.split(' ').next() {
        Some("struct") => "a table".to_owned(),
        Some("enum") => "a word".to_owned(),
        _ if expected == "a string" => "a text".to_owned(),
        _ if expected == "a sequence" => "a list".to_owned(),
        _ if expected == "a boolean" => "`true` or `false`".to_owned(),
        _ => expected,
    }
}

impl serde::de::Error for Misfit {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self { line: None, problem: ReadProblem::Unfit { message: message.to_string() } }
    }

    fn invalid_type(unexpected: Unexpected<'_>, expected: &dyn serde::de::Expected) -> Self {
        let problem = ReadProblem::WrongType { found: found(unexpected), expected: wanted(expected) };
        Self { line: None, problem }
    }

    fn unknown_field(field: &str, expected: &'static [&'static str]) -> Self {
        Self {
            line: None,
            problem: ReadProblem::UnknownField {
                field: field.to_owned(),
                place: String::new(),
                known: expected.iter().map(|known| (*known).to_owned()).collect(),
                suggestion: Suggestion::default(),
            },
        }
    }

    fn missing_field(field: &'static str) -> Self {
        Self {
            line: None,
            problem: ReadProblem::MissingField { field: field.to_owned(), place: String::new() },
        }
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Self {
        Self {
            line: None,
            problem: ReadProblem::UnknownWord {
                word: variant.to_owned(),
                known: expected.join(", "),
                suggestion: Suggestion::among(variant, expected.iter().copied()),
            },
        }
    }
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.problem.fmt(f)
    }
}

impl std::error::Error for Misfit {}

#[derive(Clone, Copy)]
struct Decoder<'n> {
    node: &'n Node,
}

impl<'de> Deserializer<'de> for Decoder<'de> {
    type Error = Misfit;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        let line = self.node.line;
        match &self.node.value {
            Value::Text(text) => visitor.visit_borrowed_str(text),
            Value::Whole(number) => visitor.visit_i64(*number),
            Value::Real(number) => visitor.visit_f64(*number),
            Value::Truth(truth) => visitor.visit_bool(*truth),
            Value::Nothing => visitor.visit_unit(),
            Value::List(items) => visitor.visit_seq(Items(items.iter())),
            Value::Table(fields) => visitor.visit_map(Fields { rest: fields.iter(), value: None }),
        }
        .map_err(|misfit| misfit.at(line))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        match self.node.value {
            Value::Nothing => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        if name == PLACED {
            let line = self.node.line;
            return visitor.visit_seq(Placed { node: self.node, told: 0 }).map_err(|misfit| misfit.at(line));
        }
        // The derived decoders would also take a list, by the order of the fields.
        if let Value::List(_) = self.node.value {
            let wrong = serde::de::Error::invalid_type(Unexpected::Seq, &"struct");
            return Err(Misfit::at(wrong, self.node.line));
        }
        self.deserialize_any(visitor).map_err(|misfit| misfit.inside(within(name)))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        let line = self.node.line;
        match self.node.text() {
            Some(text) => visitor.visit_enum(Word(text)).map_err(|misfit| misfit.at(line)),
            None => self.deserialize_any(visitor),
        }
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf
        unit unit_struct seq tuple tuple_struct map identifier ignored_any
    }
}

struct Items<'n>(std::slice::Iter<'n, Node>);

impl<'de> SeqAccess<'de> for Items<'de> {
    type Error = Misfit;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Misfit> {
        self.0.next().map(|node| seed.deserialize(Decoder { node })).transpose()
    }
}

struct Fields<'n> {
    rest: std::slice::Iter<'n, Field>,
    value: Option<&'n Node>,
}

impl<'de> MapAccess<'de> for Fields<'de> {
    type Error = Misfit;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Misfit> {
        let Some(field) = self.rest.next() else { return Ok(None) };
        self.value = Some(&field.value);
        seed.deserialize(BorrowedStrDeserializer::<Misfit>::new(&field.key))
            .map(Some)
            .map_err(|misfit| misfit.at(field.line))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Misfit> {
        match self.value.take() {
            Some(node) => seed.deserialize(Decoder { node }).map_err(|misfit| misfit.at(node.line)),
            None => Err(serde::de::Error::custom("a value was asked for before its key")),
        }
    }
}

/// A value with its line, told as a pair to the one type that asks for it.
struct Placed<'n> {
    node: &'n Node,
    told: u8,
}

impl<'de> SeqAccess<'de> for Placed<'de> {
    type Error = Misfit;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Misfit> {
        self.told = self.told.saturating_add(1);
        match self.told {
            1 => {
                let line = u64::try_from(self.node.line).unwrap_or(u64::MAX);
                seed.deserialize(U64Deserializer::<Misfit>::new(line)).map(Some)
            }
            2 => seed.deserialize(Decoder { node: self.node }).map(Some),
            _ => Ok(None),
        }
    }
}

/// A word that stands for one of several.
struct Word<'n>(&'n str);

impl<'de> EnumAccess<'de> for Word<'de> {
    type Error = Misfit;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Misfit> {
        seed.deserialize(StrDeserializer::<Misfit>::new(self.0)).map(|value| (value, self))
    }
}

impl<'de> VariantAccess<'de> for Word<'de> {
    type Error = Misfit;

    fn unit_variant(self) -> Result<(), Misfit> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Misfit> {
        seed.deserialize(StrDeserializer::<Misfit>::new(self.0))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _len: usize, visitor: V) -> Result<V::Value, Misfit> {
        visitor.visit_borrowed_str(self.0)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        visitor.visit_borrowed_str(self.0)
    }
}
