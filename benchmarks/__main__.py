"""Run benchmarks: `python -m benchmarks` the default ones, `python -m benchmarks NAME [OPTION...]` one of them.

A benchmark is a module of this package with a function `main(arguments: list[str])`; the package lists them.
"""

from __future__ import annotations

import sys
from importlib import import_module

DEFAULT = ("near_duplicates", "hostile")


def main() -> None:
    """Run the benchmark that is named, or the default ones."""
    named = len(sys.argv) > 1 and not sys.argv[1].startswith("-")
    for name in (sys.argv[1],) if named else DEFAULT:
        import_module(f"benchmarks.{name}").main(sys.argv[2 if named else 1 :])


if __name__ == "__main__":
    main()
