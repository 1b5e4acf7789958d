//! Shapes of real histories in the United States. Each test reads a case's own files and asks the library; the sources stand in
//! those files, at each entry and at each sighting.
#![cfg(feature = "file")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests stop at the first surprise")]

use std::{collections::BTreeSet, path::PathBuf};

use chrono::{DateTime, TimeDelta, Utc};
use delisted::{
    Act, AsOf, Register, ReliefId, Store, StoreStatus, Subject,
    determination::{Determination, GroundStatus, Requirement},
    io,
    law::{Ending, Manner},
    market::ListingId,
    observation::{Observations, RemovedBy, Seen},
    register::{Entry, Event},
    time::{Known, civil},
};

/// The register and the sightings of one case.
struct Case {
    register: Register,
    observations: Observations,
}

impl Case {
    fn read(slug: &str) -> Self {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("cases").join(slug);
        Self {
            register: io::read_path(folder.join("register.toml")).unwrap().register,
            observations: io::read_observations(folder.join("observations.csv")).unwrap(),
        }
    }

    fn ask(&self, subject: &Subject, when: &str) -> Determination {
        self.register.determine(subject, at(when))
    }

    fn seen(&self, subject: &Subject, when: &str) -> Option<bool> {
        self.observations.seen_at(subject, &civil::parse(when).unwrap()).offered()
    }

    /// What the law required at every instant of a subject's life.
    fn requirements(&self, subject: &Subject) -> BTreeSet<Requirement> {
        let line = self.register.timeline(subject, Known::Best);
        line.iter().map(|(_, answer)| answer.requirement()).collect()
    }
}

fn at(text: &str) -> DateTime<Utc> {
    civil::parse(text).unwrap().as_start()
}

fn download(app: &str, store: Store, territory: &str) -> Subject {
    subject(app, store, territory, Act::Download)
}

fn subject(app: &str, store: Store, territory: &str, act: Act) -> Subject {
    Subject::new(app.parse().unwrap(), store, territory.parse().unwrap(), act)
}

fn first_status(answer: &Determination) -> Option<GroundStatus> {
    answer.grounds().first().map(delisted::determination::Ground::status)
}

fn because(answer: &Determination) -> Vec<&str> {
    answer
        .uncertainty()
        .map(|it| it.because().iter().map(delisted::EntryId::as_str).collect())
        .unwrap_or_default()
}

/// A court's order of a day that ends relief.
fn dissolved(relief: &str, by: &str, day: &str) -> Entry {
    let ended = Ending::new(
        format!("end-of-{relief}").parse().unwrap(),
        Manner::Dissolved,
        [ReliefId::new(relief).unwrap()],
    );
    Entry::build(format!("{relief}-dissolved").parse().unwrap(), Event::MeasureEnded(ended))
        .by(by.parse().unwrap())
        .entered(at(day))
        .recorded(at(day))
        .citation("supposed")
        .source("supposed")
        .finish()
        .unwrap()
}

#[test]
fn both_stores_dropped_tiktok_hours_before_the_law_bit() {
    let case = Case::read("tiktok-pafaca");
    for store in Store::WELL_KNOWN {
        let tiktok = download("tiktok", store.clone(), "US");
        let night = case.ask(&tiktok, "2025-01-18T23:00:00[America/New_York]");
        assert_eq!(night.requirement(), Requirement::Unrestricted);
        assert_eq!(first_status(&night), Some(GroundStatus::Pending));
        assert_eq!(case.seen(&tiktok, "2025-01-18T23:00:00[America/New_York]"), Some(false));

        let line = case.register.timeline(&tiktok, Known::Best);
        let bites = line.changes().find(|(_, _, after)| after.requirement() == Requirement::Prohibited);
        let (bites, ..) = bites.unwrap();
        assert_eq!(bites, at("2025-01-19T00:00:00[America/New_York]"));
        let gone = case.observations.of(&tiktok).iter().find(|look| look.seen() == Seen::Removed).unwrap();
        assert_eq!(gone.by(), Some(RemovedBy::Store));
        assert!(bites - gone.earliest() <= TimeDelta::minutes(105), "{}", bites - gone.earliest());
        assert!(bites - gone.latest() >= TimeDelta::minutes(75), "{}", bites - gone.latest());
    }
}

