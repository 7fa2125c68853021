"""The squared distance of two patches, as vector instructions of whatever processor runs it.

Written in LLVM's own terms because a compiler makes 150–260 ns of a 7 × 7 × 5 patch from plain loops and this takes 15
(`multiply pairs and add` on x86, its like on Arm). Exact integers: the same on every machine.
"""

from __future__ import annotations

from typing import Any, cast

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

_HALF = ir.IntType(16)
_WHOLE = ir.IntType(32)

_Chunks = tuple[tuple[int, int, int], ...]

GROUPS = ((1, 3, 5), (0, 2, 4, 6))
"""Rows of a patch, in the order they are compared: every other one is enough to give up most sources."""


def _kept_whole(builder: Any, value: Any) -> Any:
    """The value, out of reach of LLVM's reordering: that tears pairs of products from their one instruction."""
    frozen = ir.Instruction(builder.block, value.type, "freeze", [value])
    builder._insert(frozen)  # noqa: SLF001 - llvmlite has no name for it
    return frozen


def pairs_summed(builder: Any, gap: Any) -> Any:
    """Sums of the squares of two neighbouring values each, half as many and twice as wide."""
    gap = _kept_whole(builder, gap)
    half = ir.VectorType(_WHOLE, gap.type.count // 2)

    def every_other(first: int) -> Any:
        chosen = ir.Constant(half, [2 * lane + first for lane in range(half.count)])
        return builder.sext(builder.shuffle_vector(gap, ir.Constant(gap.type, ir.Undefined), chosen), half)

    even, odd = every_other(0), every_other(1)
    return _kept_whole(builder, builder.add(builder.mul(even, even), builder.mul(odd, odd)))


def _chunk(builder: Any, left: Any, right: Any, start: int, lanes: int, used: int) -> Any:
    """(left − right)² of `used` of `lanes` values from `start` on, summed in pairs."""
    vector = ir.VectorType(_HALF, lanes)

    def load(base: Any) -> Any:
        place = builder.gep(base, [ir.Constant(ir.IntType(64), start)])
        return builder.load(builder.bitcast(place, vector.as_pointer()), align=2)

    gap = builder.sub(load(left), load(right))
    if used < lanes:  # what lies behind the patch's last pixel is read, and counts nothing
        gap = builder.and_(gap, ir.Constant(vector, [-1 if lane < used else 0 for lane in range(lanes)]))
    return pairs_summed(builder, gap)


def _total(builder: Any, lanes: Any) -> Any:
    """The sum of all lanes of a vector."""
    name = f"llvm.vector.reduce.add.v{lanes.type.count}i32"
    total = builder.module.globals.get(name) or ir.Function(builder.module, ir.FunctionType(_WHOLE, [lanes.type]), name)
    return builder.call(total, [lanes])


def _rows(builder: Any, left: Any, right: Any, width: Any, rows: tuple[int, ...], chunks: _Chunks) -> Any:
    """Squared distance of some rows of two patches that begin at `left` and `right`."""
    sums: list[Any] = [None] * len(chunks)
    for row in rows:
        off = builder.mul(width, ir.Constant(ir.IntType(64), row))
        here, there = builder.gep(left, [off]), builder.gep(right, [off])
        for number, chunk in enumerate(chunks):
            more = _chunk(builder, here, there, *chunk)
            sums[number] = more if sums[number] is None else builder.add(sums[number], more)
    return builder.add(*(_total(builder, lanes) for lanes in sums))


def _generate(chunks: _Chunks) -> Any:
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        features, a, b, width, limit = arguments
        array = context.make_array(signature.args[0])(context, builder, features)
        left, right = (builder.gep(array.data, [at]) for at in (a, b))
        found = cgutils.alloca_once(builder, _WHOLE)
        end = builder.append_basic_block("found")
        total = None
        for group in GROUPS:
            more = _rows(builder, left, right, width, group, chunks)
            total = more if total is None else builder.add(total, more)
            builder.store(total, found)
            if group is GROUPS[-1]:
                builder.branch(end)
            else:
                on = builder.append_basic_block("on")
                builder.cbranch(builder.icmp_signed(">=", total, limit), end, on)
                builder.position_at_end(on)
        builder.position_at_end(end)
        return builder.load(found)

    return generate


def _patch_of_5(_context: Any, features: Any, _a: Any, _b: Any, _width: Any, _limit: Any) -> Any:
    place = types.intp
    return types.int32(features, place, place, place, types.int32), _generate(((0, 32, 32), (32, 8, 3)))


def _patch_of_6(_context: Any, features: Any, _a: Any, _b: Any, _width: Any, _limit: Any) -> Any:
    place = types.intp
    return types.int32(features, place, place, place, types.int32), _generate(((0, 32, 32), (32, 16, 10)))


patch_of_5 = cast(Any, intrinsic(_patch_of_5))
"""`patch_of_5(features, a, b, width, limit)`: squared distance of the 7 · 7 · 5 numbers from flat places `a` and `b` on, in
rows `width` apart, or anything ≥ `limit` once it has got there; reads up to 5 behind."""

patch_of_6 = cast(Any, intrinsic(_patch_of_6))
"""The same for 7 · 7 · 6 numbers; reads up to 6 behind."""
