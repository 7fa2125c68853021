"""Processes that run models on accelerators, so that a driver that crashes or hangs takes nothing along.

`Pool.load` gives a model in a worker that is found or started, `Worker` is one process by itself, and both give a `Remote`,
which runs as a session does and raises `DeviceFailed` for whatever a device may do. `Ended` is the one that was no fault of
the call: its process had ended before.
"""

from engines.runtime.workers.frames import BrokenFrame
from engines.runtime.workers.pool import Pool
from engines.runtime.workers.process import Ended
from engines.runtime.workers.remote import Remote
from engines.runtime.workers.worker import Worker

__all__ = ["BrokenFrame", "Ended", "Pool", "Remote", "Worker"]
