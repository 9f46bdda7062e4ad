//! The same scenario and seed give the same bytes, and a change of one input leaves all others alone.

use crate::common::{
    SAMPLERS, STUDENT, design, draws, estimate, mean_sd, option, results, rows, scenario, scenario_with, simulated,
};
use breakeven::engine::{Metric, Results, Stat};
use breakeven::report::{Dialect, row_bytes, table_bytes};
use breakeven::sample::Sampler;
use breakeven::scenario::Scenario;
use breakeven::tables::{table, tables, trials_row};
use breakeven::vector::InstructionSet;

/// Correlated inputs, random retrains whose rate depends on the volume, a project that may fail, an uncertain launch,
/// GPUs in steps, a mix that picks a branch, and a hierarchical draw.
const BUSY: &str = r#"
baseline = "Prompting"
[simulation]
horizon_months = 5
discount_rate = "uniform(0, 0.1)"
[inputs]
rate = "lognormal(mean=100, sd=20)"
spread = "uniform(5, 15)"
hours = "normal(mean=60, sd=spread)"
[labour]
hourly_rate = "rate"
[[correlation]]
inputs = ["workload.input_tokens", "workload.output_tokens", "rate"]
rank = 0.4
[workload]
requests_per_month = "lognormal(mean=100k, sd=25k)"
growth_per_month = "normal(0.02, 0.01)"
input_tokens = "lognormal(mean=1000, sd=250)"
output_tokens = "gamma(mean=100, sd=40)"

[[option]]
name = "Prompting"
inference = { input_price = 3, output_price = 15, instruction_tokens = "uniform(500, 1500)" }

[[option]]
name = "Fine-tuning"
launch_month = "uniform(0, 2)"
success_probability = 0.9
setup.hours = "max(hours, 1) / 10"
inference = { input_price = "pert(0.5, 1, 2)", output_price = 5 }
training = { cost_per_run = "mix(0.5: 100, 0.5: 2 * rate)", retrains_per_year = "4 + workload.requests_per_month / 50k", retrain_timing = "random" }

[[option]]
name = "Self-hosted"
setup.cost = "500 to 2k"
hosting = { gpu_hourly_rate = "triangular(0.2, 0.3, 0.5)", gpu_tokens_per_second = 200, peak_to_average = 2, gpus_per_step = 2 }
"#;

/// Trials that give each sampler several blocks in a randomisation, and Latin hypercubes and plain Monte Carlo a last
/// block that is not full.
fn trials(sampler: Sampler) -> u64 {
    match sampler {
        Sampler::Sobol => 16 * 4096,
        Sampler::LatinHypercube => 16 * 2500,
        Sampler::MonteCarlo => 20_001,
    }
}

fn busy(sampler: Sampler) -> Scenario {
    simulated(&scenario(BUSY), sampler, trials(sampler), 1)
}

fn bytes(results: &Results) -> Vec<(&'static str, Vec<u8>)> {
    tables(results).iter().map(|t| (t.name, table_bytes(t, Dialect::Standard))).collect()
}

fn same_for_any_number_of_threads(sampler: Sampler) {
    let scenario = busy(sampler);
    let one = bytes(&results(&scenario, 1));
    assert!(one.iter().map(|(_, b)| b.len()).sum::<usize>() > 10_000);
    for threads in [2, 3, 7] {
        for ((name, expected), (_, found)) in one.iter().zip(bytes(&results(&scenario, threads))) {
            assert!(*expected == found, "{name}.csv differs on {threads} threads under {}", sampler.word());
        }
    }
}

#[test]
fn sobol_tables_are_the_same_bytes_on_any_number_of_threads() {
    same_for_any_number_of_threads(Sampler::Sobol);
}

#[test]
fn latin_hypercube_tables_are_the_same_bytes_on_any_number_of_threads() {
    same_for_any_number_of_threads(Sampler::LatinHypercube);
}

