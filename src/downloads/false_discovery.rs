use super::p_value::PValue;

/// A rule that adjusts the p-values of many tests, so that few of the discoveries are false.
///
/// Calling a discovery wherever the adjusted p-value is at most 0.05 keeps the expected share of false ones
/// among them, the *false discovery rate*, at 5 % or below. It is not the chance of any false discovery at
/// all, which is far larger. The tests adjusted together are a *family*: all series of one day, say, chosen
/// before a look at the p-values.
///
/// ```
/// use delisted::downloads::{FalseDiscovery, PValue};
///
/// let raw = [0.001, 0.02, 0.03, 0.8].map(PValue::new).into_iter().collect::<Result<Vec<_>, _>>()?;
/// let adjusted = FalseDiscovery::BenjaminiHochberg.adjusted(&raw);
/// let texts: Vec<String> = adjusted.iter().map(PValue::to_string).collect();
/// assert_eq!(texts, ["0.0040", "0.040", "0.040", "0.80"]);
/// # Ok::<(), delisted::downloads::PValueError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FalseDiscovery {
    /// The step-up rule of Benjamini and Hochberg (1995, J. R. Statist. Soc. B 57:289, eq. 1): for tests
    /// that are independent or lean the same way.
    BenjaminiHochberg,
    /// The rule of Benjamini and Yekutieli (2001, Ann. Statist. 29:1165, theorem 1.3): for any dependence,
    /// such as one event that moves many series, at the price of a factor 1 + 1/2 + ... + 1/m over m tests.
    BenjaminiYekutieli,
}

impl FalseDiscovery {
    /// The adjusted p-values, each in the place of its raw one.
    ///
    /// The adjusted value of the i-th smallest of m is the least of `p(j) c m / j` over all j from i to m,
    /// at most 1, where c is 1 or the factor of [`BenjaminiYekutieli`](Self::BenjaminiYekutieli). It is
    /// never below the raw value, equal values stay equal, and the order is kept. It takes O(m log m) time
    /// and O(m) memory.
    ///
    /// ```
    /// use delisted::downloads::{FalseDiscovery, PValue};
    ///
    /// let raw = [PValue::new(0.04)?, PValue::new(0.01)?];
    /// let adjusted = FalseDiscovery::BenjaminiYekutieli.adjusted(&raw);
    /// assert_eq!(adjusted, [PValue::new(0.06)?, PValue::new(0.03)?]);
    /// # Ok::<(), delisted::downloads::PValueError>(())
    /// ```
    #[must_use]
    pub fn adjusted(self, raw: &[PValue]) -> Vec<PValue> {
        let mut adjusted = raw.to_vec();
        self.adjust(raw.iter().copied().enumerate().collect(), |place, value| {
            if let Some(slot) = adjusted.get_mut(place) {
                *slot = value;
            }
        });
        adjusted
    }

    /// The adjusted p-values where some are missing: a missing one keeps its place and is no test of the
    /// family.
    ///
    /// ```
    /// use delisted::downloads::{FalseDiscovery, PValue};
    ///
    /// let raw = [Some(PValue::new(0.02)?), None, Some(PValue::new(0.04)?)];
    /// let adjusted = FalseDiscovery::BenjaminiHochberg.adjusted_where_present(&raw);
    /// assert_eq!(adjusted, [Some(PValue::new(0.04)?), None, Some(PValue::new(0.04)?)]);
    /// # Ok::<(), delisted::downloads::PValueError>(())
    /// ```
    #[must_use]
    pub fn adjusted_where_present(self, raw: &[Option<PValue>]) -> Vec<Option<PValue>> {
        let present =
            raw.iter().enumerate().filter_map(|(place, p_value)| p_value.map(|value| (place, value)));
        let mut adjusted = raw.to_vec();
        self.adjust(present.collect(), |place, value| {
            if let Some(slot) = adjusted.get_mut(place) {
                *slot = Some(value);
            }
        });
        adjusted
    }

    /// The adjusted p-values of the smallest of a family of `tests`, the rest of which are larger and were not computed.
    ///
    /// Each is the adjusted value that the whole family would give it, or more, where the rest matter: the least over
    /// larger ones is taken over those at hand only. It never makes a discovery that the whole family would not.
    ///
    /// ```
    /// use delisted::downloads::{FalseDiscovery, PValue};
    ///
    /// let smallest = [PValue::new(0.000_01)?];
    /// let adjusted = FalseDiscovery::BenjaminiHochberg.adjusted_smallest(&smallest, 1_000);
    /// assert_eq!(adjusted, [PValue::new(0.01)?]);
    /// # Ok::<(), delisted::downloads::PValueError>(())
    /// ```
    #[must_use]
    pub fn adjusted_smallest(self, smallest: &[PValue], tests: u64) -> Vec<PValue> {
        let mut adjusted = smallest.to_vec();
        let family = usize::try_from(tests).unwrap_or(usize::MAX).max(smallest.len());
        self.adjust_in(smallest.iter().copied().enumerate().collect(), family, |place, value| {
            if let Some(slot) = adjusted.get_mut(place) {
                *slot = value;
            }
        });
        adjusted
    }

