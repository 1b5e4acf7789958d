//! One series' moving multiples, by passes over shifted slices that vector instructions can follow.
//!
//! A sum of 0 stands for a window without a sum, so that the least of the sums compared says whether all are there.
//! No state is carried from day to day: the fours of a median are sorted for all days at once, and the median of eight
//! is taken from two of them by the half-cleaner of a bitonic network (Batcher 1968).

use super::{
    super::{Reading, SeriesView, view::Counts},
    Moving, Past,
};

/// Room for one series, used again for the next.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    /// The counts, NaN where there is none.
    counts: Vec<f64>,
    /// The sum of the window that begins on each day; 0 for none.
    sums: Vec<f64>,
    /// The sums of each day and of those one, two and three weeks after it, in order of size.
    fours: [Vec<f64>; 4],
}

impl Scratch {
    /// Fills in a series' ratios: what is not finite and above 0 is none.
    pub(super) fn fill(&mut self, series: Option<SeriesView<'_>>, moving: Moving, ratios: &mut [f64]) {
        let Some(series) = series else {
            ratios.fill(f64::NAN);
            return;
        };
        self.read(&series);
        self.add(usize::from(moving.days));
        if matches!(moving.past, Past::MedianOfFour | Past::MedianOfEight) {
            self.sort();
        }
        let weeks = usize::from(moving.weeks());
        let lead = weeks.saturating_mul(7).saturating_add(usize::from(moving.days)).saturating_sub(1);
        let (before, ratios) = ratios.split_at_mut(lead.min(ratios.len()));
        before.fill(f64::NAN);
        let now = from(&self.sums, weeks.saturating_mul(7));
        let fours = &self.fours;
        match moving.past {
            Past::WeekEarlier => over_earlier(ratios, now, &self.sums),
            Past::MedianOfFour => over_four(ratios, now, fours),
            Past::MedianOfEight => over_eight(ratios, now, fours),
        }
    }

    fn read(&mut self, series: &SeriesView<'_>) {
        let counts = &mut self.counts;
        counts.clear();
        match series.plain_counts() {
            Some(Counts::U32(read)) => counts.extend(read.iter().map(|count| f64::from(*count))),
            Some(Counts::U32Or(read, missing)) => {
                counts.extend(read.iter().map(|count| {
                    let number = f64::from(*count);
                    if *count == missing { f64::NAN } else { number }
                }));
            }
            Some(Counts::F64(read)) => counts.extend_from_slice(read),
            Some(Counts::I64(_)) | None => counts.extend(series.readings().map(|reading| match reading {
                Reading::Counted(count) => count.value(),
                _ => f64::NAN,
            })),
        }
    }

    /// Adds up the windows, each from its first day on.
    fn add(&mut self, days: usize) {
        let (counts, sums) = (&self.counts, &mut self.sums);
        sums.clear();
        if days == 1 {
            sums.extend(counts.iter().map(|count| sum_or_none(*count)));
            return;
        }
        if days == 2 {
            sums.extend(
                counts.iter().zip(from(counts, 1)).map(|(first, second)| sum_or_none(first + second)),
            );
            return;
        }
        let windows = counts.len().saturating_sub(days.saturating_sub(1));
        sums.extend(counts.iter().take(windows));
        for later in 1..days {
            for (sum, count) in sums.iter_mut().zip(from(counts, later)) {
                *sum += count;
            }
        }
        for sum in sums {
            *sum = sum_or_none(*sum);
        }
    }

    fn sort(&mut self) {
        let sums = &self.sums;
        let [first, second, third, fourth] = &mut self.fours;
        let weeks = sums.len().saturating_sub(21);
        for four in [&mut *first, &mut *second, &mut *third, &mut *fourth] {
            four.resize(weeks, 0.0);
        }
        let sorted = first.iter_mut().zip(second).zip(third.iter_mut().zip(fourth));
        let unsorted = sums.iter().zip(from(sums, 7)).zip(from(sums, 14).iter().zip(from(sums, 21)));
        for (((first, second), (third, fourth)), ((a, b), (c, d))) in sorted.zip(unsorted) {
            let (a, b) = (less(*a, *b), more(*a, *b));
            let (c, d) = (less(*c, *d), more(*c, *d));
            let (b_or_d, a_or_c) = (less(b, d), more(a, c));
            *first = less(a, c);
            *second = less(a_or_c, b_or_d);
            *third = more(a_or_c, b_or_d);
            *fourth = more(b, d);
        }
    }
}

fn over_earlier(ratios: &mut [f64], now: &[f64], earlier: &[f64]) {
    for (ratio, (now, earlier)) in ratios.iter_mut().zip(now.iter().zip(earlier)) {
        *ratio = now / earlier;
    }
}

fn over_four(ratios: &mut [f64], now: &[f64], [first, second, third, _]: &[Vec<f64>; 4]) {
    let past = first.iter().zip(second.iter().zip(third));
    for ((ratio, now), (least, (low, high))) in ratios.iter_mut().zip(now).zip(past) {
        *ratio = now / middle(*low, *high, *least);
    }
}

fn over_eight(ratios: &mut [f64], now: &[f64], fours: &[Vec<f64>; 4]) {
    let [a, b, c, d] = fours;
    let old = a.iter().zip(b).zip(c.iter().zip(d));
    let new = from(a, 28).iter().zip(from(b, 28)).zip(from(c, 28).iter().zip(from(d, 28)));
    for ((ratio, now), (((a, b), (c, d)), ((e, f), (g, h)))) in ratios.iter_mut().zip(now).zip(old.zip(new)) {
        // The four smallest of the eight are the lesser of each pair, the four largest the greater.
        let low = more(more(less(*a, *h), less(*b, *g)), more(less(*c, *f), less(*d, *e)));
        let high = less(less(more(*a, *h), more(*b, *g)), less(more(*c, *f), more(*d, *e)));
        *ratio = now / middle(low, high, less(*a, *e));
    }
}

/// The mean of the middle two; 0, over which nothing is finite, where the least of all is none.
#[inline]
fn middle(low: f64, high: f64, least: f64) -> f64 {
    let middle = (low + high) * 0.5;
    if least > 0.0 { middle } else { 0.0 }
}

/// A sum above 0, or 0 for none.
#[inline]
fn sum_or_none(sum: f64) -> f64 {
    if sum > 0.0 { sum } else { 0.0 }
}

/// The lesser of two numbers, neither of them NaN: one instruction, where `f64::min` takes several.
#[inline]
fn less(a: f64, b: f64) -> f64 {
    if a < b { a } else { b }
}

/// The greater of two numbers, neither of them NaN.
#[inline]
fn more(a: f64, b: f64) -> f64 {
    if a > b { a } else { b }
}

/// The numbers from a place on.
fn from(numbers: &[f64], place: usize) -> &[f64] {
    numbers.get(place..).unwrap_or_default()
}
