"""What the doctor finds, on computers that are made up; and the report, in which nobody is named."""

from __future__ import annotations

import getpass
import json
import platform
from dataclasses import replace
from pathlib import Path

import pytest

from engines.runtime import checks, doctor
from engines.runtime.contexts import contexts
from engines.runtime.contract import DeviceName, Kind, Reason, Refusal
from engines.runtime.discovery import Found
from engines.runtime.doctor import Health, examine, findings, report
from engines.runtime.hardware import Chip
from engines.runtime.proof import Interrupted, Ledger, Quarantine, Verdict
from engines.runtime.surroundings import Level, Surroundings
from homespun.errors import UsageError
from homespun.folders import folders
from tests.engines.runtime.fake_provider import device

WELL = Surroundings(
    python=(3, 12),
    platform="linux",
    made_for="x86_64",
    native="x86_64",
    executable="/usr/bin/python3",
    owners=("onnxruntime 1.32.0",),
    packages={"onnxruntime": "1.32.0"},
    free_bytes=10**12,
)

RTX = Chip(Kind.GPU, "NVIDIA AD104", 0x10DE, 0x2786, "nvidia 580")
QUARANTINE = Quarantine("model:f", DeviceName("qnn:npu"), Reason.CRASH, None, "", 2, "f", "enlarge-faithful")


def names(around: Surroundings) -> list[str]:
    """What is found, in a word each."""
    return [one.name for one in findings(around)]


def test_a_computer_in_order_has_no_findings() -> None:
    assert names(WELL) == []


@pytest.mark.parametrize(
    ("around", "name", "level", "command"),
    [
        (
            replace(WELL, owners=("onnxruntime 1.32.0", "onnxruntime-openvino 1.24.1")),
            "two-runtimes",
            Level.MEND,
            "installer setup",
        ),
        (replace(WELL, owners=()), "no-runtime", Level.MEND, "installer setup"),
        (replace(WELL, damaged_models={"mi-gan": ("model.onnx",)}), "model", Level.MEND, "homespun models get mi-gan"),
        (replace(WELL, free_bytes=10**8), "space", Level.MEND, "homespun models remove"),
        (replace(WELL, free_bytes=10**9), "space", Level.NOTE, "homespun models remove"),
        (replace(WELL, settings_fault=UsageError("Line 3 is off.", "Correct it.")), "settings", Level.MEND, "Correct"),
        (replace(WELL, native="arm64"), "emulated", Level.NOTE, "installer setup"),
        (replace(WELL, python=(3, 15)), "python", Level.NOTE, "3.11 to 3.14"),
        (
            replace(WELL, python=(3, 11), platform="win32", native="arm64", made_for="arm64"),
            "python",
            Level.NOTE,
            "3.12",
        ),
        (replace(WELL, chips=(replace(RTX, driver=""),)), "no-driver", Level.NOTE, "homespun devices --fresh"),
        (
            replace(WELL, chips=(RTX,)),
            "no-package",
            Level.NOTE,
            "pip install onnxruntime-ep-nv-tensorrt-rtx-cu13",
        ),
        (
            replace(WELL, owners=("onnxruntime 1.24.1",), packages={"onnxruntime-ep-webgpu": "0.4.0"}),
            "runtime-too-old",
            Level.NOTE,
            "installer setup",
        ),
        (
            replace(WELL, found=Found(refusals=(Refusal(DeviceName("qnn"), Reason.HANG, "QNN hung. Try later."),))),
            "provider-hang",
            Level.NOTE,
            "Try later.",
        ),
        (replace(WELL, quarantines=(QUARANTINE,)), "quarantine", Level.NOTE, "homespun devices --forgive qnn:npu"),
        (
            replace(WELL, interrupted=(Interrupted("f", device(), "mi-gan", struck=True, quarantine=None),)),
            "interrupted",
            Level.NOTE,
            "homespun probe mi-gan --device fake:npu --again",
        ),
        (replace(WELL, damaged_contexts=("a",)), "compiled-cache", Level.NOTE, "homespun doctor --mend"),
        (replace(WELL, ledger_note="It was unreadable. It was moved aside."), "ledger", Level.NOTE, "moved aside"),
        (replace(WELL, use="cpu", found=Found((device(),))), "switched-off", Level.NOTE, "homespun settings reset"),
    ],
)
def test_each_fault_is_found_alone_and_with_what_mends_it(
    around: Surroundings, name: str, level: Level, command: str
) -> None:
    (found,) = findings(around)

    assert (found.name, found.level) == (name, level)
    assert command in found.todo
    assert found.what.endswith(".")
    assert found.todo.endswith((".", "`"))
    assert Health(around, (found,)).well == (level is Level.NOTE)


