#!/usr/bin/env bash
# The security checks against a live server (docs/security.md): from outside, over HTTP; each theme has planted faults
# that it must find. CHECK names the themes to run, SECURITY_QUICK=1 the short form, STYREHUS a product that is built
# already.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source Scripts/ground.sh

if ! python3 -c 'import sys, sqlite3; sys.exit(sys.version_info < (3, 9))' 2>/dev/null; then
  stop "The security checks need Python 3.9 or later, and nothing but what comes with it: apt-get install python3"
fi
[[ $(uname -s) == Linux ]] || stop "The security checks need Linux: visitors come from many of 127.0.0.0/8's addresses."
if [[ -z ${STYREHUS:-} ]]; then
  need_swift
  need_packages
  swift build --configuration release --product styrehus
  STYREHUS="$PWD/.build/release/styrehus"
fi
[[ -x $STYREHUS ]] || stop "STYREHUS=$STYREHUS is no program."

# A file system in memory is quick, and nothing here is about disks.
parent="${SECURITY_DIR:-/dev/shm}"
[[ -d $parent && -w $parent ]] || parent="${TMPDIR:-/tmp}"
room="$(mktemp -d "$parent/styrehus-security-XXXXXX")"
trap 'rm -rf "$room"' EXIT
STYREHUS="$(realpath "$STYREHUS")"
export STYREHUS SECURITY_ROOM="$room" PYTHONDONTWRITEBYTECODE=1
# In the background, so that a signal is passed on: what is started is put away before the folder goes.
python3 Security/main.py &
drivers=$!
trap 'kill "$drivers" 2>/dev/null || true; wait "$drivers" || true; exit 143' INT TERM
wait "$drivers"
