//! The default method, day by day: what was expected of a day, given only the days before it.
//!
//! One state follows one series. It holds eight weeks of counts and of how far each missed its expectation, and
//! nothing older, so that its size does not grow. The batch, the stream and a single window all run this state,
//! which is why they agree to the last bit.
//!
//! For a day, the *base* is the mean of the same weekday over the last eight weeks, spikes left out. The *level*
//! is how the six days before stood to their own bases; it is drawn towards one as far as it is no surer than
//! noise. The expected count is base times level, which follows a trend without lag: both look back equally far.
//! The *dispersion* comes from how far the method's own expectations missed over eight weeks, so that drift,
//! trend and the error of the method itself are in it.

#[cfg(feature = "serde")]
mod bits;

use super::{prediction::Prediction, spike::size};

/// Eight weeks of one number a day, by weekday.
type Weeks = [[f64; 8]; 7];

/// Bits of the same weekday, one to eight weeks back; bit 0 is yesterday.
const SAME_WEEKDAY: u64 = 1 << 6 | 1 << 13 | 1 << 20 | 1 << 27 | 1 << 34 | 1 << 41 | 1 << 48 | 1 << 55;
/// Bits of the six days before.
const SIX_DAYS: u64 = 0b11_1111;
/// Bits of the eight weeks before.
const EIGHT_WEEKS: u64 = (1 << 56) - 1;
/// One over the weeks of a whole base.
const WHOLE_SHARE: f64 = 0.125;
/// How many weeks back the days of a whole base lie in the mean.
const WHOLE_LAG: f64 = 4.5;
/// Days that are taken in before anything is expected.
const BURN_IN: u64 = 14;
/// From this many misses on, their own spread decides what stands out; and nothing is tested before half of it.
const ENOUGH_MISSES: f64 = 14.0;
/// A day that stands out by 3.3 normal units is no baseline for later days; the square of it.
const STANDS_OUT: f64 = 3.3 * 3.3;
/// Nor is a day that falls out below by 4; the square of it, with its sign.
const FALLS_OUT: f64 = -4.0 * 4.0;
const NINTH: f64 = 1.0 / 9.0;
/// One over a smaller expected count than this has no bound to speak of.
const LEAST_MEAN: f64 = 0.05;
/// So many days in a row that stand out are a new level, not a spike.
const NEW_LEVEL: u32 = 10;
/// Misses beyond so many standard units count as this many.
const CAP: f64 = 2.5;
/// The mean of the lesser of z^2 and `CAP`^2 for a standard normal z.
const CAPPED_MEAN: f64 = 0.974_389_5;

/// How a day stood to what was expected of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Step {
    /// What was expected; none while too little was known.
    pub(crate) prediction: Option<Prediction>,
    /// A quick score of the count: the square, with its sign, of how many normal units it lies above the expected
    /// (Paulson 1942); 0 without one.
    pub(crate) score: f64,
}

/// What other series of the same kind say of the dispersion.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Prior {
    pub(crate) dispersion: f64,
    pub(crate) days: f64,
}

/// The state that follows one series.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Follow {
    pub(super) prior: Option<Prior>,
    pub(super) seen: u64,
    slot: usize,
    week: usize,
    counted: u64,
    clean: u64,
    based: u64,
    /// Days whose base rests on all eight weeks.
    whole: u64,
    run: u32,
    dispersion: f64,
    freedom: f64,
    /// The mean squared miss of last week, and on how many days it rests.
    spread: (f64, f64),
    counts: Weeks,
    misses: Weeks,
    noise: Weeks,
    recent: [f64; 16],
    bases: [Base; 16],
}

/// A day's base: mean, weeks it rests on, how many weeks back they lie in the mean.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Base {
    mean: f64,
    share: f64,
    lag: f64,
}

/// How the days before stood to their bases.
#[derive(Clone, Copy)]
struct Level {
    ratio: f64,
    mean: f64,
    spread: f64,
    lag: f64,
}

impl Default for Follow {
    fn default() -> Self {
        Self::new(None)
    }
}

impl Follow {
    pub(crate) fn new(prior: Option<Prior>) -> Self {
        Self {
            prior,
            seen: 0,
            slot: 0,
            week: 0,
            counted: 0,
            clean: 0,
            based: 0,
            whole: 0,
            run: 0,
            dispersion: prior.map_or(0.1, |prior| prior.dispersion),
            freedom: prior.map_or(0.0, |prior| prior.days),
            spread: (0.0, 0.0),
            counts: [[0.0; 8]; 7],
            misses: [[0.0; 8]; 7],
            noise: [[0.0; 8]; 7],
            recent: [0.0; 16],
            bases: [Base { mean: 0.0, share: 1.0, lag: 1.0 }; 16],
        }
    }

