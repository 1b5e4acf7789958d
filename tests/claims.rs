//! What published figures leave open, and when two claims can both be true: laws, and the traps of wording.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "tests stop at the first surprise"
)]

use std::num::NonZeroU64;

use delisted::{
    Store,
    downloads::claim::{
        About, Against, Aspect, Change, Claim, Conclusion, Figure, Figures, Measured, Per, Reason, Sense,
        Shape, Term, Unlike, compare, verdict,
    },
};
use proptest::prelude::*;

fn figure(text: &str) -> Figure {
    text.parse().unwrap()
}

fn change(text: &str) -> Change {
    text.parse().unwrap()
}

fn claim(id: &str, figures: Figures) -> Claim {
    let mut claim = Claim::new(id.parse().unwrap(), About::App("chat".parse().unwrap()), figures);
    claim.vendor = Some("Counters".to_owned());
    claim.stores = [Store::APP_STORE].into();
    claim.place = Some("US".parse().unwrap());
    claim.window = Some("2020-09-18..2020-09-19".parse().unwrap());
    claim.against = Some(Against::WeekEarlier);
    claim
}

fn counted(id: &str, count: &str) -> Claim {
    claim(id, Figures::of_count(figure(count)))
}

fn reasons(first: &Claim, second: &Claim) -> Vec<(Aspect, Unlike)> {
    compare(first, second).reasons().iter().map(|reason| (reason.aspect, reason.unlike)).collect()
}

#[test]
fn a_figure_stands_for_what_rounds_to_it() {
    for (text, stands_for) in [
        ("54,000", "53,500 to under 54,500"),
        ("about 54,000", "53,500 to under 54,500"),
        ("54000", "53,500 to under 54,500"),
        ("110,000", "105,000 to under 115,000"),
        ("300", "250 to under 350"),
        ("54,321", "54,320.5 to under 54,321.5"),
        ("0", "under 0.5"),
        ("1", "0.5 to under 1.5"),
        ("1.9k", "1,850 to under 1,950"),
        ("1.90k", "1,895 to under 1,905"),
        ("2 million", "1,500,000 to under 2,500,000"),
        ("2.0m", "1,950,000 to under 2,050,000"),
        ("1.2bn", "1,150,000,000 to under 1,250,000,000"),
        ("3 lakh", "250,000 to under 350,000"),
        ("54,000 to the nearest 100", "53,950 to under 54,050"),
        ("54,000 to the nearest 10k", "49,000 to under 59,000"),
        ("exactly 1,900", "exactly 1,900"),
        ("nearly 107 million", "106,500,000 to under 107,000,000"),
        ("just over 107 million", "over 107,000,000 to under 107,500,000"),
        ("more than 100,000", "more than 100,000"),
        ("over 5 million", "more than 5,000,000"),
        (">5m", "more than 5,000,000"),
        ("at least 100,000", "100,000 or more"),
        ("100,000 or more", "100,000 or more"),
        ("5,000,000+", "5,000,000 or more"),
        ("fewer than 100", "under 100"),
        ("up to 100", "up to 100"),
        ("10,000-20,000", "10,000 to 20,000"),
        ("10 to 20 million", "10,000,000 to 20,000,000"),
        ("between 10,000 and 20,000", "10,000 to 20,000"),
    ] {
        assert_eq!(figure(text).interval().to_string(), stands_for, "{text}");
    }
}

