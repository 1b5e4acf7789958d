//! Panels: many series at once, answered in the order in which they came.
//!
//! A *panel* borrows series; it joins nothing and copies nothing. One series that cannot be answered is a reason in
//! its own place and spoils no other. With the feature `parallel` the rows are shared out over threads, which
//! changes no answer and no order.
//!
//! Essential types: [`Panel`]; the search for spikes is [`Panel::scan`].
//!
//! ```
//! use delisted::downloads::{Baseline, Panel};
//!
//! let mut counts = vec![200_u32; 3 * 70];
//! counts[70 + 69] = 5_600;
//! let panel = Panel::of_rows("2021-04-09".parse()?, 70, &counts)?;
//! let spikes = panel.spikes("2021-06-17".parse()?, Baseline::WeekEarlier, 0);
//! let multiples: Vec<_> = spikes.iter().flatten().filter_map(|spike| spike.multiple()).collect();
//! assert_eq!(multiples.iter().map(|multiple| multiple.value()).collect::<Vec<_>>(), [1.0, 28.0, 1.0]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use thiserror::Error;

use super::{
    Baseline, Day, MeasuredSpike, NoSpike, SeriesView, ViewError, Window,
    pool::{Noise, pool},
};

/// Many series, each with a place of its own.
///
/// ```
/// use delisted::downloads::{Panel, SeriesView};
///
/// let (long, short) = ([3_u32, 4, 5], [7_i64]);
/// let panel = Panel::of_series([
///     SeriesView::of_u32("2021-06-15".parse()?, &long)?,
///     SeriesView::of_i64("2021-06-17".parse()?, &short)?,
/// ]);
/// assert_eq!(panel.rows(), 2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Panel<'a> {
    rows: Vec<SeriesView<'a>>,
}

/// Why a block of counts is not a panel.
///
/// ```
/// use delisted::downloads::Panel;
///
/// let refused = Panel::of_rows("2021-06-15".parse()?, 3, &[1, 2, 3, 4]).unwrap_err();
/// assert_eq!(refused.to_string(), "`4` counts are no whole number of rows of `3` days");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum PanelError {
    /// The counts do not fill whole rows.
    #[error("`{counts}` counts are no whole number of rows of `{days}` days")]
    Shape {
        /// How many counts there are.
        counts: usize,
        /// How many days a row has.
        days: usize,
    },
    /// The rows are not series.
    #[error(transparent)]
    Row(#[from] ViewError),
}

impl<'a> Panel<'a> {
    /// A panel of series that may begin and end on different days.
    ///
    /// ```
    /// use delisted::downloads::Panel;
    ///
    /// assert_eq!(Panel::of_series([]).rows(), 0);
    /// ```
    pub fn of_series(series: impl IntoIterator<Item = SeriesView<'a>>) -> Self {
        Self { rows: series.into_iter().collect() }
    }

    /// A panel of one block: row after row, each with a count for each of `days` days from `first` on.
    ///
    /// The number `u32::MAX` stands for a missing day.
    ///
    /// ```
    /// use delisted::downloads::Panel;
    ///
    /// let counts = [1, 2, 3, 4, u32::MAX, 6];
    /// assert_eq!(Panel::of_rows("2021-06-15".parse()?, 3, &counts)?.rows(), 2);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// - the counts do not fill whole rows, or a row has no days;
    /// - the days run past the year 9999.
    pub fn of_rows(first: Day, days: usize, counts: &'a [u32]) -> Result<Self, PanelError> {
        if days == 0 || counts.len().checked_rem(days) != Some(0) {
            return Err(PanelError::Shape { counts: counts.len(), days });
        }
        let rows = counts.chunks_exact(days).map(|row| SeriesView::of_u32_or(first, row, u32::MAX));
        Ok(Self { rows: rows.collect::<Result<_, _>>()? })
    }

    /// How many series it has.
    ///
    /// ```
    /// use delisted::downloads::Panel;
    ///
    /// assert_eq!(Panel::of_rows("2021-06-15".parse()?, 1, &[7, 8, 9])?.rows(), 3);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows.len()
    }

    /// The series in a place, counted from 0.
    ///
    /// ```
    /// use delisted::downloads::Panel;
    ///
    /// let panel = Panel::of_rows("2021-06-15".parse()?, 1, &[7, 8, 9])?;
    /// assert!(panel.series(2).is_some() && panel.series(3).is_none());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn series(&self, row: usize) -> Option<SeriesView<'a>> {
        self.rows.get(row).copied()
    }

    /// Measures the same window in every series, as [`SeriesView::spike_after`] does: one answer or reason a row.
    ///
    /// ```
    /// use delisted::downloads::{Baseline, Panel};
    ///
    /// let panel = Panel::of_rows("2021-06-16".parse()?, 2, &[7, 8])?;
    /// let reasons = panel.spikes("2021-06-17".parse()?, Baseline::WeekEarlier, 0);
    /// let reasons: Vec<_> = reasons.into_iter().filter_map(|spike| spike.err()).map(|reason| reason.to_string()).collect();
    /// assert_eq!(reasons, ["no baseline for 2021-06-17: `2021-06-10` has no count"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn spikes(
        &self,
        window: Window,
        baseline: Baseline,
        lead: u8,
    ) -> Vec<Result<MeasuredSpike, NoSpike>> {
        self.each(|_, series| series.spike_after(window, baseline, lead))
    }

    /// The same panel, each series' dispersion drawn towards that of the series of its size.
    ///
    /// Eight weeks say little of how noisy one app is; a hundred apps of its size say more. Where the series of a size
    /// differ no more than chance makes them, theirs counts for as much as two hundred days; where they differ, for
    /// less. A panel to be pooled holds series of a kind: of one store and territory. It takes one pass over all series.
    ///
    /// ```
    /// use delisted::downloads::{Baseline, Panel};
    ///
    /// let counts: Vec<u32> = (0..100 * 80_u32).map(|at| 300 + at * at % 211).collect();
    /// let panel = Panel::of_rows("2021-03-30".parse()?, 80, &counts)?;
    /// let window = "2021-06-17".parse()?;
    /// let alone = panel.spikes(window, Baseline::WeekdayLevel, 0);
    /// let pooled = panel.pooled().spikes(window, Baseline::WeekdayLevel, 0);
    /// assert_ne!(alone, pooled);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn pooled(&self) -> Self {
        let priors = pool(&self.each(|_, series| Noise::of(&series)));
        let rows = self.rows.iter().zip(priors).map(|(series, prior)| series.with_prior(prior));
        Self { rows: rows.collect() }
    }

    /// One value a row, in the order of the rows, whatever the threads.
    pub(super) fn each<T: Send>(&self, of: impl Fn(usize, SeriesView<'a>) -> T + Send + Sync) -> Vec<T> {
        #[cfg(feature = "parallel")]
        {
            use rayon::prelude::*;
            self.rows.par_iter().enumerate().map(|(row, series)| of(row, *series)).collect()
        }
        #[cfg(not(feature = "parallel"))]
        {
            self.rows.iter().enumerate().map(|(row, series)| of(row, *series)).collect()
        }
    }
}
