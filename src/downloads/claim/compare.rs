//! Whether two claims can both be true.

use std::fmt;

use super::{
    Claim, Figure, Interval, Measured, Per,
    relation::{Relation, of_against, of_places, of_stores, of_windows},
};
use crate::downloads::wording;

/// Two claims beside each other.
///
/// ```
/// use delisted::downloads::claim::{About, Against, Claim, Conclusion, Figures, compare};
///
/// let mut half = Claim::new("one".parse()?, About::App("chat".parse()?), Figures::of_count("54,000".parse()?));
/// half.vendor = Some("Counters Ltd".to_owned());
/// half.stores.insert("app-store".parse()?);
/// half.place = Some("US".parse()?);
/// half.window = Some("2020-09-18..2020-09-19".parse()?);
/// let whole = Claim { id: "two".parse()?, figures: Figures::of_count("110,000".parse()?), ..half.clone() };
/// assert!(matches!(compare(&half, &whole).conclusion(), Conclusion::Inconsistent { .. }));
///
/// let unsaid = Claim { stores: Default::default(), ..whole };
/// assert_eq!(
///     compare(&half, &unsaid).to_string(),
///     "one and two: not comparable: the store is not stated by both; if the store is the same, they are inconsistent: \
///      the counts are at least 1.92 times apart",
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison<'c> {
    first: &'c Claim,
    second: &'c Claim,
    conclusion: Conclusion,
    reasons: Vec<Reason>,
    supposing: Option<Conclusion>,
}

/// What became of a comparison.
///
/// ```
/// use delisted::downloads::claim::{Conclusion, Term};
///
/// assert_eq!(Conclusion::Consistent { on: vec![Term::Count] }.to_string(), "consistent: the counts meet");
/// ```
#[derive(Debug, Clone, PartialEq)]
pub enum Conclusion {
    /// Both can be true.
    Consistent {
        /// What both say something of, in a fixed order.
        on: Vec<Term>,
    },
    /// Not both can be true.
    Inconsistent {
        /// Where they miss each other and by how much, in a fixed order; never empty.
        gaps: Vec<Gap>,
    },
    /// They do not speak of the same thing, or do not say whether they do.
    NotComparable {
        /// Why, in a fixed order; never empty.
        reasons: Vec<Reason>,
    },
}

/// A number that two claims both speak of, published or derived from the other two.
///
/// ```
/// use delisted::downloads::claim::Term;
///
/// assert!(Term::Count < Term::Together);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Term {
    /// The count of the window.
    Count,
    /// The count over the baseline.
    Multiple,
    /// The count that is compared with.
    Baseline,
    /// All three at once: each meets, and no count over a baseline makes the multiple.
    Together,
}

/// How far two claims miss each other.
///
/// ```
/// use delisted::downloads::claim::{Gap, Shape, Term};
///
/// let gap = Gap { term: Term::Count, ratio: 1.926, shape: Shape::Apart };
/// assert_eq!(gap.to_string(), "the counts are at least 1.92 times apart");
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gap {
    /// The number that they both speak of.
    pub term: Term,
    /// The least that the larger may be over the most that the smaller may be: 1 where they only just miss.
    pub ratio: f64,
    /// Whether they speak of the same, or one of a part of it.
    pub shape: Shape,
}

/// Whether two numbers should be the same, or one no larger than the other.
///
/// ```
/// use delisted::downloads::claim::{Gap, Shape, Term};
///
/// let gap = Gap { term: Term::Baseline, ratio: 1.46, shape: Shape::PartOverWhole };
/// assert_eq!(gap.to_string(), "the baseline of a part is at least 1.46 times that of the whole");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shape {
    /// They should be the same.
    Apart,
    /// One is of some of the days, stores or places of the other, and larger than it.
    PartOverWhole,
}

/// Why two claims, or some of their numbers, are not compared.
///
/// ```
/// use delisted::downloads::claim::{Aspect, Reason, Unlike};
///
/// let reason = Reason { aspect: Aspect::Vendor, unlike: Unlike::Differs };
/// assert_eq!(reason.to_string(), "the vendor differs");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reason {
    /// In what they are not alike.
    pub aspect: Aspect,
    /// Whether they differ, or do not say.
    pub unlike: Unlike,
}

