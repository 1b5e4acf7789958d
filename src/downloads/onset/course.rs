//! The course of a spike: its peak, its return to what is expected, and the dip that may follow.
//!
//! A ban moves demand forward: who downloads an app before it goes need not download it after. The *dip* is
//! what is missing below the expected in the days after the return, and belongs to the spike's account. The
//! course is not a fit: it reads the counts beside the expected values that the caller gives.
//!
//! Essential types: [`Course`], [`Dip`], [`NoCourse`].

use thiserror::Error;

/// How many days in a row, among those with a count, must lie at or below the ceiling for the spike to be
/// over.
const QUIET_DAYS: usize = 3;

/// What became of a spike from its onset on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Course {
    /// The offset of the day with the highest count before the return, of equal ones the first.
    pub(crate) peak: usize,
    /// The count of that day.
    pub(crate) peak_count: f64,
    /// The offset of the first of three days in a row at or below the ceiling; none where the series ends
    /// first.
    pub(crate) back: Option<usize>,
    /// What was missing afterwards; none where the spike is not over or nothing was missing on balance.
    pub(crate) dip: Option<Dip>,
}

/// Demand that was moved forward: what is missing below the expected after the return.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Dip {
    /// The expected less the observed, summed over the days: above 0. Days above the expected count against
    /// it.
    pub(crate) deficit: f64,
    /// The days summed, from the return on: those with both a count and an expected value.
    pub(crate) days: usize,
    /// How many of them lay below the expected.
    pub(crate) days_below: usize,
}

/// Why a spike has no course.
#[derive(Debug, Clone, Copy, PartialEq, Error)]
pub(crate) enum NoCourse {
    /// The slices do not have one value for each day.
    #[error("`{other}` values stand beside `{counts}` counts: each day needs one")]
    Lengths {
        /// The number of counts.
        counts: usize,
        /// The number of the expected values or bounds.
        other: usize,
    },
    /// No day from the onset on lies above the ceiling.
    #[error("no count from day `{onset}` on lies above what passes for ordinary")]
    NothingAbove {
        /// The onset as given.
        onset: usize,
    },
}

/// The course of the spike that began on the day `onset` of `counts`, beside the `expected` of each day.
///
/// The spike's first day above the ceiling is looked for from the onset on, and its return from there. The
/// dip is summed over `dip_days` days of the calendar from the return on, fewer where the series ends: a
/// length fixed beforehand, since one that stopped where the counts are back would be chosen by what it sums.
/// Days on which the count or the expected is no number are skipped.
pub(crate) fn course(
    counts: &[f64],
    expected: &[f64],
    ceilings: &[f64],
    onset: usize,
    dip_days: usize,
) -> Result<Course, NoCourse> {
    let days = days(counts, expected, ceilings)?;
    let since = days.iter().filter(|day| day.offset >= onset).skip_while(|day| !day.is_above);
    let back = back(since.clone());
    let before_back = since.take_while(|day| back.is_none_or(|back| day.offset < back));
    let highest = before_back.reduce(|highest, day| if day.count > highest.count { day } else { highest });
    let Some(Day { offset: peak, count: peak_count, .. }) = highest.copied() else {
        return Err(NoCourse::NothingAbove { onset });
    };
    let dip = back.and_then(|back| {
        let end = back.saturating_add(dip_days);
        dip(days.iter().filter(|day| (back..end).contains(&day.offset)))
    });
    Ok(Course { peak, peak_count, back, dip })
}

/// A day that has both a count and an expected value.
#[derive(Debug, Clone, Copy)]
struct Day {
    offset: usize,
    count: f64,
    expected: f64,
    is_above: bool,
}

fn days(counts: &[f64], expected: &[f64], ceilings: &[f64]) -> Result<Vec<Day>, NoCourse> {
    let same_length = |other: usize| {
        if other == counts.len() { Ok(()) } else { Err(NoCourse::Lengths { counts: counts.len(), other }) }
    };
    same_length(expected.len())?;
    same_length(ceilings.len())?;
    let days = counts.iter().zip(expected).zip(ceilings).enumerate();
    Ok(days
        .filter(|(_, ((count, expected), ceiling))| {
            [**count, **expected, **ceiling].into_iter().all(f64::is_finite)
        })
        .map(|(offset, ((count, expected), ceiling))| Day {
            offset,
            count: *count,
            expected: *expected,
            is_above: count > ceiling,
        })
        .collect())
}

