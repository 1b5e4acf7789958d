//! Findings as data.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Serialize, Serializer, ser::SerializeStruct};

use super::{
    Finding, FindingKind, Lag, Oddity, OpenQuestion, Reconciliation, Report, SeenBothWays, Spread, StoreLags,
    StoreSummary, report::name,
};
use crate::{
    determination::Ground,
    observation::{ChangeRule, Sighting, Stretch},
    time::{Dated, Known, text},
};

/// An instant, or nothing where nobody knows a bound.
fn bound(at: DateTime<Utc>) -> Option<String> {
    (!Dated::is_no_bound(at)).then(|| text(at))
}

impl Serialize for FindingKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl Serialize for OpenQuestion {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl Serialize for Reconciliation<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Reconciliation", 2)?;
        object.serialize_field("findings", self.findings())?;
        object.serialize_field("stores", self.stores())?;
        object.end()
    }
}

impl Serialize for Report<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let known = match self.known() {
            Known::Best => None,
            Known::At(at) => Some(text(at)),
        };
        let mut object = serializer.serialize_struct("Report", 6)?;
        object.serialize_field("rule", &Rule(self.rule()))?;
        object.serialize_field("known_at", &known)?;
        object.serialize_field("warnings", self.oddities())?;
        object.serialize_field("contradictions", self.seen_both_ways())?;
        object.serialize_field("findings", &Findings(self))?;
        object.serialize_field("stores", self.reconciliation().stores())?;
        object.end()
    }
}

/// The findings that a report tells, one after the other.
struct Findings<'r, 'a>(&'r Report<'a>);

impl Serialize for Findings<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.findings())
    }
}

/// A rule with all that makes it, and the name of the published one that it is.
struct Rule(ChangeRule);

impl Serialize for Rule {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let rule = self.0;
        let mut object = serializer.serialize_struct("ChangeRule", 6)?;
        object.serialize_field("name", &name(rule))?;
        object.serialize_field("agreeing", &rule.agreeing())?;
        object.serialize_field("spanning_seconds", &rule.spanning().as_secs_f64())?;
        object
            .serialize_field("elsewhere_after_seconds", &rule.elsewhere_after().map(|it| it.as_secs_f64()))?;
        object.serialize_field("presume_at_most_seconds", &rule.longest_gap().map(|it| it.as_secs_f64()))?;
        object.serialize_field("heeds_unknown", &rule.heeds_unknown())?;
        object.end()
    }
}

impl Serialize for Oddity {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Oddity", 5)?;
        object.serialize_field("kind", self.kind().as_str())?;
        object.serialize_field("word", self.word())?;
        object.serialize_field("did_you_mean", &self.suggestion().word())?;
        object.serialize_field("sightings", &self.sightings())?;
        object.serialize_field("message", &self.to_string())?;
        object.end()
    }
}

impl Serialize for SeenBothWays<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let subject = self.subject();
        let (first, last) = self.span();
        let mut object = serializer.serialize_struct("SeenBothWays", 9)?;
        object.serialize_field("app", subject.app())?;
        object.serialize_field("store", subject.store())?;
        object.serialize_field("territory", subject.territory())?;
        object.serialize_field("act", &subject.act())?;
        object.serialize_field("from", &bound(first.earliest()))?;
        object.serialize_field("to", &bound(last.latest()))?;
        object.serialize_field("times", &self.times())?;
        object.serialize_field("offered_by", &self.offered_by().collect::<Vec<_>>())?;
        object.serialize_field("gone_by", &self.gone_by().collect::<Vec<_>>())?;
        object.end()
    }
}

/// The time of a finding, with whether it holds its ends.
struct Held(Stretch);

impl Serialize for Held {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (from, to) = (self.0.from(), self.0.to());
        let open = |at: DateTime<Utc>, none: DateTime<Utc>| (at != none).then(|| text(at));
        let mut object = serializer.serialize_struct("Stretch", 4)?;
        object.serialize_field("from", &open(from, DateTime::<Utc>::MIN_UTC))?;
        object.serialize_field("holds_from", &self.0.contains(from))?;
        object.serialize_field("to", &open(to, DateTime::<Utc>::MAX_UTC))?;
        object.serialize_field("holds_to", &self.0.contains(to))?;
        object.end()
    }
}

