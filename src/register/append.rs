//! The checks that an entry passes before it joins the log. None of them changes anything.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    AppendError, Controlled, Entry, Event, Facts, View, Warning,
    thing::{Slot, Thing, acted_upon, introduced, rested_on, slot},
    warning,
};
use crate::{
    AppId, CategoryId, EntryId, OrganizationId, Store,
    error::Suggestion,
    law::{AppSelector, Judgment, MandateTerm, Measure, Parties, Ruling},
    market::Directory,
    time::Known,
};

/// Refuses an entry that cannot stand in the log, and says what is odd about one that can.
pub(super) fn check(
    directory: &Directory,
    facts: &Facts,
    entry: &Entry,
) -> Result<Vec<Warning>, AppendError> {
    if facts.position(entry.id()).is_some() {
        return Err(AppendError::Duplicate { entry: entry.id().clone() });
    }
    declared(directory, entry)?;
    aimed(entry)?;
    let corrected = correction(facts, entry)?;
    names_free(facts, entry, corrected)?;
    let own: BTreeSet<Thing> = introduced(entry).into_iter().collect();
    for thing in acted_upon(entry).iter().chain(&rested_on(entry)) {
        recorded_before(facts, entry, thing, &own, corrected)?;
    }
    retraction(facts, entry)?;
    slot_free(facts, entry)?;
    appeals(facts, entry)?;
    circles(directory, facts, entry)?;
    Ok(warning::of(&View::of(directory, facts, Known::Best), entry))
}

/// Every app, organisation, authority, category and store is declared.
fn declared(directory: &Directory, entry: &Entry) -> Result<(), AppendError> {
    let refuse = |kind: &'static str, id: &str, known: Vec<&str>| {
        Err(AppendError::Undeclared {
            entry: entry.id().clone(),
            kind,
            id: id.to_owned(),
            suggestion: Suggestion::among(id, known),
        })
    };
    let app = |app: &AppId| match directory.app(app) {
        Some(_) => Ok(()),
        None => refuse("app", app.as_str(), directory.apps().map(|it| it.app.as_str()).collect()),
    };
    let organization = |id: &OrganizationId| match directory.organization(id) {
        Some(_) => Ok(()),
        None => {
            let known = directory.organizations().map(|it| it.organization.as_str()).collect();
            refuse("organization", id.as_str(), known)
        }
    };
    let category = |id: &CategoryId| match directory.category(id) {
        Some(_) => Ok(()),
        None => {
            refuse("category", id.as_str(), directory.categories().map(|it| it.category.as_str()).collect())
        }
    };
    let store = |store: &Store| {
        if directory.knows_store(store) {
            return Ok(());
        }
        refuse("store", store.as_str(), directory.known_stores().map(Store::as_str).collect())
    };
    match entry.by() {
        Some(by) if directory.authority(by).is_none() => {
            let known = directory.authorities().map(|it| it.authority.as_str()).collect();
            return refuse("authority", by.as_str(), known);
        }
        None if needs_authority(entry.event()) => {
            return Err(AppendError::NoAuthority {
                entry: entry.id().clone(),
                event: entry.event().as_str(),
            });
        }
        _ => {}
    }
    for scope in entry.event().scopes() {
        for selector in scope.apps.mentioned() {
            match selector {
                AppSelector::App(id) | AppSelector::AppAndSuccessors(id) => app(id)?,
                AppSelector::Publisher(id) | AppSelector::Owner(id) => organization(id)?,
                AppSelector::Category(id) => category(id)?,
            }
        }
        scope.stores.mentioned().try_for_each(store)?;
    }
    match entry.event() {
        Event::ReliefGranted(relief) => {
            if let Parties::Only { organizations, stores, .. } = &relief.protects {
                organizations.iter().try_for_each(organization)?;
                stores.iter().try_for_each(store)?;
            }
        }
        Event::ControlTransferred { of, to } => {
            match of {
                Controlled::App(id) => app(id)?,
                Controlled::Organization(id) => organization(id)?,
            }
            to.iter().try_for_each(organization)?;
        }
        Event::PublisherChanged { app: id, store: place, to } => {
            app(id)?;
            place.iter().try_for_each(store)?;
            organization(to)?;
        }
        Event::AppRenamed { app: id, .. } => app(id)?,
        Event::AppSucceeded { app: id, by } => {
            app(id)?;
            app(by)?;
        }
        Event::CategoryJoined { app: id, category: class }
        | Event::CategoryLeft { app: id, category: class } => {
            app(id)?;
            category(class)?;
        }
        _ => {}
    }
    Ok(())
}

