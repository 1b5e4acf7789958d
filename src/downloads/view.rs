//! A view of a series: daily readings over arrays that somebody else owns.

mod readings;

use std::iter::FusedIterator;

use thiserror::Error;

use super::{
    Count, CountError, Day, Reading,
    count::{MOST, MOST_WHOLE},
    follow::Prior,
};
use readings::Readings;

pub(super) use readings::Counts;

/// A series borrowed from arrays that someone else holds: one number a day, from a first day on.
///
/// Nothing is copied; the numbers are looked through once, so that every later question can be answered.
///
/// ```
/// use delisted::downloads::{Count, Day, Reading, SeriesView};
///
/// let counts = [120_u32, 131, 118];
/// let series = SeriesView::of_u32("2021-06-15".parse()?, &counts)?;
/// assert_eq!(series.last(), "2021-06-17".parse()?);
/// assert_eq!(series.reading("2021-06-16".parse()?), Reading::Counted(Count::from(131_u32)));
/// assert_eq!(series.reading("2021-06-18".parse()?), Reading::Missing);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct SeriesView<'a> {
    first: Day,
    counts: Counts<'a>,
    gaps: &'a [(Day, Reading)],
    /// What other series say of the dispersion.
    prior: Option<Prior>,
}

/// Why an array is not a series.
///
/// ```
/// use delisted::downloads::SeriesView;
///
/// let refused = SeriesView::of_i64("2021-06-15".parse()?, &[120, -4]).unwrap_err();
/// assert_eq!(
///     refused.to_string(),
///     "2021-06-16: `-4` is below 0: a refund is not a download, so clip it to 0 by rule or leave it out",
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ViewError {
    /// A number is not a count.
    #[error("{day}: {source}")]
    Count {
        /// The day.
        day: Day,
        /// What is wrong with its number.
        source: CountError,
    },
    /// The array has no days.
    #[error("a series needs at least one day, and `0` were given")]
    Empty,
    /// The days leave the calendar.
    #[error("a series of `{days}` days from {first} runs past the year 9999")]
    TooLong {
        /// The first day.
        first: Day,
        /// How many days there are.
        days: usize,
    },
    /// A reading that replaces a count is of a day that the series does not have.
    #[error("the reading of `{day}` replaces no count: the series runs from {first} to {last}")]
    Outside {
        /// The reading's day.
        day: Day,
        /// The series' first day.
        first: Day,
        /// The series' last day.
        last: Day,
    },
    /// The readings that replace counts are not in the order of their days.
    #[error("the readings that replace counts must be in the order of their days: `{day}` is not")]
    Order {
        /// The first day out of order.
        day: Day,
    },
}

impl<'a> SeriesView<'a> {
    /// A series of whole counts.
    ///
    /// ```
    /// use delisted::downloads::SeriesView;
    ///
    /// assert_eq!(SeriesView::of_u32("2021-06-15".parse()?, &[1, 2, 3])?.len(), 3);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// - there are no days, or they run past the year 9999.
    pub fn of_u32(first: Day, counts: &'a [u32]) -> Result<Self, ViewError> {
        fits(first, counts.len())?;
        Ok(Self { first, counts: Counts::U32(counts), gaps: &[], prior: None })
    }

    /// A series of whole counts in which one number stands for a missing day, such as `u32::MAX`.
    ///
    /// ```
    /// use delisted::downloads::{Reading, SeriesView};
    ///
    /// let series = SeriesView::of_u32_or("2021-06-15".parse()?, &[1, u32::MAX, 3], u32::MAX)?;
    /// assert_eq!(series.reading("2021-06-16".parse()?), Reading::Missing);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// - there are no days, or they run past the year 9999.
    pub fn of_u32_or(first: Day, counts: &'a [u32], missing: u32) -> Result<Self, ViewError> {
        fits(first, counts.len())?;
        Ok(Self { first, counts: Counts::U32Or(counts, missing), gaps: &[], prior: None })
    }

    /// A series of whole counts that may be large.
    ///
    /// ```
    /// use delisted::downloads::{Reading, SeriesView};
    ///
    /// let series = SeriesView::of_i64("2021-06-15".parse()?, &[1_000_000_000_000])?;
    /// assert_eq!(series.reading("2021-06-15".parse()?).to_string(), "1000000000000");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// - there are no days, or they run past the year 9999;
    /// - a number is negative, or above 2^53.
    pub fn of_i64(first: Day, counts: &'a [i64]) -> Result<Self, ViewError> {
        fits(first, counts.len())?;
        let wrong =
            counts.iter().position(|count| !u64::try_from(*count).is_ok_and(|count| count <= MOST_WHOLE));
        checked_counts(
            first,
            wrong.and_then(|offset| Some((offset, Count::try_from(*counts.get(offset)?)))),
        )?;
        Ok(Self { first, counts: Counts::I64(counts), gaps: &[], prior: None })
    }

    /// A series of counts or estimates, in which NaN is a missing day.
    ///
    /// ```
    /// use delisted::downloads::{Reading, SeriesView};
    ///
    /// let series = SeriesView::of_f64("2021-06-15".parse()?, &[12.5, f64::NAN])?;
    /// assert_eq!(series.reading("2021-06-16".parse()?), Reading::Missing);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// - there are no days, or they run past the year 9999;
    /// - a number is negative, infinite, or above 2^53.
    pub fn of_f64(first: Day, counts: &'a [f64]) -> Result<Self, ViewError> {
        fits(first, counts.len())?;
        let wrong = counts.iter().position(|count| !(count.is_nan() || (0.0..=MOST).contains(count)));
        checked_counts(
            first,
            wrong.and_then(|offset| Some((offset, Count::try_from(*counts.get(offset)?)))),
        )?;
        Ok(Self { first, counts: Counts::F64(counts), gaps: &[], prior: None })
    }

