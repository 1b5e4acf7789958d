//! The register file's structures, version 1, field by field. The JSON Schema is derived from them, and so is the
//! decoding, so that the two cannot part.

use serde::{Deserialize, Serialize, Serializer};

use super::number::NumberWire;

use crate::{
    law::{Directive, Disposition, InstrumentKind, Manner, ReliefKind},
    market::AuthorityKind,
    register::Basis,
};

/// The name by which the decoder knows that a value's line is wanted too.
pub(super) const PLACED: &str = "$delisted::Placed";

/// A value with the line on which it stands; in a file, the value alone.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename = "$delisted::Placed")]
pub(crate) struct Placed<T> {
    pub(crate) line: u64,
    pub(crate) value: T,
}

impl<T> Placed<T> {
    /// The line on which it stands.
    pub(crate) fn number(&self) -> usize {
        usize::try_from(self.line).unwrap_or(usize::MAX)
    }
}

impl<T> From<T> for Placed<T> {
    fn from(value: T) -> Self {
        Self { line: 0, value }
    }
}

impl<T: Serialize> Serialize for Placed<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(serializer)
    }
}

#[cfg(feature = "schema")]
impl<T: schemars::JsonSchema> schemars::JsonSchema for Placed<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        T::schema_name()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        generator.subschema_for::<T>()
    }
}

pub(crate) type Text = Placed<String>;

/// A register in TOML: the two opening fields, what it speaks of, and its entries in order. In JSON Lines each
/// declaration and each entry is a line of its own, an object with one of these keys.
#[derive(Debug, Serialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(deny_unknown_fields, title = "delisted register, version 1")
)]
#[cfg_attr(not(feature = "schema"), expect(dead_code, reason = "the whole file has a type for its schema"))]
pub(super) struct FileWire {
    /// Always `delisted-register`.
    #[cfg_attr(feature = "schema", schemars(extend("const" = "delisted-register")))]
    pub(super) format: String,
    /// Always 1.
    #[cfg_attr(feature = "schema", schemars(extend("const" = 1)))]
    pub(super) version: i64,
    /// A title for readers.
    #[serde(default)]
    pub(super) title: Option<String>,
    /// Apps.
    #[serde(default)]
    pub(super) app: Vec<AppWire>,
    /// Organisations that publish apps or control others.
    #[serde(default)]
    pub(super) organization: Vec<NamedWire>,
    /// Bodies that issue instruments or grant relief.
    #[serde(default)]
    pub(super) authority: Vec<AuthorityWire>,
    /// Classes of apps.
    #[serde(default)]
    pub(super) category: Vec<NamedWire>,
    /// Stores besides `app-store` and `google-play`.
    #[serde(default)]
    pub(super) store: Vec<NamedWire>,
    /// The entries, each after those that it is aimed at.
    #[serde(default)]
    pub(super) entry: Vec<EntryWire>,
}

/// An app, and how it stood before the first entry that changes it.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct AppWire {
    pub(super) id: Text,
    /// Its name to the public.
    pub(super) name: String,
    /// The organisation that owned it at the beginning.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) owner: Option<Text>,
    /// The organisation that published it, in every store, at the beginning.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) publisher: Option<Text>,
    /// The classes to which it belonged at the beginning.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) categories: Vec<Text>,
    /// Where owner, publisher and classes are stated.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) sources: Vec<String>,
}

/// A word and what it stands for.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct NamedWire {
    pub(super) id: Text,
    pub(super) name: String,
}

/// An authority.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct AuthorityWire {
    pub(super) id: Text,
    pub(super) name: String,
    pub(super) kind: AuthorityKind,
    /// The sovereign that it belongs to: a country, or a part of one.
    pub(super) jurisdiction: Text,
}

/// One entry: what all entries state, and the fields of its event.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub(super) struct EntryWire {
    #[serde(flatten)]
    pub(super) envelope: EnvelopeWire,
    #[serde(flatten)]
    pub(super) event: EventWire,
}

/// What every entry states, whatever its event.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct EnvelopeWire {
    pub(super) id: Text,
    /// The authority that acted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) by: Option<Text>,
    /// The date that its issuer gave it.
    pub(super) entered: Text,
    /// When it takes effect, where that is not when it was entered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) effective: Option<Text>,
    /// When it was learned.
    pub(super) recorded: Text,
    /// Where the official text is to be found.
    pub(super) citation: Text,
    /// The pages or documents on which it was read: one at least.
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub(super) sources: Vec<String>,
    /// Whether the sources state it, or a reader inferred it from them.
    #[serde(default, skip_serializing_if = "is_stated")]
    pub(super) basis: Basis,
    /// What other sources say instead.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) dispute: Vec<DisputeWire>,
    /// The earlier entry that it replaces.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) corrects: Option<Text>,
    /// The earlier entry together with which it took effect, at one instant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) with: Option<Text>,
    /// A remark for readers, which no answer depends on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) note: Option<String>,
}

