"""The ways of the runtime that no product code may use, because they end on the CPU without a word (dispatch design, D2)."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[4]
PRODUCT = ("homespun", "models", "engines", "indexer", "desktop")

NEVER = {
    "set_provider_selection_policy",
    "set_provider_selection_policy_delegate",
    "get_providers",
    "set_providers",
    "disable_fallback",
}


def files() -> Iterator[Path]:
    """The product's code, without the recipes, which run in export environments."""
    for floor in PRODUCT:
        for file in sorted((ROOT / floor).rglob("*.py")):
            if "recipes" not in file.parts:
                yield file


def offences(tree: ast.AST) -> Iterator[str]:
    """What a file does that it may not."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in NEVER:
            yield f"{node.lineno}: {node.attr}"
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called != "InferenceSession":
                continue
            given = {word.arg: ast.unparse(word.value) for word in node.keywords}
            if given.get("providers", "['CPUExecutionProvider']") != "['CPUExecutionProvider']" or len(node.args) > 2:
                yield f"{node.lineno}: a list of providers"
            if "providers" not in given and given.get("enable_fallback") != "0":
                yield f"{node.lineno}: a session that may fall back to the CPU"


def test_the_product_chooses_devices_explicitly_alone() -> None:
    found = {str(file.relative_to(ROOT)): list(offences(ast.parse(file.read_text("utf-8")))) for file in files()}
    assert {name: told for name, told in found.items() if told} == {}


@pytest.mark.parametrize(
    "code",
    [
        "InferenceSession(f, o, providers=['QNNExecutionProvider'])",
        "r.InferenceSession(f, o, ['CPUExecutionProvider'])",
        "r.InferenceSession(f, o)",
        "o.set_provider_selection_policy(p)",
        "s.get_providers()",
    ],
)
def test_the_scan_sees_what_it_looks_for(code: str) -> None:
    assert list(offences(ast.parse(code)))
