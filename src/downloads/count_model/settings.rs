//! The settings of the count model, and the three sets of them that have a name.

/// The settings of the regression.
///
/// ```
/// use delisted::downloads::count_model::CountModel;
///
/// let cautious = CountModel { alpha: 0.000_1, ..CountModel::daily() };
/// assert_eq!(cautious.year, 365);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CountModel {
    /// Steps after which the season repeats: 52 for weeks, 365 for days, 7 for the same weekday; 1 or more.
    pub year: usize,
    /// The most years of baseline; b in the papers.
    pub years: usize,
    /// The fewest years before the step asked about, `half_window` on top.
    pub least_years: usize,
    /// Steps on either side of the anniversary that count as the same season; w in the papers.
    pub half_window: usize,
    /// Blocks of the season, today's included. With 1 the baseline is today's block of each year, and else
    /// all.
    pub blocks: usize,
    /// Whether each weekday has a level of its own; for days only.
    pub weekdays: bool,
    /// Steps just before the one asked about that the baseline leaves out, lest it learn from a surge under
    /// way.
    pub left_out: usize,
    /// When a linear trend is kept.
    pub trend: Trend,
    /// The Anscombe residual above which a past count is weighed down: 1 in Farrington 1996, 2.58 in Noufaily
    /// 2013.
    pub damping: Option<f64>,
    /// How the bound is drawn.
    pub threshold: Threshold,
    /// The probability of a false alarm, above 0 and below 1.
    pub alpha: f64,
    /// Whether `alpha` is both tails of the interval or the upper alone.
    pub sides: Sides,
    /// How the standard error of the expected value is scaled.
    pub standard_error: StandardError,
    /// Where the regression's iteration ends.
    pub iteration: Iteration,
    /// No alarm unless the last `.1` steps, the one asked about included, count `.0` together.
    pub scarce: (f64, usize),
}

/// When a linear trend is kept.
///
/// ```
/// use delisted::downloads::count_model::{CountModel, Trend};
///
/// assert_eq!(CountModel::farrington().trend, Trend::Kept { years: 3, p: 0.05 });
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Trend {
    /// Never.
    Never,
    /// Where the baseline spans `years`, the trend's p is at most `p`, and the expected value is not above
    /// all counts of the baseline. With a `p` of 1, as in Noufaily 2013, no test decides.
    Kept {
        /// The fewest years.
        years: usize,
        /// The highest two-sided p.
        p: f64,
    },
}

/// The power that makes counts nearly normal.
///
/// ```
/// use delisted::downloads::count_model::{CountModel, Power, Threshold};
///
/// assert_eq!(CountModel::farrington().threshold, Threshold::Transformed(Power::TwoThirds));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Power {
    /// 2/3, which takes away the skewness.
    TwoThirds,
    /// 1/2, which evens out the variance.
    Half,
    /// 1: the counts as they are.
    One,
}

/// How the bound is drawn.
///
/// ```
/// use delisted::downloads::count_model::{CountModel, Threshold};
///
/// assert_eq!(CountModel::noufaily().threshold, Threshold::NegativeBinomial);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Threshold {
    /// By a normal distribution of the transformed count ('delta'): Farrington 1996.
    Transformed(Power),
    /// By the negative binomial with the estimates plugged in ('nbPlugin'): Noufaily 2013.
    NegativeBinomial,
    /// By the negative binomial whose variance is the count's and the expected value's together, dispersion
    /// times mean plus the square of mean times error of its logarithm. Plugging in the estimates alone takes
    /// them for certain.
    PredictiveNegativeBinomial,
    /// By the negative binomial whose mean is the upper bound of the expected value ('muan'): Salmon 2016.
    RaisedNegativeBinomial,
}

/// Whether alpha is both tails or one.
///
/// ```
/// use delisted::downloads::count_model::{CountModel, Sides};
///
/// assert_eq!((CountModel::noufaily().sides, CountModel::farrington().sides), (Sides::Upper, Sides::Both));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sides {
    /// The upper tail has alpha: Noufaily 2013.
    Upper,
    /// Each tail has half of alpha: Farrington 1996.
    Both,
}

