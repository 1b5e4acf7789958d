//! Onset: the day on which the rise that made a spike began, and the days on which it may as well have
//! begun.
//!
//! It is sought in a stretch of eight weeks before a window, the window, and four weeks after, on logs of
//! one plus the count less the effect of the weekday as the days before the window show it. In the stretch
//! the level is constant between breaks: one break is the onset, up to two lie before it (an earlier spike,
//! or a shift of the level) and up to two after (a decline in steps, or a return). A spike rises and falls,
//! so that a single break would be drawn towards the fall; a level shift leaves the later breaks nothing to
//! explain.
//!
//! Which of the breaks is the onset is decided by four rules, so that an earlier surge or a second step is
//! not it:
//!
//! - no other break lies between the onset and the window's highest day;
//! - the new level lies above the median of the four weeks before the onset;
//! - it is the rise that matters: the level before lies below half-way, in logs, from that median to the new
//!   level;
//! - the day before lies below half-way too, or else within three standard deviations of that median (by the
//!   median step from day to day), so that the first day of a rise in steps is not left to the days before.
//!
//! The profile of a day is the least sum of squares with the onset on that day and the other breaks where
//! they fit best. With the variance profiled out, the log-likelihood falls from the best day to another by
//! n/2 ln(squares / least squares) over n days (Hinkley 1970, Biometrika 57:1; Siegmund 1988, Int. Statist.
//! Rev. 56:31). The days whose fall is within a given drop run from `low` to `high`; see
//! [`CAUTIOUS_DROP`] for how sure that is. Days are taken as independent: noise that lingers from day to
//! day makes the range too narrow.
//!
//! An onset is not a cause and not a test: that there is a spike is for the window's own test to say.
//! Counts are whole days of the store's zone, so that an event of the evening may show on the day after.
//!
//! Essential types: [`Onset`], [`NoOnset`]; what follows the onset is in [`course`], the breaks
//! themselves in [`breaks`].

pub(crate) mod breaks;
pub(crate) mod course;
pub(crate) mod weekday;

use std::ops::Range;

use chrono::Weekday;
use thiserror::Error;

use breaks::{Segments, earliest_least};
use weekday::{WeekdayEffects, logs};

/// The usual fall of the log-likelihood within which a day may be the onset: half the 95 % point of
/// chi-squared with one degree of freedom.
///
/// It is the customary one, and it is not 95 % sure: the day of a break is not a parameter to which that
/// theory applies. In 400 simulated series for each of 72 cases (negative binomial counts of mean 10 to
/// 3,000 and alpha 0.01 or 0.04; level shifts, decays and rises in steps) the range held the true day in 78
/// to 93 % of them where the rise was by 1.3 times, 84 to 99 % by 1.6, 86 to 100 % by 2.5 and 99 to 100 %
/// by 8. Under a trend of 1 % a day it was in 58 to 88 %, 71 to 98 %, 87 to 100 % and 99 to 100 %.
#[cfg(test)]
pub(crate) const DROP: f64 = 1.920_729_410_347_062;

/// The fall of the log-likelihood under which a day is hardly the onset: -ln(1 - √0.95).
///
/// For a small rise twice the fall at the true day is at most x with probability (1 - exp(-x/2))² (Hansen
/// 2000, Econometrica 68:575, theorem 2, for a threshold; the same limit holds for a break). In the
/// simulation of [`DROP`] the range held the true day in 92 to 98 % of series where the rise was by 1.3
/// times, 91 to 100 % by 1.6, 92 to 100 % by 2.5 and 99 to 100 % by 8; under the trend in 84 to 95 %, 88 to
/// 98 %, 95 to 100 % and 100 %.
pub(crate) const CAUTIOUS_DROP: f64 = 3.676_138_6;

/// The stretch's days before the window.
const DAYS_BEFORE: usize = 56;
/// The stretch's days after the window.
const DAYS_AFTER: usize = 28;
/// How many days before the window a spike in the window may have begun.
const REACH: usize = 14;
/// The least number of days with a count before the window, and before the onset.
const LEAST_BEFORE: usize = 7;
/// The least number of days with a count of each weekday, under which the weekday is not allowed for.
const LEAST_OF_A_WEEKDAY: usize = 3;
/// The most breaks before the onset, and after it.
const BREAKS_ASIDE: usize = 2;
/// How many days with a count before a rise say what was ordinary then.
const ORDINARY_DAYS: usize = 28;
/// The standard deviation of independent normal noise over the median size of its steps from day to day:
/// one over the upper quartile of the standard normal and the square root of 2.
const SPREAD_OF_A_STEP: f64 = 1.048_358_082_3;
/// How many standard deviations above the median a single day still passes for ordinary.
const SPREADS: f64 = 3.0;
/// A rise in logs that rounding alone can make.
const ROUNDING: f64 = 1e-9;

