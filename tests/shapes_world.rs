//! Shapes that a model of four states gets wrong, each on a real case: Brazil, New Caledonia, Kyrgyzstan, Nepal, Russia.
//! Sources stand in the case's files, at each entry, sighting and row.
#![cfg(feature = "cases")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests stop at the first surprise")]

use delisted::{
    Act, AsOf, Store, StoreStatus, Subject,
    cases::{self, Case},
    determination::{
        Determination, Ground, GroundStatus,
        Requirement::{self, Prohibited, Unrestricted},
        Role,
    },
    observation::{RemovedBy, Seen, Sighting},
    status::{Meanwhile, UnderReview},
    time::{Known, civil},
};

fn at(text: &str) -> chrono::DateTime<chrono::Utc> {
    civil::parse(text).unwrap().as_start()
}

fn subject(app: &str, store: Store, territory: &str, act: Act) -> Subject {
    Subject::new(app.parse().unwrap(), store, territory.parse().unwrap(), act)
}

fn answer(case: &Case, subject: &Subject, time: &str) -> Determination {
    case.register().determine(subject, at(time))
}

fn as_known(case: &Case, subject: &Subject, time: &str, known: &str) -> Determination {
    case.register().determine(subject, AsOf::from(at(time)).known_at(at(known)))
}

/// How the first clause stands that commands or asks.
fn clause(answer: &Determination) -> Option<GroundStatus> {
    let speaks = |ground: &&Ground| {
        matches!(ground.role(), Role::Prohibits | Role::Compels | Role::AsksAgainst | Role::AsksFor)
    };
    answer.grounds().iter().find(speaks).map(Ground::status)
}

/// What a case's sources saw of an app in a store, for download, at a time.
fn offered(case: &Case, subject: &Subject, time: &str) -> Option<bool> {
    case.observations().seen_at(subject, &civil::parse(time).unwrap()).offered()
}

/// Every requirement in the whole life of a subject, as best known.
fn requirements(case: &Case, subject: &Subject) -> Vec<Requirement> {
    case.register().timeline(subject, Known::Best).iter().map(|(_, answer)| answer.requirement()).collect()
}

#[test]
fn an_order_revoked_before_any_deadline_never_prohibits_anything() {
    let case = cases::by_slug("brazil-telegram-2022").unwrap();
    for store in Store::WELL_KNOWN {
        for act in Act::ALL {
            let all = requirements(&case, &subject("telegram", store.clone(), "BR", act));
            assert!(all.iter().all(|requirement| *requirement == Unrestricted), "{store} {act}: {all:?}");
        }
        let (access, using) = (
            subject("telegram", store.clone(), "BR", Act::Access),
            subject("telegram", store.clone(), "BR", Act::Use),
        );
        let stands = |subject: &Subject, time: &str| clause(&answer(&case, subject, time));
        for ordered in [&access, &using] {
            assert_eq!(
                stands(ordered, "2022-03-19T12:00:00[America/Sao_Paulo]"),
                Some(GroundStatus::Pending)
            );
            assert_eq!(
                stands(ordered, "2022-03-25T12:00:00[America/Sao_Paulo]"),
                Some(GroundStatus::Rescinded)
            );
        }
        // Nobody had revoked it yet on the 19th: each addressee's own clock would have run out, one after the other.
        let eve = "2022-03-20T00:00:00[America/Sao_Paulo]";
        let without = |subject: &Subject, time: &str| as_known(&case, subject, time, eve).requirement();
        assert_eq!(without(&access, "2022-03-21T12:00:00[America/Sao_Paulo]"), Prohibited);
        assert_eq!(without(&using, "2022-03-21T12:00:00[America/Sao_Paulo]"), Unrestricted);
        assert_eq!(without(&using, "2022-03-24T12:00:00[America/Sao_Paulo]"), Prohibited);
        // Two days are possible for the stores' deadline, and an answer between them says so.
        let between = as_known(&case, &using, "2022-03-23T12:00:00[America/Sao_Paulo]", eve);
        assert!(between.uncertainty().is_some());
    }
}

