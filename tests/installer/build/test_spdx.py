"""Licence expressions: what may go along, and what is not understood."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from installer.build import spdx


@pytest.mark.parametrize(
    ("expression", "may"),
    [
        ("MIT", True),
        ("GPL-3.0-only", False),
        ("AGPL-3.0-or-later", False),
        ("LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only", True),
        ("MIT AND GPL-2.0-or-later", False),
        ("GPL-2.0-or-later AND MIT OR ISC", True),
        ("GPL-2.0-or-later AND (MIT OR ISC)", False),
        ("(MIT OR GPL-3.0-only) AND Unicode-3.0", True),
        ("Apache-2.0 WITH LLVM-exception", True),
        ("GPL-3.0-or-later WITH GCC-exception-3.1", True),
        ("GPL-3.0-or-later WITH Bison-exception-2.2", False),
        ("Apache-2.0  OR  MIT", True),
        ("SSPL-1.0", False),
    ],
)
def test_of_or_one_side_must_be_allowed_and_of_and_both(expression: str, may: bool) -> None:
    assert spdx.allowed(expression) is may


@pytest.mark.parametrize("words", ["", "MIT OR", "(MIT", "MIT)", "MIT ISC", "AND MIT", "MIT WITH", "MIT; ISC", "()"])
def test_what_is_no_expression_is_not_taken_for_one(words: str) -> None:
    with pytest.raises(spdx.NotUnderstood):
        spdx.allowed(words)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("MIT License", "MIT"),
        ("3-Clause BSD License", "BSD-3-Clause"),
        ("Apache 2.0", "Apache-2.0"),
        ("LGPL-3.0-only OR GPL-2.0-only", "LGPL-3.0-only OR GPL-2.0-only"),
        ("any-OSI", ""),
        ("Copyright (c) 2001-2002 Enthought, Inc.", ""),
        ("do what you want", ""),
        ("", ""),
    ],
)
def test_words_become_a_name_only_where_it_is_known_what_they_mean(words: str, name: str) -> None:
    assert spdx.named(words) == name


names = st.sampled_from(["MIT", "ISC", "GPL-3.0-only", "AGPL-3.0-only"])
trees = st.recursive(
    names.map(lambda name: (name, name in spdx.ALLOWED)),
    lambda inner: st.tuples(st.sampled_from(["AND", "OR"]), inner, inner).map(
        lambda t: (f"({t[1][0]} {t[0]} {t[2][0]})", (t[1][1] and t[2][1]) if t[0] == "AND" else (t[1][1] or t[2][1]))
    ),
    max_leaves=12,
)


@given(trees)
def test_any_nesting_means_what_its_brackets_say(tree: tuple[str, bool]) -> None:
    expression, may = tree
    assert spdx.allowed(expression) is may
    assert set(spdx.names(expression)) <= {"MIT", "ISC", "GPL-3.0-only", "AGPL-3.0-only"}
