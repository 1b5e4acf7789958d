use std::{fmt, num::NonZeroU64};

use thiserror::Error;

use super::wording::{self, count};

/// A count beside the count that was expected in its place.
///
/// Made from two totals it has no interval and no test: it says how large, not how sure.
///
/// ```
/// use delisted::downloads::Spike;
///
/// let wecom = Spike::of_totals(58_000, 300)?;
/// assert_eq!(wecom.multiple().to_string(), "193.3 times as many");
/// # Ok::<(), delisted::downloads::SpikeError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Spike {
    observed: u64,
    expected: NonZeroU64,
}

/// Why two totals do not make a spike.
///
/// ```
/// use delisted::downloads::Spike;
///
/// assert_eq!(
///     Spike::of_totals(54_000, 0).unwrap_err().to_string(),
///     "`54,000` against `0` has no multiple: the baseline must be 1 or more",
/// );
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum SpikeError {
    /// Nothing was expected, so that no multiple exists.
    #[error("`{}` against `0` has no multiple: the baseline must be 1 or more", count(*observed))]
    ZeroBaseline {
        /// The count observed.
        observed: u64,
    },
}

impl Spike {
    /// The spike of one total above another, such as two days against the same two a week earlier.
    ///
    /// ```
    /// use delisted::downloads::Spike;
    ///
    /// assert_eq!(Spike::of_totals(54_000, 1_900)?.excess(), 52_100);
    /// # Ok::<(), delisted::downloads::SpikeError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// - `expected` is 0, over which nothing is a multiple.
    pub fn of_totals(observed: u64, expected: u64) -> Result<Self, SpikeError> {
        let expected = NonZeroU64::new(expected).ok_or(SpikeError::ZeroBaseline { observed })?;
        Ok(Self { observed, expected })
    }

    /// The count observed.
    ///
    /// ```
    /// use delisted::downloads::Spike;
    ///
    /// assert_eq!(Spike::of_totals(54_000, 1_900)?.observed(), 54_000);
    /// # Ok::<(), delisted::downloads::SpikeError>(())
    /// ```
    #[must_use]
    pub fn observed(self) -> u64 {
        self.observed
    }

    /// The count expected: 1 or more.
    ///
    /// ```
    /// use delisted::downloads::Spike;
    ///
    /// assert_eq!(Spike::of_totals(54_000, 1_900)?.expected(), 1_900);
    /// # Ok::<(), delisted::downloads::SpikeError>(())
    /// ```
    #[must_use]
    pub fn expected(self) -> u64 {
        self.expected.get()
    }

    /// How many more than expected; negative where there were fewer.
    ///
    /// ```
    /// use delisted::downloads::Spike;
    ///
    /// assert_eq!(Spike::of_totals(9, 100)?.excess(), -91);
    /// # Ok::<(), delisted::downloads::SpikeError>(())
    /// ```
    #[must_use]
    pub fn excess(self) -> i128 {
        i128::from(self.observed).saturating_sub(i128::from(self.expected.get()))
    }

    /// Observed over expected.
    ///
    /// ```
    /// use delisted::downloads::Spike;
    ///
    /// assert!((Spike::of_totals(54_000, 1_900)?.multiple().value() - 28.421).abs() < 0.001);
    /// # Ok::<(), delisted::downloads::SpikeError>(())
    /// ```
    #[must_use]
    pub fn multiple(self) -> Multiple {
        Multiple(real(self.observed) / real(self.expected.get()))
    }

    /// What came on top of the expected, over the expected: the multiple less one.
    ///
    /// ```
    /// use delisted::downloads::Spike;
    ///
    /// assert!((Spike::of_totals(54_000, 1_900)?.increase().value() - 27.421).abs() < 0.001);
    /// # Ok::<(), delisted::downloads::SpikeError>(())
    /// ```
    #[must_use]
    pub fn increase(self) -> Increase {
        self.multiple().increase()
    }
}

impl fmt::Display for Spike {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&wording::spike(self.observed, self.expected.get(), self.multiple().value()))
    }
}

/// A count over another: 1 where they are equal, 0 or more, finite.
///
/// ```
/// use delisted::downloads::Spike;
///
/// let multiple = Spike::of_totals(300, 100)?.multiple();
/// assert_eq!(multiple.to_string(), "3.0 times as many");
/// assert_eq!(multiple.increase().to_string(), "an increase of 2.0 times or 200 %");
/// # Ok::<(), delisted::downloads::SpikeError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Multiple(f64);

impl Multiple {
    /// The multiple that a ratio of 0 or more is.
    pub(super) fn of(ratio: f64) -> Self {
        Self(ratio)
    }

    /// The number: observed over expected.
    ///
    /// ```
    /// use delisted::downloads::Spike;
    ///
    /// assert_eq!(Spike::of_totals(300, 100)?.multiple().value(), 3.0);
    /// # Ok::<(), delisted::downloads::SpikeError>(())
    /// ```
    #[must_use]
    pub fn value(self) -> f64 {
        self.0
    }

    /// The increase that it amounts to: one less.
    ///
    /// ```
    /// use delisted::downloads::Spike;
    ///
    /// assert_eq!(Spike::of_totals(300, 100)?.multiple().increase().value(), 2.0);
    /// # Ok::<(), delisted::downloads::SpikeError>(())
    /// ```
    #[must_use]
    pub fn increase(self) -> Increase {
        Increase(self.0 - 1.0)
    }
}

impl fmt::Display for Multiple {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&wording::multiple(self.0))
    }
}

/// What came on top, over what was expected: 0 where nothing did, -1 or more, finite.
///
/// A fall is an increase below zero, and prints as a fall.
///
/// ```
/// use delisted::downloads::Spike;
///
/// assert_eq!(Spike::of_totals(9, 100)?.increase().to_string(), "a fall of 91 %");
/// # Ok::<(), delisted::downloads::SpikeError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Increase(f64);

impl Increase {
    /// The number: the multiple less one.
    ///
    /// ```
    /// use delisted::downloads::Spike;
    ///
    /// assert_eq!(Spike::of_totals(300, 100)?.increase().value(), 2.0);
    /// # Ok::<(), delisted::downloads::SpikeError>(())
    /// ```
    #[must_use]
    pub fn value(self) -> f64 {
        self.0
    }

    /// The increase in per cent of the expected.
    ///
    /// ```
    /// use delisted::downloads::Spike;
    ///
    /// assert_eq!(Spike::of_totals(300, 100)?.increase().percent(), 200.0);
    /// # Ok::<(), delisted::downloads::SpikeError>(())
    /// ```
    #[must_use]
    pub fn percent(self) -> f64 {
        self.0 * 100.0
    }
}

impl fmt::Display for Increase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&wording::increase(self.0))
    }
}

/// How many there are of something, as a real number.
pub(super) fn size(number: usize) -> f64 {
    real(u64::try_from(number).unwrap_or(u64::MAX))
}

/// A count as a real number: exact up to 2^53, then the nearest.
pub(super) fn real(count: u64) -> f64 {
    let high = u32::try_from(count >> 32_u32).unwrap_or(u32::MAX);
    let low = u32::try_from(count & u64::from(u32::MAX)).unwrap_or(u32::MAX);
    f64::from(high) * 4_294_967_296.0 + f64::from(low)
}