/// Acts of an authority name it; what parties do, and what happens on the market, need not.
fn needs_authority(event: &Event) -> bool {
    matches!(
        event,
        Event::InstrumentIssued(_)
            | Event::RestrictionAdded { .. }
            | Event::ReliefGranted(_)
            | Event::MeasureEnded(_)
            | Event::EnforcementForborne(_)
            | Event::AppealDecided(_)
            | Event::MandateIssued { .. }
            | Event::ReliefRefused { .. }
    )
}

/// The entry has a target where it needs one, and its scopes can reach something.
fn aimed(entry: &Entry) -> Result<(), AppendError> {
    let id = || entry.id().clone();
    let targets = match entry.event() {
        Event::ReliefGranted(it) => it.against.len(),
        Event::MeasureEnded(it) => it.ends.len(),
        Event::EnforcementForborne(it) => it.of.len(),
        Event::AppealNoticed(it) => it.of.len(),
        Event::AppealDecided(it) => it.dispositions.len(),
        Event::AppealAnnounced { of: measures }
        | Event::MotionFiled { against: measures, .. }
        | Event::ReliefRefused { against: measures, .. }
        | Event::ProceedingNoted { about: measures, .. } => measures.len(),
        _ => 1,
    };
    if targets == 0 {
        return Err(AppendError::NoTarget { entry: id(), event: entry.event().as_str() });
    }
    if let Some(part) = entry.event().scopes().into_iter().find_map(crate::law::Scope::empty_part) {
        return Err(AppendError::EmptyScope { entry: id(), part });
    }
    if let Event::StartMoved { measure: measure @ Measure::Ending(_), .. }
    | Event::EndMoved { measure: measure @ Measure::Ending(_), .. } = entry.event()
    {
        return Err(AppendError::NoSpan { entry: id(), thing: measure.clone().into() });
    }
    if let Event::AppSucceeded { app, by } = entry.event()
        && app == by
    {
        return Err(AppendError::OwnSuccessor { entry: id(), app: app.to_string() });
    }
    Ok(())
}

/// The entry that this one corrects, which must still stand and be about the same thing.
fn correction(facts: &Facts, entry: &Entry) -> Result<Option<usize>, AppendError> {
    let Some(target) = entry.corrects() else { return Ok(None) };
    let thing = Thing::Entry(target.clone());
    recorded_before(facts, entry, &thing, &BTreeSet::new(), None)?;
    let (position, earlier) = standing(facts, entry, target)?;
    let subject = |entry: &Entry| {
        introduced(entry).into_iter().find(|thing| matches!(thing, Thing::Measure(_) | Thing::Appeal(_)))
    };
    let same_event = entry.event().as_str() == earlier.event().as_str();
    if !same_event || subject(entry) != subject(earlier) {
        return Err(AppendError::OtherSubject {
            entry: entry.id().clone(),
            event: entry.event().as_str(),
            target: target.clone(),
            was: earlier.event().as_str(),
        });
    }
    let kept: BTreeSet<Thing> = introduced(entry).into_iter().collect();
    not_needed(facts, entry, position, &kept)?;
    Ok(Some(position))
}

/// A retraction takes back an entry that stands and on which nothing rests.
fn retraction(facts: &Facts, entry: &Entry) -> Result<(), AppendError> {
    let Event::EntryRetracted { entry: target } = entry.event() else { return Ok(()) };
    let thing = Thing::Entry(target.clone());
    if target == entry.id() {
        return Err(AppendError::Itself { entry: entry.id().clone(), thing });
    }
    recorded_before(facts, entry, &thing, &BTreeSet::new(), None)?;
    let (position, _) = standing(facts, entry, target)?;
    not_needed(facts, entry, position, &BTreeSet::new())
}

/// The entry to be taken back, where it was not taken back before and is not a retraction.
fn standing<'a>(
    facts: &'a Facts,
    entry: &Entry,
    target: &EntryId,
) -> Result<(usize, &'a Entry), AppendError> {
    let unknown = || AppendError::Unknown {
        entry: entry.id().clone(),
        thing: Thing::Entry(target.clone()),
        suggestion: Suggestion::default(),
    };
    let position = facts.position(target).ok_or_else(unknown)?;
    let earlier = facts.entry(position).ok_or_else(unknown)?;
    if let Some(by) = facts.superseding(position) {
        return Err(AppendError::AlreadyTakenBack {
            entry: entry.id().clone(),
            target: target.clone(),
            by: by.id().clone(),
        });
    }
    if matches!(earlier.event(), Event::EntryRetracted { .. }) {
        return Err(AppendError::RetractsRetraction { entry: entry.id().clone(), target: target.clone() });
    }
    Ok((position, earlier))
}

