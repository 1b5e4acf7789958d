use std::collections::BTreeMap;

use thiserror::Error;

use super::{DownloadSeries, SeriesKey};
use crate::downloads::{Count, CountError, Day, Metric, Reading, Refunds, ReportingZone, Vintage};

/// A series being put together, its days in any order.
///
/// ```
/// use delisted::downloads::{DownloadSeries, Metric, Refunds, ReportingZone, SeriesKey};
/// use delisted::{AppId, Store, Territory};
///
/// let key = SeriesKey::new(AppId::new("wechat")?, Store::APP_STORE, Territory::new("US")?);
/// let series = DownloadSeries::builder(key, Metric::Total, ReportingZone::utc())
///     .refunds(Refunds::ClipToZero)
///     .count("2020-09-19".parse()?, -2)?
///     .count("2020-09-18".parse()?, 40)?
///     .build()?;
/// assert_eq!(series.view().reading("2020-09-19".parse()?).to_string(), "0");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct SeriesBuilder {
    key: SeriesKey,
    metric: Metric,
    zone: ReportingZone,
    vintage: Option<Vintage>,
    refunds: Refunds,
    days: BTreeMap<Day, Reading>,
    /// The vintage that the readings named, with the day of the first that did.
    named: Option<(Day, Vintage)>,
}

/// Why readings do not make a series.
///
/// ```
/// use delisted::downloads::{DownloadSeries, Metric, ReportingZone, SeriesKey};
/// use delisted::{AppId, Store, Territory};
///
/// let key = SeriesKey::new(AppId::new("wechat")?, Store::APP_STORE, Territory::new("US")?);
/// let refused = DownloadSeries::builder(key, Metric::Total, ReportingZone::utc())
///     .count("2020-09-19".parse()?, -2)
///     .unwrap_err();
/// assert_eq!(
///     refused.to_string(),
///     "wechat, app-store, US on 2020-09-19: `-2` is below 0: a refund is not a download, \
///      so clip it to 0 by rule or leave it out",
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum SeriesError {
    /// A number is not a count.
    #[error("{key} on {day}: {source}")]
    Count {
        /// The series.
        key: Box<SeriesKey>,
        /// The day.
        day: Day,
        /// What is wrong with its number.
        source: CountError,
    },
    /// A day has two readings.
    #[error("{key} on {day}: `{second}` contradicts `{first}`, which it had already")]
    Twice {
        /// The series.
        key: Box<SeriesKey>,
        /// The day.
        day: Day,
        /// The reading that it had.
        first: Reading,
        /// The reading that came on top.
        second: Reading,
    },
    /// A reading comes from another vintage than the series.
    #[error(
        "{key} on {day}: a reading of `{second}` in a series of `{first}`: two versions never share a series"
    )]
    Vintage {
        /// The series.
        key: Box<SeriesKey>,
        /// The day.
        day: Day,
        /// The series' source.
        first: String,
        /// The reading's source.
        second: String,
    },
    /// There are no readings.
    #[error("{key}: a series needs at least one day, and `0` were given")]
    Empty {
        /// The series.
        key: Box<SeriesKey>,
    },
    /// The first and the last day lie more than a century apart.
    #[error(
        "{key}: a series from {first} to {last} has {days} days: at most {} are allowed",
        DownloadSeries::LONGEST
    )]
    TooLong {
        /// The series.
        key: Box<SeriesKey>,
        /// The first day.
        first: Day,
        /// The last day.
        last: Day,
        /// How many days lie between them.
        days: i32,
    },
}

impl SeriesBuilder {
    /// A series without days.
    pub(super) fn new(key: SeriesKey, metric: Metric, zone: ReportingZone) -> Self {
        Self {
            key,
            metric,
            zone,
            vintage: None,
            refunds: Refunds::Refuse,
            days: BTreeMap::new(),
            named: None,
        }
    }

