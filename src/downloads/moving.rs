//! Moving multiples: every day of a whole panel beside its own past, without a test.
//!
//! A *moving multiple* of a day is the sum of the days of a window that ends on it, over what the same window was
//! some weeks before: the sum a week earlier, or the median of the sums of the last weeks. It is the ratio that
//! newspapers and charts show, for all days at once. It is not a spike: it has no interval and no p-value, and a
//! spike of the week before halves it. [`Panel::scan`] tests.
//!
//! A window with a missing day has no sum. Where any of the windows compared has no sum, or a sum of 0, there is no
//! multiple.
//!
//! Essential types: [`Moving`], [`Multiples`].
//!
//! ```
//! use delisted::downloads::{Moving, Panel};
//!
//! let mut counts = vec![950_u32; 2 * 70];
//! counts[70 + 68] = 27_000;
//! counts[70 + 69] = 27_000;
//! let panel = Panel::of_rows("2021-04-10".parse()?, 70, &counts)?;
//! let multiples = panel.multiples(&Moving::weekday_median(2, 8)?);
//! let friday = "2021-06-18".parse()?;
//! assert_eq!(multiples.multiple(0, friday).map(|multiple| multiple.value()), Some(1.0));
//! assert_eq!(multiples.multiple(1, friday).map(|multiple| multiple.to_string()).as_deref(), Some("28.4 times as many"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod row;

use thiserror::Error;

use super::{Day, Multiple, Panel};
use row::Scratch;

/// The longest window, in days: a week, so that no window overlaps the one it is compared with.
const LONGEST: u8 = 7;

/// Which windows are compared with which.
///
/// ```
/// use delisted::downloads::Moving;
///
/// let moving = Moving::weekday_median(2, 8)?;
/// assert_eq!((moving.days(), moving.weeks()), (2, 8));
/// assert_ne!(moving, Moving::week_earlier(2)?);
/// # Ok::<(), delisted::downloads::MovingError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Moving {
    days: u8,
    past: Past,
}

/// What a window is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Past {
    /// The same days a week earlier.
    WeekEarlier,
    /// The median of the same days of the last four weeks.
    MedianOfFour,
    /// The median of the same days of the last eight weeks.
    MedianOfEight,
}

/// Why windows cannot be compared so.
///
/// ```
/// use delisted::downloads::Moving;
///
/// assert_eq!(Moving::week_earlier(8).unwrap_err().to_string(), "a window of `8` days is not of 1 to 7 days");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum MovingError {
    /// The window has no days, or overlaps the one it would be compared with.
    #[error("a window of `{days}` days is not of 1 to 7 days")]
    Days {
        /// The days as given.
        days: u8,
    },
    /// The median is not over a number of weeks that is computed.
    #[error("a median over `{weeks}` weeks is not one over 4 or 8")]
    Weeks {
        /// The weeks as given.
        weeks: u8,
    },
}

impl Moving {
    /// Windows of so many days against the same days a week earlier.
    ///
    /// ```
    /// assert!(delisted::downloads::Moving::week_earlier(1).is_ok());
    /// ```
    ///
    /// # Errors
    ///
    /// - the window is not of 1 to 7 days.
    pub fn week_earlier(days: u8) -> Result<Self, MovingError> {
        Self::new(days, Past::WeekEarlier)
    }

    /// Windows of so many days against the median of the same days of the last 4 or 8 weeks.
    ///
    /// Of an even number of sums the median is the mean of the middle two.
    ///
    /// ```
    /// use delisted::downloads::Moving;
    ///
    /// assert!(Moving::weekday_median(2, 4).is_ok());
    /// assert_eq!(
    ///     Moving::weekday_median(2, 5).unwrap_err().to_string(),
    ///     "a median over `5` weeks is not one over 4 or 8",
    /// );
    /// # Ok::<(), delisted::downloads::MovingError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// - the window is not of 1 to 7 days;
    /// - the weeks are neither 4 nor 8.
    pub fn weekday_median(days: u8, weeks: u8) -> Result<Self, MovingError> {
        match weeks {
            4 => Self::new(days, Past::MedianOfFour),
            8 => Self::new(days, Past::MedianOfEight),
            _ => Err(MovingError::Weeks { weeks }),
        }
    }

