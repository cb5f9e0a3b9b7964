"""An instruction that Python has no word for, for the search: many comparisons at once."""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic


def _at_least(typing_context: Any, values: Any, place: Any, least: Any) -> Any:
    """Return a uint64 mask of the 64 numbers of a uint32 array from a place on: those of at least so much."""
    vector = ir.VectorType(ir.IntType(32), 64)

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        array = context.make_array(signature.args[0])(context, builder, arguments[0])
        pointer = cgutils.gep_inbounds(builder, array.data, arguments[1])
        here = builder.load(builder.bitcast(pointer, vector.as_pointer()), align=4)
        none = ir.Constant(vector, [0] * 64)
        one = builder.insert_element(none, arguments[2], ir.Constant(ir.IntType(32), 0))
        every = builder.shuffle_vector(one, one, none)
        return builder.bitcast(builder.icmp_unsigned(">=", here, every), ir.IntType(64))

    return types.uint64(values, types.int64, types.uint32), generate


at_least: Any = intrinsic(_at_least)
