#!/usr/bin/env bash
# Puts the source files in the house's format; with --check it changes nothing and fails where one differs.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source Scripts/ground.sh

need_swift
sources=(Package.swift Sources Tests)
for folder in Benchmarks Fuzz; do
  if [[ -d $folder ]]; then sources+=("$folder"); fi
done
if [[ ${1:-} == --check ]]; then
  swift format lint --strict --recursive --parallel "${sources[@]}" ||
    stop "Run 'make format', then mend what is still named."
else
  swift format --in-place --recursive --parallel "${sources[@]}"
fi
