use std::{collections::BTreeSet, fmt};

use super::{Case, FirstGround, Listed, Mark, Row};
use crate::{Act, AsOf, Subject, determination::Determination, observation::SeenAt};

/// What the library says of one question of a row, and whether it is what the row says.
///
/// ```
/// use delisted::cases;
///
/// let wechat = cases::by_slug("wechat-2020")?;
/// for verdict in wechat.verdicts() {
///     println!("{}, {}: {}", verdict.subject(), verdict.row().at, verdict.outcome());
/// }
/// # Ok::<(), cases::CaseError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict<'c> {
    row: &'c Row,
    subject: Subject,
    as_of: AsOf,
    determination: Determination,
    seen: SeenAt<'c>,
    seen_of_act: SeenAt<'c>,
    differences: Vec<Difference>,
}

/// A field in which the library's answer is not what the row says.
///
/// ```
/// use delisted::cases::Difference;
///
/// let difference =
///     Difference { field: "requirement", expected: "prohibited".into(), said: "unrestricted".into() };
/// assert_eq!(difference.to_string(), "requirement: `prohibited` expected, `unrestricted` said");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The field of the truth file.
    pub field: &'static str,
    /// What the row says.
    pub expected: String,
    /// What the library says.
    pub said: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: `{}` expected, `{}` said", self.field, self.expected, self.said)
    }
}

/// Whether the library's answer is what a row says.
///
/// ```
/// assert_eq!(delisted::cases::Outcome::DisagreesAsWritten.to_string(), "disagrees, as written");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// It is.
    Agrees,
    /// It is not, and the row says why.
    DisagreesAsWritten,
    /// It is not, and nothing says why; or it is not in other fields than the row says.
    Differs,
    /// It is, although the row says why it is not: the recorded disagreement is out of date.
    Stale,
}

impl Outcome {
    /// The word in serialised verdicts.
    ///
    /// ```
    /// assert_eq!(delisted::cases::Outcome::DisagreesAsWritten.as_str(), "disagrees_as_written");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Agrees => "agrees",
            Self::DisagreesAsWritten => "disagrees_as_written",
            Self::Differs => "differs",
            Self::Stale => "stale",
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Agrees => "agrees",
            Self::DisagreesAsWritten => "disagrees, as written",
            Self::Differs => "differs",
            Self::Stale => "agrees, though a disagreement is recorded",
        })
    }
}

impl<'c> Verdict<'c> {
    /// The row.
    ///
    /// ```
    /// let wechat = delisted::cases::by_slug("wechat-2020")?;
    /// assert!(wechat.verdicts().iter().all(|verdict| !verdict.row().sources.is_empty()));
    /// # Ok::<(), delisted::cases::CaseError>(())
    /// ```
    #[must_use]
    pub fn row(&self) -> &Row {
        self.row
    }

    /// What was asked about.
    ///
    /// ```
    /// let wechat = delisted::cases::by_slug("wechat-2020")?;
    /// assert_eq!(wechat.verdicts()[0].subject().app().as_str(), "wechat");
    /// # Ok::<(), delisted::cases::CaseError>(())
    /// ```
    #[must_use]
    pub fn subject(&self) -> &Subject {
        &self.subject
    }

    /// The time that was asked about.
    ///
    /// ```
    /// let wechat = delisted::cases::by_slug("wechat-2020")?;
    /// let verdict = &wechat.verdicts()[0];
    /// assert_eq!(verdict.as_of(), verdict.row().as_of());
    /// # Ok::<(), delisted::cases::CaseError>(())
    /// ```
    #[must_use]
    pub fn as_of(&self) -> AsOf {
        self.as_of
    }

    /// The library's whole answer.
    ///
    /// ```
    /// let wechat = delisted::cases::by_slug("wechat-2020")?;
    /// let verdict = &wechat.verdicts()[0];
    /// let answer = wechat.register().determine(verdict.subject(), verdict.as_of());
    /// assert_eq!(verdict.determination(), &answer);
    /// # Ok::<(), delisted::cases::CaseError>(())
    /// ```
    #[must_use]
    pub fn determination(&self) -> &Determination {
        &self.determination
    }

    /// Whether the app was seen to be offered for download then, by the case's observations.
    ///
    /// ```
    /// use delisted::cases::{self, Listed};
    ///
    /// let wechat = cases::by_slug("wechat-2020")?;
    /// assert_ne!(wechat.verdicts()[0].listed(), Listed::No);
    /// # Ok::<(), cases::CaseError>(())
    /// ```
    #[must_use]
    pub fn listed(&self) -> Listed {
        self.seen.offered().into()
    }

