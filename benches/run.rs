//! Whole runs and the layers below them, on fixed seeds.
//!
//! `cargo bench` prints time per block of 1,024 trials or per run; divide by the trials for time per trial.

use std::hint::black_box;

use breakeven::dist::{Form, Quantiles};
use breakeven::engine::{RunOptions, pilot, run};
use breakeven::model::Model;
use breakeven::quantity::{Builder, Law};
use breakeven::sample::{BLOCK, Cube, Design};
use breakeven::scenario::{DataFiles, LoadOptions, Sampler, Scenario, read};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

fn scenario(name: &str) -> Scenario {
    let path = format!("{}/configs/{name}.toml", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).expect("a config");
    let data = DataFiles::beside(std::path::Path::new(&path).parent().expect("a folder"), false);
    read(&path, name, &text, &LoadOptions::default(), data).scenario.expect("a valid scenario")
}

fn runs(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("run");
    group.sample_size(10);
    for name in ["article", "small-model", "portfolio"] {
        let mut scenario = scenario(name);
        scenario.simulation.trials = 1 << 16;
        let model = Model::new(&scenario);
        let pilot = pilot(&scenario, &model);
        group.throughput(Throughput::Elements(scenario.simulation.trials));
        group.bench_function(name, |b| b.iter(|| run(&scenario, &model, &pilot, RunOptions::default()).is_ok()));
    }
    group.finish();
}

fn points(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("points");
    group.throughput(Throughput::Elements(BLOCK as u64));
    for sampler in [Sampler::Sobol, Sampler::LatinHypercube, Sampler::MonteCarlo] {
        let mut builder = Builder::default();
        let dist = Form::Uniform.build(&[0.0, 1.0]).expect("a distribution");
        builder.draw(Law::Fixed(Quantiles::new(dist)), String::new());
        let axes = Cube::new(Design::new(sampler, 1 << 18), 1, &builder.variables).axes(0);
        let mut out = vec![0.0; BLOCK];
        group.bench_function(sampler.word(), |b| b.iter(|| axes[0].fill(black_box(3), &mut out)));
    }
    group.finish();
}

fn quantiles(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("quantiles");
    group.throughput(Throughput::Elements(BLOCK as u64));
    // In no order, as points come.
    let u: Vec<f64> = (0..BLOCK).map(|i| ((i * 617 % BLOCK) as f64 + 0.5) / BLOCK as f64).collect();
    let mut out = vec![0.0; BLOCK];
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

criterion_group!(benches, runs, points, quantiles);
criterion_main!(benches);
