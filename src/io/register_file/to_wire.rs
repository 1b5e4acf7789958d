//! From the library's structures to the file's.

use std::io::Write;

use serde::Serialize;
use thiserror::Error;

use super::{
    FORMAT, VERSION,
    number::NumberWire,
    wire::{
        AppRenamedWire, AppSucceededWire, AppWire, AppealAnnouncedWire, AppealDecidedWire, AppealNoticedWire,
        AuthorityWire, CategoryJoinedWire, CategoryLeftWire, ClauseWire, ConditionMetWire,
        ControlTransferredWire, DispositionWire, DisputeWire, EndMovedWire, EnforcementForborneWire,
        EntryRetractedWire, EntryWire, EnvelopeWire, EventWire, ExceptWire, HeldByWire, InstrumentIssuedWire,
        ListingAssignedWire, ListingRetiredWire, MandateIssuedWire, MandateWire, MeasureEndedWire,
        MotionFiledWire, NamedWire, PartiesWire, ProceedingNotedWire, PublisherChangedWire,
        ReliefGrantedWire, ReliefRefusedWire, RestrictionAddedWire, ScopeWire, ShareWire, StartMovedWire,
        Text,
    },
};
use crate::{
    OrganizationId, Register,
    law::{
        AppSelector, Appeal, Forbearance, Instrument, Judgment, MandateTerm, Parties, Relief, Restriction,
        Ruled, Ruling, Scope, Selection, Span,
    },
    market::Percent,
    register::{Controlled, Dispute, Entry, Event, Holdings},
};

/// Why a register could not be written.
///
/// ```
/// let error = delisted::io::WriteError::from(std::io::Error::other("disk full"));
/// assert_eq!(error.to_string(), "the register cannot be written: disk full");
/// ```
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum WriteError {
    /// The system refused.
    #[error("the register cannot be written: {0}")]
    Io(#[from] std::io::Error),
    /// A line could not be put into JSON.
    #[error("the register cannot be put into JSON: {0}")]
    Json(#[from] serde_json::Error),
}

/// Writes a register as JSON Lines, which read back as an equal register.
///
/// ```
/// use delisted::{Register, io::{read_json_lines, write_json_lines}};
///
/// let mut file = Vec::new();
/// write_json_lines(&Register::default(), &mut file)?;
/// assert_eq!(read_json_lines("copy.jsonl", file.as_slice())?.register, Register::default());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// - the output refuses what is written to it.
pub fn write_json_lines(register: &Register, mut output: impl Write) -> Result<(), WriteError> {
    #[derive(Serialize)]
    struct Opening {
        format: &'static str,
        version: i64,
    }

    let mut lines = Lines(&mut output);
    lines.put(&Opening { format: FORMAT, version: VERSION })?;
    let directory = register.directory();
    for it in directory.organizations() {
        lines.keyed("organization", &named(it.organization.as_str(), &it.name))?;
    }
    for it in directory.categories() {
        lines.keyed("category", &named(it.category.as_str(), &it.name))?;
    }
    for it in directory.stores() {
        lines.keyed("store", &named(it.store.as_str(), &it.name))?;
    }
    for it in directory.authorities() {
        let authority = AuthorityWire {
            id: text(&it.authority),
            name: it.name.clone(),
            kind: it.kind,
            jurisdiction: text(&it.jurisdiction),
        };
        lines.keyed("authority", &authority)?;
    }
    for it in directory.apps() {
        let app = AppWire {
            id: text(&it.app),
            name: it.name.clone(),
            owner: it.owner.as_ref().map(text),
            publisher: it.publisher.as_ref().map(text),
            categories: texts(&it.categories),
            sources: it.sources.clone(),
        };
        lines.keyed("app", &app)?;
    }
    for it in register.entries() {
        lines.keyed("entry", &entry(it))?;
    }
    output.flush()?;
    Ok(())
}

struct Lines<'w, W>(&'w mut W);

impl<W: Write> Lines<'_, W> {
    fn put(&mut self, value: &impl Serialize) -> Result<(), WriteError> {
        serde_json::to_writer(&mut *self.0, value)?;
        self.0.write_all(b"\n")?;
        Ok(())
    }

    fn keyed(&mut self, key: &'static str, value: &impl Serialize) -> Result<(), WriteError> {
        self.put(&std::collections::BTreeMap::from([(key, value)]))
    }
}

