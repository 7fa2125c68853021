"""What the tests of installers and menus share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.packaging.windows_python import Unavailable
from tests.packaging.wine import Wine, own_wine


@pytest.fixture(scope="session")
def wine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wine]:
    """Windows on Linux, with a prefix of this session's; skipped where there is none."""
    try:
        with own_wine(tmp_path_factory.mktemp("wine")) as found:
            yield found
    except Unavailable as why:
        pytest.skip(str(why))


@pytest.fixture(scope="session")
def native(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The native programs for x64, with limits for wine."""
    from tests.packaging.launching import LIMITS, compiled

    try:
        return compiled(tmp_path_factory.mktemp("native"), *LIMITS)
    except Unavailable as why:
        pytest.skip(str(why))


@pytest.fixture(scope="session")
def python(wine: Wine) -> Path:
    """Windows' Python, with its own modules alone."""
    return wine.python(wine.drive / "tests" / "python")
