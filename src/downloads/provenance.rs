use std::{fmt, str::FromStr};

use chrono::{DateTime, Utc};
use thiserror::Error;

#[cfg(feature = "zones")]
use super::Day;
use crate::error::Suggestion;
#[cfg(feature = "zones")]
use crate::time::{TimeError, civil};

/// What is counted.
///
/// ```
/// use delisted::downloads::Metric;
///
/// assert_eq!("first-downloads".parse(), Ok(Metric::FirstDownloads));
/// assert_eq!(Metric::Total.to_string(), "total");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "String", into = "String"))]
#[non_exhaustive]
pub enum Metric {
    /// Downloads by users who never had the app: new demand.
    FirstDownloads,
    /// Downloads by users who had it before.
    Redownloads,
    /// Installs of a newer version over an older one: no demand at all.
    Updates,
    /// All of them in one number.
    Total,
}

/// Why a text names no metric.
///
/// ```
/// use delisted::downloads::Metric;
///
/// assert_eq!(
///     "update".parse::<Metric>().unwrap_err().to_string(),
///     "unknown metric `update`: the metrics are first-downloads, redownloads, updates and total; \
///      did you mean `updates`?",
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error(
    "unknown metric `{text}`: the metrics are first-downloads, redownloads, updates and total{suggestion}"
)]
pub struct MetricError {
    text: String,
    suggestion: Suggestion,
}

impl Metric {
    const ALL: [Self; 4] = [Self::FirstDownloads, Self::Redownloads, Self::Updates, Self::Total];

    fn name(self) -> &'static str {
        match self {
            Self::FirstDownloads => "first-downloads",
            Self::Redownloads => "redownloads",
            Self::Updates => "updates",
            Self::Total => "total",
        }
    }
}

impl fmt::Display for Metric {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Metric {
    type Err = MetricError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|metric| metric.name() == text).ok_or_else(|| MetricError {
            text: text.to_owned(),
            suggestion: Suggestion::among(text, Self::ALL.map(Self::name)),
        })
    }
}

impl TryFrom<String> for Metric {
    type Error = MetricError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Metric> for String {
    fn from(metric: Metric) -> Self {
        metric.to_string()
    }
}

/// Whose numbers they are, by which version of their model, and when they were read.
///
/// Estimates of two model versions are two measurements, and never share a series.
///
/// ```
/// use delisted::{downloads::Vintage, time::instant};
///
/// let vintage = Vintage::new("vendor, model v3").observed_at(instant("2021-07-01T00:00:00Z")?);
/// assert_eq!(vintage.source(), "vendor, model v3");
/// # Ok::<(), delisted::time::TimeError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "Written", into = "Written"))]
pub struct Vintage {
    source: String,
    observed_at: Option<DateTime<Utc>>,
}

impl Vintage {
    /// The vintage of a source, with its model version where it has one.
    ///
    /// ```
    /// assert_eq!(delisted::downloads::Vintage::new("store console").source(), "store console");
    /// ```
    #[must_use]
    pub fn new(source: impl Into<String>) -> Self {
        Self { source: source.into(), observed_at: None }
    }

    /// The same vintage, read at an instant: late data change what earlier days say.
    ///
    /// ```
    /// use delisted::{downloads::Vintage, time::instant};
    ///
    /// let at = instant("2021-07-01T00:00:00Z")?;
    /// assert_eq!(Vintage::new("store console").observed_at(at).observation(), Some(at));
    /// # Ok::<(), delisted::time::TimeError>(())
    /// ```
    #[must_use]
    pub fn observed_at(self, instant: DateTime<Utc>) -> Self {
        Self { observed_at: Some(instant), ..self }
    }

    /// The source and its model version.
    ///
    /// ```
    /// assert_eq!(delisted::downloads::Vintage::new("store console").source(), "store console");
    /// ```
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// When the numbers were read, if that is known.
    ///
    /// ```
    /// assert_eq!(delisted::downloads::Vintage::new("store console").observation(), None);
    /// ```
    #[must_use]
    pub fn observation(&self) -> Option<DateTime<Utc>> {
        self.observed_at
    }
}

impl fmt::Display for Vintage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.source)
    }
}

/// A vintage as files state it: its instant is a text, and comes back through [`crate::time::instant`].
#[cfg(feature = "serde")]
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    source: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    observed_at: Option<String>,
}

#[cfg(feature = "serde")]
impl TryFrom<Written> for Vintage {
    type Error = crate::time::TimeError;

    fn try_from(written: Written) -> Result<Self, Self::Error> {
        let observed_at = written.observed_at.as_deref().map(crate::time::instant).transpose()?;
        Ok(Self { source: written.source, observed_at })
    }
}

#[cfg(feature = "serde")]
impl From<Vintage> for Written {
    fn from(vintage: Vintage) -> Self {
        Self { source: vintage.source, observed_at: vintage.observed_at.map(crate::time::text) }
    }
}

/// The zone whose midnights part the days of a series.
///
/// It is a field of every series and never a setting of the whole: stores report in Pacific time, in UTC, or in the
/// zone of a contract.
///
/// ```
/// use delisted::downloads::ReportingZone;
///
/// assert_eq!(ReportingZone::utc().to_string(), "UTC");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReportingZone(String);

