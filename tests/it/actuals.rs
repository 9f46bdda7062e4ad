//! Months of a log against a scenario: what is expected against a plain program, intervals by how often they hold, the input
//! that is named against the one that was moved, and logs written by hand.

use crate::common::program::{breakeven, folder, names};
use crate::common::{NORMAL, SAMPLERS, draws, rows, scenario, scenario_with, simulated};
use breakeven::actuals::{Actuals, Seen, UseMetric, actuals};
use breakeven::engine::TrialRow;
use breakeven::math::powi;
use breakeven::sample::Sampler;
use breakeven::scenario::Scenario;

/// Traffic that grows, part of which reaches the model; retries, instructions from a cache, and prices that fall.
const TASK: &str = "simulation = { horizon_months = 12, start = 2026-12-01, trials = 4096 }\n\
    [inputs]\nvolume = '80k to 150k'\ngrowth = 'normal(0.02, 0.01)'\nsent = '600 to 1500'\nanswer = '80 to 200'\n\
    price = '12 to 18'\nretries = 'beta(5, 95)'\n\
    [workload]\nrequests_per_month = 'volume'\ngrowth_per_month = 'growth'\ninput_tokens = 'sent'\noutput_tokens = 'answer'\n\
    [[option]]\nname = 'Other'\ninference = { input_price = 1, output_price = 2 }\nhosting.cost_per_month = '1k to 2k'\n\
    [[option]]\nname = 'Now'\ntraffic_share = 0.75\nroute_to = 'Other'\nlaunch_month = 3\n\
    hosting.cost_per_month = 500\nmaintenance.hours_per_month = '5 to 10'\nmaintenance.hourly_rate = 100\n\
    [option.inference]\ninput_price = 3\noutput_price = 'price'\nretry_rate = 'retries'\nresponse_cache_rate = 0.2\n\
    token_multiplier = 1.1\nextra_input_tokens = 50\nextra_output_tokens = 10\ninstruction_tokens = 2000\n\
    cache_hit_rate = 0.8\ncached_price = 0.3\ncache_write_price = 3.75\nprice_change_per_year = -0.2\n";

/// The inputs of [`TASK`], in the order of a [`path`].
const INPUTS: [&str; 6] = ["volume", "growth", "sent", "answer", "price", "retries"];

/// What a month of `Now` comes to, worked out anew: requests, input, output, money.
fn path([volume, growth, sent, answer, price, retries]: [f64; 6], month: i32) -> [f64; 4] {
    let served = volume * powi(1.0 + growth, month - 1) * 0.75 * 0.8;
    let calls = served * (1.0 + retries);
    let (input, instructions, output) = ((sent + 50.0) * 1.1, 2000.0 * 1.1, (answer + 10.0) * 1.1);
    let trend = breakeven::math::pow(0.8, f64::from(month - 1) / 12.0);
    let each = input * 3.0 + instructions * (0.8 * 0.3 + 0.2 * 3.75) + output * price;
    [served, calls * (input + instructions), calls * output, calls * each / 1e6 * trend]
}

/// The inputs of rows.
fn inputs(scenario: &Scenario, rows: &[TrialRow]) -> Vec<[f64; 6]> {
    let columns = INPUTS.map(|name| draws(scenario, rows, name));
    (0..rows.len()).map(|t| std::array::from_fn(|k| columns[k][t])).collect()
}

fn seen(first_month: u32, months: impl IntoIterator<Item = [f64; 4]>) -> Seen {
    Seen { first_month, months: months.into_iter().map(|month| month.map(Some)).collect() }
}

fn compared(scenario: &Scenario, option: usize, seen: &Seen, threads: usize) -> Actuals {
    let prepared = scenario.clone().prepare();
    actuals(&prepared, option, seen, Some(threads), Default::default()).expect("finite values")
}