#[test]
fn the_owner_switched_the_service_off_and_on_while_no_law_spoke_of_its_use() {
    let case = Case::read("tiktok-pafaca");
    let used = subject("tiktok", Store::APP_STORE, "US", Act::Use);
    assert_eq!(case.requirements(&used), [Requirement::Unrestricted].into());
    let night =
        case.observations.seen_at(&used, &civil::parse("2025-01-18..2025-01-18[America/New_York]").unwrap());
    assert_eq!(night.sightings()[0].seen(), Seen::Withdrawn);
    assert_eq!(case.seen(&used, "2025-01-19[America/New_York]"), Some(true));
}

#[test]
fn tiktok_was_listed_though_prohibited_and_unforced_until_it_was_sold() {
    let case = Case::read("tiktok-pafaca");
    let (back, sold) = (at("2025-02-14T00:00:00[America/New_York]"), at("2026-01-22[America/New_York]"));
    for store in Store::WELL_KNOWN {
        let tiktok = download("tiktok", store.clone(), "US");
        for day in ["2025-02-14", "2025-06-20", "2025-12-17"] {
            assert_eq!(case.seen(&tiktok, &format!("{day}[America/New_York]")), Some(true), "{day}");
        }
        let line = case.register.timeline(&tiktok, Known::Best);
        let while_listed =
            line.iter().filter(|(span, _)| span.start() < sold && span.end().is_none_or(|end| end > back));
        for (span, answer) in while_listed {
            assert_eq!(answer.requirement(), Requirement::Prohibited, "{span:?}");
            assert!(answer.is_unenforced(), "{span:?}");
            assert_eq!(answer.headline(), StoreStatus::OrderedRemoved);
        }
        // For 24 days before, the same law and the same promise had kept it out.
        assert!(case.ask(&tiktok, "2025-01-25T12:00:00[America/New_York]").is_unenforced());
        assert_eq!(case.seen(&tiktok, "2025-01-20[America/New_York]"), Some(false));
    }
    // A promise of 120 days ends by itself, whatever is then done; on which day exactly depends on how one counts.
    let capcut = download("capcut", Store::APP_STORE, "US");
    let before = case.ask(&capcut, "2026-01-21T23:59:59[America/New_York]");
    assert_eq!((before.is_unenforced(), before.uncertainty()), (true, None));
    let between = case.ask(&capcut, "2026-01-23T12:00:00[America/New_York]");
    assert_eq!(because(&between), ["eo-14352-signed"]);
    assert!(between.uncertainty().unwrap().alternatives().iter().any(|other| !other.is_unenforced()));
    let after = case.ask(&capcut, "2026-01-25T00:00:00[America/New_York]");
    assert_eq!((after.requirement(), after.is_unenforced()), (Requirement::Prohibited, false));
    assert!(after.uncertainty().is_none());
}

#[test]
fn a_promise_not_to_enforce_reached_back_to_a_day_on_which_nobody_knew_of_it() {
    let case = Case::read("tiktok-pafaca");
    let tiktok = download("tiktok", Store::GOOGLE_PLAY, "US");
    let sunday = at("2025-01-19T18:00:00[America/New_York]");
    assert!(case.register.determine(&tiktok, sunday).is_unenforced());
    let then = case.register.determine(&tiktok, AsOf::from(sunday).known_at(sunday));
    assert_eq!((then.requirement(), then.is_unenforced()), (Requirement::Prohibited, false));
}

#[test]
fn one_store_had_the_game_back_weeks_before_the_others_return() {
    let case = Case::read("tiktok-pafaca");
    let game = |store| download("marvel-snap", store, "US");
    let day = "2025-01-21[America/New_York]";
    // Two pages have it back in the one store within the week, and neither gives the day.
    let week = "2025-01-20..2025-01-24[America/New_York]";
    assert_eq!(case.seen(&game(Store::GOOGLE_PLAY), week), Some(true));
    assert_eq!(case.seen(&game(Store::GOOGLE_PLAY), day), None);
    assert_eq!(case.seen(&game(Store::APP_STORE), week), None);
    // The law told the stores the same thing.
    assert_eq!(
        case.ask(&game(Store::GOOGLE_PLAY), day).requirement(),
        case.ask(&game(Store::APP_STORE), day).requirement(),
    );
    let first = |subject: &Subject| {
        let back = case.observations.of(subject).iter().filter(|look| look.seen() == Seen::Available);
        back.map(delisted::observation::Sighting::latest).find(|seen| *seen > at(day)).unwrap()
    };
    let tiktok = download("tiktok", Store::GOOGLE_PLAY, "US");
    assert!(first(&tiktok) - first(&game(Store::GOOGLE_PLAY)) > TimeDelta::weeks(2));
}

