//! Whether next month's requests lie where `workload` says: over simulated series whose future is known.

use std::borrow::Cow;

use breakeven::logs::{Convention, Grain, Request, Time};
use breakeven::workload::{EstimateOptions, EstimatedLaw, MONTH, Tally, estimate};
use rand::rngs::ChaCha8Rng as Rng;
use rand::{RngExt, SeedableRng};
use rand_distr::StandardNormal;

/// Series of each kind and length.
const SERIES: usize = 250;
/// Days of the future that are compared: nearly a month.
const AHEAD: usize = 30;

/// What moves the logarithm of a day's requests, beside the day's own noise.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    White,
    /// Deviations last: of each, eight tenths are left a day later.
    Autoregressive,
    RandomWalk,
    /// Days of the week differ, and the year has a wave.
    Seasonal,
    /// A jump up or down on some day.
    LevelShift,
}

/// Requests of so many days.
fn series(kind: Kind, days: usize, log: usize, rng: &mut Rng) -> Vec<f64> {
    let mut level = 0.0;
    let (jump_day, jump) = (rng.random_range(0..log), if rng.random() { 0.2 } else { -0.2 });
    let phase = rng.random::<f64>() * std::f64::consts::TAU;
    let mut normal = move || rng.sample::<f64, _>(StandardNormal);
    let day = |d: usize| {
        let moved = match kind {
            Kind::White => 0.0,
            Kind::Autoregressive => {
                level = 0.8 * level + 0.1 * normal();
                level
            }
            Kind::RandomWalk => {
                level += 0.02 * normal();
                level
            }
            Kind::Seasonal => {
                let week = [0.1, 0.15, 0.1, 0.1, 0.05, -0.2, -0.3][d % 7];
                week + 0.05 * (phase + d as f64 / 365.25 * std::f64::consts::TAU).sin()
            }
            Kind::LevelShift => f64::from(u8::from(d >= jump_day)) * jump,
        };
        1000.0 * (moved + 0.1 * normal()).exp()
    };
    (0..days).map(day).collect()
}

/// The interval that a log of such days gives for requests in a month.
fn interval(days: &[f64]) -> [f64; 2] {
    let mut tally = Tally::new(0, true);
    for (d, requests) in days.iter().enumerate() {
        let request = Request {
            grain: Grain::Sums,
            time: Time { seconds: 86_400.0 * (20_000.0 + d as f64), is_relative: false },
            model: Cow::Borrowed("m"),
            counted: 100.0 * requests,
            cached: None,
            written: None,
            convention: Convention::Included,
            output: 10.0 * requests,
            requests: Some(*requests),
            failed: 0.0,
            cost: None,
        };
        tally.add(&request).unwrap();
    }
    let found = estimate(&tally, &EstimateOptions::default()).unwrap();
    match found.fields[0].law {
        EstimatedLaw::LognormalRange { p5, p95 } => [p5, p95],
        ref other => panic!("{other:?}"),
    }
}

/// The share of series whose next month lies within the 90 % interval.
fn coverage(kind: Kind, log: usize) -> f64 {
    let mut rng = Rng::seed_from_u64(19 + 1000 * kind as u64 + log as u64);
    let held = (0..SERIES).filter(|_| {
        let days = series(kind, log + AHEAD, log, &mut rng);
        let [p5, p95] = interval(&days[..log]);
        let month = days[log..].iter().sum::<f64>() / AHEAD as f64 * MONTH;
        (p5..=p95).contains(&month)
    });
    held.count() as f64 / SERIES as f64
}

/// Between 80 and 99 %, to within what chance does among so many series: a millionth of the time 4.9 standard errors.
#[test]
fn intervals_for_next_month_hold_about_as_often_as_they_say() {
    let error = |p: f64| 4.9 * (p * (1.0 - p) / SERIES as f64).sqrt();
    let mut seen = String::new();
    let mut wrong = Vec::new();
    for kind in [Kind::White, Kind::Autoregressive, Kind::RandomWalk, Kind::Seasonal, Kind::LevelShift] {
        for log in [28, 84, 182] {
            let held = coverage(kind, log);
            seen += &format!("{kind:?}, {log} days: {held:.3}\n");
            if held < 0.80 - error(0.80) || held > 0.99 + error(0.99) {
                wrong.push((kind, log, held));
            }
        }
    }
    eprint!("{seen}");
    assert!(wrong.is_empty(), "{wrong:?}\n{seen}");
}
