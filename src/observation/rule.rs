use std::{num::NonZeroUsize, str::FromStr, time::Duration};

use chrono::TimeDelta;
use thiserror::Error;

use crate::error::Suggestion;

const HOUR: u64 = 3_600;

/// When sightings make a change: a removal, or a restoration.
///
/// One look that fails is not a removal: pages fail to load, and monitors ask the wrong storefront. A rule says how
/// many looks must agree, with none against them in between, and how long they must span; whether a removal counts
/// only while the app is offered elsewhere, since an app that is gone everywhere was not taken out of one country; and
/// how long an app is presumed to have stayed as it was between two looks that agree.
///
/// Every rule has such a limit, unless it is lifted in so many words: no verdict reaches further from a look than that.
/// The limits of the named rules are this library's, since what others published says nothing of one. A look that
/// failed, a sighting `unknown`, is no look: it never prolongs a state, in any rule.
///
/// What a rule does not take for a change it does not take for its opposite either: around a look that failed once,
/// how the app stood is unsettled.
///
/// ```
/// use std::{num::NonZeroUsize, time::Duration};
/// use delisted::observation::ChangeRule;
///
/// let twice = NonZeroUsize::new(2).ok_or("no look")?;
/// let rule = ChangeRule::new(twice, Duration::from_secs(3_600)).presuming_at_most(Duration::from_secs(86_400));
/// assert_eq!(rule.agreeing(), twice);
/// assert_ne!(rule, ChangeRule::reported());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ChangeRule {
    agreeing: NonZeroUsize,
    spanning: Duration,
    elsewhere_after: Option<Duration>,
    longest_gap: Option<Duration>,
    heeds_unknown: bool,
}