    /// Takes in the next day. A day without a plain count is NaN.
    #[inline]
    pub(crate) fn step(&mut self, count: f64) -> Step {
        let mut step = Step { prediction: None, score: 0.0 };
        if count.is_nan() {
            if self.seen > 0 {
                self.advance(f64::NAN, None, None, false);
            }
            return step;
        }
        if self.seen == BURN_IN {
            self.clean_start();
        }
        let Some(base) = (self.seen >= BURN_IN).then(|| self.base(0)).flatten() else {
            self.advance(count, None, None, true);
            return step;
        };
        let Some(level) = self.level() else {
            self.advance(count, Some(base), None, true);
            return step;
        };
        let (mean, relative) = self.expected(base, level);
        let variance = self.dispersion + 1.0 / mean.max(LEAST_MEAN);
        let root = cube_root((count + 0.3) / (mean + 0.3));
        let off = 3.0 * (root - 1.0);
        let miss = off * off.abs() / (1.0 + relative);
        let own = variance * NINTH;
        let before = (variance * relative).min(1.0) * NINTH;
        let apart = (1.0 - before) * root - (1.0 - own);
        step.score = apart * apart.abs() / (before * root * root + own);
        let own_noise = 1.0 / (mean + 0.6);
        let sure_of_noise = self.freedom >= ENOUGH_MISSES;
        let stands_out = if sure_of_noise {
            step.score > STANDS_OUT || step.score < FALLS_OUT
        } else {
            miss > STANDS_OUT * (0.25 + own_noise) || miss < FALLS_OUT * (0.25 + own_noise)
        };
        if self.freedom >= 0.5 * ENOUGH_MISSES {
            step.prediction = Some(self.prediction(mean, relative));
        }
        self.advance(count, Some(base), (!stands_out).then_some((miss, own_noise)), !stands_out);
        step
    }

    /// What is expected of `days` days that begin `lead` days after the next one, given all that was taken in.
    ///
    /// For one day without a lead it is what [`Follow::step`] would say of the next day, to the last bit.
    pub(crate) fn forecast(&self, lead: usize, days: usize) -> Option<Prediction> {
        if self.seen < BURN_IN || self.freedom < 0.5 * ENOUGH_MISSES || days == 0 {
            return None;
        }
        let level = self.level()?;
        if (lead, days) == (0, 1) {
            let (mean, relative) = self.expected(self.base(0)?, level);
            return Some(self.prediction(mean, relative));
        }
        let (mut mean, mut squares, mut bases) = (0.0, 0.0, 0.0);
        let mut spread = 0.0_f64;
        for ahead in lead..lead.saturating_add(days) {
            let base = self.base(ahead)?;
            let (day, relative) = self.expected(base, level);
            let variance = self.dispersion + 1.0 / day.max(LEAST_MEAN);
            mean += day;
            squares += day * day;
            bases += day * day * base.share * variance;
            // The level is one for all days: its error does not average out over them.
            spread = spread.max((relative - base.share) * variance);
        }
        let whole = (mean * mean).max(LEAST_MEAN * LEAST_MEAN);
        Some(Prediction {
            mean,
            dispersion: self.dispersion * squares / whole * self.clustering(days),
            uncertainty: (bases / whole).max(1e-6) + spread,
            freedom: self.freedom,
        })
    }

    fn prediction(&self, mean: f64, relative: f64) -> Prediction {
        let variance = self.dispersion + 1.0 / mean.max(LEAST_MEAN);
        Prediction {
            mean,
            dispersion: self.dispersion,
            uncertainty: variance * relative,
            freedom: self.freedom,
        }
    }

    /// By how much the variance of a sum of days exceeds that of independent ones, from the correlation of one day's
    /// miss with the next; 1 or more.
    fn clustering(&self, days: usize) -> f64 {
        let (mut products, mut squares) = (0.0, 0.0);
        let mut later: Option<f64> = None;
        for back in 1..=55_u64 {
            let miss = self.miss(back);
            if let (Some(later), Some(miss)) = (later, miss) {
                products += later * miss;
                squares += 0.5 * (later * later + miss * miss);
            }
            later = miss;
        }
        if squares <= 0.0 {
            return 1.0;
        }
        let correlation = (products / squares).clamp(0.0, 0.9);
        let (mut power, mut sum) = (1.0, 1.0);
        for apart in 1..days {
            power *= correlation;
            sum += 2.0 * power * (1.0 - size(apart) / size(days));
        }
        sum
    }

