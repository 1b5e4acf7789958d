//! How a window of a series is measured against each baseline.

use thiserror::Error;

use super::{
    Baseline, Count, Day, MeasuredSpike, Note, PValue, Reading, SeriesView, Window,
    count_model::{CountModel, NoForecast},
    ears::Ears,
    follow::Follow,
    prediction::Prediction,
};

/// The chance left out at each end of a 95 % interval.
const TAIL: f64 = 0.025;

/// Below this expected count a multiple says little, and a note says so.
const TINY: f64 = 5.0;

/// From this multiple on, the week before is called a surge of its own.
const SURGE: f64 = 1.5;

/// Why a window cannot be measured.
///
/// ```
/// use delisted::downloads::{Baseline, Day, SeriesView};
///
/// let first: Day = "2020-09-19".parse()?;
/// let series = SeriesView::of_u32(first, &[54_000])?;
/// let refused = series.spike("2020-09-19".parse()?, Baseline::WeekEarlier).unwrap_err();
/// assert_eq!(refused.to_string(), "no baseline for 2020-09-19: `2020-09-12` has no count");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum NoSpike {
    /// A day of the window has no count.
    #[error("`{day}` of the window has no count: a missing day is not zero")]
    Missing {
        /// The day.
        day: Day,
    },
    /// A day of the window is known only to lie below a bound.
    #[error("`{day}` of the window is known only to lie below `{below}`")]
    Censored {
        /// The day.
        day: Day,
        /// The bound.
        below: u64,
    },
    /// The app was off the store on a day of the window.
    #[error("`{day}` of the window is zero since the app was off the store")]
    Structural {
        /// The day.
        day: Day,
    },
    /// The window and the series do not meet.
    #[error("the window `{window}` lies outside the series, which runs from {first} to {last}")]
    Outside {
        /// The window.
        window: Window,
        /// The first day of the series.
        first: Day,
        /// The last.
        last: Day,
    },
    /// A day that the baseline needs has no count.
    #[error("no baseline for {day}: `{needed}` has no count")]
    NeedsDay {
        /// The day of the window.
        day: Day,
        /// The day that would have to be compared with.
        needed: Day,
    },
    /// Too little lies before the window.
    #[error(
        "no baseline for {window}: `{counts}` counts before it are too few or too far apart for {baseline}, which needs {least}"
    )]
    TooShort {
        /// The window.
        window: Window,
        /// The baseline.
        baseline: Baseline,
        /// The counts before the window.
        counts: u32,
        /// The least that the baseline needs.
        least: u32,
    },
    /// The baseline tests one day at a time.
    #[error("{baseline} measures one day at a time, and the window `{window}` has {days}")]
    OneDay {
        /// The window.
        window: Window,
        /// The baseline.
        baseline: Baseline,
        /// The days of the window.
        days: u32,
    },
    /// The model could not be fitted.
    #[error("{baseline} gives no expected count for {window}: {reason}")]
    Unfitted {
        /// The window.
        window: Window,
        /// The baseline.
        baseline: Baseline,
        /// Why not, in words.
        reason: String,
    },
}

