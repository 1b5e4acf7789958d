//! The file of published claims, version 1: TOML, all or nothing.

mod error;

use std::{collections::BTreeSet, fs, path::Path, str::FromStr};

use serde::Deserialize;

pub use error::{ClaimsProblem, ClaimsReadError};

use super::register_file::{Node, Placed, ReadProblem, Text, decode, one_of};
use crate::{
    ClaimId, Store,
    downloads::claim::{About, Against, Claim, Figures, Measured, Per},
};

/// The word with which every file of claims opens.
const FORMAT: &str = "delisted-claims";

/// The only version that this library reads.
const VERSION: i64 = 1;

type Placing<T> = Result<T, (usize, ClaimsProblem)>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileWire {
    #[serde(default)]
    claim: Vec<Placed<ClaimWire>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClaimWire {
    id: Text,
    app: Option<Text>,
    apps: Option<Placed<Vec<Text>>>,
    class: Option<Text>,
    count: Option<Text>,
    change: Option<Text>,
    baseline: Option<Text>,
    metric: Option<Text>,
    other: Option<Text>,
    per: Option<Text>,
    vendor: Option<Text>,
    via: Option<Text>,
    stores: Option<Placed<Vec<Text>>>,
    territory: Option<Text>,
    window: Option<Text>,
    against: Option<Text>,
    said: Option<Text>,
    says: Text,
    sources: Placed<Vec<Text>>,
}

/// Reads a file of published claims.
///
/// ```no_run
/// let claims = delisted::io::read_claims("claims/published-figures.toml")?;
/// println!("{} claims", claims.len());
/// # Ok::<(), delisted::io::ClaimsReadError>(())
/// ```
///
/// # Errors
///
/// - the file cannot be read, or is not UTF-8;
/// - whatever [`read_claims_toml`] refuses.
pub fn read_claims(path: impl AsRef<Path>) -> Result<Vec<Claim>, ClaimsReadError> {
    let path = path.as_ref();
    let name = path.display().to_string();
    let text = fs::read_to_string(path).map_err(|error| {
        let problem = ReadProblem::Unreadable { message: error.to_string() };
        ClaimsReadError::new(&name, 1, problem.into())
    })?;
    read_claims_toml(&name, &text)
}

/// Reads the text of a file of published claims; `file` is its name in errors. Told in `docs/claims.md`.
///
/// ```
/// let text = r#"
/// format = "delisted-claims"
/// version = 1
///
/// [[claim]]
/// id = "weekend"
/// app = "wechat"
/// territory = "US"
/// window = "2020-09-18..2020-09-19"
/// against = "week-earlier"
/// count = "54,000"
/// change = "28 times"
/// vendor = "Sensor Tower"
/// says = "54,000 installs over two days, set at 28 times those of a week earlier"
/// sources = ["https://example.org/weekend"]
/// "#;
/// let claims = delisted::io::read_claims_toml("claims.toml", text)?;
/// assert_eq!(claims[0].implied().map(|baseline| baseline.to_string()).collect::<Vec<_>>(), ["1,877 to 1,982"]);
///
/// let error = delisted::io::read_claims_toml("claims.toml", &text.replace("28 times", "down 28 times")).unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "claims.toml:12: `down 28 times` says no change: nothing falls by its multiple; say what was lost in per cent, such \
///      as `down 91 %`",
/// );
/// # Ok::<(), delisted::io::ClaimsReadError>(())
/// ```
///
/// # Errors
///
/// - the text is not TOML, or does not open with `format = "delisted-claims"` and `version = 1`;
/// - a field is unknown, missing, blank or of the wrong kind, or a word in it cannot be read;
/// - a claim names none or several of `app`, `apps` and `class`, or both `metric` and `other`;
/// - a claim gives no count, no change and no baseline;
/// - two claims have one id.
pub fn read_claims_toml(file: &str, text: &str) -> Result<Vec<Claim>, ClaimsReadError> {
    whole(text).map_err(|(line, problem)| ClaimsReadError::new(file, line, problem))
}

fn whole(text: &str) -> Placing<Vec<Claim>> {
    let root = Node::from_toml(text.trim_start_matches('\u{feff}')).map_err(placed)?;
    root.opens(FORMAT, VERSION).map_err(|(line, problem)| {
        (line, problem.map_or(ClaimsProblem::NotAFileOfClaims, ClaimsProblem::from))
    })?;
    let root = root.without_opening();
    let wire: FileWire = decode(&root, "a file of claims", &["format", "version"]).map_err(placed)?;
    let mut ids = BTreeSet::new();
    let mut claims = Vec::with_capacity(wire.claim.len());
    for one in &wire.claim {
        let claim = a_claim(one)?;
        if !ids.insert(claim.id.clone()) {
            return Err((one.value.id.number(), ClaimsProblem::TwoOfOneId { id: claim.id }));
        }
        claims.push(claim);
    }
    Ok(claims)
}

fn placed((line, problem): (usize, ReadProblem)) -> (usize, ClaimsProblem) {
    (line, problem.into())
}

fn a_claim(placed: &Placed<ClaimWire>) -> Placing<Claim> {
    let (line, wire) = (placed.number(), &placed.value);
    let id: ClaimId = word(&wire.id)?;
    let figures = Figures::new(
        optional(wire.count.as_ref())?,
        optional(wire.change.as_ref())?,
        optional(wire.baseline.as_ref())?,
    )
    .map_err(|problem| (line, problem.into()))?;
    let mut claim = Claim::new(id, about(wire, line)?, figures);
    claim.measured = match (&wire.metric, &wire.other) {
        (Some(_), Some(other)) => return Err((other.number(), ClaimsProblem::TwoMetrics)),
        (Some(metric), None) => word(metric)?,
        (None, Some(other)) => Measured::Other(said("other", other)?),
        (None, None) => Measured::Downloads,
    };
    claim.per = wire.per.as_ref().map(per).transpose()?.unwrap_or_default();
    claim.vendor = wire.vendor.as_ref().map(|text| said("vendor", text)).transpose()?;
    claim.via = wire.via.as_ref().map(|text| said("via", text)).transpose()?;
    if let Some(stores) = &wire.stores {
        claim.stores = list::<Store>("stores", stores, word)?.into_iter().collect();
    }
    claim.place = optional(wire.territory.as_ref())?;
    claim.window = optional(wire.window.as_ref())?;
    claim.against = wire.against.as_ref().map(against).transpose()?;
    claim.said = optional(wire.said.as_ref())?;
    claim.says = said("says", &wire.says)?;
    claim.sources = list("sources", &wire.sources, |text| said("sources", text))?;
    Ok(claim)
}

/// One of three ways to say what was downloaded.
fn about(wire: &ClaimWire, line: usize) -> Placing<About> {
    match (&wire.app, &wire.apps, &wire.class) {
        (Some(app), None, None) => Ok(About::App(word(app)?)),
        (None, Some(apps), None) => {
            let listed: BTreeSet<_> = list("apps", apps, word)?.into_iter().collect();
            if listed.len() < 2 {
                return Err((apps.number(), ClaimsProblem::OneTogether));
            }
            Ok(About::Together(listed))
        }
        (None, None, Some(class)) => Ok(About::Class(word(class)?)),
        _ => Err((line, ClaimsProblem::AboutWhat)),
    }
}

/// The two words that stand for days, days themselves, or words that pin none.
fn against(text: &Text) -> Placing<Against> {
    let words = said("against", text)?;
    Ok(match words.as_str() {
        "week-earlier" => Against::WeekEarlier,
        "before" => Against::Before,
        _ if words.starts_with(|c: char| c.is_ascii_digit()) => Against::Days(word(text)?),
        _ => Against::Words(words),
    })
}

fn per(text: &Text) -> Placing<Per> {
    one_of(text, [("window", Per::Window), ("day", Per::Day), ("hour", Per::Hour)]).map_err(placed)
}

fn said(field: &'static str, text: &Text) -> Placing<String> {
    match text.value.trim() {
        "" => Err((text.number(), ClaimsProblem::Blank { field })),
        text => Ok(text.to_owned()),
    }
}

fn word<T: FromStr<Err: Into<ClaimsProblem>>>(text: &Text) -> Placing<T> {
    text.value.parse().map_err(|error: T::Err| (text.number(), error.into()))
}

fn optional<T: FromStr<Err: Into<ClaimsProblem>>>(text: Option<&Text>) -> Placing<Option<T>> {
    text.map(word).transpose()
}

/// A list that names something, and nothing twice.
fn list<T>(
    field: &'static str,
    list: &Placed<Vec<Text>>,
    read: impl Fn(&Text) -> Placing<T>,
) -> Placing<Vec<T>> {
    if list.value.is_empty() {
        return Err((list.number(), ClaimsProblem::EmptyList { field }));
    }
    let mut seen = BTreeSet::new();
    if let Some(twice) = list.value.iter().find(|text| !seen.insert(text.value.as_str())) {
        return Err((twice.number(), ClaimsProblem::Twice { field, word: twice.value.clone() }));
    }
    list.value.iter().map(read).collect()
}