/// Nothing that stands rests on what the entry takes back and does not introduce anew.
fn not_needed(
    facts: &Facts,
    entry: &Entry,
    position: usize,
    kept: &BTreeSet<Thing>,
) -> Result<(), AppendError> {
    let Some(earlier) = facts.entry(position) else { return Ok(()) };
    for thing in introduced(earlier) {
        // That the entry as such is appealed or corrected survives a correction of it.
        let survives = kept.contains(&thing)
            || matches!(&thing, Thing::Entry(_)) && entry.corrects().is_some()
            || facts
                .introductions(&thing)
                .any(|other| other != position && facts.superseding(other).is_none());
        if survives {
            continue;
        }
        let needing = facts.bearing(&thing).chain(facts.resting(&thing)).find(|other| {
            let gone = facts
                .superseding(*other)
                .is_some_and(|later| later.recorded().as_record() <= entry.recorded().as_record());
            *other != position && !gone
        });
        if let Some(other) = needing.and_then(|other| facts.entry(other)) {
            return Err(AppendError::StillNeeded {
                entry: entry.id().clone(),
                thing,
                other: other.id().clone(),
            });
        }
    }
    Ok(())
}

/// What the entry introduces has an identifier that is free, or is its own from the entry that it corrects.
fn names_free(facts: &Facts, entry: &Entry, corrected: Option<usize>) -> Result<(), AppendError> {
    if let Some((_, clauses)) = entry.event().clauses() {
        let mut seen = BTreeSet::new();
        if let Some(twice) = clauses.iter().find(|clause| !seen.insert(&clause.clause)) {
            return Err(AppendError::ClauseTwice {
                entry: entry.id().clone(),
                clause: twice.clause.to_string(),
            });
        }
    }
    let inherited: BTreeSet<Thing> = corrected
        .and_then(|position| facts.entry(position))
        .map(introduced)
        .unwrap_or_default()
        .into_iter()
        .collect();
    for thing in introduced(entry) {
        let holder = match &thing {
            Thing::Measure(measure) => facts.measure_named(&measure.to_string()).map(Thing::Measure),
            Thing::Appeal(_) => facts.introductions(&thing).next().map(|_| thing.clone()),
            Thing::Condition(_) | Thing::Entry(_) => None,
        };
        let Some(holder) = holder.filter(|holder| !inherited.contains(holder)) else { continue };
        if let Some(first) = facts.introductions(&holder).next().and_then(|position| facts.entry(position)) {
            let id = match &holder {
                Thing::Measure(measure) => measure.to_string(),
                Thing::Appeal(appeal) => appeal.to_string(),
                Thing::Condition(_) | Thing::Entry(_) => String::new(),
            };
            return Err(AppendError::Taken {
                entry: entry.id().clone(),
                thing,
                id,
                first: first.id().clone(),
            });
        }
    }
    Ok(())
}

/// A target is in the log, was known when the entry was recorded, and still stands.
fn recorded_before(
    facts: &Facts,
    entry: &Entry,
    thing: &Thing,
    own: &BTreeSet<Thing>,
    corrected: Option<usize>,
) -> Result<(), AppendError> {
    let id = || entry.id().clone();
    // A span may name its condition in the very entry that introduces it; nothing else may bear on itself.
    if own.contains(thing) && !matches!(thing, Thing::Condition(_)) {
        return Err(AppendError::Itself { entry: id(), thing: thing.clone() });
    }
    let introductions: Vec<usize> = facts.introductions(thing).collect();
    let first = introductions
        .iter()
        .filter_map(|position| facts.entry(*position))
        .min_by_key(|first| first.recorded().as_record());
    let Some(first) = first else {
        return Err(AppendError::Unknown {
            entry: id(),
            thing: thing.clone(),
            suggestion: near(facts, thing),
        });
    };
    if first.recorded().as_record() > entry.recorded().as_record() {
        return Err(AppendError::NotRecordedYet {
            entry: id(),
            recorded: entry.recorded().clone(),
            thing: thing.clone(),
            later: first.recorded().clone(),
        });
    }
    // An entry as such stays on record when it is corrected, so that an appeal of a refusal outlives a correction.
    let gone = |position: &usize| {
        facts
            .superseding(*position)
            .filter(|later| !(matches!(thing, Thing::Entry(_)) && later.corrects().is_some()))
    };
    let takers: Vec<&Entry> =
        introductions.iter().filter(|position| Some(**position) != corrected).filter_map(gone).collect();
    let stands = introductions.iter().any(|position| gone(position).is_none());
    match takers.last() {
        Some(by) if !stands => {
            Err(AppendError::TakenBack { entry: id(), thing: thing.clone(), by: by.id().clone() })
        }
        _ => Ok(()),
    }
}

