//! What each gene becomes: the events, directed at where courts and agencies make things hard.

use delisted::{
    Act, ConditionId,
    law::{
        AppSelector, Appeal, Bound, Directive, Disposition, Ending, Forbearance, Instrument, InstrumentKind,
        Judgment, Manner, Measure, Parties, Relief, ReliefKind, Restriction, RestrictionId, Ruled, Ruling,
        Scope, Selection, Span,
    },
    market::Percent,
    register::{Controlled, Entry, Event, Holdings},
};

use super::genome::{Grower, Review, app, dated, noon, organization, store, territory};

/// The numbers of a gene, but for its times.
pub(crate) struct Dna {
    pub(crate) kind: u8,
    pub(crate) target: u8,
    pub(crate) other: u8,
    pub(crate) scope: u8,
    pub(crate) scope2: u8,
    pub(crate) span: u8,
    pub(crate) span2: u8,
    pub(crate) more: u8,
}

/// The event that a gene stands for; without the target that it needs, a simpler one.
pub(crate) fn event(grower: &Grower, dna: &Dna) -> Event {
    let wanted = match dna.kind {
        0..=27 => None,
        28..=33 => added_clause(grower, dna),
        34..=59 => injunction(grower, dna),
        60..=84 => stay_of_relief(grower, dna),
        85..=94 => second_shield(grower, dna),
        95..=108 => restraining_order(grower, dna),
        109..=119 => dissolution(grower, dna),
        120..=130 => ending(grower, dna),
        131..=140 => against_ending(grower, dna),
        141..=158 => appeal(grower, dna),
        159..=175 => judgment(grower, dna),
        176..=185 => mandate(grower),
        186..=191 => stay_pending_appeal(grower, dna),
        192..=205 => forbearance(grower, dna),
        206..=212 => moved(grower, dna),
        213..=216 => Some(condition_met(dna)),
        217..=233 => Some(transfer(dna)),
        234..=238 => Some(market(dna)),
        239..=243 => idle(grower, dna),
        _ => retraction(grower, dna),
    };
    wanted.unwrap_or_else(|| order(grower, dna))
}

fn order(grower: &Grower, dna: &Dna) -> Event {
    let kind = match dna.other % 8 {
        7 => InstrumentKind::Request,
        6 => InstrumentKind::Statute,
        _ => InstrumentKind::AgencyOrder,
    };
    let mut order = Instrument::new(grower.name("o").parse().unwrap(), kind, "Order")
        .with_clause(clause(grower, "1", dna));
    if dna.other / 8 % 4 == 3 {
        let second = Dna { scope: dna.scope2, scope2: dna.more, span: dna.span2, span2: dna.span, ..*dna };
        order = order.with_clause(clause(grower, "2", &second));
    }
    if dna.target % 4 == 3
        && let Some(under) = Grower::newest(&grower.orders, dna.target / 4)
    {
        order = order.issued_under(under.clone());
    }
    if dna.more % 16 == 15 {
        order = order.during(span(grower, dna.span2));
    }
    Event::InstrumentIssued(order)
}

fn added_clause(grower: &Grower, dna: &Dna) -> Option<Event> {
    let instrument = Grower::newest(&grower.orders, dna.target)?.clone();
    Some(Event::RestrictionAdded { instrument, restriction: clause(grower, &grower.name("c"), dna) })
}

fn clause(grower: &Grower, name: &str, dna: &Dna) -> Restriction {
    let directive = if dna.more % 8 == 7 { Directive::Compel } else { Directive::Prohibit };
    let apps = match dna.scope % 16 {
        0..=4 => vec![AppSelector::App(app(0))],
        5 => vec![AppSelector::App(app(5)), AppSelector::App(app(0))],
        6..=9 => vec![AppSelector::Owner(organization(dna.scope / 16))],
        10 => vec![AppSelector::Publisher(organization(dna.scope / 16))],
        12 if (dna.scope / 16).is_multiple_of(4) => vec![AppSelector::Category("vpn".parse().unwrap())],
        11 | 12 => {
            let organization = organization(dna.scope / 16);
            vec![AppSelector::Holder { organization, at_least: percent(dna.scope / 16) }]
        }
        13 => vec![AppSelector::AppAndSuccessors(app(7))],
        14 => vec![AppSelector::AppAndSuccessors(app(5)), AppSelector::Owner(organization(dna.scope / 16))],
        _ => vec![],
    };
    let mut scope = Scope::apps(apps.clone());
    if apps.is_empty() {
        scope.apps = Selection::all().but([AppSelector::Owner(organization(dna.scope / 16))]);
    }
    Restriction::new(name.parse().unwrap(), directive, part(scope, dna.scope2)).during(span(grower, dna.span))
}

