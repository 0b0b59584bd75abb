# Needs Python 3.11 or later with pip, and make. Everything else is installed into .venv on first use.

PYTHON ?= $(shell command -v python3.11 || echo python3)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
TOOLS := $(VENV)/.tools

.DEFAULT_GOAL := help
.PHONY: help plan test test-all test-times test-min coverage fuzz mutants lint docs bench clean

SLOW ?= 0# share of the slow tests that `make test` runs beside the others
SEED ?=# decides which of them

help: ## show this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1\t\2/p' $(firstword $(MAKEFILE_LIST))

plan: $(READY) ## test the shipped Soviet plan of 1928-33: how far outside, why, and the proof
	@$(BIN)/planner feasibility --overwrite

test: $(TOOLS) ## run the tests, but for a few that take long
	@$(BIN)/python -m pytest -n 2 --slow $(SLOW) --seed "$(SEED)"

test-all: $(TOOLS) ## run every test
	@$(BIN)/python -m pytest -n 2

test-times: $(TOOLS) ## measure every test that is not marked slow, and list in tests/slow.txt those that cost most
	@$(BIN)/python -m pytest -n 2 -m "not slow" --write-slow 400

test-min: ## run the tests with the lowest versions of what the program needs
	@$(PYTHON) -m venv $(VENV)-min
	@$(PYTHON) -m tests.packaging.lowest > $(VENV)-min/lowest.txt
	@$(VENV)-min/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]' --constraint $(VENV)-min/lowest.txt
	@$(VENV)-min/bin/python -m pytest -n 2 --slow $(SLOW) --seed "$(SEED)"

fuzz: $(TOOLS) ## run 5,000 seeded cases of noise in every kind of input
	@$(BIN)/python -m tests.fuzz --cases 5000

mutants: $(TOOLS) ## change 150 seeded lines of the program, one at a time, and see that a test fails each time
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[mutants]'
	@$(BIN)/python -m tests.mutants

coverage: $(TOOLS) ## run every test and show the lines of planner/ that none of them reaches
	@$(BIN)/python -m pytest -n 2 --cov=planner --cov-branch --cov-report=term-missing:skip-covered

lint: $(TOOLS) ## check style and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

docs: $(TOOLS) ## build the documentation into build/docs; it is read without a network
	@$(BIN)/mkdocs build --quiet --strict --config-file planner/docs/mkdocs.yml
	@echo "Open build/docs/index.html"

bench: $(TOOLS) ## measure assembling and solving
	@for file in $$(grep -l __main__ tests/benchmarks/*.py); do \
		$(BIN)/python -m $$(echo $${file%.py} | tr / .) || exit 1; done

clean: ## remove what can be made again; results in outputs/ stay
	rm -rf $(VENV) $(VENV)-min build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find planner tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "The planner needs Python 3.11 or later; name one: make PYTHON=...")'
	@echo "Installing into $(VENV) ..." >&2
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(TOOLS): $(READY)
	@echo "Installing what tests need ..." >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@