    /// Whether what [`listed`](Self::listed) says rests on inferred sightings only.
    ///
    /// ```
    /// let linkedin = delisted::cases::by_slug("russia-linkedin-2017")?;
    /// for verdict in linkedin.verdicts() {
    ///     assert_eq!(verdict.is_listed_inferred(), verdict.seen().is_inferred());
    /// }
    /// # Ok::<(), delisted::cases::CaseError>(())
    /// ```
    #[must_use]
    pub fn is_listed_inferred(&self) -> bool {
        self.seen.is_inferred()
    }

    /// How the app was seen to stand then, for download, and on which sightings that rests.
    ///
    /// ```
    /// let wechat = delisted::cases::by_slug("wechat-2020")?;
    /// for sighting in wechat.verdicts().iter().flat_map(|verdict| verdict.seen().sightings()) {
    ///     println!("{}: {} [{}]", sighting.at(), sighting.seen(), sighting.source());
    /// }
    /// # Ok::<(), delisted::cases::CaseError>(())
    /// ```
    #[must_use]
    pub fn seen(&self) -> &SeenAt<'c> {
        &self.seen
    }

    /// Whether the act itself was seen to be offered then, by the case's observations of that act. For a download it is
    /// what [`listed`](Self::listed) is.
    ///
    /// ```
    /// let wechat = delisted::cases::by_slug("wechat-2020")?;
    /// for verdict in wechat.verdicts().iter().filter(|it| it.subject().act() == delisted::Act::Download) {
    ///     assert_eq!(verdict.offered(), verdict.listed());
    /// }
    /// # Ok::<(), delisted::cases::CaseError>(())
    /// ```
    #[must_use]
    pub fn offered(&self) -> Listed {
        self.seen_of_act.offered().into()
    }

    /// Whether what [`offered`](Self::offered) says rests on inferred sightings only.
    ///
    /// ```
    /// let linkedin = delisted::cases::by_slug("russia-linkedin-2017")?;
    /// for verdict in linkedin.verdicts() {
    ///     assert_eq!(verdict.is_offered_inferred(), verdict.seen_of_act().is_inferred());
    /// }
    /// # Ok::<(), delisted::cases::CaseError>(())
    /// ```
    #[must_use]
    pub fn is_offered_inferred(&self) -> bool {
        self.seen_of_act.is_inferred()
    }

    /// How the act itself was seen to stand then, and on which sightings that rests.
    ///
    /// ```
    /// let wechat = delisted::cases::by_slug("wechat-2020")?;
    /// for verdict in wechat.verdicts() {
    ///     let act = verdict.subject().act();
    ///     assert!(verdict.seen_of_act().sightings().iter().all(|it| it.subject().act() == act));
    /// }
    /// # Ok::<(), delisted::cases::CaseError>(())
    /// ```
    #[must_use]
    pub fn seen_of_act(&self) -> &SeenAt<'c> {
        &self.seen_of_act
    }

    /// The fields of which the row speaks and in which the answer is another, in the order of the file's description.
    ///
    /// ```
    /// let wechat = delisted::cases::by_slug("wechat-2020")?;
    /// for difference in wechat.verdicts().iter().flat_map(|verdict| verdict.differences()) {
    ///     println!("{difference}");
    /// }
    /// # Ok::<(), delisted::cases::CaseError>(())
    /// ```
    #[must_use]
    pub fn differences(&self) -> &[Difference] {
        &self.differences
    }

    /// Whether the answer is what the row says.
    ///
    /// ```
    /// use delisted::cases::{self, Outcome};
    ///
    /// assert_ne!(cases::by_slug("wechat-2020")?.verdicts()[0].outcome(), Outcome::Differs);
    /// # Ok::<(), cases::CaseError>(())
    /// ```
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        let differs: BTreeSet<&str> = self.differences.iter().map(|difference| difference.field).collect();
        match (self.differences.is_empty(), &self.row.disagreement) {
            (true, None) => Outcome::Agrees,
            (true, Some(_)) => Outcome::Stale,
            (false, Some(recorded)) if recorded.on.as_ref().is_none_or(|on| *on == differs) => {
                Outcome::DisagreesAsWritten
            }
            (false, _) => Outcome::Differs,
        }
    }
}

/// How many verdicts had each outcome, and of how many rows. One row asks as many questions as it has stores and acts,
/// so that one disagreement may count many times among the answers and once among the rows.
///
/// ```
/// use delisted::cases::{self, Tally};
///
/// let tally = Tally::of(&cases::by_slug("wechat-2020")?.verdicts());
/// assert_eq!(tally.differ, 0);
/// # Ok::<(), cases::CaseError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// The rows that the verdicts are of.
    pub rows: usize,
    /// Those of them of which one answer at least is not what they say, as they say why.
    pub rows_disagreeing: usize,
    /// The answer is what the row says.
    pub agree: usize,
    /// It is not, and the row says why.
    pub disagree_as_written: usize,
    /// It is not, and nothing says why.
    pub differ: usize,
    /// It is, although the row says why it is not.
    pub stale: usize,
}