/// How the standard error of the expected value is scaled.
///
/// ```
/// use delisted::downloads::count_model::{CountModel, StandardError};
///
/// assert_eq!(CountModel::daily().standard_error, StandardError::Textbook);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StandardError {
    /// By Pearson's dispersion, as quasi-likelihood has it.
    Textbook,
    /// As R's surveillance 1.20.3 has it in `farringtonFlexible`.
    Surveillance,
}

/// Where the regression's iteration ends.
///
/// ```
/// use delisted::downloads::count_model::{CountModel, Iteration};
///
/// assert_eq!(CountModel::daily().iteration, Iteration::ToTheEnd);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Iteration {
    /// Where nothing changes any more.
    ToTheEnd,
    /// Where R's `glm` ends it, which shows in the fifth digit of the dispersion.
    AsInR,
}

impl CountModel {
    /// The default for daily series of a year or more.
    ///
    /// Noufaily 2013 carried to days: weekday levels, seven blocks of some 52 days, the trend unless it
    /// exceeds all that was seen, surges weighed down, the last two weeks left out, a negative binomial bound
    /// at 1 in 1,000.
    ///
    /// A launch within the baseline swells the dispersion for as long as it stays there, by thousands where
    /// an app lost nine tenths of its first days' downloads: bounds are then far above what follows, and few
    /// surges exceed them.
    ///
    /// ```
    /// use delisted::downloads::count_model::CountModel;
    ///
    /// assert!(CountModel::daily().weekdays);
    /// ```
    #[must_use]
    pub fn daily() -> Self {
        Self {
            year: 365,
            years: 3,
            least_years: 1,
            // 53 days round the date, and six blocks of 52 make up the rest of the year.
            half_window: 26,
            blocks: 7,
            weekdays: true,
            left_out: 14,
            trend: Trend::Kept { years: 1, p: 1.0 },
            damping: Some(2.58),
            threshold: Threshold::PredictiveNegativeBinomial,
            alpha: 0.001,
            sides: Sides::Upper,
            standard_error: StandardError::Textbook,
            iteration: Iteration::ToTheEnd,
            scarce: (5.0, 4),
        }
    }

    /// The settings of Noufaily 2013 for weekly counts.
    ///
    /// ```
    /// use delisted::downloads::count_model::CountModel;
    ///
    /// assert_eq!(CountModel::noufaily().blocks, 10);
    /// ```
    #[must_use]
    pub fn noufaily() -> Self {
        Self {
            year: 52,
            years: 5,
            least_years: 5,
            half_window: 3,
            blocks: 10,
            weekdays: false,
            left_out: 26,
            trend: Trend::Kept { years: 3, p: 1.0 },
            threshold: Threshold::NegativeBinomial,
            alpha: 0.01,
            ..Self::daily()
        }
    }

    /// The settings of Farrington 1996 for weekly counts.
    ///
    /// ```
    /// use delisted::downloads::count_model::CountModel;
    ///
    /// assert_eq!(CountModel::farrington().damping, Some(1.0));
    /// ```
    #[must_use]
    pub fn farrington() -> Self {
        Self {
            blocks: 1,
            left_out: 0,
            trend: Trend::Kept { years: 3, p: 0.05 },
            damping: Some(1.0),
            threshold: Threshold::Transformed(Power::TwoThirds),
            sides: Sides::Both,
            ..Self::noufaily()
        }
    }

    /// The same settings with the arithmetic of R's surveillance 1.20.3, for comparison with it: its standard errors, and
    /// R's end of the iteration.
    ///
    /// ```
    /// use delisted::downloads::count_model::{CountModel, StandardError};
    ///
    /// assert_eq!(CountModel::noufaily().r_compat().standard_error, StandardError::Surveillance);
    /// ```
    #[must_use]
    pub fn r_compat(self) -> Self {
        Self { standard_error: StandardError::Surveillance, iteration: Iteration::AsInR, ..self }
    }
}
