//! The tails against mpmath, and against each other.
#![allow(
    clippy::as_conversions,
    clippy::cast_precision_loss,
    clippy::excessive_precision,
    clippy::float_cmp,
    clippy::unreadable_literal,
    reason = "tests stop at the first surprise, and their tables are as mpmath wrote them"
)]

mod continuous;
mod counts;
mod ratios;

use super::*;

/// Demands a relative error of at most 1e-10 in every row, whose last number is the value.
fn hold<const N: usize>(name: &str, rows: &[[f64; N]], tail: impl Fn(&[f64; N]) -> f64) {
    for row in rows {
        near(tail(row), row.last().copied().unwrap_or(f64::NAN), 1e-10, &format!("{name} {row:?}"));
    }
}

fn near(computed: f64, expected: f64, relative: f64, what: &str) {
    let error = (computed - expected).abs();
    assert!(error <= relative * expected.abs(), "{what}: {computed:e} is not {expected:e}");
}

#[test]
fn normal_holds() {
    hold("normal", &continuous::NORMAL_UPPER, |r| normal_upper(r[0]));
    hold("normal quantile", &continuous::NORMAL_QUANTILE, |r| normal_upper_quantile(r[0]));
    assert_eq!(normal_upper_quantile(0.5), 0.0);
}

#[test]
fn gamma_holds() {
    hold("ln gamma", &continuous::LN_GAMMA, |r| ln_gamma(r[0]));
    hold("lower gamma", &continuous::GAMMA_LOWER, |r| gamma_lower(r[0], r[1]));
    hold("upper gamma", &continuous::GAMMA_UPPER, |r| gamma_upper(r[0], r[1]));
}

#[test]
fn beta_holds() {
    hold("lower beta", &continuous::BETA_LOWER, |r| beta_lower(r[0], r[1], r[2], r[3]));
    hold("upper beta", &continuous::BETA_UPPER, |r| beta_upper(r[0], r[1], r[2], r[3]));
}

#[test]
fn f_and_t_hold() {
    hold("F", &ratios::F_UPPER, |r| f_upper(r[0], r[1], r[2]));
    hold("t", &continuous::T_UPPER, |r| t_upper(r[0], r[1]));
}

#[test]
fn counts_hold() {
    hold("Poisson", &counts::POISSON, |r| poisson_upper(r[0], r[1]));
    hold("binomial", &counts::BINOMIAL, |r| binomial_upper(r[0], r[1], r[2]));
    hold("negative binomial", &counts::NEGATIVE_BINOMIAL, |r| negative_binomial_upper(r[0], r[1], r[2]));
    hold("beta-binomial", &counts::BETA_BINOMIAL, |r| beta_binomial_upper(r[0], r[1], r[2], r[3]));
}

#[test]
fn closed_forms_hold() {
    // I_x(a, 1) = x^a; P(F >= r) with two and two degrees is 1 / (1 + r); t with one degree is Cauchy's.
    for exponent in [0.25, 1.0, 7.0, 900.0] {
        near(beta_lower(exponent, 1.0, 0.5, 0.5), 0.5_f64.powf(exponent), 1e-12, "power");
    }
    for ratio in [1e-300, 1e-9, 0.3, 1.0, 17.0, 1e12, 1e300] {
        near(f_upper(ratio, 2.0, 2.0), 1.0 / (1.0 + ratio), 1e-12, "F of 2 and 2");
    }
    for t in [1e-8, 0.2, 1.0, 30.0, 1e9] {
        near(t_upper(t, 1.0), 1.0_f64.atan2(t) / std::f64::consts::PI, 1e-12, "Cauchy");
    }
    // A geometric count, and a uniform one.
    near(negative_binomial_upper(50.0, 3.0, 1.0), 0.75_f64.powi(50), 1e-12, "geometric");
    near(beta_binomial_upper(701.0, 1000.0, 1.0, 1.0), 300.0 / 1001.0, 1e-12, "uniform");
    near(beta_binomial_upper(7e11 + 1.0, 1e12, 1.0, 1.0), 3e11 / (1e12 + 1.0), 1e-12, "uniform");
}

