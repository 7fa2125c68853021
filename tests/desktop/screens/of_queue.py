"""The queue's window in every state that it has."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from desktop.jobs.job import Enlarge
from desktop.jobs.work import Pause
from desktop.window.queue import QueueWindow
from desktop.window.theme import Theme
from desktop.workers import Ended
from tests.desktop.queue.conftest import KnownQueue
from tests.desktop.screens.registry import Made, screen
from tests.desktop.screens.scenes import HOME, LONG, Scenes


def _queue(theme: Theme, folder: Path, act: Callable[[KnownQueue], None], size: tuple[int, int] = (760, 620)) -> Made:
    queue, scenes = KnownQueue(folder / "app"), Scenes()
    window = QueueWindow(theme, queue.state, scenes)  # type: ignore[arg-type]
    window.destroyed.connect(queue.close)
    window.resize(*size)
    window.show()
    act(queue)
    return window, [queue, scenes]


NAMES = ["IMG_2048", "Breakfast", "Museum day", "Grandma 1962 scan", "Straße im Regen", "harbour", LONG, "table"]


def _running(queue: KnownQueue, count: int = 240, done: int = 12) -> None:
    """Some are done, two failed, one runs."""
    pictures = [HOME / "Pictures" / f"{NAMES[place % len(NAMES)]} {place}.png" for place in range(count)]
    queue.jobs.submit(pictures, Enlarge(2.0))
    for place in range(done):
        queue.worker.now += 3.1
        if place == 3:
            queue.worker.fail(f"{pictures[3]} is empty.", "Take another copy of the file.")
        elif place == 7:
            queue.worker.died()
        else:
            queue.worker.done(str(pictures[place]), seconds=3.1)
    if done < count:
        queue.worker.now += 4.2
        queue.worker.progress(9, 24)


@screen("queue-empty")
def _queue_empty(theme: Theme, folder: Path) -> Made:
    return _queue(theme, folder, lambda _queue: None)


@screen("queue-asking")
def _queue_asking(theme: Theme, folder: Path) -> Made:
    def act(queue: KnownQueue) -> None:
        queue.state.add([HOME])
        queue.walker.tell(Ended.PART, pictures=[str(HOME / f"{name}.png") for name in NAMES])
        queue.walker.tell(Ended.DONE, count=len(NAMES))

    return _queue(theme, folder, act)


@screen("queue-typical")
def _queue_typical(theme: Theme, folder: Path) -> Made:
    return _queue(theme, folder, _running)


@screen("queue-paused")
def _queue_paused(theme: Theme, folder: Path) -> Made:
    def act(queue: KnownQueue) -> None:
        _running(queue)
        queue.jobs.pause(Pause.BATTERY)

    return _queue(theme, folder, act)


@screen("queue-done")
def _queue_done(theme: Theme, folder: Path) -> Made:
    return _queue(theme, folder, lambda queue: _running(queue, 20, 20))


@screen("queue-extreme")
def _queue_extreme(theme: Theme, folder: Path) -> Made:
    return _queue(theme, folder, lambda queue: _running(queue, 22_000, 12), (600, 400))