/// The nearest identifier of the same kind.
fn near(facts: &Facts, thing: &Thing) -> Suggestion {
    let text = |thing: &Thing| match thing {
        Thing::Measure(it) => it.to_string(),
        Thing::Appeal(it) => it.to_string(),
        Thing::Condition(it) => it.to_string(),
        Thing::Entry(it) => it.to_string(),
    };
    let same_kind = |other: &&Thing| std::mem::discriminant(*other) == std::mem::discriminant(thing);
    let known: BTreeSet<String> = facts.things().filter(same_kind).map(text).collect();
    Suggestion::among(&text(thing), known.iter().map(String::as_str))
}

/// No standing entry says something else about the same thing at the same instant.
fn slot_free(facts: &Facts, entry: &Entry) -> Result<(), AppendError> {
    let Some(slot) = slot(entry) else { return Ok(()) };
    let other = facts.in_slot(&slot).find(|position| {
        let gone = facts
            .superseding(*position)
            .is_some_and(|later| later.recorded().as_record() <= entry.recorded().as_record());
        let corrected = facts.entry(*position).is_some_and(|other| Some(other.id()) == entry.corrects());
        !gone && !corrected
    });
    let Some(other) = other.and_then(|position| facts.entry(position)) else { return Ok(()) };
    let (entry_id, other_id) = (entry.id().clone(), other.id().clone());
    let subject = match slot {
        Slot::Decision(appeal) => {
            return Err(AppendError::AlreadyDecided {
                entry: entry_id,
                appeal: appeal.to_string(),
                other: other_id,
            });
        }
        Slot::Mandate(appeal) => {
            return Err(AppendError::AlreadyFinal {
                entry: entry_id,
                appeal: appeal.to_string(),
                other: other_id,
            });
        }
        _ if other.event() == entry.event() => return Ok(()),
        Slot::Start(measure, _) => format!("the start of `{measure}`"),
        Slot::End(measure, _) => format!("the end of `{measure}`"),
        Slot::Control(of, _) => format!("the control of {of}"),
        Slot::Publisher(app, ..) => format!("the publisher of app `{app}`"),
        Slot::Name(app, _) => format!("the name of app `{app}`"),
        Slot::Category(app, category, _) => format!("app `{app}` in category `{category}`"),
    };
    let at = entry.takes_effect().clone();
    Err(AppendError::Contradiction { entry: entry_id, other: other_id, subject, at })
}

/// Refusals are refusals, judgments stay within their appeal, and a mandate follows a judgment.
fn appeals(facts: &Facts, entry: &Entry) -> Result<(), AppendError> {
    match entry.event() {
        Event::AppealNoticed(appeal) => {
            for ruling in &appeal.of {
                let Ruling::Refusal(refusal) = ruling else { continue };
                let refused = facts.position(refusal).and_then(|position| facts.entry(position));
                if let Some(event) = refused.map(Entry::event)
                    && !matches!(event, Event::ReliefRefused { .. })
                {
                    return Err(AppendError::NotARefusal {
                        entry: entry.id().clone(),
                        refusal: refusal.clone(),
                        event: event.as_str(),
                    });
                }
            }
            Ok(())
        }
        Event::AppealDecided(judgment) => within_appeal(facts, entry, judgment),
        Event::MandateIssued { appeal } => {
            let judgment = facts
                .bearing(&Thing::Appeal(appeal.clone()))
                .filter(|position| facts.superseding(*position).is_none())
                .filter_map(|position| facts.entry(position))
                .find_map(|entry| match entry.event() {
                    Event::AppealDecided(judgment) => Some((entry, judgment)),
                    _ => None,
                });
            match judgment {
                None => Err(AppendError::Undecided { entry: entry.id().clone(), appeal: appeal.to_string() }),
                Some((decided, judgment)) if judgment.mandate == MandateTerm::Immediate => {
                    Err(AppendError::AlreadyFinal {
                        entry: entry.id().clone(),
                        appeal: appeal.to_string(),
                        other: decided.id().clone(),
                    })
                }
                Some(_) => Ok(()),
            }
        }
        _ => Ok(()),
    }
}

