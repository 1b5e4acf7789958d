use std::{fmt, str::FromStr};

use thiserror::Error;

use super::{
    figure::{FigureProblem, hedged, stated_rounding},
    interval::Interval,
    number::{Hedge, Number, opening},
};
use crate::downloads::wording;

/// How far a count was said to lie above or below another, in the words that were published.
///
/// - `28 times`, `28x`, `28-fold`, `threefold`, `28倍`, `doubled`, `tripled`, `翻倍`, `halved`: a multiple.
/// - `1,058 % of`: a multiple in hundredths.
/// - `up 1,058 %`, `+1,058 %`, `1,058 % more`, `1,058 % increase`: what came on top, in hundredths.
/// - `down 91 %`, `-91 %`, `91 % fewer`, `91 % drop`: what was lost; 9 % is left.
/// - `an increase of 27 times`, `增长两倍`: what came on top.
/// - `28 times more`, `up 28 times`: one or the other, and nobody can say which. It has two readings.
///
/// Each may be hedged as a [`Figure`](super::Figure) is (`more than doubled`, `nearly tripled`, `down over 60 %`) and is
/// rounded as one: `28 times` stands for 27.5 to under 28.5. `halved` is the other side of `doubled`: the earlier count
/// was 1.5 to under 2.5 times this one.
///
/// ```
/// use delisted::downloads::claim::Change;
///
/// let multiple: Change = "28 times".parse()?;
/// assert_eq!(multiple.to_string(), "`28 times`: 27.5 to under 28.5 times as many, an increase of 2,650 % to under 2,750 %");
///
/// let either: Change = "28 times more".parse()?;
/// assert_eq!(either.readings().len(), 2);
/// # Ok::<(), delisted::downloads::claim::ChangeError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Change {
    text: String,
    readings: Vec<Reading>,
}

/// One of the ways in which words of change can be read.
///
/// ```
/// use delisted::downloads::claim::{Change, Sense};
///
/// let change: Change = "28 times more".parse()?;
/// let senses: Vec<Sense> = change.readings().iter().map(|reading| reading.sense()).collect();
/// assert_eq!(senses, [Sense::AsMany, Sense::OnTop]);
/// # Ok::<(), delisted::downloads::claim::ChangeError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Reading {
    sense: Sense,
    multiple: Interval,
}

/// What the number in words of change is a number of.
///
/// ```
/// use delisted::downloads::claim::{Change, Sense};
///
/// assert_eq!("up 200 %".parse::<Change>()?.readings()[0].sense(), Sense::OnTop);
/// # Ok::<(), delisted::downloads::claim::ChangeError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sense {
    /// The whole count over the earlier one: 28 times as many.
    AsMany,
    /// What came on top over the earlier one: 28 times more are 29 times as many.
    OnTop,
    /// What was lost over the earlier one: after a fall of 91 %, 9 % is left.
    Lost,
}

impl Reading {
    /// What the number is a number of.
    ///
    /// ```
    /// use delisted::downloads::claim::{Change, Sense};
    ///
    /// assert_eq!("down 91 %".parse::<Change>()?.readings()[0].sense(), Sense::Lost);
    /// # Ok::<(), delisted::downloads::claim::ChangeError>(())
    /// ```
    #[must_use]
    pub fn sense(self) -> Sense {
        self.sense
    }

    /// The later count over the earlier one, whatever was published of it.
    ///
    /// ```
    /// use delisted::downloads::claim::Change;
    ///
    /// let multiple = "up 1,058 %".parse::<Change>()?.readings()[0].multiple();
    /// assert_eq!((multiple.low(), multiple.high()), (11.575, Some(11.585)));
    /// # Ok::<(), delisted::downloads::claim::ChangeError>(())
    /// ```
    #[must_use]
    pub fn multiple(self) -> Interval {
        self.multiple
    }
}

/// Why a text says no change.
///
/// ```
/// use delisted::downloads::claim::Change;
///
/// assert_eq!(
///     "down 91 times".parse::<Change>().unwrap_err().to_string(),
///     "`down 91 times` says no change: nothing falls by its multiple; say what was lost in per cent, such as `down 91 %`",
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("`{text}` says no change: {problem}")]
pub struct ChangeError {
    text: String,
    problem: ChangeProblem,
}