#[test]
fn expectations_are_those_of_a_plain_program() {
    for sampler in SAMPLERS {
        let task = simulated(&scenario(TASK), sampler, 4096, 5);
        let all = inputs(&task, &rows(&task, 1 << 20));
        // One of the trials themselves: it counts as at or below itself.
        let actual = all[1234];
        let found = compared(&task, 1, &seen(3, (3..=7).map(|m| path(actual, m))), 1);
        assert_eq!(found.trials as usize, all.len());
        for month in &found.months {
            for (k, figure) in month.figures.iter().enumerate() {
                let mut values: Vec<f64> = all.iter().map(|x| path(*x, month.month as i32)[k]).collect();
                values.sort_by(f64::total_cmp);
                let what = format!("{} in month {}", UseMetric::ALL[k].word(), month.month);
                let near = |found: f64, truth: f64, by: f64| {
                    assert!((found / truth - 1.0).abs() < by, "{what}: {found} against {truth}");
                };
                let mean = figure.mean.expect("a mean");
                near(mean.value, values.iter().sum::<f64>() / values.len() as f64, 1e-9);
                assert!(mean.std_error.is_some_and(|error| error > 0.0), "{what}");
                for (found, p) in figure.quantiles.into_iter().zip([0.05, 0.5, 0.95]) {
                    near(found, values[(p * values.len() as f64).ceil() as usize - 1], 2e-3);
                }
                let own = path(actual, month.month as i32)[k];
                let below = values.iter().filter(|x| **x <= own * (1.0 + 1e-9)).count();
                assert_eq!(figure.percentile.expect("a share").value, below as f64 / values.len() as f64, "{what}");
            }
        }
        // The sum of all months is the trials' own.
        let spent = |x: &[f64; 6]| (3..=7).map(|m| path(*x, m)[3]).sum::<f64>();
        let own = spent(&actual);
        let below = all.iter().filter(|x| spent(x) <= own * (1.0 + 1e-9)).count();
        let total = found.total.expect("a sum");
        assert_eq!(total.percentile.expect("a share").value, below as f64 / all.len() as f64);
    }
}

/// Over 250 seeds the truth is a trial of another seed: of each metric 90 % intervals hold in 90 % of cases, to within what
/// happens once in a million times.
#[test]
fn intervals_hold_as_often_as_they_say() {
    const SEEDS: u64 = 250;
    let task = scenario(TASK);
    let mut inside = [0.0; 4];
    let mut ranks = [0.0; 4];
    for seed in 0..SEEDS {
        let truth = simulated(&task, Sampler::MonteCarlo, 1024, 10_000 + seed);
        let actual = inputs(&truth, &rows(&truth, 1))[0];
        let sampler = SAMPLERS[seed as usize % 3];
        let found = compared(&simulated(&task, sampler, 2048, seed), 1, &seen(4, [path(actual, 4)]), 1);
        for (k, figure) in found.months[0].figures.iter().enumerate() {
            inside[k] += f64::from(u8::from(figure.is_inside() == Some(true)));
            ranks[k] += figure.percentile.expect("a share").value;
        }
    }
    let n = SEEDS as f64;
    for (k, metric) in UseMetric::ALL.into_iter().enumerate() {
        let off = (inside[k] - 0.9 * n) / (n * 0.9 * 0.1).sqrt();
        assert!(off.abs() < NORMAL, "{}: {} of {n} hold", metric.word(), inside[k]);
        let off = (ranks[k] / n - 0.5) / (1.0 / 12.0 / n).sqrt();
        assert!(off.abs() < NORMAL, "{}: percentiles of {} on average", metric.word(), ranks[k] / n);
    }
}

