//! Notes: what a reader should know beside the numbers of a spike.

use std::fmt;

use super::{Day, wording::decimal};

/// Something that a reader should know beside the numbers.
///
/// ```
/// use delisted::downloads::Note;
///
/// assert_eq!(Note::Gap { days: 3 }.to_string(), "3 days of the baseline have no count");
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Note {
    /// A day of the window was not over when it was counted, so that the true count is higher.
    Partial {
        /// The day.
        day: Day,
    },
    /// The week before, which the baseline is, stood out itself.
    EarlierSurge {
        /// The earlier week against what was expected of it.
        multiple: f64,
    },
    /// Days of the eight weeks before have no count, and are left out.
    Gap {
        /// How many.
        days: u32,
    },
    /// Days of the eight weeks before stood out, and are left out.
    LeftOut {
        /// How many.
        days: u32,
    },
    /// Days of the eight weeks before are known only to lie below a bound, and count as the most they may be.
    Censored {
        /// How many.
        days: u32,
    },
    /// Fewer same weekdays than the baseline asks for have a count.
    Few {
        /// How many of them there are for the day with the fewest.
        weeks: u32,
    },
    /// A day of the window had 23 or 25 hours in the reporting zone.
    DaylightSaving {
        /// The day.
        day: Day,
        /// Its hours.
        hours: f64,
    },
    /// The expected count is so small that the multiple says little.
    TinyBaseline,
    /// The model was fitted without what it asks for.
    Model {
        /// What it went without, in words.
        text: &'static str,
    },
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Partial { day } => write!(f, "{day} was not over: the true count is higher"),
            Self::EarlierSurge { multiple } => {
                write!(f, "that week had a surge of its own, {} times its usual", decimal(*multiple))
            }
            Self::Gap { days } => {
                write!(f, "{} of the baseline {} no count", plural(*days, "day"), have(*days))
            }
            Self::LeftOut { days } => {
                write!(f, "{} of the baseline stood out and {} left out", plural(*days, "day"), were(*days))
            }
            Self::Censored { days } => {
                write!(
                    f,
                    "{} of the baseline {} known only by a bound and taken at it",
                    plural(*days, "day"),
                    were(*days)
                )
            }
            Self::Few { weeks } => write!(f, "only {} to compare with", plural(*weeks, "week")),
            Self::DaylightSaving { day, hours } => write!(f, "{day} had {hours} hours"),
            Self::TinyBaseline => f.write_str("so little was expected that the multiple says little"),
            Self::Model { text } => f.write_str(text),
        }
    }
}

fn plural(number: u32, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

fn have(number: u32) -> &'static str {
    if number == 1 { "has" } else { "have" }
}

fn were(number: u32) -> &'static str {
    if number == 1 { "was" } else { "were" }
}
