//! The incomplete beta function, and the tails that are values of it.

use super::{
    gamma::{deviance, poisson_upper, probability, stirling_error},
    quadrature::{BROAD, Slope},
};

/// One over the square root of two pi.
const DENSITY_AT_ZERO: f64 = 0.398_942_280_401_432_7;
/// No continued fraction here needs as many terms.
const TERMS: u32 = 4_000;

/// The regularised incomplete beta function `I_x(a, b)`, for a and b > 0; y is 1 - x.
///
/// The smaller of x and y is taken as exact and the other as its complement. 0 where x <= 0, 1 where y <= 0,
/// and 1 outside the domain.
pub(crate) fn beta_lower(a: f64, b: f64, x: f64, y: f64) -> f64 {
    if x <= 0.0 && a > 0.0 && b > 0.0 {
        return 0.0;
    }
    Place::of_shares(a, b, x, y).map_or(1.0, |place| place.lower())
}

/// 1 - `I_x(a, b)`, computed as itself: 1 where x <= 0, 0 where y <= 0, and 1 outside the domain.
pub(crate) fn beta_upper(a: f64, b: f64, x: f64, y: f64) -> f64 {
    beta_lower(b, a, y, x)
}

/// P(X >= x) of the number of successes among n, each of probability p.
///
/// 1 where x <= 0 and outside the domain, 0 where x > n.
pub(crate) fn binomial_upper(x: f64, n: f64, p: f64) -> f64 {
    if x <= 0.0 {
        1.0
    } else if x > n {
        0.0
    } else {
        beta_lower(x, n - x + 1.0, p, 1.0 - p)
    }
}

/// P(X > x) + P(X = x) / 2 of a binomial count: the mid-p of x.
pub(crate) fn binomial_mid_upper(x: f64, n: f64, p: f64) -> f64 {
    f64::midpoint(binomial_upper(x, n, p), binomial_upper(x + 1.0, n, p))
}

/// P(X >= x) of a negative binomial count with variance mean + alpha mean^2; alpha of 0 is Poisson.
///
/// 1 where x <= 0 and outside the domain (mean and alpha are finite and 0 or more).
pub(crate) fn negative_binomial_upper(x: f64, mean: f64, alpha: f64) -> f64 {
    if x <= 0.0 || !(mean >= 0.0 && mean.is_finite() && alpha >= 0.0 && alpha.is_finite() && x.is_finite()) {
        return 1.0;
    }
    if mean <= 0.0 {
        return 0.0;
    }
    // The deviance differs from Poisson's by a part of about alpha times the count.
    if alpha * (mean + x) < 1e-16 {
        return poisson_upper(x, mean);
    }
    let odds = alpha * mean;
    let drift = (mean - x) / (1.0 + odds);
    Place { a: x, b: 1.0 / alpha, x: odds / (1.0 + odds), y: 1.0 / (1.0 + odds), drift }.lower()
}

/// P(X > x) + P(X = x) / 2 of a negative binomial count: the mid-p of x.
pub(crate) fn negative_binomial_mid_upper(x: f64, mean: f64, alpha: f64) -> f64 {
    f64::midpoint(negative_binomial_upper(x, mean, alpha), negative_binomial_upper(x + 1.0, mean, alpha))
}

/// A point of a beta distribution.
///
/// The drift, (a + b) x - a, is held beside the point because it cannot be had from it: where a and b are
/// 1e12, all of x but its last digits is the mean.
pub(super) struct Place {
    pub(super) a: f64,
    pub(super) b: f64,
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) drift: f64,
}

impl Place {
    /// The point with the shares x and y = 1 - x, the smaller taken as exact.
    fn of_shares(a: f64, b: f64, x: f64, y: f64) -> Option<Self> {
        let within = a > 0.0 && b > 0.0 && a.is_finite() && b.is_finite() && x > 0.0 && y > 0.0;
        if !within || x >= 1.0 && y >= 1.0 {
            return None;
        }
        let drift = if x <= y { drift(a, b, x) } else { -drift(b, a, y) };
        Some(Self { a, b, x, y, drift })
    }

    /// `I_x(a, b)`.
    pub(super) fn lower(&self) -> f64 {
        let value = if self.drift <= 0.0 { self.below() } else { 1.0 - self.mirrored().below() };
        probability(value)
    }

    /// 1 - `I_x(a, b)`.
    pub(super) fn upper(&self) -> f64 {
        self.mirrored().lower()
    }

    /// x^a y^b / B(a, b): the density of the log-odds.
    pub(super) fn ordinate(&self) -> f64 {
        let Self { a, b, x, y, drift } = *self;
        let total = a + b;
        let deviance = a * deviance(drift / a, x * (total / a)) + b * deviance(-drift / b, y * (total / b));
        let error = stirling_error(total) - stirling_error(a) - stirling_error(b);
        DENSITY_AT_ZERO * (a * (b / total)).sqrt() * (error - deviance).exp()
    }

    fn mirrored(&self) -> Self {
        Self { a: self.b, b: self.a, x: self.y, y: self.x, drift: -self.drift }
    }

    /// `I_x(a, b)` where x is at most the mean.
    fn below(&self) -> f64 {
        let ordinate = self.ordinate();
        if ordinate <= 0.0 {
            return 0.0;
        }
        if self.a.min(self.b) <= BROAD {
            return ordinate * self.fraction();
        }
        // The integrand would lose digits at a share near 1, so that the smaller share is taken.
        let total = self.a + self.b;
        let slope = if self.x <= self.y {
            Slope { drift: self.drift, mass: total * self.x, total, share: self.x, direction: -1.0 }
        } else {
            Slope { drift: -self.drift, mass: total * self.y, total, share: self.y, direction: 1.0 }
        };
        ordinate * slope.integral()
    }

    /// `I_x(a, b)` over its ordinate: the continued fraction of DiDonato and Morris (1992, 'Algorithm 708',
    /// equation 9) by the modified Lentz method.
    ///
    /// It starts from the drift, so that nothing cancels near the mean.
    fn fraction(&self) -> f64 {
        let Self { a, b, x, y, drift } = *self;
        let first = 1.0 - drift;
        let start = a * first / (a + 1.0);
        let (mut lower, mut upper) = (1.0 / start, f64::MAX);
        let (mut value, mut n) = (lower, 0.0);
        for _ in 0..TERMS {
            n += 1.0;
            let below = 1.0 / (a + 2.0 * n - 1.0);
            let over = n * (b - n) * x * below;
            let part = over * x * below * (a + n - 1.0) * (a + b + n - 1.0);
            let whole = n + over + (a + n) * (first + n * (1.0 + y)) / (a + 2.0 * n + 1.0);
            lower = 1.0 / (whole + part * lower);
            upper = whole + part / upper;
            let factor = upper * lower;
            value *= factor;
            if (factor - 1.0).abs() < 1e-15 {
                break;
            }
        }
        value
    }
}

/// (a + b) x - a, rounded about once.
fn drift(a: f64, b: f64, x: f64) -> f64 {
    let total = a + b;
    let kept = total - a;
    let lost = (a - (total - kept)) + (b - kept);
    let product = total * x;
    (product - a) + (total.mul_add(x, -product) + lost * x)
}
