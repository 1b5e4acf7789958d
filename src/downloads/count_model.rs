//! The count model: what a regression on the seasons of earlier years expects of a count today.
//!
//! A *count model* here is the quasi-Poisson regression of Farrington et al. 1996 (J R Stat Soc A 159:547) as
//! Noufaily et al. 2013 (Stat Med 32:1206) improved it: a logarithmic link, a season by blocks, a linear
//! trend where it can be trusted, and past surges weighed down by their Anscombe residuals. It is not a model
//! of a series' course, and forecasts one count, the one asked about, from those before it. It is not for new
//! apps: below a year of days there is no season to learn, and [`ears`](super::ears) serves.
//!
//! Essential types: [`CountModel`] is the settings, [`Forecast`] what it expects, [`NoForecast`] why it
//! expects nothing. A missing count is left out of every fit and never taken for zero.
//!
//! ```
//! use delisted::downloads::{SeriesView, count_model::CountModel};
//!
//! let counts: Vec<u32> = (0..500_u32).map(|day| 200 + 30 * (day % 7) + day * 7_919 % 31).collect();
//! let series = SeriesView::of_u32("2020-01-01".parse()?, &counts)?;
//! let forecast = series.forecast(&CountModel::daily(), "2021-05-14".parse()?)?;
//! assert!((forecast.expected - 275.0).abs() < 25.0 && !forecast.alarm);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Where it differs from R's surveillance 1.20.3
//!
//! Told to do as that package does, every expected value, bound and p agrees with the eight digits it printed
//! (the tests say on which series). The defaults differ in two things. `farringtonFlexible` there computes
//! the standard error of the expected value with the prior weights where the working weights belong:
//! [`StandardError`]. And R's `glm` ends its iteration while the dispersion's fifth digit still moves:
//! [`Iteration`].

mod baseline;
mod glm;
#[cfg(test)]
mod reference;
mod settings;
#[cfg(test)]
mod tests;
mod threshold;

use thiserror::Error;

pub use self::settings::{CountModel, Iteration, Power, Sides, StandardError, Threshold, Trend};
use self::{
    baseline::Baseline,
    glm::{Design, Fit, Stop},
};
use super::{
    Day, SeriesView,
    distribution::{normal_upper_quantile, t_upper},
    spike::size,
};

/// Where the regression's iteration ends; its last step is then repeated with the means it led to.
const TO_THE_END: Stop = Stop { change: 1e-10, steps: 50, refreshed: true };

/// Where R's `glm` ends it by default; weights and leverages are those that led to the means.
const AS_IN_R: Stop = Stop { change: 1e-8, steps: 25, refreshed: false };

/// What is expected of one count.
///
/// ```
/// use delisted::downloads::{SeriesView, count_model::CountModel};
///
/// let counts: Vec<u32> = (0..500_u32).map(|day| 60 + day * 7_919 % 31).collect();
/// let series = SeriesView::of_u32("2020-01-01".parse()?, &counts)?;
/// let forecast = series.forecast(&CountModel::daily(), series.last())?;
/// assert!(forecast.dispersion >= 1.0 && forecast.bound > forecast.expected);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Forecast {
    /// The expected count, above 0.
    pub expected: f64,
    /// The variance over the mean, 1 or more.
    pub dispersion: f64,
    /// The standard error of the expected value's logarithm.
    pub error_of_log: f64,
    /// The change of the logarithm per step, where a trend was kept.
    pub trend: Option<f64>,
    /// The highest count that raises no alarm; whole with a negative binomial.
    pub bound: f64,
    /// The probability of a count as high as this or higher; `None` where the count is missing.
    pub p: Option<f64>,
    /// Whether too little was counted lately for any alarm.
    pub scarce: bool,
    /// Whether the count is above the bound and not scarce.
    pub alarm: bool,
    /// The counts that the regression was fitted to.
    pub baseline: usize,
}

