use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use crate::{
    InstrumentId, Register, Store,
    error::Suggestion,
    observation::{Observations, Sighting},
    register::Event,
};

/// Which word of the observations the register does not know.
///
/// ```
/// assert_eq!(delisted::reconciliation::OddityKind::UnknownApp.as_str(), "unknown-app");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum OddityKind {
    /// An app: no law of the register speaks of it, so its every sighting is held against none.
    UnknownApp,
    /// A store that is neither well-known nor declared, and whose word is near to one that is.
    DoubtfulStore,
    /// An instrument that is said to be a cause.
    UnknownInstrument,
}

impl OddityKind {
    /// The word in serialised warnings.
    ///
    /// ```
    /// assert_eq!(delisted::reconciliation::OddityKind::DoubtfulStore.as_str(), "doubtful-store");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::UnknownApp => "unknown-app",
            Self::DoubtfulStore => "doubtful-store",
            Self::UnknownInstrument => "unknown-instrument",
        }
    }

    const fn thing(self) -> &'static str {
        match self {
            Self::UnknownApp => "app",
            Self::DoubtfulStore => "store",
            Self::UnknownInstrument => "instrument",
        }
    }
}

/// A word of the observations that is probably a slip of the pen, with how often it stands there.
///
/// ```
/// use delisted::{Register, Store, observation::{Observations, Seen, Sighting}, reconciliation::oddities, time::Dated};
///
/// let day = Dated::utc_day("2020-06-30".parse()?)?;
/// let look = Sighting::build("tiktok".parse()?, Store::new("appstore")?, "IN".parse()?, day, Seen::Removed);
/// let observations = Observations::new([look.source("https://example.org/monitor").finish()?]);
/// let told: Vec<String> =
///     oddities(&Register::default(), &observations).iter().map(ToString::to_string).collect();
/// assert_eq!(
///     told,
///     [
///         "app `tiktok` is not in the register (1 sighting)",
///         "store `appstore` is not in the register; did you mean `app-store`? (1 sighting)",
///     ],
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Oddity {
    kind: OddityKind,
    word: String,
    suggestion: Suggestion,
    sightings: usize,
}

impl Oddity {
    /// What the word should name.
    ///
    /// ```
    /// let is_app = |oddity: &delisted::reconciliation::Oddity| {
    ///     oddity.kind() == delisted::reconciliation::OddityKind::UnknownApp
    /// };
    /// # let _ = is_app;
    /// ```
    #[must_use]
    pub fn kind(&self) -> OddityKind {
        self.kind
    }

    /// The word.
    ///
    /// ```
    /// let word = |oddity: &delisted::reconciliation::Oddity| oddity.word().to_owned();
    /// # let _ = word;
    /// ```
    #[must_use]
    pub fn word(&self) -> &str {
        &self.word
    }

    /// What was probably meant.
    ///
    /// ```
    /// let meant = |oddity: &delisted::reconciliation::Oddity| oddity.suggestion().word().map(str::to_owned);
    /// # let _ = meant;
    /// ```
    #[must_use]
    pub fn suggestion(&self) -> &Suggestion {
        &self.suggestion
    }

    /// How many sightings have it.
    ///
    /// ```
    /// let often = |oddity: &delisted::reconciliation::Oddity| oddity.sightings() > 1;
    /// # let _ = often;
    /// ```
    #[must_use]
    pub fn sightings(&self) -> usize {
        self.sightings
    }
}

impl fmt::Display for Oddity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let noun = if self.sightings == 1 { "sighting" } else { "sightings" };
        let (thing, word, near) = (self.kind.thing(), &self.word, &self.suggestion);
        write!(f, "{thing} `{word}` is not in the register{near} ({} {noun})", self.sightings)
    }
}

/// The words of observations that a register does not know: apps first, then stores, then causes, each once.
///
/// A store need not be declared, so one is told only where its word is near to that of a well-known or a declared one,
/// or is what people call such a store.
///
/// ```
/// use delisted::{Register, observation::Observations, reconciliation::oddities};
///
/// assert!(oddities(&Register::default(), &Observations::default()).is_empty());
/// ```
#[must_use]
pub fn oddities(register: &Register, observations: &Observations) -> Vec<Oddity> {
    let directory = register.directory();
    let known: BTreeSet<&InstrumentId> = instruments(register).collect();
    let (mut apps, mut stores, mut causes) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for (subject, looks) in observations.subjects() {
        let (app, store) = (subject.app(), subject.store());
        if directory.app(app).is_none() {
            add(&mut apps, app.as_str(), looks.len());
        }
        if !directory.knows_store(store) {
            add(&mut stores, store.as_str(), looks.len());
        }
        for cause in looks.iter().flat_map(Sighting::causes).filter(|it| !known.contains(it.instrument())) {
            add(&mut causes, cause.instrument().as_str(), 1);
        }
    }
    let oddity = |kind, word: &str, suggestion, sightings| {
        let word = word.to_owned();
        Oddity { kind, word, suggestion, sightings }
    };
    let apps = apps.into_iter().map(|(word, sightings)| {
        let near = Suggestion::among(word, directory.apps().map(|it| it.app.as_str()));
        oddity(OddityKind::UnknownApp, word, near, sightings)
    });
    let stores = stores.into_iter().filter_map(|(word, sightings)| {
        let near = called(word)
            .unwrap_or_else(|| Suggestion::among(word, directory.known_stores().map(Store::as_str)));
        near.word().is_some().then(|| oddity(OddityKind::DoubtfulStore, word, near.clone(), sightings))
    });
    let causes = causes.into_iter().map(|(word, sightings)| {
        let near = Suggestion::among(word, known.iter().map(|it| it.as_str()));
        oddity(OddityKind::UnknownInstrument, word, near, sightings)
    });
    apps.chain(stores).chain(causes).collect()
}

fn add<'w>(counts: &mut BTreeMap<&'w str, usize>, word: &'w str, more: usize) {
    let count = counts.entry(word).or_default();
    *count = count.saturating_add(more);
}

/// The instruments that a register holds.
pub(crate) fn instruments(register: &Register) -> impl Iterator<Item = &InstrumentId> {
    register.entries().iter().filter_map(|entry| match entry.event() {
        Event::InstrumentIssued(instrument) => Some(&instrument.instrument),
        _ => None,
    })
}

/// The well-known store that people call by a word which no edit distance brings near.
fn called(word: &str) -> Option<Suggestion> {
    let letters: String = word.chars().filter(char::is_ascii_alphanumeric).collect();
    let store = match letters.as_str() {
        "apple" | "appleappstore" | "appstore" | "ios" | "iosappstore" | "itunes" => Store::APP_STORE,
        "android" | "google" | "googleplay" | "googleplaystore" | "gplay" | "play" | "playstore" => {
            Store::GOOGLE_PLAY
        }
        _ => return None,
    };
    Some(Suggestion::among(store.as_str(), [store.as_str()]))
}
