//! The founding case: WeChat in the United States, August 2020 to June 2021.
//!
//! ```text
//! cargo run --release --example wechat_2020
//! ```

#[path = "output/mod.rs"]
mod output;

use std::{error::Error, fmt::Write as _};

use chrono::{DateTime, Utc};
use delisted::{
    Act, AsOf, Register, Store, Subject,
    downloads::Spike,
    io,
    law::{Relief, ReliefKind},
    register::{Entry, Event},
    time::civil,
};

/// The register of the case, with a source for every entry.
const REGISTER: &str = include_str!("../cases/wechat-2020/register.toml");

/// The acts that the order of 18 September names.
const ACTS: [Act; 7] = [
    Act::Download,
    Act::Update,
    Act::Payment,
    Act::Hosting,
    Act::ContentDelivery,
    Act::Transit,
    Act::CodeReuse,
];

/// The days on which the story turns.
const TURNING_DAYS: [(&str, &str); 10] = [
    ("2020-08-06T18:00:00[America/New_York]", "the executive order: it leaves the list to Commerce"),
    ("2020-09-18T18:00:00[America/New_York]", "Commerce lists what will be prohibited from Sunday on"),
    (
        "2020-09-20T01:00:00[America/New_York]",
        "Sunday in New York, Saturday in San Francisco: no source gives the hours",
    ),
    ("2020-09-20T00:00:00[America/Los_Angeles]", "by the end of its day the court has enjoined the list"),
    ("2020-09-21T00:00:00[America/New_York]", "by the end of that Sunday the list would have begun"),
    ("2020-09-21T18:00:00[America/New_York]", "Commerce says that it will appeal: no filing yet"),
    ("2020-10-02T18:00:00[America/Los_Angeles]", "the appeal is filed"),
    ("2020-10-26T18:00:00[America/Los_Angeles]", "the court of appeals refuses a stay"),
    ("2021-06-09T18:00:00[America/New_York]", "the executive order is revoked, and the list falls with it"),
    ("2021-06-16T18:00:00[America/New_York]", "the list is rescinded, as a notice of 21 June will say"),
];

fn main() -> Result<(), Box<dyn Error>> {
    let story = story()?;
    output::print(|out| Ok(out.write_all(story.as_bytes())?))
}

fn story() -> Result<String, Box<dyn Error>> {
    let loaded = io::read_toml("cases/wechat-2020/register.toml", REGISTER)?;
    let register = &loaded.register;
    let mut out = String::new();
    for warning in &loaded.warnings {
        writeln!(out, "warning: {warning}")?;
    }

    heading(&mut out, "What the law required, day by day")?;
    for (day, what) in TURNING_DAYS {
        turning_day(&mut out, register, day, what)?;
    }

    heading(&mut out, "What was known then, and what is best known now")?;
    known_then(
        &mut out,
        register,
        "2020-09-20T09:00:00[America/New_York]",
        "Sunday, nine in the morning in New York",
    )?;
    known_then(
        &mut out,
        register,
        "2021-06-17T12:00:00[America/New_York]",
        "the day after the list's rescission",
    )?;

    heading(&mut out, "What if the court of appeals had granted the stay on 26 October 2020")?;
    what_if_stayed(&mut out, register)?;

    heading(&mut out, "The sibling app")?;
    let wecom = Subject::new("wecom".parse()?, Store::APP_STORE, "US".parse()?, Act::Download);
    write!(out, "{}", register.explain(&wecom, moment("2020-09-22T12:00:00[America/New_York]")?))?;

    heading(
        &mut out,
        "The surge of 18 and 19 September 2020, United States, against the same two days a week earlier",
    )?;
    surge(&mut out)?;
    Ok(out)
}

/// One day: each act in each store, and why, with the citations.
fn turning_day(out: &mut String, register: &Register, day: &str, what: &str) -> Result<(), Box<dyn Error>> {
    let at = moment(day)?;
    writeln!(out, "{day}: {what}")?;
    writeln!(out, "  {:<18}{:<34}google-play", "act", "app-store")?;
    for act in ACTS {
        let answers = Store::WELL_KNOWN.map(|store| short(register, store, act, at));
        let [apple, google] = answers;
        writeln!(out, "  {:<18}{:<34}{}", act.to_string(), apple?, google?)?;
    }
    let download = wechat(Store::APP_STORE, Act::Download)?;
    writeln!(out, "  in words: {}", register.determine(&download, at).headline())?;
    writeln!(out, "  why, for a download from the App Store:")?;
    for line in register.explain(&download, at).to_string().lines().skip(1) {
        writeln!(out, "  {line}")?;
    }
    writeln!(out)?;
    Ok(())
}

