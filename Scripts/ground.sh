# shellcheck shell=bash
# The ground that every script stands on: a Swift toolchain and the few system packages that the build needs.
# Sourced by the other scripts, after `set -euo pipefail`.

say() { printf '%s\n' "$*"; }

stop() {
  printf '%s\n' "$@" >&2
  exit 1
}

# A toolchain of Swift 6.2 or later, or exactly how to get one.
need_swift() {
  local version=""
  if command -v swift >/dev/null 2>&1; then
    version="$(swift --version 2>/dev/null | sed -nE 's/.*Swift version ([0-9]+\.[0-9]+).*/\1/p' | head -n 1)"
  fi
  if [[ -n $version ]] && ((${version%%.*} > 6 || (${version%%.*} == 6 && ${version#*.} >= 2))); then return; fi
  local found="No Swift toolchain was found."
  if [[ -n $version ]]; then found="Swift $version was found, which is too old."; fi
  stop "$found Styrehus needs Swift 6.2 or later." \
    "Install it with swiftly, Swift's own installer (https://www.swift.org/install/linux):" \
    "  curl -O https://download.swift.org/swiftly/linux/swiftly-\$(uname -m).tar.gz" \
    "  tar zxf swiftly-\$(uname -m).tar.gz && ./swiftly init" \
    "Open a new terminal afterwards and run the command again."
}

# The system packages that are missing, by what each brings.
missing_packages() {
  command -v git >/dev/null 2>&1 || echo git
  [[ -e /etc/ssl/certs/ca-certificates.crt ]] || echo ca-certificates
  compgen -G '/usr/include/c++/*' >/dev/null || echo g++
  [[ -e /usr/include/sqlite3.h ]] || echo libsqlite3-dev
  [[ -e /usr/include/libpq-fe.h || -e /usr/include/postgresql/libpq-fe.h ]] || echo libpq-dev
}

# Installs packages where it may: as root, or with sudo that asks for no password.
may_install() { command -v apt-get >/dev/null 2>&1 && { ((EUID == 0)) || sudo -n true 2>/dev/null; }; }
install_packages() {
  local install="apt-get install --yes --no-install-recommends" as_root=""
  if ((EUID != 0)); then as_root="sudo -n"; fi
  say "Installing $* …"
  # shellcheck disable=SC2086 # the words of the commands are meant to be split
  { $as_root apt-get update -qq && DEBIAN_FRONTEND=noninteractive $as_root $install "$@"; } >&2
}

# Installs what is missing, or says what to install.
need_packages() {
  local missing=()
  mapfile -t missing < <(missing_packages)
  if ((${#missing[@]} == 0)); then return; fi
  if ! command -v apt-get >/dev/null 2>&1; then
    stop "Please install what these Debian packages hold, and run the command again: ${missing[*]}"
  fi
  if ! may_install; then
    stop "Some system packages are missing. Please install them, and run the command again:" \
      "  sudo apt-get update && sudo apt-get install ${missing[*]}"
  fi
  if ! install_packages "${missing[@]}"; then
    stop "The packages could not be installed. Please install them yourself: apt-get install ${missing[*]}"
  fi
}

# The database server that tests start by themselves, in a folder of its own. Where it cannot be had, the tests leave
# out what needs it and say so; on a build server (CI=true) they fail.
want_postgres() {
  if compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null; then return; fi
  if may_install && install_packages postgresql; then return; fi
  say "PostgreSQL is not installed, so nothing is tested on it. Install it with: apt-get install postgresql"
}
