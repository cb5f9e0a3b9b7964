# `make check` runs what CI runs, in the environment that is active.
.PHONY: check lint types test
check: test lint types
test:
	python -m pytest
lint:
	ruff check .
	ruff format --check .
types:
	mypy