#[test]
fn monte_carlo_tables_are_the_same_bytes_on_any_number_of_threads() {
    same_for_any_number_of_threads(Sampler::MonteCarlo);
}

#[test]
fn curves_are_of_the_first_trials_and_totals_of_all() {
    let of = |trials: u64| {
        let found = results(&simulated(&scenario(BUSY), Sampler::Sobol, trials, 1), 2);
        assert_eq!(found.curve_trials(), 65_536);
        found
    };
    let (few, many) = (of(65_536), of(131_072));
    for name in ["spend", "break_even_volume", "acceptability"] {
        let [few, many] = [&few, &many].map(|found| table_bytes(&table(found, name).expect(name), Dialect::Standard));
        assert!(few == many, "{name}.csv is of other trials");
    }
    let end = few.model.horizon;
    for i in 0..few.model.options.len() {
        let [few_bands, many_bands] = [&few, &many].map(|found| found.cumulative(i, end).map(crate::common::value));
        assert_eq!(few_bands[1..], many_bands[1..]);
        assert_ne!(few_bands[0], many_bands[0]);
        // Lines, and means by month, add up to what the summary says.
        let total = crate::common::value(many.metric(i, Metric::Total, Stat::Mean));
        let lines = many.model.options[i].lines.len() + many.model.options[i].substitutes.len();
        let lines: f64 = (0..lines).map(|line| crate::common::value(many.line(i, line)[0])).sum();
        assert!([many_bands[0], lines].iter().all(|sum| (sum - total).abs() <= 1e-9 * total), "{lines} of {total}");
    }
}

#[test]
fn single_trials_are_those_of_the_run() {
    for sampler in SAMPLERS {
        let scenario = simulated(&busy(sampler), sampler, trials(sampler) / 8, 1);
        let (all, found) = (rows(&scenario, u64::MAX), results(&scenario, 2));
        assert_eq!(all.len() as u64, design(&scenario).trials());
        assert!(all.iter().zip(1..).all(|(row, number)| row.trial == number));
        for i in 0..found.model.options.len() {
            let (mean, sd) = mean_sd(&all.iter().map(|r| r.totals[i]).collect::<Vec<_>>());
            let is = |stat: Stat, want: f64| {
                let got = crate::common::value(found.metric(i, Metric::Total, stat));
                assert!((got - want).abs() <= 1e-11 * want, "{stat:?} of option {i}: {got} against {want}");
            };
            is(Stat::Mean, mean);
            is(Stat::Sd, sd);
            is(Stat::Min, all.iter().map(|r| r.totals[i]).fold(f64::INFINITY, f64::min));
            is(Stat::Max, all.iter().map(|r| r.totals[i]).fold(f64::NEG_INFINITY, f64::max));
        }
        for challenger in found.model.challengers() {
            let never = all.iter().filter(|r| r.break_even[challenger].is_none()).count() as f64 / all.len() as f64;
            assert!((crate::common::value(found.p_never(challenger, false)) - never).abs() < 1e-12);
        }
        // Fewer rows are the beginning of more, to the byte.
        let csv = |rows: &[breakeven::engine::TrialRow]| -> Vec<u8> {
            rows.iter().flat_map(|r| row_bytes(&trials_row(&found, r), Dialect::Standard)).collect()
        };
        assert!(csv(&rows(&scenario, 1500)) == csv(&all[..1500]));
    }
}

#[test]
fn another_seed_gives_other_draws_of_every_variable() {
    for sampler in SAMPLERS {
        let of = |seed: u64| rows(&simulated(&busy(sampler), sampler, 1024, seed), 1024);
        let seeds = [0, 1, 2, 1 << 32, u64::MAX].map(of);
        for (i, a) in seeds.iter().enumerate() {
            for b in &seeds[i + 1..] {
                for v in 0..a[0].inputs.len() {
                    // Those that are drawn from a few values only agree by chance in some trials, never in all.
                    assert!(a.iter().zip(b).any(|(x, y)| x.inputs[v] != y.inputs[v]), "variable {v}");
                }
                assert!(a.iter().zip(b).all(|(x, y)| x.totals != y.totals), "{}", sampler.word());
            }
        }
    }
}