/// The scope within some territories, acts and stores.
fn part(mut scope: Scope, number: u8) -> Scope {
    let (us, montana) = (territory("US"), territory("US-MT"));
    scope.territories = match number % 8 {
        0..=2 => Selection::only([us]),
        3 => Selection::all(),
        4 => Selection::only([montana]),
        5 => Selection::only([us]).but([montana]),
        6 => Selection::only([territory("US-CA"), territory("IN")]),
        _ => Selection::all().but([territory("US-CA")]),
    };
    scope.acts = match number / 8 % 8 {
        0..=4 => Selection::all(),
        5 => Selection::only([Act::Download]),
        6 => Selection::only([Act::Hosting, Act::Update]),
        _ => Selection::all().but([Act::Update]),
    };
    if number / 64 == 3 {
        scope.stores = Selection::only([store(number)]);
    }
    scope
}

/// Everything, and for one number in four a part only.
fn mostly_everything(number: u8) -> Scope {
    if number % 4 == 3 { part(Scope::everything(), number / 4) } else { Scope::everything() }
}

fn span(grower: &Grower, number: u8) -> Span {
    let at = |later: u8| Bound::At(dated(grower.slot(later), number / 16 % 4 == 3));
    let span = match number % 16 {
        8 | 9 => Span::new(Some(at(1)), None),
        10 => Span::new(Some(at(2)), Some(at(4))),
        11 => Span::new(Some(condition(number / 16).into()), None),
        12 => Span::new(None, Some(condition(number / 16).into())),
        13 | 14 => Span::new(None, Some(at(3))),
        15 => Span::new(Some(at(1)), Some(condition(number / 16).into())),
        _ => Ok(Span::default()),
    };
    span.unwrap_or_default()
}

fn condition(number: u8) -> ConditionId {
    (if number.is_multiple_of(2) { "met" } else { "published" }).parse().unwrap()
}

/// An order, or one of its clauses.
fn order_or_clause(grower: &Grower, number: u8) -> Option<Measure> {
    if number.is_multiple_of(2) {
        Grower::newest(&grower.orders, number / 2).cloned().map(Measure::from)
    } else {
        Grower::newest(&grower.clauses, number / 2).cloned()
    }
}

/// Anything at which relief may be aimed.
fn any_measure(grower: &Grower, number: u8) -> Option<Measure> {
    let relief = || Grower::newest(&grower.relief, number / 4).map(|(relief, _)| relief.clone());
    let ending = || Grower::newest(&grower.endings, number / 4).cloned();
    match number % 4 {
        0 => order_or_clause(grower, number / 4),
        1 => relief().or_else(|| order_or_clause(grower, number / 4)),
        2 => ending().or_else(relief).or_else(|| order_or_clause(grower, number / 4)),
        _ => Grower::newest(&grower.forbearance, number / 4).cloned().map(Measure::from).or_else(relief),
    }
}

fn relief(grower: &Grower, dna: &Dna, kind: ReliefKind, against: Vec<Measure>) -> Relief {
    let protects = match dna.span2 % 16 {
        12 => Parties::only().person("party".parse().unwrap()),
        13 => Parties::only().store(store(dna.span2 / 16)),
        14 => Parties::only().organization(organization(dna.span2 / 16)),
        15 => Parties::only().organization(organization(dna.span2 / 16)).person("party".parse().unwrap()),
        _ => Parties::Everyone,
    };
    Relief::new(grower.name("r").parse().unwrap(), kind, against)
        .within(mostly_everything(dna.scope))
        .protecting(protects)
}

