# The commands of CONTRIBUTING.md. Stamp files in .make/ keep repeated runs fast; `make clean` forgets them.
# Needs Python 3.11+, Node 20+ and make; everything else is fetched, locked by hash.

PYTHON ?= python3
PORT ?= 8000
export PORT

VENV := .venv
BIN := $(VENV)/bin
STAMP := .make
FRONT := $(shell find frontend -type f 2>/dev/null)
SITE := src/petajabatan/web/static/dist

.PHONY: run test check bench docs clean setup setup-dev chromium lock pesan test-postgres15
.DELETE_ON_ERROR:

## run: set everything up and serve on http://localhost:$(PORT); Ctrl-C stops it
run: setup
	@exec $(BIN)/petajabatan serve --port $(PORT)

## test: the whole suite, against a throw-away PostgreSQL and the system's Chromium
test: setup-dev chromium
	$(BIN)/pytest -q -n 2 --dist loadgroup $(PYTEST_ARGS)

## test-postgres15: the same suite on a Debian PostgreSQL 15 of its own
test-postgres15: setup-dev chromium
	scripts/uji-postgres15.sh -q -n 2 --dist loadgroup $(PYTEST_ARGS)

## check: lint, format, types, import contracts, migrations, translations of the docs, lock files
check: setup-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy src
	$(BIN)/lint-imports
	$(BIN)/python scripts/periksa_migrasi.py
	$(BIN)/python scripts/periksa_kunci.py
	npm run --silent check
	$(BIN)/sphinx-build -W -q -b html docs docs/_build

## bench: every promised figure, one JSON line each
bench: setup-dev
	$(BIN)/petajabatan bench

## docs: the documentation as HTML in docs/_build
docs: setup-dev
	$(BIN)/sphinx-build -W -q -b html docs docs/_build
	@echo "docs/_build/index.html"

## lock: recompile the locked requirements after a change of requirements/*.in
lock: setup-dev
	cd requirements && for name in base dev; do ../$(BIN)/uv pip compile -q --generate-hashes \
	  --no-emit-index-url --no-header --python-version 3.11 $$name.in -o $$name.txt; done

## pesan: collect the strings of every app into web/locale and compile them
pesan: setup-dev
	cd src/petajabatan && PETAJABATAN_DB=pemilik ../../$(BIN)/python -m django makemessages -l en --no-obsolete \
	  --add-location file --settings petajabatan.config.settings
	cd src/petajabatan && PETAJABATAN_DB=pemilik ../../$(BIN)/python -m django compilemessages -l en \
	  --settings petajabatan.config.settings

setup: $(STAMP)/paket $(STAMP)/aset

setup-dev: setup $(STAMP)/paket-dev

$(STAMP)/venv:
	@mkdir -p $(STAMP)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
	  echo "Cannot make a virtual environment; on Debian: apt-get install python3-venv"; exit 1; }
	@touch $@

$(STAMP)/paket: $(STAMP)/venv requirements/base.txt pyproject.toml
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip --upgrade >/dev/null
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/base.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation --no-index -e .
	@touch $@

$(STAMP)/paket-dev: $(STAMP)/paket requirements/dev.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

$(STAMP)/node: package-lock.json package.json
	@mkdir -p $(STAMP)
	@node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' || { echo "Node 20 or newer is needed."; exit 1; }
	npm ci --silent
	@touch $@

$(STAMP)/aset: $(STAMP)/node $(FRONT)
	npm run --silent build
	@test -d $(SITE)
	@touch $@

chromium:
	@scripts/chromium.sh

clean:
	rm -rf $(STAMP) $(VENV) node_modules $(SITE) docs/_build bench/out build src/*.egg-info \
	  .pytest_cache .ruff_cache .mypy_cache .import_linter_cache .hypothesis
