//! How items are serialised: times and measures as the texts that a register file states.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde::{Serialize, Serializer, ser::SerializeStruct};

use super::{Calendar, Certainty, Direction, Happening, When};
use crate::{
    law::Measure,
    time::{Known, text},
};

pub(super) fn instant<S: Serializer>(at: &DateTime<Utc>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&text(*at))
}

pub(super) fn measures<S: Serializer>(
    measures: &BTreeSet<Measure>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(measures.iter().map(ToString::to_string))
}

impl Serialize for Direction {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl Serialize for Certainty {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl Serialize for Happening {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// An object of two texts, the same where the instant is known, and both null where it waits for a condition.
impl Serialize for When {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("When", 2)?;
        object.serialize_field("earliest", &self.earliest().map(text))?;
        object.serialize_field("latest", &self.latest().map(text))?;
        object.end()
    }
}

/// The period, what was known, and the items in order.
impl Serialize for Calendar {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let known = match self.known() {
            Known::Best => None,
            Known::At(known) => Some(text(known)),
        };
        let mut object = serializer.serialize_struct("Calendar", 4)?;
        object.serialize_field("from", &text(self.period().start()))?;
        object.serialize_field("to", &self.period().end().map(text))?;
        object.serialize_field("known_at", &known)?;
        object.serialize_field("items", self.items())?;
        object.end()
    }
}
