#!/usr/bin/env bash
# A task of an array does one part of a sweep. Given again, it goes on from the points that it kept.
#
#   sbatch --array=1-16 sweep.sh 16 SCENARIO LIST FOLDER [OPTION…]
#
# A lost task alone: --array=7, all else as before.
#SBATCH --job-name=sweep
#SBATCH --array=1-16
#SBATCH --cpus-per-task=1
#SBATCH --mem-per-cpu=512M
#SBATCH --time=01:00:00
#SBATCH --signal=B:USR1@60
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --output=%x-%A_%a.log
set -u
parts=$1 scenario=$2 list=$3 folder=$4
shift 4

"${BREAKEVEN:-breakeven}" sweep "$scenario" --points "$list" --shard "auto/$parts" --threads 1 --quiet \
    --partial "$folder/$SLURM_ARRAY_TASK_ID.part" "$@" &
program=$!
# Before the time limit only this shell is signalled, and hands it on. When a job is cancelled or requeued Slurm signals
# every process: the shell has only to outlive the program.
limit=
trap 'limit=near; kill -TERM "$program"' USR1
trap : TERM
# A trap ends a wait.
while kill -0 "$program" 2> /dev/null; do wait "$program"; done
wait "$program"
code=$?

# Stopped with its points kept: back into the queue. What was cancelled stays so.
if [ "$limit" ] && [ "$code" -eq 143 ]; then
    scontrol requeue "${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID"
fi
exit "$code"
