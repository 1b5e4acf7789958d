//! How numbers are written: thousands set off by commas, multiples with one decimal, per cents with as many as
//! they need.

/// A count with its thousands set off: `54,000`.
pub(super) fn count(count: u64) -> String {
    grouped(&count.to_string())
}

/// A multiple with one decimal: `28.4`, `1,160.0`.
pub(super) fn decimal(value: f64) -> String {
    grouped(&format!("{value:.1}"))
}

/// A percentage: whole from ten per cent on, with one decimal below.
pub(super) fn percent(value: f64) -> String {
    let text = if value < 9.95 && value != 0.0 { format!("{value:.1}") } else { format!("{value:.0}") };
    format!("{} %", grouped(&text))
}

/// A count that may be a fraction: whole from a hundred on, with one decimal below where it has one.
pub(super) fn rounded(value: f64) -> String {
    let text =
        if value < 100.0 && value.fract() != 0.0 { format!("{value:.1}") } else { format!("{value:.0}") };
    grouped(&text)
}

/// A number in digits with its thousands set off, its decimals as they are.
pub(super) fn grouped(text: &str) -> String {
    let (whole, rest) = text.split_once('.').map_or((text, None), |(whole, rest)| (whole, Some(rest)));
    let digits = whole.chars().count();
    let mut out = String::with_capacity(text.len().saturating_mul(2));
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && digits.saturating_sub(index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(rest) = rest {
        out.push('.');
        out.push_str(rest);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{count, decimal, percent};

    #[test]
    fn thousands_are_set_off() {
        let table = [(0, "0"), (999, "999"), (1_000, "1,000"), (54_000, "54,000"), (1_234_567, "1,234,567")];
        for (number, text) in table {
            assert_eq!(count(number), text);
        }
        assert_eq!(count(u64::MAX), "18,446,744,073,709,551,615");
    }

    #[test]
    fn decimals_and_percentages_say_no_more_than_they_know() {
        assert_eq!(decimal(28.421), "28.4");
        assert_eq!(decimal(19_333.33), "19,333.3");
        assert_eq!(percent(2_742.1), "2,742 %");
        assert_eq!(percent(12.4), "12 %");
        assert_eq!(percent(1.25), "1.2 %");
        assert_eq!(percent(0.0), "0 %");
    }
}