#[test]
fn an_order_whose_suspension_alone_is_stayed_goes_on_itself() {
    let case = cases::by_slug("brazil-telegram-2023").unwrap();
    let download = |store| subject("telegram", store, "BR", Act::Download);
    let sunday = "2023-04-30T18:00:00[America/Sao_Paulo]";
    for store in Store::WELL_KNOWN {
        let stayed = answer(&case, &download(store.clone()), sunday);
        assert_eq!((stayed.requirement(), clause(&stayed)), (Unrestricted, Some(GroundStatus::Stayed)));
        assert_eq!(
            stayed.headline(),
            StoreStatus::Appealed { of: UnderReview::Order, meanwhile: Meanwhile::Injunction }
        );
        let told = case.register().explain(&download(store), at(sunday));
        let order = told.steps().iter().find(|step| step.role == Role::Carries).unwrap();
        assert_eq!(order.status, GroundStatus::InForce);
        assert_eq!(order.entry.as_str(), "suspension-ordered");
    }
    // One store is seen to have the app back; nobody is on record as having looked at the other.
    assert_eq!(offered(&case, &download(Store::APP_STORE), "2023-04-30[America/Sao_Paulo]"), Some(true));
    assert_eq!(offered(&case, &download(Store::GOOGLE_PLAY), "2023-04-30[America/Sao_Paulo]"), None);
}

#[test]
fn an_order_bites_for_each_addressee_when_it_is_served() {
    let case = cases::by_slug("brazil-telegram-2023").unwrap();
    let night = "2023-04-26T00:30:00[America/Sao_Paulo]";
    let day = "2023-04-27T12:00:00[America/Sao_Paulo]";
    for store in Store::WELL_KNOWN {
        for act in [Act::Access, Act::Download] {
            let asked = subject("telegram", store.clone(), "BR", act);
            let before = answer(&case, &asked, night);
            assert_eq!(clause(&before), Some(GroundStatus::AwaitingCondition));
            assert_eq!(before.requirement(), Unrestricted);
            assert_eq!(answer(&case, &asked, day).requirement(), Prohibited);
        }
        let served = answer(&case, &subject("telegram", store.clone(), "BR", Act::Download), day);
        let letters: Vec<&str> = served
            .grounds()
            .iter()
            .filter(|ground| ground.role() == Role::Meets)
            .map(|ground| ground.entry().as_str())
            .collect();
        let own = if store == Store::APP_STORE { "apple-served" } else { "google-served" };
        assert_eq!(letters, [own]);
        // Prohibited and still listed for a day: the networks obeyed at once, the stores two days later.
        let download = subject("telegram", store, "BR", Act::Download);
        assert_eq!(offered(&case, &download, "2023-04-27[America/Sao_Paulo]"), Some(true));
        assert_eq!(offered(&case, &download, "2023-04-28[America/Sao_Paulo]"), Some(false));
    }
}

#[test]
fn two_sovereigns_say_opposite_things_of_one_order_and_a_refusal_changes_neither() {
    let case = cases::by_slug("brazil-rumble-2025").unwrap();
    let (before, after) = ("2025-02-24T12:00:00[America/New_York]", "2025-02-26T12:00:00[America/New_York]");
    for store in Store::WELL_KNOWN {
        for act in [Act::Download, Act::Access, Act::Use] {
            let (brazil, states) =
                (subject("rumble", store.clone(), "BR", act), subject("rumble", store.clone(), "US", act));
            assert_eq!(answer(&case, &brazil, after).requirement(), Prohibited);
            assert_eq!(answer(&case, &states, after).requirement(), Unrestricted);
            assert_eq!(answer(&case, &states, after).grounds(), []);
            assert_eq!(answer(&case, &brazil, before), answer(&case, &brazil, after));
        }
    }
    // The refusal and its reasons are on record beside the order, as things that change nothing.
    let told = case.register().explain(&subject("rumble", Store::APP_STORE, "BR", Act::Download), at(after));
    for entry in ["florida-relief-refused", "florida-reasons"] {
        let step = told.steps().iter().find(|step| step.entry.as_str() == entry).unwrap();
        assert_eq!(step.role, Role::Notes);
    }
}

