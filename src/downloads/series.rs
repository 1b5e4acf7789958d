mod builder;

use std::fmt;

#[cfg(feature = "zones")]
use super::Note;
use super::{
    Baseline, Day, MeasuredSpike, Metric, NoSpike, Reading, ReportingZone, SeriesView, Vintage, Window,
};
use crate::{
    id::AppId,
    market::{Store, Territory},
};

pub use builder::{SeriesBuilder, SeriesError};

/// Which app, in which store, in which territory.
///
/// ```
/// use delisted::{AppId, Store, Territory, downloads::SeriesKey};
///
/// let key = SeriesKey::new(AppId::new("wechat")?, Store::APP_STORE, Territory::new("US")?);
/// assert_eq!(key.to_string(), "wechat, app-store, US");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct SeriesKey {
    app: AppId,
    store: Store,
    territory: Territory,
}

impl SeriesKey {
    /// The key of an app in a store in a territory.
    ///
    /// ```
    /// use delisted::{AppId, Store, Territory, downloads::SeriesKey};
    ///
    /// let key = SeriesKey::new(AppId::new("wechat")?, Store::APP_STORE, Territory::new("US")?);
    /// assert_eq!(key.app().as_str(), "wechat");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn new(app: AppId, store: Store, territory: Territory) -> Self {
        Self { app, store, territory }
    }

    /// The app.
    ///
    /// ```
    /// # use delisted::{AppId, Store, Territory, downloads::SeriesKey};
    /// let key = SeriesKey::new(AppId::new("wecom")?, Store::APP_STORE, Territory::new("US")?);
    /// assert_eq!(key.app().as_str(), "wecom");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn app(&self) -> &AppId {
        &self.app
    }

    /// The store.
    ///
    /// ```
    /// # use delisted::{AppId, Store, Territory, downloads::SeriesKey};
    /// let key = SeriesKey::new(AppId::new("wecom")?, Store::APP_STORE, Territory::new("US")?);
    /// assert_eq!(key.store(), &Store::APP_STORE);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// The territory.
    ///
    /// ```
    /// # use delisted::{AppId, Store, Territory, downloads::SeriesKey};
    /// let key = SeriesKey::new(AppId::new("wecom")?, Store::APP_STORE, Territory::new("US")?);
    /// assert_eq!(key.territory().as_str(), "US");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn territory(&self) -> &Territory {
        &self.territory
    }
}

impl fmt::Display for SeriesKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}, {}", self.app, self.store, self.territory)
    }
}

/// Downloads a day of one app in one store and territory, with what is counted, in whose days, and by whom.
///
/// ```
/// use delisted::downloads::{DownloadSeries, Metric, Reading, ReportingZone, SeriesKey};
/// use delisted::{AppId, Store, Territory};
///
/// let key = SeriesKey::new(AppId::new("wechat")?, Store::APP_STORE, Territory::new("US")?);
/// let series = DownloadSeries::builder(key, Metric::FirstDownloads, ReportingZone::utc())
///     .count("2020-09-18".parse()?, 27_000)?
///     .reading("2020-09-20".parse()?, Reading::Censored { below: 20 })?
///     .build()?;
/// assert_eq!(series.view().len(), 3);
/// assert_eq!(series.view().reading("2020-09-19".parse()?), Reading::Missing);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct DownloadSeries {
    key: SeriesKey,
    metric: Metric,
    zone: ReportingZone,
    vintage: Option<Vintage>,
    first: Day,
    counts: Vec<f64>,
    readings: Vec<(Day, Reading)>,
}

impl DownloadSeries {
    /// The most days that a series spans: a century.
    ///
    /// ```
    /// assert_eq!(delisted::downloads::DownloadSeries::LONGEST, 36_525);
    /// ```
    pub const LONGEST: i32 = 36_525;