def test_what_must_be_mended_comes_first() -> None:
    around = replace(WELL, quarantines=(QUARANTINE,), owners=())

    assert names(around) == ["no-runtime", "quarantine"]


def test_a_chip_that_is_used_or_that_cannot_compute_is_no_finding() -> None:
    used = replace(device(kind=Kind.GPU), vendor_id=0x10DE)
    assert names(replace(WELL, chips=(RTX,), found=Found((used,)))) == []
    assert names(replace(WELL, chips=(replace(RTX, vendor_id=0x1234, driver=""),))) == []


def test_a_simulated_device_does_not_use_a_chip() -> None:
    simulated = replace(device(kind=Kind.GPU), vendor_id=0x10DE, simulated=True)
    assert names(replace(WELL, chips=(RTX,), found=Found((simulated,)))) == ["no-package"]


@pytest.mark.parametrize(
    ("chip", "system", "native", "package"),
    [
        (Chip(Kind.NPU, "", 0x8086, 1, "d"), "linux", "x86_64", "onnxruntime-ep-openvino"),
        (Chip(Kind.GPU, "", 0x1002, 1, "d"), "linux", "x86_64", "onnxruntime-ep-webgpu"),
        (Chip(Kind.NPU, "", 0x5143, 1, "d"), "win32", "arm64", "onnxruntime-qnn"),
        (Chip(Kind.NPU, "", 0x5143, 1, "d"), "linux", "arm64", ""),
        (Chip(Kind.NPU, "", 0x1022, 1, "d"), "win32", "x86_64", "windowsml"),
        (Chip(Kind.NPU, "", 0x106B, 1, "d"), "darwin", "arm64", ""),
    ],
)
def test_the_package_that_would_use_a_chip_is_named_where_there_is_one(
    chip: Chip, system: str, native: str, package: str
) -> None:
    around = replace(WELL, platform=system, native=native)
    assert checks.package_for(chip, around) == package
    if package:
        assert checks.package_for(chip, replace(around, packages={package: "1"})) == ""


# the real computer


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """No look for devices, and no reading of all models."""
    monkeypatch.setattr(doctor, "discover", lambda **_: Found((device(),)))
    monkeypatch.setattr(doctor, "damaged_models", lambda _progress: {})


@pytest.mark.usefixtures("quick")
def test_the_ledger_is_asked_only_where_there_is_one(home: Path) -> None:
    examine()
    assert not (folders().data / "devices.sqlite").exists()

    with Ledger(folders().data / "devices.sqlite") as ledger:
        for _ in range(2):
            ledger.strike("f", device(), Reason.HANG, "no answer", probing=False)
    health = examine()

    assert "quarantine" in [one.name for one in health.findings]


@pytest.mark.usefixtures("quick")
def test_a_report_names_no_person_no_computer_and_no_place(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = f"Failed to load library {Path.home()}/secret/lib.so on {platform.node()} for {getpass.getuser()}"
    refusal = Refusal(DeviceName("qnn"), Reason.LIBRARY, said)
    python = str(Path.home() / "other" / "python")
    monkeypatch.setattr(doctor, "discover", lambda **_: Found((replace(device(), python=python),), (refusal,)))
    with Ledger(folders().data / "devices.sqlite") as ledger:
        ledger.record(
            Verdict("f", 0.0, "m", "m.onnx", "", DeviceName("fake:npu"), "fake", passed=False, reason=Reason.FAILED)
        )
        ledger.strike("f", device(), Reason.CRASH, said, probing=True)

    text = json.dumps(report(examine()))

    told = json.loads(text)
    assert told["devices"][0]["python"] == "another"
    assert told["verdicts"][0]["fingerprint"] == "f"
    assert told["quarantines"]
    assert "secret" not in text
    for private in (str(Path.home()), str(home), platform.node()):
        assert len(private) < 3 or private not in text


@pytest.mark.usefixtures("quick")
def test_a_report_lists_what_a_person_with_the_device_would_have_to_run(monkeypatch: pytest.MonkeyPatch) -> None:
    real = replace(device(), provider="qnn")
    monkeypatch.setattr(doctor, "discover", lambda **_: Found((real, replace(real, provider="webgpu", simulated=True))))

    (checks,) = report(examine())["to_be_checked"]

    assert checks["provider"] == "qnn"
    assert len(checks["checks"]) >= 3


def test_mending_deletes_what_is_damaged_and_nothing_else() -> None:
    def write(target: Path) -> None:
        target.write_bytes(b"compiled")

    kept = contexts()
    good, bad = kept.make("good", write), kept.make("bad", write)
    assert good is not None
    assert bad is not None
    bad.write_bytes(b"other")

    assert kept.damaged() == ["bad"]
    assert doctor.mend() == 1

    assert good.exists()
    assert not bad.exists()
