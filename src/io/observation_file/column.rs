//! The columns of the file, which are also the fields of the JSON object.

/// One column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Column {
    App,
    Store,
    Territory,
    Act,
    At,
    Seen,
    By,
    Causes,
    Basis,
    Source,
    Note,
}

impl Column {
    /// All of them, in the order in which the library writes them.
    pub(super) const ALL: [Self; 11] = [
        Self::App,
        Self::Store,
        Self::Territory,
        Self::Act,
        Self::At,
        Self::Seen,
        Self::By,
        Self::Causes,
        Self::Basis,
        Self::Source,
        Self::Note,
    ];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::App => "app",
            Self::Store => "store",
            Self::Territory => "territory",
            Self::Act => "act",
            Self::At => "at",
            Self::Seen => "seen",
            Self::By => "by",
            Self::Causes => "causes",
            Self::Basis => "basis",
            Self::Source => "source",
            Self::Note => "note",
        }
    }

    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|column| column.name() == name)
    }

    pub(super) const fn is_required(self) -> bool {
        matches!(self, Self::App | Self::Store | Self::Territory | Self::At | Self::Seen | Self::Source)
    }

    /// What belongs in a cell of it.
    pub(super) const fn expected(self) -> &'static str {
        match self {
            Self::App => "the identifier of an app",
            Self::Store => "a store, such as `app-store`,",
            Self::Territory => "a territory, such as `US`,",
            Self::Act => {
                "one of download, redownload, update, payment, hosting, content-delivery, transit, code-reuse, access, \
                 use, possession, promotion, ownership"
            }
            Self::At => "a time, such as `2020-09-20T23:59:00[America/New_York]`,",
            Self::Seen => "one of available, removed, withdrawn, suspended, not-offered, unknown",
            Self::By => "one of store, publisher, account-termination",
            Self::Causes => "causes, such as `order@apple`,",
            Self::Basis => "one of stated, inferred",
            Self::Source => "the page or the data on which the sighting rests",
            Self::Note => "a remark",
        }
    }

    /// Where in an array of cells it stands.
    pub(super) fn index(self) -> usize {
        Self::ALL.iter().position(|column| *column == self).unwrap_or_default()
    }
}