    /// A series to be put together. What is counted and in whose days has no default, since a guess would be wrong.
    ///
    /// ```
    /// use delisted::downloads::{DownloadSeries, Metric, ReportingZone, SeriesKey};
    /// use delisted::{AppId, Store, Territory};
    ///
    /// let key = SeriesKey::new(AppId::new("wechat")?, Store::APP_STORE, Territory::new("US")?);
    /// let builder = DownloadSeries::builder(key, Metric::Total, ReportingZone::utc());
    /// assert!(builder.build().is_err(), "a series has a day");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn builder(key: SeriesKey, metric: Metric, zone: ReportingZone) -> SeriesBuilder {
        SeriesBuilder::new(key, metric, zone)
    }

    /// Which app, store and territory.
    ///
    /// ```
    /// # use delisted::downloads::{DownloadSeries, Metric, ReportingZone, SeriesKey};
    /// # use delisted::{AppId, Store, Territory};
    /// # let key = SeriesKey::new(AppId::new("wechat")?, Store::APP_STORE, Territory::new("US")?);
    /// let series = DownloadSeries::builder(key, Metric::FirstDownloads, ReportingZone::utc())
    ///     .count("2020-09-18".parse()?, 27_000)?
    ///     .build()?;
    /// assert_eq!(series.key().to_string(), "wechat, app-store, US");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn key(&self) -> &SeriesKey {
        &self.key
    }

    /// What is counted.
    ///
    /// ```
    /// # use delisted::downloads::{DownloadSeries, Metric, ReportingZone, SeriesKey};
    /// # use delisted::{AppId, Store, Territory};
    /// # let key = SeriesKey::new(AppId::new("wechat")?, Store::APP_STORE, Territory::new("US")?);
    /// let series = DownloadSeries::builder(key, Metric::FirstDownloads, ReportingZone::utc())
    ///     .count("2020-09-18".parse()?, 27_000)?
    ///     .build()?;
    /// assert_eq!(series.metric(), Metric::FirstDownloads);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn metric(&self) -> Metric {
        self.metric
    }

    /// In whose days.
    ///
    /// ```
    /// # use delisted::downloads::{DownloadSeries, Metric, ReportingZone, SeriesKey};
    /// # use delisted::{AppId, Store, Territory};
    /// # let key = SeriesKey::new(AppId::new("wechat")?, Store::APP_STORE, Territory::new("US")?);
    /// let series = DownloadSeries::builder(key, Metric::FirstDownloads, ReportingZone::utc())
    ///     .count("2020-09-18".parse()?, 27_000)?
    ///     .build()?;
    /// assert_eq!(series.zone(), &ReportingZone::utc());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn zone(&self) -> &ReportingZone {
        &self.zone
    }

    /// Whose numbers they are, if that was said.
    ///
    /// ```
    /// # use delisted::downloads::{DownloadSeries, Metric, ReportingZone, SeriesKey};
    /// # use delisted::{AppId, Store, Territory};
    /// # let key = SeriesKey::new(AppId::new("wechat")?, Store::APP_STORE, Territory::new("US")?);
    /// let series = DownloadSeries::builder(key, Metric::FirstDownloads, ReportingZone::utc())
    ///     .count("2020-09-18".parse()?, 27_000)?
    ///     .build()?;
    /// assert_eq!(series.vintage(), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn vintage(&self) -> Option<&Vintage> {
        self.vintage.as_ref()
    }

    /// The first day, which has a reading.
    ///
    /// ```
    /// # use delisted::downloads::{DownloadSeries, Metric, ReportingZone, SeriesKey};
    /// # use delisted::{AppId, Store, Territory};
    /// # let key = SeriesKey::new(AppId::new("wechat")?, Store::APP_STORE, Territory::new("US")?);
    /// let series = DownloadSeries::builder(key, Metric::Total, ReportingZone::utc())
    ///     .count("2020-09-20".parse()?, 9)?
    ///     .count("2020-09-18".parse()?, 7)?
    ///     .build()?;
    /// assert_eq!(series.first().to_string(), "2020-09-18");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn first(&self) -> Day {
        self.first
    }

    /// The last day, which has a reading.
    ///
    /// ```
    /// # use delisted::downloads::{DownloadSeries, Metric, ReportingZone, SeriesKey};
    /// # use delisted::{AppId, Store, Territory};
    /// # let key = SeriesKey::new(AppId::new("wechat")?, Store::APP_STORE, Territory::new("US")?);
    /// let series = DownloadSeries::builder(key, Metric::Total, ReportingZone::utc())
    ///     .count("2020-09-20".parse()?, 9)?
    ///     .count("2020-09-18".parse()?, 7)?
    ///     .build()?;
    /// assert_eq!(series.last().to_string(), "2020-09-20");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn last(&self) -> Day {
        self.view().last()
    }

    /// How many days it spans, with or without a count: 1 to 36,525.
    ///
    /// ```
    /// # use delisted::downloads::{DownloadSeries, Metric, ReportingZone, SeriesKey};
    /// # use delisted::{AppId, Store, Territory};
    /// # let key = SeriesKey::new(AppId::new("wechat")?, Store::APP_STORE, Territory::new("US")?);
    /// let series = DownloadSeries::builder(key, Metric::Total, ReportingZone::utc())
    ///     .count("2020-09-20".parse()?, 9)?
    ///     .count("2020-09-18".parse()?, 7)?
    ///     .build()?;
    /// assert_eq!(series.len(), 3);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "a series has a day")]
    pub fn len(&self) -> usize {
        self.counts.len()
    }

    /// What it holds on a day; [`Reading::Missing`] outside its span.
    ///
    /// ```
    /// # use delisted::downloads::{DownloadSeries, Metric, Reading, ReportingZone, SeriesKey};
    /// # use delisted::{AppId, Store, Territory};
    /// # let key = SeriesKey::new(AppId::new("wechat")?, Store::APP_STORE, Territory::new("US")?);
    /// let series = DownloadSeries::builder(key, Metric::Total, ReportingZone::utc())
    ///     .count("2020-09-20".parse()?, 9)?
    ///     .count("2020-09-18".parse()?, 7)?
    ///     .build()?;
    /// assert_eq!(series.reading("2020-09-18".parse()?).to_string(), "7");
    /// assert_eq!(series.reading("2020-09-19".parse()?), Reading::Missing);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn reading(&self, day: Day) -> Reading {
        self.view().reading(day)
    }

    /// Its days in order, each with what it holds.
    ///
    /// ```
    /// # use delisted::downloads::{DownloadSeries, Metric, Reading, ReportingZone, SeriesKey};
    /// # use delisted::{AppId, Store, Territory};
    /// # let key = SeriesKey::new(AppId::new("wechat")?, Store::APP_STORE, Territory::new("US")?);
    /// let series = DownloadSeries::builder(key, Metric::Total, ReportingZone::utc())
    ///     .count("2020-09-20".parse()?, 9)?
    ///     .count("2020-09-18".parse()?, 7)?
    ///     .build()?;
    /// let counted = series.readings().filter(|(_, reading)| matches!(reading, Reading::Counted(_)));
    /// let days: Vec<String> = counted.map(|(day, _)| day.to_string()).collect();
    /// assert_eq!(days, ["2020-09-18", "2020-09-20"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn readings(&self) -> impl Iterator<Item = (Day, Reading)> + '_ {
        let view = self.view();
        view.readings().enumerate().map(move |(offset, reading)| (view.day(offset), reading))
    }

    /// The series as the calculators read it.
    ///
    /// ```
    /// # use delisted::downloads::{DownloadSeries, Metric, ReportingZone, SeriesKey};
    /// # use delisted::{AppId, Store, Territory};
    /// # let key = SeriesKey::new(AppId::new("wechat")?, Store::APP_STORE, Territory::new("US")?);
    /// let series = DownloadSeries::builder(key, Metric::Total, ReportingZone::utc())
    ///     .count("2020-09-18".parse()?, 7)?
    ///     .build()?;
    /// assert_eq!(series.view().len(), 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn view(&self) -> SeriesView<'_> {
        SeriesView::of_checked(self.first, &self.counts, &self.readings)
    }

    /// Measures a window against a baseline, as [`SeriesView::spike_after`] does, and notes days of 23 or 25 hours.
    ///
    /// ```
    /// # use delisted::downloads::{Baseline, DownloadSeries, Metric, ReportingZone, SeriesKey};
    /// # use delisted::{AppId, Store, Territory};
    /// # let key = SeriesKey::new(AppId::new("wechat")?, Store::APP_STORE, Territory::new("US")?);
    /// let series = DownloadSeries::builder(key, Metric::Total, ReportingZone::utc())
    ///     .count("2020-09-12".parse()?, 1_000)?
    ///     .count("2020-09-19".parse()?, 28_000)?
    ///     .build()?;
    /// let spike = series.spike("2020-09-19".parse()?, Baseline::WeekEarlier, 0)?;
    /// assert_eq!(spike.multiple().map(|multiple| multiple.value()), Some(28.0));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// - as of [`SeriesView::spike`].
    pub fn spike(&self, window: Window, baseline: Baseline, lead: u8) -> Result<MeasuredSpike, NoSpike> {
        let spike = self.view().spike_after(window, baseline, lead)?;
        #[cfg(feature = "zones")]
        let spike = self.with_day_lengths(spike);
        Ok(spike)
    }

    #[cfg(feature = "zones")]
    fn with_day_lengths(&self, mut spike: MeasuredSpike) -> MeasuredSpike {
        let uneven = spike
            .window()
            .days()
            .map(|day| (day, self.zone.hours_of(day)))
            .filter(|(_, hours)| (*hours - 24.0).abs() > 0.01);
        spike.notes.extend(uneven.map(|(day, hours)| Note::DaylightSaving { day, hours }));
        spike
    }
}

impl PartialEq for DownloadSeries {
    fn eq(&self, other: &Self) -> bool {
        // By readings: the NaN of a missing day is unlike itself.
        (&self.key, self.metric, &self.zone, &self.vintage, self.first)
            == (&other.key, other.metric, &other.zone, &other.vintage, other.first)
            && self.view().readings().eq(other.view().readings())
    }
}

impl Eq for DownloadSeries {}

#[cfg(test)]
mod tests;
