use std::{fs, path::Path};

use super::{CaseError, Row, truth_file};
use crate::{
    InstrumentId, Register, Store,
    error::Suggestion,
    io::{self, PlacedWarning},
    observation::{Attribution, Observations, Sighting},
    register::Event,
};

/// One history: what official acts say, what stores were seen to do, and what the sources say held.
///
/// ```
/// let wechat = delisted::cases::by_slug("wechat-2020")?;
/// println!("{}: {} entries, {} rows", wechat.title(), wechat.register().entries().len(), wechat.rows().len());
/// # Ok::<(), delisted::cases::CaseError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Case {
    slug: String,
    title: String,
    summary: String,
    register: Register,
    warnings: Vec<PlacedWarning>,
    observations: Observations,
    rows: Vec<Row>,
}

/// The name of a case and the texts of its files.
///
/// ```
/// use delisted::cases::{Case, CaseTexts};
///
/// let texts = CaseTexts { slug: "mine", register: "", observations: None, truth: "" };
/// assert!(Case::read(&texts).unwrap_err().to_string().starts_with("mine/register.toml:1: "));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CaseTexts<'t> {
    /// The name of its folder.
    pub slug: &'t str,
    /// `register.toml`.
    pub register: &'t str,
    /// `observations.csv`, where anybody looked.
    pub observations: Option<&'t str>,
    /// `truth.toml`.
    pub truth: &'t str,
}

impl Case {
    /// Reads a case from the texts of its files; errors name them by the case's slug.
    ///
    /// ```
    /// use delisted::cases::{Case, CaseTexts};
    ///
    /// let register = r#"
    /// format = "delisted-register"
    /// version = 1
    /// [[app]]
    /// id = "chat"
    /// name = "Chat"
    /// "#;
    /// let truth = r#"
    /// format = "delisted-truth"
    /// version = 1
    /// title = "Chat: nothing happened"
    /// summary = "An app of which no order speaks."
    /// [[row]]
    /// at = "2025-01-01[UTC]"
    /// app = "chat"
    /// stores = ["app-store"]
    /// territory = "US"
    /// acts = ["download"]
    /// requirement = "unrestricted"
    /// says = "No order is known."
    /// sources = ["https://example.org/chat"]
    /// "#;
    /// let case = Case::read(&CaseTexts { slug: "chat", register, observations: None, truth })?;
    /// assert!(case.verdicts()[0].differences().is_empty());
    /// # Ok::<(), delisted::cases::CaseError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// - a file is not of its format, as [`io::read_toml`](crate::io::read_toml) and [`TruthProblem`](super::TruthProblem) say;
    /// - a sighting or a row names an app or a store, or a sighting an instrument, that the register does not know.
    pub fn read(texts: &CaseTexts<'_>) -> Result<Self, CaseError> {
        Self::from_texts(texts, texts.slug)
    }

    /// Reads a case from a folder with `register.toml`, `truth.toml` and perhaps `observations.csv`. Its slug is the
    /// name of the folder.
    ///
    /// ```
    /// use delisted::cases::Case;
    ///
    /// let case = Case::read_folder("cases/wechat-2020")?;
    /// assert_eq!(case.slug(), "wechat-2020");
    /// # Ok::<(), delisted::cases::CaseError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// - a file other than `observations.csv` is missing, or a file cannot be read or is not in UTF-8;
    /// - as [`Case::read`].
    pub fn read_folder(path: impl AsRef<Path>) -> Result<Self, CaseError> {
        let path = path.as_ref();
        let named = path.file_name().map(ToOwned::to_owned).or_else(|| {
            // `.` and `..` have their name from where they lead.
            path.canonicalize().ok().and_then(|path| path.file_name().map(ToOwned::to_owned))
        });
        let slug = named.map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let unreadable = |name: &str, error: &std::io::Error| CaseError::Unreadable {
            file: path.join(name).display().to_string(),
            message: error.to_string(),
        };
        let text = |name: &str| fs::read_to_string(path.join(name)).map_err(|error| unreadable(name, &error));
        let (register, truth) = (text("register.toml")?, text("truth.toml")?);
        let observations = match fs::read_to_string(path.join("observations.csv")) {
            Ok(text) => Some(text),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
            Err(error) => return Err(unreadable("observations.csv", &error)),
        };
        let texts = CaseTexts {
            slug: &slug,
            register: &register,
            observations: observations.as_deref(),
            truth: &truth,
        };
        Self::from_texts(&texts, path.display().to_string().trim_end_matches(['/', '\\']))
    }

