//! The baseline: which earlier counts a forecast learns from, and the season and weekday of each.

use super::{CountModel, NoForecast, glm::Design};

/// The counts before a step that it is compared with.
pub(super) struct Baseline {
    /// The counts, oldest first, none missing.
    pub(super) counts: Vec<f64>,
    /// Whole years that the baseline reaches back.
    pub(super) years: usize,
    /// What each count stands for.
    places: Vec<Place>,
    /// The blocks other than today's that occur.
    blocks: Vec<usize>,
    /// The weekdays other than today's that occur, in days back.
    weekdays: Vec<usize>,
}

/// Where a count lies, as seen from the step asked about.
#[derive(Clone, Copy)]
struct Place {
    /// Steps back, 1 or more.
    back: usize,
    /// The block of the season: 0 for today's.
    block: usize,
    /// The weekday: 0 for today's, and for all where weekdays do not matter.
    weekday: usize,
}

impl Baseline {
    pub(super) fn of(model: &CountModel, series: &[f64], step: usize) -> Result<Self, NoForecast> {
        let year = model.year.max(1);
        let need = year.saturating_mul(model.least_years).saturating_add(model.half_window);
        if step < need {
            return Err(NoForecast::ShortHistory { have: step, need });
        }
        let reach = step.saturating_sub(model.half_window).checked_div(year).unwrap_or(0);
        let years = reach.min(model.years);
        let furthest = year.saturating_mul(model.years).saturating_add(model.half_window).min(step);

        let mut counted = Vec::new();
        for back in (model.left_out.saturating_add(1)..=furthest).rev() {
            let count = step.checked_sub(back).and_then(|at| series.get(at)).copied().unwrap_or(f64::NAN);
            let block = block_of(back, year, model);
            // With one block the baseline is that block of every whole year, the current one's aside.
            let within =
                model.blocks > 1 || (block == 0 && in_a_whole_year(back, year, years, model.half_window));
            if within && !count.is_nan() {
                if count < 0.0 || count.is_infinite() {
                    return Err(NoForecast::NotACount { count });
                }
                let weekday = if model.weekdays { back % 7 } else { 0 };
                counted.push((count, Place { back, block, weekday }));
            }
        }
        Self::informative(&counted, years)
    }

    /// The regressors: 1, a block's indicators, a weekday's, and the time in steps from the one asked about.
    pub(super) fn design(&self, trend: bool) -> Design {
        let indicators = self.blocks.len().saturating_add(self.weekdays.len());
        let width = indicators.saturating_add(1).saturating_add(usize::from(trend));
        let mut rows = Vec::with_capacity(width.saturating_mul(self.places.len()));
        for place in &self.places {
            rows.push(1.0);
            rows.extend(self.blocks.iter().map(|block| f64::from(u8::from(*block == place.block))));
            rows.extend(self.weekdays.iter().map(|day| f64::from(u8::from(*day == place.weekday))));
            if trend {
                rows.push(-super::size(place.back));
            }
        }
        Design { width, rows }
    }

    /// Leaves out what says nothing: a block or a weekday of nothing but zeros has a level of its own, minus
    /// infinity, which no other count bears on.
    fn informative(counted: &[(f64, Place)], years: usize) -> Result<Self, NoForecast> {
        let mut blocks: Vec<usize> = Vec::new();
        let mut weekdays: Vec<usize> = Vec::new();
        for (_, place) in counted.iter().filter(|(count, _)| *count > 0.0) {
            if !blocks.contains(&place.block) {
                blocks.push(place.block);
            }
            if !weekdays.contains(&place.weekday) {
                weekdays.push(place.weekday);
            }
        }
        if !blocks.contains(&0) || !weekdays.contains(&0) {
            return Err(NoForecast::NothingCounted);
        }
        let told = |place: &Place| blocks.contains(&place.block) && weekdays.contains(&place.weekday);
        let (counts, places) = counted.iter().copied().filter(|(_, place)| told(place)).unzip();
        let others = |mut levels: Vec<usize>| {
            levels.retain(|level| *level != 0);
            levels.sort_unstable();
            levels
        };
        Ok(Self { counts, years, places, blocks: others(blocks), weekdays: others(weekdays) })
    }
}

