#!/usr/bin/env bash
# Measures Styrehus side by side with other tools on the same files and prints ratios: the closing from CSV, the import
# with the first closing, the start with the demo data, and the pages, on both databases. Nothing here is a test, and
# nothing fails on time.
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

# A PostgreSQL server of this run alone, with the settings that it comes with; $postgres is its address.
postgres="" server=""
programs="$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | tail -1)"
as_server() { if [[ $EUID == 0 ]]; then runuser -u postgres -- "$@"; else "$@"; fi; }
start_postgres() {
  [[ -n "$programs" ]] || { say "PostgreSQL is not installed: left out."; return 0; }
  server="$(mktemp -d)"
  chmod 755 "$server"
  if [[ $EUID == 0 ]]; then chown postgres "$server"; fi
  as_server "$programs/initdb" -D "$server/data" --auth=trust --username=owner --encoding=UTF8 --locale=C >/dev/null
  printf "listen_addresses = ''\nunix_socket_directories = '%s'\n" "$server" |
    as_server tee -a "$server/data/postgresql.conf" >/dev/null
  as_server "$programs/pg_ctl" start --wait -D "$server/data" -l "$server/log" >/dev/null
  as_server "$programs/psql" -q -h "$server" -U owner -d postgres -c "CREATE ROLE styrehus LOGIN" \
    -c "CREATE DATABASE styrehus OWNER styrehus" -c "CREATE DATABASE demo OWNER styrehus"
  trap 'as_server "$programs/pg_ctl" stop --mode=fast -D "$server/data" >/dev/null; rm -rf "$server"' EXIT
  postgres="postgres://styrehus@/styrehus?host=$server"
}
empty_postgres() {
  "$programs/psql" -q -h "$server" -U styrehus -d styrehus -c "DROP OWNED BY styrehus" 2>/dev/null
}

say "== Import and first closing of 1,000,000 postings, stored durably"
prefix="$data/m1000000"
[[ -f "$prefix.ledger.csv" ]] || (cd "$data" && ./gen 1000000 250 1 m1000000)
now() { date +%s.%N; }
start_postgres
import_and_close() {
  "$styrehus" import budget "$prefix.budget.csv" --year 2025 --database "$1" >/dev/null 2>&1
  "$styrehus" import ledger "$prefix.ledger.csv" --year 2025 --database "$1" >/dev/null 2>&1
  "$styrehus" rounds make --year 2025 --database "$1" >/dev/null 2>&1
}
for round in $(seq "$rounds"); do
  rm -f "$data"/store.sqlite* "$data/store.duckdb"
  if [[ -n "$postgres" ]]; then empty_postgres; fi
  start=$(now)
  import_and_close "sqlite:$data/store.sqlite"
  middle=$(now)
  python3 "$bench/peers/duck.py" "$prefix" "$data/o.duck" date "$data/store.duckdb"
  end=$(now)
  # Its tables are made before: that is done once in the life of a database, and is no part of an import.
  if [[ -n "$postgres" ]]; then "$styrehus" migrate --database "$postgres" >/dev/null 2>&1; fi
  before=$(now)
  if [[ -n "$postgres" ]]; then import_and_close "$postgres"; fi
  last=$(now)
  awk -v a="$start" -v b="$middle" -v c="$end" -v d="$last" -v e="$before" -v r="$round" -v p="$postgres" 'BEGIN{
    printf "round %d: embedded %.2f s, DuckDB table %.2f s, ratio %.2f", r, b-a, c-b, (b-a)/(c-b)
    if (p != "") printf "; PostgreSQL %.2f s, %.2f times the embedded", d-e, (d-e)/(b-a)
    print ""}'
done

say "== Start with the demo data, and the pages"
serve() { "$styrehus" serve --port 8099 --database "$1" --demo invented >/dev/null 2>&1 & pid=$!; }
wait_for() { until curl -sf -o /dev/null http://127.0.0.1:8099/; do sleep 0.005; done; }
halt() { kill "$pid"; wait "$pid" || true; }
pages=(/ /units "/units?sort=balance" /units.csv /units/1.1.01 /units/1.1.01/postings /rounds /rounds/2025-1 /model
  /organisation /import /plan /people)
# Signs in as the finance director of the demo; $cookie is the session's.
sign_in() {
  local page token person form
  page="$(curl -s -D "$data/head" http://127.0.0.1:8099/login)"
  form="$(sed -n 's/^[Ss]et-[Cc]ookie: \(__Host-form-styrehus=[^;]*\).*/\1/p' "$data/head")"
  token="$(sed -n 's/.*name="token" value="\([^"]*\)".*/\1/p' <<<"$page" | head -1)"
  person="$(sed 's/<li/\n<li/g' <<<"$page" | sed -n '/Økonomidirektør/s/.*name="person" value="\([0-9]*\)".*/\1/p')"
  curl -s -o /dev/null -D "$data/head" -H "Cookie: $form" -d "token=$token" -d "person=$person" \
    http://127.0.0.1:8099/login/demo
  cookie="$(sed -n 's/^[Ss]et-[Cc]ookie: \(__Host-[^;]*\).*/\1/p' "$data/head")"
  [[ -n "$cookie" ]] || stop "Nobody could sign in to the demo."
}
measure() {
  local start end path
  serve "$1"; wait_for; halt
  start=$(now); serve "$1"; wait_for; end=$(now)
  awk -v a="$start" -v b="$end" 'BEGIN{printf "start to first page: %.3f s\n", b-a}'
  sign_in
  for path in "${pages[@]}"; do
    for _ in $(seq 20); do
      curl -s -o /dev/null -H "Cookie: $cookie" -w "%{time_starttransfer}\n" "http://127.0.0.1:8099$path"
    done |
      sort -n | awk -v p="$path" '{v[NR]=$1 * 1000}
        END{printf "%-22s median %.1f ms, slowest %.1f ms\n", p, v[int((NR+1)/2)], v[NR]}'
  done
  halt
}
# A hundred models on the four years of the demo: the whole command, and the same with one model for what is around it.
many_models() {
  local limits="1,2,3,4,5,6,7,8,9,10" start middle end
  for _ in $(seq "$rounds"); do
    start=$(now)
    "$styrehus" laboratory --database "$1" --vary "deficit.redPct=5" >/dev/null
    middle=$(now)
    "$styrehus" laboratory --database "$1" --vary "deficit.redPct=$limits" \
      --vary "surplus.explanationPct=$limits" >/dev/null
    end=$(now)
    awk -v a="$start" -v b="$middle" -v c="$end" 'BEGIN{
      printf "thresholds: 100 models %.3f s, one model %.3f s, so %.3f s for 99 of them\n", c-b, b-a, c-b-(b-a)}'
  done
}
say "-- embedded"
measure "sqlite:$data/demo.sqlite"
many_models "sqlite:$data/demo.sqlite"
if [[ -n "$postgres" ]]; then
  say "-- PostgreSQL"
  measure "postgres://styrehus@/demo?host=$server"
fi
