//! Measured spikes: a window of a series beside a baseline, with everything a reader asks of it.

use std::fmt;

use super::{
    Baseline, Increase, Multiple, Note, PValue, Window,
    wording::{decimal, rounded},
};

/// A window above (or below) its baseline: how large, how sure, by what method, and what to mind.
///
/// It says itself in a sentence, and every number of the sentence is one of its values.
///
/// ```
/// use delisted::downloads::{Baseline, Day, SeriesView};
///
/// let mut counts = [100_u32; 63];
/// counts[62] = 2_800;
/// let first: Day = "2020-07-20".parse()?;
/// let series = SeriesView::of_u32(first, &counts)?;
/// let spike = series.spike("2020-09-20".parse()?, Baseline::WeekEarlier)?;
/// assert_eq!(
///     spike.to_string(),
///     "2,800 against 100 expected is 28.0 times as many, an increase of 27.0 times or 2,700 %, 2,700 more; \
///      the baseline is the same days a week earlier",
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct MeasuredSpike {
    pub(super) window: Window,
    pub(super) baseline: Baseline,
    pub(super) observed: f64,
    pub(super) expected: f64,
    pub(super) low: Option<f64>,
    pub(super) high: Option<f64>,
    pub(super) p: Option<PValue>,
    pub(super) notes: Vec<Note>,
}

