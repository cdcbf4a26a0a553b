# `make run` serves the product, `make test` proves it. Both install what they need; later runs start at once.
SHELL := /bin/bash
.DELETE_ON_ERROR:
.PHONY: run test check lint types setup bench lock demo mutants lighthouse screenshots api-types clean test-tools

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMPS := .stamps
# Each stamp lies in what it stands for, so that deleting that folder is enough to have it made again.
PYTHON_READY := $(VENV)/.installed
NODE_READY := node_modules/.installed
# A large tool for one command: whoever runs the product does not install it.
LIGHTHOUSE := tools/lighthouse
LIGHTHOUSE_READY := $(LIGHTHOUSE)/node_modules/.installed
CLIENT_READY := static/dist/.built
PORT ?= 8000
# Most tests wait for a deadline or a browser most of the time, so a few more of them run than there are cores.
WORKERS ?= 3
export FLASK_APP := wsgi.py
export PORT

CLIENT_SOURCES := $(shell find client -type f -not -name '*.test.*' 2>/dev/null) \
  templates/shell.html service-worker.js vite.config.ts package.json

run: setup ## serve on http://127.0.0.1:$(PORT), with demo data
	$(BIN)/flask db upgrade
	$(BIN)/flask demo
	exec $(BIN)/gunicorn -c deploy/gunicorn.conf.py wsgi:app

setup: $(PYTHON_READY) $(CLIENT_READY)

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(PYTHON_READY): requirements.lock | $(VENV)/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

# Not `npm ci`: it wants the lock to name the binaries of every platform, which a registry that mirrors only some of
# them cannot give. This installs exactly what the lock says and leaves the lock as it is.
$(NODE_READY): package-lock.json
	npm install --no-save --no-audit --no-fund --loglevel=error
	@touch $@

$(LIGHTHOUSE_READY): $(LIGHTHOUSE)/package-lock.json
	cd $(LIGHTHOUSE) && npm install --no-save --no-audit --no-fund --loglevel=error
	@touch $@

$(CLIENT_READY): $(PYTHON_READY) $(NODE_READY) $(CLIENT_SOURCES)
	npm run --silent build
	$(BIN)/python -m whitenoise.compress --quiet static/dist/assets
	@touch $@

# What only the tests need from the system: a browser and the servers of a larger installation. Where they are missing
# and cannot be installed the tests that need them are skipped with a loud line; CI forbids skips.
test-tools:
	@deploy/install-test-tools

test: setup test-tools ## the whole suite
	npm test --silent
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile -m "not alone"
	$(BIN)/python -m pytest -n 2 --dist loadfile -m alone

lint: $(PYTHON_READY) $(NODE_READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	npm run --silent lint

types: $(PYTHON_READY) $(NODE_READY)
	$(BIN)/mypy
	npm run --silent typecheck

check: lint types test ## everything CI runs

bench: setup ## measure; prints a table, writes bench/results/
	$(BIN)/python -m bench

mutants: setup ## take one defence away at a time: the tests must notice each
	$(BIN)/python -m tools.mutants

lighthouse: setup test-tools $(LIGHTHOUSE_READY) ## Lighthouse over the main screens; status 1 below a target
	$(BIN)/python -m tools.lighthouse_report

screenshots: setup test-tools ## docs/screenshots/ from a demo server
	$(BIN)/python -m tools.screenshots

api-types: $(PYTHON_READY) $(NODE_READY) ## the client's types from the server's OpenAPI document
	@mkdir -p $(STAMPS)
	$(BIN)/flask openapi-document $(STAMPS)/openapi.json
	npm run --silent types -- $(STAMPS)/openapi.json

lock: ## write both locks anew, without download hosts
	$(BIN)/pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	  --no-emit-index-url --group dev pyproject.toml -o requirements.lock
	npm install --package-lock-only --no-audit --no-fund
	cd $(LIGHTHOUSE) && npm install --package-lock-only --no-audit --no-fund

clean: ## all that was installed or built; never the database in instance/
	rm -rf $(VENV) node_modules $(LIGHTHOUSE)/node_modules static/dist $(STAMPS)
