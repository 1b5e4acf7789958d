//! The beta-binomial tail, and the quantile of the negative binomial.

use super::{
    beta::negative_binomial_upper,
    gamma::{deviance, probability, stirling_error},
    normal::{LEAST, normal_upper_quantile},
    quadrature::panel,
};

/// One over the square root of two pi.
const DENSITY_AT_ZERO: f64 = 0.398_942_280_401_432_7;
/// How many terms are summed one by one; rounding in their ratios then stays below 1e-11.
const SUMMED: u32 = 20_000;
/// How many of the last counts are summed one by one where the middle is integrated.
const LAST: f64 = 1_000.0;
/// What no longer matters, relative to the sum.
const NEGLIGIBLE: f64 = 1e-16;

/// P(X >= x) of a binomial count among n whose probability is beta distributed with a and b.
///
/// x and n are whole, n up to 1e12; a, b > 0. 1 where x <= 0 and outside the domain, 0 where x > n.
/// Sums up to 20,000 terms one by one; what is then left is integrated, with the sum's end corrections.
pub(crate) fn beta_binomial_upper(x: f64, n: f64, a: f64, b: f64) -> f64 {
    let within = a > 0.0 && b > 0.0 && a.is_finite() && b.is_finite() && n.is_finite();
    if x <= 0.0 || x.is_nan() || !within {
        return 1.0;
    }
    if x > n {
        return 0.0;
    }
    let count = Count { n, a, b };
    let far = || probability(count.from(x));
    if x > n * (a / (a + b)) {
        return far();
    }
    let rest = 1.0 - Count { n, a: b, b: a }.from(n - x + 1.0);
    if rest < 0.1 { far() } else { probability(rest) }
}

/// P(X > x) + P(X = x) / 2 of a beta-binomial count: the mid-p of x.
pub(crate) fn beta_binomial_mid_upper(x: f64, n: f64, a: f64, b: f64) -> f64 {
    f64::midpoint(beta_binomial_upper(x, n, a, b), beta_binomial_upper(x + 1.0, n, a, b))
}

