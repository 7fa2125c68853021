"""Looking for devices: in processes of their own, at the same time, with a time limit, and not again without need."""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from engines.runtime import discovery
from engines.runtime.contract import Kind, Reason
from engines.runtime.discovery import discover, named_apart, packages_of
from engines.runtime.hardware import Chip
from engines.runtime.providers import PROVIDERS
from tests.engines.runtime import fake_provider
from tests.engines.runtime.fake_provider import DEVICES, Fault, device, list_devices


@pytest.fixture(autouse=True)
def only_fakes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two providers of ours, and no real one."""
    for name in list(PROVIDERS):
        monkeypatch.delitem(PROVIDERS, name)
    monkeypatch.setitem(PROVIDERS, "fake", fake_provider.ROW)
    monkeypatch.setattr(discovery, "chips", tuple)


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """Where a look is kept."""
    return tmp_path / "devices.json"


def offer(monkeypatch: pytest.MonkeyPatch, *faults: Fault) -> None:
    """Let the fake provider have a device for each fault."""
    monkeypatch.setenv(DEVICES, list_devices([device(fault) for fault in faults]))


def test_devices_are_found_and_named_apart(monkeypatch: pytest.MonkeyPatch, cache: Path) -> None:
    offer(monkeypatch, Fault.OK, Fault.OK)

    found = discover(cache=cache)

    assert [one.name for one in found.devices] == ["fake:npu", "fake:npu2"]
    assert not found.from_cache
    assert found.refusals == ()


def test_a_second_look_is_the_first_ones_memory(monkeypatch: pytest.MonkeyPatch, cache: Path) -> None:
    offer(monkeypatch, Fault.OK)
    first = discover(cache=cache)
    offer(monkeypatch)

    start = time.perf_counter()
    second = discover(cache=cache)

    assert time.perf_counter() - start < 0.5
    assert second.from_cache
    assert second.devices == first.devices
    assert discover(cache=cache, fresh=True).devices == ()


@pytest.mark.parametrize("change", ["chip", "package", "simulators", "damage"])
def test_a_change_of_what_matters_makes_a_new_look(monkeypatch: pytest.MonkeyPatch, cache: Path, change: str) -> None:
    offer(monkeypatch, Fault.OK)
    discover(cache=cache)
    offer(monkeypatch)
    match change:
        case "chip":
            monkeypatch.setattr(discovery, "chips", lambda: (Chip(Kind.GPU, "new", 1, 2, "driver 3"),))
        case "package":
            monkeypatch.setattr(discovery, "packages", lambda: [("onnxruntime", "99")])
        case "simulators":
            monkeypatch.setenv("HOMESPUN_SIMULATED_DEVICES", "1")
        case "damage":
            cache.write_text("{")

    assert not discover(cache=cache).from_cache


def test_nothing_is_started_for_a_memory_that_is_not_there(monkeypatch: pytest.MonkeyPatch, cache: Path) -> None:
    monkeypatch.setattr(discovery, "Worker", None)
    found = discover(cache=cache, cached_only=True)

    assert (found.devices, found.refusals, found.from_cache) == ((), (), False)
    assert not cache.exists()


def test_nothing_is_started_for_a_provider_that_is_not_installed(monkeypatch: pytest.MonkeyPatch, cache: Path) -> None:
    monkeypatch.setattr(fake_provider.Fake, "installed", lambda _self: False)
    monkeypatch.setattr(discovery, "Worker", None)

    assert discover(cache=cache).devices == ()


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (Fault.CRASH_AT_FIND, Reason.CRASH),
        (Fault.HANG_AT_FIND, Reason.HANG),
        (Fault.RAISE_AT_FIND, Reason.FAILED),
    ],
)
def test_a_provider_that_fails_is_a_sentence_and_harms_no_other(
    monkeypatch: pytest.MonkeyPatch, cache: Path, fault: Fault, reason: Reason
) -> None:
    offer(monkeypatch, fault)

    found = discover(cache=cache, deadline=3.0)

    assert found.devices == ()
    (refusal,) = found.refusals
    assert (refusal.device, refusal.reason) == ("fake", reason)
    assert refusal.sentence.startswith("Fake offers no device: ")
    assert found.seconds < 20


def test_a_provider_that_finds_nothing_says_so(monkeypatch: pytest.MonkeyPatch, cache: Path) -> None:
    offer(monkeypatch)

    (refusal,) = discover(cache=cache).refusals

    assert refusal.reason is Reason.NO_DEVICE


def test_a_cache_that_cannot_be_written_costs_nothing_but_time(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    offer(monkeypatch, Fault.OK)
    blocked = tmp_path / "file"
    blocked.write_text("in the way")

    assert len(discover(cache=blocked / "devices.json").devices) == 1


def test_another_python_is_asked_for_what_it_has_alone(monkeypatch: pytest.MonkeyPatch, cache: Path) -> None:
    offer(monkeypatch, Fault.OK)
    monkeypatch.setattr(fake_provider.Fake, "installed", lambda _self: False)
    monkeypatch.setattr(fake_provider.Fake, "brought_by", lambda _self, packages: "numpy" in packages)

    found = discover(pythons=[sys.executable], cache=cache)

    assert [one.python for one in found.devices] == [sys.executable]
    monkeypatch.setattr(fake_provider.Fake, "brought_by", lambda _self, _packages: False)
    assert discover(pythons=[sys.executable], cache=cache, fresh=True).devices == ()


def test_a_python_that_is_none_is_told(cache: Path, tmp_path: Path) -> None:
    found = discover(pythons=[str(tmp_path / "python")], cache=cache)

    assert "not a Python" in found.refusals[-1].sentence
    assert packages_of(str(tmp_path / "python")) is None


def test_the_packages_of_this_python_are_listed() -> None:
    assert "numpy" in (packages_of(sys.executable) or set())


def test_devices_of_two_pythons_get_two_names() -> None:
    one, other = device(), replace(device(), python="elsewhere")
    assert [each.name for each in named_apart([one, other, one])] == ["fake:npu", "fake:npu2", "fake:npu3"]
