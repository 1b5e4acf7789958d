//! The words for each line. Every sentence about law has its home here.

use chrono::Datelike;

use crate::{
    OrganizationId,
    determination::{GroundStatus, Node, Role, Uncertainty},
    law::{Bound, Measure, Parties, Scope, Selection, Span},
    register::{Basis, Controlled, Entry, Event, View},
    time::text,
};

/// What a node of the tree says, with how it stands.
pub(crate) fn of(view: View<'_>, node: &Node<'_>) -> String {
    let mut text = said(view, node);
    let plain = matches!(node.role, Role::Notes | Role::Moves | Role::Meets | Role::Reaches)
        || (node.role == Role::Decides && node.status == GroundStatus::InForce);
    if !plain {
        text.push_str(": ");
        text.push_str(&stands(node.status));
    }
    text.push_str(&doubts(node.entry));
    if node.in_part {
        text.push_str(", in a part of the territory");
    }
    if node.role == Role::Notes {
        let passes_by = matches!(node.entry.event(), Event::ReliefGranted(_));
        text.push_str(if passes_by { "; does not reach this" } else { "; changes nothing in force" });
    }
    text
}

/// What else an answer could be, between when and when, and on whose account.
pub(super) fn uncertain(uncertainty: &Uncertainty) -> String {
    let quoted: Vec<String> = uncertainty.because().iter().map(|entry| format!("`{entry}`")).collect();
    let others: Vec<String> = uncertainty
        .alternatives()
        .iter()
        .map(|other| format!("{}; status: {}", other.requirement(), other.headline()))
        .collect();
    let bounds = match (uncertainty.earliest(), uncertainty.latest()) {
        (earliest, latest) if earliest.year() <= 0 => format!("up to {}", text(latest)),
        (earliest, latest) if latest.year() >= 9999 => format!("from {} on", text(earliest)),
        (earliest, latest) => format!("between {} and {}", text(earliest), text(latest)),
    };
    format!(
        "uncertain {bounds}, since nobody knows just when {} took effect: it may also be {}",
        quoted.join(", "),
        others.join(", or "),
    )
}

/// How sure a fact is: what other sources say, and whether it was inferred.
fn doubts(entry: &Entry) -> String {
    let inferred = matches!(entry.basis(), Basis::Inferred).then(|| " (inferred, not stated)".to_owned());
    let disputed = entry.disputes().iter().map(|it| format!(" (disputed: another source says: {})", it.says));
    inferred.into_iter().chain(disputed).collect()
}

/// The same without how it stands.
pub(crate) fn said(view: View<'_>, node: &Node<'_>) -> String {
    let entry = node.entry;
    let by = by(view, entry);
    let date = entry.takes_effect();
    match entry.event() {
        Event::InstrumentIssued(_) | Event::RestrictionAdded { .. } => command_or_carrier(view, node),
        Event::ReliefGranted(it) => format!(
            "{} `{}`{by}, {}{}{}{}",
            it.kind,
            it.relief,
            if it.span.from().is_some() { from(&it.span, entry) } else { format!("effective {date}") },
            until(&it.span),
            within(&it.scope),
            protecting(&it.protects),
        ),
        Event::MeasureEnded(it) => {
            format!("{} by entry `{}`{by}, effective {date}{}", it.manner, entry.id(), within(&it.scope))
        }
        Event::AppealDecided(it) => {
            let rulings: Vec<String> = it
                .dispositions
                .iter()
                .map(|ruled| format!("{} `{}`{}", ruled.disposition, ruled.ruling, within(&ruled.scope)))
                .collect();
            format!("judgment `{}`{by}, {date}: {}", it.judgment, rulings.join(", "))
        }
        Event::MandateIssued { appeal } => format!("mandate in appeal `{appeal}`{by}, {date}"),
        Event::StartMoved { measure, from } => {
            format!("start of `{measure}` moved to {}{by}, effective {date}", bound(from))
        }
        Event::EndMoved { measure, until: Some(until) } => {
            format!("end of `{measure}` moved to {}{by}, effective {date}", bound(until))
        }
        Event::EndMoved { measure, until: None } => {
            format!("end of `{measure}` taken away{by}, effective {date}")
        }
        Event::ConditionMet { condition, scope } => {
            format!("condition `{condition}` met {date}{}", within(scope))
        }
        Event::EnforcementForborne(it) => format!(
            "non-enforcement `{}` declared{by}, {}{}{}",
            it.forbearance,
            from(&it.span, entry),
            until(&it.span),
            within(&it.scope),
        ),
        Event::AppealNoticed(it) => format!("appeal `{}` noticed {date}", it.appeal),
        Event::AppealAnnounced { .. } => format!("appeal announced{by}, {date}"),
        Event::MotionFiled { seeks, .. } => format!("motion for a {seeks} filed, {date}"),
        Event::ReliefRefused { kind, .. } => format!("{kind} refused{by}, {date}"),
        Event::ProceedingNoted { what, .. } => format!("{what}, {date}"),
        Event::ControlTransferred { of, to } => {
            let of = match of {
                Controlled::App(app) => format!("app `{app}`"),
                Controlled::Organization(id) => organization(view, id),
            };
            let in_parts = !to.is_none() && to.sole_owner().is_none();
            let to = to.told(|holder| organization(view, holder));
            let what = if in_parts { "ownership" } else { "control" };
            format!("{what} of {of} passed to {to}, {date}")
        }
        Event::PublisherChanged { app, store, to } => {
            let place = store.as_ref().map(|store| format!(" in {store}")).unwrap_or_default();
            format!("app `{app}` published by {}{place} since {date}", organization(view, to))
        }
        Event::AppSucceeded { app, by: later } => format!("app `{app}` succeeded by `{later}`, {date}"),
        Event::CategoryJoined { app, category } => format!("app `{app}` of class `{category}` since {date}"),
        Event::CategoryLeft { app, category } => {
            format!("app `{app}` no longer of class `{category}`, {date}")
        }
        other => format!("{other}, {date}"),
    }
}

