# Everything that Comity needs is set up inside this folder: .uv (the installer), .venv, data.
export UV_SYSTEM_CERTS := 1
export UV_PYTHON_DOWNLOADS := never
export UV_NO_PROGRESS := 1
UV := .uv/bin/uv
PORT ?= 8000
PYTHON ?= python3

.PHONY: setup demo serve test lint bench vendor lock messages

setup: .venv/.ready

.uv/.ready:
	@echo "Setting up: the installer"
	@$(PYTHON) -m venv .uv
	@.uv/bin/pip install --quiet --disable-pip-version-check "uv>=0.9,<1"
	@touch $@

.venv/.ready: .uv/.ready pyproject.toml requirements.lock
	@echo "Setting up: the libraries"
	@test -x .venv/bin/python || $(UV) venv --quiet --python $(PYTHON) .venv
	@VIRTUAL_ENV=.venv $(UV) pip sync --quiet --require-hashes requirements.lock
	@VIRTUAL_ENV=.venv $(UV) pip install --quiet --no-deps --editable .
	@.venv/bin/python scripts/messages.py compile
	@touch $@

demo: setup   ## an example register on http://127.0.0.1:8000, nothing else to do
	@.venv/bin/comity demo --port $(PORT)

serve: setup  ## the register of this folder; see docs/running.md for the settings
	@.venv/bin/comity serve --port $(PORT)

test: setup   ## every check there is
	@.venv/bin/python scripts/checks.py

lint: setup   ## the quick checks only
	@.venv/bin/python scripts/checks.py --quick

bench: setup  ## how fast and how large: docs/performance.md; SECTIONS="pages search" for some
	@.venv/bin/python -m benchmarks $(SECTIONS)

vendor:       ## fetches the front-end files again (npm)
	@$(PYTHON) scripts/vendor.py

lock: .uv/.ready ## chooses the newest libraries that fit and writes requirements.lock
	@$(UV) lock --upgrade --quiet
	@$(UV) export --quiet --format requirements-txt --all-groups --no-emit-project --no-annotate --no-header > requirements.lock

messages: setup ## finds the texts to translate
	@.venv/bin/python scripts/messages.py update
