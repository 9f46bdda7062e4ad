"""The scenarios in configs/ in breakeven, numpy and, for the article's, numba, in turn, so that a busy machine is busy
for all of them.

    cargo build --release
    python benches/peers/compare.py [ROUNDS [SCENARIO...]]

breakeven runs as a whole process on all cores, files included and charts left out; numpy runs on one core, numba on
all, imports and compilation left out. Prints the medians and, round by round, how many times as long the peers take.
"""

import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SCENARIOS = {  # trials of breakeven; the peers and theirs
    "article": (2**26, {"numpy": 2_000_000, "numba": 2_000_000}),
    "small-model": (2**24, {"numpy": 500_000}),
    "self-hosted": (2**24, {"numpy": 500_000}),
    "portfolio": (2**24, {"numpy": 500_000}),
}


def breakeven(scenario, trials):
    with tempfile.TemporaryDirectory() as out:
        command = [ROOT / "target/release/breakeven", "run", ROOT / f"configs/{scenario}.toml"]
        command += ["--trials", str(trials), "--no-charts", "--quiet", "--out", out]
        start = time.perf_counter()
        subprocess.run(command, check=True)
        return (time.perf_counter() - start) / trials * 1e9


def peer(scenario, name, trials):
    command = [sys.executable, HERE / f"{scenario.replace('-', '_')}_{name}.py", str(trials)]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return float(printed.split()[0])


def spread(values, digits):
    return f"{statistics.median(values):.{digits}f} ({min(values):.{digits}f} to {max(values):.{digits}f})"


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    for scenario in sys.argv[2:] or SCENARIOS:
        trials, peers = SCENARIOS[scenario]
        times = {name: [] for name in ("breakeven", *peers)}
        for _ in range(rounds):
            times["breakeven"].append(breakeven(scenario, trials))
            for name, its_trials in peers.items():
                times[name].append(peer(scenario, name, its_trials))
        print(scenario)
        for name, values in times.items():
            print(f"  {name}: {spread(values, 1)} ns per trial")
        for name in peers:
            ratios = [theirs / ours for ours, theirs in zip(times["breakeven"], times[name])]
            print(f"  {name} / breakeven: {spread(ratios, 1)}", flush=True)


main()
