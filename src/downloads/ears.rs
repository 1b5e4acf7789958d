//! EARS: a count beside the week before it, for apps too new to have a season.
//!
//! An *EARS* chart here is one of the three of the Early Aberration Reporting System (Hutwagner et al. 2003,
//! J Urban Health 80:i89): C1 compares a day with the seven days before it; C2 with seven days that end three
//! days before it, so that a surge of two days does not raise its own baseline; C3 adds up how far C2
//! exceeded one standard deviation over today and the two days before. It is not a model: it knows no
//! weekday, no season and no trend, and on seven days a standard deviation is rough. It is not C3 as R's
//! surveillance 1.20.3 has it, which never looks at today.
//!
//! Essential types: [`Ears`] is the settings, [`Charted`] what a day's count amounts to. A missing count is left out,
//! never taken for zero.
//!
//! ```
//! use delisted::downloads::{SeriesView, ears::Ears};
//!
//! let series = SeriesView::of_u32("2021-06-10".parse()?, &[20, 22, 19, 21, 20, 18, 20, 60])?;
//! let charted = series.charted(&Ears::c1(), "2021-06-17".parse()?);
//! assert!(charted.is_some_and(|charted| charted.alarm && charted.expected == 20.0));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use super::{
    Day, SeriesView,
    distribution::{normal_upper_quantile, t_upper},
};

/// Days before today whose C2 adds to C3.
const C3_EARLIER: usize = 2;

/// The settings of a chart.
///
/// ```
/// use delisted::downloads::ears::Ears;
///
/// assert_eq!(Ears { alpha: 0.01, ..Ears::c1() }.baseline, 7);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ears {
    /// Which of the three.
    pub chart: Chart,
    /// Days of baseline; 7 in the paper, 2 or more.
    pub baseline: usize,
    /// The fewest days of the baseline that must not be missing; 2 or more.
    pub least_days: usize,
    /// The standard deviation is taken to be at least this many counts: 0 in the paper.
    pub least_deviation: f64,
    /// The probability above the limit under a normal distribution, above 0 and below 1.
    pub alpha: f64,
}

/// Which of the three charts.
///
/// ```
/// use delisted::downloads::ears::{Chart, Ears};
///
/// assert_eq!(Ears::c3().chart, Chart::C3);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chart {
    /// The days just before today.
    C1,
    /// The days before those, two left out.
    C2,
    /// Today's excess by C2, and that of the two days before.
    C3,
}

/// What a day's count amounts to.
///
/// ```
/// use delisted::downloads::{SeriesView, ears::Ears};
///
/// let series = SeriesView::of_u32("2021-06-10".parse()?, &[20, 22, 19, 21, 20, 18, 20, 21])?;
/// let charted = series.charted(&Ears::c1(), "2021-06-17".parse()?);
/// assert!(charted.is_some_and(|charted| !charted.alarm && charted.p.is_some()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Charted {
    /// The mean of the baseline.
    pub expected: f64,
    /// The standard deviation of the baseline, or the least allowed.
    pub deviation: f64,
    /// Standard deviations above the mean; with C3 their excesses over 1, added up. `None` where the
    /// deviation is 0 or today is missing.
    pub statistic: Option<f64>,
    /// What the statistic must exceed.
    pub limit: f64,
    /// The highest count that raises no alarm; `None` with C3 where the two days before exceed the limit by
    /// themselves.
    pub bound: Option<f64>,
    /// The probability of a count this far above the mean or farther, with C1 and C2, by Student's t for one
    /// more of the baseline's days; `None` where the statistic is, and with C3.
    pub p: Option<f64>,
    /// Whether the count is above the bound.
    pub alarm: bool,
}

impl SeriesView<'_> {
    /// What a day's count amounts to on an EARS chart; none where the day is not in the series, or too few days of its
    /// baseline have a count.
    ///
    /// ```
    /// use delisted::downloads::{SeriesView, ears::Ears};
    ///
    /// let series = SeriesView::of_u32("2021-06-10".parse()?, &[20; 8])?;
    /// assert!(series.charted(&Ears::c2(), "2021-06-17".parse()?).is_none(), "C2 looks nine days back");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn charted(&self, ears: &Ears, day: Day) -> Option<Charted> {
        let (before, counts) = self.history();
        ears.read(&counts, self.offset(day)?.checked_sub(before)?)
    }
}

/// The mean and the standard deviation of a baseline, and how many days they are of.
#[derive(Clone, Copy)]
struct Usual {
    mean: f64,
    deviation: f64,
    days: f64,
}

impl Ears {
    /// C1 at 1 in 1,000.
    ///
    /// ```
    /// use delisted::downloads::ears::{Chart, Ears};
    ///
    /// assert_eq!(Ears::c1().chart, Chart::C1);
    /// ```
    #[must_use]
    pub fn c1() -> Self {
        Self { chart: Chart::C1, baseline: 7, least_days: 5, least_deviation: 0.5, alpha: 0.001 }
    }