#[test]
fn what_is_no_figure_is_refused_with_the_reason() {
    for (text, message) in [
        ("", "`` is no figure: `` is no number; write one such as `54,000`, `1.9k` or `about 2 million`"),
        (
            "many",
            "`many` is no figure: `many` is no number; write one such as `54,000`, `1.9k` or `about 2 million`",
        ),
        (
            "54,00",
            "`54,00` is no figure: the comma in `54,00` parts no thousands; write decimals with a point",
        ),
        ("1,9k", "`1,9k` is no figure: the comma in `1,9` parts no thousands; write decimals with a point"),
        (
            "1.2.3",
            "`1.2.3` is no figure: `1.2.3` is no number; write one such as `54,000`, `1.9k` or `about 2 million`",
        ),
        (
            "5 dozen",
            "`5 dozen` is no figure: `5 dozen` is no number; write one such as `54,000`, `1.9k` or `about 2 million`",
        ),
        (
            "-5",
            "`-5` is no figure: `-5` is no number; write one such as `54,000`, `1.9k` or `about 2 million`",
        ),
        ("20,000-10,000", "`20,000-10,000` is no figure: the range ends before it begins"),
        ("nearly 0", "`nearly 0` is no figure: no count is less than nothing"),
        ("5 to the nearest 0", "`5 to the nearest 0` is no figure: nothing is rounded to the nearest 0"),
        (
            "1234567890123456",
            "`1234567890123456` is no figure: `1234567890123456` has too many digits; at most 15 are allowed",
        ),
        (
            "9999999 billion",
            "`9999999 billion` is no figure: `9999999` lies out of bounds; a number has at most 15 digits before its point and 6 \
             after it",
        ),
        (
            "0.0000001",
            "`0.0000001` is no figure: `0.0000001` lies out of bounds; a number has at most 15 digits before its point and 6 \
             after it",
        ),
    ] {
        assert_eq!(text.parse::<Figure>().unwrap_err().to_string(), message, "{text}");
    }
}

#[test]
fn no_wording_is_taken_for_another() {
    for (text, said) in [
        ("28 times", "`28 times`: 27.5 to under 28.5 times as many, an increase of 2,650 % to under 2,750 %"),
        ("28x", "`28x`: 27.5 to under 28.5 times as many, an increase of 2,650 % to under 2,750 %"),
        ("28倍", "`28倍`: 27.5 to under 28.5 times as many, an increase of 2,650 % to under 2,750 %"),
        (
            "28 times more",
            "`28 times more` may mean 27.5 to under 28.5 times as many, an increase of 2,650 % to under 2,750 %; or, counting \
             only what came on top, 28.5 to under 29.5 times as many, an increase of 2,750 % to under 2,850 %",
        ),
        (
            "up 28 times",
            "`up 28 times` may mean 27.5 to under 28.5 times as many, an increase of 2,650 % to under 2,750 %; or, counting only \
             what came on top, 28.5 to under 29.5 times as many, an increase of 2,750 % to under 2,850 %",
        ),
        (
            "an increase of 27.4 times",
            "`an increase of 27.4 times`: 28.35 to under 28.45 times as many, an increase of 2,735 % to under 2,745 %",
        ),
        (
            "up 2,742 %",
            "`up 2,742 %`: 28.415 to under 28.425 times as many, an increase of 2,741.5 % to under 2,742.5 %",
        ),
        ("up 28 %", "`up 28 %`: 1.275 to under 1.285 times as many, an increase of 27.5 % to under 28.5 %"),
        (
            "up 1,058 %",
            "`up 1,058 %`: 11.575 to under 11.585 times as many, an increase of 1,057.5 % to under 1,058.5 %",
        ),
        (
            "1,058 % of",
            "`1,058 % of`: 10.575 to under 10.585 times as many, an increase of 957.5 % to under 958.5 %",
        ),
        ("tripled", "`tripled`: 2.5 to under 3.5 times as many, an increase of 150 % to under 250 %"),
        ("exactly 3 times", "`exactly 3 times`: exactly 3 times as many, an increase of exactly 200 %"),
        ("up exactly 200 %", "`up exactly 200 %`: exactly 3 times as many, an increase of exactly 200 %"),
        ("增长两倍", "`增长两倍`: 2.5 to under 3.5 times as many, an increase of 150 % to under 250 %"),
        ("增长了三倍", "`增长了三倍`: 3.5 to under 4.5 times as many, an increase of 250 % to under 350 %"),
        ("翻倍", "`翻倍`: 1.5 to under 2.5 times as many, an increase of 50 % to under 150 %"),
        (
            "more than doubled",
            "`more than doubled`: more than 2 times as many, an increase of more than 100 %",
        ),
        (
            "nearly tripled",
            "`nearly tripled`: 2.5 to under 3 times as many, an increase of 150 % to under 200 %",
        ),
        (
            "more than threefold",
            "`more than threefold`: more than 3 times as many, an increase of more than 200 %",
        ),
        (
            "down exactly 91 %",
            "`down exactly 91 %`: exactly 0.09 times as many, a fall of exactly 91 %; exactly 9 % is left",
        ),
        (
            "down 91 %",
            "`down 91 %`: over 0.085 to 0.095 times as many, a fall of 90.5 % to under 91.5 %; over 8.5 % to 9.5 % is left",
        ),
        (
            "-35%",
            "`-35%`: over 0.645 to 0.655 times as many, a fall of 34.5 % to under 35.5 %; over 64.5 % to 65.5 % is left",
        ),
        (
            "91 % fewer",
            "`91 % fewer`: over 0.085 to 0.095 times as many, a fall of 90.5 % to under 91.5 %; over 8.5 % to 9.5 % is left",
        ),
        (
            "down over 60 %",
            "`down over 60 %`: under 0.4 times as many, a fall of over 60 % to 100 %; under 40 % is left",
        ),
        ("halved", "`halved`: over 0.4 to 0.667 times as many, a fall of 33.3 % to under 60 %"),
        (
            "up to 3 times",
            "`up to 3 times`: up to 3 times as many, between a fall of up to 100 % and an increase of up to 200 %",
        ),
        (
            "at least 0.5 times",
            "`at least 0.5 times`: 0.5 or more times as many, a fall of up to 50 % or any increase",
        ),
    ] {
        assert_eq!(change(text).to_string(), said, "{text}");
    }
}