#[test]
fn a_sibling_left_the_scope_by_changing_its_publisher() {
    let case = Case::read("tiktok-pafaca");
    let game = download("marvel-snap", Store::APP_STORE, "US");
    assert_eq!(
        case.ask(&game, "2025-01-21T12:00:00[America/New_York]").requirement(),
        Requirement::Prohibited
    );

    // Announced, and nobody says on which day it was done.
    let between = case.ask(&game, "2025-02-13T12:00:00[America/New_York]");
    assert_eq!(because(&between), ["marvel-snap-changed-publisher"]);
    let others = between.uncertainty().unwrap().alternatives();
    assert_eq!(
        others.iter().map(Determination::requirement).collect::<Vec<_>>(),
        [Requirement::Unrestricted]
    );

    let after = case.ask(&game, "2025-06-20T12:00:00[America/New_York]");
    assert_eq!(after.requirement(), Requirement::Unrestricted);
    assert_eq!(first_status(&after), Some(GroundStatus::LeftScope));
    assert!(after.grounds().iter().any(|it| it.entry().as_str() == "marvel-snap-changed-publisher"));

    let stayed = case
        .ask(&download("mobile-legends", Store::APP_STORE, "US"), "2025-06-20T12:00:00[America/New_York]");
    assert_eq!(stayed.requirement(), Requirement::Prohibited);
}

#[test]
fn a_sale_took_the_app_out_of_scope_and_left_its_siblings_in() {
    let case = Case::read("tiktok-pafaca");
    let tiktok = download("tiktok", Store::APP_STORE, "US");
    let agreed = case.ask(&tiktok, "2025-12-31T12:00:00[America/New_York]");
    assert_eq!(agreed.requirement(), Requirement::Prohibited, "an agreement to sell is not a sale");

    let closing = case.ask(&tiktok, "2026-01-23T12:00:00[America/New_York]");
    assert_eq!(because(&closing), ["eo-14352-signed", "sale-closed"]);

    let sold = case.ask(&tiktok, "2026-01-24T12:00:00[America/New_York]");
    assert_eq!(sold.requirement(), Requirement::Unrestricted);
    assert_eq!(first_status(&sold), Some(GroundStatus::LeftScope));
    assert!(sold.uncertainty().is_none());
    for sibling in ["capcut", "lemon8", "hypic", "lark", "gauth", "tiktok-studio"] {
        let left =
            case.ask(&download(sibling, Store::APP_STORE, "US"), "2026-01-24T12:00:00[America/New_York]");
        assert_eq!(left.requirement(), Requirement::Prohibited, "{sibling}");
    }
}

#[test]
fn one_list_had_two_days_of_effect_and_the_first_was_moved_by_its_issuer() {
    let case = Case::read("tiktok-2020");
    let ask =
        |act, when: &str| first_status(&case.ask(&subject("tiktok", Store::APP_STORE, "US", act), when));
    let later = [Act::Hosting, Act::ContentDelivery, Act::Transit, Act::CodeReuse];
    for act in [Act::Download, Act::Update] {
        assert_eq!(ask(act, "2020-09-18T18:00:00[America/New_York]"), Some(GroundStatus::Pending));
        assert_eq!(ask(act, "2020-09-21T12:00:00[America/New_York]"), Some(GroundStatus::Postponed));
    }
    for act in later {
        assert_eq!(ask(act, "2020-09-21T12:00:00[America/New_York]"), Some(GroundStatus::Pending));
    }
    // Without any court: one minute to midnight in standard time, which in September is an hour into the next day.
    let none = case.register.what_if([
        dissolved("first-injunction", "ddc", "2020-09-28T00:00:00[America/New_York]"),
        dissolved("creators-injunction", "ed-pa", "2020-10-31T00:00:00[America/New_York]"),
        dissolved("second-injunction", "ddc", "2020-12-08T00:00:00[America/New_York]"),
    ]);
    let none = none.unwrap();
    let supposed = |act, when: &str| {
        let tiktok = subject("tiktok", Store::APP_STORE, "US", act);
        none.compare(&tiktok, at(when)).hypothetical.requirement()
    };
    assert_eq!(supposed(Act::Download, "2020-09-28T00:58:59[America/New_York]"), Requirement::Unrestricted);
    assert_eq!(supposed(Act::Download, "2020-09-28T00:59:00[America/New_York]"), Requirement::Prohibited);
    for act in later {
        assert_eq!(supposed(act, "2020-11-12T23:58:59[America/New_York]"), Requirement::Unrestricted);
        assert_eq!(supposed(act, "2020-11-12T23:59:00[America/New_York]"), Requirement::Prohibited);
    }
}

