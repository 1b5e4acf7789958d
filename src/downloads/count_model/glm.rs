//! The regression under the count model: quasi-Poisson with a log link, fitted by reweighted least squares.
//!
//! Generalized Linear Models, 2nd ed. 1989, section 2.5 (the iteration) and chapter 9 (the dispersion). The
//! matrices are at most some twenty wide, so plain Cholesky factors of the normal equations serve.

use super::NoForecast;

/// The rows of regressors, one after another, each `width` long.
pub(super) struct Design {
    pub(super) width: usize,
    pub(super) rows: Vec<f64>,
}

/// When the iteration ends.
#[derive(Clone, Copy)]
pub(super) struct Stop {
    /// The relative change of the deviance at which it has converged.
    pub(super) change: f64,
    /// The most steps that it takes.
    pub(super) steps: u32,
    /// Whether weights and leverages are those of the final means, and not of the means a step before.
    pub(super) refreshed: bool,
}

/// A fitted regression.
pub(super) struct Fit {
    /// One for each regressor, on the scale of the logarithm.
    pub(super) coefficients: Vec<f64>,
    /// The fitted mean of each row.
    pub(super) means: Vec<f64>,
    /// The weights of the last least squares, prior weight times mean.
    working: Vec<f64>,
    /// The lower Cholesky factor of X'WX, by rows.
    factor: Vec<Vec<f64>>,
}

impl Design {
    pub(super) fn iter(&self) -> impl Iterator<Item = &[f64]> {
        self.rows.chunks_exact(self.width.max(1))
    }
}

impl Fit {
    /// Fits `counts` (0 or more, finite) with prior `weights`, from the coefficients `from` or from the
    /// counts.
    pub(super) fn of(
        design: &Design,
        counts: &[f64],
        weights: &[f64],
        from: Option<&[f64]>,
        stop: Stop,
    ) -> Result<Self, NoForecast> {
        let mut means: Vec<f64> = match from {
            Some(start) => design.iter().map(|row| dot(row, start).exp()).collect(),
            // A tenth is added so that no logarithm of zero is taken; the maximum does not depend on it.
            None => counts.iter().map(|count| count + 0.1).collect(),
        };
        let mut deviance = deviance_of(counts, &means, weights);
        // Below this a deviance of such counts is rounding.
        let rounding = 4.0 * f64::EPSILON * dot(counts, weights);
        for _ in 0..stop.steps {
            let working: Vec<f64> = weights.iter().zip(&means).map(|(weight, mean)| weight * mean).collect();
            let response = means.iter().zip(counts).map(|(mean, count)| mean.ln() + count / mean - 1.0);
            let (gram, moments) = normal_equations(design, &working, response);
            let factor = cholesky(&gram).ok_or(NoForecast::Singular)?;
            let coefficients = backward(&factor, forward(&factor, &moments));
            means.clear();
            means.extend(design.iter().map(|row| dot(row, &coefficients).exp()));
            let next = deviance_of(counts, &means, weights);
            // Means that ran off to 0 or to infinity leave no weight for the next step.
            if !next.is_finite() || means.iter().any(|mean| !(*mean > 0.0 && mean.is_finite())) {
                break;
            }
            if (next - deviance).abs() <= stop.change * (next.abs() + 0.1) + rounding {
                let fit = Self { coefficients, means, working, factor };
                return if stop.refreshed { fit.refreshed(design, weights) } else { Ok(fit) };
            }
            deviance = next;
        }
        Err(NoForecast::NotConverged { steps: stop.steps })
    }

    fn refreshed(self, design: &Design, weights: &[f64]) -> Result<Self, NoForecast> {
        let working: Vec<f64> = weights.iter().zip(&self.means).map(|(weight, mean)| weight * mean).collect();
        let (gram, _) = normal_equations(design, &working, std::iter::repeat(0.0));
        let factor = cholesky(&gram).ok_or(NoForecast::Singular)?;
        Ok(Self { working, factor, ..self })
    }

