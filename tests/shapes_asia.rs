//! Shapes that a simple machine gets wrong, each on a real case of Asia. Sources stand in the cases' files, at each
//! entry and each sighting.
#![cfg(feature = "file")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests stop at the first surprise")]

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use delisted::{
    Act, AsOf, InstrumentId, Register, Store, Subject,
    determination::{Determination, Ground, GroundStatus, Requirement},
    io,
    law::{AppSelector, Directive, Instrument, InstrumentKind, Restriction, Scope},
    observation::{Observations, RemovedBy, Seen, Sighting},
    register::{Entry, Event},
    time::{Known, civil},
};

const SLUGS: [&str; 9] = [
    "china-cac-2024",
    "china-games-licence-2020",
    "china-hkmap-2019",
    "hongkong-reversedfront-2025",
    "india-59-apps-2020",
    "india-fiu-crypto-2024",
    "india-tiktok-2019",
    "indonesia-temu-2024",
    "korea-fiu-crypto-2025",
];

/// A case as its files have it.
struct Case {
    register: Register,
    observations: Observations,
    territory: &'static str,
}

fn case(slug: &str, territory: &'static str) -> Case {
    let folder = format!("{}/cases/{slug}", env!("CARGO_MANIFEST_DIR"));
    let loaded = io::read_path(format!("{folder}/register.toml")).unwrap();
    assert_eq!(loaded.warnings, [], "{slug}");
    let observations = io::read_observations(format!("{folder}/observations.csv")).unwrap();
    Case { register: loaded.register, observations, territory }
}

fn at(text: &str) -> DateTime<Utc> {
    civil::parse(text).unwrap().as_start()
}

impl Case {
    fn subject(&self, app: &str, store: Store, act: Act) -> Subject {
        Subject::new(app.parse().unwrap(), store, self.territory.parse().unwrap(), act)
    }

    fn ask(&self, app: &str, store: Store, act: Act, as_of: impl Into<AsOf>) -> Determination {
        self.register.determine(&self.subject(app, store, act), as_of)
    }

    fn download(&self, app: &str, when: &str) -> Determination {
        self.ask(app, Store::APP_STORE, Act::Download, at(when))
    }

    /// Whether it was seen to be offered on a day, or at an instant.
    fn offered(&self, app: &str, store: Store, when: &str) -> Option<bool> {
        let subject = self.subject(app, store, Act::Download);
        self.observations.seen_at(&subject, &civil::parse(when).unwrap()).offered()
    }

    /// The apps whose download from the App Store is prohibited.
    fn prohibited(&self, when: &str) -> BTreeSet<String> {
        let apps = self.register.directory().apps().map(|app| app.app.to_string());
        apps.filter(|app| self.download(app, when).requirement() == Requirement::Prohibited).collect()
    }
}

/// How the entry that introduced a measure stood in an answer.
fn stood(answer: &Determination, entry: &str) -> Option<GroundStatus> {
    answer.grounds().iter().find(|ground| ground.entry().as_str() == entry).map(Ground::status)
}

fn words<const N: usize>(words: [&str; N]) -> BTreeSet<String> {
    words.into_iter().map(str::to_owned).collect()
}

#[test]
fn no_file_holds_anything_odd_and_no_cause_names_an_instrument_that_is_not_there() {
    for slug in SLUGS {
        let case = case(slug, "IN");
        for sighting in case.observations.sightings() {
            assert!(
                case.register.directory().app(sighting.subject().app()).is_some(),
                "{slug}: {sighting:?}"
            );
            for cause in sighting.causes() {
                let instrument = case.register.measure(cause.instrument().as_str());
                assert!(instrument.is_some(), "{slug}: nothing is called `{}`", cause.instrument());
            }
        }
        assert_eq!(case.register.entries().iter().find(|entry| entry.note().is_some()), None, "{slug}");
    }
}

#[test]
fn a_rule_by_lists_reaches_each_app_from_the_day_on_which_a_list_takes_it_in() {
    let case = case("india-59-apps-2020", "IN");
    let first = words(["tiktok", "uc-browser", "shareit"]);
    let clones = words(["tiktok-lite", "helo-lite", "shareit-lite"]);
    let third = words(["pubg-mobile", "pubg-mobile-lite"]);
    let fourth = words(["snack-video", "aliexpress"]);
    let mut so_far = BTreeSet::new();
    assert_eq!(case.prohibited("2020-06-28[Asia/Kolkata]"), so_far);
    for (when, wave) in [
        ("2020-06-30[Asia/Kolkata]", first),
        ("2020-07-25[Asia/Kolkata]", clones),
        ("2020-09-03[Asia/Kolkata]", third),
        ("2020-11-25[Asia/Kolkata]", fourth),
    ] {
        so_far.extend(wave);
        assert_eq!(case.prohibited(when), so_far, "{when}");
    }
}

