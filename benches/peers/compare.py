"""The article's scenario in breakeven, numpy and numba, in turn, so that a busy machine is busy for all of them.

    cargo build --release
    python benches/peers/compare.py [ROUNDS]

breakeven runs 2^28 trials as a whole process, files included and charts left out; the peers run 2,000,000 trials,
imports and compilation left out. Prints the medians and, round by round, how many times as long the peers take a trial.
"""

import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
TRIALS = 2**28


def breakeven(out):
    command = [ROOT / "target/release/breakeven", "run", ROOT / "configs/article.toml"]
    command += ["--trials", str(TRIALS), "--no-charts", "--quiet", "--out", out]
    start = time.perf_counter()
    subprocess.run(command, check=True)
    return (time.perf_counter() - start) / TRIALS * 1e9


def peer(name):
    command = [sys.executable, HERE / f"article_{name}.py", "2e6"]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return float(printed.split()[0])


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    with tempfile.TemporaryDirectory() as out:
        rows = [(breakeven(out), peer("numpy"), peer("numba")) for _ in range(rounds)]
    for name, column in zip(("breakeven", "numpy", "numba"), zip(*rows)):
        print(f"{name}: {statistics.median(column):.1f} ns per trial ({min(column):.1f} to {max(column):.1f})")
    for place, name in ((1, "numpy"), (2, "numba")):
        ratios = sorted(row[place] / row[0] for row in rows)
        print(f"{name} / breakeven: {statistics.median(ratios):.1f} ({ratios[0]:.1f} to {ratios[-1]:.1f})")


main()