#[test]
fn overlapping_courts_shielded_each_item_and_lifting_one_shield_revived_nothing() {
    let case = Case::read("tiktok-2020");
    let stores = download("tiktok", Store::GOOGLE_PLAY, "US");
    let hosting = subject("tiktok", Store::GOOGLE_PLAY, "US", Act::Hosting);
    // One court refuses, another grants for a part and refuses the rest, the first grants it all, the second again.
    for (when, of_stores, of_hosting) in [
        ("2020-09-26T23:00:00[America/New_York]", GroundStatus::Postponed, GroundStatus::Pending),
        ("2020-09-28T00:00:00[America/New_York]", GroundStatus::Enjoined, GroundStatus::Pending),
        ("2020-10-30T23:00:00[America/New_York]", GroundStatus::Enjoined, GroundStatus::Enjoined),
        ("2020-12-07T23:00:00[America/New_York]", GroundStatus::Enjoined, GroundStatus::Enjoined),
        ("2021-06-09T12:00:00[America/New_York]", GroundStatus::Fallen, GroundStatus::Fallen),
        ("2021-06-16T12:00:00[America/New_York]", GroundStatus::Rescinded, GroundStatus::Rescinded),
    ] {
        assert_eq!(first_status(&case.ask(&stores, when)), Some(of_stores), "{when}");
        assert_eq!(first_status(&case.ask(&hosting, when)), Some(of_hosting), "{when}");
    }

    let (day, next) = ("2020-12-10T12:00:00[America/New_York]", "2020-12-11T12:00:00[America/New_York]");
    let shields =
        [("first-injunction", "ddc"), ("creators-injunction", "ed-pa"), ("second-injunction", "ddc")];
    for (relief, court) in shields {
        let lifted = case.register.what_if([dissolved(relief, court, day)]).unwrap();
        for subject in [&stores, &hosting] {
            let difference = lifted.compare(subject, at(next));
            assert_eq!(difference.hypothetical.requirement(), Requirement::Unrestricted, "{relief}");
        }
    }
    let two = [dissolved("creators-injunction", "ed-pa", day), dissolved("second-injunction", "ddc", day)];
    let lifted = case.register.what_if(two).unwrap();
    assert_eq!(lifted.compare(&stores, at(next)).hypothetical.requirement(), Requirement::Unrestricted);
    assert_eq!(lifted.compare(&hosting, at(next)).hypothetical.requirement(), Requirement::Prohibited);
    let all = shields.map(|(relief, court)| dissolved(relief, court, day));
    let lifted = case.register.what_if(all).unwrap();
    assert_eq!(lifted.compare(&stores, at(next)).hypothetical.requirement(), Requirement::Prohibited);
}

#[test]
fn the_order_to_sell_had_a_deadline_of_its_own_moved_once_too_late_and_outlived_the_revocation() {
    let case = Case::read("tiktok-2020");
    let kept = subject("tiktok", Store::APP_STORE, "US", Act::Ownership);
    let requirement = |when: &str| case.ask(&kept, when).requirement();
    assert_eq!(requirement("2020-11-11T12:00:00[America/New_York]"), Requirement::Unrestricted);
    // The first deadline had gone by when more time was told of.
    let gap = case.ask(&kept, "2020-11-13T00:30:00[America/New_York]");
    assert_eq!(gap.requirement(), Requirement::Prohibited);
    assert_eq!(because(&gap), ["sale-deadline-extended"]);
    assert_eq!(requirement("2020-11-14T12:00:00[America/New_York]"), Requirement::Unrestricted);
    assert_eq!(requirement("2020-11-28T12:00:00[America/New_York]"), Requirement::Unrestricted);
    assert_eq!(requirement("2020-12-05T12:00:00[America/New_York]"), Requirement::Prohibited);
    assert_eq!(requirement("2021-07-01T12:00:00[America/New_York]"), Requirement::Prohibited);
    // It asks nothing of stores.
    let stores =
        case.ask(&download("tiktok", Store::APP_STORE, "US"), "2021-07-01T12:00:00[America/New_York]");
    assert_eq!(stores.requirement(), Requirement::Unrestricted);
}

