//! Rises: when a spike began, when it peaked, when it was over, and what was missing afterwards.

use super::{
    Count, Day, NoSpike, SeriesView, Window,
    onset::{
        self, CAUTIOUS_DROP,
        breaks::{NoBreaks, breaks},
        course::{Quiet, course},
        weekday::{WeekdayEffects, logs},
    },
};

/// How many days after the window the return is looked for, and what is missing after it.
const DAYS_AFTER: usize = 28;

/// The chance that an ordinary day passes for one above the expected.
const ABOVE: f64 = 0.025;

/// The days of a spike.
///
/// ```
/// use delisted::downloads::SeriesView;
///
/// let mut counts: Vec<u32> = (0..120_u32).map(|day| 900 + 60 * (day % 7) + day * 7_919 % 41).collect();
/// for (day, count) in [(90, 7_000), (91, 9_000), (92, 4_000)] {
///     counts[day] = count;
/// }
/// let series = SeriesView::of_u32("2021-03-19".parse()?, &counts)?;
/// let rise = series.rise("2021-06-17..2021-06-18".parse()?)?;
/// assert_eq!(rise.onset(), Some("2021-06-17".parse()?));
/// assert_eq!(rise.peak(), "2021-06-18".parse()?);
/// assert_eq!(rise.back(), Some("2021-06-20".parse()?));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Rise {
    onset: Option<[Day; 3]>,
    peak: Day,
    back: Option<Day>,
    dip: Option<f64>,
}

impl Rise {
    /// The most likely first day of the rise; none where no rise can be told from the days before.
    ///
    /// It is the break at which an exact least-squares fit of levels to the logs of the counts, less the effect of the
    /// weekday, has the rise begin. It is not a cause.
    ///
    /// ```
    /// use delisted::downloads::SeriesView;
    ///
    /// let mut counts = [1_000_u32; 120];
    /// (counts[90], counts[91]) = (7_000, 9_000);
    /// let series = SeriesView::of_u32("2021-03-19".parse()?, &counts)?;
    /// let rise = series.rise("2021-06-17..2021-06-18".parse()?)?;
    /// assert_eq!(rise.onset(), Some("2021-06-17".parse()?));
    /// let flat = [1_000_u32; 120];
    /// let series = SeriesView::of_u32("2021-03-19".parse()?, &flat)?;
    /// assert_eq!(series.rise("2021-06-17".parse()?)?.onset(), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn onset(&self) -> Option<Day> {
        self.onset.map(|[day, _, _]| day)
    }

    /// The first and the last day that may as well have been the onset.
    ///
    /// The days on which the likelihood falls little enough below its best: in simulations the range held the true day
    /// in nine series of ten and more, in fewer where the rise was small and the level had a trend.
    ///
    /// ```
    /// use delisted::downloads::SeriesView;
    ///
    /// let mut counts = [1_000_u32; 120];
    /// (counts[90], counts[91]) = (7_000, 9_000);
    /// counts[89] = u32::MAX;
    /// let series = SeriesView::of_u32_or("2021-03-19".parse()?, &counts, u32::MAX)?;
    /// let range = series.rise("2021-06-17..2021-06-18".parse()?)?.onset_range();
    /// assert_eq!(range, Some(("2021-06-16".parse()?, "2021-06-17".parse()?)), "it may have begun unseen");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn onset_range(&self) -> Option<(Day, Day)> {
        self.onset.map(|[_, low, high]| (low, high))
    }

    /// The day of the highest count, from the first day of the window to the return.
    ///
    /// ```
    /// use delisted::downloads::SeriesView;
    ///
    /// let mut counts = [1_000_u32; 120];
    /// (counts[90], counts[91]) = (7_000, 9_000);
    /// let series = SeriesView::of_u32("2021-03-19".parse()?, &counts)?;
    /// assert_eq!(series.rise("2021-06-17".parse()?)?.peak(), "2021-06-18".parse()?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn peak(&self) -> Day {
        self.peak
    }

    /// The first of three days in a row on which the count was no higher than an ordinary day's may be; none where that
    /// is not within four weeks after the window, or the series ends first.
    ///
    /// ```
    /// use delisted::downloads::SeriesView;
    ///
    /// let mut counts = [1_000_u32; 120];
    /// (counts[90], counts[91]) = (7_000, 9_000);
    /// let series = SeriesView::of_u32("2021-03-19".parse()?, &counts)?;
    /// assert_eq!(series.rise("2021-06-17".parse()?)?.back(), Some("2021-06-19".parse()?));
    ///
    /// counts[92..].fill(3_000);
    /// let series = SeriesView::of_u32("2021-03-19".parse()?, &counts)?;
    /// assert_eq!(series.rise("2021-06-17".parse()?)?.back(), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn back(&self) -> Option<Day> {
        self.back
    }

    /// How many downloads were missing, on balance, from the return to four weeks after the window: a ban moves demand
    /// forward. None where the spike is not over, or nothing was missing.
    ///
    /// ```
    /// use delisted::downloads::SeriesView;
    ///
    /// let mut counts = [1_000_u32; 120];
    /// (counts[90], counts[91]) = (7_000, 9_000);
    /// counts[95..100].fill(600);
    /// let series = SeriesView::of_u32("2021-03-19".parse()?, &counts)?;
    /// assert_eq!(series.rise("2021-06-17..2021-06-18".parse()?)?.missing_after(), Some(2_000.0));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn missing_after(&self) -> Option<f64> {
        self.dip
    }
}

