//! One number as people write it, and what it may have been before it was rounded.

use super::{
    figure::FigureProblem,
    interval::{End, Interval},
    ratio::Ratio,
};

/// The most digits that a number may have.
const DIGITS: usize = 15;

/// A number without sign: `54,000`, `1.9k`, `2 million`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Number {
    digits: u64,
    /// The digits are multiplied by ten to this power.
    power: i32,
    /// The power of ten of the last digit that says something.
    last: i32,
}

/// The words and letters that multiply a number, with their power of ten.
const UNITS: [(&str, i32); 12] = [
    ("thousand", 3),
    ("million", 6),
    ("billion", 9),
    ("k", 3),
    ("m", 6),
    ("mn", 6),
    ("mio", 6),
    ("bn", 9),
    ("b", 9),
    ("lakh", 5),
    ("crore", 7),
    ("hundred", 2),
];

/// The power of ten that a word stands for.
pub(super) fn unit(word: &str) -> Option<i32> {
    UNITS.into_iter().find(|(unit, _)| *unit == word).map(|(_, power)| power)
}

/// A text parted into the number that opens it and what follows.
pub(super) fn opening(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !(c.is_ascii_digit() || c == ',' || c == '.')).unwrap_or(text.len());
    text.split_at(end)
}

impl Number {
    /// The number that digits write, times ten to a power.
    pub(super) fn of(text: &str, power: i32) -> Result<Self, FigureProblem> {
        let (whole, decimals) = text.split_once('.').map_or((text, None), |(w, d)| (w, Some(d)));
        let not_a_number = || FigureProblem::NoNumber { part: text.to_owned() };
        let grouped = groups_of_three(whole).ok_or_else(|| {
            let comma = whole.contains(',') && whole.chars().all(|c| c.is_ascii_digit() || c == ',');
            if comma { FigureProblem::Comma { part: text.to_owned() } } else { not_a_number() }
        })?;
        let decimals = decimals.unwrap_or("");
        if !decimals.chars().all(|c| c.is_ascii_digit()) || (text.contains('.') && decimals.is_empty()) {
            return Err(not_a_number());
        }
        let all = format!("{grouped}{decimals}");
        let significant = all.trim_start_matches('0');
        if significant.len() > DIGITS {
            return Err(FigureProblem::TooLong { part: text.to_owned() });
        }
        let digits: u64 =
            if significant.is_empty() { 0 } else { significant.parse().map_err(|_| not_a_number())? };
        let places = i32::try_from(decimals.len()).unwrap_or(i32::MAX);
        let power = power.saturating_sub(places);
        // After a point every digit was written on purpose; before it, noughts at the end only hold their places.
        let noughts = if decimals.is_empty() && digits > 0 {
            significant.len().saturating_sub(significant.trim_end_matches('0').len())
        } else {
            0
        };
        let last = power.saturating_add(i32::try_from(noughts).unwrap_or(0));
        let length = i32::try_from(significant.len()).unwrap_or(i32::MAX);
        if power < -6 || length.saturating_add(power) > 15 {
            return Err(FigureProblem::OutOfBounds { part: text.to_owned() });
        }
        Ok(Self { digits, power, last })
    }

    /// What it says, without rounding.
    pub(super) fn value(self) -> Ratio {
        Ratio::scaled(self.digits, self.power)
    }

    /// One in the place of the last digit that says something.
    pub(super) fn place(self) -> Ratio {
        Ratio::scaled(1, self.last)
    }
}

/// The digits of a whole number, whose commas must part its thousands.
fn groups_of_three(text: &str) -> Option<String> {
    let groups: Vec<&str> = text.split(',').collect();
    let whole = match groups.as_slice() {
        [only] => !only.is_empty(),
        [first, rest @ ..] => matches!(first.len(), 1..=3) && rest.iter().all(|group| group.len() == 3),
        [] => false,
    };
    let digits = text.chars().all(|c| c.is_ascii_digit() || c == ',');
    (whole && digits).then(|| groups.concat())
}

/// How a number was meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hedge {
    Rounded,
    Exactly,
    Nearly,
    JustOver,
    MoreThan,
    AtLeast,
    FewerThan,
    UpTo,
}

/// The words that open a number, the longer before those that open them.
const HEDGES: [(&str, Hedge); 28] = [
    ("about ", Hedge::Rounded),
    ("around ", Hedge::Rounded),
    ("roughly ", Hedge::Rounded),
    ("approximately ", Hedge::Rounded),
    ("some ", Hedge::Rounded),
    ("~", Hedge::Rounded),
    ("exactly ", Hedge::Exactly),
    ("nearly ", Hedge::Nearly),
    ("almost ", Hedge::Nearly),
    ("just under ", Hedge::Nearly),
    ("close to ", Hedge::Rounded),
    ("just over ", Hedge::JustOver),
    ("more than ", Hedge::MoreThan),
    ("over ", Hedge::MoreThan),
    ("above ", Hedge::MoreThan),
    (">= ", Hedge::AtLeast),
    (">=", Hedge::AtLeast),
    ("≥", Hedge::AtLeast),
    (">", Hedge::MoreThan),
    ("at least ", Hedge::AtLeast),
    ("no fewer than ", Hedge::AtLeast),
    ("fewer than ", Hedge::FewerThan),
    ("less than ", Hedge::FewerThan),
    ("under ", Hedge::FewerThan),
    ("below ", Hedge::FewerThan),
    ("<", Hedge::FewerThan),
    ("up to ", Hedge::UpTo),
    ("at most ", Hedge::UpTo),
];

impl Hedge {
    /// The word that opens a text, and what follows it.
    pub(super) fn opening(text: &str) -> (Option<Self>, &str) {
        HEDGES
            .into_iter()
            .find_map(|(word, hedge)| text.strip_prefix(word).map(|rest| (Some(hedge), rest.trim_start())))
            .unwrap_or((None, text))
    }

    /// Every number that may have been meant, rounded as its digits show or to a multiple of what was stated.
    pub(super) fn interval(self, number: Number, nearest: Option<Number>) -> Interval {
        let at = number.value();
        let half = nearest.map_or(number.place(), Number::value).half();
        let (low, high) = (at.above(half), at.plus(half));
        // What lies below nothing is left out, and nothing itself is then in it.
        let nought = End::closed(Ratio::ZERO);
        match self {
            Self::Rounded => Interval::new(End::closed(low), End::open(high)),
            Self::Exactly => Interval::new(End::closed(at), End::closed(at)),
            Self::Nearly => Interval::new(End::closed(low), End::open(at)),
            Self::JustOver => Interval::new(End::open(at), End::open(high)),
            Self::MoreThan => Interval::new(End::open(at), None),
            Self::AtLeast => Interval::new(End::closed(at), None),
            Self::FewerThan => Interval::new(nought, End::open(at)),
            Self::UpTo => Interval::new(nought, End::closed(at)),
        }
    }

    /// Whether a number of nothing can be meant so.
    pub(super) fn allows_nothing(self) -> bool {
        !matches!(self, Self::Nearly | Self::FewerThan)
    }
}