#[test]
fn an_app_is_on_a_list_from_when_it_joined_and_not_at_the_time_of_any_other_question() {
    let case = case("india-59-apps-2020", "IN");
    let ask = |register: &Register, app: &str, when: &str| {
        register.determine(&case.subject(app, Store::APP_STORE, Act::Download), at(when))
    };
    let because = |answer: &Determination| {
        let entries = answer.uncertainty().map(|it| it.because().to_vec()).unwrap_or_default();
        entries.into_iter().map(|entry| entry.to_string()).collect::<Vec<_>>()
    };
    // On the day of the second order the hour of neither order nor list is known.
    let day = ask(&case.register, "helo-lite", "2020-07-24T12:00:00[Asia/Kolkata]");
    assert!(because(&day).contains(&"wave-2-lists-helo-lite".to_owned()), "{day:?}");
    let eve = ask(&case.register, "helo-lite", "2020-07-23T23:59:59[Asia/Kolkata]");
    assert_eq!((eve.requirement(), eve.uncertainty()), (Requirement::Unrestricted, None));

    // An app that joins when the order has long been there: the list alone decides, at the time asked about.
    let joined = Event::CategoryJoined {
        app: "snack-video".parse().unwrap(),
        category: "wave-2-list".parse().unwrap(),
    };
    let joined = Entry::build("joined".parse().unwrap(), joined)
        .entered(civil::parse("2020-08-10..2020-08-12[Asia/Kolkata]").unwrap())
        .recorded(at("2020-08-13[Asia/Kolkata]"))
        .citation("a supposition")
        .source("a supposition")
        .finish()
        .unwrap();
    let supposed = case.register.what_if([joined]).unwrap();
    let snack = |when: &str| ask(supposed.register(), "snack-video", when);
    for when in ["2020-07-25T12:00:00[Asia/Kolkata]", "2020-08-09T23:59:59[Asia/Kolkata]"] {
        let before = snack(when);
        assert_eq!((before.requirement(), before.uncertainty()), (Requirement::Unrestricted, None), "{when}");
    }
    let between = snack("2020-08-11T12:00:00[Asia/Kolkata]");
    assert_eq!(
        (between.requirement(), because(&between)),
        (Requirement::Unrestricted, vec!["joined".into()])
    );
    let after = snack("2020-08-13T00:00:00[Asia/Kolkata]");
    assert_eq!((after.requirement(), after.uncertainty()), (Requirement::Prohibited, None));
}

#[test]
fn an_order_kept_back_for_three_days_prohibits_from_its_date_and_could_be_known_later() {
    let case = case("india-59-apps-2020", "IN");
    let saturday = AsOf::from(at("2020-07-25[Asia/Kolkata]"));
    let ask = |as_of: AsOf| case.ask("helo-lite", Store::GOOGLE_PLAY, Act::Download, as_of).requirement();
    assert_eq!(ask(saturday), Requirement::Prohibited);
    assert_eq!(ask(saturday.known_at(at("2020-07-26[Asia/Kolkata]"))), Requirement::Unrestricted);
    assert_eq!(ask(saturday.known_at(at("2020-07-28[Asia/Kolkata]"))), Requirement::Prohibited);
}

