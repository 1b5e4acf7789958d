//! Small registers to spoil, and helpers that find the line marked in them.

use delisted::io::{Loaded, read_toml};

/// The opening of every register.
pub(crate) const OPENING: &str = "format = \"delisted-register\"\nversion = 1\n";

/// Words to speak of.
pub(crate) const WORDS: &str = r#"
[[organization]]
id = "tencent"
name = "Tencent Holdings Ltd."

[[organization]]
id = "apple"
name = "Apple Inc."

[[category]]
id = "messenger"
name = "Messengers"

[[store]]
id = "appgallery"
name = "Huawei AppGallery"

[[authority]]
id = "commerce"
name = "US Secretary of Commerce"
kind = "agency"
jurisdiction = "US"

[[authority]]
id = "nd-cal"
name = "US District Court, Northern District of California"
kind = "court"
jurisdiction = "US"

[[authority]]
id = "montana"
name = "A court of Montana"
kind = "court"
jurisdiction = "US-MT"

[[authority]]
id = "delhi"
name = "High Court of Delhi"
kind = "court"
jurisdiction = "IN"

[[app]]
id = "wechat"
name = "WeChat"

[[app]]
id = "wecom"
name = "WeCom"
"#;

/// An order with one clause.
pub(crate) const ORDER: &str = r#"
[[entry]]
id = "order-issued"
event = "instrument-issued"
by = "commerce"
entered = "2020-09-18[America/New_York]"
recorded = "2020-09-18[America/New_York]"
citation = "Order 1"
sources = ["https://example.org/order"]
instrument = "order"
kind = "agency-order"
title = "Order"

[[entry.clause]]
id = "1"
directive = "prohibit"
scope = { apps = ["wechat"], territories = ["US"], acts = ["download"] }
"#;

/// An injunction against the order.
pub(crate) const INJUNCTION: &str = r#"
[[entry]]
id = "injunction-granted"
event = "relief-granted"
by = "nd-cal"
entered = "2020-09-19[America/Los_Angeles]"
recorded = "2020-09-20[America/Los_Angeles]"
citation = "ECF No. 59"
sources = ["https://example.org/injunction"]
relief = "injunction"
kind = "preliminary-injunction"
against = ["order"]
"#;

/// What an entry of 1 October 2020 states besides its event's own fields.
pub(crate) fn entry(id: &str, event: &str, fields: &str) -> String {
    entry_on("2020-10-01", id, event, fields)
}

/// What an entry of a day states besides its event's own fields.
pub(crate) fn entry_on(day: &str, id: &str, event: &str, fields: &str) -> String {
    format!(
        "\n[[entry]]\nid = \"{id}\"\nevent = \"{event}\"\nentered = \"{day}[UTC]\"\nrecorded = \"{day}[UTC]\"\n\
         citation = \"Citation of {id}\"\nsources = [\"https://example.org/{id}\"]\n{fields}\n"
    )
}

/// A register with the words and these entries.
pub(crate) fn register<T: AsRef<str>>(entries: impl IntoIterator<Item = T>) -> String {
    let mut text = format!("{OPENING}{WORDS}");
    text.extend(entries.into_iter().map(|entry| entry.as_ref().to_owned()));
    text
}

/// A text in which a part that stands there once is another.
#[track_caller]
pub(crate) fn with(text: &str, old: &str, new: &str) -> String {
    assert_eq!(text.matches(old).count(), 1, "`{old}` must stand once in the text to be spoilt");
    text.replacen(old, new, 1)
}

/// The order, spoilt.
#[track_caller]
pub(crate) fn order_with(old: &str, new: &str) -> String {
    register([with(ORDER, old, new)])
}

/// The number, from 1, of the only line that starts so.
#[track_caller]
pub(crate) fn line_of(text: &str, start: &str) -> usize {
    let mut found = text.lines().enumerate().filter(|(_, line)| line.starts_with(start));
    let (index, _) = found.next().unwrap();
    assert!(found.next().is_none(), "`{start}` starts several lines");
    index + 1
}

/// Reads a text in which one line ends with the remark `# here`, and expects this to be said of that line.
#[track_caller]
pub(crate) fn refused(text: &str, message: &str) {
    let mut marked = text.lines().enumerate().filter(|(_, line)| line.ends_with("# here"));
    let (index, _) = marked.next().unwrap();
    assert!(marked.next().is_none(), "several lines are marked");
    refused_at(text, index + 1, message);
}

/// Reads a text, and expects this to be said of this line.
#[track_caller]
pub(crate) fn refused_at(text: &str, line: usize, message: &str) {
    match read_toml("case.toml", text) {
        Ok(_) => panic!("the file was read, where this was expected: {message}"),
        Err(error) => assert_eq!(error.to_string(), format!("case.toml:{line}: {message}")),
    }
}

/// Reads a text that is a register.
#[track_caller]
pub(crate) fn read(text: &str) -> Loaded {
    match read_toml("case.toml", text) {
        Ok(loaded) => loaded,
        Err(error) => panic!("the file was refused: {error}"),
    }
}
