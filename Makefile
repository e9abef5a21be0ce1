# `make rehearse` and `make test` work on a fresh machine with Python 3.11 and make: both set up .venv first.
PYTHON ?= python3
BIN := .venv/bin
# Two sets of packages, and a stamp for each that is complete: what runs, and what tests (which holds the first too).
RUNS := .venv/.ready-to-run
TESTS := .venv/.ready-to-test

.PHONY: help setup rehearse run quick test check format lock soak fuzz bench screenshots clean

help: ## what can be done here
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/\t/' | expand -t 14

$(RUNS): requirements.lock
	$(call install,requirements.lock)
	@touch $@

$(TESTS): requirements.lock requirements-test.lock
	$(call install,requirements-test.lock)
	@touch $(RUNS) $@

define install
@$(PYTHON) -c 'import sys; sys.exit("Hamroh needs Python 3.11 or newer; this is %d.%d. Try: make PYTHON=python3.11" % sys.version_info[:2] if sys.version_info < (3, 11) else 0)'
@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv .venv
@echo "Installing $$(grep -c '==' $(1)) packages into .venv, once. That takes up to a minute."
@$(BIN)/python -m pip install --disable-pip-version-check --no-deps --require-hashes -r $(1)
endef

setup: $(RUNS) ## install what runs into .venv
	@echo "What Hamroh needs is in .venv."

# `exec`: a signal that ends make ends the bot, too; a shell between them would leave it running.
rehearse: $(RUNS) ## watch a seminar happen, with no token and no network (PORT=9000, SEMINAR=seminars/yours)
	@exec $(BIN)/python -m rehearsal $(if $(PORT),--port $(PORT)) $(if $(SEMINAR),--seminar "$(SEMINAR)")

run: $(RUNS) ## the real bot, with the token in .env
	@exec $(BIN)/python -m bot run

quick: check ## the checks, and the tests of one feature (FEATURE=checkin) or a part of them all; under a minute
	@PYTHONDONTWRITEBYTECODE= $(BIN)/python -m tests.quick $(if $(FEATURE),"$(FEATURE)")

# Four workers that may keep nothing compiled compile the same modules four times. Counting what is reached is apart, since
# on Python 3.11 it makes the same tests take two and a half times the CPU time; continuous integration does it each time.
test: check ## every test; names the slowest (COVERAGE=1: and fails where less than 95 % of lines and branches are reached)
	PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -q -n 4 --dist worksteal --durations=15 $(if $(COVERAGE),--cov --cov-report=term --cov-fail-under=95)

check: $(TESTS) ## style, types, import rules, words
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tests.words check

KILLS ?= 50
N ?= 100000
SEED ?=
soak: $(TESTS) ## kill the real bot again and again, and judge it (KILLS=1000 for all of it, an hour)
	$(BIN)/python -m tests.soak --kills $(KILLS) $(if $(SEED),--seed $(SEED)) $(if $(REPORT),--report $(REPORT))

fuzz: $(TESTS) ## malformed and hostile updates (N=1000000 for all of it, half an hour)
	$(BIN)/python -m tests.fuzz --updates $(N) $(if $(SEED),--seed $(SEED)) $(if $(REPORT),--report $(REPORT))

format: $(TESTS) ## put the code into its one format
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .

bench: $(TESTS) ## how fast it is, beside others; PART=send for one part, FULL=1 for 10,000 at 30/s
	$(BIN)/python -m tests.benchmarks run $(if $(PART),--part $(PART)) $(if $(FULL),--full)
	$(BIN)/python -m tests.benchmarks report

screenshots: $(TESTS) ## pictures of the rehearsal for docs/ (needs Chromium)
	$(BIN)/python -m tests.rehearsal.screenshots
	$(BIN)/python -m tests.rehearsal.guide_pictures
	$(BIN)/python -m tests.charts.guide_pictures

LOCK := uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header
lock: ## write both locks anew from pyproject.toml (needs uv)
	$(LOCK) --upgrade --all-extras --group dev pyproject.toml -o requirements-test.lock
	cp requirements-test.lock requirements.lock
	$(LOCK) --extra rehearsal pyproject.toml -o requirements.lock # keeps the versions that it finds there

clean: ## forget what was built, keep the data
	rm -rf .venv .coverage* .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
