//! The gamma function and the gamma and Poisson tails.
//!
//! Every density is written as Loader writes it (2000, 'Fast and accurate computation of binomial
//! probabilities'): the error of Stirling's formula, which is small, times the exponential of a
//! *deviance*, a sum of terms none of which is negative. Nothing large is then taken from anything large,
//! and a mean of 1e12 costs no digits.

use super::quadrature::{BROAD, Slope};

/// Half the logarithm of two pi.
const HALF_LN_TWO_PI: f64 = 0.918_938_533_204_672_8;
/// Below this, Stirling's error is taken from the logarithm of the gamma function itself.
const STIRLING_FROM: f64 = 10.0;
/// Coefficients of artanh(v) / v^3 - 1 / v^2 in v^2 that matter for every v, the last first.
const ARTANH_NEAR: [f64; 5] = [1.0 / 11.0, 1.0 / 9.0, 1.0 / 7.0, 0.2, 1.0 / 3.0];
/// Its further coefficients, which matter only above 0.05.
const ARTANH_FAR: [f64; 7] = [0.04, 1.0 / 23.0, 1.0 / 21.0, 1.0 / 19.0, 1.0 / 17.0, 1.0 / 15.0, 1.0 / 13.0];
/// No series or continued fraction here needs as many terms.
const TERMS: u32 = 4_000;

/// The natural logarithm of the gamma function, for x > 0; `f64::MAX` at and below 0 and where it overflows.
pub(crate) fn ln_gamma(x: f64) -> f64 {
    if x > 0.0 { libm::lgamma(x).min(f64::MAX) } else { f64::MAX }
}

/// The regularised lower incomplete gamma function P(a, x), for a > 0; 0 where x <= 0, 1 outside the domain.
pub(crate) fn gamma_lower(a: f64, x: f64) -> f64 {
    Place::new(a, x).map_or(if x <= 0.0 && a > 0.0 { 0.0 } else { 1.0 }, |place| place.lower())
}

/// The regularised upper incomplete gamma function Q(a, x), for a > 0; 1 where x <= 0 and outside the domain.
pub(crate) fn gamma_upper(a: f64, x: f64) -> f64 {
    Place::new(a, x).map_or(1.0, |place| place.upper())
}

/// P(X >= x) of a Poisson count with the given mean; 1 where x <= 0, 0 where the mean is 0.
pub(crate) fn poisson_upper(x: f64, mean: f64) -> f64 {
    if x <= 0.0 { 1.0 } else { gamma_lower(x, mean) }
}

/// P(X > x) + P(X = x) / 2 of a Poisson count: the mid-p of x.
pub(crate) fn poisson_mid_upper(x: f64, mean: f64) -> f64 {
    f64::midpoint(poisson_upper(x, mean), poisson_upper(x + 1.0, mean))
}

/// What Stirling's formula leaves out: ln gamma(a) - [(a - 1/2) ln a - a + ln(2 pi) / 2], for a > 0.
///
/// Loader 2000, section 2; the series is Abramowitz and Stegun 6.1.41.
pub(super) fn stirling_error(a: f64) -> f64 {
    if a < STIRLING_FROM {
        return libm::lgamma(a) - ((a - 0.5) * a.ln() - a + HALF_LN_TWO_PI);
    }
    let inverse = 1.0 / a;
    let square = inverse * inverse;
    let terms = [
        -3_617.0 / 122_400.0,
        1.0 / 156.0,
        -691.0 / 360_360.0,
        1.0 / 1_188.0,
        -1.0 / 1_680.0,
        1.0 / 1_260.0,
        -1.0 / 360.0,
        1.0 / 12.0,
    ];
    terms.into_iter().fold(0.0, |sum, term| sum * square + term) * inverse
}

/// The deviance of one part: offset - ln(ratio), where ratio = 1 + offset; 0 or more.
///
/// The two are given apart because a ratio near 0 cannot be had from an offset near -1.
pub(super) fn deviance(offset: f64, ratio: f64) -> f64 {
    if offset.abs() > 0.4 {
        return offset - ratio.ln();
    }
    small_deviance(offset)
}

/// offset - ln(1 + offset) for offsets from -0.4 to 0.7, by ln(1 + t) = 2 artanh(t / (2 + t)).
pub(super) fn small_deviance(offset: f64) -> f64 {
    let v = offset / (2.0 + offset);
    let square = v * v;
    let far =
        if v.abs() > 0.05 { ARTANH_FAR.into_iter().fold(0.0, |sum, term| sum * square + term) } else { 0.0 };
    let series = ARTANH_NEAR.into_iter().fold(far, |sum, term| sum * square + term);
    v * (offset - 2.0 * square * series)
}

/// A value kept from 0 to 1; 1 where parameters were so large that there is no value.
pub(super) fn probability(value: f64) -> f64 {
    if value.is_nan() { 1.0 } else { value.clamp(0.0, 1.0) }
}

/// A point of a gamma distribution of unit scale.
struct Place {
    a: f64,
    x: f64,
}

impl Place {
    fn new(a: f64, x: f64) -> Option<Self> {
        (a > 0.0 && a.is_finite() && x > 0.0 && x.is_finite()).then_some(Self { a, x })
    }

    fn lower(&self) -> f64 {
        if self.a > BROAD {
            return probability(if self.x <= self.a { self.beyond(-1.0) } else { 1.0 - self.beyond(1.0) });
        }
        let value = if self.x < self.a + 1.0 { self.series() } else { 1.0 - self.fraction() };
        probability(value)
    }

    fn upper(&self) -> f64 {
        if self.a > BROAD {
            return probability(if self.x <= self.a { 1.0 - self.beyond(-1.0) } else { self.beyond(1.0) });
        }
        let value = if self.x < self.a + 1.0 { 1.0 - self.series() } else { self.fraction() };
        probability(value)
    }

    /// x^a e^-x / gamma(a): the density of the logarithm.
    fn ordinate(&self) -> f64 {
        let Self { a, x } = *self;
        let deviance = a * deviance((x - a) / a, x / a);
        (0.5 * a.ln() - HALF_LN_TWO_PI - deviance - stirling_error(a)).exp()
    }

    /// The tail away from the mean, for large a.
    fn beyond(&self, direction: f64) -> f64 {
        let Self { a, x } = *self;
        let slope = Slope { drift: x - a, mass: x, total: 0.0, share: 0.0, direction };
        self.ordinate() * slope.integral()
    }

    /// The lower tail: DLMF 8.7.1 in positive terms, x^n / ((a + 1) ... (a + n)).
    fn series(&self) -> f64 {
        let (mut sum, mut term, mut below) = (1.0, 1.0, self.a);
        for _ in 0..TERMS {
            below += 1.0;
            term *= self.x / below;
            sum += term;
            if term < 1e-17 * sum {
                break;
            }
        }
        self.ordinate() * sum / self.a
    }

    /// The upper tail: the continued fraction DLMF 8.9.2 in its even part, by the modified Lentz method.
    fn fraction(&self) -> f64 {
        let Self { a, x } = *self;
        let mut whole = x + 1.0 - a;
        let (mut upper, mut lower) = (f64::MAX, 1.0 / whole);
        let (mut value, mut n) = (lower, 0.0);
        for _ in 0..TERMS {
            n += 1.0;
            let part = n * (a - n);
            whole += 2.0;
            lower = 1.0 / (whole + part * lower);
            upper = whole + part / upper;
            let factor = upper * lower;
            value *= factor;
            if (factor - 1.0).abs() < 1e-15 {
                break;
            }
        }
        self.ordinate() * value
    }
}