#[test]
fn one_thing_said_in_several_ways_is_one_thing() {
    let multiple = |text: &str| change(text).readings()[0].multiple();
    for same in [
        &["tripled", "trebled", "threefold", "3-fold", "3x", "3 times as many", "三倍"][..],
        &[
            "up 1,058 %",
            "+1,058%",
            "1058 per cent more",
            "1,058% increase",
            "rose 1,058 percent",
            "an increase of 1,058 %",
        ],
        &["down 91 %", "-91 %", "−91%", "91 % less", "91% drop", "fell 91 %", "a fall of 91 %"],
    ] {
        for text in same {
            assert_eq!(multiple(text), multiple(same[0]), "{text}");
        }
    }
    let senses =
        |text: &str| change(text).readings().iter().map(|reading| reading.sense()).collect::<Vec<_>>();
    assert_eq!(senses("28 times"), [Sense::AsMany]);
    assert_eq!(senses("28 times higher"), [Sense::AsMany, Sense::OnTop]);
    assert_eq!(senses("up 200 %"), [Sense::OnTop]);
    assert_eq!(senses("down 91 %"), [Sense::Lost]);
}

#[test]
fn what_is_no_change_is_refused_with_the_reason() {
    let unknown = "write it such as `28 times`, `28 times more`, `up 1,058 %`, `down 91 %`, `tripled` or `more than doubled`";
    let times = "nothing falls by its multiple; say what was lost in per cent, such as `down 91 %`";
    for (text, problem) in [
        ("", unknown),
        ("a jump", unknown),
        ("28", unknown),
        ("28 times banana", unknown),
        ("up 28 % more", unknown),
        ("up doubled", unknown),
        ("down 91 times", times),
        ("91 times fewer", times),
        ("91x less", times),
        ("down to 9 %", unknown),
        ("fell by its multiple", unknown),
        ("up to 200 %", "a percentage must say whether it is up, down, or `of` the earlier count"),
        ("30 %", "a percentage must say whether it is up, down, or `of` the earlier count"),
        ("down 110 %", "a fall leaves nothing at 100 %, and cannot be larger"),
        ("up 1,05 %", "the comma in `1,05` parts no thousands; write decimals with a point"),
    ] {
        let error = text.parse::<Change>().unwrap_err();
        assert_eq!(error.to_string(), format!("`{text}` says no change: {problem}"));
    }
    // `down 110 %` may have been rounded from 105, but not from 100.
    assert!("down 100 %".parse::<Change>().is_ok());
}

