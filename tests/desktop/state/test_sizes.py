"""Sizes, moments and names as a person reads them."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.state.sizes import screen_text, size_words
from desktop.words import speak


def test_a_name_is_one_harmless_line_whatever_it_is_made_of() -> None:
    assert screen_text("ordinary ä ✓.jpg") == "ordinary ä ✓.jpg"
    assert screen_text(os.fsdecode(b"p\xe9che.jpg")) == "p\\xe9che.jpg"
    for wild in ("two\nlines.jpg", "turned \u202egpj.exe", "bell\x07.jpg"):
        told = screen_text(wild)
        assert told.isprintable()
        assert "\u202e" not in told


@pytest.mark.parametrize(
    ("size", "english", "german"),
    [
        (0, "0 bytes", "0 Bytes"),
        (1, "1 byte", "1 Byte"),
        (999, "999 bytes", "999 Bytes"),
        (1_000, "1.0 KB", "1,0 KB"),
        (889_000, "889 KB", "889 KB"),
        (999_499, "999 KB", "999 KB"),
        (999_960, "1.0 MB", "1,0 MB"),
        (12_340_000, "12.3 MB", "12,3 MB"),
        (99_940_000, "99.9 MB", "99,9 MB"),
        (99_970_000, "100 MB", "100 MB"),
        (208_000_000, "208 MB", "208 MB"),
        (999_990_000, "1.0 GB", "1,0 GB"),
        (2_100_000_000, "2.1 GB", "2,1 GB"),
        (4_321_000_000_000, "4,321 GB", "4.321 GB"),
    ],
)
def test_a_size_has_three_figures_and_the_languages_own_signs(size: int, english: str, german: str) -> None:
    assert size_words(size) == english
    speak("de")
    assert size_words(size) == german


@given(st.integers(0, 10**12 - 10**9))
def test_no_size_takes_more_than_three_figures(size: int) -> None:
    assert 1 <= sum(sign.isdigit() for sign in size_words(size)) <= 3


def test_there_is_one_way_to_say_a_size() -> None:
    """Two pages that say it differently look like two programs."""
    desktop = Path(__file__).parents[3] / "desktop"
    made = re.compile(r"def size_words|\} ?(?:[KMGT]i?B|bytes)\b")
    written = [str(path.relative_to(desktop)) for path in desktop.rglob("*.py") if made.search(path.read_text("utf-8"))]
    assert sorted(written) == ["state/sizes.py"]
