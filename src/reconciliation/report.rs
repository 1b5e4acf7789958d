use std::time::Duration;

use super::{Finding, FindingKind, Oddity, Reconciliation, SeenBothWays, oddities, reconcile};
use crate::{
    Register,
    observation::{ChangeRule, Observations},
    time::{Known, text},
};

/// All that a reader needs of a reconciliation on one page: by which rule, as known when, what is odd about the
/// observations, what became of the law, and what each store did.
///
/// ```
/// use delisted::{Register, observation::{ChangeRule, Observations}, reconciliation::Report, time::Known};
///
/// let (register, observations) = (Register::default(), Observations::default());
/// let report = Report::new(&register, &observations, ChangeRule::reported(), Known::Best);
/// assert_eq!(report.findings().count(), 0);
/// ```
#[derive(Debug, Clone)]
pub struct Report<'a> {
    rule: ChangeRule,
    known: Known,
    oddities: Vec<Oddity>,
    seen_both_ways: Vec<SeenBothWays<'a>>,
    reconciliation: Reconciliation<'a>,
    only: Option<FindingKind>,
}

impl<'a> Report<'a> {
    /// Reconciles, and looks over the observations.
    ///
    /// ```
    /// # use delisted::{Register, observation::{ChangeRule, Observations}, reconciliation::Report, time::Known};
    /// let (register, observations) = (Register::default(), Observations::default());
    /// let report = Report::new(&register, &observations, ChangeRule::reported(), Known::Best);
    /// assert!(report.oddities().is_empty());
    /// ```
    #[must_use]
    pub fn new(
        register: &Register,
        observations: &'a Observations,
        rule: ChangeRule,
        known: impl Into<Known>,
    ) -> Self {
        let known = known.into();
        Self {
            rule,
            known,
            oddities: oddities(register, observations),
            seen_both_ways: SeenBothWays::all(observations),
            reconciliation: reconcile(register, observations, rule, known),
            only: None,
        }
    }

    /// The same with the findings of one kind only, whatever leaves them open.
    ///
    /// ```
    /// # use delisted::{Register, observation::{ChangeRule, Observations}, reconciliation::Report, time::Known};
    /// use delisted::reconciliation::FindingKind;
    ///
    /// let (register, observations) = (Register::default(), Observations::default());
    /// let report = Report::new(&register, &observations, ChangeRule::reported(), Known::Best);
    /// assert_eq!(report.only(FindingKind::Unobserved).findings().count(), 0);
    /// ```
    #[must_use]
    pub fn only(self, kind: FindingKind) -> Self {
        Self { only: Some(kind), ..self }
    }

    /// By which rule looks made changes.
    ///
    /// ```
    /// # use delisted::{Register, observation::{ChangeRule, Observations}, reconciliation::Report, time::Known};
    /// let (register, observations) = (Register::default(), Observations::default());
    /// let report = Report::new(&register, &observations, ChangeRule::play_monitor(), Known::Best);
    /// assert_eq!(report.rule(), ChangeRule::play_monitor());
    /// ```
    #[must_use]
    pub fn rule(&self) -> ChangeRule {
        self.rule
    }

    /// As known when the law was asked.
    ///
    /// ```
    /// # use delisted::{Register, observation::{ChangeRule, Observations}, reconciliation::Report, time::Known};
    /// let (register, observations) = (Register::default(), Observations::default());
    /// let report = Report::new(&register, &observations, ChangeRule::reported(), Known::Best);
    /// assert_eq!(report.known(), Known::Best);
    /// ```
    #[must_use]
    pub fn known(&self) -> Known {
        self.known
    }

    /// The words of the observations that the register does not know.
    ///
    /// ```
    /// # use delisted::{Register, observation::{ChangeRule, Observations}, reconciliation::Report, time::Known};
    /// let (register, observations) = (Register::default(), Observations::default());
    /// let report = Report::new(&register, &observations, ChangeRule::reported(), Known::Best);
    /// assert_eq!(report.oddities().len(), 0);
    /// ```
    #[must_use]
    pub fn oddities(&self) -> &[Oddity] {
        &self.oddities
    }

    /// Where sightings contradict each other.
    ///
    /// ```
    /// # use delisted::{Register, observation::{ChangeRule, Observations}, reconciliation::Report, time::Known};
    /// let (register, observations) = (Register::default(), Observations::default());
    /// let report = Report::new(&register, &observations, ChangeRule::reported(), Known::Best);
    /// assert!(report.seen_both_ways().is_empty());
    /// ```
    #[must_use]
    pub fn seen_both_ways(&self) -> &[SeenBothWays<'a>] {
        &self.seen_both_ways
    }

