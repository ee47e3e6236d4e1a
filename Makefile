# Two commands on a fresh machine with Python 3.11 or newer: `make demo` and `make test`.
# The first Python that really runs, is new enough and can make an environment: a name on the path may be an empty shim.
PYTHON ?= $(shell for name in python3.13 python3.12 python3.11 python3 python; do \
	$$name -c "import ensurepip, sys; sys.exit(sys.version_info < (3, 11))" 2>/dev/null && echo $$name && break; done)
VENV := .venv
RUN := $(VENV)/bin

.PHONY: demo test lint types docs clean

demo: $(VENV)/demo.stamp  ## install, then run the whole sample consultation
	$(RUN)/consultation demo .

test: $(VENV)/test.stamp lint types  ## install what tests need; lint, types, tests
	$(RUN)/pytest -n auto --dist loadfile

lint: $(VENV)/test.stamp
	$(RUN)/ruff check .
	$(RUN)/ruff format --check .

types: $(VENV)/test.stamp
	$(RUN)/mypy

$(VENV)/bin/pip:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed (with venv); or say which: make demo PYTHON=..."; exit 1; }
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