impl EnvelopeWire {
    /// The fields that an entry has besides those of its event.
    pub(super) const FIELDS: [&'static str; 12] = [
        "id",
        "by",
        "entered",
        "effective",
        "recorded",
        "citation",
        "sources",
        "basis",
        "dispute",
        "corrects",
        "with",
        "note",
    ];
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks with a reference")]
fn is_stated(basis: &Basis) -> bool {
    *basis == Basis::Stated
}

/// What another source says of the same event.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct DisputeWire {
    /// What it says.
    pub(super) says: String,
    /// The page or document on which it was read.
    pub(super) source: String,
    /// When the event took effect, by that source, where it is about that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) effective: Option<Text>,
}

/// What a text reaches. `apps`, `successors-of`, `owned-by`, `held-by`, `published-by` and `categories` add up. `["*"]`
/// stands for all.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct ScopeWire {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) apps: Option<Vec<Text>>,
    /// Apps with whatever succeeded them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) successors_of: Option<Vec<Text>>,
    /// Apps that these organisations own, themselves or through others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) owned_by: Option<Vec<Text>>,
    /// Apps that these organisations publish in the store asked about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) published_by: Option<Vec<Text>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) categories: Option<Vec<Text>>,
    /// Apps of which, or of whose owners, these organisations hold at least a part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) held_by: Option<Vec<HeldByWire>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) stores: Option<Vec<Text>>,
    /// ISO 3166-1 or 3166-2.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) territories: Option<Vec<Text>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) acts: Option<Vec<Text>>,
    /// What it does not reach all the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) except: Option<Box<ExceptWire>>,
}

/// Exceptions from a scope.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct ExceptWire {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) apps: Vec<Text>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) successors_of: Vec<Text>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) owned_by: Vec<Text>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) published_by: Vec<Text>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) categories: Vec<Text>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) held_by: Vec<HeldByWire>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) stores: Vec<Text>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) territories: Vec<Text>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) acts: Vec<Text>,
}

/// An organisation and the least part that it holds, in per cent.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct HeldByWire {
    pub(super) organization: Text,
    pub(super) at_least: Placed<NumberWire>,
}

/// The part that an organisation holds, in per cent.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct ShareWire {
    pub(super) organization: Text,
    pub(super) percent: Placed<NumberWire>,
}

/// One clause of an instrument. Its scope says which apps, territories and acts it reaches.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct ClauseWire {
    pub(super) id: Text,
    pub(super) directive: Directive,
    pub(super) scope: Placed<ScopeWire>,
    /// A time, or `upon` and a condition.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) from: Option<Text>,
    /// A time, or `upon` and a condition.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) until: Option<Text>,
}

/// Whom relief protects, where it does not protect everyone.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct PartiesWire {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) organizations: Vec<Text>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) stores: Vec<Text>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) persons: Vec<Text>,
}

/// What a judgment did with one ruling, or a part of it: exactly one of `ruling` and `refusal`.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct DispositionWire {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) ruling: Option<Text>,
    /// The entry that refused relief.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) refusal: Option<Text>,
    pub(super) disposition: Disposition,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) scope: Option<Placed<ScopeWire>>,
}

/// When a judgment bites.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) enum MandateWire {
    #[default]
    Awaited,
    Immediate,
}

