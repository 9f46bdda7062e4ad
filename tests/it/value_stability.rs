//! The first values of everything that is drawn, as literals.
//!
//! Changing any of them is value-breaking: users' committed outputs change with the same scenario, seed and sampler. A
//! change that is meant must be named in the CHANGELOG as such; then the new literals are those that a failure prints.

use crate::common::{SAMPLERS, results, rows, scenario, simulated, value, variables};
use breakeven::dist::{Dist, Form, Quantiles};
use breakeven::engine::{Metric, MonthlyCurve, Stat};
use breakeven::sample::{Cube, Design, Sampler};

/// The first three coordinates of variables `a` and `b`, in dimensions 0 and 1, with seed 1: of the first randomisation
/// of 1,024 points, of its second block of 2,048, and of the second randomisation.
fn coordinates(sampler: Sampler) -> [[f64; 3]; 6] {
    let first = |points: u64, randomisation: u32, block: u64| {
        let design = Design::even(sampler, 16, points);
        let axes = Cube::new(design, 1, &variables(&["a", "b"])).axes(randomisation);
        [0, 1].map(|v: usize| {
            let mut u = vec![0.0; 1024];
            axes[v].fill(block, 0, &mut u);
            [u[0], u[1], u[2]]
        })
    };
    let [[a, b], [c, d], [e, f]] = [first(1024, 0, 0), first(2048, 0, 1), first(1024, 1, 0)];
    [a, b, c, d, e, f]
}

#[test]
fn sobol_coordinates_stay() {
    assert_eq!(
        coordinates(Sampler::Sobol),
        [
            [0.818663023146084, 0.20108745918190862, 0.32799910177740765],
            [0.2223612129666367, 0.7857092376710803, 0.2624636235280017],
            [0.8196965207834935, 0.1993857254569954, 0.3268957856237832],
            [0.48739457185489277, 0.6701910206639, 0.12383946453483607],
            [0.4587834363114106, 0.8887375689510483, 0.6103072364471122],
            [0.441783694852958, 0.9627910282350421, 0.04562122616017328]
        ]
    );
}

#[test]
fn latin_hypercube_coordinates_stay() {
    assert_eq!(
        coordinates(Sampler::LatinHypercube),
        [
            [0.8852833401001954, 0.6354082662613535, 0.723961969322811],
            [0.90983933175689, 0.7271228501136849, 0.4827891895830057],
            [0.4926702065591086, 0.13242843699230858, 0.7956912026598706],
            [0.8518976163175837, 0.9763261152237783, 0.426823468452199],
            [0.2844165174911803, 0.8079718570884743, 0.402842962952795],
            [0.657741148923411, 0.5640608704081677, 0.8991285511770328]
        ]
    );
}

#[test]
fn monte_carlo_coordinates_stay() {
    assert_eq!(
        coordinates(Sampler::MonteCarlo),
        [
            [0.5301402626000352, 0.6580646516259326, 0.33705658655839],
            [0.6754757190553876, 0.5737985164133653, 0.3761301329978596],
            [0.988583033054388, 0.21343896024798859, 0.5755830474148648],
            [0.6863182184112576, 0.5158839782979271, 0.1344633901035034],
            [0.2425139109686193, 0.36318165859767115, 0.5111940636620463],
            [0.5269364975728082, 0.598331297963678, 0.7076364052816319]
        ]
    );
}

/// Where the quantiles are taken: the tails, the middle, and where the tables' pieces meet.
const LEVELS: [f64; 5] = [1e-6, 0.05, 0.5, 0.8, 0.99];

fn stays(dist: Result<Dist, breakeven::dist::BadParameter>, expected: [f64; 5]) {
    let quantiles = Quantiles::new(dist.expect("sound parameters"));
    let mut drawn = [0.0; 5];
    quantiles.fill(&LEVELS, &mut drawn);
    assert_eq!(drawn, expected, "{}", quantiles.dist().family());
    assert_eq!(LEVELS.map(|u| quantiles.quantile(u)), expected, "one by one");
}