#[test]
fn tails_and_complements_agree() {
    for row in &continuous::BETA_LOWER {
        let [a, b, x, y, _] = *row;
        near(beta_lower(a, b, x, y) + beta_upper(a, b, x, y), 1.0, 1e-13, "beta");
        assert_eq!(beta_lower(a, b, x, y), beta_upper(b, a, y, x));
    }
    for row in &continuous::GAMMA_LOWER {
        near(gamma_lower(row[0], row[1]) + gamma_upper(row[0], row[1]), 1.0, 1e-13, "gamma");
    }
    for row in &ratios::F_UPPER {
        let [ratio, d1, d2, tail] = *row;
        near(tail + f_upper(1.0 / ratio, d2, d1), 1.0, 1e-6, "F");
    }
    for row in &continuous::T_UPPER {
        near(t_upper(-row[0], row[1]), 1.0 - row[2], 1e-14, "t");
    }
}

#[test]
fn a_little_dispersion_is_nearly_poisson() {
    for mean in [0.5, 30.0, 4e3] {
        for x in [1.0, 40.0, 5e3] {
            let poisson = poisson_upper(x, mean);
            near(negative_binomial_upper(x, mean, 0.0), poisson, 0.0, "no dispersion");
            // Either side of the switch; the exponent differs by about alpha x^2.
            near(negative_binomial_upper(x, mean, 1e-21), poisson, 1e-10, "below the switch");
            near(negative_binomial_upper(x, mean, 1e-19), poisson, 1e-10, "above the switch");
        }
    }
}

#[test]
fn a_sharp_mixture_is_nearly_binomial() {
    // With a and b of 1e15 the beta distribution adds a part of 1e-13 to the variance.
    for x in [20.0, 33.0, 60.0, 90.0] {
        near(
            beta_binomial_upper(x, 100.0, 2.5e14, 7.5e14),
            binomial_upper(x, 100.0, 0.25),
            1e-10,
            "binomial",
        );
    }
}

#[test]
fn a_sum_does_not_care_where_integration_takes_over() {
    // The middle of a wide count is integrated from either end; the two halves are of one whole.
    for (n, a, b) in [(1e6, 2.0, 30.0), (1e9, 0.3, 0.4), (1e12, 40.0, 0.6), (1e12, 5e3, 5e3)] {
        for share in [0.03, 0.3, 0.5, 0.77] {
            let x = n * share;
            let both = beta_binomial_upper(x, n, a, b) + beta_binomial_upper(n - x + 1.0, n, b, a);
            near(both, 1.0, 1e-11, "both tails");
        }
    }
}

#[test]
fn quantiles_come_back() {
    let tails = [1e-300, 1e-150, 1e-30, 1e-6, 0.01, 0.3, 0.5, 0.7, 0.99, 1.0 - 1e-9];
    for p in tails {
        near(normal_upper(normal_upper_quantile(p)), p, 1e-10, "normal");
        for d1 in [0.5, 1.0, 2.0, 7.0, 40.0, 900.0, 3e4, 1e7] {
            for d2 in [4.0, 9.0, 60.0, 1e3, 1e5, 1e7] {
                let ratio = f_upper_quantile(p, d1, d2);
                if ratio < 1e290 {
                    near(f_upper(ratio, d1, d2), p, 1e-10, &format!("F {p} {d1} {d2}"));
                }
            }
        }
        for nu in [2.0, 5.5, 30.0, 1e3, 1e12] {
            near(t_upper(t_upper_quantile(p, nu), nu), p, 1e-10, &format!("t {p} {nu}"));
        }
    }
    near(t_upper_quantile(0.975, 8.0), -t_upper_quantile(1.0 - 0.975, 8.0), 1e-12, "t is symmetric");
}

#[test]
fn a_count_quantile_is_the_smallest() {
    for mean in [0.01, 3.0, 100.0, 1e5, 1e9] {
        for alpha in [0.0, 1e-9, 0.01, 1.0, 30.0] {
            for p in [1e-300, 1e-20, 1e-6, 0.001, 0.2, 0.5, 0.9] {
                let x = negative_binomial_upper_quantile(p, mean, alpha);
                assert!(negative_binomial_upper(x + 1.0, mean, alpha) <= p, "{mean} {alpha} {p}: {x}");
                assert!(
                    negative_binomial_upper(x, mean, alpha) > p,
                    "{mean} {alpha} {p}: {x} is not the least"
                );
            }
        }
    }
}

#[test]
fn mid_p_counts_the_value_by_half() {
    let e = std::f64::consts::E;
    near(poisson_mid_upper(0.0, 1.0), 1.0 - 0.5 / e, 1e-14, "Poisson");
    near(binomial_mid_upper(1.0, 2.0, 0.5), 0.5, 1e-14, "binomial");
    near(negative_binomial_mid_upper(0.0, 1.0, 1.0), 0.75, 1e-14, "negative binomial");
    near(beta_binomial_mid_upper(1.0, 2.0, 1.0, 1.0), 0.5, 1e-14, "beta-binomial");
}