#[test]
fn a_claim_may_contradict_itself() {
    let figures = |change_: &str| {
        Figures::of_change(change(change_))
            .with_count(figure("almost 500,000"))
            .with_baseline(figure("10,000"))
    };
    let told = claim("told", figures("up 1,200 %"));
    assert_eq!(told.holds_together(), Some(false));
    assert_eq!(
        told.explained()[2],
        "the baseline was given as 10,000, which stands for 5,000 to under 15,000; almost 500,000 over it is over 30 to under \
         100 times as many, which `up 1,200 %` does not allow: the two are at least 2.22 times apart"
    );
    assert_eq!(claim("fifty", figures("50 times")).holds_together(), Some(true));
    assert_eq!(counted("alone", "54,000").holds_together(), None);
    let other = counted("other", "almost 500,000");
    assert_eq!(reasons(&told, &other), [(Aspect::Itself, Unlike::Differs)]);
    assert_eq!(
        compare(&told, &other).to_string(),
        "told and other: not comparable: the figures of one contradict each other"
    );
}

#[test]
fn a_baseline_can_tell_which_reading_was_meant() {
    let figures = |baseline: &str| {
        Figures::of_change(change("28 times more"))
            .with_count(figure("54,000 to the nearest 10"))
            .with_baseline(figure(baseline))
    };
    let third = |baseline| claim("c", figures(baseline)).explained()[2].clone();
    assert!(
        third("1,930 to the nearest 10").ends_with("so that `28 times more` can only mean times as many")
    );
    assert!(
        third("1,860 to the nearest 10").ends_with("so that `28 times more` can only count what came on top")
    );
    assert!(third("1,900").ends_with("which fits both readings of `28 times more`"));
}

#[test]
fn reasons_are_given_in_a_fixed_order() {
    let one = counted("one", "54,000");
    let mut other = counted("other", "54,000");
    other.about = About::App("talk".parse().unwrap());
    other.vendor = Some("Others".to_owned());
    other.per = Per::Day;
    other.stores = [Store::GOOGLE_PLAY].into();
    other.place = Some("IN".parse().unwrap());
    other.window = Some("2020-10-01".parse().unwrap());
    let all = [Aspect::App, Aspect::Vendor, Aspect::Metric, Aspect::Store, Aspect::Territory, Aspect::Window];
    assert_eq!(reasons(&one, &other), all.map(|aspect| (aspect, Unlike::Differs)));
    let unsaid = Claim::new("unsaid".parse().unwrap(), one.about.clone(), one.figures.clone());
    let unknown = [Aspect::Vendor, Aspect::Store, Aspect::Territory, Aspect::Window];
    assert_eq!(reasons(&one, &unsaid), unknown.map(|aspect| (aspect, Unlike::Unknown)));
    assert_eq!(compare(&one, &unsaid).supposing(), None, "nothing is supposed of days");
}

#[test]
fn what_is_not_downloads_is_never_compared() {
    let mut users = counted("users", "107 million");
    users.measured = Measured::Other("daily active users".to_owned());
    assert_eq!(reasons(&users, &users), [(Aspect::Metric, Unlike::NoDownloads)]);
    assert_eq!(
        compare(&users, &counted("downloads", "54,000")).to_string(),
        "users and downloads: not comparable: what is counted is not downloads"
    );
    let mut firsts = counted("firsts", "54,000");
    firsts.measured = "first-downloads".parse().unwrap();
    assert_eq!(reasons(&firsts, &counted("downloads", "54,000")), [(Aspect::Metric, Unlike::Unknown)]);
    let mut updates = firsts.clone();
    updates.measured = "updates".parse().unwrap();
    assert_eq!(reasons(&firsts, &updates), [(Aspect::Metric, Unlike::Differs)]);
}

