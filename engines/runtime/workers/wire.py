"""Devices, setups, ports and placements as JSON, and back; raises `BrokenFrame` for what is none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from engines.runtime.contract import Device, DeviceName, Kind, Mode, Node, Placement, Port, Setup
from engines.runtime.workers.frames import BrokenFrame, Message


def device_told(device: Device) -> Message:
    """A device as it travels."""
    return asdict(replace(device, options=dict(device.options)))


def device_heard(told: Any) -> Device:
    """A device that has travelled."""
    try:
        return Device(
            name=DeviceName(_text(told["name"])),
            provider=_text(told["provider"]),
            kind=Kind(told["kind"]),
            title=_text(told["title"]),
            vendor=_text(told["vendor"]),
            vendor_id=_whole(told["vendor_id"]),
            device_id=_whole(told["device_id"]),
            index=_whole(told["index"]),
            driver=_text(told["driver"]),
            library=_text(told["library"]),
            runtime=_text(told["runtime"]),
            options={_text(key): _text(value) for key, value in told["options"].items()},
            simulated=bool(told["simulated"]),
            python=_text(told["python"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BrokenFrame(f"no device ({error})") from error


def setup_told(setup: Setup) -> Message:
    """A setup as it travels: a worker has another current folder, so paths are whole."""
    return {
        "device": device_told(setup.device),
        "file": str(setup.file.absolute()),
        "shapes": dict(setup.shapes),
        "threads": setup.threads,
        "mode": setup.mode.value,
        "context": str(setup.context.absolute()) if setup.context else None,
        "proving": setup.proving,
    }


def setup_heard(told: Any) -> Setup:
    """A setup that has travelled."""
    try:
        context = told["context"]
        return Setup(
            device=device_heard(told["device"]),
            file=Path(_text(told["file"])),
            shapes={_text(name): _whole(size) for name, size in told["shapes"].items()},
            threads=_whole(told["threads"]),
            mode=Mode(told["mode"]),
            context=None if context is None else Path(_text(context)),
            proving=bool(told["proving"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BrokenFrame(f"no setup ({error})") from error


def ports_told(ports: Iterable[Port]) -> list[Message]:
    """Inputs or outputs as they travel."""
    return [{"name": port.name, "dtype": port.dtype.name, "shape": list(port.shape)} for port in ports]


def ports_heard(told: Any) -> tuple[Port, ...]:
    """Inputs or outputs that have travelled."""
    from engines.runtime.workers.tensors import DTYPES  # arrays are for who loads a model

    try:
        return tuple(
            Port(_text(one["name"]), DTYPES[one["dtype"]], tuple(_dimension(size) for size in one["shape"]))
            for one in told
        )
    except (KeyError, TypeError, ValueError) as error:
        raise BrokenFrame(f"no ports ({error})") from error


def placement_told(placement: Placement) -> Message:
    """A placement as it travels."""
    return {"assigned": _nodes_told(placement.assigned), "profiled": _nodes_told(placement.profiled)}


def placement_heard(told: Any) -> Placement:
    """A placement that has travelled."""
    try:
        return Placement(_nodes_heard(told["assigned"]), _nodes_heard(told["profiled"]))
    except (KeyError, TypeError, ValueError) as error:
        raise BrokenFrame(f"no placement ({error})") from error


def _nodes_told(nodes: Sequence[Node]) -> list[list[Any]]:
    return [[node.name, node.operator, node.provider, node.work] for node in nodes]


def _nodes_heard(told: Iterable[Sequence[Any]]) -> tuple[Node, ...]:
    return tuple(
        Node(_text(name), _text(operator), _text(provider), None if work is None else _whole(work))
        for name, operator, provider, work in told
    )


def seconds_heard(told: Mapping[str, Any]) -> float:
    """The seconds that an answer says it took."""
    seconds = told.get("seconds")
    if not isinstance(seconds, int | float) or not 0 <= seconds < 1e9:
        raise BrokenFrame("an answer without its time")
    return float(seconds)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r:.80} is no text")
    return value


def _whole(value: Any) -> int:
    if type(value) is not int:
        raise TypeError(f"{value!r:.80} is no whole number")
    return value


def _dimension(value: Any) -> int | str:
    return value if isinstance(value, str) else _whole(value)
