//! The sentences of a calendar.

use std::{
    collections::BTreeSet,
    fmt::{Display, Write},
};

use super::{Calendar, Cause, Certainty, Direction, Happening, Item, Reach, When};
use crate::{
    Act,
    determination::{GroundStatus, Node, Requirement},
    explanation::{bare_words, words},
    law::Measure,
    register::View,
    time::{Known, text},
};

/// What becomes of the measures of one entry.
pub(super) fn cause(
    view: View<'_>,
    node: &Node<'_>,
    measures: &BTreeSet<Measure>,
    happening: Happening,
) -> String {
    let clauses: Vec<&str> = measures
        .iter()
        .filter_map(|measure| match measure {
            Measure::Restriction(id) => Some(id.clause().as_str()),
            _ => None,
        })
        .collect();
    let title = measures.iter().find_map(|measure| match measure {
        Measure::Restriction(id) => view.instrument(id.instrument()),
        Measure::Instrument(id) => view.instrument(id),
        _ => None,
    });
    match (title, clauses.as_slice()) {
        (None, _) => match happening {
            Happening::Leaves => format!("{}; bears on it no longer", bare_words(view, node)),
            Happening::HoldsBack => format!("{} holds it back", bare_words(view, node)),
            Happening::IsOfUnknownTime => {
                format!("nobody knows just when this took effect: {}", bare_words(view, node))
            }
            _ => words(view, node),
        },
        (Some((_, instrument)), []) => {
            format!("{} {}", instrument.title, becomes(happening, node.status, true))
        }
        (Some((_, instrument)), [clause]) => {
            format!("clause {clause} of {} {}", instrument.title, becomes(happening, node.status, true))
        }
        (Some((_, instrument)), several) => format!(
            "clauses {} of {} {}",
            and(several),
            instrument.title,
            becomes(happening, node.status, false)
        ),
    }
}

/// The verb for one thing, or for several.
fn becomes(happening: Happening, status: GroundStatus, one: bool) -> String {
    let pick = |single: &str, several: &str| (if one { single } else { several }).to_owned();
    let is = if one { "is" } else { "are" };
    match happening {
        Happening::TakesEffect => pick("takes effect", "take effect"),
        Happening::Revives => format!("{is} in force again"),
        Happening::IsSuspended => format!("{is} {status}"),
        Happening::IsPutOff => format!("{is} put off ({status})"),
        Happening::Ends => match status {
            GroundStatus::Expired => pick("expires", "expire"),
            GroundStatus::Fallen => pick("falls with what it hangs on", "fall with what they hang on"),
            status => format!("{is} {status}"),
        },
        Happening::Leaves => pick("no longer reaches the app", "no longer reach the app"),
        Happening::IsAnnounced => format!("{is} announced and {status}"),
        Happening::HoldsBack => format!("{is} not in force ({status})"),
        Happening::IsOfUnknownTime => {
            pick("took effect, nobody knows just when", "took effect, nobody knows just when")
        }
    }
}

/// The whole item in words.
pub(super) fn sentence(item: &Item) -> String {
    let Item { when, app_name, direction, certainty, reaches, causes, .. } = item;
    let places = reaches.iter().map(reach).collect::<Vec<_>>().join("; ");
    let label = if causes.len() > 1 { "Causes" } else { "Cause" };
    let because = causes.iter().map(|cause| cause.text.as_str()).collect::<Vec<_>>().join("; ");
    let sure = match certainty {
        Certainty::Sure => "",
        Certainty::Possible => "Possible only: ",
        Certainty::Expected => "Expected only, and no deadline: ",
    };
    format!("{sure}{app_name} {} {when}: {places}. {label}: {because}.", says(*direction, reaches))
}

/// The heading of an item.
pub(super) fn summary(item: &Item) -> String {
    let said = says(item.direction, &item.reaches);
    let sure = match item.certainty {
        Certainty::Sure => "",
        Certainty::Possible => "possible only: ",
        Certainty::Expected => "expected only: ",
    };
    format!("{sure}{} {said}", item.app_name)
}