#[test]
fn an_interim_order_binds_at_once_and_goes_on_as_a_permanent_one_without_a_gap() {
    let case = case("india-59-apps-2020", "IN");
    for act in [Act::Download, Act::Update, Act::Access] {
        let subject = case.subject("tiktok", Store::APP_STORE, act);
        // Surely made by the end of its day.
        let since = at("2020-06-29..2020-06-29[Asia/Kolkata]");
        let line = case.register.timeline(&subject, Known::Best);
        for (period, answer) in line.iter().filter(|(it, _)| it.end().is_none_or(|end| since < end)) {
            assert_eq!(answer.requirement(), Requirement::Prohibited, "{act} {period:?}");
            assert_eq!(answer.uncertainty(), None, "{act} {period:?}");
            let in_force = |entry| stood(answer, entry) == Some(GroundStatus::InForce);
            let (interim, permanent) = (in_force("wave-1-issued"), in_force("wave-1-made-permanent"));
            assert!(interim != permanent, "{act} {period:?}: one of the two orders, and never both");
        }
    }
    let before = case.download("tiktok", "2021-01-15[Asia/Kolkata]");
    assert_eq!(stood(&before, "wave-1-issued"), Some(GroundStatus::InForce));
    assert_eq!(stood(&before, "wave-1-made-permanent"), None);
    let after = case.download("tiktok", "2021-01-28[Asia/Kolkata]");
    assert_eq!(stood(&after, "wave-1-issued"), Some(GroundStatus::Superseded));
    assert_eq!(stood(&after, "wave-1-made-permanent"), Some(GroundStatus::InForce));
}

#[test]
fn what_one_order_leaves_alone_another_restraint_ends_weeks_later_without_any_law() {
    let case = case("india-59-apps-2020", "IN");
    let subject = case.subject("pubg-mobile", Store::GOOGLE_PLAY, Act::Access);
    for when in ["2020-09-04[Asia/Kolkata]", "2020-10-31[Asia/Kolkata]"] {
        assert_eq!(case.register.determine(&subject, at(when)).requirement(), Requirement::Unrestricted);
    }
    let seen = |when: &str| case.observations.seen_at(&subject, &civil::parse(when).unwrap()).offered();
    assert_eq!(seen("2020-09-04[Asia/Kolkata]"), Some(true));
    assert_eq!(seen("2020-10-30[Asia/Kolkata]"), Some(false));
    assert_eq!(case.observations.of(&subject).last().unwrap().by(), Some(RemovedBy::Publisher));
}

#[test]
fn a_publisher_can_take_its_app_down_before_the_store_is_told() {
    let case = case("india-59-apps-2020", "IN");
    let morning = "2020-06-30T09:30:00[Asia/Kolkata]";
    assert_eq!(case.offered("tiktok", Store::GOOGLE_PLAY, morning), Some(false));
    assert_eq!(case.offered("tiktok", Store::APP_STORE, morning), Some(true));
    let subject = case.subject("tiktok", Store::GOOGLE_PLAY, Act::Download);
    let first = &case.observations.of(&subject)[0];
    assert_eq!((first.seen(), first.by()), (Seen::Withdrawn, Some(RemovedBy::Publisher)));
}

#[test]
fn a_game_reborn_under_another_id_is_free_of_the_order_on_its_former_self() {
    let case = case("india-59-apps-2020", "IN");
    let year_after = "2021-09-01[Asia/Kolkata]";
    assert_eq!(case.download("pubg-mobile", year_after).requirement(), Requirement::Prohibited);
    let reborn = case.download("bgmi", year_after);
    assert_eq!((reborn.requirement(), reborn.grounds()), (Requirement::Unrestricted, &[][..]));
    assert_eq!(case.offered("bgmi", Store::APP_STORE, "2021-08-18[Asia/Kolkata]"), Some(true));

    // The register knows that the two are one history: an order that says so reaches both.
    let game = [AppSelector::AppAndSuccessors("pubg-mobile".parse().unwrap())];
    let clause = Restriction::new("1".parse().unwrap(), Directive::Prohibit, Scope::apps(game));
    let order =
        Instrument::new("order".parse().unwrap(), InstrumentKind::AgencyOrder, "an order on the game");
    let entry =
        Entry::build("order-issued".parse().unwrap(), Event::InstrumentIssued(order.with_clause(clause)))
            .by("meity".parse().unwrap())
            .entered(at("2021-06-01[Asia/Kolkata]"))
            .recorded(at("2021-07-03[Asia/Kolkata]"))
            .citation("a supposition")
            .source("a supposition")
            .finish()
            .unwrap();
    let supposed = case.register.what_if([entry]).unwrap();
    let bgmi = case.subject("bgmi", Store::APP_STORE, Act::Download);
    let answer = supposed.register().determine(&bgmi, at(year_after));
    assert_eq!(answer.requirement(), Requirement::Prohibited);
    let before_birth = supposed.register().determine(&bgmi, at("2021-07-01[Asia/Kolkata]"));
    assert_eq!(before_birth.requirement(), Requirement::Unrestricted);
}

