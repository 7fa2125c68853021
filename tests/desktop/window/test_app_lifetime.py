"""The whole app, in a process of its own: how it ends, what it leaves, and what stays when windows are built anew."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]

BEGIN = """
import json, os, sys, time
from pathlib import Path
import psutil
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from desktop.handoff import Request
from desktop.instance import become_app
from desktop.window.app import App
from desktop.window.start import make_application

qt = make_application()
server = become_app()
app = App(qt, server)
folder = Path(os.environ["PICTURES"])

def until(true, seconds=60):
    end = time.monotonic() + seconds
    while not true():
        qt.processEvents()
        time.sleep(0.002)
        if time.monotonic() > end:
            raise SystemExit("nothing came of it")

def rest(seconds):
    end = time.monotonic() + seconds
    until(lambda: time.monotonic() > end)

def deleted():
    for _ in range(3):
        qt.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

def states():
    return list(app.windows.editors.values())

def leave_odd_work():
    odd = app.windows.editing / "odd"
    odd.mkdir(parents=True)
    (odd / "document.json").write_text("{}")
"""

END = """
began = time.monotonic()
app.close()
server.close()
out["seconds"] = time.monotonic() - began
qt.clipboard().clear()  # the platform without a screen would delete it after Qt has ended
out["children"] = [one.pid for one in psutil.Process().children(recursive=True) if one.status() != psutil.STATUS_ZOMBIE]
print(json.dumps(out))
"""


def run(tmp_path: Path, middle: str, end: str = END) -> dict[str, Any]:
    """The app with that in between; what it printed. Fails when anything was written to its logs as a bug."""
    pictures = tmp_path / "pictures"
    if not pictures.is_dir():
        make_pictures(pictures)
    home = tmp_path / "home"
    environment = {
        **os.environ,
        "HOMESPUN_HOME": str(home),
        "PICTURES": str(pictures),
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_RUNTIME_DIR": str(tmp_path),
        "DBUS_SESSION_BUS_ADDRESS": "",
        "PYTHONFAULTHANDLER": "1",
    }
    environment.pop("DISPLAY", None)
    done = subprocess.run(
        [sys.executable, "-c", BEGIN + middle + end],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=240, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr + done.stdout
    assert "Traceback" not in done.stderr, done.stderr
    for log in home.rglob("app*.log"):
        assert "bug" not in log.read_text("utf-8", "replace"), log.read_text("utf-8", "replace")
    return dict(json.loads(done.stdout.splitlines()[-1]))


def make_pictures(folder: Path) -> None:
    from PIL import Image

    folder.mkdir()
    Image.linear_gradient("L").resize((1600, 1200)).convert("RGB").save(folder / "one.jpg", quality=85)
    Image.linear_gradient("L").resize((4800, 3600)).rotate(90).convert("RGB").save(folder / "large.jpg", quality=85)
    for number in range(20):
        (folder / f"paper-{number}.txt").write_text("A lease for the house at the river. " * 200)


def test_leaving_while_everything_runs_takes_less_than_five_seconds_and_leaves_nobody(tmp_path: Path) -> None:
    out = run(
        tmp_path,
        """
out = {}
app.take(Request("app"))
rest(0.8)
app.folders.add([str(folder)])
from desktop.jobs.job import Enlarge
app.queue
app.jobs.submit([folder / "large.jpg", folder / "one.jpg"], Enlarge(2.0, "faithful"))
app.take(Request("erase", (str(folder / "large.jpg"),)))
until(lambda: states() and states()[0].stage == "ready")
state = states()[0]
from desktop.state.editing.boxes import Box
box = Box(200, 200, 4000, 3000)
state.mask.draw(box, b"\\xff" * (box.width * box.height))
state.painted(box)
state.act()
until(lambda: state.working is not None)
rest(1.0)
out["busy"] = [state.job is not None, app.jobs.current is not None]
""",
    )
    assert out["busy"] == [True, True]
    assert out["seconds"] < 5
    assert out["children"] == []


@pytest.mark.skipif(sys.platform == "win32", reason="a polite kill is a signal")
def test_a_polite_kill_ends_it_without_a_traceback(tmp_path: Path) -> None:
    out = run(
        tmp_path,
        """
import signal
out = {}
app.take(Request("app"))
QTimer.singleShot(1500, lambda: os.kill(os.getpid(), signal.SIGTERM))
began = time.monotonic()
qt.exec()
out["ran"] = time.monotonic() - began
""",
    )
    assert out["ran"] < 10
    assert out["seconds"] < 5
    assert out["children"] == []


def test_editors_opened_and_closed_leave_no_listeners_no_processes_and_no_open_files(tmp_path: Path) -> None:
    out = run(
        tmp_path,
        """
from PySide6.QtCore import SIGNAL
out = {"counts": []}
app._background = True
rest(1.5)

def turn():
    app.take(Request("erase", (str(folder / "one.jpg"),)))
    until(lambda: states() and states()[0].stage != "opening")
    for window in list(app.windows.editors):
        window.close()
    deleted()

def count():
    import gc
    deleted(); gc.collect(); deleted()
    rest(3.0)  # a process that is let go has two seconds for what it does
    me = psutil.Process()
    documents = [one for one in me.children() if one.status() != psutil.STATUS_ZOMBIE and "document" in one.cmdline()]
    reserve = "spare" in app.services.pids()
    return [app.theme.receivers(SIGNAL("changed()")), len(documents) - reserve, me.num_fds(), len(qt.topLevelWidgets())]

for number in range(14):
    turn()
    if number in (3, 13):
        out["counts"].append(count())
