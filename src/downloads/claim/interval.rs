use std::{fmt, num::NonZeroU64};

use super::ratio::Ratio;
use crate::downloads::wording;

/// All the numbers that a published one may stand for: those of 0 or more between two ends.
///
/// Each end is in it or not: `54,000` stands for 53,500, which rounds to it, and not for 54,500, which rounds to
/// 55,000. The upper end may be missing. Ends are fractions and exact; printed, they are rounded outwards.
///
/// ```
/// use delisted::downloads::claim::Figure;
///
/// let interval = "54,000".parse::<Figure>()?.interval();
/// assert_eq!(interval.to_string(), "53,500 to under 54,500");
/// assert!(interval.contains(53_500) && !interval.contains(54_500));
/// # Ok::<(), delisted::downloads::claim::FigureError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Interval {
    low: End,
    high: Option<End>,
}

/// Where an interval ends, and whether its end is in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct End {
    pub(super) at: Ratio,
    pub(super) is_in: bool,
}

impl End {
    pub(super) fn closed(at: Ratio) -> Self {
        Self { at, is_in: true }
    }

    pub(super) fn open(at: Ratio) -> Self {
        Self { at, is_in: false }
    }
}

impl Interval {
    /// Every number of 0 or more.
    pub(super) const ANY: Self = Self { low: End { at: Ratio::ZERO, is_in: true }, high: None };

    pub(super) fn new(low: End, high: impl Into<Option<End>>) -> Self {
        Self { low, high: high.into() }
    }

    /// Its ends, and whether each is in it.
    pub(in crate::downloads) fn ends(self) -> ((Ratio, bool), Option<(Ratio, bool)>) {
        let told = |end: End| (end.at, end.is_in);
        (told(self.low), self.high.map(told))
    }

    /// The lower end as the nearest float.
    ///
    /// ```
    /// use delisted::downloads::claim::Figure;
    ///
    /// assert_eq!("1.9k".parse::<Figure>()?.interval().low(), 1_850.0);
    /// # Ok::<(), delisted::downloads::claim::FigureError>(())
    /// ```
    #[must_use]
    pub fn low(self) -> f64 {
        self.low.at.value()
    }

    /// The upper end as the nearest float; none where the numbers go on without end.
    ///
    /// ```
    /// use delisted::downloads::claim::Figure;
    ///
    /// assert_eq!("1.9k".parse::<Figure>()?.interval().high(), Some(1_950.0));
    /// assert_eq!("more than 100,000".parse::<Figure>()?.interval().high(), None);
    /// # Ok::<(), delisted::downloads::claim::FigureError>(())
    /// ```
    #[must_use]
    pub fn high(self) -> Option<f64> {
        self.high.map(|high| high.at.value())
    }

    /// Whether a count is one of the numbers.
    ///
    /// ```
    /// use delisted::downloads::claim::Figure;
    ///
    /// let interval = "more than 100,000".parse::<Figure>()?.interval();
    /// assert!(interval.contains(100_001) && !interval.contains(100_000));
    /// # Ok::<(), delisted::downloads::claim::FigureError>(())
    /// ```
    #[must_use]
    pub fn contains(self, count: u64) -> bool {
        self.contains_ratio(count, NonZeroU64::MIN)
    }

    /// Whether one count over another is one of the numbers, without rounding.
    ///
    /// ```
    /// use std::num::NonZeroU64;
    /// use delisted::downloads::claim::Change;
    ///
    /// let change: Change = "28 times".parse()?;
    /// let week_earlier = NonZeroU64::new(1_900).unwrap();
    /// assert!(change.readings().iter().any(|reading| reading.multiple().contains_ratio(54_000, week_earlier)));
    /// # Ok::<(), delisted::downloads::claim::ChangeError>(())
    /// ```
    #[must_use]
    pub fn contains_ratio(self, count: u64, over: NonZeroU64) -> bool {
        let ratio = Ratio::new(count.into(), over.into());
        let above = ratio > self.low.at || (ratio == self.low.at && self.low.is_in);
        above && self.high.is_none_or(|high| ratio < high.at || (ratio == high.at && high.is_in))
    }

    /// Whether the two have a number in common.
    ///
    /// ```
    /// use delisted::downloads::claim::Figure;
    ///
    /// let [some, more, over] = ["54,000", "55,000", "more than 54,000"].map(|text| text.parse::<Figure>());
    /// let (some, more, over) = (some?.interval(), more?.interval(), over?.interval());
    /// assert!(!some.meets(more) && some.meets(over) && more.meets(over));
    /// # Ok::<(), delisted::downloads::claim::FigureError>(())
    /// ```
    #[must_use]
    pub fn meets(self, other: Self) -> bool {
        self.common(other).is_some()
    }

