"""Processes that do what would hold up the window: searching, decoding, erasing, indexing.

`WorkerProcess` is the window's end: it starts `python -m desktop.workers SERVICE`, asks, and is told in events. A service
is one file of this room with `open_service() -> {name: handler}`; a handler gets a `Call` and returns what JSON can hold.
Pixels don't go through the pipe: they lie in a `Sheet`, memory that both processes map.
"""

from desktop.workers.calls import Call, Handler
from desktop.workers.client import Ended, Event, Ticket, WorkerProcess
from desktop.workers.sheets import Sheet, make_sheet, open_sheet, sheet_of, sweep_sheets

__all__ = [
    "Call",
    "Ended",
    "Event",
    "Handler",
    "Sheet",
    "Ticket",
    "WorkerProcess",
    "make_sheet",
    "open_sheet",
    "sheet_of",
    "sweep_sheets",
]