impl ChangeError {
    /// What is wrong with the text.
    ///
    /// ```
    /// use delisted::downloads::claim::{Change, ChangeProblem};
    ///
    /// let error = "30 %".parse::<Change>().unwrap_err();
    /// assert_eq!(error.problem(), &ChangeProblem::NeitherUpNorDown);
    /// ```
    #[must_use]
    pub fn problem(&self) -> &ChangeProblem {
        &self.problem
    }
}

/// What is wrong with words of change.
///
/// ```
/// use delisted::downloads::claim::ChangeProblem;
///
/// assert_eq!(ChangeProblem::MoreThanAll.to_string(), "a fall leaves nothing at 100 %, and cannot be larger");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ChangeProblem {
    /// The words are none of those that are read.
    #[error(
        "write it such as `28 times`, `28 times more`, `up 1,058 %`, `down 91 %`, `tripled` or `more than doubled`"
    )]
    Unknown,
    /// A percentage without a side.
    #[error("a percentage must say whether it is up, down, or `of` the earlier count")]
    NeitherUpNorDown,
    /// A fall that is told in times.
    #[error("nothing falls by its multiple; say what was lost in per cent, such as `down 91 %`")]
    FallInTimes,
    /// A fall of more than there was.
    #[error("a fall leaves nothing at 100 %, and cannot be larger")]
    MoreThanAll,
    /// The number is not one.
    #[error(transparent)]
    Figure(#[from] FigureProblem),
}

impl Change {
    /// The words as they were published.
    ///
    /// ```
    /// use delisted::downloads::claim::Change;
    ///
    /// assert_eq!("more than doubled".parse::<Change>()?.text(), "more than doubled");
    /// # Ok::<(), delisted::downloads::claim::ChangeError>(())
    /// ```
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The ways in which it can be read: one, or two where the words leave it open.
    ///
    /// ```
    /// use delisted::downloads::claim::Change;
    ///
    /// let multiples: Vec<String> = "28 times more"
    ///     .parse::<Change>()?
    ///     .readings()
    ///     .iter()
    ///     .map(|reading| reading.multiple().to_string())
    ///     .collect();
    /// assert_eq!(multiples, ["27.5 to under 28.5", "28.5 to under 29.5"]);
    /// # Ok::<(), delisted::downloads::claim::ChangeError>(())
    /// ```
    #[must_use]
    pub fn readings(&self) -> &[Reading] {
        &self.readings
    }
}

impl FromStr for Change {
    type Err = ChangeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        let readings =
            read(&text.to_lowercase()).map_err(|problem| ChangeError { text: text.to_owned(), problem })?;
        Ok(Self { text: text.to_owned(), readings })
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&wording::claims::change(self))
    }
}

/// Which way words say that it went.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Up,
    Increase,
    Down,
}

const SIDES: [(&str, Side); 17] = [
    ("up ", Side::Up),
    ("+", Side::Up),
    ("rose ", Side::Up),
    ("grew ", Side::Up),
    ("a rise of ", Side::Increase),
    ("an increase of ", Side::Increase),
    ("增长了", Side::Increase),
    ("增加了", Side::Increase),
    ("增长", Side::Increase),
    ("增加", Side::Increase),
    ("down ", Side::Down),
    ("-", Side::Down),
    ("−", Side::Down),
    ("fell ", Side::Down),
    ("a fall of ", Side::Down),
    ("a drop of ", Side::Down),
    ("a decrease of ", Side::Down),
];

const UP: [&str; 9] = ["more", "higher", "greater", "up", "increase", "growth", "rise", "jump", "spike"];

const DOWN: [&str; 8] = ["fewer", "less", "lower", "down", "decrease", "fall", "drop", "decline"];

/// Words that are a multiple by themselves.
const MULTIPLES: [(&str, &str); 10] = [
    ("doubled", "2"),
    ("doubling", "2"),
    ("twice", "2"),
    ("twice as many", "2"),
    ("翻倍", "2"),
    ("翻了一番", "2"),
    ("tripled", "3"),
    ("trebled", "3"),
    ("quadrupled", "4"),
    ("quintupled", "5"),
];

const COUNTED: [(&str, &str); 10] = [
    ("two", "2"),
    ("three", "3"),
    ("four", "4"),
    ("five", "5"),
    ("six", "6"),
    ("seven", "7"),
    ("eight", "8"),
    ("nine", "9"),
    ("ten", "10"),
    ("a hundred", "100"),
];

const CHINESE: [(&str, &str); 11] = [
    ("一", "1"),
    ("二", "2"),
    ("两", "2"),
    ("三", "3"),
    ("四", "4"),
    ("五", "5"),
    ("六", "6"),
    ("七", "7"),
    ("八", "8"),
    ("九", "9"),
    ("十", "10"),
];