/// Why nothing is expected.
///
/// ```
/// use delisted::downloads::{SeriesView, count_model::CountModel};
///
/// let series = SeriesView::of_u32("2020-01-01".parse()?, &[7; 100])?;
/// let refused = series.forecast(&CountModel::daily(), series.last()).unwrap_err();
/// assert_eq!(refused.to_string(), "`99` days lie before the one asked about: the season needs 391");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Error)]
#[non_exhaustive]
pub enum NoForecast {
    /// The step is not in the series.
    #[error("the day asked about is not among the {length} of the series")]
    Absent {
        /// How many days the series has.
        length: usize,
    },
    /// The series does not go back far enough.
    #[error("`{have}` days lie before the one asked about: the season needs {need}")]
    ShortHistory {
        /// Steps before the one asked about.
        have: usize,
        /// Steps that the settings ask for.
        need: usize,
    },
    /// The baseline has no more counts than the regression has coefficients.
    #[error("`{have}` counts for {coefficients} coefficients: more counts than coefficients are needed")]
    TooFewCounts {
        /// Counts of the baseline that are not missing.
        have: usize,
        /// Coefficients of the regression.
        coefficients: usize,
    },
    /// A count is below zero, or infinite, which no count model allows.
    #[error("`{count}` is no count: refunds must be set against downloads by an explicit rule")]
    NotACount {
        /// The count.
        count: f64,
    },
    /// In the season asked about every count of the baseline is 0, or missing.
    #[error("nothing was counted in the same season before, so that nothing can be expected")]
    NothingCounted,
    /// The regressors do not determine the coefficients.
    #[error("the counts do not tell the season from the trend")]
    Singular,
    /// The iteration did not end.
    #[error("the regression did not converge in `{steps}` steps")]
    NotConverged {
        /// The most steps that are taken.
        steps: u32,
    },
    /// The expected value or its bound is outside what a number can hold.
    #[error("the expected value is outside the range of numbers")]
    OutOfRange,
}

impl SeriesView<'_> {
    /// What a count model expects of a day, from the days before it.
    ///
    /// ```
    /// use delisted::downloads::{SeriesView, count_model::CountModel};
    ///
    /// let series = SeriesView::of_u32("2020-01-01".parse()?, &[7; 500])?;
    /// let forecast = series.forecast(&CountModel::daily(), series.last())?;
    /// assert!((forecast.expected - 7.0).abs() < 1e-6);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// - the day is not in the series, or too few lie before it;
    /// - the baseline has too few counts, or none above zero in the same season;
    /// - the regression is singular, does not converge, or leaves the range of numbers.
    pub fn forecast(&self, model: &CountModel, day: Day) -> Result<Forecast, NoForecast> {
        let (before, counts) = self.history();
        let step = self.offset(day).and_then(|offset| offset.checked_sub(before));
        model.forecast(&counts, step.unwrap_or(usize::MAX))
    }
}

/// A fit after past surges were weighed down.
struct Damped {
    fit: Fit,
    freedom: f64,
    /// Pearson's dispersion, not yet held to 1 or more.
    dispersion: f64,
    /// What scales the variances of the coefficients.
    scale: f64,
}

impl CountModel {
    /// What is expected of the count at `step` of the series, from those before it.
    ///
    /// # Errors
    ///
    /// - the step is not in the series, or too few lie before it;
    /// - a count of the baseline, or the one asked about, is below zero or infinite;
    /// - the baseline has too few counts, or none above zero in the same season;
    /// - the regression is singular, does not converge, or leaves the range of numbers.
    pub(super) fn forecast(&self, series: &[f64], step: usize) -> Result<Forecast, NoForecast> {
        let length = series.len();
        let observed = *series.get(step).ok_or(NoForecast::Absent { length })?;
        if observed < 0.0 || observed.is_infinite() {
            return Err(NoForecast::NotACount { count: observed });
        }
        let baseline = Baseline::of(self, series, step)?;
        let kept = self.with_trend(&baseline);
        let (damped, trend) = match kept {
            Some(damped) => {
                let slope = damped.fit.coefficients.last().copied();
                (damped, slope)
            }
            None => (self.fit(&baseline.design(false), &baseline.counts)?, None),
        };

        let expected = damped.expected();
        // Counts are never taken to vary less than Poisson ones: Farrington 1996.
        let dispersion = damped.dispersion.max(1.0);
        let scale = match self.standard_error {
            StandardError::Textbook => dispersion,
            StandardError::Surveillance => damped.scale,
        };
        let error_of_log = (scale * damped.fit.unit_variance(&damped.today())).sqrt();
        let tail = match self.sides {
            Sides::Upper => self.alpha,
            Sides::Both => self.alpha / 2.0,
        };
        let judged = threshold::Judge { expected, dispersion, error_of_log, threshold: self.threshold, tail };
        let (bound, p) = (judged.bound(normal_upper_quantile(tail)), judged.p(observed));
        if ![expected, dispersion, error_of_log, bound].iter().all(|value| value.is_finite()) {
            return Err(NoForecast::OutOfRange);
        }
        let scarce = self.is_scarce(series, step);
        let alarm = !scarce && observed > bound;
        let baseline = baseline.counts.len();
        Ok(Forecast { expected, dispersion, error_of_log, trend, bound, p, scarce, alarm, baseline })
    }

