//! Every sentence about published claims: no multiple ever reads as an increase, and no end of an interval is rounded inwards.

use std::fmt::Display;

use super::grouped;
use crate::downloads::{
    Metric,
    claim::{
        Aspect, Change, Claim, Comparison, Conclusion, Gap, Interval, Measured, Per, Ratio, Reading, Reason,
        Sense, Shape, Term, Unlike,
    },
};

/// An interval in words: `53,500 to under 54,500`.
pub(in crate::downloads) fn span(interval: Interval) -> String {
    written(interval.ends(), "")
}

/// An interval in hundredths: `2,650 % to under 2,750 %`.
fn in_hundredths((low, high): Ends) -> String {
    let hundred = Ratio::hundred();
    let part = |(at, is_in): End| (at.times(hundred), is_in);
    written((part(low), high.map(part)), " %")
}

/// An end, and whether it is in.
type End = (Ratio, bool);
type Ends = (End, Option<End>);

fn written((low, high): Ends, unit: &str) -> String {
    let decimals = decimals(low.0, high.map(|(at, _)| at));
    let number = |at: Ratio, up: bool| {
        let (text, rounded) = at.digits(decimals, up);
        let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
        (format!("{}{unit}", grouped(text)), rounded)
    };
    let (least, low_rounded) = number(low.0, false);
    let Some(high) = high else {
        let open = !low.1 && !low_rounded;
        return if open { format!("more than {least}") } else { format!("{least} or more") };
    };
    let (most, high_rounded) = number(high.0, true);
    let under = if high.1 || high_rounded { "" } else { "under " };
    if low.0 == high.0 {
        return if low_rounded { format!("{least} to {most}") } else { format!("exactly {least}") };
    }
    if low.0.is_zero() && low.1 {
        return if under.is_empty() { format!("up to {most}") } else { format!("{under}{most}") };
    }
    let over = if low.1 || low_rounded { "" } else { "over " };
    format!("{over}{least} to {under}{most}")
}

/// As many decimals as state both ends without rounding, three at most; or else as many as three digits need.
fn decimals(low: Ratio, high: Option<Ratio>) -> u32 {
    let exact =
        |decimals: &u32| [Some(low), high].into_iter().flatten().all(|at| !at.digits(*decimals, false).1);
    (0..=3).find(exact).unwrap_or_else(|| {
        let (whole, _) = high.unwrap_or(low).digits(0, false);
        match whole.as_str() {
            "0" => 3,
            digits => 3_u32.saturating_sub(u32::try_from(digits.len()).unwrap_or(3)),
        }
    })
}

/// A multiple as one: `27.5 to under 28.5 times as many`.
fn as_many(multiple: Interval) -> String {
    format!("{} times as many", span(multiple))
}

/// The same multiple as what came on top or was lost: `an increase of 2,650 % to under 2,750 %`.
fn as_change(multiple: Interval) -> String {
    let (low, high) = multiple.ends();
    let up = |(at, is_in): End| (at.above(Ratio::ONE), is_in);
    let down = |(at, is_in): End| (Ratio::ONE.above(at), is_in);
    let nothing = (Ratio::ZERO, true);
    match high {
        _ if low.0 >= Ratio::ONE => format!("an increase of {}", in_hundredths((up(low), high.map(up)))),
        Some(high) if high.0 <= Ratio::ONE => {
            format!("a fall of {}", in_hundredths((down(high), Some(down(low)))))
        }
        Some(high) => {
            let (fall, rise) =
                (in_hundredths((nothing, Some(down(low)))), in_hundredths((nothing, Some(up(high)))));
            format!("between a fall of {fall} and an increase of {rise}")
        }
        None => format!("a fall of {} or any increase", in_hundredths((nothing, Some(down(low))))),
    }
}

fn reading(reading: Reading) -> String {
    let multiple = reading.multiple();
    let text = format!("{}, {}", as_many(multiple), as_change(multiple));
    match reading.sense() {
        Sense::Lost => format!("{text}; {} is left", in_hundredths(multiple.ends())),
        Sense::AsMany | Sense::OnTop => text,
    }
}

/// Words of change, and what they stand for.
pub(in crate::downloads) fn change(change: &Change) -> String {
    read(change, |_| String::new())
}

