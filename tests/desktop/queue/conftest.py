"""A queue with a worker that does what the test says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.jobs.work import Jobs
from desktop.state.queue import QueueState
from tests.desktop.jobs.known_worker import KnownWorker
from tests.desktop.main.fakes import KnownDoors


class KnownQueue:
    """The state with all that is around it."""

    def __init__(self, folder: Path) -> None:
        self.worker, self.walker, self.doors = KnownWorker(), KnownWorker(), KnownDoors()
        self.jobs = Jobs(self.worker, self.worker.later, folder, clock=self.worker.clock)  # type: ignore[arg-type]
        self.state = QueueState(
            self.jobs,
            self.walker,  # type: ignore[arg-type]
            self.worker.later,
            self.doors,
            clock=self.worker.clock,
        )

    def close(self) -> None:
        """As at the end of the app."""
        self.jobs.close()

    @property
    def head(self) -> str:
        return self.state.snapshot().head

    @property
    def names(self) -> list[str]:
        return [self.state.row(number).name for number in self.state.ids(0, 10_000)]


@pytest.fixture
def queue(tmp_path: Path) -> Iterator[KnownQueue]:
    """A queue as the app opens it."""
    made = KnownQueue(tmp_path / "app")
    yield made
    made.close()
