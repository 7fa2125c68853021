"""What is done under the clock, by name. Milliseconds and bytes go to `driver.told`."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QWidget

from benchmarks.desktop.driver import LEFT, MIDDLE, MOVE, PRESS, RELEASE, Driver, Paints, there
from desktop.state.editing.boxes import Box
from tests.desktop.waits import Waits

Given = dict[str, Any]
PAGES = ("search", "pictures", "folders", "devices", "models", "settings")
SETTLED = 1.5
"""Seconds after the start in which the app builds what nobody waits for."""


def warm(driver: Driver, given: Given) -> None:
    """Show the palette again and again, as the key does."""
    driver.ask("background")
    driver.rest(SETTLED)
    palette, took = driver.app.windows.palette(), []
    for _ in range(given["times"]):
        began = time.perf_counter()
        driver.app.windows.toggle_palette()
        took.append(driver.until(lambda: there(palette) and palette.query.hasFocus(), "the palette is there") - began)
        driver.rest(0.15)
        driver.app.windows.toggle_palette()
        driver.until(lambda: not palette.isVisible(), "the palette is gone")
        driver.rest(0.15)
    driver.told = {"first_ms": 1000 * took[0], "ms": [1000 * one for one in took[1:]]}


def idle(driver: Driver, given: Given) -> None:
    """In the tray: after the start, and after the palette was used and some time has gone by."""
    driver.ask("background")
    driver.rest(given["settle"])
    at_rest = _memory(driver)
    driver.app.windows.toggle_palette()
    palette = driver.app.windows.palette()
    driver.until(lambda: there(palette), "the palette is there")
    for letter in "letter":
        driver.key(palette.query, letter)
        driver.rest(0.15)
    driver.app.windows.toggle_palette()
    driver.rest(given["settle"])
    driver.told = {"fresh": at_rest, "used": _memory(driver)}


def _memory(driver: Driver) -> dict[str, Any]:
    own = psutil.Process()
    shares = {name: psutil.Process(pid).memory_full_info().pss for name, pid in driver.app.services.pids().items()}
    full = own.memory_full_info()
    return {"rss": full.rss, "pss": full.pss, "uss": full.uss, "others": shares}


def typing(driver: Driver, given: Given) -> None:
    """Type sentences letter by letter; how long until rows are painted that answer what stands there then."""
    driver.app.folders.pause()  # the made index has no files behind it as a scan would find them
    driver.ask("background")
    driver.rest(SETTLED)
    driver.app.windows.toggle_palette()
    palette, asking = driver.app.windows.palette(), driver.app.palette._asking  # noqa: SLF001 - what a person can't ask
    driver.until(lambda: there(palette), "the palette is there")
    driver.rest(given["warm"])
    viewport = palette.list.view.viewport()
    paints = Paints(viewport)
    first, whole, painted = [], [], Painted(palette, paints)
    for sentence in given["sentences"]:
        for letter in sentence:
            painted.began()
            began = time.perf_counter()
            driver.key(palette.query, letter)
            first.append(driver.until(lambda: not asking.unanswered and painted.now(), "rows") - began)
            whole.append(driver.until(lambda: asking.complete and painted.now(), "all rows") - began)
            driver.rest(0.03)
        palette.query.clear()
        driver.app.palette.type("")
        driver.until(lambda: not asking.unanswered, "no query")
        driver.rest(0.2)
    driver.told = {"first_ms": [1000 * one for one in first], "whole_ms": [1000 * one for one in whole]}


class Painted:
    """Whether what the state shows is on the screen: nothing waits to be shown, and it was painted since."""

    def __init__(self, palette: Any, paints: Paints) -> None:
        self._palette, self._paints = palette, paints
        self._before = 0

    def began(self) -> None:
        """From here."""
        self._before = self._paints.count

    def now(self) -> bool:
        """Whether it is."""
        shown = self._palette.list.rows
        wanted = self._palette._state.snapshot().rows  # noqa: SLF001
        if self._palette._bound._waiting or shown != wanted:  # noqa: SLF001
            return False
        return self._paints.count > self._before or not wanted


def opening(driver: Driver, given: Given) -> None:
    """Open a picture: the process next door is started, reads it, and the window shows it."""
    driver.ask("background")
    driver.rest(SETTLED)
    began = time.perf_counter()
    driver.ask("edit", Path(given["photo"]))
    ((window, state),) = driver.app.windows.editors.items()
    paints = Paints(window.canvas)
    empty = driver.until(lambda: there(window), "the window")
    driver.until(lambda: state.snapshot().display is not None, "a picture")
    count = paints.count
    some = driver.until(lambda: paints.count > count, "it is painted")
    driver.until(lambda: state.snapshot().stage == "ready" and not state.snapshot().preview, "all of it")
    count = paints.count
    whole = driver.until(lambda: paints.count > count or not window.canvas.isVisible(), "all of it is painted")
    driver.told = {name: 1000 * (at - began) for name, at in (("window", empty), ("first", some), ("full", whole))}


def strokes(driver: Driver, given: Given) -> None:
    """Paint and pan over a large picture: from each movement to its pixels."""
    window, state = _opened(driver, given)
    canvas: QWidget = window.canvas
    paints = Paints(canvas)
    driver.rest(1.0)
    middle, tall = canvas.width() / 2, canvas.height() / 2
    painted = _dragged(driver, canvas, paints, LEFT, [(middle - 200 + 3 * n, tall - 60 + n % 40) for n in range(120)])
    driver.until(lambda: not state.snapshot().mask_empty, "a stroke")
    driver.rest(0.5)
    window.do("whole")
    driver.rest(0.7)
    panned = _dragged(driver, canvas, paints, MIDDLE, [(middle - 200 + 4 * n, tall - 100 + 2 * n) for n in range(120)])
    driver.told = {"brush_ms": painted, "pan_ms": panned}


def _opened(driver: Driver, given: Given) -> tuple[Any, Any]:
    driver.ask("edit", Path(given["photo"]))
    ((window, state),) = driver.app.windows.editors.items()
    window.resize(1280, 860)
    driver.until(lambda: state.snapshot().stage == "ready" and there(window), "the picture is open")
    return window, state


def _dragged(
    driver: Driver, canvas: QWidget, paints: Paints, button: Any, places: list[tuple[float, float]]
) -> list[float]:
    took = []
    driver.mouse(PRESS, canvas, *places[0], button)
    driver.rest(0.05)
    for place in places[1:]:
        count, began = paints.count, time.perf_counter()
        driver.mouse(MOVE, canvas, *place, button)
        took.append(1000 * (driver.until(lambda count=count: paints.count > count, "pixels", 5) - began))  # type: ignore[misc]
        driver.rest(0.008)
    driver.mouse(RELEASE, canvas, *places[-1], button)
    return took


def stall(driver: Driver, given: Given) -> None:
    """Erase from a large picture while files are read; the longest time without events, and what of it was our own."""
    _, state = _opened(driver, given)
    driver.app.folders.add([given["folder"]])
    driver.until(lambda: driver.app.folders.reading() is not None, "files are read")
    driver.rest(1.0)
    mask, picture = state.snapshot().mask, QPointF(given["x"], given["y"])
    side = given["side"]
    box = Box(int(picture.x()), int(picture.y()), int(picture.x()) + side, int(picture.y()) + side)
    for row in range(box.top, box.bottom):
        start = row * mask.stride
        mask.memory[start + box.left : start + box.right] = b"\xff" * side
    state.painted(box)
    driver.rest(0.3)
    own = OwnGaps()
    driver.gaps.start()
    own.start()
    began = time.perf_counter()
    state.act()
    erased = driver.until(lambda: state.snapshot().done is not None and own.beat(), "it is erased", 300) - began
    until = time.perf_counter() + given["after"]
    driver.until(lambda: time.perf_counter() > until and own.beat(), "more reading", 100)
    reading = driver.app.folders.reading() is not None
    driver.gaps.stop()
    driver.told = {
        "longest_ms": 1000 * driver.gaps.longest.seconds,
        "p99_ms": 1000 * driver.gaps.percentile(0.99),
        "own_ms": 1000 * own.longest,
        "erased_s": erased,
        "still_reading": reading,
        "stack": driver.gaps.longest.stack,
    }


class OwnGaps:
    """Time between two looks less the time that other programs had the processor."""

    def __init__(self) -> None:
        from PySide6.QtCore import QTimer

        self._waits = Waits()
        self._timer = QTimer()
        self._timer.setInterval(2)
        self._timer.timeout.connect(self.beat)
        self._last = (0.0, 0.0)
        self.longest = 0.0

    def start(self) -> None:
        """From now."""
        self._last = (time.perf_counter(), self._waits.seconds())
        self._timer.start()

    def beat(self) -> bool:
        """Look; always True."""
        now = (time.perf_counter(), self._waits.seconds())
        self.longest = max(self.longest, now[0] - self._last[0] - (now[1] - self._last[1]))
        self._last = now
        return True


def pages(driver: Driver, given: Given) -> None:
    """Go through the main window's pages; the first time each is met, and again."""
    driver.ask("background")
    driver.rest(SETTLED)
    began = time.perf_counter()
    driver.app.windows.show_main("search")
    window = driver.app.windows.main()
    shown = driver.until(lambda: there(window), "the main window") - began
    driver.rest(1.5)
    first, again = {}, []
    for turn in range(given["turns"]):
        for page in PAGES[1:] + PAGES[:1]:
            began = time.perf_counter()
            window.show_page(page)  # the first time it is built, too
            paints = Paints(window._widget(window._here))  # noqa: SLF001 - what a person can't ask
            took = 1000 * (driver.until(lambda paints=paints: paints.count > 0, page) - began)  # type: ignore[misc]
            if turn:
                again.append(took)
            else:
                first[page] = took
            driver.rest(0.4)
    driver.told = {"window_ms": 1000 * shown, "first_ms": first, "again_ms": again}


TASKS: dict[str, Callable[[Driver, Given], None]] = {
    "warm": warm,
    "idle": idle,
    "typing": typing,
    "opening": opening,
    "strokes": strokes,
    "stall": stall,
    "pages": pages,
}
