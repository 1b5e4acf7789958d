use std::{collections::BTreeSet, fmt};

use chrono::TimeDelta;

use crate::{
    Act, AppId, AsOf, Store, Subject, Territory,
    determination::{Determination, GroundStatus, Requirement},
    time::Dated,
};

/// What a source says held at one moment, for one app, in some stores, for some acts.
///
/// A field that is nothing is one of which the source does not speak, and is not compared.
///
/// ```
/// let wechat = delisted::cases::by_slug("wechat-2020")?;
/// let row = &wechat.rows()[0];
/// assert!(!row.sources.is_empty());
/// # Ok::<(), delisted::cases::CaseError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Row {
    /// The line of the truth file on which it starts, from 1.
    pub line: usize,
    /// The moment: an instant, or a day, which is asked at its last second.
    pub at: Dated,
    /// What had been recorded by then is all that the answer may use; nothing for all that is recorded.
    pub known_at: Option<Dated>,
    /// The app.
    pub app: AppId,
    /// The stores.
    pub stores: Vec<Store>,
    /// The territory.
    pub territory: Territory,
    /// The acts.
    pub acts: Vec<Act>,
    /// What the law requires, or that the source cannot tell.
    pub requirement: Option<Required>,
    /// How the first ground stands that commands or asks.
    pub ground: Option<FirstGround>,
    /// The marks on the answer: these and no others.
    pub marks: Option<BTreeSet<Mark>>,
    /// The word of the headline, as [`StoreStatus::as_str`](crate::StoreStatus::as_str) writes it.
    pub status: Option<&'static str>,
    /// Whether the app was seen to be offered for download.
    pub listed: Option<Listed>,
    /// Whether the acts of the row were seen to be offered.
    pub offered: Option<Listed>,
    /// What the source says, in the words of whoever wrote the file.
    pub says: String,
    /// The pages on which it was read.
    pub sources: Vec<String>,
    /// Why the library answers otherwise, where it does and stands by it.
    pub disagreement: Option<Disagreement>,
}

/// Why the library's answer differs from what a source says.
///
/// ```
/// use delisted::cases::Disagreement;
///
/// let recorded = Disagreement {
///     why: "the page tells of the ruling a day before it was made".into(),
///     source: "https://example.org/ruling".into(),
///     on: Some(["ground"].into()),
/// };
/// assert!(recorded.why.contains("a day before"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disagreement {
    /// The reason, in the words of whoever wrote the file.
    pub why: String,
    /// The page that bears it out.
    pub source: String,
    /// The fields in which the two differ, these and no others; nothing where the file does not say.
    pub on: Option<BTreeSet<&'static str>>,
}

/// What a source says that the law requires.
///
/// ```
/// use delisted::{cases::Required, determination::Requirement};
///
/// assert_eq!(Required::Is(Requirement::Prohibited).to_string(), "prohibited");
/// assert_eq!(Required::Unknown.to_string(), "unknown");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Required {
    /// The source cannot tell.
    Unknown,
    /// It requires this.
    Is(Requirement),
}

impl Required {
    /// The word in truth files: that of the requirement, or `unknown`.
    ///
    /// ```
    /// use delisted::{cases::Required, determination::Requirement};
    ///
    /// assert_eq!(Required::Is(Requirement::Unrestricted).as_str(), "unrestricted");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Is(Requirement::Unrestricted) => "unrestricted",
            Self::Is(Requirement::Prohibited) => "prohibited",
            Self::Is(Requirement::Compelled) => "compelled",
            Self::Is(Requirement::Conflicting) => "conflicting",
        }
    }

    /// Whether an answer says the same. One that cannot be told is met only by an answer that is marked uncertain and
    /// may turn out to require something else.
    ///
    /// ```
    /// use delisted::{Act, Register, Store, Subject, cases::Required, determination::Requirement, time::instant};
    ///
    /// let subject = Subject::new("wechat".parse()?, Store::APP_STORE, "US".parse()?, Act::Download);
    /// let answer = Register::default().determine(&subject, instant("2020-09-22T00:00:00Z")?);
    /// assert!(Required::Is(Requirement::Unrestricted).is_met_by(&answer));
    /// assert!(!Required::Unknown.is_met_by(&answer), "the empty register is sure of it");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn is_met_by(self, answer: &Determination) -> bool {
        match self {
            Self::Is(requirement) => requirement == answer.requirement(),
            Self::Unknown => answer.uncertainty().is_some_and(|it| {
                it.alternatives().iter().any(|other| other.requirement() != answer.requirement())
            }),
        }
    }
}

impl fmt::Display for Required {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// How the first ground of an answer stands that commands or asks.
///
/// ```
/// use delisted::{cases::FirstGround, determination::GroundStatus};
///
/// assert_eq!(FirstGround::Stands(GroundStatus::Enjoined).to_string(), "enjoined");
/// assert_eq!(FirstGround::None.to_string(), "none");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FirstGround {
    /// No ground commands or asks.
    None,
    /// There is one, and it stands so.
    Stands(GroundStatus),
}