#[test]
fn another_seed_gives_other_tables() {
    for sampler in SAMPLERS {
        let of = |seed: u64| bytes(&results(&simulated(&busy(sampler), sampler, 1024, seed), 1));
        let (zero, one) = (of(0), of(1));
        for ((name, a), (_, b)) in zero.iter().zip(&one).filter(|((name, _), _)| *name != "inputs") {
            assert!(a != b, "{name}.csv is the same for seeds 0 and 1 under {}", sampler.word());
        }
    }
}

/// Asserts that every variable of `changed` that `original` has too is drawn with the same bits in every trial.
/// Returns how many there are.
fn keeps_all_others(original: &Scenario, changed: &Scenario, what: &str) -> usize {
    let count = 2100;
    let (before, after) = (rows(original, count), rows(changed, count));
    let names = |s: &Scenario| s.quantities().variables.iter().map(|v| v.name.clone()).collect::<Vec<_>>();
    let known = names(original);
    let common: Vec<String> = names(changed).into_iter().filter(|n| known.contains(n)).collect();
    for name in &common {
        let bits = |s, rows| draws(s, rows, name).into_iter().map(f64::to_bits).collect::<Vec<u64>>();
        assert!(bits(original, &before) == bits(changed, &after), "{what} changes the draws of {name}");
    }
    common.len()
}

fn sampled(scenario: &Scenario, sampler: Sampler) -> Scenario {
    simulated(scenario, sampler, 16 * 1500, 1)
}

#[test]
fn an_input_added_at_the_end_changes_no_other_draw() {
    let line = "\n[[option.cost]]\nname = \"Extra\"\namount = \"uniform(1, 2)\"\nper = \"month\"\n";
    let added = format!("{BUSY}{line}");
    let all = scenario(BUSY).quantities().variables.len();
    for sampler in SAMPLERS {
        let [before, after] = [BUSY, &added].map(|text| sampled(&scenario(text), sampler));
        assert_eq!(keeps_all_others(&before, &after, "adding a line"), all);
        assert_eq!(after.quantities().variables.len(), all + 1);
    }
}

#[test]
fn an_input_added_anywhere_changes_no_other_draw_but_of_sobol_points() {
    let added = BUSY.replace("[labour]", "extra = \"uniform(1, 2)\"\n[labour]");
    for sampler in [Sampler::LatinHypercube, Sampler::MonteCarlo] {
        let [before, after] = [BUSY, &added].map(|text| sampled(&scenario(text), sampler));
        assert_eq!(keeps_all_others(&before, &after, "adding an input"), before.quantities().variables.len());
    }
}

#[test]
fn a_distribution_replaced_by_a_constant_changes_no_other_draw() {
    // Each from somewhere else: an input, the workload, options, the first section, and a variable that stands nowhere.
    let replaced = [
        ("hours = \"normal(mean=60, sd=spread)\"", "hours = 60", "hours=60"),
        ("\"lognormal(mean=100k, sd=25k)\"", "\"100k\"", "workload.requests_per_month=100k"),
        ("\"normal(0.02, 0.01)\"", "0.02", "workload.growth_per_month=0.02"),
        ("\"uniform(500, 1500)\"", "1000", "Prompting.inference.instruction_tokens=1000"),
        ("\"mix(0.5: 100, 0.5: 2 * rate)\"", "100", "Fine-tuning.training.cost_per_run=100"),
        ("discount_rate = \"uniform(0, 0.1)\"", "discount_rate = 0.05", "simulation.discount_rate=0.05"),
        ("success_probability = 0.9", "success_probability = 1", "Fine-tuning.success_probability=1"),
    ];
    for sampler in SAMPLERS {
        let original = sampled(&scenario(BUSY), sampler);
        let all = original.quantities().variables.len();
        for (written, constant, set) in replaced {
            let text = BUSY.replace(written, constant);
            assert_ne!(text, BUSY);
            let in_text = sampled(&scenario(&text), sampler);
            assert_eq!(keeps_all_others(&original, &in_text, constant), all - 1, "{constant}");
            let by_override = sampled(&scenario_with(BUSY, &[set]), sampler);
            assert_eq!(keeps_all_others(&original, &by_override, set), all - 1, "{set}");
        }
    }
}

