PYTHON ?= python3
BIN := .venv/bin
PAPER ?= a4
DATA = $(or $(AZAWAD_DATA),data)
AS_ROOT = $(if $(filter 0,$(shell id -u)),--allow-root)

# The notebooks run in their own folder, where a relative path would lead elsewhere.
ifdef AZAWAD_DATA
ifeq ($(filter /%,$(firstword $(AZAWAD_DATA))),)
override AZAWAD_DATA := $(CURDIR)/$(AZAWAD_DATA)
endif
export AZAWAD_DATA
# To build, preview and verify, for each of which the pages carry the package.
export BOOKPRESS_PACKAGE = $(AZAWAD_DATA)/datapackage.json
endif

# What is compiled is kept, in .venv and beside the sources, also where the caller's Python keeps nothing: else each process compiles it again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: book preview notebooks edition messages test test-fast strip lint coverage check numbers verify release api bench lab lock wheels licences serve clean help env

book: build/.checked  ## check the data, run the notebooks; pages in build/html, PDF in build/ (PAPER=us-letter for the other sheet)
	@$(BIN)/python -m bookpress build book --output build --paper $(PAPER) $(if $(LANGUAGES),--languages $(LANGUAGES))

# Whoever loads a table checks all of them again; this comes first for its list of faults, and not where nothing is newer.
# Of a folder with a space in its name make cannot tell what is newer.
build/.checked: $(if $(word 2,$(DATA)),env,$(wildcard $(DATA) $(DATA)/*)) $(wildcard book/*.md notebooks/*.ipynb) book/references.bib $(wildcard src/azawad_conflict/*.py src/azawad_conflict/checks/*.py src/azawad_conflict/checks/rules/*.py) | env
	@$(BIN)/python -m azawad_conflict check
	@mkdir -p build && touch $@

test: env  ## run the tests
	$(BIN)/python -m pytest

test-fast: env  ## run the tests that build no book, open no browser and take no long time
	$(BIN)/python -m pytest tests/unit press/tests/unit -m "not builds and not browser and not long"

strip: env  ## take the outputs out of the notebooks, which are kept without
	$(BIN)/nbstripout --keep-id notebooks/*.ipynb

lint: env  ## style, who imports whom, declared packages, types, dead code: ruff, import-linter, deptry, mypy, vulture
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-logo
	$(BIN)/deptry src
	cd press && ../$(BIN)/deptry src
	$(BIN)/mypy
	$(BIN)/vulture

coverage: env  ## which lines the unit tests run, of the analysis and of the press
	$(BIN)/python -m pytest --cov --cov-report=term:skip-covered tests/unit press/tests/unit -m "not builds and not browser"

check: env  ## check the tables in data/ against their schema and rules
	$(BIN)/python -m azawad_conflict check

numbers: env  ## list the published numbers that the data move; RENEW=yes keeps the new ones as published
	@$(BIN)/python -m tools.numbers $(if $(RENEW),--renew)

edition: env  ## open the next edition (VERSION=3.1.0), or date the newest anew (DATE=2026-12-31, else today)
	@$(BIN)/python -m tools.edition $(VERSION) $(if $(DATE),--date $(DATE))

messages: env  ## bring the catalogues of further languages (LANGUAGES=fr) up to date with prose, code and data; PROSE=no with these two alone, in seconds
	@$(BIN)/python -m tools.messages $(or $(LANGUAGES),fr)
	@$(if $(filter no,$(PROSE)),,$(BIN)/python -m bookpress catalogues book --output build --languages $(or $(LANGUAGES),fr))

verify: env  ## build everything anew and compare it with build/, byte by byte; print a certificate
	@$(BIN)/python -m bookpress verify book --output build $(if $(LANGUAGES),--languages $(LANGUAGES))

release: book  ## write build/azawad-conflict-EDITION.zip from the commit: book, data, notebooks, code, and the program that checks it
	@$(BIN)/python -m bookpress release book --output build

api: env  ## the analysis' functions, from their docstrings: build/api/index.html
	$(BIN)/pdoc --docformat numpy --no-show-source --output-directory build/api azawad_conflict

bench: env  ## measure speed as ratios to a floor in the same run; keep the table in benchmarks/measured.csv
	$(BIN)/python benchmarks/run.py

lab: env  ## open the notebooks in JupyterLab, where their prose has its numbers
	LANGUAGE="$(LANGUAGES)" JUPYTER_CONFIG_PATH="$(CURDIR)/press/lab/etc/jupyter" JUPYTER_PATH="$(CURDIR)/press/lab/share/jupyter" JUPYTER_DEFAULT_PROVISIONER_NAME=bookpress-ipc $(BIN)/jupyter lab $(AS_ROOT) notebooks

preview: env  ## build, serve at http://localhost:8000, and build again after each saved change; the open page follows
	$(BIN)/python -m bookpress preview book --output build $(if $(LANGUAGES),--languages $(LANGUAGES))

notebooks: book  ## the notebooks with outputs, and words in the place of roles, for readers who run nothing: build/notebooks
	rm -rf build/notebooks
	cp -r build/html/_downloads/notebooks build/notebooks

serve:  ## show build/html at http://localhost:8000
	$(PYTHON) -m http.server --bind 127.0.0.1 --directory build/html 8000

lock: env  ## renew requirements.txt from pyproject.toml; LOCK=--upgrade takes newer versions
	env -u UV_FIND_LINKS -u UV_INDEX -u UV_EXTRA_INDEX_URL UV_CUSTOM_COMPILE_COMMAND="make lock" UV_SYSTEM_CERTS=1 \
	  $(BIN)/uv pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes \
	  --default-index https://pypi.org/simple $(LOCK) -o requirements.txt --group lab --group test --group dev pyproject.toml press/pyproject.toml

wheels: env  ## keep all locked packages for this machine in wheels/; where that folder is, the environment needs no network
	$(BIN)/python -m tools.wheels

licences: env  ## print version and licence of every package in use, as CSV
	@$(BIN)/python -m bookpress.release.licences requirements.txt

clean:  ## remove what was built, and the environment
	rm -rf build book/_build .venv .coverage .*_cache .hypothesis src/*.egg-info press/src/*.egg-info

help:  ## this list
	@sed -n 's/^\([a-z-]*\):.*  ## /\1\t/p' Makefile

env:
	@$(PYTHON) tools/environment.py