fn form(form: Form, parameters: &[f64], expected: [f64; 5]) {
    stays(form.build(parameters), expected);
}

#[test]
fn quantiles_of_every_family_stay() {
    form(Form::Uniform, &[2.0, 5.0], [2.000003, 2.15, 3.5, 4.4, 4.97]);
    form(
        Form::LogUniform,
        &[2.0, 50.0],
        [2.000006437762011, 2.349237886176039, 9.999999999999998, 26.265278044056835, 48.41618928628148],
    );
    form(
        Form::Triangular,
        &[1.0, 2.0, 6.0],
        [1.0022360679774998, 1.5, 2.8377223398316205, 4.000000000000001, 5.552786404500041],
    );
    form(
        Form::Pert,
        &[20.0, 100.0, 900.0, 4.0],
        [20.008392445521373, 44.45826258499663, 192.44877334759497, 335.331811186388, 614.3467744218179],
    );
    form(
        Form::NormalMeanSd,
        &[3.0, 2.0],
        [-6.506848617645797, -0.2897072538805412, 3.0, 4.6832424671198405, 7.652695748024509],
    );
    form(
        Form::NormalPercentiles([0.1, 0.9]),
        &[10.0, 20.0],
        [-3.5455834810786975, 8.582569476081584, 15.0, 18.283602689846777, 24.076294456492125],
    );
    form(
        Form::LogNormalMeanSd,
        &[100.0, 20.0],
        [38.25144049981148, 70.79648819739006, 98.05806756909209, 115.84306074181468, 155.44234347599854],
    );
    form(
        Form::LogNormalMedianSigma,
        &[100.0, 0.5],
        [9.285537029957663, 43.93641049289109, 100.00000000000004, 152.3195783360198, 320.0074007875441],
    );
    form(
        Form::LogNormalPercentiles([0.1, 0.9]),
        &[10.0, 20.0],
        [3.910545166690736, 9.064233601670965, 14.142135623730955, 17.756660374882603, 26.530087718073492],
    );
    form(
        Form::LogNormalInterval,
        &[60e3, 170e3],
        [22426.309763704223, 60000.000000151376, 100995.0493836208, 131829.77779651902, 210934.05402588868],
    );
    form(
        Form::LogitNormalInterval,
        &[0.5, 0.9],
        [0.11142752265570054, 0.5000000000016994, 0.7500000000000002, 0.840337120498214, 0.9341587969752534],
    );
    form(
        Form::Exponential,
        &[4.0],
        [4.0000020000013335e-6, 0.20517317755020212, 2.772588722239781, 6.437751649602725, 18.420680743561917],
    );
    form(
        Form::GammaShapeScale,
        &[0.7, 2.0],
        [4.679078670333204e-9, 0.024326398855867994, 0.814847496934979, 2.301288687045162, 7.751477354291159],
    );
    form(
        Form::GammaMeanSd,
        &[100.0, 20.0],
        [31.710125631295195, 69.52850336702083, 98.66987346784524, 116.32759316095616, 152.30778249723627],
    );
    form(
        Form::Weibull,
        &[1.5, 3.0],
        [0.0003000001000000583, 0.4141537996699623, 2.349659306323954, 4.12006505056752, 8.303956094965697],
    );
    form(
        Form::BetaAlphaBeta,
        &[0.7, 2.0],
        [1.2570677477444772e-9, 0.006513873091548313, 0.19635964584477664, 0.45979630488165824, 0.8720942658914442],
    );
    form(
        Form::BetaMeanSd,
        &[0.3, 0.1],
        [0.018898234508160486, 0.14746956555908022, 0.2932201799431544, 0.38413216658491683, 0.5537888858520977],
    );
    let metalog = |has_min, has_max| Form::Metalog { probabilities: vec![0.1, 0.5, 0.9], has_min, has_max };
    form(
        metalog(false, false),
        &[10.0, 20.0, 50.0],
        [-27.157977450846545, 8.274370615907454, 20.0, 37.35056822270589, 87.44536570919065],
    );
    form(
        metalog(true, false),
        &[10.0, 20.0, 50.0, 0.0],
        [0.3050758709902931, 8.049053198175923, 19.999999999999996, 35.03154253571071, 143.23659923267817],
    );
    form(
        metalog(true, true),
        &[10.0, 20.0, 50.0, 0.0, 100.0],
        [0.23926049802013308, 8.130028111370576, 20.000000000000004, 36.423799608001836, 83.86573699359506],
    );
    form(Form::Poisson, &[4.5], [0.0, 1.0, 4.0, 6.0, 10.0]);
    form(Form::Binomial, &[20.0, 0.3], [0.0, 3.0, 6.0, 8.0, 11.0]);
    form(Form::Bernoulli, &[0.3], [0.0, 0.0, 0.0, 1.0, 1.0]);
    let normal = || Form::NormalMeanSd.build(&[1.0, 2.0]).expect("sound parameters");
    stays(
        normal().truncated(Some(0.0), None),
        [3.928033062150504e-6, 0.19202340192371353, 1.7937423501790886, 3.1760458619107483, 5.92333662976457],
    );
    stays(
        Dist::mixture(vec![(0.3, Dist::constant(0.5)), (0.7, normal())]),
        [-8.361662165475447, -1.9304675853891853, 0.5, 2.1318976438653676, 5.378699511049184],
    );
    stays(Dist::empirical(vec![3.0, 1.0, 4.0, 1.5, 9.0, 2.6]), [1.0, 1.0, 2.6, 4.0, 9.0]);
    stays(
        Dist::mean_of(&[3.0, 1.0, 4.0, 1.5, 9.0, 2.6]),
        [-2.094812862530535, 1.5748954599664673, 3.5166666666666666, 4.510211533825538, 6.26295073993591],
    );
}

