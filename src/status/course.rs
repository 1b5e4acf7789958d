use std::{collections::BTreeMap, fmt};

use thiserror::Error;

use super::{Meanwhile, StoreStatus, UnderReview};

/// What happened, as the four-state machine sees it.
///
/// ```
/// use delisted::status::StatusEvent;
///
/// assert_eq!(StatusEvent::ReliefGranted.to_string(), "relief granted");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StatusEvent {
    /// An order was issued that is to take effect later.
    OrderIssued,
    /// The order took effect.
    OrderTookEffect,
    /// The order was rescinded, vacated, or ran out.
    OrderEnded,
    /// An injunction or a stay against the order was granted.
    ReliefGranted,
    /// The injunction was stayed.
    ReliefStayed,
    /// The stay of the injunction ended.
    StayEnded,
    /// The injunction was dissolved, reversed, or lapsed.
    ReliefEnded,
    /// An appeal was noticed. An announcement is not a notice.
    AppealNoticed(Appealed),
    /// The appeal was closed.
    AppealEnded,
}

/// What an appeal in the four-state machine is of.
///
/// ```
/// use delisted::status::{Appealed, StatusEvent};
///
/// assert_eq!(StatusEvent::AppealNoticed(Appealed::Relief).to_string(), "appeal noticed of the relief");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Appealed {
    /// The order.
    Order,
    /// The injunction or stay.
    Relief,
}

impl StatusEvent {
    /// All events.
    ///
    /// ```
    /// assert_eq!(delisted::status::StatusEvent::ALL.len(), 10);
    /// ```
    pub const ALL: [Self; 10] = [
        Self::OrderIssued,
        Self::OrderTookEffect,
        Self::OrderEnded,
        Self::ReliefGranted,
        Self::ReliefStayed,
        Self::StayEnded,
        Self::ReliefEnded,
        Self::AppealNoticed(Appealed::Order),
        Self::AppealNoticed(Appealed::Relief),
        Self::AppealEnded,
    ];

    const fn column(self) -> usize {
        match self {
            Self::OrderIssued => 0,
            Self::OrderTookEffect => 1,
            Self::OrderEnded => 2,
            Self::ReliefGranted => 3,
            Self::ReliefStayed => 4,
            Self::StayEnded => 5,
            Self::ReliefEnded => 6,
            Self::AppealNoticed(Appealed::Order) => 7,
            Self::AppealNoticed(Appealed::Relief) => 8,
            Self::AppealEnded => 9,
        }
    }

    /// What must be so for the event to be possible.
    const fn needs(self) -> &'static str {
        match self {
            Self::OrderIssued => "no order may be recorded already",
            Self::OrderTookEffect => "an order must have been issued and not yet have taken effect",
            Self::OrderEnded => "an order must have been issued",
            Self::ReliefGranted => "an order must have been issued and no relief granted",
            Self::ReliefStayed => "relief must have been granted and not be stayed",
            Self::StayEnded => "relief must be stayed",
            Self::ReliefEnded => "relief must have been granted",
            Self::AppealNoticed(Appealed::Order) => "an order must have been issued and no appeal be open",
            Self::AppealNoticed(Appealed::Relief) => "relief must have been granted and no appeal be open",
            Self::AppealEnded => "an appeal must be open",
        }
    }
}

impl fmt::Display for StatusEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::OrderIssued => "order issued",
            Self::OrderTookEffect => "order took effect",
            Self::OrderEnded => "order ended",
            Self::ReliefGranted => "relief granted",
            Self::ReliefStayed => "relief stayed",
            Self::StayEnded => "stay ended",
            Self::ReliefEnded => "relief ended",
            Self::AppealNoticed(Appealed::Order) => "appeal noticed of the order",
            Self::AppealNoticed(Appealed::Relief) => "appeal noticed of the relief",
            Self::AppealEnded => "appeal ended",
        })
    }
}

