"""A provider without hardware and without ONNX Runtime that can do everything that goes wrong with real ones.

Register it in the app's table, and any worker finds it, since the app sends the row:

    monkeypatch.setitem(PROVIDERS, "fake", fake_provider.ROW)

What a device does stands in its options, all texts (`device` makes one):

- `fault`: one of `Fault`, "ok" when absent.
- `faults`: a file. While it is there, its text is the fault of every load and run from then on, in place of `fault`: so a
  device can be proved first and break afterwards, in whichever process. Write it with `set_fault`, which replaces it whole.
- `after`: that many runs of a process go well before the fault begins.
- `compute`: "double" (y = 2 x, float32 of any shape; the default), or "cpu": the model file runs on ONNX Runtime's CPU, so
  that the numbers are right for any model, and the fault is put on top.
- `shape`: the dimensions of x for "double", "rows,columns" when absent; `Setup.shapes` fixes them by name.
- `text`: what "raise" says; `seconds`: what both "slow" take (0.5); `marker`: the memory of the faults that happen once;
  `most`: elements above which "out-of-memory" raises (1,000); `bytes`: what "huge-rss" takes (300,000,000).
- `nodes`: how many nodes the placement has (20).

The devices that `find` lists come from the environment variable `DEVICES` as `list_devices` writes it; one good NPU when it is
not set.
"""

from __future__ import annotations

import faulthandler
import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
from numpy.typing import NDArray

from engines.runtime.contract import (
    Device,
    DeviceFailed,
    DeviceName,
    Kind,
    Loaded,
    Node,
    Placement,
    Plan,
    Port,
    Reason,
    Setup,
)
from homespun.progress import Cancel, Cancelled

ROW = "tests.engines.runtime.fake_provider:Fake"
ALONE_ROW = "tests.engines.runtime.fake_provider:FakeAlone"
DEVICES = "HOMESPUN_TEST_DEVICES"
EXECUTION_PROVIDER = "FakeExecutionProvider"
LOOK_EVERY = 0.005


class Fault(StrEnum):
    """What may go wrong."""

    OK = "ok"
    # Where the nodes go.
    SILENT_CPU = "silent-cpu"
    PARTIAL = "partial"
    UNKNOWN_PLACEMENT = "unknown-placement"
    # What comes out.
    WRONG_NOISE = "wrong-noise"
    WRONG_BLACK = "wrong-black"
    WRONG_NAN = "wrong-nan"
    WRONG_SHAPE = "wrong-shape"
    # How a run ends.
    SLOW = "slow"
    SLOW_IGNORING_TERMINATE = "slow-ignoring-terminate"
    RAISE = "raise"
    SEGV = "segv"
    ABORT = "abort"
    EXIT = "exit"
    HANG = "hang"
    HANG_IGNORING_TERMINATE = "hang-ignoring-terminate"
    DEVICE_LOST = "device-lost"
    DEVICE_LOST_ONCE = "device-lost-once"
    CRASH_ONCE = "crash-once"
    OUT_OF_MEMORY = "out-of-memory"
    HUGE_RSS = "huge-rss"
    STDERR_FLOOD = "stderr-flood"
    CHATTY = "chatty"
    EXIT_AFTER_RESULT = "exit-after-result"
    # How a load ends.
    CRASH_AT_LOAD = "crash-at-load"
    HANG_AT_LOAD = "hang-at-load"
    RAISE_AT_LOAD = "raise-at-load"
    NO_BACKEND_AT_LOAD = "no-backend-at-load"
    STALE_CONTEXT = "stale-context"
    # How a compilation ends.
    COMPILE_FAILS = "compile-fails"
    # How a search for devices ends; in the options of any device of the list.
    CRASH_AT_FIND = "crash-at-find"
    HANG_AT_FIND = "hang-at-find"
    RAISE_AT_FIND = "raise-at-find"


def device(
    fault: Fault = Fault.OK, *, name: str = "fake:npu", kind: Kind = Kind.NPU, provider: str = "fake", **options: str
) -> Device:
    """A device that does `fault`; `options` as above."""
    return Device(
        name=DeviceName(name),
        provider=provider,
        kind=kind,
        title=f"Fake {kind.value.upper()}",
        vendor="Nobody",
        driver="1.0",
        library="1.0",
        options={"fault": fault.value, **options},
    )


def list_devices(devices: Iterable[Device]) -> str:
    """The text for the environment variable `DEVICES`."""
    return json.dumps([{"name": d.name, "kind": d.kind.value, "options": dict(d.options)} for d in devices])


