"""Instructions that Python has no word for, for the search: a float's bits, and memory asked for ahead of its use."""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic


def _bits(typing_context: Any, value: Any) -> Any:
    """Return the bits of a float32 as a uint32."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.bitcast(arguments[0], ir.IntType(32))

    return types.uint32(types.float32), generate


def _prefetch(typing_context: Any, column: Any, place: Any) -> Any:
    """Have the memory around a place of an array brought into the cache."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        array = context.make_array(signature.args[0])(context, builder, arguments[0])
        pointer = cgutils.gep_inbounds(builder, array.data, arguments[1])
        byte, number = ir.IntType(8).as_pointer(), ir.IntType(32)
        kind = ir.FunctionType(ir.VoidType(), [byte, number, number, number])
        call = cgutils.get_or_insert_function(builder.module, kind, "llvm.prefetch.p0i8")
        read, near, memory = (ir.Constant(number, value) for value in (0, 2, 1))
        builder.call(call, [builder.bitcast(pointer, byte), read, near, memory])
        return context.get_dummy_value()

    return types.void(column, types.int64), generate


bits_of: Any = intrinsic(_bits)
prefetch: Any = intrinsic(_prefetch)
