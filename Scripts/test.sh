#!/usr/bin/env bash
# The whole check, as people and the build server run it: format, build, all tests and the rules of the house. Says
# little while it goes well, and shows what is needed where it does not.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source Scripts/ground.sh

need_swift
need_packages
want_postgres
mkdir -p .build
log=.build/test.log
wrong=()

say "1/3 Format"
Scripts/format.sh --check || wrong+=(format)

say "2/3 Build (the first time takes some minutes; a warning is an error)"
build=(swift build --build-tests --explicit-target-dependency-import-check error)
if [[ -t 1 ]]; then
  "${build[@]}" || stop "The build failed."
elif ! "${build[@]}" >"$log" 2>&1; then
  grep -E -A 6 'error:' "$log" >&2 || tail -n 40 "$log" >&2
  stop "The build failed; all that it said is in $log."
fi

say "3/3 Tests"
if [[ -z ${STYREHUS_REAL_DATA:-} ]]; then
  say "    STYREHUS_REAL_DATA is not set, so the tests on real input are skipped; see docs/real-input.md."
fi
# So many tests at a time: all of them at once keep one another waiting past what each may wait for.
export SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=$((3 * $(getconf _NPROCESSORS_ONLN)))
run_tests() {
  local name="$1"
  shift
  if ! timeout --kill-after=10 900 "$@" swift test --skip-build --disable-xctest "${chosen[@]}" >"$log" 2>&1; then
    # Each failure with what follows it, without the lines of tests that went well; else the end, where a crash is told.
    grep -vE '(started\.|passed after .*)$' "$log" | grep -E -A 40 '✘|error:|Fatal' >&2 || tail -n 60 "$log" >&2
    wrong+=("$name")
  fi
  grep -E '^[^ ]+ Test .* skipped' "$log" || true
  tail -n 1 "$log"
}
chosen=()
run_tests tests env
if has_postgres || [[ ${CI:-} == true ]]; then
  say "    The capabilities' tests again, on PostgreSQL"
  chosen=(--filter 'EconomyTests|RegisterTests|GovernanceTests|StyrehusAppTests')
  log=.build/test-postgres.log
  run_tests "tests on PostgreSQL" env STYREHUS_TEST_DATABASE=postgres
fi

if ((${#wrong[@]} > 0)); then stop "Not well: ${wrong[*]}. All that the tests said is in .build/test*.log."; fi
say "All is well."