#[test]
fn a_count_and_a_multiple_are_nothing_to_compare() {
    let tripled = claim("tripled", Figures::of_change(change("tripled")));
    let comparison = compare(&tripled, &tripled).conclusion().clone();
    assert_eq!(comparison, Conclusion::Consistent { on: vec![Term::Multiple] });
    let count = counted("count", "15,000");
    let reason = Reason { aspect: Aspect::Figures, unlike: Unlike::Differs };
    assert_eq!(compare(&tripled, &count).conclusion(), &Conclusion::NotComparable { reasons: vec![reason] });
}

#[test]
fn what_is_implied_is_compared_as_if_it_were_given() {
    let by_change = claim("a", Figures::of_change(change("tripled")).with_baseline(figure("5,000")));
    let by_count = counted("b", "54,000");
    let text = compare(&by_change, &by_count).to_string();
    assert_eq!(text, "a and b: inconsistent: the counts are at least 2.77 times apart");
    let by_both = claim("c", Figures::of_count(figure("54,000")).with_baseline(figure("1,900")));
    let by_words = claim("d", Figures::of_change(change("28 times")));
    assert_eq!(compare(&by_both, &by_words).to_string(), "c and d: consistent: the multiples meet");
}

#[test]
fn two_claims_may_meet_number_by_number_and_still_not_all_at_once() {
    let times = |id: &str, change_: &str| {
        let counts = Figures::of_count(figure("1,000-2,000")).with_baseline(figure("500-1,000"));
        claim(
            id,
            Figures::new(counts.count().cloned(), Some(change(change_)), counts.baseline().cloned()).unwrap(),
        )
    };
    let other = claim("other", Figures::of_count(figure("1,800-4,000")).with_baseline(figure("900-2,000")));
    // Together they leave 1,800 to 2,000 over 900 to 1,000.
    let two = times("two", "exactly 2 times");
    assert_eq!(
        compare(&two, &other).to_string(),
        "two and other: consistent: the counts, the multiples and the baselines meet"
    );
    let four = times("four", "exactly 4 times");
    assert_eq!(four.holds_together(), Some(true));
    assert_eq!(
        compare(&four, &other).to_string(),
        "four and other: inconsistent: each number meets, but not all at once: what they make it and the baseline are at least \
         1.80 times apart"
    );
}

#[test]
fn a_part_is_no_larger_than_its_whole() {
    let whole = counted("whole", "54,000");
    let friday = |count: &str| {
        let mut friday = counted("friday", count);
        friday.window = Some("2020-09-18".parse().unwrap());
        friday
    };
    let shapes = |first: &Claim, second: &Claim| match compare(first, second).conclusion() {
        Conclusion::Inconsistent { gaps } => gaps.iter().map(|gap| (gap.term, gap.shape)).collect(),
        _ => vec![],
    };
    assert_eq!(shapes(&whole, &friday("60,000")), [(Term::Count, Shape::PartOverWhole)]);
    assert_eq!(shapes(&friday("60,000"), &whole), [(Term::Count, Shape::PartOverWhole)]);
    assert_eq!(reasons(&whole, &friday("40,000")), [(Aspect::Window, Unlike::Differs)]);
    assert_eq!(
        compare(&whole, &friday("61,000")).to_string(),
        "whole and friday: inconsistent: the count of a part is at least 1.11 times that of the whole; the rest is not compared: \
         the window differs"
    );
    assert_eq!(
        compare(&whole, &friday("at least 54,500")).to_string(),
        "whole and friday: inconsistent: the count of a part is larger than that of the whole; the rest is not compared: the \
         window differs"
    );
    let mut world = counted("world", "7.5 million");
    world.place = Some("world".parse().unwrap());
    world.stores = [Store::APP_STORE, Store::GOOGLE_PLAY].into();
    let part = counted("part", "9 million");
    assert_eq!(shapes(&world, &part), [(Term::Count, Shape::PartOverWhole)]);
    // Wider in one thing and narrower in another is neither part nor whole.
    let mut elsewhere = part.clone();
    elsewhere.window = Some("2020-09-01..2020-09-30".parse().unwrap());
    assert_eq!(shapes(&world, &elsewhere), []);
    // An average day of a part may well be above that of the whole.
    let (mut daily, mut busy) = (whole, friday("60,000"));
    (daily.per, busy.per) = (Per::Day, Per::Day);
    assert_eq!(shapes(&daily, &busy), []);
}

