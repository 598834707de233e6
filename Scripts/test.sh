#!/usr/bin/env bash
# The whole check, as people and the build server run it: format, build, all tests and the rules of the house. Says
# little while it goes well, and shows what is needed where it does not.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source Scripts/ground.sh

need_swift
need_packages
mkdir -p .build
log=.build/test.log

say "1/3 Format"
Scripts/format.sh --check

say "2/3 Build (the first time takes some minutes; a warning is an error)"
build=(swift build --build-tests --explicit-target-dependency-import-check error)
if [[ -t 1 ]]; then
  "${build[@]}"
elif ! "${build[@]}" >"$log" 2>&1; then
  grep -E -A 4 'error:|warning:' "$log" >&2 || tail -n 40 "$log" >&2
  stop "The build failed; all that it said is in $log."
fi

say "3/3 Tests"
if [[ -z ${STYREHUS_REAL_DATA:-} ]]; then
  say "    STYREHUS_REAL_DATA is not set: the tests on real input are skipped (docs/real-input.md)."
fi
failed=0
swift test --skip-build --disable-xctest >"$log" 2>&1 || failed=$?
grep -E '(➜|⊘|↷) .*skipped' "$log" || true
if ((failed != 0)); then
  grep -E -A 12 '✘|^✗|error:|Fatal|[Cc]rash' "$log" | grep -vE '^. Test .* (started|passed)' >&2 || tail -n 60 "$log" >&2
  tail -n 3 "$log" >&2
  stop "Some tests failed; all that they said is in $log."
fi
tail -n 3 "$log"
say "All is well."