#[test]
fn an_order_known_only_by_what_it_did_stands_no_later_than_that() {
    let case = case("india-59-apps-2020", "IN");
    let day = case.download("bgmi", "2022-07-28T12:00:00[Asia/Kolkata]");
    assert_eq!(day.requirement(), Requirement::Unrestricted);
    let uncertainty = day.uncertainty().unwrap();
    assert_eq!(uncertainty.because()[0].as_str(), "bgmi-blocked");
    assert_eq!(uncertainty.alternatives()[0].requirement(), Requirement::Prohibited);
    let after = case.download("bgmi", "2022-07-29[Asia/Kolkata]");
    assert_eq!((after.requirement(), after.uncertainty()), (Requirement::Prohibited, None));
}

#[test]
fn a_trial_permission_lets_the_order_rest_and_ends_by_itself() {
    let case = case("india-59-apps-2020", "IN");
    let known = at("2023-08-01[Asia/Kolkata]");
    let ask =
        |when: &str| case.ask("bgmi", Store::APP_STORE, Act::Download, AsOf::from(at(when)).known_at(known));
    let during = ask("2023-06-01[Asia/Kolkata]");
    assert_eq!(during.requirement(), Requirement::Unrestricted);
    assert_eq!(stood(&during, "bgmi-blocked"), Some(GroundStatus::Permitted));
    // Three months from which day? Between the two ends nobody can say.
    let between = ask("2023-08-20[Asia/Kolkata]");
    assert_eq!(between.uncertainty().unwrap().because()[0].as_str(), "bgmi-on-trial");
    let over = ask("2023-08-30[Asia/Kolkata]");
    assert_eq!((over.requirement(), over.uncertainty()), (Requirement::Prohibited, None));
    assert_eq!(stood(&over, "bgmi-on-trial"), Some(GroundStatus::Expired));

    // What came of it: the permission goes on.
    let passed = case.download("bgmi", "2023-10-01[Asia/Kolkata]");
    assert_eq!((passed.requirement(), passed.uncertainty()), (Requirement::Unrestricted, None));
    assert_eq!(stood(&passed, "bgmi-blocked"), Some(GroundStatus::Permitted));
}

#[test]
fn a_rumour_on_the_web_lifts_nothing_in_the_stores() {
    let case = case("india-59-apps-2020", "IN");
    let answer = case.download("tiktok", "2025-08-23[Asia/Kolkata]");
    assert_eq!(answer.requirement(), Requirement::Prohibited);
    assert_eq!(stood(&answer, "wave-1-made-permanent"), Some(GroundStatus::InForce));
    for store in Store::WELL_KNOWN {
        assert_eq!(case.offered("tiktok", store, "2025-08-22[Asia/Kolkata]"), Some(false));
    }
}

#[test]
fn an_end_set_by_another_court_bites_by_itself() {
    let case = case("india-tiktok-2019", "IN");
    let by = |entry: &str| case.register.entry(&entry.parse().unwrap()).unwrap().by().cloned().unwrap();
    assert_ne!(by("end-set-by-supreme-court"), by("interim-order-made"));
    let ask = |when: &str, known: &str| {
        let as_of = AsOf::from(at(when)).known_at(at(known));
        case.ask("tiktok", Store::APP_STORE, Act::Download, as_of)
    };
    // Before the High Court decided, its order was in force with an end in sight.
    let (eve, known) = ("2019-04-24T23:59:59[Asia/Kolkata]", "2019-04-23T12:00:00[Asia/Kolkata]");
    assert_eq!(stood(&ask(eve, known), "interim-order-made"), Some(GroundStatus::InForce));
    let fallen = ask("2019-04-25[Asia/Kolkata]", known);
    assert_eq!(fallen.requirement(), Requirement::Unrestricted);
    assert_eq!(stood(&fallen, "interim-order-made"), Some(GroundStatus::Expired));
    // A day earlier nobody knew of an end.
    let earlier = ask("2019-04-25[Asia/Kolkata]", "2019-04-22[Asia/Kolkata]");
    assert_eq!(earlier.requirement(), Requirement::Prohibited);
    // As it came out, the High Court was first.
    let vacated = case.download("tiktok", "2019-04-25[Asia/Kolkata]");
    assert_eq!(stood(&vacated, "interim-order-made"), Some(GroundStatus::Vacated));
    assert_eq!(stood(&vacated, "condition-of-the-lift"), Some(GroundStatus::InForce));
}

