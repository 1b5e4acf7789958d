//! The normal tail and its quantile.

use std::f64::consts::{FRAC_1_SQRT_2, SQRT_2};

/// The square root of two pi.
const ROOT_TWO_PI: f64 = 2.506_628_274_631_000_5;
/// The smallest probability that a quantile is sought for.
pub(super) const LEAST: f64 = 1e-300;
/// Newton's method needs some five steps from the start it is given, and stops when one is so short that the
/// error it leaves, about its square, is below the last digit.
const STEPS: u32 = 30;

/// P(Z >= z) of a standard normal variable; 1 where z is not a number.
pub(crate) fn normal_upper(z: f64) -> f64 {
    if z.is_nan() { 1.0 } else { 0.5 * libm::erfc(z * FRAC_1_SQRT_2) }
}

/// The z that a standard normal variable exceeds with probability p.
///
/// p is taken to lie from 1e-300 to 1 - 2^-53; so z lies from -8.21 to 37.05. 0 where p is not a number.
pub(crate) fn normal_upper_quantile(p: f64) -> f64 {
    if p.is_nan() {
        0.0
    } else if p > 0.5 {
        -far_quantile((1.0 - p).max(f64::EPSILON * 0.5))
    } else {
        far_quantile(p.max(LEAST))
    }
}

/// The quantile for p up to a half, where it is 0 or more.
fn far_quantile(p: f64) -> f64 {
    if p > 0.25 { near_quantile(1.0 - 2.0 * p) } else { tail_quantile(p) }
}

/// z with erf(z / sqrt 2) = middle, for a middle from 0 to a half, by Newton's method.
fn near_quantile(middle: f64) -> f64 {
    let mut z = middle * ROOT_TWO_PI * 0.5;
    for _ in 0..STEPS {
        let slope = (-0.5 * z * z).exp() * 2.0 / ROOT_TWO_PI;
        let step = (libm::erf(z * FRAC_1_SQRT_2) - middle) / slope;
        z -= step;
        if step.abs() <= 1e-9 * z {
            break;
        }
    }
    z
}

/// z with tail p, for p up to a quarter, by Newton's method on the logarithm of the tail.
///
/// The logarithm is concave in z, so that from the second step on every one comes from above and falls short.
fn tail_quantile(p: f64) -> f64 {
    let target = p.ln();
    let mut z = (-2.0 * target).sqrt() - SQRT_2 * 0.5;
    for _ in 0..STEPS {
        let tail = normal_upper(z);
        let hazard = (-0.5 * z * z).exp() / (ROOT_TWO_PI * tail);
        let step = (tail.ln() - target) / hazard;
        z += step;
        if step.abs() <= 1e-9 * z {
            break;
        }
    }
    z
}