/// A clause as a command, or an instrument as what carries one.
fn command_or_carrier(view: View<'_>, node: &Node<'_>) -> String {
    let entry = node.entry;
    let instrument = match &node.measure {
        Some(Measure::Restriction(id)) => view.instrument(id.instrument()),
        Some(Measure::Instrument(id)) => view.instrument(id),
        _ => None,
    };
    let title = instrument.map_or("", |(_, instrument)| instrument.title.as_str());
    match (&node.measure, node.role) {
        (Some(Measure::Restriction(id)), role) => {
            let clause = view.restriction(id).map(|(_, clause)| clause);
            let span = clause.map(|it| &it.span);
            let verb = match role {
                Role::Compels => "compels it",
                Role::AsksAgainst => "asks, without binding anybody, that it not happen",
                Role::AsksFor => "asks, without binding anybody, that it be offered",
                _ => "prohibits it",
            };
            let times = span.map(|span| format!("{}{}", from(span, entry), until(span))).unwrap_or_default();
            format!("clause {} of {title} {verb}, {times}", id.clause())
        }
        (_, Role::Concerns) => {
            format!("{title}{}, of {}, commands nothing by itself", by(view, entry), entry.entered())
        }
        _ => {
            let kind = instrument.map(|(_, it)| it.kind.to_string()).unwrap_or_default();
            let link = if node.depth > 1 { "issued under" } else { "stands in" };
            format!("{link} {title} ({kind}{}, of {})", by(view, entry), entry.entered())
        }
    }
}

fn stands(status: GroundStatus) -> String {
    match status {
        GroundStatus::Pending => "not yet in effect".to_owned(),
        GroundStatus::Postponed => "postponed".to_owned(),
        GroundStatus::AwaitingCondition => "waiting for its condition".to_owned(),
        GroundStatus::Fallen => "fallen with what it hangs on".to_owned(),
        GroundStatus::NotBinding => "binds nobody".to_owned(),
        GroundStatus::LeftScope => "no longer reaches the app".to_owned(),
        other => other.to_string(),
    }
}

fn by(view: View<'_>, entry: &Entry) -> String {
    let Some(authority) = entry.by() else { return String::new() };
    let name = view.directory().authority(authority).map_or(authority.as_str(), |it| it.name.as_str());
    format!(" by {name}")
}

fn organization(view: View<'_>, id: &OrganizationId) -> String {
    view.directory().organization(id).map_or_else(|| id.to_string(), |it| it.name.clone())
}

fn from(span: &Span, entry: &Entry) -> String {
    match span.from() {
        None => format!("from {}", entry.takes_effect()),
        Some(Bound::At(start)) => format!("from {start}"),
        Some(Bound::Upon(condition)) => format!("from when condition `{condition}` is met"),
    }
}

/// A bound in words, after 'moved to'.
fn bound(bound: &Bound) -> String {
    match bound {
        Bound::At(dated) => dated.to_string(),
        Bound::Upon(condition) => format!("when condition `{condition}` is met"),
    }
}

fn until(span: &Span) -> String {
    match span.until() {
        None => String::new(),
        Some(Bound::At(end)) => format!(" until {end}"),
        Some(Bound::Upon(condition)) => format!(" until condition `{condition}` is met"),
    }
}

/// What a scope is limited to, or nothing where it is not.
fn within(scope: &Scope) -> String {
    let parts = [
        ("for apps: ", listed(&scope.apps)),
        ("in stores: ", listed(&scope.stores)),
        ("in territories: ", listed(&scope.territories)),
        ("for acts: ", listed(&scope.acts)),
    ];
    let said: Vec<String> =
        parts.into_iter().filter_map(|(word, list)| list.map(|list| format!("{word}{list}"))).collect();
    if said.is_empty() { String::new() } else { format!(", only {}", said.join(", ")) }
}

fn listed<T: Ord + ToString>(selection: &Selection<T>) -> Option<String> {
    if selection.is_all() {
        return None;
    }
    let words = |items: &mut dyn Iterator<Item = &T>| {
        items.map(ToString::to_string).collect::<Vec<_>>().join(" and ")
    };
    let mut text = match selection.named() {
        Some(mut named) => words(&mut named),
        None => "all".to_owned(),
    };
    let except = words(&mut selection.exceptions());
    if !except.is_empty() {
        text.push_str(" except ");
        text.push_str(&except);
    }
    Some(text)
}

fn protecting(parties: &Parties) -> String {
    let Parties::Only { organizations, stores, persons } = parties else { return String::new() };
    let names: Vec<String> = organizations
        .iter()
        .map(ToString::to_string)
        .chain(stores.iter().map(ToString::to_string))
        .chain(persons.iter().map(ToString::to_string))
        .collect();
    format!(", protecting {} only", names.join(" and "))
}
