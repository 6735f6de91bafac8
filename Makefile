# Chargehouse. On a fresh machine: `make demo`, `make test`.

# Libraries that Homebrew installs outside the compiler's own search path.
ifeq ($(shell uname -s),Darwin)
homebrew := $(shell brew --prefix 2>/dev/null)
export CPATH := $(homebrew)/include:$(CPATH)
export LIBRARY_PATH := $(homebrew)/lib:$(LIBRARY_PATH)
endif

# One configuration for the demo and the tests: most of a build is dependencies, and they are compiled once.
# A part that set-up installs must be there in `make test`: its tests fail without it instead of skipping.
test: export CHARGEHOUSE_REQUIRE_ALL := 1

# What `make docs` describes.
modules := ChargingModel Sources ObjectStore RawArchive Acquisition Cleaning Warehouse WarehouseDuckDB WarehousePostgres Analytics Reporting Simulation

.DEFAULT_GOAL := help
.PHONY: help setup build demo test bench lint format docs clean

help: ## Show this list
	@sed -nE 's/^([a-z]+):[^#]*## (.*)/  make \1 \2/p' Makefile | awk '{ printf "  %s %-7s", $$1, $$2; $$1 = $$2 = ""; print }'

setup: ## Install what is missing: system libraries, DuckDB, a Python for tests
	@scripts/setup

build: setup ## Build the command in release configuration
	swift build -c release --product chargehouse

demo: build ## Simulate 38 cities on this machine, acquire, clean, load and report them
	.build/release/chargehouse demo

# One test at a time: those that wait for a deadline or a process must not starve beside those that compute.
test: setup ## Build and run all tests
	swift build -c release --build-tests
	swift test -c release --skip-build --no-parallel

bench: build ## Measure the pipeline against named alternatives
	python3 Benchmarks/bench.py
	python3 Benchmarks/backfill.py

lint: ## Check format and scripts
	swift format lint --strict -r -p Package.swift Sources Tests
	@if command -v shellcheck >/dev/null 2>&1; \
	then set -x; shellcheck scripts/setup .ci/run; \
	else echo "shellcheck is not installed: scripts are not checked"; fi

format: ## Rewrite all Swift files in the project's format
	swift format --in-place -r -p Package.swift Sources Tests

docs: setup ## Write the reference of the modules into site/
	DOCS=1 swift package --allow-writing-to-directory site generate-documentation \
		$(addprefix --target ,$(modules)) --enable-experimental-combined-documentation \
		--output-path site --warnings-as-errors

clean: ## Remove what was built; keep what set-up installed
	swift package clean
	rm -rf site results.xml results-swift-testing.xml
