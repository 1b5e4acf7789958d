use std::{fmt, str::FromStr};

use thiserror::Error;

use super::{
    interval::{End, Interval},
    number::{Hedge, Number, opening, unit},
};

/// A count as it was published, with what its own words and digits leave open.
///
/// - `54,000`, `about 2 million`, `1.9k`: rounded to the last digit that says something. Before a decimal point that
///   is the last one that is not a nought, after it the last one written; so `54,000` stands for 53,500 to under 54,500.
/// - `54,000 to the nearest 100`: rounded to what is stated. `exactly 1,900`: not rounded.
/// - `nearly 107 million`: below it, and rounds to it. `just over 107 million`: above it, and rounds to it.
/// - `more than 100,000`, `at least 100,000`, `100,000 or more`, `100,000+`: without an upper end.
/// - `fewer than 100`, `up to 100`: from nothing on.
/// - `10,000-20,000`, `10 to 20 million`, `between 10,000 and 20,000`: both ends as they are, and both in it.
///
/// ```
/// use delisted::downloads::claim::Figure;
///
/// for (text, stands_for) in [
///     ("54,000", "53,500 to under 54,500"),
///     ("54,000 to the nearest 100", "53,950 to under 54,050"),
///     ("nearly 107 million", "106,500,000 to under 107,000,000"),
///     ("over 5 million", "more than 5,000,000"),
///     ("10,000-20,000", "10,000 to 20,000"),
/// ] {
///     assert_eq!(text.parse::<Figure>()?.interval().to_string(), stands_for);
/// }
/// # Ok::<(), delisted::downloads::claim::FigureError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Figure {
    text: String,
    interval: Interval,
}

/// Why a text is no figure.
///
/// ```
/// use delisted::downloads::claim::Figure;
///
/// assert_eq!(
///     "1,90".parse::<Figure>().unwrap_err().to_string(),
///     "`1,90` is no figure: the comma in `1,90` parts no thousands; write decimals with a point",
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("`{text}` is no figure: {problem}")]
pub struct FigureError {
    text: String,
    problem: FigureProblem,
}

impl FigureError {
    /// What is wrong with the text.
    ///
    /// ```
    /// use delisted::downloads::claim::{Figure, FigureProblem};
    ///
    /// let error = "many".parse::<Figure>().unwrap_err();
    /// assert_eq!(error.problem(), &FigureProblem::NoNumber { part: "many".to_owned() });
    /// ```
    #[must_use]
    pub fn problem(&self) -> &FigureProblem {
        &self.problem
    }
}

/// What is wrong with a number as it is written.
///
/// ```
/// use delisted::downloads::claim::FigureProblem;
///
/// assert_eq!(FigureProblem::Backwards.to_string(), "the range ends before it begins");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum FigureProblem {
    /// Where a number is expected there is none.
    #[error("`{part}` is no number; write one such as `54,000`, `1.9k` or `about 2 million`")]
    NoNumber {
        /// What stands there.
        part: String,
    },
    /// A comma that parts no thousands is perhaps a decimal comma, which would be another number.
    #[error("the comma in `{part}` parts no thousands; write decimals with a point")]
    Comma {
        /// The number.
        part: String,
    },
    /// The number has too many digits.
    #[error("`{part}` has too many digits; at most 15 are allowed")]
    TooLong {
        /// The number.
        part: String,
    },
    /// The number is too large or has too many decimals.
    #[error("`{part}` lies out of bounds; a number has at most 15 digits before its point and 6 after it")]
    OutOfBounds {
        /// The number.
        part: String,
    },
    /// The second end of a range is the smaller.
    #[error("the range ends before it begins")]
    Backwards,
    /// Nothing is nearly nothing, or less.
    #[error("no count is less than nothing")]
    BelowNothing,
    /// Nothing can be rounded to nothing.
    #[error("nothing is rounded to the nearest 0")]
    NearestNothing,
}