/// Each ruling that a judgment disposes of is under review, or is a clause of an instrument that is.
fn within_appeal(facts: &Facts, entry: &Entry, judgment: &Judgment) -> Result<(), AppendError> {
    let reviewed: BTreeSet<&Ruling> = facts
        .introductions(&Thing::Appeal(judgment.appeal.clone()))
        .filter_map(|position| facts.entry(position))
        .filter_map(|entry| match entry.event() {
            Event::AppealNoticed(appeal) => Some(&appeal.of),
            _ => None,
        })
        .flatten()
        .collect();
    for ruled in &judgment.dispositions {
        let part_of_reviewed = match &ruled.ruling {
            Ruling::Measure(Measure::Restriction(id)) => {
                reviewed.contains(&Ruling::Measure(id.instrument().clone().into()))
            }
            _ => false,
        };
        if !part_of_reviewed && !reviewed.contains(&ruled.ruling) {
            return Err(AppendError::NotUnderReview {
                entry: entry.id().clone(),
                ruling: ruled.ruling.to_string(),
                appeal: judgment.appeal.to_string(),
            });
        }
    }
    Ok(())
}

/// No correction closes a circle of targets, and no transfer one of control.
fn circles(directory: &Directory, facts: &Facts, entry: &Entry) -> Result<(), AppendError> {
    if entry.corrects().is_some()
        && let Some(own) = entry.event().introduces()
    {
        // Only what has legal effect can bear on itself; announcements and appeals carry nothing further.
        let mut reached_from: BTreeMap<Measure, Measure> = BTreeMap::new();
        let mut open: Vec<Measure> = targets(entry);
        for target in &open {
            reached_from.insert(target.clone(), own.clone());
        }
        while let Some(next) = open.pop() {
            if next == own {
                return Err(AppendError::Cycle {
                    entry: entry.id().clone(),
                    path: circle(&own, &reached_from),
                });
            }
            for further in facts
                .introductions(&next.clone().into())
                .filter_map(|position| facts.entry(position))
                .flat_map(targets)
            {
                if !reached_from.contains_key(&further) {
                    reached_from.insert(further.clone(), next.clone());
                    open.push(further);
                }
            }
        }
    }
    control_circle(directory, facts, entry)
}

/// The measures on which the effect of an entry's measure depends or bears.
fn targets(entry: &Entry) -> Vec<Measure> {
    acted_upon(entry)
        .into_iter()
        .chain(rested_on(entry))
        .filter_map(|thing| match thing {
            Thing::Measure(measure) => Some(measure),
            _ => None,
        })
        .collect()
}

fn circle(own: &Measure, reached_from: &BTreeMap<Measure, Measure>) -> String {
    let mut path = vec![format!("`{own}`")];
    let mut at = own;
    while let Some(before) = reached_from.get(at) {
        path.push(format!("`{before}`"));
        at = before;
        if at == own {
            break;
        }
    }
    path.reverse();
    path.join(" on ")
}

/// At every instant from the transfer on at which control changes, nobody controls itself.
fn control_circle(directory: &Directory, facts: &Facts, entry: &Entry) -> Result<(), AppendError> {
    let Event::ControlTransferred { of: Controlled::Organization(of), to: Some(to) } = entry.event() else {
        return Ok(());
    };
    let refuse = |path: &[&OrganizationId]| {
        let path: Vec<String> = path.iter().map(|id| format!("`{id}`")).collect();
        Err(AppendError::ControlCycle { entry: entry.id().clone(), path: path.join(" controls ") })
    };
    if of == to {
        return refuse(&[to, of]);
    }
    let view = View::of(directory, facts, Known::Best);
    let this = Controlled::Organization(of.clone());
    let start = entry.effective();
    let next = facts
        .control_changes(&this)
        .filter(|position| facts.superseding(*position).is_none())
        .filter_map(|position| facts.entry(position))
        .filter(|other| Some(other.id()) != entry.corrects())
        .map(Entry::effective)
        .filter(|at| *at > start)
        .min();
    let mut instants = BTreeSet::from([start]);
    let mut known: BTreeSet<&OrganizationId> = BTreeSet::from([to]);
    let mut open = vec![to];
    while let Some(organization) = open.pop() {
        for position in facts.control_changes(&Controlled::Organization(organization.clone())) {
            let Some(change) = facts.entry(position) else { continue };
            if change.effective() > start && next.is_none_or(|next| change.effective() < next) {
                instants.insert(change.effective());
            }
            if let Event::ControlTransferred { to: Some(above), .. } = change.event()
                && known.insert(above)
            {
                open.push(above);
            }
        }
    }
    for at in instants {
        let above = view.controllers(&Controlled::Organization(to.clone()), at);
        if let Some(place) = above.iter().position(|organization| *organization == of) {
            let mut path: Vec<&OrganizationId> = vec![to];
            path.extend(above.iter().take(place.saturating_add(1)));
            path.reverse();
            path.insert(0, to);
            return refuse(&path);
        }
    }
    Ok(())
}
