//! Times and spans, as a register file states them.

use super::support::{INJUNCTION, ORDER, line_of, order_with, read, refused, refused_at, register};

const ENTERED: &str = "entered = \"2020-09-18[America/New_York]\"";

/// The order, with another time of entry.
#[track_caller]
fn refused_time(time: &str, message: &str) {
    refused(&order_with(ENTERED, &format!("entered = \"{time}\" # here")), message);
}

#[test]
fn a_date_that_the_calendar_does_not_have_is_refused() {
    for time in [
        "2020-09-31[America/New_York]",
        "2020-9-18[UTC]",
        "18 September 2020",
        "",
        "2020-09-18T10:00[UTC]",
        "2020-09-18T23:59:60Z",
        "open",
        "upon sale",
    ] {
        refused_time(
            time,
            &format!(
                "`{time}` is not a time; write an instant `2020-09-21T03:59:00Z`, a civil time with its zone \
                 `2020-09-20T23:59:00[America/New_York]`, a whole day `2020-09-20[America/New_York]`, or two of \
         them with `..` between"
            ),
        );
    }
}

#[test]
fn a_time_without_a_zone_is_refused() {
    for time in ["2020-09-18", "2020-09-18T10:00:00"] {
        let message = format!(
            "`{time}` has no zone; write `{time}[UTC]` or name the place, `{time}[America/New_York]`"
        );
        refused_time(time, &message);
        refused(&order_with(ENTERED, &format!("entered = {time} # here")), &message);
    }
}

#[test]
fn a_zone_is_in_the_list() {
    refused_time(
        "2020-09-18[America/NewYork]",
        "`America/NewYork` is not an IANA zone; did you mean `America/New_York`?",
    );
    refused_time("2020-09-18[EDT]", "`EDT` is not an IANA zone; did you mean `EET`?");
    refused_time("2020-09-18T10:00:00[Nowhere/Special]", "`Nowhere/Special` is not an IANA zone");
}

#[test]
fn a_civil_time_that_was_skipped_is_refused_with_the_times_around_it() {
    refused_time(
        "2020-03-08T02:30:00[America/New_York]",
        "`2020-03-08T02:30:00[America/New_York]` did not occur: clocks in America/New_York went from \
         2020-03-08T01:59:59-05:00[America/New_York] to 2020-03-08T03:00:00-04:00[America/New_York]; write one of \
         the two, or the instant in UTC",
    );
    refused_time(
        "2011-12-30[Pacific/Apia]",
        "`2011-12-30[Pacific/Apia]` did not occur: clocks in Pacific/Apia went from \
         2011-12-29T23:59:59-10:00[Pacific/Apia] to 2011-12-31T00:00:00+14:00[Pacific/Apia]; write one of the two, \
         or the instant in UTC",
    );
}

#[test]
fn a_civil_time_that_occurred_twice_is_refused_with_both() {
    refused_time(
        "2019-11-03T01:30:00[America/New_York]",
        "`2019-11-03T01:30:00[America/New_York]` occurred twice in America/New_York; write \
         `2019-11-03T01:30:00-04:00[America/New_York]` or `2019-11-03T01:30:00-05:00[America/New_York]`",
    );
    read(&order_with(ENTERED, "entered = \"2019-11-03T01:30:00-05:00[America/New_York]\""));
}

#[test]
fn an_offset_is_the_one_that_the_zone_had() {
    refused_time(
        "2020-09-18T10:00:00-05:00[America/New_York]",
        "`2020-09-18T10:00:00-05:00[America/New_York]` gives the offset `-05:00`, but America/New_York was at \
         `-04:00` then",
    );
}

#[test]
fn an_instant_may_stand_without_quotation_marks() {
    let quoted = read(&order_with(ENTERED, "entered = \"2020-09-18T10:00:00Z\"")).register;
    assert_eq!(read(&order_with(ENTERED, "entered = 2020-09-18T10:00:00Z")).register, quoted);
    assert_eq!(read(&order_with(ENTERED, "entered = 2020-09-18T06:00:00-04:00")).register, quoted);
}

#[test]
fn a_span_ends_after_it_starts() {
    let message = "the end `2020-09-19[UTC]` is not after the start `2020-09-20[UTC]`";
    let (from, until) = ("from = \"2020-09-20[UTC]\"", "until = \"2020-09-19[UTC]\" # here");
    refused(&order_with("directive =", &format!("{from}\n{until}\ndirective =")), message);
    refused(&order_with("directive =", &format!("{until}\n{from}\ndirective =")), message);
    refused(&order_with("title =", &format!("{from}\n{until}\ntitle =")), message);
    refused(&register([ORDER, INJUNCTION, from, "\n", until, "\n"]), message);
    read(&order_with("directive =", "from = \"2020-09-20[UTC]\"\nuntil = \"2020-09-20[UTC]\"\ndirective ="));
}

#[test]
fn a_span_that_states_only_its_end_ends_after_its_entry_takes_effect() {
    refused(
        &order_with("directive =", "until = \"2020-09-01[UTC]\" # here\ndirective ="),
        "entry `order-issued` starts at `2020-09-18[America/New_York]` and ends at `2020-09-01[UTC]`, which is not \
         after it; mend one of the two",
    );
    refused(
        &register([
            ORDER,
            INJUNCTION,
            "effective = \"2020-09-25[UTC]\"\nuntil = \"2020-09-24[UTC]\" # here\n",
        ]),
        "entry `injunction-granted` starts at `2020-09-25[UTC]` and ends at `2020-09-24[UTC]`, which is not after \
         it; mend one of the two",
    );
}

#[test]
fn an_entry_is_recorded_when_it_was_entered_or_later() {
    let recorded = "recorded = \"2020-09-18[America/New_York]\"";
    for day in ["2020-09-17", "2020-09-16"] {
        refused(
            &order_with(recorded, &format!("recorded = \"{day}[America/New_York]\" # here")),
            &format!(
                "entry `order-issued` was recorded at `{day}[America/New_York]`, before it was entered at \
                 `2020-09-18[America/New_York]`"
            ),
        );
    }
    read(&order_with(recorded, "recorded = \"2020-09-18T04:00:00Z\""));
}

#[test]
fn a_condition_has_the_shape_of_an_identifier() {
    refused(
        &order_with("directive =", "until = \"upon Sale\" # here\ndirective ="),
        "`Sale` is not an identifier: `S` at character 1 is not one of a-z, 0-9, `-`, `_`, `.`",
    );
    refused(
        &order_with("directive =", "until = \"upon \" # here\ndirective ="),
        "an identifier is empty; it needs 1 to 64 characters",
    );
    read(&order_with("directive =", "from = \"upon notice\"\nuntil = \"upon sale\"\ndirective ="));
}

#[test]
fn an_end_is_taken_away_only_by_moving_it() {
    let text = order_with("directive =", "until = \"open\"\ndirective =");
    refused_at(
        &text,
        line_of(&text, "until ="),
        "`open` is not a time; write an instant `2020-09-21T03:59:00Z`, a civil time with its zone \
         `2020-09-20T23:59:00[America/New_York]`, a whole day `2020-09-20[America/New_York]`, or two of \
         them with `..` between",
    );
}
