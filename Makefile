# `make demo` and `make test` need Python 3.11 or newer and pip; each makes its own virtual environment.
# Other names: make test VENV=/tmp/venv PYTHON=python3.12

PYTHON ?= python3
VENV ?= .venv
DEMO_VENV ?= .venv-demo
DEMO ?= demo

BIN := $(VENV)/bin
DB := $(DEMO)/tracker.db
TRACKER := $(DEMO_VENV)/bin/tracker
PIP_FLAGS ?= --quiet --disable-pip-version-check
SOURCES := $(shell find tracker -name '*.py' -o -name '*.toml' -o -name '*.yaml' 2>/dev/null)

.DEFAULT_GOAL := help
.PHONY: help demo test lint types unit neural gate bench bench-scale endurance readme clean

help:  ## what can be made
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 13

# A stamp says which pyproject.toml an environment was made for.
$(VENV)/.stamp-test: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install $(PIP_FLAGS) --editable '.[test]'
	@touch $@

# The demo is installed as a user would: a copy, without the tools of the tests. Compiling all of spaCy for it
# would take longer than the demo itself.
$(DEMO_VENV)/.stamp-demo: pyproject.toml README.md $(SOURCES)
	$(PYTHON) -m venv $(DEMO_VENV)
	@rm -rf build  # what an earlier build left there would be packed again
	$(DEMO_VENV)/bin/python -m pip install $(PIP_FLAGS) --no-compile .
	@touch $@

demo: $(DEMO_VENV)/.stamp-demo  ## ingest the sample pages, show who said what, cross-check, write a CSV
	@mkdir -p $(DEMO)
	@rm -f $(DB) $(DB)-wal $(DB)-shm
	$(TRACKER) ingest data/samples --db $(DB)
	$(TRACKER) query --db $(DB) --until 2024-03-31 --limit 12
	$(TRACKER) query --db $(DB) --speaker "Nabil al-Qasrawi"
	$(TRACKER) check --db $(DB) --limit 6
	$(TRACKER) export csv --db $(DB) -o $(DEMO)/who_said_what.csv

test: lint types unit  ## lint, types and the whole suite

lint: $(VENV)/.stamp-test  ## ruff: rules and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.stamp-test  ## mypy --strict
	$(BIN)/mypy

unit: $(VENV)/.stamp-test  ## pytest, in two processes
	$(BIN)/python -m pytest -n 2 --dist worksteal

neural: $(VENV)/.stamp-test  ## only the tests of the optional models; `unit` runs them as well
	$(BIN)/python -m pytest tests/neural tests/test_models.py

gate: $(VENV)/.stamp-test  ## precision, recall and F1 on data/gold against their floors
	$(BIN)/python -m benchmarks.gate

bench: $(VENV)/.stamp-test  ## speed, memory and start-up, against a plain baseline in the same run
	$(BIN)/python -m benchmarks.speed

bench-scale: $(VENV)/.stamp-test  ## the store with a million statements: loading, memory, queries, exports (half an hour)
	$(BIN)/python -m benchmarks.scale --bulk

endurance: $(VENV)/.stamp-test  ## runs killed again and again at random moments, and a cluster that loses a process
	TRACKER_KILLS=8 $(BIN)/python -m pytest tests/cli/test_broken_off.py tests/scale/test_cluster.py

readme: $(VENV)/.stamp-test  ## write the help texts, demo output and figures of README.md anew
	$(BIN)/python -m benchmarks.readme
	$(BIN)/python -m benchmarks.demo_output
	$(BIN)/python -m benchmarks.figures

clean:  ## environments, caches and the demo's files
	rm -rf $(DEMO_VENV) $(DEMO) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -not -path './.venv*' -prune -exec rm -rf {} +
	@if [ -f $(VENV)/.stamp-test ]; then rm -rf $(VENV); fi