def set_fault(file: Path, fault: Fault) -> None:
    """Make `fault` the fault of every device whose option `faults` is `file`."""
    new = file.with_name(f"{file.name}.{threading.get_ident()}")
    new.write_text(fault.value, encoding="utf-8")
    new.replace(file)


class Fake:
    """The provider."""

    name = "fake"
    title = "Fake"
    kinds = frozenset({Kind.NPU, Kind.GPU})
    proved_on = ""
    static = False
    alone = False
    compiles = True
    load_seconds = 5.0
    failures = (
        (r"887A0005|device (was )?lost", Reason.DEVICE_LOST),
        (r"out of (device )?memory", Reason.NO_MEMORY),
        (r"default backend path", Reason.NO_BACKEND),
        (r"CREATE_FROM_BINARY", Reason.STALE_CONTEXT),
        (r"failed to finalize", Reason.COMPILE),
    )

    def installed(self) -> bool:
        """Always: it is this file."""
        return True

    def brought_by(self, packages: Iterable[str]) -> bool:
        """By the tests themselves."""
        return "homespun-tests" in packages

    def find(self) -> list[Device]:
        """What the environment variable says."""
        told = os.environ.get(DEVICES)
        if told is None:
            return [device(provider=self.name)]
        found = [
            device(name=one["name"], kind=Kind(one["kind"]), provider=self.name, **one["options"])
            for one in map(_without_name_clash, json.loads(told))
        ]
        for one in found:
            match one.options.get("fault"):
                case Fault.CRASH_AT_FIND:
                    _read_nothing()
                case Fault.HANG_AT_FIND:
                    _sleep_for_ever()
                case Fault.RAISE_AT_FIND:
                    raise RuntimeError(one.options.get("text", "no adapter answers"))
        return found

    def load(self, setup: Setup) -> FakeLoaded:
        """A model that doubles, or whatever the file holds, unless the fault is one of loading."""
        match fault_of(setup.device.options):
            case Fault.CRASH_AT_LOAD:
                _read_nothing()
            case Fault.HANG_AT_LOAD:
                _sleep_for_ever()
            case Fault.RAISE_AT_LOAD:
                raise RuntimeError(setup.device.options.get("text", "the driver does not like this graph"))
            case Fault.NO_BACKEND_AT_LOAD:
                # As QNN does: the exception says little, the cause stands on the standard error.
                os.write(2, b"Could not determine default backend path for device\n")
                raise RuntimeError("initialisation failed")
            case Fault.STALE_CONTEXT if setup.context is not None:
                raise RuntimeError("QNN_CONTEXT_ERROR_CREATE_FROM_BINARY")
        return FakeLoaded(setup)

    def compile(self, setup: Setup, target: Path) -> None:
        """A file that says what it was made from."""
        match fault_of(setup.device.options):
            case Fault.COMPILE_FAILS:
                raise RuntimeError("Failed to finalize the graph. Error: 1002")
            case Fault.CRASH_AT_LOAD:
                _read_nothing()
            case Fault.HANG_AT_LOAD:
                _sleep_for_ever()
        with target.open("x", encoding="utf-8") as stream:
            json.dump({"compiled from": setup.file.name, "shapes": dict(setup.shapes)}, stream)


class FakeAlone(Fake):
    """The same, but a process may hold only one session."""

    name = "fake-alone"
    alone = True

    sessions = 0

    def load(self, setup: Setup) -> FakeLoaded:
        """As `Fake.load`; a second session in one process is what must not happen."""
        FakeAlone.sessions += 1
        if FakeAlone.sessions > 1:
            os.abort()
        return super().load(setup)


