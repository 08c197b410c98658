# make setup   .venv with everything in it, from the hashes in requirements-dev.lock
# make demo    an invented association, three questions answered, and a server on 127.0.0.1:8000
# make test    the whole suite; on a real Neo4j too where Maven and Java, NEO4J_URI or Docker are there
# make check   format, lint, types, arrows, queries
# make bench   what is measured, into bench/
# make soak    the minutes-long runs that make test leaves out
# make fix     puts the format right
# make lock    new locks from pyproject.toml
# make graphiql the GraphiQL page, bundled anew from web/graphiql (Node.js 20 or newer)
# make secrets passwords for docker compose, in secrets/
# make clean   removes what the others made
#
# ARGS goes to pytest: make test ARGS="tests/network -x"

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
ARGS ?=

.DEFAULT_GOAL := setup
.PHONY: setup demo test soak bench check format lint types mypy pyright arrows queries fix lock graphiql secrets clean

setup: .venv/.installed

# A stamp of its own for the locked packages: a change of pyproject.toml alone needs no network.
.venv/.locked: requirements-dev.lock
	@$(PYTHON) -c 'import sys; sys.exit(None if sys.version_info >= (3, 11) else "Paddock needs Python 3.11 or newer; name one: make PYTHON=python3.11")'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements-dev.lock
	touch $@

# The build backend comes from the lock, hence no isolation; pip looks for it on the PATH.
.venv/.installed: .venv/.locked pyproject.toml
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python -m pip install --quiet --no-deps --no-index --no-build-isolation --editable .
	touch $@

demo: setup
	$(BIN)/paddock demo $(ARGS)

test: setup
	PYTHONNEO4JDEBUG=1 $(BIN)/python -m tests.real_neo4j $(ARGS)

soak: setup
	PYTHONNEO4JDEBUG=1 $(BIN)/python -m tests.real_neo4j -m soak $(ARGS)

bench: setup
	$(BIN)/python -m bench $(ARGS)

check: format lint types arrows queries

format: setup
	$(BIN)/ruff format --check .

lint: setup
	$(BIN)/ruff check .

types: mypy pyright

mypy: setup
	$(BIN)/mypy

pyright: setup
	$(BIN)/pyright

arrows: setup
	$(BIN)/lint-imports

queries: setup
	$(BIN)/python -m cypher

fix: setup
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# The options keep the settings of this machine's pip out of the locks.
PIP_COMPILE = CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile --quiet --generate-hashes --strip-extras \
	--allow-unsafe --no-emit-options --no-emit-index-url --no-emit-trusted-host --no-emit-find-links

lock: setup
	$(PIP_COMPILE) --output-file=requirements.lock pyproject.toml
	$(PIP_COMPILE) --output-file=requirements-build.lock --build-deps-for=wheel --only-build-deps pyproject.toml
	$(PIP_COMPILE) --output-file=requirements-dev.lock --extra=dev --extra=legacy --extra=notebook --extra=otel pyproject.toml

# The lock names every package by its hash; the bundle is committed, so that nobody needs this to run a server.
graphiql:
	npm ci --prefix web/graphiql --no-audit --no-fund
	cd web/graphiql && npm run --silent build

# The folder keeps others of this machine out; the files are read by the containers' own users.
secrets:
	@test ! -e secrets || { echo "secrets/ is there already; remove it to have new ones made" >&2; exit 1; }
	@mkdir -m 700 secrets
	@$(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(32))' > secrets/graph_password
	@printf 'neo4j/%s' "$$(cat secrets/graph_password)" > secrets/graph_auth
	@$(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(48))' > secrets/signing_secret
	@chmod 444 secrets/*

clean:
	rm -rf .venv build dist .hypothesis .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