/// When a rise began.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Onset {
    /// The offset of the single most likely first day of the rise, of equally likely ones the earliest; it
    /// has a count.
    pub(crate) day: usize,
    /// The offset of the first day that may have been it. Where the days before it have no count, the first
    /// of those.
    pub(crate) low: usize,
    /// The offset of the last day that may have been it.
    pub(crate) high: usize,
    /// Whether the effect of the weekday was removed: it is where every weekday has three counts before the
    /// window.
    pub(crate) is_weekday_adjusted: bool,
}

/// Why no onset is found.
#[derive(Debug, Clone, Copy, PartialEq, Error)]
pub(crate) enum NoOnset {
    /// No day of the window has a count.
    #[error("no day of the window has a count")]
    NoCountInWindow,
    /// Too few days of the eight weeks before the window have a count.
    #[error(
        "`{present}` days with a count in the 56 days before the window are too few: an onset needs \
         {LEAST_BEFORE}"
    )]
    ShortBaseline {
        /// The days that have one.
        present: usize,
    },
    /// The drop is negative or no number.
    #[error("`{drop}` is not a fall of a log-likelihood: it must be 0 or more")]
    Drop {
        /// The drop as given.
        drop: f64,
    },
    /// Nothing rises up to the window's highest day.
    #[error("nothing rises towards the window's highest day")]
    NoRise,
}

/// The onset of the rise whose height lies in `window`, in a series whose first day is a `first`.
///
/// Counts that are no number, negative or infinite are missing. It takes O(n² log n) time over the days of
/// the stretch: 84 and those of the window.
pub(crate) fn onset(
    counts: &[f64],
    first: Weekday,
    window: Range<usize>,
    drop: f64,
) -> Result<Onset, NoOnset> {
    if !(drop.is_finite() && drop >= 0.0) {
        return Err(NoOnset::Drop { drop });
    }
    let start = window.start.saturating_sub(DAYS_BEFORE);
    let end = window.end.saturating_add(DAYS_AFTER).min(counts.len());
    let logs = logs(counts.get(start..end).ok_or(NoOnset::NoCountInWindow)?);
    let window = window.start.saturating_sub(start)..window.end.saturating_sub(start);
    let (before, _) = logs.split_at_checked(window.start).ok_or(NoOnset::NoCountInWindow)?;

    let weekday = (0..start % 7).fold(first, |weekday, _| weekday.succ());
    let effects = WeekdayEffects::of(before, weekday, LEAST_OF_A_WEEKDAY);
    let levelled = effects.map_or_else(|| logs.clone(), |effects| effects.removed_from(&logs, weekday));

    let profile = profile(&levelled, window)?;
    let (day, least) =
        earliest_least(profile.days.iter().copied(), profile.rounding).ok_or(NoOnset::NoRise)?;
    let bound = least * (2.0 * drop / profile.present).exp() + profile.rounding;
    let likely = profile.days.iter().filter(|(_, squares)| *squares <= bound).map(|(day, _)| *day);
    let low = likely.clone().min().unwrap_or(day);
    let high = likely.max().unwrap_or(day);
    Ok(Onset {
        day: day.saturating_add(start),
        low: after_the_last_count(&levelled, low).saturating_add(start),
        high: high.saturating_add(start),
        is_weekday_adjusted: effects.is_some(),
    })
}

/// The least squares with the onset on each day that may be one.
#[derive(Debug)]
struct Profile {
    days: Vec<(usize, f64)>,
    /// The number of days with a count, as a real number.
    present: f64,
    rounding: f64,
}

