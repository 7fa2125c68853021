"""The listening end of `desktop.instance` in the window's event loop."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QSocketNotifier, QTimer

from desktop.handoff import LEAVING, Answer, Request
from desktop.instance import PosixServer, Server
from desktop.window.bound import Poster

_TURN = 250
"""Milliseconds between two looks at senders that are in the middle of a line."""


class Handoff(QObject):
    """Passes each request of a later start to `take`, from the event loop, after that start was told that it is taken."""

    def __init__(
        self, server: Server, poster: Poster, take: Callable[[Request], None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._server = server
        self._poster = poster
        self._take = take
        self._leaving = False
        self._notifier: QSocketNotifier | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_TURN)
        self._timer.timeout.connect(self._turn)
        if isinstance(server, PosixServer):
            self._notifier = QSocketNotifier(server.fileno(), QSocketNotifier.Type.Read, self)
            self._notifier.activated.connect(self._turn)
        else:
            from desktop.pipes import PipeServer

            assert isinstance(server, PipeServer)
            server.serve(self._taken)

    def leave(self) -> None:
        """Take nothing more: the app is about to end."""
        self._leaving = True

    def close(self) -> None:
        """Listen no more. The server itself is closed by whoever made it."""
        self.leave()
        self._timer.stop()
        if self._notifier is not None:
            self._notifier.setEnabled(False)

    def _turn(self) -> None:
        assert isinstance(self._server, PosixServer)
        self._server.ready(self._taken)
        if self._server.waiting and not self._timer.isActive():
            self._timer.start()
        elif not self._server.waiting:
            self._timer.stop()

    def _taken(self, request: Request) -> Answer:
        """In the window's thread, or in the pipe's."""
        if self._leaving:
            return Answer(False, LEAVING)
        if request.do != "ping":
            self._poster.post(lambda: self._take(request))
        return Answer(True)
