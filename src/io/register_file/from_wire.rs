//! From the file's structures to the library's, each value through its own constructor, each problem with its line.

use std::{collections::BTreeSet, str::FromStr};

use super::{
    error::ReadProblem,
    number::NumberWire,
    wire::{
        AppWire, AuthorityWire, ClauseWire, DispositionWire, EntryWire, EventWire, ExceptWire, HeldByWire,
        MandateWire, NamedWire, PartiesWire, Placed, ScopeWire, ShareWire, Text,
    },
};
use crate::{
    Act, AuthorityId, CategoryId, InstrumentId, OrganizationId, Register, Store, Territory,
    law::{
        AppSelector, Appeal, Bound, Ending, Forbearance, Instrument, Judgment, MandateTerm, Measure, Parties,
        Relief, Restriction, Ruled, Ruling, Scope, Selection, Span,
    },
    market::{
        AppDeclared, AuthorityDeclared, CategoryDeclared, Declaration, OrganizationDeclared, Percent,
        PercentError, StoreDeclared,
    },
    register::{Controlled, Dispute, Entry, Event, Holdings},
    time::{Dated, civil},
};

/// A problem with its line.
pub(super) type Placing<T> = Result<T, (usize, ReadProblem)>;

pub(super) fn app(wire: AppWire) -> Placing<Declaration> {
    Ok(Declaration::App(AppDeclared {
        app: word(&wire.id)?,
        name: wire.name,
        owner: wire.owner.as_ref().map(word).transpose()?,
        publisher: wire.publisher.as_ref().map(word).transpose()?,
        categories: words(&wire.categories)?,
        sources: wire.sources,
    }))
}

pub(super) fn organization(wire: NamedWire) -> Placing<Declaration> {
    let organization: OrganizationId = word(&wire.id)?;
    Ok(Declaration::Organization(OrganizationDeclared { organization, name: wire.name }))
}

pub(super) fn category(wire: NamedWire) -> Placing<Declaration> {
    let category: CategoryId = word(&wire.id)?;
    Ok(Declaration::Category(CategoryDeclared { category, name: wire.name }))
}

pub(super) fn store(wire: NamedWire) -> Placing<Declaration> {
    let store: Store = word(&wire.id)?;
    Ok(Declaration::Store(StoreDeclared { store, name: wire.name }))
}

pub(super) fn authority(wire: AuthorityWire) -> Placing<Declaration> {
    let authority: AuthorityId = word(&wire.id)?;
    let jurisdiction = word(&wire.jurisdiction)?;
    Ok(Declaration::Authority(AuthorityDeclared {
        authority,
        name: wire.name,
        kind: wire.kind,
        jurisdiction,
    }))
}

/// What an entry's targets are called so far; a name that is not among them is a problem of order or of spelling,
/// which the reader of the whole file can tell apart.
pub(super) struct Targets<'r>(pub(super) &'r Register);

