#!/usr/bin/env bash
# Run the suite on a PostgreSQL 15 from Debian instead of the embedded server. The cluster is made in a temporary
# folder and thrown away. Arguments go to pytest; without a PostgreSQL 15 it says so and leaves with 0.
#
#   apt-get install postgresql-15      (the packaged cluster is not touched and need not run)
#   scripts/uji-postgres15.sh -q
set -euo pipefail
cd "$(dirname "$0")/.."

bin=${PG15_BIN:-/usr/lib/postgresql/15/bin}
if [ ! -x "$bin/postgres" ]; then
  echo "No PostgreSQL 15 in $bin (PG15_BIN says otherwise); skipped." >&2
  exit 0
fi

folder=$(mktemp -d /tmp/peta-pg15.XXXXXX)
chmod 755 "$folder"
port=${PG15_PORT:-$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')}
password=$(python3 -c 'import secrets; print(secrets.token_hex(16))')
as_owner=()
mkdir "$folder/data"
if [ "$(id -u)" = 0 ]; then
  # A server never runs as root; the package brought the user postgres.
  chown postgres "$folder" "$folder/data"
  as_owner=(setpriv --reuid=postgres --regid=postgres --init-groups --)
fi
finish() {
  "${as_owner[@]}" "$bin/pg_ctl" -D "$folder/data" -m immediate -s stop || true
  rm -rf "$folder"
}
trap finish EXIT

# shellcheck disable=SC2094
printf '%s' "$password" >"$folder/sandi" && chmod 644 "$folder/sandi"
(cd / && "${as_owner[@]}" "$bin/initdb" -D "$folder/data" -U admin --auth=scram-sha-256 --pwfile="$folder/sandi" \
  --encoding=UTF8 --locale=C.UTF-8 >/dev/null)
(cd / && "${as_owner[@]}" "$bin/pg_ctl" -D "$folder/data" -s -w -l "$folder/log" start \
  -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$folder -c fsync=off -c synchronous_commit=off \
      -c full_page_writes=off -c max_connections=120")
export PGPASSWORD=$password
"$bin/createdb" -h 127.0.0.1 -p "$port" -U admin peta
unset PGPASSWORD

export DATABASE_URL="postgresql://admin:$password@127.0.0.1:$port/peta"
if [ "${1:-}" = "--" ]; then  # any other command with that server
  shift
  "$@"
else
  .venv/bin/pytest "$@"
fi
