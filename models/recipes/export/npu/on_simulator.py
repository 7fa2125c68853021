"""Runs a model on Qualcomm's simulator; for the Python of `.devices-qnn`, by its path and without any module of ours.

on_simulator.py MODEL SIZES_AS_JSON INPUTS.npz OUTPUTS.npz → prints {operator: {provider: nodes}} as JSON

INPUTS holds `CASE/INPUT` arrays; OUTPUTS gets `CASE/device` and `CASE/cpu`, the first output on the simulator and on the
processor, from the same file.
"""

from __future__ import annotations

import json
import sys

import numpy as np
import onnxruntime
import onnxruntime_qnn  # type: ignore[import-not-found]  # in .devices-qnn alone


def main() -> None:
    """The command line."""
    model, sizes, inputs, outputs = sys.argv[1:]
    cases: dict[str, dict[str, np.ndarray]] = {}
    with np.load(inputs) as given:
        for name in given.files:
            case, _, port = name.partition("/")
            cases.setdefault(case, {})[port] = given[name]
    name = onnxruntime_qnn.get_ep_name()
    onnxruntime.register_execution_provider_library(name, onnxruntime_qnn.get_library_path())
    device = next(one for one in onnxruntime.get_ep_devices() if one.ep_name == name)
    on_device = _options(json.loads(sizes))
    on_device.add_session_config_entry("session.record_ep_graph_assignment_info", "1")
    on_device.add_provider_for_devices([device], {"backend_path": onnxruntime_qnn.get_qnn_htp_path()})
    # enable_fallback: else an error while running is answered by the processor, with a line on the screen.
    simulated = onnxruntime.InferenceSession(model, on_device, enable_fallback=0)
    exact = onnxruntime.InferenceSession(model, _options(json.loads(sizes)), providers=["CPUExecutionProvider"])
    placed: dict[str, dict[str, int]] = {}
    for part in simulated.get_provider_graph_assignment_info():
        for node in part.get_nodes():
            counts = placed.setdefault(node.op_type, {})
            counts[part.ep_name] = counts.get(part.ep_name, 0) + 1
    found = {}
    for case, ports in cases.items():
        found[f"{case}/device"] = simulated.run(None, ports)[0]
        found[f"{case}/cpu"] = exact.run(None, ports)[0]
    np.savez(outputs, **found)
    sys.stdout.write(json.dumps(placed) + "\n")


def _options(sizes: dict[str, int]) -> onnxruntime.SessionOptions:
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    for name, size in sizes.items():
        options.add_free_dimension_override_by_name(name, size)
    return options


if __name__ == "__main__":
    main()
