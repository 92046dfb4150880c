# 共治 Gongzhi. `make` alone lists what there is.

# Empty: python3, or the first newer one that is found.
PYTHON ?=
BIN := .venv/bin
# In how many processes the tests run, each with a PostgreSQL of its own. 0: in one, as debuggers like it.
PROCESSES ?= 2
.DEFAULT_GOAL := help
.PHONY: help setup demo test test-tools check audit bench bench-faults bench-peers docs lock clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Make .venv and fetch the front-end assets (does nothing when up to date)
	@python=$$(sh deploy/python.sh $(PYTHON)) && $$python deploy/bootstrap.py

demo: setup ## Run the whole platform with a demo province; Ctrl-C ends it
	@exec $(BIN)/gongzhi demo

test: setup test-tools check audit ## Check everything, then run all tests
	@PYTHONHASHSEED=0 $(BIN)/python -m pytest -n $(PROCESSES) $(ARGS)

test-tools: setup ## Chromium and a Chinese font for the browser tests (installed when root)
	@sh deploy/test-tools.sh

check: setup ## Format, lint, types, import rules, generated documents; reports all failures
	@sh deploy/check.sh

audit: setup ## Known weaknesses in what is locked; says so where nobody can be asked
	@$(BIN)/python -m deploy.audit

bench: setup ## Measure against peers on this machine, side by side
	@$(BIN)/gongzhi bench $(ARGS)

bench-faults: setup ## Kill everything at random, 200 times; nothing may be lost
	@$(BIN)/python -m tests.faults $(ARGS)

bench-peers: setup ## Install the peers that bench compares with, where they can be had
	@sh deploy/bench-peers.sh

docs: setup ## Write the generated documents anew
	@$(BIN)/python -m deploy.documents

lock: setup ## Resolve all dependencies anew (needs the network)
	@sh deploy/lock.sh

clean: ## Remove what set-up and tools made; the data in .gongzhi stays
	@rm -rf .venv node_modules portals/static/vendor services/letters/vendor build dist
	@rm -rf .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
