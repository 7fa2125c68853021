"""The processor itself: always there, and the reference that every other device is held against."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engines.runtime import failures, owners
from engines.runtime.contract import CPU, DeviceName, Plan, Port, Refusal
from homespun.progress import Cancel

if TYPE_CHECKING:
    import onnxruntime
    from numpy.typing import NDArray

CPU_PROVIDER = "CPUExecutionProvider"
"""What the runtime calls it."""

DTYPES = {
    "tensor(float)": "float32",
    "tensor(float16)": "float16",
    "tensor(double)": "float64",
    "tensor(int64)": "int64",
    "tensor(int32)": "int32",
    "tensor(int8)": "int8",
    "tensor(uint8)": "uint8",
    "tensor(bool)": "bool",
}


class Cpu:
    """Runs models in this process, with ONNX Runtime's own kernels."""

    device: DeviceName = CPU

    def refusal(self) -> Refusal | None:
        """None: there is always a processor."""
        return None

    def load(self, file: Path, plan: Plan) -> LoadedOnCpu:
        """The model in `file`, ready on `plan.threads` threads. Raises `NotFound` and `Damaged`."""
        runtime = imported()
        options = runtime.SessionOptions()
        options.intra_op_num_threads = plan.threads
        options.inter_op_num_threads = 1
        options.execution_mode = runtime.ExecutionMode.ORT_SEQUENTIAL
        # A spinning thread burned 36 ms of a core after each run and gained nothing (dispatch.md §5.3).
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.add_session_config_entry("session.inter_op.allow_spinning", "0")
        # The memory pattern remembers one plan per shape: with shapes that vary it kept 522 MB where 388 did (§5.3).
        options.enable_mem_pattern = False
        options.log_severity_level = 3
        try:
            session = runtime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
        except Exception as error:  # sorted by load_failed, which gives back what it does not know
            raise failures.load_failed(file, error) from error
        return LoadedOnCpu(file.parent.name, session, runtime.RunOptions)


class LoadedOnCpu:
    """One ONNX Runtime session on the processor. Several threads may run it at once."""

    def __init__(
        self, name: str, session: onnxruntime.InferenceSession, run_options: type[onnxruntime.RunOptions]
    ) -> None:
        self._name = name
        self._session: onnxruntime.InferenceSession | None = session
        self._run_options = run_options
        self.inputs: Sequence[Port] = tuple(map(port, session.get_inputs()))
        self.outputs: Sequence[Port] = tuple(map(port, session.get_outputs()))
        self._names = [output.name for output in self.outputs]

    def run(self, inputs: Mapping[str, NDArray[Any]], cancel: Cancel | None) -> dict[str, NDArray[Any]]:
        """All outputs, each in memory of its own. Raises `Cancelled` within an operator's time of `cancel`."""
        import numpy as np

        return {name: np.array(array, order="C") for name, array in self.borrowed(inputs, cancel).items()}

    def borrowed(self, inputs: Mapping[str, NDArray[Any]], cancel: Cancel | None) -> dict[str, NDArray[Any]]:
        """As `run`, but in the runtime's own memory, which ends with the session."""
        if self._session is None:
            raise ValueError("the session is closed")
        options = self._run_options()
        try:
            with stopping(options, cancel):
                found = self._session.run(self._names, dict(inputs), options)
        except Exception as error:  # sorted by run_failed, which gives back what it does not know
            raise failures.run_failed(self._name, error) from error
        return dict(zip(self._names, found, strict=True))

    def close(self) -> None:
        """Let go of the model."""
        self._session = None


@contextmanager
def stopping(options: onnxruntime.RunOptions, cancel: Cancel | None) -> Iterator[None]:
    """Passes `cancel` on, while the block runs, to the run that `options` belongs to."""
    if cancel is None:
        yield
        return

    def stop() -> None:
        options.terminate = True

    with cancel.calling(stop):
        yield


def port(argument: onnxruntime.NodeArg) -> Port:
    """An input or output as the runtime describes it. A dimension without a size or name gets the name `?`+position."""
    import numpy as np

    shape = tuple(d if isinstance(d, int | str) else f"?{argument.name}.{i}" for i, d in enumerate(argument.shape))
    return Port(argument.name, np.dtype(DTYPES[argument.type]), shape)


def imported() -> Any:
    """ONNX Runtime, imported on first use (60 ms). Raises a sentence when it is missing or two of it are mixed."""
    try:
        import onnxruntime

        onnxruntime.InferenceSession  # noqa: B018 - two packages in one folder import, but are empty
    except (ImportError, AttributeError) as error:
        raise owners.import_failed(owners.installed_owners(), error) from error
    return onnxruntime
