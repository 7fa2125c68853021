"""The ledger's rules, whatever the clock, another process or a power cut does."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engines.runtime.contract import Reason
from engines.runtime.proof import Ledger, boot_id
from engines.runtime.proof.ledger import DAY, EVENTS, FLUSH_AFTER, FLUSH_EVERY, PER_FINGERPRINT, TIMES, VERDICTS
from tests.engines.runtime.proof.made import NPU, Clock, device, strike, verdict

ROOT = Path(__file__).resolve().parents[4]

MINUTE = 60.0


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