impl Serialize for Finding<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let subject = self.subject();
        let seen: Vec<Seen<'_>> = self.sightings().iter().map(|it| Seen(it)).collect();
        let requirements: Vec<_> =
            self.determinations().map(crate::determination::Determination::requirement).collect();
        let mut object = serializer.serialize_struct("Finding", 15)?;
        object.serialize_field("app", subject.app())?;
        object.serialize_field("store", subject.store())?;
        object.serialize_field("territory", subject.territory())?;
        object.serialize_field("act", &subject.act())?;
        object.serialize_field("period", &Held(self.stretch()))?;
        object.serialize_field("finding", &self.kind())?;
        object.serialize_field("why", &self.kind().open_question())?;
        object.serialize_field("requirements", &distinct(requirements))?;
        object.serialize_field("unenforced", &self.is_unenforced())?;
        object.serialize_field("grounds", &self.grounds().map(Cited).collect::<Vec<_>>())?;
        object.serialize_field("may_explain", &self.may_explain().map(Cited).collect::<Vec<_>>())?;
        object.serialize_field("causes", &self.causes())?;
        object.serialize_field("removed_by", &self.removed_by())?;
        object.serialize_field("lag", &self.lag())?;
        object.serialize_field("sightings", &seen)?;
        object.end()
    }
}

fn distinct<T: PartialEq>(mut list: Vec<T>) -> Vec<T> {
    list.dedup();
    list
}

/// A ground as a finding names it: where to read on.
struct Cited<'a>(&'a Ground);

impl Serialize for Cited<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Ground", 4)?;
        object.serialize_field("entry", self.0.entry())?;
        object.serialize_field("role", &self.0.role())?;
        object.serialize_field("status", &self.0.status())?;
        object.serialize_field("citation", self.0.citation())?;
        object.end()
    }
}

/// A sighting as a finding names it.
struct Seen<'a>(&'a Sighting);

impl Serialize for Seen<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Sighting", 7)?;
        object.serialize_field("at", &self.0.at().to_string())?;
        object.serialize_field("seen", &self.0.seen())?;
        object.serialize_field("by", &self.0.by())?;
        object.serialize_field("causes", self.0.causes())?;
        object.serialize_field("basis", &self.0.basis())?;
        object.serialize_field("source", self.0.source())?;
        object.serialize_field("note", &self.0.note())?;
        object.end()
    }
}

impl Serialize for Lag {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Lag", 7)?;
        object.serialize_field("of", &self.response())?;
        object.serialize_field("law_earliest", &self.law().0.map(text))?;
        object.serialize_field("law_latest", &self.law().1.map(text))?;
        object.serialize_field("change_after", &bound(self.change().after()))?;
        object.serialize_field("change_by", &bound(self.change().by()))?;
        object.serialize_field("earliest_seconds", &self.earliest().map(|it| it.num_seconds()))?;
        object.serialize_field("latest_seconds", &self.latest().map(|it| it.num_seconds()))?;
        object.end()
    }
}

impl Serialize for Spread {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Spread", 3)?;
        object.serialize_field("min_seconds", &self.min().map(|it| it.num_seconds()))?;
        object.serialize_field("median_seconds", &self.median().map(|it| it.num_seconds()))?;
        object.serialize_field("max_seconds", &self.max().map(|it| it.num_seconds()))?;
        object.end()
    }
}

impl Serialize for StoreLags {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("StoreLags", 6)?;
        object.serialize_field("cases", &self.cases())?;
        object.serialize_field("lower", &self.lower())?;
        object.serialize_field("upper", &self.upper())?;
        object.serialize_field("still_offered", &self.still_offered())?;
        object.serialize_field("still_gone", &self.still_gone())?;
        object.serialize_field("gone_when_first_looked_at", &self.gone_at_first())?;
        object.end()
    }
}

impl Serialize for StoreSummary {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("StoreSummary", 5)?;
        object.serialize_field("store", self.store())?;
        object.serialize_field("act", &self.act())?;
        object.serialize_field("removals", &self.removals())?;
        object.serialize_field("restorations", &self.restorations())?;
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for (kind, count) in self.findings() {
            let all = counts.entry(kind.as_str()).or_default();
            *all = all.saturating_add(*count);
        }
        object.serialize_field("findings", &counts)?;
        object.end()
    }
}