/// Some of everything that takes part in a draw: a correlation, a hierarchical parameter, random retrains, a project
/// that may fail, a mix that picks a branch, and numbers of two variables in one quantity.
const SMALL: &str = r#"
[simulation]
horizon_months = 12
discount_rate = 0.05
[inputs]
spread = "uniform(5, 15)"
rate = "normal(mean=100, sd=spread)"
[[correlation]]
inputs = ["workload.input_tokens", "rate"]
rank = -0.5
[workload]
requests_per_month = "80k to 120k"
input_tokens = "gamma(mean=1000, sd=250)"
output_tokens = "50 + poisson(20) + uniform(0, 10)"
[[option]]
name = "Prompting"
inference = { input_price = 3, output_price = 15 }
[[option]]
name = "Tuned"
success_probability = 0.8
setup = { hours = 10, hourly_rate = "rate" }
inference = { input_price = 1, output_price = 5 }
training = { cost_per_run = "mix(0.4: 50, 0.6: 2 * rate)", retrains_per_year = 6, retrain_timing = "random" }
"#;

/// The draws, by number, and the totals of trials 1, 2 and 1,025 of 2,048; then the mean total, its error, the median of
/// the saving and two probabilities.
fn figures(sampler: Sampler) -> ([Vec<f64>; 3], [f64; 5]) {
    let scenario = simulated(&scenario(SMALL), sampler, 2048, 1);
    let all = rows(&scenario, u64::MAX);
    let row = |k: usize| all[k].inputs.iter().chain(&all[k].totals).copied().collect::<Vec<f64>>();
    let found = results(&scenario, 1);
    let mean = found.metric(1, Metric::Total, Stat::Mean).expect("a mean");
    let figures = [
        mean.value,
        mean.std_error.expect("an error"),
        value(found.metric(1, Metric::Saving, Stat::MEDIAN)),
        value(found.p_cheapest(1)),
        value(found.curve(1, MonthlyCurve::Cheaper, 8)),
    ];
    ([row(0), row(1), row(1024)], figures)
}