#[test]
fn two_refusals_of_a_stay_by_two_courts_change_nothing() {
    let case = case("india-tiktok-2019", "IN");
    let (before, after) = ("2019-04-10[Asia/Kolkata]", "2019-04-18[Asia/Kolkata]");
    let answer = case.download("tiktok", after);
    assert_eq!((answer.requirement(), answer.is_under_appeal()), (Requirement::Prohibited, false));
    assert_eq!(answer.headline(), case.download("tiktok", before).headline());
    let subject = case.subject("tiktok", Store::APP_STORE, Act::Download);
    let told =
        |when: &str| case.register.explain(&subject, at(when)).to_string().matches("stay refused").count();
    assert_eq!((told(before), told(after)), (0, 2));
}

#[test]
fn a_day_on_which_two_sources_disagree_makes_the_answer_uncertain_between_them() {
    let case = case("india-tiktok-2019", "IN");
    let between = case.download("tiktok", "2019-04-04T12:00:00[Asia/Kolkata]");
    assert_eq!(between.uncertainty().unwrap().because()[0].as_str(), "interim-order-made");
    for (when, requirement) in [
        ("2019-04-02T12:00:00[Asia/Kolkata]", Requirement::Unrestricted),
        ("2019-04-05T12:00:00[Asia/Kolkata]", Requirement::Prohibited),
    ] {
        let answer = case.download("tiktok", when);
        assert_eq!((answer.requirement(), answer.uncertainty()), (requirement, None), "{when}");
    }
}

#[test]
fn an_app_can_be_free_and_absent() {
    let case = case("india-tiktok-2019", "IN");
    for store in Store::WELL_KNOWN {
        for (day, offered) in [("2019-04-25[Asia/Kolkata]", false), ("2019-05-01[Asia/Kolkata]", true)] {
            let answer = case.ask("tiktok", store.clone(), Act::Download, at(day));
            assert_eq!(answer.requirement(), Requirement::Unrestricted, "{store} {day}");
            assert_eq!(case.offered("tiktok", store.clone(), day), Some(offered), "{store} {day}");
            // What may explain it binds nobody, and stood on both days.
            assert_eq!(stood(&answer, "letter-sent"), Some(GroundStatus::NotBinding), "{store} {day}");
        }
    }
}

#[test]
fn one_store_can_move_days_after_the_other() {
    let notices = case("india-fiu-crypto-2024", "IN");
    for app in ["binance", "htx", "gate-io", "bittrex", "bitfinex"] {
        let offered = |store, when| notices.offered(app, store, when);
        let wednesday = "2024-01-10T14:00:00[Asia/Kolkata]";
        assert_eq!(offered(Store::APP_STORE, wednesday), Some(false), "{app}");
        assert_eq!(offered(Store::GOOGLE_PLAY, wednesday), Some(true), "{app}");
        assert_eq!(offered(Store::GOOGLE_PLAY, "2024-01-13[Asia/Kolkata]"), Some(false), "{app}");
    }
    let korea = case("korea-fiu-crypto-2025", "KR");
    for app in ["kucoin", "mexc"] {
        let gone = |store: Store| {
            let subject = korea.subject(app, store, Act::Download);
            let looks = korea.observations.of(&subject).iter();
            looks.filter(|look| look.seen() == Seen::Removed).map(Sighting::latest).min().unwrap()
        };
        let days = (gone(Store::APP_STORE) - gone(Store::GOOGLE_PLAY)).num_days();
        assert!((16..=17).contains(&days), "{app}: {days}");
    }
}

#[test]
fn a_request_to_one_store_asks_nothing_of_the_other() {
    let case = case("korea-fiu-crypto-2025", "KR");
    let ask = |app: &str, store| case.ask(app, store, Act::Download, at("2025-03-26[Asia/Seoul]"));
    assert_eq!(stood(&ask("kucoin", Store::GOOGLE_PLAY), "google-asked"), Some(GroundStatus::NotBinding));
    assert_eq!(stood(&ask("kucoin", Store::APP_STORE), "google-asked"), None);
    // The lists differ too, and whom the statute concerns is a third set.
    let later = |app| case.download(app, "2025-04-12[Asia/Seoul]");
    assert_eq!(stood(&later("kucoin"), "apple-asked"), Some(GroundStatus::NotBinding));
    assert_eq!(stood(&later("phemex"), "apple-asked"), None);
    assert_eq!(stood(&later("phemex"), "registration-required"), Some(GroundStatus::InForce));
}

