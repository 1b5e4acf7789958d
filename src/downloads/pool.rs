//! Pooling: what the series of a panel say of one another's noise.
//!
//! Series are put in bands by size, two to a decade. In a band the dispersions that each series shows by itself vary
//! for two reasons: each rests on a limited number of days, and the apps differ. The first is known; what is left over
//! is the second, and says how many days of a series' own the band's dispersion is worth (Robbins 1956; Efron and
//! Morris 1973: an empirical Bayes estimate by moments).

use std::collections::BTreeMap;

use super::{SeriesView, follow::Prior, spike::size};

/// The fewest series of a band that say anything of one another.
const LEAST_SERIES: usize = 8;

/// The fewest days that a series' own dispersion rests on, to be heard.
const LEAST_DAYS: f64 = 28.0;

/// The most days that a band counts for.
const MOST_DAYS: f64 = 200.0;

/// How noisy a series is by itself.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Noise {
    band: i32,
    mean: f64,
    dispersion: f64,
    days: f64,
}

impl Noise {
    /// The noise of a series over its last eight weeks; none where it is too short or counts nothing.
    pub(super) fn of(series: &SeriesView<'_>) -> Option<Self> {
        let follow = series.followed(series.len());
        let (dispersion, days) = follow.dispersion();
        let mean = follow.forecast(0, 7)?.mean / 7.0;
        let band = band(mean)?;
        (days >= LEAST_DAYS).then_some(Self { band, mean, dispersion, days })
    }

    /// The sampling variance of the dispersion: that of a variance on so many normal deviates.
    fn sampling(&self) -> f64 {
        let variance = self.dispersion + 1.0 / self.mean.max(0.05);
        2.0 * variance * variance / self.days
    }
}

/// Two bands to a decade, from a tenth of a download a day on.
fn band(mean: f64) -> Option<i32> {
    let bounds = [0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0, 300.0, 1e3, 3e3, 1e4, 3e4, 1e5, 3e5, 1e6];
    (mean > 0.0).then(|| {
        bounds.iter().take_while(|bound| mean >= **bound).fold(0, |band: i32, _| band.saturating_add(1))
    })
}

/// What each series is told, in the order of the series.
pub(super) fn pool(noises: &[Option<Noise>]) -> Vec<Option<Prior>> {
    let mut bands: BTreeMap<i32, Vec<Noise>> = BTreeMap::new();
    for noise in noises.iter().flatten() {
        bands.entry(noise.band).or_default().push(*noise);
    }
    let priors: BTreeMap<i32, Prior> =
        bands.into_iter().filter_map(|(band, noises)| prior(&noises).map(|prior| (band, prior))).collect();
    noises.iter().map(|noise| noise.and_then(|noise| priors.get(&noise.band).copied())).collect()
}

fn prior(noises: &[Noise]) -> Option<Prior> {
    if noises.len() < LEAST_SERIES {
        return None;
    }
    let series = size(noises.len());
    // The most extreme tenth at each end says more of events than of noise.
    let mut sorted: Vec<f64> = noises.iter().map(|noise| noise.dispersion).collect();
    sorted.sort_by(f64::total_cmp);
    let tenth = sorted.len() / 10;
    let middle = sorted.get(tenth..sorted.len().saturating_sub(tenth))?;
    let kept = size(middle.len());
    let dispersion = middle.iter().sum::<f64>() / kept;
    let spread = sorted.iter().map(|own| (own - dispersion) * (own - dispersion)).sum::<f64>() / series;
    let sampling = noises.iter().map(Noise::sampling).sum::<f64>() / series;
    let days = noises.iter().map(|noise| noise.days).sum::<f64>() / series;
    let between = spread - sampling;
    let worth = if between > 0.0 { days * sampling / between } else { MOST_DAYS };
    Some(Prior { dispersion, days: worth.min(MOST_DAYS) })
}
