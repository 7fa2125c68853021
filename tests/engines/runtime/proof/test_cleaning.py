"""What is kept of a device's words tells nothing about the person."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engines.runtime.proof import cleaned

PRIVATE = {
    "a home on Linux": ("Load /home/anna/models/x2.onnx failed", "Load <path>/x2.onnx failed"),
    "a home on macOS": ("can't open /Users/Anna Smith/Library/a/b.bin: gone", "can't open <path>/b.bin: gone"),
    "a home on Windows": (
        r"Failed to load C:\Users\Anna Smith\AppData\QnnHtp.dll (126)",
        "Failed to load <path>/QnnHtp.dll (126)",
    ),
    "a share": (r"at \\server\anna\photos\private.txt now", "at <path> now"),
    "an address of a file": ("file:///home/anna/secret.txt is bad", "<path> is bad"),
    "a file of a person": ("read /home/anna/divorce.pdf", "read <path>"),
    "a short home": ("see ~/letters/tax.odt please", "see <path> please"),
    "the builder's folder": (r"D:\a\_work\1\s\onnxruntime\core\graph.cc:12 Assert", "<path>/graph.cc:12 Assert"),
}


@pytest.mark.parametrize("case", PRIVATE)
def test_a_path_leaves_no_more_than_a_technical_name(case: str) -> None:
    said, kept = PRIVATE[case]
    assert cleaned(said) == kept


def test_names_of_nodes_stay_although_they_look_like_paths() -> None:
    said = "Failed to finalize node /bert/encoder/layer.0/MatMul. Error 1002, 3/4 done"
    assert cleaned(said) == said


def test_the_name_of_the_user_and_of_the_home_go(monkeypatch: pytest.MonkeyPatch) -> None:

    module = sys.modules["engines.runtime.proof.cleaning"]
    monkeypatch.setattr(getpass, "getuser", lambda: "anna.s")
    monkeypatch.setattr(module.platform, "node", lambda: "ANNAS-LAPTOP.lan")
    module._private.cache_clear()
    try:
        assert cleaned("anna.s on annas-laptop said no; Savannah stays") == "<user> on <user> said no; Savannah stays"
    finally:
        module._private.cache_clear()


def test_the_real_home_never_stays() -> None:
    assert str(Path.home()) not in cleaned(f"could not read {Path.home() / 'x' / 'y.txt'}")


@given(st.text(max_size=2_000))
def test_the_rest_is_one_line_of_at_most_500_characters(text: str) -> None:
    kept = cleaned(text)
    assert len(kept) <= 500
    assert not any(sign in kept for sign in "\n\r\t\x00")