#[test]
fn a_notice_that_restricts_nothing_leaves_by_as_many_doors_as_it_has_addressees() {
    let case = case("india-fiu-crypto-2024", "IN");
    let may = |app| case.download(app, "2024-05-11[Asia/Kolkata]");
    for app in ["kucoin", "binance", "kraken"] {
        assert_eq!(may(app).requirement(), Requirement::Unrestricted, "{app}");
    }
    // Registered and paid; registered and waiting; neither.
    let both = |app| (stood(&may(app), "notices-sent"), stood(&may(app), "stores-asked"));
    assert_eq!(both("kucoin"), (Some(GroundStatus::Expired), Some(GroundStatus::Expired)));
    assert_eq!(both("binance"), (Some(GroundStatus::Expired), Some(GroundStatus::NotBinding)));
    assert_eq!(both("kraken"), (Some(GroundStatus::NotBinding), Some(GroundStatus::NotBinding)));
    // And two apps of one maker part ways in one store.
    assert_eq!(case.offered("kraken", Store::APP_STORE, "2024-01-10[Asia/Kolkata]"), Some(false));
    assert_eq!(case.offered("kraken-pro", Store::APP_STORE, "2024-01-10[Asia/Kolkata]"), Some(true));
}

#[test]
fn an_app_can_be_removed_with_no_order_at_all() {
    let case = case("china-hkmap-2019", "HK");
    for store in Store::WELL_KNOWN {
        for act in Act::ALL {
            let subject = case.subject("hkmap-live", store.clone(), act);
            for (_, answer) in case.register.timeline(&subject, Known::Best).iter() {
                assert_eq!(answer.requirement(), Requirement::Unrestricted, "{subject}");
            }
        }
    }
    let subject = case.subject("hkmap-live", Store::APP_STORE, Act::Download);
    let sightings = case.observations.of(&subject);
    let removed = sightings.iter().find(|it| it.seen() == Seen::Removed).unwrap();
    assert_eq!(removed.by(), Some(RemovedBy::Store));
    let police: InstrumentId = "police-information".parse().unwrap();
    assert!(removed.causes().iter().any(|cause| *cause.instrument() == police));
    assert_eq!(case.offered("hkmap-live", Store::GOOGLE_PLAY, "2019-10-12[Asia/Hong_Kong]"), Some(true));
}

#[test]
fn rejected_is_not_removed() {
    let case = case("china-hkmap-2019", "HK");
    let subject = case.subject("hkmap-live", Store::APP_STORE, Act::Download);
    let seen: Vec<Seen> = case.observations.of(&subject).iter().map(Sighting::seen).collect();
    let never = Seen::NotOffered;
    assert_eq!(seen, [never, never, never, Seen::Available, Seen::Removed]);
}

#[test]
fn one_removal_has_two_dates_and_is_one_instant() {
    let case = case("china-hkmap-2019", "HK");
    let entry = case.register.entry(&"removed".parse().unwrap()).unwrap();
    for day in ["2019-10-10[Asia/Hong_Kong]", "2019-10-09[America/Los_Angeles]"] {
        let day = civil::parse(day).unwrap();
        assert!(day.earliest() <= entry.entered().earliest() && entry.entered().latest() <= day.latest());
    }
}

#[test]
fn a_rule_by_class_reaches_whoever_has_no_licence_and_nobody_else() {
    let case = case("china-games-licence-2020", "CN");
    let ask = |act, when: &str| case.ask("nba-2k20", Store::APP_STORE, act, at(when)).requirement();
    // Prohibited for years while it was sold; what is frozen first is frozen by the store, not by the rule.
    for when in ["2017-01-01[Asia/Shanghai]", "2020-07-31[Asia/Shanghai]", "2021-06-01[Asia/Shanghai]"] {
        assert_eq!(ask(Act::Download, when), Requirement::Prohibited, "{when}");
        assert_eq!(ask(Act::Payment, when), Requirement::Prohibited, "{when}");
        assert_eq!(ask(Act::Update, when), Requirement::Unrestricted, "{when}");
    }
    let licence = |app: &str| {
        let event = Event::CategoryLeft {
            app: app.parse().unwrap(),
            category: "unlicensed-paid-game".parse().unwrap(),
        };
        Entry::build("licensed".parse().unwrap(), event)
            .entered(at("2021-01-15[Asia/Shanghai]"))
            .recorded(at("2021-01-15[Asia/Shanghai]"))
            .citation("a supposition")
            .source("a supposition")
            .finish()
            .unwrap()
    };
    let supposed = case.register.what_if([licence("nba-2k20")]).unwrap();
    let after = |app: &str| {
        let subject = case.subject(app, Store::APP_STORE, Act::Download);
        supposed.register().determine(&subject, at("2021-06-01[Asia/Shanghai]")).requirement()
    };
    assert_eq!(after("nba-2k20"), Requirement::Unrestricted);
    assert_eq!(after("assassins-creed-identity"), Requirement::Prohibited);
}

