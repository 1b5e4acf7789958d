//! The weekday effect: by how much a weekday's counts lie above or below the others, as a factor.
//!
//! It is taken in logs of one plus the count, by medians, so that a spike on one Friday does not make every
//! Friday look high. It is not a trend and not a season of the year. In the words of the reference it is the
//! weekday's median less the mean of the seven weekday medians.
//!
//! Essential types: [`WeekdayEffects`].

use std::iter;

use chrono::Weekday;

/// The effect of each weekday, Monday first, in natural logs; the seven sum to zero.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct WeekdayEffects([f64; 7]);

impl WeekdayEffects {
    /// The effects in `logs`, whose first day is a `first`; none where a weekday has fewer than `least` days
    /// with a number, one or more.
    pub(crate) fn of(logs: &[f64], first: Weekday, least: usize) -> Option<Self> {
        let mut by_weekday: [Vec<f64>; 7] = Default::default();
        for (log, weekday) in logs.iter().zip(weekdays(first)) {
            if let Some(same) = by_weekday.get_mut(weekday).filter(|_| log.is_finite()) {
                same.push(*log);
            }
        }
        let mut effects = [0.0; 7];
        for (effect, mut same) in effects.iter_mut().zip(by_weekday) {
            *effect = median(&mut same).filter(|_| same.len() >= least)?;
        }
        let mean = effects.iter().sum::<f64>() / 7.0;
        Some(Self(effects.map(|median| median - mean)))
    }

    /// `logs` less the effect of each day's weekday, the first day being a `first`.
    pub(crate) fn removed_from(&self, logs: &[f64], first: Weekday) -> Vec<f64> {
        let effects = weekdays(first).map(|weekday| self.0.get(weekday).copied().unwrap_or(0.0));
        logs.iter().zip(effects).map(|(log, effect)| log - effect).collect()
    }
}

/// The natural logs of one plus each count; not a number where the count is none, negative or infinite.
pub(crate) fn logs(counts: &[f64]) -> Vec<f64> {
    let log = |count: &f64| if count.is_finite() && *count >= 0.0 { count.ln_1p() } else { f64::NAN };
    counts.iter().map(log).collect()
}

/// The median, of an even number the mean of the middle two; none of none. It sorts `values`.
pub(super) fn median(values: &mut [f64]) -> Option<f64> {
    values.sort_unstable_by(f64::total_cmp);
    let upper = values.get(values.len() / 2)?;
    let lower = values.get(values.len().saturating_sub(1) / 2)?;
    Some(f64::midpoint(*lower, *upper))
}

/// The weekdays from `first` on, without end, Monday being 0.
fn weekdays(first: Weekday) -> impl Iterator<Item = usize> {
    iter::successors(Some(first), |weekday| Some(weekday.succ()))
        .filter_map(|weekday| usize::try_from(weekday.num_days_from_monday()).ok())
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        clippy::indexing_slicing,
        clippy::float_cmp,
        reason = "tests stop at the first surprise"
    )]

    use chrono::Weekday;

    use super::{WeekdayEffects, logs, median};

    #[test]
    fn medians_of_odd_even_and_no_numbers() {
        assert_eq!(median(&mut [3.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median(&mut [4.0, 1.0, 2.0, 3.0]), Some(2.5));
        assert_eq!(median(&mut []), None);
    }

    #[test]
    fn what_is_no_count_has_no_log() {
        let logs = logs(&[0.0, -1.0, f64::NAN, f64::INFINITY, 1.0]);
        assert_eq!(logs[0], 0.0);
        assert!(logs[1..4].iter().all(|log| log.is_nan()));
        assert_eq!(logs[4], 2.0_f64.ln());
    }

    #[test]
    fn a_pattern_of_the_week_is_removed_and_one_high_friday_is_not_part_of_it() {
        let pattern = [0.0, 0.7, 0.0, 0.0, 0.0, 0.0, -0.7];
        let mut logs = (0..28).map(|day| 5.0 + pattern[day % 7]).collect::<Vec<_>>();
        logs[9] += 4.0;
        let effects = WeekdayEffects::of(&logs, Weekday::Wed, 4).unwrap();
        let flat = effects.removed_from(&logs, Weekday::Wed);
        for (day, log) in flat.iter().enumerate() {
            let expected = if day == 9 { 9.0 } else { 5.0 };
            assert!((log - expected).abs() < 1e-12, "day {day}: {log}");
        }
        assert!(effects.0.iter().sum::<f64>().abs() < 1e-12);
        assert!((effects.0[3] - 0.7).abs() < 1e-12, "the second day is a Thursday");
    }

    #[test]
    fn a_weekday_with_too_few_days_leaves_none_of_them_an_effect() {
        let mut logs = vec![1.0; 21];
        assert!(WeekdayEffects::of(&logs, Weekday::Mon, 3).is_some());
        logs[8] = f64::NAN;
        assert_eq!(WeekdayEffects::of(&logs, Weekday::Mon, 3), None);
        assert!(WeekdayEffects::of(&logs, Weekday::Mon, 2).is_some());
        assert_eq!(WeekdayEffects::of(&[1.0; 6], Weekday::Mon, 0), None, "no Sunday has no median");
    }
}