impl Targets<'_> {
    pub(super) fn entry(&self, wire: EntryWire) -> Placing<Entry> {
        let envelope = wire.envelope;
        let line = line(&envelope.id);
        let event = self.event(wire.event, line)?;
        let citation = &envelope.citation;
        if citation.value.trim().is_empty() {
            return Err((citation.number(), crate::law::BlankCitation.into()));
        }
        let mut builder = Entry::build(word(&envelope.id)?, event)
            .entered(dated(&envelope.entered)?)
            .recorded(dated(&envelope.recorded)?)
            .citation(&citation.value)
            .basis(envelope.basis);
        if let Some(by) = &envelope.by {
            builder = builder.by(word(by)?);
        }
        if let Some(effective) = &envelope.effective {
            builder = builder.effective(dated(effective)?);
        }
        if let Some(corrects) = &envelope.corrects {
            builder = builder.corrects(word(corrects)?);
        }
        if let Some(with) = &envelope.with {
            builder = builder.with(word(with)?);
        }
        if let Some(note) = envelope.note {
            builder = builder.note(note);
        }
        for source in envelope.sources {
            builder = builder.source(source);
        }
        for dispute in envelope.dispute {
            let effective = dispute.effective.as_ref().map(dated).transpose()?;
            builder = builder.dispute(Dispute { says: dispute.says, source: dispute.source, effective });
        }
        builder.finish().map_err(|error| (line, error.into()))
    }

    fn event(&self, wire: EventWire, at: usize) -> Placing<Event> {
        Ok(match wire {
            EventWire::InstrumentIssued(it) => {
                let id: InstrumentId = word(&it.instrument)?;
                let mut instrument =
                    Instrument::new(id, it.kind, it.title).during(span(it.from.as_ref(), it.until.as_ref())?);
                instrument.under = it.under.as_ref().map(word).transpose()?;
                instrument.concerns = it.concerns.as_ref().map(scope).transpose()?;
                instrument.clauses = it.clause.iter().map(clause).collect::<Placing<_>>()?;
                Event::InstrumentIssued(instrument)
            }
            EventWire::RestrictionAdded(it) => Event::RestrictionAdded {
                instrument: word(&it.instrument)?,
                restriction: clause(&it.clause)?,
            },
            EventWire::ReliefGranted(it) => {
                let mut relief = Relief::new(word(&it.relief)?, it.kind, self.measures(&it.against)?)
                    .within(optional_scope(it.scope.as_ref())?)
                    .protecting(it.protects.map_or(Ok(Parties::Everyone), |it| parties(&it))?)
                    .during(span(it.from.as_ref(), it.until.as_ref())?);
                relief.pending = it.pending.as_ref().map(word).transpose()?;
                Event::ReliefGranted(relief)
            }
            EventWire::MeasureEnded(it) => Event::MeasureEnded(
                Ending::new(word(&it.ending)?, it.manner, self.measures(&it.ends)?)
                    .within(optional_scope(it.scope.as_ref())?),
            ),
            EventWire::StartMoved(it) => {
                Event::StartMoved { measure: self.measure(&it.measure)?, from: bound(&it.from)? }
            }
            EventWire::EndMoved(it) => {
                let until = if it.until.value == "open" { None } else { Some(bound(&it.until)?) };
                Event::EndMoved { measure: self.measure(&it.measure)?, until }
            }
            EventWire::ConditionMet(it) => Event::ConditionMet {
                condition: word(&it.condition)?,
                scope: optional_scope(it.scope.as_ref())?,
            },
            EventWire::EnforcementForborne(it) => Event::EnforcementForborne(
                Forbearance::new(word(&it.forbearance)?, self.measures(&it.of)?)
                    .within(optional_scope(it.scope.as_ref())?)
                    .during(span(it.from.as_ref(), it.until.as_ref())?),
            ),
            EventWire::AppealNoticed(it) => {
                let measures = self.measures(&it.of)?.into_iter().map(Ruling::Measure);
                let refusals = words(&it.of_refusals)?.into_iter().map(Ruling::Refusal);
                Event::AppealNoticed(
                    Appeal::new(word(&it.appeal)?, measures.chain(refusals))
                        .within(optional_scope(it.scope.as_ref())?),
                )
            }
            EventWire::AppealDecided(it) => {
                let mut judgment = Judgment::new(word(&it.judgment)?, word(&it.appeal)?);
                for ruled in &it.disposition {
                    judgment = judgment.ruling(self.ruled(ruled, at)?);
                }
                judgment.mandate = match it.mandate {
                    MandateWire::Awaited => MandateTerm::Awaited,
                    MandateWire::Immediate => MandateTerm::Immediate,
                };
                Event::AppealDecided(judgment)
            }
            EventWire::MandateIssued(it) => Event::MandateIssued { appeal: word(&it.appeal)? },
            EventWire::AppealAnnounced(it) => Event::AppealAnnounced { of: self.measures(&it.of)? },
            EventWire::MotionFiled(it) => {
                Event::MotionFiled { seeks: it.seeks, against: self.measures(&it.against)? }
            }
            EventWire::ReliefRefused(it) => {
                Event::ReliefRefused { kind: it.kind, against: self.measures(&it.against)? }
            }
            EventWire::ProceedingNoted(it) => {
                Event::ProceedingNoted { about: self.measures(&it.about)?, what: it.what }
            }
            other => market_event(other, at)?,
        })
    }

    fn ruled(&self, wire: &DispositionWire, at: usize) -> Placing<Ruled> {
        let ruling = match (&wire.ruling, &wire.refusal) {
            (Some(ruling), None) => Ruling::Measure(self.measure(ruling)?),
            (None, Some(refusal)) => Ruling::Refusal(word(refusal)?),
            _ => return Err((at, exactly_one("a disposition", "`ruling`, `refusal`"))),
        };
        let scope = optional_scope(wire.scope.as_ref())?;
        Ok(Ruled { ruling, disposition: wire.disposition, scope })
    }

    fn measures(&self, names: &[Text]) -> Placing<BTreeSet<Measure>> {
        names.iter().map(|name| self.measure(name)).collect()
    }

    fn measure(&self, name: &Text) -> Placing<Measure> {
        self.0.measure(&name.value).ok_or_else(|| {
            let (target, suggestion) = (name.value.clone(), crate::error::Suggestion::default());
            (line(name), ReadProblem::UnknownTarget { target, suggestion })
        })
    }
}