fn injunction(grower: &Grower, dna: &Dna) -> Option<Event> {
    let kind = [
        ReliefKind::PreliminaryInjunction,
        ReliefKind::PermanentInjunction,
        ReliefKind::Stay,
        ReliefKind::TemporaryPermission,
    ];
    let mut against = vec![order_or_clause(grower, dna.target)?];
    if dna.other % 8 == 7 {
        against.extend(any_measure(grower, dna.other / 8));
    }
    let kind = kind.into_iter().nth(usize::from(dna.other % 4))?;
    Some(Event::ReliefGranted(relief(grower, dna, kind, against).during(span(grower, dna.span))))
}

fn stay_of_relief(grower: &Grower, dna: &Dna) -> Option<Event> {
    let (target, _) = Grower::newest(&grower.relief, dna.target % 5)?;
    let kind = if dna.other.is_multiple_of(2) { ReliefKind::Stay } else { ReliefKind::AdministrativeStay };
    Some(Event::ReliefGranted(relief(grower, dna, kind, vec![target.clone()]).during(span(grower, dna.span))))
}

/// Relief of another court against what other relief is against already.
fn second_shield(grower: &Grower, dna: &Dna) -> Option<Event> {
    let (_, against) = Grower::newest(&grower.relief, dna.target % 4)?;
    Some(Event::ReliefGranted(relief(grower, dna, ReliefKind::PreliminaryInjunction, against.clone())))
}

fn restraining_order(grower: &Grower, dna: &Dna) -> Option<Event> {
    let target = order_or_clause(grower, dna.target)?;
    let until = Span::until_end(dated(grower.slot(1 + dna.span % 3), dna.span.is_multiple_of(5)));
    let order = relief(grower, dna, ReliefKind::TemporaryRestrainingOrder, vec![target]);
    Some(Event::ReliefGranted(order.during(until)))
}

fn ended(grower: &Grower, dna: &Dna, manner: Manner, target: Measure) -> Event {
    let ending = Ending::new(grower.name("e").parse().unwrap(), manner, [target]);
    Event::MeasureEnded(ending.within(mostly_everything(dna.scope)))
}

fn dissolution(grower: &Grower, dna: &Dna) -> Option<Event> {
    let (target, _) = Grower::newest(&grower.relief, dna.target)?;
    Some(ended(grower, dna, Manner::Dissolved, target.clone()))
}

fn ending(grower: &Grower, dna: &Dna) -> Option<Event> {
    let manner = [Manner::Rescinded, Manner::Vacated, Manner::Superseded, Manner::Mooted];
    let target = order_or_clause(grower, dna.target)?;
    Some(ended(grower, dna, manner.into_iter().nth(usize::from(dna.other % 4))?, target))
}

/// An ending that is itself stayed or undone.
fn against_ending(grower: &Grower, dna: &Dna) -> Option<Event> {
    let target = Grower::newest(&grower.endings, dna.target)?.clone();
    Some(if dna.other.is_multiple_of(2) {
        ended(grower, dna, Manner::Vacated, target)
    } else {
        Event::ReliefGranted(
            relief(grower, dna, ReliefKind::Stay, vec![target]).during(span(grower, dna.span)),
        )
    })
}

fn appeal(grower: &Grower, dna: &Dna) -> Option<Event> {
    let mut of: Vec<Ruling> = vec![any_measure(grower, dna.target)?.into()];
    if dna.other % 4 == 3 {
        of = Grower::newest(&grower.refusals, dna.other / 4)
            .cloned()
            .map(Ruling::Refusal)
            .into_iter()
            .collect();
    }
    if dna.more % 8 == 7 || of.is_empty() {
        of.extend(any_measure(grower, dna.more / 8).map(Ruling::from));
    }
    let appeal = Appeal::new(grower.name("a").parse().unwrap(), of);
    Some(Event::AppealNoticed(appeal.within(mostly_everything(dna.scope))))
}

