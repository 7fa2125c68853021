"""The worker processes of the app: each started when it is first needed, and let go when nobody needs it any more."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from desktop.workers import WorkerProcess

BACKGROUND = frozenset({"index", "watch", "jobs", "devices"})
"""Services that leave the machine to the person."""

IDLE = 600.0
"""Seconds without a call after which a process is let go. It holds memory, and starts again in a fraction of a second."""

KILLING = 1.0
"""Seconds that the system has to end those that were killed."""


class Services:
    """Worker processes by name. All methods are for the window's thread."""

    def __init__(self, deliver: Callable[[Callable[[], None]], None], logs: Path | None) -> None:
        self._deliver = deliver
        self._logs = logs
        self._workers: dict[str, WorkerProcess] = {}
        self._documents: list[WorkerProcess] = []
        self._spare: WorkerProcess | None = None

    def worker(self, name: str, service: str = "") -> WorkerProcess:
        """The worker called `name`, which does `service` (default: of the same name)."""
        found = self._workers.get(name)
        if found is None:
            found = self._workers[name] = self._made(service or name, background=name in BACKGROUND)
        return found

    def document(self) -> WorkerProcess:
        """A process for one more editor; `close` it with the editor."""
        self._documents = [one for one in self._documents if one.running or one.busy]
        made, self._spare = self._spare, None
        if made is None:
            made = self._made("document", background=False)
        self._documents.append(made)
        return made

    def prepare_document(self) -> None:
        """Have a process for the next editor started: its start is half of what a person waits for a large picture."""
        if self._spare is None or not self._spare.running:
            self._spare = self._made("document", background=False)
            self._spare.start()

    def rest(self, *, keep: frozenset[str] = frozenset()) -> None:
        """Let those go that did nothing for a while; called now and then."""
        now = time.monotonic()
        for name, worker in self._workers.items():
            if worker.running and not worker.busy and name not in keep and now - worker.used > IDLE:
                worker.close()
        if self._spare is not None and now - self._spare.used > IDLE:
            self._spare.close()
            self._spare = None

    def pids(self) -> dict[str, int]:
        """The processes that run, for who measures them."""
        named = {name: worker.pid for name, worker in self._workers.items() if worker.running}
        named |= {f"document {number}": one.pid for number, one in enumerate(self._documents) if one.running}
        if self._spare is not None and self._spare.running:
            named["spare"] = self._spare.pid
        return {name: pid for name, pid in named.items() if pid is not None}

    def close(self) -> None:
        """End all: each cancels what it does, and those that don't hear are killed."""
        everyone = [*self._workers.values(), *self._documents, *([self._spare] if self._spare is not None else [])]
        self._spare = None
        for worker in everyone:
            worker.close()
        until = time.monotonic() + 2.5  # a worker gives its work two seconds
        for worker in everyone:
            if not worker.wait(max(0.0, until - time.monotonic())):
                worker.kill()
        for worker in everyone:
            worker.wait(max(0.0, until + KILLING - time.monotonic()))

    def _made(self, service: str, *, background: bool) -> WorkerProcess:
        log = self._logs / f"{service}.log" if self._logs is not None else None
        return WorkerProcess(service, self._deliver, log=log, background=background)
