use std::{collections::BTreeSet, fmt, str::FromStr};

use crate::{
    AppId, CategoryId, Territory,
    downloads::{Metric, MetricError, Window, wording},
    market::{Coverage, TerritoryError},
};

/// What a claim counts the downloads of.
///
/// ```
/// use delisted::downloads::claim::About;
///
/// assert_eq!(About::App("wechat".parse()?).to_string(), "wechat");
/// let three = ["roposo", "zili", "dubsmash"].map(|app| app.parse());
/// let together = About::Together(three.into_iter().collect::<Result<_, _>>()?);
/// assert_eq!(together.to_string(), "dubsmash, roposo and zili together");
/// # Ok::<(), delisted::id::IdError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum About {
    /// One app.
    App(AppId),
    /// Several apps added up.
    Together(BTreeSet<AppId>),
    /// A class of apps added up, whose members the claim does not name.
    Class(CategoryId),
}

impl fmt::Display for About {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::App(app) => write!(f, "{app}"),
            Self::Together(apps) => write!(f, "{} together", wording::claims::all(apps)),
            Self::Class(class) => write!(f, "apps of the class {class}"),
        }
    }
}

/// Where the downloads were counted.
///
/// ```
/// use delisted::downloads::claim::Place;
///
/// assert_eq!("world".parse(), Ok(Place::World));
/// assert_eq!("US".parse::<Place>()?.to_string(), "US");
/// # Ok::<(), delisted::market::TerritoryError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// In one territory.
    In(Territory),
    /// In all of them.
    World,
}

impl Place {
    /// Whether all of another place lies in this one.
    ///
    /// ```
    /// use delisted::downloads::claim::Place;
    ///
    /// let [us, montana] = ["US", "US-MT"].map(|place| place.parse::<Place>());
    /// assert!(us.clone()?.covers(&montana?) && Place::World.covers(&us?));
    /// # Ok::<(), delisted::market::TerritoryError>(())
    /// ```
    #[must_use]
    pub fn covers(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::World, _) => true,
            (Self::In(_), Self::World) => false,
            (Self::In(whole), Self::In(part)) => whole.coverage_of(part) == Coverage::Whole,
        }
    }
}

impl FromStr for Place {
    type Err = TerritoryError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == "world" { Ok(Self::World) } else { text.parse().map(Self::In) }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::In(territory) => write!(f, "{territory}"),
            Self::World => f.write_str("world"),
        }
    }
}

/// What the number of a claim is a number of.
///
/// ```
/// use delisted::downloads::{Metric, claim::Measured};
///
/// assert_eq!("downloads".parse(), Ok(Measured::Downloads));
/// assert_eq!("first-downloads".parse(), Ok(Measured::Exactly(Metric::FirstDownloads)));
/// assert_eq!(Measured::Other("daily active users".to_owned()).to_string(), "daily active users");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measured {
    /// Downloads or installs, as the vendor counts them; which of them, the claim does not say.
    Downloads,
    /// Downloads of one kind, which the claim names.
    Exactly(Metric),
    /// Something else, in its own words: ratings, ranks, users, sign-ups. It is compared with nothing.
    Other(String),
}

impl FromStr for Measured {
    type Err = MetricError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == "downloads" { Ok(Self::Downloads) } else { text.parse().map(Self::Exactly) }
    }
}

impl fmt::Display for Measured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Downloads => f.write_str("downloads"),
            Self::Exactly(metric) => f.write_str(&wording::claims::metric(*metric)),
            Self::Other(words) => f.write_str(words),
        }
    }
}

/// Whether the number of a claim is that of its whole window, or an average within it.
///
/// ```
/// use delisted::downloads::claim::Per;
///
/// assert_eq!(Per::default(), Per::Window);
/// assert_eq!(Per::Day.to_string(), "a day");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Per {
    /// All of its window.
    #[default]
    Window,
    /// An average day.
    Day,
    /// An average hour.
    Hour,
}

impl fmt::Display for Per {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Window => "in all",
            Self::Day => "a day",
            Self::Hour => "an hour",
        })
    }
}

/// What a claim compares its window with.
///
/// ```
/// use delisted::downloads::claim::Against;
///
/// let weekend = "2020-09-18..2020-09-19".parse()?;
/// let days = |against: Against| against.days(weekend).map(|days| days.to_string());
/// assert_eq!(days(Against::WeekEarlier).as_deref(), Some("2020-09-11..2020-09-12"));
/// assert_eq!(days(Against::Before).as_deref(), Some("2020-09-16..2020-09-17"));
/// assert_eq!(days(Against::Words("its usual rate".to_owned())), None);
/// # Ok::<(), delisted::downloads::WindowError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Against {
    /// The same days a week earlier, or as many whole weeks as the window is long.
    WeekEarlier,
    /// As many days, right before it.
    Before,
    /// Days of its own.
    Days(Window),
    /// Something that its words do not pin to days.
    Words(String),
}

impl Against {
    /// The days compared with, for a claim about a window; none where its words do not pin them, or the calendar ends.
    ///
    /// ```
    /// use delisted::downloads::claim::Against;
    ///
    /// let friday = "2020-09-18".parse()?;
    /// assert_eq!(Against::Before.days(friday), Some("2020-09-17".parse()?));
    /// assert_eq!(Against::Days(friday).days("2020-09-25".parse()?), Some(friday));
    /// # Ok::<(), delisted::downloads::WindowError>(())
    /// ```
    #[must_use]
    pub fn days(&self, window: Window) -> Option<Window> {
        let length = i32::try_from(window.len().get()).ok()?;
        let back = match self {
            Self::WeekEarlier => length.saturating_add(6).saturating_div(7).saturating_mul(7),
            Self::Before => length,
            Self::Days(days) => return Some(*days),
            Self::Words(_) => return None,
        };
        let earlier = |day: crate::downloads::Day| day.checked_add(back.saturating_neg());
        Window::of_days(earlier(window.first())?, earlier(window.last())?).ok()
    }
}

impl fmt::Display for Against {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WeekEarlier => f.write_str("the same days a week earlier"),
            Self::Before => f.write_str("as many days right before"),
            Self::Days(days) => write!(f, "{days}"),
            Self::Words(words) => f.write_str(words),
        }
    }
}
