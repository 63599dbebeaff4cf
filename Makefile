# Quarterdeck: every command a developer or a newcomer needs. `make help` lists them.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

VENV := .venv
BIN := $(VENV)/bin
UV := .tools/bin/uv
PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3.13 || command -v python3)
DEMO_SITE ?= demo
PEER_PYTHON ?= $(shell for each in python3.12 $$HOME/.pyenv/versions/3.12*/bin/python; do $$each -c '' 2>/dev/null && echo $$each && break; done)
# Django is set up once a process, with the cockpit's apps for tests/web and without them elsewhere: processes of its own for each; a browser that is driven needs a
# third. That one waits much for its browser, so it runs beside the two others. Of two workers the one that is done first takes tests from the other (worksteal).
IN_TEST_PLACES := $(BIN)/python scripts/browser_for_tests.py -- $(BIN)/python scripts/postgres_for_tests.py
TWO := -n 2 --dist worksteal
PURE := kernel strategy facts response plan act review report market

help: ## Say what each command does
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-11s %s\n", $$1, $$2}'

setup: $(VENV)/.runtime typeface ## Make .venv and install what Quarterdeck needs to run

$(UV):
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Quarterdeck needs Python 3.11 or newer; set PYTHON=/path/to/python3.11")'
	@echo "Quarterdeck: fetching the installer (uv) with $$($(PYTHON) --version) ..."
	@$(PYTHON) -m venv .tools
	@.tools/bin/python -m pip install --quiet --disable-pip-version-check uv

$(BIN)/python: | $(UV)
	@$(UV) venv --quiet --python $(PYTHON) $(VENV)

$(VENV)/.runtime: requirements.txt pyproject.toml | $(BIN)/python
	@echo "Quarterdeck: installing what it needs to run (about 700 MB; a minute the first time, seconds later) ..."
	@$(UV) pip install --quiet --python $(BIN)/python -r requirements.txt
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps --editable .
	@touch $@

typeface: $(VENV)/.runtime
	@$(BIN)/python scripts/fetch_parts.py font

$(VENV)/.dev: $(VENV)/.runtime requirements-dev.txt
	@echo "Quarterdeck: installing what its tests need ..."
	@$(UV) pip install --quiet --python $(BIN)/python -r requirements-dev.txt
	@touch $@

demo: $(VENV)/.runtime typeface ## Install, prepare two sample companies in ./demo and open the cockpit on them
	@$(BIN)/quarterdeck demo --serve --open --site $(DEMO_SITE)

test: $(VENV)/.dev lint typeface ## Everything: lint, then all tests with reduced seeds (needs PostgreSQL and Chromium; installs them if it can)
	@echo "Quarterdeck: running all tests ..."
	@$(IN_TEST_PLACES) -- $(BIN)/python scripts/side_by_side.py '$(BIN)/pytest -q $(TWO) tests --ignore tests/web && $(BIN)/pytest -q $(TWO) tests/web --ignore tests/web/browser' '$(BIN)/pytest -q tests/web/browser'

test-fast: $(VENV)/.dev ## Unit tests alone
	@$(BIN)/pytest -q $(TWO) tests/unit

lint: $(VENV)/.dev ## Style, types on the pure rooms, direction of imports
	@echo "Quarterdeck: checking style, types and the direction of imports ..."
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check .
	@$(BIN)/mypy --strict $(addprefix src/quarterdeck/,$(PURE))
	@$(BIN)/lint-imports --no-cache | tail -n 12

fmt: $(VENV)/.dev ## Write everything in one style
	@$(BIN)/ruff check --quiet --fix . || true
	@$(BIN)/ruff format --quiet .

golden: $(VENV)/.dev ## Write the golden files again; read the difference before you commit it
	@QUARTERDECK_WRITE_GOLDEN=1 $(BIN)/pytest -q tests/golden

bench: $(VENV)/.dev ## Measure speed; prints medians
	@for script in benchmarks/*_speed.py; do echo "== $$script"; $(BIN)/python $$script; done

peers: | $(UV) ## Environments of their own for the two tools that fits are timed beside (needs Python 3.12, 3.5 GB)
	@for tool in pymc-marketing==1.3.0,nutpie==0.16.11 google-meridian==2.1.0; do name=$${tool%%==*}; echo "Quarterdeck: installing $$name into .tools/peers ..."; \
	$(UV) venv --quiet --clear --python $(or $(PEER_PYTHON),3.12) .tools/peers/$$name && $(UV) pip install --quiet --python .tools/peers/$$name/bin/python $${tool//,/ } \
	|| echo "Quarterdeck: $$name could not be installed: it needs Python 3.12 and the package index. make bench runs without it."; done

proof: $(VENV)/.dev ## The long proof: chaos, all simulated companies, 20 seeds; writes docs/proof/*.md (WORLDS=folder adds those)
	@QUARTERDECK_PROOF=1 $(IN_TEST_PLACES) -- $(SHELL) -c '$(BIN)/pytest -q tests --ignore tests/web && $(BIN)/pytest -q tests/web --ignore tests/web/browser && $(BIN)/pytest -q tests/web/browser'
	@$(BIN)/python benchmarks/proof.py
	@if [ -n "$(WORLDS)" ]; then $(BIN)/python benchmarks/response_truth.py $(WORLDS); fi

docs: $(VENV)/.dev ## Write the reference pages that are made from the code
	@$(BIN)/python scripts/write_reference.py

requirements: $(UV) ## Pin the newest versions that fit together
	@$(UV) pip compile --quiet --upgrade --no-emit-index-url --no-header --extra web --extra report --extra postgres pyproject.toml -o requirements.txt
	@$(UV) pip compile --quiet --upgrade --no-emit-index-url --no-header --all-extras --group dev -c requirements.txt pyproject.toml -o requirements-dev.txt

clean: ## Remove what was installed and made here
	@rm -rf $(VENV) .tools $(DEMO_SITE) .pytest_cache .mypy_cache .ruff_cache

.PHONY: help setup typeface demo test test-fast lint fmt golden bench peers proof docs requirements clean
