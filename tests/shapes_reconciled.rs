//! What the stores of the United States were seen to do, beside what the law required: each test reads a case's own files.
#![cfg(feature = "file")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests stop at the first surprise")]

use std::{path::PathBuf, time::Duration};

use delisted::{
    Act, Register, Store, Subject, io,
    observation::{ChangeRule, Observations},
    reconciliation::{Finding, FindingKind, OpenQuestion, Reconciliation, reconcile},
    time::{Known, civil},
};

fn read(slug: &str) -> (Register, Observations) {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("cases").join(slug);
    (
        io::read_path(folder.join("register.toml")).unwrap().register,
        io::read_observations(folder.join("observations.csv")).unwrap(),
    )
}

fn of<'r, 'a>(reconciliation: &'r Reconciliation<'a>, app: &str, store: &Store) -> Vec<&'r Finding<'a>> {
    let subject = Subject::new(app.parse().unwrap(), store.clone(), "US".parse().unwrap(), Act::Download);
    reconciliation.findings().iter().filter(|finding| *finding.subject() == subject).collect()
}

fn kinds(findings: &[&Finding<'_>]) -> Vec<FindingKind> {
    findings.iter().map(|finding| finding.kind()).collect()
}

#[test]
fn tiktok_was_removed_before_the_law_bit_and_restored_while_it_was_not_enforced() {
    let (register, observations) = read("tiktok-pafaca");
    let reconciliation = reconcile(&register, &observations, ChangeRule::reported(), Known::Best);
    for store in Store::WELL_KNOWN {
        let findings = of(&reconciliation, "tiktok", &store);
        let early = findings.iter().find(|it| it.kind() == FindingKind::RemovedBeforeEffect).unwrap();
        assert_eq!(
            early.lag().unwrap().to_string(),
            "removal between 24.0 h and 1.3 h before the prohibition took effect"
        );
        let back = findings.iter().find(|it| it.kind() == FindingKind::RestoredWhileUnenforced).unwrap();
        assert!(back.is_unenforced());
        assert!(kinds(&findings).iter().all(|kind| *kind != FindingKind::OfferedWhileProhibited));
    }
}

/// For who presumes that an app stayed as it was between reports that are two months apart: a choice of the reader's.
fn presuming_for_months() -> ChangeRule {
    ChangeRule::reported().presuming_at_most(Duration::from_secs(75 * 86_400))
}

fn withheld<'f>(findings: &[&'f Finding<'f>]) -> Option<&'f Finding<'f>> {
    findings.iter().copied().find(|it| it.kind() == FindingKind::WithheldWhileUnrestricted)
}

#[test]
fn parler_was_withheld_while_no_law_spoke_of_it_and_the_stores_decisions_may_explain_it() {
    let (register, observations) = read("parler-2021");
    // The reports of its absence from the App Store are of days, eight apart; of Google Play one evening is known.
    let reported = reconcile(&register, &observations, ChangeRule::reported(), Known::Best);
    assert!(withheld(&of(&reported, "parler", &Store::APP_STORE)).is_none());
    assert!(withheld(&of(&reported, "parler", &Store::GOOGLE_PLAY)).is_some());
    let reconciliation = reconcile(&register, &observations, presuming_for_months(), Known::Best);
    for (store, decision) in
        [(Store::APP_STORE, "suspended-by-apple"), (Store::GOOGLE_PLAY, "suspended-by-google")]
    {
        let findings = of(&reconciliation, "parler", &store);
        let explained: Vec<_> =
            withheld(&findings).unwrap().may_explain().map(|ground| ground.entry().as_str()).collect();
        assert!(explained.contains(&decision), "{explained:?}");
    }
}

#[test]
fn iceblock_was_withheld_with_two_claims_about_why() {
    let (register, observations) = read("iceblock-2025");
    // Two reports that it was gone, two months apart and each without an hour: a week is not presumed from them.
    let reported = reconcile(&register, &observations, ChangeRule::reported(), Known::Best);
    assert!(withheld(&of(&reported, "iceblock", &Store::APP_STORE)).is_none());
    let reconciliation = reconcile(&register, &observations, presuming_for_months(), Known::Best);
    let findings = of(&reconciliation, "iceblock", &Store::APP_STORE);
    let gone = withheld(&findings).unwrap();
    let claimed: Vec<_> = gone.causes().iter().map(|it| it.instrument().as_str().to_owned()).collect();
    assert!(claimed.contains(&"demand".to_owned()), "{claimed:?}");
    let explained: Vec<_> = gone.may_explain().map(|ground| ground.entry().as_str()).collect();
    assert!(
        explained.contains(&"removal-demanded") && explained.contains(&"iceblock-refused-by-apple"),
        "{explained:?}"
    );
}

#[test]
fn wechat_was_in_order_but_for_the_hours_that_no_source_gives() {
    let (register, observations) = read("wechat-2020");
    let hour = civil::parse("2020-09-20T01:00:00[America/New_York]").unwrap().as_start();
    let at = |findings: &[&Finding<'_>]| {
        findings.iter().find(|it| it.stretch().contains(hour)).map(|it| it.kind())
    };
    let known = |findings: &[&Finding<'_>]| {
        let all = kinds(findings).into_iter();
        all.filter(|kind| kind.open_question().is_none() && *kind != FindingKind::Unobserved)
            .collect::<Vec<_>>()
    };
    let reported = reconcile(&register, &observations, ChangeRule::reported(), Known::Best);
    let presumed = reconcile(&register, &observations, presuming_for_months(), Known::Best);
    for store in Store::WELL_KNOWN {
        // At what hour of that Sunday it was seen no source says, and the next look is twelve days later.
        let findings = of(&reported, "wechat", &store);
        assert_eq!(at(&findings), Some(FindingKind::Undetermined(OpenQuestion::Unsettled)));
        assert_eq!(known(&findings), [FindingKind::Consistent]);
        // Who presumes that it stayed meets the hours between midnight and the injunction.
        let findings = of(&presumed, "wechat", &store);
        assert_eq!(at(&findings), Some(FindingKind::Undetermined(OpenQuestion::UncertainLaw)));
        assert!(known(&findings).iter().all(|kind| *kind == FindingKind::Consistent));
    }
}