#[test]
fn an_app_is_removed_with_no_order_and_restored_with_no_change_in_the_law() {
    let case = cases::by_slug("russia-navalny-2021").unwrap();
    for store in Store::WELL_KNOWN {
        let asked = subject("navalny", store, "RU", Act::Download);
        assert!(requirements(&case, &asked).iter().all(|requirement| *requirement == Unrestricted));
        let removed = answer(&case, &asked, "2021-09-17T12:00:00[Europe/Moscow]");
        assert_eq!(clause(&removed), Some(GroundStatus::NotBinding));
        assert_eq!(removed, answer(&case, &asked, "2022-05-01T12:00:00[Europe/Moscow]"));
        assert_eq!(offered(&case, &asked, "2021-09-16[Europe/Moscow]"), Some(true));
        assert_eq!(offered(&case, &asked, "2021-09-17[Europe/Moscow]"), Some(false));
    }
    let apple = subject("navalny", Store::APP_STORE, "RU", Act::Download);
    assert_eq!(offered(&case, &apple, "2022-04-07[Europe/Moscow]"), Some(true));
}

#[test]
fn a_removal_has_as_many_candidate_causes_as_there_are_claims() {
    let case = cases::by_slug("russia-navalny-2021").unwrap();
    let claimed = |store| {
        let asked = subject("navalny", store, "RU", Act::Download);
        let removed =
            case.observations().of(&asked).iter().filter(|sighting| sighting.seen() == Seen::Removed);
        let mut instruments: Vec<&str> = removed
            .inspect(|sighting| assert_eq!(sighting.by(), Some(RemovedBy::Store)))
            .flat_map(Sighting::causes)
            .map(|cause| cause.instrument().as_str())
            .collect();
        instruments.sort_unstable();
        instruments.dedup();
        instruments
    };
    assert_eq!(claimed(Store::APP_STORE), ["roskomnadzor-demand"]);
    assert_eq!(claimed(Store::GOOGLE_PLAY), ["court-order", "roskomnadzor-demand", "threat-to-staff"]);
}

#[test]
fn one_store_brings_an_app_back_half_a_year_before_the_other() {
    let case = cases::by_slug("russia-navalny-2021").unwrap();
    let seen = |store, day| offered(&case, &subject("navalny", store, "RU", Act::Download), day);
    let day = "2021-10-09[Europe/Moscow]";
    assert_eq!((seen(Store::GOOGLE_PLAY, day), seen(Store::APP_STORE, day)), (Some(true), Some(false)));
    assert_eq!(seen(Store::APP_STORE, "2022-04-07[Europe/Moscow]"), Some(true));
}

