#!/usr/bin/env python3
"""A sweep on a Ray cluster: each part is a task, and the driver merges what comes back.

    python sweep.py SCENARIO LIST --parts 16 --out DIR [--data FILE…] [--address A | --local N] [-- OPTION…]

Scenario, list, data and parts travel through Ray's object store, so nodes share no file system; each needs the program.
What follows -- is given to `breakeven sweep` and to `breakeven merge`.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import ray

# What a part is worked out from has these names on every node.
SCENARIO, LIST, PART = "scenario.toml", "tasks.csv", "part"


# A worker that is lost is retried, and so is a program that ended otherwise than by what it was given.
@ray.remote(num_cpus=1, max_retries=3, retry_exceptions=[ChildProcessError])
def part(program, shard, files, options):
    """The bytes of one part."""
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            place = Path(folder, name)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
        command = [program, "sweep", SCENARIO, "--points", LIST, "--shard", shard, "--partial", PART]
        ended = subprocess.run([*command, "--threads", "1", "--quiet", *options], cwd=folder, stderr=subprocess.PIPE)
        if ended.returncode == 0:
            return Path(folder, PART).read_bytes()
        said = f"part {shard}: exit code {ended.returncode}: {ended.stderr.decode(errors='replace')}"
        # Wrong arguments, or a wrong scenario: no try would do better.
        raise ValueError(said) if ended.returncode == 2 else ChildProcessError(said)


def shipped(arguments):
    """The files that a part is worked out from, by their names below its folder."""
    files = {SCENARIO: arguments.scenario.read_bytes(), LIST: arguments.list.read_bytes()}
    for data in arguments.data:
        files[str(data)] = (arguments.scenario.parent / data).read_bytes()
    return files


def gathered(arguments, folder):
    """Runs the parts, and writes each as it comes. Their files, in order."""
    files = ray.put(shipped(arguments))
    places = {}
    for index in range(1, arguments.parts + 1):
        task = part.remote(arguments.program, f"{index}/{arguments.parts}", files, arguments.options)
        places[task] = Path(folder, f"{index}.part")
    running = list(places)
    while running:
        [done], running = ray.wait(running)
        places[done].write_bytes(ray.get(done))
        print(f"{len(places) - len(running)} of {len(places)} parts", file=sys.stderr)
    return list(places.values())


def parsed():
    parser = argparse.ArgumentParser(description="A sweep on a Ray cluster.")
    parser.add_argument("scenario", type=Path)
    parser.add_argument("list", type=Path, help="CSV, as --points takes it")
    parser.add_argument("--parts", type=int, required=True)
    parser.add_argument("--out", required=True, help="folder of the results")
    parser.add_argument("--data", action="append", default=[], metavar="FILE",
                        help="a file that the scenario reads, by its name there")
    parser.add_argument("--program", default="breakeven", help="where it is on each node")
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--address", help="of a cluster; otherwise RAY_ADDRESS says, or this machine is one")
    where.add_argument("--local", type=int, metavar="N", help="this machine, with so many workers")
    given = sys.argv[1:]
    cut = given.index("--") if "--" in given else len(given)
    arguments = parser.parse_args(given[:cut])
    arguments.options = given[cut + 1:]
    return arguments


def main():
    arguments = parsed()
    # The driver says the first error; all others would be the same.
    os.environ.setdefault("RAY_IGNORE_UNHANDLED_ERRORS", "1")
    if arguments.local:
        ray.init(address="local", num_cpus=arguments.local, include_dashboard=False)
    else:
        ray.init(address=arguments.address)
    with tempfile.TemporaryDirectory() as folder:
        try:
            parts = gathered(arguments, folder)
        except (ray.exceptions.RayError, OSError) as error:
            # What a task raised comes inside of what Ray raises.
            sys.exit(f"error: {getattr(error, 'cause', error)}")
        command = [arguments.program, "merge", str(arguments.scenario), *map(str, parts), "--points", str(arguments.list)]
        sys.exit(subprocess.run([*command, "--out", arguments.out, *arguments.options]).returncode)


if __name__ == "__main__":
    main()