/// Names each event once: its word, its structure, and its fields.
macro_rules! events {
    ($($(#[doc = $doc:literal])+ $word:literal $name:ident $wire:ident {
        $($(#[$meta:meta])* $field:ident: $kind:ty,)*
    })+) => {
        /// An event by its word, with its fields.
        #[derive(Debug, Serialize)]
        #[serde(tag = "event")]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        pub(super) enum EventWire {
            $(
                $(#[doc = $doc])+
                #[serde(rename = $word)]
                $name($wire),
            )+
        }

        impl EventWire {
            /// The words for events.
            pub(super) const WORDS: &'static [&'static str] = &[$($word),+];

            /// Decodes an event's own fields, or nothing where the word names no event.
            pub(super) fn decode(
                word: &str,
                node: &super::node::Node,
            ) -> Option<Result<Self, (usize, super::error::ReadProblem)>> {
                let also: Vec<&str> = EnvelopeWire::FIELDS.into_iter().chain(["event"]).collect();
                let place = format!("an entry `{word}`");
                match word {
                    $($word => Some(super::decode::decode(node, &place, &also).map(Self::$name)),)+
                    _ => None,
                }
            }
        }

        $(
            $(#[doc = $doc])+
            #[derive(Debug, Serialize, Deserialize)]
            #[serde(deny_unknown_fields, rename_all = "kebab-case")]
            #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
            pub(super) struct $wire {
                $($(#[$meta])* pub(super) $field: $kind,)*
            }
        )+
    };
}

events! {
    /// A statute, an order, a decree or a non-binding act was issued.
    "instrument-issued" InstrumentIssued InstrumentIssuedWire {
        instrument: Text,
        kind: InstrumentKind,
        title: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        under: Option<Text>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        concerns: Option<Placed<ScopeWire>>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<Text>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<Text>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        clause: Vec<ClauseWire>,
    }
    /// A clause was added to an instrument.
    "restriction-added" RestrictionAdded RestrictionAddedWire {
        instrument: Text,
        clause: ClauseWire,
    }
    /// An injunction or a stay was granted.
    "relief-granted" ReliefGranted ReliefGrantedWire {
        relief: Text,
        kind: ReliefKind,
        against: Vec<Text>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        scope: Option<Placed<ScopeWire>>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        protects: Option<PartiesWire>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<Text>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<Text>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pending: Option<Text>,
    }
    /// Measures were ended.
    "measure-ended" MeasureEnded MeasureEndedWire {
        ending: Text,
        manner: Manner,
        ends: Vec<Text>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        scope: Option<Placed<ScopeWire>>,
    }
    /// The start of a measure was moved.
    "start-moved" StartMoved StartMovedWire {
        measure: Text,
        from: Text,
    }
    /// The end of a measure was moved; `open` takes it away.
    "end-moved" EndMoved EndMovedWire {
        measure: Text,
        until: Text,
    }
    /// A condition was met.
    "condition-met" ConditionMet ConditionMetWire {
        condition: Text,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        scope: Option<Placed<ScopeWire>>,
    }
    /// Non-enforcement was declared.
    "enforcement-forborne" EnforcementForborne EnforcementForborneWire {
        forbearance: Text,
        of: Vec<Text>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        scope: Option<Placed<ScopeWire>>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<Text>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<Text>,
    }
    /// An appeal was noticed.
    "appeal-noticed" AppealNoticed AppealNoticedWire {
        appeal: Text,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        of: Vec<Text>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        of_refusals: Vec<Text>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        scope: Option<Placed<ScopeWire>>,
    }
    /// An appeal was decided.
    "appeal-decided" AppealDecided AppealDecidedWire {
        judgment: Text,
        appeal: Text,
        disposition: Vec<DispositionWire>,
        #[serde(default)]
        mandate: MandateWire,
    }
    /// The mandate of a decided appeal was issued.
    "mandate-issued" MandateIssued MandateIssuedWire {
        appeal: Text,
    }
    /// Somebody said that they would appeal. Changes nothing in force.
    "appeal-announced" AppealAnnounced AppealAnnouncedWire {
        of: Vec<Text>,
    }
    /// Somebody asked for relief. Changes nothing in force.
    "motion-filed" MotionFiled MotionFiledWire {
        seeks: ReliefKind,
        against: Vec<Text>,
    }
    /// Relief was refused. Changes nothing in force.
    "relief-refused" ReliefRefused ReliefRefusedWire {
        kind: ReliefKind,
        against: Vec<Text>,
    }
    /// Anything else that a reader of the case should know. Changes nothing in force.
    "proceeding-noted" ProceedingNoted ProceedingNotedWire {
        about: Vec<Text>,
        what: String,
    }
    /// An app or an organisation passed: exactly one of `app` and `organization`, and exactly one of `to`, `shares` and
    /// `released`.
    "control-transferred" ControlTransferred ControlTransferredWire {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        app: Option<Text>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        organization: Option<Text>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<Text>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        shares: Option<Placed<Vec<ShareWire>>>,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        released: bool,
    }
    /// An app got another publisher, in one store or in all.
    "publisher-changed" PublisherChanged PublisherChangedWire {
        app: Text,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        store: Option<Text>,
        to: Text,
    }
    /// An app got another name.
    "app-renamed" AppRenamed AppRenamedWire {
        app: Text,
        name: String,
    }
    /// An app came back as another app.
    "app-succeeded" AppSucceeded AppSucceededWire {
        app: Text,
        successor: Text,
    }
    /// An app came to belong to a class.
    "category-joined" CategoryJoined CategoryJoinedWire {
        app: Text,
        category: Text,
    }
    /// An app ceased to belong to a class.
    "category-left" CategoryLeft CategoryLeftWire {
        app: Text,
        category: Text,
    }
    /// A store gave an app an id of its own.
    "listing-assigned" ListingAssigned ListingAssignedWire {
        app: Text,
        store: Text,
        listing: Text,
    }
    /// A store's id no longer stands for an app.
    "listing-retired" ListingRetired ListingRetiredWire {
        store: Text,
        listing: Text,
    }
    /// An earlier entry was a mistake.
    "entry-retracted" EntryRetracted EntryRetractedWire {
        entry: Text,
    }
}