impl FirstGround {
    /// The first ground of an answer that commands or asks.
    ///
    /// ```
    /// use delisted::{Act, Register, Store, Subject, cases::FirstGround, time::instant};
    ///
    /// let subject = Subject::new("wechat".parse()?, Store::APP_STORE, "US".parse()?, Act::Download);
    /// let answer = Register::default().determine(&subject, instant("2020-09-22T00:00:00Z")?);
    /// assert_eq!(FirstGround::of(&answer), FirstGround::None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn of(answer: &Determination) -> Self {
        let first = answer.grounds().iter().find(|ground| ground.role().is_clause());
        first.map_or(Self::None, |ground| Self::Stands(ground.status()))
    }

    /// The word in truth files: [`GroundStatus::as_str`], or `none`.
    ///
    /// ```
    /// use delisted::{cases::FirstGround, determination::GroundStatus};
    ///
    /// assert_eq!(FirstGround::Stands(GroundStatus::NotBinding).as_str(), "not_binding");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Stands(status) => status.as_str(),
        }
    }
}

impl fmt::Display for FirstGround {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A mark on an answer.
///
/// ```
/// assert_eq!(delisted::cases::Mark::UnderAppeal.as_str(), "under-appeal");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Mark {
    /// All that makes the requirement is declared not to be enforced.
    Unenforced,
    /// It holds in a part of the territory only.
    InPart,
    /// An appeal is open that could change it.
    UnderAppeal,
    /// A time on which it turns is not known closely enough.
    Uncertain,
}

impl Mark {
    /// All marks, in the order in which they are listed.
    ///
    /// ```
    /// assert_eq!(delisted::cases::Mark::ALL.len(), 4);
    /// ```
    pub const ALL: [Self; 4] = [Self::Unenforced, Self::InPart, Self::UnderAppeal, Self::Uncertain];

    /// The word in truth files.
    ///
    /// ```
    /// assert_eq!(delisted::cases::Mark::InPart.as_str(), "in-part");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unenforced => "unenforced",
            Self::InPart => "in-part",
            Self::UnderAppeal => "under-appeal",
            Self::Uncertain => "uncertain",
        }
    }

    /// The marks on an answer.
    ///
    /// ```
    /// use delisted::{Act, Register, Store, Subject, cases::Mark, time::instant};
    ///
    /// let subject = Subject::new("wechat".parse()?, Store::APP_STORE, "US".parse()?, Act::Download);
    /// let answer = Register::default().determine(&subject, instant("2020-09-22T00:00:00Z")?);
    /// assert!(Mark::of(&answer).is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn of(answer: &Determination) -> BTreeSet<Self> {
        let holds = |mark: &Self| match mark {
            Self::Unenforced => answer.is_unenforced(),
            Self::InPart => answer.is_in_part(),
            Self::UnderAppeal => answer.is_under_appeal(),
            Self::Uncertain => answer.uncertainty().is_some(),
        };
        Self::ALL.into_iter().filter(holds).collect()
    }
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Whether an app, or an act with it, was offered, as far as anybody saw.
///
/// ```
/// assert_eq!(delisted::cases::Listed::Yes.to_string(), "true");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Listed {
    /// It was.
    Yes,
    /// It was not.
    No,
    /// Nobody looked, or what was seen does not say.
    Unknown,
}

impl Listed {
    /// The word in truth files.
    ///
    /// ```
    /// assert_eq!(delisted::cases::Listed::Unknown.as_str(), "unknown");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Yes => "true",
            Self::No => "false",
            Self::Unknown => "unknown",
        }
    }
}

impl From<Option<bool>> for Listed {
    fn from(offered: Option<bool>) -> Self {
        match offered {
            Some(true) => Self::Yes,
            Some(false) => Self::No,
            None => Self::Unknown,
        }
    }
}

impl fmt::Display for Listed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl Row {
    /// The time of the question: the instant, or the last second of the day, from what was known.
    ///
    /// ```
    /// let wechat = delisted::cases::by_slug("wechat-2020")?;
    /// for row in wechat.rows().iter().filter(|row| row.at.is_day()) {
    ///     let left = row.at.as_end() - row.as_of().effective();
    ///     assert_eq!(left.num_seconds(), 1);
    /// }
    /// # Ok::<(), delisted::cases::CaseError>(())
    /// ```
    #[must_use]
    pub fn as_of(&self) -> AsOf {
        let end = self.at.as_end();
        let last = end.checked_sub_signed(TimeDelta::seconds(1)).filter(|_| self.at.is_day());
        let as_of = AsOf::from(last.unwrap_or(end));
        match &self.known_at {
            Some(known) => as_of.known_at(known.as_record()),
            None => as_of,
        }
    }

    /// The questions that it asks: each of its stores with each of its acts.
    ///
    /// ```
    /// let wechat = delisted::cases::by_slug("wechat-2020")?;
    /// let row = &wechat.rows()[0];
    /// assert_eq!(row.subjects().count(), row.stores.len() * row.acts.len());
    /// # Ok::<(), delisted::cases::CaseError>(())
    /// ```
    pub fn subjects(&self) -> impl Iterator<Item = Subject> {
        self.stores.iter().flat_map(|store| {
            self.acts
                .iter()
                .map(|act| Subject::new(self.app.clone(), store.clone(), self.territory.clone(), *act))
        })
    }
}
