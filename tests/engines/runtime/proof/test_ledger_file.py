"""The ledger's file: rights, several processes, damage, a full disk."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from engines.runtime.contract import Reason
from engines.runtime.proof import Ledger
from engines.runtime.proof.records import driver_key
from tests.engines.runtime.proof.made import NPU, device, strike, verdict

ROOT = Path(__file__).resolve().parents[4]

MINUTE = 60.0


@pytest.mark.skipif(os.name != "posix", reason="rights are of POSIX")
def test_nobody_else_may_read_it(path: Path, ledger: Ledger) -> None:
    ledger.record(verdict())
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) & 0o077 for file in path.parent.iterdir()} == {0}


HAMMER = """
import os, sys
from pathlib import Path
from engines.runtime.contract import Reason
from engines.runtime.proof import Ledger
from tests.engines.runtime.proof.made import NPU, verdict
name, path = sys.argv[1], Path(sys.argv[2])
with Ledger(path) as ledger:
    for number in range(40):
        ledger.begin(f"{name}{number}", NPU, "m", os.getpid(), "boot")
        ledger.record(verdict(f"{name}{number}"))
        ledger.strike("shared", NPU, Reason.HANG, name, probing=False)
        ledger.timing("shared", 0.1)
        ledger.finish(f"{name}{number}")
    assert ledger.note == "", ledger.note