/// In what two claims may not be alike, in the order in which reasons are given.
///
/// ```
/// use delisted::downloads::claim::Aspect;
///
/// assert!(Aspect::App < Aspect::Vendor && Aspect::Vendor < Aspect::Against);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Aspect {
    /// The apps.
    App,
    /// Who counted.
    Vendor,
    /// What was counted, and whether in all or as an average.
    Metric,
    /// The stores.
    Store,
    /// The territory.
    Territory,
    /// The days counted.
    Window,
    /// The days compared with.
    Against,
    /// The kinds of number: one gives a count, say, and the other a multiple.
    Figures,
    /// A claim with itself: its own figures cannot be true together.
    Itself,
}

/// How two claims are not alike.
///
/// ```
/// use delisted::downloads::claim::Unlike;
///
/// assert!(Unlike::Differs < Unlike::Unknown);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unlike {
    /// They differ.
    Differs,
    /// One of them does not say, or not so that it can be told.
    Unknown,
    /// What they count is not downloads.
    NoDownloads,
}

impl<'c> Comparison<'c> {
    /// The first claim.
    ///
    /// ```
    /// use delisted::downloads::claim::{About, Claim, Figures, compare};
    ///
    /// let claim = Claim::new("one".parse()?, About::App("chat".parse()?), Figures::of_count("65,000".parse()?));
    /// assert_eq!(compare(&claim, &claim).first(), &claim);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn first(&self) -> &'c Claim {
        self.first
    }

    /// The second claim.
    ///
    /// ```
    /// use delisted::downloads::claim::{About, Claim, Figures, compare};
    ///
    /// let claim = Claim::new("one".parse()?, About::App("chat".parse()?), Figures::of_count("65,000".parse()?));
    /// assert_eq!(compare(&claim, &claim).second(), &claim);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn second(&self) -> &'c Claim {
        self.second
    }

    /// What became of it.
    ///
    /// ```
    /// use delisted::downloads::claim::{About, Claim, Conclusion, Figures, compare};
    ///
    /// let claim = Claim::new("one".parse()?, About::App("chat".parse()?), Figures::of_count("65,000".parse()?));
    /// assert!(matches!(compare(&claim, &claim).conclusion(), Conclusion::NotComparable { .. }));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn conclusion(&self) -> &Conclusion {
        &self.conclusion
    }

    /// In what the claims are not alike, in the order of [`Aspect`]: also where some of their numbers were compared
    /// all the same.
    ///
    /// ```
    /// use delisted::downloads::claim::{About, Aspect, Claim, Figures, compare};
    ///
    /// let claim = Claim::new("one".parse()?, About::App("chat".parse()?), Figures::of_count("65,000".parse()?));
    /// let aspects: Vec<Aspect> = compare(&claim, &claim).reasons().iter().map(|reason| reason.aspect).collect();
    /// assert_eq!(aspects, [Aspect::Vendor, Aspect::Store, Aspect::Territory, Aspect::Window]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn reasons(&self) -> &[Reason] {
        &self.reasons
    }

    /// What would follow if the vendor, the metric, the store and the territory were the same where they are not stated;
    /// none where nothing would, since something else is not alike. Days are never supposed.
    ///
    /// ```
    /// use delisted::downloads::claim::{About, Claim, Conclusion, Figures, Term, compare};
    ///
    /// let mut claim = Claim::new("one".parse()?, About::App("chat".parse()?), Figures::of_count("65,000".parse()?));
    /// claim.window = Some("2020-09-18..2020-09-19".parse()?);
    /// let supposing = compare(&claim, &claim).supposing().cloned();
    /// assert_eq!(supposing, Some(Conclusion::Consistent { on: vec![Term::Count] }));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn supposing(&self) -> Option<&Conclusion> {
        self.supposing.as_ref()
    }
}