/// Each input in turn is the widest, and moved to its 99th or 1st percentile with all others at their medians: then it is the
/// one that is named, and its value and level are found.
#[test]
fn the_input_that_was_moved_is_named() {
    let narrow = [
        "lognormal(median=100k, sigma=0.03)",
        "normal(0.02, 0.001)",
        "lognormal(median=1000, sigma=0.03)",
        "lognormal(median=100, sigma=0.03)",
        "lognormal(median=15, sigma=0.03)",
        "beta(50, 950)",
    ];
    let wide = [
        ("lognormal(median=100k, sigma=0.4)", 100e3),
        ("normal(0.02, 0.05)", 0.02),
        ("lognormal(median=3000, sigma=0.6)", 3000.0),
        ("lognormal(median=600, sigma=0.6)", 600.0),
        ("lognormal(median=90, sigma=0.6)", 90.0),
        ("beta(4, 4)", 0.5),
    ];
    let medians = [100e3, 0.02, 1000.0, 100.0, 15.0, 0.049_7];
    for (k, (law, median)) in wide.into_iter().enumerate() {
        let written = std::array::from_fn::<String, 6, _>(|i| {
            format!("inputs.{}={}", INPUTS[i], if i == k { law } else { narrow[i] })
        });
        let text = scenario_with(TASK, &written.each_ref().map(String::as_str));
        let text = simulated(&text, Sampler::Sobol, 1 << 15, 3);
        let model = breakeven::model::Model::new(&text);
        let quantile = |u: f64| crate::common::law(&model, INPUTS[k]).quantile(u);
        assert!((quantile(0.5) - median).abs() < 1e-3 * median.abs(), "{}", INPUTS[k]);
        for level in [0.99, 0.01] {
            let mut moved = medians;
            moved[k] = quantile(level);
            let found = compared(&text, 1, &seen(9, (9..=12).map(|m| path(moved, m))), 1);
            let [one] = &found.explained[..] else { panic!("{}: {:?}", INPUTS[k], found.total) };
            let by = one.by.as_ref().unwrap_or_else(|| panic!("nothing explains {}", INPUTS[k]));
            assert_eq!((one.month, model.program.variables[by.variable].name.as_str()), (None, INPUTS[k]));
            let [near, far] = [0.5 * (1.0 - level) * level, 2.0 * (1.0 - level) * level];
            let reached = by.level.value * (1.0 - by.level.value);
            assert!((near..far).contains(&reached), "{} at {:?} instead of {level}", INPUTS[k], by.level);
            let span = quantile(0.95) - quantile(0.05);
            assert!((by.value.value - moved[k]).abs() < 0.15 * span, "{}: {:?} not {}", INPUTS[k], by.value, moved[k]);
            assert!(by.value.std_error.is_some_and(|error| error > 0.0 && error < 0.1 * span), "{:?}", by.value);
        }
    }
}

/// Of two inputs that multiply the same, each of which could explain what was spent, the wider one has to move less far.
#[test]
fn of_two_that_could_explain_it_the_less_unlikely_is_named() {
    for (widths, named) in [([0.4, 0.32], "volume"), ([0.32, 0.4], "busy")] {
        let [volume, busy] = widths.map(|sigma| format!("lognormal(median=1, sigma={sigma})"));
        let text = format!(
            "simulation = {{ horizon_months = 3, start = 2026-12-01, trials = 32768 }}\n\
             [inputs]\nvolume = '{volume}'\nbusy = '{busy}'\n\
             [workload]\nrequests_per_month = '10k * volume * busy'\ninput_tokens = 1000\noutput_tokens = 100\n\
             [[option]]\nname = 'Now'\ninference = {{ input_price = 3, output_price = 15 }}\n"
        );
        let task = scenario(&text);
        let model = breakeven::model::Model::new(&task);
        for level in [0.01, 0.99] {
            let requests = 1e4 * crate::common::law(&model, named).quantile(level);
            let found =
                compared(&task, 0, &seen(2, [[requests, 1e3 * requests, 1e2 * requests, 4.5e-3 * requests]]), 1);
            let by = found.explained.first().and_then(|one| one.by.as_ref()).expect("an input");
            assert_eq!(model.program.variables[by.variable].name, named, "{level}: {by:?}");
        }
    }
}

#[test]
fn what_happens_rarely_explains_by_happening_and_what_no_input_does_is_not_explained() {
    let text = TASK.replace("price = '12 to 18'", "shock = 'bernoulli(3%)'\nprice = '15 * (1 + 20 * shock)'");
    let task = simulated(&scenario(&text), Sampler::Sobol, 1 << 14, 1);
    let model = breakeven::model::Model::new(&task);
    let of = |price: f64| path([110e3, 0.02, 950.0, 125.0, price, 0.05], 5);
    let found = compared(&task, 1, &seen(5, [of(300.0)]), 1);
    let [one] = &found.explained[..] else { panic!("{:?}", found.total) };
    let by = one.by.as_ref().expect("an input");
    assert_eq!((one.month, model.program.variables[by.variable].name.as_str()), (Some(5), "shock"));
    assert!(by.value.value == 1.0 && (by.level.value - 0.985).abs() < 0.005, "{by:?}");
    let found = compared(&task, 1, &seen(5, [of(1e5)]), 1);
    assert_eq!(found.explained.iter().map(|one| one.by.clone()).collect::<Vec<_>>(), [None]);
    // What lies inside needs no explanation.
    assert!(compared(&task, 1, &seen(5, [of(15.0)]), 1).explained.is_empty());
}