fn judgment(grower: &Grower, dna: &Dna) -> Option<Event> {
    let open: Vec<&Review> = grower.reviews.iter().filter(|review| !review.decided).collect();
    let review = Grower::newest(&open, dna.target)?;
    let mut judgment = Judgment::new(grower.name("j").parse().unwrap(), review.appeal.clone());
    let mut number = dna.other;
    for ruling in &review.of {
        let disposition = match number % 8 {
            0..=2 => Disposition::Reversed,
            3 | 4 => Disposition::Vacated,
            5 => Disposition::Affirmed,
            6 => Disposition::Remanded,
            _ => Disposition::Dismissed,
        };
        let mut ruled = Ruled::new(clause_of(grower, ruling, dna.span2), disposition);
        if dna.scope % 4 == 3 {
            ruled = ruled.within(part(Scope::everything(), dna.scope2));
            let rest = if dna.more.is_multiple_of(2) { Disposition::Vacated } else { Disposition::Affirmed };
            judgment = judgment.ruling(ruled).ruling(Ruled::new(ruling.clone(), rest));
        } else {
            judgment = judgment.ruling(ruled);
        }
        number = number.wrapping_add(dna.more);
    }
    Some(Event::AppealDecided(if dna.span.is_multiple_of(2) { judgment } else { judgment.at_once() }))
}

/// The ruling, or where it is an instrument, sometimes one of its clauses only.
fn clause_of(grower: &Grower, ruling: &Ruling, number: u8) -> Ruling {
    let Ruling::Measure(Measure::Instrument(instrument)) = ruling else { return ruling.clone() };
    let of_it =
        |clause: &&Measure| matches!(clause, Measure::Restriction(id) if id.instrument() == instrument);
    match grower.clauses.iter().find(of_it) {
        Some(clause) if number % 4 == 3 => clause.clone().into(),
        _ => ruling.clone(),
    }
}

fn mandate(grower: &Grower) -> Option<Event> {
    let review = grower.reviews.iter().rev().find(|review| review.awaits_mandate)?;
    Some(Event::MandateIssued { appeal: review.appeal.clone() })
}

fn stay_pending_appeal(grower: &Grower, dna: &Dna) -> Option<Event> {
    let review = Grower::newest(&grower.reviews, dna.target)?;
    let against = review.of.iter().filter_map(|ruling| match ruling {
        Ruling::Measure(measure @ (Measure::Relief(_) | Measure::Ending(_) | Measure::Instrument(_))) => {
            Some(measure.clone())
        }
        _ => None,
    });
    let against: Vec<Measure> = against.collect();
    let against = if against.is_empty() { vec![order_or_clause(grower, dna.other)?] } else { against };
    let stay = relief(grower, dna, ReliefKind::StayPendingAppeal, against).pending(review.appeal.clone());
    Some(Event::ReliefGranted(stay))
}

fn forbearance(grower: &Grower, dna: &Dna) -> Option<Event> {
    let target = order_or_clause(grower, dna.target)?;
    let forbearance = Forbearance::new(grower.name("f").parse().unwrap(), [target]);
    Some(Event::EnforcementForborne(
        forbearance.within(mostly_everything(dna.scope)).during(span(grower, dna.span)),
    ))
}

fn moved(grower: &Grower, dna: &Dna) -> Option<Event> {
    let measure = any_measure(grower, dna.target)?;
    let at = Bound::At(noon(grower.slot(dna.span % 4)).into());
    let bound = if dna.span2 % 8 == 7 { condition(dna.span).into() } else { at };
    Some(match (dna.other % 4, measure) {
        (0, measure) => Event::EndMoved { measure, until: None },
        (1, measure) => Event::EndMoved { measure, until: Some(bound) },
        (_, measure) => Event::StartMoved { measure, from: bound },
    })
}

fn condition_met(dna: &Dna) -> Event {
    Event::ConditionMet { condition: condition(dna.target), scope: mostly_everything(dna.scope) }
}

fn transfer(dna: &Dna) -> Event {
    let of = match dna.target % 4 {
        0 | 1 => Controlled::App(app(dna.target / 4)),
        _ => Controlled::Organization(organization(dna.target / 4)),
    };
    Event::ControlTransferred { of, to: holdings(dna.other) }
}

