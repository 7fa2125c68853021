"""What a proof belongs to: any part that changes makes another fingerprint, and nothing else does."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from engines.runtime.contract import Kind, Mode
from engines.runtime.proof import Ledger, context_key, file_sha256, fingerprint
from tests.engines.runtime.proof.made import device, setup

ROOT = Path(__file__).resolve().parents[4]
MODULE = sys.modules["engines.runtime.proof.fingerprints"]

CHANGES: dict[str, dict[str, Any]] = {
    "shapes": {"shapes": {"batch": 1, "tokens": 64}},
    "one shape less": {"shapes": {"batch": 1}},
    "provider": {"device": device(provider="openvino")},
    "kind": {"device": device(kind=Kind.GPU)},
    "an option": {"device": device(options={"backend_type": "htp", "soc_model": "88"})},
    "library": {"device": device(library="2.8.0")},
    "runtime": {"device": device(runtime="onnxruntime 1.24.4")},
    "vendor": {"device": device(vendor="Other")},
    "vendor id": {"device": device(vendor_id=1)},
    "device id": {"device": device(device_id=8)},
    "driver": {"device": device(driver="31.0.2")},
    "simulated": {"device": device(simulated=True)},
}

SAME: dict[str, dict[str, Any]] = {
    "place of the file": {"file": Path("elsewhere") / "model.onnx"},
    "threads": {"threads": 4},
    "mode": {"mode": Mode.EAGER},
    "proving": {"proving": True},
    "a compiled file": {"context": Path("compiled.onnx")},
    "order of the shapes": {"shapes": {"tokens": 128, "batch": 1}},
    "order of the options": {"device": device(options={"soc_model": "60", "backend_type": "htp"})},
    "the name a person uses": {"device": device(title="Another title", index=3)},
}


@pytest.mark.parametrize("change", CHANGES)
def test_another_part_makes_another_fingerprint_and_another_compiled_file(change: str) -> None:
    changed = setup(**CHANGES[change])
    assert fingerprint(changed, "aa") != fingerprint(setup(), "aa")
    assert context_key(changed, "aa", "v73") != context_key(setup(), "aa", "v73")


@pytest.mark.parametrize("change", SAME)
def test_what_does_not_change_the_numbers_leaves_the_fingerprint(change: str) -> None:
    assert fingerprint(setup(**SAME[change]), "aa") == fingerprint(setup(), "aa")


def test_another_model_makes_another_fingerprint() -> None:
    assert fingerprint(setup(), "aa") != fingerprint(setup(), "ab")


def test_another_compatibility_makes_another_compiled_file() -> None:
    assert context_key(setup(), "aa", "v73") != context_key(setup(), "aa", "v81")


@pytest.mark.parametrize("part", ["system", "machine"])
def test_another_system_makes_another_fingerprint(part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = fingerprint(setup(), "aa")
    told = dict(MODULE.system())
    monkeypatch.setattr(MODULE, "system", lambda: told | {part: "another"})
    assert fingerprint(setup(), "aa") != before


def test_new_gates_ask_for_a_new_proof_but_keep_what_was_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    proof, compiled = fingerprint(setup(), "aa"), context_key(setup(), "aa", "v73")
    monkeypatch.setattr(MODULE, "GATES", MODULE.GATES + 1)
    assert fingerprint(setup(), "aa") != proof
    assert context_key(setup(), "aa", "v73") == compiled


def test_a_new_recipe_asks_for_both(monkeypatch: pytest.MonkeyPatch) -> None:
    proof, compiled = fingerprint(setup(), "aa"), context_key(setup(), "aa", "v73")
    monkeypatch.setattr(MODULE, "RECIPE", MODULE.RECIPE + 1)
    assert fingerprint(setup(), "aa") != proof
    assert context_key(setup(), "aa", "v73") != compiled


def test_the_runtime_of_this_python_counts_where_the_device_names_none(monkeypatch: pytest.MonkeyPatch) -> None:
    nameless = setup(device=device(runtime=""))
    before = fingerprint(nameless, "aa")
    monkeypatch.setattr(MODULE, "installed_owners", lambda: ("onnxruntime 9.9.9",))
    assert fingerprint(nameless, "aa") != before


def test_every_process_finds_the_same_fingerprint() -> None:
    code = (
        "from tests.engines.runtime.proof.made import setup\n"
        "from engines.runtime.proof import fingerprint\n"
        "print(fingerprint(setup(), 'aa'))"
    )
    told = [
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env=dict(os.environ, PYTHONHASHSEED=seed),
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("1", "2")
    ]
    assert told == [fingerprint(setup(), "aa")] * 2


# Hashes of files


def _counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    read: list[str] = []
    real = MODULE.hashlib.file_digest

    def digest(stream: Any, name: str) -> Any:
        read.append(Path(stream.name).name)
        return real(stream, name)

    monkeypatch.setattr(MODULE.hashlib, "file_digest", digest)
    return read


def test_a_file_is_read_once_until_it_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "model.onnx"
    file.write_bytes(b"one")
    read = _counted(monkeypatch)
    first = file_sha256(file)
    assert file_sha256(file) == first
    assert read == ["model.onnx"]
    file.write_bytes(b"another")
    assert file_sha256(file) != first


def test_the_ledger_remembers_a_hash_for_the_next_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "model.onnx"
    file.write_bytes(b"one")
    with Ledger(tmp_path / "l" / "ledger.sqlite") as ledger:
        first = file_sha256(file, ledger)
    monkeypatch.setattr(MODULE, "_known", {})
    read = _counted(monkeypatch)
    with Ledger(tmp_path / "l" / "ledger.sqlite") as ledger:
        assert file_sha256(file, ledger) == first
    assert read == []


@pytest.mark.parametrize("name", ["model.onnx.data", "model.data", "model.onnx_data"])
def test_weights_beside_the_model_are_part_of_it(name: str, tmp_path: Path) -> None:
    file = tmp_path / "model.onnx"
    file.write_bytes(b"graph")
    alone = file_sha256(file)
    beside = tmp_path / name
    beside.write_bytes(b"weights")
    both = file_sha256(file)
    beside.write_bytes(b"other weights")
    assert len({alone, both, file_sha256(file)}) == 3


def test_the_hash_of_a_model_without_weights_beside_it_is_that_of_the_catalogue() -> None:
    import models

    (told,) = [f.sha256 for f in models.catalog()["enlarge-faithful"].files if f.name == "x2.onnx"]
    assert file_sha256(models.locate("enlarge-faithful").folder / "x2.onnx") == told


def test_what_is_told_of_the_system_can_be_written_down() -> None:
    assert all(json.loads(json.dumps(dict(MODULE.system()))).values())
