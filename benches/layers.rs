//! Each layer of a run by itself, and whole runs, on fixed seeds: a regression shows where it happened.
//!
//! `cargo bench --bench layers` prints time per block of 1,024 trials or per run, and trials per second.

mod support {
    pub mod scenario;
}

use std::hint::black_box;

use breakeven::dist::{Form, Quantiles};
use breakeven::inputs::Inputs;
use breakeven::model::{Depth, Model, MonthlyCosts, Outcomes, TILE};
use breakeven::quantity::{Builder, Coordinates, Law, Registers};
use breakeven::sample::{BLOCK, Cube, Design, Rows, Sampler, correlate};
use breakeven::scenario::Scenario;
use breakeven::stats::{Bins, LogBins, Moments};
use criterion::{BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main, measurement::WallTime};
use support::scenario::{config, text};

fn block_group<'a>(criterion: &'a mut Criterion, name: &str) -> BenchmarkGroup<'a, WallTime> {
    let mut group = criterion.benchmark_group(name);
    group.throughput(Throughput::Elements(BLOCK as u64));
    group
}

/// Coordinates in no order, as points come.
fn levels() -> Vec<f64> {
    (0..BLOCK).map(|i| ((i * 617 % BLOCK) as f64 + 0.5) / BLOCK as f64).collect()
}

fn points(criterion: &mut Criterion) {
    let mut group = block_group(criterion, "points");
    for sampler in [Sampler::Sobol, Sampler::LatinHypercube, Sampler::MonteCarlo] {
        let mut builder = Builder::default();
        let dist = Form::Uniform.build(&[0.0, 1.0]).expect("a distribution");
        builder.draw(Law::Fixed(Quantiles::new(dist)), String::new());
        let axes = Cube::new(Design::new(sampler, 1 << 18), 1, &builder.variables).axes(0);
        let mut out = vec![0.0; BLOCK];
        group.bench_function(sampler.word(), |b| b.iter(|| axes[0].fill(black_box(3), 0, &mut out)));
    }
    group.finish();
}

fn quantiles(criterion: &mut Criterion) {
    let mut group = block_group(criterion, "quantiles");
    let (u, mut out) = (levels(), vec![0.0; BLOCK]);
    let families: [(&str, Form, &[f64]); 5] = [
        ("normal", Form::NormalMeanSd, &[100.0, 20.0]),
        ("lognormal", Form::LogNormalMeanSd, &[100.0, 20.0]),
        ("pert", Form::Pert, &[4.0, 9.0, 18.0, 4.0]),
        ("gamma", Form::GammaMeanSd, &[600.0, 150.0]),
        ("poisson", Form::Poisson, &[3.0]),
    ];
    for (name, form, parameters) in families {
        let quantiles = Quantiles::new(form.build(parameters).expect("a distribution"));
        group.bench_function(name, |b| b.iter(|| quantiles.fill(black_box(&u), &mut out)));
    }
    group.finish();
}

/// Three correlated inputs, a formula of four, and two options that use them.
fn correlated() -> Scenario {
    text(
        "simulation.horizon_months = 24\n\
         [inputs]\nfee = '0.3 * max(rate, 90) + rate * rate / 1k'\nrate = 'lognormal(mean=100, sd=20)'\n\
         [workload]\nrequests_per_month = '50k to 200k'\ninput_tokens = '800 to 1500'\noutput_tokens = '50 to 200'\n\
         [[correlation]]\nrank = 0.5\n\
         inputs = ['workload.requests_per_month', 'workload.input_tokens', 'workload.output_tokens']\n\
         [[option]]\nname = 'A'\ninference = { input_price = 3, output_price = 15 }\n\
         [[option]]\nname = 'B'\ninference = { input_price = 1, output_price = 5 }\nsetup.cost = 'fee'\n",
    )
}

