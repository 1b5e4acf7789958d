//! Watching a series: a day is pushed, and that day's verdict comes back.
//!
//! A *watch* is the default method as a stream. It holds eight weeks of one series and nothing older, so that it
//! never grows, and it says of each day exactly what the batch says of it, to the last bit: both run the same state.
//! It does not raise alarms: how small a p-value must be, over how many series, is for the caller to say.
//!
//! Essential types: [`Watch`], [`Verdict`].
//!
//! ```
//! use delisted::downloads::{Count, Watch};
//!
//! let mut watch = Watch::new();
//! for day in 0..60_u32 {
//!     watch.push(Count::from(1_000 + 40 * (day % 7) + day * 13 % 17));
//! }
//! let verdict = watch.push(Count::from(5_400_u32));
//! assert!(verdict.multiple().is_some_and(|multiple| multiple.value() > 4.0));
//! assert!(verdict.p().is_some_and(|p| p.is_below_limit()));
//! ```

use super::{
    Count, Multiple, PValue, Reading, SeriesView,
    follow::{Follow, Step},
    measure::baseline_count,
};

/// A series followed day by day.
///
/// Two watches that were pushed the same days are equal.
///
/// ```
/// use delisted::downloads::{Reading, Watch};
///
/// let mut watch = Watch::new();
/// assert_eq!(watch.push(Reading::Missing).expected(), None);
/// assert_eq!(watch, Watch::new(), "missing days before the first count change nothing");
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(
    feature = "serde",
    serde(try_from = "super::snapshot::Snapshot", into = "super::snapshot::Snapshot")
)]
pub struct Watch {
    pub(super) follow: Follow,
}

impl Watch {
    /// A watch that has seen nothing.
    ///
    /// ```
    /// use delisted::downloads::Watch;
    ///
    /// assert_eq!(Watch::new().days(), 0);
    /// ```
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes in the next day and says how it stands to what was expected of it, given only the days before.
    ///
    /// Days follow one another: a day without a reading is pushed as [`Reading::Missing`]. A partial day gets a verdict,
    /// which understates it, and lends nothing to later baselines.
    ///
    /// ```
    /// use delisted::downloads::{Count, Watch};
    ///
    /// let mut watch = Watch::new();
    /// let verdict = watch.push(Count::from(54_000_u32));
    /// assert_eq!(verdict.expected(), None, "one day is no baseline");
    /// ```
    pub fn push(&mut self, reading: impl Into<Reading>) -> Verdict {
        let reading = reading.into();
        let observed = reading.seen().map(Count::value);
        let ahead = if matches!(reading, Reading::Partial(_)) { self.follow.forecast(0, 1) } else { None };
        let Step { prediction, .. } = self.follow.step(baseline_count(reading));
        Verdict { observed, prediction: prediction.or(ahead).filter(|_| observed.is_some()) }
    }

    /// The days taken in since the first count, missing ones included.
    ///
    /// ```
    /// use delisted::downloads::{Count, Reading, Watch};
    ///
    /// let mut watch = Watch::new();
    /// watch.push(Count::from(7_u32));
    /// watch.push(Reading::Missing);
    /// assert_eq!(watch.days(), 2);
    /// ```
    #[must_use]
    pub fn days(&self) -> u64 {
        self.follow.seen
    }
}

/// How one day stands to what was expected of it.
///
/// ```
/// use delisted::downloads::{Count, Watch};
///
/// let mut watch = Watch::new();
/// let quiet = (0..40_u32).map(|_| watch.push(Count::from(100_u32))).last();
/// assert_eq!(quiet.and_then(|verdict| verdict.expected()), Some(100.0));
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Verdict {
    observed: Option<f64>,
    prediction: Option<super::prediction::Prediction>,
}

impl Verdict {
    /// The day's count, where it has one.
    ///
    /// ```
    /// use delisted::downloads::{Count, Watch};
    ///
    /// assert_eq!(Watch::new().push(Count::from(9_u32)).observed(), Some(9.0));
    /// ```
    #[must_use]
    pub fn observed(&self) -> Option<f64> {
        self.observed
    }

    /// The count that was to be expected; none while too little is known, which takes three weeks.
    ///
    /// ```
    /// use delisted::downloads::{Count, Watch};
    ///
    /// assert_eq!(Watch::new().push(Count::from(9_u32)).expected(), None);
    /// ```
    #[must_use]
    pub fn expected(&self) -> Option<f64> {
        self.prediction.map(|prediction| prediction.mean)
    }

    /// Observed over expected; none where either is unknown, or nothing was expected.
    ///
    /// ```
    /// use delisted::downloads::{Count, Watch};
    ///
    /// let mut watch = Watch::new();
    /// for _ in 0..40 {
    ///     watch.push(Count::from(100_u32));
    /// }
    /// let verdict = watch.push(Count::from(2_800_u32));
    /// assert_eq!(verdict.multiple().map(|multiple| multiple.value()), Some(28.0));
    /// ```
    #[must_use]
    pub fn multiple(&self) -> Option<Multiple> {
        let expected = self.expected().filter(|expected| *expected > 0.0)?;
        self.observed.map(|observed| Multiple::of(observed / expected))
    }

    /// The chance of more, and half that of as many, were nothing out of the ordinary.
    ///
    /// ```
    /// use delisted::downloads::{Count, Watch};
    ///
    /// let mut watch = Watch::new();
    /// for _ in 0..40 {
    ///     watch.push(Count::from(100_u32));
    /// }
    /// assert!(watch.push(Count::from(100_u32)).p().is_some_and(|p| p.value() > 0.1));
    /// ```
    #[must_use]
    pub fn p(&self) -> Option<PValue> {
        let (observed, prediction) = (self.observed?, self.prediction?);
        PValue::new(prediction.upper_tail(observed)).ok()
    }
}

impl SeriesView<'_> {
    /// The verdict on every day of the series, each given only the days before it: the batch form of [`Watch`].
    ///
    /// ```
    /// use delisted::downloads::{SeriesView, Watch};
    ///
    /// let counts: Vec<u32> = (0..90_u32).map(|day| 300 + day * 31 % 41).collect();
    /// let series = SeriesView::of_u32("2020-07-01".parse()?, &counts)?;
    /// let mut watch = Watch::new();
    /// let streamed: Vec<_> = series.readings().map(|reading| watch.push(reading)).collect();
    /// assert_eq!(series.verdicts().collect::<Vec<_>>(), streamed);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn verdicts(&self) -> impl Iterator<Item = Verdict> + '_ {
        let mut watch = self.watch();
        self.readings().map(move |reading| watch.push(reading))
    }

    /// A watch that has seen nothing and knows what this series' panel knows, if it was
    /// [pooled](super::Panel::pooled).
    ///
    /// ```
    /// use delisted::downloads::{SeriesView, Watch};
    ///
    /// let series = SeriesView::of_u32("2020-07-01".parse()?, &[3])?;
    /// assert_eq!(series.watch(), Watch::new(), "it was not pooled");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn watch(&self) -> Watch {
        Watch { follow: Follow::new(self.prior()) }
    }
}