class FakeLoaded:
    """One loaded model."""

    def __init__(self, setup: Setup) -> None:
        self._options = setup.device.options
        self._proving = setup.proving
        self._runs = 0
        self._kept: list[NDArray[Any]] = []
        self._cpu: Loaded | None = None
        if self._options.get("compute") == "cpu":
            from engines.runtime.providers.cpu import Cpu

            self._cpu = Cpu().load(setup.file, Plan(setup.threads, 1))
            self.inputs, self.outputs = tuple(self._cpu.inputs), tuple(self._cpu.outputs)
        else:
            names = self._options.get("shape", "rows,columns").split(",")
            shape = tuple(int(name) if name.isdigit() else setup.shapes.get(name, name) for name in names)
            self.inputs = (Port("x", np.dtype(np.float32), shape),)
            self.outputs = (Port("y", np.dtype(np.float32), shape),)

    def run(self, inputs: Mapping[str, NDArray[Any]], cancel: Cancel | None) -> dict[str, NDArray[Any]]:
        """The right outputs, or what the fault makes of them."""
        self._runs += 1
        fault = fault_of(self._options)
        if self._runs <= int(self._options.get("after", "0")):
            fault = Fault.OK
        before = BEFORE.get(fault)
        if before is not None:
            before(self, inputs, cancel)
        if self._cpu is not None:
            outputs = self._cpu.run(inputs, cancel)
        else:
            outputs = {"y": np.multiply(inputs["x"], np.float32(2), dtype=np.float32)}
        after = AFTER.get(fault)
        return outputs if after is None else {name: after(array) for name, array in outputs.items()}

    def placement(self) -> Placement:
        """A chain of convolutions of equal work on this provider, with an activation after each, unless the fault says else."""
        if not self._proving or not self._runs:
            return Placement((), ())
        fault = fault_of(self._options)
        if fault is Fault.UNKNOWN_PLACEMENT:
            return Placement((), ())
        assigned, profiled = [], []
        for index in range(int(self._options.get("nodes", "20"))):
            on_cpu = fault is Fault.SILENT_CPU or (fault is Fault.PARTIAL and index % 3 == 2)
            where = "CPUExecutionProvider" if on_cpu else EXECUTION_PROVIDER
            work = Node(f"conv{index}", "Conv", where, 1_000_000)
            assigned += [work, Node(f"relu{index}", "Relu", where)]
            if on_cpu and fault is Fault.PARTIAL:
                profiled.append(Node(f"Memcpy_out{index}", "MemcpyToHost", EXECUTION_PROVIDER))
            profiled.append(Node(f"fused{index}", "Conv", where, 1_000_000))
            if on_cpu and fault is Fault.PARTIAL:
                profiled.append(Node(f"Memcpy_in{index}", "MemcpyFromHost", EXECUTION_PROVIDER))
        return Placement(tuple(assigned), tuple(profiled))

    def close(self) -> None:
        """Let go of what "huge-rss" has taken."""
        self._kept.clear()
        if self._cpu is not None:
            self._cpu.close()

    # --- faults before the numbers are there ---

    def slow(self, _inputs: Mapping[str, NDArray[Any]], cancel: Cancel | None) -> None:
        """Take a while; can be stopped."""
        until = time.monotonic() + float(self._options.get("seconds", "0.5"))
        while time.monotonic() < until:
            _look(cancel)

    def slow_and_deaf(self, _inputs: Mapping[str, NDArray[Any]], _cancel: Cancel | None) -> None:
        """Take a while; can't be stopped."""
        time.sleep(float(self._options.get("seconds", "0.5")))

    def hang(self, _inputs: Mapping[str, NDArray[Any]], cancel: Cancel | None) -> None:
        """Wait for ever; can be stopped."""
        while True:
            _look(cancel)

    def deaf(self, _inputs: Mapping[str, NDArray[Any]], _cancel: Cancel | None) -> None:
        """Wait for ever; can't be stopped."""
        _sleep_for_ever()

    def fail(self, _inputs: Mapping[str, NDArray[Any]], _cancel: Cancel | None) -> None:
        """Raise `text`."""
        raise RuntimeError(self._options.get("text", "something went wrong in a kernel"))

    def lose(self, _inputs: Mapping[str, NDArray[Any]], _cancel: Cancel | None) -> None:
        """The device is gone, and stays so in this process."""
        raise RuntimeError("DXGI_ERROR_DEVICE_REMOVED 887A0005")

    def lose_once(self, inputs: Mapping[str, NDArray[Any]], cancel: Cancel | None) -> None:
        """The device is gone the first time that anybody asks."""
        if _first_time(self._options):
            self.lose(inputs, cancel)

    def crash(self, _inputs: Mapping[str, NDArray[Any]], _cancel: Cancel | None) -> None:
        """Read where nothing is."""
        os.write(2, b"last words before the crash\n")
        _read_nothing()

    def crash_once(self, inputs: Mapping[str, NDArray[Any]], cancel: Cancel | None) -> None:
        """Crash the first time that anybody asks."""
        if _first_time(self._options):
            self.crash(inputs, cancel)

    def abort(self, _inputs: Mapping[str, NDArray[Any]], _cancel: Cancel | None) -> None:
        """As a failed assertion does."""
        os.abort()

    def exit(self, _inputs: Mapping[str, NDArray[Any]], _cancel: Cancel | None) -> None:
        """As a driver that ends the process does."""
        os._exit(3)

    def run_out(self, inputs: Mapping[str, NDArray[Any]], _cancel: Cancel | None) -> None:
        """Large inputs don't fit."""
        if sum(array.size for array in inputs.values()) > int(self._options.get("most", "1000")):
            raise DeviceFailed(Reason.NO_MEMORY, "out of device memory")

    def swell(self, _inputs: Mapping[str, NDArray[Any]], cancel: Cancel | None) -> None:
        """Take memory and keep it, and be busy for long enough to be seen."""
        self._kept.append(np.ones(int(self._options.get("bytes", "300000000")), np.uint8))
        until = time.monotonic() + 1
        while time.monotonic() < until:
            _look(cancel)

    def flood(self, _inputs: Mapping[str, NDArray[Any]], _cancel: Cancel | None) -> None:
        """A megabyte of warnings."""
        for _ in range(16):
            os.write(2, b"W" * 65_535 + b"\n")

    def chat(self, _inputs: Mapping[str, NDArray[Any]], _cancel: Cancel | None) -> None:
        """Print to the standard output, in Python and below it."""
        print("compiling shaders ...")
        sys.stdout.flush()
        os.write(1, b'\x00\x00\x00\x12{"call":1,"ok":1}')

    def crash_soon(self, _inputs: Mapping[str, NDArray[Any]], _cancel: Cancel | None) -> None:
        """Crash when the answer has been given, as some drivers do when they are released."""
        threading.Timer(0.1, os.kill, (os.getpid(), signal.SIGSEGV)).start()


