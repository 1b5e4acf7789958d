//! A tail over its ordinate, by Gauss-Legendre quadrature.
//!
//! Continued fractions need about as many terms as the square root of the smaller parameter. Above [`BROAD`]
//! the density of the log-odds is close to normal, and 32 points do for any parameter and any depth of tail.

/// The parameter above which quadrature takes over from the continued fractions.
pub(super) const BROAD: f64 = 5_000.0;
/// How far down the integrand is followed, as a natural logarithm: e^-38 is below the last digit of 1.
const DEPTH: f64 = 38.0;

/// How often the reach is widened by a fifth at most. With parameters above `BROAD` few are needed; without a
/// bound, a reach of 0, which overflow leaves, would never end.
const WIDENINGS: u32 = 50;

/// Factors of the series of e^h - 1 - h that matter for every h.
const NEAR: [f64; 7] = [1.0 / 9.0, 1.0 / 8.0, 1.0 / 7.0, 1.0 / 6.0, 0.2, 0.25, 1.0 / 3.0];
/// Its further factors, which matter only above 0.1.
const FAR: [f64; 5] = [1.0 / 14.0, 1.0 / 13.0, 1.0 / 12.0, 1.0 / 11.0, 0.1];

/// Nodes above 0 and their weights, of the 16-point rule on -1 to 1; the other eight are their mirror images.
const RULE: [(f64, f64); 8] = [
    (0.989_400_934_991_649_9, 0.027_152_459_411_754_095),
    (0.944_575_023_073_232_6, 0.062_253_523_938_647_893),
    (0.865_631_202_387_831_8, 0.095_158_511_682_492_79),
    (0.755_404_408_355_003, 0.124_628_971_255_533_87),
    (0.617_876_244_402_643_8, 0.149_595_988_816_576_73),
    (0.458_016_777_657_227_39, 0.169_156_519_395_002_54),
    (0.281_603_550_779_258_9, 0.182_603_415_044_923_59),
    (0.095_012_509_837_637_44, 0.189_450_610_455_068_5),
];

/// The integral of f from start over width, by the 16-point rule.
pub(super) fn panel(start: f64, width: f64, mut f: impl FnMut(f64) -> f64) -> f64 {
    let half = width * 0.5;
    let middle = start + half;
    let sum: f64 =
        RULE.iter().map(|&(node, weight)| weight * (f(middle - half * node) + f(middle + half * node))).sum();
    sum * half
}

/// The density of the log-odds, seen from a point outwards and in units of its height there.
///
/// At a distance h its logarithm is -drift h - mass (e^h - 1 - h) + total [u - ln(1 + u)], with
/// u = share (e^h - 1) and h signed by the direction; from a ln x + b ln y by subtracting what is known to
/// cancel. A total of 0 leaves the density of the logarithm of a gamma variable.
pub(super) struct Slope {
    /// (a + b) x - a, or x - a of a gamma variable.
    pub(super) drift: f64,
    /// (a + b) x, or x of a gamma variable.
    pub(super) mass: f64,
    /// a + b, or 0.
    pub(super) total: f64,
    /// x, at most a half, or 0.
    pub(super) share: f64,
    /// 1 to integrate upwards, -1 downwards; the density must fall that way.
    pub(super) direction: f64,
}

impl Slope {
    /// The integral from the point outwards.
    pub(super) fn integral(&self) -> f64 {
        let steep = self.drift.abs();
        let curve = self.mass * (1.0 - self.share);
        let mut reach = 2.0 * DEPTH / (steep + (steep * steep + 2.0 * DEPTH * curve).sqrt());
        // Where the distribution is skewed it falls more slowly than its curvature says.
        for _ in 0..WIDENINGS {
            if self.logarithm(reach) <= 2.0 - DEPTH {
                break;
            }
            reach *= 1.2;
        }
        let half = reach * 0.5;
        let height = |h: f64| self.logarithm(h).exp();
        panel(0.0, half, height) + panel(half, half, height)
    }

    fn logarithm(&self, distance: f64) -> f64 {
        let h = distance * self.direction;
        let bend = exponential_bend(h);
        let offset = self.share * (bend + h);
        let pull =
            if self.total > 0.0 { self.total * super::gamma::deviance(offset, 1.0 + offset) } else { 0.0 };
        pull - self.drift * h - self.mass * bend
    }
}

/// e^h - 1 - h.
fn exponential_bend(h: f64) -> f64 {
    if h.abs() > 0.5 {
        return h.exp_m1() - h;
    }
    let long = if h.abs() > 0.1 { nested(h, 1.0, FAR) } else { 1.0 };
    let series = nested(h, long, NEAR);
    0.5 * h * h * series
}

/// 1 + h f1 (1 + h f2 (... (1 + h fn inner))), the factors given from the innermost outwards.
fn nested<const N: usize>(h: f64, inner: f64, factors: [f64; N]) -> f64 {
    factors.into_iter().fold(inner, |sum, factor| 1.0 + sum * h * factor)
}
