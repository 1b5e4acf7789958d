//! Civil times in their IANA zone.
//!
//! A *civil time* is what a clock on the wall of a court or an agency showed. It is not an instant until
//! its zone is named, and twice a year it may be no instant or two: when clocks go forward an hour is
//! skipped, when they go back one is repeated. Both are typed outcomes here, never a guess.
//!
//! Essential items: [`parse`] for the forms that register files use, and [`Resolved`].
//!
//! ```
//! use delisted::time::{TimeError, civil, instant};
//!
//! let effect = civil::parse("2020-09-20T23:59:00[America/New_York]")?;
//! assert_eq!(effect.as_start(), instant("2020-09-21T03:59:00Z")?);
//!
//! let twice = civil::parse("2020-11-01T01:30:00[America/New_York]");
//! assert!(matches!(twice, Err(TimeError::Repeated { .. })));
//! let first = civil::parse("2020-11-01T01:30:00-04:00[America/New_York]")?;
//! assert_eq!(first.as_start(), instant("2020-11-01T05:30:00Z")?);
//! # Ok::<(), TimeError>(())
//! ```

use chrono::{
    DateTime, Days, FixedOffset, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, Offset, SecondsFormat,
    TimeDelta, TimeZone, Utc,
};
use chrono_tz::{TZ_VARIANTS, Tz};

use super::{Dated, TimeError, instant};
use crate::error::Suggestion;

/// What a civil time is in its zone: one instant, none, or two.
///
/// ```
/// use delisted::time::{civil::{Resolved, resolve}, instant};
///
/// let zone = "America/New_York";
/// let fold = resolve("2020-11-01T01:30:00".parse()?, zone)?;
/// assert_eq!(
///     fold,
///     Resolved::Repeated {
///         earlier: instant("2020-11-01T05:30:00Z")?,
///         later: instant("2020-11-01T06:30:00Z")?,
///     },
/// );
/// let gap = resolve("2020-03-08T02:30:00".parse()?, zone)?;
/// assert_eq!(gap, Resolved::Skipped { at: instant("2020-03-08T07:00:00Z")? });
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resolved {
    /// The civil time occurred once.
    Once(DateTime<Utc>),
    /// The civil time did not occur; clocks were put forward at this instant.
    Skipped {
        /// The instant at which clocks were put forward.
        at: DateTime<Utc>,
    },
    /// The civil time occurred twice, since clocks were put back.
    Repeated {
        /// Its first occurrence.
        earlier: DateTime<Utc>,
        /// Its second occurrence.
        later: DateTime<Utc>,
    },
}

/// Finds the instant, or the two, or none, of a civil time in an IANA zone.
///
/// ```
/// use delisted::time::{civil::{Resolved, resolve}, instant};
///
/// let noon = resolve("2020-09-20T12:00:00".parse()?, "Asia/Kolkata")?;
/// assert_eq!(noon, Resolved::Once(instant("2020-09-20T06:30:00Z")?));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// - the zone is not in the IANA list;
/// - the civil time is so far off that its instant cannot be written.
pub fn resolve(civil: NaiveDateTime, zone: &str) -> Result<Resolved, TimeError> {
    let zone = zone_named(zone)?;
    match zone.from_local_datetime(&civil) {
        LocalResult::Single(time) => Ok(Resolved::Once(time.to_utc())),
        LocalResult::Ambiguous(one, other) => Ok(Resolved::Repeated {
            earlier: one.to_utc().min(other.to_utc()),
            later: one.to_utc().max(other.to_utc()),
        }),
        LocalResult::None => jump(civil, zone)
            .map(|at| Resolved::Skipped { at })
            .ok_or_else(|| TimeError::NotATime { text: civil.to_string() }),
    }
}

