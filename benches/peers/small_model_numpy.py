"""configs/small-model.toml as arrays: an array for each input, a loop over the months. Needs numpy.

    python benches/peers/small_model_numpy.py [TRIALS]

Prints the time per trial, imports left out, and figures to compare with `breakeven run configs/small-model.toml`.
"""

import numpy

from distributions import Z95, Draws, at, beta_quantiles, mean_and_error
from shared import due, in_chunks, main

MONTHS = 36
INPUT_TOKENS, OUTPUT_TOKENS = (mean_and_error("data/usage.csv", column) for column in ("input_tokens", "output_tokens"))
LARGE_FAILURES, SMALL_FAILURES = beta_quantiles(0.02, 0.006), beta_quantiles(0.022, 0.008)


def draws(trials, seed):
    d = Draws(trials, seed)
    large, small = d.correlated_scores(0.6)
    return {
        "hourly": d.interval(80, 180),
        "correction": d.interval(0.1, 0.4),
        "requests": d.interval(400e3, 1.6e6),
        "growth": d.normal(0.01, 0.02 / Z95),
        "input": d.normal(*INPUT_TOKENS),
        "output": d.normal(*OUTPUT_TOKENS),
        "large": {
            "instructions": d.pert(4000, 6000, 9000),
            "thinking": d.interval(30, 200),
            "hits": d.share_interval(0.7, 0.95),
            "retries": d.uniform(0.005, 0.03),
            "failures": at(large, LARGE_FAILURES),
            "migration": d.uniform(10, 24),
            "every": d.gamma(17, 5),
            "migration_hours": d.pert(8, 24, 80),
            "price_factor": d.pert(0.4, 0.8, 1.2),
        },
        "small": {
            "launch": d.pert(2, 3, 7),
            "succeeds": d.happens(0.8),
            "setup": d.pert(30, 60, 150),
            "dataset": d.interval(20, 60),
            "examples": d.loguniform(1500, 8000),
            "example_cost": d.interval(0.05, 2),
            "epochs": 1 + d.binomial(3, 0.6),
            "initial_runs": 2 + d.poisson(4),
            "retrains": d.gamma(2, 1),
            "first_retrain": d.random.standard_exponential(trials),
            "retrain_hours": d.pert(8, 16, 50),
            "retrain_examples": d.interval(200, 1500),
            "gpu_hour": d.pert(3.99, 5.40, 8),
            "units": numpy.where(d.happens(0.75), 1, 2),
            "upkeep": d.pert(2, 5, 16),
            "failures": at(small, SMALL_FAILURES),
            "migration": d.uniform(6, 20),
            "every": d.gamma(17, 5),
            "migration_hours": d.pert(20, 50, 140),
        },
        "random": d.random,
    }


def chunk(trials, seed):
    x = draws(trials, seed)
    a, b, hourly, random = x["large"], x["small"], x["hourly"], x["random"]
    requests, growth = x["requests"], 1 + x["growth"]

    instructions = a["instructions"] * (a["hits"] * 0.1 + (1 - a["hits"]) * 2.5)
    answer = (1 + a["retries"]) * (x["input"] * 2 + instructions + (x["output"] + a["thinking"]) * 10) / 1e6
    large_failures, small_failures = a["failures"] * x["correction"], b["failures"] * x["correction"]
    large_migration = a["migration_hours"] * hourly

    launch = numpy.where(b["succeeds"], numpy.ceil(b["launch"] - 1e-9), numpy.inf)
    run = b["examples"] * 1100 * b["epochs"] * 0.48 / 1e6
    one_time = (b["setup"] + b["dataset"]) * hourly + b["examples"] * b["example_cost"] + b["initial_runs"] * run
    retrain = run + b["retrain_hours"] * hourly + b["retrain_examples"] * b["example_cost"]
    small_migration = b["migration_hours"] * hourly + 3 * run
    running = b["units"] * b["gpu_hour"] * 730 + b["upkeep"] * hourly
    gap = 12 / b["retrains"]
    next_retrain = launch + gap * b["first_retrain"]

    large, small, cheaper = numpy.zeros(trials), one_time, []
    for m in range(1, MONTHS + 1):
        extra, small_extra = numpy.zeros(trials), numpy.zeros(trials)
        for now in due(a["migration"], lambda now: a["every"][now], m):
            extra[now] += large_migration[now]
            answer[now] *= a["price_factor"][now]
        for now in due(b["migration"], lambda now: b["every"][now], m):
            small_extra[now] += small_migration[now]
        for now in due(next_retrain, lambda now: gap[now] * random.standard_exponential(now.size), m):
            small_extra[now] += retrain[now]
        live = launch < m
        discount = 1.08 ** (-m / 12)
        before = requests * (answer + large_failures) + extra
        large += discount * before
        small += discount * numpy.where(live, requests * small_failures + running + small_extra, before)
        cheaper.append(numpy.count_nonzero(live & (small <= large)))
        requests *= growth
    return [large, small], [cheaper]


def simulate(trials, seed=1):
    return in_chunks(chunk, MONTHS, trials, seed)


if __name__ == "__main__":
    main(simulate, ["Large prompted", "Small tuned"])
