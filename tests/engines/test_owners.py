"""Two packages that own the folder `onnxruntime` are noticed before they do harm."""

from __future__ import annotations

from importlib import metadata
from pathlib import Path

import pytest

from engines.runtime import CPU, DeviceName, Reason, broker, open_model, opening
from engines.runtime.owners import import_failed, installed_owners, owners, two_runtimes
from homespun.errors import Damaged, NotFound


def package(folder: Path, name: str, version: str, owned: str) -> None:
    info = folder / f"{name.replace('-', '_')}-{version}.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.4\nName: {name}\nVersion: {version}\n")
    (info / "RECORD").write_text(f"{owned}/__init__.py,sha256=abc,10\n{info.name}/RECORD,,\n")


def found(folder: Path) -> tuple[str, ...]:
    return owners(metadata.distributions(path=[str(folder)]))


def test_two_owners_of_the_folder_are_both_named(tmp_path: Path) -> None:
    package(tmp_path, "onnxruntime", "1.32.0", "onnxruntime")
    package(tmp_path, "onnxruntime-openvino", "1.24.1", "onnxruntime")
    assert found(tmp_path) == ("onnxruntime 1.32.0", "onnxruntime-openvino 1.24.1")


def test_a_plug_in_with_a_folder_of_its_own_is_no_second_owner(tmp_path: Path) -> None:
    package(tmp_path, "onnxruntime-directml", "1.24.4", "onnxruntime")
    package(tmp_path, "onnxruntime-qnn", "2.7.0", "onnxruntime_qnn")
    package(tmp_path, "numpy", "2.4.6", "numpy")
    assert found(tmp_path) == ("onnxruntime-directml 1.24.4",)


def test_exactly_one_package_owns_the_folder_here() -> None:
    assert len(installed_owners()) == 1


def test_one_owner_or_a_frozen_app_without_records_is_no_refusal() -> None:
    assert two_runtimes(("onnxruntime 1.32.0",)) == ""
    assert two_runtimes(()) == ""


@pytest.fixture
def two_owners(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine with two runtimes over each other."""
    names = ("onnxruntime 1.32.0", "onnxruntime-gpu 1.31.1")
    monkeypatch.setattr(opening, "installed_owners", lambda: names)
    monkeypatch.setattr(broker, "installed_owners", lambda: names)


@pytest.mark.usefixtures("two_owners")
def test_with_two_owners_a_session_stays_on_the_processor_and_says_why_once() -> None:
    with open_model("all-minilm-l6-v2") as opened:
        why = opened.why()
    assert why.device == CPU
    (refusal,) = why.refusals
    assert (refusal.device, refusal.reason) == ("gpu", Reason.TWO_RUNTIMES)
    (_, told) = why.sentences
    assert "onnxruntime 1.32.0, onnxruntime-gpu 1.31.1" in told
    assert "python3 -m installer setup" in told


@pytest.mark.usefixtures("two_owners")
def test_with_two_owners_a_device_that_was_asked_for_is_refused_with_the_reason() -> None:
    with pytest.raises(NotFound, match=r"no device 'gpu' here\. Two runtimes are installed"):
        open_model("all-minilm-l6-v2", device=DeviceName("gpu"))


@pytest.mark.parametrize(
    ("names", "error", "kind", "words"),
    [
        (("a 1", "b 2"), AttributeError("InferenceSession"), Damaged, "a 1, b 2"),
        ((), ModuleNotFoundError("onnxruntime"), NotFound, "not installed"),
        (("onnxruntime 1.32.0",), ImportError("libstdc++.so.6: version not found"), Damaged, "libstdc"),
    ],
)
def test_a_runtime_that_does_not_import_tells_what_to_do(
    names: tuple[str, ...], error: ImportError | AttributeError, kind: type[Exception], words: str
) -> None:
    told = import_failed(names, error)
    assert isinstance(told, kind)
    assert words in told.what
    assert "python3 -m installer setup" in told.todo
