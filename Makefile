# Needs make and Python 3.11 or newer with venv; everything else is installed into .venv.

PYTHON ?= $(firstword $(foreach p,python3 python3.14 python3.13 python3.12 python3.11,$(shell \
	$(p) -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $(p))))
BIN := .venv/bin
INSTALL := $(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r
UV := $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate
# An article's own text is data, not a template.
TEMPLATES = $$(find articles mindspace templates -name '*.html' ! -path '*/content/*')

PYTEST := $(BIN)/python -m pytest -q
CHECKS := tests/test_checks.py
# They mostly wait, and have to be on time, as a browser has: the rest runs beside them, and gives way.
VOICES := tests/browser/voices tests/browser/player/timed
NEIGHBORS := tests/groups tests/circles tests/mutualaid
# They start programs and wait for them, after the voices and not beside them.
PROGRAMS := tests/test_up.py tests/test_postgres.py tests/test_postgres_refusals.py tests/test_proxies.py tests/test_settings.py
# $(call step,what it is,the command): says what happens and how long it took.
step = @begun=$$(date +%s) && echo "== $(1)" && $(2) && echo "   done in $$(($$(date +%s) - begun)) s"

.PHONY: run test test-voices lock bench bench-large
.DELETE_ON_ERROR:

run: .venv/run  ## the site on this machine; Ctrl-C ends it
	@exec $(BIN)/python manage.py up

test: .venv/test  ## everything that must hold
	$(call step,A browser and voices for the tests,sh tests/browser/install_chromium.sh $(BIN) && sh tests/browser/install_voices.sh)
	$(call step,Format of the code,$(BIN)/ruff format --quiet --check .)
	$(call step,Lint,$(BIN)/ruff check --quiet .)
	$(call step,Format of the templates,$(BIN)/djade --check $(TEMPLATES) && $(BIN)/djhtml --tabwidth 2 --check $(TEMPLATES) 2>/dev/null)
	$(call step,Types,DEBUG=1 $(BIN)/mypy .)
	$(call step,JavaScript units,$$($(BIN)/python -c 'from playwright._impl._driver import compute_driver_executable as c; print(c()[0])') --test --test-reporter=dot 'tests/js/**/*.test.mjs')
	$(call step,Checks and the tables that all tests below begin with,$(PYTEST) $(CHECKS))
	@echo "== Tests: pages in a browser, and beside them voices and programs, the directory and the board, the rest"
	@logs=$$(mktemp -d); \
	nice -n 19 $(PYTEST) --ignore=tests/browser $(NEIGHBORS:%=--ignore=%) $(PROGRAMS:%=--ignore=%) --ignore=$(CHECKS) >$$logs/database 2>&1 & database=$$!; \
	nice -n 19 $(PYTEST) $(NEIGHBORS) >$$logs/groups 2>&1 & groups=$$!; \
	{ $(PYTEST) $(VOICES); spoke=$$?; nice -n 19 $(PYTEST) $(PROGRAMS) && exit $$spoke; } >$$logs/voices 2>&1 & voices=$$!; trap "kill $$database $$groups $$voices" INT TERM; \
	nice -n 2 $(PYTEST) tests/browser $(VOICES:%=--ignore=%); failed=$$?; \
	echo "== Tests: voices, and programs that start and end"; wait $$voices || failed=1; cat $$logs/voices; \
	echo "== Tests: the directory and the board"; wait $$groups || failed=1; cat $$logs/groups; \
	echo "== Tests: the rest"; wait $$database || failed=1; cat $$logs/database; \
	rm -rf $$logs; exit $$failed

test-voices: .venv/test  ## the player with real voices, over the whole first article
	$(call step,A browser and voices for the tests,sh tests/browser/install_chromium.sh $(BIN) && sh tests/browser/install_voices.sh)
	@exec $(BIN)/python -m pytest -q -s -m "whole_article or not whole_article" tests/browser/voices

bench: .venv/test  ## the figures of bench/, each with its yardstick
	@exec $(BIN)/python -m bench

bench-large: .venv/test  ## finding a group, and a post on the board, among a million; builds them first
	@$(BIN)/python -m bench.groups 1000000; failed=$$?; $(BIN)/python -m bench.board 1000000 && exit $$failed

lock: .venv/test  ## the lock files from pyproject.toml; UPGRADE=1 takes the newest versions
	$(call step,requirements.lock,$(UV) $(if $(UPGRADE),--upgrade) -o requirements.lock)
	$(call step,requirements-s3.lock,$(UV) $(if $(UPGRADE),--upgrade) -c requirements.lock --extra s3 -o requirements-s3.lock)
	$(call step,requirements-dev.lock,$(UV) $(if $(UPGRADE),--upgrade) -c requirements.lock -c requirements-s3.lock --group dev -o requirements-dev.lock)

.venv/run: requirements.lock
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer with venv is needed (Debian: apt-get install python3-venv)." >&2; exit 1; }
	$(call step,Installing the site's packages into .venv (about a minute; again only when requirements.lock changes),rm -rf .venv && $(PYTHON) -m venv .venv && $(INSTALL) requirements.lock)
	@touch $@

.venv/test: .venv/run requirements-dev.lock
	$(call step,Installing the tools for tests into .venv,$(INSTALL) requirements-dev.lock)
	@touch $@