/// Words of change, what they stand for, and what follows from each reading.
fn read(change: &Change, follows: impl Fn(Reading) -> String) -> String {
    let told = |one: Reading| format!("{}{}", reading(one), follows(one));
    match change.readings() {
        [many, on_top] => {
            format!(
                "`{}` may mean {}; or, counting only what came on top, {}",
                change.text(),
                told(*many),
                told(*on_top)
            )
        }
        readings => {
            let all: Vec<String> = readings.iter().map(|one| told(*one)).collect();
            format!("`{}`: {}", change.text(), all.join("; "))
        }
    }
}

/// What the figures of a claim stand for and what follows, a sentence each.
pub(in crate::downloads) fn explained(claim: &Claim) -> Vec<String> {
    let figures = &claim.figures;
    let (count, baseline) = (figures.count(), figures.baseline());
    let mut sentences = Vec::new();
    if let Some(count) = count {
        sentences.push(format!("{count} stands for {}", count.interval()));
    }
    if let Some(change) = figures.change() {
        sentences.push(read(change, |reading| match (count, baseline) {
            (Some(count), _) => {
                format!("; so the baseline is {}", count.interval().over(reading.multiple()))
            }
            (None, Some(baseline)) => {
                format!("; so the count is {}", baseline.interval().times(reading.multiple()))
            }
            (None, None) => String::new(),
        }));
    }
    if let Some(baseline) = baseline {
        let given = format!("the baseline was given as {baseline}, which stands for {}", baseline.interval());
        sentences.push(match (count, figures.multiple()) {
            (Some(count), Some(multiple)) => {
                format!("{given}; {count} over it is {}{}", as_many(multiple), own(claim))
            }
            _ => given,
        });
    }
    sentences
}

/// Whether the three figures of a claim can be true together.
fn own(claim: &Claim) -> String {
    let Some(change) = claim.figures.change() else { return String::new() };
    if let Some(gap) = claim.figures.own_gap() {
        return format!(", which `{}` does not allow: {}", change.text(), miss(gap, "the two"));
    }
    let fits: Vec<Sense> = change
        .readings()
        .iter()
        .filter(|reading| claim.figures.fits(**reading))
        .map(|reading| reading.sense())
        .collect();
    match (change.readings().len(), fits.as_slice()) {
        (1, _) => ", and the three figures can be true together".to_owned(),
        (_, [Sense::AsMany]) => format!(", so that `{}` can only mean times as many", change.text()),
        (_, [_]) => format!(", so that `{}` can only count what came on top", change.text()),
        _ => format!(", which fits both readings of `{}`", change.text()),
    }
}

/// How far two numbers are apart, rounded down.
fn miss(ratio: f64, who: &str) -> String {
    match floor(ratio) {
        None => format!("{who} only just miss each other"),
        Some(times) => format!("{who} are at least {times} times apart"),
    }
}

/// A ratio rounded down, so that 'at least' is true; none where no more than 1 is left.
fn floor(ratio: f64) -> Option<String> {
    if ratio.is_infinite() {
        return Some("any number of".to_owned());
    }
    let (scale, decimals) = if ratio < 10.0 { (100.0, 2) } else { (10.0, 1) };
    let down = (ratio * scale).floor() / scale;
    (down > 1.0).then(|| grouped(&format!("{down:.decimals$}")))
}

/// How far two claims miss each other.
pub(in crate::downloads) fn gap(gap: Gap) -> String {
    let (one, many) = match gap.term {
        Term::Count => ("count", "the counts"),
        Term::Multiple => ("multiple", "the multiples"),
        Term::Baseline => ("baseline", "the baselines"),
        Term::Together => {
            let apart = miss(gap.ratio, "what they make it and the baseline");
            return format!("each number meets, but not all at once: {apart}");
        }
    };
    match (gap.shape, floor(gap.ratio)) {
        (Shape::Apart, _) => miss(gap.ratio, many),
        (Shape::PartOverWhole, Some(times)) => {
            format!("the {one} of a part is at least {times} times that of the whole")
        }
        (Shape::PartOverWhole, None) => format!("the {one} of a part is larger than that of the whole"),
    }
}

/// Why two claims are not compared.
pub(in crate::downloads) fn reason(reason: Reason) -> String {
    match (reason.aspect, reason.unlike) {
        (Aspect::Metric, Unlike::NoDownloads) => "what is counted is not downloads".to_owned(),
        (Aspect::Figures, _) => "no number of one is of the same kind as one of the other".to_owned(),
        (Aspect::Itself, _) => "the figures of one contradict each other".to_owned(),
        (other, Unlike::Unknown) => format!("{} is not stated by both", aspect(other)),
        (other, Unlike::Differs | Unlike::NoDownloads) => format!("{} differs", aspect(other)),
    }
}

