#!/usr/bin/env bash
# The results of a sweep from its parts, once the array is over. Says which parts are missing, if any are.
#
#   sbatch --dependency=afterany:ARRAY merge.sh SCENARIO LIST FOLDER OUT [OPTION…]
#SBATCH --job-name=merge
#SBATCH --cpus-per-task=1
#SBATCH --mem-per-cpu=1G
#SBATCH --time=01:00:00
#SBATCH --output=%x-%j.log
set -eu
scenario=$1 list=$2 folder=$3 out=$4
shift 4

exec "${BREAKEVEN:-breakeven}" merge "$scenario" "$folder"/*.part --points "$list" --out "$out" "$@"
