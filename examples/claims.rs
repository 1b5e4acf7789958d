//! Published figures in, a verdict out: what each leaves open, and which of them can be true together.
//!
//! ```text
//! cargo run --release --example claims -- [FILE] [--all] [--json]
//! ```
//!
//! `--all` lists each two that nothing can be said of, too. Without a file it reads the project's own, `claims/published-figures.toml`.

use std::{error::Error, process::ExitCode};

use delisted::{
    downloads::claim::{Claim, Comparison, Conclusion, Figure, Group, Interval, verdict},
    error::Suggestion,
    io,
};
use serde_json::{Value, json};

const USAGE: &str = "usage: claims [FILE] [--all] [--json]";

const OWN: &str = include_str!("../claims/published-figures.toml");

fn main() -> ExitCode {
    if std::env::args().skip(1).any(|argument| argument == "--help" || argument == "-h") {
        println!("{USAGE}");
        return ExitCode::SUCCESS;
    }
    match run(std::env::args().skip(1)) {
        Ok(text) => {
            println!("{text}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("claims: {error}");
            ExitCode::from(2)
        }
    }
}

fn run(arguments: impl Iterator<Item = String>) -> Result<String, Box<dyn Error>> {
    let (mut files, mut as_json, mut all) = (Vec::new(), false, false);
    for argument in arguments {
        match argument.as_str() {
            "--json" => as_json = true,
            "--all" => all = true,
            other if other.starts_with("--") => {
                let near = Suggestion::among(other, ["--all", "--json"]);
                return Err(format!("`{other}` is no option{near}; {USAGE}").into());
            }
            _ => files.push(argument),
        }
    }
    let claims = match files.as_slice() {
        [] => io::read_claims_toml("claims/published-figures.toml", OWN)?,
        [file] => io::read_claims(file)?,
        _ => return Err(format!("one file is read at a time; {USAGE}").into()),
    };
    let groups = verdict(&claims);
    if as_json {
        let groups: Vec<Value> = groups.iter().map(group_json).collect();
        return Ok(serde_json::to_string(&json!({ "groups": groups }))?);
    }
    Ok(table(&groups, all))
}

/// Each group: its claims with what they imply, then every two of them of which something can be said.
fn table(groups: &[Group<'_>], all: bool) -> String {
    let mut lines = Vec::new();
    for group in groups {
        let place = group.place().map_or_else(|| "territory not stated".to_owned(), ToString::to_string);
        lines.push(format!("== {}, {place}", group.about()));
        for claim in group.claims() {
            lines.push(claim.to_string());
            lines.extend(claim.explained().into_iter().map(|sentence| format!("    {sentence}")));
        }
        let told = |comparison: &&Comparison<'_>| all || says_something(comparison);
        let (said, unsaid): (Vec<_>, Vec<_>) = group.comparisons().iter().partition(told);
        for comparison in &said {
            lines.push(format!("  {} {comparison}", mark(comparison.conclusion())));
        }
        if !unsaid.is_empty() {
            lines.push(format!(
                "  ? nothing to be said of {} more pairs (`--all` gives the reasons)",
                unsaid.len()
            ));
        }
        lines.push(String::new());
    }
    lines.extend(summary(groups));
    lines.join("\n")
}

fn says_something(comparison: &Comparison<'_>) -> bool {
    comparison.supposing().is_some() || !matches!(comparison.conclusion(), Conclusion::NotComparable { .. })
}

fn summary(groups: &[Group<'_>]) -> Vec<String> {
    let all: Vec<&Comparison<'_>> = groups.iter().flat_map(Group::comparisons).collect();
    let count =
        |wanted: fn(&Comparison<'_>) -> bool| all.iter().filter(|comparison| wanted(comparison)).count();
    let consistent = count(|one| matches!(one.conclusion(), Conclusion::Consistent { .. }));
    let inconsistent = count(|one| matches!(one.conclusion(), Conclusion::Inconsistent { .. }));
    let would = count(|one| matches!(one.supposing(), Some(Conclusion::Inconsistent { .. })));
    let claims: Vec<&&Claim> = groups.iter().flat_map(Group::claims).collect();
    let broken = claims.iter().filter(|claim| claim.holds_together() == Some(false));
    let broken: Vec<&str> = broken.map(|claim| claim.id.as_str()).collect();
    let mut lines = vec![
        format!("{} claims, {} pairs about the same app and territory", claims.len(), all.len()),
        format!(
            "consistent: {consistent}; inconsistent: {inconsistent}; not comparable: {}, of which {would} would be \
             inconsistent if they meant the same store, metric, vendor or territory where they do not say",
            count(|one| matches!(one.conclusion(), Conclusion::NotComparable { .. }))
        ),
    ];
    if !broken.is_empty() {
        lines.push(format!("figures that contradict each other within one claim: {}", broken.join(", ")));
    }
    lines
}

fn mark(conclusion: &Conclusion) -> char {
    match conclusion {
        Conclusion::Consistent { .. } => '=',
        Conclusion::Inconsistent { .. } => '!',
        Conclusion::NotComparable { .. } => '?',
    }
}

fn group_json(group: &Group<'_>) -> Value {
    json!({
        "about": group.about().to_string(),
        "territory": group.place().map(ToString::to_string),
        "claims": group.claims().iter().map(|claim| claim_json(claim)).collect::<Vec<_>>(),
        "comparisons": group.comparisons().iter().map(comparison_json).collect::<Vec<_>>(),
    })
}

fn interval_json(interval: Interval) -> Value {
    json!({ "low": interval.low(), "high": interval.high(), "text": interval.to_string() })
}

fn figure_json(figure: &Figure) -> Value {
    json!({ "published": figure.text(), "stands_for": interval_json(figure.interval()) })
}

fn claim_json(claim: &Claim) -> Value {
    let figures = &claim.figures;
    let readings = figures.change().map(|change| {
        let multiples = change.readings().iter().map(|reading| interval_json(reading.multiple()));
        json!({ "published": change.text(), "multiples": multiples.collect::<Vec<_>>() })
    });
    json!({
        "id": claim.id.as_str(),
        "measured": claim.measured.to_string(),
        "per": claim.per.to_string(),
        "vendor": claim.vendor,
        "via": claim.via,
        "stores": claim.stores,
        "window": claim.window,
        "against": claim.against.as_ref().map(ToString::to_string),
        "said": claim.said,
        "says": claim.says,
        "sources": claim.sources,
        "count": figures.count().map(figure_json),
        "change": readings,
        "baseline": figures.baseline().map(figure_json),
        "implied_baselines": claim.implied().map(interval_json).collect::<Vec<_>>(),
        "holds_together": claim.holds_together(),
        "explained": claim.explained(),
    })
}

fn comparison_json(comparison: &Comparison<'_>) -> Value {
    json!({
        "first": comparison.first().id.as_str(),
        "second": comparison.second().id.as_str(),
        "conclusion": conclusion_json(comparison.conclusion()),
        "not_alike": comparison.reasons().iter().map(ToString::to_string).collect::<Vec<_>>(),
        "supposing_the_unstated_the_same": comparison.supposing().map(conclusion_json),
        "text": comparison.to_string(),
    })
}

fn conclusion_json(conclusion: &Conclusion) -> Value {
    match conclusion {
        Conclusion::Consistent { .. } => json!({ "verdict": "consistent" }),
        Conclusion::Inconsistent { gaps } => {
            let gaps = gaps.iter().map(|gap| json!({ "ratio": gap.ratio, "text": gap.to_string() }));
            json!({ "verdict": "inconsistent", "gaps": gaps.collect::<Vec<_>>() })
        }
        Conclusion::NotComparable { reasons } => {
            let reasons: Vec<String> = reasons.iter().map(ToString::to_string).collect();
            json!({ "verdict": "not_comparable", "reasons": reasons })
        }
    }
}
