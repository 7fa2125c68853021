"""The app of this home, turned by a thread of the test's."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from desktop.handoff import Answer, Request
from desktop.instance import PosixServer, become_app


@contextmanager
def running(take: Callable[[Request], Answer]) -> Iterator[PosixServer]:
    """The app, turned by a thread as the event loop would."""
    server = become_app()
    assert isinstance(server, PosixServer)
    over = threading.Event()

    def turn() -> None:
        while not over.is_set():
            server.ready(take)
            over.wait(0.005)

    thread = threading.Thread(target=turn)
    thread.start()
    try:
        yield server
    finally:
        over.set()
        thread.join()
        server.close()