    /// The same series with other readings on some days: censored, structural, partial or missing ones.
    ///
    /// ```
    /// use delisted::downloads::{Reading, SeriesView};
    ///
    /// let day = "2021-06-16".parse()?;
    /// let gaps = [(day, Reading::Structural)];
    /// let series = SeriesView::of_u32("2021-06-15".parse()?, &[1, 0, 3])?.with_readings(&gaps)?;
    /// assert_eq!(series.reading(day), Reading::Structural);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// - the days are not in order, each once;
    /// - a day is not one of the series;
    /// - a day is censored at a bound that no count can lie below.
    pub fn with_readings(self, readings: &'a [(Day, Reading)]) -> Result<Self, ViewError> {
        for ((day, _), (next, _)) in readings.iter().zip(readings.iter().skip(1)) {
            if next <= day {
                return Err(ViewError::Order { day: *next });
            }
        }
        for &(day, reading) in readings {
            if self.offset(day).is_none() {
                return Err(ViewError::Outside { day, first: self.first, last: self.last() });
            }
            reading.checked().map_err(|source| ViewError::Count { day, source })?;
        }
        Ok(Self { gaps: readings, ..self })
    }

    /// The first day.
    ///
    /// ```
    /// use delisted::downloads::SeriesView;
    ///
    /// let series = SeriesView::of_u32("2021-06-15".parse()?, &[1, 2])?;
    /// assert_eq!(series.first().to_string(), "2021-06-15");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn first(&self) -> Day {
        self.first
    }

    /// The last day, whether it has a count or not.
    ///
    /// ```
    /// use delisted::downloads::SeriesView;
    ///
    /// let series = SeriesView::of_u32("2021-06-15".parse()?, &[1, 2])?;
    /// assert_eq!(series.last().to_string(), "2021-06-16");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn last(&self) -> Day {
        self.day(self.len().saturating_sub(1))
    }

    /// How many days it spans: 1 or more.
    ///
    /// ```
    /// use delisted::downloads::SeriesView;
    ///
    /// assert_eq!(SeriesView::of_u32("2021-06-15".parse()?, &[1, 2])?.len(), 2);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "a series has a day")]
    pub fn len(&self) -> usize {
        self.counts.len()
    }

    /// What it holds on a day; [`Reading::Missing`] outside its span.
    ///
    /// ```
    /// use delisted::downloads::{Reading, SeriesView};
    ///
    /// let series = SeriesView::of_u32("2021-06-15".parse()?, &[1, 2])?;
    /// assert_eq!(series.reading("2020-01-01".parse()?), Reading::Missing);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn reading(&self, day: Day) -> Reading {
        self.offset(day).map_or(Reading::Missing, |offset| self.reading_at(offset))
    }

    /// What it holds, day by day from the first to the last.
    ///
    /// ```
    /// use delisted::downloads::SeriesView;
    ///
    /// let series = SeriesView::of_u32("2021-06-15".parse()?, &[1, 2])?;
    /// assert_eq!(series.readings().map(|reading| reading.to_string()).collect::<Vec<_>>(), ["1", "2"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn readings(&self) -> impl ExactSizeIterator<Item = Reading> + FusedIterator + Clone + use<'a> {
        Readings::new(self.first, self.counts, self.gaps)
    }

    /// What it holds so many days after the first: for single days, since it searches the gaps for each.
    pub(super) fn reading_at(&self, offset: usize) -> Reading {
        let gap = match self.gaps {
            [] => None,
            gaps => gaps.binary_search_by_key(&self.day(offset), |(day, _)| *day).ok(),
        };
        match gap.and_then(|place| self.gaps.get(place)) {
            Some((_, reading)) => *reading,
            None => self.counts.reading_at(offset),
        }
    }

    /// The view of columns that were checked when they were built.
    pub(super) fn of_checked(first: Day, counts: &'a [f64], gaps: &'a [(Day, Reading)]) -> Self {
        Self { first, counts: Counts::F64(counts), gaps, prior: None }
    }

    /// The day at an offset from the first.
    pub(super) fn day(&self, offset: usize) -> Day {
        self.first.after(offset)
    }

    /// The offset of a day in the span.
    pub(super) fn offset(&self, day: Day) -> Option<usize> {
        let offset = usize::try_from(day.days_since(self.first)).ok()?;
        (offset < self.len()).then_some(offset)
    }

    /// The same series with what others say of the dispersion.
    pub(super) fn with_prior(self, prior: Option<Prior>) -> Self {
        Self { prior, ..self }
    }

    /// What others say of the dispersion, if it was asked.
    pub(super) fn prior(&self) -> Option<Prior> {
        self.prior
    }

    /// The array itself, where no reading replaces a count in it.
    pub(super) fn plain_counts(&self) -> Option<Counts<'a>> {
        self.gaps.is_empty().then_some(self.counts)
    }
}

fn fits(first: Day, days: usize) -> Result<(), ViewError> {
    let last = days.checked_sub(1).ok_or(ViewError::Empty)?;
    let fits = i32::try_from(last).ok().and_then(|last| first.checked_add(last)).is_some();
    if fits { Ok(()) } else { Err(ViewError::TooLong { first, days }) }
}

/// Names the day of the first number that is no count, where there is one.
fn checked_counts(first: Day, wrong: Option<(usize, Result<Count, CountError>)>) -> Result<(), ViewError> {
    match wrong {
        Some((offset, Err(source))) => Err(ViewError::Count { day: first.after(offset), source }),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