/// Reads a time in one of the forms that register files use.
///
/// - an instant: `2020-09-21T03:59:00Z`, `2020-09-20T23:59:00-04:00`;
/// - a civil time with its zone: `2020-09-20T23:59:00[America/New_York]`, where a repeated hour needs its
///   offset, `2020-11-01T01:30:00-04:00[America/New_York]`;
/// - a whole day with its zone: `2020-09-20[America/New_York]`;
/// - a time known only within bounds, two of these with `..` between and the zone once, at the end:
///   `2021-01-20..2021-02-28[America/Los_Angeles]` from the first day's first second to the last day's last,
///   `2020-09-19..2020-09-19[America/Los_Angeles]` where only the day is known; one bound may be left out.
///
/// ```
/// use delisted::time::{civil, instant};
///
/// let day = civil::parse("2021-06-16[America/New_York]")?;
/// assert_eq!(day.as_start(), instant("2021-06-16T04:00:00Z")?);
/// assert_eq!(day.to_string(), "2021-06-16[America/New_York]");
/// # Ok::<(), delisted::time::TimeError>(())
/// ```
///
/// # Errors
///
/// - the text has none of these forms, names no date of the calendar, or lies outside the years 0 to 9999;
/// - it has no zone, or one that is not in the IANA list;
/// - the civil time was skipped, or occurred twice and has no offset;
/// - the offset is not one that the zone had then;
/// - the later bound is not after the earlier one.
pub fn parse(text: &str) -> Result<Dated, TimeError> {
    let dated = if text.contains("..") { bounds(text) } else { read(text) }?;
    if dated.is_writable() { Ok(dated) } else { Err(TimeError::NotATime { text: text.to_owned() }) }
}

/// Reads a time known only within bounds.
fn bounds(text: &str) -> Result<Dated, TimeError> {
    let not_a_time = || TimeError::NotATime { text: text.to_owned() };
    let (both, zone) = match text.strip_suffix(']').and_then(|text| text.split_once('[')) {
        Some((both, zone)) => (both, format!("[{zone}]")),
        None => (text, String::new()),
    };
    let (earliest, latest) = both.split_once("..").ok_or_else(not_a_time)?;
    let bound = |bound: &str| match bound {
        "" => Ok(None),
        bound if bound.contains("..") => Err(not_a_time()),
        bound => read(&format!("{bound}{zone}")).map(Some),
    };
    let dated = match (bound(earliest)?, bound(latest)?) {
        (Some(earliest), Some(latest)) => {
            Dated::between(earliest.earliest(), last_second(&latest)).map_err(|_| TimeError::NotBetween {
                earliest: earliest.to_string(),
                latest: latest.to_string(),
            })?
        }
        (Some(earliest), None) => Dated::at_the_earliest(earliest.earliest()),
        (None, Some(latest)) => Dated::at_the_latest(last_second(&latest)),
        (None, None) => return Err(not_a_time()),
    };
    Ok(dated.spelled(text))
}

/// The instant itself, or the last second of the day: by then the day's events have happened, and the next day's not.
fn last_second(bound: &Dated) -> DateTime<Utc> {
    let latest = bound.latest();
    if bound.is_day() { latest.checked_sub_signed(TimeDelta::seconds(1)).unwrap_or(latest) } else { latest }
}

fn read(text: &str) -> Result<Dated, TimeError> {
    let Some((civil, zone)) = text.strip_suffix(']').and_then(|text| text.split_once('[')) else {
        return without_zone(text);
    };
    if let Ok(date) = plain_date(civil) {
        return day(date, zone, text);
    }
    if let Ok(at) = plain_time(civil) {
        return match resolve(at, zone)? {
            Resolved::Once(at) => Ok(Dated::resolved(at, at, text)),
            Resolved::Skipped { at } => Err(skipped(text, zone_named(zone)?, at)),
            Resolved::Repeated { earlier, later } => Err(TimeError::Repeated {
                text: text.to_owned(),
                zone: zone.to_owned(),
                earlier: with_offset(earlier, zone_named(zone)?),
                later: with_offset(later, zone_named(zone)?),
            }),
        };
    }
    let at = instant(civil).map_err(|_| TimeError::NotATime { text: text.to_owned() })?;
    checked_offset(civil, at, zone_named(zone)?, text)
}

/// Reads an instant with its offset, and tells a time without a zone from what is no time at all.
fn without_zone(text: &str) -> Result<Dated, TimeError> {
    if let Ok(at) = instant(text) {
        return Ok(Dated::from(at));
    }
    if plain_date(text).is_ok() || plain_time(text).is_ok() {
        return Err(TimeError::NoZone { text: text.to_owned() });
    }
    Err(TimeError::NotATime { text: text.to_owned() })
}

/// The strict forms only: chrono alone would accept `2020-9-1` and `+2020-09-01`.
fn plain_date(text: &str) -> Result<NaiveDate, chrono::ParseError> {
    let date = NaiveDate::parse_from_str(text, "%Y-%m-%d")?;
    if date.format("%Y-%m-%d").to_string() == text { Ok(date) } else { "".parse() }
}

