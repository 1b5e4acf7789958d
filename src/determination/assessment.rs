//! The answer for one subject, put together from the rule's answers for each place within its territory, and
//! the tree of everything that bears on it.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};

use super::{
    Determination, Extent, Ground, GroundStatus, Requirement, Role,
    operative::{Rule, Standing, is_over},
    uncertainty,
};
use crate::{
    AppealId, Register,
    law::{AppSelector, Bound, Directive, Measure, Relief, Scope, Span},
    market::Subject,
    register::{Controlled, Entry, Event, Stake, Thing, View},
    time::AsOf,
};

/// One entry in the tree of what bears on an answer, before it is put into words.
#[derive(Debug, Clone)]
pub(crate) struct Node<'a> {
    pub(crate) depth: usize,
    pub(crate) entry: &'a Entry,
    pub(crate) measure: Option<Measure>,
    pub(crate) role: Role,
    pub(crate) status: GroundStatus,
    pub(crate) in_part: bool,
    /// How a measure stands in each place that the assessment tells apart, where it reaches it.
    pub(crate) standings: Vec<Option<GroundStatus>>,
}

/// How a measure stands over a territory.
struct Stands {
    /// The most effective of its standings.
    best: GroundStatus,
    /// Whether it stands so in a part only.
    in_part: bool,
    /// Each of them, place by place.
    standings: Vec<Option<GroundStatus>>,
}

impl Stands {
    /// A measure that reaches no place.
    fn nowhere(best: GroundStatus) -> Self {
        Self { best, in_part: false, standings: Vec::new() }
    }
}

/// A subject at an instant, with the rule applied in each place that some scope tells apart.
pub(crate) struct Assessment<'a> {
    view: View<'a>,
    subject: &'a Subject,
    at: DateTime<Utc>,
    /// One for the territory, or for its remainder and each part of it that the register mentions.
    rules: Vec<Rule<'a>>,
    candidates: BTreeSet<&'a Measure>,
}

impl<'a> Assessment<'a> {
    pub(crate) fn new(register: &'a Register, subject: &'a Subject, as_of: AsOf) -> Self {
        Self::of(View::new(register, as_of.known()), subject, as_of.effective())
    }

    /// The same through a view that takes some uncertain times at their earliest.
    pub(super) fn of(view: View<'a>, subject: &'a Subject, at: DateTime<Utc>) -> Self {
        let territory = subject.territory();
        let places =
            std::iter::once(territory).chain(view.facts().parts(territory).filter(|part| *part != territory));
        let rules = places.map(|place| Rule::new(view, subject, place.clone(), at)).collect();
        Self { view, subject, at, rules, candidates: view.candidates(subject.app()) }
    }

