use std::collections::BTreeMap;

use super::{About, Claim, Comparison, Place, compare};

/// The claims of a set about one app in one territory, and every two of them compared.
///
/// ```
/// use delisted::downloads::claim::{About, Claim, Figures, verdict};
///
/// let one = Claim::new("b".parse()?, About::App("chat".parse()?), Figures::of_count("65,000".parse()?));
/// let other = Claim { id: "a".parse()?, ..one.clone() };
/// let claims = [one, other];
/// let groups = verdict(&claims);
/// assert_eq!(groups.len(), 1);
/// assert_eq!(groups[0].comparisons()[0].first().id.as_str(), "a");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Group<'c> {
    about: &'c About,
    place: Option<&'c Place>,
    claims: Vec<&'c Claim>,
    comparisons: Vec<Comparison<'c>>,
}

impl<'c> Group<'c> {
    /// What the claims are about.
    ///
    /// ```
    /// use delisted::downloads::claim::{About, Claim, Figures, verdict};
    ///
    /// let claims = [Claim::new("a".parse()?, About::App("chat".parse()?), Figures::of_count("9".parse()?))];
    /// assert_eq!(verdict(&claims)[0].about(), &About::App("chat".parse()?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn about(&self) -> &'c About {
        self.about
    }

    /// Where it was counted; none for the claims that do not say.
    ///
    /// ```
    /// use delisted::downloads::claim::{About, Claim, Figures, verdict};
    ///
    /// let claims = [Claim::new("a".parse()?, About::App("chat".parse()?), Figures::of_count("9".parse()?))];
    /// assert_eq!(verdict(&claims)[0].place(), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn place(&self) -> Option<&'c Place> {
        self.place
    }

    /// Its claims, in the order of their names.
    ///
    /// ```
    /// use delisted::downloads::claim::{About, Claim, Figures, verdict};
    ///
    /// let claims = [Claim::new("a".parse()?, About::App("chat".parse()?), Figures::of_count("9".parse()?))];
    /// assert_eq!(verdict(&claims)[0].claims(), [&claims[0]]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn claims(&self) -> &[&'c Claim] {
        &self.claims
    }

    /// Every two of them, in the order of their names.
    ///
    /// ```
    /// use delisted::downloads::claim::{About, Claim, Figures, verdict};
    ///
    /// let claims = [Claim::new("a".parse()?, About::App("chat".parse()?), Figures::of_count("9".parse()?))];
    /// assert!(verdict(&claims)[0].comparisons().is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn comparisons(&self) -> &[Comparison<'c>] {
        &self.comparisons
    }
}

/// Every two claims of a set about the same app in the same territory, compared.
///
/// The answer does not hang on the order in which the claims are given.
///
/// ```
/// use delisted::downloads::claim::verdict;
///
/// assert!(verdict(&[]).is_empty());
/// ```
#[must_use]
pub fn verdict(claims: &[Claim]) -> Vec<Group<'_>> {
    let mut groups: BTreeMap<(&About, Option<&Place>), Vec<&Claim>> = BTreeMap::new();
    for claim in claims {
        groups.entry((&claim.about, claim.place.as_ref())).or_default().push(claim);
    }
    let mut out = Vec::with_capacity(groups.len());
    for ((about, place), mut claims) in groups {
        claims.sort_by(|one, other| one.id.cmp(&other.id));
        let mut comparisons = Vec::new();
        let mut rest = claims.as_slice();
        while let [first, others @ ..] = rest {
            comparisons.extend(others.iter().map(|second| compare(first, second)));
            rest = others;
        }
        out.push(Group { about, place, claims, comparisons });
    }
    out
}
