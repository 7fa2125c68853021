"""Sizes, moments and names as a person reads them."""

from __future__ import annotations

import os

from desktop.state.sizes import screen_text


def test_a_name_is_one_harmless_line_whatever_it_is_made_of() -> None:
    assert screen_text("ordinary ä ✓.jpg") == "ordinary ä ✓.jpg"
    assert screen_text(os.fsdecode(b"p\xe9che.jpg")) == "p\\xe9che.jpg"
    for wild in ("two\nlines.jpg", "turned \u202egpj.exe", "bell\x07.jpg"):
        told = screen_text(wild)
        assert told.isprintable()
        assert "\u202e" not in told
