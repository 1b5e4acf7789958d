//! A calendar as iCalendar (RFC 5545): one event for each item, the same file for the same register.

use std::fmt::Write;

use chrono::{DateTime, SubsecRound, TimeDelta};
use icalendar::{Component, Event, EventLike, EventStatus, Todo, TodoStatus};

use crate::{
    calendar::{Calendar, Certainty, Item, Reach, When},
    time::{Known, text},
};

/// A calendar as the text of an iCalendar file.
///
/// An item whose instant is known is an event at that instant; one that is known within bounds is an event from the
/// first to the second; one that waits for a condition is a to-do without a date. What is not sure is marked as
/// tentative. `UID` and `DTSTAMP` come from the register alone: the first from the app, the direction, the time and the
/// causing entries, the second from the last time at which one of these was recorded. So an item that stays the same keeps its
/// identity in the reader's calendar, and no clock is asked.
///
/// ```
/// use delisted::{Register, io, time::{Known, Period, instant}};
///
/// let calendar = Register::default().calendar(Period::since(instant("2020-09-18T00:00:00Z")?), Known::Best);
/// let file = io::to_ics(&calendar);
/// assert!(file.starts_with("BEGIN:VCALENDAR\r\n"));
/// # Ok::<(), delisted::time::TimeError>(())
/// ```
#[must_use]
pub fn to_ics(calendar: &Calendar) -> String {
    let mut file = icalendar::Calendar::empty();
    file.append_property(("VERSION", "2.0"));
    file.append_property(("PRODID", "-//delisted//calendar//EN"));
    file.append_property(("CALSCALE", "GREGORIAN"));
    file.name("What must come down and what may go up");
    file.append_property(("X-DELISTED-FROM", text(calendar.period().start()).as_str()));
    if let Some(end) = calendar.period().end() {
        file.append_property(("X-DELISTED-TO", text(end).as_str()));
    }
    if let Known::At(known) = calendar.known() {
        file.append_property(("X-DELISTED-KNOWN-AT", text(known).as_str()));
    }
    for item in calendar.items() {
        if item.when == When::UponCondition {
            let mut todo = Todo::new();
            describe(&mut todo, item);
            todo.status(TodoStatus::NeedsAction);
            file.push(todo.done());
        } else {
            let mut event = Event::new();
            describe(&mut event, item);
            place(&mut event, item);
            file.push(event.done());
        }
    }
    let mut written = file.to_string();
    if calendar.items().is_empty() {
        // The standard wants one component at least; this one says nothing.
        written = written.replace("END:VCALENDAR\r\n", NOTHING);
    }
    folded(&written)
}

const NOTHING: &str = "BEGIN:VTIMEZONE\r\nTZID:UTC\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0000\r\n\
                       TZOFFSETTO:+0000\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\nEND:VCALENDAR\r\n";

/// What events and to-dos share.
fn describe(component: &mut impl Component, item: &Item) {
    component.uid(&uid(item));
    let recorded = item.causes.iter().map(|cause| cause.recorded).max();
    let stamp = recorded.or(item.when.latest()).unwrap_or(DateTime::UNIX_EPOCH);
    component.timestamp(stamp.trunc_subsecs(0));
    component.summary(&plain(&item.summary()));
    component.description(&plain(&description(item)));
    component.add_multi_property("CATEGORIES", item.direction.as_str());
    component.add_multi_property("CATEGORIES", item.certainty.as_str());
    component.add_property("X-DELISTED-APP", item.app.as_str());
    component.add_property("X-DELISTED-DIRECTION", item.direction.as_str());
    component.add_property("X-DELISTED-CERTAINTY", item.certainty.as_str());
    if let (Some(earliest), Some(latest)) = (item.when.earliest(), item.when.latest()) {
        component.add_property("X-DELISTED-EARLIEST", text(earliest));
        component.add_property("X-DELISTED-LATEST", text(latest));
    }
    let entries: Vec<&str> = item.causes.iter().map(|cause| cause.entry.as_str()).collect();
    component.add_property("X-DELISTED-ENTRIES", entries.join(" "));
    for reach in &item.reaches {
        component.add_multi_property("X-DELISTED-REACH", &stretch(reach));
    }
}