/// The block of the season, 0 for the one round the anniversary: Noufaily 2013.
///
/// The rest of the year is cut into blocks as equal as whole steps allow.
fn block_of(back: usize, year: usize, model: &CountModel) -> usize {
    let past = back.checked_rem(year).unwrap_or(0);
    let from_window =
        model.half_window.saturating_add(year).saturating_sub(past).checked_rem(year).unwrap_or(0);
    let window = model.half_window.saturating_mul(2).saturating_add(1);
    match from_window.checked_sub(window) {
        None => 0,
        Some(after) => {
            let others = model.blocks.saturating_sub(1).max(1);
            let rest = year.saturating_sub(window).max(1);
            after.saturating_mul(others).checked_div(rest).unwrap_or(0).saturating_add(1)
        }
    }
}

/// Whether a step lies round one of the whole years' anniversaries and not round today.
fn in_a_whole_year(back: usize, year: usize, years: usize, half_window: usize) -> bool {
    let centre = back.saturating_add(half_window).checked_div(year).unwrap_or(0);
    (1..=years).contains(&centre)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests stop at the first surprise")]

    use super::*;

    #[test]
    fn the_window_of_each_year_is_what_farrington_compares() {
        let model = CountModel { years: 2, least_years: 2, half_window: 1, ..CountModel::farrington() };
        let series: Vec<f64> = (0..200_u32).map(f64::from).collect();
        let baseline = Baseline::of(&model, &series, 150).unwrap();
        assert_eq!(baseline.counts, [45.0, 46.0, 47.0, 97.0, 98.0, 99.0]);
        assert_eq!(baseline.design(false).rows, [1.0; 6]);
        assert_eq!(baseline.design(true).rows[..4], [1.0, -105.0, 1.0, -104.0]);
    }

    #[test]
    fn a_year_of_weeks_falls_into_ten_blocks() {
        let model = CountModel::noufaily();
        let blocks: Vec<usize> = (1..=52).map(|back| block_of(back, 52, &model)).collect();
        assert_eq!(blocks[..4], [0, 0, 0, 9]);
        assert_eq!(blocks[48..], [0, 0, 0, 0]);
        assert_eq!(
            (0..10).map(|b| blocks.iter().filter(|c| **c == b).count()).collect::<Vec<_>>(),
            [7, 5, 5, 5, 5, 5, 5, 5, 5, 5]
        );
    }

    #[test]
    fn a_year_of_days_falls_into_seven_blocks_with_seven_weekdays() {
        let series = vec![3.0; 600];
        let baseline = Baseline::of(&CountModel::daily(), &series, 599).unwrap();
        // All but the day itself and the fourteen before it.
        assert_eq!(baseline.counts.len(), 599 - 14);
        assert_eq!(baseline.design(true).width, 1 + 6 + 6 + 1);
        let model = CountModel::daily();
        let share = |b| (1..=365).filter(|back| block_of(*back, 365, &model) == b).count();
        assert_eq!((0..7).map(share).collect::<Vec<_>>(), [53, 52, 52, 52, 52, 52, 52]);
    }

    #[test]
    fn missing_counts_are_left_out_and_zero_blocks_say_nothing() {
        let model = CountModel { years: 1, least_years: 1, ..CountModel::noufaily() };
        let mut series = vec![4.0; 60];
        series[10] = f64::NAN;
        // 59 - 49 .. 59 - 45 back: the block after the window.
        for back in 44..=48 {
            series[59 - back] = 0.0;
        }
        let baseline = Baseline::of(&model, &series, 59).unwrap();
        assert!(!baseline.blocks.contains(&1));
        assert_eq!(baseline.counts.len(), 55 - 26 - 5 - 1);
    }

    #[test]
    fn a_short_series_and_a_refund_are_refused() {
        let model = CountModel::daily();
        let need = 365 + 26;
        assert_eq!(
            Baseline::of(&model, &[1.0; 400], 390).err(),
            Some(NoForecast::ShortHistory { have: 390, need })
        );
        let mut series = vec![4.0; 400];
        series[200] = -1.0;
        assert_eq!(Baseline::of(&model, &series, 399).err(), Some(NoForecast::NotACount { count: -1.0 }));
    }
}