    /// The findings, of one kind where that was asked for.
    ///
    /// ```
    /// # use delisted::{Register, observation::{ChangeRule, Observations}, reconciliation::Report, time::Known};
    /// let (register, observations) = (Register::default(), Observations::default());
    /// let report = Report::new(&register, &observations, ChangeRule::reported(), Known::Best);
    /// assert!(report.findings().next().is_none());
    /// ```
    pub fn findings(&self) -> impl Iterator<Item = &Finding<'a>> {
        let wanted = self.only.map(FindingKind::as_str);
        let all = self.reconciliation.findings().iter();
        all.filter(move |finding| wanted.is_none_or(|wanted| finding.kind().as_str() == wanted))
    }

    /// The reconciliation itself, with all its findings.
    ///
    /// ```
    /// # use delisted::{Register, observation::{ChangeRule, Observations}, reconciliation::Report, time::Known};
    /// let (register, observations) = (Register::default(), Observations::default());
    /// let report = Report::new(&register, &observations, ChangeRule::reported(), Known::Best);
    /// assert!(report.reconciliation().stores().is_empty());
    /// ```
    #[must_use]
    pub fn reconciliation(&self) -> &Reconciliation<'a> {
        &self.reconciliation
    }

    /// Two lines for the head of a page: by which rule, and as known when.
    ///
    /// ```
    /// # use delisted::{Register, observation::{ChangeRule, Observations}, reconciliation::Report, time::Known};
    /// use std::time::Duration;
    ///
    /// let (register, observations) = (Register::default(), Observations::default());
    /// let rule = ChangeRule::play_monitor().presuming_at_most(Duration::from_secs(21_600));
    /// let report = Report::new(&register, &observations, rule, Known::Best);
    /// assert_eq!(
    ///     report.head(),
    ///     "rule `play-monitor`: 3 looks that agree, over more than 6 hours, make a change; nothing is presumed between \
    ///      looks more than 6 hours apart\nthe law as best known",
    /// );
    /// ```
    #[must_use]
    pub fn head(&self) -> String {
        let known = match self.known {
            Known::Best => "the law as best known".to_owned(),
            Known::At(at) => format!("the law as known at {}", text(at)),
        };
        format!("{}\n{known}", in_words(self.rule))
    }
}

/// The name of the published rule that this is, whatever it presumes between looks.
pub(super) fn name(rule: ChangeRule) -> Option<&'static str> {
    let makes =
        |rule: ChangeRule| (rule.agreeing(), rule.spanning(), rule.elsewhere_after(), rule.heeds_unknown());
    ChangeRule::NAMES
        .into_iter()
        .find(|name| name.parse::<ChangeRule>().is_ok_and(|named| makes(named) == makes(rule)))
}

fn in_words(rule: ChangeRule) -> String {
    let called = name(rule).map_or_else(|| "rule".to_owned(), |name| format!("rule `{name}`"));
    let over = match rule.spanning() {
        Duration::ZERO => String::new(),
        span => format!(
            ", over {}{},",
            if span.subsec_nanos() == 0 { "at least " } else { "more than " },
            length(span)
        ),
    };
    let looks = match rule.agreeing().get() {
        1 => format!("1 look{over} makes a change"),
        many => format!("{many} looks that agree{over} make a change"),
    };
    let elsewhere = rule.elsewhere_after().map(|after| {
        let from = if after.is_zero() {
            String::new()
        } else {
            format!(" {} or more after the first look", length(after))
        };
        format!("a removal only if the app is on offer elsewhere{from}")
    });
    let presumed = match rule.longest_gap() {
        Some(gap) => format!("nothing is presumed between looks more than {} apart", length(gap)),
        None => "a state is presumed between looks that agree, however far apart".to_owned(),
    };
    let unknown = rule.heeds_unknown().then(|| "`unknown` ends what is presumed".to_owned());
    let parts: Vec<String> =
        [Some(looks), elsewhere, Some(presumed), unknown].into_iter().flatten().collect();
    format!("{called}: {}", parts.join("; "))
}

/// A length of time in the largest unit that it is a whole number of, without what is less than a second.
fn length(length: Duration) -> String {
    let seconds = length.as_secs();
    let units = [(86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second")];
    // Up to two days are told in hours, as monitors do.
    let (size, unit) = units
        .into_iter()
        .find(|(size, _)| seconds.is_multiple_of(*size) && (*size < 86_400 || seconds > 172_800))
        .unwrap_or((1, "second"));
    let count = seconds.checked_div(size).unwrap_or_default();
    format!("{count} {unit}{}", if count == 1 { "" } else { "s" })
}