    /// C2 at 1 in 1,000.
    ///
    /// ```
    /// use delisted::downloads::ears::{Chart, Ears};
    ///
    /// assert_eq!(Ears::c2().chart, Chart::C2);
    /// ```
    #[must_use]
    pub fn c2() -> Self {
        Self { chart: Chart::C2, ..Self::c1() }
    }

    /// C3 at 1 in 40.
    ///
    /// ```
    /// use delisted::downloads::ears::{Chart, Ears};
    ///
    /// assert_eq!(Ears::c3().chart, Chart::C3);
    /// ```
    #[must_use]
    pub fn c3() -> Self {
        Self { chart: Chart::C3, alpha: 0.025, ..Self::c1() }
    }

    /// What the count at `day` amounts to, beside those before it.
    ///
    /// `None` where the day is not in the series, or too few days of its baseline are; with C3 of the two days
    /// before it too.
    pub(super) fn read(&self, series: &[f64], day: usize) -> Option<Charted> {
        if !(self.alpha > 0.0 && self.alpha < 1.0) {
            return None;
        }
        let observed = *series.get(day)?;
        let usual = self.usual(series, day)?;
        let limit = normal_upper_quantile(self.alpha);
        let reading = match self.chart {
            Chart::C1 | Chart::C2 => {
                let statistic = usual.above(observed);
                Charted {
                    expected: usual.mean,
                    deviation: usual.deviation,
                    statistic,
                    limit,
                    bound: Some(usual.mean + limit * usual.deviation),
                    p: statistic.and_then(|above| usual.p(above)),
                    alarm: observed > usual.mean + limit * usual.deviation,
                }
            }
            Chart::C3 => {
                let mut earlier = 0.0;
                for back in 1..=C3_EARLIER {
                    earlier += self.excess(series, day.checked_sub(back)?)?;
                }
                let statistic = usual.above(observed).map(|above| earlier + (above - 1.0).max(0.0));
                let left = limit - earlier;
                let bound = (left >= 0.0).then_some(usual.mean + (1.0 + left) * usual.deviation);
                let alarm = !observed.is_nan() && bound.is_none_or(|bound| observed > bound);
                let (expected, deviation) = (usual.mean, usual.deviation);
                Charted { expected, deviation, statistic, limit, bound, p: None, alarm }
            }
        };
        let finite = reading.expected.is_finite() && reading.bound.is_none_or(f64::is_finite);
        finite.then_some(reading)
    }

    /// How far a day's C2 exceeded 1; 0 where its baseline did not vary or the day is missing, as neither
    /// tells anything.
    fn excess(&self, series: &[f64], day: usize) -> Option<f64> {
        let above = self.usual(series, day)?.above(*series.get(day)?);
        Some(above.map_or(0.0, |above| (above - 1.0).max(0.0)))
    }

    fn usual(&self, series: &[f64], day: usize) -> Option<Usual> {
        let gap = if self.chart == Chart::C1 { 0 } else { 2 };
        let end = day.checked_sub(gap)?;
        let start = end.checked_sub(self.baseline)?;
        let counts = || series.iter().take(end).skip(start).filter(|count| !count.is_nan());
        let have = counts().count();
        if have < self.least_days.max(2) {
            return None;
        }
        let days = f64::from(u32::try_from(have).unwrap_or(u32::MAX));
        let mean = counts().sum::<f64>() / days;
        let squares = counts().map(|count| (count - mean).powi(2)).sum::<f64>();
        let deviation = (squares / (days - 1.0)).sqrt().max(self.least_deviation);
        Some(Usual { mean, deviation, days })
    }
}

impl Usual {
    /// Standard deviations above the mean.
    fn above(self, observed: f64) -> Option<f64> {
        let above = (observed - self.mean) / self.deviation;
        above.is_finite().then_some(above)
    }

    /// A new count less a mean of n others is sqrt(1 + 1/n) standard deviations wide.
    fn p(self, above: f64) -> Option<f64> {
        let p = t_upper(above / (1.0 + 1.0 / self.days).sqrt(), self.days - 1.0);
        p.is_finite().then_some(p)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests stop at the first surprise")]

    use super::*;

    /// Mean 4 and standard deviation sqrt(28 / 6) over the first seven.
    const WEEK: [f64; 7] = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0];

    fn near(a: f64, b: f64) {
        assert!((a - b).abs() < 1e-9, "{a} is not {b}");
    }

