#!/usr/bin/env bash
# Measures Styrehus side by side with other tools on the same files and prints ratios: the closing from CSV, the import
# with the first closing, the start with the demo data, and the pages. Nothing here is a test; nothing fails on time.
# BENCH names the folder with the generator and the peers (gen.c, run.sh, peers/); LINES is the size of the closing.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source Scripts/ground.sh

bench="${BENCH:-../shared/bench}"
lines="${LINES:-10000000}"
rounds="${ROUNDS:-5}"
data="${BENCH_DIR:-$PWD/bench-data}"
[[ -f "$bench/run.sh" ]] || stop "BENCH=$bench holds no run.sh: name the folder with the generator and the peers."
python3 -c "import duckdb, polars" 2>/dev/null || stop "The peers are missing: pip install duckdb polars"
need_swift
need_packages
swift build --configuration release --product styrehus
styrehus="$PWD/.build/release/styrehus"
mkdir -p "$data"

say "== The closing from CSV"
BENCH_DIR="$data" bash "$bench/run.sh" "$lines" "$rounds" "$styrehus"

say "== Import and first closing of 1,000,000 postings, stored durably"
prefix="$data/m1000000"
[[ -f "$prefix.ledger.csv" ]] || (cd "$data" && ./gen 1000000 250 1 m1000000)
now() { date +%s.%N; }
for round in $(seq "$rounds"); do
  rm -f "$data"/store.sqlite* "$data/store.duckdb"
  start=$(now)
  "$styrehus" import budget "$prefix.budget.csv" --year 2025 --database "sqlite:$data/store.sqlite" >/dev/null 2>&1
  "$styrehus" import ledger "$prefix.ledger.csv" --year 2025 --database "sqlite:$data/store.sqlite" >/dev/null 2>&1
  "$styrehus" rounds make --year 2025 --database "sqlite:$data/store.sqlite" >/dev/null 2>&1
  middle=$(now)
  python3 "$bench/peers/duck.py" "$prefix" "$data/o.duck" date "$data/store.duckdb"
  end=$(now)
  awk -v a="$start" -v b="$middle" -v c="$end" -v r="$round" \
    'BEGIN{printf "round %d: Styrehus %.2f s, DuckDB table %.2f s, ratio %.2f\n", r, b-a, c-b, (b-a)/(c-b)}'
done

say "== Start with the demo data, and the pages"
database="$data/demo.sqlite"
serve() { "$styrehus" serve --port 8099 --database "sqlite:$database" --demo invented >/dev/null 2>&1 & pid=$!; }
wait_for() { until curl -sf -o /dev/null http://127.0.0.1:8099/; do sleep 0.005; done; }
if [[ ! -f "$database" ]]; then serve; wait_for; kill "$pid"; wait "$pid" || true; fi
start=$(now); serve; wait_for; end=$(now)
awk -v a="$start" -v b="$end" 'BEGIN{printf "start to first page: %.3f s\n", b-a}'
pages=(/ /units "/units?sort=balance" /units.csv /units/1.1.01 /rounds /rounds/2025-1 /model /organisation /import)
for path in "${pages[@]}"; do
  for _ in $(seq 20); do curl -s -o /dev/null -w "%{time_starttransfer}\n" "http://127.0.0.1:8099$path"; done |
    sort -n | awk -v p="$path" '{v[NR]=$1 * 1000}
      END{printf "%-22s median %.1f ms, slowest %.1f ms\n", p, v[int((NR+1)/2)], v[NR]}'
done
kill "$pid"; wait "$pid" || true