/// A step that cannot be.
///
/// ```
/// use delisted::status::{StatusCourse, StatusEvent};
///
/// let error = StatusCourse::new().step(StatusEvent::StayEnded).unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "`stay ended` cannot follow while the status is `listed`: relief must be stayed",
/// );
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("`{event}` cannot follow while the status is `{status}`: {}", event.needs())]
pub struct ImpossibleStep {
    /// The status before the step.
    pub status: StoreStatus,
    /// The event that cannot follow.
    pub event: StatusEvent,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    None,
    Awaited,
    InEffect,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shield {
    None,
    Granted,
    Stayed,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Review {
    None,
    OfOrder,
    OfRelief,
}

/// One order's course through the four states: where it stands, and what it must remember to go on.
///
/// It holds one order, one grant of relief at a time, one stay of it, and one appeal at a time. What is richer than
/// that, such as shields of several courts, needs a [`Register`](crate::Register).
///
/// ```
/// use delisted::{StoreStatus, status::{StatusCourse, StatusEvent}};
///
/// let course = StatusCourse::new()
///     .step(StatusEvent::OrderIssued)?
///     .step(StatusEvent::ReliefGranted)?
///     .step(StatusEvent::OrderTookEffect)?;
/// assert_eq!(course.status(), StoreStatus::Injunction);
/// assert_eq!(course.step(StatusEvent::ReliefStayed)?.status(), StoreStatus::OrderedRemoved);
/// # Ok::<(), delisted::status::ImpossibleStep>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StatusCourse {
    order: Order,
    shield: Shield,
    review: Review,
}

/// How many rows and columns the table has.
const ROWS: usize = 27;
const COLUMNS: usize = StatusEvent::ALL.len();

/// Every step there is: a row for each course, a column for each event, nothing where the step cannot be.
static TRANSITIONS: [[Option<StatusCourse>; COLUMNS]; ROWS] = transitions();

impl StatusCourse {
    /// The course before any order: listed.
    ///
    /// ```
    /// use delisted::{StoreStatus, status::StatusCourse};
    ///
    /// assert_eq!(StatusCourse::new().status(), StoreStatus::Listed);
    /// ```
    #[must_use]
    pub const fn new() -> Self {
        Self { order: Order::None, shield: Shield::None, review: Review::None }
    }

    /// The course after an event.
    ///
    /// ```
    /// use delisted::{StoreStatus, status::{StatusCourse, StatusEvent}};
    ///
    /// let course = StatusCourse::new().step(StatusEvent::OrderIssued)?.step(StatusEvent::OrderTookEffect)?;
    /// assert_eq!(course.status(), StoreStatus::OrderedRemoved);
    /// # Ok::<(), delisted::status::ImpossibleStep>(())
    /// ```
    ///
    /// # Errors
    ///
    /// - the event cannot follow: the error says what must be so first.
    pub fn step(self, event: StatusEvent) -> Result<Self, ImpossibleStep> {
        TRANSITIONS
            .get(self.row())
            .and_then(|row| row.get(event.column()))
            .copied()
            .flatten()
            .ok_or_else(|| ImpossibleStep { status: self.status(), event })
    }

    /// The status in one of four words.
    ///
    /// ```
    /// use delisted::{StoreStatus, status::{StatusCourse, StatusEvent}};
    ///
    /// let course = StatusCourse::new().step(StatusEvent::OrderIssued)?;
    /// assert_eq!(course.status(), StoreStatus::Listed);
    /// # Ok::<(), delisted::status::ImpossibleStep>(())
    /// ```
    #[must_use]
    pub const fn status(self) -> StoreStatus {
        let meanwhile = match (self.order, self.shield) {
            (Order::Awaited | Order::InEffect, Shield::Granted) => Meanwhile::Injunction,
            (Order::InEffect, _) => Meanwhile::OrderedRemoved,
            _ => Meanwhile::Listed,
        };
        match (self.review, meanwhile) {
            (Review::OfOrder, meanwhile) => StoreStatus::Appealed { of: UnderReview::Order, meanwhile },
            (Review::OfRelief, meanwhile) => StoreStatus::Appealed { of: UnderReview::Relief, meanwhile },
            (Review::None, Meanwhile::Listed) => StoreStatus::Listed,
            (Review::None, Meanwhile::OrderedRemoved) => StoreStatus::OrderedRemoved,
            (Review::None, Meanwhile::Injunction) => StoreStatus::Injunction,
        }
    }

    /// The events that can follow.
    ///
    /// ```
    /// use delisted::status::{StatusCourse, StatusEvent};
    ///
    /// let next: Vec<_> = StatusCourse::new().possible().collect();
    /// assert_eq!(next, [StatusEvent::OrderIssued]);
    /// ```
    pub fn possible(self) -> impl Iterator<Item = StatusEvent> {
        StatusEvent::ALL.into_iter().filter(move |event| self.step(*event).is_ok())
    }

    /// The transition table as a Mermaid state diagram, every course folded into its word.
    ///
    /// ```
    /// assert!(delisted::status::StatusCourse::mermaid().starts_with("stateDiagram-v2\n    [*] --> Listed\n"));
    /// ```
    #[must_use]
    pub fn mermaid() -> String {
        let mut edges: BTreeMap<(&str, &str), Vec<StatusEvent>> = BTreeMap::new();
        for course in Self::reachable() {
            for event in StatusEvent::ALL {
                let Ok(next) = course.step(event) else { continue };
                let labels = edges.entry((name(course.status()), name(next.status()))).or_default();
                if !labels.contains(&event) {
                    labels.push(event);
                }
            }
        }
        let mut text = String::from("stateDiagram-v2\n    [*] --> Listed\n");
        for ((from, to), mut events) in edges {
            events.sort_unstable();
            let labels: Vec<String> = events.iter().map(ToString::to_string).collect();
            text.extend(["    ", from, " --> ", to, " : ", &labels.join(", "), "\n"]);
        }
        text
    }