BEFORE: dict[Fault, Callable[[FakeLoaded, Mapping[str, NDArray[Any]], Cancel | None], None]] = {
    Fault.SLOW: FakeLoaded.slow,
    Fault.SLOW_IGNORING_TERMINATE: FakeLoaded.slow_and_deaf,
    Fault.RAISE: FakeLoaded.fail,
    Fault.SEGV: FakeLoaded.crash,
    Fault.ABORT: FakeLoaded.abort,
    Fault.EXIT: FakeLoaded.exit,
    Fault.HANG: FakeLoaded.hang,
    Fault.HANG_IGNORING_TERMINATE: FakeLoaded.deaf,
    Fault.DEVICE_LOST: FakeLoaded.lose,
    Fault.DEVICE_LOST_ONCE: FakeLoaded.lose_once,
    Fault.CRASH_ONCE: FakeLoaded.crash_once,
    Fault.OUT_OF_MEMORY: FakeLoaded.run_out,
    Fault.HUGE_RSS: FakeLoaded.swell,
    Fault.STDERR_FLOOD: FakeLoaded.flood,
    Fault.CHATTY: FakeLoaded.chat,
    Fault.EXIT_AFTER_RESULT: FakeLoaded.crash_soon,
}


def _noise(array: NDArray[Any]) -> NDArray[Any]:
    """Nothing but noise of the same shape."""
    return np.random.default_rng(1).normal(size=array.shape).astype(array.dtype)


def _black(array: NDArray[Any]) -> NDArray[Any]:
    """Nothing."""
    return np.zeros_like(array)


def _nan(array: NDArray[Any]) -> NDArray[Any]:
    """Right but for one number that is none."""
    wrong = array.copy()
    if np.issubdtype(array.dtype, np.floating) and array.size:
        wrong.flat[0] = np.nan
    return wrong


def _shorter(array: NDArray[Any]) -> NDArray[Any]:
    """Right, but flat."""
    return array.reshape(-1)


AFTER: dict[Fault, Callable[[NDArray[Any]], NDArray[Any]]] = {
    Fault.WRONG_NOISE: _noise,
    Fault.WRONG_BLACK: _black,
    Fault.WRONG_NAN: _nan,
    Fault.WRONG_SHAPE: _shorter,
}


def fault_of(options: Mapping[str, str]) -> Fault:
    """The fault that is on now."""
    file = options.get("faults")
    if file:
        try:
            return Fault(Path(file).read_text(encoding="utf-8"))
        except FileNotFoundError:
            pass
    return Fault(options.get("fault", "ok"))


def _first_time(options: Mapping[str, str]) -> bool:
    """Whether nobody has made the marker yet; makes it."""
    try:
        Path(options["marker"]).touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def _look(cancel: Cancel | None) -> None:
    """Sleep a little, and stop when told to."""
    time.sleep(LOOK_EVERY)
    if cancel is not None and cancel.cancelled:
        raise Cancelled


def _read_nothing() -> NoReturn:
    """Read at address 0, as a driver with a bad pointer does."""
    faulthandler._sigsegv()  # type: ignore[attr-defined]  # no other way works on all systems
    raise AssertionError


def _sleep_for_ever() -> NoReturn:
    """What a driver that waits for its device does."""
    while True:
        time.sleep(3600)


def _without_name_clash(told: dict[str, Any]) -> dict[str, Any]:
    """One device of the list, its options without those that `device` names itself."""
    options = dict(told["options"])
    options["fault"] = Fault(options.get("fault", "ok"))
    return {**told, "options": options}