    pub(crate) fn view(&self) -> View<'a> {
        self.view
    }

    pub(crate) fn determination(&self, nodes: &[Node<'a>]) -> Determination {
        let (mut prohibited, mut compelled) = (Vec::new(), Vec::new());
        let mut unenforced = true;
        let mut answers = BTreeSet::new();
        let mut suspended = false;
        let mut contested = BTreeSet::new();
        for rule in &self.rules {
            let mut here = (false, false);
            let mut suspended_here = false;
            for measure in &self.candidates {
                if let Some(command) = rule.commands(measure) {
                    match command {
                        Directive::Prohibit => here.0 = true,
                        Directive::Compel => here.1 = true,
                    }
                    unenforced &= rule.forborne(measure);
                }
                let directive = self.directive(measure);
                if directive.is_some() && rule.binds(measure) {
                    contested.extend(rule.contested(measure));
                    suspended_here |= directive == Some(Directive::Prohibit)
                        && matches!(rule.standing(measure), Standing::Stands(it) if it.is_suspended());
                }
            }
            // Where a prohibition binds, that relief suspends another one is no part of the answer.
            answers.insert((Requirement::of(here.0, here.1), suspended_here && !here.0));
            suspended |= suspended_here;
            prohibited.push(here.0);
            compelled.push(here.1);
        }
        let (prohibited, compelled) = (Extent::over(&prohibited), Extent::over(&compelled));
        let requirement = Requirement::of(prohibited != Extent::Nowhere, compelled != Extent::Nowhere);
        Determination {
            requirement,
            prohibited,
            compelled,
            unenforced: unenforced && requirement != Requirement::Unrestricted,
            in_part: answers.len() > 1,
            under_appeal: contested.into_iter().next(),
            suspended,
            grounds: grounds(nodes),
            uncertainty: None,
        }
    }

    /// The tree of what bears on the answer, root by root, each followed by what bears on it.
    pub(crate) fn nodes(&self) -> Vec<Node<'a>> {
        let mut roots: Vec<Node<'a>> =
            self.candidates.iter().filter_map(|measure| self.root(measure)).collect();
        roots.sort_by(|one, other| {
            let key = |node: &Node<'a>| {
                let rank = match node.role {
                    Role::Concerns => 2,
                    role if role.commands() => 0,
                    _ => 1,
                };
                let entered = self.view.start(node.entry, node.entry.entered());
                let start = self.start_for_order(node);
                (rank, start, entered, node.entry.id().clone())
            };
            key(one).cmp(&key(other)).then_with(|| one.measure.cmp(&other.measure))
        });
        let mut nodes: Vec<Node<'a>> = Vec::new();
        let mut expanded = BTreeSet::new();
        let mut open: Vec<Node<'a>> = roots;
        open.reverse();
        while let Some(node) = open.pop() {
            let first = node.measure.as_ref().is_none_or(|measure| expanded.insert(measure.clone()));
            // What carries a clause is told with the clause.
            if !first && node.role == Role::Concerns {
                continue;
            }
            if first {
                open.extend(self.bearing_on(&node).into_iter().rev());
            }
            nodes.push(node);
        }
        nodes
    }

    /// When a clause starts by its own text, for the order of the answer.
    fn start_for_order(&self, node: &Node<'a>) -> DateTime<Utc> {
        let stated = match &node.measure {
            Some(Measure::Restriction(id)) => {
                self.view.restriction(id).and_then(|(_, clause)| clause.span.from())
            }
            _ => None,
        };
        match stated {
            Some(Bound::At(start)) => self.view.start(node.entry, start),
            _ => self.view.effective(node.entry),
        }
    }

    fn directive(&self, measure: &Measure) -> Option<Directive> {
        match measure {
            Measure::Restriction(id) => self.view.restriction(id).map(|(_, clause)| clause.directive),
            _ => None,
        }
    }

    /// A clause, or a concerning instrument, that reaches the subject somewhere, or did and has lost it.
    fn root(&self, measure: &Measure) -> Option<Node<'a>> {
        let entry = self.view.introduction(&measure.clone().into())?;
        let binds = self.rules.first().is_none_or(|rule| rule.binds(measure));
        let role = match self.directive(measure) {
            Some(Directive::Prohibit) if !binds => Role::AsksAgainst,
            Some(Directive::Compel) if !binds => Role::AsksFor,
            Some(Directive::Prohibit) => Role::Prohibits,
            Some(Directive::Compel) => Role::Compels,
            None => Role::Concerns,
        };
        let scope = self.scope_of(measure)?;
        let Stands { best: mut status, in_part, standings } =
            self.status(measure, Some(scope)).or_else(|| self.lost(measure, scope))?;
        if !binds && status == GroundStatus::InForce {
            status = GroundStatus::NotBinding;
        }
        Some(Node { depth: 0, entry, measure: Some(measure.clone()), role, status, in_part, standings })
    }

    fn scope_of(&self, measure: &Measure) -> Option<&'a Scope> {
        match measure {
            Measure::Restriction(id) => self.view.restriction(id).map(|(_, clause)| &clause.scope),
            Measure::Instrument(id) => self.view.instrument(id).and_then(|(_, it)| it.concerns.as_ref()),
            _ => None,
        }
    }

    /// How a measure stands over the whole territory, if it stands anywhere.
    fn status(&self, measure: &Measure, reach: Option<&Scope>) -> Option<Stands> {
        let standings: Vec<Option<GroundStatus>> = self
            .rules
            .iter()
            .map(|rule| match rule.standing(measure) {
                Standing::Stands(status) if reach.is_none_or(|scope| rule.covers(scope)) => Some(status),
                _ => None,
            })
            .collect();
        let best = standings.iter().flatten().min().copied()?;
        let in_part = standings.iter().any(|standing| *standing != Some(best));
        Some(Stands { best, in_part, standings })
    }

    /// A clause that is alive and would still reach the app, had the app not left its scope.
    fn lost(&self, measure: &Measure, scope: &Scope) -> Option<Stands> {
        let alive = |rule: &Rule<'a>| {
            rule.covers_but_for_app(scope)
                && rule.status_if_reached(measure).is_some_and(|status| !is_over(status))
        };
        let live = matches!(measure, Measure::Restriction(_)) && self.rules.iter().any(alive);
        let entry = self.view.introduction(&measure.clone().into())?;
        let introduced = self.view.start(entry, entry.entered());
        let left = live && self.loss(scope).is_some_and(|entry| self.view.effective(entry) > introduced);
        left.then(|| Stands::nowhere(GroundStatus::LeftScope))
    }

    /// The last fact of the market by which the app left a scope.
    fn loss(&self, scope: &Scope) -> Option<&'a Entry> {
        let rule = self.rules.first()?;
        self.view
            .market_changes(self.subject.app())
            .into_iter()
            .filter(|entry| self.view.effective(entry) <= self.at)
            .rfind(|entry| {
                let effective = self.view.effective(entry);
                let before = effective.checked_sub_signed(TimeDelta::nanoseconds(1));
                before.is_some_and(|before| rule.selects_app(scope, before))
                    && !rule.selects_app(scope, effective)
            })
    }

    /// What bears directly on a node, in the order in which an answer lists it.
    fn bearing_on(&self, node: &Node<'a>) -> Vec<Node<'a>> {
        let Some(measure) = &node.measure else { return Vec::new() };
        let depth = node.depth.saturating_add(1);
        let below = |entry, measure, role, Stands { best, in_part, standings }: Stands| Node {
            depth,
            entry,
            measure,
            role,
            status: best,
            in_part,
            standings,
        };
        let fact = |entry, role, status| leaf(depth, entry, role, status);
        let mut found = Vec::new();
        if let Some(scope) = self.scope_of(measure).filter(|_| node.depth == 0) {
            let market = match node.status {
                GroundStatus::LeftScope => self.loss(scope).into_iter().collect(),
                _ => self.reached_through(scope),
            };
            found.extend(market.into_iter().map(|entry| fact(entry, Role::Reaches, GroundStatus::InForce)));
            if node.status == GroundStatus::LeftScope {
                return found;
            }
        }
        for entry in self.moves(measure) {
            found.push(fact(entry, Role::Moves, GroundStatus::InForce));
        }
        for entry in self.conditions_met(measure) {
            found.push(fact(entry, Role::Meets, GroundStatus::InForce));
        }
        let mut listed = BTreeSet::new();
        let rulings = self.each(|rule| rule.endings_of(measure).into_iter().map(|it| (it, Role::Ends)));
        let relief =
            self.each(|rule| rule.relief_against(measure).into_iter().map(|it| (it, Role::Suspends)));
        let carrier = self.each(|rule| rule.carrier(measure).into_iter().map(|it| (it, Role::Carries)));
        let judgments =
            self.each(|rule| rule.judgments_on(measure).into_iter().map(|it| (it, Role::Decides)));
        let alone = judgments.into_iter().filter(|(judgment, _)| self.is_told_alone(judgment));
        for (other, role) in rulings.into_iter().chain(relief).chain(carrier).chain(alone) {
            if !listed.insert(other.clone()) {
                continue;
            }
            // What is to carry it may not be there yet, and then that is why it does not bite.
            let awaited = (role == Role::Carries).then(|| Stands::nowhere(GroundStatus::Pending));
            if let Some(entry) = self.view.introduction(&other.clone().into())
                && let Some(stands) = self.status(&other, None).or(awaited)
            {
                found.push(below(entry, Some(other), role, stands));
            }
        }
        let own = self.view.bearing(&measure.clone().into());
        for entry in &own {
            match entry.event() {
                Event::EnforcementForborne(it) => {
                    let forbearance = Measure::from(it.forbearance.clone());
                    if let Some(stands) = self.status(&forbearance, None) {
                        found.push(below(entry, Some(forbearance), Role::Forbears, stands));
                    }
                }
                Event::ReliefGranted(it) if self.passes_by(&it.relief.clone().into()) => {
                    found.push(fact(entry, Role::Notes, GroundStatus::InForce));
                }
                _ if self.view.effective(entry) > self.at => {}
                Event::AppealNoticed(it) if !self.is_covered(&it.scope) => {
                    found.push(fact(entry, Role::Notes, GroundStatus::InForce));
                }
                Event::AppealNoticed(it) => {
                    found.extend(self.review(entry, &it.appeal, depth));
                }
                Event::ReliefRefused { .. } => {
                    // A refusal changes nothing in force; one that is appealed carries the mark.
                    let appeals = self.appeals_of_refusal(entry, depth.saturating_add(1));
                    let role = if appeals.is_empty() { Role::Notes } else { Role::Decides };
                    found.push(fact(entry, role, GroundStatus::InForce));
                    found.extend(appeals);
                }
                Event::AppealAnnounced { .. } | Event::MotionFiled { .. } | Event::ProceedingNoted { .. } => {
                    found.push(fact(entry, Role::Notes, GroundStatus::InForce));
                }
                _ => {}
            }
        }
        found.extend(self.own_proceedings(node));
        found
    }

    /// Whether a judgment is told without its appeal: that took effect later, or does not cover the subject.
    fn is_told_alone(&self, judgment: &Measure) -> bool {
        let appeal = match self.view.introduction(&judgment.clone().into()).map(Entry::event) {
            Some(Event::AppealDecided(it)) => self.view.introduction(&Thing::Appeal(it.appeal.clone())),
            _ => None,
        };
        appeal.is_some_and(|entry| match entry.event() {
            Event::AppealNoticed(it) => self.view.effective(entry) > self.at || !self.is_covered(&it.scope),
            _ => false,
        })
    }

    /// Whether relief exists and reaches the subject nowhere: it protects others.
    fn passes_by(&self, relief: &Measure) -> bool {
        self.rules.iter().all(|rule| rule.standing(relief) == Standing::Outside)
    }

    /// Whether a scope covers the subject somewhere.
    fn is_covered(&self, scope: &Scope) -> bool {
        self.rules.iter().any(|rule| rule.covers(scope))
    }

    /// The appeal with which relief ends, and the mandate with which a judgment bites.
    fn own_proceedings(&self, node: &Node<'a>) -> Vec<Node<'a>> {
        let depth = node.depth.saturating_add(1);
        match node.entry.event() {
            Event::ReliefGranted(Relief { pending: Some(appeal), .. }) => self
                .view
                .introduction(&Thing::Appeal(appeal.clone()))
                .map(|entry| self.review(entry, appeal, depth))
                .unwrap_or_default(),
            Event::AppealDecided(judgment) => self
                .view
                .bearing(&Thing::Appeal(judgment.appeal.clone()))
                .into_iter()
                .filter(|entry| matches!(entry.event(), Event::MandateIssued { .. }))
                .filter(|entry| self.view.effective(entry) <= self.at)
                .map(|entry| leaf(depth, entry, Role::Decides, GroundStatus::InForce))
                .collect(),
            _ => Vec::new(),
        }
    }

    /// An appeal, open or closed, and behind it what came of it.
    fn review(&self, entry: &'a Entry, appeal: &AppealId, depth: usize) -> Vec<Node<'a>> {
        let open = self.rules.first().is_some_and(|rule| rule.is_open(appeal));
        let status = if open { GroundStatus::Open } else { GroundStatus::Closed };
        let mut found = vec![leaf(depth, entry, Role::Reviews, status)];
        found.extend(self.decisions(appeal, depth.saturating_add(1)));
        found
    }

    /// The judgment of an appeal, once it was given; its mandate and what bears on it come behind it.
    fn decisions(&self, appeal: &AppealId, depth: usize) -> Vec<Node<'a>> {
        self.view
            .bearing(&Thing::Appeal(appeal.clone()))
            .into_iter()
            .filter(|entry| self.view.effective(entry) <= self.at)
            .filter_map(|entry| match entry.event() {
                Event::AppealDecided(judgment) => {
                    let measure = Measure::from(judgment.judgment.clone());
                    let Stands { best: status, in_part, standings } = self.status(&measure, None)?;
                    let (measure, role) = (Some(measure), Role::Decides);
                    Some(Node { depth, entry, measure, role, status, in_part, standings })
                }
                _ => None,
            })
            .collect()
    }

    fn appeals_of_refusal(&self, refusal: &'a Entry, depth: usize) -> Vec<Node<'a>> {
        let noticed = self
            .view
            .bearing_on_entry(refusal)
            .into_iter()
            .filter(|entry| self.view.effective(entry) <= self.at);
        noticed
            .flat_map(|entry| match entry.event() {
                Event::AppealNoticed(it) if self.is_covered(&it.scope) => {
                    self.review(entry, &it.appeal, depth)
                }
                _ => Vec::new(),
            })
            .collect()
    }

    /// The entries that moved a measure's start or end, as they then stood.
    fn moves(&self, measure: &Measure) -> Vec<&'a Entry> {
        let Some(rule) = self.rules.first() else { return Vec::new() };
        let start = rule.start_move(measure).map(|(entry, _)| entry);
        let end = rule.end_move(measure).map(|(entry, _)| entry);
        start.into_iter().chain(end).collect()
    }

    /// The entries by which conditions of a measure's span were met.
    fn conditions_met(&self, measure: &Measure) -> Vec<&'a Entry> {
        let stated = self.view.span(measure);
        let stated = stated.into_iter().flat_map(Span::conditions);
        let rule = self.rules.first();
        let moved = rule.and_then(|rule| rule.start_move(measure)).map(|(_, bound)| bound);
        let moved = moved.into_iter().chain(rule.and_then(|rule| rule.end_move(measure)?.1));
        let moved = moved.filter_map(|bound| match bound {
            Bound::At(_) => None,
            Bound::Upon(condition) => Some(condition),
        });
        let conditions: BTreeSet<_> = stated.chain(moved).collect();
        let met = self.each(|rule| conditions.iter().filter_map(|condition| rule.meeting(condition)));
        let met: Vec<&Entry> =
            met.into_iter().filter(|entry| self.view.effective(entry) <= self.at).collect();
        self.view.in_order(met)
    }

    /// The facts of the market through which a scope reaches the app.
    fn reached_through(&self, scope: &Scope) -> Vec<&'a Entry> {
        let Some(rule) = self.rules.first() else { return Vec::new() };
        let selectors: Vec<&AppSelector> = scope
            .apps
            .named()
            .into_iter()
            .flatten()
            .filter(|selector| rule.selects(selector, self.at))
            .collect();
        if selectors.iter().any(|selector| matches!(selector, AppSelector::App(_))) {
            return Vec::new();
        }
        let app = self.subject.app();
        let mut found = Vec::new();
        for selector in selectors {
            match selector {
                AppSelector::App(_) => {}
                AppSelector::Publisher(_) => {
                    found.extend(self.view.publication(app, self.subject.store(), self.at));
                }
                AppSelector::Category(category) => {
                    found.extend(self.view.membership(app, category, self.at));
                }
                AppSelector::Owner(owner) => {
                    found.extend(self.view.transfers_to(owner, &Controlled::App(app.clone()), self.at));
                }
                AppSelector::Holder { organization, at_least } => {
                    let of = Controlled::App(app.clone());
                    match self.view.stake(organization, *at_least, &of, self.at) {
                        None => {}
                        Some(Stake::Itself) => {
                            found.extend(self.view.transfers_to(organization, &of, self.at));
                        }
                        Some(Stake::Through(through)) => {
                            found.extend(self.view.transfers_to(through, &of, self.at));
                            let of = Controlled::Organization(through.clone());
                            found.extend(self.view.transfers_to(organization, &of, self.at));
                        }
                    }
                }
                AppSelector::AppAndSuccessors(_) => {
                    let lineage = self.view.lineage(app, self.at);
                    let steps =
                        self.view.market_changes(app).into_iter().filter(|entry| match entry.event() {
                            Event::AppSucceeded { by, .. } => {
                                lineage.contains(by) && self.view.effective(entry) <= self.at
                            }
                            _ => false,
                        });
                    found.extend(steps);
                }
            }
        }
        self.view.in_order(found)
    }

    fn each<'s, T, I: IntoIterator<Item = T>>(&'s self, ask: impl Fn(&'s Rule<'a>) -> I) -> Vec<T> {
        self.rules.iter().flat_map(ask).collect()
    }
}