"""


def test_three_processes_at_once_lose_nothing(path: Path) -> None:
    running = [
        subprocess.Popen([sys.executable, "-c", HAMMER, name, str(path)], cwd=ROOT, stderr=subprocess.PIPE, text=True)
        for name in "abc"
    ]
    for process in running:
        _, errors = process.communicate(timeout=120)
        assert process.returncode == 0, errors
    with Ledger(path) as ledger:
        assert len(ledger.verdicts()) == 120
        assert sum(what == "struck" for _, what, *_ in ledger.events()) == 120
        assert ledger.interrupted("another boot") == []
        assert [held.fingerprint for held in ledger.quarantines()] == ["shared"]


def test_threads_share_one_ledger(ledger: Ledger) -> None:
    def work(name: int) -> None:
        for number in range(20):
            ledger.record(verdict(f"{name}-{number}"))
            ledger.timing("f", 0.1)

    threads = [threading.Thread(target=work, args=(name,)) for name in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(ledger.verdicts()) == 80


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "not a database": lambda raw: b"this is no database at all" * 200,
    "cut off": lambda raw: raw[: len(raw) // 2 + 100],
    "a page of zeros": lambda raw: raw[:4096] + bytes(4096) + raw[8192:],
    "a broken head": lambda raw: bytes(100) + raw[100:],
}


@pytest.mark.parametrize("kind", DAMAGE)
def test_a_damaged_file_is_moved_aside_and_begun_anew(path: Path, kind: str) -> None:
    with Ledger(path) as ledger:
        for number in range(30):
            ledger.record(verdict(f"f{number}"))
    path.write_bytes(DAMAGE[kind](path.read_bytes()))
    before = path.read_bytes()
    with Ledger(path) as ledger:
        ledger.verdicts()
        ledger.record(verdict("new"))
        assert ledger.verdict("new") is not None
        assert "damaged" in ledger.note
        (aside,) = path.parent.glob("*.damaged-*[0-9]")
        assert aside.name in ledger.note
        assert aside.read_bytes()[200:] == before[200:]
    with Ledger(path) as ledger:
        assert (ledger.note, ledger.verdict("new") is not None) == ("", True)


@pytest.mark.parametrize(
    "statement", ["DROP TABLE verdicts", "UPDATE verdicts SET body = '{'", "UPDATE verdicts SET body = 5"]
)
def test_a_file_that_says_nonsense_is_moved_aside_too(path: Path, statement: str) -> None:
    with Ledger(path) as ledger:
        ledger.record(verdict())
    with sqlite3.connect(path) as db:
        db.execute(statement)
    with Ledger(path) as ledger:
        assert ledger.verdicts() == []
        assert "damaged" in ledger.note


def test_damage_that_shows_while_it_is_open_is_survived(path: Path) -> None:
    with Ledger(path) as ledger:
        ledger.record(verdict())
        with sqlite3.connect(path) as db:
            db.execute("DROP TABLE events")
        assert ledger.strike("f", NPU, Reason.CRASH, "", probing=True) is not None
        assert "damaged" in ledger.note
        assert ledger.quarantined("f", NPU) is not None


def test_the_second_process_that_sees_damage_keeps_what_the_first_has_begun_anew(path: Path) -> None:
    with Ledger(path) as one, Ledger(path) as other:
        with sqlite3.connect(path) as db:
            db.execute("DROP TABLE verdicts")
        one.record(verdict("of one"))
        other.record(verdict("of the other"))
        assert len(list(path.parent.glob("*.damaged-*[0-9]"))) == 1
    with Ledger(path) as again:
        assert {each.fingerprint for each in again.verdicts()} == {"of one", "of the other"}


def test_where_no_file_can_be_it_lives_in_memory_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with Ledger(tmp_path / "file" / "ledger.sqlite") as ledger:
        assert "not remembered" in ledger.note
        ledger.record(verdict())
        assert ledger.verdict("f") == verdict()
        ledger.begin("f", NPU, "m", os.getpid(), "boot")
        ledger.timing("f", 1.0)
        assert strike(ledger, "f", Reason.CRASH, probing=True) is not None


@pytest.mark.skipif(os.name != "posix", reason="rights are of POSIX")
def test_in_a_folder_that_is_read_only_it_keeps_to_what_it_knew(path: Path) -> None:
    with Ledger(path) as ledger:
        ledger.record(verdict())
        strike(ledger, "f", Reason.CRASH, probing=True)
    path.chmod(0o400)
    path.parent.chmod(0o500)
    code = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from engines.runtime.proof import Ledger\n"
        "from tests.engines.runtime.proof.made import NPU, verdict\n"
        "import engines.runtime.proof.ledger as module\n"
        "module.make_private = lambda folder: folder\n"  # it would give the folder its rights back: we own it
        "if os.getuid() == 0:\n"  # rights do not bind root, but they do once its capabilities are gone
        "    import ctypes\n"
        "    for capability in (0, 1, 2, 3):\n"
        "        ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)\n"
        "    head, none = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()\n"
        "    assert ctypes.CDLL(None).capset(head, none) == 0\n"
        "ledger = Ledger(Path(sys.argv[1]))\n"
        "assert ledger.quarantined('f', NPU) is not None\n"
        "ledger.record(verdict('new'))\n"
        "assert ledger.verdict('f') is not None and ledger.verdict('new') is not None\n"
        "print(ledger.note)\n"
    )
    if os.getuid() == 0 and sys.platform != "linux":
        pytest.skip("root may write everywhere")
    try:
        ended = subprocess.run(
            [sys.executable, "-c", code, str(path)], check=False, cwd=ROOT, capture_output=True, text=True
        )
    finally:
        path.parent.chmod(0o700)
    assert "not remembered" in ended.stdout, ended.stderr
    with Ledger(path) as again:
        assert again.verdict("new") is None


def test_a_disk_that_stops_taking_writes_does_not_stop_the_run(ledger: Ledger) -> None:
    strike(ledger, "f", Reason.CRASH, probing=True)
    ledger._rows._db.execute("PRAGMA query_only = 1")
    ledger.record(verdict("new"))
    assert "not remembered" in ledger.note
    assert ledger.verdict("new") is not None
    assert ledger.quarantined("f", NPU) is not None


def test_a_process_that_never_stops_writing_does_not_stop_the_others(
    path: Path, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger._rows._db.execute("PRAGMA busy_timeout = 100")
    ledger.record(verdict())
    greedy = sqlite3.connect(path, isolation_level=None)
    greedy.execute("BEGIN IMMEDIATE")
    began = time.monotonic()
    ledger.record(verdict("new"))
    assert time.monotonic() - began < 5
    assert "not remembered" in ledger.note
    assert {each.fingerprint for each in ledger.verdicts()} == {"f", "new"}
    greedy.close()


def test_a_wrong_statement_of_ours_is_not_taken_for_damage(ledger: Ledger) -> None:
    with pytest.raises(sqlite3.ProgrammingError):
        ledger._rows.all(tuple, "SELECT ?", ())
    assert ledger.note == ""


def test_hashes_are_kept_up_to_a_limit(ledger: Ledger) -> None:
    from engines.runtime.proof.ledger import HASHES

    for number in range(HASHES + 1):
        ledger.keep_hash(str(number), "aa")
    assert ledger.known_hash("0") is None
    assert ledger.known_hash(str(HASHES)) == "aa"


def test_a_driver_is_told_apart_by_provider_maker_version_and_library() -> None:
    keys = {
        driver_key(device(**change))
        for change in ({}, {"provider": "x"}, {"vendor_id": 1}, {"driver": "x"}, {"library": "x"})
    }
    assert len(keys) == 5
    assert driver_key(replace(NPU, index=3, device_id=99)) == driver_key(NPU)
