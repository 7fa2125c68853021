"""`python -m benchmarks NAME [OPTIONS]`: run one benchmark; without a name, list them."""

from __future__ import annotations

import ast
import importlib
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def benchmarks() -> dict[str, str]:
    """Name → one line of what it measures, for every module or package of this folder that has a `main`."""
    found: dict[str, str] = {}
    for path in sorted([*HERE.glob("*.py"), *HERE.glob("*/__init__.py")]):
        name = path.parent.name if path.name == "__init__.py" else path.stem
        if name.startswith("_") or path == HERE / "__init__.py":
            continue
        tree = ast.parse(path.read_bytes())  # looked at, not imported: a list must not cost what a benchmark costs
        if any(isinstance(node, ast.FunctionDef) and node.name == "main" for node in tree.body):
            found[name] = (ast.get_docstring(tree) or "").partition("\n")[0]
    return found


def main(argv: list[str]) -> int:
    """Run the benchmark that `argv` names; 2 when it names none."""
    known = benchmarks()
    if not argv or argv[0] in ("-h", "--help"):
        print("python -m benchmarks NAME [--help]\n")
        print("\n".join(f"  {name:<10} {about}" for name, about in known.items()))
        return 0
    if argv[0] not in known:
        print(f"There is no benchmark {argv[0]!r}. These exist: {', '.join(known)}.", file=sys.stderr)
        return 2
    return int(importlib.import_module(f"benchmarks.{argv[0]}").main(argv[1:]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