impl Figure {
    /// The figure of a count that was not rounded.
    ///
    /// ```
    /// use delisted::downloads::claim::Figure;
    ///
    /// assert_eq!(Figure::exactly(54_321), "exactly 54,321".parse()?);
    /// # Ok::<(), delisted::downloads::claim::FigureError>(())
    /// ```
    #[must_use]
    pub fn exactly(count: u64) -> Self {
        let at = End::closed(super::ratio::Ratio::whole(count));
        let text = format!("exactly {}", crate::downloads::wording::count(count));
        Self { text, interval: Interval::new(at, at) }
    }

    /// The figure as it was published.
    ///
    /// ```
    /// use delisted::downloads::claim::Figure;
    ///
    /// assert_eq!("about 2 million".parse::<Figure>()?.text(), "about 2 million");
    /// # Ok::<(), delisted::downloads::claim::FigureError>(())
    /// ```
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Every count that it may stand for.
    ///
    /// ```
    /// use delisted::downloads::claim::Figure;
    ///
    /// assert!("about 2 million".parse::<Figure>()?.interval().contains(1_500_000));
    /// # Ok::<(), delisted::downloads::claim::FigureError>(())
    /// ```
    #[must_use]
    pub fn interval(&self) -> Interval {
        self.interval
    }
}

impl FromStr for Figure {
    type Err = FigureError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        let interval =
            read(&text.to_lowercase()).map_err(|problem| FigureError { text: text.to_owned(), problem })?;
        Ok(Self { text: text.to_owned(), interval })
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

fn read(text: &str) -> Result<Interval, FigureProblem> {
    if let Some((first, last)) = text.strip_prefix("between ").and_then(|rest| rest.split_once(" and ")) {
        return range(first, last);
    }
    let (text, nearest) = stated_rounding(text)?;
    let (hedge, rest) = Hedge::opening(text);
    if let Some((first, last)) = rest.split_once(['-', '–']).or_else(|| rest.split_once(" to "))
        && hedge.is_none()
        && nearest.is_none()
        && !first.trim().is_empty()
    {
        return range(first, last);
    }
    let (rest, hedge) = match rest.strip_suffix(" or more").or_else(|| rest.strip_suffix('+')) {
        Some(rest) if hedge.is_none() => (rest, Hedge::AtLeast),
        _ => (rest, hedge.unwrap_or(Hedge::Rounded)),
    };
    hedged(hedge, with_unit(rest, None)?, nearest)
}

/// A hedged number, of which nothing cannot be said to be less.
pub(super) fn hedged(
    hedge: Hedge,
    number: Number,
    nearest: Option<Number>,
) -> Result<Interval, FigureProblem> {
    if number.value().is_zero() && !hedge.allows_nothing() {
        return Err(FigureProblem::BelowNothing);
    }
    Ok(hedge.interval(number, nearest))
}

/// The text without `to the nearest 100` at its end, and the 100.
pub(super) fn stated_rounding(text: &str) -> Result<(&str, Option<Number>), FigureProblem> {
    let Some((text, nearest)) = text.split_once(" to the nearest ") else { return Ok((text, None)) };
    let nearest = with_unit(nearest, None)?;
    if nearest.value().is_zero() {
        return Err(FigureProblem::NearestNothing);
    }
    Ok((text.trim_end(), Some(nearest)))
}

/// A number with the word that multiplies it, or else with the one given.
fn with_unit(text: &str, otherwise: Option<i32>) -> Result<Number, FigureProblem> {
    let (digits, word) = opening(text.trim());
    let word = word.trim();
    let power = if word.is_empty() { otherwise.or(Some(0)) } else { unit(word) };
    match power {
        Some(power) if !digits.is_empty() => Number::of(digits, power),
        _ => Err(FigureProblem::NoNumber { part: text.trim().to_owned() }),
    }
}

fn range(first: &str, last: &str) -> Result<Interval, FigureProblem> {
    // '10 to 20 million' means ten million, not ten.
    let shared = unit(opening(last.trim()).1.trim());
    let (first, last) = (with_unit(first, shared)?.value(), with_unit(last, None)?.value());
    if first > last {
        return Err(FigureProblem::Backwards);
    }
    Ok(Interval::new(End::closed(first), End::closed(last)))
}
