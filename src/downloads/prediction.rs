//! Predictions: the count that was to be expected, with all that is not known about it.
//!
//! A *prediction* has three spreads, kept apart: counting noise, the noise of the app itself beyond it (the
//! dispersion), and the error of the expected count, which was estimated. Every calculator of the library that
//! tests anything tests through one, so that a p-value and an interval mean the same whatever the baseline.
//!
//! The model: the count is negative binomial with mean mu and variance mu + alpha mu^2, and the estimated mean
//! behaves as that of so many days of the same noise. Given both, the count is beta-binomial; for large counts
//! the ratio follows F. The dispersion was estimated from a limited number of days, so the normal score of the
//! tail is read on Student's t.

use super::distribution::{
    beta_binomial_mid_upper, f_upper, f_upper_quantile, normal_upper, normal_upper_quantile, t_upper,
    t_upper_quantile,
};

/// The expected count of a window, and its three spreads.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Prediction {
    /// The expected count: 0 or more.
    pub(crate) mean: f64,
    /// The relative variance beyond counting noise: 0 or more. One over it is the `k` of the negative binomial.
    pub(crate) dispersion: f64,
    /// The relative variance of the estimated mean, more than 0.
    pub(crate) uncertainty: f64,
    /// How many days' worth of evidence the dispersion rests on; infinite where it is given.
    pub(crate) freedom: f64,
}

/// Below this expected count the relative variances are taken as at this count, since one over nothing has no bound.
const LEAST_MEAN: f64 = 0.05;

/// Up to this total the exact discrete tail is summed; above it, its terms are so fine that F is the same.
const LARGEST_SUMMED: f64 = 3_000.0;

/// Above this many days' worth of evidence Student's t is the normal law to all digits that are shown.
const LARGEST_FREEDOM: f64 = 10_000.0;

impl Prediction {
    fn floor(&self) -> f64 {
        self.mean.max(LEAST_MEAN)
    }

    /// The shape of the count's own noise at the mean `mean`.
    fn shape(&self, mean: f64) -> f64 {
        1.0 / (self.dispersion + 1.0 / mean)
    }

    /// The freedom of the whole spread, of which only the dispersion was estimated (Satterthwaite 1946).
    fn freedom_at(&self, mean: f64) -> f64 {
        let share = self.dispersion / (self.dispersion + 1.0 / mean);
        (self.freedom / (share * share).max(1e-9)).max(1.0)
    }

    /// How many days of the same noise the estimated mean is worth.
    fn days(&self) -> f64 {
        (self.dispersion + 1.0 / self.floor()) / self.uncertainty
    }

    /// The chance of a count of more than `observed`, were nothing out of the ordinary, and half the chance of as many
    /// (the mid-p of Lancaster 1961): over small counts a p-value that takes the whole of it keeps far below its level.
    pub(crate) fn upper_tail(&self, observed: f64) -> f64 {
        if observed <= 0.0 {
            return 1.0;
        }
        let mean = self.floor();
        let tail = if observed + self.days() * self.mean < LARGEST_SUMMED && observed.fract() == 0.0 {
            self.discrete_tail(observed)
        } else {
            let ratio = observed / mean;
            f_upper(ratio, 2.0 * self.shape(mean), 2.0 / self.uncertainty)
        };
        self.studentised(tail, mean)
    }

    fn discrete_tail(&self, observed: f64) -> f64 {
        let days = self.days();
        let size = 1.0 / self.dispersion.max(1e-6);
        let before = (days * self.mean).round();
        beta_binomial_mid_upper(observed, observed + before, size, days * size)
    }

    fn studentised(&self, tail: f64, mean: f64) -> f64 {
        let freedom = self.freedom_at(mean);
        if freedom > LARGEST_FREEDOM || tail <= 0.0 || tail >= 1.0 {
            return tail;
        }
        t_upper(normal_upper_quantile(tail), freedom)
    }

    /// The tail that becomes `tail` once it is studentised.
    fn destudentised(&self, tail: f64, mean: f64) -> f64 {
        let freedom = self.freedom_at(mean);
        if freedom > LARGEST_FREEDOM { tail } else { normal_upper(t_upper_quantile(tail, freedom)) }
    }

    /// The count that an ordinary day exceeds with the chance `tail`.
    pub(crate) fn most(&self, tail: f64) -> f64 {
        let mean = self.floor();
        let tail = self.destudentised(tail, mean);
        mean * f_upper_quantile(tail, 2.0 * self.shape(mean), 2.0 / self.uncertainty)
    }

    /// The lowest and highest multiple of the expected count that agree with `observed`, each left out with the
    /// chance `tail`: 0.025 for an interval of 95 %. There is no highest one over a baseline of nothing.
    ///
    /// The counts enter with one half added (Jeffreys), so that an observed zero has an interval too, and so that
    /// a baseline of nothing still bounds the multiple from below.
    pub(crate) fn multiples(&self, observed: f64, tail: f64) -> (f64, Option<f64>) {
        let mean = self.floor();
        let seen = observed + 0.5;
        let tail = self.destudentised(tail, mean.max(observed));
        if self.mean < LEAST_MEAN {
            let days = self.days();
            let low = seen * days / 0.5 / f_upper_quantile(tail, 2.0 * self.shape(seen), 1.0);
            return (if observed <= 0.0 { 0.0 } else { low }, None);
        }
        let before = 2.0 / self.uncertainty;
        // Counting noise is turned round by the count (the gamma law of its mean), the app's own noise by the mean; an
        // end lies between the two as their shares in the spread do.
        let counting = 1.0 / (1.0 + self.dispersion * seen);
        let between = |by_mean: f64, by_count: f64| by_mean.powf(1.0 - counting) * by_count.powf(counting);
        let own = 2.0 * self.shape(seen);
        let bound = |of: &dyn Fn(f64) -> f64| {
            let first = of(own);
            of(2.0 * self.shape(seen * counting + first * mean * (1.0 - counting)))
        };
        let low = between(
            bound(&|own| seen / mean / f_upper_quantile(tail, own, before)),
            seen / mean / f_upper_quantile(tail, before, own),
        );
        let high = between(
            bound(&|own| seen / mean * f_upper_quantile(tail, before, own)),
            seen / mean * f_upper_quantile(tail, own, before),
        );
        let ratio = observed / mean;
        (if observed <= 0.0 { 0.0 } else { low.min(ratio) }, Some(high.max(ratio)))
    }
}
