#!/usr/bin/env bash
# usage: benches/processes.sh [COUNT]
# Times and peak memory of whole processes of the release build: one file from cold, a thousand designs on one thread and on
# all, the references and fixtures of all problems twelve times over, which are long texts for as many rules, COUNT designs (10,000 where none is given), and what a thousand own rules add to a start. For each the time by the
# clock, the time of all processors, which other programs disturb less, and the memory. Then single starts, closer, beside
# those of an empty program. Needs GNU time.
set -euo pipefail
cd "$(dirname "$0")/.."
count=${1:-10000}
cargo build --release --quiet
sysdrill=${CARGO_TARGET_DIR:-target}/release/sysdrill
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cargo bench --quiet --bench check -- write "$work/designs" "$count" > "$work/written"
first=$work/designs/000
one=docs/example.design.yaml

# The least time and the most memory of so many runs of a command.
measure() {
    local name=$1 runs=$2
    shift 2
    for ((run = 0; run < runs; run++)); do
        /usr/bin/time -o "$work/used" -f '%e %U %S %M' "$@" > "$work/out" 2> "$work/err" || true
        tail -n 1 "$work/used"
    done | awk -v name="$name" '
        NR == 1 || $1 < wall { wall = $1 }
        NR == 1 || $2 + $3 < cpu { cpu = $2 + $3 }
        $4 > memory { memory = $4 }
        END { printf "%-34s %8.2f s %8.2f s %6d MB\n", name, wall, cpu, memory / 1024 }'
}

# The time of a start by the clock: the least mean of twenty in a row.
start() {
    local name=$1 from
    shift
    for ((batch = 0; batch < 5; batch++)); do
        from=${EPOCHREALTIME/./}
        for ((run = 0; run < 20; run++)); do
            "$@" > "$work/out" 2> "$work/err" || true
        done
        echo $((${EPOCHREALTIME/./} - from))
    done | sort -n | head -n 1 | awk -v name="$name" '{ printf "%-34s %8.1f ms\n", name, $1 / 20000 }'
}

own=$work/own/general
mkdir -p "$own"
{
    echo 'rules:'
    for ((number = 0; number < 1000; number++)); do
        cat << RULE
  - id: made-up-$number
    title: Made up $number
    step: high_level
    severity: note
    weight: 1
    for_each: {component: {kind: datastore}}
    expect: {this: {replicas: {stated: yes, at_least: $((number % 5 + 2))}}}
    message: "{{component.id}} has few copies."
    why: It is made up.
    fix: Nothing to do.
    ask: How many copies has {{component.id}}?
    tests:
      passes: ["web -> api -> postgres x9"]
      fails: ["web -> api -> postgres x1"]
RULE
    done
} > "$own/many.yaml"

kept=$work/kept
mkdir -p "$kept"
for file in problems/*/references/*.yaml problems/*/fixtures/*.yaml; do
    for copy in {1..12}; do
        cp "$file" "$kept/$copy-$(basename "$file")"
    done
done

printf '%-34s %10s %10s %9s\n' command clock processors memory
measure 'the help, which reads nothing' 5 "$sysdrill" --help
measure 'one file from cold' 5 "$sysdrill" check "$one"
measure 'one file, a thousand own rules' 5 "$sysdrill" check --rubrics "$work/own" "$one"
measure '1,000 designs, --jobs 1' 2 "$sysdrill" check --jobs 1 --format json "$first"
measure '1,000 designs, all cores' 2 "$sysdrill" check --format json "$first"
measure 'designs of all problems, --jobs 1' 2 "$sysdrill" check --jobs 1 --format json "$kept"
measure 'designs of all problems' 2 "$sysdrill" check --format json "$kept"
measure "$count designs, all cores" 1 "$sysdrill" check --format json "$work/designs"

printf 'fn main() {}\n' > "$work/empty.rs"
rustc -O -o "$work/empty" "$work/empty.rs"
start 'an empty program' "$work/empty"
start 'the help' "$sysdrill" --help
start 'one file from cold' "$sysdrill" check "$one"
