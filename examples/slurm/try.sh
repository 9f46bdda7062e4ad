#!/usr/bin/env bash
# Whether a sweep in an array has the bytes of one command, also when tasks are lost, repeated, killed, cancelled, stopped and requeued.
# Needs Slurm and a folder that all nodes see.
#
#   [TRIALS=N] try.sh BREAKEVEN [FOLDER]
set -euo pipefail
BREAKEVEN=$(realpath "$1")
export BREAKEVEN
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "${2:-try}" && cd "${2:-try}"
trials=${TRIALS:-1000000}

say() { printf '\n== %s\n' "$*"; }
fail() { printf 'FAILED: %s\n' "$*" >&2; exit 1; }
# Waits until a task is in one of some states.
until_state() { until scontrol show job "$1" | grep -qE "JobState=($2)"; do sleep 0.1; done; }

# Some time within the first half of a task.
instant() { awk -v seed="$RANDOM" -v takes="$takes" 'BEGIN { srand(seed); print 0.05 + rand() * takes / 2 }'; }
# Submits tasks of the array; prints the job.
array() { sbatch --parsable --array="$1" "${@:2}" "$here/sweep.sh" 16 article.toml tasks.csv parts --trials "$trials"; }
# Begins one task; prints the job once it runs.
begin() {
    local job
    job=$(array "$1")
    until_state "$job" RUNNING
    sleep "$(instant)"
    echo "$job"
}
# Submits tasks, and comes back when they are over.
run() { array "$1" --wait > /dev/null; }
merge() { "$here/merge.sh" article.toml tasks.csv parts merged --trials "$trials"; }
same() {
    merge > /dev/null
    for file in whole/*; do cmp "$file" "merged/$(basename "$file")"; done
    [ "$(ls whole)" = "$(ls merged)" ] || fail "other files"
    echo "the bytes of one command, $(ls whole | wc -l) files"
    rm -r merged
}
# The tasks of a job, and how they ended.
ended() { scontrol show job "$1" | awk '/JobState|Restarts|ExitCode/ { $1 = $1; print }'; }

say "one command"
rm -rf whole merged parts
cp "$here/../../configs/article.toml" .
{ echo name,workload.requests_per_month; for k in $(seq 320); do echo "task $k,${k}k to ${k}0k"; done; } > tasks.csv
time "$BREAKEVEN" sweep article.toml --points tasks.csv --trials "$trials" --out whole --quiet > /dev/null

begun=$EPOCHREALTIME
"$BREAKEVEN" sweep article.toml --points tasks.csv --trials "$trials" --shard 1/16 --partial alone --threads 1 --quiet
takes=$(awk -v from="$begun" -v to="$EPOCHREALTIME" 'BEGIN { print to - from }')
echo "a task takes $takes s"
rm alone

say "an array of 16, and a job after it"
job=$(array 1-16)
time sbatch --wait --dependency="afterany:$job" "$here/merge.sh" article.toml tasks.csv parts merged --trials "$trials"
same

say "a lost task"
rm parts/7.part
if merge 2> missing; then fail "merged without a part"; fi
cat missing
grep -q '1 part is missing: 7/16' missing
run 7
same

say "a task given twice, one after the other and both at once"
run 3
same
rm parts/3.part
job=$(array 3)
run 3
until_state "$job" COMPLETED
same

say "a task killed at a random instant, and given again"
rm parts/5.part
cat > killed.sh <<'END'
#!/bin/sh
exec timeout --signal=KILL "$AFTER" "$PROGRAM" "$@"
END
chmod +x killed.sh
job=$(AFTER=$(instant) PROGRAM=$BREAKEVEN BREAKEVEN=$PWD/killed.sh array 5)
until_state "$job" 'FAILED|COMPLETED'
ended "$job"
[ ! -e parts/5.part ] || fail "a part of a killed task"
run 5
same

say "a task that is cancelled: it keeps its points, and stays cancelled"
rm parts/13.part
job=$(begin 13)
scancel "$job"
until_state "$job" CANCELLED
ended "$job"
cat sweep-"$job"_13.log
run 13
same

say "a task that is signalled as before its time limit: it keeps its points, and goes back into the queue"
rm parts/11.part
job=$(begin 11)
scancel --signal=USR1 --batch "$job"
until_state "$job" COMPLETED
ended "$job"
cat sweep-"$job"_11.log
same

say "a task that is requeued"
rm parts/9.part
job=$(begin 9)
scontrol requeue "$job"
until_state "$job" COMPLETED
ended "$job"
same

say "all is as it should be"