#[test]
fn paulson_screens_as_closely_as_its_words_say() {
    for (k1, within) in [(3.0, 0.09), (10.0, 0.04), (100.0, 0.006)] {
        for over in [8.0, 28.0, 56.0] {
            for p in [0.5, 0.1, 0.01, 0.001] {
                let z = paulson_z(f_upper_quantile(p, 2.0 * k1, 2.0 * k1 * over), k1, k1 * over);
                near(normal_upper(z), p, within, &format!("{k1} {over}"));
            }
        }
    }
}

#[test]
fn ends_and_arguments_outside_the_domain_have_their_rule() {
    assert_eq!(ln_gamma(0.0), f64::MAX);
    assert_eq!(ln_gamma(f64::NAN), f64::MAX);
    assert_eq!(gamma_lower(2.0, 0.0), 0.0);
    assert_eq!(gamma_upper(-1.0, 1.0), 1.0);
    assert_eq!(beta_lower(2.0, 3.0, 0.0, 1.0), 0.0);
    assert_eq!(beta_lower(2.0, 3.0, 1.0, 0.0), 1.0);
    assert_eq!(beta_upper(2.0, 3.0, 1.0, 0.0), 0.0);
    assert_eq!(beta_lower(f64::NAN, 3.0, 0.5, 0.5), 1.0);
    assert_eq!(poisson_upper(0.0, 5.0), 1.0);
    assert_eq!(poisson_upper(1.0, 0.0), 0.0);
    assert_eq!(binomial_upper(4.0, 3.0, 0.5), 0.0);
    assert_eq!(binomial_upper(1.0, 3.0, 0.0), 0.0);
    assert_eq!(binomial_upper(3.0, 3.0, 1.0), 1.0);
    assert_eq!(negative_binomial_upper(1.0, 0.0, 0.5), 0.0);
    assert_eq!(negative_binomial_upper(1.0, f64::NAN, 0.5), 1.0);
    assert_eq!(f_upper(0.0, 2.0, 3.0), 1.0);
    assert_eq!(f_upper(f64::INFINITY, 2e3, 3e3), 0.0);
    assert_eq!(f_upper(f64::NAN, 2.0, 3.0), 1.0);
    assert_eq!(f_upper_quantile(0.1, -1.0, 3.0), 1.0);
    assert_eq!(t_upper(0.0, 3.0), 0.5);
    assert_eq!(t_upper_quantile(0.5, 3.0), 0.0);
    assert_eq!(beta_binomial_upper(0.0, 9.0, 1.0, 1.0), 1.0);
    assert_eq!(beta_binomial_upper(10.0, 9.0, 1.0, 1.0), 0.0);
    assert_eq!(negative_binomial_upper_quantile(1.0, 9.0, 1.0), 0.0);
    assert_eq!(paulson_z(f64::NAN, 1.0, 1.0), 0.0);
}

#[test]
fn nothing_is_ever_outside_nought_and_one() {
    let any = [
        0.0,
        5e-324,
        1e-300,
        1e-20,
        0.3,
        1.0,
        2.0,
        37.0,
        6e3,
        1e9,
        1e15,
        1e200,
        f64::MAX,
        f64::INFINITY,
        -1.0,
    ];
    let whole = |tail: f64, what: &str| assert!((0.0..=1.0).contains(&tail), "{what}: {tail}");
    for first in any {
        for second in any {
            whole(gamma_lower(first, second), &format!("lower gamma {first} {second}"));
            whole(gamma_upper(first, second), &format!("upper gamma {first} {second}"));
            whole(t_upper(first, second), &format!("t {first} {second}"));
            for third in any {
                let what = format!("{first} {second} {third}");
                whole(f_upper(first, second, third), &what);
                whole(negative_binomial_upper(first, second, third), &what);
                whole(binomial_upper(first, second, third), &what);
                whole(beta_lower(first, second, third, 1.0 - third), &what);
                whole(beta_binomial_upper(first.floor(), 50.0, second, third), &what);
                assert!(paulson_z(first, second, third).is_finite(), "{what}");
                assert!(f_upper_quantile(first, second, third).is_finite(), "{what}");
            }
        }
    }
}
