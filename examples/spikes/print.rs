//! How results are printed: a line for a reader, or one JSON object a line.

use std::io::{Result, Write};

use delisted::downloads::{Baseline, Increase, MeasuredSpike, Multiple, PValue, Rise, Window};
use serde_json::{Value, json};

use crate::file::Name;

/// A measured spike with what stands beside it.
pub(crate) struct Row<'a> {
    pub(crate) name: &'a Name,
    pub(crate) spike: &'a MeasuredSpike,
    pub(crate) p: Option<PValue>,
    pub(crate) adjusted: Option<PValue>,
    /// The p-value of the best day, where the days of a panel were searched.
    pub(crate) best: Option<PValue>,
    pub(crate) rise: Option<&'a Rise>,
}

impl Row<'_> {
    /// One baseline's line in the table of a window.
    pub(crate) fn line(&self, out: &mut dyn Write) -> Result<()> {
        let spike = self.spike;
        let number = |value: Option<f64>| value.map_or_else(|| "-".to_owned(), |value| format!("{value:.2}"));
        writeln!(
            out,
            "  {:15} observed {:.0}, expected {:.1}, multiple {} [{}, {}], p {}",
            spike.baseline().name(),
            spike.observed(),
            spike.expected(),
            number(spike.multiple().map(Multiple::value)),
            number(spike.multiple_low().map(Multiple::value)),
            number(spike.multiple_high().map(Multiple::value)),
            self.p.map_or_else(|| "-".to_owned(), |p| p.to_string()),
        )?;
        for note in spike.notes() {
            writeln!(out, "  {:15} {note}", "")?;
        }
        Ok(())
    }

    /// One object.
    pub(crate) fn json(&self, out: &mut dyn Write) -> Result<()> {
        let spike = self.spike;
        let [app, store, territory] = self.name;
        let mut notes: Vec<String> = spike.notes().iter().map(ToString::to_string).collect();
        if self.p.is_some_and(PValue::is_below_limit) {
            notes.push("p is under one in a million: the model bears no smaller one".to_owned());
        }
        let range = self.rise.and_then(Rise::onset_range);
        let object = json!({
            "app": app,
            "store": store,
            "territory": territory,
            "from": spike.window().first().to_string(),
            "to": spike.window().last().to_string(),
            "observed": whole(spike.observed()),
            "expected": spike.expected(),
            "multiple": spike.multiple().map(Multiple::value),
            "multiple_low": spike.multiple_low().map(Multiple::value),
            "multiple_high": spike.multiple_high().map(Multiple::value),
            "increase_percent": spike.increase().map(Increase::percent),
            "excess": spike.excess(),
            "excess_low": spike.excess_low(),
            "excess_high": spike.excess_high(),
            "p": self.p.map(limited),
            "p_adjusted": self.adjusted.map(limited),
            "p_best_day": self.best.map(limited),
            "baseline": spike.baseline().name(),
            "onset": self.rise.and_then(Rise::onset).map(|day| day.to_string()),
            "onset_low": range.map(|(low, _)| low.to_string()),
            "onset_high": range.map(|(_, high)| high.to_string()),
            "peak": self.rise.map(|rise| rise.peak().to_string()),
            "end": self.rise.and_then(Rise::back).map(|day| day.to_string()),
            "notes": notes,
        });
        writeln!(out, "{object}")
    }
}

/// The p-value, no smaller than the model bears.
fn limited(p: PValue) -> f64 {
    p.value().max(PValue::LIMIT.value())
}

/// A whole number without a decimal point, where it is one.
#[expect(clippy::cast_possible_truncation, clippy::as_conversions, reason = "it is whole and below 2^53")]
fn whole(value: f64) -> Value {
    if value.fract() == 0.0 && value < 9e15 { json!(value as i64) } else { json!(value) }
}

/// Onset, peak and end.
pub(crate) fn days(out: &mut dyn Write, rise: Option<&Rise>) -> Result<()> {
    let Some(rise) = rise else { return Ok(()) };
    let onset = match (rise.onset(), rise.onset_range()) {
        (Some(onset), Some((low, high))) if low < high => format!("{onset} ({low} to {high})"),
        (Some(onset), _) => onset.to_string(),
        _ => "not to be told".to_owned(),
    };
    let end = rise.back().map_or_else(|| "not yet".to_owned(), |day| day.to_string());
    writeln!(out, "  onset {onset}, peak {}, back to ordinary {end}", rise.peak())
}

/// What an object holds where there is a result.
const NUMBERS: [&str; 17] = [
    "observed",
    "expected",
    "multiple",
    "multiple_low",
    "multiple_high",
    "increase_percent",
    "excess",
    "excess_low",
    "excess_high",
    "p",
    "p_adjusted",
    "onset",
    "onset_low",
    "onset_high",
    "peak",
    "end",
    "p_best_day",
];

/// Why a series or a baseline has no result.
pub(crate) fn reason(
    out: &mut dyn Write,
    name: &Name,
    window: Option<Window>,
    baseline: Option<Baseline>,
    reason: &str,
    as_json: bool,
) -> Result<()> {
    let [app, store, territory] = name;
    if as_json {
        let mut object = json!({
            "app": app,
            "store": store,
            "territory": territory,
            "from": window.map(|window| window.first().to_string()),
            "to": window.map(|window| window.last().to_string()),
            "baseline": baseline.map(Baseline::name),
            "notes": [],
            "reason": reason,
        });
        for number in NUMBERS {
            object[number] = Value::Null;
        }
        writeln!(out, "{object}")
    } else if let Some(baseline) = baseline {
        writeln!(out, "  {:15} {reason}", baseline.name())
    } else {
        writeln!(out, "{}: {reason}\n", name.join(", "))
    }
}