#[test]
fn a_postponed_deadline_of_the_store_moves_no_law() {
    let case = case("china-games-licence-2020", "CN");
    let stands = |when: &str| {
        let answer = case.download("nba-2k20", when);
        (stood(&answer, "licence-required"), stood(&answer, "deadline-announced"))
    };
    let law = Some(GroundStatus::InForce);
    assert_eq!(stands("2020-03-01[Asia/Shanghai]"), (law, Some(GroundStatus::Pending)));
    assert_eq!(stands("2020-08-01[Asia/Shanghai]"), (law, Some(GroundStatus::Postponed)));
    assert_eq!(stands("2021-01-01[Asia/Shanghai]"), (law, Some(GroundStatus::NotBinding)));
}

#[test]
fn an_order_without_a_day_ends_at_the_border_of_a_storefront() {
    let case = case("china-cac-2024", "CN");
    let there = |app: &str, territory: &str, when: &str| {
        let territory = territory.parse().unwrap();
        let subject = Subject::new(app.parse().unwrap(), Store::APP_STORE, territory, Act::Download);
        case.register.determine(&subject, at(when))
    };
    let (before, after) = ("2024-04-01[Asia/Shanghai]", "2024-04-20[Asia/Shanghai]");
    for app in ["whatsapp", "threads", "signal", "telegram"] {
        assert_eq!(there(app, "CN", after).requirement(), Requirement::Prohibited, "{app}");
        assert_eq!(there(app, "CN", after).uncertainty(), None, "{app}");
        // Nobody knows since when, so no earlier day has a sure answer.
        let uncertainty = there(app, "CN", before).uncertainty().cloned().unwrap();
        assert_eq!(uncertainty.alternatives()[0].requirement(), Requirement::Prohibited, "{app}");
        for territory in ["HK", "MO"] {
            let answer = there(app, territory, after);
            assert_eq!(
                (answer.requirement(), answer.grounds().len()),
                (Requirement::Unrestricted, 0),
                "{app}"
            );
        }
    }
    for sibling in ["facebook", "instagram", "messenger"] {
        assert_eq!(there(sibling, "CN", after).requirement(), Requirement::Unrestricted, "{sibling}");
        assert_eq!(case.offered(sibling, Store::APP_STORE, "2024-04-19[Asia/Shanghai]"), Some(true));
    }
}

#[test]
fn a_minister_who_says_that_it_is_blocked_has_seen_nothing() {
    let case = case("indonesia-temu-2024", "ID");
    for store in Store::WELL_KNOWN {
        let subject = case.subject("temu", store.clone(), Act::Download);
        assert!(case.observations.of(&subject).iter().all(|it| it.seen() == Seen::Available));
        assert_eq!(case.offered("temu", store.clone(), "2024-10-10[Asia/Jakarta]"), Some(true));
        // A request may stand for ever.
        let answer = case.ask("temu", store, Act::Download, at("2030-01-01[Asia/Jakarta]"));
        assert_eq!(answer.requirement(), Requirement::Unrestricted);
        assert_eq!(stood(&answer, "stores-asked"), Some(GroundStatus::NotBinding));
    }
}

#[test]
fn a_warning_makes_no_law_and_the_order_beside_it_does() {
    let case = case("hongkong-reversedfront-2025", "HK");
    let ask =
        |act| case.ask("reversed-front-bonfire", Store::APP_STORE, act, at("2025-06-11[Asia/Hong_Kong]"));
    assert_eq!(ask(Act::Download).requirement(), Requirement::Prohibited);
    for act in [Act::Possession, Act::Use, Act::Payment, Act::Promotion] {
        let answer = ask(act);
        assert_eq!(answer.requirement(), Requirement::Unrestricted, "{act}");
        assert_eq!(stood(&answer, "public-warned"), Some(GroundStatus::NotBinding), "{act}");
    }
}