fn plain_time(text: &str) -> Result<NaiveDateTime, chrono::ParseError> {
    let time = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S")?;
    if time.format("%Y-%m-%dT%H:%M:%S").to_string() == text { Ok(time) } else { "".parse() }
}

/// The whole day in its zone; where midnight was skipped or repeated, the day's first and last instants all the same.
fn day(date: NaiveDate, zone: &str, text: &str) -> Result<Dated, TimeError> {
    let (first, next) = midnights(date, zone)?;
    if first == next {
        // A zone that crossed the date line skipped the whole day, as Samoa did on 30 December 2011.
        return Err(skipped(text, zone_named(zone)?, first));
    }
    Ok(Dated::resolved(first, next, text))
}

/// The first instant of a day in its zone, and that of the next; one and the same where the zone skipped the day.
fn midnights(date: NaiveDate, zone: &str) -> Result<(DateTime<Utc>, DateTime<Utc>), TimeError> {
    let midnight = |date: NaiveDate| -> Result<DateTime<Utc>, TimeError> {
        Ok(match resolve(date.and_time(NaiveTime::MIN), zone)? {
            Resolved::Once(at) | Resolved::Skipped { at } | Resolved::Repeated { earlier: at, .. } => at,
        })
    };
    let next = date.checked_add_days(Days::new(1)).ok_or(TimeError::NoNextDay { day: date })?;
    Ok((midnight(date)?, midnight(next)?))
}

/// How many seconds a day has in its zone: 86,400 but where clocks change; 0 where the zone skipped it.
pub(crate) fn seconds_of(date: NaiveDate, zone: &str) -> Result<u32, TimeError> {
    let (first, next) = midnights(date, zone)?;
    u32::try_from(next.signed_duration_since(first).num_seconds())
        .map_err(|_| TimeError::NotATime { text: date.to_string() })
}

/// The name as the IANA list has it, where it has it.
pub(crate) fn zone_name(name: &str) -> Result<&'static str, TimeError> {
    zone_named(name).map(Tz::name)
}

fn checked_offset(civil: &str, at: DateTime<Utc>, zone: Tz, text: &str) -> Result<Dated, TimeError> {
    let there = at.with_timezone(&zone);
    let stated = DateTime::parse_from_rfc3339(civil).map(|time| *time.offset());
    if stated.is_ok_and(|stated| stated == there.offset().fix()) {
        return Ok(Dated::resolved(at, at, text));
    }
    let offset = stated.map_or_else(|_| String::new(), |stated| stated.to_string());
    Err(TimeError::OffsetMismatch {
        text: text.to_owned(),
        offset,
        zone: zone.name().to_owned(),
        actual: there.offset().fix().to_string(),
    })
}

fn zone_named(name: &str) -> Result<Tz, TimeError> {
    name.parse().map_err(|_| TimeError::UnknownZone {
        zone: name.to_owned(),
        suggestion: Suggestion::among(name, TZ_VARIANTS.iter().map(|zone| zone.name())),
    })
}

fn skipped(text: &str, zone: Tz, at: DateTime<Utc>) -> TimeError {
    let last = at.checked_sub_signed(TimeDelta::seconds(1)).unwrap_or(at);
    TimeError::Skipped {
        text: text.to_owned(),
        zone: zone.name().to_owned(),
        before: with_offset(last, zone),
        after: with_offset(at, zone),
    }
}

fn with_offset(at: DateTime<Utc>, zone: Tz) -> String {
    let there = at.with_timezone(&zone);
    let fixed: DateTime<FixedOffset> = there.with_timezone(&there.offset().fix());
    format!("{}[{}]", fixed.to_rfc3339_opts(SecondsFormat::AutoSi, false), zone.name())
}

/// The instant at which `zone` jumped over `civil`, found by halving the two days around it.
fn jump(civil: NaiveDateTime, zone: Tz) -> Option<DateTime<Utc>> {
    let local =
        |seconds: i64| DateTime::from_timestamp(seconds, 0).map(|at| at.with_timezone(&zone).naive_local());
    let middle = civil.and_utc().timestamp();
    let (mut before, mut after) = (middle.checked_sub(172_800)?, middle.checked_add(172_800)?);
    while after.checked_sub(before)? > 1 {
        let half = before.midpoint(after);
        if local(half)? <= civil { before = half } else { after = half }
    }
    DateTime::from_timestamp(after, 0)
}