#[test]
fn variables_keep_their_names_and_numbers() {
    let small = scenario(SMALL);
    let names: Vec<_> = small.quantities().variables.iter().map(|v| (v.name.clone(), v.dimension)).collect();
    assert_eq!(
        names,
        [
            ("spread".to_owned(), 1),
            ("rate".to_owned(), 2),
            ("workload.requests_per_month".to_owned(), 3),
            ("workload.input_tokens".to_owned(), 4),
            ("workload.output_tokens#1".to_owned(), 5),
            ("workload.output_tokens#2".to_owned(), 6),
            ("Tuned.training.cost_per_run".to_owned(), 15),
            ("Tuned.success".to_owned(), 10)
        ]
    );
}

#[test]
fn sobol_trials_and_figures_stay() {
    assert_eq!(
        figures(Sampler::Sobol),
        (
            [
                vec![
                    6.8010852550207765,
                    106.25456597726713,
                    94544.04723907768,
                    980.0482153894069,
                    20.0,
                    4.6864241828830275,
                    2.0,
                    1.0,
                    4486.977381010619,
                    4423.227207400439
                ],
                vec![
                    10.473585784115286,
                    92.16431112362241,
                    116388.78668087829,
                    798.0529382238179,
                    23.0,
                    7.407982394199145,
                    2.0,
                    0.0,
                    4897.7174744796275,
                    6003.689207963096
                ],
                vec![
                    6.461131682065658,
                    95.7350238389876,
                    128261.87909214661,
                    806.2354234117364,
                    15.0,
                    0.5641105011993675,
                    1.0,
                    0.0,
                    5100.348239318955,
                    6107.698477708831
                ]
            ],
            [4005.938822084036, 9.93226933645788, 930.8125, 0.70556640625, 0.5888671875]
        )
    );
}

#[test]
fn latin_hypercube_trials_and_figures_stay() {
    assert_eq!(
        figures(Sampler::LatinHypercube),
        (
            [
                vec![
                    7.897793787276838,
                    105.15214548879365,
                    82247.10969834676,
                    956.6115485158537,
                    19.0,
                    2.30456936394495,
                    1.0,
                    1.0,
                    3787.019681045354,
                    2752.6712960460595
                ],
                vec![
                    8.04579305743135,
                    97.42212527521741,
                    112793.28143043075,
                    1271.5371132742614,
                    18.0,
                    0.19639058226997605,
                    2.0,
                    0.0,
                    6377.57874901658,
                    7546.644252319191
                ],
                vec![
                    10.911781135826562,
                    92.3252490062869,
                    95031.01674691615,
                    1029.452944899131,
                    18.0,
                    0.0902460875396971,
                    1.0,
                    1.0,
                    4564.81630131129,
                    2689.054404340024
                ]
            ],
            [3988.9794219233277, 11.118668965968977, 942.375, 0.71240234375, 0.60107421875]
        )
    );
}

#[test]
fn monte_carlo_trials_and_figures_stay() {
    assert_eq!(
        figures(Sampler::MonteCarlo),
        (
            [
                vec![
                    5.917604771435135,
                    92.16954897942855,
                    121078.13415153489,
                    1124.6021109857222,
                    22.0,
                    4.9848785849535835,
                    1.0,
                    0.0,
                    6408.762867151633,
                    7380.458356945918
                ],
                vec![
                    14.861511351212721,
                    120.35033762589751,
                    108137.18716156688,
                    1005.8282664388099,
                    18.0,
                    5.137994530556934,
                    2.0,
                    1.0,
                    5200.491562010689,
                    4356.133163302674
                ],
                vec![
                    11.707985385799809,
                    111.53741246184418,
                    97042.9305469179,
                    741.7149686526841,
                    16.0,
                    1.551499205081227,
                    1.0,
                    1.0,
                    3673.1884652634226,
                    2583.9667602129743
                ]
            ],
            [3970.931745659531, 27.232515940542807, 960.125, 0.71142578125, 0.5986328125]
        )
    );
}

#[test]
fn no_sampler_is_left_out() {
    assert_eq!(SAMPLERS.len(), Sampler::WORDS.len());
}
