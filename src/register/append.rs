//! The checks that an entry passes before it joins the log. None of them changes anything.

mod circles;
mod control;
mod listings;
mod standing;

use std::collections::BTreeSet;

use circles::circle_of_targets;
use control::circle_of_control;
use listings::one_app_at_a_time;
use standing::{correction, is_free_again, recorded_before, retraction};

use super::{
    AppendError, Controlled, Entry, Event, Facts, Holdings, View, Warning,
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
    simultaneous(facts, entry)?;
    slot_free(facts, entry)?;
    appeals(facts, entry)?;
    circle_of_targets(facts, entry)?;
    circle_of_control(facts, entry)?;
    one_app_at_a_time(facts, entry)?;
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
    let organization = |id: &OrganizationId| {
        if directory.organization(id).is_some() {
            return Ok(());
        }
        refuse(
            "organization",
            id.as_str(),
            directory.organizations().map(|it| it.organization.as_str()).collect(),
        )
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
                AppSelector::Publisher(id)
                | AppSelector::Owner(id)
                | AppSelector::Holder { organization: id, .. } => organization(id)?,
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
            to.organizations().try_for_each(organization)?;
        }
        Event::PublisherChanged { app: id, store: place, to } => {
            app(id)?;
            place.iter().try_for_each(store)?;
            organization(to)?;
        }
        Event::ListingAssigned { app: id, store: place, .. } => {
            app(id)?;
            store(place)?;
        }
        Event::ListingRetired { store: place, .. } => store(place)?,
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
    if let Event::ReliefGranted(relief) = entry.event()
        && relief.protects == Parties::only()
    {
        return Err(AppendError::EmptyScope { entry: id(), part: "parties" });
    }
    if let Some((field, text)) = texts(entry).into_iter().find(|(_, text)| !is_readable(text)) {
        let text = text.escape_debug().to_string();
        return Err(AppendError::Unreadable { entry: id(), field, text });
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
        let held = |holder: &Thing| !inherited.contains(holder) && !is_free_again(facts, entry, holder);
        let Some(holder) = holder.filter(held) else { continue };
        if let Some(first) = facts.introductions(&holder).next().and_then(|position| facts.entry(position)) {
            let id = holder.name();
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

/// What took effect together took effect at one time, and no chain of such entries hides whose time it is.
fn simultaneous(facts: &Facts, entry: &Entry) -> Result<(), AppendError> {
    if let Some(other) = entry.with().and_then(|id| last_version(facts, id)) {
        if let Some(first) = other.with() {
            return Err(AppendError::WithAnotherStill {
                entry: entry.id().clone(),
                other: other.id().clone(),
                first: first.clone(),
            });
        }
        if other.takes_effect() != entry.takes_effect() {
            return Err(AppendError::NotTogether {
                entry: entry.id().clone(),
                effect: entry.takes_effect().clone(),
                other: other.id().clone(),
                its: other.takes_effect().clone(),
            });
        }
    }
    // A correction must not part what took effect together.
    let Some(corrected) = entry.corrects() else { return Ok(()) };
    let mut versions = vec![corrected];
    while let Some(earlier) = versions.last().and_then(|id| facts.entry(facts.position(id)?)?.corrects()) {
        versions.push(earlier);
    }
    let mut partners: Vec<usize> = Vec::new();
    for id in &versions {
        partners.extend(facts.resting(&Thing::Entry((*id).clone())));
    }
    let standing = partners.into_iter().filter(|position| facts.superseding(*position).is_none());
    let parted = standing.filter_map(|position| facts.entry(position)).find(|partner| {
        partner.with().is_some_and(|with| versions.contains(&with))
            && (partner.takes_effect() != entry.takes_effect() || entry.with().is_some())
    });
    match parted {
        None => Ok(()),
        Some(partner) => Err(AppendError::PartsWhatWasTogether {
            entry: entry.id().clone(),
            effect: entry.takes_effect().clone(),
            other: partner.id().clone(),
            its: partner.takes_effect().clone(),
        }),
    }
}

/// The last entry that corrects one of that identifier, or the entry itself.
fn last_version<'a>(facts: &'a Facts, id: &EntryId) -> Option<&'a Entry> {
    let mut position = facts.position(id)?;
    while let Some(later) = facts.superseding(position).filter(|later| later.corrects().is_some()) {
        position = facts.position(later.id())?;
    }
    facts.entry(position)
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
        Slot::Control(of, _) => {
            return Err(AppendError::TwoOwners {
                entry: entry_id,
                other: other_id,
                of,
                owners: Box::new((owners(other), owners(entry))),
                at: entry.takes_effect().clone(),
            });
        }
        Slot::Publisher(app, ..) => format!("the publisher of app `{app}`"),
        Slot::Name(app, _) => format!("the name of app `{app}`"),
        Slot::Category(app, category, _) => format!("app `{app}` in category `{category}`"),
    };
    let at = entry.takes_effect().clone();
    Err(AppendError::Contradiction { entry: entry_id, other: other_id, subject, at })
}

/// To whom an entry says that something passed.
fn owners(entry: &Entry) -> Holdings {
    match entry.event() {
        Event::ControlTransferred { to, .. } => to.clone(),
        _ => Holdings::none(),
    }
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
    let mut disposed = BTreeSet::new();
    for ruled in &judgment.dispositions {
        if !disposed.insert((&ruled.ruling, &ruled.scope)) {
            return Err(AppendError::DisposedTwice {
                entry: entry.id().clone(),
                ruling: ruled.ruling.to_string(),
            });
        }
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

/// The texts of an entry that stand within a line of an explanation.
fn texts(entry: &Entry) -> Vec<(&'static str, &str)> {
    let own = match entry.event() {
        Event::InstrumentIssued(it) => Some(("title", it.title.as_str())),
        Event::ProceedingNoted { what, .. } => Some(("what", what.as_str())),
        Event::AppRenamed { name, .. } => Some(("name", name.as_str())),
        _ => None,
    };
    let disputes = entry.disputes().iter().map(|it| ("dispute", it.says.as_str()));
    own.into_iter().chain([("citation", entry.citation().as_str())]).chain(disputes).collect()
}

/// Whether a text says something, on one line.
fn is_readable(text: &str) -> bool {
    !text.trim().is_empty() && !text.chars().any(char::is_control)
}