/// What may or must happen. An app comes down and goes up where it is about downloads; another act stops and resumes.
fn says(direction: Direction, reaches: &[Reach]) -> String {
    let offers = |act: &Act| matches!(act, Act::Download | Act::Redownload | Act::Update);
    let of_listing = reaches.iter().flat_map(|reach| &reach.acts).any(offers);
    match direction {
        Direction::MustComeDown if !of_listing => "must stop".to_owned(),
        Direction::MayGoUp if !of_listing => "may resume".to_owned(),
        Direction::MustBeOffered if !of_listing => "must be provided for".to_owned(),
        Direction::MayBeWithdrawn if !of_listing => "need no longer be provided for".to_owned(),
        Direction::EnforcementPauses => "is not to be enforced against".to_owned(),
        Direction::EnforcementResumes => "may be enforced against again".to_owned(),
        other => other.to_string(),
    }
}

/// Where, and for which acts.
fn reach(reach: &Reach) -> String {
    let mut said = format!("{} in {}, {}", and(&reach.acts), and(&reach.stores), and(&reach.territories));
    if reach.in_part {
        said.push_str(" (in a part only)");
    }
    if reach.unenforced {
        said.push_str(" (declared not to be enforced)");
    }
    if reach.requirement == Requirement::Conflicting {
        said.push_str(" (conflicting: prohibited and compelled)");
    }
    said
}

/// The calendar as a table.
pub(super) fn table(calendar: &Calendar) -> String {
    let mut out = format!("Turns within {}", calendar.period());
    if let Known::At(known) = calendar.known() {
        let _ = write!(out, ", from what was known at {}", text(known));
    }
    out.push('\n');
    if calendar.items().is_empty() {
        out.push_str("  nothing turns, and nothing is expected\n");
        return out;
    }
    let rows: Vec<(String, String, &Item)> =
        calendar.items().iter().map(|item| (time(item.when), summary(item), item)).collect();
    let times = rows.iter().map(|(time, _, _)| time.chars().count()).max().unwrap_or(0);
    let says = rows.iter().map(|(_, said, _)| said.chars().count()).max().unwrap_or(0);
    for (place, (time, said, item)) in rows.iter().enumerate() {
        for (line, box_) in item.reaches.iter().enumerate() {
            let (time, said) = if line == 0 { (time.as_str(), said.as_str()) } else { ("", "") };
            let _ = writeln!(out, "  {time:times$}  {said:says$}  {}", reach(box_));
        }
        // Apps that turn together for the same reasons share them.
        let next = place.checked_add(1).and_then(|next| rows.get(next));
        if next.is_some_and(|(_, _, next)| (next.when, &next.causes) == (item.when, &item.causes)) {
            continue;
        }
        for cause in &item.causes {
            let _ = writeln!(out, "      because {}", cited(cause));
        }
    }
    out
}

/// A cause with its citation.
pub(super) fn cited(cause: &Cause) -> String {
    format!("{} [{}]", cause.text, cause.citation)
}

fn time(when: When) -> String {
    match when {
        When::At(at) => text(at),
        When::Between { earliest, latest } => match (when.lower(), when.upper()) {
            (None, _) => format!("up to {}", text(latest)),
            (_, None) => format!("from {} on", text(earliest)),
            _ => format!("{} to {}", text(earliest), text(latest)),
        },
        When::UponCondition => "upon a condition".to_owned(),
    }
}

/// Words with commas, and an 'and' before the last.
fn and<T: Display>(items: impl IntoIterator<Item = T>) -> String {
    let mut items: Vec<String> = items.into_iter().map(|item| item.to_string()).collect();
    let Some(last) = items.pop() else { return String::new() };
    if items.is_empty() { last } else { format!("{} and {last}", items.join(", ")) }
}
