use thiserror::Error;

use super::{Controlled, Holdings, Thing};
use crate::{AppId, EntryId, Store, error::Suggestion, market::ListingId, time::Dated};

/// Why an entry was refused. The register is then as it was.
///
/// ```
/// use delisted::register::AppendError;
///
/// let error = AppendError::Duplicate { entry: "order-issued".parse()? };
/// assert_eq!(
///     error.to_string(),
///     "entry `order-issued` is recorded already; give the new one an identifier of its own",
/// );
/// # Ok::<(), delisted::id::IdError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum AppendError {
    /// An id does not have the shape of those that the store gives.
    #[error("entry `{entry}`: `{listing}` is no id of `{store}`, which gives {shape}")]
    NoListingOfStore {
        /// The entry.
        entry: EntryId,
        /// The store.
        store: Store,
        /// The id.
        listing: ListingId,
        /// The shape of the store's ids, in words.
        shape: &'static str,
    },
    /// Two entries that took effect together state different times.
    #[error(
        "entry `{entry}` takes effect at `{effect}`, but together with entry `{other}`, which does at `{its}`"
    )]
    NotTogether {
        /// The entry.
        entry: EntryId,
        /// When it takes effect.
        effect: Dated,
        /// The entry together with which it is said to.
        other: EntryId,
        /// When that one does.
        its: Dated,
    },
    /// A correction moves an entry away from one that took effect together with it.
    #[error(
        "entry `{entry}` takes effect at `{effect}`, but entry `{other}` took effect together with what it corrects, \
         at `{its}`; retract `{other}` first"
    )]
    PartsWhatWasTogether {
        /// The correction.
        entry: EntryId,
        /// When it takes effect.
        effect: Dated,
        /// The entry that took effect together with what is corrected.
        other: EntryId,
        /// When that one did.
        its: Dated,
    },
    /// The entry named took effect together with a third one.
    #[error("entry `{entry}` took effect with `{other}`, which took effect with `{first}`; name `{first}`")]
    WithAnotherStill {
        /// The entry.
        entry: EntryId,
        /// The entry named.
        other: EntryId,
        /// The entry to name.
        first: EntryId,
    },
    /// The entry's identifier is taken.
    #[error("entry `{entry}` is recorded already; give the new one an identifier of its own")]
    Duplicate {
        /// The entry.
        entry: EntryId,
    },
    /// What the entry introduces has an identifier that is taken.
    #[error(
        "entry `{entry}` introduces {thing}, but `{id}` is taken since entry `{first}`; choose another, or correct that entry"
    )]
    Taken {
        /// The entry.
        entry: EntryId,
        /// What it introduces.
        thing: Thing,
        /// The identifier.
        id: String,
        /// The entry that introduced its holder.
        first: EntryId,
    },
    /// Two clauses of one instrument have one identifier.
    #[error("entry `{entry}` has two clauses `{clause}`; number them")]
    ClauseTwice {
        /// The entry.
        entry: EntryId,
        /// The clause.
        clause: String,
    },
    /// A word is not in the directory.
    #[error("entry `{entry}` names {kind} `{id}`, which is not declared{suggestion}")]
    Undeclared {
        /// The entry.
        entry: EntryId,
        /// The kind of word.
        kind: &'static str,
        /// The word.
        id: String,
        /// The nearest declared word.
        suggestion: Suggestion,
    },
    /// The entry does not say who acted.
    #[error("entry `{entry}` ({event}) does not say by whom; name the authority")]
    NoAuthority {
        /// The entry.
        entry: EntryId,
        /// The event's word.
        event: &'static str,
    },
    /// The entry is aimed at something that nothing introduced.
    #[error("entry `{entry}` is aimed at {thing}, which is not recorded{suggestion}")]
    Unknown {
        /// The entry.
        entry: EntryId,
        /// What it is aimed at.
        thing: Thing,
        /// The nearest identifier of that kind.
        suggestion: Suggestion,
    },
    /// The entry is aimed at something that was learned only later.
    #[error(
        "entry `{entry}`, recorded at `{recorded}`, is aimed at {thing}, which was recorded only at `{later}`; record \
         the target first"
    )]
    NotRecordedYet {
        /// The entry.
        entry: EntryId,
        /// When it was recorded.
        recorded: Dated,
        /// What it is aimed at.
        thing: Thing,
        /// When that was recorded.
        later: Dated,
    },
    /// The entry is aimed at something that was retracted or corrected away.
    #[error("entry `{entry}` is aimed at {thing}, which entry `{by}` took back")]
    TakenBack {
        /// The entry.
        entry: EntryId,
        /// What it is aimed at.
        thing: Thing,
        /// The entry that retracted or corrected it.
        by: EntryId,
    },
    /// The entry is aimed at what it introduces.
    #[error("entry `{entry}` is aimed at {thing}, which it introduces itself")]
    Itself {
        /// The entry.
        entry: EntryId,
        /// What it is aimed at.
        thing: Thing,
    },
    /// A correction would make a circle of targets.
    #[error("entry `{entry}` makes a circle: {path}; a measure cannot bear on itself")]
    Cycle {
        /// The entry.
        entry: EntryId,
        /// The circle, from thing to thing.
        path: String,
    },
    /// A transfer would make an organisation control itself.
    #[error("entry `{entry}` makes a circle of control: {path}; nobody controls itself")]
    ControlCycle {
        /// The entry.
        entry: EntryId,
        /// The circle, from organisation to organisation.
        path: String,
    },
    /// The entry names no target.
    #[error("entry `{entry}` ({event}) is aimed at nothing; name its target")]
    NoTarget {
        /// The entry.
        entry: EntryId,
        /// The event's word.
        event: &'static str,
    },
    /// A scope selects nothing.
    #[error("entry `{entry}` has a scope that reaches no {part}; name some, or leave them out to reach all")]
    EmptyScope {
        /// The entry.
        entry: EntryId,
        /// The part of the scope.
        part: &'static str,
    },
    /// A text says nothing, or would break the line on which it is told.
    #[error(
        "entry `{entry}` has the {field} `{text}`, which is blank or holds a line break or another control character"
    )]
    Unreadable {
        /// The entry.
        entry: EntryId,
        /// The field.
        field: &'static str,
        /// The text, with what cannot be printed written out.
        text: String,
    },
    /// A judgment disposes of the same ruling twice.
    #[error("entry `{entry}` disposes of `{ruling}` twice; limit each disposition to its part")]
    DisposedTwice {
        /// The entry.
        entry: EntryId,
        /// The ruling.
        ruling: String,
    },
    /// An ending has no span that could be moved.
    #[error(
        "entry `{entry}` moves the start or end of {thing}, which has no span; only its own reversal undoes an ending"
    )]
    NoSpan {
        /// The entry.
        entry: EntryId,
        /// The ending.
        thing: Thing,
    },
    /// Another entry says something else about the same thing at the same instant.
    #[error(
        "entry `{entry}` contradicts entry `{other}`: both speak of {subject} as of `{at}`; correct one of them"
    )]
    Contradiction {
        /// The entry.
        entry: EntryId,
        /// The other entry.
        other: EntryId,
        /// What both are about.
        subject: String,
        /// The instant.
        at: Dated,
    },
    /// Two entries say to whom the same thing passed at the same instant, and say it differently.
    #[error(
        "entry `{entry}` has {of} owned by {}, and entry `{other}` by {}, both as of `{at}`; say in one entry what `shares` \
         each has, or correct one of them", quoted(&.owners.1), quoted(&.owners.0)
    )]
    TwoOwners {
        /// The entry.
        entry: EntryId,
        /// The other entry.
        other: EntryId,
        /// What passed.
        of: Controlled,
        /// The owners by the other entry, and by the entry.
        owners: Box<(Holdings, Holdings)>,
        /// The instant.
        at: Dated,
    },
    /// The appeal was decided already.
    #[error(
        "entry `{entry}` decides appeal `{appeal}`, which entry `{other}` decided; record a further appeal instead"
    )]
    AlreadyDecided {
        /// The entry.
        entry: EntryId,
        /// The appeal.
        appeal: String,
        /// The entry with the judgment.
        other: EntryId,
    },
    /// The mandate was issued already, or is not awaited.
    #[error(
        "entry `{entry}` issues the mandate of appeal `{appeal}`, which entry `{other}` made final already"
    )]
    AlreadyFinal {
        /// The entry.
        entry: EntryId,
        /// The appeal.
        appeal: String,
        /// The entry with the mandate or the immediate judgment.
        other: EntryId,
    },
    /// A mandate without a judgment.
    #[error(
        "entry `{entry}` issues the mandate of appeal `{appeal}`, which is not decided; record the judgment first"
    )]
    Undecided {
        /// The entry.
        entry: EntryId,
        /// The appeal.
        appeal: String,
    },
    /// A judgment disposes of something that is not under review.
    #[error("entry `{entry}` disposes of `{ruling}`, which is not under review in appeal `{appeal}`")]
    NotUnderReview {
        /// The entry.
        entry: EntryId,
        /// The ruling.
        ruling: String,
        /// The appeal.
        appeal: String,
    },
    /// An appeal is aimed at an entry that refuses nothing.
    #[error("entry `{entry}` appeals entry `{refusal}` as a refusal, but that entry is `{event}`")]
    NotARefusal {
        /// The entry.
        entry: EntryId,
        /// The entry under appeal.
        refusal: EntryId,
        /// That entry's event.
        event: &'static str,
    },
    /// The entry to be corrected or retracted was corrected or retracted before.
    #[error(
        "entry `{entry}` takes back entry `{target}`, which entry `{by}` took back already; take that one back instead"
    )]
    AlreadyTakenBack {
        /// The entry.
        entry: EntryId,
        /// The entry to be taken back.
        target: EntryId,
        /// The entry that did so.
        by: EntryId,
    },
    /// A retraction cannot be retracted.
    #[error(
        "entry `{entry}` takes back entry `{target}`, which is itself a retraction; record anew what it retracted"
    )]
    RetractsRetraction {
        /// The entry.
        entry: EntryId,
        /// The retraction.
        target: EntryId,
    },
    /// A correction is about something else than what it corrects.
    #[error(
        "entry `{entry}` ({event}) corrects entry `{target}` ({was}), but is about something else; retract that entry instead"
    )]
    OtherSubject {
        /// The entry.
        entry: EntryId,
        /// Its event.
        event: &'static str,
        /// The entry that it corrects.
        target: EntryId,
        /// That entry's event.
        was: &'static str,
    },
    /// What is to be taken back still carries other entries.
    #[error("entry `{entry}` takes back {thing}, on which entry `{other}` rests; take that one back first")]
    StillNeeded {
        /// The entry.
        entry: EntryId,
        /// What it takes back.
        thing: Thing,
        /// An entry that rests on it.
        other: EntryId,
    },
    /// A store's id would stand for two apps at once.
    #[error(
        "entry `{entry}` leaves the id `{listing}` in `{store}` with two apps at once: `{}` by entry `{}`, and `{}` by \
         entry `{}`; retire it in between", .apps.0, .entries.0, .apps.1, .entries.1
    )]
    ListingOfTwo {
        /// The entry.
        entry: EntryId,
        /// The store.
        store: Store,
        /// The store's id.
        listing: ListingId,
        /// The app that had it first, and the other.
        apps: Box<(AppId, AppId)>,
        /// The entry that gave it first, and the other.
        entries: Box<(EntryId, EntryId)>,
    },
    /// A store's id would be retired where it stands for no app.
    #[error(
        "entry `{entry}` leaves entry `{retirement}` to retire the id `{listing}` in `{store}`, which stands for no app \
         then; record first to which app it was given"
    )]
    ListingOfNone {
        /// The entry.
        entry: EntryId,
        /// The store.
        store: Store,
        /// The store's id.
        listing: ListingId,
        /// The entry that retires it.
        retirement: EntryId,
    },
    /// The entry replaces nothing, or restates a successor of itself.
    #[error("entry `{entry}` makes app `{app}` the successor of itself")]
    OwnSuccessor {
        /// The entry.
        entry: EntryId,
        /// The app.
        app: String,
    },
}

fn quoted(owners: &Holdings) -> String {
    owners.told(|owner| format!("`{owner}`"))
}

/// Which of several entries was refused, and why. The register is then as it was.
///
/// ```
/// use delisted::{Register, register::{Entry, Event}, time::instant};
///
/// let day = instant("2020-09-18T12:45:00Z")?;
/// let retraction = Entry::build("oops".parse()?, Event::EntryRetracted { entry: "order".parse()? })
///     .entered(day)
///     .recorded(day)
///     .citation("none; a correction of this record")
///     .source("https://example.org")
///     .finish()?;
/// let error = Register::default().extend([retraction]).unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "number 1, entry `oops`: entry `oops` is aimed at entry `order`, which is not recorded",
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("number {}, entry `{entry}`: {reason}", .index.saturating_add(1))]
pub struct ExtendError {
    /// Its place among those given, counted from 0.
    pub index: usize,
    /// The entry.
    pub entry: EntryId,
    /// Why it was refused.
    pub reason: Box<AppendError>,
}