    /// The fit with a trend, where the trend is to be kept: Farrington 1996.
    fn with_trend(&self, baseline: &Baseline) -> Option<Damped> {
        let Trend::Kept { years, p } = self.trend else { return None };
        if baseline.years < years {
            return None;
        }
        let damped = self.fit(&baseline.design(true), &baseline.counts).ok()?;
        let highest = baseline.counts.iter().copied().fold(0.0, f64::max);
        let kept = damped.expected() <= highest && (p >= 1.0 || damped.p_of_trend()? <= p);
        kept.then_some(damped)
    }

    fn fit(&self, design: &Design, counts: &[f64]) -> Result<Damped, NoForecast> {
        let (have, coefficients) = (counts.len(), design.width);
        let freedom = size(have) - size(coefficients);
        if freedom < 1.0 {
            return Err(NoForecast::TooFewCounts { have, coefficients });
        }
        let stop = match self.iteration {
            Iteration::ToTheEnd => TO_THE_END,
            Iteration::AsInR => AS_IN_R,
        };
        let mut weights = vec![1.0; have];
        let mut fit = Fit::of(design, counts, &weights, None, stop)?;
        if let Some(limit) = self.damping {
            weights = damping_weights(&fit, design, counts, freedom, limit);
            let from = (self.iteration == Iteration::ToTheEnd).then_some(fit.coefficients.as_slice());
            fit = Fit::of(design, counts, &weights, from, stop)?;
        }
        let dispersion = fit.dispersion(counts, freedom);
        let scale = match self.standard_error {
            StandardError::Textbook => dispersion,
            StandardError::Surveillance => fit.overwritten_dispersion(counts, &weights, freedom),
        };
        Ok(Damped { fit, freedom, dispersion, scale })
    }

    fn is_scarce(&self, series: &[f64], step: usize) -> bool {
        let (least, steps) = self.scarce;
        let through = series.iter().take(step.saturating_add(1));
        let lately = through.rev().take(steps).filter(|count| !count.is_nan()).sum::<f64>();
        lately < least
    }
}

impl Damped {
    /// The regressors of the step asked about: every indicator and the time are counted from it.
    fn today(&self) -> Vec<f64> {
        let mut row = vec![0.0; self.fit.coefficients.len()];
        if let Some(intercept) = row.first_mut() {
            *intercept = 1.0;
        }
        row
    }

    fn expected(&self) -> f64 {
        self.fit.coefficients.first().map_or(0.0, |intercept| intercept.exp())
    }

    /// The trend's two-sided p by Student's t.
    fn p_of_trend(&self) -> Option<f64> {
        let (slope, others) = self.fit.coefficients.split_last()?;
        let mut row = vec![0.0; others.len()];
        row.push(1.0);
        let error = (self.scale * self.fit.unit_variance(&row)).sqrt();
        // A perfect fit has no error, and a slope that is then not zero is as sure as can be.
        Some(if error > 0.0 { 2.0 * t_upper((slope / error).abs(), self.freedom) } else { 0.0 })
    }
}

/// Noufaily 2013: counts with an Anscombe residual s above the limit weigh s^-2, and all
/// are scaled to a mean of 1.
fn damping_weights(fit: &Fit, design: &Design, counts: &[f64], freedom: f64, limit: f64) -> Vec<f64> {
    let spread = fit.dispersion(counts, freedom).max(1.0).sqrt();
    let leverages = fit.leverages(design);
    let each = counts.iter().zip(&fit.means).zip(&leverages).map(|((count, mean), leverage)| {
        let free = (1.0 - leverage).max(0.0).sqrt();
        let residual =
            1.5 * (count.cbrt().powi(2) - mean.cbrt().powi(2)) / (mean.cbrt().sqrt() * spread * free);
        // A count that decides its own fit has no residual to judge it by.
        if free > 1e-6 && residual > limit { residual.powi(-2) } else { 1.0 }
    });
    let mut weights: Vec<f64> = each.collect();
    let level = size(weights.len()) / weights.iter().sum::<f64>();
    for weight in &mut weights {
        *weight *= level;
    }
    weights
}