impl SeriesView<'_> {
    /// Measures a window against a baseline that knows only the days before it.
    ///
    /// ```
    /// use delisted::downloads::{Baseline, Day, SeriesView};
    ///
    /// let mut counts: Vec<u32> = (0..84_u32).map(|day| 1_000 + 50 * (day % 7) + day * 37 % 11).collect();
    /// counts[82] = 9_000;
    /// counts[83] = 8_000;
    /// let series = SeriesView::of_u32("2021-03-26".parse()?, &counts)?;
    /// let spike = series.spike("2021-06-16..2021-06-17".parse()?, Baseline::default())?;
    /// assert!(spike.multiple().is_some_and(|multiple| multiple.value() > 6.5));
    /// assert!(spike.p().is_some_and(|p| p.is_below_limit()));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// - a day of the window has no count, is censored, or is zero because the app was off the store;
    /// - the window lies outside the series;
    /// - what the baseline needs before the window is not there.
    pub fn spike(&self, window: Window, baseline: Baseline) -> Result<MeasuredSpike, NoSpike> {
        self.spike_after(window, baseline, 0)
    }

    /// As [`spike`](Self::spike), with a lead: that many days before the window stay out of the baseline, since the
    /// public may have rushed before the event.
    ///
    /// Only [`Baseline::WeekdayLevel`] looks at the days just before; for the other baselines the lead changes nothing.
    ///
    /// ```
    /// use delisted::downloads::{Baseline, SeriesView};
    ///
    /// let counts = [500_u32; 70];
    /// let series = SeriesView::of_u32("2021-04-10".parse()?, &counts)?;
    /// let spike = series.spike_after("2021-06-17..2021-06-18".parse()?, Baseline::default(), 2)?;
    /// assert_eq!(spike.expected(), 1_000.0);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// - as of [`spike`](Self::spike).
    pub fn spike_after(
        &self,
        window: Window,
        baseline: Baseline,
        lead: u8,
    ) -> Result<MeasuredSpike, NoSpike> {
        let mut notes = Vec::new();
        let observed = self.observed(window, &mut notes)?;
        let expectation = self.expectation(window, baseline, usize::from(lead))?;
        let prediction = expectation.prediction;
        notes.extend(expectation.notes);
        if expectation.mean < TINY {
            notes.push(Note::TinyBaseline);
        }
        let (low, high) = prediction.map_or((None, None), |prediction| {
            let (low, high) = prediction.multiples(observed, TAIL);
            (finite(low), high.and_then(finite))
        });
        // What is known only by a bound may have been next to nothing, over which a multiple has no upper end.
        let censored = notes.iter().any(|note| matches!(note, Note::Censored { .. }));
        let high = high.filter(|_| !censored);
        let p = expectation.p.or_else(|| prediction.map(|prediction| prediction.upper_tail(observed)));
        Ok(MeasuredSpike {
            window,
            baseline,
            observed,
            expected: expectation.mean,
            low,
            high,
            p: p.and_then(|p| PValue::new(p).ok()),
            notes,
        })
    }

    /// The count of a window, every day of which must have one.
    fn observed(&self, window: Window, notes: &mut Vec<Note>) -> Result<f64, NoSpike> {
        let mut sum = 0.0;
        for day in window.days() {
            let offset = self.offset(day).ok_or_else(|| NoSpike::Outside {
                window,
                first: self.first(),
                last: self.last(),
            })?;
            sum += match self.reading_at(offset) {
                Reading::Counted(count) => count.value(),
                Reading::Partial(count) => {
                    notes.push(Note::Partial { day });
                    count.value()
                }
                Reading::Missing => return Err(NoSpike::Missing { day }),
                Reading::Censored { below } => return Err(NoSpike::Censored { day, below }),
                Reading::Structural => return Err(NoSpike::Structural { day }),
            };
        }
        Ok(sum)
    }

    fn expectation(&self, window: Window, baseline: Baseline, lead: usize) -> Result<Expectation, NoSpike> {
        match baseline {
            Baseline::WeekEarlier => self.week_earlier(window),
            Baseline::WeekdayMedian => self.weekdays(window, baseline, median),
            Baseline::WeekdayMean => self.weekdays(window, baseline, mean),
            Baseline::WeekdayLevel => self.weekday_level(window, lead),
            Baseline::CountModel => self.count_model(window),
            Baseline::EarsC1 => self.ears(window, baseline, &Ears::c1()),
            Baseline::EarsC2 => self.ears(window, baseline, &Ears::c2()),
        }
    }

    fn week_earlier(&self, window: Window) -> Result<Expectation, NoSpike> {
        let shift = whole_weeks(window).saturating_neg();
        let mut sum = 0.0;
        for day in window.days() {
            let missing = |needed: Day| NoSpike::NeedsDay { day, needed };
            let needed = day.checked_add(shift).ok_or_else(|| missing(day))?;
            sum += self.plain(needed).ok_or_else(|| missing(needed))?;
        }
        let mut notes = Vec::new();
        let earlier = window.first().checked_add(shift).and_then(|first| {
            let last = window.last().checked_add(shift)?;
            Window::of_days(first, last).ok()
        });
        if let Some(earlier) = earlier
            && let Some(usual) =
                self.weekdays(earlier, Baseline::WeekdayMedian, median).ok().map(|usual| usual.mean)
            && usual > 0.0
            && sum / usual >= SURGE
        {
            notes.push(Note::EarlierSurge { multiple: sum / usual });
        }
        Ok(Expectation { mean: sum, prediction: None, p: None, notes })
    }

    /// The median or mean of the same weekdays in four weeks, summed over the days of the window.
    fn weekdays(
        &self,
        window: Window,
        baseline: Baseline,
        of: fn(&mut [f64]) -> Option<(f64, f64)>,
    ) -> Result<Expectation, NoSpike> {
        let follow = self.followed_until(window.first());
        let (dispersion, freedom) = follow.dispersion();
        let (mut sum, mut squares, mut errors, mut fewest) = (0.0, 0.0, 0.0, 4_u32);
        for day in window.days() {
            let mut same = Vec::with_capacity(4);
            for week in 0..4_i32 {
                let back = whole_weeks(window).saturating_add(week.saturating_mul(7)).saturating_neg();
                same.extend(day.checked_add(back).and_then(|day| self.plain(day)));
            }
            let weeks = u32::try_from(same.len()).unwrap_or(4);
            fewest = fewest.min(weeks);
            let (middle, share) = of(&mut same).filter(|_| weeks >= 2).ok_or(NoSpike::TooShort {
                window,
                baseline,
                counts: weeks,
                least: 2,
            })?;
            sum += middle;
            squares += middle * middle;
            // A middle of nothing is known no better than one of a twentieth: its error must not be nothing too.
            let held = middle.max(0.05);
            errors += held * held * share * (dispersion + 1.0 / held);
        }
        let whole = (sum * sum).max(0.0025);
        let prediction = (freedom >= 7.0).then(|| Prediction {
            mean: sum,
            dispersion: dispersion * squares / whole,
            uncertainty: (errors / whole).max(1e-6),
            freedom,
        });
        let notes = if fewest < 4 { vec![Note::Few { weeks: fewest }] } else { Vec::new() };
        Ok(Expectation { mean: sum, prediction, p: None, notes })
    }

    fn weekday_level(&self, window: Window, lead: usize) -> Result<Expectation, NoSpike> {
        let days = usize::try_from(window.len().get()).unwrap_or(usize::MAX);
        let back = i32::try_from(lead).unwrap_or(i32::MAX).saturating_neg();
        let freeze = window.first().checked_add(back);
        let follow = self.followed_until(freeze.unwrap_or(window.first()));
        let Some(prediction) = follow.forecast(lead, days) else {
            return Err(NoSpike::TooShort {
                window,
                baseline: Baseline::WeekdayLevel,
                counts: self.counts_before(window.first()),
                least: 21,
            });
        };
        let mut notes = Vec::new();
        if follow.gaps() > 0 {
            notes.push(Note::Gap { days: follow.gaps() });
        }
        if follow.left_out() > 0 {
            notes.push(Note::LeftOut { days: follow.left_out() });
        }
        let censored = self.censored_before(freeze.unwrap_or(window.first()));
        if censored > 0 {
            notes.push(Note::Censored { days: censored });
        }
        Ok(Expectation { mean: prediction.mean, prediction: Some(prediction), p: None, notes })
    }

    /// The count model's forecasts of the window's days, added up; each leaves out the two weeks before its day.
    fn count_model(&self, window: Window) -> Result<Expectation, NoSpike> {
        let model = CountModel::daily();
        let (before, mut counts) = self.history();
        // The days of the event are none of its own baseline, which two weeks left out do not see to where it is longer.
        let opens = self.offset(window.first()).unwrap_or(self.len()).saturating_sub(before);
        counts.iter_mut().skip(opens).for_each(|count| *count = f64::NAN);
        let (mut mean, mut variance, mut error) = (0.0, 0.0, 0.0);
        for day in window.days() {
            let forecast = self
                .offset(day)
                .map(|offset| offset.saturating_sub(before))
                .ok_or(NoForecast::Absent { length: counts.len() })
                .and_then(|offset| model.forecast(&counts, offset))
                .map_err(|reason| NoSpike::Unfitted {
                    window,
                    baseline: Baseline::CountModel,
                    reason: reason.to_string(),
                })?;
            mean += forecast.expected;
            variance += forecast.dispersion * forecast.expected;
            // The days share one regression, so that their errors add up rather than average out.
            error += forecast.expected * forecast.error_of_log;
        }
        let prediction = Prediction {
            mean,
            dispersion: (variance - mean).max(0.0) / (mean * mean),
            uncertainty: (error * error / (mean * mean)).max(1e-6),
            freedom: f64::INFINITY,
        };
        Ok(Expectation { mean, prediction: Some(prediction), p: None, notes: Vec::new() })
    }

    fn ears(&self, window: Window, baseline: Baseline, ears: &Ears) -> Result<Expectation, NoSpike> {
        let days = window.len().get();
        if days > 1 {
            return Err(NoSpike::OneDay { window, baseline, days });
        }
        let charted = self.charted(ears, window.first()).ok_or_else(|| NoSpike::TooShort {
            window,
            baseline,
            counts: self.counts_before(window.first()),
            least: 5,
        })?;
        let notes = vec![Note::Model { text: "seven days know no weekday and no trend" }];
        Ok(Expectation { mean: charted.expected, prediction: None, p: charted.p, notes })
    }

    /// What each day lends to a baseline, from the first that lends a count on, and how many days lie before that one:
    /// missing days before the first count are no history.
    pub(super) fn history(&self) -> (usize, Vec<f64>) {
        let lent = self.readings().map(baseline_count);
        let before = lent.clone().take_while(|count| count.is_nan()).count();
        (before, lent.skip(before).collect())
    }

    /// The default method's state with everything before `day` taken in.
    pub(super) fn followed_until(&self, day: Day) -> Follow {
        self.followed(self.offset(day).unwrap_or(if day > self.last() { self.len() } else { 0 }))
    }

    /// The default method's state with so many first days taken in.
    pub(super) fn followed(&self, days: usize) -> Follow {
        let mut follow = Follow::new(self.prior());
        for reading in self.readings().take(days) {
            let _ = follow.step(baseline_count(reading));
        }
        follow
    }

    fn plain(&self, day: Day) -> Option<f64> {
        self.reading_at(self.offset(day)?).counted().map(Count::value)
    }

    fn counts_before(&self, day: Day) -> u32 {
        let days = self.offset(day).unwrap_or(0);
        let counted =
            self.readings().take(days).filter(|reading| matches!(reading, Reading::Counted(_))).count();
        u32::try_from(counted).unwrap_or(u32::MAX)
    }

    fn censored_before(&self, day: Day) -> u32 {
        let days = self.offset(day).unwrap_or(0);
        let recent = self.readings().take(days).skip(days.saturating_sub(56));
        u32::try_from(recent.filter(|reading| matches!(reading, Reading::Censored { .. })).count())
            .unwrap_or(u32::MAX)
    }
}

