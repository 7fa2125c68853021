"""Compiled models are kept, and only what was made here and is unharmed is given back."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from engines.runtime.contexts import SETTLED, Contexts


@pytest.fixture
def kept(tmp_path: Path) -> Contexts:
    return Contexts(tmp_path / "compiled")


def writer(data: bytes):  # type: ignore[no-untyped-def]
    return lambda target: target.write_bytes(data)


def test_what_was_compiled_is_found_again(kept: Contexts) -> None:
    made = kept.make("k", writer(b"compiled"))
    assert made is not None
    assert made.read_bytes() == b"compiled"
    assert kept.find("k") == made
    assert kept.find("other") is None


@pytest.mark.parametrize(
    "harm",
    [
        lambda file: file.write_bytes(b"comp"),
        lambda file: file.write_bytes(b"compileD"),
        lambda file: file.with_suffix(".json").write_text("{}"),
        lambda file: file.with_suffix(".json").write_text("no json"),
        lambda file: file.with_suffix(".json").unlink(),
        lambda file: file.unlink(),
    ],
    ids=["cut short", "one bit", "an empty note", "a damaged note", "no note", "no file"],
)
def test_what_is_not_what_was_written_is_deleted_and_not_given_back(kept: Contexts, harm) -> None:  # type: ignore[no-untyped-def]
    made = kept.make("k", writer(b"compiled"))
    assert made is not None
    harm(made)
    if made.exists():
        assert kept.find("k") is None
    assert kept.find("k") is None
    assert list(kept.folder.iterdir()) == []


def test_a_compilation_that_fails_leaves_nothing(kept: Contexts) -> None:
    def fail(target: Path) -> None:
        target.write_bytes(b"half")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        kept.make("k", fail)
    assert list(kept.folder.iterdir()) == []


def test_what_a_crash_left_is_swept_away_once_it_is_old(kept: Contexts) -> None:
    kept.make("k", writer(b"compiled"))
    for name in (".0123.part", "nameless.onnx"):
        (kept.folder / name).write_bytes(b"x")
    kept.sweep()
    assert (kept.folder / "nameless.onnx").exists(), "another process may be about to name it"
    long_ago = time.time() - SETTLED - 1
    for file in kept.folder.iterdir():
        os.utime(file, (long_ago, long_ago))
    kept.sweep()
    assert sorted(file.name for file in kept.folder.iterdir()) == ["k.json", "k.onnx"]


def test_the_longest_unused_go_when_it_gets_too_much(tmp_path: Path) -> None:
    kept = Contexts(tmp_path / "compiled", most_bytes=25)
    for number, key in enumerate("abc"):
        made = kept.make(key, writer(b"0123456789"))
        assert made is not None
        os.utime(made, (1000 + number, 1000 + number))
    assert kept.find("a") is None
    assert kept.find("b") is not None
    kept.make("d", writer(b"0123456789"))
    assert kept.find("c") is None, "it was the longest unused: b has been asked for"
    assert kept.find("b") is not None


def test_damage_is_found_without_being_asked_for(kept: Contexts) -> None:
    made = kept.make("k", writer(b"compiled"))
    kept.make("well", writer(b"compiled"))
    assert made is not None
    assert kept.damaged() == []
    made.write_bytes(b"compileD")
    assert kept.damaged() == ["k"]
    assert kept.clear() == 2
    assert list(kept.folder.iterdir()) == []


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_can_not_be_written_costs_the_cache_only(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert Contexts(tmp_path / "compiled").make("k", writer(b"x")) is None