#[test]
fn a_class_rule_reaches_an_app_once_it_is_on_the_list_and_no_other() {
    let case = cases::by_slug("russia-vpn-2024").unwrap();
    let download = |app: &str| subject(app, Store::APP_STORE, "RU", Act::Download);
    let on_list = |known: &str| -> Vec<&'static str> {
        let apps = ["red-shield-vpn", "le-vpn", "nordvpn", "proton-vpn", "adguard-vpn", "cyberghost-vpn"];
        let september = "2024-09-18T12:00:00[Europe/Moscow]";
        let prohibited =
            |app: &&str| as_known(&case, &download(app), september, known).requirement() == Prohibited;
        apps.into_iter().filter(prohibited).collect()
    };
    assert_eq!(on_list("2024-07-04T12:00:00[Europe/Moscow]"), Vec::<&str>::new());
    assert_eq!(on_list("2024-07-05T12:00:00[Europe/Moscow]"), ["red-shield-vpn", "le-vpn"]);
    let named = ["red-shield-vpn", "le-vpn", "nordvpn", "proton-vpn"];
    assert_eq!(on_list("2024-07-09T12:00:00[Europe/Moscow]"), named);
    let all = ["red-shield-vpn", "le-vpn", "nordvpn", "proton-vpn", "adguard-vpn"];
    assert_eq!(on_list("2024-09-24T12:00:00[Europe/Moscow]"), all);
    // Gone as the others are, and named by nobody: removed, with no instrument that reaches it.
    let beyond = download("cyberghost-vpn");
    assert_eq!(offered(&case, &beyond, "2024-09-18[Europe/Moscow]"), Some(false));
    assert!(case.observations().of(&beyond).iter().all(|sighting| sighting.causes().is_empty()));
    assert_eq!(clause(&answer(&case, &beyond, "2024-09-18T12:00:00[Europe/Moscow]")), None);
    // The demand is to one store in one country.
    let later = "2024-07-05T12:00:00[Europe/Moscow]";
    for elsewhere in [("US", Store::APP_STORE), ("RU", Store::GOOGLE_PLAY)] {
        let asked = subject("red-shield-vpn", elsewhere.1, elsewhere.0, Act::Download);
        assert_eq!(answer(&case, &asked, later).requirement(), Unrestricted);
    }
}

#[test]
fn an_app_is_in_a_class_from_when_it_joined_and_a_later_one_only_perhaps_meanwhile() {
    let case = cases::by_slug("russia-vpn-2024").unwrap();
    let ask =
        |app: &str, when: &str| answer(&case, &subject(app, Store::APP_STORE, "RU", Act::Download), when);
    let because = |answer: &Determination| {
        let entries = answer.uncertainty().map(|it| it.because().to_vec()).unwrap_or_default();
        entries.into_iter().map(|entry| entry.to_string()).collect::<Vec<_>>()
    };
    // Before the regulator had the power, no list and no demand.
    for app in ["red-shield-vpn", "adguard-vpn"] {
        let before = ask(app, "2024-02-29T23:59:59[Europe/Moscow]");
        assert_eq!((before.requirement(), before.uncertainty()), (Unrestricted, None), "{app}");
    }
    // The demand is there, the first apps are surely on its list, and of this one nobody can say so yet.
    let between = "2024-07-06T12:00:00[Europe/Moscow]";
    for app in ["red-shield-vpn", "le-vpn"] {
        assert_eq!(
            (ask(app, between).requirement(), ask(app, between).uncertainty()),
            (Prohibited, None),
            "{app}"
        );
    }
    let perhaps = ask("adguard-vpn", between);
    assert_eq!(perhaps.requirement(), Unrestricted);
    assert_eq!(because(&perhaps), ["adguard-vpn-listed"]);
    let others = perhaps.uncertainty().unwrap().alternatives();
    assert_eq!(others.iter().map(Determination::requirement).collect::<Vec<_>>(), [Prohibited]);
    // Surely on it once the letter's day is over.
    let after = ask("adguard-vpn", "2024-07-09T00:00:00[Europe/Moscow]");
    assert_eq!((after.requirement(), after.uncertainty()), (Prohibited, None));
}

#[test]
fn an_appeal_of_one_app_of_a_class_is_no_appeal_of_the_others() {
    let case = cases::by_slug("russia-vpn-2024").unwrap();
    let marked = |app| {
        let asked = subject(app, Store::APP_STORE, "RU", Act::Update);
        let answer = answer(&case, &asked, "2024-07-10T12:00:00[Europe/Moscow]");
        assert_eq!(answer.requirement(), Prohibited);
        answer.is_under_appeal()
    };
    assert!(marked("le-vpn"));
    assert!(!marked("red-shield-vpn") && !marked("adguard-vpn"));
}

