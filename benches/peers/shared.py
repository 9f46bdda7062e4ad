"""What the scenarios in numpy have in common: events that come due, trials in chunks, figures, what is printed."""

import sys
import time

import numpy

CHUNK = 16_384  # trials; their arrays stay in the cache
PERCENTILES = [1, 5, 10, 25, 50, 75, 90, 95, 99]


def due(time, gap, m):
    """Yields the trials of which an event falls in month m or before; each one's next event is `gap(them)` later."""
    now = numpy.flatnonzero(time <= m + 1e-9)
    while now.size:
        yield now
        time[now] += gap(now)
        now = now[time[now] <= m + 1e-9]


def in_chunks(chunk, months, trials, seed):
    """`chunk(trials, seed)` returns an array of totals for each option and, for each challenger, a list over the months
    of the number of trials in which it is live and has cost no more than the first option so far."""
    totals = None
    for start in range(0, trials, CHUNK):
        size = min(CHUNK, trials - start)
        of_chunk, of_months = chunk(size, (seed, start))
        if totals is None:
            totals, cheaper = numpy.empty((len(of_chunk), trials)), numpy.zeros((len(of_chunk) - 1, months))
        totals[:, start : start + size] = of_chunk
        cheaper += of_months
    summaries = [(c.mean(), c.std(), numpy.percentile(c, PERCENTILES), numpy.histogram(c, 60)) for c in totals]
    return summaries, cheaper / trials


def main(simulate, options):
    trials = int(float(sys.argv[1])) if len(sys.argv) > 1 else 1_000_000
    simulate(10_000)
    start = time.perf_counter()
    summaries, cheaper = simulate(trials)
    seconds = time.perf_counter() - start
    print(f"{1e9 * seconds / trials:.0f} ns per trial")
    for option, (mean, sd, percentiles, _) in zip(options, summaries):
        p5, p50, p95 = (percentiles[PERCENTILES.index(p)] for p in (5, 50, 95))
        print(f"{option}: mean {mean:.0f}, sd {sd:.0f}, p5 {p5:.0f}, p50 {p50:.0f}, p95 {p95:.0f}")
    for option, months in zip(options[1:], cheaper):
        print(f"{option}: P(cheaper at the end) {months[-1]:.4f}")
