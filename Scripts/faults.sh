#!/usr/bin/env bash
# The fault tests of the storage (docs/faults.md): each arm breaks something on purpose, again and again, and looks at
# what is left; and each has planted faults that it must find. ARM names the arms to run, FAULTS_QUICK=1 the short form,
# FAULTS_SEED another seed, STYREHUS a product that is built already.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source Scripts/ground.sh

# What the drivers need beside the product: Python's standard library, and a C compiler for what is preloaded.
need_drivers() {
  if ! python3 -c 'import sys, sqlite3; sys.exit(sys.version_info < (3, 9))' 2>/dev/null; then
    stop "The fault tests need Python 3.9 or later, and nothing but what comes with it: apt-get install python3"
  fi
  command -v cc >/dev/null 2>&1 || stop "The fault tests need a C compiler: apt-get install gcc libc6-dev"
  [[ $(uname -s) == Linux ]] || stop "The fault tests need Linux: they preload a library, and mount file systems."
}

need_drivers
if [[ -z ${STYREHUS:-} ]]; then
  need_swift
  need_packages
  swift build --configuration release --product styrehus
  STYREHUS="$PWD/.build/release/styrehus"
fi
[[ -x $STYREHUS ]] || stop "STYREHUS=$STYREHUS is no program."
want_postgres

# A file system in memory is quick, and nothing but the arm about power cuts is about disks.
parent="${FAULTS_DIR:-/dev/shm}"
[[ -d $parent && -w $parent ]] || parent="${TMPDIR:-/tmp}"
room="$(mktemp -d "$parent/styrehus-faults-XXXXXX")"
# PostgreSQL runs as a user of its own where this is root, and must get through.
chmod 711 "$room"
trap 'rm -rf "$room"' EXIT
for part in shim plants; do
  cc -shared -fPIC -O2 -Wall -Wextra -Werror -o "$room/$part.so" "Faults/$part.c" -ldl
done
STYREHUS="$(realpath "$STYREHUS")"
export STYREHUS FAULTS_ROOM="$room" FAULTS_SHIM="$room/shim.so" FAULTS_PLANTS="$room/plants.so"
export PYTHONDONTWRITEBYTECODE=1
# In the background, so that a signal is passed on: what is mounted and started is put away before the folder goes.
python3 Faults/main.py &
drivers=$!
trap 'kill "$drivers" 2>/dev/null || true; wait "$drivers" || true; exit 143' INT TERM
wait "$drivers"
