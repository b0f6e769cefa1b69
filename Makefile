# What a person types. Bare `make` lists it; every target sets up what it lacks, says what it does and how long it took.

.DEFAULT_GOAL := help
MAKEFLAGS += --no-builtin-rules --no-print-directory
SHELL := bash
step := @.ci/step

# Folders are listed beside their files, so that a file taken away counts as a change.
engine := Cargo.toml Cargo.lock $(shell find src)
facts  := $(engine) $(shell find tariff-data)
web    := $(shell find www -name node_modules -prune -o -name dist -prune -o -type f -print)

.PHONY: help
help: ## list the targets
	@echo 'make …'
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: demo
demo: build ## price a basket and classify a product, then serve the demo pages (DEMO_SERVE=0: print only)
	@source .ci/env && node www/demo.mjs

# Properties draw the same baskets each time here, so that a failure is of what changed; `make properties` draws others.
.PHONY: test
test: build set-up ## run every test: native, in Node, in Chromium
	$(step) "test natively" env PROPTEST_RNG_SEED=20261127 cargo test --workspace --all-features
	$(step) "compile the command line" cargo build --features cli --bin dutiable
	$(step) "compare 5,000 baskets with the twin" env PYTHONDONTWRITEBYTECODE=1 python3 tests/twin/compare.py --count 5000
	$(step) "answer the boundary cases with the twin" env PYTHONDONTWRITEBYTECODE=1 python3 tests/boundaries/generate.py --check
	$(step) "test in Node" node --test tests/node/
	$(step) "test in Chromium" node --test tests/browser/

.PHONY: trained
trained: ## learn the classifier anew and prove that what is committed is what the tables and the lexicon teach (some minutes)
	$(step) "learn and compare" cargo tariff train --check

CASES ?= 10000
.PHONY: properties
properties: packs ## try every property on CASES random baskets
	$(step) "try the properties on $(CASES) cases each" env PROPTEST_CASES=$(CASES) \
	  cargo test --profile properties --all-features --test properties --test vocabulary

COUNT ?= 200000
.PHONY: twin
twin: packs ## quote COUNT random baskets with the engine and with its twin in Python, and compare every figure
	$(step) "compile the command line" cargo build --features cli --bin dutiable
	@PYTHONDONTWRITEBYTECODE=1 python3 tests/twin/compare.py --count $(COUNT)

.PHONY: boundaries
boundaries: ## make the boundary cases anew from the rules, with the twin's answers (some minutes)
	@PYTHONDONTWRITEBYTECODE=1 python3 tests/boundaries/generate.py

.PHONY: mutants
mutants: packs ## change every expression of the assessment in turn and list the changes that no test notices (ARGS='-f src/assessment/tax.rs')
	@.ci/set-up mutants
	@.ci/mutants $(ARGS)

.PHONY: eval
eval: build ## how often the right code is found, beside what a page would use instead
	@source .ci/env && node tests/eval/eval.mjs

.PHONY: bench
bench: build ## measure search and quotes beside what a page would use instead, and the sizes beside their budgets
	@source .ci/env && for bench in tests/bench/*.mjs; do node "$$bench" || exit; done
	@source .ci/env && node www/size.mjs

.PHONY: lint
lint: set-up-build ## formatting, clippy natively and for wasm, documentation, types
	$(step) "check the formatting" cargo fmt --all --check
	$(step) "clippy natively" cargo clippy --workspace --all-targets --all-features -- -D warnings
	@# --release shares its macros with the engine's own build; the dev profile would optimise them for minutes. `simd128`: see .ci/wasm.
	@for part in quotes navigator; do .ci/step --wasm "clippy for wasm: $$part" \
	  env CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS=-Ctarget-feature=+simd128 cargo clippy --release --lib --target wasm32-unknown-unknown --no-default-features --features $$part -- -D warnings || exit; done
	$(step) "check the documentation" env RUSTDOCFLAGS='-D warnings' cargo doc --workspace --no-deps --all-features
	@if [ -e www/package/index.d.ts ]; then .ci/step "check the types" \
	  tsc --noEmit --strict --target es2022 --lib es2022,dom,dom.iterable --module nodenext www/package/*.d.ts; fi

.PHONY: build packs wasm package
build: package ## packs, wasm and the npm package
packs: packs/.built ## turn the tables into packs
wasm: target/wasm/.built ## compile the engine to WebAssembly
package: www/package/dist/.built ## put the npm package together in www/package/dist

packs/.built: $(facts) | set-up-build
	$(step) "turn the tables into packs" cargo tariff pack
	@mkdir -p packs && touch $@

# wasm-pack finds wasm-bindgen and wasm-opt on the PATH of .ci/env; it shall not download others.
target/wasm/.built: $(engine) .ci/wasm | set-up-build
	$(step) --wasm "compile the engine to WebAssembly" .ci/wasm target/wasm
	@touch $@

www/package/dist/.built: target/wasm/.built packs/.built $(web) | set-up-build
	$(step) "put the npm package together" node www/build.mjs
	@touch $@

.PHONY: size
size: build ## the package's sizes, raw and brotli, beside their budgets
	@source .ci/env && node www/size.mjs

.PHONY: clean
clean: ## remove what was built; the tools stay
	rm -rf target packs www/package/dist www/package/NOTICE www/package/LICENSE-* www/demo/dist

.PHONY: set-up set-up-build
set-up:
	@.ci/set-up
set-up-build:
	@.ci/set-up build
