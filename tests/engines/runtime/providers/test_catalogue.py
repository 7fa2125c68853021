"""The catalogue of Windows ML, played by a module of the same name: what is offered, and bringing one after a yes."""

from __future__ import annotations

import sys
import threading
import time
from pathlib import Path

import pytest

from engines.runtime.contract import DeviceFailed, Kind
from engines.runtime.providers import base, catalogue, provider, windowsml
from engines.runtime.providers.catalogue import Offered, State
from homespun.errors import NetworkError, NoConsent, NotFound
from homespun.progress import Cancel, Cancelled, Progress
from tests.engines.runtime.providers.made import Runtime, handle

FAKE = """
from __future__ import annotations
import enum, threading, pathlib, time
HERE = pathlib.Path(__file__).parent
class EpReadyState(enum.IntEnum):
    Ready = 0
    NotReady = 1
    NotPresent = 2
class EpCertification(enum.IntEnum):
    Unknown = 0
    Certified = 1
class Work:
    def __init__(self, owner, complete, progress):
        self.owner = owner
        threading.Thread(target=self._run, args=(complete, progress), daemon=True).start()
    def _run(self, complete, progress):
        (HERE / "started").touch()
        for step in range(4):
            progress(step / 4)
            time.sleep(60 if self.owner.name == "SlowExecutionProvider" else 0.02)
        if self.owner.name != "BrokenExecutionProvider":
            self.owner.ready_state = EpReadyState.Ready
        complete()
    def get_status(self, wait=False):
        if self.owner.name == "BrokenExecutionProvider":
            raise OSError("the network is down")
class Provider:
    certification = EpCertification.Certified
    def __init__(self, name, state):
        self.name, self.version, self.ready_state = name, "1.2.3", state
        self.library_path = "C:/" + name + ".dll" if state == EpReadyState.Ready else ""
    def ensure_ready_async(self, on_complete=None, on_progress=None):
        return Work(self, on_complete, on_progress)
class EpCatalog:
    def __init__(self):
        self._all = [
            Provider("OpenVINOExecutionProvider", EpReadyState.Ready),
            Provider("VitisAIExecutionProvider", EpReadyState.NotPresent),
            Provider("QuickExecutionProvider", EpReadyState.NotPresent),
            Provider("SlowExecutionProvider", EpReadyState.NotReady),
            Provider("BrokenExecutionProvider", EpReadyState.NotPresent),
        ]
    def find_all_providers(self):
        return self._all
"""


@pytest.fixture(autouse=True)
def windows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A Python that has the package."""
    folder = tmp_path / "packages"
    folder.mkdir()
    (folder / "windowsml.py").write_text(FAKE, encoding="utf-8")
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.delitem(sys.modules, "windowsml", raising=False)
    monkeypatch.setattr(catalogue, "_KEPT", [])
    monkeypatch.setattr(base, "_REGISTERED", set())
    monkeypatch.setattr(windowsml, "chips", tuple)
    return folder


def test_the_catalogue_says_what_is_ready_and_what_would_be_downloaded(windows: Path) -> None:
    told = {one.name: one for one in catalogue.offered()}

    assert told["OpenVINOExecutionProvider"] == Offered(
        "OpenVINOExecutionProvider", "1.2.3", certified=True, ready=True, here=True
    )
    assert not told["VitisAIExecutionProvider"].here
    assert told["SlowExecutionProvider"].here
    assert not told["SlowExecutionProvider"].ready
    assert not (windows / "started").exists()


def test_nothing_is_brought_without_a_yes(windows: Path) -> None:
    with pytest.raises(NoConsent, match="Microsoft"):
        catalogue.bring("QuickExecutionProvider", consent=False)
    assert not (windows / "started").exists()


def test_a_provider_is_brought_with_progress() -> None:
    seen: list[int] = []
    catalogue.bring(
        "QuickExecutionProvider",
        consent=True,
        progress=Progress(show=lambda report: seen.append(report.done)),
    )
    assert seen == sorted(seen)
    assert seen


def test_a_provider_that_is_not_offered_and_one_that_fails_are_told_apart() -> None:
    with pytest.raises(NotFound):
        catalogue.bring("NoExecutionProvider", consent=True)
    with pytest.raises(NetworkError, match="network is down"):
        catalogue.bring("BrokenExecutionProvider", consent=True)


def test_a_cancel_is_heard_within_a_second_and_ends_the_child(windows: Path) -> None:
    cancel = Cancel()

    def when_started() -> None:
        while not (windows / "started").exists():
            time.sleep(0.01)
        cancel.cancel()

    threading.Thread(target=when_started, daemon=True).start()
    start = time.monotonic()
    with pytest.raises(Cancelled):
        catalogue.bring("SlowExecutionProvider", consent=True, progress=Progress(cancel=cancel))
    assert time.monotonic() - start < 20


def test_only_what_is_ready_is_registered_and_amds_has_its_own_row() -> None:
    runtime = Runtime(
        [
            handle("OpenVINOExecutionProvider", "npu", vendor="Intel", vendor_id=0x8086),
            handle("QuickExecutionProvider", "gpu"),
        ]
    )

    (place,) = provider("windowsml").places(runtime)  # type: ignore[attr-defined]

    assert runtime.registered == [("OpenVINOExecutionProvider", "C:/OpenVINOExecutionProvider.dll")]
    assert place.device.kind is Kind.NPU
    assert place.device.library == "OpenVINOExecutionProvider 1.2.3"
    assert provider("vitisai").places(runtime) == []  # type: ignore[attr-defined]


def test_an_amd_npu_belongs_to_vitisai_alone() -> None:
    runtime = Runtime([handle("VitisAIExecutionProvider", "npu", vendor="AMD", vendor_id=0x1022)])
    for one in catalogue.opened().find_all_providers():
        if one.name == "VitisAIExecutionProvider":
            one.ready_state = type(one.ready_state)(0)
            one.library_path = "C:/vitis.dll"

    assert [place.device.name for place in provider("vitisai").places(runtime)] == ["vitisai:npu"]  # type: ignore[attr-defined]
    assert provider("windowsml").places(runtime) == []  # type: ignore[attr-defined]


def test_a_catalogue_that_cannot_be_opened_is_a_library_that_fails(windows: Path) -> None:
    (windows / "windowsml.py").write_text("raise OSError('too old a Windows')", encoding="utf-8")
    with pytest.raises(DeviceFailed, match="too old"):
        catalogue.opened()


def test_the_states_are_those_of_the_package() -> None:
    assert [state.value for state in State] == ["Ready", "NotReady", "NotPresent"]