#[test]
fn baselines_of_other_days_are_left_aside() {
    let figures = || Figures::of_change(change("28 times")).with_count(figure("54,000"));
    let one = claim("one", figures());
    let mut other = claim("other", figures());
    other.against = Some(Against::Before);
    assert_eq!(
        compare(&one, &other).to_string(),
        "one and other: consistent: the counts meet; the rest is not compared: the comparison window differs"
    );
    // The same days in two ways of saying it.
    other.against = Some(Against::Days("2020-09-11..2020-09-12".parse().unwrap()));
    assert_eq!(
        compare(&one, &other).to_string(),
        "one and other: consistent: the counts, the multiples and the baselines meet"
    );
    other.against = Some(Against::Words("its usual rate".to_owned()));
    assert_eq!(reasons(&one, &other), [(Aspect::Against, Unlike::Unknown)]);
    assert_eq!(reasons(&other, &other), []);
}

#[test]
fn days_compared_with_lie_before_the_window() {
    let days =
        |against: Against, window: &str| against.days(window.parse().unwrap()).map(|days| days.to_string());
    let table = [
        (Against::WeekEarlier, "2020-09-18", Some("2020-09-11")),
        (Against::WeekEarlier, "2020-09-14..2020-09-20", Some("2020-09-07..2020-09-13")),
        (Against::WeekEarlier, "2020-09-13..2020-09-20", Some("2020-08-30..2020-09-06")),
        (Against::Before, "2020-09-18", Some("2020-09-17")),
        (Against::Before, "2020-09-18..2020-09-20", Some("2020-09-15..2020-09-17")),
        (Against::WeekEarlier, "0000-01-01", None),
    ];
    for (against, window, expected) in table {
        assert_eq!(days(against, window).as_deref(), expected, "{window}");
    }
}

#[test]
fn a_set_is_paired_within_app_and_territory_whatever_its_order() {
    let mut india = counted("c", "54,000");
    india.place = Some("IN".parse().unwrap());
    let mut talk = counted("d", "54,000");
    talk.about = About::App("talk".parse().unwrap());
    let mut claims =
        vec![counted("b", "54,000"), talk, india, counted("a", "110,000"), counted("e", "54,200")];
    let told = |claims: &[Claim]| -> Vec<String> {
        let groups = verdict(claims);
        groups.iter().flat_map(|group| group.comparisons().iter().map(ToString::to_string)).collect()
    };
    let first = told(&claims);
    assert_eq!(
        first,
        [
            "a and b: inconsistent: the counts are at least 1.92 times apart",
            "a and e: inconsistent: the counts are at least 1.93 times apart",
            "b and e: consistent: the counts meet",
        ]
    );
    claims.reverse();
    assert_eq!(told(&claims), first);
    let groups: Vec<usize> = verdict(&claims).iter().map(|group| group.claims().len()).collect();
    assert_eq!(groups, [1, 3, 1]);
}

/// A count written with so many noughts at its end, and hedged in a way that is true of it.
fn written(count: u64, noughts: u32, hedge: u8) -> String {
    let unit = 10_u64.pow(noughts);
    let (below, rounded) = (count / unit * unit, (count + unit / 2) / unit * unit);
    match hedge {
        0 if rounded > 0 => rounded.to_string(),
        1 => format!("{rounded} to the nearest {unit}"),
        2 => format!("at least {below}"),
        3 => format!("up to {}", below + unit),
        4 => format!("more than {}", below.saturating_sub(1)),
        5 => format!("{below}-{}", below + unit),
        _ => format!("exactly {count}"),
    }
}