    /// Each row's leverage, its diagonal entry of the hat matrix: from 0 to 1.
    pub(super) fn leverages(&self, design: &Design) -> Vec<f64> {
        let squares = design.iter().map(|row| forward(&self.factor, row).iter().map(|v| v * v).sum::<f64>());
        self.working.iter().zip(squares).map(|(weight, square)| weight * square).collect()
    }

    /// Pearson's dispersion: the weighted squares of the residuals over the degrees of freedom.
    pub(super) fn dispersion(&self, counts: &[f64], freedom: f64) -> f64 {
        self.relative_squares(counts).zip(&self.working).map(|(square, weight)| square * weight).sum::<f64>()
            / freedom
    }

    /// The same sum with the prior weights in the place of the working ones, which is no dispersion.
    ///
    /// R's surveillance 1.20.3 scales the standard errors of `farringtonFlexible` by this.
    pub(super) fn overwritten_dispersion(&self, counts: &[f64], weights: &[f64], freedom: f64) -> f64 {
        self.relative_squares(counts).zip(weights).map(|(square, weight)| square * weight).sum::<f64>()
            / freedom
    }

    /// The variance of the linear predictor at `row`, for a dispersion of 1.
    pub(super) fn unit_variance(&self, row: &[f64]) -> f64 {
        forward(&self.factor, row).iter().map(|v| v * v).sum()
    }

    fn relative_squares(&self, counts: &[f64]) -> impl Iterator<Item = f64> {
        counts.iter().zip(&self.means).map(|(count, mean)| ((count - mean) / mean).powi(2))
    }
}

pub(super) fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// Poisson deviance, weighted: twice the drop in log-likelihood from a perfect fit.
fn deviance_of(counts: &[f64], means: &[f64], weights: &[f64]) -> f64 {
    let each = counts.iter().zip(means).zip(weights).map(|((count, mean), weight)| {
        let log = if *count > 0.0 { count * (count / mean).ln() } else { 0.0 };
        weight * (log - (count - mean))
    });
    2.0 * each.sum::<f64>()
}

/// The lower triangle of X'WX, by rows, and X'Wz.
fn normal_equations(
    design: &Design,
    working: &[f64],
    response: impl Iterator<Item = f64>,
) -> (Vec<Vec<f64>>, Vec<f64>) {
    let mut gram: Vec<Vec<f64>> = (1..=design.width).map(|length| vec![0.0; length]).collect();
    let mut moments = vec![0.0; design.width];
    for ((row, weight), response) in design.iter().zip(working).zip(response) {
        for ((sums, moment), value) in gram.iter_mut().zip(&mut moments).zip(row) {
            // Most regressors are indicators, and most of those are 0.
            if *value != 0.0 {
                let weighted = weight * value;
                *moment += weighted * response;
                for (sum, other) in sums.iter_mut().zip(row) {
                    *sum += weighted * other;
                }
            }
        }
    }
    (gram, moments)
}

/// The Cholesky factor of a positive definite matrix given and returned by lower rows.
fn cholesky(gram: &[Vec<f64>]) -> Option<Vec<Vec<f64>>> {
    let mut factor: Vec<Vec<f64>> = Vec::with_capacity(gram.len());
    for given in gram {
        let mut row: Vec<f64> = Vec::with_capacity(given.len());
        for (entry, earlier) in given.iter().zip(&factor) {
            let (diagonal, before) = earlier.split_last()?;
            row.push((entry - dot(before, &row)) / diagonal);
        }
        let own = *given.last()?;
        let rest = own - dot(&row, &row);
        // Below this share of itself, what is left of a column is rounding, and the column is a sum of
        // others.
        if rest > own * 1e-12 {
            row.push(rest.sqrt());
            factor.push(row);
        } else {
            return None;
        }
    }
    Some(factor)
}

/// Solves L x = b.
fn forward(factor: &[Vec<f64>], b: &[f64]) -> Vec<f64> {
    let mut solved: Vec<f64> = Vec::with_capacity(factor.len());
    for (row, value) in factor.iter().zip(b) {
        if let Some((diagonal, before)) = row.split_last() {
            solved.push((value - dot(before, &solved)) / diagonal);
        }
    }
    solved
}

