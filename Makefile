# Everything a developer does with this project. `make` lists the targets.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
# Two cores are usual, and the tools use both by themselves. Tests in CPython and in Pyodide
# cannot: `make test` runs these side by side.
ifndef SIDE_BY_SIDE
.NOTPARALLEL:
endif
# Browsers that `make e2e` drives at the same time, each with a server of its own.
BROWSERS ?= 2

PYTHON ?= python3
PY := .venv/bin/python
BUILD := pyodide_bridge/build
STAMPS := .cache/stamps
REPORTS := .cache/reports
PIP_INSTALL := -m pip --disable-pip-version-check --no-input install --quiet -c constraints.txt
PIP := $(PY) $(PIP_INSTALL)
TRAINING := .venv-training/bin/python

# The packages of this repository that the pipeline is made of, as editable installs: the command
# `voltlift` stands in .venv/bin, with the libraries that models/pyproject.toml names.
PIPELINE := --no-build-isolation -e . $(addprefix -e core/,coach importers learned replay samples) -e ./models
PROJECTS := pyproject.toml models/pyproject.toml $(wildcard core/*/pyproject.toml)
DEV := $$($(PY) -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["dependency-groups"]["dev"])')

GENERATED := pyodide_bridge/src/contract/schema.json pyodide_bridge/src/contract/contract.ts \
             docs/reference/features.md docs/reference/programs.md \
             $(wildcard web_demo/public/names/*.json)
BRIDGE_SOURCES := $(shell find pyodide_bridge/src $(BUILD)/boot.mjs pyodide_bridge/*.json \
                    pyodide_bridge/*.ts -type f 2>/dev/null)
DEMO_SOURCES := $(shell find web_demo -type f -not -path '*/node_modules/*' -not -path '*/dist/*' \
                  2>/dev/null)

export PYTHONPATH := core/src:core/conformance/src:core/coach/src:core/importers/src:core/samples/src:core/learned/src:core/replay/src:models/src:pyodide_bridge/python
# One browser for all tests; a user's own choice comes first.
export VOLTLIFT_CHROMIUM ?= $(shell cat .cache/chromium 2>/dev/null)

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' Makefile

# --- Set-up: each step once, again when what it is made of changes ---

.PHONY: setup
setup: $(STAMPS)/python-dev $(STAMPS)/npm .cache/chromium ## Install all tools (virtual environment, npm packages, Chromium)

$(STAMPS)/python-build: constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; $(PYTHON) is `$(PYTHON) -V`. Remedy: make PYTHON=python3.12 ..."; exit 1; }
	@test -x $(PY) || $(PYTHON) -m venv .venv || \
	  { echo "Remedy on Debian and Ubuntu: apt-get install python3-venv"; rm -rf .venv; exit 1; }
	$(PIP) hatchling numpy cryptography
	@mkdir -p $(@D) && touch $@

$(STAMPS)/python-dev: $(STAMPS)/python-build $(PROJECTS)
	$(PIP) $(DEV)
	$(PIP) $(PIPELINE)
	@touch $@

# TensorFlow and Spark, 2 GB: apart from .venv, so that the light part is tested without them.
$(STAMPS)/python-training: $(STAMPS)/python-build $(PROJECTS)
	@test -x $(TRAINING) || $(PYTHON) -m venv .venv-training
	$(TRAINING) $(PIP_INSTALL) $(DEV)
	$(TRAINING) $(PIP_INSTALL) $(PIPELINE)[neural,spark]
	@touch $@

.PHONY: java
java:
	@java="$${JAVA_HOME:+$$JAVA_HOME/bin/}java"; \
	version=$$("$$java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p'); \
	test "$${version:-0}" -ge 17 || { \
	  echo "Spark needs Java 17 or newer; \`$$java\` is $${version:+Java }$${version:-absent}."; \
	  echo "Remedy on Debian and Ubuntu: apt-get install openjdk-17-jre-headless"; exit 1; }

$(STAMPS)/npm: package-lock.json
	@node -e 'process.exit(Number.parseInt(process.versions.node, 10) < 20 ? 1 : 0)' || \
	  { echo "Node.js 20 or newer is needed (https://nodejs.org)."; exit 1; }
	@npm ls --all >/dev/null 2>&1 || npm ci --no-progress
	@mkdir -p $(@D) && touch $@

.cache/chromium: | $(STAMPS)/python-dev
	@mkdir -p $(@D) && $(PY) $(BUILD)/find_chromium.py > $@ && cat $@

# --- Build ---

.PHONY: generate
generate: $(STAMPS)/python-dev $(STAMPS)/npm ## Regenerate what is made from the Python sources (types, reference)
	$(PY) $(BUILD)/generate_contract.py
	node $(BUILD)/generate_contract.mjs
	$(PY) docs/generate_features.py
	$(PY) docs/generate_programs.py
	$(PY) web_demo/generate_names.py

.PHONY: wheel
wheel: $(STAMPS)/python-dev ## Build dist/voltlift_core-*.whl
	$(PY) -m build --wheel --no-isolation --outdir dist .

.PHONY: runtime
runtime: $(STAMPS)/python-build $(STAMPS)/npm ## Build what the worker loads: Python, numpy and the engine as bytecode
	@$(PY) $(BUILD)/build_runtime.py

.PHONY: build
build: runtime ## Build the bridge and the web app
	@$(MAKE) --no-print-directory web_demo/dist/index.html

pyodide_bridge/dist/index.js: $(BRIDGE_SOURCES) $(STAMPS)/npm
	npm run build -w pyodide_bridge

# The models that the page fetches, signed, and the keys that it accepts: the owner's with the
# release in VOLTLIFT_RELEASE, else a development key of this user (see docs/how-to/publish-models.md).
RELEASE := .cache/release/pinned-keys.json
ifdef VOLTLIFT_RELEASE
.PHONY: $(RELEASE)
endif
$(RELEASE): web_demo/publish_models.py models/artifacts/manifest.json models/configs/pinned-keys.json \
            $(wildcard models/src/voltlift_models/publish/*.py) | $(STAMPS)/python-build
	@$(PY) web_demo/publish_models.py

web_demo/dist/index.html: pyodide_bridge/dist/index.js pyodide_bridge/runtime/runtime.json $(RELEASE) $(DEMO_SOURCES)
	npm run build -w web_demo

# --- Use ---

.PHONY: demo
demo: build ## Serve the app and print its address (PORT=..., HOST=0.0.0.0 for other devices)
	npm run preview -w web_demo -- $(if $(PORT),--port $(PORT)) $(if $(HOST),--host $(HOST))

# --- Check ---

.PHONY: test
test: setup ## Everything: checks and all tests, with a total at the end
	@rm -rf $(REPORTS); failed=; \
	for part in check test-python test-bridge e2e; do \
	  echo "== make $$part"; $(MAKE) --no-print-directory $$part || failed="$$failed $$part"; \
	done; \
	if [ -n "$$failed" ]; then echo "failed:$$failed"; fi; \
	$(PY) $(BUILD)/sum_tests.py $(REPORTS) && [ -z "$$failed" ]

.PHONY: test-python
test-python: # What both need is made before; if that fails, CPython can still tell.
	@$(MAKE) --no-print-directory runtime; \
	$(MAKE) --no-print-directory -j2 --output-sync=target --keep-going SIDE_BY_SIDE=yes \
	  test-core test-pyodide

.PHONY: test-core
test-core: $(STAMPS)/python-dev $(STAMPS)/npm ## Python tests in CPython
	$(PY) -m pytest --junitxml=$(REPORTS)/cpython.xml

.PHONY: test-training
test-training: java $(STAMPS)/python-training $(STAMPS)/npm ## TensorFlow and Spark: the tests that need 2 GB of tools and Java 17
	@mkdir -p $(REPORTS)
	@failed=0; OPENBLAS_NUM_THREADS=1 $(TRAINING) -m pytest tests/training --junitxml=$(REPORTS)/training.xml || failed=1; \
	$(PY) $(BUILD)/sum_tests.py $(REPORTS) | grep '^training:'; exit $$failed

.PHONY: test-fuzz
test-fuzz: $(STAMPS)/python-dev ## Decoder and importers with 10,000 random examples for each property
	HYPOTHESIS_PROFILE=nightly $(PY) -m pytest tests/core/importers/test_import_fuzz.py \
	  tests/core/history/test_decode_properties.py

.PHONY: test-pyodide
test-pyodide: runtime ## The same tests inside Pyodide, on the runtime that ships
	@mkdir -p $(REPORTS)
	$(PY) $(BUILD)/run_tests.py --junitxml=/reports/pyodide.xml

.PHONY: test-bridge
test-bridge: runtime ## TypeScript tests of the bridge and the app
	@failed=0; for package in pyodide_bridge web_demo; do \
	  npm test -w $$package -- --reporter=default --reporter=junit \
	    --outputFile.junit=$(CURDIR)/$(REPORTS)/$$package.xml || failed=1; \
	done; exit $$failed

.PHONY: e2e
e2e: build $(STAMPS)/python-dev .cache/chromium ## Browser tests of the app
	VOLTLIFT_CHROMIUM=$$(cat .cache/chromium) $(PY) -m pytest e2e -n $(BROWSERS) --dist worksteal \
	  --junitxml=$(REPORTS)/e2e.xml

.PHONY: test-soak
test-soak: build $(STAMPS)/python-dev .cache/chromium ## Storage: 1,000 real kills of renderers, 10,000 scheduled interleavings
	VOLTLIFT_INTERLEAVINGS=10000 npm test -w pyodide_bridge -- tests/storage/interleavings.test.ts
	VOLTLIFT_KILLS=1000 VOLTLIFT_CHROMIUM=$$(cat .cache/chromium) $(PY) -m pytest -s e2e/test_storage_kills.py

.PHONY: screenshots
screenshots: build $(STAMPS)/python-dev .cache/chromium ## Take the pictures of docs/images anew
	VOLTLIFT_CHROMIUM=$$(cat .cache/chromium) $(PY) e2e/screenshots.py

.PHONY: check
check: $(STAMPS)/python-dev $(STAMPS)/npm ## Linters, formatters, types, layers; generated files not stale
	@failed=0; \
	$(MAKE) --no-print-directory -j2 --output-sync=target --keep-going SIDE_BY_SIDE=yes \
	  $(addprefix check-,python types layers typescript) || failed=1; \
	$(MAKE) --no-print-directory check-generated || failed=1; exit $$failed

# One line each, and all of them even if the first fails.
.PHONY: check-python check-types check-layers check-typescript check-generated
check-python:
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .

check-types:
	.venv/bin/mypy
	MYPYPATH=$(BUILD) .venv/bin/mypy --explicit-package-bases $(BUILD)/*.py
	MYPYPATH=e2e:tests .venv/bin/mypy --explicit-package-bases e2e/*.py e2e/support/*.py

check-layers:
	.venv/bin/lint-imports

check-typescript: pyodide_bridge/dist/index.js
	npx biome check .
	npm run typecheck --workspaces --if-present
	npx tsc --noEmit -p benchmarks

check-generated:
	@mkdir -p .cache && sha256sum $(GENERATED) > .cache/generated
	@$(MAKE) --no-print-directory generate >/dev/null
	@sha256sum --quiet --check .cache/generated || \
	  { echo "These generated files were stale. They are up to date now: commit them."; exit 1; }

.PHONY: match-report
match-report: $(STAMPS)/python-dev ## Exercise names of real exports: rates by log, unknown ones, a sample of 200 (LOGS=folder)
	@$(PY) -m voltlift_importers.match_report $(LOGS)

.PHONY: bench
bench: setup ## Benchmarks beside what a user would pick instead; writes benchmarks/latest.json (QUICK=1: a look)
	VOLTLIFT_CHROMIUM=$$(cat .cache/chromium) $(PY) -m benchmarks.run $(if $(QUICK),--quick)

.PHONY: clean
clean: ## Remove everything that was built (not the tools, not downloads)
	rm -rf dist pyodide_bridge/dist pyodide_bridge/inference pyodide_bridge/runtime web_demo/dist $(REPORTS) .cache/runtime .cache/release \
	  test-results .benchmarks .hypothesis .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
