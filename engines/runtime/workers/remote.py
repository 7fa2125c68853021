"""A model that is loaded in a worker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from engines.runtime.closing import Closing
from engines.runtime.contract import Placement, Port, Reason
from engines.runtime.workers.process import Ended
from homespun.progress import Cancel

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from engines.runtime.workers.worker import Worker

CLOSED = "the session is closed"


class Remote(Closing):
    """As `contract.LoadedInWorker`, in another process; `seconds` is what the load took there. Threads may share it."""

    def __init__(
        self, worker: Worker, session: int, inputs: Sequence[Port], outputs: Sequence[Port], seconds: float
    ) -> None:
        self.inputs = inputs
        self.outputs = outputs
        self.seconds = seconds
        self._worker = worker
        self.session = session
        self._closed = False

    def run(
        self, inputs: Mapping[str, NDArray[Any]], cancel: Cancel | None = None, *, deadline: float | None = None
    ) -> dict[str, NDArray[Any]]:
        """All outputs, each in memory of its own, within `deadline` seconds; waiting for other runs does not count.

        Raises `DeviceFailed` and, within about a second of `cancel`, `Cancelled`; `Ended` once it is closed, since another
        thread may have closed it after a failure of its own.
        """
        if self._closed:
            raise Ended(Reason.FAILED, CLOSED)
        return self._worker.run(self.session, inputs, cancel, deadline)

    def placement(self) -> Placement:
        """Where the nodes went; after `Setup.proving` and a run. Raises `DeviceFailed`."""
        return self._worker.placement(self.session)

    @property
    def took(self) -> float:
        """Seconds of the last run that went well, without its wait for other runs."""
        return self._worker.took(self.session)

    @property
    def worker(self) -> Worker:
        """The process that it is in."""
        return self._worker

    def close(self) -> None:
        """Give back its memory; the process goes on."""
        if not self._closed:
            self._closed = True
            self._worker.unload(self.session)
