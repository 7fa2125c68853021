"""Subscribers are told, may leave, and may come in the middle."""

from __future__ import annotations

from collections.abc import Callable

from desktop.state.observed import Observed


def test_each_subscriber_is_told_until_it_leaves() -> None:
    state, heard = Observed(), list[str]()
    leave = state.subscribe(lambda: heard.append("one"))
    state.subscribe(lambda: heard.append("two"))
    state.changed()
    leave()
    leave()
    state.changed()
    assert heard == ["one", "two", "two"]


def test_one_that_another_takes_out_is_silent_at_once() -> None:
    state, heard, leaves = Observed(), list[str](), list[Callable[[], None]]()

    def take_out() -> None:
        leaves.pop()()

    state.subscribe(take_out)
    leaves.append(state.subscribe(lambda: heard.append("late")))
    state.changed()
    assert heard == []


def test_one_that_comes_in_the_middle_hears_the_next_change() -> None:
    state, heard = Observed(), list[str]()

    def join() -> None:
        state.subscribe(lambda: heard.append("new"))

    leave = state.subscribe(join)
    state.changed()
    assert heard == []
    leave()
    state.changed()
    assert heard == ["new"]