fn aspect(aspect: Aspect) -> &'static str {
    match aspect {
        Aspect::App => "the app",
        Aspect::Vendor => "the vendor",
        Aspect::Metric => "the metric",
        Aspect::Store => "the store",
        Aspect::Territory => "the territory",
        Aspect::Window => "the window",
        Aspect::Against => "the comparison window",
        Aspect::Figures => "the kind of number",
        Aspect::Itself => "the claim",
    }
}

/// What became of a comparison.
pub(in crate::downloads) fn conclusion(conclusion: &Conclusion) -> String {
    match conclusion {
        Conclusion::Consistent { on } => {
            let terms = on.iter().map(|term| match term {
                Term::Count => "the counts",
                Term::Multiple => "the multiples",
                Term::Baseline => "the baselines",
                Term::Together => "all at once",
            });
            format!("consistent: {} meet", all(terms))
        }
        Conclusion::Inconsistent { gaps } => format!("inconsistent: {}", all(gaps)),
        Conclusion::NotComparable { reasons } => format!("not comparable: {}", all(reasons)),
    }
}

/// Two claims and what became of them.
pub(in crate::downloads) fn comparison(comparison: &Comparison<'_>) -> String {
    let (first, second) = (&comparison.first().id, &comparison.second().id);
    let mut text = format!("{first} and {second}: {}", comparison.conclusion());
    match (comparison.conclusion(), comparison.reasons(), comparison.supposing()) {
        (Conclusion::NotComparable { .. }, _, Some(supposing)) => {
            let unstated: Vec<&str> = comparison
                .reasons()
                .iter()
                .filter(|reason| reason.unlike == Unlike::Unknown && reason.aspect < Aspect::Window)
                .map(|reason| aspect(reason.aspect))
                .collect();
            let are = if unstated.len() == 1 { "is" } else { "are" };
            let supposed = conclusion(supposing);
            text = format!("{text}; if {} {are} the same, they are {supposed}", all(unstated));
        }
        (Conclusion::NotComparable { .. }, _, None) | (_, [], _) => {}
        (_, reasons, _) => {
            text = format!("{text}; the rest is not compared: {}", all(reasons));
        }
    }
    text
}

/// A claim in one line.
pub(in crate::downloads) fn claim(claim: &Claim) -> String {
    let figures = &claim.figures;
    let mut parts = Vec::new();
    let measured = match &claim.measured {
        Measured::Other(words) => format!("({words})"),
        downloads => downloads.to_string(),
    };
    let per = match claim.per {
        Per::Window => String::new(),
        per => format!(" {per}"),
    };
    parts.push(match figures.count() {
        Some(count) => format!("{count} {measured}{per} of {}", claim.about),
        None => format!("{measured}{per} of {}", claim.about),
    });
    if let Some(change) = figures.change() {
        parts.push(format!("`{}`", change.text()));
    }
    let against = claim.against.as_ref().map(ToString::to_string);
    match (figures.baseline(), against) {
        (Some(baseline), Some(against)) => parts.push(format!("against {baseline} ({against})")),
        (Some(baseline), None) => parts.push(format!("against {baseline}")),
        (None, Some(against)) => parts.push(format!("against {against}")),
        (None, None) => {}
    }
    let unstated = |what: &str| format!("{what} not stated");
    parts.push(claim.place.as_ref().map_or_else(|| unstated("territory"), ToString::to_string));
    parts.push(if claim.stores.is_empty() { unstated("store") } else { all(&claim.stores) });
    parts.push(claim.window.map_or_else(|| unstated("window"), |window| window.to_string()));
    let vendor = claim.vendor.clone().unwrap_or_else(|| unstated("vendor"));
    parts.push(claim.via.as_ref().map_or(vendor.clone(), |via| format!("{vendor} via {via}")));
    format!("{}: {}", claim.id, parts.join(", "))
}

/// A kind of download in words.
pub(in crate::downloads) fn metric(metric: Metric) -> String {
    match metric {
        Metric::FirstDownloads => "first downloads".to_owned(),
        Metric::Total => "downloads of every kind".to_owned(),
        Metric::Redownloads | Metric::Updates => metric.to_string(),
    }
}

/// A list in words: `one, two and three`.
pub(in crate::downloads) fn all<T: Display>(items: impl IntoIterator<Item = T>) -> String {
    let items: Vec<String> = items.into_iter().map(|item| item.to_string()).collect();
    match items.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
