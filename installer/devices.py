"""Simulated devices for the tests of the dispatcher: three environments, each with a runtime that brings one provider.

None of them computes on a real accelerator. Qualcomm's plug-in simulates its NPU, OpenVINO's provider runs on the
processor, and SwiftShader is a graphics card made of software. They lie apart from `.venv` because every runtime owns
the same folder. What can't be had on a machine is skipped with its reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from installer import locks, swiftshader
from installer.environment import MB, Builder, Environment
from installer.failure import ExitCode, Failure
from installer.interpreter import Interpreter, this_interpreter

PLATFORM = "linux-x86_64"


@dataclass(frozen=True)
class Simulator:
    """One simulated device: its environment, and where that can be had."""

    name: str
    environment: Environment
    oldest_glibc: tuple[int, int] = (0, 0)
    newest_python: tuple[int, int] = (99, 0)
    needs_swiftshader: bool = False

    @property
    def variable(self) -> str:
        """The environment variable that tells the tests where its Python is."""
        return f"HOMESPUN_{self.name.upper()}_PYTHON"


def _environment(name: str, lock: locks.Lock, size: int, *modules: str) -> Environment:
    return Environment(f".devices-{name}", (lock,), size, "packaging", ("numpy", "onnxruntime", *modules))


QNN = Simulator(
    "qnn",
    _environment("qnn", locks.DEVICES_QNN, 540 * MB, "onnxruntime_qnn"),
    oldest_glibc=(2, 35),  # its wheel is manylinux_2_35
)
OPENVINO = Simulator("openvino", _environment("openvino", locks.DEVICES_OPENVINO, 470 * MB), newest_python=(3, 13))
WEBGPU = Simulator("webgpu", _environment("webgpu", locks.DEVICES_WEBGPU, 190 * MB), needs_swiftshader=True)
SIMULATORS = (QNN, OPENVINO, WEBGPU)


@dataclass(frozen=True)
class Found:
    """What came of setting the simulated devices up."""

    variables: Mapping[str, str]
    """For the tests: where the Pythons are, and SwiftShader where there is one. Empty when nothing can be had."""
    skipped: Mapping[str, str]
    """The folders of the environments that can't be had here, with the reason."""


def refusal(simulator: Simulator, python: Interpreter) -> str:
    """Why `simulator` can't be had with this Python on this machine; nothing when it can."""
    if python.platform != PLATFORM:
        return f"it exists for Linux x64 only, and this is {python.platform}"
    if python.version > simulator.newest_python:
        newest = ".".join(map(str, simulator.newest_python))
        return f"it has no file for a Python newer than {newest}, and this is {python.release}"
    if python.glibc is None or python.glibc < simulator.oldest_glibc:
        oldest = ".".join(map(str, simulator.oldest_glibc))
        return f"it needs the GNU C library {oldest} or newer" if any(simulator.oldest_glibc) else "there is no glibc"
    missing = swiftshader.missing_tool() if simulator.needs_swiftshader else ""
    return f"there is no {missing} to bring SwiftShader with" if missing else ""


def ensure_devices(builder: Builder, have: Mapping[str, str], simulators: tuple[Simulator, ...] = SIMULATORS) -> Found:
    """Set up each simulated device that can be had here. `have` are the variables that the tests would run with.

    Raises `Failure` for what is no matter of the machine or the network: a wrong hash, a full disk, an outdated lock.
    """
    python = builder.interpreter or this_interpreter()
    variables: dict[str, str] = {}
    skipped: dict[str, str] = {}
    for simulator in simulators:
        folder = simulator.environment.folder
        reason = refusal(simulator, python)
        try:
            if not reason:
                variables |= _ensure(simulator, builder, have)
        except Failure as failure:
            if failure.code is not ExitCode.NETWORK:
                raise
            reason = failure.what
        if reason:
            skipped[folder] = reason
            builder.steps.title(f"Leaving out {folder}: {reason}")
    if variables:
        variables["HOMESPUN_SIMULATED_DEVICES"] = "1"
    return Found(variables, skipped)


def _ensure(simulator: Simulator, builder: Builder, have: Mapping[str, str]) -> dict[str, str]:
    variables = {simulator.variable: str(builder.ensure(simulator.environment))}
    if simulator.needs_swiftshader:
        folder = builder.root / simulator.environment.folder / "swiftshader"
        builder.steps.run("SwiftShader", lambda _note: swiftshader.ensure_swiftshader(folder))
        variables |= swiftshader.variables(folder, have)
    return variables
