"""The networks of a pipeline: what they must be, how they are opened and closed, and what happens when they fail."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from engines.diffusion import parts as module
from engines.diffusion.parts import Parts
from engines.diffusion.pipeline import Wish, inpaint
from engines.diffusion.rectify import Rectify
from engines.runtime import DeviceName, open_model
from homespun.errors import Damaged, NotFound
from homespun.progress import Cancel, Cancelled, Progress, Report
from models.pipelines import DECODER, ENCODER, PARTS, TEXT, TEXT_KV, UNET, Pipeline
from tests.engines.diffusion.tiny import Graph, Sizes, tiny_pipeline

Floats = NDArray[np.float32]
Hole = NDArray[np.bool_]


# --- what they compute ---


def test_a_picture_goes_in_as_minus_one_to_one_and_comes_out_as_zero_to_one(nine: Pipeline, pixels: Floats) -> None:
    with Parts(nine) as parts:
        latent = parts.encode(pixels)
        picture = parts.decode(latent)
    squares = (pixels * 2 - 1).reshape(4, 8, 6, 8, 3).transpose(0, 2, 4, 1, 3).reshape(4, 6, 192)
    matrix = np.random.default_rng(4).standard_normal((192, 4)) / np.sqrt(192)
    assert latent == pytest.approx((squares @ matrix).transpose(2, 0, 1)[None], abs=1e-5)
    assert latent.dtype == picture.dtype == np.float32
    assert picture.shape == (32, 48, 3)
    back = np.random.default_rng(5).standard_normal((4, 192)) * 0.2 / np.sqrt(4)
    rows = (latent[0].transpose(1, 2, 0) @ back).reshape(4, 6, 3, 8, 8).transpose(0, 3, 1, 4, 2).reshape(32, 48, 3)
    assert picture == pytest.approx(np.clip(rows / 2 + 0.5, 0, 1), abs=1e-5)


def test_text_becomes_keys_and_values_side_by_side(nine: Pipeline) -> None:
    with Parts(nine) as parts:
        states = parts.said("a wall")
        k, v = parts.keys_values(states)
    assert states.shape == (12, 6)
    assert k.shape == v.shape == (12, 8)
    matrix = np.random.default_rng(2).standard_normal((6, 8)) / np.sqrt(6)
    assert k == pytest.approx(states @ matrix, abs=1e-5)


def test_each_part_tells_where_and_how_long_it_ran(nine: Pipeline) -> None:
    with Parts(nine) as parts:
        parts.said("")
        parts.said("")
        assert parts.ran_on == {TEXT: "cpu"}
        assert len(parts.runs[TEXT]) == 2
        assert list(parts.loads) == [TEXT]
        assert "Runs on the CPU" in parts.why()[TEXT].sentences[0]


def test_an_asked_device_that_is_not_there_is_told(nine: Pipeline) -> None:
    with Parts(nine, device=DeviceName("nowhere:npu")) as parts, pytest.raises(NotFound, match="no device"):
        parts.said("")


# --- the contract ---


def another(name: str, dtype: str, *shape: int | str) -> Callable[[Graph], None]:
    """The part takes `name` in another shape or dtype, and gives what it gives without looking at anything."""

    def change(graph: Graph) -> None:
        graph.inputs[name] = (dtype, shape)
        graph.nodes = []
        for output, (_, size) in graph.outputs.items():
            graph.do("Identity", graph.const(np.zeros([int(n) for n in size])), into=output)

    return change


def giving(name: str, *shape: int) -> Callable[[Graph], None]:
    def change(graph: Graph) -> None:
        graph.outputs = {name: ("float32", shape)}
        graph.nodes = []
        graph.do("Identity", graph.const(np.zeros(shape)), into=name)

    return change


@pytest.mark.parametrize(
    ("part", "change", "told"),
    [
        (UNET, another("sample", "float32", 1, 4, 4, 6), r"input sample is float32 \[1, 4, 4, 6\] and should be float32 \[1, 9, 4, 6\]"),
        (UNET, another("timestep", "int64", 1), r"input timestep is int64 \[1\] and should be float32 \[1\]"),
        (UNET, another("timestep", "float32"), r"input timestep is float32 \[\] and should be float32 \[1\]"),
        (UNET, another("k", "float32", 1, "words", 8), r"input k is float32 \[1, words, 8\] and should be float32 \[1, 12, 8\]"),
        (UNET, another("bias_24", "float32", 1, 1, 1, 25), r"input bias_24 is float32 \[1, 1, 1, 25\]"),
        (UNET, another("bias_99", "float32", 1, 1, 1, 99), r"it has the input bias_99, which nobody knows"),
        (UNET, giving("noise", 1, 4, 4, 6), r"it should have the output out_sample, and has noise"),
        (TEXT, another("input_ids", "int64", 1, 77), r"input input_ids is int64 \[1, 77\]"),
        (TEXT, another("attention_mask", "int64", 1, 12), "it has the input attention_mask"),
        (TEXT_KV, another("last_hidden_state", "float32", 1, 12, 7), r"should be float32 \[1, 12, 6\]"),
        (ENCODER, giving("latent", 1, 8, 4, 6), r"output latent is float32 \[1, 8, 4, 6\] and should be float32 \[1, 4, 4, 6\]"),
        (DECODER, giving("pixels", 1, 3, 64, 64), r"output pixels is float32 \[1, 3, 64, 64\]"),
    ],
)  # fmt: skip
def test_a_part_with_another_contract_says_what_was_expected_and_found(
    tmp_path: Path, pixels: Floats, mask: Hole, part: str, change: Callable[[Graph], None], told: str
) -> None:
    pipeline = tiny_pipeline(tmp_path / "tiny", changes={part: change})
    with Parts(pipeline) as parts, pytest.raises(Damaged, match=told) as caught:
        inpaint(parts, pixels, mask, Wish("a wall"))
    assert part in caught.value.what
    assert "Export the pipeline again" in caught.value.todo


def test_a_part_without_an_input_says_which(tmp_path: Path) -> None:
    def without(graph: Graph) -> None:
        another("k", "float32", 1)(graph)
        del graph.inputs["k"]

    nothing = np.zeros(1, np.float32)
    pipeline = tiny_pipeline(tmp_path / "tiny", changes={UNET: without})
    with Parts(pipeline) as parts, pytest.raises(Damaged, match="should have the input k, and has bias_24, sample"):
        parts.unet(nothing, 1.0, nothing, nothing)


def test_a_part_that_is_no_model_is_told(tmp_path: Path, pixels: Floats) -> None:
    pipeline = tiny_pipeline(tmp_path / "tiny")
    (pipeline.folder / ENCODER).write_bytes(b"\x00" * pipeline.size_of(ENCODER))
    with Parts(pipeline) as parts, pytest.raises(Damaged, match="vae_encoder"):
        parts.encode(pixels)


def test_an_output_of_open_size_is_held_against_the_contract_when_it_is_there(tmp_path: Path, pixels: Floats) -> None:
    def opened(graph: Graph) -> None:
        graph.outputs = {"latent": ("float32", (1, 4, "high", "wide"))}
        graph.nodes = []
        zero = graph.reshape(graph.do("ReduceMin", graph.do("ArgMax", "pixels")), 1)
        size = graph.do("Add", graph.const([1, 4, 6, 4], "int64"), zero)
        graph.do("Reshape", graph.const(np.zeros(96)), size, into="latent")

    pipeline = tiny_pipeline(tmp_path / "tiny", changes={ENCODER: opened})
    told = r"gave latent as float32 \[1, 4, 6, 4\] and should as float32 \[1, 4, 4, 6\]"
    with Parts(pipeline) as parts, pytest.raises(Damaged, match=told):
        parts.encode(pixels)


def test_a_network_with_room_for_pairs_takes_both_rules(tmp_path: Path, mask: Hole) -> None:
    def paired(graph: Graph) -> None:
        graph.inputs["bias_24"] = ("float32", (1, 1, 24, 24))

    pipeline = tiny_pipeline(tmp_path / "tiny", Sizes(channels=4), {UNET: paired})
    plain = tiny_pipeline(tmp_path / "plain", Sizes(channels=4))
    sample = np.random.default_rng(0).standard_normal(pipeline.latent, dtype=np.float32)
    answers = {}
    with Parts(pipeline) as parts, Parts(plain) as rows:
        k, v = parts.keys_values(parts.said(""))
        for name, rectify in {"key_mask": Rectify(), "paper": Rectify(rule="paper")}.items():
            answers[name] = parts.unet(sample, 1.0, k, v, rectify.biases(mask, pipeline, 0.0))
        none = parts.unet(sample, 1.0, k, v)
        by_row = rows.unet(sample, 1.0, k, v, Rectify().biases(mask, plain, 0.0))
    assert answers["key_mask"] == pytest.approx(by_row, abs=1e-6)
    assert np.abs(answers["paper"] - none).max() > 1e-3
    assert np.abs(answers["paper"] - answers["key_mask"]).max() > 1e-3


# --- numbers that are none ---


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("wrong", [np.nan, np.inf])
def test_numbers_that_are_none_name_the_part(
    tmp_path: Path, pixels: Floats, mask: Hole, part: str, wrong: float
) -> None:
    def spoil(graph: Graph) -> None:
        output = next(iter(graph.outputs))
        graph.nodes = [node.replace(output.encode(), b"X" * len(output)) for node in graph.nodes]
        if part == UNET:  # its inputs' names must stay
            graph.nodes = []
            graph.do("Slice", "sample", graph.const([0], "int64"), graph.const([4], "int64"), graph.const([1], "int64"),
                     into="X" * len(output))  # fmt: skip
        graph.do("Add", "X" * len(output), graph.const([wrong]), into=output)

    pipeline = tiny_pipeline(tmp_path / "tiny", changes={part: spoil})
    with Parts(pipeline) as parts, pytest.raises(Damaged, match="NaN or infinity, on cpu") as caught:
        inpaint(parts, pixels, mask, Wish("a wall"))
    assert part in caught.value.what


# --- stopping ---

BUSY = 3.0
"""Seconds that stopping may take here. It takes .6 at most; but not on a machine that runs other tests besides. Not stopped,
the runs below would take much longer."""


class Asker:
    """Somebody who asks to stop as soon as he looks."""

    def __init__(self) -> None:
        self.cancel, self.asked = Cancel(), 0.0

    def tick(self) -> None:
        if not self.asked:
            self.asked = time.perf_counter()
            self.cancel.cancel()


def test_an_opening_that_can_t_be_stopped_is_not_waited_for(nine: Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    go, real, ends = threading.Event(), open_model, []

    def slow(*args: Any, **named: Any) -> Any:
        assert go.wait(30)
        ends.append(time.perf_counter())
        return real(*args, **named)

    monkeypatch.setattr(module, "open_model", slow)
    asker = Asker()
    with Parts(nine) as parts:
        with parts.watched(asker), pytest.raises(Cancelled):
            parts.said("")
        took = time.perf_counter() - asker.asked
        go.set()
        assert parts.said("").shape == (12, 6)  # what was left to itself is in nobody's way
    assert took < BUSY
    assert len(ends) == 1


def slow(graph: Graph) -> None:
    """The decoder, after seconds of large products that end as zeros."""
    rows = graph.reshape("latent", 1, 96)
    x = graph.do("Add", graph.do("MatMul", rows, graph.noise(96, 1024)), graph.const(np.zeros((512, 1024))))
    matrix = graph.noise(1024, 1024)
    for _ in range(400):
        x = graph.do("MatMul", x, matrix)
    none = graph.do("Mul", graph.do("ReduceMin", x), graph.const([0.0]))
    end = graph.outputs.pop("pixels")
    graph.nodes = [node.replace(b"pixels", b"pixel0") for node in graph.nodes]
    graph.do("Add", "pixel0", graph.reshape(none, 1), into="pixels")
    graph.outputs["pixels"] = end


def test_a_run_is_stopped_within_a_second_and_the_next_one_is_right(tmp_path: Path, pixels: Floats, mask: Hole) -> None:
    pipeline = tiny_pipeline(tmp_path / "tiny", changes={DECODER: slow})
    progress = Progress()
    asked: list[float] = []

    def ask(report: Report) -> None:
        if report.note.startswith("finishing"):
            asked.append(time.perf_counter())
            progress.cancel.cancel()

    progress.show = ask
    with Parts(pipeline) as parts:
        parts.said("")
        with pytest.raises(Cancelled):
            inpaint(parts, pixels, mask, Wish("a wall"), progress=progress)
        took = time.perf_counter() - asked[0]
        latent = parts.encode(pixels)
        assert DECODER not in parts.runs  # it was stopped, not left to itself
    assert took < BUSY
    assert np.isfinite(latent).all()


def test_closing_twice_is_no_fault_and_a_closed_pipeline_runs_nothing(nine: Pipeline) -> None:
    parts = Parts(nine)
    parts.said("")
    parts.close()
    parts.close()
    assert not parts.is_open(TEXT)
    with pytest.raises(RuntimeError):
        parts.said("")


def jobs(parts: Parts) -> int:
    """Blocks that hold the UNet on its device, once everything that was begun is over."""
    parts.said("")
    return parts._sessions[UNET]._jobs


def test_steps_stay_on_the_device_they_began_on_and_no_longer(nine: Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    with Parts(nine) as parts:
        with parts.steady():
            assert jobs(parts) == 1
        assert jobs(parts) == 0
        go = threading.Event()
        real = parts._begun
        monkeypatch.setattr(parts, "_begun", lambda cancel: real(Cancel()) if go.wait(30) else None)
        with parts.watched(Asker()), pytest.raises(Cancelled), parts.steady():
            raise AssertionError
        go.set()
        assert jobs(parts) == 0