    /// The signed miss of the day `back` days ago, where it was weighed.
    fn miss(&self, back: u64) -> Option<f64> {
        let before =
            self.slot.checked_add(7_usize.saturating_mul(8))?.checked_sub(usize::try_from(back).ok()?)?;
        let (slot, weeks) = (before.checked_rem(7)?, before / 7);
        let week = self.week.wrapping_add(weeks) & 7;
        let own = *self.noise.get(slot)?.get(week)?;
        let miss = *self.misses.get(slot)?.get(week)?;
        (own > 0.0).then(|| miss.signum() * miss.abs().sqrt())
    }

    /// The days, counted back from the last one taken in, that were left out because they stood out.
    pub(crate) fn left_out(&self) -> u32 {
        (self.counted & !self.clean & EIGHT_WEEKS).count_ones()
    }

    /// The days of the last eight weeks that had no count.
    pub(crate) fn gaps(&self) -> u32 {
        let span = if self.seen >= 56 { EIGHT_WEEKS } else { !(u64::MAX << self.seen) };
        (!self.counted & span).count_ones()
    }

    /// The dispersion as it stands, and how many days it rests on.
    pub(crate) fn dispersion(&self) -> (f64, f64) {
        (self.dispersion, self.freedom)
    }

    /// The base of the day that lies `ahead` days after the next one.
    #[inline]
    fn base(&self, ahead: usize) -> Option<Base> {
        let slot = self.slot.wrapping_add(ahead).wrapping_rem(7);
        let counts = self.counts.get(slot)?;
        let bits = if ahead == 0 { self.clean & SAME_WEEKDAY } else { 0 };
        if bits == SAME_WEEKDAY {
            return Some(Base { mean: total(*counts) * WHOLE_SHARE, share: WHOLE_SHARE, lag: WHOLE_LAG });
        }
        // The last day of this weekday lies 7 - ahead % 7 days back; older ones by whole weeks.
        let ahead_weeks = ahead / 7;
        let first_back = 6_usize.wrapping_sub(ahead.wrapping_rem(7));
        let last_week = if self.slot.wrapping_add(ahead.wrapping_rem(7)) < 7 {
            self.week
        } else {
            self.week.wrapping_add(1)
        };
        // A choice of two numbers instead of a branch: which weeks are clean cannot be foreseen.
        let (mut clean, mut sum, mut lags, mut days) = (self.clean >> first_back, 0.0, 0.0, 0.0);
        let mut lag = size(ahead_weeks);
        for back in 1..=8_usize {
            lag += 1.0;
            let count = counts.get(last_week.wrapping_sub(back) & 7).copied().unwrap_or(0.0);
            let (count, lag, day) = if clean & 1 == 1 { (count, lag, 1.0) } else { (0.0, 0.0, 0.0) };
            sum += count;
            lags += lag;
            days += day;
            clean >>= 7;
        }
        (days > 0.0).then(|| Base { mean: sum / days, share: 1.0 / days, lag: lags / days })
    }

    /// How the six days before stood to their bases; where too few of them are clean, the week before them too.
    #[inline]
    fn level(&self) -> Option<Level> {
        let usable = self.clean & self.based;
        if usable & self.whole & SIX_DAYS == SIX_DAYS {
            let (mut counts, mut bases) = (0.0, 0.0);
            for back in 1..=6 {
                counts += self.recent(back);
                bases += self.base_of(back).mean;
            }
            let ratio = if bases > 0.0 && counts > 0.0 { counts / bases } else { 1.0 };
            return Some(Level {
                ratio,
                mean: bases * (1.0 / 6.0),
                spread: (1.0 + WHOLE_SHARE) / 6.0,
                lag: WHOLE_LAG,
            });
        }
        let mut sums = Sums::default();
        for back in 1..=6_u64 {
            sums.add(self.recent(back), self.base_of(back), usable >> back.wrapping_sub(1) & 1 == 1);
        }
        for back in 7..=13_u64 {
            if sums.days >= 4.0 {
                break;
            }
            sums.add(self.recent(back), self.base_of(back), usable >> back.wrapping_sub(1) & 1 == 1);
        }
        if sums.days < 3.0 {
            return None;
        }
        let mean = sums.bases / sums.days;
        let (ratio, lag) = if sums.bases > 0.0 && sums.counts > 0.0 {
            (sums.counts / sums.bases, sums.lags / sums.bases)
        } else {
            (1.0, WHOLE_LAG)
        };
        Some(Level { ratio, mean, spread: (1.0 + sums.shares / sums.days) / sums.days, lag })
    }