    #[test]
    fn c1_stands_on_the_week_just_before() {
        let mut series = WEEK.to_vec();
        series.push(15.0);
        let reading = Ears::c1().read(&series, 7).unwrap();
        let deviation = (28.0_f64 / 6.0).sqrt();
        near(reading.expected, 4.0);
        near(reading.deviation, deviation);
        near(reading.statistic.unwrap(), 11.0 / deviation);
        near(reading.bound.unwrap(), 4.0 + 3.090_232_306_167_813_5 * deviation);
        assert!(reading.alarm);
        // Student's t with 6 degrees of freedom at 11 / sqrt(28 / 6 x 8 / 7) = 4.7631, whose tail is in
        // closed form: 1/2 - s/2 (1 + c2/2 + 3/8 c2^2), with s the sine and c2 the squared cosine of arctan(t
        // / sqrt(6)).
        let t = 11.0 / (28.0_f64 / 6.0 * 8.0 / 7.0).sqrt();
        let (sine, square) = (t / (6.0 + t * t).sqrt(), 6.0 / (6.0 + t * t));
        near(reading.p.unwrap(), 0.5 - sine / 2.0 * (1.0 + square / 2.0 + 0.375 * square * square));
    }

    #[test]
    fn c2_leaves_out_two_days() {
        let mut series = WEEK.to_vec();
        series.extend([500.0, 900.0, 10.0]);
        let reading = Ears::c2().read(&series, 9).unwrap();
        near(reading.expected, 4.0);
        assert!(!reading.alarm);
        assert!(Ears::c2().read(&series, 8).is_none());
    }

    #[test]
    fn c3_adds_today_to_the_two_days_before() {
        let series: Vec<f64> = [WEEK.as_slice(), &[4.0, 4.0, 5.0, 4.0, 12.0]].concat();
        let reading = Ears::c3().read(&series, 11).unwrap();
        // Baselines of the days 9, 10 and 11: 1..7, then 2..7 and 4, then 3..7, 4 and 4.
        let excess = |baseline: [f64; 7], count: f64| {
            let mean = baseline.iter().sum::<f64>() / 7.0;
            let deviation = (baseline.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / 6.0).sqrt();
            ((count - mean) / deviation - 1.0).max(0.0)
        };
        let today = excess([3.0, 4.0, 5.0, 6.0, 7.0, 4.0, 4.0], 12.0);
        let before = excess([2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 4.0], 4.0) + excess(WEEK, 5.0);
        near(reading.statistic.unwrap(), today + before);
        assert!(today > 1.96 && reading.alarm);
        assert!(reading.bound.unwrap() < 12.0);
        let calm: Vec<f64> = [WEEK.as_slice(), &[4.0, 4.0, 5.0, 4.0, 5.0]].concat();
        assert!(!Ears::c3().read(&calm, 11).unwrap().alarm);
    }

    #[test]
    fn c3_can_alarm_by_the_days_before_alone() {
        let series: Vec<f64> = [WEEK.as_slice(), &[4.0, 4.0, 4.0, 90.0, 1.0]].concat();
        let reading = Ears::c3().read(&series, 11).unwrap();
        assert!(reading.bound.is_none() && reading.alarm);
    }

    #[test]
    fn a_constant_series_has_no_statistic_unless_a_least_deviation_is_given() {
        let mut series = vec![5.0; 8];
        let bare = Ears { least_deviation: 0.0, ..Ears::c1() };
        assert_eq!(bare.read(&series, 7).unwrap().statistic, None);
        assert_eq!(bare.read(&series, 7).unwrap().bound, Some(5.0));
        assert!(!bare.read(&series, 7).unwrap().alarm);
        near(Ears::c1().read(&series, 7).unwrap().bound.unwrap(), 5.0 + 0.5 * 3.090_232_306_167_813_5);
        series[7] = 6.0;
        assert!(bare.read(&series, 7).unwrap().alarm && !Ears::c1().read(&series, 7).unwrap().alarm);
        let zeros = [0.0; 12];
        for ears in [Ears::c1(), Ears::c2(), Ears::c3(), bare] {
            let reading = ears.read(&zeros, 11).unwrap();
            assert!(!reading.alarm && reading.expected == 0.0);
        }
    }

    #[test]
    fn missing_days_are_left_out_until_too_few_are_left() {
        let mut series = WEEK.to_vec();
        series.push(15.0);
        series[0] = f64::NAN;
        near(Ears::c1().read(&series, 7).unwrap().expected, 4.5);
        (series[1], series[2]) = (f64::NAN, f64::NAN);
        assert_eq!(Ears::c1().read(&series, 7), None);
        let mut today = WEEK.to_vec();
        today.push(f64::NAN);
        let reading = Ears::c1().read(&today, 7).unwrap();
        assert!(reading.statistic.is_none() && reading.p.is_none() && !reading.alarm);
        assert_eq!(Ears::c1().read(&today, 8), None);
        assert_eq!(Ears::c1().read(&today, 6), None);
    }
}