impl ChangeRule {
    /// The words of the rules that have a name, in the order of their functions.
    ///
    /// ```
    /// use delisted::observation::ChangeRule;
    ///
    /// assert!(ChangeRule::NAMES.iter().all(|name| name.parse::<ChangeRule>().is_ok()));
    /// ```
    pub const NAMES: [&'static str; 3] = ["reported", "applecensorship", "play-monitor"];

    /// A change after `agreeing` looks that span `spanning` at least, wherever else the app is offered; a state is presumed
    /// for 24 hours at most between two looks that agree, as for monitors.
    ///
    /// ```
    /// use std::{num::NonZeroUsize, time::Duration};
    /// use delisted::observation::ChangeRule;
    ///
    /// let rule = ChangeRule::new(NonZeroUsize::MIN, Duration::ZERO);
    /// let week = Duration::from_secs(7 * 24 * 3_600);
    /// assert_eq!(rule.heeding_unknown().presuming_at_most(week), ChangeRule::reported());
    /// ```
    #[must_use]
    pub const fn new(agreeing: NonZeroUsize, spanning: Duration) -> Self {
        let longest_gap = Some(Duration::from_secs(HOUR.saturating_mul(24)));
        Self { agreeing, spanning, elsewhere_after: None, longest_gap, heeds_unknown: false }
    }

    /// For reports that a person vetted: each counts by itself, and a report that nothing is known ends what may be
    /// presumed. A state is presumed for 7 days at most, a limit of this library's own.
    ///
    /// ```
    /// use delisted::observation::ChangeRule;
    ///
    /// assert_eq!(ChangeRule::reported().agreeing().get(), 1);
    /// ```
    #[must_use]
    pub const fn reported() -> Self {
        let week = Duration::from_secs(HOUR.saturating_mul(24).saturating_mul(7));
        Self::new(NonZeroUsize::MIN, Duration::ZERO).heeding_unknown().presuming_at_most(week)
    }

    /// The rule of `AppleCensorship`, as its published code applied it in 2019.
    ///
    /// `recreate_status_changes.php` of github.com/greatfire/applecensorship (commit 7fc9d41) keeps a change if the
    /// new state lasted for 24 hours and was confirmed five times after the look that opened it, which makes six looks
    /// that agree; and a removal only if the app was found in some storefront from two days after that look until the
    /// last look of the removal. That a state is presumed for 24 hours at most is this library's own limit.
    ///
    /// ```
    /// use delisted::observation::ChangeRule;
    ///
    /// assert_eq!(ChangeRule::apple_censorship().agreeing().get(), 6);
    /// ```
    #[must_use]
    pub const fn apple_censorship() -> Self {
        let rule =
            Self::new(NonZeroUsize::MIN.saturating_add(5), Duration::from_secs(HOUR.saturating_mul(24)));
        rule.only_while_offered_elsewhere(Duration::from_secs(HOUR.saturating_mul(48)))
    }

    /// The rule that `GreatFire`'s Play Store Monitor states on its page of changes: three tests that agree, over more
    /// than six hours, after the opposite result (googlecensorship.org/play-store-monitor/changes). That a state is
    /// presumed for 24 hours at most is this library's own limit.
    ///
    /// ```
    /// use delisted::observation::ChangeRule;
    ///
    /// assert_eq!(ChangeRule::play_monitor().agreeing().get(), 3);
    /// ```
    #[must_use]
    pub const fn play_monitor() -> Self {
        // 'More than' six hours: six hours alone are not enough.
        Self::new(NonZeroUsize::MIN.saturating_add(2), Duration::new(HOUR.saturating_mul(6), 1))
    }

    /// The same, with a removal counted only if the app is seen on offer in another territory of the store, from
    /// `after` the first look that found it gone up to the last.
    ///
    /// ```
    /// use std::time::Duration;
    /// use delisted::observation::ChangeRule;
    ///
    /// let rule = ChangeRule::reported().only_while_offered_elsewhere(Duration::ZERO);
    /// assert_eq!(rule.elsewhere_after(), Some(Duration::ZERO));
    /// ```
    #[must_use]
    pub const fn only_while_offered_elsewhere(self, after: Duration) -> Self {
        Self { elsewhere_after: Some(after), ..self }
    }

    /// The same, with nothing presumed between two looks further apart than `gap`.
    ///
    /// ```
    /// use std::time::Duration;
    /// use delisted::observation::ChangeRule;
    ///
    /// let hour = Duration::from_secs(3_600);
    /// assert_eq!(ChangeRule::play_monitor().presuming_at_most(hour).longest_gap(), Some(hour));
    /// ```
    #[must_use]
    pub const fn presuming_at_most(self, gap: Duration) -> Self {
        Self { longest_gap: Some(gap), ..self }
    }

    /// The same, with a state presumed between any two looks that agree, however far apart they are: what nobody saw is
    /// then told as if somebody had.
    ///
    /// ```
    /// use delisted::observation::ChangeRule;
    ///
    /// assert_eq!(ChangeRule::reported().presuming_without_limit().longest_gap(), None);
    /// ```
    #[must_use]
    pub const fn presuming_without_limit(self) -> Self {
        Self { longest_gap: None, ..self }
    }

    /// The same, with a sighting `unknown` taken for a statement that nothing is known then, not for a look that
    /// failed.
    ///
    /// ```
    /// use delisted::observation::ChangeRule;
    ///
    /// assert!(ChangeRule::play_monitor().heeding_unknown().heeds_unknown());
    /// ```
    #[must_use]
    pub const fn heeding_unknown(self) -> Self {
        Self { heeds_unknown: true, ..self }
    }

    /// How many looks must agree.
    ///
    /// ```
    /// assert_eq!(delisted::observation::ChangeRule::play_monitor().agreeing().get(), 3);
    /// ```
    #[must_use]
    pub const fn agreeing(self) -> NonZeroUsize {
        self.agreeing
    }

    /// How long they must span.
    ///
    /// ```
    /// assert!(delisted::observation::ChangeRule::reported().spanning().is_zero());
    /// ```
    #[must_use]
    pub const fn spanning(self) -> Duration {
        self.spanning
    }

    /// From when on a removed app must be seen elsewhere, where it must.
    ///
    /// ```
    /// assert_eq!(delisted::observation::ChangeRule::reported().elsewhere_after(), None);
    /// ```
    #[must_use]
    pub const fn elsewhere_after(self) -> Option<Duration> {
        self.elsewhere_after
    }

    /// The longest time between two looks over which a state is presumed; nothing where that has no limit.
    ///
    /// ```
    /// use std::time::Duration;
    /// use delisted::observation::ChangeRule;
    ///
    /// let days = |rule: ChangeRule| rule.longest_gap().map(|gap| gap.as_secs() / 86_400);
    /// assert_eq!(days(ChangeRule::reported()), Some(7));
    /// assert_eq!(days(ChangeRule::apple_censorship()), Some(1));
    /// assert_eq!(days(ChangeRule::play_monitor()), Some(1));
    /// ```
    #[must_use]
    pub const fn longest_gap(self) -> Option<Duration> {
        self.longest_gap
    }

    /// Whether a sighting `unknown` ends what may be presumed.
    ///
    /// ```
    /// assert!(delisted::observation::ChangeRule::reported().heeds_unknown());
    /// ```
    #[must_use]
    pub const fn heeds_unknown(self) -> bool {
        self.heeds_unknown
    }

    /// Whether so many looks over so long a time make a state.
    pub(super) fn settles(self, looks: usize, span: TimeDelta) -> bool {
        looks >= self.agreeing.get() && span.to_std().unwrap_or(Duration::ZERO) >= self.spanning
    }

    /// Whether looks so far apart are too far apart for anything to be presumed in between.
    pub(super) fn breaks(self, gap: TimeDelta) -> bool {
        self.longest_gap.is_some_and(|longest| gap.to_std().unwrap_or(Duration::ZERO) > longest)
    }
}

/// The word names no rule.
///
/// ```
/// let error = "apple-censorship".parse::<delisted::observation::ChangeRule>().unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "`apple-censorship` is not a rule for changes; there are reported, applecensorship and play-monitor; \
///      did you mean `applecensorship`?",
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error(
    "`{text}` is not a rule for changes; there are reported, applecensorship and play-monitor{suggestion}"
)]
pub struct UnknownRule {
    text: String,
    suggestion: Suggestion,
}

impl FromStr for ChangeRule {
    type Err = UnknownRule;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "reported" => Ok(Self::reported()),
            "applecensorship" => Ok(Self::apple_censorship()),
            "play-monitor" => Ok(Self::play_monitor()),
            _ => Err(UnknownRule { text: text.to_owned(), suggestion: Suggestion::among(text, Self::NAMES) }),
        }
    }
}