    /// Whose numbers they are.
    ///
    /// ```
    /// # use delisted::downloads::{DownloadSeries, Metric, ReportingZone, SeriesKey, Vintage};
    /// # use delisted::{AppId, Store, Territory};
    /// # let key = SeriesKey::new(AppId::new("wechat")?, Store::APP_STORE, Territory::new("US")?);
    /// let series = DownloadSeries::builder(key, Metric::Total, ReportingZone::utc())
    ///     .vintage(Vintage::new("store console"))
    ///     .count("2020-09-18".parse()?, 27_000)?
    ///     .build()?;
    /// assert_eq!(series.vintage().map(Vintage::source), Some("store console"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn vintage(self, vintage: Vintage) -> Self {
        Self { vintage: Some(vintage), ..self }
    }

    /// What becomes of counts below zero from here on.
    ///
    /// ```
    /// # use delisted::downloads::{DownloadSeries, Metric, ReportingZone, SeriesKey, Refunds};
    /// # use delisted::{AppId, Store, Territory};
    /// # let key = SeriesKey::new(AppId::new("wechat")?, Store::APP_STORE, Territory::new("US")?);
    /// let builder = DownloadSeries::builder(key, Metric::Total, ReportingZone::utc());
    /// let clipping = builder.clone().refunds(Refunds::ClipToZero);
    /// assert!(clipping.count("2020-09-18".parse()?, -2).is_ok());
    /// assert!(builder.count("2020-09-18".parse()?, -2).is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn refunds(self, refunds: Refunds) -> Self {
        Self { refunds, ..self }
    }

    /// Adds a day's whole count.
    ///
    /// ```
    /// # use delisted::downloads::{DownloadSeries, Metric, ReportingZone, SeriesKey};
    /// # use delisted::{AppId, Store, Territory};
    /// # let key = SeriesKey::new(AppId::new("wechat")?, Store::APP_STORE, Territory::new("US")?);
    /// let builder = DownloadSeries::builder(key, Metric::Total, ReportingZone::utc());
    /// let twice = builder.count("2020-09-18".parse()?, 40)?.count("2020-09-18".parse()?, 41).unwrap_err();
    /// assert_eq!(
    ///     twice.to_string(),
    ///     "wechat, app-store, US on 2020-09-18: `41` contradicts `40`, which it had already",
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// - the count is negative and refunds are refused, or it is above 2^53;
    /// - the day has another reading already.
    pub fn count(self, day: Day, count: i64) -> Result<Self, SeriesError> {
        self.number(day, count)
    }

    /// Adds a day's count or estimate, which may be a fraction.
    ///
    /// ```
    /// # use delisted::downloads::{DownloadSeries, Metric, ReportingZone, SeriesKey};
    /// # use delisted::{AppId, Store, Territory};
    /// # let key = SeriesKey::new(AppId::new("wechat")?, Store::APP_STORE, Territory::new("US")?);
    /// let builder = DownloadSeries::builder(key, Metric::Total, ReportingZone::utc());
    /// let series = builder.estimate("2020-09-18".parse()?, 26_812.5)?.build()?;
    /// assert_eq!(series.view().reading("2020-09-18".parse()?).to_string(), "26812.5");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// - the number is not finite, is negative and refunds are refused, or is above 2^53;
    /// - the day has another reading already.
    pub fn estimate(self, day: Day, value: f64) -> Result<Self, SeriesError> {
        self.number(day, value)
    }

    /// Adds what a day holds.
    ///
    /// ```
    /// # use delisted::downloads::{DownloadSeries, Metric, ReportingZone, SeriesKey, Reading};
    /// # use delisted::{AppId, Store, Territory};
    /// # let key = SeriesKey::new(AppId::new("wechat")?, Store::APP_STORE, Territory::new("US")?);
    /// let builder = DownloadSeries::builder(key, Metric::Total, ReportingZone::utc());
    /// let series = builder.reading("2020-09-21".parse()?, Reading::Structural)?.build()?;
    /// assert_eq!(series.view().reading("2020-09-21".parse()?).to_string(), "off");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// - the day is censored at a bound that no count can lie below;
    /// - the day has another reading already.
    pub fn reading(mut self, day: Day, reading: impl Into<Reading>) -> Result<Self, SeriesError> {
        let second = match reading.into().checked() {
            Ok(reading) => reading,
            Err(source) => return Err(SeriesError::Count { key: Box::new(self.key), day, source }),
        };
        match self.days.insert(day, second) {
            Some(first) if first != second => {
                Err(SeriesError::Twice { key: Box::new(self.key), day, first, second })
            }
            _ => Ok(self),
        }
    }

    /// Adds what a day holds by the word of a vintage, which must be the series' own.
    ///
    /// ```
    /// # use delisted::downloads::{DownloadSeries, Metric, ReportingZone, SeriesKey, Count, Vintage};
    /// # use delisted::{AppId, Store, Territory};
    /// # let key = SeriesKey::new(AppId::new("wechat")?, Store::APP_STORE, Territory::new("US")?);
    /// let builder = DownloadSeries::builder(key, Metric::Total, ReportingZone::utc());
    /// let builder = builder.vintage(Vintage::new("panel 4.2"));
    /// let count = Count::from(27_000_u32);
    /// let refused = builder.reading_of("2020-09-18".parse()?, count, &Vintage::new("panel 5.0")).unwrap_err();
    /// assert_eq!(
    ///     refused.to_string(),
    ///     "wechat, app-store, US on 2020-09-18: a reading of `panel 5.0` in a series of `panel 4.2`: \
    ///      two versions never share a series",
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// - the vintage's source is not that of the series;
    /// - the day has another reading already.
    pub fn reading_of(
        mut self,
        day: Day,
        reading: impl Into<Reading>,
        vintage: &Vintage,
    ) -> Result<Self, SeriesError> {
        let own = self.vintage.as_ref().or(self.named.as_ref().map(|(_, named)| named));
        if let Some(own) = own.filter(|own| own.source() != vintage.source()) {
            let (first, second) = (own.source().to_owned(), vintage.source().to_owned());
            return Err(SeriesError::Vintage { key: Box::new(self.key), day, first, second });
        }
        self.named.get_or_insert_with(|| (day, vintage.clone()));
        self.reading(day, reading)
    }

    /// The series. Days between the first and the last that have no reading are missing.
    ///
    /// ```
    /// # use delisted::downloads::{DownloadSeries, Metric, ReportingZone, SeriesKey};
    /// # use delisted::{AppId, Store, Territory};
    /// # let key = SeriesKey::new(AppId::new("wechat")?, Store::APP_STORE, Territory::new("US")?);
    /// let builder = DownloadSeries::builder(key, Metric::Total, ReportingZone::utc());
    /// assert_eq!(
    ///     builder.clone().build().unwrap_err().to_string(),
    ///     "wechat, app-store, US: a series needs at least one day, and `0` were given",
    /// );
    /// let series = builder.count("2020-09-18".parse()?, 7)?.count("2020-09-20".parse()?, 9)?.build()?;
    /// assert_eq!(series.view().len(), 3, "the 19th is missing");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// - there are no readings;
    /// - a reading named a vintage, and the series states another or none;
    /// - the first and the last lie more than a century apart.
    pub fn build(self) -> Result<DownloadSeries, SeriesError> {
        self.check_vintage()?;
        let (Some((first, _)), Some((last, _))) = (self.days.first_key_value(), self.days.last_key_value())
        else {
            return Err(SeriesError::Empty { key: Box::new(self.key) });
        };
        let (first, last) = (*first, *last);
        let days = last.days_since(first).saturating_add(1);
        let span = usize::try_from(days).unwrap_or(0);
        if days > DownloadSeries::LONGEST {
            return Err(SeriesError::TooLong { key: Box::new(self.key), first, last, days });
        }
        let mut counts = vec![f64::NAN; span];
        let mut readings = Vec::new();
        for (day, reading) in self.days {
            match reading {
                Reading::Counted(count) => {
                    let place = usize::try_from(day.days_since(first)).ok().and_then(|at| counts.get_mut(at));
                    if let Some(place) = place {
                        *place = count.value();
                    }
                }
                Reading::Missing => {}
                other => readings.push((day, other)),
            }
        }
        let Self { key, metric, zone, vintage, .. } = self;
        Ok(DownloadSeries { key, metric, zone, vintage, first, counts, readings })
    }

    fn number<N>(self, day: Day, number: N) -> Result<Self, SeriesError>
    where
        Count: TryFrom<N, Error = CountError>,
    {
        match self.refunds.count(number) {
            Ok(count) => self.reading(day, count),
            Err(source) => Err(SeriesError::Count { key: Box::new(self.key), day, source }),
        }
    }

    /// Holds what the readings named against what the series states, which may have been stated after them.
    fn check_vintage(&self) -> Result<(), SeriesError> {
        let stated = self.vintage.as_ref().map(Vintage::source);
        match &self.named {
            Some((day, named)) if stated != Some(named.source()) => Err(SeriesError::Vintage {
                key: Box::new(self.key.clone()),
                day: *day,
                first: stated.unwrap_or("no vintage").to_owned(),
                second: named.source().to_owned(),
            }),
            _ => Ok(()),
        }
    }
}