impl Tally {
    /// Counts verdicts.
    ///
    /// ```
    /// use delisted::cases::Tally;
    ///
    /// assert_eq!(Tally::of(&[]), Tally::default());
    /// ```
    #[must_use]
    pub fn of<'v, 'c: 'v>(verdicts: impl IntoIterator<Item = &'v Verdict<'c>>) -> Self {
        let mut tally = Self::default();
        let (mut rows, mut disagreeing) = (BTreeSet::new(), BTreeSet::new());
        for verdict in verdicts {
            let count = match verdict.outcome() {
                Outcome::Agrees => &mut tally.agree,
                Outcome::DisagreesAsWritten => &mut tally.disagree_as_written,
                Outcome::Differs => &mut tally.differ,
                Outcome::Stale => &mut tally.stale,
            };
            *count = count.saturating_add(1);
            let row = std::ptr::from_ref(verdict.row());
            rows.insert(row);
            if verdict.outcome() == Outcome::DisagreesAsWritten {
                disagreeing.insert(row);
            }
        }
        Self { rows: rows.len(), rows_disagreeing: disagreeing.len(), ..tally }
    }

    /// The questions that the rows ask, each with one answer.
    ///
    /// ```
    /// use delisted::cases::{self, Tally};
    ///
    /// let verdicts = cases::by_slug("wechat-2020")?.verdicts().len();
    /// assert_eq!(Tally::of(&cases::by_slug("wechat-2020")?.verdicts()).answers(), verdicts);
    /// # Ok::<(), cases::CaseError>(())
    /// ```
    #[must_use]
    pub fn answers(&self) -> usize {
        let Self { agree, disagree_as_written, differ, stale, .. } = self;
        agree.saturating_add(*disagree_as_written).saturating_add(*differ).saturating_add(*stale)
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { rows, rows_disagreeing, agree, disagree_as_written, differ, stale } = self;
        let plural = |count: usize| if count == 1 { "" } else { "s" };
        let answers = self.answers();
        write!(f, "{rows} row{}, {answers} answer{}: ", plural(*rows), plural(answers))?;
        write!(f, "{agree} agree, {disagree_as_written} disagree as written")?;
        if *rows_disagreeing > 0 {
            write!(f, " (in {rows_disagreeing} row{})", plural(*rows_disagreeing))?;
        }
        write!(f, ", {differ} differ")?;
        if *stale > 0 {
            write!(f, ", {stale} agree though a disagreement is recorded")?;
        }
        Ok(())
    }
}

impl Case {
    /// What the library says of every row, for each of its stores and acts, in the order of the file.
    ///
    /// ```
    /// let wechat = delisted::cases::by_slug("wechat-2020")?;
    /// let questions: usize = wechat.rows().iter().map(|row| row.subjects().count()).sum();
    /// assert_eq!(wechat.verdicts().len(), questions);
    /// # Ok::<(), delisted::cases::CaseError>(())
    /// ```
    #[must_use]
    pub fn verdicts(&self) -> Vec<Verdict<'_>> {
        let asked = self.rows().iter().flat_map(|row| row.subjects().map(move |subject| (row, subject)));
        asked.map(|(row, subject)| self.verdict(row, subject)).collect()
    }

    fn verdict<'c>(&'c self, row: &'c Row, subject: Subject) -> Verdict<'c> {
        let as_of = row.as_of();
        let determination = self.register().determine(&subject, as_of);
        let seen = self.observations().seen_at(&subject.with_act(Act::Download), &row.at);
        let seen_of_act = self.observations().seen_at(&subject, &row.at);
        let differences =
            differences(row, &determination, seen.offered().into(), seen_of_act.offered().into());
        Verdict { row, subject, as_of, determination, seen, seen_of_act, differences }
    }
}

fn differences(row: &Row, answer: &Determination, listed: Listed, offered: Listed) -> Vec<Difference> {
    let listing = |marks: &BTreeSet<Mark>| {
        let words: Vec<&str> = marks.iter().map(|mark| mark.as_str()).collect();
        if words.is_empty() { "none".to_owned() } else { words.join(", ") }
    };
    let compared = [
        (
            "requirement",
            row.requirement.filter(|it| !it.is_met_by(answer)).map(|it| it.to_string()),
            answer.requirement().to_string(),
        ),
        ("ground", row.ground.map(|it| it.to_string()), FirstGround::of(answer).to_string()),
        ("marks", row.marks.as_ref().map(listing), listing(&Mark::of(answer))),
        ("status", row.status.map(str::to_owned), answer.headline().as_str().to_owned()),
        ("listed", row.listed.map(|it| it.to_string()), listed.to_string()),
        ("offered", row.offered.map(|it| it.to_string()), offered.to_string()),
    ];
    compared
        .into_iter()
        .filter_map(|(field, expected, said)| {
            expected.filter(|expected| *expected != said).map(|expected| Difference { field, expected, said })
        })
        .collect()
}