/// The first of the first days in a row, as many as make a return, that are not above their ceiling.
fn back<'a>(since: impl Iterator<Item = &'a Day>) -> Option<usize> {
    let mut first = None;
    let mut quiet = 0_usize;
    for day in since {
        if day.is_above {
            (first, quiet) = (None, 0);
        } else {
            first = first.or(Some(day.offset));
            quiet = quiet.saturating_add(1);
        }
        if quiet == QUIET_DAYS {
            return first;
        }
    }
    None
}

/// Days taken one after another until the spike is seen to be over, after which no ceiling matters.
#[derive(Debug, Default)]
pub(crate) struct Quiet {
    has_begun: bool,
    days: usize,
}

impl Quiet {
    /// Takes in a day's count and ceiling; a day on which either is no number does not tell.
    pub(crate) fn day(&mut self, count: f64, ceiling: f64) {
        if self.is_back() || !(count.is_finite() && ceiling.is_finite()) {
            return;
        }
        if count > ceiling {
            (self.has_begun, self.days) = (true, 0);
        } else if self.has_begun {
            self.days = self.days.saturating_add(1);
        }
    }

    /// Whether as many days in a row as make a return were not above their ceiling.
    pub(crate) fn is_back(&self) -> bool {
        self.days == QUIET_DAYS
    }
}

