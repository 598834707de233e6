#!/usr/bin/env bash
# Builds Styrehus and starts it with the embedded database and one of the datasets that come with it. The data stay in
# var/ from one start to the next. DEMO is invented or randers; PORT is where it listens, on this machine only.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source Scripts/ground.sh

demo="${DEMO:-invented}"
port="${PORT:-8080}"
case "$demo" in
  invented) database=var/styrehus.sqlite ;;
  randers) database=var/randers.sqlite ;;
  *) stop "DEMO=$demo is unknown: use DEMO=invented or DEMO=randers." ;;
esac

need_swift
need_packages
if [[ ! -d .build/release ]]; then say "Building Styrehus. The first time takes some minutes."; fi
# Asking the builder takes ten seconds even where there is nothing to build.
program=.build/release/styrehus
if [[ ! -x $program || -n $(find Package.swift Sources -newer $program -print -quit) ]]; then
  swift build --configuration release --product styrehus
  touch "$program"
fi
mkdir -p var

printf "\nStyrehus: http://127.0.0.1:%s\n" "$port"
say "Data:     $database"
printf "Stop:     Ctrl-C (the data stay)\n\n"
exec "$program" serve --address 127.0.0.1 --port "$port" --database "sqlite:$database" --demo "$demo"
