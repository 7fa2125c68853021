"""Doors of rooms that import what stands behind them only when somebody asks for it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module


def lazily(door: str, where: Mapping[str, str]) -> Callable[[str], object]:
    """The `__getattr__` of the module `door`: each name of `where` is imported from its module at the first use."""

    def look(name: str) -> object:
        if name not in where:
            raise AttributeError(f"module {door!r} has no attribute {name!r}")
        found = getattr(import_module(where[name]), name)
        setattr(sys.modules[door], name, found)
        return found

    return look