/// One owner, two or three in parts, or none.
fn holdings(number: u8) -> Holdings {
    let to = number / 8;
    match number % 8 {
        0..=3 => Holdings::sole(organization(to)),
        4 => Holdings::none(),
        5 => Holdings::shares([(organization(to), percent(to / 3))]).unwrap(),
        6 => {
            let rest = Percent::WHOLE.hundredths() - percent(to / 3).hundredths();
            let rest = format!("{}.{:02}", rest / 100, rest % 100).parse().ok();
            let parts =
                [Some((organization(to), percent(to / 3))), rest.map(|rest| (organization(to + 1), rest))];
            Holdings::shares(parts.into_iter().flatten()).unwrap()
        }
        _ => {
            let parts = if to.is_multiple_of(2) { ["30", "30", "40"] } else { ["50", "25.5", "24.5"] };
            let part = |(other, part): (u8, &str)| (organization(to + other), part.parse().unwrap());
            Holdings::shares((0..3).zip(parts).map(part)).unwrap()
        }
    }
}

/// Parts about the half, and about the fifth that laws speak of.
fn percent(number: u8) -> Percent {
    let parts = ["60", "50.01", "20", "50", "75", "19.99", "60", "30"];
    parts.get(usize::from(number) % parts.len()).unwrap().parse().unwrap()
}

fn market(dna: &Dna) -> Event {
    let (app, category) = (app(dna.target), "vpn".parse().unwrap());
    match dna.other % 8 {
        0 => Event::CategoryJoined { app, category },
        1 => Event::CategoryLeft { app, category },
        2 => Event::AppRenamed { app, name: "Renamed".to_owned() },
        3 => Event::AppSucceeded { app: super::genome::app(7), by: super::genome::app(dna.scope) },
        4 => Event::AppSucceeded { app, by: super::genome::app(dna.scope) },
        5 => Event::PublisherChanged { app, store: None, to: organization(dna.scope) },
        _ => Event::PublisherChanged { app, store: Some(store(dna.scope2)), to: organization(dna.scope) },
    }
}

/// What changes nothing in force, however loudly it is reported.
fn idle(grower: &Grower, dna: &Dna) -> Option<Event> {
    let target = any_measure(grower, dna.target)?;
    let kind = ReliefKind::PreliminaryInjunction;
    Some(match dna.other % 8 {
        0..=4 => Event::ReliefRefused { kind, against: [target].into() },
        5 => Event::MotionFiled { seeks: kind, against: [target].into() },
        6 => Event::AppealAnnounced { of: [target].into() },
        _ => Event::ProceedingNoted { about: [target].into(), what: "heard".to_owned() },
    })
}

fn retraction(grower: &Grower, dna: &Dna) -> Option<Event> {
    let entry = Grower::newest(grower.register.entries(), dna.target % 3)?;
    Some(Event::EntryRetracted { entry: entry.id().clone() })
}

/// What a correction says instead: the same thing otherwise.
pub(crate) fn restated(grower: &Grower, entry: &Entry, dna: &Dna) -> Event {
    match entry.event().clone() {
        Event::ReliefGranted(it) => Event::ReliefGranted(it.within(mostly_everything(dna.scope))),
        Event::MeasureEnded(it) => Event::MeasureEnded(it.within(mostly_everything(dna.scope))),
        Event::ControlTransferred { of, .. } => Event::ControlTransferred { of, to: holdings(dna.other) },
        Event::InstrumentIssued(mut it) => {
            for restriction in &mut it.clauses {
                restriction.span = span(grower, dna.span);
            }
            Event::InstrumentIssued(it)
        }
        same => same,
    }
}

/// The texts of what an event is aimed at or rests on.
pub(crate) fn targets(event: &Event) -> Vec<String> {
    let texts = |measures: &std::collections::BTreeSet<Measure>| -> Vec<String> {
        measures.iter().map(ToString::to_string).collect()
    };
    match event {
        Event::InstrumentIssued(it) => it.under.iter().map(ToString::to_string).collect(),
        Event::RestrictionAdded { instrument, .. } => vec![instrument.to_string()],
        Event::ReliefGranted(it) => {
            texts(&it.against).into_iter().chain(it.pending.iter().map(ToString::to_string)).collect()
        }
        Event::MeasureEnded(it) => texts(&it.ends),
        Event::EnforcementForborne(it) => texts(&it.of),
        Event::StartMoved { measure, .. } | Event::EndMoved { measure, .. } => vec![measure.to_string()],
        Event::ConditionMet { condition, .. } => vec![condition.to_string()],
        Event::AppealNoticed(it) => it.of.iter().map(ToString::to_string).collect(),
        Event::AppealDecided(it) => {
            let rulings = it.dispositions.iter().map(|ruled| ruled.ruling.to_string());
            rulings.chain([it.appeal.to_string()]).collect()
        }
        Event::MandateIssued { appeal } => vec![appeal.to_string(), format!("judgment of {appeal}")],
        Event::AppealAnnounced { of: against }
        | Event::MotionFiled { against, .. }
        | Event::ReliefRefused { against, .. }
        | Event::ProceedingNoted { about: against, .. } => texts(against),
        Event::EntryRetracted { entry } => vec![entry.to_string()],
        _ => vec![],
    }
}

