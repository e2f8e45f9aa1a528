# Everything one does with this repository. Each target does its own set-up; `make` alone lists them.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help run setup check test quick bench shots clean locks sentences

PYTHON ?= python3
BIN := .venv/bin
# Keys for tools that only read the code; an installation has its own (hatnhan init).
TOOL_ENV := HATNHAN_DATA=.venv/checks HATNHAN_SECRET_KEY=$$(printf 'for-checks-only-%.0s' 1 2 3 4 5) HATNHAN_FIELD_KEY=for-checks-only

help: ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | column -t -s "$$(printf '\t')"

# --- set-up ----------------------------------------------------------------------------------------------------------

$(BIN)/python:
	scripts/packages.sh run
	$(PYTHON) -m venv .venv

# The program's own packages, from the hashed lock; nothing else is fetched.
.venv/.run: $(BIN)/python requirements.lock pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

# One of them (odfpy) comes as source only: it is built with the locked setuptools, not with one fetched for it.
.venv/.dev: .venv/.run requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --require-hashes \
		-r requirements-dev.lock
	touch $@

CATALOGUES := $(wildcard hatnhan/*/locale/*/LC_MESSAGES/*.po)
.venv/.sentences: .venv/.run $(CATALOGUES) scripts/catalogues.py
	$(BIN)/python scripts/catalogues.py compile
	touch $@

setup: .venv/.dev .venv/.sentences ## install only: the virtual environment and the compiled translations

# --- run -------------------------------------------------------------------------------------------------------------

run: export HATNHAN_DATA ?= data/demo
run: .venv/.run .venv/.sentences ## start the demo world on http://localhost:8000 (HATNHAN_PORT)
	@$(BIN)/hatnhan init --no-admin
	@[ -e "$$HATNHAN_DATA/demo" ] || $(BIN)/hatnhan demo
	@exec $(BIN)/hatnhan serve

# --- prove -----------------------------------------------------------------------------------------------------------

check: setup ## style, types, layers, settings, migrations, translations, architecture
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	mkdir -p .venv/checks
	$(TOOL_ENV) HATNHAN_HTTPS=1 $(BIN)/python -W error manage.py check --deploy --fail-level WARNING
	$(TOOL_ENV) $(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python scripts/catalogues.py check
	$(TOOL_ENV) $(BIN)/python manage.py rulebook
	$(BIN)/python -m pytest -q tests/architecture

test: setup ## every test, on SQLite and on PostgreSQL, the browser's included
	scripts/packages.sh test
	$(BIN)/python scripts/test_everything.py

quick: setup ## the fast tests on SQLite, under a minute
	$(BIN)/python -m pytest -q -n 2 --dist loadgroup -m "not browser and not slow"

bench: setup ## the measurements of the README, as ratios
	scripts/packages.sh test
	mkdir -p .venv/checks
	$(TOOL_ENV) $(BIN)/python -m scripts.bench
	$(TOOL_ENV) $(BIN)/python scripts/postgres.py -- $(BIN)/python -m scripts.bench

shots: setup ## the screenshots of the README
	scripts/packages.sh test
	$(BIN)/python scripts/shots.py

# --- keep ------------------------------------------------------------------------------------------------------------

sentences: setup ## take new sentences over into the English catalogues
	$(BIN)/python scripts/catalogues.py update

LOCK := $(BIN)/pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe --no-header \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host
locks: setup ## renew both locks after a change of pyproject.toml
	$(LOCK) --extra install -o requirements.lock pyproject.toml
	$(LOCK) --extra install --extra dev -c requirements.lock -o requirements-dev.lock pyproject.toml

clean: ## remove what the targets made; data/ stays
	rm -rf .venv build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find hatnhan tests scripts -name __pycache__ -prune -exec rm -rf {} +
	find hatnhan -name '*.mo' -delete