fn short(register: &Register, store: Store, act: Act, at: DateTime<Utc>) -> Result<String, Box<dyn Error>> {
    let answer = register.determine(&wechat(store, act)?, at);
    Ok(format!("{}, status {}", answer.requirement(), answer.headline().as_str()))
}

/// One instant, answered from the record of that instant and from today's.
fn known_then(out: &mut String, register: &Register, day: &str, what: &str) -> Result<(), Box<dyn Error>> {
    let at = moment(day)?;
    let download = wechat(Store::APP_STORE, Act::Download)?;
    writeln!(out, "{day}: {what}")?;
    writeln!(out, "from what was public at that moment:")?;
    write!(out, "{}", register.explain(&download, AsOf::from(at).known_at(at)))?;
    writeln!(out, "as best known now:")?;
    writeln!(out, "{}", register.explain(&download, at))?;
    Ok(())
}

fn what_if_stayed(out: &mut String, register: &Register) -> Result<(), Box<dyn Error>> {
    let granted = civil::parse("2020-10-26T18:00:00[America/Los_Angeles]")?;
    let stay = Relief::new(
        "hypothetical-stay".parse()?,
        ReliefKind::StayPendingAppeal,
        [delisted::ReliefId::new("users-injunction")?],
    )
    .pending("ca9-20-16908".parse()?);
    let entry = Entry::build("hypothetical-stay-granted".parse()?, Event::ReliefGranted(stay))
        .by("ca9".parse()?)
        .entered(granted.clone())
        .recorded(granted)
        .citation("hypothetical: 9th Cir. 20-16908, stay granted")
        .source("none; this never happened")
        .finish()?;
    let what_if = register.what_if([entry])?;
    let download = wechat(Store::APP_STORE, Act::Download)?;
    let next_day = moment("2020-10-27T12:00:00[America/New_York]")?;
    let difference = what_if.compare(&download, next_day);
    writeln!(out, "  as it was:        {}", difference.actual.requirement())?;
    writeln!(out, "  had it been so:   {}", difference.hypothetical.requirement())?;
    write!(out, "{}", what_if.register().explain(&download, next_day))?;
    Ok(())
}

/// Sensor Tower's figures, first told by Reuters; each is rounded, so the ratios are too.
fn surge(out: &mut String) -> Result<(), Box<dyn Error>> {
    let sources = [
        "https://www.businesstimes.com.sg/technology/tencents-wechat-app-sees-surge-in-download-before-us-ban",
        "https://mobilemarketingreads.com/tencents-wechat-app-sees-record-downloads-before-u-s-ban/",
    ];
    for (app, observed, expected) in [("WeChat", 54_000, 1_900), ("WeCom", 58_000, 300)] {
        let spike = Spike::of_totals(observed, expected)?;
        writeln!(out, "{app}: {spike}")?;
        writeln!(out, "  multiple (observed over expected):     {}", spike.multiple())?;
        writeln!(out, "  increase (what came on top, over it):  {}", spike.increase())?;
    }
    writeln!(out, "figures: Sensor Tower, via {}", sources.join(" and "))?;
    writeln!(
        out,
        "the same vendor is also quoted with 110,000 for WeChat, up 1,058 %; no source read says how the two fit: \
         https://www.adweek.com/programmatic/wechat-downloads-soared-this-weekend-ahead-potential-ban/"
    )?;
    Ok(())
}

fn wechat(store: Store, act: Act) -> Result<Subject, Box<dyn Error>> {
    Ok(Subject::new("wechat".parse()?, store, "US".parse()?, act))
}

fn moment(text: &str) -> Result<DateTime<Utc>, Box<dyn Error>> {
    Ok(civil::parse(text)?.as_start())
}

fn heading(out: &mut String, text: &str) -> std::fmt::Result {
    writeln!(out, "\n{text}\n{}\n", "=".repeat(text.len()))
}