#[test]
fn an_app_was_removed_with_no_order_and_who_caused_it_is_contested() {
    let case = Case::read("iceblock-2025");
    for app in ["iceblock", "eyes-up", "red-dot"] {
        for store in Store::WELL_KNOWN {
            for act in Act::ALL {
                let subject = subject(app, store.clone(), "US", act);
                assert_eq!(case.requirements(&subject), [Requirement::Unrestricted].into(), "{subject:?}");
            }
        }
    }
    let iceblock = download("iceblock", Store::APP_STORE, "US");
    assert_eq!(case.seen(&iceblock, "2025-05-01[America/New_York]"), Some(true));
    assert_eq!(case.seen(&iceblock, "2025-10-02[America/New_York]"), Some(false));
    let grounds = case.ask(&iceblock, "2025-10-02T12:00:00[America/New_York]");
    assert_eq!(first_status(&grounds), Some(GroundStatus::NotBinding));

    let day = civil::parse("2025-10-02[America/New_York]").unwrap();
    let gone = case.observations.seen_at(&iceblock, &day);
    let causes: Vec<_> = gone.sightings()[0].causes().iter().collect();
    let claims: Vec<_> = causes.iter().map(|it| (it.instrument().as_str(), it.claimed_by())).collect();
    assert_eq!(claims, [("apple-on-iceblock", "apple"), ("demand", "attorney-general")]);

    // What never was in a store was not removed from it.
    let android = download("iceblock", Store::GOOGLE_PLAY, "US");
    assert_eq!(case.observations.of(&android)[0].seen(), Seen::NotOffered);
    assert_eq!(first_status(&case.ask(&android, "2025-10-02T12:00:00[America/New_York]")), None);
}

#[test]
fn an_injunction_against_officials_orders_no_store_to_list() {
    let case = Case::read("iceblock-2025");
    let eyes_up = download("eyes-up", Store::APP_STORE, "US");
    let answer = case.ask(&eyes_up, "2026-05-27T12:00:00[America/Chicago]");
    assert_eq!(answer.requirement(), Requirement::Unrestricted);
    assert_eq!(answer.headline(), StoreStatus::Listed, "nothing in law was suspended");
    let standing: Vec<_> = answer.grounds().iter().map(|it| (it.entry().as_str(), it.status())).collect();
    assert!(standing.contains(&("pressure-told", GroundStatus::Enjoined)), "{standing:?}");
    assert!(standing.contains(&("eyes-up-refused-by-apple", GroundStatus::NotBinding)), "{standing:?}");
    assert_eq!(case.seen(&eyes_up, "2026-05-27[America/Chicago]"), None);
    // The win was a sibling's.
    let iceblock =
        case.ask(&download("iceblock", Store::APP_STORE, "US"), "2026-05-27T12:00:00[America/Chicago]");
    assert!(iceblock.grounds().iter().all(|it| it.status() != GroundStatus::Enjoined));
}

#[test]
fn an_app_came_back_without_any_change_of_law() {
    let case = Case::read("parler-2021");
    for store in Store::WELL_KNOWN {
        for act in Act::ALL {
            let parler = subject("parler", store.clone(), "US", act);
            assert_eq!(case.requirements(&parler), [Requirement::Unrestricted].into());
        }
    }
    let (apple, google) =
        (download("parler", Store::APP_STORE, "US"), download("parler", Store::GOOGLE_PLAY, "US"));
    for (day, in_apple, in_google) in [
        ("2021-01-08[America/New_York]", true, false),
        ("2021-01-10[America/New_York]", false, false),
        ("2021-06-01[America/New_York]", true, false),
        ("2022-09-30[America/New_York]", true, true),
    ] {
        assert_eq!(case.seen(&apple, day), Some(in_apple), "{day}");
        assert_eq!(case.seen(&google, day), Some(in_google), "{day}");
    }
    // Approved to return is not listed.
    let approved = case.ask(&apple, "2021-04-19T12:00:00[America/New_York]");
    assert_eq!(first_status(&approved), Some(GroundStatus::Rescinded));
    assert_eq!(case.seen(&apple, "2021-04-19[America/New_York]"), Some(false));
    // It was known to be approved only when Apple told lawmakers.
    let then = AsOf::from(at("2021-04-15T12:00:00[America/New_York]")).known_at(at("2021-04-15T12:00:00Z"));
    assert_eq!(first_status(&case.register.determine(&apple, then)), Some(GroundStatus::NotBinding));
}