/// What a baseline expects of a window.
pub(super) struct Expectation {
    pub(super) mean: f64,
    pub(super) prediction: Option<Prediction>,
    pub(super) p: Option<f64>,
    pub(super) notes: Vec<Note>,
}

/// The count that a day lends to a baseline; NaN where it lends none.
///
/// A censored day lends the most that it may have been, so that what is expected errs upwards and a spike is not made
/// of days that a store keeps back.
pub(super) fn baseline_count(reading: Reading) -> f64 {
    match reading {
        Reading::Counted(count) => count.value(),
        Reading::Censored { below } => super::spike::real(below.saturating_sub(1)),
        Reading::Missing | Reading::Structural | Reading::Partial(_) => f64::NAN,
    }
}

/// The whole weeks by which the window must be moved so as to lie wholly before itself, in days.
fn whole_weeks(window: Window) -> i32 {
    i32::try_from(window.len().get().div_ceil(7).saturating_mul(7)).unwrap_or(i32::MAX)
}

/// The median of up to four numbers, and the variance of it over that of one of them (normal order statistics).
fn median(values: &mut [f64]) -> Option<(f64, f64)> {
    values.sort_by(f64::total_cmp);
    match &*values {
        [only] => Some((*only, 1.0)),
        [a, b] => Some((0.5 * (a + b), 0.5)),
        [_, middle, _] => Some((*middle, 0.449)),
        [_, b, c, _] => Some((0.5 * (b + c), 0.298)),
        _ => None,
    }
}

fn mean(values: &mut [f64]) -> Option<(f64, f64)> {
    let days = f64::from(u32::try_from(values.len()).ok()?);
    (days > 0.0).then(|| (values.iter().sum::<f64>() / days, 1.0 / days))
}

fn finite(value: f64) -> Option<f64> {
    value.is_finite().then_some(value)
}
