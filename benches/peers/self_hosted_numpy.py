"""configs/self-hosted.toml as arrays: an array for each input, a loop over the months. Needs numpy.

    python benches/peers/self_hosted_numpy.py [TRIALS]

Prints the time per trial, imports left out, and figures to compare with `breakeven run configs/self-hosted.toml`.
"""

import numpy

from distributions import Draws
from shared import due, in_chunks, main

MONTHS = 24


def draws(trials, seed):
    d = Draws(trials, seed)

    def migrations():
        return {"migration": d.uniform(10, 24), "every": d.gamma(17, 5), "migration_hours": d.pert(10, 30, 90)}

    return {
        "hourly": d.interval(90, 200),
        "gpu_hour": d.mix_of_uniforms((0.4, 2.4, 3.5), (0.4, 3.5, 4.5), (0.2, 6.5, 12.5)),
        "caches": d.loguniform(20, 400),
        "error_cost": d.interval(0.02, 0.15),
        "price_trend": d.pert(-0.5, -0.15, 0.05),
        "requests": d.interval(2.5e6, 20e6),
        "growth": d.pert(-0.01, 0.015, 0.05),
        "input": d.metalog(600, 800, 1200, 200),
        "output": d.interval(80, 180),
        "large": {
            "instructions": d.pert(1800, 2500, 4000),
            "batches": d.uniform(0, 0.3),
            "failures": d.share_interval(0.008, 0.025),
            **migrations(),
        },
        "small": {
            "setup": d.pert(20, 40, 100),
            "instructions": d.pert(2500, 4000, 7000),
            "batches": d.uniform(0, 0.3),
            "failures": d.share_interval(0.02, 0.06),
            "escalated": d.share_interval(0.05, 0.2),
            **migrations(),
        },
        "own": {
            "launch": d.uniform(2, 6),
            "succeeds": d.happens(0.85),
            "setup": d.interval(80, 300),
            "multiplier": d.uniform(0.75, 0.95),
            "dataset": d.interval(30, 120),
            "examples": d.interval(3e3, 20e3),
            "example_cost": d.interval(0.05, 1),
            "run_hours": d.uniform(4, 16),
            "initial_runs": 1 + d.poisson(4),
            "retrains": d.pert(2, 4, 12),
            "retrain_hours": d.pert(8, 16, 40),
            "retrain_examples": d.interval(500, 3000),
            "tokens_per_second": d.interval(4000, 12_000),
            "peak": d.pert(1.5, 2.5, 5),
            "upkeep": d.pert(8, 16, 50),
            "failures": d.share_interval(0.012, 0.04),
            "escalated": d.share_interval(0.03, 0.12),
            "monitoring": d.interval(200, 800),
            "on_call": d.pert(300, 800, 2000),
        },
    }


def chunk(trials, seed):
    x = draws(trials, seed)
    a, b, c, hourly = x["large"], x["small"], x["own"], x["hourly"]
    requests, growth = x["requests"], 1 + x["growth"]
    hits = 1 - numpy.exp(-5 / 43_800 * requests / x["caches"])

    def answering(option, input_price, output_price, cached, written):
        instructions = option["instructions"] * (hits * cached + (1 - hits) * written)
        tokens = x["input"] * input_price + instructions + x["output"] * output_price
        return tokens * (1 - 0.5 * option["batches"]) / 1e6

    answer = answering(a, 2, 10, 0.1, 2.5)
    small_answer = answering(b, 0.1, 0.5, 0.01, 0.125) + b["escalated"] * answer
    own_answer = c["escalated"] * answer
    failures, small_failures, own_failures = (option["failures"] * x["error_cost"] for option in (a, b, c))
    migration, small_migration = a["migration_hours"] * hourly, b["migration_hours"] * hourly
    trend, prices = (1 + x["price_trend"]) ** (1 / 12), numpy.ones(trials)

    launch = numpy.where(c["succeeds"], numpy.ceil(c["launch"] - 1e-9), numpy.inf)
    run = c["run_hours"] * x["gpu_hour"]
    retrain = run + c["retrain_hours"] * hourly + c["retrain_examples"] * c["example_cost"]
    running = c["upkeep"] * hourly + c["monitoring"] + c["on_call"]
    gpu_month = x["gpu_hour"] * 730
    tokens = (x["input"] + 80 + x["output"]) * c["multiplier"]
    gpus_per_request = tokens * c["peak"] / (c["tokens_per_second"] * 730 * 3600)
    so_far = numpy.zeros(trials)

    large, small = numpy.zeros(trials), b["setup"] * hourly
    own = (c["setup"] + c["dataset"]) * hourly + 3000 + c["examples"] * c["example_cost"] + c["initial_runs"] * run
    small_cheaper, own_cheaper = [], []
    for m in range(1, MONTHS + 1):
        extra, small_extra = numpy.zeros(trials), numpy.zeros(trials)
        for now in due(a["migration"], lambda now: a["every"][now], m):
            extra[now] += migration[now]
        for now in due(b["migration"], lambda now: b["every"][now], m):
            small_extra[now] += small_migration[now]
        retrains = numpy.floor(c["retrains"] / 12 * numpy.maximum(m - launch, 0) + 1e-9)
        gpus = numpy.maximum(2, numpy.ceil(requests * gpus_per_request - 1e-9))
        live = launch < m
        discount = 1.08 ** (-m / 12)
        before = requests * (answer * prices + failures) + extra
        large += discount * before
        small += discount * (before if m == 1 else requests * (small_answer * prices + small_failures) + small_extra)
        serving = requests * (own_answer * prices + own_failures) + gpus * gpu_month + running
        own += discount * numpy.where(live, serving + (retrains - so_far) * retrain, before)
        small_cheaper.append(numpy.count_nonzero(small <= large) if m > 1 else 0)
        own_cheaper.append(numpy.count_nonzero(live & (own <= large)))
        requests *= growth
        prices *= trend
        so_far = retrains
    return [large, small, own], [small_cheaper, own_cheaper]


def simulate(trials, seed=1):
    return in_chunks(chunk, MONTHS, trials, seed)


if __name__ == "__main__":
    main(simulate, ["Large API", "Small API", "Own GPUs"])
