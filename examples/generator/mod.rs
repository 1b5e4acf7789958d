//! Downloads made up by a seeded generator, for where no real file is at hand.
//!
//! A series has a mean, a weekday pattern, negative binomial noise of variance mu + mu^2 / k, and what its condition
//! adds: a trend of 1 % a day, a wandering level, an old spike, or days without a count. The same seed gives the
//! same series on every machine.
#![allow(dead_code, reason = "each program uses a part of it")]

use rand_chacha::{
    ChaCha8Rng,
    rand_core::{RngCore, SeedableRng},
};
use rand_distr::{Distribution, Gamma, Poisson, StandardNormal};

/// Monday to Sunday over their mean: quiet at the start of the week, high at its end.
pub(crate) const WEEK: [f64; 7] = [0.9, 0.85, 0.85, 0.95, 1.1, 1.25, 1.1];

/// What a series goes through before its last day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Condition {
    /// Nothing.
    Clean,
    /// The mean grows by 1 % a day.
    Trend,
    /// The log of the level wanders: each day keeps 0.8 of the last day's distance and adds a normal step of 0.1.
    Drift,
    /// Two days in a row had ten times their mean.
    OldSpike,
    /// Each day has no count with a chance of 15 %.
    Missing,
}

impl Condition {
    pub(crate) const ALL: [Self; 5] = [Self::Clean, Self::Trend, Self::Drift, Self::OldSpike, Self::Missing];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Clean => "clean",
            Self::Trend => "trend",
            Self::Drift => "ar1",
            Self::OldSpike => "spike",
            Self::Missing => "missing",
        }
    }
}

/// A recipe for series.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Recipe {
    /// The mean of a day, on the last day where there is a trend.
    pub(crate) mean: f64,
    /// The `k` of the negative binomial: the smaller, the noisier.
    pub(crate) k: f64,
    pub(crate) condition: Condition,
    /// How many days, the last of which is the day to be tested.
    pub(crate) days: usize,
    /// By how much the mean of the last day is multiplied: 1 where nothing happens.
    pub(crate) surge: f64,
}

impl Recipe {
    /// The series of a seed; a day without a count is NaN.
    pub(crate) fn series(&self, seed: u64) -> Vec<f64> {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let start = random.next_u64() % 7;
        let last = self.days.saturating_sub(1);
        let spike = usize::try_from(random.next_u64()).unwrap_or(0) % last.saturating_sub(1).max(1);
        let mut wander = normal(&mut random) * 0.1 / (1.0_f64 - 0.64).sqrt();
        (0..self.days)
            .map(|day| {
                let weekday = (day + usize::try_from(start).unwrap_or(0)) % 7;
                let mut mean = self.mean * WEEK[weekday];
                let old_spike = self.condition == Condition::OldSpike && (day == spike || day == spike + 1);
                match self.condition {
                    Condition::Trend => {
                        mean *= (-0.01 * f64::from(u32::try_from(last - day).unwrap_or(0))).exp();
                    }
                    Condition::Drift => {
                        mean *= wander.exp();
                        wander = 0.8 * wander + 0.1 * normal(&mut random);
                    }
                    _ => {}
                }
                if old_spike {
                    mean *= 10.0;
                }
                if day == last {
                    mean *= self.surge;
                }
                let count = negative_binomial(&mut random, mean, self.k);
                let missing = self.condition == Condition::Missing && day < last && unit(&mut random) < 0.15;
                if missing { f64::NAN } else { count }
            })
            .collect()
    }
}

/// A negative binomial count: a Poisson count whose mean is gamma distributed.
pub(crate) fn negative_binomial(random: &mut ChaCha8Rng, mean: f64, k: f64) -> f64 {
    let rate = Gamma::new(k, mean / k).map_or(mean, |gamma| gamma.sample(random));
    Poisson::new(rate).map_or(0.0, |poisson| poisson.sample(random))
}

fn normal(random: &mut ChaCha8Rng) -> f64 {
    StandardNormal.sample(random)
}

/// A number from 0 to 1.
pub(crate) fn unit(random: &mut ChaCha8Rng) -> f64 {
    f64::from(u32::try_from(random.next_u64() >> 32).unwrap_or(0)) / 4_294_967_296.0
}