#[test]
fn single_months_are_explained_where_their_sum_is_as_expected() {
    let task = simulated(&scenario(TASK), Sampler::Sobol, 1 << 13, 1);
    let usual = [110e3, 0.02, 950.0, 125.0, 15.0, 0.05];
    let times = |m: i32, factor: f64| path([usual[0] * factor, usual[1], usual[2], usual[3], usual[4], usual[5]], m);
    let found = compared(&task, 1, &seen(1, [times(1, 2.0), times(2, 0.4), times(3, 1.0)]), 1);
    assert_eq!(found.inside(UseMetric::Spend), [3, 1]);
    assert_eq!(found.explained.iter().map(|one| one.month).collect::<Vec<_>>(), [Some(1), Some(2)]);
    assert_eq!(found.explained.iter().map(|one| one.figure.is_above()).collect::<Vec<_>>(), [true, false]);
}

#[test]
fn what_is_certain_lies_where_it_is() {
    let text = "simulation = { horizon_months = 3, start = 2026-12-01, trials = 1024 }\n\
        [workload]\nrequests_per_month = 1000\ninput_tokens = 100\noutput_tokens = 10\n\
        [[option]]\nname = 'Now'\ninference = { input_price = 3, output_price = 15 }\n";
    let month = [1000.0, 1e5, 1e4, 0.45];
    let found = compared(&scenario(text), 0, &seen(1, [month, month.map(|x| 1.01 * x)]), 1);
    for (k, metric) in UseMetric::ALL.into_iter().enumerate() {
        let [first, second] = [0, 1].map(|m| found.months[m].figure(metric));
        assert!(first.quantiles.iter().all(|x| (x / month[k] - 1.0).abs() < 1e-12), "{first:?}");
        assert_eq!([first.is_inside(), second.is_inside()], [Some(true), Some(false)], "{metric:?}");
    }
    assert!(found.explained.iter().all(|one| one.by.is_none()) && found.explained.len() == 1);
}

#[test]
fn threads_do_not_matter_to_months() {
    let task = simulated(&scenario(TASK), Sampler::LatinHypercube, 1 << 15, 1);
    let months = (2..=6).map(|m| path([150e3, 0.02, 1300.0, 125.0, 15.0, 0.05], m));
    let seen = seen(2, months);
    let on = |threads| format!("{:?}", compared(&task, 1, &seen, threads));
    let one = on(1);
    assert!(one.contains("Explanation") && [2, 3].into_iter().all(|threads| on(threads) == one));
}

/// The baseline pays for tokens of a known model, at prices of its own.
const HAND: &str = "simulation = { horizon_months = 6, start = 2026-12-01, trials = 1024 }\n\
    [workload]\nrequests_per_month = '2 to 8'\ninput_tokens = '800 to 1200'\noutput_tokens = '80 to 120'\n\
    [[option]]\nname = 'Now'\ninference = { input_price = 3, output_price = 15 }\n\
    [[option]]\nname = 'Own'\nhosting.cost_per_month = 100\n";

/// Nine records of December to March, of which November and March are not whole; one failed, one twice.
const LOG: &str = "when,model,sent,got,read,paid,how,name\n\
    2026-11-28T10:00:00Z,gpt-4.1,900,90,0,1.5,200,a\n\
    2026-12-01T00:00:00Z,gpt-4.1,1000,100,400,0.5,200,b\n\
    2026-12-31T23:30:00Z,gpt-4.1-mini,2000,200,0,0.25,200,c\n\
    2027-01-05T10:00:00Z,gpt-4.1,500,50,0,0.125,200,d\n\
    2027-01-05T10:00:00Z,gpt-4.1,500,50,0,0.125,200,d\n\
    2027-01-05T11:00:00Z,gpt-4.1,600,0,0,,500,e\n\
    2027-02-10T10:00:00Z,gpt-4.1-mini,700,70,0,2,200,f\n\
    2027-02-11T10:00:00Z,gpt-4.1,800,80,0,4,200,g\n\
    2027-03-02T10:00:00Z,gpt-4.1,900,90,0,8,200,h\n";

