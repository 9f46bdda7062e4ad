"""Sobol indices of fine-tuning's total in configs/article.toml, beside breakeven's. Needs numpy, scipy, SALib.

    cargo build --release
    python benches/peers/article_salib.py [ROUNDS]

SALib takes 65,536 base samples, imports left out: sampling, the model on arrays, the analysis with its bootstrap.
breakeven is timed as a whole process with all it does for `sensitivity` at 65,536 trials: the run itself, the tornado,
the indices, the ranks. Prints the indices of both, and the time for an evaluation of the model.
"""

import csv
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

import numpy
from SALib.analyze import sobol
from SALib.sample import sobol as sampler
from scipy import stats

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BASE = 2**16
INPUTS = {
    "engineer_rate": ("lognormal", 100, 20),
    "workload.requests_per_month": ("lognormal", 100_000, 25_000),
    "workload.input_tokens": ("lognormal", 1000, 250),
    "workload.output_tokens": ("lognormal", 100, 40),
    "Fine-tuning.inference.token_multiplier": ("pert", 1.0, 1.2, 1.4),
    "Fine-tuning.dataset.hours": ("lognormal", 40, 12),
    "Fine-tuning.training.cost_per_run": ("uniform", 500, 2000),
    "Fine-tuning.training.retrains_per_year": ("pert", 4, 9, 18),
    "Fine-tuning.training.hours_per_retrain": ("pert", 4, 8, 16),
    "Fine-tuning.maintenance.hours_per_month": ("pert", 2, 6, 16),
}


def quantile(u, family, *parameters):
    if family == "lognormal":
        mean, sd = parameters
        variance = numpy.log1p((sd / mean) ** 2)
        return numpy.exp(numpy.log(mean) - variance / 2 + numpy.sqrt(variance) * stats.norm.ppf(u))
    if family == "pert":
        least, mode, most = parameters
        width = most - least
        return least + width * stats.beta.ppf(u, 1 + 4 * (mode - least) / width, 1 + 4 * (most - mode) / width)
    least, most = parameters
    return least + (most - least) * u


def total(points):
    columns = [quantile(points[:, k], *spec) for k, spec in enumerate(INPUTS.values())]
    hourly, requests, tokens_in, tokens_out, multiplier, dataset, run, retrains, hours, upkeep = columns
    serving = requests * (tokens_in * 3 + tokens_out * 15) / 1e6 * multiplier
    retraining = numpy.floor(2 * retrains + 1e-9) * (run + hours * hourly)
    return dataset * hourly + run + 24 * (serving + upkeep * hourly) + retraining


def salib(seed):
    problem = {"num_vars": len(INPUTS), "names": list(INPUTS), "bounds": [[0.0, 1.0]] * len(INPUTS)}
    start = time.perf_counter()
    points = sampler.sample(problem, BASE, calc_second_order=False, seed=seed)
    found = sobol.analyze(problem, total(points), calc_second_order=False, seed=seed)
    return time.perf_counter() - start, len(points), dict(zip(INPUTS, zip(found["S1"], found["ST"])))


def breakeven(out):
    command = [ROOT / "target/release/breakeven", "sensitivity", ROOT / "configs/article.toml"]
    command += ["--trials", str(BASE), "--no-charts", "--out", out]
    start = time.perf_counter()
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    seconds = time.perf_counter() - start
    evaluations = int(printed.split(" evaluations")[0].split()[-1].replace(",", ""))
    with open(pathlib.Path(out) / "indices.csv", newline="") as table:
        rows = [row for row in csv.DictReader(table) if row["outcome"] == "Fine-tuning.total"]
    return seconds, evaluations, {row["input"]: (float(row["first_order"]), float(row["total"])) for row in rows}


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as out:
        pairs = [(breakeven(out), salib(seed)) for seed in range(rounds)]
    (_, _, ours), (_, _, theirs) = pairs[0]
    for name in INPUTS:
        print(f"{name:40} first {ours[name][0]:.4f} and {theirs[name][0]:.4f}  total {ours[name][1]:.4f} and {theirs[name][1]:.4f}")
    for k, name in enumerate(("breakeven", "SALib")):
        seconds = [pair[k][0] for pair in pairs]
        evaluations = pairs[0][k][1]
        print(f"{name}: {statistics.median(seconds):.3f} s for {evaluations:,} evaluations, {statistics.median(seconds) / evaluations * 1e9:.0f} ns each")
    ratios = sorted(theirs[0] / theirs[1] / (ours[0] / ours[1]) for ours, theirs in pairs)
    print(f"SALib / breakeven for an evaluation: {statistics.median(ratios):.0f} ({ratios[0]:.0f} to {ratios[-1]:.0f})")


main()