fn read(text: &str) -> Result<Vec<Reading>, ChangeProblem> {
    let (text, nearest) = stated_rounding(text)?;
    let (before, rest) = Hedge::opening(text);
    let side = SIDES.into_iter().find_map(|(word, side)| Some((side, rest.strip_prefix(word)?.trim_start())));
    let (side, rest) = side.map_or((None, rest), |(side, rest)| (Some(side), rest));
    let (after, rest) = if before.is_none() { Hedge::opening(rest) } else { (None, rest) };
    let hedge = before.or(after).unwrap_or(Hedge::Rounded);
    let interval = |digits: &str| -> Result<Interval, ChangeProblem> {
        Ok(hedged(hedge, Number::of(digits, 0)?, nearest)?)
    };
    let as_many = |multiple| vec![Reading { sense: Sense::AsMany, multiple }];
    if side.is_none() {
        if let Some((_, digits)) = MULTIPLES.into_iter().find(|(word, _)| *word == rest) {
            return Ok(as_many(interval(digits)?));
        }
        if rest == "halved" {
            return Ok(as_many(interval("2")?.inverse()));
        }
    }
    let (digits, tail) = numeral(rest);
    let tail = tail.trim_start();
    if digits.is_empty() {
        return Err(ChangeProblem::Unknown);
    }
    match percent(tail) {
        Some(tail) => hundredths(side, tail.trim(), interval(digits)?.hundredths()),
        None => times(side, tail, interval(digits)?),
    }
}

/// The number that opens the text, in digits or in words, and what follows.
fn numeral(text: &str) -> (&str, &str) {
    let (digits, rest) = opening(text);
    if !digits.is_empty() {
        return (digits, rest);
    }
    let worded = COUNTED.into_iter().chain(CHINESE);
    worded
        .into_iter()
        .find_map(|(word, digits)| text.strip_prefix(word).map(|rest| (digits, rest)))
        .unwrap_or(("", text))
}

/// What follows the sign or the words for hundredths.
fn percent(tail: &str) -> Option<&str> {
    ["%", "per cent", "percent"].into_iter().find_map(|sign| tail.strip_prefix(sign))
}

fn hundredths(side: Option<Side>, tail: &str, part: Interval) -> Result<Vec<Reading>, ChangeProblem> {
    let up = UP.contains(&tail);
    let down = DOWN.contains(&tail);
    let reading = match (side, tail) {
        (None, "of") => Reading { sense: Sense::AsMany, multiple: part },
        (Some(Side::Up | Side::Increase), "") => Reading { sense: Sense::OnTop, multiple: part.plus_one() },
        (None, _) if up => Reading { sense: Sense::OnTop, multiple: part.plus_one() },
        (Some(Side::Down), "") => lost(part)?,
        (None, _) if down => lost(part)?,
        (None, "") => return Err(ChangeProblem::NeitherUpNorDown),
        _ => return Err(ChangeProblem::Unknown),
    };
    Ok(vec![reading])
}

fn lost(part: Interval) -> Result<Reading, ChangeProblem> {
    let multiple = part.left_of_one().ok_or(ChangeProblem::MoreThanAll)?;
    Ok(Reading { sense: Sense::Lost, multiple })
}

fn times(side: Option<Side>, tail: &str, number: Interval) -> Result<Vec<Reading>, ChangeProblem> {
    let many = Reading { sense: Sense::AsMany, multiple: number };
    let on_top = Reading { sense: Sense::OnTop, multiple: number.plus_one() };
    let after = ["times as many", "times as much", "times", "-fold", "fold", "x", "×", "倍"]
        .into_iter()
        .find_map(|word| tail.strip_prefix(word))
        .map(str::trim)
        .ok_or(ChangeProblem::Unknown)?;
    let (up, down) = (UP.contains(&after), DOWN.contains(&after));
    match (side, after) {
        (Some(Side::Down), _) => Err(ChangeProblem::FallInTimes),
        (None, _) if down => Err(ChangeProblem::FallInTimes),
        (None, "") => Ok(vec![many]),
        (Some(Side::Increase), "") => Ok(vec![on_top]),
        (Some(Side::Up), "") => Ok(vec![many, on_top]),
        (None | Some(Side::Up), _) if up => Ok(vec![many, on_top]),
        _ => Err(ChangeProblem::Unknown),
    }
}
