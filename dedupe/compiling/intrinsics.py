"""Instructions that Python has no word for, for kernels: eight bytes at once, masks, lanes, prefetches, addresses."""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic
from numba.np.arrayobj import populate_array

LANES = 32  # of `lower`: two registers of 512 bits, or as many smaller ones as the machine needs for them


def pointer_to(context: Any, builder: Any, signature: Any, arguments: Any, array: int = 0, place: int = 1) -> Any:
    """Return a pointer to a place of an array, given which of the arguments these are."""
    data = context.make_array(signature.args[array])(context, builder, arguments[array]).data
    return cgutils.gep_inbounds(builder, data, arguments[place])


def _eight_bytes(typing_context: Any, data: Any, place: Any) -> Any:
    """Return the eight bytes of a uint8 array from a place on, as a little-endian uint64."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        word = builder.bitcast(pointer_to(context, builder, signature, arguments), ir.IntType(64).as_pointer())
        return builder.load(word, align=1)

    return types.uint64(data, types.int64), generate


def _masks(typing_context: Any, data: Any, place: Any) -> Any:
    """Return two uint64 masks of the 64 bytes from a place on: ASCII letters and digits, and bytes that are not ASCII.

    Comparisons of vectors become a bit for each byte: a few instructions where there are vector registers of any width.
    """
    byte = ir.IntType(8)
    vector = ir.VectorType(byte, 64)

    def every(value: int) -> Any:
        return ir.Constant(vector, [value] * 64)

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        pointer = pointer_to(context, builder, signature, arguments)
        here = builder.load(builder.bitcast(pointer, vector.as_pointer()), align=1)
        letter = builder.icmp_unsigned("<", builder.sub(builder.or_(here, every(32)), every(97)), every(26))
        digit = builder.icmp_unsigned("<", builder.sub(here, every(48)), every(10))
        other = builder.icmp_unsigned(">=", here, every(128))
        masks = [builder.bitcast(bits, ir.IntType(64)) for bits in (builder.or_(letter, digit), other)]
        return context.make_tuple(builder, signature.return_type, masks)

    return types.UniTuple(types.uint64, 2)(data, types.int64), generate


def _mask(comparison: str, number: Any) -> Any:
    """Return what gives a uint64 mask of the 64 numbers of an array from a place on: those that compare so to one."""
    vector, size = ir.VectorType(ir.IntType(number.bitwidth), 64), number.bitwidth // 8

    def mask(typing_context: Any, numbers: Any, place: Any, one: Any) -> Any:
        def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            pointer = pointer_to(context, builder, signature, arguments)
            here = builder.load(builder.bitcast(pointer, vector.as_pointer()), align=size)
            return builder.bitcast(
                builder.icmp_unsigned(comparison, here, _lanes(builder, vector, arguments[2])), ir.IntType(64)
            )

        return types.uint64(numbers, types.int64, number), generate

    return mask


def _lanes(builder: Any, vector: Any, value: Any) -> Any:
    """Return a vector with a value in all of its lanes."""
    none, numbers = ir.Constant(vector, ir.Undefined), ir.VectorType(ir.IntType(32), vector.count)
    one = builder.insert_element(none, value, ir.Constant(ir.IntType(32), 0))
    return builder.shuffle_vector(one, one, ir.Constant(numbers, [0] * vector.count))


def _first_bit(typing_context: Any, value: Any) -> Any:
    """Return the place of the lowest bit that is set in a uint64; 64 where none is."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.cttz(arguments[0], ir.Constant(ir.IntType(1), 0))

    return types.int64(types.uint64), generate


def _bits(typing_context: Any, value: Any) -> Any:
    """Return how many bits of a uint64 are set."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.ctpop(arguments[0])

    return types.int64(types.uint64), generate


def _least(typing_context: Any, row: Any, a: Any, b: Any, slot: Any, hashes: Any, count: Any) -> Any:
    """Lower 32 slots of a row to the least of themselves and a * hash + b of so many hashes; all are uint32.

    Slots and constants stay in registers meanwhile. Left to itself the compiler takes half of a wide register.
    """
    vector = ir.VectorType(ir.IntType(32), LANES)

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        places = []
        for number in range(3):
            place = pointer_to(context, builder, signature, arguments, number, 3)
            places.append(builder.bitcast(place, vector.as_pointer()))
        least, a_here, b_here = (builder.load(place, align=4) for place in places)
        kept = cgutils.alloca_once_value(builder, least)
        values = context.make_array(signature.args[4])(context, builder, arguments[4])
        with cgutils.for_range(builder, arguments[5]) as loop:
            value = builder.load(cgutils.gep_inbounds(builder, values.data, loop.index))
            slots = builder.add(builder.mul(a_here, _lanes(builder, vector, value)), b_here)
            before = builder.load(kept)
            builder.store(builder.select(builder.icmp_unsigned("<", slots, before), slots, before), kept)
        builder.store(builder.load(kept), places[0], align=4)
        return context.get_dummy_value()

    return types.void(row, a, b, types.int64, hashes, types.int64), generate


def _prefetch(typing_context: Any, column: Any, place: Any) -> Any:
    """Have the memory around a place of an array brought into the cache."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        pointer = pointer_to(context, builder, signature, arguments)
        byte, number = ir.IntType(8).as_pointer(), ir.IntType(32)
        kind = ir.FunctionType(ir.VoidType(), [byte, number, number, number])
        call = cgutils.get_or_insert_function(builder.module, kind, "llvm.prefetch.p0i8")
        read, near, memory = (ir.Constant(number, value) for value in (0, 2, 1))
        builder.call(call, [builder.bitcast(pointer, byte), read, near, memory])
        return context.get_dummy_value()

    return types.void(column, types.int64), generate


def _numbers_at(number: Any, address: Any, count: Any) -> Any:
    kind = types.Array(number, 1, "C")

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        array = context.make_array(kind)(context, builder)
        start = builder.inttoptr(arguments[0], context.get_data_type(number).as_pointer())
        size = context.get_constant(types.intp, number.bitwidth // 8)
        populate_array(
            array, data=start, shape=(arguments[1],), strides=(size,), itemsize=size, meminfo=None, parent=None
        )
        return array._getvalue()

    return kind(types.int64, types.int64), generate


def _words_at(typing_context: Any, address: Any, count: Any) -> Any:
    """Return so many uint32 that stand in memory from an address on, as an array that does not keep them alive."""
    return _numbers_at(types.uint32, address, count)


def _texts_at(typing_context: Any, address: Any, count: Any) -> Any:
    """Return so many uint16 that stand in memory from an address on, as an array that does not keep them alive."""
    return _numbers_at(types.uint16, address, count)


at_least: Any = intrinsic(_mask(">=", types.uint32))
equal: Any = intrinsic(_mask("==", types.uint8))
load: Any = intrinsic(_eight_bytes)
classify: Any = intrinsic(_masks)
lowest: Any = intrinsic(_first_bit)
many: Any = intrinsic(_bits)
lower: Any = intrinsic(_least)
prefetch: Any = intrinsic(_prefetch)
texts_at: Any = intrinsic(_texts_at)
words_at: Any = intrinsic(_words_at)
