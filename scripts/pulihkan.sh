#!/usr/bin/env bash
# Restore a backup into an empty data folder and prove that it is whole.
#
#   scripts/pulihkan.sh peta-20261123-020000.tar /var/lib/petajabatan-baru
#   DATABASE_URL=postgresql://… scripts/pulihkan.sh FILE FOLDER     (the database must be empty)
set -euo pipefail
file=${1:?usage: pulihkan.sh FILE FOLDER}
folder=${2:?usage: pulihkan.sh FILE FOLDER}
program=${PETAJABATAN:-$(dirname "$0")/../.venv/bin/petajabatan}
"$program" pulihkan "$file" --data-dir "$folder"
"$program" periksa --penuh --data-dir "$folder"