impl ReportingZone {
    /// Days of UTC.
    ///
    /// ```
    /// assert_eq!(delisted::downloads::ReportingZone::utc().to_string(), "UTC");
    /// ```
    #[must_use]
    pub fn utc() -> Self {
        Self("UTC".to_owned())
    }

    /// Days of a zone of the IANA list.
    ///
    /// ```
    /// use delisted::downloads::ReportingZone;
    ///
    /// assert!(ReportingZone::iana("America/Los_Angeles").is_ok());
    /// assert!(ReportingZone::iana("Pacific").is_err());
    /// ```
    ///
    /// # Errors
    ///
    /// - the zone is not in the IANA list.
    #[cfg(feature = "zones")]
    pub fn iana(name: &str) -> Result<Self, TimeError> {
        civil::zone_name(name).map(|name| Self(name.to_owned()))
    }

    /// How many hours a day had in the zone: 24 but for the days on which clocks are changed, and 0 for a day that the
    /// zone skipped when it crossed the date line, as Samoa did 30 December 2011.
    ///
    /// ```
    /// use delisted::downloads::ReportingZone;
    ///
    /// let pacific = ReportingZone::iana("America/Los_Angeles")?;
    /// assert_eq!(pacific.hours_of("2021-03-14".parse()?), 23.0);
    /// assert_eq!(pacific.hours_of("2021-11-07".parse()?), 25.0);
    /// assert_eq!(pacific.hours_of("2021-06-17".parse()?), 24.0);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[cfg(feature = "zones")]
    #[must_use]
    pub fn hours_of(&self, day: Day) -> f64 {
        // The name was checked, and every day lies in the zone's calendar: the other branch is not reached.
        civil::seconds_of(day.into(), &self.0).map_or(24.0, |seconds| f64::from(seconds) / 3_600.0)
    }
}

impl fmt::Display for ReportingZone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

#[cfg(all(test, feature = "zones"))]
mod tests {
    #![allow(clippy::unwrap_used, clippy::float_cmp, reason = "tests stop at the first surprise")]

    use super::ReportingZone;
    use crate::downloads::Day;

    fn hours(zone: &str, day: &str) -> f64 {
        ReportingZone::iana(zone).unwrap().hours_of(day.parse().unwrap())
    }

    #[test]
    fn a_day_on_which_clocks_change_is_shorter_or_longer() {
        let table = [
            ("America/Los_Angeles", "2021-03-13", 24.0),
            ("America/Los_Angeles", "2021-03-14", 23.0),
            ("America/Los_Angeles", "2021-03-15", 24.0),
            ("America/Los_Angeles", "2021-11-07", 25.0),
            ("UTC", "2021-03-14", 24.0),
            ("UTC", "2021-11-07", 24.0),
            ("Asia/Kolkata", "2021-03-14", 24.0),
            ("Australia/Lord_Howe", "2021-04-04", 24.5),
            ("Australia/Lord_Howe", "2021-10-03", 23.5),
            // Clocks went forward at midnight, so that the day began at one o'clock.
            ("America/Sao_Paulo", "2018-11-04", 23.0),
            // Clocks went back at midnight, so that the last hour of the evening before came twice.
            ("America/Sao_Paulo", "2018-02-17", 25.0),
            ("Pacific/Apia", "2011-12-30", 0.0),
        ];
        for (zone, day, expected) in table {
            assert_eq!(hours(zone, day), expected, "{zone}, {day}");
        }
    }

    #[test]
    fn the_calendar_has_hours_up_to_its_ends() {
        let ends = [Day::from_ymd(0, 1, 1).unwrap(), Day::from_ymd(9999, 12, 31).unwrap()];
        for day in ends {
            assert_eq!(ReportingZone::iana("America/Los_Angeles").unwrap().hours_of(day), 24.0);
        }
    }

    #[test]
    fn an_unknown_zone_is_refused_with_a_guess() {
        assert_eq!(
            ReportingZone::iana("America/Los_Angelos").unwrap_err().to_string(),
            "`America/Los_Angelos` is not an IANA zone; did you mean `America/Los_Angeles`?"
        );
        assert_eq!(ReportingZone::iana("UTC").unwrap(), ReportingZone::utc());
    }

    #[cfg(feature = "file")]
    #[test]
    fn a_vintage_is_read_back_with_the_instant_it_was_observed_at() {
        use super::Vintage;

        let plain = Vintage::new("store console");
        assert_eq!(serde_json::to_string(&plain).unwrap(), r#"{"source":"store console"}"#);
        let text = r#"{"source":"vendor, model v3","observed_at":"2021-07-01T00:00:00Z"}"#;
        let vintage: Vintage = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&vintage).unwrap(), text);
        let refused =
            serde_json::from_str::<Vintage>(r#"{"source":"v","observed_at":"2021-07-01"}"#).unwrap_err();
        assert!(refused.to_string().starts_with("`2021-07-01` is not an instant"), "{refused}");
        assert!(serde_json::from_str::<Vintage>(r#"{"source":"v","model":"3"}"#).is_err());
    }
}
