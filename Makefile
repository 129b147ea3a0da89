# Everything goes through packaging/bootstrap.py, which sets up what is missing first.
# On Windows: py packaging\bootstrap.py run, or test.

PYTHON ?= python3
BOOTSTRAP = @$(PYTHON) packaging/bootstrap.py

.PHONY: installers installer-windows test-installers verify-reproducible test-exports run test check soak bench shots lock clean

run:      ## start Charthouse; make run ARGS="FILE"
	$(BOOTSTRAP) run $(ARGS)

test:     ## lint, types and all tests; make test ARGS="tests/model -x"
	$(BOOTSTRAP) test $(ARGS)

check:    ## lint and types only
	$(BOOTSTRAP) check

soak:     ## everything, with the long proofs that `make test` leaves out or bounds
	@HYPOTHESIS_PROFILE=soak $(PYTHON) packaging/bootstrap.py python -m pytest -m "slow or not slow" $(ARGS)

test-exports: ## open hand-outs in LibreOffice, Chromium and Poppler, which it installs by apt
	command -v soffice chromium pdffonts >/dev/null || apt-get install --yes \
	  --no-install-recommends libreoffice-impress chromium poppler-utils
	@CI=true CHARTHOUSE_TEST_EXPORTS=yes $(PYTHON) packaging/bootstrap.py python -m pytest tests/exports $(ARGS)

bench:    ## measure speed and memory, as ratios within one run
	$(BOOTSTRAP) python -m bench $(ARGS)

shots:    ## picture every pane into build/shots/
	$(BOOTSTRAP) python -m bench.shots $(ARGS)

installers: ## build what people install into build/dist/
	@$(PYTHON) packaging/build.py all

installer-windows: ## build the preview for Windows alone; needs nsis, mingw-w64 and Python 3.13.0
	@$(PYTHON) packaging/build.py windows-setup

test-installers: ## install, try, upgrade and remove what `make installers` built; as root
	$(BOOTSTRAP) python -m pytest -sq -c packaging/tests/pytest.ini packaging/tests $(ARGS)

verify-reproducible: ## build everything twice and compare the bytes
	@$(PYTHON) packaging/build.py verify

lock:     ## resolve the locks anew from pyproject.toml; needs uv
	uv pip compile pyproject.toml --universal --python-version 3.11 --upgrade \
	  --generate-hashes --no-header --no-annotate --quiet -o packaging/requirements.lock
	uv pip compile pyproject.toml --group test -c packaging/requirements.lock --universal \
	  --python-version 3.11 --upgrade --generate-hashes --no-header --no-annotate --quiet \
	  -o packaging/requirements-test.lock
	uv pip compile pyproject.toml --group build -c packaging/requirements.lock --universal \
	  --python-version 3.11 --upgrade --generate-hashes --no-header --no-annotate --quiet \
	  -o packaging/requirements-build.lock

clean:    ## remove the environment and everything built
	rm -rf .venv build dist .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find desktop tests packaging -name __pycache__ -type d -prune -exec rm -rf {} +
