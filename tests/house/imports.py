"""What the product's files import, read from their text without running them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ("homespun", "models", "engines", "indexer", "desktop")
YARD = ("installer", "benchmarks", "tests")


@cache
def sources(*folders: str) -> tuple[Path, ...]:
    """The Python files below `folders`, relative to the checkout."""
    return tuple(
        sorted(path.relative_to(ROOT) for folder in folders for path in (ROOT / folder).rglob("*.py") if path.is_file())
    )


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of one file."""
    return ast.parse((ROOT / path).read_text(encoding="utf-8"), str(path))


@cache
def imported(path: Path) -> frozenset[str]:
    """The dotted names that a file imports, wherever in it; also those given to `import_module` and `__import__`."""
    return frozenset(_imported(tree(path)))


def _imported(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in ("import_module", "__import__", "importorskip") and isinstance(node.args[0].value, str):
                yield node.args[0].value


def importers(packages: frozenset[str], *folders: str) -> dict[str, set[str]]:
    """The files below `folders` that import one of `packages` (or a part of it), and which."""
    found: dict[str, set[str]] = {}
    for path in sources(*folders):
        hits = {name for name in imported(path) if any(name == one or name.startswith(one + ".") for one in packages)}
        if hits:
            found[path.as_posix()] = hits
    return found