/// Lays two claims beside each other.
///
/// Counts are compared where app, vendor, metric, stores, territory and window are the same; baselines where the days
/// compared with are; multiples where both are. A count of some of the days, stores or places of another may not be
/// larger than it, and that is checked too. What a claim does not give but implies is compared as if it gave it.
///
/// ```
/// use delisted::downloads::claim::{About, Claim, Figures, compare};
///
/// let one = Claim::new("one".parse()?, About::App("chat".parse()?), Figures::of_count("65,000".parse()?));
/// let other = Claim { about: About::App("talk".parse()?), id: "two".parse()?, ..one.clone() };
/// assert!(compare(&one, &other).to_string().starts_with("one and two: not comparable: the app differs, "));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn compare<'c>(first: &'c Claim, second: &'c Claim) -> Comparison<'c> {
    let alike = Alike::of(first, second);
    let mut reasons = alike.reasons();
    let broken = [first, second].into_iter().any(|claim| claim.holds_together() == Some(false));
    if broken {
        reasons.push(Reason { aspect: Aspect::Itself, unlike: Unlike::Differs });
        let conclusion = Conclusion::NotComparable { reasons: reasons.clone() };
        return Comparison { first, second, conclusion, reasons, supposing: None };
    }
    if let Some(conclusion) = alike.conclude(first, second, false) {
        return Comparison { first, second, conclusion, reasons, supposing: None };
    }
    let supposing = alike.conclude(first, second, true);
    let shared = |term| !said_of(term, first).is_empty() && !said_of(term, second).is_empty();
    if ![Term::Count, Term::Multiple, Term::Baseline].into_iter().any(shared) {
        reasons.push(Reason { aspect: Aspect::Figures, unlike: Unlike::Differs });
    }
    let conclusion = Conclusion::NotComparable { reasons: reasons.clone() };
    Comparison { first, second, conclusion, reasons, supposing }
}

/// How two claims stand to each other in everything but their numbers.
struct Alike {
    app: Relation,
    vendor: Relation,
    metric: Option<Relation>,
    store: Relation,
    territory: Relation,
    window: Relation,
    against: Relation,
    /// Whether both speak of an earlier count at all.
    compared_with: bool,
    /// Whether counts add up, so that a part is no larger than its whole.
    adds_up: bool,
}

impl Alike {
    fn of(first: &Claim, second: &Claim) -> Self {
        let earlier = |claim: &Claim| claim.figures.change().is_some() || claim.figures.baseline().is_some();
        let metric = match (&first.measured, &second.measured) {
            (Measured::Other(_), _) | (_, Measured::Other(_)) => None,
            _ if first.per != second.per => Some(Relation::Differs),
            (one, other) if one == other => Some(Relation::Same),
            (Measured::Downloads, _) | (_, Measured::Downloads) => Some(Relation::Unknown),
            _ => Some(Relation::Differs),
        };
        Self {
            app: Relation::equal(Some(&first.about), Some(&second.about)),
            vendor: Relation::equal(first.vendor.as_ref(), second.vendor.as_ref()),
            metric,
            store: of_stores(&first.stores, &second.stores),
            territory: of_places(first.place.as_ref(), second.place.as_ref()),
            window: of_windows(first.window, second.window),
            against: of_against(first, second),
            compared_with: earlier(first) && earlier(second),
            adds_up: first.per == Per::Window && second.per == Per::Window,
        }
    }

    fn reasons(&self) -> Vec<Reason> {
        let against = if self.compared_with { self.against } else { Relation::Same };
        let plain = [
            (Aspect::App, Some(self.app)),
            (Aspect::Vendor, Some(self.vendor)),
            (Aspect::Metric, self.metric),
            (Aspect::Store, Some(self.store)),
            (Aspect::Territory, Some(self.territory)),
            (Aspect::Window, Some(self.window)),
            (Aspect::Against, Some(against)),
        ];
        let unlike = |relation| match relation {
            Some(Relation::Same) => None,
            Some(Relation::Unknown) => Some(Unlike::Unknown),
            Some(Relation::FirstWithin | Relation::SecondWithin | Relation::Differs) => Some(Unlike::Differs),
            None => Some(Unlike::NoDownloads),
        };
        plain
            .into_iter()
            .filter_map(|(aspect, relation)| Some(Reason { aspect, unlike: unlike(relation)? }))
            .collect()
    }