""",
    )
    before, after = out["counts"]
    assert after[0] == before[0], "listeners to the theme"
    assert after[1] == 0, "document processes"
    assert after[2] <= before[2] + 6, "open files (three of them are the reserve's)"
    assert after[3] == before[3], "windows"


def test_a_picture_that_an_editor_or_the_queue_wrote_has_a_new_thumbnail(tmp_path: Path) -> None:
    out = run(
        tmp_path,
        """
import shutil
from desktop.jobs.job import Enlarge
from desktop.state.editing.boxes import Box
out = {}
photo, result = folder / "one.jpg", folder / "one (enlarged).jpg"
shutil.copyfile(photo, result)

def thumbnail(path):
    return app.thumbnails.get(path, 256)

def width(path):
    found = thumbnail(path)
    return bytes(found.sheet.memory[:]) if found is not None else b""

app._background = True
until(lambda: thumbnail(photo) and thumbnail(result))
first = thumbnail(photo), thumbnail(result)
app.take(Request("erase", (str(photo),)))
until(lambda: states() and states()[0].stage == "ready")
state = states()[0]
box = Box(200, 200, 700, 700)
state.mask.draw(box, b"\\xff" * (box.width * box.height))
state.painted(box)
state.act()
until(lambda: state.job is None)
app.thumbnails._clock = lambda: 0.0  # what is painted is never looked at again by itself
state.save_as(photo)
until(lambda: thumbnail(photo) is not first[0])
result.unlink()
app.queue
app.jobs.submit([photo], Enlarge(2.0, "faithful"))
until(lambda: not app.jobs.busy, 200)
until(lambda: thumbnail(result) is not first[1])
out["result"] = app.jobs.job(1).result == str(result)
""",
    )
    assert out["result"]


def test_another_language_builds_every_open_window_anew_and_keeps_the_work(tmp_path: Path) -> None:
    out = run(
        tmp_path,
        """
from PySide6.QtCore import SIGNAL
from desktop.words import speak
out = {}
speak("en")
app.take(Request("app"))
app.show("settings")
app.show("queue")
app.take(Request("erase", (str(folder / "one.jpg"),)))
until(lambda: states() and states()[0].stage == "ready")
state = states()[0]
from desktop.state.editing.boxes import Box
state.mask.memory[0:4] = b"\\xff" * 4
state.painted(Box(0, 0, 4, 1))
listeners = []
for language in ("de", "en", "de", "en", "de"):
    speak(language)
    app.windows.build_anew()
    until(lambda: not app.windows.renewing and len(app.windows._main._made) == 6)
    deleted()
    listeners.append(app.theme.receivers(SIGNAL("changed()")))
rest(0.3)
window = next(iter(app.windows.editors))
words = set()
from PySide6.QtWidgets import QAbstractButton, QWidget
for one in window.findChildren(QAbstractButton):
    words.add(one.text())
out["shown"] = [app.windows._main.isVisible(), app.windows.queue.isVisible(), window.isVisible()]
out["page"] = app.windows._main.page
out["words"] = sorted(words)
out["same"] = [states() == [state], len(app.windows.editors), state.mask.marked]
out["listeners"] = listeners
out["leaving"] = app._leaving
""",
    )
    assert out["shown"] == [True, True, True]
    assert out["page"] == "settings"
    assert "Entfernen" in " ".join(out["words"]), out["words"]
    assert out["same"] == [True, 1, 4]
    assert len(set(out["listeners"][1:])) == 1
    assert not out["leaving"]


def test_a_folder_of_no_use_among_unsaved_work_does_not_end_an_app_that_shows_the_palette_alone(
    tmp_path: Path,
) -> None:
    odd = tmp_path / "home" / "data" / "editing" / "odd"
    out = run(
        tmp_path,
        """
out = {}
leave_odd_work()
app.take(Request("palette"))
until(lambda: app._timers[-1] is not app._timers[0])  # it has settled
rest(2.5)
out["leaving"], out["editors"] = app._leaving, len(app.windows.editors)
out["palette"] = app.windows.palette().isVisible()
""",
    )
    assert out == {**out, "leaving": False, "editors": 0, "palette": True}, odd


def test_a_picture_handed_over_while_unsaved_work_is_looked_for_stays_open(tmp_path: Path) -> None:
    out = run(
        tmp_path,
        """
out = {}
leave_odd_work()
app.take(Request("background"))
until(lambda: bool(app.windows.editors))  # the hidden one that looks
app.take(Request("erase", (str(folder / "one.jpg"),)))
until(lambda: any(one.stage == "ready" for one in states()))
rest(2.0)
out["open"] = [(one.title, window.isVisible()) for window, one in app.windows.editors.items() if one.title]
""",
    )
    assert out["open"] == [["one.jpg", True]]


@pytest.mark.skipif(sys.platform != "linux", reason="names are text elsewhere")
def test_five_hundred_names_some_gone_some_no_text_reach_the_queue_without_holding_the_window_up(
    tmp_path: Path,
) -> None:
    out = run(
        tmp_path,
        """
from PIL import Image
out = {}
names = []
for number in range(500):
    name = os.fsdecode(b"p\\xe9che %d\\n\\xe2\\x80\\xae.jpg" % number)
    if number % 5:
        (folder / name).write_bytes((folder / "one.jpg").read_bytes()[:100])
    names.append(str(folder / name))
app.take(Request("app"))
rest(1.5)
began = time.thread_time()
app.take(Request("edit", tuple(names)))
out["took"] = time.thread_time() - began
rest(2.0)
out["copied"] = 0
app.copy_files([Path(name) for name in names[:3]])
out["copied"] = [path.toString(path.ComponentFormattingOption.FullyEncoded) for path in qt.clipboard().mimeData().urls()]
""",
    )
    assert out["took"] < 1.0
    assert all("%E9" in one for one in out["copied"])
    assert len(out["copied"]) == 3
