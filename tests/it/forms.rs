//! Which parameters are refused, and what is said about them.

use breakeven::dist::{Dist, Form};

fn refused(form: Form, params: &[f64]) -> (Vec<usize>, String) {
    match form.build(params) {
        Ok(d) => panic!("{form:?} {params:?} gave {d:?}"),
        Err(bad) => {
            assert!(!bad.help.is_empty());
            (bad.parameters, bad.message)
        }
    }
}

#[test]
fn messages_name_the_parameter_and_the_number() {
    assert_eq!(refused(Form::NormalMeanSd, &[1.0, -3.0]), (vec![1], "sd must not be negative, is -3".to_string()));
    let (at, message) = refused(Form::NormalPercentiles([0.95, 0.05]), &[5.0, 10.0]);
    assert_eq!((at, message.as_str()), (vec![0, 1], "p5 must not be above p95, is 10 > 5"));
    assert_eq!(refused(Form::Triangular, &[1.0, 9.0, 6.0]).0, [1]);
    assert_eq!(refused(Form::Pert, &[7.0, 6.5, 6.0, 4.0]).0, [0, 2]);
    assert_eq!(refused(Form::LogNormalMeanSd, &[0.0, 1.0]).0, [0]);
    assert_eq!(refused(Form::LogNormalInterval, &[0.0, 40.0]).0, [0]);
    assert_eq!(refused(Form::LogitNormalInterval, &[0.2, 1.0]).0, [1]);
    assert_eq!(refused(Form::GammaMeanSd, &[-2.0, 1.0]).0, [0]);
    assert_eq!(refused(Form::BetaMeanSd, &[0.3, 0.5]).0, [1]);
    assert_eq!(refused(Form::Binomial, &[2.5, 0.5]).0, [0]);
    assert_eq!(refused(Form::Binomial, &[2.0, 1.5]).0, [1]);
    assert_eq!(refused(Form::Uniform, &[f64::NAN, 1.0]).0, [0]);
    assert_eq!(refused(Form::LogNormalMedianSigma, &[1.0, 1e200]).0, [0, 1]);
    assert!(refused(Form::Uniform, &[1.0]).0.is_empty());
}

#[test]
fn metalogs_are_checked() {
    let form = |has_min, has_max| Form::Metalog { probabilities: vec![0.9, 0.1, 0.5], has_min, has_max };
    assert_eq!(form(true, true).parameters(), ["p90", "p10", "p50", "min", "max"]);
    assert_eq!(refused(form(true, false), &[9.0, 1.0, 3.0, 2.0]).0, [1, 3]);
    assert_eq!(refused(form(false, true), &[9.0, 1.0, 3.0, 8.0]).0, [0, 3]);
    assert_eq!(refused(form(false, false), &[9.0, 1.0, 10.0]).0, [2, 0]);
    assert_eq!(refused(form(false, false), &[9.0, 1.0, 1.5]).0, [1, 2, 0]);
    let nine: Vec<f64> = (1..=9).map(|i| f64::from(i) / 10.0).collect();
    let d = Form::Metalog { probabilities: nine.clone(), has_min: false, has_max: false };
    let values: Vec<f64> = nine.iter().map(|p| 100.0 * p).collect();
    let d = d.build(&values).expect("a uniform is a metalog");
    assert!((d.quantile(0.01) - 1.0).abs() < 1e-6 && (d.quantile(0.33) - 33.0).abs() < 1e-6);
}

#[test]
fn no_width_is_a_constant() {
    let cases: Vec<(Form, Vec<f64>, f64)> = vec![
        (Form::Uniform, vec![3.0, 3.0], 3.0),
        (Form::LogUniform, vec![3.0, 3.0], 3.0),
        (Form::Pert, vec![5.0, 5.0, 5.0, 4.0], 5.0),
        (Form::Triangular, vec![5.0, 5.0, 5.0], 5.0),
        (Form::NormalMeanSd, vec![-2.0, 0.0], -2.0),
        (Form::NormalPercentiles([0.1, 0.9]), vec![4.0, 4.0], 4.0),
        (Form::LogNormalInterval, vec![5.0, 5.0], 5.0),
        (Form::LogNormalMeanSd, vec![5.0, 0.0], 5.0),
        (Form::LogitNormalInterval, vec![0.3, 0.3], 0.3),
        (Form::GammaMeanSd, vec![5.0, 0.0], 5.0),
        (Form::BetaMeanSd, vec![0.5, 0.0], 0.5),
        (
            Form::Metalog { probabilities: vec![0.1, 0.5, 0.9], has_min: true, has_max: false },
            vec![5.0, 5.0, 5.0, 0.0],
            5.0,
        ),
        (Form::Poisson, vec![0.0], 0.0),
        (Form::Binomial, vec![7.0, 1.0], 7.0),
        (Form::Bernoulli, vec![0.0], 0.0),
        (Form::Exponential, vec![0.0], 0.0),
    ];
    for (form, params, want) in cases {
        let d = form.build(&params).expect("zero width is allowed");
        assert!(matches!(d, Dist::Constant(_)), "{form:?}");
        assert_eq!(d.quantile(0.3), want);
    }
}

#[test]
fn mixtures_truncations_and_data_are_checked() {
    assert_eq!(
        Dist::mixture(vec![(1.0, Dist::constant(1.0)), (-1.0, Dist::constant(2.0))]).unwrap_err().parameters,
        [1]
    );
    assert!(Dist::mixture(vec![(0.0, Dist::constant(1.0))]).is_err());
    let normal = || Form::NormalMeanSd.build(&[0.0, 1.0]).expect("valid");
    assert!(normal().truncated(Some(2.0), Some(1.0)).is_err());

    assert_eq!(normal().truncated(Some(40.0), None).unwrap_err().parameters, [0]);
    assert!(normal().truncated(Some(1.0), Some(1.0)).is_err());
    assert!(Dist::empirical(vec![]).is_err());
    assert_eq!(Dist::empirical(vec![1.0, f64::NAN]).unwrap_err().parameters, [1]);
    assert!(Dist::mean_of(&[1.0]).is_err());
    let d = Dist::mean_of(&[1.0, 2.0, 3.0, 6.0]).expect("four values");
    assert!((d.mean() - 3.0).abs() < 1e-15 && (d.variance() - 14.0 / 12.0).abs() < 1e-15);
    let d = Dist::empirical(vec![3.0, 1.0, 2.0, 4.0]).expect("four values");
    assert_eq!([0.25, 0.26, 0.5, 0.75, 0.76].map(|u| d.quantile(u)), [1.0, 2.0, 2.0, 3.0, 4.0]);
}