impl SeriesView<'_> {
    /// The days of the spike in a window, which ought to be one: this finds its days, and does not test it.
    ///
    /// ```
    /// use delisted::downloads::SeriesView;
    ///
    /// let series = SeriesView::of_u32("2021-03-19".parse()?, &[10; 100])?;
    /// let rise = series.rise("2021-06-17".parse()?)?;
    /// assert_eq!((rise.onset(), rise.onset_range(), rise.missing_after()), (None, None, None));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// - the window lies outside the series.
    pub fn rise(&self, window: Window) -> Result<Rise, NoSpike> {
        let outside = || NoSpike::Outside { window, first: self.first(), last: self.last() };
        let opens = self.offset(window.first()).ok_or_else(outside)?;
        let closes = self.offset(window.last()).ok_or_else(outside)?.saturating_add(1);
        let counts = self.counted();
        let onset = onset::onset(&counts, self.first().weekday(), opens..closes, CAUTIOUS_DROP).ok();

        let follow = self.followed_until(window.first());
        // Once the spike is over, no ceiling is asked for, and each would cost more than all else of its day.
        let mut quiet = Quiet::default();
        let mut ordinary = |offset: usize, count: f64| {
            let prediction = offset.checked_sub(opens).and_then(|ahead| follow.forecast(ahead, 1))?;
            let ceiling = if quiet.is_back() { prediction.mean } else { prediction.most(ABOVE) };
            quiet.day(count, ceiling);
            Some((prediction.mean, ceiling))
        };
        let end = counts.len().min(closes.saturating_add(DAYS_AFTER));
        let near = counts.get(..end).unwrap_or(&counts);
        let (expected, ceilings): (Vec<f64>, Vec<f64>) = near
            .iter()
            .enumerate()
            .map(|(offset, count)| ordinary(offset, *count).unwrap_or((f64::NAN, f64::NAN)))
            .unzip();
        let course = course(near, &expected, &ceilings, opens, DAYS_AFTER).ok();
        let inside = counts.iter().enumerate().take(closes).skip(opens).filter(|(_, count)| !count.is_nan());
        let highest = inside.reduce(|highest, day| if day.1 > highest.1 { day } else { highest });
        let peak = course.map_or_else(|| highest.map_or(opens, |(offset, _)| offset), |course| course.peak);
        Ok(Rise {
            onset: onset.map(|onset| [onset.day, onset.low, onset.high].map(|offset| self.day(offset))),
            peak: self.day(peak),
            back: course.and_then(|course| course.back).map(|back| self.day(back)),
            dip: course.and_then(|course| course.dip).map(|dip| dip.deficit),
        })
    }

    /// The days on which the level broke: the best `count` of them, by exact least squares on the logs of one plus the
    /// counts, less the effect of the weekday.
    ///
    /// How many breaks there are is for the caller to say; nothing is tested.
    ///
    /// ```
    /// use delisted::downloads::SeriesView;
    ///
    /// let mut counts = [100_u32; 90];
    /// counts[60..].fill(400);
    /// let series = SeriesView::of_u32("2021-04-18".parse()?, &counts)?;
    /// assert_eq!(series.breaks(1)?, ["2021-06-17".parse()?]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// - too few days have a count for so many breaks.
    pub fn breaks(&self, count: usize) -> Result<Vec<Day>, NoBreaks> {
        let logs = logs(&self.counted());
        let first = self.first().weekday();
        let levelled = WeekdayEffects::of(&logs, first, 1).map(|effects| effects.removed_from(&logs, first));
        let found = breaks(levelled.as_ref().unwrap_or(&logs), count)?;
        Ok(found.starts.into_iter().map(|offset| self.day(offset)).collect())
    }

    /// The counts day by day; NaN where there is none.
    fn counted(&self) -> Vec<f64> {
        self.readings().map(|reading| reading.seen().map_or(f64::NAN, Count::value)).collect()
    }
}