fn market_event(wire: EventWire, at: usize) -> Placing<Event> {
    let place = "an entry `control-transferred`";
    Ok(match wire {
        EventWire::ControlTransferred(it) => {
            let of = match (&it.app, &it.organization) {
                (Some(app), None) => Controlled::App(word(app)?),
                (None, Some(organization)) => Controlled::Organization(word(organization)?),
                _ => return Err((at, exactly_one(place, "`app`, `organization`"))),
            };
            let to = match (&it.to, &it.shares, it.released) {
                (Some(to), None, false) => Holdings::sole(word(to)?),
                (None, Some(shares), false) => holdings(shares)?,
                (None, None, true) => Holdings::none(),
                _ => return Err((at, exactly_one(place, "`to`, `shares`, `released`"))),
            };
            Event::ControlTransferred { of, to }
        }
        EventWire::PublisherChanged(it) => Event::PublisherChanged {
            app: word(&it.app)?,
            store: it.store.as_ref().map(word).transpose()?,
            to: word(&it.to)?,
        },
        EventWire::AppRenamed(it) => Event::AppRenamed { app: word(&it.app)?, name: it.name },
        EventWire::AppSucceeded(it) => Event::AppSucceeded { app: word(&it.app)?, by: word(&it.successor)? },
        EventWire::CategoryJoined(it) => {
            Event::CategoryJoined { app: word(&it.app)?, category: word(&it.category)? }
        }
        EventWire::CategoryLeft(it) => {
            Event::CategoryLeft { app: word(&it.app)?, category: word(&it.category)? }
        }
        EventWire::ListingAssigned(it) => Event::ListingAssigned {
            app: word(&it.app)?,
            store: word(&it.store)?,
            listing: word(&it.listing)?,
        },
        EventWire::ListingRetired(it) => {
            Event::ListingRetired { store: word(&it.store)?, listing: word(&it.listing)? }
        }
        EventWire::EntryRetracted(it) => Event::EntryRetracted { entry: word(&it.entry)? },
        _ => return Err((at, ReadProblem::Unfit { message: "this event is of no known kind".to_owned() })),
    })
}

fn holdings(wire: &Placed<Vec<ShareWire>>) -> Placing<Holdings> {
    let share = |it: &ShareWire| Ok((word(&it.organization)?, percent(&it.percent)?));
    let shares = wire.value.iter().map(share).collect::<Placing<Vec<_>>>()?;
    Holdings::shares(shares).map_err(|error| (wire.number(), error.into()))
}

fn held_by(wire: &[HeldByWire]) -> Placing<Vec<AppSelector>> {
    wire.iter()
        .map(|it| {
            let (organization, at_least) = (word(&it.organization)?, percent(&it.at_least)?);
            Ok(AppSelector::Holder { organization, at_least })
        })
        .collect()
}

fn percent(wire: &Placed<NumberWire>) -> Placing<Percent> {
    wire.value.0.parse().map_err(|error: PercentError| (wire.number(), error.into()))
}

fn clause(wire: &ClauseWire) -> Placing<Restriction> {
    let place = &wire.scope.value;
    let at = wire.scope.number();
    let names_apps =
        [&place.apps, &place.successors_of, &place.owned_by, &place.published_by, &place.categories]
            .into_iter()
            .any(Option::is_some)
            || place.held_by.is_some();
    let needed =
        [("apps", names_apps), ("territories", place.territories.is_some()), ("acts", place.acts.is_some())];
    for (field, there) in needed {
        if !there {
            let place = "the scope of a clause".to_owned();
            return Err((at, ReadProblem::MissingField { field: field.to_owned(), place }));
        }
    }
    Ok(Restriction::new(word(&wire.id)?, wire.directive, scope(&wire.scope)?)
        .during(span(wire.from.as_ref(), wire.until.as_ref())?))
}

fn parties(wire: &PartiesWire) -> Placing<Parties> {
    Ok(Parties::Only {
        organizations: words(&wire.organizations)?.into_iter().collect(),
        stores: words(&wire.stores)?.into_iter().collect(),
        persons: words(&wire.persons)?.into_iter().collect(),
    })
}

fn optional_scope(wire: Option<&Placed<ScopeWire>>) -> Placing<Scope> {
    wire.map_or_else(|| Ok(Scope::everything()), scope)
}

