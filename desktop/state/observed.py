"""A state that others watch."""

from __future__ import annotations

from collections.abc import Callable


class Observed:
    """Calls its subscribers after each change, in the thread of the change (the window's, once there is a window)."""

    def __init__(self) -> None:
        self._subscribers: dict[int, Callable[[], None]] = {}
        self._next = 0

    def subscribe(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Have `callback` called after each change; the result ends that."""
        number = self._next
        self._next += 1
        self._subscribers[number] = callback

        def unsubscribe() -> None:
            self._subscribers.pop(number, None)

        return unsubscribe

    def changed(self) -> None:
        """Tell the subscribers; one that subscribes or leaves meanwhile doesn't disturb the others."""
        for number, callback in list(self._subscribers.items()):
            if number in self._subscribers:
                callback()
