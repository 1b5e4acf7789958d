//! Breaks: the days on which the level of a series changes for good, or until the next break.
//!
//! Between breaks the level is constant; which days are breaks is found by least squares, exactly: dynamic
//! programming over all ways to place them (Fisher 1958, J. Am. Statist. Assoc. 53:789; Bellman 1961, Commun.
//! ACM 4:284), not by splitting again and again, which can miss the best. A break is not an outlier day and
//! says nothing of a cause. How many there are is for the caller to say.
//!
//! Essential types: [`Breaks`], [`NoBreaks`], [`Segments`].

use thiserror::Error;

/// Sums of squares that differ by less than this share of the whole are held to be equal: rounding alone
/// makes such differences.
const ROUNDING: f64 = 1e-12;

/// The best places of a given number of breaks.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Breaks {
    /// The offset of the first day of each new level, in order; always a day that has a number.
    pub(crate) starts: Vec<usize>,
    /// The sum of the squared distances from the levels: 0 or more.
    pub(crate) squares: f64,
}

/// Why a series has no such breaks.
///
/// ```
/// use delisted::downloads::SeriesView;
///
/// let series = SeriesView::of_u32("2021-06-17".parse()?, &[7, 8])?;
/// assert_eq!(
///     series.breaks(2).unwrap_err().to_string(),
///     "`2` breaks need more than `2` days with a number, and there are 2",
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NoBreaks {
    /// Fewer days have a number than there would be levels.
    #[error("`{breaks}` breaks need more than `{breaks}` days with a number, and there are {present}")]
    TooFewDays {
        /// The number of breaks asked for.
        breaks: usize,
        /// The days that have a number.
        present: usize,
    },
}

/// The places of `count` breaks that leave the least squares, of equally good ones the earliest; days without
/// a number are skipped.
///
/// It takes O(n² k) time and O(n k) memory over n days and k breaks.
pub(crate) fn breaks(series: &[f64], count: usize) -> Result<Breaks, NoBreaks> {
    let segments = Segments::of(series);
    let present = segments.len();
    if present <= count {
        return Err(NoBreaks::TooFewDays { breaks: count, present });
    }
    let after = segments.least_after(count);
    let mut starts = Vec::with_capacity(count);
    let mut from = 0_usize;
    for left in (0..count).rev() {
        let next = after.get(left).and_then(|tails| {
            let costs = tails.iter().enumerate().skip(from.saturating_add(1));
            earliest_least(costs.map(|(at, tail)| (at, segments.cost(from, at) + tail)), segments.rounding())
        });
        let Some((at, _)) = next else { break };
        starts.push(at);
        from = at;
    }
    let squares = after.last().and_then(|whole| whole.first()).copied().unwrap_or(0.0);
    Ok(Breaks { starts: starts.into_iter().filter_map(|at| segments.offset(at)).collect(), squares })
}

/// The days of a series that have a number, with the running sums that give the squares of any stretch at
/// once.
///
/// Days are counted here among those that have a number; [`offset`](Self::offset) leads back.
#[derive(Debug)]
pub(super) struct Segments {
    offsets: Vec<usize>,
    sums: Vec<Sums>,
    shift: f64,
}

/// The number, sum and sum of squares of all values before a day.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    days: f64,
    values: f64,
    squares: f64,
}

impl Segments {
    pub(super) fn of(series: &[f64]) -> Self {
        let present = series.iter().enumerate().filter(|(_, value)| value.is_finite());
        // Values are taken from the first one, so that a constant series has squares of exactly zero.
        let shift = present.clone().next().map_or(0.0, |(_, value)| *value);
        let mut offsets = Vec::with_capacity(series.len());
        let mut sums = vec![Sums::default()];
        let mut running = Sums::default();
        for (offset, value) in present {
            let value = value - shift;
            running.days += 1.0;
            running.values += value;
            running.squares += value * value;
            offsets.push(offset);
            sums.push(running);
        }
        Self { offsets, sums, shift }
    }