const MAP: [&str; 12] = [
    "--map",
    "time=when",
    "--map",
    "input=sent",
    "--map",
    "output=got",
    "--map",
    "cached=read",
    "--map",
    "status=how",
    "--map",
    "id=name",
];

fn actual_cells(out: &std::path::Path) -> Vec<[String; 3]> {
    let csv = std::fs::read_to_string(out.join("actuals.csv")).unwrap();
    let cells = |line: &str| line.split(',').take(3).map(str::to_owned).collect::<Vec<_>>().try_into().unwrap();
    csv.lines().skip(1).map(cells).collect()
}

#[test]
fn a_log_by_hand_gives_its_sums_by_month() {
    let folder = folder(HAND);
    std::fs::write(folder.path().join("log.csv"), LOG).unwrap();
    let command = [&["actuals", "small.toml", "log.csv"][..], &MAP, &["--map", "cost=paid"]].concat();
    let run = breakeven(folder.path(), &[&command[..], &["--xlsx", "--threads", "1"]].concat()).success();
    let text = String::from_utf8(run.get_output().stdout.clone()).unwrap();
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    let text = text.replace('\n', " ");
    assert!(text.contains("Mar 2027 is left out") && text.contains("The log has 2 models"), "{text}");
    let out = folder.path().join("outputs/small");
    let written = ["actuals.csv", "actuals.json", "actuals.png", "actuals.xlsx", "actuals_requests.png"];
    assert_eq!(names(&out), written);
    let csv = std::fs::read_to_string(out.join("actuals.csv")).unwrap();
    let header = "period_start,metric,actual,mean,p5,p50,p95,percentile,mean_se,percentile_se";
    assert_eq!(csv.lines().next(), Some(header));
    let sums = |month: &str, values: [&str; 4]| -> Vec<[String; 3]> {
        let metrics = UseMetric::ALL.into_iter().zip(values);
        metrics.map(|(metric, value)| [month, metric.word(), value].map(str::to_owned)).collect()
    };
    let by_cost = [
        sums("2026-12-01", ["2", "3000", "300", "0.75"]),
        sums("2027-01-01", ["1", "500", "50", "0.125"]),
        sums("2027-02-01", ["2", "1500", "150", "6"]),
    ];
    assert_eq!(actual_cells(&out), by_cost.concat());
    // The last record of December falls on January where clocks are an hour ahead.
    breakeven(folder.path(), &[&command[..], &["--timezone", "+01:00"]].concat()).success();
    let moved = [sums("2026-12-01", ["1", "1000", "100", "0.5"]), sums("2027-01-01", ["2", "2500", "250", "0.375"])];
    assert_eq!(actual_cells(&out)[..8], moved.concat());
}

/// $2 and $8 a million for gpt-4.1, $0.50 what a cache holds; $0.40 and $1.60 for gpt-4.1-mini.
#[test]
fn tokens_without_a_cost_are_at_list_prices() {
    let folder = folder(HAND);
    std::fs::write(folder.path().join("log.csv"), LOG).unwrap();
    let command = [&["actuals", "small.toml", "log.csv"][..], &MAP, &["--no-charts"]].concat();
    breakeven(folder.path(), &command).success();
    let out = folder.path().join("outputs/small");
    let spent: Vec<f64> =
        actual_cells(&out).iter().filter(|row| row[1] == "spend").map(|row| row[2].parse().unwrap()).collect();
    let truth = [600.0 * 2.0 + 400.0 * 0.5 + 100.0 * 8.0 + 2000.0 * 0.4 + 200.0 * 1.6, 500.0 * 2.0 + 50.0 * 8.0];
    assert!(spent[..2].iter().zip(truth).all(|(found, truth)| (found * 1e6 - truth).abs() < 1e-6), "{spent:?}");
    let json = std::fs::read_to_string(out.join("actuals.json")).unwrap();
    assert!(json.contains("\"log_prices\"") && json.contains("openai/gpt-4.1-mini"), "{json}");
    // A price list of one's own comes first.
    std::fs::write(
        folder.path().join("own.csv"),
        "provider,model,input_per_mtok,output_per_mtok,cache_read_per_mtok,as_of\nus,gpt-4.1,1,1,1,2026-12-01\n\
         us,gpt-4.1-mini,1,1,,2026-12-01\n",
    )
    .unwrap();
    breakeven(folder.path(), &[&command[..], &["--prices", "own.csv"]].concat()).success();
    let spent = actual_cells(&out).into_iter().find(|row| row[1] == "spend").unwrap()[2].parse::<f64>().unwrap();
    assert!((spent * 1e6 - 3300.0).abs() < 1e-6, "{spent}");
    // An option that pays for no tokens has nothing to compare.
    let run = breakeven(folder.path(), &[&command[..], &["--option", "Own"]].concat()).success();
    assert!(String::from_utf8_lossy(&run.get_output().stdout).contains("pays for no tokens"));
    assert!(actual_cells(&out).iter().all(|row| (row[1] == "spend") == row[2].is_empty()));
}

