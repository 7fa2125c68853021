"""Numba, set up before it is imported: where compiled code is kept, and the decorator that this room's kernels wear."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable
from typing import TypeVar, cast

from homespun.errors import HomespunError
from homespun.folders import folders, make_private

_Kernel = TypeVar("_Kernel", bound=Callable[..., object])


def _kept() -> str:
    """The folder for compiled code: the person's cache, unless `NUMBA_CACHE_DIR` names another one."""
    chosen = os.environ.get("NUMBA_CACHE_DIR")
    if chosen:
        return chosen
    try:
        return str(make_private(folders().cache / "numba"))
    except HomespunError:  # a cache that can't be written costs some seconds, never a picture
        return ""


_FOLDER = _kept()
if _FOLDER:
    os.environ["NUMBA_CACHE_DIR"] = _FOLDER  # before the import: Numba looks at it only then

import numba  # noqa: E402  # after its folder is set
from numba.core import config  # noqa: E402

if _FOLDER:
    vars(config)["CACHE_DIR"] = _FOLDER  # somebody may have imported Numba before


def kernel(function: _Kernel) -> _Kernel:
    """Compile a function at its first call, or load it from the cache. It lets the interpreter go; indices are not checked."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", numba.NumbaWarning)
        return cast(_Kernel, numba.njit(cache=bool(_FOLDER), nogil=True)(function))
