"""Licences by their SPDX names: reading expressions, and which of them our packages may carry."""

from __future__ import annotations

import re
from collections.abc import Callable

_Judge = Callable[[str], bool]

FREE = frozenset(
    {
        "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "BSD-3-Clause-Open-MPI", "BSL-1.0", "CC-BY-4.0", "CC0-1.0",
        "FTL", "HPND", "IJG", "ISC", "MIT", "MIT-0", "MIT-CMU", "PSF-2.0", "Python-2.0", "Unicode-3.0",
        "Unicode-DFS-2016", "Unlicense", "X11", "Zlib", "blessing", "bzip2-1.0.6", "libpng-2.0", "libtiff",
    }
)  # fmt: skip
"""Take it, pass it on, keep its words with it."""
PER_FILE = frozenset({"MPL-2.0"})
"""Whoever changes its files shows the changes; we change none."""
WITH_EXCEPTION = frozenset({"Apache-2.0 WITH LLVM-exception", "GPL-3.0-or-later WITH GCC-exception-3.1"})
"""The second is GCC's run-time library, which may go along with any program."""
REPLACEABLE = frozenset({"LGPL-2.1-or-later", "LGPL-3.0-only"})
"""Libraries that stay files of their own, which everybody may replace: see the notice in the bundle."""
SYSTEMS_OWN = frozenset({"LicenseRef-Microsoft-Redistributable"})
"""Files that Microsoft allows to be passed on with programs that need them."""
ALLOWED = FREE | PER_FILE | WITH_EXCEPTION | REPLACEABLE | SYSTEMS_OWN

SPOKEN = {
    "3-clause bsd license": "BSD-3-Clause",
    "apache": "Apache-2.0",
    "apache 2.0": "Apache-2.0",
    "apache license 2.0": "Apache-2.0",
    "apache software license": "Apache-2.0",
    "bsd": "BSD-3-Clause",
    "bsd license": "BSD-3-Clause",
    "isc license": "ISC",
    "isc license (iscl)": "ISC",
    "mit license": "MIT",
    "mozilla public license 2.0 (mpl 2.0)": "MPL-2.0",
    "python software foundation license": "PSF-2.0",
}
"""How packages call licences in words, in lower case. "BSD" alone is read as the one with three clauses: it asks for more."""

_WORD = re.compile(r"\(|\)|[A-Za-z0-9.+-]+")


class NotUnderstood(ValueError):
    """The words are no SPDX expression."""


def named(words: str) -> str:
    """The SPDX expression that `words` are or mean; empty where neither is known."""
    plain = " ".join(words.split())
    if plain.lower() in SPOKEN:
        return SPOKEN[plain.lower()]
    try:
        parts = names(plain)
    except NotUnderstood:
        return ""
    return plain if all(_is_name(part) for part in parts) else ""


def allowed(expression: str) -> bool:
    """Whether a package under `expression` may go along: of OR one side must, of AND both. Raises `NotUnderstood`."""
    return _Reader(expression).read(_may)


def names(expression: str) -> tuple[str, ...]:
    """Every licence in `expression`, exceptions with it, each once. Raises `NotUnderstood`."""
    found: dict[str, None] = {}

    def note(name: str) -> bool:
        found[name] = None
        return True

    _Reader(expression).read(note)
    return tuple(found)


def _may(name: str) -> bool:
    return name in ALLOWED


def _is_name(name: str) -> bool:
    return name in ALLOWED or bool(
        re.fullmatch(r"(A|L)?GPL-\d\.\d-(only|or-later)|[A-Z][A-Za-z]*(-[A-Za-z0-9.]+)+", name)
    )


class _Reader:
    """Reads `a AND (b OR c WITH d)`: AND binds closer than OR, both sides are always read."""

    def __init__(self, expression: str) -> None:
        self._words: list[str] = _WORD.findall(expression)
        if "".join(self._words) != "".join(expression.split()):
            raise NotUnderstood(expression)
        self._expression = expression

    def read(self, judge: _Judge) -> bool:
        verdict = self._any(judge)
        if self._words:
            raise NotUnderstood(self._expression)
        return verdict

    def _any(self, judge: _Judge) -> bool:
        verdict = self._all(judge)
        while self._next("OR"):
            verdict = self._all(judge) or verdict
        return verdict

    def _all(self, judge: _Judge) -> bool:
        verdict = self._one(judge)
        while self._next("AND"):
            verdict = self._one(judge) and verdict
        return verdict

    def _one(self, judge: _Judge) -> bool:
        if self._next("("):
            verdict = self._any(judge)
            if not self._next(")"):
                raise NotUnderstood(self._expression)
            return verdict
        name = self._word()
        return judge(f"{name} WITH {self._word()}" if self._next("WITH") else name)

    def _next(self, word: str) -> bool:
        if self._words and self._words[0].upper() == word:
            self._words.pop(0)
            return True
        return False

    def _word(self) -> str:
        if not self._words or self._words[0] in ("(", ")") or self._words[0].upper() in ("AND", "OR", "WITH"):
            raise NotUnderstood(self._expression)
        return self._words.pop(0)