    /// The days of a window: 1 to 7.
    ///
    /// ```
    /// assert_eq!(delisted::downloads::Moving::week_earlier(7)?.days(), 7);
    /// # Ok::<(), delisted::downloads::MovingError>(())
    /// ```
    #[must_use]
    pub fn days(&self) -> u8 {
        self.days
    }

    /// How many weeks back it looks: 1, 4 or 8.
    ///
    /// ```
    /// assert_eq!(delisted::downloads::Moving::week_earlier(7)?.weeks(), 1);
    /// # Ok::<(), delisted::downloads::MovingError>(())
    /// ```
    #[must_use]
    pub fn weeks(&self) -> u8 {
        match self.past {
            Past::WeekEarlier => 1,
            Past::MedianOfFour => 4,
            Past::MedianOfEight => 8,
        }
    }

    fn new(days: u8, past: Past) -> Result<Self, MovingError> {
        if (1..=LONGEST).contains(&days) { Ok(Self { days, past }) } else { Err(MovingError::Days { days }) }
    }
}

/// The multiple of every day of every series of a panel.
///
/// It can be filled again and again, by [`Panel::multiples_into`], and then takes no new memory.
///
/// ```
/// use delisted::downloads::{Moving, Panel};
///
/// let counts = [100, 100, 100, 100, 100, 100, 100, 250];
/// let panel = Panel::of_rows("2021-06-10".parse()?, 8, &counts)?;
/// let multiples = panel.multiples(&Moving::week_earlier(1)?);
/// assert_eq!(multiples.multiple(0, "2021-06-17".parse()?).map(|multiple| multiple.value()), Some(2.5));
/// assert_eq!(multiples.multiple(0, "2021-06-16".parse()?), None, "no day lies a week before it");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Multiples {
    rows: Vec<Place>,
    /// Row after row, a number a day; one that is not finite or not above 0 stands for none.
    ratios: Vec<f64>,
}

/// Where a row's numbers lie.
#[derive(Debug, Clone, Copy)]
struct Place {
    first: Day,
    start: usize,
    end: usize,
}

impl Multiples {
    /// None yet: a place to fill.
    ///
    /// ```
    /// assert_eq!(delisted::downloads::Multiples::new().rows(), 0);
    /// ```
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// How many series they are of.
    ///
    /// ```
    /// use delisted::downloads::{Moving, Panel};
    ///
    /// let panel = Panel::of_rows("2021-06-15".parse()?, 1, &[7, 8, 9])?;
    /// assert_eq!(panel.multiples(&Moving::week_earlier(1)?).rows(), 3);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows.len()
    }

    /// The multiple of the window that ends on a day, in the series in a place counted from 0.
    ///
    /// There is none where a window compared has a missing day or sums to 0, or lies before the series.
    ///
    /// ```
    /// use delisted::downloads::{Moving, Panel};
    ///
    /// let counts = [100, 0, 100, 100, 100, 100, 100, 300, 300];
    /// let panel = Panel::of_rows("2021-06-10".parse()?, 9, &counts)?;
    /// let multiples = panel.multiples(&Moving::week_earlier(1)?);
    /// assert_eq!(multiples.multiple(0, "2021-06-17".parse()?).map(|multiple| multiple.value()), Some(3.0));
    /// assert_eq!(multiples.multiple(0, "2021-06-18".parse()?), None, "over 0 nothing is a multiple");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn multiple(&self, row: usize, day: Day) -> Option<Multiple> {
        let place = self.rows.get(row)?;
        let offset = usize::try_from(day.days_since(place.first)).ok()?;
        let ratio = self.ratios.get(place.start..place.end)?.get(offset)?;
        is_multiple(*ratio).then(|| Multiple::of(*ratio))
    }

    /// Every multiple of a series, in the order of its days, and its day.
    ///
    /// ```
    /// use delisted::downloads::{Moving, Panel};
    ///
    /// let counts = [100, 100, 100, 100, 100, 100, 100, 250, u32::MAX, 300];
    /// let panel = Panel::of_rows("2021-06-10".parse()?, 10, &counts)?;
    /// let multiples = panel.multiples(&Moving::week_earlier(1)?);
    /// let all: Vec<_> = multiples.of_row(0).map(|(day, multiple)| (day.to_string(), multiple.value())).collect();
    /// assert_eq!(all, [("2021-06-17".to_owned(), 2.5), ("2021-06-19".to_owned(), 3.0)]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of_row(&self, row: usize) -> impl Iterator<Item = (Day, Multiple)> + '_ {
        let place = self.rows.get(row).copied();
        let ratios = place.and_then(|place| self.ratios.get(place.start..place.end)).unwrap_or_default();
        ratios.iter().enumerate().filter(|(_, ratio)| is_multiple(**ratio)).filter_map(
            move |(offset, ratio)| {
                let day = place?.first.checked_add(i32::try_from(offset).ok()?)?;
                Some((day, Multiple::of(*ratio)))
            },
        )
    }

    /// Makes room for a panel and hands out the numbers of each row. What they were is left in them.
    fn room<'m>(&'m mut self, panel: &Panel<'_>) -> Vec<&'m mut [f64]> {
        self.rows.clear();
        let mut end = 0_usize;
        self.rows.extend((0..panel.rows()).filter_map(|row| panel.series(row)).map(|series| {
            let start = end;
            end = end.saturating_add(series.len());
            Place { first: series.first(), start, end }
        }));
        if self.ratios.capacity() < end {
            // Fresh pages come zeroed from the system; to fill them here would touch them twice.
            self.ratios = vec![0.0; end];
        } else {
            self.ratios.resize(end, 0.0);
        }
        let mut rest = self.ratios.as_mut_slice();
        let mut rows = Vec::with_capacity(self.rows.len());
        for place in &self.rows {
            let days = place.end.saturating_sub(place.start);
            let Some((row, others)) = std::mem::take(&mut rest).split_at_mut_checked(days) else { break };
            rows.push(row);
            rest = others;
        }
        rows
    }
}

