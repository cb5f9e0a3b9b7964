"""Numba, loaded without SciPy's linear algebra: of the half second that the first kernel takes, a third."""

from __future__ import annotations

import logging
from importlib import import_module
from importlib.util import find_spec
from typing import Any

COMPILING = "compiling the inner loops for this machine, once: a minute or two"


def load_numba() -> None:
    """Load what numba would load with its first kernel: a thread that called one would let all others wait for it."""
    _without_blas()
    _log_compiling()
    registry: Any = import_module("numba.core.registry")
    registry.cpu_target.typing_context.refresh()
    registry.cpu_target.target_context.refresh()


def _without_blas() -> None:
    """Import numba's functions on arrays without looking for BLAS, which no kernel of ours needs.

    Numba asks once whether SciPy has BLAS by importing all of `scipy.linalg`. Here it takes SciPy at its word; where
    linear algebra is compiled, by whomever, numba imports it then as ever.
    """
    linalg: Any = import_module("numba.np.linalg")
    if find_spec("scipy") is None or not hasattr(linalg, "ensure_blas"):
        return
    ensure = linalg.ensure_blas
    linalg.ensure_blas = lambda: None
    try:
        arraymath: Any = import_module("numba.np.arraymath")
    finally:
        linalg.ensure_blas = ensure
    arraymath.ensure_blas = ensure


def _log_compiling() -> None:
    """Log that kernels are compiled when the first one is not found on disk: a first large run seems to hang else."""
    event: Any = import_module("numba.core.event")

    class Compiling(event.Listener):  # type: ignore[misc]
        told = False

        def on_start(self, event: Any) -> None:
            if not self.told:
                self.told = True
                logging.getLogger("dedupe").info(COMPILING)

        def on_end(self, event: Any) -> None:
            pass

    event.register("numba:compile", Compiling())