/// When an event takes place, in whole seconds. A bound that nobody knows is left out; a fraction of a second stands in the
/// `X-DELISTED-` properties. The register takes no time that has a year of five digits.
fn place(event: &mut Event, item: &Item) {
    let (start, end) = match item.when {
        When::At(at) => (Some(at), None),
        When::Between { .. } => (item.when.lower(), item.when.upper()),
        When::UponCondition => (None, None),
    };
    if let Some(start) = start.or(end) {
        event.starts(start.trunc_subsecs(0));
    }
    if let (Some(_), Some(end)) = (start, end) {
        let whole = end.trunc_subsecs(0);
        let up = if whole < end { whole.checked_add_signed(TimeDelta::seconds(1)) } else { Some(whole) };
        event.ends(up.unwrap_or(whole));
    }
    event.status(match item.certainty {
        Certainty::Sure => EventStatus::Confirmed,
        Certainty::Possible | Certainty::Expected => EventStatus::Tentative,
    });
    // Nobody is busy because an order takes effect.
    event.add_property("TRANSP", "TRANSPARENT");
}

fn description(item: &Item) -> String {
    let mut said = item.sentence.clone();
    for cause in &item.causes {
        let _ = write!(said, "\n\n{}: {}", cause.entry, cause.citation);
        for source in &cause.sources {
            let _ = write!(said, "\n{source}");
        }
    }
    said
}

/// The requirement and its marks, the stores, the territories and the acts, each list parted by blanks.
fn stretch(reach: &Reach) -> String {
    let marks = [(reach.in_part, " in-part"), (reach.unenforced, " unenforced")];
    let marks: String = marks.into_iter().filter(|(holds, _)| *holds).map(|(_, mark)| mark).collect();
    let list = |words: Vec<String>| words.join(" ");
    format!(
        "{}{marks} | {} | {} | {}",
        reach.requirement,
        list(reach.stores.iter().map(ToString::to_string).collect()),
        list(reach.territories.iter().map(ToString::to_string).collect()),
        list(reach.acts.iter().map(ToString::to_string).collect()),
    )
}

/// Text as iCalendar can hold it: one kind of line break, and no other control character but the tab.
fn plain(said: &str) -> String {
    let lines = said.replace("\r\n", "\n").replace('\r', "\n");
    lines.chars().filter(|c| matches!(c, '\n' | '\t') || !c.is_control()).collect()
}

/// The identity of an item: a digest of what tells it from the others.
fn uid(item: &Item) -> String {
    let mut parts =
        vec![item.app.to_string(), item.direction.to_string(), item.certainty.as_str().to_owned()];
    parts.extend([item.when.earliest(), item.when.latest()].into_iter().flatten().map(text));
    let mut entries: Vec<String> = item.causes.iter().map(|cause| cause.entry.to_string()).collect();
    entries.sort();
    entries.dedup();
    parts.extend(entries);
    format!("{:032x}@delisted", digest(parts.join("\n").as_bytes()))
}

/// FNV-1a in 128 bits, as its authors state it.
fn digest(bytes: &[u8]) -> u128 {
    const OFFSET: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    bytes.iter().fold(OFFSET, |hash, byte| (hash ^ u128::from(*byte)).wrapping_mul(PRIME))
}

/// The most octets of a line.
const WIDEST: usize = 75;

/// The lines folded anew, none of more than 75 octets with its leading blank, and no character cut in two.
fn folded(written: &str) -> String {
    let mut out = String::with_capacity(written.len());
    for line in written.replace("\r\n ", "").split_inclusive("\r\n") {
        let mut width = 0_usize;
        for c in line.chars() {
            let wide = if matches!(c, '\r' | '\n') { 0 } else { c.len_utf8() };
            width = width.saturating_add(wide);
            if width > WIDEST {
                out.push_str("\r\n ");
                width = wide.saturating_add(1);
            }
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_is_fnv_1a() {
        // The two vectors that its authors publish for the empty text and for `a`.
        assert_eq!(digest(b""), 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d);
        assert_eq!(digest(b"a"), 0xd228_cb69_6f1a_8caf_7891_2b70_4e4a_8964);
    }
}