    fn reachable() -> Vec<Self> {
        let mut found = vec![Self::new()];
        let mut next = 0_usize;
        while let Some(course) = found.get(next).copied() {
            for after in StatusEvent::ALL.into_iter().filter_map(|event| course.step(event).ok()) {
                if !found.contains(&after) {
                    found.push(after);
                }
            }
            next = next.saturating_add(1);
        }
        found
    }

    const fn row(self) -> usize {
        let order: usize = match self.order {
            Order::None => 0,
            Order::Awaited => 1,
            Order::InEffect => 2,
        };
        let shield: usize = match self.shield {
            Shield::None => 0,
            Shield::Granted => 3,
            Shield::Stayed => 6,
        };
        let review: usize = match self.review {
            Review::None => 0,
            Review::OfOrder => 9,
            Review::OfRelief => 18,
        };
        order.saturating_add(shield).saturating_add(review)
    }
}

impl Default for StatusCourse {
    fn default() -> Self {
        Self::new()
    }
}

const fn name(status: StoreStatus) -> &'static str {
    match status {
        StoreStatus::Listed => "Listed",
        StoreStatus::OrderedRemoved => "OrderedRemoved",
        StoreStatus::Injunction => "Injunction",
        StoreStatus::Appealed { .. } => "Appealed",
    }
}

#[expect(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "evaluated by the compiler, which refuses a place outside the table"
)]
const fn transitions() -> [[Option<StatusCourse>; COLUMNS]; ROWS] {
    let mut table = [[None; COLUMNS]; ROWS];
    let orders = [Order::None, Order::Awaited, Order::InEffect];
    let shields = [Shield::None, Shield::Granted, Shield::Stayed];
    let reviews = [Review::None, Review::OfOrder, Review::OfRelief];
    let mut row = 0;
    while row < ROWS {
        let course =
            StatusCourse { order: orders[row % 3], shield: shields[row / 3 % 3], review: reviews[row / 9] };
        let mut column = 0;
        while column < COLUMNS {
            table[row][column] = after(course, StatusEvent::ALL[column]);
            column += 1;
        }
        row += 1;
    }
    table
}

/// What each event does to a course, and where it cannot follow.
const fn after(course: StatusCourse, event: StatusEvent) -> Option<StatusCourse> {
    let StatusCourse { order, shield, review } = course;
    Some(match (event, order, shield, review) {
        (StatusEvent::OrderIssued, Order::None, ..) => StatusCourse { order: Order::Awaited, ..course },
        (StatusEvent::OrderTookEffect, Order::Awaited, ..) => {
            StatusCourse { order: Order::InEffect, ..course }
        }
        (StatusEvent::OrderEnded, Order::Awaited | Order::InEffect, ..) => StatusCourse::new(),
        (StatusEvent::ReliefGranted, Order::Awaited | Order::InEffect, Shield::None, _) => {
            StatusCourse { shield: Shield::Granted, ..course }
        }
        (StatusEvent::ReliefStayed, _, Shield::Granted, _) => {
            StatusCourse { shield: Shield::Stayed, ..course }
        }
        (StatusEvent::StayEnded, _, Shield::Stayed, _) => StatusCourse { shield: Shield::Granted, ..course },
        // An appeal of relief that is gone has lost its object.
        (StatusEvent::ReliefEnded, _, Shield::Granted | Shield::Stayed, Review::OfRelief) => {
            StatusCourse { shield: Shield::None, review: Review::None, order }
        }
        (StatusEvent::ReliefEnded, _, Shield::Granted | Shield::Stayed, _) => {
            StatusCourse { shield: Shield::None, ..course }
        }
        (StatusEvent::AppealNoticed(Appealed::Order), Order::Awaited | Order::InEffect, _, Review::None) => {
            StatusCourse { review: Review::OfOrder, ..course }
        }
        (StatusEvent::AppealNoticed(Appealed::Relief), _, Shield::Granted | Shield::Stayed, Review::None) => {
            StatusCourse { review: Review::OfRelief, ..course }
        }
        (StatusEvent::AppealEnded, _, _, Review::OfOrder | Review::OfRelief) => {
            StatusCourse { review: Review::None, ..course }
        }
        _ => return None,
    })
}
