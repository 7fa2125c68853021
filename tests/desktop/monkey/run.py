"""One run: events from the event loop itself, and what is measured meanwhile."""

from __future__ import annotations

import math
import time
from collections import Counter, deque
from typing import Any

import psutil
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from desktop.handoff import Request
from desktop.instance import become_app
from desktop.window.platform.crash import log_folder
from desktop.window.platform.gaps import GapMeter
from desktop.window.platform.memory import give_back
from tests.desktop.monkey.cage import CagedApp, Home, caged
from tests.desktop.monkey.hand import Hand
from tests.desktop.waits import Waits

STALL = 1.0
"""Seconds without events that are a fault."""

GROWTH = 50e6
"""Bytes that the window's process may grow by after it is warm."""

OBJECTS = 1.15
"""How many times the objects of the warm app may be there at the end: lists are longer and shorter, but nothing adds up."""

SETTLES = 1.5
WINDOWS = 2
OFFSCREEN = ("This plugin does not support", "systemTrayWindowChanged", "occurs outside target window")
"""What Qt says of a platform without a screen, and of a hand that misses a window."""

WATCH = 30
"""Milliseconds."""


def run(home: Home, seed: int, events: int, warm: int) -> dict[str, Any]:
    """Let it loose; what was counted, and `faults` as sentences."""
    server = become_app()
    assert server is not None, "an app runs with this home already"
    qt, app = caged(server)
    assert isinstance(qt, QApplication)
    app.take(Request("app"))
    monkey = Monkey(qt, app, home, seed, events, warm)
    monkey.start()
    qt.exec()
    report = monkey.report()
    app.close()
    server.close()
    return report


