"""The launchers under wine, talking to the real `desktop.pipes` run by Windows' real Python."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.packaging.launching import HERE, VERSION, Program
from tests.packaging.windows_python import COMPILER
from tests.packaging.wine import Wine, wait_for

pytestmark = pytest.mark.packaging

ODD = [
    r"C:\Bilder\a b & c ^ %PATH% !x! $(id) `id`.jpg",
    r"C:\Bilder\über straße.png",
    r"C:\Bilder\日本語 ελληνικά 🖼.webp",
    r"C:\Bilder\it's; one, (of) [them] {=} @ ~ #.jpg",
    r"C:\Bilder\-leading",
    "C:\\Bilder\\" + "x" * 200 + "\\" + "y" * 200 + ".jpg",
    r"\\server\share\a b.jpg",
]


@pytest.fixture(scope="module")
def running(wine: Wine, native: dict[str, Path], python: Path) -> Iterator[Program]:
    """A program whose app runs already."""
    program = Program.make(wine, native, python, "running")
    program.add_version(VERSION)
    program.point(json.dumps({"schema": 1, "version": VERSION, "previous": None}))
    program.serve()
    yield program
    program.quit()


@pytest.fixture
def fresh(wine: Wine, native: dict[str, Path], python: Path) -> Iterator[Program]:
    """A program whose app does not run."""
    program = Program.make(wine, native, python, f"fresh {len(list(python.parents[1].iterdir()))}")
    program.add_version(VERSION)
    program.point(json.dumps({"schema": 1, "version": VERSION, "previous": None}))
    yield program
    if program.noted("up"):
        program.quit()


@pytest.fixture(scope="module")
def failing(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A program that ends at once with an error."""
    folder = tmp_path_factory.mktemp("failing")
    (folder / "failing.c").write_text("int main(void) { return 3; }\n")
    subprocess.run([COMPILER, "-o", folder / "failing.exe", folder / "failing.c"], check=True)
    return str(folder / "failing.exe")


def message(program: Program, *words: str, locale: str = "C.UTF-8") -> list[str]:
    """What the launcher says in its window, after it was started with `words` and the window was closed."""
    press = program.wine.start(program.python, program.wine.path(HERE / "press.py"))
    environment = {**program.environment, "LC_ALL": locale}
    code = program.wine.run(program.root / "homespun-launch.exe", *words, env=environment).rc
    told = press.wait()
    assert code != 0
    assert told.rc == 0, told.output
    return [text for text in json.loads(told.output.splitlines()[-1]) if text]


def test_names_arrive_unchanged_whatever_is_in_them(running: Program) -> None:
    before = len(running.asked())
    assert running.launch("erase", *ODD) == 0
    assert running.asked()[before:] == [("erase", ODD)]


def test_a_path_of_32_003_characters_arrives(running: Program) -> None:
    long = "C:\\" + "é" * 32_000
    before = len(running.asked())
    assert running.launch("enlarge-2", long) == 0
    assert running.asked()[before:] == [("enlarge-2", [long])]


def test_what_comes_through_a_pipe_may_be_any_name(running: Program) -> None:
    names = [*ODD, 'C:\\Bilder\\"quoted" \n new line.jpg', "C:\\Bilder\\lone \ud83d surrogate.jpg"]
    before = len(running.asked())
    stdin = b"".join(name.encode("utf-8", "surrogatepass") + b"\0" for name in names)
    assert running.launch("enlarge-4", "--stdin", stdin=stdin) == 0
    assert running.asked()[before:] == [("enlarge-4", names)]


def test_five_thousand_names_become_two_requests_and_a_megabyte_is_never_exceeded(running: Program) -> None:
    names = [rf"C:\Bilder\{number:05}.jpg" for number in range(5000)]
    long = ["C:\\" + chr(0x4E00 + number) * 30_000 for number in range(7)]
    before = len(running.asked())
    for some in (names, long):
        assert running.launch("erase", "--stdin", stdin=b"".join(name.encode() + b"\0" for name in some)) == 0
    asked = running.asked()[before:]
    assert [len(paths) for _, paths in asked] == [4096, 904, 5, 2]
    assert [path for _, paths in asked for path in paths] == names + long


