#!/usr/bin/env bash
# A real identity provider on this machine alone, to try signing in against: LemonLDAP::NG from Debian's package
# lemonldap-ng, under plackup. It lives in a folder of its own, needs neither systemd nor a web server, and touches
# nothing outside that folder.
#
#   Scripts/identity-provider.sh serve FOLDER    starts it, says its issuer, and serves until it is interrupted
#   Scripts/identity-provider.sh rotate FOLDER   gives it a new key; within a second or two it signs with that
#
# PROVIDER_PORT is its port (8100; 0 for one that is free), PROVIDER_REDIRECT where browsers are sent back to
# (http://localhost:8080/sign-in/answer) and PROVIDER_SIGNED_OUT where to after signing out. Demo users, each with the
# name as the password: dwho, rtyler, msmith. Clients: styrehus (secret `secret-of-styrehus`, RS256), styrehus-rs512,
# styrehus-public without a secret; and two that are set up as nobody should: styrehus-hs256 and styrehus-none.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source Scripts/ground.sh

portal=/usr/share/lemonldap-ng/portal
# What the provider needs of what Debian only recommends beside it.
packages="lemonldap-ng libgd-securityimage-perl libimage-magick-perl libio-string-perl libstring-random-perl"
port="${PROVIDER_PORT:-8100}"

need_provider() {
  if [[ ! -r $portal/htdocs/index.psgi ]]; then
    stop "LemonLDAP::NG is not installed: apt-get install --no-install-recommends $packages"
  fi
  for program in plackup openssl python3; do
    command -v "$program" >/dev/null 2>&1 || stop "$program is missing: apt-get install libplack-perl openssl python3"
  done
}

# The next configuration: the provider reads the one with the highest number. Each has a new key.
write_configuration() {
  openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out "$folder/key.pem" 2>/dev/null
  openssl pkey -in "$folder/key.pem" -pubout -out "$folder/key.pub"
  python3 Scripts/identity-provider.py "$folder"
}

write_settings() {
  mkdir -p "$folder"/{conf,cache,sessions/lock,psessions/lock}
  cat >"$folder/lemonldap-ng.ini" <<INI
[all]
logLevel = warn
logger = Lemonldap::NG::Common::Logger::Std
userLogger = Lemonldap::NG::Common::Logger::Std
checkTime = 1
[configuration]
type = File
dirName = $folder/conf
[portal]
staticPrefix = /static
templateDir = $portal/templates
languages = en
INI
}

# Whoever is root lends the provider to nobody, so that it can write in its own folder only.
as_nobody=()
lend() {
  if ((EUID != 0)); then return; fi
  chown -R nobody:nogroup "$folder"
  as_nobody=(setpriv --reuid=nobody --regid=nogroup --clear-groups)
}

serve() {
  need_provider
  if ((port == 0)); then
    port="$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')"
  fi
  write_settings
  PROVIDER_PORT="$port" write_configuration
  chmod 700 "$folder"
  lend
  export LLNG_DEFAULTCONFFILE="$folder/lemonldap-ng.ini"
  (cd / && exec "${as_nobody[@]}" plackup --server HTTP::Server::PSGI --host 127.0.0.1 --port "$port" \
    --env deployment --no-default-middleware "$portal/htdocs/index.psgi") >"$folder/provider.log" 2>&1 &
  local provider=$!
  # shellcheck disable=SC2064 # the id of now
  trap "kill $provider 2>/dev/null || true; wait $provider 2>/dev/null || true" EXIT
  trap 'exit 0' INT TERM
  # A test that ends or dies takes it along: its end of the input closes. What a test starts may have its signals
  # blocked, so it is the one that cannot be.
  if [[ -n ${PROVIDER_ENDS_WITH_INPUT:-} ]]; then
    { cat >/dev/null && kill -KILL "$provider"; } <&0 2>/dev/null &
  fi
  local issuer=""
  for _ in $(seq 100); do
    kill -0 "$provider" 2>/dev/null || stop "The provider did not start:" "$(tail -n 20 "$folder/provider.log")"
    issuer="$(python3 Scripts/identity-provider.py --issuer "http://localhost:$port" 2>/dev/null)" && break
    sleep 0.2
  done
  [[ -n $issuer ]] || stop "The provider does not answer:" "$(tail -n 20 "$folder/provider.log")"
  say "issuer $issuer"
  wait "$provider" || true
}

[[ $# -eq 2 ]] || stop "Usage: Scripts/identity-provider.sh serve|rotate FOLDER"
mkdir -p "$2"
folder="$(realpath "$2")"
case "$1" in
serve) serve ;;
rotate)
  write_configuration
  lend
  ;;
*) stop "Usage: Scripts/identity-provider.sh serve|rotate FOLDER" ;;
esac
