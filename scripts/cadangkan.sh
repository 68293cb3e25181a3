#!/usr/bin/env bash
# Nightly backup, for cron or a systemd timer: writes peta-DATE.tar into a folder and keeps the newest N.
#
#   scripts/cadangkan.sh /cadangan [N=14]
set -euo pipefail
folder=${1:?usage: cadangkan.sh FOLDER [KEEP]}
keep=${2:-14}
program=${PETAJABATAN:-$(dirname "$0")/../.venv/bin/petajabatan}
umask 077
mkdir -p "$folder"
"$program" cadangkan "$folder/peta-$(date +%Y%m%d-%H%M%S).tar"
# Only after the new one is complete are the oldest let go.
find "$folder" -maxdepth 1 -name 'peta-*.tar' | sort -r | tail -n +"$((keep + 1))" | while read -r old; do
  rm -f -- "$old"
done