@pytest.mark.parametrize("count", [1, 2, 15, 16, 100, 101])
def test_one_process_for_each_file_makes_one_request_in_their_order(running: Program, count: int) -> None:
    files = [rf"C:\Bilder\ä {number}.jpg" for number in range(count)]
    before = len(running.asked())

    codes = running.launch_many([["erase", file] for file in files])

    assert codes == [0] * count
    assert running.asked()[before:] == [("erase", files)]


def test_verbs_are_gathered_apart_and_twins_are_one(running: Program) -> None:
    before = len(running.asked())
    calls = [["erase", r"C:\a.jpg"], ["enlarge-2", r"C:\b.jpg"], ["erase", r"C:\a.jpg"], ["enlarge-2", r"C:\c.jpg"]]
    assert running.launch_many(calls) == [0] * 4
    asked = running.asked()[before:]
    assert sorted(asked) == [("enlarge-2", [r"C:\b.jpg", r"C:\c.jpg"]), ("erase", [r"C:\a.jpg"])]


def test_every_verb_asks_for_its_own_and_a_drives_root_stays_one(running: Program) -> None:
    before = len(running.asked())
    assert running.launch() == 0
    assert running.launch("background") == 0
    assert running.launch("open", "--", r"C:\a.jpg") == 0
    assert running.launch("edit", r"C:\a.jpg") == 0
    assert running.launch("search", "C:\\Bilder\\.") == 0
    assert running.launch("search", 'C:"') == 0  # what a command line makes of "C:\"
    assert running.asked()[before:] == [
        ("app", []),
        ("background", []),
        ("edit", [r"C:\a.jpg"]),
        ("edit", [r"C:\a.jpg"]),
        ("search", [r"C:\Bilder"]),
        ("search", ["C:\\"]),
    ]


RIGHTS = """
import ctypes
from ctypes import wintypes
from multiprocessing.connection import PipeClient
from desktop.instance import folders
from desktop.pipes import pipe_name
connection = PipeClient(pipe_name(folders().data / "app"))
security = ctypes.WinDLL("advapi32")
about, text = wintypes.LPVOID(), wintypes.LPWSTR()
rights, kernel_object = 4, 6
args = [wintypes.HANDLE(connection.fileno()), kernel_object, rights, None, None, None, None, ctypes.byref(about)]
assert security.GetSecurityInfo(*args) == 0
assert security.ConvertSecurityDescriptorToStringSecurityDescriptorW(about, 1, rights, ctypes.byref(text), None)
print(text.value, flush=True)
__import__("time").sleep(30)
"""


def test_the_apps_pipe_is_this_persons_alone_and_who_is_silent_in_it_stops_nobody(running: Program) -> None:
    knocking = running.wine.start(running.app_python, "-c", RIGHTS, env=running.environment)
    wait_for(lambda: knocking.heard() or knocking.process.poll() is not None, "no rights were told")
    before = len(running.asked())

    assert running.launch("erase", r"C:\a.jpg") == 0

    assert knocking.process.poll() is None
    assert running.asked()[before:] == [("erase", [r"C:\a.jpg"])]
    assert re.fullmatch(r"D:P(\(A;;(FA|0x1f01ff);;;(SY|S-1-5-21-[0-9-]+)\)){2}\s*", knocking.heard())
    knocking.process.kill()


def test_what_the_app_refuses_is_told_with_its_reason(running: Program) -> None:
    (words,) = message(running, "palette")
    assert "did not take it: no palette here." in words


@pytest.mark.parametrize("words", [["explode"], ["palette", "x"], ["search"], ["search", "a", "b"]])
def test_words_that_it_does_not_know_are_told(running: Program, words: list[str]) -> None:
    before = len(running.asked())
    (said,) = message(running, *words)
    assert said.startswith(("Homespun's launcher was started", "One folder can be searched"))
    assert running.asked()[before:] == []


