"""Simulated devices: what can be had is set up and told to the tests, and what can't is skipped with its reason."""

from __future__ import annotations

import io
import os
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from installer import checks, devices, swiftshader
from installer.checks import Check, device_files, run_devices
from installer.devices import OPENVINO, QNN, SIMULATORS, WEBGPU, Found, Simulator, ensure_devices, refusal
from installer.environment import Builder, Environment, python_of
from installer.failure import ExitCode, Failure
from installer.interpreter import Interpreter
from installer.steps import Steps

from .conftest import RUN, TEST

if TYPE_CHECKING:
    from .conftest import TinyProject

ROOT = Path(__file__).resolve().parents[2]
DEBIAN = Interpreter((3, 11), "3.11.7", 64, "linux-x86_64", "x86_64", (2, 36))


@pytest.fixture(autouse=True)
def debian(monkeypatch: pytest.MonkeyPatch) -> None:
    """A system with Debian's tools."""
    monkeypatch.setattr(swiftshader, "missing_tool", lambda: "")


@pytest.fixture
def builder(tmp_path: Path) -> Builder:
    """A builder on Debian 12, for a checkout with one test that needs devices."""
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_a.py").write_text("pytestmark = pytest.mark.devices\n", encoding="utf-8")
    return Builder(tmp_path, Steps(io.StringIO()), interpreter=DEBIAN)


def _set_up(monkeypatch: pytest.MonkeyPatch, **failures: Failure) -> list[str]:
    """Pretend every set-up, with `failures` by the name of the simulator; the folders that were asked for."""
    asked: list[str] = []

    def ensure(builder: Builder, wanted: Environment) -> Path:
        asked.append(wanted.folder)
        name = wanted.folder.removeprefix(".devices-")
        if name in failures:
            raise failures[name]
        return python_of(builder.root / wanted.folder)

    monkeypatch.setattr(Builder, "ensure", ensure)
    monkeypatch.setattr(swiftshader, "ensure_swiftshader", lambda folder: f"in {folder}")
    return asked


@pytest.mark.parametrize("simulator", SIMULATORS, ids=lambda one: one.name)
@pytest.mark.parametrize("platform", ["win-amd64", "win-arm64", "macosx-14.0-arm64", "linux-aarch64"])
def test_no_device_is_simulated_outside_linux_x64(simulator: Simulator, platform: str) -> None:
    assert platform in refusal(simulator, replace(DEBIAN, platform=platform))
    assert refusal(simulator, DEBIAN) == ""


def test_each_limit_of_a_wheel_is_told() -> None:
    older = replace(DEBIAN, glibc=(2, 34))
    assert "2.35" in refusal(QNN, older)
    assert refusal(OPENVINO, older) == refusal(WEBGPU, older) == ""
    newer = replace(DEBIAN, version=(3, 14), release="3.14.1")
    assert "3.13" in refusal(OPENVINO, newer)
    assert "3.14.1" in refusal(OPENVINO, newer)
    assert refusal(QNN, newer) == refusal(WEBGPU, newer) == ""
    assert all(refusal(simulator, replace(DEBIAN, glibc=None)) for simulator in SIMULATORS)


def test_without_debians_tools_only_webgpu_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(swiftshader, "missing_tool", lambda: "apt-get")
    assert [simulator.name for simulator in SIMULATORS if refusal(simulator, DEBIAN)] == ["webgpu"]
    assert "no apt-get" in refusal(WEBGPU, DEBIAN)


def test_the_tests_are_told_every_python_and_where_vulkans_driver_is(
    builder: Builder, monkeypatch: pytest.MonkeyPatch
) -> None:
    _set_up(monkeypatch)
    found = ensure_devices(builder, {"LD_LIBRARY_PATH": "mine"})
    driver = builder.root / ".devices-webgpu" / "swiftshader"
    assert found == Found(
        {
            "HOMESPUN_SIMULATED_DEVICES": "1",
            "HOMESPUN_QNN_PYTHON": str(python_of(builder.root / ".devices-qnn")),
            "HOMESPUN_OPENVINO_PYTHON": str(python_of(builder.root / ".devices-openvino")),
            "HOMESPUN_WEBGPU_PYTHON": str(python_of(builder.root / ".devices-webgpu")),
            "VK_ICD_FILENAMES": str(driver / "vk_swiftshader_icd.json"),
            "LD_LIBRARY_PATH": os.pathsep.join([str(driver), "mine"]),
        },
        {},
    )


