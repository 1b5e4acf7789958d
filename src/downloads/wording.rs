//! How numbers are written: thousands set off by commas, multiples with one decimal, per cents with as many as
//! they need; and, in a part of its own, the sentences about published claims.

pub(super) mod claims;

/// A count with its thousands set off: `54,000`.
pub(super) fn count(count: u64) -> String {
    grouped(&count.to_string())
}

/// A multiple with one decimal: `28.4`, `1,160.0`.
pub(super) fn decimal(value: f64) -> String {
    grouped(&format!("{value:.1}"))
}

/// A multiple, which is never worded as an increase.
pub(super) fn multiple(value: f64) -> String {
    format!("{} times as many", decimal(value))
}

/// An increase, which is never worded as a multiple; below nothing it is a fall.
pub(super) fn increase(value: f64) -> String {
    let hundredths = value * 100.0;
    if value < 0.0 {
        format!("a fall of {}", percent(-hundredths))
    } else {
        format!("an increase of {} times or {}", decimal(value), percent(hundredths))
    }
}

/// A count beside the one expected in its place.
pub(super) fn spike(observed: u64, expected: u64, ratio: f64) -> String {
    let (multiple, increase) = (multiple(ratio), increase(ratio - 1.0));
    format!("{} against {} is {multiple}, {increase}", count(observed), count(expected))
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
    use super::{count, decimal, increase, multiple, percent};

    #[test]
    fn no_multiple_is_worded_as_an_increase_and_no_fall_as_a_multiple() {
        let table = [
            (28.0, "28.0 times as many", "an increase of 27.0 times or 2,700 %"),
            (11.58, "11.6 times as many", "an increase of 10.6 times or 1,058 %"),
            (3.0, "3.0 times as many", "an increase of 2.0 times or 200 %"),
            (1.0, "1.0 times as many", "an increase of 0.0 times or 0 %"),
            (0.09, "0.1 times as many", "a fall of 91 %"),
            (0.0, "0.0 times as many", "a fall of 100 %"),
        ];
        for (ratio, as_many, on_top) in table {
            assert_eq!((multiple(ratio).as_str(), increase(ratio - 1.0).as_str()), (as_many, on_top));
        }
    }

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