def test_it_speaks_german_where_windows_does(wine: Wine, native: dict[str, Path], python: Path) -> None:
    program = Program.make(wine, native, python, "german", files="Program files")
    (words,) = message(program, "search", locale="de_DE.UTF-8")
    assert words == "Es kann nur ein Ordner auf einmal durchsucht werden.\n\nWähle einen Ordner aus."


def test_an_app_that_is_absent_is_started_and_gets_the_files(fresh: Program) -> None:
    files = [rf"C:\Bilder\{number} é.jpg" for number in range(3)]

    assert fresh.launch_many([["erase", file] for file in files]) == [0, 0, 0]

    assert fresh.asked() == [("erase", files)]
    (up,) = fresh.noted("up")
    assert up["argv"][1:] == ["app", "--await"]
    assert "PYTHONHOME" not in up["environment"]
    assert fresh.starts(VERSION) == 1
    assert fresh.launch("erase", files[0]) == 0  # a hand-over is no start
    assert fresh.starts(VERSION) == 1


def test_without_homespun_home_both_find_the_same_place(wine: Wine, fresh: Program) -> None:
    local = wine.profile / "AppData" / "Local" / "homespun" / "app"
    environment = {"HOMESPUN_TEST_LOG": wine.path(fresh.log)}
    try:
        assert wine.run(fresh.root / "homespun-launch.exe", "erase", r"C:\a.jpg", env=environment).rc == 0
        assert fresh.asked() == [("erase", [r"C:\a.jpg"])]
        assert (local / "key").stat().st_size == 32
    finally:
        wine.run(fresh.root / "homespun-launch.exe", "app", env=environment)
        script = (
            "from desktop.instance import hand_over; from desktop.handoff import Request; hand_over(Request('quit'))"
        )
        wine.run(fresh.root / "versions" / VERSION / "python" / "python.exe", "-c", script, env=environment)
        shutil.rmtree(local.parent)


@pytest.mark.parametrize("home", ["~\\odd Home", "C:/tests//./other\\", "here", "\\below"])
def test_every_way_to_write_the_home_leads_both_to_one_place(wine: Wine, fresh: Program, home: str) -> None:
    environment = {**fresh.environment, "HOMESPUN_HOME": home}
    launcher = fresh.root / "homespun-launch.exe"
    python = fresh.root / "versions" / VERSION / "python" / "python.exe"
    wine.start(python, wine.path(HERE / "server.py"), "listen", env=environment, cwd=fresh.root)
    wait_for(lambda: fresh.noted("up"), "the app does not stand")

    assert wine.run(launcher, "erase", r"C:\a.jpg", env=environment, cwd=fresh.root).rc == 0
    assert fresh.asked() == [("erase", [r"C:\a.jpg"])]
    assert fresh.starts(VERSION) == 0

    script = "from desktop.instance import hand_over; from desktop.handoff import Request; hand_over(Request('quit'))"
    wine.run(python, "-c", script, env=environment, cwd=fresh.root)


def test_an_app_that_keeps_silent_is_told_of(fresh: Program) -> None:
    fresh.serve("hang")
    (words,) = message(fresh, "erase", r"C:\secret.jpg")
    assert words.startswith("Homespun runs already, but doesn't answer.")
    fresh.wine.run("taskkill", "/f", "/pid", str(fresh.noted("up")[0]["pid"]))


def test_who_stands_in_the_apps_place_with_another_key_hears_no_name(fresh: Program) -> None:
    fresh.serve("squat")
    (words,) = message(fresh, "open", r"C:\secret.jpg")
    assert words.startswith("Another program stands where Homespun should answer")
    wait_for(lambda: fresh.noted("gone"), "the launcher has not gone")
    assert [one["heard"] for one in fresh.noted("verdict")] == ["#FAILURE#"]
    assert fresh.noted("leaked") == []
    fresh.wine.run("taskkill", "/f", "/pid", str(fresh.noted("up")[0]["pid"]))