#[test]
fn a_draw_whose_parameter_becomes_a_constant_keeps_its_coordinate() {
    for sampler in SAMPLERS {
        let [before, after] = [&[][..], &["spread=10"]].map(|set| sampled(&scenario_with(BUSY, set), sampler));
        let [rows_before, rows_after] = [&before, &after].map(|s| rows(s, 2100));
        let spreads = draws(&before, &rows_before, "spread");
        let [hours, hours_after] =
            [(&before, &rows_before), (&after, &rows_after)].map(|(s, rows)| draws(s, rows, "hours"));
        for ((spread, x), y) in spreads.iter().zip(&hours).zip(&hours_after) {
            let (z, same) = ((x - 60.0) / spread, (y - 60.0) / 10.0);
            // One is computed exactly, the other by polynomials that are right to 1e-9.
            assert!((z - same).abs() < 1e-7, "{z} and {same}");
        }
    }
}

#[test]
fn the_order_of_the_options_changes_results_by_their_error_at_most() {
    let at = |name: &str| BUSY.find(&format!("[[option]]\nname = \"{name}\"")).expect("an option");
    let (first, second, third) = (at("Prompting"), at("Fine-tuning"), at("Self-hosted"));
    let parts = [&BUSY[..first], &BUSY[third..], &BUSY[second..third], &BUSY[first..second]];
    let turned = parts.concat();
    for sampler in SAMPLERS {
        let [before, after] =
            [BUSY, &turned].map(|text| results(&simulated(&scenario(text), sampler, 16 * 1024, 1), 2));
        for name in ["Prompting", "Fine-tuning", "Self-hosted"] {
            let of = |results: &Results| {
                let i = option(results, name);
                let mean = estimate(results.metric(i, Metric::Total, Stat::Mean));
                let median = estimate(results.metric(i, Metric::Total, Stat::MEDIAN));
                [mean, median, estimate(results.p_cheapest(i))]
            };
            assert_eq!(of(&before)[0] == of(&after)[0], sampler != Sampler::Sobol, "{name}, {}", sampler.word());
            for ((a, error_a), (b, error_b)) in of(&before).into_iter().zip(of(&after)) {
                if sampler == Sampler::Sobol {
                    // Other dimensions: two estimates, whose difference has at most the sum of their errors.
                    assert!((a - b).abs() <= STUDENT * (error_a + error_b), "{name}: {a} and {b}");
                } else {
                    // The same draws by name, so the same trials.
                    assert_eq!(a, b, "{name}");
                }
            }
        }
    }
}

#[test]
fn narrow_vectors_give_the_same_bytes_as_wide_ones() {
    let steady = include_str!("../../configs/article.toml");
    for (text, trials) in [(BUSY, 16 * 1500), (steady, 1 << 19)] {
        for sampler in SAMPLERS {
            let bytes = |set| {
                InstructionSet::limit(set);
                let found = results(&simulated(&scenario(text), sampler, trials, 1), 2);
                tables(&found).iter().flat_map(|t| table_bytes(t, Dialect::Standard)).collect::<Vec<u8>>()
            };
            let narrow = bytes(InstructionSet::Baseline);
            for set in InstructionSet::ALL {
                assert!(bytes(set) == narrow, "{sampler:?} with {}", set.word());
            }
        }
    }
}
