"""configs/portfolio.toml as arrays: an array for each input, a loop over the months. Needs numpy.

    python benches/peers/portfolio_numpy.py [TRIALS]

Prints the time per trial, imports left out, and figures to compare with `breakeven run configs/portfolio.toml`.
"""

from statistics import NormalDist

import numpy

from distributions import Draws, at, truncated_lognormal_quantiles
from shared import due, in_chunks, main

MONTHS = 24
PRICES = numpy.array([0.1, 1, 2, 4])
PRICE_SCORES = [NormalDist().inv_cdf(level) for level in (0.35, 0.65, 0.9)]
LOG_REQUESTS = numpy.log(truncated_lognormal_quantiles(1e3, 3e6, 20e6))


def draws(trials, seed):
    d = Draws(trials, seed)
    requests, price = d.correlated_scores(-0.3)
    price = PRICES[numpy.searchsorted(PRICE_SCORES, price)]
    return {
        "hourly": d.interval(80, 180),
        "price": price,
        "prompt": d.interval(150, 6000),
        "requests": numpy.exp(at(requests, LOG_REQUESTS)),
        "growth": d.pert(-0.05, 0.01, 0.06),
        "input": d.interval(150, 5000),
        "output": d.interval(20, 800),
        "migration": d.uniform(1, 17),
        "every": d.gamma(17, 5),
        "migration_hours": d.pert(2, 8, 40),
        "price_factor": d.pert(0.4, 0.8, 1.2),
        "launch": d.pert(1, 2, 6),
        "succeeds": d.happens(numpy.where(price < 0.5, 0.7, numpy.where(price < 1.5, 0.5, 0.3))),
        "setup": d.pert(8, 24, 100),
        "dataset": d.interval(15, 70),
        "examples": d.interval(500, 5000),
        "example_cost": d.interval(0.05, 2),
        "run": d.interval(2, 50),
        "initial_runs": 1 + d.poisson(3),
        "retrains": d.gamma(2, 1.2),
        "first_retrain": d.random.standard_exponential(trials),
        "retrain_hours": d.pert(4, 12, 40),
        "retrain_examples": d.interval(100, 1000),
        "tokens_per_second": d.interval(4000, 12_000),
        "peak": d.pert(1.2, 2, 4),
        "upkeep": d.pert(0.5, 2.5, 8),
        "escalated": d.mix_of_uniforms((0.7, 0, 0.08), (0.3, 0.08, 0.4)),
        "random": d.random,
    }


def chunk(trials, seed):
    x = draws(trials, seed)
    hourly, requests, growth = x["hourly"], x["requests"], 1 + x["growth"]
    hits = 1 - numpy.exp(-5 / 43_800 / 2 * requests)
    prompt = x["prompt"] * numpy.where(x["prompt"] >= 1024, hits * 0.1 + (1 - hits) * 1.25, 1)
    answer = (x["input"] + prompt + 5 * x["output"]) * x["price"] / 1e6
    migration = x["migration_hours"] * hourly

    launch = numpy.where(x["succeeds"], numpy.ceil(x["launch"] - 1e-9), numpy.inf)
    one_time = (x["setup"] + x["dataset"]) * hourly + x["examples"] * x["example_cost"] + x["initial_runs"] * x["run"]
    retrain = x["run"] + x["retrain_hours"] * hourly + x["retrain_examples"] * x["example_cost"]
    running = x["upkeep"] * hourly
    tokens = x["input"] + 0.1 * x["prompt"] + x["output"]
    steps_per_request = tokens * x["peak"] / (x["tokens_per_second"] * 730 * 3600) / 0.05
    gap = 12 / x["retrains"]
    next_retrain = launch + gap * x["first_retrain"]

    prompting, tuning, cheaper = numpy.zeros(trials), one_time, []
    for m in range(1, MONTHS + 1):
        extra, tuning_extra = numpy.zeros(trials), numpy.zeros(trials)
        for now in due(x["migration"], lambda now: x["every"][now], m):
            extra[now] += migration[now]
            answer[now] *= x["price_factor"][now]
        for now in due(next_retrain, lambda now: gap[now] * x["random"].standard_exponential(now.size), m):
            tuning_extra[now] += retrain[now]
        live = launch < m
        discount = 1.08 ** (-m / 12)
        answers = requests * answer
        before = answers + extra
        steps = numpy.maximum(1, numpy.ceil(requests * steps_per_request - 1e-9))
        prompting += discount * before
        own = answers * x["escalated"] + steps * (0.05 * 3.99 * 730) + running + tuning_extra
        tuning += discount * numpy.where(live, own, before)
        cheaper.append(numpy.count_nonzero(live & (tuning <= prompting)))
        requests *= growth
    return [prompting, tuning], [cheaper]


def simulate(trials, seed=1):
    return in_chunks(chunk, MONTHS, trials, seed)


if __name__ == "__main__":
    main(simulate, ["Prompting", "Fine-tuning"])