def test_after_two_bad_starts_the_version_before_runs(fresh: Program, failing: str) -> None:
    fresh.add_version("1.3.0", failing)
    fresh.point(json.dumps({"schema": 1, "version": "1.3.0", "previous": VERSION}))

    for start in (1, 2):
        (words,) = message(fresh, "erase", r"C:\a.jpg")
        assert words.startswith("Homespun did not start.")
        assert fresh.starts("1.3.0") == start
    assert fresh.launch("erase", r"C:\a.jpg") == 0

    assert fresh.asked() == [("erase", [r"C:\a.jpg"])]
    assert fresh.pointer() == {"schema": 1, "version": VERSION, "previous": None, "refused": "1.3.0"}
    assert (fresh.starts("1.3.0"), fresh.starts(VERSION)) == (0, 1)
    assert sorted(path.name for path in fresh.root.iterdir()) == [
        "current.json",
        "homespun-launch.exe",
        "homespun.exe",
        f"starts-{VERSION}",
        "versions",
    ]


@pytest.mark.parametrize("text", ["", "{", '{"schema": 1, "version": "../../evil", "previous": null}', "\0" * 4096])
def test_a_damaged_pointer_leads_to_the_newest_version(fresh: Program, failing: str, text: str) -> None:
    fresh.add_version("0.9.0", failing)
    fresh.add_version("1.2.0rc1", failing)
    fresh.point(text)
    assert fresh.launch("erase", r"C:\a.jpg") == 0
    assert fresh.asked() == [("erase", [r"C:\a.jpg"])]


def test_without_any_version_it_says_what_to_do(wine: Wine, native: dict[str, Path], python: Path) -> None:
    program = Program.make(wine, native, python, "empty")
    (words,) = message(program, "erase", r"C:\a.jpg")
    assert words.startswith("Parts of Homespun's program are missing.")
    ran = wine.run(program.root / "homespun.exe", "--version", env=program.environment)
    assert ran.rc == 1
    assert ran.output.startswith("Parts of Homespun's program are missing.")


SHOW = "import sys; print(ascii(sys.argv[1:])); print(sys.stdin.read()); sys.exit(int(sys.argv[-1]))"


def test_the_command_line_keeps_words_streams_and_exit_code(fresh: Program) -> None:
    main = fresh.root / "versions" / VERSION / "lib" / "desktop" / "__main__.py"
    main.write_text(SHOW, encoding="utf-8")
    words = ['a "quoted" b', "back\\slash\\", "", "é 日本", "%PATH%", "^&|<>", "-m", "*", "77"]

    ran = fresh.wine.run(fresh.root / "homespun.exe", *words, env=fresh.environment, stdin=b"heard")

    assert ran.rc == 77
    assert ran.output.splitlines()[0] == ascii(words)
    assert "heard" in ran.output
    assert fresh.starts(VERSION) == 0


def test_when_the_command_line_is_ended_so_is_its_python(fresh: Program) -> None:
    main = fresh.root / "versions" / VERSION / "lib" / "desktop" / "__main__.py"
    script = """
import os, time
open(os.environ["HOMESPUN_TEST_LOG"], "w").write('{"event": "up", "pid": %d}\\n' % os.getpid())
time.sleep(120)
"""
    main.write_text(script, encoding="utf-8")
    started = fresh.wine.start(fresh.root / "homespun.exe", env=fresh.environment)
    (up,) = wait_for(lambda: fresh.noted("up"), "Python does not start")
    fresh.log.unlink()
    started.process.kill()
    started.process.wait()

    def gone() -> bool:
        listed = fresh.wine.run("tasklist", "/fo", "csv").output
        return f'"{up["pid"]}"' not in listed

    wait_for(gone, "Python still runs")