fn profile(levelled: &[f64], window: Range<usize>) -> Result<Profile, NoOnset> {
    let segments = Segments::of(levelled);
    let days = segments.len();
    let [opens, closes] = [window.start, window.end].map(|offset| segments.before(offset));
    let present = levelled.iter().copied().filter(|log| log.is_finite()).collect::<Vec<_>>();
    let inside = present.iter().enumerate().take(closes).skip(opens);
    let highest = inside.reduce(|highest, day| if day.1 > highest.1 { day } else { highest });
    let Some((height, _)) = highest else { return Err(NoOnset::NoCountInWindow) };
    if opens < LEAST_BEFORE {
        return Err(NoOnset::ShortBaseline { present: opens });
    }

    let heads = at_most(&segments.least_before(BREAKS_ASIDE.saturating_sub(1)));
    let tails = at_most(&segments.least_after(BREAKS_ASIDE.saturating_sub(1)));
    let reach = segments.before(window.start.saturating_sub(REACH)).max(LEAST_BEFORE);
    let squares = |at: usize| {
        let lower = lower_levels(&segments, &heads, at);
        let before = present.get(at.saturating_sub(ORDINARY_DAYS)..at)?;
        let (eve, ordinary) = (*before.last()?, Ordinary::of(before)?);
        let ends = height.saturating_add(1)..=days;
        ends.filter_map(|end| {
            let level = segments.level(at, end)?;
            let halfway = ordinary.halfway_to(level)?;
            if eve > halfway.max(ordinary.most) {
                return None;
            }
            let below = lower.partition_point(|(level, _)| *level < halfway);
            let (_, head) = lower.get(below.checked_sub(1)?)?;
            Some(head + segments.cost(at, end) + tails.get(end).copied().unwrap_or(0.0))
        })
        .reduce(f64::min)
    };
    let candidates = reach..=height;
    let days_and_squares = candidates.filter_map(|at| Some((segments.offset(at)?, squares(at)?)));
    Ok(Profile {
        days: days_and_squares.collect(),
        present: super::spike::size(present.len()),
        rounding: segments.rounding(),
    })
}

/// What passes for ordinary before a rise, in logs.
#[derive(Debug, Clone, Copy)]
struct Ordinary {
    median: f64,
    /// The most that chance makes of it now and then.
    most: f64,
}

impl Ordinary {
    fn of(before: &[f64]) -> Option<Self> {
        let median = weekday::median(&mut before.to_vec())?;
        // Steps from day to day leave out what a trend or a shift adds to distances from the median.
        let steps = before.iter().zip(before.iter().skip(1)).map(|(one, next)| (next - one).abs());
        let spread = SPREAD_OF_A_STEP * weekday::median(&mut steps.collect::<Vec<_>>())?;
        Some(Self { median, most: median + SPREADS * spread })
    }

    /// Half-way from the median to `level`; none where that is no rise.
    fn halfway_to(self, level: f64) -> Option<f64> {
        (level - self.median > ROUNDING).then(|| f64::midpoint(self.median, level))
    }
}

/// The levels right before a break at `at`, in rising order, each with the least squares of the days before
/// `at` when the level is that or a lower one.
fn lower_levels(segments: &Segments, heads: &[f64], at: usize) -> Vec<(f64, f64)> {
    let starts = heads.iter().enumerate().take(at).map(|(start, head)| {
        // A segment that starts the stretch has no break before it, and its head no squares.
        segments.level(start, at).map(|level| (level, head + segments.cost(start, at)))
    });
    let mut lower = starts.flatten().collect::<Vec<_>>();
    lower.sort_unstable_by(|one, other| one.0.total_cmp(&other.0));
    let mut least = f64::INFINITY;
    for (_, squares) in &mut lower {
        least = least.min(*squares);
        *squares = least;
    }
    lower
}

/// The least of the tables, day by day: the least squares with as many breaks as the last table has, or
/// fewer.
fn at_most(tables: &[Vec<f64>]) -> Vec<f64> {
    let least = |least: Vec<f64>, table: &Vec<f64>| least.iter().zip(table).map(|(a, b)| a.min(*b)).collect();
    let mut tables = tables.iter();
    tables.next().cloned().map_or_else(Vec::new, |first| tables.fold(first, least))
}

/// The day itself, or the first of the days without a count right before it: the rise may have begun
/// unseen.
fn after_the_last_count(series: &[f64], day: usize) -> usize {
    let unseen = series.iter().take(day).rev().take_while(|value| !value.is_finite()).count();
    day.saturating_sub(unseen)
}

#[cfg(test)]
mod tests;
