use std::{collections::BTreeSet, fmt};

use thiserror::Error;

use super::{About, Against, Change, Figure, Interval, Measured, Per, Place, Reading};
use crate::{
    ClaimId, Store,
    downloads::{Day, Window, wording},
};

/// A published statement of how many downloads there were, or of how far they rose or fell.
///
/// What the publisher did not say is `None`, or an empty set, and is never filled in.
///
/// ```
/// use delisted::downloads::claim::{About, Against, Claim, Figures};
///
/// let figures = Figures::of_change("28 times".parse()?).with_count("54,000".parse()?);
/// let mut claim = Claim::new("weekend".parse()?, About::App("wechat".parse()?), figures);
/// claim.window = Some("2020-09-18..2020-09-19".parse()?);
/// claim.against = Some(Against::WeekEarlier);
/// assert_eq!(
///     claim.implied().map(|baseline| baseline.to_string()).collect::<Vec<_>>(),
///     ["1,877 to 1,982"],
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Its name, by which comparisons speak of it.
    pub id: ClaimId,
    /// The app or apps.
    pub about: About,
    /// The numbers.
    pub figures: Figures,
    /// What they are numbers of: downloads, unless it says otherwise.
    pub measured: Measured,
    /// Whether they are those of the whole window, or averages within it.
    pub per: Per,
    /// Who counted or estimated.
    pub vendor: Option<String>,
    /// Who published it, where that was not the vendor.
    pub via: Option<String>,
    /// The stores that were counted together.
    pub stores: BTreeSet<Store>,
    /// Where they were counted.
    pub place: Option<Place>,
    /// The days that were counted.
    pub window: Option<Window>,
    /// What they are compared with.
    pub against: Option<Against>,
    /// The day it was said.
    pub said: Option<Day>,
    /// What it says, in words of one's own.
    pub says: String,
    /// The pages on which it was read.
    pub sources: Vec<String>,
}

/// The numbers of a claim: a count, how far it changed, and the count that it is compared with, of which one at least
/// was published.
///
/// ```
/// use delisted::downloads::claim::Figures;
///
/// let figures = Figures::of_count("54,000".parse()?).with_baseline("1,900".parse()?);
/// assert_eq!(figures.multiple().map(|multiple| multiple.to_string()).as_deref(), Some("27.4 to 29.5"));
/// # Ok::<(), delisted::downloads::claim::FigureError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Figures {
    count: Option<Figure>,
    change: Option<Change>,
    baseline: Option<Figure>,
}

/// Why three figures are none.
///
/// ```
/// use delisted::downloads::claim::{Figures, NoFigures};
///
/// assert_eq!(Figures::new(None, None, None), Err(NoFigures));
/// assert_eq!(NoFigures.to_string(), "nothing is claimed; give it a count, a change or a baseline");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("nothing is claimed; give it a count, a change or a baseline")]
pub struct NoFigures;

impl Figures {
    /// The figures that were published.
    ///
    /// ```
    /// use delisted::downloads::claim::Figures;
    ///
    /// let figures = Figures::new(None, Some("tripled".parse()?), None)?;
    /// assert_eq!(figures.count(), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// - there are none.
    pub fn new(
        count: Option<Figure>,
        change: Option<Change>,
        baseline: Option<Figure>,
    ) -> Result<Self, NoFigures> {
        if count.is_none() && change.is_none() && baseline.is_none() {
            return Err(NoFigures);
        }
        Ok(Self { count, change, baseline })
    }

    /// A count alone.
    ///
    /// ```
    /// use delisted::downloads::claim::Figures;
    ///
    /// assert_eq!(Figures::of_count("65,000".parse()?).change(), None);
    /// # Ok::<(), delisted::downloads::claim::FigureError>(())
    /// ```
    #[must_use]
    pub fn of_count(count: Figure) -> Self {
        Self { count: Some(count), change: None, baseline: None }
    }

    /// A change alone.
    ///
    /// ```
    /// use delisted::downloads::claim::Figures;
    ///
    /// assert_eq!(Figures::of_change("tripled".parse()?).baseline(), None);
    /// # Ok::<(), delisted::downloads::claim::ChangeError>(())
    /// ```
    #[must_use]
    pub fn of_change(change: Change) -> Self {
        Self { count: None, change: Some(change), baseline: None }
    }

