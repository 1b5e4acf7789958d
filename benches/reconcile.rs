//! How fast a day's looks at whole stores are reconciled.
//!
//! Run it with `cargo bench --bench reconcile`; `-- --sightings 100000` makes it quicker. The looks are made up: 10,000
//! apps in 175 storefronts, once or on several days, of which one look in a hundred finds the app gone, against two registers: one that
//! names fifty of the apps, and one that reaches every app of an owner besides, so that no app can be passed over by its
//! name alone. Everything runs on one thread. It fails nothing: a time depends on the machine.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::cast_precision_loss,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a benchmark may stop at the first surprise, and rounds its own times"
)]

use std::{fmt::Write as _, hint::black_box, time::Instant};

use delisted::{
    Register, Territory, io,
    observation::{ChangeRule, Observations},
    reconciliation::reconcile,
    time::Known,
};

const STOREFRONTS: usize = 175;
const APPS: usize = 10_000;

fn main() {
    let sightings = asked().unwrap_or(1_750_000);
    let letters = 'A'..='Z';
    let codes = letters.clone().flat_map(|one| letters.clone().map(move |other| format!("{one}{other}")));
    let territories: Vec<String> =
        codes.filter(|code| Territory::new(code).is_ok()).take(STOREFRONTS).collect();
    let mut text = String::from("app,store,territory,at,seen,source\n");
    for number in 0..sightings {
        let (app, place) = (number / territories.len() % APPS, number % territories.len());
        let day = 1 + number / (territories.len() * APPS);
        // A look in a hundred, spread without a pattern that follows apps or territories.
        let seen = if number.wrapping_mul(2_654_435_761) % 100 == 7 { "removed" } else { "available" };
        let minute = place % 60;
        writeln!(
            text,
            "app-{app:05},app-store,{},2025-01-{day:02}T06:{minute:02}:00Z,{seen},monitor",
            territories[place]
        )
        .expect("a text takes all");
    }
    println!("{sightings} sightings, {} bytes of CSV", text.len());
    let start = Instant::now();
    let observations =
        io::read_observations_csv("made.csv", text.as_bytes()).expect("the table is well-formed");
    report("read and sort", start, sightings);
    let shuffled = {
        let mut looks = observations.sightings().to_vec();
        let length = looks.len();
        for place in 0..length {
            looks.swap(place, place.wrapping_mul(2_654_435_761) % length);
        }
        looks
    };
    let start = Instant::now();
    let sorted = Observations::new(shuffled);
    report("sort, shuffled", start, sightings);
    assert_eq!(sorted, observations);
    for (name, at_large) in [("fifty apps named", false), ("an owner's apps besides", true)] {
        let register = register(at_large);
        for (word, rule) in
            [("reported", ChangeRule::reported()), ("applecensorship", ChangeRule::apple_censorship())]
        {
            let start = Instant::now();
            let reconciliation = reconcile(&register, &observations, rule, Known::Best);
            report(&format!("reconcile, {name}, {word}"), start, sightings);
            println!("    {} findings", reconciliation.findings().len());
            black_box(reconciliation);
        }
    }
}

fn report(what: &str, start: Instant, sightings: usize) {
    let taken = start.elapsed();
    let each = taken.as_nanos() as f64 / sightings.max(1) as f64;
    println!("{what:<50} {:>7.2} s {each:>9.0} ns per sighting", taken.as_secs_f64());
}

fn asked() -> Option<usize> {
    let mut arguments = std::env::args().skip_while(|argument| argument != "--sightings").skip(1);
    arguments.next().map(|number| number.parse().expect("`--sightings` needs a number"))
}

/// A register whose one order names fifty apps, and perhaps whatever a maker owns.
fn register(at_large: bool) -> Register {
    let mut text = String::from(
        "format = \"delisted-register\"\nversion = 1\n\n[[organization]]\nid = \"maker\"\nname = \"Maker\"\n\n\
         [[authority]]\nid = \"agency\"\nname = \"the Agency\"\nkind = \"agency\"\njurisdiction = \"IN\"\n",
    );
    let apps: Vec<String> = (0..50).map(|number| format!("app-{:05}", number * 199)).collect();
    for app in &apps {
        write!(text, "\n[[app]]\nid = \"{app}\"\nname = \"{app}\"\n").expect("a text takes all");
    }
    let owned = if at_large { "owned-by = [\"maker\"], " } else { "" };
    let named = apps.join("\", \"");
    write!(
        text,
        "\n[[entry]]\nid = \"issued\"\nevent = \"instrument-issued\"\nby = \"agency\"\nentered = \"2025-01-01[UTC]\"\n\
         recorded = \"2025-01-01[UTC]\"\ncitation = \"Order 1\"\nsources = [\"https://example.org\"]\n\
         instrument = \"order\"\nkind = \"agency-order\"\ntitle = \"Order\"\n\n[[entry.clause]]\nid = \"1\"\n\
         directive = \"prohibit\"\nscope = {{ {owned}apps = [\"{named}\"], territories = [\"IN\"], acts = [\"download\"] }}\n"
    )
    .expect("a text takes all");
    io::read_toml("made.toml", &text).expect("the register is well-formed").register
}