    /// The number of days that have a number.
    pub(super) fn len(&self) -> usize {
        self.offsets.len()
    }

    /// The place in the series of the day that is the `at`-th with a number.
    pub(super) fn offset(&self, at: usize) -> Option<usize> {
        self.offsets.get(at).copied()
    }

    /// How many days with a number come before the place `offset`.
    pub(super) fn before(&self, offset: usize) -> usize {
        self.offsets.partition_point(|present| *present < offset)
    }

    /// The squares about their mean of the days `from..to`: 0 or more, and 0 of none.
    pub(super) fn cost(&self, from: usize, to: usize) -> f64 {
        let Sums { days, values, squares } = self.between(from, to);
        if days > 0.0 { (squares - values * values / days).max(0.0) } else { 0.0 }
    }

    /// The mean of the days `from..to`; none of none.
    pub(super) fn level(&self, from: usize, to: usize) -> Option<f64> {
        let Sums { days, values, .. } = self.between(from, to);
        (days > 0.0).then(|| self.shift + values / days)
    }

    /// The difference under which two sums of squares are held to be equal.
    pub(super) fn rounding(&self) -> f64 {
        ROUNDING * self.sums.last().map_or(0.0, |all| all.squares)
    }

    /// For each number of breaks up to `most`, the least squares of the days from each on with just so many
    /// breaks; infinite where they do not fit.
    pub(super) fn least_after(&self, most: usize) -> Vec<Vec<f64>> {
        let days = self.len();
        let mut tables = vec![(0..days).map(|from| self.cost(from, days)).collect::<Vec<_>>()];
        for _ in 0..most {
            let last = tables.last().map_or(&[][..], Vec::as_slice);
            let best = |from: usize| {
                let tails = last.iter().enumerate().skip(from.saturating_add(1));
                tails.map(|(at, tail)| self.cost(from, at) + tail).fold(f64::INFINITY, f64::min)
            };
            let next = (0..days).map(best).collect();
            tables.push(next);
        }
        tables
    }

    /// For each number of breaks up to `most`, the least squares of the days before each with just so many
    /// breaks; infinite where they do not fit.
    pub(super) fn least_before(&self, most: usize) -> Vec<Vec<f64>> {
        let days = self.len();
        let mut tables = vec![(0..days).map(|to| self.cost(0, to)).collect::<Vec<_>>()];
        for _ in 0..most {
            let last = tables.last().map_or(&[][..], Vec::as_slice);
            let best = |to: usize| {
                let heads = last.iter().enumerate().take(to).skip(1);
                heads.map(|(at, head)| head + self.cost(at, to)).fold(f64::INFINITY, f64::min)
            };
            let next = (0..days).map(best).collect();
            tables.push(next);
        }
        tables
    }

    fn between(&self, from: usize, to: usize) -> Sums {
        let start = self.sums.get(from).copied().unwrap_or_default();
        let end = self.sums.get(to).copied().unwrap_or_default();
        Sums {
            days: end.days - start.days,
            values: end.values - start.values,
            squares: end.squares - start.squares,
        }
    }
}

