//! Every number that a measured spike, a verdict or a rise shows, and the proof that each is one.
#![allow(dead_code, reason = "each test file uses a part of it")]

use delisted::downloads::{Increase, MeasuredSpike, Multiple, Note, PValue, Rise, Verdict};

/// Refuses numbers that are none, intervals that leave out their estimate, and words that name what is no number.
pub(crate) fn sound(spike: &MeasuredSpike) -> Result<(), String> {
    let notes = spike.notes().iter().filter_map(|note| match note {
        Note::EarlierSurge { multiple } => Some(*multiple),
        Note::DaylightSaving { hours, .. } => Some(*hours),
        _ => None,
    });
    let numbers = [
        Some(spike.observed()),
        Some(spike.expected()),
        Some(spike.excess()),
        spike.multiple().map(Multiple::value),
        spike.multiple_low().map(Multiple::value),
        spike.multiple_high().map(Multiple::value),
        spike.increase().map(Increase::value),
        spike.increase().map(Increase::percent),
        spike.excess_low(),
        spike.excess_high(),
        spike.p().map(PValue::value),
    ];
    if let Some(number) = numbers.into_iter().flatten().chain(notes).find(|number| !number.is_finite()) {
        return Err(format!("`{number}` in {spike:?}"));
    }
    let positive =
        [Some(spike.observed()), Some(spike.expected()), spike.multiple_low().map(Multiple::value)];
    if positive.into_iter().flatten().any(|number| number < 0.0) {
        return Err(format!("below zero: {spike:?}"));
    }
    if spike.p().is_some_and(|p| !(0.0..=1.0).contains(&p.value())) {
        return Err(format!("no probability: {spike:?}"));
    }
    worded(&spike.to_string())
}

/// Refuses a sentence in which something that is no number is printed.
pub(crate) fn worded(sentence: &str) -> Result<(), String> {
    let stray = sentence.split(|c: char| !c.is_alphabetic()).any(|word| word == "NaN" || word == "inf");
    if stray { Err(format!("no number: {sentence}")) } else { Ok(()) }
}

pub(crate) fn sound_verdict(verdict: &Verdict) -> Result<(), String> {
    let numbers = [
        verdict.observed(),
        verdict.expected(),
        verdict.multiple().map(Multiple::value),
        verdict.p().map(PValue::value),
    ];
    match numbers.into_iter().flatten().find(|number| !(number.is_finite() && *number >= 0.0)) {
        Some(number) => Err(format!("`{number}` in {verdict:?}")),
        None => Ok(()),
    }
}

pub(crate) fn sound_rise(rise: &Rise) -> Result<(), String> {
    if rise.missing_after().is_some_and(|missing| !(missing.is_finite() && missing > 0.0)) {
        return Err(format!("{rise:?}"));
    }
    match (rise.onset(), rise.onset_range()) {
        (Some(onset), Some((low, high))) if low <= onset && onset <= high => Ok(()),
        (None, None) => Ok(()),
        _ => Err(format!("an onset outside its range: {rise:?}")),
    }
}
