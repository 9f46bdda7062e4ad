"""Draws from the distributions that the scenarios in configs/ use, a numpy array for each. Needs numpy."""

import csv
import math
import pathlib
from statistics import NormalDist

import numpy

CONFIGS = pathlib.Path(__file__).resolve().parent.parent.parent / "configs"
Z95 = NormalDist().inv_cdf(0.95)
SCORES = numpy.linspace(-8, 8, 4097)  # standard normal; correlated inputs have their quantiles in tables over them
LEVELS = numpy.array([NormalDist().cdf(z) for z in SCORES])


def beta_shapes(mean, sd):
    size = mean * (1 - mean) / sd**2 - 1
    return mean * size, (1 - mean) * size


def beta_quantiles(mean, sd):
    """The quantiles at LEVELS, from sums of the density."""
    a, b = beta_shapes(mean, sd)
    x = numpy.linspace(0, 1, 2_000_001)[1:-1]
    density = numpy.exp((a - 1) * numpy.log(x) + (b - 1) * numpy.log1p(-x))
    below = numpy.cumsum(density)
    return numpy.interp(LEVELS, (below - density / 2) / below[-1], x)


def truncated_lognormal_quantiles(p5, p95, most):
    """The quantiles at LEVELS of `p5 to p95`, given that it is at most `most`."""
    mean, sd = lognormal_parameters(p5, p95)
    kept = NormalDist().cdf((math.log(most) - mean) / sd)
    return numpy.exp([mean + sd * NormalDist().inv_cdf(max(kept * level, 1e-300)) for level in LEVELS])


def at(scores, quantiles):
    """numpy.interp(scores, SCORES, quantiles) without its search, as SCORES are evenly spaced."""
    places = (scores - SCORES[0]) * ((len(SCORES) - 1) / (SCORES[-1] - SCORES[0]))
    below = places.astype(numpy.int64)
    return quantiles[below] + (places - below) * numpy.diff(quantiles)[below]


def lognormal_parameters(p5, p95):
    return math.log(p5 * p95) / 2, math.log(p95 / p5) / (2 * Z95)


def mean_and_error(file, column):
    with open(CONFIGS / file, newline="") as table:
        values = numpy.array([float(row[column]) for row in csv.DictReader(table)])
    return values.mean(), values.std(ddof=1) / math.sqrt(len(values))


class Draws:
    def __init__(self, trials, seed):
        self.trials, self.random = trials, numpy.random.default_rng(seed)

    def normal(self, mean, sd):
        return self.random.normal(mean, sd, self.trials)

    def uniform(self, low, high):
        return self.random.uniform(low, high, self.trials)

    def loguniform(self, low, high):
        return numpy.exp(self.uniform(math.log(low), math.log(high)))

    def interval(self, p5, p95):
        return numpy.exp(self.normal(*lognormal_parameters(p5, p95)))

    def share_interval(self, p5, p95):
        low, high = math.log(p5 / (1 - p5)), math.log(p95 / (1 - p95))
        return 1 / (1 + numpy.exp(-self.normal((low + high) / 2, (high - low) / (2 * Z95))))

    def pert(self, least, mode, most):
        width = most - least
        a, b = 1 + 4 * (mode - least) / width, 1 + 4 * (most - mode) / width
        return least + width * self.random.beta(a, b, self.trials)

    def gamma(self, mean, sd):
        return self.random.gamma((mean / sd) ** 2, sd**2 / mean, self.trials)

    def poisson(self, mean):
        return self.random.poisson(mean, self.trials)

    def binomial(self, n, p):
        return self.random.binomial(n, p, self.trials)

    def happens(self, probability):
        return self.random.random(self.trials) < probability

    def mix_of_uniforms(self, *branches):
        """Each branch is a weight, a low bound and a high one."""
        weights, low, high = numpy.array(branches).T
        branch = numpy.searchsorted(numpy.cumsum(weights)[:-1], self.random.random(self.trials))
        return low[branch] + (high - low)[branch] * self.random.random(self.trials)

    def metalog(self, p10, p50, p90, least):
        low, mid, high = (math.log(p - least) for p in (p10, p50, p90))
        scale, skew = (high - low) / (2 * math.log(9)), (high + low - 2 * mid) / (0.8 * math.log(9))
        y = self.random.random(self.trials)
        return least + numpy.exp(mid + (scale + skew * (y - 0.5)) * numpy.log(y / (1 - y)))

    def correlated_scores(self, rank):
        """Two arrays of standard normal numbers that make for this rank correlation."""
        r = 2 * math.sin(math.pi * rank / 6)
        first, second = self.random.standard_normal((2, self.trials))
        return first, r * first + math.sqrt(1 - r * r) * second