/// The smallest count x with P(X > x) <= p, of the negative binomial with variance mean + alpha mean^2.
///
/// p is taken to be at least 1e-300. 0 where p >= 1 and outside the domain. Above 2^53 it is the nearest
/// count that a number can hold.
pub(crate) fn negative_binomial_upper_quantile(p: f64, mean: f64, alpha: f64) -> f64 {
    let within = mean > 0.0 && mean.is_finite() && alpha >= 0.0 && alpha.is_finite();
    if p.is_nan() || p >= 1.0 || !within {
        return 0.0;
    }
    let p = p.max(LEAST);
    let enough = |x: f64| negative_binomial_upper(x + 1.0, mean, alpha) <= p;
    let spread = (mean + alpha * mean * mean).sqrt();
    let start = (mean + normal_upper_quantile(p) * spread).max(0.0).floor();
    let mut stride = (spread * 0.01).ceil().max(1.0);
    // `low` is not enough and `high` is; -1 never is, since p is below 1.
    let (mut low, mut high);
    if enough(start) {
        (low, high) = (start - stride, start);
        while low > -1.0 && enough(low) {
            high = low;
            stride *= 3.0;
            low -= stride;
        }
        low = low.max(-1.0);
    } else {
        (low, high) = (start, start + stride);
        while high < f64::MAX && !enough(high) {
            low = high;
            stride *= 3.0;
            high = (high + stride).min(f64::MAX);
        }
    }
    loop {
        let middle = (low + (high - low) * 0.5).floor();
        if middle <= low || middle >= high {
            return high;
        }
        if enough(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
}

/// A beta-binomial count.
struct Count {
    n: f64,
    a: f64,
    b: f64,
}

impl Count {
    /// P(X >= x), summed from x upwards; x is from 1 to n.
    fn from(&self, x: f64) -> f64 {
        let last = self.mass(self.n);
        let first = self.mass(x);
        let (mut sum, mut term, mut at) = (first, first, x);
        for _ in 1..SUMMED {
            if at >= self.n || self.negligible(at, term, last, sum) {
                return sum;
            }
            term *= self.step(at);
            at += 1.0;
            sum += term;
        }
        let end = self.n - LAST;
        if at + 1.0 < end {
            let (middle, reached) = self.integrated(at + 1.0, end, sum, last);
            sum += middle;
            if !reached {
                return sum;
            }
            at = end;
        }
        let mut term = self.mass(at + 1.0);
        while at < self.n {
            at += 1.0;
            sum += term;
            term *= self.step(at);
        }
        sum
    }

    /// Whether the terms after this one cannot matter.
    ///
    /// The masses have one peak or one trough, so that none of those left exceeds the larger of their ends,
    /// if they already fall.
    fn negligible(&self, at: f64, term: f64, last: f64, sum: f64) -> bool {
        let step = self.step(at);
        if step >= 1.0 {
            return false;
        }
        let left = self.n - at;
        // Where the ratio of terms falls too, what is left is below a geometric series.
        let geometric = term / (1.0 - step);
        let bound = if self.b >= 1.0 && self.a >= 1.0 { geometric } else { left * term.max(last) };
        bound <= NEGLIGIBLE * sum
    }

    /// The sum of the masses from start to end, and whether it got to the end before the rest was negligible.
    ///
    /// It is the integral over half a count more at either side, with the end corrections of the midpoint
    /// form of Euler and Maclaurin's formula (DLMF 2.10.1) in central differences.
    fn integrated(&self, start: f64, end: f64, before: f64, last: f64) -> (f64, bool) {
        let spread = self.spread();
        let mut at = start - 0.5;
        let mut sum = -self.edge(start);
        let mut reached = true;
        while at < end + 0.5 {
            let slope = self.excess(at).abs();
            let width = spread.min(at).min(0.5 * (self.n - at)).min(6.0 / slope).max(1.0).min(end + 0.5 - at);
            sum += panel(0.0, width, |offset| self.mass_near(at, offset));
            at += width;
            if at < end && self.negligible(at, self.mass(at), last, before + sum) {
                reached = false;
                break;
            }
        }
        if reached {
            sum += self.edge(end + 1.0);
        }
        (sum, reached)
    }

    /// What a sum that begins at a count lacks against the integral from half a count before it, negated.
    fn edge(&self, begin: f64) -> f64 {
        let [far, near, here, next] = [-2.0, -1.0, 0.0, 1.0].map(|offset| self.mass(begin + offset));
        -(here - near) / 24.0 + (next - 3.0 * here + 3.0 * near - far) * (17.0 / 5_760.0)
    }

    /// The mass at a point some way from another, where the sum of the two may not be a number that exists.
    fn mass_near(&self, at: f64, offset: f64) -> f64 {
        let point = at + offset;
        let lost = (at - point) + offset;
        self.mass(point) * (1.0 + lost * self.excess(point))
    }

    /// P(X = x), also between whole counts.
    ///
    /// Three negative binomial masses: of x with shape a times of n - x with shape b, over that of n with
    /// shape a + b. All have the one scale n / (a + b), so that the third is at its mean, and the deviance is
    /// a sum of four terms, none negative.
    fn mass(&self, x: f64) -> f64 {
        let Self { n, a, b } = *self;
        let (rest, total) = (n - x, a + b);
        let scale = n / total;
        // a n / (a + b) - x, from whole counts without cancelling.
        let product = b * x;
        let gap = (a.mul_add(rest, -product) - b.mul_add(x, -product)) / (total + n);
        let whole = (total / (n * (total + n))).sqrt() * DENSITY_AT_ZERO;
        let error = stirling_error(n + total) - stirling_error(n) - stirling_error(total);
        let (height, exponent) = parts(x, a, gap, scale);
        let (other_height, other_exponent) = parts(rest, b, -gap, scale);
        height * other_height / whole * (exponent + other_exponent - error).exp()
    }

    /// P(X = x + 1) / P(X = x).
    fn step(&self, x: f64) -> f64 {
        let rest = self.n - x;
        (rest / (x + 1.0)) * ((x + self.a) / (rest - 1.0 + self.b))
    }

    /// P(X = x + 1) / P(X = x) - 1, without cancelling.
    fn excess(&self, x: f64) -> f64 {
        let Self { n, a, b } = *self;
        (n * (a - 1.0) - x * (a + b - 2.0) + 1.0 - b) / ((x + 1.0) * (n - x - 1.0 + b))
    }

    fn spread(&self) -> f64 {
        let Self { n, a, b } = *self;
        let total = a + b;
        (n * (a / total) * (b / total) * ((total + n) / (total + 1.0))).sqrt()
    }
}

/// The factor and the exponent of a negative binomial mass at x, with a shape, a mean of shape times scale,
/// and `gap` = (mean - x) / (1 + scale).
fn parts(x: f64, shape: f64, gap: f64, scale: f64) -> (f64, f64) {
    if x <= 0.0 {
        return (1.0, -shape * scale.ln_1p());
    }
    let mean = shape * scale;
    let ratio = (mean / x) * ((x + shape) / (mean + shape));
    let other = (x + shape) / (mean + shape);
    let deviance = x * deviance(gap / x, ratio) + shape * deviance(-gap / shape, other);
    let error = stirling_error(x + shape) - stirling_error(x) - stirling_error(shape);
    (DENSITY_AT_ZERO * (shape / (x * (x + shape))).sqrt(), error - deviance)
}
