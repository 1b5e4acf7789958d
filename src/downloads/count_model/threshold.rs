//! From an expected value to a bound and a p: how far a count may stray from what the regression expects.

use super::{Power, Threshold};
use crate::downloads::distribution::{
    negative_binomial_upper, negative_binomial_upper_quantile, normal_upper, normal_upper_quantile,
};

/// An expected value with what is known of its spread.
#[derive(Clone, Copy)]
pub(super) struct Judge {
    pub(super) expected: f64,
    pub(super) dispersion: f64,
    pub(super) error_of_log: f64,
    pub(super) threshold: Threshold,
    /// The probability above the bound.
    pub(super) tail: f64,
}

impl Judge {
    /// The highest count that raises no alarm, where `z` is the normal quantile of the tail.
    pub(super) fn bound(self, z: f64) -> f64 {
        match self.threshold {
            Threshold::Transformed(power) => {
                let (mean, spread) = self.transformed(power);
                raised_back(power, (mean + z * spread).max(0.0))
            }
            Threshold::NegativeBinomial => quantile(self.tail, self.expected, self.dispersion),
            Threshold::PredictiveNegativeBinomial => {
                quantile(self.tail, self.expected, self.predictive_dispersion())
            }
            Threshold::RaisedNegativeBinomial => quantile(self.tail, self.raised(z), self.dispersion),
        }
    }

    /// The probability of a count as high as `observed` or higher.
    pub(super) fn p(self, observed: f64) -> Option<f64> {
        if observed.is_nan() {
            return None;
        }
        let p = match self.threshold {
            Threshold::Transformed(power) => {
                let (mean, spread) = self.transformed(power);
                normal_upper((raised(power, observed) - mean) / spread)
            }
            Threshold::NegativeBinomial => upper(observed, self.expected, self.dispersion),
            Threshold::PredictiveNegativeBinomial => {
                upper(observed, self.expected, self.predictive_dispersion())
            }
            Threshold::RaisedNegativeBinomial => {
                upper(observed, self.raised(normal_upper_quantile(self.tail)), self.dispersion)
            }
        };
        p.is_finite().then_some(p)
    }

    /// The mean and the standard deviation of what is observed, transformed, less what is expected,
    /// transformed.
    ///
    /// Farrington 1996: the variance of the count, dispersion times mean, and that of the
    /// expected value add up, and the derivative of the power carries their root over.
    fn transformed(self, power: Power) -> (f64, f64) {
        let mean = self.expected;
        let deviation = (self.dispersion * mean + (mean * self.error_of_log).powi(2)).sqrt();
        let slope = match power {
            Power::TwoThirds => 2.0 / 3.0 / mean.cbrt(),
            Power::Half => 0.5 / mean.sqrt(),
            Power::One => 1.0,
        };
        (raised(power, mean), slope * deviation)
    }

    fn raised(self, z: f64) -> f64 {
        self.expected * (z * self.error_of_log).exp()
    }

    fn predictive_dispersion(self) -> f64 {
        self.dispersion + self.expected * self.error_of_log.powi(2)
    }
}

fn quantile(tail: f64, mean: f64, dispersion: f64) -> f64 {
    negative_binomial_upper_quantile(tail, mean, (dispersion - 1.0) / mean)
}

fn upper(observed: f64, mean: f64, dispersion: f64) -> f64 {
    negative_binomial_upper(observed, mean, (dispersion - 1.0) / mean)
}

fn raised(power: Power, count: f64) -> f64 {
    match power {
        Power::TwoThirds => count.cbrt().powi(2),
        Power::Half => count.sqrt(),
        Power::One => count,
    }
}

fn raised_back(power: Power, value: f64) -> f64 {
    match power {
        Power::TwoThirds => value.sqrt().powi(3),
        Power::Half => value * value,
        Power::One => value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judge(threshold: Threshold) -> Judge {
        // The deviation is 10: sqrt(0.75 + 0.25) on the scale of ten counts, of an expected 100 at a
        // dispersion of 0.75.
        Judge { expected: 100.0, dispersion: 0.75, error_of_log: 0.05, threshold, tail: 0.01 }
    }

    #[test]
    fn each_power_has_its_bound_and_the_bound_its_tail() {
        let z = normal_upper_quantile(0.01);
        for (power, bound) in [
            (Power::One, 100.0 + 10.0 * z),
            (Power::Half, (10.0 + 0.5 * z).powi(2)),
            (Power::TwoThirds, 100.0 * (1.0 + 2.0 / 3.0 * z / 10.0).powf(1.5)),
        ] {
            let judge = judge(Threshold::Transformed(power));
            assert!((judge.bound(z) / bound - 1.0).abs() < 1e-12, "{power:?}");
            assert!(judge.p(bound).is_some_and(|p| (p - 0.01).abs() < 1e-10), "{power:?}");
        }
    }

    #[test]
    fn a_negative_binomial_bound_is_the_first_count_with_no_more_than_the_tail_above() {
        let all = [
            Threshold::NegativeBinomial,
            Threshold::PredictiveNegativeBinomial,
            Threshold::RaisedNegativeBinomial,
        ];
        for threshold in all {
            let judge = Judge { dispersion: 3.0, ..judge(threshold) };
            let bound = judge.bound(normal_upper_quantile(0.01));
            assert!(judge.p(bound).is_some_and(|p| p > 0.01), "{threshold:?} {bound}");
            assert!(judge.p(bound + 1.0).is_some_and(|p| p <= 0.01), "{threshold:?} {bound}");
        }
    }

    #[test]
    fn a_missing_count_has_no_p() {
        assert_eq!(judge(Threshold::NegativeBinomial).p(f64::NAN), None);
    }
}