class Monkey(QObject):
    """Does one event a turn of the loop, so that workers, timers and paint events come between."""

    def __init__(self, qt: QApplication, app: CagedApp, home: Home, seed: int, events: int, warm: int) -> None:
        super().__init__(qt)
        self._qt, self._app = qt, app
        self._hand = Hand(qt, app, home, seed)
        self._events, self._warm = events, warm
        self._number = 0
        self._chain = 0
        self._tidying = False
        self._since = math.inf
        self._began = time.monotonic()
        self._gaps = GapMeter(self, stall=STALL / 4)
        self._waits = Waits()
        self._beat = QTimer(self)
        self._beat.setInterval(5)
        self._beat.timeout.connect(self._look)
        self._last = (0.0, 0.0)
        self._stalls: list[tuple[float, int, str]] = []
        self._longest = 0.0
        self._lately: deque[str] = deque(maxlen=12)
        self._done: Counter[str] = Counter()
        self._counted: list[dict[str, Any]] = []
        self._log_read = 0
        self._trace = (home.folder.parent / "events.txt").open("w", encoding="utf-8", errors="replace", buffering=1)
        self._hand.about = self._about
        self._bugs: list[str] = []

    def start(self) -> None:
        """From the event loop, once the app has settled."""
        QTimer.singleShot(1500, self, self._begin)

    def _begin(self) -> None:
        self._gaps.start()
        self._last = (time.perf_counter(), self._waits.seconds())
        self._beat.start()
        self._watch()
        self._next()

    def _next(self) -> None:
        """One event, and then the next; `_watch` goes on when this one does not come back."""
        self._chain += 1
        mine = self._chain
        if self._tidying:
            return
        if self._number == self._warm and not self._counted:
            self._tidy(self._go_on)
            return
        if self._number >= self._events:
            self._tidy(self._end)
            return
        number = self._number
        self._number += 1
        self._since = time.monotonic()
        self._trace.write(f"{number} ")  # a crash leaves the number, and what came before it
        what = self._hand.event(number)
        self._trace.write(f"{what}\n")
        self._done[what.partition(" ")[0]] += 1
        self._lately.append(f"{number} {what}")
        self._read_log()
        if mine == self._chain:  # else a menu's own event loop has gone on from here
            pause, self._hand.pause = self._hand.pause, 0
            self._since = math.inf
            QTimer.singleShot(pause, self, self._next)

    def _about(self, words: str) -> None:
        self._trace.write(words)
        self._trace.flush()

    def _watch(self) -> None:
        """A menu, a question or a drag turns the event loop inside the event that began it: go on in there."""
        QTimer.singleShot(WATCH, self, self._watch)
        inside = self._qt.activePopupWidget() is not None or self._qt.activeModalWidget() is not None
        if time.monotonic() - self._since > WATCH / 1000 * (1 if inside else 20):
            self._next()

    def _look(self) -> None:
        now, waited = time.perf_counter(), self._waits.seconds()
        gap = (now - self._last[0]) - (waited - self._last[1])
        self._last = (now, waited)
        self._longest = max(self._longest, gap)
        stack = self._gaps.longest.stack
        if gap > STALL and len(self._stalls) < 20:
            self._stalls.append((gap, self._number, f"{list(self._lately)[-3:]}\n{stack[-1500:]}"))

    def _read_log(self) -> None:
        """New complaints, with what was done just before."""
        log = log_folder() / "app.log"
        try:
            size = log.stat().st_size
        except OSError:
            return
        if size == self._log_read:
            return
        with log.open(encoding="utf-8", errors="replace") as stream:
            stream.seek(self._log_read if size > self._log_read else 0)
            new = [line for line in stream.read().splitlines() if not any(one in line for one in OFFSCREEN)]
        self._log_read = size
        if new and len(self._bugs) < 30:
            self._bugs.append(f"after {list(self._lately)[-8:]}:\n" + "\n".join(new)[-3000:])

    # counting

    def _tidy(self, then: Any) -> None:
        """Bring the app to a known rest: every window built, none but the main one shown, no editor, no menu."""
        self._beat.stop()
        self._tidying = True
        self._since = math.inf
        for popup in (self._qt.activePopupWidget(), self._qt.activeModalWidget()):
            if popup is not None:
                popup.close()
        self._hand.rest()
        self._app.pixmaps.clear()  # up to 80 MB that are kept on purpose, and let go when no window is there
        QTimer.singleShot(round(1000 * SETTLES), self, lambda: self._count(then))

    def _count(self, then: Any) -> None:
        for _ in range(5):
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
            give_back()
        tops = self._qt.topLevelWidgets()
        kinds: Counter[str] = Counter()
        for top in tops:
            kinds.update(type(one).__name__ for one in (top, *top.findChildren(QObject)))
        kinds.update(type(one).__name__ for one in self._qt.findChildren(QObject))
        self._counted.append(
            {
                "events": self._number,
                "rss": psutil.Process().memory_info().rss,
                "objects": sum(kinds.values()),
                "windows": len(tops),
                "kinds": kinds,
                "tops": sorted(type(top).__name__ for top in tops),
            }
        )
        then()

    def _go_on(self) -> None:
        self._tidying = False
        self._last = (time.perf_counter(), self._waits.seconds())
        self._beat.start()
        if self._number >= self._events:
            self._counted.append(self._counted[0])
            self._end()
        else:
            self._next()

    def _end(self) -> None:
        self._gaps.stop()
        self._trace.close()
        self._read_log()
        self._qt.exit()  # quit() asks the windows, and one that only hides refuses

    # what is told

    def report(self) -> dict[str, Any]:
        """For the test, and for who looks into a fault."""
        first, last = self._counted[0], self._counted[-1]
        more = Counter(last["kinds"])
        more.subtract(first["kinds"])
        grown = [f"{kind} {count:+}" for kind, count in more.most_common(12) if count > 0]
        faults = [f"bug: {bug}" for bug in self._bugs]
        faults += [f"stall of {gap:.2f} s at event {number}: {words}" for gap, number, words in self._stalls]
        if last["rss"] - first["rss"] > GROWTH:
            faults.append(f"memory grew from {first['rss'] / 1e6:.0f} to {last['rss'] / 1e6:.0f} MB")
        if last["objects"] > OBJECTS * first["objects"]:
            faults.append(f"objects grew from {first['objects']} to {last['objects']}: {', '.join(grown)}")
        if last["windows"] > first["windows"] + WINDOWS:
            faults.append(f"windows grew: {first['tops']} → {last['tops']}")
        return {
            "seed": self._hand.seed,
            "events": self._number,
            "seconds": time.monotonic() - self._began,
            "done": dict(self._done),
            "longest": self._longest,
            "longest_with_others": self._gaps.longest.seconds,
            "rss": [one["rss"] for one in self._counted],
            "objects": [one["objects"] for one in self._counted],
            "windows": [one["windows"] for one in self._counted],
            "grown": grown,
            "outside": self._app.outside,
            "faults": faults,
        }
