"""A model that a provider has loaded: it runs in a worker process, and tells where its nodes went."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engines.runtime import failures
from engines.runtime.contract import DeviceFailed, Node, Placement, Port, Reason
from engines.runtime.providers.cpu import CPU_PROVIDER, imported, port, stopping
from homespun.progress import Cancel, Cancelled

if TYPE_CHECKING:
    import onnxruntime
    from numpy.typing import NDArray


class LoadedOnDevice:
    """One session on a device."""

    def __init__(
        self,
        session: onnxruntime.InferenceSession,
        run_options: type[onnxruntime.RunOptions],
        profile: tempfile.TemporaryDirectory[str] | None,
    ) -> None:
        self._session: onnxruntime.InferenceSession | None = session
        self._run_options = run_options
        self._profile = profile
        self._profiled: tuple[Node, ...] | None = None
        self.inputs: Sequence[Port] = tuple(map(port, session.get_inputs()))
        self.outputs: Sequence[Port] = tuple(map(port, session.get_outputs()))
        self._names = [output.name for output in self.outputs]

    def run(self, inputs: Mapping[str, NDArray[Any]], cancel: Cancel | None) -> dict[str, NDArray[Any]]:
        """All outputs, in the runtime's memory until the next call. Raises `Cancelled`, and what the runtime raises."""
        session = self._open()
        options = self._run_options()
        try:
            with stopping(options, cancel):
                found = session.run(self._names, dict(inputs), options)
        except Exception as error:
            if failures.is_runtime_error(error) and failures.STOPPED in str(error):
                raise Cancelled from error
            raise
        import numpy as np

        # The runtime owns these arrays: the worker copies them into shared memory before it does anything else.
        return {name: np.ascontiguousarray(array) for name, array in zip(self._names, found, strict=True)}

    def placement(self) -> Placement:
        """Where the nodes went: by the runtime's record where it keeps one, and by the profile of the runs so far."""
        return Placement(self._assigned(), self._profiled_nodes())

    def _assigned(self) -> tuple[Node, ...]:
        asked = getattr(self._open(), "get_provider_graph_assignment_info", None)
        if asked is None:
            return ()
        return tuple(
            Node(str(node.name), str(node.op_type), str(part.ep_name)) for part in asked() for node in part.get_nodes()
        )

    def _profiled_nodes(self) -> tuple[Node, ...]:
        from engines.runtime.proof.work import read_profile

        if self._profiled is None:
            self._profiled = ()
            if self._profile is not None:
                file = Path(self._open().end_profiling())
                with suppress(OSError, ValueError):
                    self._profiled = tuple(read_profile(file.read_text(encoding="utf-8", errors="replace")))
                self._profile.cleanup()
        return self._profiled

    def require_fixed_sizes(self) -> None:
        """Raise `DeviceFailed` if a size is still open: a misspelt override is ignored in silence (dispatch.md §2.5)."""
        free = [size for one in self.inputs for size in one.shape if isinstance(size, str)]
        if free:
            self.close()
            raise DeviceFailed(Reason.UNSUITABLE, f"sizes that nothing fixes: {', '.join(free)}")

    def require_device(self) -> None:
        """Raise `DeviceFailed` if the record says that the CPU has it all.

        A proved model may still end there in another process: a device that can't be opened is no error to some providers
        (dispatch.md §4.3). Runtimes before 1.32 leave kernels out of the record, so that theirs proves nothing.
        """
        if not keeps_whole_record():
            return
        providers = {node.provider for node in self._assigned()}
        if providers == {CPU_PROVIDER}:
            self.close()
            raise DeviceFailed(Reason.SILENT_CPU, "loaded, and every node is on the CPU")

    def _open(self) -> onnxruntime.InferenceSession:
        if self._session is None:
            raise ValueError("the session is closed")
        return self._session

    def close(self) -> None:
        """Let go of the model."""
        self._session = None
        if self._profile is not None:
            self._profile.cleanup()


def keeps_whole_record() -> bool:
    """Whether the runtime's record of placement has every node: the versions that can also list the hardware."""
    state = imported().capi._pybind_state  # noqa: SLF001  no public name tells
    return hasattr(state, "get_hardware_devices")