impl MeasuredSpike {
    /// The days measured.
    ///
    /// ```
    /// use delisted::downloads::{Baseline, SeriesView};
    ///
    /// let series = SeriesView::of_u32("2021-06-10".parse()?, &[9, 9, 9, 9, 9, 9, 9, 18])?;
    /// let spike = series.spike("2021-06-17".parse()?, Baseline::WeekEarlier)?;
    /// assert_eq!(spike.window(), "2021-06-17".parse()?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn window(&self) -> Window {
        self.window
    }

    /// How the expected count was found.
    ///
    /// ```
    /// use delisted::downloads::{Baseline, SeriesView};
    ///
    /// let series = SeriesView::of_u32("2021-06-10".parse()?, &[9, 9, 9, 9, 9, 9, 9, 18])?;
    /// let spike = series.spike("2021-06-17".parse()?, Baseline::WeekEarlier)?;
    /// assert_eq!(spike.baseline().words(), "the same days a week earlier");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn baseline(&self) -> Baseline {
        self.baseline
    }

    /// The count observed over the window.
    ///
    /// ```
    /// use delisted::downloads::{Baseline, SeriesView};
    ///
    /// let series = SeriesView::of_u32("2021-06-10".parse()?, &[9, 9, 9, 9, 9, 9, 9, 18])?;
    /// let spike = series.spike("2021-06-17".parse()?, Baseline::WeekEarlier)?;
    /// assert_eq!(spike.observed(), 18.0);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn observed(&self) -> f64 {
        self.observed
    }

    /// The count expected over the window: 0 or more, often not a whole number.
    ///
    /// ```
    /// use delisted::downloads::{Baseline, SeriesView};
    ///
    /// let series = SeriesView::of_u32("2021-06-10".parse()?, &[9, 9, 9, 9, 9, 9, 9, 18])?;
    /// let spike = series.spike("2021-06-17".parse()?, Baseline::WeekEarlier)?;
    /// assert_eq!(spike.expected(), 9.0);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn expected(&self) -> f64 {
        self.expected
    }

    /// Observed over expected; none where nothing was expected, over which nothing is a multiple.
    ///
    /// ```
    /// use delisted::downloads::{Baseline, SeriesView};
    ///
    /// let mut counts = [0_u32; 63];
    /// counts[62] = 300;
    /// let series = SeriesView::of_u32("2020-07-20".parse()?, &counts)?;
    /// let spike = series.spike("2020-09-20".parse()?, Baseline::WeekdayLevel)?;
    /// assert_eq!((spike.expected(), spike.multiple()), (0.0, None));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn multiple(&self) -> Option<Multiple> {
        (self.expected > 0.0).then(|| Multiple::of(self.observed / self.expected))
    }

    /// The lower end of the multiple's 95 % interval; none where the baseline has no noise of its own to go by.
    ///
    /// Over a baseline of nothing the multiple itself does not exist, but its lower end may.
    ///
    /// ```
    /// use delisted::downloads::{Baseline, SeriesView};
    ///
    /// let mut counts = [100_u32; 63];
    /// counts[62] = 300;
    /// let series = SeriesView::of_u32("2020-07-20".parse()?, &counts)?;
    /// let spike = series.spike("2020-09-20".parse()?, Baseline::WeekdayLevel)?;
    /// assert!(spike.multiple_low().is_some_and(|low| 2.0 < low.value() && low.value() < 3.0));
    ///
    /// let against_one_week = series.spike("2020-09-20".parse()?, Baseline::WeekEarlier)?;
    /// assert_eq!(against_one_week.multiple_low(), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn multiple_low(&self) -> Option<Multiple> {
        self.low.map(Multiple::of)
    }

    /// The upper end of the multiple's 95 % interval; none also where it is unbounded, over a baseline of nothing.
    ///
    /// ```
    /// use delisted::downloads::{Baseline, SeriesView};
    ///
    /// let mut counts = [0_u32; 63];
    /// counts[62] = 300;
    /// let series = SeriesView::of_u32("2020-07-20".parse()?, &counts)?;
    /// let spike = series.spike("2020-09-20".parse()?, Baseline::WeekdayLevel)?;
    /// assert!(spike.multiple_low().is_some() && spike.multiple_high().is_none());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn multiple_high(&self) -> Option<Multiple> {
        self.high.map(Multiple::of)
    }

    /// The multiple less one.
    ///
    /// ```
    /// use delisted::downloads::{Baseline, SeriesView};
    ///
    /// let series = SeriesView::of_u32("2021-06-10".parse()?, &[9, 9, 9, 9, 9, 9, 9, 18])?;
    /// let spike = series.spike("2021-06-17".parse()?, Baseline::WeekEarlier)?;
    /// assert_eq!(spike.increase().map(|increase| increase.percent()), Some(100.0));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn increase(&self) -> Option<Increase> {
        self.multiple().map(Multiple::increase)
    }

    /// How many more than expected; negative where there were fewer.
    ///
    /// ```
    /// use delisted::downloads::{Baseline, SeriesView};
    ///
    /// let series = SeriesView::of_u32("2021-06-10".parse()?, &[9, 9, 9, 9, 9, 9, 9, 18])?;
    /// let spike = series.spike("2021-06-17".parse()?, Baseline::WeekEarlier)?;
    /// assert_eq!(spike.excess(), 9.0);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn excess(&self) -> f64 {
        self.observed - self.expected
    }

    /// The lower end of the excess's 95 % interval: the observed less what would be expected at the lowest multiple.
    ///
    /// ```
    /// use delisted::downloads::{Baseline, SeriesView};
    ///
    /// let mut counts = [100_u32; 63];
    /// counts[62] = 300;
    /// let series = SeriesView::of_u32("2020-07-20".parse()?, &counts)?;
    /// let spike = series.spike("2020-09-20".parse()?, Baseline::WeekdayLevel)?;
    /// assert!(spike.excess_low().is_some_and(|low| 0.0 < low && low < spike.excess()));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn excess_low(&self) -> Option<f64> {
        self.low.filter(|_| self.expected > 0.0).map(|low| (low - 1.0) * self.expected)
    }

    /// The upper end of the excess's 95 % interval; none also where it is beyond the range of numbers.
    ///
    /// ```
    /// use delisted::downloads::{Baseline, SeriesView};
    ///
    /// let mut counts = [100_u32; 63];
    /// counts[62] = 300;
    /// let series = SeriesView::of_u32("2020-07-20".parse()?, &counts)?;
    /// let spike = series.spike("2020-09-20".parse()?, Baseline::WeekdayLevel)?;
    /// assert!(spike.excess_high().is_some_and(|high| high > spike.excess()));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn excess_high(&self) -> Option<f64> {
        self.high.map(|high| (high - 1.0) * self.expected).filter(|excess| excess.is_finite())
    }

    /// The chance of more, and half that of as many, were nothing out of the ordinary; none where no honest test can be made.
    ///
    /// ```
    /// use delisted::downloads::{Baseline, SeriesView};
    ///
    /// let mut counts = [100_u32; 63];
    /// counts[62] = 300;
    /// let series = SeriesView::of_u32("2020-07-20".parse()?, &counts)?;
    /// let spike = series.spike("2020-09-20".parse()?, Baseline::WeekdayLevel)?;
    /// assert!(spike.p().is_some_and(|p| p.is_below_limit()));
    ///
    /// let against_one_week = series.spike("2020-09-20".parse()?, Baseline::WeekEarlier)?;
    /// assert_eq!(against_one_week.p(), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn p(&self) -> Option<PValue> {
        self.p
    }

    /// What a reader should know beside the numbers, in a fixed order.
    ///
    /// ```
    /// use delisted::downloads::{Baseline, Note, SeriesView};
    ///
    /// let series = SeriesView::of_u32("2021-06-10".parse()?, &[3, 3, 3, 3, 3, 3, 3, 18])?;
    /// let spike = series.spike("2021-06-17".parse()?, Baseline::WeekEarlier)?;
    /// assert_eq!(spike.notes(), [Note::TinyBaseline]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }
}

impl fmt::Display for MeasuredSpike {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} against {} expected", rounded(self.observed), rounded(self.expected))?;
        if let Some(multiple) = self.multiple() {
            write!(f, " is {multiple}")?;
            match (self.low, self.high) {
                (Some(low), Some(high)) => write!(f, " (between {} and {})", decimal(low), decimal(high))?,
                (Some(low), None) => write!(f, " (at least {})", decimal(low))?,
                _ => {}
            }
            write!(f, ", {}", multiple.increase())?;
        } else {
            f.write_str(", over which nothing is a multiple")?;
            if let Some(low) = self.low {
                write!(f, " (it is at least {} times as many)", decimal(low))?;
            }
        }
        let excess = self.excess();
        let (more, word) = if excess < 0.0 { (-excess, "fewer") } else { (excess, "more") };
        write!(f, ", {} {word}", rounded(more))?;
        if let Some(p) = self.p {
            write!(f, "; the chance of that by accident is {p}")?;
        }
        write!(f, "; the baseline is {}", self.baseline.words())?;
        for note in &self.notes {
            write!(f, "; {note}")?;
        }
        Ok(())
    }
}