#[test]
fn months_that_cannot_be_compared_write_nothing() {
    let folder = folder(HAND);
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("log.csv", LOG);
    write("odd.csv", &LOG.replace("gpt-4.1", "gtp-4.1"));
    write("nameless.csv", &LOG.replace("gpt-4.1,", ",").replace("gpt-4.1-mini", ""));
    write("timeless.csv", "when,model,sent,got,read,paid,how,name\n5,m,10,1,0,1,200,a\n9000000,m,10,1,0,1,200,b\n");
    write("nodate.toml", &HAND.replace("start = 2026-12-01, ", ""));
    write("tasks.toml", &HAND.replace("trials = 1024", "trials = 1024, trials_are = 'tasks'"));
    let before = names(folder.path());
    for (arguments, said) in [
        (&["nodate.toml", "log.csv"][..], "such as start = 2027-01-01"),
        (&["tasks.toml", "log.csv"], "trials_are = \"futures\""),
        (&["small.toml", "log.csv", "--set", "simulation.start=2028-01-01"], "the log ends on 2027-03-02"),
        (&["small.toml", "log.csv", "--set", "simulation.start=2025-01-01"], "the log begins on 2026-11-28"),
        (&["small.toml", "log.csv", "--where", "when < 2026-12-20"], "no whole month of the scenario"),
        (&["small.toml", "log.csv", "--option", "Nou"], "did you mean `Now`?"),
        (&["small.toml", "log.csv", "--where", "model == none"], "none of 9 records is left"),
        (&["small.toml", "odd.csv"], "no price list has `gtp-4.1`, `gtp-4.1-mini`"),
        (&["small.toml", "odd.csv"], "near the first are gpt-4.1"),
        (&["small.toml", "nameless.csv"], "--map model=FIELD"),
        (&["small.toml", "timeless.csv"], "count from an unknown start"),
        (&["small.toml", "missing.csv"], "there is no such file"),
    ] {
        let run = breakeven(folder.path(), &[&["actuals"], arguments, &MAP].concat()).code(2);
        let text = String::from_utf8(run.get_output().stderr.clone()).unwrap();
        assert!(text.contains(said), "{arguments:?}: {text}");
        assert!(text.contains("help"), "{arguments:?} has no remedy: {text}");
        assert_eq!(names(folder.path()), before, "{arguments:?}");
    }
}

#[test]
fn the_same_log_gives_the_same_again_and_another_does_not() {
    let folder = folder(HAND);
    let log = folder.path().join("log.csv");
    std::fs::write(&log, LOG).unwrap();
    let command = [&["actuals", "small.toml", "log.csv"][..], &MAP, &["--map", "cost=paid", "--threads", "1"]].concat();
    breakeven(folder.path(), &command).success();
    let verify = ["verify", "outputs/small", "--rerun", "small.toml", "--rerun", "log.csv", "--threads", "2"];
    breakeven(folder.path(), &verify).success();
    std::fs::write(&log, LOG.replace(",8,200,h", ",9,200,h")).unwrap();
    breakeven(folder.path(), &verify).code(1);
    // Logs are never written over.
    std::fs::write(folder.path().join("actuals.csv"), LOG).unwrap();
    let over = [&["actuals", "small.toml", "actuals.csv"][..], &MAP, &["--map", "cost=paid", "--force", "--out", "."]];
    breakeven(folder.path(), &over.concat()).code(1);
    assert_eq!(std::fs::read_to_string(folder.path().join("actuals.csv")).unwrap(), LOG);
}