fn scope(placed: &Placed<ScopeWire>) -> Placing<Scope> {
    let (wire, at) = (&placed.value, placed.number());
    let none = ExceptWire::default();
    let except = wire.except.as_deref().unwrap_or(&none);
    let apps = [
        part("apps", wire.apps.as_deref(), AppSelector::App, at)?,
        part("successors-of", wire.successors_of.as_deref(), AppSelector::AppAndSuccessors, at)?,
        part("owned-by", wire.owned_by.as_deref(), AppSelector::Owner, at)?,
        part("published-by", wire.published_by.as_deref(), AppSelector::Publisher, at)?,
        part("categories", wire.categories.as_deref(), AppSelector::Category, at)?,
        match wire.held_by.as_deref() {
            None => Part::Absent,
            Some([]) => return Err((at, ReadProblem::EmptyList { field: "held-by" })),
            Some(held) => Part::Named(held_by(held)?),
        },
    ];
    if apps.iter().any(|part| matches!(part, Part::All))
        && apps.iter().any(|part| matches!(part, Part::Named(_)))
    {
        return Err((at, ReadProblem::StarAmongOthers { field: "apps" }));
    }
    Ok(Scope {
        apps: selection(&apps)
            .but(listed(&except.apps, AppSelector::App)?)
            .but(listed(&except.successors_of, AppSelector::AppAndSuccessors)?)
            .but(listed(&except.owned_by, AppSelector::Owner)?)
            .but(listed(&except.published_by, AppSelector::Publisher)?)
            .but(listed(&except.categories, AppSelector::Category)?)
            .but(held_by(&except.held_by)?),
        stores: selection(&[part("stores", wire.stores.as_deref(), |store: Store| store, at)?]).but(words::<
            Store,
        >(
            &except.stores,
        )?),
        territories: selection(&[part("territories", wire.territories.as_deref(), |it: Territory| it, at)?])
            .but(words::<Territory>(&except.territories)?),
        acts: selection(&[part("acts", wire.acts.as_deref(), |act: Act| act, at)?])
            .but(words::<Act>(&except.acts)?),
    })
}

/// The fields in which `*` stands for all. All owners would be another thing than all apps.
const TAKING_ALL: [&str; 4] = ["apps", "stores", "territories", "acts"];

/// One field of a selection: absent, all, or the members named.
enum Part<T> {
    Absent,
    All,
    Named(Vec<T>),
}

fn part<I, T>(
    field: &'static str,
    wire: Option<&[Text]>,
    member: impl Fn(I) -> T,
    at: usize,
) -> Placing<Part<T>>
where
    I: FromStr,
    ReadProblem: From<I::Err>,
{
    match wire {
        None => Ok(Part::Absent),
        Some([]) => Err((at, ReadProblem::EmptyList { field })),
        Some([only]) if only.value == "*" && TAKING_ALL.contains(&field) => Ok(Part::All),
        Some(members) => match members.iter().find(|member| member.value == "*") {
            Some(star) if TAKING_ALL.contains(&field) => {
                Err((line(star), ReadProblem::StarAmongOthers { field }))
            }
            _ => Ok(Part::Named(listed(members, member)?)),
        },
    }
}

fn selection<T: Ord + Clone>(parts: &[Part<T>]) -> Selection<T> {
    let mut named: Option<Vec<T>> = None;
    for part in parts {
        match part {
            Part::Absent => {}
            Part::All => return Selection::all(),
            Part::Named(members) => named.get_or_insert_default().extend(members.iter().cloned()),
        }
    }
    named.map_or_else(Selection::all, Selection::only)
}

fn listed<I, T>(wire: &[Text], member: impl Fn(I) -> T) -> Placing<Vec<T>>
where
    I: FromStr,
    ReadProblem: From<I::Err>,
{
    Ok(words::<I>(wire)?.into_iter().map(member).collect())
}

fn words<I>(wire: &[Text]) -> Placing<Vec<I>>
where
    I: FromStr,
    ReadProblem: From<I::Err>,
{
    wire.iter().map(word).collect()
}

fn word<I>(wire: &Text) -> Placing<I>
where
    I: FromStr,
    ReadProblem: From<I::Err>,
{
    wire.value.parse().map_err(|error: I::Err| (line(wire), error.into()))
}

fn dated(wire: &Text) -> Placing<Dated> {
    civil::parse(&wire.value).map_err(|error| (line(wire), error.into()))
}

fn span(from: Option<&Text>, until: Option<&Text>) -> Placing<Span> {
    let at = until.or(from).map_or(0, line);
    let (from, until) = (from.map(bound).transpose()?, until.map(bound).transpose()?);
    Span::new(from, until).map_err(|error| (at, error.into()))
}

fn bound(wire: &Text) -> Placing<Bound> {
    match wire.value.strip_prefix("upon ") {
        Some(condition) => {
            condition.parse().map(Bound::Upon).map_err(|error: crate::id::IdError| (line(wire), error.into()))
        }
        None => dated(wire).map(Bound::At),
    }
}

fn exactly_one(place: &str, fields: &'static str) -> ReadProblem {
    ReadProblem::ExactlyOne { place: place.to_owned(), fields }
}

fn line(wire: &Text) -> usize {
    wire.number()
}
