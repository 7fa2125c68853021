"""What a right-click asks, done by the whole app in a process of its own, with its real workers."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.desktop.window.test_app_lifetime import ROOT, make_pictures, run
from tests.desktop.xserver import x_server

SMALL = """
from PIL import Image
names = []
for number in range(12):
    path = folder / f"small {number} $(id) %1.png"
    Image.new("RGB", (64, 48), (20 * number, 80, 120)).save(path)
    names.append(str(path))
"""


def test_so_many_editors_open_as_there_is_room_for_and_closing_one_opens_the_next(tmp_path: Path) -> None:
    """Three instead of eight, which are eight processes: that eight are the limit is in tests/desktop/state."""
    out = run(
        tmp_path,
        SMALL
        + """
import desktop.state.editor_line as line
line.MOST = 3
shown = lambda: [state.snapshot().path for state in states()]
words = lambda: sorted({one.top.waiting.words.text() for one in app.windows.editors if one.top.waiting.isVisible()})
first = lambda: next(iter(app.windows.editors))
for name in names[:5]:  # as a file manager that starts us once for each file
    app.take(Request("erase", (name,)))
app.take(Request("erase", tuple(names[1:5])))
until(lambda: len(states()) == 3 and words(), 120)
rest(0.3)
out = {"open": shown() == names[:3], "words": words()}
until(lambda: all(state.stage == "ready" for state in states()), 120)
first().close()
until(lambda: names[3] in shown(), 120)
until(lambda: words() == ["1 more waits"])
first().top.waiting.stop.click()
until(lambda: words() == [])
first().close()
rest(0.5)
out["left"] = len(states())
app.take(Request("erase", tuple(names[6:9])))
until(lambda: app.windows.line.waiting, 120)
app.leave()
rest(0.5)
out["gone"] = len(states())
""",
    )
    assert out["open"]
    assert out["words"] == ["2 more wait"]
    assert (out["left"], out["gone"]) == (2, 0)
    assert out["children"] == []


def test_enlarging_begins_at_once_in_the_queue_and_what_is_no_picture_fails_there_with_its_reason(
    tmp_path: Path,
) -> None:
    out = run(
        tmp_path,
        SMALL
        + """
(folder / "no.png").write_text("a text")
asked = [names[0], str(folder / "no.png"), str(folder / "gone.jpg"), str(folder)]
for name in asked:
    app.take(Request("enlarge-2", (name,)))
until(lambda: "queue" in app.__dict__ and len(app.jobs.table.jobs) == 4)
until(lambda: app.windows.queue is not None and app.windows.queue.isVisible())
out = {"ask": app.queue.snapshot().ask is None, "order": [job.source for job in app.jobs.table.jobs.values()] == asked}
until(lambda: not app.jobs.busy, 120)
out["states"] = [str(job.state) for job in app.jobs.table.jobs.values()]
out["details"] = [app.queue.row(number).step for number in app.queue.ids(0, 9)]
done = next(iter(app.jobs.table.jobs.values()))
out["size"] = list(Image.open(done.result).size) if done.result else []
""",
    )
    assert out["ask"]
    assert out["order"]
    assert out["states"] == ["done", "failed", "failed", "failed"]
    assert out["size"] == [128, 96]
    assert all(out["details"])


def test_a_folder_that_is_not_searched_yet_is_searched_after_one_enter(tmp_path: Path) -> None:
    out = run(
        tmp_path,
        """
trip = folder / "100% “trip” $(id)"
trip.mkdir()
(trip / "walrus.txt").write_text("A walrus sleeps on the ice.")
(folder / "walrus at home.txt").write_text("A walrus at home.")
app.take(Request("search", (str(trip),)))
palette = app.palette
until(lambda: app.windows.palette().isVisible() and palette.snapshot().heading)
out = {"heading": palette.snapshot().heading, "chips": [chip.words for chip in palette.snapshot().chips]}
palette.enter()
until(lambda: [row.title for row in palette.snapshot().rows] == ["walrus.txt"], 90)
app.folders.add([str(folder)])
palette.type("walrus")
until(lambda: len(app.folders.snapshot().rows) == 1 and app.folders.snapshot().all_read, 90)
rest(1.5)
palette.type("a walrus")
until(lambda: palette.snapshot().rows and not palette.snapshot().dimmed, 30)
rest(1)
out["inside"] = [row.title for row in palette.snapshot().rows]
palette.remove_chip(0)
until(lambda: len(palette.snapshot().rows) > 1, 30)
out["everywhere"] = sorted(row.title for row in palette.snapshot().rows)[-2:]
""",
    )
    assert out["heading"] == "“100% “trip” $(id)” is not searched yet"
    assert out["chips"] == ["In 100% “trip” $(id)"]
    assert out["inside"] == ["walrus.txt"]
    assert out["everywhere"] == ["walrus at home.txt", "walrus.txt"]


@pytest.mark.parametrize(("asked", "until"), [("", "left"), ('app.take(Request("app"))', "time.monotonic() > end")])
def test_who_was_started_to_wait_leaves_again_unless_something_is_asked(tmp_path: Path, asked: str, until: str) -> None:
    out = run(
        tmp_path,
        f"""
import desktop.window.requests as requests
requests.AWAITS = 0.6
left, end = [], time.monotonic() + 4
app.leave = lambda: left.append(True)
app.take(Request("await"))
app.requests.expect()
{asked}
until(lambda: {until})
out = {{"left": bool(left)}}
""",
    )
    assert out["left"] is (not asked)


# real processes


def test_a_right_click_on_two_pictures_opens_two_editors_in_the_app_that_runs(tmp_path: Path) -> None:
    make_pictures(tmp_path / "pictures")
    running = tmp_path / "home" / "data" / "app" / "running"
    with x_server() as screen, tempfile.TemporaryDirectory(prefix="hs-") as session:
        more = {"HOMESPUN_HOME": str(tmp_path / "home"), "XDG_RUNTIME_DIR": session, "DBUS_SESSION_BUS_ADDRESS": ""}
        environment = {**screen, **more}

        def homespun(*words: str) -> subprocess.Popen[bytes]:
            return subprocess.Popen([sys.executable, "-m", "desktop", *words], cwd=ROOT, env=environment)

        def seen() -> list[str]:
            """The titles of the windows on the screen."""
            told = subprocess.run(
                ["xdotool", "search", "--onlyvisible", "--name", "Homespun", "getwindowname", "%@"],
                env=environment,
                capture_output=True,
                text=True,
                check=False,
            )
            return sorted(told.stdout.splitlines())

        def until(true: Callable[[], object], seconds: float = 90) -> None:
            end = time.monotonic() + seconds
            while not true():
                assert time.monotonic() < end, seen()
                time.sleep(0.1)

        app = homespun("app", "--background")
        try:
            until(lambda: running.exists() and running.read_bytes())
            before = seen()
            asking = homespun(
                "app", "--erase", *(str(tmp_path / "pictures" / name) for name in ("one.jpg", "large.jpg"))
            )
            assert asking.wait(timeout=60) == 0
            until(
                lambda: (
                    [name for name in seen() if name not in before] == ["large.jpg – Homespun", "one.jpg – Homespun"]
                )
            )
            assert app.poll() is None
        finally:
            app.terminate()
            app.wait(timeout=30)