fn named(id: &str, name: &str) -> NamedWire {
    NamedWire { id: text(&id), name: name.to_owned() }
}

fn entry(entry: &Entry) -> EntryWire {
    EntryWire {
        envelope: EnvelopeWire {
            id: text(entry.id()),
            by: entry.by().map(text),
            entered: text(entry.entered()),
            effective: entry.stated_effective().map(text),
            recorded: text(entry.recorded()),
            citation: text(entry.citation()),
            sources: entry.sources().to_vec(),
            basis: entry.basis(),
            dispute: entry.disputes().iter().map(dispute).collect(),
            corrects: entry.corrects().map(text),
            with: entry.with().map(text),
            note: entry.note().map(str::to_owned),
        },
        event: event(entry.event()),
    }
}

fn dispute(dispute: &Dispute) -> DisputeWire {
    let effective = dispute.effective.as_ref().map(text);
    DisputeWire { says: dispute.says.clone(), source: dispute.source.clone(), effective }
}

fn event(event: &Event) -> EventWire {
    match event {
        Event::InstrumentIssued(it) => EventWire::InstrumentIssued(instrument(it)),
        Event::RestrictionAdded { instrument, restriction } => {
            let (instrument, clause) = (text(instrument), clause(restriction));
            EventWire::RestrictionAdded(RestrictionAddedWire { instrument, clause })
        }
        Event::ReliefGranted(it) => EventWire::ReliefGranted(relief(it)),
        Event::MeasureEnded(it) => EventWire::MeasureEnded(MeasureEndedWire {
            ending: text(&it.ending),
            manner: it.manner,
            ends: texts(&it.ends),
            scope: optional_scope(&it.scope),
        }),
        Event::StartMoved { measure, from } => {
            EventWire::StartMoved(StartMovedWire { measure: text(measure), from: text(from) })
        }
        Event::EndMoved { measure, until } => {
            let until = until.as_ref().map_or_else(|| text(&"open"), text);
            EventWire::EndMoved(EndMovedWire { measure: text(measure), until })
        }
        Event::ConditionMet { condition, scope } => {
            let (condition, scope) = (text(condition), optional_scope(scope));
            EventWire::ConditionMet(ConditionMetWire { condition, scope })
        }
        Event::EnforcementForborne(it) => EventWire::EnforcementForborne(forbearance(it)),
        Event::AppealNoticed(it) => EventWire::AppealNoticed(appeal(it)),
        Event::AppealDecided(it) => EventWire::AppealDecided(judgment(it)),
        Event::MandateIssued { appeal } => {
            EventWire::MandateIssued(MandateIssuedWire { appeal: text(appeal) })
        }
        Event::AppealAnnounced { of } => EventWire::AppealAnnounced(AppealAnnouncedWire { of: texts(of) }),
        Event::MotionFiled { seeks, against } => {
            EventWire::MotionFiled(MotionFiledWire { seeks: *seeks, against: texts(against) })
        }
        Event::ReliefRefused { kind, against } => {
            EventWire::ReliefRefused(ReliefRefusedWire { kind: *kind, against: texts(against) })
        }
        Event::ProceedingNoted { about, what } => {
            EventWire::ProceedingNoted(ProceedingNotedWire { about: texts(about), what: what.clone() })
        }
        Event::ControlTransferred { of, to } => EventWire::ControlTransferred(control(of, to)),
        Event::PublisherChanged { app, store, to } => EventWire::PublisherChanged(PublisherChangedWire {
            app: text(app),
            store: store.as_ref().map(text),
            to: text(to),
        }),
        Event::AppRenamed { app, name } => {
            EventWire::AppRenamed(AppRenamedWire { app: text(app), name: name.clone() })
        }
        Event::AppSucceeded { app, by } => {
            EventWire::AppSucceeded(AppSucceededWire { app: text(app), successor: text(by) })
        }
        Event::CategoryJoined { app, category } => {
            EventWire::CategoryJoined(CategoryJoinedWire { app: text(app), category: text(category) })
        }
        Event::CategoryLeft { app, category } => {
            EventWire::CategoryLeft(CategoryLeftWire { app: text(app), category: text(category) })
        }
        Event::ListingAssigned { app, store, listing } => {
            let (app, store, listing) = (text(app), text(store), text(listing));
            EventWire::ListingAssigned(ListingAssignedWire { app, store, listing })
        }
        Event::ListingRetired { store, listing } => {
            EventWire::ListingRetired(ListingRetiredWire { store: text(store), listing: text(listing) })
        }
        Event::EntryRetracted { entry } => {
            EventWire::EntryRetracted(EntryRetractedWire { entry: text(entry) })
        }
    }
}

