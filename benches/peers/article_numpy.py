"""configs/article.toml as arrays: an array for each input, a loop over the months. Needs numpy.

    python benches/peers/article_numpy.py [TRIALS]
    python benches/peers/article_numpy.py --rows > numpy.csv

The first prints the time per trial, imports left out, and a few figures to compare with
`breakeven run configs/article.toml`. The second prints what `cargo bench --bench accuracy -- numpy.csv` reads: for runs
of several sizes their time, and mean and 95th percentile of fine-tuning's total; and P(cheaper) with the changes that
are named there.
"""

import sys
import time

import numpy

MONTHS = 24
PERCENTILES = [1, 5, 10, 25, 50, 75, 90, 95, 99]


def draws(trials, seed, requests):
    random = numpy.random.default_rng(seed)

    def lognormal(mean, sd):
        variance = numpy.log1p((sd / mean) ** 2)
        return random.lognormal(numpy.log(mean) - variance / 2, numpy.sqrt(variance), trials)

    def pert(least, mode, most):
        width = most - least
        return least + width * random.beta(1 + 4 * (mode - least) / width, 1 + 4 * (most - mode) / width, trials)

    return {
        "hourly": lognormal(100, 20),
        "requests": lognormal(requests, requests / 4),
        "input": lognormal(1000, 250),
        "output": lognormal(100, 40),
        "multiplier": pert(1.0, 1.2, 1.4),
        "dataset": lognormal(40, 12),
        "run": random.uniform(500, 2000, trials),
        "retrains": pert(4, 9, 18),
        "retrain_hours": pert(4, 8, 16),
        "upkeep": pert(2, 6, 16),
    }


def simulate(trials, seed=1, requests=100e3, tuned_prices=(3, 15)):
    x = draws(trials, seed, requests)
    month = x["requests"] * (x["input"] * 3 + x["output"] * 15) / 1e6
    tuned = x["requests"] * (x["input"] * tuned_prices[0] + x["output"] * tuned_prices[1]) / 1e6 * x["multiplier"]
    prompting = numpy.zeros(trials)
    tuning = x["dataset"] * x["hourly"] + x["run"]
    retrain = x["run"] + x["retrain_hours"] * x["hourly"]
    before, cheaper = numpy.zeros(trials), []
    for m in range(1, MONTHS + 1):
        retrains = numpy.floor(x["retrains"] * m / 12 + 1e-9)
        prompting += month
        tuning += tuned + x["upkeep"] * x["hourly"] + (retrains - before) * retrain
        before = retrains
        cheaper.append(numpy.mean(tuning <= prompting))
    summaries = [(c.mean(), c.std(), numpy.percentile(c, PERCENTILES), numpy.histogram(c, 60)) for c in (prompting, tuning)]
    return summaries, cheaper


def rows():
    print("trials,seconds,mean,p95,p_cheaper")
    for trials, seeds in [(10_000, 24), (100_000, 24), (1_000_000, 24), (4_000_000, 8)]:
        for seed in range(seeds):
            start = time.perf_counter()
            (_, tuning), _ = simulate(trials, seed)
            seconds = time.perf_counter() - start
            _, cheaper = simulate(trials, seed, 500e3, (0.5, 1.5))
            print(f"{trials},{seconds!r},{tuning[0]!r},{tuning[2][PERCENTILES.index(95)]!r},{cheaper[-1]!r}")


def main():
    numpy.set_printoptions(legacy="1.25")
    simulate(10_000)
    if "--rows" in sys.argv:
        return rows()
    trials = int(float(sys.argv[1])) if len(sys.argv) > 1 else 1_000_000
    start = time.perf_counter()
    (prompting, tuning), cheaper = simulate(trials)
    seconds = time.perf_counter() - start
    print(f"{1e9 * seconds / trials:.0f} ns per trial")
    print(f"means {prompting[0]:.0f} and {tuning[0]:.0f}, P(cheaper at the end) {cheaper[-1]:.4f}")


main()
