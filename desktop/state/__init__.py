"""What each screen shows and decides: plain Python, without Qt.

A screen's state has `snapshot()` (a frozen dataclass), methods for what a person can do, and `subscribe(callback)`. The
window paints snapshots and passes on what was done; every decision is made here, and tested without a window.
"""
