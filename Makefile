# Two commands do everything: `make site` and `make test`. Git, make and Python 3.11 or newer are enough.
.PHONY: site test bench lock clean
.NOTPARALLEL:
# How many processes run the tests, each with whole files: a number, or `logical` for every core. Some wait for
# a browser while others compute, so three keep two cores busy.
JOBS ?= 3
BIOME = .venv/bin/node .venv/npm/node_modules/@biomejs/biome/bin/biome

site: ## Build the site from content/ into site/
	@scripts/environment site
	@.venv/bin/papershelf build
	@echo "Read it with: .venv/bin/papershelf serve"

test: ## Lint, types and every test, in a real browser too; ARGS are handed to pytest, as in make test ARGS="-n0 -k search"
	@scripts/environment test
	@scripts/chromium --install >/dev/null
	@.venv/bin/ruff check
	@.venv/bin/ruff format --check
	@.venv/bin/mypy
	@.venv/bin/lint-imports --no-cache >/dev/null || .venv/bin/lint-imports --no-cache
	@$(BIOME) lint --error-on-warnings
	@.venv/bin/pytest -n $(JOBS) --dist loadfile $(ARGS)

bench: ## Measure builds beside other site generators: make bench ARGS="--papers 10000"; BENCHMARKS.md tells more
	@scripts/environment bench
	@scripts/chromium --install >/dev/null
	@.venv/bin/python -m bench $(ARGS)

lock: ## Pin the newest versions of what pyproject.toml asks for, with hashes, for every system
	@scripts/lock

clean: ## Remove everything that was made
	rm -rf .venv build site dist .hypothesis .mypy_cache .pytest_cache .ruff_cache