    /// What follows from the numbers; none where none can be compared. `supposing` takes the unknown for the same, but
    /// for days: too many are possible.
    fn conclude(&self, first: &Claim, second: &Claim, supposing: bool) -> Option<Conclusion> {
        let supposed = |relations: &[Relation]| Relation::joined(relations, supposing);
        let joined = |relations: &[Relation]| Relation::joined(relations, false);
        if supposed(&[self.app, self.vendor, self.metric?]) != Relation::Same {
            return None;
        }
        let where_ = supposed(&[self.store, self.territory]);
        let count = joined(&[where_, self.window]);
        let baseline = joined(&[where_, self.against]);
        // A part of a multiple is no multiple of a part.
        let multiple = match joined(&[count, self.against]) {
            Relation::Same => Relation::Same,
            _ => Relation::Differs,
        };
        let (mut on, mut gaps) = (Vec::new(), Vec::new());
        for (term, relation) in [(Term::Count, count), (Term::Multiple, multiple), (Term::Baseline, baseline)]
        {
            let (one, other) = (said_of(term, first), said_of(term, second));
            if one.is_empty() || other.is_empty() {
                continue;
            }
            match relation {
                Relation::Same => {
                    on.push(term);
                    gaps.extend(least(&one, &other, Interval::gap).map(|ratio| Gap {
                        term,
                        ratio,
                        shape: Shape::Apart,
                    }));
                }
                Relation::FirstWithin | Relation::SecondWithin if self.adds_up => {
                    let (part, whole) =
                        if relation == Relation::FirstWithin { (&one, &other) } else { (&other, &one) };
                    let shape = Shape::PartOverWhole;
                    gaps.extend(least(part, whole, Interval::excess).map(|ratio| Gap { term, ratio, shape }));
                }
                _ => {}
            }
        }
        if gaps.is_empty() && multiple == Relation::Same {
            let ratio = together(first, second);
            gaps.extend(ratio.map(|ratio| Gap { term: Term::Together, ratio, shape: Shape::Apart }));
        }
        if !gaps.is_empty() {
            return Some(Conclusion::Inconsistent { gaps });
        }
        (!on.is_empty()).then_some(Conclusion::Consistent { on })
    }
}

/// What a claim says of a number: what it gives, or else what its other two imply, one for each reading.
fn said_of(term: Term, claim: &Claim) -> Vec<Interval> {
    let figures = &claim.figures;
    let (count, baseline) = (figures.count().map(Figure::interval), figures.baseline().map(Figure::interval));
    let multiples = figures.readings().iter().map(|reading| reading.multiple());
    match term {
        Term::Count => match count {
            Some(count) => vec![count],
            None => baseline.into_iter().flat_map(|b| multiples.clone().map(move |m| b.times(m))).collect(),
        },
        Term::Baseline => match baseline {
            Some(baseline) => vec![baseline],
            None => claim.implied().collect(),
        },
        Term::Multiple if figures.change().is_some() => multiples.collect(),
        Term::Multiple => figures.multiple().into_iter().collect(),
        Term::Together => Vec::new(),
    }
}

/// The least by which any reading of one misses any of the other; none where some do not.
fn least(
    one: &[Interval],
    other: &[Interval],
    miss: impl Fn(Interval, Interval) -> Option<f64>,
) -> Option<f64> {
    let misses = one.iter().flat_map(|one| other.iter().map(|other| miss(*one, *other)));
    misses.collect::<Option<Vec<f64>>>()?.into_iter().min_by(f64::total_cmp)
}

/// By how much everything that two claims give misses being true at once, where each number by itself meets.
fn together(first: &Claim, second: &Claim) -> Option<f64> {
    let given = |figure: fn(&super::Figures) -> Option<&Figure>| {
        let [one, other] = [first, second].map(|claim| figure(&claim.figures).map(Figure::interval));
        one.unwrap_or(Interval::ANY).common(other.unwrap_or(Interval::ANY))
    };
    let (count, baseline) = (given(super::Figures::count)?, given(super::Figures::baseline)?);
    let multiples = |claim: &Claim| match claim.figures.readings() {
        [] => vec![Interval::ANY],
        readings => readings.iter().map(|reading| reading.multiple()).collect(),
    };
    let others = multiples(second);
    let both = multiples(first);
    let both = both.iter().flat_map(|one| others.iter().filter_map(|other| one.common(*other)));
    let misses = both.map(|multiple| count.over(multiple).gap(baseline));
    misses.collect::<Option<Vec<f64>>>()?.into_iter().min_by(f64::total_cmp)
}

impl fmt::Display for Conclusion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&wording::claims::conclusion(self))
    }
}

impl fmt::Display for Gap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&wording::claims::gap(*self))
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&wording::claims::reason(*self))
    }
}

impl fmt::Display for Comparison<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&wording::claims::comparison(self))
    }
}