impl Panel<'_> {
    /// The multiple of every day of every series.
    ///
    /// Sums of whole counts are exact below 2^53, and each multiple is one division, rounded once.
    ///
    /// ```
    /// use delisted::downloads::{Moving, Panel};
    ///
    /// let panel = Panel::of_rows("2021-06-10".parse()?, 8, &[3, 3, 3, 3, 3, 3, 3, 4])?;
    /// let multiples = panel.multiples(&Moving::week_earlier(1)?);
    /// let multiple = multiples.multiple(0, "2021-06-17".parse()?);
    /// assert_eq!(multiple.map(|multiple| multiple.value()), Some(4.0 / 3.0));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn multiples(&self, moving: &Moving) -> Multiples {
        let mut multiples = Multiples::new();
        self.multiples_into(moving, &mut multiples);
        multiples
    }

    /// The multiple of every day of every series, in place of whatever `multiples` held.
    ///
    /// A large panel takes as long to be given memory as to be computed, several times over; a place that was filled
    /// before saves that.
    ///
    /// ```
    /// use delisted::downloads::{Moving, Multiples, Panel};
    ///
    /// let mut multiples = Multiples::new();
    /// for counts in [[5; 8], [6; 8]] {
    ///     let panel = Panel::of_rows("2021-06-10".parse()?, 8, &counts)?;
    ///     panel.multiples_into(&Moving::week_earlier(1)?, &mut multiples);
    ///     assert_eq!(multiples.of_row(0).count(), 1);
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn multiples_into(&self, moving: &Moving, multiples: &mut Multiples) {
        let ratios = multiples.room(self);
        #[cfg(feature = "parallel")]
        {
            use rayon::prelude::*;
            let rows = ratios.into_par_iter().enumerate();
            rows.with_min_len(64).for_each_init(Scratch::default, |scratch, (row, ratios)| {
                scratch.fill(self.series(row), *moving, ratios);
            });
        }
        #[cfg(not(feature = "parallel"))]
        {
            let mut scratch = Scratch::default();
            for (row, ratios) in ratios.into_iter().enumerate() {
                scratch.fill(self.series(row), *moving, ratios);
            }
        }
    }
}

/// Whether a number stands for a multiple: a sum of 0 leaves 0 above the line, and what is not finite below it.
fn is_multiple(ratio: f64) -> bool {
    ratio.is_finite() && ratio > 0.0
}

#[cfg(test)]
mod tests;
