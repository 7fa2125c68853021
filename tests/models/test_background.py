"""Work in the background can be left at any moment."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest

from models.background import Background


def test_items_come_in_order_and_end() -> None:
    with Background(lambda: iter(range(100))) as items:
        assert [item for item in items if item is not None] == list(range(100))


def test_an_error_comes_out_where_the_items_are_used() -> None:
    def work() -> Iterator[int]:
        yield 1
        raise ValueError("broken")

    with Background(work) as items, pytest.raises(ValueError, match="broken"):
        list(items)


def test_none_comes_while_there_is_nothing() -> None:
    def work() -> Iterator[str]:
        time.sleep(0.5)
        yield "late"

    with Background(work) as items:
        assert next(items) is None
        assert [item for item in items if item] == ["late"]


def test_the_thread_ends_after_it_is_left_and_closes_its_work() -> None:
    closed = threading.Event()

    def work() -> Iterator[int]:
        try:
            while True:
                yield 1
        finally:
            closed.set()

    with Background(work) as items:
        next(items)
    assert closed.wait(5)
