"""An instruction that Python has no word for, for the search: a float's bits."""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba import types
from numba.extending import intrinsic


def _bits(typing_context: Any, value: Any) -> Any:
    """Return the bits of a float32 as a uint32."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.bitcast(arguments[0], ir.IntType(32))

    return types.uint32(types.float32), generate


bits_of: Any = intrinsic(_bits)
