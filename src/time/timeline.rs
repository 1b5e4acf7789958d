use chrono::{DateTime, Utc};

use super::Period;

/// One value at every instant, as periods of one value each.
///
/// A timeline reaches from the first instant that can be written to the last, without a gap, and two
/// neighbours never hold equal values. It is not a list of events: an event that changes nothing leaves
/// no trace in it.
///
/// ```
/// use delisted::time::{Timeline, instant};
///
/// let turn = instant("2020-09-21T03:59:00Z")?;
/// let line = Timeline::from_changes("free", [(turn, "prohibited"), (turn, "enjoined")]);
/// assert_eq!(line.at(instant("2020-09-20T00:00:00Z")?), &"free");
/// assert_eq!(line.at(turn), &"enjoined");
/// assert_eq!(line.len(), 2);
/// # Ok::<(), delisted::time::TimeError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timeline<T> {
    before: T,
    changes: Vec<(DateTime<Utc>, T)>,
}

impl<T: PartialEq> Timeline<T> {
    /// The timeline that holds `before` until the first change, and each change's value from its instant on.
    ///
    /// Changes may come in any order; of several at one instant the last given counts.
    ///
    /// ```
    /// use delisted::time::{Timeline, instant};
    ///
    /// let turn = instant("2020-09-21T03:59:00Z")?;
    /// assert_eq!(Timeline::from_changes(0, [(turn, 0)]).len(), 1);
    /// # Ok::<(), delisted::time::TimeError>(())
    /// ```
    pub fn from_changes(before: T, changes: impl IntoIterator<Item = (DateTime<Utc>, T)>) -> Self {
        let mut sorted: Vec<(DateTime<Utc>, T)> = changes.into_iter().collect();
        sorted.sort_by_key(|(instant, _)| *instant);
        let mut line = Self { before, changes: Vec::new() };
        for (instant, value) in sorted {
            if line.changes.last().is_some_and(|(last, _)| *last == instant) {
                line.changes.pop();
            }
            if *line.last() != value {
                line.changes.push((instant, value));
            }
        }
        line
    }

    fn last(&self) -> &T {
        self.changes.last().map_or(&self.before, |(_, value)| value)
    }
}

impl<T> Timeline<T> {
    /// The value at `instant`.
    ///
    /// ```
    /// use delisted::time::{Timeline, instant};
    ///
    /// let line = Timeline::from_changes("free", []);
    /// assert_eq!(line.at(instant("2020-09-20T00:00:00Z")?), &"free");
    /// # Ok::<(), delisted::time::TimeError>(())
    /// ```
    pub fn at(&self, instant: DateTime<Utc>) -> &T {
        let past = self.changes.partition_point(|(start, _)| *start <= instant);
        past.checked_sub(1).and_then(|index| self.changes.get(index)).map_or(&self.before, |(_, value)| value)
    }

    /// Each period with its value, in order.
    ///
    /// ```
    /// use delisted::time::{Timeline, instant};
    ///
    /// let turn = instant("2020-09-21T03:59:00Z")?;
    /// let line = Timeline::from_changes("free", [(turn, "enjoined")]);
    /// let last = line.iter().last().unwrap();
    /// assert_eq!((last.0.start(), last.0.end(), last.1), (turn, None, &"enjoined"));
    /// # Ok::<(), delisted::time::TimeError>(())
    /// ```
    pub fn iter(&self) -> impl Iterator<Item = (Period, &T)> {
        let starts = std::iter::once((DateTime::<Utc>::MIN_UTC, &self.before))
            .chain(self.changes.iter().map(|(start, value)| (*start, value)));
        let ends = self.changes.iter().map(|(start, _)| Some(*start)).chain(std::iter::once(None));
        starts.zip(ends).map(|((start, value), end)| {
            let open = Period::since(start);
            (end.and_then(|end| Period::new(start, end).ok()).unwrap_or(open), value)
        })
    }

    /// The instants at which the value changes, in order.
    ///
    /// ```
    /// use delisted::time::{Timeline, instant};
    ///
    /// let turn = instant("2020-09-21T03:59:00Z")?;
    /// let line = Timeline::from_changes("free", [(turn, "enjoined")]);
    /// assert_eq!(line.changes().collect::<Vec<_>>(), [(turn, &"free", &"enjoined")]);
    /// # Ok::<(), delisted::time::TimeError>(())
    /// ```
    pub fn changes(&self) -> impl Iterator<Item = (DateTime<Utc>, &T, &T)> {
        let earlier = std::iter::once(&self.before).chain(self.changes.iter().map(|(_, value)| value));
        earlier.zip(&self.changes).map(|(before, (instant, after))| (*instant, before, after))
    }

    /// How many periods there are: one at least.
    ///
    /// ```
    /// assert_eq!(delisted::time::Timeline::from_changes("free", []).len(), 1);
    /// ```
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "a timeline has one period at least")]
    pub fn len(&self) -> usize {
        self.changes.len().saturating_add(1)
    }

    /// The timeline of what `map` makes of each value.
    ///
    /// ```
    /// use delisted::time::{Timeline, instant};
    ///
    /// let turn = instant("2020-09-21T03:59:00Z")?;
    /// let line = Timeline::from_changes(1, [(turn, -1)]).map(|value: &i32| value.abs());
    /// assert_eq!(line.len(), 1);
    /// # Ok::<(), delisted::time::TimeError>(())
    /// ```
    pub fn map<U: PartialEq>(&self, mut map: impl FnMut(&T) -> U) -> Timeline<U> {
        let before = map(&self.before);
        let changes: Vec<_> = self.changes.iter().map(|(instant, value)| (*instant, map(value))).collect();
        Timeline::from_changes(before, changes)
    }
}
