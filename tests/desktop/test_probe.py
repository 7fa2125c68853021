"""`homespun why`, `homespun probe` and `homespun models bench`, on a machine with one fake NPU."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from desktop.cli import main
from engines.runtime import broker, cases_of, prove_case
from engines.runtime.broker import Broker
from engines.runtime.contexts import Contexts
from engines.runtime.contract import Kind, Reason
from engines.runtime.discovery import Found
from engines.runtime.proof import Ledger
from engines.runtime.providers import PROVIDERS
from homespun.errors import ExitCode
from homespun.settings import Devices
from tests.engines.runtime import fake_provider

ENCODER = "all-minilm-l6-v2"


@pytest.fixture
def npu(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Broker]:
    """This process's broker on a machine with an NPU that computes as the processor does."""
    monkeypatch.setitem(PROVIDERS, "fake", fake_provider.ROW)
    device = fake_provider.device(name="fake:npu", kind=Kind.NPU, compute="cpu")
    own = Broker(
        lambda: Ledger(tmp_path / "devices.sqlite"),
        Contexts(tmp_path / "compiled"),
        Devices(prove="ask"),
        look=lambda: Found((device,)),
    )
    monkeypatch.setattr(broker, "_OWN", own)
    yield own
    own.close()


def said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """What a command prints; it must end well."""
    assert main(list(words)) == ExitCode.OK
    return capsys.readouterr().out


def told(capsys: pytest.CaptureFixture[str], *words: str) -> list[dict[str, Any]]:
    """What a command prints with --json, line by line."""
    return [json.loads(line) for line in said(capsys, *words, "--json").splitlines()]


def test_without_a_device_why_says_so_and_where_to_look(capsys: pytest.CaptureFixture[str]) -> None:
    out = said(capsys, "why", ENCODER)
    assert "runs on the CPU: there is no other device for it here" in out
    assert "homespun doctor" in out


def test_without_a_device_there_is_nothing_to_probe(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["probe"]) == ExitCode.NOT_FOUND
    assert "no other device than the CPU" in capsys.readouterr().err


@pytest.mark.usefixtures("npu")
def test_what_was_never_tried_is_called_that_with_the_command_that_tries_it(capsys: pytest.CaptureFixture[str]) -> None:
    out = said(capsys, "why", ENCODER)
    assert f"{ENCODER}/model.onnx at batch=1 tokens=32 runs on CPU" in out
    assert "never tried" in out
    assert "homespun probe" in out


@pytest.mark.usefixtures("npu")
def test_a_probe_says_why_a_device_is_not_used_and_does_not_try_twice(capsys: pytest.CaptureFixture[str]) -> None:
    found = told(capsys, "probe", ENCODER)
    assert [one["case"] for one in found] == [f"{ENCODER}/model.onnx at batch=1 tokens={n}" for n in (32, 64, 128, 256)]
    assert {one["reason"] for one in found} == {"unknown-placement"}
    assert "Everything was tried before" in said(capsys, "probe", ENCODER)
    assert len(told(capsys, "probe", ENCODER, "--again")) == 4
    (case, *_) = told(capsys, "why", ENCODER)[0]["cases"]
    assert case["chosen"] == "cpu"
    assert case["devices"][0]["reason"] == "unknown-placement"
    assert case["devices"][0]["sentence"].startswith("Fake NPU is not used")


def test_a_proved_device_is_named_with_its_figures_and_timed(
    npu: Broker, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from engines.runtime import probe

    monkeypatch.setattr(probe, "FASTER", 1000.0)
    monkeypatch.setattr(probe, "STEADY", 1000.0)
    case = next(
        one
        for one in cases_of("enlarge-faithful")
        if (one.request.file.name, one.shapes[:10]) == ("x2-int8.onnx", "height=128")
    )
    assert prove_case(case, case.lines[0]).passed
    out = said(capsys, "why", "enlarge-faithful")
    assert "enlarge-faithful/x2-int8.onnx at height=128 width=128 runs on Fake NPU" in out
    assert "100% of the work on it" in out
    assert "where the CPU takes" in out
    assert npu.pool.workers == []


def test_a_slow_device_that_is_asked_for_runs_it_and_is_not_called_proved(
    npu: Broker, capsys: pytest.CaptureFixture[str]
) -> None:
    case = next(
        one
        for one in cases_of("enlarge-faithful")
        if (one.request.file.name, one.shapes[:10]) == ("x2-int8.onnx", "height=128")
    )
    proof = prove_case(case, case.lines[0])
    slow = replace(proof, passed=False, reason=Reason.SLOW, device_ms=90.0, cpu_ms=8.0)
    npu.ledger.record(slow)
    shown = (
        said(capsys, "why", "enlarge-faithful", "--device", "npu")
        .split("x2-int8.onnx at height=128")[1]
        .split("\n\n")[0]
    )
    assert "runs on Fake NPU" in shown
    assert "proved" not in shown
    assert "because you ask for it" in shown
    assert shown.count("90 ms") == 1
    unasked = said(capsys, "why", "enlarge-faithful").split("x2-int8.onnx at height=128")[1].split("\n\n")[0]
    assert "runs on CPU" in unasked
    assert unasked.count("90 ms") == 1, "the figures stand in the sentence already"


@pytest.mark.usefixtures("npu")
def test_a_device_that_is_not_there_is_answered_with_those_that_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["why", ENCODER, "--device", "gpu"]) == ExitCode.NOT_FOUND
    err = capsys.readouterr().err
    assert "no device 'gpu' here" in err
    assert "cpu, fake:npu" in err


def test_the_cpu_needs_no_proof(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["probe", ENCODER, "--device", "cpu"]) == ExitCode.USAGE
    assert "measured against it" in capsys.readouterr().err


def test_bench_times_every_size_on_the_cpu(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    from engines.runtime import timing

    monkeypatch.setattr(timing, "CALLS", 2)
    (found,) = told(capsys, "models", "bench", ENCODER)
    assert [case["case"][-10:].strip() for case in found["cases"]] == [
        "tokens=32",
        "tokens=64",
        "tokens=128",
        "tokens=256",
    ]
    times = [case["devices"][0]["ms"] for case in found["cases"]]
    assert all(time > 0 for time in times)
    assert {device["device"] for case in found["cases"] for device in case["devices"]} == {"cpu"}
    assert "median of" in said(capsys, "models", "bench", ENCODER)