fn dip<'a>(after: impl Iterator<Item = &'a Day>) -> Option<Dip> {
    let none = Dip { deficit: 0.0, days: 0, days_below: 0 };
    let dip = after.fold(none, |dip, day| Dip {
        deficit: dip.deficit + (day.expected - day.count),
        days: dip.days.saturating_add(1),
        days_below: dip.days_below.saturating_add(usize::from(day.count < day.expected)),
    });
    (dip.deficit > 0.0).then_some(dip)
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        clippy::indexing_slicing,
        clippy::float_cmp,
        reason = "tests stop at the first surprise"
    )]

    use proptest::prelude::*;

    use super::{Course, Dip, NoCourse, Quiet, course};

    /// A day is ordinary up to a quarter above the expected.
    fn by_a_quarter(counts: &[f64], expected: &[f64], onset: usize, days: usize) -> Result<Course, NoCourse> {
        let ceilings: Vec<f64> = expected.iter().map(|expected| 1.25 * expected).collect();
        course(counts, expected, &ceilings, onset, days)
    }

    #[test]
    fn a_spike_with_its_peak_its_return_and_the_demand_it_moved() {
        let counts = [100.0, 400.0, 900.0, 900.0, 300.0, 125.0, 90.0, 80.0, 70.0, 110.0, 40.0];
        let course = by_a_quarter(&counts, &[100.0; 11], 1, 5).unwrap();
        // From the sixth day: -25 + 10 + 20 + 30 - 10; the last day lies past the five.
        let dip = Dip { deficit: 25.0, days: 5, days_below: 3 };
        assert_eq!(course, Course { peak: 2, peak_count: 900.0, back: Some(5), dip: Some(dip) });
    }

    #[test]
    fn two_quiet_days_are_no_return_and_a_gap_neither_counts_nor_breaks_the_row() {
        let gap = f64::NAN;
        let counts = [500.0, 100.0, 100.0, 500.0, 100.0, gap, 100.0, gap, gap, 100.0, 100.0];
        let expected = [100.0; 11];
        assert_eq!(by_a_quarter(&counts, &expected, 0, 3).unwrap().back, Some(4));
        let cut = by_a_quarter(&counts[..9], &expected[..9], 0, 3).unwrap();
        assert_eq!((cut.back, cut.dip), (None, None));
    }

    #[test]
    fn a_level_shift_never_returns_and_a_second_spike_after_the_return_is_not_its_peak() {
        let shifted = by_a_quarter(&[300.0, 310.0, 290.0, 305.0], &[100.0; 4], 0, 28).unwrap();
        assert_eq!(shifted, Course { peak: 1, peak_count: 310.0, back: None, dip: None });
        let twice = [300.0, 90.0, 90.0, 90.0, 900.0, 100.0];
        let first = by_a_quarter(&twice, &[100.0; 6], 0, 3).unwrap();
        assert_eq!((first.peak, first.back), (0, Some(1)));
        assert_eq!(first.dip, Some(Dip { deficit: 30.0, days: 3, days_below: 3 }));
    }

    #[test]
    fn nothing_missing_on_balance_is_no_dip() {
        let counts = [500.0, 110.0, 90.0, 100.0];
        assert_eq!(by_a_quarter(&counts, &[100.0; 4], 0, 3).unwrap().dip, None);
    }

    #[test]
    fn bounds_may_differ_from_day_to_day() {
        let bounds = [150.0, 150.0, 200.0, 250.0, 250.0];
        let course = course(&[300.0, 160.0, 160.0, 160.0, 160.0], &[100.0; 5], &bounds, 0, 3);
        assert_eq!(course.unwrap().back, Some(2));
    }

    #[test]
    fn zeros_and_gaps_only_have_no_course() {
        let error = by_a_quarter(&[0.0; 5], &[0.0; 5], 2, 3).unwrap_err();
        assert_eq!(error, NoCourse::NothingAbove { onset: 2 });
        assert_eq!(error.to_string(), "no count from day `2` on lies above what passes for ordinary");
        assert!(by_a_quarter(&[f64::NAN; 5], &[1.0; 5], 0, 3).is_err());
        assert!(by_a_quarter(&[9.0; 5], &[1.0; 5], 5, 3).is_err());
        assert!(by_a_quarter(&[], &[], 0, 3).is_err());
    }

    #[test]
    fn slices_of_other_lengths_are_refused() {
        let error = by_a_quarter(&[1.0; 3], &[1.0; 2], 0, 3).unwrap_err();
        assert_eq!(error.to_string(), "`2` values stand beside `3` counts: each day needs one");
        assert!(course(&[1.0; 3], &[1.0; 3], &[1.0; 4], 0, 3).is_err());
    }

    proptest! {
        #[test]
        fn counts_and_expected_twice_as_high_double_the_peak_and_the_deficit(
            counts in prop::collection::vec(0..400_u16, 1..60),
            onset in 0..10_usize,
        ) {
            let counts = counts.into_iter().map(f64::from).collect::<Vec<_>>();
            let doubled = counts.iter().map(|count| 2.0 * count).collect::<Vec<_>>();
            let once = by_a_quarter(&counts, &vec![100.0; counts.len()], onset, 14);
            let twice = by_a_quarter(&doubled, &vec![200.0; counts.len()], onset, 14);
            match (once, twice) {
                (Ok(once), Ok(twice)) => {
                    prop_assert_eq!((once.peak, once.back), (twice.peak, twice.back));
                    prop_assert_eq!(2.0 * once.peak_count, twice.peak_count);
                    prop_assert_eq!(
                        once.dip.map(|dip| (2.0 * dip.deficit, dip.days, dip.days_below)),
                        twice.dip.map(|dip| (dip.deficit, dip.days, dip.days_below))
                    );
                }
                (once, twice) => prop_assert_eq!(once, twice),
            }
        }
    }

    proptest! {
        #[test]
        fn ceilings_after_the_return_change_nothing(
            days in prop::collection::vec((prop_oneof![9 => 0.0..20.0, 1 => Just(f64::NAN)], 5.0..15.0), 1..60),
            onset in 0_usize..10,
        ) {
            let (counts, ceilings): (Vec<f64>, Vec<f64>) = days.into_iter().unzip();
            let expected: Vec<f64> = (0..counts.len()).map(|day| if day < onset { f64::NAN } else { 4.0 }).collect();
            let mut quiet = Quiet::default();
            let fewer: Vec<f64> = (0..counts.len())
                .map(|day| {
                    if day < onset {
                        return f64::NAN;
                    }
                    let ceiling = if quiet.is_back() { expected[day] } else { ceilings[day] };
                    quiet.day(counts[day], ceiling);
                    ceiling
                })
                .collect();
            prop_assert_eq!(
                course(&counts, &expected, &fewer, onset, 28),
                course(&counts, &expected, &ceilings, onset, 28)
            );
        }
    }
}
