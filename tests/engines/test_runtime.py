"""Sessions on the processor: what they check, how they stop, what they say."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest

import models
from engines.runtime import CPU, DeviceName, Mode, Reason, WrongInput, open_model
from engines.runtime.contract import Plan
from engines.runtime.opening import explain
from engines.runtime.prepare import Rules
from engines.runtime.providers.cpu import Cpu, LoadedOnCpu
from engines.runtime.requests import Request
from engines.runtime.session import Session
from homespun.errors import Damaged, NotFound
from homespun.progress import Cancel, Cancelled

ENCODER = "all-minilm-l6-v2"


def opened(file: Path, threads: int = 1) -> Session:
    plan = Plan(threads, 1)
    loaded = Cpu().load(file, plan)
    request = Request(models.catalog()[ENCODER], file, loaded.inputs, loaded.outputs, Rules(), threads, Mode.BALANCED)
    return Session(request, loaded, explain(None, Mode.BALANCED, plan))


def test_a_run_gives_every_output_by_name_with_device_and_time(chain: Path) -> None:
    with opened(chain) as session:
        result = session.run({"x": np.full((3, 64), 2.0**40, np.float32)})
    assert list(result.outputs) == ["y"]
    np.testing.assert_array_equal(result.outputs["y"], np.ones((3, 64), np.float32))
    assert result.device == CPU
    assert 0 < result.seconds < 5
    assert result.fell_back_from is None


def test_outputs_outlive_the_session_in_memory_of_their_own(chain: Path) -> None:
    session = opened(chain)
    y = session.run({"x": np.ones((2, 64), np.float32)}).outputs["y"]
    session.close()
    assert y.base is None
    assert y.flags.c_contiguous
    assert y.flags.writeable


def test_a_view_with_strides_is_taken_as_the_array_it_shows(chain: Path) -> None:
    wide = np.arange(2 * 128, dtype=np.float32).reshape(2, 128)
    with opened(chain) as session:
        y = session.run({"x": wide[:, ::2]}).outputs["y"]
    np.testing.assert_allclose(y * 2.0**40, wide[:, ::2])


@pytest.mark.parametrize(
    ("inputs", "words"),
    [
        ({}, "Input 'x' is missing"),
        ({"x": np.ones((1, 64), np.float32), "z": np.ones(1)}, "no input 'z'; it takes x"),
        ({"x": np.ones((1, 64), np.float64)}, "'x' is float64; the model takes float32"),
        ({"x": np.ones((1, 63), np.float32)}, r"shape \[1, 63\]; the model takes \[rows, 64\]"),
        ({"x": np.ones(64, np.float32)}, r"shape \[64\]"),
        ({"x": np.ones((0, 64), np.float32)}, r"shape \[0, 64\]"),
        ({"x": [[1.0] * 64]}, "'x' is a list"),
    ],
)
def test_a_wrong_input_is_named_before_the_runtime_sees_it(chain: Path, inputs: dict, words: str) -> None:  # type: ignore[type-arg]
    with opened(chain) as session, pytest.raises(WrongInput, match=words):
        session.run(inputs)


def test_a_dimension_with_one_name_is_one_size_in_all_inputs() -> None:
    with open_model(ENCODER) as session, pytest.raises(WrongInput, match=r"'attention_mask' has shape \[1, 4\]"):
        session.run({"input_ids": np.ones((1, 3), np.int64), "attention_mask": np.ones((1, 4), np.int64)})


def test_cancel_stops_a_run_that_is_under_way(chain: Path) -> None:
    cancel = Cancel()
    rows = np.ones((400_000, 64), np.float32)
    with opened(chain) as session:
        whole = session.run({"x": rows}).seconds
        threading.Timer(whole / 10, cancel.cancel).start()
        start = time.perf_counter()
        with pytest.raises(Cancelled):
            session.run({"x": rows}, cancel=cancel)
        assert time.perf_counter() - start < whole
        assert session.run({"x": rows[:1]}).outputs["y"].shape == (1, 64)


def test_a_run_does_not_start_when_it_was_cancelled_before(chain: Path) -> None:
    cancel = Cancel()
    cancel.cancel()
    with opened(chain) as session, pytest.raises(Cancelled):
        session.run({"x": np.ones((1, 64), np.float32)}, cancel=cancel)


def test_a_run_leaves_no_thread_behind(chain: Path) -> None:
    with opened(chain) as session:
        before = threading.active_count()
        session.run({"x": np.ones((1, 64), np.float32)}, cancel=Cancel())
        assert threading.active_count() == before


def test_several_threads_may_run_one_session_at_once(chain: Path) -> None:
    wrong: list[int] = []

    def work(value: int) -> None:
        for _ in range(20):
            y = session.run({"x": np.full((50, 64), value * 2.0**40, np.float32)}).outputs["y"]
            if not (y == value).all():
                wrong.append(value)

    with opened(chain) as session:
        threads = [threading.Thread(target=work, args=(value,)) for value in range(1, 5)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert wrong == []


def test_a_closed_session_refuses_to_run(chain: Path) -> None:
    session = opened(chain)
    session.close()
    with pytest.raises(ValueError, match="closed"):
        session.run({"x": np.ones((1, 64), np.float32)})


def test_a_file_cut_short_is_called_damaged_by_name(chain: Path, tmp_path: Path) -> None:
    damaged = tmp_path / "model.onnx"
    damaged.write_bytes(chain.read_bytes()[:-200])
    with pytest.raises(Damaged, match=r"model\.onnx is damaged") as caught:
        Cpu().load(damaged, Plan(1, 1))
    assert "homespun models verify" in caught.value.todo
    assert "[ONNXRuntimeError]" not in str(caught.value)


@pytest.mark.parametrize("content", [b"", b"\0" * 4096, b"<html>404 not found</html>", b"\x08\x08"])
def test_what_is_not_a_model_is_called_damaged(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "model.onnx"
    file.write_bytes(content)
    with pytest.raises(Damaged):
        Cpu().load(file, Plan(1, 1))


def test_a_bundled_model_with_a_flipped_half_is_damaged_not_a_crash(tmp_path: Path) -> None:
    file = tmp_path / "model.onnx"
    shutil.copyfile(models.locate(ENCODER).folder / "model.onnx", file)
    with file.open("r+b") as stream:
        stream.truncate(file.stat().st_size // 2)
    with pytest.raises(Damaged):
        Cpu().load(file, Plan(1, 1))


def test_a_file_that_is_not_there_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"nothing\.onnx is not there"):
        Cpu().load(tmp_path / "nothing.onnx", Plan(1, 1))


def test_an_unknown_device_is_answered_with_those_that_are_here() -> None:
    with pytest.raises(NotFound, match="no device 'npu' here") as caught:
        open_model(ENCODER, device=DeviceName("npu"))
    assert caught.value.todo == "There is: cpu."


def test_the_processor_can_be_asked_for_by_name() -> None:
    with open_model(ENCODER, device=CPU) as session:
        assert session.why().sentences[0].startswith("Runs on the CPU because it was asked for")


@pytest.mark.parametrize(("threads", "at_once"), [(-1, 1), (0, 0)])
def test_numbers_of_threads_that_mean_nothing_are_refused(threads: int, at_once: int) -> None:
    with pytest.raises(ValueError, match="at least"):
        open_model(ENCODER, threads=threads, at_once=at_once)


def test_a_session_explains_itself_in_sentences() -> None:
    with open_model(ENCODER, mode=Mode.QUIET) as session:
        why = session.why()
    assert (why.device, why.mode, why.threads, why.at_once) == (CPU, Mode.QUIET, 1, 1)
    assert why.runtime.startswith("onnxruntime")
    assert all(sentence.endswith(".") for sentence in why.sentences)
    assert all(refusal.reason is Reason.TWO_RUNTIMES for refusal in why.refusals)


def test_the_runtime_is_not_imported_before_a_model_is_opened() -> None:
    code = "import sys, engines.runtime, engines.text; sys.exit('onnxruntime' in sys.modules or 'tokenizers' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_an_idle_session_burns_no_processor_time(chain: Path) -> None:
    with opened(chain, threads=2) as session:
        session.run({"x": np.ones((20_000, 64), np.float32)})
        before = time.process_time()
        time.sleep(0.3)
        assert time.process_time() - before < 0.05


def test_the_loaded_model_is_what_the_contract_says(chain: Path) -> None:
    loaded = Cpu().load(chain, Plan(1, 1))
    assert isinstance(loaded, LoadedOnCpu)
    (x,) = loaded.inputs
    assert (x.name, x.dtype, x.shape) == ("x", np.dtype(np.float32), ("rows", 64))
