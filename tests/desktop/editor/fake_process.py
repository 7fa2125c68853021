"""A document process that answers at once, without pixels: for what the state decides by itself."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from desktop.state.editing.boxes import Box
from desktop.state.editor import EditorState
from desktop.workers import Ended, Event, Ticket, make_sheet
from homespun.settings import Settings
from tests.desktop.editor.desk import Doors

SIZE = (12, 9)
SPOT = Box(2, 2, 5, 5)


class FakeProcess:
    """Answers are delivered by `pump`; `answers` changes what is answered, `held` keeps some back."""

    def __init__(self) -> None:
        self.running = True
        self.asked: list[tuple[str, Mapping[str, Any]]] = []
        self.answers: dict[str, Event | Mapping[str, Any]] = {}
        self.held: set[str] = set()
        self.cancelled: list[int] = []
        self._waiting: list[tuple[int, str, Callable[[Event], None]]] = []
        self.steps = 0
        self.results = 0
        """Of the last fill."""
        self.size = SIZE

    def start(self) -> None: ...
    def close(self) -> None:
        self.running = False

    def ask(self, do: str, told: Mapping[str, Any], then: Callable[[Event], None]) -> Ticket:
        self.asked.append((do, told))
        number = len(self.asked)
        self._waiting.append((number, do, then))
        return Ticket(number, self)  # type: ignore[arg-type]

    def cancel(self, ticket: Ticket) -> None:
        self.cancelled.append(ticket.number)

    def pump(self) -> None:
        """Answer what was asked, and what that leads to."""
        while self.answer_one():
            pass

    def answer_one(self) -> bool:
        """Answer the first call that may be; whether there was one."""
        ready = [one for one in self._waiting if one[1] not in self.held or one[0] in self.cancelled]
        if not ready:
            return False
        number, do, then = ready[0]
        self._waiting.remove(ready[0])
        if number in self.cancelled:
            then(Event(Ended.CANCELLED, {}))
        else:
            answer = self.answers.get(do)
            then(answer if isinstance(answer, Event) else Event(Ended.DONE, answer or self._answer(do)))
        return True

    def sweep(self) -> None:
        """Take the names of the sheets that a real process would have opened."""
        for _, told in self.asked:
            if "sheet" in told:
                Path(told["sheet"]).unlink(missing_ok=True)

    def tell(self, do: str, event: Event) -> None:
        """An event that is not the last of a call under way."""
        for _, asked, then in list(self._waiting):
            if asked == do:
                then(event)

    def _answer(self, do: str) -> Mapping[str, Any]:
        width, height = self.size
        if do == "open":
            return {**self.opened(), "display": display(*self.size)}
        if do == "erase":
            self.steps += 1
            return {
                "box": [1, 1, 4, 4], "width": width, "height": height, "seconds": 0.8, "filler": "exemplar",
                "device": "cpu", "failed": "", "pixels": 9, "results": 1, "current": 0, "safe": True,
                "steps": self.steps,
            }  # fmt: skip
        if do == "fill":
            told = self.asked[-1][1]
            first = self.results if told["more"] else 0
            self.results = first + int(told["candidates"])
            self.steps += not told["more"]
            return {
                "box": [1, 1, 4, 4], "width": width, "height": height, "seconds": 4.2, "device": "directml:gpu",
                "results": self.results, "current": first, "notes": [], "guard": [], "places": 1, "safe": True,
                "steps": self.steps,
            }  # fmt: skip
        if do == "choose":
            return {"box": [1, 1, 4, 4], "width": width, "height": height, "current": self.asked[-1][1]["current"]}
        if do in ("undo", "redo"):
            return {"box": [1, 1, 4, 4], "width": width, "height": height}
        if do == "able":
            return {"fillers": ["exemplar"], "qualities": dict.fromkeys(("instant", "balanced", "best"), "exemplar")}
        return {"left": [], "safe": True, "mask": None}

    def opened(self) -> dict[str, Any]:
        """An answer to `open`, but for the display."""
        return {
            "number": "1", "width": self.size[0], "height": self.size[1], "path": "/pictures/cat.jpg",
            "title": "cat.jpg", "format": "JPEG", "bytes": 5000, "notes": [], "steps": [], "position": 0,
            "saved": [0, 0], "mask": None,
        }  # fmt: skip


def display(width: int, height: int) -> dict[str, Any]:
    """A display as the process tells of it."""
    sheet = make_sheet(4 * width * height)
    levels = [[width, height, 4 * width, 0]]
    return {"sheet": os.fspath(sheet.path), "width": width, "height": height, "levels": levels, "alpha": False}


class Stage:
    """A state with the fake process, opened; timers run when told."""

    def __init__(self, folder: Path, settings: Settings | None = None) -> None:
        self.process = FakeProcess()
        self.timers: list[Callable[[], None]] = []
        self.doors = Doors()
        self.settings = settings or Settings()
        self.state = EditorState(
            self.process, lambda _seconds, do: self.timers.append(do), self.doors, lambda: self.settings, folder
        )

    def open(self) -> None:
        self.state.open(Path("/pictures/cat.jpg"))
        self.process.pump()

    def tick(self) -> None:
        """Run the timers that wait now."""
        due, self.timers = self.timers, []
        for do in due:
            do()
        self.process.pump()


def failed(what: str, todo: str = "", *, code: int = 1, error: str = "ValueError") -> Event:
    """What a call that went wrong ends with."""
    return Event(Ended.FAILED, {"what": what, "todo": todo, "code": code, "error": error})


def mark(stage: Stage, box: Box = SPOT) -> None:
    """Paint a box, as the canvas would."""
    mask = stage.state.mask
    assert mask is not None
    mask.draw(box, b"\xff" * (box.width * box.height))
    stage.state.painted(box)


def able(painter: Mapping[str, Any] | None = None, **qualities: str) -> Mapping[str, Any]:
    """An answer to `able`: what each quality means, and what fills by words."""
    names = ("instant", "balanced", "best")
    return {
        "fillers": sorted({"exemplar", *qualities.values()}),
        "qualities": {name: qualities.get(name, "exemplar") for name in names},
        "painter": painter,
    }
