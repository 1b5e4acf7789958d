//! A followed series as whole numbers: its fields, and the bits of its counts.

use super::{Base, Follow, Prior, Weeks};

/// A reader of numbers in the order in which they were written.
struct Numbers<'a>(std::slice::Iter<'a, u64>);

impl Numbers<'_> {
    fn next(&mut self) -> Option<u64> {
        self.0.next().copied()
    }

    fn real(&mut self) -> Option<f64> {
        self.next().map(f64::from_bits)
    }

    /// A number that is finite and not negative.
    fn amount(&mut self) -> Option<f64> {
        self.real().filter(|value| value.is_finite() && *value >= 0.0)
    }

    fn below(&mut self, bound: usize) -> Option<usize> {
        self.next().and_then(|number| usize::try_from(number).ok()).filter(|number| *number < bound)
    }

    fn weeks(&mut self, fits: fn(f64) -> bool) -> Option<Weeks> {
        let mut weeks = [[0.0; 8]; 7];
        for place in weeks.iter_mut().flatten() {
            *place = self.real().filter(|value| fits(*value))?;
        }
        Some(weeks)
    }
}

impl Follow {
    /// Every number of the state, in a fixed order.
    pub(crate) fn to_bits(&self) -> Vec<u64> {
        let index = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
        let prior = self.prior.unwrap_or(Prior { dispersion: 0.0, days: 0.0 });
        let mut bits = vec![
            u64::from(self.prior.is_some()),
            prior.dispersion.to_bits(),
            prior.days.to_bits(),
            self.seen,
            index(self.slot),
            index(self.week),
            self.counted,
            self.clean,
            self.based,
            self.whole,
            u64::from(self.run),
            self.dispersion.to_bits(),
            self.freedom.to_bits(),
            self.spread.0.to_bits(),
            self.spread.1.to_bits(),
        ];
        for weeks in [&self.counts, &self.misses, &self.noise] {
            bits.extend(weeks.iter().flatten().map(|value| value.to_bits()));
        }
        bits.extend(self.recent.iter().map(|value| value.to_bits()));
        for base in &self.bases {
            bits.extend([base.mean.to_bits(), base.share.to_bits(), base.lag.to_bits()]);
        }
        bits
    }

    /// The state of these numbers; none where no series leads to them.
    pub(crate) fn from_bits(bits: &[u64]) -> Option<Self> {
        let mut numbers = Numbers(bits.iter());
        let has_prior = numbers.below(2)? == 1;
        let prior = Prior { dispersion: numbers.amount()?, days: numbers.amount()? };
        let mut follow = Self::new(has_prior.then_some(prior));
        follow.seen = numbers.next()?;
        follow.slot = numbers.below(7)?;
        follow.week = numbers.below(8)?;
        follow.counted = numbers.next()?;
        follow.clean = numbers.next()?;
        follow.based = numbers.next()?;
        follow.whole = numbers.next()?;
        follow.run = numbers.next().and_then(|run| u32::try_from(run).ok())?;
        follow.dispersion = numbers.amount()?;
        follow.freedom = numbers.amount()?;
        follow.spread = (numbers.amount()?, numbers.amount()?);
        follow.counts = numbers.weeks(|count| count.is_finite() && count >= 0.0)?;
        follow.misses = numbers.weeks(f64::is_finite)?;
        follow.noise = numbers.weeks(|noise| noise.is_finite() && noise >= 0.0)?;
        for place in &mut follow.recent {
            *place = numbers.amount()?;
        }
        for place in &mut follow.bases {
            *place = Base { mean: numbers.amount()?, share: numbers.amount()?, lag: numbers.amount()? };
        }
        // A day can be clean only where it has a count.
        let agrees = follow.clean & !follow.counted == 0 && numbers.next().is_none();
        agrees.then_some(follow)
    }
}