def test_what_the_network_does_not_bring_is_skipped_and_the_rest_is_not(
    builder: Builder, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = _set_up(monkeypatch, qnn=Failure(ExitCode.NETWORK, "The index does not answer.", "Connect."))
    found = ensure_devices(builder, {})
    assert asked == [".devices-qnn", ".devices-openvino", ".devices-webgpu"]
    assert found.skipped == {".devices-qnn": "The index does not answer."}
    assert "HOMESPUN_QNN_PYTHON" not in found.variables
    assert "HOMESPUN_OPENVINO_PYTHON" in found.variables
    said = builder.steps.out
    assert isinstance(said, io.StringIO)
    assert "Leaving out .devices-qnn: The index does not answer.\n" in said.getvalue()


def test_a_webgpu_without_its_driver_is_not_offered(builder: Builder, monkeypatch: pytest.MonkeyPatch) -> None:
    _set_up(monkeypatch)

    def ensure(_folder: Path) -> str:
        raise Failure(ExitCode.NETWORK, "apt-get brings none.", "Connect.")

    monkeypatch.setattr(swiftshader, "ensure_swiftshader", ensure)
    found = ensure_devices(builder, {})
    assert found.skipped == {".devices-webgpu": "apt-get brings none."}
    assert not {"HOMESPUN_WEBGPU_PYTHON", "VK_ICD_FILENAMES", "LD_LIBRARY_PATH"} & found.variables.keys()


@pytest.mark.parametrize("code", [ExitCode.HASH, ExitCode.DISK, ExitCode.LOCK, ExitCode.LIBRARY])
def test_what_is_no_matter_of_the_network_fails(
    builder: Builder, monkeypatch: pytest.MonkeyPatch, code: ExitCode
) -> None:
    _set_up(monkeypatch, openvino=Failure(code, "Wrong.", "Mend it."))
    with pytest.raises(Failure) as failure:
        ensure_devices(builder, {})
    assert failure.value.code == code


@pytest.mark.slow
@pytest.mark.usefixtures("quick")
def test_environments_are_built_for_real_and_one_whose_wheel_is_missing_is_skipped(tiny: TinyProject) -> None:
    (tiny.wheelhouse / "second-1.0-py3-none-any.whl").unlink()
    one = Simulator("one", Environment(".devices-one", (RUN,), 1000, "first", ("first",)))
    two = Simulator("two", Environment(".devices-two", (TEST,), 1000, "second", ("second",)))

    found = ensure_devices(replace(tiny.builder(), interpreter=DEBIAN), {}, (one, two))

    assert found.variables.keys() == {"HOMESPUN_ONE_PYTHON", "HOMESPUN_SIMULATED_DEVICES"}
    assert Path(found.variables["HOMESPUN_ONE_PYTHON"]).exists()
    assert found.skipped.keys() == {".devices-two"}
    assert "no file of second==1.0" in found.skipped[".devices-two"]
    assert not (tiny.root / ".devices-two").exists()


def _ran(monkeypatch: pytest.MonkeyPatch) -> list[Check]:
    """The checks that are run, which is only pretended."""
    found: list[Check] = []

    def start(command: Sequence[str], environment: Mapping[str, str], _root: Path) -> int:
        found.append(Check("", tuple(command), environment, {}))
        return 0

    monkeypatch.setattr(checks, "_start", start)
    return found


def test_the_marked_tests_run_in_the_test_environment_and_a_skipped_device_fails_nothing(
    builder: Builder, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = _set_up(monkeypatch, qnn=Failure(ExitCode.NETWORK, "The index does not answer.", "Connect."))
    ran = _ran(monkeypatch)
    for name in ("HOMESPUN_QNN_PYTHON", "VK_DRIVER_FILES"):
        monkeypatch.setenv(name, "another")

    assert run_devices(builder, ["-x"]) == ExitCode.OK

    assert asked[-1] == ".venv"
    (one,) = ran
    assert one.command == (
        str(python_of(builder.root / ".venv")), "-m", "pytest", "-m", "devices", "tests/test_a.py", "-x",
    )  # fmt: skip
    assert one.environment["HOMESPUN_SIMULATED_DEVICES"] == "1"
    assert {"HOMESPUN_QNN_PYTHON", "VK_DRIVER_FILES", "PYTHONPATH"} & one.environment.keys() == set()
    summary = capsys.readouterr().out.partition("Summary\n")[2].splitlines()
    assert summary[0].split()[:2] == [".devices-qnn", "skipped"]
    assert summary[0].endswith("The index does not answer.")
    assert summary[-1] == "1 checks passed, 1 skipped."


def test_where_no_device_can_be_had_nothing_is_set_up_and_all_is_skipped(
    builder: Builder, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = _set_up(monkeypatch)
    ran = _ran(monkeypatch)
    mac = replace(builder, interpreter=replace(DEBIAN, platform="macosx-14.0-arm64"))
    assert run_devices(mac) == ExitCode.OK
    assert asked == []
    assert ran == []
    assert capsys.readouterr().out.splitlines()[-1] == "0 checks passed, 3 skipped."


def test_a_failed_test_on_a_device_fails_the_command(builder: Builder, monkeypatch: pytest.MonkeyPatch) -> None:
    _set_up(monkeypatch)
    monkeypatch.setattr(checks, "_start", lambda *_: 1)
    assert run_devices(builder) == ExitCode.FAILED


def test_a_checkout_without_such_tests_is_told(tmp_path: Path) -> None:
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_a.py").write_text("@pytest.mark.export\n", encoding="utf-8")
    assert device_files(tmp_path) == []
    with pytest.raises(Failure, match="devices"):
        run_devices(Builder(tmp_path, Steps(), interpreter=DEBIAN))


@pytest.mark.parametrize("simulator", SIMULATORS, ids=lambda one: one.name)
def test_each_folder_is_left_alone_by_git_and_by_ruff(simulator: Simulator) -> None:
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").split()
    excluded = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["ruff"]["exclude"]
    folder = simulator.environment.folder
    assert any(fnmatch(f"{folder}/", pattern) for pattern in ignored)
    assert any(fnmatch(folder, pattern) for pattern in excluded)


def test_each_simulator_has_the_runtime_that_was_measured() -> None:
    texts = {one.name: one.environment.locks[0].path(ROOT).read_text(encoding="utf-8") for one in SIMULATORS}
    for name, pin in (
        ("qnn", "onnxruntime==1.32.0"),
        ("qnn", "onnxruntime-qnn==2.7.0"),
        ("openvino", "onnxruntime-openvino==1.24.1"),
        ("webgpu", "onnxruntime-webgpu==1.27.0"),
    ):
        assert f"\n{pin} " in texts[name]
    assert {one.variable for one in devices.SIMULATORS} == {
        "HOMESPUN_QNN_PYTHON",
        "HOMESPUN_OPENVINO_PYTHON",
        "HOMESPUN_WEBGPU_PYTHON",
    }