fn instrument(it: &Instrument) -> InstrumentIssuedWire {
    let (from, until) = span(&it.span);
    InstrumentIssuedWire {
        instrument: text(&it.instrument),
        kind: it.kind,
        title: it.title.clone(),
        under: it.under.as_ref().map(text),
        concerns: it.concerns.as_ref().map(|it| scope(it, false).into()),
        from,
        until,
        clause: it.clauses.iter().map(clause).collect(),
    }
}

fn relief(it: &Relief) -> ReliefGrantedWire {
    let (from, until) = span(&it.span);
    ReliefGrantedWire {
        relief: text(&it.relief),
        kind: it.kind,
        against: texts(&it.against),
        scope: optional_scope(&it.scope),
        protects: parties(&it.protects),
        from,
        until,
        pending: it.pending.as_ref().map(text),
    }
}

fn forbearance(it: &Forbearance) -> EnforcementForborneWire {
    let (from, until) = span(&it.span);
    EnforcementForborneWire {
        forbearance: text(&it.forbearance),
        of: texts(&it.of),
        scope: optional_scope(&it.scope),
        from,
        until,
    }
}

fn appeal(it: &Appeal) -> AppealNoticedWire {
    let (mut of, mut of_refusals) = (Vec::new(), Vec::new());
    for ruling in &it.of {
        match ruling {
            Ruling::Measure(measure) => of.push(text(measure)),
            Ruling::Refusal(entry) => of_refusals.push(text(entry)),
        }
    }
    AppealNoticedWire { appeal: text(&it.appeal), of, of_refusals, scope: optional_scope(&it.scope) }
}

fn judgment(it: &Judgment) -> AppealDecidedWire {
    AppealDecidedWire {
        judgment: text(&it.judgment),
        appeal: text(&it.appeal),
        disposition: it.dispositions.iter().map(ruled).collect(),
        mandate: match it.mandate {
            MandateTerm::Awaited => MandateWire::Awaited,
            MandateTerm::Immediate => MandateWire::Immediate,
        },
    }
}

fn control(of: &Controlled, to: &Holdings) -> ControlTransferredWire {
    let (app, organization) = match of {
        Controlled::App(app) => (Some(text(app)), None),
        Controlled::Organization(organization) => (None, Some(text(organization))),
    };
    let share = |(holder, percent): (&OrganizationId, Percent)| ShareWire {
        organization: text(holder),
        percent: NumberWire(percent.to_string()).into(),
    };
    let (sole, released) = (to.sole_owner(), to.is_none());
    let shares = (sole.is_none() && !released).then(|| to.iter().map(share).collect::<Vec<_>>().into());
    ControlTransferredWire { app, organization, to: sole.map(text), shares, released }
}

fn clause(restriction: &Restriction) -> ClauseWire {
    let (from, until) = span(&restriction.span);
    ClauseWire {
        id: text(&restriction.clause),
        directive: restriction.directive,
        scope: scope(&restriction.scope, true).into(),
        from,
        until,
    }
}