/// A change that is true of two counts, with so many decimals.
fn told(count: u64, over: u64, decimals: u32, words: u8) -> String {
    let tens = 10_u128.pow(decimals);
    let (count, over) = (u128::from(count), u128::from(over));
    let rounded = |part: u128| {
        let parts = (2 * part * tens + over) / (2 * over);
        let width = usize::try_from(decimals).unwrap();
        if width == 0 { parts.to_string() } else { format!("{}.{:0width$}", parts / tens, parts % tens) }
    };
    match words {
        0 => format!("{} times", rounded(count)),
        1 => format!("{} % of", rounded(100 * count)),
        2 if count >= over => format!("up {} %", rounded(100 * (count - over))),
        2 => format!("down {} %", rounded(100 * (over - count))),
        3 if count >= over => format!("{} times more", rounded(count - over)),
        _ => format!("at least {} times", count * tens / over / tens),
    }
}

prop_compose! {
    /// Figures that are true of one count and one baseline, with either left out now and then.
    fn figures_of(count: u64, over: u64)(
        (noughts, hedge, decimals, words) in (0_u32..5, 0_u8..7, 0_u32..3, 0_u8..5),
        (more_noughts, other_hedge) in (0_u32..3, 0_u8..7),
        given in 1_u8..8,
    ) -> Figures {
        let count_ = (given & 1 > 0).then(|| figure(&written(count, noughts, hedge)));
        let change_ = (given & 2 > 0).then(|| change(&told(count, over, decimals, words)));
        let baseline = (given & 4 > 0).then(|| figure(&written(over, more_noughts, other_hedge)));
        Figures::new(count_, change_, baseline).unwrap()
    }
}

fn truths() -> impl Strategy<Value = (u64, u64, Figures, Figures)> {
    (0_u64..3_000_000, 1_u64..100_000).prop_flat_map(|(count, over)| {
        (Just(count), Just(over), figures_of(count, over), figures_of(count, over))
    })
}

