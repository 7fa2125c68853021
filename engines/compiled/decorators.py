"""Numba, set up before it is imported: where compiled code is kept, and the decorators that all kernels wear."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable
from typing import TypeVar, cast

from homespun import __version__
from homespun.errors import HomespunError
from homespun.folders import folders, make_private

_Kernel = TypeVar("_Kernel", bound=Callable[..., object])


def _kept() -> str:
    """The folder for compiled code: the person's cache, unless `NUMBA_CACHE_DIR` names another one.

    One a version: Numba looks for changes in the file of a kernel alone, not in what it calls.
    """
    chosen = os.environ.get("NUMBA_CACHE_DIR")
    if chosen:
        return chosen
    try:
        return str(make_private(folders().cache / f"numba-{__version__}"))
    except HomespunError:  # a cache that can't be written costs ten seconds, never a picture
        return ""


_FOLDER = _kept()
if _FOLDER:
    os.environ["NUMBA_CACHE_DIR"] = _FOLDER  # before the import: Numba looks at it only then

import numba  # noqa: E402  # after its folder is set
from numba.core import config  # noqa: E402

if _FOLDER:
    vars(config)["CACHE_DIR"] = _FOLDER  # somebody may have imported Numba before


def kernel(function: _Kernel) -> _Kernel:
    """Compile a function at its first call, or load it from the cache.

    The global interpreter lock is let go while it runs. Integer arithmetic wraps; indices are not checked.
    """
    return _quietly(numba.njit(cache=bool(_FOLDER), nogil=True), function)


def kernel_of(signature: str) -> Callable[[_Kernel], _Kernel]:
    """As `kernel`, but compiled for `signature` (Numba's notation) when its module is imported, and with fast floats."""
    return lambda function: _quietly(numba.njit(signature, cache=bool(_FOLDER), nogil=True, fastmath=True), function)


def inlined(function: _Kernel) -> _Kernel:
    """Compile a small function together with the kernels that call it."""
    return cast(_Kernel, numba.njit(inline="never", nogil=True, fastmath=True)(function))


def _quietly(compiler: Callable[[_Kernel], object], function: _Kernel) -> _Kernel:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", numba.NumbaWarning)
        return cast(_Kernel, compiler(function))