    /// Adjusts the family from its largest p-value down, handing each adjusted value to `put` with its place.
    fn adjust(self, family: Vec<(usize, PValue)>, put: impl FnMut(usize, PValue)) {
        let tests = family.len();
        self.adjust_in(family, tests, put);
    }

    /// Adjusts the smallest p-values of a family of `tests`.
    fn adjust_in(self, mut family: Vec<(usize, PValue)>, tests: usize, mut put: impl FnMut(usize, PValue)) {
        family.sort_unstable_by_key(|(_, p_value)| *p_value);
        let weight = super::spike::size(tests) * self.factor(tests);
        let mut rank: f64 = super::spike::size(family.len());
        let mut least: f64 = 1.0;
        for (place, p_value) in family.into_iter().rev() {
            // The ratio is at least one and is taken first: times a p-value it cannot round to less than that.
            least = least.min(p_value.value() * (weight / rank));
            put(place, PValue::capped(least));
            rank -= 1.0;
        }
    }

    fn factor(self, tests: usize) -> f64 {
        match self {
            Self::BenjaminiHochberg => 1.0,
            Self::BenjaminiYekutieli => harmonic(tests),
        }
    }
}

/// 1 + 1/2 + ... + 1/`terms`, in that order, with what rounding drops carried along (Kahan 1965), so that a
/// hundred million terms lose no more than a few do; 1 where there are none.
fn harmonic(terms: usize) -> f64 {
    let mut sum = 1.0;
    let mut dropped = 0.0;
    let mut divisor: f64 = 1.0;
    for _ in 1..terms {
        divisor += 1.0;
        let term = 1.0 / divisor - dropped;
        let next = sum + term;
        dropped = (next - sum) - term;
        sum = next;
    }
    sum
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        clippy::indexing_slicing,
        clippy::as_conversions,
        clippy::cast_precision_loss,
        reason = "tests stop at the first surprise"
    )]

    use proptest::prelude::*;

    use super::{FalseDiscovery, PValue, harmonic};

    const RULES: [FalseDiscovery; 2] =
        [FalseDiscovery::BenjaminiHochberg, FalseDiscovery::BenjaminiYekutieli];

    fn p_values(values: &[f64]) -> Vec<PValue> {
        values.iter().map(|value| PValue::new(*value).unwrap()).collect()
    }

    fn assert_close(adjusted: &[PValue], expected: &[f64]) {
        assert_eq!(adjusted.len(), expected.len());
        for (adjusted, expected) in adjusted.iter().zip(expected) {
            assert!((adjusted.value() - expected).abs() <= 1e-14, "{} for {expected}", adjusted.value());
        }
    }

    /// The definition read aloud: the adjusted value is the least over all tests with as large a p-value or
    /// larger of m c p over the number of tests with a p-value no larger than that.
    fn by_definition(rule: FalseDiscovery, raw: &[PValue]) -> Vec<f64> {
        let tests = raw.len() as f64;
        let factor = match rule {
            FalseDiscovery::BenjaminiHochberg => 1.0,
            FalseDiscovery::BenjaminiYekutieli => (1..=raw.len()).map(|rank| 1.0 / rank as f64).sum(),
        };
        raw.iter()
            .map(|own| {
                raw.iter()
                    .filter(|other| *other >= own)
                    .map(|other| {
                        let rank = raw.iter().filter(|third| *third <= other).count() as f64;
                        other.value() * factor * tests / rank
                    })
                    .fold(1.0, f64::min)
            })
            .collect()
    }

    #[test]
    fn a_table_worked_by_hand_in_the_order_given() {
        // Sorted .005 .010 .030 .040 .500, times 5/1 to 5/5: .025 .025 .05 .05 .5, and each takes the least to
        // its right. The other rule's factor over five is 137/60.
        let raw = p_values(&[0.04, 0.005, 0.5, 0.01, 0.03]);
        let expected = [0.05, 0.025, 0.5, 0.025, 0.05];
        assert_close(&FalseDiscovery::BenjaminiHochberg.adjusted(&raw), &expected);
        let factor = 137.0 / 60.0;
        let expected = [0.05 * factor, 0.025 * factor, 1.0, 0.025 * factor, 0.05 * factor];
        assert_close(&FalseDiscovery::BenjaminiYekutieli.adjusted(&raw), &expected);
    }

    #[test]
    fn the_running_least_reaches_back_over_several_ranks() {
        // .02 .03 .031 times 3, 3/2, 1: .06 .045 .031, so that all three take the last one's.
        let raw = p_values(&[0.02, 0.03, 0.031]);
        assert_close(&FalseDiscovery::BenjaminiHochberg.adjusted(&raw), &[0.031; 3]);
    }

    #[test]
    fn ties_stay_ties_and_families_of_none_and_one_are_themselves() {
        let tied = p_values(&[0.01, 0.2, 0.01, 0.01]);
        let adjusted = FalseDiscovery::BenjaminiHochberg.adjusted(&tied);
        assert_close(&adjusted, &[0.04 / 3.0, 0.2, 0.04 / 3.0, 0.04 / 3.0]);
        assert_eq!(adjusted[0], adjusted[2]);
        for rule in RULES {
            assert_eq!(rule.adjusted(&[]), []);
            assert_eq!(rule.adjusted(&p_values(&[0.3])), p_values(&[0.3]));
            assert_eq!(rule.adjusted(&p_values(&[0.0, 1.0, 1.0])), p_values(&[0.0, 1.0, 1.0]));
        }
    }

    #[test]
    fn a_missing_one_keeps_its_place_and_does_not_count() {
        let [low, high] = [0.01, 0.02].map(|value| PValue::new(value).unwrap());
        for rule in RULES {
            let among = rule.adjusted_where_present(&[None, Some(high), None, Some(low), None]);
            let alone = rule.adjusted(&[high, low]);
            assert_eq!(among, [None, Some(alone[0]), None, Some(alone[1]), None]);
            assert_eq!(rule.adjusted_where_present(&[None, None]), [None, None]);
        }
    }

    #[test]
    fn the_factor_over_a_million_tests_is_right_to_the_last_digits() {
        // ln n + Euler's constant + 1/(2n) - 1/(12 n^2), with n a million.
        let n: f64 = 1e6;
        let expected = n.ln() + 0.577_215_664_901_532_9 + 0.5 / n - 1.0 / (12.0 * n * n);
        assert!((harmonic(1_000_000) / expected - 1.0).abs() <= 4.0 * f64::EPSILON);
        assert!((harmonic(3) - 11.0 / 6.0).abs() <= f64::EPSILON);
    }

    fn families() -> impl Strategy<Value = Vec<PValue>> {
        let hundredths = (0..=100_u8).prop_map(|hundredths| f64::from(hundredths) / 100.0);
        let value =
            prop_oneof![0.0..=1.0_f64, hundredths, (0.0..=12.0_f64).prop_map(|tens| 10_f64.powf(-tens))];
        prop::collection::vec(value.prop_map(|value| PValue::new(value).unwrap()), 0..40)
    }

    proptest! {
        #[test]
        fn it_agrees_with_its_definition(raw in families()) {
            for rule in RULES {
                let adjusted = rule.adjusted(&raw);
                for (adjusted, expected) in adjusted.iter().zip(by_definition(rule, &raw)) {
                    prop_assert!((adjusted.value() - expected).abs() <= 1e-13 * expected);
                }
            }
        }

        #[test]
        fn it_is_no_lower_than_the_raw_one_and_keeps_the_order(raw in families()) {
            for rule in RULES {
                let adjusted = rule.adjusted(&raw);
                for (raw_one, one) in raw.iter().zip(&adjusted) {
                    prop_assert!(one >= raw_one);
                    for (raw_other, other) in raw.iter().zip(&adjusted) {
                        prop_assert!(raw_one > raw_other || one <= other);
                    }
                }
            }
        }

        #[test]
        fn shuffling_the_tests_shuffles_the_answers(raw in families().prop_flat_map(|raw| {
            let places = (0..raw.len()).collect::<Vec<_>>();
            (Just(raw), Just(places).prop_shuffle())
        })) {
            let (raw, places) = raw;
            let shuffled = places.iter().map(|place| raw[*place]).collect::<Vec<_>>();
            for rule in RULES {
                let adjusted = rule.adjusted(&raw);
                let expected = places.iter().map(|place| adjusted[*place]).collect::<Vec<_>>();
                prop_assert_eq!(rule.adjusted(&shuffled), expected);
            }
        }

        #[test]
        fn any_dependence_costs_more(raw in families()) {
            let independent = FalseDiscovery::BenjaminiHochberg.adjusted(&raw);
            let dependent = FalseDiscovery::BenjaminiYekutieli.adjusted(&raw);
            prop_assert!(independent.iter().zip(&dependent).all(|(less, more)| less <= more));
        }
    }
}