proptest! {
    #[test]
    fn the_truth_lies_in_every_interval((count, over, figures, _) in truths()) {
        let baseline = NonZeroU64::new(over).unwrap();
        if let Some(figure) = figures.count() {
            prop_assert!(figure.interval().contains(count), "{figure} of {count}");
        }
        if let Some(figure) = figures.baseline() {
            prop_assert!(figure.interval().contains(over), "{figure} of {over}");
        }
        if let Some(change) = figures.change() {
            let held = change.readings().iter().any(|reading| reading.multiple().contains_ratio(count, baseline));
            prop_assert!(held, "{change} of {count} over {over}");
        }
        if let Some(multiple) = figures.multiple() {
            prop_assert!(multiple.contains_ratio(count, baseline), "{multiple} of {count} over {over}");
        }
        let claim = claim("claim", figures);
        let implied: Vec<_> = claim.implied().collect();
        prop_assert!(implied.is_empty() || implied.iter().any(|implied| implied.contains(over)), "{over}: {implied:?}");
        prop_assert_ne!(claim.holds_together(), Some(false));
    }

    #[test]
    fn claims_made_from_the_same_numbers_are_never_inconsistent((_, _, one, other) in truths()) {
        let (one, other) = (claim("one", one), claim("other", other));
        let comparison = compare(&one, &other);
        match comparison.conclusion() {
            Conclusion::Consistent { .. } => {}
            Conclusion::Inconsistent { .. } => prop_assert!(false, "{comparison}"),
            Conclusion::NotComparable { reasons } => {
                prop_assert_eq!(reasons.len(), 1);
                prop_assert_eq!(reasons[0].aspect, Aspect::Figures);
            }
        }
    }

    #[test]
    fn what_is_said_of_two_claims_does_not_hang_on_their_order(
        (_, _, one, _) in truths(), (_, _, other, _) in truths(), windows in 0_usize..9,
    ) {
        let days = ["2020-09-18", "2020-09-18..2020-09-19", "2020-09-19..2020-09-20"];
        let (mut one, mut other) = (claim("one", one), claim("other", other));
        one.window = Some(days[windows % 3].parse().unwrap());
        other.window = Some(days[windows / 3].parse().unwrap());
        let (there, back) = (compare(&one, &other), compare(&other, &one));
        prop_assert_eq!(there.conclusion(), back.conclusion());
        prop_assert_eq!(there.reasons(), back.reasons());
        prop_assert_eq!(there.supposing(), back.supposing());
    }

    #[test]
    fn a_wider_rounding_never_makes_two_claims_inconsistent(
        (counts, nearest, wider, times, decimals) in
            ((1_u64..1_000_000, 1_u64..1_000_000), 1_u64..50_000, 1_u64..50, 10_u64..500, 0_u32..2),
    ) {
        let made = |id: &str, nearest: u64| {
            let change_ = change(&format!("{}.{} times", times / 10, times % 10));
            let count = figure(&format!("{} to the nearest {nearest}", counts.0));
            claim(id, Figures::of_change(change_).with_count(count))
        };
        let other = claim(
            "other",
            Figures::of_count(figure(&written(counts.1, decimals, 1))).with_baseline(figure("at least 100")),
        );
        let narrow = compare(&made("one", nearest), &other).conclusion().clone();
        let wide = compare(&made("one", nearest * wider), &other).conclusion().clone();
        if matches!(narrow, Conclusion::Consistent { .. }) {
            prop_assert_eq!(&narrow, &wide);
        }
        if let (Conclusion::Inconsistent { gaps: narrow }, Conclusion::Inconsistent { gaps: wide }) = (&narrow, &wide)
            && let ([narrow, ..], [wide, ..]) = (narrow.as_slice(), wide.as_slice())
            && narrow.term == wide.term
        {
            prop_assert!(wide.ratio <= narrow.ratio * (1.0 + 1e-12), "{} > {}", wide.ratio, narrow.ratio);
        }
    }

    #[test]
    fn no_text_breaks_the_readers(text in "\\PC{0,24}", near in "(up |down |-|over )?[0-9,.]{0,9} ?(times|%|x|k|m|倍)?( more| of)?") {
        for text in [text, near] {
            let (_, _) = (text.parse::<Figure>(), text.parse::<Change>());
        }
    }
}

#[test]
fn the_largest_and_the_finest_numbers_still_fit() {
    let near = |told: f64, wanted: f64| (told / wanted - 1.0).abs() < 1e-12;
    let large = figure("999,999,999,999,999");
    assert!(near(large.interval().low(), 999_999_999_999_998.5));
    let steep = change("up 999,999,999.999999 %");
    let multiple = steep.readings()[0].multiple();
    assert!(near(multiple.low(), 10_000_000.999_999_985));
    let implied = |count: &str, words: &str| {
        let claim = claim("claim", Figures::of_change(change(words)).with_count(figure(count)));
        claim.implied().next().unwrap()
    };
    assert!(near(
        implied("999,999,999,999,999", "0.000001 times").low(),
        999_999_999_999_998.5 / 0.000_001_5
    ));
    assert!(near(
        implied("0.000001", "999,999,999,999,999 times").low(),
        0.000_000_5 / 999_999_999_999_999.5
    ));
    let product = claim(
        "product",
        Figures::of_change(change("up 99,999,999.999999 %")).with_baseline(figure("999,999,999,999,999")),
    );
    let other = counted("other", "1");
    let Conclusion::Inconsistent { gaps } = compare(&product, &other).conclusion().clone() else {
        panic!("they are far apart")
    };
    assert!(near(gaps[0].ratio, 999_999_999_999_998.5 * 1_000_000.999_999_995 / 1.5));
    assert_eq!(
        compare(&product, &product).to_string(),
        "product and product: consistent: the counts, the multiples and the baselines meet"
    );
}