    /// The numbers that both have.
    pub(super) fn common(self, other: Self) -> Option<Self> {
        let low = later(self.low, other.low);
        let high = match (self.high, other.high) {
            (Some(one), Some(other)) => Some(earlier(one, other)),
            (one, other) => one.or(other),
        };
        let any = high.is_none_or(|high| low.at < high.at || (low.at == high.at && low.is_in && high.is_in));
        any.then_some(Self { low, high })
    }

    /// Every number of this one over every number of the other. Where the other has only 0, anything.
    pub(in crate::downloads) fn over(self, other: Self) -> Self {
        let low = match other.high {
            Some(high) => high.at.inverse().map_or(Self::ANY.low, |inverse| End {
                at: self.low.at.times(inverse),
                is_in: self.low.is_in && high.is_in,
            }),
            None => End { at: Ratio::ZERO, is_in: self.low.at.is_zero() && self.low.is_in },
        };
        let high = self.high.and_then(|high| {
            let inverse = other.low.at.inverse()?;
            Some(End { at: high.at.times(inverse), is_in: high.is_in && other.low.is_in })
        });
        Self { low, high }
    }

    /// Every number of this one times every number of the other.
    pub(in crate::downloads) fn times(self, other: Self) -> Self {
        let nought = |end: End| end.at.is_zero() && end.is_in;
        let product = |one: End, other: End| End {
            at: one.at.times(other.at),
            is_in: (one.is_in && other.is_in) || nought(one) || nought(other),
        };
        let high = self.high.zip(other.high).map(|(one, other)| product(one, other));
        Self { low: product(self.low, other.low), high }
    }

    /// One over every number.
    pub(super) fn inverse(self) -> Self {
        Self::new(End::closed(Ratio::ONE), End::closed(Ratio::ONE)).over(self)
    }

    /// Every number and one more.
    pub(super) fn plus_one(self) -> Self {
        let more = |end: End| End { at: end.at.plus(Ratio::ONE), ..end };
        Self { low: more(self.low), high: self.high.map(more) }
    }

    /// One less every number; none where all are above one.
    pub(super) fn left_of_one(self) -> Option<Self> {
        let whole = Self::new(End::closed(Ratio::ZERO), End::closed(Ratio::ONE));
        let fall = self.common(whole)?;
        let less = |end: End| End { at: Ratio::ONE.above(end.at), ..end };
        Some(Self { low: fall.high.map_or(Self::ANY.low, less), high: Some(less(fall.low)) })
    }

    /// Every number in hundredths.
    pub(super) fn hundredths(self) -> Self {
        let part = |end: End| End { at: end.at.times(Ratio::scaled(1, -2)), ..end };
        Self { low: part(self.low), high: self.high.map(part) }
    }

    /// By how much every number of this one is above every number of the other; none where some are not.
    pub(super) fn excess(self, whole: Self) -> Option<f64> {
        let most = whole.high?;
        let over = self.low.at > most.at || (self.low.at == most.at && !(self.low.is_in && most.is_in));
        over.then(|| self.gap(whole)).flatten()
    }

    /// How many times as large the least of the larger is as the most of the smaller; none where they meet.
    pub(super) fn gap(self, other: Self) -> Option<f64> {
        if self.meets(other) {
            return None;
        }
        let (smaller, larger) = if self.low.at < other.low.at { (self, other) } else { (other, self) };
        let most = smaller.high.unwrap_or(smaller.low).at;
        // Where they share an end without sharing a number, the gap is none: a ratio of one.
        if most >= larger.low.at { Some(1.0) } else { Some(larger.low.at.value() / most.value()) }
    }
}

/// The lower end that leaves out more.
fn later(one: End, other: End) -> End {
    match one.at.cmp(&other.at) {
        std::cmp::Ordering::Greater => one,
        std::cmp::Ordering::Less => other,
        std::cmp::Ordering::Equal => End { is_in: one.is_in && other.is_in, ..one },
    }
}

/// The upper end that leaves out more.
fn earlier(one: End, other: End) -> End {
    match one.at.cmp(&other.at) {
        std::cmp::Ordering::Less => one,
        std::cmp::Ordering::Greater => other,
        std::cmp::Ordering::Equal => End { is_in: one.is_in && other.is_in, ..one },
    }
}

impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&wording::claims::span(*self))
    }
}
