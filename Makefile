# Everything runs with relative paths and `python -m`, so that the checkout may stand in a path with spaces.
PYTHON ?= python3
VENV := $(or $(OWNERMAP_VENV),.venv)
PY := "$(VENV)/bin/python"
UV := $(PY) -m uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header --no-annotate $(LOCKFLAGS)

.NOTPARALLEL:
.PHONY: help run test lint types contracts suite soak bench format generated picture lock env dev clean

help:
	@echo "make run        open the sample project (with no display: export it into out/)"
	@echo "make test       lint, strict types, import contracts and the test suite"
	@echo "make lint       ruff: rules and format"
	@echo "make format     let ruff put the format right"
	@echo "make types      mypy, strict"
	@echo "make contracts  which module may import which"
	@echo "make suite      the tests alone (ARGS='-k name' chooses)"
	@echo "make soak       kills, power losses, failing disks, damaged and hostile files, many times over: hours"
	@echo "                (OWNERMAP_SOAK=0.05 does a twentieth of it)"
	@echo "make bench      the benchmarks, one at a time"
	@echo "make generated  make resources/templates, resources/schema and docs/rules.md anew"
	@echo "make picture    draw the picture of README anew, as the window is today"
	@echo "make lock       bring both locks up to date with pyproject.toml (needs the network)"
	@echo "make clean      remove caches, reports and out/; the environment stays"
	@echo "PYTHON=python3.13 makes the environment with that Python; OWNERMAP_VENV=folder puts it elsewhere."

run: env
	@$(PY) packaging/run.py

test: lint types contracts suite
	@echo "All passed: lint, types, contracts and tests."

env:
	@$(PYTHON) packaging/bootstrap.py

dev:
	@$(PYTHON) packaging/bootstrap.py --dev

lint: dev
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .

format: dev
	@$(PY) -m ruff check --fix .
	@$(PY) -m ruff format .

types: dev
	@$(PY) -m mypy

contracts: dev
	@$(PY) -c "from importlinter.cli import lint_imports_command as lint; lint(['--no-logo'])"

suite: dev
	@$(PY) -m pytest -n 2 $(ARGS)

soak: dev
	@OWNERMAP_SOAK=$${OWNERMAP_SOAK:-1} $(PY) -m pytest tests/faults -n 2 --timeout=0 -o faulthandler_timeout=0 --durations=20 $(ARGS)

bench: dev
	@$(PY) -m pytest tests/bench -p no:xdist --benchmark-enable $(ARGS)

generated: env
	@$(PY) packaging/make_templates.py
	@$(PY) packaging/make_schema.py
	@$(PY) packaging/make_rules_page.py

picture: env
	@$(PY) packaging/make_picture.py

# The lock for running is a part of the lock for developing, version by version.
lock: dev
	@$(UV) --group build --group dev --output-file packaging/requirements-dev.lock
	@$(UV) --group build --constraint packaging/requirements-dev.lock --output-file packaging/requirements.lock

clean:
	@rm -rf out build dist *.egg-info .build .pytest_cache .mypy_cache .ruff_cache .hypothesis .benchmarks
	@rm -rf .import_linter_cache
	@find . -name __pycache__ -type d -not -path "./.venv/*" -prune -exec rm -rf {} +