/// The texts of what an entry introduces.
pub(crate) fn introduces(entry: &Entry) -> Vec<String> {
    let mut texts = vec![entry.id().to_string()];
    let conditions = |span: &Span| span.conditions().map(ToString::to_string).collect::<Vec<_>>();
    match entry.event() {
        Event::InstrumentIssued(it) => {
            texts.push(it.instrument.to_string());
            texts.extend(conditions(&it.span));
            for clause in &it.clauses {
                texts.push(RestrictionId::new(it.instrument.clone(), clause.clause.clone()).to_string());
                texts.extend(conditions(&clause.span));
            }
        }
        Event::RestrictionAdded { instrument, restriction } => {
            texts.push(RestrictionId::new(instrument.clone(), restriction.clause.clone()).to_string());
            texts.extend(conditions(&restriction.span));
        }
        Event::ReliefGranted(it) => {
            texts.push(it.relief.to_string());
            texts.extend(conditions(&it.span));
        }
        Event::MeasureEnded(it) => texts.push(it.ending.to_string()),
        Event::EnforcementForborne(it) => {
            texts.push(it.forbearance.to_string());
            texts.extend(conditions(&it.span));
        }
        Event::AppealNoticed(it) => texts.push(it.appeal.to_string()),
        Event::AppealDecided(it) => {
            texts.extend([it.judgment.to_string(), format!("judgment of {}", it.appeal)]);
        }
        Event::StartMoved { from: Bound::Upon(condition), .. }
        | Event::EndMoved { until: Some(Bound::Upon(condition)), .. } => texts.push(condition.to_string()),
        _ => {}
    }
    texts
}

/// Makes what an entry introduced a target for those to come.
pub(crate) fn pool(grower: &mut Grower, entry: &Entry) {
    match entry.event() {
        Event::InstrumentIssued(it) => {
            grower.orders.push(it.instrument.clone());
            for clause in &it.clauses {
                grower.clauses.push(RestrictionId::new(it.instrument.clone(), clause.clause.clone()).into());
            }
        }
        Event::RestrictionAdded { instrument, restriction } => {
            grower.clauses.push(RestrictionId::new(instrument.clone(), restriction.clause.clone()).into());
        }
        Event::ReliefGranted(it) => {
            grower.relief.push((it.relief.clone().into(), it.against.iter().cloned().collect()));
        }
        Event::MeasureEnded(it) => grower.endings.push(it.ending.clone().into()),
        Event::EnforcementForborne(it) => grower.forbearance.push(it.forbearance.clone()),
        Event::AppealNoticed(it) => grower.reviews.push(Review {
            appeal: it.appeal.clone(),
            of: it.of.iter().cloned().collect(),
            decided: false,
            awaits_mandate: false,
        }),
        Event::AppealDecided(it) => {
            grower.endings.push(it.judgment.clone().into());
            for review in grower.reviews.iter_mut().filter(|review| review.appeal == it.appeal) {
                review.decided = true;
                review.awaits_mandate = it.mandate == delisted::law::MandateTerm::Awaited;
            }
        }
        Event::MandateIssued { appeal } => {
            for review in grower.reviews.iter_mut().filter(|review| review.appeal == *appeal) {
                review.awaits_mandate = false;
            }
        }
        Event::ReliefRefused { .. } => grower.refusals.push(entry.id().clone()),
        _ => {}
    }
}
