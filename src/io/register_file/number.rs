//! A decimal number as it is written: with the digits of the file, not those of a binary fraction.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Visitor};

/// A number, or a text that holds one; in digits.
#[derive(Debug, Clone)]
pub(super) struct NumberWire(pub(super) String);

impl<'de> Deserialize<'de> for NumberWire {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Digits;

        impl Visitor<'_> for Digits {
            type Value = NumberWire;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number")
            }

            fn visit_i64<E>(self, number: i64) -> Result<NumberWire, E> {
                Ok(NumberWire(number.to_string()))
            }

            // The shortest digits that stand for the number are those that were written, up to trailing zeros.
            fn visit_f64<E>(self, number: f64) -> Result<NumberWire, E> {
                Ok(NumberWire(number.to_string()))
            }

            fn visit_str<E>(self, text: &str) -> Result<NumberWire, E> {
                Ok(NumberWire(text.to_owned()))
            }
        }

        deserializer.deserialize_any(Digits)
    }
}

impl Serialize for NumberWire {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if let Ok(whole) = self.0.parse::<i64>() {
            return serializer.serialize_i64(whole);
        }
        match self.0.parse::<f64>() {
            Ok(number) => serializer.serialize_f64(number),
            Err(_) => serializer.serialize_str(&self.0),
        }
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for NumberWire {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Number".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": ["number", "string"] })
    }
}