    /// The same with a count.
    ///
    /// ```
    /// use delisted::downloads::claim::Figures;
    ///
    /// let figures = Figures::of_change("tripled".parse()?).with_count("15,000".parse()?);
    /// assert_eq!(figures.count().map(|count| count.text()), Some("15,000"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn with_count(self, count: Figure) -> Self {
        Self { count: Some(count), ..self }
    }

    /// The same with the count that it is compared with.
    ///
    /// ```
    /// use delisted::downloads::claim::Figures;
    ///
    /// let figures = Figures::of_change("tripled".parse()?).with_baseline("5,000".parse()?);
    /// assert_eq!(figures.baseline().map(|baseline| baseline.text()), Some("5,000"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn with_baseline(self, baseline: Figure) -> Self {
        Self { baseline: Some(baseline), ..self }
    }

    /// The count, as published.
    ///
    /// ```
    /// use delisted::downloads::claim::Figures;
    ///
    /// assert!(Figures::of_count("65,000".parse()?).count().is_some());
    /// # Ok::<(), delisted::downloads::claim::FigureError>(())
    /// ```
    #[must_use]
    pub fn count(&self) -> Option<&Figure> {
        self.count.as_ref()
    }

    /// The change, as published.
    ///
    /// ```
    /// use delisted::downloads::claim::Figures;
    ///
    /// assert!(Figures::of_change("halved".parse()?).change().is_some());
    /// # Ok::<(), delisted::downloads::claim::ChangeError>(())
    /// ```
    #[must_use]
    pub fn change(&self) -> Option<&Change> {
        self.change.as_ref()
    }

    /// The count that it is compared with, as published.
    ///
    /// ```
    /// use delisted::downloads::claim::Figures;
    ///
    /// assert!(Figures::of_count("65,000".parse()?).baseline().is_none());
    /// # Ok::<(), delisted::downloads::claim::FigureError>(())
    /// ```
    #[must_use]
    pub fn baseline(&self) -> Option<&Figure> {
        self.baseline.as_ref()
    }

    /// What the two counts make the multiple, where both were published.
    ///
    /// ```
    /// use delisted::downloads::claim::Figures;
    ///
    /// assert_eq!(Figures::of_count("65,000".parse()?).multiple(), None);
    /// # Ok::<(), delisted::downloads::claim::FigureError>(())
    /// ```
    #[must_use]
    pub fn multiple(&self) -> Option<Interval> {
        Some(self.count()?.interval().over(self.baseline()?.interval()))
    }

    /// The readings of the change; none where no change was published.
    pub(super) fn readings(&self) -> &[Reading] {
        self.change().map(Change::readings).unwrap_or_default()
    }

    /// Whether the three figures can be true together under a reading.
    pub(in crate::downloads) fn fits(&self, reading: Reading) -> bool {
        self.multiple().is_none_or(|multiple| multiple.meets(reading.multiple()))
    }

    /// By how much the three figures miss each other, the better of the readings; none where they can be true together.
    pub(in crate::downloads) fn own_gap(&self) -> Option<f64> {
        let multiple = self.multiple()?;
        let gaps = self.readings().iter().map(|reading| multiple.gap(reading.multiple()));
        gaps.collect::<Option<Vec<f64>>>()?.into_iter().min_by(f64::total_cmp)
    }
}

impl Claim {
    /// A claim of figures about an app, of which nothing else was said.
    ///
    /// ```
    /// use delisted::downloads::claim::{About, Claim, Figures, Measured};
    ///
    /// let figures = Figures::of_count("65,000".parse()?);
    /// let claim = Claim::new("weekend".parse()?, About::App("wechat".parse()?), figures);
    /// assert_eq!((claim.measured, claim.vendor), (Measured::Downloads, None));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn new(id: ClaimId, about: About, figures: Figures) -> Self {
        Self {
            id,
            about,
            figures,
            measured: Measured::Downloads,
            per: Per::Window,
            vendor: None,
            via: None,
            stores: BTreeSet::new(),
            place: None,
            window: None,
            against: None,
            said: None,
            says: String::new(),
            sources: Vec::new(),
        }
    }

    /// The baselines that its count and its change imply, one for each reading; none where it lacks either.
    ///
    /// ```
    /// use delisted::downloads::claim::{About, Claim, Figures};
    ///
    /// let figures = Figures::of_change("28 times more".parse()?).with_count("54,000".parse()?);
    /// let claim = Claim::new("weekend".parse()?, About::App("wechat".parse()?), figures);
    /// let implied: Vec<String> = claim.implied().map(|baseline| baseline.to_string()).collect();
    /// assert_eq!(implied, ["1,877 to 1,982", "1,813 to 1,913"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn implied(&self) -> impl Iterator<Item = Interval> {
        let count = self.figures.count().map(Figure::interval);
        let readings = self.figures.readings().iter();
        readings.filter_map(move |reading| Some(count?.over(reading.multiple())))
    }

    /// Whether its own figures can be true together; none where it does not give all three.
    ///
    /// ```
    /// use delisted::downloads::claim::{About, Claim, Figures};
    ///
    /// let figures = |change: &str| Ok::<_, Box<dyn std::error::Error>>(
    ///     Figures::of_change(change.parse()?).with_count("54,000".parse()?).with_baseline("1,900".parse()?),
    /// );
    /// let claim = |figures| Ok::<_, Box<dyn std::error::Error>>(
    ///     Claim::new("weekend".parse()?, About::App("wechat".parse()?), figures),
    /// );
    /// assert_eq!(claim(figures("28 times")?)?.holds_together(), Some(true));
    /// assert_eq!(claim(figures("up 28 %")?)?.holds_together(), Some(false));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn holds_together(&self) -> Option<bool> {
        self.figures.multiple()?;
        self.figures.change()?;
        Some(self.figures.own_gap().is_none())
    }

    /// What its figures stand for, and what follows from them, in sentences.
    ///
    /// ```
    /// use delisted::downloads::claim::{About, Claim, Figures};
    ///
    /// let figures = Figures::of_change("28 times".parse()?)
    ///     .with_count("54,000".parse()?)
    ///     .with_baseline("1,900".parse()?);
    /// let claim = Claim::new("weekend".parse()?, About::App("wechat".parse()?), figures);
    /// assert_eq!(
    ///     claim.explained(),
    ///     [
    ///         "54,000 stands for 53,500 to under 54,500",
    ///         "`28 times`: 27.5 to under 28.5 times as many, an increase of 2,650 % to under 2,750 %; so the baseline \
    ///          is 1,877 to 1,982",
    ///         "the baseline was given as 1,900, which stands for 1,850 to under 1,950; 54,000 over it is 27.4 to 29.5 \
    ///          times as many, and the three figures can be true together",
    ///     ],
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn explained(&self) -> Vec<String> {
        wording::claims::explained(self)
    }

    /// The days compared with, where its words pin them.
    pub(super) fn days_against(&self) -> Option<Window> {
        match (self.against.as_ref()?, self.window) {
            (Against::Days(days), _) => Some(*days),
            (against, window) => against.days(window?),
        }
    }
}

impl fmt::Display for Claim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&wording::claims::claim(self))
    }
}