#[test]
fn a_removal_has_a_ground_in_law_and_one_in_the_stores_own_rules() {
    let case = cases::by_slug("russia-vpn-2024").unwrap();
    let asked = subject("red-shield-vpn", Store::APP_STORE, "RU", Act::Download);
    let answer = answer(&case, &asked, "2024-07-05T12:00:00[Europe/Moscow]");
    let roles: Vec<(Role, GroundStatus)> = answer
        .grounds()
        .iter()
        .filter(|ground| ["removal-demanded", "guidelines-applied"].contains(&ground.entry().as_str()))
        .filter(|ground| ground.role() != Role::Carries)
        .map(|ground| (ground.role(), ground.status()))
        .collect();
    assert_eq!(
        roles,
        [(Role::Prohibits, GroundStatus::InForce), (Role::AsksAgainst, GroundStatus::NotBinding)]
    );
}

#[test]
fn a_judgment_bites_only_when_it_is_affirmed() {
    let case = cases::by_slug("russia-linkedin-2017").unwrap();
    let access = subject("linkedin", Store::APP_STORE, "RU", Act::Access);
    let waiting = answer(&case, &access, "2016-10-01T12:00:00[Europe/Moscow]");
    assert_eq!(clause(&waiting), Some(GroundStatus::AwaitingCondition));
    assert_eq!(waiting.requirement(), Unrestricted);
    let final_at_last = answer(&case, &access, "2016-11-11T00:00:00[Europe/Moscow]");
    assert_eq!(final_at_last.requirement(), Prohibited);
    assert_eq!(clause(&final_at_last), Some(GroundStatus::InForce));
    assert!(!final_at_last.is_under_appeal());
    // On the day of the ruling itself the hour decides, and nobody gives it.
    let that_day = answer(&case, &access, "2016-11-10T12:00:00[Europe/Moscow]");
    let possible = that_day.uncertainty().unwrap().alternatives();
    assert!(possible.iter().any(|answer| answer.requirement() == Prohibited));
    // As known in October, it would still have been waiting in December.
    let foreseen =
        as_known(&case, &access, "2016-12-01T12:00:00[Europe/Moscow]", "2016-10-01T12:00:00[Europe/Moscow]");
    assert_eq!(foreseen.requirement(), Unrestricted);
}

#[test]
fn a_block_reaches_the_stores_by_letters_that_bind_nobody() {
    let case = cases::by_slug("russia-linkedin-2017").unwrap();
    for store in Store::WELL_KNOWN {
        let download = subject("linkedin", store.clone(), "RU", Act::Download);
        assert!(requirements(&case, &download).iter().all(|requirement| *requirement == Unrestricted));
        let asked = answer(&case, &download, "2017-01-07T12:00:00[Europe/Moscow]");
        assert_eq!(clause(&asked), Some(GroundStatus::NotBinding));
        // Seven weeks lie between the network and the stores.
        let access = subject("linkedin", store, "RU", Act::Access);
        let december = "2016-12-01T12:00:00[Europe/Moscow]";
        assert_eq!(answer(&case, &access, december).requirement(), Prohibited);
        assert_eq!(offered(&case, &download, december), Some(true));
        assert_eq!(offered(&case, &download, "2017-01-07[Europe/Moscow]"), Some(false));
    }
}

#[test]
fn a_block_annulled_after_it_ended_was_in_force_as_known_then_and_never_was_as_known_now() {
    let case = cases::by_slug("france-newcaledonia-tiktok-2024").unwrap();
    let access = subject("tiktok", Store::APP_STORE, "NC", Act::Access);
    let during = "2024-05-20T12:00:00[Pacific/Noumea]";
    let then = as_known(&case, &access, during, during);
    assert_eq!((then.requirement(), clause(&then)), (Prohibited, Some(GroundStatus::InForce)));
    let now = answer(&case, &access, during);
    assert_eq!((now.requirement(), clause(&now)), (Unrestricted, Some(GroundStatus::Vacated)));
    assert!(requirements(&case, &access).iter().all(|requirement| *requirement == Unrestricted));
    // Until the ruling of April 2025 the block counted as lawful, lifted, and never annulled.
    let eve = "2025-03-31T12:00:00[Europe/Paris]";
    assert_eq!(as_known(&case, &access, during, eve).requirement(), Prohibited);
    let lifted = as_known(&case, &access, "2024-06-10T12:00:00[Pacific/Noumea]", eve);
    assert_eq!((lifted.requirement(), clause(&lifted)), (Unrestricted, Some(GroundStatus::Rescinded)));
    // The other territories of the state were never reached, and no store was addressed.
    for (territory, act) in [("FR", Act::Access), ("PF", Act::Access), ("NC", Act::Download)] {
        let elsewhere = as_known(&case, &subject("tiktok", Store::APP_STORE, territory, act), during, during);
        assert_eq!(elsewhere.grounds(), []);
    }
}

