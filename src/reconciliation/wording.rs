//! The words for findings. Every sentence about what became of the law has its home here.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Display,
};

use chrono::TimeDelta;

use super::{Finding, FindingKind, Lag, OpenQuestion, Response, StoreLags};
use crate::determination::Ground;

pub(super) fn kind(kind: FindingKind) -> &'static str {
    match kind {
        FindingKind::Consistent => "consistent with the law",
        FindingKind::OfferedWhileProhibited => "offered while prohibited",
        FindingKind::RestoredWhileUnenforced => "restored while prohibited but unenforced",
        FindingKind::WithheldWhileUnrestricted => "withheld while unrestricted",
        FindingKind::WithheldWhileCompelled => "withheld while its offer was required",
        FindingKind::RemovedBeforeEffect => "removed before the prohibition took effect",
        FindingKind::Undetermined(_) => "undetermined",
        FindingKind::Unobserved => "unobserved",
    }
}

pub(super) fn question(question: OpenQuestion) -> &'static str {
    match question {
        OpenQuestion::Changing => "it changed between two looks",
        OpenQuestion::Unsettled => "its looks do not settle how it stood",
        OpenQuestion::UncertainLaw => "the law turns on a time that is not known exactly",
        OpenQuestion::InPart => "the law held in a part of the territory only",
        OpenQuestion::ConflictingLaw => "the law forbade and required it at once",
    }
}

pub(super) fn finding(finding: &Finding<'_>) -> String {
    format!("{}, {}", finding.subject(), account(finding))
}

/// What a finding says, beneath a heading that says of what.
pub(super) fn account(finding: &Finding<'_>) -> String {
    let mut head = format!("{}: {}", finding.stretch(), finding.kind());
    if let Some(why) = finding.kind().open_question() {
        head = format!("{head} ({why})");
    }
    if matches!(finding.kind(), FindingKind::OfferedWhileProhibited | FindingKind::RestoredWhileUnenforced) {
        let laws = texts(finding.in_force().into_iter().map(named));
        if !laws.is_empty() {
            head = format!("{head} under {}", laws.join(", "));
        }
    }
    // That kind says so itself.
    if finding.is_unenforced() && finding.kind() != FindingKind::RestoredWhileUnenforced {
        head.push_str(", unenforced");
    }
    let by = texts(finding.removed_by());
    let hints = texts(finding.may_explain().map(named));
    let said = finding.causes().into_iter();
    let said: Vec<String> =
        said.map(|cause| format!("`{}` as {} says", cause.instrument(), cause.claimed_by())).collect();
    let listed =
        |words: &str, list: Vec<String>| (!list.is_empty()).then(|| format!("{words} {}", list.join(", ")));
    let clauses = [
        Some(head),
        listed("by", by),
        listed("may be explained by", hints),
        listed("because of", said),
        finding.lag().map(lag),
    ];
    clauses.into_iter().flatten().collect::<Vec<_>>().join("; ")
}

/// A ground by its measure, where it has one, and its official text.
fn named(ground: &Ground) -> String {
    match ground.measure() {
        Some(measure) => format!("`{measure}` [{}]", ground.citation()),
        None => format!("[{}]", ground.citation()),
    }
}

fn texts<T: Display + Ord>(list: impl IntoIterator<Item = T>) -> Vec<String> {
    list.into_iter().collect::<BTreeSet<T>>().into_iter().map(|it| it.to_string()).collect()
}

pub(super) fn lag(lag: &Lag) -> String {
    let moved = match lag.response() {
        Response::Removal => "the prohibition took effect",
        Response::Restoration => "the prohibition ended or was suspended",
    };
    let zero = TimeDelta::zero();
    let response = lag.response();
    match (lag.earliest(), lag.latest()) {
        (Some(earliest), Some(latest)) if latest < zero => {
            format!("{response} between {} and {} before {moved}", span(earliest), span(latest))
        }
        (Some(earliest), Some(latest)) if earliest < zero => {
            format!("{response} between {} before and {} after {moved}", span(earliest), span(latest))
        }
        (Some(earliest), Some(latest)) => {
            format!("{response} between {} and {} after {moved}", span(earliest), span(latest))
        }
        (Some(earliest), None) => format!("{response} no sooner than {}", beside(earliest, moved)),
        (None, Some(latest)) => format!("{response} no later than {}", beside(latest, moved)),
        (None, None) => format!("{response}, and nobody knows how long after {moved}"),
    }
}

fn beside(length: TimeDelta, moved: &str) -> String {
    let side = if length < TimeDelta::zero() { "before" } else { "after" };
    format!("{} {side} {moved}", span(length))
}

/// A length of time in hours, with one decimal place, without a sign.
fn span(length: TimeDelta) -> String {
    format!("{} h", hours(length))
}

fn hours(length: TimeDelta) -> String {
    let seconds = length.num_seconds().saturating_abs();
    // Half a tenth of an hour is added, so that cutting off rounds.
    let tenths = seconds.saturating_add(180).checked_div(360).unwrap_or_default();
    format!("{}.{}", tenths.checked_div(10).unwrap_or_default(), tenths.checked_rem(10).unwrap_or_default())
}

pub(super) fn store_lags(lags: StoreLags) -> String {
    let standing = [
        (lags.still_offered(), "still offered"),
        (lags.still_gone(), "still gone"),
        (lags.gone_at_first(), "gone when first looked at"),
    ];
    let cases = match (lags.cases(), lags.lower(), lags.upper()) {
        (1, Some(lower), Some(upper)) => format!("1 case: {}", range(lower.min(), upper.min())),
        (cases, Some(lower), Some(upper)) => format!(
            "{cases} cases: least {}, median {}, greatest {}",
            range(lower.min(), upper.min()),
            range(lower.median(), upper.median()),
            range(lower.max(), upper.max()),
        ),
        _ => "no case".to_owned(),
    };
    let told = standing.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}"));
    std::iter::once(cases).chain(told).collect::<Vec<_>>().join("; ")
}

/// From one length to another, with a minus sign for what was earlier, open where nobody knows.
fn range(least: Option<TimeDelta>, most: Option<TimeDelta>) -> String {
    match (least, most) {
        (Some(least), Some(most)) => format!("{} to {} h", signed(least), signed(most)),
        (Some(least), None) => format!("{} h at least", signed(least)),
        (None, Some(most)) => format!("{} h at most", signed(most)),
        (None, None) => "unknown".to_owned(),
    }
}

fn signed(length: TimeDelta) -> String {
    let sign = if length < TimeDelta::zero() { "-" } else { "" };
    format!("{sign}{}", hours(length))
}

pub(super) fn counts(findings: &BTreeMap<FindingKind, usize>) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    // Kinds stand in their own order, and words of one kind beside each other.
    let mut order: Vec<&str> = Vec::new();
    for (found, count) in findings {
        let word = kind(*found);
        if !counts.contains_key(word) {
            order.push(word);
        }
        let all = counts.entry(word).or_default();
        *all = all.saturating_add(*count);
    }
    let told = order.iter().filter_map(|word| counts.get(word).map(|count| format!("{count} {word}")));
    told.collect::<Vec<_>>().join(", ")
}