/// Solves L' x = b.
fn backward(factor: &[Vec<f64>], mut b: Vec<f64>) -> Vec<f64> {
    let mut solved = Vec::with_capacity(b.len());
    for row in factor.iter().rev() {
        if let (Some((diagonal, before)), Some(last)) = (row.split_last(), b.pop()) {
            let value = last / diagonal;
            for (rest, entry) in b.iter_mut().zip(before) {
                *rest -= value * entry;
            }
            solved.push(value);
        }
    }
    solved.reverse();
    solved
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests stop at the first surprise")]

    use super::*;

    const STOP: Stop = Stop { change: 1e-10, steps: 40, refreshed: true };

    fn near(a: f64, b: f64) {
        assert!((a - b).abs() <= 1e-9 * b.abs().max(1.0), "{a} is not {b}");
    }

    #[test]
    fn an_intercept_alone_is_the_log_of_the_weighted_mean() {
        let design = Design { width: 1, rows: vec![1.0; 4] };
        let (counts, weights) = ([3.0, 5.0, 0.0, 12.0], [1.0, 2.0, 0.5, 0.5]);
        let fit = Fit::of(&design, &counts, &weights, None, STOP).unwrap();
        // (3 + 10 + 0 + 6) / 4.
        near(fit.coefficients[0], 4.75_f64.ln());
        near(fit.unit_variance(&[1.0]), 1.0 / 19.0);
        for (leverage, weight) in fit.leverages(&design).iter().zip(weights) {
            near(*leverage, weight / 4.0);
        }
        // Sum of w (y - 4.75)^2 / 4.75 over 3 degrees of freedom.
        near(fit.dispersion(&counts, 3.0), (3.0625 + 0.125 + 11.28125 + 26.28125) / 4.75 / 3.0);
        // The same sum, each term over 4.75 squared.
        near(
            fit.overwritten_dispersion(&counts, &weights, 3.0),
            (3.0625 + 0.125 + 11.28125 + 26.28125) / 4.75 / 4.75 / 3.0,
        );
    }

    #[test]
    fn two_groups_are_two_means() {
        let design = Design { width: 2, rows: vec![1.0, 0.0, 1.0, 0.0, 1.0, 1.0, 1.0, 1.0] };
        let fit = Fit::of(&design, &[2.0, 4.0, 30.0, 50.0], &[1.0; 4], None, STOP).unwrap();
        near(fit.coefficients[0], 3.0_f64.ln());
        near(fit.coefficients[1], (40.0_f64 / 3.0).ln());
        // Variance of a difference of logarithms of two sums: one over each.
        near(fit.unit_variance(&[0.0, 1.0]), 1.0 / 6.0 + 1.0 / 80.0);
        near(fit.means[3], 40.0);
    }

    #[test]
    fn growth_that_is_exact_is_found_from_either_start() {
        let rows = (0..6).flat_map(|t| [1.0, f64::from(t)]).collect();
        let design = Design { width: 2, rows };
        let counts: Vec<f64> = (0..6).map(|t| 7.0 * 2.0_f64.powi(t)).collect();
        for from in [None, Some([5.0, 0.1].as_slice())] {
            let fit = Fit::of(&design, &counts, &[1.0; 6], from, STOP).unwrap();
            near(fit.coefficients[0], 7.0_f64.ln());
            near(fit.coefficients[1], 2.0_f64.ln());
        }
    }

    #[test]
    fn a_repeated_column_is_singular() {
        let design = Design { width: 2, rows: vec![1.0; 8] };
        let error = Fit::of(&design, &[1.0, 2.0, 3.0, 4.0], &[1.0; 4], None, STOP).err();
        assert_eq!(error, Some(NoForecast::Singular));
    }

    #[test]
    fn too_few_steps_are_said() {
        let design = Design { width: 1, rows: vec![1.0; 3] };
        let stop = Stop { change: 0.0, steps: 1, refreshed: true };
        let error = Fit::of(&design, &[1.0, 200.0, 3.0], &[1.0; 3], None, stop).err();
        assert_eq!(error, Some(NoForecast::NotConverged { steps: 1 }));
    }
}
