"""`homespun devices` and `homespun doctor` on a computer of made-up devices."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.cli.devices import uses
from engines.runtime import discovery, doctor
from engines.runtime.contract import DeviceName, Reason, Refusal
from engines.runtime.discovery import Found
from engines.runtime.proof import Ledger, Verdict
from engines.runtime.providers import PROVIDERS, catalogue
from engines.runtime.surroundings import Surroundings
from homespun.folders import folders
from tests.desktop.known_index import Said
from tests.engines.runtime import fake_provider
from tests.engines.runtime.fake_provider import device

Homespun = Callable[..., Said]

NPU = replace(device(), title="Hexagon NPU (Fake)", driver="30.0", runtime="onnxruntime 1.32.0")


@pytest.fixture(autouse=True)
def fake_computer(monkeypatch: pytest.MonkeyPatch) -> list[Found]:
    """One NPU; the list can be changed by the test."""
    monkeypatch.setitem(PROVIDERS, "fake", fake_provider.ROW)
    looks = [Found((NPU,))]
    monkeypatch.setattr(discovery, "discover", lambda **_: looks[-1])
    return looks


def verdict(model: str, *, passed: bool, reason: Reason | None = None) -> Verdict:
    """What came out of a trial on the NPU."""
    return Verdict(f"{model}{passed}", time.time(), model, "m.onnx", "", NPU.name, "fake", passed=passed, reason=reason)


def test_the_list_begins_with_the_processor_and_names_each_device(homespun: Homespun) -> None:
    rows = homespun("devices").out.splitlines()

    assert rows[0].startswith("cpu  ")
    assert "fast core" in rows[0]
    assert "fake:npu  Hexagon NPU (Fake) · NPU · driver 30.0 · Fake 1.0 · onnxruntime 1.32.0" in rows
    assert "  experimental: nobody has tried it on such hardware yet" in rows
    assert "  never tried with a model: homespun probe" in rows


def test_json_tells_the_same(homespun: Homespun) -> None:
    told = json.loads(homespun("devices", "--json").out)

    assert told["processor"]["device"] == "cpu"
    (one,) = told["devices"]
    assert (one["device"], one["kind"], one["proved_on"], one["runs"]) == ("fake:npu", "npu", "", [])
    assert told["absent"] == []


def test_a_device_tells_what_it_runs_and_what_it_does_not(homespun: Homespun) -> None:
    with Ledger(folders().data / "devices.sqlite") as ledger:
        ledger.record(verdict("enlarge-faithful", passed=True))
        ledger.record(verdict("mi-gan", passed=False, reason=Reason.SILENT_CPU))

    out = homespun("devices").out

    assert "  runs enlarge-faithful" in out
    assert "  does not run mi-gan (silent cpu)" in out
    assert "never tried" not in out


def test_a_model_that_runs_at_one_size_is_not_among_those_that_do_not() -> None:
    found = uses([verdict("a", passed=True), verdict("a", passed=False, reason=Reason.SLOW)])

    assert found["fake:npu"].proved == ("a",)
    assert found["fake:npu"].refused == ()


def test_a_simulated_device_says_that_it_is_one(homespun: Homespun, fake_computer: list[Found]) -> None:
    fake_computer.append(Found((replace(NPU, simulated=True),)))

    out = homespun("devices").out

    assert "  simulated: it proves the code" in out
    assert "experimental" not in out
    assert "homespun probe --device fake:npu" in out


def test_what_offers_nothing_is_told_and_what_is_absent_on_request(
    homespun: Homespun, fake_computer: list[Found]
) -> None:
    refusal = Refusal(DeviceName("fake"), Reason.NO_DEVICE, "Fake offers no device: no driver.")
    fake_computer.append(Found((), (refusal,)))

    plain = homespun("devices").out
    everything = homespun("devices", "--all").out

    assert "Fake offers no device: no driver." in plain
    assert "homespun doctor" in plain
    assert "comes with" not in plain
    assert "QNN: comes with the package onnxruntime-qnn" in everything
    assert len(json.loads(homespun("devices", "--all", "--json").out)["absent"]) >= 5


def test_a_device_is_forgiven_by_its_name(homespun: Homespun) -> None:
    assert homespun("devices", "--forgive", "fake:npu").code == 3
    with Ledger(folders().data / "devices.sqlite") as ledger:
        ledger.strike("f", NPU, Reason.CRASH, "", probing=True)

    said = homespun("devices", "--forgive", "fake:npu")

    assert said.code == 0
    assert said.out.startswith("Forgiven.")
    with Ledger(folders().data / "devices.sqlite") as ledger:
        assert ledger.quarantines() == []


def test_windows_brings_a_provider_after_a_yes_alone(homespun: Homespun, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "no catalogue" in homespun("devices", "--get", "VitisAIExecutionProvider", "--yes").err

    brought = []
    monkeypatch.setattr("engines.runtime.providers.windowsml.WindowsMl.installed", lambda _self: True)
    real = catalogue.bring

    def bring(name: str, *, consent: bool, progress: object = None) -> None:
        if not consent:
            real(name, consent=False)
        brought.append(name)

    monkeypatch.setattr(catalogue, "bring", bring)

    said = homespun("devices", "--get", "VitisAIExecutionProvider")
    assert said.code == 9
    assert "Microsoft" in said.err
    assert brought == []
    assert homespun("devices", "--get", "VitisAIExecutionProvider", "--yes").code == 0
    assert brought == ["VitisAIExecutionProvider"]
    assert homespun("devices", "--yes").code == 2


# doctor


@pytest.fixture
def around(monkeypatch: pytest.MonkeyPatch) -> list[Surroundings]:
    """What the doctor sees; the list can be changed by the test."""
    seen = [Surroundings(python=(3, 12), made_for="x86_64", native="x86_64", owners=("onnxruntime 1.32.0",))]
    monkeypatch.setattr(doctor, "look", lambda _progress: seen[-1])
    return seen


def test_all_is_well_is_said_so(homespun: Homespun, around: list[Surroundings]) -> None:
    said = homespun("doctor")

    assert said.code == 0
    assert said.out.splitlines()[0] == "All is well."


def test_a_note_leaves_the_exit_code_alone_and_what_must_be_mended_does_not(
    homespun: Homespun, around: list[Surroundings]
) -> None:
    around.append(replace(around[0], damaged_contexts=("a",)))
    note = homespun("doctor")
    around.append(replace(around[0], owners=()))
    broken = homespun("doctor", "--json")

    assert note.code == 0
    assert note.out.startswith("note: 1 compiled model is damaged")
    assert broken.code == 5
    told = json.loads(broken.out)
    assert not told["well"]
    assert told["findings"][0]["name"] == "no-runtime"
    assert "1 thing must be mended." in broken.err


def test_a_report_is_written_where_it_is_wanted(homespun: Homespun, around: list[Surroundings], tmp_path: Path) -> None:
    file = tmp_path / "report.json"

    said = homespun("doctor", "--report", str(file))

    assert said.code == 0
    assert json.loads(file.read_text())["runtime"] == ["onnxruntime 1.32.0"]
    assert homespun("doctor", "--report", str(tmp_path / "none" / "report.json")).code != 0


def test_mend_is_done_before_the_examination(
    homespun: Homespun, around: list[Surroundings], monkeypatch: pytest.MonkeyPatch
) -> None:
    mended = []

    def mend() -> int:
        mended.append(1)
        return 1

    monkeypatch.setattr(doctor, "mend", mend)

    homespun("doctor")
    assert not mended
    homespun("doctor", "--mend")
    assert mended
