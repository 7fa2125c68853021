"""A model as somebody opened it: what the processor runs, at which sizes a device may, and with which file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from engines.runtime.contract import (
    Device,
    DeviceName,
    Loaded,
    Mode,
    Port,
)
from engines.runtime.cores import cores_for
from engines.runtime.plan import QUANTISED
from engines.runtime.prepare import Bucket, Rules, follows
from models import Model, Task


@dataclass(frozen=True)
class Request:
    """A model as somebody opened it. `file` is what the processor runs, `asked` the device that was named, if any."""

    model: Model
    file: Path
    inputs: Sequence[Port]
    outputs: Sequence[Port]
    rules: Rules
    threads: int
    mode: Mode
    asked: DeviceName | None = None

    @classmethod
    def of(
        cls, model: Model, file: Path, loaded: Loaded, *, halo: int, mode: Mode, asked: DeviceName | None = None
    ) -> Request:
        """A graph of `model` that the processor has loaded from `file`."""
        rules = Rules(padded(model, loaded.inputs), halo)
        return cls(model, file, loaded.inputs, loaded.outputs, rules, cores_for(mode), mode, asked)

    @cached_property
    def buckets(self) -> tuple[Bucket, ...]:
        """The sizes at which a device may run it; none where outputs don't follow from inputs."""
        free = {size for port in self.inputs for size in port.shape if isinstance(size, str)}
        found = [graph.static for graph in self.model.graphs if graph.file == self.file.name]
        able = [{}] if not free else [bucket for bucket in (found[0] if found else ()) if set(bucket) == free]
        return tuple(bucket for bucket in able if follows(self.outputs, bucket))


def padded(model: Model, ports: Sequence[Port]) -> frozenset[str]:
    """The dimensions that a mask hides: words of a sentence encoder."""
    if model.task is not Task.SENTENCE_VECTORS or not any("mask" in port.name for port in ports):
        return frozenset()
    return frozenset(size for port in ports for size in port.shape if isinstance(size, str) and size != "batch")


def file_for(request: Request, device: Device) -> tuple[Path, str]:
    """The file that `device` runs, and its precision: the variant for its kind, if it is there, else the processor's file."""
    for variant in request.model.variants:
        if variant.of == request.file.name and device.kind in variant.kinds:
            file = request.file.with_name(variant.file)
            if file.is_file():
                return file, variant.precision
    return request.file, precision_of(request.model, request.file.name)


def precision_of(model: Model, file: str) -> str:
    """The precision of a file: what its name says, else the model's only one, else float."""
    named = next((one for one in (*QUANTISED, "fp16") if one in file), None)
    if named:
        return named
    return model.precisions[0] if len(model.precisions) == 1 else "fp32"
