"""The ledger's rules, and what it does when the file, the clock, another process or a power cut is against it."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engines.runtime.contract import Reason
from engines.runtime.proof import Ledger, boot_id
from engines.runtime.proof.ledger import DAY, EVENTS, FLUSH_AFTER, FLUSH_EVERY, PER_FINGERPRINT, TIMES, VERDICTS
from engines.runtime.proof.records import driver_key
from tests.engines.runtime.proof.made import NPU, Clock, device, verdict

ROOT = Path(__file__).resolve().parents[4]

MINUTE = 60.0


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "devices" / "ledger.sqlite"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ledger(path: Path, clock: Clock) -> Iterator[Ledger]:
    with Ledger(path, clock=clock) as opened:
        assert opened.note == ""
        yield opened


def strike(ledger: Ledger, fingerprint: str, reason: Reason, *, probing: bool = False, **changed: Any) -> Any:
    return ledger.strike(fingerprint, device(**changed), reason, "it broke", probing=probing)


# Verdicts


def test_the_newest_verdict_of_a_fingerprint_counts_and_outlives_the_process(path: Path, ledger: Ledger) -> None:
    ledger.record(verdict("f"))
    newer = verdict("f", passed=False, reason=Reason.WRONG, value=13.1, measure="PSNR dB", crossings=2, peak_bytes=5)
    ledger.record(newer)
    ledger.record(verdict("g", model="other"))
    with Ledger(path) as again:
        assert again.verdict("f") == newer
        assert [each.fingerprint for each in again.verdicts()] == ["g", "f"]
        assert again.verdicts("a-model") == [newer]
        assert again.verdict("h") is None


def test_a_verdicts_text_is_cleaned(ledger: Ledger) -> None:
    ledger.record(verdict(text="failed at /home/anna/letters.txt " + "x" * 900))
    kept = ledger.verdict("f")
    assert kept is not None
    assert "anna" not in kept.text
    assert len(kept.text) <= 500


def test_history_is_kept_up_to_a_limit(path: Path, ledger: Ledger) -> None:
    for number in range(PER_FINGERPRINT + 5):
        ledger.record(verdict("f", at=float(number)))
    with sqlite3.connect(path) as db:
        assert db.execute("SELECT count(*), min(at) FROM verdicts").fetchone() == (PER_FINGERPRINT, 5.0)
        body = json.dumps(asdict(verdict("g")))
        rows = [(f"g{n}", body) for n in range(VERDICTS)]
        db.executemany("INSERT INTO verdicts (fingerprint, at, model, body) VALUES (?, 0, 'm', ?)", rows)
    ledger.record(verdict("f", at=99.0))
    with sqlite3.connect(path) as db:
        assert db.execute("SELECT count(*) FROM verdicts").fetchone() == (VERDICTS,)
    newest = ledger.verdict("f")
    assert newest is not None
    assert newest.at == 99.0


# Strikes and quarantine


def test_a_crash_in_a_probe_is_enough(ledger: Ledger, clock: Clock) -> None:
    put = strike(ledger, "f", Reason.CRASH, probing=True)
    assert put is not None
    assert put.until == clock.now + 7 * DAY
    assert ledger.quarantined("f", NPU) == put
    assert ledger.quarantines() == [put]
    assert ledger.quarantined("g", NPU) is None


@pytest.mark.parametrize("reason", [Reason.HANG, Reason.DEVICE_LOST])
def test_hanging_or_losing_the_device_once_is_forgiven_even_in_a_probe(ledger: Ledger, reason: Reason) -> None:
    assert strike(ledger, "f", reason, probing=True) is None
    assert ledger.quarantined("f", NPU) is None


@pytest.mark.parametrize(
    ("reason", "apart", "counts"),
    [
        (Reason.CRASH, 9 * MINUTE, True),
        (Reason.CRASH, 6 * DAY, True),
        (Reason.CRASH, 8 * DAY, False),
        (Reason.HANG, 6 * DAY, True),
        (Reason.HANG, 8 * DAY, False),
        (Reason.DEVICE_LOST, 9 * MINUTE, True),
        (Reason.DEVICE_LOST, 11 * MINUTE, False),
    ],
)
def test_two_failures_in_production_count_when_they_are_close(
    ledger: Ledger, clock: Clock, reason: Reason, apart: float, counts: bool
) -> None:
    assert strike(ledger, "f", reason) is None
    clock.now += apart
    put = strike(ledger, "f", reason)
    assert (put is not None) == counts
    if put is not None:
        assert (put.strikes, put.reason, put.text) == (2, reason, "it broke")


@pytest.mark.parametrize(("apart", "counts"), [(9 * MINUTE, True), (11 * MINUTE, False)])
def test_two_different_failures_count_within_ten_minutes(
    ledger: Ledger, clock: Clock, apart: float, counts: bool
) -> None:
    strike(ledger, "f", Reason.HANG)
    clock.now += apart
    assert (strike(ledger, "f", Reason.DEVICE_LOST) is not None) == counts


def test_failures_of_two_models_are_not_added_up(ledger: Ledger) -> None:
    assert strike(ledger, "f", Reason.CRASH) is None
    assert strike(ledger, "g", Reason.CRASH) is None


@pytest.mark.parametrize("reason", sorted(set(Reason) - {Reason.CRASH, Reason.HANG, Reason.DEVICE_LOST}))
def test_no_other_reason_brings_a_device_into_quarantine(ledger: Ledger, reason: Reason) -> None:
    for _ in range(5):
        assert strike(ledger, "f", reason, probing=True) is None
    assert ledger.quarantines() == []
    assert ledger.events() == []


def test_a_quarantine_ends_by_itself_and_the_next_is_twice_as_long_up_to_eight_weeks(
    ledger: Ledger, clock: Clock
) -> None:
    days = []
    for _ in range(5):
        put = strike(ledger, "f", Reason.CRASH, probing=True)
        days.append((put.until - clock.now) / DAY)
        clock.now = put.until - 1
        assert ledger.quarantined("f", NPU) is not None
        clock.now = put.until + 1
        assert ledger.quarantined("f", NPU) is None
        assert ledger.quarantines() == []
    assert days == [7, 14, 28, 56, 56]


def test_what_led_to_a_quarantine_does_not_count_again(ledger: Ledger, clock: Clock) -> None:
    strike(ledger, "f", Reason.CRASH)
    assert strike(ledger, "f", Reason.CRASH) is not None
    clock.now += 7 * DAY
    assert strike(ledger, "f", Reason.CRASH) is None
    assert strike(ledger, "f", Reason.CRASH) is not None


def test_three_models_of_one_driver_put_all_of_it_into_quarantine_until_the_driver_changes(
    ledger: Ledger, clock: Clock
) -> None:
    for fingerprint in ("f", "g"):
        strike(ledger, fingerprint, Reason.CRASH, probing=True)
        strike(ledger, fingerprint, Reason.CRASH, probing=True)  # the same twice is still one
    assert ledger.quarantined("new", NPU) is None
    put = strike(ledger, "h", Reason.CRASH, probing=True)
    assert (put.until, put.strikes, put.fingerprint) == (None, 3, "")
    assert ledger.quarantined("new", NPU) == put
    clock.now += 1_000 * DAY
    assert ledger.quarantined("new", NPU) == put
    assert ledger.quarantined("new", device(driver="31.0.2")) is None
    assert ledger.quarantined("new", device(library="2.8.0")) is None
    assert ledger.quarantined("new", device(provider="openvino")) is None


def test_models_of_different_drivers_are_not_added_up(ledger: Ledger) -> None:
    for number in range(3):
        put = strike(ledger, f"f{number}", Reason.CRASH, probing=True, driver=str(number))
        assert put.fingerprint == f"f{number}"


def test_a_quarantine_that_is_over_does_not_count_against_the_driver(ledger: Ledger, clock: Clock) -> None:
    strike(ledger, "f", Reason.CRASH, probing=True)
    clock.now += 8 * DAY
    strike(ledger, "g", Reason.CRASH, probing=True)
    assert strike(ledger, "h", Reason.CRASH, probing=True).fingerprint == "h"


def test_a_person_can_lift_a_quarantine_and_the_log_says_so(ledger: Ledger) -> None:
    put = strike(ledger, "f", Reason.CRASH, probing=True)
    assert ledger.lift(put.key)
    assert ledger.quarantined("f", NPU) is None
    assert [what for _, what, *_ in ledger.events()] == ["lifted", "quarantined", "struck"]
    assert not ledger.lift(put.key)
    assert not ledger.lift("model:unknown")


def test_lifting_forgives_but_the_next_quarantine_is_longer(ledger: Ledger, clock: Clock) -> None:
    ledger.lift(strike(ledger, "f", Reason.CRASH, probing=True).key)
    assert strike(ledger, "f", Reason.HANG) is None
    assert strike(ledger, "f", Reason.HANG).until == clock.now + 14 * DAY


def test_lifting_a_drivers_quarantine_lifts_those_that_led_to_it(ledger: Ledger) -> None:
    put = [strike(ledger, fingerprint, Reason.CRASH, probing=True) for fingerprint in "fgh"][-1]
    other = strike(ledger, "x", Reason.CRASH, probing=True, driver="another")
    assert ledger.lift(put.key)
    assert ledger.quarantines() == [other]
    assert strike(ledger, "i", Reason.CRASH, probing=True).fingerprint == "i"


def test_a_quarantine_names_the_model_if_a_verdict_told_it(ledger: Ledger) -> None:
    ledger.record(verdict("f"))
    assert strike(ledger, "f", Reason.CRASH, probing=True).model == "a-model"
    assert strike(ledger, "g", Reason.CRASH, probing=True).model == ""


def test_the_log_has_a_limit(path: Path, ledger: Ledger) -> None:
    with sqlite3.connect(path) as db:
        rows = [(n,) for n in range(EVENTS)]
        db.executemany(
            "INSERT INTO events (at, what, fingerprint, of, reason, text) VALUES (?, '', '', '', '', '')", rows
        )
    strike(ledger, "f", Reason.HANG)
    assert len(ledger.events()) == EVENTS


FAILURES = st.lists(
    st.tuples(
        st.sampled_from("fgh"),
        st.sampled_from([Reason.CRASH, Reason.HANG, Reason.DEVICE_LOST, Reason.SLOW]),
        st.booleans(),
        st.sampled_from([1.0, 5 * MINUTE, 11 * MINUTE, 3 * DAY, 20 * DAY]),
    ),
    max_size=25,
)


@given(FAILURES)
@settings(max_examples=40, deadline=None)
def test_however_devices_fail_the_quarantines_that_hold_are_those_that_were_told(
    failures: list[tuple[str, Reason, bool, float]],
) -> None:
    clock = Clock()
    ledger = Ledger(Path(__file__) / "none", clock=clock)  # no file can be there: in memory
    for fingerprint, reason, probing, later in failures:
        clock.now += later
        put = ledger.strike(fingerprint, NPU, reason, "", probing=probing)
        holding = ledger.quarantines()
        for each in holding:
            assert each.until is None or clock.now < each.until <= clock.now + 56 * DAY
        assert put is None or put in holding
        if probing and reason is Reason.CRASH:
            assert put is not None
        models = {each.fingerprint for each in holding if each.fingerprint}
        assert all((ledger.quarantined(each, NPU) is not None) for each in models)
        if len(models) == 3 and put is not None:
            assert ledger.quarantined("any other", NPU) is not None
    ledger.close()


# The guard around a probe


def test_a_finished_probe_leaves_nothing(ledger: Ledger) -> None:
    ledger.begin("f", NPU, "m", os.getpid(), "boot")
    ledger.finish("f")
    assert ledger.interrupted("another boot") == []


def test_a_probe_under_way_in_a_living_process_is_left_alone(path: Path, ledger: Ledger) -> None:
    ledger.begin("f", NPU, "m", os.getpid(), "boot")
    with Ledger(path) as other:
        assert other.interrupted("boot") == []
        assert other.quarantined("f", NPU) is None


def test_a_probe_after_which_the_computer_was_started_again_is_a_crash(path: Path, ledger: Ledger) -> None:
    ledger.begin("f", NPU, "m", os.getpid(), "boot 1")
    with Ledger(path) as later:
        (found,) = later.interrupted("boot 2")
        assert found.struck
        assert (found.fingerprint, found.model, found.device) == ("f", "m", NPU)
        held = later.quarantined("f", NPU)
        assert held == found.quarantine
        assert held is not None
        assert held.reason is Reason.CRASH
        assert later.interrupted("boot 3") == []


def test_a_process_number_that_another_process_has_now_does_not_protect_a_probe(ledger: Ledger, path: Path) -> None:
    ledger.begin("f", NPU, "m", os.getpid(), "boot")
    with sqlite3.connect(path) as db:
        db.execute("UPDATE probing SET started = started - 3600")
    assert [found.fingerprint for found in ledger.interrupted("boot")] == ["f"]


KILLED = """
import os, signal, sys
from pathlib import Path
from engines.runtime.proof import Ledger
from tests.engines.runtime.proof.made import NPU
ledger = Ledger(Path(sys.argv[1]))
ledger.begin("f", NPU, "m", os.getpid(), "boot")
print("begun", flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def _killed_while_probing(path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", KILLED, str(path)], check=False, cwd=ROOT, capture_output=True, text=True
    )
    assert ended.stdout == "begun\n", ended.stderr
    assert ended.returncode == -signal.SIGKILL


@pytest.mark.skipif(sys.platform == "win32", reason="sends a signal of POSIX")
def test_of_two_processes_killed_while_probing_the_second_counts(path: Path) -> None:
    _killed_while_probing(path)
    with Ledger(path) as ledger:
        (found,) = ledger.interrupted("boot")
        assert not found.struck
        assert ledger.quarantined("f", NPU) is None
    _killed_while_probing(path)
    with Ledger(path) as ledger:
        (found,) = ledger.interrupted("boot")
        assert found.struck
        assert ledger.quarantined("f", NPU) == found.quarantine is not None


@pytest.mark.skipif(sys.platform == "win32", reason="sends a signal of POSIX")
def test_a_probe_that_ended_well_in_between_forgives_the_first(path: Path) -> None:
    _killed_while_probing(path)
    with Ledger(path) as ledger:
        ledger.interrupted("boot")
        ledger.begin("f", NPU, "m", os.getpid(), "boot")
        ledger.finish("f")
    _killed_while_probing(path)
    with Ledger(path) as ledger:
        (found,) = ledger.interrupted("boot")
        assert not found.struck


def test_that_a_probe_begins_is_synced_to_the_disk(path: Path, ledger: Ledger) -> None:
    (journal,) = ledger._rows._db.execute("PRAGMA journal_mode").fetchone()
    (synchronous,) = ledger._rows._db.execute("PRAGMA synchronous").fetchone()
    assert (journal, synchronous) in {("wal", 2), ("delete", 3)}
    ledger.begin("f", NPU, "m", os.getpid(), "boot")
    with sqlite3.connect(path) as other:
        assert other.execute("SELECT fingerprint FROM probing").fetchall() == [("f",)]


def test_every_start_has_one_name_while_it_lasts() -> None:
    from engines.runtime.proof.alive import same_boot

    assert boot_id() == boot_id()
    assert same_boot(boot_id(), boot_id())
    assert same_boot("at 1000", "at 1060")
    assert not same_boot("at 1000", "at 2000")
    assert not same_boot("one", "another")


# Times


def test_the_time_below_which_95_of_100_calls_stay(ledger: Ledger) -> None:
    assert ledger.p95("f") is None
    ledger.timing("f", 0.5)
    assert ledger.p95("f") == 0.5
    for number in range(1, 21):
        ledger.timing("g", number / 10)
    assert ledger.p95("g") == 1.9


def test_times_of_long_ago_are_forgotten(ledger: Ledger) -> None:
    ledger.timing("f", 100.0)
    for _ in range(TIMES):
        ledger.timing("f", 1.0)
    assert ledger.p95("f") == 1.0


def test_times_are_written_now_and_then_and_at_the_end(path: Path, ledger: Ledger, clock: Clock) -> None:
    def stored() -> list[float]:
        with sqlite3.connect(path) as db:
            return [each for (text,) in db.execute("SELECT seconds FROM timings") for each in json.loads(text)]

    for _ in range(FLUSH_AFTER - 1):
        ledger.timing("f", 1.0)
    assert stored() == []
    ledger.timing("f", 1.0)
    assert stored() == [1.0] * FLUSH_AFTER
    clock.now += FLUSH_EVERY
    ledger.timing("f", 2.0)
    assert stored()[-1] == 2.0
    ledger.timing("f", 3.0)
    ledger.close()
    assert stored()[-1] == 3.0
    with Ledger(path, clock=clock) as again:
        assert again.p95("f") == 2.0
        again.timing("f", 3.0)
    with Ledger(path, clock=clock) as again:
        assert again.p95("f") == 3.0


def test_two_processes_add_their_times_up(path: Path) -> None:
    with Ledger(path) as one, Ledger(path) as other:
        one.timing("f", 1.0)
        other.timing("f", 5.0)
    with Ledger(path) as again:
        assert again.p95("f") == 5.0


# The file


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
