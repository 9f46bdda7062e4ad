//! Closed forms of costs so far against the months that they stand for.

use crate::common::scenario;
use breakeven::inputs::Inputs;
use breakeven::model::{CheaperMonths, Depth, EventKeys, Model, MonthlyCosts, Outcomes, TILE};
use breakeven::quantity::Registers;
use breakeven::sample::{BLOCK, Design, Rows, Sampler};
use breakeven::scenario::Scenario;

/// A prompted baseline and a tuned option that pays back in some trials, in others not, with what is `changed`.
fn text(simulation: &str, baseline: &str, tuned: &str) -> String {
    format!(
        "[simulation]\nhorizon_months = 25\n{simulation}\n[labour]\nhourly_rate = 100\n\
         [workload]\nrequests_per_month = '50k to 200k'\ninput_tokens = '800 to 1500'\noutput_tokens = 100\n\
         [[option]]\nname = 'Prompted'\ninference.input_price = 3\ninference.output_price = 15\n{baseline}\n\
         [[option]]\nname = 'Tuned'\ninference.input_price = 1\ninference.output_price = 5\n\
         setup.cost = '500 to 5k'\n{tuned}\n"
    )
}

/// A custom line.
fn monthly(amount: &str) -> String {
    format!("cost = [{{ name = 'Credit', amount = '{amount}', per = 'month' }}]")
}

/// Scenarios with closed forms, and what is special about each.
fn cases() -> Vec<(&'static str, String)> {
    let retrains = "training.cost_per_run = '50 to 400'\ntraining.retrains_per_year = 'uniform(0, 12)'";
    let grown = text("", "", retrains).replace("requests_per_month", "growth_per_month = 0.04\nrequests_per_month");
    let twice = text("", "", "").replace("price = 1\n", "price = 3\n").replace("price = 5\n", "price = 15\n");
    let twice = twice.replace("'500 to 5k'", "0");
    vec![
        ("plain", text("", "", "")),
        ("retrains", text("", "", retrains)),
        ("discounted retrains", text("discount_rate = 0.1", "", retrains)),
        ("prices that rise", text("discount_rate = -0.3", "", retrains)),
        ("growth", grown),
        (
            "late",
            text("discount_rate = 0.08", "hosting.cost_per_month = 20", &format!("launch_month = 4.5\n{retrains}")),
        ),
        ("retired", text("", "", &format!("retire_month = 13\nlaunch_month = 2\n{retrains}"))),
        ("known schedule", text("", "", "training.cost_per_run = '100 to 800'\ntraining.retrains_per_year = 4")),
        ("costs that fall", text("", "", &format!("{retrains}\n{}", monthly("uniform(-600, -1)")))),
        ("refunds", text("", &monthly("normal(-200, 100)"), retrains)),
        ("the same twice", twice),
    ]
}

/// One block of a scenario, by closed forms and month by month.
fn both(scenario: &Scenario, seed: u64) -> (Model, [Outcomes; 2]) {
    let model = Model::new(scenario);
    assert!(model.is_steady());
    let mut scenario = scenario.clone();
    scenario.set_seed(seed);
    let inputs = Inputs::new(&scenario, &model.program, Design::new(Sampler::MonteCarlo, 1 << 14));
    let (mut scratch, mut registers) = (Inputs::block(&model.program, BLOCK), Registers::new(&model.program, BLOCK));
    let all = model.program.per_trial().to_vec();
    // Not a whole number of groups.
    let n = BLOCK - 7;
    inputs.draw(&model.program, &all, &inputs.axes(0), Rows::of_block(0, n), &mut scratch, &mut registers);
    let mut at_once = Outcomes::new(&model, BLOCK);
    at_once.start(n);
    at_once.at_once(&model, &registers, (0, n));
    let mut walked = Outcomes::new(&model, BLOCK);
    walked.start(n);
    let mut monthly = MonthlyCosts::new(&model, BLOCK);
    monthly.draw_events(&model, &registers, &EventKeys::new(&model, seed, 0), Rows::of_block(0, n));
    for first in (0..n).step_by(TILE) {
        monthly.start(&model, &registers, first..n.min(first + TILE), Depth::Totals);
        while monthly.month() < model.horizon {
            monthly.advance(&model, &mut registers);
            walked.see(&model, &registers, &monthly);
        }
    }
    (model, [at_once, walked])
}

#[test]
fn all_months_at_once_are_the_months_one_by_one() {
    for (name, text) in cases() {
        let scenario = scenario(&text);
        for seed in 0..4 {
            let (model, [at_once, walked]) = both(&scenario, seed);
            for option in 0..model.options.len() {
                assert_eq!(at_once.totals(option), walked.totals(option), "{name}: total of option {option}");
            }
            let [a, b]: [&CheaperMonths; 2] = [at_once.held(1), walked.held(1)];
            assert_eq!(a.counts(), b.counts(), "{name}, seed {seed}");
            for trial in 0..at_once.totals(0).len() {
                assert_eq!(a.first(trial), b.first(trial), "{name}, seed {seed}, trial {trial}");
                assert_eq!(a.lasting(trial), b.lasting(trial), "{name}, seed {seed}, trial {trial}");
            }
        }
    }
}

#[test]
fn the_cases_break_even_at_different_months() {
    // A comparison that never or always holds would test nothing.
    for (name, text) in cases().into_iter().filter(|(name, _)| *name != "the same twice") {
        let (_, [_, walked]) = both(&scenario(&text), 1);
        let months: std::collections::HashSet<_> = (0..1000).map(|t| walked.held(1).first(t)).collect();
        assert!(months.len() > 5, "{name}: {months:?}");
    }
}