    /// The expected count, and the variance of its estimate relative to that of a day.
    #[inline]
    fn expected(&self, base: Base, level: Level) -> (f64, f64) {
        // Both look back equally far when no day is missing; the power is 1 then, to the last bit.
        let (ratio, stretch) = if base.lag.to_bits() == level.lag.to_bits() {
            (level.ratio, 1.0)
        } else {
            let stretch = base.lag / level.lag;
            ((level.ratio.ln() * stretch).exp(), stretch)
        };
        let noise = level.spread * (self.dispersion + 1.0 / level.mean.max(LEAST_MEAN));
        // (r - 1)^2 / r is the square of ln r up to its fourth power.
        let evidence = (level.ratio - 1.0) * (level.ratio - 1.0);
        let sure = evidence / (evidence + SHRINKAGE * noise * level.ratio);
        let mean = base.mean * (1.0 + sure * (ratio - 1.0));
        (mean, base.share + level.spread * stretch * stretch * (0.1 + 0.9 * sure))
    }

    fn place(&self, back: u64) -> usize {
        usize::try_from(self.seen.wrapping_sub(back) & 15).unwrap_or(0)
    }

    fn recent(&self, back: u64) -> f64 {
        self.recent.get(self.place(back)).copied().unwrap_or(0.0)
    }

    fn base_of(&self, back: u64) -> Base {
        self.bases.get(self.place(back)).copied().unwrap_or(Base { mean: 0.0, share: 1.0, lag: 1.0 })
    }

    #[inline]
    fn advance(&mut self, count: f64, base: Option<Base>, miss: Option<(f64, f64)>, clean: bool) {
        // A day without a count is told by its bit; a NaN would make equal states unequal.
        let counted = !count.is_nan();
        let count = if counted { count } else { 0.0 };
        set(&mut self.counts, self.slot, self.week, count);
        let (miss, noise) = miss.unwrap_or((0.0, 0.0));
        set(&mut self.misses, self.slot, self.week, miss);
        set(&mut self.noise, self.slot, self.week, noise);
        let at = self.place(0);
        if let Some(place) = self.recent.get_mut(at) {
            *place = count;
        }
        if let (Some(base), Some(place)) = (base, self.bases.get_mut(at)) {
            *place = base;
        }
        self.counted = self.counted << 1 | u64::from(counted);
        self.clean = self.clean << 1 | u64::from(clean);
        self.based = self.based << 1 | u64::from(base.is_some());
        self.whole = self.whole << 1 | u64::from(base.is_some_and(|base| base.share <= WHOLE_SHARE));
        self.run = match (counted, clean) {
            (true, false) => self.run.saturating_add(1),
            (true, true) => 0,
            (false, _) => self.run,
        };
        self.seen = self.seen.wrapping_add(1);
        if self.run >= NEW_LEVEL {
            self.start_again();
            self.run = 0;
        }
        self.slot = self.slot.wrapping_add(1);
        if self.slot == 7 {
            self.slot = 0;
            self.week = self.week.wrapping_add(1) & 7;
            self.weigh_misses();
        }
    }

    /// Once a week: the spread of the method's own misses over eight weeks, far ones capped (Huber 1964, proposal 2).
    ///
    /// Once eight weeks are full, last week's spread sets the cap, and one pass is enough.
    fn weigh_misses(&mut self) {
        let prior = self.prior.unwrap_or(Prior { dispersion: 0.0, days: 0.0 });
        let mut most = if self.spread.1 >= 56.0 { CAP * CAP * self.spread.0 } else { f64::INFINITY };
        let (noise, days) = self.weighed();
        let mut squares = self.capped_misses(most);
        self.freedom = days + prior.days;
        if self.freedom <= 0.0 {
            return;
        }
        if days > 0.0 {
            let passes = if most.is_finite() { 0 } else { 3 };
            for _ in 0..passes {
                most = CAP * CAP * squares / days;
                squares = self.capped_misses(most) / CAPPED_MEAN;
            }
            if passes == 0 {
                squares /= CAPPED_MEAN;
            }
            self.spread = (squares / days, days);
        }
        self.dispersion = ((prior.days * prior.dispersion + (squares - noise)) / self.freedom).max(1e-4);
    }

    /// The counting noise in the misses, and how many there are.
    fn weighed(&self) -> (f64, f64) {
        let (mut noise, mut days) = ([0.0; 8], [0.0; 8]);
        for noises in &self.noise {
            for ((own, day), this) in noise.iter_mut().zip(&mut days).zip(noises) {
                *own += this;
                *day += if *this > 0.0 { 1.0 } else { 0.0 };
            }
        }
        (total(noise), total(days))
    }

