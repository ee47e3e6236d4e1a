# Two commands on a fresh machine with Python 3.11 or newer: `make demo` and `make test`.
PYTHON ?= $(shell command -v python3.13 || command -v python3.12 || command -v python3.11 || command -v python3)
VENV := .venv
RUN := $(VENV)/bin

.PHONY: demo test lint types docs clean

demo: $(VENV)/demo.stamp  ## install, then run the whole sample consultation
	$(RUN)/consultation demo .

test: $(VENV)/test.stamp lint types  ## install what tests need; lint, types, tests
	$(RUN)/pytest

lint: $(VENV)/test.stamp
	$(RUN)/ruff check .
	$(RUN)/ruff format --check .

types: $(VENV)/test.stamp
	$(RUN)/mypy

$(VENV)/bin/pip:
	$(PYTHON) -m venv $(VENV)
	$(RUN)/pip install --quiet --upgrade pip

$(VENV)/demo.stamp: $(VENV)/bin/pip pyproject.toml
	$(RUN)/pip install --quiet --editable .
	touch $@

$(VENV)/test.stamp: $(VENV)/bin/pip pyproject.toml
	$(RUN)/pip install --quiet --editable ".[test]"
	touch $@ $(VENV)/demo.stamp

clean:
	rm -rf $(VENV) data/processed/* reports ledger.sqlite
