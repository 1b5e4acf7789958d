//! The columns of a view, and the walk along them.

use std::{iter::FusedIterator, slice};

use super::super::{Count, Day, Reading, spike::real};

/// One number for each day, in the caller's own array.
#[derive(Debug, Clone, Copy)]
pub(in super::super) enum Counts<'a> {
    /// Every number is a count.
    U32(&'a [u32]),
    /// Every number is a count but the one that stands for a missing day.
    U32Or(&'a [u32], u32),
    I64(&'a [i64]),
    /// NaN is missing.
    F64(&'a [f64]),
}

impl Counts<'_> {
    pub(super) fn len(self) -> usize {
        match self {
            Self::U32(counts) | Self::U32Or(counts, _) => counts.len(),
            Self::I64(counts) => counts.len(),
            Self::F64(counts) => counts.len(),
        }
    }

    /// What the column alone holds so many days after the first.
    pub(super) fn reading_at(self, offset: usize) -> Reading {
        let value = match self {
            Self::U32(counts) => counts.get(offset).map(|count| f64::from(*count)),
            Self::U32Or(counts, missing) => counts.get(offset).map(|count| present(*count, missing)),
            Self::I64(counts) => counts.get(offset).map(|count| whole(*count)),
            Self::F64(counts) => counts.get(offset).copied(),
        };
        value.map_or(Reading::Missing, plain)
    }
}

/// The readings of a series in order. Days and gaps are walked in step, so that no day is searched for.
#[derive(Clone)]
pub(super) struct Readings<'a> {
    first: Day,
    offset: usize,
    counts: Columns<'a>,
    gaps: slice::Iter<'a, (Day, Reading)>,
    gap: Option<(usize, Reading)>,
}

/// A column as far as it has not been walked.
#[derive(Clone)]
enum Columns<'a> {
    U32(slice::Iter<'a, u32>),
    U32Or(slice::Iter<'a, u32>, u32),
    I64(slice::Iter<'a, i64>),
    F64(slice::Iter<'a, f64>),
}

impl<'a> Readings<'a> {
    pub(super) fn new(first: Day, counts: Counts<'a>, gaps: &'a [(Day, Reading)]) -> Self {
        let gaps = gaps.iter();
        let mut readings = Self { first, offset: 0, counts: Columns::from(counts), gaps, gap: None };
        readings.gap = readings.next_gap();
        readings
    }

    fn next_gap(&mut self) -> Option<(usize, Reading)> {
        let (day, reading) = self.gaps.next()?;
        Some((usize::try_from(day.days_since(self.first)).ok()?, *reading))
    }
}

impl Iterator for Readings<'_> {
    type Item = Reading;

    fn next(&mut self) -> Option<Reading> {
        let value = match &mut self.counts {
            Columns::U32(counts) => f64::from(*counts.next()?),
            Columns::U32Or(counts, missing) => present(*counts.next()?, *missing),
            Columns::I64(counts) => whole(*counts.next()?),
            Columns::F64(counts) => *counts.next()?,
        };
        let offset = self.offset;
        self.offset = offset.saturating_add(1);
        match self.gap {
            Some((place, reading)) if place == offset => {
                self.gap = self.next_gap();
                Some(reading)
            }
            _ => Some(plain(value)),
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        match &self.counts {
            Columns::U32(counts) | Columns::U32Or(counts, _) => counts.size_hint(),
            Columns::I64(counts) => counts.size_hint(),
            Columns::F64(counts) => counts.size_hint(),
        }
    }
}

impl ExactSizeIterator for Readings<'_> {}

impl FusedIterator for Readings<'_> {}

impl<'a> From<Counts<'a>> for Columns<'a> {
    fn from(counts: Counts<'a>) -> Self {
        match counts {
            Counts::U32(counts) => Self::U32(counts.iter()),
            Counts::U32Or(counts, missing) => Self::U32Or(counts.iter(), missing),
            Counts::I64(counts) => Self::I64(counts.iter()),
            Counts::F64(counts) => Self::F64(counts.iter()),
        }
    }
}

/// A count out of a column, where NaN stands for none.
fn plain(value: f64) -> Reading {
    if value.is_nan() { Reading::Missing } else { Reading::Counted(Count::trusted(value)) }
}

/// A count, or NaN for the number that stands for none.
fn present(count: u32, missing: u32) -> f64 {
    if count == missing { f64::NAN } else { f64::from(count) }
}

/// A whole count that was checked to be 0 or more.
fn whole(count: i64) -> f64 {
    real(count.unsigned_abs())
}
