//! Comparisons: one window beside every baseline, and the sentence that a reader can be given.

use std::fmt;

use super::{
    Baseline, MeasuredSpike, NoSpike, Note, SeriesView, Window,
    wording::{decimal, rounded},
};

/// One window of a series beside every baseline.
///
/// It says itself in one sentence, as a newspaper might, and every number in it is a value of one of the measured
/// spikes.
///
/// ```
/// use delisted::downloads::SeriesView;
///
/// let mut counts: Vec<u32> = (0..91_u32).map(|day| 1_000 + day * 7_919 % 97).collect();
/// (counts[89], counts[90]) = (27_000, 28_000);
/// let series = SeriesView::of_u32("2021-03-20".parse()?, &counts)?;
/// let comparison = series.compare("2021-06-17..2021-06-18".parse()?, 2);
/// assert_eq!(
///     comparison.to_string(),
///     "about 26.2 times the median Thursday-Friday of the four weeks before (between 25.4 and 27.0), and 26.2 times \
///      their mean; 26.9 times the same days a week earlier; some 52,900 more than usual; chance of that by accident: \
///      under one in a million",
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    window: Window,
    measured: Vec<(Baseline, Result<MeasuredSpike, NoSpike>)>,
}

impl Comparison {
    /// Every baseline in the order of [`Baseline::ALL`], with the measured spike or the reason why there is none.
    ///
    /// ```
    /// use delisted::downloads::{Baseline, SeriesView};
    ///
    /// let series = SeriesView::of_u32("2021-06-10".parse()?, &[9, 9, 9, 9, 9, 9, 9, 18])?;
    /// let comparison = series.compare("2021-06-17".parse()?, 0);
    /// let found = comparison.measured().iter().filter(|(_, measured)| measured.is_ok());
    /// assert!(found.map(|(baseline, _)| *baseline).any(|baseline| baseline == Baseline::WeekEarlier));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn measured(&self) -> &[(Baseline, Result<MeasuredSpike, NoSpike>)] {
        &self.measured
    }

    /// The spike measured against one baseline, where it could be.
    ///
    /// ```
    /// use delisted::downloads::{Baseline, SeriesView};
    ///
    /// let series = SeriesView::of_u32("2021-06-10".parse()?, &[9, 9, 9, 9, 9, 9, 9, 18])?;
    /// let spike = series.compare("2021-06-17".parse()?, 0).against(Baseline::WeekEarlier).cloned();
    /// assert_eq!(spike.and_then(|spike| spike.multiple()).map(|multiple| multiple.value()), Some(2.0));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn against(&self, baseline: Baseline) -> Option<&MeasuredSpike> {
        self.measured
            .iter()
            .find(|(measured, _)| *measured == baseline)
            .and_then(|(_, spike)| spike.as_ref().ok())
    }
}

impl SeriesView<'_> {
    /// Measures a window against every baseline; see [`spike_after`](Self::spike_after) for the lead.
    ///
    /// ```
    /// use delisted::downloads::{Baseline, SeriesView};
    ///
    /// let series = SeriesView::of_u32("2021-06-17".parse()?, &[9])?;
    /// let comparison = series.compare("2021-06-17".parse()?, 0);
    /// assert_eq!(comparison.to_string(), "nothing to compare 2021-06-17 with");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn compare(&self, window: Window, lead: u8) -> Comparison {
        let measured = Baseline::ALL.map(|baseline| (baseline, self.spike_after(window, baseline, lead)));
        Comparison { window, measured: measured.into() }
    }
}

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut clauses = Vec::new();
        let multiple = |baseline: Baseline| {
            let spike = self.against(baseline)?;
            spike.multiple().map(|multiple| (decimal(multiple.value()), spike))
        };
        if let Some((times, spike)) = multiple(Baseline::WeekdayMedian) {
            let mean = multiple(Baseline::WeekdayMean)
                .map_or_else(String::new, |(mean, _)| format!(", and {mean} times their mean"));
            clauses.push(format!(
                "about {times} times the median {} of the four weeks before{}{mean}",
                self.window.weekdays(),
                between(spike)
            ));
        }
        if let Some((times, spike)) = multiple(Baseline::WeekEarlier) {
            let surge = spike.notes().iter().any(|note| matches!(note, Note::EarlierSurge { .. }));
            let own = if surge { ", a week that had a surge of its own" } else { "" };
            clauses.push(format!("{times} times the same days a week earlier{own}"));
        }
        let usual = [Baseline::WeekdayMedian, Baseline::WeekdayLevel, Baseline::WeekEarlier]
            .into_iter()
            .find_map(|baseline| self.against(baseline));
        if let Some(usual) = usual {
            let excess = three_digits(usual.excess());
            let side = if excess < 0.0 { "fewer" } else { "more" };
            clauses.push(format!("some {} {side} than usual", rounded(excess.abs())));
        }
        let test = [Baseline::WeekdayMedian, Baseline::WeekdayLevel]
            .into_iter()
            .find_map(|baseline| self.against(baseline));
        if let Some(p) = test.and_then(MeasuredSpike::p) {
            clauses.push(format!("chance of that by accident: {p}"));
        }
        let partial = self.measured.iter().find_map(|(_, spike)| spike.as_ref().ok());
        let partial = partial.into_iter().flat_map(MeasuredSpike::notes);
        clauses.extend(partial.filter(|note| matches!(note, Note::Partial { .. })).map(ToString::to_string));
        if clauses.is_empty() {
            return write!(f, "nothing to compare {} with", self.window);
        }
        f.write_str(&clauses.join("; "))
    }
}

fn between(spike: &MeasuredSpike) -> String {
    match (spike.multiple_low(), spike.multiple_high()) {
        (Some(low), Some(high)) => {
            format!(" (between {} and {})", decimal(low.value()), decimal(high.value()))
        }
        _ => String::new(),
    }
}

/// A number to three significant digits.
fn three_digits(value: f64) -> f64 {
    if value.abs() < 1_000.0 {
        return value.round();
    }
    let scale = 10.0_f64.powf(value.abs().log10().floor() - 2.0);
    (value / scale).round() * scale
}