fn leaf(depth: usize, entry: &Entry, role: Role, status: GroundStatus) -> Node<'_> {
    Node { depth, entry, measure: None, role, status, in_part: false, standings: Vec::new() }
}

/// What of the tree the answer rests on: all but what changes nothing, each thing once, and an instrument not
/// beside its own clause, whose status says how both stand.
fn grounds(nodes: &[Node<'_>]) -> Vec<Ground> {
    let mut seen = BTreeSet::new();
    let mut entries = BTreeSet::new();
    nodes
        .iter()
        .filter(|node| node.role != Role::Notes)
        .filter(|node| seen.insert((node.entry.id(), node.measure.as_ref())))
        .filter(|node| entries.insert(node.entry.id()) || node.role != Role::Carries)
        .map(|node| Ground {
            entry: node.entry.id().clone(),
            measure: node.measure.clone(),
            role: node.role,
            status: node.status,
            in_part: node.in_part,
            citation: node.entry.citation().clone(),
        })
        .collect()
}

impl Register {
    /// What the law requires of a subject at an instant, on what grounds, and with what marks.
    ///
    /// A plain instant asks what was effective then, as best known; `.known_at(..)` asks from what was known
    /// at a time. Asking cannot fail. What the register does not know restricts nothing; to tell that
    /// from what it does not restrict, look the app up in the [directory](Self::directory).
    ///
    /// ```
    /// use delisted::{Act, AsOf, Register, Store, Subject, time::instant};
    ///
    /// let register = Register::default();
    /// let subject = Subject::new("wechat".parse()?, Store::APP_STORE, "US".parse()?, Act::Download);
    /// let monday = instant("2020-09-21T12:00:00Z")?;
    /// let then = register.determine(&subject, AsOf::from(monday).known_at(monday));
    /// assert_eq!(then, register.determine(&subject, monday));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// Without an instant there is no question:
    ///
    /// ```compile_fail
    /// fn ask(register: &delisted::Register, subject: &delisted::Subject) {
    ///     register.determine(subject);
    /// }
    /// ```
    #[must_use]
    pub fn determine(&self, subject: &Subject, as_of: impl Into<AsOf>) -> Determination {
        let as_of = as_of.into();
        let assessment = Assessment::new(self, subject, as_of);
        let answer = assessment.determination(&assessment.nodes());
        uncertainty::marked(answer, self, subject, as_of)
    }
}