fn ruled(ruled: &Ruled) -> DispositionWire {
    let (ruling, refusal) = match &ruled.ruling {
        Ruling::Measure(measure) => (Some(text(measure)), None),
        Ruling::Refusal(entry) => (None, Some(text(entry))),
    };
    DispositionWire { ruling, refusal, disposition: ruled.disposition, scope: optional_scope(&ruled.scope) }
}

fn parties(parties: &Parties) -> Option<PartiesWire> {
    match parties {
        Parties::Everyone => None,
        Parties::Only { organizations, stores, persons } => Some(PartiesWire {
            organizations: texts(organizations),
            stores: texts(stores),
            persons: texts(persons),
        }),
    }
}

fn optional_scope(of: &Scope) -> Option<super::wire::Placed<ScopeWire>> {
    (*of != Scope::everything()).then(|| scope(of, false).into())
}

/// A scope; a clause's says `*` where it reaches all apps, territories or acts.
fn scope(scope: &Scope, of_clause: bool) -> ScopeWire {
    let star = || of_clause.then(|| vec![text(&"*")]);
    let mut wire = ScopeWire {
        stores: named_members(&scope.stores),
        territories: named_members(&scope.territories).or_else(star),
        acts: named_members(&scope.acts).or_else(star),
        ..ScopeWire::default()
    };
    match scope.apps.named() {
        None => wire.apps = star(),
        Some(selectors) => {
            for selector in selectors {
                let (place, id) = match selector {
                    AppSelector::App(id) => (&mut wire.apps, text(id)),
                    AppSelector::AppAndSuccessors(id) => (&mut wire.successors_of, text(id)),
                    AppSelector::Publisher(id) => (&mut wire.published_by, text(id)),
                    AppSelector::Owner(id) => (&mut wire.owned_by, text(id)),
                    AppSelector::Category(id) => (&mut wire.categories, text(id)),
                    AppSelector::Holder { organization, at_least } => {
                        wire.held_by.get_or_insert_default().push(held_by(organization, *at_least));
                        continue;
                    }
                };
                place.get_or_insert_default().push(id);
            }
        }
    }
    let mut except = ExceptWire {
        stores: texts(scope.stores.exceptions()),
        territories: texts(scope.territories.exceptions()),
        acts: texts(scope.acts.exceptions()),
        ..ExceptWire::default()
    };
    for selector in scope.apps.exceptions() {
        match selector {
            AppSelector::App(id) => except.apps.push(text(id)),
            AppSelector::AppAndSuccessors(id) => except.successors_of.push(text(id)),
            AppSelector::Publisher(id) => except.published_by.push(text(id)),
            AppSelector::Owner(id) => except.owned_by.push(text(id)),
            AppSelector::Category(id) => except.categories.push(text(id)),
            AppSelector::Holder { organization, at_least } => {
                except.held_by.push(held_by(organization, *at_least));
            }
        }
    }
    let excepts =
        [scope.apps.exceptions().count(), except.stores.len(), except.territories.len(), except.acts.len()];
    if excepts.into_iter().any(|count| count > 0) {
        wire.except = Some(Box::new(except));
    }
    wire
}

fn held_by(organization: &OrganizationId, at_least: Percent) -> HeldByWire {
    HeldByWire { organization: text(organization), at_least: NumberWire(at_least.to_string()).into() }
}

fn named_members<T: Ord + ToString>(selection: &Selection<T>) -> Option<Vec<Text>> {
    selection.named().map(|members| members.map(text).collect())
}

fn span(span: &Span) -> (Option<Text>, Option<Text>) {
    (span.from().map(text), span.until().map(text))
}

fn text(value: &impl ToString) -> Text {
    value.to_string().into()
}

fn texts<'a, T: ToString + 'a>(values: impl IntoIterator<Item = &'a T>) -> Vec<Text> {
    values.into_iter().map(text).collect()
}
