"""The squared distance of two rows of a patch, as vector instructions of whatever processor runs it.

Written in LLVM's own terms because a compiler makes 150–260 ns of a 7 × 7 × 5 patch from plain loops and this takes 30
(`multiply pairs and add` on x86, its like on Arm). Exact integers: the same on every machine.
"""

from __future__ import annotations

from typing import Any, cast

from llvmlite import ir
from numba import types
from numba.extending import intrinsic

_HALF = ir.IntType(16)
_WHOLE = ir.IntType(32)


def _chunk(builder: Any, left: Any, right: Any, start: int, lanes: int, used: int) -> Any:
    """Sum over `used` of `lanes` values from `start` on of (left − right)²."""
    vector = ir.VectorType(_HALF, lanes)
    halves = ir.VectorType(_WHOLE, lanes // 2)

    def load(base: Any) -> Any:
        place = builder.gep(base, [ir.Constant(ir.IntType(64), start)])
        return builder.load(builder.bitcast(place, vector.as_pointer()), align=2)

    gap = builder.sub(load(left), load(right))
    if used < lanes:  # what lies behind the patch's last pixel is read, and counts nothing
        gap = builder.and_(gap, ir.Constant(vector, [-1 if lane < used else 0 for lane in range(lanes)]))

    def every_other(first: int) -> Any:
        chosen = ir.Constant(halves, [2 * lane + first for lane in range(lanes // 2)])
        return builder.sext(builder.shuffle_vector(gap, ir.Constant(vector, ir.Undefined), chosen), halves)

    even, odd = every_other(0), every_other(1)
    name = f"llvm.vector.reduce.add.v{lanes // 2}i32"
    total = builder.module.globals.get(name) or ir.Function(builder.module, ir.FunctionType(_WHOLE, [halves]), name)
    return builder.call(total, [builder.add(builder.mul(even, even), builder.mul(odd, odd))])


def _generate(chunks: tuple[tuple[int, int, int], ...]) -> Any:
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        array = context.make_array(signature.args[0])(context, builder, arguments[0])
        left, right = (builder.gep(array.data, [at]) for at in arguments[1:])
        parts = [_chunk(builder, left, right, *chunk) for chunk in chunks]
        return builder.add(*parts)

    return generate


def _rows_of_5(_context: Any, features: Any, _left: Any, _right: Any) -> Any:
    return types.int32(features, types.intp, types.intp), _generate(((0, 32, 32), (32, 8, 3)))


def _rows_of_6(_context: Any, features: Any, _left: Any, _right: Any) -> Any:
    return types.int32(features, types.intp, types.intp), _generate(((0, 32, 32), (32, 16, 10)))


row_of_5 = cast(Any, intrinsic(_rows_of_5))
"""`row_of_5(features, a, b)`: squared distance of the 7 · 5 numbers from flat places `a` and `b` on; reads up to 5 behind."""

row_of_6 = cast(Any, intrinsic(_rows_of_6))
"""The same for 7 · 6 numbers; reads up to 6 behind."""