#[test]
fn a_law_of_one_state_holds_in_that_state_and_in_part_of_the_country() {
    let case = Case::read("tiktok-montana");
    let day = "2024-01-01T12:00:00[America/Denver]";
    let ask = |territory| case.ask(&download("tiktok", Store::APP_STORE, territory), day);
    assert_eq!(first_status(&ask("US-MT")), Some(GroundStatus::Enjoined));
    assert!(!ask("US-MT").is_in_part());
    assert_eq!((first_status(&ask("US")), ask("US").is_in_part()), (Some(GroundStatus::Enjoined), true));
    assert_eq!(first_status(&ask("US-ID")), None);

    // Stores list by country: what was seen in the United States answers for Montana.
    let montana = download("tiktok", Store::APP_STORE, "US-MT");
    let seen = case.observations.seen_at(&montana, &civil::parse("2025-01-18[America/Denver]").unwrap());
    assert_eq!((seen.offered(), seen.place().as_str()), (Some(false), "US"));
}

#[test]
fn two_sovereigns_say_two_things_of_one_listing() {
    let (state, federal) = (Case::read("tiktok-montana"), Case::read("tiktok-pafaca"));
    let montana = download("tiktok", Store::APP_STORE, "US-MT");
    let day = "2025-01-19T12:00:00[America/Denver]";
    let of_state = state.ask(&montana, day);
    assert_eq!(of_state.requirement(), Requirement::Unrestricted);
    assert_eq!(first_status(&of_state), Some(GroundStatus::Enjoined));
    assert_eq!(federal.ask(&montana, day).requirement(), Requirement::Prohibited);
    // A pause of the proceedings, an appeal after the start: the injunction holds through both.
    let line = state.register.timeline(&montana, Known::Best);
    let from = at("2024-01-01T00:00:00[America/Denver]");
    for (span, answer) in line.iter().filter(|(span, _)| span.end().is_none_or(|end| end > from)) {
        assert_eq!(first_status(answer), Some(GroundStatus::Enjoined), "{span:?}");
    }
}

#[test]
fn an_hour_that_no_source_gives_is_said_to_be_open() {
    let case = Case::read("wechat-2020");
    let wechat = download("wechat", Store::APP_STORE, "US");
    // It had turned Sunday in Washington and not yet in San Francisco: the list may have begun, the ruling not yet made.
    let night = case.ask(&wechat, "2020-09-20T01:00:00[America/New_York]");
    assert_eq!(because(&night), ["identification-issued", "injunction-granted"]);
    let others: BTreeSet<_> =
        night.uncertainty().unwrap().alternatives().iter().map(Determination::requirement).collect();
    assert!(others.contains(&Requirement::Prohibited), "one source has it in force for some hours");
    // From the end of the ruling's day on nothing is open.
    let morning = case.ask(&wechat, "2020-09-20T12:00:00[America/New_York]");
    assert!(morning.uncertainty().is_none());
    assert_eq!(first_status(&morning), Some(GroundStatus::Enjoined));
}

#[test]
fn a_store_id_outlived_the_name_under_which_it_was_given() {
    for slug in ["tiktok-2020", "tiktok-pafaca"] {
        let case = Case::read(slug);
        let day = at("2019-01-01T00:00:00Z");
        for (store, listing) in
            [(Store::APP_STORE, "835599320"), (Store::GOOGLE_PLAY, "com.zhiliaoapp.musically")]
        {
            let listing: ListingId = listing.parse().unwrap();
            assert_eq!(case.register.app_of(&store, &listing, day).unwrap().as_str(), "tiktok");
        }
    }
}