fn copula(criterion: &mut Criterion) {
    let mut group = block_group(criterion, "copula");
    let scenario = correlated();
    let members = &scenario.groups()[0].members;
    let mut coordinates = Coordinates::new(scenario.quantities().variables.len(), BLOCK);
    let mut scratch = Vec::new();
    let u = levels();
    group.bench_function("three variables", |b| {
        b.iter(|| {
            members.iter().for_each(|v| coordinates.column_mut(*v, BLOCK).copy_from_slice(&u));
            correlate(&scenario.groups()[0], &mut coordinates, BLOCK, &mut scratch);
        });
    });
    group.finish();
}

/// A scenario's model with one block of it drawn.
fn drawn(scenario: &Scenario) -> (Model, Registers) {
    let model = Model::new(scenario);
    let inputs = Inputs::new(scenario, &model.program, Design::new(Sampler::Sobol, 1 << 14));
    let (mut scratch, mut registers) = (Inputs::block(&model.program, BLOCK), Registers::new(&model.program, BLOCK));
    let all = model.program.per_trial().to_vec();
    inputs.draw(&model.program, &all, &inputs.axes(0), Rows::of_block(0, BLOCK), &mut scratch, &mut registers);
    (model, registers)
}

fn formulas(criterion: &mut Criterion) {
    let mut group = block_group(criterion, "formulas");
    let scenario = correlated();
    let (model, mut registers) = drawn(&scenario);
    let coordinates = Coordinates::new(model.program.variables.len(), BLOCK);
    let computed: Vec<usize> =
        model.program.per_trial().iter().copied().filter(|op| model.program.drawn_by(*op).is_none()).collect();
    let name = format!("{} operations", computed.len());
    group.bench_function(name, |b| b.iter(|| registers.run(&model.program, &computed, &coordinates, BLOCK)));
    group.finish();
}

fn months(criterion: &mut Criterion) {
    let mut group = block_group(criterion, "model");
    let (model, registers) = drawn(&config("article", &[]));
    let mut outcomes = Outcomes::new(&model, BLOCK);
    group.bench_function("article, closed forms", |b| {
        b.iter(|| {
            outcomes.start(BLOCK);
            outcomes.at_once(&model, &registers, (0, BLOCK));
        });
    });
    for name in ["article", "small-model", "self-hosted", "drift", "portfolio"] {
        let (model, mut registers) = drawn(&config(name, &[]));
        let (mut monthly, mut outcomes) = (MonthlyCosts::new(&model, BLOCK), Outcomes::new(&model, BLOCK));
        group.bench_function(format!("{name}, month by month"), |b| {
            b.iter(|| {
                outcomes.start(BLOCK);
                for first in (0..BLOCK).step_by(TILE) {
                    monthly.start(&model, &registers, first..BLOCK.min(first + TILE), Depth::Details);
                    while monthly.month() < model.horizon {
                        monthly.advance(&model, &mut registers);
                        outcomes.see(&model, &registers, &monthly);
                    }
                }
            });
        });
    }
    group.finish();
}

fn accumulators(criterion: &mut Criterion) {
    let mut group = block_group(criterion, "accumulators");
    let dist = Form::LogNormalMeanSd.build(&[75e3, 18e3]).expect("a distribution");
    let mut costs = vec![0.0; BLOCK];
    Quantiles::new(dist).fill(&levels(), &mut costs);
    let (mut fine, mut bins) = (LogBins::fine(), Bins::round(30e3, 150e3, 60));
    group.bench_function("quantiles", |b| b.iter(|| fine.add(black_box(&costs))));
    group.bench_function("histogram", |b| b.iter(|| bins.add(black_box(&costs), 1.0)));
    group.bench_function("moments", |b| b.iter(|| Moments::of(black_box(&costs))));
    group.finish();
}

fn runs(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("run");
    group.sample_size(10);
    for name in ["article", "small-model", "portfolio"] {
        let mut scenario = config(name, &[]);
        scenario.set_trials(1 << 16);
        group.throughput(Throughput::Elements(scenario.simulation().trials));
        let prepared = scenario.prepare();
        group.bench_function(name, |b| b.iter(|| prepared.simulate(Default::default()).is_ok()));
    }
    group.finish();
}

criterion_group!(benches, points, quantiles, copula, formulas, months, accumulators, runs);
criterion_main!(benches);
