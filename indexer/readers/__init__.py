"""Files → Documents, in a process of its own that may die of any of them.

`Readers` is the door. One warm process reads all files; a file that kills it, or takes too long, costs that process and
two tries, and its `Outcome` says so. Formats are in `families`, one file for each.
"""

from __future__ import annotations

from indexer.readers.outcome import Outcome
from indexer.readers.pool import Readers, versions
from indexer.readers.process import CannotStart

__all__ = ["CannotStart", "Outcome", "Readers", "versions"]
