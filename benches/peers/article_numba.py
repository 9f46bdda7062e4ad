"""configs/article.toml as one compiled loop over the trials, on all cores. Needs numba.

    python benches/peers/article_numba.py [TRIALS]

Prints the time per trial, compilation left out.
"""

import sys
import time

import numba
import numpy

MONTHS = 24
PERCENTILES = [1, 5, 10, 25, 50, 75, 90, 95, 99]


@numba.njit
def lognormal(mean, sd):
    variance = numpy.log1p((sd / mean) ** 2)
    return numpy.exp(numpy.log(mean) - variance / 2 + numpy.sqrt(variance) * numpy.random.standard_normal())


@numba.njit
def pert(least, mode, most):
    width = most - least
    return least + width * numpy.random.beta(1 + 4 * (mode - least) / width, 1 + 4 * (most - mode) / width)


@numba.njit(parallel=True, fastmath=True)
def simulate(trials, prompting, tuning, cheaper):
    for trial in numba.prange(trials):
        hourly, requests = lognormal(100.0, 20.0), lognormal(100e3, 25e3)
        month = requests * (lognormal(1000.0, 250.0) * 3 + lognormal(100.0, 40.0) * 15) / 1e6
        run = numpy.random.uniform(500.0, 2000.0)
        tuned = month * pert(1.0, 1.2, 1.4) + pert(2.0, 6.0, 16.0) * hourly
        retrain, rate = run + pert(4.0, 8.0, 16.0) * hourly, pert(4.0, 9.0, 18.0)
        so_far, so_far_tuned, before = 0.0, lognormal(40.0, 12.0) * hourly + run, 0.0
        for m in range(1, MONTHS + 1):
            retrains = numpy.floor(rate * m / 12 + 1e-9)
            so_far += month
            so_far_tuned += tuned + (retrains - before) * retrain
            before = retrains
            cheaper[trial, m - 1] = so_far_tuned <= so_far
        prompting[trial], tuning[trial] = so_far, so_far_tuned


def run(trials):
    prompting, tuning = numpy.empty(trials), numpy.empty(trials)
    cheaper = numpy.empty((trials, MONTHS), numpy.bool_)
    simulate(trials, prompting, tuning, cheaper)
    summaries = [(c.mean(), c.std(), numpy.percentile(c, PERCENTILES), numpy.histogram(c, 60)) for c in (prompting, tuning)]
    return summaries, cheaper.mean(axis=0)


def main():
    trials = int(float(sys.argv[1])) if len(sys.argv) > 1 else 1_000_000
    run(10_000)
    start = time.perf_counter()
    (prompting, tuning), cheaper = run(trials)
    seconds = time.perf_counter() - start
    print(f"{1e9 * seconds / trials:.0f} ns per trial")
    print(f"means {prompting[0]:.0f} and {tuning[0]:.0f}, P(cheaper at the end) {cheaper[-1]:.4f}")


main()