#[test]
fn a_refusal_for_want_of_urgency_changes_nothing_in_force() {
    let case = cases::by_slug("france-newcaledonia-tiktok-2024").unwrap();
    let access = subject("tiktok", Store::GOOGLE_PLAY, "NC", Act::Access);
    let (before, after) = ("2024-05-22T12:00:00[Pacific/Noumea]", "2024-05-25T12:00:00[Pacific/Noumea]");
    let (unasked, refused) =
        (as_known(&case, &access, before, before), as_known(&case, &access, after, after));
    assert_eq!((unasked.requirement(), refused.requirement()), (Prohibited, Prohibited));
    assert_eq!(
        (clause(&unasked), clause(&refused)),
        (Some(GroundStatus::InForce), Some(GroundStatus::InForce))
    );
    // What does change is the mark: the petitions on the merits came on the day of the refusal.
    assert_eq!((unasked.is_under_appeal(), refused.is_under_appeal()), (false, true));
}

#[test]
fn a_lift_frees_when_it_takes_effect_and_an_undecided_challenge_ends_with_what_it_challenged() {
    let case = cases::by_slug("nepal-tiktok").unwrap();
    let access = subject("tiktok", Store::APP_STORE, "NP", Act::Access);
    let decided = answer(&case, &access, "2024-08-30T12:00:00[Asia/Kathmandu]");
    assert_eq!((decided.requirement(), decided.is_under_appeal()), (Prohibited, true));
    let lifted = answer(&case, &access, "2024-09-07T12:00:00[Asia/Kathmandu]");
    assert_eq!((lifted.requirement(), clause(&lifted)), (Unrestricted, Some(GroundStatus::Rescinded)));
    assert_eq!((lifted.is_under_appeal(), lifted.headline()), (false, StoreStatus::Listed));
}

#[test]
fn a_rule_by_status_spares_the_app_that_was_once_banned() {
    let case = cases::by_slug("nepal-tiktok").unwrap();
    let requirement =
        |app, day| answer(&case, &subject(app, Store::GOOGLE_PLAY, "NP", Act::Access), day).requirement();
    let during = "2025-09-05T12:00:00[Asia/Kathmandu]";
    for app in ["facebook", "instagram", "x", "whatsapp", "youtube"] {
        assert_eq!(requirement(app, "2025-09-01T12:00:00[Asia/Kathmandu]"), Unrestricted);
        assert_eq!(requirement(app, during), Prohibited);
        assert_eq!(requirement(app, "2025-09-09T12:00:00[Asia/Kathmandu]"), Unrestricted);
    }
    for app in ["tiktok", "viber"] {
        assert_eq!(requirement(app, during), Unrestricted);
    }
}

#[test]
fn a_request_and_a_proposal_make_headlines_and_change_no_answer() {
    let case = cases::by_slug("kyrgyzstan-tiktok").unwrap();
    let access = subject("tiktok", Store::APP_STORE, "KG", Act::Access);
    let line = case.register().timeline(&access, Known::Best).map(Determination::requirement);
    let changes: Vec<_> = line.changes().map(|(when, before, after)| (when, *before, *after)).collect();
    assert_eq!(changes, [(at("2024-04-18T00:00:00[Asia/Bishkek]"), Unrestricted, Prohibited)]);
    let asked = answer(&case, &access, "2023-10-01T12:00:00[Asia/Bishkek]");
    assert_eq!(clause(&asked), Some(GroundStatus::NotBinding));
}
