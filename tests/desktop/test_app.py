"""`homespun app` and `homespun palette`: hand over, become the app, or say in words why neither can be."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
import types
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop.cli import display, launch
from desktop.cli.handover import hand_over_quickly, request_of
from desktop.cli.output import Output
from desktop.handoff import LEAVING, Answer, Request
from desktop.instance import PosixServer, become_app
from homespun.errors import Busy, NotFound
from installer.verbs import VERBS, On, Verb
from tests.desktop.instance.running import running as turned
from tests.desktop.known_index import Said

Homespun = Callable[..., Said]

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A session of the test's own, without a desktop."""
    (tmp_path / "run").mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "run"))
    monkeypatch.chdir(tmp_path)
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A picture to open."""
    path = tmp_path / os.fsdecode(b"p\xe9che.jpg" if sys.platform == "linux" else b"peach.jpg")
    path.write_bytes(b"x")
    return path


@pytest.fixture
def running() -> Iterator[list[Request]]:
    """What the running app was asked."""
    if sys.platform == "win32":
        pytest.skip("the same over Windows' pipe: tests/desktop/instance/test_pipes.py")
    taken: list[Request] = []

    def take(request: Request) -> Answer:
        taken.append(request)
        return Answer(request.do != "quit", "not now" if request.do == "quit" else "")

    with turned(take):
        yield taken


@pytest.fixture
def window(monkeypatch: pytest.MonkeyPatch) -> list[Request]:
    """What the window was opened with, instead of opening it."""
    opened: list[Request] = []

    def run(request: Request, server: object) -> int:
        assert isinstance(server, PosixServer)
        opened.append(request)
        return 0

    module = types.ModuleType("tests.window")
    module.run = run  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, module.__name__, module)
    monkeypatch.setattr(launch, "WINDOW", module.__name__)
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    return opened


LINES = [
    (["app"], "app"),
    (["app", "FILE"], "edit"),
    (["app", "--erase", "FILE"], "erase"),
    (["app", "FILE", "--enlarge"], "enlarge"),
    (["app", "--erase"], "erase"),
    (["app", "--palette"], "palette"),
    (["app", "--background"], "background"),
    (["app", "--", "FILE"], "edit"),
    (["app", "--enlarge", "--by", "2", "FILE"], "enlarge-2"),
    (["app", "--by", "4", "--enlarge", "--", "FILE"], "enlarge-4"),
    (["app", "--search", "FOLDER"], "search"),
    (["app", "--search", "--", "FOLDER"], "search"),
    (["app", "--await"], "await"),
    (["palette"], "palette"),
]


def told(line: list[str], photo: Path, do: str) -> tuple[list[str], Request]:
    """What is typed for a line, and what the app then hears."""
    names = {"FILE": photo.name, "FOLDER": "."}
    there = {"FILE": photo, "FOLDER": photo.parent}
    paths = tuple(str(there[word]) for word in line if word in there)
    return [names.get(word, word) for word in line], Request(do, paths)


@pytest.mark.parametrize(("line", "do"), LINES)
def test_the_running_app_is_asked_in_either_way(
    running: list[Request], homespun: Homespun, photo: Path, line: list[str], do: str
) -> None:
    typed, expected = told(line, photo, do)

    assert hand_over_quickly(typed) == 0
    slow = homespun(*typed[:1], "--debug", *typed[1:])  # an option that the quick way doesn't know

    assert slow.code == 0
    assert running == [expected, expected]


def test_with_json_it_is_told_that_the_app_took_it(running: list[Request], homespun: Homespun) -> None:
    assert json.loads(homespun("palette", "--json").out) == {"taken": True}


@pytest.mark.parametrize(("line", "do"), LINES)
def test_without_a_running_app_this_becomes_it_in_either_way(
    window: list[Request], homespun: Homespun, photo: Path, line: list[str], do: str
) -> None:
    typed, expected = told(line, photo, do)

    assert hand_over_quickly(typed) == 0
    slow = homespun(*typed[:1], "--debug", *typed[1:])

    assert (slow.code, slow.err) == (0, "")
    assert window == [expected, expected]
    server = become_app()  # the place is free again
    assert server is not None
    server.close()


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (["app", "gone.jpg"], "gone.jpg is not there."),
        (["app", "--erase", "--enlarge", "p"], "--erase and --enlarge can't go together."),
        (["app", "--palette", "p"], "--palette takes no files."),
        (["app", "--terminal", "p"], "--terminal takes no files."),
        (["app", "a" * 5000], "is not there."),
        (["app", "--fly"], "No such option: --fly"),
        (["app", "--enlarge", "--by", "3", "p"], "--by 3 can't be done at once."),
        (["app", "--erase", "--by", "2", "p"], "--by belongs to --enlarge."),
        (["app", "--by", "2", "p"], "--by belongs to --enlarge."),
        (["app", "--enlarge", "--by", "2"], "--by needs pictures"),
        (["app", "--search"], "--search takes exactly one folder."),
        (["app", "--search", ".", ".."], "--search takes exactly one folder."),
        (["app", "--search", "gone"], "gone is not there."),
        (["app", "--search", "--erase", "."], "can't go together"),
        (["app", "--await", "p"], "--await takes no files."),
    ],
)
def test_a_line_that_cannot_be_meant_is_said(
    running: list[Request], homespun: Homespun, line: list[str], words: str
) -> None:
    said = homespun(*line)

    assert said.code in (2, 3)
    assert words in said.err
    assert running == []


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.name)
def test_what_each_verb_of_the_menus_types_is_the_request_that_it_names(verb: Verb, photo: Path) -> None:
    path = photo.parent if verb.on is On.FOLDERS else photo

    assert request_of([*verb.arguments, str(path)]) == Request(verb.request, (str(path),))
    assert request_of([*verb.arguments, "--", str(path)]) == Request(verb.request, (str(path),))


def test_search_takes_a_folder_and_no_file(running: list[Request], homespun: Homespun, photo: Path) -> None:
    said = homespun("app", "--search", photo.name)

    assert said.code == 2
    assert "is no folder." in said.err
    assert running == []


def test_any_number_of_files_is_handed_over(running: list[Request], homespun: Homespun, photo: Path) -> None:
    assert hand_over_quickly(["app", "--erase", *[photo.name] * 5000]) == 0
    assert sum(len(one.paths) for one in running) == 5000


def test_a_file_that_is_gone_goes_to_the_queue_all_the_same_and_fails_there(running: list[Request]) -> None:
    assert hand_over_quickly(["app", "--enlarge", "--by", "2", "gone.jpg"]) == 0
    assert running[0].paths == (str(Path.cwd() / "gone.jpg"),)


def test_an_app_that_does_not_take_it_says_why(running: list[Request]) -> None:
    with pytest.raises(Busy, match="not now"):
        launch.start(Output(), Request("quit"))


def test_an_app_that_is_leaving_is_waited_for_and_followed(window: list[Request], homespun: Homespun) -> None:
    server = become_app()
    if not isinstance(server, PosixServer):
        pytest.skip("the same over Windows' pipe")
    asked: list[Request] = []

    def leave() -> None:
        while len(asked) < 3:
            server.ready(lambda request: asked.append(request) or Answer(False, LEAVING))  # type: ignore[func-returns-value]
            time.sleep(0.002)
        server.close()

    leaving = threading.Thread(target=leave)
    leaving.start()
    said = homespun("app")
    leaving.join()

    assert said.code == 0
    assert window == [Request("app")]


def test_without_a_desktop_it_is_said_and_the_terminal_named(homespun: Homespun) -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("only Linux may have none")
    said = homespun("app")

    assert said.code == 3
    assert said.err.splitlines() == [
        "There is no desktop here to show a window on (neither DISPLAY nor WAYLAND_DISPLAY is set).",
        "To search without a window: homespun app --terminal",
    ]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="X11 is Linux' own")
def test_a_desktop_that_does_not_answer_is_said(homespun: Homespun, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":9876")

    assert "(:9876) doesn't answer" in homespun("app").err


def test_without_the_toolkit_it_is_said_and_what_to_run(homespun: Homespun, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "PySide6", None)
    said = homespun("app")

    assert said.code == 3
    assert "needs PySide6" in said.err
    assert "python3 -m installer setup" in said.err


def test_a_missing_library_of_the_system_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    plugin = tmp_path / "plugins" / "platforms" / "libqxcb.so"
    plugin.parent.mkdir(parents=True)
    plugin.write_bytes(b"")

    def refuses(_name: str) -> None:
        raise OSError("libxcb-cursor.so.0: cannot open shared object file: No such file or directory")

    monkeypatch.setattr(display, "_toolkit", lambda: tmp_path)
    monkeypatch.setattr("ctypes.CDLL", refuses)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("DISPLAY", ":0")

    with pytest.raises(NotFound, match="libxcb-cursor"):
        display.require_window()


def test_a_missing_library_of_the_toolkit_is_named_too(
    homespun: Homespun, window: list[Request], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(_name: str) -> None:
        raise ImportError("libEGL.so.1: cannot open shared object file: No such file or directory")

    monkeypatch.setattr("importlib.import_module", refuses)
    said = homespun("app")

    assert said.code == 3
    assert "libEGL.so.1" in said.err


@pytest.mark.parametrize(
    "line", [["app", "--help"], ["app", "-h", "x"], ["palette", "--json"], ["palette", "x"], ["search", "x"]]
)
def test_what_needs_care_goes_the_long_way(line: list[str]) -> None:
    assert request_of(line) is None


def test_the_quick_way_brings_neither_qt_nor_typer_and_is_quick(running: list[Request], photo: Path) -> None:
    script = (
        "import sys; from desktop.cli import main\n"
        f"code = main(['app', '--erase', {os.fspath(photo)!r}])\n"
        "heavy = {name.partition('.')[0] for name in sys.modules} & {'PySide6', 'typer', 'click', 'rich', 'ctypes', 'tempfile'}\n"
        "print(code, sorted(heavy))"
    )
    took = []
    for _ in range(5):
        began = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
        )
        took.append(time.perf_counter() - began)
        assert done.stdout == "0 []\n"

    assert len(running) == 5
    assert min(took) < 0.5  # 0.08 s where nothing else runs


def test_becoming_the_app_does_not_wait_for_typer() -> None:
    script = (
        "import sys, types; from desktop.cli import main, launch\n"
        "def run(request, server):\n"
        "    print(request.do, sorted({name.partition('.')[0] for name in sys.modules} & {'typer', 'click', 'rich'}))\n"
        "    return 0\n"
        "sys.modules['window'] = types.SimpleNamespace(run=run)\n"
        "launch.WINDOW = 'window'\n"
        "print(main(['palette']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout == "palette []\n0\n"


def test_a_thread_that_can_not_be_stopped_does_not_hold_up_the_end() -> None:
    script = (
        "import threading, time, desktop.cli as cli\n"
        "def main():\n"
        "    threading.Thread(target=time.sleep, args=(60,)).start()\n"
        "    print('said')\n"
        "    return 7\n"
        "cli.main = main\n"
        "cli.leave()"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=30, check=False
    )
    assert (done.returncode, done.stdout) == (7, "said\n")


WITHOUT_QT = """
import importlib, pkgutil, sys
sys.modules["PySide6"] = None
sys.modules["shiboken6"] = None
import desktop
names = [
    one.name for one in pkgutil.walk_packages(desktop.__path__, "desktop.", onerror=lambda name: None)
    if not one.name.startswith("desktop.window") and not one.name.endswith("__main__")
]
for name in names:
    importlib.import_module(name)
print(len(names))
"""


def test_everything_but_the_window_can_be_imported_without_qt() -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_QT], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )

    assert done.stderr == ""
    assert int(done.stdout) > 40


@pytest.mark.parametrize(
    "line",
    [["--help"], ["search", "cat"], ["index", "list"], ["index", "status"], ["app", "--terminal"], ["app", "--help"]],
)
def test_the_command_line_works_without_qt(line: list[str]) -> None:
    script = (
        "import sys; sys.modules['PySide6'] = sys.modules['shiboken6'] = None\n"
        f"from desktop.cli import main; sys.exit(main({line!r}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, input=b"", capture_output=True, timeout=60, check=False
    )

    assert done.returncode in (0, 3)  # there is no index yet
    assert b"PySide6" not in done.stderr
    assert b"Traceback" not in done.stderr
