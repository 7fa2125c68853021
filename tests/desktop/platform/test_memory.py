"""Memory goes back to the system."""

from __future__ import annotations

import sys
import weakref

import psutil
import pytest

from desktop.window.platform.memory import give_back


class Circle:
    """Knows itself."""

    def __init__(self) -> None:
        self.me = self


def test_what_only_knows_itself_is_taken_apart() -> None:
    circle = weakref.ref(Circle())
    give_back()
    assert circle() is None


@pytest.mark.skipif(sys.platform != "linux", reason="only glibc keeps freed memory to itself")
def test_what_was_freed_goes_back_to_the_system() -> None:
    blocks = [bytes(60_000) for _ in range(2_000)]  # too small to be mapped on their own
    last = bytes(60_000)
    del blocks
    before = psutil.Process().memory_info().rss
    give_back()
    assert before - psutil.Process().memory_info().rss > 50_000_000
    assert last
