"""How kernels are compiled, and numba loaded for it without SciPy's linear algebra: a third of its half second.

A kernel is what Python calls; a step is what only kernels and other steps call. Numba compiles, beside the code itself,
a way in from Python and one from C, and a copy for the disk: a seventh of the time. No step needs any of them,
and no kernel is called from C.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

COMPILING = "compiling the inner loops for this machine, once: up to a minute"

_unliteral: Any = import_module("numba.core.types").unliteral
_njit: Any = import_module("numba").njit  # its annotations leave out the options that are used here


def kernel(function: Callable[..., Any]) -> Any:
    """Return the function compiled when Python first calls it, and kept on disk, beside it or in the user's cache."""
    try:
        return _njit(function, nogil=True, no_cfunc_wrapper=True, cache=True)
    except RuntimeError:  # neither can be written to, as in a container: each process compiles for itself
        return _njit(function, nogil=True, no_cfunc_wrapper=True)


def step(function: Callable[..., Any], **options: Any) -> Any:
    """Return the function compiled with the kernels that call it; it makes and returns no array, so counts no users."""
    return _inner(function, _nrt=False, **options)


def inlined(function: Callable[..., Any]) -> Any:
    """Return a step that is compiled into what calls it: one that is given many arrays, and is called in few places.

    Each array is handed over as seven numbers and more, which may take longer than what a small step does with them.
    """
    return step(function, forceinline=True)


def maker(function: Callable[..., Any]) -> Any:
    """Return a step that makes or returns arrays, compiled with the kernels that call it."""
    return _inner(function)


def _inner(function: Callable[..., Any], **options: Any) -> Any:
    """Return the function compiled for each kind of arguments; a constant is one of its type, and not one by itself."""
    compiled = _njit(function, nogil=True, no_cpython_wrapper=True, no_cfunc_wrapper=True, **options)
    template = compiled.get_call_template
    compiled.get_call_template = lambda types, named: template(tuple(map(_unliteral, types)), named)
    compiled._insert, compiled._compile_for_args = _nowhere, _refuse  # what a call from Python would run
    return compiled


def _nowhere(*_: Any) -> None:
    pass


def _refuse(*_: Any, **__: Any) -> None:
    raise TypeError("a step is called by kernels only: make it a kernel, or call its py_func")


def _load_numba() -> None:
    """Load what numba would load with its first kernel: a thread that called one would let all others wait for it."""
    _without_blas()
    _log_compiling()
    _fork_between_kernels()
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


def _fork_between_kernels() -> None:
    """Let a fork wait until no thread compiles or loads a kernel: the child would wait for that thread for ever."""
    if hasattr(os, "register_at_fork"):
        lock: Any = import_module("numba.core.compiler_lock").global_compiler_lock
        os.register_at_fork(before=lock.acquire, after_in_child=lock.release, after_in_parent=lock.release)


@cache  # once
def tell_compiling() -> None:
    """Log that kernels are compiled: a first large run seems to hang else."""
    logging.getLogger("dedupe").info(COMPILING)


def _log_compiling() -> None:
    """Log that kernels are compiled when the first one is not found on disk."""
    event: Any = import_module("numba.core.event")

    class Compiling(event.Listener):  # type: ignore[misc]
        def on_start(self, event: Any) -> None:
            tell_compiling()

        def on_end(self, event: Any) -> None:
            pass

    event.register("numba:compile", Compiling())


_load_numba()
