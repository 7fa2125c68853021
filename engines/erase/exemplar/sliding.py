"""The two steps of a sliding window over squared differences of patches, as vector instructions of whatever processor runs it.

Exact integers: the same on every machine.
"""

from __future__ import annotations

from typing import Any, cast

from llvmlite import ir
from numba import types
from numba.extending import intrinsic

from engines.erase.exemplar.distance import pairs_summed

_HALF = ir.IntType(16)
_WHOLE = ir.IntType(32)

LANES = 16
"""Pixels that `column_sums` and `keep_better` take at once."""

_LANE = ir.VectorType(_WHOLE, LANES)


def _pointer(context: Any, builder: Any, kind: Any, array: Any, place: Any, vector: Any) -> Any:
    """Pointer to a vector from flat `place` of an array on."""
    base = context.make_array(kind)(context, builder, array)
    return builder.bitcast(builder.gep(base.data, [place]), vector.as_pointer())


def _column_sums(
    _context: Any,
    planes: Any,
    _a: Any,
    _b: Any,
    _plane: Any,
    live: Any,
    _from: Any,
    ring: Any,
    _slot: Any,
    sums: Any,
    _at: Any,
) -> Any:
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        kinds = signature.args
        halves = ir.VectorType(_HALF, 2 * LANES)
        mask = builder.load(_pointer(context, builder, kinds[4], arguments[4], arguments[5], halves), align=2)
        total = ir.Constant(_LANE, [0] * LANES)
        for number in range(3):
            off = builder.mul(arguments[3], ir.Constant(ir.IntType(64), number))
            left, right = (
                builder.load(
                    _pointer(context, builder, kinds[0], arguments[0], builder.add(place, off), halves), align=2
                )
                for place in arguments[1:3]
            )
            total = builder.add(total, pairs_summed(builder, builder.and_(builder.sub(left, right), mask)))
        old = _pointer(context, builder, kinds[6], arguments[6], arguments[7], _LANE)
        kept = _pointer(context, builder, kinds[8], arguments[8], arguments[9], _LANE)
        change = builder.sub(total, builder.load(old, align=4))
        builder.store(total, old, align=4)
        builder.store(builder.add(builder.load(kept, align=4), change), kept, align=4)
        return context.get_dummy_value()

    place = types.intp
    return types.void(planes, place, place, place, live, place, ring, place, sums, place), generate


def _keep_better(
    _context: Any,
    sums: Any,
    _at: Any,
    _extra: Any,
    free: Any,
    _source: Any,
    best: Any,
    ways: Any,
    _target: Any,
    _code: Any,
) -> Any:
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        kinds = signature.args
        total = None
        for right in range(7):
            place = builder.add(arguments[1], ir.Constant(ir.IntType(64), right))
            column = builder.load(_pointer(context, builder, kinds[0], arguments[0], place, _LANE), align=4)
            total = column if total is None else builder.add(total, column)

        def everywhere(value: Any) -> Any:
            one = builder.insert_element(ir.Constant(_LANE, ir.Undefined), value, ir.Constant(_WHOLE, 0))
            return builder.shuffle_vector(one, ir.Constant(_LANE, ir.Undefined), ir.Constant(_LANE, [0] * LANES))

        name = f"llvm.sadd.sat.v{LANES}i32"  # what is dear beyond all numbers must not come out at the other end
        kind = ir.FunctionType(_LANE, [_LANE, _LANE])
        sum_of = builder.module.globals.get(name) or ir.Function(builder.module, kind, name)
        total = builder.call(sum_of, [total, everywhere(arguments[2])])
        bytes_ = ir.VectorType(ir.IntType(8), LANES)
        open_ = builder.load(_pointer(context, builder, kinds[3], arguments[3], arguments[4], bytes_), align=1)
        costs = _pointer(context, builder, kinds[5], arguments[5], arguments[7], _LANE)
        ways_ = _pointer(context, builder, kinds[6], arguments[6], arguments[7], _LANE)
        before = builder.load(costs, align=4)
        less = builder.and_(
            builder.icmp_signed("<", total, before),
            builder.icmp_unsigned("!=", open_, ir.Constant(bytes_, [0] * LANES)),
        )
        builder.store(builder.select(less, total, before), costs, align=4)
        builder.store(builder.select(less, everywhere(arguments[8]), builder.load(ways_, align=4)), ways_, align=4)
        return context.get_dummy_value()

    place, whole = types.intp, types.int32
    return types.void(sums, place, whole, free, place, best, ways, place, whole), generate


column_sums = cast(Any, intrinsic(_column_sums))
"""`column_sums(planes, a, b, plane, live, start, ring, slot, sums, at)`, for 16 pixels: the squared distance of what lies at flat
places `a` and `b` of three planes (`plane` apart, two halves a pixel), where `live` from `start` on has all bits set, goes into
`ring` at `slot`; to `sums` at `at` it is added, and what was in the ring taken off."""

keep_better = cast(Any, intrinsic(_keep_better))
"""`keep_better(sums, at, extra, free, source, best, ways, target, code)`, for 16 pixels: where seven `sums` from `at` on plus
`extra` (held at what 32 bits take) are less than `best` and the source is `free`, they are the new best, and `code` the way there."""
