# `make rehearse` and `make test` work on a fresh machine with Python 3.11 and make: both set up .venv first.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

.PHONY: help rehearse run test check format lock soak fuzz bench screenshots clean

help: ## what can be done here
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/\t/' | expand -t 14

$(READY): requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit("Hamroh needs Python 3.11 or newer; this is %d.%d. Try: make PYTHON=python3.11" % sys.version_info[:2] if sys.version_info < (3, 11) else 0)'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	@touch $@

rehearse: $(READY) ## watch a seminar happen, with no token and no network
	$(BIN)/python -m bot rehearse

run: $(READY) ## the real bot, with the token in .env
	$(BIN)/python -m bot run

test: check ## every test, with coverage
	$(BIN)/python -m pytest -q -n 4 --dist worksteal --cov --cov-report=term --cov-fail-under=95

check: $(READY) ## style, types, import rules, words
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tests.words check

KILLS ?= 50
N ?= 100000
SEED ?=
soak: $(READY) ## kill the real bot again and again, and judge it (KILLS=1000 for all of it, an hour)
	$(BIN)/python -m tests.soak --kills $(KILLS) $(if $(SEED),--seed $(SEED)) $(if $(REPORT),--report $(REPORT))

fuzz: $(READY) ## malformed and hostile updates (N=1000000 for all of it, half an hour)
	$(BIN)/python -m tests.fuzz --updates $(N) $(if $(SEED),--seed $(SEED)) $(if $(REPORT),--report $(REPORT))

format: $(READY) ## put the code into its one format
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .

bench: $(READY) ## how fast it is, beside others; PART=send for one part, FULL=1 for 10,000 at 30/s
	$(BIN)/python -m tests.benchmarks run $(if $(PART),--part $(PART)) $(if $(FULL),--full)
	$(BIN)/python -m tests.benchmarks report

screenshots: $(READY) ## pictures of the rehearsal for docs/ (needs Chromium)
	$(BIN)/python -m tests.rehearsal.screenshots

lock: ## write requirements.lock anew from pyproject.toml (needs uv)
	uv pip compile --upgrade --universal --generate-hashes --no-emit-index-url --no-header --all-extras --group dev pyproject.toml -o requirements.lock

clean: ## forget what was built, keep the data
	rm -rf .venv .coverage* .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
