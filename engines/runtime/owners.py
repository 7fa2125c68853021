"""Which installed package owns the folder `onnxruntime`: two that do overwrite each other without a word from pip."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib import metadata

from homespun.errors import Damaged, NotFound

REPAIR = "Run `python3 -m installer setup` to put the right one back."

FAMILY = re.compile(r"^(onnxruntime|ort)\b")


def owners(installed: Iterable[metadata.Distribution]) -> tuple[str, ...]:
    """Names of the distributions among `installed` whose files include `onnxruntime/__init__.py`, in order.

    Plug-in providers of the same family (`onnxruntime-qnn`) have a folder of their own and do not count. Neither does a
    runtime in a place further down `sys.path`: it is hidden, not overwritten.
    """
    found: dict[str, set[str]] = {}
    for distribution in installed:
        name = distribution.name or ""
        record = distribution.read_text("RECORD") if FAMILY.match(name.lower()) else None
        if record and re.search(r"^onnxruntime/__init__\.py,", record, re.MULTILINE):
            place = str(distribution.locate_file("onnxruntime"))
            found.setdefault(place, set()).add(f"{name} {distribution.version}")
    return tuple(sorted(next(iter(found.values()), ())))


@cache
def installed_owners() -> tuple[str, ...]:
    """`owners` of this Python's packages, looked up once a process (2 ms). Empty in a frozen app, which has no records."""
    return owners(metadata.distributions())


def two_runtimes(names: tuple[str, ...]) -> str:
    """What to tell a person when more than one package owns the folder, else nothing. Only the CPU is used then."""
    return f"Two runtimes are installed over each other: {', '.join(names)}. {REPAIR}" if len(names) > 1 else ""


def import_failed(names: tuple[str, ...], error: ImportError | AttributeError) -> Damaged | NotFound:
    """What to tell a person when ONNX Runtime can't be imported."""
    if len(names) > 1:
        return Damaged(f"Two runtimes are installed over each other: {', '.join(names)}.", REPAIR)
    if not names and isinstance(error, ModuleNotFoundError):
        return NotFound("ONNX Runtime is not installed.", REPAIR)
    return Damaged(f"ONNX Runtime can't be loaded: {error}.", REPAIR)