    fn from_texts(texts: &CaseTexts<'_>, folder: &str) -> Result<Self, CaseError> {
        let loaded = io::read_toml(&format!("{folder}/register.toml"), texts.register)?;
        let file = format!("{folder}/observations.csv");
        let observations = match texts.observations {
            Some(text) => io::read_observations_csv(&file, text.as_bytes())?,
            None => Observations::default(),
        };
        for sighting in observations.sightings() {
            registered(&file, sighting, &loaded.register)?;
        }
        let truth = truth_file::read(&format!("{folder}/truth.toml"), texts.truth, &loaded.register)?;
        Ok(Self {
            slug: texts.slug.to_owned(),
            title: truth.title,
            summary: truth.summary,
            register: loaded.register,
            warnings: loaded.warnings,
            observations,
            rows: truth.rows,
        })
    }

    /// The name of its folder, by which [`by_slug`](super::by_slug) finds it.
    ///
    /// ```
    /// assert_eq!(delisted::cases::by_slug("wechat-2020")?.slug(), "wechat-2020");
    /// # Ok::<(), delisted::cases::CaseError>(())
    /// ```
    #[must_use]
    pub fn slug(&self) -> &str {
        &self.slug
    }

    /// Its title for readers.
    ///
    /// ```
    /// assert!(delisted::cases::by_slug("wechat-2020")?.title().contains("WeChat"));
    /// # Ok::<(), delisted::cases::CaseError>(())
    /// ```
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// What happened, in a sentence or two.
    ///
    /// ```
    /// assert!(!delisted::cases::by_slug("wechat-2020")?.summary().is_empty());
    /// # Ok::<(), delisted::cases::CaseError>(())
    /// ```
    #[must_use]
    pub fn summary(&self) -> &str {
        &self.summary
    }

    /// What official acts say.
    ///
    /// ```
    /// let wechat = delisted::cases::by_slug("wechat-2020")?;
    /// assert!(wechat.register().measure("users-injunction").is_some());
    /// # Ok::<(), delisted::cases::CaseError>(())
    /// ```
    #[must_use]
    pub fn register(&self) -> &Register {
        &self.register
    }

    /// What is odd about the register, in the order of its file.
    ///
    /// ```
    /// assert!(delisted::cases::by_slug("wechat-2020")?.warnings().is_empty());
    /// # Ok::<(), delisted::cases::CaseError>(())
    /// ```
    #[must_use]
    pub fn warnings(&self) -> &[PlacedWarning] {
        &self.warnings
    }

    /// What stores were seen to do; nothing where nobody looked.
    ///
    /// ```
    /// let wechat = delisted::cases::by_slug("wechat-2020")?;
    /// for sighting in wechat.observations().sightings() {
    ///     assert!(wechat.register().directory().app(sighting.subject().app()).is_some());
    /// }
    /// # Ok::<(), delisted::cases::CaseError>(())
    /// ```
    #[must_use]
    pub fn observations(&self) -> &Observations {
        &self.observations
    }

    /// What the sources say held, row by row, in the order of the file.
    ///
    /// ```
    /// let wechat = delisted::cases::by_slug("wechat-2020")?;
    /// assert!(wechat.rows().iter().all(|row| !row.says.is_empty()));
    /// # Ok::<(), delisted::cases::CaseError>(())
    /// ```
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }
}

/// Refuses a sighting that names what the register does not know.
fn registered(file: &str, sighting: &Sighting, register: &Register) -> Result<(), CaseError> {
    let directory = register.directory();
    let unknown = |kind, id: &str, known: Vec<&str>| CaseError::Unregistered {
        file: file.to_owned(),
        at: sighting.at().clone(),
        kind,
        id: id.to_owned(),
        suggestion: Suggestion::among(id, known),
    };
    let (app, store) = (sighting.subject().app(), sighting.subject().store());
    if directory.app(app).is_none() {
        let known = directory.apps().map(|app| app.app.as_str()).collect();
        return Err(unknown("app", app.as_str(), known));
    }
    if !directory.knows_store(store) {
        return Err(unknown("store", store.as_str(), directory.known_stores().map(Store::as_str).collect()));
    }
    let instruments: Vec<&str> = register
        .entries()
        .iter()
        .filter_map(|entry| match entry.event() {
            Event::InstrumentIssued(issued) => Some(issued.instrument.as_str()),
            _ => None,
        })
        .collect();
    let strange = |instrument: &&InstrumentId| !instruments.contains(&instrument.as_str());
    match sighting.causes().iter().map(Attribution::instrument).find(strange) {
        Some(instrument) => Err(unknown("instrument", instrument.as_str(), instruments.clone())),
        None => Ok(()),
    }
}