/// The least of the costs with its place, and of those within `rounding` of it the first.
pub(super) fn earliest_least(
    costs: impl Iterator<Item = (usize, f64)> + Clone,
    rounding: f64,
) -> Option<(usize, f64)> {
    let least = costs.clone().map(|(_, cost)| cost).fold(f64::INFINITY, f64::min);
    costs.into_iter().find(|(_, cost)| cost.is_finite() && *cost <= least + rounding)
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        clippy::indexing_slicing,
        clippy::as_conversions,
        clippy::cast_precision_loss,
        clippy::arithmetic_side_effects,
        reason = "tests stop at the first surprise"
    )]

    use proptest::prelude::*;

    use super::{Breaks, NoBreaks, breaks};

    /// The squares about the means of the stretches between `starts`, summed as the definition says.
    fn squares(series: &[f64], starts: &[usize]) -> f64 {
        let edges = [&[0], starts, &[series.len()]].concat();
        edges
            .windows(2)
            .map(|edge| {
                let stretch = &series[edge[0]..edge[1]];
                let mean = stretch.iter().sum::<f64>() / stretch.len() as f64;
                stretch.iter().map(|value| (value - mean).powi(2)).sum::<f64>()
            })
            .sum()
    }

    /// Every way to place `count` breaks from `from` on, the earliest first.
    fn placements(days: usize, count: usize, from: usize) -> Vec<Vec<usize>> {
        if count == 0 {
            return vec![Vec::new()];
        }
        let place =
            |at| placements(days, count - 1, at + 1).into_iter().map(move |rest| [vec![at], rest].concat());
        (from..days).flat_map(place).collect()
    }

    /// The best of all placements, of equally good ones the earliest, by trying each.
    fn by_trying_all(series: &[f64], count: usize) -> Breaks {
        let tried =
            placements(series.len(), count, 1).into_iter().map(|starts| (squares(series, &starts), starts));
        let tried = tried.collect::<Vec<_>>();
        let least = tried.iter().map(|(squares, _)| *squares).fold(f64::INFINITY, f64::min);
        let (squares, starts) = tried.into_iter().find(|(squares, _)| *squares <= least + 1e-9).unwrap();
        Breaks { starts, squares }
    }

    #[test]
    fn one_and_two_steps_are_found_with_nothing_left_over() {
        let series = [1.0, 1.0, 1.0, 5.0, 5.0, 2.0, 2.0, 2.0];
        assert_eq!(breaks(&series, 2), Ok(Breaks { starts: vec![3, 5], squares: 0.0 }));
        assert_eq!(breaks(&[0.1, 0.1, 0.7], 1), Ok(Breaks { starts: vec![2], squares: 0.0 }));
        assert_eq!(breaks(&[2.0, 4.0], 0), Ok(Breaks { starts: vec![], squares: 2.0 }));
    }

    #[test]
    fn of_equally_good_places_the_earliest_is_taken() {
        assert_eq!(breaks(&[0.3; 5], 2).unwrap().starts, [1, 2]);
        assert_eq!(breaks(&[0.0, 1.0, 0.0], 1).unwrap().starts, [1]);
        assert_eq!(breaks(&[7.1, 3.2, 7.1, 3.2], 1).unwrap().starts, [1]);
    }

    #[test]
    fn days_without_a_number_are_skipped_and_never_a_start() {
        let gap = f64::NAN;
        let series = [gap, 1.0, gap, 1.0, gap, gap, 3.0, 3.0, gap];
        assert_eq!(breaks(&series, 1), Ok(Breaks { starts: vec![6], squares: 0.0 }));
    }

    #[test]
    fn too_few_days_are_said_to_be_too_few() {
        let error = breaks(&[1.0, f64::NAN, 2.0], 2).unwrap_err();
        assert_eq!(error, NoBreaks::TooFewDays { breaks: 2, present: 2 });
        assert_eq!(error.to_string(), "`2` breaks need more than `2` days with a number, and there are 2");
        assert!(breaks(&[], 0).is_err());
    }

    fn small_series() -> impl Strategy<Value = Vec<f64>> {
        prop_oneof![
            prop::collection::vec((0..4_u8).prop_map(f64::from), 4..=14),
            prop::collection::vec(-3.0..12.0_f64, 4..=20),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]

        #[test]
        fn no_other_placement_is_better_or_earlier(series in small_series(), count in 0..=3_usize) {
            let found = breaks(&series, count).unwrap();
            let tried = by_trying_all(&series, count);
            prop_assert!((found.squares - tried.squares).abs() < 1e-9);
            prop_assert_eq!(&found.starts, &tried.starts);
            prop_assert!((squares(&series, &found.starts) - found.squares).abs() < 1e-9);
        }

        #[test]
        fn another_break_never_leaves_more(series in small_series()) {
            let left = (0..4).map(|count| breaks(&series, count).unwrap().squares).collect::<Vec<_>>();
            prop_assert!(left.windows(2).all(|pair| pair[1] <= pair[0] + 1e-9));
        }
    }
}