    /// The sum of the squared misses, each at most `most`.
    fn capped_misses(&self, most: f64) -> f64 {
        let mut squares = [0.0; 8];
        for misses in &self.misses {
            for (square, miss) in squares.iter_mut().zip(misses) {
                let miss = miss.abs();
                *square += if miss < most { miss } else { most };
            }
        }
        total(squares)
    }

    /// At a new level: its days are the baseline, and those of the old level are none, since a mean over both would be
    /// neither. Days a week after one of them get their bases.
    fn start_again(&mut self) {
        let mut days = 0_u64;
        let mut left = self.run;
        while left > 0 && days < 56 {
            left = left.saturating_sub(u32::from(self.counted >> days & 1 == 1));
            days = days.saturating_add(1);
        }
        self.clean = self.counted & !(u64::MAX << days);
        self.based = 0;
        self.whole = 0;
        for back in 1..=days.saturating_sub(7).min(8) {
            self.base_on_week_before(back);
        }
    }

    /// After two weeks: days far above the middle of them are no baseline, and the second week gets its bases.
    fn clean_start(&mut self) {
        let counted = (1..=BURN_IN).filter(|back| self.counted >> back.saturating_sub(1) & 1 == 1);
        let mut first: Vec<f64> = counted.map(|back| self.recent(back)).collect();
        first.sort_by(f64::total_cmp);
        let Some(middle) = first.get(first.len() / 2).copied() else { return };
        let most = 4.0 * middle + 4.0 * middle.sqrt() + 3.0;
        for back in 1..=14_u64 {
            let bit = back.wrapping_sub(1);
            if self.clean >> bit & 1 == 1 && self.recent(back) > most {
                self.clean &= !(1 << bit);
            }
        }
        for back in 1..=7 {
            self.base_on_week_before(back);
        }
    }

    /// Bases the day `back` days ago, one to nine, on the one a week before it, where that is clean.
    fn base_on_week_before(&mut self, back: u64) {
        let before = back.saturating_add(7);
        if self.clean >> before.wrapping_sub(1) & 1 == 1 {
            let mean = self.recent(before);
            let at = self.place(back);
            if let Some(place) = self.bases.get_mut(at) {
                *place = Base { mean, share: 1.0, lag: 1.0 };
                self.based |= 1 << back.wrapping_sub(1);
            }
        }
    }
}

/// How much evidence of a changed level counts as much as the belief that it did not change.
const SHRINKAGE: f64 = 0.6;

#[derive(Default)]
struct Sums {
    counts: f64,
    bases: f64,
    lags: f64,
    shares: f64,
    days: f64,
}

impl Sums {
    #[inline]
    fn add(&mut self, count: f64, base: Base, usable: bool) {
        // A choice of two numbers instead of a branch: which days are usable cannot be foreseen.
        let or_nothing = |number: f64| if usable { number } else { 0.0 };
        self.counts += or_nothing(count);
        self.bases += or_nothing(base.mean);
        self.lags += or_nothing(base.lag * base.mean);
        self.shares += or_nothing(base.share);
        self.days += or_nothing(1.0);
    }
}

#[inline]
fn set(weeks: &mut Weeks, slot: usize, week: usize, value: f64) {
    if let Some(place) = weeks.get_mut(slot).and_then(|week_of| week_of.get_mut(week & 7)) {
        *place = value;
    }
}

/// The sum in pairs, which vector instructions can follow.
fn total(numbers: [f64; 8]) -> f64 {
    let [first, second, third, fourth, fifth, sixth, seventh, eighth] = numbers;
    (first + second) + (third + fourth) + ((fifth + sixth) + (seventh + eighth))
}

/// The cube root of a number of 0 or more, right to four digits, which is far below the noise of what is made of it: a
/// first guess from a third of the exponent, then a step of Halley's. The library's own is several times slower, and
/// this one is the same on every machine.
#[inline]
fn cube_root(x: f64) -> f64 {
    if x < 1e-300 {
        return 0.0;
    }
    let guess = f64::from_bits((x.to_bits() / 3).wrapping_add(0x2A9F_7893_0000_0000));
    let cube = guess * guess * guess;
    guess * (cube + 2.0 * x) / (2.0 * cube + x)
}

#[cfg(test)]
mod tests {
    use super::cube_root;

    #[test]
    fn the_cube_root_is_right_to_four_digits() {
        let mut x = 1e-12_f64;
        while x < 1e15 {
            let error = (cube_root(x) / x.cbrt() - 1.0).abs();
            assert!(error < 1e-4, "{x}: {error}");
            x *= 1.001;
        }
        assert!(cube_root(0.0).abs() < 1e-300);
    }
}
